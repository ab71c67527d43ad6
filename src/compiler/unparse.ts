/**
 * Source text from an expression, for annotations that are kept as strings and for constants in messages. Parentheses
 * stand where precedence needs them, not where the program had them; strings are quoted as `repr` quotes them.
 */
import type {
  Arguments,
  BinOp,
  Call,
  ComparisonOperator,
  Comprehension,
  Expression,
  JoinedStr,
  Operator,
  TemplateStr,
} from '../parser/ast.ts';
import type { Constant } from './code.ts';

enum Precedence {
  tuple,
  test,
  or,
  and,
  not,
  comparison,
  bitOr,
  bitXor,
  bitAnd,
  shift,
  arithmetic,
  term,
  factor,
  power,
  await,
  atom,
}

const binary: Readonly<Record<Operator, readonly [string, Precedence]>> = {
  Add: ['+', Precedence.arithmetic],
  Sub: ['-', Precedence.arithmetic],
  Mult: ['*', Precedence.term],
  MatMult: ['@', Precedence.term],
  Div: ['/', Precedence.term],
  Mod: ['%', Precedence.term],
  Pow: ['**', Precedence.power],
  LShift: ['<<', Precedence.shift],
  RShift: ['>>', Precedence.shift],
  BitOr: ['|', Precedence.bitOr],
  BitXor: ['^', Precedence.bitXor],
  BitAnd: ['&', Precedence.bitAnd],
  FloorDiv: ['//', Precedence.term],
};
const comparisons: Readonly<Record<ComparisonOperator, string>> = {
  Eq: '==',
  NotEq: '!=',
  Lt: '<',
  LtE: '<=',
  Gt: '>',
  GtE: '>=',
  Is: 'is',
  IsNot: 'is not',
  In: 'in',
  NotIn: 'not in',
};
const unary = {
  Invert: ['~', Precedence.factor],
  Not: ['not ', Precedence.not],
  UAdd: ['+', Precedence.factor],
  USub: ['-', Precedence.factor],
} as const;

/** The source text of an expression. */
export function unparse(node: Expression): string {
  return text(node, Precedence.test);
}

function wrap(source: string, own: Precedence, level: Precedence): string {
  return level > own ? `(${source})` : source;
}

function list(nodes: readonly Expression[], level = Precedence.test): string {
  return nodes.map((node) => text(node, level)).join(', ');
}

