/**
 * The table of JavaScript BigInts behind int objects of form `big`: the heap holds a handle, the number is here. A
 * handle belongs to exactly one int object, so the collector can sweep the table by asking which owners are marked.
 * BigInts use V8's memory and not the heap's, so their size is counted as if they were allocated there: programs that
 * work with large numbers collect often enough to give that memory back.
 *
 * Turned down: digits in the heap with our own arithmetic (V8 has the fast algorithms).
 */
import { addSweeper } from '../heap/collector.ts';
import { InterruptFlag, State } from '../heap/fixed.ts';
import { words } from '../heap/memory.ts';

const numbers: bigint[] = [0n];
/** Ref of the int object that holds the handle; 0 = free. */
const owners: number[] = [0];
const free: number[] = [];

/**
 * What a small BigInt counts for in cells. More than it takes: until the next collection the table keeps every BigInt
 * alive, and V8's own collector copies what lives long; collecting every some ten thousand of them is cheaper.
 */
const SMALL_COST = 48;

/** Registers `value` (roughly `size`, as a double) for the int object `owner` and returns its handle. */
export function newBigIntHandle(value: bigint, size: number, owner: number): number {
  // Only what is infinite as a double is worth measuring.
  words[State.allocatedCells] += size < 1e300 && size > -1e300 ? SMALL_COST : largeCost(value);
  if (words[State.allocatedCells] > words[State.collectThreshold]) words[State.interrupt] |= InterruptFlag.collect;
  const handle = free.length > 0 ? free.pop()! : numbers.length;
  numbers[handle] = value;
  owners[handle] = owner;
  return handle;
}

/** Cost of the large BigInt measured last, and how many more are taken to cost as much: measuring costs an addition. */
let measuredCost = 0;
let unmeasured = 0;

function largeCost(value: bigint): number {
  if (unmeasured === 0) {
    measuredCost = SMALL_COST + Math.min(bitLengthOf(value) >>> 4, 1 << 28);
    // Very large ones are rare and matter each.
    unmeasured = measuredCost < 4096 ? 32 : 1;
  }
  unmeasured--;
  return measuredCost;
}

export function bigIntOfHandle(handle: number): bigint {
  return numbers[handle];
}

/** Called by the collector after marking: frees the handles whose int object is not marked. */
export function sweepBigInts(isMarked: (ref: number) => boolean): void {
  for (let handle = 1; handle < numbers.length; handle++) {
    const owner = owners[handle];
    if (owner === 0 || isMarked(owner)) continue;
    owners[handle] = 0;
    numbers[handle] = 0n;
    free.push(handle);
  }
}

addSweeper(sweepBigInts);

/** Every live handle's number as [handle, owner, decimal text], for heap images. */
export function* liveBigInts(): Generator<readonly [handle: number, owner: number, value: bigint]> {
  for (let handle = 1; handle < numbers.length; handle++) {
    if (owners[handle] !== 0) yield [handle, owners[handle], numbers[handle]];
  }
}

/** Bits of the absolute value (0 for 0): what int.bit_length() answers. Linear in the size. */
export function bitLengthOf(value: bigint): number {
  let rest = value < 0n ? -value : value;
  if (rest < 0x20000000000000n) return bitLengthOfNumber(Number(rest));
  let bits = 0;
  let shift = 1024;
  // Number() of anything well below 2**1024 is finite and tells the exponent (up to rounding up to a power of two).
  while (Number(rest >> BigInt(shift)) !== 0 && shift < 1 << 30) shift *= 2;
  for (; shift >= 512; shift /= 2) {
    const high = rest >> BigInt(shift);
    if (high > 0n) {
      bits += shift;
      rest = high;
    }
  }
  if (rest >= 0x20000000000000n) {
    const guess = Math.floor(Math.log2(Number(rest))) - 3;
    const shifted = guess > 0 ? rest >> BigInt(guess) : rest;
    return bits + Math.max(guess, 0) + bitLengthOfNumber(Number(shifted));
  }
  return bits + bitLengthOfNumber(Number(rest));
}

/** Bits of a non-negative integer below 2**53. */
export function bitLengthOfNumber(value: number): number {
  return value < 4294967296 ? 32 - Math.clz32(value) : 64 - Math.clz32(Math.floor(value / 4294967296));
}
