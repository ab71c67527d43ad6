/** collections.defaultdict: a dict with a factory for what is missing, which lies in the trailing cell of an instance. */
import { Fixed, T } from '../heap/fixed.ts';
import { DICT_CELLS, Kind } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef } from '../heap/values.ts';
import { isCallable } from '../objects/builtins-types.ts';
import { declareType } from '../objects/declared-types.ts';
import { dictText, dictUpdateFrom } from '../objects/dict-methods.ts';
import {
  dictCount,
  dictDelete,
  dictFind,
  dictFindOrSet,
  dictMerge,
  dictSet,
  initializeDict,
} from '../objects/dicts.ts';
import { raiseKeyError, raiseTypeError } from '../objects/errors.ts';
import { makeGeneric } from '../objects/generic-aliases.ts';
import { call, callMethod } from '../objects/invoke.ts';
import { dictIterator } from '../objects/iterators.ts';
import { getset, natives } from '../objects/natives.ts';
import { allocateOfType, tailWord } from '../objects/object-dicts.ts';
import { iterate, repr } from '../objects/operations.ts';
import { enterRepr, leaveRepr } from '../objects/sequences.ts';
import { newString, stringOf } from '../objects/strings.ts';
import { newTuple, tupleItem, tupleSize } from '../objects/tuples.ts';
import { defineOperators } from '../objects/type-operators.ts';
import { kindAt, shortTypeName, typeOf } from '../objects/types.ts';

const DEFAULTDICT = declareType({
  name: 'defaultdict',
  module: 'collections',
  native: '_collections',
  bases: [T.dict],
  tail: true,
});

/** Ref of the factory, 0 for None. */
const factoryOf = (dict: number): number => words[tailWord(dict)];

function missing(slot: number, key: number, result: number): void {
  const factory = factoryOf(refAt(slot));
  if (factory === 0) raiseKeyError(key);
  const slots = pushSlots(2);
  setRef(slots, factory);
  call(slots, slots + 1, 0, slots + 1);
  // the factory may have set the key itself
  copyValue(result, dictFindOrSet(refAt(slot), key, slots + 1));
  popSlots(2);
}

defineOperators(
  DEFAULTDICT,
  {
    length: (slot) => dictCount(refAt(slot)),
    getItem: (slot, key, result) => {
      const cell = dictFind(refAt(slot), key);
      if (cell === 0) missing(slot, key, result);
      else copyValue(result, cell);
    },
    setItem: (slot, key, value) => dictSet(refAt(slot), key, value),
    deleteItem: (slot, key) => {
      if (!dictDelete(refAt(slot), key)) raiseKeyError(key);
    },
    contains: (slot, key) => dictFind(refAt(slot), key) !== 0,
    iterate: (slot, result) => setRef(result, dictIterator(T.dict_keyiterator, refAt(slot))),
  },
  true,
);

/** The callable or None in a slot as what the trailing cell holds; anything else is a TypeError. */
function setFactory(dict: number, slot: number, what: string): void {
  const none = isRef(slot) && refAt(slot) === Fixed.none;
  if (!none && !isCallable(slot)) raiseTypeError(what);
  words[tailWord(dict)] = none || !isRef(slot) ? 0 : refAt(slot);
}

getset(
  DEFAULTDICT,
  'default_factory',
  (object, result) => setRef(result, factoryOf(refAt(object)) || Fixed.none),
  (object, value) => {
    // anything may be set; what is no reference (a number) could not be called anyway
    words[tailWord(refAt(object))] = isNull(value) || !isRef(value) || refAt(value) === Fixed.none ? 0 : refAt(value);
  },
);
makeGeneric(DEFAULTDICT);

