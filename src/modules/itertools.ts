/**
 * The itertools module: iterators that go through other iterators one item at a time. What goes through combinations of
 * items is in itertools-combinations.ts, tee and groupby, which share state between iterators, in itertools-sharing.ts.
 *
 * All state lies in the values of the records, so an item can be asked for anywhere, also in the middle of an item of the
 * same iterator. What these iterators hold is taken out of the record (copied to slots) before Python may run.
 */
import { Fixed, T } from '../heap/fixed.ts';
import { RecordObject } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import {
  copyValue,
  INT_MAX,
  immediateAt,
  isImmediateInt,
  isNull,
  isRef,
  refAt,
  setImmediate48,
  setNull,
  setRef,
} from '../heap/values.ts';
import { declareType, newRecord, recordValue } from '../objects/declared-types.ts';
import { raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { makeGeneric } from '../objects/generic-aliases.ts';
import { hasIndex, indexOf, isInt, safeAt, setInt } from '../objects/integers.ts';
import { call } from '../objects/invoke.ts';
import { stoppable } from '../objects/iterators.ts';
import { tupleFrom } from '../objects/list-extend.ts';
import { listAppend, listItem, listSize, newList } from '../objects/lists.ts';
import { registerModule } from '../objects/modules.ts';
import { N } from '../objects/names.ts';
import { classNatives, natives, staticNatives } from '../objects/natives.ts';
import { binary, iterate, next, repr, truth } from '../objects/operations.ts';
import { BinaryOperator } from '../objects/operators.ts';
import { newString, stringOf } from '../objects/strings.ts';
import { newTuple, newTupleFrom, tupleItem, tupleSize } from '../objects/tuples.ts';
import { defineOperators } from '../objects/type-operators.ts';
import { lookup, shortTypeName, typeOf } from '../objects/types.ts';

registerModule('itertools');

/** A type of the module with so many values. */
function iteratorType(name: string, values: number): T {
  return declareType({ name, module: 'itertools', values });
}
const isNone = (slot: number): boolean => isRef(slot) && refAt(slot) === Fixed.none;
const auxOf = (record: number): number => words[(record << 1) + RecordObject.aux];
function setAux(record: number, value: number): void {
  words[(record << 1) + RecordObject.aux] = value;
}

// count

/** values: 0 the next number, 1 the step */
const COUNT = iteratorType('count', 2);

function isNumber(slot: number): boolean {
  if (!isRef(slot) || isInt(slot)) return true;
  const type = typeOf(slot);
  return (
    lookup(type, N.__index__) !== 0 ||
    lookup(type, N.__float__) !== 0 ||
    lookup(type, N.__complex__) !== 0 ||
    lookup(type, N.__int__) !== 0 ||
    type === T.complex
  );
}
staticNatives(COUNT, {
  '__new__(cls, start=0, step=1)': (args, result) => {
    if (!isNumber(args + 1) || !isNumber(args + 2)) raiseTypeError('a number is required');
    const count = newRecord(refAt(args));
    copyValue(recordValue(count, 0), args + 1);
    copyValue(recordValue(count, 1), args + 2);
    setRef(result, count);
  },
});
defineOperators(COUNT, {
  next: (slot, result) => {
    const current = recordValue(refAt(slot), 0);
    const step = current + 1;
    const value = pushSlots(2);
    copyValue(value, current);
    if (isImmediateInt(current) && isImmediateInt(step)) {
      const following = immediateAt(current) + immediateAt(step);
      if (following <= INT_MAX && following >= -INT_MAX) setImmediate48(current, following);
      else binary(BinaryOperator.add, value, step, false, current);
    } else {
      binary(BinaryOperator.add, value, step, false, value + 1);
      copyValue(current, value + 1);
    }
    copyValue(result, value);
    popSlots(2);
    return true;
  },
  repr: (slot) => {
    const count = refAt(slot);
    const name = shortTypeName(typeOf(slot));
    const start = stringOf(repr(recordValue(count, 0)));
    const step = recordValue(count, 1);
    if (isImmediateInt(step) && immediateAt(step) === 1) return newString(`${name}(${start})`);
    return newString(`${name}(${start}, ${stringOf(repr(step))})`);
  },
});

// cycle

/** values: 0 iterator, NULL when it is exhausted, 1 list of what it gave; aux: where the list is at */
const CYCLE = iteratorType('cycle', 2);
staticNatives(CYCLE, {
  '__new__(cls, iterable, /)': (args, result) => {
    const slots = pushSlots(1);
    iterate(args + 1, slots);
    const cycle = newRecord(refAt(args));
    copyValue(recordValue(cycle, 0), slots);
    setRef(recordValue(cycle, 1), newList(0));
    popSlots(1);
    setRef(result, cycle);
  },
});
defineOperators(CYCLE, {
  next: (slot, result) => {
    const cycle = refAt(slot);
    const iterator = recordValue(cycle, 0);
    const list = refAt(recordValue(cycle, 1));
    if (!isNull(iterator)) {
      const slots = pushSlots(2);
      copyValue(slots, iterator);
      const found = next(slots, slots + 1);
      if (found) {
        listAppend(list, slots + 1);
        copyValue(result, slots + 1);
      } else setNull(iterator);
      popSlots(2);
      if (found) return true;
    }
    const size = listSize(list);
    if (size === 0) return false;
    const at = auxOf(cycle);
    copyValue(result, listItem(list, at));
    setAux(cycle, at + 1 >= size ? 0 : at + 1);
    return true;
  },
});

// repeat

/** values: 0 the object, 1 how often still, NULL for ever */
const REPEAT = iteratorType('repeat', 2);
staticNatives(REPEAT, {
  '__new__(cls, object, times=...)': (args, result) => {
    const times = isNull(args + 2) ? 0 : Math.max(0, indexOf(args + 2));
    const repeat = newRecord(refAt(args));
    copyValue(recordValue(repeat, 0), args + 1);
    if (!isNull(args + 2)) setInt(recordValue(repeat, 1), times);
    setRef(result, repeat);
  },
});
defineOperators(REPEAT, {
  next: (slot, result) => {
    const left = recordValue(refAt(slot), 1);
    if (!isNull(left)) {
      if (safeAt(left) <= 0) return false;
      setInt(left, safeAt(left) - 1);
    }
    copyValue(result, left - 1);
    return true;
  },
  repr: (slot) => {
    const left = recordValue(refAt(slot), 1);
    const name = shortTypeName(typeOf(slot));
    const object = stringOf(repr(left - 1));
    return newString(isNull(left) ? `${name}(${object})` : `${name}(${object}, ${safeAt(left)})`);
  },
});
natives(REPEAT, {
  '__length_hint__(self, /)': (args, result) => {
    const left = recordValue(refAt(args), 1);
    if (isNull(left)) raiseTypeError('len() of unsized object');
    copyValue(result, left);
  },
});

// chain

/** values: 0 iterator over the iterables, NULL at the end, 1 iterator over the current one or NULL */
const CHAIN = iteratorType('chain', 2);
function newChain(type: number, iterables: number, result: number): void {
  const slots = pushSlots(1);
  iterate(iterables, slots);
  const chain = newRecord(type);
  copyValue(recordValue(chain, 0), slots);
  popSlots(1);
  setRef(result, chain);
}
staticNatives(CHAIN, {
  '__new__(cls, /, *iterables)': (args, result) => newChain(refAt(args), args + 1, result),
});
classNatives(CHAIN, {
  'from_iterable(cls, iterable, /)': (args, result) => newChain(refAt(args), args + 1, result),
});
makeGeneric(CHAIN);
defineOperators(CHAIN, {
  next: (slot, result) => {
    const chain = refAt(slot);
    const active = recordValue(chain, 1);
    const slots = pushSlots(2);
    while (!isNull(active - 1)) {
      if (isNull(active)) {
        copyValue(slots, active - 1);
        if (!next(slots, slots + 1)) {
          setNull(active - 1);
          break;
        }
        try {
          iterate(slots + 1, slots + 1);
        } catch (error) {
          setNull(active - 1);
          throw error;
        }
        copyValue(active, slots + 1);
      }
      copyValue(slots, active);
      if (next(slots, result)) {
        popSlots(2);
        return true;
      }
      setNull(active);
    }
    popSlots(2);
    return false;
  },
});

// compress, filterfalse, takewhile, dropwhile, starmap

/** values: 0 data, 1 selectors */
const COMPRESS = iteratorType('compress', 2);
staticNatives(COMPRESS, {
  '__new__(cls, data, selectors)': (args, result) => {
    const slots = pushSlots(2);
    iterate(args + 1, slots);
    iterate(args + 2, slots + 1);
    const compress = newRecord(refAt(args));
    copyValue(recordValue(compress, 0), slots);
    copyValue(recordValue(compress, 1), slots + 1);
    popSlots(2);
    setRef(result, compress);
  },
});
defineOperators(COMPRESS, {
  next: (slot, result) => {
    const data = recordValue(refAt(slot), 0);
    const slots = pushSlots(2);
    let found = false;
    while (!found && next(data, slots) && next(data + 1, slots + 1)) found = truth(slots + 1);
    if (found) copyValue(result, slots);
    popSlots(2);
    return found;
  },
});

/** values: 0 function, 1 iterator; aux: 1 once takewhile has ended, once dropwhile has begun */
const FILTERFALSE = iteratorType('filterfalse', 2);
const TAKEWHILE = iteratorType('takewhile', 2);
const DROPWHILE = iteratorType('dropwhile', 2);
const STARMAP = iteratorType('starmap', 2);
for (const [type, signature] of [
  [FILTERFALSE, '__new__(cls, function, iterable, /)'],
  [TAKEWHILE, '__new__(cls, predicate, iterable, /)'],
  [DROPWHILE, '__new__(cls, predicate, iterable, /)'],
  [STARMAP, '__new__(cls, function, iterable, /)'],
] as const) {
  staticNatives(type, {
    [signature]: (args, result) => {
      const slots = pushSlots(1);
      iterate(args + 2, slots);
      const made = newRecord(refAt(args));
      copyValue(recordValue(made, 0), args + 1);
      copyValue(recordValue(made, 1), slots);
      popSlots(1);
      setRef(result, made);
    },
  });
}
defineOperators(FILTERFALSE, {
  next: stoppable((slot, result) => {
    const fn = recordValue(refAt(slot), 0);
    const plain = isRef(fn) && (refAt(fn) === Fixed.none || refAt(fn) === T.bool);
    const slots = pushSlots(2);
    while (next(fn + 1, slots)) {
      if (!plain) call(fn, slots, 1, slots + 1);
      if (truth(plain ? slots : slots + 1)) continue;
      copyValue(result, slots);
      popSlots(2);
      return true;
    }
    popSlots(2);
    return false;
  }),
});
defineOperators(TAKEWHILE, {
  next: stoppable((slot, result) => {
    const take = refAt(slot);
    if (auxOf(take) !== 0) return false;
    const fn = recordValue(take, 0);
    const slots = pushSlots(2);
    let found = next(fn + 1, slots);
    if (found) {
      call(fn, slots, 1, slots + 1);
      found = truth(slots + 1);
      if (found) copyValue(result, slots);
      else setAux(take, 1);
    }
    popSlots(2);
    return found;
  }),
});
defineOperators(DROPWHILE, {
  next: stoppable((slot, result) => {
    const drop = refAt(slot);
    const fn = recordValue(drop, 0);
    if (auxOf(drop) !== 0) return next(fn + 1, result);
    const slots = pushSlots(2);
    while (next(fn + 1, slots)) {
      call(fn, slots, 1, slots + 1);
      if (truth(slots + 1)) continue;
      setAux(drop, 1);
      copyValue(result, slots);
      popSlots(2);
      return true;
    }
    popSlots(2);
    return false;
  }),
});
defineOperators(STARMAP, {
  next: stoppable((slot, result) => {
    const fn = recordValue(refAt(slot), 0);
    const slots = pushSlots(1);
    const found = next(fn + 1, slots);
    if (found) {
      if (words[refAt(slots) << 1] !== T.tuple || !isRef(slots)) setRef(slots, tupleFrom(slots));
      const tuple = refAt(slots);
      call(fn, tupleItem(tuple, 0), tupleSize(tuple), result);
    }
    popSlots(1);
    return found;
  }),
});

// islice

/** values: 0 iterator, NULL at the end, 1 number of the next item wanted, 2 stop or None, 3 step, 4 items taken so far */
const ISLICE = iteratorType('islice', 5);

/** An index argument of islice: None is `absent`; -1 for what will not do. */
function sliceNumber(slot: number, absent: number): number {
  if (isNone(slot)) return absent;
  if (!hasIndex(slot)) return -1;
  const index = indexOf(slot);
  return index > Number.MAX_SAFE_INTEGER ? -1 : index;
}

staticNatives(ISLICE, {
  '__new__(cls, iterable, /, *indices)': (args, result) => {
    const given = refAt(args + 2);
    const count = tupleSize(given);
    if (count === 0) raiseTypeError('islice expected at least 2 arguments, got 1');
    if (count > 3) raiseTypeError(`islice expected at most 4 arguments, got ${count + 1}`);
    const stopSlot = tupleItem(given, count === 1 ? 0 : 1);
    const start = count === 1 ? 0 : sliceNumber(tupleItem(given, 0), 0);
    const stop = sliceNumber(stopSlot, 0);
    if (stop < 0) {
      raiseValueError('Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.');
    }
    if (start < 0) raiseValueError('Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.');
    const step = count < 3 ? 1 : sliceNumber(tupleItem(given, 2), 1);
    if (step < 1) raiseValueError('Step for islice() must be a positive integer or None.');
    const slots = pushSlots(1);
    iterate(args + 1, slots);
    const slice = newRecord(refAt(args));
    copyValue(recordValue(slice, 0), slots);
    setInt(recordValue(slice, 1), start);
    if (isNone(stopSlot)) setRef(recordValue(slice, 2), Fixed.none);
    else setInt(recordValue(slice, 2), stop);
    setInt(recordValue(slice, 3), step);
    setInt(recordValue(slice, 4), 0);
    popSlots(1);
    setRef(result, slice);
  },
});
defineOperators(ISLICE, {
  next: (slot, result) => {
    const slice = refAt(slot);
    const iterator = recordValue(slice, 0);
    if (isNull(iterator)) return false;
    const [wanted, stop, step, taken] = [iterator + 1, iterator + 2, iterator + 3, iterator + 4];
    const limit = isRef(stop) ? Infinity : safeAt(stop);
    const slots = pushSlots(2);
    copyValue(slots, iterator);
    const end = (): false => {
      setNull(iterator);
      popSlots(2);
      return false;
    };
    for (; safeAt(taken) < safeAt(wanted); setInt(taken, safeAt(taken) + 1)) {
      if (safeAt(taken) >= limit || !next(slots, slots + 1)) return end();
    }
    if (safeAt(taken) >= limit || !next(slots, slots + 1)) return end();
    setInt(taken, safeAt(taken) + 1);
    const following = safeAt(wanted) + safeAt(step);
    setInt(wanted, Math.min(following, limit === Infinity ? Number.MAX_SAFE_INTEGER : limit));
    copyValue(result, slots + 1);
    popSlots(2);
    return true;
  },
});

// pairwise

/** values: 0 iterator, NULL at the end, 1 the item before or NULL */
const PAIRWISE = iteratorType('pairwise', 2);
staticNatives(PAIRWISE, {
  '__new__(cls, iterable, /)': (args, result) => {
    const slots = pushSlots(1);
    iterate(args + 1, slots);
    const pairwise = newRecord(refAt(args));
    copyValue(recordValue(pairwise, 0), slots);
    popSlots(1);
    setRef(result, pairwise);
  },
});
defineOperators(PAIRWISE, {
  next: (slot, result) => {
    const iterator = recordValue(refAt(slot), 0);
    if (isNull(iterator)) return false;
    const before = iterator + 1;
    const slots = pushSlots(3);
    copyValue(slots, iterator);
    const end = (): false => {
      setNull(iterator);
      setNull(before);
      popSlots(3);
      return false;
    };
    if (isNull(before)) {
      if (!next(slots, slots + 1)) return end();
      copyValue(before, slots + 1);
      // asking for the first item may have ended this very iterator
      if (isNull(iterator)) return end();
    }
    copyValue(slots + 1, before);
    if (!next(slots, slots + 2)) return end();
    copyValue(before, slots + 2);
    setRef(result, newTupleFrom(slots + 1, 2));
    popSlots(3);
    return true;
  },
});

// zip_longest

/** values: 0 tuple of iterators, NULL for those at their end, 1 what stands for missing items; aux: iterators not at their end */
const ZIP_LONGEST = iteratorType('zip_longest', 2);
staticNatives(ZIP_LONGEST, {
  '__new__(cls, /, *iterables, fillvalue=None)': (args, result) => {
    const given = refAt(args + 1);
    const count = tupleSize(given);
    const slots = pushSlots(2);
    setRef(slots, newTuple(count));
    for (let i = 0; i < count; i++) {
      iterate(tupleItem(given, i), slots + 1);
      copyValue(tupleItem(refAt(slots), i), slots + 1);
    }
    const zip = newRecord(refAt(args));
    copyValue(recordValue(zip, 0), slots);
    copyValue(recordValue(zip, 1), args + 2);
    setAux(zip, count);
    popSlots(2);
    setRef(result, zip);
  },
});
defineOperators(ZIP_LONGEST, {
  next: (slot, result) => {
    const zip = refAt(slot);
    const iterators = refAt(recordValue(zip, 0));
    const count = tupleSize(iterators);
    if (count === 0 || auxOf(zip) === 0) return false;
    const slots = pushSlots(count + 1);
    for (let i = 0; i < count; i++) {
      const iterator = tupleItem(iterators, i);
      if (!isNull(iterator)) {
        copyValue(slots + count, iterator);
        try {
          if (next(slots + count, slots + i)) continue;
        } catch (error) {
          setAux(zip, 0);
          throw error;
        }
        setAux(zip, auxOf(zip) - 1);
        if (auxOf(zip) <= 0) {
          popSlots(count + 1);
          return false;
        }
        setNull(iterator);
      }
      copyValue(slots + i, recordValue(zip, 1));
    }
    setRef(result, newTupleFrom(slots, count));
    popSlots(count + 1);
    return true;
  },
});

// accumulate

/** values: 0 iterator, 1 function or None, 2 total so far or NULL, 3 initial value still to be given, or NULL */
const ACCUMULATE = iteratorType('accumulate', 4);
staticNatives(ACCUMULATE, {
  '__new__(cls, iterable, func=None, *, initial=None)': (args, result) => {
    const slots = pushSlots(1);
    iterate(args + 1, slots);
    const made = newRecord(refAt(args));
    copyValue(recordValue(made, 0), slots);
    copyValue(recordValue(made, 1), args + 2);
    if (!isNone(args + 3)) copyValue(recordValue(made, 3), args + 3);
    popSlots(1);
    setRef(result, made);
  },
});
defineOperators(ACCUMULATE, {
  next: stoppable((slot, result) => {
    const iterator = recordValue(refAt(slot), 0);
    const [fn, total, initial] = [iterator + 1, iterator + 2, iterator + 3];
    if (!isNull(initial)) {
      copyValue(total, initial);
      setNull(initial);
      copyValue(result, total);
      return true;
    }
    const slots = pushSlots(2);
    const found = next(iterator, slots + 1);
    if (found) {
      if (isNull(total)) copyValue(slots, slots + 1);
      else {
        copyValue(slots, total);
        if (isNone(fn)) binary(BinaryOperator.add, slots, slots + 1, false, slots);
        else call(fn, slots, 2, slots);
      }
      copyValue(total, slots);
      copyValue(result, slots);
    }
    popSlots(2);
    return found;
  }),
});

// batched

/** values: 0 iterator, NULL at the end, 1 size of a batch; aux: 1 = strict */
const BATCHED = iteratorType('batched', 2);
staticNatives(BATCHED, {
  '__new__(cls, iterable, n, *, strict=False)': (args, result) => {
    const size = indexOf(args + 2);
    const strict = truth(args + 3);
    if (size < 1) raiseValueError('n must be at least one');
    const slots = pushSlots(1);
    iterate(args + 1, slots);
    const batched = newRecord(refAt(args));
    copyValue(recordValue(batched, 0), slots);
    setInt(recordValue(batched, 1), size);
    setAux(batched, strict ? 1 : 0);
    popSlots(1);
    setRef(result, batched);
  },
});
defineOperators(BATCHED, {
  next: (slot, result) => {
    const batched = refAt(slot);
    const iterator = recordValue(batched, 0);
    if (isNull(iterator)) return false;
    const size = safeAt(iterator + 1);
    const slots = pushSlots(3);
    copyValue(slots, iterator);
    setRef(slots + 1, newList(0));
    let count = 0;
    while (count < size && next(slots, slots + 2)) {
      listAppend(refAt(slots + 1), slots + 2);
      count++;
    }
    if (count < size) setNull(iterator);
    if (count > 0 && count < size && auxOf(batched) !== 0) raiseValueError('batched(): incomplete batch');
    if (count > 0) setRef(result, newTupleFrom(listItem(refAt(slots + 1), 0), count));
    popSlots(3);
    return count > 0;
  },
});
