/**
 * functools.lru_cache's wrapper: a function whose results are kept in a dict. A hit is answered here; a miss by a nested
 * run, or, where the interpreter makes the call, by a frame whose return stores the result (beginCached, endCached), so
 * that a recursive cached function nests no JavaScript.
 *
 * The dict's order of insertion is the order of use: a hit in a bounded cache moves its entry to the end, and the entry
 * to drop is the first one.
 */
import { Fixed, State, T } from '../heap/fixed.ts';
import { RecordObject } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import {
  copyValue,
  immediateAt,
  isImmediateInt,
  isNull,
  isRef,
  refAt,
  setImmediate48,
  setRef,
  setSmallInt,
} from '../heap/values.ts';
import { bindMethod, getAttribute } from './attributes.ts';
import { isCallable } from './builtins-types.ts';
import { declareType, newRecord, recordValue } from './declared-types.ts';
import {
  dictClear,
  dictCount,
  dictDeleteAt,
  dictFindHashed,
  dictFirst,
  dictMove,
  dictPositionOfValue,
  dictSetHashed,
  newDict,
} from './dicts.ts';
import { raiseTypeError } from './errors.ts';
import { addressText } from './functions.ts';
import { hasIndex, indexOf, setInt } from './integers.ts';
import { call, callKeywords } from './invoke.ts';
import { N } from './names.ts';
import { natives, staticNatives } from './natives.ts';
import { keyHash, truth } from './operations.ts';
import { newString } from './strings.ts';
import { newTuple, tupleItem, tupleSize } from './tuples.ts';
import { defineOperators } from './type-operators.ts';
import { qualifiedTypeName, typeOf } from './types.ts';

/** Values of a wrapper; `aux` is 1 if arguments of different types are different keys. */
export enum LruCache {
  function = 0,
  /** dict: key -> result */
  entries = 1,
  /** int, or None: unbounded */
  maximum = 2,
  hits = 3,
  misses = 4,
  /** the namedtuple that cache_info() makes */
  info = 5,
  count = 6,
}
export const LRU_CACHE = declareType({
  name: '_lru_cache_wrapper',
  module: 'functools',
  native: '_functools',
  values: LruCache.count,
  dict: true,
  weak: true,
});

staticNatives(LRU_CACHE, {
  '__new__(cls, user_function, maxsize, typed, cache_info_type)': (args, result) => {
    if (!isCallable(args + 1)) raiseTypeError('the first argument must be callable');
    const bounded = !(isRef(args + 2) && refAt(args + 2) === Fixed.none);
    if (bounded && !hasIndex(args + 2)) raiseTypeError('maxsize should be integer or None');
    const maximum = bounded ? Math.max(0, indexOf(args + 2)) : 0;
    const typed = truth(args + 3);
    const wrapper = newRecord(refAt(args));
    words[(wrapper << 1) + RecordObject.aux] = typed ? 1 : 0;
    copyValue(recordValue(wrapper, LruCache.function), args + 1);
    if (bounded) setInt(recordValue(wrapper, LruCache.maximum), maximum);
    else setRef(recordValue(wrapper, LruCache.maximum), Fixed.none);
    copyValue(recordValue(wrapper, LruCache.info), args + 4);
    setRef(recordValue(wrapper, LruCache.entries), newDict());
    reset(wrapper);
    setRef(result, wrapper);
  },
});

function reset(wrapper: number): void {
  setSmallInt(recordValue(wrapper, LruCache.hits), 0);
  setSmallInt(recordValue(wrapper, LruCache.misses), 0);
}

function increment(cell: number): void {
  setImmediate48(cell, immediateAt(cell) + 1);
}

/** Writes the key for these arguments to slot `key`. Allocates only. */
function makeKey(wrapper: number, args: number, count: number, keywordNames: number, key: number): void {
  const typed = words[(wrapper << 1) + RecordObject.aux] !== 0;
  if (keywordNames === 0 && !typed) {
    if (count === 1 && (isImmediateInt(args) || (isRef(args) && words[refAt(args) << 1] === T.str))) {
      copyValue(key, args);
      return;
    }
  }
  const named = keywordNames === 0 ? 0 : tupleSize(keywordNames);
  const positional = count - named;
  const size = positional + (named === 0 ? 0 : 1 + named * 2) + (typed ? count : 0);
  const tuple = newTuple(size);
  let at = tupleItem(tuple, 0);
  for (let i = 0; i < positional; i++) copyValue(at++, args + i);
  if (named !== 0) {
    // nobody else has this object, so it parts names from values
    setRef(at++, LRU_CACHE);
    for (let k = 0; k < named; k++) {
      copyValue(at++, tupleItem(keywordNames, k));
      copyValue(at++, args + positional + k);
    }
  }
  if (typed) for (let i = 0; i < count; i++) setRef(at++, typeOf(args + i));
  setRef(key, tuple);
}

