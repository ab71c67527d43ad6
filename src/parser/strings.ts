// String literals: prefixes and escapes, for str, bytes and the literal parts of f-strings. Text is exact text
// (text/exact-text.ts), since two escapes may be the halves of a pair.

import { joinTexts } from '../text/exact-text.ts';

/** An escape that cannot be decoded; the message is Python's, without a place. */
export class EscapeError extends Error {}

/** Called for an escape that Python warns about: what it says, and the offset of the backslash in the contents. */
export type WarnEscape = (invalid: InvalidEscape, offset: number) => void;

/** An escape that stands for nothing. The error that it may become says less than the warning. */
export interface InvalidEscape {
  readonly warning: string;
  readonly error: string;
}

let lookUpCharacterName: ((name: string) => number) | null = null;

/**
 * Gives the parser the Unicode names that `\N{NAME}` needs: a function from a name in any case to its code point, or -1.
 * They are a large table that few programs ask for, so it is not the parser's.
 */
export function setCharacterNames(lookUp: (name: string) => number): void {
  lookUpCharacterName = lookUp;
}

const SIMPLE_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['\n', ''],
]);

const HEXADECIMAL = /^[0-9A-Fa-f]$/;
const OCTAL = /^[0-7]$/;

function invalidEscape(text: string, sort: '' | 'octal '): InvalidEscape {
  const what = `"\\${text}" is an invalid ${sort}escape sequence. `;
  const advice = `Did you mean "\\\\${text}"? A raw string is also an option.`;
  return { warning: `${what}Such sequences will not work in the future. ${advice}`, error: what + advice };
}

/** Doubled braces stand for one in the literal parts of f-strings. */
export function undoubleBraces(text: string): string {
  return text.replace(/\{\{|\}\}/g, (pair) => pair[0]);
}

/**
 * Decodes the escapes of a str literal's contents. With `braces`, doubled braces become single ones (but not those of
 * `\N{NAME}`). Throws EscapeError.
 */
export function decodeText(contents: string, braces: boolean, warn: WarnEscape): string {
  let backslash = contents.indexOf('\\');
  if (backslash < 0) {
    return braces ? undoubleBraces(contents) : contents;
  }
  let result = '';
  let position = 0;
  let warned = false;
  while (backslash >= 0) {
    const plain = contents.slice(position, backslash);
    result += braces ? undoubleBraces(plain) : plain;
    const character = contents[backslash + 1];
    position = backslash + 2;
    const simple = SIMPLE_ESCAPES.get(character);
    if (simple !== undefined) {
      result += simple;
    } else if (character === 'x' || character === 'u' || character === 'U') {
      const digits = character === 'x' ? 2 : character === 'u' ? 4 : 8;
      const end = skip(contents, position, digits, HEXADECIMAL);
      if (end < position + digits) {
        throw unicodeError(contents, backslash, end, `truncated \\${character}${'X'.repeat(digits)} escape`);
      }
      const point = Number.parseInt(contents.slice(position, end), 16);
      if (point > 0x10ffff) {
        throw unicodeError(contents, backslash, end, 'illegal Unicode character');
      }
      result = joinTexts(result, String.fromCodePoint(point));
      position = end;
    } else if (character === 'N') {
      const named = decodeName(contents, backslash);
      result += String.fromCodePoint(named.point);
      position = named.end;
    } else if (character !== undefined && OCTAL.test(character)) {
      const end = skip(contents, position - 1, 3, OCTAL);
      const digits = contents.slice(position - 1, end);
      const point = Number.parseInt(digits, 8);
      if (point > 0xff && !warned) {
        warned = true;
        warn(invalidEscape(digits, 'octal '), backslash);
      }
      result += String.fromCharCode(point);
      position = end;
    } else {
      // An unknown escape stands for itself; what follows the backslash may be a brace of an f-string.
      if (!warned && character !== undefined) {
        warned = true;
        warn(invalidEscape(String.fromCodePoint(contents.codePointAt(backslash + 1) as number), ''), backslash);
      }
      result += '\\';
      position = backslash + 1;
      if (character !== '{' && character !== '}') {
        result += character ?? '';
        position++;
      }
    }
    backslash = contents.indexOf('\\', position);
  }
  const rest = contents.slice(position);
  return result + (braces ? undoubleBraces(rest) : rest);
}

