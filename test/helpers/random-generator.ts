/**
 * Random Python programs: statements around the expressions of random-expressions.ts, in hot loops that change types,
 * bindings, classes and sizes in the middle. What they are for and how they are run: test/random-programs.ts.
 */
import { RandomExpressions } from './random-expressions.ts';
import { type Line, parseLines } from './random-lines.ts';

/** Makes one program from a seed. */
export class Generator extends RandomExpressions {
  // ---- statements --------------------------------------------------------------------------------------------------
  private assign(): Line {
    const kind = this.pick(['int', 'int', 'int', 'float', 'float', 'str', 'any']);
    const target = this.variable(kind);
    if (!/^[a-z]\w*$/.test(target)) return { text: `LOG.append(${target})` };
    const value =
      kind === 'int' ? this.int(2) : kind === 'float' ? this.float(2) : kind === 'str' ? this.str(2) : this.any(2);
    if (this.chance(0.3) && kind !== 'any' && kind !== 'str')
      return {
        text: `${target} ${this.pick(['+=', '-=', '*=', '+=', '+='])} ${kind === 'int' ? this.int(1) : this.number(1)}`,
      };
    return { text: `${target} = ${value}` };
  }
  protected block(depth: number, most = 3): Line[] {
    const lines: Line[] = [];
    const count = 1 + this.below(most);
    for (let i = 0; i < count; i++) lines.push(...this.statement(depth - 1));
    return lines;
  }
  protected statement(depth: number): Line[] {
    const kind = this.pick([
      this.below(depth > 0 ? 34 : 20),
      this.below(depth > 0 ? 34 : 20),
      this.below(depth > 0 ? 34 : 20),
      34,
    ]);
    switch (kind) {
      case 0:
      case 1:
      case 2:
      case 3:
      case 4:
      case 5:
        return [this.assign()];
      case 6: {
        const list = this.variable('list');
        return [
          {
            text: this.pick([
              `${list}.append(${this.any(1)})`,
              `${list}.append(${this.number(1)})`,
              `${list}[${this.smallInt()}] = ${this.number(1)}`,
              `${list}[${this.counter} % len(${list})] = ${this.number(1)}`,
              `${list}.pop()`,
              `del ${list}[0]`,
              `${list}.extend([${this.int(0)}, 1])`,
              `${list}.insert(1, ${this.int(0)})`,
              `${list}.reverse()`,
              `${list}[1:2] = [${this.int(0)}, 7]`,
            ]),
          },
        ];
      }
      case 7: {
        const dict = this.variable('dict');
        return [
          {
            text: this.pick([
              `${dict}[${this.smallInt()}] = ${this.any(1)}`,
              `${dict}[${this.smallInt()}] = ${this.int(1)}`,
              `${dict}.pop(${this.smallInt()}, None)`,
              `${dict}.setdefault(${this.smallInt()}, ${this.int(0)})`,
              `${dict}[${this.str(0)}] = ${this.int(0)}`,
            ]),
          },
        ];
      }
      case 8:
      case 9:
        return [
          {
            text: `${this.variable('obj')}.${this.pick(['x', 'x', 'y', 'z'])} ${this.pick(['=', '=', '+='])} ${this.number(1)}`,
          },
        ];
      case 10: {
        if ((this.vars.int ?? []).length < 2) return [this.assign()];
        const a = this.variable('int');
        const b = this.variable(this.pick(['int', 'int', 'float', 'any']));
        if (!/^[a-z]\w*$/.test(b)) return [this.assign()];
        return [{ text: `${a}, ${b} = ${b}, ${a}` }];
      }
      case 11:
        return [
          {
            text: `LOG.append(${this.pick([this.variable('int'), this.variable('float'), this.variable('str'), this.variable('any'), this.call(1), this.methodCall(1)])})`,
          },
        ];
      case 12:
        return [
          {
            text: `if ${this.counter} % ${this.pick([7, 31, 97, 211])} == ${this.below(7)}:`,
            body: [{ text: `LOG.append(${this.any(1)})` }],
          },
        ];
      case 13:
        return [this.phase()];
      case 14: {
        const target = this.variable('int');
        if (!/^[a-z]\w*$/.test(target)) return [this.assign()];
        return [{ text: `${target} = ${this.call(2)}` }];
      }
      case 15: {
        const target = this.variable(this.pick(['int', 'any']));
        if (!/^[a-z]\w*$/.test(target)) return [this.assign()];
        return [{ text: `${target} = ${this.methodCall(2)}` }];
      }
      case 16: {
        const target = this.variable('list');
        if (!/^[a-z]\w*$/.test(target)) return [this.assign()];
        const v = this.fresh('q');
        return [
          {
            text: this.pick([
              `${target} = [${v} + ${this.smallInt()} for ${v} in range(${1 + this.below(6)})]`,
              `${target} = [${this.int(0)}, ${this.number(0)}, ${this.int(0)}]`,
              `${target} = list(range(${1 + this.below(5)}))`,
              `${target} = sorted(${target}, key=lambda ${v}: -${v})`,
              `${target} = ${target}[:${1 + this.below(5)}]`,
              `${target} = [${v} for ${v} in ${target} if ${v} != ${this.smallInt()}]`,
              `${target} = ${target} + [${this.int(0)}]`,
            ]),
          },
        ];
      }
      case 17:
        return [
          {
            text: this.pick([
              `G0 ${this.pick(['=', '+='])} ${this.int(0)}`,
              `A.k = ${this.int(0)}`,
              `GL[0] = ${this.int(0)}`,
            ]),
          },
        ].map((line) =>
          line.text.startsWith('G0') && this.inFunction ? { text: `set_global(${this.int(0)})` } : line,
        );
      case 18: {
        const target = this.variable('int');
        const f = this.pick(
          [
            '(lambda q: q + CAPTURED)(ARG)',
            'MAKE(ARG)(CAPTURED)',
            'ACC(ARG)',
            'REC(ARG % 6, CAPTURED)',
            'OUTER(ARG)',
            'sum(GEN(3, ARG))',
            'FIB(ARG % 9)',
            'KW(ARG, c=CAPTURED)',
            'VAR(ARG, CAPTURED)',
          ].map((s) => s.replace('ARG', this.int(0)).replace('CAPTURED', this.int(0))),
        );
        return /^[a-z]\w*$/.test(target) ? [{ text: `${target} = ${f}` }] : [{ text: f }];
      }
      case 34:
      case 35:
      case 36:
      case 37:
      case 38:
      case 39:
        return this.temporary(depth);
      case 19: {
        const target = this.variable('any');
        return /^[a-z]\w*$/.test(target)
          ? [
              {
                text: `${target} = ${this.pick([`${this.variable('obj')} + ${this.int(0)}`, `${this.int(0)} + ${this.variable('obj')}`, `${this.variable('obj')} < ${this.int(0)}`, `${this.variable('obj')} == ${this.int(0)}`, `${this.variable('obj')}[${this.int(0)}]`, `len(${this.variable('obj')})`, `${this.variable('obj')}(${this.int(0)})`])}`,
              },
            ]
          : [this.assign()];
      }
      case 20:
      case 21:
      case 22:
      case 23: {
        const lines: Line[] = [{ text: `if ${this.condition(2)}:`, body: this.block(depth) }];
        if (this.chance(0.3)) lines.push({ text: `elif ${this.condition(1)}:`, body: this.block(depth) });
        if (this.chance(0.5)) lines.push({ text: 'else:', body: this.block(depth) });
        return lines;
      }
      case 24:
      case 25:
      case 26:
        return this.inner(depth);
      case 27:
      case 28: {
        const lines: Line[] = [{ text: 'try:', body: this.block(depth) }];
        const form = this.below(4);
        if (form < 3) {
          const e = this.fresh('e');
          lines.push({
            text: `except ${this.pick(['Exception', '(ValueError, TypeError)', 'ZeroDivisionError', 'LookupError'])} as ${e}:`,
            body: [{ text: `LOG.append(where(${e}))` }, ...this.block(depth, 1)],
          });
        }
        if (form === 1) lines.push({ text: 'else:', body: this.block(depth, 1) });
        if (form >= 2) lines.push({ text: 'finally:', body: this.block(depth, 1) });
        return lines;
      }
      case 29:
        return [{ text: `with CTX(${this.int(0)}, ${this.pick(['True', 'False'])}):`, body: this.block(depth, 2) }];
      case 30:
        return [
          {
            text: `if ${this.counter} % ${3 + this.below(40)} == ${this.below(3)}:`,
            body: [
              ...this.block(depth, 1),
              { text: this.loopDepth > 0 ? this.pick(['continue', 'continue', 'break']) : 'pass' },
            ],
          },
        ];
      case 31:
        return [
          {
            text: `if ${this.counter} % ${5 + this.below(60)} == ${this.below(5)}:`,
            body: [
              {
                text: this.pick([
                  `raise ValueError(${this.int(0)})`,
                  `RAISE(${this.int(0)})`,
                  `raise KeyError(${this.int(0)})`,
                  `1 // ${this.int(0)}`,
                ]),
              },
            ],
          },
        ];
      case 32: {
        const f = this.fresh('f');
        const captured = this.variable('int');
        const lines: Line[] = [
          { text: `def ${f}(q, r=${this.int(0)}):`, body: [{ text: `return q + r + ${captured}` }] },
        ];
        const target = this.variable('int');
        if (/^[a-z]\w*$/.test(target)) lines.push({ text: `${target} = ${f}(${this.int(0)})` });
        return lines;
      }
      default:
        return [this.phase()];
    }
  }
  /** Objects made and (mostly) gone again within an iteration: what allocation sinking feeds on. */
  private temporary(depth: number): Line[] {
    if (this.depth > 0) return [this.assign()];
    const int = this.pick(this.vars.int ?? ['a']);
    const n = (): string => this.number(1);
    const escapes = `if ${this.condition(1)}:`;
    const lines = this.pick<Line[]>([
      [{ text: `t = (${n()}, ${n()})` }, { text: `${int} = t[0]` }],
      [{ text: `t = (${n()}, ${n()}, t[:1])` }, { text: escapes, body: [{ text: 'keep(t)' }] }],
      [{ text: `q = Vec(${n()}, ${n()})` }, { text: `${int} = q.dot(vec)` }],
      [{ text: `vec = (vec + Vec(${n()}, 1)).clip()` }],
      [{ text: `vec = (vec * ${this.smallInt()}).clip()` }, { text: escapes, body: [{ text: 'LOG.append(vec)' }] }],
      [
        { text: `vec = Vec(${n()}, ${n()})` },
        { text: escapes, body: [{ text: 'keep(vec)' }] },
        { text: `${int} = vec.x` },
      ],
      [
        { text: `q = Vec(${n()}, 2)` },
        { text: escapes, body: [{ text: `q.x = ${n()}` }, { text: 'vec = q' }] },
        { text: 'LOG.append(q.x)' },
      ],
      [
        { text: `q = Vec(1, ${n()}).swap()` },
        { text: `${int} = q.x` },
        { text: escapes, body: this.block(depth - 1, 1) },
        { text: `${int} = q.y` },
      ],
      [{ text: `${int}, q = pair(${n()}, ${this.int(0)})` }],
      [{ text: `${int} = first(pair(${n()}, vec))` }],
      [{ text: `${int}, q = vec` }],
      [{ text: `up = make_counter(${this.int(0)})` }, { text: `${int} = up() + up(${n()})` }],
      [
        { text: `q = [${n()}, ${n()}]` },
        { text: escapes, body: [{ text: 'q.append(1)' }] },
        { text: `${int} = q[-1]` },
      ],
      [
        { text: `q = [Vec(${n()}, z9) for z9 in range(${this.pick(['2', `${this.counter} % 4`])})]` },
        { text: 'LOG.append(len(q))' },
      ],
      [{ text: `if Vec(${n()}, 1) == vec:`, body: [{ text: `${int} = 5` }] }],
      [
        {
          text: `for q in UNTIL(${this.pick(['2', `${this.counter} % 5`])}):`,
          body: [{ text: `vec = (vec + Vec(q, ${n()})).clip()` }, { text: escapes, body: [{ text: 'break' }] }],
        },
      ],
      [
        {
          text: `for q in range(${this.counter} % 4):`,
          body: [{ text: `r = (q, vec)` }, { text: `vec = Vec(r[0], ${n()})` }],
        },
        { text: 'LOG.append(vec.y)' },
      ],
      [{ text: `q = {'x': ${n()}, 'y': vec}` }, { text: `${int} = q['x']` }],
      [{ text: `q = slice(${this.smallInt()}, None)` }, { text: 'LOG.append(len(l[q]))' }],
      [{ text: `vec.x = ${n()}` }, { text: 'vec = vec.clip()' }],
      [{ text: `vec, q = Vec(vec.y, ${n()}), vec` }, { text: 'LOG.append(q.x == vec.y)' }],
    ]);
    return lines;
  }
  /** Something that happens once or twice, long after the loop was compiled. */
  protected phase(): Line {
    const options = this.phaseOptions();
    const from = Math.floor(this.iterations * 0.4);
    const at = from + this.below(this.iterations - from);
    const when = this.pick([
      `if ${this.counter} == ${at}:`,
      `if ${this.counter} == ${at}:`,
      `if ${this.counter} >= ${at}:`,
      `if ${this.counter} in (${at}, ${at + 40}):`,
    ]);
    return { text: when, body: [{ text: this.pick(options) }] };
  }
  /** Statements, one of which a phase is. */
  protected phaseOptions(): string[] {
    const obj = this.variable('obj');
    const int = this.variable('int');
    const options = [
      `A.m = lambda self, q: q`,
      `Vec.dot = lambda self, o: 7`,
      `Vec.__init__ = A.__init__`,
      `vec.extra = 1`,
      `Vec.__eq__ = object.__eq__`,
      `keep(vec)`,
      `set_name('Vec', lambda x, y: KEEP[-1] if KEEP else O0)`,
      `A.k = ${this.any(0)}`,
      `${obj}.w = 1`,
      `${obj}.x = ${this.any(0)}`,
      `${obj}.__class__ = B`,
      `${obj}.__class__ = A`,
      `del ${obj}.y`,
      `${obj}.__dict__['x'] = ${this.int(0)}`,
      `${obj}.m = lambda q: q * 2`,
      `A.p = property(lambda self: self.x)`,
      `A.n = B.m`,
      `A.__add__ = lambda self, o: ${this.int(0)}`,
      `A.__bool__ = lambda self: False`,
      `A.__getattr__ = lambda self, name: 77`,
      `B.__getattribute__ = lambda self, name: object.__getattribute__(self, name)`,
      `LOG.append(sorted(vars(${obj})))`,
      `GL.clear()`,
      `FIB.__defaults__ = (5,)`,
      `KW.__kwdefaults__ = {'c': 9}`,
      `F0.__defaults__ = (${this.int(0)},)`,
      `F0.__code__ = F1.__code__`,
      `set_name('F0', F1)`,
      `set_name('T', (1.5, 'x', 3))`,
      `set_name('G0', ${this.any(0)})`,
      `set_name('len', lambda q: 3)`,
      `set_name('abs', lambda q: q)`,
      `del_name('abs')`,
      `set_name('range', lambda *q: [1, 2])`,
      `set_name('A', B)`,
      `set_name('G9', 1)`,
      `ACC(10 ** 20)`,
      `LOG.append(len(locals()) > 0)`,
      `LOG.append(sys._getframe().f_lineno)`,
      `sys._getframe().f_locals`,
      `LOG.append(DEEP(0))`,
    ];
    if (/^[a-z]\w*$/.test(int))
      options.push(
        `${int} = ${this.floatConstant()}`,
        `${int} = 'text'`,
        `${int} = 2 ** 62`,
        `${int} = 2 ** 47 - 1`,
        `${int} = -(2 ** 63)`,
        `${int} = None`,
        `${int} = True`,
        `del ${int}`,
      );
    const list = this.variable('list');
    if (/^[a-z]\w*$/.test(list))
      options.push(
        `${list}.clear()`,
        `${list} = tuple(${list})`,
        `${list} = 'string'`,
        `${list}[:] = [1.5] * 4`,
        `${list} *= 3`,
      );
    return options;
  }
  private inner(depth: number): Line[] {
    const v = this.fresh('j');
    const saved = this.counter;
    const ints = this.vars.int ?? [];
    const lines: Line[] = [];
    this.loopDepth++;
    const body = (): Line[] => {
      if (this.chance(0.6)) this.counter = v;
      const block = this.block(depth - 1);
      this.counter = saved;
      return block;
    };
    switch (this.below(9)) {
      case 0:
      case 1:
        lines.push({
          text: `for ${v} in range(${this.pick(['3', '5', '20', `${saved} % 5`, `${saved} % 11`, `2, 9, 3`, `9, 0, -2`, `abs(${ints.length ? this.pick(ints) : '3'}) % 7`])}):`,
          body: body(),
        });
        break;
      case 2:
        lines.push({
          text: `for ${v} in ${this.variable('list')}${this.chance(0.5) ? '[:6]' : ''}:`,
          body: this.block(depth - 1, 2),
        });
        lines[0].text = `for ${v} in ${this.pick([`${this.variable('list')}[:6]`, 'T', 'GL[:9]', `(1, 2.5, ${this.int(0)})`])}:`;
        break;
      case 3: {
        const w = this.fresh('c');
        lines.push(
          { text: `${w} = 0` },
          {
            text: `while ${w} < ${this.pick(['3', `${saved} % 6`, '10'])}:`,
            body: [{ text: `${w} += 1` }, ...this.block(depth - 1, 2)],
          },
        );
        break;
      }
      case 4: {
        const w = this.fresh('k');
        lines.push({
          text: `for ${w}, ${v} in ${this.pick([`enumerate(${this.variable('list')}[:5])`, `zip(range(4), ${this.variable('list')}[:7])`, `list(${this.variable('dict')}.items())[:6]`])}:`,
          body: this.block(depth - 1, 2),
        });
        break;
      }
      case 5:
        lines.push({ text: `for ${v} in GEN(${this.pick(['3', `${saved} % 6`])}, ${this.int(0)}):`, body: body() });
        break;
      case 6:
        lines.push({
          text: `for ${v} in ${this.pick(['"abc"', `S[:${saved} % 5]`, this.depth > 0 ? 'T' : 'map(F0, (1, 2, 3), (4, 5, 6))', `sorted(${this.variable('dict')}, key=str)[:4]`])}:`,
          body: this.block(depth - 1, 2),
        });
        break;
      default:
        lines.push({ text: `for ${v} in range(${this.pick(['2', '4', `${saved} % 8`])}):`, body: body() });
    }
    if (this.chance(0.25)) lines.push({ text: 'else:', body: this.block(depth - 1, 1) });
    this.loopDepth--;
    return lines;
  }

