/**
 * BufferedReader, BufferedWriter and BufferedRandom. All three have one layout: a raw stream and a buffer, which either
 * holds bytes that were read ahead ([position, end)) or bytes to be written ([0, pending)), never both. A FileIO as the
 * raw stream is read and written without calls of methods; other raw streams get a bytearray to read into and bytes to
 * write. The buffer is a bytes object that nobody else sees, made at first need and no larger than the file calls for.
 */
import { fstatSync } from 'node:fs';
import { Fixed, T } from '../heap/fixed.ts';
import { Exception } from '../heap/layouts.ts';
import { bytes, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, refAt, setNull, setRef, setSmallInt } from '../heap/values.ts';
import { findAttribute, getAttribute } from '../objects/attributes.ts';
import { BufferFlag, bufferData, bufferLength, readBuffer, withBuffer } from '../objects/buffers.ts';
import { newByteArray } from '../objects/bytearrays.ts';
import { bytesData, bytesLength, isBytes, newBytes, newBytesFromHeap } from '../objects/bytes.ts';
import { declareType, recordValue } from '../objects/declared-types.ts';
import {
  clearRaised,
  matchesRaised,
  newException,
  raise,
  raiseTypeError,
  raiseValueError,
  throwException,
} from '../objects/errors.ts';
import { newOsError } from '../objects/exception-types.ts';
import { intAt, isInt, setInt } from '../objects/integers.ts';
import { callMethod } from '../objects/invoke.ts';
import { getset, type NativeRoutine, natives } from '../objects/natives.ts';
import { repr } from '../objects/operations.ts';
import { copyBytes, intern, newString, stringOf } from '../objects/strings.ts';
import { tupleItem } from '../objects/tuples.ts';
import { defineOperators } from '../objects/type-operators.ts';
import { typeName } from '../objects/types.ts';
import {
  asks,
  attributeRepr,
  BUFFERED_IO_BASE,
  closeStack,
  DEFAULT_BUFFER_SIZE,
  isClosed,
  isNone,
  iterateStream,
  numberAt,
  offsetArgument,
  raiseUnsupported,
  setNumber,
  sizeArgument,
  streamConstructor,
} from './io-base.ts';
import { FileValue, isFile, readFile, seekFile, writeFile } from './io-file.ts';
import { trackStream, untrackStream } from './io-tracking.ts';

export enum BufferedValue {
  /** the raw stream; NULL before __init__ and after detach() */
  raw,
  /** bytes, or NULL: none yet */
  buffer,
  /** what the buffer may grow to */
  size,
  position,
  end,
  pending,
  /** 0 never initialized, 1 in use, 2 detached */
  state,
  count,
}
const declare = (name: string): T =>
  declareType({ name, module: '_io', bases: [BUFFERED_IO_BASE], values: BufferedValue.count });
export const BUFFERED_READER = declare('BufferedReader');
export const BUFFERED_WRITER = declare('BufferedWriter');
export const BUFFERED_RANDOM = declare('BufferedRandom');

/** True for a stream exactly of one of the three types over a FileIO: nobody can see how it works. */
export function isPlainBuffered(ref: number): boolean {
  const type = words[ref << 1];
  return (type === BUFFERED_READER || type === BUFFERED_WRITER || type === BUFFERED_RANDOM) && rawFile(ref) !== 0;
}
/** The FileIO below, or 0 if the raw stream is something else. */
export function rawFile(stream: number): number {
  const cell = recordValue(stream, BufferedValue.raw);
  return !isNull(cell) && isFile(refAt(cell)) ? refAt(cell) : 0;
}
const rawCell = (stream: number): number => recordValue(stream, BufferedValue.raw);

function checkUsable(stream: number): void {
  if (!isNull(rawCell(stream))) return;
  if (numberAt(stream, BufferedValue.state) === 2) raiseValueError('raw stream has been detached');
  raiseValueError('I/O operation on uninitialized object');
}
/** Is the raw stream closed? May call Python. */
function rawIsClosed(stream: number): boolean {
  const file = rawFile(stream);
  return file !== 0 ? numberAt(file, FileValue.descriptor) < 0 : isClosed(rawCell(stream));
}
function checkReadable(stream: number, doing: string): void {
  checkUsable(stream);
  if (rawIsClosed(stream)) raiseValueError(`${doing} of closed file`);
}

