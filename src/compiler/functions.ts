/**
 * Functions, lambdas and their generic parameters: what is evaluated where they stand (decorators, defaults, closure),
 * and the code objects of their bodies.
 */
import { CodeFlag } from '../heap/layouts.ts';
import type {
  Arguments,
  AsyncFunctionDef,
  Expression,
  FunctionDef,
  Lambda,
  Located,
  Statement,
} from '../parser/ast.ts';
import { annotateFunction } from './annotations.ts';
import type { CodeDescription } from './code.ts';
import { NULL, stringConstant } from './constants.ts';
import { runOf } from './displays.ts';
import { into, operand } from './expressions.ts';
import { foldTuple } from './folding.ts';
import { Op, TypeIntrinsic } from './instructions.ts';
import { bindingOf, storeName, storeProduced } from './names.ts';
import type { Scope } from './scopes.ts';
import { statements } from './statements.ts';
import { genericUnit, typeParametersInto } from './type-parameters.ts';
import { CodeUnit, NOWHERE } from './unit.ts';

type AnyFunction = FunctionDef | AsyncFunctionDef;

export function functionDefinition(unit: CodeUnit, node: AnyFunction): void {
  decorated(unit, node, node.decorator_list, node.name, (target) => makeFunction(unit, node, target));
}

/** Evaluates decorators, then makes the function or class, applies them from the last to the first, and binds the name. */
export function decorated(
  unit: CodeUnit,
  node: Located,
  decorators: Expression[],
  name: string,
  make: (target: number) => void,
): void {
  if (decorators.length === 0) {
    storeProduced(unit, name, node, make);
    return;
  }
  const mark = unit.next;
  for (const decorator of decorators) {
    const callee = unit.allocate();
    into(unit, decorator, callee);
    unit.emit(decorator, Op.CLEAR, callee + 1);
    unit.next = callee;
    unit.allocate(2);
  }
  const made = unit.allocate();
  make(made);
  // each one's argument is where the next one's result, or the function, is
  for (let i = decorators.length - 1; i >= 0; i--) {
    const callee = mark + 2 * i;
    unit.emit(decorators[i], Op.CALL, callee, callee, 1);
  }
  storeName(unit, name, node, mark);
  unit.next = mark;
}

/** The tuple of default values as an operand, or NULL. */
function positionalDefaults(unit: CodeUnit, at: Located, args: Arguments): number {
  if (args.defaults.length === 0) return unit.constant(NULL);
  const constant = foldTuple(args.defaults);
  if (constant !== null) return unit.constant(constant);
  const start = unit.next;
  const run = runOf(unit, args.defaults, -1);
  unit.next = start;
  const tuple = unit.allocate();
  unit.emit(at, Op.BUILD_TUPLE, tuple, run, args.defaults.length);
  return tuple;
}

/** The dict of keyword-only parameters' defaults as an operand, or NULL. */
function keywordDefaults(unit: CodeUnit, at: Located, args: Arguments): number {
  let dict = -1;
  for (let i = 0; i < args.kwonlyargs.length; i++) {
    const value = args.kw_defaults[i];
    if (value === null) continue;
    if (dict < 0) {
      dict = unit.allocate();
      unit.emit(at, Op.BUILD_MAP, dict, 0, 0);
    }
    const mark = unit.next;
    const name = unit.constant(stringConstant(unit.scope.mangle(args.kwonlyargs[i].arg)));
    unit.emit(at, Op.MAP_ADD, dict, name, operand(unit, value));
    unit.next = mark;
  }
  return dict < 0 ? unit.constant(NULL) : dict;
}

function makeFunction(unit: CodeUnit, node: AnyFunction, target: number): void {
  const mark = unit.next;
  const { args } = node;
  if (node.type_params.length > 0) {
    makeGeneric(unit, node, target);
    unit.next = mark;
    return;
  }
  const defaults = positionalDefaults(unit, node, args);
  const keywords = keywordDefaults(unit, node, args);
  const annotate = annotateFunction(unit, node);
  functionObject(unit, node, functionCode(unit, node), scopeOf(unit, node), target, defaults, keywords, annotate);
  unit.next = mark;
}

/** A function with type parameters is made by a function of its own, which is called at once with the defaults. */
function makeGeneric(unit: CodeUnit, node: AnyFunction, target: number): void {
  const { args } = node;
  const start = unit.next;
  unit.allocate(2);
  let count = 0;
  const hasDefaults = args.defaults.length > 0;
  const hasKeywords = args.kw_defaults.some((value) => value !== null);
  if (hasDefaults) {
    const register = unit.next;
    const defaults = positionalDefaults(unit, node, args);
    unit.next = register;
    unit.allocate();
    unit.move(node, register, defaults);
    count++;
  }
  if (hasKeywords) {
    keywordDefaults(unit, node, args);
    count++;
  }
  const generic = genericUnit(unit, node.type_params, firstLineOf(node));
  generic.argCount = count;
  const types = generic.allocate();
  typeParametersInto(generic, node, node.type_params, types);
  const parameter = (name: string, present: boolean): number =>
    present ? bindingOf(generic, name).register : generic.constant(NULL);
  const annotate = annotateFunction(generic, node);
  const made = generic.allocate();
  const code = functionCode(generic, node);
  functionObject(
    generic,
    node,
    code,
    scopeOf(unit, node),
    made,
    parameter('.defaults', hasDefaults),
    parameter('.kwdefaults', hasKeywords),
    annotate,
  );
  generic.emit(node, Op.TYPE_INTRINSIC, made, TypeIntrinsic.setFunctionTypeParameters, made, types);
  generic.return(node, made);
  functionObject(unit, node, generic.finish(), generic.host, start, null, null, null);
  unit.emit(node, Op.CLEAR, start + 1);
  unit.emit(node, Op.CALL, target, start, count);
}

