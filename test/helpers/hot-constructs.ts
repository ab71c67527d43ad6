/**
 * Every construct of the language in a hot loop: statements, expressions, calls of each kind, exceptions, generators,
 * coroutines, patterns. jit-constructs.test.ts runs them; together their loops must hold every instruction that the
 * compiler emits.
 */

/** A loop body, and what stands before the function that holds the loop. */
export interface Construct {
  readonly name: string;
  readonly body: string;
  readonly setup?: string;
  /** where the loop stands: a function (the default), the module, an `async def` or a class */
  readonly place?: 'function' | 'module' | 'coroutine' | 'class' | 'generator' | 'async generator';
}

function each(table: Readonly<Record<string, string>>, rest: Omit<Construct, 'name' | 'body'> = {}): Construct[] {
  return Object.entries(table).map(([name, body]) => ({ name, body, ...rest }));
}

const SETUP = `
def deep(n): return n and deep(n - 1)
class A:
    k = 1
    def __init__(self, x=1): self.x = x
    def m(self, a=0): return a + 1
    def __enter__(self): return self
    def __exit__(self, *a): return True
    def __add__(self, o): return 7
    def __iadd__(self, o): return self
    def __matmul__(self, o): return 8
    def __neg__(self): return 9
    def __getitem__(self, k): return k
    def __setitem__(self, k, v): pass
    def __delitem__(self, k): pass
    def __contains__(self, k): return True
    def __len__(self): return 3
    def __call__(self, *a, **k): return 4
    def __lt__(self, o): return True
    def __format__(self, s): return s
    def __hash__(self): return 5
    def __bool__(self): return True
    @property
    def p(self): return self.x
    @p.setter
    def p(self, v): self.x = v
    @classmethod
    def c(cls): return 1
    @staticmethod
    def s(): return 2
class B(A):
    __match_args__ = 'x',
    def __init__(self, x=2): super().__init__(x)
    def m(self, a=0): return super().m(a) + super().k
class Slots:
    __slots__ = 'x', 'y'
class Got:
    def __getattr__(self, n): return n
class Await:
    def __await__(self):
        yield 1
        return 2
class AIter:
    def __init__(self): self.n = 2
    def __aiter__(self): return self
    async def __anext__(self):
        self.n -= 1
        if self.n < 0: raise StopAsyncIteration
        return self.n
class ACtx:
    async def __aenter__(self): return 1
    async def __aexit__(self, *a): return True
def gen(n=2):
    for j in range(n): yield j
def talk():
    t = 0
    while True: t += yield t
def delegate(): return (yield from gen())
def args(*a, **k): return len(a)
def kw(a, *, b=1): return a + b
def fail(v):
    raise ValueError(v)
async def coro(): return 1
async def waits(): return await Await()
async def agen():
    yield 1
    yield 2
def drive(c):
    try:
        while True: c.send(None)
    except StopIteration as e: return e.value
def back(f, *a): return f(*a)
a = A()
b = B()
s = Slots()
s.x = s.y = 1
l = [1, 2, 3]
t = (1, 2, 3)
d = {'a': 1, 1: 2}
G = 0
`;

/** What stands before programs that use a name. */
const NEEDED: Readonly<Record<string, string>> = {
  part: 'from functools import partial; part = partial(back, max, 3)',
  cached: 'from functools import cache; cached = cache(lambda q: q)',
  reduce: 'from functools import reduce',
  code: "code = compile('q + 1', 'c', 'eval')",
  shown: "shown = compile('None', 'c', 'single')",
  out: "import io; out = io.StringIO('a\\nb\\n')",
  re: 'import re',
  ref: 'from weakref import ref',
};

