/**
 * Bad input and trouble: programs that cannot be parsed, unbounded recursion and memory, Ctrl-C, an addon or a stencil
 * library that is missing or damaged. All of it ends as Python ends it, never in a crash of the process.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { copyjit } from './copyjit.ts';
import { closeOracle, oracle } from './oracle.ts';
import { copyPackage, root } from './package-copy.ts';

const launcher = join(root, 'bin', 'copyjit.cjs');
const folder = mkdtempSync(join(tmpdir(), 'copyjit-trouble-'));
t.setTimeout(0);
const modes = ['off', 'uops', 'native'];
t.teardown(() => {
  closeOracle();
  rmSync(folder, { recursive: true, force: true });
});

t.test('no address space for the heap', { skip: process.platform !== 'linux' }, (t) => {
  const command = `ulimit -v 8000000; exec "${process.execPath}" "${launcher}" run -c 'print(1)'`;
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
  t.match(stderr, /^copyjit: cannot reserve 4 GiB of address space for the heap .*\n$/);
  t.same({ status, stdout }, { status: 1, stdout: '' });
  t.end();
});

t.test('sources that are no Python', async (t) => {
  const sources: Record<string, string | Buffer> = {
    'unclosed.py': 'x = 1\nfoo(1,\n',
    'indent.py': 'if 1:\nx = 1\n',
    'dedent.py': 'if 1:\n    x = 1\n  y = 2\n',
    'string.py': 'print("abc)\n',
    'keyword.py': 'for = 1\n',
    'assign.py': 'f() = 1\n',
    'return.py': 'return 1\n',
    'break.py': 'def f():\n    break\n',
    'nonlocal.py': 'def f():\n    nonlocal x\n',
    'duplicate.py': 'def f(a, a):\n    pass\n',
    'invalid_utf8.py': Buffer.from([0x78, 0x20, 0x3d, 0x20, 0x22, 0xff, 0xfe, 0x22, 0x0a]),
    'nul.py': 'x = 1\nprint("a\0b")\n',
    'brackets.py': `${'('.repeat(300)}1${')'.repeat(300)}\n`,
    'character.py': 'x = 5 € 3\n',
    'number.py': 'x = 1__0\n',
  };
  for (const [name, text] of Object.entries(sources)) {
    const file = join(folder, name);
    writeFileSync(file, text);
    const expected = await oracle({ file });
    const actual = await copyjit(['run', file]);
    t.equal(actual.status, 1, `${name}: exit status`);
    if (name === 'nul.py') {
      // CPython words it differently for a file than for a string, which is what the oracle compiles.
      t.match(actual.stderr, /nul\.py"[\s\S]*\nSyntaxError: source code (string )?cannot contain null bytes\n$/, name);
    } else if (name === 'invalid_utf8.py') {
      // Likewise: of a file the message names it, and there is no line to show.
      t.match(
        actual.stderr,
        /^SyntaxError: Non-UTF-8 code starting with '\\xff' in file \S+invalid_utf8\.py on line 1, /,
        name,
      );
    } else t.equal(actual.stderr, expected.stderr, `${name}: standard error`);
  }
});

t.test('nesting that is too deep for a parser', async (t) => {
  const deep: Record<string, string> = {
    minus: `x = ${'-'.repeat(100_000)}1`,
    not: `x = ${'not '.repeat(50_000)}1`,
    additions: `x = ${'1 + '.repeat(20_000)}1\nprint(x)`,
    attributes: `x = 1\ntry:\n  x${'.real'.repeat(5000)}\nexcept Exception: pass`,
    blocks: Array.from({ length: 120 }, (_, depth) => `${' '.repeat(depth)}if 1:`).join('\n'),
  };
  for (const [name, code] of Object.entries(deep)) {
    const file = join(folder, `deep_${name}.py`);
    writeFileSync(file, `${code}\n`);
    const { status, signal, stderr } = await copyjit(['run', file]);
    t.equal(signal, null, `${name}: no crash`);
    if (status === 0) continue;
    t.equal(status, 1, `${name}: exit status`);
    t.match(
      stderr,
      /^(MemoryError|RecursionError|SyntaxError|IndentationError)(: .*)?\n$/m,
      `${name}: a Python exception`,
    );
    t.notMatch(stderr, /internal error|\.cjs/, `${name}: no error of copyjit's own`);
  }
});

t.test('recursion and memory without bounds', async (t) => {
  const programs = [
    'def f(n): return f(n + 1) + 1\nf(0)',
    'class A:\n  def __repr__(self): return repr(self.x)\na = A(); a.x = a\nrepr(a)',
    'class A:\n  def __eq__(self, other): return self.x == other.x\na = A(); a.x = a; b = A(); b.x = b\na == b',
    'x = []\nfor _ in range(100000): x = [x]\nrepr(x)',
    'a = []; b = []\nfor _ in range(100000): a = [a]; b = [b]\na == b',
    'x = [0] * 10**12',
    'x = "ab" * 10**13',
    'x = bytes(10**14)',
    'list(range(10**12))',
    'tuple(range(10**12))',
    'import itertools\nlist(itertools.repeat(1, 10**12))',
    'import struct\nstruct.pack("1000000000000x")',
    "'\\U0001f600' * 2**30",
    "b''.join([bytes(2**29)] * 16)",
    // frames of the VM's stack, through a builtin that calls back
    'import sys\nsys.setrecursionlimit(10**6)\ndef f(x): return sorted([1, 2], key=f)\nf(1)',
    'import sys\nsys.setrecursionlimit(10**7)\ndef f(n): return n and f(n - 1)\nf(10**6)',
    'try:\n  x = [0] * 10**12\nexcept MemoryError:\n  print("caught", sum([1] * 1000))',
  ];
  for (const code of programs) {
    for (const mode of modes) {
      const actual = await copyjit(['run', `--jit=${mode}`, '-c', code]);
      const name = `${mode}: ${code.split('\n')[0]}`;
      t.equal(actual.signal, null, `${name}: no crash`);
      if (code.includes('caught')) t.match(actual, { status: 0, stdout: 'caught 1000\n' }, name);
      else {
        t.equal(actual.status, 1, `${name}: exit status`);
        t.match(actual.stderr, /\n(RecursionError|MemoryError|OverflowError)(: .*)?\n$/, `${name}: last line`);
      }
    }
  }
});

/** Starts a program, sends SIGINT when it has printed its first line, and waits for its end. */
function interrupt(args: string[]): Promise<{ status: number | null; signal: string | null; text: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [launcher, 'run', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    let sent = false;
    const collect = (data: Buffer): void => {
      text += data;
      if (sent) return;
      sent = true;
      // By then the loop is compiled.
      setTimeout(() => child.kill('SIGINT'), 700);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    const timer = setTimeout(() => child.kill('SIGKILL'), 20_000);
    child.on('close', (status, signal) => {
      clearTimeout(timer);
      resolve({ status, signal, text });
    });
  });
}

