/**
 * What Python sees of float: operators, methods, constructor. Arithmetic is in floats.ts and float-arithmetic.ts, text
 * in float-format.ts and number-parse.ts.
 */
import { Fixed, T } from '../heap/fixed.ts';
import { bytes, cells } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { isNull, isRef, refAt, setFloat, setRef } from '../heap/values.ts';
import { isBytesLike } from './buffers.ts';
import { byteText } from './byte-string-methods.ts';
import { raiseOverflow, raiseTypeError, raiseValueError, raiseZeroDivision } from './errors.ts';
import { floatFloorQuotient, floatRemainder } from './float-arithmetic.ts';
import { decompose, floatRepr, roundToDigits } from './float-format.ts';
import {
  doubleAt,
  floatBinary,
  floatCompare,
  floatHash,
  isFloatOrSubclass,
  isReal,
  realAt,
  toDouble,
} from './floats.ts';
import { formatDouble } from './format-spec.ts';
import { intToDouble } from './int-arithmetic.ts';
import { setTruncated } from './int-methods.ts';
import { index, indexOf, setBigInt, setBool, setHash, warnSubclass } from './integers.ts';
import { call, callSpecial } from './invoke.ts';
import { N } from './names.ts';
import { classNatives, getset, natives, staticNatives } from './natives.ts';
import { hashDouble } from './number-hash.ts';
import { hexFloat, parseFloatText, parseHexFloat } from './number-parse.ts';
import { allocateOfType } from './object-dicts.ts';
import { repr, str } from './operations.ts';
import { BinaryOperator } from './operators.ts';
import { stringRepr } from './string-repr.ts';
import { isAscii, isStr, newString, stringData, stringLength, stringOf } from './strings.ts';
import { newTuple, tupleItem } from './tuples.ts';
import { defineOperators } from './type-operators.ts';
import { argumentType, lookup, typeName, typeOf } from './types.ts';

const isNone = (slot: number): boolean => isRef(slot) && refAt(slot) === Fixed.none;

defineOperators(T.float, {
  binaryOperators: [
    BinaryOperator.add,
    BinaryOperator.subtract,
    BinaryOperator.multiply,
    BinaryOperator.trueDivide,
    BinaryOperator.floorDivide,
    BinaryOperator.remainder,
    BinaryOperator.power,
  ],
  binary: (operator, left, right, result) =>
    isReal(left) && isReal(right) && floatBinary(operator, left, right, result),
  compare: (operator, left, right, result) => {
    if (!isReal(right)) return false;
    setBool(result, floatCompare(operator, left, right));
    return true;
  },
  negative: (slot, result) => setFloat(result, -doubleAt(slot)),
  positive: (slot, result) => setFloat(result, doubleAt(slot)),
  absolute: (slot, result) => setFloat(result, Math.abs(doubleAt(slot))),
  truth: (slot) => doubleAt(slot) !== 0,
  hash: (slot) => floatHash(doubleAt(slot)),
  fullHash: (slot, result) => {
    hashDouble(doubleAt(slot));
    setHash(result);
  },
  repr: (slot) => newString(floatRepr(doubleAt(slot))),
});

/** Powers of ten that are exact doubles. */
const POWERS_OF_TEN = Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));

/**
 * The number in an ASCII str of at most 15 digits with a sign and a point at most, read where it lies; NaN if it is
 * anything else. Correctly rounded: digits and power of ten are exact, so the division rounds once.
 */
function simpleDecimal(ref: number): number {
  const length = stringLength(ref);
  if (length === 0 || length > 17 || !isAscii(ref)) return NaN;
  const data = stringData(ref);
  const first = bytes[data];
  let value = 0;
  let digits = 0;
  let point = -1;
  for (let i = first === 45 || first === 43 ? 1 : 0; i < length; i++) {
    const code = bytes[data + i];
    if (code === 46 && point < 0) point = digits;
    else if (code >= 48 && code <= 57) {
      value = value * 10 + (code - 48);
      digits++;
    } else return NaN;
  }
  if (digits === 0 || digits > 15) return NaN;
  if (point >= 0) value /= POWERS_OF_TEN[digits - point];
  return first === 45 ? -value : value;
}

