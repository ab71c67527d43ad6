/**
 * What unicodedata knows of code points beyond str's methods (objects/unicode.ts). JavaScript has general categories and
 * normalization; from these follow combining classes (by what normalization reorders) and decompositions. It has no
 * names, no bidirectional classes and no widths: those come from short tables here, which cover the scripts in everyday
 * use and say so where they end.
 *
 * Turned down: tables generated from the Unicode files, which would be the largest file of the project.
 */
import { decimalValue, isDecimal, isDigit, isNumeric } from '../objects/unicode.ts';

const text = (code: number): string => String.fromCodePoint(code);

const CATEGORIES = 'Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Zs Zl Zp Cc Cf Cs Co Cn'.split(
  ' ',
);
/** One expression with a group for each category; made on first use, since compiling it takes milliseconds. */
let categoryPattern: RegExp | null = null;
const categoryCache = new Map<number, string>();

export function category(code: number): string {
  if (code >= 0xd800 && code <= 0xdfff) return 'Cs';
  const known = categoryCache.get(code);
  if (known !== undefined) return known;
  categoryPattern ??= new RegExp(`^(?:${CATEGORIES.map((name) => `(\\p{${name}})`).join('|')})$`, 'u');
  const match = categoryPattern.exec(text(code));
  const found = match ? CATEGORIES[match.findIndex((part, i) => i > 0 && part !== undefined) - 1] : 'Cn';
  if (categoryCache.size > 4096) categoryCache.clear();
  categoryCache.set(code, found);
  return found;
}

/** A mark of each combining class, in the order of the classes. */
const classMarks: readonly [value: number, code: number][] = [
  [1, 0x334],
  [6, 0x16ff0],
  [7, 0x93c],
  [8, 0x3099],
  [9, 0x94d],
  [10, 0x5b0],
  [11, 0x5b1],
  [12, 0x5b2],
  [13, 0x5b3],
  [14, 0x5b4],
  [15, 0x5b5],
  [16, 0x5b6],
  [17, 0x5b7],
  [18, 0x5b8],
  [19, 0x5b9],
  [20, 0x5bb],
  [21, 0x5bc],
  [22, 0x5bd],
  [23, 0x5bf],
  [24, 0x5c1],
  [25, 0x5c2],
  [26, 0xfb1e],
  [27, 0x64b],
  [28, 0x64c],
  [29, 0x64d],
  [30, 0x64e],
  [31, 0x64f],
  [32, 0x650],
  [33, 0x651],
  [34, 0x652],
  [35, 0x670],
  [36, 0x711],
  [84, 0xc55],
  [91, 0xc56],
  [103, 0xe38],
  [107, 0xe48],
  [118, 0xeb8],
  [122, 0xec8],
  [129, 0xf71],
  [130, 0xf72],
  [132, 0xf74],
  [202, 0x327],
  [214, 0x1dce],
  [216, 0x31b],
  [218, 0x302a],
  [220, 0x323],
  [222, 0x59a],
  [224, 0x302e],
  [226, 0x1d16d],
  [228, 0x302b],
  [230, 0x301],
  [232, 0x315],
  [233, 0x35c],
  [234, 0x35d],
  [240, 0x345],
];

/** Normalization puts marks in the order of their classes and leaves equal ones alone: so the class can be asked for. */
export function combining(code: number): number {
  if (code < 0x300 || !/^M/.test(category(code))) return 0;
  const mark = text(code);
  if (mark.normalize('NFD') !== mark) return 0;
  const precedes = (a: string, b: string): boolean => `a${b}${a}`.normalize('NFD') === `a${a}${b}`.normalize('NFD');
  for (const [value, reference] of classMarks) {
    const other = text(reference);
    if (mark === other) return value;
    // the same class: no order is changed; class 0 changes none with any
    if (!precedes(mark, other) && !precedes(other, mark)) {
      const later = text(value === 240 ? 0x334 : 0x345);
      if (precedes(mark, later) || precedes(later, mark)) return value;
    }
  }
  return 0;
}

function hex(code: number): string {
  return code.toString(16).toUpperCase().padStart(4, '0');
}

