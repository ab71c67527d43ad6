// The parser's hand on the token table: where it stands, how it goes on, and how it fails.
//
// The parser is a chain of classes, each in the file of its subject: TokenReader, StringParser, ArgumentParser,
// DisplayParser, ExpressionParser, PatternParser, StatementParser, CompoundParser. What a lower one needs of a higher
// one is an abstract method.

import type { Expression, Located } from './ast.ts';
import { type ErrorRange, type ParserWarning, PythonSyntaxError, type SyntaxErrorKind } from './errors.ts';
import type { SourceText } from './source.ts';
import { Token, type TokenTable } from './tokens.ts';

/** How deep expressions and statements may nest before Python gives up; CPython's own limit is of this order. */
const MAXIMUM_DEPTH = 1500;

export abstract class TokenReader {
  protected readonly source: SourceText;
  protected readonly table: TokenTable;
  protected readonly kinds: Uint8Array;
  protected readonly warnings: ParserWarning[];
  /** The present token. */
  protected position = 0;
  /** The last token taken that was no newline, indent or dedent: where a node ends. */
  protected last = 0;
  private depth = 0;
  private seen = 0;
  /** The last token that Python had read when an error was raised, where that is beyond the one that is blamed. */
  private read = 0;
  /** Where the last attempt failed. */
  protected failedAt = 0;
  /** Set while a parse must only succeed or fail, and not explain. */
  protected quiet = false;
  private readonly scratch: Located = { lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };

  constructor(source: SourceText, table: TokenTable, warnings: ParserWarning[]) {
    this.source = source;
    this.table = table;
    this.kinds = table.kinds;
    this.warnings = warnings;
  }

  // Going on --------------------------------------------------------------------------------------------------------

  /** The present token's kind. */
  protected peek(): Token {
    return this.kinds[this.position];
  }

  /** The kind of the token after the present one. */
  protected peekNext(): Token {
    const next = this.position + 1;
    return next < this.table.count ? this.kinds[next] : Token.End;
  }

  /** Takes the present token, which is no newline, indent or dedent. */
  protected advance(): void {
    this.last = this.position++;
  }

  /** Takes a newline, indent or dedent: nodes do not end at these. */
  protected advanceSpace(): void {
    this.position++;
  }

  protected accept(kind: Token): boolean {
    if (this.kinds[this.position] !== kind) {
      return false;
    }
    this.last = this.position++;
    return true;
  }

  protected expect(kind: Token): void {
    if (this.kinds[this.position] !== kind) {
      throw this.invalidSyntax();
    }
    this.last = this.position++;
  }

  /** Takes a token that Python names when it is missing: `expected ':'`. */
  protected expectNamed(kind: Token, shown: string): void {
    if (this.kinds[this.position] !== kind) {
      throw this.errorHere(`expected '${shown}'`);
    }
    this.last = this.position++;
  }

  /** Takes a name and returns it. */
  protected expectName(): string {
    if (this.kinds[this.position] !== Token.Name) {
      throw this.invalidSyntax();
    }
    const name = this.table.names[this.position] as string;
    this.last = this.position++;
    return name;
  }

  /** Whether the present token is a certain soft keyword. */
  protected atSoftKeyword(word: string): boolean {
    return this.kinds[this.position] === Token.Name && this.table.names[this.position] === word;
  }

  /** Goes back to a token; `last` is then not valid until the next one is taken. */
  protected backTo(position: number): void {
    this.position = position;
    this.last = position - 1;
  }

  /** The range from a token to the last one taken. The object is reused: spread it into a node at once. */
  protected span(start: number): Located {
    const table = this.table;
    const scratch = this.scratch;
    const last = this.last;
    scratch.lineno = table.lines[start];
    scratch.col_offset = table.columns[start];
    scratch.end_lineno = table.endLines[last];
    scratch.end_col_offset = table.endColumns[last];
    return scratch;
  }

  /** Counts one level of nesting; `leave` takes it back. Raises MemoryError when there are too many, as Python does. */
  protected enter(): void {
    if (++this.depth > MAXIMUM_DEPTH) {
      throw this.tooDeep();
    }
  }

  protected leave(): void {
    this.depth--;
  }

  protected tooDeep(): PythonSyntaxError {
    const nowhere = { lineno: 0, offset: 0, end_lineno: 0, end_offset: 0 };
    const message = 'Parser stack overflowed - Python source too complex to parse';
    return new PythonSyntaxError('MemoryError', message, this.source.filename, nowhere, null);
  }

  /** The error for operators, calls or branches in a row that nest deeper than the compiler could follow. */
  protected tooLong(): PythonSyntaxError {
    const nowhere = { lineno: 0, offset: 0, end_lineno: 0, end_offset: 0 };
    const message = 'maximum recursion depth exceeded during compilation';
    return new PythonSyntaxError('RecursionError', message, this.source.filename, nowhere, null);
  }

  // Failing ---------------------------------------------------------------------------------------------------------

