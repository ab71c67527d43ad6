/** An argument that may be any bytes-like object or a str, whose UTF-8 then is meant. */
import { refAt, setRef } from '../heap/values.ts';
import { readBuffer } from '../objects/buffers.ts';
import { encodeUtf8 } from '../objects/codec-unicode.ts';
import { isStr } from '../objects/strings.ts';

/** readBuffer of objects/buffers.ts, or of the UTF-8 of a str, which the slot then keeps as bytes. */
export function readBufferOrText(slot: number): void {
  if (isStr(slot)) setRef(slot, encodeUtf8(refAt(slot), 'strict'));
  readBuffer(slot);
}
