/**
 * The 64-bit value: a double is itself, an int of up to 48 bits is an immediate, all else is a reference (a cell index).
 * In memory a value is two words, low then high. The tags lie in the space of negative quiet NaNs above the one that
 * x86 hardware makes (0xFFF8_0000_0000_0000), so every double a processor computes is a valid value; NaNs that come from
 * outside (struct, pickles) are made canonical where they enter.
 *
 * Code that handles values passes the *cell* where one lies (a "slot": register, array cell, field) instead of the
 * value, since JavaScript has no 64-bit integer that is not an allocation. A slot on the VM stack is also a root.
 */
import { cells, words } from './memory.ts';

/** High word of an int whose bits 32..47 are zero; the low 16 bits of the high word are bits 32..47 of the int. */
export const TAG_INT = -131072; // 0xFFFE0000
/** High word of a negative int that fits in 32 bits. */
export const TAG_INT_NEGATIVE = -65537; // 0xFFFEFFFF
/** High word of a reference; the low word is the cell index. */
export const TAG_REF = -65536; // 0xFFFF0000
export const INT_MIN = -140737488355328; // -2**47
export const INT_MAX = 140737488355327;

/** Copies the value in cell `from` to cell `to`, as two words: a double's bits are never touched. */
export function copyValue(to: number, from: number): void {
  words[to << 1] = words[from << 1];
  words[(to << 1) + 1] = words[(from << 1) + 1];
}
export function setRef(slot: number, ref: number): void {
  words[slot << 1] = ref;
  words[(slot << 1) + 1] = TAG_REF;
}
/** NULL: no value (an unbound variable, a missing argument). Never visible to Python. */
export function setNull(slot: number): void {
  words[slot << 1] = 0;
  words[(slot << 1) + 1] = TAG_REF;
}
export function isNull(slot: number): boolean {
  return words[slot << 1] === 0 && words[(slot << 1) + 1] === TAG_REF;
}
export function isRef(slot: number): boolean {
  return words[(slot << 1) + 1] === TAG_REF;
}
/** The reference in a slot that is known to hold one. */
export function refAt(slot: number): number {
  return words[slot << 1];
}
/** True for immediates only; ints beyond 48 bits are references. */
export function isImmediateInt(slot: number): boolean {
  return words[(slot << 1) + 1] >> 16 === -2;
}
export function isFloat(slot: number): boolean {
  const high = words[(slot << 1) + 1];
  return high >= 0 || high < TAG_INT;
}
export function floatAt(slot: number): number {
  return cells[slot];
}
/** Stores a double; a NaN becomes the canonical one, so no payload can look like a tag. */
export function setFloat(slot: number, value: number): void {
  if (value !== value) {
    words[slot << 1] = 0;
    words[(slot << 1) + 1] = 0x7ff80000;
  } else cells[slot] = value;
}
/** The immediate int in a slot that is known to hold one, exactly, as a JavaScript number. */
export function immediateAt(slot: number): number {
  return ((words[(slot << 1) + 1] << 16) >> 16) * 4294967296 + (words[slot << 1] >>> 0);
}
/** Stores an int that fits in 48 bits. */
export function setImmediate48(slot: number, value: number): void {
  words[slot << 1] = value;
  words[(slot << 1) + 1] = TAG_INT | (Math.floor(value / 4294967296) & 0xffff);
}
/** Stores an int that fits in 32 bits, signed. */
export function setSmallInt(slot: number, value: number): void {
  words[slot << 1] = value;
  words[(slot << 1) + 1] = TAG_INT | ((value >> 31) & 0xffff);
}
/** Same 64 bits: identity (`is`) for everything but floats, for which Python's `is` is ours to define. */
export function sameValue(a: number, b: number): boolean {
  return words[a << 1] === words[b << 1] && words[(a << 1) + 1] === words[(b << 1) + 1];
}