export const CONSTRUCTS: readonly Construct[] = [
  ...each({
    'arithmetic of ints': 'v = i + 1 - i * 2 // 3 % 5',
    'arithmetic of floats': 'v = i / 2 + 1.5 * i - 0.5 ** 2',
    bits: 'v = (i << 3 >> 1) & 255 | 1 ^ ~i',
    power: 'v = i ** 2; w = 2 ** -1; v **= 2',
    'big ints': 'v = i << 70; v += 1; v //= 3; v %= 10 ** 20',
    'complex numbers': 'v = (1 + 2j) * i',
    'unary operators': 'v = -i; v = +v; v = ~v; v = not v',
    'operators of classes': 'v = a + i; v = a @ i; v = -a; v = a < 3',
    'in-place operators of classes': 'v = a; v += 1; v @= 2',
    comparisons: 'v = i < 3; v = i <= 3; v = i == 3; v = i != 3; v = i > 3; v = i >= 3',
    'comparisons that branch':
      'if i < 3: v = 1\nif i <= 3: v = 1\nif i == 3: v = 1\nif i != 3: v = 1\nif i > 3: v = 1\nif i >= 3: v = 1',
    'chained comparisons': 'v = 0 < i < 100 <= i + 100',
    identity: 'v = i is None; w = i is not None\nif v is None: pass\nif w is not None: pass',
    membership: "v = i in t; v = i not in l; v = 'a' in d; v = i in a; v = 'b' in 'abc'",
    'and, or, not': 'v = i and l or not t',
    'conditional expression': 'v = 1 if i & 1 else 2',
    'assignment expression': 'if (v := i * 2) > 5: v = 0',
    assignments: 'v = w = i; v, w = w, v; v = [i]; [v] = v',
    'unpacking a tuple': 'v, w, x = t',
    'unpacking a generator': 'v, w = gen()',
    'unpacking with a star': 'v, *w = t; *v, w = l; v, *w, x = gen(4)',
    displays: "v = (i, 1); v = [i, 2]; v = {i, 3}; v = {'a': i, 'b': 2}",
    'displays with stars': "v = (*t, i); v = [*l, i]; v = {*t, i}; v = {**d, 'z': i}",
    'list comprehension': 'v = [j * i for j in range(4)]',
    'nested comprehensions': 'v = [[k for k in range(j)] for j in range(3) if j]',
    'set and dict comprehensions': 'v = {j + i for j in t}; v = {j: i for j in t}',
    'generator expression': 'v = sum(j for j in t)',
    lambda: 'v = (lambda q: q + i)(1)',
    subscripts: "v = l[0]; v = t[-1]; v = d['a']; v = 'abc'[i % 3]; v = a[i]",
    'storing items': "l[0] = i; d['a'] = i; a[0] = i; l[1] += 1; d[1] += 1",
    'deleting items': "v = [1, 2]; del v[0]; d['q'] = 1; del d['q']; del a[1]",
    slices: 'v = l[1:]; v = t[::-1]; v = "abc"[:i % 3]; v = l[0:3:2]',
    'storing and deleting slices': 'v = [1, 2, 3]; v[1:2] = [4, 5]; del v[::2]; v = a[1:2, ...]',
    attributes: 'a.x = i; v = a.x; v = a.k; v = a.m(i)',
    'a method without its call': 'v = a.m; v = v(1)',
    'new attributes': 'v = A(); v.y = 1; v.z = 2; del v.y',
    'attributes of a dict': "v = A(); v.__dict__['q'] = 1; v = v.q; v = vars(a)",
    'members of slots': 's.x = i; v = s.x + s.y; del s.y; s.y = 1',
    properties: 'a.p = i; v = a.p',
    'class methods and static methods': 'v = A.c(); v = a.c(); v = A.s(); v = a.s()',
    super: 'v = b.m(i)',
    __getattr__: 'v = Got(); v = v.anything',
    'getattr and setattr': "v = getattr(a, 'x'); setattr(a, 'x', i); v = hasattr(a, 'nothing')",
    '__class__ assigned': 'v = A(); v.__class__ = B; v = v.m(1)',
    instances: 'v = A(i); v = B(i)',
    'calls with keywords': 'v = kw(1, b=i); v = args(1, x=2); v = dict(a=i)',
    'calls with stars': "v = args(*t); v = args(1, *l, **{'q': i}); v = kw(*(i,), **{'b': 1}); v = max(*t)",
    'callable instances': 'v = a(1); v = a(1, k=2)',
    'a function made and called': 'def f(q, r=i, *, k=i) -> int: return q + r + k\nv = f(1)',
    'a closure': 'n = i\ndef f():\n  nonlocal n\n  n += 1\n  return n\nv = f()',
    'a decorated function': 'def deco(f): return f\n@deco\ndef g(): return i\nv = g()',
    'a generic function': 'def f[T: int, *U, **P](q: T) -> T: return q\nv = f(1)',
    'a type alias': 'type X[T = int] = list[T]',
    'type parameters with constraints': 'class X[T: (int, str)]: pass',
    annotations: 'v: int = i; w: str',
    'annotations of a class that name a variable':
      'n = int\nclass X:\n  v: n\n  def m[T: n](self, q: n): pass\n  m.__annotations__; X = m.__type_params__[0].__bound__',
    'loops that begin at once': 'while True:\n  while True: break\n  break',
    'a class': 'class X(A):\n  q = i\n  def m(self): return __class__.q\nv = X().m()',
    'a class with a metaclass and keywords': 'class X(metaclass=type): v: int = 1; del v',
    natives: "v = len(l); v = abs(-i); v = ord('a'); v = str(i); v = int('5'); v = isinstance(i, int)",
    'native methods': "l.append(i); v = l.pop(); v = 'a b'.split(); v = d.get('a'); v = ' '.join(['a', 'b'])",
    'natives that call back': 'v = sorted(t, key=lambda q: -q); v = max(t, key=abs); v = list(map(a.m, t))',
    'natives over generators':
      'v = sum(gen()); v = list(gen()); v = any(j for j in t); v = dict((j, j) for j in gen())',
    'natives that compare instances': 'v = sorted([a, b]); v = [a] == [b]; v = a in [b]; v = {a: 1}; v = v[a]',
    functools: 'v = part(i); v = cached(i % 5); v = reduce(part, t)',
    'f-strings': "v = f'{i}'; v = f'{i!r:>{5}} {a:x} {i=}'",
    formatting: "v = '%d %s' % (i, a); v = '{} {:5}'.format(i, 2.5); v = format(i, 'x')",
    't-strings': "v = t'{i:>3} {a!r} text'",
    strings: "v = 'a' + str(i); v *= 2; v = v.upper(); v = v == 'b'",
    bytes: "v = b'a' + bytes([i & 255]); v = v[0]; v = bytearray(v & 7)",
    'for over a list': 'for j in l[:3]: v = j',
    'for over a dict': 'for j in d: v = j\nfor j, k in d.items(): v = k',
    'for over a set': 'for j in {1, 2}: v = j',
    'for over a str': "for j in 'abc': v = j",
    'for over a generator': 'for j in gen(): v = j',
    'for over zip and enumerate': 'for j, k in zip(t, enumerate(l[:3])): v = k',
    'for over __getitem__': 'for j in a:\n  v = j\n  if j == 2: break',
    'for with else, break and continue': 'for j in t:\n  if j == 1: continue\n  if j == i: break\nelse: v = 1',
    'while with else': 'v = 3\nwhile v:\n  v -= 1\nelse: v = 1',
    'pass and assert': 'pass\nassert i >= 0, i',
    'an assertion that fails': 'try:\n  assert i < 0, i\nexcept AssertionError as e: v = e',
    'a raise': 'try:\n  raise ValueError(i)\nexcept ValueError as e: v = e',
    'a raise from':
      'try:\n  try: raise KeyError(1)\n  except KeyError as e: raise ValueError from e\nexcept ValueError: v = 1',
    'a bare raise': 'try:\n  try: raise KeyError(1)\n  except KeyError: raise\nexcept LookupError: v = 1',
    'a raise in a function': 'try: fail(i)\nexcept (KeyError, ValueError): v = 1',
    'a raise by an instruction': 'try: v = 1 // 0\nexcept ZeroDivisionError: v = 1',
    'a missing key': 'try: v = d[i + 5]\nexcept KeyError: v = 1',
    'a missing attribute': 'try: v = a.nothing\nexcept AttributeError: v = 1',
    'a raise by a native': "try: v = int('x')\nexcept ValueError: v = 1",
    'an unbound variable': 'try:\n  v = 1\n  del v\n  v\nexcept UnboundLocalError: v = 1',
    'an undefined name': 'try: nothing\nexcept NameError: v = 1',
    'try without an error': 'try: v = i\nexcept ValueError: v = 1\nelse: v = 2\nfinally: v = 3',
    'finally with continue': 'try:\n  if i & 1: continue\nfinally: v = 1',
    'except*':
      "try: raise ExceptionGroup('g', [ValueError(1), KeyError(2)])\nexcept* ValueError: v = 1\nexcept* KeyError as e: v = e",
    with: 'with a as v: w = v',
    'with that swallows': 'with a, b: raise ValueError(i)',
    'with that is left': 'with a:\n  if i & 1: continue\n  v = 1',
    'global variables': 'global G\nG += 1\nv = G',
    'deleted globals': 'global H\nH = 1\ndel H',
    'deleted locals': 'v = i; del v; v = 1',
    'deleted closure variables': 'n = i\ndef f(): return n\nv = f()\ndel n\nn = 1',
    'closure variable that is unbound': 'def f():\n  return n\ntry: f()\nexcept NameError: v = 1\nn = 1; del n',
    'globals() and locals()': "v = globals()['G']; v = locals(); v = dir()",
    'eval and exec': "v = eval('1 + 1'); exec('q = 1')",
    'eval of code': "v = eval(code, {'q': i})",
    import: 'import math; from math import sqrt, pi as p; import os.path as o; v = sqrt(4)',
    'import in a package': 'from collections import abc',
    'match on values': 'match i % 4:\n  case 0: v = 1\n  case 1 | 2: v = 2\n  case _: v = 3',
    'match on sequences': 'match t:\n  case [1, x, *r] if x: v = r\nmatch l:\n  case (q, _): v = 1\n  case [*_]: v = 2',
    'match on mappings': "match d:\n  case {'a': x, **r}: v = r\n  case {}: v = 1",
    'match on classes':
      'match b:\n  case B(x) if x is None: v = x\n  case A(x=y): v = y\nmatch i:\n  case int(n): v = n',
    'generators started and dropped': 'v = gen(); w = next(v)',
    send: 'v = talk(); next(v); w = v.send(i)',
    'throw and close':
      'v = gen(); next(v)\ntry: v.throw(KeyError)\nexcept KeyError: pass\nv = gen(); next(v); v.close()',
    'yield from': 'v = list(delegate())',
    'iter and next': 'v = iter(t); w = next(v); w = next(v, None); w = next(iter([]), 5)',
    'coroutines driven': 'v = drive(coro()); v = drive(waits())',
    'a coroutine closed': 'v = waits(); v.send(None); v.close()',
    'async generators driven': 'v = agen(); w = drive(v.asend(None)); w = drive(anext(v, 3)); w = drive(v.aclose())',
    recursion: 'def f(n): return n if n < 2 else f(n - 1) + f(n - 2)\nv = f(5)',
    'deep recursion': 'v = deep(50)',
    frames: 'v = sys._getframe().f_lineno; v = sys._getframe(1).f_code',
    tracebacks: 'try: fail(1)\nexcept ValueError as e: v = e.__traceback__.tb_next.tb_lineno',
    'weak references': 'v = ref(a); w = v()',
    'NotImplemented and Ellipsis': 'v = ...; v = NotImplemented; v = __debug__',
    'nested functions with many frames': 'v = back(back, back, a.m, 1)',
    'changing types': 'v = (1, 2.5, "x", None, t)[i % 5]; w = [v, v]; v = v == 1',
    'changing shapes': 'v = (a, b, s)[i % 3]; w = v.x',
    'changing functions': 'v = (gen, args, coro.__class__, A)[i % 4]; w = v()if v is not coro.__class__ else 0',
    print: "print(i, end='', file=out)",
    'lines of a file': 'out.seek(0); v = out.readline(); v = [j for j in out]',
    'regular expressions': "v = re.match('a(.)', 'ab').group(1); v = re.sub('a', lambda m: 'b', 'aa')",
    'zero-argument functions of the class': 'v = type(a); v = type(i); v = id(a) == id(b); v = callable(a)',
  }),
  ...each(
    {
      'names of a module': 'v = i + G; w = v; v = w',
      'deleted names of a module': 'v = i; del v',
      'a function of a module': 'def f(): return i\nv = f()',
      'a class of a module': 'class X:\n  n: int = i\n  def m(self): return 1\nv = X().m()',
      'a try of a module': 'try: v = 1 // (i & 1)\nexcept ZeroDivisionError: v = 2',
      'a star import': 'from math import *',
      'annotated names': 'v: int = i',
      'expressions shown': 'exec(shown)',
    },
    { place: 'module' },
  ),
  ...each(
    { 'names of a class': 'v = i + G; w = v; del w', 'a cell read by a class': 'v = outer + i' },
    { place: 'class' },
  ),
  ...each(
    {
      await: 'v = await coro(); v = await waits()',
      'async for': 'async for j in AIter(): v = j\nelse: v = 1',
      'async for over a generator': 'async for j in agen(): v = j',
      'async with': 'async with ACtx() as v: w = v\nasync with ACtx(): raise ValueError',
      'async comprehensions': 'v = [j async for j in agen() if await coro()]; v = {j: 1 async for j in AIter()}',
    },
    { place: 'coroutine' },
  ),
  ...each(
    { 'annotations that are text': 'class X:\n  n: int = i\nv: X = X' },
    { place: 'module', setup: 'from __future__ import annotations\n' },
  ),
  ...each({ yield: 'v = yield i', 'yield from in a loop': 'v = yield from gen()' }, { place: 'generator' }),
  ...each(
    { 'yield in an async generator': 'yield i', 'await in an async generator': 'v = await waits(); yield v' },
    { place: 'async generator' },
  ),
];

