/**
 * The memory of array.array: machine values side by side in an internal array, which grows as lists do. A record of the
 * type holds it, and what the values are; `aux` counts them. What Python sees is in array.ts.
 */
import { T } from '../heap/fixed.ts';
import { ArrayObject, RecordObject, TypeFlag } from '../heap/layouts.ts';
import { allocate, bytes, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { refAt, setRef, setSmallInt } from '../heap/values.ts';
import { type Buffer, BufferFlag, defineBuffer, dropDeadViews } from '../objects/buffers.ts';
import { declareType, newRecord, recordValue } from '../objects/declared-types.ts';
import { raise, raiseOverflow, raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { toDouble } from '../objects/floats.ts';
import { bigIntAt, hasIndex, index, int64High, int64Low, loadInt64 } from '../objects/integers.ts';
import { unpackItem } from '../objects/item-formats.ts';
import { codePointAt, isStr, newCharacter, stringLength } from '../objects/strings.ts';
import { typeName } from '../objects/types.ts';
import { heapView } from './struct-formats.ts';

export const ARRAY = declareType({
  name: 'array',
  module: 'array',
  values: 3,
  weak: true,
  pattern: TypeFlag.sequence,
});
enum ArrayValue {
  /** `raw` array with room for the items */
  storage,
  /** small int: the code point of the type code */
  typeCode,
  /** small int: how many buffers are in use */
  exports,
}

export const TYPE_CODES = 'bBuwhHiIlLqQfd';
const itemSizes: Readonly<Record<string, number>> = {
  b: 1,
  B: 1,
  u: 4,
  w: 4,
  h: 2,
  H: 2,
  i: 4,
  I: 4,
  l: 8,
  L: 8,
  q: 8,
  Q: 8,
  f: 4,
  d: 8,
};

/** An empty array. `code` is one of TYPE_CODES. */
export function newArray(type: number, code: string): number {
  const array = newRecord(type);
  setRef(recordValue(array, ArrayValue.storage), newStorage(0));
  setSmallInt(recordValue(array, ArrayValue.typeCode), code.charCodeAt(0));
  setSmallInt(recordValue(array, ArrayValue.exports), 0);
  return array;
}
function newStorage(size: number): number {
  const storage = allocate(1 + ((size + 7) >> 3));
  words[storage << 1] = T.raw;
  words[(storage << 1) + ArrayObject.length] = size;
  return storage;
}

export function codeOf(array: number): string {
  return String.fromCharCode(words[recordValue(array, ArrayValue.typeCode) << 1]);
}
export function itemSize(array: number): number {
  return itemSizes[codeOf(array)];
}
export function isTextCode(code: string): boolean {
  return code === 'u' || code === 'w';
}
export function arrayLength(array: number): number {
  return words[(array << 1) + RecordObject.aux];
}
function storageOf(array: number): number {
  return refAt(recordValue(array, ArrayValue.storage));
}
/** Byte offset in the heap of the first item; valid until the array grows. */
export function arrayData(array: number): number {
  return storageOf(array) * 8 + ArrayObject.data * 4;
}

/** Changes the number of items; new ones are not initialized. BufferError while the memory is in use. */
export function resizeArray(array: number, length: number): void {
  if (length !== arrayLength(array)) checkFree(array);
  const size = itemSize(array);
  if (length * size > 2 ** 31 - 64) raise(T.MemoryError, '');
  const storage = storageOf(array);
  const capacity = words[(storage << 1) + ArrayObject.length];
  const needed = length * size;
  if (needed > capacity || needed < capacity >> 2) {
    const grown = newStorage(needed > capacity ? needed + (needed >> 3) + 16 * size : needed);
    const from = arrayData(array);
    const to = grown * 8 + ArrayObject.data * 4;
    bytes.copyWithin(to, from, from + Math.min(needed, arrayLength(array) * size));
    setRef(recordValue(array, ArrayValue.storage), grown);
  }
  words[(array << 1) + RecordObject.aux] = length;
}
export function checkFree(array: number): void {
  const used = recordValue(array, ArrayValue.exports) << 1;
  if (words[used] > 0) dropDeadViews(array);
  if (words[used] > 0) raise(T.BufferError, 'cannot resize an array that is exporting buffers');
}

defineBuffer(ARRAY, {
  describe: (ref, flags): Buffer => {
    const size = itemSize(ref);
    const code = codeOf(ref);
    const wantsFormat = (flags & BufferFlag.format) !== 0;
    return {
      exporter: ref,
      data: arrayData(ref),
      length: arrayLength(ref) * size,
      readonly: false,
      format: wantsFormat || flags !== BufferFlag.simple ? code : 'B',
      itemSize: size,
      shape: [arrayLength(ref)],
      strides: [size],
      storage: storageOf(ref),
    };
  },
  count: (ref, change) => {
    words[recordValue(ref, ArrayValue.exports) << 1] += change;
  },
});

/** result = item `position`, which must be in range. Allocates only. */
export function getItemAt(array: number, position: number, result: number): void {
  const code = codeOf(array);
  const at = arrayData(array) + position * itemSizes[code];
  if (isTextCode(code)) {
    const point = heapView.getUint32(at, true);
    if (point > 0x10ffff) raiseValueError(`character U+${point.toString(16)} is not in range [U+0000; U+10ffff]`);
    setRef(result, newCharacter(point));
  } else unpackItem(code, at, result);
}

const names: Readonly<Record<string, string>> = {
  b: 'signed char',
  B: 'unsigned byte integer',
  h: 'signed short integer',
  H: 'unsigned short',
  i: 'signed integer',
  I: 'unsigned int',
};

/** What convertItem made: a double, or two words of an int. */
let number = 0;
let low = 0;
let high = 0;

/** Checks that a value fits items of the code, and holds it ready for storeItem. May call Python. */
export function convertItem(code: string, slot: number): void {
  if (code === 'f' || code === 'd') {
    number = toDouble(slot);
    return;
  }
  if (isTextCode(code)) {
    if (!isStr(slot)) raiseTypeError(`array item must be a unicode character, not ${typeName(slot)}`);
    if (stringLength(refAt(slot)) !== 1) {
      raiseTypeError(`array item must be a string of length 1, not a string of length ${stringLength(refAt(slot))}`);
    }
    low = codePointAt(refAt(slot), 0);
    return;
  }
  if (!hasIndex(slot)) raiseTypeError(`'${typeName(slot)}' object cannot be interpreted as an integer`);
  const plain = pushSlots(1);
  index(slot, plain);
  const size = itemSizes[code];
  const signed = code === code.toLowerCase();
  const value = bigIntAt(plain);
  const bits = BigInt(size * 8);
  const least = signed ? -(1n << (bits - 1n)) : 0n;
  const greatest = signed ? (1n << (bits - 1n)) - 1n : (1n << bits) - 1n;
  if (value < least || value > greatest) {
    const name = names[code];
    if (name !== undefined) raiseOverflow(`${name} is ${value < least ? 'less than minimum' : 'greater than maximum'}`);
    if (!signed && value < 0n) raiseOverflow("can't convert negative int to unsigned");
    raiseOverflow('int too big to convert');
  }
  if (loadInt64(plain)) {
    low = int64Low;
    high = int64High;
  } else {
    low = Number(value & 0xffffffffn) | 0;
    high = Number(value >> 32n) | 0;
  }
  popSlots(1);
}

/** Writes what convertItem made to an item. */
export function storeItem(array: number, position: number): void {
  const code = codeOf(array);
  const size = itemSizes[code];
  const at = arrayData(array) + position * size;
  if (code === 'd') heapView.setFloat64(at, number, true);
  else if (code === 'f') heapView.setFloat32(at, number, true);
  else if (size === 8) {
    heapView.setInt32(at, low, true);
    heapView.setInt32(at + 4, high, true);
  } else if (size === 4) heapView.setInt32(at, low, true);
  else if (size === 2) heapView.setInt16(at, low, true);
  else bytes[at] = low;
}
