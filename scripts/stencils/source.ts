/**
 * Reads stencil sources: stencils/ARCH/*.s. The syntax, by example:
 *
 *     # a comment
 *     stencil add_int(result = a, #b in 0..4095) result_after_exit
 *       add {result}, {b}
 *       jo {exit}
 *
 * - Several names before the parenthesis: several uops with the same code.
 * - `result = a`: the result is in a's register (tied). `#b`: the operand is a constant, not a register.
 * - Restrictions: `in LOW..HIGH`, `in LOW..HIGH step N`, or `as 0xffff0000????????` (64-bit immediates: `?` is any digit).
 *   For a register they restrict its number. Several stencils of one name and signature are alternatives: the first
 *   that takes the operands is used.
 * - Flags: `early_clobber` (the result is written before all operands are read), `result_after_exit` (nothing is written
 *   before the last exit, so the result may be in an operand's register even though the exit needs that operand).
 * - In the code `{a}` is the register, `{a:32}` its 32-bit name, `{exit}` and `{target}` are addresses, and all else in
 *   braces is arithmetic: immediates and constant operands (used linearly, `imm0 * 8 + 16`; or bits of them,
 *   `imm0[31:16]`, `~imm0[15:0]`), and names: a field `List.size` or a state word `State.frame` is its byte offset, a
 *   `StateCell.spill` likewise; `Fixed.true` and `T.list` are cells; TAG_INT and TAG_REF high words as in values.ts.
 */
import * as fixedCells from '../../src/heap/fixed.ts';
import * as layouts from '../../src/heap/layouts.ts';
import * as values from '../../src/heap/values.ts';
import { Source } from '../../src/jit/stencil-format.ts';
import { type Uop, uopTable } from '../../src/jit/uops.ts';

export type ImmediateName = 'imm0' | 'imm1' | 'constant';

/** What a stencil accepts for one operand or immediate. */
export type Restriction =
  | { readonly kind: 'range'; readonly low: bigint; readonly high: bigint; readonly step: bigint }
  | { readonly kind: 'pattern'; readonly free: bigint; readonly pattern: bigint };

export interface Parameter {
  readonly source: Source;
  /** an immediate or a constant operand, not a register */
  readonly immediate: boolean;
  /** 64 bits */
  readonly wide: boolean;
  readonly float: boolean;
  readonly restriction: Restriction | null;
}

/** `scale * source + addend`, then possibly bits high..low of it, possibly inverted. */
export interface Expression {
  readonly source: Source | null;
  readonly scale: bigint;
  readonly addend: bigint;
  readonly slice: readonly [number, number] | null;
  readonly inverted: boolean;
}

export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'register'; readonly source: Source; readonly narrow: boolean }
  | { readonly kind: 'expression'; readonly expression: Expression }
  | { readonly kind: 'branch'; readonly target: 'exit' | 'target'; readonly occurrence: number };

export interface SourceStencil {
  readonly names: readonly string[];
  readonly where: string;
  readonly parameters: readonly Parameter[];
  /** Source of the operand tied to the result, or null */
  readonly tied: Source | null;
  readonly constant: boolean;
  readonly earlyClobber: boolean;
  readonly resultAfterExit: boolean;
  readonly pieces: readonly Piece[];
  readonly labels: readonly string[];
  readonly branches: number;
}

export class StencilSourceError extends Error {}

const sourceNames: Record<string, Source> = {
  result: Source.result,
  a: Source.a,
  b: Source.b,
  c: Source.c,
  imm0: Source.immediate,
  imm1: Source.second,
};

/** Enumerations whose members are no offsets in words. */
const plainEnumerations = new Set([
  'Fixed',
  'T',
  'Kind',
  'TypeFlag',
  'StrFlag',
  'IntForm',
  'CodeFlag',
  'GeneratorState',
]);

function namedValue(name: string, where: string): bigint {
  const [enumeration, member] = name.split('.');
  if (member === undefined) {
    const constant = (values as Record<string, unknown>)[name];
    if (typeof constant === 'number') return BigInt(constant);
  } else {
    const table =
      (fixedCells as Record<string, unknown>)[enumeration] ?? (layouts as Record<string, unknown>)[enumeration];
    const value = table !== undefined && (table as Record<string, unknown>)[member];
    if (typeof value === 'number')
      return BigInt(value) * (enumeration === 'StateCell' ? 8n : plainEnumerations.has(enumeration) ? 1n : 4n);
  }
  throw new StencilSourceError(`${where}: nothing is called ${name}`);
}

/** Recursive descent over what stands between braces. */
class ExpressionParser {
  readonly #tokens: string[];
  #at = 0;

  constructor(
    text: string,
    private readonly constantOperands: ReadonlySet<string>,
    private readonly where: string,
  ) {
    this.#tokens = text.match(/0x[0-9a-fA-F]+|\d+|[A-Za-z_]\w*(?:\.\w+)?|<<|>>|[-+*/&|~()[\]:]/g) ?? [];
    if (this.#tokens.join('') !== text.replace(/\s+/g, '')) throw this.#error(`cannot read {${text}}`);
  }

  parse(): Expression {
    const expression = this.#binary(0);
    if (this.#at < this.#tokens.length) throw this.#error(`unexpected ${this.#tokens[this.#at]}`);
    return expression;
  }

  #error(message: string): StencilSourceError {
    return new StencilSourceError(`${this.where}: ${message}`);
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at++;
    return true;
  }

  #constant(value: bigint): Expression {
    return { source: null, scale: 0n, addend: value, slice: null, inverted: false };
  }

