/**
 * The 64-bit hash of any value, left in two words (`hashLow`, `hashHigh`): what sets order their elements by, and what
 * the hashes of tuples and frozensets are computed from. The formulas for tuples and frozensets are CPython's, so that
 * sets of such things iterate in CPython's order too. Arithmetic modulo 2**64 is done on 32-bit halves: a BigInt would
 * be an allocation a step.
 */
import { Fixed, T } from '../heap/fixed.ts';
import { Kind, SetObject, Tuple, Type } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { floatAt, isFloat, isImmediateInt, TAG_REF } from '../heap/values.ts';
import { bigIntAt, int64High, int64Low, loadInt64 } from './integers.ts';
import { N } from './names.ts';
import * as numberHash from './number-hash.ts';
import { hashOf } from './operations.ts';
import { stringHash } from './strings.ts';
import { inheritsNative } from './types.ts';

/** The words of the hash that was computed last. */
export let hashLow = 0;
export let hashHigh = 0;

/** Hashes the value in `slot` into `hashLow`, `hashHigh`. May call Python; raises TypeError for the unhashable. */
export function hashValue(slot: number): void {
  const low = words[slot << 1];
  const high = words[(slot << 1) + 1];
  if (isImmediateInt(slot)) {
    hashLow = low;
    hashHigh = (high << 16) >> 16;
    if (low === -1 && hashHigh === -1) hashLow = -2;
    return;
  }
  if (isFloat(slot)) {
    numberHash.hashDouble(floatAt(slot));
    hashLow = numberHash.hashLow;
    hashHigh = numberHash.hashHigh;
    return;
  }
  const type = words[low << 1];
  if (high === TAG_REF && type === T.str) {
    hashLow = stringHash(low);
    hashHigh = hashLow >> 31;
  } else if (type === T.bool) {
    hashLow = low === Fixed.true ? 1 : 0;
    hashHigh = 0;
  } else if (type === T.tuple || isHashedAsTuple(type)) hashTuple(low);
  else if (type === T.frozenset) hashFrozenset(low);
  else {
    const result = pushSlots(1);
    hashOf(slot, result);
    setFromInt(result);
    popSlots(1);
  }
}

/** A subclass of tuple, a named one for example, that has tuple's own `__hash__`. */
function isHashedAsTuple(type: number): boolean {
  return words[(type << 1) + Type.kind] === Kind.tuple && inheritsNative(type, N.__hash__, T.tuple);
}

/** Takes over the hash that lies as an int in a slot. */
function setFromInt(slot: number): void {
  if (loadInt64(slot)) {
    hashLow = int64Low;
    hashHigh = int64High;
    return;
  }
  const value = bigIntAt(slot);
  hashLow = Number(BigInt.asIntN(32, value));
  hashHigh = Number(BigInt.asIntN(32, value >> 32n));
}

/** The high word as it may lie in the heap, where one value of it would look like a reference. */
export function storableHigh(high: number): number {
  return high === TAG_REF ? TAG_REF - 1 : high;
}

/** Words of the last product. */
let productLow = 0;
let productHigh = 0;

/** (aHigh, aLow) * (bHigh, bLow) modulo 2**64. */
function multiply(aLow: number, aHigh: number, bLow: number, bHigh: number): void {
  const a0 = aLow & 0xffff;
  const a1 = aLow >>> 16;
  const b0 = bLow & 0xffff;
  const b1 = bLow >>> 16;
  // These sums stay below 2**32: cut to 32 bits, and read as unsigned, they are exact.
  const lowest = Math.imul(a0, b0);
  const middle = (Math.imul(a1, b0) + (lowest >>> 16)) | 0;
  const other = (Math.imul(a0, b1) + (middle & 0xffff)) | 0;
  const carried = Math.imul(a1, b1) + (middle >>> 16) + (other >>> 16);
  productLow = Math.imul(aLow, bLow);
  productHigh = (carried + Math.imul(aLow, bHigh) + Math.imul(aHigh, bLow)) | 0;
}

const PRIME_1_LOW = 0x85ebca87 | 0;
const PRIME_1_HIGH = 0x9e3779b1 | 0;
const PRIME_2_LOW = 0x27d4eb4f;
const PRIME_2_HIGH = 0xc2b2ae3d | 0;
const PRIME_5_LOW = 0x165667c5;
const PRIME_5_HIGH = 0x27d4eb2f;

/** Hashes a tuple (xxHash over the items' hashes). May call Python; raises TypeError if an item is unhashable. */
export function hashTuple(tuple: number): void {
  const size = words[(tuple << 1) + Tuple.size];
  let low = PRIME_5_LOW;
  let high = PRIME_5_HIGH;
  for (let i = 0; i < size; i++) {
    hashValue(tuple + 1 + i);
    multiply(hashLow, hashHigh, PRIME_2_LOW, PRIME_2_HIGH);
    const sum = (low + productLow) | 0;
    high = (high + productHigh + (sum >>> 0 < low >>> 0 ? 1 : 0)) | 0;
    low = sum;
    const rotatedLow = (low << 31) | (high >>> 1);
    const rotatedHigh = (high << 31) | (low >>> 1);
    multiply(rotatedLow, rotatedHigh, PRIME_1_LOW, PRIME_1_HIGH);
    low = productLow;
    high = productHigh;
  }
  const sum = (low >>> 0) + ((size ^ PRIME_5_LOW ^ 3527539) >>> 0);
  high = (high + PRIME_5_HIGH + (sum > 0xffffffff ? 1 : 0)) | 0;
  low = sum | 0;
  if (low === -1 && high === -1) {
    low = 1546275796;
    high = 0;
  }
  hashLow = low;
  hashHigh = high;
}

/** Spreads the bits of an element's hash: ((h ^ 89869747) ^ (h << 16)) * 3644798167, into the product words. */
function shuffle(low: number, high: number): void {
  multiply(low ^ 89869747 ^ (low << 16), high ^ ((high << 16) | (low >>> 16)), 3644798167 | 0, 0);
}

/** Hash of a frozenset: independent of the order of the elements; cached in the object. Never calls Python. */
export function hashFrozenset(set: number): void {
  const start = set << 1;
  if (words[start + SetObject.hashed] !== 0) {
    hashLow = words[start + SetObject.hash];
    hashHigh = words[start + SetObject.hashHigh];
    return;
  }
  let low = 0;
  let high = 0;
  const table = words[start + SetObject.table];
  if (table !== 0) {
    const end = (table + 1 + 2 * (words[start + SetObject.mask] + 1)) << 1;
    for (let at = (table + 1) << 1; at < end; at += 4) {
      if (words[at] === 0 && words[at + 1] === TAG_REF) continue;
      shuffle(words[at + 2], words[at + 3]);
      low ^= productLow;
      high ^= productHigh;
    }
  }
  multiply(words[start + SetObject.count] + 1, 0, 1927868237, 0);
  low ^= productLow;
  high ^= productHigh;
  const shiftedLow = ((low >>> 11) | (high << 21)) ^ ((low >>> 25) | (high << 7));
  high ^= (high >>> 11) ^ (high >>> 25);
  low ^= shiftedLow;
  multiply(low, high, 69069, 0);
  const sum = (productLow >>> 0) + 907133923;
  hashLow = sum | 0;
  hashHigh = (productHigh + (sum > 0xffffffff ? 1 : 0)) | 0;
  if (hashLow === -1 && hashHigh === -1) {
    hashLow = 590923713;
    hashHigh = 0;
  }
  words[start + SetObject.hashed] = 1;
  words[start + SetObject.hash] = hashLow;
  words[start + SetObject.hashHigh] = hashHigh;
}
