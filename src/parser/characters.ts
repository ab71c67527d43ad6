// Characters as the tokenizer sees them: codes, classes, operators, and the runs that it skips at once.

import { Token } from './tokens.ts';

export const TAB = 9;
export const NEWLINE = 10;
export const FORM_FEED = 12;
export const SPACE = 32;
export const EXCLAMATION = 33;
export const DOUBLE_QUOTE = 34;
export const HASH = 35;
export const SINGLE_QUOTE = 39;
export const DOT = 46;
export const ZERO = 48;
export const NINE = 57;
export const COLON = 58;
export const EQUAL = 61;
export const BACKSLASH = 92;
export const UNDERSCORE = 95;
export const LEFT_BRACE = 123;
export const RIGHT_BRACE = 125;

// Classes of ASCII characters, as bits.
export const NAME_START = 1;
export const NAME_PART = 2;
export const DIGIT = 4;
export const HEXADECIMAL = 8;

export const CLASSES = new Uint8Array(128);
for (let c = 0; c < 128; c++) {
  const character = String.fromCharCode(c);
  CLASSES[c] =
    (/[A-Za-z_]/.test(character) ? NAME_START | NAME_PART : 0) |
    (/[0-9]/.test(character) ? DIGIT | NAME_PART : 0) |
    (/[0-9A-Fa-f]/.test(character) ? HEXADECIMAL : 0);
}

export function isNamePart(c: number): boolean {
  return c < 128 ? (CLASSES[c] & NAME_PART) !== 0 : c >= 128;
}

export function isDigit(c: number): boolean {
  return c >= ZERO && c <= NINE;
}

/** Operators by length, longest first where they are looked for. */
export const OPERATORS: ReadonlyMap<string, Token> = new Map([
  ['(', Token.LeftParenthesis],
  [')', Token.RightParenthesis],
  ['[', Token.LeftBracket],
  [']', Token.RightBracket],
  ['{', Token.LeftBrace],
  ['}', Token.RightBrace],
  [',', Token.Comma],
  [':', Token.Colon],
  [':=', Token.ColonEqual],
  [';', Token.Semicolon],
  ['.', Token.Dot],
  ['...', Token.Ellipsis],
  ['->', Token.Arrow],
  ['!', Token.Exclamation],
  ['=', Token.Equal],
  ['|', Token.VerticalBar],
  ['^', Token.Circumflex],
  ['&', Token.Ampersand],
  ['<<', Token.LeftShift],
  ['>>', Token.RightShift],
  ['+', Token.Plus],
  ['-', Token.Minus],
  ['*', Token.Star],
  ['/', Token.Slash],
  ['//', Token.DoubleSlash],
  ['%', Token.Percent],
  ['@', Token.At],
  ['**', Token.DoubleStar],
  ['~', Token.Tilde],
  ['|=', Token.VerticalBarEqual],
  ['^=', Token.CircumflexEqual],
  ['&=', Token.AmpersandEqual],
  ['<<=', Token.LeftShiftEqual],
  ['>>=', Token.RightShiftEqual],
  ['+=', Token.PlusEqual],
  ['-=', Token.MinusEqual],
  ['*=', Token.StarEqual],
  ['/=', Token.SlashEqual],
  ['//=', Token.DoubleSlashEqual],
  ['%=', Token.PercentEqual],
  ['@=', Token.AtEqual],
  ['**=', Token.DoubleStarEqual],
  ['==', Token.EqualEqual],
  ['!=', Token.NotEqual],
  ['<>', Token.LessGreater],
  ['<', Token.Less],
  ['<=', Token.LessEqual],
  ['>', Token.Greater],
  ['>=', Token.GreaterEqual],
]);

/** For each first character of an operator: its token when alone, and how its longer forms go on. */
export interface OperatorStart {
  alone: Token;
  longer: { text: string; token: Token }[];
}

/** The second characters that operators have. */
export const OPERATOR_SECONDS = '=<>*/.';

export const OPERATOR_STARTS: (OperatorStart | undefined)[] = [];
for (const [text, token] of OPERATORS) {
  const first = text.charCodeAt(0);
  OPERATOR_STARTS[first] ??= { alone: OPERATORS.get(text[0]) ?? Token.Error, longer: [] };
  if (text.length > 1) {
    OPERATOR_STARTS[first].longer.push({ text, token });
    OPERATOR_STARTS[first].longer.sort((a, b) => b.text.length - a.text.length);
  }
}

// Runs of characters are skipped by regular expressions: V8 runs those as machine code (or its own fast bytecode) from
// the start, while a loop over characters is interpreted for the first thousands of rounds, which is a program's whole
// start-up.
export const NAME_RUN = /[A-Za-z0-9_]*/y;
export const PLAIN_RUN = /[^\\\n'"]*/y;

export const IDENTIFIER = /^[\p{XID_Start}_][\p{XID_Continue}]*$/u;
/** What may follow a number at once. After an i Python looks at one letter only, so `5ifs` is two tokens. */
export const KEYWORDS_AFTER_NUMBER = /(?:and|else|for|not|or)(?![\w\x80-\uffff])|i[fns]/y;
/** What Python calls printable: everything but other, separator and unassigned characters, and the space. */
export const UNPRINTABLE = /^[\p{C}\p{Z}]$/u;

export function isDigitOfBase(c: number, base: number): boolean {
  if (base === 16) {
    return c < 128 && (CLASSES[c] & HEXADECIMAL) !== 0;
  }
  return c >= ZERO && c < ZERO + base;
}

export function isCharacterNamePart(c: number): boolean {
  return isNamePart(c) || c === SPACE || c === 45 || c === 40 || c === 41;
}

/** Whether the letters between two offsets can stand before a string's quote. */
export function isStringPrefix(text: string, start: number, end: number): boolean {
  return end === start || /^(?:[rbuft]|r[bft]|[bft]r)$/i.test(text.slice(start, end));
}
