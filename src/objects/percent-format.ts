/**
 * The `%` operator of str and bytes: printf-style formatting. Both share the parser of directives and the numbers; they
 * differ in what %s, %r, %a, %b and %c take.
 */
import { T } from '../heap/fixed.ts';
import { Kind, Tuple } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, refAt, setRef } from '../heap/values.ts';
import { firstCodePoints, joinTexts, textLength } from '../text/exact-text.ts';
import { byteText } from './byte-string-methods.ts';
import { isByteArray } from './bytearrays.ts';
import { bytesData, bytesLength, isBytes, newBytesFrom } from './bytes.ts';
import { bytesFromSpecial } from './bytes-conversion.ts';
import { displayText } from './display.ts';
import { raise, raiseOverflow, raiseTypeError, raiseValueError } from './errors.ts';
import { formatExponent, formatFixed, formatGeneral } from './float-format.ts';
import { isFloatOrSubclass, toDouble } from './floats.ts';
import { convertToInt } from './int-methods.ts';
import { decimalText, prefixedText } from './int-text.ts';
import { hasIndex, index, indexOf, isInt, safeAt, sizeOf } from './integers.ts';
import { N } from './names.ts';
import { getItem, repr } from './operations.ts';
import { escapeNonAscii } from './string-repr.ts';
import { codePointAt, heapBytes, isStr, newString, setString, stringLength, stringOf } from './strings.ts';
import { tupleItem } from './tuples.ts';
import { fullTypeName, isInstanceOf, kindAt, lookup, typeName, typeOf } from './types.ts';

interface Directive {
  left: boolean;
  plus: boolean;
  space: boolean;
  alternate: boolean;
  zero: boolean;
  /** -1: none given */
  width: number;
  precision: number;
}

const PLAIN: Readonly<Directive> = {
  left: false,
  plus: false,
  space: false,
  alternate: false,
  zero: false,
  width: -1,
  precision: -1,
};

/** Where the arguments of one `%` operation come from. */
interface Source {
  /** slot of the right operand */
  readonly operand: number;
  /** the operand is a tuple of arguments */
  readonly isTuple: boolean;
  /** arguments taken so far */
  taken: number;
  /** a key was used: the operand is a mapping */
  mapped: boolean;
}

/** Copies the next argument to `slot`. */
function nextArgument(source: Source, slot: number): void {
  const available = source.isTuple ? words[(refAt(source.operand) << 1) + Tuple.size] : 1;
  if (source.taken >= available) raiseTypeError('not enough arguments for format string');
  copyValue(slot, source.isTuple ? tupleItem(refAt(source.operand), source.taken) : source.operand);
  source.taken++;
}

/** True if the operand may be looked up by key: it has __getitem__ and is no tuple, str (or, for bytes, bytes). */
function isMapping(operand: number, forBytes: boolean): boolean {
  if (isInstanceOf(operand, T.tuple) || isStr(operand)) return false;
  if (forBytes && (isBytes(operand) || isByteArray(operand))) return false;
  return lookup(typeOf(operand), N.__getitem__) !== 0;
}

/** str % operand. May call Python. */
export function percentFormat(format: number, operand: number, result: number): void {
  setRef(result, newString(expand(stringOf(refAt(format)), operand, false)));
}

/** bytes % operand, on Latin-1 text. May call Python. */
export function percentFormatBytes(format: string, operand: number): string {
  return expand(format, operand, true);
}

