/**
 * The compiler's front door: a syntax tree becomes a code object's description. Scopes first (scope-builder.ts,
 * scope-analysis.ts), then one pass of code generation (statements.ts and its neighbours, into unit.ts).
 */

import { CodeFlag } from '../heap/layouts.ts';
import type { Expression, Located, Root } from '../parser/ast.ts';
import type { SourceText } from '../parser/source.ts';
import { beginAnnotations, deferredAnnotations } from './annotations.ts';
import type { CodeDescription } from './code.ts';
import { stringConstant } from './constants.ts';
import { operand } from './expressions.ts';
import { setDebug } from './folding.ts';
import { cleanDocstring, docstringOf } from './functions.ts';
import { futureFeatures } from './future.ts';
import { bindingOf, storeBinding } from './names.ts';
import { nestingError, Problems, type WarningHandler } from './problems.ts';
import { analyzeScopes } from './scope-analysis.ts';
import { buildScopes } from './scope-builder.ts';
import { statements } from './statements.ts';
import { CodeUnit, NOWHERE } from './unit.ts';

/** `co_flags` bit of code under `from __future__ import annotations`, which `compile` hands on to what it compiles. */
export const FUTURE_ANNOTATIONS_FLAG = 0x1000000;

export interface CompileOptions {
  /** gives the source that the tree was made of, for error columns and source lines; asked only when there is an error */
  source?: (() => SourceText) | null;
  /** 0, 1 (no asserts, `__debug__` is False) or 2 (no docstrings either) */
  optimize?: number;
  /** behave as if the source began with `from __future__ import annotations` */
  futureAnnotations?: boolean;
  /** `await` and its kin may stand at the top level, which makes the code a coroutine's */
  topLevelAwait?: boolean;
  /** told of SyntaxWarnings; may throw */
  warn?: WarningHandler | null;
}

/**
 * Compiles a whole tree: a Module (`exec`), an Interactive (`single`) or an ExpressionModule (`eval`). Raises
 * PythonSyntaxError, of kind RecursionError when the program is nested too deeply to compile.
 */
export function compileModule(tree: Root, filename: string, options: CompileOptions = {}): CodeDescription {
  try {
    return compile(tree, filename, options);
  } catch (error) {
    if (error instanceof RangeError && /call stack/.test(error.message)) throw nestingError(filename);
    throw error;
  }
}

function compile(tree: Root, filename: string, options: CompileOptions): CodeDescription {
  const problems = new Problems(filename, options.source ?? null, options.warn ?? null);
  const future = futureFeatures(tree, problems);
  const futureAnnotations = future.annotations || options.futureAnnotations === true;
  const { root, scopes } = buildScopes(tree, futureAnnotations, options.topLevelAwait === true, problems);
  analyzeScopes(root, problems);
  const compilation = {
    problems,
    scopes,
    futureAnnotations,
    lastFuture: future.last,
    interactive: tree.kind === 'Interactive',
    optimize: options.optimize ?? 0,
  };
  setDebug(compilation.optimize === 0);
  const unit = new CodeUnit(compilation, null, root, '<module>', 1, null);
  if (futureAnnotations) unit.flags |= FUTURE_ANNOTATIONS_FLAG;
  if (root.isCoroutine) unit.flags |= CodeFlag.coroutine;
  if (tree.kind === 'Expression') evaluated(unit, tree.body);
  else executed(unit, tree);
  return unit.finish();
}

function evaluated(unit: CodeUnit, body: Expression): void {
  unit.return(body, operand(unit, body));
}

function executed(unit: CodeUnit, tree: Root & { kind: 'Module' | 'Interactive' }): void {
  const { body } = tree;
  // of a module without statements there is only the entry, which has line 0
  const at: Located = body.length > 0 ? body[0] : { lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };
  deferredAnnotations(unit, '__annotate__', at);
  beginAnnotations(unit, at);
  const docstring = tree.kind === 'Module' ? docstringOf(body) : null;
  if (docstring !== null && unit.compilation.optimize < 2) {
    storeBinding(unit, bindingOf(unit, '__doc__'), body[0], unit.constant(stringConstant(cleanDocstring(docstring))));
  }
  statements(unit, body, docstring === null ? 0 : 1);
  unit.return(body.length === 0 ? at : NOWHERE, unit.none());
}
