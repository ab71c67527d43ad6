/**
 * What Python sees of str: operators and methods. The work is in string-search.ts, string-split.ts, string-case.ts,
 * string-format.ts, percent-format.ts and codecs.ts; here arguments are checked and results made.
 */
import { Fixed, T } from '../heap/fixed.ts';
import { Tuple } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { isImmediateInt, isNull, isRef, refAt, setRef, setSmallInt } from '../heap/values.ts';
import { bufferData, bufferLength, readBuffer } from './buffers.ts';
import { isBytes, newBytesFromHeap } from './bytes.ts';
import { decodeText, encodeText } from './codecs.ts';
import { dictEntry, dictGet, dictNext, dictSet, newDict } from './dicts.ts';
import {
  clearRaised,
  matchesRaised,
  raise,
  raiseIndexError,
  raiseOverflow,
  raiseTypeError,
  raiseValueError,
} from './errors.ts';
import { formatText } from './format-spec.ts';
import { cIntOf, hasIndex, indexOf, isInt, safeAt, setBool, setInt, sizeOf, subscriptIndex } from './integers.ts';
import { stringIterator } from './iterators.ts';
import { natives, staticNatives } from './natives.ts';
import { getItem, str, truth } from './operations.ts';
import { BinaryOperator, CompareOperator, orderingMatches } from './operators.ts';
import { percentFormat } from './percent-format.ts';
import { adjustSlice, isSlice, sliceCount, sliceStart, sliceStep, unpackSlice } from './slices.ts';
import { capitalize, caseFold, swapCase, toLower, toTitle, toUpper } from './string-case.ts';
import { formatFields } from './string-format.ts';
import { stringReprRef } from './string-repr.ts';
import {
  countString,
  findLastString,
  findString,
  matchesAt,
  narrowed,
  replaceString,
  stripEnd,
  stripStart,
} from './string-search.ts';
import { joinStrings, partition, splitLines, splitString, splitStringFromEnd } from './string-split.ts';
import { newStringOfType } from './string-subclasses.ts';
import {
  allocateString,
  characterAt,
  codePointAt,
  compareStrings,
  concatenate,
  copyCodePoints,
  isAscii,
  isStr,
  newString,
  newStringFromCodePoints,
  repeatString,
  stringEquals,
  stringHash,
  stringLength,
  stringOf,
  stringWidth,
  substring,
  writeCodePoint,
} from './strings.ts';
import { newTuple, tupleItem } from './tuples.ts';
import { defineOperators } from './type-operators.ts';
import { argumentType, fullTypeName, isInstanceOf, typeName, typeOf } from './types.ts';
import {
  isAlpha,
  isDecimal,
  isDigit,
  isIdentifierContinue,
  isIdentifierStart,
  isLower,
  isNumeric,
  isPrintable,
  isSpace,
  isTitle,
  isUpper,
} from './unicode.ts';

const isNone = (slot: number): boolean => isRef(slot) && refAt(slot) === Fixed.none;

/** The longest str that fits a JavaScript copy (V8's limit is 2**29 - 24 code units). */
const MAX_LENGTH = 2 ** 29 - 32;

