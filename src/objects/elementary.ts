/**
 * Elementary functions of doubles. JavaScript leaves their last digit to the engine; here exp, log, powers and norms are
 * computed with some 20 bits to spare and rounded once, so that they agree with a good C library (and so with CPython).
 * Sine and its kin are the engine's: V8 and C libraries use the same algorithms for these.
 *
 * C's rules for special values; nothing raises.
 */
import { add, divide, multiply, pair, product, squareRoot, sum } from './double-double.ts';
import { powerOfTwo, scaleByPowerOfTwo } from './number-scale.ts';

const LN2 = [Math.LN2, 2.3190468138462996e-17];
const LN10 = [Math.LN10, -2.1707562233822494e-16];

/** exp's argument is reduced to a multiple of ln 2 / STEPS. */
const STEPS = 64;
/** Pairs 2**(i / STEPS), filled on first use. */
const roots = new Float64Array(2 * STEPS);

function fillRoots(): void {
  // 2**(1/64) by six square roots of 2, then all the others by multiplication.
  let high = 2;
  let low = 0;
  for (let i = 0; i < 6; i++) {
    squareRoot(high, low);
    high = pair[0];
    low = pair[1];
  }
  roots[0] = 1;
  for (let i = 1; i < STEPS; i++) {
    // Even powers by squaring, so that errors do not add up.
    const half = i >> 1;
    multiply(roots[2 * half], roots[2 * half + 1], roots[2 * half], roots[2 * half + 1]);
    if (i & 1) multiply(pair[0], pair[1], high, low);
    roots[2 * i] = pair[0];
    roots[2 * i + 1] = pair[1];
  }
}

/** exp(x + y) as a pair times 2**expScale; |x| < 1e6, y small beside it. */
let expScale = 0;
function expPair(x: number, y: number): void {
  if (roots[0] === 0) fillRoots();
  const n = Math.round(x * (STEPS / LN2[0]));
  const whole = Math.floor(n / STEPS);
  const index = n - whole * STEPS;
  product(n, LN2[0] / STEPS);
  const high = x - pair[0];
  const low = y - pair[1] - (n * LN2[1]) / STEPS;
  // exp(r) - 1 for |r| < 0.0055: only the first two terms need both parts.
  const r = high + low;
  const rest = low - (r - high);
  product(r, r);
  const cube = r * r * r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720 + r * (1 / 5040)))));
  const squareHigh = pair[0] / 2;
  const squareLow = pair[1] / 2 + r * rest + cube;
  add(r, rest, squareHigh, squareLow);
  add(1, 0, pair[0], pair[1]);
  multiply(pair[0], pair[1], roots[2 * index], roots[2 * index + 1]);
  expScale = whole;
}

export function exp(x: number): number {
  if (x !== x || x > 710) return x > 0 ? Infinity : x;
  if (x < -746) return 0;
  expPair(x, 0);
  return scaleByPowerOfTwo(pair[0] + pair[1], expScale);
}

export function exp2(x: number): number {
  if (Number.isInteger(x) && Math.abs(x) < 1100) return scaleByPowerOfTwo(1, x);
  if (x !== x || x > 1025) return x > 0 ? Infinity : x;
  if (x < -1076) return 0;
  multiply(x, 0, LN2[0], LN2[1]);
  expPair(pair[0], pair[1]);
  return scaleByPowerOfTwo(pair[0] + pair[1], expScale);
}

const view = new Float64Array(1);
const viewWords = new Int32Array(view.buffer);

/** Exponent taken out by `logPair`: x = m * 2**logScale with m between sqrt(1/2) and sqrt(2). */
let logScale = 0;
/** log(m) as a pair, for finite x > 0. */
function logMantissa(x: number): void {
  let scale = 0;
  let value = x;
  if (value < 2.2250738585072014e-308) {
    value *= 18014398509481984;
    scale = -54;
  }
  view[0] = value;
  scale += ((viewWords[1] >>> 20) & 0x7ff) - 1023;
  viewWords[1] = (viewWords[1] & 0xfffff) | 0x3ff00000;
  let m = view[0];
  if (m > Math.SQRT2) {
    m /= 2;
    scale++;
  }
  logScale = scale;
  if (m > 0.984375 && m < 1.015625) {
    // 2 artanh(f): the series converges fast, and is accurate relative to a small result.
    const d = m - 1;
    sum(2, d);
    divide(d, 0, pair[0], pair[1]);
    const fHigh = pair[0];
    const fLow = pair[1];
    const square = fHigh * fHigh;
    const tail = 2 * fHigh * square * (1 / 3 + square * (1 / 5 + square * (1 / 7 + square * (1 / 9 + square / 11))));
    add(2 * fHigh, 2 * fLow, tail, 0);
    return;
  }
  // One Newton step from the engine's logarithm: log m = y + log(m exp(-y)).
  const y = Math.log(m);
  expPair(-y, 0);
  const power = powerOfTwo(expScale);
  multiply(pair[0] * power, pair[1] * power, m, 0);
  const t = pair[0] - 1 + pair[1];
  sum(y, t - (t * t) / 2);
}

/** log(x) as a pair, for finite x > 0. */
function logPair(x: number): void {
  logMantissa(x);
  if (logScale === 0) return;
  const high = pair[0];
  const low = pair[1];
  product(logScale, LN2[0]);
  add(pair[0], pair[1] + logScale * LN2[1], high, low);
}

