/** binascii: bytes as text and back, in base64, hexadecimal, uuencoding and quoted-printable; checksums. */
import { T } from '../heap/fixed.ts';
import { bytes } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { isNull, isRef, refAt, setRef } from '../heap/values.ts';
import { bufferData, bufferLength, isBytesLike, readBuffer } from '../objects/buffers.ts';
import { bytesData, isBytes, newBytes, newBytesFrom } from '../objects/bytes.ts';
import { declareType } from '../objects/declared-types.ts';
import { raise, raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { bigIntAt, index, indexOf, setInt, sizeOf } from '../objects/integers.ts';
import { registerModule } from '../objects/modules.ts';
import { natives } from '../objects/natives.ts';
import { length, truth } from '../objects/operations.ts';
import { codePointAt, isAscii, isStr, stringData, stringLength } from '../objects/strings.ts';
import { typeName } from '../objects/types.ts';
import { crc32, crcCcitt } from './checksums.ts';

const ERROR = declareType({ name: 'Error', module: 'binascii', bases: [T.ValueError] });
declareType({ name: 'Incomplete', module: 'binascii', bases: [T.Exception] });

/** Where the argument lies: what readBuffer leaves, for an ASCII str too. */
let data = 0;
let size = 0;
function readBytes(slot: number): void {
  readBuffer(slot);
  data = bufferData;
  size = bufferLength;
}
function readText(slot: number): void {
  if (isStr(slot)) {
    if (!isAscii(refAt(slot))) raiseValueError('string argument should contain only ASCII characters');
    data = stringData(refAt(slot));
    size = stringLength(refAt(slot));
    return;
  }
  if (!isBytesLike(slot)) {
    raiseTypeError(`argument should be bytes, buffer or ASCII string, not '${typeName(slot)}'`);
  }
  readBytes(slot);
}

/** What is being written; grows. */
let output = new Uint8Array(256);
let written = 0;
function begin(): void {
  written = 0;
  if (output.length > 1 << 20) output = new Uint8Array(256);
}
function put(byte: number): void {
  if (written === output.length) {
    const larger = new Uint8Array(written * 2);
    larger.set(output);
    output = larger;
  }
  output[written++] = byte;
}
function finish(result: number): void {
  setRef(result, newBytesFrom(output.subarray(0, written)));
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const base64Codes = Uint8Array.from(BASE64, (c) => c.charCodeAt(0));
const base64Values = new Uint8Array(256).fill(255);
base64Codes.forEach((code, value) => {
  base64Values[code] = value;
});
const PAD = 61;

function decodeBase64(strict: boolean, result: number): void {
  begin();
  let quad = 0;
  let pads = 0;
  let padding = false;
  let rest = 0;
  let digits = 0;
  for (let i = 0; i < size; i++) {
    const byte = bytes[data + i];
    if (byte === PAD) {
      padding = true;
      if (strict && quad === 0) raise(ERROR, i === 0 ? 'Leading padding not allowed' : 'Excess padding not allowed');
      if (quad >= 2 && quad + ++pads >= 4) {
        if (strict && i + 1 < size) raise(ERROR, 'Excess data after padding');
        finish(result);
        return;
      }
      continue;
    }
    const value = base64Values[byte];
    if (value === 255) {
      if (strict) raise(ERROR, 'Only base64 data is allowed');
      continue;
    }
    if (strict && padding) raise(ERROR, 'Discontinuous padding not allowed');
    pads = 0;
    digits++;
    rest = (rest << 6) | value;
    if (quad > 0) put((rest >> (6 - quad * 2)) & 255);
    quad = (quad + 1) & 3;
  }
  if (quad === 1) {
    raise(
      ERROR,
      `Invalid base64-encoded string: number of data characters (${digits}) cannot be 1 more than a multiple of 4`,
    );
  }
  if (quad !== 0) raise(ERROR, 'Incorrect padding');
  finish(result);
}

function encodeBase64(newline: boolean, result: number): void {
  const total = Math.ceil(size / 3) * 4 + (newline ? 1 : 0);
  const ref = newBytes(total);
  let to = bytesData(ref);
  for (let i = 0; i < size; i += 3) {
    const left = size - i;
    const a = bytes[data + i];
    const b = left > 1 ? bytes[data + i + 1] : 0;
    const c = left > 2 ? bytes[data + i + 2] : 0;
    bytes[to++] = base64Codes[a >> 2];
    bytes[to++] = base64Codes[((a & 3) << 4) | (b >> 4)];
    bytes[to++] = left > 1 ? base64Codes[((b & 15) << 2) | (c >> 6)] : PAD;
    bytes[to++] = left > 2 ? base64Codes[c & 63] : PAD;
  }
  if (newline) bytes[to] = 10;
  setRef(result, ref);
}

const hexDigit = (value: number): number => value + (value < 10 ? 48 : 87);
const upperHexDigit = (value: number): number => value + (value < 10 ? 48 : 55);
function hexValue(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const lower = byte | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

/** hexlify: a separator (NULL: none) each `group` bytes, counted from the end, or from the start if negative. */
function hexlify(args: number, result: number): void {
  let separator = -1;
  if (!isNull(args + 1)) {
    if (length(args + 1) !== 1) raiseValueError('sep must be length 1.');
    if (isStr(args + 1)) separator = codePointAt(refAt(args + 1), 0);
    else if (isBytes(args + 1)) separator = bytes[bytesData(refAt(args + 1))];
    else raiseTypeError('sep must be str or bytes.');
    if (separator > 255) raiseValueError('sep must be ASCII.');
  }
  const group = sizeOf(args + 2);
  readBytes(args);
  begin();
  const step = Math.abs(group);
  for (let i = 0; i < size; i++) {
    if (separator >= 0 && step > 0 && i > 0 && (group > 0 ? size - i : i) % step === 0) put(separator);
    put(hexDigit(bytes[data + i] >> 4));
    put(hexDigit(bytes[data + i] & 15));
  }
  finish(result);
}

function unhexlify(args: number, result: number): void {
  readText(args);
  if (size % 2 !== 0) raise(ERROR, 'Odd-length string');
  begin();
  for (let i = 0; i < size; i += 2) {
    const high = hexValue(bytes[data + i]);
    const low = hexValue(bytes[data + i + 1]);
    if (high < 0 || low < 0) raise(ERROR, 'Non-hexadecimal digit found');
    put(high * 16 + low);
  }
  finish(result);
}

function encodeUu(args: number, result: number): void {
  const backtick = truth(args + 1);
  readBytes(args);
  if (size > 45) raise(ERROR, 'At most 45 bytes at once');
  const digit = (value: number): number => (value === 0 && backtick ? 96 : 32 + value);
  const byteAt = (i: number): number => (i < size ? bytes[data + i] : 0);
  begin();
  put(digit(size));
  for (let i = 0; i < size; i += 3) {
    const bits = (byteAt(i) << 16) | (byteAt(i + 1) << 8) | byteAt(i + 2);
    for (let shift = 18; shift >= 0; shift -= 6) put(digit((bits >> shift) & 63));
  }
  put(10);
  finish(result);
}

function decodeUu(args: number, result: number): void {
  readText(args);
  begin();
  // a line without its first character counts as one of length 32
  const count = size === 0 ? 32 : (bytes[data] - 32) & 63;
  let at = 1;
  let rest = 0;
  let bits = 0;
  while (written < count) {
    const byte = at < size ? bytes[data + at] : 0;
    at++;
    let value = 0;
    // missing characters at the end of the line are zeros
    if (byte !== 10 && byte !== 13 && at <= size) {
      if (byte < 32 || byte > 96) raise(ERROR, 'Illegal char');
      value = (byte - 32) & 63;
    }
    rest = ((rest << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      put((rest >> bits) & 255);
    }
  }
  for (; at < size; at++) {
    const byte = bytes[data + at];
    if (byte !== 32 && byte !== 96 && byte !== 10 && byte !== 13) raise(ERROR, 'Trailing garbage');
  }
  finish(result);
}

const LINE_LENGTH = 76;

function encodeQuoted(args: number, result: number): void {
  const quoteTabs = truth(args + 1);
  const isText = truth(args + 2);
  const header = truth(args + 3);
  readBytes(args);
  begin();
  let firstBreak = 0;
  while (firstBreak < size && bytes[data + firstBreak] !== 10) firstBreak++;
  const crlf = firstBreak > 0 && firstBreak < size && bytes[data + firstBreak - 1] === 13;
  const breakLine = (): void => {
    if (crlf) put(13);
    put(10);
  };
  const putQuoted = (byte: number): void => {
    put(PAD);
    put(upperHexDigit(byte >> 4));
    put(upperHexDigit(byte & 15));
  };
  let column = 0;
  const softBreak = (): void => {
    put(PAD);
    breakLine();
    column = 0;
  };
  for (let i = 0; i < size; i++) {
    const byte = bytes[data + i];
    const last = i + 1 === size;
    const next = last ? -1 : bytes[data + i + 1];
    const isBlank = byte === 32 || byte === 9;
    const isBreak = byte === 10 || byte === 13;
    const alone = byte === 46 && column === 0 && (last || next === 10 || next === 13 || next === 0);
    if (
      byte > 126 ||
      byte === PAD ||
      (header && byte === 95) ||
      alone ||
      (isBreak && !isText) ||
      (isBlank && (last || quoteTabs)) ||
      (byte < 33 && !isBreak && !isBlank)
    ) {
      if (column + 3 >= LINE_LENGTH) softBreak();
      putQuoted(byte);
      column += 3;
    } else if (isText && (byte === 10 || (byte === 13 && next === 10))) {
      const before = written > 0 ? output[written - 1] : 0;
      if (before === 32 || before === 9) {
        written--;
        putQuoted(before);
      }
      breakLine();
      column = 0;
      if (byte === 13) i++;
    } else {
      if (!last && next !== 10 && column + 1 >= LINE_LENGTH) softBreak();
      column++;
      put(header && byte === 32 ? 95 : byte);
    }
  }
  finish(result);
}

function decodeQuoted(args: number, result: number): void {
  const header = truth(args + 1);
  readText(args);
  begin();
  let i = 0;
  while (i < size) {
    const byte = bytes[data + i++];
    if (byte !== PAD) {
      put(header && byte === 95 ? 32 : byte);
      continue;
    }
    if (i >= size) break;
    const next = bytes[data + i];
    if (next === 10 || next === 13) {
      while (i < size && bytes[data + i] !== 10) i++;
      i++;
    } else if (next === PAD) {
      put(PAD);
      i++;
    } else {
      const high = hexValue(next);
      const low = i + 1 < size ? hexValue(bytes[data + i + 1]) : -1;
      if (high < 0 || low < 0) put(PAD);
      else {
        put(high * 16 + low);
        i += 2;
      }
    }
  }
  finish(result);
}

/** The low 32 bits of an int of any size, unsigned. */
function word(slot: number): number {
  const plain = pushSlots(1);
  index(slot, plain);
  const value = isRef(plain) ? Number(BigInt.asUintN(32, bigIntAt(plain))) : indexOf(plain);
  popSlots(1);
  return value >>> 0;
}

natives('binascii', {
  'a2b_base64(data, /, *, strict_mode=False)': (args, result) => {
    const strict = truth(args + 1);
    readText(args);
    decodeBase64(strict, result);
  },
  'b2a_base64(data, /, *, newline=True)': (args, result) => {
    const newline = truth(args + 1);
    readBytes(args);
    encodeBase64(newline, result);
  },
  'hexlify(data, sep=..., bytes_per_sep=1)': hexlify,
  'b2a_hex(data, sep=..., bytes_per_sep=1)': hexlify,
  'unhexlify(hexstr, /)': unhexlify,
  'a2b_hex(hexstr, /)': unhexlify,
  'a2b_uu(data, /)': decodeUu,
  'b2a_uu(data, /, *, backtick=False)': encodeUu,
  'a2b_qp(data, header=False)': decodeQuoted,
  'b2a_qp(data, quotetabs=False, istext=True, header=False)': encodeQuoted,
  'crc32(data, crc=0, /)': (args, result) => {
    const start = word(args + 1);
    readBytes(args);
    setInt(result, crc32(data, size, start));
  },
  'crc_hqx(data, crc, /)': (args, result) => {
    const start = word(args + 1);
    readBytes(args);
    setInt(result, crcCcitt(data, size, start));
  },
});

registerModule('binascii');
