/** `copyjit stencils`. */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';

const command = join(dirname(fileURLToPath(import.meta.url)), '..', 'bin', 'copyjit.cjs');
function stencils(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [command, 'stencils', ...args], { encoding: 'utf8' });
}

t.test('the table', (test) => {
  const { status, stdout, stderr } = stencils('--arch', 'x86_64');
  test.equal(status, 0);
  test.equal(stderr, '');
  test.match(stdout, /│ add_int +│ +9 │ result = a, b +│ 2 register, 1 branch +│ +1 │/);
  test.match(stdout, /x86_64: \d+ stencils, \d+ variants, \d+ bytes of code\n$/);
  test.end();
});

t.test('disassembly with holes', (test) => {
  const { status, stdout } = stencils('--arch', 'x86_64', 'add_int');
  test.equal(status, 0);
  test.match(stdout, /^add_int\(result = a, b\)$/m);
  test.match(stdout, /\[48\] 01 \[c0\] +add \{result\}, \{b\}$/m);
  test.match(stdout, /0f 80 \[00 00 00 00\] +jo \{exit\}$/m);
  test.match(stdout, /when b in -128\.\.127$/m);
  const arm = stencils('--arch', 'aarch64', 'load_field').stdout;
  test.match(arm, /ldr \{result\}, \[x16, #\{imm0\}\]$/m);
  test.match(arm, /when imm0 in 0\.\.32760 step 8$/m);
  test.end();
});

t.test('JSON', (test) => {
  const all = JSON.parse(stencils('--arch', 'aarch64', '--json').stdout) as { name: string }[];
  test.ok(all.length > 100);
  const [form] = JSON.parse(stencils('--arch', 'aarch64', '--json', 'guard_true').stdout);
  test.same(form, {
    name: 'guard_true',
    operands: 'a',
    flags: [],
    variants: [
      {
        bytes: 4,
        conditions: [],
        holes: [{ source: 'a', fromBit: 0, bits: 5, byte: 0, toBit: 0 }],
        branches: [{ target: 'exit', byte: 0 }],
        code: [{ offset: 0, bytes: '00000034', text: 'cbz {a:32}, #{exit}' }],
      },
    ],
  });
  test.end();
});

t.test('wrong usage is one line and status 2', (test) => {
  for (const [args, message] of [
    [['ad_int'], /^copyjit: no stencil 'ad_int' \(did you mean 'add_int'\?\)\n$/],
    [['--arch', 'vax'], /^copyjit: no stencils for 'vax', only for x86_64 and aarch64\n$/],
    [['--nonsense'], /^copyjit: unknown option '--nonsense'.*\n$/],
  ] as const) {
    const { status, stdout, stderr } = stencils(...args);
    test.equal(status, 2);
    test.equal(stdout, '');
    test.match(stderr, message);
    test.equal(stderr.split('\n').length, 2);
  }
  test.end();
});
