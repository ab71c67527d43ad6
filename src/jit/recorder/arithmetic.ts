/**
 * Recording of arithmetic, comparisons and branches on numbers, bools and identities. Each function answers whether it
 * could express the instruction in uops for the operands at hand; if not, the caller lets the interpreter execute it.
 */
import { Op } from '../../compiler/instructions.ts';
import { Fixed, T } from '../../heap/fixed.ts';
import { Header, List } from '../../heap/layouts.ts';
import { cells, words } from '../../heap/memory.ts';
import { immediateAt, TAG_REF } from '../../heap/values.ts';
import { N } from '../../objects/names.ts';
import { operatorsOf } from '../../objects/operator-tables.ts';
import { lookup } from '../../objects/types.ts';
import { dependOnType } from '../dependencies.ts';
import * as ir from '../ir.ts';
import { constFloat, constInt, constValue, emit } from '../optimizer/emit.ts';
import { U } from '../uops.ts';
import { compareStrings } from './lookups.ts';
import { asFloat, asInt, asRef, asValue, cellOf, recording, refOf, setRegister, Tag, tagAt, tagOf } from './state.ts';

function isIntegral(tag: Tag): boolean {
  return tag === Tag.int || tag === Tag.bool;
}
function isNumber(tag: Tag): boolean {
  return tag === Tag.int || tag === Tag.bool || tag === Tag.float;
}
/** As a float, or 0 if an int operand might not be exact in a double. */
function exactFloat(ref: number, cell: number): number {
  const tag = tagOf(ref, cell);
  if (tag === Tag.float) return asFloat(ref, cell);
  // an int beyond 48 bits at this moment: leave it to the interpreter
  if (tag === Tag.int && tagAt(cell) !== Tag.int) return 0;
  const int = asInt(ref, cell);
  // Not only for ints that may be large here: when the loop is replayed, what was unboxed (48 bits) may become the sum of
  // the iteration before (64 bits). emit drops the guards where they cannot fire.
  emit(U.guard_less_equal_int, int, constInt(2 ** 53));
  emit(U.guard_greater_equal_int, int, constInt(-(2 ** 53)));
  return emit(U.int_to_float, int);
}

const intUops: Partial<Record<Op, number>> = {
  [Op.ADD]: U.add_int,
  [Op.SUBTRACT]: U.subtract_int,
  [Op.MULTIPLY]: U.multiply_int,
  [Op.FLOOR_DIVIDE]: U.floor_divide_int,
  [Op.REMAINDER]: U.remainder_int,
  [Op.LEFT_SHIFT]: U.left_shift_int,
  [Op.RIGHT_SHIFT]: U.right_shift_int,
  [Op.AND]: U.and_int,
  [Op.OR]: U.or_int,
  [Op.XOR]: U.xor_int,
};
const floatUops: Partial<Record<Op, number>> = {
  [Op.ADD]: U.add_float,
  [Op.SUBTRACT]: U.subtract_float,
  [Op.MULTIPLY]: U.multiply_float,
};

