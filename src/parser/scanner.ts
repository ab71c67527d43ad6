// The lower half of the tokenizer: where it stands, how it fails, and how it reads numbers.

import { DOT, isDigit, isDigitOfBase, isNamePart, KEYWORDS_AFTER_NUMBER, UNDERSCORE, ZERO } from './characters.ts';
import type { PythonSyntaxError, SyntaxErrorKind } from './errors.ts';
import type { SourceText } from './source.ts';
import { Token, TokenTable } from './tokens.ts';

export abstract class Scanner {
  protected readonly source: SourceText;
  protected readonly text: string;
  private readonly ascii: boolean;
  protected readonly table: TokenTable;
  protected position = 0;
  protected line = 1;
  protected lineStart = 0;
  /** On lines that are not ASCII: an offset and its column, from which later columns are counted. */
  private knownOffset = 0;
  private knownColumn = 0;
  /** For tools that look at tokens: numbers, names and brackets are not checked. */
  lenient = false;
  /** Set with errors that do not take precedence over the parser's. */
  protected deferred = false;

  /** `capacity` is the number of tokens to make room for at first. */
  constructor(source: SourceText, capacity = (source.text.length >> 1) + 16) {
    this.source = source;
    this.text = source.text;
    this.ascii = source.ascii;
    this.table = new TokenTable(capacity);
  }

  // Places and errors -----------------------------------------------------------------------------------------------

  protected column(offset: number): number {
    if (this.ascii) {
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

  /** Adds a token that stands on the present line. */
  protected add(kind: Token, start: number, end: number, name?: string): void {
    const column = this.column(start);
    this.table.add(kind, start, end, this.line, column, this.line, this.column(end), name);
  }

  protected startLine(offset: number): void {
    this.line++;
    this.lineStart = offset;
  }

  /** An error at an offset of the present line; Python puts those of its tokenizer on the character before it. */
  protected error(message: string, offset: number, endOffset = offset): PythonSyntaxError {
    const source = this.source;
    const range = {
      lineno: this.line,
      offset: source.characterColumn(this.lineStart, offset) - 1,
      end_lineno: this.line,
      end_offset: source.characterColumn(this.lineStart, endOffset) - 1,
    };
    return source.error('SyntaxError', message, range, true);
  }

  protected deferredError(kind: SyntaxErrorKind, message: string, offset: number, end: number): PythonSyntaxError {
    this.deferred = true;
    return this.source.error(kind, message, { lineno: this.line, offset, end_lineno: this.line, end_offset: end });
  }

  // Numbers ---------------------------------------------------------------------------------------------------------

  protected readNumber(start: number): void {
    const text = this.text;
    let position = start;
    let kind = 'decimal';
    if (text.charCodeAt(start) === ZERO) {
      const letter = text.charCodeAt(start + 1) | 32;
      if (letter === 120 || letter === 111 || letter === 98) {
        this.readRadixNumber(start, letter);
        return;
      }
    }
    if (text.charCodeAt(position) !== DOT) {
      position = this.readDigits(position);
    }
    const whole = position;
    let real = false;
    let c = text.charCodeAt(position);
    if (c === DOT) {
      real = true;
      position++;
      if (isDigit(text.charCodeAt(position))) {
        position = this.readDigits(position);
      }
      c = text.charCodeAt(position);
    }
    if ((c | 32) === 101) {
      const sign = text.charCodeAt(position + 1);
      const digits = sign === 43 || sign === 45 ? position + 2 : position + 1;
      if (isDigit(text.charCodeAt(digits))) {
        real = true;
        position = this.readDigits(digits);
      } else if (digits === position + 2) {
        throw this.error('invalid decimal literal', position + 2);
      }
      c = text.charCodeAt(position);
    }
    if ((c | 32) === 106) {
      real = true;
      position++;
      kind = 'imaginary';
    }
    if (!real && text.charCodeAt(start) === ZERO) {
      this.checkLeadingZero(start, whole);
    }
    this.checkNumberEnd(position, kind);
    this.position = position;
    this.add(Token.Number, start, position);
  }

  /** Reads digits with single underscores between them and returns where they end. */
  private readDigits(start: number): number {
    const text = this.text;
    let position = start;
    for (;;) {
      while (isDigit(text.charCodeAt(position))) {
        position++;
      }
      if (text.charCodeAt(position) !== UNDERSCORE) {
        return position;
      }
      position++;
      if (!isDigit(text.charCodeAt(position))) {
        throw this.error('invalid decimal literal', position);
      }
    }
  }

  private checkLeadingZero(start: number, end: number): void {
    if (this.lenient) {
      return;
    }
    for (let i = start; i < end; i++) {
      const c = this.text.charCodeAt(i);
      if (c !== ZERO && c !== UNDERSCORE) {
        let zeros = start;
        while (this.text.charCodeAt(zeros) === ZERO || this.text.charCodeAt(zeros) === UNDERSCORE) {
          zeros++;
        }
        const message =
          'leading zeros in decimal integer literals are not permitted; ' + 'use an 0o prefix for octal integers';
        throw this.error(message, start + 1, zeros + 1);
      }
    }
  }

  private readRadixNumber(start: number, letter: number): void {
    const text = this.text;
    const kind = letter === 120 ? 'hexadecimal' : letter === 111 ? 'octal' : 'binary';
    const base = letter === 120 ? 16 : letter === 111 ? 8 : 2;
    let position = start + 2;
    for (;;) {
      if (text.charCodeAt(position) === UNDERSCORE) {
        position++;
      }
      const first = position;
      while (isDigitOfBase(text.charCodeAt(position), base)) {
        position++;
      }
      const c = text.charCodeAt(position);
      if (isDigit(c) && base < 16) {
        throw this.error(`invalid digit '${text[position]}' in ${kind} literal`, position + 1);
      }
      if (position === first) {
        throw this.error(`invalid ${kind} literal`, position);
      }
      if (c !== UNDERSCORE) {
        break;
      }
    }
    this.checkNumberEnd(position, kind);
    this.position = position;
    this.add(Token.Number, start, position);
  }

  /** A number must not run into a name, except into the keywords that Python still lets follow at once. */
  private checkNumberEnd(position: number, kind: string): void {
    const c = this.text.charCodeAt(position);
    if (c >= 128 || !isNamePart(c) || this.lenient) {
      return;
    }
    KEYWORDS_AFTER_NUMBER.lastIndex = position;
    if (KEYWORDS_AFTER_NUMBER.test(this.text)) {
      const offset = this.source.characterColumn(this.lineStart, position - 1);
      const range = { lineno: this.line, offset, end_lineno: this.line, end_offset: offset };
      this.table.warnings.push({ category: 'SyntaxWarning', message: `invalid ${kind} literal`, ...range });
      return;
    }
    throw this.error(`invalid ${kind} literal`, position);
  }
}
