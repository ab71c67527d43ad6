/**
 * BytesIO: a binary stream in memory. The content is the first `size` bytes of a bytes object that grows by doubling; the
 * bytes given at the start are shared until the first write.
 */
import { Fixed, State, T } from '../heap/fixed.ts';
import { Kind, Type, TypeFlag } from '../heap/layouts.ts';
import { bytes, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, refAt, setRef } from '../heap/values.ts';
import {
  BufferFlag,
  bufferData,
  bufferLength,
  byteBuffer,
  defineBuffer,
  dropDeadViews,
  readBuffer,
  withBuffer,
  withWritableBuffer,
} from '../objects/buffers.ts';
import { bytesData, bytesLength, isBytes, newBytes, newBytesFromHeap } from '../objects/bytes.ts';
import { declareType, newRecord, recordValue } from '../objects/declared-types.ts';
import { dictCopy, dictFindString, dictMerge } from '../objects/dicts.ts';
import { raise, raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { copyAsInt, intAt, isInt, setBool, setInt } from '../objects/integers.ts';
import { call, callMethod } from '../objects/invoke.ts';
import { getset, natives } from '../objects/natives.ts';
import { dictOf, makeDictOf } from '../objects/object-dicts.ts';
import { copyBytes, intern } from '../objects/strings.ts';
import { newTuple, tupleItem, tupleSize } from '../objects/tuples.ts';
import { defineOperators } from '../objects/type-operators.ts';
import { kindAt, typeName } from '../objects/types.ts';
import {
  auxOf,
  BUFFERED_IO_BASE,
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
} from './io-base.ts';
import { findByte } from './io-buffered.ts';

enum BytesValue {
  buffer,
  position,
  size,
  /** views of the content in use */
  exports,
  /** the object that views look at; NULL: none was made */
  exporter,
  count,
}
/** A bit of `aux`: the buffer is somebody else's bytes too. */
const SHARED = 2;

export const BYTES_IO: T = declareType({
  name: 'BytesIO',
  module: '_io',
  bases: [BUFFERED_IO_BASE],
  values: BytesValue.count,
  // nothing is lost when it dies unclosed
  fill: () => {
    words[(BYTES_IO << 1) + Type.flags] &= ~TypeFlag.hasFinalizer;
  },
});
/** What getbuffer's view looks at; value 0 is the BytesIO. */
const BYTES_IO_BUFFER = declareType({ name: '_BytesIOBuffer', module: '_io', values: 1, final: true });

streamConstructor(BYTES_IO, (stream) => {
  setRef(recordValue(stream, BytesValue.buffer), newBytes(0));
  for (let i = BytesValue.position; i < BytesValue.exporter; i++) setNumber(stream, i, 0);
});

const bufferRef = (stream: number): number => refAt(recordValue(stream, BytesValue.buffer));
function checkOpen(stream: number): void {
  if (auxOf(stream) & StreamFlag.closed) raiseClosed();
}
/** Views that nobody can reach any more do not count. */
function dropViews(stream: number): void {
  const cell = recordValue(stream, BytesValue.exporter);
  if (!isNull(cell)) dropDeadViews(refAt(cell));
}
function checkExports(stream: number): void {
  if (numberAt(stream, BytesValue.exports) > 0) dropViews(stream);
  if (numberAt(stream, BytesValue.exports) > 0) {
    raise(T.BufferError, 'Existing exports of data: object cannot be re-sized');
  }
}
/** Makes room for `size` bytes in a buffer of its own; answers its byte offset. */
function reserve(stream: number, size: number): number {
  const old = bufferRef(stream);
  if (bytesLength(old) >= size && (auxOf(stream) & SHARED) === 0) return bytesData(old);
  const capacity = size > bytesLength(old) ? Math.max(size, bytesLength(old) * 2, 64) : bytesLength(old);
  const larger = newBytes(capacity);
  copyBytes(bytesData(larger), bytesData(old), numberAt(stream, BytesValue.size));
  setRef(recordValue(stream, BytesValue.buffer), larger);
  setAux(stream, auxOf(stream) & ~SHARED);
  return bytesData(larger);
}
function content(stream: number): number {
  const size = numberAt(stream, BytesValue.size);
  const buffer = bufferRef(stream);
  if (bytesLength(buffer) === size && words[buffer << 1] === T.bytes && auxOf(stream) & SHARED) return buffer;
  return newBytesFromHeap(bytesData(buffer), size);
}
function setContent(stream: number, initial: number): void {
  readBuffer(initial);
  const size = bufferLength;
  if (isBytes(initial) && words[refAt(initial) << 1] === T.bytes) {
    copyValue(recordValue(stream, BytesValue.buffer), initial);
    setAux(stream, auxOf(stream) | SHARED);
  } else {
    const copy = newBytesFromHeap(bufferData, size);
    setRef(recordValue(stream, BytesValue.buffer), copy);
    setAux(stream, auxOf(stream) & ~SHARED);
  }
  setNumber(stream, BytesValue.size, size);
  setNumber(stream, BytesValue.position, 0);
}
/** How many bytes are left, at most `limit` if that is not negative. */
function left(stream: number, limit: number): number {
  const rest = Math.max(0, numberAt(stream, BytesValue.size) - numberAt(stream, BytesValue.position));
  return limit >= 0 && limit < rest ? limit : rest;
}
function take(stream: number, count: number, result: number): void {
  const position = numberAt(stream, BytesValue.position);
  if (count === bytesLength(bufferRef(stream)) && position === 0 && (auxOf(stream) & SHARED) !== 0) {
    setRef(result, bufferRef(stream));
  } else setRef(result, count === 0 ? newBytes(0) : newBytesFromHeap(bytesData(bufferRef(stream)) + position, count));
  setNumber(stream, BytesValue.position, position + count);
}
function takeLine(stream: number, limit: number, result: number): void {
  const count = left(stream, limit);
  if (count === 0) {
    take(stream, 0, result);
    return;
  }
  const start = bytesData(bufferRef(stream)) + numberAt(stream, BytesValue.position);
  const end = findByte(start, start + count, 10);
  take(stream, end < 0 ? count : end + 1 - start, result);
}
/** Writes bytes of the heap at the position. */
function write(stream: number, from: number, length: number): void {
  if (length === 0) return;
  const position = numberAt(stream, BytesValue.position);
  const size = numberAt(stream, BytesValue.size);
  const data = reserve(stream, Math.max(size, position + length));
  if (position > size) bytes.fill(0, data + size, data + position);
  copyBytes(data + position, from, length);
  setNumber(stream, BytesValue.position, position + length);
  if (position + length > size) setNumber(stream, BytesValue.size, position + length);
}

natives(BYTES_IO, {
  '__init__(self, initial_bytes=...)': (args, result) => {
    const stream = refAt(args);
    checkExports(stream);
    setRef(recordValue(stream, BytesValue.buffer), newBytes(0));
    setNumber(stream, BytesValue.size, 0);
    setNumber(stream, BytesValue.position, 0);
    if (!isNull(args + 1) && !isNone(args + 1)) setContent(stream, args + 1);
    setRef(result, Fixed.none);
  },
  'read(self, size=-1, /)': (args, result) => {
    checkOpen(refAt(args));
    take(refAt(args), left(refAt(args), sizeArgument(args + 1)), result);
  },
  'read1(self, size=-1, /)': (args, result) => {
    checkOpen(refAt(args));
    take(refAt(args), left(refAt(args), sizeArgument(args + 1)), result);
  },
  'readline(self, size=-1, /)': (args, result) => {
    checkOpen(refAt(args));
    takeLine(refAt(args), sizeArgument(args + 1), result);
  },
  'peek(self, size=1, /)': (args, result) => {
    const stream = refAt(args);
    checkOpen(stream);
    let size = sizeArgument(args + 1);
    if (size === 0) size = 1;
    const position = numberAt(stream, BytesValue.position);
    take(stream, left(stream, size), result);
    setNumber(stream, BytesValue.position, position);
  },
  'readinto(self, buffer, /)': (args, result) => {
    const stream = refAt(args);
    checkOpen(stream);
    withWritableBuffer(args + 1, 'readinto() argument', ({ data, length }) => {
      const count = left(stream, length);
      const position = numberAt(stream, BytesValue.position);
      if (count > 0) copyBytes(data, bytesData(bufferRef(stream)) + position, count);
      setNumber(stream, BytesValue.position, position + count);
      setInt(result, count);
    });
  },
  'write(self, b, /)': (args, result) => {
    const stream = refAt(args);
    checkOpen(stream);
    withBuffer(args + 1, BufferFlag.simple, ({ data, length }) => {
      // getting the buffer may have run Python code
      checkOpen(stream);
      checkExports(stream);
      write(stream, data, length);
      setInt(result, length);
    });
  },
  'seek(self, pos, whence=0, /)': (args, result) => {
    const stream = refAt(args);
    checkOpen(stream);
    const whence = offsetArgument(args + 2);
    if (whence === 0 && isInt(args + 1) && intAt(args + 1) > Number.MAX_SAFE_INTEGER) {
      // beyond what doubles tell apart there is nothing anyway
      setNumber(stream, BytesValue.position, Number.MAX_SAFE_INTEGER);
      copyAsInt(result, args + 1);
      return;
    }
    let position = offsetArgument(args + 1);
    if (whence === 0) {
      if (position < 0) raiseValueError(`negative seek value ${position}`);
    } else if (whence === 1) position += numberAt(stream, BytesValue.position);
    else if (whence === 2) position += numberAt(stream, BytesValue.size);
    else raiseValueError(`invalid whence (${whence}, should be 0, 1 or 2)`);
    position = Math.max(0, position);
    setNumber(stream, BytesValue.position, position);
    setInt(result, position);
  },
  'tell(self, /)': (args, result) => {
    checkOpen(refAt(args));
    setInt(result, numberAt(refAt(args), BytesValue.position));
  },
  'truncate(self, size=None, /)': (args, result) => {
    const stream = refAt(args);
    checkOpen(stream);
    checkExports(stream);
    const size = isNone(args + 1) ? numberAt(stream, BytesValue.position) : offsetArgument(args + 1);
    if (size < 0) raiseValueError(`negative size value ${size}`);
    if (size < numberAt(stream, BytesValue.size)) {
      reserve(stream, size);
      setNumber(stream, BytesValue.size, size);
    }
    setInt(result, size);
  },
  'getvalue(self, /)': (args, result) => {
    checkOpen(refAt(args));
    setRef(result, content(refAt(args)));
  },
  'getbuffer(self, /)': (args, result) => {
    checkOpen(refAt(args));
    reserve(refAt(args), numberAt(refAt(args), BytesValue.size));
    const slots = pushSlots(2);
    const cell = recordValue(refAt(args), BytesValue.exporter);
    if (isNull(cell)) {
      setRef(cell, newRecord(BYTES_IO_BUFFER));
      copyValue(recordValue(refAt(cell), 0), args);
    }
    copyValue(slots + 1, cell);
    copyValue(slots, dictFindString(words[State.builtinsDict], intern('memoryview')));
    call(slots, slots + 1, 1, result);
    popSlots(2);
  },
  'close(self, /)': (args, result) => {
    const stream = refAt(args);
    checkExports(stream);
    setAux(stream, (auxOf(stream) | StreamFlag.closed) & ~SHARED);
    setRef(recordValue(stream, BytesValue.buffer), newBytes(0));
    setNumber(stream, BytesValue.size, 0);
    setRef(result, Fixed.none);
  },
  'flush(self, /)': (args, result) => {
    checkOpen(refAt(args));
    setRef(result, Fixed.none);
  },
  'isatty(self, /)': (args, result) => {
    checkOpen(refAt(args));
    setBool(result, false);
  },
  'seekable(self, /)': (args, result) => {
    checkOpen(refAt(args));
    setBool(result, true);
  },
  'readable(self, /)': (args, result) => {
    checkOpen(refAt(args));
    setBool(result, true);
  },
  'writable(self, /)': (args, result) => {
    checkOpen(refAt(args));
    setBool(result, true);
  },
  '__getstate__(self, /)': (args, result) => {
    const stream = refAt(args);
    checkOpen(stream);
    const tuple = newTuple(3);
    setRef(tupleItem(tuple, 2), Fixed.none);
    setRef(tupleItem(tuple, 0), content(stream));
    setInt(tupleItem(tuple, 1), numberAt(stream, BytesValue.position));
    if (dictOf(stream) !== 0) setRef(tupleItem(tuple, 2), dictCopy(dictOf(stream)));
    setRef(result, tuple);
  },
  '__setstate__(self, state, /)': (args, result) => {
    const stream = refAt(args);
    checkOpen(stream);
    if (kindAt(args + 1) !== Kind.tuple || tupleSize(refAt(args + 1)) < 3) {
      raiseTypeError(`${typeName(args)}.__setstate__ argument should be 3-tuple, got ${typeName(args + 1)}`);
    }
    checkExports(stream);
    const state = refAt(args + 1);
    setAux(stream, auxOf(stream) & ~StreamFlag.closed);
    setContent(stream, tupleItem(state, 0));
    if (!isInt(tupleItem(state, 1))) {
      raiseTypeError(`second item of state must be an integer, not ${typeName(tupleItem(state, 1))}`);
    }
    const position = offsetArgument(tupleItem(state, 1));
    if (position < 0) raiseValueError('position value cannot be negative');
    setNumber(stream, BytesValue.position, position);
    const dict = tupleItem(state, 2);
    if (!isNone(dict)) {
      if (kindAt(dict) !== Kind.dict) raiseTypeError(`third item of state should be a dict, got a ${typeName(dict)}`);
      dictMerge(makeDictOf(stream), refAt(dict));
    }
    setRef(result, Fixed.none);
  },
});
getset(BYTES_IO, 'closed', (object, result) => setBool(result, (auxOf(refAt(object)) & StreamFlag.closed) !== 0));
defineOperators(BYTES_IO, {
  iterate: iterateStream,
  next: (slot, result) => {
    const stream = refAt(slot);
    if (words[stream << 1] !== BYTES_IO) {
      const answer = pushSlots(1);
      callMethod(slot, 'readline', answer, 0, answer);
      const more = isBytes(answer) && bytesLength(refAt(answer)) > 0;
      if (more) copyValue(result, answer);
      popSlots(1);
      return more;
    }
    checkOpen(stream);
    takeLine(stream, -1, result);
    return bytesLength(refAt(result)) > 0;
  },
});

defineBuffer(BYTES_IO_BUFFER, {
  describe: (ref, flags) => {
    const stream = refAt(recordValue(ref, 0));
    return byteBuffer(ref, bytesData(bufferRef(stream)), numberAt(stream, BytesValue.size), false, flags);
  },
  count: (ref, change) => {
    const stream = refAt(recordValue(ref, 0));
    setNumber(stream, BytesValue.exports, numberAt(stream, BytesValue.exports) + change);
  },
});