export function initializeBuffered(self: number, raw: number, size: number): void {
  if (size <= 0) raiseValueError('buffer size must be strictly positive');
  const stream = refAt(self);
  copyValue(rawCell(stream), raw);
  setNull(recordValue(stream, BufferedValue.buffer));
  setNumber(stream, BufferedValue.size, size);
  setNumber(stream, BufferedValue.position, 0);
  setNumber(stream, BufferedValue.end, 0);
  setNumber(stream, BufferedValue.pending, 0);
  setNumber(stream, BufferedValue.state, 1);
  if (words[stream << 1] !== BUFFERED_READER) trackStream(stream);
}

/** Makes the buffer at least `wanted` bytes large (not beyond its size), keeping `kept` bytes. */
function reserve(stream: number, wanted: number, kept: number): number {
  const cell = recordValue(stream, BufferedValue.buffer);
  const capacity = isNull(cell) ? 0 : bytesLength(refAt(cell));
  if (capacity >= wanted) return bytesData(refAt(cell));
  const size = numberAt(stream, BufferedValue.size);
  const larger = newBytes(Math.min(size, Math.max(wanted, capacity * 2, 4096)));
  if (kept > 0) copyBytes(bytesData(larger), bytesData(refAt(cell)), kept);
  setRef(cell, larger);
  return bytesData(larger);
}
/** Byte offset in the heap of the buffer, which exists. */
export const bufferOf = (stream: number): number => bytesData(refAt(recordValue(stream, BufferedValue.buffer)));
/** How many bytes are read ahead. */
export const ahead = (stream: number): number =>
  numberAt(stream, BufferedValue.end) - numberAt(stream, BufferedValue.position);
function dropAhead(stream: number): void {
  setNumber(stream, BufferedValue.position, 0);
  setNumber(stream, BufferedValue.end, 0);
}

// The raw stream

/** Reads to a place in the heap: how many bytes; -1 for None. May call Python. */
function rawRead(stream: number, data: number, size: number): number {
  const file = rawFile(stream);
  if (file !== 0) return readFile(file, data, size);
  const slots = pushSlots(3);
  setRef(slots, newByteArray(size));
  copyValue(slots + 1, slots);
  callMethod(rawCell(stream), 'readinto', slots + 1, 1, slots + 2);
  if (isNone(slots + 2)) {
    popSlots(3);
    return -1;
  }
  if (!isInt(slots + 2)) {
    setRef(slots + 2, newException(T.TypeError, `'${typeName(slots + 2)}' object cannot be interpreted as an integer`));
    const failure = newException(T.OSError, 'raw readinto() failed');
    words[(failure << 1) + Exception.cause] = refAt(slots + 2);
    throwException(failure);
  }
  const count = intAt(slots + 2);
  if (!(count >= 0 && count <= size)) {
    raise(T.OSError, `raw readinto() returned invalid length ${count} (should have been between 0 and ${size})`);
  }
  readBuffer(slots);
  copyBytes(data, bufferData, count);
  popSlots(3);
  return count;
}
/** Writes from a place in the heap: how many bytes; -1 for None. May call Python. */
function rawWrite(stream: number, data: number, size: number): number {
  const file = rawFile(stream);
  if (file !== 0) return writeFile(file, data, size);
  const slots = pushSlots(2);
  setRef(slots, newBytesFromHeap(data, size));
  callMethod(rawCell(stream), 'write', slots, 1, slots + 1);
  if (isNone(slots + 1)) {
    popSlots(2);
    return -1;
  }
  if (!isInt(slots + 1)) raiseTypeError(`'${typeName(slots + 1)}' object cannot be interpreted as an integer`);
  const count = intAt(slots + 1);
  if (!(count >= 0 && count <= size)) {
    raise(T.OSError, `raw write() returned invalid length ${count} (should have been between 0 and ${size})`);
  }
  popSlots(2);
  return count;
}
function rawSeek(stream: number, offset: number, whence: number): number {
  const file = rawFile(stream);
  if (file !== 0) return seekFile(file, offset, whence);
  const slots = pushSlots(2);
  setInt(slots, offset);
  setSmallInt(slots + 1, whence);
  callMethod(rawCell(stream), 'seek', slots, 2, slots);
  return rawPosition(slots, 2);
}
function rawTell(stream: number): number {
  const file = rawFile(stream);
  if (file !== 0) return seekFile(file, 0, 1);
  const slots = pushSlots(1);
  callMethod(rawCell(stream), 'tell', slots, 0, slots);
  return rawPosition(slots, 1);
}
function rawPosition(slots: number, count: number): number {
  const position = offsetArgument(slots);
  if (position < 0) raise(T.OSError, `Raw stream returned invalid position ${position}`);
  popSlots(count);
  return position;
}

