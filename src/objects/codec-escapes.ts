/**
 * The codecs of escape sequences: unicode_escape and raw_unicode_escape between text and bytes, and the escapes of bytes
 * literals (escape_encode, escape_decode). \N{name} asks the module unicodedata.
 */
import { State, T } from '../heap/fixed.ts';
import { bytes, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { refAt, setRef } from '../heap/values.ts';
import { newBytesFrom } from './bytes.ts';
import { Decoding } from './codec-errors.ts';
import { setCodecConsumed } from './codec-unicode.ts';
import { clearRaised, matchesRaised, raise, raiseValueError } from './errors.ts';
import { importNamed } from './import-hook.ts';
import { callMethod } from './invoke.ts';
import { codePointAt, newString, stringLength } from './strings.ts';
import { warn } from './warnings.ts';

function pushText(output: number[], text: string): void {
  for (let i = 0; i < text.length; i++) output.push(text.charCodeAt(i));
}
const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, '0');

/** str -> bytes; raw leaves Latin-1 and backslashes as they are. */
export function encodeUnicodeEscape(ref: number, raw: boolean): number {
  const output: number[] = [];
  const length = stringLength(ref);
  for (let i = 0; i < length; i++) {
    const code = codePointAt(ref, i);
    if (code > 0xffff) pushText(output, `\\U${hex(code, 8)}`);
    else if (code > 0xff) pushText(output, `\\u${hex(code, 4)}`);
    else if (raw) output.push(code);
    else if (code === 92) output.push(92, 92);
    else if (code === 10) output.push(92, 110);
    else if (code === 13) output.push(92, 114);
    else if (code === 9) output.push(92, 116);
    else if (code >= 32 && code < 127) output.push(code);
    else pushText(output, `\\x${hex(code, 2)}`);
  }
  return newBytesFrom(output);
}

