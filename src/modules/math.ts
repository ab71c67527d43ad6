/**
 * The math module: constants and functions of floats; those of ints, of iterables and the special functions are in
 * math-integers.ts, math-sums.ts and math-special.ts. Errors and messages are CPython 3.14's.
 */
import { popSlots, pushSlots } from '../heap/slots.ts';
import { immediateAt, isImmediateInt, isNull, isRef, setFloat, setRef, setSmallInt } from '../heap/values.ts';
import { bitLengthOf } from '../objects/bigints.ts';
import { dictSetString } from '../objects/dicts.ts';
import { exp, exp2, log, log2, log10, power } from '../objects/elementary.ts';
import { raiseOverflow, raiseTypeError, raiseValueError, raiseZeroDivision } from '../objects/errors.ts';
import { decompose, floatRepr } from '../objects/float-format.ts';
import { doubleAt, isFloatOrSubclass, toDouble } from '../objects/floats.ts';
import { setTruncated } from '../objects/int-methods.ts';
import { bigIntAt, indexOf, intAt, intSign, isInt, setBool, setInt } from '../objects/integers.ts';
import { callSpecial } from '../objects/invoke.ts';
import { registerModule } from '../objects/modules.ts';
import { N } from '../objects/names.ts';
import { type NativeRoutine, natives } from '../objects/natives.ts';
import { divideBigInts, scaleByPowerOfTwo } from '../objects/number-scale.ts';
import { intern, newString } from '../objects/strings.ts';
import { newTuple, tupleItem } from '../objects/tuples.ts';
import { typeName } from '../objects/types.ts';
import './math-integers.ts';
import { erf, erfc, gamma, lgamma } from './math-special.ts';
import './math-sums.ts';

function raiseRange(): never {
  raiseOverflow('math range error');
}
function raiseDomain(): never {
  raiseValueError('math domain error');
}

/** A function of one float whose NaN for a number is a ValueError `expected ..., got x`. */
function unary(compute: (x: number) => number, expected = ''): NativeRoutine {
  return (args, result) => {
    const x = toDouble(args);
    const y = compute(x);
    if (y !== y && x === x) {
      if (expected === '') raiseDomain();
      raiseValueError(`expected ${expected}, got ${floatRepr(x)}`);
    }
    if (y === Infinity || y === -Infinity) {
      if (Number.isFinite(x)) {
        if (expected !== '') raiseValueError(`expected ${expected}, got ${floatRepr(x)}`);
        raiseRange();
      }
    }
    setFloat(result, y);
  };
}

/** Of an int beyond the doubles, from its leading bits and its length; in doubles, as CPython does. */
function logOfLarge(value: bigint, base: 'e' | '2' | '10'): number {
  const exponent = bitLengthOf(value);
  const mantissa = divideBigInts(value >> BigInt(exponent - 128), 1n << 128n);
  if (base === '2') return log2(mantissa) + exponent;
  return base === 'e' ? log(mantissa) + Math.LN2 * exponent : log10(mantissa) + log10(2) * exponent;
}

/** log, log2, log10 of any number; ints may exceed the doubles. */
function logarithm(slot: number, base: 'e' | '2' | '10'): number {
  if (isInt(slot)) {
    if (intSign(slot) <= 0) raiseValueError('expected a positive input');
    const safe = intAt(slot);
    if (safe === Infinity) return logOfLarge(bigIntAt(slot), base);
    return base === 'e' ? log(safe) : base === '2' ? log2(safe) : log10(safe);
  }
  const x = toDouble(slot);
  if (x <= 0) raiseValueError(`expected a positive input, got ${floatRepr(x)}`);
  return base === 'e' ? log(x) : base === '2' ? log2(x) : log10(x);
}

const view = new DataView(new ArrayBuffer(8));

