/**
 * The builtin functions over iterables: len, iter, next, sum, min, max, any, all, sorted. (range, reversed, zip, map,
 * filter, enumerate and the containers are types.) Lists, tuples and ranges of numbers or strings take loops of their own
 * without a call; everything else goes through the iterator protocol.
 */
import { Fixed, T } from '../heap/fixed.ts';
import { Kind } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import {
  copyValue,
  floatAt,
  immediateAt,
  isFloat,
  isImmediateInt,
  isNull,
  isRef,
  refAt,
  setFloat,
  setRef,
} from '../heap/values.ts';
import { imaginaryPart, realPart, setComplex } from '../objects/complex-numbers.ts';
import { directNative } from '../objects/direct-calls.ts';
import { raiseStopIteration, raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { bigIntAt, intAt, isInt, setBigInt, setBool, setInt } from '../objects/integers.ts';
import { call, callSpecial } from '../objects/invoke.ts';
import { callableIterator } from '../objects/iterators.ts';
import { firstItem, isListOrTuple, itemCount, listFrom } from '../objects/list-extend.ts';
import { sortList } from '../objects/list-sort.ts';
import { N } from '../objects/names.ts';
import { natives } from '../objects/natives.ts';
import { binary, compareTruth, isIterator, iterate, lengthInto, next, truth } from '../objects/operations.ts';
import { BinaryOperator, CompareOperator } from '../objects/operators.ts';
import { callHelper, drivesPython, isPythonCallable } from '../objects/python-helpers.ts';
import { isSmallRange, rangeLength, rangeStart, rangeStep } from '../objects/ranges.ts';
import { compareStrings } from '../objects/strings.ts';
import { tupleItem, tupleSize } from '../objects/tuples.ts';
import { kindAt, lookup, typeName, typeOf } from '../objects/types.ts';

/**
 * Items of an iterable one after the other: those of exact lists and tuples by position (a list may change meanwhile),
 * others by their iterator in slot `iterator`, which openItems sets. `position` counts up from 0.
 */
function openItems(iterable: number, iterator: number): void {
  if (isListOrTuple(iterable)) copyValue(iterator, iterable);
  else iterate(iterable, iterator);
}
/** Item number `position` in `result`; false at the end. */
function nextItem(iterator: number, position: number, result: number): boolean {
  if (!isListOrTuple(iterator)) return next(iterator, result);
  const source = refAt(iterator);
  if (position >= itemCount(source)) return false;
  copyValue(result, firstItem(source) + position);
  return true;
}

// sum

/** Largest magnitude up to which adding two 48-bit ints is exact. */
const EXACT = 2 ** 52;

/** sum(range) without walking it. */
function sumRange(range: number, start: number, result: number): void {
  const count = BigInt(rangeLength(range));
  const first = BigInt(rangeStart(range));
  const step = BigInt(rangeStep(range));
  setBigInt(result, bigIntAt(start) + count * first + (step * count * (count - 1n)) / 2n);
}

function sum(iterable: number, start: number, result: number): void {
  if (isInt(start) && !isRef(start) && isRef(iterable) && words[refAt(iterable) << 1] === T.range) {
    if (isSmallRange(refAt(iterable))) {
      sumRange(refAt(iterable), start, result);
      return;
    }
  }
  if (kindAt(start) === Kind.str) raiseTypeError("sum() can't sum strings [use ''.join(seq) instead]");
  if (kindAt(start) === Kind.bytes) raiseTypeError("sum() can't sum bytes [use b''.join(seq) instead]");
  if (kindAt(start) === Kind.bytearray) raiseTypeError("sum() can't sum bytearray [use b''.join(seq) instead]");
  const slots = pushSlots(3);
  const [iterator, item, total] = [slots, slots + 1, slots + 2];
  openItems(iterable, iterator);
  copyValue(total, start);
  if (drivesPython(iterator)) {
    const args = pushSlots(5);
    copyValue(args, iterator);
    copyValue(args + 1, start);
    setRef(args + 2, T.float);
    setRef(args + 3, T.int);
    setRef(args + 4, T.complex);
    callHelper('sum_items', args, 5, result);
    popSlots(8);
    return;
  }
  let position = 0;
  let more = nextItem(iterator, position++, item);
  if (more && isImmediateInt(total)) {
    let integer = immediateAt(total);
    while (more && isImmediateInt(item) && integer < EXACT && integer > -EXACT) {
      integer += immediateAt(item);
      more = nextItem(iterator, position++, item);
    }
    setInt(total, integer);
  }
  if (more && isImmediateInt(total) && isFloat(item)) {
    setFloat(total, immediateAt(total) + floatAt(item));
    more = nextItem(iterator, position++, item);
  }
  if (more && isFloat(total)) {
    // Compensated summation (Neumaier's), as CPython 3.12 and later do: `lost` collects what rounding drops.
    let value = floatAt(total);
    let lost = 0;
    while (more) {
      const addend = isFloat(item) ? floatAt(item) : isInt(item) ? intAt(item) : Number.NaN;
      if (!isFloat(item) && !Number.isFinite(addend)) break;
      const next = value + addend;
      if (Math.abs(value) >= Math.abs(addend)) lost += value - next + addend;
      else lost += addend - next + value;
      value = next;
      more = nextItem(iterator, position++, item);
    }
    if (lost !== 0 && Number.isFinite(lost)) value += lost;
    setFloat(total, value);
  }
  while (more) {
    binary(BinaryOperator.add, total, item, false, total);
    more = nextItem(iterator, position++, item);
    if (more && isRef(total) && words[refAt(total) << 1] === T.complex) break;
  }
  if (more) {
    position--;
    more = sumComplex(total, item, () => nextItem(iterator, ++position, item));
  }
  while (more) {
    binary(BinaryOperator.add, total, item, false, total);
    more = nextItem(iterator, ++position, item);
  }
  copyValue(result, total);
  popSlots(3);
}

/** Adds complex numbers, floats and ints to a complex total, both parts compensated; true if another item is left. */
function sumComplex(total: number, item: number, advance: () => boolean): boolean {
  const parts = [realPart(refAt(total)), imaginaryPart(refAt(total))];
  const lost = [0, 0];
  const add = (part: number, addend: number): void => {
    const value = parts[part];
    const next = value + addend;
    lost[part] += Math.abs(value) >= Math.abs(addend) ? value - next + addend : addend - next + value;
    parts[part] = next;
  };
  let more = true;
  while (more) {
    if (isRef(item) && words[refAt(item) << 1] === T.complex) {
      add(0, realPart(refAt(item)));
      add(1, imaginaryPart(refAt(item)));
    } else {
      const addend = isFloat(item) ? floatAt(item) : isInt(item) ? intAt(item) : Number.NaN;
      if (!isFloat(item) && !Number.isFinite(addend)) break;
      add(0, addend);
    }
    more = advance();
  }
  for (let part = 0; part < 2; part++) if (lost[part] !== 0 && Number.isFinite(lost[part])) parts[part] += lost[part];
  setComplex(total, parts[0], parts[1]);
  return more;
}

// min and max

/** Is the value in `item` beyond the one in `best`, in the sense of max (greater) or min (less)? May call Python. */
function isBeyond(operator: CompareOperator, item: number, best: number): boolean {
  const itemIsRef = isRef(item);
  const bestIsRef = isRef(best);
  const greater = operator === CompareOperator.greater;
  if (!itemIsRef && !bestIsRef) {
    const a = isFloat(item) ? floatAt(item) : immediateAt(item);
    const b = isFloat(best) ? floatAt(best) : immediateAt(best);
    return greater ? a > b : a < b;
  }
  if (itemIsRef && bestIsRef && words[refAt(item) << 1] === T.str && words[refAt(best) << 1] === T.str) {
    const order = compareStrings(refAt(item), refAt(best));
    return greater ? order > 0 : order < 0;
  }
  return compareTruth(operator, item, best);
}

/** A tuple of the extreme item, or None if there is none, found by a loop in Python; `key` 0: by the items. */
function extremeByHelper(operator: CompareOperator, source: number, key: number, result: number): void {
  const args = pushSlots(2);
  iterate(source, args);
  const name = operator === CompareOperator.greater ? 'greatest' : 'least';
  if (key === 0) callHelper(name, args, 1, result);
  else {
    copyValue(args + 1, key);
    callHelper(`${name}_by`, args, 2, result);
  }
  popSlots(2);
}

/** min and max: `args` is the tuple of positional arguments, `key` and `missing` slots (None, NULL if not given). */
function extreme(
  name: string,
  operator: CompareOperator,
  args: number,
  key: number,
  missing: number,
  result: number,
): void {
  const several = tupleSize(args) > 1;
  if (tupleSize(args) === 0) raiseTypeError(`${name} expected at least 1 argument, got 0`);
  if (several && !isNull(missing))
    raiseTypeError(`Cannot specify a default for ${name}() with multiple positional arguments`);
  const keyed = !isRef(key) || refAt(key) !== Fixed.none;
  const slots = pushSlots(6);
  const [iterator, item, itemKey, best, bestKey, arguments_] = [
    slots,
    slots + 1,
    slots + 2,
    slots + 3,
    slots + 4,
    slots + 5,
  ];
  setRef(arguments_, args);
  openItems(several ? arguments_ : tupleItem(args, 0), iterator);
  if (drivesPython(iterator) || (keyed && !several && isPythonCallable(key))) {
    extremeByHelper(operator, iterator, keyed ? key : 0, best);
    if (isRef(best) && refAt(best) !== Fixed.none) copyValue(result, tupleItem(refAt(best), 0));
    else if (isNull(missing)) raiseValueError(`${name}() iterable argument is empty`);
    else copyValue(result, missing);
    popSlots(6);
    return;
  }
  let count = 0;
  while (nextItem(iterator, count, item)) {
    if (keyed) call(key, item, 1, itemKey);
    if (count++ === 0 || (keyed ? isBeyond(operator, itemKey, bestKey) : isBeyond(operator, item, best))) {
      copyValue(best, item);
      if (keyed) copyValue(bestKey, itemKey);
    }
  }
  if (count === 0) {
    if (isNull(missing)) raiseValueError(`${name}() iterable argument is empty`);
    copyValue(best, missing);
  }
  copyValue(result, best);
  popSlots(6);
}

/** any (wanted true) and all (wanted false): is there an item of this truth? */
function hasItem(iterable: number, wanted: boolean): boolean {
  const slots = pushSlots(2);
  openItems(iterable, slots);
  if (drivesPython(slots)) {
    callHelper(wanted ? 'any_true' : 'all_true', slots, 1, slots + 1);
    popSlots(2);
    return truth(slots + 1) === wanted;
  }
  let found = false;
  for (let position = 0; !found && nextItem(slots, position, slots + 1); position++)
    found = truth(slots + 1) === wanted;
  popSlots(2);
  return found;
}

/** next(): StopIteration passes through with its value, unless there is a default. */
function nextOf(iterator: number, missing: number, result: number): void {
  if (!isIterator(iterator)) raiseTypeError(`'${typeName(iterator)}' object is not an iterator`);
  if (kindAt(iterator) === Kind.iterator || !isNull(missing)) {
    const item = pushSlots(1);
    if (next(iterator, item)) copyValue(result, item);
    else if (isNull(missing)) raiseStopIteration(0);
    else copyValue(result, missing);
    popSlots(1);
    return;
  }
  callSpecial(iterator, N.__next__, iterator, 0, result);
}

natives('builtins', {
  'len(obj, /)': lengthInto,
  'iter(object, sentinel=..., /)': (args, result) => {
    if (isNull(args + 1)) iterate(args, result);
    else {
      if (lookup(typeOf(args), N.__call__) === 0 && !isCallableKind(args))
        raiseTypeError('iter(v, w): v must be callable');
      setRef(result, callableIterator(args, args + 1));
    }
  },
  'next(iterator, default=..., /)': (args, result) => nextOf(args, args + 1, result),
  'sum(iterable, /, start=0)': (args, result) => sum(args, args + 1, result),
  'min(*args, key=None, default=...)': (args, result) =>
    extreme('min', CompareOperator.less, refAt(args), args + 1, args + 2, result),
  'max(*args, key=None, default=...)': (args, result) =>
    extreme('max', CompareOperator.greater, refAt(args), args + 1, args + 2, result),
  'any(iterable, /)': (args, result) => setBool(result, hasItem(args, true)),
  'all(iterable, /)': (args, result) => setBool(result, !hasItem(args, false)),
  'sorted(iterable, /, *, key=None, reverse=False)': (args, result) => {
    const slots = pushSlots(1);
    setRef(slots, listFrom(args));
    sortList(slots, args + 1, truth(args + 2));
    copyValue(result, slots);
    popSlots(1);
  },
});

/** min and max of several arguments. */
function extremeOf(operator: CompareOperator, args: number, count: number, result: number): boolean {
  if (count < 2) return false;
  const best = pushSlots(1);
  copyValue(best, args);
  for (let i = 1; i < count; i++) if (isBeyond(operator, args + i, best)) copyValue(best, args + i);
  copyValue(result, best);
  popSlots(1);
  return true;
}
directNative('min', (args, count, result) => extremeOf(CompareOperator.less, args, count, result));
directNative('max', (args, count, result) => extremeOf(CompareOperator.greater, args, count, result));

/** Kinds that invoke.ts calls directly. */
function isCallableKind(slot: number): boolean {
  const kind = kindAt(slot);
  return kind === Kind.function || kind === Kind.native || kind === Kind.method || kind === Kind.type;
}
