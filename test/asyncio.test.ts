/**
 * asyncio on one thread. CPython in WebAssembly has no event loop of its own to compare with, so what CPython 3.13 printed
 * lies beside the program.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { copyjit } from './copyjit.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'asyncio');

t.setTimeout(0);
for (const mode of ['off', 'uops', 'native']) {
  t.test(`one_thread.py, ${mode}`, async (t) => {
    const { stdout, stderr, status } = await copyjit(['run', `--jit=${mode}`, join(folder, 'one_thread.py')]);
    t.equal(stdout, readFileSync(join(folder, 'one_thread.txt'), 'utf8'), stderr);
    t.equal(status, 0);
  });
}