  protected functionBody(args: string[]): Line[] {
    const saved = { vars: this.vars, counter: this.counter, inFunction: this.inFunction, loops: this.loopDepth };
    this.vars = {
      int: [...args, 'loc'],
      float: ['flt'],
      any: [...args],
      list: ['GL'],
      dict: ['GD'],
      obj: ['O0'],
      str: ['S'],
    };
    this.vars.str = ['txt'];
    this.counter = args[0];
    this.inFunction = true;
    this.loopDepth = 0;
    this.depth++;
    const lines: Line[] = [
      { text: 'loc = 1' },
      { text: 'flt = 0.5' },
      { text: "txt = 'q'" },
      ...this.block(2, 3),
      { text: `return ${this.pick([this.int(1), this.float(1), 'loc', args[0]])}` },
    ];
    this.depth--;
    this.vars = saved.vars;
    this.counter = saved.counter;
    this.inFunction = saved.inFunction;
    this.loopDepth = saved.loops;
    return lines;
  }

  protected prelude(): Line[] {
    const lines: Line[] = [];
    for (const text of [
      'import sys',
      "INF = float('inf')",
      "NAN = float('nan')",
      'LOG = []',
      "S = 'héllo'",
      'T = (1, 2, 3)',
      'G0 = 1',
      'G1 = 2.5',
      'GL = [1, 2, 3, 4]',
      'GD = {1: 1, 2: 4, 3: 9}',
      "MIXED = [None, True, False, 0, 1, '', 'x', 0.0, 2.5, (), (1,), [], [0], {}, {1: 2}, 1 << 70]",
      'TABLE = {(i, k): MIXED[(i * 5 + k) % 16] for i in range(6) for k in range(5)}',
      "WORDS = {'a': 1, 'ab': None, 'xyz': False, 'é': 'ab', '': 0.0}",
      'SET = {1, 2, 3, 5, 8, 13}',
    ])
      lines.push({ text });
    const add = (source: string): void => {
      lines.push(...parseLines(source));
    };
    add(`
def set_global(v):
    global G0
    G0 = v
def set_name(n, v):
    globals()[n] = v
def del_name(n):
    globals().pop(n, None)
def where(e):
    if type(e) is RecursionError:
        return 'too deep'
    t = e.__traceback__
    lines = []
    while t is not None:
        lines.append(t.tb_lineno)
        t = t.tb_next
    return type(e).__name__, str(e), len(lines), tuple(lines[:3] + lines[-3:])
def show(o):
    return [(k, x) for k, x in vars(o).items() if not callable(x)]
class Vec:
    def __init__(self, x, y):
        self.x = x
        self.y = y
    def __add__(self, o):
        return Vec(self.x + o.x, self.y + o.y)
    def __mul__(self, k):
        return Vec(self.x * k, self.y * k)
    def dot(self, o):
        return self.x * o.x + self.y * o.y
    def swap(self):
        self.x, self.y = self.y, self.x
        return self
    def clip(self):
        if not -1e9 < self.x < 1e9:
            self.x = 1
        if not -1e9 < self.y < 1e9:
            return Vec(self.x, 2)
        return self
    def __repr__(self):
        return f'Vec({self.x}, {self.y})'
    def __eq__(self, o):
        return isinstance(o, Vec) and self.x == o.x
    def __iter__(self):
        yield self.x
        yield self.y
KEEP = []
def keep(v):
    KEEP.append(v)
    if len(KEEP) > 8:
        del KEEP[:5]
    return v
def pair(a, b):
    return a, b
def first(p):
    return p[0]
def make_counter(n):
    c = n
    def up(k=1):
        nonlocal c
        c += k
        return c
    return up
def UNTIL(n):
    while True:
        n = n - 1
        if n < 0:
            return
        yield n
def RAISE(v):
    if v != 0:
        raise ValueError(v)
    return v
def DEEP(n):
    try:
        return DEEP(n + 1)
    except RecursionError:
        return n > 500
def MAKE(a):
    def inner(b):
        return a + b
    return inner
def make_acc():
    total = 0
    def acc(v):
        nonlocal total
        total = total + v
        if not -1000000000000000 < total < 1000000000000000:
            total = 0
        return total
    return acc
ACC = make_acc()
def REC(n, v):
    if n <= 0:
        return v
    return REC(n - 1, v + n) + 1
def FIB(n=3):
    if n < 2:
        return n
    return FIB(n - 1) + FIB(n - 2)
def KW(a, b=2, *, c=3):
    return a + b * c
def VAR(*a, **k):
    return len(a) + len(k)
def GEN(n, v):
    for g in range(n):
        yield v
        v = v + g
def OUTER(v):
    try:
        return RAISE(v % 3) + 1
    except ValueError:
        return -1
    finally:
        LOG.append(v) if v == 5 else None
class CTX:
    def __init__(self, v, swallow):
        self.v = v
        self.swallow = swallow
    def __enter__(self):
        return self.v
    def __exit__(self, t, e, tb):
        return self.swallow and t is not None
`);
    this.functions = [];
    lines.push({ text: `def F0(a, b=${this.intConstant()}):`, body: this.functionBody(['a', 'b']) });
    this.functions.push({ name: 'F0', arity: 2, defaults: 1 });
    lines.push({ text: 'def F1(c, d=2):', body: this.functionBody(['c', 'd']) });
    this.functions.push({ name: 'F1', arity: 2, defaults: 1 });
    const method = (name: string): Line => ({
      text: `def ${name}(self, a):`,
      body: this.chance(0.5)
        ? this.functionBody(['a'])
        : [
            {
              text: `return ${this.pick(['self.x + a', 'self.x * a + self.k', 'a', 'self.get(a)', 'F0(a)', 'self.y'])}`,
            },
          ],
    });
    lines.push({
      text: 'class A:',
      body: [
        { text: `k = ${this.intConstant()}` },
        { text: 'def __init__(self, x, y):', body: [{ text: 'self.x = x' }, { text: 'self.y = y' }] },
        method('m'),
        method('n'),
        { text: 'def get(self, a):', body: [{ text: 'self.y = a' }, { text: 'return self.x' }] },
        { text: '@property' },
        {
          text: 'def p(self):',
          body: [{ text: `return ${this.pick(['self.x + 1', 'self.y', 'self.x', 'F1(self.x)'])}` }],
        },
        {
          text: 'def __add__(self, o):',
          body: [{ text: `return ${this.pick(['self.x + o', 'o', 'NotImplemented', 'A(self.x, o)'])}` }],
        },
        { text: 'def __radd__(self, o):', body: [{ text: 'return o' }] },
        {
          text: 'def __lt__(self, o):',
          body: [{ text: `return ${this.pick(['self.x < o', 'NotImplemented', 'o'])}` }],
        },
        {
          text: 'def __eq__(self, o):',
          body: [{ text: `return ${this.pick(['self.x == o', 'NotImplemented', 'self is o'])}` }],
        },
        { text: 'def __getitem__(self, q):', body: [{ text: 'return q' }] },
        { text: 'def __len__(self):', body: [{ text: `return ${this.pick(['0', '3', 'self.x'])}` }] },
        { text: 'def __call__(self, q):', body: [{ text: `return ${this.pick(['q', 'self.x', 'self.m(q)'])}` }] },
        { text: 'def __repr__(self):', body: [{ text: "return 'A'" }] },
      ],
    });
    lines.push({
      text: 'class B(A):',
      body: [
        {
          text: 'def m(self, a):',
          body: [{ text: `return ${this.pick(['super().m(a)', 'super().m(a) + 1', 'self.x', 'A.m(self, a)'])}` }],
        },
        { text: 'def __init__(self, x, y=4):', body: [{ text: 'super().__init__(x, y)' }, { text: 'self.z = 9' }] },
      ],
    });
    lines.push({ text: 'O0 = A(1, 2)' });
    return lines;
  }

