/**
 * The builtin functions over numbers and text: abs, round, divmod, pow, chr, ord, bin, oct, hex, repr, ascii, format.
 * (print and input are in printing.ts; int, float, str, ... are types.)
 */
import { Fixed, T } from '../heap/fixed.ts';
import { bytes } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef } from '../heap/values.ts';
import { bufferData, bufferLength, readBuffer } from '../objects/buffers.ts';
import { isByteArray } from '../objects/bytearrays.ts';
import { isBytes } from '../objects/bytes.ts';
import { raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { intPowerModulo } from '../objects/int-arithmetic.ts';
import { prefixedText } from '../objects/int-text.ts';
import { index, indexOf, isInt, setInt } from '../objects/integers.ts';
import { callSpecial } from '../objects/invoke.ts';
import { N } from '../objects/names.ts';
import { natives } from '../objects/natives.ts';
import { absolute, binary, binaryNamed, format, repr } from '../objects/operations.ts';
import { BinaryOperator } from '../objects/operators.ts';
import { escapeNonAscii } from '../objects/string-repr.ts';
import { codePointAt, isStr, newCharacter, newString, stringLength } from '../objects/strings.ts';
import { argumentType, inheritsNative, isSubtype, lookup, typeName, typeOf } from '../objects/types.ts';

const isNone = (slot: number): boolean => isRef(slot) && refAt(slot) === Fixed.none;

/** bin, oct, hex. */
function inRadix(radix: number, prefix: string): (args: number, result: number) => void {
  return (args, result) => {
    const plain = pushSlots(1);
    index(args, plain);
    setRef(result, newString(prefixedText(plain, radix, prefix)));
    popSlots(1);
  };
}

/** pow with a modulus, through __pow__ and __rpow__ unless all three are plain ints. */
function powerModulo(base: number, exponent: number, modulus: number, result: number): void {
  const plain = inheritsNative(typeOf(base), N.__pow__, T.int) && inheritsNative(typeOf(exponent), N.__rpow__, T.int);
  if (plain && isInt(base) && isInt(exponent) && isInt(modulus)) {
    intPowerModulo(base, exponent, modulus, result);
    return;
  }
  const slots = pushSlots(3);
  const baseType = typeOf(base);
  const exponentType = typeOf(exponent);
  const attempt = (reflected: boolean): boolean => {
    copyValue(slots, reflected ? base : exponent);
    copyValue(slots + 1, modulus);
    const object = reflected ? exponent : base;
    if (!callSpecial(object, reflected ? N.__rpow__ : N.__pow__, slots, 2, slots + 2)) return false;
    return !(isRef(slots + 2) && refAt(slots + 2) === Fixed.notImplemented);
  };
  const reflectedFirst =
    baseType !== exponentType &&
    isSubtype(exponentType, baseType) &&
    lookup(exponentType, N.__rpow__) !== lookup(baseType, N.__rpow__);
  const done =
    (reflectedFirst && attempt(true)) ||
    attempt(false) ||
    (baseType !== exponentType && !reflectedFirst && attempt(true));
  if (!done) {
    const [a, b, c] = [typeName(base), typeName(exponent), typeName(modulus)];
    if (baseType === T.complex || exponentType === T.complex) raiseValueError('complex modulo');
    if (baseType === T.float || exponentType === T.float || typeOf(modulus) === T.float) {
      raiseTypeError('pow() 3rd argument not allowed unless all arguments are integers');
    }
    raiseTypeError(`unsupported operand type(s) for ** or pow(): '${a}', '${b}', '${c}'`);
  }
  copyValue(result, slots + 2);
  popSlots(3);
}

natives('builtins', {
  'abs(number, /)': (args, result) => absolute(args, result),
  'round(number, ndigits=None)': (args, result) => {
    const type = typeOf(args);
    if (lookup(type, N.__round__) === 0) raiseTypeError(`type ${typeName(args)} doesn't define __round__ method`);
    callSpecial(args, N.__round__, args + 1, isNone(args + 1) ? 0 : 1, result);
  },
  'divmod(x, y, /)': (args, result) => {
    if (!binaryNamed(N.__divmod__, N.__rdivmod__, args, args + 1, result)) {
      raiseTypeError(`unsupported operand type(s) for divmod(): '${typeName(args)}' and '${typeName(args + 1)}'`);
    }
  },
  'pow(base, exp, mod=None)': (args, result) => {
    if (isNone(args + 2)) binary(BinaryOperator.power, args, args + 1, false, result);
    else powerModulo(args, args + 1, args + 2, result);
  },
  'chr(i, /)': (args, result) => {
    const code = indexOf(args);
    if (code < 0 || code > 0x10ffff) raiseValueError('chr() arg not in range(0x110000)');
    setRef(result, newCharacter(code));
  },
  'ord(character, /)': (args, result) => {
    if (isStr(args)) {
      const ref = refAt(args);
      const length = stringLength(ref);
      if (length !== 1) raiseTypeError(`ord() expected a character, but string of length ${length} found`);
      setInt(result, codePointAt(ref, 0));
    } else if (isBytes(args) || isByteArray(args)) {
      readBuffer(args);
      if (bufferLength !== 1) raiseTypeError(`ord() expected a character, but string of length ${bufferLength} found`);
      setInt(result, bytes[bufferData]);
    } else raiseTypeError(`ord() expected string of length 1, but ${typeName(args)} found`);
  },
  'bin(number, /)': inRadix(2, '0b'),
  'oct(number, /)': inRadix(8, '0o'),
  'hex(number, /)': inRadix(16, '0x'),
  'repr(obj, /)': (args, result) => setRef(result, repr(args)),
  'ascii(obj, /)': (args, result) => setRef(result, escapeNonAscii(repr(args))),
  "format(value, format_spec='', /)": (args, result) => {
    if (isNull(args + 1) || !isStr(args + 1)) {
      raiseTypeError(`format() argument 2 must be str, not ${argumentType(args + 1)}`);
    }
    setRef(result, format(args, refAt(args + 1)));
  },
});
