/** _struct: packing values into bytes by a format string, and unpacking them. The formats are read in struct-formats.ts. */
import { Fixed, T } from '../heap/fixed.ts';
import { RecordObject } from '../heap/layouts.ts';
import { bytes, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, refAt, setFloat, setRef, setSmallInt } from '../heap/values.ts';
import { bufferData, bufferLength, readBuffer, withWritableBuffer } from '../objects/buffers.ts';
import { isByteArray } from '../objects/bytearrays.ts';
import { bytesData, bytesLength, isBytes, newBytes, newBytesFromHeap } from '../objects/bytes.ts';
import { newUnicodeError } from '../objects/codec-errors.ts';
import { imaginaryPart, isComplex, newComplex, realPart } from '../objects/complex-numbers.ts';
import { declareType, newRecord, recordValue } from '../objects/declared-types.ts';
import { raise, raiseOverflow, raiseRuntimeError, raiseTypeError, throwException } from '../objects/errors.ts';
import { isReal, toDouble } from '../objects/floats.ts';
import {
  bigIntAt,
  hasIndex,
  index,
  int64High,
  int64Low,
  loadInt64,
  setBigInt,
  setBool,
  setInt,
  setInt64,
  sizeOf,
} from '../objects/integers.ts';
import { doubleToHalf, halfToDouble } from '../objects/item-formats.ts';
import { registerModule } from '../objects/modules.ts';
import { getset, natives, staticNatives } from '../objects/natives.ts';
import { repr, truth } from '../objects/operations.ts';
import { intern, isStr, newString, setString, stringOf } from '../objects/strings.ts';
import { newTuple, tupleItem, tupleSize } from '../objects/tuples.ts';
import { defineOperators } from '../objects/type-operators.ts';
import { lookup, typeName, typeNameOf, typeOf } from '../objects/types.ts';
import {
  clearKnownFormats,
  type Format,
  FormatError,
  type FormatItem,
  heapView,
  parseFormat,
} from './struct-formats.ts';

const ERROR = declareType({ name: 'error', module: 'struct', native: '_struct', bases: [T.Exception] });
/** Keeps its format as a str. */
const STRUCT = declareType({ name: 'Struct', module: '_struct', values: 1, weak: true });
/** Keeps the format, the buffer's owner and the position. */
const UNPACK_ITERATOR = declareType({
  name: 'unpack_iterator',
  module: '_struct',
  values: 3,
  final: true,
  hidden: true,
});

/** The format that an argument is, as a str in `result`; TypeError if it is no text. */
function formatArgument(slot: number, result: number): void {
  if (isBytes(slot)) {
    let text = '';
    const data = bytesData(refAt(slot));
    for (let i = 0; i < bytesLength(refAt(slot)); i++) text += String.fromCharCode(bytes[data + i]);
    setString(result, text);
    return;
  }
  if (!isStr(slot)) raiseTypeError(`Struct() argument 1 must be a str or bytes object, not ${typeName(slot)}`);
  const text = stringOf(refAt(slot));
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) > 127) {
      throwException(
        newUnicodeError(T.UnicodeEncodeError, 'ascii', refAt(slot), i, i + 1, 'ordinal not in range(128)'),
      );
    }
  }
  copyValue(result, slot);
}
function formatOf(text: string): Format {
  try {
    return parseFormat(text);
  } catch (error) {
    if (error instanceof FormatError) raise(ERROR, error.message);
    throw error;
  }
}
/** The format of the argument of a module function. */
function formatAt(slot: number): Format {
  const text = pushSlots(1);
  formatArgument(slot, text);
  const format = formatOf(stringOf(refAt(text)));
  popSlots(1);
  return format;
}
function formatOfStruct(self: number): Format {
  const text = recordValue(refAt(self), 0);
  if (isNull(text)) raiseRuntimeError('Struct object is not initialized');
  return formatOf(stringOf(refAt(text)));
}

const bitsOf: Readonly<Record<string, number>> = { b: 8, h: 16, i: 32, l: 64, q: 64, n: 64 };

function raiseRange(item: FormatItem): never {
  const signed = item.code in bitsOf;
  const bits = BigInt(item.size * 8);
  const low = signed ? -(1n << (bits - 1n)) : 0n;
  const high = signed ? (1n << (bits - 1n)) - 1n : (1n << bits) - 1n;
  raise(ERROR, `'${item.code}' format requires ${low} <= number <= ${high}`);
}

