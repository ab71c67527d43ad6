// Python 3.14's abstract syntax tree, with the names and fields of Python's own `ast` module.
//
// The parser makes these nodes, the compiler reads them, and the `_ast` module turns them into Python objects, so the
// names follow Python's (`lineno`, `end_col_offset`, `orelse`) and not the house's camel case. Four things differ:
//  - the class of a node is its `kind`, so that TypeScript can discriminate unions;
//  - operators and expression contexts are string literals instead of nodes;
//  - `Constant.kind` (the `u` of `u'text'`) is called `u_prefix`, since `kind` is taken;
//  - the root that `eval` parses into is `ExpressionModule`, since `Expression` is the union of all expressions.
// A missing optional child is `null`, never `undefined`: every node of a kind has the same properties in the same
// order, so V8 gives it one hidden class. Tagged tuples in flat memory were turned down: the tree lives for
// milliseconds and readability of the compiler counts for more.

/**
 * Where a node stands in the source. Lines count from 1; columns count UTF-8 bytes from 0 at the line's start, and the
 * end is exclusive, all as in Python.
 */
export interface Located {
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
}

// Roots -------------------------------------------------------------------------------------------------------------

/** What `exec` compiles: a whole file. */
export interface Module {
  kind: 'Module';
  body: Statement[];
}

/** What `single` compiles: one statement at the interactive prompt, whose expression values are printed. */
export interface Interactive {
  kind: 'Interactive';
  body: Statement[];
}

/** What `eval` compiles; `ast.Expression` in Python. */
export interface ExpressionModule {
  kind: 'Expression';
  body: Expression;
}

/** What `func_type` parses: the signature in a type comment. It cannot be compiled. */
export interface FunctionType {
  kind: 'FunctionType';
  argtypes: Expression[];
  returns: Expression;
}

export type Root = Module | Interactive | ExpressionModule;

// Statements --------------------------------------------------------------------------------------------------------

export interface FunctionDef extends Located {
  kind: 'FunctionDef';
  name: string;
  args: Arguments;
  body: Statement[];
  decorator_list: Expression[];
  returns: Expression | null;
  type_params: TypeParameter[];
}

export interface AsyncFunctionDef extends Located {
  kind: 'AsyncFunctionDef';
  name: string;
  args: Arguments;
  body: Statement[];
  decorator_list: Expression[];
  returns: Expression | null;
  type_params: TypeParameter[];
}

export interface ClassDef extends Located {
  kind: 'ClassDef';
  name: string;
  /** May hold `Starred`. */
  bases: Expression[];
  keywords: Keyword[];
  body: Statement[];
  decorator_list: Expression[];
  type_params: TypeParameter[];
}

export interface Return extends Located {
  kind: 'Return';
  value: Expression | null;
}

export interface Delete extends Located {
  kind: 'Delete';
  targets: Expression[];
}

export interface Assign extends Located {
  kind: 'Assign';
  /** `a = b = value` has two targets, from left to right. */
  targets: Expression[];
  value: Expression;
}

export interface TypeAlias extends Located {
  kind: 'TypeAlias';
  name: Name;
  type_params: TypeParameter[];
  value: Expression;
}

export interface AugAssign extends Located {
  kind: 'AugAssign';
  target: Name | Attribute | Subscript;
  op: Operator;
  value: Expression;
}

export interface AnnAssign extends Located {
  kind: 'AnnAssign';
  target: Name | Attribute | Subscript;
  annotation: Expression;
  value: Expression | null;
  /** 1 when the target is a bare name, 0 for `(name): int`, attributes and subscripts. */
  simple: 0 | 1;
}

export interface For extends Located {
  kind: 'For';
  target: Expression;
  iter: Expression;
  body: Statement[];
  orelse: Statement[];
}

export interface AsyncFor extends Located {
  kind: 'AsyncFor';
  target: Expression;
  iter: Expression;
  body: Statement[];
  orelse: Statement[];
}

export interface While extends Located {
  kind: 'While';
  test: Expression;
  body: Statement[];
  orelse: Statement[];
}

export interface If extends Located {
  kind: 'If';
  test: Expression;
  body: Statement[];
  /** `elif` is an `If` that stands alone in here. */
  orelse: Statement[];
}

export interface With extends Located {
  kind: 'With';
  items: WithItem[];
  body: Statement[];
}