  /** Brings numbers back into bounds, so that they stay small enough to print and to compute with. */
  private bounds(names: string[], float: string[], strings: string[], lists: string[]): Line[] {
    const lines: Line[] = [];
    const bound = (): string =>
      this.pick(['2 ** 31', '2 ** 47', '2 ** 48', '2 ** 53', '2 ** 62', '2 ** 63', '2 ** 64', '2 ** 70', '10 ** 6']);
    for (const name of names)
      lines.push({
        text: `if not isinstance(${name}, (int, float)) or not -(${bound()}) < ${name} < ${bound()}:`,
        body: [{ text: `${name} = ${this.counter}` }],
      });
    for (const name of float)
      if (this.chance(0.6)) lines.push({ text: `if not -1e18 < ${name} < 1e18:`, body: [{ text: `${name} = 1.25` }] });
    for (const name of strings)
      lines.push({ text: `if len(${name}) > 30:`, body: [{ text: `${name} = ${name}[:4]` }] });
    for (const name of lists)
      lines.push({
        text: `if len(${name}) > 25 or len(${name}) < 2:`,
        body: [{ text: `${name} = [1, 2, 3, ${this.counter}]` }],
      });
    lines.push({ text: 'if len(GL) > 20 or len(GL) < 2:', body: [{ text: 'GL[:] = [1, 2, 3]' }] });
    lines.push({
      text: 'if not -2 ** 60 < G0 < 2 ** 60:',
      body: [{ text: this.inFunction ? 'set_global(3)' : 'G0 = 3' }],
    });
    lines.push({
      text: 'if len(LOG) > 400:',
      body: [
        { text: 'print(LOG)' },
        { text: 'LOG.clear()' },
        { text: 'PRINTED[0] += 1' },
        { text: 'if PRINTED[0] > 3:', body: [{ text: 'raise SystemExit' }] },
      ],
    });
    return lines;
  }

