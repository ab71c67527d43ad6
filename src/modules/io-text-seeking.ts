/**
 * tell() and seek() of a TextIOWrapper. In a direct stream a position is a byte offset. Otherwise it is a *cookie*: the
 * offset where a decoder can start, its state there, and how much it must decode again to come to the place, in the bits
 * of one int; only where the decoder is in its initial state does it look like an offset.
 */
import { Fixed, T } from '../heap/fixed.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { isNull, refAt, setNull, setRef, setSmallInt } from '../heap/values.ts';
import { bytesData, bytesLength, newBytes, newBytesFromHeap } from '../objects/bytes.ts';
import { raise, raiseValueError } from '../objects/errors.ts';
import { bigIntAt, index, isInt, setBigInt, setBool, setInt } from '../objects/integers.ts';
import { callMethod } from '../objects/invoke.ts';
import { repr } from '../objects/operations.ts';
import { stringLength, stringOf } from '../objects/strings.ts';
import { newTuple, tupleItem } from '../objects/tuples.ts';
import { numberAt, raiseUnsupported, setNumber } from './io-base.ts';
import { bufferCell, cellOf, emptyChunk, hasFlag, setFlag, TextFlag, TextValue } from './io-text.ts';
import { flushBelow, passOn } from './io-text-writing.ts';

interface Cookie {
  position: bigint;
  flags: bigint;
  bytesToFeed: bigint;
  charactersToSkip: bigint;
  needsEnd: bigint;
}
const MASK = (1n << 64n) - 1n;
function pack({ position, flags, bytesToFeed, charactersToSkip, needsEnd }: Cookie): bigint {
  return position | (flags << 64n) | (bytesToFeed << 128n) | (charactersToSkip << 192n) | (needsEnd << 256n);
}
function unpack(value: bigint): Cookie {
  return {
    position: value & MASK,
    flags: (value >> 64n) & MASK,
    bytesToFeed: (value >> 128n) & MASK,
    charactersToSkip: (value >> 192n) & MASK,
    needsEnd: value >> 256n,
  };
}

/** decoder.setstate((input, flags)) with no input. */
function setDecoderState(decoder: number, input: number, flags: bigint): void {
  const slots = pushSlots(2);
  const tuple = newTuple(2);
  setSmallInt(tupleItem(tuple, 1), 0);
  setRef(tupleItem(tuple, 0), input);
  setRef(slots, tuple);
  setBigInt(tupleItem(tuple, 1), flags);
  callMethod(decoder, 'setstate', slots, 1, slots + 1);
  popSlots(2);
}
function resetDecoder(decoder: number): void {
  const slot = pushSlots(1);
  callMethod(decoder, 'reset', slot, 0, slot);
  popSlots(1);
}
/** How many characters the decoder makes of the bytes. */
function decodeCount(decoder: number, input: number, final: boolean): number {
  const slots = pushSlots(2);
  setRef(slots, input);
  setBool(slots + 1, final);
  callMethod(decoder, 'decode', slots, 2, slots);
  const length = stringLength(refAt(slots));
  popSlots(2);
  return length;
}
/** The decoder's state: how many bytes it holds back, and its flags. */
function decoderState(decoder: number): { held: number; flags: bigint } {
  const slots = pushSlots(1);
  callMethod(decoder, 'getstate', slots, 0, slots);
  const held = bytesLength(refAt(tupleItem(refAt(slots), 0)));
  const flags = bigIntAt(tupleItem(refAt(slots), 1));
  popSlots(1);
  return { held, flags };
}

function bufferTell(stream: number): bigint {
  const slot = pushSlots(1);
  callMethod(bufferCell(stream), 'tell', slot, 0, slot);
  const position = isInt(slot) ? bigIntAt(slot) : 0n;
  popSlots(1);
  return position;
}

/** result = the position, for seek(). May call Python. */
export function tellText(stream: number, result: number): void {
  if (!hasFlag(stream, TextFlag.seekable)) raiseUnsupported('underlying stream is not seekable');
  if (!hasFlag(stream, TextFlag.telling)) raise(T.OSError, 'telling position disabled by next() call');
  passOn(stream);
  flushBelow(stream);
  const position = bufferTell(stream);
  if (hasFlag(stream, TextFlag.direct)) {
    setBigInt(result, position - BigInt(numberAt(stream, TextValue.end) - numberAt(stream, TextValue.position)));
    return;
  }
  const decoder = cellOf(stream, TextValue.decoder);
  const inputCell = cellOf(stream, TextValue.snapshotInput);
  if (isNull(decoder) || isNull(inputCell)) {
    setBigInt(result, position);
    return;
  }
  const slots = pushSlots(2);
  const input = refAt(inputCell);
  setRef(slots, input);
  const size = bytesLength(input);
  const flags = BigInt(numberAt(stream, TextValue.snapshotFlags));
  const cookie: Cookie = {
    position: position - BigInt(size),
    flags,
    bytesToFeed: 0n,
    charactersToSkip: 0n,
    needsEnd: 0n,
  };
  let skip = numberAt(stream, TextValue.decodedUsed);
  if (skip === 0) {
    setBigInt(result, pack(cookie));
    popSlots(2);
    return;
  }
  callMethod(decoder, 'getstate', slots + 1, 0, slots + 1);
  // feed byte by byte, and remember the last place where the decoder held nothing back
  setDecoderState(decoder, newBytes(0), flags);
  let made = 0;
  let safe = 0;
  let safeMade = 0;
  let safeFlags = flags;
  let done = false;
  const data = bytesData(input);
  for (let i = 0; i < size; i++) {
    made += decodeCount(decoder, newBytesFromHeap(data + i, 1), false);
    const state = decoderState(decoder);
    if (state.held === 0 && made <= skip) {
      safe = i + 1;
      safeMade = made;
      safeFlags = state.flags;
    }
    if (made >= skip) {
      cookie.bytesToFeed = BigInt(i + 1 - safe);
      done = true;
      break;
    }
  }
  if (!done) {
    made += decodeCount(decoder, newBytes(0), true);
    cookie.needsEnd = 1n;
    cookie.bytesToFeed = BigInt(size - safe);
    if (made < skip) raise(T.OSError, "can't reconstruct logical file position");
  }
  cookie.position += BigInt(safe);
  cookie.flags = safeFlags;
  skip -= safeMade;
  cookie.charactersToSkip = BigInt(skip);
  if (skip === 0) cookie.bytesToFeed = 0n;
  setRef(slots, refAt(slots + 1));
  callMethod(decoder, 'setstate', slots, 1, slots);
  setBigInt(result, pack(cookie));
  popSlots(2);
}

