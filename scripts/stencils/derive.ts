/**
 * From a stencil's source to its variants: which bits of the machine code each operand sets.
 *
 * Nothing here knows an instruction encoding. A stencil is assembled with many operands; every bit of the code must then
 * be constant or agree, over all of them, with one bit of one operand (or its complement). Where that fails, or where the
 * length changes, the operands are split into classes: low and high registers, immediates that are 0, fit 8 bits, or do
 * not. The build proves the outcome with other operands afterwards (prove.ts).
 */
import { BranchKind } from '../../src/jit/architectures.ts';
import { BranchTarget, ConditionKind, Source } from '../../src/jit/stencil-format.ts';
import { type Assembler, type Sample, variableOf } from './assembler.ts';
import { type Random, SampleSpace } from './samples.ts';
import { type Expression, type SourceStencil, StencilSourceError } from './source.ts';

export interface Condition {
  readonly source: Source;
  readonly kind: ConditionKind;
  /** the four parameters of the row in the file, as 32-bit words */
  readonly words: readonly [number, number, number, number];
}
export interface Field {
  readonly source: number;
  readonly sourceShift: number;
  readonly mask: number;
  readonly destinationShift: number;
  readonly offset: number;
}
export interface Branch {
  readonly offset: number;
  readonly kind: BranchKind;
  readonly target: BranchTarget;
}
export interface Variant {
  readonly stencil: SourceStencil;
  readonly accepts: number;
  readonly template: Uint8Array;
  readonly conditions: readonly Condition[];
  readonly expressions: readonly { source: Source; scale: number; addend: number }[];
  readonly fields: readonly Field[];
  readonly branches: readonly Branch[];
}

/** Enough that no two operand bits agree over all of them by chance. */
const SAMPLES = 120;
const DISTANCE: Readonly<Record<string, number>> = { x86_64: 0x1000_0000, aarch64: 0x4_0000 };

const word = (code: Uint8Array, at: number): number =>
  (code[at] | (code[at + 1] << 8) | (code[at + 2] << 16) | (code[at + 3] << 24)) >>> 0;

/** Ranges of immediates with different code, in terms of what the text says. */
interface SizeClass {
  readonly low: bigint;
  readonly high: bigint;
  /** the class inside this one that has shorter code */
  readonly without?: SizeClass | null;
  /** a larger class takes the operands, too */
  readonly optional?: boolean;
}
const SIZES: readonly SizeClass[] = [
  { low: 0n, high: 0n },
  { low: -128n, high: 127n },
  { low: -(1n << 31n), high: (1n << 31n) - 1n },
];

/** All variants of a stencil; `earlier` are the alternatives before it, whose operands it never sees. */
export function deriveVariants(
  assembler: Assembler,
  stencil: SourceStencil,
  earlier: readonly SourceStencil[],
  random: Random,
): Variant[] {
  const space = new SampleSpace(assembler.architecture, stencil, earlier, random);
  const x86 = assembler.architecture.name === 'x86_64';
  const expressions = distinctExpressions(stencil);
  const masks = x86 ? space.registerMasks() : [-1];
  // On x86-64 the size of a whole immediate decides about the form of an instruction.
  const fits32 = (expression: Expression): boolean => {
    const parameter = stencil.parameters.find((candidate) => candidate.source === expression.source)!;
    return !parameter.wide || parameter.restriction?.kind === 'range';
  };
  const splittable = x86 ? expressions.filter((expression) => !expression.slice && fits32(expression)) : [];
  const lengthAt = (mask: number, sizes: ReadonlyMap<Expression, SizeClass>): number => {
    const sample = space.draw(mask, sizes);
    if (sample === null) return -1;
    return assembler.assemble(assembler.text(stencil, sample, farTargets(assembler, stencil), 'x'), stencil.where)
      .length;
  };
  let choices: Map<Expression, SizeClass>[] = [new Map<Expression, SizeClass>()];
  for (const expression of splittable) {
    const classes: SizeClass[] = [];
    let last = -2;
    // From large to small: a class is kept apart only when its code is shorter.
    for (let i = SIZES.length - 1; i >= 0; i--) {
      const size = SIZES[i];
      const length = lengthAt(masks[0], new Map([[expression, { ...size, without: SIZES[i - 1] ?? null }]]));
      if (length < 0 || (classes.length > 0 && length >= last)) continue;
      classes.unshift(size);
      last = length;
    }
    choices = choices.flatMap((choice) =>
      classes.map((size, index) => {
        const without = index > 0 ? classes[index - 1] : null;
        return new Map([...choice, [expression, { ...size, without, optional: index < classes.length - 1 }]]);
      }),
    );
  }
  const variants: Variant[] = [];
  for (const choice of choices) {
    const byLength = new Map<number, number[]>();
    for (const mask of masks) {
      const length = lengthAt(mask, choice);
      if (length < 0) continue;
      byLength.set(length, [...(byLength.get(length) ?? []), mask]);
    }
    for (const [length, group] of byLength) {
      const whole = fit(assembler, stencil, space, group, choice, length);
      if (whole !== null) variants.push(whole);
      else
        for (const mask of group) {
          const part = fit(assembler, stencil, space, [mask], choice, length);
          if (part === null && [...choice.values()].some((size) => size.optional)) continue;
          if (part === null) throw new StencilSourceError(`${stencil.where}: the code is not linear in its operands`);
          variants.push(part);
        }
    }
  }
  if (variants.length === 0) throw new StencilSourceError(`${stencil.where}: no operands ever reach this stencil`);
  return variants.sort((a, b) => a.template.length - b.template.length);
}

