/**
 * The _heapq module: heaps in lists. Comparing numbers and strings calls nothing; other comparisons may run Python code
 * that changes the list, which is looked for after each of them.
 */
import { Fixed, T } from '../heap/fixed.ts';
import { Kind } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, floatAt, immediateAt, isFloat, isImmediateInt, isRef, refAt, setRef } from '../heap/values.ts';
import { raiseIndexError, raiseRuntimeError, raiseTypeError } from '../objects/errors.ts';
import { listAppend, listItem, listSize, listTruncate } from '../objects/lists.ts';
import { registerModule } from '../objects/modules.ts';
import { type NativeRoutine, natives } from '../objects/natives.ts';
import { compareTruth } from '../objects/operations.ts';
import { CompareOperator } from '../objects/operators.ts';
import { compareStrings } from '../objects/strings.ts';
import { kindAt, typeName } from '../objects/types.ts';

registerModule('_heapq');

/** True if the value in cell `a` belongs above the one in `b`: is less (greater in a max heap). `heap`: for the check. */
type Order = (a: number, b: number, heap: number) => boolean;

function lessInHeap(a: number, b: number, heap: number): boolean {
  const size = listSize(heap);
  const less = isLess(a, b);
  if (listSize(heap) !== size) raiseRuntimeError('list changed size during iteration');
  return less;
}
/** a < b. May call Python; the cells may lie in a list that changes meanwhile. */
function isLess(a: number, b: number): boolean {
  const aNumber = isImmediateInt(a) ? immediateAt(a) : isFloat(a) ? floatAt(a) : null;
  if (aNumber !== null) {
    if (isImmediateInt(b)) return aNumber < immediateAt(b);
    if (isFloat(b)) return aNumber < floatAt(b);
  } else if (isRef(a) && isRef(b) && words[refAt(a) << 1] === T.str && words[refAt(b) << 1] === T.str) {
    return compareStrings(refAt(a), refAt(b)) < 0;
  }
  const copies = pushSlots(2);
  copyValue(copies, a);
  copyValue(copies + 1, b);
  const less = compareTruth(CompareOperator.less, copies, copies + 1);
  popSlots(2);
  return less;
}
const minimum: Order = lessInHeap;
const maximum: Order = (a, b, heap) => lessInHeap(b, a, heap);

function checkList(slot: number, position: string): number {
  if (kindAt(slot) !== Kind.list) raiseTypeError(`${position} must be list, not ${typeName(slot)}`);
  return refAt(slot);
}

function swap(heap: number, i: number, j: number): void {
  const [a, b] = [listItem(heap, i) << 1, listItem(heap, j) << 1];
  const low = words[a];
  const high = words[a + 1];
  words[a] = words[b];
  words[a + 1] = words[b + 1];
  words[b] = low;
  words[b + 1] = high;
}

/** Moves the item at `position` towards the root, which is at `start`, while it belongs above its parent. */
function siftDown(heap: number, start: number, position: number, order: Order): void {
  let at = position;
  while (at > start) {
    const parent = (at - 1) >> 1;
    if (!order(listItem(heap, at), listItem(heap, parent), heap)) return;
    swap(heap, at, parent);
    at = parent;
  }
}

/** Moves the item at `position` to a leaf, the better child up each time, and from there to its place. */
function siftUp(heap: number, position: number, order: Order): void {
  const end = listSize(heap);
  let at = position;
  for (let child = 2 * at + 1; child < end; child = 2 * at + 1) {
    const right = child + 1;
    if (right < end && !order(listItem(heap, child), listItem(heap, right), heap)) child = right;
    swap(heap, at, child);
    at = child;
  }
  siftDown(heap, position, at, order);
}

function pop(heap: number, result: number, order: Order): void {
  const size = listSize(heap);
  if (size === 0) raiseIndexError('index out of range');
  // the last item, taken out, takes the root's place
  const slots = pushSlots(2);
  copyValue(slots, listItem(heap, size - 1));
  listTruncate(heap, size - 1);
  if (size > 1) {
    copyValue(slots + 1, listItem(heap, 0));
    copyValue(listItem(heap, 0), slots);
    siftUp(heap, 0, order);
    copyValue(slots, slots + 1);
  }
  copyValue(result, slots);
  popSlots(2);
}

function replaceRoot(heap: number, item: number, result: number, order: Order): void {
  const root = pushSlots(1);
  copyValue(root, listItem(heap, 0));
  copyValue(listItem(heap, 0), item);
  siftUp(heap, 0, order);
  copyValue(result, root);
  popSlots(1);
}

function define(suffix: string, order: Order): void {
  const text = (name: string, parameters: string): string => `${name}${suffix}(${parameters})`;
  const first = (name: string): string => `${name}${suffix}() argument 1`;
  const sole = (name: string): string => `${name}${suffix}() argument`;
  const routines: Record<string, NativeRoutine> = {
    [text('heappush', 'heap, item, /')]: (args, result) => {
      const heap = checkList(args, first('heappush'));
      listAppend(heap, args + 1);
      siftDown(heap, 0, listSize(heap) - 1, order);
      setRef(result, Fixed.none);
    },
    [text('heappop', 'heap, /')]: (args, result) => pop(checkList(args, sole('heappop')), result, order),
    [text('heapreplace', 'heap, item, /')]: (args, result) => {
      const heap = checkList(args, first('heapreplace'));
      if (listSize(heap) === 0) raiseIndexError('index out of range');
      replaceRoot(heap, args + 1, result, order);
    },
    [text('heappushpop', 'heap, item, /')]: (args, result) => {
      const heap = checkList(args, first('heappushpop'));
      const root = listItem(heap, 0);
      const above = listSize(heap) > 0 && (order === minimum ? isLess(root, args + 1) : isLess(args + 1, root));
      if (!above) copyValue(result, args + 1);
      else if (listSize(heap) === 0) raiseIndexError('index out of range');
      else replaceRoot(heap, args + 1, result, order);
    },
    [text('heapify', 'heap, /')]: (args, result) => {
      const heap = checkList(args, sole('heapify'));
      for (let i = (listSize(heap) >> 1) - 1; i >= 0; i--) siftUp(heap, i, order);
      setRef(result, Fixed.none);
    },
  };
  natives('_heapq', routines);
}
define('', minimum);
define('_max', maximum);