/** Decodes the contents of a bytes literal, which are ASCII. Throws EscapeError. */
export function decodeBytes(contents: string, raw: boolean, warn: WarnEscape): Uint8Array {
  if (raw || !contents.includes('\\')) {
    return Uint8Array.from(Buffer.from(contents, 'latin1'));
  }
  const bytes: number[] = [];
  let warned = false;
  for (let position = 0; position < contents.length; position++) {
    const c = contents.charCodeAt(position);
    if (c !== 92) {
      bytes.push(c);
      continue;
    }
    const backslash = position++;
    const character = contents[position];
    const simple = SIMPLE_ESCAPES.get(character);
    if (simple !== undefined) {
      if (simple !== '') {
        bytes.push(simple.charCodeAt(0));
      }
    } else if (character === 'x') {
      const end = skip(contents, position + 1, 2, HEXADECIMAL);
      if (end < position + 3) {
        throw new EscapeError(`(value error) invalid \\x escape at position ${backslash}`);
      }
      bytes.push(Number.parseInt(contents.slice(position + 1, end), 16));
      position = end - 1;
    } else if (OCTAL.test(character)) {
      const end = skip(contents, position, 3, OCTAL);
      const digits = contents.slice(position, end);
      const value = Number.parseInt(digits, 8);
      if (value > 0xff && !warned) {
        warned = true;
        warn(invalidEscape(digits, 'octal '), backslash);
      }
      bytes.push(value & 0xff);
      position = end - 1;
    } else {
      if (!warned) {
        warned = true;
        warn(invalidEscape(character, ''), backslash);
      }
      bytes.push(92, character.charCodeAt(0));
    }
  }
  return Uint8Array.from(bytes);
}

/** The offset after at most `count` characters of a class. */
function skip(text: string, start: number, count: number, characters: RegExp): number {
  let end = start;
  while (end < start + count && end < text.length && characters.test(text[end])) {
    end++;
  }
  return end;
}

function decodeName(contents: string, backslash: number): { point: number; end: number } {
  const start = backslash + 2;
  const close = contents[start] === '{' ? contents.indexOf('}', start) : -1;
  if (close < 0 || close === start + 1) {
    const end = close < 0 ? (contents[start] === '{' ? contents.length : start) : close + 1;
    throw unicodeError(contents, backslash, end, 'malformed \\N character escape');
  }
  if (lookUpCharacterName === null) {
    throw new EscapeError('\\N{NAME} escapes are not supported: no table of character names is loaded');
  }
  const point = lookUpCharacterName(contents.slice(start + 1, close));
  if (point < 0) {
    throw unicodeError(contents, backslash, close + 1, 'unknown Unicode character name');
  }
  return { point, end: close + 1 };
}

function unicodeError(contents: string, start: number, end: number, reason: string): EscapeError {
  const first = escapedLength(contents, start);
  const last = first + escapedLength(contents.slice(start), end - start) - 1;
  const where = last > first ? `bytes in position ${first}-${last}` : `byte 0x5c in position ${first}`;
  return new EscapeError(`(unicode error) 'unicodeescape' codec can't decode ${where}: ${reason}`);
}

/** Python decodes a copy in which everything beyond ASCII is a \U escape, and counts positions in that. */
function escapedLength(contents: string, end: number): number {
  let length = 0;
  for (const character of contents.slice(0, end)) {
    length += character.charCodeAt(0) < 128 ? 1 : 10;
  }
  return length;
}
