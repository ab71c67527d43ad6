/** What Python sees of complex: operators, methods, constructor. Arithmetic is in complex-numbers.ts. */

import { Fixed, T } from '../heap/fixed.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { isNull, isRef, refAt, setFloat, setRef } from '../heap/values.ts';
import {
  complexHashHigh,
  complexHashLow,
  complexRepr,
  hashComplex,
  imaginaryPart,
  isComplex,
  newComplexOfType,
  realPart,
  setComplex,
  setComplexPower,
  setComplexProduct,
  setComplexQuotient,
  setRealQuotient,
} from './complex-numbers.ts';
import { hypot } from './elementary.ts';
import { raiseOverflow, raiseTypeError, raiseValueError } from './errors.ts';
import { doubleAt, isFloatOrSubclass, isReal, realAt } from './floats.ts';
import { formatComplex } from './format-spec.ts';
import { intFloatCompare, intToDouble } from './int-arithmetic.ts';
import { index, isInt, safeAt, setBool, setInt64, warnSubclass } from './integers.ts';
import { callSpecial } from './invoke.ts';
import { N } from './names.ts';
import { classNatives, getset, natives, staticNatives } from './natives.ts';
import { foldHash } from './number-hash.ts';
import { parsePlainFloat, stripAscii } from './number-parse.ts';
import { str } from './operations.ts';
import { BinaryOperator, CompareOperator } from './operators.ts';
import { isStr, newString, stringOf } from './strings.ts';
import { newTuple, tupleItem } from './tuples.ts';
import { defineOperators } from './type-operators.ts';
import { argumentType, fullTypeName, lookup, typeName, typeOf } from './types.ts';
import { asciiNumberText } from './unicode.ts';
import { warn } from './warnings.ts';

const isNone = (slot: number): boolean => isRef(slot) && refAt(slot) === Fixed.none;

const real = (slot: number): number => (isComplex(slot) ? realPart(refAt(slot)) : realAt(slot));
const imaginary = (slot: number): number => (isComplex(slot) ? imaginaryPart(refAt(slot)) : 0);

/** A real operand keeps the other's imaginary part as it is (no addition of a zero): C's mixed-mode rules. */
function binary(operator: BinaryOperator, left: number, right: number, result: number): boolean {
  const leftComplex = isComplex(left);
  const rightComplex = isComplex(right);
  if (!(leftComplex || isReal(left)) || !(rightComplex || isReal(right))) return false;
  const a = real(left);
  const b = imaginary(left);
  const c = real(right);
  const d = imaginary(right);
  switch (operator) {
    case BinaryOperator.add:
      setComplex(result, a + c, leftComplex ? (rightComplex ? b + d : b) : d);
      return true;
    case BinaryOperator.subtract:
      setComplex(result, a - c, leftComplex ? (rightComplex ? b - d : b) : -d);
      return true;
    case BinaryOperator.multiply:
      if (!rightComplex) setComplex(result, a * c, b * c);
      else if (!leftComplex) setComplex(result, a * c, a * d);
      else setComplexProduct(a, b, c, d, result);
      return true;
    case BinaryOperator.trueDivide:
      if (!rightComplex && c !== 0) setComplex(result, a / c, b / c);
      else if (!leftComplex) setRealQuotient(a, c, d, result);
      else setComplexQuotient(a, b, c, d, result);
      return true;
    case BinaryOperator.power:
      setComplexPower(a, b, c, d, result);
      return true;
    default:
      return false;
  }
}

