/**
 * Operators off the loop's fast paths: 48-bit and mixed numbers first, then methods of Python classes (whose frames are
 * pushed, with a ReturnKind that handles NotImplemented and truth), then the object layer's operations.
 */

import { Op } from '../compiler/instructions.ts';
import { Fixed, State, T } from '../heap/fixed.ts';
import { FRAME_HEADER_CELLS, Frame, Kind, Type, TypeFlag } from '../heap/layouts.ts';
import { cells, words } from '../heap/memory.ts';
import { pushSlots } from '../heap/slots.ts';
import {
  copyValue,
  INT_MAX,
  INT_MIN,
  immediateAt,
  isFloat,
  isImmediateInt,
  isRef,
  refAt,
  setFloat,
  setImmediate48,
  setRef,
  TAG_REF,
} from '../heap/values.ts';
import { Descriptor, descriptorAt, descriptorGet } from '../objects/attributes.ts';
import { raise, raiseTypeError } from '../objects/errors.ts';
import { append } from '../objects/growing-strings.ts';
import { call, callComparison } from '../objects/invoke.ts';
import { N } from '../objects/names.ts';
import { binary, compare, truth } from '../objects/operations.ts';
import { type BinaryOperator, binarySymbols, CompareOperator, compareSymbols } from '../objects/operators.ts';
import { concatenate, isExactStr, stringEquals } from '../objects/strings.ts';
import { isSubtype, lookup, typeName, typeOf } from '../objects/types.ts';
import { pushFunction } from './calls.ts';
import { ReturnKind } from './frames.ts';
import { sourceAt } from './operands.ts';
import { growsInPlace } from './string-appends.ts';

const H = FRAME_HEADER_CELLS;

/** Two ints within 48 bits: true if the result was stored, false if the general path must do it. */
function integerOperation(op: Op, x: number, y: number, d: number): boolean {
  let result: number;
  switch (op) {
    case Op.ADD:
      result = x + y;
      break;
    case Op.SUBTRACT:
      result = x - y;
      break;
    case Op.MULTIPLY:
      result = x * y;
      break;
    case Op.TRUE_DIVIDE:
      if (y === 0) return false;
      // -0 has no place in ints: 0 / -5 is -0.0 in JavaScript and in Python both
      setFloat(d, x / y);
      return true;
    case Op.FLOOR_DIVIDE:
      if (y === 0) return false;
      // The quotient of 48-bit ints is never rounded across an integer: they differ by more than a double's precision.
      result = Math.floor(x / y);
      break;
    case Op.REMAINDER:
      if (y === 0) return false;
      result = x - Math.floor(x / y) * y;
      break;
    case Op.LEFT_SHIFT:
      if (y < 0 || y > 47) return false;
      result = x * 2 ** y;
      break;
    case Op.RIGHT_SHIFT:
      if (y < 0) return false;
      result = y > 47 ? (x < 0 ? -1 : 0) : Math.floor(x / 2 ** y);
      break;
    case Op.POWER: {
      if (y < 0 || y > 64) return false;
      result = 1;
      let factor = x;
      for (let exponent = y; ; ) {
        if ((exponent & 1) !== 0) result *= factor;
        exponent >>= 1;
        if (exponent === 0) break;
        factor *= factor;
        if (factor > INT_MAX) return false;
      }
      break;
    }
    default:
      return false;
  }
  if (result > INT_MAX || result < INT_MIN) return false;
  setImmediate48(d, result);
  return true;
}

function floatOperation(op: Op, x: number, y: number, d: number): boolean {
  switch (op) {
    case Op.ADD:
      setFloat(d, x + y);
      return true;
    case Op.SUBTRACT:
      setFloat(d, x - y);
      return true;
    case Op.MULTIPLY:
      setFloat(d, x * y);
      return true;
    case Op.TRUE_DIVIDE:
      if (y === 0) return false;
      setFloat(d, x / y);
      return true;
    default:
      return false;
  }
}

