/**
 * Sets and frozensets: lookup, insertion, removal, copying. Programs print sets, so the order of iteration is CPython's:
 * same table sizes, same probe order (nine neighbours, then a jump mixed from the hash's upper bits), same moments and
 * factors of growth. For elements whose hashes are CPython's (numbers, tuples and frozensets of such) the order agrees;
 * strings have random hashes there. Methods are in set-methods.ts.
 *
 * An empty set that never grew has no table (`table` 0) but behaves as one of 8 entries.
 */
import { T } from '../heap/fixed.ts';
import { ArrayObject, SetObject } from '../heap/layouts.ts';
import { allocate, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { isImmediateInt, TAG_REF } from '../heap/values.ts';
import { hashHigh, hashLow, hashValue, storableHigh } from './hashes.ts';
import { equals, raiseUnusable } from './operations.ts';
import { stringEquals } from './strings.ts';

const MINIMUM_SIZE = 8;
const LINEAR_PROBES = 9;
const PERTURB_SHIFT = 5;
export const SET_CELLS = 4;

/** Turns SET_CELLS fresh cells into an empty set or frozenset of type `type`. */
export function initializeSet(set: number, type: number): void {
  const start = set << 1;
  words[start + SetObject.type] = type;
  words[start + SetObject.count] = 0;
  words[start + SetObject.table] = 0;
  words[start + SetObject.mask] = MINIMUM_SIZE - 1;
  words[start + SetObject.fill] = 0;
  words[start + SetObject.hashed] = 0;
  words[start + SetObject.hash] = 0;
  words[start + SetObject.hashHigh] = 0;
}

export function newSet(): number {
  const set = allocate(SET_CELLS);
  initializeSet(set, T.set);
  return set;
}
export function newFrozenset(): number {
  const set = allocate(SET_CELLS);
  initializeSet(set, T.frozenset);
  return set;
}

export function setCount(set: number): number {
  return words[(set << 1) + SetObject.count];
}

/** The first position at or after `position` with an element, or -1. Start with 0; go on with the result plus 1. */
export function setNext(set: number, position: number): number {
  const start = set << 1;
  const table = words[start + SetObject.table];
  if (table === 0) return -1;
  const mask = words[start + SetObject.mask];
  let at = (table + 1 + position * 2) << 1;
  for (let next = position; next <= mask; next++, at += 4) {
    if (words[at] !== 0 || words[at + 1] !== TAG_REF) return next;
  }
  return -1;
}

/** The cell of the element at `position`. Valid until the set next grows. */
export function setEntry(set: number, position: number): number {
  return words[(set << 1) + SetObject.table] + 1 + position * 2;
}

/** A table of `size` empty entries. */
function newTable(size: number): number {
  const table = allocate(1 + size * 2);
  const start = table << 1;
  words[start] = T.values;
  words[start + ArrayObject.length] = size * 2;
  words.fill(0, start + 2, start + 2 + size * 4);
  const end = start + 2 + size * 4;
  for (let at = start + 3; at < end; at += 4) words[at] = TAG_REF;
  return table;
}

/** The words of the perturbation: an unsigned 64-bit number that each jump shifts right. */
let perturbLow = 0;
let perturbHigh = 0;

/** The entry after a jump from entry `i`. */
function jump(i: number, mask: number): number {
  perturbLow = (perturbLow >>> PERTURB_SHIFT) | (perturbHigh << (32 - PERTURB_SHIFT));
  perturbHigh >>>= PERTURB_SHIFT;
  return (Math.imul(i, 5) + 1 + perturbLow) & mask;
}

/** Puts an element that is known to be absent into a table without dummies. */
function insertClean(table: number, mask: number, keyLow: number, keyHigh: number, low: number, high: number): void {
  perturbLow = low;
  perturbHigh = high;
  const entries = (table + 1) << 1;
  let i = low & mask;
  for (;;) {
    const last = i + LINEAR_PROBES <= mask ? i + LINEAR_PROBES : i;
    for (let probe = i; probe <= last; probe++) {
      const at = entries + (probe << 2);
      if (words[at] === 0 && words[at + 1] === TAG_REF) {
        words[at] = keyLow;
        words[at + 1] = keyHigh;
        words[at + 2] = low;
        words[at + 3] = high;
        return;
      }
    }
    i = jump(i, mask);
  }
}

/** Rebuilds the table for more than `minimum` elements, dropping dummies. */
function resize(set: number, minimum: number): void {
  const start = set << 1;
  let size = MINIMUM_SIZE;
  while (size <= minimum) size *= 2;
  const old = words[start + SetObject.table];
  const oldMask = words[start + SetObject.mask];
  const table = newTable(size);
  if (old !== 0) {
    let at = (old + 1) << 1;
    for (let position = 0; position <= oldMask; position++, at += 4) {
      if (words[at] === 0 && words[at + 1] === TAG_REF) continue;
      insertClean(table, size - 1, words[at], words[at + 1], words[at + 2], words[at + 3]);
    }
  }
  words[start + SetObject.table] = table;
  words[start + SetObject.mask] = size - 1;
  words[start + SetObject.fill] = words[start + SetObject.count];
}

/** Entry where find() ended: the element, or the empty entry at which a new one goes. */
let foundAt = 0;
/** The last dummy on the way there (a new element goes there first), or 0. */
let dummyAt = 0;

/**
 * Looks for the value in `slot` with the given hash; leaves the word index of its entry, or of the empty entry that ends
 * the probe, in `foundAt`, and in the latter case the last dummy in `dummyAt`. A set without a table gets one, also when
 * `__eq__` cleared it on the way. May call Python (`__eq__`).
 */
function find(set: number, slot: number, low: number, high: number): boolean {
  const start = set << 1;
  const keyLow = words[slot << 1];
  const keyHigh = words[(slot << 1) + 1];
  const immediate = isImmediateInt(slot);
  restart: for (;;) {
    if (words[start + SetObject.table] === 0) words[start + SetObject.table] = newTable(MINIMUM_SIZE);
    const table = words[start + SetObject.table];
    const mask = words[start + SetObject.mask];
    const entries = (table + 1) << 1;
    let jumped = false;
    let dummy = 0;
    let i = low & mask;
    for (;;) {
      const last = i + LINEAR_PROBES <= mask ? i + LINEAR_PROBES : i;
      for (let probe = i; probe <= last; probe++) {
        const at = entries + (probe << 2);
        const entryLow = words[at];
        const entryHigh = words[at + 1];
        if (entryHigh === TAG_REF && entryLow === 0) {
          if (words[at + 2] !== 0 || words[at + 3] !== 0) {
            dummy = at;
            continue;
          }
          foundAt = at;
          dummyAt = dummy;
          return false;
        }
        if (words[at + 2] !== low || words[at + 3] !== high) continue;
        if (entryLow === keyLow && entryHigh === keyHigh) {
          foundAt = at;
          return true;
        }
        if (immediate && entryHigh >> 16 === -2) continue;
        if (entryHigh === TAG_REF && keyHigh === TAG_REF) {
          if (words[entryLow << 1] === T.str && words[keyLow << 1] === T.str) {
            if (!stringEquals(entryLow, keyLow)) continue;
            foundAt = at;
            return true;
          }
        }
        const savedLow = perturbLow;
        const savedHigh = perturbHigh;
        const copy = pushSlots(1);
        words[copy << 1] = entryLow;
        words[(copy << 1) + 1] = entryHigh;
        const same = equals(copy, slot);
        popSlots(1);
        perturbLow = savedLow;
        perturbHigh = savedHigh;
        if (words[start + SetObject.table] !== table || words[at] !== entryLow || words[at + 1] !== entryHigh)
          continue restart;
        if (same) {
          foundAt = at;
          return true;
        }
      }
      if (!jumped) {
        jumped = true;
        perturbLow = low;
        perturbHigh = high;
      }
      i = jump(i, mask);
    }
  }
}

/** Adds with a hash known; true if the element is new. May call Python (`__eq__`). */
function addHashed(set: number, slot: number, low: number, high: number): boolean {
  const start = set << 1;
  if (find(set, slot, low, high)) return false;
  const at = dummyAt !== 0 ? dummyAt : foundAt;
  words[at] = words[slot << 1];
  words[at + 1] = words[(slot << 1) + 1];
  words[at + 2] = low;
  words[at + 3] = high;
  const count = ++words[start + SetObject.count];
  if (dummyAt !== 0) return true;
  const fill = ++words[start + SetObject.fill];
  if (fill * 5 >= words[start + SetObject.mask] * 3) resize(set, count > 50000 ? count * 2 : count * 4);
  return true;
}

function hashElement(slot: number): void {
  try {
    hashValue(slot);
  } catch (error) {
    raiseUnusable(error, slot, 'a set element');
  }
}

/** Adds a copy of the value in `slot`; true if it is new. May call Python; raises for the unhashable. */
export function setAdd(set: number, slot: number): boolean {
  hashElement(slot);
  return addHashed(set, slot, hashLow, storableHigh(hashHigh));
}

/** May call Python; raises for the unhashable. */
export function setContains(set: number, slot: number): boolean {
  hashElement(slot);
  if (words[(set << 1) + SetObject.count] === 0) return false;
  return find(set, slot, hashLow, storableHigh(hashHigh));
}

/** setContains with the plain message for the unhashable, as intersections have it. */
export function setHas(set: number, slot: number): boolean {
  hashValue(slot);
  if (words[(set << 1) + SetObject.count] === 0) return false;
  return find(set, slot, hashLow, storableHigh(hashHigh));
}

/** Is the element of `other` at `position` in `set`? May call Python (`__eq__`). */
export function setContainsEntry(set: number, other: number, position: number): boolean {
  if (words[(set << 1) + SetObject.count] === 0) return false;
  const entry = setEntry(other, position);
  const copy = pushSlots(1);
  words[copy << 1] = words[entry << 1];
  words[(copy << 1) + 1] = words[(entry << 1) + 1];
  const found = find(set, copy, words[(entry << 1) + 2], words[(entry << 1) + 3]);
  popSlots(1);
  return found;
}

/** Adds the element of `other` at `position`; true if it is new. May call Python (`__eq__`). */
export function setAddEntry(set: number, other: number, position: number): boolean {
  const entry = setEntry(other, position);
  const copy = pushSlots(1);
  words[copy << 1] = words[entry << 1];
  words[(copy << 1) + 1] = words[(entry << 1) + 1];
  const added = addHashed(set, copy, words[(entry << 1) + 2], words[(entry << 1) + 3]);
  popSlots(1);
  return added;
}

function makeDummy(set: number, at: number): void {
  words[at] = 0;
  words[at + 1] = TAG_REF;
  words[at + 2] = -1;
  words[at + 3] = -1;
  words[(set << 1) + SetObject.count]--;
}

/** Removes a value; false if it was not there. May call Python; raises for the unhashable. */
export function setDiscard(set: number, slot: number): boolean {
  hashElement(slot);
  if (words[(set << 1) + SetObject.count] === 0) return false;
  if (!find(set, slot, hashLow, storableHigh(hashHigh))) return false;
  makeDummy(set, foundAt);
  return true;
}

/** Removes from `set` what equals the element of `other` at `position`; false if it was not there. May call Python. */
export function setDiscardEntry(set: number, other: number, position: number): boolean {
  if (!setContainsEntry(set, other, position)) return false;
  makeDummy(set, foundAt);
  return true;
}

/** Removes the next element in a round through the table and copies it to `result`; false if the set is empty. */
export function setPop(set: number, result: number): boolean {
  const start = set << 1;
  if (words[start + SetObject.count] === 0) return false;
  const from = words[start + SetObject.hashHigh] & words[start + SetObject.mask];
  let position = setNext(set, from);
  if (position < 0) position = setNext(set, 0);
  const at = setEntry(set, position) << 1;
  words[result << 1] = words[at];
  words[(result << 1) + 1] = words[at + 1];
  makeDummy(set, at);
  words[start + SetObject.hashHigh] = position + 1;
  return true;
}

export function setClear(set: number): void {
  initializeSet(set, words[(set << 1) + SetObject.type]);
}

/** Exchanges the contents of two sets (not their types). */
export function setSwap(a: number, b: number): void {
  for (let word = SetObject.count; word <= SetObject.hashHigh; word++) {
    const kept = words[(a << 1) + word];
    words[(a << 1) + word] = words[(b << 1) + word];
    words[(b << 1) + word] = kept;
  }
}

/** Makes room, as CPython does before it takes in `more` elements of another set or dict. */
export function setReserve(set: number, more: number): void {
  const start = set << 1;
  if ((words[start + SetObject.fill] + more) * 5 >= words[start + SetObject.mask] * 3)
    resize(set, (words[start + SetObject.count] + more) * 2);
}

/** Adds all elements of another set. May call Python (`__eq__`) unless `set` is empty. */
export function setUpdate(set: number, other: number): void {
  const start = set << 1;
  const from = other << 1;
  const count = words[from + SetObject.count];
  if (set === other || count === 0) return;
  setReserve(set, count);
  const mask = words[start + SetObject.mask];
  if (words[start + SetObject.fill] !== 0) {
    for (let position = setNext(other, 0); position >= 0; position = setNext(other, position + 1))
      setAddEntry(set, other, position);
    return;
  }
  if (words[start + SetObject.table] === 0) words[start + SetObject.table] = newTable(mask + 1);
  const table = words[start + SetObject.table];
  if (mask === words[from + SetObject.mask] && words[from + SetObject.fill] === count) {
    const source = words[from + SetObject.table];
    words.copyWithin((table + 1) << 1, (source + 1) << 1, (source + 1 + 2 * (mask + 1)) << 1);
  } else {
    for (let position = setNext(other, 0); position >= 0; position = setNext(other, position + 1)) {
      const at = setEntry(other, position) << 1;
      insertClean(table, mask, words[at], words[at + 1], words[at + 2], words[at + 3]);
    }
  }
  words[start + SetObject.count] = count;
  words[start + SetObject.fill] = count;
}

/** A set (or frozenset) of type `type` (exactly the built-in one) with the same elements. Never calls Python. */
export function setCopy(set: number, type: number): number {
  const copy = allocate(SET_CELLS);
  initializeSet(copy, type);
  setUpdate(copy, set);
  return copy;
}
