/**
 * Lists: a header and a growable `values` array. The methods are in list-methods.ts, sorting in list-sort.ts. An empty
 * list has no array: `items` 0 reads as an array of length 0, since cell 0 is all zeros. Cells of the array beyond the
 * size hold zeros (the float 0.0), never stale references: the collector follows the whole array.
 */
import { T } from '../heap/fixed.ts';
import { ArrayObject, LIST_CELLS, List } from '../heap/layouts.ts';
import { allocate, HeapExhausted, words } from '../heap/memory.ts';
import { TAG_REF } from '../heap/values.ts';
import { copyCells } from './tuples.ts';

/** A `values` array of `length` cells, all zero bits; 0 for length 0. */
export function newValuesArray(length: number): number {
  if (length === 0) return 0;
  const ref = allocate(1 + length);
  const start = ref << 1;
  words[start] = T.values;
  words[start + ArrayObject.length] = length;
  zeroCells(ref + 1, length);
  return ref;
}

/** Clears `count` cells to zero bits, which the collector takes for floats. */
export function zeroCells(from: number, count: number): void {
  const start = from << 1;
  const end = (from + count) << 1;
  if (count > 24) words.fill(0, start, end);
  else for (let at = start; at < end; at++) words[at] = 0;
}

function newHeader(size: number, items: number): number {
  const list = allocate(LIST_CELLS);
  const start = list << 1;
  words[start] = T.list;
  words[start + List.size] = size;
  words[start + List.items] = items;
  words[start + List.flags] = 0;
  return list;
}

/** A list of `size` NULL items, to be filled before Python can see it. */
export function newList(size: number): number {
  const items = newValuesArray(size);
  const end = (items + 1 + size) << 1;
  for (let at = (items + 1) << 1; at < end; at += 2) words[at + 1] = TAG_REF;
  return newHeader(size, items);
}

/** A list of the `size` values that lie from cell `from` on. */
export function newListFrom(from: number, size: number): number {
  if (size === 0) return newHeader(0, 0);
  const items = allocate(1 + size);
  words[items << 1] = T.values;
  words[(items << 1) + ArrayObject.length] = size;
  copyCells(items + 1, from, size);
  return newHeader(size, items);
}

export function listSize(list: number): number {
  return words[(list << 1) + List.size];
}

/** The cell of item `index`, which must be in range. Valid until the list next grows. */
export function listItem(list: number, index: number): number {
  return words[(list << 1) + List.items] + 1 + index;
}

/** How many items fit before the array must be replaced. */
export function listCapacity(list: number): number {
  return words[(words[(list << 1) + List.items] << 1) + ArrayObject.length];
}

/** Replaces the array by one of `capacity` cells (at least the size). */
export function listReallocate(list: number, capacity: number): void {
  const start = list << 1;
  const size = words[start + List.size];
  const old = words[start + List.items];
  if (capacity === 0) {
    words[start + List.items] = 0;
    return;
  }
  const items = allocate(1 + capacity);
  words[items << 1] = T.values;
  words[(items << 1) + ArrayObject.length] = capacity;
  copyCells(items + 1, old + 1, size);
  zeroCells(items + 1 + size, capacity - size);
  words[start + List.items] = items;
}

/** Largest number of items that lists and tuples are tried with; more is a MemoryError at once. */
export const MAX_ITEMS = 2 ** 28;

/** Makes room for `capacity` items in all, growing by about an eighth more than asked. */
export function listReserve(list: number, capacity: number): void {
  // what is hopeless anyway would not survive 32-bit arithmetic
  if (capacity > MAX_ITEMS) throw new HeapExhausted();
  if (capacity > listCapacity(list)) listReallocate(list, (capacity + (capacity >> 3) + 6) & ~3);
}

/** Appends a copy of the value in `slot`. */
export function listAppend(list: number, slot: number): void {
  const start = list << 1;
  const size = words[start + List.size];
  let items = words[start + List.items];
  if (size >= words[(items << 1) + ArrayObject.length]) {
    listReserve(list, size + 1);
    items = words[start + List.items];
  }
  const target = (items + 1 + size) << 1;
  words[target] = words[slot << 1];
  words[target + 1] = words[(slot << 1) + 1];
  words[start + List.size] = size + 1;
}

/** Appends the `count` values from cell `from` on; they may be the list's own. */
export function listAppendCells(list: number, from: number, count: number): void {
  const size = listSize(list);
  listReserve(list, size + count);
  copyCells(listItem(list, size), from, count);
  words[(list << 1) + List.size] = size + count;
}

/** Changes the size to a smaller one, clearing what falls off and giving back an array that is mostly empty. */
export function listTruncate(list: number, size: number): void {
  const start = list << 1;
  const old = words[start + List.size];
  words[start + List.size] = size;
  if (size === 0) {
    words[start + List.items] = 0;
    return;
  }
  zeroCells(listItem(list, size), old - size);
  const capacity = listCapacity(list);
  if (capacity > 64 && size < capacity >> 2) listReallocate(list, size + (size >> 3) + 6);
}

/**
 * Replaces items `from` to `to` (exclusive) by the `count` values at cell `source`, which must not lie in this list's
 * own array. Moves what follows.
 */
export function listReplace(list: number, from: number, to: number, source: number, count: number): void {
  const size = listSize(list);
  const newSize = size - (to - from) + count;
  if (newSize > size) listReserve(list, newSize);
  if (count !== to - from) copyCells(listItem(list, from + count), listItem(list, to), size - to);
  copyCells(listItem(list, from), source, count);
  if (newSize < size) listTruncate(list, newSize);
  else words[(list << 1) + List.size] = newSize;
}
