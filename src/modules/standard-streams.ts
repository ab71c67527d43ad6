/**
 * sys.stdin, sys.stdout and sys.stderr: TextIOWrappers of their own kind. What lies below one (a buffered stream over a
 * FileIO) is made only when a program asks for it; until then text goes from the wrapper straight to the descriptor, so
 * that starting costs three small objects. `writeText` and its kin are for the virtual machine's own messages.
 */
import { addRootScanner, mark } from '../heap/collector.ts';
import { exemptFromFinalization } from '../heap/finalization.ts';
import { State } from '../heap/fixed.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { isNull, refAt, setNull, setRef, setSmallInt } from '../heap/values.ts';
import { setAttribute } from '../objects/attributes.ts';
import { newRecord, recordValue } from '../objects/declared-types.ts';
import { becomesPythonError, clearRaised } from '../objects/errors.ts';
import { callMethod } from '../objects/invoke.ts';
import { intern, stringOf } from '../objects/strings.ts';
import { isTerminal } from './descriptors.ts';
import { DEFAULT_BUFFER_SIZE, setAux, setNumber } from './io-base.ts';
import { BUFFERED_READER, BUFFERED_WRITER, BufferedValue, initializeBuffered } from './io-buffered.ts';
import { FILE_IO, FileValue, initializeFile } from './io-file.ts';
import {
  resetNumbers,
  setFlag,
  setNewlines,
  setStandardBufferMaker,
  TEXT_IO_WRAPPER,
  TextFlag,
  TextValue,
} from './io-text.ts';
import { textIsClosed } from './io-text-methods.ts';
import { readText } from './io-text-reading.ts';
import { flushBelow, passOn, writeJavaScriptText } from './io-text-writing.ts';
import { openStreams } from './io-tracking.ts';

/** The streams by descriptor; 0: not made. */
const streams = [0, 0, 0];
addRootScanner(() => {
  for (const stream of streams) mark(stream);
});
/** More than other text streams keep: it saves system calls. */
const PENDING_SIZE = 1 << 14;

/** Output keeps nothing back (-u): text is passed on at once, and the buffer below is the file itself. */
let unbuffered = false;
/** To be called before the streams are made. */
export function writeAtOnce(): void {
  unbuffered = true;
}

/** The stream object for descriptor 0, 1 or 2. Allocates only. */
export function standardStream(descriptor: number): number {
  if (streams[descriptor] !== 0) return streams[descriptor];
  const slots = pushSlots(2);
  const stream = newRecord(TEXT_IO_WRAPPER);
  exemptFromFinalization(stream);
  streams[descriptor] = stream;
  setRef(slots, stream);
  resetNumbers(stream);
  setNumber(stream, TextValue.chunkSize, PENDING_SIZE);
  setNumber(stream, TextValue.descriptor, descriptor);
  setRef(recordValue(stream, TextValue.encoding), intern('utf-8'));
  setRef(recordValue(stream, TextValue.errors), intern(descriptor === 2 ? 'backslashreplace' : 'strict'));
  setAux(stream, TextFlag.initialized | TextFlag.direct | TextFlag.directWriting);
  setNewlines(stream, descriptor === 0 ? null : '\n');
  setFlag(stream, TextFlag.hasRead1, true);
  setFlag(stream, TextFlag.lineBuffering, descriptor === 2 || isTerminal(descriptor));
  setFlag(stream, TextFlag.writeThrough, unbuffered && descriptor !== 0);
  setRef(slots + 1, intern(descriptor === 0 ? 'r' : 'w'));
  setAttribute(slots, intern('mode'), slots + 1);
  popSlots(2);
  return stream;
}

setStandardBufferMaker((stream) => {
  const descriptor = streams.indexOf(stream);
  const slots = pushSlots(4);
  setRef(slots, newRecord(FILE_IO));
  exemptFromFinalization(refAt(slots));
  setNumber(refAt(slots), FileValue.descriptor, -1);
  setSmallInt(slots + 2, descriptor);
  setNull(slots + 3);
  initializeFile(slots, slots + 2, descriptor === 0 ? 'rb' : 'wb', false, slots + 3);
  setRef(slots + 2, intern(['<stdin>', '<stdout>', '<stderr>'][descriptor]));
  setAttribute(slots, intern('name'), slots + 2);
  if (unbuffered && descriptor !== 0) {
    setRef(recordValue(stream, TextValue.buffer), refAt(slots));
    popSlots(4);
    return;
  }
  setRef(slots + 1, newRecord(descriptor === 0 ? BUFFERED_READER : BUFFERED_WRITER));
  exemptFromFinalization(refAt(slots + 1));
  for (let i = BufferedValue.size; i < BufferedValue.count; i++) setNumber(refAt(slots + 1), i, 0);
  initializeBuffered(slots + 1, slots, DEFAULT_BUFFER_SIZE);
  setRef(recordValue(stream, TextValue.buffer), refAt(slots + 1));
  popSlots(4);
});

/** True if the stream can take text: it was not closed or detached. */
function isOpen(descriptor: number): boolean {
  const slot = pushSlots(1);
  setRef(slot, standardStream(descriptor));
  let open = false;
  try {
    open = !textIsClosed(slot);
  } catch (error) {
    if (!becomesPythonError(error)) throw error;
    clearRaised();
  }
  words[State.stackTop] = slot;
  return open;
}

/** Writes a message of the virtual machine's own; standard error's goes out at once. May raise OSError. */
export function writeText(descriptor: number, text: string): void {
  if (!isOpen(descriptor)) return;
  const stream = standardStream(descriptor);
  writeJavaScriptText(stream, text);
  if (descriptor === 2) {
    passOn(stream);
    flushBelow(stream);
  }
}

/** Writes out what is buffered; may raise OSError or UnicodeEncodeError. */
export function flushStream(descriptor: number): void {
  if (!isOpen(descriptor)) return;
  passOn(standardStream(descriptor));
  flushBelow(standardStream(descriptor));
}

/** Flushes both output streams, quietly; false if that failed. */
export function flushAll(): boolean {
  let complete = true;
  for (const descriptor of [1, 2]) complete = quietly(() => flushStream(descriptor)) && complete;
  return complete;
}
/** At the end of the process: everything that open streams hold goes out, text first. */
export function flushOpenStreams(): void {
  const open = [...openStreams].filter((ref) => words[ref << 1] !== FILE_IO);
  const slots = pushSlots(2);
  for (const text of [true, false]) {
    for (const ref of open) {
      if (isSubclassOfText(ref) !== text || !openStreams.has(ref)) continue;
      setRef(slots, ref);
      quietly(() => callMethod(slots, 'flush', slots + 1, 0, slots + 1));
    }
  }
  popSlots(2);
}
function isSubclassOfText(ref: number): boolean {
  return !isNull(recordValue(ref, TextValue.buffer)) && words[ref << 1] === TEXT_IO_WRAPPER;
}
function quietly(action: () => void): boolean {
  const top = words[State.stackTop];
  try {
    action();
    return true;
  } catch (error) {
    if (!becomesPythonError(error)) throw error;
    clearRaised();
    words[State.stackTop] = top;
    return false;
  }
}

/** All of standard input: a program to run. */
export function readAll(): string {
  return stringOf(readText(standardStream(0), -1));
}
