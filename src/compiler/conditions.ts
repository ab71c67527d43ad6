/**
 * Comparisons, boolean operators and conditions: as values, and as jumps when the value only decides where to go.
 */
import type { BoolOp, Compare, ComparisonOperator, Expression, IfExp, Located } from '../parser/ast.ts';
import type { Constant } from './code.ts';
import { constantTruth, constantTypeName } from './constants.ts';
import { into, keep, operand } from './expressions.ts';
import { fold, foldTuple } from './folding.ts';
import { Op } from './instructions.ts';
import { type CodeUnit, type Label, NOWHERE } from './unit.ts';

const valueOps: Readonly<Record<ComparisonOperator, Op>> = {
  Eq: Op.EQUAL,
  NotEq: Op.NOT_EQUAL,
  Lt: Op.LESS,
  LtE: Op.LESS_EQUAL,
  Gt: Op.GREATER,
  GtE: Op.GREATER_EQUAL,
  Is: Op.IS,
  IsNot: Op.IS_NOT,
  In: Op.CONTAINS,
  NotIn: Op.NOT_CONTAINS,
};

/** The forms for a comparison that a conditional jump follows. */
const branchOps: Readonly<Record<ComparisonOperator, Op>> = {
  ...valueOps,
  Eq: Op.BRANCH_EQUAL,
  NotEq: Op.BRANCH_NOT_EQUAL,
  Lt: Op.BRANCH_LESS,
  LtE: Op.BRANCH_LESS_EQUAL,
  Gt: Op.BRANCH_GREATER,
  GtE: Op.BRANCH_GREATER_EQUAL,
};

/** The right side of `in` when it is a display of constants: a tuple or frozenset that is made once. */
function membershipConstant(operator: ComparisonOperator, node: Expression): Constant | null {
  if (operator !== 'In' && operator !== 'NotIn') return null;
  if (node.kind === 'List') return foldTuple(node.elts);
  if (node.kind === 'Set') {
    const tuple = foldTuple(node.elts);
    return tuple !== null && tuple.type === 'tuple' ? { type: 'frozenset', items: tuple.items } : null;
  }
  return null;
}

function rightOperand(unit: CodeUnit, operator: ComparisonOperator, node: Expression, target: number): number {
  const constant = membershipConstant(operator, node);
  return constant === null ? operand(unit, node, target) : unit.constant(constant);
}

function warnAboutIdentity(unit: CodeUnit, node: Compare): void {
  const literal = (side: Expression): string =>
    side.kind === 'Constant' && !['None', 'bool', 'Ellipsis'].includes(side.value.type)
      ? constantTypeName(side.value)
      : side.kind === 'Tuple' && foldTuple(side.elts) !== null
        ? 'tuple'
        : '';
  let left = literal(node.left);
  for (let i = 0; i < node.ops.length; i++) {
    const right = literal(node.comparators[i]);
    const operator = node.ops[i];
    const type = left === '' ? right : left;
    if (type !== '' && (operator === 'Is' || operator === 'IsNot')) {
      const [is, equals] = operator === 'Is' ? ['is', '=='] : ['is not', '!='];
      unit.compilation.problems.warn(node, `"${is}" with '${type}' literal. Did you mean "${equals}"?`);
      return;
    }
    left = right;
  }
}

function checkIdentity(unit: CodeUnit, node: Compare): void {
  for (const operator of node.ops) {
    if (operator === 'Is' || operator === 'IsNot') {
      warnAboutIdentity(unit, node);
      return;
    }
  }
}

export function compareInto(unit: CodeUnit, node: Compare, target: number): void {
  checkIdentity(unit, node);
  const { ops, comparators } = node;
  const mark = unit.next;
  const last = ops.length - 1;
  if (last === 0) {
    const left = keep(unit, node, operand(unit, node.left, target), comparators[0]);
    const right = rightOperand(unit, ops[0], comparators[0], left === target ? -1 : target);
    unit.emit(node, valueOps[ops[0]], target, left, right);
    unit.next = mark;
    return;
  }
  const result = unit.scratch(target);
  const end = unit.label();
  let left = keep(unit, node, operand(unit, node.left), comparators[0]);
  for (let i = 0; i <= last; i++) {
    let right = rightOperand(unit, ops[i], comparators[i], -1);
    if (i < last) right = keep(unit, node, right, comparators[i + 1]);
    unit.emit(node, valueOps[ops[i]], result, left, right);
    if (i < last) unit.branch(node, Op.JUMP_IF_FALSE, end, result);
    left = right;
  }
  unit.place(end);
  unit.move(node, target, result);
  unit.next = mark;
}

const inverted: Readonly<Partial<Record<ComparisonOperator, Op>>> = {
  Is: Op.IS_NOT,
  IsNot: Op.IS,
  In: Op.NOT_CONTAINS,
  NotIn: Op.CONTAINS,
};

/** `not a in b`, `not a is b` as one instruction; false, with nothing emitted, for other comparisons. */
export function invertedInto(unit: CodeUnit, at: Located, node: Compare, target: number): boolean {
  const op = inverted[node.ops[0]];
  if (node.ops.length !== 1 || op === undefined) return false;
  checkIdentity(unit, node);
  const mark = unit.next;
  const left = keep(unit, node, operand(unit, node.left, target), node.comparators[0]);
  const right = rightOperand(unit, node.ops[0], node.comparators[0], left === target ? -1 : target);
  unit.emit(at, op, target, left, right);
  unit.next = mark;
  return true;
}

