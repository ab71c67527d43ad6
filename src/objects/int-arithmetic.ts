/**
 * Arithmetic and comparison of ints, bool and subclasses included. Operands whose magnitude is below 2**53 are computed
 * as doubles while the result stays there, which is exact; what overflows goes through 64-bit words where that is cheap
 * (addition, multiplication, bit operations of hash-like code) and through BigInt otherwise. Results are plain ints.
 *
 * Nothing here calls Python. Division by zero, negative shift counts and results too large raise.
 */
import { T } from '../heap/fixed.ts';
import { IntForm, IntObject } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { isImmediateInt, refAt, setFloat, setSmallInt, TAG_INT } from '../heap/values.ts';
import { bitLengthOf } from './bigints.ts';
import { raise, raiseOverflow, raiseValueError, raiseZeroDivision } from './errors.ts';
import { floatPower } from './float-arithmetic.ts';
import {
  bigIntAt,
  copyAsInt,
  int64High,
  int64Low,
  intSign,
  loadInt64,
  safeAt,
  setBigInt,
  setInt,
  setInt64,
} from './integers.ts';
import { divideBigInts, powerOfTwo } from './number-scale.ts';
import { BinaryOperator, CompareOperator, orderingMatches } from './operators.ts';

const SAFE = 9007199254740991;
/** V8 makes no BigInt of 2**30 bits or more. */
const MAX_BITS = (1 << 30) - 1;

/** result = a <operator> b for two ints; `result` may be one of the operands' cells. Matrix multiplication is not for ints. */
export function intBinary(operator: BinaryOperator, a: number, b: number, result: number): void {
  switch (operator) {
    case BinaryOperator.add:
      intAdd(a, b, result);
      return;
    case BinaryOperator.subtract:
      intSubtract(a, b, result);
      return;
    case BinaryOperator.multiply:
      intMultiply(a, b, result);
      return;
    case BinaryOperator.trueDivide:
      setFloat(result, intTrueDivide(a, b));
      return;
    case BinaryOperator.floorDivide:
      intFloorDivide(a, b, result);
      return;
    case BinaryOperator.remainder:
      intRemainder(a, b, result);
      return;
    case BinaryOperator.power:
      intPower(a, b, result);
      return;
    case BinaryOperator.leftShift:
      intLeftShift(a, b, result);
      return;
    case BinaryOperator.rightShift:
      intRightShift(a, b, result);
      return;
    case BinaryOperator.and:
    case BinaryOperator.or:
    case BinaryOperator.xor:
      intBitwise(operator, a, b, result);
      return;
    default:
      throw new Error(`int has no binary operator ${operator}`);
  }
}

export function intAdd(a: number, b: number, result: number): void {
  const sum = safeAt(a) + safeAt(b);
  if (sum >= -SAFE && sum <= SAFE) {
    setInt(result, sum);
    return;
  }
  if (loadInt64(a)) {
    const low = int64Low;
    const high = int64High;
    if (loadInt64(b) && addWords(low, high, int64Low, int64High, result)) return;
  }
  setBigInt(result, bigIntAt(a) + bigIntAt(b));
}

export function intSubtract(a: number, b: number, result: number): void {
  const difference = safeAt(a) - safeAt(b);
  if (difference >= -SAFE && difference <= SAFE) {
    setInt(result, difference);
    return;
  }
  setBigInt(result, bigIntAt(a) - bigIntAt(b));
}

/** Stores the sum of two 64-bit numbers unless it overflows. */
function addWords(lowA: number, highA: number, lowB: number, highB: number, result: number): boolean {
  const low = (lowA >>> 0) + (lowB >>> 0);
  const high = highA + highB + (low >= 4294967296 ? 1 : 0);
  if (high < -2147483648 || high > 2147483647) return false;
  setInt64(result, low | 0, high);
  return true;
}

/** Magnitudes below this multiply into 64 bits for sure, rounding errors included. */
const MAX_PRODUCT = 2 ** 63 - 4096;

