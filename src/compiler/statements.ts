/** Statements: each to the file that knows it; the small ones are here. */
import type { Import, ImportFrom, Statement } from '../parser/ast.ts';
import { annotatedAssignment, assignment, augmentedAssignment, deletion } from './assignments.ts';
import { classDefinition } from './classes.ts';
import { stringConstant, tupleConstant } from './constants.ts';
import { asyncForLoop, forLoop, ifStatement, leaveLoop, returnStatement, whileLoop } from './control-flow.ts';
import { assertStatement, raiseStatement, tryStatement, withStatement } from './exceptions.ts';
import { effect, operand } from './expressions.ts';
import { functionDefinition } from './functions.ts';
import { FUTURE_PLACE } from './future.ts';
import { Op } from './instructions.ts';
import { storeProduced } from './names.ts';
import { matchStatement } from './patterns.ts';
import { typeAliasStatement } from './type-parameters.ts';
import type { CodeUnit } from './unit.ts';

export function statements(unit: CodeUnit, list: Statement[], start = 0): void {
  for (let i = start; i < list.length; i++) statement(unit, list[i]);
}

function statement(unit: CodeUnit, node: Statement): void {
  switch (node.kind) {
    case 'Expr':
      if (unit.compilation.interactive && unit.parent === null) {
        const mark = unit.next;
        const value = operand(unit, node.value);
        unit.emit(node, Op.PRINT_EXPRESSION, unit.allocate(), value);
        unit.next = mark;
      } else {
        const { position } = unit;
        if (node.value.kind !== 'Constant') effect(unit, node.value);
        if (unit.position === position) unit.pass(node);
      }
      return;
    case 'Assign': {
      const { position } = unit;
      assignment(unit, node);
      if (unit.position === position) unit.pass(node);
      return;
    }
    case 'AugAssign':
      augmentedAssignment(unit, node);
      return;
    case 'AnnAssign':
      annotatedAssignment(unit, node);
      return;
    case 'If':
      ifStatement(unit, node);
      return;
    case 'Return':
      returnStatement(unit, node);
      return;
    case 'For':
      forLoop(unit, node);
      return;
    case 'While':
      whileLoop(unit, node);
      return;
    case 'AsyncFor':
      asyncForLoop(unit, node);
      return;
    case 'Break':
    case 'Continue':
      leaveLoop(unit, node);
      return;
    case 'FunctionDef':
    case 'AsyncFunctionDef':
      functionDefinition(unit, node);
      return;
    case 'ClassDef':
      classDefinition(unit, node);
      return;
    case 'Try':
    case 'TryStar':
      tryStatement(unit, node);
      return;
    case 'With':
    case 'AsyncWith':
      withStatement(unit, node);
      return;
    case 'Raise':
      raiseStatement(unit, node);
      return;
    case 'Assert':
      assertStatement(unit, node);
      return;
    case 'Delete':
      deletion(unit, node);
      return;
    case 'Import':
      importStatement(unit, node);
      return;
    case 'ImportFrom':
      importFromStatement(unit, node);
      return;
    case 'Match':
      matchStatement(unit, node);
      return;
    case 'TypeAlias':
      typeAliasStatement(unit, node);
      return;
    case 'Pass':
      unit.pass(node);
      return;
    case 'Global':
    case 'Nonlocal':
      return;
  }
}

function importStatement(unit: CodeUnit, node: Import): void {
  for (const alias of node.names) {
    const { name, asname } = alias;
    const dot = name.indexOf('.');
    const bound = asname ?? (dot < 0 ? name : name.slice(0, dot));
    storeProduced(unit, bound, node, (target) => {
      const parts = asname === null || dot < 0 ? [] : name.split('.').slice(1);
      const mark = unit.next;
      // `import a.b.c as d` walks from a to c
      const module = parts.length === 0 ? target : unit.scratch(target);
      unit.emit(node, Op.IMPORT_NAME, module, unit.nameIndex(name), 0, unit.none());
      for (const part of parts) unit.emit(node, Op.IMPORT_FROM, module, module, unit.nameIndex(part));
      unit.move(node, target, module);
      unit.next = mark;
    });
  }
}

/** Whether a future import stands after the last one that is at the beginning of the file. */
function isMisplaced(node: ImportFrom, last: ImportFrom | null): boolean {
  if (last === null || node.lineno > last.lineno) return true;
  return node.lineno === last.lineno && node.col_offset > last.col_offset;
}

function importFromStatement(unit: CodeUnit, node: ImportFrom): void {
  const { names } = node;
  if (node.module === '__future__' && node.level === 0 && isMisplaced(node, unit.compilation.lastFuture)) {
    unit.compilation.problems.error(node, FUTURE_PLACE);
  }
  const mark = unit.next;
  const module = unit.allocate();
  const wanted = unit.constant(tupleConstant(names.map((alias) => stringConstant(alias.name))));
  unit.emit(node, Op.IMPORT_NAME, module, unit.nameIndex(node.module ?? ''), node.level, wanted);
  if (names[0].name === '*') {
    unit.emit(node, Op.IMPORT_STAR, module);
    unit.next = mark;
    return;
  }
  for (const alias of names) {
    const bound = alias.asname ?? alias.name;
    storeProduced(unit, bound, node, (target) =>
      unit.emit(node, Op.IMPORT_FROM, target, module, unit.nameIndex(alias.name)),
    );
  }
  unit.next = mark;
}
