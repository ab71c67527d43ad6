/**
 * gamma, lgamma, erf and erfc, which JavaScript lacks: Stirling's series and the classical series and continued fraction
 * of the error function, summed in pairs of doubles so that the results are good to the last digit.
 */
import { add, divide, multiply, pair, product } from '../objects/double-double.ts';
import { expOfPair, loadExp, loadLog } from '../objects/elementary.ts';

/** log(sqrt(2 pi)) */
const LOG_ROOT_TWO_PI = [0.9189385332046728, -3.8782941580672414e-17];
const LOG_PI = [1.1447298858494002, 1.0265951162707826e-17];
/** 1 / sqrt(pi) */
const INVERSE_ROOT_PI = [0.5641895835477563, 7.66772980658294e-18];

/** Stirling's series is used from here on; smaller arguments are shifted up. */
const LARGE = 25;

/** log gamma(x) for x >= LARGE as a pair. */
function stirling(x: number, xLow: number): void {
  loadLog(x);
  const logHigh = pair[0];
  const logLow = pair[1] + xLow / x;
  add(x, xLow, -0.5, 0);
  multiply(pair[0], pair[1], logHigh, logLow);
  add(pair[0], pair[1], -x, -xLow);
  add(pair[0], pair[1], LOG_ROOT_TWO_PI[0], LOG_ROOT_TWO_PI[1]);
  const high = pair[0];
  const low = pair[1];
  divide(1 / 12, 4.625929269271485e-18, x, xLow);
  const w = 1 / (x * x);
  const tail =
    -(1 / 360 - w * (1 / 1260 - w * (1 / 1680 - w * (1 / 1188 - w * (691 / 360360 - w * (1 / 156)))))) * (w / x);
  add(pair[0], pair[1] + tail, high, low);
}

/** sin(pi x) for any finite x. */
function sinPi(x: number): number {
  let rest = Math.abs(x) % 2;
  const sign = (x < 0 ? -1 : 1) * (rest >= 1 ? -1 : 1);
  if (rest >= 1) rest -= 1;
  if (rest > 0.5) rest = 1 - rest;
  return sign * (rest < 0.25 ? Math.sin(Math.PI * rest) : Math.cos(Math.PI * (0.5 - rest)));
}

/** Shift of an argument below LARGE: the product x (x + 1) ... in `pair`, and how many factors it has. */
function risingProduct(x: number): number {
  let high = 1;
  let low = 0;
  let count = 0;
  for (let factor = x; factor < LARGE; factor = x + count) {
    // x + count may round; the pair keeps what is lost.
    add(x, 0, count, 0);
    multiply(high, low, pair[0], pair[1]);
    high = pair[0];
    low = pair[1];
    count++;
  }
  pair[0] = high;
  pair[1] = low;
  return count;
}

/** gamma(x); NaN at the poles (0 and the negative integers), infinite beyond 171.6. */
export function gamma(x: number): number {
  if (x !== x || x === Infinity) return x;
  if (x === -Infinity || (x <= 0 && Number.isInteger(x))) return NaN;
  if (x > 171.7) return Infinity;
  if (Math.abs(x) < 1e-20) return 1 / x;
  if (x < 0) {
    if (x < -200) return Math.floor(x) % 2 === 0 ? 0 : -0;
    // Reflection; log for the denominator's size, as gamma(1 - x) alone may overflow.
    const sine = sinPi(x);
    const size = lgammaPair(1 - x);
    const sizeLow = pair[1];
    loadLog(Math.abs(sine));
    const sineHigh = pair[0];
    const sineLow = pair[1];
    add(LOG_PI[0], LOG_PI[1], -size, -sizeLow);
    add(pair[0], pair[1], -sineHigh, -sineLow);
    const value = expOfPair(pair[0], pair[1]);
    return sine < 0 ? -value : value;
  }
  if (Number.isInteger(x)) {
    let factorial = 1n;
    for (let i = 2n; i < BigInt(x); i++) factorial *= i;
    return Number(factorial);
  }
  const count = risingProduct(x);
  const productHigh = pair[0];
  const productLow = pair[1];
  add(x, 0, count, 0);
  stirling(pair[0], pair[1]);
  if (count === 0) return expOfPair(pair[0], pair[1]);
  loadExp(pair[0], pair[1]);
  divide(pair[0], pair[1], productHigh, productLow);
  return pair[0];
}