/** Formatting with text in and out; the text of bytes has one character a byte. */
function expand(format: string, operand: number, forBytes: boolean): string {
  const source: Source = { operand, isTuple: isInstanceOf(operand, T.tuple), taken: 0, mapped: false };
  const value = pushSlots(1);
  let output = '';
  let at = 0;
  for (;;) {
    const percent = format.indexOf('%', at);
    if (percent < 0) break;
    output = joinTexts(output, format.slice(at, percent));
    at = percent + 1;
    if (format[at] === '%') {
      output += '%';
      at++;
      continue;
    }
    const simple = format.charCodeAt(at);
    if ((simple === 115 || simple === 100) && !forBytes) {
      // %s and %d with nothing else, by far the most common
      nextArgument(source, value);
      const type = typeOf(value);
      if (simple === 115 || type === T.int) {
        output = joinTexts(output, displayText(value));
        at++;
        continue;
      }
      output += integer('d', PLAIN, value);
      at++;
      continue;
    }
    let keyed = false;
    if (format[at] === '(') {
      const close = closingParenthesis(format, at);
      if (!isMapping(operand, forBytes)) raiseTypeError('format requires a mapping');
      const key = format.slice(at + 1, close);
      if (forBytes) setRef(value, newBytesFrom(Array.from(key, (c) => c.charCodeAt(0))));
      else setString(value, key);
      getItem(operand, value, value);
      keyed = true;
      source.mapped = true;
      at = close + 1;
    }
    const directive: Directive = { ...PLAIN };
    at = readFlags(format, at, directive);
    const readNumber = (what: string, limit: number): number => {
      if (format[at] === '*') {
        at++;
        const slot = pushSlots(1);
        nextArgument(source, slot);
        if (!isInt(slot)) raiseTypeError('* wants int');
        const number = sizeOf(slot);
        popSlots(1);
        if (Math.abs(number) > limit)
          raiseOverflow(`Python int too large to convert to C ${what === 'width' ? 'ssize_t' : 'int'}`);
        return number;
      }
      let digits = '';
      while (format[at] >= '0' && format[at] <= '9') digits += format[at++];
      if (digits === '') return -1;
      if (Number(digits) > limit) raiseValueError(`${what} too big`);
      return Number(digits);
    };
    const width = readNumber('width', Number.MAX_SAFE_INTEGER);
    if (width < -1) {
      directive.left = true;
      directive.width = -width;
    } else directive.width = width;
    if (format[at] === '.') {
      at++;
      directive.precision = Math.max(0, readNumber('precision', 2147483647));
    }
    if (format[at] === 'l' || format[at] === 'h' || format[at] === 'L') at++;
    if (at >= format.length) raiseValueError('incomplete format');
    const code = format.codePointAt(at)!;
    const type = String.fromCodePoint(code);
    if (!keyed) nextArgument(source, value);
    if (directive.width > 2 ** 29) raise(T.MemoryError, '');
    output = joinTexts(output, convert(type, code, at, directive, value, forBytes));
    at += type.length;
  }
  output = joinTexts(output, format.slice(at));
  popSlots(1);
  const leftOver = source.isTuple
    ? source.taken < words[(refAt(operand) << 1) + Tuple.size]
    : source.taken === 0 && !source.mapped && !isMapping(operand, forBytes);
  if (leftOver && !(source.mapped && !source.isTuple)) {
    raiseTypeError(`not all arguments converted during ${forBytes ? 'bytes' : 'string'} formatting`);
  }
  return output;
}

/** Position of the ')' that closes a key; keys may hold balanced parentheses. */
function closingParenthesis(format: string, open: number): number {
  let depth = 0;
  for (let i = open; i < format.length; i++) {
    if (format[i] === '(') depth++;
    else if (format[i] === ')' && --depth === 0) return i;
  }
  raiseValueError('incomplete format key');
}

function readFlags(format: string, start: number, directive: Directive): number {
  let at = start;
  for (; ; at++) {
    switch (format[at]) {
      case '-':
        directive.left = true;
        continue;
      case '+':
        directive.plus = true;
        continue;
      case ' ':
        directive.space = true;
        continue;
      case '#':
        directive.alternate = true;
        continue;
      case '0':
        directive.zero = true;
        continue;
    }
    return at;
  }
}

function convert(
  type: string,
  code: number,
  at: number,
  directive: Directive,
  value: number,
  forBytes: boolean,
): string {
  switch (type) {
    case 'd':
    case 'i':
    case 'u':
    case 'o':
    case 'x':
    case 'X':
      return integer(type, directive, value);
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
      return float(type, directive, value, forBytes);
    case 'c':
      return pad(forBytes ? byteCharacter(value) : character(value), directive);
    case 's':
    case 'b':
      if (forBytes) return pad(cut(bytesText(value), directive), directive);
      if (type === 'b') break;
      return pad(cut(displayText(value), directive), directive);
    case 'r':
      return pad(cut(stringOf(forBytes ? escapeNonAscii(repr(value)) : repr(value)), directive), directive);
    case 'a':
      return pad(cut(stringOf(escapeNonAscii(repr(value))), directive), directive);
  }
  const shown = code > 31 && code < 127 ? type : '?';
  raiseValueError(`unsupported format character '${shown}' (0x${code.toString(16)}) at index ${at}`);
}

function cut(text: string, directive: Directive): string {
  return directive.precision < 0 ? text : firstCodePoints(text, directive.precision);
}

function pad(text: string, directive: Directive): string {
  const missing = directive.width - textLength(text);
  if (missing <= 0) return text;
  return directive.left ? text + ' '.repeat(missing) : ' '.repeat(missing) + text;
}

