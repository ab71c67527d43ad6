/**
 * Searching in strings, and what is built on it: counting, replacing, stripping, splitting into lines. Positions are in
 * code points. Short texts are scanned in the heap; long ones of at most two bytes a code point through the cached
 * JavaScript copy, whose search is vectorized.
 */
import { Fixed } from '../heap/fixed.ts';
import { bytes, halves, words } from '../heap/memory.ts';
import { LONG_NEEDLE, linearSearch } from './linear-search.ts';
import {
  allocateString,
  characterAt,
  codePointAt,
  copyCodePoints,
  isAscii,
  stringData,
  stringLength,
  stringOf,
  stringWidth,
  substring,
  writeCodePoint,
} from './strings.ts';
import { isSpace } from './unicode.ts';

/** From this many code points on the JavaScript copy is worth making. */
const LONG = 400;

/** True if `needle` stands at position `at` of `text` (which must be long enough). */
export function matchesAt(text: number, at: number, needle: number): boolean {
  const length = stringLength(needle);
  if (stringWidth(text) === 1 && stringWidth(needle) === 1) {
    const a = stringData(text) + at;
    const b = stringData(needle);
    for (let i = 0; i < length; i++) if (bytes[a + i] !== bytes[b + i]) return false;
    return true;
  }
  for (let i = 0; i < length; i++) if (codePointAt(text, at + i) !== codePointAt(needle, i)) return false;
  return true;
}

/** The code points of a string, where they lie. */
function codePoints(text: number): ArrayLike<number> {
  const data = stringData(text);
  const length = stringLength(text);
  if (stringWidth(text) === 1) return bytes.subarray(data, data + length);
  if (stringWidth(text) === 2) return halves.subarray(data >>> 1, (data >>> 1) + length);
  return words.subarray(data >>> 2, (data >>> 2) + length);
}

/** First position in [start, end) where `needle` begins and fits, or -1. */
export function findString(text: number, needle: number, start: number, end: number): number {
  const length = stringLength(needle);
  if (end - start < length) return -1;
  if (length === 0) return start;
  const width = stringWidth(text);
  if (stringWidth(needle) > width) return -1;
  if (length > LONG_NEEDLE) {
    const codes = Int32Array.from({ length }, (_, i) => codePointAt(needle, i));
    return linearSearch(codePoints(text), start, end, codes);
  }
  if (width < 4 && end - start > LONG) {
    const found = stringOf(text).indexOf(stringOf(needle), start);
    return found >= 0 && found + length <= end ? found : -1;
  }
  const last = end - length;
  const first = codePointAt(needle, 0);
  if (width === 1) {
    const data = stringData(text);
    for (let i = start; i <= last; i++) if (bytes[data + i] === first && matchesAt(text, i, needle)) return i;
  } else if (width === 2) {
    const data = stringData(text) >>> 1;
    for (let i = start; i <= last; i++) if (halves[data + i] === first && matchesAt(text, i, needle)) return i;
  } else for (let i = start; i <= last; i++) if (codePointAt(text, i) === first && matchesAt(text, i, needle)) return i;
  return -1;
}

/** Last position in [start, end) where `needle` begins and fits, or -1. */
export function findLastString(text: number, needle: number, start: number, end: number): number {
  const length = stringLength(needle);
  if (end - start < length) return -1;
  if (length === 0) return end;
  if (stringWidth(needle) > stringWidth(text)) return -1;
  const first = codePointAt(needle, 0);
  for (let i = end - length; i >= start; i--)
    if (codePointAt(text, i) === first && matchesAt(text, i, needle)) return i;
  return -1;
}

/** Non-overlapping occurrences in [start, end); at most `limit`. */
export function countString(text: number, needle: number, start: number, end: number, limit: number): number {
  const length = stringLength(needle);
  if (end < start) return 0;
  if (length === 0) return Math.min(limit, end - start + 1);
  let count = 0;
  let at = start;
  while (count < limit) {
    at = findString(text, needle, at, end);
    if (at < 0) break;
    count++;
    at += length;
  }
  return count;
}

