/**
 * Operations that a trace lets TypeScript perform without leaving its frame behind: the operands are boxed and passed,
 * the result comes back, registers stay as they are. Nothing is written to frame memory unless the operation calls back
 * into Python after all, or raises: then the state of the instruction is restored at that moment (`materialize`).
 *
 * The routines are those that the plain interpreter uses on its slow paths, so no types need to be guarded.
 */
import { Op } from '../compiler/instructions.ts';
import { Fixed } from '../heap/fixed.ts';
import { refAt, setNull, setRef, setSmallInt } from '../heap/values.ts';
import { build, extend, formatValue, tupleOfList } from '../interpreter/build.ts';
import { matchMapping, matchSequence } from '../interpreter/patterns.ts';
import { functionOf } from '../interpreter/rare.ts';
import { getAttribute, setAttribute } from '../objects/attributes.ts';
import { append } from '../objects/growing-strings.ts';
import { callKeywords } from '../objects/invoke.ts';
import { listAppend } from '../objects/lists.ts';
import { callNative } from '../objects/natives-binding.ts';
import { binary, compare, invert, negative, positive, truth } from '../objects/operations.ts';
import { BinaryOperator, CompareOperator } from '../objects/operators.ts';
import { contains, deleteItem, format, getItem, iterate, length, next, setItem } from '../objects/protocols.ts';
import { isExactStr } from '../objects/strings.ts';

export type LeafRoutine = (args: number, result: number) => void;

/** A place in a trace where a leaf is called; a call_helper's immediate is 2 * index + 1. */
export interface LeafSite {
  readonly routine: LeafRoutine;
  readonly argumentCount: number;
  /** register that receives the result, -1 none */
  readonly destination: number;
  /** word index of the next instruction */
  readonly next: number;
  /** where the interpreter goes on instead if the result is this reference (NULL at the end of an iterator, a truth) */
  readonly jump: { readonly ref: number; readonly target: number } | null;
}
export const leafSites: LeafSite[] = [];

const binaryOperators: Partial<Record<Op, BinaryOperator>> = {
  [Op.ADD]: BinaryOperator.add,
  [Op.SUBTRACT]: BinaryOperator.subtract,
  [Op.MULTIPLY]: BinaryOperator.multiply,
  [Op.TRUE_DIVIDE]: BinaryOperator.trueDivide,
  [Op.FLOOR_DIVIDE]: BinaryOperator.floorDivide,
  [Op.REMAINDER]: BinaryOperator.remainder,
  [Op.POWER]: BinaryOperator.power,
  [Op.MATRIX_MULTIPLY]: BinaryOperator.matrixMultiply,
  [Op.LEFT_SHIFT]: BinaryOperator.leftShift,
  [Op.RIGHT_SHIFT]: BinaryOperator.rightShift,
  [Op.AND]: BinaryOperator.and,
  [Op.OR]: BinaryOperator.or,
  [Op.XOR]: BinaryOperator.xor,
};
const compareOperators: Partial<Record<Op, CompareOperator>> = {
  [Op.LESS]: CompareOperator.less,
  [Op.LESS_EQUAL]: CompareOperator.lessEqual,
  [Op.EQUAL]: CompareOperator.equal,
  [Op.NOT_EQUAL]: CompareOperator.notEqual,
  [Op.GREATER]: CompareOperator.greater,
  [Op.GREATER_EQUAL]: CompareOperator.greaterEqual,
};

const binaryRoutines = new Map<number, LeafRoutine>();
/** result = a op b; `inPlace` for augmented assignment. */
export function binaryRoutine(op: Op, inPlace: boolean): LeafRoutine | null {
  const operator = binaryOperators[op];
  if (operator === undefined) return null;
  const key = op * 2 + Number(inPlace);
  let routine = binaryRoutines.get(key);
  if (!routine) {
    routine = (args, result) => binary(operator, args, args + 1, inPlace, result);
    binaryRoutines.set(key, routine);
  }
  return routine;
}
/** left + right, where the left operand has no other reference if it is a str that an earlier call returned. */
export const appendSumRoutine: LeafRoutine = (args, result) => {
  if (isExactStr(args) && isExactStr(args + 1)) setRef(result, append(refAt(args), refAt(args + 1)));
  else binary(BinaryOperator.add, args, args + 1, true, result);
};

