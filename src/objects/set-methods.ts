/** The operators and methods of set and frozenset, over sets.ts. What iterates over which operand decides the order of
 * the result's elements, so that follows CPython. */
import { Fixed, State, T } from '../heap/fixed.ts';
import { Kind, SetObject, Type } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef } from '../heap/values.ts';
import { dictCount, dictEntry, dictFind, dictNext } from './dicts.ts';
import { directType } from './direct-calls.ts';
import { raiseKeyError } from './errors.ts';
import { hashFrozenset, hashHigh, hashLow } from './hashes.ts';
import { setBool, setInt, setInt64 } from './integers.ts';
import { setIterator } from './iterators.ts';
import { firstItem, isListOrTuple, itemCount } from './list-extend.ts';
import { N } from './names.ts';
import { natives, staticNatives } from './natives.ts';
import { foldHash } from './number-hash.ts';
import { allocateOfType } from './object-dicts.ts';
import { iterate, length, next, repr } from './operations.ts';
import { BinaryOperator, CompareOperator } from './operators.ts';
import { callHelper, drivesPython } from './python-helpers.ts';
import { enterRepr, leaveRepr } from './sequences.ts';
import {
  initializeSet,
  SET_CELLS,
  setAdd,
  setAddEntry,
  setClear,
  setContains,
  setContainsEntry,
  setCopy,
  setCount,
  setDiscard,
  setDiscardEntry,
  setEntry,
  setHas,
  setNext,
  setPop,
  setReserve,
  setSwap,
  setUpdate,
} from './sets.ts';
import { newString, stringOf } from './strings.ts';
import { tupleItem, tupleSize } from './tuples.ts';
import { defineOperators, type TypeOperators, UNHASHABLE } from './type-operators.ts';
import { kindOf, lookup, typeNameOf } from './types.ts';

function isSet(slot: number): boolean {
  return isRef(slot) && kindOf(refAt(slot)) === Kind.set;
}
function isDict(slot: number): boolean {
  return isRef(slot) && words[refAt(slot) << 1] === T.dict;
}

function emptySet(type: number): number {
  const set = allocateOfType(type, SET_CELLS);
  initializeSet(set, type);
  return set;
}

/** set or frozenset: which of the two a type is or derives from. */
function baseOf(type: number): number {
  let base = type;
  while (base !== T.set && base !== T.frozenset && base !== 0) base = words[(base << 1) + Type.layoutBase];
  return base === 0 ? T.set : base;
}

/** Adds every item of an iterable. May call Python. */
export function setUpdateFrom(set: number, iterable: number): void {
  if (isSet(iterable)) {
    setUpdate(set, refAt(iterable));
    return;
  }
  if (isDict(iterable)) {
    const dict = refAt(iterable);
    setReserve(set, dictCount(dict));
    const copy = pushSlots(1);
    for (let at = dictNext(dict, 0); at >= 0; at = dictNext(dict, at + 1)) {
      copyValue(copy, dictEntry(dict, at));
      setAdd(set, copy);
    }
    popSlots(1);
    return;
  }
  const slots = pushSlots(3);
  setRef(slots, set);
  if (isListOrTuple(iterable)) {
    const source = refAt(iterable);
    for (let i = 0; i < itemCount(source); i++) {
      copyValue(slots + 1, firstItem(source) + i);
      setAdd(set, slots + 1);
    }
  } else {
    iterate(iterable, slots + 1);
    if (words[set << 1] === T.set && drivesPython(slots + 1)) callHelper('update', slots, 2, slots + 2);
    else while (next(slots + 1, slots + 2)) setAdd(set, slots + 2);
  }
  popSlots(3);
}

/** A fresh set of class `type` with the items of an iterable. May call Python; root the result before the next call. */
export function setFrom(iterable: number, type: number): number {
  const slots = pushSlots(1);
  const set = emptySet(type);
  setRef(slots, set);
  setUpdateFrom(set, iterable);
  popSlots(1);
  return set;
}

/** The elements of an iterable as a set: itself if it is one. */
function asSet(iterable: number): number {
  return isSet(iterable) ? refAt(iterable) : setFrom(iterable, T.set);
}

