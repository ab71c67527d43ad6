/**
 * The flat heap: one region of 8-byte cells, and the typed arrays through which TypeScript sees it. Where
 * the memory comes from: reserve.ts.
 *
 * Allocation bumps a pointer inside a span; when the span is used up the next one comes from what the last collection
 * freed, or from memory never used. Allocation NEVER collects: the collector runs only at the interpreter's safe points
 * (back-edges and calls), so a TypeScript routine that does not call back into Python may hold raw references freely.
 * Who allocates initializes every word: recycled memory is not cleared.
 */
import { HEAP_START, InterruptFlag, STACK_CELLS, STACK_START, State } from './fixed.ts';
import { heapMemory } from './reserve.ts';

/** 4 GiB: also the largest for which every word index is a small integer to V8 in Node 20. */
const buffer: ArrayBuffer = heapMemory.buffer;
/** 32-bit view: cell c is words[2c] (low) and words[2c+1] (high). */
export const words: Int32Array = new Int32Array(buffer);
/** Doubles: cells[c] is only for values known to be floats. */
export const cells: Float64Array = new Float64Array(buffer);
export const bytes: Uint8Array = new Uint8Array(buffer);
export const halves: Uint16Array = new Uint16Array(buffer);
export const heapBuffer: ArrayBuffer = buffer;

/** Fresh memory is taken in spans of this many cells (1 MiB). */
const SPAN_CELLS = 1 << 17;

words[State.allocPointer] = HEAP_START;
words[State.allocLimit] = HEAP_START;
words[State.heapTop] = HEAP_START;
words[State.heapEnd] = buffer.byteLength / 8;
words[State.collectThreshold] = 1 << 22;
words[State.stackLimit] = STACK_START + STACK_CELLS - 4096;
words[State.recursionLimit] = 1000;
words[State.stackTop] = STACK_START;

/** Raised as MemoryError by the layer above; see objects/errors.ts. */
export class HeapExhausted extends Error {}

/** Set by the collector: finds a free span of at least `count` cells among what was swept; false if none. */
export let takeFreeSpan: (count: number) => boolean = () => false;
export function setFreeSpanSource(source: (count: number) => boolean): void {
  takeFreeSpan = source;
}

/** Set by the collector: room for one large object among what was swept, or 0. */
let takeLargeSpan: (count: number) => number = () => 0;
export function setLargeSpanSource(source: (count: number) => number): void {
  takeLargeSpan = source;
}

/** `count` cells (uninitialized); returns the ref of the first. Never collects; throws HeapExhausted. */
export function allocate(count: number): number {
  const ref = words[State.allocPointer];
  const end = ref + count;
  if (end <= words[State.allocLimit]) {
    words[State.allocPointer] = end;
    return ref;
  }
  return allocateSlow(count);
}

function allocateSlow(count: number): number {
  if (words[State.allocatedCells] > words[State.collectThreshold]) words[State.interrupt] |= InterruptFlag.collect;
  if (count <= SPAN_CELLS / 4) {
    if (takeFreeSpan(count)) return allocate(count);
  } else {
    const reused = takeLargeSpan(count);
    if (reused !== 0) return reused;
  }
  const top = words[State.heapTop];
  // under stress spans are short, so that collections come often
  const span = words[State.stress] > 1 ? Math.max(count, words[State.stress]) : SPAN_CELLS;
  const needed = count > SPAN_CELLS / 4 ? count : span;
  if (top + needed > words[State.heapEnd]) throw new HeapExhausted();
  words[State.heapTop] = top + needed;
  words[State.allocatedCells] += needed;
  if (needed === count) return top;
  words[State.allocPointer] = top + count;
  words[State.allocLimit] = top + needed;
  return top;
}
