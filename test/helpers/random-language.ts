/**
 * Random programs over the breadth of the language: what random-generator.ts has, and besides classes with operators,
 * slots, descriptors and built-in bases, containers with odd keys, slices, formatting, match statements, star
 * expressions, generators that are sent to, thrown at and closed, coroutines driven by hand, random control flow
 * (try/finally/with/break/continue/return in each other), evaluation order told by `note`, and things replaced while
 * hot. Errors are logged with their messages and lines. Nothing is logged when a generator dies unfinished, because
 * CPython's reference counts would tell at once. Sets are logged sorted and ints stay below what a 32-bit CPython
 * treats differently as an index, because the oracle is one.
 */
import { Generator } from './random-generator.ts';
import { type Line, parseLines } from './random-lines.ts';

const PRELUDE = `
ODD = [0, False, 0.0, 1, True, 1.0, -1, -2, 2 ** 47, 2.0 ** 47, -2 ** 47, 2 ** 48, 2 ** 63, 2.0 ** 63, 2 ** 64, -2 ** 63, 2 ** 53 + 1, None, 'a', 'é', '', (1,), (1.0,), (True, 0), (), frozenset(), frozenset([1]), 1e300, 0.5, -0.0, b'a', 2 ** 200, 3, 4, 5]
OD = {}
OS = set()
def note(v):
    LOG.append(('note', v))
    return v
def attempt(f, *a, **k):
    try:
        return f(*a, **k)
    except Exception as e:
        return type(e).__name__, str(e)
def ordered(s):
    return sorted(s, key=repr)
class NUM:
    def __init__(self, v):
        self.v = v
    def __repr__(self):
        return f'NUM({self.v!r})'
    def __add__(self, o):
        return NUM(self.v + (o.v if isinstance(o, NUM) else o))
    def __radd__(self, o):
        return NUM(o + self.v)
    def __iadd__(self, o):
        self.v = self.v + (o.v if isinstance(o, NUM) else o)
        return self
    def __sub__(self, o):
        if isinstance(o, NUM):
            return NUM(self.v - o.v)
        return NotImplemented
    def __mul__(self, o):
        return NUM(self.v * o) if isinstance(o, int) else NotImplemented
    def __neg__(self):
        return NUM(-self.v)
    def __eq__(self, o):
        return self.v == (o.v if isinstance(o, NUM) else o)
    def __lt__(self, o):
        return self.v < (o.v if isinstance(o, NUM) else o)
    def __hash__(self):
        return 7
    def __bool__(self):
        return self.v != 0
    def __index__(self):
        return 2
    def __float__(self):
        return 2.5
    def __format__(self, spec):
        return 'N' + spec
class SUB(NUM):
    def __radd__(self, o):
        return 'radd'
    def __rsub__(self, o):
        return 'rsub'
    def __lt__(self, o):
        return NotImplemented
    def __gt__(self, o):
        return 'gt'
    def __contains__(self, o):
        return o == 3
    def __iter__(self):
        return iter((self.v, 1))
class INT(int):
    def __add__(self, o):
        return INT(int.__add__(self, o))
    def __repr__(self):
        return f'INT({int(self)})'
class STR(str):
    def __eq__(self, o):
        return str.__eq__(self, o)
    __hash__ = str.__hash__
    def __getitem__(self, k):
        return 'item'
class LIST(list):
    def append(self, v):
        list.append(self, v)
        list.append(self, 'end')
    def __getitem__(self, k):
        return list.__getitem__(self, k) if isinstance(k, int) else 'slice'
class DICT(dict):
    def __missing__(self, k):
        return k, 'missing'
class PT(tuple):
    __slots__ = ()
    def __new__(cls, a, b):
        return tuple.__new__(cls, (a, b))
    @property
    def a(self):
        return self[0]
class SLOT:
    __slots__ = 'a', 'b', '__weakref__'
    __match_args__ = 'a', 'b'
    def __init__(self, a):
        self.a = a
    def total(self):
        return self.a + self.b
    def __repr__(self):
        return 'SLOT'
class SLOT2(SLOT):
    __slots__ = 'c',
    def total(self):
        return super().total() + self.c
class DESC:
    def __set_name__(self, owner, name):
        self.name = '_' + name
    def __get__(self, o, t):
        return 'class' if o is None else getattr(o, self.name, -1)
    def __set__(self, o, v):
        setattr(o, self.name, v)
    def __delete__(self, o):
        delattr(o, self.name)
class META(type):
    def __call__(cls, *a):
        o = super().__call__(*a)
        cls.made = cls.made + 1
        return o
    def __getattr__(cls, name):
        return 'meta ' + name
class RICH(metaclass=META):
    made = 0
    d = DESC()
    __match_args__ = 'd', 'e'
    def __init__(self, e=0):
        self.e = e
        self._p = 0
    @property
    def p(self):
        return self._p
    @p.setter
    def p(self, v):
        if v == 3:
            raise ValueError('p is 3')
        self._p = v
    @p.deleter
    def p(self):
        self._p = 'deleted'
    @classmethod
    def cm(cls, v):
        return cls.made, v
    @staticmethod
    def sm(v):
        return v
    def __getattr__(self, name):
        if name[:2] == 'no':
            raise AttributeError(name)
        return 'got ' + name
    def __repr__(self):
        return 'RICH'
    def __len__(self):
        return self.e
    def __getitem__(self, k):
        if isinstance(k, slice):
            return k.start, k.stop, k.step
        if k > 3:
            raise IndexError(k)
        return k
    def __setitem__(self, k, v):
        LOG.append(('set', str(k), v))
    def __delitem__(self, k):
        LOG.append(('del', str(k)))
    def __enter__(self):
        return self.e
    def __exit__(self, t, e, tb):
        LOG.append(('exit', t and t.__name__, str(e)))
        return t is KeyError
class RICH2(RICH):
    def p2(self):
        return super().p, super().sm(1), super().d
    def __setattr__(self, n, v):
        super().__setattr__(n, v)
def TALK(n):
    got = 'start'
    for k in range(n):
        try:
            got = yield k, got
        except ValueError as e:
            got = yield 'caught', str(e)
        except GeneratorExit:
            if n == 3:
                raise
            return 'early'
        finally:
            n += 0
    return got
def DELEGATE(n):
    r = yield from TALK(n)
    yield 'result', r
    r = yield from (k * 2 for k in range(2))
    yield from [n, r]
    return 'done'
class AWAIT:
    def __init__(self, v):
        self.v = v
    def __await__(self):
        got = yield self.v
        if got == 'stop':
            raise KeyError(self.v)
        return got
class AITER:
    def __init__(self, n):
        self.n = n
    def __aiter__(self):
        return self
    async def __anext__(self):
        self.n -= 1
        if self.n < 0:
            raise StopAsyncIteration
        return self.n
class ACTX:
    async def __aenter__(self):
        return await AWAIT('enter')
    async def __aexit__(self, t, e, tb):
        await AWAIT('exit')
        return t is KeyError
async def AGEN(n):
    try:
        for k in range(n):
            got = yield k
            if got:
                LOG.append(got)
    finally:
        n += 0
async def CORO(n):
    t = []
    async with ACTX() as x:
        t.append(x)
        async for k in AITER(n % 3):
            t.append(await AWAIT(k))
        async for k in AGEN(n % 4):
            if k == 2:
                break
            t.append(k)
        t.extend([k async for k in AGEN(2) if k != n])
        t.append({k: v async for k, v in AGEN2()})
        if n == 5:
            raise KeyError(n)
    return t
async def AGEN2():
    yield 1, 2
    await AWAIT('between')
    yield 3, 4
def drive(c, answer=None, most=30):
    seen = []
    try:
        v = c.send(None)
        while len(seen) < most:
            seen.append(v)
            v = c.send(answer)
        c.close()
    except StopIteration as e:
        return seen, e.value
    except Exception as e:
        return seen, type(e).__name__, str(e)
    return seen
def STAR(*a, k=1, **kw):
    return a, k, list(kw.items())
def FULL(a, b=2, /, c=3, *, d, e=5):
    return a, b, c, d, e
def COUNTER():
    n = 0
    log = []
    def up(k=1):
        nonlocal n
        n += k
        log.append(lambda: n)
        del log[:-3]
        return sum(f() for f in log)
    def reset():
        nonlocal n
        del n
    return up, reset
UP, RESET = COUNTER()
NUMS = [NUM(1), SUB(2), INT(3), 4, 2.5, True, 'x', NUM(0), [1], (1, 2), None, STR('x'), PT(1, 2), 2 ** 65]
RO = RICH(2)
R2 = RICH2(1)
SO = SLOT(1)
S2 = SLOT2(2)
LI = LIST([1, 2])
DI = DICT(a=1)
BY = bytearray(b'hello')
`;

