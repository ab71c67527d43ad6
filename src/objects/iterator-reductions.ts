/** How copy and pickle take the built-in iterators apart: `__reduce__`, and `__setstate__`, which sets the position. */
import { Fixed, T } from '../heap/fixed.ts';
import { Iterator, List, Str, Tuple } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, refAt, setRef } from '../heap/values.ts';
import { bigIntAt, indexOf, setBigInt, setInt } from './integers.ts';
import { newIterator } from './iterators.ts';
import { listFrom } from './list-extend.ts';
import { newList } from './lists.ts';
import { natives } from './natives.ts';
import { truth } from './operations.ts';
import { newRange } from './ranges.ts';
import { builtinFunction, reduction, reductionWithState } from './reductions.ts';
import { newTuple, tupleItem } from './tuples.ts';
import { typeOf } from './types.ts';

const CURRENT = Iterator.current >> 1;
const STEP = Iterator.step >> 1;
const STOP = Iterator.stop >> 1;
const sourceOf = (iterator: number): number => words[(refAt(iterator) << 1) + Iterator.source];

/** result = (iter, (source,), position), or (iter, (empty,)) at the end. */
function reduceIndexed(iterator: number, empty: number, result: number): void {
  const slots = pushSlots(3);
  builtinFunction('iter', slots);
  const source = sourceOf(iterator);
  setRef(slots + 1, source === 0 ? empty : source);
  setInt(slots + 2, words[(refAt(iterator) << 1) + Iterator.position]);
  if (source === 0) reduction(slots, [slots + 1], result);
  else reductionWithState(slots, [slots + 1], slots + 2, result);
  popSlots(3);
}
/** Puts an iterator to a position within its source. */
function setPosition(iterator: number, state: number, length: number): void {
  if (sourceOf(iterator) === 0) return;
  words[(refAt(iterator) << 1) + Iterator.position] = Math.max(0, Math.min(indexOf(state), length));
}

const indexed: readonly (readonly [T, () => number, (source: number) => number])[] = [
  [T.list_iterator, () => newList(0), (source) => words[(source << 1) + List.size]],
  [T.tuple_iterator, () => Fixed.emptyTuple, (source) => words[(source << 1) + Tuple.size]],
  [T.str_iterator, () => Fixed.emptyString, (source) => words[(source << 1) + Str.length]],
  [T.bytes_iterator, () => Fixed.emptyTuple, (source) => words[(source << 1) + 1]],
];
for (const [type, empty, length] of indexed) {
  natives(type, {
    '__reduce__(self, /)': (args, result) => reduceIndexed(args, empty(), result),
    '__setstate__(self, state, /)': (args, result) => {
      setPosition(args, args + 1, length(sourceOf(args)));
      setRef(result, Fixed.none);
    },
  });
}

natives(T.list_reverseiterator, {
  '__reduce__(self, /)': (args, result) => {
    const slots = pushSlots(3);
    builtinFunction('reversed', slots);
    const source = sourceOf(args);
    setRef(slots + 1, source || newList(0));
    setInt(slots + 2, words[(refAt(args) << 1) + Iterator.position]);
    if (source === 0) reduction(slots, [slots + 1], result);
    else reductionWithState(slots, [slots + 1], slots + 2, result);
    popSlots(3);
  },
  '__setstate__(self, state, /)': (args, result) => {
    if (sourceOf(args) !== 0) {
      const size = words[(sourceOf(args) << 1) + List.size];
      words[(refAt(args) << 1) + Iterator.position] = Math.max(-1, Math.min(indexOf(args + 1), size - 1));
    }
    setRef(result, Fixed.none);
  },
});

// What is left of a dict or set is listed: a copy of the iterator is used up for it.
for (const type of [T.dict_keyiterator, T.dict_valueiterator, T.dict_itemiterator, T.set_iterator]) {
  natives(type, {
    '__reduce__(self, /)': (args, result) => {
      const at = refAt(args) << 1;
      const slots = pushSlots(2);
      if (sourceOf(args) === 0) setRef(slots + 1, newList(0));
      else {
        const copy = newIterator(type, sourceOf(args), words[at + Iterator.position], words[at + Iterator.limit]);
        for (const cell of [CURRENT, STEP, STOP]) copyValue(copy + cell, refAt(args) + cell);
        setRef(slots + 1, copy);
        setRef(slots + 1, listFrom(slots + 1));
      }
      builtinFunction('iter', slots);
      reduction(slots, [slots + 1], result);
      popSlots(2);
    },
  });
}

