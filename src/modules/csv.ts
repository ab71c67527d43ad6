/** _csv: reader and writer. Dialects are in csv-dialects.ts. */
import { Fixed, T } from '../heap/fixed.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isRef, refAt, setRef } from '../heap/values.ts';
import { findAttribute } from '../objects/attributes.ts';
import { isCallable } from '../objects/builtins-types.ts';
import { isComplex } from '../objects/complex-numbers.ts';
import { declareType, newRecord, recordValue } from '../objects/declared-types.ts';
import { dictSetString, newDict } from '../objects/dicts.ts';
import { raise, raiseTypeError } from '../objects/errors.ts';
import { isReal } from '../objects/floats.ts';
import { indexOf, isInt, setInt } from '../objects/integers.ts';
import { call } from '../objects/invoke.ts';
import { listAppend, newList } from '../objects/lists.ts';
import { registerModule } from '../objects/modules.ts';
import { getset, natives, staticNatives } from '../objects/natives.ts';
import { canIterate, iterate, next, str } from '../objects/operations.ts';
import { codePointAt, intern, isStr, newString, setString, stringLength, stringOf } from '../objects/strings.ts';
import { defineOperators } from '../objects/type-operators.ts';
import { lookup, typeName, typeOf } from '../objects/types.ts';
import { CSV_ERROR, DIALECT, type Dialect, fieldLimit, makeDialect, Quoting, readDialect } from './csv-dialects.ts';

/** Keeps the iterator of lines, the dialect, and the number of lines read. */
const READER = declareType({ name: 'reader', module: '_csv', values: 3, final: true });
/** Keeps the write method and the dialect. */
const WRITER = declareType({ name: 'writer', module: '_csv', values: 2, final: true });

enum At {
  recordStart,
  fieldStart,
  escaped,
  inField,
  inQuotes,
  escapedInQuotes,
  quoteInQuotes,
  lineEnd,
  afterEscapedLineEnd,
}
/** What stands for the end of a line. */
const END_OF_LINE = -2;

/** One record being parsed. */
class Parser {
  state = At.recordStart;
  private text = '';
  private count = 0;
  private unquoted = false;

  constructor(
    private readonly dialect: Dialect,
    /** slot of the list of fields; the one behind it is free */
    private readonly fields: number,
    private readonly limit: number,
  ) {}

  line(ref: number): void {
    const length = stringLength(ref);
    for (let i = 0; i < length; i++) this.take(codePointAt(ref, i));
    this.take(END_OF_LINE);
  }
  get isComplete(): boolean {
    return this.state === At.recordStart;
  }
  get hasText(): boolean {
    return this.count > 0;
  }

  private add(code: number): void {
    if (this.count >= this.limit) raise(CSV_ERROR, `field larger than field limit (${this.limit})`);
    this.text += String.fromCodePoint(code);
    this.count++;
  }

  /** Ends the field. */
  save(): void {
    const { quoting } = this.dialect;
    const item = this.fields + 1;
    if (this.unquoted && this.count === 0 && (quoting === Quoting.strings || quoting === Quoting.notNull)) {
      setRef(item, Fixed.none);
    } else {
      setString(item, this.text);
      const numeric = quoting === Quoting.nonNumeric || quoting === Quoting.strings;
      if (this.unquoted && this.count > 0 && numeric) {
        const type = pushSlots(1);
        setRef(type, T.float);
        call(type, item, 1, item);
        popSlots(1);
      }
    }
    listAppend(refAt(this.fields), item);
    this.text = '';
    this.count = 0;
  }

  private take(code: number): void {
    const { delimiter, escapeMark, quote, quoting, strict, doubleQuote } = this.dialect;
    const isBreak = code === 10 || code === 13;
    const afterField = (): void => {
      this.save();
      this.state = code === END_OF_LINE ? At.recordStart : At.lineEnd;
    };
    switch (this.state) {
      case At.recordStart:
        if (code === END_OF_LINE) return;
        if (isBreak) {
          this.state = At.lineEnd;
          return;
        }
        this.state = At.fieldStart;
        this.startField(code);
        return;
      case At.fieldStart:
        this.startField(code);
        return;
      case At.escaped:
        if (isBreak) {
          this.add(code);
          this.state = At.afterEscapedLineEnd;
          return;
        }
        this.add(code === END_OF_LINE ? 10 : code);
        this.state = At.inField;
        return;
      case At.afterEscapedLineEnd:
        if (code === END_OF_LINE) return;
        this.state = At.inField;
        this.inField(code, afterField);
        return;
      case At.inField:
        this.inField(code, afterField);
        return;
      case At.inQuotes:
        if (code === END_OF_LINE) return;
        if (code === escapeMark) this.state = At.escapedInQuotes;
        else if (code === quote && quoting !== Quoting.none) {
          this.state = doubleQuote ? At.quoteInQuotes : At.inField;
        } else this.add(code);
        return;
      case At.escapedInQuotes:
        this.add(code === END_OF_LINE ? 10 : code);
        this.state = At.inQuotes;
        return;
      case At.quoteInQuotes:
        if (quoting !== Quoting.none && code === quote) {
          this.add(code);
          this.state = At.inQuotes;
        } else if (code === delimiter) {
          this.save();
          this.state = At.fieldStart;
        } else if (code === END_OF_LINE || isBreak) afterField();
        else if (!strict) {
          this.add(code);
          this.state = At.inField;
        } else {
          raise(CSV_ERROR, `'${String.fromCodePoint(delimiter)}' expected after '${String.fromCodePoint(quote)}'`);
        }
        return;
      case At.lineEnd:
        if (isBreak) return;
        if (code === END_OF_LINE) this.state = At.recordStart;
        else {
          raise(CSV_ERROR, "new-line character seen in unquoted field - do you need to open the file with newline=''?");
        }
    }
  }

