/**
 * Whether a tree that a program made by hand is one that the parser could have made, as far as the compiler relies on it:
 * contexts, lists that may not be empty, names that are keywords, literals in patterns. The parser's own trees are not
 * looked at. Children may be null here, wherever the object had None.
 */
import type {
  Arguments,
  Comprehension,
  ConstantValue,
  ExceptHandler,
  Expression,
  ExpressionContext,
  Keyword,
  Located,
  Pattern,
  Root,
  Statement,
  TypeParameter,
  WithItem,
} from '../parser/ast.ts';
import { constantTypeName } from './constants.ts';

/** What is wrong with a tree; the caller makes the Python exception of that name. */
export class InvalidTree extends Error {
  readonly kind: 'ValueError' | 'TypeError';

  constructor(message: string, kind: 'ValueError' | 'TypeError' = 'ValueError') {
    super(message);
    this.kind = kind;
  }
}

type Maybe<T> = T | null;

function refuse(message: string): never {
  throw new InvalidTree(message);
}

/** Throws InvalidTree. */
export function validateTree(tree: Root): void {
  if (tree.kind === 'Expression') validateExpression(tree.body, 'Load');
  else validateStatements(tree.body);
}

function validatePlace(node: Located): void {
  const { lineno, col_offset, end_lineno, end_col_offset } = node;
  if (lineno > end_lineno) refuse(`AST node line range (${lineno}, ${end_lineno}) is not valid`);
  if ((lineno < 0 && end_lineno !== lineno) || (col_offset < 0 && col_offset !== end_col_offset)) {
    refuse(
      `AST node column range (${col_offset}, ${end_col_offset}) for line range (${lineno}, ${end_lineno}) is not valid`,
    );
  }
  if (lineno === end_lineno && col_offset > end_col_offset) {
    refuse(`line ${lineno}, column ${col_offset}-${end_col_offset} is not a valid range`);
  }
}

function validateName(name: string): void {
  if (name === 'None' || name === 'True' || name === 'False') {
    refuse(`identifier field can't represent '${name}' constant`);
  }
}

function requireItems(list: readonly unknown[], what: string, owner: string): void {
  if (list.length === 0) refuse(`empty ${what} on ${owner}`);
}

// Statements ----------------------------------------------------------------------------------------------------------

function validateStatements(list: readonly Maybe<Statement>[]): void {
  for (const statement of list) {
    if (statement === null) refuse('None disallowed in statement list');
    validateStatement(statement);
  }
}
function validateBody(list: readonly Maybe<Statement>[], owner: string): void {
  requireItems(list, 'body', owner);
  validateStatements(list);
}
function validateTargets(list: readonly Maybe<Expression>[], context: ExpressionContext, owner: string): void {
  requireItems(list, 'targets', owner);
  validateExpressions(list, context);
}

