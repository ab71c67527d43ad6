/** Structural pattern matching: what the MATCH_ instructions test and extract. */

import { Fixed, State, T } from '../heap/fixed.ts';
import { Tuple, Type, TypeFlag } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isRef, refAt, setRef } from '../heap/values.ts';
import { findAttribute } from '../objects/attributes.ts';
import { isInstance } from '../objects/builtins-types.ts';
import { BYTEARRAY } from '../objects/bytearrays.ts';
import { dictDelete, dictFind, dictMerge, dictSet, newDict } from '../objects/dicts.ts';
import { raise, raiseTypeError } from '../objects/errors.ts';
import { call } from '../objects/invoke.ts';
import { N } from '../objects/names.ts';
import { equals, repr } from '../objects/operations.ts';
import { intern, isStr, stringOf } from '../objects/strings.ts';
import { newTuple, tupleItem } from '../objects/tuples.ts';
import { isSubtype, isType, typeName, typeNameOf, typeOf } from '../objects/types.ts';
import { forEachEntry } from './build.ts';
import { sourceAt } from './operands.ts';

/** True for what a sequence pattern matches: list, tuple, range, ... and classes that say they are sequences. */
export function matchSequence(subject: number): boolean {
  return (words[(typeOf(subject) << 1) + Type.flags] & TypeFlag.sequence) !== 0;
}
/** True for what a mapping pattern matches. */
export function matchMapping(subject: number): boolean {
  return (words[(typeOf(subject) << 1) + Type.flags] & TypeFlag.mapping) !== 0;
}

/** Built-in types whose one positional pattern is the subject itself. */
const selfMatching: ReadonlySet<number> = new Set([
  T.bool,
  BYTEARRAY,
  T.bytes,
  T.dict,
  T.float,
  T.frozenset,
  T.int,
  T.list,
  T.set,
  T.str,
  T.tuple,
]);

/** MATCH_CLASS (`dssic`): values of the sub-patterns, or None. May call Python. */
export function matchClass(pc: number, base: number): void {
  const subject = sourceAt(pc + 2, base);
  const cls = sourceAt(pc + 3, base);
  const positional = words[pc + 4];
  const names = words[words[pc + 5] << 1];
  const d = base + words[pc + 1];
  if (!isType(cls)) raiseTypeError(`called match pattern must be a class`);
  const slots = pushSlots(4);
  if (!isInstance(subject, cls)) {
    setRef(d, Fixed.none);
    words[State.stackTop] = slots;
    return;
  }
  const keywords = words[(names << 1) + Tuple.size];
  const values = newTuple(positional + keywords);
  setRef(slots, values);
  const seen = new Set<string>();
  if (positional > 0 && !positionalValues(subject, refAt(cls), positional, values, slots + 1, seen)) {
    setRef(d, Fixed.none);
    words[State.stackTop] = slots;
    return;
  }
  for (let i = 0; i < keywords; i++) {
    const name = words[tupleItem(names, i) << 1];
    if (seen.has(stringOf(name))) {
      raiseTypeError(`${typeNameOf(refAt(cls))}() got multiple sub-patterns for attribute '${stringOf(name)}'`);
    }
    if (!findAttribute(subject, name, slots + 1)) {
      setRef(d, Fixed.none);
      words[State.stackTop] = slots;
      return;
    }
    copyValue(tupleItem(values, positional + i), slots + 1);
  }
  setRef(d, values);
  words[State.stackTop] = slots;
}

