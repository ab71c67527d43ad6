// Python's tokenizer: a source text to its table of tokens, indentation and f-strings included.
//
// It reads the whole source at once and never throws: what cannot be read becomes an `Error` token at the end of the
// table. So an error of the grammar that stands before it is found first, as it is in Python, where the parser pulls
// the tokens one by one.

import {
  BACKSLASH,
  CLASSES,
  COLON,
  DOT,
  DOUBLE_QUOTE,
  EQUAL,
  EXCLAMATION,
  FORM_FEED,
  HASH,
  IDENTIFIER,
  isCharacterNamePart,
  isDigit,
  isNamePart,
  isStringPrefix,
  LEFT_BRACE,
  NAME_RUN,
  NAME_START,
  NEWLINE,
  OPERATOR_SECONDS,
  OPERATOR_STARTS,
  PLAIN_RUN,
  RIGHT_BRACE,
  SINGLE_QUOTE,
  SPACE,
  TAB,
  UNPRINTABLE,
} from './characters.ts';
import { PythonSyntaxError } from './errors.ts';
import { Scanner } from './scanner.ts';
import type { SourceText } from './source.ts';
import { KEYWORDS, Token, type TokenTable } from './tokens.ts';

const MAXIMUM_BRACKETS = 200;
const MAXIMUM_INDENTS = 100;
const MAXIMUM_FSTRINGS = 150;
/** How deep the fields of one f-string may nest in each other's format specifiers. */
const MAXIMUM_FIELDS = 3;
const TAB_SIZE = 8;

/** An f-string's opening: what its literal parts are read with. */
interface FString {
  kind: 'f' | 't';
  quote: number;
  triple: boolean;
  raw: boolean;
  start: number;
  startLine: number;
  /** The number of fields open at present, each in the format specifier of the one before. */
  fields: number;
}

/** Reads all tokens of a source. */
export function tokenize(source: SourceText, lenient = false): TokenTable {
  const tokenizer = new Tokenizer(source);
  tokenizer.lenient = lenient;
  return tokenizer.run();
}

class Tokenizer extends Scanner {
  /** Where the last comment after other tokens started. */
  private comment = -1;
  private readonly indents = [0];
  private readonly alternateIndents = [0];
  /** The open brackets' tokens and closing characters. */
  private readonly bracketTokens: number[] = [];
  private readonly bracketClosers: number[] = [];
  private openFStrings = 0;
  private readonly fstrings: FString[] = [];
  /** The token of the innermost open field's brace, for each open f-string. */
  private readonly fieldTokens: number[] = [];

  run(): TokenTable {
    try {
      this.readLineStart();
      this.readTokens(-1, null);
      this.finish();
    } catch (error) {
      if (!(error instanceof PythonSyntaxError)) {
        throw error;
      }
      this.table.error = error;
      // Errors inside f-strings and those of indentation and continued lines do not hide what stands before them.
      this.table.errorPreferred = this.openFStrings === 0 && !this.deferred;
      const position = Math.min(this.position, this.text.length);
      this.add(Token.Error, position, position);
    }
    return this.table;
  }
  // Lines and indentation -------------------------------------------------------------------------------------------

  /** At the start of a logical line: skips blank lines and makes Indent and Dedent tokens. */
  private readLineStart(): void {
    const text = this.text;
    for (;;) {
      let position = this.position;
      let column = 0;
      let alternate = 0;
      let continuedColumn = 0;
      for (;;) {
        const c = text.charCodeAt(position);
        if (c === SPACE) {
          column++;
          alternate++;
        } else if (c === TAB) {
          column = (Math.floor(column / TAB_SIZE) + 1) * TAB_SIZE;
          alternate++;
        } else if (c === FORM_FEED) {
          column = 0;
          alternate = 0;
        } else if (c === BACKSLASH && text.charCodeAt(position + 1) === NEWLINE) {
          // The indentation of a line that goes on is that of its first part.
          continuedColumn = continuedColumn || column;
          const backslash = position++;
          this.startLine(position + 1);
          if (position + 1 >= text.length) {
            throw this.endOfFileInContinuation(backslash);
          }
        } else {
          break;
        }
        position++;
      }
      const c = text.charCodeAt(position);
      if (c === BACKSLASH) {
        this.position = position;
        this.readContinuation(position);
      }
      if (c === HASH) {
        const newline = text.indexOf('\n', position);
        position = newline < 0 ? text.length : newline;
      }
      if (position >= text.length) {
        this.position = text.length;
        return;
      }
      if (c === HASH || c === NEWLINE) {
        this.position = position + 1;
        this.startLine(this.position);
        continue;
      }
      this.position = position;
      this.applyIndentation(continuedColumn || column, continuedColumn || alternate);
      return;
    }
  }

