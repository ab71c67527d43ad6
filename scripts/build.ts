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
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { builtinsDescription } from '../src/interpreter/python-builtins.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const commands = ['run', 'stencils', 'bench', 'help'];

/** Replaces the module that compiles src/modules/builtins.py by one that holds the compiled code. */
const compiledBuiltins: Plugin = {
  name: 'compiled-builtins',
  setup(build) {
    build.onLoad({ filter: /src\/interpreter\/python-builtins\.ts$/ }, () => {
      const mark = 'bigint:';
      const text = JSON.stringify(builtinsDescription(), (_, value) =>
        typeof value === 'bigint' ? `${mark}${value}` : value,
      ).replace(new RegExp(`"${mark}(-?\\d+)"`, 'g'), '$1n');
      return { contents: `export const builtinsDescription = () => (${text});`, loader: 'js' };
    });
  },
};

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
    plugins: [compiledBuiltins],
    sourcemap: 'external',
    logLevel: 'warning',
    // CommonJS has no import.meta; modules that use its url to find files or to make a require() keep working.
    define: { 'import.meta.url': 'importMetaUrl' },
    banner: { js: '"use strict";const importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
  });
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

mkdirSync(join(root, 'dist'), { recursive: true });
await buildBundles();
if (!process.argv.includes('--bundles')) process.exitCode = buildStencils();
