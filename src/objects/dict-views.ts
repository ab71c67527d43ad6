/** keys(), values() and items() of dicts as objects: sets in part. mappingproxy is the same layout, read-only. */
import { T } from '../heap/fixed.ts';
import { Kind, View } from '../heap/layouts.ts';
import { allocate, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isRef, refAt, setRef } from '../heap/values.ts';
import { dictCount, dictEntry, dictFind, dictNext } from './dicts.ts';
import { setBool } from './integers.ts';
import { dictIterator, dictReversed, entryPair } from './iterators.ts';
import { getset, natives } from './natives.ts';
import { contains, iterate, length, next, repr } from './operations.ts';
import { BinaryOperator, CompareOperator } from './operators.ts';
import { enterRepr, itemsEqual, leaveRepr } from './sequences.ts';
import { differenceUpdate, intersection, setFrom, setUpdateFrom, symmetricUpdate } from './set-methods.ts';
import { newSet, setAdd } from './sets.ts';
import { newString, stringOf } from './strings.ts';
import { tupleItem, tupleSize } from './tuples.ts';
import { defineOperators, UNHASHABLE } from './type-operators.ts';
import { kindAt, typeName, typeOf } from './types.ts';

const VIEW_CELLS = 2;

/** A view of `dict`; `which` as in View.which. */
export function newView(type: number, which: number, dict: number): number {
  const view = allocate(VIEW_CELLS);
  const at = view << 1;
  words[at] = type;
  words[at + View.which] = which;
  words[at + View.dict] = dict;
  words[at + View.spare] = 0;
  return view;
}

/** The dict behind a view. */
export function viewDict(view: number): number {
  return words[(view << 1) + View.dict];
}

function isViewOrSet(slot: number): boolean {
  return isView(slot) || kindAt(slot) === Kind.set;
}

/** Is a (key, value) pair in an items view? May call Python. */
function containsPair(dict: number, slot: number): boolean {
  if (!isRef(slot) || words[refAt(slot) << 1] !== T.tuple || tupleSize(refAt(slot)) !== 2) return false;
  const pair = refAt(slot);
  const value = dictFind(dict, tupleItem(pair, 0));
  return value !== 0 && itemsEqual(value, tupleItem(pair, 1));
}

function isView(slot: number): boolean {
  if (kindAt(slot) !== Kind.view) return false;
  const which = words[(refAt(slot) << 1) + View.which];
  return which === 0 || which === 2;
}

/** view & iterable in `result`: the items of the second that the first contains. */
function viewIntersection(left: number, right: number, result: number): void {
  let view = isView(left) ? left : right;
  let other = view === left ? right : left;
  const type = typeOf(other);
  if ((type === T.set || type === T.frozenset) && length(view) <= length(other)) {
    intersection(refAt(other), view, result);
    if (type === T.frozenset) setRef(result, setFrom(result, T.set));
    return;
  }
  if (isView(other) && length(other) > length(view)) [view, other] = [other, view];
  const slots = pushSlots(3);
  setRef(slots, newSet());
  iterate(other, slots + 1);
  while (next(slots + 1, slots + 2)) if (contains(view, slots + 2)) setAdd(refAt(slots), slots + 2);
  copyValue(result, slots);
  popSlots(3);
}

/** Set operators of keys and items views with any iterable. */
function viewBinary(operator: BinaryOperator, left: number, right: number, result: number): boolean {
  if (!isView(left) && !isView(right)) return false;
  if (operator === BinaryOperator.and) {
    viewIntersection(left, right, result);
    return true;
  }
  const slots = pushSlots(2);
  const answer = setFrom(left, T.set);
  setRef(slots, answer);
  switch (operator) {
    case BinaryOperator.or:
      setUpdateFrom(answer, right);
      break;
    case BinaryOperator.subtract:
      differenceUpdate(answer, right);
      break;
    default:
      setRef(slots + 1, setFrom(right, T.set));
      symmetricUpdate(answer, refAt(slots + 1));
  }
  popSlots(2);
  setRef(result, answer);
  return true;
}

