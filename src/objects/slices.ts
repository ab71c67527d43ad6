/**
 * Slice objects, and what a slice means for a sequence of a given length. The numbers are left in exported variables
 * (`sliceStart`, `sliceStop`, `sliceStep`, `sliceCount`), which the next call overwrites: a hot path allocates nothing.
 */
import { Fixed, T } from '../heap/fixed.ts';
import { Slice } from '../heap/layouts.ts';
import { allocate, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isImmediateInt, isNull, isRef, refAt, setRef } from '../heap/values.ts';
import { raiseTypeError, raiseValueError } from './errors.ts';
import { hashHigh, hashLow, hashTuple } from './hashes.ts';
import { bigIntAt, hasIndex, index, indexOf, setBigInt, setInt64 } from './integers.ts';
import { getset, natives, staticNatives } from './natives.ts';
import { foldHash } from './number-hash.ts';
import { repr } from './operations.ts';
import { compareItems } from './sequences.ts';
import { newString, stringOf } from './strings.ts';
import { newTuple, newTupleFrom, tupleItem } from './tuples.ts';
import { defineOperators } from './type-operators.ts';
import { typeOf } from './types.ts';

export let sliceStart = 0;
export let sliceStop = 0;
export let sliceStep = 1;
/** number of items selected */
export let sliceCount = 0;

/** slice(start, stop, step); each a slot. */
export function newSlice(start: number, stop: number, step: number): number {
  const ref = allocate(4);
  words[ref << 1] = T.slice;
  words[(ref << 1) + 1] = 0;
  copyValue(ref + (Slice.start >> 1), start);
  copyValue(ref + (Slice.stop >> 1), stop);
  copyValue(ref + (Slice.step >> 1), step);
  return ref;
}

/** True if the value in a slot is a slice (the type cannot be subclassed). */
export function isSlice(slot: number): boolean {
  return isRef(slot) && words[refAt(slot) << 1] === T.slice;
}

function isNone(slot: number): boolean {
  return isRef(slot) && refAt(slot) === Fixed.none;
}

function boundOf(slot: number): number {
  if (isImmediateInt(slot)) return indexOf(slot);
  if (!hasIndex(slot)) raiseTypeError('slice indices must be integers or None or have an __index__ method');
  return indexOf(slot);
}

/** Reads the three fields of a slice as they are; adjustSlice must follow. May call `__index__`. */
export function unpackSlice(slice: number): void {
  const stepSlot = slice + (Slice.step >> 1);
  const step = isNone(stepSlot) ? 1 : boundOf(stepSlot);
  if (step === 0) raiseValueError('slice step cannot be zero');
  const startSlot = slice + (Slice.start >> 1);
  const start = isNone(startSlot) ? (step < 0 ? Infinity : 0) : boundOf(startSlot);
  const stopSlot = slice + (Slice.stop >> 1);
  const stop = isNone(stopSlot) ? (step < 0 ? -Infinity : Infinity) : boundOf(stopSlot);
  sliceStart = start;
  sliceStop = stop;
  sliceStep = step;
}

/** Fits what unpackSlice read to a sequence of `length` items and counts the items selected. */
export function adjustSlice(length: number): void {
  const backward = sliceStep < 0;
  sliceStart = adjustBound(sliceStart, length, backward);
  sliceStop = adjustBound(sliceStop, length, backward);
  if (backward) sliceCount = sliceStop < sliceStart ? Math.floor((sliceStart - sliceStop - 1) / -sliceStep) + 1 : 0;
  else if (sliceStep === 1) sliceCount = sliceStart < sliceStop ? sliceStop - sliceStart : 0;
  else sliceCount = sliceStart < sliceStop ? Math.floor((sliceStop - sliceStart - 1) / sliceStep) + 1 : 0;
}

function adjustBound(bound: number, length: number, backward: boolean): number {
  if (bound < 0) {
    const fromEnd = bound + length;
    return fromEnd >= 0 ? fromEnd : backward ? -1 : 0;
  }
  if (bound >= length) return backward ? length - 1 : length;
  return bound;
}

/** The fields of a slice as a tuple of three. */
function fieldsOf(slice: number): number {
  return newTupleFrom(slice + (Slice.start >> 1), 3);
}

/** One field as a plain int in `result`, or the default if it is None. For indices() with ints of any size. */
function bigBound(slot: number, missing: bigint): bigint {
  if (isNone(slot)) return missing;
  if (!hasIndex(slot)) raiseTypeError('slice indices must be integers or None or have an __index__ method');
  const plain = pushSlots(1);
  index(slot, plain);
  const value = bigIntAt(plain);
  popSlots(1);
  return value;
}

defineOperators(T.slice, {
  repr: (slot) => {
    const slice = refAt(slot);
    const texts = [Slice.start, Slice.stop, Slice.step].map((field) => stringOf(repr(slice + (field >> 1))));
    return newString(`slice(${texts.join(', ')})`);
  },
  compare: (operator, a, b, result) => {
    if (typeOf(b) !== T.slice) return false;
    compareItems(
      operator,
      refAt(a),
      refAt(b),
      () => 3,
      (slice, index) => slice + (Slice.start >> 1) + index,
      result,
    );
    return true;
  },
  hash: (slot) => {
    hashTuple(fieldsOf(refAt(slot)));
    return foldHash(hashLow, hashHigh);
  },
  fullHash: (slot, result) => {
    hashTuple(fieldsOf(refAt(slot)));
    setInt64(result, hashLow, hashHigh);
  },
});

staticNatives(T.slice, {
  '__new__(cls, start, stop=..., step=..., /)': (args, result) => {
    const only = isNull(args + 2);
    const slots = pushSlots(1);
    setRef(slots, Fixed.none);
    const step = isNull(args + 3) ? slots : args + 3;
    setRef(result, only ? newSlice(slots, args + 1, slots) : newSlice(args + 1, args + 2, step));
    popSlots(1);
  },
});

/** What a slice means for a sequence of any length, in ints of any size. May call `__index__`. */
export function sliceBounds(slice: number, length: bigint): { start: bigint; stop: bigint; step: bigint } {
  const step = bigBound(slice + (Slice.step >> 1), 1n);
  if (step === 0n) raiseValueError('slice step cannot be zero');
  const lowest = step < 0n ? -1n : 0n;
  const highest = step < 0n ? length - 1n : length;
  const bound = (field: Slice, missing: bigint): bigint => {
    let value = bigBound(slice + (field >> 1), missing);
    if (isNone(slice + (field >> 1))) return missing;
    if (value < 0n) value += length;
    return value < lowest ? lowest : value > highest ? highest : value;
  };
  const start = bound(Slice.start, step < 0n ? highest : lowest);
  return { start, stop: bound(Slice.stop, step < 0n ? lowest : highest), step };
}

natives(T.slice, {
  'indices(self, object, /)': (args, result) => {
    const plain = pushSlots(1);
    index(args + 1, plain);
    const length = bigIntAt(plain);
    popSlots(1);
    if (length < 0n) raiseValueError('length should not be negative');
    const { start, stop, step } = sliceBounds(refAt(args), length);
    const tuple = newTuple(3);
    setBigInt(tupleItem(tuple, 0), start);
    setBigInt(tupleItem(tuple, 1), stop);
    setBigInt(tupleItem(tuple, 2), step);
    setRef(result, tuple);
  },
});

for (const [name, field] of [
  ['start', Slice.start],
  ['stop', Slice.stop],
  ['step', Slice.step],
] as const)
  getset(T.slice, name, (slot, result) => copyValue(result, refAt(slot) + (field >> 1)));
