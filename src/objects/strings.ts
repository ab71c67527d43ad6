/**
 * The flat `str` object: making, reading, comparing, hashing and interning. Code points lie in the heap at 1, 2 or 4
 * bytes each (the narrowest that fits the widest of them), padded with zeros to a whole cell, so that equality and the
 * hash work a 32-bit word at a time and a stencil can do the same. A JavaScript string is made beside one only when a
 * library routine needs it; those copies are cached until the next collection (`dropStringCache`).
 *
 * Single code points below 256 and the empty string are fixed objects; whoever makes a string of length 0 or 1 returns
 * those, so the allocation-free ones are also the interned ones. Turned down: ropes (every reader would have to know).
 *
 * Nothing here calls Python or raises.
 */
import { Buffer } from 'node:buffer';
import { addSweeper } from '../heap/collector.ts';
import { Fixed, State, T } from '../heap/fixed.ts';
import { ArrayObject, Kind, Str, StrFlag, Type } from '../heap/layouts.ts';
import { allocate, bytes, HeapExhausted, halves, heapBuffer, words } from '../heap/memory.ts';
import { isNull, isRef, refAt, setNull, setRef, setSmallInt, TAG_REF } from '../heap/values.ts';
import { codePointsOf, hasSplitPairs, textOfCodePoints, textOfUnits } from '../text/exact-text.ts';

/** What @types/node leaves out of Buffer: the transcoders that toString and write dispatch to. */
interface Transcoders {
  latin1Slice(start: number, end: number): string;
  ucs2Slice(start: number, end: number): string;
  utf8Slice(start: number, end: number): string;
  latin1Write(text: string, offset: number, length: number): number;
  utf8Write(text: string, offset: number, length: number): number;
}
/** The heap as a Buffer, for the fast transcoders of Node. */
export const heapBytes: Buffer & Transcoders = Buffer.from(heapBuffer) as Buffer & Transcoders;

/** Below this many code units a plain loop beats a call into Node's transcoders. */
const SHORT = 24;

/** Cells of a latin-1 one-character string. */
export const CHARACTER_CELLS = 3;

/** Byte offset in the heap of the first code point. */
export function stringData(ref: number): number {
  return ref * 8 + Str.data * 4;
}
/** Length in code points. */
export function stringLength(ref: number): number {
  return words[(ref << 1) + Str.length];
}
/** Bytes a code point: 1, 2 or 4. */
export function stringWidth(ref: number): number {
  return words[(ref << 1) + Str.info] & StrFlag.widthMask;
}
export function isAscii(ref: number): boolean {
  return (words[(ref << 1) + Str.info] & StrFlag.ascii) !== 0;
}
/** True for a str or an instance of a subclass. */
export function isStr(slot: number): boolean {
  return isRef(slot) && words[(words[refAt(slot) << 1] << 1) + Type.kind] === Kind.str;
}
/** True for str itself only. */
export function isExactStr(slot: number): boolean {
  return isRef(slot) && words[refAt(slot) << 1] === T.str;
}

/** The fixed string of one code point below 256. */
export function latin1String(code: number): number {
  return Fixed.latin1Strings + code * CHARACTER_CELLS;
}

/** More is a MemoryError. */
const MAX_TEXT_BYTES = 2 ** 31 - 64;

/** Fresh str with uninitialized code points (but zero padding); `length` > 0. `ascii` is a promise of the caller. */
export function allocateString(length: number, width: number, ascii: boolean): number {
  // lengths are 32-bit words
  if (length * width > MAX_TEXT_BYTES) throw new HeapExhausted();
  const ref = allocate(2 + ((length * width + 7) >>> 3));
  initializeString(ref, length, width, ascii);
  return ref;
}

/** Turns enough fresh cells into a str as allocateString makes it. */
export function initializeString(ref: number, length: number, width: number, ascii: boolean): void {
  const tail = (length * width + 7) >>> 3;
  const word = ref << 1;
  words[word] = T.str;
  words[word + Str.length] = length;
  words[word + Str.hash] = 0;
  words[word + Str.info] = ascii ? width | StrFlag.ascii : width;
  words[word + 2 + tail * 2] = 0;
  words[word + 3 + tail * 2] = 0;
}