/** Reads ahead; the buffer must be empty. How many bytes; -1 for None. */
export function fill(stream: number): number {
  const file = rawFile(stream);
  let wanted = numberAt(stream, BufferedValue.size);
  const cell = recordValue(stream, BufferedValue.buffer);
  if (file !== 0 && isNull(cell)) {
    // a buffer for a small file need not be larger than the file
    try {
      const stats = fstatSync(numberAt(file, FileValue.descriptor));
      if (stats.isFile()) wanted = Math.min(wanted, Math.max(4096, stats.size + 1));
    } catch {
      // reading will tell what is wrong
    }
  } else if (!isNull(cell)) wanted = Math.min(wanted, bytesLength(refAt(cell)));
  const data = reserve(stream, wanted, 0);
  dropAhead(stream);
  const count = rawRead(stream, data, wanted);
  if (count > 0) setNumber(stream, BufferedValue.end, count);
  return count;
}

// Writing

/** Raises BlockingIOError: so many bytes of the caller's were taken. */
function raiseWouldBlock(taken: number): never {
  const exception = newOsError(11, 'write could not complete without blocking', 0);
  setInt(tupleItem(refAt(exception + (Exception.value >> 1)), 3), taken);
  throwException(exception);
}

/** Writes out what is pending. May raise BlockingIOError. */
export function flushPending(stream: number): void {
  let pending = numberAt(stream, BufferedValue.pending);
  while (pending > 0) {
    const data = bufferOf(stream);
    const count = rawWrite(stream, data, pending);
    if (count < 0) raiseWouldBlock(0);
    bytes.copyWithin(bufferOf(stream), data + count, data + pending);
    pending -= count;
    setNumber(stream, BufferedValue.pending, pending);
  }
}
/** Before writing: what was read ahead is given back. */
function leaveReading(stream: number): void {
  const size = ahead(stream);
  if (size > 0) rawSeek(stream, -size, 1);
  dropAhead(stream);
}

/** Takes bytes of the heap for writing. `at` may not lie in memory that Python code could move. */
export function writeBuffered(stream: number, from: number, length: number): void {
  if (numberAt(stream, BufferedValue.end) > 0) leaveReading(stream);
  const size = numberAt(stream, BufferedValue.size);
  let pending = numberAt(stream, BufferedValue.pending);
  if (pending + length <= size) {
    const data = reserve(stream, pending + length, pending);
    copyBytes(data + pending, from, length);
    setNumber(stream, BufferedValue.pending, pending + length);
    return;
  }
  let taken = 0;
  try {
    flushPending(stream);
  } catch (error) {
    if (!matchesRaised(error, T.BlockingIOError)) throw error;
    // what still fits is kept
    clearRaised();
    pending = numberAt(stream, BufferedValue.pending);
    const room = Math.min(size - pending, length);
    const data = reserve(stream, pending + room, pending);
    copyBytes(data + pending, from, room);
    setNumber(stream, BufferedValue.pending, pending + room);
    if (room === length) return;
    raiseWouldBlock(room);
  }
  while (length - taken > size) {
    const count = rawWrite(stream, from + taken, length - taken);
    if (count < 0) {
      const room = Math.min(size, length - taken);
      copyBytes(reserve(stream, room, 0), from + taken, room);
      setNumber(stream, BufferedValue.pending, room);
      taken += room;
      if (taken < length) raiseWouldBlock(taken);
      return;
    }
    taken += count;
  }
  const rest = length - taken;
  if (rest === 0) return;
  copyBytes(reserve(stream, rest, 0), from + taken, rest);
  setNumber(stream, BufferedValue.pending, rest);
}