/** A binary operator (`dssi`); returns where to go on. */
export function arithmeticSlow(pc: number, base: number): number {
  const op: Op = words[pc];
  const a = sourceAt(pc + 2, base);
  const b = sourceAt(pc + 3, base);
  const d = base + words[pc + 1];
  if (isImmediateInt(a)) {
    if (isImmediateInt(b)) {
      if (integerOperation(op, immediateAt(a), immediateAt(b), d)) return pc + 5;
    } else if (isFloat(b) && floatOperation(op, immediateAt(a), cells[b], d)) return pc + 5;
  } else if (isFloat(a)) {
    if (isImmediateInt(b)) {
      if (floatOperation(op, cells[a], immediateAt(b), d)) return pc + 5;
    } else if (isFloat(b) && floatOperation(op, cells[a], cells[b], d)) return pc + 5;
  } else if (op === Op.ADD && isExactStr(a) && isExactStr(b)) {
    const grows = words[pc + 1] === words[pc + 2] && growsInPlace(pc, words[((base - H) << 1) + Frame.code]);
    setRef(d, grows ? append(refAt(a), refAt(b)) : concatenate(refAt(a), refAt(b)));
    return pc + 5;
  }
  words[State.pc] = pc;
  if (isHeapInstance(a) || isHeapInstance(b)) {
    const count = binaryCandidates(op - Op.ADD, words[pc + 4] !== 0, a, b);
    if (count > 0 && isFunctionCell(candidateMethods[0])) {
      return pushTwo(
        candidateMethods[0],
        candidateSwapped[0] !== 0 ? b : a,
        candidateSwapped[0] !== 0 ? a : b,
        pc + 5,
        words[pc + 1],
        count === 1 ? ReturnKind.binaryLast : ReturnKind.binary,
      );
    }
  }
  binary(op - Op.ADD, a, b, words[pc + 4] !== 0, d);
  return pc + 5;
}

/** True for an instance of a class made by a class statement: only those have methods written in Python. */
export function isHeapInstance(slot: number): boolean {
  return isRef(slot) && (words[(words[refAt(slot) << 1] << 1) + Type.flags] & TypeFlag.heapType) !== 0;
}
export function isFunctionCell(cell: number): boolean {
  return words[(cell << 1) + 1] === TAG_REF && words[words[cell << 1] << 1] === T.function;
}

/** Calls the Python function in cell `method` with two values by pushing its frame. */
export function pushTwo(
  method: number,
  first: number,
  second: number,
  next: number,
  destination: number,
  kind: ReturnKind,
): number {
  const args = pushSlots(2);
  copyValue(args, first);
  copyValue(args + 1, second);
  return pushFunction(refAt(method), args, 2, 0, next, destination, kind);
}
/** The same with one value. */
export function pushOne(method: number, self: number, next: number, destination: number, kind: ReturnKind): number {
  return pushFunction(refAt(method), self, 1, 0, next, destination, kind);
}

/** Cells of the methods that an operator tries, in order, and whether each is called with the operands swapped. */
const candidateMethods = new Int32Array(3);
const candidateSwapped = new Uint8Array(3);

const plainNames: (keyof typeof N)[] = [
  '__add__',
  '__sub__',
  '__mul__',
  '__truediv__',
  '__floordiv__',
  '__mod__',
  '__pow__',
  '__matmul__',
  '__lshift__',
  '__rshift__',
  '__and__',
  '__or__',
  '__xor__',
];
const reflectedNames: (keyof typeof N)[] = [
  '__radd__',
  '__rsub__',
  '__rmul__',
  '__rtruediv__',
  '__rfloordiv__',
  '__rmod__',
  '__rpow__',
  '__rmatmul__',
  '__rlshift__',
  '__rrshift__',
  '__rand__',
  '__ror__',
  '__rxor__',
];
const inPlaceNames: (keyof typeof N)[] = [
  '__iadd__',
  '__isub__',
  '__imul__',
  '__itruediv__',
  '__ifloordiv__',
  '__imod__',
  '__ipow__',
  '__imatmul__',
  '__ilshift__',
  '__irshift__',
  '__iand__',
  '__ior__',
  '__ixor__',
];

function binaryCandidates(operator: BinaryOperator, inPlace: boolean, a: number, b: number): number {
  const typeA = typeOf(a);
  const typeB = typeOf(b);
  let count = 0;
  if (inPlace) {
    const method = lookup(typeA, N[inPlaceNames[operator]]);
    if (method !== 0) {
      candidateMethods[count] = method;
      candidateSwapped[count++] = 0;
    }
  }
  const left = lookup(typeA, N[plainNames[operator]]);
  const right = typeA === typeB ? 0 : lookup(typeB, N[reflectedNames[operator]]);
  const rightFirst =
    right !== 0 && isSubtype(typeB, typeA) && !sameCell(right, lookup(typeA, N[reflectedNames[operator]]));
  if (rightFirst) {
    candidateMethods[count] = right;
    candidateSwapped[count++] = 1;
  }
  if (left !== 0) {
    candidateMethods[count] = left;
    candidateSwapped[count++] = 0;
  }
  if (right !== 0 && !rightFirst) {
    candidateMethods[count] = right;
    candidateSwapped[count++] = 1;
  }
  return count;
}
function sameCell(a: number, b: number): boolean {
  return a !== 0 && b !== 0 && words[a << 1] === words[b << 1];
}

const compareNames: (keyof typeof N)[] = ['__lt__', '__le__', '__eq__', '__ne__', '__gt__', '__ge__'];
/** The operator with its operands swapped. */
const swappedOperator = [
  CompareOperator.greater,
  CompareOperator.greaterEqual,
  CompareOperator.equal,
  CompareOperator.notEqual,
  CompareOperator.less,
  CompareOperator.lessEqual,
];

