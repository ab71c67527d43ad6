// The kinds of Python's tokens, and a table of the tokens of one source.
//
// Tokens lie in typed arrays, not in objects: a file has one for every four characters or so, and most are looked at
// once. A token is its index in the table.

/** The kind of a token. Every operator and every keyword has its own, so that the parser compares small numbers. */
import type { ParserWarning } from './errors.ts';

export enum Token {
  End,
  Newline,
  Indent,
  Dedent,
  /** What the tokenizer could not read; the table's `error` tells why. It is always the last token. */
  Error,
  /** A character or operator that is a token of its own and fits nowhere, such as `$`. */
  Unknown,
  Name,
  Number,
  String,
  /** An f-string's or t-string's prefix and opening quote. */
  FStringStart,
  /** A run of literal text in an f-string, `{{` and escapes included. */
  FStringMiddle,
  FStringEnd,

  // Brackets and delimiters.
  LeftParenthesis,
  RightParenthesis,
  LeftBracket,
  RightBracket,
  LeftBrace,
  RightBrace,
  Comma,
  Colon,
  ColonEqual,
  Semicolon,
  Dot,
  Ellipsis,
  Arrow,
  Exclamation,
  Equal,

  // Binary operators; in the order of their in-place forms.
  VerticalBar,
  Circumflex,
  Ampersand,
  LeftShift,
  RightShift,
  Plus,
  Minus,
  Star,
  Slash,
  DoubleSlash,
  Percent,
  At,
  DoubleStar,
  Tilde,

  // In-place operators.
  VerticalBarEqual,
  CircumflexEqual,
  AmpersandEqual,
  LeftShiftEqual,
  RightShiftEqual,
  PlusEqual,
  MinusEqual,
  StarEqual,
  SlashEqual,
  DoubleSlashEqual,
  PercentEqual,
  AtEqual,
  DoubleStarEqual,

  // Comparisons.
  EqualEqual,
  NotEqual,
  /** `<>`: no operator unless barry_as_FLUFL was imported from __future__ */
  LessGreater,
  Less,
  LessEqual,
  Greater,
  GreaterEqual,

  // Keywords.
  False,
  None,
  True,
  And,
  As,
  Assert,
  Async,
  Await,
  Break,
  Class,
  Continue,
  Def,
  Del,
  Elif,
  Else,
  Except,
  Finally,
  For,
  From,
  Global,
  If,
  Import,
  In,
  Is,
  Lambda,
  Nonlocal,
  Not,
  Or,
  Pass,
  Raise,
  Return,
  Try,
  While,
  With,
  Yield,
}

/** The lowest kind that is a keyword; all kinds from here on are. */
export const FIRST_KEYWORD = Token.False;

export const KEYWORDS: ReadonlyMap<string, Token> = new Map([
  ['False', Token.False],
  ['None', Token.None],
  ['True', Token.True],
  ['and', Token.And],
  ['as', Token.As],
  ['assert', Token.Assert],
  ['async', Token.Async],
  ['await', Token.Await],
  ['break', Token.Break],
  ['class', Token.Class],
  ['continue', Token.Continue],
  ['def', Token.Def],
  ['del', Token.Del],
  ['elif', Token.Elif],
  ['else', Token.Else],
  ['except', Token.Except],
  ['finally', Token.Finally],
  ['for', Token.For],
  ['from', Token.From],
  ['global', Token.Global],
  ['if', Token.If],
  ['import', Token.Import],
  ['in', Token.In],
  ['is', Token.Is],
  ['lambda', Token.Lambda],
  ['nonlocal', Token.Nonlocal],
  ['not', Token.Not],
  ['or', Token.Or],
  ['pass', Token.Pass],
  ['raise', Token.Raise],
  ['return', Token.Return],
  ['try', Token.Try],
  ['while', Token.While],
  ['with', Token.With],
  ['yield', Token.Yield],
]);

function larger(old: Int32Array): Int32Array {
  const array = new Int32Array(old.length * 2);
  array.set(old);
  return array;
}

/** The tokens of one source. Offsets are UTF-16 units; lines count from 1; columns are UTF-8 bytes from 0. */
export class TokenTable {
  count = 0;
  kinds: Uint8Array;
  starts: Int32Array;
  ends: Int32Array;
  lines: Int32Array;
  columns: Int32Array;
  endLines: Int32Array;
  endColumns: Int32Array;
  /** For names and keywords their text, else `undefined`. */
  names: (string | undefined)[] = [];
  /** Why the last token is an `Error`. */
  error: Error | null = null;
  /** What the tokenizer warns about. */
  readonly warnings: ParserWarning[] = [];
  /** Whether that is reported instead of an error that the parser found before it. */
  errorPreferred = false;
  /** When the source ends inside brackets, the innermost one's token. */
  unclosed = -1;

  constructor(capacity: number) {
    this.kinds = new Uint8Array(capacity);
    this.starts = new Int32Array(capacity);
    this.ends = new Int32Array(capacity);
    this.lines = new Int32Array(capacity);
    this.columns = new Int32Array(capacity);
    this.endLines = new Int32Array(capacity);
    this.endColumns = new Int32Array(capacity);
  }

  add(
    kind: Token,
    start: number,
    end: number,
    line: number,
    column: number,
    endLine: number,
    endColumn: number,
    name: string | undefined,
  ): void {
    const index = this.count++;
    if (index === this.kinds.length) {
      this.grow();
    }
    this.kinds[index] = kind;
    this.starts[index] = start;
    this.ends[index] = end;
    this.lines[index] = line;
    this.columns[index] = column;
    this.endLines[index] = endLine;
    this.endColumns[index] = endColumn;
    this.names.push(name);
  }

  private grow(): void {
    const kinds = new Uint8Array(this.kinds.length * 2);
    kinds.set(this.kinds);
    this.kinds = kinds;
    this.starts = larger(this.starts);
    this.ends = larger(this.ends);
    this.lines = larger(this.lines);
    this.columns = larger(this.columns);
    this.endLines = larger(this.endLines);
    this.endColumns = larger(this.endColumns);
  }
}
