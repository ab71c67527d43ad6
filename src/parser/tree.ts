// tree-sitter: loads it when it is first asked for, and has it parse a source.
//
// Its binding is native code that comes prebuilt for most platforms and is an optional dependency. Where it is missing,
// the predictive parser reads everything, and nobody is told.

import { createRequire } from 'node:module';
import { dirname } from 'node:path';

/** What is used of tree-sitter's cursor: a place in its tree that moves from node to node. */
export interface TreeCursor {
  readonly nodeType: string;
  readonly nodeTypeId: number;
  readonly nodeIsNamed: boolean;
  readonly endIndex: number;
  gotoFirstChild(): boolean;
  gotoNextSibling(): boolean;
  gotoParent(): boolean;
}

export interface SyntaxTree {
  readonly rootNode: { readonly hasError: boolean; walk(): TreeCursor };
}

interface TreeParser {
  setLanguage(language: unknown): void;
  parse(text: string, oldTree: undefined, options: { bufferSize: number }): SyntaxTree;
}

/** `undefined` before the first use, `null` where there is no binding. */
let parser: TreeParser | null | undefined;

/**
 * The grammar's binding alone. The package's own door also reads a list of all kinds of nodes, of which the binding then
 * makes classes with a property for each field: half of the time of loading, for nothing that is used here.
 */
function loadGrammar(packageFile: string): unknown {
  const load = createRequire(packageFile)('node-gyp-build') as (folder: string) => unknown;
  return load(dirname(packageFile));
}

function loadParser(): TreeParser | null {
  try {
    const require = createRequire(import.meta.url);
    const Parser = require('tree-sitter') as new () => TreeParser;
    const loaded = new Parser();
    loaded.setLanguage(loadGrammar(require.resolve('tree-sitter-python/package.json')));
    return loaded;
  } catch {
    return null;
  }
}

/** tree-sitter's tree of a source, or `null` where tree-sitter is not available. */
export function parseTree(text: string): SyntaxTree | null {
  parser ??= parser === undefined ? loadParser() : null;
  // The binding reads the text through a buffer, by default of 32 KiB: longer texts would be cut and copied repeatedly.
  return parser === null ? null : parser.parse(text, undefined, { bufferSize: text.length + 1 });
}
