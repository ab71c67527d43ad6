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
import { Fixed, T } from '../heap/fixed.ts';
import { ByteArray, Native, RecordObject } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isRef, refAt, setRef, setSmallInt } from '../heap/values.ts';
import { BYTEARRAY, byteArrayData, byteArrayLength, setDeadExportsHook } from './bytearrays.ts';
import { bytesData, bytesLength, newBytesFromHeap } from './bytes.ts';
import { declareType, newRecord, recordValue } from './declared-types.ts';
import { clearRaised, matchesRaised, raise, raiseTypeError, raiseValueError } from './errors.ts';
import { indexOf } from './integers.ts';
import { callSpecial } from './invoke.ts';
import {
  countedViews,
  endView,
  isCContiguous,
  isFContiguous,
  isMemoryView,
  isReleased,
  MEMORYVIEW,
  newMemoryView,
  setUncount,
  View,
  ViewFlag,
  viewBuffer,
} from './memoryviews.ts';
import { N } from './names.ts';
import { natives } from './natives.ts';
import { isNativeMethod, lookup, typeName, typeOf } from './types.ts';

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
  /** ref of what holds the memory if the owner may replace it, to keep it alive; or 0 */
  readonly storage?: number;
}

export interface Exporter {
  /** The memory of an object of the type as it is now; BufferError if it cannot serve `flags`. Counts nothing. */
  readonly describe: (ref: number, flags: BufferFlag) => Buffer;
  /** Adds to the number of buffers in use; missing: that never matters. */
  readonly count?: (ref: number, change: number) => void;
}

const exporters = new Map<number, Exporter>();

/**
 * Declares that objects of a built-in type have a buffer, and its `__buffer__` (with `__release_buffer__` if uses are
 * counted). While files load.
 */
export function defineBuffer(type: T, exporter: Exporter): void {
  exporters.set(type, exporter);
  natives(type, {
    '__buffer__(self, flags, /)': (args, result) => {
      const flags = indexOf(args + 1);
      // what only reading or writing asks for is no request of the protocol
      if (flags === 0x100 || flags === 0x200) raise(T.SystemError, 'bad argument to internal function');
      setRef(result, newMemoryView(openOwn(exporter, refAt(args), flags), exporter.count !== undefined));
    },
  });
  if (!exporter.count) return;
  natives(type, {
    '__release_buffer__(self, buffer, /)': (args, result) => {
      if (!isMemoryView(args + 1)) raiseTypeError('expected a memoryview object');
      const view = refAt(args + 1);
      if (isReleased(view)) raiseValueError("memoryview's buffer has already been released");
      if (refAt(recordValue(view, View.exporter)) !== refAt(args)) {
        raiseValueError("memoryview's buffer is not this object");
      }
      endView(view);
      setRef(result, Fixed.none);
    },
  });
}

/** Plain bytes as a buffer. BufferError if `flags` ask for what can be written, and they cannot. */
export function byteBuffer(
  exporter: number,
  data: number,
  length: number,
  readonly: boolean,
  flags: BufferFlag,
  storage = 0,
): Buffer {
  if (readonly && (flags & BufferFlag.writable) !== 0) raise(T.BufferError, 'Object is not writable.');
  return { exporter, data, length, readonly, format: 'B', itemSize: 1, shape: [length], strides: [1], storage };
}

defineBuffer(T.bytes, {
  describe: (ref, flags) => byteBuffer(ref, bytesData(ref), bytesLength(ref), true, flags),
});
defineBuffer(BYTEARRAY, {
  describe: (ref, flags) =>
    byteBuffer(ref, byteArrayData(ref), byteArrayLength(ref), false, flags, words[(ref << 1) + ByteArray.storage]),
  count: (ref, change) => {
    words[(ref << 1) + ByteArray.exports] += change;
  },
});

const wants = (flags: BufferFlag, flag: BufferFlag): boolean => (flags & flag) === flag;