  /** The error of a present token that fits nowhere. */
  protected invalidSyntax(): Error {
    switch (this.peek()) {
      case Token.Indent:
        return this.indentationError('unexpected indent');
      case Token.Dedent:
        return this.indentationError('unexpected unindent');
      case Token.Pass:
      case Token.Break:
      case Token.Continue:
        if (this.isConditional(this.position + 1)) {
          return this.errorHere("expected expression before 'if', but statement is given");
        }
        this.noteRead(this.position + 1);
    }
    const place = Math.max(this.position, this.seen);
    const { source } = this;
    const implied = this.kinds[place] === Token.Newline && this.table.starts[place] >= source.text.length;
    if (this.kinds[place] === Token.End || (implied && !source.completesLines)) {
      const lineno = source.text === '' ? 0 : this.emptyTokenRange(place).lineno;
      const range = { lineno, offset: 0, end_lineno: lineno, end_offset: 0 };
      return this.prefer(source.error('SyntaxError', 'invalid syntax', range));
    }
    return this.errorAt(place, place, 'invalid syntax');
  }

  /** Whether `if ... else` stands from a token on, on the same line and at the same depth of brackets. */
  protected isConditional(start: number): boolean {
    if (this.kinds[start] !== Token.If) return false;
    let depth = 0;
    for (let token = start + 1; token < this.table.count; token++) {
      switch (this.kinds[token]) {
        case Token.LeftParenthesis:
        case Token.LeftBracket:
        case Token.LeftBrace:
          depth++;
          break;
        case Token.RightParenthesis:
        case Token.RightBracket:
        case Token.RightBrace:
          if (--depth < 0) return false;
          break;
        case Token.Else:
          if (depth === 0) return true;
          break;
        case Token.Newline:
          return false;
      }
    }
    return false;
  }

  /** Notes that Python would have looked at a token beyond the present one, and would blame that. */
  protected noteSeen(token: number): void {
    this.seen = token;
  }

  /** Notes that Python would have read a token beyond the one that it blames. */
  protected noteRead(token: number): void {
    this.read = Math.min(token, this.table.count - 1);
  }

  /** An error on the present token. */
  protected errorHere(message: string): Error {
    return this.errorAt(this.position, this.position, message);
  }

  /** An error from one token to another. */
  protected errorAt(start: number, end: number, message: string, kind: SyntaxErrorKind = 'SyntaxError'): Error {
    const table = this.table;
    if (this.kinds[start] === Token.Error) {
      return this.tokenError();
    }
    const source = this.source;
    if (this.kinds[start] === Token.End || this.kinds[start] === Token.Dedent) {
      return this.prefer(source.error(kind, message, this.emptyTokenRange(start)));
    }
    const lineno = table.lines[start];
    const end_lineno = table.endLines[end];
    return this.prefer(
      source.error(
        kind,
        message,
        {
          lineno,
          offset: source.characterColumnOfByte(lineno, table.columns[start]),
          end_lineno,
          end_offset: source.characterColumnOfByte(end_lineno, table.endColumns[end]),
        },
        this.hasPassed(lineno),
      ),
    );
  }

  /** Whether Python has read tokens of later lines. */
  private hasPassed(line: number): boolean {
    return this.table.lines[Math.min(Math.max(this.position, this.seen, this.read), this.table.count - 1)] > line;
  }

  /** Whether the text goes on after a line. */
  private endsAfter(line: number): boolean {
    const { source } = this;
    return source.lineStart(line + 1) < source.text.length;
  }

  /** Where Python puts an error on a token without text: where its tokenizer has come to. */
  private emptyTokenRange(token: number): ErrorRange {
    const source = this.source;
    const text = source.text;
    if (this.table.starts[token] < text.length) {
      const lineno = this.table.lines[token];
      return { lineno, offset: this.table.columns[token], end_lineno: lineno, end_offset: -1 };
    }
    const complete = text.endsWith('\n');
    const lastLine = text.split('\n').length - (complete ? 1 : 0);
    const length = [...source.lineText(lastLine, true)].length;
    return { lineno: lastLine, offset: length, end_lineno: lastLine, end_offset: -1 };
  }

  /** An error from the start of one node to the end of another. */
  protected errorOver(first: Located, last: Located, message: string): Error {
    const source = this.source;
    return this.prefer(
      source.error(
        'SyntaxError',
        message,
        {
          lineno: first.lineno,
          offset: source.characterColumnOfByte(first.lineno, first.col_offset),
          end_lineno: last.end_lineno,
          end_offset: source.characterColumnOfByte(last.end_lineno, last.end_col_offset),
        },
        this.hasPassed(first.lineno),
      ),
    );
  }

  /** An error from a token to the present one; Python leaves out the last character of that. */
  protected errorFrom(start: number, message: string): Error {
    const error = this.errorAt(start, this.position, message);
    return error instanceof PythonSyntaxError && error.message === message
      ? new PythonSyntaxError(
          error.kind,
          message,
          error.filename,
          {
            lineno: error.lineno,
            offset: error.offset,
            end_lineno: error.end_lineno,
            end_offset: error.end_offset - 1,
          },
          error.text,
        )
      : error;
  }

