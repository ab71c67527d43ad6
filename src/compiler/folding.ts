/**
 * Constant folding: the value of an expression that is known when it is compiled. Folds what CPython folds, with its
 * limits on the size of results; whatever would raise, or whose arithmetic is not exact here, is left for run time.
 */
import type { BinOp, Expression, Operator, UnaryOperator } from '../parser/ast.ts';
import { joinTexts, repeatText } from '../text/exact-text.ts';
import type { Constant } from './code.ts';
import { constantTruth, FALSE, intConstant, stringConstant, TRUE, tupleConstant } from './constants.ts';

const MAXIMUM_INT_BITS = 128;
const MAXIMUM_STRING_LENGTH = 4096;
const MAXIMUM_TUPLE_LENGTH = 256;

/** What `__debug__` is for the compilation that runs. */
let debug = TRUE;
export function setDebug(value: boolean): void {
  debug = value ? TRUE : FALSE;
}

/** The constant that an expression is, or null. */
export function fold(node: Expression): Constant | null {
  switch (node.kind) {
    case 'Constant':
      return node.value;
    case 'Name':
      return node.id === '__debug__' ? debug : null;
    case 'UnaryOp': {
      const operand = fold(node.operand);
      return operand === null ? null : foldUnary(node.op, operand);
    }
    case 'BinOp':
      return foldChain(node);
    case 'Tuple':
      return foldTuple(node.elts);
    case 'JoinedStr': {
      let text = '';
      for (const part of node.values) {
        if (part.kind !== 'Constant' || part.value.type !== 'str') return null;
        text = joinTexts(text, part.value.value);
      }
      return stringConstant(text);
    }
    default:
      return null;
  }
}

/** A tuple of constant expressions, or null. */
export function foldTuple(elements: Expression[]): Constant | null {
  const items: Constant[] = [];
  for (const element of elements) {
    const item = fold(element);
    if (item === null) return null;
    items.push(item);
  }
  return tupleConstant(items);
}

function foldChain(node: BinOp): Constant | null {
  const spine: BinOp[] = [];
  let left: Expression = node;
  while (left.kind === 'BinOp') {
    spine.push(left);
    left = left.left;
  }
  let value = fold(left);
  for (let i = spine.length - 1; value !== null && i >= 0; i--) {
    const right = fold(spine[i].right);
    value = right === null ? null : foldBinary(spine[i].op, value, right);
  }
  return value;
}

function foldUnary(operator: UnaryOperator, operand: Constant): Constant | null {
  if (operator === 'Not') return constantTruth(operand) ? FALSE : TRUE;
  const int = asInt(operand);
  if (int !== null) {
    if (operator === 'USub') return intConstant(-int);
    if (operator === 'UAdd') return intConstant(int);
    return operand.type === 'bool' ? null : intConstant(~int);
  }
  if (operand.type === 'float' && operator !== 'Invert') {
    return { type: 'float', value: operator === 'USub' ? -operand.value : operand.value };
  }
  return null;
}

function asInt(constant: Constant): bigint | null {
  if (constant.type === 'int') return constant.value;
  return constant.type === 'bool' ? (constant.value ? 1n : 0n) : null;
}

/** The value of `left operator right`, or null. */
export function foldBinary(operator: Operator, left: Constant, right: Constant): Constant | null {
  const leftInt = asInt(left);
  const rightInt = asInt(right);
  if (leftInt !== null && rightInt !== null) {
    // the bit operators of two bools give a bool
    if (left.type === 'bool' && right.type === 'bool' && operator.startsWith('Bit')) return null;
    return foldInts(operator, leftInt, rightInt);
  }
  if (left.type === 'float' || right.type === 'float') return foldFloats(operator, left, right);
  if (operator === 'Add') {
    if (left.type === 'str' && right.type === 'str') {
      const value = joinTexts(left.value, right.value);
      return value.length > MAXIMUM_STRING_LENGTH ? null : stringConstant(value);
    }
    if (left.type === 'bytes' && right.type === 'bytes') {
      const value = new Uint8Array(left.value.length + right.value.length);
      value.set(left.value);
      value.set(right.value, left.value.length);
      return value.length > MAXIMUM_STRING_LENGTH ? null : { type: 'bytes', value };
    }
    if (left.type === 'tuple' && right.type === 'tuple') {
      const items = [...left.items, ...right.items];
      return items.length > MAXIMUM_TUPLE_LENGTH ? null : tupleConstant(items);
    }
  }
  if (operator === 'Mult') {
    if (rightInt !== null) return repeat(left, rightInt);
    if (leftInt !== null) return repeat(right, leftInt);
  }
  return null;
}

