/**
 * Random Python expressions of a wanted kind (int, float, str, anything, a condition) over the variables that the program
 * has at that point. Statements are in random-generator.ts, which extends this.
 */

export class RandomExpressions {
  private state: number;
  protected loopDepth = 0;
  protected names = 0;
  /** names of local (or global, at module level) variables by kind */
  protected vars: Record<string, string[]> = {};
  protected counter = 'i';
  protected inFunction = false;
  protected iterations = 0;
  protected functions: { name: string; arity: number; defaults: number }[] = [];
  protected depth = 0;

  constructor(seed: number) {
    this.state = Math.imul(seed, 0x9e3779b1) ^ 0x5bd1e995;
    for (let i = 0; i < 8; i++) this.random();
  }
  protected random(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
  protected below(n: number): number {
    return Math.floor(this.random() * n);
  }
  protected chance(p: number): boolean {
    return this.random() < p;
  }
  protected pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)];
  }
  protected fresh(prefix: string): string {
    return `${prefix}${++this.names}`;
  }

  // ---- expressions -------------------------------------------------------------------------------------------------
  protected intConstant(): string {
    return this.pick([
      '0',
      '1',
      '-1',
      '2',
      '3',
      '5',
      '7',
      '10',
      '-3',
      '100',
      '255',
      '1000',
      '65537',
      '2147483647',
      '-2147483648',
      '4294967296',
      '140737488355327',
      '-140737488355328',
      '281474976710656',
      '9007199254740993',
      '4611686018427387904',
      '9223372036854775807',
      'True',
    ]);
  }
  protected smallInt(): string {
    return this.pick([
      '0',
      '1',
      '2',
      '3',
      '4',
      '5',
      '7',
      '-1',
      '-2',
      this.counter,
      `${this.counter} % 5`,
      `${this.counter} % 3`,
      `-(${this.counter} % 4)`,
    ]);
  }
  protected floatConstant(): string {
    return this.pick([
      '0.0',
      '-0.0',
      '1.0',
      '0.5',
      '-1.5',
      '2.0',
      '3.25',
      '1e10',
      '1e-3',
      '1e300',
      '9007199254740993.0',
      'INF',
      '-INF',
      'NAN',
    ]);
  }
  protected variable(kind: string): string {
    const own = this.vars[kind];
    return own && own.length > 0
      ? this.pick(own)
      : kind === 'float'
        ? '1.5'
        : kind === 'str'
          ? "'ab'"
          : kind === 'list'
            ? '[1, 2, 3]'
            : kind === 'obj'
              ? 'A(1, 2)'
              : kind === 'dict'
                ? '{1: 2}'
                : '3';
  }

  protected int(depth: number): string {
    if (depth <= 0)
      return this.chance(0.6)
        ? this.variable('int')
        : this.chance(0.4)
          ? this.counter
          : this.chance(0.5)
            ? this.smallInt()
            : this.intConstant();
    const d = depth - 1;
    switch (this.below(26)) {
      case 0:
      case 1:
      case 2:
        return `(${this.int(d)} + ${this.int(d)})`;
      case 3:
      case 4:
        return `(${this.int(d)} - ${this.int(d)})`;
      case 5:
      case 6:
        return `(${this.int(d)} * ${this.int(0)})`;
      case 7:
        return `(${this.int(d)} // ${this.chance(0.6) ? this.pick(['2', '3', '-3', '7', '10', '-1', '1000']) : this.int(0)})`;
      case 8:
        return `(${this.int(d)} % ${this.chance(0.6) ? this.pick(['2', '3', '-3', '7', '10', '-10', '1000', '1000003']) : this.int(0)})`;
      case 9:
        return `(${this.int(d)} & ${this.int(d)})`;
      case 10:
        return `(${this.int(d)} | ${this.int(d)})`;
      case 11:
        return `(${this.int(d)} ^ ${this.int(d)})`;
      case 12:
        return `(${this.int(d)} << ${this.pick(['1', '3', '7', '20', '40', `(${this.counter} % 9)`, `(${this.int(0)} & 31)`])})`;
      case 13:
        return `(${this.int(d)} >> ${this.pick(['1', '3', '7', '40', '70', `(${this.counter} % 9)`, `(${this.int(0)} & 63)`])})`;
      case 14:
        return this.pick([`-${this.int(d)}`, `~${this.int(d)}`, `+${this.int(d)}`, `abs(${this.int(d)})`]);
      case 15:
        return `(${this.int(d)} if ${this.condition(d)} else ${this.int(d)})`;
      case 16:
        return `len(${this.pick([this.variable('list'), this.variable('str'), this.variable('dict')])})`;
      case 17:
        return `int(${this.float(d)})`;
      case 18:
        return this.item();
      case 19:
        return this.attribute();
      case 20:
        return this.call(d);
      case 21:
        return this.methodCall(d);
      case 22:
        return `min(${this.int(d)}, ${this.int(d)})`;
      case 23:
        return this.pick([
          'G0',
          'G1',
          'A.k',
          'T[1]',
          'T[-1]',
          `T[${this.counter} % 3]`,
          "ord('x')",
          `ord(S[${this.counter} % 5])`,
          `sum(${this.variable('list')})`,
          `(${this.int(0)}) ** 2`,
        ]);
      case 24:
        return `int(${this.condition(d)})`;
      default:
        return this.variable('int');
    }
  }
  protected float(depth: number): string {
    if (depth <= 0) return this.chance(0.7) ? this.variable('float') : this.floatConstant();
    const d = depth - 1;
    switch (this.below(12)) {
      case 0:
      case 1:
        return `(${this.float(d)} + ${this.number(d)})`;
      case 2:
        return `(${this.float(d)} - ${this.number(d)})`;
      case 3:
      case 4:
        return `(${this.float(d)} * ${this.number(d)})`;
      case 5:
        return `(${this.number(d)} / ${this.number(d)})`;
      case 6:
        return `(${this.float(d)} ${this.pick(['//', '%'])} ${this.number(d)})`;
      case 7:
        return `-${this.float(d)}`;
      case 8:
        return `float(${this.int(d)})`;
      case 9:
        return `abs(${this.float(d)})`;
      case 10:
        return `(${this.float(d)} if ${this.condition(d)} else ${this.float(d)})`;
      default:
        return `(${this.int(d)} * ${this.floatConstant()})`;
    }
  }
  protected number(depth: number): string {
    return this.chance(0.5) ? this.int(depth) : this.float(depth);
  }
  protected str(depth: number): string {
    if (depth <= 0)
      return this.chance(0.6) ? this.variable('str') : this.pick(["'a'", "'xyz'", "''", "'é'", "'λx'", 'S']);
    const d = depth - 1;
    switch (this.below(7)) {
      case 0:
      case 1:
        return `(${this.str(d)} + ${this.str(d)})`;
      case 2:
        return `str(${this.int(d)})`;
      case 3:
        return `f'{${this.variable('int')}}:{${this.variable('str')}}'`;
      case 4:
        return `${this.variable('str')}[${this.smallInt()}]`;
      case 5:
        return `${this.variable('str')}[${this.pick(['1:', ':2', '::-1', ':-1'])}]`;
      default:
        return this.pick([
          `${this.str(0)}.${this.pick(['upper()', "replace('a', 'b')", 'strip()'])}`,
          `'-'.join([${this.str(0)}, ${this.str(0)}])`,
          `'%s %d' % (${this.str(0)}, ${this.smallInt()})`,
          `${this.str(0)}.partition('x')[${this.pick([0, 1, 2])}]`,
        ]);
    }
  }
  protected any(depth: number): string {
    switch (this.below(12)) {
      case 0:
      case 1:
      case 2:
        return this.int(depth);
      case 9:
        return `MIXED[${this.counter} % ${this.pick([3, 5, 16])}]`;
      case 10:
        return `TABLE.get((${this.counter} % 7, ${this.smallInt()}))`;
      case 11:
        return this.pick([
          `WORDS.get(${this.str(0)})`,
          `(${this.any(0)} ${this.pick(['and', 'or'])} ${this.any(0)})`,
          `SET & {${this.smallInt()}}`,
        ]);
      case 3:
      case 4:
        return this.float(depth);
      case 5:
        return this.str(depth);
      case 6:
        return this.pick(['None', 'True', 'False']);
      case 7:
        return `(${this.int(0)}, ${this.number(0)})`;
      default:
        return this.variable('any');
    }
  }
  protected condition(depth: number): string {
    const compare = ['<', '<=', '==', '!=', '>', '>='];
    if (depth <= 0) return `${this.number(0)} ${this.pick(compare)} ${this.number(0)}`;
    const d = depth - 1;
    switch (this.below(12)) {
      case 0:
      case 1:
      case 2:
        return `${this.number(d)} ${this.pick(compare)} ${this.number(d)}`;
      case 3:
        return `(${this.condition(d)} ${this.pick(['and', 'or'])} ${this.condition(d)})`;
      case 4:
        return `not ${this.condition(d)}`;
      case 5:
        return `${this.counter} % ${2 + this.below(9)} == ${this.below(3)}`;
      case 6:
        return `${this.variable('any')} is ${this.pick(['None', 'not None', 'True', 'NAN'])}`;
      case 7:
        return this.pick([
          this.variable('int'),
          this.variable('float'),
          this.variable('list'),
          this.variable('str'),
          this.variable('obj'),
          this.variable('any'),
          this.any(0),
          `not ${this.any(0)}`,
        ]);
      case 8:
        return `${this.int(0)} ${this.pick(['in', 'not in'])} ${this.pick([this.variable('list'), this.variable('dict'), 'T', 'SET'])}`;
      case 9:
        return `${this.int(0)} < ${this.int(0)} <= ${this.number(0)}`;
      case 10:
        return this.pick([
          `isinstance(${this.variable('any')}, ${this.pick(['int', 'float', 'str'])})`,
          `${this.str(0)} ${this.pick(['==', '!=', '<'])} ${this.str(0)}`,
        ]);
      default:
        return `${this.any(0)} ${this.pick(['==', '!='])} ${this.any(0)}`;
    }
  }
  protected item(): string {
    const list = this.variable('list');
    return this.pick([
      `${list}[${this.smallInt()}]`,
      `${list}[${this.counter} % len(${list})]`,
      `${list}[-1]`,
      `${this.variable('dict')}[${this.smallInt()}]`,
      `${this.variable('dict')}.get(${this.smallInt()}, ${this.int(0)})`,
    ]);
  }
  protected attribute(): string {
    return `${this.variable('obj')}.${this.pick(['x', 'x', 'y', 'k', 'p', 'z'])}`;
  }
  protected call(depth: number): string {
    if (this.functions.length === 0 || this.depth > 2) return this.int(0);
    const f = this.pick(this.functions);
    const count = f.arity - (this.chance(0.3) ? f.defaults : 0);
    const args = Array.from({ length: count }, () => this.number(Math.min(depth, 1)));
    return `${f.name}(${args.join(', ')})`;
  }
  protected methodCall(depth: number): string {
    return `${this.variable('obj')}.${this.pick(['m', 'm', 'n', 'get'])}(${this.number(Math.min(depth, 1))})`;
  }
}