defineBuffer(MEMORYVIEW, {
  describe: (ref, flags) => {
    const buffer = viewBuffer(ref);
    const refuse = (reason: string): never => raise(T.BufferError, `memoryview: ${reason}`);
    if ((words[(ref << 1) + RecordObject.aux] & ViewFlag.restricted) !== 0) {
      raiseValueError('cannot create new view on restricted memoryview');
    }
    if (wants(flags, BufferFlag.writable) && buffer.readonly) refuse('underlying buffer is not writable');
    const isC = isCContiguous(buffer);
    if (wants(flags, BufferFlag.cContiguous) && !isC) refuse('underlying buffer is not C-contiguous');
    const isF = isFContiguous(buffer);
    if (wants(flags, BufferFlag.fContiguous) && !isF) refuse('underlying buffer is not Fortran contiguous');
    if (wants(flags, BufferFlag.anyContiguous) && !isC && !isF) refuse('underlying buffer is not contiguous');
    if (!wants(flags, BufferFlag.strides) && !isC) refuse('underlying buffer is not C-contiguous');
    if (wants(flags, BufferFlag.nd)) return { ...buffer, exporter: ref };
    if (wants(flags, BufferFlag.format)) refuse('cannot cast to unsigned bytes if the format flag is present');
    return byteBuffer(ref, buffer.data, buffer.length, buffer.readonly, flags, buffer.storage);
  },
  count: (ref, change) => {
    words[(ref << 1) + RecordObject.aux] += change * ViewFlag.exportUnit;
  },
});

/** Stands for the buffer of an object with a `__buffer__` in Python: the object and the memoryview that it gave. */
const WRAPPER: T = declareType({
  name: '_buffer_wrapper',
  module: 'builtins',
  values: 2,
  final: true,
  hidden: true,
});
exporters.set(WRAPPER, {
  describe: (ref) => ({ ...viewBuffer(refAt(recordValue(ref, 1))), exporter: ref }),
  count: (ref, change) => {
    words[(ref << 1) + RecordObject.aux] += change;
    if (words[(ref << 1) + RecordObject.aux] === 0) releaseWrapper(ref);
    else if (change < 0) dropDeadViews(ref);
  },
});

/** Calls `__release_buffer__` of the object, if it has one, and releases the memoryview that it gave. */
function releaseWrapper(ref: number): void {
  const slots = pushSlots(3);
  setRef(slots, ref);
  copyValue(slots + 1, recordValue(ref, 0));
  copyValue(slots + 2, recordValue(ref, 1));
  const view = refAt(slots + 2);
  words[(view << 1) + RecordObject.aux] -= ViewFlag.exportUnit;
  callSpecial(slots + 1, N.__release_buffer__, slots + 2, 1, slots + 1);
  endView(view);
  popSlots(3);
}

/** The exporter that serves objects of a type with a native `__buffer__`; null for one in Python, undefined for none. */
function exporterOf(type: number): Exporter | null | undefined {
  const exact = exporters.get(type);
  if (exact) return exact;
  const found = lookup(type, N.__buffer__);
  if (found === 0) return undefined;
  if (isRef(found)) {
    if (refAt(found) === Fixed.none) return undefined;
    if (isNativeMethod(typeOf(found))) return exporters.get(words[(refAt(found) << 1) + Native.owner]);
  }
  return null;
}

/** True for objects that have a buffer ("bytes-like"). Calls no Python. */
export function isBytesLike(slot: number): boolean {
  return isRef(slot) && exporterOf(typeOf(slot)) !== undefined;
}

function openOwn(exporter: Exporter, ref: number, flags: BufferFlag): Buffer {
  const buffer = exporter.describe(ref, flags);
  exporter.count?.(ref, 1);
  return buffer;
}

/** The buffer of an object whose class has a `__buffer__` in Python, counted. */
function openPython(slot: number, flags: BufferFlag): Buffer {
  const slots = pushSlots(2);
  setSmallInt(slots, flags);
  callSpecial(slot, N.__buffer__, slots, 1, slots);
  if (!isMemoryView(slots)) raiseTypeError('__buffer__ returned non-memoryview object');
  const view = refAt(slots);
  const wrapper = newRecord(WRAPPER);
  copyValue(recordValue(wrapper, 0), slot);
  setRef(recordValue(wrapper, 1), view);
  const buffer = openOwn(exporters.get(MEMORYVIEW)!, view, flags);
  words[(wrapper << 1) + RecordObject.aux] = 1;
  popSlots(2);
  return { ...buffer, exporter: wrapper };
}