function compareCandidates(operator: CompareOperator, a: number, b: number): number {
  const typeA = typeOf(a);
  const typeB = typeOf(b);
  let count = 0;
  const left = lookup(typeA, N[compareNames[operator]]);
  const right = lookup(typeB, N[compareNames[swappedOperator[operator]]]);
  const rightFirst = right !== 0 && typeA !== typeB && isSubtype(typeB, typeA);
  if (rightFirst) {
    candidateMethods[count] = right;
    candidateSwapped[count++] = 1;
  }
  if (left !== 0) {
    candidateMethods[count] = left;
    candidateSwapped[count++] = 0;
  }
  if (right !== 0 && !rightFirst) {
    candidateMethods[count] = right;
    candidateSwapped[count++] = 1;
  }
  return count;
}

/** The instruction of kind LESS ... or BRANCH_LESS ... at `pc` as an operator. */
function compareOperatorAt(pc: number): CompareOperator {
  const op = words[pc];
  return op >= Op.BRANCH_LESS && op <= Op.BRANCH_GREATER_EQUAL ? op - Op.BRANCH_LESS : op - Op.LESS;
}
function numbersMatch(operator: CompareOperator, x: number, y: number): boolean {
  switch (operator) {
    case CompareOperator.less:
      return x < y;
    case CompareOperator.lessEqual:
      return x <= y;
    case CompareOperator.equal:
      return x === y;
    case CompareOperator.notEqual:
      return x !== y;
    case CompareOperator.greater:
      return x > y;
    default:
      return x >= y;
  }
}

/** A comparison (`dss`) that stores its result. */
export function compareSlow(pc: number, base: number): number {
  const operator = compareOperatorAt(pc);
  const a = sourceAt(pc + 2, base);
  const b = sourceAt(pc + 3, base);
  const d = base + words[pc + 1];
  if (!isRef(a) && !isRef(b)) {
    const x = isFloat(a) ? cells[a] : immediateAt(a);
    const y = isFloat(b) ? cells[b] : immediateAt(b);
    setRef(d, numbersMatch(operator, x, y) ? Fixed.true : Fixed.false);
    return pc + 4;
  }
  words[State.pc] = pc;
  if (isHeapInstance(a) || isHeapInstance(b)) {
    const count = compareCandidates(operator, a, b);
    if (count > 0 && isFunctionCell(candidateMethods[0])) {
      const swapped = candidateSwapped[0] !== 0;
      return pushTwo(
        candidateMethods[0],
        swapped ? b : a,
        swapped ? a : b,
        pc + 4,
        words[pc + 1],
        count === 1 ? ReturnKind.compareLast : ReturnKind.compare,
      );
    }
  }
  compare(operator, a, b, d);
  return pc + 4;
}

/** A comparison that is followed by its jump: numbers are decided here, jump included; else as compareSlow. */
export function branchSlow(pc: number, base: number): number {
  const a = sourceAt(pc + 2, base);
  const b = sourceAt(pc + 3, base);
  if (!isRef(a) && !isRef(b)) {
    const x = isFloat(a) ? cells[a] : immediateAt(a);
    const y = isFloat(b) ? cells[b] : immediateAt(b);
    const holds = numbersMatch(words[pc] - Op.BRANCH_LESS, x, y);
    return holds === (words[pc + 4] === Op.JUMP_IF_TRUE) ? words[pc + 6] : pc + 7;
  }
  if (isExactStr(a) && isExactStr(b)) {
    const op = words[pc];
    if (op === Op.BRANCH_EQUAL || op === Op.BRANCH_NOT_EQUAL) {
      const holds = stringEquals(refAt(a), refAt(b)) === (op === Op.BRANCH_EQUAL);
      return holds === (words[pc + 4] === Op.JUMP_IF_TRUE) ? words[pc + 6] : pc + 7;
    }
  }
  return compareSlow(pc, base);
}

/**
 * The first method of the operator instruction that ends at `next` returned NotImplemented: tries the others, then what
 * the operator does without them. The caller's frame is the running one again.
 */
