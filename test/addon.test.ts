/** The addon: memory mappings, and SIGINT while machine code runs. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import type { Addon } from '../src/addon/load.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const file = join(root, 'dist', 'addon', `${process.platform}-${process.arch}.node`);
const skip = existsSync(file) ? false : 'the native addon is not built';

t.test('the addon maps, enters and watches', { skip }, (test) => {
  // Loaded here and not through load.ts, which gives the heap its memory.
  const addon = createRequire(import.meta.url)(file) as Addon;
  test.throws(() => addon.enter(), { message: /no code/ }, 'nothing to enter yet');
  test.throws(() => addon.mapCode(4096, 0), { message: /must lie in the heap/ }, 'code memory needs the heap');
  for (const wrong of [undefined, 4096, new ArrayBuffer(8)] as unknown[])
    test.throws(() => addon.useHeap(wrong as Uint8Array), { message: /wrong arguments/ });

  const heap = new SharedArrayBuffer(2 ** 20);
  const words = new Int32Array(heap);
  addon.useHeap(new Uint8Array(heap));
  test.throws(() => addon.useHeap(new Uint8Array(heap)), { message: /already/ });
  test.throws(() => addon.mapCode(4096, 2 ** 20 - 4), { message: /must lie in the heap/ });

  const code = new Uint8Array(addon.mapCode(1 << 20, 64));
  test.throws(() => addon.mapCode(4096, 64), { message: /already/ });
  test.throws(() => addon.publish(1 << 20, 1), { message: /not a range/ });
  // heap[100] = 42: mov dword ptr [rdi + 400], 42; ret / mov w1, #42; str w1, [x0, #400]; ret
  const program = process.arch === 'arm64' ? '41058052019001b9c0035fd6' : 'c787900100002a000000c3';
  code.set(Buffer.from(program, 'hex'));
  addon.publish(0, program.length / 2);
  addon.enter();
  test.equal(words[100], 42, 'machine code ran with the address of the heap');

  if (process.platform === 'linux') {
    const maps = readFileSync('/proc/self/maps', 'utf8')
      .split('\n')
      .filter((line) => line.includes('copyjit-code'))
      .map((line) => line.split(' ')[1]);
    test.same(maps.sort(), ['r-xs', 'rw-s'], 'code memory is never writable and executable in one mapping');
    test.equal(
      new BigUint64Array(heap)[8],
      BigInt(`0x${/([0-9a-f]+)-\S+ r-xs .*copyjit-code/.exec(readFileSync('/proc/self/maps', 'utf8'))![1]}`),
      'the heap holds the address of the executable mapping',
    );
  }

  addon.watchInterrupt(true, 4, 1);
  for (let round = 0; round < 3; round++) {
    words[4] = 2;
    process.kill(process.pid, 'SIGINT');
    test.equal(words[4], 3, 'SIGINT sets its bit, each time');
  }
  addon.watchInterrupt(false, 0, 0);
  test.end();
});

t.test('SIGINT ends the process again once nobody watches', { skip }, (test) => {
  const program = `const addon = require(${JSON.stringify(file)});
    addon.useHeap(new Uint8Array(4096)); addon.watchInterrupt(true, 4, 1); addon.watchInterrupt(false, 0, 0);
    process.kill(process.pid, 'SIGINT'); setTimeout(() => {}, 5000);`;
  test.equal(spawnSync(process.execPath, ['-e', program]).signal, 'SIGINT');
  test.end();
});