  private applyIndentation(column: number, alternate: number): void {
    const indents = this.indents;
    const alternates = this.alternateIndents;
    let top = indents.length - 1;
    if (column === indents[top]) {
      if (alternate !== alternates[top]) {
        throw this.tabError();
      }
    } else if (column > indents[top]) {
      if (top + 1 >= MAXIMUM_INDENTS) {
        throw this.deferredError('IndentationError', 'too many levels of indentation', 1, 0);
      }
      if (alternate <= alternates[top]) {
        throw this.tabError();
      }
      indents.push(column);
      alternates.push(alternate);
      this.add(Token.Indent, this.lineStart, this.position);
    } else {
      while (top > 0 && column < indents[top]) {
        top--;
      }
      if (column !== indents[top]) {
        // Python refuses the line as a whole: no dedents come before the mismatch.
        const length = [...this.source.lineText(this.line, true)].length;
        throw this.deferredError('IndentationError', 'unindent does not match any outer indentation level', length, -1);
      }
      while (indents.length > top + 1) {
        this.add(Token.Dedent, this.position, this.position);
        indents.pop();
        alternates.pop();
      }
      if (alternate !== alternates[top]) {
        throw this.tabError();
      }
    }
  }

  private tabError(): PythonSyntaxError {
    return this.deferredError('TabError', 'inconsistent use of tabs and spaces in indentation', 1, 0);
  }

  /** The end of the source: closes the last line and all blocks. */
  private finish(): void {
    const table = this.table;
    const end = this.text.length;
    if (this.bracketTokens.length > 0) {
      table.unclosed = this.bracketTokens[this.bracketTokens.length - 1];
      this.add(Token.Error, end, end);
      return;
    }
    const last = table.count === 0 ? Token.Newline : (table.kinds[table.count - 1] as Token);
    if (last !== Token.Newline && last !== Token.Dedent) {
      this.table.add(Token.Newline, end, end, this.line, this.column(end), this.line, this.column(end) + 1, undefined);
    }
    if (this.lineStart < end) {
      this.startLine(end);
    }
    for (let top = this.indents.length - 1; top > 0; top--) {
      this.add(Token.Dedent, end, end);
    }
    this.add(Token.End, end, end);
  }

  // Tokens ----------------------------------------------------------------------------------------------------------

  /**
   * Reads tokens to the end of the source or, in a replacement field of an f-string, to the field's closing brace.
   * `fieldLevel` is the number of brackets open inside the field's own, or -1 outside of fields.
   */
  private readTokens(fieldLevel: number, fstring: FString | null): void {
    const text = this.text;
    for (;;) {
      let position = this.position;
      let c = text.charCodeAt(position);
      while (c === SPACE || c === TAB || c === FORM_FEED) {
        c = text.charCodeAt(++position);
      }
      this.position = position;
      if (c < 128) {
        const classes = CLASSES[c];
        if ((classes & NAME_START) !== 0) {
          this.readName(position);
        } else if (isDigit(c)) {
          this.readNumber(position);
        } else if (c === NEWLINE) {
          this.readNewline(position);
        } else if (c === HASH) {
          this.comment = position;
          const newline = text.indexOf('\n', position);
          this.position = newline < 0 ? text.length : newline;
        } else if (c === SINGLE_QUOTE || c === DOUBLE_QUOTE) {
          this.readString(position, position);
        } else if (c === DOT && isDigit(text.charCodeAt(position + 1))) {
          this.readNumber(position);
        } else if (c === BACKSLASH) {
          this.readContinuation(position);
        } else if (fstring !== null && this.bracketTokens.length === fieldLevel) {
          if (this.readInField(position, c, fstring)) {
            return;
          }
        } else {
          this.readOperator(position, c);
        }
      } else if (position >= text.length) {
        return;
      } else {
        this.readName(position);
      }
    }
  }

