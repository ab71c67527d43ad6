/**
 * The functions of math over iterables: fsum, prod, sumprod, hypot, dist. Sums are exact before one rounding (Shewchuk's
 * partial sums).
 */
import { Tuple } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isImmediateInt, refAt, setFloat, setSmallInt } from '../heap/values.ts';
import { pair, product } from '../objects/double-double.ts';
import { norm } from '../objects/elementary.ts';
import { raiseOverflow, raiseValueError } from '../objects/errors.ts';
import { doubleAt, isFloatOrSubclass, isReal, realAt, toDouble } from '../objects/floats.ts';
import { intAdd, intMultiply } from '../objects/int-arithmetic.ts';
import { isExactInt } from '../objects/integers.ts';
import { natives } from '../objects/natives.ts';
import { binary, iterate, next } from '../objects/operations.ts';
import { BinaryOperator } from '../objects/operators.ts';
import { tupleItem } from '../objects/tuples.ts';

/** Non-overlapping parts, smallest first, whose exact sum is the sum so far. */
class ExactSum {
  private readonly partials: number[] = [];
  private special = 0;
  private infinities = 0;

  add(value: number): void {
    let x = value;
    let count = 0;
    const { partials } = this;
    for (let i = 0; i < partials.length; i++) {
      let y = partials[i];
      if (Math.abs(x) < Math.abs(y)) [x, y] = [y, x];
      const high = x + y;
      const low = y - (high - x);
      if (low !== 0) partials[count++] = low;
      x = high;
    }
    partials.length = count;
    if (x === 0) return;
    if (Number.isFinite(x)) partials.push(x);
    else {
      if (Number.isFinite(value)) raiseOverflow('intermediate overflow in fsum');
      if (value === value) this.infinities += value;
      this.special += value;
      partials.length = 0;
    }
  }

  /** The sum, rounded once, half to even. */
  total(): number {
    if (this.special !== 0) {
      if (this.infinities !== this.infinities) raiseValueError('-inf + inf in fsum');
      return this.special;
    }
    const { partials } = this;
    let i = partials.length;
    if (i === 0) return 0;
    let high = partials[--i];
    let low = 0;
    while (i > 0) {
      const x = high;
      const y = partials[--i];
      high = x + y;
      low = y - (high - x);
      if (low !== 0) break;
    }
    // A tie was broken by the even rule without knowing the parts below: correct it if they decide.
    if (i > 0 && ((low < 0 && partials[i - 1] < 0) || (low > 0 && partials[i - 1] > 0))) {
      const twice = low * 2;
      const x = high + twice;
      if (twice === x - high) high = x;
    }
    return high;
  }
}

/** Doubles of a tuple's items; may call `__float__`. */
function doublesOf(tuple: number): number[] {
  const values: number[] = [];
  const size = words[(tuple << 1) + Tuple.size];
  for (let i = 0; i < size; i++) values.push(toDouble(tupleItem(tuple, i)));
  return values;
}

/** Doubles of an iterable; may call Python. */
function collectDoubles(iterable: number): number[] {
  const values: number[] = [];
  const slots = pushSlots(2);
  iterate(iterable, slots);
  while (next(slots, slots + 1)) values.push(toDouble(slots + 1));
  popSlots(2);
  return values;
}

function length(values: number[]): number {
  let largest = 0;
  let notANumber = false;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]);
    values[i] = size;
    if (size !== size) notANumber = true;
    else if (size > largest) largest = size;
  }
  if (largest === Infinity) return Infinity;
  if (notANumber) return NaN;
  return values.length === 1 ? values[0] : norm(values, largest);
}

function prod(iterable: number, start: number, result: number): void {
  const slots = pushSlots(3);
  const total = slots + 2;
  copyValue(total, start);
  iterate(iterable, slots);
  while (next(slots, slots + 1)) {
    const item = slots + 1;
    if (isExactInt(total) && isExactInt(item)) intMultiply(total, item, total);
    else if (isFloatOrSubclass(total) && isReal(item)) setFloat(total, doubleAt(total) * realAt(item));
    else binary(BinaryOperator.multiply, total, item, false, total);
  }
  copyValue(result, total);
  popSlots(3);
}

/** Sum of products: exact for ints, exact before one rounding for floats, by Python's operators for anything else. */
function sumProducts(p: number, q: number, result: number): void {
  // p's and q's iterators, an item of each, the total, a product
  const slots = pushSlots(6);
  const [a, b, total, part] = [slots + 2, slots + 3, slots + 4, slots + 5];
  iterate(p, slots);
  iterate(q, slots + 1);
  setSmallInt(total, 0);
  let floats: ExactSum | null = null;
  for (;;) {
    const more = next(slots, a);
    if (more !== next(slots + 1, b)) raiseValueError('Inputs are not the same length');
    if (!more) break;
    const bothInts = (isImmediateInt(a) || isExactInt(a)) && (isImmediateInt(b) || isExactInt(b));
    if (bothInts && floats === null && isExactInt(total)) {
      intMultiply(a, b, part);
      intAdd(total, part, total);
      continue;
    }
    if (isReal(a) && isReal(b) && (floats !== null || isExactInt(total)) && (!bothInts || floats !== null)) {
      if (floats === null) {
        floats = new ExactSum();
        floats.add(realAt(total));
      }
      addProduct(floats, realAt(a), realAt(b));
      continue;
    }
    if (floats !== null) {
      setFloat(total, floats.total());
      floats = null;
    }
    binary(BinaryOperator.multiply, a, b, false, part);
    binary(BinaryOperator.add, total, part, false, total);
  }
  if (floats !== null) setFloat(result, floats.total());
  else copyValue(result, total);
  popSlots(6);
}

function addProduct(sum: ExactSum, x: number, y: number): void {
  product(x, y);
  const high = pair[0];
  const low = pair[1];
  sum.add(x * y);
  if (Number.isFinite(high) && Number.isFinite(low)) sum.add(low);
}

natives('math', {
  'fsum(seq, /)': (args, result) => {
    const sum = new ExactSum();
    const slots = pushSlots(2);
    iterate(args, slots);
    while (next(slots, slots + 1)) sum.add(toDouble(slots + 1));
    popSlots(2);
    setFloat(result, sum.total());
  },
  'prod(iterable, /, *, start=1)': (args, result) => prod(args, args + 1, result),
  'sumprod(p, q, /)': (args, result) => sumProducts(args, args + 1, result),
  'hypot(*coordinates)': (args, result) => setFloat(result, length(doublesOf(refAt(args)))),
  'dist(p, q, /)': (args, result) => {
    const p = collectDoubles(args);
    const q = collectDoubles(args + 1);
    if (p.length !== q.length) raiseValueError('both points must have the same number of dimensions');
    setFloat(result, length(p.map((value, i) => value - q[i])));
  },
});