function text(node: Expression, level: Precedence): string {
  switch (node.kind) {
    case 'Name':
      return node.id;
    case 'Constant':
      return constantRepr(node.value, true);
    case 'Attribute': {
      const value = text(node.value, Precedence.atom);
      const isInt = node.value.kind === 'Constant' && node.value.value.type === 'int';
      return `${value}${isInt ? ' ' : ''}.${node.attr}`;
    }
    case 'Subscript':
      return `${text(node.value, Precedence.atom)}[${text(node.slice, Precedence.tuple)}]`;
    case 'Slice': {
      const part = (expression: Expression | null): string =>
        expression === null ? '' : text(expression, Precedence.test);
      const step = node.step === null ? '' : `:${part(node.step)}`;
      return `${part(node.lower)}:${part(node.upper)}${step}`;
    }
    case 'Call':
      return callText(node);
    case 'BinOp':
      return binaryText(node, level);
    case 'UnaryOp': {
      const [sign, precedence] = unary[node.op];
      return wrap(sign + text(node.operand, precedence), precedence, level);
    }
    case 'BoolOp': {
      const precedence = node.op === 'And' ? Precedence.and : Precedence.or;
      const values = node.values.map((value) => text(value, precedence + 1));
      return wrap(values.join(node.op === 'And' ? ' and ' : ' or '), precedence, level);
    }
    case 'Compare': {
      let source = text(node.left, Precedence.comparison + 1);
      node.ops.forEach((operator, i) => {
        source += ` ${comparisons[operator]} ${text(node.comparators[i], Precedence.comparison + 1)}`;
      });
      return wrap(source, Precedence.comparison, level);
    }
    case 'IfExp': {
      const body = text(node.body, Precedence.test + 1);
      const test = text(node.test, Precedence.test + 1);
      return wrap(`${body} if ${test} else ${text(node.orelse, Precedence.test)}`, Precedence.test, level);
    }
    case 'Lambda': {
      const parameters = parametersText(node.args);
      // CPython leaves the space out when there are no positional parameters: `lambda*, a: a`
      const space = node.args.posonlyargs.length + node.args.args.length > 0 ? ' ' : '';
      const source = `lambda${space}${parameters}: ${text(node.body, Precedence.test)}`;
      return wrap(source, Precedence.test, level);
    }
    case 'NamedExpr':
      return wrap(`${node.target.id} := ${text(node.value, Precedence.test)}`, Precedence.tuple, level);
    case 'Tuple': {
      if (node.elts.length === 0) return '()';
      const source = node.elts.length === 1 ? `${list(node.elts)},` : list(node.elts);
      return wrap(source, Precedence.tuple, level);
    }
    case 'List':
      return `[${list(node.elts)}]`;
    case 'Set':
      return `{${list(node.elts)}}`;
    case 'Dict': {
      const items = node.values.map((value, i) => {
        const key = node.keys[i];
        if (key === null) return `**${text(value, Precedence.bitOr)}`;
        return `${text(key, Precedence.test)}: ${text(value, Precedence.test)}`;
      });
      return `{${items.join(', ')}}`;
    }
    case 'ListComp':
      return `[${text(node.elt, Precedence.test)}${clausesText(node.generators)}]`;
    case 'SetComp':
      return `{${text(node.elt, Precedence.test)}${clausesText(node.generators)}}`;
    case 'GeneratorExp':
      return `(${text(node.elt, Precedence.test)}${clausesText(node.generators)})`;
    case 'DictComp': {
      const item = `${text(node.key, Precedence.test)}: ${text(node.value, Precedence.test)}`;
      return `{${item}${clausesText(node.generators)}}`;
    }
    case 'Starred':
      return `*${text(node.value, Precedence.bitOr)}`;
    case 'Await':
      return wrap(`await ${text(node.value, Precedence.atom)}`, Precedence.await, level);
    case 'Yield':
      return node.value === null ? '(yield)' : `(yield ${text(node.value, Precedence.test)})`;
    case 'YieldFrom':
      return `(yield from ${text(node.value, Precedence.test)})`;
    case 'JoinedStr':
      return `f${stringRepr(formatText(node))}`;
    case 'TemplateStr':
      return `t${stringRepr(formatText(node))}`;
    case 'FormattedValue':
    case 'Interpolation':
      return `f${stringRepr(fieldText(node))}`;
  }
}

function binaryText(node: BinOp, level: Precedence): string {
  // long chains lean to the left
  const [sign, precedence] = binary[node.op];
  const isPower = node.op === 'Pow';
  const left = text(node.left, isPower ? precedence + 1 : precedence);
  const right = text(node.right, isPower ? precedence : precedence + 1);
  return wrap(`${left} ${sign} ${right}`, precedence, level);
}

function callText(node: Call): string {
  const callee = text(node.func, Precedence.atom);
  const { args, keywords } = node;
  if (args.length === 1 && keywords.length === 0 && args[0].kind === 'GeneratorExp') {
    return callee + text(args[0], Precedence.test);
  }
  const parts = args.map((arg) => text(arg, Precedence.test));
  for (const { arg, value } of keywords) {
    parts.push(`${arg === null ? '**' : `${arg}=`}${text(value, Precedence.test)}`);
  }
  return `${callee}(${parts.join(', ')})`;
}

function parametersText(args: Arguments): string {
  const parts: string[] = [];
  const positional = [...args.posonlyargs, ...args.args];
  const firstDefault = positional.length - args.defaults.length;
  positional.forEach((arg, i) => {
    parts.push(i < firstDefault ? arg.arg : `${arg.arg}=${text(args.defaults[i - firstDefault], Precedence.test)}`);
    if (i === args.posonlyargs.length - 1) parts.push('/');
  });
  if (args.vararg !== null) parts.push(`*${args.vararg.arg}`);
  else if (args.kwonlyargs.length > 0) parts.push('*');
  args.kwonlyargs.forEach((arg, i) => {
    const value = args.kw_defaults[i];
    parts.push(value === null ? arg.arg : `${arg.arg}=${text(value, Precedence.test)}`);
  });
  if (args.kwarg !== null) parts.push(`**${args.kwarg.arg}`);
  return parts.join(', ');
}

function clausesText(generators: readonly Comprehension[]): string {
  let source = '';
  for (const clause of generators) {
    const target = text(clause.target, Precedence.tuple);
    source += ` ${clause.is_async === 1 ? 'async ' : ''}for ${target} in ${text(clause.iter, Precedence.test + 1)}`;
    for (const condition of clause.ifs) source += ` if ${text(condition, Precedence.test + 1)}`;
  }
  return source;
}