/** Where the stream stands, for its user. */
export function tellBuffered(stream: number): number {
  // a device may say that it stands at 0 for ever
  return Math.max(0, rawTell(stream) - ahead(stream)) + numberAt(stream, BufferedValue.pending);
}
export function seekBuffered(stream: number, offset: number, whence: number): number {
  if (whence !== 2 && numberAt(stream, BufferedValue.end) > 0) {
    // within what is buffered nothing needs to be asked
    const current = rawTell(stream);
    const back = current - numberAt(stream, BufferedValue.end);
    const target = whence === 0 ? offset : current - ahead(stream) + offset;
    if (back >= 0 && target >= back && target <= current) {
      setNumber(stream, BufferedValue.position, target - back);
      return target;
    }
  }
  flushPending(stream);
  let from = offset;
  if (whence === 1) from -= ahead(stream);
  const position = rawSeek(stream, from, whence);
  dropAhead(stream);
  return position;
}

// Reading

/** result = `count` bytes from the buffer. */
function take(stream: number, count: number, result: number): void {
  const position = numberAt(stream, BufferedValue.position);
  setRef(result, count === 0 ? newBytes(0) : newBytesFromHeap(bufferOf(stream) + position, count));
  setNumber(stream, BufferedValue.position, position + count);
}

/** result = all that is left, or None if nothing is there yet. */
function readAll(stream: number, result: number): void {
  flushPending(stream);
  const slots = pushSlots(3);
  take(stream, ahead(stream), slots);
  dropAhead(stream);
  const front = bytesLength(refAt(slots));
  if (findAttribute(rawCell(stream), intern('readall'), slots + 1)) {
    callMethod(rawCell(stream), 'readall', slots + 1, 0, slots + 1);
    if (!isNone(slots + 1) && !isBytes(slots + 1)) raiseTypeError('readall() should return bytes');
    if (isNone(slots + 1)) {
      if (front === 0) setRef(result, Fixed.none);
      else copyValue(result, slots);
    } else if (front === 0) copyValue(result, slots + 1);
    else {
      const back = bytesLength(refAt(slots + 1));
      const joined = newBytes(front + back);
      copyBytes(bytesData(joined), bytesData(refAt(slots)), front);
      copyBytes(bytesData(joined) + front, bytesData(refAt(slots + 1)), back);
      setRef(result, joined);
    }
    popSlots(3);
    return;
  }
  const pieces: Uint8Array[] = [bytes.slice(bytesData(refAt(slots)), bytesData(refAt(slots)) + front)];
  let total = front;
  for (;;) {
    callMethod(rawCell(stream), 'read', slots + 1, 0, slots + 1);
    if (isNone(slots + 1)) {
      if (total > 0) break;
      setRef(result, Fixed.none);
      popSlots(3);
      return;
    }
    if (!isBytes(slots + 1)) raiseTypeError('read() should return bytes');
    const size = bytesLength(refAt(slots + 1));
    if (size === 0) break;
    pieces.push(bytes.slice(bytesData(refAt(slots + 1)), bytesData(refAt(slots + 1)) + size));
    total += size;
  }
  const joined = newBytes(total);
  let at = bytesData(joined);
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  setRef(result, joined);
  popSlots(3);
}