defineOperators(T.complex, {
  binaryOperators: [
    BinaryOperator.add,
    BinaryOperator.subtract,
    BinaryOperator.multiply,
    BinaryOperator.trueDivide,
    BinaryOperator.power,
  ],
  binary,
  compareOperators: [CompareOperator.equal, CompareOperator.notEqual],
  compare: (operator, left, right, result) => {
    const x = refAt(left);
    let same: boolean;
    if (isComplex(right)) {
      same = realPart(x) === realPart(refAt(right)) && imaginaryPart(x) === imaginaryPart(refAt(right));
    } else if (isInt(right)) {
      const safe = safeAt(right);
      const equal = safe === safe ? safe === realPart(x) : intFloatCompare(CompareOperator.equal, right, realPart(x));
      same = imaginaryPart(x) === 0 && equal;
    } else if (isReal(right)) same = imaginaryPart(x) === 0 && realPart(x) === realAt(right);
    else return false;
    setBool(result, same === (operator === CompareOperator.equal));
    return true;
  },
  negative: (slot, result) => setComplex(result, -real(slot), -imaginary(slot)),
  positive: (slot, result) => setComplex(result, real(slot), imaginary(slot)),
  absolute: (slot, result) => {
    const size = hypot(real(slot), imaginary(slot));
    if (!Number.isFinite(size) && Number.isFinite(real(slot)) && Number.isFinite(imaginary(slot))) {
      raiseOverflow('absolute value too large');
    }
    setFloat(result, size);
  },
  truth: (slot) => real(slot) !== 0 || imaginary(slot) !== 0,
  hash: (slot) => {
    hashComplex(real(slot), imaginary(slot));
    return foldHash(complexHashLow, complexHashHigh);
  },
  fullHash: (slot, result) => {
    hashComplex(real(slot), imaginary(slot));
    setInt64(result, complexHashLow, complexHashHigh);
  },
  repr: (slot) => newString(complexRepr(real(slot), imaginary(slot))),
});

/** One part: a decimal number or inf, nan, as at the head of `text`. */
const PART =
  /^[+-]?(?:(?:[0-9](?:_?[0-9])*(?:\.(?:[0-9](?:_?[0-9])*)?)?|\.[0-9](?:_?[0-9])*)(?:e[+-]?[0-9](?:_?[0-9])*)?|inf(?:inity)?|nan)/i;

/** complex(text): [real, imaginary] or null. */
function parseComplex(source: string): [number, number] | null {
  let text = stripAscii(asciiNumberText(source));
  if (text[0] === '(' && text.endsWith(')')) text = stripAscii(text.slice(1, -1));
  if (text === '') return null;
  const unit = /^([+-]?)j$/i.exec(text);
  if (unit) return [0, unit[1] === '-' ? -1 : 1];
  const first = PART.exec(text);
  if (first === null) return null;
  const rest = text.slice(first[0].length);
  const value = parsePlainFloat(first[0])!;
  if (rest === '') return [value, 0];
  if (rest === 'j' || rest === 'J') return [0, value];
  if ((rest[0] !== '+' && rest[0] !== '-') || !/j$/i.test(rest)) return null;
  const part = rest.slice(0, -1);
  if (part === '+' || part === '-') return [value, part === '-' ? -1 : 1];
  const second = PART.exec(part);
  if (second === null || second[0].length !== part.length) return null;
  return [value, parsePlainFloat(part)!];
}

/** Parts of the number last read by `readNumber`. */
let readReal = 0;
let readImaginary = 0;
let readWasComplex = false;

/** Any number: complex, `__complex__`, float, `__float__`, `__index__`. False: none of these. May call Python. */
function readNumber(slot: number): boolean {
  readImaginary = 0;
  readWasComplex = false;
  if (isComplex(slot)) {
    readReal = real(slot);
    readImaginary = imaginary(slot);
    readWasComplex = true;
    return true;
  }
  if (isReal(slot)) {
    readReal = realAt(slot);
    return true;
  }
  const answer = pushSlots(1);
  if (callSpecial(slot, N.__complex__, answer, 0, answer)) {
    if (!isComplex(answer)) raiseTypeError(`__complex__ returned non-complex (type ${typeName(answer)})`);
    if (typeOf(answer) !== T.complex) warnSubclass('__complex__', 'complex', answer);
    readReal = real(answer);
    readImaginary = imaginary(answer);
    readWasComplex = true;
  } else if (callSpecial(slot, N.__float__, answer, 0, answer)) {
    if (!isFloatOrSubclass(answer))
      raiseTypeError(`${typeName(slot)}.__float__ returned non-float (type ${typeName(answer)})`);
    if (isRef(answer)) warnSubclass(`${typeName(slot)}.__float__`, 'float', answer);
    readReal = doubleAt(answer);
  } else if (lookup(typeOf(slot), N.__index__) !== 0) {
    index(slot, answer);
    readReal = intToDouble(answer);
  } else {
    popSlots(1);
    return false;
  }
  popSlots(1);
  return true;
}

