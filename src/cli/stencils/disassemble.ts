/**
 * The code of a variant, disassembled with its holes by name. capstone knows nothing of holes, so the variant is copied
 * with registers that no stencil uses by itself, whose names are then replaced; and with two different values of each
 * immediate: the numbers that change are its holes.
 */
import { Capstone, Const, loadCapstone } from 'capstone-wasm';
import { CONDITION_WORDS, ConditionKind } from '../../jit/stencil-format.ts';
import { Source, type StencilLibrary, StencilRangeError } from '../../jit/stencil-library.ts';
import type { VariantDescription } from './describe.ts';

/** A piece of a line: text as it is, or the name of a hole. */
export interface Piece {
  readonly text: string;
  readonly kind: 'text' | 'register' | 'immediate' | 'branch';
}
export interface Line {
  readonly offset: number;
  readonly bytes: readonly { readonly value: number; readonly hole: boolean }[];
  readonly pieces: readonly Piece[];
}

// biome-ignore format: a table
const NUMBERS = [
  24, 8, 64, 100, 255, 1000, 4000, 0x1230, 0x12340, 0x1234560, 0x12345678, 0x7ffffff8,
  0, 1, 2, -1, -3, -8, -100, -1000, -0x1234568, -0x7ffffff8,
];

export class Disassembler {
  readonly #capstone: Capstone;
  readonly #library: StencilLibrary;

  private constructor(library: StencilLibrary, capstone: Capstone) {
    this.#library = library;
    this.#capstone = capstone;
    library.code = new Uint8Array(4096);
  }

  static async create(library: StencilLibrary): Promise<Disassembler> {
    await loadCapstone();
    const capstone =
      library.architecture.name === 'x86_64'
        ? new Capstone(Const.CS_ARCH_X86, Const.CS_MODE_64)
        : new Capstone(Const.CS_ARCH_ARM64, Const.CS_MODE_LITTLE_ENDIAN);
    return new Disassembler(library, capstone);
  }

  /** The lines of variant number `variant` of `form`. */
  lines(form: number, variant: number, description: VariantDescription, constant: string): Line[] {
    if (description.bytes === 0) return [];
    if (!this.#chooseOperands(form, variant)) return [];
    const library = this.#library;
    const base = Int32Array.from(library.operands);
    const plain = this.#texts(form);
    // Which numbers of which instruction belong to which immediate.
    const marks = plain.map(() => new Map<number, string>());
    const immediates: readonly [number, string][] = [
      [Source.immediate, 'imm0'],
      [Source.immediateHigh, 'imm0'],
      [Source.second, 'imm1'],
      [Source.constant, constant],
    ];
    for (const [source, name] of immediates) {
      for (const other of [...NUMBERS, 0x5a5a5a58, -0x5a5a5a5]) {
        library.operands.set(base);
        library.operands[source] = other;
        if (other === base[source] || this.#variantOrNone(form) !== variant) continue;
        this.#texts(form).forEach((instruction, i) => {
          const before = numbersOf(plain[i].text);
          numbersOf(instruction.text).forEach((number, at) => {
            if (before.length > at && before[at] !== number) marks[i].set(at, name);
          });
        });
      }
    }
    library.operands.set(base);
    return plain.map((instruction, i) => ({
      offset: instruction.offset,
      bytes: this.#bytes(variant, instruction.offset, instruction.size, description),
      pieces: this.#pieces(form, instruction, marks[i], description),
    }));
  }

