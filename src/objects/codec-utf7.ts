/** UTF-7: base64 runs of UTF-16 between `+` and `-` in ASCII text (RFC 2152). */
import { bytes } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { setRef } from '../heap/values.ts';
import { newBytesFrom } from './bytes.ts';
import { Decoding } from './codec-errors.ts';
import { setCodecConsumed } from './codec-unicode.ts';
import { codePointAt, stringLength } from './strings.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const digitOf = (byte: number): number => (byte < 128 ? ALPHABET.indexOf(String.fromCharCode(byte)) : -1);
/** ASCII that the encoder writes as itself. */
const isDirect = (code: number): boolean =>
  code === 9 || code === 10 || code === 13 || (code >= 32 && code < 127 && code !== 43 && code !== 92 && code !== 126);

export function encodeUtf7(ref: number): number {
  const output: number[] = [];
  const put = (text: string): void => {
    for (let i = 0; i < text.length; i++) output.push(text.charCodeAt(i));
  };
  let shifted = false;
  let bits = 0;
  let count = 0;
  const unit = (code: number): void => {
    bits = (bits << 16) | code;
    count += 16;
    while (count >= 6) {
      count -= 6;
      put(ALPHABET[(bits >>> count) & 63]);
    }
    bits &= (1 << count) - 1;
  };
  const end = (): void => {
    if (count > 0) put(ALPHABET[(bits << (6 - count)) & 63]);
    bits = 0;
    count = 0;
    shifted = false;
  };
  const length = stringLength(ref);
  for (let i = 0; i < length; i++) {
    const code = codePointAt(ref, i);
    if (shifted && isDirect(code)) {
      end();
      // characters that could be taken for base64 need the end marked
      if (digitOf(code) >= 0 || code === 45) put('-');
    }
    if (!shifted) {
      if (code === 43) {
        put('+-');
        continue;
      }
      if (isDirect(code)) {
        output.push(code);
        continue;
      }
      put('+');
      shifted = true;
    }
    if (code > 0xffff) {
      unit(0xd800 + ((code - 0x10000) >> 10));
      unit(0xdc00 + ((code - 0x10000) & 0x3ff));
    } else unit(code);
  }
  if (shifted) {
    end();
    put('-');
  }
  return newBytesFrom(output);
}

export function decodeUtf7(data: number, length: number, errors: string, source: number, final: boolean): number {
  const slot = pushSlots(1);
  setRef(slot, source);
  const run = new Decoding(data, length, slot, 'utf7', errors);
  const codes = run.codes;
  let shifted = false;
  let start = 0;
  let startLength = 0;
  let bits = 0;
  let count = 0;
  let surrogate = 0;
  const put = (unit: number): void => {
    if (surrogate !== 0) {
      if (unit >= 0xdc00 && unit <= 0xdfff) {
        codes.push(0x10000 + ((surrogate - 0xd800) << 10) + (unit - 0xdc00));
        surrogate = 0;
        return;
      }
      codes.push(surrogate);
      surrogate = 0;
    }
    if (unit >= 0xd800 && unit <= 0xdbff) surrogate = unit;
    else codes.push(unit);
  };
  let i = 0;
  while (i < run.length) {
    const byte = bytes[run.data + i];
    if (shifted) {
      const digit = digitOf(byte);
      if (digit >= 0) {
        bits = (bits << 6) | digit;
        count += 6;
        i++;
        if (count >= 16) {
          count -= 16;
          put((bits >>> count) & 0xffff);
          bits &= (1 << count) - 1;
        }
        continue;
      }
      shifted = false;
      if (count > 0) {
        const reason =
          count >= 6
            ? 'partial character in shift sequence'
            : bits !== 0
              ? 'non-zero padding bits in shift sequence'
              : '';
        if (reason !== '') {
          i = run.fail(start, i + 1, reason);
          bits = count = surrogate = 0;
          continue;
        }
      }
      bits = count = 0;
      // a lone surrogate is kept only before text that stands for itself
      if (surrogate !== 0 && byte < 128 && byte !== 43) codes.push(surrogate);
      surrogate = 0;
      if (byte === 45) i++;
      else if (byte >= 128) {
        i = run.fail(start, i + 1, 'unexpected special character');
      }
      continue;
    }
    if (byte === 43) {
      start = i;
      startLength = codes.length;
      i++;
      if (i < run.length && bytes[run.data + i] === 45) {
        codes.push(43);
        i++;
      } else if (i < run.length && digitOf(bytes[run.data + i]) < 0) {
        i = run.fail(start, i + 1, 'ill-formed sequence');
      } else {
        shifted = true;
        bits = count = surrogate = 0;
      }
      continue;
    }
    if (byte >= 128) i = run.fail(i, i + 1, 'unexpected special character');
    else {
      codes.push(byte);
      i++;
    }
  }
  if (shifted) {
    if (!final) {
      codes.length = startLength;
      i = start;
    } else if (surrogate !== 0 || count >= 6 || (count > 0 && bits !== 0)) {
      run.fail(start, run.length, 'unterminated shift sequence');
    }
  }
  setCodecConsumed(i);
  popSlots(1);
  return run.text();
}