/** The double `steps` representable values from x towards y. */
function nextAfter(x: number, y: number, steps: bigint): number {
  if (x !== x || y !== y) return NaN;
  if (x === y || steps === 0n) return steps === 0n ? x : y;
  // As integers that grow with the value, doubles are evenly spaced.
  const order = (value: number): bigint => {
    view.setFloat64(0, value);
    const bits = view.getBigInt64(0);
    return bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits;
  };
  const from = order(x);
  const to = order(y);
  const distance = to > from ? to - from : from - to;
  if (steps >= distance) return y;
  const at = to > from ? from + steps : from - steps;
  view.setBigInt64(0, at < 0n ? BigInt.asIntN(64, -at | (1n << 63n)) : at);
  const value = view.getFloat64(0);
  return value === 0 && (x < 0 || Object.is(x, -0)) ? -0 : value;
}

function ulp(x: number): number {
  const size = Math.abs(x);
  if (!Number.isFinite(size)) return size;
  const above = nextAfter(size, Infinity, 1n);
  return above === Infinity ? size - nextAfter(size, 0, 1n) : above - size;
}

/** IEEE 754 remainder: the nearest multiple of y is taken off, ties to the even one. */
function remainder(x: number, y: number): number {
  if (x !== x || y !== y) return NaN;
  if (x === Infinity || x === -Infinity || y === 0) raiseDomain();
  if (!Number.isFinite(y)) return x;
  const size = Math.abs(x);
  const divisor = Math.abs(y);
  const rest = size % divisor;
  const complement = divisor - rest;
  let result: number;
  if (rest < complement) result = rest;
  else if (rest > complement) result = -complement;
  else result = rest - 2 * ((0.5 * (size - rest)) % divisor);
  return x < 0 || Object.is(x, -0) ? -result : result;
}

/** x * y + z with one rounding. */
function fma(x: number, y: number, z: number): number {
  const plain = x * y + z;
  if (!Number.isFinite(x) || !Number.isFinite(y) || !Number.isFinite(z)) {
    if (plain !== plain && x === x && y === y && z === z) raiseValueError('invalid operation in fma');
    return plain;
  }
  if (x === 0 || y === 0) return plain;
  const signed = (value: number): [bigint, number] => {
    const [mantissa, exponent] = decompose(Math.abs(value));
    return [BigInt(value < 0 ? -mantissa : mantissa), exponent];
  };
  const [mx, ex] = signed(x);
  const [my, ey] = signed(y);
  const [mz, ez] = signed(z);
  const exponent = z === 0 ? ex + ey : Math.min(ex + ey, ez);
  const exact = ((mx * my) << BigInt(ex + ey - exponent)) + (z === 0 ? 0n : mz << BigInt(ez - exponent));
  if (exact === 0n) return plain;
  const result =
    exponent >= 0 ? divideBigInts(exact << BigInt(exponent), 1n) : divideBigInts(exact, 1n << BigInt(-exponent));
  if (!Number.isFinite(result)) raiseOverflow('overflow in fma');
  return result;
}

function frexp(x: number): [number, number] {
  if (x === 0 || !Number.isFinite(x)) return [x, 0];
  let exponent = Math.max(-1023, Math.floor(Math.log2(Math.abs(x))) + 1);
  let mantissa = scaleByPowerOfTwo(x, -exponent);
  while (Math.abs(mantissa) < 0.5) {
    mantissa *= 2;
    exponent--;
  }
  while (Math.abs(mantissa) >= 1) {
    mantissa /= 2;
    exponent++;
  }
  return [mantissa, exponent];
}

function setPair(result: number, set: (first: number, second: number) => void): void {
  const tuple = newTuple(2);
  setSmallInt(tupleItem(tuple, 0), 0);
  setSmallInt(tupleItem(tuple, 1), 0);
  set(tupleItem(tuple, 0), tupleItem(tuple, 1));
  setRef(result, tuple);
}

/** floor and ceil: the special method first (ints have it), else of the float. */
function rounded(name: () => number, compute: (x: number) => number): NativeRoutine {
  return (args, result) => {
    if (isImmediateInt(args)) setInt(result, immediateAt(args));
    else if (!isRef(args)) setTruncated(compute(doubleAt(args)), result);
    else if (!callSpecial(args, name(), args, 0, result)) setTruncated(compute(toDouble(args)), result);
  };
}

function isClose(a: number, b: number, relative: number, absolute: number): boolean {
  if (relative < 0 || absolute < 0) raiseValueError('tolerances must be non-negative');
  if (a === b) return true;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return false;
  const difference = Math.abs(b - a);
  return difference <= Math.abs(relative * b) || difference <= Math.abs(relative * a) || difference <= absolute;
}