/** set & iterable, in a fresh set of the left operand's kind, in `result`. */
export function intersection(set: number, other: number, result: number): void {
  const slots = pushSlots(3);
  const answer = emptySet(baseOf(words[set << 1]));
  setRef(slots, answer);
  setRef(slots + 2, set);
  if (isSet(other)) {
    let walked = refAt(other);
    let asked = set;
    if (setCount(walked) > setCount(asked)) [walked, asked] = [asked, walked];
    for (let at = setNext(walked, 0); at >= 0; at = setNext(walked, at + 1))
      if (setContainsEntry(asked, walked, at)) setAddEntry(answer, walked, at);
  } else {
    iterate(other, slots + 1);
    while (next(slots + 1, slots + 2)) if (setHas(set, slots + 2)) setAdd(answer, slots + 2);
  }
  popSlots(3);
  setRef(result, answer);
}

/** Removes every item of an iterable. May call Python. */
export function differenceUpdate(set: number, other: number): void {
  if (isSet(other)) {
    const source = refAt(other);
    if (source === set) {
      setClear(set);
      return;
    }
    for (let at = setNext(source, 0); at >= 0; at = setNext(source, at + 1)) setDiscardEntry(set, source, at);
    return;
  }
  const slots = pushSlots(2);
  iterate(other, slots);
  while (next(slots, slots + 1)) setDiscard(set, slots + 1);
  popSlots(2);
}

/** set - iterable in `result`. */
function difference(set: number, other: number, result: number): void {
  const type = baseOf(words[set << 1]);
  const slots = pushSlots(1);
  const walk = (isSet(other) || isDict(other)) && setCount(set) >> 2 <= length(other);
  if (!walk) {
    setRef(slots, setCopy(set, type));
    differenceUpdate(refAt(slots), other);
  } else {
    const answer = emptySet(type);
    setRef(slots, answer);
    const copy = pushSlots(1);
    for (let at = setNext(set, 0); at >= 0; at = setNext(set, at + 1)) {
      if (isSet(other) ? setContainsEntry(refAt(other), set, at) : dictHas(other, set, at, copy)) continue;
      setAddEntry(answer, set, at);
    }
    popSlots(1);
  }
  copyValue(result, slots);
  popSlots(1);
}

function dictHas(dict: number, set: number, at: number, copy: number): boolean {
  copyValue(copy, setEntry(set, at));
  return dictFind(refAt(dict), copy) !== 0;
}

/** Toggles every element of `other` (a set) in `set`. */
export function symmetricUpdate(set: number, other: number): void {
  if (set === other) {
    setClear(set);
    return;
  }
  for (let at = setNext(other, 0); at >= 0; at = setNext(other, at + 1))
    if (!setDiscardEntry(set, other, at)) setAddEntry(set, other, at);
}

/** set ^ iterable in `result`. */
function symmetricDifference(set: number, other: number, result: number): void {
  const slots = pushSlots(1);
  setRef(slots, setFrom(other, baseOf(words[set << 1])));
  symmetricUpdate(refAt(slots), set);
  copyValue(result, slots);
  popSlots(1);
}

/** True if every element of `a` is in `b`. */
function isSubset(a: number, b: number): boolean {
  if (setCount(a) > setCount(b)) return false;
  for (let at = setNext(a, 0); at >= 0; at = setNext(a, at + 1)) if (!setContainsEntry(b, a, at)) return false;
  return true;
}

function compareSets(operator: CompareOperator, a: number, b: number): boolean {
  switch (operator) {
    case CompareOperator.equal:
      return setCount(a) === setCount(b) && isSubset(a, b);
    case CompareOperator.notEqual:
      return setCount(a) !== setCount(b) || !isSubset(a, b);
    case CompareOperator.less:
      return setCount(a) < setCount(b) && isSubset(a, b);
    case CompareOperator.lessEqual:
      return isSubset(a, b);
    case CompareOperator.greater:
      return setCount(a) > setCount(b) && isSubset(b, a);
    case CompareOperator.greaterEqual:
      return isSubset(b, a);
  }
}

function binary(operator: BinaryOperator, left: number, right: number, result: number): boolean {
  if (!isSet(left) || !isSet(right)) return false;
  const set = refAt(left);
  switch (operator) {
    case BinaryOperator.and:
      intersection(set, right, result);
      return true;
    case BinaryOperator.or: {
      const slots = pushSlots(1);
      setRef(slots, setCopy(set, baseOf(words[set << 1])));
      setUpdate(refAt(slots), refAt(right));
      copyValue(result, slots);
      popSlots(1);
      return true;
    }
    case BinaryOperator.xor:
      symmetricDifference(set, right, result);
      return true;
    case BinaryOperator.subtract:
      difference(set, right, result);
      return true;
  }
  return false;
}

