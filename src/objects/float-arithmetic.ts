/**
 * Arithmetic of doubles with Python's rules where they differ from JavaScript's: floor division and remainder with the
 * divisor's sign, powers with C's special cases, ZeroDivisionError and OverflowError. Plain functions of numbers: slots
 * are the business of floats.ts.
 */
import { T } from '../heap/fixed.ts';
import { Exception } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { setRef, setSmallInt } from '../heap/values.ts';
import { power } from './elementary.ts';
import { allocateException, raiseZeroDivision, throwException } from './errors.ts';
import { newString } from './strings.ts';
import { newTuple, tupleItem } from './tuples.ts';

/** x % y with the sign of y; y may not be 0 (the caller raises). */
export function floatRemainder(x: number, y: number): number {
  const rest = x % y;
  if (rest !== 0) return rest < 0 !== y < 0 ? rest + y : rest;
  // A zero has the divisor's sign.
  return y < 0 ? -0 : 0;
}

/** x // y; y may not be 0. */
export function floatFloorQuotient(x: number, y: number): number {
  const rest = x % y;
  let quotient = (x - rest) / y;
  if (rest !== 0 && rest < 0 !== y < 0) quotient -= 1;
  if (quotient === 0) return x / y < 0 || Object.is(x / y, -0) ? -0 : 0;
  // The division above was of an exact multiple, but may have rounded: take the nearest integer below.
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

/** x ** y for results that are real; `isComplexPower` tells when they are not. Raises as Python does. */
export function floatPower(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  if (x === 0 && y === -Infinity) return Infinity;
  if (x === 0 && y < 0) raiseZeroDivision('zero to a negative power');
  if (x === -1 && !Number.isFinite(y) && y === y) return 1;
  const result = power(x, y);
  if (!Number.isFinite(result) && Number.isFinite(x) && Number.isFinite(y)) raiseRangeError();
  return result;
}

/** A finite negative base with a fractional exponent: Python answers with a complex number. */
export function isComplexPower(x: number, y: number): boolean {
  return x < 0 && x !== -Infinity && Number.isFinite(y) && !Number.isInteger(y);
}

/** OverflowError as the C library's ERANGE becomes one: (34, 'Numerical result out of range'). */
export function raiseRangeError(): never {
  const exception = allocateException(T.OverflowError);
  const args = newTuple(2);
  setSmallInt(tupleItem(args, 0), 34);
  setRef(tupleItem(args, 1), newString('Numerical result out of range'));
  words[(exception << 1) + Exception.args] = args;
  throwException(exception);
}
