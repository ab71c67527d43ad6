/**
 * Python's operators on any values: arithmetic, comparison, truth. Operands of exactly built-in types go straight to the
 * routine their type declared (type-operators.ts); all others through the special methods, with reflected operands,
 * subclass priority and NotImplemented. What works on one object as a container, iterator or printable thing is in
 * protocols.ts and exported again from here.
 *
 * Slots are rooted by the caller; a result slot may be an operand's. Everything here may call Python and may raise.
 */
import { Fixed, T } from '../heap/fixed.ts';
import { Kind, Native, Type, TypeFlag } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, floatAt, isFloat, isImmediateInt, isRef, refAt, sameValue, TAG_REF } from '../heap/values.ts';
import { raiseTypeError } from './errors.ts';
import { intSign, setBool } from './integers.ts';
import { callComparison, callSpecial } from './invoke.ts';
import { N } from './names.ts';
import { type OperatorTable, operatorsOf, sequenceNatives } from './operator-tables.ts';
import { BinaryOperator, binarySymbols, CompareOperator, compareSymbols } from './operators.ts';
import { length } from './protocols.ts';
import { repeatSequence } from './type-operators.ts';
import { inheritsNative, isSubtype, kindOf, lookup, typeName, typeNameOf, typeOf } from './types.ts';

export * from './protocols.ts';

/** Interned special method names by operator: `__add__`, `__radd__`, `__iadd__`. Functions: names come at start-up. */
const forward = (operator: BinaryOperator): number => binaryNamesOf()[operator];
const reflected = (operator: BinaryOperator): number => binaryNamesOf()[operator + 16];
const augmented = (operator: BinaryOperator): number => binaryNamesOf()[operator + 32];

let nameTable: Int32Array | null = null;
function binaryNamesOf(): Int32Array {
  if (nameTable !== null) return nameTable;
  const table = new Int32Array(48);
  table.set([
    N.__add__,
    N.__sub__,
    N.__mul__,
    N.__truediv__,
    N.__floordiv__,
    N.__mod__,
    N.__pow__,
    N.__matmul__,
    N.__lshift__,
    N.__rshift__,
    N.__and__,
    N.__or__,
    N.__xor__,
  ]);
  table.set(
    [
      N.__radd__,
      N.__rsub__,
      N.__rmul__,
      N.__rtruediv__,
      N.__rfloordiv__,
      N.__rmod__,
      N.__rpow__,
      N.__rmatmul__,
      N.__rlshift__,
      N.__rrshift__,
      N.__rand__,
      N.__ror__,
      N.__rxor__,
    ],
    16,
  );
  table.set(
    [
      N.__iadd__,
      N.__isub__,
      N.__imul__,
      N.__itruediv__,
      N.__ifloordiv__,
      N.__imod__,
      N.__ipow__,
      N.__imatmul__,
      N.__ilshift__,
      N.__irshift__,
      N.__iand__,
      N.__ior__,
      N.__ixor__,
    ],
    32,
  );
  nameTable = table;
  return table;
}

/** The interned name of `__lt__` ... for a comparison. */
function compareName(operator: CompareOperator): number {
  switch (operator) {
    case CompareOperator.less:
      return N.__lt__;
    case CompareOperator.lessEqual:
      return N.__le__;
    case CompareOperator.equal:
      return N.__eq__;
    case CompareOperator.notEqual:
      return N.__ne__;
    case CompareOperator.greater:
      return N.__gt__;
    case CompareOperator.greaterEqual:
      return N.__ge__;
  }
}
/** The comparison that means the same with the operands exchanged. */
export function swapped(operator: CompareOperator): CompareOperator {
  switch (operator) {
    case CompareOperator.less:
      return CompareOperator.greater;
    case CompareOperator.lessEqual:
      return CompareOperator.greaterEqual;
    case CompareOperator.greater:
      return CompareOperator.less;
    case CompareOperator.greaterEqual:
      return CompareOperator.lessEqual;
    default:
      return operator;
  }
}

/** result = a <operator> b; `inPlace`: augmented assignment. */
export function binary(operator: BinaryOperator, a: number, b: number, inPlace: boolean, result: number): void {
  const left = operatorsOf(typeOf(a));
  const right = operatorsOf(typeOf(b));
  const bit = 1 << operator;
  if (left !== null && right !== null && !left.inherited && !right.inherited) {
    if (inPlace && (left.inPlaceMask & bit) !== 0 && left.inPlace?.(operator, a, b, result)) return;
    if ((left.binaryMask & bit) !== 0 && left.binary?.(operator, a, b, result)) return;
    if (left !== right && (right.binaryMask & bit) !== 0 && right.binary?.(operator, a, b, result)) return;
    if (sequenceOperation(operator, left, right, a, b, inPlace, result)) return;
  }
  binaryByMethods(operator, a, b, inPlace, result);
}