  private readNewline(position: number): void {
    this.position = position + 1;
    if (this.bracketTokens.length > 0) {
      this.startLine(position + 1);
      return;
    }
    // A comment before it belongs to the newline's token.
    const start = this.comment >= this.lineStart ? this.comment : position;
    const column = this.column(start);
    const endColumn = this.column(position) + 1;
    this.table.add(Token.Newline, start, position + 1, this.line, column, this.line, endColumn, undefined);
    this.startLine(position + 1);
    this.readLineStart();
  }

  private readContinuation(position: number): void {
    const after = position + 1;
    if (this.text.charCodeAt(after) === NEWLINE) {
      this.position = after + 1;
      this.startLine(after + 1);
      if (this.position >= this.text.length) {
        throw this.endOfFileInContinuation(position);
      }
      return;
    }
    if (after >= this.text.length) {
      throw this.endOfFileInContinuation(position);
    }
    const offset = this.source.characterColumn(this.lineStart, after);
    throw this.deferredError('SyntaxError', 'unexpected character after line continuation character', offset, 0);
  }

  private endOfFileInContinuation(backslash: number): PythonSyntaxError {
    if (this.lineStart > backslash) {
      this.line--;
      this.lineStart = this.source.lineStart(this.line);
    }
    const offset = this.source.characterColumn(this.lineStart, backslash) + 1;
    return this.deferredError('SyntaxError', 'unexpected EOF while parsing', offset, -1);
  }

  protected readName(start: number): void {
    const text = this.text;
    NAME_RUN.lastIndex = start;
    NAME_RUN.test(text);
    let position = NAME_RUN.lastIndex;
    let c = text.charCodeAt(position);
    let beyondAscii = false;
    if (c >= 128) {
      beyondAscii = true;
      while (isNamePart(c)) {
        c = text.charCodeAt(++position);
      }
    }
    if ((c === SINGLE_QUOTE || c === DOUBLE_QUOTE) && position - start <= 2 && isStringPrefix(text, start, position)) {
      this.readString(start, position);
      return;
    }
    this.position = position;
    let name = text.slice(start, position);
    if (c === SINGLE_QUOTE || c === DOUBLE_QUOTE) {
      this.checkStringPrefix(name, start);
    }
    if (beyondAscii) {
      this.checkIdentifier(name, start);
      name = name.normalize('NFKC');
      this.add(Token.Name, start, position, name);
      return;
    }
    this.add(KEYWORDS.get(name) ?? Token.Name, start, position, name);
  }

  /** Refuses string prefixes whose letters are all valid, but not together. */
  private checkStringPrefix(name: string, start: number): void {
    const letters = name.toLowerCase();
    if (!/^[bruft]{2,}$/.test(letters) || new Set(letters).size < letters.length) {
      return;
    }
    for (const pair of ['ub', 'ur', 'uf', 'ut', 'bf', 'bt', 'ft']) {
      if (letters.includes(pair[0]) && letters.includes(pair[1])) {
        const message = `'${pair[0]}' and '${pair[1]}' prefixes are incompatible`;
        throw this.error(message, start + 1, start + name.length + 1);
      }
    }
  }

