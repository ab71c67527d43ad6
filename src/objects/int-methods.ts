/**
 * What Python sees of int and bool: operators, methods, constructors. The arithmetic itself is in int-arithmetic.ts.
 */

import { Fixed, T } from '../heap/fixed.ts';
import { bytes } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import {
  copyValue,
  immediateAt,
  isImmediateInt,
  isNull,
  isRef,
  refAt,
  setFloat,
  setNull,
  setRef,
  setSmallInt,
} from '../heap/values.ts';
import { isBytesLike } from './buffers.ts';
import { byteText } from './byte-string-methods.ts';
import { isByteArray } from './bytearrays.ts';
import { bytesData, bytesLength, isBytes, newBytes } from './bytes.ts';
import { bytesFromObject } from './bytes-conversion.ts';
import { raise, raiseOverflow, raiseTypeError, raiseValueError } from './errors.ts';
import { doubleAt, isFloatOrSubclass } from './floats.ts';
import { formatInteger } from './format-spec.ts';
import {
  bigFloorQuotient,
  intAbsolute,
  intBinary,
  intBitLength,
  intBitwise,
  intCompare,
  intDivmod,
  intInvert,
  intNegate,
  intPowerModulo,
  intToDouble,
  intTruth,
} from './int-arithmetic.ts';
import { decimalText, intRepr, setIntFromString, setParsedInt } from './int-text.ts';
import {
  bigIntAt,
  copyAsInt,
  index,
  indexOf,
  intHash,
  isBool,
  isExactInt,
  isInt,
  loadIntHash,
  newIntOfType,
  safeAt,
  setBigInt,
  setBool,
  setHash,
  setInt,
  sizeOf,
  warnSubclass,
} from './integers.ts';
import { call, callSpecial } from './invoke.ts';
import { N } from './names.ts';
import { classNatives, getset, natives, staticNatives } from './natives.ts';
import { str, truth } from './operations.ts';
import { BinaryOperator, type CompareOperator } from './operators.ts';
import { isStr, newString, stringOf } from './strings.ts';
import { newTuple, tupleItem } from './tuples.ts';
import { defineOperators } from './type-operators.ts';
import { argumentType, lookup, typeName, typeOf } from './types.ts';
import { warn } from './warnings.ts';

const isNone = (slot: number): boolean => isRef(slot) && refAt(slot) === Fixed.none;

const intOperators = [
  BinaryOperator.add,
  BinaryOperator.subtract,
  BinaryOperator.multiply,
  BinaryOperator.trueDivide,
  BinaryOperator.floorDivide,
  BinaryOperator.remainder,
  BinaryOperator.power,
  BinaryOperator.leftShift,
  BinaryOperator.rightShift,
  BinaryOperator.and,
  BinaryOperator.or,
  BinaryOperator.xor,
];

function binary(operator: BinaryOperator, left: number, right: number, result: number): boolean {
  if (!isInt(left) || !isInt(right)) return false;
  intBinary(operator, left, right, result);
  return true;
}

function compare(operator: CompareOperator, left: number, right: number, result: number): boolean {
  if (!isInt(right)) return false;
  setBool(result, intCompare(operator, left, right));
  return true;
}

function fullHash(slot: number, result: number): void {
  loadIntHash(slot);
  setHash(result);
}

defineOperators(T.int, {
  binaryOperators: intOperators,
  binary,
  compare,
  negative: intNegate,
  positive: (slot, result) => copyAsInt(result, slot),
  invert: intInvert,
  absolute: intAbsolute,
  truth: intTruth,
  hash: intHash,
  fullHash,
  repr: intRepr,
});

const boolText = (slot: number): number => newString(refAt(slot) === Fixed.true ? 'True' : 'False');

defineOperators(T.bool, {
  binaryOperators: intOperators,
  binary: (operator, left, right, result) => {
    if (!isInt(left) || !isInt(right)) return false;
    const logical = operator >= BinaryOperator.and && isBool(left) && isBool(right);
    if (!logical) {
      intBinary(operator, left, right, result);
      return true;
    }
    intBitwise(operator, left, right, result);
    setBool(result, safeAt(result) !== 0);
    return true;
  },
  compare,
  negative: intNegate,
  positive: (slot, result) => copyAsInt(result, slot),
  invert: (operand, result) => {
    warn(
      T.DeprecationWarning,
      "Bitwise inversion '~' on bool is deprecated and will be removed in Python 3.16. This returns the bitwise " +
        'inversion of the underlying int object and is usually not what you expect from the negation of a bool. Use ' +
        "the 'not' operator for boolean negation or ~int(x) for the bitwise inversion of the underlying int.",
    );
    intInvert(operand, result);
  },
  absolute: (slot, result) => copyAsInt(result, slot),
  truth: (slot) => refAt(slot) === Fixed.true,
  hash: intHash,
  repr: boolText,
});

staticNatives(T.bool, {
  '__new__(cls, object=False, /)': (args, result) => setBool(result, truth(args + 1)),
});