function validateStatement(node: Statement): void {
  validatePlace(node);
  switch (node.kind) {
    case 'FunctionDef':
    case 'AsyncFunctionDef':
      validateBody(node.body, node.kind);
      validateTypeParameters(node.type_params);
      validateArguments(node.args);
      validateExpressions(node.decorator_list, 'Load');
      validateOptional(node.returns);
      return;
    case 'ClassDef':
      validateBody(node.body, node.kind);
      validateTypeParameters(node.type_params);
      validateExpressions(node.bases, 'Load');
      validateKeywords(node.keywords);
      validateExpressions(node.decorator_list, 'Load');
      return;
    case 'Return':
      validateOptional(node.value);
      return;
    case 'Delete':
      validateTargets(node.targets, 'Del', node.kind);
      return;
    case 'Assign':
      validateTargets(node.targets, 'Store', node.kind);
      validateExpression(node.value, 'Load');
      return;
    case 'AugAssign':
      validateExpression(node.target, 'Store');
      validateExpression(node.value, 'Load');
      return;
    case 'AnnAssign':
      if (node.target.kind !== 'Name' && node.simple !== 0) {
        throw new InvalidTree('AnnAssign with simple non-Name target', 'TypeError');
      }
      validateExpression(node.target, 'Store');
      validateOptional(node.value);
      validateExpression(node.annotation, 'Load');
      return;
    case 'TypeAlias':
      if (node.name.kind !== 'Name') throw new InvalidTree('TypeAlias with non-Name name', 'TypeError');
      validateExpression(node.name, 'Store');
      validateTypeParameters(node.type_params);
      validateExpression(node.value, 'Load');
      return;
    case 'For':
    case 'AsyncFor':
      validateExpression(node.target, 'Store');
      validateExpression(node.iter, 'Load');
      validateBody(node.body, node.kind);
      validateStatements(node.orelse);
      return;
    case 'While':
    case 'If':
      validateExpression(node.test, 'Load');
      validateBody(node.body, node.kind);
      validateStatements(node.orelse);
      return;
    case 'With':
    case 'AsyncWith':
      requireItems(node.items, 'items', node.kind);
      for (const item of node.items) validateItem(item);
      validateBody(node.body, node.kind);
      return;
    case 'Match':
      validateExpression(node.subject, 'Load');
      requireItems(node.cases, 'cases', node.kind);
      for (const { pattern, guard, body } of node.cases) {
        validatePattern(pattern, false);
        validateOptional(guard);
        validateBody(body, 'match_case');
      }
      return;
    case 'Raise':
      if (node.exc === null && node.cause !== null) refuse('Raise with cause but no exception');
      validateOptional(node.exc);
      validateOptional(node.cause);
      return;
    case 'Try':
    case 'TryStar':
      validateTry(node);
      return;
    case 'Assert':
      validateExpression(node.test, 'Load');
      validateOptional(node.msg);
      return;
    case 'Import':
      requireItems(node.names, 'names', node.kind);
      return;
    case 'ImportFrom':
      if (node.level < 0) refuse('Negative ImportFrom level');
      requireItems(node.names, 'names', node.kind);
      return;
    case 'Global':
    case 'Nonlocal':
      requireItems(node.names, 'names', node.kind);
      return;
    case 'Expr':
      validateExpression(node.value, 'Load');
      return;
    case 'Pass':
    case 'Break':
    case 'Continue':
      return;
  }
}

function validateTry(node: Statement & { kind: 'Try' | 'TryStar' }): void {
  validateBody(node.body, node.kind);
  if (node.handlers.length === 0 && node.finalbody.length === 0) {
    refuse(`${node.kind} has neither except handlers nor finalbody`);
  }
  if (node.handlers.length === 0 && node.orelse.length > 0) refuse(`${node.kind} has orelse but no except handlers`);
  for (const handler of node.handlers as Maybe<ExceptHandler>[]) {
    if (handler === null) continue;
    validatePlace(handler);
    validateOptional(handler.type);
    validateBody(handler.body, 'ExceptHandler');
  }
  validateStatements(node.orelse);
  validateStatements(node.finalbody);
}

function validateItem(item: WithItem): void {
  validateExpression(item.context_expr, 'Load');
  if (item.optional_vars !== null) validateExpression(item.optional_vars, 'Store');
}

function validateArguments(args: Arguments): void {
  const lists = [args.posonlyargs, args.args, args.kwonlyargs, [args.vararg, args.kwarg]];
  for (const arg of lists.flat()) {
    if (arg === null) continue;
    validatePlace(arg);
    validateOptional(arg.annotation);
  }
  if (args.defaults.length > args.posonlyargs.length + args.args.length) {
    refuse('more positional defaults than args on arguments');
  }
  if (args.kw_defaults.length !== args.kwonlyargs.length) {
    refuse('length of kwonlyargs is not the same as kw_defaults on arguments');
  }
  validateExpressions(args.defaults, 'Load');
  for (const value of args.kw_defaults) validateOptional(value);
}

function validateKeywords(list: readonly Keyword[]): void {
  for (const { value } of list) validateExpression(value, 'Load');
}

function validateTypeParameters(list: readonly Maybe<TypeParameter>[]): void {
  for (const parameter of list) {
    if (parameter === null) continue;
    validatePlace(parameter);
    validateName(parameter.name);
    if (parameter.kind === 'TypeVar') validateOptional(parameter.bound);
    validateOptional(parameter.default_value);
  }
}

// Expressions ---------------------------------------------------------------------------------------------------------

