// tree-sitter's tree as a table, and the check that its tokens are Python's.
//
// One walk with a cursor puts the nodes into typed arrays, in the order in which they start, so that the converter can
// look at any of them without a call into native code; a call costs as much as converting a node. For the same reason
// the tokens' places are not asked for, but read from the source: between two tokens there is nothing but white space
// and comments, and a token's kind tells how long it is. So the walk reads the source once more, as Python's tokenizer
// would, and where it finds something else than the tree says, or a newline where none may stand, it throws a Doubt.

import {
  BACKSLASH,
  HASH,
  IDENTIFIER,
  isNamePart,
  NAME_RUN,
  NEWLINE,
  OPERATOR_SECONDS,
  OPERATOR_STARTS,
  SPACE,
  TAB,
} from './characters.ts';
import { Doubt } from './doubts.ts';
import type { SourceText } from './source.ts';
import { KEYWORDS } from './tokens.ts';
import type { SyntaxTree, TreeCursor } from './tree.ts';
import { FIRST_TOKEN, Shape, shapeOf } from './tree-shapes.ts';

/** Deeper trees are left to the parser that counts as Python does. */
const MAXIMUM_DEPTH = 100;

// Characters of indentation, as bits.
const SPACES = 1;
const TABS = 2;

/** A number as Python writes it. What follows must be no part of a name: that is checked with the next token. */
const NUMBER =
  /0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|(?:[0-9](?:_?[0-9])*)?\.[0-9](?:_?[0-9])*(?:[eE][+-]?[0-9](?:_?[0-9])*)?[jJ]?|[0-9](?:_?[0-9])*\.(?:[eE][+-]?[0-9](?:_?[0-9])*)?[jJ]?|[0-9](?:_?[0-9])*[eE][+-]?[0-9](?:_?[0-9])*[jJ]?|[0-9](?:_?[0-9])*[jJ]|[1-9](?:_?[0-9])*|0(?:_?0)*/y;

/** The kinds and texts of nodes by tree-sitter's number of the kind. */
const shapes: Shape[] = [];
const texts: string[] = [];

/** Whether nodes of a kind may start a line outside of brackets wherever they stand. */
function startsLine(shape: Shape): boolean {
  return shape >= Shape.ElifClause && shape <= Shape.Decorator;
}

/** The nodes of one tree, parents before children. Comments and continued lines are not among them. */
export class TreeTable {
  readonly source: SourceText;
  count = 0;
  shapes: Uint8Array;
  /** The index of the first node after a node's last descendant: its next sibling, if it has one. */
  nexts: Int32Array;
  starts: Int32Array;
  ends: Int32Array;
  lines: Int32Array;
  columns: Int32Array;
  endLines: Int32Array;
  endColumns: Int32Array;
  /** Whether a node is the first of its line, outside of brackets. */
  fresh: Uint8Array;
  /** The text of identifiers. */
  readonly names: (string | undefined)[] = [];

  private readonly text: string;
  /** Where the last token ended. */
  private position = 0;
  private line = 1;
  private lineStart = 0;
  private brackets = 0;
  /** The characters that lines have been indented with so far. */
  private indentation = 0;
  private open: number[] = [];
  /** On lines that are not ASCII: an offset and its column, from which later columns are counted. */
  private knownOffset = 0;
  private knownColumn = 0;

  constructor(tree: SyntaxTree, source: SourceText) {
    const capacity = (source.text.length >> 1) + 64;
    this.source = source;
    this.text = source.text;
    this.shapes = new Uint8Array(capacity);
    this.nexts = new Int32Array(capacity);
    this.starts = new Int32Array(capacity);
    this.ends = new Int32Array(capacity);
    this.lines = new Int32Array(capacity);
    this.columns = new Int32Array(capacity);
    this.endLines = new Int32Array(capacity);
    this.endColumns = new Int32Array(capacity);
    this.fresh = new Uint8Array(capacity);
    const root = tree.rootNode;
    if (root.hasError) {
      throw new Doubt('error');
    }
    this.readTree(root.walk());
    this.skipSpace();
    if (this.position < this.text.length) {
      throw new Doubt('token');
    }
  }

  private readTree(cursor: TreeCursor): void {
    const open = this.open;
    let canStartLine = false;
    for (;;) {
      const id = cursor.nodeTypeId;
      let shape = shapes[id];
      if (shape === undefined) {
        shape = shapes[id] = shapeOf(cursor.nodeType, cursor.nodeIsNamed);
        texts[id] = cursor.nodeType;
      }
      if (shape !== Shape.Extra) {
        const index = this.count++;
        if (index === this.shapes.length) {
          this.grow();
        }
        this.shapes[index] = shape;
        this.names.push(undefined);
        canStartLine ||= startsLine(shape) || (shape < FIRST_TOKEN && this.parentStartsLines(shape));
        if (shape === Shape.NotIn || shape === Shape.IsNot || (shape < FIRST_TOKEN && !isLeaf(shape))) {
          this.starts[index] = -1;
          if (cursor.gotoFirstChild()) {
            if (open.push(index) > MAXIMUM_DEPTH) {
              throw new Doubt('depth');
            }
            continue;
          }
          // Of these only a module may be empty.
          if (shape !== Shape.Module) {
            this.readEmptyNode(shape, index, canStartLine);
          }
        } else {
          this.readToken(shape, index, id, cursor, canStartLine);
        }
        canStartLine = false;
        this.nexts[index] = this.count;
      }
      while (!cursor.gotoNextSibling()) {
        const index = open.pop();
        if (index === undefined) {
          return;
        }
        cursor.gotoParent();
        this.close(index);
      }
    }
  }

