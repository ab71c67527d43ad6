/**
 * `try` in all its forms, `with`, `raise`, `assert`. Exceptions cost nothing until they are raised: the table says which
 * handler covers an instruction. A finally clause is compiled once for each way out of the try statement.
 */
import type { Assert, AsyncWith, ExceptHandler, Located, Raise, Try, TryStar, With } from '../parser/ast.ts';
import { storeTarget } from './assignments.ts';
import { jumpIf } from './conditions.ts';
import { NULL } from './constants.ts';
import { emitAwait, into, keep, operand } from './expressions.ts';
import { CommonObject, Op, SpecialMethod } from './instructions.ts';
import { bindingOf, deleteName, storeName } from './names.ts';
import { Access } from './scopes.ts';
import { statements } from './statements.ts';
import { type CodeUnit, type Label, NOWHERE, SKIPPED } from './unit.ts';

export function tryStatement(unit: CodeUnit, node: Try | TryStar): void {
  const inner = (): void => {
    if (node.handlers.length === 0) {
      statements(unit, node.body);
      statements(unit, node.orelse);
    } else if (node.kind === 'Try') {
      tryExcept(unit, node);
    } else {
      tryExceptStar(unit, node);
    }
  };
  unit.pass(node);
  if (node.finalbody.length === 0) inner();
  else tryFinally(unit, node, inner);
}

function tryFinally(unit: CodeUnit, node: Try | TryStar, inner: () => void): void {
  const mark = unit.next;
  const exception = unit.allocate();
  const saved = unit.allocate();
  const second = unit.allocate();
  unit.next = mark;
  const end = unit.label();
  const finalBody = (): void => statements(unit, node.finalbody);
  const outer = unit.handler;
  const handler = unit.pushHandler(exception);
  unit.pushBlock({ kind: 'finally', handler: outer, emit: finalBody }, node);
  inner();
  unit.blocks.pop();
  unit.popHandler();
  finalBody();
  unit.jump(SKIPPED, end);
  const at = node.finalbody[0];
  unit.place(handler.label);
  unit.next = second + 1;
  unit.emit(at, Op.PUSH_EXCEPTION, saved, exception);
  const cleanup = unit.pushHandler(second);
  const restore = (): void => unit.emit(NOWHERE, Op.POP_EXCEPTION, saved);
  unit.pushBlock({ kind: 'handler', handler: outer, inFinally: true, emit: restore }, node);
  finalBody();
  unit.blocks.pop();
  unit.popHandler();
  restore();
  // this one has a place, which is where a frame that it ends says that it ended
  unit.reraise(node.finalbody[node.finalbody.length - 1], exception);
  restoreAndReraise(unit, cleanup.label, saved, second);
  unit.place(end);
  unit.next = mark;
}

/** An exception in a handler: the one handled before is handled again, and the new one goes on. */
function restoreAndReraise(unit: CodeUnit, label: Label, saved: number, exception: number): void {
  unit.place(label);
  unit.emit(NOWHERE, Op.POP_EXCEPTION, saved);
  unit.reraise(NOWHERE, exception);
}

/** The name of an except clause is unbound when the clause ends. */
function unbindName(unit: CodeUnit, handler: ExceptHandler): void {
  if (handler.name === null) return;
  const binding = bindingOf(unit, handler.name);
  if (binding.access === Access.fast) {
    unit.clearFast(NOWHERE, binding);
    return;
  }
  storeName(unit, handler.name, NOWHERE, unit.none());
  deleteName(unit, handler.name, NOWHERE);
}

function tryExcept(unit: CodeUnit, node: Try): void {
  const mark = unit.next;
  const exception = unit.allocate();
  const saved = unit.allocate();
  const second = unit.allocate();
  unit.next = mark;
  const end = unit.label();
  const outer = unit.handler;
  const handler = unit.pushHandler(exception);
  unit.pushBlock({ kind: 'plain', handler: outer }, node);
  statements(unit, node.body);
  unit.blocks.pop();
  unit.popHandler();
  statements(unit, node.orelse);
  unit.jump(SKIPPED, end);
  unit.place(handler.label);
  unit.next = second + 1;
  const { handlers } = node;
  unit.emit(handlers[0], Op.PUSH_EXCEPTION, saved, exception);
  const cleanup = unit.pushHandler(second);
  // an except clause counts twice towards the limit on nesting: this block, and the clause's own
  unit.pushBlock({ kind: 'plain', handler: outer }, handlers[0]);
  for (let i = 0; i < handlers.length; i++) {
    const clause = handlers[i];
    const next = unit.label();
    if (clause.type === null && i < handlers.length - 1) {
      unit.compilation.problems.error(clause, "default 'except:' must be last");
    }
    if (clause.type !== null) {
      const inner = unit.next;
      const type = operand(unit, clause.type);
      const matches = unit.allocate();
      unit.emit(clause.type, Op.MATCH_EXCEPTION, matches, exception, type);
      unit.branch(clause.type, Op.JUMP_IF_FALSE, next, matches);
      unit.next = inner;
    }
    exceptClause(unit, clause, exception, saved, second, end);
    unit.place(next);
  }
  unit.blocks.pop();
  unit.popHandler();
  unit.emit(NOWHERE, Op.POP_EXCEPTION, saved);
  // no clause took it: the last one was asked last
  unit.reraise(handlers[handlers.length - 1], exception);
  restoreAndReraise(unit, cleanup.label, saved, second);
  unit.place(end);
  unit.next = mark;
}

