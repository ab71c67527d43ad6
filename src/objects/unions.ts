/**
 * typing.Union, which is types.UnionType: `int | str`, and `Union[int, str]` for arguments that are no types yet (strings
 * become forward references, by typing). Its arguments are different from each other; a union of one is the argument.
 */
import { Fixed, State, T } from '../heap/fixed.ts';
import { RecordObject } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef } from '../heap/values.ts';
import { isInstance, isSubclass } from './builtins-types.ts';
import { declareType, materializeType, newRecord, recordValue } from './declared-types.ts';
import { clearRaised, matchesRaised, raiseTypeError } from './errors.ts';
import { isGenericAlias } from './generic-aliases.ts';
import { setBool } from './integers.ts';
import { listAppend, listItem, listSize, newList } from './lists.ts';
import { classNatives, getset, natives, staticNatives } from './natives.ts';
import { equals, hashOf, tableHash } from './operations.ts';
import { callHelper } from './python-helpers.ts';
import { setFrom } from './set-methods.ts';
import { intern, stringOf } from './strings.ts';
import { newTupleFrom, tupleItem, tupleSize } from './tuples.ts';
import { defineOperators } from './type-operators.ts';
import { isType } from './types.ts';

/** aux: how many arguments had no hash when the union was made; values: 0 tuple of arguments, 1 tuple of type parameters, NULL before it is asked for */
export const UNION = declareType({
  name: 'Union',
  module: 'typing',
  native: '_typing',
  values: 2,
  final: true,
  weak: true,
});

export function isUnion(slot: number): boolean {
  return isRef(slot) && words[refAt(slot) << 1] === UNION;
}
/** Ref of the tuple of a union's arguments. */
export function unionArguments(union: number): number {
  return refAt(recordValue(union, 0));
}
const isNone = (slot: number): boolean => isRef(slot) && refAt(slot) === Fixed.none;

/** The table hash of a value, null if it has none. May call Python. */
function hashOrNull(slot: number): number | null {
  if (isType(slot) && words[refAt(slot) << 1] === T.type) return tableHash(slot);
  const top = words[State.stackTop];
  try {
    return tableHash(slot);
  } catch (error) {
    if (!matchesRaised(error, T.TypeError)) throw error;
    clearRaised();
    words[State.stackTop] = top;
    return null;
  }
}

/**
 * Adds an argument to the list, unless it is there; unions bring theirs, None stands for its type. `hashes` are those of
 * the list's items: only what has the same is compared. May call Python.
 */
function addArgument(list: number, hashes: (number | null)[], argument: number): void {
  if (isUnion(argument)) {
    const inner = unionArguments(refAt(argument));
    for (let i = 0; i < tupleSize(inner); i++) addArgument(list, hashes, tupleItem(inner, i));
    return;
  }
  const slots = pushSlots(2);
  if (isNone(argument)) setRef(slots, T.NoneType);
  else copyValue(slots, argument);
  const hash = hashOrNull(slots);
  let known = false;
  for (let i = 0; i < listSize(refAt(list)) && !known; i++) {
    if (hashes[i] !== hash) continue;
    copyValue(slots + 1, listItem(refAt(list), i));
    known = equals(slots + 1, slots);
  }
  if (!known) {
    listAppend(refAt(list), slots);
    hashes.push(hash);
  }
  popSlots(2);
}

/** result = the union of `count` arguments from cell `args` on. May call Python (`__eq__`). */
export function newUnion(args: number, count: number, result: number): void {
  const list = pushSlots(1);
  setRef(list, newList(0));
  const hashes: (number | null)[] = [];
  for (let i = 0; i < count; i++) addArgument(list, hashes, args + i);
  const size = listSize(refAt(list));
  if (size === 1) copyValue(result, listItem(refAt(list), 0));
  else {
    const union = newRecord(UNION);
    setRef(recordValue(union, 0), newTupleFrom(listItem(refAt(list), 0), size));
    words[(union << 1) + RecordObject.aux] = hashes.filter((hash) => hash === null).length;
    setRef(result, union);
  }
  popSlots(1);
}

function isUnionable(slot: number): boolean {
  return isNone(slot) || isType(slot) || isUnion(slot) || isGenericAlias(slot);
}
/** result = left | right for types and what stands for them, NotImplemented for anything else. */
export function uniteOrNotImplemented(left: number, right: number, result: number): void {
  if (!isUnionable(left) || !isUnionable(right)) {
    setRef(result, Fixed.notImplemented);
    return;
  }
  const both = pushSlots(2);
  copyValue(both, left);
  copyValue(both + 1, right);
  newUnion(both, 2, result);
  popSlots(2);
}

/** result = left | right, one of which is a union: strings become forward references, by typing. May call Python. */
function uniteChecked(left: number, right: number, result: number): void {
  const slots = pushSlots(3);
  copyValue(slots, left);
  copyValue(slots + 1, right);
  if (!isUnionable(left) || !isUnionable(right)) {
    setRef(slots + 2, newTupleFrom(slots, 2));
    callHelper('checked_types', slots + 2, 1, slots + 2);
    newUnion(tupleItem(refAt(slots + 2), 0), 2, result);
  } else newUnion(slots, 2, result);
  popSlots(3);
}

