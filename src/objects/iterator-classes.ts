/**
 * enumerate, zip, map and filter: iterators over other iterators. Natively, because the plain interpreter advances them
 * once an iteration; all state is in fields, so the interpreter and the recorder can also advance them themselves (and
 * push a frame for map's function instead of a nested run). Fields of `Iterator` as used here:
 *   enumerate  current: iterator, step: next number
 *   zip        source: tuple of iterators, position: 1 = strict
 *   map        current: function, source: tuple of iterators, position: 1 = strict
 *   filter     current: function or None, step: iterator
 */
import { Fixed, T } from '../heap/fixed.ts';
import { Iterator } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import {
  copyValue,
  INT_MAX,
  immediateAt,
  isImmediateInt,
  isRef,
  refAt,
  setImmediate48,
  setRef,
  setSmallInt,
} from '../heap/values.ts';
import { directType } from './direct-calls.ts';
import { raiseTypeError, raiseValueError } from './errors.ts';
import { bigIntAt, index, setBigInt } from './integers.ts';
import { call } from './invoke.ts';
import { listIteratorNext, stoppable } from './iterators.ts';
import { staticNatives } from './natives.ts';
import { allocateOfType } from './object-dicts.ts';
import { iterate, next, truth } from './operations.ts';
import { ITERATOR_CELLS, rangeIteratorNext } from './ranges.ts';
import { newTuple, newTupleFrom, tupleItem, tupleSize } from './tuples.ts';
import { defineOperators } from './type-operators.ts';

const CURRENT = Iterator.current >> 1;
const STEP = Iterator.step >> 1;

/** A fresh iterator object of class `type`, a subclass perhaps; the value fields are None. */
function newInstance(type: number): number {
  const iterator = allocateOfType(type, ITERATOR_CELLS);
  const at = iterator << 1;
  words[at + Iterator.position] = 0;
  words[at + Iterator.source] = 0;
  words[at + Iterator.limit] = 0;
  setRef(iterator + CURRENT, Fixed.none);
  setRef(iterator + STEP, Fixed.none);
  setRef(iterator + (Iterator.stop >> 1), Fixed.none);
  return iterator;
}

/** A tuple of the iterators over every item of a tuple, in slot `result`, which may hold that tuple. May call Python. */
function iteratorsOf(iterables: number, result: number): void {
  const slots = pushSlots(1);
  setRef(slots, newTuple(tupleSize(iterables)));
  for (let i = 0; i < tupleSize(iterables); i++) iterate(tupleItem(iterables, i), tupleItem(refAt(slots), i));
  copyValue(result, slots);
  popSlots(1);
}

staticNatives(T.enumerate, {
  '__new__(cls, iterable, start=0)': (args, result) => {
    const slots = pushSlots(2);
    index(args + 2, slots);
    iterate(args + 1, slots + 1);
    const iterator = newInstance(refAt(args));
    copyValue(iterator + CURRENT, slots + 1);
    copyValue(iterator + STEP, slots);
    popSlots(2);
    setRef(result, iterator);
  },
});
defineOperators(T.enumerate, {
  next: (slot, result) => {
    const iterator = refAt(slot);
    const slots = pushSlots(1);
    const pair = newTuple(2);
    setRef(slots, pair);
    const found = advance(iterator + CURRENT, tupleItem(pair, 1));
    popSlots(1);
    if (!found) return false;
    const number = iterator + STEP;
    copyValue(tupleItem(pair, 0), number);
    if (isImmediateInt(number) && immediateAt(number) < INT_MAX) setImmediate48(number, immediateAt(number) + 1);
    else setBigInt(number, bigIntAt(number) + 1n);
    setRef(result, pair);
    return true;
  },
});

/** next() with a short way for the most frequent iterators. */
function advance(slot: number, result: number): boolean {
  const ref = refAt(slot);
  switch (words[ref << 1]) {
    case T.list_iterator:
      return listIteratorNext(ref, result);
    case T.range_iterator:
      return rangeIteratorNext(ref, result);
  }
  return next(slot, result);
}

/** Advances the iterators of a tuple into consecutive rooted cells; false at the end of one. `name` for messages. */
function advanceAll(iterators: number, slots: number, strict: boolean, name: string): boolean {
  const count = tupleSize(iterators);
  for (let i = 0; i < count; i++) {
    if (advance(tupleItem(iterators, i), slots + i)) continue;
    if (strict) checkStrict(iterators, slots, i, name);
    return false;
  }
  return true;
}

