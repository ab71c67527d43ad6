/**
 * The base classes of _io, with what all streams share. A stream is a record of a declared type (objects/
 * declared-types.ts); bit 0 of its `aux` says that it was closed. Methods call each other through the object, so that
 * subclasses written in Python take part; where an object is exactly of one of our types, callers take a straight way.
 */
import { Fixed, State, T } from '../heap/fixed.ts';
import { RecordObject } from '../heap/layouts.ts';
import { bytes, cells, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef, setSmallInt } from '../heap/values.ts';
import { findAttribute, getAttribute } from '../objects/attributes.ts';
import { BufferFlag, bufferData, readBuffer, withBuffer } from '../objects/buffers.ts';
import { newByteArray } from '../objects/bytearrays.ts';
import { bytesData, bytesLength, isBytes, newBytes, newBytesFromHeap } from '../objects/bytes.ts';
import { declareType, newRecord, recordValue } from '../objects/declared-types.ts';
import {
  becomesPythonError,
  clearRaised,
  linkContext,
  matchesRaised,
  PYTHON_ERROR,
  raise,
  raiseTypeError,
  raiseValueError,
  throwException,
} from '../objects/errors.ts';
import { indexOf, intAt, isInt, safeAt, setBool, setInt } from '../objects/integers.ts';
import { callMethod, callMethodRef } from '../objects/invoke.ts';
import { listAppend, newList } from '../objects/lists.ts';
import { getset, natives, staticNatives } from '../objects/natives.ts';
import { iterate, length, next, repr, truth } from '../objects/operations.ts';
import { copyBytes, intern, stringOf } from '../objects/strings.ts';
import { defineOperators } from '../objects/type-operators.ts';
import { isSubtype, isType, typeName } from '../objects/types.ts';
import { reportUnraisable } from '../objects/unraisable.ts';

export const UNSUPPORTED_OPERATION = declareType({
  name: 'UnsupportedOperation',
  module: 'io',
  native: '_io',
  bases: [T.OSError, T.ValueError],
});
export const IO_BASE = declareType({ name: '_IOBase', module: '_io', values: 0, dict: true, weak: true });
export const RAW_IO_BASE = declareType({ name: '_RawIOBase', module: '_io', bases: [IO_BASE] });
export const BUFFERED_IO_BASE = declareType({ name: '_BufferedIOBase', module: '_io', bases: [IO_BASE] });
export const TEXT_IO_BASE = declareType({ name: '_TextIOBase', module: '_io', bases: [IO_BASE] });

export const DEFAULT_BUFFER_SIZE = 131072;

/** Bits of `aux` that all streams have. */
export enum StreamFlag {
  closed = 1,
}

export const isNone = (slot: number): boolean => isRef(slot) && refAt(slot) === Fixed.none;
export const auxOf = (stream: number): number => words[(stream << 1) + RecordObject.aux];
export function setAux(stream: number, value: number): void {
  words[(stream << 1) + RecordObject.aux] = value;
}
/** Numbers of streams are kept as doubles, so that positions beyond 32 bits cost nothing. */
export const numberAt = (stream: number, index: number): number => cells[recordValue(stream, index)];
export function setNumber(stream: number, index: number, value: number): void {
  cells[recordValue(stream, index)] = value;
}

export function raiseUnsupported(message: string): never {
  raise(UNSUPPORTED_OPERATION, message);
}
export function raiseClosed(): never {
  raiseValueError('I/O operation on closed file.');
}

/** The truth of attribute `closed` of any stream. May call Python. */
export function isClosed(stream: number): boolean {
  const slot = pushSlots(1);
  getAttribute(stream, intern('closed'), slot);
  const closed = truth(slot);
  popSlots(1);
  return closed;
}
export function checkOpen(stream: number): void {
  if (isClosed(stream)) raiseClosed();
}
/** Truth of `stream.name()`. May call Python. */
export function asks(stream: number, name: string): boolean {
  const slot = pushSlots(1);
  callMethod(stream, name, slot, 0, slot);
  const answer = truth(slot);
  popSlots(1);
  return answer;
}
/** The optional size argument of read and its kin: None and missing are -1. */
export function sizeArgument(slot: number): number {
  if (isNull(slot) || isNone(slot)) return -1;
  if (!isInt(slot) && isRef(slot) === false)
    raiseTypeError(`argument should be integer or None, not '${typeName(slot)}'`);
  const size = sizeIndex(slot);
  return size;
}
function sizeIndex(slot: number): number {
  if (isInt(slot)) {
    const value = intAt(slot);
    if (!Number.isSafeInteger(value)) raise(T.OverflowError, 'Python int too large to convert to C ssize_t');
    return value;
  }
  const top = words[State.stackTop];
  try {
    return indexOf(slot);
  } catch (error) {
    if (!matchesRaised(error, T.TypeError)) throw error;
    clearRaised();
    words[State.stackTop] = top;
    raiseTypeError(`argument should be integer or None, not '${typeName(slot)}'`);
  }
}
/** An int argument that is an offset. */
export function offsetArgument(slot: number): number {
  return isInt(slot) ? safeAt(slot) : indexOf(slot);
}

