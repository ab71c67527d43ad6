/**
 * The _operator module: every operator of the language as a function. What is no operator but an object that is called
 * (itemgetter and its kin) is in operator-getters.ts.
 */

import { Fixed } from '../heap/fixed.ts';
import { Kind } from '../heap/layouts.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setNull, setRef } from '../heap/values.ts';
import { bytesLength, bytesView, isBytes } from '../objects/bytes.ts';
import { raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { hasIndex, index, safeAt, setBool, setInt } from '../objects/integers.ts';
import { registerModule } from '../objects/modules.ts';
import { N } from '../objects/names.ts';
import { type NativeRoutine, natives } from '../objects/natives.ts';
import {
  absolute,
  binary,
  canIterate,
  compare,
  contains,
  deleteItem,
  equals,
  getItem,
  identical,
  invert,
  iterate,
  negative,
  next,
  positive,
  setItem,
  truth,
} from '../objects/operations.ts';
import { operatorsOf } from '../objects/operator-tables.ts';
import { BinaryOperator, CompareOperator } from '../objects/operators.ts';
import { lengthHint } from '../objects/protocols.ts';
import { callSpread } from '../objects/spread.ts';
import { isAscii, isStr, stringOf } from '../objects/strings.ts';
import { kindAt, lookup, typeName, typeOf } from '../objects/types.ts';

registerModule('_operator');

/** `name` and `iname` of the module, by operator. */
const binaryFunctions: readonly (readonly [string, BinaryOperator])[] = [
  ['add', BinaryOperator.add],
  ['sub', BinaryOperator.subtract],
  ['mul', BinaryOperator.multiply],
  ['truediv', BinaryOperator.trueDivide],
  ['floordiv', BinaryOperator.floorDivide],
  ['mod', BinaryOperator.remainder],
  ['matmul', BinaryOperator.matrixMultiply],
  ['lshift', BinaryOperator.leftShift],
  ['rshift', BinaryOperator.rightShift],
  ['and', BinaryOperator.and],
  ['or', BinaryOperator.or],
  ['xor', BinaryOperator.xor],
  ['pow', BinaryOperator.power],
];
for (const [name, operator] of binaryFunctions) {
  const plain = name === 'and' || name === 'or' ? `${name}_` : name;
  natives('_operator', {
    [`${plain}(a, b, /)`]: (args, result) => binary(operator, args, args + 1, false, result),
    [`i${name}(a, b, /)`]: (args, result) => binary(operator, args, args + 1, true, result),
  });
}

const comparison =
  (operator: CompareOperator): NativeRoutine =>
  (args, result) =>
    compare(operator, args, args + 1, result);

/** A sequence to the eye of concat(): has items and is no dict. */
function isSequence(slot: number): boolean {
  return lookup(typeOf(slot), N.__getitem__) !== 0 && kindAt(slot) !== Kind.dict;
}
function concatenate(inPlace: boolean): NativeRoutine {
  return (args, result) => {
    if (!isSequence(args)) raiseTypeError(`'${typeName(args)}' object can't be concatenated`);
    if (!isSequence(args + 1) && operatorsOf(typeOf(args))?.concatenate == null) {
      raiseTypeError(`'${typeName(args)}' object can't be concatenated`);
    }
    binary(BinaryOperator.add, args, args + 1, inPlace, result);
  };
}

/** An iterator over the container that countOf and indexOf search, in a slot. */
function openSearch(container: number, iterator: number): void {
  if (!canIterate(container)) raiseTypeError(`argument of type '${typeName(container)}' is not iterable`);
  iterate(container, iterator);
}

/** Compares all of both, whatever they hold. */
function sameDigest(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < b.length; i++) difference |= (a.length === b.length ? a[i] : b[i] ^ 1) ^ b[i];
  return difference === 0;
}