defineOperators(T.str, {
  concatenate: (left, right, result) => {
    if (!isStr(right)) raiseTypeError(`can only concatenate str (not "${typeName(right)}") to str`);
    if (stringLength(refAt(left)) + stringLength(refAt(right)) > MAX_LENGTH) raise(T.MemoryError, '');
    setRef(result, concatenate(refAt(left), refAt(right)));
  },
  repeat: (sequence, count, result) => {
    const length = stringLength(refAt(sequence));
    if (length * count > 2 ** 63) raiseOverflow('repeated string is too long');
    if (length * count > MAX_LENGTH) raise(T.MemoryError, '');
    setRef(result, repeatString(refAt(sequence), count));
  },
  binaryOperators: [BinaryOperator.remainder],
  binary: (operator, left, right, result) => {
    if (operator !== BinaryOperator.remainder || !isStr(left)) return false;
    percentFormat(left, right, result);
    return true;
  },
  compare: (operator, left, right, result) => {
    if (!isStr(right)) return false;
    const a = refAt(left);
    const b = refAt(right);
    if (operator === CompareOperator.equal) setBool(result, stringEquals(a, b));
    else if (operator === CompareOperator.notEqual) setBool(result, !stringEquals(a, b));
    else setBool(result, orderingMatches(operator, compareStrings(a, b)));
    return true;
  },
  length: (slot) => stringLength(refAt(slot)),
  getItem: (slot, key, result) => {
    const ref = refAt(slot);
    if (isSlice(key)) {
      unpackSlice(refAt(key));
      adjustSlice(stringLength(ref));
      setRef(result, slicedString(ref));
      return;
    }
    if (!isImmediateInt(key) && !hasIndex(key)) {
      raiseTypeError(`string indices must be integers, not '${typeName(key)}'`);
    }
    const length = stringLength(ref);
    let position = subscriptIndex(key);
    if (position < 0) position += length;
    if (position < 0 || position >= length) raiseIndexError('string index out of range');
    setRef(result, characterAt(ref, position));
  },
  contains: (container, item) => {
    if (!isStr(item)) raiseTypeError(`'in <string>' requires string as left operand, not ${typeName(item)}`);
    const text = refAt(container);
    return findString(text, refAt(item), 0, stringLength(text)) >= 0;
  },
  iterate: (slot, result) => setRef(result, stringIterator(refAt(slot))),
  hash: (slot) => stringHash(refAt(slot)),
  repr: (slot) => stringReprRef(refAt(slot)),
  str: (slot) => plainString(refAt(slot)),
});

/** The str of exact type with the same text. */
export function plainString(ref: number): number {
  return words[ref << 1] === T.str ? ref : substring(ref, 0, stringLength(ref));
}

/** The slice that adjustSlice left in slices.ts. */
function slicedString(ref: number): number {
  if (sliceStep === 1 || sliceCount <= 1) return substring(ref, sliceStart, sliceStart + sliceCount);
  const count = sliceCount;
  const width = stringWidth(ref);
  const result = allocateString(count, width, isAscii(ref));
  for (let i = 0, at = sliceStart; i < count; i++, at += sliceStep) {
    writeCodePoint(result, width, i, codePointAt(ref, at));
  }
  return narrowed(result);
}

staticNatives(T.str, {
  '__new__(cls, object=..., encoding=..., errors=...)': (args, result) => {
    const type = refAt(args);
    let ref: number = Fixed.emptyString;
    if (!isNull(args + 2) || !isNull(args + 3)) ref = decodeArgument(args);
    else if (!isNull(args + 1)) ref = str(args + 1);
    setRef(result, type === T.str ? ref : newStringOfType(type, ref));
  },
});

/** str(object, encoding, errors). */
function decodeArgument(args: number): number {
  const encoding = optionalText(args + 2, 'str', 'encoding', 'utf-8');
  const errors = optionalText(args + 3, 'str', 'errors', 'strict');
  if (isNull(args + 1)) return Fixed.emptyString;
  if (isStr(args + 1)) raiseTypeError('decoding str is not supported');
  readBuffer(args + 1, `decoding to str: need a bytes-like object, ${typeName(args + 1)} found`);
  const data = bufferData;
  const length = bufferLength;
  // An exception shows bytes that nobody changes.
  const source = isBytes(args + 1) ? refAt(args + 1) : newBytesFromHeap(data, length);
  return decodeText(data, length, encoding, errors, source);
}

/** A str argument as JavaScript text, or the default if it is missing. */
export function optionalText(slot: number, routine: string, name: string, missing: string): string {
  if (isNull(slot)) return missing;
  if (!isStr(slot)) {
    const given = routine === 'str' ? fullTypeName(slot) : argumentType(slot);
    raiseTypeError(`${routine}() argument '${name}' must be str, not ${given}`);
  }
  return stringOf(refAt(slot));
}

