/**
 * The native formats of single items (struct's letters): their sizes, and items in memory as Python values and back. For
 * memoryview and whoever keeps machine values. Sizes are those of 64-bit Linux and macOS.
 */
import { T } from '../heap/fixed.ts';
import { bytes, heapBuffer } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { refAt, setFloat, setRef, setSmallInt } from '../heap/values.ts';
import { bytesData, bytesLength, isBytes, newBytesFromHeap } from './bytes.ts';
import { clearRaised, matchesRaised, raise, raiseTypeError, raiseValueError } from './errors.ts';
import { toDouble } from './floats.ts';
import { bigIntAt, hasIndex, index, int64High, int64Low, loadInt64, setBigInt, setBool, setInt } from './integers.ts';
import { truth } from './operations.ts';

const view = new DataView(heapBuffer);

const sizes: Readonly<Record<string, number>> = {
  c: 1,
  b: 1,
  B: 1,
  '?': 1,
  h: 2,
  H: 2,
  e: 2,
  i: 4,
  I: 4,
  f: 4,
  l: 8,
  L: 8,
  q: 8,
  Q: 8,
  n: 8,
  N: 8,
  P: 8,
  d: 8,
};

/** The letter of a native single-item format ('@' may stand before it), or '' for any other. */
export function formatLetter(format: string): string {
  const letter = format.length === 2 && format[0] === '@' ? format[1] : format;
  return letter in sizes ? letter : '';
}

/** Bytes of an item, for a letter that formatLetter gave. */
export function letterSize(letter: string): number {
  return sizes[letter];
}

/** The item at byte offset `at` of the heap as a Python value. Allocates only. */
export function unpackItem(letter: string, at: number, result: number): void {
  switch (letter) {
    case 'B':
      setSmallInt(result, bytes[at]);
      return;
    case 'b':
      setSmallInt(result, view.getInt8(at));
      return;
    case 'c':
      setRef(result, newBytesFromHeap(at, 1));
      return;
    case '?':
      setBool(result, bytes[at] !== 0);
      return;
    case 'h':
      setSmallInt(result, view.getInt16(at, true));
      return;
    case 'H':
      setSmallInt(result, view.getUint16(at, true));
      return;
    case 'i':
      setSmallInt(result, view.getInt32(at, true));
      return;
    case 'I':
      setInt(result, view.getUint32(at, true));
      return;
    case 'e':
      setFloat(result, halfToDouble(view.getUint16(at, true)));
      return;
    case 'f':
      setFloat(result, view.getFloat32(at, true));
      return;
    case 'd':
      setFloat(result, view.getFloat64(at, true));
      return;
    case 'l':
    case 'q':
    case 'n':
      setBigInt(result, view.getBigInt64(at, true));
      return;
    default:
      setBigInt(result, view.getBigUint64(at, true));
  }
}

/** An IEEE half as a double. */
export function halfToDouble(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** A double as the nearest IEEE half, ties to even; -1 if it is finite and too large. */
export function doubleToHalf(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  if (value !== value) return 0x7e00;
  const size = Math.abs(value);
  if (size === Infinity) return sign | 0x7c00;
  if (size < 2 ** -14) return sign | roundHalfEven(size * 2 ** 24);
  let exponent = Math.floor(Math.log2(size));
  if (2 ** exponent > size) exponent--;
  else if (2 ** (exponent + 1) <= size) exponent++;
  const fraction = roundHalfEven((size / 2 ** exponent - 1) * 1024);
  const bits = ((exponent + 15) << 10) + fraction;
  return bits >= 0x7c00 ? -1 : sign | bits;
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}

const limits: Readonly<Record<string, readonly [number, number]>> = {
  b: [-128, 127],
  B: [0, 255],
  h: [-32768, 32767],
  H: [0, 65535],
  i: [-2147483648, 2147483647],
  I: [0, 4294967295],
};

/**
 * Encodes a Python value, then calls `place`, which says where to write it (after all Python code has run). TypeError
 * and ValueError as memoryview words them; `format` is the whole format. May call Python.
 */
export function packItem(letter: string, format: string, value: number, place: () => number): void {
  switch (letter) {
    case 'c': {
      if (!isBytes(value)) badType(format);
      const ref = refAt(value);
      if (bytesLength(ref) !== 1) badValue(format);
      bytes[place()] = bytes[bytesData(ref)];
      return;
    }
    case '?': {
      const bit = truth(value);
      bytes[place()] = bit ? 1 : 0;
      return;
    }
    case 'e':
    case 'f':
    case 'd': {
      const number = floatArgument(value, format);
      if (letter === 'd') view.setFloat64(place(), number, true);
      else if (letter === 'f') {
        if (Number.isFinite(number) && !Number.isFinite(Math.fround(number))) badValue(format);
        view.setFloat32(place(), number, true);
      } else {
        const bits = doubleToHalf(number);
        if (bits < 0) badValue(format);
        view.setUint16(place(), bits, true);
      }
      return;
    }
  }
  if (!hasIndex(value)) badType(format);
  const plain = pushSlots(1);
  index(value, plain);
  const range = limits[letter];
  if (range) {
    if (!loadInt64(plain)) badValue(format);
    const number = int64High * 4294967296 + (int64Low >>> 0);
    if (number < range[0] || number > range[1]) badValue(format);
    const at = place();
    for (let i = 0; i < sizes[letter]; i++) bytes[at + i] = number >> (i * 8);
  } else {
    const number = bigIntAt(plain);
    const signed = letter === 'l' || letter === 'q' || letter === 'n';
    if (signed ? BigInt.asIntN(64, number) !== number : BigInt.asUintN(64, number) !== number) badValue(format);
    view.setBigInt64(place(), BigInt.asIntN(64, number), true);
  }
  popSlots(1);
}

function floatArgument(value: number, format: string): number {
  try {
    return toDouble(value);
  } catch (error) {
    if (!matchesRaised(error, T.TypeError)) throw error;
    clearRaised();
    badType(format);
  }
}

function badType(format: string): never {
  raiseTypeError(`memoryview: invalid type for format '${format}'`);
}
function badValue(format: string): never {
  raiseValueError(`memoryview: invalid value for format '${format}'`);
}

/** NotImplementedError for a format that memoryview cannot read. */
export function raiseUnknownFormat(format: string): never {
  raise(T.NotImplementedError, `memoryview: format ${format} not supported`);
}
