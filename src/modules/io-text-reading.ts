/**
 * Reading of a TextIOWrapper: lines and characters, directly from undecoded bytes or from text decoded ahead (see
 * io-text.ts). A direct chunk is checked when it is read, so an error shows where CPython shows it: at the first read that
 * needs the chunk, with a position in it.
 */
import { Fixed, T } from '../heap/fixed.ts';
import { Kind } from '../heap/layouts.ts';
import { bytes, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, refAt, setNull, setRef } from '../heap/values.ts';
import { bufferData, bufferLength, isBytesLike, readBuffer } from '../objects/buffers.ts';
import { bytesData, bytesLength, isBytes, newBytes, newBytesFromHeap } from '../objects/bytes.ts';
import { codecConsumed, decodeAscii, decodeUtf8, isAsciiRange } from '../objects/codec-unicode.ts';
import { raise, raiseTypeError } from '../objects/errors.ts';
import { bigIntAt, isInt, setBool, setInt } from '../objects/integers.ts';
import { callMethod } from '../objects/invoke.ts';
import {
  allocateString,
  codePointAt,
  concatenate,
  copyBytes,
  heapBytes,
  isStr,
  latin1String,
  newStringFromLatin1,
  stringData,
  stringLength,
  stringOf,
  stringWidth,
  substring,
} from '../objects/strings.ts';
import { tupleItem, tupleSize } from '../objects/tuples.ts';
import { kindAt, typeName } from '../objects/types.ts';
import { auxOf, isNone, numberAt, raiseUnsupported, setAux, setNumber } from './io-base.ts';
import {
  ahead,
  BUFFERED_WRITER,
  BufferedValue,
  bufferOf,
  fill,
  flushPending,
  isPlainBuffered,
  rawFile,
} from './io-buffered.ts';
import { FileValue } from './io-file.ts';
import { Seen } from './io-newlines.ts';
import { bufferCell, cellOf, emptyChunk, hasFlag, SEEN_SHIFT, setFlag, TextFlag, TextValue } from './io-text.ts';
import { passOn } from './io-text-writing.ts';

/** Byte offset in the heap of the chunk, which exists. */
const chunkData = (stream: number): number => bytesData(refAt(cellOf(stream, TextValue.chunk)));

// Direct reading

/** Room for `size` more bytes behind what is left of the chunk. Answers the byte offset where they go. */
function reserveChunk(stream: number, size: number): number {
  const cell = cellOf(stream, TextValue.chunk);
  const position = numberAt(stream, TextValue.position);
  const end = numberAt(stream, TextValue.end);
  const left = end - position;
  const capacity = isNull(cell) ? 0 : bytesLength(refAt(cell));
  if (position > 0 && left + size <= capacity) {
    const data = bytesData(refAt(cell));
    if (left > 0) bytes.copyWithin(data, data + position, data + end);
  } else if (end + size > capacity) {
    const larger = newBytes(Math.max(left + size, left * 2));
    if (left > 0) copyBytes(bytesData(larger), bytesData(refAt(cell)) + position, left);
    setRef(cell, larger);
  } else return bytesData(refAt(cell)) + end;
  setNumber(stream, TextValue.position, 0);
  setNumber(stream, TextValue.end, left);
  setNumber(stream, TextValue.valid, numberAt(stream, TextValue.valid) - position);
  return bytesData(refAt(cell)) + left;
}

