/**
 * Floats at the level of slots: which values are floats, their number, conversion of other numbers (`toDouble`), the
 * binary operators and comparisons between floats and ints, the hash. A float is an immediate; only instances of
 * subclasses of float are objects. Text is the business of float-format.ts and number-parse.ts.
 */
import { Kind, Type } from '../heap/layouts.ts';
import { cells, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { isFloat, isRef, refAt, setFloat } from '../heap/values.ts';
import { setComplexPower } from './complex-numbers.ts';
import { raiseTypeError, raiseZeroDivision } from './errors.ts';
import { floatFloorQuotient, floatPower, floatRemainder, isComplexPower } from './float-arithmetic.ts';
import { intFloatCompare, intToDouble } from './int-arithmetic.ts';
import { index, isInt, safeAt, warnSubclass } from './integers.ts';
import { callSpecial } from './invoke.ts';
import { N } from './names.ts';
import { foldHash, hashDouble, hashHigh, hashLow } from './number-hash.ts';
import { BinaryOperator, CompareOperator } from './operators.ts';
import { lookup, typeName, typeOf } from './types.ts';

export { floatAt, isFloat, setFloat } from '../heap/values.ts';
export { floatRepr } from './float-format.ts';
export { parseFloatText } from './number-parse.ts';

/** True for a float or an instance of a subclass of float. */
export function isFloatOrSubclass(slot: number): boolean {
  return isRef(slot) ? words[(words[refAt(slot) << 1] << 1) + Type.kind] === Kind.float : isFloat(slot);
}

/** The double of a value for which isFloatOrSubclass holds. */
export function doubleAt(slot: number): number {
  return isRef(slot) ? cells[refAt(slot) + 1] : cells[slot];
}

/** True for floats, ints, bools and instances of their subclasses: what mixes in arithmetic without any call. */
export function isReal(slot: number): boolean {
  return isFloatOrSubclass(slot) || isInt(slot);
}

/** The double of a value for which isReal holds; OverflowError for ints beyond the doubles. */
export function realAt(slot: number): number {
  if (isFloatOrSubclass(slot)) return doubleAt(slot);
  return intToDouble(slot);
}

/**
 * The double that a number means: float, int, `__float__`, `__index__` (may call Python). TypeError "must be real
 * number, not str" for what is none.
 */
export function toDouble(slot: number): number {
  if (isFloatOrSubclass(slot)) return doubleAt(slot);
  if (isInt(slot)) return intToDouble(slot);
  const answer = pushSlots(1);
  let value: number;
  if (callSpecial(slot, N.__float__, answer, 0, answer)) {
    if (!isFloatOrSubclass(answer)) {
      raiseTypeError(`${typeName(slot)}.__float__ returned non-float (type ${typeName(answer)})`);
    }
    if (isRef(answer)) warnSubclass(`${typeName(slot)}.__float__`, 'float', answer);
    value = doubleAt(answer);
  } else if (lookup(typeOf(slot), N.__index__) !== 0) {
    index(slot, answer);
    value = intToDouble(answer);
  } else raiseTypeError(`must be real number, not ${typeName(slot)}`);
  popSlots(1);
  return value;
}

/** The folded hash, for dicts. */
export function floatHash(value: number): number {
  hashDouble(value);
  return foldHash(hashLow, hashHigh);
}

/** result = a <operator> b for two reals of which at least one is a float. False: not an operator of floats. */
export function floatBinary(operator: BinaryOperator, a: number, b: number, result: number): boolean {
  const x = realAt(a);
  const y = realAt(b);
  switch (operator) {
    case BinaryOperator.add:
      setFloat(result, x + y);
      return true;
    case BinaryOperator.subtract:
      setFloat(result, x - y);
      return true;
    case BinaryOperator.multiply:
      setFloat(result, x * y);
      return true;
    case BinaryOperator.trueDivide:
      if (y === 0) raiseZeroDivision('division by zero');
      setFloat(result, x / y);
      return true;
    case BinaryOperator.floorDivide:
      if (y === 0) raiseZeroDivision('division by zero');
      setFloat(result, floatFloorQuotient(x, y));
      return true;
    case BinaryOperator.remainder:
      if (y === 0) raiseZeroDivision('division by zero');
      setFloat(result, floatRemainder(x, y));
      return true;
    case BinaryOperator.power:
      if (isComplexPower(x, y)) setComplexPower(x, 0, y, 0, result);
      else setFloat(result, floatPower(x, y));
      return true;
    default:
      return false;
  }
}

/** a <operator> b for two reals of which at least one is a float; exact for any int. */
export function floatCompare(operator: CompareOperator, a: number, b: number): boolean {
  if (!isFloatOrSubclass(a)) {
    const x = safeAt(a);
    if (x !== x) return intFloatCompare(operator, a, doubleAt(b));
    return compareDoubles(operator, x, doubleAt(b));
  }
  if (!isFloatOrSubclass(b)) {
    const y = safeAt(b);
    if (y !== y) return intFloatCompare(mirrored(operator), b, doubleAt(a));
    return compareDoubles(operator, doubleAt(a), y);
  }
  return compareDoubles(operator, doubleAt(a), doubleAt(b));
}

function compareDoubles(operator: CompareOperator, x: number, y: number): boolean {
  switch (operator) {
    case CompareOperator.less:
      return x < y;
    case CompareOperator.lessEqual:
      return x <= y;
    case CompareOperator.equal:
      return x === y;
    case CompareOperator.notEqual:
      return x !== y;
    case CompareOperator.greater:
      return x > y;
    case CompareOperator.greaterEqual:
      return x >= y;
  }
}

/** The operator with its sides exchanged. */
function mirrored(operator: CompareOperator): CompareOperator {
  switch (operator) {
    case CompareOperator.less:
      return CompareOperator.greater;
    case CompareOperator.lessEqual:
      return CompareOperator.greaterEqual;
    case CompareOperator.greater:
      return CompareOperator.less;
    case CompareOperator.greaterEqual:
      return CompareOperator.lessEqual;
    default:
      return operator;
  }
}
