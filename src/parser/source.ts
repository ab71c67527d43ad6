// Source text: from bytes to the string that the parser reads, and from offsets in it to Python's columns.
//
// JavaScript counts UTF-16 units. Python's tree counts UTF-8 bytes and its errors count code points, so both are
// computed here; for ASCII sources, nearly all there are, all three agree and nothing is computed at all.

import { type ErrorRange, PythonSyntaxError, type SyntaxErrorKind } from './errors.ts';

const CARRIAGE_RETURN = 13;
const NEWLINE = 10;

/** Where whole-file errors stand: Python gives them no line. */
const NOWHERE: ErrorRange = { lineno: 0, offset: 0, end_lineno: 0, end_offset: 0 };

/** A source text, its newlines all `\n`, with the start of each of its lines. */
export class SourceText {
  readonly text: string;
  readonly filename: string;
  /** Whether UTF-16 units, UTF-8 bytes and code points are all the same. */
  readonly ascii: boolean;
  /** Whether Python adds the last line's newline if it is missing: only to what `exec` compiles. */
  completesLines = true;
  private lineStarts: Int32Array | null = null;
  private lineCount = 0;

  constructor(text: string, filename: string) {
    this.text = text;
    this.filename = filename;
    this.ascii = isAscii(text);
  }

  /** The offset at which a line (from 1) starts; the text's end for lines after the last. */
  lineStart(line: number): number {
    const starts = this.lineStarts ?? this.findLines();
    return line > this.lineCount ? this.text.length : starts[line - 1];
  }

  /** A line (from 1) with its newline; one is added to the last line when `complete`. */
  lineText(line: number, complete: boolean): string {
    const start = this.lineStart(line);
    const newline = this.text.indexOf('\n', start);
    if (newline >= 0) {
      return this.text.slice(start, newline + 1);
    }
    return this.text.slice(start) + (complete && this.completesLines ? '\n' : '');
  }

  /** The column, in UTF-8 bytes from 0, of an offset on the line that starts at `lineStart`. */
  byteColumn(lineStart: number, offset: number): number {
    return this.ascii ? offset - lineStart : utf8Length(this.text, lineStart, offset);
  }

  /** The column, in code points from 1, of an offset on the line that starts at `lineStart`. */
  characterColumn(lineStart: number, offset: number): number {
    if (this.ascii) {
      return offset - lineStart + 1;
    }
    let column = 1;
    for (let i = lineStart; i < offset; i++) {
      const unit = this.text.charCodeAt(i);
      if ((unit & 0xfc00) !== 0xdc00 || i === lineStart || (this.text.charCodeAt(i - 1) & 0xfc00) !== 0xd800) {
        column++;
      }
    }
    return column;
  }

  /** Turns a column in UTF-8 bytes from 0 into one in code points from 1. */
  characterColumnOfByte(line: number, byteColumn: number): number {
    if (this.ascii) {
      return byteColumn + 1;
    }
    const start = this.lineStart(line);
    let offset = start;
    let bytes = 0;
    while (bytes < byteColumn && offset < this.text.length && this.text.charCodeAt(offset) !== NEWLINE) {
      const point = this.text.codePointAt(offset) as number;
      bytes += utf8Size(point);
      offset += point > 0xffff ? 2 : 1;
    }
    // The newline, which may not be there, is one more.
    return this.characterColumn(start, offset) + (byteColumn - bytes);
  }

  /**
   * An error at a range of this source, ready to be thrown. `passed`: Python has read on beyond the line, or is still
   * reading it, and shows it without its newline.
   */
  error(kind: SyntaxErrorKind, message: string, range: ErrorRange, passed = false): PythonSyntaxError {
    if (range.end_lineno > range.lineno) {
      // Python measures the end's column in the first line, so it cannot lie beyond that line's end.
      const length = [...this.lineText(range.lineno, true)].length;
      range.end_offset = Math.min(range.end_offset, length);
    }
    const line = this.lineText(range.lineno, !passed);
    const text = passed && line.endsWith('\n') ? line.slice(0, -1) : line;
    return new PythonSyntaxError(kind, message, this.filename, range, text);
  }

  private findLines(): Int32Array {
    const text = this.text;
    let starts = new Int32Array(1024);
    let count = 1;
    for (let newline = text.indexOf('\n'); newline >= 0; newline = text.indexOf('\n', newline + 1)) {
      if (count === starts.length) {
        const larger = new Int32Array(count * 2);
        larger.set(starts);
        starts = larger;
      }
      starts[count++] = newline + 1;
    }
    this.lineCount = count;
    this.lineStarts = starts;
    return starts;
  }
}

/** The number of bytes that a code point takes in UTF-8. */
export function utf8Size(point: number): number {
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}