/** Reads more bytes behind those of the chunk and checks them; false at the end. May call Python; raises. */
function fillChunk(stream: number): boolean {
  const wanted = numberAt(stream, TextValue.chunkSize);
  setFlag(stream, TextFlag.started, true);
  const buffer = bufferCell(stream);
  const below = refAt(buffer);
  let size: number;
  if (
    isPlainBuffered(below) &&
    words[below << 1] !== BUFFERED_WRITER &&
    numberAt(rawFile(below), FileValue.descriptor) >= 0
  ) {
    flushPending(below);
    if (ahead(below) === 0) fill(below);
    size = Math.min(wanted, ahead(below));
    if (size > 0) {
      const target = reserveChunk(stream, size);
      const position = numberAt(below, BufferedValue.position);
      copyBytes(target, bufferOf(below) + position, size);
      setNumber(below, BufferedValue.position, position + size);
    }
  } else {
    const slots = pushSlots(2);
    const method = hasFlag(stream, TextFlag.hasRead1) ? 'read1' : 'read';
    setInt(slots, wanted);
    callMethod(buffer, method, slots, 1, slots + 1);
    if (!isBytesLike(slots + 1)) {
      raiseTypeError(`underlying ${method}() should have returned a bytes-like object, not '${typeName(slots + 1)}'`);
    }
    readBuffer(slots + 1);
    size = bufferLength;
    if (size > 0) {
      const target = reserveChunk(stream, size);
      readBuffer(slots + 1);
      copyBytes(target, bufferData, size);
    }
    popSlots(2);
  }
  const ended = size <= 0;
  setNumber(stream, TextValue.end, numberAt(stream, TextValue.end) + Math.max(size, 0));
  checkChunk(stream, ended);
  return !ended;
}

/** Checks the new bytes of the chunk; notes whether all of it is ASCII and which newlines it has. */
function checkChunk(stream: number, final: boolean): void {
  const data = chunkDataOrZero(stream);
  const end = numberAt(stream, TextValue.end);
  const valid = numberAt(stream, TextValue.valid);
  const fresh = end - valid;
  let aux = auxOf(stream);
  if (valid === numberAt(stream, TextValue.position)) {
    aux = (aux | TextFlag.asciiChunk) & ~TextFlag.hasReturn;
  }
  if (fresh === 0) {
    setAux(stream, aux);
    return;
  }
  const ascii = isAsciiRange(data + valid, fresh);
  if (!ascii) {
    aux &= ~TextFlag.asciiChunk;
    if ((aux & TextFlag.latin1) === 0) {
      setAux(stream, aux);
      const slot = pushSlots(1);
      setRef(slot, newBytesFromHeap(data + valid, fresh));
      // for an error the chunk is lost, as it is for CPython
      setNumber(stream, TextValue.end, valid);
      if ((aux & TextFlag.ascii) !== 0) decodeAscii(data + valid, fresh, 'strict', refAt(slot));
      else decodeUtf8(data + valid, fresh, 'strict', refAt(slot), final);
      popSlots(1);
      setNumber(stream, TextValue.end, end);
      setNumber(stream, TextValue.valid, valid + codecConsumed);
    } else setNumber(stream, TextValue.valid, end);
  } else setNumber(stream, TextValue.valid, end);
  if ((aux & TextFlag.universal) !== 0) {
    if (hasByte(data + valid, fresh, 13)) aux |= TextFlag.hasReturn;
    else if ((aux & (Seen.lineFeed << SEEN_SHIFT)) === 0 && hasByte(data + valid, fresh, 10)) {
      aux |= Seen.lineFeed << SEEN_SHIFT;
    }
  }
  setAux(stream, aux);
}
const chunkDataOrZero = (stream: number): number => (isNull(cellOf(stream, TextValue.chunk)) ? 0 : chunkData(stream));
function hasByte(data: number, size: number, byte: number): boolean {
  if (size < 64) {
    for (let i = data; i < data + size; i++) if (bytes[i] === byte) return true;
    return false;
  }
  const at = heapBytes.subarray(data, data + size).indexOf(byte);
  return at >= 0;
}
function see(stream: number, kind: Seen): void {
  setAux(stream, auxOf(stream) | (kind << SEEN_SHIFT));
}

/** The bytes [start, end) of the chunk, which are good, as a str. Allocates. */
function decodeChunk(stream: number, start: number, end: number): number {
  const length = end - start;
  const data = chunkDataOrZero(stream) + start;
  const aux = auxOf(stream);
  if ((aux & TextFlag.asciiChunk) !== 0) {
    if (length <= 1) return length === 0 ? Fixed.emptyString : latin1String(bytes[data]);
    const ref = allocateString(length, 1, true);
    copyBytes(stringData(ref), data, length);
    return ref;
  }
  if ((aux & TextFlag.latin1) !== 0) return newStringFromLatin1(data, length);
  return decodeUtf8(data, length, 'strict', refAt(cellOf(stream, TextValue.chunk)), true);
}