/** Random programs over the whole language; every seed gives another. */
export class LanguageGenerator extends Generator {
  private level = 0;

  // ---- values of any type ------------------------------------------------------------------------------------------
  private odd(): string {
    return this.pick([`ODD[${this.counter} % ${this.pick([3, 6, 17, 35])}]`, `ODD[${this.below(35)}]`, this.int(0)]);
  }
  private operand(): string {
    return this.pick([
      `NUMS[${this.counter} % ${this.pick([2, 3, 5, 14])}]`,
      `NUMS[${this.below(14)}]`,
      this.odd(),
      this.variable('any'),
      this.number(0),
    ]);
  }
  private index(): string {
    return this.pick([
      '',
      '',
      '0',
      '1',
      '-1',
      '2',
      '3',
      '-3',
      '100',
      '-100',
      `${this.counter} % 5`,
      `-(${this.counter} % 6)`,
    ]);
  }
  private slice(): string {
    const step = this.pick(['', '', '', ':1', ':2', ':-1', ':-2', `:${this.counter} % 3`, ':NUM(1)', ':None']);
    return `${this.index()}:${this.index()}${step}`;
  }
  private sequence(): string {
    return this.pick(
      [
        'l',
        'h',
        'S',
        'T',
        's',
        'GL',
        'BY',
        "b'bytes'",
        'range(7)',
        'LI',
        "STR('abc')",
        'PT(1, 2)',
        `[${this.operand()}, ${this.operand()}, 3]`,
      ].filter((name) => !/^[lhs]$/.test(name) || this.level === 0),
    );
  }
  private iterable(): string {
    const v = this.fresh('z');
    return this.pick([
      this.sequence(),
      `enumerate(${this.sequence()}, ${this.smallInt()})`,
      `zip(${this.sequence()}, ${this.sequence()})`,
      `zip(range(3), ${this.sequence()}, strict=True)`,
      `reversed(${this.pick(['T', 'GL', 'range(5)', 'RO', '{1: 2, 3: 4}'])})`,
      `map(${this.pick(['abs', 'str', 'note', 'NUM', 'lambda q: q * 2', 'bool'])}, ${this.sequence()})`,
      `filter(${this.pick(['None', 'lambda q: q != 1', 'bool'])}, ${this.sequence()})`,
      `iter(lambda: UP(1) % 7, ${this.below(7)})`,
      `TALK(${this.counter} % 5)`,
      `DELEGATE(${this.below(4)})`,
      `(${v} for ${v} in ${this.sequence()} if ${v} != 1)`,
      `OD`,
      `list(OD.items())[:5]`,
      `sorted(${this.sequence()}, key=repr)`,
      'RO',
      `SUB(${this.int(0)})`,
      this.odd(),
    ]);
  }
  private spec(): string {
    return this.pick([
      '',
      '>8',
      '<8',
      '^9',
      '*^9',
      '08',
      '+',
      ' ',
      ',',
      '_',
      'd',
      'x',
      '#x',
      '#b',
      'b',
      'o',
      'e',
      '.2f',
      '.3g',
      'g',
      '%',
      '.1%',
      '10.3f',
      '+.2e',
      's',
      '.2',
      '>+6',
      'c',
      'n',
      ',.2f',
      '_x',
      '010,',
      '=+8',
      'q',
      '-',
      '#.3g',
      '.0f',
      '{w}'.replace('{w}', '5'),
    ]);
  }
  private text(): string {
    return this.pick([
      `f'{${this.operand()}!r}'`,
      `f'{${this.operand()}!s:>6}'`,
      `f'{${this.number(0)}:${this.spec()}}'`,
      `f'{${this.operand()}:${this.spec()}}'`,
      `f'{${this.int(0)}:{${this.counter} % 9}}'`,
      `f'{${this.counter}=}|{${this.int(0)} % 7 =:>5}'`,
      `format(${this.operand()}, '${this.spec()}')`,
      `'%${this.pick(['s', 'r', 'd', '5d', '-5d', '05d', 'x', '#o', '.2f', '8.3e', 'g', 'c', '%', 'a', '+d', '.3s', 'i', 'q'])}' % (${this.operand()},)`,
      `'%s %s' % (${this.operand()}, ${this.operand()})`,
      `'%(a)s' % {'a': ${this.operand()}}`,
      `'{0!r:>4} {a[0]} {a.real}'.format(${this.operand()}, a=${this.operand()})`,
      `'{} {}'.format(${this.operand()}, ${this.number(0)})`,
      `${this.str(1)}.${this.pick(['upper()', 'title()', 'swapcase()', 'center(9, "*")', 'zfill(6)', 'split("a")', 'rsplit(None, 1)', 'splitlines()', 'find("a", 1)', 'count("a")', 'isdigit()', 'encode()', 'expandtabs(3)', 'rpartition("é")', 'translate({97: "Z", 98: None})', 'removeprefix("a")', 'startswith(("a", "x"))', 'index("q")', 'ljust(5, ".")', 'casefold()', 'isidentifier()', 'join(["1", "2"])', 'join(T)', 'replace("a", "bb", 1)', 'endswith("b", -1)', 'strip("ab")'])}`,
      `repr(${this.operand()})`,
      `ascii(${this.operand()})`,
      `str(${this.operand()})`,
    ]);
  }
  private value(): string {
    switch (this.below(14)) {
      case 0:
      case 1:
        return `${this.operand()} ${this.pick(['+', '-', '*', '/', '//', '%', '&', '|', '^', '==', '<', '>=', '!=', 'is', 'in', 'not in', '@'])} ${this.operand()}`;
      case 2:
        return `${this.pick(['-', '+', '~', 'not '])}${this.operand()}`;
      case 3:
        return this.text();
      case 4:
        return `${this.sequence()}[${this.chance(0.6) ? this.slice() : this.pick([this.smallInt(), this.operand()])}]`;
      case 5:
        return `${this.operand()} ${this.pick(['<', '==', '<=', 'in', 'is not'])} ${this.operand()} ${this.pick(['<', '!=', '>', 'not in'])} ${this.operand()}`;
      case 6:
        return `${this.pick(['len', 'bool', 'int', 'float', 'abs', 'hash', 'list', 'tuple', 'sum', 'min', 'max', 'sorted', 'any', 'all', 'round', 'chr', 'ord', 'hex', 'bin', 'iter', 'callable', 'dict', 'bytes', 'complex', 'next', 'divmod', 'str', 'type'])}(${this.operand()})`
          .replace(/^(hash|iter|bytes)\((.*)\)$/, 'isinstance($2, int)')
          .replace(/^type\((.*)\)$/, 'type($1).__name__');
      case 7:
        return this.pick([
          `divmod(${this.operand()}, ${this.operand()})`,
          `pow(${this.int(0)} % 50, ${this.below(6)}, ${this.pick(['7', '-5', '1', '0', 'None', `${this.counter}`])})`,
          `round(${this.float(0)}, ${this.pick(['0', '1', '2', '-1', 'None'])})`,
          `int(str(${this.int(0)})${this.pick(['', ', 16', ', 36', ', 0'])})`,
          `(${this.int(0)}).bit_length()`,
          `(${this.int(0)} & 0xffff).to_bytes(${this.pick(['2', '1', '3'])}, '${this.pick(['big', 'little'])}')`,
          `int.from_bytes(${this.pick(["b'ab'", 'BY', 'T', "b''"])}, 'little', signed=${this.pick(['True', 'False'])})`,
          `isinstance(${this.operand()}, (${this.pick(['int', 'NUM', 'str'])}, ${this.pick(['float', 'SUB', 'tuple'])}))`,
          `getattr(${this.operand()}, ${this.pick(["'v'", "'real'", "'nothing'"])}, ${this.int(0)})`,
          `max(${this.operand()}, ${this.operand()}, key=repr)`,
          `sum(${this.sequence()}, ${this.operand()})`,
          `float.fromhex(${this.pick(["'0x1.8p3'", "'nan'", "'x'"])})`,
          `(${this.float(0)}).is_integer()`,
          `(${this.float(0)}).hex()`,
          `complex(${this.number(0)}, 1) * 2`,
          `list(zip(*[(1, 2), (3, ${this.int(0)})]))`,
          `(lambda *a, k=${this.int(0)}: (a, k))(1, *T)`,
        ]);
      case 8: {
        const a = this.fresh('z');
        const b = this.fresh('z');
        return this.pick([
          `[${a} for ${a} in ${this.iterable()}]`,
          `[(${a}, ${b}) for ${a} in range(3) for ${b} in range(${a}) if ${a} != ${this.smallInt()}]`,
          `{${a}: ${this.int(0)} for ${a} in ${this.sequence()}}`,
          `ordered({${a} ${this.pick(['', '', '+ 1'])} for ${a} in ${this.sequence()}})`,
          `sum(${a} * ${this.smallInt()} for ${a} in range(${this.counter} % 6))`,
          `[[${b} * ${a} for ${b} in range(${a})] for ${a} in range(4)]`,
          `[f() for f in [lambda: ${a} for ${a} in range(3)]]`,
          `[${b} for ${a} in range(4) if (${b} := ${a} * 2) > ${this.smallInt()}]`.replaceAll(
            b,
            this.level === 0 ? 'w9' : b,
          ),
          `any(${a} == ${this.int(0)} for ${a} in T)`,
          `[*(${a} for ${a} in T), *S]`,
          `list(${this.iterable()})`,
          `tuple(${this.iterable()})[:4]`,
        ]);
      }
      case 9:
        return this.pick([
          `STAR(*${this.iterable()})`,
          `STAR(${this.operand()}, *T, k=${this.int(0)}, **{'q': 1, 'r': ${this.int(0)}})`,
          `STAR(*T, *S, **DI)`,
          `FULL(${this.operand()}, ${this.pick(['', 'c=1, ', 'a=1, ', '4, 5, ', '4, 5, 6, ', 'b=3, '])}${this.pick(['d=4', 'd=4, e=6', '', 'e=3', 'd=1, z=2'])})`,
          `STAR(note(1), *[note(2)], k=note(3), **{'z': note(4)})`,
          `STAR(**{'k': 1}, **{${this.pick(["'k'", "'j'", '1'])}: 2})`,
          `UP(${this.smallInt()})`,
          `attempt(UP, ${this.operand()})`,
          `attempt(FULL, ${this.operand()}, d=1)`,
          `FLOW1(${this.counter} % 9)`,
          `attempt(FLOW2, ${this.counter} % 7)`,
          `list(FLOWG(${this.counter} % 8))`,
          `attempt(list, FLOWG(${this.counter} % 8))`,
        ]);
      case 10:
        return this.pick([
          `drive(CORO(${this.counter} % 7)${this.pick(['', ', 1', ", 'stop'"])})`,
          `drive(TALK(${this.counter} % 5), ${this.int(0)})`,
          `drive(DELEGATE(${this.counter} % 5), 'x')`,
          `drive(AGEN(3).asend(None))`,
          `drive(AWAIT(${this.int(0)}).__await__(), 4)`,
        ]);
      case 11:
        return this.pick([
          `RO.${this.pick(['p', 'd', 'e', 'sm(3)', 'cm(2)', 'thing', 'nope', 'made', 'p2()'])}`,
          `R2.${this.pick(['p', 'd', 'e', 'sm(3)', 'cm(2)', 'thing', 'nope', 'made', 'p2()'])}`,
          `RICH.${this.pick(['p', 'd', 'made', 'x', 'cm(1)'])}`.replace('RICH.p', 'RICH.sm(1)'),
          `S2.${this.pick(['a', 'b', 'c', 'total()'])}`,
          `SO.${this.pick(['a', 'b', 'total()', 'zz'])}`,
          `PT(${this.operand()}, 1).a`,
          `DI[${this.odd()}]`,
          `LI[${this.pick([this.smallInt(), this.slice()])}]`,
          `RICH(${this.smallInt()}).${this.pick(['e', 'p', 'made', 'zz'])}`,
          `SLOT(${this.operand()}).a`,
          `len(RICH(${this.operand()}))`,
        ]);
      case 12:
        return `(${this.value()} ${this.pick(['and', 'or'])} ${this.operand()})`;
      default:
        return `(${this.operand()} if ${this.operand()} else ${this.operand()})`;
    }
  }

