/**
 * Dicts: lookup, insertion, deletion, iteration. The layout is described at `Dict` in heap/layouts.ts. Methods are in
 * dict-methods.ts, views in dict-views.ts.
 *
 * String keys, by far the most frequent, are probed without any call into Python: pointers first, then hash and bytes.
 * All other keys go through tableHash and equals of operations.ts, which may run Python code that changes the very
 * dict: after such a call the probe starts over when the dict is no longer the one it was.
 *
 * An empty dict owns no tables: its entries are 0 (which reads as an array of length 0) and its index is the shared
 * one-element table at Fixed.emptyIndex.
 */
import { Fixed, State, T } from '../heap/fixed.ts';
import { ArrayObject, DICT_CELLS, DICT_ENTRY_CELLS, Dict, Kind, Str, Type } from '../heap/layouts.ts';
import { allocate, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { isFloat, isImmediateInt, isNull, TAG_REF } from '../heap/values.ts';
import { zeroCells } from './lists.ts';
import { equals, keyHash } from './operations.ts';
import { internRef, stringEquals, stringHash } from './strings.ts';
import { dictChanged } from './watch.ts';

const EMPTY = -1;
const DELETED = -2;
/** Index length of the first table; with the load factor of 2/3 it takes 5 entries. */
const FIRST_INDEX = 8;

words[Fixed.emptyIndex << 1] = T.raw;
words[(Fixed.emptyIndex << 1) + ArrayObject.length] = 8;
words[(Fixed.emptyIndex << 1) + ArrayObject.data] = EMPTY;
words[(Fixed.emptyIndex << 1) + ArrayObject.data + 1] = 0;

/** Turns DICT_CELLS fresh cells into an empty dict of type `type`. */
export function initializeDict(dict: number, type: number): void {
  const start = dict << 1;
  words[start + Dict.type] = type;
  words[start + Dict.count] = 0;
  words[start + Dict.entries] = 0;
  words[start + Dict.index] = Fixed.emptyIndex;
  words[start + Dict.used] = 0;
  words[start + Dict.keysVersion] = words[State.nextKeysVersion]++;
  words[start + Dict.mask] = 0;
  words[start + Dict.watched] = 0;
}

export function newDict(): number {
  const dict = allocate(DICT_CELLS);
  initializeDict(dict, T.dict);
  return dict;
}

export function dictCount(dict: number): number {
  return words[(dict << 1) + Dict.count];
}

/** The first position at or after `position` with a live entry, or -1. Start with 0; go on with the result plus 1. */
export function dictNext(dict: number, position: number): number {
  const start = dict << 1;
  const used = words[start + Dict.used];
  let at = (words[start + Dict.entries] + 1 + position * DICT_ENTRY_CELLS) << 1;
  for (let next = position; next < used; next++) {
    if (words[at] !== 0 || words[at + 1] !== TAG_REF) return next;
    at += DICT_ENTRY_CELLS << 1;
  }
  return -1;
}

/** The position of the first live entry, or -1. Where it was found is remembered, so taking out first entries is linear. */
export function dictFirst(dict: number): number {
  const start = dict << 1;
  if (words[start + Dict.used] === 0) return -1;
  const hint = (words[start + Dict.index] << 1) + ArrayObject.data + words[start + Dict.mask] + 2;
  const first = dictNext(dict, words[hint]);
  if (first >= 0) words[hint] = first;
  return first;
}

/** The cell of the key of the entry at `position`; its value is in the next cell. Valid until the dict next grows. */
export function dictEntry(dict: number, position: number): number {
  return words[(dict << 1) + Dict.entries] + 1 + position * DICT_ENTRY_CELLS;
}

/** The cell of the value under a str, or 0. Compares with str keys only; never calls Python. */
export function dictFindString(dict: number, string: number): number {
  let position = findStringPosition(dict, string);
  if (position === -2) position = findAnyString(dict, string);
  return position < 0 ? 0 : words[(dict << 1) + Dict.entries] + 2 + position * DICT_ENTRY_CELLS;
}

/** Position of a str key, instances of subclasses of str included (compared as plain strings), or -1. */
function findAnyString(dict: number, string: number): number {
  const start = dict << 1;
  const hash = words[(string << 1) + Str.hash];
  const mask = words[start + Dict.mask];
  const index = (words[start + Dict.index] << 1) + ArrayObject.data;
  for (let probe = hash & mask, perturb = hash; ; probe = (probe * 5 + (perturb >>>= 5) + 1) & mask) {
    const position = words[index + probe];
    if (position === EMPTY) return -1;
    if (position === DELETED) continue;
    const entry = dictEntry(dict, position) << 1;
    if (words[entry + 4] !== hash || words[entry + 1] !== TAG_REF) continue;
    const type = words[words[entry] << 1];
    if (words[(type << 1) + Type.kind] === Kind.str && stringEquals(words[entry], string)) return position;
  }
}

/** Position of the entry whose value lies in `cell`. */
export function dictPositionOfValue(dict: number, cell: number): number {
  return (cell - 2 - words[(dict << 1) + Dict.entries]) / DICT_ENTRY_CELLS;
}

/** Position of a str key, -1 if there is none, -2 if a key that is no exact str has the same hash. */
function findStringPosition(dict: number, string: number): number {
  const start = dict << 1;
  const hash = words[(string << 1) + Str.hash] || stringHash(string);
  const mask = words[start + Dict.mask];
  const index = (words[start + Dict.index] << 1) + ArrayObject.data;
  const entries = (words[start + Dict.entries] + 1) << 1;
  let missing = -1;
  for (let probe = hash & mask, perturb = hash; ; probe = (probe * 5 + (perturb >>>= 5) + 1) & mask) {
    const position = words[index + probe];
    if (position < 0) {
      if (position === EMPTY) return missing;
      continue;
    }
    const entry = entries + position * (DICT_ENTRY_CELLS << 1);
    if (words[entry] === string && words[entry + 1] === TAG_REF) return position;
    if (words[entry + 4] !== hash) continue;
    if (words[entry + 1] === TAG_REF && words[words[entry] << 1] === T.str) {
      if (stringEquals(words[entry], string)) return position;
    } else missing = -2;
  }
}

/** Position of a key by hash and equality, or -1. May call Python. */
function findPosition(dict: number, keySlot: number, hash: number): number {
  const start = dict << 1;
  const low = words[keySlot << 1];
  const high = words[(keySlot << 1) + 1];
  const immediate = isImmediateInt(keySlot);
  restart: for (;;) {
    const mask = words[start + Dict.mask];
    const index = (words[start + Dict.index] << 1) + ArrayObject.data;
    const entries = (words[start + Dict.entries] + 1) << 1;
    for (let probe = hash & mask, perturb = hash; ; probe = (probe * 5 + (perturb >>>= 5) + 1) & mask) {
      const position = words[index + probe];
      if (position < 0) {
        if (position === EMPTY) return -1;
        continue;
      }
      const entry = entries + position * (DICT_ENTRY_CELLS << 1);
      if (words[entry + 4] !== hash) continue;
      const entryHigh = words[entry + 1];
      if (words[entry] === low && entryHigh === high) return position;
      if (immediate && entryHigh >> 16 === -2) continue;
      if (isCallFree(entry >> 1) && isCallFree(keySlot)) {
        if (equals(entry >> 1, keySlot)) return position;
        continue;
      }
      const version = words[start + Dict.keysVersion];
      const slot = pushSlots(1);
      words[slot << 1] = words[entry];
      words[(slot << 1) + 1] = entryHigh;
      const found = equals(slot, keySlot);
      popSlots(1);
      if (words[start + Dict.keysVersion] !== version || (words[start + Dict.entries] + 1) << 1 !== entries)
        continue restart;
      if (found) return position;
    }
  }
}

/** True for a value whose comparison with another such value runs no Python code. */
function isCallFree(slot: number): boolean {
  if (words[(slot << 1) + 1] !== TAG_REF) return isFloat(slot) || isImmediateInt(slot);
  const type = words[words[slot << 1] << 1];
  return type === T.str || type === T.int || type === T.bytes || type === T.bool || type === T.NoneType;
}

function positionOf(dict: number, keySlot: number): number {
  if (words[(keySlot << 1) + 1] === TAG_REF && words[words[keySlot << 1] << 1] === T.str) {
    const position = findStringPosition(dict, words[keySlot << 1]);
    if (position > -2) return position;
  }
  return findPosition(dict, keySlot, keyHash(keySlot, 'a dict key'));
}

/** The cell of the value under a key, or 0. May call Python (`__hash__`, `__eq__`); raises for an unhashable key. */
export function dictFind(dict: number, keySlot: number): number {
  const position = positionOf(dict, keySlot);
  return position < 0 ? 0 : words[(dict << 1) + Dict.entries] + 2 + position * DICT_ENTRY_CELLS;
}

/** dictFind and dictSet for a key whose hash (keyHash) is known. May call Python (`__eq__`). */
export function dictFindHashed(dict: number, keySlot: number, hash: number): number {
  const position = findPosition(dict, keySlot, hash);
  return position < 0 ? 0 : words[(dict << 1) + Dict.entries] + 2 + position * DICT_ENTRY_CELLS;
}
export function dictSetHashed(dict: number, keySlot: number, hash: number, valueSlot: number): void {
  const position = findPosition(dict, keySlot, hash);
  if (position >= 0) replaceValue(dict, position, valueSlot);
  else insertNew(dict, hash, words[keySlot << 1], words[(keySlot << 1) + 1], valueSlot);
}

/** Copies the value under a key to `result`; false if there is none. May call Python. */
export function dictGet(dict: number, keySlot: number, result: number): boolean {
  const cell = dictFind(dict, keySlot);
  if (cell === 0) return false;
  words[result << 1] = words[cell << 1];
  words[(result << 1) + 1] = words[(cell << 1) + 1];
  return true;
}

/** Builds entries and index anew for `indexLength`, dropping deleted entries, behind `gap` entries left free. */
function rebuild(dict: number, indexLength: number, gap = 0): void {
  const start = dict << 1;
  const capacity = ((indexLength << 1) / 3) | 0;
  const entries = allocate(1 + capacity * DICT_ENTRY_CELLS);
  words[entries << 1] = T.values;
  words[(entries << 1) + ArrayObject.length] = capacity * DICT_ENTRY_CELLS;
  const index = allocate(2 + (indexLength >> 1));
  words[index << 1] = T.raw;
  words[(index << 1) + ArrayObject.length] = (indexLength + 1) << 2;
  const slots = (index << 1) + ArrayObject.data;
  words.fill(EMPTY, slots, slots + indexLength);
  const mask = indexLength - 1;
  const used = words[start + Dict.used];
  let from = (words[start + Dict.entries] + 1) << 1;
  zeroEntries(entries + 1, gap);
  let to = (entries + 1 + gap * DICT_ENTRY_CELLS) << 1;
  let count = gap;
  for (let position = 0; position < used; position++, from += DICT_ENTRY_CELLS << 1) {
    if (words[from] === 0 && words[from + 1] === TAG_REF) continue;
    for (let word = 0; word < DICT_ENTRY_CELLS << 1; word++) words[to + word] = words[from + word];
    let probe = words[to + 4] & mask;
    let perturb = words[to + 4];
    while (words[slots + probe] !== EMPTY) probe = (probe * 5 + (perturb >>>= 5) + 1) & mask;
    words[slots + probe] = count++;
    to += DICT_ENTRY_CELLS << 1;
  }
  zeroCells(to >> 1, (capacity - count) * DICT_ENTRY_CELLS);
  words[slots + indexLength] = capacity - count;
  words[slots + indexLength + 1] = gap;
  words[start + Dict.entries] = entries;
  words[start + Dict.index] = index;
  words[start + Dict.used] = count;
  words[start + Dict.mask] = mask;
}

/** Makes `count` entries from cell `from` on deleted ones. */
function zeroEntries(from: number, count: number): void {
  for (let at = from << 1; at < (from + count * DICT_ENTRY_CELLS) << 1; at += DICT_ENTRY_CELLS << 1) {
    words.fill(0, at, at + (DICT_ENTRY_CELLS << 1));
    words[at + 1] = TAG_REF;
  }
}

/** The smallest index length whose entries hold `count` keys. */
function indexLengthFor(count: number): number {
  let length = FIRST_INDEX;
  while (Math.floor((length * 2) / 3) < count) length <<= 1;
  return length;
}

/** Makes room for `count` keys in all without further growth. */
export function dictReserve(dict: number, count: number): void {
  const start = dict << 1;
  const budget = words[(words[start + Dict.index] << 1) + ArrayObject.data + words[start + Dict.mask] + 1];
  if (count > words[start + Dict.count] + budget) rebuild(dict, indexLengthFor(count));
}

/** Appends an entry for a key known to be absent. */
function insertNew(dict: number, hash: number, keyLow: number, keyHigh: number, valueSlot: number): void {
  const start = dict << 1;
  let position = words[start + Dict.used];
  // The budget behind the index runs out no later than the entries: it also counts those given back at the end.
  if (words[(words[start + Dict.index] << 1) + ArrayObject.data + words[start + Dict.mask] + 1] <= 0) {
    rebuild(dict, indexLengthFor(words[start + Dict.count] * 2));
    position = words[start + Dict.used];
  }
  const mask = words[start + Dict.mask];
  const index = (words[start + Dict.index] << 1) + ArrayObject.data;
  let probe = hash & mask;
  let perturb = hash;
  while (words[index + probe] >= 0) probe = (probe * 5 + (perturb >>>= 5) + 1) & mask;
  words[index + probe] = position;
  words[index + mask + 1]--;
  const entry = (words[start + Dict.entries] + 1 + position * DICT_ENTRY_CELLS) << 1;
  words[entry] = keyLow;
  words[entry + 1] = keyHigh;
  words[entry + 2] = words[valueSlot << 1];
  words[entry + 3] = words[(valueSlot << 1) + 1];
  words[entry + 4] = hash;
  words[entry + 5] = 0;
  words[start + Dict.used] = position + 1;
  words[start + Dict.count]++;
  words[start + Dict.keysVersion] = words[State.nextKeysVersion]++;
  if (words[start + Dict.watched] !== 0) tellWatchers(dict, keyLow, keyHigh);
}

/**
 * Moves the live entry at `position` to the end, or to the front. Frees room in front of the first entry by half the
 * dict's size at a time, so that many moves there cost little each.
 */
export function dictMove(dict: number, position: number, toEnd: boolean): void {
  const start = dict << 1;
  const entry = dictEntry(dict, position) << 1;
  if (toEnd ? position === words[start + Dict.used] - 1 : position === dictFirst(dict)) return;
  const hash = words[entry + 4];
  const [keyLow, keyHigh, low, high] = [words[entry], words[entry + 1], words[entry + 2], words[entry + 3]];
  const value = pushSlots(1);
  words[value << 1] = low;
  words[(value << 1) + 1] = high;
  dictDeleteAt(dict, position);
  if (toEnd) insertNew(dict, hash, keyLow, keyHigh, value);
  else insertFirst(dict, hash, keyLow, keyHigh, value);
  popSlots(1);
}

/** Puts an entry for a key known to be absent before all others, of which there must be one. */
function insertFirst(dict: number, hash: number, keyLow: number, keyHigh: number, valueSlot: number): void {
  const start = dict << 1;
  const budget = (): number =>
    words[(words[start + Dict.index] << 1) + ArrayObject.data + words[start + Dict.mask] + 1];
  if (dictFirst(dict) === 0 || budget() <= 0) {
    const count = words[start + Dict.count];
    const gap = (count >> 1) + 4;
    rebuild(dict, indexLengthFor(count + gap * 2 + 2), gap);
  }
  const position = dictFirst(dict) - 1;
  const mask = words[start + Dict.mask];
  const index = (words[start + Dict.index] << 1) + ArrayObject.data;
  let probe = hash & mask;
  let perturb = hash;
  while (words[index + probe] >= 0) probe = (probe * 5 + (perturb >>>= 5) + 1) & mask;
  words[index + probe] = position;
  words[index + mask + 1]--;
  words[index + mask + 2] = position;
  const entry = dictEntry(dict, position) << 1;
  words[entry] = keyLow;
  words[entry + 1] = keyHigh;
  words[entry + 2] = words[valueSlot << 1];
  words[entry + 3] = words[(valueSlot << 1) + 1];
  words[entry + 4] = hash;
  words[entry + 5] = 0;
  words[start + Dict.count]++;
  words[start + Dict.keysVersion] = words[State.nextKeysVersion]++;
  if (words[start + Dict.watched] !== 0) tellWatchers(dict, keyLow, keyHigh);
}

/** Key words 0 and TAG_REF: anything may have changed. */
function tellWatchers(dict: number, keyLow: number, keyHigh: number): void {
  const isString = keyHigh === TAG_REF && keyLow !== 0 && words[keyLow << 1] === T.str;
  dictChanged(dict, isString ? internRef(keyLow) : 0);
}

function replaceValue(dict: number, position: number, valueSlot: number): void {
  const value = dictEntry(dict, position) + 1;
  words[value << 1] = words[valueSlot << 1];
  words[(value << 1) + 1] = words[(valueSlot << 1) + 1];
  if (words[(dict << 1) + Dict.watched] !== 0) tellWatchers(dict, words[(value - 1) << 1], words[(value << 1) - 1]);
}

/** Sets the value under a key. May call Python; raises for an unhashable key. */
export function dictSet(dict: number, keySlot: number, valueSlot: number): void {
  if (words[(keySlot << 1) + 1] === TAG_REF && words[words[keySlot << 1] << 1] === T.str) {
    const string = words[keySlot << 1];
    const position = findStringPosition(dict, string);
    if (position >= 0) {
      replaceValue(dict, position, valueSlot);
      return;
    }
    if (position === -1) {
      insertNew(dict, words[(string << 1) + Str.hash], string, TAG_REF, valueSlot);
      return;
    }
  }
  const hash = keyHash(keySlot, 'a dict key');
  const position = findPosition(dict, keySlot, hash);
  if (position >= 0) replaceValue(dict, position, valueSlot);
  else insertNew(dict, hash, words[keySlot << 1], words[(keySlot << 1) + 1], valueSlot);
}

/** Sets the value under a str. Never calls Python. */
export function dictSetString(dict: number, string: number, valueSlot: number): void {
  let position = findStringPosition(dict, string);
  if (position === -2) position = findAnyString(dict, string);
  if (position >= 0) replaceValue(dict, position, valueSlot);
  else insertNew(dict, words[(string << 1) + Str.hash], string, TAG_REF, valueSlot);
}

/** The cell of the value under a key, after inserting `valueSlot` if there was none (setdefault). May call Python. */
export function dictFindOrSet(dict: number, keySlot: number, valueSlot: number): number {
  const hash = keyHash(keySlot, 'a dict key');
  let position = findPosition(dict, keySlot, hash);
  if (position < 0) {
    insertNew(dict, hash, words[keySlot << 1], words[(keySlot << 1) + 1], valueSlot);
    position = words[(dict << 1) + Dict.used] - 1;
  }
  return dictEntry(dict, position) + 1;
}

/** Removes the live entry at `position`; its former value can be read before the call only. */
export function dictDeleteAt(dict: number, position: number): void {
  const start = dict << 1;
  const entry = dictEntry(dict, position) << 1;
  const keyLow = words[entry];
  const keyHigh = words[entry + 1];
  const mask = words[start + Dict.mask];
  const index = (words[start + Dict.index] << 1) + ArrayObject.data;
  let probe = words[entry + 4] & mask;
  let perturb = words[entry + 4];
  while (words[index + probe] !== position) probe = (probe * 5 + (perturb >>>= 5) + 1) & mask;
  words[index + probe] = DELETED;
  words[entry] = 0;
  words[entry + 1] = TAG_REF;
  words[entry + 2] = 0;
  words[entry + 3] = 0;
  words[start + Dict.count]--;
  // Entries at the end can be given back at once, so that popitem in a loop does not walk over what it deleted.
  if (position === words[start + Dict.used] - 1) {
    let used = position;
    while (used > 0 && isNull(dictEntry(dict, used - 1))) used--;
    words[start + Dict.used] = used;
    if (words[index + mask + 2] > used) words[index + mask + 2] = used;
  }
  words[start + Dict.keysVersion] = words[State.nextKeysVersion]++;
  if (words[start + Dict.watched] !== 0) tellWatchers(dict, keyLow, keyHigh);
}

/** Removes a key; false if it was not there. May call Python. */
export function dictDelete(dict: number, keySlot: number): boolean {
  const position = positionOf(dict, keySlot);
  if (position < 0) return false;
  dictDeleteAt(dict, position);
  return true;
}

/** Removes a str key; false if it was not there. Never calls Python. */
export function dictDeleteString(dict: number, string: number): boolean {
  let position = findStringPosition(dict, string);
  if (position === -2) position = findAnyString(dict, string);
  if (position < 0) return false;
  dictDeleteAt(dict, position);
  return true;
}

/** Removes a key, copying its value to `result` (pop); false if it was not there. May call Python. */
export function dictPop(dict: number, keySlot: number, result: number): boolean {
  const position = positionOf(dict, keySlot);
  if (position < 0) return false;
  const value = (dictEntry(dict, position) + 1) << 1;
  const low = words[value];
  const high = words[value + 1];
  dictDeleteAt(dict, position);
  words[result << 1] = low;
  words[(result << 1) + 1] = high;
  return true;
}

export function dictClear(dict: number): void {
  const start = dict << 1;
  words[start + Dict.count] = 0;
  words[start + Dict.entries] = 0;
  words[start + Dict.index] = Fixed.emptyIndex;
  words[start + Dict.used] = 0;
  words[start + Dict.mask] = 0;
  words[start + Dict.keysVersion] = words[State.nextKeysVersion]++;
  if (words[start + Dict.watched] !== 0) dictChanged(dict, 0);
}

/** A plain dict with the same entries. Calls no Python: the hashes are copied. */
export function dictCopy(source: number): number {
  const copy = newDict();
  if (dictCount(source) === 0) return copy;
  const from = source << 1;
  const to = copy << 1;
  words[to + Dict.count] = words[from + Dict.count];
  words[to + Dict.used] = words[from + Dict.used];
  words[to + Dict.entries] = words[from + Dict.entries];
  // rebuild() reads the entries it is told of and writes only new tables, so they may be the source's.
  rebuild(copy, indexLengthFor(dictCount(source)));
  return copy;
}

/** Sets the entry at `position` of `source` in `dict`, with its hash known. May call Python (`__eq__`). */
function setEntry(dict: number, source: number, position: number, overwrite: boolean): void {
  const entry = dictEntry(source, position);
  const hash = words[(entry + 2) << 1];
  const slots = pushSlots(2);
  words.copyWithin(slots << 1, entry << 1, (entry + 2) << 1);
  const found = findPosition(dict, slots, hash);
  if (found < 0) insertNew(dict, hash, words[slots << 1], words[(slots << 1) + 1], slots + 1);
  else if (overwrite) replaceValue(dict, found, slots + 1);
  popSlots(2);
}

/**
 * Takes over all entries of `source`, in order. False if `source` changed meanwhile (the caller raises
 * RuntimeError). May call Python (`__eq__`).
 */
export function dictMerge(dict: number, source: number, overwrite = true): boolean {
  if (dict === source) return true;
  if (dictCount(dict) === 0) dictReserve(dict, dictCount(source));
  const version = words[(source << 1) + Dict.keysVersion];
  for (let position = dictNext(source, 0); position >= 0; position = dictNext(source, position + 1)) {
    setEntry(dict, source, position, overwrite);
    if (words[(source << 1) + Dict.keysVersion] !== version) return false;
  }
  return true;
}
