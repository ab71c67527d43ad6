/**
 * The built-in iterators over one object: lists (both ways), tuples, strings, bytes, dicts, sets, any sequence by
 * index, callables with a sentinel. All have the layout `Iterator` of heap/layouts.ts, so the interpreter and the
 * stencils can advance the frequent ones themselves. Those over several iterables or with a function are in
 * iterator-classes.ts, ranges' in ranges.ts.
 *
 * An exhausted iterator drops its source and stays exhausted, whatever happens to the source later.
 */
import { Fixed, State, T } from '../heap/fixed.ts';
import { Bytes, Dict, Iterator, Kind, List, SetObject, Str, Tuple } from '../heap/layouts.ts';
import { allocate, bytes, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isRef, refAt, setNull, setRef, setSmallInt } from '../heap/values.ts';
import { declareType, materializeType } from './declared-types.ts';
import { dictCount, dictEntry, dictFirst, dictNext } from './dicts.ts';
import { clearRaised, matchesRaised, raise, raiseTypeError } from './errors.ts';
import { setInt } from './integers.ts';
import { call, callSpecial } from './invoke.ts';
import { listItem } from './lists.ts';
import { N } from './names.ts';
import { natives, staticNatives } from './natives.ts';
import { equals, getItem, length } from './operations.ts';
import { operatorsOf } from './operator-tables.ts';
import { ITERATOR_CELLS, rangeReversed } from './ranges.ts';
import { setEntry, setNext } from './sets.ts';
import { characterAt } from './strings.ts';
import { newTuple, tupleItem } from './tuples.ts';
import { defineOperators } from './type-operators.ts';
import { lookup, typeName, typeOf } from './types.ts';

const CURRENT = Iterator.current >> 1;
const STEP = Iterator.step >> 1;
const STOP = Iterator.stop >> 1;

/** A fresh iterator of a built-in iterator type; the value fields are NULL. */
export function newIterator(type: number, source: number, position: number, limit: number): number {
  const iterator = allocate(ITERATOR_CELLS);
  const at = iterator << 1;
  words[at] = type;
  words[at + Iterator.position] = position;
  words[at + Iterator.source] = source;
  words[at + Iterator.limit] = limit;
  setNull(iterator + CURRENT);
  setNull(iterator + (Iterator.step >> 1));
  setNull(iterator + STOP);
  return iterator;
}

/**
 * Advances a built-in iterator (an object, not a slot): next item in `result`, or false. Calls Python only for the
 * types whose items are computed by Python code.
 */
export function iteratorNext(iterator: number, result: number): boolean {
  const slot = pushSlots(1);
  setRef(slot, iterator);
  const next = operatorsOf(words[iterator << 1])?.next;
  if (!next) raiseTypeError(`'${typeName(slot)}' object is not an iterator`);
  const found = next(slot, result);
  popSlots(1);
  return found;
}

/** A `next` routine that calls back into Python: StopIteration raised there is the end, as for any `__next__`. */
export function stoppable(
  routine: (slot: number, result: number) => boolean,
): (slot: number, result: number) => boolean {
  return (slot, result) => {
    const top = words[State.stackTop];
    try {
      return routine(slot, result);
    } catch (error) {
      if (!matchesRaised(error, T.StopIteration)) throw error;
      clearRaised();
      words[State.stackTop] = top;
      return false;
    }
  };
}

function end(iterator: number): false {
  words[(iterator << 1) + Iterator.source] = 0;
  return false;
}

// Lists and tuples

export function listIterator(list: number): number {
  return newIterator(T.list_iterator, list, 0, 0);
}
export function tupleIterator(tuple: number): number {
  return newIterator(T.tuple_iterator, tuple, 0, 0);
}

export function listIteratorNext(iterator: number, result: number): boolean {
  const at = iterator << 1;
  const source = words[at + Iterator.source];
  if (source === 0) return false;
  const position = words[at + Iterator.position];
  if (position >= words[(source << 1) + List.size]) return end(iterator);
  words[at + Iterator.position] = position + 1;
  copyValue(result, words[(source << 1) + List.items] + 1 + position);
  return true;
}

export function tupleIteratorNext(iterator: number, result: number): boolean {
  const at = iterator << 1;
  const source = words[at + Iterator.source];
  if (source === 0) return false;
  const position = words[at + Iterator.position];
  if (position >= words[(source << 1) + Tuple.size]) return end(iterator);
  words[at + Iterator.position] = position + 1;
  copyValue(result, source + 1 + position);
  return true;
}

function listReverseNext(iterator: number, result: number): boolean {
  const at = iterator << 1;
  const source = words[at + Iterator.source];
  if (source === 0) return false;
  const position = words[at + Iterator.position];
  if (position < 0 || position >= words[(source << 1) + List.size]) return end(iterator);
  words[at + Iterator.position] = position - 1;
  copyValue(result, listItem(source, position));
  return true;
}