/** Sign, prefix and digits with padding; zeros go between prefix and digits. */
function padNumber(negative: boolean, prefix: string, digits: string, directive: Directive): string {
  const sign = negative ? '-' : directive.plus ? '+' : directive.space ? ' ' : '';
  const missing = directive.width - sign.length - prefix.length - digits.length;
  if (missing <= 0) return sign + prefix + digits;
  if (directive.left) return sign + prefix + digits + ' '.repeat(missing);
  if (directive.zero) return sign + prefix + '0'.repeat(missing) + digits;
  return ' '.repeat(missing) + sign + prefix + digits;
}

function integer(type: string, directive: Directive, value: number): string {
  const decimal = type === 'd' || type === 'i' || type === 'u';
  const plain = pushSlots(1);
  if (isInt(value)) copyValue(plain, value);
  else if (decimal) {
    const number = isFloatOrSubclass(value) || hasIndex(value) || lookup(typeOf(value), N.__int__) !== 0;
    if (!number || kindAt(value) === Kind.str) {
      raiseTypeError(`%${type} format: a real number is required, not ${typeName(value)}`);
    }
    convertToInt(value, plain);
  } else {
    if (!hasIndex(value)) raiseTypeError(`%${type} format: an integer is required, not ${typeName(value)}`);
    index(value, plain);
  }
  let prefix = '';
  let digits: string;
  if (decimal) digits = decimalText(plain);
  else {
    digits = prefixedText(plain, type === 'o' ? 8 : 16, '');
    if (type === 'X') digits = digits.toUpperCase();
    if (directive.alternate) prefix = `0${type}`;
  }
  popSlots(1);
  const negative = digits[0] === '-';
  if (negative) digits = digits.slice(1);
  if (directive.precision > digits.length) digits = digits.padStart(directive.precision, '0');
  return padNumber(negative, prefix, digits, directive);
}

function float(type: string, directive: Directive, value: number, forBytes: boolean): string {
  if (forBytes && lookup(typeOf(value), N.__float__) === 0 && !hasIndex(value))
    raiseTypeError(`float argument required, not ${typeName(value)}`);
  const x = toDouble(value);
  const size = Math.abs(x);
  const precision = directive.precision < 0 ? 6 : directive.precision;
  let digits: string;
  if (size !== size) digits = 'nan';
  else if (size === Infinity) digits = 'inf';
  else {
    const notation = type.toLowerCase();
    if (notation === 'e') digits = formatExponent(size, precision, directive.alternate);
    else if (notation === 'f') digits = formatFixed(size, precision, directive.alternate);
    else digits = formatGeneral(size, precision, directive.alternate);
  }
  if (type < 'a') digits = digits.toUpperCase();
  return padNumber(x < 0 || Object.is(x, -0), '', digits, directive);
}

function character(value: number): string {
  if (isStr(value)) {
    const ref = refAt(value);
    if (stringLength(ref) === 1) return String.fromCodePoint(codePointAt(ref, 0));
    raiseTypeError(`%c requires an int or a unicode character, not a string of length ${stringLength(ref)}`);
  }
  if (!hasIndex(value)) raiseTypeError(`%c requires an int or a unicode character, not ${fullTypeName(value)}`);
  const code = indexOf(value);
  if (code < 0 || code > 0x10ffff) raiseOverflow('%c arg not in range(0x110000)');
  return String.fromCodePoint(code);
}

function byteCharacter(value: number): string {
  if (isBytes(value) || isByteArray(value)) {
    const text = byteText(value);
    if (text.length === 1) return text;
    const type = isBytes(value) ? 'bytes' : 'bytearray';
    raiseTypeError(
      `%c requires an integer in range(256) or a single byte, not a ${type} object of length ${text.length}`,
    );
  }
  if (!isInt(value)) {
    raiseTypeError(`%c requires an integer in range(256) or a single byte, not ${fullTypeName(value)}`);
  }
  const code = safeAt(value);
  if (!(code >= 0 && code <= 255)) raiseOverflow('%c arg not in range(256)');
  return String.fromCharCode(code);
}

/** %b and %s of bytes: bytes, or what `__bytes__` gives. */
function bytesText(value: number): string {
  if (isBytes(value)) return byteText(value);
  const special = bytesFromSpecial(value);
  if (special !== 0) return heapBytes.latin1Slice(bytesData(special), bytesData(special) + bytesLength(special));
  return byteText(
    value,
    `%b requires a bytes-like object, or an object that implements __bytes__, not '${typeName(value)}'`,
  );
}
