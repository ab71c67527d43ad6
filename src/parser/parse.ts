// The way in: Python source to Python's syntax tree.
//
// Two parsers do it. tree-sitter is the front: what it reads in a file is taken wherever its tree is Python's beyond
// doubt (tree-parser.ts and the files it uses; doubts.ts lists the doubts). For the rest there is a tokenizer
// (tokenizer.ts) and a predictive parser (compound-parser.ts and the classes that it extends), which is exact, knows
// all of Python's syntax errors, and needs no native code. docs/architecture.md tells what was measured of both.

import type { ExpressionModule, FunctionType, Interactive, Module, Root } from './ast.ts';
import { CompoundParser } from './compound-parser.ts';
import { type ParserWarning, PythonSyntaxError } from './errors.ts';
import { readSource, type SourceText } from './source.ts';
import { tokenize } from './tokenizer.ts';
import { parseWithTree } from './tree-parser.ts';

export type ParseMode = 'exec' | 'eval' | 'single';

export interface ParseOptions {
  /** errors that more lines might mend are marked as such */
  readonly allowIncompleteInput: boolean;
  /** a block that the text ends in without a newline is not closed (the interactive prompt) */
  readonly dontImplyDedent: boolean;
  /** the source is the content of the file of that name */
  readonly isFile: boolean;
}
const PLAIN: ParseOptions = { allowIncompleteInput: false, dontImplyDedent: false, isFile: false };

export function parseModule(
  source: Uint8Array | string,
  filename: string,
  mode: 'exec',
  warnings?: ParserWarning[],
): Module;
export function parseModule(
  source: Uint8Array | string,
  filename: string,
  mode: 'eval',
  warnings?: ParserWarning[],
): ExpressionModule;
export function parseModule(
  source: Uint8Array | string,
  filename: string,
  mode: 'single',
  warnings?: ParserWarning[],
): Interactive;
export function parseModule(
  source: Uint8Array | string,
  filename: string,
  mode: ParseMode,
  warnings?: ParserWarning[],
  options?: ParseOptions,
): Root;
export function parseModule(
  source: Uint8Array | string,
  filename: string,
  mode: ParseMode | 'func_type',
  warnings?: ParserWarning[],
  options?: ParseOptions,
): Root | FunctionType;
/**
 * Parses a program as `compile` does in the mode of that name. Bytes are decoded by their byte order mark or `coding`
 * comment. Warnings, such as those about unknown escapes, are added to the list. Throws PythonSyntaxError.
 */
export function parseModule(
  source: Uint8Array | string,
  filename: string,
  mode: ParseMode | 'func_type',
  warnings: ParserWarning[] = [],
  options: ParseOptions = PLAIN,
): Root | FunctionType {
  const text = readSource(source, filename, options.isFile);
  text.completesLines = mode === 'exec';
  if (mode === 'exec' && isFile(filename)) {
    const module = parseWithTree(text, warnings);
    if (module !== null && typeof module === 'object') {
      return module;
    }
  }
  return parseExactly(text, mode, warnings, options);
}

/** Whether a source is a file's. Those of `-c`, `exec` and the prompt are short, and loading tree-sitter costs more than reading them. */
function isFile(filename: string): boolean {
  return !filename.startsWith('<');
}

/** Parses a source without tree-sitter. Throws PythonSyntaxError. */
export function parseExactly(
  text: SourceText,
  mode: ParseMode | 'func_type',
  warnings: ParserWarning[],
  options: ParseOptions = PLAIN,
): Root | FunctionType {
  const table = tokenize(text);
  warnings.push(...table.warnings);
  const parser = new CompoundParser(text, table, warnings);
  try {
    if (mode === 'single' && options.dontImplyDedent && parser.endsInBlock()) throw parser.unfinished();
    switch (mode) {
      case 'exec':
        return parser.parseModule();
      case 'eval':
        return parser.parseExpressionModule();
      case 'single':
        return parser.parseInteractive();
      case 'func_type':
        return parser.parseFunctionType();
    }
  } catch (error) {
    if (options.allowIncompleteInput && error instanceof PythonSyntaxError && parser.isAtEnd(error)) {
      throw parser.incompleteInput();
    }
    if (error instanceof PythonSyntaxError) {
      const block = parser.lastBlock;
      const newline = text.completesLines && !text.text.endsWith('\n') ? '\n' : '';
      error.context = { line: block?.lineno ?? 0, column: block?.col_offset ?? 0, source: text.text + newline };
    }
    if (error instanceof RangeError) {
      // JavaScript's own stack ran out before our count did.
      const nowhere = { lineno: 0, offset: 0, end_lineno: 0, end_offset: 0 };
      const message = 'Parser stack overflowed - Python source too complex to parse';
      throw new PythonSyntaxError('MemoryError', message, text.filename, nowhere, null);
    }
    throw error;
  }
}