/** float(x). May call Python. */
export function convertToDouble(slot: number): number {
  if (isFloatOrSubclass(slot) && typeOf(slot) === T.float) return doubleAt(slot);
  if (isStr(slot) && (typeOf(slot) === T.str || lookup(typeOf(slot), N.__float__) === 0)) {
    const simple = simpleDecimal(refAt(slot));
    if (simple === simple) return simple;
    const value = parseFloatText(stringOf(refAt(slot)));
    if (value === null) raiseValueError(`could not convert string to float: ${stringRepr(refAt(slot))}`);
    return value;
  }
  const answer = pushSlots(1);
  let value: number | null;
  if (callSpecial(slot, N.__float__, answer, 0, answer)) {
    if (!isFloatOrSubclass(answer)) {
      raiseTypeError(`${typeName(slot)}.__float__ returned non-float (type ${typeName(answer)})`);
    }
    if (isRef(answer)) warnSubclass(`${typeName(slot)}.__float__`, 'float', answer);
    value = doubleAt(answer);
  } else if (lookup(typeOf(slot), N.__index__) !== 0) {
    index(slot, answer);
    value = intToDouble(answer);
  } else if (isBytesLike(slot)) {
    const text = byteText(slot);
    // white space of bytes is ASCII's
    value = /[\x80-\xff]/.test(text) ? null : parseFloatText(text);
    if (value === null) raiseValueError(`could not convert string to float: ${stringOf(repr(slot))}`);
  } else raiseTypeError(`float() argument must be a string or a real number, not '${typeName(slot)}'`);
  popSlots(1);
  return value;
}

/** An instance of float or of a subclass. */
function setFloatOfType(type: number, value: number, result: number): void {
  if (type === T.float) {
    setFloat(result, value);
    return;
  }
  const ref = allocateOfType(type, 2);
  cells[ref + 1] = value;
  setRef(result, ref);
}

staticNatives(T.float, {
  '__new__(cls, x=0.0, /)': (args, result) => setFloatOfType(refAt(args), convertToDouble(args + 1), result),
});

/** x as mantissa and power of two, both BigInts: x = numerator / denominator in lowest terms. */
export function integerRatio(x: number): [numerator: bigint, denominator: bigint] {
  let [mantissa, exponent] = decompose(Math.abs(x));
  while (exponent < 0 && mantissa % 2 === 0 && mantissa !== 0) {
    mantissa /= 2;
    exponent++;
  }
  const signed = BigInt(x < 0 ? -mantissa : mantissa);
  return exponent >= 0 ? [signed << BigInt(exponent), 1n] : [signed, 1n << BigInt(-exponent)];
}

function setPair(result: number, fill: (first: number, second: number) => void): void {
  const pair = newTuple(2);
  setFloat(tupleItem(pair, 0), 0);
  setFloat(tupleItem(pair, 1), 0);
  fill(tupleItem(pair, 0), tupleItem(pair, 1));
  setRef(result, pair);
}

function divmod(a: number, b: number, result: number): void {
  if (!isReal(a) || !isReal(b)) {
    setRef(result, Fixed.notImplemented);
    return;
  }
  const x = realAt(a);
  const y = realAt(b);
  if (y === 0) raiseZeroDivision('division by zero');
  setPair(result, (first, second) => {
    setFloat(first, floatFloorQuotient(x, y));
    setFloat(second, floatRemainder(x, y));
  });
}

/** round(float) to an int, half to even. */
export function roundHalfEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  if (rest < 0.5) return floor;
  if (rest > 0.5) return floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}

/** float.__round__. */
function round(x: number, digits: number, result: number): void {
  if (isNull(digits) || isNone(digits)) {
    setTruncated(Number.isFinite(x) ? roundHalfEven(x) : x, result);
    return;
  }
  const count = indexOf(digits);
  if (!Number.isFinite(x)) {
    setFloat(result, x);
    return;
  }
  const rounded = roundToDigits(x, count);
  if (!Number.isFinite(rounded)) raiseOverflow('rounded value too large to represent');
  setFloat(result, rounded);
}

