/** The command line: help, version, wrong usage, files that cannot be run, where options end, exit status. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { parseRunArguments } from '../src/cli/run-arguments.ts';
import { copyjit } from './copyjit.ts';

const folder = mkdtempSync(join(tmpdir(), 'copyjit-cli-'));
t.teardown(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

t.test('help and version', async (t) => {
  const version = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
  t.match(await copyjit(['--version']), { stdout: `${version}\n`, stderr: '', status: 0 });
  const help = await copyjit(['--help']);
  t.equal(help.status, 0);
  for (const command of ['run', 'stencils', 'bench']) {
    t.match(help.stdout, command);
    const one = await copyjit([command, '--help']);
    t.equal(one.status, 0, `${command} --help`);
    t.match(one.stdout, `Usage: copyjit ${command}`);
    t.equal(one.stderr, '');
  }
});

t.test('wrong usage is one line, status 2', async (t) => {
  const wrong = [
    [],
    ['fly'],
    ['--fly'],
    ['run', '--fly', 'x.py'],
    ['run', '--jit=fast', 'x.py'],
    ['run', '--jit'],
    ['run', '-c'],
    ['run', '-m'],
    ['stencils', '--arch', 'z80'],
    ['stencils', 'no_such_stencil'],
    ['bench', '--rounds', '0'],
    ['bench', 'no_such_program'],
    ['bench', '--fly'],
  ];
  for (const args of wrong) {
    const { status, stdout, stderr } = await copyjit(args);
    t.equal(status, 2, `copyjit ${args.join(' ')}`);
    t.equal(stdout, '');
    t.match(stderr, /^copyjit: [^\n]+\n$/);
  }
});

t.test('programs that cannot be read are one line, status 2', async (t) => {
  const missing = join(folder, 'missing.py');
  t.match(await copyjit(['run', missing]), {
    status: 2,
    stderr: `copyjit: can't open file '${missing}': [Errno 2] No such file or directory\n`,
  });
  t.match(await copyjit(['run', 'missing.py'], { cwd: folder }), {
    status: 2,
    stderr: /can't open file '\/.*missing.py': \[Errno 2\]/,
  });
  t.match(await copyjit(['run', folder]), {
    status: 1,
    stderr: `can't find '__main__' module in '${folder}'\n`,
  });
  const through = join(file('plain.py', ''), 'x.py');
  t.match(await copyjit(['run', through]), {
    status: 2,
    stderr: `copyjit: can't open file '${through}': [Errno 20] Not a directory\n`,
  });
  const secret = file('secret.py', '');
  chmodSync(secret, 0);
  t.test('without permission', { skip: process.getuid?.() === 0 && 'root may read everything' }, async (t) => {
    t.match(await copyjit(['run', secret]), { status: 2, stderr: /\[Errno 13\] Permission denied\n$/ });
  });
});

t.test('options end at the program', async (t) => {
  const base = { jit: 'native', jitStats: false };
  t.match(parseRunArguments(['x.py', '--jit=off', '-c']), {
    ...base,
    kind: 'file',
    target: 'x.py',
    args: ['--jit=off', '-c'],
  });
  t.match(parseRunArguments(['--jit=uops', '--jit-stats', '-c', 'pass', '-m', 'a']), {
    kind: 'code',
    target: 'pass',
    args: ['-m', 'a'],
    jit: 'uops',
    jitStats: true,
  });
  t.match(parseRunArguments(['--jit', 'off', '-mpkg.mod', '--help']), {
    kind: 'module',
    target: 'pkg.mod',
    args: ['--help'],
    jit: 'off',
    jitStats: false,
  });
  t.match(parseRunArguments(['-', 'a']), { ...base, kind: 'stdin', target: '-', args: ['a'] });
  t.match(parseRunArguments(['--', '-x.py', 'b']), { ...base, kind: 'file', target: '-x.py', args: ['b'] });
  t.equal(parseRunArguments(['--jit=off', '--help']), null);
  t.match(parseRunArguments(['-OOBI', '-Wignore', '-X', 'dev', '-bc', 'pass', '-E']), {
    kind: 'code',
    target: 'pass',
    args: ['-E'],
    warnOptions: ['ignore'],
    extensionOptions: ['dev'],
    flags: { optimize: 2, dontWriteBytecode: true, isolated: true, safePath: true, bytesWarning: 1 },
  });
});

t.test('every way to give a program', async (t) => {
  const show = 'import sys; print(sys.argv, __name__)';
  t.match(await copyjit(['run', '-c', show, 'a', '-b']), { stdout: "['-c', 'a', '-b'] __main__\n", status: 0 });
  t.match(await copyjit(['run', '-', 'a'], { stdin: show }), { stdout: "['-', 'a'] __main__\n", status: 0 });
  const indented = '\n    if 1:\n        print(1)\n  \n    print(2)\n';
  t.match(await copyjit(['run', '-c', indented]), { stdout: '1\n2\n', status: 0 }, 'code is dedented');
  // what comes through a pipe needs no `-`
  t.match(await copyjit(['run'], { stdin: show }), { stdout: "[''] __main__\n", status: 0 });
  t.match(await copyjit(['run', '-u'], { stdin: '' }), { stdout: '', stderr: '', status: 0 });
  const path = file('show.py', show);
  t.match(await copyjit(['run', path, '--jit=off']), { stdout: `['${path}', '--jit=off'] __main__\n`, status: 0 });
  t.match(await copyjit(['run', '-m', 'show', 'x'], { cwd: folder }), {
    stdout: `['${path}', 'x'] __main__\n`,
    status: 0,
  });
  const problem = "__path__ attribute not found on 'show' while trying to find 'show.x'";
  t.match(await copyjit(['run', '-m', 'show.x'], { cwd: folder }), { stderr: problem, status: 1 });
});

t.test('exit status', async (t) => {
  const ends: [string, number, RegExp][] = [
    ['pass', 0, /^$/],
    ['import sys; sys.exit()', 0, /^$/],
    ['import sys; sys.exit(3)', 3, /^$/],
    ['raise SystemExit("over")', 1, /^over\n$/],
    ['import sys; sys.exit(300)', 44, /^$/],
    ['1 / 0', 1, /^Traceback \(most recent call last\):\n[\s\S]*\nZeroDivisionError: division by zero\n$/],
    ['x = (1,', 1, /File "<string>", line 1\n {4}x = \(1,\n {8}\^\nSyntaxError: '\(' was never closed\n$/],
  ];
  for (const [code, status, stderr] of ends) {
    const result = await copyjit(['run', '-c', code]);
    t.equal(result.status, status, code);
    t.match(result.stderr, stderr, `${code}: standard error`);
  }
});

t.test('a program that reads standard input', async (t) => {
  const path = file('reads.py', 'import sys\nfor line in sys.stdin:\n    print(line.upper(), end="")\n');
  t.match(await copyjit(['run', path], { stdin: 'one\ntwo\n' }), { stdout: 'ONE\nTWO\n', status: 0 });
});

t.test('finalizers of what is left at the end', async (t) => {
  const lines = [
    'import sys',
    'class A:',
    '    def __init__(self, n): self.n = n',
    '    def __del__(self): print("del", self.n, x)',
    'x = 5',
    'a = A(1)',
    'b = [A(2)]',
    'def g():',
    '    try: yield',
    '    finally: print("closed", x)',
    'it = g(); next(it)',
    'def f():',
    '    c = A(3)',
    '    sys.exit(2)',
    'f()',
  ];
  t.match(await copyjit(['run', file('ends.py', lines.join('\n'))]), {
    stdout: 'del 3 5\ndel 1 5\ndel 2 5\nclosed 5\n',
    stderr: '',
    status: 2,
  });
});
