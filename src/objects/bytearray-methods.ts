/** What Python sees of bytearray that bytes does not have: operators, changing it. See byte-string-methods.ts. */

import { Fixed, State, T } from '../heap/fixed.ts';
import { ArrayObject, ByteArray, Iterator, Kind } from '../heap/layouts.ts';
import { bytes, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef, setSmallInt } from '../heap/values.ts';
import { bufferData, bufferLength, isBytesLike, readBuffer } from './buffers.ts';
import {
  type ByteStringMaker,
  byteItem,
  bytePosition,
  byteSlice,
  byteStringMethods,
  byteText,
  byteValue,
  compareMemory,
  containsBytes,
  fromHexArgument,
  translationTable,
} from './byte-string-methods.ts';
import {
  BYTEARRAY,
  byteArrayData,
  byteArrayLength,
  byteArrayReplace,
  byteArrayResize,
  isByteArray,
  newByteArray,
  newByteArrayFromHeap,
} from './bytearrays.ts';
import { bytesData, bytesLength, newBytesFrom } from './bytes.ts';
import { bytesFromIterable } from './bytes-conversion.ts';
import { encodedArgument, repeatBytes, repeatedLength } from './bytes-methods.ts';
import { bytesRepr } from './bytes-repr.ts';
import { declareType } from './declared-types.ts';
import { clearRaised, matchesRaised, raise, raiseIndexError, raiseTypeError, raiseValueError } from './errors.ts';
import { hasIndex, indexOf, lengthOf, setBool, setInt, sizeOf, subscriptIndex } from './integers.ts';
import { call } from './invoke.ts';
import { newIterator } from './iterators.ts';
import { contiguousBytes } from './memoryview-methods.ts';
import { classNatives, natives, staticNatives } from './natives.ts';
import { getState } from './object-reductions.ts';
import { canIterate } from './operations.ts';
import { BinaryOperator, CompareOperator, orderingMatches } from './operators.ts';
import { percentFormatBytes } from './percent-format.ts';
import { clampPosition } from './sequences.ts';
import { adjustSlice, isSlice, sliceCount, sliceStart, sliceStep, unpackSlice } from './slices.ts';
import { copyBytes, heapBytes, newString } from './strings.ts';
import { newTuple, tupleItem } from './tuples.ts';
import { defineOperators, UNHASHABLE } from './type-operators.ts';
import { typeName, typeNameOf, typeOf } from './types.ts';

export const BYTEARRAY_ITERATOR: T = declareType({
  name: 'bytearray_iterator',
  module: 'builtins',
  kind: Kind.iterator,
  final: true,
  hidden: true,
});

const maker: ByteStringMaker = {
  fromText: (text) => {
    const ref = newByteArray(text.length);
    if (text.length > 0) heapBytes.latin1Write(text, byteArrayData(ref), text.length);
    return ref;
  },
  part: (self, start, end) => newByteArrayFromHeap(byteArrayData(refAt(self)) + start, Math.max(0, end - start)),
  fromBytes: (source) => {
    const ref = newByteArray(source.length);
    bytes.set(source, byteArrayData(ref));
    return ref;
  },
};

/** readBuffer, or false for what has no plain bytes. May call Python. */
function canRead(slot: number): boolean {
  if (!isBytesLike(slot)) return false;
  try {
    readBuffer(slot);
    return true;
  } catch (error) {
    if (!matchesRaised(error, T.Exception)) throw error;
    clearRaised();
    return false;
  }
}

/** Appends the bytes of a bytes-like object, which may be the array itself. */
function extendByBuffer(self: number, source: number): void {
  readBuffer(source);
  const count = bufferLength;
  const ref = refAt(self);
  const length = byteArrayLength(ref);
  byteArrayResize(ref, length + count);
  readBuffer(source);
  copyBytes(byteArrayData(ref) + length, bufferData, count);
}