function positionalValues(
  subject: number,
  cls: number,
  positional: number,
  values: number,
  slot: number,
  seen: Set<string>,
): boolean {
  setRef(slot, cls);
  const matchArgs = findAttribute(slot, N.__match_args__, slot);
  if (!matchArgs) {
    let base = 0;
    for (const type of selfMatching) if (isSubtype(cls, type)) base = type;
    const allowed = base === 0 ? 0 : 1;
    if (positional > allowed) {
      raiseTypeError(
        `${typeNameOf(cls)}() accepts ${allowed} positional sub-pattern${allowed === 1 ? '' : 's'} (${positional} given)`,
      );
    }
    copyValue(tupleItem(values, 0), subject);
    return true;
  }
  if (!isRef(slot) || words[refAt(slot) << 1] !== T.tuple) {
    raiseTypeError(`${typeNameOf(cls)}.__match_args__ must be a tuple (got ${typeName(slot)})`);
  }
  const args = refAt(slot);
  const allowed = words[(args << 1) + Tuple.size];
  if (positional > allowed) {
    raiseTypeError(
      `${typeNameOf(cls)}() accepts ${allowed} positional sub-pattern${allowed === 1 ? '' : 's'} (${positional} given)`,
    );
  }
  for (let i = 0; i < positional; i++) {
    const item = tupleItem(args, i);
    if (!isStr(item)) raiseTypeError(`__match_args__ elements must be strings (got ${typeName(item)})`);
    const name = stringOf(refAt(item));
    if (seen.has(name)) raiseTypeError(`${typeNameOf(cls)}() got multiple sub-patterns for attribute '${name}'`);
    seen.add(name);
    const value = pushSlots(1);
    const found = findAttribute(subject, intern(name), value);
    if (found) copyValue(tupleItem(values, i), value);
    popSlots(1);
    if (!found) return false;
  }
  return true;
}

/** MATCH_KEYS (`dss`): the values under the keys of a tuple, or None. May call Python. */
export function matchKeys(pc: number, base: number): void {
  const subject = sourceAt(pc + 2, base);
  const keys = refAt(sourceAt(pc + 3, base));
  const d = base + words[pc + 1];
  const count = words[(keys << 1) + Tuple.size];
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < i; k++) {
      if (equals(tupleItem(keys, i), tupleItem(keys, k))) {
        raise(T.ValueError, `mapping pattern checks duplicate key (${stringOf(repr(tupleItem(keys, i)))})`);
      }
    }
  }
  const slots = pushSlots(4);
  const values = newTuple(count);
  setRef(slots, values);
  const isDict = isRef(subject) && words[refAt(subject) << 1] === T.dict;
  for (let i = 0; i < count; i++) {
    const key = tupleItem(keys, i);
    if (isDict) {
      const cell = dictFind(refAt(subject), key);
      if (cell === 0) {
        setRef(d, Fixed.none);
        words[State.stackTop] = slots;
        return;
      }
      copyValue(tupleItem(values, i), cell);
      continue;
    }
    // get(key, sentinel): works for default dicts without inserting
    if (!findAttribute(subject, intern('get'), slots + 1)) raiseTypeError('mapping has no get method');
    copyValue(slots + 2, key);
    setRef(slots + 3, values);
    call(slots + 1, slots + 2, 2, slots + 1);
    if (isRef(slots + 1) && refAt(slots + 1) === values) {
      setRef(d, Fixed.none);
      words[State.stackTop] = slots;
      return;
    }
    copyValue(tupleItem(values, i), slots + 1);
  }
  setRef(d, values);
  words[State.stackTop] = slots;
}

/** COPY_MAPPING_REST (`dss`): a dict of the mapping without the keys. May call Python. */
export function copyMappingRest(pc: number, base: number): void {
  const mapping = sourceAt(pc + 2, base);
  const keys = refAt(sourceAt(pc + 3, base));
  const slots = pushSlots(1);
  const dict = newDict();
  setRef(slots, dict);
  if (isRef(mapping) && words[refAt(mapping) << 1] === T.dict) dictMerge(dict, refAt(mapping));
  else forEachEntry(mapping, 'not a mapping', (key, value) => dictSet(dict, key, value));
  for (let i = 0; i < words[(keys << 1) + Tuple.size]; i++) dictDelete(dict, tupleItem(keys, i));
  setRef(base + words[pc + 1], dict);
  popSlots(1);
}
