/** Loops, conditional statements, and the ways out: `break`, `continue`, `return`. */
import { CodeFlag } from '../heap/layouts.ts';
import type { AsyncFor, Break, Continue, For, If, Located, Return, Statement, While } from '../parser/ast.ts';
import { asyncNext, forNext } from './comprehensions.ts';
import { jumpIf } from './conditions.ts';
import { constantTruth } from './constants.ts';
import { operand } from './expressions.ts';
import { fold } from './folding.ts';
import { Op } from './instructions.ts';

import { statements } from './statements.ts';
import { type Block, type CodeUnit, type Label, NOWHERE } from './unit.ts';

export function ifStatement(unit: CodeUnit, node: If): void {
  // an elif chain is a list, not a nest
  const end = unit.label();
  let link = node;
  for (;;) {
    const way = link.orelse.length === 0 ? wayOut(unit, link.test, link.body) : null;
    if (way !== null) {
      jumpIf(unit, link.test, way, true);
      unit.place(end);
      return;
    }
    const otherwise = unit.label();
    if (fold(link.test) !== null) unit.pass(link.test);
    jumpIf(unit, link.test, otherwise, false);
    statements(unit, link.body);
    const { orelse } = link;
    if (orelse.length > 0) unit.jump(NOWHERE, end);
    unit.place(otherwise);
    if (orelse.length === 1 && orelse[0].kind === 'If') {
      link = orelse[0];
      continue;
    }
    statements(unit, orelse);
    unit.place(end);
    return;
  }
}

/** Where a body that is only `break` or `continue` goes, if nothing has to be done on the way; else null. */
function wayOut(unit: CodeUnit, test: Located, body: Statement[]): Label | null {
  if (body.length !== 1 || (body[0].kind !== 'Break' && body[0].kind !== 'Continue')) return null;
  // who traces lines is to see the statement's own
  if (body[0].lineno !== test.lineno) return null;
  const block = unit.blocks[unit.blocks.length - 1];
  if (block === undefined || block.kind !== 'loop') return null;
  return body[0].kind === 'Break' ? block.exit : block.next;
}

export function whileLoop(unit: CodeUnit, node: While): void {
  const header = unit.label();
  const next = unit.label();
  const exhausted = unit.label();
  const exit = unit.label();
  const constant = fold(node.test);
  const endless = constant !== null && constantTruth(constant);
  if (constant !== null && !endless) unit.jump(node, exhausted);
  unit.placeHeader(node, header);
  if (endless) unit.pass(node.test);
  if (constant === null) jumpIf(unit, node.test, exhausted, false);
  unit.pushBlock({ kind: 'loop', handler: unit.handler, exit, next }, node);
  statements(unit, node.body);
  unit.blocks.pop();
  unit.place(next);
  unit.jumpBack(NOWHERE, header);
  unit.place(exhausted);
  statements(unit, node.orelse);
  unit.place(exit);
}

export function forLoop(unit: CodeUnit, node: For): void {
  const mark = unit.next;
  const iterator = unit.allocate();
  const iterable = operand(unit, node.iter, iterator);
  unit.emit(node.iter, Op.GET_ITER, iterator, iterable);
  unit.next = iterator + 1;
  const header = unit.label();
  const next = unit.label();
  const exhausted = unit.label();
  const exit = unit.label();
  unit.placeHeader(node, header);
  unit.pushBlock({ kind: 'loop', handler: unit.handler, exit, next }, node);
  forNext(unit, node.target, iterator, node.iter, exhausted);
  statements(unit, node.body);
  unit.blocks.pop();
  unit.place(next);
  unit.jumpBack(NOWHERE, header);
  unit.place(exhausted);
  unit.next = mark;
  statements(unit, node.orelse);
  unit.place(exit);
}

export function asyncForLoop(unit: CodeUnit, node: AsyncFor): void {
  const mark = unit.next;
  const iterator = unit.allocate();
  const iterable = operand(unit, node.iter, iterator);
  unit.emit(node.iter, Op.GET_AITER, iterator, iterable);
  unit.next = iterator + 1;
  const header = unit.label();
  const next = unit.label();
  const exit = unit.label();
  unit.placeHeader(node, header);
  unit.pushBlock({ kind: 'loop', handler: unit.handler, exit, next }, node);
  const end = asyncNext(unit, node.target, iterator, node.iter);
  statements(unit, node.body);
  unit.blocks.pop();
  unit.place(next);
  unit.jumpBack(NOWHERE, header);
  unit.place(end.label);
  unit.emit(node.iter, Op.END_ASYNC_FOR, end.register);
  unit.next = mark;
  statements(unit, node.orelse);
  unit.place(exit);
}

/** Leaves blocks until `depth` of them are left; what they need done on the way out is emitted here. */
function unwind(unit: CodeUnit, at: Located, depth: number, word: string): void {
  while (unit.blocks.length > depth) {
    const block = unit.blocks.pop()!;
    if (block.kind === 'group') {
      unit.compilation.problems.error(at, "'break', 'continue' and 'return' cannot appear in an except* block");
    }
    if (block.kind === 'handler' && block.inFinally) {
      unit.compilation.problems.warn(at, `'${word}' in a 'finally' block`);
    }
    unit.setHandler(block.handler);
    if (block.kind === 'finally' || block.kind === 'handler' || block.kind === 'with') block.emit();
  }
}

/** Runs `leave` in the middle of unwinding and puts everything back for the code that follows. */
function leaving(unit: CodeUnit, at: Located, depth: number, word: string, leave: () => void): void {
  const blocks: Block[] = unit.blocks.slice(depth);
  const { handler, next } = unit;
  unwind(unit, at, depth, word);
  leave();
  unit.blocks.push(...blocks);
  unit.setHandler(handler);
  unit.next = next;
}

export function leaveLoop(unit: CodeUnit, node: Break | Continue): void {
  let depth = unit.blocks.length - 1;
  while (depth >= 0 && unit.blocks[depth].kind !== 'loop') {
    if (unit.blocks[depth].kind === 'group') unwind(unit, node, depth, '');
    depth--;
  }
  const isBreak = node.kind === 'Break';
  const loop = depth < 0 ? null : unit.blocks[depth];
  if (loop === null || loop.kind !== 'loop') {
    unit.compilation.problems.error(node, isBreak ? "'break' outside loop" : "'continue' not properly in loop");
  }
  unit.pass(node);
  leaving(unit, node, depth + 1, isBreak ? 'break' : 'continue', () => {
    unit.jump(NOWHERE, isBreak ? loop.exit : loop.next);
  });
}

export function returnStatement(unit: CodeUnit, node: Return): void {
  const { problems } = unit.compilation;
  if (node.value !== null && (unit.flags & CodeFlag.asyncGenerator) !== 0) {
    problems.error(node, "'return' with value in async generator");
  }
  const mark = unit.next;
  let value = node.value === null ? unit.none() : operand(unit, node.value);
  const runsCode = unit.blocks.some(({ kind }) => kind === 'finally' || kind === 'with' || kind === 'handler');
  if (runsCode && value >= 0 && value < unit.firstTemporary) {
    // what is run on the way out may rebind the variable
    const copy = unit.allocate();
    unit.move(node, copy, value);
    value = copy;
  }
  // CPython points at a constant value instead of the statement when it refuses to leave a block
  const isConstant = node.value !== null && node.value.kind === 'Constant' && node.value.lineno === node.lineno;
  if (runsCode) unit.pass(node);
  const place = runsCode ? NOWHERE : node;
  leaving(unit, isConstant ? node.value! : node, 0, 'return', () => unit.return(place, value));
  unit.next = mark;
}
