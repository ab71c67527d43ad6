/**
 * Proves a finished library: copies made by the run-time code (src/jit/stencil-library.ts) must equal, byte for byte,
 * what keystone makes of the source with the same operands, over other operands than those it was derived from: every
 * register in every operand's place, and random ones.
 */
import type { Architecture } from '../../src/jit/architectures.ts';
import { BranchKind, BranchTarget, Source, StencilLibrary, StencilRangeError } from '../../src/jit/stencil-library.ts';
import { type Assembler, type Sample, TEXT_LIMIT } from './assembler.ts';
import { type Random, SampleSpace, stencilAccepts } from './samples.ts';
import { type SourceStencil, StencilSourceError } from './source.ts';
import type { Form } from './write.ts';

const RANDOM_SAMPLES = 40;
const CONSTANTS = [
  0, 1, -1, 2, -2, 8, 63, 64, 127, 128, -128, -129, 255, 256, 4095, 4096, -4095, -4096, 65535, 65536, -65536, -65537,
];
const LIMITS = [2147483647, -2147483648];

/** Fills the library's operands from a sample. */
function setOperands(library: StencilLibrary, sample: Sample): void {
  const { operands } = library;
  for (let source = 0; source < 4; source++) operands[source] = sample.registers[source];
  const immediate = sample.immediates.get(Source.immediate) ?? 0n;
  operands[Source.immediate] = Number(BigInt.asIntN(32, immediate));
  operands[Source.immediateHigh] = Number(BigInt.asIntN(32, immediate >> 32n));
  operands[Source.second] = Number(sample.immediates.get(Source.second) ?? 0n);
  operands[Source.constant] = Number(sample.immediates.get(Source.constant) ?? 0n);
}

/** Throws StencilSourceError at the first difference; returns how many copies were compared. */
export function proveLibrary(
  architecture: Architecture,
  bytes: Uint8Array,
  forms: readonly Form[],
  assembler: Assembler,
  random: Random,
): number {
  const library = new StencilLibrary(architecture, bytes);
  library.code = new Uint8Array(1 << 20);
  let compared = 0;
  const far = architecture.name === 'x86_64' ? 0x1000_0000 : 0x4_0000;
  const proved = new Set<SourceStencil>();
  forms.forEach((form, number) => {
    const sources = [...new Set(form.variants.map((variant) => variant.stencil))];
    sources.forEach((stencil, index) => {
      // Several uops of the same source have the same variants.
      if (proved.has(stencil)) return;
      proved.add(stencil);
      // keystone reads the numbers in `[rip + {exit}]` and `adr` as displacements, not as addresses.
      const displacement = stencil.pieces.some((piece) => piece.kind === 'text' && piece.text.endsWith('rip + '));
      const space = new SampleSpace(architecture, stencil, sources.slice(0, index), random);
      let text = '';
      let end = 0;
      const check = (): void => {
        const expected = assembler.assemble(text, stencil.where);
        const actual = library.code.subarray(0, end);
        if (Buffer.compare(expected, actual) !== 0)
          throw new StencilSourceError(
            `${stencil.where}: a copy of ${form.name} differs from its assembly (${describeDifference(expected, actual)}):\n${text}`,
          );
        text = '';
        end = 0;
      };
      for (const sample of samplesOf(architecture, stencil, space)) {
        setOperands(library, sample);
        library.branchCount = 0;
        end = library.copy(number, end);
        const targets: number[] = [];
        for (let i = 0; i < library.branchCount; i++) {
          const at = library.branchOffsets[i];
          const target = far + 16 * random.below(1 << 12);
          targets.push(target);
          const kind = library.branchKinds[i];
          let literalBase = 0;
          if (kind === BranchKind.address21) literalBase = at;
          else if (displacement && library.branchTargets[i] === BranchTarget.exit) literalBase = at + 4;
          library.patchBranch(at, kind, target + literalBase);
        }
        text += assembler.text(stencil, sample, targets, String(compared));
        compared++;
        if (text.length > TEXT_LIMIT) check();
      }
      check();
    });
    if (form.constant) proveConstants(library, number, form, random);
  });
  return compared;
}

function describeDifference(expected: Uint8Array, actual: Uint8Array): string {
  const at = expected.findIndex((byte, i) => byte !== actual[i]);
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes.subarray(at, at + 12)).toString('hex');
  return `at ${at}: ${hex(expected)} expected, ${hex(actual)} copied`;
}

function* samplesOf(architecture: Architecture, stencil: SourceStencil, space: SampleSpace): Generator<Sample> {
  const none = new Map();
  for (const parameter of stencil.parameters) {
    if (parameter.immediate || parameter.source === stencil.tied) continue;
    for (const register of parameter.float ? architecture.allocatableFloat : architecture.allocatableGeneral) {
      const sample = space.draw(-1, none, new Map([[parameter.source, register]]));
      if (sample !== null && stencilAccepts(stencil, sample)) yield sample;
    }
  }
  const count = stencil.parameters.length === 0 ? 1 : RANDOM_SAMPLES;
  for (let i = 0; i < count; i++) {
    const sample = space.draw(-1, none);
    if (sample !== null) yield sample;
  }
}

/** The allocator gives any signed 32-bit constant to a constant form. */
function proveConstants(library: StencilLibrary, number: number, form: Form, random: Random): void {
  const { stencil } = form.variants[0];
  const space = new SampleSpace(library.architecture, stencil, [], random);
  const sample = space.draw(-1, new Map());
  if (sample === null) return;
  const all = [...CONSTANTS, ...LIMITS, ...Array.from({ length: 100 }, () => random.bits() | 0)];
  for (const constant of all) {
    setOperands(library, sample);
    library.operands[Source.constant] = constant;
    library.operands[Source.immediate] = 8;
    try {
      library.length(number);
    } catch (error) {
      if (!(error instanceof StencilRangeError)) throw error;
      throw new StencilSourceError(`${stencil.where}: ${form.name} does not take the constant ${constant}`);
    }
  }
}
