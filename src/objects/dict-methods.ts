/** The operators and methods of dict, over dicts.ts. */

import { Fixed, T } from '../heap/fixed.ts';
import { DICT_CELLS, Dict, Kind } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef } from '../heap/values.ts';
import { findAttribute } from './attributes.ts';
import { newView } from './dict-views.ts';
import {
  dictClear,
  dictCopy,
  dictCount,
  dictDelete,
  dictDeleteAt,
  dictEntry,
  dictFind,
  dictFindOrSet,
  dictMerge,
  dictNext,
  dictPop,
  dictSet,
  initializeDict,
  newDict,
} from './dicts.ts';
import { directType } from './direct-calls.ts';
import { clearRaised, matchesRaised, newException, raise, raiseKeyError, raiseTypeError } from './errors.ts';
import { throwWithNote } from './exceptions.ts';
import { setBool, setInt } from './integers.ts';
import { call, callSpecial } from './invoke.ts';
import { dictIterator, dictReversed, entryPair } from './iterators.ts';
import { firstItem, isListOrTuple, itemCount, listFrom } from './list-extend.ts';
import { N } from './names.ts';
import { classNatives, natives, staticNatives } from './natives.ts';
import { allocateOfType } from './object-dicts.ts';
import { canIterate, getItem, iterate, next, repr, setItem } from './operations.ts';
import { BinaryOperator, CompareOperator } from './operators.ts';
import { enterRepr, itemsEqual, leaveRepr } from './sequences.ts';
import { newString, stringOf } from './strings.ts';
import { tupleItem } from './tuples.ts';
import { defineOperators, UNHASHABLE } from './type-operators.ts';
import { inheritsNative, kindAt, typeOf } from './types.ts';

function isDict(slot: number): boolean {
  return kindAt(slot) === Kind.dict;
}

/** {'a': 1} as text. May call Python. */
export function dictText(slot: number): number {
  const dict = refAt(slot);
  if (dictCount(dict) === 0) return newString('{}');
  if (!enterRepr(dict)) return newString('{...}');
  try {
    const copies = pushSlots(2);
    const texts: string[] = [];
    for (let at = dictNext(dict, 0); at >= 0; at = dictNext(dict, at + 1)) {
      copyValue(copies, dictEntry(dict, at));
      copyValue(copies + 1, dictEntry(dict, at) + 1);
      const key = stringOf(repr(copies));
      texts.push(`${key}: ${stringOf(repr(copies + 1))}`);
    }
    popSlots(2);
    return newString(`{${texts.join(', ')}}`);
  } finally {
    leaveRepr(dict);
  }
}

/** Same keys with equal values. May call Python. */
export function dictEquals(a: number, b: number): boolean {
  if (dictCount(a) !== dictCount(b)) return false;
  const copies = pushSlots(2);
  let same = true;
  for (let at = dictNext(a, 0); same && at >= 0; at = dictNext(a, at + 1)) {
    copyValue(copies, dictEntry(a, at));
    copyValue(copies + 1, dictEntry(a, at) + 1);
    const value = dictFind(b, copies);
    same = value !== 0 && itemsEqual(copies + 1, value);
  }
  popSlots(2);
  return same;
}

/** dict[key] with __missing__ for subclasses; KeyError else. May call Python. */
export function dictSubscript(slot: number, key: number, result: number): void {
  const value = dictFind(refAt(slot), key);
  if (value !== 0) {
    copyValue(result, value);
    return;
  }
  if (words[refAt(slot) << 1] !== T.dict && callSpecial(slot, N.__missing__, key, 1, result)) return;
  raiseKeyError(key);
}

/** Takes over what `source` (a mapping or an iterable of pairs) holds. May call Python. */
export function dictUpdateFrom(dict: number, source: number): void {
  if (isDict(source) && (typeOf(source) === T.dict || inheritsNative(typeOf(source), N.__iter__, T.dict))) {
    if (!dictMerge(dict, refAt(source))) raise(T.RuntimeError, 'dict mutated during update');
    return;
  }
  const slots = pushSlots(4);
  if (findAttribute(source, N.keys, slots)) {
    call(slots, slots, 0, slots + 1);
    iterate(slots + 1, slots);
    while (next(slots, slots + 1)) {
      getItem(source, slots + 1, slots + 2);
      dictSet(dict, slots + 1, slots + 2);
    }
  } else updateFromPairs(dict, source, slots);
  popSlots(4);
}

/** `slots`: two rooted slots for scratch. */
function updateFromPairs(dict: number, source: number, slots: number): void {
  iterate(source, slots);
  for (let number = 0; next(slots, slots + 1); number++) {
    let pair: number;
    if (isListOrTuple(slots + 1)) pair = refAt(slots + 1);
    else {
      try {
        pair = listFrom(slots + 1);
      } catch (error) {
        if (!matchesRaised(error, T.TypeError)) throw error;
        const raised = canIterate(slots + 1) ? clearRaised() : newException(T.TypeError, 'object is not iterable');
        const note = `Cannot convert dictionary update sequence element #${number} to a sequence`;
        throwWithNote(raised, note);
      }
      setRef(slots + 1, pair);
    }
    if (itemCount(pair) !== 2) {
      raise(T.ValueError, `dictionary update sequence element #${number} has length ${itemCount(pair)}; 2 is required`);
    }
    copyValue(slots + 2, firstItem(pair));
    copyValue(slots + 3, firstItem(pair) + 1);
    dictSet(dict, slots + 2, slots + 3);
  }
}