const compareRoutines = new Map<Op, LeafRoutine>();
/** result = a op b, whatever the comparison yields. */
export function compareRoutine(op: Op): LeafRoutine | null {
  const operator = compareOperators[op];
  if (operator === undefined) return null;
  let routine = compareRoutines.get(op);
  if (!routine) {
    routine = (args, result) => compare(operator, args, args + 1, result);
    compareRoutines.set(op, routine);
  }
  return routine;
}
export const getItemRoutine: LeafRoutine = (args, result) => getItem(args, args + 1, result);
export const setItemRoutine: LeafRoutine = (args, result) => {
  setItem(args, args + 1, args + 2);
  setRef(result, Fixed.none);
};
export const containsRoutine: LeafRoutine = (args, result) =>
  setRef(result, contains(args, args + 1) ? Fixed.true : Fixed.false);
export const notContainsRoutine: LeafRoutine = (args, result) =>
  setRef(result, contains(args, args + 1) ? Fixed.false : Fixed.true);
export const iterateRoutine: LeafRoutine = (args, result) => iterate(args, result);
/** NULL when exhausted. */
export const nextRoutine: LeafRoutine = (args, result) => {
  if (!next(args, result)) setNull(result);
};
export const appendRoutine: LeafRoutine = (args, result) => {
  listAppend(refAt(args), args + 1);
  setRef(result, Fixed.none);
};
export const formatRoutine: LeafRoutine = (args, result) => setRef(result, format(args, Fixed.emptyString));

export const truthRoutine: LeafRoutine = (args, result) => setRef(result, truth(args) ? Fixed.true : Fixed.false);
export const notRoutine: LeafRoutine = (args, result) => setRef(result, truth(args) ? Fixed.false : Fixed.true);

export const negativeRoutine: LeafRoutine = negative;
export const positiveRoutine: LeafRoutine = positive;
export const invertRoutine: LeafRoutine = invert;
export const deleteItemRoutine: LeafRoutine = (args, result) => {
  deleteItem(args, args + 1);
  setRef(result, Fixed.none);
};
export const listToTupleRoutine: LeafRoutine = tupleOfList;
export const matchSequenceRoutine: LeafRoutine = (args, result) =>
  setRef(result, matchSequence(args) ? Fixed.true : Fixed.false);
export const matchMappingRoutine: LeafRoutine = (args, result) =>
  setRef(result, matchMapping(args) ? Fixed.true : Fixed.false);
export const lengthRoutine: LeafRoutine = (args, result) => setSmallInt(result, length(args));

/** BUILD_MAP and the like of `count` operands. */
export function buildRoutine(op: Op, count: number): LeafRoutine {
  return (args, result) => build(op, args, count, result);
}
/** LIST_EXTEND, SET_ADD, MAP_ADD and the like: container, value, second value. */
export function extendRoutine(op: Op): LeafRoutine {
  return (args, result) => {
    extend(op, refAt(args), args + 1, args + 2);
    setRef(result, Fixed.none);
  };
}
/** FORMAT_SIMPLE and FORMAT_WITH_SPEC: value, specification if there is one. */
export function conversionRoutine(conversion: number, withSpecification: boolean): LeafRoutine {
  return (args, result) => formatValue(args, conversion, withSpecification ? args + 1 : 0, result);
}
/** MAKE_FUNCTION of `code`, which is a constant of the code that makes the function: function running, four operands. */
export function functionRoutine(code: number): LeafRoutine {
  return (args, result) => functionOf(code, args, result);
}
/** STORE_ATTR of this (interned) name. */
export function storeAttributeRoutine(name: number): LeafRoutine {
  return (args, result) => {
    setAttribute(args, name, args + 1);
    setRef(result, Fixed.none);
  };
}

const attributeRoutines = new Map<number, LeafRoutine>();
/** The attribute of this (interned) name. */
export function attributeRoutine(name: number): LeafRoutine {
  let routine = attributeRoutines.get(name);
  if (!routine) {
    routine = (args, result) => getAttribute(args, name, result);
    attributeRoutines.set(name, routine);
  }
  return routine;
}

const callRoutines: LeafRoutine[] = [];
/** Calls the first argument with the `count` others. */
export function callRoutine(count: number): LeafRoutine {
  callRoutines[count] ??= (args, result) => callKeywords(args, args + 1, count, 0, result);
  return callRoutines[count];
}

const nativeRoutines = new Map<number, LeafRoutine>();
/** Calls native `number` with `count` positional arguments. */
export function nativeRoutine(number: number, count: number): LeafRoutine {
  const key = number * 32 + count;
  let routine = nativeRoutines.get(key);
  if (!routine) {
    routine = (args, result) => callNative(number, args, count, 0, result);
    nativeRoutines.set(key, routine);
  }
  return routine;
}

/** The same with the last arguments named by the tuple `names`, which the code that makes the call keeps alive. */
export function namedNativeRoutine(number: number, count: number, names: number): LeafRoutine {
  return (args, result) => callNative(number, args, count, names, result);
}
