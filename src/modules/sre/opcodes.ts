/**
 * The words of which the library's re/_compiler.py makes a pattern: its lists of names (re/_constants.py) are the
 * contract, and the numbers here are the positions of the names in those lists. MAGIC is compared by the library.
 */

export const MAGIC = 20230612;
/** Bytes of a code word. */
export const CODE_SIZE = 4;
/** Stands for "no limit" in repeats. */
export const MAX_REPEAT = 4294967295;
export const MAX_GROUPS = 1073741823;

export enum Op {
  failure,
  success,
  any,
  anyAll,
  assert,
  assertNot,
  at,
  branch,
  category,
  charset,
  bigCharset,
  groupRef,
  groupRefExists,
  in,
  info,
  jump,
  literal,
  mark,
  maxUntil,
  minUntil,
  notLiteral,
  negate,
  range,
  repeat,
  repeatOne,
  subpattern,
  minRepeatOne,
  atomicGroup,
  possessiveRepeat,
  possessiveRepeatOne,
  groupRefIgnore,
  inIgnore,
  literalIgnore,
  notLiteralIgnore,
  groupRefLocaleIgnore,
  inLocaleIgnore,
  literalLocaleIgnore,
  notLiteralLocaleIgnore,
  groupRefUnicodeIgnore,
  inUnicodeIgnore,
  literalUnicodeIgnore,
  notLiteralUnicodeIgnore,
  rangeUnicodeIgnore,
}

export enum At {
  beginning,
  beginningLine,
  beginningString,
  boundary,
  nonBoundary,
  end,
  endLine,
  endString,
  localeBoundary,
  localeNonBoundary,
  unicodeBoundary,
  unicodeNonBoundary,
}

/** An odd one is the negation of the even one before it. */
export enum Category {
  digit,
  notDigit,
  space,
  notSpace,
  word,
  notWord,
  lineBreak,
  notLineBreak,
  localeWord,
  localeNotWord,
  unicodeDigit,
  unicodeNotDigit,
  unicodeSpace,
  unicodeNotSpace,
  unicodeWord,
  unicodeNotWord,
  unicodeLineBreak,
  unicodeNotLineBreak,
}

export enum Flag {
  ignoreCase = 2,
  locale = 4,
  multiline = 8,
  dotAll = 16,
  unicode = 32,
  verbose = 64,
  debug = 128,
  ascii = 256,
}
