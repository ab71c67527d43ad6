/**
 * Classification and case of code points, as str's methods ask for it. The Unicode database is JavaScript's (property
 * escapes of regular expressions, toUpperCase and toLowerCase); what it lacks is listed here: numeric types, values of
 * digits, title case and case folding. Code points below 256 answer from a table.
 *
 * Turned down: tables of our own generated from the Unicode files (large, and a second version to keep).
 */

enum Flag {
  space = 1,
  alpha = 2,
  decimal = 4,
  upper = 8,
  lower = 16,
  printable = 32,
  identifierStart = 64,
  identifierContinue = 128,
}

const ALPHA = /^\p{L}$/u;
const DECIMAL = /^\p{Nd}$/u;
const NUMBER = /^\p{N}$/u;
const UPPER = /^\p{Uppercase}$/u;
const LOWER = /^\p{Lowercase}$/u;
const TITLE = /^\p{Lt}$/u;
const NOT_PRINTABLE = /^[\p{C}\p{Z}]$/u;
const IDENTIFIER_START = /^[\p{XID_Start}_]$/u;
const IDENTIFIER_CONTINUE = /^\p{XID_Continue}$/u;
const CASED = /^[\p{Uppercase}\p{Lowercase}\p{Lt}]$/u;
const CASE_IGNORABLE = /^\p{Case_Ignorable}$/u;

