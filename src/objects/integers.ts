/**
 * What an int is: an immediate of 48 bits in the value itself, else an object with 64 bits inline (`IntForm.box64`),
 * else an object with a handle to a BigInt (`IntForm.big`). The form is canonical, the smallest that fits, so equal
 * plain ints of one form can be compared word by word. Instances of subclasses of int are objects too; bool's two
 * instances are the fixed cells of True and False.
 *
 * Reading and making ints is here, arithmetic in int-arithmetic.ts, Python's methods in int-methods.ts.
 */

import { Fixed, T } from '../heap/fixed.ts';
import { IntForm, IntObject, Kind, Type } from '../heap/layouts.ts';
import { allocate, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import {
  INT_MAX,
  INT_MIN,
  immediateAt,
  isImmediateInt,
  isRef,
  refAt,
  setImmediate48,
  setNull,
  setRef,
  setSmallInt,
  TAG_INT,
} from '../heap/values.ts';
import { bigIntOfHandle, newBigIntHandle } from './bigints.ts';
import { raise, raiseOverflow, raiseTypeError } from './errors.ts';
import { callSpecial } from './invoke.ts';
import { N } from './names.ts';
import { foldHash, hashBigInt, hashHigh, hashLow, hashSafeInteger } from './number-hash.ts';
import { allocateOfType } from './object-dicts.ts';
import { lookup, typeName, typeOf } from './types.ts';
import { warn } from './warnings.ts';

/** True for every int, bool and instances of subclasses included. */
export function isInt(slot: number): boolean {
  if (!isRef(slot)) return isImmediateInt(slot);
  const type = words[refAt(slot) << 1];
  return type === T.int || type === T.bool || words[(type << 1) + Type.kind] === Kind.int;
}

/** True if the type of the value is exactly int. */
export function isExactInt(slot: number): boolean {
  return isRef(slot) ? words[refAt(slot) << 1] === T.int : isImmediateInt(slot);
}

export function isBool(slot: number): boolean {
  return isRef(slot) && (refAt(slot) === Fixed.true || refAt(slot) === Fixed.false);
}

export function setBool(slot: number, value: boolean): void {
  setRef(slot, value ? Fixed.true : Fixed.false);
}

/** Stores any integral number (exactly: the caller means the double's value). Allocates beyond 48 bits. */
export function setInt(slot: number, value: number): void {
  if ((value | 0) === value) setSmallInt(slot, value);
  else if (value >= INT_MIN && value <= INT_MAX) setImmediate48(slot, value);
  else if (value >= -(2 ** 63) && value < 2 ** 63) {
    newBox64(slot, (value % 4294967296) | 0, Math.floor(value / 4294967296) | 0);
  } else setBigInt(slot, BigInt(value));
}

/** Stores a 64-bit two's complement integer given as two words. */
export function setInt64(slot: number, low: number, high: number): void {
  if (high >= -32768 && high <= 32767) {
    words[slot << 1] = low;
    words[(slot << 1) + 1] = TAG_INT | (high & 0xffff);
  } else newBox64(slot, low, high);
}

function newBox64(slot: number, low: number, high: number): void {
  const ref = allocate(2);
  const word = ref << 1;
  words[word] = T.int;
  words[word + IntObject.form] = IntForm.box64;
  words[word + IntObject.low] = low;
  words[word + IntObject.high] = high;
  setRef(slot, ref);
}

const MIN_64 = -(1n << 63n);
const MAX_64 = (1n << 63n) - 1n;

/** A 64-bit integer as BigInt and as two words: V8 converts without allocating intermediate BigInts. */
const scratch64 = new BigInt64Array(1);
const scratchWords = new Int32Array(scratch64.buffer);

/** Stores a BigInt in its canonical form. */
export function setBigInt(slot: number, value: bigint): void {
  const number = Number(value);
  if (number < 9007199254740992 && number > -9007199254740992) {
    setInt(slot, number);
    return;
  }
  if (number < 9.3e18 && number > -9.3e18 && value >= MIN_64 && value <= MAX_64) {
    scratch64[0] = value;
    newBox64(slot, scratchWords[0], scratchWords[1]);
    return;
  }
  const ref = allocate(2);
  const word = ref << 1;
  words[word] = T.int;
  words[word + IntObject.form] = IntForm.big;
  words[word + IntObject.low] = newBigIntHandle(value, number, ref);
  words[word + IntObject.high] = 0;
  setRef(slot, ref);
}

/** A new instance of a subclass of int with the value of the int in `slot`. */
export function newIntOfType(type: number, slot: number, result: number): void {
  const ref = allocateOfType(type, 2);
  const word = ref << 1;
  if (isImmediateInt(slot)) {
    words[word + IntObject.form] = IntForm.immediate;
    words[word + IntObject.low] = words[slot << 1];
    words[word + IntObject.high] = words[(slot << 1) + 1];
  } else if (isBool(slot)) {
    words[word + IntObject.form] = IntForm.immediate;
    setSmallInt(ref + 1, refAt(slot) === Fixed.true ? 1 : 0);
  } else {
    const from = refAt(slot) << 1;
    const form = words[from + IntObject.form];
    words[word + IntObject.form] = form;
    if (form === IntForm.big) {
      const value = bigIntOfHandle(words[from + IntObject.low]);
      words[word + IntObject.low] = newBigIntHandle(value, Number(value), ref);
    } else {
      words[word + IntObject.low] = words[from + IntObject.low];
      words[word + IntObject.high] = words[from + IntObject.high];
    }
  }
  setRef(result, ref);
}

/** Copies the plain int value of any int (so that True becomes 1). Allocates only for subclass instances. */
export function copyAsInt(result: number, slot: number): void {
  if (isRef(slot)) {
    const ref = refAt(slot);
    if (ref === Fixed.true || ref === Fixed.false) setSmallInt(result, ref === Fixed.true ? 1 : 0);
    else if (words[ref << 1] === T.int) setRef(result, ref);
    else {
      const word = ref << 1;
      const form = words[word + IntObject.form];
      if (form === IntForm.immediate) {
        words[(result << 1) + 1] = words[word + IntObject.high];
        words[result << 1] = words[word + IntObject.low];
      } else if (form === IntForm.box64) newBox64(result, words[word + IntObject.low], words[word + IntObject.high]);
      else setBigInt(result, bigIntOfHandle(words[word + IntObject.low]));
    }
  } else {
    words[(result << 1) + 1] = words[(slot << 1) + 1];
    words[result << 1] = words[slot << 1];
  }
}

/** The number, if its magnitude is below 2**53; else NaN. The slot holds an int. */
export function safeAt(slot: number): number {
  if (!isRef(slot)) return immediateAt(slot);
  return safeOfObject(refAt(slot));
}
function safeOfObject(ref: number): number {
  if (ref === Fixed.true) return 1;
  if (ref === Fixed.false) return 0;
  const word = ref << 1;
  const form = words[word + IntObject.form];
  if (form === IntForm.immediate) return immediateAt(ref + 1);
  if (form === IntForm.big) return NaN;
  const value = words[word + IntObject.high] * 4294967296 + (words[word + IntObject.low] >>> 0);
  return value > -9007199254740992 && value < 9007199254740992 ? value : NaN;
}

/** True if the int has a magnitude below 2**53. */
export function fitsSafe(slot: number): boolean {
  const value = safeAt(slot);
  return value === value;
}

/** The int as a JavaScript number: exact below 2**53, correctly rounded beyond, infinite beyond the range of doubles. */
export function intAt(slot: number): number {
  if (!isRef(slot)) return immediateAt(slot);
  const value = safeOfObject(refAt(slot));
  return value === value ? value : Number(bigIntAt(slot));
}

/** The int as a BigInt (an allocation of V8). */
export function bigIntAt(slot: number): bigint {
  if (!isRef(slot)) return bigIntOfImmediate(slot);
  const ref = refAt(slot);
  if (ref === Fixed.true) return 1n;
  if (ref === Fixed.false) return 0n;
  const word = ref << 1;
  const form = words[word + IntObject.form];
  if (form === IntForm.immediate) return bigIntOfImmediate(ref + 1);
  if (form === IntForm.big) return bigIntOfHandle(words[word + IntObject.low]);
  scratchWords[0] = words[word + IntObject.low];
  scratchWords[1] = words[word + IntObject.high];
  return scratch64[0];
}

/** By way of the scratch words: BigInt(number) is a call. */
function bigIntOfImmediate(cell: number): bigint {
  scratchWords[0] = words[cell << 1];
  scratchWords[1] = (words[(cell << 1) + 1] << 16) >> 16;
  return scratch64[0];
}

/** -1, 0 or 1. */
export function intSign(slot: number): number {
  const value = safeAt(slot);
  if (value === value) return value < 0 ? -1 : value > 0 ? 1 : 0;
  const word = refAt(slot) << 1;
  if (words[word + IntObject.form] === IntForm.big) return bigIntOfHandle(words[word + IntObject.low]) < 0n ? -1 : 1;
  return words[word + IntObject.high] < 0 ? -1 : 1;
}

/** Words of the int in two's complement, by `loadInt64`. */
export let int64Low = 0;
export let int64High = 0;

/** Loads an int of at most 64 bits into `int64Low` and `int64High`; false if it is larger. */
export function loadInt64(slot: number): boolean {
  let word = slot << 1;
  if (isRef(slot)) {
    const ref = refAt(slot);
    if (ref === Fixed.true || ref === Fixed.false) {
      int64Low = ref === Fixed.true ? 1 : 0;
      int64High = 0;
      return true;
    }
    word = ref << 1;
    const form = words[word + IntObject.form];
    if (form === IntForm.big) return false;
    word += 2;
    if (form === IntForm.box64) {
      int64Low = words[word];
      int64High = words[word + 1];
      return true;
    }
  }
  int64Low = words[word];
  int64High = (words[word + 1] << 16) >> 16;
  return true;
}

/** The folded hash, which dicts use. No allocation for ints below 64 bits. */
export function intHash(slot: number): number {
  if (!isRef(slot)) {
    const low = words[slot << 1];
    const high = words[(slot << 1) + 1];
    return low === -1 && high === -65537 ? -2 : foldHash(low, (high << 16) >> 16);
  }
  loadIntHash(slot);
  return foldHash(hashLow, hashHigh);
}

/** Leaves Python's hash of an int in number-hash's `hashLow` and `hashHigh`. */
export function loadIntHash(slot: number): void {
  const value = safeAt(slot);
  if (value === value) hashSafeInteger(value);
  else hashBigInt(bigIntAt(slot));
}

/** Stores the hash left by number-hash.ts as an int. */
export function setHash(result: number): void {
  setInt64(result, hashLow, hashHigh);
}

/** The deprecation of conversion methods that answer with an instance of a subclass. May call Python. */
export function warnSubclass(method: string, wanted: string, answer: number): void {
  warn(
    T.DeprecationWarning,
    `${method} returned non-${wanted} (type ${typeName(answer)}).  The ability to return an instance of a strict ` +
      `subclass of ${wanted} is deprecated, and may be removed in a future version of Python.`,
  );
}

/**
 * `operator.index`: the plain int of an object, through `__index__` for what is no int (may call Python; TypeError when
 * there is none).
 */
export function index(slot: number, result: number): void {
  if (isInt(slot)) {
    copyAsInt(result, slot);
    return;
  }
  const answer = pushSlots(1);
  if (!callSpecial(slot, N.__index__, answer, 0, answer)) {
    raiseTypeError(`'${typeName(slot)}' object cannot be interpreted as an integer`);
  }
  if (!isInt(answer)) raiseTypeError(`__index__ returned non-int (type ${typeName(answer)})`);
  if (!isExactInt(answer)) warnSubclass('__index__', 'int', answer);
  copyAsInt(result, answer);
  popSlots(1);
}

/** True if `index` would find a way. */
export function hasIndex(slot: number): boolean {
  return isInt(slot) || lookup(typeOf(slot), N.__index__) !== 0;
}

/** A position or size as a number, via `__index__`; clamped to +-(2**53 - 1). May call Python. */
export function indexOf(slot: number): number {
  if (!isRef(slot) && isImmediateInt(slot)) return immediateAt(slot);
  const plain = pushSlots(1);
  index(slot, plain);
  const value = safeAt(plain);
  const sign = value === value ? 0 : intSign(plain);
  setNull(plain);
  popSlots(1);
  return sign === 0 ? value : sign * Number.MAX_SAFE_INTEGER;
}

/** Like `indexOf`, but IndexError beyond a C ssize_t, as subscripts have it. */
export function subscriptIndex(slot: number): number {
  if (!isRef(slot) && isImmediateInt(slot)) return immediateAt(slot);
  const plain = pushSlots(1);
  index(slot, plain);
  if (!loadInt64(plain)) raise(T.IndexError, "cannot fit 'int' into an index-sized integer");
  popSlots(1);
  return int64High * 4294967296 + (int64Low >>> 0);
}

/** Like `indexOf`, but OverflowError beyond a C int. */
export function cIntOf(slot: number): number {
  const value = indexOf(slot);
  if (value !== (value | 0)) raiseOverflow('Python int too large to convert to C int');
  return value;
}

/** Like `sizeOf` for a size that an object is to have: OverflowError in the words of `[0] * size`. */
export function lengthOf(slot: number): number {
  if (!isRef(slot) && isImmediateInt(slot)) return immediateAt(slot);
  const plain = pushSlots(1);
  index(slot, plain);
  if (!loadInt64(plain)) raiseOverflow("cannot fit 'int' into an index-sized integer");
  popSlots(1);
  return int64High * 4294967296 + (int64Low >>> 0);
}

/** Like `indexOf`, but OverflowError beyond a C ssize_t, as CPython has it for sizes and counts. */
export function sizeOf(slot: number): number {
  if (!isRef(slot) && isImmediateInt(slot)) return immediateAt(slot);
  const plain = pushSlots(1);
  index(slot, plain);
  if (!loadInt64(plain)) raiseOverflow('Python int too large to convert to C ssize_t');
  const value = int64High * 4294967296 + (int64Low >>> 0);
  popSlots(1);
  return value;
}
