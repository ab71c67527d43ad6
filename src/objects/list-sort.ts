/**
 * list.sort and sorted. What is sorted is a permutation of positions: a merge sort that finds natural runs, as CPython's
 * does, so sorted and nearly sorted input costs n comparisons. Keys that are all numbers or all strings are compared
 * without a call; plain numbers without a key function are sorted by V8. Turned down: galloping merges (they pay when
 * comparisons are dear and runs long and interleaved seldom).
 */
import { Fixed, T } from '../heap/fixed.ts';
import { ArrayObject, List } from '../heap/layouts.ts';
import { allocate, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import {
  copyValue,
  floatAt,
  immediateAt,
  isFloat,
  isImmediateInt,
  isRef,
  refAt,
  setFloat,
  setRef,
} from '../heap/values.ts';
import { raiseValueError } from './errors.ts';
import { setInt } from './integers.ts';
import { call } from './invoke.ts';
import { newListFrom, newValuesArray } from './lists.ts';
import { natives } from './natives.ts';
import { compare, truth } from './operations.ts';
import { CompareOperator } from './operators.ts';
import { callHelper, HELPER_NATIVES, isPythonCallable } from './python-helpers.ts';
import { compareStrings } from './strings.ts';
import { copyCells } from './tuples.ts';

/** Runs shorter than this are completed by binary insertion. */
const MINIMUM_RUN = 24;

/** True if the item at position a must come before that at b. */
type Less = (a: number, b: number) => boolean;

/** Exchanges the cells from both ends. */
export function reverseCells(first: number, count: number): void {
  let low = first << 1;
  let high = (first + count - 1) << 1;
  for (; low < high; low += 2, high -= 2) {
    const a = words[low];
    const b = words[low + 1];
    words[low] = words[high];
    words[low + 1] = words[high + 1];
    words[high] = a;
    words[high + 1] = b;
  }
}

/**
 * Sorts the list in `slot` (a rooted slot), stably. `key` is a slot with None or a function. Meanwhile the list appears
 * empty; if an exception flies, it gets its items back in their old order. May call Python.
 */
export function sortList(slot: number, key: number, reverse: boolean): void {
  const list = refAt(slot);
  const at = list << 1;
  const size = words[at + List.size];
  const keyed = !isRef(key) || refAt(key) !== Fixed.none;
  if (size < 2 && !keyed) return;
  const slots = pushSlots(3);
  const items = words[at + List.items];
  setRef(slots, items);
  // an array of no items that whatever changes the list replaces, even if it leaves the list empty
  const unchanged = allocate(1);
  words[unchanged << 1] = T.values;
  words[(unchanged << 1) + ArrayObject.length] = 0;
  setRef(slots + 2, unchanged);
  words[at + List.size] = 0;
  words[at + List.items] = unchanged;
  let modified = false;
  try {
    let keys = items;
    if (keyed) {
      keys = isPythonCallable(key)
        ? keysByHelper(items, size, key, slots + 1)
        : keysByCalls(items, size, key, slots + 1);
    }
    if (keyed || !sortNumbers(items + 1, size, reverse)) {
      const order = sortedOrder(keys + 1, size, reverse);
      const copies = newValuesArray(size);
      copyCells(copies + 1, items + 1, size);
      for (let i = 0; i < size; i++) copyValue(items + 1 + i, copies + 1 + order[i]);
    }
  } finally {
    modified = words[at + List.size] !== 0 || words[at + List.items] !== unchanged;
    words[at + List.size] = size;
    words[at + List.items] = items;
  }
  if (modified) raiseValueError('list modified during sort');
  popSlots(3);
}

/** Sorts a list that nobody else sees by the keys in another, of the same length. May call Python. */
function sortByKeys(list: number, keyList: number, reverse: boolean): void {
  const size = words[(list << 1) + List.size];
  if (size < 2) return;
  const order = sortedOrder(words[(keyList << 1) + List.items] + 1, size, reverse);
  const items = words[(list << 1) + List.items] + 1;
  const copies = newValuesArray(size) + 1;
  copyCells(copies, items, size);
  for (let i = 0; i < size; i++) copyValue(items + i, copies + order[i]);
}
natives(HELPER_NATIVES, {
  'sort_by_keys(items, keys, reverse, /)': (args, result) => {
    sortByKeys(refAt(args), refAt(args + 1), truth(args + 2));
    setRef(result, Fixed.none);
  },
});

/** The `values` array of the items' keys, rooted in slot `root`. */
function keysByCalls(items: number, size: number, key: number, root: number): number {
  const keys = newValuesArray(size);
  setRef(root, keys);
  for (let i = 0; i < size; i++) call(key, items + 1 + i, 1, keys + 1 + i);
  return keys;
}

/** The same, computed by a loop in Python. */
function keysByHelper(items: number, size: number, key: number, root: number): number {
  const args = pushSlots(2);
  setRef(args, newListFrom(items + 1, size));
  copyValue(args + 1, key);
  callHelper('keys_of', args, 2, root);
  popSlots(2);
  return words[(refAt(root) << 1) + List.items];
}

/** Sorts cells that all hold immediate ints, or all floats other than NaN and -0.0, by value; false for others. */
function sortNumbers(first: number, size: number, reverse: boolean): boolean {
  const values = new Float64Array(size);
  const floats = isFloat(first);
  for (let i = 0; i < size; i++) {
    const cell = first + i;
    if (floats) {
      if (!isFloat(cell)) return false;
      const value = floatAt(cell);
      if (value !== value || Object.is(value, -0)) return false;
      values[i] = value;
    } else if (isImmediateInt(cell)) values[i] = immediateAt(cell);
    else return false;
  }
  values.sort();
  if (reverse) values.reverse();
  if (floats) for (let i = 0; i < size; i++) setFloat(first + i, values[i]);
  else for (let i = 0; i < size; i++) setInt(first + i, values[i]);
  return true;
}

/** The positions 0 ... size-1 in the order of the keys that lie from cell `keys` on. May call Python. */
function sortedOrder(keys: number, size: number, reverse: boolean): Int32Array {
  const order = new Int32Array(size);
  // Descending order that keeps equals in place is the ascending order of the reversed input, reversed.
  for (let i = 0; i < size; i++) order[i] = reverse ? size - 1 - i : i;
  mergeSort(order, comparerOf(keys, size));
  return reverse ? order.reverse() : order;
}

/** The cheapest comparison that is right for these keys. */
function comparerOf(keys: number, size: number): Less {
  let numbers = true;
  let strings = true;
  for (let i = 0; i < size && (numbers || strings); i++) {
    const cell = keys + i;
    if (isRef(cell)) {
      numbers = false;
      if (words[refAt(cell) << 1] !== T.str) strings = false;
    } else strings = false;
  }
  if (strings) return (a, b) => compareStrings(words[(keys + a) << 1], words[(keys + b) << 1]) < 0;
  if (numbers) {
    const values = new Float64Array(size);
    for (let i = 0; i < size; i++) values[i] = isFloat(keys + i) ? floatAt(keys + i) : immediateAt(keys + i);
    return (a, b) => values[a] < values[b];
  }
  const answer = pushSlots(1);
  return (a, b) => {
    compare(CompareOperator.less, keys + a, keys + b, answer);
    return isRef(answer) && refAt(answer) === Fixed.true ? true : truth(answer);
  };
}

/** Sorts `order` stably. */
function mergeSort(order: Int32Array, less: Less): void {
  const size = order.length;
  const scratch = new Int32Array(size);
  const starts: number[] = [];
  let start = 0;
  while (start < size) {
    let end = naturalRun(order, start, less);
    const wanted = Math.min(size, start + MINIMUM_RUN);
    if (end < wanted) {
      insertInto(order, start, end, wanted, less);
      end = wanted;
    }
    starts.push(start);
    // Merge while the run on top is no shorter than the one below it, which keeps the stack logarithmic.
    while (starts.length > 1 && mustMerge(starts, end)) {
      const middle = starts.pop()!;
      merge(order, scratch, starts[starts.length - 1], middle, end, less);
    }
    start = end;
  }
  while (starts.length > 1) {
    const middle = starts.pop()!;
    merge(order, scratch, starts[starts.length - 1], middle, size, less);
  }
}

function mustMerge(starts: readonly number[], end: number): boolean {
  const top = starts[starts.length - 1];
  return top - starts[starts.length - 2] <= end - top;
}

/** End of the ascending run from `start`; a strictly descending one is turned round. */
function naturalRun(order: Int32Array, start: number, less: Less): number {
  const size = order.length;
  let end = start + 1;
  if (end >= size) return size;
  const descending = less(order[end], order[start]);
  end++;
  while (end < size && less(order[end], order[end - 1]) === descending) end++;
  if (descending) order.subarray(start, end).reverse();
  return end;
}

/** Binary insertion of [end, wanted) into the sorted [start, end). */
function insertInto(order: Int32Array, start: number, end: number, wanted: number, less: Less): void {
  for (let i = end; i < wanted; i++) {
    const item = order[i];
    let low = start;
    let high = i;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (less(item, order[middle])) high = middle;
      else low = middle + 1;
    }
    for (let k = i; k > low; k--) order[k] = order[k - 1];
    order[low] = item;
  }
}

/** Merges the sorted [start, middle) and [middle, end). */
function merge(order: Int32Array, scratch: Int32Array, start: number, middle: number, end: number, less: Less): void {
  if (!less(order[middle], order[middle - 1])) return;
  for (let i = start; i < middle; i++) scratch[i] = order[i];
  let left = start;
  let right = middle;
  let to = start;
  while (left < middle && right < end)
    order[to++] = less(order[right], scratch[left]) ? order[right++] : scratch[left++];
  while (left < middle) order[to++] = scratch[left++];
}
