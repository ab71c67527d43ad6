/** What Python sees of bytes that bytearray does not share: operators, constructors. See byte-string-methods.ts. */
import { T } from '../heap/fixed.ts';
import { bytes } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { isNull, refAt, setRef } from '../heap/values.ts';
import { bufferData, bufferLength, isBytesLike, readBuffer } from './buffers.ts';
import {
  type ByteStringMaker,
  byteItem,
  byteSlice,
  byteStringMethods,
  byteText,
  containsBytes,
  fromHexArgument,
  translationTable,
} from './byte-string-methods.ts';
import {
  bytesData,
  bytesEqual,
  bytesHash,
  bytesLength,
  bytesSlice,
  bytesView,
  compareBytes,
  isBytes,
  newBytes,
  newBytesFrom,
  newBytesOfType,
} from './bytes.ts';
import { bytesFromIterable, bytesFromSpecial } from './bytes-conversion.ts';
import { bytesRepr } from './bytes-repr.ts';
import { encodeText } from './codecs.ts';
import { raise, raiseOverflow, raiseTypeError, raiseValueError } from './errors.ts';
import { hasIndex, lengthOf, setBool } from './integers.ts';
import { call } from './invoke.ts';
import { bytesIterator } from './iterators.ts';
import { contiguousBytes } from './memoryview-methods.ts';
import { classNatives, natives, staticNatives } from './natives.ts';
import { canIterate } from './operations.ts';
import { BinaryOperator, CompareOperator, orderingMatches } from './operators.ts';
import { percentFormatBytes } from './percent-format.ts';
import { isSlice } from './slices.ts';
import { optionalText } from './string-methods.ts';
import { copyBytes, heapBytes, isStr, newString } from './strings.ts';
import { newTuple, tupleItem } from './tuples.ts';
import { defineOperators } from './type-operators.ts';
import { typeName } from './types.ts';

const maker: ByteStringMaker = {
  fromText: (text) => {
    const ref = newBytes(text.length);
    if (text.length > 0) heapBytes.latin1Write(text, bytesData(ref), text.length);
    return ref;
  },
  part: (self, start, end) => bytesSlice(refAt(self), start, end),
  fromBytes: newBytesFrom,
};

/** bytes of exact type with the same content. */
function plainBytes(ref: number): number {
  return bytesSlice(ref, 0, bytesLength(ref));
}

/** Fills `total` bytes at `to` with copies of the `length` bytes at `from`. */
export function repeatBytes(to: number, from: number, length: number, total: number): void {
  if (total === 0) return;
  if (length === 1) {
    bytes.fill(bytes[from], to, to + total);
    return;
  }
  copyBytes(to, from, length);
  for (let done = length; done < total; done *= 2) copyBytes(to + done, to, Math.min(done, total - done));
}

/** Length of `count` repetitions; OverflowError or MemoryError if that is too much. */
export function repeatedLength(length: number, count: number): number {
  const total = count <= 0 ? 0 : length * count;
  if (total > 2 ** 63) raiseOverflow('repeated bytes are too long');
  if (total > 2 ** 31 - 64) raise(T.MemoryError, '');
  return total;
}

defineOperators(T.bytes, {
  concatenate: (left, right, result) => {
    if (!isBytesLike(right)) raiseTypeError(`can't concat ${typeName(right)} to ${typeName(left)}`);
    readBuffer(right);
    const data = bufferData;
    const length = bufferLength;
    const a = refAt(left);
    if (length === 0) setRef(result, plainBytes(a));
    else if (bytesLength(a) === 0 && isBytes(right)) setRef(result, plainBytes(refAt(right)));
    else {
      const ref = newBytes(bytesLength(a) + length);
      copyBytes(bytesData(ref), bytesData(a), bytesLength(a));
      copyBytes(bytesData(ref) + bytesLength(a), data, length);
      setRef(result, ref);
    }
  },
  repeat: (sequence, count, result) => {
    const source = refAt(sequence);
    const length = bytesLength(source);
    if (count === 1) {
      setRef(result, plainBytes(source));
      return;
    }
    const total = repeatedLength(length, count);
    const ref = newBytes(total);
    repeatBytes(bytesData(ref), bytesData(source), length, total);
    setRef(result, ref);
  },
  binaryOperators: [BinaryOperator.remainder],
  binary: (operator, left, right, result) => {
    if (operator !== BinaryOperator.remainder || !isBytes(left)) return false;
    setRef(result, maker.fromText(percentFormatBytes(byteText(left), right)));
    return true;
  },
  compare: (operator, left, right, result) => {
    if (!isBytes(right)) return false;
    const a = refAt(left);
    const b = refAt(right);
    if (operator === CompareOperator.equal) setBool(result, bytesEqual(a, b));
    else if (operator === CompareOperator.notEqual) setBool(result, !bytesEqual(a, b));
    else setBool(result, orderingMatches(operator, compareBytes(a, b)));
    return true;
  },
  length: (slot) => bytesLength(refAt(slot)),
  getItem: (slot, key, result) => {
    if (isSlice(key)) setRef(result, byteSlice(slot, refAt(key), maker));
    else byteItem(slot, key, 'byte', result);
  },
  contains: containsBytes,
  iterate: (slot, result) => setRef(result, bytesIterator(refAt(slot))),
  hash: (slot) => bytesHash(refAt(slot)),
  repr: (slot) => newString(bytesRepr(bytesView(refAt(slot)))),
});

