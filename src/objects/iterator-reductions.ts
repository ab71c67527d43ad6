/**
 * How iterators are copied and pickled: `__reduce__` says by which call an equal one is made (iter(list), position), and
 * `__setstate__` moves it to its position. Here for all built-in iterators, apart from what advances them.
 */

import { Fixed, T } from '../heap/fixed.ts';
import { Iterator } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef, setSmallInt } from '../heap/values.ts';
import { BYTEARRAY_ITERATOR } from './bytearray-methods.ts';
import { byteArrayLength } from './bytearrays.ts';
import { raiseTypeError } from './errors.ts';
import { bigIntAt, indexOf, isInt, setBigInt, setInt } from './integers.ts';
import {
  DICT_REVERSE_ITERATORS,
  dictItemIteratorNext,
  dictKeyIteratorNext,
  dictReverseNext,
  dictValueIteratorNext,
  newIterator,
  setIteratorNext,
} from './iterators.ts';
import { listAppend, newList } from './lists.ts';
import { type NativeRoutine, natives } from './natives.ts';
import { length, truth } from './operations.ts';
import { ITERATOR_CELLS, newRange } from './ranges.ts';
import { builtinFunction, reduction, reductionWithState } from './reductions.ts';
import { tupleItem, tupleSize } from './tuples.ts';
import { typeName, typeOf } from './types.ts';

const CURRENT = Iterator.current >> 1;
const STEP = Iterator.step >> 1;
const STOP = Iterator.stop >> 1;

/**
 * result = (callable, arguments) or, with a state, (callable, arguments, state): `count` arguments in rooted slots;
 * `state` 0 for none. `callable` is a builtin's name, or a slot. Allocates only.
 */
function reduced(callable: string | number, args: number, count: number, state: number, result: number): void {
  const slot = pushSlots(1);
  if (typeof callable === 'string') builtinFunction(callable, slot);
  else copyValue(slot, callable);
  const cells = Array.from({ length: count }, (_, i) => args + i);
  if (state === 0) reduction(slot, cells, result);
  else reductionWithState(slot, cells, state, result);
  popSlots(1);
}

/** `__reduce__` of an iterator over a sequence: the sequence and the position, or `empty()` once it is exhausted. */
function sequenceReduce(name: string, empty: () => number): NativeRoutine {
  return (args, result) => {
    const at = refAt(args) << 1;
    const slots = pushSlots(3);
    // first, since looking it up may call Python code that advances the iterator
    builtinFunction(name, slots + 2);
    const source = words[at + Iterator.source];
    if (source === 0) {
      setRef(slots, empty());
      reduced(slots + 2, slots, 1, 0, result);
    } else {
      setRef(slots, source);
      setSmallInt(slots + 1, words[at + Iterator.position]);
      reduced(slots + 2, slots, 1, slots + 1, result);
    }
    popSlots(3);
  };
}

/** A position given to `__setstate__`, which must be an int itself. */
function stateOf(slot: number): number {
  if (!isInt(slot)) raiseTypeError('an integer is required');
  return indexOf(slot);
}

/** `__setstate__` of an iterator over a sequence whose length `lengthOf` tells. */
function sequenceSetState(lengthOf: (source: number) => number, lowest = 0): NativeRoutine {
  return (args, result) => {
    const position = stateOf(args + 1);
    const at = refAt(args) << 1;
    const source = words[at + Iterator.source];
    if (source !== 0) {
      const size = lengthOf(source);
      const highest = lowest < 0 ? size - 1 : size;
      words[at + Iterator.position] = Math.max(lowest, Math.min(position, highest));
    }
    setRef(result, Fixed.none);
  };
}

/** Lists, tuples, strings and bytes have their length in word 1. */
const lengthWord = (source: number): number => words[(source << 1) + 1];
const emptyTuple = (): number => Fixed.emptyTuple;
const emptyList = (): number => newList(0);

