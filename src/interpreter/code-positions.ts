/** Source positions of instructions: the line table of a code object (layouts.ts, Code.lineTable). */
import { ArrayObject, Code } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';

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
  return entry === 0 ? words[(code << 1) + Code.firstLine] : words[entry + 1];
}
