/**
 * Comprehensions. Lists, sets and dicts compile inline (PEP 709): their variables are temporaries of the enclosing code
 * object, so nothing of the same name outside is touched. Generator expressions, and the few comprehensions that
 * scope-analysis.ts does not inline, are functions of one argument, the iterator.
 */
import { CodeFlag } from '../heap/layouts.ts';
import type { Comprehension, DictComp, Expression, GeneratorExp, ListComp, Located, SetComp } from '../parser/ast.ts';
import { storeTarget } from './assignments.ts';
import { jumpIf } from './conditions.ts';
import { emitAwait, emitDelegation, emitYield, into, keep, operand } from './expressions.ts';
import { functionObject } from './functions.ts';
import { Op } from './instructions.ts';
import { bindingOf, directRegister } from './names.ts';
import { Access, type Binding, BindingFlag, type Scope } from './scopes.ts';
import { CodeUnit, NOWHERE } from './unit.ts';

type AnyComprehension = ListComp | SetComp | DictComp | GeneratorExp;

export function comprehensionInto(unit: CodeUnit, node: AnyComprehension, target: number): void {
  const scope = unit.compilation.scopes.get(node)!;
  if (scope.inlined) inlineInto(unit, node as ListComp | SetComp | DictComp, scope, target);
  else functionInto(unit, node, scope, target);
}

function inlineInto(unit: CodeUnit, node: ListComp | SetComp | DictComp, scope: Scope, target: number): void {
  const mark = unit.next;
  const result = unit.scratch(target);
  const [first] = node.generators;
  const iterator = unit.allocate();
  const iterable = operand(unit, first.iter, iterator);
  unit.emit(first.iter, first.is_async === 1 ? Op.GET_AITER : Op.GET_ITER, iterator, iterable);
  unit.next = iterator + 1;
  const outer = unit.scope;
  unit.scope = scope;
  allocateVariables(unit, node, scope);
  const build = node.kind === 'ListComp' ? Op.BUILD_LIST : node.kind === 'SetComp' ? Op.BUILD_SET : Op.BUILD_MAP;
  unit.emit(node, build, result, 0, 0);
  const named = [...scope.bindings.values()].filter((binding) => binding.named && !isEnclosing(scope, binding));
  if (named.length === 0) clauses(unit, node, 0, iterator, () => addItem(unit, node, result));
  else {
    const exception = unit.allocate();
    const handler = unit.pushHandler(exception);
    clauses(unit, node, 0, iterator, () => addItem(unit, node, result));
    unit.popHandler();
    forget(unit, named);
    const end = unit.label();
    unit.jump(node, end);
    unit.place(handler.label);
    forget(unit, named);
    unit.reraise(NOWHERE, exception);
    unit.place(end);
  }
  unit.scope = outer;
  unit.move(node, target, result);
  unit.next = mark;
}

/** Variables that have a name in the host are no variables of it any more. */
function forget(unit: CodeUnit, variables: readonly Binding[]): void {
  for (const binding of variables) unit.clearFast(NOWHERE, binding);
}

/** Gives the variables of an inlined comprehension their registers, in the order in which the targets name them. */
function allocateVariables(unit: CodeUnit, node: AnyComprehension, scope: Scope): void {
  for (const binding of scope.bindings.values()) {
    if ((binding.flags & BindingFlag.local) === 0) continue;
    if ((binding.flags & (BindingFlag.nonlocal | BindingFlag.global)) !== 0) continue;
    if ((binding.flags & BindingFlag.iteration) === 0) continue;
    if (isEnclosing(scope, binding)) continue;
    if (!binding.named) binding.register = unit.allocate();
    binding.stored = false;
    if (binding.access === Access.cell) {
      unit.emit(node, Op.CLEAR, binding.register);
      unit.emit(node, Op.MAKE_CELL, binding.register);
    } else if (node.generators.length > 1 || !isPlainTarget(node.generators[0].target)) {
      // an inner iterable, or a target such as `a[0]`, could ask for a variable before it is bound
      unit.emit(node, Op.CLEAR, binding.register);
    }
  }
}

/** True for a variable of an enclosing comprehension, whose binding an inlined one shares. */
function isEnclosing(scope: Scope, binding: Binding): boolean {
  let outer = scope;
  while (outer.inlined && outer.parent !== null) {
    outer = outer.parent;
    if (outer.bindings.get(binding.name) === binding) return true;
  }
  return false;
}

function isPlainTarget(target: Expression): boolean {
  if (target.kind === 'Tuple') return target.elts.every(({ kind }) => kind === 'Name');
  return target.kind === 'Name';
}

function addItem(unit: CodeUnit, node: AnyComprehension, result: number): void {
  const mark = unit.next;
  if (node.kind === 'DictComp') {
    const key = keep(unit, node.key, operand(unit, node.key), node.value);
    const value = operand(unit, node.value);
    const { lineno, col_offset } = node.key;
    const { end_lineno, end_col_offset } = node.value;
    unit.emit({ lineno, col_offset, end_lineno, end_col_offset }, Op.MAP_ADD, result, key, value);
  } else {
    const value = operand(unit, node.elt);
    if (node.kind === 'GeneratorExp') emitYield(unit, node.elt, unit.allocate(), value);
    else unit.emit(node.elt, node.kind === 'ListComp' ? Op.LIST_APPEND : Op.SET_ADD, result, value);
  }
  unit.next = mark;
}