/** Writes the int in `value` to byte offset `to`. */
function packInt(item: FormatItem, value: number, to: number): void {
  if (!hasIndex(value)) raise(ERROR, 'required argument is not an integer');
  const plain = pushSlots(1);
  index(value, plain);
  const { code, size, littleEndian } = item;
  const signed = code in bitsOf;
  let low: number;
  let high: number;
  if (loadInt64(plain)) {
    low = int64Low;
    high = int64High;
    if (!signed && high < 0 && code !== 'P') raiseRange(item);
  } else {
    const large = bigIntAt(plain);
    if (size < 8 || signed || large < 0n || large >= 1n << 64n) raiseRange(item);
    low = Number(large & 0xffffffffn) | 0;
    high = Number(large >> 32n) | 0;
  }
  popSlots(1);
  if (size < 8) {
    if (signed ? high !== low >> 31 : high !== 0) raiseRange(item);
    if (size < 4) {
      const shift = 32 - size * 8;
      if (signed ? (low << shift) >> shift !== low : (low << shift) >>> shift !== low) raiseRange(item);
    }
  }
  switch (size) {
    case 1:
      bytes[to] = low;
      return;
    case 2:
      heapView.setInt16(to, low, littleEndian);
      return;
    case 4:
      heapView.setInt32(to, low, littleEndian);
      return;
    default:
      heapView.setInt32(to + (littleEndian ? 0 : 4), low, littleEndian);
      heapView.setInt32(to + (littleEndian ? 4 : 0), high, littleEndian);
  }
}

function packDouble(item: FormatItem, value: number, to: number, size = item.size): void {
  const { littleEndian } = item;
  if (size === 8) heapView.setFloat64(to, value, littleEndian);
  else if (size === 4) {
    const single = Math.fround(value);
    if (!item.native && !Number.isFinite(single) && Number.isFinite(value)) {
      raiseOverflow('float too large to pack with f format');
    }
    heapView.setFloat32(to, single, littleEndian);
  } else {
    const half = doubleToHalf(value);
    if (half < 0) raiseOverflow('float too large to pack with e format');
    heapView.setUint16(to, half, littleEndian);
  }
}

/** Writes one value at byte offset `to`, whose bytes are zeros. May call `__index__`, `__float__`, `__bool__`. */
function packItem(item: FormatItem, value: number, to: number): void {
  switch (item.code) {
    case 'c':
      if (!isBytes(value) || bytesLength(refAt(value)) !== 1) {
        raise(ERROR, 'char format requires a bytes object of length 1');
      }
      bytes[to] = bytes[bytesData(refAt(value))];
      return;
    case 's':
    case 'p': {
      if (!isBytes(value) && !isByteArray(value)) raise(ERROR, `argument for '${item.code}' must be a bytes object`);
      readBuffer(value);
      const room = item.code === 's' ? item.size : item.size - 1;
      const length = Math.min(bufferLength, room);
      if (item.code === 's') bytes.copyWithin(to, bufferData, bufferData + length);
      else if (item.size > 0) {
        bytes[to] = Math.min(length, 255);
        bytes.copyWithin(to + 1, bufferData, bufferData + length);
      }
      return;
    }
    case '?':
      bytes[to] = truth(value) ? 1 : 0;
      return;
    case 'e':
    case 'f':
    case 'd':
      if (!isReal(value) && !hasFloat(value)) raise(ERROR, 'required argument is not a float');
      packDouble(item, toDouble(value), to);
      return;
    case 'F':
    case 'D': {
      if (!isComplex(value) && !isReal(value)) raise(ERROR, 'required argument is not a complex');
      const complex = isComplex(value);
      packDouble(item, complex ? realPart(refAt(value)) : toDouble(value), to, item.size / 2);
      packDouble(item, complex ? imaginaryPart(refAt(value)) : 0, to + item.size / 2, item.size / 2);
      return;
    }
    default:
      packInt(item, value, to);
  }
}
const hasFloat = (slot: number): boolean => hasIndex(slot) || lookup(typeOf(slot), intern('__float__')) !== 0;

