/**
 * What one step of a pattern accepts: a table for the code points below 256, and for the others a constant, or ranges,
 * or a test. And what may come first in a part of a pattern (`First`), from which the generator learns that a choice
 * needs no way back.
 */
import {
  asciiLower,
  asciiUpper,
  categoryAbove255,
  categoryExists,
  inCategory,
  unicodeLower,
  unicodeUpper,
} from './characters.ts';
import { type Category, Op } from './opcodes.ts';

export interface CharacterSet {
  /** 1 for each accepted code point below 256 */
  readonly table: Uint8Array;
  /** the code points from 256 up: all or none of them, or a test */
  readonly high: boolean | ((code: number) => boolean);
  /** the one accepted code point, or -1; of a complement: the one that is not */
  readonly only: number;
  readonly complement: boolean;
}

export class InvalidCode extends Error {}

function make(test: (code: number) => boolean, high: boolean | null, only = -1, complement = false): CharacterSet {
  const table = new Uint8Array(256);
  for (let code = 0; code < 256; code++) if (test(code)) table[code] = 1;
  return { table, high: high ?? test, only, complement };
}

export const anything: CharacterSet = make(() => true, true);
export const anythingButNewline: CharacterSet = make((code) => code !== 10, true, 10, true);

export function literalSet(literal: number, negated: boolean): CharacterSet {
  return make((code) => (code === literal) !== negated, literal < 256 ? negated : null, literal, negated);
}

/** A literal without regard to case; `literal` is in lower case already, but for locales. */
export function ignoringCase(op: Op, literal: number): CharacterSet {
  switch (op) {
    case Op.literalIgnore:
      return make((code) => asciiLower(code) === literal, literal < 256 ? false : null);
    case Op.notLiteralIgnore:
      return make((code) => asciiLower(code) !== literal, literal < 256 ? true : null);
    case Op.literalUnicodeIgnore:
      return make((code) => unicodeLower(code) === literal, null);
    case Op.notLiteralUnicodeIgnore:
      return make((code) => unicodeLower(code) !== literal, null);
    default: {
      const negated = op === Op.notLiteralLocaleIgnore;
      const same = (code: number): boolean =>
        code === literal || asciiLower(code) === literal || asciiUpper(code) === literal;
      return make((code) => same(code) !== negated, negated);
    }
  }
}

export function categorySet(category: number): CharacterSet {
  if (!categoryExists(category)) throw new InvalidCode();
  return make((code) => inCategory(category as Category, code), categoryAbove255(category as Category));
}

type Test = (code: number) => boolean;
interface Item {
  readonly test: Test;
  readonly high: boolean | null;
}

/** Code words of a set as items; ends at the FAILURE that must stand at `end - 1`. */
function readItems(code: Uint32Array, start: number, end: number): { items: Item[]; negated: boolean } {
  const items: Item[] = [];
  let negated = false;
  let at = start;
  for (;;) {
    if (at >= end) throw new InvalidCode();
    const op = code[at++];
    switch (op) {
      case Op.failure:
        if (at !== end) throw new InvalidCode();
        return { items, negated };
      case Op.negate:
        negated = !negated;
        break;
      case Op.literal: {
        const literal = code[at++];
        items.push({ test: (c) => c === literal, high: literal < 256 ? false : null });
        break;
      }
      case Op.range: {
        const low = code[at++];
        const last = code[at++];
        items.push({ test: (c) => c >= low && c <= last, high: last < 256 ? false : null });
        break;
      }
      case Op.rangeUnicodeIgnore: {
        const low = code[at++];
        const last = code[at++];
        const within = (c: number): boolean => c >= low && c <= last;
        items.push({ test: (c) => within(c) || within(unicodeUpper(c)), high: null });
        break;
      }
      case Op.category: {
        const category = code[at++];
        if (!categoryExists(category)) throw new InvalidCode();
        items.push({
          test: (c) => inCategory(category as Category, c),
          high: categoryAbove255(category as Category),
        });
        break;
      }
      case Op.charset: {
        const bits = code.subarray(at, at + 8);
        at += 8;
        items.push({ test: (c) => c < 256 && (bits[c >> 5] & (1 << (c & 31))) !== 0, high: false });
        break;
      }
      case Op.bigCharset: {
        const blocks = code[at++];
        const index = code.subarray(at, at + 64);
        at += 64;
        const bits = code.subarray(at, at + blocks * 8);
        at += blocks * 8;
        items.push({
          test: (c) => {
            if (c > 0xffff) return false;
            const block = (index[c >> 10] >>> (((c >> 8) & 3) * 8)) & 255;
            return (bits[block * 8 + ((c & 255) >> 5)] & (1 << (c & 31))) !== 0;
          },
          high: null,
        });
        break;
      }
      default:
        throw new InvalidCode();
    }
  }
}

/** The set whose code words are [start, end), under operation `op`, which says how case is looked at. */
export function readSet(op: Op, code: Uint32Array, start: number, end: number): CharacterSet {
  const { items, negated } = readItems(code, start, end);
  const plain: Test = (c) => {
    for (const item of items) if (item.test(c)) return !negated;
    return negated;
  };
  switch (op) {
    case Op.inIgnore:
      return make((c) => plain(asciiLower(c)), null);
    case Op.inUnicodeIgnore:
      return make((c) => plain(unicodeLower(c)), null);
    case Op.inLocaleIgnore:
      return make((c) => plain(c) || plain(asciiLower(c)) || plain(asciiUpper(c)), null);
  }
  if (items.some(({ high }) => high === true)) return make(plain, !negated);
  if (items.every(({ high }) => high === false)) return make(plain, negated);
  return make(plain, null);
}

/** Columns of First: code points below 256, all the others together, and the end of the text. */
export const HIGH = 256;
export const END = 257;
export const COLUMNS = 258;

/** A 1 in each column with which a part of a pattern may begin to match. The ones may be too many, never too few. */
export type First = Uint8Array;

export const ANYTHING: First = new Uint8Array(COLUMNS).fill(1);

export function firstOfSet(set: CharacterSet): First {
  const first = new Uint8Array(COLUMNS);
  first.set(set.table);
  first[HIGH] = set.high === false ? 0 : 1;
  return first;
}
export function union(a: First, b: First): First {
  return a.map((value, column) => value | b[column]);
}
export function intersection(a: First, b: First): First {
  return a.map((value, column) => value & b[column]);
}
/** No character (the end aside) can begin both. */
export function disjoint(a: First, b: First): boolean {
  for (let column = 0; column < END; column++) if (a[column] !== 0 && b[column] !== 0) return false;
  return true;
}
export function isAnything(first: First): boolean {
  return first.every((value) => value === 1);
}
