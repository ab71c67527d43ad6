// Strings in the tree: implicit concatenation, f-strings and t-strings with their fields.

import { joinTexts } from '../text/exact-text.ts';
import type {
  Constant,
  ConstantValue,
  Conversion,
  Expression,
  FormattedValue,
  Interpolation,
  JoinedStr,
  Located,
  TemplateStr,
} from './ast.ts';
import { PythonSyntaxError } from './errors.ts';
import {
  createConstant,
  createFormattedValue,
  createInterpolation,
  createJoinedStr,
  createTemplateStr,
} from './nodes.ts';
import { decodeBytes, decodeText, EscapeError, type InvalidEscape, undoubleBraces } from './strings.ts';
import { TokenReader } from './token-reader.ts';
import { Token } from './tokens.ts';

const CASE_BIT = 0x20;

/** What stands before a string's quote, and where its contents are. */
interface StringPrefix {
  bytes: boolean;
  raw: boolean;
  unicode: boolean;
  template: boolean;
  /** The length of the prefix and of the quote. */
  opening: number;
  quotes: number;
}

function readPrefix(text: string, start: number): StringPrefix {
  const prefix: StringPrefix = { bytes: false, raw: false, unicode: false, template: false, opening: 0, quotes: 1 };
  let position = start;
  for (; ; position++) {
    const letter = text.charCodeAt(position) | CASE_BIT;
    if (letter === 98) {
      prefix.bytes = true;
    } else if (letter === 114) {
      prefix.raw = true;
    } else if (letter === 117) {
      // Python notes only the small letter.
      prefix.unicode = text[position] === 'u';
    } else if (letter === 116) {
      prefix.template = true;
    } else if (letter !== 102) {
      break;
    }
  }
  const quote = text.charCodeAt(position);
  if (text.charCodeAt(position + 1) === quote && text.charCodeAt(position + 2) === quote) {
    prefix.quotes = 3;
  }
  prefix.opening = position - start + prefix.quotes;
  return prefix;
}

export abstract class StringParser extends TokenReader {
  /** What may stand in a field: `yield` or expressions with commas and stars. */
  protected abstract parseFieldExpression(): Expression;

  /** Parses one or more adjacent string literals; the present token is the first. */
  protected parseStrings(): Constant | JoinedStr | TemplateStr {
    const start = this.position;
    const kinds = this.kinds;
    if (kinds[start] === Token.String && kinds[start + 1] !== Token.String && kinds[start + 1] !== Token.FStringStart) {
      return this.parsePlainString();
    }
    return this.parseConcatenation(start);
  }

  /** Parses one string literal that is no f-string. */
  private parsePlainString(): Constant {
    const token = this.position;
    const text = this.source.text;
    const prefix = readPrefix(text, this.table.starts[token]);
    const value = this.decodeToken(token, prefix);
    this.advance();
    return createConstant(this.span(token), value, prefix.unicode ? 'u' : null);
  }

  private decodeToken(token: number, prefix: StringPrefix): ConstantValue {
    const table = this.table;
    const contents = this.source.text.slice(table.starts[token] + prefix.opening, table.ends[token] - prefix.quotes);
    if (prefix.bytes) {
      for (let i = 0; i < contents.length; i++) {
        if (contents.charCodeAt(i) > 0x7f) {
          throw this.errorAt(token, token, 'bytes can only contain ASCII literal characters');
        }
      }
      return { type: 'bytes', value: this.decoding(token, () => this.bytesOf(contents, prefix.raw, token)) };
    }
    if (prefix.raw || !contents.includes('\\')) {
      return { type: 'str', value: contents };
    }
    return { type: 'str', value: this.decoding(token, () => this.textOf(contents, false, token)) };
  }

  private bytesOf(contents: string, raw: boolean, token: number): Uint8Array {
    return decodeBytes(contents, raw, (invalid, offset) => this.warn(token, invalid, contents, offset));
  }

  private textOf(contents: string, braces: boolean, token: number): string {
    return decodeText(contents, braces, (invalid, offset) => this.warn(token, invalid, contents, offset));
  }

  /**
   * Warns of an escape. The place is CPython's: it counts the opening quotes only of strings without a prefix, and from
   * the last line of a literal part of an f-string.
   */
  private warn(token: number, invalid: InvalidEscape, contents: string, offset: number): void {
    const { lines, columns, endLines, kinds, starts } = this.table;
    const before = contents.slice(0, offset).split('\n');
    const first = kinds[token] === Token.String ? lines[token] : endLines[token];
    const lineno = first + before.length - 1;
    let column = [...before[before.length - 1]].length + 1;
    if (before.length === 1) {
      const prefix = readPrefix(this.source.text, starts[token]);
      const counted = prefix.opening === prefix.quotes ? prefix.quotes : 0;
      column += columns[token] + counted;
    }
    this.warnings.push({
      category: 'SyntaxWarning',
      message: invalid.warning,
      errorMessage: invalid.error,
      lineno,
      offset: column,
      end_lineno: lineno,
      end_offset: column + 2,
    });
  }

