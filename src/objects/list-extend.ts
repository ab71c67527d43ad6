/**
 * Taking all items of an iterable: into a list, a tuple, a rooted list for the caller. The built-in iterables are read
 * directly, everything else through its iterator.
 */

import { T } from '../heap/fixed.ts';
import { Kind, List, Str, Tuple } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { isRef, refAt, setRef } from '../heap/values.ts';
import { dictCount, dictEntry, dictNext } from './dicts.ts';
import { raise } from './errors.ts';
import { entryPair } from './iterators.ts';
import { listAppend, listAppendCells, listItem, listReserve, listSize, MAX_ITEMS, newList } from './lists.ts';
import { N } from './names.ts';
import { iterate, next } from './operations.ts';
import { lengthHint } from './protocols.ts';
import { callHelper, drivesPython } from './python-helpers.ts';
import { isSmallRange, rangeItem, rangeLength } from './ranges.ts';
import { setCount, setEntry, setNext } from './sets.ts';
import { characterAt } from './strings.ts';
import { newTupleFrom } from './tuples.ts';
import { inheritsNative, kindOf } from './types.ts';

/** True for exact lists and tuples: their items lie in consecutive cells. */
export function isListOrTuple(slot: number): boolean {
  if (!isRef(slot)) return false;
  const type = words[refAt(slot) << 1];
  return type === T.list || type === T.tuple;
}
/** First cell of the items of a list or tuple (kinds, not exact types). */
export function firstItem(ref: number): number {
  return kindOf(ref) === Kind.tuple ? ref + (Tuple.items >> 1) : words[(ref << 1) + List.items] + 1;
}
/** Number of items of a list or tuple. Both keep it in word 1. */
export function itemCount(ref: number): number {
  return words[(ref << 1) + 1];
}

/** Appends the items of an iterable. May call Python unless it is of a built-in type. */
export function listExtend(list: number, iterable: number): void {
  if (isRef(iterable)) {
    const source = refAt(iterable);
    switch (words[source << 1]) {
      case T.list:
      case T.tuple: {
        const count = itemCount(source);
        if (source === list) listReserve(list, count * 2);
        listAppendCells(list, firstItem(source), count);
        return;
      }
      case T.range:
        if (!isSmallRange(source)) break;
        extendByRange(list, source);
        return;
      case T.dict:
        extendByDict(list, source, 0);
        return;
      case T.set:
      case T.frozenset: {
        listReserve(list, listSize(list) + setCount(source));
        for (let at = setNext(source, 0); at >= 0; at = setNext(source, at + 1)) listAppend(list, setEntry(source, at));
        return;
      }
      case T.str: {
        const length = words[(source << 1) + Str.length];
        const slot = pushSlots(1);
        listReserve(list, listSize(list) + length);
        for (let i = 0; i < length; i++) {
          setRef(slot, characterAt(source, i));
          listAppend(list, slot);
        }
        popSlots(1);
        return;
      }
      case T.dict_keys:
      case T.dict_values:
      case T.dict_items: {
        const which = words[(source << 1) + 1];
        extendByDict(list, words[(source << 1) + 2], which);
        return;
      }
    }
  }
  const slots = pushSlots(3);
  setRef(slots, list);
  iterate(iterable, slots + 1);
  // asked for what it may raise and for what is hopeless: lists grow fast enough
  if (lengthHint(iterable, 8) > MAX_ITEMS) raise(T.MemoryError, '');
  if (words[list << 1] === T.list && drivesPython(slots + 1)) callHelper('extend', slots, 2, slots + 2);
  else while (next(slots + 1, slots + 2)) listAppend(list, slots + 2);
  popSlots(3);
}

function extendByRange(list: number, range: number): void {
  const count = rangeLength(range);
  const size = listSize(list);
  listReserve(list, size + count);
  for (let i = 0; i < count; i++) {
    rangeItem(range, i, listItem(list, size + i));
  }
  words[(list << 1) + List.size] = size + count;
}

/** Keys (0), values (1) or items (2) of a dict. */
function extendByDict(list: number, dict: number, which: number): void {
  listReserve(list, listSize(list) + dictCount(dict));
  const slot = pushSlots(1);
  for (let at = dictNext(dict, 0); at >= 0; at = dictNext(dict, at + 1)) {
    if (which === 2) {
      setRef(slot, entryPair(dict, at));
      listAppend(list, slot);
    } else listAppend(list, dictEntry(dict, at) + which);
  }
  popSlots(1);
}

/** A fresh list of the items of an iterable. May call Python; root the result before the next call. */
export function listFrom(iterable: number): number {
  const list = newList(0);
  listExtend(list, iterable);
  return list;
}

/** A tuple of the items of an iterable; an exact tuple is returned as it is. May call Python. */
export function tupleFrom(iterable: number): number {
  if (isRef(iterable) && words[refAt(iterable) << 1] === T.tuple) return refAt(iterable);
  const source = isListOrTuple(iterable) ? refAt(iterable) : listFrom(iterable);
  return newTupleFrom(listItem(source, 0), listSize(source));
}

/** True if iterating an instance of `type` (a subclass of `base` perhaps) does what the built-in type does. */
export function iteratesLike(type: number, base: T): boolean {
  return type === base || inheritsNative(type, N.__iter__, base);
}
