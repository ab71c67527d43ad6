#!/usr/bin/env -S node --stack-size=3900
'use strict';
/**
 * The command: finds the bundle of the subcommand in dist/ and runs its main(). It does no more than that because
 * every program pays for it at start. For `run`, which holds the whole virtual machine, it keeps V8's compiled code in a
 * file beside the bundle (or in the user's cache folder where that is not writable), so that nothing is parsed twice.
 *
 * The first line asks for half of the usual 8 MiB of stack instead of V8's 1 MiB: special methods that recurse through
 * the virtual machine (`__repr__` of a long chain) need about 2 KiB of it a level, and Python promises a thousand levels.
 */
const fs = require('node:fs');
const path = require('node:path');

const commands = ['run', 'stencils', 'bench'];

function main() {
  const named = commands.includes(process.argv[2]);
  const bundle = path.join(__dirname, '..', 'dist', `${named ? process.argv[2] : 'help'}.cjs`);
  const stat = fs.statSync(bundle, { throwIfNoEntry: false });
  if (stat === undefined) {
    process.stderr.write(`copyjit: ${bundle} is not built (npm ci builds it)\n`);
    process.exitCode = 1;
    return;
  }
  if (process.argv[2] !== 'run') {
    finish(require(bundle).main(process.argv.slice(named ? 3 : 2)));
    return;
  }
  let loaded;
  try {
    loaded = load(bundle, stat);
  } catch (error) {
    if (error?.code !== 'COPYJIT_NO_ADDRESS_SPACE') throw error;
    process.stderr.write(`copyjit: ${error.message}\n`);
    process.exitCode = 1;
    return;
  }
  const { module, script, keep } = loaded;
  finish(module.exports.main(process.argv.slice(3)));
  if (keep) saveCache(keep, script.createCachedData());
}

function finish(status) {
  if (typeof status === 'number') process.exitCode = status;
  else status.then(finish);
}

/** Where the compiled code of this very build under this very Node may lie: the package first, then the user's cache. */
function cacheFiles(bundle, stat) {
  // V8 refuses code that was compiled under other flags.
  const flags = process.execArgv
    .join('')
    .replace(/[^\w=.-]/g, '_')
    .slice(0, 80);
  const name = `run-${stat.size}-${Math.trunc(stat.mtimeMs)}-${process.version}-${process.arch}${flags}.bin`;
  const home = process.env.XDG_CACHE_HOME || (process.env.HOME && path.join(process.env.HOME, '.cache'));
  const files = [path.join(path.dirname(bundle), 'cache', name)];
  if (home) files.push(path.join(home, 'copyjit', name));
  return files;
}

/** Loads a bundle as require() would, but through the code cache; `keep`: where to save the cache if it was no use. */
function load(bundle, stat) {
  const Module = require('node:module');
  const vm = require('node:vm');
  const files = cacheFiles(bundle, stat);
  let cachedData;
  for (const file of files) {
    try {
      cachedData = fs.readFileSync(file);
      break;
    } catch {}
  }
  // The bundle is ASCII (scripts/build.ts sees to it): nothing to decode.
  const script = new vm.Script(Module.wrap(fs.readFileSync(bundle, 'latin1')), { filename: bundle, cachedData });
  const module = { exports: {} };
  const wrapper = script.runInThisContext();
  wrapper(module.exports, Module.createRequire(bundle), module, bundle, path.dirname(bundle));
  return { module, script, keep: cachedData === undefined || script.cachedDataRejected ? files : null };
}

/** Saved after the program has run, when the functions that a start needs are compiled. Failing is no harm. */
function saveCache(files, data) {
  for (const file of files) {
    const unfinished = `${file}.${process.pid}`;
    try {
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(unfinished, data);
      fs.renameSync(unfinished, file);
      return;
    } catch {
      try {
        fs.rmSync(unfinished, { force: true });
      } catch {}
    }
  }
}

main();