/** `__new__` of a stream type: any arguments, they are __init__'s. */
export function streamConstructor(type: T, initialize: (stream: number) => void = () => {}): void {
  staticNatives(type, {
    '__new__(cls, /, *args, **kwargs)': (args, result) => {
      if (!isType(args) || !isSubtype(refAt(args), type))
        raiseTypeError('__new__(X): X is not a subtype of a stream type');
      const ref = newRecord(refAt(args));
      initialize(ref);
      setRef(result, ref);
    },
  });
}
streamConstructor(IO_BASE);

/** Warns that a file is collected unclosed; installed by io-file.ts, which knows which streams lie over files. */
let warnUnclosed: (stream: number) => void = () => {};
export function setUnclosedWarner(warner: (stream: number) => void): void {
  warnUnclosed = warner;
}
/** repr(), or the type's name where that fails. May call Python. */
export function safeRepr(slot: number): string {
  const top = words[State.stackTop];
  try {
    return stringOf(repr(slot));
  } catch (error) {
    if (!becomesPythonError(error)) throw error;
    clearRaised();
    words[State.stackTop] = top;
    return `<${typeName(slot)}>`;
  }
}

const unsupported = (name: string) => (): never => raiseUnsupported(name);

getset(IO_BASE, 'closed', (object, result) => setBool(result, (auxOf(refAt(object)) & StreamFlag.closed) !== 0));
natives(IO_BASE, {
  'seek(self, offset, whence=0, /)': unsupported('seek'),
  'tell(self, /)': (args, result) => {
    const slots = pushSlots(2);
    setSmallInt(slots, 0);
    setSmallInt(slots + 1, 1);
    callMethod(args, 'seek', slots, 2, result);
    popSlots(2);
  },
  'truncate(self, pos=None, /)': unsupported('truncate'),
  'flush(self, /)': (args, result) => {
    if (isClosed(args)) raiseClosed();
    setRef(result, Fixed.none);
  },
  'close(self, /)': (args, result) => {
    if (!isClosed(args)) {
      try {
        const slot = pushSlots(1);
        callMethod(args, 'flush', slot, 0, slot);
        popSlots(1);
      } finally {
        setAux(refAt(args), auxOf(refAt(args)) | StreamFlag.closed);
      }
    }
    setRef(result, Fixed.none);
  },
  // what is collected or left open at the end closes itself; nobody is there to hear of trouble
  '__del__(self, /)': (args, result) => {
    const slots = pushSlots(1);
    let closed = true;
    try {
      closed = isClosed(args);
    } catch (error) {
      if (!becomesPythonError(error)) throw error;
      clearRaised();
      words[State.stackTop] = slots + 1;
    }
    if (!closed) {
      warnUnclosed(args);
      try {
        callMethod(args, 'close', slots, 0, slots);
      } catch (error) {
        if (!becomesPythonError(error)) throw error;
        words[State.stackTop] = slots + 1;
        const raised = words[State.raised];
        words[State.raised] = 0;
        setRef(slots, raised);
        const name = safeRepr(args);
        words[State.raised] = raised;
        reportUnraisable(`Exception ignored while finalizing file ${name}`, 0);
      }
    }
    words[State.stackTop] = slots;
    setRef(result, Fixed.none);
  },
  'seekable(self, /)': (_args, result) => setRef(result, Fixed.false),
  'readable(self, /)': (_args, result) => setRef(result, Fixed.false),
  'writable(self, /)': (_args, result) => setRef(result, Fixed.false),
  '_checkClosed(self, /, *args)': (args, result) => {
    if (isClosed(args)) raiseClosed();
    setRef(result, Fixed.none);
  },
  '_checkSeekable(self, /, *args)': (args, result) => {
    if (!asks(args, 'seekable')) raiseUnsupported('File or stream is not seekable.');
    setRef(result, Fixed.true);
  },
  '_checkReadable(self, /, *args)': (args, result) => {
    if (!asks(args, 'readable')) raiseUnsupported('File or stream is not readable.');
    setRef(result, Fixed.true);
  },
  '_checkWritable(self, /, *args)': (args, result) => {
    if (!asks(args, 'writable')) raiseUnsupported('File or stream is not writable.');
    setRef(result, Fixed.true);
  },
  'fileno(self, /)': unsupported('fileno'),
  'isatty(self, /)': (args, result) => {
    if (isClosed(args)) raiseClosed();
    setRef(result, Fixed.false);
  },
  '__enter__(self, /)': (args, result) => {
    if (isClosed(args)) raiseClosed();
    copyValue(result, args);
  },
  '__exit__(self, /, *args)': (args, result) => callMethod(args, 'close', args + 1, 0, result),
  'readline(self, size=-1, /)': (args, result) => readLineSlowly(args, sizeArgument(args + 1), result),
  'readlines(self, hint=-1, /)': (args, result) => {
    const hint = sizeArgument(args + 1);
    const slots = pushSlots(3);
    setRef(slots, newList(0));
    let total = 0;
    iterate(args, slots + 1);
    while (next(slots + 1, slots + 2)) {
      listAppend(refAt(slots), slots + 2);
      if (hint > 0) {
        total += length(slots + 2);
        if (total >= hint) break;
      }
    }
    copyValue(result, slots);
    popSlots(3);
  },
  'writelines(self, lines, /)': (args, result) => {
    if (isClosed(args)) raiseClosed();
    const slots = pushSlots(3);
    iterate(args + 1, slots);
    while (next(slots, slots + 1)) callMethod(args, 'write', slots + 1, 1, slots + 2);
    popSlots(3);
    setRef(result, Fixed.none);
  },
});
/** iter(): the stream itself, if it is open. */
export function iterateStream(stream: number, result: number): void {
  if (isClosed(stream)) raiseClosed();
  copyValue(result, stream);
}
defineOperators(IO_BASE, {
  iterate: iterateStream,
  next: (stream, result) => {
    const slot = pushSlots(1);
    callMethodRef(stream, intern('readline'), slot, 0, slot);
    const more = length(slot) > 0;
    if (more) copyValue(result, slot);
    popSlots(1);
    return more;
  },
});