/** A copy of the class and factory of the defaultdict in a slot, made by calling its class. May call Python. */
function copyOf(slot: number, result: number): void {
  const dict = refAt(slot);
  const type = words[dict << 1];
  if (type === DEFAULTDICT) {
    const copy = allocateOfType(DEFAULTDICT, DICT_CELLS);
    initializeDict(copy, DEFAULTDICT);
    words[tailWord(copy)] = factoryOf(dict);
    const slots = pushSlots(1);
    setRef(slots, copy);
    dictMerge(copy, dict);
    copyValue(result, slots);
    popSlots(1);
    return;
  }
  const slots = pushSlots(3);
  setRef(slots, type);
  setRef(slots + 1, factoryOf(dict) || Fixed.none);
  copyValue(slots + 2, slot);
  call(slots, slots + 1, 2, result);
  popSlots(3);
}

function isDict(slot: number): boolean {
  return kindAt(slot) === Kind.dict;
}

natives(DEFAULTDICT, {
  '__init__(self, /, *args, **kwargs)': (args, result) => {
    const given = refAt(args + 1);
    const count = tupleSize(given);
    if (count > 0) setFactory(refAt(args), tupleItem(given, 0), 'first argument must be callable or None');
    else words[tailWord(refAt(args))] = 0;
    if (count > 2) raiseTypeError(`dict expected at most 1 argument, got ${count - 1}`);
    if (count > 1) dictUpdateFrom(refAt(args), tupleItem(given, 1));
    dictMerge(refAt(args), refAt(args + 2));
    setRef(result, Fixed.none);
  },
  '__missing__(self, key, /)': (args, result) => missing(args, args + 1, result),
  'copy(self, /)': (args, result) => copyOf(args, result),
  '__copy__(self, /)': (args, result) => copyOf(args, result),
  '__reduce__(self, /)': (args, result) => {
    const slots = pushSlots(2);
    const answer = newTuple(5);
    setRef(slots, answer);
    for (let i = 0; i < 5; i++) setRef(tupleItem(answer, i), Fixed.none);
    setRef(tupleItem(answer, 0), typeOf(args));
    const factory = factoryOf(refAt(args));
    const given = newTuple(factory === 0 ? 0 : 1);
    if (factory !== 0) setRef(tupleItem(given, 0), factory);
    setRef(tupleItem(answer, 1), given);
    callMethod(args, 'items', args, 0, slots + 1);
    iterate(slots + 1, slots + 1);
    copyValue(tupleItem(refAt(slots), 4), slots + 1);
    copyValue(result, slots);
    popSlots(2);
  },
  '__repr__(self, /)': (args, result) => {
    const dict = refAt(args);
    const name = shortTypeName(words[dict << 1]);
    const factory = factoryOf(dict);
    const text = stringOf(dictText(args));
    let shown = 'None';
    if (factory !== 0) {
      // a bound method of the dict itself would show it within itself
      if (!enterRepr(factory)) shown = '...';
      else {
        try {
          const slot = pushSlots(1);
          setRef(slot, factory);
          shown = stringOf(repr(slot));
          popSlots(1);
        } finally {
          leaveRepr(factory);
        }
      }
    }
    setRef(result, newString(`${name}(${shown}, ${text})`));
  },
  '__or__(self, value, /)': (args, result) => {
    if (!isDict(args + 1)) {
      setRef(result, Fixed.notImplemented);
      return;
    }
    const slots = pushSlots(1);
    copyOf(args, slots);
    dictUpdateFrom(refAt(slots), args + 1);
    copyValue(result, slots);
    popSlots(1);
  },
  '__ror__(self, value, /)': (args, result) => {
    if (!isDict(args + 1)) {
      setRef(result, Fixed.notImplemented);
      return;
    }
    const slots = pushSlots(3);
    setRef(slots, typeOf(args));
    setRef(slots + 1, factoryOf(refAt(args)) || Fixed.none);
    copyValue(slots + 2, args + 1);
    call(slots, slots + 1, 2, slots);
    dictUpdateFrom(refAt(slots), args);
    copyValue(result, slots);
    popSlots(3);
  },
});