/** Argument `number` of a method, which must be a str. */
function stringArgument(slot: number, method: string, number: number): number {
  if (!isStr(slot)) raiseTypeError(`${method}() argument ${number} must be str, not ${argumentType(slot)}`);
  return refAt(slot);
}

/** start and end arguments as Python clamps them; an `end` before `start` is possible. */
export let rangeStart = 0;
export let rangeEnd = 0;
export function readRange(start: number, end: number, length: number): void {
  const first = isNull(start) || isNone(start) ? 0 : boundArgument(start);
  const last = isNull(end) || isNone(end) ? length : boundArgument(end);
  rangeStart = first < 0 ? Math.max(0, first + length) : first;
  rangeEnd = last < 0 ? Math.max(0, last + length) : Math.min(last, length);
}
function boundArgument(slot: number): number {
  if (!hasIndex(slot)) raiseTypeError('slice indices must be integers or None or have an __index__ method');
  return indexOf(slot);
}

type Search = (text: number, needle: number, start: number, end: number) => number;

function search(args: number, method: string, find: Search): number {
  const text = refAt(args);
  const needle = stringArgument(args + 1, method, 1);
  readRange(args + 2, args + 3, stringLength(text));
  return find(text, needle, rangeStart, rangeEnd);
}

function searchOrRaise(args: number, method: string, find: Search, result: number): void {
  const at = search(args, method, find);
  if (at < 0) raiseValueError('substring not found');
  setInt(result, at);
}

/** startswith and endswith: a str or a tuple of them. */
function hasAffix(args: number, method: string, atEnd: boolean): boolean {
  const text = refAt(args);
  readRange(args + 2, args + 3, stringLength(text));
  const start = rangeStart;
  const end = rangeEnd;
  const test = (affix: number): boolean => {
    const length = stringLength(affix);
    return end - start >= length && matchesAt(text, atEnd ? end - length : start, affix);
  };
  if (isStr(args + 1)) return test(refAt(args + 1));
  if (!isInstanceOf(args + 1, T.tuple)) {
    raiseTypeError(`${method} first arg must be str or a tuple of str, not ${typeName(args + 1)}`);
  }
  const tuple = refAt(args + 1);
  const size = words[(tuple << 1) + Tuple.size];
  for (let i = 0; i < size; i++) {
    const item = tupleItem(tuple, i);
    if (!isStr(item)) raiseTypeError(`tuple for ${method} must only contain str, not ${typeName(item)}`);
    if (test(refAt(item))) return true;
  }
  return false;
}

function separatorArgument(slot: number): number {
  if (isNone(slot)) return 0;
  if (!isStr(slot)) raiseTypeError(`must be str or None, not ${typeName(slot)}`);
  if (stringLength(refAt(slot)) === 0) raiseValueError('empty separator');
  return refAt(slot);
}

function partitionArgument(slot: number): number {
  if (!isStr(slot)) raiseTypeError(`must be str, not ${typeName(slot)}`);
  if (stringLength(refAt(slot)) === 0) raiseValueError('empty separator');
  return refAt(slot);
}

function stripped(args: number, method: string, left: boolean, right: boolean): number {
  const text = refAt(args);
  let set = 0;
  if (!isNone(args + 1)) {
    if (!isStr(args + 1)) raiseTypeError(`${method} arg must be None or str`);
    set = refAt(args + 1);
  }
  const start = left ? stripStart(text, set) : 0;
  const end = right ? stripEnd(text, set, start) : stringLength(text);
  return substring(text, start, end);
}