/** Expressions that are computed from the same immediate in the same way share one variable. */
function distinctExpressions(stencil: SourceStencil): Expression[] {
  const found: Expression[] = [];
  for (const piece of stencil.pieces) {
    if (piece.kind !== 'expression') continue;
    const same = found.find(
      (other) => sameVariable(other, piece.expression) && !other.slice === !piece.expression.slice,
    );
    if (same === undefined) found.push(piece.expression);
  }
  return found;
}
function sameVariable(a: Expression, b: Expression): boolean {
  return a.source === b.source && a.scale === b.scale && a.addend === b.addend;
}

function farTargets(assembler: Assembler, stencil: SourceStencil): number[] {
  return Array.from({ length: stencil.branches }, () => DISTANCE[assembler.architecture.name]);
}

function fit(
  assembler: Assembler,
  stencil: SourceStencil,
  space: SampleSpace,
  masks: readonly number[],
  sizes: ReadonlyMap<Expression, SizeClass>,
  length: number,
): Variant | null {
  const samples: Sample[] = [];
  const count = stencil.parameters.length === 0 ? 1 : SAMPLES;
  for (let i = 0; i < count; i++) {
    const sample = space.draw(masks[i % masks.length], sizes);
    if (sample !== null) samples.push(sample);
  }
  const targets = farTargets(assembler, stencil);
  const texts = samples.map((sample, i) => assembler.text(stencil, sample, targets, String(i)));
  const code = assembler.assembleAll(texts, stencil.where);
  if (code.length !== samples.length * length) return null;
  const branches = findBranches(assembler, stencil, samples[0]);
  const template = new Uint8Array(length);

  // Every source bit as the column of its values over the samples.
  const columns = new Map<string, { source: number; bit: number; inverted: boolean }>();
  const addColumn = (source: number, bit: number, values: readonly bigint[]): void => {
    const column = values.map((value) => ((value >> BigInt(bit)) & 1n).toString()).join('');
    if (!/01|10/.test(column)) return;
    if (!columns.has(column)) columns.set(column, { source, bit, inverted: false });
    const complement = column.replace(/./g, (digit) => (digit === '0' ? '1' : '0'));
    if (!columns.has(complement)) columns.set(complement, { source, bit, inverted: true });
  };
  for (const parameter of stencil.parameters) {
    if (parameter.immediate || parameter.source === stencil.tied) continue;
    const numbers = samples.map((sample) => BigInt(sample.registers[parameter.source]));
    for (let bit = 0; bit < 5; bit++) addColumn(parameter.source, bit, numbers);
  }
  const computed: { source: Source; scale: number; addend: number }[] = [];
  const variables: Expression[] = [];
  for (const expression of distinctExpressions(stencil))
    if (!variables.some((other) => sameVariable(other, expression))) variables.push(expression);
  for (const expression of variables) {
    const numbers = samples.map((sample) => BigInt.asUintN(64, variableOf(expression, sample)));
    const plain = expression.scale === 1n && expression.addend === 0n;
    let source: number = expression.source!;
    if (!plain) {
      source = Source.expressions + computed.length;
      computed.push({
        source: expression.source!,
        scale: Number(expression.scale),
        addend: Number(expression.addend),
      });
    }
    const wide = stencil.parameters.find((parameter) => parameter.source === expression.source)!.wide;
    if (wide && !plain) throw new StencilSourceError(`${stencil.where}: a 64-bit immediate cannot be computed with`);
    for (let bit = 0; bit < 32; bit++) addColumn(source, bit, numbers);
    if (wide) {
      const high = numbers.map((value) => value >> 32n);
      for (let bit = 0; bit < 32; bit++) addColumn(Source.immediateHigh, bit, high);
    }
  }

  const fields: Field[] = [];
  for (let at = 0; at < length; at++) {
    let run: { source: number; shift: number; first: number; width: number } | null = null;
    const finish = (): void => {
      if (run !== null)
        fields.push({
          source: run.source,
          sourceShift: run.shift,
          mask: (1 << run.width) - 1,
          destinationShift: run.first,
          offset: at,
        });
      run = null;
    };
    for (let bit = 0; bit < 8; bit++) {
      if (inBranch(branches, at, bit)) {
        finish();
        continue;
      }
      const column = samples.map((_, i) => (code[i * length + at] >> bit) & 1).join('');
      if (!/01|10/.test(column)) {
        template[at] |= Number(column[0]) << bit;
        finish();
        continue;
      }
      const from = columns.get(column);
      if (from === undefined) return null;
      if (from.inverted) template[at] |= 1 << bit;
      const active = run as { source: number; shift: number; first: number; width: number } | null;
      if (active !== null && active.source === from.source && active.shift + active.width === from.bit) active.width++;
      else {
        finish();
        run = { source: from.source, shift: from.bit, first: bit, width: 1 };
      }
    }
    finish();
  }
  // Branch fields hold what the assembler put there; the linker overwrites them.
  for (const branch of branches)
    for (let byte = 0; byte < 4; byte++)
      for (let bit = 0; bit < 8; bit++)
        if (!inBranch(branches, branch.offset + byte, bit))
          template[branch.offset + byte] |=
            code[branch.offset + byte] & (1 << bit) & constantBits(fields, branch.offset + byte);

  let accepts = 0;
  if (masks[0] < 0) accepts = 0xffff;
  else for (const mask of masks) accepts |= 1 << mask;
  return {
    stencil,
    accepts,
    template,
    conditions: conditionsOf(stencil, sizes),
    expressions: computed,
    fields,
    branches,
  };
}

