/**
 * Doubles as decimal text: the shortest text that reads back as the same double (repr), and exactly rounded fixed and
 * exponent notation with any number of digits. JavaScript's own conversions are exact too but round ties away from zero,
 * where Python takes the even digit; a tie is recognized by a property of binary fractions, so the fast conversions can
 * be used and only corrected.
 *
 * Pure functions of numbers; format specifications are in format-spec.ts.
 */
import { scaleByPowerOfTwo } from './number-scale.ts';

/** repr(x): '1.0', '1e+16', '1e-05', 'inf', 'nan', '-0.0'. */
export function floatRepr(x: number): string {
  if (x !== x) return 'nan';
  const size = x < 0 ? -x : x;
  if (size < 1e16) {
    if (size >= 1e-4) return Math.floor(x) === x ? `${x}.0` : `${x}`;
    if (x === 0) return 1 / x < 0 ? '-0.0' : '0.0';
  } else if (size === Infinity) return x > 0 ? 'inf' : '-inf';
  return withTwoDigitExponent(x.toExponential());
}

/** JavaScript's 'e-5' as C's 'e-05'. */
function withTwoDigitExponent(text: string): string {
  const at = text.length - 2;
  const sign = text.charCodeAt(at);
  return sign === 45 || sign === 43 ? `${text.slice(0, at + 1)}0${text.slice(at + 1)}` : text;
}

/** True if x lies exactly half way between two numbers of `digits` decimals (digits >= 0; x finite, >= 0). */
function isTie(x: number, digits: number): boolean {
  if (digits > 1074) return false;
  const scaled = scaleByPowerOfTwo(x, digits + 1);
  return scaled < 9007199254740992 && Math.floor(scaled) === scaled && scaled % 2 === 1;
}

/** Ties went up: lowers an odd last digit by one, to the even one. */
function lowerOddDigit(text: string, at: number): string {
  const digit = text.charCodeAt(at) - 48;
  return digit & 1 ? text.slice(0, at) + (digit - 1) + text.slice(at + 1) : text;
}

/** Digits after the point, exactly rounded, half to even; no sign: x is finite and >= 0. */
export function toFixedExact(x: number, digits: number): string {
  if (digits > 100 || x >= 1e21) return toFixedBig(x, digits);
  const text = x.toFixed(digits);
  return isTie(x, digits) ? lowerOddDigit(text, text.length - 1) : text;
}

/** Beyond what JavaScript's toFixed takes: by BigInt. */
function toFixedBig(x: number, digits: number): string {
  const [mantissa, exponent] = decompose(x);
  if (exponent >= 0) {
    const whole = (BigInt(mantissa) << BigInt(exponent)).toString();
    return digits > 0 ? `${whole}.${'0'.repeat(digits)}` : whole;
  }
  // No double has more than 1074 decimals.
  const used = Math.min(digits, 1075);
  const scaled = BigInt(mantissa) * 10n ** BigInt(used);
  const text = shiftRightHalfEven(scaled, -exponent)
    .toString()
    .padStart(used + 1, '0');
  const point = text.length - used;
  return used > 0 ? `${text.slice(0, point)}.${text.slice(point)}${'0'.repeat(digits - used)}` : text;
}

/** value / 2**bits rounded to an integer, half to even; value >= 0. */
function shiftRightHalfEven(value: bigint, bits: number): bigint {
  const shift = BigInt(bits);
  const quotient = value >> shift;
  const rest = value - (quotient << shift);
  const half = 1n << (shift - 1n);
  return rest > half || (rest === half && (quotient & 1n) === 1n) ? quotient + 1n : quotient;
}

/** x = mantissa * 2**exponent with an integral mantissa below 2**53 (finite x >= 0). */
export function decompose(x: number): [mantissa: number, exponent: number] {
  if (x === 0) return [0, 0];
  let exponent = Math.max(Math.floor(Math.log2(x)) - 52, -1074);
  let mantissa = scaleByPowerOfTwo(x, -exponent);
  while (mantissa >= 9007199254740992) {
    mantissa /= 2;
    exponent++;
  }
  while (Math.floor(mantissa) !== mantissa) {
    mantissa *= 2;
    exponent--;
  }
  return [mantissa, exponent];
}

/** Significant digits and decimal exponent: x = 0.d1 d2 ... * 10**point, that is d1.d2... * 10**(point - 1). */
export interface Decimal {
  digits: string;
  point: number;
}

/** `count` >= 1 significant digits of a finite x >= 0, half to even. */
export function significantDigits(x: number, count: number): Decimal {
  if (x === 0) return { digits: '0'.repeat(count), point: 1 };
  if (count > 101) return significantDigitsBig(x, count);
  const text = x.toExponential(count - 1);
  const at = text.indexOf('e');
  const exponent = Number(text.slice(at + 1));
  let digits = count === 1 ? text.slice(0, at) : text[0] + text.slice(2, at);
  // The last digit is worth 10**unit. (If rounding carried into a new power of ten, the digit is 0: nothing to lower.)
  const unit = exponent - count + 1;
  if (unit <= 0 ? isTie(x, -unit) : isTieAbove(x, unit)) digits = lowerOddDigit(digits, count - 1);
  return { digits, point: exponent + 1 };
}