/** Complex numbers as parts of another one are deprecated. May call Python. */
function warnComplexArgument(name: string, slot: number): void {
  warn(T.DeprecationWarning, `complex() argument '${name}' must be a real number, not ${fullTypeName(slot)}`);
}

staticNatives(T.complex, {
  '__new__(cls, real=..., imag=...)': (args, result) => {
    const type = refAt(args);
    let x = 0;
    let y = 0;
    if (!isNull(args + 1)) {
      if (isStr(args + 1)) {
        if (!isNull(args + 2)) raiseTypeError("complex() argument 'real' must be a real number, not str");
        const parsed = parseComplex(stringOf(refAt(args + 1)));
        if (parsed === null) raiseValueError('complex() arg is a malformed string');
        setRef(result, newComplexOfType(type, parsed[0], parsed[1]));
        return;
      }
      if (!readNumber(args + 1)) {
        const wanted = isNull(args + 2)
          ? 'complex() argument must be a string or a number'
          : "complex() argument 'real' must be a real number";
        raiseTypeError(`${wanted}, not ${fullTypeName(args + 1)}`);
      }
      x = readReal;
      y = readImaginary;
      if (readWasComplex && !isNull(args + 2)) warnComplexArgument('real', args + 1);
    }
    if (!isNull(args + 2)) {
      const kept = x;
      const keptImaginary = y;
      const hasParts = isComplex(args + 2) || lookup(typeOf(args + 2), N.__complex__) === 0;
      if (isStr(args + 2) || !hasParts || !readNumber(args + 2)) {
        raiseTypeError(`complex() argument 'imag' must be a real number, not ${fullTypeName(args + 2)}`);
      }
      if (isComplex(args + 2)) warnComplexArgument('imag', args + 2);
      x = readWasComplex ? kept - readImaginary : kept;
      y = keptImaginary + readReal;
      if (!isComplex(args + 1)) y = readReal;
    }
    setRef(result, newComplexOfType(type, x, y));
  },
});

classNatives(T.complex, {
  'from_number(type, number, /)': (args, result) => {
    if (isStr(args + 1) || !readNumber(args + 1)) raiseTypeError(`must be real number, not ${typeName(args + 1)}`);
    setRef(result, newComplexOfType(refAt(args), readReal, readImaginary));
  },
});

natives(T.complex, {
  '__pow__(self, value, mod=None, /)': (args, result) => {
    if (!isNone(args + 2)) raiseValueError('complex modulo');
    if (!binary(BinaryOperator.power, args, args + 1, result)) setRef(result, Fixed.notImplemented);
  },
  '__rpow__(self, value, mod=None, /)': (args, result) => {
    if (!isNone(args + 2)) raiseValueError('complex modulo');
    if (!binary(BinaryOperator.power, args + 1, args, result)) setRef(result, Fixed.notImplemented);
  },
  '__complex__(self, /)': (args, result) => setComplex(result, real(args), imaginary(args)),
  'conjugate(self, /)': (args, result) => setComplex(result, real(args), -imaginary(args)),
  '__format__(self, format_spec, /)': (args, result) => {
    if (!isStr(args + 1)) raiseTypeError(`__format__() argument must be str, not ${argumentType(args + 1)}`);
    const spec = stringOf(refAt(args + 1));
    if (spec === '') setRef(result, str(args));
    else setRef(result, newString(formatComplex(real(args), imaginary(args), spec, typeName(args))));
  },
  '__getnewargs__(self, /)': (args, result) => {
    const tuple = newTuple(2);
    setFloat(tupleItem(tuple, 0), real(args));
    setFloat(tupleItem(tuple, 1), imaginary(args));
    setRef(result, tuple);
  },
});

getset(T.complex, 'real', (object, result) => setFloat(result, real(object)));
getset(T.complex, 'imag', (object, result) => setFloat(result, imaginary(object)));