export interface AsyncWith extends Located {
  kind: 'AsyncWith';
  items: WithItem[];
  body: Statement[];
}

export interface Match extends Located {
  kind: 'Match';
  subject: Expression;
  cases: MatchCase[];
}

export interface Raise extends Located {
  kind: 'Raise';
  exc: Expression | null;
  cause: Expression | null;
}

export interface Try extends Located {
  kind: 'Try';
  body: Statement[];
  handlers: ExceptHandler[];
  orelse: Statement[];
  finalbody: Statement[];
}

/** A `try` whose handlers are all `except*`. */
export interface TryStar extends Located {
  kind: 'TryStar';
  body: Statement[];
  handlers: ExceptHandler[];
  orelse: Statement[];
  finalbody: Statement[];
}

export interface Assert extends Located {
  kind: 'Assert';
  test: Expression;
  msg: Expression | null;
}

export interface Import extends Located {
  kind: 'Import';
  names: Alias[];
}

export interface ImportFrom extends Located {
  kind: 'ImportFrom';
  /** `null` for `from . import name`. */
  module: string | null;
  /** The star import is one alias of the name `*`. */
  names: Alias[];
  /** The number of leading dots. */
  level: number;
}

export interface Global extends Located {
  kind: 'Global';
  names: string[];
}

export interface Nonlocal extends Located {
  kind: 'Nonlocal';
  names: string[];
}

export interface Expr extends Located {
  kind: 'Expr';
  value: Expression;
}

export interface Pass extends Located {
  kind: 'Pass';
}

export interface Break extends Located {
  kind: 'Break';
}

export interface Continue extends Located {
  kind: 'Continue';
}

export type Statement =
  | FunctionDef
  | AsyncFunctionDef
  | ClassDef
  | Return
  | Delete
  | Assign
  | TypeAlias
  | AugAssign
  | AnnAssign
  | For
  | AsyncFor
  | While
  | If
  | With
  | AsyncWith
  | Match
  | Raise
  | Try
  | TryStar
  | Assert
  | Import
  | ImportFrom
  | Global
  | Nonlocal
  | Expr
  | Pass
  | Break
  | Continue;

// Expressions -------------------------------------------------------------------------------------------------------

export interface BoolOp extends Located {
  kind: 'BoolOp';
  op: BooleanOperator;
  /** At least two: `a and b and c` is one node. */
  values: Expression[];
}

export interface NamedExpr extends Located {
  kind: 'NamedExpr';
  target: Name;
  value: Expression;
}

export interface BinOp extends Located {
  kind: 'BinOp';
  left: Expression;
  op: Operator;
  right: Expression;
}

export interface UnaryOp extends Located {
  kind: 'UnaryOp';
  op: UnaryOperator;
  operand: Expression;
}

export interface Lambda extends Located {
  kind: 'Lambda';
  args: Arguments;
  body: Expression;
}

export interface IfExp extends Located {
  kind: 'IfExp';
  test: Expression;
  body: Expression;
  orelse: Expression;
}

export interface Dict extends Located {
  kind: 'Dict';
  /** As long as `values`; `null` where `**value` stands. */
  keys: (Expression | null)[];
  values: Expression[];
}

export interface Set extends Located {
  kind: 'Set';
  elts: Expression[];
}

export interface ListComp extends Located {
  kind: 'ListComp';
  elt: Expression;
  generators: Comprehension[];
}

export interface SetComp extends Located {
  kind: 'SetComp';
  elt: Expression;
  generators: Comprehension[];
}

export interface DictComp extends Located {
  kind: 'DictComp';
  key: Expression;
  value: Expression;
  generators: Comprehension[];
}

export interface GeneratorExp extends Located {
  kind: 'GeneratorExp';
  elt: Expression;
  generators: Comprehension[];
}

export interface Await extends Located {
  kind: 'Await';
  value: Expression;
}

export interface Yield extends Located {
  kind: 'Yield';
  value: Expression | null;
}

export interface YieldFrom extends Located {
  kind: 'YieldFrom';
  value: Expression;
}

/** `left ops[0] comparators[0] ops[1] comparators[1] ...` */
export interface Compare extends Located {
  kind: 'Compare';
  left: Expression;
  ops: ComparisonOperator[];
  comparators: Expression[];
}

