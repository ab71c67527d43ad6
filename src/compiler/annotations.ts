/**
 * Annotations are evaluated on demand, by `__annotate__` functions (PEP 649): one for each annotated function, one for
 * the annotated names of a module or class. With `from __future__ import annotations` they are strings, the source made
 * anew by unparse.ts.
 */
import type { AnnAssign, Arg, AsyncFunctionDef, Expression, FunctionDef, Located } from '../parser/ast.ts';
import { intConstant, stringConstant } from './constants.ts';
import { into, operand } from './expressions.ts';
import { functionObject } from './functions.ts';
import { CommonObject, Op } from './instructions.ts';
import { bindingOf, loadName, storeBinding } from './names.ts';
import { type Scope, ScopeKind } from './scopes.ts';
import { CodeUnit } from './unit.ts';
import { unparse } from './unparse.ts';

/** Formats beyond this one are for others to make (annotationlib). */
const VALUE_WITH_FAKE_GLOBALS = 2;

/** A function of one parameter, the format, that begins by refusing formats that it does not know. */
export function annotationUnit(unit: CodeUnit, scope: Scope, name: string, at: Located): CodeUnit {
  const inner = new CodeUnit(unit.compilation, unit, scope, name, at.lineno, null);
  inner.argCount = 1;
  inner.positionalOnlyCount = 1;
  const known = inner.label();
  const test = inner.allocate();
  inner.emit(at, Op.BRANCH_GREATER, test, 0, inner.constant(intConstant(VALUE_WITH_FAKE_GLOBALS)));
  inner.branch(at, Op.JUMP_IF_FALSE, known, test);
  inner.emit(at, Op.LOAD_COMMON, test, CommonObject.notImplementedError);
  inner.raise(at, test, inner.constant({ type: 'null' }));
  inner.place(known);
  inner.next = test;
  return inner;
}

/** The value of an annotation; a starred one (`*args: *Ts`) is unpacked to its only item. */
export function annotationValue(unit: CodeUnit, node: Expression, target: number): void {
  if (node.kind === 'Starred') {
    const mark = unit.next;
    const value = operand(unit, node.value);
    unit.emit(node, Op.UNPACK_SEQUENCE, value, target, 1);
    unit.next = mark;
    return;
  }
  into(unit, node, target);
}

/** The `__annotate__` function of a function as an operand, or null if nothing is annotated. */
export function annotateFunction(unit: CodeUnit, node: FunctionDef | AsyncFunctionDef): number | null {
  const { args } = node;
  const scope = unit.compilation.scopes.get(args);
  if (scope === undefined) return null;
  const inner = annotationUnit(unit, scope, '__annotate__', node);
  const dict = inner.allocate();
  inner.emit(node, Op.BUILD_MAP, dict, 0, 0);
  const add = (name: string, annotation: Expression): void => {
    const mark = inner.next;
    const value = annotationOperand(inner, annotation);
    inner.emit(node, Op.MAP_ADD, dict, inner.constant(stringConstant(name)), value);
    inner.next = mark;
  };
  const parameters: (Arg | null)[] = [...args.args, ...args.posonlyargs, args.vararg, ...args.kwonlyargs, args.kwarg];
  for (const arg of parameters) {
    if (arg !== null && arg.annotation !== null) add(unit.scope.mangle(arg.arg), arg.annotation);
  }
  if (node.returns !== null) add('return', node.returns);
  inner.return(node, dict);
  const target = unit.allocate();
  functionObject(unit, node, inner.finish(), scope, target, null, null, null);
  return target;
}

function annotationOperand(unit: CodeUnit, annotation: Expression): number {
  if (unit.compilation.futureAnnotations) return unit.constant(stringConstant(unparse(annotation)));
  if (annotation.kind !== 'Starred') return operand(unit, annotation);
  const value = unit.allocate();
  annotationValue(unit, annotation, value);
  return value;
}

/** At the start of a module's or class's code: what its annotated names need. */
export function beginAnnotations(unit: CodeUnit, at: Located): void {
  const { host } = unit;
  if (!host.usesAnnotations) return;
  if (unit.compilation.futureAnnotations) {
    unit.emit(at, Op.SETUP_ANNOTATIONS);
    return;
  }
  if (!host.hasConditionalAnnotations) return;
  const set = unit.allocate();
  unit.emit(at, Op.BUILD_SET, set, 0, 0);
  if (host.kind === ScopeKind.class) {
    if (host.conditionalCell !== null) storeBinding(unit, host.conditionalCell, at, set);
  } else {
    storeBinding(unit, bindingOf(unit, '__conditional_annotations__'), at, set);
  }
  unit.next = set;
}

/** Makes the `__annotate__` function of a module or class and stores it under `name`. */
export function deferredAnnotations(unit: CodeUnit, name: string, at: Located): void {
  const { host } = unit;
  const scope = host.annotationScope;
  if (scope === null) return;
  const inner = annotationUnit(unit, scope, '__annotate__', at);
  const dict = inner.allocate();
  inner.emit(at, Op.BUILD_MAP, dict, 0, 0);
  for (const [node, index] of host.annotations) {
    const mark = inner.next;
    const skip = inner.label();
    if (index >= 0) {
      const set = inner.allocate();
      loadName(inner, '__conditional_annotations__', node, set);
      inner.emit(node, Op.CONTAINS, set, inner.constant(intConstant(index)), set);
      inner.branch(node, Op.JUMP_IF_FALSE, skip, set);
      inner.next = mark;
    }
    const target = node.target as AnnAssign['target'] & { kind: 'Name' };
    const value = annotationOperand(inner, node.annotation);
    inner.emit(at, Op.MAP_ADD, dict, inner.constant(stringConstant(host.mangle(target.id))), value);
    inner.place(skip);
    inner.next = mark;
  }
  inner.return(at, dict);
  const target = unit.allocate();
  functionObject(unit, at, inner.finish(), scope, target, null, null, null);
  storeBinding(unit, bindingOf(unit, name), at, target);
  unit.next = target;
}

/** What an annotated assignment does about its annotation, after the value has been stored. */
export function noteAnnotation(unit: CodeUnit, node: AnnAssign): void {
  const { host } = unit;
  if (node.simple !== 1 || node.target.kind !== 'Name') return;
  if (host.kind !== ScopeKind.module && host.kind !== ScopeKind.class) return;
  const mark = unit.next;
  if (unit.compilation.futureAnnotations) {
    const dict = unit.allocate();
    loadName(unit, '__annotations__', node, dict);
    const key = unit.constant(stringConstant(host.mangle(node.target.id)));
    unit.emit(node, Op.STORE_SUBSCR, dict, key, unit.constant(stringConstant(unparse(node.annotation))));
  } else {
    const index = host.annotations.get(node) ?? -1;
    if (index >= 0) {
      const set = unit.allocate();
      if (host.kind === ScopeKind.class) {
        unit.emit(
          node,
          Op.LOAD_DEREF,
          set,
          host.conditionalCell!.register,
          unit.nameIndex('__conditional_annotations__'),
          0,
        );
      } else {
        loadName(unit, '__conditional_annotations__', node, set);
      }
      unit.emit(node, Op.SET_ADD, set, unit.constant(intConstant(index)));
    }
  }
  unit.next = mark;
}
