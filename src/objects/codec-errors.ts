/**
 * Error handlers of encoding and decoding: the registry behind codecs.register_error, the standard handlers as functions
 * of an exception, and what a codec does at text or bytes that it cannot translate (`Encoding.fail`, `Decoding.fail`).
 * The standard handlers never call Python unless asked for by codecs.lookup_error; registered ones do.
 *
 * A codec that meets trouble makes an `Encoding` or `Decoding`, which gathers the output and knows its input by a rooted
 * slot, because a handler may run Python code and may even put other bytes in the input's place.
 */
import { addRootScanner, mark } from '../heap/collector.ts';
import { Fixed, T } from '../heap/fixed.ts';
import { Exception, Tuple } from '../heap/layouts.ts';
import { bytes, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef } from '../heap/values.ts';
import { bytesData, bytesLength, isBytes, newBytesFrom, newBytesFromHeap } from './bytes.ts';
import { dictFindString, dictSetString, newDict } from './dicts.ts';
import { allocateException, isException, raise, raiseTypeError, throwException } from './errors.ts';
import { importNamed } from './import-hook.ts';
import { intAt, isInt, setInt } from './integers.ts';
import { call, callMethod } from './invoke.ts';
import { newNativeFunction } from './modules.ts';
import { type NativeRoutine, natives, nativeTable } from './natives.ts';
import {
  codePointAt,
  intern,
  isStr,
  newCharacter,
  newString,
  newStringFromCodePoints,
  stringLength,
  stringOf,
} from './strings.ts';
import { newTuple, newTupleFrom, tupleItem } from './tuples.ts';
import { isInstanceOf, typeName } from './types.ts';

const STANDARD = [
  'strict',
  'ignore',
  'replace',
  'backslashreplace',
  'xmlcharrefreplace',
  'namereplace',
  'surrogateescape',
  'surrogatepass',
];
/** Dict of the registered handlers, standard ones entered when first looked up; 0 before. */
let handlers = 0;
addRootScanner(() => mark(handlers));

/** The owner of the standard handlers in the table of natives; no module has this name. */
const OWNER = '_codecs handlers';

/** Cell of the handler of that name; raises LookupError. Allocates. */
export function lookupErrorHandler(name: string): number {
  handlers ||= newDict();
  const known = dictFindString(handlers, intern(name));
  if (known !== 0) return known;
  if (!STANDARD.includes(name)) raise(T.LookupError, `unknown error handler name '${name}'`);
  const native = nativeTable.find(
    ({ owner, name: own }) => owner === OWNER && (own === name || own === `${name}_errors`),
  );
  if (native === undefined) throw new Error(`no handler ${name}`);
  const slot = pushSlots(1);
  setRef(slot, newNativeFunction(native.number));
  dictSetString(handlers, intern(name), slot);
  popSlots(1);
  return dictFindString(handlers, intern(name));
}
export function registerErrorHandler(name: string, handler: number): void {
  handlers ||= newDict();
  dictSetString(handlers, intern(name), handler);
}
export function isStandardHandler(name: string): boolean {
  return STANDARD.includes(name);
}
/** The dict of handlers, or 0 if none was ever looked up. */
export function errorHandlers(): number {
  return handlers;
}

/** A Unicode error with its fields: five, for a UnicodeTranslateError four (encoding ''). Never calls Python. */
export function newUnicodeError(
  type: T,
  encoding: string,
  object: number,
  start: number,
  end: number,
  reason: string,
): number {
  const exception = allocateException(type);
  const values = newTuple(5);
  setRef(tupleItem(values, 0), newString(encoding));
  setRef(tupleItem(values, 1), object);
  setInt(tupleItem(values, 2), start);
  setInt(tupleItem(values, 3), end);
  setRef(tupleItem(values, 4), newString(reason));
  setRef(exception + (Exception.value >> 1), values);
  const first = type === T.UnicodeTranslateError ? 1 : 0;
  // The fields that the type's attributes read (exception-types.ts) start as a copy of the arguments.
  words[(exception << 1) + Exception.args] = newTupleFrom(tupleItem(values, first), 5 - first);
  return exception;
}

const fieldOf = (exception: number, index: number): number =>
  tupleItem(refAt(exception + (Exception.value >> 1)), index);

/**
 * Calls the registered handler `errors` with the exception in slot `exception`; result: the replacement. Answers the
 * position to go on at, within `length` (asked again afterwards: the handler may have changed the exception's object).
 */