function remaining(iterator: number, size: number): number {
  const at = iterator << 1;
  return words[at + Iterator.source] === 0 ? 0 : Math.max(0, size - words[at + Iterator.position]);
}

defineOperators(T.list_iterator, { next: (slot, result) => listIteratorNext(refAt(slot), result) });
defineOperators(T.tuple_iterator, { next: (slot, result) => tupleIteratorNext(refAt(slot), result) });
defineOperators(T.list_reverseiterator, { next: (slot, result) => listReverseNext(refAt(slot), result) });
for (const type of [T.list_iterator, T.tuple_iterator, T.str_iterator, T.bytes_iterator]) {
  natives(type, {
    '__length_hint__(self, /)': (args, result) => {
      // The length of every one of these sources lies in word 1.
      const source = words[(refAt(args) << 1) + Iterator.source];
      setSmallInt(result, remaining(refAt(args), words[(source << 1) + 1]));
    },
  });
}
natives(T.list_reverseiterator, {
  '__length_hint__(self, /)': (args, result) => {
    const at = refAt(args) << 1;
    setSmallInt(result, words[at + Iterator.source] === 0 ? 0 : words[at + Iterator.position] + 1);
  },
});

// Strings and bytes

export function stringIterator(string: number): number {
  return newIterator(T.str_iterator, string, 0, 0);
}
export function stringIteratorNext(iterator: number, result: number): boolean {
  const at = iterator << 1;
  const source = words[at + Iterator.source];
  if (source === 0) return false;
  const position = words[at + Iterator.position];
  if (position >= words[(source << 1) + Str.length]) return end(iterator);
  words[at + Iterator.position] = position + 1;
  setRef(result, characterAt(source, position));
  return true;
}

export function bytesIterator(source: number): number {
  return newIterator(T.bytes_iterator, source, 0, 0);
}
function bytesIteratorNext(iterator: number, result: number): boolean {
  const at = iterator << 1;
  const source = words[at + Iterator.source];
  if (source === 0) return false;
  const position = words[at + Iterator.position];
  if (position >= words[(source << 1) + Bytes.length]) return end(iterator);
  words[at + Iterator.position] = position + 1;
  setSmallInt(result, bytes[source * 8 + Bytes.data * 4 + position]);
  return true;
}
defineOperators(T.str_iterator, { next: (slot, result) => stringIteratorNext(refAt(slot), result) });
defineOperators(T.bytes_iterator, { next: (slot, result) => bytesIteratorNext(refAt(slot), result) });

// Dicts and sets

/** Iterator over keys (`type` dict_keyiterator), values or items. */
export function dictIterator(type: number, dict: number): number {
  const iterator = newIterator(type, dict, Math.max(0, dictFirst(dict)), dictCount(dict));
  // how many are left, for dicts that keep their size while their keys change
  setSmallInt(iterator + STOP, dictCount(dict));
  setSmallInt(iterator + STEP, words[(dict << 1) + Dict.keysVersion]);
  return iterator;
}

/** Position of the next entry, or -1 at the end; RuntimeError if the dict's size has changed. */
function advanceDict(iterator: number): number {
  const at = iterator << 1;
  const source = words[at + Iterator.source];
  if (source === 0) return -1;
  if (words[(source << 1) + Dict.count] !== words[at + Iterator.limit]) {
    // Stays in this state: every further attempt fails the same way.
    words[at + Iterator.limit] = -1;
    raise(T.RuntimeError, 'dictionary changed size during iteration');
  }
  const position = dictNext(source, words[at + Iterator.position]);
  if (position < 0) {
    // A key that was exchanged for a new one behind the last item may have left its place to it.
    const isExchanged = words[(iterator + STEP) << 1] !== words[(source << 1) + Dict.keysVersion];
    if (isExchanged && words[(iterator + STOP) << 1] === 0 && dictCount(source) > 0) {
      raise(T.RuntimeError, 'dictionary keys changed during iteration');
    }
    end(iterator);
  } else {
    if (words[(iterator + STOP) << 1]-- === 0) raise(T.RuntimeError, 'dictionary keys changed during iteration');
    setSmallInt(iterator + STEP, words[(source << 1) + Dict.keysVersion]);
    words[at + Iterator.position] = position + 1;
  }
  return position;
}

export function dictKeyIteratorNext(iterator: number, result: number): boolean {
  const source = words[(iterator << 1) + Iterator.source];
  const position = advanceDict(iterator);
  if (position < 0) return false;
  copyValue(result, dictEntry(source, position));
  return true;
}
export function dictValueIteratorNext(iterator: number, result: number): boolean {
  const source = words[(iterator << 1) + Iterator.source];
  const position = advanceDict(iterator);
  if (position < 0) return false;
  copyValue(result, dictEntry(source, position) + 1);
  return true;
}
export function dictItemIteratorNext(iterator: number, result: number): boolean {
  const source = words[(iterator << 1) + Iterator.source];
  const position = advanceDict(iterator);
  if (position < 0) return false;
  setRef(result, entryPair(source, position));
  return true;
}