export interface Call extends Located {
  kind: 'Call';
  func: Expression;
  /** May hold `Starred`. */
  args: Expression[];
  keywords: Keyword[];
}

/** One replacement field of an f-string. */
export interface FormattedValue extends Located {
  kind: 'FormattedValue';
  value: Expression;
  conversion: Conversion;
  format_spec: JoinedStr | null;
}

/** One replacement field of a t-string. */
export interface Interpolation extends Located {
  kind: 'Interpolation';
  value: Expression;
  /** The expression's source text. */
  str: string;
  conversion: Conversion;
  format_spec: JoinedStr | null;
}

/** An f-string; its values are `Constant` strings and `FormattedValue`s. */
export interface JoinedStr extends Located {
  kind: 'JoinedStr';
  values: Expression[];
}

/** A t-string; its values are `Constant` strings and `Interpolation`s. */
export interface TemplateStr extends Located {
  kind: 'TemplateStr';
  values: Expression[];
}

export interface Constant extends Located {
  kind: 'Constant';
  value: ConstantValue;
  /** `'u'` for `u'text'`, as `ast.Constant.kind` has it; nothing but the `ast` module asks. */
  u_prefix: 'u' | null;
}

export interface Attribute extends Located {
  kind: 'Attribute';
  value: Expression;
  attr: string;
  ctx: ExpressionContext;
}

export interface Subscript extends Located {
  kind: 'Subscript';
  value: Expression;
  /** A `Slice`, a `Tuple` (which may hold `Slice` and `Starred`), or any expression. */
  slice: Expression;
  ctx: ExpressionContext;
}

export interface Starred extends Located {
  kind: 'Starred';
  value: Expression;
  ctx: ExpressionContext;
}

export interface Name extends Located {
  kind: 'Name';
  /** Normalized to NFKC, as Python does with all identifiers; private names are not mangled yet. */
  id: string;
  ctx: ExpressionContext;
}

export interface List extends Located {
  kind: 'List';
  elts: Expression[];
  ctx: ExpressionContext;
}

export interface Tuple extends Located {
  kind: 'Tuple';
  elts: Expression[];
  ctx: ExpressionContext;
}

/** Stands only directly in `Subscript.slice` or in a tuple there. */
export interface Slice extends Located {
  kind: 'Slice';
  lower: Expression | null;
  upper: Expression | null;
  step: Expression | null;
}

export type Expression =
  | BoolOp
  | NamedExpr
  | BinOp
  | UnaryOp
  | Lambda
  | IfExp
  | Dict
  | Set
  | ListComp
  | SetComp
  | DictComp
  | GeneratorExp
  | Await
  | Yield
  | YieldFrom
  | Compare
  | Call
  | FormattedValue
  | Interpolation
  | JoinedStr
  | TemplateStr
  | Constant
  | Attribute
  | Subscript
  | Starred
  | Name
  | List
  | Tuple
  | Slice;

// Constants and operators -------------------------------------------------------------------------------------------

/**
 * A literal's value. `str` values are exact text (text/exact-text.ts). A real part, tuples and frozensets stand in trees
 * that programs made by hand only.
 */
export type ConstantValue =
  | { type: 'int'; value: bigint }
  | { type: 'float'; value: number }
  | { type: 'complex'; imag: number; real?: number }
  | { type: 'str'; value: string }
  | { type: 'bytes'; value: Uint8Array }
  | { type: 'bool'; value: boolean }
  | { type: 'None' }
  | { type: 'Ellipsis' }
  | { type: 'tuple'; items: readonly ConstantValue[] }
  | { type: 'frozenset'; items: readonly ConstantValue[] };

export type ExpressionContext = 'Load' | 'Store' | 'Del';

export type BooleanOperator = 'And' | 'Or';

export type Operator =
  | 'Add'
  | 'Sub'
  | 'Mult'
  | 'MatMult'
  | 'Div'
  | 'Mod'
  | 'Pow'
  | 'LShift'
  | 'RShift'
  | 'BitOr'
  | 'BitXor'
  | 'BitAnd'
  | 'FloorDiv';

export type UnaryOperator = 'Invert' | 'Not' | 'UAdd' | 'USub';

export type ComparisonOperator = 'Eq' | 'NotEq' | 'Lt' | 'LtE' | 'Gt' | 'GtE' | 'Is' | 'IsNot' | 'In' | 'NotIn';