/** The loops from clause `index` on; `iterator` is the first one's. */
function clauses(unit: CodeUnit, node: AnyComprehension, index: number, iterator: number, item: () => void): void {
  if (index === node.generators.length) {
    item();
    return;
  }
  const clause = node.generators[index];
  const mark = unit.next;
  let source = iterator;
  if (index > 0) {
    const single = singleItem(clause);
    if (single !== null) {
      // `for y in [f(x)]` is an assignment
      const next = unit.label();
      const value = unit.allocate();
      into(unit, single, value);
      storeTarget(unit, clause.target, value);
      for (const condition of clause.ifs) jumpIf(unit, condition, next, false);
      clauses(unit, node, index + 1, -1, item);
      unit.place(next);
      unit.next = mark;
      return;
    }
    source = unit.allocate();
    const iterable = operand(unit, clause.iter, source);
    unit.emit(clause.iter, clause.is_async === 1 ? Op.GET_AITER : Op.GET_ITER, source, iterable);
    unit.next = source + 1;
  }
  const header = unit.label();
  const next = unit.label();
  const exit = unit.label();
  unit.placeHeader(node, header);
  if (clause.is_async === 1) {
    const endOfIteration = asyncNext(unit, clause.target, source, clause.iter);
    body();
    unit.place(endOfIteration.label);
    unit.emit(clause.iter, Op.END_ASYNC_FOR, endOfIteration.register);
  } else {
    forNext(unit, clause.target, source, clause.iter, exit);
    body();
  }
  unit.place(exit);
  unit.next = mark;

  function body(): void {
    for (const condition of clause.ifs) jumpIf(unit, condition, next, false);
    clauses(unit, node, index + 1, -1, item);
    unit.place(next);
    unit.jumpBack(node, header);
  }
}

function singleItem(clause: Comprehension): Expression | null {
  if (clause.is_async === 1 || (clause.iter.kind !== 'List' && clause.iter.kind !== 'Tuple')) return null;
  const { elts } = clause.iter;
  return elts.length === 1 && elts[0].kind !== 'Starred' ? elts[0] : null;
}

/** FOR_ITER and the store to the target. */
export function forNext(
  unit: CodeUnit,
  target: Expression,
  iterator: number,
  at: Located,
  exit: ReturnType<CodeUnit['label']>,
): void {
  const mark = unit.next;
  if (target.kind === 'Name') {
    const binding = bindingOf(unit, target.id);
    const direct = directRegister(binding);
    if (direct >= 0) {
      unit.branch(at, Op.FOR_ITER, exit, iterator, direct);
      unit.markBound(binding);
      return;
    }
  }
  const value = unit.allocate();
  unit.branch(at, Op.FOR_ITER, exit, iterator, value);
  storeTarget(unit, target, value);
  unit.next = mark;
}

/**
 * The next item of an asynchronous iterator, stored to the target. Returns the handler that END_ASYNC_FOR must follow,
 * to tell the end of the iteration from other exceptions.
 */
export function asyncNext(
  unit: CodeUnit,
  target: Expression,
  iterator: number,
  at: Located,
): ReturnType<CodeUnit['pushHandler']> {
  const exception = unit.allocate();
  const mark = unit.next;
  const handler = unit.pushHandler(exception);
  const awaitable = unit.allocate();
  const value = unit.allocate();
  unit.emit(at, Op.GET_ANEXT, awaitable, iterator);
  emitDelegation(unit, at, awaitable, value);
  unit.popHandler();
  storeTarget(unit, target, value);
  unit.next = mark;
  return handler;
}

/** A comprehension as a function that is called at once with its first iterator. */
function functionInto(unit: CodeUnit, node: AnyComprehension, scope: Scope, target: number): void {
  const [first] = node.generators;
  const mark = unit.next;
  const start = unit.runStart(target);
  unit.next = start;
  unit.allocate(3);
  const inner = new CodeUnit(unit.compilation, unit, scope, scope.name, node.lineno, null);
  inner.argCount = 1;
  if (node.kind === 'GeneratorExp') {
    inner.flags |= scope.isCoroutine ? CodeFlag.asyncGenerator : CodeFlag.generator;
  } else if (scope.isCoroutine) {
    inner.flags |= CodeFlag.coroutine;
  }
  functionBody(inner, node);
  functionObject(unit, node, inner.finish(), scope, start, null, null, null);
  unit.emit(node, Op.CLEAR, start + 1);
  unit.next = start + 3;
  const iterable = operand(unit, first.iter, start + 2);
  unit.emit(first.iter, first.is_async === 1 ? Op.GET_AITER : Op.GET_ITER, start + 2, iterable);
  unit.next = start + 3;
  if (node.kind !== 'GeneratorExp' && scope.isCoroutine) {
    unit.emit(node, Op.CALL, start, start, 1);
    emitAwait(unit, node, start, 0, start, target);
  } else {
    unit.emit(node, Op.CALL, target, start, 1);
  }
  unit.next = mark;
}

function functionBody(unit: CodeUnit, node: AnyComprehension): void {
  const iterator = 0;
  if (node.kind === 'GeneratorExp') {
    clauses(unit, node, 0, iterator, () => addItem(unit, node, -1));
    unit.return(node, unit.none());
    return;
  }
  const result = unit.allocate();
  const build = node.kind === 'ListComp' ? Op.BUILD_LIST : node.kind === 'SetComp' ? Op.BUILD_SET : Op.BUILD_MAP;
  unit.emit(node, build, result, 0, 0);
  clauses(unit, node, 0, iterator, () => addItem(unit, node, result));
  unit.return(node, result);
}
