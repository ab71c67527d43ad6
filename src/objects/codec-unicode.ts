/**
 * The built-in codecs: UTF-8, ASCII, Latin-1, UTF-16 and UTF-32. Encoders make bytes of a str; decoders read bytes of the
 * heap and set `codecConsumed`, which is less than the length only if `final` is false and the input ends within a
 * character. Error-free input takes a fast way; the first error starts the slow one from the beginning (codec-errors.ts).
 */
import { bytes, halves, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { setRef } from '../heap/values.ts';
import { bytesData, newBytes, newBytesFrom, newBytesFromHeap } from './bytes.ts';
import { Decoding, Encoding } from './codec-errors.ts';
import {
  codePointAt,
  heapBytes,
  isAscii,
  newString,
  newStringFromLatin1,
  stringData,
  stringLength,
  stringWidth,
} from './strings.ts';

/** Byte order: native is little-endian with a mark in front; a decoder obeys the mark. */
export enum Order {
  native,
  little,
  big,
}

/** How many bytes the last decoder took. */
export let codecConsumed = 0;
export function setCodecConsumed(count: number): void {
  codecConsumed = count;
}
/** The byte order that the last decodeWide found. */
export let orderFound = Order.native;

export const isSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdfff;

// Encoding

export function pushUtf8(output: number[], code: number): void {
  if (code < 0x80) output.push(code);
  else if (code < 0x800) output.push(0xc0 | (code >> 6), 0x80 | (code & 63));
  else if (code < 0x10000) output.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  else {
    output.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
}

/** Bytes that a str takes as UTF-8; -1 if it has surrogates. */
export function utf8Size(ref: number): number {
  const length = stringLength(ref);
  if (isAscii(ref)) return length;
  let size = 0;
  const width = stringWidth(ref);
  if (width === 1) {
    const data = stringData(ref);
    for (let i = data; i < data + length; i++) size += bytes[i] < 0x80 ? 1 : 2;
    return size;
  }
  if (width === 2) {
    const data = stringData(ref) >>> 1;
    for (let i = data; i < data + length; i++) {
      const code = halves[i];
      if (isSurrogate(code)) return -1;
      size += code < 0x80 ? 1 : code < 0x800 ? 2 : 3;
    }
    return size;
  }
  const data = stringData(ref) >>> 2;
  for (let i = data; i < data + length; i++) {
    const code = words[i];
    if (isSurrogate(code)) return -1;
    size += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return size;
}

/** Writes a str without surrogates as UTF-8 to byte offset `at` of the heap; answers the end. */
export function writeUtf8(ref: number, at: number): number {
  const length = stringLength(ref);
  const start = stringData(ref);
  if (isAscii(ref)) {
    if (length <= 32) for (let i = 0; i < length; i++) bytes[at + i] = bytes[start + i];
    else bytes.copyWithin(at, start, start + length);
    return at + length;
  }
  const width = stringWidth(ref);
  for (let i = 0; i < length; i++) {
    const code = width === 1 ? bytes[start + i] : width === 2 ? halves[(start >>> 1) + i] : words[(start >>> 2) + i];
    if (code < 0x80) bytes[at++] = code;
    else {
      if (code < 0x800) bytes[at++] = 0xc0 | (code >> 6);
      else {
        if (code < 0x10000) bytes[at++] = 0xe0 | (code >> 12);
        else {
          bytes[at++] = 0xf0 | (code >> 18);
          bytes[at++] = 0x80 | ((code >> 12) & 63);
        }
        bytes[at++] = 0x80 | ((code >> 6) & 63);
      }
      bytes[at++] = 0x80 | (code & 63);
    }
  }
  return at;
}

export function encodeUtf8(ref: number, errors: string, signature = false): number {
  const size = utf8Size(ref);
  if (size < 0) return encodeUtf8Slowly(ref, errors, signature);
  const result = newBytes(signature ? size + 3 : size);
  let at = bytesData(result);
  if (signature) {
    bytes[at++] = 0xef;
    bytes[at++] = 0xbb;
    bytes[at++] = 0xbf;
  }
  writeUtf8(ref, at);
  return result;
}

function encodeUtf8Slowly(ref: number, errors: string, signature: boolean): number {
  const slot = pushSlots(1);
  setRef(slot, ref);
  const run = new Encoding(slot, 'utf-8', errors, (code) => {
    if (code >= 0x80) return false;
    run.output.push(code);
    return true;
  });
  if (signature) run.output.push(0xef, 0xbb, 0xbf);
  const length = stringLength(ref);
  for (let i = 0; i < length; ) {
    const code = codePointAt(ref, i);
    if (!isSurrogate(code)) {
      pushUtf8(run.output, code);
      i++;
      continue;
    }
    let end = i + 1;
    while (end < length && isSurrogate(codePointAt(ref, end))) end++;
    if (errors === 'surrogatepass') {
      for (; i < end; i++) pushUtf8(run.output, codePointAt(ref, i));
    } else i = run.fail(i, end, 'surrogates not allowed');
  }
  popSlots(1);
  return newBytesFrom(run.output);
}

/** ASCII and Latin-1: one byte a code point below `limit`. */
export function encodeNarrow(ref: number, limit: number, name: string, errors: string): number {
  const length = stringLength(ref);
  if (isAscii(ref) || (limit === 256 && stringWidth(ref) === 1)) return newBytesFromHeap(stringData(ref), length);
  const slot = pushSlots(1);
  setRef(slot, ref);
  const run = new Encoding(slot, name, errors, (code) => {
    if (code >= limit) return false;
    run.output.push(code);
    return true;
  });
  const reason = `ordinal not in range(${limit})`;
  for (let i = 0; i < length; ) {
    const code = codePointAt(ref, i);
    if (code < limit) {
      run.output.push(code);
      i++;
      continue;
    }
    let end = i + 1;
    while (end < length && codePointAt(ref, end) >= limit) end++;
    i = run.fail(i, end, reason);
  }
  popSlots(1);
  return newBytesFrom(run.output);
}

/** UTF-16 (size 2) and UTF-32 (size 4). */
export function encodeWide(ref: number, size: 2 | 4, order: Order, errors: string): number {
  const big = order === Order.big;
  const slot = pushSlots(1);
  setRef(slot, ref);
  const suffix = order === Order.native ? '' : big ? '-be' : '-le';
  const output: number[] = [];
  const unit = (value: number, width: number): void => {
    for (let i = 0; i < width; i++) output.push((value >>> (8 * (big ? width - 1 - i : i))) & 255);
  };
  const emit = (code: number): void => {
    if (size === 4) unit(code, 4);
    else if (code < 0x10000) unit(code, 2);
    else {
      unit(0xd800 + ((code - 0x10000) >> 10), 2);
      unit(0xdc00 + ((code - 0x10000) & 0x3ff), 2);
    }
  };
  if (order === Order.native) emit(0xfeff);
  let run: Encoding | null = null;
  const length = stringLength(ref);
  for (let i = 0; i < length; ) {
    const code = codePointAt(ref, i);
    if (!isSurrogate(code) || errors === 'surrogatepass') {
      emit(code);
      i++;
      continue;
    }
    let end = i + 1;
    while (end < length && isSurrogate(codePointAt(ref, end))) end++;
    run ??= new Encoding(slot, `utf-${size * 8}${suffix}`, errors, (replacement) => {
      if (replacement >= 0x80) return false;
      emit(replacement);
      return true;
    });
    const from = i;
    i = run.fail(i, end, 'surrogates not allowed');
    // bytes that a handler gave must be whole units
    if (run.output.length % size !== 0) run.raise(from, end, 'surrogates not allowed');
    for (const byte of run.output) output.push(byte);
    run.output.length = 0;
  }
  popSlots(1);
  return newBytesFrom(output);
}

// Decoding

export function isAsciiRange(data: number, length: number): boolean {
  let i = data;
  const end = data + length;
  for (; i < end && (i & 3) !== 0; i++) if (bytes[i] > 127) return false;
  for (let word = i >>> 2; i + 4 <= end; i += 4, word++) if ((words[word] & 0x80808080) !== 0) return false;
  for (; i < end; i++) if (bytes[i] > 127) return false;
  return true;
}

/** May `byte` follow as continuation number `index` of `lead`? The first one is restricted by four of the leads. */
function isContinuation(lead: number, index: number, byte: number): boolean {
  if (byte < 0x80 || byte > 0xbf) return false;
  if (index !== 1) return true;
  switch (lead) {
    case 0xe0:
      return byte >= 0xa0;
    case 0xed:
      return byte <= 0x9f;
    case 0xf0:
      return byte >= 0x90;
    case 0xf4:
      return byte <= 0x8f;
  }
  return true;
}

const utf8Tail = (lead: number): number =>
  lead >= 0xc2 && lead <= 0xdf ? 1 : lead >= 0xe0 && lead <= 0xef ? 2 : lead >= 0xf0 && lead <= 0xf4 ? 3 : 0;

/** Bytes at the end that begin a character which is not complete. */
function incompleteTail(data: number, length: number): number {
  for (let back = 1; back <= Math.min(3, length); back++) {
    const byte = bytes[data + length - back];
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    if (utf8Tail(byte) < back) return 0;
    for (let i = 1; i < back; i++) if (!isContinuation(byte, i, bytes[data + length - back + i])) return 0;
    return back;
  }
  return 0;
}

export function decodeUtf8(data: number, length: number, errors: string, source: number, final: boolean): number {
  codecConsumed = length;
  if (isAsciiRange(data, length)) return newStringFromLatin1(data, length);
  const rest = final ? 0 : incompleteTail(data, length);
  if (length > 64) {
    // Node's decoder turns errors into U+FFFD: without one in the result there was none.
    const text = heapBytes.utf8Slice(data, data + length - rest);
    if (!text.includes('\ufffd')) {
      codecConsumed = length - rest;
      return newString(text);
    }
  }
  const slot = pushSlots(1);
  setRef(slot, source);
  const run = new Decoding(data, length, slot, 'utf-8', errors);
  const codes = run.codes;
  let i = 0;
  while (i < run.length) {
    const lead = bytes[run.data + i];
    if (lead < 0x80) {
      codes.push(lead);
      i++;
      continue;
    }
    const needed = utf8Tail(lead);
    let reason = 'invalid start byte';
    let bad = 1;
    if (needed > 0) {
      let code = lead & (needed === 1 ? 31 : needed === 2 ? 15 : 7);
      let read = 1;
      while (read <= needed && i + read < run.length && isContinuation(lead, read, bytes[run.data + i + read])) {
        code = (code << 6) | (bytes[run.data + i + read] & 63);
        read++;
      }
      if (read > needed) {
        codes.push(code);
        i += read;
        continue;
      }
      const ended = i + read >= run.length;
      if (ended && !final) break;
      reason = ended ? 'unexpected end of data' : 'invalid continuation byte';
      bad = read;
    }
    if (errors === 'surrogatepass' && lead === 0xed && (i + 2 < run.length || !final)) {
      if (i + 1 === run.length) break;
      const second = bytes[run.data + i + 1];
      if (second >= 0xa0 && second <= 0xbf) {
        if (i + 2 === run.length) break;
        const third = bytes[run.data + i + 2];
        if (third >= 0x80 && third <= 0xbf) {
          codes.push(0xd000 | ((second & 63) << 6) | (third & 63));
          i += 3;
          continue;
        }
      }
    }
    i = run.fail(i, i + bad, reason);
  }
  codecConsumed = i;
  popSlots(1);
  return run.text();
}

export function decodeAscii(data: number, length: number, errors: string, source: number): number {
  codecConsumed = length;
  if (isAsciiRange(data, length)) return newStringFromLatin1(data, length);
  const slot = pushSlots(1);
  setRef(slot, source);
  const run = new Decoding(data, length, slot, 'ascii', errors);
  for (let i = 0; i < run.length; ) {
    const byte = bytes[run.data + i];
    if (byte < 128) {
      run.codes.push(byte);
      i++;
    } else i = run.fail(i, i + 1, 'ordinal not in range(128)');
  }
  popSlots(1);
  return run.text();
}

/** UTF-16 (size 2) and UTF-32 (size 4); sets `orderFound` too. */
export function decodeWide(
  data: number,
  length: number,
  size: 2 | 4,
  order: Order,
  errors: string,
  source: number,
  final: boolean,
): number {
  const slot = pushSlots(1);
  setRef(slot, source);
  let big = order === Order.big;
  let at = 0;
  const unitOf = (from: number): number => {
    let unit = 0;
    for (let k = 0; k < size; k++) unit = unit * 256 + bytes[from + (big ? k : size - 1 - k)];
    return unit;
  };
  orderFound = order;
  if (order === Order.native && length >= size) {
    if (unitOf(data) === 0xfeff) {
      at = size;
      orderFound = Order.little;
    } else {
      big = true;
      if (unitOf(data) === 0xfeff) {
        at = size;
        orderFound = Order.big;
      } else big = false;
    }
  }
  const base = size === 4 ? 'utf-32' : 'utf-16';
  const run = new Decoding(data, length, slot, base + (big ? '-be' : '-le'), errors);
  const codes = run.codes;
  const unitAt = (position: number): number => unitOf(run.data + position);
  while (at < run.length) {
    if (at + size > run.length) {
      if (!final) break;
      at = run.fail(at, run.length, 'truncated data');
      continue;
    }
    const unit = unitAt(at);
    if (size === 4) {
      if (unit > 0x10ffff) at = run.fail(at, at + 4, 'code point not in range(0x110000)');
      else if (isSurrogate(unit) && errors !== 'surrogatepass') {
        at = run.fail(at, at + 4, 'code point in surrogate code point range(0xd800, 0xe000)');
      } else {
        codes.push(unit);
        at += 4;
      }
      continue;
    }
    if (!isSurrogate(unit)) {
      codes.push(unit);
      at += 2;
      continue;
    }
    const next = at + 4 <= run.length ? unitAt(at + 2) : -1;
    if (unit < 0xdc00 && next >= 0xdc00 && next <= 0xdfff) {
      codes.push(0x10000 + ((unit - 0xd800) << 10) + (next - 0xdc00));
      at += 4;
    } else if (unit < 0xdc00 && next < 0 && !final) {
      break;
    } else if (errors === 'surrogatepass') {
      codes.push(unit);
      at += 2;
    } else if (unit >= 0xdc00) at = run.fail(at, at + 2, 'illegal encoding');
    else if (next < 0) at = run.fail(at, run.length, 'unexpected end of data');
    else at = run.fail(at, at + 2, 'illegal UTF-16 surrogate');
  }
  codecConsumed = at;
  popSlots(1);
  return run.text();
}