/** Reads up to `size` bytes to a place in the heap that stays where it is; -1: None, nothing was there. */
function readTo(stream: number, data: number, size: number, once: boolean): number {
  flushPending(stream);
  let done = Math.min(ahead(stream), size);
  if (done > 0) {
    const position = numberAt(stream, BufferedValue.position);
    copyBytes(data, bufferOf(stream) + position, done);
    setNumber(stream, BufferedValue.position, position + done);
    if (once && size - done <= numberAt(stream, BufferedValue.size)) return done;
  }
  while (done < size) {
    const left = size - done;
    let count: number;
    if (left >= numberAt(stream, BufferedValue.size)) {
      dropAhead(stream);
      count = rawRead(stream, data + done, left);
    } else {
      count = fill(stream);
      if (count > 0) {
        count = Math.min(count, left);
        copyBytes(data + done, bufferOf(stream), count);
        setNumber(stream, BufferedValue.position, count);
      }
    }
    if (count < 0) return done === 0 ? -1 : done;
    if (count === 0) break;
    done += count;
    if (once) break;
  }
  return done;
}

/** result = a line of at most `limit` bytes (negative: no limit). */
export function readLineBuffered(stream: number, limit: number, result: number): void {
  flushPending(stream);
  let pieces: Uint8Array[] | null = null;
  let total = 0;
  for (;;) {
    const position = numberAt(stream, BufferedValue.position);
    let end = numberAt(stream, BufferedValue.end);
    if (limit >= 0) end = Math.min(end, position + limit - total);
    if (end > position) {
      const data = bufferOf(stream);
      const found = findByte(data + position, data + end, 10);
      const stop = found < 0 ? end : found + 1 - data;
      if (pieces === null && (found >= 0 || (limit >= 0 && total + stop - position >= limit))) {
        take(stream, stop - position, result);
        return;
      }
      pieces ??= [];
      pieces.push(bytes.slice(data + position, data + stop));
      total += stop - position;
      setNumber(stream, BufferedValue.position, stop);
      if (found >= 0) break;
    }
    if (limit >= 0 && total >= limit) break;
    if (ahead(stream) > 0) continue;
    if (fill(stream) <= 0) break;
  }
  const joined = newBytes(total);
  let at = bytesData(joined);
  for (const piece of pieces ?? []) {
    bytes.set(piece, at);
    at += piece.length;
  }
  setRef(result, joined);
}
/** The place of the first such byte in the heap from `from` to `to`, or -1. */
export function findByte(from: number, to: number, byte: number): number {
  for (let at = from; at < to; at++) if (bytes[at] === byte) return at;
  return -1;
}

// As Python sees it

const initialize: NativeRoutine = (args, result) => {
  const stream = refAt(args);
  const size = offsetArgument(args + 2);
  setNull(rawCell(stream));
  const needs: readonly (readonly [T, string, string])[] = [
    [BUFFERED_READER, 'readable', 'File or stream is not readable.'],
    [BUFFERED_WRITER, 'writable', 'File or stream is not writable.'],
    [BUFFERED_RANDOM, 'seekable', 'File or stream is not seekable.'],
    [BUFFERED_RANDOM, 'readable', 'File or stream is not readable.'],
    [BUFFERED_RANDOM, 'writable', 'File or stream is not writable.'],
  ];
  for (const [type, question, message] of needs) {
    if (isOfType(stream, type) && !asks(args + 1, question)) raiseUnsupported(message);
  }
  initializeBuffered(args, args + 1, size);
  setRef(result, Fixed.none);
};
function isOfType(stream: number, type: T): boolean {
  for (let at = words[stream << 1]; at !== 0; at = words[(at << 1) + 13]) if (at === type) return true;
  return false;
}

/** The same name of the raw stream. */
function delegate(name: string): NativeRoutine {
  return (args, result) => {
    checkUsable(refAt(args));
    callMethod(rawCell(refAt(args)), name, args + 1, 0, result);
  };
}
/** `args` is self only: results of methods of no arguments need no further cells. */
function flushRoutine(args: number, result: number): void {
  const stream = refAt(args);
  checkUsable(stream);
  if (rawIsClosed(stream)) raiseValueError('flush of closed file');
  flushPending(stream);
  if (numberAt(stream, BufferedValue.end) > 0 && words[stream << 1] !== BUFFERED_READER) leaveReading(stream);
  setRef(result, Fixed.none);
}

