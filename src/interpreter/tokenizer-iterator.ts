/**
 * _tokenize: the tokens of a source as the library's tokenize wants them: with comments and the newlines that mean
 * nothing (`extra_tokens`). The tokens are the parser's own (parser/tokenizer.ts), which has neither; both are found in the
 * gaps between its tokens.
 *
 * All lines are read at the first step, and an error is raised when its token's turn has come.
 */
import { State, T } from '../heap/fixed.ts';
import { RecordObject } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, refAt, setRef, setSmallInt } from '../heap/values.ts';
import { isBytes } from '../objects/bytes.ts';
import { declareType, newRecord, recordValue } from '../objects/declared-types.ts';
import { becomesPythonError, clearRaised, matchesRaised, raiseTypeError, throwException } from '../objects/errors.ts';
import { call, callMethod } from '../objects/invoke.ts';
import { listAppend, listItem, listSize, newList } from '../objects/lists.ts';
import { registerModule } from '../objects/modules.ts';
import { staticNatives } from '../objects/natives.ts';
import { truth } from '../objects/operations.ts';
import { isStr, setString, stringOf } from '../objects/strings.ts';
import { newTuple, tupleItem } from '../objects/tuples.ts';
import { defineOperators } from '../objects/type-operators.ts';
import { PythonSyntaxError } from '../parser/errors.ts';
import { readSource, type SourceText } from '../parser/source.ts';
import { tokenize } from '../parser/tokenizer.ts';
import { FIRST_KEYWORD, Token, type TokenTable } from '../parser/tokens.ts';
import { raiseSyntaxError, withPythonErrors } from './compile-source.ts';

/** Numbers of the library's `token` module. */
enum Type {
  endMarker = 0,
  name = 1,
  number = 2,
  string = 3,
  newline = 4,
  indent = 5,
  dedent = 6,
  operator = 55,
  fstringStart = 59,
  fstringMiddle = 60,
  fstringEnd = 61,
  tstringStart = 62,
  comment = 65,
  nonLogicalNewline = 66,
}
/** Exact types, by the operator's text. */
const operatorTypes: ReadonlyMap<string, number> = new Map(
  (
    '( ) [ ] : , ; + - * / | & < > = . % { } == != <= >= ~ ^ << >> ** += -= *= /= %= &= |= ^= <<= >>= **= // //= @ @= ' +
    '-> ... := !'
  )
    .split(' ')
    .map((text, i) => [text, i + 7]),
);

interface TokenInfo {
  readonly type: number;
  readonly text: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly lineText: string;
}

/** Makes the infos of a source; `error` is what comes behind the last one. */
class Lister {
  readonly tokens: TokenInfo[] = [];
  error: PythonSyntaxError | null = null;
  private readonly text: string;
  /** offset up to which the text is accounted for, and its line */
  private at = 0;
  private line = 1;
  private readonly fstrings: boolean[] = [];

  constructor(
    private readonly source: SourceText,
    /** the lines as they were read, with their own line ends */
    private readonly rawLines: readonly string[],
    readonly extra: boolean,
  ) {
    this.text = source.text;
  }

  list(table: TokenTable): void {
    for (let i = 0; i < table.count; i++) this.token(table, i);
  }

  private column(line: number, offset: number): number {
    return this.source.characterColumn(this.source.lineStart(line), offset) - 1;
  }
  private linesText(first: number, last: number): string {
    return this.rawLines.slice(first - 1, last).join('');
  }
  private lineEnd(line: number): string {
    return /\r?\n?$/.exec(this.rawLines[line - 1] ?? '')![0];
  }
  private add(type: number, text: string, line: number, from: number, endLine: number, to: number): void {
    this.tokens.push({
      type,
      text,
      line,
      column: this.column(line, from),
      endLine,
      endColumn: this.column(endLine, to),
      lineText: this.linesText(line, endLine),
    });
  }
  /** A newline that stands at offset `at` of `line`, logical or not. */
  private addNewline(type: number, line: number, at: number): void {
    const text = this.lineEnd(line);
    const column = this.column(line, at);
    this.tokens.push({
      type,
      text,
      line,
      column,
      endLine: line,
      endColumn: column + Math.max(text.length, 1),
      lineText: this.linesText(line, line),
    });
  }