function constantBits(fields: readonly Field[], offset: number): number {
  let bits = 0xff;
  for (const field of fields) if (field.offset === offset) bits &= ~(field.mask << field.destinationShift);
  return bits;
}

/** Bits of the word at a branch that its displacement takes. */
const branchMasks: Readonly<Record<BranchKind, number>> = {
  [BranchKind.relative32]: 0xffffffff,
  [BranchKind.words26]: 0x03ffffff,
  [BranchKind.words19]: 0x00ffffe0,
  [BranchKind.address21]: 0x60ffffe0,
};
function inBranch(branches: readonly Branch[], at: number, bit: number): boolean {
  for (const branch of branches) {
    const byte = at - branch.offset;
    if (byte >= 0 && byte < 4 && (branchMasks[branch.kind] >>> (byte * 8 + bit)) & 1) return true;
  }
  return false;
}

/** Finds each branch's field and kind by moving its target. */
function findBranches(assembler: Assembler, stencil: SourceStencil, sample: Sample): Branch[] {
  const branches: Branch[] = [];
  const targets = farTargets(assembler, stencil);
  const assembleWith = (all: readonly number[]): Uint8Array =>
    assembler.assemble(assembler.text(stencil, sample, all, 'x'), stencil.where);
  const base = assembleWith(targets);
  for (const piece of stencil.pieces) {
    if (piece.kind !== 'branch') continue;
    const moved = targets.with(piece.occurrence, targets[piece.occurrence] - 0x2_1230);
    const other = assembleWith(moved);
    const first = base.findIndex((byte, i) => byte !== other[i]);
    let found: Branch | null = null;
    const target = piece.target === 'exit' ? BranchTarget.exit : BranchTarget.target;
    const agrees = (offset: number, kind: BranchKind): boolean =>
      offset >= 0 &&
      offset + 4 <= base.length &&
      displacementIs(base, offset, kind, targets[piece.occurrence]) &&
      displacementIs(other, offset, kind, moved[piece.occurrence]);
    if (assembler.architecture.name === 'x86_64') {
      for (let offset = first - 3; offset <= first; offset++)
        if (agrees(offset, BranchKind.relative32)) found = { offset, kind: BranchKind.relative32, target };
    } else {
      const offset = first & ~3;
      for (const kind of [BranchKind.words26, BranchKind.words19, BranchKind.address21])
        if (found === null && agrees(offset, kind)) found = { offset, kind, target };
    }
    if (found === null) throw new StencilSourceError(`${stencil.where}: where a branch target goes was not found`);
    branches.push(found);
  }
  return branches;
}