/** The decomposition as the database writes it; compatibility tags are all `<compat>` but for a few ranges. */
export function decomposition(code: number): string {
  if (code >= 0xac00 && code <= 0xd7a3) return '';
  const character = text(code);
  const full = Array.from(character.normalize('NFD'), (part) => part);
  if (full.length > 1 || full[0] !== character) {
    const composed = character.normalize('NFC');
    if (composed !== character && [...composed].length === 1) return hex(composed.codePointAt(0)!);
    if (full.length === 1) return hex(full[0].codePointAt(0)!);
    // one step: the longest prefix that composes to one character, and the rest
    const prefix = full.slice(0, -1).join('').normalize('NFC');
    if ([...prefix].length === 1) return `${hex(prefix.codePointAt(0)!)} ${hex(full[full.length - 1].codePointAt(0)!)}`;
    return full.map((part) => hex(part.codePointAt(0)!)).join(' ');
  }
  const compatible = Array.from(character.normalize('NFKD'), (part) => part.codePointAt(0)!);
  if (compatible.length === 1 && compatible[0] === code) return '';
  return `<${compatibilityTag(code, compatible)}> ${compatible.map(hex).join(' ')}`;
}
const superscripts = new Set([
  0xaa, 0xb2, 0xb3, 0xb9, 0xba, 0x2070, 0x2071, 0x207f, 0x2120, 0x2122, 0x2d6f, 0x10fc, 0xa69c, 0xa69d, 0xa770, 0xa7f8,
  0xa7f9,
]);
function compatibilityTag(code: number, parts: readonly number[]): string {
  if (code === 0xa0 || code === 0x2007 || code === 0x2011 || code === 0x202f || code === 0xf0c) return 'noBreak';
  if (superscripts.has(code) || (code >= 0x2b0 && code <= 0x2b8) || (code >= 0x2e0 && code <= 0x2e4)) return 'super';
  if (code >= 0x2074 && code <= 0x207e) return 'super';
  if ((code >= 0x2080 && code <= 0x209c) || (code >= 0x1d62 && code <= 0x1d6a)) return 'sub';
  if ((code >= 0xbc && code <= 0xbe) || (code >= 0x2150 && code <= 0x215f) || code === 0x2189) return 'fraction';
  if ((code >= 0x2460 && code <= 0x2473) || (code >= 0x24b6 && code <= 0x24ea)) return 'circle';
  if ((code >= 0x3244 && code <= 0x3247) || (code >= 0x3251 && code <= 0x32fe && parts.length === 1)) return 'circle';
  if (code >= 0xff01 && code <= 0xff60) return 'wide';
  if (code >= 0xffe0 && code <= 0xffe6) return 'wide';
  if (code === 0x3000) return 'wide';
  if (code >= 0xff61 && code <= 0xffee) return 'narrow';
  if ((code >= 0x1d400 && code <= 0x1d7ff) || (code >= 0x2102 && code <= 0x2149 && parts.length === 1)) return 'font';
  if (code >= 0x3300 && code <= 0x33ff) return 'square';
  return 'compat';
}

/** numerator and denominator of vulgar fractions, from the code point on. */
const fractions: readonly (readonly [first: number, values: readonly number[]])[] = [
  [0xbc, [1 / 4, 1 / 2, 3 / 4]],
  [
    0x2150,
    [1 / 7, 1 / 9, 1 / 10, 1 / 3, 2 / 3, 1 / 5, 2 / 5, 3 / 5, 4 / 5, 1 / 6, 5 / 6, 1 / 8, 3 / 8, 5 / 8, 7 / 8, 1],
  ],
  [0x2189, [0]],
  [0x9f4, [1 / 16, 1 / 8, 3 / 16, 1 / 4, 3 / 4, 16]],
  [0xb72, [1 / 4, 1 / 2, 3 / 4, 1 / 16, 1 / 8, 3 / 16]],
  [0xf2a, [0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, -0.5]],
  [0x2160, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 50, 100, 500, 1000]],
  [0x2170, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 50, 100, 500, 1000]],
  [0x2180, [1000, 5000, 10000]],
  [0x3021, [1, 2, 3, 4, 5, 6, 7, 8, 9]],
  [0x3038, [10, 20, 30]],
  [0x137b, [90]],
];
const ideographs: Readonly<Record<string, number>> = {
  一: 1,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  十: 10,
  百: 100,
  千: 1000,
  万: 10000,
  萬: 10000,
  億: 100000000,
  亿: 100000000,
  兆: 1000000000000,
  零: 0,
  〇: 0,
};

/** The value as a digit (of numeric type Decimal or Digit); -1 if it is none. */
export function digitValue(code: number): number {
  if (isDecimal(code)) return decimalValue(code);
  if (!isDigit(code)) return -1;
  const compatible = text(code)
    .normalize('NFKD')
    .replace(/[^0-9]/g, '');
  return compatible.length === 1 ? Number(compatible) : -1;
}

