/**
 * Case and categories of single code points, as regular expressions see them: each code point has at most one lower and
 * one upper case (str.lower() may give several). What is asked of code points above 255 is remembered, since the answer
 * comes from V8's Unicode data by way of a string.
 *
 * The locale of LOCALE patterns is always the C locale with ASCII letters, which is what a UTF-8 locale gives bytes.
 */
import { isAlpha, isDecimal, isDigit, isNumeric, isSpace, lowerCase, upperCase } from '../../objects/unicode.ts';
import { Category } from './opcodes.ts';

export function asciiLower(code: number): number {
  return code >= 65 && code <= 90 ? code + 32 : code;
}
export function asciiUpper(code: number): number {
  return code >= 97 && code <= 122 ? code - 32 : code;
}

/** 0: not known yet; else the lower case plus 1. Made on first use. */
let lowerCases: Int32Array | null = null;

export function unicodeLower(code: number): number {
  if (code < 128) return asciiLower(code);
  if (code > 0xffff) return lowerCase(code).codePointAt(0)!;
  lowerCases ??= new Int32Array(0x10000);
  const known = lowerCases[code];
  if (known !== 0) return known - 1;
  const lower = lowerCase(code).codePointAt(0)!;
  lowerCases[code] = lower + 1;
  return lower;
}

/** The upper case; of several code points the first, so that what has an upper case at all differs from it. */
export function unicodeUpper(code: number): number {
  if (code < 128) return asciiUpper(code);
  return upperCase(code).codePointAt(0)!;
}

const isAsciiWord = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122);
const isAsciiSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);
const isUnicodeLineBreak = (code: number): boolean =>
  (code >= 10 && code <= 13) || (code >= 28 && code <= 30) || code === 0x85 || code === 0x2028 || code === 0x2029;
const isWord = (code: number): boolean =>
  code < 128 ? isAsciiWord(code) : isAlpha(code) || isDecimal(code) || isDigit(code) || isNumeric(code);

/** A predicate over the code points up to 0xFFFF that remembers: 0 unknown, 1 no, 2 yes. */
function remembering(test: (code: number) => boolean): (code: number) => boolean {
  let known: Uint8Array | null = null;
  return (code) => {
    if (code > 0xffff) return test(code);
    known ??= new Uint8Array(0x10000);
    const answer = known[code];
    if (answer !== 0) return answer === 2;
    const yes = test(code);
    known[code] = yes ? 2 : 1;
    return yes;
  };
}

export const isUnicodeWord = remembering(isWord);
const isUnicodeDecimal = remembering(isDecimal);

const positive: readonly ((code: number) => boolean)[] = [
  (code) => code >= 48 && code <= 57,
  isAsciiSpace,
  isAsciiWord,
  (code) => code === 10,
  isAsciiWord,
  isUnicodeDecimal,
  isSpace,
  isUnicodeWord,
  isUnicodeLineBreak,
];
/** Of each of these: whether some code point above 255 belongs to it. */
const reachesHigh: readonly boolean[] = [false, false, false, false, false, true, true, true, true];

export function categoryExists(category: number): boolean {
  return category >= 0 && category <= Category.unicodeNotLineBreak;
}
export function inCategory(category: Category, code: number): boolean {
  return positive[category >> 1](code) !== ((category & 1) === 1);
}
/** True, false: all, none of the code points above 255; null: some. */
export function categoryAbove255(category: Category): boolean | null {
  return reachesHigh[category >> 1] ? null : (category & 1) === 1;
}