  static readonly #levels = [['|'], ['&'], ['<<', '>>'], ['+', '-'], ['*', '/']];

  #binary(level: number): Expression {
    if (level === ExpressionParser.#levels.length) return this.#unary();
    let left = this.#binary(level + 1);
    for (;;) {
      const operator = ExpressionParser.#levels[level].find((candidate) => this.#take(candidate));
      if (operator === undefined) return left;
      left = this.#combine(operator, left, this.#binary(level + 1));
    }
  }

  #combine(operator: string, left: Expression, right: Expression): Expression {
    if (left.slice || right.slice) throw this.#error('bits of an immediate cannot be computed with');
    const [a, b] = [left.addend, right.addend];
    if (left.source === null && right.source === null) {
      if (operator === '/' && a % b !== 0n) throw this.#error('a division with a remainder');
      const results: Record<string, () => bigint> = {
        '|': () => a | b,
        '&': () => a & b,
        '<<': () => a << b,
        '>>': () => a >> b,
        '+': () => a + b,
        '-': () => a - b,
        '*': () => a * b,
        '/': () => a / b,
      };
      return this.#constant(results[operator]());
    }
    if (operator === '*' && right.source === null) return { ...left, scale: left.scale * b, addend: a * b };
    if (operator === '+' && right.source === null) return { ...left, addend: a + b };
    if (operator === '+' && left.source === null) return { ...right, addend: a + b };
    if (operator === '-' && right.source === null) return { ...left, addend: a - b };
    if (operator === '-' && left.source === null) return { ...right, scale: -right.scale, addend: a - b };
    throw this.#error('an immediate may only be used linearly');
  }

  #unary(): Expression {
    if (this.#take('-')) return this.#combine('-', this.#constant(0n), this.#unary());
    if (this.#take('~')) {
      const operand = this.#unary();
      if (operand.source === null) return this.#constant(~operand.addend);
      if (!operand.slice) throw this.#error('only bits of an immediate can be inverted');
      return { ...operand, inverted: !operand.inverted };
    }
    return this.#postfix();
  }

  #postfix(): Expression {
    let expression = this.#primary();
    if (this.#take('[')) {
      const high = Number(this.#tokens[this.#at++]);
      if (!this.#take(':')) throw this.#error('bits are written [high:low]');
      const low = Number(this.#tokens[this.#at++]);
      if (!this.#take(']')) throw this.#error('a ] is missing');
      if (expression.source === null) throw this.#error('only an immediate has bits');
      expression = { ...expression, slice: [high, low] };
    }
    return expression;
  }

  #primary(): Expression {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw this.#error('the expression ends too early');
    if (token === '(') {
      const inner = this.#binary(0);
      if (!this.#take(')')) throw this.#error('a ) is missing');
      return inner;
    }
    if (/^\d/.test(token)) return this.#constant(BigInt(token));
    if (token === 'imm0' || token === 'imm1')
      return { source: sourceNames[token], scale: 1n, addend: 0n, slice: null, inverted: false };
    if (this.constantOperands.has(token))
      return { source: Source.constant, scale: 1n, addend: 0n, slice: null, inverted: false };
    return this.#constant(namedValue(token, this.where));
  }
}

function parseRestriction(text: string, where: string): Restriction | null {
  if (text === '') return null;
  const range = /^in (-?\d+)\.\.(-?\d+)(?: step (\d+))?$/.exec(text);
  if (range) return { kind: 'range', low: BigInt(range[1]), high: BigInt(range[2]), step: BigInt(range[3] ?? 1) };
  const pattern = /^as 0x([0-9a-f?]{16})$/.exec(text);
  if (pattern)
    return {
      kind: 'pattern',
      free: BigInt(`0x${pattern[1].replace(/[0-9a-f]/g, '0').replace(/\?/g, 'f')}`),
      pattern: BigInt(`0x${pattern[1].replace(/\?/g, '0')}`),
    };
  throw new StencilSourceError(`${where}: cannot read the restriction "${text}"`);
}

interface Signature {
  readonly parameters: Parameter[];
  readonly tied: Source | null;
  readonly constants: Set<string>;
}

function parseParameters(text: string, uop: Uop | null, where: string): Signature {
  const parameters: Parameter[] = [];
  const constants = new Set<string>();
  let tied: Source | null = null;
  for (const part of text.split(',').map((piece) => piece.trim())) {
    if (part === '') continue;
    const match = /^(#?)(result|a|b|c|imm0|imm1)\b(?: = (a|b|c)\b)?\s*(.*)$/.exec(part);
    if (!match) throw new StencilSourceError(`${where}: cannot read the parameter "${part}"`);
    const [, sharp, name, tiedTo, rest] = match;
    const restriction = parseRestriction(rest, where);
    const immediate = name.startsWith('imm');
    const index = ['a', 'b', 'c'].indexOf(name);
    const type = name === 'result' ? uop?.result : uop?.operands[index];
    if (sharp) constants.add(name);
    parameters.push({
      source: sharp ? Source.constant : sourceNames[name],
      immediate: immediate || sharp !== '',
      wide: name === 'imm0' && (uop?.wide ?? false),
      float: !immediate && type === 'float',
      restriction,
    });
    if (tiedTo) {
      tied = sourceNames[tiedTo];
      const tiedType = uop?.operands[['a', 'b', 'c'].indexOf(tiedTo)];
      parameters.push({ source: tied, immediate: false, wide: false, float: tiedType === 'float', restriction: null });
    }
  }
  return { parameters, tied, constants };
}

/** The parameters must be the uop's: every operand, a result where it has one, no immediate it lacks. */
function checkSignature(uop: Uop, signature: Signature, where: string): void {
  const present = new Set(signature.parameters.map((parameter) => parameter.source));
  const wanted = new Set<Source>();
  if (uop.result !== null) wanted.add(Source.result);
  uop.operands.forEach((_, index) => {
    if (signature.constants.has('abc'[index])) {
      if (uop.constantOperand !== index) throw new StencilSourceError(`${where}: ${uop.name} takes no constant there`);
      wanted.add(Source.constant);
    } else wanted.add([Source.a, Source.b, Source.c][index]);
  });
  for (const source of wanted)
    if (!present.has(source)) throw new StencilSourceError(`${where}: ${uop.name} has a parameter ${Source[source]}`);
  const immediates = uop.name === 'call_helper' ? 2 : uop.immediates;
  for (const source of present) {
    const extra =
      source === Source.immediate ? immediates < 1 : source === Source.second ? immediates < 2 : !wanted.has(source);
    if (extra) throw new StencilSourceError(`${where}: ${uop.name} has no parameter ${Source[source]}`);
  }
}

/** Parses one file; `file` is for messages. */
export function parseStencils(text: string, file: string): SourceStencil[] {
  const stencils: SourceStencil[] = [];
  const lines = text.split('\n').map((line) => line.replace(/#\s.*$|#$/, '').trimEnd());
  for (let i = 0; i < lines.length; i++) {
    if (lines[i].trim() === '') continue;
    const where = `${file}:${i + 1}`;
    const head = /^stencil ([\w, ]+?)\((.*)\)((?: \w+)*)$/.exec(lines[i]);
    if (!head) throw new StencilSourceError(`${where}: expected a stencil declaration`);
    const names = head[1].split(',').map((name) => name.trim());
    const flags = head[3].trim().split(' ').filter(Boolean);
    for (const flag of flags)
      if (flag !== 'early_clobber' && flag !== 'result_after_exit')
        throw new StencilSourceError(`${where}: unknown flag ${flag}`);
    const uops = names.map((name) => uopTable.find((uop) => uop.name === name) ?? null);
    const signature = parseParameters(head[2], uops.find((uop) => uop !== null) ?? null, where);
    for (const uop of uops) if (uop !== null) checkSignature(uop, signature, where);
    const body: string[] = [];
    while (i + 1 < lines.length && !lines[i + 1].startsWith('stencil ')) body.push(lines[++i].trim());
    const code = body.filter((line) => line !== '').join('\n');
    const pieces: Piece[] = [];
    let branches = 0;
    code.split(/(\{[^}]*\})/).forEach((part) => {
      if (!part.startsWith('{')) {
        if (part !== '') pieces.push({ kind: 'text', text: part });
        return;
      }
      const inner = part.slice(1, -1).trim();
      const register = /^(result|a|b|c)(:32)?$/.exec(inner);
      if (inner === 'exit' || inner === 'target')
        pieces.push({ kind: 'branch', target: inner, occurrence: branches++ });
      else if (register && !signature.constants.has(register[1])) {
        const source = sourceNames[register[1]];
        if (!signature.parameters.some((parameter) => parameter.source === source))
          throw new StencilSourceError(`${where}: ${inner} is no parameter`);
        pieces.push({ kind: 'register', source, narrow: register[2] !== undefined });
      } else {
        const expression = new ExpressionParser(inner, signature.constants, where).parse();
        if (expression.source === null) pieces.push({ kind: 'text', text: String(expression.addend) });
        else pieces.push({ kind: 'expression', expression });
      }
    });
    const labels = body.map((line) => /^(\w+):$/.exec(line)?.[1]).filter((label) => label !== undefined);
    for (const uop of uops) {
      const exits = pieces.some((piece) => piece.kind === 'branch' && piece.target === 'exit');
      if (uop !== null && exits && !uop.exits) throw new StencilSourceError(`${where}: ${uop.name} does not exit`);
    }
    stencils.push({
      names,
      where,
      parameters: signature.parameters,
      tied: signature.tied,
      constant: signature.constants.size > 0,
      earlyClobber: flags.includes('early_clobber'),
      resultAfterExit: flags.includes('result_after_exit'),
      pieces,
      labels,
      branches,
    });
  }
  return stencils;
}
