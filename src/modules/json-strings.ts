/** JSON's strings: reading them out of a document, and quoting text. */

import { popSlots, pushSlots } from '../heap/slots.ts';
import { refAt, setRef } from '../heap/values.ts';
import { exceptionOf, raiseTypeError, raiseValueError, throwException } from '../objects/errors.ts';
import { setInt } from '../objects/integers.ts';
import { call } from '../objects/invoke.ts';
import {
  codePointAt,
  isStr,
  newStringFromCodePoints,
  setString,
  stringLength,
  stringOf,
  substring,
} from '../objects/strings.ts';
import { typeName } from '../objects/types.ts';
import { withoutSeparators } from '../text/exact-text.ts';
import { libraryAttribute } from './library.ts';

/** Raises json.decoder.JSONDecodeError(message, document, position). Calls Python. */
export function raiseDecodeError(message: string, documentRef: number, position: number): never {
  const slots = pushSlots(5);
  setRef(slots + 2, documentRef);
  libraryAttribute('json.decoder', 'JSONDecodeError', slots);
  setString(slots + 1, message);
  setInt(slots + 3, position);
  call(slots, slots + 1, 3, slots + 4);
  const exception = exceptionOf(slots + 4);
  popSlots(5);
  throwException(exception);
}

const escapes: Readonly<Record<string, number>> = {
  '"': 34,
  '\\': 92,
  '/': 47,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
};

/** Where the string that scanString read last ended: behind its closing quote. */
export let stringEnd = 0;
let collected = new Uint32Array(256);

/** The four hexadecimal digits at `at` as a number; -1 if they are none. */
function hex4(ref: number, at: number, length: number): number {
  if (at + 4 > length) return -1;
  let value = 0;
  for (let i = at; i < at + 4; i++) {
    const code = codePointAt(ref, i);
    const digit =
      code >= 48 && code <= 57
        ? code - 48
        : code >= 97 && code <= 102
          ? code - 87
          : code >= 65 && code <= 70
            ? code - 55
            : -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

/**
 * The str whose first code point is at `start` of the document, behind the opening quote; leaves `stringEnd`. Raises
 * JSONDecodeError.
 */
export function scanString(ref: number, start: number, strict: boolean): number {
  const length = stringLength(ref);
  let at = start;
  let count = -1;
  let from = start;
  for (;;) {
    if (at >= length) raiseDecodeError('Unterminated string starting at', ref, start - 1);
    const code = codePointAt(ref, at);
    if (code === 34) break;
    if (code < 32 && strict) raiseDecodeError('Invalid control character at', ref, at);
    if (code !== 92) {
      at++;
      continue;
    }
    count = collect(ref, from, at, count < 0 ? 0 : count);
    const escapeAt = at;
    if (++at >= length) raiseDecodeError('Unterminated string starting at', ref, start - 1);
    const letter = codePointAt(ref, at++);
    let value: number;
    if (letter !== 117) {
      const known = letter < 128 ? escapes[String.fromCharCode(letter)] : undefined;
      if (known === undefined) raiseDecodeError('Invalid \\escape', ref, escapeAt);
      value = known;
    } else {
      value = hex4(ref, at, length);
      if (value < 0) raiseDecodeError('Invalid \\uXXXX escape', ref, at - 1);
      at += 4;
      if (value >= 0xd800 && value < 0xdc00 && at + 1 < length && codePointAt(ref, at) === 92) {
        if (codePointAt(ref, at + 1) === 117) {
          const low = hex4(ref, at + 2, length);
          if (low < 0) raiseDecodeError('Invalid \\uXXXX escape', ref, at + 1);
          if (low >= 0xdc00 && low < 0xe000) {
            value = 0x10000 + ((value - 0xd800) << 10) + (low - 0xdc00);
            at += 6;
          }
        }
      }
    }
    reserve(count + 1);
    collected[count++] = value;
    from = at;
  }
  stringEnd = at + 1;
  if (count < 0) return substring(ref, start, at);
  count = collect(ref, from, at, count);
  return newStringFromCodePoints(collected, 0, count);
}
function reserve(count: number): void {
  if (count <= collected.length) return;
  const larger = new Uint32Array(count * 2);
  larger.set(collected);
  collected = larger;
}
function collect(ref: number, from: number, to: number, count: number): number {
  reserve(count + to - from);
  let next = count;
  for (let i = from; i < to; i++) collected[next++] = codePointAt(ref, i);
  return next;
}

const shortEscapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\f': '\\f',
  '\b': '\\b',
};
const unicodeEscape = (unit: number): string => `\\u${unit.toString(16).padStart(4, '0')}`;

/** Text in quotes, what JSON forbids escaped, and with `ascii` all that is not ASCII. */
export function quote(text: string, ascii: boolean): string {
  let plain = true;
  for (let i = 0; i < text.length && plain; i++) {
    const unit = text.charCodeAt(i);
    plain = unit >= 32 && unit !== 34 && unit !== 92 && (!ascii || unit < 127);
  }
  if (plain) return `"${text}"`;
  let output = '"';
  // The halves of a pair are escaped one by one, whether they are one character or two.
  const units = ascii ? withoutSeparators(text) : text;
  for (let i = 0; i < units.length; i++) {
    const unit = units.charCodeAt(i);
    const short = shortEscapes[units[i]];
    if (short !== undefined) output += short;
    else if (unit < 32 || (ascii && unit > 126)) output += unicodeEscape(unit);
    else output += units[i];
  }
  return `${output}"`;
}

/** The argument of the functions of this name. */
export function textArgument(slot: number): string {
  if (!isStr(slot)) raiseTypeError(`first argument must be a string, not ${typeName(slot)}`);
  return stringOf(refAt(slot));
}

export function scanArgument(slot: number, position: number): void {
  if (!isStr(slot)) raiseTypeError(`first argument must be a string, not ${typeName(slot)}`);
  if (position < 0 || position > stringLength(refAt(slot))) raiseValueError('end is out of bounds');
}