export function operatorFallback(next: number, isBinary: boolean, last: boolean): void {
  const base = words[State.frame] + H;
  const pc = isBinary ? next - 5 : next - 4;
  words[State.pc] = pc;
  const a = sourceAt(pc + 2, base);
  const b = sourceAt(pc + 3, base);
  const d = base + words[pc + 1];
  if (!last) {
    const operator = isBinary ? words[pc] - Op.ADD : compareOperatorAt(pc);
    const count = isBinary ? binaryCandidates(operator, words[pc + 4] !== 0, a, b) : compareCandidates(operator, a, b);
    const slots = pushSlots(6);
    const swaps = [0, 0, 0];
    for (let i = 1; i < count; i++) {
      copyValue(slots + i, candidateMethods[i]);
      swaps[i] = candidateSwapped[i];
    }
    for (let i = 1; i < count; i++) {
      copyValue(slots + 4, swaps[i] !== 0 ? b : a);
      copyValue(slots + 5, swaps[i] !== 0 ? a : b);
      const descriptor = descriptorAt(slots + i);
      if (descriptor === Descriptor.function || descriptor === Descriptor.native) call(slots + i, slots + 4, 2, slots);
      else if (isBinary) {
        descriptorGet(descriptor, slots + i, slots + 4, typeOf(slots + 4), slots);
        call(slots, slots + 5, 1, slots);
      } else {
        const name = N[compareNames[swaps[i] !== 0 ? swappedOperator[operator] : operator]];
        if (!callComparison(slots + 4, name, slots + 5, slots)) continue;
      }
      if (!isRef(slots) || refAt(slots) !== Fixed.notImplemented) {
        copyValue(d, slots);
        words[State.stackTop] = slots;
        return;
      }
    }
    words[State.stackTop] = slots;
  }
  if (isBinary) {
    const symbol = binarySymbols[words[pc] - Op.ADD];
    const shown = words[pc + 4] !== 0 ? `${symbol.split(' ')[0]}=` : symbol;
    raiseTypeError(`unsupported operand type(s) for ${shown}: '${typeName(a)}' and '${typeName(b)}'`);
  }
  const operator = compareOperatorAt(pc);
  if (operator === CompareOperator.equal || operator === CompareOperator.notEqual) {
    const same = words[a << 1] === words[b << 1] && words[(a << 1) + 1] === words[(b << 1) + 1];
    setRef(d, same === (operator === CompareOperator.equal) ? Fixed.true : Fixed.false);
    return;
  }
  raiseTypeError(
    `'${compareSymbols[operator]}' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`,
  );
}

/** JUMP_IF_FALSE or JUMP_IF_TRUE on a value that is no bool or None; returns where to go on. */
export function truthOf(pc: number, cell: number): number {
  const high = words[(cell << 1) + 1];
  const jumpIf = words[pc] === Op.JUMP_IF_TRUE;
  if (high !== TAG_REF) {
    const holds = isFloat(cell) ? cells[cell] !== 0 : words[cell << 1] !== 0 || (high & 0xffff) !== 0;
    return holds === jumpIf ? words[pc + 2] : pc + 3;
  }
  const type = typeOf(cell);
  switch (words[(type << 1) + Type.kind]) {
    case Kind.str:
    case Kind.list:
    case Kind.tuple:
    case Kind.dict:
    case Kind.set:
      if ((words[(type << 1) + Type.flags] & TypeFlag.heapType) === 0) {
        return (words[(refAt(cell) << 1) + 1] !== 0) === jumpIf ? words[pc + 2] : pc + 3;
      }
      break;
    case Kind.instance: {
      const method = lookup(type, N.__bool__);
      if (method !== 0 && isFunctionCell(method)) {
        return pushOne(method, cell, pc + 3, 0, jumpIf ? ReturnKind.jumpIfTrue : ReturnKind.jumpIfFalse);
      }
      if (method === 0 && lookup(type, N.__len__) === 0) return jumpIf ? words[pc + 2] : pc + 3;
    }
  }
  return truth(cell) === jumpIf ? words[pc + 2] : pc + 3;
}

/** The value that `__bool__` returned must be a bool; TypeError otherwise. */
export function checkBool(cell: number): boolean {
  const value = isRef(cell) ? refAt(cell) : 0;
  if (value === Fixed.true) return true;
  if (value === Fixed.false) return false;
  return raise(T.TypeError, `__bool__ should return bool, returned ${typeName(cell)}`);
}

/** What operatorMethod found besides the method. */
export const operatorCall = { swapped: false, last: false };
/**
 * For the recorder: cell of the Python function that the operator or comparison at `pc` would call first for the values
 * in cells `a` and `b`, as arithmeticSlow and compareSlow choose it; 0 if it is none. Allocates nothing.
 */
export function operatorMethod(pc: number, a: number, b: number): number {
  if (!isHeapInstance(a) && !isHeapInstance(b)) return 0;
  const op: Op = words[pc];
  const count =
    op >= Op.ADD && op <= Op.XOR
      ? binaryCandidates(op - Op.ADD, words[pc + 4] !== 0, a, b)
      : compareCandidates(compareOperatorAt(pc), a, b);
  if (count === 0 || !isFunctionCell(candidateMethods[0])) return 0;
  operatorCall.swapped = candidateSwapped[0] !== 0;
  operatorCall.last = count === 1;
  return candidateMethods[0];
}