/** (key, value) of the entry at `position`. */
export function entryPair(dict: number, position: number): number {
  const pair = newTuple(2);
  const entry = dictEntry(dict, position);
  copyValue(tupleItem(pair, 0), entry);
  copyValue(tupleItem(pair, 1), entry + 1);
  return pair;
}
defineOperators(T.dict_keyiterator, { next: (slot, result) => dictKeyIteratorNext(refAt(slot), result) });
defineOperators(T.dict_valueiterator, { next: (slot, result) => dictValueIteratorNext(refAt(slot), result) });
defineOperators(T.dict_itemiterator, { next: (slot, result) => dictItemIteratorNext(refAt(slot), result) });

for (const type of [T.dict_keyiterator, T.dict_valueiterator, T.dict_itemiterator, T.set_iterator]) {
  natives(type, {
    '__length_hint__(self, /)': (args, result) => setSmallInt(result, countRemaining(refAt(args))),
  });
}
/** Entries that a dict or set iterator has still to yield; 0 if the size has changed. */
function countRemaining(iterator: number): number {
  const at = iterator << 1;
  const source = words[at + Iterator.source];
  const isSet = words[at] === T.set_iterator;
  if (source === 0 || words[(source << 1) + (isSet ? SetObject.count : Dict.count)] !== words[at + Iterator.limit])
    return 0;
  const next = isSet ? setNext : dictNext;
  let count = 0;
  for (let position = words[at + Iterator.position]; (position = next(source, position)) >= 0; position++) count++;
  return count;
}

export function setIterator(set: number): number {
  return newIterator(T.set_iterator, set, 0, words[(set << 1) + SetObject.count]);
}
export function setIteratorNext(iterator: number, result: number): boolean {
  const at = iterator << 1;
  const source = words[at + Iterator.source];
  if (source === 0) return false;
  if (words[(source << 1) + SetObject.count] !== words[at + Iterator.limit]) {
    words[at + Iterator.limit] = -1;
    raise(T.RuntimeError, 'Set changed size during iteration');
  }
  const position = setNext(source, words[at + Iterator.position]);
  if (position < 0) return end(iterator);
  words[at + Iterator.position] = position + 1;
  copyValue(result, setEntry(source, position));
  return true;
}
defineOperators(T.set_iterator, { next: (slot, result) => setIteratorNext(refAt(slot), result) });

// Any object with __getitem__; callables

/** iter(object) for an object that has only `__getitem__`. */
export function sequenceIterator(object: number): number {
  const iterator = newIterator(T.iterator, Fixed.none, 0, 0);
  copyValue(iterator + CURRENT, object);
  return iterator;
}
function sequenceNext(slot: number, result: number): boolean {
  const iterator = refAt(slot);
  const at = iterator << 1;
  if (words[at + Iterator.source] === 0) return false;
  const slots = pushSlots(1);
  setSmallInt(slots, words[at + Iterator.position]);
  try {
    getItem(iterator + CURRENT, slots, slots);
  } catch (error) {
    if (!matchesRaised(error, T.IndexError) && !matchesRaised(error, T.StopIteration)) throw error;
    clearRaised();
    popSlots(1);
    setNull(iterator + CURRENT);
    return end(iterator);
  }
  words[at + Iterator.position]++;
  copyValue(result, slots);
  popSlots(1);
  return true;
}
defineOperators(T.iterator, { next: sequenceNext });

/** iter(callable, sentinel). */
export function callableIterator(callable: number, sentinel: number): number {
  const iterator = newIterator(T.callable_iterator, Fixed.none, 0, 0);
  copyValue(iterator + CURRENT, callable);
  copyValue(iterator + STOP, sentinel);
  return iterator;
}
defineOperators(T.callable_iterator, {
  next: (slot, result) => {
    const iterator = refAt(slot);
    if (words[(iterator << 1) + Iterator.source] === 0) return false;
    const item = pushSlots(1);
    try {
      call(iterator + CURRENT, item, 0, item);
    } catch (error) {
      if (!matchesRaised(error, T.StopIteration)) throw error;
      clearRaised();
      popSlots(1);
      return end(iterator);
    }
    // the call may have gone through this very iterator to its end
    if (words[(iterator << 1) + Iterator.source] === 0) {
      popSlots(1);
      return false;
    }
    if (equals(iterator + STOP, item)) {
      popSlots(1);
      return end(iterator);
    }
    copyValue(result, item);
    popSlots(1);
    return true;
  },
});