t.test('Ctrl-C', async (t) => {
  const loops: Record<string, string> = {
    counting: 'i = 0\nwhile True:\n  i += 1',
    'in a function': 'def f():\n  x = 0.0\n  while True:\n    x = x * 0.5 + 1.0\nf()',
    'nested loops': 'while True:\n  for i in range(1000):\n    for j in range(1000): pass',
    calls: 'def g(x): return x + 1\ndef f():\n  x = 0\n  while True:\n    x = g(x) & 1023\nf()',
    recursion: 'def f(n): return n if n < 2 else f(n - 1) + f(n - 2)\nf(100)',
    sleeping: 'import time\ntime.sleep(15)',
  };
  for (const [name, code] of Object.entries(loops)) {
    for (const mode of modes) {
      const ended = await interrupt([`--jit=${mode}`, '-c', `print('ready', flush=True)\n${code}`]);
      t.equal(ended.signal, 'SIGINT', `${mode}, ${name}: exit status`);
      t.match(
        ended.text,
        /^ready\nTraceback \(most recent call last\):\n[\s\S]*\nKeyboardInterrupt\n$/,
        `${mode}, ${name}`,
      );
    }
  }
  const caught = 'print("ready", flush=True)\ntry:\n  while True: pass\nexcept KeyboardInterrupt:\n  print("caught")';
  for (const mode of modes) {
    t.match(
      await interrupt([`--jit=${mode}`, '-c', caught]),
      { status: 0, text: 'ready\ncaught\n' },
      `${mode}: caught`,
    );
  }
});

/** A copy of the package in which a test may break things. */
function damageable(name: string): string {
  const copy = join(folder, name);
  copyPackage(copy);
  return copy;
}

t.test('parts of the package missing or damaged', async (t) => {
  const library = join('dist', 'stencils', `${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}.bin`);
  const addon = join('dist', 'addon', `${process.platform}-${process.arch}.node`);
  const harm: Record<string, (copy: string) => void> = {
    'no addon': (copy) => rmSync(join(copy, addon)),
    'no library': (copy) => rmSync(join(copy, library)),
    'an empty library': (copy) => writeFileSync(join(copy, library), ''),
    'half a library': (copy) => {
      const data = readFileSync(join(copy, library));
      writeFileSync(join(copy, library), data.subarray(0, data.length >> 1));
    },
    'a library of something else': (copy) => writeFileSync(join(copy, library), Buffer.alloc(65536, 'copyjit')),
    'a flipped bit': (copy) => {
      const data = readFileSync(join(copy, library));
      data[data.length - 100] ^= 4;
      writeFileSync(join(copy, library), data);
    },
    'another version': (copy) => {
      const data = readFileSync(join(copy, library));
      data[4] ^= 1;
      writeFileSync(join(copy, library), data);
    },
  };
  const program = 'x = 0\nfor i in range(20000): x += i\nprint(x)';
  for (const [name, damage] of Object.entries(harm)) {
    const copy = damageable(name);
    damage(copy);
    const run = (args: string[]) =>
      copyjit(['run', ...args, '-c', program], { launcher: join(copy, 'bin', 'copyjit.cjs') });
    const result = await run([]);
    t.match(result, { status: 0, stdout: '199990000\n' }, `${name}: the program runs`);
    t.match(result.stderr, /^copyjit: the JIT is off: [^\n]+\n$/, `${name}: one line says why the JIT is off`);
    t.match(
      await run(['--jit=off']),
      { status: 0, stdout: '199990000\n', stderr: '' },
      `${name}: nothing to say with --jit=off`,
    );
  }
});

t.test('a disk that cannot be written', async (t) => {
  const copy = damageable('read-only');
  // A file where the cache folder would be: nobody can write into it, not even root.
  writeFileSync(join(copy, 'dist', 'cache'), '');
  const env = { XDG_CACHE_HOME: join(copy, 'dist', 'cache') };
  const result = await copyjit(['run', '-c', 'print(1)'], { launcher: join(copy, 'bin', 'copyjit.cjs'), env });
  t.match(result, { status: 0, stdout: '1\n', stderr: '' });
});