  // ---- statements --------------------------------------------------------------------------------------------------
  protected override statement(depth: number): Line[] {
    if (this.chance(0.4)) return super.statement(Math.min(depth, 2));
    return this.chance(0.8) ? this.guarded(this.wide(depth)) : this.wide(depth);
  }
  /** Most statements get a handler of their own, or the first error of an iteration would hide the rest. */
  private guarded(lines: Line[]): Line[] {
    const e = this.fresh('e');
    const out: Line[] = [
      { text: 'try:', body: lines },
      {
        text: `except ${this.pick(['Exception', 'Exception', 'Exception', '(TypeError, ValueError, LookupError)'])} as ${e}:`,
        body: [{ text: `LOG.append(where(${e}))` }],
      },
    ];
    if (this.chance(0.1)) out.push({ text: 'else:', body: [{ text: "LOG.append('else')" }] });
    if (this.chance(0.1)) out.push({ text: 'finally:', body: [{ text: "LOG.append('finally')" }] });
    return out;
  }
  private sometimes(lines: Line[]): Line[] {
    return [{ text: `if ${this.counter} % ${this.pick([3, 7, 13, 50])} == ${this.below(3)}:`, body: lines }];
  }
  private wide(depth: number): Line[] {
    const log = (expression: string): Line[] => [{ text: `LOG.append(${expression})` }];
    switch (this.below(24)) {
      case 0:
      case 1:
      case 2:
      case 3:
        return this.sometimes(log(this.value()));
      case 4:
      case 5:
        return [{ text: `w = ${this.value()}` }]
          .concat(this.level > 0 ? [] : [])
          .map((line) => (this.level > 0 ? { text: `LOG.append(${line.text.slice(4)})` } : line));
      case 6: {
        const key = this.odd();
        return [
          {
            text: this.pick([
              `OD[${key}] = ${this.operand()}`,
              `OD[${key}] = OD.get(${this.odd()}, 0)`,
              `del OD[${key}]`,
              `OD.pop(${key}, None)`,
              `OD |= {${key}: 1, ${this.odd()}: 2}`,
              `OD.update({${key}: 3}, a=4)`,
              `LOG.append(${key} in OD)`,
              `LOG.append(OD.setdefault(${key}, ${this.int(0)}))`,
              `OD[${key}] += 1`,
              `LOG.append(OD.popitem())`,
              `OS.add(${key})`,
              `OS.discard(${key})`,
              `OS ^= {${key}}`,
              `LOG.append(len(OS) + len(OD))`,
              `OS.remove(${key})`,
              `LOG.append(${key} in OS)`,
              `OS.update(T, [${key}])`,
            ]).replace(
              /^(O[DS]) ([|^]=) /,
              this.inFunction || this.level > 0 ? '$1.__ior__(set()) if 0 else $1.update(' : '$1 $2 ',
            ),
          },
        ].map((line) => (/update\(.*[^)]$/.test(line.text) ? { text: `${line.text})` } : line));
      }
      case 7:
        return this.sometimes([
          {
            text: `for q9 in ${this.pick(['OD', 'list(OD)', 'OD.values()', 'OD.items()'])}:`,
            body: [
              {
                text: this.pick(['LOG.append(q9)', `OD[${this.odd()}] = 1`, 'if len(LOG) % 3: break', 'OD.pop(q9, 0)']),
              },
            ],
          },
          { text: `if len(OD) > 20:`, body: [{ text: 'OD.clear()' }] },
        ]);
      case 8:
        return this.sometimes([
          {
            text: this.pick([
              `GL[${this.slice()}] = ${this.pick([this.iterable(), '[9, 8]', '()'])}`,
              `del GL[${this.slice()}]`,
              `BY[${this.slice()}] = ${this.pick(["b'xy'", "b''", '[1, 2]', '[300]', '"s"'])}`,
              `del BY[${this.slice()}]`,
              `RO[${this.pick([this.slice(), this.smallInt()])}] = 1`,
              `del RO[${this.slice()}, ...]`,
              `LI.append(${this.int(0)})`,
              `LI[:] = [1, 2]`,
              `GL[${this.operand()}] = 5`,
              `GL[note(0)] += note(${this.int(0)})`,
              `GL[note(0)], GL[note(1)] = note(2), note(3)`,
              `RO.e, RO.p = ${this.smallInt()}, note(${this.smallInt()})`,
              `RO.p += ${this.operand()}`,
              `R2.d = ${this.operand()}`,
              `del RO.d`,
              `del R2.p`,
              `SO.b = ${this.operand()}`,
              `del SO.b`,
              `S2.c = S2.b = ${this.int(0)}`,
              `SO.zz = 1`,
              `R2.p = ${this.smallInt()}`,
            ]),
          },
          {
            text: 'if len(BY) > 40 or len(BY) < 3:',
            body: [{ text: this.inFunction ? 'BY[:] = b"hello"' : "BY = bytearray(b'hello')" }],
          },
          { text: 'if len(LI) > 30:', body: [{ text: 'LI.clear()' }] },
        ]);
      case 9:
        return this.match();
      case 10: {
        const p = this.fresh('u');
        const q = this.fresh('u');
        return [
          {
            text: this.pick([
              `${p}, *${q} = ${this.iterable()}`,
              `*${q}, ${p} = ${this.iterable()}`,
              `${p}, (*${q}, ), w8 = ${this.sequence()}, ${this.sequence()}, 1`,
              `${p}, ${q} = ${this.iterable()}`,
              `[${p}, ${q}, *GL[:0]] = ${this.sequence()}`,
              `${p} = *${this.sequence()}, *T; ${q} = 1`,
              `${p} = {**OD, 'z': 1, **{1: ${this.int(0)}}}; ${q} = len(${p})`,
              `${p} = ${q} = [${this.operand()}] * (${this.counter} % 4)`,
              `for ${p}, *${q} in [(1, 2, 3), ${this.sequence()}]: pass`,
            ]),
          },
          { text: `LOG.append((${p}, ${q}))` },
          ...(this.chance(0.3) ? [{ text: `del ${p}` }, { text: `LOG.append(${this.pick([p, q])})` }] : []),
        ];
      }
      case 11: {
        const g = this.fresh('g');
        const use = (): Line => ({
          text: `LOG.append(${this.pick([`next(${g})`, `${g}.send(${this.operand()})`, `${g}.throw(ValueError(${this.int(0)}))`, `${g}.throw(KeyError('k'))`, `${g}.close()`, `next(${g}, 'none')`, `list(${g})`])})`,
        });
        return [
          {
            text: `${g} = ${this.pick([`TALK(${this.counter} % 6)`, `DELEGATE(${this.counter} % 5)`, `FLOWG(${this.counter} % 6)`])}`,
          },
          ...Array.from({ length: 1 + this.below(3) }, () => this.guarded([use()])).flat(),
          { text: `LOG.append(attempt(${g}.close))` },
        ];
      }
      case 12: {
        const name = this.fresh('C');
        return this.sometimes([
          {
            text: `class ${name}(${this.pick(['A', 'NUM', 'RICH', 'SLOT', 'object', 'LIST', 'B', 'SUB', 'INT', 'Exception'])}):`,
            body: [
              { text: `v = ${this.int(0)}` },
              {
                text: `def __init__(self, *a):`,
                body: [{ text: this.pick(['super().__init__(*a)', 'self.q = a', 'pass']) }],
              },
              {
                text: `def ${this.pick(['m', 'p', 'total', 'append', '__eq__', '__len__'])}(self, q=1):`,
                body: [{ text: `return ${this.pick(['self.v', '__class__.v', 'q', 'super().m(q)', 'vars(self)'])}` }],
              },
            ],
          },
          { text: `w8 = ${name}(${this.pick(['1', '1, 2', '', "'a'"])})` },
          {
            text: `LOG.append(${this.pick(['w8.m(2)', 'w8.v', 'w8 == 3', 'bool(w8)', 'w8 + 1 == 2', 'w8.e', `isinstance(w8, A)`, `[k.__name__ for k in ${name}.__mro__]`, 'str(w8)[:2]'])})`,
          },
        ]);
      }
      case 13:
        return [
          {
            text: `with ${this.pick(['RO', 'R2', `RICH(${this.smallInt()})`])} as w8${this.chance(0.3) ? ', CTX(w8, True) as w7' : ''}:`,
            body: [
              ...this.inside(depth),
              {
                text: this.pick([
                  'pass',
                  'raise KeyError(w8)',
                  `LOG.append(${this.value()})`,
                  "raise ValueError('in with')",
                  '1 // 0',
                ]),
              },
            ],
          },
        ];
      case 14:
        return this.sometimes([
          {
            text: 'try:',
            body: [
              {
                text: `raise ExceptionGroup('g', [ValueError(${this.int(0)}), KeyError('k'), ExceptionGroup('h', [TypeError(1)])])`,
              },
            ],
          },
          {
            text: `except* ${this.pick(['ValueError', 'TypeError', '(KeyError, ValueError)', 'LookupError'])} as q8:`,
            body: [
              { text: 'LOG.append((str(q8), len(q8.exceptions)))' },
              { text: this.pick(['pass', 'raise', 'raise OSError(1)', '1 // 0']) },
            ],
          },
          ...(this.chance(0.5) ? [{ text: 'except* Exception as q8:', body: [{ text: 'LOG.append(repr(q8))' }] }] : []),
        ]);
      case 15:
        return this.sometimes([
          {
            text: 'try:',
            body: [
              { text: 'try:', body: this.inside(depth) },
              {
                text: `except ${this.pick(['ValueError', 'TypeError', 'Exception'])} as q8:`,
                body: [
                  {
                    text: this.pick([
                      'raise KeyError(1) from q8',
                      'raise',
                      'raise KeyError(2)',
                      'raise q8 from None',
                      'LOG.append(str(q8))',
                    ]),
                  },
                ],
              },
            ],
          },
          {
            text: 'except Exception as q8:',
            body: [
              { text: 'LOG.append((repr(q8), repr(q8.__cause__), repr(q8.__context__), q8.__suppress_context__))' },
            ],
          },
        ]);
      case 16: {
        const f = this.fresh('f');
        const c = this.fresh('n');
        return [
          { text: `${c} = ${this.operand()}` },
          {
            text: `def ${f}(q=${this.operand()}, *r, s8=${this.int(0)}):`,
            body: this.inFunction
              ? [
                  { text: `nonlocal ${c}` },
                  { text: `${c} = ${this.pick([`(${c}, q)[1]`, 'q', 's8', '[q, *r]'])}` },
                  { text: `return lambda: (${c}, q)` },
                ]
              : [{ text: `return lambda: (${c}, q, s8)` }],
          },
          { text: `LOG.append((${f}(${this.pick(['', '1', '1, 2', 's8=2', '*T', 'z=1'])})(), ${c}))` },
        ];
      }
      case 17:
        return this.sometimes([
          {
            text: this.pick([
              `LOG.append(eval('${this.int(0).replaceAll("'", '"')} + 1'))`.replace(
                /^.*[abc].*$/,
                "LOG.append(eval('1 + G1'))",
              ),
              `exec('G0 = 5; q6 = G0', {'G0': 1})`,
              `exec('def ff(q):\\n  return q + 1\\nLOG.append(ff(2))', globals())`,
              `LOG.append(sorted(locals())[:1] != None)`,
              `LOG.append(attempt(eval, '1 +'))`,
              `LOG.append(attempt(compile, 'x = (', 'f', 'exec')[0])`,
            ]),
          },
        ]);
      case 18: {
        const q = this.fresh('q');
        return [
          { text: `${q} = [1, 2, 3]` },
          {
            text: `for q9 in ${q}:`,
            body: [
              {
                text: `if len(${q}) < ${this.pick([5, 9])}:`,
                body: [{ text: this.pick([`${q}.append(q9)`, `${q}.insert(0, 0)`, `${q} += [7]`, `${q}.extend(T)`]) }],
              },
              {
                text: `if q9 == ${this.smallInt()}:`,
                body: [{ text: this.pick([`${q}.pop()`, 'break', `${q}.clear()`, `del ${q}[0]`, 'continue']) }],
              },
            ],
          },
          ...(this.chance(0.4) ? [{ text: 'else:', body: [{ text: `LOG.append(${q})` }] }] : []),
        ];
      }
      case 19: {
        const k = this.fresh('k');
        return [
          { text: `${k} = {'a': 1, 'b': ${this.operand()}}` },
          {
            text: `for q9 in ${k}:`,
            body: [
              {
                text: `if ${this.counter} % 5 == ${this.below(5)}:`,
                body: [
                  {
                    text: this.pick([
                      `${k}['c'] = 1`,
                      `del ${k}['a']`,
                      `${k}.clear()`,
                      `${k}['a'] = 2`,
                      `${k}.update(b=3)`,
                    ]),
                  },
                ],
              },
            ],
          },
          { text: `LOG.append(list(${k}.items()))` },
        ];
      }
      case 20:
        return this.sometimes(log(`attempt(lambda: ${this.value()})`.replaceAll(/w9 :=/g, 'q9 :=')));
      case 21:
        return [
          {
            text: this.pick([
              `w7 = w6 = ${this.operand()}; w7 ${this.pick(['+=', '-=', '*=', '//=', '%=', '&=', '|=', '>>=', '**='])} ${this.pick(['2', 'True', '0', this.odd().replace('ODD', 'T').replace(/\d+\]/, '2]')])}; LOG.append((w6, w7))`,
              `w7 = [1]; w6 = w7; w7 ${this.pick(['+=', '*='])} ${this.pick(['[2]', '2', 'T', "'ab'", 'None'])}; LOG.append((w6, w7, w6 is w7))`,
              `w7 = NUM(1); w6 = w7; w7 += ${this.operand()}; LOG.append((w6, w6 is w7))`,
              `w7 = ([1], 2); w7[0] += [3]`,
              `w7 = {1: [2]}; w7[1] += T; w7[1][0] -= ${this.operand()}; LOG.append(w7)`,
              `w7 = S; w7 += ${this.str(0)}; w7 *= 2; LOG.append(w7[-5:])`,
              `w7 = {1, 2}; w7 ${this.pick(['|=', '&=', '-=', '^='])} {2, ${this.smallInt()}}; LOG.append(ordered(w7))`,
            ]),
          },
        ];
      case 22:
        return this.sometimes([
          { text: `assert ${this.operand()}, ${this.operand()}` },
          {
            text: this.pick([
              `LOG.append(${this.value()})`,
              `w8: int = ${this.operand()}`,
              'pass',
              'return_ = None; LOG.append(return_)',
            ]),
          },
        ]);
      default:
        return this.sometimes([
          { text: `LOG.append(FLOW${this.pick(['1', '2'])}(${this.counter} % ${this.pick([5, 9, 12])}))` },
        ]);
    }
  }
  private inside(depth: number): Line[] {
    return depth > 1 && this.chance(0.4) ? this.block(1, 1) : [{ text: `LOG.append(${this.value()})` }];
  }
  private match(): Line[] {
    const patterns = [
      '0',
      '1.0',
      "'a'",
      'None',
      'True',
      '-1',
      '[]',
      '[x1]',
      '[x1, x2]',
      '[1, *x3]',
      '[*_, x2]',
      '(1, (2 | 3) as x1)',
      '{}',
      "{'a': x1}",
      '{1: 2, **x3}',
      'int(x1)',
      'str() as x1',
      'float(x1) | bool(x1)',
      'NUM(v=x1)',
      'SUB()',
      'SLOT(x1)',
      'SLOT(1, x2)',
      'RICH(d=x1, e=2)',
      'RICH(x1, 1)',
      'tuple((x1, x2))',
      'list([x1, *_])',
      'sys.maxsize',
      '1 | 2 | 3 as x1',
      'A(x=x1)',
      'A(x1)',
      'int() | str()',
      '-2 + 1j',
      'x1 if x1',
    ];
    const lines: Line[] = [{ text: 'x1 = x2 = x3 = 0' }];
    const body: Line[] = [];
    const count = 1 + this.below(5);
    for (let i = 0; i < count; i++) {
      const guard = this.chance(0.2) ? ` if note(${this.counter} % 3)` : '';
      const pattern = this.pick(patterns);
      body.push({
        text: `case ${pattern}${pattern.includes(' if ') ? '' : guard}:`,
        body: [{ text: `LOG.append((${i}, str(x1), str(x2), x3))` }],
      });
    }
    if (this.chance(0.5)) body.push({ text: 'case _:', body: [{ text: "LOG.append('no match')" }] });
    lines.push({
      text: `match ${this.pick([this.operand(), this.operand(), this.variable('any'), 'OD', `[${this.operand()}, 2]`, `(1, ${this.smallInt()})`, '{"a": 1}', '{1: 2, 3: 4}', 'RO', 'SO', 'S2', this.variable('obj')])}:`,
      body,
    });
    return lines;
  }