  private close(index: number): void {
    this.nexts[index] = this.count;
    const last = this.count - 1;
    this.ends[index] = this.ends[last];
    this.endLines[index] = this.endLines[last];
    this.endColumns[index] = this.endColumns[last];
  }

  /** Whether the node that is about to be opened is a statement, or the definition after its decorators. */
  private parentStartsLines(shape: Shape): boolean {
    const open = this.open;
    if (open.length === 0) {
      return false;
    }
    switch (this.shapes[open[open.length - 1]] as Shape) {
      case Shape.Module:
      case Shape.Block:
        return true;
      case Shape.DecoratedDefinition:
        return shape === Shape.FunctionDefinition || shape === Shape.ClassDefinition;
      default:
        return false;
    }
  }

  /** A named node without children that is one token all the same: `*` between parameters, `...`, an import's star. */
  private readEmptyNode(shape: Shape, index: number, canStartLine: boolean): void {
    switch (shape) {
      case Shape.KeywordSeparator:
      case Shape.WildcardImport:
        this.readFixed(shape, index, '*', canStartLine);
        break;
      case Shape.PositionalSeparator:
        this.readFixed(shape, index, '/', canStartLine);
        break;
      case Shape.PassStatement:
        this.readFixed(Shape.Word, index, 'pass', canStartLine);
        break;
      case Shape.BreakStatement:
        this.readFixed(Shape.Word, index, 'break', canStartLine);
        break;
      case Shape.ContinueStatement:
        this.readFixed(Shape.Word, index, 'continue', canStartLine);
        break;
      default:
        throw new Doubt(shape === Shape.Block ? 'block' : 'shape');
    }
  }

  // Tokens ----------------------------------------------------------------------------------------------------------

  private readToken(shape: Shape, index: number, id: number, cursor: TreeCursor, canStartLine: boolean): void {
    switch (shape) {
      case Shape.Identifier:
        this.startToken(index, canStartLine);
        this.readIdentifier(index);
        return;
      case Shape.String:
        this.startToken(index, canStartLine);
        this.readString(cursor.endIndex);
        break;
      case Shape.Integer:
      case Shape.Float:
        this.startToken(index, canStartLine);
        NUMBER.lastIndex = this.position;
        if (!NUMBER.test(this.text)) {
          throw new Doubt('token');
        }
        this.position = NUMBER.lastIndex;
        this.checkWordEnd();
        break;
      case Shape.True:
        this.readFixed(Shape.Word, index, 'True', canStartLine);
        return;
      case Shape.False:
        this.readFixed(Shape.Word, index, 'False', canStartLine);
        return;
      case Shape.None:
        this.readFixed(Shape.Word, index, 'None', canStartLine);
        return;
      case Shape.Ellipsis:
        this.readFixed(shape, index, '...', canStartLine);
        return;
      default:
        this.readFixed(shape, index, texts[id], canStartLine);
        return;
    }
    this.endToken(index);
  }

  /** A token that is always the same text. */
  private readFixed(shape: Shape, index: number, fixed: string, canStartLine: boolean): void {
    this.startToken(index, canStartLine);
    const text = this.text;
    if (!text.startsWith(fixed, this.position)) {
      throw new Doubt('token');
    }
    const start = this.position;
    this.position += fixed.length;
    switch (shape) {
      case Shape.LeftParenthesis:
      case Shape.LeftBracket:
      case Shape.LeftBrace:
        this.brackets++;
        break;
      case Shape.RightParenthesis:
      case Shape.RightBracket:
      case Shape.RightBrace:
        this.brackets--;
        break;
      case Shape.Word:
      case Shape.Async:
      case Shape.As:
      case Shape.From:
      case Shape.Underscore:
        this.checkWordEnd();
        break;
      case Shape.Unknown:
        throw new Doubt('unknown');
      default:
        if (OPERATOR_SECONDS.includes(text[this.position])) {
          this.checkOperatorEnd(shape, start, fixed);
        }
    }
    this.endToken(index);
  }

  private checkWordEnd(): void {
    if (isNamePart(this.text.charCodeAt(this.position))) {
      throw new Doubt('token');
    }
  }

  /** Python takes the longest operator; tree-sitter takes one that fits. */
  private checkOperatorEnd(shape: Shape, start: number, fixed: string): void {
    const longer = OPERATOR_STARTS[fixed.charCodeAt(0)]?.longer ?? [];
    for (const operator of longer) {
      if (operator.text.length > fixed.length && this.text.startsWith(operator.text, start)) {
        const prefix = shape === Shape.Dot && this.shapes[this.open[this.open.length - 1]] === Shape.ImportPrefix;
        if (!prefix) {
          throw new Doubt('token');
        }
      }
    }
  }

