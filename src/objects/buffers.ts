/**
 * The buffer protocol: the one door to the memory of bytes, bytearray, memoryview, array.array, BytesIO's buffer and of
 * Python classes with `__buffer__` (PEP 688). Nothing in the heap moves, so a buffer is a byte offset in the heap.
 *
 *   readBuffer(slot); ... bytes[bufferData + i], i < bufferLength ...    // to be read at once, before any call of Python
 *   withBuffer(slot, BufferFlag.simple, (buffer) => ...)                 // in use while Python code may run
 *   defineBuffer(ARRAY, { describe: (ref) => ({ ... }), count: (ref, change) => ... });  // a type that has one
 *
 * While a buffer is in use its exporter counts it, and whose size can change refuses to change it (BufferError). Turned
 * down: handing out Uint8Arrays (an allocation a call, and they say nothing of formats and strides).
 */
import { T } from '../heap/fixed.ts';
import { ByteArray, Type } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { isRef, refAt, setRef } from '../heap/values.ts';
import { BYTEARRAY, byteArrayData, byteArrayLength, isByteArray } from './bytearrays.ts';
import { bytesData, bytesLength, isBytes } from './bytes.ts';
import { raiseTypeError } from './errors.ts';
import { typeName, typeOf } from './types.ts';

/** What the user of a buffer can cope with (inspect.BufferFlags). */
export enum BufferFlag {
  simple = 0,
  writable = 1,
  format = 4,
  nd = 8,
  strides = 16 | nd,
  cContiguous = 32 | strides,
  fContiguous = 64 | strides,
  anyContiguous = 128 | strides,
  indirect = 256 | strides,
  full = indirect | writable | format,
  fullReadOnly = indirect | format,
}

/** Memory and what lies in it. */
export interface Buffer {
  /** ref of the object that owns the memory and counts its uses */
  readonly exporter: number;
  /** byte offset in the heap of the first item */
  readonly data: number;
  /** in bytes, of all items */
  readonly length: number;
  readonly readonly: boolean;
  /** struct's notation */
  readonly format: string;
  readonly itemSize: number;
  /** one number a dimension */
  readonly shape: readonly number[];
  /** in bytes */
  readonly strides: readonly number[];
}

export interface Exporter {
  /** The memory of an object of the type as it is now; BufferError if it cannot serve `flags`. Counts nothing. */
  readonly describe: (ref: number, flags: BufferFlag) => Buffer;
  /** Adds to the number of buffers in use; missing: that never matters. */
  readonly count?: (ref: number, change: number) => void;
}

const exporters = new Map<number, Exporter>();

/** Declares that objects of a built-in type have a buffer. While files load. */
export function defineBuffer(type: T, exporter: Exporter): void {
  exporters.set(type, exporter);
}

/** Plain bytes as a buffer. */
export function byteBuffer(exporter: number, data: number, length: number, readonly: boolean): Buffer {
  return { exporter, data, length, readonly, format: 'B', itemSize: 1, shape: [length], strides: [1] };
}

defineBuffer(T.bytes, { describe: (ref) => byteBuffer(ref, bytesData(ref), bytesLength(ref), true) });
defineBuffer(BYTEARRAY, {
  describe: (ref) => byteBuffer(ref, byteArrayData(ref), byteArrayLength(ref), false),
  count: (ref, change) => {
    words[(ref << 1) + ByteArray.exports] += change;
  },
});

/** The exporter that serves objects of a type: its own, a base's, or undefined. */
export function exporterOf(type: number): Exporter | undefined {
  for (let base = type; base !== 0; base = words[(base << 1) + Type.layoutBase]) {
    const exporter = exporters.get(base);
    if (exporter) return exporter;
  }
  return undefined;
}

/** True for objects that have a buffer ("bytes-like"). Calls no Python. */
export function isBytesLike(slot: number): boolean {
  return isBytes(slot) || isByteArray(slot) || (isRef(slot) && exporterOf(typeOf(slot)) !== undefined);
}

/**
 * The object's buffer, counted as in use until closeBuffer: the object must stay rooted as long. TypeError if it has
 * none, BufferError if it has none of the kind. May call Python.
 */
export function openBuffer(slot: number, flags: BufferFlag): Buffer {
  const exporter = exporterOf(typeOf(slot));
  if (!exporter) raiseNotBytesLike(slot);
  const buffer = exporter.describe(refAt(slot), flags);
  exporterOf(words[buffer.exporter << 1])?.count?.(buffer.exporter, 1);
  return buffer;
}

/** Ends a use. May call Python (`__release_buffer__`). */
export function closeBuffer(buffer: Buffer): void {
  exporterOf(words[buffer.exporter << 1])?.count?.(buffer.exporter, -1);
}

/** Calls `use` with the object's buffer; the object is kept alive and its memory in place meanwhile. */
export function withBuffer<R>(slot: number, flags: BufferFlag, use: (buffer: Buffer) => R): R {
  const buffer = openBuffer(slot, flags);
  const root = pushSlots(1);
  setRef(root, buffer.exporter);
  try {
    return use(buffer);
  } finally {
    closeBuffer(buffer);
    popSlots(1);
  }
}

/** Where readBuffer found the bytes: byte offset in the heap, and how many. */
export let bufferData = 0;
export let bufferLength = 0;

/**
 * Leaves in `bufferData` and `bufferLength` where the bytes of a bytes-like object lie, to be read before any other call
 * of Python. TypeError, with `message` if given, if it is none. May call Python.
 */
export function readBuffer(slot: number, message?: string): void {
  if (isRef(slot)) {
    const ref = refAt(slot);
    const type = words[ref << 1];
    if (type === T.bytes) {
      bufferData = bytesData(ref);
      bufferLength = bytesLength(ref);
      return;
    }
    const exporter = exporterOf(type);
    if (exporter) {
      const buffer = exporter.describe(ref, BufferFlag.simple);
      bufferData = buffer.data;
      bufferLength = buffer.length;
      return;
    }
  }
  if (message !== undefined) raiseTypeError(message);
  raiseNotBytesLike(slot);
}

export function raiseNotBytesLike(slot: number): never {
  raiseTypeError(`a bytes-like object is required, not '${typeName(slot)}'`);
}
