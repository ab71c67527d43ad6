'use strict';
/**
 * Builds the native addon (src/addon/*.c) with the C compiler of the machine, and nothing else: no node-gyp, no
 * Python, no download (the headers come from the node-api-headers package). npm runs it as the package's install
 * script, so it is plain JavaScript. A missing compiler is no failure: copyjit then runs with the JIT off.
 *
 *     node scripts/install-addon.cjs [--compiler CC] [--output FILE]
 *
 * The options are for cross builds (the tests build an aarch64 addon). Without them the result goes where
 * src/addon/load.ts looks for it: dist/addon/PLATFORM-ARCH.node.
 */
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');
const sourceFolder = path.join(root, 'src', 'addon');

function option(name, fallback) {
  const at = process.argv.indexOf(name);
  return at < 0 ? fallback : process.argv[at + 1];
}

function say(line) {
  process.stderr.write(`copyjit: ${line}\n`);
}

function filesWith(...extensions) {
  return fs
    .readdirSync(sourceFolder)
    .filter((name) => extensions.includes(path.extname(name)))
    .map((name) => path.join(sourceFolder, name));
}

/** True when the result exists and is younger than everything it is made of. */
function isUpToDate(output) {
  const built = fs.statSync(output, { throwIfNoEntry: false });
  return (
    built !== undefined &&
    [__filename, ...filesWith('.c', '.h', '.S')].every((file) => fs.statSync(file).mtimeMs < built.mtimeMs)
  );
}

function main() {
  const output = option('--output', path.join(root, 'dist', 'addon', `${process.platform}-${process.arch}.node`));
  const compilerLine = option('--compiler', process.env.CC || 'cc');
  if (process.platform !== 'linux' && process.platform !== 'darwin') {
    say(`no native addon for ${process.platform}: programs will run with the JIT off`);
    return 0;
  }
  const sources = filesWith('.c', '.S');
  if (sources.length === 0) {
    say('no sources of the native addon in src/addon: programs will run with the JIT off');
    return 0;
  }
  if (isUpToDate(output)) return 0;
  fs.mkdirSync(path.dirname(output), { recursive: true });
  // Built beside and renamed: a running copyjit has the old file mapped.
  const unfinished = `${output}.${process.pid}.tmp`;
  const [compiler, ...compilerArguments] = compilerLine.split(/\s+/).filter(Boolean);
  const built = spawnSync(
    compiler,
    [
      ...compilerArguments,
      '-std=gnu11',
      '-O2',
      '-Wall',
      '-Wextra',
      '-fPIC',
      '-fvisibility=hidden',
      ...(process.platform === 'darwin' ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared']),
      '-I',
      require('node-api-headers').include_dir,
      '-o',
      unfinished,
      ...sources,
    ],
    { encoding: 'utf8' },
  );
  if (built.error) {
    say(
      `no C compiler (${compiler}: ${built.error.code}): the native addon is not built, programs run with the JIT off`,
    );
    return 0;
  }
  if (built.stderr) process.stderr.write(built.stderr);
  if (built.status !== 0) {
    fs.rmSync(unfinished, { force: true });
    say(`${compiler} failed (status ${built.status}): the native addon is not built, programs run with the JIT off`);
    // Someone who installs the package can do nothing about it and can go on; a cross build was asked for by name.
    return process.argv.includes('--output') ? 1 : 0;
  }
  fs.renameSync(unfinished, output);
  return 0;
}

process.exitCode = main();