function validateOptional(node: Maybe<Expression>): void {
  if (node !== null) validateExpression(node, 'Load');
}
function validateExpressions(list: readonly Maybe<Expression>[], context: ExpressionContext): void {
  for (const node of list) {
    if (node === null) refuse('None disallowed in expression list');
    validateExpression(node, context);
  }
}
function validateGenerators(list: readonly Comprehension[]): void {
  if (list.length === 0) refuse('comprehension with no generators');
  for (const { target, iter, ifs } of list) {
    validateExpression(target, 'Store');
    validateExpression(iter, 'Load');
    validateExpressions(ifs, 'Load');
  }
}

function validateContext(node: Expression, context: ExpressionContext): void {
  switch (node.kind) {
    case 'Attribute':
    case 'Subscript':
    case 'Starred':
    case 'Name':
    case 'List':
    case 'Tuple':
      if (node.ctx !== context) refuse(`expression must have ${context} context but has ${node.ctx} instead`);
      return;
    default:
      if (context !== 'Load') refuse(`expression which can't be assigned to in ${context} context`);
  }
}

function validateExpression(node: Expression, context: ExpressionContext): void {
  validatePlace(node);
  if (node.kind === 'Name') validateName(node.id);
  validateContext(node, context);
  switch (node.kind) {
    case 'BoolOp':
      if (node.values.length < 2) refuse('BoolOp with less than 2 values');
      validateExpressions(node.values, 'Load');
      return;
    case 'BinOp':
      validateExpression(node.left, 'Load');
      validateExpression(node.right, 'Load');
      return;
    case 'UnaryOp':
      validateExpression(node.operand, 'Load');
      return;
    case 'Lambda':
      validateArguments(node.args);
      validateExpression(node.body, 'Load');
      return;
    case 'IfExp':
      validateExpression(node.test, 'Load');
      validateExpression(node.body, 'Load');
      validateExpression(node.orelse, 'Load');
      return;
    case 'Dict':
      if (node.keys.length !== node.values.length) refuse("Dict doesn't have the same number of keys as values");
      node.keys.forEach(validateOptional);
      validateExpressions(node.values, 'Load');
      return;
    case 'Set':
      validateExpressions(node.elts, 'Load');
      return;
    case 'ListComp':
    case 'SetComp':
    case 'GeneratorExp':
      validateGenerators(node.generators);
      validateExpression(node.elt, 'Load');
      return;
    case 'DictComp':
      validateGenerators(node.generators);
      validateExpression(node.key, 'Load');
      validateExpression(node.value, 'Load');
      return;
    case 'Yield':
      validateOptional(node.value);
      return;
    case 'Await':
    case 'YieldFrom':
      validateExpression(node.value, 'Load');
      return;
    case 'Compare':
      if (node.comparators.length === 0) refuse('Compare with no comparators');
      if (node.comparators.length !== node.ops.length) {
        refuse('Compare has a different number of comparators and operands');
      }
      validateExpressions(node.comparators, 'Load');
      validateExpression(node.left, 'Load');
      return;
    case 'Call':
      validateExpression(node.func, 'Load');
      validateExpressions(node.args, 'Load');
      validateKeywords(node.keywords);
      return;
    case 'Constant':
      validateConstant(node.value);
      return;
    case 'JoinedStr':
    case 'TemplateStr':
      validateExpressions(node.values, 'Load');
      return;
    case 'FormattedValue':
    case 'Interpolation':
      validateExpression(node.value, 'Load');
      validateOptional(node.format_spec);
      return;
    case 'Attribute':
      validateExpression(node.value, 'Load');
      return;
    case 'Subscript':
      validateExpression(node.slice, 'Load');
      validateExpression(node.value, 'Load');
      return;
    case 'Starred':
      validateExpression(node.value, context);
      return;
    case 'List':
    case 'Tuple':
      validateExpressions(node.elts, context);
      return;
    case 'NamedExpr':
      if ((node.target as Expression).kind !== 'Name') {
        throw new InvalidTree('NamedExpr target must be a Name', 'TypeError');
      }
      validateExpression(node.value, 'Load');
      return;
    case 'Slice':
      validateOptional(node.lower);
      validateOptional(node.upper);
      validateOptional(node.step);
      return;
    case 'Name':
      return;
  }
}