function hexDigit(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const lower = byte | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

const SIMPLE: Readonly<Record<string, number>> = {
  '\n': -1,
  '\\': 92,
  "'": 39,
  '"': 34,
  b: 8,
  f: 12,
  t: 9,
  n: 10,
  r: 13,
  v: 11,
  a: 7,
};
const isOctal = (byte: number): boolean => byte >= 48 && byte <= 55;

/** Warns of the first escape that is none, as CPython does. May call Python, may raise. */
function onlyOnce(): (message: string) => void {
  let done = false;
  return (message) => {
    if (done) return;
    done = true;
    warn(T.DeprecationWarning, `${message}. Such sequences will not work in the future. `);
  };
}

export function decodeUnicodeEscape(
  data: number,
  length: number,
  raw: boolean,
  errors: string,
  source: number,
  final: boolean,
): number {
  const slot = pushSlots(1);
  setRef(slot, source);
  const run = new Decoding(data, length, slot, raw ? 'rawunicodeescape' : 'unicodeescape', errors);
  const codes = run.codes;
  const warnOnce = onlyOnce();
  let i = 0;
  while (i < run.length) {
    const byte = bytes[run.data + i];
    if (byte !== 92) {
      codes.push(byte);
      i++;
      continue;
    }
    if (i + 1 >= run.length) {
      if (raw && final) {
        codes.push(92);
        i++;
        continue;
      }
      if (!final) break;
      i = run.fail(i, i + 1, '\\ at end of string');
      continue;
    }
    const next = String.fromCharCode(bytes[run.data + i + 1]);
    if (next === 'u' || next === 'U' || (next === 'x' && !raw)) {
      const digits = next === 'x' ? 2 : next === 'u' ? 4 : 8;
      let value = 0;
      let read = 0;
      while (read < digits && i + 2 + read < run.length) {
        const digit = hexDigit(bytes[run.data + i + 2 + read]);
        if (digit < 0) break;
        value = value * 16 + digit;
        read++;
      }
      if (read < digits) {
        if (!final && i + 2 + read >= run.length) break;
        i = run.fail(i, i + 2 + read, `truncated \\${next}${'X'.repeat(digits)} escape`);
      } else if (value > 0x10ffff) {
        i = run.fail(i, i + 2 + digits, raw ? '\\Uxxxxxxxx out of range' : 'illegal Unicode character');
      } else {
        codes.push(value);
        i += 2 + digits;
      }
      continue;
    }
    if (raw) {
      codes.push(92, bytes[run.data + i + 1]);
      i += 2;
      continue;
    }
    const simple = SIMPLE[next];
    if (simple !== undefined) {
      if (simple >= 0) codes.push(simple);
      i += 2;
    } else if (isOctal(next.charCodeAt(0))) {
      let value = 0;
      let read = 0;
      while (read < 3 && i + 1 + read < run.length && isOctal(bytes[run.data + i + 1 + read])) {
        value = value * 8 + bytes[run.data + i + 1 + read] - 48;
        read++;
      }
      if (!final && read < 3 && i + 1 + read >= run.length) break;
      if (value > 255) warnOnce(`"\\${value.toString(8)}" is an invalid octal escape sequence`);
      codes.push(value);
      i += 1 + read;
    } else if (next === 'N') {
      const open = i + 2;
      if (open >= run.length && !final) break;
      let close = -1;
      if (open < run.length && bytes[run.data + open] === 123) {
        close = open + 1;
        while (close < run.length && bytes[run.data + close] !== 125) close++;
        if (close >= run.length && !final) break;
        if (close >= run.length || close === open + 1) {
          i = run.fail(
            i,
            Math.min(close < run.length ? close + 1 : close, run.length),
            'malformed \\N character escape',
          );
          continue;
        }
        let name = '';
        for (let k = open + 1; k < close; k++) name += String.fromCharCode(bytes[run.data + k]);
        const before = codes.length;
        if (pushNamed(name, codes)) i = close + 1;
        else {
          codes.length = before;
          i = run.fail(i, close + 1, 'unknown Unicode character name');
        }
      } else i = run.fail(i, open, 'malformed \\N character escape');
    } else {
      warnOnce(`"\\${next}" is an invalid escape sequence`);
      codes.push(92, next.charCodeAt(0));
      i += 2;
    }
  }
  setCodecConsumed(i);
  popSlots(1);
  return run.text();
}

/** Appends the characters of a Unicode name; false if there is none. Calls Python. */
function pushNamed(name: string, codes: number[]): boolean {
  const slots = pushSlots(2);
  const top = words[State.stackTop];
  try {
    importNamed('unicodedata', slots);
    setRef(slots + 1, newString(name));
    callMethod(slots, 'lookup', slots + 1, 1, slots + 1);
  } catch (error) {
    if (!matchesRaised(error, T.KeyError)) throw error;
    clearRaised();
    words[State.stackTop] = top;
    popSlots(2);
    return false;
  }
  const text = refAt(slots + 1);
  for (let i = 0; i < stringLength(text); i++) codes.push(codePointAt(text, i));
  popSlots(2);
  return true;
}

/** The inside of a bytes literal for these bytes. */
export function encodeEscape(data: number, length: number): number {
  const output: number[] = [];
  for (let i = data; i < data + length; i++) {
    const byte = bytes[i];
    if (byte === 39 || byte === 92) output.push(92, byte);
    else if (byte === 9) output.push(92, 116);
    else if (byte === 10) output.push(92, 110);
    else if (byte === 13) output.push(92, 114);
    else if (byte < 32 || byte >= 127) pushText(output, `\\x${hex(byte, 2)}`);
    else output.push(byte);
  }
  return newBytesFrom(output);
}

/** What the inside of a bytes literal means. */
export function decodeEscape(data: number, length: number, errors: string): number {
  const output: number[] = [];
  const warnOnce = onlyOnce();
  let i = 0;
  while (i < length) {
    const byte = bytes[data + i];
    if (byte !== 92) {
      output.push(byte);
      i++;
      continue;
    }
    if (i + 1 >= length) raiseValueError('Trailing \\ in string');
    const next = bytes[data + i + 1];
    const simple = SIMPLE[String.fromCharCode(next)];
    if (simple !== undefined) {
      if (simple >= 0) output.push(simple);
      i += 2;
    } else if (isOctal(next)) {
      let value = 0;
      let read = 0;
      while (read < 3 && i + 1 + read < length && isOctal(bytes[data + i + 1 + read])) {
        value = value * 8 + bytes[data + i + 1 + read] - 48;
        read++;
      }
      if (value > 255) warnOnce(`b"\\${value.toString(8)}" is an invalid octal escape sequence`);
      output.push(value & 255);
      i += 1 + read;
    } else if (next === 120) {
      const high = i + 2 < length ? hexDigit(bytes[data + i + 2]) : -1;
      const low = i + 3 < length ? hexDigit(bytes[data + i + 3]) : -1;
      if (high >= 0 && low >= 0) {
        output.push(high * 16 + low);
        i += 4;
        continue;
      }
      if (errors === 'strict') raiseValueError(`invalid \\x escape at position ${i}`);
      if (errors === 'replace') output.push(63);
      else if (errors !== 'ignore') raise(T.ValueError, `decoding error; unknown error handling code: ${errors}`);
      // one digit may have been there
      i += high >= 0 ? 3 : 2;
    } else {
      warnOnce(`b"\\${String.fromCharCode(next)}" is an invalid escape sequence`);
      output.push(92);
      i++;
    }
  }
  setCodecConsumed(length);
  return newBytesFrom(output);
}