/** The numeric value; NaN if there is none (that these tables know). */
export function numericValue(code: number): number {
  const digit = digitValue(code);
  if (digit >= 0) return digit;
  if (!isNumeric(code)) return NaN;
  for (const [first, values] of fractions) {
    if (code >= first && code < first + values.length) return values[code - first];
  }
  const ideograph = ideographs[text(code)];
  if (ideograph !== undefined) return ideograph;
  const compatible = text(code)
    .normalize('NFKD')
    .replace(/[^0-9]/g, '');
  return compatible === '' ? NaN : Number(compatible);
}

/** First and last code points that take two columns. */
const wide: readonly number[] = [
  0x1100, 0x115f, 0x231a, 0x231b, 0x2329, 0x232a, 0x23e9, 0x23ec, 0x23f0, 0x23f0, 0x23f3, 0x23f3, 0x25fd, 0x25fe,
  0x2614, 0x2615, 0x2630, 0x2637, 0x2648, 0x2653, 0x267f, 0x267f, 0x268a, 0x268f, 0x2693, 0x2693, 0x26a1, 0x26a1,
  0x26aa, 0x26ab, 0x26bd, 0x26be, 0x26c4, 0x26c5, 0x26ce, 0x26ce, 0x26d4, 0x26d4, 0x26ea, 0x26ea, 0x26f2, 0x26f3,
  0x26f5, 0x26f5, 0x26fa, 0x26fa, 0x26fd, 0x26fd, 0x2705, 0x2705, 0x270a, 0x270b, 0x2728, 0x2728, 0x274c, 0x274c,
  0x274e, 0x274e, 0x2753, 0x2755, 0x2757, 0x2757, 0x2795, 0x2797, 0x27b0, 0x27b0, 0x27bf, 0x27bf, 0x2b1b, 0x2b1c,
  0x2b50, 0x2b50, 0x2b55, 0x2b55, 0x2e80, 0x2e99, 0x2e9b, 0x2ef3, 0x2f00, 0x2fd5, 0x2ff0, 0x2fff, 0x3001, 0x303e,
  0x3041, 0x3096, 0x3099, 0x30ff, 0x3105, 0x312f, 0x3131, 0x318e, 0x3190, 0x31e5, 0x31ef, 0x321e, 0x3220, 0x3247,
  0x3250, 0xa48c, 0xa490, 0xa4c6, 0xa960, 0xa97c, 0xac00, 0xd7a3, 0xf900, 0xfaff, 0xfe10, 0xfe19, 0xfe30, 0xfe52,
  0xfe54, 0xfe66, 0xfe68, 0xfe6b, 0x16fe0, 0x16fe4, 0x17000, 0x18cd5, 0x1aff0, 0x1affe, 0x1b000, 0x1b2fb, 0x1f004,
  0x1f004, 0x1f0cf, 0x1f0cf, 0x1f18e, 0x1f18e, 0x1f191, 0x1f19a, 0x1f200, 0x1f202, 0x1f210, 0x1f23b, 0x1f240, 0x1f248,
  0x1f250, 0x1f251, 0x1f260, 0x1f265, 0x1f300, 0x1f320, 0x1f32d, 0x1f335, 0x1f337, 0x1f37c, 0x1f37e, 0x1f393, 0x1f3a0,
  0x1f3ca, 0x1f3cf, 0x1f3d3, 0x1f3e0, 0x1f3f0, 0x1f3f4, 0x1f3f4, 0x1f3f8, 0x1f43e, 0x1f440, 0x1f440, 0x1f442, 0x1f4fc,
  0x1f4ff, 0x1f53d, 0x1f54b, 0x1f54e, 0x1f550, 0x1f567, 0x1f57a, 0x1f57a, 0x1f595, 0x1f596, 0x1f5a4, 0x1f5a4, 0x1f5fb,
  0x1f64f, 0x1f680, 0x1f6c5, 0x1f6cc, 0x1f6cc, 0x1f6d0, 0x1f6d2, 0x1f6d5, 0x1f6d7, 0x1f6dc, 0x1f6df, 0x1f6eb, 0x1f6ec,
  0x1f6f4, 0x1f6fc, 0x1f7e0, 0x1f7eb, 0x1f7f0, 0x1f7f0, 0x1f90c, 0x1f93a, 0x1f93c, 0x1f945, 0x1f947, 0x1f9ff, 0x1fa70,
  0x1faff, 0x20000, 0x2fffd, 0x30000, 0x3fffd,
];
function inRanges(ranges: readonly number[], code: number): boolean {
  for (let i = 0; i < ranges.length && ranges[i] <= code; i += 2) if (code <= ranges[i + 1]) return true;
  return false;
}
const ambiguousLatin = new Set([
  0xa1, 0xa4, 0xa7, 0xa8, 0xaa, 0xad, 0xae, 0xb0, 0xb1, 0xb2, 0xb3, 0xb4, 0xb6, 0xb7, 0xb8, 0xb9, 0xba, 0xbc, 0xbd,
  0xbe, 0xbf, 0xc6, 0xd0, 0xd7, 0xd8, 0xde, 0xdf, 0xe0, 0xe1, 0xe6, 0xe8, 0xe9, 0xea, 0xec, 0xed, 0xf0, 0xf2, 0xf3,
  0xf7, 0xf8, 0xf9, 0xfa, 0xfc, 0xfe,
]);

