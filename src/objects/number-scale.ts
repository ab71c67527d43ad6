/**
 * Scaling of doubles by powers of two (C's ldexp), which neither JavaScript's operators nor its Math have in one step,
 * and the correctly rounded quotient of two large integers.
 */
import { bitLengthOf } from './bigints.ts';

const view = new Float64Array(1);
const viewWords = new Int32Array(view.buffer);

/** 2**exponent for -1022 <= exponent <= 1023, built from its bits: `**` is a call of the library's pow. */
export function powerOfTwo(exponent: number): number {
  viewWords[1] = (exponent + 1023) << 20;
  viewWords[0] = 0;
  return view[0];
}

/** x * 2**exponent, rounded once. */
export function scaleByPowerOfTwo(x: number, exponent: number): number {
  if (exponent >= -1022 && exponent <= 1023) return x * powerOfTwo(exponent);
  let power = exponent;
  let scaled = x;
  while (power > 1023 && Number.isFinite(scaled) && scaled !== 0) {
    scaled *= 2 ** 1023;
    power -= 1023;
  }
  // Steps of 2**-969 leave 53 bits above the subnormals: what they round would end as zero anyway.
  while (power < -1022 && scaled !== 0) {
    scaled *= 2 ** -969;
    power += 969;
  }
  if (power > 1023 || power < -1022) return scaled;
  return scaled * powerOfTwo(power);
}

/** x / y correctly rounded (half to even), infinite if it exceeds the doubles; y is not 0. */
export function divideBigInts(x: bigint, y: bigint): number {
  if (x === 0n) return y < 0n ? -0 : 0;
  const negative = x < 0n !== y < 0n;
  const dividend = x < 0n ? -x : x;
  const divisor = y < 0n ? -y : y;
  // A quotient of 64 bits or more, its lowest bit made sticky, rounds like the exact one; but no bits below those of
  // the smallest double (and two more) may be kept, or the result would be rounded twice.
  let scale = 66 - (bitLengthOf(dividend) - bitLengthOf(divisor));
  if (scale > 1076) scale = 1076;
  if (scale < -1100) return negative ? -Infinity : Infinity;
  const shiftedDividend = scale > 0 ? dividend << BigInt(scale) : dividend;
  const shiftedDivisor = scale < 0 ? divisor << BigInt(-scale) : divisor;
  let quotient = shiftedDividend / shiftedDivisor;
  if (quotient * shiftedDivisor !== shiftedDividend) quotient |= 1n;
  let rounded: number;
  if (scale === 1076 && quotient < 1n << 54n) {
    // A subnormal result: round to units of 2**-1074 here, because the conversion to a double would round once more.
    const rest = quotient & 3n;
    let units = quotient >> 2n;
    if (rest === 3n || (rest === 2n && (units & 1n) === 1n)) units++;
    rounded = Number(units) * Number.MIN_VALUE;
  } else rounded = scaleByPowerOfTwo(Number(quotient), -scale);
  return negative ? -rounded : rounded;
}
