/**
 * The two processors that stencils are written for: register names and numbers, which registers the allocator may give
 * out, which a stencil may use as scratch inside itself, and which are pinned. The single source for the stencil build,
 * the register allocator, the differential tests and the disassembly. Register numbers are the hardware's, general and
 * float registers counted separately; StateCell.generalRegisters + n and floatRegisters + n are where an exit leaves
 * them.
 */

export type ArchitectureName = 'x86_64' | 'aarch64';

/** How a branch reaches its target: what the linker patches, see StencilLibrary.patchBranch. */
export enum BranchKind {
  /** x86: 32-bit displacement from the end of the field: jmp, jcc, lea of an address */
  relative32,
  /** aarch64 b, bl: words, 26 bits from bit 0 */
  words26,
  /** aarch64 b.cond, cbz: words, 19 bits from bit 5 */
  words19,
  /** aarch64 adr: bytes, 21 bits in two fields */
  address21,
}

export interface Architecture {
  readonly name: ArchitectureName;
  /** assembler names by number: 64-bit general, 32-bit general, float */
  readonly general: readonly string[];
  readonly general32: readonly string[];
  readonly float: readonly string[];
  /** what the allocator may use, in order of preference */
  readonly allocatableGeneral: readonly number[];
  readonly allocatableFloat: readonly number[];
  /** destroyed by any stencil; nothing may live in them between two stencils */
  readonly scratchGeneral: readonly number[];
  readonly scratchFloat: readonly number[];
  readonly heapBase: number;
  readonly frame: number;
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

/**
 * r13 holds the heap's address, r12 that of the running frame's first cell, rsp stays Node's stack. rax, rcx and rdx are
 * scratch because division and shifts want them: so the allocator knows no constraints.
 */
export const x86_64: Architecture = {
  name: 'x86_64',
  general: ['rax', 'rcx', 'rdx', 'rbx', 'rsp', 'rbp', 'rsi', 'rdi', ...range(8, 15).map((n) => `r${n}`)],
  general32: ['eax', 'ecx', 'edx', 'ebx', 'esp', 'ebp', 'esi', 'edi', ...range(8, 15).map((n) => `r${n}d`)],
  float: range(0, 15).map((n) => `xmm${n}`),
  // those that need no REX prefix first: shorter code where 32-bit forms are used
  allocatableGeneral: [3, 6, 7, 5, 8, 9, 10, 11, 14, 15],
  allocatableFloat: range(0, 13),
  scratchGeneral: [0, 1, 2],
  scratchFloat: [14, 15],
  heapBase: 13,
  frame: 12,
};

/** x28 holds the heap's address, x27 that of the running frame's first cell; x18 belongs to the platform. */
export const aarch64: Architecture = {
  name: 'aarch64',
  general: [...range(0, 30).map((n) => `x${n}`), 'sp'],
  general32: [...range(0, 30).map((n) => `w${n}`), 'wsp'],
  float: range(0, 31).map((n) => `d${n}`),
  allocatableGeneral: [...range(0, 14), ...range(19, 26)],
  allocatableFloat: range(0, 29),
  scratchGeneral: [15, 16, 17],
  scratchFloat: [30, 31],
  heapBase: 28,
  frame: 27,
};

export const architectures: Readonly<Record<ArchitectureName, Architecture>> = { x86_64, aarch64 };

/** The description for Node's `process.arch`, or null where copyjit has no stencils. */
export function architectureOf(nodeArch: string): Architecture | null {
  if (nodeArch === 'x64') return x86_64;
  if (nodeArch === 'arm64') return aarch64;
  return null;
}