/** True if x is an odd multiple of 10**unit / 2. */
function isTieAbove(x: number, unit: number): boolean {
  if (unit > 22) return false;
  const odd = x / 2 ** (unit - 1);
  return odd < 9007199254740992 && Math.floor(odd) === odd && odd % 2 === 1 && odd % 5 ** unit === 0;
}

function significantDigitsBig(x: number, count: number): Decimal {
  const exponent = Number(x.toExponential(100).split('e')[1]);
  const decimals = count - 1 - exponent;
  let text: string;
  if (decimals >= 0) text = toFixedBig(x, decimals).replace('.', '');
  else {
    const value = BigInt(toFixedBig(x, 0));
    const unit = 10n ** BigInt(-decimals);
    let quotient = value / unit;
    const rest = (value - quotient * unit) * 2n;
    if (rest > unit || (rest === unit && (quotient & 1n) === 1n)) quotient++;
    text = quotient.toString();
  }
  return { digits: text.replace(/^0+/, '').slice(0, count).padEnd(count, '0'), point: exponent + 1 };
}

/** The shortest digits that read back as x (finite, > 0). */
export function shortestDigits(x: number): Decimal {
  if (x === 0) return { digits: '0', point: 1 };
  const text = x.toExponential();
  const at = text.indexOf('e');
  return { digits: text[0] + text.slice(2, at), point: Number(text.slice(at + 1)) + 1 };
}

/** d.ddde+XX from digits. */
function exponentText(decimal: Decimal, digits: string, alternate: boolean, letter: string): string {
  const exponent = decimal.point - 1;
  const size = Math.abs(exponent);
  const mantissa = digits.length > 1 || alternate ? `${digits[0]}.${digits.slice(1)}` : digits;
  return `${mantissa}${letter}${exponent < 0 ? '-' : '+'}${size < 10 ? '0' : ''}${size}`;
}

/** Notation 'f', without sign; x is finite and >= 0. `alternate` keeps the point ('#'). */
export function formatFixed(x: number, precision: number, alternate: boolean): string {
  const text = toFixedExact(x, precision);
  return alternate && precision === 0 ? `${text}.` : text;
}

/** Notation 'e'. */
export function formatExponent(x: number, precision: number, alternate: boolean): string {
  const decimal = significantDigits(x, precision + 1);
  return exponentText(decimal, decimal.digits, alternate, 'e');
}

/** Notation 'g'. */
export function formatGeneral(x: number, precision: number, alternate: boolean): string {
  const count = precision === 0 ? 1 : precision;
  return layOutGeneral(significantDigits(x, count), count, alternate, false);
}

/** repr's digits laid out as 'r': exponent from 10**16 on, always with a point or an exponent. */
export function formatShortest(x: number, alternate: boolean, addPointZero: boolean): string {
  return layOutGeneral(shortestDigits(x), 16, alternate, addPointZero);
}

/** With `precision` given but no type letter: like 'g', but at least one digit after the point, exponent one earlier. */
export function formatNoType(x: number, precision: number, alternate: boolean): string {
  const count = precision === 0 ? 1 : precision;
  return layOutGeneral(significantDigits(x, count), count - 1, alternate, true);
}

/** Fixed notation while -4 <= exponent < limit, else exponent notation; trailing zeros go unless `alternate`. */
function layOutGeneral(decimal: Decimal, limit: number, alternate: boolean, addPointZero: boolean): string {
  const digits = alternate ? decimal.digits : decimal.digits.replace(/(?<=.)0+$/, '');
  const point = decimal.point;
  if (point < -3 || point > limit) return exponentText(decimal, digits, alternate, 'e');
  if (point <= 0) return `0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) {
    const whole = digits.padEnd(point, '0');
    return addPointZero && whole.length >= digits.length ? `${whole}.0` : alternate ? `${whole}.` : whole;
  }
  return `${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** round(x, digits) for a finite x: correctly rounded, half to even. May return an infinity (overflow). */
export function roundToDigits(x: number, digits: number): number {
  if (x === 0 || digits > 323) return x;
  if (digits < -308) return x * 0;
  const size = x < 0 ? -x : x;
  let rounded: number;
  if (digits >= 0) {
    if (size >= 4503599627370496) return x;
    rounded = Number(toFixedExact(size, digits));
  } else {
    const unit = 10n ** BigInt(-digits);
    const [mantissa, exponent] = decompose(size);
    const shift = exponent < 0 ? BigInt(-exponent) : 0n;
    const value = exponent > 0 ? BigInt(mantissa) << BigInt(exponent) : BigInt(mantissa);
    const scaledUnit = unit << shift;
    let quotient = value / scaledUnit;
    const rest = (value - quotient * scaledUnit) * 2n;
    if (rest > scaledUnit || (rest === scaledUnit && (quotient & 1n) === 1n)) quotient++;
    rounded = Number(quotient * unit);
  }
  return x < 0 ? -rounded : rounded;
}