/** array[slice] = value: any bytes-like object or iterable of ints. May call Python. */
function assignSlice(self: number, slice: number, value: number): void {
  const source = pushSlots(1);
  if (isBytesLike(value) && !(isRef(value) && refAt(value) === refAt(self))) copyValue(source, value);
  else if (isBytesLike(value))
    setRef(source, newByteArrayFromHeap(byteArrayData(refAt(value)), byteArrayLength(refAt(value))));
  else {
    if (hasIndex(value) || !canIterate(value) || (isRef(value) && typeOf(value) === T.str)) {
      raiseTypeError('can assign only bytes, buffers, or iterables of ints in range(0, 256)');
    }
    setRef(source, bytesFromIterable(value, 'bytearray'));
  }
  unpackSlice(slice);
  readBuffer(source);
  const ref = refAt(self);
  adjustSlice(byteArrayLength(ref));
  const count = bufferLength;
  if (sliceStep === 1) {
    byteArrayReplace(ref, sliceStart, sliceStart + sliceCount, bufferData, count);
  } else {
    if (count === 0) {
      deleteBytes(ref);
      popSlots(1);
      return;
    }
    if (count !== sliceCount) {
      raiseValueError(`attempt to assign bytes of size ${count} to extended slice of size ${sliceCount}`);
    }
    const data = byteArrayData(ref);
    for (let i = 0, at = data + sliceStart; i < count; i++, at += sliceStep) bytes[at] = bytes[bufferData + i];
  }
  popSlots(1);
}

/** Deletes the bytes that the current slice selects. */
function deleteBytes(ref: number): void {
  if (sliceCount === 0) return;
  const step = Math.abs(sliceStep);
  const count = sliceCount;
  const lowest = sliceStep > 0 ? sliceStart : sliceStart + (count - 1) * sliceStep;
  if (step === 1) {
    byteArrayReplace(ref, lowest, lowest + count, 0, 0);
    return;
  }
  const length = byteArrayLength(ref);
  const kept = newBytesFrom(
    bytes.slice(byteArrayData(ref), byteArrayData(ref) + length).filter((_, i) => {
      const offset = i - lowest;
      return offset < 0 || offset % step !== 0 || offset / step >= count;
    }),
  );
  byteArrayResize(ref, length - count);
  copyBytes(byteArrayData(ref), bytesData(kept), length - count);
}

