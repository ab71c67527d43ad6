/**
 * Encoding text to bytes and decoding it, by the name of the encoding. The Unicode encodings, ASCII and Latin-1 are built
 * in (codec-unicode.ts) and take the straight way; every other name goes through the registry (codec-registry.ts) to
 * Python code of the standard library. Errors are handled by codec-errors.ts.
 *
 * Built-in codecs with standard error handlers call no Python; others may. All may raise UnicodeEncodeError,
 * UnicodeDecodeError and LookupError.
 */

import { bytes } from '../heap/memory.ts';
import { newBytesFromHeap } from './bytes.ts';
import { lookupErrorHandler } from './codec-errors.ts';
import { decodeByRegistry, encodeByRegistry } from './codec-registry.ts';
import {
  decodeAscii,
  decodeUtf8,
  decodeWide,
  encodeNarrow,
  encodeUtf8,
  encodeWide,
  Order,
  setCodecConsumed,
} from './codec-unicode.ts';
import { isAscii, newStringFromLatin1, stringData, stringLength } from './strings.ts';

enum Codec {
  utf8,
  ascii,
  latin1,
  utf8Signature,
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

/** Names as programs spell them, once they were looked up: making `utf_8` of `UTF-8` costs more than a short encoding. */
const spellings = new Map<string, Codec | undefined>();
const MAX_SPELLINGS = 100;
function findCodec(encoding: string): Codec | undefined {
  const known = codecs.get(encoding) ?? spellings.get(encoding);
  if (known !== undefined) return known;
  const found = codecs.get(encoding.toLowerCase().replace(/[^a-z0-9]+/g, '_'));
  if (found !== undefined && spellings.size < MAX_SPELLINGS) spellings.set(encoding, found);
  return found;
}
/** How a text stream may encode and decode without the registry. */
export type StreamCodec = 'utf-8' | 'ascii' | 'latin-1' | null;
export function streamCodec(encoding: string): StreamCodec {
  const codec = findCodec(encoding);
  return codec === Codec.utf8 ? 'utf-8' : codec === Codec.ascii ? 'ascii' : codec === Codec.latin1 ? 'latin-1' : null;
}

const orders: Readonly<Partial<Record<Codec, readonly [size: 2 | 4, order: Order]>>> = {
  [Codec.utf16]: [2, Order.native],
  [Codec.utf16Little]: [2, Order.little],
  [Codec.utf16Big]: [2, Order.big],
  [Codec.utf32]: [4, Order.native],
  [Codec.utf32Little]: [4, Order.little],
  [Codec.utf32Big]: [4, Order.big],
};

let checksNames = false;
/** Development mode (-X dev): unknown encodings and error handlers are complained about even if nothing needs them. */
export function checkCodecNames(): void {
  checksNames = true;
}
function checkErrorHandler(errors: string): void {
  if (errors !== 'strict') lookupErrorHandler(errors);
}

/** str.encode: a bytes object. */
export function encodeText(ref: number, encoding: string, errors: string): number {
  if (checksNames) checkErrorHandler(errors);
  const codec = findCodec(encoding);
  if (codec === undefined) return encodeByRegistry(ref, encoding, errors);
  if (codec <= Codec.latin1 && isAscii(ref)) return newBytesFromHeap(stringData(ref), stringLength(ref));
  switch (codec) {
    case Codec.utf8:
      return encodeUtf8(ref, errors);
    case Codec.utf8Signature:
      return encodeUtf8(ref, errors, true);
    case Codec.ascii:
      return encodeNarrow(ref, 128, 'ascii', errors);
    case Codec.latin1:
      return encodeNarrow(ref, 256, 'latin-1', errors);
  }
  const [size, order] = orders[codec]!;
  return encodeWide(ref, size, order, errors);
}

/** Decodes `length` bytes of the heap from byte offset `data`; `source` is the object that has them. */
export function decodeText(data: number, length: number, encoding: string, errors: string, source: number): number {
  if (checksNames) checkErrorHandler(errors);
  const codec = findCodec(encoding);
  switch (codec) {
    case undefined:
      return decodeByRegistry(data, length, encoding, errors, source);
    case Codec.latin1:
      setCodecConsumed(length);
      return newStringFromLatin1(data, length);
    case Codec.utf8:
      return decodeUtf8(data, length, errors, source, true);
    case Codec.utf8Signature: {
      const signed = length >= 3 && bytes[data] === 0xef && bytes[data + 1] === 0xbb && bytes[data + 2] === 0xbf;
      if (!signed) return decodeUtf8(data, length, errors, source, true);
      return decodeUtf8(data + 3, length - 3, errors, source, true);
    }
    case Codec.ascii:
      return decodeAscii(data, length, errors, source);
  }
  const [size, order] = orders[codec]!;
  return decodeWide(data, length, size, order, errors, source, true);
}