  /** Comments and meaningless newlines up to the offset where the next token stands. */
  private gap(end: number): void {
    const { text } = this;
    while (this.at < end) {
      const c = text[this.at];
      if (c === '#') {
        const stop = text.indexOf('\n', this.at);
        const commentEnd = stop < 0 || stop > end ? end : stop;
        if (this.extra) {
          this.add(Type.comment, text.slice(this.at, commentEnd), this.line, this.at, this.line, commentEnd);
        }
        this.at = commentEnd;
        if (stop < 0 && this.extra && this.onlyComment())
          this.addNewline(Type.nonLogicalNewline, this.line, commentEnd);
      } else if (c === '\n') {
        if (this.extra) this.addNewline(Type.nonLogicalNewline, this.line, this.at);
        this.at++;
        this.line++;
      } else if (c === '\\' && text[this.at + 1] === '\n') {
        this.at += 2;
        this.line++;
      } else this.at++;
    }
  }
  /** The line holds nothing but the comment listed last. */
  private onlyComment(): boolean {
    const before = this.tokens[this.tokens.length - 2];
    return before === undefined || before.line !== this.line || before.type === Type.nonLogicalNewline;
  }

  private token(table: TokenTable, i: number): void {
    const kind = table.kinds[i] as Token;
    const start = table.starts[i];
    const end = table.ends[i];
    const { text } = this;
    switch (kind) {
      case Token.Error:
        this.fail(table);
        return;
      case Token.Newline: {
        // a comment before it is part of it; at the end of the source it may have no text
        const newline = end > start && text[end - 1] === '\n' ? end - 1 : text.length;
        this.gap(newline);
        if (!this.extra) this.addPlainNewline(start, newline);
        else if (newline < text.length) this.addNewline(Type.newline, this.line, newline);
        else this.addMissingNewline(newline);
        this.at = Math.min(newline + 1, text.length);
        this.line++;
        return;
      }
      case Token.Indent:
        this.gap(start);
        if (this.extra) this.add(Type.indent, text.slice(start, end), this.line, start, this.line, end);
        else this.addPlace(Type.indent, this.line);
        this.at = end;
        return;
      case Token.Dedent:
      case Token.End: {
        this.gap(start);
        const type = kind === Token.End ? Type.endMarker : Type.dedent;
        if (start >= text.length && this.extra) this.addEmptyLastLine();
        if (!this.extra) {
          if (text !== '') this.addPlace(type, start >= text.length ? this.rawLines.length : this.line);
        } else if (start >= text.length) {
          const last = this.rawLines.length + 1;
          this.tokens.push({ type, text: '', line: last, column: 0, endLine: last, endColumn: 0, lineText: '' });
        } else this.add(type, '', this.line, start, this.line, start);
        return;
      }
    }
    this.gap(start);
    const line = table.lines[i];
    const endLine = table.endLines[i];
    const content = text.slice(start, end);
    const isT = this.fstrings[this.fstrings.length - 1] ?? false;
    const shift = isT ? Type.tstringStart - Type.fstringStart : 0;
    if (kind === Token.FStringMiddle) this.middle(Type.fstringMiddle + shift, start, end, line);
    else if (kind === Token.FStringStart) {
      const opensT = /^[a-z]*t/i.test(content);
      this.fstrings.push(opensT);
      this.add(opensT ? Type.tstringStart : Type.fstringStart, content, line, start, endLine, end);
    } else if (kind === Token.FStringEnd) {
      this.fstrings.pop();
      this.add(Type.fstringEnd + shift, content, line, start, endLine, end);
    } else this.add(this.typeOf(kind, content), content, line, start, endLine, end);
    this.at = end;
    this.line = endLine;
  }
  private typeOf(kind: Token, content: string): number {
    if (kind === Token.Name || kind >= FIRST_KEYWORD) return Type.name;
    if (kind === Token.Number) return Type.number;
    if (kind === Token.String) return Type.string;
    return this.extra ? Type.operator : (operatorTypes.get(content) ?? Type.operator);
  }
  private addMissingNewline(at: number): void {
    const column = this.column(this.line, at);
    this.tokens.push({
      type: Type.newline,
      text: '',
      line: this.line,
      column,
      endLine: this.line,
      endColumn: column + 1,
      lineText: this.linesText(this.line, this.line),
    });
  }

