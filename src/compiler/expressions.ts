/**
 * Expressions. Three ways to compile one:
 *  - `into` leaves the value in a register that the caller names;
 *  - `operand` says where the value is: a constant, a local variable's own register, or a temporary;
 *  - `effect` drops it.
 * `into` writes a register that is a variable's only when the whole expression has succeeded; a temporary target it may
 * use as it likes meanwhile. Temporaries are a stack: whoever needs some restores `unit.next`.
 */

import { CodeFlag } from '../heap/layouts.ts';
import type {
  Attribute,
  Await,
  BinOp,
  Dict,
  Expression,
  Located,
  NamedExpr,
  Operator,
  Slice,
  Subscript,
  UnaryOperator,
  Yield,
  YieldFrom,
} from '../parser/ast.ts';
import { callInto, loadSuperAttribute } from './calls.ts';
import { comprehensionInto } from './comprehensions.ts';
import { booleanInto, compareInto, conditionalInto, invertedInto } from './conditions.ts';
import { constantTypeName, NONE } from './constants.ts';
import { displayInto } from './displays.ts';
import { fold, foldBinary } from './folding.ts';
import { formattedInto, interpolationInto, joinedInto, templateInto } from './formatted-strings.ts';
import { lambdaInto } from './functions.ts';
import { Op } from './instructions.ts';
import { bindingOf, directRegister, loadBinding, storeBinding } from './names.ts';
import { Access } from './scopes.ts';
import type { CodeUnit } from './unit.ts';

const binaryOps: Readonly<Record<Operator, Op>> = {
  Add: Op.ADD,
  Sub: Op.SUBTRACT,
  Mult: Op.MULTIPLY,
  MatMult: Op.MATRIX_MULTIPLY,
  Div: Op.TRUE_DIVIDE,
  Mod: Op.REMAINDER,
  Pow: Op.POWER,
  LShift: Op.LEFT_SHIFT,
  RShift: Op.RIGHT_SHIFT,
  BitOr: Op.OR,
  BitXor: Op.XOR,
  BitAnd: Op.AND,
  FloorDiv: Op.FLOOR_DIVIDE,
};
const unaryOps: Readonly<Record<UnaryOperator, Op>> = {
  Invert: Op.INVERT,
  Not: Op.NOT,
  UAdd: Op.POSITIVE,
  USub: Op.NEGATIVE,
};

export function binaryOp(operator: Operator): Op {
  return binaryOps[operator];
}

/** Evaluates an expression into a register. */
export function into(unit: CodeUnit, node: Expression, target: number): void {
  switch (node.kind) {
    case 'Constant':
      unit.move(node, target, unit.constant(node.value));
      return;
    case 'Name':
      if (node.id === '__debug__') unit.move(node, target, unit.constant(debugConstant(unit)));
      else loadBinding(unit, bindingOf(unit, node.id), node, target);
      return;
    case 'Attribute':
      attributeInto(unit, node, target);
      return;
    case 'Call':
      callInto(unit, node, target);
      return;
    case 'BinOp':
      binaryInto(unit, node, target);
      return;
    case 'Subscript':
      subscriptInto(unit, node, target);
      return;
    case 'Compare':
      compareInto(unit, node, target);
      return;
    case 'BoolOp':
      booleanInto(unit, node, target);
      return;
    case 'UnaryOp': {
      const constant = fold(node);
      if (constant !== null) {
        unit.move(node, target, unit.constant(constant));
        return;
      }
      if (node.op === 'Not' && node.operand.kind === 'Compare' && invertedInto(unit, node, node.operand, target))
        return;
      const mark = unit.next;
      const value = operand(unit, node.operand, target);
      unit.emit(node, unaryOps[node.op], target, value);
      unit.next = mark;
      return;
    }
    case 'IfExp':
      conditionalInto(unit, node, target);
      return;
    case 'Tuple':
    case 'List':
    case 'Set':
      displayInto(unit, node, target);
      return;
    case 'Dict':
      dictInto(unit, node, target);
      return;
    case 'NamedExpr':
      namedInto(unit, node, target);
      return;
    case 'Lambda':
      lambdaInto(unit, node, target);
      return;
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
    case 'GeneratorExp':
      comprehensionInto(unit, node, target);
      return;
    case 'JoinedStr':
      joinedInto(unit, node, target);
      return;
    case 'FormattedValue':
      formattedInto(unit, node, target);
      return;
    case 'TemplateStr':
      templateInto(unit, node, target);
      return;
    case 'Interpolation':
      interpolationInto(unit, node, target);
      return;
    case 'Yield':
      yieldInto(unit, node, target);
      return;
    case 'YieldFrom':
      yieldFromInto(unit, node, target);
      return;
    case 'Await':
      awaitInto(unit, node, target);
      return;
    case 'Slice':
      sliceInto(unit, node, target);
      return;
    case 'Starred':
      unit.compilation.problems.error(node, "can't use starred expression here");
  }
}

