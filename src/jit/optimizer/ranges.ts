/**
 * Integer ranges: what is known of each int ref (interval of doubles, exact up to 2**53) drops checks that cannot fire:
 * 64-bit overflow, 48-bit boxing, bounds. Forward over the finished trace; a loop-carried value starts from nothing but
 * what guards in the loop say, except that a counter which only grows keeps its lower bound (and the reverse).
 */
import * as ir from '../ir.ts';
import { U } from '../uops.ts';
import { DEAD } from './dead-code.ts';

const LOW = -(2 ** 63);
const HIGH = 2 ** 63;
const low = new Float64Array(ir.MAX_UOPS);
const high = new Float64Array(ir.MAX_UOPS);
const BOX_LOW = -(2 ** 47);
const BOX_HIGH = 2 ** 47 - 1;

export function dropNeedlessChecks(): void {
  const { count, loopStart, phis } = ir.trace;
  for (let ref = 1; ref < count; ref++) {
    if (ref === loopStart) widenCarried(phis);
    step(ref);
  }
}

/** At the loop's start nothing from the first iteration holds for values that change, except one-sided growth. */
function widenCarried(phis: readonly number[]): void {
  for (let i = 0; i < phis.length; i += 2) {
    const left = phis[i];
    const right = phis[i + 1];
    if (ir.type[left] !== ir.Type.int) continue;
    const by = stepOf(left, right);
    const firstLow = low[left];
    const firstHigh = high[left];
    low[left] = by > 0 ? firstLow : LOW;
    high[left] = by < 0 ? firstHigh : HIGH;
    // what the end of every iteration checks holds at the beginning of the next
    if (by > 0) high[left] = Math.max(firstHigh, upperBound(right));
  }
  // refs of the preamble computed from carried values are not looked at by the loop unless carried themselves
}
/** The bound that a guard in the loop puts on a ref: x < y with y from before the loop and constant in it; or HIGH. */
function upperBound(ref: number): number {
  const { count, loopStart, phis } = ir.trace;
  for (let guard = ref + 1; guard < count; guard++) {
    const op = ir.op[guard];
    const isLess = op === U.guard_less_int || op === U.guard_less_equal_int;
    const isGreater = op === U.guard_greater_int || op === U.guard_greater_equal_int;
    if (!isLess && !isGreater) continue;
    if ((isLess ? ir.a[guard] : ir.b[guard]) !== ref) continue;
    const bound = isLess ? ir.b[guard] : ir.a[guard];
    if (!ir.isConstant(bound) && (bound >= loopStart || phis.some((phi, i) => i % 2 === 0 && phi === bound))) continue;
    const top = ir.isConstant(bound) ? ir.intOf(bound) : high[bound];
    return op === U.guard_less_int || op === U.guard_greater_int ? top - 1 : top;
  }
  return HIGH;
}
/** 1 or -1 if right = left + c with c above or below 0 and the same in every iteration, else NaN. */
function stepOf(left: number, right: number): number {
  if ((ir.op[right] !== U.add_int && ir.op[right] !== U.add_int_unchecked) || ir.a[right] !== left) return Number.NaN;
  const by = ir.b[right];
  if (ir.op[by] === U.const_int) return Math.sign(ir.intOf(by));
  const { loopStart, phis } = ir.trace;
  if (by >= loopStart || phis.some((phi, i) => i % 2 === 0 && phi === by)) return Number.NaN;
  return low[by] > 0 ? 1 : high[by] < 0 ? -1 : Number.NaN;
}

function set(ref: number, from: number, to: number): void {
  low[ref] = from < LOW ? LOW : from;
  high[ref] = to > HIGH ? HIGH : to;
}