export function intMultiply(a: number, b: number, result: number): void {
  const x = safeAt(a);
  const y = safeAt(b);
  const product = x * y;
  if (product >= -SAFE && product <= SAFE) {
    setInt(result, product);
    return;
  }
  if (product > -MAX_PRODUCT && product < MAX_PRODUCT) {
    multiplyWords(x, y, result);
    return;
  }
  setBigInt(result, bigIntAt(a) * bigIntAt(b));
}

/** Product of two safe integers that is known to fit in 64 bits, in limbs of 16 bits. */
function multiplyWords(x: number, y: number, result: number): void {
  const lowX = x | 0;
  const highX = Math.floor(x / 4294967296) | 0;
  const lowY = y | 0;
  const highY = Math.floor(y / 4294967296) | 0;
  const x0 = lowX & 0xffff;
  const x1 = lowX >>> 16;
  const y0 = lowY & 0xffff;
  const y1 = lowY >>> 16;
  const first = x0 * y0;
  const middle = x1 * y0 + (first >>> 16);
  const cross = x0 * y1 + (middle & 0xffff);
  const high = x1 * y1 + Math.floor(middle / 65536) + Math.floor(cross / 65536);
  const top = (high + Math.imul(highX, lowY) + Math.imul(lowX, highY)) | 0;
  setInt64(result, (cross << 16) | (first & 0xffff), top);
}

/** A remainder below this and a word make less than 2**53. */
const SMALL_DIVISOR = 1 << 21;

export function intFloorDivide(a: number, b: number, result: number): void {
  const x = safeAt(a);
  const y = safeAt(b);
  if (y === 0) raiseZeroDivision('division by zero');
  if (x === x && y === y) {
    setInt(result, floorQuotient(x, y));
    return;
  }
  if (y > 0 && y < SMALL_DIVISOR && loadInt64(a)) {
    // Long division by one digit: the high word first, its remainder before the low word.
    const quotient = Math.floor(int64High / y);
    const rest = (int64High - quotient * y) * 4294967296 + (int64Low >>> 0);
    setInt64(result, Math.floor(rest / y) | 0, quotient);
    return;
  }
  setBigInt(result, bigFloorQuotient(bigIntAt(a), bigIntAt(b)));
}

export function intRemainder(a: number, b: number, result: number): void {
  const x = safeAt(a);
  const y = safeAt(b);
  if (y === 0) raiseZeroDivision('division by zero');
  if (x === x && y === y) {
    setInt(result, floorRemainder(x, y));
    return;
  }
  if (y > 0 && y < SMALL_DIVISOR && loadInt64(a)) {
    const high = int64High - Math.floor(int64High / y) * y;
    setInt(result, (high * 4294967296 + (int64Low >>> 0)) % y);
    return;
  }
  setBigInt(result, bigFloorRemainder(bigIntAt(a), bigIntAt(b)));
}

/** Quotient rounded down of two safe integers, exactly; `y` is not 0. */
export function floorQuotient(x: number, y: number): number {
  if ((x | 0) === x && (y | 0) === y) {
    const rest = x % y;
    const quotient = ((x - rest) / y) | 0;
    if (quotient === -2147483648) return (x - rest) / y;
    return rest !== 0 && rest < 0 !== y < 0 ? quotient - 1 : quotient;
  }
  const rest = x % y;
  const quotient = (x - rest) / y;
  return rest !== 0 && rest < 0 !== y < 0 ? quotient - 1 : quotient;
}

/** Remainder with the sign of `y` of two safe integers; `y` is not 0. May be -0. */
export function floorRemainder(x: number, y: number): number {
  const rest = x % y;
  return rest !== 0 && rest < 0 !== y < 0 ? rest + y : rest;
}

export function bigFloorQuotient(x: bigint, y: bigint): bigint {
  const quotient = x / y;
  return x < 0n !== y < 0n && quotient * y !== x ? quotient - 1n : quotient;
}