function repeat(sequence: Constant, count: bigint): Constant | null {
  if (count < 0n || count > BigInt(MAXIMUM_STRING_LENGTH)) return null;
  const times = Number(count);
  if (sequence.type === 'str') {
    return sequence.value.length * times > MAXIMUM_STRING_LENGTH
      ? null
      : stringConstant(repeatText(sequence.value, times));
  }
  if (sequence.type === 'bytes') {
    const { length } = sequence.value;
    if (length * times > MAXIMUM_STRING_LENGTH) return null;
    const value = new Uint8Array(length * times);
    for (let i = 0; i < times; i++) value.set(sequence.value, i * length);
    return { type: 'bytes', value };
  }
  if (sequence.type === 'tuple') {
    if (sequence.items.length * times > MAXIMUM_TUPLE_LENGTH) return null;
    const items: Constant[] = [];
    for (let i = 0; i < times; i++) items.push(...sequence.items);
    return tupleConstant(items);
  }
  return null;
}

function bits(value: bigint): number {
  return value === 0n ? 0 : (value < 0n ? -value : value).toString(2).length;
}

function foldInts(operator: Operator, left: bigint, right: bigint): Constant | null {
  switch (operator) {
    case 'Add':
      return intConstant(left + right);
    case 'Sub':
      return intConstant(left - right);
    case 'Mult':
      return bits(left) + bits(right) > MAXIMUM_INT_BITS ? null : intConstant(left * right);
    case 'FloorDiv':
    case 'Mod': {
      if (right === 0n) return null;
      const remainder = left % right;
      const adjust = remainder !== 0n && remainder < 0n !== right < 0n;
      if (operator === 'Mod') return intConstant(adjust ? remainder + right : remainder);
      return intConstant(left / right - (adjust ? 1n : 0n));
    }
    case 'Div':
      // correctly rounded only as long as both are exact doubles
      if (right === 0n || bits(left) > 53 || bits(right) > 53) return null;
      return { type: 'float', value: Number(left) / Number(right) };
    case 'Pow':
      if (right < 0n || right > 1024n || bits(left) * Number(right) > MAXIMUM_INT_BITS) return null;
      return intConstant(left ** right);
    case 'LShift':
      if (right < 0n || right > BigInt(MAXIMUM_INT_BITS) || bits(left) + Number(right) > MAXIMUM_INT_BITS) return null;
      return intConstant(left << right);
    case 'RShift':
      return right < 0n || right > 1n << 32n ? null : intConstant(left >> right);
    case 'BitAnd':
      return intConstant(left & right);
    case 'BitOr':
      return intConstant(left | right);
    case 'BitXor':
      return intConstant(left ^ right);
    case 'MatMult':
      return null;
  }
}

function asFloat(constant: Constant): number | null {
  if (constant.type === 'float') return constant.value;
  const int = asInt(constant);
  return int === null || bits(int) > 53 ? null : Number(int);
}

function foldFloats(operator: Operator, left: Constant, right: Constant): Constant | null {
  const a = asFloat(left);
  const b = asFloat(right);
  if (a === null || b === null) return null;
  switch (operator) {
    case 'Add':
      return { type: 'float', value: a + b };
    case 'Sub':
      return { type: 'float', value: a - b };
    case 'Mult':
      return { type: 'float', value: a * b };
    case 'Div':
      return b === 0 ? null : { type: 'float', value: a / b };
    default:
      return null;
  }
}
