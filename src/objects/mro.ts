/**
 * The method resolution order: C3 linearization of a class and its bases, or what the metaclass says. Runs at class
 * creation only, so it works on JavaScript arrays of refs.
 */
import { T } from '../heap/fixed.ts';
import { Kind, List, Tuple, Type } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { isNull, refAt, setRef } from '../heap/values.ts';
import { findMethod } from './attributes.ts';
import { raise } from './errors.ts';
import { call } from './invoke.ts';
import { listAppend, newList } from './lists.ts';
import { iterate, next } from './operations.ts';
import { intern } from './strings.ts';
import { newTuple, newTupleFrom, tupleItem } from './tuples.ts';
import { inheritsNative, isType, shortTypeName, typeModified, typeName, typeNameOf } from './types.ts';

/** The refs in a tuple. */
export function refsOf(tuple: number): number[] {
  const refs: number[] = [];
  for (let i = 0; i < words[(tuple << 1) + Tuple.size]; i++) refs.push(words[(tuple + 1 + i) << 1]);
  return refs;
}

/** Ancestors of a class with these bases, nearest first, the class itself not included. TypeError if inconsistent. */
export function linearize(bases: readonly number[]): number[] {
  if (bases.length === 1) return refsOf(words[(bases[0] << 1) + Type.mro]);
  for (let i = 0; i < bases.length; i++) {
    if (bases.indexOf(bases[i]) < i) raise(T.TypeError, `duplicate base class ${typeNameOf(bases[i])}`);
  }
  const sequences = [...bases.map((base) => refsOf(words[(base << 1) + Type.mro])), [...bases]];
  const order: number[] = [];
  for (;;) {
    const rest = sequences.filter((sequence) => sequence.length > 0);
    if (rest.length === 0) return order;
    const good = rest.find(([head]) => !rest.some((sequence) => sequence.indexOf(head) > 0));
    if (good === undefined) {
      const heads = [...new Set(rest.map(([head]) => head))].map(shortTypeName).join(', ');
      raise(T.TypeError, `Cannot create a consistent method resolution order (MRO) for bases ${heads}`);
    }
    const next = good[0];
    order.push(next);
    for (const sequence of sequences) if (sequence[0] === next) sequence.shift();
  }
}

/** True if a metaclass has an `mro` of its own. */
export function definesMro(metatype: number): boolean {
  return metatype !== T.type && !inheritsNative(metatype, intern('mro'), T.type);
}
export function hasCustomMro(type: number): boolean {
  return definesMro(words[type << 1]);
}

/** Gives a class the mro that the `mro` of its metaclass says. May call Python; TypeError if it is none. */
export function applyMro(type: number): void {
  const base = pushSlots(3);
  setRef(base, type);
  if (!findMethod(base, intern('mro'), base + 1)) return;
  if (isNull(base + 2)) call(base + 1, base + 2, 0, base + 1);
  else call(base + 1, base, 1, base + 1);
  const found = newList(0);
  setRef(base, found);
  iterate(base + 1, base + 1);
  while (next(base + 1, base + 2)) {
    if (!isType(base + 2)) raise(T.TypeError, `mro() returned a non-class ('${typeName(base + 2)}')`);
    const kind: Kind = words[(refAt(base + 2) << 1) + Type.kind];
    if (kind !== Kind.plain && kind !== Kind.instance && kind !== words[(type << 1) + Type.kind]) {
      raise(T.TypeError, `mro() returned base with unsuitable layout ('${typeNameOf(refAt(base + 2))}')`);
    }
    listAppend(found, base + 2);
  }
  words[(type << 1) + Type.mro] = newTupleFrom(words[(found << 1) + List.items] + 1, words[(found << 1) + List.size]);
  typeModified(type);
  popSlots(3);
}

/** The mro tuple of a class, its first item left NULL for the class itself. */
export function mroTuple(bases: readonly number[]): number {
  const ancestors = linearize(bases);
  const tuple = newTuple(ancestors.length + 1);
  ancestors.forEach((ancestor, i) => {
    setRef(tupleItem(tuple, i + 1), ancestor);
  });
  return tuple;
}