  /** Runs a decoder and puts the error of a bad escape on the string's token. */
  private decoding<T>(token: number, decode: () => T, place = token): T {
    try {
      return decode();
    } catch (error) {
      if (error instanceof EscapeError) {
        throw this.errorAt(place, place, error.message);
      }
      throw error;
    }
  }

  // Concatenation ---------------------------------------------------------------------------------------------------

  private parseConcatenation(start: number): Constant | JoinedStr | TemplateStr {
    const parts: Expression[] = [];
    let formatted = false;
    let templates = 0;
    let strings = 0;
    let bytes = 0;
    for (;;) {
      if (this.peek() === Token.String) {
        const constant = this.parsePlainString();
        bytes += constant.value.type === 'bytes' ? 1 : 0;
        parts.push(constant);
      } else if (this.peek() === Token.FStringStart) {
        const template = readPrefix(this.source.text, this.table.starts[this.position]).template;
        this.parseFString(parts, template);
        formatted = true;
        templates += template ? 1 : 0;
      } else {
        break;
      }
      strings++;
    }
    const place = { ...this.span(start) };
    if (templates > 0 && templates < strings) {
      throw this.errorOver(place, place, 'cannot mix t-string literals with string or bytes literals');
    }
    if (bytes > 0 && bytes < strings) {
      throw this.errorHere('cannot mix bytes and nonbytes literals');
    }
    if (bytes > 0) {
      return this.joinBytes(parts as Constant[], place);
    }
    const values = joinConstants(parts);
    if (!formatted) {
      const first = parts[0] as Constant;
      const value: ConstantValue = values.length === 0 ? { type: 'str', value: '' } : (values[0] as Constant).value;
      return createConstant(place, value, first.u_prefix);
    }
    return templates > 0 ? createTemplateStr(place, values) : createJoinedStr(place, values);
  }

  private joinBytes(parts: Constant[], place: Located): Constant {
    const pieces = parts.map((part) => (part.value.type === 'bytes' ? part.value.value : new Uint8Array(0)));
    const value = new Uint8Array(Buffer.concat(pieces));
    return createConstant(place, { type: 'bytes', value }, null);
  }

  // F-strings -------------------------------------------------------------------------------------------------------

  /** Parses one f-string or t-string and adds its constants and fields to `parts`. */
  private parseFString(parts: Expression[], template: boolean): void {
    const raw = readPrefix(this.source.text, this.table.starts[this.position]).raw;
    this.advance();
    for (;;) {
      switch (this.peek()) {
        case Token.FStringMiddle:
          parts.push(this.parseMiddle(raw, true));
          break;
        case Token.LeftBrace:
          this.parseField(parts, raw, template);
          break;
        default:
          this.expect(Token.FStringEnd);
          return;
      }
    }
  }

  private parseMiddle(raw: boolean, braces: boolean): Constant {
    const token = this.position;
    const contents = this.source.text.slice(this.table.starts[token], this.table.ends[token]);
    const text = raw
      ? braces
        ? undoubleBraces(contents)
        : contents
      : this.decoding(token, () => this.textOf(contents, braces, token), token + 1);
    this.advance();
    return createConstant(this.span(token), { type: 'str', value: text }, null);
  }

  private parseField(parts: Expression[], raw: boolean, template: boolean, letter = template ? 't' : 'f'): void {
    const table = this.table;
    const brace = this.position;
    this.advance();
    this.checkFieldStart(letter);
    const value = this.parseFieldValue(letter);
    const expressionEnd = this.last;
    let debug: Constant | null = null;
    if (this.peek() === Token.Equal) {
      this.advance();
      debug = this.debugText(brace, this.position);
    }
    let conversion: Conversion = -1;
    if (this.peek() === Token.Exclamation) {
      conversion = this.parseConversion(letter);
    }
    const converted = conversion !== -1;
    let format_spec: JoinedStr | null = null;
    if (this.peek() === Token.Colon) {
      format_spec = this.parseFormat(raw, template);
    } else if (debug !== null && conversion === -1) {
      conversion = 114;
    }
    if (this.peek() !== Token.RightBrace) {
      throw this.fieldEndError(letter, debug !== null, converted);
    }
    this.advance();
    if (debug !== null) {
      parts.push(debug);
    }
    if (template) {
      const str = this.source.text.slice(table.ends[brace], table.ends[expressionEnd]);
      const node: Interpolation = createInterpolation(this.span(brace), value, str, conversion, format_spec);
      parts.push(node);
    } else {
      const node: FormattedValue = createFormattedValue(this.span(brace), value, conversion, format_spec);
      parts.push(node);
    }
  }

  private parseFieldValue(letter: string): Expression {
    const start = this.position;
    try {
      return this.parseFieldExpression();
    } catch (error) {
      const failed = this.position;
      if (!(error instanceof PythonSyntaxError) || error.message !== 'invalid syntax' || failed >= this.table.count) {
        throw error;
      }
      throw this.fieldError(letter, start, failed);
    }
  }