const sequences: readonly (readonly [T, () => number, (source: number) => number])[] = [
  [T.list_iterator, emptyList, lengthWord],
  [T.tuple_iterator, emptyTuple, lengthWord],
  [T.str_iterator, () => Fixed.emptyString, lengthWord],
  [T.bytes_iterator, emptyTuple, lengthWord],
  [BYTEARRAY_ITERATOR, emptyTuple, byteArrayLength],
];
for (const [type, empty, lengthOf] of sequences) {
  natives(type, {
    '__reduce__(self, /)': sequenceReduce('iter', empty),
    '__setstate__(self, state, /)': sequenceSetState(lengthOf),
  });
}
natives(T.list_reverseiterator, {
  '__reduce__(self, /)': sequenceReduce('reversed', emptyList),
  '__setstate__(self, state, /)': sequenceSetState(lengthWord, -1),
});

/** `__reduce__` of an iterator over a dict or set: a list of what is left. The iterator itself stays where it is. */
function listReduce(next: (iterator: number, result: number) => boolean): NativeRoutine {
  return (args, result) => {
    const slots = pushSlots(3);
    const original = refAt(args);
    const copy = newIterator(words[original << 1], 0, 0, 0);
    for (let cell = 0; cell < ITERATOR_CELLS; cell++) copyValue(copy + cell, original + cell);
    setRef(slots, copy);
    const list = newList(0);
    setRef(slots + 1, list);
    while (next(copy, slots + 2)) listAppend(list, slots + 2);
    reduced('iter', slots + 1, 1, 0, result);
    popSlots(3);
  };
}
natives(T.dict_keyiterator, { '__reduce__(self, /)': listReduce(dictKeyIteratorNext) });
natives(T.dict_valueiterator, { '__reduce__(self, /)': listReduce(dictValueIteratorNext) });
natives(T.dict_itemiterator, { '__reduce__(self, /)': listReduce(dictItemIteratorNext) });
natives(T.set_iterator, { '__reduce__(self, /)': listReduce(setIteratorNext) });
for (const type of DICT_REVERSE_ITERATORS) natives(type, { '__reduce__(self, /)': listReduce(dictReverseNext) });

/** How many numbers a range iterator still has. */
function remainingOf(iterator: number): bigint {
  const step = bigIntAt(iterator + STEP);
  const span = bigIntAt(iterator + STOP) - bigIntAt(iterator + CURRENT);
  return step > 0n === span > 0n && span !== 0n ? (span - (step > 0n ? 1n : -1n)) / step + 1n : 0n;
}
natives(T.range_iterator, {
  '__reduce__(self, /)': (args, result) => {
    const iterator = refAt(args);
    const slots = pushSlots(2);
    const step = bigIntAt(iterator + STEP);
    setBigInt(slots, bigIntAt(iterator + CURRENT) + remainingOf(iterator) * step);
    setRef(slots, newRange(iterator + CURRENT, slots, iterator + STEP));
    setRef(slots + 1, Fixed.none);
    reduced('iter', slots, 1, slots + 1, result);
    popSlots(2);
  },
  '__setstate__(self, state, /)': (args, result) => {
    const iterator = refAt(args);
    if (!isInt(args + 1)) {
      const isShort = !isRef(iterator + CURRENT) && !isRef(iterator + STOP) && !isRef(iterator + STEP);
      const given = typeName(args + 1);
      raiseTypeError(
        isShort ? `'${given}' object cannot be interpreted as an integer` : `state must be an int, not ${given}`,
      );
    }
    const step = bigIntAt(iterator + STEP);
    const start = bigIntAt(iterator + CURRENT);
    const count = remainingOf(iterator);
    let position = bigIntAt(args + 1);
    if (position < 0n) position = 0n;
    if (position > count) position = count;
    setBigInt(iterator + CURRENT, start + position * step);
    setRef(result, Fixed.none);
  },
});

natives(T.reversed, {
  '__reduce__(self, /)': (args, result) => {
    const iterator = refAt(args);
    const at = iterator << 1;
    const slots = pushSlots(3);
    setRef(slots, typeOf(args));
    if (words[at + Iterator.source] === 0) {
      setRef(slots + 1, Fixed.emptyTuple);
      reduced(slots, slots + 1, 1, 0, result);
    } else {
      copyValue(slots + 1, iterator + CURRENT);
      setSmallInt(slots + 2, words[at + Iterator.position]);
      reduced(slots, slots + 1, 1, slots + 2, result);
    }
    popSlots(3);
  },
  '__setstate__(self, state, /)': (args, result) => {
    const position = stateOf(args + 1);
    const iterator = refAt(args);
    const at = iterator << 1;
    if (words[at + Iterator.source] !== 0) {
      const size = length(iterator + CURRENT);
      words[at + Iterator.position] = Math.max(-1, Math.min(position, size - 1));
      if (words[at + Iterator.position] < 0) words[at + Iterator.source] = 0;
    }
    setRef(result, Fixed.none);
  },
});