  /** Refuses characters that cannot stand in a name; every character beyond ASCII was taken for part of one. */
  private checkIdentifier(name: string, start: number): void {
    if (this.lenient || IDENTIFIER.test(name)) {
      return;
    }
    let length = 0;
    for (const character of name) {
      const part = length === 0 ? character : `a${character}`;
      if (!IDENTIFIER.test(part) && !IDENTIFIER.test(length === 0 ? character.normalize('NFKC') : part)) {
        const code = (character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0');
        const message = UNPRINTABLE.test(character)
          ? `invalid non-printable character U+${code}`
          : `invalid character '${character}' (U+${code})`;
        throw this.error(message, start + length + character.length);
      }
      length += character.length;
    }
  }

  private readOperator(position: number, c: number): void {
    const text = this.text;
    const start = OPERATOR_STARTS[c];
    if (start === undefined) {
      this.readUnknown(position, c);
      return;
    }
    let token = start.alone;
    let length = 1;
    if (start.longer.length > 0 && OPERATOR_SECONDS.includes(text[position + 1])) {
      for (const longer of start.longer) {
        if (text.startsWith(longer.text, position)) {
          token = longer.token;
          length = longer.text.length;
          break;
        }
      }
    }
    if (token >= Token.LeftParenthesis && token <= Token.RightBrace) {
      this.readBracket(position, token);
      return;
    }
    this.position = position + length;
    this.add(token, position, position + length);
  }

  private readUnknown(position: number, c: number): void {
    if (c < SPACE || c === 127) {
      const code = c.toString(16).toUpperCase().padStart(4, '0');
      throw this.error(`invalid non-printable character U+${code}`, position + 1);
    }
    // `$`, `?` and the backquote: the parser refuses them as it does any token that is out of place.
    this.position = position + 1;
    this.add(Token.Unknown, position, position + 1);
  }

  private readBracket(position: number, token: Token): void {
    const opens = token === Token.LeftParenthesis || token === Token.LeftBracket || token === Token.LeftBrace;
    this.position = position + 1;
    if (opens) {
      if (this.bracketTokens.length >= MAXIMUM_BRACKETS) {
        throw this.error('too many nested parentheses', position + 1);
      }
      this.bracketTokens.push(this.table.count);
      this.bracketClosers.push(token === Token.LeftParenthesis ? 41 : token === Token.LeftBracket ? 93 : RIGHT_BRACE);
    } else {
      this.closeBracket(position);
    }
    this.add(token, position, position + 1);
  }

  private closeBracket(position: number): void {
    const closer = this.text.charCodeAt(position);
    const character = this.text[position];
    const inFString = this.openFStrings > 0 ? `${this.fstrings[this.openFStrings - 1].kind}-string: ` : '';
    const opener = this.bracketTokens.pop();
    if (this.lenient && this.openFStrings === 0) {
      this.bracketClosers.pop();
      return;
    }
    if (opener === undefined) {
      throw this.error(`${inFString}unmatched '${character}'`, position + 1);
    }
    if (this.bracketClosers.pop() !== closer) {
      const table = this.table;
      const opening = this.text[table.starts[opener]];
      if (this.openFStrings > 0 && this.fieldTokens[this.openFStrings - 1] === opener) {
        throw this.error(`${inFString}unmatched '${character}'`, position + 1);
      }
      const where = table.lines[opener] === this.line ? '' : ` on line ${table.lines[opener]}`;
      throw this.error(
        `closing parenthesis '${character}' does not match opening parenthesis '${opening}'${where}`,
        position + 1,
      );
    }
  }

  // Strings ---------------------------------------------------------------------------------------------------------

  protected readString(start: number, quoteAt: number): void {
    const text = this.text;
    const prefix = text.slice(start, quoteAt).toLowerCase();
    const quote = text.charCodeAt(quoteAt);
    const triple = text.charCodeAt(quoteAt + 1) === quote && text.charCodeAt(quoteAt + 2) === quote;
    if (prefix.includes('f') || prefix.includes('t')) {
      this.readFString({
        kind: prefix.includes('f') ? 'f' : 't',
        quote,
        triple,
        raw: prefix.includes('r'),
        start,
        startLine: this.line,
        fields: 0,
      });
      return;
    }
    const startLine = this.line;
    const startColumn = this.column(start);
    let position = quoteAt + (triple ? 3 : 1);
    let escapedQuote = false;
    for (;;) {
      PLAIN_RUN.lastIndex = position;
      PLAIN_RUN.test(text);
      position = PLAIN_RUN.lastIndex;
      const c = text.charCodeAt(position);
      if (c === quote) {
        if (!triple) {
          position++;
          break;
        }
        if (text.charCodeAt(position + 1) === quote && text.charCodeAt(position + 2) === quote) {
          position += 3;
          break;
        }
        position++;
      } else if (c === BACKSLASH) {
        escapedQuote ||= text.charCodeAt(position + 1) === quote;
        if (text.charCodeAt(position + 1) === NEWLINE) {
          this.startLine(position + 2);
        }
        position = Math.min(position + 2, text.length);
      } else if (c === NEWLINE && triple) {
        position++;
        this.startLine(position);
      } else if (c === NEWLINE || position >= text.length) {
        throw this.unterminatedString('', start, startLine, quote, triple, escapedQuote);
      } else {
        position++;
      }
    }
    this.position = position;
    const endColumn = this.column(position);
    this.table.add(Token.String, start, position, startLine, startColumn, this.line, endColumn, undefined);
  }

  private unterminatedString(
    kind: string,
    start: number,
    startLine: number,
    quote: number,
    triple: boolean,
    escapedQuote: boolean,
  ): PythonSyntaxError {
    const text = this.text;
    const outer = this.fstrings[this.fstrings.length - 1];
    if (outer !== undefined && outer.quote === quote && outer.triple === triple) {
      // The quote that opened this string was meant to close the f-string around it.
      this.line = startLine;
      this.lineStart = this.source.lineStart(startLine);
      return this.error(`${outer.kind}-string: expecting '}'`, start + 1);
    }
    // Python counts a trailing newline as the start of one more line only when the source itself has it.
    const detected = this.line - (triple && this.lineStart >= text.length && text.endsWith('\n') ? 1 : 0);
    this.position = text.length;
    this.line = startLine;
    this.lineStart = this.source.lineStart(startLine);
    const what = `unterminated ${triple ? 'triple-quoted ' : ''}${kind}string literal (detected at line ${detected})`;
    const hint = escapedQuote && !triple ? '; perhaps you escaped the end quote?' : '';
    return this.error(what + hint, start + 1);
  }

  // F-strings -------------------------------------------------------------------------------------------------------

  private readFString(fstring: FString): void {
    if (this.openFStrings >= MAXIMUM_FSTRINGS) {
      throw this.error('too many nested f-strings', fstring.start + 1);
    }
    const quoteAt = this.text.indexOf(String.fromCharCode(fstring.quote), fstring.start);
    const contents = quoteAt + (fstring.triple ? 3 : 1);
    this.add(Token.FStringStart, fstring.start, contents);
    this.position = contents;
    this.fstrings.push(fstring);
    this.fieldTokens.push(-1);
    this.openFStrings++;
    while (this.readFStringMiddle(fstring, false)) {
      this.readField(fstring);
    }
    this.fstrings.pop();
    this.fieldTokens.pop();
    this.openFStrings--;
    const end = this.position + (fstring.triple ? 3 : 1);
    this.add(Token.FStringEnd, this.position, end);
    this.position = end;
  }

  /**
   * Reads literal text to the next field, or to the string's end (in a format specifier: the field's). Returns whether
   * a field follows; the position is then at its brace, else at the quote or the closing brace.
   */
  private readFStringMiddle(fstring: FString, inFormat: boolean): boolean {
    const text = this.text;
    const { quote, triple } = fstring;
    const start = this.position;
    const startLine = this.line;
    const startColumn = this.column(start);
    let position = start;
    let field = false;
    let escapedQuote = false;
    for (;;) {
      const c = text.charCodeAt(position);
      if (c === quote) {
        if (!triple || (text.charCodeAt(position + 1) === quote && text.charCodeAt(position + 2) === quote)) {
          break;
        }
        position++;
      } else if (c === LEFT_BRACE) {
        if (text.charCodeAt(position + 1) !== LEFT_BRACE || inFormat) {
          field = true;
          break;
        }
        position += 2;
      } else if (c === RIGHT_BRACE) {
        if (inFormat) {
          break;
        }
        if (text.charCodeAt(position + 1) !== RIGHT_BRACE) {
          this.position = position;
          throw this.error(`${fstring.kind}-string: single '}' is not allowed`, position + 1);
        }
        position += 2;
      } else if (c === BACKSLASH) {
        const next = text.charCodeAt(position + 1);
        escapedQuote ||= next === quote;
        if (next === NEWLINE) {
          this.startLine(position + 2);
        }
        if (next === 78 && !fstring.raw && text.charCodeAt(position + 2) === LEFT_BRACE) {
          // The braces of \N{NAME} are no field's.
          position += 3;
          while (position < text.length && isCharacterNamePart(text.charCodeAt(position))) {
            position++;
          }
          if (text.charCodeAt(position) === RIGHT_BRACE) {
            position++;
          }
        } else {
          position += next === LEFT_BRACE || next === RIGHT_BRACE ? 1 : 2;
        }
      } else if (c === NEWLINE && triple) {
        position++;
        this.startLine(position);
      } else if (c === NEWLINE && inFormat) {
        this.position = position;
        throw this.error(
          `${fstring.kind}-string: newlines are not allowed in format specifiers for single quoted ${fstring.kind}-strings`,
          position + 1,
        );
      } else if (c === NEWLINE || position >= text.length) {
        if (inFormat) {
          this.position = position;
          throw this.error(`${fstring.kind}-string: expecting '}'`, position);
        }
        const { start: opening, startLine: openingLine } = fstring;
        this.fstrings.pop();
        throw this.unterminatedString(`${fstring.kind}-`, opening, openingLine, quote, triple, escapedQuote);
      } else {
        position++;
      }
    }
    this.position = position;
    if (position > start) {
      const endColumn = this.column(position);
      this.table.add(Token.FStringMiddle, start, position, startLine, startColumn, this.line, endColumn, undefined);
    }
    return field;
  }

  private readField(fstring: FString): void {
    const index = this.openFStrings - 1;
    if (fstring.fields >= MAXIMUM_FIELDS) {
      throw this.error(`${fstring.kind}-string: expressions nested too deeply`, this.position);
    }
    fstring.fields++;
    const outerField = this.fieldTokens[index];
    this.fieldTokens[index] = this.table.count;
    this.readBracket(this.position, Token.LeftBrace);
    this.readTokens(this.bracketTokens.length, fstring);
    if (this.position >= this.text.length && this.table.kinds[this.table.count - 1] !== Token.RightBrace) {
      const table = this.table;
      table.unclosed = this.bracketTokens[this.bracketTokens.length - 1];
      throw this.unclosedField(table.unclosed);
    }
    this.fieldTokens[index] = outerField;
    fstring.fields--;
  }

  private unclosedField(opener: number): PythonSyntaxError {
    const table = this.table;
    const line = table.lines[opener];
    const offset = this.source.characterColumn(this.source.lineStart(line), table.starts[opener]);
    const range = { lineno: line, offset, end_lineno: line, end_offset: 0 };
    const opening = this.text[table.starts[opener]];
    return this.source.error('SyntaxError', `'${opening}' was never closed`, range);
  }

  /** Reads an operator directly inside a field; returns whether it was the field's end. */
  private readInField(position: number, c: number, fstring: FString): boolean {
    const text = this.text;
    if (c === RIGHT_BRACE) {
      this.readBracket(position, Token.RightBrace);
      return true;
    }
    if (c === EXCLAMATION && text.charCodeAt(position + 1) !== EQUAL) {
      this.position = position + 1;
      this.add(Token.Exclamation, position, position + 1);
      return false;
    }
    if (c === COLON) {
      this.position = position + 1;
      this.add(Token.Colon, position, position + 1);
      while (this.readFStringMiddle(fstring, true)) {
        this.readField(fstring);
      }
      if (text.charCodeAt(this.position) !== RIGHT_BRACE) {
        const message = `${fstring.kind}-string: expecting '}', or format specs`;
        throw this.error(message, this.position + 1, this.position + (fstring.triple ? 4 : 2));
      }
      this.readBracket(this.position, Token.RightBrace);
      return true;
    }
    if (c === EQUAL && text.charCodeAt(position + 1) !== EQUAL) {
      this.position = position + 1;
      this.add(Token.Equal, position, position + 1);
      return false;
    }
    this.readOperator(position, c);
    return false;
  }
}

/** Reads single string literals of a source whose other tokens are known, f-strings with all their tokens. */
export class StringTokenizer extends Tokenizer {
  constructor(source: SourceText) {
    super(source, 64);
  }

  /** Forgets the literals read before. */
  clear(): void {
    this.table.count = 0;
    this.table.names.length = 0;
  }

  /** Reads the literal that starts at an offset on a line, and returns where it ends. Throws PythonSyntaxError. */
  readLiteral(start: number, line: number): number {
    this.position = start;
    this.line = line;
    this.lineStart = this.source.lineStart(line);
    const first = this.text.charCodeAt(start);
    if (first === SINGLE_QUOTE || first === DOUBLE_QUOTE) {
      this.readString(start, start);
    } else {
      this.readName(start);
    }
    return this.position;
  }

  /** The tokens of all literals read since `clear`. */
  tokens(): TokenTable {
    this.add(Token.End, this.position, this.position);
    return this.table;
  }
}