function sequenceOperation(
  operator: BinaryOperator,
  left: OperatorTable | null,
  right: OperatorTable | null,
  a: number,
  b: number,
  inPlace: boolean,
  result: number,
): boolean {
  if (operator === BinaryOperator.add) {
    const concatenate = (inPlace ? left?.inPlaceConcatenate : null) ?? left?.concatenate;
    if (!concatenate) return false;
    concatenate(a, b, result);
    return true;
  }
  if (operator !== BinaryOperator.multiply) return false;
  if (left?.repeat) {
    repeatSequence((inPlace ? left.inPlaceRepeat : null) ?? left.repeat, a, b, result);
    return true;
  }
  if (!right?.repeat) return false;
  repeatSequence(right.repeat, b, a, result);
  return true;
}

/** The operators of the built-in type whose layout a class has, or another built-in type without operators of its own. */
function layoutOperators(type: number): OperatorTable | null {
  for (let at = type; at !== 0; at = words[(at << 1) + Type.layoutBase]) {
    if ((words[(at << 1) + Type.flags] & TypeFlag.heapType) !== 0) continue;
    const table = operatorsOf(at);
    if (table !== null) return table;
  }
  return null;
}

function binaryByMethods(operator: BinaryOperator, a: number, b: number, inPlace: boolean, result: number): void {
  const temporary = pushSlots(1);
  if (
    (inPlace && tryMethod(a, augmented(operator), b, temporary)) ||
    tryBinary(operator, a, b, temporary) ||
    sequenceOperation(operator, layoutOperators(typeOf(a)), layoutOperators(typeOf(b)), a, b, inPlace, temporary)
  ) {
    copyValue(result, temporary);
    popSlots(1);
    return;
  }
  const symbol = inPlace ? `${binarySymbols[operator].split(' ')[0]}=` : binarySymbols[operator];
  raiseTypeError(`unsupported operand type(s) for ${symbol}: '${typeName(a)}' and '${typeName(b)}'`);
}

/** Number protocol: true if one side implements the operator. */
function tryBinary(operator: BinaryOperator, a: number, b: number, result: number): boolean {
  const left = typeOf(a);
  const right = typeOf(b);
  const backward = reflected(operator);
  let reflectedDone = left === right;
  if (!reflectedDone && isSubtype(right, left)) {
    const cell = lookup(right, backward);
    if (cell !== 0 && cell !== lookup(left, backward)) {
      if (tryMethod(b, backward, a, result)) return true;
      reflectedDone = true;
    }
  }
  if (tryMethod(a, forward(operator), b, result)) return true;
  return !reflectedDone && tryMethod(b, backward, a, result);
}

/** result = self.name(other), unless there is no such method, it is a sequence's, or it answers NotImplemented. */
function tryMethod(self: number, name: number, other: number, result: number): boolean {
  const cell = lookup(typeOf(self), name);
  if (cell === 0) return false;
  if (isRef(cell)) {
    const found = refAt(cell);
    if (kindOf(found) === Kind.native && sequenceNatives.has(words[(found << 1) + Native.number])) {
      // in place, a class over a sequence type calls the method like any other
      const isClass = (words[(typeOf(self) << 1) + Type.flags] & TypeFlag.heapType) !== 0;
      if (!isClass || (name !== N.__iadd__ && name !== N.__imul__)) return false;
    }
  }
  if (!callSpecial(self, name, other, 1, result)) return false;
  return !isRef(result) || refAt(result) !== Fixed.notImplemented;
}

/** result = left.__name__(right) or right.__rname__(left) for operators without a sign (divmod, three-argument pow). */
export function binaryNamed(name: number, reflectedName: number, a: number, b: number, result: number): boolean {
  const temporary = pushSlots(1);
  const found =
    tryMethod(a, name, b, temporary) || (typeOf(a) !== typeOf(b) && tryMethod(b, reflectedName, a, temporary));
  if (found) copyValue(result, temporary);
  popSlots(1);
  return found;
}

/** result = -operand, +operand, ~operand or abs(operand). */
export function negative(operand: number, result: number): void {
  const routine = operatorsOf(typeOf(operand))?.negative;
  if (routine) routine(operand, result);
  else unaryByMethod(operand, N.__neg__, 'unary -', result);
}
export function positive(operand: number, result: number): void {
  const routine = operatorsOf(typeOf(operand))?.positive;
  if (routine) routine(operand, result);
  else unaryByMethod(operand, N.__pos__, 'unary +', result);
}
export function invert(operand: number, result: number): void {
  const routine = operatorsOf(typeOf(operand))?.invert;
  if (routine) routine(operand, result);
  else unaryByMethod(operand, N.__invert__, 'unary ~', result);
}
export function absolute(operand: number, result: number): void {
  const routine = operatorsOf(typeOf(operand))?.absolute;
  if (routine) routine(operand, result);
  else unaryByMethod(operand, N.__abs__, 'abs()', result);
}
function unaryByMethod(operand: number, name: number, what: string, result: number): void {
  const nothing = pushSlots(1);
  const type = typeOf(operand);
  if (!callSpecial(operand, name, nothing, 0, result)) {
    raiseTypeError(`bad operand type for ${what}: '${typeNameOf(type)}'`);
  }
  popSlots(1);
}

