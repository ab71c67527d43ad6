/**
 * `copyjit stencils`: the library of machine-code templates. Without names a table of all; with names the disassembly of
 * each variant, every hole marked by the operand that fills it.
 */
import Table from 'cli-table3';
import pc from 'picocolors';
import { type ArchitectureName, architectureOf, architectures } from '../jit/architectures.ts';
import { loadStencilLibrary, type StencilLibrary, StencilLibraryError } from '../jit/stencil-library.ts';
import { createCommand, runCommand } from './command-line.ts';
import { constantName, describeForm, type FormDescription, type Hole, variantsOf } from './stencils/describe.ts';
import { Disassembler, type Line } from './stencils/disassemble.ts';

interface StencilsOptions {
  arch: string;
  json?: boolean;
}

/** An argument that parses but cannot be used: one line, status 2. */
class UnusableArgument extends Error {}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++)
      row.push(Math.min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    previous = row;
  }
  return previous[b.length];
}

function closest(name: string, names: readonly string[]): string {
  return names.reduce((best, next) => (editDistance(name, next) < editDistance(name, best) ? next : best));
}

function range(numbers: readonly number[]): string {
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  return low === high ? String(low) : `${low}-${high}`;
}

/** How many holes of each sort the largest variant has: registers, immediates, branches. */
function holeCounts(form: FormDescription): { registers: number; immediates: number; branches: number } {
  const isRegister = (hole: Hole): boolean =>
    ['result', 'a', 'b', 'c'].includes(hole.source) && !form.operands.includes(`#${hole.source}`);
  const count = (pick: (hole: Hole) => boolean): number =>
    Math.max(...form.variants.map((variant) => new Set(variant.holes.filter(pick).map((hole) => hole.source)).size));
  return {
    registers: count(isRegister),
    immediates: count((hole) => !isRegister(hole)),
    branches: Math.max(...form.variants.map((variant) => variant.branches.length)),
  };
}

function printTable(forms: readonly FormDescription[], architecture: ArchitectureName): void {
  const table = new Table({
    head: ['stencil', 'bytes', 'operands', 'holes', 'variants'],
    style: { head: pc.isColorSupported ? ['bold'] : [], border: [], compact: true },
    colAligns: ['left', 'right', 'left', 'left', 'right'],
  });
  for (const form of forms) {
    const { registers, immediates, branches } = holeCounts(form);
    const parts = [
      registers > 0 ? `${registers} register` : '',
      immediates > 0 ? `${immediates} immediate` : '',
      branches > 0 ? `${branches} branch` : '',
    ];
    const bytes = range(form.variants.map((variant) => variant.bytes));
    table.push([form.name, bytes, form.operands, parts.filter(Boolean).join(', '), form.variants.length]);
  }
  const variants = forms.reduce((sum, form) => sum + form.variants.length, 0);
  const bytes = forms.reduce(
    (sum, form) => sum + form.variants.reduce((inner, variant) => inner + variant.bytes, 0),
    0,
  );
  process.stdout.write(
    `${table}\n${architecture}: ${forms.length} stencils, ${variants} variants, ${bytes} bytes of code\n`,
  );
}

const colours = { text: (text: string) => text, register: pc.cyan, immediate: pc.yellow, branch: pc.red };

function bytesText(line: Line): { plain: string; coloured: string } {
  let plain = '';
  let coloured = '';
  let inside = false;
  line.bytes.forEach(({ value, hole }, i) => {
    const before = hole && !inside ? ' [' : !hole && inside ? '] ' : ' ';
    const hex = value.toString(16).padStart(2, '0');
    inside = hole;
    const closing = hole && i === line.bytes.length - 1 ? ']' : '';
    plain += before + hex + closing;
    coloured += before + (hole ? pc.bold(hex) : pc.dim(hex)) + closing;
  });
  return { plain, coloured };
}

/** `result: bits 0-2 to byte 2 bit 0`, merged over whole bytes. */
function holeTexts(holes: readonly Hole[]): string[] {
  const bySource = new Map<string, string[]>();
  let at = 0;
  while (at < holes.length) {
    const first = holes[at];
    let bits = first.bits;
    let last = at;
    // An immediate that goes on in the next byte is one hole.
    while (
      last + 1 < holes.length &&
      holes[last + 1].source === first.source &&
      holes[last + 1].fromBit === first.fromBit + bits &&
      holes[last + 1].byte === holes[last].byte + 1 &&
      holes[last + 1].toBit === 0 &&
      holes[last].toBit + holes[last].bits === 8
    )
      bits += holes[++last].bits;
    const from = bits === 1 ? `bit ${first.fromBit}` : `bits ${first.fromBit}-${first.fromBit + bits - 1}`;
    const list = bySource.get(first.source) ?? [];
    bySource.set(first.source, list);
    list.push(`${from} to byte ${first.byte} bit ${first.toBit}`);
    at = last + 1;
  }
  return [...bySource].map(([source, parts]) => `${source}: ${parts.join(', ')}`);
}