/**
 * Evaluates an expression and says where its value is. A result that is no constant and no variable goes to `target` if
 * that is a temporary (and free for it), else to a fresh one.
 */
export function operand(unit: CodeUnit, node: Expression, target = -1): number {
  switch (node.kind) {
    case 'Constant':
      return unit.constant(node.value);
    case 'Name': {
      if (node.id === '__debug__') return unit.constant(debugConstant(unit));
      const binding = bindingOf(unit, node.id);
      if (binding.access === Access.fast) {
        unit.checkBound(node, binding);
        return binding.register;
      }
      const register = unit.scratch(target);
      loadBinding(unit, binding, node, register);
      return register;
    }
    case 'BinOp':
    case 'UnaryOp':
    case 'Tuple':
    case 'JoinedStr': {
      const constant = fold(node);
      if (constant !== null) return unit.constant(constant);
      break;
    }
    case 'NamedExpr': {
      const direct = directRegister(bindingOf(unit, node.target.id));
      if (direct >= 0) {
        namedInto(unit, node, direct);
        return direct;
      }
      break;
    }
  }
  const register = unit.scratch(target);
  into(unit, node, register);
  return register;
}

/** Evaluates an expression for its effects only. */
export function effect(unit: CodeUnit, node: Expression): void {
  const mark = unit.next;
  operand(unit, node);
  unit.next = mark;
}

function debugConstant(unit: CodeUnit): { type: 'bool'; value: boolean } {
  return { type: 'bool', value: unit.compilation.optimize === 0 };
}

/**
 * Makes sure that an operand keeps its value while later expressions are evaluated: a variable that an assignment
 * expression in one of them may rebind is copied.
 */
export function keep(unit: CodeUnit, at: Located, source: number, ...later: (Expression | null)[]): number {
  if (source < 0 || source >= unit.firstTemporary || !unit.host.hasNamedExpressions) return source;
  if (!later.some((node) => node !== null && containsNamedExpression(node))) return source;
  const copy = unit.allocate();
  unit.move(at, copy, source);
  return copy;
}

/** Is there an assignment expression anywhere below? Asked only in functions that have one. */
export function containsNamedExpression(node: object): boolean {
  if ((node as Expression).kind === 'NamedExpr') return true;
  for (const child of Object.values(node)) {
    if (typeof child === 'object' && child !== null && containsNamedExpression(child as object)) return true;
  }
  return false;
}

function binaryInto(unit: CodeUnit, node: BinOp, target: number): void {
  // `a + b + c ...` leans to the left and may be long: go down its spine, then emit upwards
  const spine: BinOp[] = [];
  let leftmost: Expression = node;
  while (leftmost.kind === 'BinOp') {
    spine.push(leftmost);
    leftmost = leftmost.left;
  }
  const mark = unit.next;
  let i = spine.length - 1;
  let constant = fold(leftmost);
  for (; constant !== null && i >= 0; i--) {
    const right = fold(spine[i].right);
    const folded = right === null ? null : foldBinary(spine[i].op, constant, right);
    if (folded === null) break;
    constant = folded;
  }
  if (i < 0) {
    unit.move(node, target, unit.constant(constant!));
    return;
  }
  const intermediate = unit.isScratch(target) ? target : -1;
  let left = constant === null ? operand(unit, leftmost, intermediate) : unit.constant(constant);
  for (; i >= 0; i--) {
    const step = spine[i];
    left = keep(unit, step, left, step.right);
    const right = operand(unit, step.right, left === intermediate ? -1 : intermediate);
    let result = target;
    if (i > 0) {
      unit.next = mark;
      result = intermediate >= 0 ? intermediate : unit.allocate();
    }
    unit.emit(step, binaryOps[step.op], result, left, right, 0);
    left = result;
  }
  unit.next = mark;
}