  /** How often the loops of a program go round. */
  protected length(): number {
    return this.pick([700, 900, 1300]);
  }

  program(): Line[] {
    const lines = this.prelude();
    lines.push({ text: 'PRINTED = [0]' });
    this.iterations = this.length();
    const atModule = this.chance(0.25);
    const ints = ['a', 'b', 'c'];
    const floats = ['u', 'v'];
    const strings = ['s'];
    const lists = ['l', 'h'];
    this.vars = {
      int: ints,
      float: floats,
      str: strings,
      list: lists,
      obj: ['o', 'p'],
      dict: ['d'],
      any: ['w', 'a', 'u', 's'],
    };
    this.inFunction = !atModule;
    const body: Line[] = [];
    body.push(
      ...parseLines(`
a = 1
b = ${this.intConstant()}
c = 3
u = 0.5
v = ${this.floatConstant()}
s = 'ab'
l = [1, 2, 3, 4]
h = [${this.pick(['1, 2.5, 3', '1.0, 2.0, 3.0', "'a', 'b', 'c'", '1, 2, 3'])}]
o = A(3, 4)
p = ${this.pick(['A(5, 6.5)', 'B(5)', 'B(7, 2.5)', 'o'])}
d = {0: 0, 1: 1, 2: 4, 3: 9, 4: 16}
w = None
t = (1, 2)
vec = Vec(1, 2)
`),
    );
    const loops = 1 + this.below(2);
    for (let i = 0; i < loops; i++) {
      this.counter = 'i';
      const inner = this.bounds(ints, floats, strings, lists);
      this.loopDepth++;
      const work = this.block(4, 6);
      this.loopDepth--;
      if (this.chance(0.75))
        inner.push(
          { text: 'try:', body: work },
          {
            text: 'except Exception as e:',
            body: [{ text: 'LOG.append(where(e))' }, ...parseLines('a = 1\nb = 2\nc = 3\nu = 1.5\nv = 2.5\ns = "r"')],
          },
        );
      else inner.push(...work);
      if (this.chance(0.7)) body.push({ text: `for i in range(${this.iterations}):`, body: inner });
      else
        body.push({ text: 'i = 0' }, { text: `while i < ${this.iterations}:`, body: [{ text: 'i += 1' }, ...inner] });
      body.push({ text: 'LOG.append((a, b, c, u, v, s, l, h, w, show(o), d, t, vec))' });
    }
    if (atModule) lines.push(...body);
    else {
      lines.push({ text: 'def main():', body });
      lines.push(
        { text: 'try:', body: [{ text: 'main()' }] },
        { text: 'except Exception as e:', body: [{ text: 'LOG.append(where(e))' }] },
      );
    }
    lines.push({ text: 'print(LOG)' });
    return lines;
  }
}
