/**
 * What the methods of bytes and bytearray do, on the Latin-1 text of the bytes: JavaScript handles such text well. Case
 * and character classes are ASCII's. No heap, no Python.
 */
import { raiseValueError } from './errors.ts';

export const SPACE = '\t\n\x0b\x0c\r ';

export function replace(text: string, old: string, replacement: string, count: number): string {
  const limit = count < 0 ? Infinity : count;
  let output = '';
  if (old === '') {
    for (let i = 0; i <= text.length; i++) output += (i < limit ? replacement : '') + (text[i] ?? '');
    return output;
  }
  let at = 0;
  for (let done = 0; done < limit; done++) {
    const found = text.indexOf(old, at);
    if (found < 0) break;
    output += text.slice(at, found) + replacement;
    at = found + old.length;
  }
  return output + text.slice(at);
}

/** Parts at a separator, or (null) at white space; at most `limit` cuts, any number if negative. */
export function split(text: string, separator: string | null, limit: number): string[] {
  const parts: string[] = [];
  let left = limit < 0 ? Infinity : limit;
  if (separator !== null) {
    let at = 0;
    while (left-- > 0) {
      const found = text.indexOf(separator, at);
      if (found < 0) break;
      parts.push(text.slice(at, found));
      at = found + separator.length;
    }
    parts.push(text.slice(at));
    return parts;
  }
  let at = 0;
  for (;;) {
    while (at < text.length && SPACE.includes(text[at])) at++;
    if (at >= text.length) return parts;
    let end = at;
    if (left-- <= 0) end = text.length;
    else while (end < text.length && !SPACE.includes(text[end])) end++;
    parts.push(text.slice(at, end));
    at = end;
    if (left < 0) return parts;
  }
}

const reversed = (text: string): string => {
  let output = '';
  for (let i = text.length - 1; i >= 0; i--) output += text[i];
  return output;
};

/** rsplit as the mirror image of split. */
export function splitFromEnd(text: string, separator: string | null, limit: number): string[] {
  const mirrored = split(reversed(text), separator === null ? null : reversed(separator), limit);
  return mirrored.map(reversed).reverse();
}

export function splitLines(text: string, keepEnds: boolean): string[] {
  const parts: string[] = [];
  for (let at = 0; at < text.length; ) {
    let end = at;
    while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++;
    let next = end;
    if (end < text.length) next += text[end] === '\r' && text[end + 1] === '\n' ? 2 : 1;
    parts.push(text.slice(at, keepEnds ? next : end));
    at = next;
  }
  return parts;
}

export function partition(text: string, separator: string, fromEnd: boolean): string[] {
  if (separator === '') raiseValueError('empty separator');
  const at = fromEnd ? text.lastIndexOf(separator) : text.indexOf(separator);
  if (at >= 0) return [text.slice(0, at), separator, text.slice(at + separator.length)];
  return fromEnd ? ['', '', text] : [text, '', ''];
}

export function expandTabs(text: string, size: number): string {
  let output = '';
  let column = 0;
  for (const c of text) {
    if (c === '\t') {
      if (size <= 0) continue;
      const spaces = size - (column % size);
      output += ' '.repeat(spaces);
      column += spaces;
    } else {
      output += c;
      column = c === '\n' || c === '\r' ? 0 : column + 1;
    }
  }
  return output;
}

export function center(text: string, missing: number, fill: string): string {
  const left = (missing >> 1) + (missing & (missing + text.length) & 1);
  return fill.repeat(left) + text + fill.repeat(missing - left);
}

export function zeroFill(text: string, missing: number): string {
  const zeros = '0'.repeat(missing);
  return text[0] === '+' || text[0] === '-' ? text[0] + zeros + text.slice(1) : zeros + text;
}

// toUpperCase of a whole Latin-1 text would change other characters too.
export const upper = (text: string): string => text.replace(/[a-z]+/g, (part) => part.toUpperCase());
export const lower = (text: string): string => text.replace(/[A-Z]+/g, (part) => part.toLowerCase());
export const title = (text: string): string =>
  text.replace(/[A-Za-z]+/g, (word) => upper(word[0]) + lower(word.slice(1)));
export const capitalize = (text: string): string => upper(text.slice(0, 1)) + lower(text.slice(1));
export const swapCase = (text: string): string =>
  text.replace(/[A-Za-z]/g, (c) => (c < 'a' ? c.toLowerCase() : c.toUpperCase()));
export const isTitleCased = (text: string): boolean => /[A-Za-z]/.test(text) && title(text) === text;

/** Hexadecimal digits, in groups of `group` bytes from the right (from the left if negative). */
export function hexText(view: Uint8Array, separator: string, group: number): string {
  let digits = '';
  for (const byte of view) digits += HEX[byte];
  if (separator === '' || group === 0) return digits;
  const size = Math.abs(group);
  const parts: string[] = [];
  const first = group > 0 ? view.length % size : 0;
  if (first > 0) parts.push(digits.slice(0, first * 2));
  for (let at = first; at < view.length; at += size) parts.push(digits.slice(at * 2, (at + size) * 2));
  return parts.join(separator);
}
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** fromhex: pairs of digits, white space between pairs. */
export function parseHex(text: string): number[] {
  const output: number[] = [];
  for (let i = 0; i < text.length; ) {
    if (SPACE.includes(text[i])) {
      i++;
      continue;
    }
    for (let k = 0; k < 2; k++) {
      if (i + k >= text.length) raiseValueError('fromhex() arg must contain an even number of hexadecimal digits');
      if (!/[0-9a-fA-F]/.test(text[i + k])) {
        raiseValueError(`non-hexadecimal number found in fromhex() arg at position ${i + k}`);
      }
    }
    output.push(Number.parseInt(text.slice(i, i + 2), 16));
    i += 2;
  }
  return output;
}