/**
 * Looks the call up: true, with the result in `result`, if it is known; else the key is in slot `key` and its hash in the
 * next one; both must be rooted. Hashing and comparing arguments may call Python.
 */
export function findCached(
  callable: number,
  args: number,
  count: number,
  keywordNames: number,
  key: number,
  result: number,
): boolean {
  const wrapper = refAt(callable);
  const bounded = isImmediateInt(recordValue(wrapper, LruCache.maximum));
  if (bounded && immediateAt(recordValue(wrapper, LruCache.maximum)) === 0) {
    increment(recordValue(wrapper, LruCache.misses));
    return false;
  }
  makeKey(wrapper, args, count, keywordNames, key);
  const entries = refAt(recordValue(wrapper, LruCache.entries));
  const hash = keyHash(key, 'a dict key');
  setSmallInt(key + 1, hash);
  const cell = dictFindHashed(entries, key, hash);
  if (cell === 0) {
    increment(recordValue(wrapper, LruCache.misses));
    return false;
  }
  increment(recordValue(wrapper, LruCache.hits));
  copyValue(result, cell);
  if (bounded) dictMove(entries, dictPositionOfValue(entries, cell), true);
  return true;
}

/** Keeps the result of a call that findCached did not know. May call Python (`__eq__`). */
export function storeCached(callable: number, key: number, value: number): void {
  const wrapper = refAt(callable);
  const maximum = recordValue(wrapper, LruCache.maximum);
  const entries = refAt(recordValue(wrapper, LruCache.entries));
  const hash = words[(key + 1) << 1];
  if (!isImmediateInt(maximum)) {
    dictSetHashed(entries, key, hash, value);
    return;
  }
  const limit = immediateAt(maximum);
  // the function may have been called with the same arguments meanwhile
  if (limit === 0 || dictFindHashed(entries, key, hash) !== 0) return;
  if (dictCount(entries) >= limit) dictDeleteAt(entries, dictFirst(entries));
  dictSetHashed(entries, key, hash, value);
}

defineOperators(LRU_CACHE, {
  call: (callable, args, count, keywordNames, result) => {
    const top = words[State.stackTop];
    const slots = pushSlots(3);
    const value = slots + 2;
    if (!findCached(callable, args, count, keywordNames, slots, value)) {
      callKeywords(recordValue(refAt(callable), LruCache.function), args, count, keywordNames, value);
      if (!isNull(slots)) storeCached(callable, slots, value);
    }
    copyValue(result, value);
    words[State.stackTop] = top;
  },
  repr: (slot) => newString(`<${qualifiedTypeName(typeOf(slot))} object at ${addressText(slot)}>`),
});

natives(LRU_CACHE, {
  'cache_info(self, /)': (args, result) => {
    const wrapper = refAt(args);
    const slots = pushSlots(4);
    copyValue(slots, recordValue(wrapper, LruCache.hits));
    copyValue(slots + 1, recordValue(wrapper, LruCache.misses));
    copyValue(slots + 2, recordValue(wrapper, LruCache.maximum));
    setInt(slots + 3, dictCount(refAt(recordValue(wrapper, LruCache.entries))));
    call(recordValue(wrapper, LruCache.info), slots, 4, result);
    popSlots(4);
  },
  'cache_clear(self, /)': (args, result) => {
    dictClear(refAt(recordValue(refAt(args), LruCache.entries)));
    reset(refAt(args));
    setRef(result, Fixed.none);
  },
  '__get__(self, instance, owner=None, /)': (args, result) => {
    if (isRef(args + 1) && refAt(args + 1) === Fixed.none) copyValue(result, args);
    else bindMethod(args, args + 1, result);
  },
  '__reduce__(self, /)': (args, result) => getAttribute(args, N.__qualname__, result),
  '__copy__(self, /)': (args, result) => copyValue(result, args),
  '__deepcopy__(self, memo, /)': (args, result) => copyValue(result, args),
});