defineOperators(BYTEARRAY, {
  length: (slot) => byteArrayLength(refAt(slot)),
  getItem: (slot, key, result) => {
    if (isSlice(key)) setRef(result, byteSlice(slot, refAt(key), maker));
    else byteItem(slot, key, 'bytearray', result);
  },
  setItem: (slot, key, value) => {
    if (isSlice(key)) {
      assignSlice(slot, refAt(key), value);
      return;
    }
    if (!hasIndex(key)) raiseTypeError(`bytearray indices must be integers or slices, not ${typeName(key)}`);
    const position = subscriptIndex(key);
    const byte = byteValue(value);
    const length = byteArrayLength(refAt(slot));
    const at = position < 0 ? position + length : position;
    if (at < 0 || at >= length) raiseIndexError('bytearray index out of range');
    bytes[byteArrayData(refAt(slot)) + at] = byte;
  },
  deleteItem: (slot, key) => {
    const ref = refAt(slot);
    if (isSlice(key)) {
      unpackSlice(refAt(key));
      adjustSlice(byteArrayLength(ref));
      deleteBytes(ref);
      return;
    }
    const position = bytePosition(slot, key, 'bytearray', 'bytearray index out of range');
    byteArrayReplace(ref, position, position + 1, 0, 0);
  },
  contains: (slot, item) => held(refAt(slot), () => containsBytes(slot, item)),
  iterate: (slot, result) => setRef(result, newIterator(BYTEARRAY_ITERATOR, refAt(slot), 0, 0)),
  concatenate: (left, right, result) => {
    if (!isBytesLike(right)) raiseTypeError(`can't concat ${typeName(right)} to ${typeName(left)}`);
    readBuffer(right);
    const length = bufferLength;
    const data = bufferData;
    const a = refAt(left);
    const ref = newByteArray(byteArrayLength(a) + length);
    copyBytes(byteArrayData(ref), byteArrayData(a), byteArrayLength(a));
    copyBytes(byteArrayData(ref) + byteArrayLength(a), data, length);
    setRef(result, ref);
  },
  inPlaceConcatenate: (left, right, result) => {
    if (!isBytesLike(right)) raiseTypeError(`can't concat ${typeName(right)} to ${typeName(left)}`);
    extendByBuffer(left, right);
    copyValue(result, left);
  },
  repeat: (sequence, count, result) => {
    const source = refAt(sequence);
    const total = repeatedLength(byteArrayLength(source), count);
    const ref = newByteArray(total);
    repeatBytes(byteArrayData(ref), byteArrayData(source), byteArrayLength(source), total);
    setRef(result, ref);
  },
  inPlaceRepeat: (sequence, count, result) => {
    const ref = refAt(sequence);
    const length = byteArrayLength(ref);
    const total = repeatedLength(length, count);
    byteArrayResize(ref, total);
    repeatBytes(byteArrayData(ref), byteArrayData(ref), length, total);
    copyValue(result, sequence);
  },
  binaryOperators: [BinaryOperator.remainder],
  binary: (operator, left, right, result) => {
    if (operator !== BinaryOperator.remainder || !isByteArray(left)) return false;
    held(refAt(left), () => setRef(result, maker.fromText(percentFormatBytes(byteText(left), right))));
    return true;
  },
  compare: (operator, left, right, result) => {
    if (!canRead(right)) return false;
    const data = bufferData;
    const length = bufferLength;
    const a = refAt(left);
    const isEquality = operator === CompareOperator.equal || operator === CompareOperator.notEqual;
    if (isEquality && byteArrayLength(a) !== length) setBool(result, operator === CompareOperator.notEqual);
    else {
      const order = compareMemory(byteArrayData(a), byteArrayLength(a), data, length);
      setBool(result, orderingMatches(operator, order));
    }
    return true;
  },
  hash: UNHASHABLE,
  repr: (slot) => {
    const ref = refAt(slot);
    const view = bytes.subarray(byteArrayData(ref), byteArrayData(ref) + byteArrayLength(ref));
    // An apostrophe is escaped here whatever the quotes.
    const text = bytesRepr(view);
    const escaped = text[1] === '"' ? text.replaceAll("'", "\\'") : text;
    return newString(`${typeNameOf(typeOf(slot))}(${escaped})`);
  },
});

defineOperators(BYTEARRAY_ITERATOR, {
  next: (slot, result) => {
    const at = refAt(slot) << 1;
    const source = words[at + Iterator.source];
    if (source === 0) return false;
    const position = words[at + Iterator.position];
    if (position >= byteArrayLength(source)) {
      words[at + Iterator.source] = 0;
      return false;
    }
    words[at + Iterator.position] = position + 1;
    setSmallInt(result, bytes[byteArrayData(source) + position]);
    return true;
  },
});

/** The number of `alloc` bytes: what the storage takes, with a byte for the NUL that CPython keeps behind the bytes. */
function allocated(ref: number): number {
  const storage = words[(ref << 1) + ByteArray.storage];
  return storage === 0 ? 0 : Math.max(words[(storage << 1) + ArrayObject.length], byteArrayLength(ref) + 1);
}

staticNatives(BYTEARRAY, {
  '__new__(cls, /, *args, **kwargs)': (args, result) => setRef(result, newByteArray(0, refAt(args))),
  'maketrans(frm, to, /)': (args, result) => setRef(result, newBytesFrom(translationTable(args))),
});

classNatives(BYTEARRAY, {
  'fromhex(type, string, /)': (args, result) => {
    const type = refAt(args);
    const ref = maker.fromBytes(fromHexArgument(args + 1));
    if (type === BYTEARRAY) {
      setRef(result, ref);
      return;
    }
    const argument = pushSlots(1);
    setRef(argument, ref);
    call(args, argument, 1, result);
    popSlots(1);
  },
});

