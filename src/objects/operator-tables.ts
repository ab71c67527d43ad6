/**
 * The tables that type-operators.ts fills and operations.ts reads. Apart, without imports that run code, so that any
 * file may declare operators while it loads, whatever the order in which files that import each other are loaded.
 */
import { DeclaredTypes, T } from '../heap/fixed.ts';
import { TYPE_CELLS } from '../heap/layouts.ts';
import type { BinaryOperator, CompareOperator } from './operators.ts';

/** false: not implemented for these operands (Python's NotImplemented). */
export type BinaryRoutine = (operator: BinaryOperator, left: number, right: number, result: number) => boolean;
export type CompareRoutine = (operator: CompareOperator, left: number, right: number, result: number) => boolean;

/** As callKeywords of invoke.ts: the `count` arguments lie from cell `args` on, the last ones named by the tuple (0: none). */
export type CallRoutine = (callable: number, args: number, count: number, keywordNames: number, result: number) => void;

/** `hash: UNHASHABLE` sets `__hash__` to None. */
export const UNHASHABLE = 'unhashable';

/** TypeOperators with every field present, so that dispatch sites see one hidden class. */
export class OperatorTable {
  /** the special methods are a base's, or written by hand: operators with two operands go by these */
  inherited = false;
  binaryMask = 0;
  binary: BinaryRoutine | null = null;
  inPlaceMask = 0;
  inPlace: BinaryRoutine | null = null;
  concatenate: ((left: number, right: number, result: number) => void) | null = null;
  repeat: ((sequence: number, count: number, result: number) => void) | null = null;
  inPlaceConcatenate: ((left: number, right: number, result: number) => void) | null = null;
  inPlaceRepeat: ((sequence: number, count: number, result: number) => void) | null = null;
  compare: CompareRoutine | null = null;
  compareMask = 0;
  negative: ((operand: number, result: number) => void) | null = null;
  positive: ((operand: number, result: number) => void) | null = null;
  invert: ((operand: number, result: number) => void) | null = null;
  absolute: ((operand: number, result: number) => void) | null = null;
  truth: ((operand: number) => boolean) | null = null;
  length: ((operand: number) => number) | null = null;
  getItem: ((container: number, key: number, result: number) => void) | null = null;
  setItem: ((container: number, key: number, value: number) => void) | null = null;
  deleteItem: ((container: number, key: number) => void) | null = null;
  contains: ((container: number, item: number) => boolean) | null = null;
  iterate: ((iterable: number, result: number) => void) | null = null;
  next: ((iterator: number, result: number) => boolean) | null = null;
  call: CallRoutine | null = null;
  hash: ((operand: number) => number) | null = null;
  unhashable = false;
  fullHash: ((operand: number, result: number) => void) | null = null;
  repr: ((operand: number) => number) | null = null;
  str: ((operand: number) => number) | null = null;
}

const TYPES = (DeclaredTypes.end - T.object) / TYPE_CELLS;
/** By (type - T.object) / TYPE_CELLS; null for a type that declared nothing. */
export const operatorTables: (OperatorTable | null)[] = new Array(TYPES).fill(null);
/** Types whose `__hash__` is None; bootstrap puts it into their namespaces. */
export const unhashableTypes: T[] = [];

/** Operators of exactly this type; null for classes made by Python and for types that declared none. */
export function operatorsOf(type: number): OperatorTable | null {
  const index = (type - T.object) / TYPE_CELLS;
  return index < TYPES ? operatorTables[index] : null;
}

/** `__add__` etc. without the underscores, by BinaryOperator. */
export const binaryNames: readonly string[] = [
  'add',
  'sub',
  'mul',
  'truediv',
  'floordiv',
  'mod',
  'pow',
  'matmul',
  'lshift',
  'rshift',
  'and',
  'or',
  'xor',
];
/** `__lt__` etc. without the underscores, by CompareOperator. */
export const compareNames: readonly string[] = ['lt', 'le', 'eq', 'ne', 'gt', 'ge'];

export const ALL_COMPARISONS = [0, 1, 2, 3, 4, 5];

/** Numbers of the natives that derive from operators; a native declared by hand under the same name wins. */
export const derivedNatives: Set<number> = new Set();
/** Those of them that are sequence operations (`list.__add__`, `__mul__`, `__rmul__`, `__iadd__`, `__imul__`): they come after number protocols. */
export const sequenceNatives: Set<number> = new Set();