/** Overflow is an error, an infinite argument's infinity is not. */
function bounded(compute: (x: number) => number): NativeRoutine {
  return unary(compute);
}

const finite = 'a finite input';

natives('math', {
  'acos(x, /)': unary(Math.acos, 'a number in range from -1 up to 1'),
  'acosh(x, /)': unary(Math.acosh, 'argument value not less than 1'),
  'asin(x, /)': unary(Math.asin, 'a number in range from -1 up to 1'),
  'asinh(x, /)': unary(Math.asinh),
  'atan(x, /)': unary(Math.atan),
  'atan2(y, x, /)': (args, result) => setFloat(result, Math.atan2(toDouble(args), toDouble(args + 1))),
  'atanh(x, /)': unary(Math.atanh, 'a number between -1 and 1'),
  'cbrt(x, /)': unary(Math.cbrt),
  'ceil(x, /)': rounded(() => N.__ceil__, Math.ceil),
  'copysign(x, y, /)': (args, result) => {
    const x = Math.abs(toDouble(args));
    const y = toDouble(args + 1);
    setFloat(result, y < 0 || Object.is(y, -0) ? -x : x);
  },
  'cos(x, /)': unary(Math.cos, finite),
  'cosh(x, /)': bounded(Math.cosh),
  'degrees(x, /)': (args, result) => setFloat(result, toDouble(args) * (180 / Math.PI)),
  'erf(x, /)': unary(erf),
  'erfc(x, /)': unary(erfc),
  'exp(x, /)': bounded(exp),
  'exp2(x, /)': bounded(exp2),
  'expm1(x, /)': bounded(Math.expm1),
  'fabs(x, /)': (args, result) => setFloat(result, Math.abs(toDouble(args))),
  'floor(x, /)': rounded(() => N.__floor__, Math.floor),
  'fma(x, y, z, /)': (args, result) => setFloat(result, fma(toDouble(args), toDouble(args + 1), toDouble(args + 2))),
  'fmod(x, y, /)': (args, result) => {
    const x = toDouble(args);
    const y = toDouble(args + 1);
    const rest = x % y;
    if (rest !== rest && x === x && y === y) raiseDomain();
    setFloat(result, rest);
  },
  'frexp(x, /)': (args, result) => {
    const [mantissa, exponent] = frexp(toDouble(args));
    setPair(result, (first, second) => {
      setFloat(first, mantissa);
      setInt(second, exponent);
    });
  },
  'gamma(x, /)': (args, result) => {
    const x = toDouble(args);
    const y = gamma(x);
    if (y !== y && x === x) raiseValueError(`expected a noninteger or positive integer, got ${floatRepr(x)}`);
    if (x === 0) raiseValueError(`expected a noninteger or positive integer, got ${floatRepr(x)}`);
    if (!Number.isFinite(y) && Number.isFinite(x)) raiseRange();
    setFloat(result, y);
  },
  'isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)': (args, result) =>
    setBool(result, isClose(toDouble(args), toDouble(args + 1), toDouble(args + 2), toDouble(args + 3))),
  'isfinite(x, /)': (args, result) => setBool(result, Number.isFinite(toDouble(args))),
  'isinf(x, /)': (args, result) => setBool(result, Math.abs(toDouble(args)) === Infinity),
  'isnan(x, /)': (args, result) => setBool(result, Number.isNaN(toDouble(args))),
  'ldexp(x, i, /)': (args, result) => {
    const x = toDouble(args);
    if (!isInt(args + 1)) raiseTypeError('Expected an int as second argument to ldexp.');
    const exponent = indexOf(args + 1);
    if (x === 0 || !Number.isFinite(x)) setFloat(result, x);
    else if (exponent < -2200) setFloat(result, x < 0 ? -0 : 0);
    else {
      const scaled = exponent > 2200 ? Infinity : scaleByPowerOfTwo(x, exponent);
      if (!Number.isFinite(scaled)) raiseRange();
      setFloat(result, scaled);
    }
  },
  'lgamma(x, /)': (args, result) => {
    const x = toDouble(args);
    const y = lgamma(x);
    if (y === Infinity && Number.isFinite(x)) {
      if (x <= 0 && Number.isInteger(x)) {
        raiseValueError(`expected a noninteger or positive integer, got ${floatRepr(x)}`);
      }
      raiseRange();
    }
    setFloat(result, y);
  },
  'log(x, base=..., /)': (args, result) => {
    const numerator = logarithm(args, 'e');
    if (isNull(args + 1)) {
      setFloat(result, numerator);
      return;
    }
    const denominator = logarithm(args + 1, 'e');
    if (denominator === 0) raiseZeroDivision('division by zero');
    setFloat(result, numerator / denominator);
  },
  'log10(x, /)': (args, result) => setFloat(result, logarithm(args, '10')),
  'log1p(x, /)': unary(Math.log1p, 'argument value > -1'),
  'log2(x, /)': (args, result) => setFloat(result, logarithm(args, '2')),
  'modf(x, /)': (args, result) => {
    const x = toDouble(args);
    const negative = x < 0 || Object.is(x, -0);
    const whole = Math.trunc(x);
    let fraction = Number.isFinite(x) ? x - whole : x === x ? 0 : x;
    if (fraction === 0) fraction = negative ? -0 : 0;
    setPair(result, (first, second) => {
      setFloat(first, fraction);
      setFloat(second, whole);
    });
  },
  'nextafter(x, y, /, *, steps=None)': (args, result) => {
    let steps = 1n;
    if (isInt(args + 2)) {
      if (intSign(args + 2) < 0) raiseValueError('steps must be a non-negative integer');
      steps = bigIntAt(args + 2);
    } else if (!isNone(args + 2)) {
      const count = indexOf(args + 2);
      if (count < 0) raiseValueError('steps must be a non-negative integer');
      steps = BigInt(count);
    }
    setFloat(result, nextAfter(toDouble(args), toDouble(args + 1), steps));
  },
  'pow(x, y, /)': (args, result) => {
    const x = toDouble(args);
    const y = toDouble(args + 1);
    if (x === 0 && y < 0 && y !== -Infinity) raiseDomain();
    const value = y === 0 || x === 1 ? 1 : power(x, y);
    if (value !== value && x === x && y === y) raiseDomain();
    if (!Number.isFinite(value) && Number.isFinite(x) && Number.isFinite(y)) raiseRange();
    setFloat(result, value);
  },
  'radians(x, /)': (args, result) => setFloat(result, toDouble(args) * (Math.PI / 180)),
  'remainder(x, y, /)': (args, result) => setFloat(result, remainder(toDouble(args), toDouble(args + 1))),
  'sin(x, /)': unary(Math.sin, finite),
  'sinh(x, /)': bounded(Math.sinh),
  'sqrt(x, /)': unary(Math.sqrt, 'a nonnegative input'),
  'tan(x, /)': unary(Math.tan, finite),
  'tanh(x, /)': unary(Math.tanh),
  'trunc(x, /)': (args, result) => {
    if (isFloatOrSubclass(args)) setTruncated(doubleAt(args), result);
    else if (isImmediateInt(args)) setInt(result, immediateAt(args));
    else if (!callSpecial(args, N.__trunc__, args, 0, result)) {
      raiseTypeError(`type ${typeName(args)} doesn't define __trunc__ method`);
    }
  },
  'ulp(x, /)': (args, result) => setFloat(result, ulp(toDouble(args))),
});

function isNone(slot: number): boolean {
  return !isNull(slot) && typeName(slot) === 'NoneType';
}

registerModule('math', (dict) => {
  const slot = pushSlots(1);
  const constant = (name: string, value: number): void => {
    setFloat(slot, value);
    dictSetString(dict, intern(name), slot);
  };
  constant('pi', Math.PI);
  constant('e', Math.E);
  constant('tau', 2 * Math.PI);
  constant('inf', Infinity);
  constant('nan', NaN);
  setRef(slot, newString('Mathematical functions over floats and ints, as C and Python define them.'));
  dictSetString(dict, N.__doc__, slot);
  popSlots(1);
});
