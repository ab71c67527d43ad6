/** Source positions of instructions: the line table of a code object (layouts.ts, Code.lineTable). */
import { ArrayObject, Code } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { stringOf } from '../objects/strings.ts';

/**
 * Python counts code in bytes, four for a word of ours, and code as Python sees it begins with one word more: RESUME,
 * which stands for the entry. It has the line of the `def`, as call events want it, and is not in code that runs.
 */
export const ENTRY_WORDS = 1;
export const visibleOffset = (offset: number): number => (offset + ENTRY_WORDS) * 4;
/** The word offset that a number of bytes names, the first instruction's for the entry. */
export const innerOffset = (visible: number): number => Math.max(0, (visible >> 2) - ENTRY_WORDS);

/** Line of the entry. */
export function entryLine(code: number): number {
  return stringOf(words[(code << 1) + Code.name]) === '<module>' ? 0 : words[(code << 1) + Code.firstLine];
}

/** Word index of the line table's entry for word `offset` of the code, or 0. */
export function positionEntry(code: number, offset: number): number {
  const table = words[(code << 1) + Code.lineTable];
  if (table === 0) return 0;
  const first = (table << 1) + ArrayObject.data;
  let low = 0;
  let high = ((words[(table << 1) + ArrayObject.length] >> 2) / 5) | 0;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (words[first + middle * 5] <= offset) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 0 : first + (low - 1) * 5;
}

/** Line of word `offset`, the code's first line if the table does not say. */
export function lineAt(code: number, offset: number): number {
  const entry = positionEntry(code, offset);
  if (entry === 0) return words[(code << 1) + Code.firstLine];
  // an instruction of no line belongs to what stands before it
  const first = (words[(code << 1) + Code.lineTable] << 1) + ArrayObject.data;
  for (let at = entry; at >= first; at -= 5) if (words[at + 1] >= 0) return words[at + 1];
  return words[(code << 1) + Code.firstLine];
}

/** Lines that execution passes without an instruction (compiler/unit.ts: pass), by the word offset behind them. */
export function passedLines(code: number): ReadonlyMap<number, readonly number[]> {
  const passed = new Map<number, number[]>();
  const table = words[(code << 1) + Code.lineTable];
  if (table === 0) return passed;
  const first = (table << 1) + ArrayObject.data;
  const end = first + (words[(table << 1) + ArrayObject.length] >> 2);
  for (let at = first; at + 5 < end; at += 5) {
    const [offset, line] = [words[at], words[at + 1]];
    if (words[at + 5] !== offset || line < 0) continue;
    const known = passed.get(offset);
    if (known === undefined) passed.set(offset, [line]);
    // each is shown in a byte of the word before
    else if (known.length < 3) known.push(line);
  }
  return passed;
}
