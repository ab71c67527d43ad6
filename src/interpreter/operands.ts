/** Decoding of operands outside the loop's own switch. */
import { words } from '../heap/memory.ts';

/** The cell that source operand `operand` names; `base` = cell of register 0. */
export function source(operand: number, base: number): number {
  return (operand & 0x7fffffff) + (base & ~(operand >> 31));
}
/** The cell of the source operand in word `at`. */
export function sourceAt(at: number, base: number): number {
  const operand = words[at];
  return (operand & 0x7fffffff) + (base & ~(operand >> 31));
}