export function bigFloorRemainder(x: bigint, y: bigint): bigint {
  const rest = x % y;
  return rest !== 0n && rest < 0n !== y < 0n ? rest + y : rest;
}

/** divmod(a, b) into two cells (neither of which may be an operand's). */
export function intDivmod(a: number, b: number, quotient: number, rest: number): void {
  const x = safeAt(a);
  const y = safeAt(b);
  if (y === 0) raiseZeroDivision('division by zero');
  if (x === x && y === y) {
    setInt(quotient, floorQuotient(x, y));
    setInt(rest, floorRemainder(x, y));
    return;
  }
  const bigX = bigIntAt(a);
  const bigY = bigIntAt(b);
  const q = bigFloorQuotient(bigX, bigY);
  setBigInt(quotient, q);
  setBigInt(rest, bigX - q * bigY);
}

/** a / b, correctly rounded whatever the sizes. */
export function intTrueDivide(a: number, b: number): number {
  const x = safeAt(a);
  const y = safeAt(b);
  if (y === 0) raiseZeroDivision('division by zero');
  if (x === x && y === y) return x === 0 ? (y < 0 ? -0 : 0) : x / y;
  const quotient = divideBigInts(bigIntAt(a), bigIntAt(b));
  if (!Number.isFinite(quotient)) raiseOverflow('integer division result too large for a float');
  return quotient;
}

function raiseTooManyDigits(): never {
  raiseOverflow('too many digits in integer');
}

export function intPower(a: number, b: number, result: number): void {
  const exponent = safeAt(b);
  if (intSign(b) < 0) {
    const base = intToDouble(a);
    setFloat(result, floatPower(base, intToDouble(b)));
    return;
  }
  const base = safeAt(a);
  if (base === 0 || base === 1) {
    setSmallInt(result, exponent === 0 ? 1 : base);
    return;
  }
  if (exponent !== exponent) {
    if (base === -1) setSmallInt(result, (bigIntAt(b) & 1n) === 1n ? -1 : 1);
    else raise(T.MemoryError, '');
    return;
  }
  if (base === base) {
    let power = 1;
    let square = base;
    let rest = exponent;
    // Squares and products stay exact up to 2**53; past that the loop gives up.
    while (rest > 0) {
      if (rest % 2 === 1) {
        power *= square;
        if (power > SAFE || power < -SAFE) break;
      }
      rest = Math.floor(rest / 2);
      if (rest > 0) {
        square *= square;
        if (square > SAFE) break;
      }
    }
    if (rest === 0) {
      setInt(result, power);
      return;
    }
  }
  if (base === -1) {
    setSmallInt(result, exponent % 2 === 1 ? -1 : 1);
    return;
  }
  const big = bigIntAt(a);
  if ((bitLengthOf(big) - 1) * exponent > MAX_BITS) raise(T.MemoryError, '');
  if (base === 2) setBigInt(result, 1n << BigInt(exponent));
  else setBigInt(result, big ** BigInt(exponent));
}

/** float(int); OverflowError beyond the doubles. */
export function intToDouble(slot: number): number {
  const safe = safeAt(slot);
  if (safe === safe) return safe;
  const value = Number(bigIntAt(slot));
  if (!Number.isFinite(value)) raiseOverflow('int too large to convert to float');
  return value;
}

/** pow(a, b, m) for three ints. */
export function intPowerModulo(a: number, b: number, modulus: number, result: number): void {
  const m = bigIntAt(modulus);
  if (m === 0n) raiseValueError('pow() 3rd argument cannot be 0');
  let exponent = bigIntAt(b);
  let base = bigIntAt(a);
  const size = m < 0n ? -m : m;
  if (exponent < 0n) {
    const inverse = modularInverse(bigFloorRemainder(base, size), size);
    if (inverse === null) raiseValueError('base is not invertible for the given modulus');
    base = inverse;
    exponent = -exponent;
  }
  const power = modularPower(bigFloorRemainder(base, size), exponent, size);
  setBigInt(result, m < 0n && power !== 0n ? power + m : power);
}

