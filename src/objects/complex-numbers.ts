/**
 * Complex objects and their arithmetic. An object holds two doubles; results are new objects. Division and powers follow
 * the methods that CPython's results show (scaled division, polar powers, repeated multiplication for small integral
 * exponents).
 */
import { T } from '../heap/fixed.ts';
import { Complex, Kind, Type } from '../heap/layouts.ts';
import { cells, words } from '../heap/memory.ts';
import { isRef, refAt, setFloat, setRef } from '../heap/values.ts';
import { hypot, power } from './elementary.ts';
import { raiseOverflow, raiseZeroDivision } from './errors.ts';
import { floatRepr } from './float-format.ts';
import { hashDouble, hashHigh, hashLow } from './number-hash.ts';
import { allocateOfType } from './object-dicts.ts';

/** True for complex and instances of subclasses. */
export function isComplex(slot: number): boolean {
  return isRef(slot) && words[(words[refAt(slot) << 1] << 1) + Type.kind] === Kind.complex;
}
export function realPart(ref: number): number {
  return cells[ref + (Complex.real >> 1)];
}
export function imaginaryPart(ref: number): number {
  return cells[ref + (Complex.imag >> 1)];
}

export function newComplex(real: number, imaginary: number): number {
  return newComplexOfType(T.complex, real, imaginary);
}
/** An instance of complex or of a subclass. */
export function newComplexOfType(type: number, real: number, imaginary: number): number {
  const ref = allocateOfType(type, 3);
  words[(ref << 1) + Complex.aux] = 0;
  setFloat(ref + (Complex.real >> 1), real);
  setFloat(ref + (Complex.imag >> 1), imaginary);
  return ref;
}
export function setComplex(result: number, real: number, imaginary: number): void {
  setRef(result, newComplex(real, imaginary));
}

const isInfinite = (x: number): boolean => x === Infinity || x === -Infinity;
const withSign = (size: number, sign: number): number => (sign < 0 || Object.is(sign, -0) ? -size : size);
/** An infinite part as +-1, a finite one as +-0: the direction of an infinite complex number. */
const direction = (x: number): number => withSign(isInfinite(x) ? 1 : 0, x);
const zeroForNaN = (x: number): number => (x !== x ? 0 : x);

/** (a + bi) * (c + di) into a slot. An infinite operand's product is infinite even where the formula gives NaN (C99). */
export function setComplexProduct(a: number, b: number, c: number, d: number, result: number): void {
  const x = a * c - b * d;
  const y = a * d + b * c;
  if (x !== x && y !== y) {
    let [p, q, r, s] = [a, b, c, d];
    let infinite = false;
    if (isInfinite(p) || isInfinite(q)) {
      [p, q, r, s] = [direction(p), direction(q), zeroForNaN(r), zeroForNaN(s)];
      infinite = true;
    }
    if (isInfinite(r) || isInfinite(s)) {
      [r, s, p, q] = [direction(r), direction(s), zeroForNaN(p), zeroForNaN(q)];
      infinite = true;
    }
    if (!infinite && (isInfinite(a * c) || isInfinite(b * d) || isInfinite(a * d) || isInfinite(b * c))) {
      [p, q, r, s] = [zeroForNaN(p), zeroForNaN(q), zeroForNaN(r), zeroForNaN(s)];
      infinite = true;
    }
    if (infinite) {
      setComplex(result, Infinity * (p * r - q * s), Infinity * (p * s + q * r));
      return;
    }
  }
  setComplex(result, x, y);
}

/** (a + bi) / (c + di) into a slot. */
export function setComplexQuotient(a: number, b: number, c: number, d: number, result: number): void {
  if (c === 0 && d === 0) raiseZeroDivision('division by zero');
  let x = NaN;
  let y = NaN;
  // Divide by the larger part first, so that no square overflows (Smith's method).
  if (Math.abs(c) >= Math.abs(d)) {
    const ratio = d / c;
    const denominator = c + d * ratio;
    x = (a + b * ratio) / denominator;
    y = (b - a * ratio) / denominator;
  } else if (Math.abs(d) >= Math.abs(c)) {
    const ratio = c / d;
    const denominator = c * ratio + d;
    x = (a * ratio + b) / denominator;
    y = (b * ratio - a) / denominator;
  }
  if (x !== x && y !== y) {
    if ((isInfinite(a) || isInfinite(b)) && Number.isFinite(c) && Number.isFinite(d)) {
      const [p, q] = [direction(a), direction(b)];
      x = Infinity * (p * c + q * d);
      y = Infinity * (q * c - p * d);
    } else if ((isInfinite(c) || isInfinite(d)) && Number.isFinite(a) && Number.isFinite(b)) {
      const [r, s] = [direction(c), direction(d)];
      x = 0 * (a * r + b * s);
      y = 0 * (b * r - a * s);
    }
  }
  setComplex(result, x, y);
}