function inPlace(operator: BinaryOperator, left: number, right: number, result: number): boolean {
  if (!isSet(right)) return false;
  const set = refAt(left);
  switch (operator) {
    case BinaryOperator.and:
      intersectionUpdate(set, right);
      break;
    case BinaryOperator.or:
      setUpdate(set, refAt(right));
      break;
    case BinaryOperator.xor:
      symmetricUpdate(set, refAt(right));
      break;
    case BinaryOperator.subtract:
      differenceUpdate(set, right);
      break;
    default:
      return false;
  }
  copyValue(result, left);
  return true;
}

function intersectionUpdate(set: number, other: number): void {
  const slots = pushSlots(1);
  intersection(set, other, slots);
  setSwap(set, refAt(slots));
  popSlots(1);
}

/** {1, 2}, frozenset({1, 2}), Sub({1, 2}). May call Python. */
function setText(slot: number): number {
  const set = refAt(slot);
  const type = words[set << 1];
  const name = typeNameOf(type);
  if (setCount(set) === 0) return newString(`${name}()`);
  if (!enterRepr(set)) return newString(`${name}(...)`);
  try {
    const texts: string[] = [];
    const copy = pushSlots(1);
    for (let at = setNext(set, 0); at >= 0; at = setNext(set, at + 1)) {
      copyValue(copy, setEntry(set, at));
      texts.push(stringOf(repr(copy)));
    }
    popSlots(1);
    const inner = `{${texts.join(', ')}}`;
    return newString(type === T.set ? inner : `${name}(${inner})`);
  } finally {
    leaveRepr(set);
  }
}

/** A set as a key of a set: looked up as the frozenset it equals, unless its class makes it hashable. */
function asElement(slot: number): number {
  if (!isSet(slot)) return slot;
  const type = words[refAt(slot) << 1];
  if (baseOf(type) !== T.set || (type !== T.set && lookup(type, N.__hash__) !== lookup(T.set, N.__hash__))) return slot;
  const copy = pushSlots(1);
  setRef(copy, setCopy(refAt(slot), T.frozenset));
  return copy;
}

function containsElement(slot: number, item: number): boolean {
  const top = words[State.stackTop];
  const found = setContains(refAt(slot), asElement(item));
  words[State.stackTop] = top;
  return found;
}

function discardElement(slot: number, item: number): boolean {
  const top = words[State.stackTop];
  const found = setDiscard(refAt(slot), asElement(item));
  words[State.stackTop] = top;
  return found;
}

const operators: TypeOperators = {
  length: (slot) => setCount(refAt(slot)),
  contains: containsElement,
  iterate: (slot, result) => setRef(result, setIterator(refAt(slot))),
  binaryOperators: [BinaryOperator.and, BinaryOperator.or, BinaryOperator.xor, BinaryOperator.subtract],
  binary,
  compare: (operator, a, b, result) => {
    if (!isSet(b)) return false;
    setBool(result, compareSets(operator, refAt(a), refAt(b)));
    return true;
  },
  repr: setText,
};
defineOperators(T.set, {
  ...operators,
  inPlaceOperators: [BinaryOperator.and, BinaryOperator.or, BinaryOperator.xor, BinaryOperator.subtract],
  inPlace,
  hash: UNHASHABLE,
});
defineOperators(T.frozenset, {
  ...operators,
  hash: (slot) => {
    hashFrozenset(refAt(slot));
    return foldHash(hashLow, hashHigh);
  },
  fullHash: (slot, result) => {
    hashFrozenset(refAt(slot));
    setInt64(result, hashLow, hashHigh);
  },
});

staticNatives(T.set, {
  '__new__(cls, /, *args, **kwargs)': (args, result) => setRef(result, emptySet(refAt(args))),
});
staticNatives(T.frozenset, {
  '__new__(cls, iterable=..., /)': (args, result) => {
    const type = refAt(args);
    if (isNull(args + 1)) setRef(result, emptySet(type));
    else if (type === T.frozenset && isRef(args + 1) && words[refAt(args + 1) << 1] === T.frozenset)
      copyValue(result, args + 1);
    else setRef(result, setFrom(args + 1, type));
  },
});

for (const type of [T.set, T.frozenset]) {
  directType(type, (args, count, result) => {
    if (count > 1 || (type === T.frozenset && count === 1 && isRef(args) && words[refAt(args) << 1] === T.frozenset))
      return false;
    setRef(result, count === 0 ? emptySet(type) : setFrom(args, type));
    return true;
  });
}