/** Fills an empty array with what bytearray(...) was given. May call Python. */
function fill(args: number): void {
  const ref = refAt(args);
  const source = args + 1;
  if (isNull(source) && isNull(args + 2) && isNull(args + 3)) return;
  const encoded = encodedArgument(args, 'bytearray');
  if (encoded !== 0) {
    byteArrayReplace(ref, 0, 0, bytesData(encoded), bytesLength(encoded));
    return;
  }
  const length = hasIndex(source) ? countOrNone(source) : null;
  if (length !== null) {
    if (length < 0) raiseValueError('negative count');
    byteArrayResize(ref, length);
    bytes.fill(0, byteArrayData(ref), byteArrayData(ref) + length);
    return;
  }
  if (isBytesLike(source)) {
    const copy = contiguousBytes(source);
    byteArrayReplace(ref, 0, byteArrayLength(ref), bytesData(copy), bytesLength(copy));
    return;
  }
  if (!canIterate(source)) raiseTypeError(`cannot convert '${typeName(source)}' object to bytearray`);
  const collected = bytesFromIterable(source, 'bytearray');
  byteArrayReplace(ref, 0, byteArrayLength(ref), bytesData(collected), bytesLength(collected));
}

/** A count of bytes, or null where `__index__` raises TypeError: then the object may still be a buffer. May call Python. */
function countOrNone(slot: number): number | null {
  const top = words[State.stackTop];
  try {
    return lengthOf(slot);
  } catch (error) {
    if (!matchesRaised(error, T.TypeError)) throw error;
    clearRaised();
    words[State.stackTop] = top;
    return null;
  }
}

/** (type, (content, ...), state) for pickle; `content` by the protocol. */
function reduce(args: number, protocol: number, result: number): void {
  const ref = refAt(args);
  const slots = pushSlots(2);
  getState(args, slots + 1);
  const answer = newTuple(3);
  setRef(slots, answer);
  const data = byteArrayData(ref);
  const content = byteArrayLength(ref);
  const parameters = newTuple(content === 0 ? 0 : protocol < 3 ? 2 : 1);
  if (content > 0) {
    if (protocol < 3) {
      setRef(tupleItem(parameters, 0), newString(heapBytes.latin1Slice(data, data + content)));
      setRef(tupleItem(parameters, 1), newString('latin-1'));
    } else setRef(tupleItem(parameters, 0), newBytesFrom(bytes.subarray(data, data + content)));
  }
  setRef(tupleItem(answer, 0), typeOf(args));
  setRef(tupleItem(answer, 1), parameters);
  copyValue(tupleItem(answer, 2), slots + 1);
  setRef(result, answer);
  popSlots(2);
}

/** Runs what may call Python, during which the array's size must not change (BufferError to who tries). */
function held<R>(ref: number, action: () => R): R {
  words[(ref << 1) + ByteArray.exports]++;
  try {
    return action();
  } finally {
    words[(ref << 1) + ByteArray.exports]--;
  }
}

/** Methods that call Python for their arguments in the middle of their work on the bytes. */
const holding: ReadonlySet<string> = new Set([
  'find',
  'rfind',
  'index',
  'rindex',
  'count',
  'split',
  'rsplit',
  'hex',
  'join',
]);

