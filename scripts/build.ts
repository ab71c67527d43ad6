/**
 * Builds what a checkout needs in order to run: the bundles in dist/ and the stencil library. (The addon is built by
 * install-addon.cjs, which must also run in an installed package, where nothing of this is there.)
 *
 *     node --import tsx scripts/build.ts [--bundles]
 *
 * One CommonJS bundle a command, so that `copyjit stencils` does not load the virtual machine, and so that the launcher
 * can give V8 a code cache of the whole of `run` (V8 offers none for ES modules in Node 20). `minifySyntax` is what makes
 * esbuild inline enums and constants; names stay whole, for profiles and stack traces.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { compilerIdentity } from '../src/interpreter/compiler-identity.ts';
import { pythonSources, sourceDescription } from '../src/interpreter/python-sources.ts';
import { compileMarkedFunctions } from './webassembly/bundle.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
/** Tables that src/modules reads when a program needs them, from where the code lies. */
const dataFiles = ['unicode-names.br', 'multibyte-tables.br'];
const commands = ['run', 'stencils', 'bench', 'help'];

/** The JavaScript that makes `value` again; JSON knows neither bigints, bytes, infinities nor -0. */
function literal(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (value instanceof Uint8Array) return `Buffer.from("${Buffer.from(value).toString('hex')}", "hex")`;
  if (Array.isArray(value)) return `[${value.map(literal).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${literal(field)}`).join(',')}}`;
}

/** Replaces the module that compiles the Python files of src/modules by one that holds the compiled code. */
const compiledSources: Plugin = {
  name: 'compiled-sources',
  setup(build) {
    build.onLoad({ filter: /src\/interpreter\/python-sources\.ts$/ }, () => {
      const cases = pythonSources.map((name) => `${name}: () => (${literal(sourceDescription(name))})`);
      const contents = `const sources = {${cases.join(',')}};\nexport const sourceDescription = (name) => sources[name]();`;
      return { contents, loader: 'js' };
    });
  },
};

/** Replaces the module that hashes the compiler's sources by one that holds the hash. */
const knownCompiler: Plugin = {
  name: 'known-compiler',
  setup(build) {
    build.onLoad({ filter: /src\/interpreter\/compiler-identity\.ts$/ }, () => ({
      contents: `export const compilerIdentity = () => (${JSON.stringify(compilerIdentity())});`,
      loader: 'js',
    }));
  },
};

/** Modules of Node's that take milliseconds to load, and that few programs need. */
const HEAVY_NODE_MODULES = ['child_process', 'crypto', 'tty', 'zlib'];

/**
 * Has a bundle load Node's heavy modules when one of their members is first used: every start would pay for them. Done
 * here and not in the sources, which keep plain imports that tools understand.
 */
function makeNodeModulesLazy(bundle: string): void {
  if (!existsSync(bundle)) return;
  const load = new RegExp(`(import_node_\\w+ = )(require\\("node:(?:${HEAVY_NODE_MODULES.join('|')})"\\))`, 'g');
  writeFileSync(bundle, readFileSync(bundle, 'latin1').replace(load, '$1lazily(() => $2)'), 'latin1');
}

async function buildBundles(): Promise<void> {
  const entryPoints = commands.map((name) => join(root, 'src', 'cli', `${name}.ts`)).filter((file) => existsSync(file));
  await build({
    entryPoints,
    outdir: join(root, 'dist'),
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    packages: 'external',
    minifySyntax: true,
    legalComments: 'none',
    // The launcher reads the bundle without decoding it.
    charset: 'ascii',
    plugins: [compiledSources, knownCompiler],
    sourcemap: 'external',
    logLevel: 'warning',
    // CommonJS has no import.meta; modules that use its url to find files or to make a require() keep working.
    define: { 'import.meta.url': 'importMetaUrl' },
    banner: {
      js:
        '"use strict";const importMetaUrl = require("node:url").pathToFileURL(__filename).href, ' +
        'lazily = (load) => new Proxy({}, { get: (_, name) => load()[name] });',
    },
  });
  for (const name of dataFiles) copyFileSync(join(root, 'src', 'modules', name), join(root, 'dist', name));
  for (const name of commands) makeNodeModulesLazy(join(root, 'dist', `${name}.cjs`));
  const virtualMachine = join(root, 'dist', 'run.cjs');
  writeFileSync(virtualMachine, compileMarkedFunctions(readFileSync(virtualMachine, 'latin1')), 'latin1');
  // The code cache belongs to the bundle that was.
  rmSync(join(root, 'dist', 'cache'), { recursive: true, force: true });
}

/** keystone keeps a process's worth of WebAssembly memory: the stencils are assembled in a process of their own. */
function buildStencils(): number {
  const script = join(root, 'scripts', 'build-stencils.ts');
  if (!existsSync(script)) {
    process.stderr.write('copyjit: there is no scripts/build-stencils.ts: no stencil library is built\n');
    return 0;
  }
  return spawnSync(process.execPath, ['--import', 'tsx', script], { cwd: root, stdio: 'inherit' }).status ?? 1;
}

/** Something of everything that is hot in programs: loops, calls, attributes, containers, generators, strings. */
const warmUpProgram = `
import argparse, asyncio, dataclasses, enum, json, re, typing
class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y
    def __add__(self, other):
        return Point(self.x + other.x, self.y + other.y)
    def length(self):
        return (self.x * self.x + self.y * self.y) ** 0.5
def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)
def numbers(n):
    for i in range(n):
        yield i * 2
def main():
    items, counts, total, point = [], {}, 0.0, Point(0.0, 0.0)
    for i in numbers(5000):
        items.append(i % 7)
        counts[i % 5] = counts.get(i % 5, 0) + 1
        point = point + Point(i * 0.5, 1.0)
        if i % 3 == 0:
            total += point.length()
    text = ''.join([str(i) for i in items])
    for key, value in sorted(counts.items()):
        total += key * value
    return fibonacci(16), total, len(text), sum(items), f'{total:.3f}'
main()
`;

/**
 * Runs a program once, so that the launcher's code cache holds what the JIT and the hot paths compile to: V8 caches the
 * functions that have run. Only a gain in speed: whether it worked does not matter.
 */
function warmCodeCache(): void {
  // started as a command (with the flags of its first line), and by tests and benchmarks as a script
  for (const flags of [['--stack-size=3900'], []]) {
    spawnSync(process.execPath, [...flags, join(root, 'bin', 'copyjit.cjs'), 'run', '-c', warmUpProgram], {
      cwd: root,
      stdio: 'ignore',
      timeout: 60_000,
    });
  }
}

mkdirSync(join(root, 'dist'), { recursive: true });
await buildBundles();
if (!process.argv.includes('--bundles')) {
  process.exitCode = buildStencils();
  warmCodeCache();
}
