/**
 * Arguments that may be any bytes-like object: where in the heap their bytes lie. The place is valid until Python code
 * runs. Objects that may be written to (`writableBuffer`) are bytearrays and views of them.
 */

import { refAt, setRef } from '../heap/values.ts';
import { bytesData, bytesLength, isBytes } from '../objects/bytes.ts';
import { encodeUtf8 } from '../objects/codec-unicode.ts';
import { raiseTypeError } from '../objects/errors.ts';
import { isAscii, isStr, stringData, stringLength } from '../objects/strings.ts';
import { typeName } from '../objects/types.ts';

/** Byte offset in the heap and length, as the last call of `loadBuffer` found them. */
export let bufferData = 0;
export let bufferLength = 0;

/** True if the object in a slot has a buffer, which then is loaded. */
export function tryLoadBuffer(slot: number): boolean {
  if (!isBytes(slot)) return false;
  bufferData = bytesData(refAt(slot));
  bufferLength = bytesLength(refAt(slot));
  return true;
}

/** Loads the buffer of a bytes-like object; TypeError for anything else. */
export function loadBuffer(slot: number): void {
  if (!tryLoadBuffer(slot)) raiseTypeError(`a bytes-like object is required, not '${typeName(slot)}'`);
}

/** Loads the buffer of a bytes-like object, or the UTF-8 of a str (which the slot then keeps as bytes). */
export function loadBufferOrText(slot: number): void {
  if (isStr(slot)) {
    const ref = refAt(slot);
    if (isAscii(ref)) {
      bufferData = stringData(ref);
      bufferLength = stringLength(ref);
      return;
    }
    setRef(slot, encodeUtf8(ref, 'strict'));
  }
  loadBuffer(slot);
}