natives(T.float, {
  '__pow__(self, value, mod=None, /)': (args, result) => power(args, args + 1, args + 2, result),
  '__rpow__(self, value, mod=None, /)': (args, result) => power(args + 1, args, args + 2, result),
  '__divmod__(self, value, /)': (args, result) => divmod(args, args + 1, result),
  '__rdivmod__(self, value, /)': (args, result) => divmod(args + 1, args, result),
  '__int__(self, /)': (args, result) => setTruncated(doubleAt(args), result),
  '__trunc__(self, /)': (args, result) => setTruncated(doubleAt(args), result),
  '__floor__(self, /)': (args, result) => setTruncated(Math.floor(doubleAt(args)), result),
  '__ceil__(self, /)': (args, result) => setTruncated(Math.ceil(doubleAt(args)), result),
  '__float__(self, /)': (args, result) => setFloat(result, doubleAt(args)),
  '__round__(self, ndigits=None, /)': (args, result) => round(doubleAt(args), args + 1, result),
  '__format__(self, format_spec, /)': (args, result) => {
    if (!isStr(args + 1)) raiseTypeError(`__format__() argument must be str, not ${argumentType(args + 1)}`);
    const spec = stringOf(refAt(args + 1));
    if (spec === '') setRef(result, str(args));
    else setRef(result, newString(formatDouble(doubleAt(args), spec, typeName(args))));
  },
  '__getnewargs__(self, /)': (args, result) => {
    const tuple = newTuple(1);
    setFloat(tupleItem(tuple, 0), doubleAt(args));
    setRef(result, tuple);
  },
  'conjugate(self, /)': (args, result) => setFloat(result, doubleAt(args)),
  'is_integer(self, /)': (args, result) => setBool(result, Number.isInteger(doubleAt(args))),
  'hex(self, /)': (args, result) => setRef(result, newString(hexFloat(doubleAt(args)))),
  'as_integer_ratio(self, /)': (args, result) => {
    const x = doubleAt(args);
    if (x !== x) raiseValueError('cannot convert NaN to integer ratio');
    if (!Number.isFinite(x)) raiseOverflow('cannot convert Infinity to integer ratio');
    const [numerator, denominator] = integerRatio(x);
    setPair(result, (first, second) => {
      setBigInt(first, numerator);
      setBigInt(second, denominator);
    });
  },
});

function power(a: number, b: number, modulus: number, result: number): void {
  if (!isNone(modulus)) raiseTypeError('pow() 3rd argument not allowed unless all arguments are integers');
  if (!isReal(a) || !isReal(b)) setRef(result, Fixed.notImplemented);
  else floatBinary(BinaryOperator.power, a, b, result);
}

classNatives(T.float, {
  'fromhex(type, string, /)': (args, result) => {
    if (!isStr(args + 1)) raiseTypeError('bad argument type for built-in operation');
    const text = stringOf(refAt(args + 1));
    const value = parseHexFloat(text);
    if (value === null) raiseValueError('invalid hexadecimal floating-point string');
    if (Math.abs(value) === Infinity && !/inf/i.test(text))
      raiseOverflow('hexadecimal value too large to represent as a float');
    callWithDouble(args, value, result);
  },
  'from_number(type, number, /)': (args, result) => {
    callWithDouble(args, toDouble(args + 1), result);
  },
  '__getformat__(type, typestr, /)': (args, result) => {
    if (!isStr(args + 1)) raiseTypeError(`__getformat__() argument must be str, not ${argumentType(args + 1)}`);
    const kind = stringOf(refAt(args + 1));
    if (kind !== 'double' && kind !== 'float')
      raiseValueError("__getformat__() argument 1 must be 'double' or 'float'");
    setRef(result, newString('IEEE, little-endian'));
  },
});

/** result = type(value), where the class lies in a slot. */
function callWithDouble(type: number, value: number, result: number): void {
  if (refAt(type) === T.float) {
    setFloat(result, value);
    return;
  }
  const argument = pushSlots(1);
  setFloat(argument, value);
  call(type, argument, 1, result);
  popSlots(1);
}

getset(T.float, 'real', (object, result) => setFloat(result, doubleAt(object)));
getset(T.float, 'imag', (_object, result) => setFloat(result, 0));
