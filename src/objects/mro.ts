/**
 * The method resolution order: C3 linearization of a class and its bases. Runs at class creation only, so it works on
 * JavaScript arrays of refs.
 */
import { T } from '../heap/fixed.ts';
import { Tuple, Type } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { setRef } from '../heap/values.ts';
import { raise } from './errors.ts';
import { newTuple, tupleItem } from './tuples.ts';
import { typeNameOf } from './types.ts';

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
      const heads = [...new Set(rest.map(([head]) => head))].map(typeNameOf).join(', ');
      raise(T.TypeError, `Cannot create a consistent method resolution order (MRO) for bases ${heads}`);
    }
    const next = good[0];
    order.push(next);
    for (const sequence of sequences) if (sequence[0] === next) sequence.shift();
  }
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