/** log gamma(x) for x > 0 in `pair`; returns the high part. */
function lgammaPair(x: number): number {
  const count = risingProduct(x);
  const productHigh = pair[0];
  add(x, 0, count, 0);
  stirling(pair[0], pair[1]);
  if (count > 0) {
    const high = pair[0];
    const low = pair[1];
    loadLog(productHigh);
    add(high, low, -pair[0], -pair[1]);
  }
  return pair[0];
}

/** log |gamma(x)|; infinite at the poles. */
export function lgamma(x: number): number {
  if (x !== x) return x;
  if (!Number.isFinite(x)) return Infinity;
  if (x <= 0 && Number.isInteger(x)) return Infinity;
  if (x === 1 || x === 2) return 0;
  if (Math.abs(x) < 1e-20) return -Math.log(Math.abs(x));
  if (x > 0) return x > 1e17 ? x * (Math.log(x) - 1) : lgammaPair(x);
  const sine = Math.abs(sinPi(x));
  const size = lgammaPair(1 - x);
  const sizeLow = pair[1];
  loadLog(sine);
  add(LOG_PI[0], LOG_PI[1], -pair[0], -pair[1]);
  add(pair[0], pair[1], -size, -sizeLow);
  return pair[0];
}

/** erf(x) for 0 <= x < 3 as a pair: a series of positive terms. */
function erfPair(x: number): void {
  product(x, x);
  const squareHigh = pair[0];
  const squareLow = pair[1];
  let termHigh = x;
  let termLow = 0;
  let sumHigh = x;
  let sumLow = 0;
  for (let n = 1; n < 200; n++) {
    multiply(termHigh, termLow, squareHigh, squareLow);
    divide(2 * pair[0], 2 * pair[1], 2 * n + 1, 0);
    termHigh = pair[0];
    termLow = pair[1];
    add(sumHigh, sumLow, termHigh, termLow);
    sumHigh = pair[0];
    sumLow = pair[1];
    if (termHigh < sumHigh * 1e-26) break;
  }
  loadExp(-squareHigh, -squareLow);
  multiply(pair[0], pair[1], sumHigh, sumLow);
  multiply(pair[0], pair[1], 2 * INVERSE_ROOT_PI[0], 2 * INVERSE_ROOT_PI[1]);
}

/** erfc(x) for x >= 2: exp(-x*x) times a continued fraction. */
function erfcLarge(x: number): number {
  if (x > 27.5) return 0;
  product(x, x);
  const squareHigh = pair[0];
  const squareLow = pair[1];
  let high = x;
  let low = 0;
  for (let n = Math.ceil(30 + 500 / squareHigh); n > 0; n--) {
    divide(n / 2, 0, high, low);
    add(x, 0, pair[0], pair[1]);
    high = pair[0];
    low = pair[1];
  }
  divide(INVERSE_ROOT_PI[0], INVERSE_ROOT_PI[1], high, low);
  const fractionHigh = pair[0];
  const fractionLow = pair[1];
  if (squareHigh > 690) return expOfPair(-squareHigh + Math.log(fractionHigh), -squareLow);
  loadExp(-squareHigh, -squareLow);
  multiply(pair[0], pair[1], fractionHigh, fractionLow);
  return pair[0];
}

export function erf(x: number): number {
  if (x !== x) return x;
  const size = Math.abs(x);
  let value: number;
  if (size < 1e-150) value = size * (2 * INVERSE_ROOT_PI[0]);
  else if (size < 3) {
    erfPair(size);
    value = pair[0];
  } else value = size > 6 ? 1 : 1 - erfcLarge(size);
  return x < 0 || Object.is(x, -0) ? -value : value;
}

export function erfc(x: number): number {
  if (x !== x) return x;
  if (x >= 2) return erfcLarge(x);
  if (x < -2) return 2 - (x < -6.5 ? 0 : erfcLarge(-x));
  if (Math.abs(x) < 1e-150) return 1;
  erfPair(Math.abs(x));
  const sign = x < 0 ? 1 : -1;
  add(1, 0, sign * pair[0], sign * pair[1]);
  return pair[0];
}