/** result = the value at byte offset `from`. */
function unpackItem(item: FormatItem, from: number, result: number): void {
  const { littleEndian } = item;
  switch (item.code) {
    case 'c':
      setRef(result, newBytesFromHeap(from, 1));
      return;
    case 's':
      setRef(result, newBytesFromHeap(from, item.size));
      return;
    case 'p':
      if (item.size === 0) setRef(result, newBytes(0));
      else setRef(result, newBytesFromHeap(from + 1, Math.min(bytes[from], item.size - 1)));
      return;
    case '?':
      setBool(result, bytes[from] !== 0);
      return;
    case 'b':
      setSmallInt(result, (bytes[from] << 24) >> 24);
      return;
    case 'B':
      setSmallInt(result, bytes[from]);
      return;
    case 'h':
      setSmallInt(result, heapView.getInt16(from, littleEndian));
      return;
    case 'H':
      setSmallInt(result, heapView.getUint16(from, littleEndian));
      return;
    case 'e':
      setFloat(result, halfToDouble(heapView.getUint16(from, littleEndian)));
      return;
    case 'f':
      setFloat(result, heapView.getFloat32(from, littleEndian));
      return;
    case 'd':
      setFloat(result, heapView.getFloat64(from, littleEndian));
      return;
    case 'F':
      setRef(result, newComplex(heapView.getFloat32(from, littleEndian), heapView.getFloat32(from + 4, littleEndian)));
      return;
    case 'D':
      setRef(result, newComplex(heapView.getFloat64(from, littleEndian), heapView.getFloat64(from + 8, littleEndian)));
      return;
  }
  if (item.size === 4) {
    const signed = item.code in bitsOf;
    setInt(result, signed ? heapView.getInt32(from, littleEndian) : heapView.getUint32(from, littleEndian));
    return;
  }
  const low = heapView.getInt32(from + (littleEndian ? 0 : 4), littleEndian);
  const high = heapView.getInt32(from + (littleEndian ? 4 : 0), littleEndian);
  if (high < 0 && !(item.code in bitsOf)) setBigInt(result, (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0));
  else setInt64(result, low, high);
}

/** Writes the values of a tuple from item `first` on. */
function packValues(format: Format, values: number, first: number, to: number): void {
  bytes.fill(0, to, to + format.size);
  let next = first;
  for (const item of format.items) {
    for (let i = 0; i < item.count; i++) packItem(item, tupleItem(values, next++), to + item.offset + i * item.size);
  }
}

function pack(format: Format, values: number, result: number): void {
  const given = tupleSize(refAt(values));
  if (given !== format.valueCount) {
    raise(ERROR, `pack expected ${format.valueCount} items for packing (got ${given})`);
  }
  const slot = pushSlots(1);
  const packed = newBytes(format.size);
  setRef(slot, packed);
  if (format.size > 0) packValues(format, refAt(values), 0, bytesData(packed));
  setRef(result, packed);
  popSlots(1);
}

/** A sum of sizes as text; near the largest size a double would round it. */
function sum(a: number, b: number): string {
  return a > Number.MAX_SAFE_INTEGER ? `${(1n << 63n) - 1n + BigInt(b)}` : `${a + b}`;
}

/** `args` is the tuple of buffer, offset and values. */
function packInto(format: Format, args: number, result: number): void {
  const tuple = refAt(args);
  const given = tupleSize(tuple);
  if (given === 0) raise(ERROR, 'pack_into expected buffer argument');
  if (given === 1) raise(ERROR, 'pack_into expected offset argument');
  if (given - 2 !== format.valueCount) {
    raise(ERROR, `pack_into expected ${format.valueCount} items for packing (got ${given - 2})`);
  }
  const target = tupleItem(tuple, 0);
  withWritableBuffer(target, 'argument', (buffer) => {
    let offset = sizeOf(tupleItem(tuple, 1));
    const { length } = buffer;
    const { size } = format;
    if (offset < 0) {
      if (offset + size > 0) raise(ERROR, `no space to pack ${size} bytes at offset ${offset}`);
      if (offset + length < 0) raise(ERROR, `offset ${offset} out of range for ${length}-byte buffer`);
      offset += length;
    }
    if (length - offset < size) {
      raise(
        ERROR,
        `pack_into requires a buffer of at least ${sum(offset, size)} bytes for packing ${size} bytes at offset ${sum(offset, 0)} (actual buffer size is ${length})`,
      );
    }
    packValues(format, tuple, 2, buffer.data + offset);
  });
  setRef(result, Fixed.none);
}

/** result = the tuple of the values at byte offset `from`. */
function unpackAt(format: Format, from: number, result: number): void {
  const values = newTuple(format.valueCount);
  let next = 0;
  for (const item of format.items) {
    for (let i = 0; i < item.count; i++)
      unpackItem(item, from + item.offset + i * item.size, tupleItem(values, next++));
  }
  setRef(result, values);
}

function unpack(format: Format, buffer: number, result: number): void {
  readBuffer(buffer);
  if (bufferLength !== format.size) raise(ERROR, `unpack requires a buffer of ${format.size} bytes`);
  unpackAt(format, bufferData, result);
}

function unpackFrom(format: Format, buffer: number, offsetSlot: number, result: number): void {
  let offset = sizeOf(offsetSlot);
  readBuffer(buffer);
  const { size } = format;
  if (offset < 0) {
    if (offset + size > 0) raise(ERROR, `not enough data to unpack ${size} bytes at offset ${offset}`);
    if (offset + bufferLength < 0) raise(ERROR, `offset ${offset} out of range for ${bufferLength}-byte buffer`);
    offset += bufferLength;
  }
  if (bufferLength - offset < size) {
    raise(
      ERROR,
      `unpack_from requires a buffer of at least ${sum(offset, size)} bytes for unpacking ${size} bytes at offset ${sum(offset, 0)} (actual buffer size is ${bufferLength})`,
    );
  }
  unpackAt(format, bufferData + offset, result);
}