/** East Asian width. 'A' (ambiguous) is known for Latin-1, Greek, Cyrillic and common symbols only. */
export function eastAsianWidth(code: number): string {
  if ((code >= 32 && code < 127) || [0xa2, 0xa3, 0xa5, 0xa6, 0xac, 0xaf].includes(code)) return 'Na';
  if (code < 256) return ambiguousLatin.has(code) ? 'A' : 'N';
  if (code === 0x3000 || (code >= 0xff01 && code <= 0xff60) || (code >= 0xffe0 && code <= 0xffe6)) return 'F';
  if (code === 0x20a9 || (code >= 0xff61 && code <= 0xffdc) || (code >= 0xffe8 && code <= 0xffee)) return 'H';
  if (code >= 0x27e6 && code <= 0x27ed) return 'Na';
  if (inRanges(wide, code)) return 'W';
  if ((code >= 0x300 && code <= 0x36f) || (code >= 0x391 && code <= 0x3c9 && code !== 0x3a2 && code !== 0x3c2))
    return 'A';
  if ((code >= 0x410 && code <= 0x44f) || code === 0x401 || code === 0x451 || category(code) === 'Co') return 'A';
  if ((code >= 0x2500 && code <= 0x254b) || (code >= 0x2460 && code <= 0x24e9) || code === 0x20ac) return 'A';
  return 'N';
}

/** Bidirectional class, from the category and the script of the code point. */
export function bidirectional(code: number): string {
  if (code < 256) return latinBidirectional(code);
  const kind = category(code);
  if (kind === 'Cn') return '';
  if (kind === 'Mn' || kind === 'Me') return 'NSM';
  if (code >= 0x660 && code <= 0x669) return 'AN';
  if (code >= 0x6f0 && code <= 0x6f9) return 'EN';
  if (code >= 0x600 && code <= 0x605) return 'AN';
  if (/^[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]$/u.test(text(code))) return 'AL';
  if ((code >= 0x590 && code <= 0x5ff) || (code >= 0x7c0 && code <= 0x85f) || (code >= 0xfb1d && code <= 0xfb4f))
    return 'R';
  const embedding: Readonly<Record<number, string>> = {
    8206: 'L',
    8207: 'R',
    8234: 'LRE',
    8235: 'RLE',
    8236: 'PDF',
    8237: 'LRO',
    8238: 'RLO',
    8294: 'LRI',
    8295: 'RLI',
    8296: 'FSI',
    8297: 'PDI',
    8233: 'B',
  };
  if (embedding[code] !== undefined) return embedding[code];
  if (kind === 'Zs' || kind === 'Zl') return 'WS';
  if (kind === 'Sc') return 'ET';
  if (kind === 'Cf') return 'BN';
  if (
    (code >= 0x2070 && code <= 0x2089) ||
    (code >= 0xff10 && code <= 0xff19) ||
    (code >= 0x1d7ce && code <= 0x1d7ff)
  ) {
    return kind === 'Sm' ? 'ES' : 'EN';
  }
  if (/^[PS]/.test(kind)) return 'ON';
  return 'L';
}
function latinBidirectional(code: number): string {
  if (code === 10 || code === 13 || (code >= 28 && code <= 30) || code === 0x85) return 'B';
  if (code === 9 || code === 11 || code === 31) return 'S';
  if (code === 12 || code === 32) return 'WS';
  if (code < 32 || (code >= 127 && code < 160) || code === 0xad) return 'BN';
  if ((code >= 48 && code <= 57) || code === 0xb2 || code === 0xb3 || code === 0xb9) return 'EN';
  if ('+-'.includes(text(code))) return 'ES';
  if ('#$%¢£¤¥°±'.includes(text(code))) return 'ET';
  if (',./:\u00a0'.includes(text(code))) return 'CS';
  if (/^\p{L}$/u.test(text(code))) return 'L';
  return 'ON';
}
