/**
 * Python's numeric hash: every number's value modulo the prime 2**61 - 1, so that equal numbers of different types hash
 * alike. Results are 64 bits wide; they are left in `hashLow` and `hashHigh` (two's complement words), because a
 * JavaScript number cannot hold them and a BigInt would be an allocation. Dicts use 32 bits of them (foldHash).
 */

export let hashLow = 0;
export let hashHigh = 0;

/**
 * The 32 bits of a 64-bit hash that dicts use. A hash that fits in 32 bits stays as it is; of others every bit counts
 * (the low word of a float's hash alone often is zero, or its integer part).
 */
export function foldHash(low: number, high: number): number {
  const rest = high ^ (low >> 31);
  if (rest === 0) return low;
  const mixed = Math.imul(rest ^ (rest >>> 15), 0x9e3779b1);
  return low ^ mixed ^ (mixed >>> 13);
}

export const HASH_INFINITY = 314159;
const MODULUS = (1n << 61n) - 1n;

function setHash(low: number, high: number): void {
  hashLow = low;
  hashHigh = high;
}

/** Negates the hash if asked to, and replaces -1, which CPython reserves, by -2. */
function finish(low: number, high: number, negative: boolean): void {
  if (negative) {
    low = -low | 0;
    high = (low === 0 ? -high : ~high) | 0;
  }
  if (low === -1 && high === -1) low = -2;
  setHash(low, high);
}

/** Hash of an integral number of magnitude below 2**53. */
export function hashSafeInteger(value: number): void {
  if (value === -1) setHash(-2, -1);
  else setHash(value | 0, Math.floor(value / 4294967296) | 0);
}

export function hashBigInt(value: bigint): void {
  const negative = value < 0n;
  const rest = (negative ? -value : value) % MODULUS;
  finish(Number(rest & 0xffffffffn) | 0, Number(rest >> 32n) | 0, negative);
}

/** A double's bits: low word, high word (both supported processors are little-endian). */
const double = new Float64Array(1);
const doubleWords = new Int32Array(double.buffer);

/** Hash of a double. NaN hashes as 0: floats have no identity here that could be hashed instead. */
export function hashDouble(value: number): void {
  if (Number.isSafeInteger(value)) {
    hashSafeInteger(value);
    return;
  }
  if (!Number.isFinite(value)) {
    if (value !== value) setHash(0, 0);
    else finish(HASH_INFINITY, 0, value < 0);
    return;
  }
  // value = mantissa * 2**exponent; 2**61 is 1 modulo the prime, so multiplying by a power of two rotates 61 bits.
  double[0] = value;
  const biased = (doubleWords[1] >>> 20) & 0x7ff;
  let low = doubleWords[0];
  let high = (doubleWords[1] & 0xfffff) | (biased === 0 ? 0 : 0x100000);
  const exponent = (biased === 0 ? 1 : biased) - 1075;
  let rotation = exponent % 61;
  if (rotation < 0) rotation += 61;
  while (rotation > 0) {
    const step = rotation < 29 ? rotation : 28;
    const carry = high >>> (29 - step);
    high = ((high << step) | (low >>> (32 - step))) & 0x1fffffff;
    low = (low << step) | carry;
    rotation -= step;
  }
  finish(low, high, value < 0);
}