/** readline by means of read and peek, for streams that have nothing better. */
function readLineSlowly(stream: number, limit: number, result: number): void {
  const slots = pushSlots(3);
  const peeks = findAttribute(stream, intern('peek'), slots);
  const pieces: Uint8Array[] = [];
  let total = 0;
  while (limit < 0 || total < limit) {
    let wanted = 1;
    if (peeks) {
      setSmallInt(slots + 1, 1);
      callMethod(stream, 'peek', slots + 1, 1, slots + 1);
      if (!isBytes(slots + 1))
        raise(T.OSError, `peek() should have returned a bytes object, not '${typeName(slots + 1)}'`);
      const ahead = bytesLength(refAt(slots + 1));
      if (ahead > 0) {
        const data = bytesData(refAt(slots + 1));
        const most = limit < 0 ? ahead : Math.min(ahead, limit - total);
        wanted = most;
        for (let i = 0; i < most; i++) {
          if (heap(data + i) === 10) {
            wanted = i + 1;
            break;
          }
        }
      }
    }
    setInt(slots + 1, wanted);
    callMethod(stream, 'read', slots + 1, 1, slots + 2);
    if (isNone(slots + 2)) break;
    if (!isBytes(slots + 2))
      raise(T.OSError, `read() should have returned a bytes object, not '${typeName(slots + 2)}'`);
    const size = bytesLength(refAt(slots + 2));
    if (size === 0) break;
    const data = bytesData(refAt(slots + 2));
    pieces.push(heapSlice(data, size));
    total += size;
    if (heap(data + size - 1) === 10) break;
  }
  popSlots(3);
  setRef(result, joinPieces(pieces, total));
}
function joinPieces(pieces: readonly Uint8Array[], total: number): number {
  const ref = newBytes(total);
  let at = bytesData(ref);
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return ref;
}
const heap = (at: number): number => bytes[at];
const heapSlice = (data: number, size: number): Uint8Array => bytes.slice(data, data + size);

// Raw streams

