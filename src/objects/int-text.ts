/**
 * Ints as text: decimal (with CPython's limit on the number of digits), hexadecimal, octal, binary; and reading them
 * from str and bytes with CPython's messages.
 */
import { T } from '../heap/fixed.ts';
import { bytes } from '../heap/memory.ts';
import { refAt } from '../heap/values.ts';
import { bitLengthOf } from './bigints.ts';
import { bufferData, bufferLength, readBuffer } from './buffers.ts';
import { bytesRepr } from './bytes-repr.ts';
import { raise, raiseValueError } from './errors.ts';
import { bigIntAt, safeAt, setBigInt, setInt } from './integers.ts';
import { excessDigits, maxStringDigits, parseInteger } from './number-parse.ts';
import { stringRepr } from './string-repr.ts';
import {
  allocateString,
  isAscii,
  isStr,
  latin1String,
  newString,
  stringData,
  stringLength,
  stringOf,
} from './strings.ts';

/** The decimal digits of an int as a str. ValueError beyond sys.get_int_max_str_digits(). */
export function intRepr(slot: number): number {
  const value = safeAt(slot);
  if ((value | 0) === value) return smallIntString(value);
  return newString(value === value ? String(value) : decimalText(slot));
}

/** Digits of an int of 32 bits, written straight into the heap. */
function smallIntString(value: number): number {
  if (value >= 0 && value <= 9) return latin1String(48 + value);
  if (value === -2147483648) return newString('-2147483648');
  let rest = value < 0 ? -value : value;
  let length = value < 0 ? 2 : 1;
  for (let limit = 10; limit <= rest; limit *= 10) length++;
  const ref = allocateString(length, 1, true);
  let at = stringData(ref) + length;
  do {
    const next = (rest / 10) | 0;
    bytes[--at] = 48 + (rest - next * 10);
    rest = next;
  } while (rest > 0);
  if (value < 0) bytes[at - 1] = 45;
  return ref;
}

/** Like intRepr, as a JavaScript string. */
export function decimalText(slot: number): string {
  const value = safeAt(slot);
  if (value === value) return String(value);
  const big = bigIntAt(slot);
  checkDigits(bitLengthOf(big));
  const text = big.toString();
  const digits = big < 0n ? text.length - 1 : text.length;
  if (maxStringDigits > 0 && digits > maxStringDigits) raiseTooLong();
  return text;
}

/** Raises early for what is certainly too long, before time is spent on digits. */
function checkDigits(bits: number): void {
  if (maxStringDigits > 0 && bits * 0.30102 > maxStringDigits + 2) raiseTooLong();
}

function raiseTooLong(): never {
  raiseValueError(
    `Exceeds the limit (${maxStringDigits} digits) for integer string conversion; ` +
      'use sys.set_int_max_str_digits() to increase the limit',
  );
}

/** '-0x1f' and the like. */
export function prefixedText(slot: number, radix: number, prefix: string): string {
  const safe = safeAt(slot);
  const text = safe === safe ? safe.toString(radix) : bigIntAt(slot).toString(radix);
  return text[0] === '-' ? `-${prefix}${text.slice(1)}` : prefix + text;
}

/** int(text, base): `source` is the str or bytes in question, for the message. */
export function setParsedInt(text: string, base: number, source: number, result: number): void {
  const value = parseInteger(text, base);
  if (value === null) {
    if (excessDigits > 0) {
      raiseValueError(
        `Exceeds the limit (${maxStringDigits} digits) for integer string conversion: value has ${excessDigits} ` +
          'digits; use sys.set_int_max_str_digits() to increase the limit',
      );
    }
    const shown = isStr(source) ? stringRepr(refAt(source)) : bytesReprOf(source);
    raise(T.ValueError, `invalid literal for int() with base ${base}: ${shown.slice(0, 200)}`);
  }
  if (typeof value === 'number') setInt(result, value === 0 ? 0 : value);
  else setBigInt(result, value);
}

/** The bytes of a bytes-like object as int() shows them. */
function bytesReprOf(slot: number): string {
  readBuffer(slot);
  return bytesRepr(bytes.subarray(bufferData, bufferData + bufferLength));
}

/** int(str, base). */
export function setIntFromString(string: number, base: number, result: number): void {
  const ref = refAt(string);
  const length = stringLength(ref);
  if (base === 10 && length > 0 && length <= 15 && isAscii(ref)) {
    // Up to 15 digits with no more than a sign are read where they lie.
    const data = stringData(ref);
    const negative = bytes[data] === 45;
    let value = 0;
    let i = negative ? 1 : 0;
    for (; i < length; i++) {
      const digit = bytes[data + i] - 48;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    if (i === length && (length > 1 || !negative)) {
      setInt(result, negative ? 0 - value : value);
      return;
    }
  }
  setParsedInt(stringOf(refAt(string)), base, string, result);
}
