/**
 * The bytes object: making, reading, comparing, hashing. The bytes lie in the heap after a header, padded with zeros to
 * a whole cell, so that the hash can work a word at a time. Methods are in bytes-methods.ts.
 */
import { Fixed, T } from '../heap/fixed.ts';
import { Bytes, Kind, Type } from '../heap/layouts.ts';
import { allocate, bytes, HeapExhausted, words } from '../heap/memory.ts';
import { isRef, refAt, setRef } from '../heap/values.ts';
import { allocateOfType } from './object-dicts.ts';
import { copyBytes, hashWords } from './strings.ts';

/** True for bytes and instances of subclasses. */
export function isBytes(slot: number): boolean {
  return isRef(slot) && words[(words[refAt(slot) << 1] << 1) + Type.kind] === Kind.bytes;
}
export function bytesLength(ref: number): number {
  return words[(ref << 1) + Bytes.length];
}
/** Byte offset in the heap of the first byte. */
export function bytesData(ref: number): number {
  return ref * 8 + Bytes.data * 4;
}

/** Lengths are 32-bit words: more is a MemoryError. */
const MAX_BYTES = 2 ** 31 - 64;

/** Uninitialized bytes (but zero padding). */
export function newBytes(length: number): number {
  if (length === 0) return emptyBytes();
  if (length > MAX_BYTES) throw new HeapExhausted();
  return initializeBytes(allocate(2 + ((length + 7) >>> 3)), T.bytes, length);
}

/** An uninitialized instance of a subclass. */
export function newBytesOfType(type: number, length: number): number {
  if (type === T.bytes) return newBytes(length);
  if (length > MAX_BYTES) throw new HeapExhausted();
  return initializeBytes(allocateOfType(type, 2 + ((length + 7) >>> 3)), type, length);
}

function initializeBytes(ref: number, type: number, length: number): number {
  const word = ref << 1;
  words[word] = type;
  words[word + Bytes.length] = length;
  words[word + Bytes.hash] = 0;
  words[word + Bytes.aux] = 0;
  if (length > 0) {
    const last = word + Bytes.data + (((length - 1) >>> 3) << 1);
    words[last] = 0;
    words[last + 1] = 0;
  }
  return ref;
}

/** The one empty bytes object, made on first use. */
function emptyBytes(): number {
  if (words[Fixed.emptyBytes << 1] !== T.bytes) initializeBytes(Fixed.emptyBytes, T.bytes, 0);
  return Fixed.emptyBytes;
}

export function newBytesFrom(source: ArrayLike<number>): number {
  const ref = newBytes(source.length);
  const data = bytesData(ref);
  for (let i = 0; i < source.length; i++) bytes[data + i] = source[i];
  return ref;
}

/** Copies `length` bytes of the heap from byte offset `data`. */
export function newBytesFromHeap(data: number, length: number): number {
  const ref = newBytes(length);
  copyBytes(bytesData(ref), data, length);
  return ref;
}

export function setBytes(slot: number, source: ArrayLike<number>): void {
  setRef(slot, newBytesFrom(source));
}

/** A view (not a copy) of the bytes; valid until the object dies. */
export function bytesView(ref: number): Uint8Array {
  const data = bytesData(ref);
  return bytes.subarray(data, data + bytesLength(ref));
}

/** The bytes [start, end) of exact type; bounds must be in range. */
export function bytesSlice(ref: number, start: number, end: number): number {
  const length = end - start;
  if (length <= 0) return newBytes(0);
  if (length === bytesLength(ref) && words[ref << 1] === T.bytes) return ref;
  return newBytesFromHeap(bytesData(ref) + start, length);
}

/** 32 bits, never 0. */
export function bytesHash(ref: number): number {
  const word = ref << 1;
  const known = words[word + Bytes.hash];
  if (known !== 0) return known;
  const length = words[word + Bytes.length];
  return (words[word + Bytes.hash] = hashWords(word + Bytes.data, (length + 3) >>> 2, length));
}

/** Negative, 0 or positive. */
export function compareBytes(a: number, b: number): number {
  const lengthA = bytesLength(a);
  const lengthB = bytesLength(b);
  const dataA = bytesData(a);
  const dataB = bytesData(b);
  const shorter = Math.min(lengthA, lengthB);
  for (let i = 0; i < shorter; i++) {
    const difference = bytes[dataA + i] - bytes[dataB + i];
    if (difference !== 0) return difference;
  }
  return lengthA - lengthB;
}

export function bytesEqual(a: number, b: number): boolean {
  return bytesLength(a) === bytesLength(b) && compareBytes(a, b) === 0;
}
