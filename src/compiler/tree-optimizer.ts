/**
 * The tree that `ast.parse(optimize=...)` gives: what CPython changes in a tree before it makes code of it, since programs
 * can see it. `__debug__` becomes its value, numbers in patterns become constants, `'%s' % (x,)` an f-string, and from
 * level 2 on docstrings go. Our compiler has no need of it: it does the like while it makes code.
 */
import type {
  BinOp,
  Constant,
  ConstantValue,
  Expression,
  FormattedValue,
  JoinedStr,
  Root,
  Statement,
} from '../parser/ast.ts';
import { createConstant, createFormattedValue, createJoinedStr } from '../parser/nodes.ts';

type Node = { kind?: string } & Record<string, unknown>;

/** Changes the tree in place and answers with it. */
export function optimizeTree<Tree extends Root>(tree: Tree, level: number): Tree {
  visit(tree as unknown as Node, level);
  return tree;
}

function visit(node: Node, level: number): void {
  if (level >= 2) dropDocstring(node);
  if (node.kind === 'MatchValue') node.value = patternConstant(node.value as Expression) ?? node.value;
  if (node.kind === 'MatchMapping') node.keys = (node.keys as Expression[]).map((key) => patternConstant(key) ?? key);
  for (const [name, child] of Object.entries(node)) {
    if (Array.isArray(child)) {
      for (let i = 0; i < child.length; i++) visitChild(child, i, child[i], level);
    } else visitChild(node, name, child, level);
  }
}

function visitChild(parent: object, key: string | number, child: unknown, level: number): void {
  if (child === null || typeof child !== 'object' || child instanceof Uint8Array) return;
  visit(child as Node, level);
  const better = replacement(child as Expression, level);
  if (better !== null) (parent as Record<string | number, unknown>)[key] = better;
}

function replacement(node: Expression, level: number): Expression | null {
  if (node.kind === 'Name') {
    return node.id === '__debug__' && node.ctx === 'Load'
      ? createConstant(node, { type: 'bool', value: level === 0 }, null)
      : null;
  }
  return node.kind === 'BinOp' && node.op === 'Mod' ? formatted(node) : null;
}

// docstrings

function dropDocstring(node: Node): void {
  if (!['Module', 'FunctionDef', 'AsyncFunctionDef', 'ClassDef'].includes(node.kind ?? '')) return;
  const body = node.body as Statement[];
  const first = body[0];
  if (first?.kind !== 'Expr' || first.value.kind !== 'Constant' || first.value.value.type !== 'str') return;
  const { lineno, col_offset } = first;
  body.shift();
  const pass = { lineno, col_offset, end_lineno: lineno, end_col_offset: col_offset + 'pass'.length };
  if (body.length === 0) body.push({ kind: 'Pass', ...pass });
}

// numbers in patterns

function patternConstant(node: Expression): Constant | null {
  const value = patternNumber(node);
  return value === null || node.kind === 'Constant' ? null : createConstant(node, value, null);
}
function patternNumber(node: Expression): ConstantValue | null {
  if (node.kind === 'Constant') return node.value;
  if (node.kind === 'UnaryOp' && node.op === 'USub') {
    const operand = patternNumber(node.operand);
    return operand === null ? null : negative(operand);
  }
  if (node.kind !== 'BinOp' || (node.op !== 'Add' && node.op !== 'Sub')) return null;
  const left = patternNumber(node.left);
  const right = patternNumber(node.right);
  if (right?.type !== 'complex' || (left?.type !== 'int' && left?.type !== 'float')) return null;
  const imag = node.op === 'Add' ? right.imag : -right.imag;
  return { type: 'complex', imag, real: Number(left.value) };
}
function negative(value: ConstantValue): ConstantValue | null {
  switch (value.type) {
    case 'int':
      return { type: 'int', value: -value.value };
    case 'float':
      return { type: 'float', value: -value.value };
    case 'complex':
      return { type: 'complex', imag: -value.imag, real: -(value.real ?? 0) };
    default:
      return null;
  }
}

// formats

/** Of nodes that stand for nothing in the source. */
const NOWHERE = { lineno: -1, col_offset: -1, end_lineno: -1, end_col_offset: -1 };
const DIRECTIVE = /%(?:%|(-?)(\d{0,3})(?:\.(\d{0,3}))?([sra]))/y;

/** The f-string that `format % (a, b)` amounts to; null if it is one only Python's formatting understands. */
function formatted(node: BinOp): Expression | null {
  const { left, right } = node;
  if (left.kind !== 'Constant' || left.value.type !== 'str' || right.kind !== 'Tuple') return null;
  if (right.elts.some((element) => element.kind === 'Starred')) return null;
  const format = left.value.value;
  const values: (Constant | FormattedValue)[] = [];
  let literal = '';
  let taken = 0;
  const endLiteral = (): void => {
    if (literal !== '') values.push(createConstant(NOWHERE, { type: 'str', value: literal }, null));
    literal = '';
  };
  for (let at = 0; at < format.length; ) {
    if (format[at] !== '%') {
      literal += format[at++];
      continue;
    }
    DIRECTIVE.lastIndex = at;
    const found = DIRECTIVE.exec(format);
    if (found === null) return null;
    at = DIRECTIVE.lastIndex;
    const [whole, flag, width, precision, letter] = found;
    if (whole === '%%') {
      literal += '%';
      continue;
    }
    if (taken === right.elts.length) return null;
    endLiteral();
    const value = right.elts[taken++];
    const side = flag !== '-' && width !== '' ? '>' : '';
    const specification = side + width + (precision === undefined ? '' : `.${precision === '' ? '0' : precision}`);
    // CPython puts a mere constant where the parser puts an f-string
    const spec = specification === '' ? null : createConstant(NOWHERE, { type: 'str', value: specification }, null);
    const conversion = letter.charCodeAt(0) as FormattedValue['conversion'];
    values.push(createFormattedValue(value, value, conversion, spec as unknown as JoinedStr | null));
  }
  endLiteral();
  return taken === right.elts.length ? createJoinedStr(node, values) : null;
}
