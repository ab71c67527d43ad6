/**
 * Python text in JavaScript strings, code point for code point. Python tells the two surrogates '\ud83d\ude00' from
 * the one character that they would be in UTF-16; a JavaScript string cannot. So between a high and a low surrogate
 * that are two characters stands one SEPARATOR, U+FDD0, which Unicode promises never to assign; if the text has such
 * characters of its own there, it is one more of them. Every row of code points has exactly one such *exact text*,
 * and that of text without split pairs is what one expects, so that nobody needs to know but those who make such
 * text (`decode` and `newString` of objects/strings.ts, the parser's escapes) and those who put pieces together.
 *
 * Turned down: constants as arrays of code points (all the parser and compiler would pay for what never happens).
 */

/** Between two surrogates that are no pair. */
export const SEPARATOR = '\ufdd0';

const HIGH_AT_END = /[\ud800-\udbff]\ufdd0*$/;
const LOW_AT_START = /^\ufdd0*[\udc00-\udfff]/;
const SPLIT_PAIR = /[\ud800-\udbff]\ufdd0+[\udc00-\udfff]/;
const ADJACENT_SURROGATES = /[\ud800-\udbff]\ufdd0*(?=[\udc00-\udfff])/g;

/** Two exact texts as one. */
export function joinTexts(first: string, second: string): string {
  const start = second.charCodeAt(0);
  if (start >= 0xdc00 && LOW_AT_START.test(second) && HIGH_AT_END.test(first)) return first + SEPARATOR + second;
  return first + second;
}

/** An exact text, `count` times. */
export function repeatText(text: string, count: number): string {
  if (count < 2 || joinTexts(text, text).length === text.length * 2) return text.repeat(count);
  return Array<string>(count).fill(text).join(SEPARATOR);
}

/** Does the exact text hold surrogates that are kept apart? */
export function hasSplitPairs(text: string): boolean {
  return SPLIT_PAIR.test(text);
}

/** The exact text of code points below 65536, which are given as the units of a string. */
export function textOfUnits(units: string): string {
  return units.replace(ADJACENT_SURROGATES, `$&${SEPARATOR}`);
}

/** The code points of an exact text. */
export function codePointsOf(text: string): number[] {
  const points: number[] = [];
  // is a high surrogate, or one and separators, the last that was read?
  let high = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i) as number;
    if (code > 0xffff) i++;
    if (high && code >= 0xdc00 && code <= 0xdfff) points.pop();
    high = (code >= 0xd800 && code <= 0xdbff) || (high && code === 0xfdd0);
    points.push(code);
  }
  return points;
}

/** The exact text of code points. */
export function textOfCodePoints(points: ArrayLike<number>): string {
  let text = '';
  let high = false;
  for (let i = 0; i < points.length; i++) {
    const code = points[i];
    if (high && code >= 0xdc00 && code <= 0xdfff) text += SEPARATOR;
    text += String.fromCodePoint(code);
    high = (code >= 0xd800 && code <= 0xdbff) || (high && code === 0xfdd0);
  }
  return text;
}

/** How many code points an exact text has. */
export function textLength(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length - 1; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0xd800 || unit > 0xdbff) continue;
    if (hasSplitPairs(text)) return codePointsOf(text).length;
    if ((text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) length--;
  }
  return length;
}

/** The first `count` code points of an exact text. */
export function firstCodePoints(text: string, count: number): string {
  if (count >= text.length) return text;
  return textLength(text) === text.length ? text.slice(0, count) : textOfCodePoints(codePointsOf(text).slice(0, count));
}

/** The UTF-16 units of an exact text, in which split pairs look like one character. */
export function withoutSeparators(text: string): string {
  if (!hasSplitPairs(text)) return text;
  let units = '';
  for (const code of codePointsOf(text)) units += String.fromCodePoint(code);
  return units;
}
