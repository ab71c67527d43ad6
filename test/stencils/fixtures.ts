/**
 * Strings and dicts for the differential test: words in the arena that are laid out as the heap's objects are, with what
 * makes lookups difficult: equal strings that are not the same, hashes that collide, deleted entries, keys of other
 * types, strings without a hash. The hashes are made up; only their equality matters.
 */
import { T } from '../../src/heap/fixed.ts';
import { ArrayObject, DICT_ENTRY_CELLS, Dict, Str } from '../../src/heap/layouts.ts';
import { bytes, words } from '../../src/heap/memory.ts';
import { TAG_INT, TAG_REF } from '../../src/heap/values.ts';

type Below = (limit: number) => number;

/** What the samples of one uop choose their operands from. */
export interface Fixtures {
  readonly dict: number;
  readonly strings: readonly number[];
  readonly ints: readonly bigint[];
  /** empty and short `values` arrays, behind everything else */
  readonly arrays: readonly number[];
}

const KEYS = 11;
const INDEX_LENGTH = 16;
/** where the arrays begin */
const ARRAYS = 200;

/** Fills cells from `start` on; `below` gives random numbers. Takes less than 300 cells. */
export function makeFixtures(start: number, below: Below): Fixtures {
  let cell = start;
  const texts = ['a', 'b', 'ab', 'abcdefgh', 'abcdefgi', 'abcdefghi', 'abcdefghijklmnopq', '\u0101b', '\u0101c'];
  const strings: number[] = [];
  const hashes = texts.map(() => (below(2) === 0 ? 77 : 1 + below(5) + below(2) * 16));
  for (let copy = 0; copy < 2; copy++) {
    texts.forEach((text, i) => {
      const hash = copy === 1 && i === 0 ? 0 : hashes[i];
      cell = putString(cell, text, hash);
      strings.push(lastString);
    });
  }
  const dict = cell;
  const index = dict + 4;
  const entries = index + 2 + INDEX_LENGTH / 2;
  const at = dict << 1;
  words[at] = T.dict;
  words[at + Dict.entries] = entries;
  words[at + Dict.index] = index;
  words[at + Dict.mask] = INDEX_LENGTH - 1;
  words[index << 1] = T.raw;
  words.fill(-1, (index << 1) + ArrayObject.data, (index << 1) + ArrayObject.data + INDEX_LENGTH);
  words[entries << 1] = T.values;
  const ints: bigint[] = [];
  for (let position = 0; position < KEYS; position++) {
    const kind = below(8);
    const entry = (entries + ArrayObject.data / 2 + position * DICT_ENTRY_CELLS) << 1;
    let hash: number;
    if (kind < 4) {
      const number = below(texts.length);
      words[entry] = strings[number];
      words[entry + 1] = TAG_REF;
      hash = hashes[number];
    } else if (kind < 7) {
      const value = below(3) === 0 ? -1 - below(3) : below(40);
      ints.push(BigInt(value));
      words[entry] = value;
      words[entry + 1] = TAG_INT | (value < 0 ? 0xffff : 0);
      hash = value === -1 ? -2 : value;
    } else {
      words[entry] = T.list;
      words[entry + 1] = TAG_REF;
      hash = below(2) === 0 ? 77 : below(20);
    }
    words[entry + 4] = hash;
    insert(index, hash, below(9) === 0 ? -2 : position);
  }
  const arrays: number[] = [];
  for (let length = 0; length < 8; length++) {
    const array = start + ARRAYS + length * 10;
    words[array << 1] = T.values;
    words[(array << 1) + ArrayObject.length] = length;
    arrays.push(array);
  }
  return { dict, strings, ints, arrays };
}

function insert(index: number, hash: number, position: number): void {
  const slots = (index << 1) + ArrayObject.data;
  let probe = hash & (INDEX_LENGTH - 1);
  for (let perturb = hash; words[slots + probe] !== -1; ) {
    perturb >>>= 5;
    probe = (probe * 5 + perturb + 1) & (INDEX_LENGTH - 1);
  }
  words[slots + probe] = position;
}

let lastString = 0;
/** Writes a str; the next free cell. */
function putString(cell: number, text: string, hash: number): number {
  const at = cell << 1;
  const width = /[^\0-\xff]/.test(text) ? 2 : 1;
  lastString = cell;
  words[at] = T.str;
  words[at + Str.length] = text.length;
  words[at + Str.hash] = hash;
  // a flag beside the width, that may differ between equal strings
  words[at + Str.info] = width | (hash & 8);
  const cells = (text.length * width + 7) >> 3;
  words.fill(0, at + Str.data, at + Str.data + cells * 2);
  for (let i = 0; i < text.length; i++) {
    const data = cell * 8 + Str.data * 4 + i * width;
    bytes[data] = text.charCodeAt(i) & 255;
    if (width === 2) bytes[data + 1] = text.charCodeAt(i) >> 8;
  }
  return cell + Str.data / 2 + cells;
}
