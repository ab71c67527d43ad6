/**
 * What is searched: a str, or bytes, or anything with a buffer. `loadSubject` leaves what the engine wants to know of it
 * in exported variables, which the next call overwrites; they hold until Python code runs.
 */
import { Fixed } from '../../heap/fixed.ts';
import { refAt, setRef } from '../../heap/values.ts';
import { bufferData, bufferLength, readBuffer } from '../../objects/buffers.ts';
import { bytesSlice, isBytes, newBytes, newBytesFromHeap } from '../../objects/bytes.ts';
import { isStr, stringData, stringLength, stringWidth, substring } from '../../objects/strings.ts';
import { typeName } from '../../objects/types.ts';

export let subjectIsText = false;
/** bytes a code point */
export let subjectWidth = 1;
/** index of the first code point in the view of the heap for this width */
export let subjectBase = 0;
export let subjectLength = 0;

/** Loads the object in a slot; TypeError if it cannot be searched. */
export function loadSubject(slot: number): void {
  if (isStr(slot)) {
    const ref = refAt(slot);
    subjectIsText = true;
    subjectWidth = stringWidth(ref);
    subjectBase = stringData(ref) / subjectWidth;
    subjectLength = stringLength(ref);
    return;
  }
  readBuffer(slot, `expected string or bytes-like object, got '${typeName(slot)}'`);
  subjectIsText = false;
  subjectWidth = 1;
  subjectBase = bufferData;
  subjectLength = bufferLength;
}

/** result = the part [start, end) of a subject, as str or bytes. */
export function sliceSubject(slot: number, start: number, end: number, result: number): void {
  if (isStr(slot)) setRef(result, substring(refAt(slot), start, end));
  else if (isBytes(slot)) setRef(result, bytesSlice(refAt(slot), start, end));
  else {
    readBuffer(slot);
    // it may have become shorter since it was searched
    const last = Math.min(end, bufferLength);
    setRef(result, start < last ? newBytesFromHeap(bufferData + start, last - start) : newBytes(0));
  }
}

/** The empty str or bytes, of the kind of the subject loaded last. */
export function emptyPart(): number {
  return subjectIsText ? Fixed.emptyString : newBytes(0);
}