  /** Tells how much of a field that cannot be read is an expression. Only for programs that have an error. */
  private fieldError(letter: string, start: number, failed: number): Error {
    const kinds = this.kinds;
    for (let end = failed; end > start; end--) {
      const kind = kinds[end];
      kinds[end] = Token.RightBrace;
      this.backTo(start);
      const prefix = this.attempt(() => this.parseFieldExpression());
      kinds[end] = kind;
      if (prefix !== null && this.position === end) {
        return this.fieldEndError(letter, false, false);
      }
    }
    this.backTo(start);
    return this.errorHere(`${letter}-string: expecting a valid expression after '{'`);
  }

  private checkFieldStart(letter: string): void {
    switch (this.peek()) {
      case Token.Equal:
      case Token.Exclamation:
      case Token.Colon:
      case Token.RightBrace: {
        const found = this.source.text[this.table.starts[this.position]];
        throw this.errorHere(`${letter}-string: valid expression required before '${found}'`);
      }
    }
  }

  private fieldEndError(letter: string, debug: boolean, converted: boolean): Error {
    const expected = converted ? "':' or '}'" : debug ? "'!', or ':', or '}'" : "'=', or '!', or ':', or '}'";
    return this.errorHere(`${letter}-string: expecting ${expected}`);
  }

  /** The text of a field with `=`, from after its brace to the token that follows the `=`. */
  private debugText(brace: number, end: number): Constant {
    const table = this.table;
    let text = this.source.text.slice(table.ends[brace], table.starts[end]);
    if (text.includes('#')) {
      text = withoutComments(text);
    }
    return {
      lineno: table.lines[brace],
      col_offset: table.columns[brace] + 1,
      end_lineno: table.lines[end],
      end_col_offset: table.columns[end],
      kind: 'Constant',
      value: { type: 'str', value: text },
      u_prefix: null,
    };
  }

  private parseConversion(letter: string): Conversion {
    const table = this.table;
    const exclamation = this.position;
    this.advance();
    const name = this.position;
    if (this.peek() !== Token.Name) {
      const missing = this.peek() === Token.Colon || this.peek() === Token.RightBrace;
      throw this.errorHere(`${letter}-string: ${missing ? 'missing' : 'invalid'} conversion character`);
    }
    if (table.starts[name] !== table.ends[exclamation]) {
      const message = `${letter}-string: conversion type must come right after the exclamation mark`;
      throw this.errorAt(exclamation, name, message);
    }
    const text = table.names[name] as string;
    if (text !== 's' && text !== 'r' && text !== 'a') {
      const message = `${letter}-string: invalid conversion character '${text}': expected 's', 'r', or 'a'`;
      throw this.errorAt(name, name, message);
    }
    this.advance();
    return text.charCodeAt(0) as Conversion;
  }

  /** A format specifier: an f-string of its own, even in a t-string. */
  private parseFormat(raw: boolean, template: boolean): JoinedStr {
    const colon = this.position;
    const parts: Expression[] = [];
    this.advance();
    for (;;) {
      if (this.peek() === Token.FStringMiddle) {
        parts.push(this.parseMiddle(raw, false));
      } else if (this.peek() === Token.LeftBrace) {
        this.parseField(parts, raw, false, template ? 't' : 'f');
      } else {
        return createJoinedStr(this.span(colon), joinConstants(parts));
      }
    }
  }
}

/** Joins adjacent str constants to one and drops empty ones. */
function joinConstants(parts: Expression[]): Expression[] {
  const values: Expression[] = [];
  let run: Constant | null = null;
  for (const part of parts) {
    if (part.kind !== 'Constant' || part.value.type !== 'str') {
      values.push(part);
      run = null;
    } else if (part.value.value !== '' || part.u_prefix !== null) {
      if (run === null) {
        run = part;
        values.push(part);
      } else if (run.value.type === 'str') {
        run.value = { type: 'str', value: joinTexts(run.value.value, part.value.value) };
        run.end_lineno = part.end_lineno;
        run.end_col_offset = part.end_col_offset;
      }
    }
  }
  return values.filter((value) => value.kind !== 'Constant' || value.value.type !== 'str' || value.value.value !== '');
}

/** Removes comments from the source of a field, but not what only looks like one inside a string. */
function withoutComments(text: string): string {
  let result = '';
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (quote !== '') {
      if (character === '\\') {
        result += character;
        i++;
      } else if (text.startsWith(quote, i)) {
        result += quote.slice(1);
        i += quote.length - 1;
        quote = '';
      }
    } else if (character === "'" || character === '"') {
      quote = text.startsWith(character.repeat(3), i) ? character.repeat(3) : character;
      result += quote.slice(1);
      i += quote.length - 1;
    } else if (character === '#') {
      const newline = text.indexOf('\n', i);
      i = newline < 0 ? text.length : newline;
    }
    result += text[i] ?? '';
  }
  return result;
}