function utf8Length(text: string, start: number, end: number): number {
  let bytes = 0;
  for (let i = start; i < end; i++) {
    const unit = text.charCodeAt(i);
    // Either half of a surrogate pair stands for two of the pair's four bytes; a lone one would be three, but a source
    // that has one cannot be parsed at all.
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit & 0xf800) === 0xd800 ? 2 : 3;
  }
  return bytes;
}

const BEYOND_ASCII = /[^\0-\x7f]/;

function isAscii(text: string): boolean {
  return !BEYOND_ASCII.test(text);
}

/**
 * Makes a source text of what `compile` was given: decodes bytes by their byte order mark or `coding` comment, refuses
 * NUL, and turns every newline into `\n`. `isFile`: Python would read it line by line from the file of that name, and
 * fails in other words. Raises PythonSyntaxError.
 */
export function readSource(source: Uint8Array | string, filename: string, isFile = false): SourceText {
  const ofBytes = typeof source !== 'string';
  if (isFile && ofBytes) checkFile(source, filename);
  if (!isFile && source.includes((ofBytes ? 0 : '\0') as never)) {
    const message = 'source code string cannot contain null bytes';
    throw new PythonSyntaxError('SyntaxError', message, filename, NOWHERE, null);
  }
  let text = typeof source === 'string' ? source : decodeSource(source, filename);
  if (text.includes('\0')) {
    const message = 'source code cannot contain null bytes';
    const before = text.slice(0, text.indexOf('\0')).split(/\r\n?|\n/);
    const place = { lineno: before.length, offset: 0, end_lineno: before.length, end_offset: 0 };
    const line = `${before[before.length - 1]}\n`;
    throw new PythonSyntaxError('SyntaxError', message, filename, place, line);
  }
  if (text.includes('\r')) {
    text = text.replace(/\r\n?/g, '\n');
  }
  return new SourceText(text, filename);
}

/** Raises what Python says of a file that it cannot read, where that is not what it says of bytes. */
function checkFile(bytes: Uint8Array, filename: string): void {
  const wrong = (message: string): never => {
    throw new PythonSyntaxError('SyntaxError', message, filename, NOWHERE, null);
  };
  const declared = declaredEncoding(bytes);
  try {
    decodeSource(bytes, filename);
  } catch (error) {
    const message = error instanceof PythonSyntaxError ? error.message : '';
    if (message.startsWith('unknown encoding: ')) wrong(`encoding problem: ${declared}`);
    if (message.startsWith('encoding problem: ')) wrong(message);
    if (!message.startsWith('Non-UTF-8 ')) throw error;
    const { position } = findInvalidUtf8(bytes);
    const nul = bytes.indexOf(0);
    // a line is looked through for NUL first
    if (nul >= 0 && (nul < position || !bytes.subarray(position, nul).includes(NEWLINE))) {
      readSource(latin1(bytes.subarray(0, nul + 1)), filename, true);
    }
    wrong(message.replace(' on line ', ` in file ${filename} on line `));
  }
}