/** How many bytes `count` characters from byte `start` of the chunk take, as far as there are any before `end`. */
function bytesOfCharacters(stream: number, start: number, end: number, count: number): number {
  if ((auxOf(stream) & (TextFlag.asciiChunk | TextFlag.latin1)) !== 0) return Math.min(count, end - start);
  const data = chunkData(stream);
  let at = start;
  for (let left = count; left > 0 && at < end; left--) {
    const lead = bytes[data + at];
    at += lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  }
  return at - start;
}

/** The next line as a str; the empty one at the end. `limit` in characters, negative: none. */
function readLineDirectly(stream: number, limit: number): number {
  const ends = newlineOf(stream);
  let scanned = 0;
  for (;;) {
    const position = numberAt(stream, TextValue.position);
    const valid = numberAt(stream, TextValue.valid);
    const data = chunkDataOrZero(stream);
    const universal = ends === '' && hasFlag(stream, TextFlag.hasReturn);
    const last = ends === '\r' || ends === '\r\n' ? ends.charCodeAt(ends.length - 1) : 10;
    let at = data + position + scanned;
    const stop = data + valid;
    if (universal) {
      while (at < stop && bytes[at] !== 10 && bytes[at] !== 13) at++;
    } else {
      while (at < stop && bytes[at] !== last) at++;
    }
    if (at < stop) {
      let end = at + 1;
      let cut = end;
      if (universal && bytes[at] === 13) {
        if (end < stop) {
          if (bytes[end] === 10) {
            end++;
            see(stream, Seen.both);
          } else see(stream, Seen.carriageReturn);
        } else if (fillChunk(stream)) {
          scanned = at - data - position;
          continue;
        } else see(stream, Seen.carriageReturn);
        if (hasFlag(stream, TextFlag.translate)) bytes[chunkData(stream) + (at - data)] = 10;
        else cut = end;
      } else if (universal) see(stream, Seen.lineFeed);
      else if (ends === '\r\n' && (at === data + position || bytes[at - 1] !== 13)) {
        scanned = at + 1 - data - position;
        continue;
      }
      return finishLine(stream, position, cut - data, end - data, limit);
    }
    scanned = valid - position;
    if (limit >= 0 && scanned >= limit) {
      const size = bytesOfCharacters(stream, position, valid, limit);
      const cut = decodeChunk(stream, position, position + size);
      if (stringLength(cut) === limit) {
        setNumber(stream, TextValue.position, position + size);
        return cut;
      }
    }
    if (!fillChunk(stream)) {
      const start = numberAt(stream, TextValue.position);
      const end = numberAt(stream, TextValue.valid);
      return finishLine(stream, start, end, end, limit);
    }
  }
}
/** The line [start, cut) of the chunk, of at most `limit` characters; it took the bytes up to `end`. */
function finishLine(stream: number, start: number, cut: number, end: number, limit: number): number {
  if (limit >= 0 && cut - start > limit) {
    const size = bytesOfCharacters(stream, start, cut, limit);
    if (start + size < cut) {
      setNumber(stream, TextValue.position, start + size);
      return decodeChunk(stream, start, start + size);
    }
  }
  const line = decodeChunk(stream, start, cut);
  setNumber(stream, TextValue.position, end);
  return line;
}
/** What ends lines when reading: '' for universal newlines. */
function newlineOf(stream: number): string {
  if (hasFlag(stream, TextFlag.universal)) return '';
  const cell = cellOf(stream, TextValue.newline);
  return isNone(cell) ? '\n' : stringOf(refAt(cell));
}

