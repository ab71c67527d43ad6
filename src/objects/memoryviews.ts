/**
 * The memoryview object: which memory it shows, and how. A record of its own memory's place, so that it knows nothing of
 * the types whose memory it is. Views of views refer to the memory's owner directly. Methods are in
 * memoryview-methods.ts; the protocol is in buffers.ts.
 */
import { addSweeper } from '../heap/collector.ts';
import type { T } from '../heap/fixed.ts';
import { RecordObject, TypeFlag } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { immediateAt, isRef, refAt, setImmediate48, setNull, setRef } from '../heap/values.ts';
import type { Buffer } from './buffers.ts';
import { declareType, newRecord, recordValue } from './declared-types.ts';
import { raiseValueError } from './errors.ts';
import { newString, stringOf } from './strings.ts';
import { newTuple, tupleItem } from './tuples.ts';

export const MEMORYVIEW: T = declareType({
  name: 'memoryview',
  module: 'builtins',
  values: 9,
  final: true,
  weak: true,
  pattern: TypeFlag.sequence,
});

/** The values of a memoryview. */
export enum View {
  /** what owns the memory and counts its uses; NULL once released */
  exporter,
  data,
  format,
  itemSize,
  /** tuples of ints */
  shape,
  strides,
  /** Python's hash, if it was asked for */
  hash,
  /** the storage, alive as long as the view even if its owner has got another one */
  storage,
  length,
}
/** Bits of a memoryview's `aux`; above them the number of buffers of the view itself that are in use. */
export enum ViewFlag {
  readonly = 1,
  /** may not be exported: handed to `__release_buffer__` */
  restricted = 2,
  exportUnit = 4,
}

/** Views that count as a use of somebody's memory. A cache of what the heap says: each live, unreleased view is in it. */
const counted: Set<number> = new Set();
/** How a use ends; set by buffers.ts. */
let uncount: (exporter: number) => void = () => {};
export function setUncount(routine: (exporter: number) => void): void {
  uncount = routine;
}
/** The views that use counted memory. */
export function countedViews(): ReadonlySet<number> {
  return counted;
}
addSweeper((isMarked) => {
  for (const view of counted) {
    if (isMarked(view)) continue;
    counted.delete(view);
    // An exporter that is garbage too needs no count any more.
    const exporter = words[recordValue(view, View.exporter) << 1];
    if (isMarked(exporter)) uncount(exporter);
  }
});

export function isMemoryView(slot: number): boolean {
  return isRef(slot) && words[refAt(slot) << 1] === MEMORYVIEW;
}

function numbers(values: readonly number[]): number {
  const tuple = newTuple(values.length);
  values.forEach((value, i) => {
    setImmediate48(tupleItem(tuple, i), value);
  });
  return tuple;
}

function numbersOf(tuple: number): number[] {
  const values: number[] = [];
  for (let i = 0; i < words[(tuple << 1) + 1]; i++) values.push(immediateAt(tupleItem(tuple, i)));
  return values;
}

/** A view of a buffer whose use was counted already (`counts`: and is to be ended with the view). Allocates only. */
export function newMemoryView(buffer: Buffer, counts: boolean): number {
  const view = newRecord(MEMORYVIEW);
  words[(view << 1) + RecordObject.aux] = buffer.readonly ? ViewFlag.readonly : 0;
  setRef(recordValue(view, View.exporter), buffer.exporter);
  setImmediate48(recordValue(view, View.data), buffer.data);
  setRef(recordValue(view, View.format), newString(buffer.format));
  setImmediate48(recordValue(view, View.itemSize), buffer.itemSize);
  setRef(recordValue(view, View.shape), numbers(buffer.shape));
  setRef(recordValue(view, View.strides), numbers(buffer.strides));
  setImmediate48(recordValue(view, View.length), buffer.length);
  if (buffer.storage) setRef(recordValue(view, View.storage), buffer.storage);
  if (counts) counted.add(view);
  return view;
}

export function isReleased(view: number): boolean {
  return words[recordValue(view, View.exporter) << 1] === 0;
}

/** ValueError if the view was released. */
export function checkView(view: number): void {
  if (isReleased(view)) raiseValueError('operation forbidden on released memoryview object');
}

/** What a view shows, with the owner of the memory as the exporter. */
export function viewBuffer(view: number): Buffer {
  checkView(view);
  return {
    exporter: refAt(recordValue(view, View.exporter)),
    data: immediateAt(recordValue(view, View.data)),
    length: immediateAt(recordValue(view, View.length)),
    readonly: (words[(view << 1) + RecordObject.aux] & ViewFlag.readonly) !== 0,
    format: stringOf(refAt(recordValue(view, View.format))),
    itemSize: immediateAt(recordValue(view, View.itemSize)),
    shape: numbersOf(refAt(recordValue(view, View.shape))),
    strides: numbersOf(refAt(recordValue(view, View.strides))),
    storage: refAt(recordValue(view, View.storage)),
  };
}

/** How many buffers of the view itself are in use. */
export function viewExports(view: number): number {
  return Math.floor(words[(view << 1) + RecordObject.aux] / ViewFlag.exportUnit);
}

/** Calls `use`, which may call Python, with the view locked: it cannot be released meanwhile. */
export function whileLocked<R>(view: number, use: () => R): R {
  const at = (view << 1) + RecordObject.aux;
  words[at] += ViewFlag.exportUnit;
  try {
    return use();
  } finally {
    words[at] -= ViewFlag.exportUnit;
  }
}

/** Ends the view's use of the memory, once. May call Python (`__release_buffer__`). */
export function endView(view: number): void {
  const slot = recordValue(view, View.exporter);
  const exporter = refAt(slot);
  if (exporter === 0) return;
  setNull(slot);
  if (counted.delete(view)) uncount(exporter);
}

/** True if the items lie one behind the other in C's order (last index fastest). */
export function isCContiguous({ shape, strides, itemSize, length }: Buffer): boolean {
  if (length === 0) return true;
  let step = itemSize;
  for (let i = shape.length - 1; i >= 0; step *= shape[i--]) if (shape[i] > 1 && strides[i] !== step) return false;
  return true;
}

/** True if the items lie one behind the other in Fortran's order (first index fastest). */
export function isFContiguous({ shape, strides, itemSize, length }: Buffer): boolean {
  if (length === 0) return true;
  let step = itemSize;
  for (let i = 0; i < shape.length; step *= shape[i++]) if (shape[i] > 1 && strides[i] !== step) return false;
  return true;
}

/** The byte offsets of all items, in C's order (or Fortran's). */
export function* itemOffsets({ data, shape, strides }: Buffer, fortran = false): Generator<number> {
  const dimensions = shape.length;
  if (shape.includes(0)) return;
  const position = new Array<number>(dimensions).fill(0);
  const order = Array.from({ length: dimensions }, (_, i) => (fortran ? i : dimensions - 1 - i));
  let at = data;
  for (;;) {
    yield at;
    let k = 0;
    for (; k < dimensions; k++) {
      const i = order[k];
      at += strides[i];
      if (++position[i] < shape[i]) break;
      at -= strides[i] * shape[i];
      position[i] = 0;
    }
    if (k === dimensions) return;
  }
}
