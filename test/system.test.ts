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

t.test('files that a child process reads from and writes to', async (t) => {
  const { stdout, stderr } = await run([
    'import os, pathlib, subprocess, sys, tempfile',
    'run = subprocess.run',
    'cat = lambda file: run(["cat"], stdin=file, capture_output=True).stdout',
    'file = tempfile.TemporaryFile()',
    'file.write(b"abc\\ndef\\n"); file.seek(4)',
    'print(cat(file))',
    'file.seek(0); file.write(b"ABC"); file.flush()',
    'run(["echo", "hi"], stdout=file)',
    'file.seek(0); print(file.read())',
    'file = tempfile.TemporaryFile("w+")',
    'run(["echo", "one"], stdout=file); file.write("two\\n"); file.flush(); run(["echo", "three"], stdout=file)',
    'print(file.tell()); file.seek(0); print(repr(file.read()))',
    'print(run(["pwd"], cwd=pathlib.Path("/"), capture_output=True).stdout)',
    // many pipes: nothing but what is asked for is printed
    'for _ in range(13): run(["true"], capture_output=True)',
  ]);
  t.equal(stderr, '');
  t.equal(stdout, ["b'def\\n'", "b'ABChi\\nf\\n'", '14', "'one\\ntwo\\nthree\\n'", "b'/\\n'", ''].join('\n'));
});

t.test('-u, and what else the environment says', async (t) => {
  const program = 'import os, sys; sys.stdout.buffer.write(b"x"); sys.stdout.write("y"); os.kill(os.getpid(), 9)';
  t.equal((await copyjit(['run', '-u', '-c', program])).stdout, 'xy');
  t.equal((await copyjit(['run', '-c', program], { env: { PYTHONUNBUFFERED: '1' } })).stdout, 'xy');
  const limits = 'import os, sys; print(os.cpu_count(), sys.get_int_max_str_digits())';
  const options = ['-X', 'cpu_count=43', '-X', 'int_max_str_digits=640'];
  t.equal((await copyjit(['run', ...options, '-c', limits])).stdout, '43 640\n');
  const env = { PYTHON_CPU_COUNT: '5', PYTHONINTMAXSTRDIGITS: '0' };
  t.equal((await copyjit(['run', '-c', limits], { env })).stdout, '5 0\n');
  t.equal((await copyjit(['run', '-X', 'int_max_str_digits=64', '-c', 'pass'])).status, 2);
});

t.test('signals that a program sends itself are handled where it sends them', async (t) => {
  const { stdout, stderr } = await run([
    'import _thread, os, signal',
    'seen = []',
    'sends = [lambda: os.kill(os.getpid(), signal.SIGINT), lambda: signal.raise_signal(signal.SIGINT), _thread.interrupt_main]',
    'def attempt(send):',
    '    try: send()',
    '    except KeyboardInterrupt: return "interrupted"',
    '    return "went on"',
    'print([attempt(send) for send in sends * 2])',
    'signal.signal(signal.SIGINT, lambda number, frame: seen.append(number))',
    'print([(attempt(send), len(seen)) for send in sends])',
    'signal.signal(signal.SIGINT, signal.SIG_IGN)',
    'print([attempt(send) for send in sends], len(seen))',
    'for i in range(3000):',
    '    signal.signal(signal.SIGINT, lambda number, frame: seen.append(i))',
    '    sends[1]()',
    'print(len(seen), seen[-1])',
  ]);
  t.equal(stderr, '');
  t.equal(
    stdout,
    [
      `[${Array(6).fill("'interrupted'").join(', ')}]`,
      "[('went on', 1), ('went on', 2), ('went on', 3)]",
      "['went on', 'went on', 'went on'] 3",
      '3003 2999',
      '',
    ].join('\n'),
  );
});