/** Up to `count` characters as a str. */
function readDirectly(stream: number, count: number): number {
  const universal = hasFlag(stream, TextFlag.universal);
  const translate = hasFlag(stream, TextFlag.translate);
  const slot = pushSlots(1);
  setRef(slot, Fixed.emptyString);
  let left = count;
  while (left > 0) {
    const position = numberAt(stream, TextValue.position);
    const valid = numberAt(stream, TextValue.valid);
    if (position >= valid) {
      if (!fillChunk(stream)) break;
      continue;
    }
    if (!universal || !hasFlag(stream, TextFlag.hasReturn)) {
      const size = bytesOfCharacters(stream, position, valid, left);
      const piece = decodeChunk(stream, position, position + size);
      setNumber(stream, TextValue.position, position + size);
      left -= stringLength(piece);
      setRef(slot, concatenate(refAt(slot), piece));
      continue;
    }
    // up to the next carriage return, then that
    const data = chunkData(stream);
    let at = position;
    while (at < valid && bytes[data + at] !== 13) at++;
    if (at > position) {
      const size = bytesOfCharacters(stream, position, at, left);
      const piece = decodeChunk(stream, position, position + size);
      setNumber(stream, TextValue.position, position + size);
      left -= stringLength(piece);
      setRef(slot, concatenate(refAt(slot), piece));
      continue;
    }
    if (at + 1 >= valid && fillChunk(stream)) continue;
    const pair =
      numberAt(stream, TextValue.position) + 1 < numberAt(stream, TextValue.valid) &&
      bytes[chunkData(stream) + numberAt(stream, TextValue.position) + 1] === 10;
    see(stream, pair ? Seen.both : Seen.carriageReturn);
    const whole = pair && (translate || left > 1);
    setRef(slot, concatenate(refAt(slot), translate ? latin1String(10) : latin1String(13)));
    if (whole && !translate) setRef(slot, concatenate(refAt(slot), latin1String(10)));
    left -= whole && !translate ? 2 : 1;
    setNumber(stream, TextValue.position, numberAt(stream, TextValue.position) + (whole ? 2 : 1));
  }
  const text = refAt(slot);
  popSlots(1);
  return text;
}

/** All that is left, as a str. */
function readAllDirectly(stream: number): number {
  const slots = pushSlots(2);
  const start = numberAt(stream, TextValue.position);
  const left = numberAt(stream, TextValue.end) - start;
  setFlag(stream, TextFlag.started, true);
  callMethod(bufferCell(stream), 'read', slots, 0, slots);
  if (isNone(slots)) raise(T.BlockingIOError, 'nothing to read');
  if (!isBytesLike(slots)) {
    raiseTypeError(`underlying read() should have returned a bytes-like object, not '${typeName(slots)}'`);
  }
  readBuffer(slots);
  const size = bufferLength;
  const plain = left === 0 && isBytes(slots) && !(hasFlag(stream, TextFlag.universal) && hasByte(bufferData, size, 13));
  if (plain) {
    // nothing to translate and nothing left over: decoded where it lies
    if (hasFlag(stream, TextFlag.universal) && hasByte(bufferData, size, 10)) see(stream, Seen.lineFeed);
    const aux = auxOf(stream);
    emptyChunk(stream);
    const text =
      (aux & TextFlag.latin1) !== 0
        ? newStringFromLatin1(bufferData, size)
        : (aux & TextFlag.ascii) !== 0
          ? decodeAscii(bufferData, size, 'strict', refAt(slots))
          : decodeUtf8(bufferData, size, 'strict', refAt(slots), true);
    popSlots(2);
    return text;
  }
  const target = reserveChunk(stream, size);
  readBuffer(slots);
  copyBytes(target, bufferData, size);
  setNumber(stream, TextValue.end, numberAt(stream, TextValue.end) + size);
  popSlots(2);
  checkChunk(stream, true);
  const position = numberAt(stream, TextValue.position);
  let end = numberAt(stream, TextValue.valid);
  const total = end;
  if (hasFlag(stream, TextFlag.hasReturn)) end = translateChunk(stream, position, end);
  const text = decodeChunk(stream, position, end);
  setNumber(stream, TextValue.position, total);
  setNumber(stream, TextValue.end, total);
  return text;
}
/** Turns the newlines of the chunk's bytes into '\n' where that is asked for; answers where they end then. */
function translateChunk(stream: number, start: number, end: number): number {
  const translate = hasFlag(stream, TextFlag.translate);
  const data = chunkData(stream);
  let to = start;
  for (let from = start; from < end; from++) {
    const byte = bytes[data + from];
    if (byte === 13) {
      const pair = from + 1 < end && bytes[data + from + 1] === 10;
      see(stream, pair ? Seen.both : Seen.carriageReturn);
      if (translate) {
        bytes[data + to++] = 10;
        if (pair) from++;
        continue;
      }
      if (pair) {
        bytes[data + to++] = 13;
        from++;
        bytes[data + to++] = 10;
        continue;
      }
    } else if (byte === 10) see(stream, Seen.lineFeed);
    bytes[data + to++] = byte;
  }
  return to;
}

