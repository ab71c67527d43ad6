// The kinds of nodes of tree-sitter-python, as small numbers.
//
// tree-sitter numbers its kinds, but each version of the grammar does so anew: they are known by their names here, and
// the numbers are looked up when they are first met.

import { KEYWORDS } from './tokens.ts';

/** The kind of a node: named ones first, then the tokens that the converter asks for. */
export enum Shape {
  Unknown,
  /** Comments and continued lines: they may stand anywhere and are not in the table. */
  Extra,

  // Statements.
  Module,
  Block,
  ExpressionStatement,
  Assignment,
  AugmentedAssignment,
  ReturnStatement,
  DeleteStatement,
  RaiseStatement,
  PassStatement,
  BreakStatement,
  ContinueStatement,
  GlobalStatement,
  NonlocalStatement,
  AssertStatement,
  ImportStatement,
  ImportFromStatement,
  FutureImportStatement,
  TypeAliasStatement,
  PrintStatement,
  ExecStatement,
  IfStatement,
  ForStatement,
  WhileStatement,
  TryStatement,
  WithStatement,
  FunctionDefinition,
  ClassDefinition,
  DecoratedDefinition,
  MatchStatement,

  // Parts of statements.
  ElifClause,
  ElseClause,
  ExceptClause,
  FinallyClause,
  CaseClause,
  Decorator,
  WithClause,
  WithItem,
  IfClause,
  ForInClause,
  DottedName,
  AliasedImport,
  WildcardImport,
  RelativeImport,
  ImportPrefix,
  Parameters,
  LambdaParameters,
  TypedParameter,
  DefaultParameter,
  TypedDefaultParameter,
  KeywordSeparator,
  PositionalSeparator,
  ListSplatPattern,
  DictionarySplatPattern,
  TypeParameter,
  ArgumentList,
  KeywordArgument,
  Type,
  SplatType,
  GenericType,
  UnionType,
  ConstrainedType,
  MemberType,

  // Expressions.
  ExpressionList,
  PatternList,
  TuplePattern,
  ListPattern,
  NamedExpression,
  AsPattern,
  AsPatternTarget,
  Lambda,
  ConditionalExpression,
  BooleanOperator,
  NotOperator,
  ComparisonOperator,
  BinaryOperator,
  UnaryOperator,
  Await,
  Attribute,
  Subscript,
  Slice,
  Call,
  Identifier,
  String,
  ConcatenatedString,
  Integer,
  Float,
  True,
  False,
  None,
  Ellipsis,
  List,
  Set,
  Tuple,
  Dictionary,
  Pair,
  DictionarySplat,
  ListSplat,
  ParenthesizedExpression,
  ListComprehension,
  SetComprehension,
  DictionaryComprehension,
  GeneratorExpression,
  Yield,

  // Patterns.
  CasePattern,
  ClassPattern,
  KeywordPattern,
  SplatPattern,
  UnionPattern,
  DictPattern,
  ComplexPattern,

  // Tokens. Those not named here are `Operator` or `Word`.
  Operator,
  Word,
  LeftParenthesis,
  RightParenthesis,
  LeftBracket,
  RightBracket,
  LeftBrace,
  RightBrace,
  Comma,
  Colon,
  ColonEqual,
  Semicolon,
  Dot,
  Equal,
  Arrow,
  Star,
  DoubleStar,
  Minus,
  Plus,
  VerticalBar,
  At,
  NotIn,
  IsNot,
  Underscore,
  Async,
  As,
  From,
}

/** The first kind that is a token of fixed text. */
export const FIRST_TOKEN = Shape.Operator;

const TOKENS: ReadonlyMap<string, Shape> = new Map([
  ['(', Shape.LeftParenthesis],
  [')', Shape.RightParenthesis],
  ['[', Shape.LeftBracket],
  [']', Shape.RightBracket],
  ['{', Shape.LeftBrace],
  ['}', Shape.RightBrace],
  [',', Shape.Comma],
  [':', Shape.Colon],
  [':=', Shape.ColonEqual],
  [';', Shape.Semicolon],
  ['.', Shape.Dot],
  ['=', Shape.Equal],
  ['->', Shape.Arrow],
  ['*', Shape.Star],
  ['**', Shape.DoubleStar],
  ['-', Shape.Minus],
  ['+', Shape.Plus],
  ['|', Shape.VerticalBar],
  ['@', Shape.At],
  ['not in', Shape.NotIn],
  ['is not', Shape.IsNot],
  ['_', Shape.Underscore],
  ['async', Shape.Async],
  ['as', Shape.As],
  ['from', Shape.From],
]);

/** Words with a meaning of their own in the grammar that are names in Python. */
const SOFT_WORDS = new Set(['match', 'case', 'type', '_', '__future__', 'print', 'exec']);

/** `list_comprehension` to `ListComprehension`. */
function shapeName(type: string): string {
  return type.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The kind of a node that tree-sitter calls `type`. */
export function shapeOf(type: string, named: boolean): Shape {
  if (named) {
    if (type === 'comment' || type === 'line_continuation') {
      return Shape.Extra;
    }
    const shape = Shape[shapeName(type) as keyof typeof Shape];
    return shape === undefined || shape >= FIRST_TOKEN ? Shape.Unknown : shape;
  }
  const shape = TOKENS.get(type);
  if (shape !== undefined) {
    return shape;
  }
  if (KEYWORDS.has(type) || SOFT_WORDS.has(type)) {
    return Shape.Word;
  }
  return /^[a-z]/.test(type) ? Shape.Unknown : Shape.Operator;
}