/** Where the code object of a definition begins: at its first decorator. */
export function firstLineOf(node: Located & { decorator_list: Expression[] }): number {
  return node.decorator_list.length > 0 ? node.decorator_list[0].lineno : node.lineno;
}

function scopeOf(unit: CodeUnit, node: object): Scope {
  return unit.compilation.scopes.get(node)!;
}

/**
 * MAKE_FUNCTION into `target`. Defaults, keyword defaults and the annotate function are source operands; null for none.
 */
export function functionObject(
  unit: CodeUnit,
  at: Located,
  code: CodeDescription,
  scope: Scope,
  target: number,
  defaults: number | null,
  keywords: number | null,
  annotate: number | null,
): void {
  const mark = unit.next;
  const absent = unit.constant(NULL);
  const { freeNames } = scope;
  let closure = absent;
  if (freeNames.length > 0) {
    const cells = freeNames.map((name) => unit.scope.cellRegister(name));
    let run = cells[0];
    if (!cells.every((cell, i) => cell === run + i)) {
      run = unit.next;
      for (const cell of cells) unit.emit(at, Op.MOVE, unit.allocate(), cell);
    }
    unit.next = mark;
    closure = unit.allocate();
    unit.emit(at, Op.BUILD_TUPLE, closure, run, cells.length);
  }
  const index = unit.constants.add({ type: 'code', code });
  unit.emit(at, Op.MAKE_FUNCTION, target, index, defaults ?? absent, keywords ?? absent, closure, annotate ?? absent);
  unit.next = mark;
}

function functionCode(unit: CodeUnit, node: AnyFunction): CodeDescription {
  const scope = scopeOf(unit, node);
  const inner = new CodeUnit(unit.compilation, unit, scope, node.name, firstLineOf(node), node.args);
  if (scope.isCoroutine) inner.flags |= scope.isGenerator ? CodeFlag.asyncGenerator : CodeFlag.coroutine;
  else if (scope.isGenerator) inner.flags |= CodeFlag.generator;
  const { body } = node;
  let start = 0;
  const docstring = docstringOf(body);
  if (docstring !== null) {
    start = 1;
    if (unit.compilation.optimize < 2) {
      inner.constants.add(stringConstant(cleanDocstring(docstring)));
      inner.flags |= CodeFlag.hasDocstring;
    }
  }
  statements(inner, body, start);
  if (inner.reachable) inner.return(NOWHERE, inner.none());
  return inner.finish();
}

export function lambdaInto(unit: CodeUnit, node: Lambda, target: number): void {
  const mark = unit.next;
  const defaults = positionalDefaults(unit, node, node.args);
  const keywords = keywordDefaults(unit, node, node.args);
  const scope = scopeOf(unit, node);
  const inner = new CodeUnit(unit.compilation, unit, scope, '<lambda>', node.lineno, node.args);
  if (scope.isGenerator) inner.flags |= CodeFlag.generator;
  inner.return(node.body, operand(inner, node.body));
  functionObject(unit, node, inner.finish(), scope, target, defaults, keywords, null);
  unit.next = mark;
}

/** The text of the docstring that a body begins with, or null. */
export function docstringOf(body: Statement[]): string | null {
  const [first] = body;
  if (first === undefined || first.kind !== 'Expr' || first.value.kind !== 'Constant') return null;
  const { value } = first.value;
  return value.type === 'str' ? value.value : null;
}

/** A docstring without the indentation that its lines have in common, as the compiler of Python 3.13 and later keeps it. */
export function cleanDocstring(text: string): string {
  const lines = expandTabs(text).split('\n');
  let margin = Number.POSITIVE_INFINITY;
  for (let i = 1; i < lines.length; i++) {
    const indentation = lines[i].search(/[^ ]/);
    if (indentation >= 0) margin = Math.min(margin, indentation);
  }
  if (margin === Number.POSITIVE_INFINITY) margin = 0;
  return lines
    .map((line, i) => {
      let start = 0;
      const limit = i === 0 ? line.length : Math.min(margin, line.length);
      while (start < limit && line[start] === ' ') start++;
      return line.slice(start);
    })
    .join('\n');
}

/** `str.expandtabs()`. */
function expandTabs(text: string): string {
  if (!text.includes('\t')) return text;
  let result = '';
  let column = 0;
  for (const character of text) {
    if (character === '\t') {
      const spaces = 8 - (column % 8);
      result += ' '.repeat(spaces);
      column += spaces;
    } else {
      result += character;
      column = character === '\n' || character === '\r' ? 0 : column + 1;
    }
  }
  return result;
}
