/**
 * Ints, floats and strings below the interpreter, against models: BigInt for ints, JavaScript's own conversions for
 * floats, arrays of code points for strings. What CPython prints for such things is compared in test/programs
 * (numbers_random.py, text_random.py and others).
 */
import fc from 'fast-check';
import t from 'tap';
import { State, T } from '../src/heap/fixed.ts';
import { IntForm, IntObject } from '../src/heap/layouts.ts';
import { words } from '../src/heap/memory.ts';
import { pushSlots } from '../src/heap/slots.ts';
import { floatAt, isImmediateInt, isRef, refAt, setFloat, setRef } from '../src/heap/values.ts';
import { bitLengthOf, newBigIntHandle, sweepBigInts } from '../src/objects/bigints.ts';
import { bootstrap } from '../src/objects/bootstrap.ts';
import { exp, log, norm, power } from '../src/objects/elementary.ts';
import { PYTHON_ERROR } from '../src/objects/errors.ts';
import {
  floatRepr,
  formatExponent,
  formatFixed,
  roundToDigits,
  significantDigits,
} from '../src/objects/float-format.ts';
import { floatHash } from '../src/objects/floats.ts';
import { formatDouble, formatInteger, formatText } from '../src/objects/format-spec.ts';
import { intBinary, intFloatCompare, intOrdering } from '../src/objects/int-arithmetic.ts';
import { bigIntAt, fitsSafe, intAt, intHash, setBigInt, setInt, setInt64 } from '../src/objects/integers.ts';
import { hexFloat, parseFloatText, parseHexFloat, parseInteger } from '../src/objects/number-parse.ts';
import { divideBigInts, scaleByPowerOfTwo } from '../src/objects/number-scale.ts';
import { hashOf, repr } from '../src/objects/operations.ts';
import { BinaryOperator, CompareOperator } from '../src/objects/operators.ts';
import { findLastString, findString, replaceString } from '../src/objects/string-search.ts';
import {
  codePointAt,
  compareStrings,
  concatenate,
  dropStringCache,
  intern,
  internRef,
  isAscii,
  latin1String,
  newString,
  newStringFromCodePoints,
  stringEquals,
  stringHash,
  stringLength,
  stringOf,
  stringWidth,
  substring,
} from '../src/objects/strings.ts';

bootstrap();
const [a, b, c] = [0, 1, 2].map(() => pushSlots(1));

/** Ints of all sizes, many of them at the borders of the representations. */
const borders = [
  0n,
  1n << 31n,
  1n << 32n,
  1n << 47n,
  1n << 48n,
  1n << 53n,
  1n << 62n,
  1n << 63n,
  1n << 64n,
  1n << 100n,
];
const anyInt = fc.oneof(
  fc.bigInt({ min: -(1n << 40n), max: 1n << 40n }),
  fc.bigInt({ min: -(1n << 200n), max: 1n << 200n }),
  fc
    .tuple(fc.constantFrom(...borders), fc.bigInt({ min: -3n, max: 3n }), fc.boolean())
    .map(([border, offset, negative]) => (negative ? -border - offset : border + offset)),
);

/** The form in which an int must lie, by its size. */
function isCanonical(slot: number, value: bigint): boolean {
  if (value >= -(1n << 47n) && value < 1n << 47n) return isImmediateInt(slot);
  if (!isRef(slot)) return false;
  const form = words[(refAt(slot) << 1) + IntObject.form];
  return form === (value >= -(1n << 63n) && value < 1n << 63n ? IntForm.box64 : IntForm.big);
}

const floorDivide = (x: bigint, y: bigint): bigint => (x - (((x % y) + y) % y)) / y;

t.test('ints are stored canonically and read back', async (t) => {
  fc.assert(
    fc.property(anyInt, (value) => {
      setBigInt(a, value);
      const text = stringOf(repr(a));
      return isCanonical(a, value) && bigIntAt(a) === value && text === String(value) && intAt(a) === Number(value);
    }),
  );
  fc.assert(
    fc.property(fc.maxSafeInteger(), (value) => {
      setInt(a, value);
      return isCanonical(a, BigInt(value)) && fitsSafe(a) && intAt(a) === value && !Object.is(intAt(a), -0);
    }),
  );
  fc.assert(
    fc.property(fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }), (value) => {
      setInt64(a, Number(BigInt.asIntN(32, value)), Number(value >> 32n));
      return isCanonical(a, value) && bigIntAt(a) === value;
    }),
  );
  t.end();
});