/** How often the loops go round. */
export const ITERATIONS = 1500;

function indented(text: string, by: string): string {
  return text
    .split('\n')
    .map((line) => by + line)
    .join('\n');
}

/** The whole program; it ends with `done`. */
export function programOf({ body, place = 'function', setup = '' }: Construct, times = ITERATIONS): string {
  // imported only where it is used: starting is most of the time that these programs take
  const needed = Object.entries(NEEDED).filter(([word]) => new RegExp(`\\b${word}\\b`).test(body));
  const start = `${setup}import sys\n${SETUP}${needed.map(([, line]) => `${line}\n`).join('')}`;
  const loop = `for i in range(${times}):\n${indented(body, '    ')}`;
  switch (place) {
    case 'module':
      return `${start}${loop}\nprint('done')\n`;
    case 'class':
      return `${start}def main(outer):\n    class Main:\n${indented(loop, '        ')}\n        outer\nmain(1)\nprint('done')\n`;
    case 'coroutine':
      return `${start}async def main():\n${indented(loop, '    ')}\ndrive(main())\nprint('done')\n`;
    case 'generator':
      return `${start}def main():\n${indented(loop, '    ')}\nfor j in main(): pass\nprint('done')\n`;
    case 'async generator':
      return `${start}async def main():\n${indented(loop, '    ')}\nasync def all():\n    async for j in main(): pass\ndrive(all())\nprint('done')\n`;
    default:
      return `${start}def main():\n${indented(loop, '    ')}\nmain()\nprint('done')\n`;
  }
}