/** result = a <operator> b, any object. TypeError if neither side orders them. */
export function compare(operator: CompareOperator, a: number, b: number, result: number): void {
  const left = operatorsOf(typeOf(a));
  const right = operatorsOf(typeOf(b));
  if (left !== null && right !== null && !left.inherited && !right.inherited) {
    const bit = 1 << operator;
    if ((left.compareMask & bit) !== 0 && left.compare?.(operator, a, b, result)) return;
    if (left !== right && (right.compareMask & (1 << swapped(operator))) !== 0) {
      if (right.compare?.(swapped(operator), b, a, result)) return;
    }
    compareDefault(operator, a, b, result);
    return;
  }
  const temporary = pushSlots(1);
  if (tryCompare(operator, a, b, temporary)) copyValue(result, temporary);
  else compareDefault(operator, a, b, result);
  popSlots(1);
}

function tryCompare(operator: CompareOperator, a: number, b: number, result: number): boolean {
  const left = typeOf(a);
  const right = typeOf(b);
  const subclassFirst = left !== right && isSubtype(right, left);
  if (subclassFirst && compareMethod(swapped(operator), b, a, result)) return true;
  if (compareMethod(operator, a, b, result)) return true;
  return !subclassFirst && compareMethod(swapped(operator), b, a, result);
}

/** result = self.__lt__(other) etc.; false if not implemented. */
function compareMethod(operator: CompareOperator, self: number, other: number, result: number): boolean {
  const type = typeOf(self);
  const table = operatorsOf(type);
  if (table !== null && (table.compareMask & (1 << operator)) !== 0) {
    return table.compare?.(operator, self, other, result) ?? false;
  }
  const name = compareName(operator);
  if (inheritsNative(type, name, T.object)) {
    // object compares nothing itself; its __ne__ is the opposite of whatever __eq__ says
    if (operator !== CompareOperator.notEqual || inheritsNative(type, N.__eq__, T.object)) return false;
    if (!compareMethod(CompareOperator.equal, self, other, result)) return false;
    setBool(result, !truth(result));
    return true;
  }
  const cell = lookup(type, name);
  if (cell !== 0 && isRef(cell) && words[refAt(cell) << 1] !== T.function && kindOf(refAt(cell)) !== Kind.native) {
    return callComparison(self, name, other, result) && (!isRef(result) || refAt(result) !== Fixed.notImplemented);
  }
  return tryMethod(self, name, other, result);
}

function compareDefault(operator: CompareOperator, a: number, b: number, result: number): void {
  if (operator === CompareOperator.equal) setBool(result, identical(a, b));
  else if (operator === CompareOperator.notEqual) setBool(result, !identical(a, b));
  else {
    raiseTypeError(
      `'${compareSymbols[operator]}' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`,
    );
  }
}

/** `a is b`. Floats are identical when their bits are, ints beyond 48 bits when they are one object. */
export function identical(a: number, b: number): boolean {
  return sameValue(a, b);
}

/** `a is b or a == b`, as containers compare their items. */
export function equals(a: number, b: number): boolean {
  if (words[a << 1] === words[b << 1] && words[(a << 1) + 1] === words[(b << 1) + 1]) return true;
  if (isFloat(a) && isFloat(b)) return floatAt(a) === floatAt(b);
  if (isImmediateInt(a) && isImmediateInt(b)) return false;
  const result = pushSlots(1);
  compare(CompareOperator.equal, a, b, result);
  const answer = truth(result);
  popSlots(1);
  return answer;
}

/** The truth of a comparison, computed without a result slot of the caller's. */
export function compareTruth(operator: CompareOperator, a: number, b: number): boolean {
  const result = pushSlots(1);
  compare(operator, a, b, result);
  const answer = truth(result);
  popSlots(1);
  return answer;
}

/** bool(operand). */
export function truth(operand: number): boolean {
  const high = words[(operand << 1) + 1];
  if (high !== TAG_REF) {
    if (isFloat(operand)) return floatAt(operand) !== 0;
    return words[operand << 1] !== 0 || (high & 0xffff) !== 0;
  }
  const ref = words[operand << 1];
  switch (ref) {
    case Fixed.true:
      return true;
    case Fixed.false:
    case Fixed.none:
      return false;
  }
  const type = words[ref << 1];
  const table = operatorsOf(type);
  if (table !== null) {
    if (table.truth !== null) return table.truth(operand);
    if (table.length !== null) return table.length(operand) !== 0;
  }
  if (type === T.int) return intSign(operand) !== 0;
  return truthByMethod(operand, type);
}

function truthByMethod(operand: number, type: number): boolean {
  const answer = pushSlots(1);
  let truthful = true;
  if (callSpecial(operand, N.__bool__, answer, 0, answer)) {
    if (!isRef(answer) || (refAt(answer) !== Fixed.true && refAt(answer) !== Fixed.false)) {
      raiseTypeError(`__bool__ should return bool, returned ${typeName(answer)}`);
    }
    truthful = refAt(answer) === Fixed.true;
  } else if (lookup(type, N.__len__) !== 0) truthful = length(operand) !== 0;
  popSlots(1);
  return truthful;
}