/** int(x) of any object, without a base: a plain int in `result`. May call Python. */
export function convertToInt(slot: number, result: number): void {
  if (isInt(slot) && isExactInt(slot)) {
    copyValue(result, slot);
    return;
  }
  if (isFloatOrSubclass(slot) && typeOf(slot) === T.float) {
    setTruncated(doubleAt(slot), result);
    return;
  }
  if (isStr(slot) && (typeOf(slot) === T.str || lookup(typeOf(slot), N.__int__) === 0)) {
    setIntFromString(slot, 10, result);
    return;
  }
  const answer = pushSlots(1);
  if (callSpecial(slot, N.__int__, answer, 0, answer)) {
    if (!isInt(answer)) raiseTypeError(`__int__ returned non-int (type ${typeName(answer)})`);
    if (!isExactInt(answer)) warnSubclass('__int__', 'int', answer);
    copyAsInt(result, answer);
  } else if (lookup(typeOf(slot), N.__index__) !== 0) index(slot, result);
  else if (isBytesLike(slot)) setParsedInt(byteText(slot), 10, slot, result);
  else {
    raiseTypeError(`int() argument must be a string, a bytes-like object or a real number, not '${typeName(slot)}'`);
  }
  popSlots(1);
}

/** int(float): OverflowError and ValueError for infinity and NaN. */
export function setTruncated(value: number, result: number): void {
  if (value !== value) raiseValueError('cannot convert float NaN to integer');
  if (!Number.isFinite(value)) raiseOverflow('cannot convert float infinity to integer');
  setInt(result, Math.trunc(value));
}

staticNatives(T.int, {
  '__new__(cls, x=..., /, base=...)': (args, result) => {
    const type = refAt(args);
    const value = pushSlots(1);
    if (isNull(args + 1)) {
      if (!isNull(args + 2)) raiseTypeError('int() missing string argument');
      setSmallInt(value, 0);
    } else if (isNull(args + 2)) convertToInt(args + 1, value);
    else {
      const base = indexOf(args + 2);
      if (base !== 0 && (base < 2 || base > 36)) raiseValueError('int() base must be >= 2 and <= 36, or 0');
      if (isStr(args + 1)) setIntFromString(args + 1, base, value);
      else if (isBytes(args + 1) || isByteArray(args + 1)) {
        setParsedInt(byteText(args + 1), base, args + 1, value);
      } else raiseTypeError("int() can't convert non-string with explicit base");
    }
    if (type === T.int) copyValue(result, value);
    else newIntOfType(type, value, result);
    popSlots(1);
  },
});

/** int.__format__ for any int. */
export function formatIntSlot(slot: number, spec: string): string {
  const safe = safeAt(slot);
  return formatInteger(
    safe === safe ? safe : bigIntAt(slot),
    spec,
    typeName(slot),
    () => decimalText(slot),
    () => intToDouble(slot),
  );
}

/** round(int, digits): to a multiple of 10**-digits, half to even. */
function roundInt(slot: number, digits: number, result: number): void {
  if (digits >= 0) {
    copyAsInt(result, slot);
    return;
  }
  const value = bigIntAt(slot);
  if (-digits > value.toString(16).length * 1.3 + 2) {
    setSmallInt(result, 0);
    return;
  }
  const unit = 10n ** BigInt(-digits);
  let quotient = bigFloorQuotient(value, unit);
  const twice = (value - quotient * unit) * 2n;
  if (twice > unit || (twice === unit && (quotient & 1n) === 1n)) quotient++;
  setBigInt(result, quotient * unit);
}

function divmod(a: number, b: number, result: number): void {
  if (!isInt(a) || !isInt(b)) {
    setRef(result, Fixed.notImplemented);
    return;
  }
  const pair = newTuple(2);
  setNull(tupleItem(pair, 0));
  setNull(tupleItem(pair, 1));
  intDivmod(a, b, tupleItem(pair, 0), tupleItem(pair, 1));
  setRef(result, pair);
}

function powerModulo(a: number, b: number, modulus: number, result: number): void {
  if (!isInt(a) || !isInt(b)) setRef(result, Fixed.notImplemented);
  else if (isNone(modulus)) intBinary(BinaryOperator.power, a, b, result);
  else if (!isInt(modulus)) setRef(result, Fixed.notImplemented);
  else intPowerModulo(a, b, modulus, result);
}

