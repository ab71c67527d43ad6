// The parser's front: a module from tree-sitter's tree, wherever that can be trusted.

import type { Module } from './ast.ts';
import { Doubt, type DoubtName } from './doubts.ts';
import type { ParserWarning } from './errors.ts';
import type { SourceText } from './source.ts';
import { parseTree } from './tree.ts';
import { TreeStatements } from './tree-statements.ts';
import { TreeTable } from './tree-table.ts';

/**
 * Parses a source with tree-sitter: returns the module, or why the tree cannot be taken for Python's, or `null` where
 * tree-sitter is not available. Warnings are added to the list only with a module. Never throws for a program.
 */
export function parseWithTree(source: SourceText, warnings: ParserWarning[]): Module | DoubtName | null {
  const tree = parseTree(source.text);
  if (tree === null) {
    return null;
  }
  try {
    const statements = new TreeStatements(new TreeTable(tree, source));
    const module = statements.module();
    warnings.push(...statements.warnings);
    return module;
  } catch (error) {
    if (error instanceof Doubt) {
      return error.doubt;
    }
    throw error;
  }
}