natives(T.enumerate, {
  '__reduce__(self, /)': (args, result) => {
    const iterator = refAt(args);
    const slots = pushSlots(1);
    setRef(slots, typeOf(args));
    reduced(slots, iterator + CURRENT, 2, 0, result);
    popSlots(1);
  },
});

/** zip and map: the iterators, behind the function if there is one; a third item True means strict. */
function severalReduce(hasFunction: boolean): NativeRoutine {
  return (args, result) => {
    const iterator = refAt(args);
    const at = iterator << 1;
    const iterators = words[at + Iterator.source];
    const count = iterators === 0 ? 0 : tupleSize(iterators);
    const slots = pushSlots(count + 3);
    setRef(slots, typeOf(args));
    setRef(slots + 1, Fixed.true);
    copyValue(slots + 2, iterator + CURRENT);
    for (let i = 0; i < count; i++) copyValue(slots + 3 + i, tupleItem(iterators, i));
    const state = words[at + Iterator.position] !== 0 ? slots + 1 : 0;
    if (hasFunction) reduced(slots, slots + 2, count + 1, state, result);
    else reduced(slots, slots + 3, count, state, result);
    popSlots(count + 3);
  };
}
for (const type of [T.zip, T.map]) {
  natives(type, {
    '__reduce__(self, /)': severalReduce(type === T.map),
    '__setstate__(self, state, /)': (args, result) => {
      words[(refAt(args) << 1) + Iterator.position] = truth(args + 1) ? 1 : 0;
      setRef(result, Fixed.none);
    },
  });
}
natives(T.filter, {
  '__reduce__(self, /)': (args, result) => {
    const slots = pushSlots(1);
    setRef(slots, typeOf(args));
    reduced(slots, refAt(args) + CURRENT, 2, 0, result);
    popSlots(1);
  },
});

natives(T.callable_iterator, {
  '__reduce__(self, /)': (args, result) => {
    const iterator = refAt(args);
    const slots = pushSlots(3);
    builtinFunction('iter', slots + 2);
    if (words[(iterator << 1) + Iterator.source] === 0 || isNull(iterator + CURRENT)) {
      setRef(slots, Fixed.emptyTuple);
      reduced(slots + 2, slots, 1, 0, result);
    } else {
      copyValue(slots, iterator + CURRENT);
      copyValue(slots + 1, iterator + STOP);
      reduced(slots + 2, slots, 2, 0, result);
    }
    popSlots(3);
  },
});

natives(T.iterator, {
  '__reduce__(self, /)': (args, result) => {
    const iterator = refAt(args);
    const at = iterator << 1;
    const slots = pushSlots(3);
    builtinFunction('iter', slots + 2);
    if (words[at + Iterator.source] === 0) {
      setRef(slots, Fixed.emptyTuple);
      reduced(slots + 2, slots, 1, 0, result);
    } else {
      copyValue(slots, iterator + CURRENT);
      setInt(slots + 1, words[at + Iterator.position]);
      reduced(slots + 2, slots, 1, slots + 1, result);
    }
    popSlots(3);
  },
  '__setstate__(self, state, /)': (args, result) => {
    const at = refAt(args) << 1;
    const position = stateOf(args + 1);
    if (words[at + Iterator.source] !== 0) words[at + Iterator.position] = Math.max(0, position);
    setRef(result, Fixed.none);
  },
  '__length_hint__(self, /)': (args, result) => {
    const iterator = refAt(args);
    const at = iterator << 1;
    if (words[at + Iterator.source] === 0) setSmallInt(result, 0);
    else setInt(result, Math.max(0, length(iterator + CURRENT) - words[at + Iterator.position]));
  },
});
