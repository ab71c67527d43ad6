/**
 * The format specification mini-language, `[[fill]align][sign][z][#][0][width][grouping][.precision[grouping]][type]`,
 * for str, int, float and complex. Text in and text out; who is asked (`__format__`) is decided by the callers. Parsed
 * specifications are kept, since the same few are used over and over.
 */

import { T } from '../heap/fixed.ts';
import { firstCodePoints } from '../text/exact-text.ts';
import { raise, raiseOverflow, raiseTypeError, raiseValueError } from './errors.ts';
import {
  floatRepr,
  formatExponent,
  formatFixed,
  formatGeneral,
  formatNoType,
  formatShortest,
  shortestDigits,
} from './float-format.ts';

export interface FormatSpec {
  readonly fill: string;
  /** '<', '>', '^', '=' or '' if not given */
  readonly align: string;
  /** '+', '-', ' ' or '' */
  readonly sign: string;
  /** 'z': no negative zero */
  readonly noNegativeZero: boolean;
  readonly alternate: boolean;
  readonly zeroPadded: boolean;
  /** -1: not given */
  readonly width: number;
  /** ',' or '_' or '' */
  readonly grouping: string;
  /** -1: not given */
  readonly precision: number;
  readonly fractionGrouping: string;
  /** '' if not given */
  readonly type: string;
}

const parsed = new Map<string, FormatSpec>();
const isAlign = (c: string | undefined): boolean => c === '<' || c === '>' || c === '=' || c === '^';
const isDigit = (c: string | undefined): boolean => c !== undefined && c >= '0' && c <= '9';

/** Parses a specification for an object of the named type, whose default alignment matters to a leading '0'. */
function parseSpec(source: string, typeName: string, rightAligned: boolean): FormatSpec {
  const key = rightAligned ? source : `s${source}`;
  const known = parsed.get(key);
  if (known !== undefined) return known;
  const text = Array.from(source);
  let at = 0;
  let fill = ' ';
  let align = '';
  let fillGiven = false;
  if (isAlign(text[1])) {
    fill = text[0];
    align = text[1];
    fillGiven = true;
    at = 2;
  } else if (isAlign(text[0])) {
    align = text[0];
    at = 1;
  }
  let sign = '';
  if (text[at] === '+' || text[at] === '-' || text[at] === ' ') sign = text[at++];
  const noNegativeZero = text[at] === 'z';
  if (noNegativeZero) at++;
  const alternate = text[at] === '#';
  if (alternate) at++;
  let zeroPadded = false;
  if (!fillGiven && text[at] === '0') {
    fill = '0';
    if (align === '' && rightAligned) align = '=';
    zeroPadded = true;
    at++;
  }
  const readNumber = (): number => {
    const start = at;
    while (isDigit(text[at])) at++;
    if (at === start) return -1;
    const value = Number(text.slice(start, at).join(''));
    if (value >= 2 ** 63) raiseValueError('Too many decimal digits in format string');
    return value;
  };
  const readGrouping = (): string => {
    let grouping = '';
    if (text[at] === ',') grouping = text[at++];
    if (text[at] === '_') {
      if (grouping !== '') raiseValueError("Cannot specify both ',' and '_'.");
      grouping = text[at++];
    }
    if (text[at] === ',' && grouping !== '') {
      if (grouping === '_') raiseValueError("Cannot specify both ',' and '_'.");
    }
    return grouping;
  };
  const width = readNumber();
  const grouping = readGrouping();
  let precision = -1;
  let fractionGrouping = '';
  if (text[at] === '.') {
    at++;
    precision = readNumber();
    fractionGrouping = readGrouping();
    if (precision < 0 && fractionGrouping === '') raiseValueError('Format specifier missing precision');
  }
  if (text.length - at > 1) raiseInvalid(source, typeName);
  const type = text[at] ?? '';
  if (grouping !== '') {
    const decimal = type === '' || 'defgEG%F'.includes(type);
    if (!decimal && !(grouping === '_' && 'boxX'.includes(type))) {
      raiseValueError(`Cannot specify '${grouping}' with ${typeText(type)}.`);
    }
  }
  if (fractionGrouping !== '' && type === 'n') raiseValueError(`Cannot specify '${fractionGrouping}' with 'n'.`);
  const spec: FormatSpec = {
    fill,
    align,
    sign,
    noNegativeZero,
    alternate,
    zeroPadded,
    width,
    grouping,
    precision,
    fractionGrouping,
    type,
  };
  if (parsed.size > 500) parsed.clear();
  parsed.set(key, spec);
  return spec;
}

function typeText(type: string): string {
  const code = type.codePointAt(0)!;
  return code > 32 && code < 128 ? `'${type}'` : `'\\x${code.toString(16)}'`;
}

function raiseInvalid(source: string, typeName: string): never {
  raiseValueError(`Invalid format specifier '${source}' for object of type '${typeName}'`);
}

function raiseUnknownCode(type: string, typeName: string): never {
  raiseValueError(`Unknown format code ${typeText(type)} for object of type '${typeName}'`);
}

