/** The operators and methods of list, over lists.ts. */
import { Fixed, T } from '../heap/fixed.ts';
import { Kind, LIST_CELLS, List } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef, setSmallInt } from '../heap/values.ts';
import { directType } from './direct-calls.ts';
import { raise, raiseIndexError, raiseTypeError, raiseValueError } from './errors.ts';
import { setInt, sizeOf } from './integers.ts';
import { listIterator, newIterator } from './iterators.ts';
import { firstItem, isListOrTuple, itemCount, listExtend, listFrom } from './list-extend.ts';
import { reverseCells, sortList } from './list-sort.ts';
import {
  listAppend,
  listCapacity,
  listItem,
  listReplace,
  listReserve,
  listSize,
  listTruncate,
  MAX_ITEMS,
  newList,
  newListFrom,
} from './lists.ts';
import { N } from './names.ts';
import { natives, staticNatives } from './natives.ts';
import { allocateOfType } from './object-dicts.ts';
import { repr, truth } from './operations.ts';
import {
  clampPosition,
  compareItems,
  enterRepr,
  itemsEqual,
  leaveRepr,
  positionArgument,
  subscriptNumber,
} from './sequences.ts';
import { adjustSlice, isSlice, sliceCount, sliceStart, sliceStep, sliceStop, unpackSlice } from './slices.ts';
import { newString, stringOf } from './strings.ts';
import { copyCells } from './tuples.ts';
import { defineOperators, UNHASHABLE } from './type-operators.ts';
import { kindAt, lookup, typeName, typeOf } from './types.ts';

function isList(slot: number): boolean {
  return kindAt(slot) === Kind.list;
}

/** The position that a subscript means, checked; `what` for the message of the IndexError. */
function itemPosition(list: number, key: number, what: string): number {
  let position = subscriptNumber(key, 'list');
  const size = listSize(list);
  if (position < 0) position += size;
  if (position < 0 || position >= size) raiseIndexError(what);
  return position;
}

/** list[slice] as a new list. */
export function listSlice(list: number, slice: number): number {
  unpackSlice(slice);
  adjustSlice(listSize(list));
  return sliceItems(listItem(list, 0), newListFrom);
}

/** The items that the current slice selects from those at cell `first`, by a maker of a list or tuple. */
export function sliceItems(first: number, make: (from: number, count: number) => number): number {
  if (sliceStep === 1) return make(first + sliceStart, sliceCount);
  const count = sliceCount;
  const slots = pushSlots(count);
  for (let i = 0; i < count; i++) copyValue(slots + i, first + sliceStart + i * sliceStep);
  const result = make(slots, count);
  popSlots(count);
  return result;
}

/** list[slice] = iterable. May call Python. */
function assignSlice(list: number, slice: number, value: number): void {
  unpackSlice(slice); // for its errors, which come first
  const slots = pushSlots(1);
  if (isListOrTuple(value) && refAt(value) !== list) copyValue(slots, value);
  else if (isRef(value) && refAt(value) === list) setRef(slots, newListFrom(listItem(list, 0), listSize(list)));
  else {
    if (!isIterable(value)) raiseTypeError('must assign iterable to extended slice');
    setRef(slots, listFrom(value));
  }
  unpackSlice(slice);
  adjustSlice(listSize(list));
  const source = refAt(slots);
  const count = itemCount(source);
  if (sliceStep === 1) {
    listReplace(list, sliceStart, Math.max(sliceStart, sliceStop), firstItem(source), count);
  } else {
    if (count !== sliceCount)
      raiseValueError(`attempt to assign sequence of size ${count} to extended slice of size ${sliceCount}`);
    const first = listItem(list, 0);
    for (let i = 0; i < count; i++) copyValue(first + sliceStart + i * sliceStep, firstItem(source) + i);
  }
  popSlots(1);
}

function isIterable(slot: number): boolean {
  return lookup(typeOf(slot), N.__iter__) !== 0 || lookup(typeOf(slot), N.__getitem__) !== 0;
}

/** del list[slice]. */
function deleteSlice(list: number, slice: number): void {
  unpackSlice(slice);
  const size = listSize(list);
  adjustSlice(size);
  if (sliceCount === 0) return;
  if (sliceStep === 1) {
    listReplace(list, sliceStart, sliceStop, 0, 0);
    return;
  }
  const step = Math.abs(sliceStep);
  const lowest = sliceStep > 0 ? sliceStart : sliceStart + (sliceCount - 1) * sliceStep;
  const first = listItem(list, 0);
  let to = lowest;
  for (let i = 0; i < sliceCount; i++) {
    const from = lowest + i * step + 1;
    const until = i === sliceCount - 1 ? size : from + step - 1;
    copyCells(first + to, first + from, until - from);
    to += until - from;
  }
  listTruncate(list, to);
}

