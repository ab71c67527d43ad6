/** _csv's dialects: how a file is written down. The type, its checks, and the registered ones. */
import { Fixed, T } from '../heap/fixed.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef } from '../heap/values.ts';
import { findAttribute, setAttribute } from '../objects/attributes.ts';
import { declareType, newRecord, recordValue } from '../objects/declared-types.ts';
import { dictCount, dictDelete, dictEntry, dictFindString, dictGet, dictNext, dictSet } from '../objects/dicts.ts';
import { raise, raiseAttributeError, raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { importNamed } from '../objects/import-hook.ts';
import { indexOf, isInt, setBool, setInt } from '../objects/integers.ts';
import { listExtend } from '../objects/list-extend.ts';
import { newList } from '../objects/lists.ts';
import { getset, natives, staticNatives } from '../objects/natives.ts';
import { truth } from '../objects/operations.ts';
import { codePointAt, intern, isStr, setString, stringLength, stringOf } from '../objects/strings.ts';
import { typeName } from '../objects/types.ts';
import { libraryAttribute } from './library.ts';

export const CSV_ERROR = declareType({ name: 'Error', module: '_csv', bases: [T.Exception] });
export const DIALECT = declareType({ name: 'Dialect', module: '_csv', values: 8 });

export enum Quoting {
  minimal,
  all,
  nonNumeric,
  none,
  strings,
  notNull,
}

/** In the order of the record's values. */
const fieldNames = [
  'delimiter',
  'doublequote',
  'escapechar',
  'lineterminator',
  'quotechar',
  'quoting',
  'skipinitialspace',
  'strict',
] as const;
enum Field {
  delimiter,
  doubleQuote,
  escape,
  terminator,
  quote,
  quoting,
  skipSpace,
  strict,
}
/** The parameters of whatever takes format parameters, as part of a signature. */
export const DIALECT_PARAMETERS = 'dialect=..., **fmtparams';

/** A dialect as the parser and writer want it; characters are code points, -1 for none. */
export interface Dialect {
  readonly delimiter: number;
  readonly doubleQuote: boolean;
  readonly escapeMark: number;
  readonly terminator: string;
  readonly quote: number;
  readonly quoting: Quoting;
  readonly skipSpace: boolean;
  readonly strict: boolean;
}

const isNone = (slot: number): boolean => isRef(slot) && refAt(slot) === Fixed.none;

export function readDialect(dialect: number): Dialect {
  const value = (field: Field): number => recordValue(dialect, field);
  const character = (field: Field): number => (isNone(value(field)) ? -1 : codePointAt(refAt(value(field)), 0));
  return {
    delimiter: character(Field.delimiter),
    doubleQuote: truth(value(Field.doubleQuote)),
    escapeMark: character(Field.escape),
    terminator: stringOf(refAt(value(Field.terminator))),
    quote: character(Field.quote),
    quoting: indexOf(value(Field.quoting)),
    skipSpace: truth(value(Field.skipSpace)),
    strict: truth(value(Field.strict)),
  };
}

/** The dict of registered dialects, in `result`. */
function registered(result: number): number {
  libraryAttribute('_csv', '_dialects', result);
  return refAt(result);
}

/** result = the registered dialect of that name; Error if there is none. */
function namedDialect(name: number, result: number): void {
  const slot = pushSlots(1);
  if (!dictGet(registered(slot), name, result)) raise(CSV_ERROR, 'unknown dialect');
  popSlots(1);
}

function characterField(slot: number, name: string, optional: boolean): void {
  if (optional && isNone(slot)) return;
  const wanted = `"${name}" must be a unicode character${optional ? ' or None' : ''}`;
  if (!isStr(slot)) raiseTypeError(`${wanted}, not ${typeName(slot)}`);
  if (stringLength(refAt(slot)) !== 1) raiseTypeError(`${wanted}, not a string of length ${stringLength(refAt(slot))}`);
}

/**
 * result = a Dialect: what is in the dict of keywords, else what the given dialect (an object, a name, or NULL) says, else
 * the default. May call Python.
 */
export function makeDialect(type: number, given: number, keywords: number, result: number): void {
  const slots = pushSlots(11);
  const base = slots;
  const fields = slots + 1;
  const key = slots + 9;
  if (isNull(given) || isNone(given)) setRef(base, Fixed.none);
  else if (isStr(given)) namedDialect(given, base);
  else copyValue(base, given);
  const parameters = refAt(keywords);
  if (isRef(base) && words[refAt(base) << 1] === DIALECT && dictCount(parameters) === 0 && type === DIALECT) {
    copyValue(result, base);
    popSlots(11);
    return;
  }
  for (let at = dictNext(parameters, 0); at >= 0; at = dictNext(parameters, at + 1)) {
    const name = stringOf(refAt(dictEntry(parameters, at)));
    if (!(fieldNames as readonly string[]).includes(name)) {
      raiseTypeError(`this function got an unexpected keyword argument '${name}'`);
    }
  }
  let quotingGiven = false;
  let quoteGiven = false;
  fieldNames.forEach((name, i) => {
    const field = fields + i;
    const found = dictFindString(parameters, intern(name));
    if (found !== 0) copyValue(field, found);
    else if (isNone(base) || !findAttribute(base, intern(name), field)) setRef(field, 0);
    if (i === Field.quoting) quotingGiven = !isNull(field);
    if (i === Field.quote) quoteGiven = !isNull(field);
  });
  const ensure = (field: Field, set: (slot: number) => void): void => {
    if (isNull(fields + field)) set(fields + field);
  };
  ensure(Field.delimiter, (slot) => setString(slot, ','));
  ensure(Field.doubleQuote, (slot) => setBool(slot, true));
  ensure(Field.escape, (slot) => setRef(slot, Fixed.none));
  ensure(Field.terminator, (slot) => setString(slot, '\r\n'));
  ensure(Field.quote, (slot) => setString(slot, '"'));
  ensure(Field.quoting, (slot) => setInt(slot, Quoting.minimal));
  ensure(Field.skipSpace, (slot) => setBool(slot, false));
  ensure(Field.strict, (slot) => setBool(slot, false));
  characterField(fields + Field.delimiter, 'delimiter', false);
  characterField(fields + Field.escape, 'escapechar', true);
  characterField(fields + Field.quote, 'quotechar', true);
  if (!isStr(fields + Field.terminator)) {
    raiseTypeError(`"lineterminator" must be a string, not ${typeName(fields + Field.terminator)}`);
  }
  if (!isInt(fields + Field.quoting)) {
    raiseTypeError(`"quoting" must be an integer, not ${typeName(fields + Field.quoting)}`);
  }
  const quoting = indexOf(fields + Field.quoting);
  if (quoting < 0 || quoting > Quoting.notNull) raiseTypeError('bad "quoting" value');
  // without a quote character nothing is quoted, unless that was asked for
  if (quoteGiven && isNone(fields + Field.quote) && !quotingGiven) setInt(fields + Field.quoting, Quoting.none);
  for (const field of [Field.doubleQuote, Field.skipSpace, Field.strict]) {
    setBool(fields + field, truth(fields + field));
  }
  setRef(key, newRecord(type));
  for (let i = 0; i < fieldNames.length; i++) copyValue(recordValue(refAt(key), i), fields + i);
  checkCharacters(readDialect(refAt(key)));
  copyValue(result, key);
  popSlots(11);
}

function checkCharacters(dialect: Dialect): void {
  const { delimiter, quote, escapeMark, terminator, quoting, skipSpace } = dialect;
  if (quoting !== Quoting.none && quote < 0) raiseTypeError('quotechar must be set if quoting enabled');
  const check = (name: string, code: number, allowSpace: boolean): void => {
    if (code < 0) return;
    if (code === 10 || code === 13 || (code === 32 && skipSpace && !allowSpace)) raiseValueError(`bad ${name} value`);
    if (code !== -1 && terminator.includes(String.fromCodePoint(code))) {
      raiseValueError(`bad ${name} or lineterminator value`);
    }
  };
  check('delimiter', delimiter, true);
  check('escapechar', escapeMark, !skipSpace);
  check('quotechar', quote, !skipSpace);
  if (delimiter === escapeMark) raiseValueError('bad delimiter or escapechar value');
  if (delimiter === quote) raiseValueError('bad delimiter or quotechar value');
  if (escapeMark >= 0 && escapeMark === quote) raiseValueError('bad escapechar or quotechar value');
}

staticNatives(DIALECT, {
  [`__new__(cls, /, ${DIALECT_PARAMETERS})`]: (args, result) => makeDialect(refAt(args), args + 1, args + 2, result),
});
fieldNames.forEach((name, i) => {
  getset(
    DIALECT,
    name,
    (self, result) => copyValue(result, recordValue(refAt(self), i)),
    () => raiseAttributeError(`attribute '${name}' of '_csv.Dialect' objects is not writable`),
  );
});
natives(DIALECT, {
  '__reduce__(self, /)': (args) => raiseTypeError(`cannot pickle '${typeName(args)}' instances`),
  '__reduce_ex__(self, protocol, /)': (args) => raiseTypeError(`cannot pickle '${typeName(args)}' instances`),
});

natives('_csv', {
  'register_dialect(name, /, dialect=..., **fmtparams)': (args, result) => {
    if (!isStr(args)) raiseTypeError('dialect name must be a string');
    const slots = pushSlots(2);
    makeDialect(DIALECT, args + 1, args + 2, slots);
    dictSet(registered(slots + 1), args, slots);
    popSlots(2);
    setRef(result, Fixed.none);
  },
  'unregister_dialect(name)': (args, result) => {
    const slots = pushSlots(1);
    if (!dictDelete(registered(slots), args)) raise(CSV_ERROR, 'unknown dialect');
    popSlots(1);
    setRef(result, Fixed.none);
  },
  'get_dialect(name)': (args, result) => namedDialect(args, result),
  'list_dialects()': (_args, result) => {
    const slots = pushSlots(2);
    registered(slots);
    setRef(slots + 1, newList(0));
    listExtend(refAt(slots + 1), slots);
    copyValue(result, slots + 1);
    popSlots(2);
  },
  'field_size_limit(new_limit=..., /)': (args, result) => {
    const old = fieldLimit();
    if (!isNull(args)) {
      if (!isInt(args)) raiseTypeError('limit must be an integer');
      const slots = pushSlots(1);
      importNamed('_csv', slots);
      setAttribute(slots, intern('_field_limit'), args);
      popSlots(1);
    }
    setInt(result, old);
  },
});

/** The longest field that a reader takes: an attribute of the module, so that it is in the heap. */
export function fieldLimit(): number {
  const slot = pushSlots(1);
  libraryAttribute('_csv', '_field_limit', slot);
  const limit = indexOf(slot);
  popSlots(1);
  return limit;
}