function displacementIs(code: Uint8Array, at: number, kind: BranchKind, target: number): boolean {
  const value = word(code, at);
  switch (kind) {
    case BranchKind.relative32:
      // `[rip + {exit}]` is a displacement as it stands.
      return value === target - (at + 4) || value === target;
    case BranchKind.words26:
      return value >>> 26 === 5 && (value & 0x03ffffff) === (target - at) >> 2;
    case BranchKind.words19:
      // adr has bits 28..24 = 10000 and its field in the same place
      return ((value >>> 24) & 0x1f) !== 0x10 && ((value >>> 5) & 0x7ffff) === (target - at) >> 2;
    case BranchKind.address21:
      // So does adr take a number for a displacement.
      return ((((value >>> 5) & 0x7ffff) << 2) | ((value >>> 29) & 3)) === target;
  }
}

/** What the library must check before it copies this variant. */
function conditionsOf(stencil: SourceStencil, sizes: ReadonlyMap<Expression, SizeClass>): Condition[] {
  const conditions: Condition[] = [];
  const full: SizeClass = SIZES[2];
  for (const parameter of stencil.parameters) {
    const { restriction, source } = parameter;
    if (restriction?.kind === 'pattern') {
      const { free, pattern } = restriction;
      const halves = [free, free >> 32n, pattern, pattern >> 32n].map((half) => Number(BigInt.asIntN(32, half)));
      conditions.push({ source, kind: ConditionKind.pattern, words: halves as [number, number, number, number] });
    }
    let low = restriction?.kind === 'range' ? restriction.low : full.low;
    let high = restriction?.kind === 'range' ? restriction.high : full.high;
    const step = restriction?.kind === 'range' ? restriction.step : 1n;
    for (const [expression, size] of sizes) {
      if (expression.source !== source || (size.low === full.low && size.high === full.high)) continue;
      // The class limits scale * x + addend; x is what is compared.
      const { scale, addend } = expression;
      const ends = [size.low - addend, size.high - addend];
      if (scale < 0n) ends.reverse();
      const from = ceilingDivide(ends[0], scale);
      const to = floorDivide(ends[1], scale);
      if (from > low) low = from;
      if (to < high) high = to;
    }
    const restricted = low !== full.low || high !== full.high || step !== 1n;
    if (parameter.wide ? restriction?.kind === 'range' : restricted)
      conditions.push({
        source,
        kind: parameter.wide ? ConditionKind.wideRange : ConditionKind.range,
        words: [Number(low), Number(high), Number(step) - 1, 0],
      });
  }
  return conditions;
}
function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return quotient * b !== a && a < 0n !== b < 0n ? quotient - 1n : quotient;
}
function ceilingDivide(a: bigint, b: bigint): bigint {
  return -floorDivide(-a, b);
}