/** ljust, rjust, center: `left` and `right` give the padding on each side. */
function padded(ref: number, left: number, right: number, fill: number): number {
  const length = stringLength(ref);
  if (left <= 0 && right <= 0) return plainString(ref);
  const total = length + left + right;
  if (total > MAX_LENGTH) raise(T.MemoryError, '');
  const width = Math.max(stringWidth(ref), fill < 256 ? 1 : fill < 65536 ? 2 : 4);
  const result = allocateString(total, width, isAscii(ref) && fill < 128);
  for (let i = 0; i < left; i++) writeCodePoint(result, width, i, fill);
  copyCodePoints(result, left, ref, 0, length);
  for (let i = left + length; i < total; i++) writeCodePoint(result, width, i, fill);
  return total === 1 ? characterAt(result, 0) : result;
}

function fillArgument(slot: number): number {
  if (!isStr(slot)) raiseTypeError(`The fill character must be a unicode character, not ${typeName(slot)}`);
  if (stringLength(refAt(slot)) !== 1) raiseTypeError('The fill character must be exactly one character long');
  return codePointAt(refAt(slot), 0);
}

function padding(args: number): number {
  return Math.max(0, sizeOf(args + 1) - stringLength(refAt(args)));
}

/** True if the string is not empty and every code point passes. */
function all(ref: number, test: (code: number) => boolean): boolean {
  const length = stringLength(ref);
  for (let i = 0; i < length; i++) if (!test(codePointAt(ref, i))) return false;
  return length > 0;
}

/** isupper and islower: some cased character, and none of the other case. */
function hasOnlyCase(ref: number, wanted: (code: number) => boolean, other: (code: number) => boolean): boolean {
  const length = stringLength(ref);
  let found = false;
  for (let i = 0; i < length; i++) {
    const code = codePointAt(ref, i);
    if (other(code) || isTitle(code)) return false;
    if (wanted(code)) found = true;
  }
  return found;
}

function isTitleCased(ref: number): boolean {
  const length = stringLength(ref);
  let inWord = false;
  let found = false;
  for (let i = 0; i < length; i++) {
    const code = codePointAt(ref, i);
    if (isUpper(code) || isTitle(code)) {
      if (inWord) return false;
      inWord = found = true;
    } else if (isLower(code)) {
      if (!inWord) return false;
    } else inWord = false;
  }
  return found;
}

/** str.isidentifier. */
export function isIdentifier(ref: number): boolean {
  const length = stringLength(ref);
  if (length === 0 || !isIdentifierStart(codePointAt(ref, 0))) return false;
  for (let i = 1; i < length; i++) if (!isIdentifierContinue(codePointAt(ref, i))) return false;
  return true;
}

function expandTabs(ref: number, size: number): number {
  const codes: number[] = [];
  let column = 0;
  const length = stringLength(ref);
  for (let i = 0; i < length; i++) {
    const code = codePointAt(ref, i);
    if (code === 9) {
      if (size <= 0) continue;
      const spaces = size - (column % size);
      column += spaces;
      if (codes.length + spaces > MAX_LENGTH) raise(T.OverflowError, 'result too long');
      for (let k = 0; k < spaces; k++) codes.push(32);
    } else {
      column = code === 10 || code === 13 ? 0 : column + 1;
      codes.push(code);
    }
  }
  return newStringFromCodePoints(codes);
}

/** str.translate: `table` is anything with __getitem__ by code point. May call Python. */
function translate(text: number, table: number): number {
  const codes: number[] = [];
  const scratch = pushSlots(2);
  for (let i = 0; i < stringLength(refAt(text)); i++) {
    const code = codePointAt(refAt(text), i);
    setSmallInt(scratch, code);
    let found = true;
    if (typeOf(table) === T.dict) found = dictGet(refAt(table), scratch, scratch + 1);
    else {
      try {
        getItem(table, scratch, scratch + 1);
      } catch (error) {
        if (!matchesRaised(error, T.LookupError)) throw error;
        clearRaised();
        found = false;
      }
    }
    if (!found) codes.push(code);
    else if (isNone(scratch + 1)) continue;
    else if (isInt(scratch + 1)) {
      const replacement = safeAt(scratch + 1);
      if (!(replacement >= 0 && replacement <= 0x10ffff)) {
        raiseValueError('character mapping must be in range(0x110000)');
      }
      codes.push(replacement);
    } else if (isStr(scratch + 1)) {
      const replacement = refAt(scratch + 1);
      for (let k = 0; k < stringLength(replacement); k++) codes.push(codePointAt(replacement, k));
    } else raiseTypeError('character mapping must return integer, None or str');
  }
  popSlots(2);
  return newStringFromCodePoints(codes);
}