  private readIdentifier(index: number): void {
    const text = this.text;
    const start = this.position;
    NAME_RUN.lastIndex = start;
    NAME_RUN.test(text);
    let end = NAME_RUN.lastIndex;
    let name: string;
    if (text.charCodeAt(end) >= 128) {
      while (isNamePart(text.charCodeAt(end))) {
        end++;
      }
      name = text.slice(start, end);
      if (!IDENTIFIER.test(name)) {
        throw new Doubt('token');
      }
      name = name.normalize('NFKC');
    } else {
      name = text.slice(start, end);
      if (end === start || KEYWORDS.has(name)) {
        throw new Doubt('keyword');
      }
    }
    this.names[index] = name;
    this.position = end;
    this.endToken(index);
  }

  /** Takes a string up to where the tree says that it ends; the converter has it read, and compares. */
  private readString(end: number): void {
    const text = this.text;
    if (end <= this.position) {
      throw new Doubt('token');
    }
    let newline = text.indexOf('\n', this.position);
    while (newline >= 0 && newline < end) {
      this.line++;
      this.lineStart = newline + 1;
      newline = text.indexOf('\n', newline + 1);
    }
    this.position = end;
  }

  private startToken(index: number, canStartLine: boolean): void {
    const fresh = this.skipSpace();
    if (this.brackets === 0 && fresh && !canStartLine) {
      throw new Doubt('line');
    }
    const start = this.position;
    const column = this.column(start);
    const mark = fresh && this.brackets === 0 ? 1 : 0;
    this.setStart(index, start, column, mark);
    const open = this.open;
    for (let i = open.length - 1; i >= 0 && this.starts[open[i]] < 0; i--) {
      this.setStart(open[i], start, column, mark);
    }
  }

  private setStart(index: number, start: number, column: number, fresh: number): void {
    this.starts[index] = start;
    this.lines[index] = this.line;
    this.columns[index] = column;
    this.fresh[index] = fresh;
  }

  private endToken(index: number): void {
    this.ends[index] = this.position;
    this.endLines[index] = this.line;
    this.endColumns[index] = this.column(this.position);
  }

  /** Skips white space and comments; returns whether a line starts here (or the source does). */
  private skipSpace(): boolean {
    const text = this.text;
    let position = this.position;
    let fresh = position === 0;
    let indentation = 0;
    for (;;) {
      const c = text.charCodeAt(position);
      if (c === SPACE) {
        indentation |= SPACES;
        position++;
      } else if (c === NEWLINE) {
        position++;
        fresh = true;
        indentation = 0;
        this.line++;
        this.lineStart = position;
      } else if (c === HASH) {
        const newline = text.indexOf('\n', position);
        position = newline < 0 ? text.length : newline;
      } else if (c === TAB) {
        indentation |= TABS;
        position++;
      } else if (c === BACKSLASH) {
        if (fresh || text.charCodeAt(position + 1) !== NEWLINE || position + 2 >= text.length) {
          throw new Doubt('space');
        }
        position += 2;
        this.line++;
        this.lineStart = position;
      } else {
        if (fresh && this.brackets === 0 && indentation !== 0) {
          this.checkIndentation(indentation);
        }
        this.position = position;
        return fresh;
      }
    }
  }

  /** Columns can be compared as long as a source indents with spaces only, or with tabs only. */
  private checkIndentation(indentation: number): void {
    this.indentation |= indentation;
    if (this.indentation === (SPACES | TABS)) {
      throw new Doubt('space');
    }
  }

  private column(offset: number): number {
    if (this.source.ascii) {
      return offset - this.lineStart;
    }
    if (offset < this.knownOffset || this.knownOffset < this.lineStart) {
      this.knownOffset = this.lineStart;
      this.knownColumn = 0;
    }
    this.knownColumn += this.source.byteColumn(this.knownOffset, offset);
    this.knownOffset = offset;
    return this.knownColumn;
  }

  private grow(): void {
    const larger = (old: Int32Array): Int32Array => {
      const array = new Int32Array(old.length * 2);
      array.set(old);
      return array;
    };
    const largerBytes = (old: Uint8Array): Uint8Array => {
      const array = new Uint8Array(old.length * 2);
      array.set(old);
      return array;
    };
    this.shapes = largerBytes(this.shapes);
    this.fresh = largerBytes(this.fresh);
    this.nexts = larger(this.nexts);
    this.starts = larger(this.starts);
    this.ends = larger(this.ends);
    this.lines = larger(this.lines);
    this.columns = larger(this.columns);
    this.endLines = larger(this.endLines);
    this.endColumns = larger(this.endColumns);
  }
}

/** Whether a named node is one token. */
function isLeaf(shape: Shape): boolean {
  switch (shape) {
    case Shape.Identifier:
    case Shape.String:
    case Shape.Integer:
    case Shape.Float:
    case Shape.True:
    case Shape.False:
    case Shape.None:
    case Shape.Ellipsis:
    case Shape.Unknown:
      return true;
    default:
      return false;
  }
}