/** The bits of a number from 0 to 2**48. */
function bitCountOf(value: number): number {
  return bitsOfWord((value % 4294967296) | 0) + bitsOfWord((value / 4294967296) | 0);
}
function bitsOfWord(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function bitCount(value: bigint): number {
  let count = 0;
  for (const digit of (value < 0n ? -value : value).toString(16)) {
    let bits = Number.parseInt(digit, 16);
    while (bits !== 0) {
      count += bits & 1;
      bits >>= 1;
    }
  }
  return count;
}

function isLittleEndian(slot: number): boolean {
  if (!isStr(slot)) raiseTypeError(`to_bytes() argument 'byteorder' must be str, not ${argumentType(slot)}`);
  const order = stringOf(refAt(slot));
  if (order === 'little') return true;
  if (order !== 'big') raiseValueError("byteorder must be either 'little' or 'big'");
  return false;
}

function toBytes(slot: number, length: number, little: boolean, signed: boolean): number {
  let value = bigIntAt(slot);
  if (value < 0n && !signed) raiseOverflow("can't convert negative int to unsigned");
  const bits = BigInt(length * 8);
  const fits = signed
    ? value === 0n || (length > 0 && value >= -(1n << (bits - 1n)) && value < 1n << (bits - 1n))
    : value < 1n << bits;
  if (!fits) raiseOverflow('int too big to convert');
  const ref = newBytes(length);
  const data = bytesData(ref);
  if (value < 0n) value += 1n << bits;
  const digits = value.toString(16).padStart(length * 2, '0');
  for (let i = 0; i < length; i++) {
    const byte = Number.parseInt(digits.slice(i * 2, i * 2 + 2), 16);
    bytes[data + (little ? length - 1 - i : i)] = byte;
  }
  return ref;
}

/** The integer in `length` bytes of the heap. */
function integerFromBytes(data: number, length: number, little: boolean, signed: boolean): bigint {
  if (length === 0) return 0n;
  let digits = '0x';
  for (let i = 0; i < length; i++) {
    const byte = bytes[data + (little ? length - 1 - i : i)];
    digits += byte < 16 ? `0${byte.toString(16)}` : byte.toString(16);
  }
  const value = BigInt(digits);
  const negative = signed && bytes[data + (little ? length - 1 : 0)] >= 128;
  return negative ? value - (1n << BigInt(length * 8)) : value;
}

const same = (args: number, result: number): void => copyAsInt(result, args);

natives(T.int, {
  '__pow__(self, value, mod=None, /)': (args, result) => powerModulo(args, args + 1, args + 2, result),
  '__rpow__(self, value, mod=None, /)': (args, result) => powerModulo(args + 1, args, args + 2, result),
  '__divmod__(self, value, /)': (args, result) => divmod(args, args + 1, result),
  '__rdivmod__(self, value, /)': (args, result) => divmod(args + 1, args, result),
  '__int__(self, /)': same,
  '__index__(self, /)': same,
  '__trunc__(self, /)': same,
  '__floor__(self, /)': same,
  '__ceil__(self, /)': same,
  'conjugate(self, /)': same,
  '__float__(self, /)': (args, result) => setFloat(result, intToDouble(args)),
  '__round__(self, ndigits=..., /)': (args, result) => {
    if (isNull(args + 1) || isNone(args + 1)) copyAsInt(result, args);
    else roundInt(args, indexOf(args + 1), result);
  },
  '__format__(self, format_spec, /)': (args, result) => {
    if (!isStr(args + 1)) raiseTypeError(`__format__() argument must be str, not ${argumentType(args + 1)}`);
    const spec = stringOf(refAt(args + 1));
    if (spec === '') setRef(result, str(args));
    else setRef(result, newString(formatIntSlot(args, spec)));
  },
  '__getnewargs__(self, /)': (args, result) => {
    const tuple = newTuple(1);
    setNull(tupleItem(tuple, 0));
    copyAsInt(tupleItem(tuple, 0), args);
    setRef(result, tuple);
  },
  '__sizeof__(self, /)': (args, result) => setInt(result, 24 + 4 * Math.max(1, Math.ceil(intBitLength(args) / 30))),
  'bit_length(self, /)': (args, result) => setInt(result, intBitLength(args)),
  'bit_count(self, /)': (args, result) =>
    setInt(result, isImmediateInt(args) ? bitCountOf(Math.abs(immediateAt(args))) : bitCount(bigIntAt(args))),
  'is_integer(self, /)': (_args, result) => setBool(result, true),
  'as_integer_ratio(self, /)': (args, result) => {
    const tuple = newTuple(2);
    setNull(tupleItem(tuple, 0));
    setSmallInt(tupleItem(tuple, 1), 1);
    copyAsInt(tupleItem(tuple, 0), args);
    setRef(result, tuple);
  },
  "to_bytes(self, /, length=1, byteorder='big', *, signed=False)": (args, result) => {
    const length = sizeOf(args + 1);
    const little = isLittleEndian(args + 2);
    const signed = truth(args + 3);
    if (length < 0) raiseValueError('length argument must be non-negative');
    if (length > 2 ** 30) raise(T.MemoryError, '');
    setRef(result, toBytes(args, length, little, signed));
  },
});

classNatives(T.int, {
  "from_bytes(type, /, bytes, byteorder='big', *, signed=False)": (args, result) => {
    const little = isLittleEndian(args + 2);
    const signed = truth(args + 3);
    const source = bytesFromObject(args + 1);
    setBigInt(result, integerFromBytes(bytesData(source), bytesLength(source), little, signed));
    const type = refAt(args);
    if (type === T.int) return;
    const value = pushSlots(1);
    copyValue(value, result);
    call(args, value, 1, result);
    popSlots(1);
  },
});

getset(T.int, 'real', (object, result) => copyAsInt(result, object));
getset(T.int, 'imag', (_object, result) => setSmallInt(result, 0));
getset(T.int, 'numerator', (object, result) => copyAsInt(result, object));
getset(T.int, 'denominator', (_object, result) => setSmallInt(result, 1));
