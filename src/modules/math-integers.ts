/** The functions of math over ints: factorial, gcd, lcm, isqrt, comb, perm. Exact; doubles while they suffice. */
import { Fixed, T } from '../heap/fixed.ts';
import { Tuple } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isRef, refAt, setSmallInt } from '../heap/values.ts';
import { bitLengthOf } from '../objects/bigints.ts';
import { raise, raiseOverflow, raiseValueError } from '../objects/errors.ts';
import { intAbsolute } from '../objects/int-arithmetic.ts';
import { bigIntAt, index, intSign, safeAt, setBigInt, setInt } from '../objects/integers.ts';
import { natives } from '../objects/natives.ts';
import { tupleItem } from '../objects/tuples.ts';

/** Product of the integers from `first` to `last`, balanced so that the multiplications are of equal sizes. */
function rangeProduct(first: number, last: number): bigint {
  if (first > last) return 1n;
  if (last - first < 8) {
    let value = BigInt(first);
    for (let i = first + 1; i <= last; i++) value *= BigInt(i);
    return value;
  }
  const middle = Math.floor((first + last) / 2);
  return rangeProduct(first, middle) * rangeProduct(middle + 1, last);
}

const smallFactorials: number[] = [1];
for (let i = 1; i <= 18; i++) smallFactorials.push(smallFactorials[i - 1] * i);

function factorial(slot: number, result: number): void {
  const n = safeAt(slot);
  if (intSign(slot) < 0) raiseValueError('factorial() not defined for negative values');
  if (!(n <= 2147483647)) raiseOverflow('factorial() argument should not exceed 2147483647');
  if (n <= 18) setInt(result, smallFactorials[n]);
  else if (n > 50_000_000) raise(T.MemoryError, '');
  else setBigInt(result, rangeProduct(2, n));
}

function gcdNumbers(a: number, b: number): number {
  let x = Math.abs(a);
  let y = Math.abs(b);
  while (y !== 0) {
    const rest = x % y;
    x = y;
    y = rest;
  }
  return x;
}
function gcdBig(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b < 0n ? -b : b;
  while (y > 9007199254740991n) {
    const rest = x % y;
    x = y;
    y = rest;
  }
  if (y === 0n) return x;
  return BigInt(gcdNumbers(Number(y), Number(x % y)));
}

/** accumulator = gcd(accumulator, value), both plain ints. */
function accumulateGcd(accumulator: number, value: number): void {
  const x = safeAt(accumulator);
  const y = safeAt(value);
  if (x === x && y === y) setInt(accumulator, gcdNumbers(x, y));
  else setBigInt(accumulator, gcdBig(bigIntAt(accumulator), bigIntAt(value)));
}

function accumulateLcm(accumulator: number, value: number): void {
  const x = bigIntAt(accumulator);
  const y = bigIntAt(value);
  if (x === 0n || y === 0n) setSmallInt(accumulator, 0);
  else {
    const multiple = (x / gcdBig(x, y)) * y;
    setBigInt(accumulator, multiple < 0n ? -multiple : multiple);
  }
}

/** Folds the ints of a tuple; may call `__index__`. */
function fold(
  args: number,
  initial: number,
  accumulate: (accumulator: number, value: number) => void,
  result: number,
): void {
  const slots = pushSlots(2);
  setSmallInt(slots, initial);
  const tuple = refAt(args);
  const count = words[(tuple << 1) + Tuple.size];
  for (let i = 0; i < count; i++) {
    index(tupleItem(tuple, i), slots + 1);
    if (i === 0) intAbsolute(slots + 1, slots);
    else accumulate(slots, slots + 1);
  }
  copyValue(result, slots);
  popSlots(2);
}

/** Integer square root of a BigInt >= 0: Newton from above. */
export function bigSquareRoot(value: bigint): bigint {
  if (value < 4503599627370496n) return BigInt(Math.floor(Math.sqrt(Number(value))));
  const bits = bitLengthOf(value);
  let root: bigint;
  if (bits <= 1000) root = BigInt(Math.ceil(Math.sqrt(Number(value)))) + (1n << BigInt(Math.max(0, (bits >> 1) - 50)));
  else {
    // The root of the upper half gives half the bits of the whole one.
    const shift = bits >> 2;
    root = (bigSquareRoot(value >> BigInt(2 * shift)) + 1n) << BigInt(shift);
  }
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** n and k of comb and perm as plain ints in two slots; ValueErrors for negative ones. */
function readCounts(args: number, slots: number): void {
  index(args, slots);
  index(args + 1, slots + 1);
  if (intSign(slots) < 0) raiseValueError('n must be a non-negative integer');
  if (intSign(slots + 1) < 0) raiseValueError('k must be a non-negative integer');
}

/** n (n - 1) ... (n - k + 1). */
function fallingProduct(n: bigint, k: number): bigint {
  if (k === 0) return 1n;
  if (k <= 8) {
    let value = n;
    for (let i = 1; i < k; i++) value *= n - BigInt(i);
    return value;
  }
  const half = k >> 1;
  return fallingProduct(n, half) * fallingProduct(n - BigInt(half), k - half);
}

natives('math', {
  'factorial(n, /)': (args, result) => {
    const slot = pushSlots(1);
    index(args, slot);
    factorial(slot, result);
    popSlots(1);
  },
  'gcd(*integers)': (args, result) => fold(args, 0, accumulateGcd, result),
  'lcm(*integers)': (args, result) => fold(args, 1, accumulateLcm, result),
  'isqrt(n, /)': (args, result) => {
    const slot = pushSlots(1);
    index(args, slot);
    if (intSign(slot) < 0) raiseValueError('isqrt() argument must be nonnegative');
    const safe = safeAt(slot);
    if (safe < 4503599627370496) setInt(result, Math.floor(Math.sqrt(safe)));
    else setBigInt(result, bigSquareRoot(bigIntAt(slot)));
    popSlots(1);
  },
  'comb(n, k, /)': (args, result) => {
    const slots = pushSlots(2);
    readCounts(args, slots);
    const n = bigIntAt(slots);
    let k = bigIntAt(slots + 1);
    if (k > n) setSmallInt(result, 0);
    else {
      if (n - k < k) k = n - k;
      if (k > (1n << 63n) - 1n) raiseOverflow('min(n - k, k) must not exceed 9223372036854775807');
      if (k > 100_000_000n) raise(T.MemoryError, '');
      const count = Number(k);
      let value = 1;
      const small = n <= 9007199254740991n ? Number(n) : Infinity;
      let i = 0;
      // Every partial product is a binomial coefficient, so the division is exact while the product is.
      for (; i < count; i++) {
        const next = value * (small - i);
        if (!(next <= 9007199254740991)) break;
        value = next / (i + 1);
      }
      if (i === count) setInt(result, value);
      else setBigInt(result, fallingProduct(n, count) / rangeProduct(2, count));
    }
    popSlots(2);
  },
  'perm(n, k=None, /)': (args, result) => {
    const slots = pushSlots(2);
    if (isRef(args + 1) && refAt(args + 1) === Fixed.none) {
      index(args, slots);
      factorial(slots, result);
    } else {
      readCounts(args, slots);
      const n = bigIntAt(slots);
      const k = bigIntAt(slots + 1);
      if (k > n) setSmallInt(result, 0);
      else {
        if (k > (1n << 63n) - 1n) raiseOverflow('k must not exceed 9223372036854775807');
        if (k > 100_000_000n) raise(T.MemoryError, '');
        setBigInt(result, fallingProduct(n, Number(k)));
      }
    }
    popSlots(2);
  },
});
