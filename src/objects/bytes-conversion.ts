/**
 * Bytes from other objects: `__bytes__`, buffers, iterables of ints. Used by bytes(), int.from_bytes and whoever
 * takes what bytes() takes.
 */

import { T } from '../heap/fixed.ts';
import { List, Tuple } from '../heap/layouts.ts';
import { bytes, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { refAt } from '../heap/values.ts';
import { bufferData, bufferLength, isBytesLike, readBuffer } from './buffers.ts';
import { bytesData, isBytes, newBytes, newBytesFrom, newBytesFromHeap } from './bytes.ts';
import { raiseTypeError, raiseValueError } from './errors.ts';
import { indexOf } from './integers.ts';
import { callSpecial } from './invoke.ts';
import { N } from './names.ts';
import { canIterate, iterate, next } from './operations.ts';
import { isStr } from './strings.ts';
import { typeName, typeOf } from './types.ts';

/** What an object's `__bytes__` answers, as a ref; 0 if it has none. May call Python. */
export function bytesFromSpecial(slot: number): number {
  if (typeOf(slot) === T.bytes) return refAt(slot);
  const answer = pushSlots(1);
  if (!callSpecial(slot, N.__bytes__, answer, 0, answer)) {
    popSlots(1);
    return 0;
  }
  if (!isBytes(answer)) raiseTypeError(`__bytes__ returned non-bytes (type ${typeName(answer)})`);
  popSlots(1);
  return refAt(answer);
}

/** The bytes object with an object's content (the object itself if it is bytes). May call Python. */
export function bytesFromObject(slot: number): number {
  if (isBytes(slot)) return refAt(slot);
  const special = bytesFromSpecial(slot);
  if (special !== 0) return special;
  if (isBytesLike(slot)) {
    readBuffer(slot);
    return newBytesFromHeap(bufferData, bufferLength);
  }
  if (isStr(slot) || !canIterate(slot)) raiseTypeError(`cannot convert '${typeName(slot)}' object to bytes`);
  return bytesFromIterable(slot);
}

function byteAt(slot: number, type: string): number {
  const value = indexOf(slot);
  if (value < 0 || value > 255) raiseValueError(`${type === 'bytes' ? 'bytes' : 'byte'} must be in range(0, 256)`);
  return value;
}

/** Collects the ints of an iterable; `type` is for messages. May call Python. */
export function bytesFromIterable(slot: number, type = 'bytes'): number {
  const kind = typeOf(slot);
  if (kind === T.list || kind === T.tuple) {
    const ref = refAt(slot);
    const size = words[(ref << 1) + (kind === T.list ? List.size : Tuple.size)];
    const result = newBytes(size);
    const data = bytesData(result);
    let simple = true;
    for (let i = 0; i < size && simple; i++) {
      const first = kind === T.list ? words[(ref << 1) + List.items] : ref;
      const item = first + 1 + i;
      const small = words[(item << 1) + 1] === -131072 && words[item << 1] >>> 0 < 256;
      if (small) bytes[data + i] = words[item << 1];
      else simple = false;
    }
    if (simple) return result;
  }
  const collected: number[] = [];
  const iterator = pushSlots(2);
  iterate(slot, iterator);
  while (next(iterator, iterator + 1)) collected.push(byteAt(iterator + 1, type));
  popSlots(2);
  return newBytesFrom(collected);
}