const CODING = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;
const BLANK = /^[ \t\f]*(?:#.*)?$/;

/** The encoding that a `coding` comment in one of the first two lines declares, or `null`. */
function declaredEncoding(bytes: Uint8Array): string | null {
  let start = 0;
  for (let line = 0; line < 2; line++) {
    let end = start;
    while (end < bytes.length && bytes[end] !== NEWLINE && bytes[end] !== CARRIAGE_RETURN) {
      end++;
    }
    const text = latin1(bytes.subarray(start, Math.min(end, start + 1000)));
    const match = CODING.exec(text);
    if (match !== null) {
      return match[1];
    }
    if (!BLANK.test(text)) {
      return null;
    }
    start = bytes[end] === CARRIAGE_RETURN && bytes[end + 1] === NEWLINE ? end + 2 : end + 1;
  }
  return null;
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** Encodings that Python and JavaScript name differently, or that JavaScript would decode as something else. */
const LATIN1_NAMES = new Set(['latin-1', 'latin1', 'iso-8859-1', 'iso8859-1', 'iso-latin-1', 'l1', '8859', 'cp819']);
const UTF8_NAMES = new Set(['utf-8', 'utf8', 'u8', 'utf', 'cp65001', 'utf-8-sig']);
const ASCII_NAMES = new Set(['ascii', 'us-ascii', '646', 'us']);

/** Python's own normal form of the names that it knows without its codecs. */
function normalName(declared: string): string {
  const name = declared.toLowerCase().replaceAll('_', '-');
  if (name === 'utf-8' || name.startsWith('utf-8-')) {
    return 'utf-8';
  }
  return /^(?:latin-1|iso-8859-1|iso-latin-1)(?:-|$)/.test(name) ? 'iso-8859-1' : name;
}

function decodeSource(bytes: Uint8Array, filename: string): string {
  const byteOrderMark = bytes.length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const body = byteOrderMark ? bytes.subarray(3) : bytes;
  const declared = declaredEncoding(body);
  const name = declared === null ? 'utf-8' : normalName(declared);
  if (byteOrderMark && name !== 'utf-8') {
    const line = latin1(body).split(/\r\n?|\n/, 1)[0];
    const range = { lineno: 1, offset: 0, end_lineno: 1, end_offset: line.length };
    throw new PythonSyntaxError('SyntaxError', `encoding problem: ${name} with BOM`, null, range, line);
  }
  if (UTF8_NAMES.has(name)) {
    return decodeUtf8(body, filename, name !== 'utf-8');
  }
  if (LATIN1_NAMES.has(name)) {
    return latin1(body);
  }
  if (ASCII_NAMES.has(name)) {
    const bad = body.findIndex((byte) => byte > 0x7f);
    if (bad >= 0) {
      const byte = body[bad].toString(16);
      throw fileError(
        `'ascii' codec can't decode byte 0x${byte} in position ${bad}: ordinal not in range(128)`,
        filename,
      );
    }
    return latin1(body);
  }
  const text = sourceCodec?.(declared as string, body) ?? webCodec(declared as string, body);
  if (text instanceof CodecFailure) throw fileError(text.message, filename);
  return text;
}

/** Why a codec could not decode a source. */
export class CodecFailure {
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}

/** Decodes by the codec that Python knows under a name; null if it knows none. */
export type SourceCodec = (name: string, bytes: Uint8Array) => string | CodecFailure | null;

let sourceCodec: SourceCodec | null = null;

/** JavaScript's codecs, which differ from Python's in what they make of bytes that stand for nothing. */
function webCodec(declared: string, bytes: Uint8Array): string | CodecFailure {
  const name = normalName(declared)
    .replace(/^cp(125\d)$/, 'windows-$1')
    .replace(/^iso8859-/, 'iso-8859-');
  try {
    return new TextDecoder(name).decode(bytes);
  } catch {
    return new CodecFailure(`unknown encoding: ${declared}`);
  }
}
/** The interpreter, which can ask Python's codecs, installs itself here. */
export function setSourceCodec(codec: SourceCodec): void {
  sourceCodec = codec;
}

function fileError(message: string, filename: string): PythonSyntaxError {
  return new PythonSyntaxError('SyntaxError', message, filename, { ...NOWHERE, offset: -1 }, null);
}

/** Decodes UTF-8; `byCodec` when Python uses a codec for it, not its own reader, which fails in other words. */
function decodeUtf8(bytes: Uint8Array, filename: string, byCodec: boolean): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw invalidUtf8(bytes, filename, byCodec);
  }
}

/** Finds the first byte that is not UTF-8 and says so as Python does. */
function invalidUtf8(bytes: Uint8Array, filename: string, byCodec: boolean): PythonSyntaxError {
  const { position, reason } = findInvalidUtf8(bytes);
  const byte = bytes[position].toString(16).padStart(2, '0');
  if (byCodec) {
    return fileError(`'utf-8' codec can't decode byte 0x${byte} in position ${position}: ${reason}`, filename);
  }
  const before = bytes.subarray(0, position);
  let lineno = 1;
  let lineStart = 0;
  for (let i = 0; i < before.length; i++) {
    if (before[i] === NEWLINE || (before[i] === CARRIAGE_RETURN && before[i + 1] !== NEWLINE)) {
      lineno++;
      lineStart = i + 1;
    }
  }
  const shown = new TextDecoder('utf-8').decode(bytes.subarray(lineStart)).split(/\r\n?|\n/, 1)[0];
  const offset = [...new TextDecoder('utf-8').decode(before.subarray(lineStart))].length + 1;
  const range = { lineno, offset, end_lineno: lineno, end_offset: offset };
  const message =
    `Non-UTF-8 code starting with '\\x${byte}' on line ${lineno}, but no encoding declared; ` +
    'see https://peps.python.org/pep-0263/ for details';
  return new PythonSyntaxError('SyntaxError', message, null, range, shown);
}

function findInvalidUtf8(bytes: Uint8Array): { position: number; reason: string } {
  let i = 0;
  while (i < bytes.length) {
    const lead = bytes[i];
    const size = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    if (size === 0) {
      return { position: i, reason: 'invalid start byte' };
    }
    for (let k = 1; k < size; k++) {
      if (i + k >= bytes.length) {
        return { position: i, reason: 'unexpected end of data' };
      }
      const byte = bytes[i + k];
      const lowest = k > 1 ? 0x80 : lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
      const highest = k > 1 ? 0xbf : lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
      if (byte < lowest || byte > highest) {
        return { position: i, reason: 'invalid continuation byte' };
      }
    }
    i += size;
  }
  return { position: bytes.length - 1, reason: 'unexpected end of data' };
}