/** Removes item `position` and copies it to `result`. */
export function listPopAt(list: number, position: number, result: number): void {
  const slots = pushSlots(1);
  copyValue(slots, listItem(list, position));
  const size = listSize(list);
  copyCells(listItem(list, position), listItem(list, position + 1), size - position - 1);
  listTruncate(list, size - 1);
  copyValue(result, slots);
  popSlots(1);
}

/** Position of the first item equal to the value in `slot` within bounds, or -1. May call Python. */
function findItem(list: number, slot: number, from: number, to: number): number {
  for (let i = from; i < to && i < listSize(list); i++) if (itemsEqual(listItem(list, i), slot)) return i;
  return -1;
}

function repeated(list: number, count: number): number {
  const size = listSize(list);
  if (count <= 0 || size === 0) return newList(0);
  if (size * count > MAX_ITEMS) raise(T.MemoryError, '');
  const result = newList(size * count);
  repeatCells(listItem(result, 0), listItem(list, 0), size, count);
  return result;
}

/** Writes `count` copies of the `size` cells at `from` to `to`. */
export function repeatCells(to: number, from: number, size: number, count: number): void {
  if (count <= 0) return;
  if (size === 1) {
    const low = words[from << 1];
    const high = words[(from << 1) + 1];
    const end = (to + count) << 1;
    for (let at = to << 1; at < end; at += 2) {
      words[at] = low;
      words[at + 1] = high;
    }
    return;
  }
  copyCells(to, from, size);
  const total = size * count;
  for (let done = size; done < total; done *= 2) copyCells(to + done, to, Math.min(done, total - done));
}

/** [1, 2] as text; the brackets are given (tuples and lists). May call Python. */
export function itemsText(ref: number, open: string, close: string): number {
  if (itemCount(ref) === 0) return newString(open + close);
  if (!enterRepr(ref)) return newString(`${open}...${close}`);
  try {
    const slots = pushSlots(1);
    const texts: string[] = [];
    for (let i = 0; i < itemCount(ref); i++) {
      copyValue(slots, itemCellOf(ref, i));
      texts.push(stringOf(repr(slots)));
    }
    popSlots(1);
    const last = texts.length === 1 && open === '(' ? ',' : '';
    return newString(`${open}${texts.join(', ')}${last}${close}`);
  } finally {
    leaveRepr(ref);
  }
}

function itemCellOf(ref: number, i: number): number {
  return firstItem(ref) + i;
}

defineOperators(T.list, {
  length: (slot) => listSize(refAt(slot)),
  getItem: (slot, key, result) => {
    const list = refAt(slot);
    if (isSlice(key)) setRef(result, listSlice(list, refAt(key)));
    else copyValue(result, listItem(list, itemPosition(list, key, 'list index out of range')));
  },
  setItem: (slot, key, value) => {
    const list = refAt(slot);
    if (isSlice(key)) assignSlice(list, refAt(key), value);
    else copyValue(listItem(list, itemPosition(list, key, 'list assignment index out of range')), value);
  },
  deleteItem: (slot, key) => {
    const list = refAt(slot);
    if (isSlice(key)) {
      deleteSlice(list, refAt(key));
      return;
    }
    const position = itemPosition(list, key, 'list assignment index out of range');
    listReplace(list, position, position + 1, 0, 0);
  },
  contains: (slot, item) => findItem(refAt(slot), item, 0, Infinity) >= 0,
  iterate: (slot, result) => setRef(result, listIterator(refAt(slot))),
  concatenate: (left, right, result) => {
    if (!isList(right)) raiseTypeError(`can only concatenate list (not "${typeName(right)}") to list`);
    const a = refAt(left);
    const b = refAt(right);
    const list = newList(listSize(a) + listSize(b));
    copyCells(listItem(list, 0), listItem(a, 0), listSize(a));
    copyCells(listItem(list, listSize(a)), listItem(b, 0), listSize(b));
    setRef(result, list);
  },
  inPlaceConcatenate: (left, right, result) => {
    listExtend(refAt(left), right);
    copyValue(result, left);
  },
  repeat: (sequence, count, result) => setRef(result, repeated(refAt(sequence), count)),
  inPlaceRepeat: (sequence, count, result) => {
    const list = refAt(sequence);
    const size = listSize(list);
    if (count <= 0) listTruncate(list, 0);
    else if (size > 0) {
      if (size * count > MAX_ITEMS) raise(T.MemoryError, '');
      listReserve(list, size * count);
      repeatCells(listItem(list, size), listItem(list, 0), size, count - 1);
      words[(list << 1) + List.size] = size * count;
    }
    copyValue(result, sequence);
  },
  compare: (operator, a, b, result) => {
    if (!isList(b)) return false;
    compareItems(operator, refAt(a), refAt(b), listSize, listItem, result);
    return true;
  },
  hash: UNHASHABLE,
  repr: (slot) => itemsText(refAt(slot), '[', ']'),
});