/** Natural logarithm; -Infinity at 0, NaN below. */
export function log(x: number): number {
  if (!(x > 0) || x === Infinity) return Math.log(x);
  if (x === 1) return 0;
  logPair(x);
  return pair[0];
}

export function log2(x: number): number {
  if (!(x > 0) || x === Infinity) return Math.log(x);
  logMantissa(x);
  divide(pair[0], pair[1], LN2[0], LN2[1]);
  add(logScale, 0, pair[0], pair[1]);
  return pair[0];
}

export function log10(x: number): number {
  if (!(x > 0) || x === Infinity) return Math.log(x);
  logPair(x);
  divide(pair[0], pair[1], LN10[0], LN10[1]);
  return pair[0];
}

/** Exponents that are multiples of one half up to this many halves are done by multiplication. */
const MAX_HALVES = 64;

/** x ** y by C's rules for the special cases. */
export function power(x: number, y: number): number {
  if (y === 2) return x * x;
  if (y === 1) return x;
  if (y === 0 || x === 1) return 1;
  if (y === -1) return 1 / x;
  if (y === 0.5 && x >= 0) return x === 0 ? 0 : Math.sqrt(x);
  if (!Number.isFinite(x) || !Number.isFinite(y) || x === 0) return x === -1 && y === y ? 1 : x ** y;
  const size = Math.abs(x);
  if (x < 0 && !Number.isInteger(y)) return NaN;
  const negative = x < 0 && Math.abs(y) % 2 === 1;
  const result = positivePower(size, y);
  return negative ? -result : result;
}

function positivePower(x: number, y: number): number {
  const halves = Math.abs(y) * 2;
  const estimate = Math.log2(x) * y;
  if (halves <= MAX_HALVES && Number.isInteger(halves) && Math.abs(estimate) < 900 && Math.abs(Math.log2(x)) < 450) {
    return halfIntegerPower(x, halves, y < 0);
  }
  if (estimate > 1025) return Infinity;
  if (estimate < -1080) return 0;
  logPair(x);
  multiply(pair[0], pair[1], y, 0);
  expPair(pair[0], pair[1]);
  return scaleByPowerOfTwo(pair[0] + pair[1], expScale);
}

/** x ** (halves / 2), inverted if `inverse`: multiplications in pairs, exact where the result is. */
function halfIntegerPower(x: number, halves: number, inverse: boolean): number {
  let squareHigh = x;
  let squareLow = 0;
  let high = 1;
  let low = 0;
  if (halves & 1) {
    squareRoot(x, 0);
    high = pair[0];
    low = pair[1];
  }
  for (let rest = halves >> 1; rest > 0; ) {
    if (rest & 1) {
      multiply(high, low, squareHigh, squareLow);
      high = pair[0];
      low = pair[1];
    }
    rest >>= 1;
    if (rest === 0) break;
    multiply(squareHigh, squareLow, squareHigh, squareLow);
    squareHigh = pair[0];
    squareLow = pair[1];
  }
  if (!inverse) return high + low;
  divide(1, 0, high, low);
  return pair[0] + pair[1];
}

/** Euclidean length: one rounding, no overflow on the way. `largest` is the largest of the magnitudes. */
export function norm(values: ArrayLike<number>, largest: number): number {
  if (largest === 0 || largest === Infinity || largest !== largest) return largest;
  view[0] = largest;
  const exponent = ((viewWords[1] >>> 20) & 0x7ff) - 1023;
  if (exponent === -1023) {
    // Subnormal: make everything larger first.
    const scaled = Array.from(values, (value) => value * 2 ** 600);
    return norm(scaled, largest * 2 ** 600) / 2 ** 600;
  }
  const scale = powerOfTwo(Math.min(-exponent, 1000));
  let high = 0;
  let low = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] * scale;
    product(value, value);
    add(high, low, pair[0], pair[1]);
    high = pair[0];
    low = pair[1];
  }
  squareRoot(high, low);
  return pair[0] / scale;
}

/** sqrt(x*x + y*y). */
export function hypot(x: number, y: number): number {
  const a = Math.abs(x);
  const b = Math.abs(y);
  if (a === Infinity || b === Infinity) return Infinity;
  if (b === 0) return a;
  if (a === 0) return b;
  const largest = Math.max(a, b);
  // halves, where the sum of the squares of the mantissas would overflow on its way back
  return largest < 2 ** 1020 ? norm([a, b], largest) : norm([a / 4, b / 4], largest / 4) * 4;
}

/** Leaves log(x) for finite x > 0 in `pair`. */
export function loadLog(x: number): void {
  if (x === 1) {
    pair[0] = 0;
    pair[1] = 0;
  } else logPair(x);
}

/** exp(high + low) for a pair; not scaled down further than doubles go. */
export function expOfPair(high: number, low: number): number {
  if (high > 710) return Infinity;
  if (high < -750) return 0;
  expPair(high, low);
  return scaleByPowerOfTwo(pair[0] + pair[1], expScale);
}

/** Leaves exp(high + low) in `pair`, for results far from the ends of the range. */
export function loadExp(high: number, low: number): void {
  expPair(high, low);
  const scale = powerOfTwo(expScale);
  pair[0] *= scale;
  pair[1] *= scale;
}