/** The body of an except clause whose type has matched. */
function exceptClause(
  unit: CodeUnit,
  clause: ExceptHandler,
  exception: number,
  saved: number,
  second: number,
  end: Label,
): void {
  const outer = unit.handler!.outer;
  unit.pass(clause);
  const leave = (): void => {
    unbindName(unit, clause);
    unit.emit(NOWHERE, Op.POP_EXCEPTION, saved);
  };
  const cleanup = clause.name === null ? null : unit.pushHandler(second);
  if (clause.name !== null) storeName(unit, clause.name, clause, exception);
  unit.pushBlock({ kind: 'handler', handler: outer, inFinally: false, emit: leave }, clause);
  statements(unit, clause.body);
  unit.blocks.pop();
  if (cleanup !== null) unit.popHandler();
  leave();
  unit.jump(SKIPPED, end);
  if (cleanup !== null) {
    unit.place(cleanup.label);
    leave();
    unit.reraise(NOWHERE, second);
  }
}

/**
 * except*: each clause takes its part of the group; what clauses raise and what nobody took is gathered in a list, and
 * raised together in the end.
 */
function tryExceptStar(unit: CodeUnit, node: TryStar): void {
  const mark = unit.next;
  const exception = unit.allocate();
  const saved = unit.allocate();
  const second = unit.allocate();
  const third = unit.allocate();
  const gathered = unit.allocate();
  const parts = unit.allocate(2);
  const savedInClause = unit.allocate();
  const handlersEnd = unit.next;
  unit.next = mark;
  const end = unit.label();
  const outer = unit.handler;
  const handler = unit.pushHandler(exception);
  unit.pushBlock({ kind: 'plain', handler: outer }, node);
  statements(unit, node.body);
  unit.blocks.pop();
  unit.popHandler();
  statements(unit, node.orelse);
  unit.jump(SKIPPED, end);
  unit.place(handler.label);
  unit.next = handlersEnd;
  const { handlers } = node;
  const [first] = handlers;
  unit.emit(first, Op.PUSH_EXCEPTION, saved, exception);
  const cleanup = unit.pushHandler(second);
  unit.emit(first, Op.BUILD_LIST, gathered, 0, 0);
  const rest = parts;
  const match = parts + 1;
  unit.pushBlock({ kind: 'plain', handler: outer }, first);
  unit.move(first, rest, exception);
  for (const clause of handlers) {
    const next = unit.label();
    const type = operand(unit, clause.type!);
    unit.emit(clause.type!, Op.MATCH_EXCEPTION_GROUP, rest, rest, type);
    unit.next = handlersEnd;
    unit.branch(clause.type!, Op.JUMP_IF_NONE, next, match);
    unit.emit(clause, Op.PUSH_EXCEPTION, savedInClause, match);
    const failed = unit.pushHandler(third);
    unit.pushBlock({ kind: 'group', handler: outer }, clause);
    if (clause.name !== null) storeName(unit, clause.name, clause, match);
    statements(unit, clause.body);
    unit.blocks.pop();
    unit.popHandler();
    unbindName(unit, clause);
    unit.emit(NOWHERE, Op.POP_EXCEPTION, savedInClause);
    unit.jump(SKIPPED, next);
    unit.place(failed.label);
    unbindName(unit, clause);
    unit.emit(NOWHERE, Op.POP_EXCEPTION, savedInClause);
    unit.emit(NOWHERE, Op.LIST_APPEND, gathered, third);
    unit.place(next);
  }
  unit.blocks.pop();
  const done = unit.label();
  unit.emit(NOWHERE, Op.LIST_APPEND, gathered, rest);
  unit.emit(NOWHERE, Op.PREPARE_RERAISE_STAR, third, exception, gathered);
  unit.popHandler();
  unit.emit(NOWHERE, Op.POP_EXCEPTION, saved);
  unit.branch(NOWHERE, Op.JUMP_IF_NONE, done, third);
  unit.reraise(NOWHERE, third);
  restoreAndReraise(unit, cleanup.label, saved, second);
  unit.place(done);
  unit.place(end);
  unit.next = mark;
}

