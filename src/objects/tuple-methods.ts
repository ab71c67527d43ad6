/** The operators and methods of tuple, over tuples.ts. */
import { Fixed, T } from '../heap/fixed.ts';
import { Kind, Tuple } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { copyValue, isNull, refAt, setRef, setSmallInt } from '../heap/values.ts';
import { directType } from './direct-calls.ts';
import { raise, raiseIndexError, raiseTypeError, raiseValueError } from './errors.ts';
import { hashHigh, hashLow, hashTuple } from './hashes.ts';
import { setInt64 } from './integers.ts';
import { tupleIterator } from './iterators.ts';
import { tupleFrom } from './list-extend.ts';
import { itemsText, repeatCells, sliceItems } from './list-methods.ts';
import { MAX_ITEMS } from './lists.ts';
import { natives, staticNatives } from './natives.ts';
import { foldHash } from './number-hash.ts';
import { allocateOfType } from './object-dicts.ts';
import { compareItems, itemsEqual, positionArgument, subscriptNumber } from './sequences.ts';
import { adjustSlice, isSlice, sliceCount, sliceStep, unpackSlice } from './slices.ts';
import { copyCells, newTuple, newTupleFrom, tupleItem, tupleSize } from './tuples.ts';
import { defineOperators } from './type-operators.ts';
import { kindAt, typeName } from './types.ts';

function isTuple(slot: number): boolean {
  return kindAt(slot) === Kind.tuple;
}

/** tuple[slice]; the whole of an exact tuple is the tuple itself. */
export function tupleSlice(tuple: number, slice: number): number {
  unpackSlice(slice);
  adjustSlice(tupleSize(tuple));
  if (sliceCount === tupleSize(tuple) && sliceStep === 1 && words[tuple << 1] === T.tuple) return tuple;
  return sliceItems(tupleItem(tuple, 0), newTupleFrom);
}

function findItem(tuple: number, slot: number, from: number, to: number): number {
  const end = Math.min(to, tupleSize(tuple));
  for (let i = from; i < end; i++) if (itemsEqual(tupleItem(tuple, i), slot)) return i;
  return -1;
}

defineOperators(T.tuple, {
  length: (slot) => tupleSize(refAt(slot)),
  getItem: (slot, key, result) => {
    const tuple = refAt(slot);
    if (isSlice(key)) {
      setRef(result, tupleSlice(tuple, refAt(key)));
      return;
    }
    let position = subscriptNumber(key, 'tuple');
    const size = tupleSize(tuple);
    if (position < 0) position += size;
    if (position < 0 || position >= size) raiseIndexError('tuple index out of range');
    copyValue(result, tupleItem(tuple, position));
  },
  contains: (slot, item) => findItem(refAt(slot), item, 0, Infinity) >= 0,
  iterate: (slot, result) => setRef(result, tupleIterator(refAt(slot))),
  concatenate: (left, right, result) => {
    if (!isTuple(right)) raiseTypeError(`can only concatenate tuple (not "${typeName(right)}") to tuple`);
    const a = refAt(left);
    const b = refAt(right);
    if (tupleSize(b) === 0 && words[a << 1] === T.tuple) {
      setRef(result, a);
      return;
    }
    if (tupleSize(a) === 0 && words[b << 1] === T.tuple) {
      setRef(result, b);
      return;
    }
    const tuple = newTuple(tupleSize(a) + tupleSize(b));
    copyCells(tupleItem(tuple, 0), tupleItem(a, 0), tupleSize(a));
    copyCells(tupleItem(tuple, tupleSize(a)), tupleItem(b, 0), tupleSize(b));
    setRef(result, tuple);
  },
  repeat: (sequence, count, result) => {
    const tuple = refAt(sequence);
    const size = tupleSize(tuple);
    if (count === 1 && words[tuple << 1] === T.tuple) {
      setRef(result, tuple);
      return;
    }
    if (count <= 0 || size === 0) {
      setRef(result, Fixed.emptyTuple);
      return;
    }
    if (size * count > MAX_ITEMS) raise(T.MemoryError, '');
    const repeated = newTuple(size * count);
    repeatCells(tupleItem(repeated, 0), tupleItem(tuple, 0), size, count);
    setRef(result, repeated);
  },
  compare: (operator, a, b, result) => {
    if (!isTuple(b)) return false;
    compareItems(operator, refAt(a), refAt(b), tupleSize, tupleItem, result);
    return true;
  },
  hash: (slot) => {
    hashTuple(refAt(slot));
    return foldHash(hashLow, hashHigh);
  },
  fullHash: (slot, result) => {
    hashTuple(refAt(slot));
    setInt64(result, hashLow, hashHigh);
  },
  repr: (slot) => itemsText(refAt(slot), '(', ')'),
});

/** A tuple of class `type`, which is a subclass of tuple, with the items of an exact tuple. */
export function newTupleOfType(type: number, items: number): number {
  const size = tupleSize(items);
  const ref = allocateOfType(type, 1 + size);
  words[(ref << 1) + Tuple.size] = size;
  copyCells(tupleItem(ref, 0), tupleItem(items, 0), size);
  return ref;
}

staticNatives(T.tuple, {
  '__new__(cls, iterable=..., /)': (args, result) => {
    const items = isNull(args + 1) ? Fixed.emptyTuple : tupleFrom(args + 1);
    const type = refAt(args);
    setRef(result, type === T.tuple ? items : newTupleOfType(type, items));
  },
});

directType(T.tuple, (args, count, result) => {
  if (count !== 1) return false;
  setRef(result, tupleFrom(args));
  return true;
});

natives(T.tuple, {
  'index(self, value, start=..., stop=..., /)': (args, result) => {
    const tuple = refAt(args);
    const from = positionArgument(args + 2, 0, tupleSize(tuple));
    const position = findItem(tuple, args + 1, from, positionArgument(args + 3, Infinity, tupleSize(tuple)));
    if (position < 0) raiseValueError('tuple.index(x): x not in tuple');
    setSmallInt(result, position);
  },
  'count(self, value, /)': (args, result) => {
    const tuple = refAt(args);
    let count = 0;
    for (let i = 0; i < tupleSize(tuple); i++) if (itemsEqual(tupleItem(tuple, i), args + 1)) count++;
    setSmallInt(result, count);
  },
  '__getnewargs__(self, /)': (args, result) => {
    const inner = newTuple(1);
    setRef(tupleItem(inner, 0), newTupleFrom(tupleItem(refAt(args), 0), tupleSize(refAt(args))));
    setRef(result, inner);
  },
});
