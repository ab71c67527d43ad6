/**
 * StringIO: a text stream in memory. The content is code points at 1, 2 or 4 bytes each in a bytes object of our own that
 * grows by doubling and widens when it must; a str is made when one is asked for.
 */
import { Fixed, T } from '../heap/fixed.ts';
import { Kind, Type, TypeFlag } from '../heap/layouts.ts';
import { bytes, halves, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, refAt, setNull, setRef } from '../heap/values.ts';
import { bytesData, bytesLength, newBytes } from '../objects/bytes.ts';
import { declareType, recordValue } from '../objects/declared-types.ts';
import { dictCopy, dictMerge } from '../objects/dicts.ts';
import { raise, raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { copyAsInt, intAt, isInt, setBool, setInt } from '../objects/integers.ts';
import { callMethod } from '../objects/invoke.ts';
import { getset, natives } from '../objects/natives.ts';
import { dictOf, makeDictOf } from '../objects/object-dicts.ts';
import { repr } from '../objects/operations.ts';
import {
  allocateString,
  codePointAt,
  copyBytes,
  isStr,
  newCharacter,
  newStringFromCodePoints,
  newStringFromLatin1,
  stringData,
  stringLength,
  stringOf,
  stringWidth,
} from '../objects/strings.ts';
import { newTuple, tupleItem, tupleSize } from '../objects/tuples.ts';
import { defineOperators } from '../objects/type-operators.ts';
import { kindAt, typeName } from '../objects/types.ts';
import {
  auxOf,
  isNone,
  iterateStream,
  numberAt,
  offsetArgument,
  raiseClosed,
  StreamFlag,
  setAux,
  setNumber,
  sizeArgument,
  streamConstructor,
  TEXT_IO_BASE,
} from './io-base.ts';
import { newlinesSeen, newlinesValue, translateNewlines } from './io-newlines.ts';

enum TextValue {
  buffer,
  /** str, or None: how newlines were asked for */
  newline,
  position,
  size,
  width,
  count,
}
enum TextFlag {
  initialized = 2,
  /** reading: '\r' and '\r\n' end lines as well */
  universal = 4,
  /** writing: newlines become '\n' */
  translate = 8,
  /** writing: '\n' becomes the newline */
  write = 16,
  seen = 7 << 8,
}
const SEEN_SHIFT = 8;

export const STRING_IO: T = declareType({
  name: 'StringIO',
  module: '_io',
  bases: [TEXT_IO_BASE],
  values: TextValue.count,
  // nothing is lost when it dies unclosed
  fill: () => {
    words[(STRING_IO << 1) + Type.flags] &= ~TypeFlag.hasFinalizer;
  },
});
streamConstructor(STRING_IO, (stream) => {
  setRef(recordValue(stream, TextValue.newline), Fixed.none);
  clear(stream);
});
function clear(stream: number): void {
  setNull(recordValue(stream, TextValue.buffer));
  setNumber(stream, TextValue.position, 0);
  setNumber(stream, TextValue.size, 0);
  setNumber(stream, TextValue.width, 1);
}
function checkOpen(stream: number): void {
  const aux = auxOf(stream);
  if ((aux & TextFlag.initialized) === 0) raiseValueError('I/O operation on uninitialized object');
  if (aux & StreamFlag.closed) raiseClosed();
}
/** Byte offset of the content, with room for `length` code points of `width` bytes. */
function reserve(stream: number, length: number, width: number): number {
  const cell = recordValue(stream, TextValue.buffer);
  const oldWidth = numberAt(stream, TextValue.width);
  const capacity = isNull(cell) ? 0 : Math.floor(bytesLength(refAt(cell)) / oldWidth);
  if (capacity >= length && oldWidth >= width && capacity > 0) return bytesData(refAt(cell));
  const newWidth = Math.max(width, oldWidth);
  const size = numberAt(stream, TextValue.size);
  const larger = newBytes(Math.max(length > capacity ? capacity * 2 : capacity, length, 64) * newWidth);
  const to = bytesData(larger);
  if (size > 0) {
    const from = bytesData(refAt(cell));
    if (newWidth === oldWidth) copyBytes(to, from, size * newWidth);
    else for (let i = 0; i < size; i++) put(to, newWidth, i, get(from, oldWidth, i));
  }
  setRef(cell, larger);
  setNumber(stream, TextValue.width, newWidth);
  return to;
}
function get(data: number, width: number, index: number): number {
  return width === 1 ? bytes[data + index] : width === 2 ? halves[(data >>> 1) + index] : words[(data >>> 2) + index];
}
function put(data: number, width: number, index: number, code: number): void {
  if (width === 1) bytes[data + index] = code;
  else if (width === 2) halves[(data >>> 1) + index] = code;
  else words[(data >>> 2) + index] = code;
}
/** The code points [start, end) of the content as a str. */
function textOf(stream: number, start: number, end: number): number {
  const length = end - start;
  if (length <= 0) return Fixed.emptyString;
  const width = numberAt(stream, TextValue.width);
  const data = bytesData(refAt(recordValue(stream, TextValue.buffer)));
  if (width === 1) return newStringFromLatin1(data + start, length);
  if (length === 1) return newCharacter(get(data, width, start));
  let union = 0;
  for (let i = start; i < end; i++) union |= get(data, width, i);
  const narrow = union < 256 ? 1 : union < 65536 ? 2 : 4;
  const ref = allocateString(length, narrow, union < 128);
  const to = stringData(ref);
  if (narrow === width) copyBytes(to, data + start * width, length * width);
  else for (let i = 0; i < length; i++) put(to, narrow, i, get(data, width, start + i));
  return ref;
}

/** Writes a str (in a slot) at the position, newlines as asked for. Allocates only. */
export function writeStringIo(stream: number, slot: number): void {
  let text = refAt(slot);
  const aux = auxOf(stream);
  if (aux & (TextFlag.translate | TextFlag.write)) {
    if (aux & TextFlag.translate) {
      text = translateNewlines(text, true);
      setAux(stream, aux | (newlinesSeen << SEEN_SHIFT));
    } else text = withNewlines(text, stringOf(refAt(recordValue(stream, TextValue.newline))));
    setRef(slot, text);
  }
  const length = stringLength(text);
  if (length === 0) return;
  const position = numberAt(stream, TextValue.position);
  const size = numberAt(stream, TextValue.size);
  const width = stringWidth(text);
  const data = reserve(stream, Math.max(position + length, size), width);
  const own = numberAt(stream, TextValue.width);
  if (position > size) bytes.fill(0, data + size * own, data + position * own);
  if (own === width) copyBytes(data + position * own, stringData(text), length * own);
  else for (let i = 0; i < length; i++) put(data, own, position + i, codePointAt(text, i));
  setNumber(stream, TextValue.position, position + length);
  if (position + length > size) setNumber(stream, TextValue.size, position + length);
}
/** The str with every '\n' as another newline. */
export function withNewlines(text: number, newline: string): number {
  const length = stringLength(text);
  const codes: number[] = [];
  for (let i = 0; i < length; i++) {
    const code = codePointAt(text, i);
    if (code !== 10) codes.push(code);
    else for (let k = 0; k < newline.length; k++) codes.push(newline.charCodeAt(k));
  }
  return newStringFromCodePoints(codes);
}

function take(stream: number, count: number, result: number): void {
  const position = numberAt(stream, TextValue.position);
  setRef(result, textOf(stream, position, position + count));
  setNumber(stream, TextValue.position, position + count);
}
const left = (stream: number): number =>
  Math.max(0, numberAt(stream, TextValue.size) - numberAt(stream, TextValue.position));

function takeLine(stream: number, limit: number, result: number): void {
  const rest = left(stream);
  const most = limit >= 0 && limit < rest ? limit : rest;
  if (most === 0) {
    setRef(result, Fixed.emptyString);
    return;
  }
  const position = numberAt(stream, TextValue.position);
  const width = numberAt(stream, TextValue.width);
  const data = bytesData(refAt(recordValue(stream, TextValue.buffer)));
  const universal = (auxOf(stream) & TextFlag.universal) !== 0;
  const newlineCell = recordValue(stream, TextValue.newline);
  const newline = isNone(newlineCell) ? '\n' : stringOf(refAt(newlineCell)) || '\n';
  const last = newline.charCodeAt(newline.length - 1);
  let count = most;
  for (let i = 0; i < most; i++) {
    const code = get(data, width, position + i);
    if (universal && code === 13) {
      const pair = i + 1 < rest && get(data, width, position + i + 1) === 10;
      count = pair && i + 1 < most ? i + 2 : i + 1;
      break;
    }
    if (code === last && (newline.length === 1 || (i > 0 && get(data, width, position + i - 1) === 13))) {
      count = i + 1;
      break;
    }
  }
  take(stream, count, result);
}

/** Reads how newlines are to be treated; the slot holds a str or None. */
function configure(stream: number, newline: number): void {
  if (!isNone(newline) && !isStr(newline)) {
    raiseTypeError(`newline must be str or None, not ${typeName(newline)}`);
  }
  const text = isNone(newline) ? null : stringOf(refAt(newline));
  if (text !== null && !['', '\n', '\r', '\r\n'].includes(text)) {
    raiseValueError(`illegal newline value: ${stringOf(repr(newline))}`);
  }
  let aux = TextFlag.initialized;
  if (text === null) aux |= TextFlag.universal | TextFlag.translate;
  else if (text === '') aux |= TextFlag.universal;
  else if (text !== '\n') aux |= TextFlag.write;
  setAux(stream, aux);
  copyValue(recordValue(stream, TextValue.newline), newline);
}

natives(STRING_IO, {
  "__init__(self, initial_value='', newline='\\n')": (args, result) => {
    const stream = refAt(args);
    setAux(stream, 0);
    clear(stream);
    configure(stream, args + 2);
    if (!isNone(args + 1)) {
      if (!isStr(args + 1)) raiseTypeError(`initial_value must be str or None, not ${typeName(args + 1)}`);
      writeStringIo(stream, args + 1);
      setNumber(stream, TextValue.position, 0);
    }
    setRef(result, Fixed.none);
  },
  'write(self, s, /)': (args, result) => {
    const stream = refAt(args);
    if (!isStr(args + 1)) raiseTypeError(`string argument expected, got '${typeName(args + 1)}'`);
    checkOpen(stream);
    const length = stringLength(refAt(args + 1));
    writeStringIo(stream, args + 1);
    setInt(result, length);
  },
  'read(self, size=-1, /)': (args, result) => {
    checkOpen(refAt(args));
    const size = sizeArgument(args + 1);
    const rest = left(refAt(args));
    take(refAt(args), size >= 0 && size < rest ? size : rest, result);
  },
  'readline(self, size=-1, /)': (args, result) => {
    checkOpen(refAt(args));
    takeLine(refAt(args), sizeArgument(args + 1), result);
  },
  'getvalue(self, /)': (args, result) => {
    checkOpen(refAt(args));
    setRef(result, textOf(refAt(args), 0, numberAt(refAt(args), TextValue.size)));
  },
  'tell(self, /)': (args, result) => {
    checkOpen(refAt(args));
    setInt(result, numberAt(refAt(args), TextValue.position));
  },
  'seek(self, pos, whence=0, /)': (args, result) => {
    const stream = refAt(args);
    checkOpen(stream);
    const whence = offsetArgument(args + 2);
    if (whence === 0 && isInt(args + 1) && intAt(args + 1) > Number.MAX_SAFE_INTEGER) {
      // beyond what doubles tell apart there is nothing anyway
      setNumber(stream, TextValue.position, Number.MAX_SAFE_INTEGER);
      copyAsInt(result, args + 1);
      return;
    }
    let position = offsetArgument(args + 1);
    if (whence !== 0 && whence !== 1 && whence !== 2) {
      raiseValueError(`Invalid whence (${whence}, should be 0, 1 or 2)`);
    }
    if (position < 0 && whence === 0) raiseValueError(`Negative seek position ${position}`);
    if (whence !== 0 && position !== 0) raise(T.OSError, "Can't do nonzero cur-relative seeks");
    if (whence === 1) position = numberAt(stream, TextValue.position);
    else if (whence === 2) position = numberAt(stream, TextValue.size);
    setNumber(stream, TextValue.position, position);
    setInt(result, position);
  },
  'truncate(self, pos=None, /)': (args, result) => {
    const stream = refAt(args);
    checkOpen(stream);
    const size = isNone(args + 1) ? numberAt(stream, TextValue.position) : offsetArgument(args + 1);
    if (size < 0) raiseValueError(`Negative size value ${size}`);
    if (size < numberAt(stream, TextValue.size)) setNumber(stream, TextValue.size, size);
    setInt(result, size);
  },
  'close(self, /)': (args, result) => {
    const stream = refAt(args);
    setAux(stream, auxOf(stream) | StreamFlag.closed);
    setNull(recordValue(stream, TextValue.buffer));
    setNumber(stream, TextValue.size, 0);
    setRef(result, Fixed.none);
  },
  'readable(self, /)': yes,
  'writable(self, /)': yes,
  'seekable(self, /)': yes,
  '__getstate__(self, /)': (args, result) => {
    const stream = refAt(args);
    checkOpen(stream);
    const tuple = newTuple(4);
    for (let i = 0; i < 4; i++) setRef(tupleItem(tuple, i), Fixed.none);
    setRef(tupleItem(tuple, 0), textOf(stream, 0, numberAt(stream, TextValue.size)));
    copyValue(tupleItem(tuple, 1), recordValue(stream, TextValue.newline));
    setInt(tupleItem(tuple, 2), numberAt(stream, TextValue.position));
    if (dictOf(stream) !== 0) setRef(tupleItem(tuple, 3), dictCopy(dictOf(stream)));
    setRef(result, tuple);
  },
  '__setstate__(self, state, /)': (args, result) => {
    const stream = refAt(args);
    if (auxOf(stream) & StreamFlag.closed) raiseClosed();
    if (kindAt(args + 1) !== Kind.tuple || tupleSize(refAt(args + 1)) < 4) {
      raiseTypeError(`${typeName(args)}.__setstate__ argument should be 4-tuple, got ${typeName(args + 1)}`);
    }
    const state = refAt(args + 1);
    clear(stream);
    configure(stream, tupleItem(state, 1));
    // the value is as it was: its newlines are not translated again
    const slot = pushSlots(1);
    copyValue(slot, tupleItem(state, 0));
    if (!isStr(slot)) raiseTypeError(`initial_value must be str or None, not ${typeName(slot)}`);
    const aux = auxOf(stream);
    setAux(stream, aux & ~(TextFlag.translate | TextFlag.write));
    writeStringIo(stream, slot);
    setAux(stream, aux);
    popSlots(1);
    if (!isInt(tupleItem(state, 2))) {
      raiseTypeError(`third item of state must be an integer, got ${typeName(tupleItem(state, 2))}`);
    }
    const position = offsetArgument(tupleItem(state, 2));
    if (position < 0) raiseValueError('position value cannot be negative');
    setNumber(stream, TextValue.position, position);
    const dict = tupleItem(state, 3);
    if (!isNone(dict)) {
      if (kindAt(dict) !== Kind.dict) raiseTypeError(`fourth item of state should be a dict, got a ${typeName(dict)}`);
      dictMerge(makeDictOf(stream), refAt(dict));
    }
    setRef(result, Fixed.none);
  },
});
function yes(args: number, result: number): void {
  checkOpen(refAt(args));
  setRef(result, Fixed.true);
}
getset(STRING_IO, 'closed', (object, result) => {
  const aux = auxOf(refAt(object));
  if ((aux & TextFlag.initialized) === 0) raiseValueError('I/O operation on uninitialized object');
  setBool(result, (aux & StreamFlag.closed) !== 0);
});
getset(STRING_IO, 'newlines', (object, result) => {
  checkOpen(refAt(object));
  newlinesValue((auxOf(refAt(object)) & TextFlag.seen) >> SEEN_SHIFT, result);
});
getset(STRING_IO, 'line_buffering', (object, result) => {
  checkOpen(refAt(object));
  setRef(result, Fixed.false);
});
defineOperators(STRING_IO, {
  iterate: iterateStream,
  next: (slot, result) => {
    const stream = refAt(slot);
    checkOpen(stream);
    if (words[stream << 1] !== STRING_IO) {
      const answer = pushSlots(1);
      callMethod(slot, 'readline', answer, 0, answer);
      const more = isStr(answer) && stringLength(refAt(answer)) > 0;
      if (more) copyValue(result, answer);
      popSlots(1);
      return more;
    }
    takeLine(stream, -1, result);
    return stringLength(refAt(result)) > 0;
  },
});