function iterUnpack(format: Format, buffer: number, result: number): void {
  if (format.size === 0) raise(ERROR, 'cannot iteratively unpack with a struct of length 0');
  readBuffer(buffer);
  if (bufferLength % format.size !== 0) {
    raise(ERROR, `iterative unpacking requires a buffer of a multiple of ${format.size} bytes`);
  }
  const iterator = newRecord(UNPACK_ITERATOR);
  setString(recordValue(iterator, 0), format.text);
  copyValue(recordValue(iterator, 1), buffer);
  setRef(result, iterator);
}
defineOperators(UNPACK_ITERATOR, {
  next: (self, result) => {
    const iterator = refAt(self);
    const aux = (iterator << 1) + RecordObject.aux;
    const format = formatOf(stringOf(refAt(recordValue(iterator, 0))));
    readBuffer(recordValue(iterator, 1));
    if (words[aux] + format.size > bufferLength) return false;
    unpackAt(format, bufferData + words[aux], result);
    words[aux] += format.size;
    return true;
  },
});
natives(UNPACK_ITERATOR, {
  '__length_hint__(self, /)': (args, result) => {
    const iterator = refAt(args);
    const format = formatOf(stringOf(refAt(recordValue(iterator, 0))));
    readBuffer(recordValue(iterator, 1));
    setInt(result, (bufferLength - words[(iterator << 1) + RecordObject.aux]) / format.size);
  },
});

natives('_struct', {
  'calcsize(format, /)': (args, result) => setInt(result, formatAt(args).size),
  'pack(*args)': (args, result) => withFormat(args, result, pack),
  'pack_into(*args)': (args, result) => withFormat(args, result, packInto),
  'unpack(format, buffer, /)': (args, result) => unpack(formatAt(args), args + 1, result),
  'unpack_from(format, /, buffer, offset=0)': (args, result) => unpackFrom(formatAt(args), args + 1, args + 2, result),
  'iter_unpack(format, buffer, /)': (args, result) => iterUnpack(formatAt(args), args + 1, result),
  '_clearcache()': (_args, result) => {
    clearKnownFormats();
    setRef(result, Fixed.none);
  },
});

/** For functions whose first positional argument is the format and whose others are a tuple. */
function withFormat(args: number, result: number, use: (format: Format, values: number, result: number) => void): void {
  const all = refAt(args);
  const count = tupleSize(all);
  if (count === 0) raiseTypeError('missing format argument');
  const format = formatAt(tupleItem(all, 0));
  const rest = pushSlots(1);
  const values = newTuple(count - 1);
  for (let i = 1; i < count; i++) copyValue(tupleItem(values, i - 1), tupleItem(all, i));
  setRef(rest, values);
  use(format, rest, result);
  popSlots(1);
}

staticNatives(STRUCT, {
  '__new__(cls, *args, **kwargs)': (args, result) => setRef(result, newRecord(refAt(args))),
});
natives(STRUCT, {
  '__init__(self, /, format)': (args, result) => {
    const text = pushSlots(1);
    formatArgument(args + 1, text);
    formatOf(stringOf(refAt(text)));
    copyValue(recordValue(refAt(args), 0), text);
    popSlots(1);
    setRef(result, Fixed.none);
  },
  'pack(self, /, *values)': (args, result) => pack(formatOfStruct(args), args + 1, result),
  'pack_into(self, /, *values)': (args, result) => packInto(formatOfStruct(args), args + 1, result),
  '__sizeof__(self, /)': (args, result) => setInt(result, 64 + formatOfStruct(args).items.length * 32),
  'unpack(self, buffer, /)': (args, result) => unpack(formatOfStruct(args), args + 1, result),
  'unpack_from(self, /, buffer, offset=0)': (args, result) =>
    unpackFrom(formatOfStruct(args), args + 1, args + 2, result),
  'iter_unpack(self, buffer, /)': (args, result) => iterUnpack(formatOfStruct(args), args + 1, result),
});
defineOperators(STRUCT, {
  repr: (self) => {
    formatOfStruct(self);
    return newString(`${typeNameOf(typeOf(self)).split('.').pop()}(${stringOf(repr(recordValue(refAt(self), 0)))})`);
  },
});
getset(STRUCT, 'format', (self, result) => {
  formatOfStruct(self);
  copyValue(result, recordValue(refAt(self), 0));
});
getset(STRUCT, 'size', (self, result) => {
  const made = !isNull(recordValue(refAt(self), 0));
  setInt(result, made ? formatOfStruct(self).size : -1);
});

registerModule('_struct');
