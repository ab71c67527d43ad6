/**
 * The methods that bytes and bytearray have in common, made once for each: they differ in the type of the results. An
 * argument that is "bytes-like" may be any object with a buffer. What calls Python (`__index__`, `__buffer__`) comes
 * before the bytes are looked at, since it might change a bytearray.
 */
import { Fixed, T } from '../heap/fixed.ts';
import { List, Tuple } from '../heap/layouts.ts';
import { bytes, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { isImmediateInt, isNull, isRef, refAt, setRef, setSmallInt } from '../heap/values.ts';
import { bufferData, bufferLength, isBytesLike, readBuffer } from './buffers.ts';
import * as text from './byte-text.ts';
import { bytesData, bytesLength, newBytes, newBytesFromHeap } from './bytes.ts';
import { decodeText } from './codecs.ts';
import { raise, raiseIndexError, raiseTypeError, raiseValueError } from './errors.ts';
import { cIntOf, hasIndex, indexOf, setBool, setInt, sizeOf, subscriptIndex } from './integers.ts';
import { LONG_NEEDLE, linearSearch } from './linear-search.ts';
import { listAppend, newList } from './lists.ts';
import type { NativeRoutine } from './natives.ts';
import { canIterate, iterate, length, next, truth } from './operations.ts';
import { adjustSlice, sliceCount, sliceStart, sliceStep, unpackSlice } from './slices.ts';
import { optionalText } from './string-methods.ts';
import { copyBytes, heapBytes, isStr, newString, stringOf } from './strings.ts';
import { newTuple, tupleItem } from './tuples.ts';
import { argumentType, isInstanceOf, typeName } from './types.ts';

/** What makes the results of one of the two types. All refs are of the exact type. */
export interface ByteStringMaker {
  /** bytes of a Latin-1 text */
  readonly fromText: (text: string) => number;
  /** the bytes [start, end) of `self`; the object itself where it is immutable and the whole is wanted */
  readonly part: (self: number, start: number, end: number) => number;
  readonly fromBytes: (source: ArrayLike<number>) => number;
}

const isNone = (slot: number): boolean => isRef(slot) && refAt(slot) === Fixed.none;

/** The bytes of a bytes-like object as text of one character each. TypeError if it is none. */
export function byteText(slot: number, message?: string): string {
  readBuffer(slot, message);
  return heapBytes.latin1Slice(bufferData, bufferData + bufferLength);
}

/** An item for a byte string: an int of 0 to 255. May call Python. */
export function byteValue(slot: number): number {
  if (!isImmediateInt(slot) && !hasIndex(slot)) {
    raiseTypeError(`'${typeName(slot)}' object cannot be interpreted as an integer`);
  }
  const value = indexOf(slot);
  if (value < 0 || value > 255) raiseValueError('byte must be in range(0, 256)');
  return value;
}

/** `item in container`: one byte as an int, or a sequence of bytes. May call Python. */
export function containsBytes(container: number, item: number): boolean {
  if (isBytesLike(item) || !hasIndex(item)) {
    readBuffer(item);
    const data = bufferData;
    const length = bufferLength;
    readBuffer(container);
    return findBytes(bufferData, bufferLength, data, length) >= 0;
  }
  const value = byteValue(item);
  readBuffer(container);
  return bytes.subarray(bufferData, bufferData + bufferLength).includes(value);
}

/** Up to so many bytes are searched faster here than by a call of Node's. */
const SHORT_SEARCH = 64;

function isExactBytes(slot: number): boolean {
  return isRef(slot) && words[refAt(slot) << 1] === T.bytes;
}

/** A bound that was not given. */
function isAbsent(slot: number): boolean {
  return isNull(slot) || isNone(slot);
}

/** First position of a sequence of bytes in another, both in the heap; -1 if absent. */
export function findBytes(data: number, length: number, needle: number, needleLength: number): number {
  if (needleLength > length) return -1;
  if (needleLength === 0) return 0;
  if (length <= SHORT_SEARCH) {
    const start = bytes[needle];
    for (let at = data; at <= data + length - needleLength; at++) {
      if (bytes[at] !== start) continue;
      let same = 1;
      while (same < needleLength && bytes[at + same] === bytes[needle + same]) same++;
      if (same === needleLength) return at - data;
    }
    return -1;
  }
  const view = heapBytes.subarray(data, data + length);
  if (needleLength === 1) return view.indexOf(bytes[needle]);
  if (needleLength > LONG_NEEDLE) return linearSearch(view, 0, length, bytes.subarray(needle, needle + needleLength));
  return view.indexOf(heapBytes.subarray(needle, needle + needleLength));
}

/** self[key] for an int key; `what` names the type in messages. May call Python. */
export function byteItem(self: number, key: number, type: string, result: number): void {
  const position = bytePosition(self, key, type, `${type === 'byte' ? '' : `${type} `}index out of range`);
  setSmallInt(result, bytes[bufferData + position]);
}

/** The position that a subscript means, checked; the bytes of `self` are in bufferData then. May call Python. */
export function bytePosition(self: number, key: number, type: string, message: string): number {
  if (!isImmediateInt(key) && !hasIndex(key)) {
    raiseTypeError(`${type} indices must be integers or slices, not ${typeName(key)}`);
  }
  let position = subscriptIndex(key);
  readBuffer(self);
  if (position < 0) position += bufferLength;
  if (position < 0 || position >= bufferLength) raiseIndexError(message);
  return position;
}

/** self[slice]. May call Python. */
export function byteSlice(self: number, slice: number, maker: ByteStringMaker): number {
  unpackSlice(slice);
  readBuffer(self);
  adjustSlice(bufferLength);
  if (sliceStep === 1) return maker.part(self, sliceStart, sliceStart + sliceCount);
  const picked = new Uint8Array(sliceCount);
  for (let i = 0, at = bufferData + sliceStart; i < picked.length; i++, at += sliceStep) picked[i] = bytes[at];
  return maker.fromBytes(picked);
}

/** Negative, 0 or positive, for bytes in the heap. */
export function compareMemory(a: number, lengthA: number, b: number, lengthB: number): number {
  const shorter = Math.min(lengthA, lengthB);
  for (let i = 0; i < shorter; i++) {
    const difference = bytes[a + i] - bytes[b + i];
    if (difference !== 0) return difference;
  }
  return lengthA - lengthB;
}

// The bounds of a search. First they are read (which may call Python), then fitted to the length of that moment.
let first = 0;
let last = 0;
function readBounds(start: number, end: number): void {
  const from = isNull(start) || isNone(start) ? 0 : boundArgument(start);
  last = isNull(end) || isNone(end) ? Infinity : boundArgument(end);
  first = from;
}
function boundArgument(slot: number): number {
  if (!hasIndex(slot)) raiseTypeError('slice indices must be integers or None or have an __index__ method');
  return indexOf(slot);
}
function fitBounds(length: number): void {
  if (first < 0) first = Math.max(0, first + length);
  last = last < 0 ? Math.max(0, last + length) : Math.min(last, length);
}

/** What find and count look for: bytes, or one byte as an int. */
function needleArgument(slot: number): string {
  if (isBytesLike(slot)) return byteText(slot);
  if (!hasIndex(slot)) raiseTypeError(`argument should be integer or bytes-like object, not '${typeName(slot)}'`);
  return String.fromCharCode(byteValue(slot));
}

/** First position from `start` on of a Latin-1 text in bytes, or -1. */
function indexOfText(view: Buffer, needle: string, start: number): number {
  if (needle.length === 1) return view.indexOf(needle.charCodeAt(0), start);
  if (needle.length <= LONG_NEEDLE) return view.indexOf(needle, start, 'latin1');
  return linearSearch(view, start, view.length, Buffer.from(needle, 'latin1'));
}

/** Searches within the bounds; -1 if absent. */
function search(args: number, fromEnd: boolean): number {
  if (!fromEnd && isExactBytes(args + 1) && isAbsent(args + 2) && isAbsent(args + 3)) {
    readBuffer(args + 1);
    const data = bufferData;
    const length = bufferLength;
    readBuffer(args);
    return findBytes(bufferData, bufferLength, data, length);
  }
  readBounds(args + 2, args + 3);
  const from = first;
  const to = last;
  const needle = needleArgument(args + 1);
  first = from;
  last = to;
  readBuffer(args);
  fitBounds(bufferLength);
  if (last - first < needle.length) return -1;
  const view = heapBytes.subarray(bufferData + first, bufferData + last);
  if (needle === '') return fromEnd ? last : first;
  const at = fromEnd ? view.lastIndexOf(needle, undefined, 'latin1') : indexOfText(view, needle, 0);
  return at < 0 ? -1 : first + at;
}

function searchOrRaise(args: number, fromEnd: boolean, result: number): void {
  const at = search(args, fromEnd);
  if (at < 0) raiseValueError('subsection not found');
  setInt(result, at);
}

function count(args: number): number {
  readBounds(args + 2, args + 3);
  const from = first;
  const to = last;
  const needle = needleArgument(args + 1);
  first = from;
  last = to;
  readBuffer(args);
  fitBounds(bufferLength);
  if (last < first) return 0;
  if (needle === '') return last - first + 1;
  const view = heapBytes.subarray(bufferData + first, bufferData + last);
  let found = 0;
  for (let at = 0; (at = indexOfText(view, needle, at)) >= 0; at += needle.length) found++;
  return found;
}

function hasAffix(args: number, method: string, atEnd: boolean): boolean {
  if (isExactBytes(args + 1) && isAbsent(args + 2) && isAbsent(args + 3)) {
    readBuffer(args + 1);
    const data = bufferData;
    const length = bufferLength;
    readBuffer(args);
    if (length > bufferLength) return false;
    const at = atEnd ? bufferData + bufferLength - length : bufferData;
    for (let i = 0; i < length; i++) if (bytes[at + i] !== bytes[data + i]) return false;
    return true;
  }
  readBounds(args + 2, args + 3);
  const from = first;
  const to = last;
  const test = (affix: string): boolean => {
    readBuffer(args);
    first = from;
    last = to;
    fitBounds(bufferLength);
    if (last - first < affix.length) return false;
    const at = bufferData + (atEnd ? last - affix.length : first);
    for (let i = 0; i < affix.length; i++) if (bytes[at + i] !== affix.charCodeAt(i)) return false;
    return true;
  };
  if (isBytesLike(args + 1)) return test(byteText(args + 1));
  if (!isInstanceOf(args + 1, T.tuple)) {
    raiseTypeError(`${method} first arg must be bytes or a tuple of bytes, not ${typeName(args + 1)}`);
  }
  const tuple = refAt(args + 1);
  for (let i = 0; i < words[(tuple << 1) + Tuple.size]; i++) if (test(byteText(tupleItem(tuple, i)))) return true;
  return false;
}

function strip(args: number, left: boolean, right: boolean, maker: ByteStringMaker): number {
  const set = isNone(args + 1) ? text.SPACE : byteText(args + 1);
  readBuffer(args);
  let start = 0;
  let end = bufferLength;
  const strips = (at: number): boolean => set.includes(String.fromCharCode(bytes[bufferData + at]));
  while (left && start < end && strips(start)) start++;
  while (right && end > start && strips(end - 1)) end--;
  return maker.part(args, start, end);
}

function listOf(parts: readonly string[], maker: ByteStringMaker): number {
  const list = newList(0);
  const slot = pushSlots(1);
  for (const part of parts) {
    setRef(slot, maker.fromText(part));
    listAppend(list, slot);
  }
  popSlots(1);
  return list;
}

function separatorArgument(slot: number): string | null {
  if (isNone(slot)) return null;
  const separator = byteText(slot);
  if (separator === '') raiseValueError('empty separator');
  return separator;
}

function partition(args: number, fromEnd: boolean, maker: ByteStringMaker): number {
  const separator = byteText(args + 1);
  const tuple = newTuple(3);
  text.partition(byteText(args), separator, fromEnd).forEach((part, i) => {
    setRef(tupleItem(tuple, i), maker.fromText(part));
  });
  return tuple;
}

function join(args: number): string {
  const iterable = args + 1;
  if (!canIterate(iterable)) raiseTypeError('can only join an iterable');
  const parts: string[] = [];
  const iterator = pushSlots(2);
  iterate(iterable, iterator);
  while (next(iterator, iterator + 1)) {
    if (!isBytesLike(iterator + 1)) {
      raiseTypeError(`sequence item ${parts.length}: expected a bytes-like object, ${typeName(iterator + 1)} found`);
    }
    parts.push(byteText(iterator + 1));
  }
  popSlots(2);
  return parts.join(byteText(args));
}

/** bytes.join of a list or tuple that holds nothing but bytes, copied within the heap; 0: it is something else. */
function joinBytes(args: number): number {
  if (!isRef(args + 1) || !isExactBytes(args)) return 0;
  const source = refAt(args + 1);
  const type = words[source << 1];
  if (type !== T.list && type !== T.tuple) return 0;
  const count = words[(source << 1) + Tuple.size];
  if (count === 0) return 0;
  const first = type === T.list ? words[(source << 1) + List.items] + 1 : source + 1;
  const separator = refAt(args);
  const gap = bytesLength(separator);
  let length = gap * (count - 1);
  for (let i = 0; i < count; i++) {
    if (!isExactBytes(first + i)) return 0;
    length += bytesLength(refAt(first + i));
  }
  if (length > MAX_JOINED) return 0;
  const joined = newBytes(length);
  let at = bytesData(joined);
  for (let i = 0; i < count; i++) {
    const part = refAt(first + i);
    if (i > 0 && gap > 0) {
      copyBytes(at, bytesData(separator), gap);
      at += gap;
    }
    copyBytes(at, bytesData(part), bytesLength(part));
    at += bytesLength(part);
  }
  return joined;
}
const MAX_JOINED = 2 ** 28;

function fillArgument(slot: number, method: string): string {
  if (isNull(slot)) return ' ';
  const isByteString = isRef(slot) && isBytesLike(slot);
  if (!isByteString) raiseTypeError(`${method}() argument 2 must be a byte string of length 1, not ${typeName(slot)}`);
  const fill = byteText(slot);
  if (fill.length !== 1) {
    const shown = isInstanceOf(slot, T.bytes) ? 'bytes' : typeName(slot);
    raiseTypeError(
      `${method}(): argument 2 must be a byte string of length 1, not a ${shown} object of length ${fill.length}`,
    );
  }
  return fill;
}

/** How many bytes are missing to the width of argument 1. */
function missing(args: number): number {
  const width = sizeOf(args + 1);
  readBuffer(args);
  if (width - bufferLength > 2 ** 29) raise(T.MemoryError, '');
  return Math.max(0, width - bufferLength);
}

/** translate(table, delete). */
function translate(args: number): number[] {
  let table: Uint8Array | null = null;
  if (!isNone(args + 1)) {
    readBuffer(args + 1);
    if (bufferLength !== 256) raiseValueError('translation table must be 256 characters long');
    table = bytes.slice(bufferData, bufferData + 256);
  }
  const removed = isNull(args + 2) ? '' : byteText(args + 2);
  readBuffer(args);
  const output: number[] = [];
  for (const byte of bytes.subarray(bufferData, bufferData + bufferLength)) {
    if (removed !== '' && removed.includes(String.fromCharCode(byte))) continue;
    output.push(table === null ? byte : table[byte]);
  }
  return output;
}

/** The separator argument of hex(), '' if not given. */
export function hexSeparator(slot: number): string {
  if (isNull(slot)) return '';
  let separator: string;
  if (length(slot) !== 1) raiseValueError('sep must be length 1.');
  if (isStr(slot)) separator = stringOf(refAt(slot));
  else if (isInstanceOf(slot, T.bytes)) separator = byteText(slot);
  else raiseTypeError('sep must be str or bytes.');
  if (separator.charCodeAt(0) > 127) raiseValueError('sep must be ASCII.');
  return separator;
}

/** The argument of fromhex() as the bytes it spells. */
export function fromHexArgument(slot: number): number[] {
  if (isStr(slot)) return text.parseHex(stringOf(refAt(slot)));
  if (isBytesLike(slot)) return text.parseHex(byteText(slot));
  raiseTypeError(`fromhex() argument must be str or bytes-like, not ${argumentType(slot)}`);
}

/** maketrans(from, to) as 256 bytes. */
export function translationTable(args: number): number[] {
  const from = byteText(args);
  const to = byteText(args + 1);
  if (from.length !== to.length) raiseValueError('maketrans arguments must have same length');
  const table = Array.from({ length: 256 }, (_, i) => i);
  for (let i = 0; i < from.length; i++) table[from.charCodeAt(i)] = to.charCodeAt(i);
  return table;
}

/** The common methods, for one type. */
export function byteStringMethods(maker: ByteStringMaker): Record<string, NativeRoutine> {
  const { fromText, part } = maker;
  /** A method that maps the text to text. */
  const mapped =
    (convert: (source: string) => string): NativeRoutine =>
    (args, result) =>
      setRef(result, fromText(convert(byteText(args))));
  /** A method that tests the text. */
  const tested =
    (pattern: RegExp): NativeRoutine =>
    (args, result) =>
      setBool(result, pattern.test(byteText(args)));
  const splitting =
    (cut: (source: string, separator: string | null, limit: number) => string[]): NativeRoutine =>
    (args, result) => {
      const separator = separatorArgument(args + 1);
      const limit = sizeOf(args + 2);
      setRef(result, listOf(cut(byteText(args), separator, limit), maker));
    };
  return {
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
      const limit = sizeOf(args + 3);
      const old = byteText(args + 1);
      const replacement = byteText(args + 2);
      setRef(result, fromText(text.replace(byteText(args), old, replacement, limit)));
    },
    'removeprefix(self, prefix, /)': (args, result) => {
      const affix = byteText(args + 1);
      const source = byteText(args);
      setRef(result, part(args, source.startsWith(affix) ? affix.length : 0, source.length));
    },
    'removesuffix(self, suffix, /)': (args, result) => {
      const affix = byteText(args + 1);
      const source = byteText(args);
      setRef(result, part(args, 0, source.length - (source.endsWith(affix) ? affix.length : 0)));
    },
    'split(self, /, sep=None, maxsplit=-1)': splitting(text.split),
    'rsplit(self, /, sep=None, maxsplit=-1)': splitting(text.splitFromEnd),
    'splitlines(self, /, keepends=False)': (args, result) => {
      const keepEnds = truth(args + 1);
      setRef(result, listOf(text.splitLines(byteText(args), keepEnds), maker));
    },
    'partition(self, sep, /)': (args, result) => setRef(result, partition(args, false, maker)),
    'rpartition(self, sep, /)': (args, result) => setRef(result, partition(args, true, maker)),
    'join(self, iterable_of_bytes, /)': (args, result) => {
      const joined = joinBytes(args);
      setRef(result, joined !== 0 ? joined : fromText(join(args)));
    },
    'strip(self, bytes=None, /)': (args, result) => setRef(result, strip(args, true, true, maker)),
    'lstrip(self, bytes=None, /)': (args, result) => setRef(result, strip(args, true, false, maker)),
    'rstrip(self, bytes=None, /)': (args, result) => setRef(result, strip(args, false, true, maker)),
    'ljust(self, width, fillchar=..., /)': (args, result) => {
      const fill = fillArgument(args + 2, 'ljust');
      const space = missing(args);
      setRef(result, fromText(byteText(args) + fill.repeat(space)));
    },
    'rjust(self, width, fillchar=..., /)': (args, result) => {
      const fill = fillArgument(args + 2, 'rjust');
      const space = missing(args);
      setRef(result, fromText(fill.repeat(space) + byteText(args)));
    },
    'center(self, width, fillchar=..., /)': (args, result) => {
      const fill = fillArgument(args + 2, 'center');
      const space = missing(args);
      setRef(result, fromText(text.center(byteText(args), space, fill)));
    },
    'zfill(self, width, /)': (args, result) => {
      const space = missing(args);
      setRef(result, fromText(text.zeroFill(byteText(args), space)));
    },
    'expandtabs(self, /, tabsize=8)': (args, result) => {
      const size = cIntOf(args + 1);
      setRef(result, fromText(text.expandTabs(byteText(args), size)));
    },
    'lower(self, /)': mapped(text.lower),
    'upper(self, /)': mapped(text.upper),
    'title(self, /)': mapped(text.title),
    'capitalize(self, /)': mapped(text.capitalize),
    'swapcase(self, /)': mapped(text.swapCase),
    'isalpha(self, /)': tested(/^[A-Za-z]+$/),
    'isalnum(self, /)': tested(/^[A-Za-z0-9]+$/),
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII
    'isascii(self, /)': tested(/^[\x00-\x7f]*$/),
    'isdigit(self, /)': tested(/^[0-9]+$/),
    'isspace(self, /)': tested(/^[\t\n\v\f\r ]+$/),
    'islower(self, /)': tested(/^[^A-Z]*[a-z][^A-Z]*$/),
    'isupper(self, /)': tested(/^[^a-z]*[A-Z][^a-z]*$/),
    'istitle(self, /)': (args, result) => setBool(result, text.isTitleCased(byteText(args))),
    'decode(self, /, encoding=..., errors=...)': (args, result) => {
      const encoding = optionalText(args + 1, 'decode', 'encoding', 'utf-8');
      const errors = optionalText(args + 2, 'decode', 'errors', 'strict');
      readBuffer(args);
      const data = bufferData;
      const length = bufferLength;
      // An exception shows bytes that nobody changes.
      const source = isInstanceOf(args, T.bytes) ? refAt(args) : newBytesFromHeap(data, length);
      setRef(result, decodeText(data, length, encoding, errors, source));
    },
    'hex(self, /, sep=..., bytes_per_sep=1)': (args, result) => {
      const separator = hexSeparator(args + 1);
      const group = sizeOf(args + 2);
      readBuffer(args);
      const view = bytes.subarray(bufferData, bufferData + bufferLength);
      setRef(result, newString(text.hexText(view, separator, group)));
    },
    'translate(self, table, /, delete=...)': (args, result) => setRef(result, maker.fromBytes(translate(args))),
  };
}