staticNatives(T.list, {
  '__new__(cls, /, *args, **kwargs)': (args, result) => {
    const list = allocateOfType(refAt(args), LIST_CELLS);
    words[(list << 1) + List.size] = 0;
    words[(list << 1) + List.items] = 0;
    words[(list << 1) + List.flags] = 0;
    setRef(result, list);
  },
});

directType(T.list, (args, count, result) => {
  if (count > 1) return false;
  const slots = pushSlots(1);
  const list = newList(0);
  setRef(slots, list);
  if (count === 1) listExtend(list, args);
  popSlots(1);
  setRef(result, list);
  return true;
});

natives(T.list, {
  '__init__(self, iterable=..., /)': (args, result) => {
    listTruncate(refAt(args), 0);
    if (!isNull(args + 1)) listExtend(refAt(args), args + 1);
    setRef(result, Fixed.none);
  },
  'append(self, object, /)': (args, result) => {
    listAppend(refAt(args), args + 1);
    setRef(result, Fixed.none);
  },
  'extend(self, iterable, /)': (args, result) => {
    listExtend(refAt(args), args + 1);
    setRef(result, Fixed.none);
  },
  'insert(self, index, object, /)': (args, result) => {
    const list = refAt(args);
    const position = clampPosition(sizeOf(args + 1), listSize(list));
    listReplace(list, position, position, args + 2, 1);
    setRef(result, Fixed.none);
  },
  'pop(self, index=-1, /)': (args, result) => {
    const list = refAt(args);
    const size = listSize(list);
    let position = sizeOf(args + 1);
    if (size === 0) raiseIndexError('pop from empty list');
    if (position < 0) position += size;
    if (position < 0 || position >= size) raiseIndexError('pop index out of range');
    listPopAt(list, position, result);
  },
  'remove(self, value, /)': (args, result) => {
    const list = refAt(args);
    const position = findItem(list, args + 1, 0, Infinity);
    if (position < 0) raiseValueError('list.remove(x): x not in list');
    if (position < listSize(list)) listReplace(list, position, position + 1, 0, 0);
    setRef(result, Fixed.none);
  },
  'clear(self, /)': (args, result) => {
    listTruncate(refAt(args), 0);
    setRef(result, Fixed.none);
  },
  'index(self, value, start=..., stop=..., /)': (args, result) => {
    const list = refAt(args);
    const from = positionArgument(args + 2, 0, listSize(list));
    const to = positionArgument(args + 3, Infinity, listSize(list));
    const position = findItem(list, args + 1, from, to);
    if (position < 0) raiseValueError('list.index(x): x not in list');
    setSmallInt(result, position);
  },
  'count(self, value, /)': (args, result) => {
    const list = refAt(args);
    let count = 0;
    for (let i = 0; i < listSize(list); i++) if (itemsEqual(listItem(list, i), args + 1)) count++;
    setSmallInt(result, count);
  },
  'copy(self, /)': (args, result) => setRef(result, newListFrom(listItem(refAt(args), 0), listSize(refAt(args)))),
  'reverse(self, /)': (args, result) => {
    reverseCells(listItem(refAt(args), 0), listSize(refAt(args)));
    setRef(result, Fixed.none);
  },
  'sort(self, /, *, key=None, reverse=False)': (args, result) => {
    sortList(args, args + 1, truth(args + 2));
    setRef(result, Fixed.none);
  },
  '__sizeof__(self, /)': (args, result) => setInt(result, 40 + 8 * listCapacity(refAt(args))),
  '__reversed__(self, /)': (args, result) => {
    setRef(result, newIterator(T.list_reverseiterator, refAt(args), listSize(refAt(args)) - 1, 0));
  },
});
