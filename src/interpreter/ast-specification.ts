/**
 * Python's abstract syntax as a table: every kind of node with its fields, in the notation of the `ast` module's
 * documentation. From it derive the classes of module `_ast` (modules/ast_nodes.py), the way of the parser's tree into
 * objects of those classes, and the way back with its checks (ast-objects.ts, ast-conversion.ts).
 *
 * `@` says that a sum's nodes have a place in the source, whose end may be left out, `@@` that it may not.
 * A sum is one class for its alternatives to derive from; a product (`arguments`, `keyword`, ...) stands for itself.
 */
const specification = `
mod = Module(stmt* body, type_ignore* type_ignores)
  | Interactive(stmt* body)
  | Expression(expr body)
  | FunctionType(expr* argtypes, expr returns)
stmt @ = FunctionDef(identifier name, arguments args, stmt* body, expr* decorator_list, expr? returns, string? type_comment, type_param* type_params)
  | AsyncFunctionDef(identifier name, arguments args, stmt* body, expr* decorator_list, expr? returns, string? type_comment, type_param* type_params)
  | ClassDef(identifier name, expr* bases, keyword* keywords, stmt* body, expr* decorator_list, type_param* type_params)
  | Return(expr? value)
  | Delete(expr* targets)
  | Assign(expr* targets, expr value, string? type_comment)
  | TypeAlias(expr name, type_param* type_params, expr value)
  | AugAssign(expr target, operator op, expr value)
  | AnnAssign(expr target, expr annotation, expr? value, int simple)
  | For(expr target, expr iter, stmt* body, stmt* orelse, string? type_comment)
  | AsyncFor(expr target, expr iter, stmt* body, stmt* orelse, string? type_comment)
  | While(expr test, stmt* body, stmt* orelse)
  | If(expr test, stmt* body, stmt* orelse)
  | With(withitem* items, stmt* body, string? type_comment)
  | AsyncWith(withitem* items, stmt* body, string? type_comment)
  | Match(expr subject, match_case* cases)
  | Raise(expr? exc, expr? cause)
  | Try(stmt* body, excepthandler* handlers, stmt* orelse, stmt* finalbody)
  | TryStar(stmt* body, excepthandler* handlers, stmt* orelse, stmt* finalbody)
  | Assert(expr test, expr? msg)
  | Import(alias* names)
  | ImportFrom(identifier? module, alias* names, int? level)
  | Global(identifier* names)
  | Nonlocal(identifier* names)
  | Expr(expr value)
  | Pass | Break | Continue
expr @ = BoolOp(boolop op, expr* values)
  | NamedExpr(expr target, expr value)
  | BinOp(expr left, operator op, expr right)
  | UnaryOp(unaryop op, expr operand)
  | Lambda(arguments args, expr body)
  | IfExp(expr test, expr body, expr orelse)
  | Dict(expr?* keys, expr* values)
  | Set(expr* elts)
  | ListComp(expr elt, comprehension* generators)
  | SetComp(expr elt, comprehension* generators)
  | DictComp(expr key, expr value, comprehension* generators)
  | GeneratorExp(expr elt, comprehension* generators)
  | Await(expr value)
  | Yield(expr? value)
  | YieldFrom(expr value)
  | Compare(expr left, cmpop* ops, expr* comparators)
  | Call(expr func, expr* args, keyword* keywords)
  | FormattedValue(expr value, int conversion, expr? format_spec)
  | Interpolation(expr value, constant str, int conversion, expr? format_spec)
  | JoinedStr(expr* values)
  | TemplateStr(expr* values)
  | Constant(constant value, string? kind)
  | Attribute(expr value, identifier attr, expr_context ctx)
  | Subscript(expr value, expr slice, expr_context ctx)
  | Starred(expr value, expr_context ctx)
  | Name(identifier id, expr_context ctx)
  | List(expr* elts, expr_context ctx)
  | Tuple(expr* elts, expr_context ctx)
  | Slice(expr? lower, expr? upper, expr? step)
expr_context = Load | Store | Del
boolop = And | Or
operator = Add | Sub | Mult | MatMult | Div | Mod | Pow | LShift | RShift | BitOr | BitXor | BitAnd | FloorDiv
unaryop = Invert | Not | UAdd | USub
cmpop = Eq | NotEq | Lt | LtE | Gt | GtE | Is | IsNot | In | NotIn
comprehension = (expr target, expr iter, expr* ifs, int is_async)
excepthandler @ = ExceptHandler(expr? type, identifier? name, stmt* body)
arguments = (arg* posonlyargs, arg* args, arg? vararg, arg* kwonlyargs, expr* kw_defaults, arg? kwarg, expr* defaults)
arg @ = (identifier arg, expr? annotation, string? type_comment)
keyword @ = (identifier? arg, expr value)
alias @ = (identifier name, identifier? asname)
withitem = (expr context_expr, expr? optional_vars)
match_case = (pattern pattern, expr? guard, stmt* body)
pattern @@ = MatchValue(expr value)
  | MatchSingleton(constant value)
  | MatchSequence(pattern* patterns)
  | MatchMapping(expr* keys, pattern* patterns, identifier? rest)
  | MatchClass(expr cls, pattern* patterns, identifier* kwd_attrs, pattern* kwd_patterns)
  | MatchStar(identifier? name)
  | MatchAs(pattern? pattern, identifier? name)
  | MatchOr(pattern* patterns)
type_ignore = TypeIgnore(int lineno, string tag)
type_param @@ = TypeVar(identifier name, expr? bound, expr? default_value)
  | ParamSpec(identifier name, expr? default_value)
  | TypeVarTuple(identifier name, expr? default_value)
`;

