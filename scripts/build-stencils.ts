/**
 * Builds the stencil libraries: stencils/ARCH/*.s -> dist/stencils/ARCH.bin.
 *
 *     node --import tsx scripts/build-stencils.ts [--force] [--verbose]
 *
 * Reads the sources (stencils/source.ts), derives what every operand does to the machine code (stencils/derive.ts), checks
 * that both processors have a stencil for every uop, writes the file (stencils/write.ts) and proves it
 * (stencils/prove.ts). Nothing is assembled at run time. Does nothing when the libraries are newer in content than all
 * their inputs: the header carries a hash of them.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Architecture, architectures } from '../src/jit/architectures.ts';
import { checksum, HEADER_WORDS, HeaderWord, Source } from '../src/jit/stencil-format.ts';
import { uopTable } from '../src/jit/uops.ts';
import { Assembler } from './stencils/assembler.ts';
import { deriveVariants, type Variant } from './stencils/derive.ts';
import { proveLibrary } from './stencils/prove.ts';
import { Random } from './stencils/samples.ts';
import { parseStencils, type SourceStencil, StencilSourceError } from './stencils/source.ts';
import { type Form, writeLibrary } from './stencils/write.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const SPECIAL = ['entry', 'exit_stub', 'exit_common', 'helper_resume', 'jump'];

function sourceFiles(architecture: Architecture): string[] {
  const folder = join('stencils', architecture.name);
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.s'))
    .sort()
    .map((name) => join(folder, name));
}

function hashOfInputs(architecture: Architecture): number {
  const shared = [
    'scripts/build-stencils.ts',
    ...readdirSync(join(root, 'scripts', 'stencils')).map((name) => `scripts/stencils/${name}`),
    ...['heap/layouts', 'heap/fixed', 'heap/values', 'jit/uops', 'jit/architectures'].map((name) => `src/${name}.ts`),
    ...['jit/stencil-format', 'jit/stencil-library'].map((name) => `src/${name}.ts`),
  ];
  const texts = [...shared.sort(), ...sourceFiles(architecture)].map((file) => readFileSync(join(root, file)));
  return checksum(Buffer.concat(texts));
}

function isUpToDate(file: string, inputs: number): boolean {
  try {
    const bytes = readFileSync(file);
    const word = (index: HeaderWord): number => bytes.readInt32LE(index * 4);
    return (
      bytes.length > HEADER_WORDS * 4 &&
      word(HeaderWord.inputs) === inputs &&
      word(HeaderWord.checksum) === checksum(bytes.subarray(HEADER_WORDS * 4))
    );
  } catch {
    return false;
  }
}

/** What alternatives must agree in, and what tells a form from another. */
function checkAlternatives(first: SourceStencil, next: SourceStencil): void {
  const registers = (stencil: SourceStencil): string =>
    stencil.parameters
      .filter((parameter) => !parameter.immediate)
      .map((parameter) => Source[parameter.source])
      .sort()
      .join();
  if (
    registers(first) !== registers(next) ||
    first.tied !== next.tied ||
    first.earlyClobber !== next.earlyClobber ||
    first.resultAfterExit !== next.resultAfterExit
  )
    throw new StencilSourceError(
      `${next.where}: registers, tie or flags differ from the alternative at ${first.where}`,
    );
}

function checkComplete(forms: ReadonlyMap<string, Form>, architecture: Architecture): void {
  const missing: string[] = [];
  for (const uop of uopTable) {
    if (uop.code && !forms.has(uop.name)) missing.push(uop.name);
    if (uop.constantOperand >= 0 && !forms.has(`${uop.name}#`)) missing.push(`${uop.name} with a constant`);
  }
  for (const name of SPECIAL) if (!forms.has(name)) missing.push(name);
  if (missing.length > 0) throw new StencilSourceError(`stencils/${architecture.name} lacks: ${missing.join(', ')}`);
  for (const form of forms.values())
    if (!SPECIAL.includes(form.name) && !uopTable.some((uop) => uop.name === form.name))
      throw new StencilSourceError(`${form.variants[0].stencil.where}: there is no uop ${form.name}`);
}

async function buildLibrary(architecture: Architecture, force: boolean, verbose: boolean): Promise<void> {
  const output = join(root, 'dist', 'stencils', `${architecture.name}.bin`);
  const inputs = hashOfInputs(architecture);
  if (!force && isUpToDate(output, inputs)) return;
  const started = performance.now();
  const alternatives = new Map<string, SourceStencil[]>();
  for (const file of sourceFiles(architecture))
    for (const stencil of parseStencils(readFileSync(join(root, file), 'utf8'), file))
      for (const name of stencil.names) {
        const key = stencil.constant ? `${name}#` : name;
        const all = alternatives.get(key) ?? [];
        if (all.length > 0) checkAlternatives(all[0], stencil);
        alternatives.set(key, [...all, stencil]);
      }
  const assembler = await Assembler.create(architecture);
  const random = new Random(20260101);
  const derived = new Map<SourceStencil, Variant[]>();
  const forms = new Map<string, Form>();
  for (const [key, stencils] of alternatives) {
    const variants = stencils.flatMap((stencil, index) => {
      const known = derived.get(stencil) ?? deriveVariants(assembler, stencil, stencils.slice(0, index), random);
      derived.set(stencil, known);
      return known;
    });
    forms.set(key, { name: key.replace('#', ''), constant: key.endsWith('#'), variants });
  }
  checkComplete(forms, architecture);
  const list = [...forms.values()];
  const bytes = writeLibrary(architecture, list, inputs);
  const derivedAt = performance.now();
  const compared = proveLibrary(architecture, bytes, list, assembler, random);
  assembler.close();
  mkdirSync(dirname(output), { recursive: true });
  writeFileSync(`${output}.${process.pid}.tmp`, bytes);
  renameSync(`${output}.${process.pid}.tmp`, output);
  if (verbose) {
    const count = list.reduce((sum, form) => sum + form.variants.length, 0);
    const seconds = (ms: number): string => (ms / 1000).toFixed(1);
    process.stderr.write(
      `${architecture.name}: ${list.length} stencils, ${count} variants, ${bytes.length} bytes, ${compared} copies proved, ` +
        `${seconds(derivedAt - started)} s + ${seconds(performance.now() - derivedAt)} s\n`,
    );
  }
}

try {
  for (const architecture of Object.values(architectures))
    await buildLibrary(architecture, process.argv.includes('--force'), process.argv.includes('--verbose'));
} catch (error) {
  if (!(error instanceof StencilSourceError)) throw error;
  process.stderr.write(`copyjit: stencils: ${error.message}\n`);
  process.exitCode = 1;
}