for (const [signature, routine] of Object.entries(byteStringMethods(maker))) {
  const holds = holding.has(signature.slice(0, signature.indexOf('(')));
  natives(BYTEARRAY, {
    [signature]: holds ? (args, result) => held(refAt(args), () => routine(args, result)) : routine,
  });
}
natives(BYTEARRAY, {
  '__init__(self, source=..., encoding=..., errors=...)': (args, result) => {
    byteArrayResize(refAt(args), 0);
    fill(args);
    setRef(result, Fixed.none);
  },
  'append(self, item, /)': (args, result) => {
    const byte = byteValue(args + 1);
    const ref = refAt(args);
    const length = byteArrayLength(ref);
    byteArrayResize(ref, length + 1);
    bytes[byteArrayData(ref) + length] = byte;
    setRef(result, Fixed.none);
  },
  'extend(self, iterable_of_ints, /)': (args, result) => {
    if (isBytesLike(args + 1)) extendByBuffer(args, args + 1);
    else {
      if (!canIterate(args + 1)) raiseTypeError(`can't extend bytearray with ${typeName(args + 1)}`);
      if (isRef(args + 1) && typeOf(args + 1) === T.str) {
        raiseTypeError("expected iterable of integers; got: 'str'");
      }
      const collected = bytesFromIterable(args + 1, 'bytearray');
      const length = byteArrayLength(refAt(args));
      byteArrayReplace(refAt(args), length, length, bytesData(collected), bytesLength(collected));
    }
    setRef(result, Fixed.none);
  },
  'insert(self, index, item, /)': (args, result) => {
    const index = sizeOf(args + 1);
    const byte = byteValue(args + 2);
    const ref = refAt(args);
    const position = clampPosition(index, byteArrayLength(ref));
    byteArrayReplace(ref, position, position, 0, 1);
    bytes[byteArrayData(ref) + position] = byte;
    setRef(result, Fixed.none);
  },
  'pop(self, index=-1, /)': (args, result) => {
    let position = sizeOf(args + 1);
    const ref = refAt(args);
    const length = byteArrayLength(ref);
    if (length === 0) raiseIndexError('pop from empty bytearray');
    if (position < 0) position += length;
    if (position < 0 || position >= length) raiseIndexError('pop index out of range');
    const byte = bytes[byteArrayData(ref) + position];
    byteArrayReplace(ref, position, position + 1, 0, 0);
    setSmallInt(result, byte);
  },
  'remove(self, value, /)': (args, result) => {
    const byte = byteValue(args + 1);
    const ref = refAt(args);
    const data = byteArrayData(ref);
    const position = bytes.subarray(data, data + byteArrayLength(ref)).indexOf(byte);
    if (position < 0) raiseValueError('value not found in bytearray');
    byteArrayReplace(ref, position, position + 1, 0, 0);
    setRef(result, Fixed.none);
  },
  'clear(self, /)': (args, result) => {
    byteArrayResize(refAt(args), 0);
    setRef(result, Fixed.none);
  },
  'copy(self, /)': (args, result) => setRef(result, maker.part(args, 0, byteArrayLength(refAt(args)))),
  'reverse(self, /)': (args, result) => {
    const data = byteArrayData(refAt(args));
    bytes.subarray(data, data + byteArrayLength(refAt(args))).reverse();
    setRef(result, Fixed.none);
  },
  'resize(self, size, /)': (args, result) => {
    const size = sizeOf(args + 1);
    if (size < 0) raiseValueError(`Can only resize to positive sizes, got ${size}`);
    const ref = refAt(args);
    const length = byteArrayLength(ref);
    if (size > 2 ** 31) raise(T.MemoryError, '');
    byteArrayResize(ref, size);
    if (size > length) bytes.fill(0, byteArrayData(ref) + length, byteArrayData(ref) + size);
    setRef(result, Fixed.none);
  },
  '__alloc__(self, /)': (args, result) => setInt(result, allocated(refAt(args))),
  '__sizeof__(self, /)': (args, result) => setInt(result, 56 + allocated(refAt(args))),
  '__reduce__(self, /)': (args, result) => reduce(args, 2, result),
  '__reduce_ex__(self, proto=0, /)': (args, result) => reduce(args, indexOf(args + 1), result),
});

natives(BYTEARRAY_ITERATOR, {
  '__length_hint__(self, /)': (args, result) => {
    const at = refAt(args) << 1;
    const source = words[at + Iterator.source];
    setSmallInt(result, source === 0 ? 0 : Math.max(0, byteArrayLength(source) - words[at + Iterator.position]));
  },
});