/** d, s, s, i. */
export function recordBinary(op: Op): boolean {
  const { pc } = recording;
  const x = refOf(words[pc + 2]);
  const y = refOf(words[pc + 3]);
  const xCell = cellOf(words[pc + 2]);
  const yCell = cellOf(words[pc + 3]);
  const xTag = tagOf(x, xCell);
  const yTag = tagOf(y, yCell);
  if (!isNumber(xTag) || !isNumber(yTag)) return false;
  let result = 0;
  if (isIntegral(xTag) && isIntegral(yTag)) {
    if (xTag === Tag.bool && yTag === Tag.bool && (op === Op.AND || op === Op.OR || op === Op.XOR)) return false;
    if (op === Op.TRUE_DIVIDE) {
      const left = exactFloat(x, xCell);
      const right = exactFloat(y, yCell);
      if (left === 0 || right === 0) return false;
      result = emit(U.divide_float, left, right);
    } else if (op === Op.POWER) {
      const exponent = asInt(y, yCell);
      if (ir.op[exponent] !== U.const_int) return false;
      result = power(asInt(x, xCell), ir.intOf(exponent), U.multiply_int);
      if (result === 0) return false;
    } else {
      const uop = intUops[op];
      if (uop === undefined || overflowsNow(op, xCell, yCell)) return false;
      result = emit(uop, asInt(x, xCell), asInt(y, yCell));
    }
  } else {
    if (op === Op.POWER) {
      const exponent = yTag === Tag.float ? asFloat(y, yCell) : asInt(y, yCell);
      if (!ir.isConstant(exponent) || xTag !== Tag.float) return false;
      const value = ir.op[exponent] === U.const_int ? ir.intOf(exponent) : ir.floatOf(exponent);
      if (value !== 2) return false;
      const base = asFloat(x, xCell);
      result = emit(U.multiply_float, base, base);
    } else if (op === Op.TRUE_DIVIDE) {
      result = emit(U.divide_float, asFloat(x, xCell), asFloat(y, yCell));
    } else {
      const uop = floatUops[op];
      if (uop === undefined) return false;
      // rounding an int beyond 2**53 is what Python does here too
      result = emit(uop, asFloat(x, xCell), asFloat(y, yCell));
    }
  }
  setRegister(words[pc + 1], result);
  return true;
}

/** Does the operation leave 64 bits for the operands of this moment? Then a trace of it would only ever exit. */
function overflowsNow(op: Op, x: number, y: number): boolean {
  if (tagAt(x) !== Tag.int || tagAt(y) !== Tag.int) return false;
  if (op === Op.MULTIPLY) return Math.abs(immediateAt(x) * immediateAt(y)) >= 2 ** 63;
  if (op === Op.LEFT_SHIFT)
    return immediateAt(y) < 0 || immediateAt(y) > 62 || Math.abs(immediateAt(x)) * 2 ** immediateAt(y) >= 2 ** 63;
  if (op === Op.FLOOR_DIVIDE || op === Op.REMAINDER) return immediateAt(y) === 0;
  if (op === Op.RIGHT_SHIFT) return immediateAt(y) < 0;
  return false;
}

/** Small constant powers as multiplications, or 0. */
function power(base: number, exponent: number, multiply: number): number {
  if (exponent < 1 || exponent > 4) return 0;
  const square = exponent > 1 ? emit(multiply, base, base) : 0;
  if (exponent === 1) return base;
  if (exponent === 2) return square;
  return exponent === 3 ? emit(multiply, square, base) : emit(multiply, square, square);
}

/** NEGATIVE, POSITIVE, INVERT: d, s. */
export function recordUnary(op: Op): boolean {
  const { pc } = recording;
  const x = refOf(words[pc + 2]);
  const cell = cellOf(words[pc + 2]);
  const tag = tagOf(x, cell);
  let result: number;
  if (tag === Tag.float && op === Op.NEGATIVE) result = emit(U.negative_float, asFloat(x, cell));
  else if (tag === Tag.float && op === Op.POSITIVE) result = asFloat(x, cell);
  else if (tag === Tag.int && op === Op.NEGATIVE) result = emit(U.negative_int, asInt(x, cell));
  else if (tag === Tag.int && op === Op.POSITIVE) result = asInt(x, cell);
  else if (tag === Tag.int && op === Op.INVERT) result = emit(U.invert_int, asInt(x, cell));
  else return false;
  setRegister(words[pc + 1], result);
  return true;
}

/** The six comparisons in their plain and branching forms, as one of six. */
export function comparisonOf(op: Op): Op {
  return op >= Op.BRANCH_LESS && op <= Op.BRANCH_GREATER_EQUAL ? op - Op.BRANCH_LESS + Op.LESS : op;
}