/** strict=True and iterator `ended` is at its end: all others must be too. */
function checkStrict(iterators: number, slots: number, ended: number, name: string): void {
  const others = (number: number): string => (number === 1 ? ' ' : 's 1-');
  if (ended > 0) raiseValueError(`${name}() argument ${ended + 1} is shorter than argument${others(ended)}${ended}`);
  for (let i = 1; i < tupleSize(iterators); i++) {
    if (next(tupleItem(iterators, i), slots))
      raiseValueError(`${name}() argument ${i + 1} is longer than argument${others(i)}${i}`);
  }
}

staticNatives(T.zip, {
  '__new__(cls, /, *iterables, strict=False)': (args, result) => {
    const strict = truth(args + 2);
    const slots = pushSlots(1);
    iteratorsOf(refAt(args + 1), slots);
    const iterator = newInstance(refAt(args));
    words[(iterator << 1) + Iterator.source] = refAt(slots);
    words[(iterator << 1) + Iterator.position] = strict ? 1 : 0;
    popSlots(1);
    setRef(result, iterator);
  },
});
defineOperators(T.zip, {
  next: (slot, result) => {
    const at = refAt(slot) << 1;
    const iterators = words[at + Iterator.source];
    const count = tupleSize(iterators);
    if (count === 0) return false;
    const slots = pushSlots(1);
    const items = newTuple(count);
    setRef(slots, items);
    const found = advanceAll(iterators, tupleItem(items, 0), words[at + Iterator.position] !== 0, 'zip');
    popSlots(1);
    if (found) setRef(result, items);
    return found;
  },
});

directType(T.zip, (args, count, result) => {
  const slots = pushSlots(1);
  setRef(slots, newTupleFrom(args, count));
  iteratorsOf(refAt(slots), slots);
  const iterator = newInstance(T.zip);
  words[(iterator << 1) + Iterator.source] = refAt(slots);
  popSlots(1);
  setRef(result, iterator);
  return true;
});
directType(T.enumerate, (args, count, result) => {
  if (count !== 1) return false;
  const slots = pushSlots(1);
  iterate(args, slots);
  const iterator = newInstance(T.enumerate);
  copyValue(iterator + CURRENT, slots);
  setSmallInt(iterator + STEP, 0);
  popSlots(1);
  setRef(result, iterator);
  return true;
});

staticNatives(T.map, {
  '__new__(cls, /, *function_and_iterables, strict=False)': (args, result) => {
    const strict = truth(args + 2);
    const given = refAt(args + 1);
    if (tupleSize(given) < 2) raiseTypeError('map() must have at least two arguments.');
    const slots = pushSlots(1);
    setRef(slots, newTupleFrom(tupleItem(given, 1), tupleSize(given) - 1));
    iteratorsOf(refAt(slots), slots);
    const iterator = newInstance(refAt(args));
    copyValue(iterator + CURRENT, tupleItem(given, 0));
    words[(iterator << 1) + Iterator.source] = refAt(slots);
    words[(iterator << 1) + Iterator.position] = strict ? 1 : 0;
    popSlots(1);
    setRef(result, iterator);
  },
});
defineOperators(T.map, {
  next: stoppable((slot, result) => {
    const iterator = refAt(slot);
    const at = iterator << 1;
    const iterators = words[at + Iterator.source];
    const count = tupleSize(iterators);
    const slots = pushSlots(count);
    const found = advanceAll(iterators, slots, words[at + Iterator.position] !== 0, 'map');
    if (found) call(iterator + CURRENT, slots, count, result);
    popSlots(count);
    return found;
  }),
});

staticNatives(T.filter, {
  '__new__(cls, function, iterable, /)': (args, result) => {
    const slots = pushSlots(1);
    iterate(args + 2, slots);
    const iterator = newInstance(refAt(args));
    copyValue(iterator + CURRENT, args + 1);
    copyValue(iterator + STEP, slots);
    popSlots(1);
    setRef(result, iterator);
  },
});
defineOperators(T.filter, {
  next: stoppable((slot, result) => {
    const iterator = refAt(slot);
    const test = iterator + CURRENT;
    const plain = isRef(test) && (refAt(test) === Fixed.none || refAt(test) === T.bool);
    const slots = pushSlots(2);
    while (next(iterator + STEP, slots)) {
      if (!plain) call(test, slots, 1, slots + 1);
      if (truth(plain ? slots : slots + 1)) {
        copyValue(result, slots);
        popSlots(2);
        return true;
      }
    }
    popSlots(2);
    return false;
  }),
});
