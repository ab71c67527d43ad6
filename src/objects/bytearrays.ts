/**
 * The bytearray object: making, reading, changing its size. The bytes lie in a `raw` array that is replaced when it
 * gets too small; a position at which they begin makes `del array[:n]`, which queues do, a matter of one addition. While
 * somebody uses the memory as a buffer (`ByteArray.exports`) the size cannot change. Methods are in
 * bytearray-methods.ts, what it has in common with bytes in byte-string-methods.ts.
 */
import { T } from '../heap/fixed.ts';
import { ArrayObject, BYTEARRAY_CELLS, ByteArray, Kind, Type } from '../heap/layouts.ts';
import { allocate, bytes, words } from '../heap/memory.ts';
import { isRef, refAt } from '../heap/values.ts';
import { declareType, materializeType } from './declared-types.ts';
import { raise } from './errors.ts';
import { allocateOfType } from './object-dicts.ts';
import { copyBytes } from './strings.ts';

export const BYTEARRAY: T = declareType({ name: 'bytearray', module: 'builtins', kind: Kind.bytearray });

/** More is a MemoryError at once. */
export const MAX_BYTES: number = 2 ** 31 - 64;

/** True for bytearray and instances of subclasses. */
export function isByteArray(slot: number): boolean {
  return isRef(slot) && words[(words[refAt(slot) << 1] << 1) + Type.kind] === Kind.bytearray;
}
export function byteArrayLength(ref: number): number {
  return words[(ref << 1) + ByteArray.length];
}
/** Byte offset in the heap of the first byte; valid until the size changes. */
export function byteArrayData(ref: number): number {
  const word = ref << 1;
  return words[word + ByteArray.storage] * 8 + ArrayObject.data * 4 + words[word + ByteArray.start];
}

/** Bytes for a storage: uninitialized, in whole cells. */
function newStorage(capacity: number): number {
  const count = (capacity + 7) >>> 3;
  const ref = allocate(1 + count);
  words[ref << 1] = T.raw;
  words[(ref << 1) + ArrayObject.length] = count * 8;
  return ref;
}

function capacityOf(ref: number): number {
  const storage = words[(ref << 1) + ByteArray.storage];
  return storage === 0 ? 0 : words[(storage << 1) + ArrayObject.length];
}

/** A bytearray (or an instance of a subclass) of `length` uninitialized bytes. Allocates only. */
export function newByteArray(length: number, type: number = BYTEARRAY): number {
  if (length > MAX_BYTES) raise(T.MemoryError, '');
  if (type === BYTEARRAY) materializeType(BYTEARRAY);
  const ref = allocateOfType(type, BYTEARRAY_CELLS);
  const word = ref << 1;
  words[word + ByteArray.length] = length;
  words[word + ByteArray.storage] = length === 0 ? 0 : newStorage(length);
  words[word + ByteArray.start] = 0;
  words[word + ByteArray.exports] = 0;
  words[word + ByteArray.spare] = 0;
  return ref;
}

/** A bytearray with a copy of `length` bytes of the heap from byte offset `data`. */
export function newByteArrayFromHeap(data: number, length: number): number {
  const ref = newByteArray(length);
  copyBytes(byteArrayData(ref), data, length);
  return ref;
}

/** Asked before a bytearray with buffers in use is resized: drops those that nobody can reach any more. */
let dropDeadExports: (ref: number) => void = () => {};
export function setDeadExportsHook(hook: (ref: number) => void): void {
  dropDeadExports = hook;
}

/** BufferError if the memory is in use as a buffer. */
export function checkResizable(ref: number): void {
  if (words[(ref << 1) + ByteArray.exports] === 0) return;
  dropDeadExports(ref);
  if (words[(ref << 1) + ByteArray.exports] === 0) return;
  raise(T.BufferError, 'Existing exports of data: object cannot be re-sized');
}

/**
 * Changes the size; the bytes up to the smaller size stay, new ones are uninitialized. A bit more than asked for is
 * allocated, so that appending takes constant time. BufferError if the memory is in use.
 */
export function byteArrayResize(ref: number, length: number): void {
  const word = ref << 1;
  const old = words[word + ByteArray.length];
  if (length === old) return;
  checkResizable(ref);
  if (length > MAX_BYTES) raise(T.MemoryError, '');
  const capacity = capacityOf(ref);
  const start = words[word + ByteArray.start];
  if (start + length <= capacity && (length >= capacity >> 2 || capacity <= 64)) {
    words[word + ByteArray.length] = length;
    if (length === 0) words[word + ByteArray.start] = 0;
    return;
  }
  const from = byteArrayData(ref);
  if (length === 0) words[word + ByteArray.storage] = 0;
  else {
    // From an empty one on the size is usually final; who grows step by step gets an eighth more.
    const storage = newStorage(old === 0 ? length : Math.min(length + (length >>> 3) + 8, MAX_BYTES));
    copyBytes(storage * 8 + ArrayObject.data * 4, from, Math.min(old, length));
    words[word + ByteArray.storage] = storage;
  }
  words[word + ByteArray.start] = 0;
  words[word + ByteArray.length] = length;
}

/**
 * Replaces the bytes [from, to) by `count` bytes of the heap at byte offset `source`, which must not be the array's own
 * memory if sizes differ. BufferError if the size changes and the memory is in use.
 */
export function byteArrayReplace(ref: number, from: number, to: number, source: number, count: number): void {
  const word = ref << 1;
  const length = words[word + ByteArray.length];
  const change = count - (to - from);
  if (change !== 0) {
    checkResizable(ref);
    if (change < 0 && from === 0) {
      words[word + ByteArray.start] -= change;
      words[word + ByteArray.length] += change;
      // What lies unused at the front is given back once it is most of the storage.
      if (words[word + ByteArray.length] < capacityOf(ref) >> 2) compact(ref);
    } else {
      if (change > 0) byteArrayResize(ref, length + change);
      const data = byteArrayData(ref);
      bytes.copyWithin(data + to + change, data + to, data + length);
      if (change < 0) byteArrayResize(ref, length + change);
    }
  }
  copyBytes(byteArrayData(ref) + from, source, count);
}

/** Storage of just the size. */
function compact(ref: number): void {
  const word = ref << 1;
  const length = words[word + ByteArray.length];
  const storage = length === 0 ? 0 : newStorage(length);
  if (length > 0) copyBytes(storage * 8 + ArrayObject.data * 4, byteArrayData(ref), length);
  words[word + ByteArray.storage] = storage;
  words[word + ByteArray.start] = 0;
}
