/**
 * Searching for long needles in linear time (Knuth, Morris and Pratt). JavaScript's and Node's searches are faster on
 * texts of every day, but take time proportional to both lengths multiplied on repetitive ones, which for needles of a
 * few hundred characters does not matter and for long ones means that a search never ends.
 */

/** Needles longer than this are searched for here. */
export const LONG_NEEDLE = 512;

/** First position in [start, end) of `text` at which `needle` begins and fits, or -1. */
export function linearSearch(text: ArrayLike<number>, start: number, end: number, needle: ArrayLike<number>): number {
  const length = needle.length;
  // How much of the needle still matches when the next character does not: the longest border of each prefix.
  const borders = new Int32Array(length + 1);
  borders[0] = -1;
  for (let i = 0, border = -1; i < length; ) {
    while (border >= 0 && needle[i] !== needle[border]) border = borders[border];
    borders[++i] = ++border;
  }
  let matched = 0;
  for (let i = start; i < end; i++) {
    const code = text[i];
    while (matched >= 0 && needle[matched] !== code) matched = borders[matched];
    if (++matched === length) return i + 1 - length;
  }
  return -1;
}