function callHandler(errors: string, exception: number, decode: boolean, length: () => number, result: number): number {
  const slots = pushSlots(2);
  copyValue(slots, lookupErrorHandler(errors));
  copyValue(slots + 1, exception);
  call(slots, slots + 1, 1, slots);
  const kind = decode
    ? 'decoding error handler must return (str, int) tuple'
    : 'encoding error handler must return (str/bytes, int) tuple';
  if (!isRef(slots) || !isInstanceOf(slots, T.tuple) || words[(refAt(slots) << 1) + Tuple.size] !== 2) {
    raiseTypeError(kind);
  }
  const replacement = tupleItem(refAt(slots), 0);
  const position = tupleItem(refAt(slots), 1);
  if (!(isStr(replacement) || (!decode && isBytes(replacement))) || !isInt(position)) raiseTypeError(kind);
  let at = intAt(position);
  const size = length();
  if (at < 0) at += size;
  if (!(at >= 0 && at <= size)) {
    raise(T.IndexError, `position ${at} from error handler out of bounds`);
  }
  copyValue(result, replacement);
  popSlots(2);
  return at;
}

/** A code point as an escape by its number. */
function hexEscape(code: number): string {
  const hex = code.toString(16);
  if (code < 256) return `\\x${hex.padStart(2, '0')}`;
  return code < 65536 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

/** How a codec turns replacement text into output; false if it cannot. */
export type TextEmitter = (code: number) => boolean;

/** One run of an encoder that met what it cannot encode. The caller's slot keeps the str alive. */
export class Encoding {
  readonly output: number[] = [];
  constructor(
    readonly source: number,
    readonly encoding: string,
    readonly errors: string,
    readonly emit: TextEmitter,
  ) {}

  raise(start: number, end: number, reason: string): never {
    throwException(newUnicodeError(T.UnicodeEncodeError, this.encoding, refAt(this.source), start, end, reason));
  }

  private text(text: string, start: number, end: number, reason: string): void {
    for (const character of text) {
      if (!this.emit(character.codePointAt(0)!)) this.raise(start, end, reason);
    }
  }

  /** Code points [start, end) cannot be encoded: puts the replacement, answers where to go on. */
  fail(start: number, end: number, reason: string): number {
    const ref = refAt(this.source);
    switch (this.errors) {
      case 'strict':
        this.raise(start, end, reason);
        break;
      case 'ignore':
        return end;
      case 'replace':
        this.text('?'.repeat(end - start), start, end, reason);
        return end;
      case 'backslashreplace':
        for (let i = start; i < end; i++) this.text(hexEscape(codePointAt(ref, i)), start, end, reason);
        return end;
      case 'xmlcharrefreplace':
        for (let i = start; i < end; i++) this.text(`&#${codePointAt(ref, i)};`, start, end, reason);
        return end;
      case 'surrogateescape':
        for (let i = start; i < end; i++) {
          const code = codePointAt(ref, i);
          if (code < 0xdc80 || code > 0xdcff) {
            if (i > start) return i;
            this.raise(start, end, reason);
          }
          this.output.push(code - 0xdc00);
        }
        return end;
    }
    const slots = pushSlots(2);
    setRef(slots, newUnicodeError(T.UnicodeEncodeError, this.encoding, ref, start, end, reason));
    const at = callHandler(this.errors, slots, false, () => stringLength(refAt(this.source)), slots + 1);
    if (isBytes(slots + 1)) {
      const data = bytesData(refAt(slots + 1));
      const size = bytesLength(refAt(slots + 1));
      for (let i = 0; i < size; i++) this.output.push(bytes[data + i]);
    } else {
      const replacement = refAt(slots + 1);
      const size = stringLength(replacement);
      for (let i = 0; i < size; i++) {
        if (!this.emit(codePointAt(replacement, i))) throwException(refAt(slots));
      }
    }
    popSlots(2);
    return at;
  }
}

/** One run of a decoder that met what it cannot decode. `source` is a slot with the object that has the bytes. */
export class Decoding {
  readonly codes: number[] = [];
  constructor(
    /** byte offset in the heap of the input, and its length; may change when a handler has run */
    public data: number,
    public length: number,
    readonly source: number,
    readonly encoding: string,
    readonly errors: string,
  ) {}

  private object(): number {
    return isBytes(this.source) ? refAt(this.source) : newBytesFromHeap(this.data, this.length);
  }
  raise(start: number, end: number, reason: string): never {
    throwException(newUnicodeError(T.UnicodeDecodeError, this.encoding, this.object(), start, end, reason));
  }

  /** The bytes [start, end) cannot be decoded: puts the replacement, answers where to go on. */
  fail(start: number, end: number, reason: string): number {
    switch (this.errors) {
      case 'strict':
        this.raise(start, end, reason);
        break;
      case 'ignore':
        return end;
      case 'replace':
        this.codes.push(0xfffd);
        return end;
      case 'backslashreplace':
        for (let i = start; i < end; i++) this.ascii(`\\x${bytes[this.data + i].toString(16).padStart(2, '0')}`);
        return end;
      case 'surrogateescape':
        for (let i = start; i < end; i++) {
          if (bytes[this.data + i] < 128) {
            if (i > start) return i;
            this.raise(start, end, reason);
          }
          this.codes.push(0xdc00 + bytes[this.data + i]);
        }
        return end;
    }
    const slots = pushSlots(2);
    const object = this.object();
    setRef(slots, newUnicodeError(T.UnicodeDecodeError, this.encoding, object, start, end, reason));
    const length = (): number => {
      const now = fieldOf(refAt(slots), 1);
      if (!isBytes(now)) raiseTypeError('exception attribute object must be bytes');
      if (refAt(now) !== object) {
        copyValue(this.source, now);
        this.data = bytesData(refAt(now));
        this.length = bytesLength(refAt(now));
      }
      return this.length;
    };
    const at = callHandler(this.errors, slots, true, length, slots + 1);
    const replacement = refAt(slots + 1);
    const size = stringLength(replacement);
    for (let i = 0; i < size; i++) this.codes.push(codePointAt(replacement, i));
    popSlots(2);
    return at;
  }

  private ascii(text: string): void {
    for (let i = 0; i < text.length; i++) this.codes.push(text.charCodeAt(i));
  }
  text(): number {
    return newStringFromCodePoints(this.codes);
  }
}

// The standard handlers as Python sees them

/** start, end and the object of the exception in a slot; start and end within the object, as CPython's getters do. */
function range(exception: number): { start: number; end: number; object: number } {
  const object = fieldOf(refAt(exception), 1);
  const decodes = isInstanceOf(exception, T.UnicodeDecodeError);
  if (decodes ? !isBytes(object) : !isStr(object)) {
    raiseTypeError(`object attribute must be ${decodes ? 'bytes' : 'unicode'}`);
  }
  const size = isStr(object) ? stringLength(refAt(object)) : bytesLength(refAt(object));
  const start = Math.min(Math.max(intAt(fieldOf(refAt(exception), 2)), 0), Math.max(size - 1, 0));
  const end = Math.max(Math.min(intAt(fieldOf(refAt(exception), 3)), size), Math.min(1, size));
  return { start, end: Math.max(end, start), object };
}
function isUnicodeError(slot: number): boolean {
  const kinds = [T.UnicodeEncodeError, T.UnicodeDecodeError, T.UnicodeTranslateError];
  return (
    isException(slot) && kinds.some((kind) => isInstanceOf(slot, kind)) && !isNull(refAt(slot) + (Exception.value >> 1))
  );
}
function wrong(slot: number): never {
  raiseTypeError(`don't know how to handle ${typeName(slot)} in error callback`);
}
function answer(result: number, replacement: number, position: number): void {
  const tuple = newTuple(2);
  setRef(tupleItem(tuple, 0), replacement);
  setInt(tupleItem(tuple, 1), position);
  setRef(result, tuple);
}
function handler(routine: (exception: number, result: number) => void): NativeRoutine {
  return (args, result) => {
    if (!isUnicodeError(args)) wrong(args);
    routine(args, result);
  };
}

/** Text for each code point of the range, joined. */
function each(exception: number, textOf: (code: number) => string, result: number): void {
  const { start, end, object } = range(exception);
  let text = '';
  for (let i = start; i < end; i++) text += textOf(codePointAt(refAt(object), i));
  answer(result, newString(text), end);
}

/** The units by which UTF-8, UTF-16 and UTF-32 write a surrogate, for surrogatepass. */
function surrogateUnits(encoding: string): { size: number; big: boolean } | null {
  const name = encoding.toLowerCase().replace(/[-_ ]/g, '');
  if (name === 'utf8' || name === 'cp65001') return { size: 3, big: true };
  const match = /^utf(16|32)(le|be)?$/.exec(name);
  return match === null ? null : { size: Number(match[1]) / 8, big: match[2] === 'be' };
}

natives(OWNER, {
  'strict_errors(exception, /)': (args) => {
    if (!isException(args)) raiseTypeError('codec must pass exception instance');
    throwException(refAt(args));
  },
  'ignore_errors(exception, /)': handler((args, result) => answer(result, Fixed.emptyString, range(args).end)),
  'replace_errors(exception, /)': handler((args, result) => {
    const { start, end } = range(args);
    if (isInstanceOf(args, T.UnicodeEncodeError)) answer(result, newString('?'.repeat(end - start)), end);
    else if (isInstanceOf(args, T.UnicodeDecodeError)) answer(result, newCharacter(0xfffd), end);
    else answer(result, newString('\ufffd'.repeat(end - start)), end);
  }),
  'backslashreplace_errors(exception, /)': handler((args, result) => {
    if (!isInstanceOf(args, T.UnicodeDecodeError)) {
      each(args, hexEscape, result);
      return;
    }
    const { start, end, object } = range(args);
    const data = bytesData(refAt(object));
    let text = '';
    for (let i = start; i < end; i++) text += `\\x${bytes[data + i].toString(16).padStart(2, '0')}`;
    answer(result, newString(text), end);
  }),
  'xmlcharrefreplace_errors(exception, /)': handler((args, result) => {
    if (!isInstanceOf(args, T.UnicodeEncodeError)) wrong(args);
    each(args, (code) => `&#${code};`, result);
  }),
  'namereplace_errors(exception, /)': handler((args, result) => {
    if (!isInstanceOf(args, T.UnicodeEncodeError)) wrong(args);
    const slots = pushSlots(4);
    importNamed('unicodedata', slots);
    each(
      args,
      (code) => {
        setRef(slots + 1, newCharacter(code));
        setRef(slots + 2, Fixed.emptyString);
        callMethod(slots, 'name', slots + 1, 2, slots + 3);
        const name = stringOf(refAt(slots + 3));
        return name === '' ? hexEscape(code) : `\\N{${name}}`;
      },
      result,
    );
    popSlots(4);
  }),
  'surrogateescape(exception, /)': handler((args, result) => {
    const { start, end, object } = range(args);
    if (isInstanceOf(args, T.UnicodeEncodeError)) {
      const output: number[] = [];
      for (let i = start; i < end; i++) {
        const code = codePointAt(refAt(object), i);
        if (code < 0xdc80 || code > 0xdcff) throwException(refAt(args));
        output.push(code - 0xdc00);
      }
      answer(result, newBytesFrom(output), end);
      return;
    }
    if (!isInstanceOf(args, T.UnicodeDecodeError)) wrong(args);
    const data = bytesData(refAt(object));
    const codes: number[] = [];
    let at = start;
    // as many as can be, at most four
    for (; at < end && at < start + 4 && bytes[data + at] >= 128; at++) codes.push(0xdc00 + bytes[data + at]);
    if (at === start) throwException(refAt(args));
    answer(result, newStringFromCodePoints(codes), at);
  }),
  'surrogatepass(exception, /)': handler((args, result) => {
    const { start, end, object } = range(args);
    const encoding = fieldOf(refAt(args), 0);
    if (isInstanceOf(args, T.UnicodeTranslateError)) wrong(args);
    const units = surrogateUnits(stringOf(refAt(encoding)));
    if (units === null) throwException(refAt(args));
    if (isInstanceOf(args, T.UnicodeEncodeError)) {
      const output: number[] = [];
      for (let i = start; i < end; i++) {
        const code = codePointAt(refAt(object), i);
        if (code < 0xd800 || code > 0xdfff) throwException(refAt(args));
        if (units.size === 3) output.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
        else {
          const little = [code & 255, code >> 8, 0, 0].slice(0, units.size);
          output.push(...(units.big ? little.reverse() : little));
        }
      }
      answer(result, newBytesFrom(output), end);
      return;
    }
    const data = bytesData(refAt(object)) + start;
    let code = -1;
    if (start + units.size <= bytesLength(refAt(object))) {
      if (units.size === 3) {
        const [a, b, c] = [bytes[data], bytes[data + 1], bytes[data + 2]];
        if ((a & 0xf0) === 0xe0 && (b & 0xc0) === 0x80 && (c & 0xc0) === 0x80) {
          code = ((a & 15) << 12) | ((b & 63) << 6) | (c & 63);
        }
      } else {
        code = 0;
        for (let i = 0; i < units.size; i++) code = code * 256 + bytes[data + (units.big ? i : units.size - 1 - i)];
      }
    }
    if (code < 0xd800 || code > 0xdfff) throwException(refAt(args));
    answer(result, newCharacter(code), start + units.size);
  }),
});