/** The place of an attribute's name, for chains of calls that go over several lines. */
export function attributeLocation(at: Located, node: Attribute): Located {
  if (at.lineno === node.end_lineno) return at;
  const { length } = node.attr;
  const known = length <= node.end_col_offset;
  return {
    lineno: node.end_lineno,
    col_offset: known ? node.end_col_offset - length : -1,
    end_lineno: at.end_lineno,
    end_col_offset: known ? at.end_col_offset : -1,
  };
}

function attributeInto(unit: CodeUnit, node: Attribute, target: number): void {
  if (loadSuperAttribute(unit, node, Op.LOAD_SUPER_ATTR, target)) return;
  const mark = unit.next;
  const object = operand(unit, node.value, target);
  const location = attributeLocation(node, node);
  unit.emit(location, Op.LOAD_ATTR, target, object, unit.nameIndex(unit.scope.mangle(node.attr)));
  unit.next = mark;
}

function subscriptInto(unit: CodeUnit, node: Subscript, target: number): void {
  warnAboutSubscript(unit, node);
  const mark = unit.next;
  let object = operand(unit, node.value, target);
  object = keep(unit, node, object, node.slice);
  const key = operand(unit, node.slice, object === target ? -1 : target);
  unit.emit(node, Op.LOAD_SUBSCR, target, object, key);
  unit.next = mark;
}

/** Types of displays and literals that only integers index. */
const sequences: Readonly<Record<string, string>> = {
  Constant: 'str',
  Tuple: 'tuple',
  List: 'list',
  ListComp: 'list',
  JoinedStr: 'str',
  FormattedValue: 'str',
};

function warnAboutSubscript(unit: CodeUnit, node: Subscript): void {
  const { value, slice } = node;
  if (value.kind === 'Name' || value.kind === 'Attribute') return;
  const { problems } = unit.compilation;
  let typeName = '';
  switch (value.kind) {
    case 'Constant':
      if (value.value.type === 'str' || value.value.type === 'bytes') break;
      typeName = constantTypeName(value.value);
      break;
    case 'Set':
    case 'SetComp':
      typeName = 'set';
      break;
    case 'GeneratorExp':
      typeName = 'generator';
      break;
    case 'Lambda':
      typeName = 'function';
      break;
    case 'TemplateStr':
    case 'Interpolation':
      typeName = 'string.templatelib.Template';
  }
  if (typeName !== '') {
    problems.warn(node, `'${typeName}' object is not subscriptable; perhaps you missed a comma?`);
    return;
  }
  const indexType = typeOfDisplay(slice);
  if (indexType === null || indexType === 'int' || indexType === 'bool') return;
  let sequence = sequences[value.kind];
  if (sequence === undefined) return;
  if (value.kind === 'Constant') sequence = constantTypeName(value.value);
  problems.warn(node, `${sequence} indices must be integers or slices, not ${indexType}; perhaps you missed a comma?`);
}

/** The name of the type of what is surely no int; null where one cannot tell. */
function typeOfDisplay(node: Expression): string | null {
  switch (node.kind) {
    case 'Constant':
      return constantTypeName(node.value);
    case 'Tuple':
      return 'tuple';
    case 'List':
    case 'ListComp':
      return 'list';
    case 'Dict':
    case 'DictComp':
      return 'dict';
    case 'Set':
    case 'SetComp':
      return 'set';
    case 'GeneratorExp':
      return 'generator';
    case 'Lambda':
      return 'function';
    case 'JoinedStr':
    case 'FormattedValue':
      return 'str';
    case 'TemplateStr':
    case 'Interpolation':
      return 'string.templatelib.Template';
  }
  return null;
}

function sliceInto(unit: CodeUnit, node: Slice, target: number): void {
  const mark = unit.next;
  const { lower, upper, step } = node;
  const part = (expression: Expression | null): number =>
    expression === null ? unit.constant(NONE) : operand(unit, expression);
  const start = keep(unit, node, part(lower), upper, step);
  const stop = keep(unit, node, part(upper), step);
  unit.emit(node, Op.BUILD_SLICE, target, start, stop, part(step));
  unit.next = mark;
}