/** A bool ref for a comparison of numbers, or 0. */
function compareNumbers(comparison: Op, x: number, y: number, xCell: number, yCell: number): number {
  const xTag = tagOf(x, xCell);
  const yTag = tagOf(y, yCell);
  if (!isNumber(xTag) || !isNumber(yTag)) return 0;
  if (isIntegral(xTag) && isIntegral(yTag)) {
    const l = asInt(x, xCell);
    const r = asInt(y, yCell);
    switch (comparison) {
      case Op.LESS:
        return emit(U.less_int, l, r);
      case Op.LESS_EQUAL:
        return emit(U.less_equal_int, l, r);
      case Op.GREATER:
        return emit(U.less_int, r, l);
      case Op.GREATER_EQUAL:
        return emit(U.less_equal_int, r, l);
      case Op.EQUAL:
        return emit(U.equal_int, l, r);
      default:
        return emit(U.not_equal_int, l, r);
    }
  }
  const l = exactFloat(x, xCell);
  const r = exactFloat(y, yCell);
  if (l === 0 || r === 0) return 0;
  switch (comparison) {
    case Op.LESS:
      return emit(U.less_float, l, r);
    case Op.LESS_EQUAL:
      return emit(U.less_equal_float, l, r);
    case Op.GREATER:
      return emit(U.less_float, r, l);
    case Op.GREATER_EQUAL:
      return emit(U.less_equal_float, r, l);
    case Op.EQUAL:
      return emit(U.equal_float, l, r);
    default:
      return emit(U.not_equal_float, l, r);
  }
}

function numberAt(cell: number): number {
  if (tagAt(cell) === Tag.float) return cells[cell];
  if (tagAt(cell) === Tag.int) return immediateAt(cell);
  if (tagAt(cell) === Tag.bool) return words[cell << 1] === Fixed.true ? 1 : 0;
  return Number.NaN;
}
function holdsNow(comparison: Op, x: number, y: number): boolean {
  const l = numberAt(x);
  const r = numberAt(y);
  switch (comparison) {
    case Op.LESS:
      return l < r;
    case Op.LESS_EQUAL:
      return l <= r;
    case Op.GREATER:
      return l > r;
    case Op.GREATER_EQUAL:
      return l >= r;
    case Op.EQUAL:
      return l === r;
    default:
      return l !== r;
  }
}

/** d, s, s. `branch`: the JUMP_IF_ that follows is performed with it. */
export function recordComparison(op: Op): boolean {
  const { pc } = recording;
  const comparison = comparisonOf(op);
  const x = refOf(words[pc + 2]);
  const y = refOf(words[pc + 3]);
  const xCell = cellOf(words[pc + 2]);
  const yCell = cellOf(words[pc + 3]);
  const strings = compareStrings(comparison, x, y, xCell, yCell);
  const result =
    strings?.ref ??
    (compareNumbers(comparison, x, y, xCell, yCell) || compareIdentities(comparison, x, y, xCell, yCell));
  if (result === 0) return false;
  if (op === comparison || !knownNow(xCell) || !knownNow(yCell)) {
    setRegister(words[pc + 1], result);
    return true;
  }
  const outcome =
    strings !== null
      ? strings.now
      : isRefTag(xCell)
        ? (words[xCell << 1] === words[yCell << 1]) === (comparison === Op.EQUAL)
        : holdsNow(comparison, xCell, yCell);
  guardOutcome(result, outcome, pc + 4);
  // in case the interpreter takes the slow path and executes the jump by itself
  setRegister(words[pc + 1], constValue(outcome ? Fixed.true : Fixed.false, TAG_REF));
  return true;
}
function isRefTag(cell: number): boolean {
  return tagAt(cell) === Tag.ref;
}
/** Can the outcome be computed here from the cells (an int beyond 48 bits cannot)? */
function knownNow(cell: number): boolean {
  return !isRefTag(cell) || words[words[cell << 1] << 1] !== T.int;
}