natives(T.type, {
  '__or__(self, value, /)': (args, result) => uniteOrNotImplemented(args, args + 1, result),
  '__ror__(self, value, /)': (args, result) => uniteOrNotImplemented(args + 1, args, result),
});

/** Are all items of tuple `a` in tuple `b`? */
function isWithin(a: number, b: number): boolean {
  for (let i = 0; i < tupleSize(a); i++) {
    let found = false;
    for (let k = 0; k < tupleSize(b) && !found; k++) found = equals(tupleItem(a, i), tupleItem(b, k));
    if (!found) return false;
  }
  return true;
}

function parametersOf(union: number, result: number): void {
  const known = recordValue(union, 1);
  if (isNull(known)) {
    const slots = pushSlots(1);
    copyValue(slots, recordValue(union, 0));
    callHelper('collect_parameters', slots, 1, slots);
    copyValue(known, slots);
    popSlots(1);
  }
  copyValue(result, known);
}

staticNatives(UNION, {
  '__new__(cls, /, *args, **kwargs)': () => raiseTypeError("cannot create 'typing.Union' instances"),
});
classNatives(UNION, {
  '__class_getitem__(cls, parameters, /)': (args, result) => {
    const slots = pushSlots(1);
    if (isRef(args + 1) && words[refAt(args + 1) << 1] === T.tuple) copyValue(slots, args + 1);
    else setRef(slots, newTupleFrom(args + 1, 1));
    if (tupleSize(refAt(slots)) === 0) raiseTypeError('Cannot take a Union of no types.');
    // typing makes forward references of strings and refuses what is no type
    const tuple = refAt(slots);
    let plain = true;
    for (let i = 0; i < tupleSize(tuple); i++) plain &&= isUnionable(tupleItem(tuple, i));
    if (!plain) callHelper('checked_types', slots, 1, slots);
    newUnion(tupleItem(refAt(slots), 0), tupleSize(refAt(slots)), result);
    popSlots(1);
  },
});
getset(UNION, '__args__', (object, result) => copyValue(result, recordValue(refAt(object), 0)));
getset(UNION, '__parameters__', (object, result) => parametersOf(refAt(object), result));
getset(UNION, '__origin__', (_object, result) => setRef(result, materializeType(UNION)));
getset(UNION, '__module__', (_object, result) => setRef(result, intern('typing')));
getset(UNION, '__name__', (_object, result) => setRef(result, intern('Union')));
getset(UNION, '__qualname__', (_object, result) => setRef(result, intern('Union')));

defineOperators(UNION, {
  compareOperators: [2, 3],
  compare: (operator, left, right, result) => {
    if (!isUnion(right)) return false;
    const [a, b] = [unionArguments(refAt(left)), unionArguments(refAt(right))];
    setBool(result, (isWithin(a, b) && isWithin(b, a)) === (operator === 2));
    return true;
  },
  getItem: (slot, key, result) => {
    const slots = pushSlots(4);
    copyValue(slots, slot);
    copyValue(slots + 1, recordValue(refAt(slot), 0));
    parametersOf(refAt(slot), slots + 2);
    copyValue(slots + 3, key);
    callHelper('substitute_parameters', slots, 4, slots);
    // any of the new arguments may want to have a word in the union
    callHelper('unite', slots, 1, result);
    popSlots(4);
  },
  repr: (slot) => {
    const text = pushSlots(1);
    copyValue(text, recordValue(refAt(slot), 0));
    callHelper('union_text', text, 1, text);
    const ref = refAt(text);
    popSlots(1);
    return ref;
  },
});
natives(UNION, {
  '__or__(self, value, /)': (args, result) => uniteChecked(args, args + 1, result),
  '__ror__(self, value, /)': (args, result) => uniteChecked(args + 1, args, result),
  '__hash__(self, /)': (args, result) => {
    const union = refAt(args);
    const set = pushSlots(1);
    // raises what hashing one of the arguments raises
    setRef(set, setFrom(recordValue(union, 0), T.frozenset));
    const unhashable = words[(union << 1) + RecordObject.aux];
    if (unhashable > 0) raiseTypeError(`union contains ${unhashable} unhashable elements`);
    hashOf(set, result);
    popSlots(1);
  },
  '__mro_entries__(self, bases, /)': (args) => {
    const text = pushSlots(1);
    copyValue(text, recordValue(refAt(args), 0));
    callHelper('union_text', text, 1, text);
    raiseTypeError(`Cannot subclass ${stringOf(refAt(text))}`);
  },
  '__instancecheck__(self, instance, /)': (args, result) => {
    const all = unionArguments(refAt(args));
    let found = false;
    for (let i = 0; i < tupleSize(all) && !found; i++) found = isInstance(args + 1, tupleItem(all, i));
    setBool(result, found);
  },
  '__subclasscheck__(self, cls, /)': (args, result) => {
    const all = unionArguments(refAt(args));
    let found = false;
    for (let i = 0; i < tupleSize(all) && !found; i++) found = isSubclass(args + 1, tupleItem(all, i));
    setBool(result, found);
  },
});