/** Adds fill on the sides; `length` of `text` in code points. */
function align(text: string, length: number, spec: FormatSpec, defaultAlign: string): string {
  const missing = spec.width - length;
  if (missing <= 0) return text;
  if (missing > 2 ** 29) raise(T.MemoryError, '');
  switch (spec.align || defaultAlign) {
    case '<':
      return text + spec.fill.repeat(missing);
    case '^': {
      const left = missing >> 1;
      return spec.fill.repeat(left) + text + spec.fill.repeat(missing - left);
    }
    default:
      return spec.fill.repeat(missing) + text;
  }
}

/** str.__format__; `length` is the text's length in code points. */
export function formatText(text: string, length: number, source: string, typeName: string): string {
  const spec = parseSpec(source, typeName, false);
  if (spec.grouping !== '' && spec.type === '') raiseValueError(`Cannot specify '${spec.grouping}' with 's'.`);
  if (spec.type !== '' && spec.type !== 's') raiseUnknownCode(spec.type, typeName);
  if (spec.sign !== '') {
    const what = spec.sign === ' ' ? 'Space' : 'Sign';
    raiseValueError(`${what} not allowed in string format specifier`);
  }
  if (spec.noNegativeZero) raiseValueError('Negative zero coercion (z) not allowed in string format specifier');
  if (spec.alternate) raiseValueError('Alternate form (#) not allowed in string format specifier');
  if (spec.align === '=') raiseValueError("'=' alignment not allowed in string format specifier");
  if (spec.precision >= 0 && spec.precision < length) {
    return align(firstCodePoints(text, spec.precision), spec.precision, spec, '<');
  }
  return align(text, length, spec, '<');
}

/** Inserts a separator every `size` digits from the right; zeros fill up to `minimum` characters. */
function group(digits: string, separator: string, size: number, minimum: number): string {
  let text = digits;
  if (separator === '') return text.padStart(minimum, '0');
  const lengthWith = (count: number): number => count + Math.floor((count - 1) / size);
  if (lengthWith(text.length) < minimum) {
    let count = text.length;
    while (lengthWith(count) < minimum) count++;
    text = text.padStart(count, '0');
  }
  let result = '';
  let end = text.length;
  while (end > size) {
    result = separator + text.slice(end - size, end) + result;
    end -= size;
  }
  return text.slice(0, end) + result;
}

/** Puts sign, prefix, digits and the rest together with padding. `digits` is what grouping applies to. */
function assemble(
  sign: string,
  prefix: string,
  digits: string,
  rest: string,
  groupSize: number,
  spec: FormatSpec,
): string {
  const outside = sign.length + prefix.length + rest.length;
  const zeroFilled = spec.fill === '0' && spec.align === '=';
  const body = digits === '' ? '' : group(digits, spec.grouping, groupSize, zeroFilled ? spec.width - outside : 0);
  const length = outside + body.length;
  if (spec.align === '=') {
    const missing = spec.width - length;
    if (missing > 2 ** 29) raise(T.MemoryError, '');
    return sign + prefix + (missing > 0 ? spec.fill.repeat(missing) : '') + body + rest;
  }
  return align(sign + prefix + body + rest, length, spec, '>');
}

function signText(negative: boolean, spec: FormatSpec): string {
  if (negative) return '-';
  return spec.sign === '+' || spec.sign === ' ' ? spec.sign : '';
}

/**
 * int.__format__ of a safe number or a BigInt. `decimal` gives the decimal digits (it may raise: the limit on digits),
 * `double` the value as a float (it may raise OverflowError).
 */
export function formatInteger(
  value: number | bigint,
  source: string,
  typeName: string,
  decimal: () => string,
  double: () => number,
): string {
  if (source === '') return decimal();
  const spec = parseSpec(source, typeName, true);
  const type = spec.type;
  if (type !== '' && 'eEfFgG%'.includes(type)) return formatDoubleSpec(double(), spec, typeName);
  if (type !== '' && !'bcdnoxX'.includes(type)) raiseUnknownCode(type, typeName);
  if (spec.precision >= 0) raiseValueError('Precision not allowed in integer format specifier');
  if (spec.fractionGrouping !== '') raiseValueError('Precision not allowed in integer format specifier');
  if (spec.noNegativeZero) raiseValueError('Negative zero coercion (z) not allowed in integer format specifier');
  if (type === 'c') {
    if (spec.sign !== '') raiseValueError("Sign not allowed with integer format specifier 'c'");
    if (spec.alternate) raiseValueError("Alternate form (#) not allowed with integer format specifier 'c'");
    if (value < -(2 ** 63) || value >= 2 ** 63) raiseOverflow('Python int too large to convert to C long');
    if (value < 0 || value > 0x10ffff) raiseOverflow('%c arg not in range(0x110000)');
    const text = String.fromCodePoint(Number(value));
    if (spec.align === '=') return assemble('', '', '', text, 3, spec);
    return align(text, 1, spec, '>');
  }
  const negative = value < 0;
  if (type === '' || type === 'd' || type === 'n') {
    const digits = decimal();
    return assemble(signText(negative, spec), '', negative ? digits.slice(1) : digits, '', 3, spec);
  }
  const radix = type === 'b' ? 2 : type === 'o' ? 8 : 16;
  let digits = value.toString(radix);
  if (negative) digits = digits.slice(1);
  let prefix = spec.alternate ? `0${type}` : '';
  if (type === 'X') {
    digits = digits.toUpperCase();
    prefix = spec.alternate ? '0X' : '';
  }
  return assemble(signText(negative, spec), prefix, digits, '', 4, spec);
}

