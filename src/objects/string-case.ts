/** Changing the case of strings. ASCII is done in the heap; the rest by the mappings of unicode.ts. */

import { bytes } from '../heap/memory.ts';
import { joinTexts } from '../text/exact-text.ts';
import {
  allocateString,
  codePointAt,
  copyBytes,
  isAscii,
  latin1String,
  newString,
  stringData,
  stringLength,
  stringOf,
} from './strings.ts';
import { foldCase, isCased, isCaseIgnorable, isLower, isUpper, lowerCase, titleCase, upperCase } from './unicode.ts';

enum Case {
  lower,
  upper,
  swap,
  title,
  capitalize,
}

const isAsciiUpper = (code: number): boolean => code >= 65 && code <= 90;
const isAsciiLower = (code: number): boolean => code >= 97 && code <= 122;

function convertAscii(ref: number, to: Case): number {
  const length = stringLength(ref);
  if (length === 0) return ref;
  const from = stringData(ref);
  if (length === 1) return latin1String(convertAsciiCode(bytes[from], to, false));
  const result = allocateString(length, 1, true);
  const data = stringData(result);
  copyBytes(data, from, length);
  let inWord = false;
  for (let i = 0; i < length; i++) {
    const code = bytes[data + i];
    const letter = isAsciiUpper(code) || isAsciiLower(code);
    if (letter) bytes[data + i] = convertAsciiCode(code, to, inWord);
    inWord = to === Case.title ? letter : true;
  }
  return result;
}

function convertAsciiCode(code: number, to: Case, inWord: boolean): number {
  const upper = to === Case.upper || (to === Case.swap && isAsciiLower(code)) || (to >= Case.title && !inWord);
  if (upper) return isAsciiLower(code) ? code - 32 : code;
  return isAsciiUpper(code) ? code + 32 : code;
}

export function toLower(ref: number): number {
  if (isAscii(ref)) return convertAscii(ref, Case.lower);
  return newString(stringOf(ref).toLowerCase());
}
export function toUpper(ref: number): number {
  if (isAscii(ref)) return convertAscii(ref, Case.upper);
  return newString(stringOf(ref).toUpperCase());
}

/** Lower case of the code point at `index`: a capital sigma at the end of a word has a form of its own. */
function lowerAt(ref: number, index: number): string {
  const code = codePointAt(ref, index);
  if (code !== 0x3a3) return lowerCase(code);
  let before = index - 1;
  while (before >= 0 && isCaseIgnorable(codePointAt(ref, before))) before--;
  if (before < 0 || !isCased(codePointAt(ref, before))) return 'σ';
  const length = stringLength(ref);
  let after = index + 1;
  while (after < length && isCaseIgnorable(codePointAt(ref, after))) after++;
  return after < length && isCased(codePointAt(ref, after)) ? 'σ' : 'ς';
}

export function swapCase(ref: number): number {
  if (isAscii(ref)) return convertAscii(ref, Case.swap);
  let text = '';
  const length = stringLength(ref);
  for (let i = 0; i < length; i++) {
    const code = codePointAt(ref, i);
    if (isUpper(code)) text += lowerAt(ref, i);
    else if (isLower(code)) text += upperCase(code);
    else text = joinTexts(text, String.fromCodePoint(code));
  }
  return newString(text);
}

export function toTitle(ref: number): number {
  if (isAscii(ref)) return convertAscii(ref, Case.title);
  let text = '';
  let inWord = false;
  const length = stringLength(ref);
  for (let i = 0; i < length; i++) {
    const code = codePointAt(ref, i);
    text = joinTexts(text, inWord ? lowerAt(ref, i) : titleCase(code));
    inWord = isCased(code);
  }
  return newString(text);
}

export function capitalize(ref: number): number {
  if (isAscii(ref)) return convertAscii(ref, Case.capitalize);
  let text = titleCase(codePointAt(ref, 0));
  const length = stringLength(ref);
  for (let i = 1; i < length; i++) text = joinTexts(text, lowerAt(ref, i));
  return newString(text);
}

export function caseFold(ref: number): number {
  if (isAscii(ref)) return convertAscii(ref, Case.lower);
  let text = '';
  const length = stringLength(ref);
  for (let i = 0; i < length; i++) text = joinTexts(text, foldCase(codePointAt(ref, i)));
  return newString(text);
}
