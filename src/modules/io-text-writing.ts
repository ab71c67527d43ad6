/** Writing of a TextIOWrapper: encoding into the pending bytes, and passing them on. */
import { Fixed } from '../heap/fixed.ts';
import { bytes, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { isNull, refAt, setRef } from '../heap/values.ts';
import { bytesData, bytesLength, isBytes, newBytes, newBytesFromHeap } from '../objects/bytes.ts';
import { utf8Size, writeUtf8 } from '../objects/codec-unicode.ts';
import { encodeText } from '../objects/codecs.ts';
import { recordValue } from '../objects/declared-types.ts';
import { raiseTypeError } from '../objects/errors.ts';
import { callMethod } from '../objects/invoke.ts';
import { codePointAt, copyBytes, isAscii, newString, stringData, stringLength, stringOf } from '../objects/strings.ts';
import { typeName } from '../objects/types.ts';
import { writeDescriptor } from './descriptors.ts';
import { auxOf, numberAt, setNumber } from './io-base.ts';
import { BUFFERED_READER, isPlainBuffered, rawFile, writeBuffered } from './io-buffered.ts';
import { FileValue } from './io-file.ts';
import { withNewlines } from './io-string.ts';
import { bufferCell, cellOf, emptyChunk, hasFlag, TextFlag, TextValue } from './io-text.ts';
import { errnoFrom, raiseErrno } from './os-errors.ts';

/** Room for `size` more pending bytes: the byte offset where they go. */
function reserve(stream: number, size: number): number {
  const cell = cellOf(stream, TextValue.pending);
  const used = numberAt(stream, TextValue.pendingSize);
  const capacity = isNull(cell) ? 0 : bytesLength(refAt(cell));
  if (used + size > capacity) {
    const larger = newBytes(Math.max(capacity * 2, used + size, 1024));
    if (used > 0) copyBytes(bytesData(larger), bytesData(refAt(cell)), used);
    setRef(cell, larger);
  }
  return bytesData(refAt(cell)) + used;
}

/** Writes all bytes to a descriptor; raises OSError. */
export function writeFully(descriptor: number, data: number, size: number): void {
  let done = 0;
  while (done < size) {
    try {
      done += writeDescriptor(descriptor, data + done, size - done);
    } catch (error) {
      raiseErrno(errnoFrom(error));
    }
  }
}

/** Passes what is pending on to the buffer below. May call Python. */
export function passOn(stream: number): void {
  const size = numberAt(stream, TextValue.pendingSize);
  if (size === 0) return;
  setNumber(stream, TextValue.pendingSize, 0);
  const data = bytesData(refAt(cellOf(stream, TextValue.pending)));
  passBytes(stream, data, size);
}
function passBytes(stream: number, data: number, size: number): void {
  const cell = recordValue(stream, TextValue.buffer);
  if (isNull(cell)) {
    const descriptor = numberAt(stream, TextValue.descriptor);
    if (descriptor >= 0) {
      writeFully(descriptor, data, size);
      return;
    }
  }
  const buffer = bufferCell(stream);
  const ref = refAt(buffer);
  if (
    isPlainBuffered(ref) &&
    words[ref << 1] !== BUFFERED_READER &&
    numberAt(rawFile(ref), FileValue.descriptor) >= 0
  ) {
    writeBuffered(ref, data, size);
    return;
  }
  const slots = pushSlots(2);
  setRef(slots, newBytesFromHeap(data, size));
  callMethod(buffer, 'write', slots, 1, slots + 1);
  popSlots(2);
}

/** What follows once text is pending: passing it on, if there is enough of it or it is wanted. */
function afterWriting(stream: number, endsLine: boolean): void {
  const limit = numberAt(stream, TextValue.chunkSize);
  if (endsLine && hasFlag(stream, TextFlag.lineBuffering)) {
    passOn(stream);
    flushBelow(stream);
  } else if (numberAt(stream, TextValue.pendingSize) >= limit || hasFlag(stream, TextFlag.writeThrough)) passOn(stream);
}
export function flushBelow(stream: number): void {
  const cell = recordValue(stream, TextValue.buffer);
  if (isNull(cell) && numberAt(stream, TextValue.descriptor) >= 0) return;
  const slot = pushSlots(1);
  callMethod(bufferCell(stream), 'flush', slot, 0, slot);
  popSlots(1);
}

/**
 * Writes a short ASCII str behind others that are pending, if nothing else is to be done: which is what a program that
 * writes much does nearly always. What is pending proves that the stream is open and can be written to.
 */
export function writeQuickly(stream: number, ref: number): boolean {
  const used = numberAt(stream, TextValue.pendingSize);
  if (used === 0 || !isAscii(ref)) return false;
  const flags = auxOf(stream);
  if ((flags & SLOW) !== 0 || (flags & TextFlag.directWriting) === 0) return false;
  const pending = refAt(recordValue(stream, TextValue.pending));
  const length = stringLength(ref);
  if (used + length >= numberAt(stream, TextValue.chunkSize) || used + length > bytesLength(pending)) return false;
  copyBytes(bytesData(pending) + used, stringData(ref), length);
  setNumber(stream, TextValue.pendingSize, used + length);
  return true;
}
const SLOW = TextFlag.lineBuffering | TextFlag.writeThrough | TextFlag.writeTranslate | TextFlag.started;

/** Writes a str; the slot is used up. The stream is usable and open. May call Python. */
export function writeText(stream: number, slot: number): void {
  let ref = refAt(slot);
  const translates = hasFlag(stream, TextFlag.writeTranslate);
  let endsLine = false;
  if (translates || hasFlag(stream, TextFlag.lineBuffering)) {
    const length = stringLength(ref);
    for (let i = 0; i < length && !endsLine; i++) {
      const code = codePointAt(ref, i);
      endsLine = code === 10 || code === 13;
    }
    if (translates && endsLine) {
      ref = withNewlines(ref, stringOf(refAt(recordValue(stream, TextValue.newline))));
      setRef(slot, ref);
    }
  }
  if (hasFlag(stream, TextFlag.directWriting)) encodeDirectly(stream, ref);
  else encodeByEncoder(stream, slot);
  dropRead(stream);
  afterWriting(stream, endsLine);
}
function encodeDirectly(stream: number, ref: number): void {
  const length = stringLength(ref);
  const chunkSize = numberAt(stream, TextValue.chunkSize);
  if (isAscii(ref)) {
    const used = numberAt(stream, TextValue.pendingSize);
    if (used > 0 && used + length > chunkSize) passOn(stream);
    if (length > 65536) {
      passBytes(stream, stringData(ref), length);
      return;
    }
    copyBytes(reserve(stream, length), stringData(ref), length);
    setNumber(stream, TextValue.pendingSize, numberAt(stream, TextValue.pendingSize) + length);
    return;
  }
  const utf8 = !hasFlag(stream, TextFlag.latin1) && !hasFlag(stream, TextFlag.ascii);
  const size = utf8 ? utf8Size(ref) : -1;
  if (size >= 0) {
    if (numberAt(stream, TextValue.pendingSize) + size > chunkSize) passOn(stream);
    writeUtf8(ref, reserve(stream, size));
    setNumber(stream, TextValue.pendingSize, numberAt(stream, TextValue.pendingSize) + size);
    return;
  }
  const encoding = utf8 ? 'utf-8' : hasFlag(stream, TextFlag.latin1) ? 'latin-1' : 'ascii';
  const encoded = encodeText(ref, encoding, stringOf(refAt(cellOf(stream, TextValue.errors))));
  append(stream, encoded);
}
function append(stream: number, encoded: number): void {
  const slot = pushSlots(1);
  setRef(slot, encoded);
  const size = bytesLength(encoded);
  if (numberAt(stream, TextValue.pendingSize) + size > numberAt(stream, TextValue.chunkSize)) passOn(stream);
  copyBytes(reserve(stream, size), bytesData(encoded), size);
  setNumber(stream, TextValue.pendingSize, numberAt(stream, TextValue.pendingSize) + size);
  popSlots(1);
}
function encodeByEncoder(stream: number, slot: number): void {
  const encoder = cellOf(stream, TextValue.encoder);
  const slots = pushSlots(2);
  setRef(slots, refAt(slot));
  callMethod(encoder, 'encode', slots, 1, slots + 1);
  if (!isBytes(slots + 1)) {
    raiseTypeError(`encoder should return a bytes object, not '${typeName(slots + 1)}'`);
  }
  append(stream, refAt(slots + 1));
  popSlots(2);
}
/** What was read ahead is of no use after a write, unless reading and writing have nothing to do with each other. */
function dropRead(stream: number): void {
  if (!hasFlag(stream, TextFlag.seekable)) return;
  if (numberAt(stream, TextValue.end) > 0) emptyChunk(stream);
  if (!isNull(cellOf(stream, TextValue.decoded))) {
    setRef(cellOf(stream, TextValue.decoded), Fixed.emptyString);
    setNumber(stream, TextValue.decodedUsed, 0);
  }
  const decoder = cellOf(stream, TextValue.decoder);
  if (!isNull(decoder) && hasFlag(stream, TextFlag.started)) {
    const slot = pushSlots(1);
    callMethod(decoder, 'reset', slot, 0, slot);
    popSlots(1);
  }
}

/** For print: writes JavaScript text to a stream that writes directly. May call Python. */
export function writeJavaScriptText(stream: number, text: string): void {
  const length = text.length;
  let union = 0;
  if (length <= 256) for (let i = 0; i < length; i++) union |= text.charCodeAt(i);
  else union = 128;
  if (union < 128 && !hasFlag(stream, TextFlag.writeTranslate)) {
    const used = numberAt(stream, TextValue.pendingSize);
    if (used > 0 && used + length > numberAt(stream, TextValue.chunkSize)) passOn(stream);
    const data = reserve(stream, length);
    for (let i = 0; i < length; i++) bytes[data + i] = text.charCodeAt(i);
    setNumber(stream, TextValue.pendingSize, numberAt(stream, TextValue.pendingSize) + length);
    if (numberAt(stream, TextValue.end) > 0) emptyChunk(stream);
    afterWriting(stream, hasFlag(stream, TextFlag.lineBuffering) && text.includes('\n'));
    return;
  }
  const slot = pushSlots(1);
  setRef(slot, newString(text));
  writeText(stream, slot);
  popSlots(1);
}