/** The inverse of `value` modulo `modulus` > 0, or null if they have a common divisor. */
function modularInverse(value: bigint, modulus: bigint): bigint | null {
  let [r0, r1] = [modulus, value];
  let [t0, t1] = [0n, 1n];
  while (r1 !== 0n) {
    const quotient = r0 / r1;
    [r0, r1] = [r1, r0 - quotient * r1];
    [t0, t1] = [t1, t0 - quotient * t1];
  }
  if (r0 !== 1n) return null;
  return bigFloorRemainder(t0, modulus);
}

function modularPower(base: bigint, exponent: bigint, modulus: bigint): bigint {
  if (modulus === 1n) return 0n;
  if (modulus < 94906265n) {
    // Products stay below 2**53.
    const m = Number(modulus);
    let square = Number(base);
    let power = 1;
    const bits = exponent.toString(2);
    for (let i = bits.length - 1; i >= 0; i--) {
      if (bits.charCodeAt(i) === 49) power = (power * square) % m;
      square = (square * square) % m;
    }
    return BigInt(power);
  }
  let power = 1n;
  const bits = exponent.toString(2);
  for (let i = 0; i < bits.length; i++) {
    power = (power * power) % modulus;
    if (bits.charCodeAt(i) === 49) power = (power * base) % modulus;
  }
  return power;
}

export function intLeftShift(a: number, b: number, result: number): void {
  if (intSign(b) < 0) raiseValueError('negative shift count');
  const count = safeAt(b);
  const x = safeAt(a);
  if (x === 0) {
    setSmallInt(result, 0);
    return;
  }
  if (count <= 53) {
    const shifted = count < 31 ? x * (1 << count) : x * powerOfTwo(count);
    if (shifted >= -SAFE && shifted <= SAFE) {
      setInt(result, shifted);
      return;
    }
    if (shifted > -MAX_PRODUCT && shifted < MAX_PRODUCT) {
      // Below 2**63: a safe integer times a power of two is exact as a double.
      setInt(result, shifted);
      return;
    }
  }
  if (!(count <= 2 ** 60)) raiseTooManyDigits();
  const value = bigIntAt(a);
  if (count + bitLengthOf(value) > MAX_BITS) raise(T.MemoryError, '');
  setBigInt(result, value << BigInt(count));
}

export function intRightShift(a: number, b: number, result: number): void {
  if (intSign(b) < 0) raiseValueError('negative shift count');
  const count = safeAt(b);
  const x = safeAt(a);
  if (x === x) {
    if (count < 32 && (x | 0) === x) setSmallInt(result, x >> count);
    else if (count <= 53) setInt(result, Math.floor(x / powerOfTwo(count)));
    else setSmallInt(result, x < 0 ? -1 : 0);
    return;
  }
  if (loadInt64(a)) {
    const low = int64Low;
    const high = int64High;
    if (!(count < 64)) setSmallInt(result, high < 0 ? -1 : 0);
    else if (count >= 32) setSmallInt(result, high >> (count - 32));
    else if (count === 0) copyAsInt(result, a);
    else setInt64(result, (low >>> count) | (high << (32 - count)), high >> count);
    return;
  }
  if (!(count <= MAX_BITS)) setSmallInt(result, intSign(a) < 0 ? -1 : 0);
  else setBigInt(result, bigIntAt(a) >> BigInt(count));
}