t.test('int arithmetic agrees with BigInt', async (t) => {
  const models: [BinaryOperator, (x: bigint, y: bigint) => bigint | null][] = [
    [BinaryOperator.add, (x, y) => x + y],
    [BinaryOperator.subtract, (x, y) => x - y],
    [BinaryOperator.multiply, (x, y) => x * y],
    [BinaryOperator.floorDivide, (x, y) => (y === 0n ? null : floorDivide(x, y))],
    [BinaryOperator.remainder, (x, y) => (y === 0n ? null : x - floorDivide(x, y) * y)],
    [BinaryOperator.and, (x, y) => x & y],
    [BinaryOperator.or, (x, y) => x | y],
    [BinaryOperator.xor, (x, y) => x ^ y],
    [BinaryOperator.leftShift, (x, y) => (y < 0n || y > 300n ? null : x << y)],
    [BinaryOperator.rightShift, (x, y) => (y < 0n ? null : x >> y)],
    [BinaryOperator.power, (x, y) => (y < 0n || y > 12n ? null : x ** y)],
  ];
  for (const [operator, model] of models) {
    const right =
      operator === BinaryOperator.power
        ? fc.bigInt({ min: 0n, max: 12n })
        : operator === BinaryOperator.leftShift
          ? fc.bigInt({ min: 0n, max: 200n })
          : anyInt;
    fc.assert(
      fc.property(anyInt, right, fc.boolean(), (x, y, inPlace) => {
        const expected = model(x, y);
        if (expected === null) return true;
        setBigInt(a, x);
        setBigInt(b, y);
        const result = inPlace ? a : c;
        intBinary(operator, a, b, result);
        return bigIntAt(result) === expected && isCanonical(result, expected);
      }),
      { numRuns: 400 },
    );
  }
  const box = fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n });
  fc.assert(
    fc.property(box, fc.bigInt({ min: 1n, max: 1n << 22n }), (x, y) => {
      setBigInt(a, x);
      setBigInt(b, y);
      intBinary(BinaryOperator.floorDivide, a, b, c);
      const quotient = bigIntAt(c);
      intBinary(BinaryOperator.remainder, a, b, c);
      return quotient === floorDivide(x, y) && bigIntAt(c) === x - quotient * y;
    }),
    { numRuns: 2000 },
  );
  fc.assert(
    fc.property(anyInt, anyInt, (x, y) => {
      setBigInt(a, x);
      setBigInt(b, y);
      return Math.sign(intOrdering(a, b)) === (x < y ? -1 : x > y ? 1 : 0);
    }),
  );
  t.end();
});

t.test('int and float compare exactly; true division rounds once', async (t) => {
  fc.assert(
    fc.property(anyInt, fc.double({ noNaN: true }), (x, y) => {
      setBigInt(a, x);
      return (
        intFloatCompare(CompareOperator.less, a, y) === x < y &&
        intFloatCompare(CompareOperator.equal, a, y) === (x >= y && x <= y)
      );
    }),
  );
  // x / 1 and the quotients of doubles are correctly rounded by JavaScript itself.
  fc.assert(fc.property(anyInt, (x) => x === 0n || divideBigInts(x, 1n) === Number(x)));
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.maxSafeInteger(), fc.nat(1000), (x, y, shift) => {
      if (x === 0 || y === 0) return true;
      const scale = 1n << BigInt(shift);
      return divideBigInts(BigInt(x) * scale, BigInt(y) * scale) === x / y;
    }),
  );
  t.equal(divideBigInts(1n, 1n << 1074n), 5e-324);
  t.equal(divideBigInts(3n, 1n << 1075n), 1e-323, 'a tie between subnormals goes to the even one');
  t.equal(divideBigInts(1n, 1n << 1075n), 0);
  t.equal(divideBigInts(1n << 1024n, 1n), Infinity);
  t.end();
});