export interface FieldSpecification {
  /** a sum or product, or `identifier`, `string`, `int`, `constant` */
  readonly type: string;
  /** '?': may be None; '*': a list; '?*': a list that may hold None */
  readonly mark: '' | '?' | '*' | '?*';
  readonly name: string;
}
export interface NodeSpecification {
  readonly name: string;
  /** the sum that it belongs to; `AST` for sums and products */
  readonly base: string;
  readonly isSum: boolean;
  readonly doc: string;
  readonly fields: readonly FieldSpecification[];
  /** has lineno, col_offset, end_lineno and end_col_offset (stands on sums and products) */
  readonly located: boolean;
  /** its end may be missing or None */
  readonly endOptional: boolean;
}

export const LOCATION = ['lineno', 'col_offset', 'end_lineno', 'end_col_offset'] as const;

let table: Map<string, NodeSpecification> | null = null;

/** All nodes by name, sums before their alternatives. Parsed at the first call. */
export function nodeSpecifications(): Map<string, NodeSpecification> {
  if (table === null) {
    table = new Map();
    for (const rule of specification.trim().split(/\n(?! )/)) {
      for (const node of parseRule(rule)) table.set(node.name, node);
    }
  }
  return table;
}

function parseRule(rule: string): NodeSpecification[] {
  const [, name, at, right] = /^(\w+) (@@? )?= (.*)$/s.exec(rule) as RegExpExecArray;
  const located = at !== undefined;
  const endOptional = at === '@ ';
  const alternatives = right.split(/\s*\|\s*/);
  if (right.startsWith('(')) {
    return [{ name, base: 'AST', isSum: false, doc: name + right, fields: parseFields(right), located, endOptional }];
  }
  const [bar, apart] = right.includes('(') ? [' '.repeat(name.length), '\n'] : ['', ''];
  const sum: NodeSpecification = {
    name,
    base: 'AST',
    isSum: true,
    doc: `${name} = ${alternatives.join(`${apart}${bar} | `)}`,
    fields: [],
    located,
    endOptional,
  };
  const nodes = alternatives.map(
    (text): NodeSpecification => ({
      name: text.replace(/\(.*/, ''),
      base: name,
      isSum: false,
      doc: text,
      fields: parseFields(text),
      located,
      endOptional,
    }),
  );
  return [sum, ...nodes];
}

function parseFields(text: string): FieldSpecification[] {
  const inner = text.slice(text.indexOf('(') + 1, text.lastIndexOf(')'));
  if (!text.includes('(')) return [];
  return inner.split(', ').map((field) => {
    const [, type, mark, name] = /^(\w+)(\??\*?) (\w+)$/.exec(field) as RegExpExecArray;
    return { type, mark: mark as FieldSpecification['mark'], name };
  });
}