/** -1 for none, else the character code of `s`, `r` or `a`: 115, 114, 97. */
export type Conversion = -1 | 115 | 114 | 97;

// Parts of statements and expressions -------------------------------------------------------------------------------

/** One `for target in iter if ...` clause; it has no place of its own in Python either. */
export interface Comprehension {
  kind: 'comprehension';
  target: Expression;
  iter: Expression;
  ifs: Expression[];
  is_async: 0 | 1;
}

export interface ExceptHandler extends Located {
  kind: 'ExceptHandler';
  /** `null` for a bare `except:`. */
  type: Expression | null;
  name: string | null;
  body: Statement[];
}

/** The parameters of a function or lambda. */
export interface Arguments {
  kind: 'arguments';
  posonlyargs: Arg[];
  args: Arg[];
  vararg: Arg | null;
  kwonlyargs: Arg[];
  /** As long as `kwonlyargs`; `null` for a required parameter. */
  kw_defaults: (Expression | null)[];
  kwarg: Arg | null;
  /** Defaults of the last of `posonlyargs` and `args` together. */
  defaults: Expression[];
}

export interface Arg extends Located {
  kind: 'arg';
  arg: string;
  /** May be `Starred` for `*args: *Ts`. */
  annotation: Expression | null;
}

export interface Keyword extends Located {
  kind: 'keyword';
  /** `null` for `**value`. */
  arg: string | null;
  value: Expression;
}

export interface Alias extends Located {
  kind: 'alias';
  /** Dotted for `import a.b`; `*` for the star import. */
  name: string;
  asname: string | null;
}

export interface WithItem {
  kind: 'withitem';
  context_expr: Expression;
  optional_vars: Expression | null;
}

export interface MatchCase {
  kind: 'match_case';
  pattern: Pattern;
  guard: Expression | null;
  body: Statement[];
}

// Patterns ----------------------------------------------------------------------------------------------------------

/** A literal or dotted name that is compared with `==`. */
export interface MatchValue extends Located {
  kind: 'MatchValue';
  value: Expression;
}

/** `None`, `True` or `False`, compared with `is`. */
export interface MatchSingleton extends Located {
  kind: 'MatchSingleton';
  value: ConstantValue;
}

export interface MatchSequence extends Located {
  kind: 'MatchSequence';
  patterns: Pattern[];
}

export interface MatchMapping extends Located {
  kind: 'MatchMapping';
  keys: Expression[];
  patterns: Pattern[];
  /** The name of `**rest`. */
  rest: string | null;
}

export interface MatchClass extends Located {
  kind: 'MatchClass';
  cls: Expression;
  patterns: Pattern[];
  kwd_attrs: string[];
  kwd_patterns: Pattern[];
}

/** `*name` in a sequence pattern; the name is `null` for `*_`. */
export interface MatchStar extends Located {
  kind: 'MatchStar';
  name: string | null;
}

/** A capture, `pattern as name`, or the wildcard `_`, where both are `null`. */
export interface MatchAs extends Located {
  kind: 'MatchAs';
  pattern: Pattern | null;
  name: string | null;
}

export interface MatchOr extends Located {
  kind: 'MatchOr';
  patterns: Pattern[];
}

export type Pattern =
  | MatchValue
  | MatchSingleton
  | MatchSequence
  | MatchMapping
  | MatchClass
  | MatchStar
  | MatchAs
  | MatchOr;

// Type parameters ---------------------------------------------------------------------------------------------------

export interface TypeVar extends Located {
  kind: 'TypeVar';
  name: string;
  bound: Expression | null;
  default_value: Expression | null;
}

export interface ParamSpec extends Located {
  kind: 'ParamSpec';
  name: string;
  default_value: Expression | null;
}

export interface TypeVarTuple extends Located {
  kind: 'TypeVarTuple';
  name: string;
  default_value: Expression | null;
}

export type TypeParameter = TypeVar | ParamSpec | TypeVarTuple;

/** Any node at all. */
export type Node =
  | Root
  | FunctionType
  | Statement
  | Expression
  | Pattern
  | TypeParameter
  | Comprehension
  | ExceptHandler
  | Arguments
  | Arg
  | Keyword
  | Alias
  | WithItem
  | MatchCase;