  private startField(code: number): void {
    const { delimiter, escapeMark, quote, quoting, skipSpace } = this.dialect;
    this.unquoted = true;
    if (code === 10 || code === 13 || code === END_OF_LINE) {
      this.save();
      this.state = code === END_OF_LINE ? At.recordStart : At.lineEnd;
    } else if (code === quote && quoting !== Quoting.none) {
      this.unquoted = false;
      this.state = At.inQuotes;
    } else if (code === escapeMark) this.state = At.escaped;
    else if (code === 32 && skipSpace) return;
    else if (code === delimiter) this.save();
    else {
      this.add(code);
      this.state = At.inField;
    }
  }

  private inField(code: number, afterField: () => void): void {
    const { delimiter, escapeMark } = this.dialect;
    if (code === 10 || code === 13 || code === END_OF_LINE) afterField();
    else if (code === escapeMark) this.state = At.escaped;
    else if (code === delimiter) {
      this.save();
      this.state = At.fieldStart;
    } else this.add(code);
  }
}

staticNatives(READER, {
  '__new__(cls, iterable, /, dialect=..., **fmtparams)': (args, result) => {
    const slots = pushSlots(2);
    iterate(args + 1, slots);
    makeDialect(DIALECT, args + 2, args + 3, slots + 1);
    const reader = newRecord(READER);
    copyValue(recordValue(reader, 0), slots);
    copyValue(recordValue(reader, 1), slots + 1);
    setInt(recordValue(reader, 2), 0);
    setRef(result, reader);
    popSlots(2);
  },
});
getset(READER, 'dialect', (self, result) => copyValue(result, recordValue(refAt(self), 1)));
getset(READER, 'line_num', (self, result) => copyValue(result, recordValue(refAt(self), 2)));

defineOperators(READER, {
  next: (self, result) => {
    const reader = refAt(self);
    const dialect = readDialect(refAt(recordValue(reader, 1)));
    const slots = pushSlots(3);
    const line = slots + 2;
    setRef(slots, newList(0));
    const parser = new Parser(dialect, slots, fieldLimit());
    do {
      if (!next(recordValue(reader, 0), line)) {
        if (parser.isComplete && !parser.hasText) {
          popSlots(3);
          return false;
        }
        if (parser.state === At.inQuotes || parser.hasText || parser.state === At.escapedInQuotes) {
          if (dialect.strict) raise(CSV_ERROR, 'unexpected end of data');
          parser.save();
          break;
        }
        popSlots(3);
        return false;
      }
      if (!isStr(line)) {
        raise(
          CSV_ERROR,
          `iterator should return strings, not ${typeName(line)} (the file should be opened in text mode)`,
        );
      }
      setInt(recordValue(reader, 2), indexOf(recordValue(reader, 2)) + 1);
      parser.line(refAt(line));
    } while (!parser.isComplete);
    copyValue(result, slots);
    popSlots(3);
    return true;
  },
});

/** A row being written. */
class Row {
  text = '';
  private count = 0;

  constructor(private readonly dialect: Dialect) {}