  /** A newline as it is without `extra_tokens`: a comment before it belongs to it, the line's end does not. */
  private addPlainNewline(start: number, newline: number): void {
    const comment = this.text.indexOf('#', start);
    const from = comment >= 0 && comment < newline ? comment : newline;
    this.add(Type.newline, this.text.slice(from, newline), this.line, from, this.line, newline);
  }
  /** A token without text and column. */
  private addPlace(type: number, line: number): void {
    const lineText = this.rawLines[line - 1] ?? '';
    const isBlank = /^\s*(?:#.*)?$/.test(lineText);
    this.tokens.push({
      type,
      text: '',
      line,
      column: -1,
      endLine: line,
      endColumn: -1,
      lineText: isBlank ? '' : lineText,
    });
  }
  /** Spaces on a last line that has no end. */
  private addEmptyLastLine(): void {
    const line = this.rawLines.length;
    const lineText = this.rawLines[line - 1] ?? '';
    const last = this.tokens[this.tokens.length - 1];
    if (!/^[ \t\f]+$/.test(lineText) || last?.type === Type.dedent || last?.line === line) return;
    this.addNewline(Type.nonLogicalNewline, line, this.text.length);
  }

  /** Literal text of an f-string: a doubled brace ends a token, of which it shows one. */
  private middle(type: number, start: number, end: number, line: number): void {
    const { text } = this;
    let from = start;
    let fromLine = line;
    let nowLine = line;
    for (let i = start; i < end; i++) {
      const c = text[i];
      if (c === '\n') nowLine++;
      if (c === '\\' && text[i + 1] === '\\') {
        i++;
        continue;
      }
      if (c === '\\' && text[i + 1] === 'N' && text[i + 2] === '{') {
        const close = text.indexOf('}', i);
        if (close < 0 || close >= end) continue;
        this.add(type, text.slice(from, close + 1), fromLine, from, nowLine, close + 1);
        i = close;
        from = close + 1;
      } else if ((c === '{' || c === '}') && text[i + 1] === c && i + 1 < end) {
        this.add(type, text.slice(from, i + 1), fromLine, from, nowLine, i + 1);
        i++;
        from = i + 1;
        fromLine = nowLine;
      }
    }
    if (from < end) this.add(type, text.slice(from, end), fromLine, from, nowLine, end);
  }

  private fail(table: TokenTable): void {
    this.gap(this.errorPlace(table));
    const { error } = table;
    const atEnd = error?.message.startsWith('unexpected EOF') || / was never closed$/.test(error?.message ?? '');
    if (error instanceof PythonSyntaxError && !atEnd) {
      this.error = error;
      return;
    }
    const lineno = Math.max(this.rawLines.length, 1);
    const lineText = this.rawLines[lineno - 1] ?? '';
    if (this.extra && error === null && !lineText.endsWith('\n')) {
      this.addNewline(Type.nonLogicalNewline, lineno, this.text.length);
    }
    const range = { lineno, offset: 0, end_lineno: lineno, end_offset: 0 };
    this.error = this.source.error('SyntaxError', 'unexpected EOF in multi-line statement', range);
  }
  private errorPlace(table: TokenTable): number {
    if (table.unclosed >= 0) return this.text.length;
    const start = table.starts[table.count - 1];
    return Math.min(start, this.at);
  }
}

/** The lines that remain, the iterator's source, and what to do with it; the tokens once they are made. */
const ITERATOR = declareType({ name: 'TokenizerIter', module: '_tokenize', values: 5, final: true });
enum Field {
  readline,
  encoding,
  extra,
  tokens,
  error,
}

staticNatives(ITERATOR, {
  '__new__(cls, readline, /, *, encoding=..., extra_tokens)': (args, result) => {
    const iterator = newRecord(ITERATOR);
    copyValue(recordValue(iterator, Field.readline), args + 1);
    copyValue(recordValue(iterator, Field.encoding), args + 2);
    copyValue(recordValue(iterator, Field.extra), args + 3);
    setRef(result, iterator);
  },
});

/** All lines that readline() gives, decoded. Calls Python. */
function readLines(iterator: number): string[] {
  const lines: string[] = [];
  const slots = pushSlots(2);
  const encoding = recordValue(iterator, Field.encoding);
  for (;;) {
    try {
      call(recordValue(iterator, Field.readline), slots, 0, slots);
    } catch (error) {
      if (!matchesRaised(error, T.StopIteration)) throw error;
      clearRaised();
      words[State.stackTop] = slots + 2;
      break;
    }
    if (isBytes(slots) && !isNull(encoding)) {
      callMethod(slots, 'decode', encoding, 1, slots);
    } else if (!isStr(slots)) {
      raiseTypeError(`readline() returned a non-${isNull(encoding) ? 'string' : 'bytes'} object`);
    }
    const line = stringOf(refAt(slots));
    if (line === '') break;
    lines.push(line);
  }
  popSlots(2);
  return lines;
}

/** Reads the lines and lists their tokens: a list of tuples, and the error behind them. */
function prepare(iteratorSlot: number): void {
  const iterator = refAt(iteratorSlot);
  const lines = readLines(iterator);
  const source = withPythonErrors(() => readSource(lines.join(''), '<string>'), '<string>', false);
  const lister = new Lister(source, lines, truth(recordValue(iterator, Field.extra)));
  lister.list(tokenize(source, lister.extra));
  const slots = pushSlots(2);
  const list = newList(0);
  setRef(slots, list);
  for (const token of lister.tokens) {
    const tuple = newTuple(5);
    setRef(slots + 1, tuple);
    setSmallInt(tupleItem(tuple, 0), token.type);
    setString(tupleItem(tuple, 1), token.text);
    setPlace(tupleItem(tuple, 2), token.line, token.column);
    setPlace(tupleItem(tuple, 3), token.endLine, token.endColumn);
    setString(tupleItem(tuple, 4), token.lineText);
    listAppend(list, slots + 1);
  }
  copyValue(recordValue(iterator, Field.tokens), slots);
  if (lister.error !== null) {
    try {
      raiseSyntaxError(lister.error, lister.error.kind === 'IndentationError');
    } catch (error) {
      if (!becomesPythonError(error)) throw error;
      setRef(recordValue(iterator, Field.error), clearRaised());
    }
  }
  popSlots(2);
}
function setPlace(slot: number, line: number, column: number): void {
  const pair = newTuple(2);
  setSmallInt(tupleItem(pair, 0), line);
  setSmallInt(tupleItem(pair, 1), column);
  setRef(slot, pair);
}

defineOperators(ITERATOR, {
  next: (self, result) => {
    const iterator = refAt(self);
    const tokens = recordValue(iterator, Field.tokens);
    if (isNull(tokens)) prepare(self);
    const at = (iterator << 1) + RecordObject.aux;
    if (words[at] < listSize(refAt(tokens))) {
      copyValue(result, listItem(refAt(tokens), words[at]++));
      return true;
    }
    const error = recordValue(iterator, Field.error);
    if (isNull(error)) return false;
    const exception = refAt(error);
    setRef(error, 0);
    throwException(exception);
  },
});

registerModule('_tokenize');
