// One function per kind of node that has a place, which makes it.
//
// They copy the place out of an object that the caller may reuse. A spread (`{ ...place, kind: 'Name', id }`) reads
// better and was measured at 2 microseconds a node, forty times as much; a single literal per kind also gives all its
// nodes one hidden class.

// biome-ignore-all lint/suspicious/noShadowRestrictedNames: `Set` is Python's own name for that node
import type {
  Alias,
  AnnAssign,
  Arg,
  Arguments,
  Assert,
  Assign,
  AsyncFor,
  AsyncFunctionDef,
  AsyncWith,
  Attribute,
  AugAssign,
  Await,
  BinOp,
  BooleanOperator,
  BoolOp,
  Break,
  Call,
  ClassDef,
  Compare,
  ComparisonOperator,
  Comprehension,
  Constant,
  ConstantValue,
  Continue,
  Conversion,
  Delete,
  Dict,
  DictComp,
  ExceptHandler,
  Expr,
  Expression,
  ExpressionContext,
  For,
  FormattedValue,
  FunctionDef,
  GeneratorExp,
  Global,
  If,
  IfExp,
  Import,
  ImportFrom,
  Interpolation,
  JoinedStr,
  Keyword,
  Lambda,
  List,
  ListComp,
  Located,
  Match,
  MatchAs,
  MatchCase,
  MatchClass,
  MatchMapping,
  MatchOr,
  MatchSequence,
  MatchSingleton,
  MatchStar,
  MatchValue,
  Name,
  NamedExpr,
  Nonlocal,
  Operator,
  ParamSpec,
  Pass,
  Pattern,
  Raise,
  Return,
  Set,
  SetComp,
  Slice,
  Starred,
  Statement,
  Subscript,
  TemplateStr,
  Try,
  TryStar,
  Tuple,
  TypeAlias,
  TypeParameter,
  TypeVar,
  TypeVarTuple,
  UnaryOp,
  UnaryOperator,
  While,
  With,
  WithItem,
  Yield,
  YieldFrom,
} from './ast.ts';

export function createFunctionDef(
  at: Located,
  name: string,
  args: Arguments,
  body: Statement[],
  decorator_list: Expression[],
  returns: Expression | null,
  type_params: TypeParameter[],
): FunctionDef {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'FunctionDef',
    name,
    args,
    body,
    decorator_list,
    returns,
    type_params,
  };
}

export function createAsyncFunctionDef(
  at: Located,
  name: string,
  args: Arguments,
  body: Statement[],
  decorator_list: Expression[],
  returns: Expression | null,
  type_params: TypeParameter[],
): AsyncFunctionDef {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'AsyncFunctionDef',
    name,
    args,
    body,
    decorator_list,
    returns,
    type_params,
  };
}

export function createClassDef(
  at: Located,
  name: string,
  bases: Expression[],
  keywords: Keyword[],
  body: Statement[],
  decorator_list: Expression[],
  type_params: TypeParameter[],
): ClassDef {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'ClassDef',
    name,
    bases,
    keywords,
    body,
    decorator_list,
    type_params,
  };
}

export function createReturn(at: Located, value: Expression | null): Return {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'Return',
    value,
  };
}

export function createDelete(at: Located, targets: Expression[]): Delete {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'Delete',
    targets,
  };
}

export function createAssign(at: Located, targets: Expression[], value: Expression): Assign {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'Assign',
    targets,
    value,
  };
}

export function createTypeAlias(at: Located, name: Name, type_params: TypeParameter[], value: Expression): TypeAlias {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'TypeAlias',
    name,
    type_params,
    value,
  };
}

export function createAugAssign(
  at: Located,
  target: Name | Attribute | Subscript,
  op: Operator,
  value: Expression,
): AugAssign {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'AugAssign',
    target,
    op,
    value,
  };
}

export function createAnnAssign(
  at: Located,
  target: Name | Attribute | Subscript,
  annotation: Expression,
  value: Expression | null,
  simple: 0 | 1,
): AnnAssign {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'AnnAssign',
    target,
    annotation,
    value,
    simple,
  };
}

export function createFor(
  at: Located,
  target: Expression,
  iter: Expression,
  body: Statement[],
  orelse: Statement[],
): For {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'For',
    target,
    iter,
    body,
    orelse,
  };
}

export function createAsyncFor(
  at: Located,
  target: Expression,
  iter: Expression,
  body: Statement[],
  orelse: Statement[],
): AsyncFor {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'AsyncFor',
    target,
    iter,
    body,
    orelse,
  };
}