/**
 * The object's buffer, counted as in use until closeBuffer; `exporter` must stay rooted as long. TypeError if it has
 * none, BufferError if it has none of the kind. May call Python.
 */
export function openBuffer(slot: number, flags: BufferFlag): Buffer {
  const exporter = exporterOf(typeOf(slot));
  if (exporter === undefined) raiseNotBytesLike(slot);
  return exporter === null ? openPython(slot, flags) : openOwn(exporter, refAt(slot), flags);
}

/** Ends a use. May call Python (`__release_buffer__`). */
export function closeBuffer(buffer: Buffer): void {
  uncount(buffer.exporter);
}
function uncount(exporter: number): void {
  exporterOf(words[exporter << 1])?.count?.(exporter, -1);
}
setUncount(uncount);

/** A memoryview of any object with a buffer, as memoryview(object) makes it. May call Python. */
export function viewOf(slot: number): number {
  if (!isMemoryView(slot)) {
    const buffer = openBuffer(slot, BufferFlag.fullReadOnly);
    return newMemoryView(buffer, exporterOf(words[buffer.exporter << 1])?.count !== undefined);
  }
  const view = refAt(slot);
  const buffer = viewBuffer(view);
  if ((words[(view << 1) + RecordObject.aux] & ViewFlag.restricted) !== 0) {
    raiseValueError('cannot create new view on restricted memoryview');
  }
  return subView(buffer);
}

/** Another view of memory that a view shows already. Allocates only. */
export function subView(buffer: Buffer): number {
  const count = exporterOf(words[buffer.exporter << 1])?.count;
  count?.(buffer.exporter, 1);
  return newMemoryView(buffer, count !== undefined);
}

/** Calls `use` with the object's buffer; the object is kept alive and its memory in place meanwhile. */
export function withBuffer<R>(slot: number, flags: BufferFlag, use: (buffer: Buffer) => R): R {
  return useBuffer(openBuffer(slot, flags), use);
}

/** The same for an argument that is to be written to: TypeError "`what` must be read-write bytes-like object, not ...". */
export function withWritableBuffer<R>(slot: number, what: string, use: (buffer: Buffer) => R): R {
  let buffer: Buffer;
  try {
    buffer = openBuffer(slot, BufferFlag.writable);
  } catch (error) {
    if (!matchesRaised(error, T.TypeError) && !matchesRaised(error, T.BufferError)) throw error;
    clearRaised();
    raiseTypeError(`${what} must be read-write bytes-like object, not ${typeName(slot)}`);
  }
  return useBuffer(buffer, use);
}

function useBuffer<R>(buffer: Buffer, use: (buffer: Buffer) => R): R {
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
    if (exporter === null) {
      // `__release_buffer__` may do anything to the memory: what is read is a copy.
      const copy = pushSlots(1);
      withBuffer(slot, BufferFlag.simple, (buffer) => setRef(copy, newBytesFromHeap(buffer.data, buffer.length)));
      popSlots(1);
      bufferData = bytesData(refAt(copy));
      bufferLength = bytesLength(refAt(copy));
      return;
    }
  }
  if (message !== undefined) raiseTypeError(message);
  raiseNotBytesLike(slot);
}

export function raiseNotBytesLike(slot: number): never {
  raiseTypeError(`a bytes-like object is required, not '${typeName(slot)}'`);
}

/** Set by the interpreter, which knows what frames still need: which of these objects nothing refers to any more. */
let findUnreachable: (candidates: number[]) => number[] = () => [];
export function setUnreachableHook(hook: (candidates: number[]) => number[]): void {
  findUnreachable = hook;
}

/**
 * Ends the uses of views that nobody can reach any more. CPython's reference counts do so at once; here it is done when
 * it matters, before an object refuses to change its size.
 */
export function dropDeadViews(exporter: number): void {
  const candidates: number[] = [];
  for (const view of countedViews()) {
    if (refAt(recordValue(view, View.exporter)) === exporter) candidates.push(view);
  }
  if (candidates.length > 0) for (const view of findUnreachable(candidates)) endView(view);
}
setDeadExportsHook(dropDeadViews);