  /** Where a token stands. */
  protected tokenPlace(token: number): Located {
    const table = this.table;
    return {
      lineno: table.lines[token],
      col_offset: table.columns[token],
      end_lineno: table.endLines[token],
      end_col_offset: table.endColumns[token],
    };
  }

  /** An error of indentation on the present token. */
  protected indentationError(message: string): Error {
    const table = this.table;
    const position = this.position;
    if (this.peek() === Token.Indent) {
      const lineno = table.lines[position];
      const offset = table.ends[position] - table.starts[position];
      return this.source.error('IndentationError', message, { lineno, offset, end_lineno: lineno, end_offset: -1 });
    }
    return this.errorAt(position, position, message, 'IndentationError');
  }

  /** What the tokenizer found, when the parser has come to it. */
  protected tokenError(): Error {
    const table = this.table;
    return table.error ?? this.neverClosed(table.unclosed);
  }

  private neverClosed(opener: number): Error {
    const table = this.table;
    const lineno = table.lines[opener];
    const offset = this.source.characterColumnOfByte(lineno, table.columns[opener]);
    const bracket = this.source.text[table.starts[opener]];
    const range = { lineno, offset, end_lineno: lineno, end_offset: 0 };
    return this.source.error('SyntaxError', `'${bracket}' was never closed`, range, this.endsAfter(lineno));
  }

  /**
   * Python reads the rest of the tokens before it reports an error of the grammar, and reports what the tokenizer finds
   * there instead: an unclosed bracket explains most errors on the lines after it.
   */
  protected prefer(error: Error): Error {
    const table = this.table;
    if (this.kinds[table.count - 1] !== Token.Error) {
      return error;
    }
    if (table.error !== null) {
      return table.errorPreferred ? table.error : error;
    }
    if (table.unclosed < 0) {
      return error;
    }
    const line = table.lines[Math.min(Math.max(this.position, this.read), table.count - 1)];
    return line > table.lines[table.unclosed] ? this.neverClosed(table.unclosed) : error;
  }

  // Incomplete input ------------------------------------------------------------------------------------------------

  /** Whether a token is the newline that a text lacks at its end. */
  protected isImpliedNewline(token: number): boolean {
    return this.kinds[token] === Token.Newline && this.source.text[this.table.ends[token] - 1] !== '\n';
  }

  /** The error of a text that ends too early. */
  unfinished(): Error {
    this.position = this.table.count - 1;
    return this.invalidSyntax();
  }

  /** Whether the text ends within a block and without a newline, so that the block may go on. */
  endsInBlock(): boolean {
    return !this.source.text.endsWith('\n') && this.kinds[this.table.count - 2] === Token.Dedent;
  }

  /** Whether the parser, which has failed, had come to the end of the text: more lines might mend it. */
  isAtEnd(error: PythonSyntaxError): boolean {
    const { text } = this.source;
    const place = Math.max(this.position, this.seen);
    switch (this.kinds[place]) {
      case Token.End:
        return true;
      case Token.Dedent:
        return this.table.starts[place] >= text.length;
      case Token.Error: {
        if (this.table.error === null) return true;
        const { message } = error;
        return /unterminated (?:[ft]-string )?triple|'.' was never closed/.test(message) || /\\\n?$/.test(text);
      }
    }
    return false;
  }

  /** The error for what `isAtEnd` and `endsInBlock` tell. */
  incompleteInput(): PythonSyntaxError {
    const { table, source } = this;
    const error = source.error('SyntaxError', 'incomplete input', this.emptyTokenRange(table.count - 1));
    error.incomplete = true;
    return error;
  }

  /** Runs a parse that may fail, and goes back and returns `null` if it does. Only for programs that have an error. */
  protected attempt(parse: () => Expression): Expression | null {
    const start = this.position;
    const last = this.last;
    const depth = this.depth;
    const seen = this.seen;
    const quiet = this.quiet;
    this.quiet = true;
    try {
      const node = parse();
      this.seen = seen;
      if (this.peek() === Token.Error) {
        // Python always looks at the token after an expression.
        throw this.tokenError();
      }
      return node;
    } catch (error) {
      if (!(error instanceof PythonSyntaxError) || this.peek() === Token.Error) {
        throw error;
      }
      this.failedAt = this.position;
      this.position = start;
      this.last = last;
      this.depth = depth;
      this.seen = seen;
      return null;
    } finally {
      this.quiet = quiet;
    }
  }
}

/** Is this the error of a program of which there is nothing better to say? */
export function isGeneric(error: unknown): boolean {
  return error instanceof PythonSyntaxError && error.message === 'invalid syntax';
}

/** Throws an error that was found, if one was. */
export function throwIfError(error: Error | null): void {
  if (error !== null) {
    throw error;
  }
}