/** a / (c + di) into a slot: the real number has no imaginary zero that could turn the sign of one. */
export function setRealQuotient(a: number, c: number, d: number, result: number): void {
  if (c === 0 && d === 0) raiseZeroDivision('division by zero');
  let x = NaN;
  let y = NaN;
  if (Math.abs(c) >= Math.abs(d)) {
    const ratio = d / c;
    const denominator = c + d * ratio;
    x = a / denominator;
    y = (-a * ratio) / denominator;
  } else if (Math.abs(d) >= Math.abs(c)) {
    const ratio = c / d;
    const denominator = c * ratio + d;
    x = (a * ratio) / denominator;
    y = -a / denominator;
  }
  if (x !== x && y !== y && Number.isFinite(a) && (isInfinite(c) || isInfinite(d))) {
    x = 0 * (a * direction(c));
    y = 0 * (-a * direction(d));
  }
  setComplex(result, x, y);
}

/** (a + bi) ** (c + di) into a slot. */
export function setComplexPower(a: number, b: number, c: number, d: number, result: number): void {
  if (d === 0 && Number.isInteger(c) && Math.abs(c) <= 100) {
    integralPower(a, b, c, result);
    return;
  }
  let real: number;
  let imaginary: number;
  if (c === 0 && d === 0) {
    real = 1;
    imaginary = 0;
  } else if (a === 0 && b === 0) {
    if (d !== 0 || c < 0) raiseZeroDivision('zero to a negative or complex power');
    real = 0;
    imaginary = 0;
  } else {
    const radius = hypot(a, b);
    let length = power(radius, c);
    const angle = Math.atan2(b, a);
    let phase = angle * c;
    if (d !== 0) {
      length *= Math.exp(-angle * d);
      phase += d * Math.log(radius);
    }
    real = length * Math.cos(phase);
    imaginary = length * Math.sin(phase);
  }
  checkOverflow(real, imaginary, a, b, c, d);
  setComplex(result, real, imaginary);
}

function checkOverflow(real: number, imaginary: number, a: number, b: number, c: number, d: number): void {
  const infinite = !Number.isFinite(real) || !Number.isFinite(imaginary);
  if (infinite && Number.isFinite(a) && Number.isFinite(b) && Number.isFinite(c) && Number.isFinite(d)) {
    raiseOverflow('complex exponentiation');
  }
}

/** By squaring, as results of small integral exponents are exact where they can be. */
function integralPower(a: number, b: number, exponent: number, result: number): void {
  let count = Math.abs(exponent);
  let real = 1;
  let imaginary = 0;
  let squareReal = a;
  let squareImaginary = b;
  while (count > 0) {
    if (count & 1) {
      const next = real * squareReal - imaginary * squareImaginary;
      imaginary = real * squareImaginary + imaginary * squareReal;
      real = next;
    }
    count >>= 1;
    if (count === 0) break;
    const next = squareReal * squareReal - squareImaginary * squareImaginary;
    squareImaginary = 2 * squareReal * squareImaginary;
    squareReal = next;
  }
  if (exponent < 0) {
    if (real === 0 && imaginary === 0) raiseZeroDivision('zero to a negative or complex power');
    setComplexQuotient(1, 0, real, imaginary, result);
    return;
  }
  checkOverflow(real, imaginary, a, b, exponent, 0);
  setComplex(result, real, imaginary);
}

/** repr of a part: like a float's, but a whole number has no '.0'. */
function partText(x: number): string {
  const text = floatRepr(x);
  return text.endsWith('.0') ? text.slice(0, -2) : text;
}

export function complexRepr(real: number, imaginary: number): string {
  const part = partText(imaginary);
  if (real === 0 && !Object.is(real, -0)) return `${part}j`;
  return `(${partText(real)}${part[0] === '-' ? '' : '+'}${part}j)`;
}

/** Leaves the hash of a complex number in `complexHashLow` and `complexHashHigh`. */
export let complexHashLow = 0;
export let complexHashHigh = 0;
export function hashComplex(real: number, imaginary: number): void {
  hashDouble(imaginary);
  const imaginaryHash = (BigInt(hashHigh) << 32n) | BigInt(hashLow >>> 0);
  hashDouble(real);
  const realHash = (BigInt(hashHigh) << 32n) | BigInt(hashLow >>> 0);
  let hash = BigInt.asIntN(64, realHash + 1000003n * imaginaryHash);
  if (hash === -1n) hash = -2n;
  complexHashLow = Number(BigInt.asIntN(32, hash));
  complexHashHigh = Number(hash >> 32n);
}
