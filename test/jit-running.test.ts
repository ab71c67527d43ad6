/**
 * What compiled code must put up with while it runs: Ctrl-C in the middle of a loop that never ends, and collections at
 * any moment (COPYJIT_GC_STRESS=N collects whenever about N cells were allocated).
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { copyjit, inParallel } from './copyjit.ts';

const here = dirname(fileURLToPath(import.meta.url));
const launcher = join(here, '..', 'bin', 'copyjit.cjs');
t.setTimeout(0);

const endless = `
def spin(n):
    x = 0
    while True:
        x = (x + n) % 1000
        if x == 999:
            announce()
def announce(state=[0]):
    state[0] += 1
    if state[0] == 50000:
        print('hot', flush=True)
def main():
    try:
        spin(3)
    finally:
        print('finally')
main()
`;

for (const mode of ['off', 'uops', 'native']) {
  t.test(`Ctrl-C, ${mode}`, async (t) => {
    const file = join(mkdtempSync(join(tmpdir(), 'copyjit-')), 'endless.py');
    writeFileSync(file, mode === 'uops' ? endless.replace('50000', '50') : endless);
    const child = spawn(process.execPath, [launcher, 'run', `--jit=${mode}`, file], {
      timeout: 60_000,
      killSignal: 'SIGKILL',
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (data) => {
      out += data;
      if (out === 'hot\n') child.kill('SIGINT');
    });
    child.stderr.on('data', (data) => {
      err += data;
    });
    const signal = await new Promise((resolve) => child.on('close', (_status, name) => resolve(name)));
    t.equal(signal, 'SIGINT');
    t.equal(out, 'hot\nfinally\n');
    t.match(err, /^Traceback \(most recent call last\):\n[\s\S]*in spin\n[\s\S]*\nKeyboardInterrupt\n$/);
  });
}

/** Programs that allocate while their loops are hot. */
const stressed = ['jit_generators', 'jit_attributes', 'jit_recursion', 'break_rebinding'];
t.test('collections at any moment', async (t) => {
  await inParallel(stressed, async (name) => {
    const file = join(here, 'programs', `${name}.py`);
    const [plain, result] = await Promise.all([
      copyjit(['run', '--jit=off', file]),
      copyjit(['run', '--jit=native', file], { env: { COPYJIT_GC_STRESS: '20000' } }),
    ]);
    t.equal(result.stdout, plain.stdout, `${name}: standard output`);
    t.equal(result.signal ?? result.status, plain.status, `${name}: exit status`);
  });
});
