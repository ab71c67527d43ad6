// The way in: Python source to Python's syntax tree.
//
// A tokenizer fills a table (tokenizer.ts), and a predictive parser makes the tree from it in one pass (compound-parser.ts
// and the classes that it extends).
//
// tree-sitter with tree-sitter-python was to do this, and was turned down when it was measured. It gives valid programs
// other trees than Python does (`await x ** 2`, `type(x)[y] = 3`, `return *f(), 1`) or none (`def f[T = int](): ...`),
// and it accepts much that is no Python (`x as y` anywhere, wrong targets, `0777`, `print x`, blocks without a statement),
// so a whole grammar of ours would have to check it; and only a grammar that reads token by token knows where Python
// says that a program is wrong. It was no faster either: on a file of 3800 lines its parse took 11.5 ms and a bare walk
// over its nodes 10 ms more, where all of this takes 3 to 5 ms warm; loading it takes 9 to 15 ms of every start.

import type { ExpressionModule, Interactive, Module } from './ast.ts';
import { CompoundParser } from './compound-parser.ts';
import { type ParserWarning, PythonSyntaxError } from './errors.ts';
import { readSource } from './source.ts';
import { tokenize } from './tokenizer.ts';

export type ParseMode = 'exec' | 'eval' | 'single';

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
): Module | ExpressionModule | Interactive;
/**
 * Parses a program as `compile` does in the mode of that name. Bytes are decoded by their byte order mark or `coding`
 * comment. Warnings, such as those about unknown escapes, are added to the list. Throws PythonSyntaxError.
 */
export function parseModule(
  source: Uint8Array | string,
  filename: string,
  mode: ParseMode,
  warnings: ParserWarning[] = [],
): Module | ExpressionModule | Interactive {
  const text = readSource(source, filename);
  const parser = new CompoundParser(text, tokenize(text), warnings);
  try {
    switch (mode) {
      case 'exec':
        return parser.parseModule();
      case 'eval':
        return parser.parseExpressionModule();
      case 'single':
        return parser.parseInteractive();
    }
  } catch (error) {
    if (error instanceof RangeError) {
      // JavaScript's own stack ran out before our count did.
      const nowhere = { lineno: 0, offset: 0, end_lineno: 0, end_offset: 0 };
      const message = 'Parser stack overflowed - Python source too complex to parse';
      throw new PythonSyntaxError('MemoryError', message, filename, nowhere, null);
    }
    throw error;
  }
}