/** A copy of a dict, or of a subclass's instance as a plain dict. */
function orUpdate(left: number, right: number): number {
  const slots = pushSlots(1);
  const dict = dictCopy(refAt(left));
  setRef(slots, dict);
  if (!dictMerge(dict, refAt(right))) raise(T.RuntimeError, 'dict mutated during update');
  popSlots(1);
  return dict;
}

defineOperators(T.dict, {
  length: (slot) => dictCount(refAt(slot)),
  getItem: dictSubscript,
  setItem: (slot, key, value) => dictSet(refAt(slot), key, value),
  deleteItem: (slot, key) => {
    if (!dictDelete(refAt(slot), key)) raiseKeyError(key);
  },
  contains: (slot, key) => dictFind(refAt(slot), key) !== 0,
  iterate: (slot, result) => setRef(result, dictIterator(T.dict_keyiterator, refAt(slot))),
  binaryOperators: [BinaryOperator.or],
  binary: (operator, left, right, result) => {
    if (operator !== BinaryOperator.or || !isDict(left) || !isDict(right)) return false;
    setRef(result, orUpdate(left, right));
    return true;
  },
  inPlaceOperators: [BinaryOperator.or],
  inPlace: (_operator, left, right, result) => {
    dictUpdateFrom(refAt(left), right);
    copyValue(result, left);
    return true;
  },
  compareOperators: [CompareOperator.equal, CompareOperator.notEqual],
  compare: (operator, a, b, result) => {
    if (!isDict(b)) return false;
    setBool(result, dictEquals(refAt(a), refAt(b)) === (operator === CompareOperator.equal));
    return true;
  },
  hash: UNHASHABLE,
  repr: dictText,
});

staticNatives(T.dict, {
  '__new__(cls, /, *args, **kwargs)': (args, result) => {
    const type = refAt(args);
    const dict = allocateOfType(type, DICT_CELLS);
    initializeDict(dict, type);
    setRef(result, dict);
  },
});

/** What dict(...) and update(...) share: an optional source, then keywords. */
function updateFromArguments(args: number, name: string): void {
  const dict = refAt(args);
  const positional = refAt(args + 1);
  const count = itemCount(positional);
  if (count > 1) raiseTypeError(`${name} expected at most 1 argument, got ${count}`);
  if (count === 1) dictUpdateFrom(dict, tupleItem(positional, 0));
  if (!isNull(args + 2)) dictMerge(dict, refAt(args + 2));
}

directType(T.dict, (args, count, result) => {
  if (count === 0) setRef(result, newDict());
  else if (count === 1 && isRef(args) && words[refAt(args) << 1] === T.dict) setRef(result, dictCopy(refAt(args)));
  else return false;
  return true;
});

natives(T.dict, {
  '__init__(self, /, *args, **kwargs)': (args, result) => {
    updateFromArguments(args, 'dict');
    setRef(result, Fixed.none);
  },
  'update(self, /, *args, **kwargs)': (args, result) => {
    updateFromArguments(args, 'update');
    setRef(result, Fixed.none);
  },
  'get(self, key, default=None, /)': (args, result) => {
    const value = dictFind(refAt(args), args + 1);
    copyValue(result, value === 0 ? args + 2 : value);
  },
  'setdefault(self, key, default=None, /)': (args, result) =>
    copyValue(result, dictFindOrSet(refAt(args), args + 1, args + 2)),
  'pop(self, key, default=..., /)': (args, result) => {
    // An empty dict does not ask for the key's hash.
    if (dictCount(refAt(args)) !== 0 && dictPop(refAt(args), args + 1, result)) return;
    if (isNull(args + 2)) raiseKeyError(args + 1);
    copyValue(result, args + 2);
  },
  'popitem(self, /)': (args, result) => {
    const dict = refAt(args);
    if (dictCount(dict) === 0) {
      const message = pushSlots(1);
      setRef(message, newString('popitem(): dictionary is empty'));
      raiseKeyError(message);
    }
    const last = words[(dict << 1) + Dict.used] - 1;
    let position = last;
    while (dictNext(dict, position) !== position) position--;
    const pair = entryPair(dict, position);
    dictDeleteAt(dict, position);
    setRef(result, pair);
  },
  'keys(self, /)': (args, result) => setRef(result, newView(T.dict_keys, 0, refAt(args))),
  'values(self, /)': (args, result) => setRef(result, newView(T.dict_values, 1, refAt(args))),
  'items(self, /)': (args, result) => setRef(result, newView(T.dict_items, 2, refAt(args))),
  'copy(self, /)': (args, result) => setRef(result, dictCopy(refAt(args))),
  'clear(self, /)': (args, result) => {
    dictClear(refAt(args));
    setRef(result, Fixed.none);
  },
  '__sizeof__(self, /)': (args, result) => setInt(result, 64 + 24 * dictCount(refAt(args))),
  '__reversed__(self, /)': (args, result) => setRef(result, dictReversed(refAt(args), 0)),
});

classNatives(T.dict, {
  'fromkeys(cls, iterable, value=None, /)': (args, result) => {
    const slots = pushSlots(3);
    if (refAt(args) === T.dict) setRef(slots, newDict());
    else call(args, slots, 0, slots);
    const plain = isRef(slots) && words[refAt(slots) << 1] === T.dict;
    iterate(args + 1, slots + 1);
    while (next(slots + 1, slots + 2)) {
      if (plain) dictSet(refAt(slots), slots + 2, args + 2);
      else setItem(slots, slots + 2, args + 2);
    }
    copyValue(result, slots);
    popSlots(3);
  },
});