/** float.__format__. */
export function formatDouble(x: number, source: string, typeName: string): string {
  if (source === '') return floatRepr(x);
  return formatDoubleSpec(x, parseSpec(source, typeName, true), typeName);
}

function formatDoubleSpec(x: number, spec: FormatSpec, typeName: string): string {
  const type = spec.type;
  if (type !== '' && !'eEfFgGn%'.includes(type)) raiseUnknownCode(type, typeName);
  if (spec.precision > 2147483647) raiseValueError('precision too big');
  const negative = x < 0 || Object.is(x, -0);
  const text = doubleDigits(Math.abs(x), spec, type, spec.precision, true);
  let sign = signText(negative, spec);
  if (spec.noNegativeZero && negative && /^[0.]*(?:[eE%].*)?$/.test(text)) sign = signText(false, spec);
  return assembleDouble(sign, text, spec);
}

/** Digits of a float >= 0 in the notation of `type`; NaN and infinity as words. */
function doubleDigits(size: number, spec: FormatSpec, type: string, precision: number, pointZero: boolean): string {
  let text: string;
  if (size !== size || size === Infinity) {
    text = size === size ? 'inf' : 'nan';
    if (type === '%') text += '%';
  } else if (type === '') {
    if (precision < 0) text = pointZero ? formatShortest(size, spec.alternate, true) : shortWhole(size, spec);
    else
      text = pointZero ? formatNoType(size, precision, spec.alternate) : formatGeneral(size, precision, spec.alternate);
  } else {
    const digits = precision < 0 ? 6 : precision;
    switch (type) {
      case 'e':
      case 'E':
        text = formatExponent(size, digits, spec.alternate);
        break;
      case 'f':
      case 'F':
        text = formatFixed(size, digits, spec.alternate);
        break;
      case '%': {
        const scaled = size * 100;
        text = scaled === Infinity ? 'inf%' : `${formatFixed(scaled, digits, spec.alternate)}%`;
        break;
      }
      default:
        text = formatGeneral(size, digits, spec.alternate);
    }
  }
  return type === 'E' || type === 'F' || type === 'G' ? text.toUpperCase() : text;
}

/** Shortest text without '.0', as the parts of a complex have it. */
function shortWhole(size: number, spec: FormatSpec): string {
  if (spec.alternate && size !== 0 && shortestDigits(size).point <= 16) return formatShortest(size, true, false);
  return formatShortest(size, spec.alternate, false);
}

function assembleDouble(sign: string, text: string, spec: FormatSpec): string {
  let whole = 0;
  while (isDigit(text[whole])) whole++;
  let rest = text.slice(whole);
  if (spec.fractionGrouping !== '' && rest[0] === '.') {
    let end = 1;
    while (isDigit(rest[end])) end++;
    const groups = rest.slice(1, end).match(/.{1,3}/g) ?? [];
    rest = `.${groups.join(spec.fractionGrouping)}${rest.slice(end)}`;
  }
  return assemble(sign, '', text.slice(0, whole), rest, 3, spec);
}

/** complex.__format__. */
export function formatComplex(real: number, imaginary: number, source: string, typeName: string): string {
  const spec = parseSpec(source, typeName, true);
  const type = spec.type;
  if (type !== '' && !'eEfFgGn'.includes(type)) raiseUnknownCode(type, typeName);
  if (spec.fill === '0') raiseValueError('Zero padding is not allowed in complex format specifier');
  if (spec.align === '=') raiseValueError("'=' alignment flag is not allowed in complex format specifier");
  const inner: FormatSpec = { ...spec, width: -1, align: '', fill: ' ' };
  const part = (x: number, signed: FormatSpec): string => {
    const digits = doubleDigits(Math.abs(x), spec, type, spec.precision, false);
    // 'z': no negative zero after rounding
    const negative = (x < 0 || Object.is(x, -0)) && !(spec.noNegativeZero && !/[1-9in]/.test(digits));
    return assembleDouble(signText(negative, signed), digits, signed);
  };
  const parenthesized = type === '';
  const skipReal = parenthesized && real === 0 && !Object.is(real, -0);
  const second = part(imaginary, skipReal ? inner : { ...inner, sign: '+' });
  let text = skipReal ? `${second}j` : `${part(real, inner)}${second}j`;
  if (parenthesized && !skipReal) text = `(${text})`;
  return align(text, text.length, spec, '>');
}

/** `__format__` of an object that takes no specification (object.__format__). */
export function raiseUnsupportedFormat(typeName: string): never {
  raiseTypeError(`unsupported format string passed to ${typeName}.__format__`);
}