export function createWhile(at: Located, test: Expression, body: Statement[], orelse: Statement[]): While {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'While',
    test,
    body,
    orelse,
  };
}

export function createIf(at: Located, test: Expression, body: Statement[], orelse: Statement[]): If {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'If',
    test,
    body,
    orelse,
  };
}

export function createWith(at: Located, items: WithItem[], body: Statement[]): With {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'With',
    items,
    body,
  };
}

export function createAsyncWith(at: Located, items: WithItem[], body: Statement[]): AsyncWith {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'AsyncWith',
    items,
    body,
  };
}

export function createMatch(at: Located, subject: Expression, cases: MatchCase[]): Match {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'Match',
    subject,
    cases,
  };
}

export function createRaise(at: Located, exc: Expression | null, cause: Expression | null): Raise {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'Raise',
    exc,
    cause,
  };
}

export function createTry(
  at: Located,
  body: Statement[],
  handlers: ExceptHandler[],
  orelse: Statement[],
  finalbody: Statement[],
): Try {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'Try',
    body,
    handlers,
    orelse,
    finalbody,
  };
}

export function createTryStar(
  at: Located,
  body: Statement[],
  handlers: ExceptHandler[],
  orelse: Statement[],
  finalbody: Statement[],
): TryStar {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'TryStar',
    body,
    handlers,
    orelse,
    finalbody,
  };
}

export function createAssert(at: Located, test: Expression, msg: Expression | null): Assert {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'Assert',
    test,
    msg,
  };
}

export function createImport(at: Located, names: Alias[]): Import {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'Import',
    names,
  };
}

export function createImportFrom(at: Located, module: string | null, names: Alias[], level: number): ImportFrom {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'ImportFrom',
    module,
    names,
    level,
  };
}

export function createGlobal(at: Located, names: string[]): Global {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'Global',
    names,
  };
}

export function createNonlocal(at: Located, names: string[]): Nonlocal {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'Nonlocal',
    names,
  };
}

export function createExpr(at: Located, value: Expression): Expr {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'Expr',
    value,
  };
}

export function createPass(at: Located): Pass {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'Pass',
  };
}

export function createBreak(at: Located): Break {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'Break',
  };
}

export function createContinue(at: Located): Continue {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'Continue',
  };
}

export function createBoolOp(at: Located, op: BooleanOperator, values: Expression[]): BoolOp {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'BoolOp',
    op,
    values,
  };
}

export function createNamedExpr(at: Located, target: Name, value: Expression): NamedExpr {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'NamedExpr',
    target,
    value,
  };
}

export function createBinOp(at: Located, left: Expression, op: Operator, right: Expression): BinOp {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'BinOp',
    left,
    op,
    right,
  };
}

export function createUnaryOp(at: Located, op: UnaryOperator, operand: Expression): UnaryOp {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'UnaryOp',
    op,
    operand,
  };
}

export function createLambda(at: Located, args: Arguments, body: Expression): Lambda {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'Lambda',
    args,
    body,
  };
}

export function createIfExp(at: Located, test: Expression, body: Expression, orelse: Expression): IfExp {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'IfExp',
    test,
    body,
    orelse,
  };
}

export function createDict(at: Located, keys: (Expression | null)[], values: Expression[]): Dict {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'Dict',
    keys,
    values,
  };
}

export function createSet(at: Located, elts: Expression[]): Set {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'Set',
    elts,
  };
}

export function createListComp(at: Located, elt: Expression, generators: Comprehension[]): ListComp {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'ListComp',
    elt,
    generators,
  };
}

export function createSetComp(at: Located, elt: Expression, generators: Comprehension[]): SetComp {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'SetComp',
    elt,
    generators,
  };
}

export function createDictComp(at: Located, key: Expression, value: Expression, generators: Comprehension[]): DictComp {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'DictComp',
    key,
    value,
    generators,
  };
}

export function createGeneratorExp(at: Located, elt: Expression, generators: Comprehension[]): GeneratorExp {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'GeneratorExp',
    elt,
    generators,
  };
}

export function createAwait(at: Located, value: Expression): Await {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'Await',
    value,
  };
}

export function createYield(at: Located, value: Expression | null): Yield {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'Yield',
    value,
  };
}

export function createYieldFrom(at: Located, value: Expression): YieldFrom {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'YieldFrom',
    value,
  };
}

export function createCompare(
  at: Located,
  left: Expression,
  ops: ComparisonOperator[],
  comparators: Expression[],
): Compare {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'Compare',
    left,
    ops,
    comparators,
  };
}