t.test('numbers that are equal have the same hash, modulo 2**61 - 1', async (t) => {
  const modulus = (1n << 61n) - 1n;
  fc.assert(
    fc.property(anyInt, (value) => {
      setBigInt(a, value);
      hashOf(a, b);
      const size = (value < 0n ? -value : value) % modulus;
      const expected = value < 0n ? -size : size;
      const hash = bigIntAt(b);
      return hash === (expected === -1n ? -2n : expected);
    }),
  );
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
      if (!Number.isInteger(x)) return true;
      setFloat(a, x);
      hashOf(a, b);
      const hash = bigIntAt(b);
      const folded = floatHash(x);
      setBigInt(a, BigInt(x));
      hashOf(a, b);
      return bigIntAt(b) === hash && intHash(a) === folded;
    }),
  );
  for (const [value, hash] of [
    [0.5, 1152921504606846976n],
    [3.14, 322818021289917443n],
    [1e300, 1224995262755759164n],
    [5e-324, 16777216n],
    [Infinity, 314159n],
  ] as const) {
    setFloat(a, value);
    hashOf(a, b);
    t.equal(bigIntAt(b), hash, `hash(${value})`);
  }
  t.end();
});

t.test('BigInts are swept with their owners', async (t) => {
  const dead = newBigIntHandle(1n << 100n, 1e30, 1001);
  const alive = newBigIntHandle(1n << 101n, 1e30, 1002);
  sweepBigInts((ref) => ref !== 1001);
  t.equal(newBigIntHandle(5n, 5, 1003), dead, 'the handle of a dead owner is used again');
  sweepBigInts((ref) => ref !== 1002 && ref !== 1003);
  t.not(alive, dead);
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 1n << 5000n }),
      (value) => bitLengthOf(value) === (value === 0n ? 0 : value.toString(2).length),
    ),
  );
  t.end();
});

