/**
 * What a TextIOWrapper consists of, and how it is set up. It works in one of two ways:
 *
 * - *direct*, for UTF-8, ASCII and Latin-1 with strict errors: the undecoded bytes of the buffer below are kept (`chunk`),
 *   lines are found in them and decoded one by one. A position then is a byte offset, and nothing is decoded twice.
 * - by an incremental decoder of Python's, for all else: text is decoded ahead, and what tell() needs to find the place of
 *   a character again (the decoder's state and its last input) is kept, as CPython does it.
 *
 * Writing encodes at once into `pending`, which goes to the buffer below when it is full or flushed. Reading is in
 * io-text-reading.ts, writing in io-text-writing.ts, positions in io-text-seeking.ts, the methods in io-text-methods.ts.
 */
import { Fixed, T } from '../heap/fixed.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, refAt, setNull, setRef } from '../heap/values.ts';
import { findAttribute } from '../objects/attributes.ts';
import { isTextEncoding, lookupCodec } from '../objects/codec-registry.ts';
import { type StreamCodec, streamCodec } from '../objects/codecs.ts';
import { declareType, newRecord, recordValue } from '../objects/declared-types.ts';
import { raise, raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { setBool } from '../objects/integers.ts';
import { call, callMethod } from '../objects/invoke.ts';
import { repr, truth } from '../objects/operations.ts';
import { intern, isStr, newString, stringOf } from '../objects/strings.ts';
import { typeName } from '../objects/types.ts';
import { asks, auxOf, isNone, numberAt, type StreamFlag, setAux, setNumber, TEXT_IO_BASE } from './io-base.ts';
import { NEWLINE_DECODER } from './io-newlines.ts';
import { trackStream } from './io-tracking.ts';

export enum TextValue {
  /** the buffer below; NULL: none yet (standard streams make it when somebody asks), or detached */
  buffer,
  encoding,
  errors,
  /** incremental encoder and decoder; NULL: none (yet) */
  encoder,
  decoder,
  /** direct: bytes that were read and are not decoded yet, [position, end); up to `valid` they are known to be good */
  chunk,
  position,
  end,
  valid,
  /** bytes to be written, and how many */
  pending,
  pendingSize,
  chunkSize,
  /** not direct: text decoded ahead, and how much of it was handed out */
  decoded,
  decodedUsed,
  /** the decoder's state before the text was decoded, and the bytes it was decoded from */
  snapshotFlags,
  snapshotInput,
  /** standard streams: the descriptor; else -1 */
  descriptor,
  /** bytes a character on average, for tell() */
  ratio,
  /** as given to __init__: str or None */
  newline,
  count,
}
/** Bits of `aux`, beside StreamFlag.closed. */
export enum TextFlag {
  initialized = 1 << 1,
  detached = 1 << 2,
  lineBuffering = 1 << 3,
  writeThrough = 1 << 4,
  /** reading: '\r' and '\r\n' end lines as well */
  universal = 1 << 5,
  /** and become '\n' */
  translate = 1 << 6,
  /** writing: '\n' becomes the newline of TextValue.newline */
  writeTranslate = 1 << 7,
  seen = 7 << 8,
  direct = 1 << 11,
  /** the chunk has a '\r'; it is ASCII altogether */
  hasReturn = 1 << 12,
  asciiChunk = 1 << 13,
  seekable = 1 << 14,
  /** tell() is possible: not while the stream is iterated over */
  telling = 1 << 15,
  hasRead1 = 1 << 16,
  /** the end was read */
  ended = 1 << 17,
  latin1 = 1 << 18,
  ascii = 1 << 19,
  /** what is written may go straight: UTF-8, ASCII or Latin-1, whatever the errors */
  directWriting = 1 << 20,
  /** something was read */
  started = 1 << 21,
}
export const SEEN_SHIFT = 8;
export const CHUNK_SIZE = 8192;

export const TEXT_IO_WRAPPER = declareType({
  name: 'TextIOWrapper',
  module: '_io',
  bases: [TEXT_IO_BASE],
  values: TextValue.count,
});

export function hasFlag(stream: number, flag: TextFlag | StreamFlag): boolean {
  return (auxOf(stream) & flag) !== 0;
}
export function setFlag(stream: number, flag: TextFlag | StreamFlag, on: boolean): void {
  setAux(stream, on ? auxOf(stream) | flag : auxOf(stream) & ~flag);
}
export const cellOf = (stream: number, value: TextValue): number => recordValue(stream, value);

/** True for a TextIOWrapper itself, not a subclass. */
export const isPlainText = (ref: number): boolean => words[ref << 1] === TEXT_IO_WRAPPER;

export function resetNumbers(stream: number): void {
  for (const value of [
    TextValue.position,
    TextValue.end,
    TextValue.valid,
    TextValue.pendingSize,
    TextValue.decodedUsed,
    TextValue.snapshotFlags,
    TextValue.ratio,
  ]) {
    setNumber(stream, value, 0);
  }
  setNumber(stream, TextValue.chunkSize, CHUNK_SIZE);
  setNumber(stream, TextValue.descriptor, -1);
}

/** Makes the buffer below of a standard stream; installed by standard-streams.ts. */
let makeStandardBuffer: (stream: number) => void = () => {};
export function setStandardBufferMaker(maker: (stream: number) => void): void {
  makeStandardBuffer = maker;
}

/** The cell of the buffer below; ValueError if there is none any more. */
export function bufferCell(stream: number): number {
  const cell = recordValue(stream, TextValue.buffer);
  if (!isNull(cell)) return cell;
  if (hasFlag(stream, TextFlag.initialized) && !hasFlag(stream, TextFlag.detached)) {
    makeStandardBuffer(stream);
    return cell;
  }
  if (hasFlag(stream, TextFlag.detached)) raiseValueError('underlying buffer has been detached');
  raiseValueError('I/O operation on uninitialized object');
}
/** ValueError unless the stream can be used at all. */
export function checkUsable(stream: number): void {
  if (isNull(recordValue(stream, TextValue.buffer))) bufferCellOrStandard(stream);
}
function bufferCellOrStandard(stream: number): void {
  if (numberAt(stream, TextValue.descriptor) >= 0 && hasFlag(stream, TextFlag.initialized)) {
    if (!hasFlag(stream, TextFlag.detached)) return;
  }
  bufferCell(stream);
}

export function newlineArgument(slot: number): string | null {
  if (isNone(slot) || isNull(slot)) return null;
  if (!isStr(slot)) raiseTypeError(`TextIOWrapper() argument 'newline' must be str or None, not ${typeName(slot)}`);
  const text = stringOf(refAt(slot));
  if (!['', '\n', '\r', '\r\n'].includes(text)) raiseValueError(`illegal newline value: ${stringOf(repr(slot))}`);
  return text;
}
/** Sets the flags for a kind of newlines. */
export function setNewlines(stream: number, newline: string | null): void {
  let aux = auxOf(stream) & ~(TextFlag.universal | TextFlag.translate | TextFlag.writeTranslate);
  if (newline === null) aux |= TextFlag.universal | TextFlag.translate;
  else if (newline === '') aux |= TextFlag.universal;
  else if (newline !== '\n') aux |= TextFlag.writeTranslate;
  setAux(stream, aux);
  setRef(recordValue(stream, TextValue.newline), newline === null ? Fixed.none : intern(newline));
}

/** Decides how the stream works for its encoding and errors, and makes encoder and decoder. May call Python. */
export function setCodec(stream: number, encoding: string, errors: string): void {
  const codec: StreamCodec = streamCodec(encoding);
  const direct = codec !== null && (errors === 'strict' || codec === 'latin-1');
  setFlag(stream, TextFlag.direct, direct);
  setFlag(stream, TextFlag.directWriting, codec !== null);
  setFlag(stream, TextFlag.latin1, codec === 'latin-1');
  setFlag(stream, TextFlag.ascii, codec === 'ascii');
  setNull(recordValue(stream, TextValue.encoder));
  setNull(recordValue(stream, TextValue.decoder));
  setRef(recordValue(stream, TextValue.encoding), newString(encoding));
  setRef(recordValue(stream, TextValue.errors), intern(errors));
  if (codec !== null && direct) return;
  const slots = pushSlots(5);
  lookupCodec(encoding, slots);
  if (!isTextEncoding(slots)) {
    raise(T.LookupError, `'${encoding}' is not a text encoding; use codecs.open() to handle arbitrary codecs`);
  }
  const make = (attribute: string, cell: TextValue): void => {
    if (!findAttribute(slots, intern(attribute), slots + 1)) raise(T.AttributeError, `no ${attribute}`);
    setRef(slots + 2, newString(errors));
    call(slots + 1, slots + 2, 1, slots + 3);
    copyValue(recordValue(stream, cell), slots + 3);
  };
  const buffer = bufferCell(stream);
  if (asks(buffer, 'readable')) {
    make('incrementaldecoder', TextValue.decoder);
    if (hasFlag(stream, TextFlag.universal)) {
      const decoder = newRecord(NEWLINE_DECODER);
      setRef(slots + 4, decoder);
      copyValue(slots + 1, recordValue(stream, TextValue.decoder));
      setBool(slots + 2, hasFlag(stream, TextFlag.translate));
      callMethod(slots + 4, '__init__', slots + 1, 2, slots + 3);
      copyValue(recordValue(stream, TextValue.decoder), slots + 4);
    }
  }
  if (codec === null && asks(buffer, 'writable')) make('incrementalencoder', TextValue.encoder);
  popSlots(5);
}

/** TextIOWrapper.__init__, with checked arguments. `stream` is a slot. May call Python. */
export function initializeText(
  self: number,
  buffer: number,
  encoding: string,
  errors: string,
  newline: string | null,
  lineBuffering: boolean,
  writeThrough: boolean,
): void {
  const stream = refAt(self);
  for (let value = 0; value < TextValue.count; value++) setNull(recordValue(stream, value));
  resetNumbers(stream);
  setRef(recordValue(stream, TextValue.newline), Fixed.none);
  setAux(stream, 0);
  copyValue(recordValue(stream, TextValue.buffer), buffer);
  setNewlines(stream, newline);
  setCodec(stream, encoding, errors);
  const slot = pushSlots(1);
  const seekable = asks(buffer, 'seekable');
  setFlag(stream, TextFlag.hasRead1, findAttribute(buffer, intern('read1'), slot));
  setFlag(stream, TextFlag.seekable, seekable);
  setFlag(stream, TextFlag.telling, seekable);
  setFlag(stream, TextFlag.lineBuffering, lineBuffering);
  setFlag(stream, TextFlag.writeThrough, writeThrough);
  setFlag(stream, TextFlag.initialized, true);
  popSlots(1);
  settleEncoder(stream);
  trackStream(stream);
}

/** In the middle of a file the encoder writes no mark. May call Python. */
export function settleEncoder(stream: number): void {
  const encoder = recordValue(stream, TextValue.encoder);
  if (!hasFlag(stream, TextFlag.seekable) || isNull(encoder)) return;
  const slot = pushSlots(1);
  callMethod(bufferCell(stream), 'tell', slot, 0, slot);
  if (truth(slot)) {
    setRef(slot, Fixed.false);
    callMethod(encoder, 'setstate', slot, 1, slot);
  }
  popSlots(1);
}

export function emptyChunk(stream: number): void {
  setNumber(stream, TextValue.position, 0);
  setNumber(stream, TextValue.end, 0);
  setNumber(stream, TextValue.valid, 0);
}