const common: Record<string, NativeRoutine> = {
  'detach(self, /)': (args, result) => {
    const stream = refAt(args);
    checkUsable(stream);
    const slot = pushSlots(1);
    callMethod(args, 'flush', slot, 0, slot);
    copyValue(result, rawCell(stream));
    popSlots(1);
    setNull(rawCell(stream));
    setNumber(stream, BufferedValue.state, 2);
    untrackStream(stream);
  },
  'close(self, /)': (args, result) => {
    const stream = refAt(args);
    checkUsable(stream);
    if (!rawIsClosed(stream)) closeStack(args, () => callMethod(rawCell(stream), 'close', result, 0, result));
    untrackStream(stream);
    setRef(result, Fixed.none);
  },
  'seekable(self, /)': delegate('seekable'),
  'fileno(self, /)': delegate('fileno'),
  'isatty(self, /)': delegate('isatty'),
  '_dealloc_warn(self, source, /)': (_args, result) => setRef(result, Fixed.none),
  '__getstate__(self, /)': (args) => raiseTypeError(`cannot pickle '${typeName(args)}' instances`),
  'tell(self, /)': (args, result) => {
    const stream = refAt(args);
    checkUsable(stream);
    setInt(result, tellBuffered(stream));
  },
  'seek(self, target, whence=0, /)': (args, result) => {
    const stream = refAt(args);
    const whence = offsetArgument(args + 2);
    if (whence < 0 || whence > 4) raiseValueError(`whence value ${whence} unsupported`);
    checkReadable(stream, 'seek');
    if (rawFile(stream) === 0 && !asks(rawCell(stream), 'seekable'))
      raiseUnsupported('File or stream is not seekable.');
    setInt(result, seekBuffered(stream, offsetArgument(args + 1), whence));
  },
  'truncate(self, pos=None, /)': (args, result) => {
    const stream = refAt(args);
    checkReadable(stream, 'truncate');
    if (words[stream << 1] === BUFFERED_READER) raiseUnsupported('truncate');
    flushPending(stream);
    const slot = pushSlots(1);
    if (isNone(args + 1)) setInt(slot, tellBuffered(stream));
    else copyValue(slot, args + 1);
    if (numberAt(stream, BufferedValue.end) > 0) leaveReading(stream);
    callMethod(rawCell(stream), 'truncate', slot, 1, result);
    popSlots(1);
  },
};

const reading: Record<string, NativeRoutine> = {
  'read(self, size=-1, /)': (args, result) => {
    const stream = refAt(args);
    const size = isNull(args + 1) || isNone(args + 1) ? -1 : sizeArgument(args + 1);
    if (size < -1) raiseValueError('read length must be non-negative or -1');
    checkReadable(stream, 'read');
    if (size < 0) {
      readAll(stream, result);
      return;
    }
    if (size <= ahead(stream)) {
      take(stream, size, result);
      return;
    }
    const slot = pushSlots(1);
    setRef(slot, newBytes(size));
    const data = bytesData(refAt(slot));
    const count = readTo(stream, data, size, false);
    if (count < 0) setRef(result, Fixed.none);
    else setRef(result, count === size ? refAt(slot) : newBytesFromHeap(data, count));
    popSlots(1);
  },
  'read1(self, size=-1, /)': (args, result) => {
    const stream = refAt(args);
    checkReadable(stream, 'read');
    let size = sizeArgument(args + 1);
    if (size < 0) size = numberAt(stream, BufferedValue.size);
    flushPending(stream);
    if (size === 0) {
      setRef(result, newBytes(0));
      return;
    }
    if (ahead(stream) > 0) {
      take(stream, Math.min(size, ahead(stream)), result);
      return;
    }
    const slot = pushSlots(1);
    dropAhead(stream);
    setRef(slot, newBytes(size));
    const data = bytesData(refAt(slot));
    const count = Math.max(rawRead(stream, data, size), 0);
    setRef(result, count === size ? refAt(slot) : newBytesFromHeap(data, count));
    popSlots(1);
  },
  'readinto(self, buffer, /)': (args, result) => readIntoRoutine(args, false, result),
  'readinto1(self, buffer, /)': (args, result) => readIntoRoutine(args, true, result),
  'peek(self, size=0, /)': (args, result) => {
    const stream = refAt(args);
    checkReadable(stream, 'peek');
    flushPending(stream);
    if (ahead(stream) === 0) fill(stream);
    const position = numberAt(stream, BufferedValue.position);
    take(stream, ahead(stream), result);
    setNumber(stream, BufferedValue.position, position);
  },
  'readline(self, size=-1, /)': (args, result) => {
    const limit = sizeArgument(args + 1);
    checkReadable(refAt(args), 'readline');
    readLineBuffered(refAt(args), limit, result);
  },
};
function readIntoRoutine(args: number, once: boolean, result: number): void {
  checkReadable(refAt(args), 'readinto');
  withBuffer(args + 1, BufferFlag.writable, ({ data, length }) => {
    const count = readTo(refAt(args), data, length, once);
    if (count < 0) setRef(result, Fixed.none);
    else setInt(result, count);
  });
}