  /** Adds a field; `isNull`: it is None. */
  add(field: string, quotedByKind: boolean, isNull: boolean): void {
    const { delimiter, escapeMark, quote, quoting, skipSpace, terminator, doubleQuote } = this.dialect;
    let quoted = quotedByKind;
    let output = '';
    for (const character of field) {
      const code = character.codePointAt(0)!;
      const special =
        code === delimiter ||
        code === escapeMark ||
        code === quote ||
        code === 10 ||
        code === 13 ||
        terminator.includes(character);
      if (special) {
        let mustEscape = false;
        if (quoting === Quoting.none) mustEscape = true;
        else {
          if (code === quote) {
            if (doubleQuote) output += character;
            else mustEscape = true;
          } else if (code === escapeMark) mustEscape = true;
          if (!mustEscape) quoted = true;
        }
        if (mustEscape) {
          if (escapeMark < 0) raise(CSV_ERROR, 'need to escape, but no escapechar set');
          output += String.fromCodePoint(escapeMark);
        }
      }
      output += character;
    }
    if (field === '' && delimiter === 32 && skipSpace) {
      if (quoting === Quoting.none || (isNull && (quoting === Quoting.strings || quoting === Quoting.notNull))) {
        raise(CSV_ERROR, 'empty field must be quoted if delimiter is a space and skipinitialspace is true');
      }
      quoted = true;
    }
    if (this.count++ > 0) this.text += String.fromCodePoint(delimiter);
    const mark = quoted ? String.fromCodePoint(quote) : '';
    this.text += mark + output + mark;
  }

  finish(lastWasNull: boolean): string {
    const { quoting, terminator } = this.dialect;
    if (this.count > 0 && this.text === '') {
      if (quoting === Quoting.none || (lastWasNull && (quoting === Quoting.strings || quoting === Quoting.notNull))) {
        raise(CSV_ERROR, 'single empty field record must be quoted');
      }
      this.count = 0;
      this.add('', true, false);
    }
    return this.text + terminator;
  }
}

const isNumber = (slot: number): boolean =>
  isInt(slot) ||
  isReal(slot) ||
  isComplex(slot) ||
  lookup(typeOf(slot), intern('__index__')) !== 0 ||
  lookup(typeOf(slot), intern('__float__')) !== 0;

function writeRow(writer: number, row: number, result: number): void {
  if (!canIterate(row)) raise(CSV_ERROR, `iterable expected, not ${typeName(row)}`);
  const dialect = readDialect(refAt(recordValue(writer, 1)));
  const slots = pushSlots(3);
  const field = slots + 1;
  iterate(row, slots);
  const output = new Row(dialect);
  let lastWasNull = false;
  while (next(slots, field)) {
    const isNull = isRef(field) && refAt(field) === Fixed.none;
    let quoted = false;
    if (dialect.quoting === Quoting.nonNumeric) quoted = !isNumber(field);
    else if (dialect.quoting === Quoting.all) quoted = true;
    else if (dialect.quoting === Quoting.strings) quoted = isStr(field);
    else if (dialect.quoting === Quoting.notNull) quoted = !isNull;
    lastWasNull = isNull;
    const text = isNull ? '' : stringOf(isStr(field) ? refAt(field) : str(field));
    output.add(text, quoted, isNull);
  }
  setRef(field, newString(output.finish(lastWasNull)));
  call(recordValue(writer, 0), field, 1, result);
  popSlots(3);
}

staticNatives(WRITER, {
  '__new__(cls, fileobj, /, dialect=..., **fmtparams)': (args, result) => {
    const slots = pushSlots(2);
    makeDialect(DIALECT, args + 2, args + 3, slots + 1);
    if (!findAttribute(args + 1, intern('write'), slots) || !isCallable(slots)) {
      raiseTypeError('argument 1 must have a "write" method');
    }
    const writer = newRecord(WRITER);
    copyValue(recordValue(writer, 0), slots);
    copyValue(recordValue(writer, 1), slots + 1);
    setRef(result, writer);
    popSlots(2);
  },
});
getset(WRITER, 'dialect', (self, result) => copyValue(result, recordValue(refAt(self), 1)));
natives(WRITER, {
  'writerow(self, row, /)': (args, result) => writeRow(refAt(args), args + 1, result),
  'writerows(self, rows, /)': (args, result) => {
    const slots = pushSlots(3);
    iterate(args + 1, slots);
    while (next(slots, slots + 1)) writeRow(refAt(args), slots + 1, slots + 2);
    popSlots(3);
    setRef(result, Fixed.none);
  },
});

registerModule('_csv', (dict) => {
  const slot = pushSlots(1);
  const constants: readonly [string, number][] = [
    ['QUOTE_MINIMAL', Quoting.minimal],
    ['QUOTE_ALL', Quoting.all],
    ['QUOTE_NONNUMERIC', Quoting.nonNumeric],
    ['QUOTE_NONE', Quoting.none],
    ['QUOTE_STRINGS', Quoting.strings],
    ['QUOTE_NOTNULL', Quoting.notNull],
    ['_field_limit', 128 * 1024],
  ];
  for (const [name, value] of constants) {
    setInt(slot, value);
    dictSetString(dict, intern(name), slot);
  }
  setRef(slot, newDict());
  dictSetString(dict, intern('_dialects'), slot);
  popSlots(1);
});