function step(ref: number): void {
  const op = ir.op[ref];
  if (op === DEAD) return;
  const x = ir.a[ref];
  const y = ir.b[ref];
  switch (op) {
    case U.const_int:
      set(ref, ir.intOf(ref), ir.intOf(ref));
      return;
    case U.unbox_int:
      set(ref, BOX_LOW, BOX_HIGH);
      return;
    case U.load_word_int:
      set(ref, -(2 ** 31), 2 ** 31 - 1);
      return;
    case U.load_byte:
      set(ref, 0, 255);
      return;
    case U.load_half:
      set(ref, 0, 65535);
      return;
    case U.bool_to_int:
      set(ref, 0, 1);
      return;
    case U.ref_to_int:
    case U.load_unit:
      set(ref, 0, 2 ** 32);
      return;
    case U.add_int:
    case U.add_int_unchecked:
      if (op === U.add_int && low[x] + low[y] > LOW + 4096 && high[x] + high[y] < HIGH - 4096)
        makeUnchecked(ref, U.add_int_unchecked);
      set(ref, low[x] + low[y], high[x] + high[y]);
      return;
    case U.subtract_int:
    case U.subtract_int_unchecked:
      if (op === U.subtract_int && low[x] - high[y] > LOW + 4096 && high[x] - low[y] < HIGH - 4096)
        makeUnchecked(ref, U.subtract_int_unchecked);
      set(ref, low[x] - high[y], high[x] - low[y]);
      return;
    case U.multiply_int:
    case U.multiply_int_unchecked: {
      const p = [low[x] * low[y], low[x] * high[y], high[x] * low[y], high[x] * high[y]];
      const from = Math.min(...p);
      const to = Math.max(...p);
      if (op === U.multiply_int && from > LOW + 4096 && to < HIGH - 4096) makeUnchecked(ref, U.multiply_int_unchecked);
      set(ref, from, to);
      return;
    }
    case U.and_int:
      if (low[y] >= 0) set(ref, 0, high[y]);
      else if (low[x] >= 0) set(ref, 0, high[x]);
      else set(ref, LOW, HIGH);
      return;
    case U.remainder_int:
      if (low[y] > 0) set(ref, 0, high[y] - 1);
      else set(ref, LOW, HIGH);
      return;
    case U.floor_divide_int:
      if (low[y] > 0) set(ref, Math.min(low[x], 0), Math.max(high[x], 0));
      else set(ref, LOW, HIGH);
      return;
    case U.right_shift_int:
      set(ref, Math.min(low[x], 0), Math.max(high[x], 0));
      return;
    case U.box_int:
      if (low[x] >= BOX_LOW && high[x] <= BOX_HIGH) makeUnchecked(ref, U.box_int_unchecked);
      else {
        // having passed, it fits from here on
        low[x] = Math.max(low[x], BOX_LOW);
        high[x] = Math.min(high[x], BOX_HIGH);
      }
      return;
    case U.guard_less_int:
      narrow(x, LOW, high[y] - 1);
      narrow(y, low[x] + 1, HIGH);
      return;
    case U.guard_less_equal_int:
      narrow(x, LOW, high[y]);
      narrow(y, low[x], HIGH);
      return;
    case U.guard_greater_int:
      narrow(x, low[y] + 1, HIGH);
      narrow(y, LOW, high[x] - 1);
      return;
    case U.guard_greater_equal_int:
      narrow(x, low[y], HIGH);
      narrow(y, LOW, high[x]);
      return;
    case U.guard_equal_int:
      narrow(x, low[y], high[y]);
      narrow(y, low[x], high[x]);
      return;
    case U.guard_index:
      narrow(x, 0, high[y] - 1);
      return;
  }
  if (ir.type[ref] === ir.Type.int) set(ref, LOW, HIGH);
}

/** Beyond 2**53 the interval's ends are rounded; they are only used for decisions with a margin above that. */
function narrow(ref: number, from: number, to: number): void {
  if (ir.isConstant(ref)) return;
  if (from > low[ref]) low[ref] = from;
  if (to < high[ref]) high[ref] = to;
}

function makeUnchecked(ref: number, uop: number): void {
  ir.op[ref] = uop;
  ir.snapshot[ref] = -1;
}