function dictInto(unit: CodeUnit, node: Dict, target: number): void {
  const mark = unit.next;
  const dict = unit.scratch(target);
  unit.emit(node, Op.BUILD_MAP, dict, 0, 0);
  const inner = unit.next;
  for (let i = 0; i < node.values.length; i++) {
    const key = node.keys[i];
    const value = node.values[i];
    if (key === null) {
      unit.emit(node, Op.DICT_UPDATE, dict, operand(unit, value));
    } else {
      const keyOperand = keep(unit, node, operand(unit, key), value);
      unit.emit(node, Op.MAP_ADD, dict, keyOperand, operand(unit, value));
    }
    unit.next = inner;
  }
  unit.move(node, target, dict);
  unit.next = mark;
}

/** An assignment expression, its value left in `target` too. */
function namedInto(unit: CodeUnit, node: NamedExpr, target: number): void {
  const mark = unit.next;
  const binding = bindingOf(unit, node.target.id);
  const direct = directRegister(binding);
  if (direct >= 0) {
    into(unit, node.value, direct);
    unit.markBound(binding);
    unit.move(node, target, direct);
  } else {
    const value = operand(unit, node.value, target);
    storeBinding(unit, binding, node.target, value);
    unit.move(node, target, value);
  }
  unit.next = mark;
}

// Generators and coroutines -------------------------------------------------------------------------------------------

function yieldInto(unit: CodeUnit, node: Yield, target: number): void {
  const mark = unit.next;
  const value = node.value === null ? unit.none() : operand(unit, node.value, target);
  emitYield(unit, node, target, value);
  unit.next = mark;
}

/** Yields a source operand; what is sent comes into `target`. */
export function emitYield(unit: CodeUnit, at: Located, target: number, value: number): void {
  let source = value;
  const mark = unit.next;
  if ((unit.flags & CodeFlag.asyncGenerator) !== 0) {
    source = unit.allocate();
    unit.emit(at, Op.ASYNC_GEN_WRAP, source, value);
  }
  unit.emit(at, Op.YIELD, target, source);
  unit.next = mark;
}

function yieldFromInto(unit: CodeUnit, node: YieldFrom, target: number): void {
  const mark = unit.next;
  const iterator = unit.allocate();
  const value = operand(unit, node.value, iterator);
  unit.emit(node, Op.GET_YIELD_FROM_ITER, iterator, value);
  emitDelegation(unit, node, iterator, target);
  unit.next = mark;
}

function awaitInto(unit: CodeUnit, node: Await, target: number): void {
  const mark = unit.next;
  const iterator = unit.allocate();
  const value = operand(unit, node.value, iterator);
  emitAwait(unit, node, value, 0, iterator, target);
  unit.next = mark;
}

/** Awaits a source operand by way of the temporary `iterator`; the result comes into `target`. */
export function emitAwait(
  unit: CodeUnit,
  at: Located,
  value: number,
  context: number,
  iterator: number,
  target: number,
): void {
  unit.emit(at, Op.GET_AWAITABLE, iterator, value, context);
  emitDelegation(unit, at, iterator, target);
}

/**
 * The loop of `yield from` and `await`: what the iterator yields is yielded, what it returns comes into `target`. A
 * throw() into the delegate that makes it return surfaces as StopIteration at the YIELD.
 */
export function emitDelegation(unit: CodeUnit, at: Located, iterator: number, target: number): void {
  const mark = unit.next;
  const result = unit.isScratch(target) && target !== iterator ? target : unit.allocate();
  const exception = unit.allocate();
  const loop = unit.label();
  const done = unit.label();
  unit.move(at, result, unit.none());
  unit.placeHeader(at, loop);
  unit.branch(at, Op.SEND, done, result, iterator, result);
  const handler = unit.pushHandler(exception);
  unit.emit(at, Op.YIELD, result, result);
  unit.popHandler();
  unit.jump(at, loop);
  unit.place(handler.label);
  unit.emit(at, Op.CLEANUP_THROW, result, exception);
  unit.place(done);
  unit.move(at, target, result);
  unit.next = mark;
}