/** str.maketrans: from a dict, or from two or three strings of which the first two are equally long. */
function makeTranslation(args: number): number {
  const table = newDict();
  const scratch = pushSlots(2);
  if (isNull(args + 1)) {
    if (!isInstanceOf(args, T.dict)) {
      raiseTypeError('if you give only one argument to maketrans it must be a dict');
    }
    const source = refAt(args);
    for (let at = dictNext(source, 0); at >= 0; at = dictNext(source, at + 1)) {
      const key = dictEntry(source, at);
      if (isStr(key)) {
        if (stringLength(refAt(key)) !== 1) raiseValueError('string keys in translate table must be of length 1');
        setSmallInt(scratch, codePointAt(refAt(key), 0));
        dictSet(table, scratch, key + 1);
      } else if (isInt(key)) dictSet(table, key, key + 1);
      else raiseTypeError('keys in translate table must be strings or integers');
    }
  } else {
    if (!isStr(args)) raiseTypeError('first maketrans argument must be a string if there is a second argument');
    const from = refAt(args);
    const to = stringArgument(args + 1, 'maketrans', 2);
    if (stringLength(from) !== stringLength(to)) {
      raiseValueError('the first two maketrans arguments must have equal length');
    }
    for (let i = 0; i < stringLength(from); i++) {
      setSmallInt(scratch, codePointAt(from, i));
      setSmallInt(scratch + 1, codePointAt(to, i));
      dictSet(table, scratch, scratch + 1);
    }
    if (!isNull(args + 2)) {
      const removed = stringArgument(args + 2, 'maketrans', 3);
      setRef(scratch + 1, Fixed.none);
      for (let i = 0; i < stringLength(removed); i++) {
        setSmallInt(scratch, codePointAt(removed, i));
        dictSet(table, scratch, scratch + 1);
      }
    }
  }
  popSlots(2);
  return table;
}

function zeroFilled(ref: number, missing: number): number {
  if (missing <= 0) return plainString(ref);
  const filled = padded(ref, missing, 0, 48);
  const sign = stringLength(ref) > 0 ? codePointAt(ref, 0) : 0;
  if (sign !== 43 && sign !== 45) return filled;
  const width = stringWidth(filled);
  writeCodePoint(filled, width, missing, 48);
  writeCodePoint(filled, width, 0, sign);
  return filled;
}

function withoutAffix(args: number, method: string, atEnd: boolean): number {
  const text = refAt(args);
  const affix = stringArgumentOnly(args + 1, method);
  const length = stringLength(text);
  const size = stringLength(affix);
  if (size > 0 && size <= length && matchesAt(text, atEnd ? length - size : 0, affix)) {
    return atEnd ? substring(text, 0, length - size) : substring(text, size, length);
  }
  return plainString(text);
}
function stringArgumentOnly(slot: number, method: string): number {
  if (!isStr(slot)) raiseTypeError(`${method}() argument must be str, not ${argumentType(slot)}`);
  return refAt(slot);
}

