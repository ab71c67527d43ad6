// The converter's hand on the table of tree-sitter's tree: children, places, strings.
//
// The converter is a chain of classes, as the predictive parser is, each in the file of its subject: TreeReader,
// TreeArguments, TreeExpressions, TreePatterns, TreeStatements. A node is its index in the table.

import type { Expression, Located } from './ast.ts';
import { CompoundParser } from './compound-parser.ts';
import { Doubt, type DoubtName } from './doubts.ts';
import { type ParserWarning, PythonSyntaxError } from './errors.ts';
import { createConstant } from './nodes.ts';
import { NumberError, parseNumber } from './numbers.ts';
import { StringTokenizer } from './tokenizer.ts';
import { Token } from './tokens.ts';
import { FIRST_TOKEN, Shape } from './tree-shapes.ts';
import type { TreeTable } from './tree-table.ts';

/** More tokens in one string than this might reach a limit of Python's together with what is around the string. */
const MAXIMUM_STRING_TOKENS = 500;

export abstract class TreeReader {
  protected readonly table: TreeTable;
  protected readonly shapes: Uint8Array;
  protected readonly nexts: Int32Array;
  /** Warnings about the program, to be given only if the tree is taken. */
  readonly warnings: ParserWarning[] = [];
  private strings: StringTokenizer | null = null;
  private readonly scratch: Located = { lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };

  constructor(table: TreeTable) {
    this.table = table;
    this.shapes = table.shapes;
    this.nexts = table.nexts;
  }

  /** Ends the conversion: the other parser shall read the program. */
  protected doubt(name: DoubtName): never {
    throw new Doubt(name);
  }

  protected shape(node: number): Shape {
    return this.shapes[node];
  }

  /** Throws unless a node that must be there is of a kind; `node` may be its parent's end. */
  protected expect(node: number, end: number, shape: Shape): void {
    if (node >= end || this.shapes[node] !== shape) {
      throw new Doubt('shape');
    }
  }

  /** Whether a node, or the end of its parent, is of a kind. */
  protected is(node: number, end: number, shape: Shape): boolean {
    return node < end && this.shapes[node] === shape;
  }

  /** A node's only child that is no token. */
  protected only(node: number): number {
    const child = node + 1;
    if (child >= this.nexts[node] || this.nexts[child] !== this.nexts[node] || this.shapes[child] >= FIRST_TOKEN) {
      throw new Doubt('shape');
    }
    return child;
  }

  protected name(node: number): string {
    if (this.shapes[node] !== Shape.Identifier) {
      throw new Doubt('shape');
    }
    return this.table.names[node] as string;
  }

  /** The place of a node. The object is reused: pass it to a factory at once. */
  protected place(node: number): Located {
    return this.span(node, node);
  }

  /** The range from one node to another. The object is reused. */
  protected span(first: number, last: number): Located {
    const table = this.table;
    const scratch = this.scratch;
    scratch.lineno = table.lines[first];
    scratch.col_offset = table.columns[first];
    scratch.end_lineno = table.endLines[last];
    scratch.end_col_offset = table.endColumns[last];
    return scratch;
  }

  /** Whether the last list that `list` read ended with a comma, and the last of its nodes, that comma included. */
  protected trailingComma = false;
  protected lastOfList = 0;

  /** The elements of `a, b, c` or `a, b, c,` from one node up to another. */
  protected list(start: number, end: number): number[] {
    const elements: number[] = [];
    let comma = true;
    for (let node = start; node < end; node = this.nexts[node]) {
      if (this.shapes[node] === Shape.Comma) {
        if (comma) {
          throw new Doubt('shape');
        }
        comma = true;
      } else {
        if (!comma || this.shapes[node] >= FIRST_TOKEN) {
          throw new Doubt('shape');
        }
        comma = false;
        elements.push(node);
      }
      this.lastOfList = node;
    }
    this.trailingComma = comma && elements.length > 0;
    return elements;
  }

  /** The elements between a node's own brackets. */
  protected bracketed(node: number): number[] {
    const close = this.lastChild(node);
    return this.list(node + 2, close);
  }

  /** The last child of a node, which must be a token. */
  protected lastChild(node: number): number {
    return this.nexts[node] - 1;
  }

  // Literals --------------------------------------------------------------------------------------------------------

  protected number(node: number): Expression {
    const table = this.table;
    try {
      const value = parseNumber(table.source.text.slice(table.starts[node], table.ends[node]));
      return createConstant(this.place(node), value, null);
    } catch (error) {
      if (error instanceof NumberError) {
        throw new Doubt('token');
      }
      throw error;
    }
  }

  /** A string, or several in a row: what is in them is read by the predictive parser, fields of f-strings included. */
  protected string(node: number, formatted: boolean): Expression {
    const { source, starts, ends, lines } = this.table;
    this.strings ??= new StringTokenizer(source);
    const strings = this.strings;
    strings.clear();
    const first = this.shapes[node] === Shape.String ? node : node + 1;
    try {
      for (let string = first; string < this.nexts[node]; string = this.nexts[string]) {
        if (strings.readLiteral(starts[string], lines[string]) !== ends[string]) {
          throw new Doubt('string');
        }
      }
      const table = strings.tokens();
      if (
        table.count > MAXIMUM_STRING_TOKENS ||
        (!formatted && table.kinds.subarray(0, table.count).includes(Token.FStringStart))
      ) {
        throw new Doubt('string');
      }
      return new CompoundParser(source, table, this.warnings).parseStringsAlone();
    } catch (error) {
      if (error instanceof PythonSyntaxError) {
        throw new Doubt('string');
      }
      throw error;
    }
  }
}
