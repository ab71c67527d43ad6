/**
 * Arithmetic with pairs of doubles (a high part and a low part, about 106 bits), for functions whose last digit must be
 * right. Results are left in `pair[0]` and `pair[1]`: a typed array, because a store of a double into a variable of a
 * module would allocate.
 */

export const pair = new Float64Array(2);

/** 2**27 + 1: splits a double into two halves of 26 bits. */
const SPLITTER = 134217729;

/** a + b exactly. */
export function sum(a: number, b: number): void {
  const s = a + b;
  const t = s - a;
  pair[0] = s;
  pair[1] = a - (s - t) + (b - t);
}
/** a * b exactly (barring overflow and underflow). */
export function product(a: number, b: number): void {
  const p = a * b;
  const a1 = SPLITTER * a;
  const aHigh = a1 - (a1 - a);
  const aLow = a - aHigh;
  const b1 = SPLITTER * b;
  const bHigh = b1 - (b1 - b);
  const bLow = b - bHigh;
  pair[0] = p;
  pair[1] = aHigh * bHigh - p + aHigh * bLow + aLow * bHigh + aLow * bLow;
}
export function add(aHigh: number, aLow: number, bHigh: number, bLow: number): void {
  const s = aHigh + bHigh;
  const t = s - aHigh;
  const error = aHigh - (s - t) + (bHigh - t) + (aLow + bLow);
  const total = s + error;
  pair[0] = total;
  pair[1] = error - (total - s);
}
export function multiply(aHigh: number, aLow: number, bHigh: number, bLow: number): void {
  product(aHigh, bHigh);
  const p = pair[0];
  const error = pair[1] + (aHigh * bLow + aLow * bHigh);
  const total = p + error;
  pair[0] = total;
  pair[1] = error - (total - p);
}
export function divide(aHigh: number, aLow: number, bHigh: number, bLow: number): void {
  const quotient = aHigh / bHigh;
  product(quotient, bHigh);
  const rest = aHigh - pair[0] - pair[1] + aLow - quotient * bLow;
  const correction = rest / bHigh;
  const total = quotient + correction;
  pair[0] = total;
  pair[1] = correction - (total - quotient);
}
/** Square root of a pair. */
export function squareRoot(aHigh: number, aLow: number): void {
  const root = Math.sqrt(aHigh);
  if (root === 0 || root === Infinity) {
    pair[0] = root;
    pair[1] = 0;
    return;
  }
  product(root, root);
  const correction = (aHigh - pair[0] - pair[1] + aLow) / (2 * root);
  const total = root + correction;
  pair[0] = total;
  pair[1] = correction - (total - root);
}