  // ---- random control flow -----------------------------------------------------------------------------------------
  private flow(depth: number, loop: boolean, generator: boolean): Line[] {
    const lines: Line[] = [];
    const count = 1 + this.below(depth > 1 ? 3 : 2);
    for (let i = 0; i < count; i++) lines.push(...this.flowStatement(depth, loop, generator));
    return lines;
  }
  private flowCondition(): string {
    return this.pick([
      `n == ${this.below(9)}`,
      `n % 2`,
      `n > ${this.below(8)}`,
      `t % 3 == ${this.below(3)}`,
      'not n',
      `n in (1, ${this.below(7)})`,
      `t < ${this.below(9)} or n == 3`,
    ]);
  }
  private flowStatement(depth: number, loop: boolean, generator: boolean): Line[] {
    const mark: Line = { text: `LOG.append(${++this.names})` };
    const body = (inLoop = loop): Line[] => this.flow(depth - 1, inLoop, generator);
    const leave = (): Line[] => {
      const how = this.pick([
        ...(loop ? ['continue', 'break', 'continue', 'break'] : []),
        `return ${this.names}`,
        `return t`,
        `raise ValueError(${this.names})`,
        `raise KeyError(n)`,
        'raise',
        `1 // (n - ${this.below(6)})`,
        ...(generator ? [`yield ${this.names}`, 'got = yield t', `yield from (1, n)`, 't += 1 if (yield) else 0'] : []),
      ]);
      return [{ text: `if ${this.flowCondition()}:`, body: [mark, { text: how }] }];
    };
    if (depth <= 0) return this.chance(0.6) ? leave() : [mark, { text: 't += 1' }];
    switch (this.below(11)) {
      case 0:
        return [
          { text: `for v${depth} in range(${1 + this.below(4)}):`, body: [{ text: 't += 1' }, ...body(true)] },
          ...(this.chance(0.4) ? [{ text: 'else:', body: body() }] : []),
        ];
      case 1: {
        const v = `v${depth}`;
        return [
          { text: `${v} = 0` },
          { text: `while ${v} < ${1 + this.below(4)}:`, body: [{ text: `${v} += 1` }, ...body(true)] },
          ...(this.chance(0.4) ? [{ text: 'else:', body: body() }] : []),
        ];
      }
      case 2:
      case 3: {
        const lines: Line[] = [{ text: 'try:', body: body() }];
        lines.push({
          text: `except ${this.pick(['ValueError', 'KeyError', 'Exception', '(ZeroDivisionError, KeyError)', 'RuntimeError'])} as e${depth}:`,
          body: [{ text: `LOG.append(where(e${depth}))` }, ...body()],
        });
        if (this.chance(0.3)) lines.push({ text: 'else:', body: body() });
        if (this.chance(0.4))
          lines.push({ text: 'finally:', body: [{ text: `LOG.append(-${this.names})` }, ...body()] });
        return lines;
      }
      case 4:
      case 5:
        return [
          { text: 'try:', body: body() },
          { text: 'finally:', body: [{ text: `LOG.append(-${++this.names})` }, ...body()] },
        ];
      case 6:
        return [
          {
            text: `with CTX(${this.names}, n ${this.pick(['==', '>', '<'])} ${this.below(6)})${this.chance(0.5) ? ` as c${depth}` : ''}:`,
            body: body(),
          },
        ];
      case 7:
        return [
          { text: `if ${this.flowCondition()}:`, body: body() },
          ...(this.chance(0.5) ? [{ text: 'else:', body: body() }] : []),
        ];
      case 8:
        return [
          {
            text: `match n % 4:`,
            body: [
              { text: 'case 0:', body: body() },
              { text: `case 1 | 2${this.chance(0.4) ? ' if t % 2' : ''}:`, body: body() },
            ],
          },
        ];
      default:
        return leave();
    }
  }
  private flowFunction(name: string, generator: boolean): Line {
    this.level++;
    const body = this.flow(3, false, generator);
    this.level--;
    return {
      text: `def ${name}(n, t=0):`,
      body: [...body, ...(generator ? [{ text: 'yield t' }] : []), { text: 'return t, n' }],
    };
  }

