/** Hot loops of the everyday kinds are compiled at all, natively and as uops, and --jit-stats says so. */
import t from 'tap';
import { copyjit } from './copyjit.ts';

const hot: Record<string, string> = {
  'a loop of floats at module level': 'x = 0.0\ni = 0\nwhile i < 20000:\n  x = x + i * 2.0\n  i = i + 1\nprint(x)',
  'a loop of ints in a function':
    'def f(n):\n  t = 0\n  for i in range(n):\n    t += i * 3 % 7\n  return t\nprint(f(20000))',
  'nested loops': 'def f(n):\n  t = 0\n  for i in range(n):\n    for j in range(i): t += j\n  return t\nprint(f(200))',
  'lists of lists':
    'def f(m):\n  t = 0\n  for i in range(20000): t += m[i & 1][i % 3]\n  return t\nprint(f([[1, 2, 3], [4, 5, 6]]))',
  attributes:
    'class A:\n  def __init__(self): self.n = 0\n  def add(self, k): self.n += k\na = A()\nfor i in range(20000): a.add(i)\nprint(a.n)',
  recursion: 'def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)\nprint(fib(18))',
  'a list that is iterated': 't = 0\nfor x in [1, 2, 3] * 5000: t += x\nprint(t)',
};

for (const [name, code] of Object.entries(hot)) {
  t.test(name, async (t) => {
    const plain = await copyjit(['run', '--jit=off', '--jit-stats', '-c', code]);
    t.match(plain, { status: 0, stderr: 'jit: off\n' });
    for (const mode of ['uops', 'native']) {
      const result = await copyjit(['run', `--jit=${mode}`, '--jit-stats', '-c', code]);
      t.equal(result.stdout, plain.stdout, `${mode}: the same result`);
      t.match(result.stderr, new RegExp(`^jit: ${mode}\n`));
      t.match(result.stderr, /^traces compiled: [1-9]/m, `${mode}: something is compiled`);
      t.notMatch(result.stderr, 'out of registers', mode);
    }
  });
}

t.test('a program without a hot loop compiles nothing', async (t) => {
  const { status, stderr } = await copyjit(['run', '--jit-stats', '-c', 'print(sum(range(100)))']);
  t.equal(status, 0);
  t.match(stderr, /^traces compiled: 0/m);
});
