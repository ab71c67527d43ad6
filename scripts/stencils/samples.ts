/** Operands to try a stencil with: random, repeatable, and within what the stencil accepts. */
import type { Architecture } from '../../src/jit/architectures.ts';
import { Source } from '../../src/jit/stencil-format.ts';
import { type Sample, variableOf } from './assembler.ts';
import type { Expression, Parameter, Restriction, SourceStencil } from './source.ts';

/** mulberry32: builds must be the same every time. */
export class Random {
  #state: number;
  constructor(seed: number) {
    this.#state = seed;
  }
  /** 32 random bits */
  bits(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }
  below(limit: number): number {
    return this.bits() % limit;
  }
  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)];
  }
  wide(): bigint {
    return (BigInt(this.bits()) << 32n) | BigInt(this.bits());
  }
}

const EDGES = [0n, 1n, 2n, 8n, 16n, 63n, 64n, 127n, 128n, 255n, 256n, 4088n, 4095n, 4096n, 65535n, 65536n, 0x7fffffffn];

/** True when the value of an immediate or the number of a register satisfies the restriction. */
export function accepts(restriction: Restriction | null, value: bigint): boolean {
  if (restriction === null) return true;
  if (restriction.kind === 'pattern') return (BigInt.asUintN(64, value) & ~restriction.free) === restriction.pattern;
  return value >= restriction.low && value <= restriction.high && (value & (restriction.step - 1n)) === 0n;
}

function valueIn(parameter: Parameter, sample: Sample): bigint {
  return parameter.immediate ? sample.immediates.get(parameter.source)! : BigInt(sample.registers[parameter.source]);
}

export function stencilAccepts(stencil: SourceStencil, sample: Sample): boolean {
  return stencil.parameters.every((parameter) => accepts(parameter.restriction, valueIn(parameter, sample)));
}

/** A size class, possibly without a smaller one inside it. */
interface Size {
  readonly low: bigint;
  readonly high: bigint;
  readonly without?: { readonly low: bigint; readonly high: bigint } | null;
}

export class SampleSpace {
  readonly #registers: readonly Parameter[];

  constructor(
    private readonly architecture: Architecture,
    private readonly stencil: SourceStencil,
    private readonly earlier: readonly SourceStencil[],
    private readonly random: Random,
  ) {
    this.#registers = stencil.parameters.filter(
      (parameter) => !parameter.immediate && parameter.source !== stencil.tied,
    );
  }

  /** All "register > 7" masks that can occur: result 1, a 2, b 4, c 8. */
  registerMasks(): number[] {
    const masks: number[] = [];
    for (let mask = 0; mask < 16; mask++) if (this.#registersFor(mask) !== null) masks.push(mask);
    return masks;
  }

  /** For every register operand the numbers that fit the mask (-1: any); null when one has none. */
  #registersFor(mask: number): Map<Source, number[]> | null {
    const choice = new Map<Source, number[]>();
    let left = mask;
    for (const parameter of this.#registers) {
      const all = parameter.float ? this.architecture.allocatableFloat : this.architecture.allocatableGeneral;
      const high = (mask >> parameter.source) & 1;
      const numbers = all.filter(
        (number) => (mask < 0 || (number > 7 ? 1 : 0) === high) && accepts(parameter.restriction, BigInt(number)),
      );
      if (numbers.length === 0) return null;
      choice.set(parameter.source, numbers);
      left &= ~(1 << parameter.source);
      if (this.stencil.tied !== null && parameter.source === Source.result) {
        // the tied operand is in the same register
        if (mask >= 0 && ((mask >> this.stencil.tied) & 1) !== high) return null;
        left &= ~(1 << this.stencil.tied);
      }
    }
    return mask >= 0 && left !== 0 ? null : choice;
  }

  /** Random operands of the class; null when (almost) none exist. `fixed` sets some registers by source. */
  draw(
    mask: number,
    sizes: ReadonlyMap<Expression, Size>,
    fixed: ReadonlyMap<Source, number> = new Map(),
  ): Sample | null {
    const choice = this.#registersFor(mask);
    if (choice === null) return null;
    for (let attempt = 0; attempt < 400; attempt++) {
      const registers = [-1, -1, -1, -1];
      for (const [source, numbers] of choice) registers[source] = fixed.get(source) ?? this.random.pick(numbers);
      if (this.stencil.tied !== null) registers[this.stencil.tied] = registers[Source.result];
      const immediates = new Map<Source, bigint>();
      for (const parameter of this.stencil.parameters)
        if (parameter.immediate) immediates.set(parameter.source, this.#immediate(parameter, sizes));
      const sample: Sample = { registers, immediates };
      if (!stencilAccepts(this.stencil, sample)) continue;
      if (this.earlier.some((other) => stencilAccepts(other, sample))) continue;
      let inside = true;
      for (const [expression, size] of sizes) {
        const value = variableOf(expression, sample);
        if (value < size.low || value > size.high) inside = false;
        if (size.without && value >= size.without.low && value <= size.without.high) inside = false;
      }
      if (inside) return sample;
    }
    return null;
  }

  #immediate(parameter: Parameter, sizes: ReadonlyMap<Expression, Size>): bigint {
    const { restriction } = parameter;
    const { random } = this;
    if (restriction?.kind === 'pattern')
      return BigInt.asIntN(64, (random.wide() & restriction.free) | restriction.pattern);
    let low = restriction?.low ?? (parameter.wide ? -(1n << 63n) : -(1n << 31n));
    let high = restriction?.high ?? (parameter.wide ? (1n << 63n) - 1n : (1n << 31n) - 1n);
    const step = restriction?.step ?? 1n;
    for (const [expression, size] of sizes) {
      if (expression.source !== parameter.source) continue;
      const ends = [
        (size.low - expression.addend) / expression.scale,
        (size.high - expression.addend) / expression.scale,
      ];
      if (expression.scale < 0n) ends.reverse();
      if (ends[0] > low) low = ends[0];
      if (ends[1] < high) high = ends[1];
    }
    if (low > high) return low;
    const kind = random.below(8);
    let value: bigint;
    if (kind === 0) value = low;
    else if (kind === 1) value = high;
    else if (kind === 2) value = random.pick(EDGES);
    else if (kind === 3) value = -random.pick(EDGES) - 1n;
    else if (kind === 4) value = BigInt.asIntN(random.below(parameter.wide ? 64 : 32) + 1, random.wide());
    else value = low + (random.wide() % (high - low + 1n));
    if (value < low || value > high) value = low + (random.wide() % (high - low + 1n));
    return value - (((value % step) + step) % step);
  }
}
