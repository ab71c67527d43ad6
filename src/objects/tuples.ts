/**
 * Tuples: making them, reading them, hashing and comparing them. The methods are in tuple-methods.ts. An item lies
 * directly behind the header, so an item's cell is a sum; that is why tuples are never resized.
 */
import { Fixed, T } from '../heap/fixed.ts';
import { Tuple } from '../heap/layouts.ts';
import { allocate, words } from '../heap/memory.ts';
import { TAG_REF } from '../heap/values.ts';

words[(Fixed.emptyTuple << 1) + Tuple.type] = T.tuple;
words[(Fixed.emptyTuple << 1) + Tuple.size] = 0;

/** A tuple of `size` NULL items, to be filled before Python can see it; the empty one is shared. */
export function newTuple(size: number): number {
  if (size === 0) return Fixed.emptyTuple;
  const ref = allocate(1 + size);
  const start = ref << 1;
  words[start] = T.tuple;
  words[start + Tuple.size] = size;
  const end = start + Tuple.items + (size << 1);
  for (let at = start + Tuple.items; at < end; at += 2) {
    words[at] = 0;
    words[at + 1] = TAG_REF;
  }
  return ref;
}

/** A tuple of the `size` values that lie from cell `from` on. */
export function newTupleFrom(from: number, size: number): number {
  if (size === 0) return Fixed.emptyTuple;
  const ref = allocate(1 + size);
  const start = ref << 1;
  words[start] = T.tuple;
  words[start + Tuple.size] = size;
  copyCells(ref + 1, from, size);
  return ref;
}

export function tupleSize(tuple: number): number {
  return words[(tuple << 1) + Tuple.size];
}

/** The cell of item `index`, which must be in range. */
export function tupleItem(tuple: number, index: number): number {
  return tuple + 1 + index;
}

/** Copies `count` cells from `from` to `to`; the areas may overlap. */
export function copyCells(to: number, from: number, count: number): void {
  if (count > 16 || (to > from && to < from + count)) {
    words.copyWithin(to << 1, from << 1, (from + count) << 1);
    return;
  }
  let target = to << 1;
  const end = (from + count) << 1;
  for (let source = from << 1; source < end; source++) words[target++] = words[source];
}