export function booleanInto(unit: CodeUnit, node: BoolOp, target: number): void {
  const mark = unit.next;
  const result = unit.scratch(target);
  decide(unit, node, result, null, null);
  unit.move(node, target, result);
  unit.next = mark;
}

/**
 * The value of an expression, and on to a label if it is true or false; without one for what it is, just on. Operators
 * within operators hand their labels on, so that the truth of each value is asked once.
 */
function decide(unit: CodeUnit, node: Expression, result: number, ifTrue: Label | null, ifFalse: Label | null): void {
  if (node.kind !== 'BoolOp') {
    const mark = unit.next;
    into(unit, node, result);
    unit.next = mark;
    if (ifTrue !== null) unit.branch(node, Op.JUMP_IF_TRUE, ifTrue, result);
    if (ifFalse !== null) unit.branch(node, Op.JUMP_IF_FALSE, ifFalse, result);
    return;
  }
  const end = unit.label();
  const { values } = node;
  const last = values.length - 1;
  for (let i = 0; i < last; i++) {
    if (node.op === 'And') decide(unit, values[i], result, null, ifFalse ?? end);
    else decide(unit, values[i], result, ifTrue ?? end, null);
  }
  decide(unit, values[last], result, ifTrue, ifFalse);
  unit.place(end);
}

export function conditionalInto(unit: CodeUnit, node: IfExp, target: number): void {
  const mark = unit.next;
  const orelse = unit.label();
  const end = unit.label();
  jumpIf(unit, node.test, orelse, false);
  unit.next = mark;
  into(unit, node.body, target);
  unit.next = mark;
  unit.jump(NOWHERE, end);
  unit.place(orelse);
  into(unit, node.orelse, target);
  unit.next = mark;
  unit.place(end);
}

/** Evaluates a condition and jumps to `label` if its truth is `when`; else goes on. */
export function jumpIf(unit: CodeUnit, node: Expression, label: Label, when: boolean): void {
  const mark = unit.next;
  switch (node.kind) {
    case 'UnaryOp':
      if (node.op === 'Not') {
        jumpIf(unit, node.operand, label, !when);
        return;
      }
      break;
    case 'BoolOp': {
      // `and` fails as soon as one value is false, `or` succeeds as soon as one is true
      const decisive = node.op === 'Or';
      const { values } = node;
      const last = values.length - 1;
      if (decisive === when) {
        for (const value of values) jumpIf(unit, value, label, when);
      } else {
        const skip = unit.label();
        for (let i = 0; i < last; i++) jumpIf(unit, values[i], skip, decisive);
        jumpIf(unit, values[last], label, when);
        unit.place(skip);
      }
      return;
    }
    case 'IfExp': {
      const orelse = unit.label();
      const end = unit.label();
      jumpIf(unit, node.test, orelse, false);
      jumpIf(unit, node.body, label, when);
      unit.jump(NOWHERE, end);
      unit.place(orelse);
      jumpIf(unit, node.orelse, label, when);
      unit.place(end);
      return;
    }
    case 'Compare':
      compareAndJump(unit, node, label, when);
      unit.next = mark;
      return;
  }
  const constant = fold(node);
  if (constant !== null) {
    if (constantTruth(constant) === when) unit.jump(node, label);
    return;
  }
  const value = operand(unit, node);
  unit.branch(node, when ? Op.JUMP_IF_TRUE : Op.JUMP_IF_FALSE, label, value);
  unit.next = mark;
}

function compareAndJump(unit: CodeUnit, node: Compare, label: Label, when: boolean): void {
  checkIdentity(unit, node);
  const { ops, comparators } = node;
  const last = ops.length - 1;
  if (last === 0 && comparatorIsNone(comparators[0]) && (ops[0] === 'Is' || ops[0] === 'IsNot')) {
    const value = operand(unit, node.left);
    const jump = (ops[0] === 'Is') === when ? Op.JUMP_IF_NONE : Op.JUMP_IF_NOT_NONE;
    unit.branch(node, jump, label, value);
    return;
  }
  // `a < b < c`: every comparison but the last leaves when it is false
  const skip = unit.label();
  let left = keep(unit, node, operand(unit, node.left), comparators[0]);
  for (let i = 0; i <= last; i++) {
    let right = rightOperand(unit, ops[i], comparators[i], -1);
    if (i < last) right = keep(unit, node, right, comparators[i + 1]);
    const mark = unit.next;
    const result = unit.allocate();
    unit.emit(node, branchOps[ops[i]], result, left, right);
    if (i === last) unit.branch(node, when ? Op.JUMP_IF_TRUE : Op.JUMP_IF_FALSE, label, result);
    else unit.branch(node, Op.JUMP_IF_FALSE, when ? skip : label, result);
    unit.next = mark;
    left = right;
  }
  unit.place(skip);
}

function comparatorIsNone(node: Expression): boolean {
  return node.kind === 'Constant' && node.value.type === 'None';
}