/** and, or, xor. */
export function intBitwise(operator: BinaryOperator, a: number, b: number, result: number): void {
  if (isImmediateInt(a) && isImmediateInt(b)) {
    // 48-bit two's complement in both operands: the tag bits stay, whatever the operator.
    const lowA = words[a << 1];
    const lowB = words[b << 1];
    const highA = words[(a << 1) + 1];
    const highB = words[(b << 1) + 1];
    if (operator === BinaryOperator.and) {
      words[result << 1] = lowA & lowB;
      words[(result << 1) + 1] = highA & highB;
    } else if (operator === BinaryOperator.or) {
      words[result << 1] = lowA | lowB;
      words[(result << 1) + 1] = highA | highB;
    } else {
      words[result << 1] = lowA ^ lowB;
      words[(result << 1) + 1] = TAG_INT | ((highA ^ highB) & 0xffff);
    }
    return;
  }
  if (loadInt64(a)) {
    const low = int64Low;
    const high = int64High;
    if (loadInt64(b)) {
      if (operator === BinaryOperator.and) setInt64(result, low & int64Low, high & int64High);
      else if (operator === BinaryOperator.or) setInt64(result, low | int64Low, high | int64High);
      else setInt64(result, low ^ int64Low, high ^ int64High);
      return;
    }
  }
  const x = bigIntAt(a);
  const y = bigIntAt(b);
  if (operator === BinaryOperator.and) setBigInt(result, x & y);
  else if (operator === BinaryOperator.or) setBigInt(result, x | y);
  else setBigInt(result, x ^ y);
}

export function intNegate(a: number, result: number): void {
  const x = safeAt(a);
  if (x === x) setInt(result, -x);
  else setBigInt(result, -bigIntAt(a));
}

export function intInvert(a: number, result: number): void {
  const x = safeAt(a);
  if (x === x) setInt(result, -1 - x);
  else setBigInt(result, ~bigIntAt(a));
}

export function intAbsolute(a: number, result: number): void {
  if (intSign(a) < 0) intNegate(a, result);
  else copyAsInt(result, a);
}

/** Negative, 0 or positive as a < b, a == b, a > b, for two ints. */
export function intOrdering(a: number, b: number): number {
  const x = safeAt(a);
  const y = safeAt(b);
  if (x === x && y === y) return x < y ? -1 : x > y ? 1 : 0;
  if (loadInt64(a)) {
    const low = int64Low;
    const high = int64High;
    if (loadInt64(b)) {
      if (high !== int64High) return high < int64High ? -1 : 1;
      return low === int64Low ? 0 : low >>> 0 < int64Low >>> 0 ? -1 : 1;
    }
  }
  const bigX = bigIntAt(a);
  const bigY = bigIntAt(b);
  return bigX < bigY ? -1 : bigX > bigY ? 1 : 0;
}

export function intCompare(operator: CompareOperator, a: number, b: number): boolean {
  return orderingMatches(operator, intOrdering(a, b));
}

export function intEquals(a: number, b: number): boolean {
  if (isImmediateInt(a) && isImmediateInt(b)) {
    return words[a << 1] === words[b << 1] && words[(a << 1) + 1] === words[(b << 1) + 1];
  }
  return intOrdering(a, b) === 0;
}

/** int <operator> float, exactly: no rounding of either. */
export function intFloatCompare(operator: CompareOperator, a: number, float: number): boolean {
  if (float !== float) return operator === CompareOperator.notEqual;
  const x = safeAt(a);
  if (x === x) return orderingMatches(operator, x < float ? -1 : x > float ? 1 : 0);
  // JavaScript compares a BigInt and a number by their mathematical values.
  const big = bigIntAt(a);
  return orderingMatches(operator, big < float ? -1 : big > float ? 1 : 0);
}

/** True if the int is not 0. */
export function intTruth(a: number): boolean {
  return safeAt(a) !== 0;
}

/** Bits of the absolute value. */
export function intBitLength(a: number): number {
  return bitLengthOf(bigIntAt(a));
}

/** True if the object in the slot is an int whose value is a BigInt (for tests and the JIT's statistics). */
export function isBigForm(slot: number): boolean {
  return !isImmediateInt(slot) && words[(refAt(slot) << 1) + IntObject.form] === IntForm.big;
}
