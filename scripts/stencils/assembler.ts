/** keystone behind one function, and the text that a stencil becomes for given registers and immediates. */
import { Const, Keystone, loadKeystone } from 'keystone-wasm';
import type { Architecture } from '../../src/jit/architectures.ts';
import { Source } from '../../src/jit/stencil-format.ts';
import type { Expression, SourceStencil } from './source.ts';
import { StencilSourceError } from './source.ts';

/** Operands of one copy, by Source. Immediates are exact: 64-bit ones signed, others signed 32-bit. */
export interface Sample {
  /** by Source.result .. c; -1 when absent */
  readonly registers: readonly number[];
  /** by Source: immediate, second, constant */
  readonly immediates: ReadonlyMap<Source, bigint>;
}

/** The number that an expression stands for in the assembly text. */
export function evaluate(expression: Expression, sample: Sample): bigint {
  const value = variableOf(expression, sample);
  if (!expression.slice) return value;
  const [high, low] = expression.slice;
  const mask = (1n << BigInt(high - low + 1)) - 1n;
  const bits = (BigInt.asUintN(64, value) >> BigInt(low)) & mask;
  return expression.inverted ? bits ^ mask : bits;
}

/** scale * immediate + addend: what the library computes before it takes bits of it. */
export function variableOf(expression: Expression, sample: Sample): bigint {
  return sample.immediates.get(expression.source!)! * expression.scale + expression.addend;
}

/** keystone-wasm passes the text on WebAssembly's small stack. */
export const TEXT_LIMIT = 12_000;

export class Assembler {
  readonly #keystone: Keystone;
  readonly architecture: Architecture;

  private constructor(architecture: Architecture, keystone: Keystone) {
    this.architecture = architecture;
    this.#keystone = keystone;
  }

  static async create(architecture: Architecture): Promise<Assembler> {
    await loadKeystone();
    const keystone =
      architecture.name === 'x86_64'
        ? new Keystone(Const.KS_ARCH_X86, Const.KS_MODE_64)
        : new Keystone(Const.KS_ARCH_ARM64, Const.KS_MODE_LITTLE_ENDIAN);
    return new Assembler(architecture, keystone);
  }

  close(): void {
    this.#keystone.close();
  }

  /** Machine code of the text at address 0. */
  assemble(text: string, where: string): Uint8Array {
    if (text.trim() === '') return new Uint8Array(0);
    try {
      // A copy: the answer lies in WebAssembly memory.
      return Uint8Array.from(this.#keystone.asm(text));
    } catch (error) {
      throw new StencilSourceError(`${where}: keystone: ${(error as Error).message} in:\n${text.slice(0, 2000)}`);
    }
  }

  /** All texts, one behind the other; each but the branches of which is independent of its place. */
  assembleAll(texts: readonly string[], where: string): Uint8Array {
    const parts: Uint8Array[] = [];
    let pending = '';
    for (const text of texts) {
      if (pending.length + text.length > TEXT_LIMIT) {
        parts.push(this.assemble(pending, where));
        pending = '';
      }
      pending += text;
    }
    parts.push(this.assemble(pending, where));
    return Uint8Array.from(Buffer.concat(parts));
  }

  /** `targets[i]` is the address of the i-th branch; local labels get `suffix`, so that copies can be assembled in one go. */
  text(stencil: SourceStencil, sample: Sample, targets: readonly number[], suffix: string): string {
    const { general, general32, float } = this.architecture;
    let text = '';
    for (const piece of stencil.pieces) {
      if (piece.kind === 'text') text += piece.text;
      else if (piece.kind === 'branch') text += `0x${targets[piece.occurrence].toString(16)}`;
      else if (piece.kind === 'expression') text += evaluate(piece.expression, sample);
      else {
        const source = piece.source === stencil.tied ? Source.result : piece.source;
        const number = sample.registers[source];
        const parameter = stencil.parameters.find((candidate) => candidate.source === piece.source)!;
        text += parameter.float ? float[number] : (piece.narrow ? general32 : general)[number];
      }
    }
    for (const label of stencil.labels) text = text.replace(new RegExp(`\\b${label}\\b`, 'g'), `${label}_${suffix}`);
    return `${text.replace(/\+ -/g, '- ')}\n`;
  }
}
