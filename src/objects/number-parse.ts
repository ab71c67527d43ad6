/**
 * Reading numbers from text, as float(), int(), complex() and fromhex() accept it. Pure functions; `null` means that the
 * text is no such number, and the caller words the error.
 */
import { scaleByPowerOfTwo } from './number-scale.ts';
import { asciiNumberText } from './unicode.ts';

const DECIMAL =
  /^[+-]?(?:[0-9](?:_?[0-9])*(?:\.(?:[0-9](?:_?[0-9])*)?)?|\.[0-9](?:_?[0-9])*)(?:[eE][+-]?[0-9](?:_?[0-9])*)?$/;
const SPECIAL = /^([+-]?)(inf|infinity|nan)$/i;

/** Strips what Python calls white space in ASCII text. */
export function stripAscii(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isAsciiSpace(text.charCodeAt(start))) start++;
  while (end > start && isAsciiSpace(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}
function isAsciiSpace(code: number): boolean {
  return (code >= 9 && code <= 13) || (code >= 28 && code <= 32);
}

/** The double that `float(text)` means, or null. Correctly rounded (JavaScript's Number is). */
export function parseFloatText(text: string): number | null {
  return parsePlainFloat(stripAscii(asciiNumberText(text)));
}

/** Without surrounding space and with ASCII digits only. */
export function parsePlainFloat(text: string): number | null {
  if (DECIMAL.test(text)) return Number(text.includes('_') ? text.replaceAll('_', '') : text);
  const special = SPECIAL.exec(text);
  if (special === null) return null;
  const value = special[2][0] === 'n' || special[2][0] === 'N' ? NaN : Infinity;
  return special[1] === '-' ? -value : value;
}

const HEXADECIMAL = /^([+-]?)(?:0x)?([0-9a-f]*)(?:\.([0-9a-f]*))?(?:p([+-]?[0-9]+))?$/i;

/** float.fromhex: null if malformed, NaN only for 'nan'; infinite on overflow (the caller raises) or for 'inf'. */
export function parseHexFloat(source: string): number | null {
  const text = stripAscii(source);
  if (SPECIAL.test(text)) return parsePlainFloat(text);
  const match = HEXADECIMAL.exec(text);
  if (match === null) return null;
  const fraction = match[3] ?? '';
  const digits = match[2] + fraction;
  if (digits === '') return null;
  let mantissa = BigInt(`0x${digits}`);
  const stated = Math.max(-1e9, Math.min(1e9, Number(match[4] ?? '0')));
  let exponent = stated - 4 * fraction.length;
  if (mantissa === 0n) return match[1] === '-' ? -0 : 0;
  const bits = mantissa.toString(2).length;
  // Keep what the result can hold (53 bits, fewer for a subnormal) and two more bits, the last one sticky.
  const lowest = Math.max(exponent + bits - 55, -1076);
  if (lowest > exponent) {
    const drop = BigInt(lowest - exponent);
    const rest = mantissa & ((1n << drop) - 1n);
    mantissa >>= drop;
    if (rest !== 0n) mantissa |= 1n;
    exponent = lowest;
    const quarter = mantissa & 3n;
    mantissa >>= 2n;
    if (quarter === 3n || (quarter === 2n && (mantissa & 1n) === 1n)) mantissa++;
    exponent += 2;
  }
  const value = scaleByPowerOfTwo(Number(mantissa), exponent);
  return match[1] === '-' ? -value : value;
}

/** float.hex of a double. */
export function hexFloat(x: number): string {
  if (x !== x) return 'nan';
  const sign = x < 0 || Object.is(x, -0) ? '-' : '';
  const size = Math.abs(x);
  if (size === Infinity) return `${sign}inf`;
  if (size === 0) return `${sign}0x0.0p+0`;
  let exponent = Math.max(-1022, Math.floor(Math.log2(size)));
  let fraction = scaleByPowerOfTwo(size, -exponent);
  if (fraction >= 2) {
    fraction /= 2;
    exponent++;
  } else if (fraction < 1 && exponent > -1022) {
    fraction *= 2;
    exponent--;
  }
  const whole = Math.floor(fraction);
  const digits = Math.round((fraction - whole) * 2 ** 52)
    .toString(16)
    .padStart(13, '0');
  return `${sign}0x${whole}.${digits}p${exponent < 0 ? '' : '+'}${exponent}`;
}

/** sys.set_int_max_str_digits; 0 = no limit. */
export let maxStringDigits = 4300;
export function setMaxStringDigits(digits: number): void {
  maxStringDigits = digits;
}
/** Digits of the text that was too long, for the message. */
export let excessDigits = 0;

/**
 * int(text, base): a safe number, else a BigInt; null if it is malformed or (`excessDigits` > 0) too long. Base 0 reads the prefix. Accepts surrounding
 * space, a sign, single underscores between digits, digits of any script.
 */
export function parseInteger(source: string, base: number): number | bigint | null {
  excessDigits = 0;
  let text = stripAscii(asciiNumberText(source));
  let negative = false;
  if (text[0] === '+' || text[0] === '-') {
    negative = text[0] === '-';
    text = text.slice(1);
  }
  let radix = base;
  const prefix = text.slice(0, 2).toLowerCase();
  const prefixRadix = prefix === '0x' ? 16 : prefix === '0o' ? 8 : prefix === '0b' ? 2 : 0;
  if (prefixRadix !== 0 && (base === 0 || base === prefixRadix)) {
    text = text.slice(2);
    radix = prefixRadix;
    if (text[0] === '_') text = text.slice(1);
  } else if (base === 0) {
    radix = 10;
    // '0777' would be an old octal literal: only zeros may begin with a zero.
    if (text[0] === '0' && !/^0(?:_?0)*$/.test(text)) return null;
  }
  if (text === '' || text[0] === '_' || text.endsWith('_') || text.includes('__')) return null;
  if (text.includes('_')) text = text.replaceAll('_', '');
  for (let i = 0; i < text.length; i++) if (digitValue(text.charCodeAt(i)) >= radix) return null;
  const powerOfTwo = (radix & (radix - 1)) === 0;
  if (!powerOfTwo && maxStringDigits > 0 && text.length > maxStringDigits) {
    excessDigits = text.length;
    return null;
  }
  if (text.length <= 10 || (radix === 10 && text.length <= 15)) {
    const value = Number.parseInt(text, radix);
    return negative ? -value : value;
  }
  const value = parseBigInt(text, radix);
  return negative ? -value : value;
}

/** Value of a digit or letter, 99 for anything else. */
function digitValue(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 97 && code <= 122) return code - 87;
  if (code >= 65 && code <= 90) return code - 55;
  return 99;
}

/** Digits of any radix up to 36, halving long texts so that the big multiplications are balanced. */
function parseBigInt(text: string, radix: number): bigint {
  if (radix === 10) return BigInt(text);
  if (radix === 16) return BigInt(`0x${text}`);
  if (radix === 8) return BigInt(`0o${text}`);
  if (radix === 2) return BigInt(`0b${text}`);
  if (text.length <= 10) return BigInt(Number.parseInt(text, radix));
  const middle = text.length >> 1;
  const low = text.length - middle;
  return (
    parseBigInt(text.slice(0, middle), radix) * BigInt(radix) ** BigInt(low) + parseBigInt(text.slice(middle), radix)
  );
}
