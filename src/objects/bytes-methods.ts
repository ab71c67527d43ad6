/**
 * What Python sees of bytes: operators and methods. Most work on the Latin-1 text of the bytes, which JavaScript handles
 * well, and turn the result back; case and character classes are ASCII's.
 */
import { Fixed, T } from '../heap/fixed.ts';
import { Tuple } from '../heap/layouts.ts';
import { bytes, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { isImmediateInt, isNull, isRef, refAt, setRef, setSmallInt } from '../heap/values.ts';
import {
  bytesData,
  bytesEqual,
  bytesHash,
  bytesLength,
  bytesSlice,
  bytesView,
  compareBytes,
  isBytes,
  newBytes,
  newBytesFrom,
  newBytesOfType,
} from './bytes.ts';
import { bytesFromIterable } from './bytes-conversion.ts';
import { bytesRepr } from './bytes-repr.ts';
import { decodeText, encodeText } from './codecs.ts';
import { raise, raiseIndexError, raiseOverflow, raiseTypeError, raiseValueError } from './errors.ts';
import { hasIndex, indexOf, isInt, setBool, setInt, sizeOf } from './integers.ts';
import { call, callSpecial } from './invoke.ts';
import { bytesIterator } from './iterators.ts';
import { listAppend, newList } from './lists.ts';
import { N } from './names.ts';
import { classNatives, natives, staticNatives } from './natives.ts';
import { canIterate, iterate, next, truth } from './operations.ts';
import { BinaryOperator, CompareOperator, orderingMatches } from './operators.ts';
import { percentFormatBytes } from './percent-format.ts';
import { adjustSlice, isSlice, sliceCount, sliceStart, sliceStep, unpackSlice } from './slices.ts';
import { optionalText, rangeEnd, rangeStart, readRange } from './string-methods.ts';
import { copyBytes, heapBytes, isStr, newString, stringOf } from './strings.ts';
import { newTuple, tupleItem } from './tuples.ts';
import { defineOperators } from './type-operators.ts';
import { isInstanceOf, typeName } from './types.ts';

const isNone = (slot: number): boolean => isRef(slot) && refAt(slot) === Fixed.none;

/** The bytes as text of one character each. */
function textOf(ref: number): string {
  const data = bytesData(ref);
  return heapBytes.latin1Slice(data, data + bytesLength(ref));
}

/** Bytes from such text. */
function bytesOf(text: string): number {
  const ref = newBytes(text.length);
  if (text.length > 0) heapBytes.latin1Write(text, bytesData(ref), text.length);
  return ref;
}

/** bytes of exact type with the same content. */
function plainBytes(ref: number): number {
  return bytesSlice(ref, 0, bytesLength(ref));
}

defineOperators(T.bytes, {
  concatenate: (left, right, result) => {
    if (!isBytes(right)) raiseTypeError(`can't concat ${typeName(right)} to ${typeName(left)}`);
    const a = refAt(left);
    const b = refAt(right);
    if (bytesLength(a) === 0) setRef(result, plainBytes(b));
    else if (bytesLength(b) === 0) setRef(result, plainBytes(a));
    else {
      const ref = newBytes(bytesLength(a) + bytesLength(b));
      copyBytes(bytesData(ref), bytesData(a), bytesLength(a));
      copyBytes(bytesData(ref) + bytesLength(a), bytesData(b), bytesLength(b));
      setRef(result, ref);
    }
  },
  repeat: (sequence, count, result) => {
    const source = refAt(sequence);
    const length = bytesLength(source);
    const total = count <= 0 ? 0 : length * count;
    if (total > 2 ** 63) raiseOverflow('repeated bytes are too long');
    if (total > 2 ** 31) raise(T.MemoryError, '');
    const ref = newBytes(total);
    const data = bytesData(ref);
    if (total > 0) copyBytes(data, bytesData(source), length);
    for (let done = length; done < total; done *= 2) copyBytes(data + done, data, Math.min(done, total - done));
    setRef(result, ref);
  },
  binaryOperators: [BinaryOperator.remainder],
  binary: (operator, left, right, result) => {
    if (operator !== BinaryOperator.remainder || !isBytes(left)) return false;
    percentFormatBytes(left, right, result);
    return true;
  },
  compare: (operator, left, right, result) => {
    if (!isBytes(right)) return false;
    const a = refAt(left);
    const b = refAt(right);
    if (operator === CompareOperator.equal) setBool(result, bytesEqual(a, b));
    else if (operator === CompareOperator.notEqual) setBool(result, !bytesEqual(a, b));
    else setBool(result, orderingMatches(operator, compareBytes(a, b)));
    return true;
  },
  length: (slot) => bytesLength(refAt(slot)),
  getItem: (slot, key, result) => {
    const ref = refAt(slot);
    if (isSlice(key)) {
      unpackSlice(refAt(key));
      adjustSlice(bytesLength(ref));
      if (sliceStep === 1) setRef(result, bytesSlice(ref, sliceStart, sliceStart + sliceCount));
      else {
        const count = sliceCount;
        const part = newBytes(count);
        const to = bytesData(part);
        const from = bytesData(ref);
        for (let i = 0, at = sliceStart; i < count; i++, at += sliceStep) bytes[to + i] = bytes[from + at];
        setRef(result, part);
      }
      return;
    }
    if (!isImmediateInt(key) && !hasIndex(key)) {
      raiseTypeError(`byte indices must be integers or slices, not ${typeName(key)}`);
    }
    const length = bytesLength(ref);
    let position = indexOf(key);
    if (position < 0) position += length;
    if (position < 0 || position >= length) raiseIndexError('index out of range');
    setSmallInt(result, bytes[bytesData(ref) + position]);
  },
  contains: (container, item) => {
    const view = bytesView(refAt(container));
    if (isBytes(item)) return textOf(refAt(container)).includes(textOf(refAt(item)));
    if (!hasIndex(item)) raiseTypeError(`a bytes-like object is required, not '${typeName(item)}'`);
    return view.includes(byteValue(item));
  },
  iterate: (slot, result) => setRef(result, bytesIterator(refAt(slot))),
  hash: (slot) => bytesHash(refAt(slot)),
  repr: (slot) => newString(bytesRepr(bytesView(refAt(slot)))),
});

function byteValue(slot: number): number {
  const value = indexOf(slot);
  if (value < 0 || value > 255) raiseValueError('byte must be in range(0, 256)');
  return value;
}

/** A bytes-like argument's content as text. */
function textArgument(slot: number): string {
  if (!isBytes(slot)) raiseTypeError(`a bytes-like object is required, not '${typeName(slot)}'`);
  return textOf(refAt(slot));
}

/** What find and count look for: bytes, or one byte as an int. */
function needleArgument(slot: number): string {
  if (isBytes(slot)) return textOf(refAt(slot));
  if (!hasIndex(slot)) {
    raiseTypeError(`argument should be integer or bytes-like object, not '${typeName(slot)}'`);
  }
  return String.fromCharCode(byteValue(slot));
}

/** Searches [rangeStart, rangeEnd) of the text; -1 if absent. */
function search(args: number, fromEnd: boolean): number {
  const text = textOf(refAt(args));
  const needle = needleArgument(args + 1);
  readRange(args + 2, args + 3, text.length);
  if (rangeEnd - rangeStart < needle.length) return -1;
  if (fromEnd) {
    const at = text.lastIndexOf(needle, rangeEnd - needle.length);
    return at >= rangeStart ? at : -1;
  }
  const at = text.indexOf(needle, rangeStart);
  return at >= 0 && at + needle.length <= rangeEnd ? at : -1;
}

function searchOrRaise(args: number, fromEnd: boolean, result: number): void {
  const at = search(args, fromEnd);
  if (at < 0) raiseValueError('subsection not found');
  setInt(result, at);
}

function count(args: number): number {
  const source = textOf(refAt(args));
  const needle = needleArgument(args + 1);
  readRange(args + 2, args + 3, source.length);
  if (rangeEnd < rangeStart) return 0;
  const text = source.slice(rangeStart, rangeEnd);
  if (needle === '') return text.length + 1;
  return text.split(needle).length - 1;
}

function hasAffix(args: number, method: string, atEnd: boolean): boolean {
  const source = textOf(refAt(args));
  readRange(args + 2, args + 3, source.length);
  const inRange = rangeStart <= rangeEnd;
  const text = source.slice(rangeStart, rangeEnd);
  const test = (affix: string): boolean => inRange && (atEnd ? text.endsWith(affix) : text.startsWith(affix));
  if (isBytes(args + 1)) return test(textOf(refAt(args + 1)));
  if (!isInstanceOf(args + 1, T.tuple)) {
    raiseTypeError(`${method} first arg must be bytes or a tuple of bytes, not ${typeName(args + 1)}`);
  }
  const tuple = refAt(args + 1);
  for (let i = 0; i < words[(tuple << 1) + Tuple.size]; i++) if (test(textArgument(tupleItem(tuple, i)))) return true;
  return false;
}

function replace(text: string, old: string, replacement: string, limit: number): string {
  if (limit < 0)
    return text.split(old).length === 1 && old !== '' ? text : replaceAll(text, old, replacement, Infinity);
  return replaceAll(text, old, replacement, limit);
}

function replaceAll(text: string, old: string, replacement: string, limit: number): string {
  if (old === '') {
    let output = '';
    for (let i = 0; i <= text.length; i++) output += (i < limit ? replacement : '') + (text[i] ?? '');
    return output;
  }
  let output = '';
  let at = 0;
  for (let done = 0; done < limit; done++) {
    const found = text.indexOf(old, at);
    if (found < 0) break;
    output += text.slice(at, found) + replacement;
    at = found + old.length;
  }
  return output + text.slice(at);
}

const SPACE = '\t\n\x0b\x0c\r ';

function strip(args: number, left: boolean, right: boolean): number {
  const text = textOf(refAt(args));
  const set = isNone(args + 1) ? SPACE : textArgument(args + 1);
  let start = 0;
  let end = text.length;
  while (left && start < end && set.includes(text[start])) start++;
  while (right && end > start && set.includes(text[end - 1])) end--;
  return bytesSlice(refAt(args), start, end);
}

function listOf(parts: readonly string[]): number {
  const list = newList(0);
  const slot = pushSlots(1);
  for (const part of parts) {
    setRef(slot, bytesOf(part));
    listAppend(list, slot);
  }
  popSlots(1);
  return list;
}

function separatorArgument(slot: number): string | null {
  if (isNone(slot)) return null;
  const separator = textArgument(slot);
  if (separator === '') raiseValueError('empty separator');
  return separator;
}

function split(text: string, separator: string | null, limit: number): string[] {
  const parts: string[] = [];
  let left = limit < 0 ? Infinity : limit;
  if (separator !== null) {
    let at = 0;
    while (left-- > 0) {
      const found = text.indexOf(separator, at);
      if (found < 0) break;
      parts.push(text.slice(at, found));
      at = found + separator.length;
    }
    parts.push(text.slice(at));
    return parts;
  }
  let at = 0;
  for (;;) {
    while (at < text.length && SPACE.includes(text[at])) at++;
    if (at >= text.length) return parts;
    let end = at;
    if (left-- <= 0) end = text.length;
    else while (end < text.length && !SPACE.includes(text[end])) end++;
    parts.push(text.slice(at, end));
    at = end;
    if (left < 0) return parts;
  }
}

const reversed = (text: string): string => {
  let output = '';
  for (let i = text.length - 1; i >= 0; i--) output += text[i];
  return output;
};

/** rsplit as the mirror image of split. */
function splitFromEnd(text: string, separator: string | null, limit: number): string[] {
  const mirrored = split(reversed(text), separator === null ? null : reversed(separator), limit);
  return mirrored.map(reversed).reverse();
}

function splitLines(text: string, keepEnds: boolean): string[] {
  const parts: string[] = [];
  for (const match of text.matchAll(/([^\r\n]*)(\r\n|\r|\n|$)/g)) {
    if (match[0] === '') continue;
    parts.push(keepEnds ? match[0] : match[1]);
  }
  return parts;
}

function partition(args: number, fromEnd: boolean): number {
  const text = textOf(refAt(args));
  const separator = textArgument(args + 1);
  if (separator === '') raiseValueError('empty separator');
  const at = fromEnd ? text.lastIndexOf(separator) : text.indexOf(separator);
  const empty = ['', ''];
  const parts =
    at >= 0
      ? [text.slice(0, at), separator, text.slice(at + separator.length)]
      : fromEnd
        ? [...empty, text]
        : [text, ...empty];
  const tuple = newTuple(3);
  parts.forEach((part, i) => {
    setRef(tupleItem(tuple, i), bytesOf(part));
  });
  return tuple;
}

function join(separator: string, iterable: number): string {
  if (!canIterate(iterable)) raiseTypeError('can only join an iterable');
  const parts: string[] = [];
  const iterator = pushSlots(2);
  iterate(iterable, iterator);
  while (next(iterator, iterator + 1)) {
    if (!isBytes(iterator + 1)) {
      raiseTypeError(`sequence item ${parts.length}: expected a bytes-like object, ${typeName(iterator + 1)} found`);
    }
    parts.push(textOf(refAt(iterator + 1)));
  }
  popSlots(2);
  return parts.join(separator);
}

function fillArgument(slot: number, method: string): string {
  if (!isBytes(slot)) {
    raiseTypeError(`${method}() argument 2 must be a byte string of length 1, not ${typeName(slot)}`);
  }
  if (bytesLength(refAt(slot)) !== 1) {
    raiseTypeError(
      `${method}(): argument 2 must be a byte string of length 1, not a bytes object of length ${bytesLength(refAt(slot))}`,
    );
  }
  return textOf(refAt(slot));
}

function missing(args: number): number {
  const count = sizeOf(args + 1) - bytesLength(refAt(args));
  if (count > 2 ** 29) raise(T.MemoryError, '');
  return Math.max(0, count);
}

function expandTabs(text: string, size: number): string {
  let output = '';
  let column = 0;
  for (const c of text) {
    if (c === '\t') {
      if (size <= 0) continue;
      const spaces = size - (column % size);
      output += ' '.repeat(spaces);
      column += spaces;
    } else {
      output += c;
      column = c === '\n' || c === '\r' ? 0 : column + 1;
    }
  }
  return output;
}

const upper = (text: string): string => text.replace(/[a-z]+/g, (part) => part.toUpperCase());
const lower = (text: string): string => text.replace(/[A-Z]+/g, (part) => part.toLowerCase());
const title = (text: string): string => text.replace(/[A-Za-z]+/g, (word) => upper(word[0]) + lower(word.slice(1)));

/** A method that maps the text to text. */
function mapped(convert: (text: string) => string): (args: number, result: number) => void {
  return (args, result) => setRef(result, bytesOf(convert(textOf(refAt(args)))));
}
/** A method that tests the text. */
function tested(pattern: RegExp): (args: number, result: number) => void {
  return (args, result) => setBool(result, pattern.test(textOf(refAt(args))));
}

function isTitleCased(text: string): boolean {
  return /[A-Za-z]/.test(text) && title(text) === text;
}

/** bytes.translate(table, delete). */
function translate(args: number): number {
  const source = bytesView(refAt(args));
  let table: Uint8Array | null = null;
  if (!isNone(args + 1)) {
    if (!isBytes(args + 1)) raiseTypeError(`a bytes-like object is required, not '${typeName(args + 1)}'`);
    table = bytesView(refAt(args + 1));
    if (table.length !== 256) raiseValueError('translation table must be 256 characters long');
  }
  const removed = textArgument(args + 2);
  const output: number[] = [];
  for (const byte of source) {
    if (removed.includes(String.fromCharCode(byte))) continue;
    output.push(table === null ? byte : table[byte]);
  }
  return newBytesFrom(output);
}

/** Hexadecimal digits, in groups of `group` bytes from the right (from the left if negative). */
export function hexText(view: Uint8Array, separator: string, group: number): string {
  const digits = Array.from(view, (byte) => byte.toString(16).padStart(2, '0'));
  if (separator === '' || group === 0) return digits.join('');
  const size = Math.abs(group);
  let output = '';
  for (let i = 0; i < digits.length; i++) {
    const boundary = group > 0 ? (digits.length - i) % size === 0 : i % size === 0;
    output += (i > 0 && boundary ? separator : '') + digits[i];
  }
  return output;
}

/** bytes.fromhex: pairs of digits, white space between pairs. */
function parseHex(text: string): number[] {
  const output: number[] = [];
  for (let i = 0; i < text.length; ) {
    if (`${SPACE}`.includes(text[i])) {
      i++;
      continue;
    }
    for (let k = 0; k < 2; k++) {
      if (i + k >= text.length) {
        raiseValueError('fromhex() arg must contain an even number of hexadecimal digits');
      }
      if (!/[0-9a-fA-F]/.test(text[i + k])) {
        raiseValueError(`non-hexadecimal number found in fromhex() arg at position ${i + k}`);
      }
    }
    output.push(Number.parseInt(text.slice(i, i + 2), 16));
    i += 2;
  }
  return output;
}

/** bytes(source, encoding, errors) as a ref of exact type. May call Python. */
function construct(args: number): number {
  const source = args + 1;
  if (isNull(source)) {
    if (!isNull(args + 2) || !isNull(args + 3)) {
      raiseTypeError(isNull(args + 2) ? 'errors without a string argument' : 'encoding without a string argument');
    }
    return newBytes(0);
  }
  if (!isNull(args + 2) || !isNull(args + 3)) {
    const encoding = optionalText(args + 2, 'bytes', 'encoding', 'utf-8');
    const errors = optionalText(args + 3, 'bytes', 'errors', 'strict');
    if (!isStr(source)) {
      raiseTypeError(isNull(args + 2) ? 'errors without a string argument' : 'encoding without a string argument');
    }
    if (isNull(args + 2)) raiseTypeError('string argument without an encoding');
    return encodeText(refAt(source), encoding, errors);
  }
  if (isBytes(source)) return plainBytes(refAt(source));
  const answer = pushSlots(1);
  if (callSpecial(source, N.__bytes__, answer, 0, answer)) {
    if (!isBytes(answer)) raiseTypeError(`__bytes__ returned non-bytes (type ${typeName(answer)})`);
    popSlots(1);
    return refAt(answer);
  }
  popSlots(1);
  if (isStr(source)) raiseTypeError('string argument without an encoding');
  if (isInt(source) || hasIndex(source)) {
    const length = sizeOf(source);
    if (length < 0) raiseValueError('negative count');
    if (length > 2 ** 31) raise(T.MemoryError, '');
    const ref = newBytes(length);
    bytes.fill(0, bytesData(ref), bytesData(ref) + length);
    return ref;
  }
  if (!canIterate(source)) raiseTypeError(`cannot convert '${typeName(source)}' object to bytes`);
  return bytesFromIterable(source);
}

staticNatives(T.bytes, {
  '__new__(cls, source=..., encoding=..., errors=...)': (args, result) => {
    const type = refAt(args);
    const plain = construct(args);
    if (type === T.bytes) {
      setRef(result, plain);
      return;
    }
    const ref = newBytesOfType(type, bytesLength(plain));
    copyBytes(bytesData(ref), bytesData(plain), bytesLength(plain));
    setRef(result, ref);
  },
  'maketrans(frm, to, /)': (args, result) => {
    const from = textArgument(args);
    const to = textArgument(args + 1);
    if (from.length !== to.length) raiseValueError('maketrans arguments must have same length');
    const table = Array.from({ length: 256 }, (_, i) => i);
    for (let i = 0; i < from.length; i++) table[from.charCodeAt(i)] = to.charCodeAt(i);
    setRef(result, newBytesFrom(table));
  },
});

classNatives(T.bytes, {
  'fromhex(type, string, /)': (args, result) => {
    let text: string;
    if (isStr(args + 1)) text = stringOf(refAt(args + 1));
    else if (isBytes(args + 1)) text = textOf(refAt(args + 1));
    else raiseTypeError(`fromhex() argument must be str or bytes-like, not ${typeName(args + 1)}`);
    const type = refAt(args);
    setRef(result, newBytesFrom(parseHex(text)));
    if (type === T.bytes) return;
    const argument = pushSlots(1);
    setRef(argument, refAt(result));
    call(args, argument, 1, result);
    popSlots(1);
  },
});

natives(T.bytes, {
  '__getnewargs__(self, /)': (args, result) => {
    const tuple = newTuple(1);
    setRef(tupleItem(tuple, 0), plainBytes(refAt(args)));
    setRef(result, tuple);
  },
  '__bytes__(self, /)': (args, result) => setRef(result, plainBytes(refAt(args))),
  'find(self, sub, start=None, end=None, /)': (args, result) => setInt(result, search(args, false)),
  'rfind(self, sub, start=None, end=None, /)': (args, result) => setInt(result, search(args, true)),
  'index(self, sub, start=None, end=None, /)': (args, result) => searchOrRaise(args, false, result),
  'rindex(self, sub, start=None, end=None, /)': (args, result) => searchOrRaise(args, true, result),
  'count(self, sub, start=None, end=None, /)': (args, result) => setInt(result, count(args)),
  'startswith(self, prefix, start=None, end=None, /)': (args, result) =>
    setBool(result, hasAffix(args, 'startswith', false)),
  'endswith(self, suffix, start=None, end=None, /)': (args, result) =>
    setBool(result, hasAffix(args, 'endswith', true)),
  'replace(self, old, new, count=-1, /)': (args, result) => {
    const old = textArgument(args + 1);
    const replacement = textArgument(args + 2);
    setRef(result, bytesOf(replace(textOf(refAt(args)), old, replacement, sizeOf(args + 3))));
  },
  'removeprefix(self, prefix, /)': (args, result) => {
    const affix = textArgument(args + 1);
    const ref = refAt(args);
    setRef(result, bytesSlice(ref, textOf(ref).startsWith(affix) ? affix.length : 0, bytesLength(ref)));
  },
  'removesuffix(self, suffix, /)': (args, result) => {
    const affix = textArgument(args + 1);
    const ref = refAt(args);
    setRef(result, bytesSlice(ref, 0, bytesLength(ref) - (textOf(ref).endsWith(affix) ? affix.length : 0)));
  },
  'split(self, /, sep=None, maxsplit=-1)': (args, result) =>
    setRef(result, listOf(split(textOf(refAt(args)), separatorArgument(args + 1), sizeOf(args + 2)))),
  'rsplit(self, /, sep=None, maxsplit=-1)': (args, result) =>
    setRef(result, listOf(splitFromEnd(textOf(refAt(args)), separatorArgument(args + 1), sizeOf(args + 2)))),
  'splitlines(self, /, keepends=False)': (args, result) =>
    setRef(result, listOf(splitLines(textOf(refAt(args)), truth(args + 1)))),
  'partition(self, sep, /)': (args, result) => setRef(result, partition(args, false)),
  'rpartition(self, sep, /)': (args, result) => setRef(result, partition(args, true)),
  'join(self, iterable_of_bytes, /)': (args, result) => setRef(result, bytesOf(join(textOf(refAt(args)), args + 1))),
  'strip(self, bytes=None, /)': (args, result) => setRef(result, strip(args, true, true)),
  'lstrip(self, bytes=None, /)': (args, result) => setRef(result, strip(args, true, false)),
  'rstrip(self, bytes=None, /)': (args, result) => setRef(result, strip(args, false, true)),
  'ljust(self, width, fillchar=..., /)': (args, result) => {
    const fill = isNull(args + 2) ? ' ' : fillArgument(args + 2, 'ljust');
    setRef(result, bytesOf(textOf(refAt(args)) + fill.repeat(missing(args))));
  },
  'rjust(self, width, fillchar=..., /)': (args, result) => {
    const fill = isNull(args + 2) ? ' ' : fillArgument(args + 2, 'rjust');
    setRef(result, bytesOf(fill.repeat(missing(args)) + textOf(refAt(args))));
  },
  'center(self, width, fillchar=..., /)': (args, result) => {
    const fill = isNull(args + 2) ? ' ' : fillArgument(args + 2, 'center');
    const text = textOf(refAt(args));
    const space = missing(args);
    const left = (space >> 1) + (space & (space + text.length) & 1);
    setRef(result, bytesOf(fill.repeat(left) + text + fill.repeat(space - left)));
  },
  'zfill(self, width, /)': (args, result) => {
    const text = textOf(refAt(args));
    const zeros = '0'.repeat(missing(args));
    const signed = text[0] === '+' || text[0] === '-';
    setRef(result, bytesOf(signed ? text[0] + zeros + text.slice(1) : zeros + text));
  },
  'expandtabs(self, /, tabsize=8)': (args, result) =>
    setRef(result, bytesOf(expandTabs(textOf(refAt(args)), indexOf(args + 1)))),
  'lower(self, /)': mapped(lower),
  'upper(self, /)': mapped(upper),
  'title(self, /)': mapped(title),
  'capitalize(self, /)': mapped((text) => upper(text.slice(0, 1)) + lower(text.slice(1))),
  'swapcase(self, /)': mapped((text) =>
    text.replace(/[A-Za-z]/g, (c) => (c < 'a' ? c.toLowerCase() : c.toUpperCase())),
  ),
  'isalpha(self, /)': tested(/^[A-Za-z]+$/),
  'isalnum(self, /)': tested(/^[A-Za-z0-9]+$/),
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII
  'isascii(self, /)': tested(/^[\x00-\x7f]*$/),
  'isdigit(self, /)': tested(/^[0-9]+$/),
  'isspace(self, /)': tested(/^[\t\n\v\f\r ]+$/),
  'islower(self, /)': tested(/^[^A-Z]*[a-z][^A-Z]*$/),
  'isupper(self, /)': tested(/^[^a-z]*[A-Z][^a-z]*$/),
  'istitle(self, /)': (args, result) => setBool(result, isTitleCased(textOf(refAt(args)))),
  'decode(self, /, encoding=..., errors=...)': (args, result) => {
    const encoding = optionalText(args + 1, 'decode', 'encoding', 'utf-8');
    const errors = optionalText(args + 2, 'decode', 'errors', 'strict');
    const ref = refAt(args);
    setRef(result, decodeText(bytesData(ref), bytesLength(ref), encoding, errors, ref));
  },
  'hex(self, /, sep=..., bytes_per_sep=1)': (args, result) => {
    let separator = '';
    if (!isNull(args + 1)) {
      if (isStr(args + 1)) separator = stringOf(refAt(args + 1));
      else if (isBytes(args + 1)) separator = textOf(refAt(args + 1));
      else raiseTypeError('sep must be str or bytes.');
      if (separator.length !== 1) raiseValueError('sep must be length 1.');
      if (separator.charCodeAt(0) > 127) raiseValueError('sep must be ASCII.');
    }
    setRef(result, newString(hexText(bytesView(refAt(args)), separator, sizeOf(args + 2))));
  },
  'translate(self, table, /, delete=...)': (args, result) => {
    if (isNull(args + 2)) setRef(args + 2, newBytes(0));
    setRef(result, translate(args));
  },
});