  #texts(form: number): { offset: number; size: number; text: string }[] {
    const library = this.#library;
    library.branchCount = 0;
    const length = library.copy(form, 0);
    // capstone sees branches to themselves; their targets are replaced anyway.
    return this.#capstone.disasm(library.code.slice(0, length)).map((instruction) => ({
      offset: Number(instruction.address),
      size: instruction.size,
      text: `${instruction.mnemonic} ${instruction.opStr}`.trim(),
    }));
  }

  #variantOrNone(form: number): number {
    try {
      return this.#library.variant(form);
    } catch (error) {
      if (!(error instanceof StencilRangeError)) throw error;
      return -1;
    }
  }

  /** Fills the library's operands such that the variant is the one chosen; false when none are found. */
  #chooseOperands(form: number, variant: number): boolean {
    const library = this.#library;
    const { operands, architecture } = library;
    const present = library.formOperands[form];
    const tied = library.tied(form);
    for (let mask = 0; mask < 16; mask++) {
      if (!((library.variantAccepts[variant] >> mask) & 1)) continue;
      const used = [new Set<number>(), new Set<number>()];
      for (let source = 0; source < 4; source++) {
        operands[source] = -1;
        if (!(present & (1 << source))) continue;
        const float = (present >> (source + 4)) & 1;
        const all = float ? architecture.allocatableFloat : architecture.allocatableGeneral;
        const fits = all.filter(
          (n) =>
            (n > 7 ? 1 : 0) === ((mask >> source) & 1) && !used[float].has(n) && this.#registerFits(variant, source, n),
        );
        operands[source] = tied >= 0 && source === tied + Source.a ? operands[Source.result] : (fits.pop() ?? -1);
        used[float].add(operands[source]);
      }
      if (this.#chooseImmediates(form, variant)) return true;
    }
    return false;
  }

  #registerFits(variant: number, source: number, register: number): boolean {
    const library = this.#library;
    for (let row = library.variantFirstCondition[variant]; row < library.variantFirstCondition[variant + 1]; row++) {
      const [of, kind, low, high] = library.conditions.subarray(row * CONDITION_WORDS, (row + 1) * CONDITION_WORDS);
      if (of === source && kind === ConditionKind.range && (register < low || register > high)) return false;
    }
    return true;
  }

  #chooseImmediates(form: number, variant: number): boolean {
    const { operands } = this.#library;
    const low = [...NUMBERS];
    const high = [0, -1, 0x12345678];
    // Patterns fix some bits.
    const library = this.#library;
    for (let row = library.variantFirstCondition[variant]; row < library.variantFirstCondition[variant + 1]; row++) {
      const [source, kind, ...rest] = library.conditions.subarray(row * CONDITION_WORDS, (row + 1) * CONDITION_WORDS);
      if (source !== Source.immediate) continue;
      if (kind !== ConditionKind.pattern) low.push(rest[0], rest[1]);
      else {
        low.length = 0;
        high.length = 0;
        for (const filler of [0x12345678, 0x5a5a5a5a, 0]) {
          low.push((filler & rest[0]) | rest[2]);
          high.push((filler & rest[1]) | rest[3]);
        }
      }
    }
    for (const constant of NUMBERS)
      for (const second of [0x12340, 100, 1000])
        for (const lowWord of low)
          for (const highWord of high) {
            operands[Source.immediate] = lowWord;
            operands[Source.immediateHigh] = highWord;
            operands[Source.second] = second;
            operands[Source.constant] = constant;
            if (this.#variantOrNone(form) === variant) return true;
          }
    return false;
  }

  #bytes(variant: number, offset: number, size: number, description: VariantDescription): Line['bytes'] {
    const library = this.#library;
    const template = library.variantCode[variant];
    return Array.from({ length: size }, (_, i) => ({
      value: library.templates[template + offset + i],
      hole:
        description.holes.some((hole) => hole.byte === offset + i) ||
        description.branches.some((branch) => offset + i >= branch.byte && offset + i < branch.byte + 4),
    }));
  }

  #pieces(
    form: number,
    instruction: { offset: number; size: number; text: string },
    marks: ReadonlyMap<number, string>,
    description: VariantDescription,
  ): Piece[] {
    const library = this.#library;
    const { architecture, operands } = library;
    const present = library.formOperands[form];
    const registers = new Map<string, string>();
    for (const source of [Source.c, Source.b, Source.a, Source.result]) {
      if (!(present & (1 << source))) continue;
      const number = operands[source];
      const name = Source[source];
      if (present & (16 << source)) registers.set(architecture.float[number], name);
      else {
        registers.set(architecture.general[number], name);
        registers.set(architecture.general32[number], `${name}:32`);
      }
    }
    const branch = description.branches.find(
      (candidate) => candidate.byte >= instruction.offset && candidate.byte < instruction.offset + instruction.size,
    );
    let number = 0;
    const count = numbersOf(instruction.text).length;
    return instruction.text
      .split(/(\b[A-Za-z]\w*\b|-?0x[0-9a-f]+\b|-?\b\d+\b)/)
      .filter((part) => part !== '')
      .map((part): Piece => {
        const register = registers.get(part);
        if (register !== undefined) return { text: `{${register}}`, kind: 'register' };
        if (!/^-?\d/.test(part)) return { text: part, kind: 'text' };
        const mark = marks.get(number++);
        // The target of a branch is its last number.
        if (branch !== undefined && number === count) return { text: `{${branch.target}}`, kind: 'branch' };
        return mark === undefined ? { text: part, kind: 'text' } : { text: `{${mark}}`, kind: 'immediate' };
      });
  }
}

function numbersOf(text: string): string[] {
  return text.match(/\b[A-Za-z]\w*\b|-?0x[0-9a-f]+\b|-?\b\d+\b/g)?.filter((part) => /^-?\d/.test(part)) ?? [];
}