natives(T.range_iterator, {
  '__reduce__(self, /)': (args, result) => {
    const slots = pushSlots(3);
    const iterator = refAt(args);
    setRef(slots + 1, newRange(iterator + CURRENT, iterator + STOP, iterator + STEP));
    setRef(slots + 2, Fixed.none);
    builtinFunction('iter', slots);
    reductionWithState(slots, [slots + 1], slots + 2, result);
    popSlots(3);
  },
  '__setstate__(self, state, /)': (args, result) => {
    const iterator = refAt(args);
    const moved = bigIntAt(iterator + CURRENT) + bigIntAt(args + 1) * bigIntAt(iterator + STEP);
    setBigInt(iterator + CURRENT, moved);
    setRef(result, Fixed.none);
  },
});

natives(T.iterator, {
  '__reduce__(self, /)': (args, result) => {
    const slots = pushSlots(3);
    builtinFunction('iter', slots);
    if (sourceOf(args) === 0) {
      setRef(slots + 1, Fixed.emptyTuple);
      reduction(slots, [slots + 1], result);
    } else {
      copyValue(slots + 1, refAt(args) + CURRENT);
      setInt(slots + 2, words[(refAt(args) << 1) + Iterator.position]);
      reductionWithState(slots, [slots + 1], slots + 2, result);
    }
    popSlots(3);
  },
  '__setstate__(self, state, /)': (args, result) => {
    if (sourceOf(args) !== 0) words[(refAt(args) << 1) + Iterator.position] = Math.max(0, indexOf(args + 1));
    setRef(result, Fixed.none);
  },
});

natives(T.callable_iterator, {
  '__reduce__(self, /)': (args, result) => {
    const slots = pushSlots(3);
    builtinFunction('iter', slots);
    if (sourceOf(args) === 0) {
      setRef(slots + 1, Fixed.emptyTuple);
      reduction(slots, [slots + 1], result);
    } else {
      copyValue(slots + 1, refAt(args) + CURRENT);
      copyValue(slots + 2, refAt(args) + STOP);
      reduction(slots, [slots + 1, slots + 2], result);
    }
    popSlots(3);
  },
});

natives(T.reversed, {
  '__reduce__(self, /)': (args, result) => {
    const slots = pushSlots(3);
    setRef(slots, typeOf(args));
    if (sourceOf(args) === Fixed.none) {
      copyValue(slots + 1, refAt(args) + CURRENT);
      setInt(slots + 2, words[(refAt(args) << 1) + Iterator.position]);
      reductionWithState(slots, [slots + 1], slots + 2, result);
    } else {
      setRef(slots + 1, Fixed.emptyTuple);
      reduction(slots, [slots + 1], result);
    }
    popSlots(3);
  },
  '__setstate__(self, state, /)': (args, result) => {
    if (sourceOf(args) === Fixed.none) words[(refAt(args) << 1) + Iterator.position] = Math.max(-1, indexOf(args + 1));
    setRef(result, Fixed.none);
  },
});

natives(T.enumerate, {
  '__reduce__(self, /)': (args, result) => {
    const slots = pushSlots(3);
    setRef(slots, typeOf(args));
    copyValue(slots + 1, refAt(args) + CURRENT);
    copyValue(slots + 2, refAt(args) + STEP);
    reduction(slots, [slots + 1, slots + 2], result);
    popSlots(3);
  },
});
natives(T.filter, {
  '__reduce__(self, /)': (args, result) => {
    const slots = pushSlots(3);
    setRef(slots, typeOf(args));
    copyValue(slots + 1, refAt(args) + CURRENT);
    copyValue(slots + 2, refAt(args) + STEP);
    reduction(slots, [slots + 1, slots + 2], result);
    popSlots(3);
  },
});

/** zip and map: the iterators are a tuple, `position` is 1 if strict. */
for (const type of [T.zip, T.map]) {
  natives(type, {
    '__reduce__(self, /)': (args, result) => {
      const iterators = sourceOf(args);
      const count = words[(iterators << 1) + Tuple.size];
      const given = newTuple(type === T.map ? count + 1 : count);
      if (type === T.map) copyValue(tupleItem(given, 0), refAt(args) + CURRENT);
      for (let i = 0; i < count; i++) copyValue(tupleItem(given, type === T.map ? i + 1 : i), tupleItem(iterators, i));
      const strict = words[(refAt(args) << 1) + Iterator.position] !== 0;
      const answer = newTuple(strict ? 3 : 2);
      setRef(tupleItem(answer, 0), typeOf(args));
      setRef(tupleItem(answer, 1), given);
      if (strict) setRef(tupleItem(answer, 2), Fixed.true);
      setRef(result, answer);
    },
    '__setstate__(self, state, /)': (args, result) => {
      words[(refAt(args) << 1) + Iterator.position] = truth(args + 1) ? 1 : 0;
      setRef(result, Fixed.none);
    },
  });
}
