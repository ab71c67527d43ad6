/**
 * repr and ascii of strings: quotes chosen as Python chooses them, escapes for what cannot be printed, lone surrogates
 * included. ASCII text without anything to escape is copied in the heap.
 */
import { bytes } from '../heap/memory.ts';
import { allocateString, codePointAt, copyBytes, isAscii, newString, stringData, stringLength } from './strings.ts';
import { isPrintable } from './unicode.ts';

const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, '0');

/** The escape of a code point that is not printed as itself. */
export function escapeCodePoint(code: number): string {
  switch (code) {
    case 9:
      return '\\t';
    case 10:
      return '\\n';
    case 13:
      return '\\r';
    case 92:
      return '\\\\';
  }
  if (code < 256) return `\\x${hex(code, 2)}`;
  return code < 65536 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

/** repr(str) as JavaScript text. */
export function stringRepr(ref: number): string {
  return quote(ref, false);
}

function quote(ref: number, asciiOnly: boolean): string {
  const length = stringLength(ref);
  let single = false;
  let double = false;
  for (let i = 0; i < length; i++) {
    const code = codePointAt(ref, i);
    if (code === 39) single = true;
    else if (code === 34) double = true;
  }
  const mark = single && !double ? '"' : "'";
  let text = mark;
  for (let i = 0; i < length; i++) {
    const code = codePointAt(ref, i);
    if (code === mark.charCodeAt(0)) text += `\\${mark}`;
    else if (code === 92) text += '\\\\';
    else if (code < 127 ? code >= 32 : !asciiOnly && isPrintable(code)) text += String.fromCodePoint(code);
    else text += escapeCodePoint(code);
  }
  return text + mark;
}

/** repr(str) as a str. */
export function stringReprRef(ref: number): number {
  if (isAscii(ref)) {
    const length = stringLength(ref);
    const data = stringData(ref);
    let plain = true;
    for (let i = 0; i < length && plain; i++) {
      const code = bytes[data + i];
      plain = code >= 32 && code < 127 && code !== 39 && code !== 92;
    }
    if (plain) {
      const result = allocateString(length + 2, 1, true);
      const target = stringData(result);
      bytes[target] = 39;
      copyBytes(target + 1, stringData(ref), length);
      bytes[target + 1 + length] = 39;
      return result;
    }
  }
  return newString(quote(ref, false));
}

/** Text in which everything beyond ASCII is escaped: what ascii() makes of a repr. */
export function escapeNonAscii(ref: number): number {
  if (isAscii(ref)) return ref;
  let text = '';
  const length = stringLength(ref);
  for (let i = 0; i < length; i++) {
    const code = codePointAt(ref, i);
    text += code < 128 ? String.fromCharCode(code) : escapeCodePoint(code);
  }
  return newString(text);
}