// Reading by a decoder

const decodedLeft = (stream: number): number =>
  isNull(cellOf(stream, TextValue.decoded))
    ? 0
    : stringLength(refAt(cellOf(stream, TextValue.decoded))) - numberAt(stream, TextValue.decodedUsed);

/** Decodes another chunk; false at the end. May call Python. */
export function readChunk(stream: number, wanted: number): boolean {
  const decoder = cellOf(stream, TextValue.decoder);
  if (isNull(decoder)) raiseUnsupported('not readable');
  setFlag(stream, TextFlag.started, true);
  const slots = pushSlots(5);
  if (hasFlag(stream, TextFlag.telling)) {
    callMethod(decoder, 'getstate', slots, 0, slots);
    if (kindAt(slots) !== Kind.tuple || tupleSize(refAt(slots)) !== 2) raiseTypeError('illegal decoder state');
    const flags = tupleItem(refAt(slots), 1);
    if (!isBytes(tupleItem(refAt(slots), 0))) {
      raiseTypeError(
        `illegal decoder state: the first item should be a bytes object, not '${typeName(tupleItem(refAt(slots), 0))}'`,
      );
    }
    if (!isInt(flags)) raiseTypeError('illegal decoder state');
    setNumber(stream, TextValue.snapshotFlags, Number(bigIntAt(flags)));
    copyValue(slots + 1, tupleItem(refAt(slots), 0));
  }
  const method = hasFlag(stream, TextFlag.hasRead1) ? 'read1' : 'read';
  setInt(slots + 2, Math.max(numberAt(stream, TextValue.chunkSize), wanted));
  callMethod(bufferCell(stream), method, slots + 2, 1, slots + 2);
  if (!isBytesLike(slots + 2)) {
    raiseTypeError(`underlying ${method}() should have returned a bytes-like object, not '${typeName(slots + 2)}'`);
  }
  readBuffer(slots + 2);
  const size = bufferLength;
  const ended = size === 0;
  copyValue(slots + 3, slots + 2);
  setBool(slots + 4, ended);
  callMethod(decoder, 'decode', slots + 3, 2, slots);
  if (!isStr(slots)) raiseTypeError(`decoder should return a string result, not '${typeName(slots)}'`);
  copyValue(cellOf(stream, TextValue.decoded), slots);
  setNumber(stream, TextValue.decodedUsed, 0);
  const length = stringLength(refAt(slots));
  setNumber(stream, TextValue.ratio, length > 0 ? size / length : 0);
  if (hasFlag(stream, TextFlag.telling)) {
    const front = bytesLength(refAt(slots + 1));
    readBuffer(slots + 2);
    const input = newBytes(front + size);
    copyBytes(bytesData(input), bytesData(refAt(slots + 1)), front);
    copyBytes(bytesData(input) + front, bufferData, size);
    setRef(cellOf(stream, TextValue.snapshotInput), input);
  }
  popSlots(5);
  return !ended || length > 0;
}

/** Up to `count` characters of the text decoded ahead; negative: all of it. */
function takeDecoded(stream: number, count: number): number {
  const cell = cellOf(stream, TextValue.decoded);
  if (isNull(cell)) return Fixed.emptyString;
  const used = numberAt(stream, TextValue.decodedUsed);
  const left = decodedLeft(stream);
  const size = count < 0 || count > left ? left : count;
  setNumber(stream, TextValue.decodedUsed, used + size);
  return substring(refAt(cell), used, used + size);
}
function readDecoded(stream: number, count: number): number {
  const slot = pushSlots(2);
  if (count < 0) {
    callMethod(bufferCell(stream), 'read', slot, 0, slot);
    setRef(slot + 1, Fixed.true);
    setFlag(stream, TextFlag.started, true);
    const decoder = cellOf(stream, TextValue.decoder);
    if (isNull(decoder)) raiseUnsupported('not readable');
    callMethod(decoder, 'decode', slot, 2, slot);
    if (!isStr(slot)) raiseTypeError(`decoder should return a string result, not '${typeName(slot)}'`);
    setRef(slot, concatenate(takeDecoded(stream, -1), refAt(slot)));
    setRef(cellOf(stream, TextValue.decoded), Fixed.emptyString);
    setNumber(stream, TextValue.decodedUsed, 0);
    setNull(cellOf(stream, TextValue.snapshotInput));
  } else {
    setRef(slot, takeDecoded(stream, count));
    let more = true;
    while (stringLength(refAt(slot)) < count && more) {
      const left = count - stringLength(refAt(slot));
      more = readChunk(stream, Math.ceil(left * numberAt(stream, TextValue.ratio)));
      setRef(slot, concatenate(refAt(slot), takeDecoded(stream, left)));
    }
  }
  const text = refAt(slot);
  popSlots(2);
  return text;
}

