// The way in: Python source to Python's syntax tree.

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