// with ----------------------------------------------------------------------------------------------------------------

export function withStatement(unit: CodeUnit, node: With | AsyncWith): void {
  withItem(unit, node, 0);
}

/** Registers of an item: exit method and its self or NULL, then room for its three arguments. */
const EXIT_CALL_REGISTERS = 5;

function withItem(unit: CodeUnit, node: With | AsyncWith, index: number): void {
  if (index === node.items.length) {
    statements(unit, node.body);
    return;
  }
  const mark = unit.next;
  const item = node.items[index];
  const at = item.context_expr;
  const isAsync = node.kind === 'AsyncWith';
  const exit = unit.allocate(EXIT_CALL_REGISTERS);
  const base = unit.next;
  const manager = operand(unit, at);
  unit.emit(at, Op.LOAD_SPECIAL, exit, manager, isAsync ? SpecialMethod.asyncExit : SpecialMethod.exit);
  const entered = unit.allocate(2);
  unit.emit(at, Op.LOAD_SPECIAL, entered, manager, isAsync ? SpecialMethod.asyncEnter : SpecialMethod.enter);
  unit.emit(at, Op.CALL, entered, entered, 0);
  if (isAsync) emitAwait(unit, at, entered, 1, entered + 1, entered);
  const end = unit.label();
  const outer = unit.handler;
  const exception = base;
  const saved = base + 1;
  const second = base + 2;
  const leave = (): void => {
    const none = unit.none();
    for (let i = 2; i < EXIT_CALL_REGISTERS; i++) unit.move(at, exit + i, none);
    callExit(unit, at, exit, isAsync);
  };
  const handler = unit.pushHandler(exception);
  unit.pushBlock({ kind: 'with', handler: outer, emit: leave }, at);
  if (item.optional_vars !== null) storeTarget(unit, item.optional_vars, entered);
  unit.next = base;
  withItem(unit, node, index + 1);
  unit.blocks.pop();
  unit.popHandler();
  leave();
  unit.jump(SKIPPED, end);

  unit.place(handler.label);
  unit.next = base;
  unit.allocate(3);
  unit.emit(at, Op.PUSH_EXCEPTION, saved, exception);
  const cleanup = unit.pushHandler(second);
  unit.emit(at, Op.EXCEPTION_TRIPLE, exit + 2, exception);
  callExit(unit, at, exit, isAsync);
  const suppressed = unit.label();
  unit.branch(at, Op.JUMP_IF_TRUE, suppressed, exit);
  unit.popHandler();
  unit.emit(at, Op.POP_EXCEPTION, saved);
  unit.reraise(NOWHERE, exception);
  unit.place(suppressed);
  unit.emit(at, Op.POP_EXCEPTION, saved);
  unit.jump(SKIPPED, end);
  restoreAndReraise(unit, cleanup.label, saved, second);
  unit.place(end);
  unit.next = mark;
}

/** Calls the exit method with the arguments behind it; the result replaces the method. */
function callExit(unit: CodeUnit, at: Located, exit: number, isAsync: boolean): void {
  unit.emit(at, Op.CALL, exit, exit, 3);
  if (isAsync) emitAwait(unit, at, exit, 2, exit + 1, exit);
}

// raise, assert -------------------------------------------------------------------------------------------------------

export function raiseStatement(unit: CodeUnit, node: Raise): void {
  const mark = unit.next;
  const absent = unit.constant(NULL);
  const exception = node.exc === null ? absent : keep(unit, node, operand(unit, node.exc), node.cause);
  const cause = node.cause === null ? absent : operand(unit, node.cause);
  unit.raise(node, exception, cause);
  unit.next = mark;
}

export function assertStatement(unit: CodeUnit, node: Assert): void {
  if (node.test.kind === 'Tuple' && node.test.elts.length > 0) {
    unit.compilation.problems.warn(node, 'assertion is always true, perhaps remove parentheses?');
  }
  if (unit.compilation.optimize > 0) return;
  const mark = unit.next;
  const passed = unit.label();
  jumpIf(unit, node.test, passed, true);
  const error = unit.allocate(2);
  unit.emit(node, Op.LOAD_COMMON, error, CommonObject.assertionError);
  if (node.msg !== null) {
    unit.emit(node, Op.CLEAR, error + 1);
    const argument = unit.allocate();
    into(unit, node.msg, argument);
    unit.emit(node.test, Op.CALL, error, error, 1);
  }
  unit.raise(node.test, error, unit.constant(NULL));
  unit.place(passed);
  unit.next = mark;
}