// reversed

/** reversed(object) in `result`. May call Python (`__reversed__`, `__len__`). */
export function reverse(object: number, result: number): void {
  if (isRef(object)) {
    const ref = refAt(object);
    switch (words[ref << 1]) {
      case T.list:
        setRef(result, newIterator(T.list_reverseiterator, ref, words[(ref << 1) + List.size] - 1, 0));
        return;
      case T.range:
        setRef(result, rangeReversed(ref));
        return;
    }
  }
  const type = typeOf(object);
  const special = lookup(type, N.__reversed__);
  if (special !== 0) {
    if (isRef(special) && refAt(special) === Fixed.none)
      raiseTypeError(`'${typeName(object)}' object is not reversible`);
    callSpecial(object, N.__reversed__, object, 0, result);
    return;
  }
  if (lookup(type, N.__getitem__) === 0) raiseTypeError(`'${typeName(object)}' object is not reversible`);
  const size = length(object);
  const iterator = newIterator(T.reversed, Fixed.none, size - 1, 0);
  copyValue(iterator + CURRENT, object);
  setRef(result, iterator);
}

/** Types of reversed() of a dict or view, by `View.which`. */
export const DICT_REVERSE_ITERATORS: readonly T[] = ['key', 'value', 'item'].map((what) =>
  declareType({
    name: `dict_reverse${what}iterator`,
    module: 'builtins',
    kind: Kind.iterator,
    final: true,
    hidden: true,
  }),
);

/** reversed() of a dict or view: entries from the last to the first; `which` as in `View.which`. */
export function dictReversed(dict: number, which: number): number {
  const type = materializeType(DICT_REVERSE_ITERATORS[which]);
  return newIterator(type, dict, words[(dict << 1) + Dict.used] - 1, dictCount(dict));
}

export function dictReverseNext(iterator: number, result: number): boolean {
  const at = iterator << 1;
  const dict = words[at + Iterator.source];
  if (dict === 0) return false;
  if (words[(dict << 1) + Dict.count] !== words[at + Iterator.limit]) {
    words[at + Iterator.limit] = -1;
    raise(T.RuntimeError, 'dictionary changed size during iteration');
  }
  let position = words[at + Iterator.position];
  if (position >= words[(dict << 1) + Dict.used]) return end(iterator);
  while (position >= 0 && dictNext(dict, position) !== position) position--;
  if (position < 0) return end(iterator);
  words[at + Iterator.position] = position - 1;
  const which = DICT_REVERSE_ITERATORS.indexOf(words[at]);
  if (which === 2) setRef(result, entryPair(dict, position));
  else copyValue(result, dictEntry(dict, position) + which);
  return true;
}

function reversedNext(slot: number, result: number): boolean {
  const iterator = refAt(slot);
  const at = iterator << 1;
  const source = words[at + Iterator.source];
  if (source === 0) return false;
  const position = words[at + Iterator.position];
  if (position < 0) return end(iterator);
  const item = pushSlots(1);
  setSmallInt(item, position);
  try {
    getItem(iterator + CURRENT, item, item);
  } catch (error) {
    if (!matchesRaised(error, T.IndexError) && !matchesRaised(error, T.StopIteration)) throw error;
    clearRaised();
    popSlots(1);
    return end(iterator);
  }
  words[at + Iterator.position] = position - 1;
  copyValue(result, item);
  popSlots(1);
  return true;
}
defineOperators(T.reversed, { next: reversedNext });
for (const type of DICT_REVERSE_ITERATORS) {
  defineOperators(type, { next: (slot, result) => dictReverseNext(refAt(slot), result) });
  natives(type, {
    '__length_hint__(self, /)': (args, result) => {
      const at = refAt(args) << 1;
      const dict = words[at + Iterator.source];
      let count = 0;
      if (dict !== 0 && words[(dict << 1) + Dict.count] === words[at + Iterator.limit]) {
        const last = Math.min(words[at + Iterator.position], words[(dict << 1) + Dict.used] - 1);
        for (let position = 0; (position = dictNext(dict, position)) >= 0 && position <= last; position++) count++;
      }
      setSmallInt(result, count);
    },
  });
}
natives(T.reversed, {
  '__length_hint__(self, /)': (args, result) => {
    const iterator = refAt(args);
    const source = words[(iterator << 1) + Iterator.source];
    const left = source === 0 ? 0 : words[(iterator << 1) + Iterator.position] + 1;
    // the sequence may have become shorter than what is left
    const isSequence = source === Fixed.none && left > 0;
    setInt(result, isSequence && length(iterator + CURRENT) < left ? 0 : left);
  },
});
staticNatives(T.reversed, {
  '__new__(cls, object, /)': (args, result) => reverse(args + 1, result),
});
