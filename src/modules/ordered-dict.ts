/**
 * collections.OrderedDict. Dicts keep their order anyway, so it is a dict with more methods: moving entries to either end
 * and taking them from either end are operations of dicts.ts that cost little however often they are done. What remains
 * of its own are views and iterators, which go by the state of the dict, and that two of them are equal only in the same
 * order.
 */
import { Fixed, T } from '../heap/fixed.ts';
import { DICT_CELLS, Dict, Kind, RecordObject, View } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef, setSmallInt } from '../heap/values.ts';
import { findAttribute } from '../objects/attributes.ts';
import { declareType, materializeType, newRecord, recordValue } from '../objects/declared-types.ts';
import { dictEquals } from '../objects/dict-methods.ts';
import { newView } from '../objects/dict-views.ts';
import {
  dictClear,
  dictCopy,
  dictCount,
  dictDelete,
  dictDeleteAt,
  dictEntry,
  dictFind,
  dictFindOrSet,
  dictFirst,
  dictMerge,
  dictMove,
  dictNext,
  dictPop,
  dictPositionOfValue,
  dictSet,
  initializeDict,
} from '../objects/dicts.ts';
import { raise, raiseKeyError, raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { setBool, setInt } from '../objects/integers.ts';
import { call, callMethod } from '../objects/invoke.ts';
import { entryPair } from '../objects/iterators.ts';
import { firstItem, isListOrTuple, itemCount, listFrom } from '../objects/list-extend.ts';
import { N } from '../objects/names.ts';
import { classNatives, natives } from '../objects/natives.ts';
import { allocateOfType, dictOf, setDictOf } from '../objects/object-dicts.ts';
import { contains, equals, getItem, iterate, next, repr, setItem, truth } from '../objects/operations.ts';
import { builtinFunction, reduction } from '../objects/reductions.ts';
import { enterRepr, leaveRepr } from '../objects/sequences.ts';
import { intern, newString, stringOf } from '../objects/strings.ts';
import { newTuple, tupleItem, tupleSize } from '../objects/tuples.ts';
import { defineOperators } from '../objects/type-operators.ts';
import { isSubtype, kindAt, shortTypeName, typeOf } from '../objects/types.ts';

const ODICT = declareType({
  name: 'OrderedDict',
  module: 'collections',
  native: '_collections',
  bases: [T.dict],
  dict: true,
  weak: true,
});
const builtinView = { module: 'builtins', native: '_collections', hidden: true } as const;
const ODICT_KEYS = declareType({ name: 'odict_keys', bases: [T.dict_keys], ...builtinView });
const ODICT_VALUES = declareType({ name: 'odict_values', bases: [T.dict_values], ...builtinView });
const ODICT_ITEMS = declareType({ name: 'odict_items', bases: [T.dict_items], ...builtinView });
/** `aux`: which + 4 if backward; values: 0 dict, NULL at the end, 1 position, 2 version of the keys */
const ODICT_ITERATOR = declareType({ name: 'odict_iterator', values: 3, ...builtinView });

const BACKWARD = 4;

function newIterator(dict: number, which: number): number {
  const iterator = newRecord(ODICT_ITERATOR);
  words[(iterator << 1) + RecordObject.aux] = which;
  setRef(recordValue(iterator, 0), dict);
  const start = which >= BACKWARD ? words[(dict << 1) + Dict.used] - 1 : Math.max(0, dictFirst(dict));
  setSmallInt(recordValue(iterator, 1), start);
  setSmallInt(recordValue(iterator, 2), words[(dict << 1) + Dict.keysVersion]);
  return iterator;
}

defineOperators(ODICT_ITERATOR, {
  next: (slot, result) => {
    const iterator = refAt(slot);
    if (isNull(recordValue(iterator, 0))) return false;
    const dict = refAt(recordValue(iterator, 0));
    const start = dict << 1;
    if (words[recordValue(iterator, 2) << 1] !== words[start + Dict.keysVersion]) {
      raise(T.RuntimeError, 'OrderedDict mutated during iteration');
    }
    const which = words[(iterator << 1) + RecordObject.aux];
    let position = words[recordValue(iterator, 1) << 1];
    if (which >= BACKWARD) while (position >= 0 && dictNext(dict, position) !== position) position--;
    else position = dictNext(dict, position);
    if (position < 0) {
      setRef(recordValue(iterator, 0), 0);
      return false;
    }
    setSmallInt(recordValue(iterator, 1), which >= BACKWARD ? position - 1 : position + 1);
    if ((which & 3) === 2) setRef(result, entryPair(dict, position));
    else copyValue(result, dictEntry(dict, position) + (which & 3));
    return true;
  },
});
natives(ODICT_ITERATOR, {
  '__reduce__(self, /)': (args, result) => {
    // what is left, as a list
    const rest = pushSlots(2);
    const copy = newRecord(ODICT_ITERATOR);
    setRef(rest, copy);
    words[(copy << 1) + RecordObject.aux] = words[(refAt(args) << 1) + RecordObject.aux];
    for (let i = 0; i < 3; i++) copyValue(recordValue(copy, i), recordValue(refAt(args), i));
    setRef(rest + 1, listFrom(rest));
    builtinFunction('iter', rest);
    reduction(rest, [rest + 1], result);
    popSlots(2);
  },
});

for (const [which, type] of [ODICT_KEYS, ODICT_VALUES, ODICT_ITEMS].entries()) {
  natives(type, {
    '__iter__(self, /)': (args, result) => setRef(result, newIterator(words[(refAt(args) << 1) + View.dict], which)),
    '__reversed__(self, /)': (args, result) =>
      setRef(result, newIterator(words[(refAt(args) << 1) + View.dict], which + BACKWARD)),
  });
}

const isExact = (slot: number): boolean => typeOf(slot) === ODICT;
function isOrdered(slot: number): boolean {
  return isRef(slot) && isSubtype(words[refAt(slot) << 1], ODICT);
}

/** self[key] = value for every pair that an iterable of pairs yields. May call Python. */
function setPairs(self: number, pairs: number): void {
  const slots = pushSlots(4);
  iterate(pairs, slots);
  while (next(slots, slots + 1)) {
    if (!isListOrTuple(slots + 1)) setRef(slots + 1, listFrom(slots + 1));
    const pair = refAt(slots + 1);
    if (itemCount(pair) < 2)
      raiseValueError(`need more than ${itemCount(pair)} value${itemCount(pair) === 1 ? '' : 's'} to unpack`);
    if (itemCount(pair) > 2) raiseValueError('too many values to unpack (expected 2)');
    copyValue(slots + 2, firstItem(pair));
    copyValue(slots + 3, firstItem(pair) + 1);
    setItem(self, slots + 2, slots + 3);
  }
  popSlots(4);
}

/** What MutableMapping.update does: a mapping, or pairs, each item by `self[key] = value`. May call Python. */
function updateFrom(self: number, source: number): void {
  if (isExact(self) && (typeOf(source) === T.dict || isExact(source))) {
    if (!dictMerge(refAt(self), refAt(source))) raise(T.RuntimeError, 'dict mutated during update');
    return;
  }
  const slots = pushSlots(4);
  if (typeOf(source) !== T.dict && findAttribute(source, N.keys, slots)) {
    call(slots, slots, 0, slots);
    iterate(slots, slots);
    while (next(slots, slots + 1)) {
      getItem(source, slots + 1, slots + 2);
      setItem(self, slots + 1, slots + 2);
    }
  } else if (findAttribute(source, intern('items'), slots)) {
    call(slots, slots, 0, slots);
    setPairs(self, slots);
  } else setPairs(self, source);
  popSlots(4);
}

/** The arguments of update() and of the constructor. */
function updateFromArguments(args: number): void {
  const positional = refAt(args + 1);
  const count = tupleSize(positional);
  if (count > 1) raiseTypeError(`update expected at most 1 argument, got ${count}`);
  if (count === 1) updateFrom(args, tupleItem(positional, 0));
  if (dictCount(refAt(args + 2)) > 0) updateFrom(args, args + 2);
}

/** Same keys in the same order. May call Python. */
function sameOrder(a: number, b: number): boolean {
  const slots = pushSlots(4);
  setRef(slots, newIterator(a, 0));
  setRef(slots + 1, newIterator(b, 0));
  let same = true;
  while (same && next(slots, slots + 2)) same = next(slots + 1, slots + 3) && equals(slots + 2, slots + 3);
  popSlots(4);
  return same;
}

defineOperators(
  ODICT,
  {
    length: (slot) => dictCount(refAt(slot)),
    getItem: (slot, key, result) => {
      const cell = dictFind(refAt(slot), key);
      if (cell === 0) raiseKeyError(key);
      copyValue(result, cell);
    },
    setItem: (slot, key, value) => dictSet(refAt(slot), key, value),
    deleteItem: (slot, key) => {
      if (!dictDelete(refAt(slot), key)) raiseKeyError(key);
    },
    contains: (slot, key) => dictFind(refAt(slot), key) !== 0,
    iterate: (slot, result) => setRef(result, newIterator(refAt(slot), 0)),
  },
  true,
);

const compareOrdered =
  (wanted: boolean) =>
  (args: number, result: number): void => {
    if (kindAt(args + 1) !== Kind.dict) {
      setRef(result, Fixed.notImplemented);
      return;
    }
    const [a, b] = [refAt(args), refAt(args + 1)];
    setBool(result, (dictEquals(a, b) && (!isOrdered(args + 1) || sameOrder(a, b))) === wanted);
  };

/** Copies key and value of the first or last entry of a dict that has one. */
function endEntry(dict: number, last: boolean): number {
  if (!last) return dictFirst(dict);
  let position = words[(dict << 1) + Dict.used] - 1;
  while (dictNext(dict, position) !== position) position--;
  return position;
}

natives(ODICT, {
  '__init__(self, /, *args, **kwargs)': (args, result) => {
    const count = tupleSize(refAt(args + 1));
    if (count > 1) raiseTypeError(`expected at most 1 arguments, got ${count}`);
    updateFromArguments(args);
    setRef(result, Fixed.none);
  },
  'update(self, /, *args, **kwargs)': (args, result) => {
    updateFromArguments(args);
    setRef(result, Fixed.none);
  },
  '__iter__(self, /)': (args, result) => setRef(result, newIterator(refAt(args), 0)),
  '__reversed__(self, /)': (args, result) => setRef(result, newIterator(refAt(args), BACKWARD)),
  'keys(self, /)': (args, result) => setRef(result, newView(materializeType(ODICT_KEYS), 0, refAt(args))),
  'values(self, /)': (args, result) => setRef(result, newView(materializeType(ODICT_VALUES), 1, refAt(args))),
  'items(self, /)': (args, result) => setRef(result, newView(materializeType(ODICT_ITEMS), 2, refAt(args))),
  '__eq__(self, value, /)': compareOrdered(true),
  '__ne__(self, value, /)': compareOrdered(false),
  'clear(self, /)': (args, result) => {
    dictClear(refAt(args));
    setRef(result, Fixed.none);
  },
  'move_to_end(self, key, last=True)': (args, result) => {
    const dict = refAt(args);
    const last = truth(args + 2);
    const cell = dictFind(dict, args + 1);
    if (cell === 0) raiseKeyError(args + 1);
    dictMove(dict, dictPositionOfValue(dict, cell), last);
    setRef(result, Fixed.none);
  },
  'popitem(self, last=True)': (args, result) => {
    const dict = refAt(args);
    const last = truth(args + 1);
    if (dictCount(dict) === 0) {
      const message = pushSlots(1);
      setRef(message, newString('dictionary is empty'));
      raiseKeyError(message);
    }
    const position = endEntry(dict, last);
    const slots = pushSlots(1);
    setRef(slots, entryPair(dict, position));
    dictDeleteAt(dict, position);
    copyValue(result, slots);
    popSlots(1);
  },
  'pop(self, key, default=...)': (args, result) => {
    if (dictPop(refAt(args), args + 1, result)) return;
    if (!isNull(args + 2)) copyValue(result, args + 2);
    else raiseKeyError(args + 1);
  },
  'setdefault(self, key, default=None)': (args, result) => {
    if (isExact(args)) copyValue(result, dictFindOrSet(refAt(args), args + 1, args + 2));
    else if (contains(args, args + 1)) getItem(args, args + 1, result);
    else {
      setItem(args, args + 1, args + 2);
      copyValue(result, args + 2);
    }
  },
  'copy(self, /)': copyOf,
  '__or__(self, value, /)': (args, result) => merged(args, args + 1, typeOf(args), result),
  '__ror__(self, value, /)': (args, result) => merged(args + 1, args, typeOf(args), result),
  '__ior__(self, value, /)': (args, result) => {
    updateFrom(args, args + 1);
    copyValue(result, args);
  },
  '__sizeof__(self, /)': (args, result) => setInt(result, 100 + 80 * dictCount(refAt(args))),
  '__reduce__(self, /)': (args, result) => {
    const slots = pushSlots(2);
    const answer = newTuple(5);
    setRef(slots, answer);
    for (let i = 0; i < 5; i++) setRef(tupleItem(answer, i), Fixed.none);
    setRef(tupleItem(answer, 0), typeOf(args));
    setRef(tupleItem(answer, 1), Fixed.emptyTuple);
    callMethod(args, '__getstate__', args, 0, slots + 1);
    copyValue(tupleItem(answer, 2), slots + 1);
    callMethod(args, 'items', args, 0, slots + 1);
    iterate(slots + 1, slots + 1);
    copyValue(tupleItem(answer, 4), slots + 1);
    copyValue(result, slots);
    popSlots(2);
  },
  '__repr__(self, /)': (args, result) => {
    const dict = refAt(args);
    const name = shortTypeName(words[dict << 1]);
    if (dictCount(dict) === 0) {
      setRef(result, newString(`${name}()`));
      return;
    }
    if (!enterRepr(dict)) {
      setRef(result, newString('...'));
      return;
    }
    try {
      const slots = pushSlots(3);
      if (isExact(args)) setRef(slots, dictCopy(dict));
      else {
        callMethod(args, 'items', args, 0, slots + 1);
        setRef(slots, T.dict);
        call(slots, slots + 1, 1, slots);
      }
      const text = stringOf(repr(slots));
      popSlots(3);
      setRef(result, newString(`${name}(${text})`));
    } finally {
      leaveRepr(dict);
    }
  },
});

function emptyOrderedDict(): number {
  const dict = allocateOfType(ODICT, DICT_CELLS);
  initializeDict(dict, ODICT);
  return dict;
}

function copyOf(args: number, result: number): void {
  const slots = pushSlots(3);
  if (isExact(args)) {
    setRef(slots, emptyOrderedDict());
    const own = dictOf(refAt(args));
    if (own !== 0) setDictOf(refAt(slots), dictCopy(own));
    dictMerge(refAt(slots), refAt(args));
  } else {
    setRef(slots, typeOf(args));
    call(slots, slots, 0, slots);
    iterate(args, slots + 1);
    while (next(slots + 1, slots + 2)) {
      const value = pushSlots(1);
      getItem(args, slots + 2, value);
      setItem(slots, slots + 2, value);
      popSlots(1);
    }
  }
  copyValue(result, slots);
  popSlots(3);
}

/** left | right as an instance of `type`, an OrderedDict class. */
function merged(left: number, right: number, type: number, result: number): void {
  if (kindAt(left) !== Kind.dict || kindAt(right) !== Kind.dict) {
    setRef(result, Fixed.notImplemented);
    return;
  }
  const slots = pushSlots(2);
  setRef(slots, type);
  copyValue(slots + 1, left);
  call(slots, slots + 1, 1, slots);
  updateFrom(slots, right);
  copyValue(result, slots);
  popSlots(2);
}

classNatives(ODICT, {
  'fromkeys(cls, iterable, value=None)': (args, result) => {
    const slots = pushSlots(3);
    if (refAt(args) === ODICT) setRef(slots, emptyOrderedDict());
    else call(args, slots, 0, slots);
    iterate(args + 1, slots + 1);
    while (next(slots + 1, slots + 2)) setItem(slots, slots + 2, args + 2);
    copyValue(result, slots);
    popSlots(3);
  },
});