/** == and != of objects that compare by identity: str objects that are both interned, None, classes are left to IS. */
function compareIdentities(comparison: Op, x: number, y: number, xCell: number, yCell: number): number {
  if (comparison !== Op.EQUAL && comparison !== Op.NOT_EQUAL) return 0;
  if (tagAt(xCell) !== Tag.ref || tagAt(yCell) !== Tag.ref) return 0;
  if (words[words[xCell << 1] << 1] !== T.NoneType || words[words[yCell << 1] << 1] !== T.NoneType) return 0;
  // another object may have an __eq__ of its own
  emit(U.guard_value, asValue(x), 0, 0, Fixed.none, TAG_REF);
  emit(U.guard_value, asValue(y), 0, 0, Fixed.none, TAG_REF);
  const same = emit(U.same_value, asValue(x), asValue(y));
  return comparison === Op.EQUAL ? same : emit(U.not_bool, same);
}

/**
 * Guards that a bool is `outcome`; the exit resumes where the jump at `jumpAt` (JUMP_IF_FALSE or JUMP_IF_TRUE) would have
 * gone otherwise.
 */
export function guardOutcome(bool: number, outcome: boolean, jumpAt: number): void {
  const jumpsIf = words[jumpAt] === Op.JUMP_IF_TRUE;
  recording.resumePc = outcome === jumpsIf ? jumpAt + 3 : words[jumpAt + 2];
  emitGuard(bool, outcome);
  recording.resumePc = recording.pc;
}

const guardIfTrue: Partial<Record<number, number>> = {
  [U.less_int]: U.guard_less_int,
  [U.less_equal_int]: U.guard_less_equal_int,
  [U.equal_int]: U.guard_equal_int,
  [U.not_equal_int]: U.guard_not_equal_int,
  [U.less_float]: U.guard_less_float,
  [U.less_equal_float]: U.guard_less_equal_float,
  [U.equal_float]: U.guard_equal_float,
  [U.not_equal_float]: U.guard_not_equal_float,
  [U.same_ref]: U.guard_same_ref,
};
const guardIfFalse: Partial<Record<number, number>> = {
  [U.less_int]: U.guard_greater_equal_int,
  [U.less_equal_int]: U.guard_greater_int,
  [U.equal_int]: U.guard_not_equal_int,
  [U.not_equal_int]: U.guard_equal_int,
  [U.less_float]: U.guard_not_less_float,
  [U.less_equal_float]: U.guard_not_less_equal_float,
  [U.equal_float]: U.guard_not_equal_float,
  [U.not_equal_float]: U.guard_equal_float,
  [U.same_ref]: U.guard_not_same_ref,
};

/** A guard on a bool, fused with the comparison that made it. */
export function emitGuard(bool: number, outcome: boolean): void {
  const op = ir.op[bool];
  if (op === U.not_bool) {
    emitGuard(ir.a[bool], !outcome);
    return;
  }
  if (op === U.same_value) {
    const constant =
      ir.op[ir.b[bool]] === U.const_value ? ir.b[bool] : ir.op[ir.a[bool]] === U.const_value ? ir.a[bool] : 0;
    if (constant !== 0) {
      const other = constant === ir.b[bool] ? ir.a[bool] : ir.b[bool];
      emit(outcome ? U.guard_value : U.guard_not_value, other, 0, 0, ir.imm0[constant], ir.imm1[constant]);
      return;
    }
  }
  const fused = outcome ? guardIfTrue[op] : guardIfFalse[op];
  if (fused !== undefined) emit(fused, ir.a[bool], ir.b[bool]);
  else emit(outcome ? U.guard_true : U.guard_false, bool);
}

/** IS, IS_NOT: d, s, s. */
export function recordIdentity(op: Op): boolean {
  const { pc } = recording;
  const x = refOf(words[pc + 2]);
  const y = refOf(words[pc + 3]);
  const xTag = tagOf(x, cellOf(words[pc + 2]));
  const yTag = tagOf(y, cellOf(words[pc + 3]));
  if (xTag === Tag.float || yTag === Tag.float || xTag === Tag.null || yTag === Tag.null) return false;
  if (ir.type[x] === ir.Type.int || ir.type[y] === ir.Type.int) return false;
  const same = emit(U.same_value, asValue(x), asValue(y));
  setRegister(words[pc + 1], op === Op.IS ? same : emit(U.not_bool, same));
  return true;
}