/** The index behind the first line end in a str from `start` on, or -1. */
function lineEnd(text: number, start: number, ends: string): number {
  const length = stringLength(text);
  if (ends === '\n' && stringWidth(text) === 1) {
    const data = stringData(text);
    for (let i = start; i < length; i++) if (bytes[data + i] === 10) return i + 1;
    return -1;
  }
  for (let i = start; i < length; i++) {
    const code = codePointAt(text, i);
    if (ends === '') {
      if (code === 10) return i + 1;
      if (code === 13) return i + 1 < length && codePointAt(text, i + 1) === 10 ? i + 2 : i + 1;
    } else if (ends === '\r\n') {
      if (code === 13 && i + 1 < length && codePointAt(text, i + 1) === 10) return i + 2;
    } else if (code === ends.charCodeAt(0)) return i + 1;
  }
  return -1;
}
function readLineDecoded(stream: number, limit: number): number {
  const ends = hasFlag(stream, TextFlag.translate) ? '\n' : newlineOf(stream);
  const slot = pushSlots(1);
  // what earlier chunks had of the line; empty for nearly all lines
  setRef(slot, Fixed.emptyString);
  for (;;) {
    const before = stringLength(refAt(slot));
    const used = numberAt(stream, TextValue.decodedUsed);
    const cell = cellOf(stream, TextValue.decoded);
    const text: number = isNull(cell) ? Fixed.emptyString : refAt(cell);
    let end = lineEnd(text, used, ends);
    // the end of a line may be cut in two
    if (ends === '\r\n' && before > 0 && used < stringLength(text)) {
      if (codePointAt(refAt(slot), before - 1) === 13 && codePointAt(text, used) === 10) end = used + 1;
    }
    if (limit >= 0 && (end < 0 || before + end - used > limit)) {
      const cut = used + limit - before;
      if (cut <= stringLength(text)) end = cut;
    }
    if (end < 0 && !takesMore(stream, slot, text, used)) end = 0;
    if (end < 0) continue;
    const line = end === 0 ? Fixed.emptyString : substring(text, used, end);
    if (end > 0) setNumber(stream, TextValue.decodedUsed, end);
    const whole = before === 0 && end > 0 ? line : concatenate(refAt(slot), line);
    popSlots(1);
    return whole;
  }
}
/** Moves what is left of the decoded text to the line in a slot, and decodes more; false at the end. */
function takesMore(stream: number, slot: number, text: number, used: number): boolean {
  setRef(slot, concatenate(refAt(slot), substring(text, used, stringLength(text))));
  setNumber(stream, TextValue.decodedUsed, stringLength(text));
  return readChunk(stream, 0);
}

// Either way

/** Before reading: what was written goes out. */
function prepare(stream: number): void {
  if (numberAt(stream, TextValue.pendingSize) > 0) passOn(stream);
}
/** The next line, '' at the end; negative limit: none. The stream is usable and open. May call Python. */
export function readLine(stream: number, limit: number): number {
  prepare(stream);
  return hasFlag(stream, TextFlag.direct) ? readLineDirectly(stream, limit) : readLineDecoded(stream, limit);
}
/** Up to `count` characters; negative: all. */
export function readText(stream: number, count: number): number {
  prepare(stream);
  if (!hasFlag(stream, TextFlag.direct)) return readDecoded(stream, count);
  return count < 0 ? readAllDirectly(stream) : readDirectly(stream, count);
}