function printForm(library: StencilLibrary, form: FormDescription, disassembler: Disassembler): void {
  const flags = form.flags.length > 0 ? `  (${form.flags.join(', ')})` : '';
  process.stdout.write(`${pc.bold(form.name)}(${form.operands})${flags}\n`);
  const constant = constantName(library, form.form);
  variantsOf(library, form.form).forEach((variant, i) => {
    const description = form.variants[i];
    const when = description.conditions.length > 0 ? `, when ${description.conditions.join('; ')}` : '';
    process.stdout.write(`  ${description.bytes} bytes${when}\n`);
    const lines = disassembler.lines(form.form, variant, description, constant);
    const width = Math.max(0, ...lines.map((line) => bytesText(line).plain.length));
    for (const line of lines) {
      const { plain, coloured } = bytesText(line);
      const text = line.pieces.map((piece) => colours[piece.kind](piece.text)).join('');
      const offset = line.offset.toString(16).padStart(4, ' ');
      process.stdout.write(`  ${pc.dim(offset)} ${coloured}${' '.repeat(width - plain.length)}  ${text}\n`);
    }
    for (const text of holeTexts(description.holes)) process.stdout.write(`       ${pc.dim(text)}\n`);
    process.stdout.write('\n');
  });
}

function toJson(library: StencilLibrary, form: FormDescription, disassembler: Disassembler | null): object {
  const constant = constantName(library, form.form);
  const variants = variantsOf(library, form.form).map((variant, i) => {
    const description = form.variants[i];
    if (disassembler === null) return description;
    const code = disassembler.lines(form.form, variant, description, constant).map((line) => ({
      offset: line.offset,
      bytes: line.bytes.map((byte) => byte.value.toString(16).padStart(2, '0')).join(''),
      text: line.pieces.map((piece) => piece.text).join(''),
    }));
    return { ...description, code };
  });
  return { name: form.name, operands: form.operands, flags: form.flags, variants };
}

async function show(names: readonly string[], options: StencilsOptions): Promise<number> {
  if (!(options.arch in architectures))
    throw new UnusableArgument(
      `no stencils for '${options.arch}', only for ${Object.keys(architectures).join(' and ')}`,
    );
  const architecture = options.arch as ArchitectureName;
  const library = loadStencilLibrary(architecture);
  for (const name of names)
    if (!library.formNames.includes(name))
      throw new UnusableArgument(`no stencil '${name}' (did you mean '${closest(name, library.formNames)}'?)`);
  const numbers = Array.from({ length: library.formCount }, (_, form) => form);
  const chosen = names.length === 0 ? numbers : numbers.filter((form) => names.includes(library.formNames[form]));
  const forms = chosen.map((form) => describeForm(library, form));
  const disassembler = names.length > 0 ? await Disassembler.create(library) : null;
  if (options.json)
    process.stdout.write(
      `${JSON.stringify(
        forms.map((form) => toJson(library, form, disassembler)),
        null,
        2,
      )}\n`,
    );
  else if (disassembler === null) printTable(forms, architecture);
  else for (const form of forms) printForm(library, form, disassembler);
  return 0;
}

/** Runs with the arguments after `stencils`; the result is the exit status. */
export async function main(args: string[]): Promise<number> {
  let status = 0;
  // A reader such as `head` may close the pipe early.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  const command = createCommand('stencils', 'show the library of machine-code templates')
    .argument('[NAME...]', 'stencils to disassemble; none: a table of all')
    .option('--arch <ARCH>', 'x86_64 or aarch64', architectureOf(process.arch)?.name ?? 'x86_64')
    .option('--json', 'print JSON')
    .action(async (names: string[], options: StencilsOptions) => {
      try {
        status = await show(names, options);
      } catch (error) {
        if (!(error instanceof UnusableArgument) && !(error instanceof StencilLibraryError)) throw error;
        process.stderr.write(`copyjit: ${error.message}\n`);
        status = error instanceof UnusableArgument ? 2 : 1;
      }
    });
  const parsed = await runCommand(command, args);
  return parsed === 0 ? status : parsed;
}