natives('_operator', {
  'lt(a, b, /)': comparison(CompareOperator.less),
  'le(a, b, /)': comparison(CompareOperator.lessEqual),
  'eq(a, b, /)': comparison(CompareOperator.equal),
  'ne(a, b, /)': comparison(CompareOperator.notEqual),
  'gt(a, b, /)': comparison(CompareOperator.greater),
  'ge(a, b, /)': comparison(CompareOperator.greaterEqual),
  'truth(a, /)': (args, result) => setBool(result, truth(args)),
  'not_(a, /)': (args, result) => setBool(result, !truth(args)),
  'is_(a, b, /)': (args, result) => setBool(result, identical(args, args + 1)),
  'is_not(a, b, /)': (args, result) => setBool(result, !identical(args, args + 1)),
  'is_none(a, /)': (args, result) => setBool(result, isRef(args) && refAt(args) === Fixed.none),
  'is_not_none(a, /)': (args, result) => setBool(result, !isRef(args) || refAt(args) !== Fixed.none),
  'neg(a, /)': (args, result) => negative(args, result),
  'pos(a, /)': (args, result) => positive(args, result),
  'abs(a, /)': (args, result) => absolute(args, result),
  'inv(a, /)': (args, result) => invert(args, result),
  'invert(a, /)': (args, result) => invert(args, result),
  'index(a, /)': (args, result) => index(args, result),
  'concat(a, b, /)': concatenate(false),
  'iconcat(a, b, /)': concatenate(true),
  'contains(a, b, /)': (args, result) => setBool(result, contains(args, args + 1)),
  'getitem(a, b, /)': (args, result) => getItem(args, args + 1, result),
  'setitem(a, b, c, /)': (args, result) => {
    setItem(args, args + 1, args + 2);
    setRef(result, Fixed.none);
  },
  'delitem(a, b, /)': (args, result) => {
    deleteItem(args, args + 1);
    setRef(result, Fixed.none);
  },
  'countOf(a, b, /)': (args, result) => {
    const slots = pushSlots(2);
    openSearch(args, slots);
    let count = 0;
    while (next(slots, slots + 1)) if (equals(slots + 1, args + 1)) count++;
    popSlots(2);
    setInt(result, count);
  },
  'indexOf(a, b, /)': (args, result) => {
    const slots = pushSlots(2);
    openSearch(args, slots);
    for (let position = 0; next(slots, slots + 1); position++) {
      if (!equals(slots + 1, args + 1)) continue;
      popSlots(2);
      setInt(result, position);
      return;
    }
    raiseValueError('sequence.index(x): x not in sequence');
  },
  'length_hint(obj, default=0, /)': (args, result) => {
    if (!hasIndex(args + 1)) raiseTypeError(`'${typeName(args + 1)}' object cannot be interpreted as an integer`);
    const fallback = pushSlots(1);
    index(args + 1, fallback);
    setInt(result, lengthHint(args, safeAt(fallback)));
    popSlots(1);
  },
  'call(obj, /, *args, **kwargs)': (args, result) => {
    const callable = pushSlots(1);
    copyValue(callable, args);
    if (isNull(args + 2)) setNull(args + 2);
    callSpread(callable, 0, 0, args + 1, args + 2, result);
    popSlots(1);
  },
  '_compare_digest(a, b, /)': (args, result) => {
    if (isStr(args) && isStr(args + 1)) {
      if (!isAscii(refAt(args)) || !isAscii(refAt(args + 1))) {
        raiseTypeError('comparing strings with non-ASCII characters is not supported');
      }
      setBool(result, sameDigest(Buffer.from(stringOf(refAt(args))), Buffer.from(stringOf(refAt(args + 1)))));
    } else if (isBytes(args) && isBytes(args + 1) && bytesLength(refAt(args)) >= 0) {
      setBool(result, sameDigest(bytesView(refAt(args)), bytesView(refAt(args + 1))));
    } else {
      raiseTypeError(
        `unsupported operand types(s) or combination of types: '${typeName(args)}' and '${typeName(args + 1)}'`,
      );
    }
  },
});
