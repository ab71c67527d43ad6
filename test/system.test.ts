/**
 * What CPython in WebAssembly cannot be asked for: standard input, child processes, pipes, what happens to open files and
 * exit functions at the end of a program. The expected texts are CPython 3.14's on Linux.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { copyjit } from './copyjit.ts';

const folder = mkdtempSync(join(tmpdir(), 'copyjit-system-'));
t.teardown(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a program given as lines. */
const run = (lines: readonly string[], stdin = ''): ReturnType<typeof copyjit> =>
  copyjit(['run', '-c', lines.join('\n')], { stdin });

t.test('standard input is read by lines, whole, and by input()', async (t) => {
  const { stdout, stderr, status } = await run(
    [
      'import sys',
      'print(input("? "), repr(sys.stdin.readline()), [line for line in sys.stdin])',
      'try: input()',
      'except EOFError as error: print(error)',
      'print(sys.stdin.buffer.read(), sys.stdin.fileno())',
    ],
    'one\ntwo\r\n\nlast',
  );
  t.equal(stderr, '');
  t.equal(stdout, "? one 'two\\n' ['\\n', 'last']\nEOF when reading a line\nb'' 0\n");
  t.equal(status, 0);
});

t.test('the end: exit functions in order, files written out, after an exception too', async (t) => {
  const file = join(folder, 'left-open.txt');
  const { stdout, stderr, status } = await run([
    'import atexit, sys',
    `text = open(${JSON.stringify(file)}, "w")`,
    'text.write("written\\n")',
    'atexit.register(print, "second")',
    'atexit.register(print, "first")',
    'sys.stdout.write("no newline, ")',
    'raise ValueError("the end")',
  ]);
  t.equal(stdout, 'no newline, first\nsecond\n');
  t.match(stderr, 'ValueError: the end\n');
  t.equal(status, 1);
  t.equal(readFileSync(file, 'utf8'), 'written\n');
});

t.test('pipes and select', async (t) => {
  const { stdout, stderr } = await run([
    'import posix, select',
    'reading, writing = posix.pipe()',
    'print(select.select([reading], [writing], [], 0) == ([], [writing], []))',
    'print(posix.write(writing, b"hello"), select.select([reading], [], [], 0) == ([reading], [], []))',
    'print(posix.read(reading, 3), posix.read(reading, 100))',
    'posix.close(writing)',
    'print(posix.read(reading, 1))',
    'try: posix.lseek(reading, 0, 0)',
    'except OSError as error: print(error)',
  ]);
  t.equal(stderr, '');
  t.equal(stdout, "True\n5 True\nb'hel' b'lo'\nb''\n[Errno 29] Illegal seek\n");
});

t.test('child processes', async (t) => {
  const { stdout, stderr } = await run([
    'import subprocess, signal',
    'run = subprocess.run',
    'print(run(["echo", "hi"], capture_output=True).stdout)',
    'done = run("echo out; echo err >&2; exit 3", shell=True, capture_output=True, text=True)',
    'print(done.returncode, done.stdout, done.stderr)',
    'print(len(run(["cat"], input=b"x" * 300000, capture_output=True).stdout))',
    'try: run(["/nonexistent/program"])',
    'except FileNotFoundError as error: print(error)',
    'try: run(["sleep", "5"], timeout=0.1)',
    'except subprocess.TimeoutExpired: print("timed out")',
    'child = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)',
    'child.stdin.write("line\\n"); child.stdin.flush()',
    'print(repr(child.stdout.readline()))',
    'child.terminate()',
    'print(child.wait() == -signal.SIGTERM)',
  ]);
  t.equal(stderr, '');
  t.equal(
    stdout,
    [
      "b'hi\\n'",
      '3 out\n err\n',
      '300000',
      "[Errno 2] No such file or directory: '/nonexistent/program'",
      'timed out',
      "'line\\n'",
      'True',
      '',
    ].join('\n'),
  );
});

t.test('an alarm ends a wait', async (t) => {
  const { stdout } = await run([
    'import _signal, time',
    'def ring(number, frame): raise TimeoutError("rang")',
    '_signal.signal(_signal.SIGALRM, ring)',
    '_signal.setitimer(_signal.ITIMER_REAL, 0.05)',
    'try: time.sleep(20)',
    'except TimeoutError as error: print(error)',
  ]);
  t.equal(stdout, 'rang\n');
});