function formatText(node: JoinedStr | TemplateStr): string {
  return node.values
    .map((value) => {
      if (value.kind === 'FormattedValue' || value.kind === 'Interpolation') return fieldText(value);
      if (value.kind === 'JoinedStr') return formatText(value);
      if (value.kind !== 'Constant' || value.value.type !== 'str') return `{${text(value, Precedence.test)}}`;
      return value.value.value.replaceAll('{', '{{').replaceAll('}', '}}');
    })
    .join('');
}

function fieldText(node: Expression & { kind: 'FormattedValue' | 'Interpolation' }): string {
  const value = text(node.value, Precedence.test + 1);
  const conversion = node.conversion === -1 ? '' : `!${String.fromCharCode(node.conversion)}`;
  const specification = node.format_spec === null ? '' : `:${formatText(node.format_spec)}`;
  return `{${value.startsWith('{') ? ' ' : ''}${value}${conversion}${specification}}`;
}

// Constants -----------------------------------------------------------------------------------------------------------

/** `repr` of a constant; as source text, infinity is written as a literal that overflows. */
export function constantRepr(constant: Constant, asSource = false): string {
  switch (constant.type) {
    case 'int':
      return String(constant.value);
    case 'float':
      return floatRepr(constant.value, asSource);
    case 'complex':
      return `${floatRepr(constant.imag, asSource).replace(/\.0$/, '')}j`;
    case 'str':
      return stringRepr(constant.value);
    case 'bytes':
      return bytesRepr(constant.value);
    case 'bool':
      return constant.value ? 'True' : 'False';
    case 'None':
      return 'None';
    case 'Ellipsis':
      return asSource ? '...' : 'Ellipsis';
    case 'tuple':
      return constant.items.length === 1
        ? `(${constantRepr(constant.items[0], asSource)},)`
        : `(${constant.items.map((item) => constantRepr(item, asSource)).join(', ')})`;
    case 'frozenset':
      return `frozenset({${constant.items.map((item) => constantRepr(item, asSource)).join(', ')}})`;
    case 'code':
      return `<code object ${constant.code.name}>`;
    case 'null':
      return '<NULL>';
  }
}

function floatRepr(value: number, asSource: boolean): string {
  if (!Number.isFinite(value)) {
    if (Number.isNaN(value)) return 'nan';
    const infinity = asSource ? '1e309' : 'inf';
    return value < 0 ? `-${infinity}` : infinity;
  }
  if (Object.is(value, -0)) return '-0.0';
  // both languages print the shortest digits; Python turns to exponents at 1e16 and below 1e-4
  const magnitude = Math.abs(value);
  if (magnitude !== 0 && (magnitude >= 1e16 || magnitude < 1e-4)) {
    const [digits, exponent] = value.toExponential().split('e');
    const power = Number(exponent);
    return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  }
  const digits = String(value);
  return digits.includes('.') ? digits : `${digits}.0`;
}

function quoteFor(hasSingle: boolean, hasDouble: boolean): string {
  return hasSingle && !hasDouble ? '"' : "'";
}

const shortEscapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function stringRepr(value: string): string {
  const quote = quoteFor(value.includes("'"), value.includes('"'));
  let result = quote;
  for (const character of value) {
    const point = character.codePointAt(0)!;
    if (character === quote) result += `\\${quote}`;
    else if (shortEscapes[character] !== undefined) result += shortEscapes[character];
    else if (point >= 32 && point < 127) result += character;
    else if (point > 127 && !/[\p{C}\p{Z}]/u.test(character)) result += character;
    else if (point < 0x100) result += `\\x${point.toString(16).padStart(2, '0')}`;
    else if (point < 0x10000) result += `\\u${point.toString(16).padStart(4, '0')}`;
    else result += `\\U${point.toString(16).padStart(8, '0')}`;
  }
  return result + quote;
}

function bytesRepr(value: Uint8Array): string {
  const quote = quoteFor(value.includes(39), value.includes(34));
  let result = `b${quote}`;
  for (const byte of value) {
    const character = String.fromCharCode(byte);
    if (character === quote) result += `\\${quote}`;
    else if (shortEscapes[character] !== undefined) result += shortEscapes[character];
    else if (byte >= 32 && byte < 127) result += character;
    else result += `\\x${byte.toString(16).padStart(2, '0')}`;
  }
  return result + quote;
}