/** True if every item that `a` yields is in `b`. */
function isWithin(a: number, b: number): boolean {
  const slots = pushSlots(2);
  iterate(a, slots);
  let within = true;
  while (within && next(slots, slots + 1)) within = contains(b, slots + 1);
  popSlots(2);
  return within;
}

function viewCompare(operator: CompareOperator, a: number, b: number, result: number): boolean {
  if (!isViewOrSet(b)) return false;
  const sizeA = length(a);
  const sizeB = length(b);
  let answer = false;
  switch (operator) {
    case CompareOperator.equal:
      answer = sizeA === sizeB && isWithin(a, b);
      break;
    case CompareOperator.notEqual:
      answer = sizeA !== sizeB || !isWithin(a, b);
      break;
    case CompareOperator.less:
      answer = sizeA < sizeB && isWithin(a, b);
      break;
    case CompareOperator.lessEqual:
      answer = sizeA <= sizeB && isWithin(a, b);
      break;
    case CompareOperator.greater:
      answer = sizeA > sizeB && isWithin(b, a);
      break;
    case CompareOperator.greaterEqual:
      answer = sizeA >= sizeB && isWithin(b, a);
  }
  setBool(result, answer);
  return true;
}

/** dict_keys([...]). */
function viewText(slot: number, which: number): number {
  const view = refAt(slot);
  if (!enterRepr(view)) return newString('...');
  try {
    const dict = viewDict(view);
    const texts: string[] = [];
    const copy = pushSlots(1);
    for (let at = dictNext(dict, 0); at >= 0; at = dictNext(dict, at + 1)) {
      if (which === 2) setRef(copy, entryPair(dict, at));
      else copyValue(copy, dictEntry(dict, at) + which);
      texts.push(stringOf(repr(copy)));
    }
    popSlots(1);
    return newString(`${typeName(slot)}([${texts.join(', ')}])`);
  } finally {
    leaveRepr(view);
  }
}

const SET_OPERATORS = [BinaryOperator.and, BinaryOperator.or, BinaryOperator.xor, BinaryOperator.subtract];

defineOperators(T.dict_keys, {
  length: (slot) => dictCount(viewDict(refAt(slot))),
  iterate: (slot, result) => setRef(result, dictIterator(T.dict_keyiterator, viewDict(refAt(slot)))),
  contains: (slot, item) => dictFind(viewDict(refAt(slot)), item) !== 0,
  binaryOperators: SET_OPERATORS,
  binary: viewBinary,
  compare: viewCompare,
  hash: UNHASHABLE,
  repr: (slot) => viewText(slot, 0),
});
defineOperators(T.dict_values, {
  length: (slot) => dictCount(viewDict(refAt(slot))),
  iterate: (slot, result) => setRef(result, dictIterator(T.dict_valueiterator, viewDict(refAt(slot)))),
  repr: (slot) => viewText(slot, 1),
});
defineOperators(T.dict_items, {
  length: (slot) => dictCount(viewDict(refAt(slot))),
  iterate: (slot, result) => setRef(result, dictIterator(T.dict_itemiterator, viewDict(refAt(slot)))),
  contains: (slot, item) => containsPair(viewDict(refAt(slot)), item),
  binaryOperators: SET_OPERATORS,
  binary: viewBinary,
  compare: viewCompare,
  hash: UNHASHABLE,
  repr: (slot) => viewText(slot, 2),
});

for (const type of [T.dict_keys, T.dict_items]) {
  natives(type, {
    'isdisjoint(self, other, /)': (args, result) => {
      const slots = pushSlots(2);
      iterate(args + 1, slots);
      let disjoint = true;
      while (disjoint && next(slots, slots + 1)) disjoint = !contains(args, slots + 1);
      popSlots(2);
      setBool(result, disjoint);
    },
  });
}
for (const [type, which] of [
  [T.dict_keys, 0],
  [T.dict_values, 1],
  [T.dict_items, 2],
] as const) {
  natives(type, {
    '__reversed__(self, /)': (args, result) => setRef(result, dictReversed(viewDict(refAt(args)), which)),
  });
  getset(type, 'mapping', (slot, result) => setRef(result, newView(T.mappingproxy, 3, viewDict(refAt(slot)))));
}