/** The encoding and errors arguments of a constructor: the encoded text, or 0 if there are none. */
export function encodedArgument(args: number, type: string): number {
  const source = args + 1;
  const noEncoding = isNull(args + 2);
  if (noEncoding && isNull(args + 3)) {
    if (!isNull(source) && isStr(source)) raiseTypeError('string argument without an encoding');
    return 0;
  }
  const encoding = optionalText(args + 2, type, 'encoding', 'utf-8');
  const errors = optionalText(args + 3, type, 'errors', 'strict');
  if (isNull(source) || !isStr(source)) {
    raiseTypeError(noEncoding ? 'errors without a string argument' : 'encoding without a string argument');
  }
  if (noEncoding) raiseTypeError('string argument without an encoding');
  return encodeText(refAt(source), encoding, errors);
}

/** bytes(source, encoding, errors) as a ref of exact type. May call Python. */
function construct(args: number): number {
  const source = args + 1;
  if (isNull(source) && isNull(args + 2) && isNull(args + 3)) return newBytes(0);
  if (isNull(args + 2) && isNull(args + 3)) {
    const special = bytesFromSpecial(source);
    if (special !== 0) return special;
  }
  const encoded = encodedArgument(args, 'bytes');
  if (encoded !== 0) return encoded;
  if (hasIndex(source)) {
    const length = lengthOf(source);
    if (length < 0) raiseValueError('negative count');
    if (length > 2 ** 31 - 64) raise(T.MemoryError, '');
    const ref = newBytes(length);
    bytes.fill(0, bytesData(ref), bytesData(ref) + length);
    return ref;
  }
  if (isBytesLike(source)) {
    return contiguousBytes(source);
  }
  if (!canIterate(source)) raiseTypeError(`cannot convert '${typeName(source)}' object to bytes`);
  return bytesFromIterable(source);
}

staticNatives(T.bytes, {
  '__new__(cls, source=..., encoding=..., errors=...)': (args, result) => {
    const plain = construct(args);
    const type = refAt(args);
    if (type === T.bytes) {
      setRef(result, plain);
      return;
    }
    const ref = newBytesOfType(type, bytesLength(plain));
    copyBytes(bytesData(ref), bytesData(plain), bytesLength(plain));
    setRef(result, ref);
  },
  'maketrans(frm, to, /)': (args, result) => setRef(result, newBytesFrom(translationTable(args))),
});

classNatives(T.bytes, {
  'fromhex(type, string, /)': (args, result) => {
    const type = refAt(args);
    const ref = newBytesFrom(fromHexArgument(args + 1));
    if (type === T.bytes) {
      setRef(result, ref);
      return;
    }
    const argument = pushSlots(1);
    setRef(argument, ref);
    call(args, argument, 1, result);
    popSlots(1);
  },
});

natives(T.bytes, byteStringMethods(maker));
natives(T.bytes, {
  '__getnewargs__(self, /)': (args, result) => {
    const tuple = newTuple(1);
    setRef(tupleItem(tuple, 0), plainBytes(refAt(args)));
    setRef(result, tuple);
  },
  '__bytes__(self, /)': (args, result) => setRef(result, plainBytes(refAt(args))),
});