natives(T.str, {
  '__format__(self, format_spec, /)': (args, result) => {
    const spec = stringArgumentOnly(args + 1, '__format__');
    const text = refAt(args);
    // a subclass may have a `__str__` of its own
    if (stringLength(spec) === 0) setRef(result, str(args));
    else setRef(result, newString(formatText(stringOf(text), stringLength(text), stringOf(spec), typeName(args))));
  },
  '__getnewargs__(self, /)': (args, result) => {
    const tuple = newTuple(1);
    setRef(tupleItem(tuple, 0), newStringOfType(T.str, refAt(args)));
    setRef(result, tuple);
  },
  '__sizeof__(self, /)': (args, result) => {
    const ref = refAt(args);
    setInt(result, (isAscii(ref) ? 40 : 56) + (stringLength(ref) + 1) * stringWidth(ref));
  },
  'find(self, sub, start=None, end=None, /)': (args, result) => setInt(result, search(args, 'find', findString)),
  'rfind(self, sub, start=None, end=None, /)': (args, result) => setInt(result, search(args, 'rfind', findLastString)),
  'index(self, sub, start=None, end=None, /)': (args, result) => searchOrRaise(args, 'index', findString, result),
  'rindex(self, sub, start=None, end=None, /)': (args, result) => searchOrRaise(args, 'rindex', findLastString, result),
  'count(self, sub, start=None, end=None, /)': (args, result) =>
    setInt(
      result,
      search(args, 'count', (text, needle, start, end) => countString(text, needle, start, end, Infinity)),
    ),
  'startswith(self, prefix, start=None, end=None, /)': (args, result) =>
    setBool(result, hasAffix(args, 'startswith', false)),
  'endswith(self, suffix, start=None, end=None, /)': (args, result) =>
    setBool(result, hasAffix(args, 'endswith', true)),
  'replace(self, old, new, /, count=-1)': (args, result) => {
    const old = stringArgument(args + 1, 'replace', 1);
    const replacement = stringArgument(args + 2, 'replace', 2);
    const count = sizeOf(args + 3);
    const text = refAt(args);
    const growth = stringLength(replacement) - stringLength(old);
    if (growth > 0 && growth * stringLength(text) > MAX_LENGTH) {
      const found = countString(text, old, 0, stringLength(text), count < 0 ? Infinity : count);
      if (stringLength(text) + found * growth > MAX_LENGTH) raise(T.MemoryError, '');
    }
    setRef(result, replaceString(text, old, replacement, count));
  },
  'removeprefix(self, prefix, /)': (args, result) => setRef(result, withoutAffix(args, 'removeprefix', false)),
  'removesuffix(self, suffix, /)': (args, result) => setRef(result, withoutAffix(args, 'removesuffix', true)),
  'split(self, /, sep=None, maxsplit=-1)': (args, result) => {
    const separator = separatorArgument(args + 1);
    setRef(result, splitString(refAt(args), separator, sizeOf(args + 2)));
  },
  'rsplit(self, /, sep=None, maxsplit=-1)': (args, result) => {
    const separator = separatorArgument(args + 1);
    setRef(result, splitStringFromEnd(refAt(args), separator, sizeOf(args + 2)));
  },
  'splitlines(self, /, keepends=False)': (args, result) => setRef(result, splitLines(refAt(args), truth(args + 1))),
  'partition(self, sep, /)': (args, result) => {
    const separator = partitionArgument(args + 1);
    const text = refAt(args);
    setRef(result, partition(text, separator, findString(text, separator, 0, stringLength(text)), false));
  },
  'rpartition(self, sep, /)': (args, result) => {
    const separator = partitionArgument(args + 1);
    const text = refAt(args);
    setRef(result, partition(text, separator, findLastString(text, separator, 0, stringLength(text)), true));
  },
  'join(self, iterable, /)': (args, result) => setRef(result, joinStrings(refAt(args), args + 1)),
  'strip(self, chars=None, /)': (args, result) => setRef(result, stripped(args, 'strip', true, true)),
  'lstrip(self, chars=None, /)': (args, result) => setRef(result, stripped(args, 'lstrip', true, false)),
  'rstrip(self, chars=None, /)': (args, result) => setRef(result, stripped(args, 'rstrip', false, true)),
  "ljust(self, width, fillchar=' ', /)": (args, result) => {
    const missing = padding(args);
    setRef(result, padded(refAt(args), 0, missing, fillArgument(args + 2)));
  },
  "rjust(self, width, fillchar=' ', /)": (args, result) => {
    const missing = padding(args);
    setRef(result, padded(refAt(args), missing, 0, fillArgument(args + 2)));
  },
  "center(self, width, fillchar=' ', /)": (args, result) => {
    const missing = padding(args);
    // The odd space goes to the left only if the width is odd.
    const left = (missing >> 1) + (missing & (missing + stringLength(refAt(args))) & 1);
    setRef(result, padded(refAt(args), left, missing - left, fillArgument(args + 2)));
  },
  'zfill(self, width, /)': (args, result) => setRef(result, zeroFilled(refAt(args), padding(args))),
  'expandtabs(self, /, tabsize=8)': (args, result) => setRef(result, expandTabs(refAt(args), cIntOf(args + 1))),
  'lower(self, /)': (args, result) => setRef(result, plainString(toLower(refAt(args)))),
  'upper(self, /)': (args, result) => setRef(result, plainString(toUpper(refAt(args)))),
  'title(self, /)': (args, result) => setRef(result, plainString(toTitle(refAt(args)))),
  'capitalize(self, /)': (args, result) => setRef(result, plainString(capitalize(refAt(args)))),
  'swapcase(self, /)': (args, result) => setRef(result, plainString(swapCase(refAt(args)))),
  'casefold(self, /)': (args, result) => setRef(result, plainString(caseFold(refAt(args)))),
  'isalpha(self, /)': (args, result) => setBool(result, all(refAt(args), isAlpha)),
  'isalnum(self, /)': (args, result) =>
    setBool(
      result,
      all(refAt(args), (code) => isAlpha(code) || isDigit(code) || isNumeric(code)),
    ),
  'isascii(self, /)': (args, result) => setBool(result, isAscii(refAt(args))),
  'isdecimal(self, /)': (args, result) => setBool(result, all(refAt(args), isDecimal)),
  'isdigit(self, /)': (args, result) => setBool(result, all(refAt(args), isDigit)),
  'isnumeric(self, /)': (args, result) => setBool(result, all(refAt(args), isNumeric)),
  'isspace(self, /)': (args, result) => setBool(result, all(refAt(args), isSpace)),
  'isupper(self, /)': (args, result) => setBool(result, hasOnlyCase(refAt(args), isUpper, isLower)),
  'islower(self, /)': (args, result) => setBool(result, hasOnlyCase(refAt(args), isLower, isUpper)),
  'istitle(self, /)': (args, result) => setBool(result, isTitleCased(refAt(args))),
  'isidentifier(self, /)': (args, result) => setBool(result, isIdentifier(refAt(args))),
  'isprintable(self, /)': (args, result) => {
    const ref = refAt(args);
    setBool(result, stringLength(ref) === 0 || all(ref, isPrintable));
  },
  'encode(self, /, encoding=..., errors=...)': (args, result) => {
    const encoding = optionalText(args + 1, 'encode', 'encoding', 'utf-8');
    const errors = optionalText(args + 2, 'encode', 'errors', 'strict');
    setRef(result, encodeText(refAt(args), encoding, errors));
  },
  'translate(self, table, /)': (args, result) => setRef(result, translate(args, args + 1)),
  'format(self, /, *args, **kwargs)': (args, result) => formatFields(args, args + 1, args + 2, result),
  'format_map(self, mapping, /)': (args, result) => formatFields(args, 0, args + 1, result),
});

staticNatives(T.str, {
  'maketrans(x, y=..., z=..., /)': (args, result) => setRef(result, makeTranslation(args)),
});
