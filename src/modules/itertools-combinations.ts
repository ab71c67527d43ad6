/**
 * product, permutations, combinations and combinations_with_replacement of itertools: pools of items, and an array of
 * indices that is counted up.
 */
import { Fixed, type T } from '../heap/fixed.ts';
import { RecordObject } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isRef, refAt, setRef, setSmallInt } from '../heap/values.ts';
import { declareType, newRecord, recordValue } from '../objects/declared-types.ts';
import { raiseOverflow, raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { indexOf, isInt, setInt } from '../objects/integers.ts';
import { tupleFrom } from '../objects/list-extend.ts';
import { newValuesArray } from '../objects/lists.ts';
import { natives, staticNatives } from '../objects/natives.ts';
import { newTuple, tupleItem, tupleSize } from '../objects/tuples.ts';
import { defineOperators } from '../objects/type-operators.ts';

/** Where the counting stands (`aux`). */
enum Progress {
  fresh = 0,
  running = 1,
  done = 2,
}

/** values: 0 the pool (product: a tuple of pools), 1 array of indices, 2 (permutations) array of cycles, 3 how many indices */
const VALUES = 4;
const combinatoric = (name: string): T => declareType({ name, module: 'itertools', values: VALUES });
const PRODUCT = combinatoric('product');
const PERMUTATIONS = combinatoric('permutations');
const COMBINATIONS = combinatoric('combinations');
const REPLACEMENT = combinatoric('combinations_with_replacement');

const progressOf = (record: number): Progress => words[(record << 1) + RecordObject.aux];
function setProgress(record: number, progress: Progress): void {
  words[(record << 1) + RecordObject.aux] = progress;
}

/** An array of small ints. */
function newIndices(count: number, value: (i: number) => number): number {
  const array = newValuesArray(count);
  for (let i = 0; i < count; i++) setSmallInt(array + 1 + i, value(i));
  return array;
}
/** The word of index `i` of the array in value `which`. */
const indexWord = (record: number, which: number, i: number): number =>
  (refAt(recordValue(record, which)) + 1 + i) << 1;
const getIndex = (record: number, which: number, i: number): number => words[indexWord(record, which, i)];
function setIndex(record: number, which: number, i: number, value: number): void {
  setSmallInt(indexWord(record, which, i) >> 1, value);
}
const lengthOf = (record: number): number => words[recordValue(record, 3) << 1];

/** The record; `pool` is a tuple. */
function make(type: number, pool: number, count: number, value: (i: number) => number): number {
  const record = newRecord(type);
  setRef(recordValue(record, 0), pool);
  setRef(recordValue(record, 1), newIndices(count, value));
  setSmallInt(recordValue(record, 3), count);
  return record;
}

/** A length argument that must not be negative. */
function lengthArgument(slot: number): number {
  const length = indexOf(slot);
  if (length < 0) raiseValueError('r must be non-negative');
  if (length > 2 ** 28) raiseOverflow('Python int too large to convert to C ssize_t');
  return length;
}

/** A tuple of the items that the indices name. */
function current(record: number, pool: (i: number) => number, result: number): void {
  const count = lengthOf(record);
  const tuple = newTuple(count);
  for (let i = 0; i < count; i++) copyValue(tupleItem(tuple, i), tupleItem(pool(i), getIndex(record, 1, i)));
  setRef(result, tuple);
}

/** An iterator whose indices `advance` counts up, false at the end. */
function defineCounting(
  type: T,
  advance: (record: number) => boolean,
  pool: (record: number, i: number) => number = (record) => refAt(recordValue(record, 0)),
): void {
  defineOperators(type, {
    next: (slot, result) => {
      const record = refAt(slot);
      if (progressOf(record) === Progress.done) return false;
      if (progressOf(record) === Progress.fresh) setProgress(record, Progress.running);
      else if (!advance(record)) {
        setProgress(record, Progress.done);
        return false;
      }
      current(record, (i) => pool(record, i), result);
      return true;
    },
  });
}

// product

staticNatives(PRODUCT, {
  '__new__(cls, /, *iterables, repeat=1)': (args, result) => {
    const repeat = indexOf(args + 2);
    if (repeat < 0) raiseValueError('repeat argument cannot be negative');
    const given = refAt(args + 1);
    const count = repeat === 0 ? 0 : tupleSize(given);
    if (count * repeat > 2 ** 28) raiseOverflow('repeat argument too large');
    const slots = pushSlots(1);
    setRef(slots, newTuple(count * repeat));
    let empty = false;
    for (let i = 0; i < count; i++) {
      const pool = tupleFrom(tupleItem(given, i));
      if (tupleSize(pool) === 0) empty = true;
      for (let k = 0; k < repeat; k++) setRef(tupleItem(refAt(slots), k * count + i), pool);
    }
    const record = make(refAt(args), refAt(slots), count * repeat, () => 0);
    if (empty) setProgress(record, Progress.done);
    popSlots(1);
    setRef(result, record);
  },
});
defineCounting(
  PRODUCT,
  (record) => {
    const pools = refAt(recordValue(record, 0));
    for (let i = lengthOf(record) - 1; i >= 0; i--) {
      const following = getIndex(record, 1, i) + 1;
      if (following < tupleSize(refAt(tupleItem(pools, i)))) {
        setIndex(record, 1, i, following);
        return true;
      }
      setIndex(record, 1, i, 0);
    }
    return false;
  },
  (record, i) => refAt(tupleItem(refAt(recordValue(record, 0)), i)),
);

// combinations

/** `__new__` of combinations with and without replacement. */
function newCombinations(
  args: number,
  result: number,
  value: (i: number) => number,
  isEmpty: (n: number, r: number) => boolean,
): void {
  const slots = pushSlots(1);
  setRef(slots, tupleFrom(args + 1));
  const length = lengthArgument(args + 2);
  const empty = isEmpty(tupleSize(refAt(slots)), length);
  const record = make(refAt(args), refAt(slots), empty ? 0 : length, value);
  if (empty) setProgress(record, Progress.done);
  popSlots(1);
  setRef(result, record);
}
staticNatives(COMBINATIONS, {
  '__new__(cls, iterable, r)': (args, result) =>
    newCombinations(
      args,
      result,
      (i) => i,
      (n, r) => r > n,
    ),
});
defineCounting(COMBINATIONS, (record) => {
  const length = lengthOf(record);
  const last = tupleSize(refAt(recordValue(record, 0))) - length;
  let i = length - 1;
  while (i >= 0 && getIndex(record, 1, i) === i + last) i--;
  if (i < 0) return false;
  let index = getIndex(record, 1, i);
  for (; i < length; i++) setIndex(record, 1, i, ++index);
  return true;
});
staticNatives(REPLACEMENT, {
  '__new__(cls, iterable, r)': (args, result) =>
    newCombinations(
      args,
      result,
      () => 0,
      (n, r) => n === 0 && r > 0,
    ),
});
defineCounting(REPLACEMENT, (record) => {
  const length = lengthOf(record);
  const last = tupleSize(refAt(recordValue(record, 0))) - 1;
  let i = length - 1;
  while (i >= 0 && getIndex(record, 1, i) === last) i--;
  if (i < 0) return false;
  const index = getIndex(record, 1, i) + 1;
  for (; i < length; i++) setIndex(record, 1, i, index);
  return true;
});

// permutations: all indices are kept, of which the first `length` show; cycles count how often each place was turned

staticNatives(PERMUTATIONS, {
  '__new__(cls, iterable, r=None)': (args, result) => {
    const slots = pushSlots(1);
    setRef(slots, tupleFrom(args + 1));
    const size = tupleSize(refAt(slots));
    let length = size;
    if (!isRef(args + 2) || refAt(args + 2) !== Fixed.none) {
      if (!isInt(args + 2)) raiseTypeError('Expected int as r');
      length = lengthArgument(args + 2);
    }
    const empty = length > size;
    const record = make(refAt(args), refAt(slots), size, (i) => i);
    setRef(
      recordValue(record, 2),
      newIndices(empty ? 0 : length, (i) => size - i),
    );
    setSmallInt(recordValue(record, 3), empty ? 0 : length);
    if (empty) setProgress(record, Progress.done);
    popSlots(1);
    setRef(result, record);
  },
});
defineCounting(PERMUTATIONS, (record) => {
  const size = tupleSize(refAt(recordValue(record, 0)));
  for (let i = lengthOf(record) - 1; i >= 0; i--) {
    const cycle = getIndex(record, 2, i) - 1;
    setIndex(record, 2, i, cycle);
    const index = getIndex(record, 1, i);
    if (cycle !== 0) {
      setIndex(record, 1, i, getIndex(record, 1, size - cycle));
      setIndex(record, 1, size - cycle, index);
      return true;
    }
    for (let k = i; k < size - 1; k++) setIndex(record, 1, k, getIndex(record, 1, k + 1));
    setIndex(record, 1, size - 1, index);
    setIndex(record, 2, i, size - i);
  }
  return false;
});

for (const type of [PRODUCT, PERMUTATIONS, COMBINATIONS, REPLACEMENT]) {
  natives(type, {
    '__sizeof__(self, /)': (args, result) => setInt(result, 56 + 16 * lengthOf(refAt(args))),
  });
}