natives(RAW_IO_BASE, {
  'read(self, size=-1, /)': (args, result) => {
    const size = sizeArgument(args + 1);
    if (size < 0) {
      callMethod(args, 'readall', args + 1, 0, result);
      return;
    }
    const slots = pushSlots(2);
    setRef(slots, newByteArray(size));
    copyValue(slots + 1, slots);
    callMethod(args, 'readinto', slots + 1, 1, slots + 1);
    if (isNone(slots + 1)) {
      setRef(result, Fixed.none);
      popSlots(2);
      return;
    }
    const count = indexOf(slots + 1);
    if (count < 0 || count > size) raiseValueError(`readinto returned ${count} outside buffer size ${size}`);
    readBuffer(slots);
    setRef(result, newBytesFromHeap(bufferData, count));
    popSlots(2);
  },
  'readall(self, /)': (args, result) => {
    const slots = pushSlots(2);
    const pieces: Uint8Array[] = [];
    let total = 0;
    for (;;) {
      setInt(slots, DEFAULT_BUFFER_SIZE);
      callMethod(args, 'read', slots, 1, slots + 1);
      if (isNone(slots + 1)) {
        if (pieces.length === 0) {
          setRef(result, Fixed.none);
          popSlots(2);
          return;
        }
        break;
      }
      if (!isBytes(slots + 1)) raiseTypeError('read() should return bytes');
      const size = bytesLength(refAt(slots + 1));
      if (size === 0) break;
      pieces.push(heapSlice(bytesData(refAt(slots + 1)), size));
      total += size;
    }
    popSlots(2);
    setRef(result, joinPieces(pieces, total));
  },
});

// Buffered streams

natives(BUFFERED_IO_BASE, {
  'detach(self, /)': unsupported('detach'),
  'read(self, size=-1, /)': unsupported('read'),
  'read1(self, size=-1, /)': unsupported('read1'),
  'write(self, b, /)': unsupported('write'),
  'readinto(self, buffer, /)': (args, result) => readIntoByReading(args, 'read', result),
  'readinto1(self, buffer, /)': (args, result) => readIntoByReading(args, 'read1', result),
});

/** readinto by means of read. */
function readIntoByReading(args: number, method: string, result: number): void {
  withBuffer(args + 1, BufferFlag.writable, (buffer) => {
    const slots = pushSlots(2);
    setInt(slots, buffer.length);
    callMethod(args, method, slots, 1, slots + 1);
    if (!isBytes(slots + 1)) raiseTypeError(`${method}() should return bytes`);
    const size = bytesLength(refAt(slots + 1));
    if (size > buffer.length) {
      raiseValueError(`${method}() returned too much data: ${buffer.length} bytes requested, ${size} returned`);
    }
    copyBytes(buffer.data, bytesData(refAt(slots + 1)), size);
    popSlots(2);
    setInt(result, size);
  });
}

// Text streams

getset(TEXT_IO_BASE, 'encoding', (_object, result) => setRef(result, Fixed.none));
getset(TEXT_IO_BASE, 'newlines', (_object, result) => setRef(result, Fixed.none));
getset(TEXT_IO_BASE, 'errors', (_object, result) => setRef(result, Fixed.none));
natives(TEXT_IO_BASE, {
  'detach(self, /)': unsupported('detach'),
  'read(self, size=-1, /)': unsupported('read'),
  'readline(self, size=-1, /)': unsupported('readline'),
  'write(self, s, /)': unsupported('write'),
});

/** The str of a stream's attribute for its repr, or '' if there is none. May call Python. */
export function attributeRepr(stream: number, name: string, reprOf: (slot: number) => string): string {
  const slot = pushSlots(1);
  let text = '';
  try {
    if (findAttribute(stream, intern(name), slot)) text = reprOf(slot);
  } catch (error) {
    // a stream that is detached or not initialized has no name
    if (!matchesRaised(error, T.ValueError)) throw error;
    clearRaised();
  }
  words[State.stackTop] = slot;
  return text;
}

/** Calls the object's flush (or another method), then closes even if that failed; the first error is the context of the second. */
export function closeStack(self: number, close: () => void, first = 'flush'): void {
  const slots = pushSlots(2);
  const top = words[State.stackTop];
  try {
    callMethod(self, first, slots + 1, 0, slots + 1);
  } catch (error) {
    if (!becomesPythonError(error)) throw error;
    words[State.stackTop] = top;
    setRef(slots, clearRaised());
  }
  try {
    close();
  } catch (error) {
    if (!becomesPythonError(error)) throw error;
    words[State.stackTop] = top;
    if (refAt(slots) !== 0 && words[State.raised] !== refAt(slots)) linkContext(words[State.raised], refAt(slots));
    throw PYTHON_ERROR;
  }
  if (refAt(slots) !== 0) throwException(refAt(slots));
  popSlots(2);
}
