/**
 * range objects and their iterators. Nearly all ranges have immediate ints throughout; then everything is plain number
 * arithmetic. Anything larger goes through BigInt.
 */
import { Fixed, T } from '../heap/fixed.ts';
import { Iterator, Range } from '../heap/layouts.ts';
import { allocate, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import {
  copyValue,
  INT_MAX,
  INT_MIN,
  immediateAt,
  isImmediateInt,
  isNull,
  refAt,
  setImmediate48,
  setRef,
  setSmallInt,
} from '../heap/values.ts';
import { directType } from './direct-calls.ts';
import { raiseIndexError, raiseOverflow, raiseTypeError, raiseValueError } from './errors.ts';
import { hashHigh, hashLow, hashTuple } from './hashes.ts';
import { bigIntAt, hasIndex, index, intAt, intSign, loadInt64, setBigInt, setInt, setInt64 } from './integers.ts';
import { getset, natives, staticNatives } from './natives.ts';
import { foldHash } from './number-hash.ts';
import { equals, repr } from './operations.ts';
import { CompareOperator } from './operators.ts';
import { isSlice, sliceBounds } from './slices.ts';
import { newString, stringOf } from './strings.ts';
import { newTuple, tupleItem } from './tuples.ts';
import { defineOperators } from './type-operators.ts';
import { typeName, typeOf } from './types.ts';

const START = Range.start >> 1;
const STOP = Range.stop >> 1;
const STEP = Range.step >> 1;
const LENGTH = Range.length >> 1;
export const ITERATOR_CELLS = 5;

function isSmall(range: number): boolean {
  return isImmediateInt(range + START) && isImmediateInt(range + STOP) && isImmediateInt(range + STEP);
}

/** A range from three int slots (exact ints); the step must not be 0. */
export function newRange(start: number, stop: number, step: number): number {
  const range = allocate(5);
  words[range << 1] = T.range;
  words[(range << 1) + Range.aux] = 0;
  copyValue(range + START, start);
  copyValue(range + STOP, stop);
  copyValue(range + STEP, step);
  if (isSmall(range)) {
    const from = immediateAt(range + START);
    const to = immediateAt(range + STOP);
    const by = immediateAt(range + STEP);
    const span = by > 0 ? to - from : from - to;
    setInt(range + LENGTH, span <= 0 ? 0 : Math.floor((span - 1) / (by > 0 ? by : -by)) + 1);
    return range;
  }
  const from = bigIntAt(start);
  const to = bigIntAt(stop);
  const by = bigIntAt(step);
  const span = by > 0n ? to - from : from - to;
  setBigInt(range + LENGTH, span <= 0n ? 0n : (span - 1n) / (by > 0n ? by : -by) + 1n);
  return range;
}

/** Number of items; approximate beyond 2**53. */
export function rangeLength(range: number): number {
  return intAt(range + LENGTH);
}
/** True if start, stop and step are immediate ints (then so are all items). */
export function isSmallRange(range: number): boolean {
  return isSmall(range);
}
export function rangeStart(range: number): number {
  return immediateAt(range + START);
}
export function rangeStep(range: number): number {
  return immediateAt(range + STEP);
}

/** Stores item number `position`, in range and below 2**53, in `result`. */
export function rangeItem(range: number, position: number, result: number): void {
  if (isSmall(range)) setInt(result, immediateAt(range + START) + position * immediateAt(range + STEP));
  else setBigInt(result, bigIntAt(range + START) + BigInt(position) * bigIntAt(range + STEP));
}

function fitsWord(slot: number): boolean {
  return isImmediateInt(slot) && immediateAt(slot) === (immediateAt(slot) | 0);
}
function fitsWordSum(a: number, b: number): boolean {
  const sum = immediateAt(a) + immediateAt(b);
  return sum === (sum | 0);
}

/**
 * A range iterator over `start, start + step, ...` below `stop` (slots of exact ints). `limit` 1 says that no value, the
 * one past the end included, leaves 32 bits: the interpreter and compiled code then calculate in words.
 */
function newRangeIterator(start: number, stop: number, step: number): number {
  const iterator = allocate(ITERATOR_CELLS);
  const at = iterator << 1;
  words[at] = T.range_iterator;
  words[at + Iterator.position] = isImmediateInt(start) && isImmediateInt(stop) && isImmediateInt(step) ? 0 : 1;
  words[at + Iterator.source] = 0;
  words[at + Iterator.limit] = fitsWord(start) && fitsWord(stop) && fitsWord(step) && fitsWordSum(stop, step) ? 1 : 0;
  copyValue(iterator + (Iterator.current >> 1), start);
  copyValue(iterator + (Iterator.step >> 1), step);
  copyValue(iterator + (Iterator.stop >> 1), stop);
  return iterator;
}

/** iter(range). */
export function rangeIterator(range: number): number {
  return newRangeIterator(range + START, range + STOP, range + STEP);
}

/** Next item of a range iterator; false when exhausted. Never calls Python. */
export function rangeIteratorNext(iterator: number, result: number): boolean {
  const current = iterator + (Iterator.current >> 1);
  const step = iterator + (Iterator.step >> 1);
  const stop = iterator + (Iterator.stop >> 1);
  if (words[(iterator << 1) + Iterator.position] === 0) {
    const value = immediateAt(current);
    const by = immediateAt(step);
    if (by > 0 ? value >= immediateAt(stop) : value <= immediateAt(stop)) return false;
    const following = value + by;
    // A step may lead beyond 48 bits, but no further value is asked for then than one that reaches the stop.
    setImmediate48(current, Math.max(INT_MIN, Math.min(INT_MAX, following)));
    setImmediate48(result, value);
    return true;
  }
  const value = bigIntAt(current);
  const by = bigIntAt(step);
  if (by > 0n ? value >= bigIntAt(stop) : value <= bigIntAt(stop)) return false;
  setBigInt(current, value + by);
  setBigInt(result, value);
  return true;
}

/** reversed(range). */
export function rangeReversed(range: number): number {
  const slots = pushSlots(3);
  const length = bigIntAt(range + LENGTH);
  const step = bigIntAt(range + STEP);
  const start = bigIntAt(range + START);
  setBigInt(slots, start + (length - 1n) * step);
  setBigInt(slots + 1, start - step);
  setBigInt(slots + 2, -step);
  const iterator = newRangeIterator(slots, slots + 1, slots + 2);
  popSlots(3);
  return iterator;
}

/** Position of an int in the range, or -1n. */
function findInt(range: number, value: bigint): bigint {
  const start = bigIntAt(range + START);
  const step = bigIntAt(range + STEP);
  const offset = value - start;
  if (offset % step !== 0n) return -1n;
  const position = offset / step;
  return position >= 0n && position < bigIntAt(range + LENGTH) ? position : -1n;
}

function containsInt(range: number, slot: number): boolean {
  if (!isSmall(range) || !isImmediateInt(slot)) return findInt(range, bigIntAt(slot)) >= 0n;
  const value = immediateAt(slot);
  const start = immediateAt(range + START);
  const step = immediateAt(range + STEP);
  const stop = immediateAt(range + STOP);
  if (step > 0 ? value < start || value >= stop : value > start || value <= stop) return false;
  return (value - start) % step === 0;
}

/** An int whose equality is known: no subclass's. */
function isPlainInt(slot: number): boolean {
  const type = typeOf(slot);
  return type === T.int || type === T.bool;
}

/** Position of the first equal item by comparing one after the other, or -1. May call Python. */
function searchEqual(range: number, slot: number, from: number): number {
  const item = pushSlots(1);
  const length = rangeLength(range);
  for (let position = from; position < length; position++) {
    rangeItem(range, position, item);
    if (equals(item, slot)) {
      popSlots(1);
      return position;
    }
  }
  popSlots(1);
  return -1;
}

/** result = range[key] for an integer key of any size. */
function itemAt(range: number, key: number, result: number): void {
  if (isImmediateInt(key) && isSmall(range)) {
    const length = rangeLength(range);
    let position = immediateAt(key);
    if (position < 0) position += length;
    if (position < 0 || position >= length) raiseIndexError('range object index out of range');
    rangeItem(range, position, result);
    return;
  }
  if (!hasIndex(key)) raiseTypeError(`range indices must be integers or slices, not ${typeName(key)}`);
  const plain = pushSlots(1);
  index(key, plain);
  let position = bigIntAt(plain);
  popSlots(1);
  const length = bigIntAt(range + LENGTH);
  if (position < 0n) position += length;
  if (position < 0n || position >= length) raiseIndexError('range object index out of range');
  setBigInt(result, bigIntAt(range + START) + position * bigIntAt(range + STEP));
}

function sliceOf(range: number, slice: number): number {
  const bounds = sliceBounds(slice, bigIntAt(range + LENGTH));
  const slots = pushSlots(3);
  const start = bigIntAt(range + START);
  const step = bigIntAt(range + STEP);
  setBigInt(slots, start + bounds.start * step);
  setBigInt(slots + 1, start + bounds.stop * step);
  setBigInt(slots + 2, step * bounds.step);
  const result = newRange(slots, slots + 1, slots + 2);
  popSlots(3);
  return result;
}

/** What equality and the hash look at: (length, start, step), with None for what does not matter. */
function identityOf(range: number): number {
  const tuple = newTuple(3);
  copyValue(tupleItem(tuple, 0), range + LENGTH);
  const length = rangeLength(range);
  if (length === 0) setRef(tupleItem(tuple, 1), Fixed.none);
  else copyValue(tupleItem(tuple, 1), range + START);
  if (length < 2) setRef(tupleItem(tuple, 2), Fixed.none);
  else copyValue(tupleItem(tuple, 2), range + STEP);
  return tuple;
}

defineOperators(T.range, {
  length: (slot) => {
    if (!loadInt64(refAt(slot) + LENGTH)) raiseOverflow('Python int too large to convert to C ssize_t');
    return rangeLength(refAt(slot));
  },
  truth: (slot) => intSign(refAt(slot) + LENGTH) !== 0,
  getItem: (slot, key, result) => {
    if (isSlice(key)) setRef(result, sliceOf(refAt(slot), refAt(key)));
    else itemAt(refAt(slot), key, result);
  },
  contains: (slot, item) => {
    if (isPlainInt(item)) return containsInt(refAt(slot), item);
    return searchEqual(refAt(slot), item, 0) >= 0;
  },
  iterate: (slot, result) => setRef(result, rangeIterator(refAt(slot))),
  compareOperators: [CompareOperator.equal, CompareOperator.notEqual],
  compare: (operator, a, b, result) => {
    if (typeOf(b) !== T.range) return false;
    const slots = pushSlots(2);
    setRef(slots, identityOf(refAt(a)));
    setRef(slots + 1, identityOf(refAt(b)));
    const same = equals(slots, slots + 1);
    popSlots(2);
    setRef(result, same === (operator === CompareOperator.equal) ? Fixed.true : Fixed.false);
    return true;
  },
  hash: (slot) => {
    hashTuple(identityOf(refAt(slot)));
    return foldHash(hashLow, hashHigh);
  },
  fullHash: (slot, result) => {
    hashTuple(identityOf(refAt(slot)));
    setInt64(result, hashLow, hashHigh);
  },
  repr: (slot) => {
    const range = refAt(slot);
    const text = (cell: number): string => stringOf(repr(cell));
    const step = isImmediateInt(range + STEP) && immediateAt(range + STEP) === 1 ? '' : `, ${text(range + STEP)}`;
    return newString(`range(${text(range + START)}, ${text(range + STOP)}${step})`);
  },
});

/** The plain int of a constructor argument. */
function rangeArgument(slot: number, result: number): void {
  index(slot, result);
}

staticNatives(T.range, {
  '__new__(cls, start, stop=..., step=..., /)': (args, result) => {
    const slots = pushSlots(3);
    setSmallInt(slots, 0);
    setSmallInt(slots + 2, 1);
    if (isNull(args + 2)) rangeArgument(args + 1, slots + 1);
    else {
      rangeArgument(args + 1, slots);
      rangeArgument(args + 2, slots + 1);
      if (!isNull(args + 3)) {
        rangeArgument(args + 3, slots + 2);
        if (intSign(slots + 2) === 0) raiseValueError('range() arg 3 must not be zero');
      }
    }
    setRef(result, newRange(slots, slots + 1, slots + 2));
    popSlots(3);
  },
});

directType(T.range, (args, count, result) => {
  if (count === 0 || count > 3 || !isImmediateInt(args)) return false;
  if (count > 1 && !isImmediateInt(args + 1)) return false;
  if (count > 2 && (!isImmediateInt(args + 2) || immediateAt(args + 2) === 0)) return false;
  const slots = pushSlots(2);
  setSmallInt(slots, 0);
  setSmallInt(slots + 1, 1);
  const step = count > 2 ? args + 2 : slots + 1;
  setRef(result, count === 1 ? newRange(slots, args, step) : newRange(args, args + 1, step));
  popSlots(2);
  return true;
});

natives(T.range, {
  '__len__(self, /)': (args, result) => {
    const length = refAt(args) + LENGTH;
    if (!loadInt64(length)) raiseOverflow('Python int too large to convert to C ssize_t');
    copyValue(result, length);
  },
  'index(self, value, /)': (args, result) => {
    const range = refAt(args);
    if (isPlainInt(args + 1)) {
      const position = findInt(range, bigIntAt(args + 1));
      if (position < 0n) raiseValueError('range.index(x): x not in range');
      setBigInt(result, position);
      return;
    }
    const position = searchEqual(range, args + 1, 0);
    if (position < 0) raiseValueError('sequence.index(x): x not in sequence');
    setInt(result, position);
  },
  'count(self, value, /)': (args, result) => {
    const range = refAt(args);
    if (isPlainInt(args + 1)) {
      setSmallInt(result, containsInt(range, args + 1) ? 1 : 0);
      return;
    }
    let count = 0;
    for (let at = searchEqual(range, args + 1, 0); at >= 0; at = searchEqual(range, args + 1, at + 1)) count++;
    setInt(result, count);
  },
  '__reversed__(self, /)': (args, result) => setRef(result, rangeReversed(refAt(args))),
});

for (const [name, cell] of [
  ['start', START],
  ['stop', STOP],
  ['step', STEP],
] as const)
  getset(T.range, name, (slot, result) => copyValue(result, refAt(slot) + cell));

defineOperators(T.range_iterator, { next: (slot, result) => rangeIteratorNext(refAt(slot), result) });
natives(T.range_iterator, {
  '__length_hint__(self, /)': (args, result) => {
    const iterator = refAt(args);
    const span = bigIntAt(iterator + (Iterator.stop >> 1)) - bigIntAt(iterator + (Iterator.current >> 1));
    const step = bigIntAt(iterator + (Iterator.step >> 1));
    const positive = step > 0n;
    const distance = positive ? span : -span;
    setBigInt(result, distance <= 0n ? 0n : (distance - 1n) / (positive ? step : -step) + 1n);
  },
});
