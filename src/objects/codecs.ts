/**
 * Encoding text to bytes and decoding it: UTF-8 (with and without signature), ASCII, Latin-1, UTF-16 and UTF-32 in both
 * byte orders, with the standard error handlers. Other encodings are Python code of the standard library (encodings.*),
 * which this layer does not reach: they are unknown here.
 *
 * Encoding and decoding call no Python; they raise UnicodeEncodeError, UnicodeDecodeError and LookupError.
 */
import { T } from '../heap/fixed.ts';
import { Exception } from '../heap/layouts.ts';
import { bytes, words } from '../heap/memory.ts';
import { setRef } from '../heap/values.ts';
import { bytesData, newBytes, newBytesFrom, newBytesFromHeap } from './bytes.ts';
import { allocateException, raise, throwException } from './errors.ts';
import { setInt } from './integers.ts';
import { escapeCodePoint } from './string-repr.ts';
import {
  codePointAt,
  heapBytes,
  isAscii,
  newString,
  newStringFromCodePoints,
  newStringFromLatin1,
  stringData,
  stringLength,
  stringWidth,
} from './strings.ts';
import { newTuple, newTupleFrom, tupleItem } from './tuples.ts';

enum Codec {
  utf8,
  utf8Signature,
  ascii,
  latin1,
  utf16,
  utf16Little,
  utf16Big,
  utf32,
  utf32Little,
  utf32Big,
}

/** Names after normalization: lower case, '_' for everything that is no letter or digit. */
const codecs = new Map<string, Codec>([
  ['utf_8', Codec.utf8],
  ['utf8', Codec.utf8],
  ['u8', Codec.utf8],
  ['utf', Codec.utf8],
  ['cp65001', Codec.utf8],
  ['utf_8_sig', Codec.utf8Signature],
  ['utf8_sig', Codec.utf8Signature],
  ['ascii', Codec.ascii],
  ['us_ascii', Codec.ascii],
  ['646', Codec.ascii],
  ['ansi_x3_4_1968', Codec.ascii],
  ['latin_1', Codec.latin1],
  ['latin1', Codec.latin1],
  ['latin', Codec.latin1],
  ['l1', Codec.latin1],
  ['iso_8859_1', Codec.latin1],
  ['iso8859_1', Codec.latin1],
  ['iso88591', Codec.latin1],
  ['8859', Codec.latin1],
  ['cp819', Codec.latin1],
  ['utf_16', Codec.utf16],
  ['utf16', Codec.utf16],
  ['u16', Codec.utf16],
  ['utf_16_le', Codec.utf16Little],
  ['utf_16le', Codec.utf16Little],
  ['utf_16_be', Codec.utf16Big],
  ['utf_16be', Codec.utf16Big],
  ['utf_32', Codec.utf32],
  ['utf32', Codec.utf32],
  ['u32', Codec.utf32],
  ['utf_32_le', Codec.utf32Little],
  ['utf_32le', Codec.utf32Little],
  ['utf_32_be', Codec.utf32Big],
  ['utf_32be', Codec.utf32Big],
]);

function findCodec(encoding: string): Codec {
  const codec = codecs.get(encoding.toLowerCase().replace(/[^a-z0-9]+/g, '_'));
  if (codec === undefined) raise(T.LookupError, `unknown encoding: ${encoding}`);
  return codec;
}

const ERROR_HANDLERS = new Set([
  'strict',
  'ignore',
  'replace',
  'backslashreplace',
  'xmlcharrefreplace',
  'surrogateescape',
  'surrogatepass',
]);

function raiseUnknownHandler(errors: string): never {
  raise(T.LookupError, `unknown error handler name '${errors}'`);
}

/** Raises a UnicodeEncodeError or UnicodeDecodeError with its five arguments. */
function raiseUnicode(type: T, encoding: string, object: number, start: number, end: number, reason: string): never {
  const exception = allocateException(type);
  const args = newTuple(5);
  setRef(tupleItem(args, 0), newString(encoding));
  setRef(tupleItem(args, 1), object);
  setInt(tupleItem(args, 2), start);
  setInt(tupleItem(args, 3), end);
  setRef(tupleItem(args, 4), newString(reason));
  words[(exception << 1) + Exception.args] = args;
  // The fields that the type's attributes read (exception-types.ts) start as a copy of the arguments.
  setRef(exception + (Exception.value >> 1), newTupleFrom(tupleItem(args, 0), 5));
  throwException(exception);
}