/**
 * The truth of a value whose type decides it: None, and instances without `__bool__` and `__len__`; null for others. The
 * guard resumes at the instruction itself: a value of another type may be true or false.
 */
export function truthByType(ref: number, cell: number): boolean | null {
  if (tagOf(ref, cell) !== Tag.ref || ir.type[ref] === ir.Type.bool) return null;
  const object = words[cell << 1];
  const type = words[(object << 1) + Header.type];
  if (type === T.NoneType) {
    emit(U.guard_value, asValue(ref), 0, 0, Fixed.none, TAG_REF);
    return false;
  }
  if (hasBuiltinTruth(type) || lookup(type, N.__bool__) !== 0 || lookup(type, N.__len__) !== 0) return null;
  emit(U.guard_type, asRef(ref), 0, 0, type);
  dependOnType(type);
  return true;
}

/** Has the type a truth of its own that need not show among its special methods? */
function hasBuiltinTruth(type: number): boolean {
  const operators = operatorsOf(type);
  return type === T.int || (operators !== null && (operators.truth !== null || operators.length !== null));
}

/** A bool ref for the truth of a value, or 0 if it takes a call. */
export function truthRef(ref: number, cell: number): number {
  const tag = tagOf(ref, cell);
  switch (tag) {
    case Tag.bool:
      return ir.type[ref] === ir.Type.bool ? ref : emit(U.unbox_bool, ref);
    case Tag.int:
      return emit(U.not_equal_int, asInt(ref, cell), constInt(0));
    case Tag.float:
      return emit(U.not_equal_float, asFloat(ref, cell), constFloat(0));
    case Tag.null:
      return 0;
  }
  const object = words[cell << 1];
  const type = words[(object << 1) + Header.type];
  switch (type) {
    case T.list:
    case T.tuple:
    case T.str:
    case T.dict:
    case T.bytes:
    case T.set: {
      const container = asRef(ref);
      emit(U.guard_type, container, 0, 0, type);
      return emit(U.not_equal_int, emit(U.load_word_int, container, 0, 0, List.size * 4), constInt(0));
    }
  }
  return 0;
}

/** JUMP_IF_FALSE, JUMP_IF_TRUE (s, j), and the None forms. */
export function recordConditionalJump(op: Op): boolean {
  const { pc } = recording;
  const ref = refOf(words[pc + 1]);
  const cell = cellOf(words[pc + 1]);
  if (op === Op.JUMP_IF_NONE || op === Op.JUMP_IF_NOT_NONE) {
    const isNone = words[cell << 1] === Fixed.none && words[(cell << 1) + 1] === TAG_REF;
    if (ir.type[ref] !== ir.Type.value && ir.type[ref] !== ir.Type.ref) return !isNone;
    const jumps = isNone === (op === Op.JUMP_IF_NONE);
    recording.resumePc = jumps ? pc + 3 : words[pc + 2];
    emit(isNone ? U.guard_value : U.guard_not_value, asValue(ref), 0, 0, Fixed.none, TAG_REF);
    recording.resumePc = pc;
    return true;
  }
  if (truthByType(ref, cell) !== null) return true;
  const bool = truthRef(ref, cell);
  if (bool === 0) return false;
  let outcome: boolean;
  switch (tagAt(cell)) {
    case Tag.bool:
      outcome = words[cell << 1] === Fixed.true;
      break;
    case Tag.int:
    case Tag.float:
      outcome = numberAt(cell) !== 0;
      break;
    default: {
      const object = words[cell << 1] << 1;
      outcome = words[object] === T.int || words[object + List.size] !== 0;
    }
  }
  guardOutcome(bool, outcome, pc);
  return true;
}