/** Makes the fixed strings; done once when this module loads, harmless when repeated or when an image is mapped. */
export function initializeStrings(): void {
  if (words[Fixed.emptyString << 1] === T.str) return;
  const header = (ref: number, length: number, info: number): void => {
    words[ref << 1] = T.str;
    words[(ref << 1) + Str.length] = length;
    words[(ref << 1) + Str.hash] = 0;
    words[(ref << 1) + Str.info] = info | StrFlag.interned;
  };
  header(Fixed.emptyString, 0, 1 | StrFlag.ascii);
  for (let code = 0; code < 256; code++) {
    const ref = latin1String(code);
    header(ref, 1, code < 128 ? 1 | StrFlag.ascii : 1);
    words[(ref << 1) + Str.data] = code;
    words[(ref << 1) + Str.data + 1] = 0;
  }
}

/** A str with the text of a JavaScript string, which is exact text (text/exact-text.ts): surrogate pairs are one code point. */
export function newString(text: string): number {
  const units = text.length;
  if (units === 0) return Fixed.emptyString;
  if (units === 1) return newCharacter(text.charCodeAt(0));
  let union = 0;
  for (let i = 0; i < units; i++) union |= text.charCodeAt(i);
  if (union < 256) {
    const ref = allocateString(units, 1, union < 128);
    const data = stringData(ref);
    if (units <= SHORT) for (let i = 0; i < units; i++) bytes[data + i] = text.charCodeAt(i);
    else heapBytes.latin1Write(text, data, units);
    return ref;
  }
  let length = units;
  if (union >= 0xd800) {
    if (hasSplitPairs(text)) return newStringFromCodePoints(codePointsOf(text));
    for (let i = 0; i < units - 1; i++) {
      if ((text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
        length--;
        i++;
      }
    }
  }
  if (length === units) {
    const ref = allocateString(units, 2, false);
    const data = stringData(ref) >>> 1;
    for (let i = 0; i < units; i++) halves[data + i] = text.charCodeAt(i);
    return ref;
  }
  if (length === 1) return newCharacter(text.codePointAt(0)!);
  const ref = allocateString(length, 4, false);
  let word = (ref << 1) + Str.data;
  for (let i = 0; i < units; i++) {
    const code = text.codePointAt(i)!;
    words[word++] = code;
    if (code > 0xffff) i++;
  }
  return ref;
}

/** The str of one code point. */
export function newCharacter(code: number): number {
  if (code < 256) return latin1String(code);
  const ref = allocateString(1, code < 65536 ? 2 : 4, false);
  words[(ref << 1) + Str.data] = code;
  return ref;
}

/** A str from code points (0..0x10FFFF, surrogates allowed, never joined). */
export function newStringFromCodePoints(codes: ArrayLike<number>, start = 0, end: number = codes.length): number {
  const length = end - start;
  if (length <= 0) return Fixed.emptyString;
  if (length === 1) return newCharacter(codes[start]);
  let union = 0;
  for (let i = start; i < end; i++) union |= codes[i];
  const width = union < 256 ? 1 : union < 65536 ? 2 : 4;
  const ref = allocateString(length, width, union < 128);
  for (let i = 0; i < length; i++) writeCodePoint(ref, width, i, codes[start + i]);
  return ref;
}

/** Stores a code point in a str under construction, whose width is given. */
export function writeCodePoint(ref: number, width: number, index: number, code: number): void {
  if (width === 1) bytes[stringData(ref) + index] = code;
  else if (width === 2) halves[(stringData(ref) >>> 1) + index] = code;
  else words[(ref << 1) + Str.data + index] = code;
}

/** A str from `length` latin-1 bytes of the heap at byte offset `data`. */
export function newStringFromLatin1(data: number, length: number): number {
  if (length === 0) return Fixed.emptyString;
  if (length === 1) return latin1String(bytes[data]);
  let union = 0;
  for (let i = 0; i < length; i++) union |= bytes[data + i];
  const ref = allocateString(length, 1, union < 128);
  copyBytes(stringData(ref), data, length);
  return ref;
}

/** Copies within the heap; byte offsets. */
export function copyBytes(to: number, from: number, length: number): void {
  if (length <= 32) for (let i = 0; i < length; i++) bytes[to + i] = bytes[from + i];
  else bytes.copyWithin(to, from, from + length);
}

export function setString(slot: number, text: string): void {
  setRef(slot, newString(text));
}

/** Code point number `index`, which must be in range. */
export function codePointAt(ref: number, index: number): number {
  const width = words[(ref << 1) + Str.info] & StrFlag.widthMask;
  if (width === 1) return bytes[ref * 8 + Str.data * 4 + index];
  if (width === 2) return halves[ref * 4 + Str.data * 2 + index];
  return words[(ref << 1) + Str.data + index];
}

/** The one-character str at `index`, which must be in range. */
export function characterAt(ref: number, index: number): number {
  return newCharacter(codePointAt(ref, index));
}

/** JavaScript copies by reference; references are reused after a collection, so the collector drops the table. */
const javascriptStrings = new Map<number, string>();
/** Code units held by `javascriptStrings`, to bound it between collections. */
let cachedUnits = 0;
const MAX_CACHED_UNITS = 1 << 24;
const WORTH_KEEPING = 16;

/** The JavaScript copy of a str, cached until the next collection. */
export function stringOf(ref: number): string {
  const cached = javascriptStrings.get(ref);
  if (cached !== undefined) return cached;
  const text = decode(ref, 0, stringLength(ref));
  // Short texts are as fast to decode as to keep, unless they are constants that come back.
  if (text.length > WORTH_KEEPING || (words[(ref << 1) + Str.info] & StrFlag.interned) !== 0) {
    cachedUnits += text.length;
    if (cachedUnits > MAX_CACHED_UNITS) {
      javascriptStrings.clear();
      cachedUnits = text.length;
    }
    javascriptStrings.set(ref, text);
  }
  return text;
}

/** Forgets the JavaScript copy of a str that has changed. */
export function forgetText(ref: number): void {
  javascriptStrings.delete(ref);
}

/** The JavaScript string of code points [start, end), exact text, not cached. */
export function decode(ref: number, start: number, end: number): string {
  const width = stringWidth(ref);
  const length = end - start;
  if (width === 1) {
    const data = stringData(ref) + start;
    if (length > SHORT) return heapBytes.latin1Slice(data, data + length);
    let text = '';
    for (let i = 0; i < length; i++) text += String.fromCharCode(bytes[data + i]);
    return text;
  }
  if (width === 2) {
    const data = stringData(ref) + start * 2;
    if (length > SHORT) return textOfUnits(heapBytes.ucs2Slice(data, data + length * 2));
    let text = '';
    for (let i = 0; i < length; i++) text += String.fromCharCode(halves[(data >>> 1) + i]);
    return textOfUnits(text);
  }
  const pieces: string[] = [];
  const first = (ref << 1) + Str.data + start;
  for (let i = first; i < first + length; i++) {
    if ((words[i] & ~0x7ff) === 0xd800) return textOfCodePoints(words.subarray(first, first + length));
  }
  for (let i = 0; i < length; i += 4096) {
    const codes = Array.from(words.subarray(first + i, first + Math.min(length, i + 4096)));
    pieces.push(String.fromCodePoint(...codes));
  }
  return pieces.join('');
}

/** Forgets every JavaScript copy. The collector calls it before references can be reused. */
export function dropStringCache(): void {
  javascriptStrings.clear();
  cachedUnits = 0;
}

addSweeper(dropStringCache);

/** Murmur3 (32 bits) over the padded data and the length; equal for equal text, never 0. */
export function stringHash(ref: number): number {
  const word = ref << 1;
  const known = words[word + Str.hash];
  if (known !== 0) return known;
  const length = words[word + Str.length];
  const size = length * (words[word + Str.info] & StrFlag.widthMask);
  const hash = hashWords(word + Str.data, (size + 3) >>> 2, length);
  words[word + Str.hash] = hash;
  return hash;
}

/** Murmur3 over `count` words from word index `first`; never 0. */
export function hashWords(first: number, count: number, seed: number): number {
  let hash = seed;
  for (let i = 0; i < count; i++) {
    let k = Math.imul(words[first + i], 0xcc9e2d51);
    k = (k << 15) | (k >>> 17);
    hash ^= Math.imul(k, 0x1b873593);
    hash = (hash << 13) | (hash >>> 19);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  }
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  hash ^= hash >>> 16;
  return hash === 0 ? 1 : hash;
}

/** Same text. */
export function stringEquals(a: number, b: number): boolean {
  if (a === b) return true;
  const wordA = a << 1;
  const wordB = b << 1;
  const length = words[wordA + Str.length];
  if (length !== words[wordB + Str.length]) return false;
  const infoA = words[wordA + Str.info];
  const infoB = words[wordB + Str.info];
  const width = infoA & StrFlag.widthMask;
  if (width !== (infoB & StrFlag.widthMask)) return false;
  // Two interned strings of exact type are equal only if they are the same object.
  if ((infoA & infoB & StrFlag.interned) !== 0) return false;
  const hashA = words[wordA + Str.hash];
  const hashB = words[wordB + Str.hash];
  if (hashA !== 0 && hashB !== 0 && hashA !== hashB) return false;
  const count = (length * width + 3) >>> 2;
  for (let i = Str.data; i < Str.data + count; i++) if (words[wordA + i] !== words[wordB + i]) return false;
  return true;
}

/** Negative, 0 or positive: order by code points. */
export function compareStrings(a: number, b: number): number {
  const lengthA = stringLength(a);
  const lengthB = stringLength(b);
  const shorter = Math.min(lengthA, lengthB);
  if (stringWidth(a) === 1 && stringWidth(b) === 1) {
    const dataA = stringData(a);
    const dataB = stringData(b);
    for (let i = 0; i < shorter; i++) {
      const difference = bytes[dataA + i] - bytes[dataB + i];
      if (difference !== 0) return difference;
    }
  } else {
    for (let i = 0; i < shorter; i++) {
      const difference = codePointAt(a, i) - codePointAt(b, i);
      if (difference !== 0) return difference;
    }
  }
  return lengthA - lengthB;
}

/** Widest code point in [start, end) of a string, as a bit union: enough to choose the width. */
function codePointUnion(ref: number, start: number, end: number): number {
  let union = 0;
  const width = stringWidth(ref);
  if (width === 1) {
    const data = stringData(ref);
    for (let i = data + start; i < data + end; i++) union |= bytes[i];
  } else if (width === 2) {
    const data = stringData(ref) >>> 1;
    for (let i = data + start; i < data + end; i++) union |= halves[i];
  } else {
    const data = (ref << 1) + Str.data;
    for (let i = data + start; i < data + end; i++) union |= words[i];
  }
  return union;
}

/** Copies code points of `from` into `to` (at least as wide) at position `index`. */
export function copyCodePoints(to: number, index: number, from: number, start: number, end: number): void {
  const width = stringWidth(to);
  const sourceWidth = stringWidth(from);
  if (width === sourceWidth) {
    copyBytes(stringData(to) + index * width, stringData(from) + start * width, (end - start) * width);
    return;
  }
  for (let i = start; i < end; i++) writeCodePoint(to, width, index + i - start, codePointAt(from, i));
}

/** Code points [start, end) as a str (of exact type); bounds must be in range. */
export function substring(ref: number, start: number, end: number): number {
  const length = end - start;
  if (length <= 0) return Fixed.emptyString;
  if (length === 1) return newCharacter(codePointAt(ref, start));
  if (length === stringLength(ref) && words[ref << 1] === T.str) return ref;
  if (isAscii(ref)) {
    const result = allocateString(length, 1, true);
    copyBytes(stringData(result), stringData(ref) + start, length);
    return result;
  }
  const union = codePointUnion(ref, start, end);
  const width = union < 256 ? 1 : union < 65536 ? 2 : 4;
  const result = allocateString(length, width, union < 128);
  if (width === stringWidth(ref)) copyCodePoints(result, 0, ref, start, end);
  else for (let i = 0; i < length; i++) writeCodePoint(result, width, i, codePointAt(ref, start + i));
  return result;
}

/** a + b, of exact type. */
export function concatenate(a: number, b: number): number {
  const lengthA = stringLength(a);
  const lengthB = stringLength(b);
  if (lengthA === 0 && words[b << 1] === T.str) return b;
  if (lengthB === 0 && words[a << 1] === T.str) return a;
  if (lengthA + lengthB <= 1) return lengthA + lengthB === 0 ? Fixed.emptyString : characterAt(lengthA ? a : b, 0);
  const width = Math.max(stringWidth(a), stringWidth(b));
  const result = allocateString(lengthA + lengthB, width, isAscii(a) && isAscii(b));
  copyCodePoints(result, 0, a, 0, lengthA);
  copyCodePoints(result, lengthA, b, 0, lengthB);
  return result;
}

/** text * count, of exact type; the caller has checked that the size is allowed. */
export function repeatString(ref: number, count: number): number {
  const length = stringLength(ref);
  if (count <= 0 || length === 0) return Fixed.emptyString;
  if (count === 1) return substring(ref, 0, length);
  const width = stringWidth(ref);
  const result = allocateString(length * count, width, isAscii(ref));
  const data = stringData(result);
  const total = length * count * width;
  copyBytes(data, stringData(ref), length * width);
  for (let done = length * width; done < total; done *= 2) copyBytes(data + done, data, Math.min(done, total - done));
  return result;
}

// Interning. The table is a `values` array in the heap (so that an image carries it): cell 0 counts, the rest is open
// addressing by string hash. Interned strings live for ever.

/** Speeds up `intern` of the same JavaScript text; can be rebuilt at any time. */
const internedByText = new Map<string, number>();
/** Room for the names of the built-in types and modules. */
const FIRST_INTERN_CAPACITY = 16384;

function newInternTable(capacity: number): number {
  const ref = allocate(2 + capacity);
  words[ref << 1] = T.values;
  words[(ref << 1) + ArrayObject.length] = 1 + capacity;
  setSmallInt(ref + 1, 0);
  for (let i = 0; i < capacity; i++) setNull(ref + 2 + i);
  return ref;
}

/** The cell where a string with this text lies or would go. */
function internCell(table: number, string: number): number {
  const mask = words[(table << 1) + ArrayObject.length] - 2;
  let i = stringHash(string) & mask;
  for (;;) {
    const cell = table + 2 + i;
    if (isNull(cell) || stringEqualsInterned(refAt(cell), string)) return cell;
    i = (i + 1) & mask;
  }
}

/** stringEquals without its shortcut for two interned strings: `b` may be marked already while it is being moved. */
function stringEqualsInterned(a: number, b: number): boolean {
  return a === b || (words[(a << 1) + Str.hash] === stringHash(b) && stringEquals(a, b));
}

/** The one interned str with the text of `ref`. */
export function internRef(ref: number): number {
  const word = ref << 1;
  const exact = words[word] === T.str;
  if ((words[word + Str.info] & StrFlag.interned) !== 0 && exact) return ref;
  const length = words[word + Str.length];
  if (length === 0) return Fixed.emptyString;
  if (length === 1 && codePointAt(ref, 0) < 256) return latin1String(codePointAt(ref, 0));
  let table = words[State.internTable];
  if (table === 0) words[State.internTable] = table = newInternTable(FIRST_INTERN_CAPACITY);
  let cell = internCell(table, ref);
  if (!isNull(cell)) return refAt(cell);
  const interned = exact ? ref : newString(stringOf(ref));
  const count = words[(table + 1) << 1] + 1;
  const capacity = words[(table << 1) + ArrayObject.length] - 1;
  if (count * 2 > capacity) {
    const larger = newInternTable(capacity * 2);
    for (let i = 0; i < capacity; i++) {
      const old = table + 2 + i;
      if (!isNull(old)) setRef(internCell(larger, refAt(old)), refAt(old));
    }
    words[State.internTable] = table = larger;
    cell = internCell(table, interned);
  }
  words[cell << 1] = interned;
  words[(cell << 1) + 1] = TAG_REF;
  words[(interned << 1) + Str.info] |= StrFlag.interned;
  setSmallInt(table + 1, count);
  return interned;
}

/** The one interned str with this text. */
export function intern(text: string): number {
  const known = internedByText.get(text);
  if (known !== undefined) return known;
  const ref = internRef(newString(text));
  internedByText.set(text, ref);
  return ref;
}

initializeStrings();