t.test('float text reads back and rounds exactly', async (t) => {
  const double = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(fc.property(double, (x) => Object.is(parseFloatText(floatRepr(x)), x)));
  fc.assert(fc.property(double, (x) => Object.is(parseHexFloat(hexFloat(x)), x)));
  fc.assert(
    fc.property(double, (x) => {
      const digits = significantDigits(Math.abs(x), 17);
      return Number(`${digits.digits}e${digits.point - 17}`) === Math.abs(x);
    }),
  );
  t.same(
    [0.5, 1.5, 2.5, 0.125, 2.675, 1e22, 5e-324].map((x) => formatFixed(x, 0, false)),
    ['0', '2', '2', '0', '3', '10000000000000000000000', '0'],
  );
  t.equal(formatFixed(0.125, 2, false), '0.12');
  t.equal(formatFixed(0.375, 2, false), '0.38');
  t.equal(formatFixed(0.1, 30, false), '0.100000000000000005551115123126');
  t.equal(formatFixed(5e-324, 1080, false).replace(/0+$/, '').length, 1076);
  t.equal(formatExponent(2.5, 0, false), '2e+00');
  t.equal(formatExponent(1.5e-310, 3, false), '1.500e-310');
  t.same(
    [
      [2.675, 2],
      [1234.5678, -2],
      [0.5, 0],
      [1.5, 0],
      [25, -1],
      [1e300, 5],
    ].map(([x, digits]) => roundToDigits(x, digits)),
    [2.67, 1200, 0, 2, 20, 1e300],
  );
  for (const [x, text] of [
    [1e16, '1e+16'],
    [1e15, '1000000000000000.0'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [-0, '-0.0'],
    [NaN, 'nan'],
    [-Infinity, '-inf'],
  ] as const) {
    t.equal(floatRepr(x), text);
  }
  for (const text of ['', '.', '1e', '1__0', '_1', '1_', '0x10', 'infinit', '1 2', '--1']) {
    t.equal(parseFloatText(text), null, `'${text}' is no float`);
  }
  t.same(['1_000.5', ' .5 ', '5.', '١.٥', '-inf', '1e400'].map(parseFloatText), [
    1000.5,
    0.5,
    5,
    1.5,
    -Infinity,
    Infinity,
  ]);
  t.end();
});

t.test('integer text in every base', async (t) => {
  fc.assert(
    fc.property(anyInt, fc.integer({ min: 2, max: 36 }), (value, base) => {
      const parsed = parseInteger(value.toString(base), base);
      return parsed !== null && BigInt(parsed) === value;
    }),
  );
  for (const [text, base] of [
    ['', 10],
    ['_1', 10],
    ['1__0', 10],
    ['9', 8],
    ['0x', 16],
    ['01', 0],
    ['+ 1', 10],
  ] as const) {
    t.equal(parseInteger(text, base), null, `'${text}' in base ${base}`);
  }
  t.same(
    [parseInteger('0x_1f', 0), parseInteger('0b11', 2), parseInteger('-0o17', 0), parseInteger('00', 0)],
    [31, 3, -15, 0],
  );
  t.end();
});

t.test('format specifications', async (t) => {
  const int = (value: bigint, spec: string): string =>
    formatInteger(
      value,
      spec,
      'int',
      () => String(value),
      () => Number(value),
    );
  t.same(
    [',', '_x', '#x', '+d', '010', '010,', '>8', '^9', '*<6', 'c', 'e', '=+8'].map((spec) => int(1234n, spec)),
    [
      '1,234',
      '4d2',
      '0x4d2',
      '+1234',
      '0000001234',
      '00,001,234',
      '    1234',
      '  1234   ',
      '1234**',
      'Ӓ',
      '1.234000e+03',
      '+   1234',
    ],
  );
  t.same(
    ['', '.2f', 'g', '%', 'z.0f', '012.3f', ',.1f', '.3', '#.3g', '_.4f', '.6_f'].map((spec) =>
      formatDouble(-1234.5678, spec, 'float'),
    ),
    [
      '-1234.5678',
      '-1234.57',
      '-1234.57',
      '-123456.780000%',
      '-1235',
      '-0001234.568',
      '-1,234.6',
      '-1.23e+03',
      '-1.23e+03',
      '-1_234.5678',
      '-1234.567_800',
    ],
  );
  t.equal(formatDouble(-0.001, 'z.1f', 'float'), '0.0');
  t.equal(formatText('naïve', 5, '^9.3', 'str'), '   naï   ');
  for (const spec of ['q', '..', ',_', '.', '5x5']) {
    words[State.raised] = 0;
    t.throws(() => int(1n, spec), PYTHON_ERROR);
    t.not(words[State.raised], 0, `'${spec}' raises`);
  }
  words[State.raised] = 0;
  t.end();
});

/** Texts of all widths, as code points (no surrogates). */
const codePoints = fc.array(
  fc.oneof(
    fc.integer({ min: 97, max: 100 }),
    fc.integer({ min: 0, max: 255 }),
    fc.integer({ min: 0x100, max: 0xd7ff }),
    fc.integer({ min: 0xe000, max: 0x10ffff }),
  ),
  { maxLength: 40 },
);
const narrow = fc.array(fc.integer({ min: 97, max: 99 }), { maxLength: 30 });
const anyText = fc.oneof(codePoints, narrow);
const pointsOf = (ref: number): number[] => Array.from({ length: stringLength(ref) }, (_, i) => codePointAt(ref, i));
const toText = (codes: number[]): string => String.fromCodePoint(...codes);

t.test('strings are narrow, comparable and hashable whatever their history', async (t) => {
  fc.assert(
    fc.property(anyText, anyText, (x, y) => {
      const ref = newStringFromCodePoints(x);
      const other = newString(toText(x));
      const widest = Math.max(0, ...x);
      const wide = concatenate(newStringFromCodePoints([0x1f600]), ref);
      const cut = substring(wide, 1, x.length + 1);
      dropStringCache();
      return (
        stringWidth(ref) === (widest < 256 ? 1 : widest < 65536 ? 2 : 4) &&
        isAscii(ref) === widest < 128 &&
        stringEquals(ref, other) &&
        stringEquals(ref, cut) &&
        stringHash(ref) === stringHash(cut) &&
        stringOf(cut) === toText(x) &&
        compareStrings(ref, newStringFromCodePoints(y)) === -compareStrings(newStringFromCodePoints(y), ref) &&
        (compareStrings(ref, newStringFromCodePoints(y)) === 0) === (toText(x) === toText(y))
      );
    }),
  );
  t.equal(newString('é'), latin1String(0xe9));
  t.equal(substring(newString('aé中'), 1, 2), latin1String(0xe9));
  t.equal(newStringFromCodePoints([0xd800]) === newStringFromCodePoints([0xd800]), false);
  t.same(pointsOf(newString('\ud800x')), [0xd800, 120], 'a lone surrogate stays');
  t.end();
});

t.test('searching and replacing agree with arrays of code points', async (t) => {
  const find = (text: number[], needle: number[], last: boolean): number => {
    const positions = Array.from({ length: text.length - needle.length + 1 }, (_, i) => i);
    const matches = positions.filter((at) => needle.every((code, k) => text[at + k] === code));
    return matches.length === 0 ? -1 : last ? matches[matches.length - 1] : matches[0];
  };
  fc.assert(
    fc.property(anyText, fc.nat(40), fc.nat(3), fc.nat(30), (text, from, length, repeat) => {
      // Long texts take another way.
      const codes = Array.from({ length: repeat + 1 }, () => text).flat();
      const needle = text.slice(from % (text.length + 1)).slice(0, length);
      const ref = newStringFromCodePoints(codes);
      const pattern = newStringFromCodePoints(needle);
      return (
        findString(ref, pattern, 0, codes.length) === find(codes, needle, false) &&
        findLastString(ref, pattern, 0, codes.length) === find(codes, needle, true)
      );
    }),
  );
  fc.assert(
    fc.property(anyText, fc.nat(40), anyText, (text, from, replacement) => {
      const needle = text.slice(from % (text.length + 1)).slice(0, 2);
      if (needle.length === 0) return true;
      const result = replaceString(
        newStringFromCodePoints(text),
        newStringFromCodePoints(needle),
        newStringFromCodePoints(replacement),
        -1,
      );
      const expected = toText(text).replaceAll(toText(needle), () => toText(replacement));
      return stringEquals(result, newString(expected)) && stringOf(result) === expected;
    }),
  );
  t.end();
});

t.test('interning gives one object a text, through growth of the table', async (t) => {
  const refs = new Map<string, number>();
  for (let i = 0; i < 10_000; i++) refs.set(`name${i}`, intern(`name${i}`));
  for (const [text, ref] of refs) {
    if (internRef(newString(text)) !== ref || stringOf(ref) !== text) t.fail(`${text} was interned twice`);
  }
  t.equal(words[intern('name1') << 1], T.str);
  t.equal(internRef(newString('x')), latin1String(120));
  t.end();
});

t.test('elementary functions to the last digit', async (t) => {
  for (const [actual, expected] of [
    [exp(1), Math.E],
    [exp(-745.2), 0],
    [exp(710), Infinity],
    [log(10), Math.LN10],
    [log(1), 0],
    [power(10, 15), 1e15],
    [power(10, -5), 1e-5],
    [power(3, 33), 5559060566555523],
    [power(2, 0.5), Math.SQRT2],
    [power(1.1, 10), 2.5937424601000023],
    [power(-8, 3), -512],
    [power(-2, 0.5), NaN],
    [power(2, -1074), 5e-324],
    [norm([3, 4], 4), 5],
    [norm([3e300, 4e300], 4e300), 5e300],
    [norm([5e-324, 5e-324], 5e-324), 5e-324],
    [scaleByPowerOfTwo(1.5, -1074), 1e-323],
    [scaleByPowerOfTwo(1, 1024), Infinity],
  ]) {
    t.ok(Object.is(actual, expected), `${actual} is ${expected}`);
  }
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2 ** 26 }),
      (n) => power(n, 2) === n * n && norm([n * 3, n * 4], n * 4) === n * 5,
    ),
  );
  fc.assert(fc.property(fc.integer({ min: -1000, max: 1000 }), (n) => log(power(2, n / 4)) !== Infinity));
  setFloat(a, 0.1);
  setRef(b, intern('kept'));
  t.equal(floatAt(a), 0.1);
  t.end();
});