// Encoding

/** str.encode: a bytes object. */
export function encodeText(ref: number, encoding: string, errors: string): number {
  const codec = findCodec(encoding);
  const length = stringLength(ref);
  if (codec <= Codec.latin1 && codec !== Codec.utf8Signature && isAscii(ref)) {
    return newBytesFromHeap(stringData(ref), length);
  }
  switch (codec) {
    case Codec.utf8:
      return encodeUtf8(ref, errors, false);
    case Codec.utf8Signature:
      return encodeUtf8(ref, errors, true);
    case Codec.ascii:
      return encodeNarrow(ref, 128, 'ascii', errors);
    case Codec.latin1:
      if (stringWidth(ref) === 1) return newBytesFromHeap(stringData(ref), length);
      return encodeNarrow(ref, 256, 'latin-1', errors);
    default:
      return encodeWide(ref, codec, errors);
  }
}

const isSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdfff;

function pushUtf8(output: number[], code: number): void {
  if (code < 0x80) output.push(code);
  else if (code < 0x800) output.push(0xc0 | (code >> 6), 0x80 | (code & 63));
  else if (code < 0x10000) output.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  else {
    output.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
}

function encodeUtf8(ref: number, errors: string, signature: boolean): number {
  const length = stringLength(ref);
  let size = signature ? 3 : 0;
  let surrogates = false;
  for (let i = 0; i < length; i++) {
    const code = codePointAt(ref, i);
    size += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (isSurrogate(code)) surrogates = true;
  }
  if (surrogates) return encodeUtf8Slowly(ref, errors, signature);
  const result = newBytes(size);
  let at = bytesData(result);
  if (signature) {
    bytes[at++] = 0xef;
    bytes[at++] = 0xbb;
    bytes[at++] = 0xbf;
  }
  for (let i = 0; i < length; i++) {
    const code = codePointAt(ref, i);
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
  return result;
}

function encodeUtf8Slowly(ref: number, errors: string, signature: boolean): number {
  const output: number[] = signature ? [0xef, 0xbb, 0xbf] : [];
  const length = stringLength(ref);
  for (let i = 0; i < length; ) {
    const code = codePointAt(ref, i);
    if (!isSurrogate(code)) {
      pushUtf8(output, code);
      i++;
      continue;
    }
    let end = i + 1;
    while (end < length && isSurrogate(codePointAt(ref, end))) end++;
    if (errors === 'surrogatepass') for (let k = i; k < end; k++) pushUtf8(output, codePointAt(ref, k));
    else {
      handleEncodeError(
        ref,
        'utf-8',
        i,
        end,
        'surrogates not allowed',
        errors,
        (byte) => output.push(byte),
        (text) => {
          for (const character of text) pushUtf8(output, character.codePointAt(0)!);
        },
      );
    }
    i = end;
  }
  return newBytesFrom(output);
}

/** ASCII and Latin-1: one byte a code point below `limit`. */
function encodeNarrow(ref: number, limit: number, name: string, errors: string): number {
  const output: number[] = [];
  const length = stringLength(ref);
  const reason = `ordinal not in range(${limit})`;
  for (let i = 0; i < length; ) {
    const code = codePointAt(ref, i);
    if (code < limit) {
      output.push(code);
      i++;
      continue;
    }
    let end = i + 1;
    while (end < length && codePointAt(ref, end) >= limit) end++;
    handleEncodeError(
      ref,
      name,
      i,
      end,
      reason,
      errors,
      (byte) => output.push(byte),
      (text) => {
        for (let k = 0; k < text.length; k++) output.push(text.charCodeAt(k));
      },
    );
    i = end;
  }
  return newBytesFrom(output);
}

/** What the handler puts in place of the code points [start, end): bytes as such, or text to be encoded. */
function handleEncodeError(
  ref: number,
  encoding: string,
  start: number,
  end: number,
  reason: string,
  errors: string,
  emitByte: (byte: number) => void,
  emitText: (text: string) => void,
): void {
  switch (errors) {
    case 'ignore':
      return;
    case 'replace':
      emitText('?'.repeat(end - start));
      return;
    case 'backslashreplace':
      for (let i = start; i < end; i++) emitText(escapeCodePoint(codePointAt(ref, i)));
      return;
    case 'xmlcharrefreplace':
      for (let i = start; i < end; i++) emitText(`&#${codePointAt(ref, i)};`);
      return;
    case 'surrogateescape':
      for (let i = start; i < end; i++) {
        const code = codePointAt(ref, i);
        if (code < 0xdc80 || code > 0xdcff) raiseUnicode(T.UnicodeEncodeError, encoding, ref, start, end, reason);
        emitByte(code - 0xdc00);
      }
      return;
    default:
      if (!ERROR_HANDLERS.has(errors)) raiseUnknownHandler(errors);
      raiseUnicode(T.UnicodeEncodeError, encoding, ref, start, end, reason);
  }
}

function encodeWide(ref: number, codec: Codec, errors: string): number {
  const output: number[] = [];
  const wide = codec >= Codec.utf32;
  const big = codec === Codec.utf16Big || codec === Codec.utf32Big;
  const name = wide ? 'utf-32' : 'utf-16';
  const emitUnit = (unit: number, size: number): void => {
    for (let i = 0; i < size; i++) output.push((unit >>> (8 * (big ? size - 1 - i : i))) & 255);
  };
  const emit = (code: number): void => {
    if (wide) emitUnit(code, 4);
    else if (code < 0x10000) emitUnit(code, 2);
    else {
      emitUnit(0xd800 + ((code - 0x10000) >> 10), 2);
      emitUnit(0xdc00 + ((code - 0x10000) & 0x3ff), 2);
    }
  };
  if (codec === Codec.utf16 || codec === Codec.utf32) emit(0xfeff);
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
    const suffix = codec === Codec.utf16 || codec === Codec.utf32 ? '' : big ? '-be' : '-le';
    handleEncodeError(ref, name + suffix, i, end, 'surrogates not allowed', errors, emit, (text) => {
      for (const character of text) emit(character.codePointAt(0)!);
    });
    i = end;
  }
  return newBytesFrom(output);
}

// Decoding

/** Decodes `length` bytes of the heap from byte offset `data`; `source` is the bytes object, for the exception. */
export function decodeText(data: number, length: number, encoding: string, errors: string, source: number): number {
  const codec = findCodec(encoding);
  switch (codec) {
    case Codec.latin1:
      return newStringFromLatin1(data, length);
    case Codec.utf8:
      return decodeUtf8(data, length, errors, source);
    case Codec.utf8Signature: {
      const signed = length >= 3 && bytes[data] === 0xef && bytes[data + 1] === 0xbb && bytes[data + 2] === 0xbf;
      return signed ? decodeUtf8(data + 3, length - 3, errors, source) : decodeUtf8(data, length, errors, source);
    }
    case Codec.ascii:
      return decodeAscii(data, length, errors, source);
    default:
      return decodeWide(data, length, codec, errors, source);
  }
}

function isAsciiRange(data: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (bytes[data + i] > 127) return false;
  return true;
}

function decodeUtf8(data: number, length: number, errors: string, source: number): number {
  if (isAsciiRange(data, length)) return newStringFromLatin1(data, length);
  if (length > 64) {
    // Node's decoder turns errors into U+FFFD: without one in the result there was none.
    const text = heapBytes.utf8Slice(data, data + length);
    if (!text.includes('\ufffd')) return newString(text);
  }
  const codes: number[] = [];
  for (let i = 0; i < length; ) {
    const lead = bytes[data + i];
    if (lead < 0x80) {
      codes.push(lead);
      i++;
      continue;
    }
    const needed =
      lead >= 0xc2 && lead <= 0xdf ? 1 : lead >= 0xe0 && lead <= 0xef ? 2 : lead >= 0xf0 && lead <= 0xf4 ? 3 : 0;
    let reason = 'invalid start byte';
    let bad = 1;
    if (needed > 0) {
      let code = lead & (needed === 1 ? 31 : needed === 2 ? 15 : 7);
      let read = 1;
      while (read <= needed && i + read < length && isContinuation(lead, read, bytes[data + i + read])) {
        code = (code << 6) | (bytes[data + i + read] & 63);
        read++;
      }
      if (read > needed) {
        codes.push(code);
        i += read;
        continue;
      }
      reason = i + read >= length ? 'unexpected end of data' : 'invalid continuation byte';
      bad = read;
    }
    if (errors === 'surrogatepass' && lead === 0xed && i + 2 < length && isSurrogateBytes(data + i)) {
      codes.push(0xd000 | ((bytes[data + i + 1] & 63) << 6) | (bytes[data + i + 2] & 63));
      i += 3;
      continue;
    }
    handleDecodeError(codes, data, i, i + bad, 'utf-8', reason, errors, source);
    i += bad;
  }
  return newStringFromCodePoints(codes);
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

function isSurrogateBytes(at: number): boolean {
  return bytes[at + 1] >= 0xa0 && bytes[at + 1] <= 0xbf && bytes[at + 2] >= 0x80 && bytes[at + 2] <= 0xbf;
}

function decodeAscii(data: number, length: number, errors: string, source: number): number {
  if (isAsciiRange(data, length)) return newStringFromLatin1(data, length);
  const codes: number[] = [];
  for (let i = 0; i < length; i++) {
    const byte = bytes[data + i];
    if (byte < 128) codes.push(byte);
    else handleDecodeError(codes, data, i, i + 1, 'ascii', 'ordinal not in range(128)', errors, source);
  }
  return newStringFromCodePoints(codes);
}

function handleDecodeError(
  codes: number[],
  data: number,
  start: number,
  end: number,
  encoding: string,
  reason: string,
  errors: string,
  source: number,
): void {
  switch (errors) {
    case 'ignore':
      return;
    case 'replace':
      codes.push(0xfffd);
      return;
    case 'backslashreplace':
      for (let i = start; i < end; i++) {
        for (const character of `\\x${bytes[data + i].toString(16).padStart(2, '0')}`)
          codes.push(character.charCodeAt(0));
      }
      return;
    case 'surrogateescape':
      for (let i = start; i < end; i++) {
        if (bytes[data + i] < 128) raiseUnicode(T.UnicodeDecodeError, encoding, source, start, end, reason);
        codes.push(0xdc00 + bytes[data + i]);
      }
      return;
    case 'xmlcharrefreplace':
      raise(T.TypeError, "don't know how to handle UnicodeDecodeError in error callback");
    default:
      if (!ERROR_HANDLERS.has(errors)) raiseUnknownHandler(errors);
      raiseUnicode(T.UnicodeDecodeError, encoding, source, start, end, reason);
  }
}

function decodeWide(data: number, length: number, codec: Codec, errors: string, source: number): number {
  const wide = codec >= Codec.utf32;
  const size = wide ? 4 : 2;
  let big = codec === Codec.utf16Big || codec === Codec.utf32Big;
  let at = 0;
  const unitAt = (position: number): number => {
    let unit = 0;
    for (let k = 0; k < size; k++) unit = unit * 256 + bytes[data + position + (big ? k : size - 1 - k)];
    return unit;
  };
  if ((codec === Codec.utf16 || codec === Codec.utf32) && length >= size) {
    if (unitAt(0) === 0xfeff) at = size;
    else {
      big = true;
      if (unitAt(0) === 0xfeff) at = size;
      else big = false;
    }
  }
  const name = `${wide ? 'utf-32' : 'utf-16'}${codec === Codec.utf16 || codec === Codec.utf32 ? (big ? '-be' : '-le') : big ? '-be' : '-le'}`;
  const codes: number[] = [];
  const fail = (from: number, to: number, reason: string): void =>
    handleDecodeError(codes, data, from, to, name, reason, errors, source);
  while (at < length) {
    if (at + size > length) {
      fail(at, length, 'truncated data');
      break;
    }
    const unit = unitAt(at);
    if (wide) {
      if (unit > 0x10ffff) fail(at, at + 4, 'code point not in range(0x110000)');
      else if (isSurrogate(unit) && errors !== 'surrogatepass')
        fail(at, at + 4, 'code point in surrogate code point range(0xd800, 0xe000)');
      else codes.push(unit);
      at += 4;
      continue;
    }
    if (!isSurrogate(unit)) {
      codes.push(unit);
      at += 2;
      continue;
    }
    const next = at + 4 <= length ? unitAt(at + 2) : -1;
    if (unit < 0xdc00 && next >= 0xdc00 && next <= 0xdfff) {
      codes.push(0x10000 + ((unit - 0xd800) << 10) + (next - 0xdc00));
      at += 4;
    } else if (errors === 'surrogatepass') {
      codes.push(unit);
      at += 2;
    } else if (unit >= 0xdc00) {
      fail(at, at + 2, 'illegal encoding');
      at += 2;
    } else if (next < 0) {
      fail(at, length, 'unexpected end of data');
      at = length;
    } else {
      fail(at, at + 2, 'illegal UTF-16 surrogate');
      at += 2;
    }
  }
  return newStringFromCodePoints(codes);
}