const writing: Record<string, NativeRoutine> = {
  'write(self, buffer, /)': (args, result) => {
    const stream = refAt(args);
    checkUsable(stream);
    readBuffer(args + 1);
    if (rawIsClosed(stream)) raiseValueError('write to closed file');
    readBuffer(args + 1);
    const length = bufferLength;
    if (rawFile(stream) !== 0) writeBuffered(stream, bufferData, length);
    else {
      // a raw stream in Python could change what is written
      const slot = pushSlots(1);
      setRef(slot, newBytesFromHeap(bufferData, length));
      writeBuffered(stream, bytesData(refAt(slot)), length);
      popSlots(1);
    }
    setInt(result, length);
  },
};

const nothing: Record<string, NativeRoutine> = {};
for (const [type, reads, writes] of [
  [BUFFERED_READER, true, false],
  [BUFFERED_WRITER, false, true],
  [BUFFERED_RANDOM, true, true],
] as const) {
  streamConstructor(type, (stream) => {
    for (let i = BufferedValue.size; i < BufferedValue.count; i++) setNumber(stream, i, 0);
  });
  natives(type, {
    [`__init__(self, raw, buffer_size=${DEFAULT_BUFFER_SIZE})`]: initialize,
    ...common,
    ...(reads ? reading : nothing),
    ...(writes ? writing : nothing),
    'flush(self, /)': type === BUFFERED_READER ? delegateFlush : flushRoutine,
    'readable(self, /)': reads ? delegate('readable') : nativeFalse,
    'writable(self, /)': writes ? delegate('writable') : nativeFalse,
  });
  getset(type, 'raw', (object, result) => {
    checkUsable(refAt(object));
    copyValue(result, rawCell(refAt(object)));
  });
  for (const name of ['closed', 'name', 'mode']) {
    getset(type, name, (object, result) => {
      checkUsable(refAt(object));
      getAttribute(rawCell(refAt(object)), intern(name), result);
    });
  }
  defineOperators(type, {
    iterate: iterateStream,
    next: (slot, result) => {
      const stream = refAt(slot);
      if (words[stream << 1] !== type) {
        const answer = pushSlots(1);
        callMethod(slot, 'readline', answer, 0, answer);
        const isBytesLine = isBytes(answer);
        if (!isBytesLine) raise(T.OSError, `readline() should have returned a bytes object, not '${typeName(answer)}'`);
        const more = bytesLength(refAt(answer)) > 0;
        if (more) copyValue(result, answer);
        popSlots(1);
        return more;
      }
      checkReadable(stream, 'readline');
      readLineBuffered(stream, -1, result);
      return bytesLength(refAt(result)) > 0;
    },
    repr: (slot) => {
      const name = attributeRepr(slot, 'name', (value) => stringOf(repr(value)));
      const kind = typeName(slot);
      return newString(name === '' ? `<${kind}>` : `<${kind} name=${name}>`);
    },
  });
}
function nativeFalse(args: number, result: number): void {
  checkUsable(refAt(args));
  setRef(result, Fixed.false);
}
function delegateFlush(args: number, result: number): void {
  checkUsable(refAt(args));
  if (rawIsClosed(refAt(args))) raiseValueError('flush of closed file');
  callMethod(rawCell(refAt(args)), 'flush', result, 0, result);
}
