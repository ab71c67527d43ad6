/** The install script: with a compiler it builds an addon that loads, without one it says so in one line and succeeds. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';

const script = fileURLToPath(new URL('../scripts/install-addon.cjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'copyjit-addon-'));
t.teardown(() => rmSync(folder, { recursive: true, force: true }));

function install(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
}

t.test('without a compiler', async (t) => {
  const output = join(folder, 'none.node');
  const { status, stdout, stderr } = install('--compiler', 'no-such-compiler', '--output', output);
  t.equal(status, 0);
  t.equal(stdout, '');
  t.match(stderr, /^copyjit: no C compiler \(no-such-compiler: ENOENT\)[^\n]*\n$/);
  t.notOk(existsSync(output));
});

t.test('with a compiler', async (t) => {
  const output = join(folder, 'addon.node');
  t.match(install('--output', output), { status: 0, stderr: '' });
  const addon = createRequire(import.meta.url)(output);
  for (const name of ['useHeap', 'mapCode', 'publish', 'enter', 'watchInterrupt']) {
    t.type(addon[name], 'function', name);
  }
  const { mtimeMs } = statSync(output);
  t.match(install('--output', output), { status: 0 });
  t.equal(statSync(output).mtimeMs, mtimeMs, 'is not built again when nothing changed');
});

t.test('a compiler that fails', async (t) => {
  const output = join(folder, 'failed.node');
  const { status, stderr } = install('--compiler', 'false', '--output', output);
  t.equal(status, 1, 'an output that was asked for by name is missed');
  t.match(stderr, /false failed \(status 1\)/);
  t.notOk(existsSync(output));
});