/** True if the string holds the code point. */
export function hasCodePoint(text: number, code: number): boolean {
  const length = stringLength(text);
  for (let i = 0; i < length; i++) if (codePointAt(text, i) === code) return true;
  return false;
}

/** The string itself, or a copy in a narrower form if no code point needs the present one. */
export function narrowed(ref: number): number {
  const width = stringWidth(ref);
  const length = stringLength(ref);
  if (width === 1 && isAscii(ref)) return ref;
  let union = 0;
  for (let i = 0; i < length; i++) union |= codePointAt(ref, i);
  const needed = union < 256 ? 1 : union < 65536 ? 2 : 4;
  if (needed === width && union >= 128) return ref;
  const result = allocateString(length, needed, union < 128);
  for (let i = 0; i < length; i++) writeCodePoint(result, needed, i, codePointAt(ref, i));
  return result;
}

/** Where the occurrences to be replaced begin; reused by every call (no Python runs in between). */
let positions = new Int32Array(64);

/** Collects at most `limit` non-overlapping occurrences in `positions`; returns their number. */
function collectPositions(text: number, old: number, limit: number): number {
  const length = stringLength(text);
  const oldLength = stringLength(old);
  let count = 0;
  let at = 0;
  while (count < limit) {
    // An empty `old` stands before every character and at the end.
    const found = oldLength === 0 ? (at <= length ? at : -1) : findString(text, old, at, length);
    if (found < 0) break;
    if (count === positions.length) {
      const larger = new Int32Array(count * 2);
      larger.set(positions);
      positions = larger;
    }
    positions[count++] = found;
    at = oldLength === 0 ? found + 1 : found + oldLength;
  }
  return count;
}

/** text.replace(old, replacement, count); a negative count means all. */
export function replaceString(text: number, old: number, replacement: number, count: number): number {
  const length = stringLength(text);
  const found = collectPositions(text, old, count < 0 ? Infinity : count);
  if (found === 0) return substring(text, 0, length);
  const oldLength = stringLength(old);
  const newLength = stringLength(replacement);
  const total = length + found * (newLength - oldLength);
  if (total === 0) return Fixed.emptyString;
  const width = Math.max(stringWidth(text), stringWidth(replacement));
  const ascii = isAscii(text) && isAscii(replacement);
  const result = allocateString(total, width, ascii);
  let to = 0;
  let from = 0;
  for (let i = 0; i < found; i++) {
    const at = positions[i];
    copyCodePoints(result, to, text, from, at);
    to += at - from;
    copyCodePoints(result, to, replacement, 0, newLength);
    to += newLength;
    from = at + oldLength;
  }
  copyCodePoints(result, to, text, from, length);
  // One character may have a fixed object.
  if (total === 1) return characterAt(result, 0);
  return ascii ? result : narrowed(result);
}

/** Start of the text behind leading white space (or characters of `set`, unless 0). */
export function stripStart(text: number, set: number): number {
  const length = stringLength(text);
  let start = 0;
  while (start < length && isStripped(codePointAt(text, start), set)) start++;
  return start;
}
/** End of the text before trailing white space (or characters of `set`), not below `start`. */
export function stripEnd(text: number, set: number, start: number): number {
  let end = stringLength(text);
  while (end > start && isStripped(codePointAt(text, end - 1), set)) end--;
  return end;
}
function isStripped(code: number, set: number): boolean {
  return set === 0 ? isSpace(code) : hasCodePoint(set, code);
}

/** True for the code points at which splitlines() breaks. */
export function isLineBreak(code: number): boolean {
  return (
    (code >= 10 && code <= 13) || (code >= 0x1c && code <= 0x1e) || code === 0x85 || code === 0x2028 || code === 0x2029
  );
}