  protected override functionBody(args: string[]): Line[] {
    this.level++;
    const lines = super.functionBody(args);
    this.level--;
    return lines;
  }
  protected override prelude(): Line[] {
    const lines = super.prelude();
    const at = lines.findIndex((line) => line.text.startsWith('def F0'));
    lines.splice(
      at,
      0,
      ...parseLines(PRELUDE),
      this.flowFunction('FLOW1', false),
      this.flowFunction('FLOW2', false),
      this.flowFunction('FLOWG', true),
    );
    return lines;
  }
  /** Mostly as long as an eager JIT needs: these programs do much in an iteration. */
  protected override length(): number {
    return this.pick([100, 150, 250, 800]);
  }
  protected override phaseOptions(): string[] {
    const options = [
      `NUM.__add__ = lambda self, o: 'new add'`,
      `del SUB.__radd__`,
      `SUB.__iadd__ = lambda self, o: 'new iadd'`,
      `NUM.__eq__ = lambda self, o: False`,
      `NUM.__hash__ = None`,
      `SUB.__getattr__ = lambda self, n: n`,
      `RICH.p = 5`,
      `RICH.d = 6`,
      `RICH.__getattr__ = None`,
      `del RICH.__len__`,
      `RICH.__getitem__ = lambda self, k: [k][0]`,
      `META.__call__ = type.__call__`,
      `DESC.__set__ = lambda self, o, v: None`,
      `del DESC.__get__`,
      `SLOT.total = lambda self: 'total'`,
      `SLOT.a = property(lambda self: 'a is property')`,
      `R2.__class__ = RICH`,
      `RO.__class__ = RICH2`,
      `S2.__class__ = SLOT`,
      `TALK.__defaults__ = (2,)`,
      `set_name('TALK', lambda n: iter(range(n)))`,
      `set_name('note', lambda v: v)`,
      `set_name('NUM', INT)`,
      `set_name('RO', R2)`,
      `set_name('OD', DI)`,
      `set_name('isinstance', lambda *a: False)`,
      `set_name('str', repr)`,
      `set_name('ValueError', KeyError)`,
      `set_name('Exception', BaseException)`,
      `set_name('T', [5, 6])`,
      `set_name('STAR', FULL)`,
      `NUMS[1], NUMS[2] = NUMS[2], NUMS[1]`,
      `NUMS[:] = [NUM(k) for k in range(14)]`,
      `NUMS[:] = [k for k in range(14)]`,
      `NUMS[:3] = [1.5, 2.5, 3.5]`,
      `ODD[:3] = ODD[10:13]`,
      `ODD.reverse()`,
      `RESET()`,
      `CORO.__code__ = AGEN2.__code__`,
      `FLOW1.__code__ = FLOW2.__code__`,
      `FLOW1.__defaults__ = (4,)`,
      `CTX.__exit__ = lambda *a: True`,
      `CTX.__enter__ = lambda self: 9`,
      `del CTX.__exit__`,
      `INT.__add__ = int.__mul__`,
      `STR.__eq__ = lambda self, o: True`,
      `DICT.__missing__ = lambda self, k: 0`,
      `LIST.__len__ = lambda self: 1`,
      `LIST.__iter__ = lambda self: iter('li')`,
      `A.__bases__ = (RICHER,)`.replace('RICHER', 'type("Z", (), {"zed": 1})'),
      `B.__mro__`,
      `AITER.__anext__ = None`,
      `sys.setrecursionlimit(900)`,
      `OS.clear(); OD.clear()`,
      `R2.__dict__ = {'e': 1, '_p': 2}`,
      `vars(RO)['_d'] = 4`,
      `SO.a = 'text'`,
      `RO.e = 2.5`,
    ];
    return this.chance(0.6) ? options : super.phaseOptions();
  }
}
