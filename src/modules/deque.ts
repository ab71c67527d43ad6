/**
 * collections.deque: a circular buffer in a `values` array whose length is a power of two. CPython's linked blocks were
 * turned down: items in the middle would cost a walk. Cells outside the deque hold zeros, never stale references.
 */
import { Fixed, T } from '../heap/fixed.ts';
import { ArrayObject, TypeFlag } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef, setSmallInt } from '../heap/values.ts';
import { findAttribute } from '../objects/attributes.ts';
import { declareType, newRecord, recordValue } from '../objects/declared-types.ts';
import { raise, raiseIndexError, raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { makeGeneric } from '../objects/generic-aliases.ts';
import { hasIndex, indexOf, isInt, setBool, setInt } from '../objects/integers.ts';
import { call } from '../objects/invoke.ts';
import { firstItem, isListOrTuple, itemCount, listFrom } from '../objects/list-extend.ts';
import { newValuesArray } from '../objects/lists.ts';
import { N } from '../objects/names.ts';
import { getset, natives, staticNatives } from '../objects/natives.ts';
import { dictOf } from '../objects/object-dicts.ts';
import { compareTruth, equals, iterate, next, repr } from '../objects/operations.ts';
import { CompareOperator, orderingMatches } from '../objects/operators.ts';
import { enterRepr, leaveRepr } from '../objects/sequences.ts';
import { newString, stringOf } from '../objects/strings.ts';
import { newTuple, tupleItem } from '../objects/tuples.ts';
import { defineOperators, UNHASHABLE } from '../objects/type-operators.ts';
import { isSubtype, shortTypeName, typeName, typeOf } from '../objects/types.ts';

/** Values of a deque. */
enum Deque {
  /** the array, or 0 (NULL) while there never was an item */
  array = 0,
  /** small ints: array index of the first item, number of items */
  head = 1,
  size = 2,
  /** small int: changes whenever items come or go, for iterators */
  state = 3,
  /** int, or -1 for none */
  maximum = 4,
  count = 5,
}
const DEQUE = declareType({
  name: 'deque',
  module: 'collections',
  native: '_collections',
  values: Deque.count,
  weak: true,
  pattern: TypeFlag.sequence,
});
/** values: 0 deque, 1 items given so far, 2 the deque's state */
const ITERATOR = declareType({ name: '_deque_iterator', module: 'collections', native: '_collections', values: 3 });
const REVERSE_ITERATOR = declareType({
  name: '_deque_reverse_iterator',
  module: 'collections',
  native: '_collections',
  values: 3,
});

const field = (deque: number, value: Deque): number => words[recordValue(deque, value) << 1];
function setField(deque: number, value: Deque, number: number): void {
  setSmallInt(recordValue(deque, value), number);
}
const sizeOf = (deque: number): number => field(deque, Deque.size);
const maximumOf = (deque: number): number => field(deque, Deque.maximum);

/** The cell of item `index`, which must be in range. */
function itemCell(deque: number, index: number): number {
  const array = field(deque, Deque.array);
  const mask = words[(array << 1) + ArrayObject.length] - 1;
  return array + 1 + ((field(deque, Deque.head) + index) & mask);
}

function clearCell(cell: number): void {
  words[cell << 1] = 0;
  words[(cell << 1) + 1] = 0;
}

/** Makes room for one more item. */
function reserve(deque: number): void {
  const array = field(deque, Deque.array);
  const size = sizeOf(deque);
  if (array !== 0 && size < words[(array << 1) + ArrayObject.length]) return;
  const grown = newValuesArray(array === 0 ? 8 : size * 2);
  for (let i = 0; i < size; i++) copyValue(grown + 1 + i, itemCell(deque, i));
  setRef(recordValue(deque, Deque.array), grown);
  setField(deque, Deque.head, 0);
}

/** Tells iterators of a change. */
function touch(deque: number): void {
  setField(deque, Deque.state, (field(deque, Deque.state) + 1) | 0);
}

function append(deque: number, value: number): void {
  reserve(deque);
  const size = sizeOf(deque);
  copyValue(itemCell(deque, size), value);
  setField(deque, Deque.size, size + 1);
  touch(deque);
  const maximum = maximumOf(deque);
  if (maximum >= 0 && size >= maximum) dropFirst(deque);
}
function appendLeft(deque: number, value: number): void {
  reserve(deque);
  const size = sizeOf(deque);
  const array = field(deque, Deque.array);
  const mask = words[(array << 1) + ArrayObject.length] - 1;
  const head = (field(deque, Deque.head) - 1) & mask;
  copyValue(array + 1 + head, value);
  setField(deque, Deque.head, head);
  setField(deque, Deque.size, size + 1);
  touch(deque);
  const maximum = maximumOf(deque);
  if (maximum >= 0 && size >= maximum) dropLast(deque);
}
function dropFirst(deque: number): void {
  clearCell(itemCell(deque, 0));
  const mask = words[(field(deque, Deque.array) << 1) + ArrayObject.length] - 1;
  setField(deque, Deque.head, (field(deque, Deque.head) + 1) & mask);
  setField(deque, Deque.size, sizeOf(deque) - 1);
  touch(deque);
}
function dropLast(deque: number): void {
  const size = sizeOf(deque);
  clearCell(itemCell(deque, size - 1));
  setField(deque, Deque.size, size - 1);
  touch(deque);
}

function clear(deque: number): void {
  setSmallInt(recordValue(deque, Deque.array), 0);
  setField(deque, Deque.head, 0);
  setField(deque, Deque.size, 0);
  touch(deque);
}

/** Takes item `index` out, moving the shorter side. */
function removeAt(deque: number, index: number): void {
  const size = sizeOf(deque);
  if (index < size >> 1) {
    for (let i = index; i > 0; i--) copyValue(itemCell(deque, i), itemCell(deque, i - 1));
    dropFirst(deque);
  } else {
    for (let i = index; i < size - 1; i++) copyValue(itemCell(deque, i), itemCell(deque, i + 1));
    dropLast(deque);
  }
}

function rotate(deque: number, steps: number): void {
  const size = sizeOf(deque);
  if (size < 2) return;
  let by = steps % size;
  if (by < 0) by += size;
  const value = pushSlots(1);
  const maximum = maximumOf(deque);
  // for the moment there may be one more than the maximum
  setField(deque, Deque.maximum, -1);
  if (by <= size >> 1) {
    for (; by > 0; by--) {
      copyValue(value, itemCell(deque, size - 1));
      dropLast(deque);
      appendLeft(deque, value);
    }
  } else {
    for (by = size - by; by > 0; by--) {
      copyValue(value, itemCell(deque, 0));
      dropFirst(deque);
      append(deque, value);
    }
  }
  setField(deque, Deque.maximum, maximum);
  popSlots(1);
}

/** Appends every item of an iterable, which may be the deque itself. May call Python. */
function extend(slot: number, iterable: number, add: (deque: number, value: number) => void): void {
  const slots = pushSlots(2);
  const deque = refAt(slot);
  if (isRef(iterable) && (refAt(iterable) === deque || isListOrTuple(iterable))) {
    setRef(slots, isListOrTuple(iterable) ? refAt(iterable) : listFrom(iterable));
    for (let i = 0; i < itemCount(refAt(slots)); i++) add(deque, firstItem(refAt(slots)) + i);
  } else {
    iterate(iterable, slots);
    while (next(slots, slots + 1)) add(deque, slots + 1);
  }
  popSlots(2);
}

/** A deque of the same class, in slot `result`: made by a call for subclasses. May call Python. */
function copyOf(slot: number, result: number): void {
  const deque = refAt(slot);
  const slots = pushSlots(4);
  if (words[deque << 1] === DEQUE) {
    const copy = emptyDeque(DEQUE, maximumOf(deque));
    setRef(slots, copy);
    for (let i = 0; i < sizeOf(deque); i++) append(copy, itemCell(deque, i));
    copyValue(result, slots);
  } else {
    setRef(slots, words[deque << 1]);
    copyValue(slots + 1, slot);
    if (maximumOf(deque) >= 0) setInt(slots + 2, maximumOf(deque));
    call(slots, slots + 1, maximumOf(deque) < 0 ? 1 : 2, slots);
    if (!isDeque(slots)) {
      raiseTypeError(`${shortTypeName(words[deque << 1])}() must return a deque, not ${typeName(slots)}`);
    }
    copyValue(result, slots);
  }
  popSlots(4);
}

function emptyDeque(type: number, maximum: number): number {
  const deque = newRecord(type);
  for (const value of [Deque.array, Deque.head, Deque.size, Deque.state]) setField(deque, value, 0);
  setField(deque, Deque.maximum, maximum);
  return deque;
}

function isDeque(slot: number): boolean {
  return isRef(slot) && isSubtype(words[refAt(slot) << 1], DEQUE);
}

/** An index argument clamped to the deque, as list.index clamps. */
function clamped(slot: number, size: number): number {
  if (!hasIndex(slot)) raiseTypeError('slice indices must be integers or have an __index__ method');
  const index = indexOf(slot);
  return index < 0 ? Math.max(0, index + size) : Math.min(index, size);
}

/** Position of an equal item in [from, to), or -1. RuntimeError if comparing changed the deque. */
function find(deque: number, value: number, from: number, to: number): number {
  const state = field(deque, Deque.state);
  const item = pushSlots(1);
  for (let i = from; i < to; i++) {
    copyValue(item, itemCell(deque, i));
    const found = equals(item, value);
    if (field(deque, Deque.state) !== state) raise(T.RuntimeError, 'deque mutated during iteration');
    if (found) {
      popSlots(1);
      return i;
    }
  }
  popSlots(1);
  return -1;
}

function subscript(deque: number, key: number): number {
  if (!hasIndex(key)) raiseTypeError(`sequence index must be integer, not '${typeName(key)}'`);
  const size = sizeOf(deque);
  let index = indexOf(key);
  if (index < 0) index += size;
  if (index < 0 || index >= size) raiseIndexError('deque index out of range');
  return index;
}

function newIterator(type: number, deque: number): number {
  const iterator = newRecord(type);
  setRef(recordValue(iterator, 0), deque);
  setSmallInt(recordValue(iterator, 1), 0);
  setField(iterator, 2, field(deque, Deque.state));
  return iterator;
}

/** deque * count, kept within the maximum. */
function repeat(deque: number, times: number): void {
  const size = sizeOf(deque);
  const count = Math.max(0, times);
  if (count === 0) {
    clear(deque);
    return;
  }
  if (size * count > 2 ** 28) raise(T.MemoryError, '');
  const value = pushSlots(1);
  for (let i = 0; i < size * (count - 1); i++) {
    // the item `size` places from the end, whether or not the oldest are dropped meanwhile
    copyValue(value, itemCell(deque, sizeOf(deque) - size));
    append(deque, value);
  }
  popSlots(1);
}

defineOperators(DEQUE, {
  length: (slot) => sizeOf(refAt(slot)),
  truth: (slot) => sizeOf(refAt(slot)) !== 0,
  getItem: (slot, key, result) => {
    const deque = refAt(slot);
    copyValue(result, itemCell(deque, subscript(deque, key)));
  },
  setItem: (slot, key, value) => {
    const deque = refAt(slot);
    copyValue(itemCell(deque, subscript(deque, key)), value);
  },
  deleteItem: (slot, key) => {
    const deque = refAt(slot);
    removeAt(deque, subscript(deque, key));
  },
  contains: (slot, value) => find(refAt(slot), value, 0, sizeOf(refAt(slot))) >= 0,
  iterate: (slot, result) => setRef(result, newIterator(ITERATOR, refAt(slot))),
  concatenate: (left, right, result) => {
    if (!isDeque(right)) raiseTypeError(`can only concatenate deque (not "${typeName(right)}") to deque`);
    const slots = pushSlots(1);
    copyOf(left, slots);
    extend(slots, right, append);
    copyValue(result, slots);
    popSlots(1);
  },
  inPlaceConcatenate: (left, right, result) => {
    extend(left, right, append);
    copyValue(result, left);
  },
  repeat: (slot, count, result) => {
    const slots = pushSlots(1);
    copyOf(slot, slots);
    repeat(refAt(slots), count);
    copyValue(result, slots);
    popSlots(1);
  },
  inPlaceRepeat: (slot, count, result) => {
    repeat(refAt(slot), count);
    copyValue(result, slot);
  },
  compare: (operator, left, right, result) => {
    if (!isDeque(right)) return false;
    compareDeques(operator, refAt(left), refAt(right), result);
    return true;
  },
  hash: UNHASHABLE,
  repr: (slot) => {
    const deque = refAt(slot);
    const name = shortTypeName(words[deque << 1]);
    if (!enterRepr(deque)) return newString('[...]');
    try {
      const items = pushSlots(1);
      setRef(items, listFrom(slot));
      const text = stringOf(repr(items));
      popSlots(1);
      const maximum = maximumOf(deque);
      return newString(maximum < 0 ? `${name}(${text})` : `${name}(${text}, maxlen=${maximum})`);
    } finally {
      leaveRepr(deque);
    }
  },
});

/** Items in order, then lengths. Comparing items may call Python; a deque that changes meanwhile raises RuntimeError. */
function compareDeques(operator: CompareOperator, a: number, b: number, result: number): void {
  const equality = operator === CompareOperator.equal || operator === CompareOperator.notEqual;
  if (equality && sizeOf(a) !== sizeOf(b)) {
    setBool(result, operator === CompareOperator.notEqual);
    return;
  }
  const states = [field(a, Deque.state), field(b, Deque.state)];
  const items = pushSlots(2);
  for (let i = 0; i < sizeOf(a) && i < sizeOf(b); i++) {
    copyValue(items, itemCell(a, i));
    copyValue(items + 1, itemCell(b, i));
    const same = equals(items, items + 1);
    if (field(a, Deque.state) !== states[0] || field(b, Deque.state) !== states[1]) {
      raise(T.RuntimeError, 'deque mutated during iteration');
    }
    if (same) continue;
    const answer = equality ? operator === CompareOperator.notEqual : compareTruth(operator, items, items + 1);
    popSlots(2);
    setBool(result, answer);
    return;
  }
  popSlots(2);
  setBool(result, orderingMatches(operator, sizeOf(a) - sizeOf(b)));
}

staticNatives(DEQUE, {
  '__new__(cls, /, *args, **kwargs)': (args, result) => setRef(result, emptyDeque(refAt(args), -1)),
});
getset(DEQUE, 'maxlen', (object, result) => {
  const maximum = maximumOf(refAt(object));
  if (maximum < 0) setRef(result, Fixed.none);
  else setInt(result, maximum);
});
makeGeneric(DEQUE);

function raiseEmpty(): never {
  raiseIndexError('pop from an empty deque');
}

natives(DEQUE, {
  '__init__(self, iterable=(), maxlen=None)': (args, result) => {
    const deque = refAt(args);
    let maximum = -1;
    if (!isRef(args + 2) || refAt(args + 2) !== Fixed.none) {
      if (!isInt(args + 2)) raiseTypeError('an integer is required');
      maximum = indexOf(args + 2);
      if (maximum < 0) raiseValueError('maxlen must be non-negative');
    }
    setField(deque, Deque.maximum, maximum);
    if (sizeOf(deque) > 0) clear(deque);
    extend(args, args + 1, append);
    setRef(result, Fixed.none);
  },
  'append(self, item, /)': (args, result) => {
    append(refAt(args), args + 1);
    setRef(result, Fixed.none);
  },
  'appendleft(self, item, /)': (args, result) => {
    appendLeft(refAt(args), args + 1);
    setRef(result, Fixed.none);
  },
  'pop(self, /)': (args, result) => {
    const deque = refAt(args);
    if (sizeOf(deque) === 0) raiseEmpty();
    copyValue(result, itemCell(deque, sizeOf(deque) - 1));
    dropLast(deque);
  },
  'popleft(self, /)': (args, result) => {
    const deque = refAt(args);
    if (sizeOf(deque) === 0) raiseEmpty();
    copyValue(result, itemCell(deque, 0));
    dropFirst(deque);
  },
  'extend(self, iterable, /)': (args, result) => {
    extend(args, args + 1, append);
    setRef(result, Fixed.none);
  },
  'extendleft(self, iterable, /)': (args, result) => {
    extend(args, args + 1, appendLeft);
    setRef(result, Fixed.none);
  },
  'clear(self, /)': (args, result) => {
    clear(refAt(args));
    setRef(result, Fixed.none);
  },
  'copy(self, /)': (args, result) => copyOf(args, result),
  '__copy__(self, /)': (args, result) => copyOf(args, result),
  'count(self, value, /)': (args, result) => {
    const deque = refAt(args);
    const state = field(deque, Deque.state);
    const item = pushSlots(1);
    let count = 0;
    for (let i = 0; i < sizeOf(deque); i++) {
      copyValue(item, itemCell(deque, i));
      if (equals(item, args + 1)) count++;
      if (field(deque, Deque.state) !== state) raise(T.RuntimeError, 'deque mutated during iteration');
    }
    popSlots(1);
    setInt(result, count);
  },
  'index(self, value, start=..., stop=..., /)': (args, result) => {
    const deque = refAt(args);
    const size = sizeOf(deque);
    const start = isNull(args + 2) ? 0 : clamped(args + 2, size);
    const stop = isNull(args + 3) ? size : clamped(args + 3, size);
    const found = find(deque, args + 1, start, Math.min(stop, sizeOf(deque)));
    if (found < 0) raiseValueError('deque.index(x): x not in deque');
    setInt(result, found);
  },
  'insert(self, index, value, /)': (args, result) => {
    const deque = refAt(args);
    const size = sizeOf(deque);
    if (maximumOf(deque) === size) raiseIndexError('deque already at its maximum size');
    if (!hasIndex(args + 1)) raiseTypeError(`'${typeName(args + 1)}' object cannot be interpreted as an integer`);
    const index = clamped(args + 1, size);
    if (index < size >> 1) {
      appendLeft(deque, args + 2);
      for (let i = 0; i < index; i++) copyValue(itemCell(deque, i), itemCell(deque, i + 1));
    } else {
      append(deque, args + 2);
      for (let i = size; i > index; i--) copyValue(itemCell(deque, i), itemCell(deque, i - 1));
    }
    copyValue(itemCell(deque, index), args + 2);
    setRef(result, Fixed.none);
  },
  'remove(self, value, /)': (args, result) => {
    const deque = refAt(args);
    const size = sizeOf(deque);
    const state = field(deque, Deque.state);
    const item = pushSlots(1);
    for (let i = 0; i < size; i++) {
      copyValue(item, itemCell(deque, i));
      const found = equals(item, args + 1);
      if (field(deque, Deque.state) !== state) raiseIndexError('deque mutated during remove().');
      if (!found) continue;
      removeAt(deque, i);
      popSlots(1);
      setRef(result, Fixed.none);
      return;
    }
    raiseValueError('deque.remove(x): x not in deque');
  },
  'reverse(self, /)': (args, result) => {
    const deque = refAt(args);
    const item = pushSlots(1);
    for (let i = 0, j = sizeOf(deque) - 1; i < j; i++, j--) {
      copyValue(item, itemCell(deque, i));
      copyValue(itemCell(deque, i), itemCell(deque, j));
      copyValue(itemCell(deque, j), item);
    }
    popSlots(1);
    setRef(result, Fixed.none);
  },
  'rotate(self, n=1, /)': (args, result) => {
    if (!hasIndex(args + 1)) raiseTypeError(`'${typeName(args + 1)}' object cannot be interpreted as an integer`);
    rotate(refAt(args), indexOf(args + 1));
    setRef(result, Fixed.none);
  },
  '__reversed__(self, /)': (args, result) => setRef(result, newIterator(REVERSE_ITERATOR, refAt(args))),
  '__sizeof__(self, /)': (args, result) => setInt(result, 232 + 8 * sizeOf(refAt(args))),
  '__reduce__(self, /)': (args, result) => {
    const deque = refAt(args);
    const slots = pushSlots(3);
    const answer = newTuple(4);
    setRef(slots, answer);
    for (let i = 0; i < 4; i++) setRef(tupleItem(answer, i), Fixed.none);
    setRef(tupleItem(answer, 0), typeOf(args));
    const maximum = maximumOf(deque);
    const given = newTuple(maximum < 0 ? 0 : 2);
    setRef(tupleItem(answer, 1), given);
    if (maximum >= 0) {
      setRef(tupleItem(given, 0), Fixed.emptyTuple);
      setInt(tupleItem(given, 1), maximum);
    }
    if (findAttribute(args, N.__getstate__, slots + 1)) {
      call(slots + 1, slots + 2, 0, slots + 1);
      copyValue(tupleItem(refAt(slots), 2), slots + 1);
    } else if (dictOf(deque) !== 0) setRef(tupleItem(answer, 2), dictOf(deque));
    iterate(args, slots + 1);
    copyValue(tupleItem(refAt(slots), 3), slots + 1);
    copyValue(result, slots);
    popSlots(3);
  },
});

for (const type of [ITERATOR, REVERSE_ITERATOR]) {
  const backward = type === REVERSE_ITERATOR;
  defineOperators(type, {
    next: (slot, result) => {
      const iterator = refAt(slot);
      if (isNull(recordValue(iterator, 0))) return false;
      const deque = refAt(recordValue(iterator, 0));
      const given = field(iterator, 1);
      const size = sizeOf(deque);
      if (field(iterator, 2) !== field(deque, Deque.state)) {
        setField(iterator, 1, 0x3fffffff);
        raise(T.RuntimeError, 'deque mutated during iteration');
      }
      if (given >= size) return false;
      copyValue(result, itemCell(deque, backward ? size - 1 - given : given));
      setField(iterator, 1, given + 1);
      return true;
    },
  });
  staticNatives(type, {
    '__new__(cls, deque, index=0, /)': (args, result) => {
      if (!isDeque(args + 1)) raiseTypeError(`argument 1 must be collections.deque, not ${typeName(args + 1)}`);
      const iterator = newIterator(refAt(args), refAt(args + 1));
      setField(iterator, 1, Math.max(0, Math.min(indexOf(args + 2), sizeOf(refAt(args + 1)))));
      setRef(result, iterator);
    },
  });
  natives(type, {
    '__length_hint__(self, /)': (args, result) => {
      const iterator = refAt(args);
      const deque = refAt(recordValue(iterator, 0));
      setInt(result, Math.max(0, sizeOf(deque) - field(iterator, 1)));
    },
    '__reduce__(self, /)': (args, result) => {
      const iterator = refAt(args);
      const pair = newTuple(2);
      setRef(tupleItem(pair, 0), type);
      const given = newTuple(2);
      setRef(tupleItem(pair, 1), given);
      copyValue(tupleItem(given, 0), recordValue(iterator, 0));
      setSmallInt(tupleItem(given, 1), field(iterator, 1));
      setRef(result, pair);
    },
  });
}