function isSpaceSlow(code: number): boolean {
  return (
    (code >= 9 && code <= 13) ||
    (code >= 0x1c && code <= 0x20) ||
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

const text = (code: number): string => String.fromCodePoint(code);

/** By ranges, not by the expressions above: compiling those takes milliseconds, which every start would pay. */
const table = new Uint8Array(256);
function mark(flag: Flag, ...ranges: number[]): void {
  for (let i = 0; i < ranges.length; i += 2)
    for (let code = ranges[i]; code <= ranges[i + 1]; code++) table[code] |= flag;
}
mark(Flag.space, 9, 13, 28, 32, 0x85, 0x85, 0xa0, 0xa0);
mark(Flag.decimal | Flag.identifierContinue, 48, 57);
mark(Flag.upper, 65, 90, 0xc0, 0xd6, 0xd8, 0xde);
mark(Flag.lower, 97, 122, 0xaa, 0xaa, 0xb5, 0xb5, 0xba, 0xba, 0xdf, 0xf6, 0xf8, 0xff);
mark(Flag.printable, 32, 126, 0xa1, 0xac, 0xae, 0xff);
for (let code = 0; code < 256; code++) {
  if (table[code] & (Flag.upper | Flag.lower))
    table[code] |= Flag.alpha | Flag.identifierStart | Flag.identifierContinue;
}
mark(Flag.identifierStart | Flag.identifierContinue, 95, 95);
mark(Flag.identifierContinue, 0xb7, 0xb7);

export function isSpace(code: number): boolean {
  return code < 256 ? (table[code] & Flag.space) !== 0 : isSpaceSlow(code);
}
export function isAlpha(code: number): boolean {
  return code < 256 ? (table[code] & Flag.alpha) !== 0 : ALPHA.test(text(code));
}
export function isDecimal(code: number): boolean {
  return code < 256 ? (table[code] & Flag.decimal) !== 0 : DECIMAL.test(text(code));
}
export function isUpper(code: number): boolean {
  return code < 256 ? (table[code] & Flag.upper) !== 0 : UPPER.test(text(code));
}
export function isLower(code: number): boolean {
  return code < 256 ? (table[code] & Flag.lower) !== 0 : LOWER.test(text(code));
}
/** Titlecase letters such as U+01C5. */
export function isTitle(code: number): boolean {
  return code >= 256 && TITLE.test(text(code));
}
export function isPrintable(code: number): boolean {
  return code < 256 ? (table[code] & Flag.printable) !== 0 : !NOT_PRINTABLE.test(text(code));
}
export function isIdentifierStart(code: number): boolean {
  return code < 256 ? (table[code] & Flag.identifierStart) !== 0 : IDENTIFIER_START.test(text(code));
}
export function isIdentifierContinue(code: number): boolean {
  return code < 256 ? (table[code] & Flag.identifierContinue) !== 0 : IDENTIFIER_CONTINUE.test(text(code));
}
export function isCased(code: number): boolean {
  return code < 256 ? (table[code] & (Flag.upper | Flag.lower)) !== 0 : CASED.test(text(code));
}
export function isCaseIgnorable(code: number): boolean {
  return CASE_IGNORABLE.test(text(code));
}

/** First and last code points of numeric type Digit that are not decimal digits. */
const digitRanges: readonly number[] = [
  0xb2, 0xb3, 0xb9, 0xb9, 0x1369, 0x1371, 0x19da, 0x19da, 0x2070, 0x2070, 0x2074, 0x2079, 0x2080, 0x2089, 0x2460,
  0x2468, 0x2474, 0x247c, 0x2488, 0x2490, 0x24ea, 0x24ea, 0x24f5, 0x24fd, 0x24ff, 0x24ff, 0x2776, 0x277e, 0x2780,
  0x2788, 0x278a, 0x2792, 0x10a40, 0x10a43, 0x10e60, 0x10e68, 0x11052, 0x1105a, 0x1f100, 0x1f10a,
];
export function isDigit(code: number): boolean {
  if (isDecimal(code)) return true;
  for (let i = 0; i < digitRanges.length; i += 2) if (code >= digitRanges[i] && code <= digitRanges[i + 1]) return true;
  return false;
}

/** Ideographs with a numeric value. */
const numericIdeographs = new Set(
  Array.from(
    '㐅㒃㠪㭍一七万三两九二五亖京亿什仟仨伍佰俩倆億兆兩八六十千卄卅卌叁参參叄四壱壹幺廾廿弌弍弎弐拐拾捌柒洞漆玖百皕秭肆萬貮貳贰鈎钩阡陆陌陸零',
    (character) => character.codePointAt(0)!,
  ).concat([
    0xf96b, 0xf973, 0xf978, 0xf9b2, 0xf9d1, 0xf9d3, 0xf9fd, 0x20001, 0x20064, 0x200e2, 0x20121, 0x2092a, 0x20983,
    0x2098c, 0x2099c, 0x20aea, 0x20afd, 0x20b19, 0x22390, 0x22998, 0x23b1b, 0x2626d, 0x2f890,
  ]),
);
export function isNumeric(code: number): boolean {
  if (code < 128) return code >= 48 && code <= 57;
  return NUMBER.test(text(code)) || numericIdeographs.has(code);
}

/** Five alphabets of ten digits each, one after the other. */
const mathematicalDigits = 0x1d7ce;
/** Value of a decimal digit of any script (isDecimal must hold). */
export function decimalValue(code: number): number {
  if (code < 58) return code - 48;
  if (code >= mathematicalDigits && code <= 0x1d7ff) return (code - mathematicalDigits) % 10;
  // Every run of decimal digits begins with a zero and is a multiple of ten long.
  let start = code;
  while (isDecimal(start - 1)) start--;
  return (code - start) % 10;
}

/** Text in which every decimal digit is ASCII and every other space is ' ': what int() and float() read. */
export function asciiNumberText(source: string): string {
  let result = '';
  let plain = true;
  for (let i = 0; i < source.length; i++) if (source.charCodeAt(i) > 127) plain = false;
  if (plain) return source;
  for (const character of source) {
    const code = character.codePointAt(0)!;
    if (code < 128) result += character;
    else if (isSpaceSlow(code)) result += ' ';
    else if (isDecimal(code)) result += String.fromCharCode(48 + decimalValue(code));
    else result += character;
  }
  return result;
}

/** Upper case of one code point: one or more characters. */
export function upperCase(code: number): string {
  return text(code).toUpperCase();
}
/** Lower case of one code point, without regard to its neighbours. */
export function lowerCase(code: number): string {
  return text(code).toLowerCase();
}

/** Title case of one code point. */
export function titleCase(code: number): string {
  if (code < 128) return code >= 97 && code <= 122 ? String.fromCharCode(code - 32) : String.fromCharCode(code);
  if (code >= 0x1c4 && code <= 0x1cc) return text(code - ((code - 0x1c4) % 3) + 1);
  if (code >= 0x1f1 && code <= 0x1f3) return text(0x1f2);
  if ((code >= 0x10d0 && code <= 0x10fa) || (code >= 0x10fd && code <= 0x10ff)) return text(code);
  const upper = upperCase(code);
  if (code === 0x149 || upper.length === 1 || code > 0xffff) return upper;
  if (upper.endsWith('\u0399')) {
    // Greek with iota subscript: in title case the iota stays below.
    const below = `${upper.slice(0, -1)}\u0345`;
    return upper.length === 2 ? below.normalize('NFC') : below;
  }
  return (
    upper[0] +
    (upper.charCodeAt(1) < 0x300 || upper.charCodeAt(1) > 0x36f ? upper.slice(1).toLowerCase() : upper.slice(1))
  );
}

/** Case folding of one code point. */
export function foldCase(code: number): string {
  if (code < 128) return text(code).toLowerCase();
  if (code === 0x131 || (code >= 0x13a0 && code <= 0x13f5)) return text(code);
  if (code >= 0x13f8 && code <= 0x13fd) return text(code - 8);
  if (code >= 0xab70 && code <= 0xabbf) return text(code - 0xab70 + 0x13a0);
  if (code === 0x1e9e) return 'ss';
  return upperCase(code).toLowerCase();
}