export function createCall(at: Located, func: Expression, args: Expression[], keywords: Keyword[]): Call {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'Call',
    func,
    args,
    keywords,
  };
}

export function createFormattedValue(
  at: Located,
  value: Expression,
  conversion: Conversion,
  format_spec: JoinedStr | null,
): FormattedValue {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'FormattedValue',
    value,
    conversion,
    format_spec,
  };
}

export function createInterpolation(
  at: Located,
  value: Expression,
  str: string,
  conversion: Conversion,
  format_spec: JoinedStr | null,
): Interpolation {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'Interpolation',
    value,
    str,
    conversion,
    format_spec,
  };
}

export function createJoinedStr(at: Located, values: Expression[]): JoinedStr {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'JoinedStr',
    values,
  };
}

export function createTemplateStr(at: Located, values: Expression[]): TemplateStr {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'TemplateStr',
    values,
  };
}

export function createConstant(at: Located, value: ConstantValue, u_prefix: 'u' | null): Constant {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'Constant',
    value,
    u_prefix,
  };
}

export function createAttribute(at: Located, value: Expression, attr: string, ctx: ExpressionContext): Attribute {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'Attribute',
    value,
    attr,
    ctx,
  };
}

export function createSubscript(at: Located, value: Expression, slice: Expression, ctx: ExpressionContext): Subscript {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'Subscript',
    value,
    slice,
    ctx,
  };
}

export function createStarred(at: Located, value: Expression, ctx: ExpressionContext): Starred {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'Starred',
    value,
    ctx,
  };
}

export function createName(at: Located, id: string, ctx: ExpressionContext): Name {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'Name',
    id,
    ctx,
  };
}

export function createList(at: Located, elts: Expression[], ctx: ExpressionContext): List {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'List',
    elts,
    ctx,
  };
}

export function createTuple(at: Located, elts: Expression[], ctx: ExpressionContext): Tuple {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'Tuple',
    elts,
    ctx,
  };
}

export function createSlice(
  at: Located,
  lower: Expression | null,
  upper: Expression | null,
  step: Expression | null,
): Slice {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'Slice',
    lower,
    upper,
    step,
  };
}

export function createExceptHandler(
  at: Located,
  type: Expression | null,
  name: string | null,
  body: Statement[],
): ExceptHandler {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'ExceptHandler',
    type,
    name,
    body,
  };
}

export function createArg(at: Located, arg: string, annotation: Expression | null): Arg {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'arg',
    arg,
    annotation,
  };
}

export function createKeyword(at: Located, arg: string | null, value: Expression): Keyword {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'keyword',
    arg,
    value,
  };
}

export function createAlias(at: Located, name: string, asname: string | null): Alias {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'alias',
    name,
    asname,
  };
}

export function createMatchValue(at: Located, value: Expression): MatchValue {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'MatchValue',
    value,
  };
}

export function createMatchSingleton(at: Located, value: ConstantValue): MatchSingleton {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'MatchSingleton',
    value,
  };
}

export function createMatchSequence(at: Located, patterns: Pattern[]): MatchSequence {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'MatchSequence',
    patterns,
  };
}

export function createMatchMapping(
  at: Located,
  keys: Expression[],
  patterns: Pattern[],
  rest: string | null,
): MatchMapping {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'MatchMapping',
    keys,
    patterns,
    rest,
  };
}

export function createMatchClass(
  at: Located,
  cls: Expression,
  patterns: Pattern[],
  kwd_attrs: string[],
  kwd_patterns: Pattern[],
): MatchClass {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'MatchClass',
    cls,
    patterns,
    kwd_attrs,
    kwd_patterns,
  };
}

export function createMatchStar(at: Located, name: string | null): MatchStar {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'MatchStar',
    name,
  };
}

export function createMatchAs(at: Located, pattern: Pattern | null, name: string | null): MatchAs {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'MatchAs',
    pattern,
    name,
  };
}

export function createMatchOr(at: Located, patterns: Pattern[]): MatchOr {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'MatchOr',
    patterns,
  };
}

export function createTypeVar(
  at: Located,
  name: string,
  bound: Expression | null,
  default_value: Expression | null,
): TypeVar {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'TypeVar',
    name,
    bound,
    default_value,
  };
}

export function createParamSpec(at: Located, name: string, default_value: Expression | null): ParamSpec {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'ParamSpec',
    name,
    default_value,
  };
}

export function createTypeVarTuple(at: Located, name: string, default_value: Expression | null): TypeVarTuple {
  return {
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
    kind: 'TypeVarTuple',
    name,
    default_value,
  };
}
