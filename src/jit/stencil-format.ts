/**
 * The file format of a stencil library, shared by the build (which writes it) and stencil-library.ts (which reads it).
 *
 * A library holds *forms*: one per uop, a second one for uops whose last operand may be a constant, and the special
 * stencils that are no uops. A form has *variants*: the same operation as different machine code, chosen when it is
 * copied by the registers (on x86-64 registers 8-15 can need a prefix more) and by the size of the immediates. A variant
 * is template code plus *fields*: which bits of which operand are xored into which byte. Everything is flat columns of
 * numbers, so that loading is a few views on one buffer.
 *
 * File: eight 32-bit words of header (`HeaderWord`), then the sections in the order of `sections`, each preceded by its length in bytes and
 * padded to 4 bytes.
 */
import type { ArchitectureName } from './architectures.ts';
import { uopTable } from './uops.ts';

export const STENCIL_MAGIC = 0x534a5043; // "CPJS"
export const STENCIL_FORMAT = 1;
export const HEADER_WORDS = 8;
export enum HeaderWord {
  magic,
  format,
  /** of the uop declarations */
  fingerprint,
  /** of what follows the header, and its length in bytes */
  checksum,
  length,
  /** `processorNumbers` */
  processor,
  /** hash of all the library was built from; for the build, which then has nothing to do */
  inputs,
  spare,
}
export const processorNumbers: Readonly<Record<ArchitectureName, number>> = { x86_64: 1, aarch64: 2 };

/**
 * Where a hole's bits come from: index into the operands of a copy. Registers by number, then immediates as 32-bit
 * words; behind them come the values of the variant's expressions.
 */
export enum Source {
  result,
  a,
  b,
  c,
  /** immediate 0; of a wide one the low word */
  immediate,
  immediateHigh,
  second,
  /** the constant operand's value in a constant form: signed 32-bit */
  constant,
  /** first expression */
  expressions,
}

export enum BranchTarget {
  /** the stub of this uop's exit */
  exit,
  /** where the stencil says `{target}`: loop header, executor, common code */
  target,
}

export enum FormFlag {
  /** the last operand (UopTable.constantOperand) is a constant */
  constant = 1,
  /** the result register must differ from those of all operands except the tied one */
  earlyClobber = 2,
  /** the result is written only after the last possible exit */
  resultAfterExit = 4,
}

export enum ConditionKind {
  /** minimum <= value <= maximum, value & alignment == 0 */
  range,
  /** (value & ~free) == pattern, over 64 bits */
  pattern,
  /** as range, of a 64-bit immediate: the high word must be the sign of the low one */
  wideRange,
}

/** Sections, in file order: name and bytes per element. */
export const sections = [
  /** forms: uop number or -1, FormFlag bits, tied operand index or -1, operands (present: bits 0-3 for result a b c; float: bits 4-7), immediates, first variant, variant count */
  ['formUop', 2],
  ['formFlags', 1],
  ['formTied', 1],
  ['formOperands', 1],
  ['formFirstVariant', 2],
  ['formVariantCount', 1],
  /** variants: bit m set = accepts operands whose "register > 7" bits (result 1, a 2, b 4, c 8) are m */
  ['variantAccepts', 2],
  ['variantCode', 4],
  ['variantLength', 2],
  ['variantFirstCondition', 2],
  ['variantFirstExpression', 2],
  ['variantFirstField', 4],
  ['variantFirstBranch', 2],
  /** rows of 6 words: source, kind, then minimum, maximum, alignment, 0 or free low, free high, pattern low, pattern high */
  ['conditions', 4],
  /** rows of 3 words: source, scale, addend */
  ['expressions', 4],
  /** rows of 6 bytes: source, source shift, mask, destination shift, byte offset (16 bits) */
  ['fields', 1],
  /** rows of 4 bytes: byte offset (16 bits), BranchKind, BranchTarget */
  ['branches', 1],
  ['code', 1],
  /** form names separated by newlines */
  ['names', 1],
] as const;
export type SectionName = (typeof sections)[number][0];
export const CONDITION_WORDS = 6;
export const EXPRESSION_WORDS = 3;
export const FIELD_BYTES = 6;
export const BRANCH_BYTES = 4;

/** FNV-1a, by 32-bit words and the bytes that are left: it runs on a cold V8 before the first trace. */
export function checksum(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  const words = new Int32Array(new Uint8Array(bytes).buffer, 0, bytes.length >> 2);
  for (let i = 0; i < words.length; i++) hash = Math.imul(hash ^ words[i], 0x01000193);
  for (let i = words.length * 4; i < bytes.length; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193);
  return hash | 0;
}

/** Changes when a uop is added, removed, renumbered, or has other operands: libraries of before are then refused. */
export function uopFingerprint(): number {
  let hash = 0x811c9dc5;
  for (const uop of uopTable) {
    const text = `${uop.name} ${uop.operands.length} ${uop.result === null ? 0 : 1} ${uop.immediates}`;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash | 0;
}