function seekBuffer(stream: number, position: bigint, whence: number, result: number): void {
  const slots = pushSlots(2);
  setBigInt(slots, position);
  setSmallInt(slots + 1, whence);
  callMethod(bufferCell(stream), 'seek', slots, whence === 0 ? 1 : 2, result);
  popSlots(2);
}
function forget(stream: number): void {
  emptyChunk(stream);
  if (!isNull(cellOf(stream, TextValue.decoded))) setRef(cellOf(stream, TextValue.decoded), Fixed.emptyString);
  setNumber(stream, TextValue.decodedUsed, 0);
  setNull(cellOf(stream, TextValue.snapshotInput));
}
/** The encoder knows whether it is at the beginning, where some encodings write a mark. */
function setEncoder(stream: number, atStart: boolean): void {
  const encoder = cellOf(stream, TextValue.encoder);
  if (isNull(encoder)) return;
  const slot = pushSlots(1);
  if (atStart) callMethod(encoder, 'reset', slot, 0, slot);
  else {
    setSmallInt(slot, 0);
    callMethod(encoder, 'setstate', slot, 1, slot);
  }
  popSlots(1);
}

/** result = the new position. `self` and `cookie` are slots. May call Python. */
export function seekText(self: number, cookie: number, whence: number, result: number): void {
  const stream = refAt(self);
  if (!hasFlag(stream, TextFlag.seekable)) raiseUnsupported('underlying stream is not seekable');
  const slots = pushSlots(2);
  index(cookie, slots);
  let target = bigIntAt(slots);
  const flush = (): void => callMethod(self, 'flush', slots + 1, 0, slots + 1);
  if (whence === 1) {
    if (target !== 0n) raiseUnsupported("can't do nonzero cur-relative seeks");
    callMethod(self, 'tell', slots, 0, slots);
    target = bigIntAt(slots);
  } else if (whence === 2) {
    if (target !== 0n) raiseUnsupported("can't do nonzero end-relative seeks");
    flush();
    forget(stream);
    if (!isNull(cellOf(stream, TextValue.decoder))) resetDecoder(cellOf(stream, TextValue.decoder));
    seekBuffer(stream, 0n, 2, result);
    setEncoder(stream, isInt(result) && bigIntAt(result) === 0n);
    popSlots(2);
    return;
  } else if (whence !== 0) raiseValueError(`invalid whence (${whence}, should be 0, 1 or 2)`);
  if (target < 0n) {
    setBigInt(slots, target);
    raiseValueError(`negative seek position ${stringOf(repr(slots))}`);
  }
  flush();
  const { position, flags, bytesToFeed, charactersToSkip, needsEnd } = unpack(target);
  seekBuffer(stream, position, 0, slots + 1);
  forget(stream);
  const decoder = cellOf(stream, TextValue.decoder);
  if (!isNull(decoder)) {
    if (position === 0n && flags === 0n && bytesToFeed === 0n) resetDecoder(decoder);
    else if (flags !== 0n || charactersToSkip !== 0n || !hasFlag(stream, TextFlag.direct)) {
      setDecoderState(decoder, newBytes(0), flags);
      setNumber(stream, TextValue.snapshotFlags, Number(flags));
      setRef(cellOf(stream, TextValue.snapshotInput), newBytes(0));
    }
  }
  if (charactersToSkip !== 0n) {
    setInt(slots, Number(bytesToFeed));
    callMethod(bufferCell(stream), 'read', slots, 1, slots);
    setNumber(stream, TextValue.snapshotFlags, Number(flags));
    setRef(cellOf(stream, TextValue.snapshotInput), refAt(slots));
    setBool(slots + 1, needsEnd !== 0n);
    callMethod(decoder, 'decode', slots, 2, slots);
    if (BigInt(stringLength(refAt(slots))) < charactersToSkip) raise(T.OSError, "can't restore logical file position");
    setRef(cellOf(stream, TextValue.decoded), refAt(slots));
    setNumber(stream, TextValue.decodedUsed, Number(charactersToSkip));
  }
  setEncoder(stream, target === 0n);
  setFlag(stream, TextFlag.ended, false);
  setBigInt(result, target);
  popSlots(2);
}