const constantTypes = new Set(['int', 'float', 'complex', 'str', 'bytes', 'bool', 'None', 'Ellipsis']);

function validateConstant(value: ConstantValue): void {
  if (value.type === 'tuple' || value.type === 'frozenset') value.items.forEach(validateConstant);
  else if (!constantTypes.has(value.type)) {
    throw new InvalidTree(`got an invalid type in Constant: ${constantTypeName(value)}`, 'TypeError');
  }
}

// Patterns ------------------------------------------------------------------------------------------------------------

/** A literal of a pattern: a constant, a negative number, a complex number written as a sum, an f-string, a dotted name. */
function validateLiteral(node: Expression): void {
  validateExpression(node, 'Load');
  switch (node.kind) {
    case 'Constant':
      if (!isLiteral(node, ['int', 'float', 'complex', 'str', 'bytes'])) {
        refuse('unexpected constant inside of a literal pattern');
      }
      return;
    case 'Attribute':
    case 'JoinedStr':
    case 'TemplateStr':
      return;
    case 'UnaryOp':
      if (node.op === 'USub' && isLiteral(node.operand, ['int', 'float', 'complex'])) return;
      break;
    case 'BinOp': {
      const { left, op, right } = node;
      const real = left.kind === 'UnaryOp' && left.op === 'USub' ? left.operand : left;
      if ((op === 'Add' || op === 'Sub') && isLiteral(real, ['int', 'float']) && isLiteral(right, ['complex'])) return;
    }
  }
  refuse('patterns may only match literals and attribute lookups');
}
function isLiteral(node: Expression, types: readonly string[]): boolean {
  return node.kind === 'Constant' && types.includes(node.value.type);
}
function validateCapture(name: string): void {
  if (name === '_') refuse("can't capture name '_' in patterns");
  validateName(name);
}
function validatePatterns(list: readonly Pattern[], starAllowed: boolean): void {
  for (const pattern of list) validatePattern(pattern, starAllowed);
}

function validatePattern(node: Pattern, starAllowed: boolean): void {
  validatePlace(node);
  switch (node.kind) {
    case 'MatchValue':
      validateLiteral(node.value);
      return;
    case 'MatchSingleton':
      if (node.value.type !== 'None' && node.value.type !== 'bool') {
        refuse('MatchSingleton can only contain True, False and None');
      }
      return;
    case 'MatchSequence':
      validatePatterns(node.patterns, true);
      return;
    case 'MatchMapping':
      if (node.keys.length !== node.patterns.length) {
        refuse("MatchMapping doesn't have the same number of keys as patterns");
      }
      if (node.rest !== null) validateCapture(node.rest);
      for (const key of node.keys) {
        const isSingleton = key.kind === 'Constant' && (key.value.type === 'None' || key.value.type === 'bool');
        if (!isSingleton) validateLiteral(key);
      }
      validatePatterns(node.patterns, false);
      return;
    case 'MatchClass': {
      if (node.kwd_attrs.length !== node.kwd_patterns.length) {
        refuse("MatchClass doesn't have the same number of keyword attributes as patterns");
      }
      validateExpression(node.cls, 'Load');
      let cls = node.cls;
      while (cls.kind === 'Attribute') cls = cls.value;
      if (cls.kind !== 'Name') refuse('MatchClass cls field can only contain Name or Attribute nodes.');
      node.kwd_attrs.forEach(validateName);
      validatePatterns(node.patterns, false);
      validatePatterns(node.kwd_patterns, false);
      return;
    }
    case 'MatchStar':
      if (!starAllowed) refuse("can't use MatchStar here");
      if (node.name !== null) validateCapture(node.name);
      return;
    case 'MatchAs':
      if (node.name !== null) validateCapture(node.name);
      if (node.pattern !== null) {
        if (node.name === null) refuse('MatchAs must specify a target name if a pattern is given');
        validatePattern(node.pattern, false);
      }
      return;
    case 'MatchOr':
      if (node.patterns.length < 2) refuse('MatchOr requires at least 2 patterns');
      validatePatterns(node.patterns, false);
      return;
  }
}