/** Applies an operation that makes a new set for each of the arguments in turn, starting with `self`. */
function foldArguments(
  args: number,
  result: number,
  operation: (set: number, other: number, result: number) => void,
): void {
  const others = refAt(args + 1);
  const slots = pushSlots(1);
  if (tupleSize(others) === 0) setRef(slots, setCopy(refAt(args), baseOf(words[refAt(args) << 1])));
  else copyValue(slots, args);
  for (let i = 0; i < tupleSize(others); i++) operation(refAt(slots), tupleItem(others, i), slots);
  copyValue(result, slots);
  popSlots(1);
}

function copyOf(slot: number): number {
  const set = refAt(slot);
  if (words[set << 1] === T.frozenset) return set;
  return setCopy(set, baseOf(words[set << 1]));
}

for (const type of [T.set, T.frozenset]) {
  natives(type, {
    'copy(self, /)': (args, result) => setRef(result, copyOf(args)),
    'union(self, /, *others)': (args, result) => {
      const slots = pushSlots(1);
      const set = refAt(args);
      const others = refAt(args + 1);
      const answer = setCopy(set, baseOf(words[set << 1]));
      setRef(slots, answer);
      for (let i = 0; i < tupleSize(others); i++) setUpdateFrom(answer, tupleItem(others, i));
      popSlots(1);
      setRef(result, answer);
    },
    'intersection(self, /, *others)': (args, result) => foldArguments(args, result, intersection),
    'difference(self, /, *others)': (args, result) => foldArguments(args, result, difference),
    'symmetric_difference(self, other, /)': (args, result) => symmetricDifference(refAt(args), args + 1, result),
    'issubset(self, other, /)': (args, result) => {
      const slots = pushSlots(1);
      if (isSet(args + 1)) copyValue(slots, args + 1);
      else intersection(refAt(args), args + 1, slots);
      const answer = isSubset(refAt(args), refAt(slots));
      popSlots(1);
      setBool(result, answer);
    },
    'issuperset(self, other, /)': (args, result) => {
      const slots = pushSlots(1);
      setRef(slots, asSet(args + 1));
      const answer = isSubset(refAt(slots), refAt(args));
      popSlots(1);
      setBool(result, answer);
    },
    'isdisjoint(self, other, /)': (args, result) => {
      const slots = pushSlots(2);
      iterate(args + 1, slots);
      let disjoint = true;
      while (disjoint && next(slots, slots + 1)) disjoint = !setContains(refAt(args), slots + 1);
      popSlots(2);
      setBool(result, disjoint);
    },
  });
}

/** Applies an update for each of the arguments in turn. */
function updateByArguments(args: number, result: number, operation: (set: number, other: number) => void): void {
  const others = refAt(args + 1);
  for (let i = 0; i < tupleSize(others); i++) operation(refAt(args), tupleItem(others, i));
  setRef(result, Fixed.none);
}

for (const type of [T.set, T.frozenset]) {
  natives(type, {
    '__sizeof__(self, /)': (args, result) => {
      const at = refAt(args) << 1;
      setInt(result, 200 + (words[at + SetObject.count] > 4 ? 16 * (words[at + SetObject.mask] + 1) : 0));
    },
  });
}

natives(T.set, {
  '__init__(self, iterable=..., /)': (args, result) => {
    setClear(refAt(args));
    if (!isNull(args + 1)) setUpdateFrom(refAt(args), args + 1);
    setRef(result, Fixed.none);
  },
  'add(self, object, /)': (args, result) => {
    setAdd(refAt(args), args + 1);
    setRef(result, Fixed.none);
  },
  'discard(self, object, /)': (args, result) => {
    discardElement(args, args + 1);
    setRef(result, Fixed.none);
  },
  'remove(self, object, /)': (args, result) => {
    if (!discardElement(args, args + 1)) raiseKeyError(args + 1);
    setRef(result, Fixed.none);
  },
  'pop(self, /)': (args, result) => {
    if (setPop(refAt(args), result)) return;
    const message = pushSlots(1);
    setRef(message, newString('pop from an empty set'));
    raiseKeyError(message);
  },
  'clear(self, /)': (args, result) => {
    setClear(refAt(args));
    setRef(result, Fixed.none);
  },
  'update(self, /, *others)': (args, result) => updateByArguments(args, result, setUpdateFrom),
  'intersection_update(self, /, *others)': (args, result) => updateByArguments(args, result, intersectionUpdate),
  'difference_update(self, /, *others)': (args, result) => updateByArguments(args, result, differenceUpdate),
  'symmetric_difference_update(self, other, /)': (args, result) => {
    const slots = pushSlots(1);
    setRef(slots, asSet(args + 1));
    symmetricUpdate(refAt(args), refAt(slots));
    popSlots(1);
    setRef(result, Fixed.none);
  },
});
