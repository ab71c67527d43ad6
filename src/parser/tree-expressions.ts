// Expressions from tree-sitter's tree.
//
// A tree of operators is Python's if each operand binds as tightly as Python's grammar wants in its place: for a row of
// tokens there is only one such tree. So operands are asked for with the least tightness that they must have.

import type {
  ComparisonOperator,
  Comprehension,
  Expression,
  ExpressionContext,
  Keyword,
  Operator,
  UnaryOperator,
} from './ast.ts';
import {
  createAttribute,
  createAwait,
  createBinOp,
  createBoolOp,
  createCall,
  createCompare,
  createConstant,
  createDict,
  createDictComp,
  createGeneratorExp,
  createIfExp,
  createLambda,
  createList,
  createListComp,
  createName,
  createNamedExpr,
  createSet,
  createSetComp,
  createSlice,
  createStarred,
  createSubscript,
  createTuple,
  createUnaryOp,
  createYield,
  createYieldFrom,
} from './nodes.ts';
import { setContext } from './targets.ts';
import { TreeArguments } from './tree-arguments.ts';
import { Shape } from './tree-shapes.ts';

// How tightly expressions bind, in the order of Python's grammar.
const NAMED = 0;
const EXPRESSION = 1;
const DISJUNCTION = 2;
const CONJUNCTION = 3;
const INVERSION = 4;
const COMPARISON = 5;
const BITWISE_OR = 6;
const FACTOR = 12;
const POWER = 13;
const AWAIT = 14;
const PRIMARY = 15;

const BINARY: ReadonlyMap<string, { operator: Operator; level: number }> = new Map([
  ['|', { operator: 'BitOr', level: BITWISE_OR }],
  ['^', { operator: 'BitXor', level: 7 }],
  ['&', { operator: 'BitAnd', level: 8 }],
  ['<<', { operator: 'LShift', level: 9 }],
  ['>>', { operator: 'RShift', level: 9 }],
  ['+', { operator: 'Add', level: 10 }],
  ['-', { operator: 'Sub', level: 10 }],
  ['*', { operator: 'Mult', level: 11 }],
  ['/', { operator: 'Div', level: 11 }],
  ['//', { operator: 'FloorDiv', level: 11 }],
  ['%', { operator: 'Mod', level: 11 }],
  ['@', { operator: 'MatMult', level: 11 }],
  ['**', { operator: 'Pow', level: POWER }],
]);

const COMPARISONS: ReadonlyMap<string, ComparisonOperator> = new Map([
  ['==', 'Eq'],
  ['!=', 'NotEq'],
  ['<', 'Lt'],
  ['<=', 'LtE'],
  ['>', 'Gt'],
  ['>=', 'GtE'],
  ['in', 'In'],
  ['is', 'Is'],
]);

const UNARY: ReadonlyMap<string, UnaryOperator> = new Map([
  ['-', 'USub'],
  ['+', 'UAdd'],
  ['~', 'Invert'],
]);

export abstract class TreeExpressions extends TreeArguments {
  protected tokenText(node: number): string {
    return this.table.source.text.slice(this.table.starts[node], this.table.ends[node]);
  }

  protected expression(node: number): Expression {
    return this.operand(node, EXPRESSION);
  }

  protected namedExpression(node: number): Expression {
    return this.operand(node, NAMED);
  }

  protected disjunction(node: number): Expression {
    return this.operand(node, DISJUNCTION);
  }

  protected primary(node: number): Expression {
    return this.operand(node, PRIMARY);
  }

  /** `*x`, whose operand may not be a comparison or weaker. */
  protected starred(node: number, context: ExpressionContext): Expression {
    const value = this.operand(node + 2, BITWISE_OR);
    setContext(value, context);
    return createStarred(this.place(node), value, context);
  }

  /** An element of a tuple, list or set. */
  private element(node: number, lowest: number): Expression {
    const shape = this.shape(node);
    return shape === Shape.ListSplat || shape === Shape.ListSplatPattern
      ? this.starred(node, 'Load')
      : this.operand(node, lowest);
  }

  /** Expressions with commas and stars, as one node of the tree. */
  protected starExpressions(node: number): Expression {
    const shape = this.shape(node);
    if (shape === Shape.ExpressionList || shape === Shape.PatternList) {
      return this.tupleOf(node + 1, this.nexts[node]);
    }
    return this.operand(node, EXPRESSION);
  }

  /** A tuple without parentheses. */
  protected tupleOf(start: number, end: number): Expression {
    const nodes = this.list(start, end);
    const last = this.lastOfList;
    if (nodes.length === 0 || (nodes.length === 1 && !this.trailingComma)) {
      this.doubt('shape');
    }
    const elts = nodes.map((element) => this.element(element, EXPRESSION));
    return createTuple(this.span(start, last), elts, 'Load');
  }

  // Operators -------------------------------------------------------------------------------------------------------

  private binaryOperator(node: number): { operator: Operator; level: number } {
    return BINARY.get(this.tokenText(this.nexts[node + 1])) ?? this.doubt('shape');
  }

  private levelOf(node: number): number {
    switch (this.shape(node)) {
      case Shape.NamedExpression:
        return NAMED;
      case Shape.Lambda:
      case Shape.ConditionalExpression:
        return EXPRESSION;
      case Shape.BooleanOperator:
        return this.tokenText(this.nexts[node + 1]) === 'or' ? DISJUNCTION : CONJUNCTION;
      case Shape.NotOperator:
        return INVERSION;
      case Shape.ComparisonOperator:
        return COMPARISON;
      case Shape.BinaryOperator:
        return this.binaryOperator(node).level;
      case Shape.UnionType:
        return BITWISE_OR;
      case Shape.UnaryOperator:
        return FACTOR;
      case Shape.Await:
        return AWAIT;
      default:
        return PRIMARY;
    }
  }

  /** An expression that binds at least as tightly as a level. */
  private operand(node: number, lowest: number): Expression {
    if (this.levelOf(node) < lowest) {
      this.doubt(this.shape(node) === Shape.NamedExpression ? 'named' : 'precedence');
    }
    switch (this.shape(node)) {
      case Shape.Identifier:
        return createName(this.place(node), this.table.names[node] as string, 'Load');
      case Shape.Integer:
      case Shape.Float:
        return this.number(node);
      case Shape.String:
      case Shape.ConcatenatedString:
        return this.string(node, true);
      case Shape.True:
        return createConstant(this.place(node), { type: 'bool', value: true }, null);
      case Shape.False:
        return createConstant(this.place(node), { type: 'bool', value: false }, null);
      case Shape.None:
        return createConstant(this.place(node), { type: 'None' }, null);
      case Shape.Ellipsis:
        return createConstant(this.place(node), { type: 'Ellipsis' }, null);
      case Shape.Attribute:
        return this.attribute(node);
      case Shape.Subscript:
        return this.subscript(node);
      case Shape.Call:
        return this.call(node);
      case Shape.BinaryOperator:
        return this.binary(node);
      case Shape.UnaryOperator: {
        const op = UNARY.get(this.tokenText(node + 1)) ?? this.doubt('shape');
        const operand = this.operand(node + 2, FACTOR);
        return createUnaryOp(this.place(node), op, operand);
      }
      case Shape.ComparisonOperator:
        return this.comparison(node);
      case Shape.NotOperator: {
        const operand = this.operand(node + 2, INVERSION);
        return createUnaryOp(this.place(node), 'Not', operand);
      }
      case Shape.BooleanOperator:
        return this.boolean(node);
      case Shape.ConditionalExpression:
        return this.conditional(node);
      case Shape.Lambda:
        return this.lambda(node);
      case Shape.NamedExpression:
        return this.named(node);
      case Shape.Await: {
        const value = this.operand(node + 2, PRIMARY);
        return createAwait(this.place(node), value);
      }
      case Shape.ParenthesizedExpression:
        return this.parenthesized(node);
      case Shape.Tuple:
      case Shape.TuplePattern:
        return this.tuple(node);
      case Shape.List:
      case Shape.ListPattern: {
        const elts = this.bracketed(node).map((element) => this.element(element, NAMED));
        return createList(this.place(node), elts, 'Load');
      }
      case Shape.Set: {
        const elts = this.bracketed(node).map((element) => this.element(element, NAMED));
        return elts.length > 0 ? createSet(this.place(node), elts) : this.doubt('shape');
      }
      case Shape.Dictionary:
        return this.dictionary(node);
      case Shape.ListComprehension:
      case Shape.SetComprehension:
      case Shape.GeneratorExpression:
      case Shape.DictionaryComprehension:
        return this.comprehension(node);
      case Shape.GenericType:
        return this.genericType(node);
      case Shape.UnionType:
        return this.unionType(node);
      case Shape.MemberType: {
        const value = this.operandOfType(node + 1, PRIMARY);
        const name = this.name(this.lastChild(node));
        return createAttribute(this.place(node), value, name, 'Load');
      }
      case Shape.ListSplat:
      case Shape.ListSplatPattern:
        return this.doubt('star');
      case Shape.AsPattern:
        return this.doubt('as');
      default:
        return this.doubt('shape');
    }
  }

  private binary(node: number): Expression {
    const { operator, level } = this.binaryOperator(node);
    const right = this.nexts[this.nexts[node + 1]];
    const power = level === POWER;
    const leftNode = this.operand(node + 1, power ? AWAIT : level);
    const rightNode = this.operand(right, power ? FACTOR : level + 1);
    return createBinOp(this.place(node), leftNode, operator, rightNode);
  }

  private comparison(node: number): Expression {
    const end = this.nexts[node];
    const left = this.operand(node + 1, BITWISE_OR);
    const ops: ComparisonOperator[] = [];
    const comparators: Expression[] = [];
    let child = this.nexts[node + 1];
    while (child < end) {
      const shape = this.shape(child);
      const op =
        shape === Shape.NotIn ? 'NotIn' : shape === Shape.IsNot ? 'IsNot' : COMPARISONS.get(this.tokenText(child));
      ops.push(op ?? this.doubt('python2'));
      child = this.nexts[child];
      comparators.push(this.operand(child, BITWISE_OR));
      child = this.nexts[child];
    }
    return createCompare(this.place(node), left, ops, comparators);
  }

  private boolean(node: number): Expression {
    const level = this.levelOf(node);
    const values: Expression[] = [];
    // `a or b or c` is one node in Python and leans to the left here.
    let left = node;
    const rights: number[] = [];
    while (this.shape(left) === Shape.BooleanOperator && this.levelOf(left) === level) {
      rights.push(this.nexts[this.nexts[left + 1]]);
      left = left + 1;
    }
    values.push(this.operand(left, level + 1));
    for (let i = rights.length - 1; i >= 0; i--) {
      values.push(this.operand(rights[i], level + 1));
    }
    return createBoolOp(this.place(node), level === DISJUNCTION ? 'Or' : 'And', values);
  }

  private conditional(node: number): Expression {
    const condition = this.nexts[this.nexts[node + 1]];
    const alternative = this.nexts[this.nexts[condition]];
    const body = this.operand(node + 1, DISJUNCTION);
    const test = this.operand(condition, DISJUNCTION);
    const orelse = this.operand(alternative, EXPRESSION);
    return createIfExp(this.place(node), test, body, orelse);
  }

  private lambda(node: number): Expression {
    let child = node + 2;
    const parameters = this.shape(child) === Shape.LambdaParameters ? child : -1;
    const args =
      parameters < 0
        ? this.parameters(child, child, false)
        : this.parameters(parameters + 1, this.nexts[parameters], false);
    child = parameters < 0 ? child : this.nexts[parameters];
    this.expect(child, this.nexts[node], Shape.Colon);
    const body = this.operand(child + 1, EXPRESSION);
    return createLambda(this.place(node), args, body);
  }

  private named(node: number): Expression {
    const target = createName(this.place(node + 1), this.name(node + 1), 'Store');
    this.expect(node + 2, this.nexts[node], Shape.ColonEqual);
    const value = this.operand(node + 3, EXPRESSION);
    return createNamedExpr(this.place(node), target, value);
  }

  protected yieldExpression(node: number): Expression {
    const end = this.nexts[node];
    const child = node + 2;
    if (child >= end) {
      return createYield(this.place(node), null);
    }
    if (this.shape(child) === Shape.From) {
      const value = this.operand(child + 1, EXPRESSION);
      return createYieldFrom(this.place(node), value);
    }
    const value = this.starExpressions(child);
    return createYield(this.place(node), value);
  }

  // Primaries -------------------------------------------------------------------------------------------------------

  protected attribute(node: number): Expression {
    const value = this.operand(node + 1, PRIMARY);
    const dot = this.nexts[node + 1];
    this.expect(dot, this.nexts[node], Shape.Dot);
    return createAttribute(this.place(node), value, this.name(dot + 1), 'Load');
  }

  private call(node: number): Expression {
    const func = this.operand(node + 1, PRIMARY);
    const list = this.nexts[node + 1];
    const args: Expression[] = [];
    const keywords: Keyword[] = [];
    if (this.shape(list) === Shape.GeneratorExpression) {
      args.push(this.comprehension(list));
    } else {
      this.expect(list, this.nexts[node], Shape.ArgumentList);
      this.argumentList(list, args, keywords);
    }
    return createCall(this.place(node), func, args, keywords);
  }

  protected subscript(node: number): Expression {
    const value = this.operand(node + 1, PRIMARY);
    const open = this.nexts[node + 1];
    this.expect(open, this.nexts[node], Shape.LeftBracket);
    const slices = this.slices(open + 1, this.lastChild(node), (slice) => this.slice(slice));
    return createSubscript(this.place(node), value, slices, 'Load');
  }

  /** What is in the brackets of a subscript: one slice, or a tuple if there is a comma or a star. */
  private slices(start: number, end: number, convert: (node: number) => Expression): Expression {
    const nodes = this.list(start, end);
    const last = this.lastOfList;
    const single = nodes.length === 1 && !this.trailingComma;
    const elts = nodes.map(convert);
    if (elts.length === 0) {
      this.doubt('shape');
    }
    return single && elts[0].kind !== 'Starred' ? elts[0] : createTuple(this.span(start, last), elts, 'Load');
  }

  private slice(node: number): Expression {
    switch (this.shape(node)) {
      case Shape.ListSplat:
      case Shape.ListSplatPattern:
        return this.starredArgument(node);
      case Shape.Slice:
        break;
      default:
        return this.operand(node, NAMED);
    }
    const parts: (Expression | null)[] = [null, null, null];
    let part = 0;
    for (let child = node + 1; child < this.nexts[node]; child = this.nexts[child]) {
      if (this.shape(child) === Shape.Colon) {
        part++;
      } else {
        parts[part] = this.operand(child, EXPRESSION);
      }
    }
    return createSlice(this.place(node), parts[0], parts[1], parts[2]);
  }

  // Displays --------------------------------------------------------------------------------------------------------

  private parenthesized(node: number): Expression {
    const inner = node + 2;
    if (this.nexts[inner] !== this.lastChild(node)) {
      this.doubt('shape');
    }
    return this.shape(inner) === Shape.Yield ? this.yieldExpression(inner) : this.operand(inner, NAMED);
  }

  private tuple(node: number): Expression {
    const nodes = this.bracketed(node);
    if (nodes.length === 1 && !this.trailingComma) {
      this.doubt('shape');
    }
    const elts = nodes.map((element) => this.element(element, NAMED));
    return createTuple(this.place(node), elts, 'Load');
  }

  private dictionary(node: number): Expression {
    const keys: (Expression | null)[] = [];
    const values: Expression[] = [];
    for (const entry of this.bracketed(node)) {
      if (this.shape(entry) === Shape.DictionarySplat) {
        keys.push(null);
        values.push(this.operand(entry + 2, BITWISE_OR));
      } else {
        keys.push(this.key(entry));
        values.push(this.valueOfPair(entry));
      }
    }
    return createDict(this.place(node), keys, values);
  }

  private key(pair: number): Expression {
    if (this.shape(pair) !== Shape.Pair) {
      this.doubt('shape');
    }
    return this.operand(pair + 1, EXPRESSION);
  }

  private valueOfPair(pair: number): Expression {
    const colon = this.nexts[pair + 1];
    this.expect(colon, this.nexts[pair], Shape.Colon);
    return this.operand(colon + 1, EXPRESSION);
  }

  private comprehension(node: number): Expression {
    const element = node + 2;
    const clauses = this.nexts[element];
    const end = this.lastChild(node);
    if (this.shape(node) === Shape.DictionaryComprehension) {
      const key = this.key(element);
      const value = this.valueOfPair(element);
      const generators = this.comprehensions(clauses, end);
      return createDictComp(this.place(node), key, value, generators);
    }
    const elt = this.operand(element, NAMED);
    const generators = this.comprehensions(clauses, end);
    switch (this.shape(node)) {
      case Shape.ListComprehension:
        return createListComp(this.place(node), elt, generators);
      case Shape.SetComprehension:
        return createSetComp(this.place(node), elt, generators);
      default:
        return createGeneratorExp(this.place(node), elt, generators);
    }
  }

  private comprehensions(start: number, end: number): Comprehension[] {
    const generators: Comprehension[] = [];
    for (let clause = start; clause < end; clause = this.nexts[clause]) {
      if (this.shape(clause) === Shape.IfClause) {
        generators[generators.length - 1].ifs.push(this.operand(clause + 2, DISJUNCTION));
        continue;
      }
      this.expect(clause, end, Shape.ForInClause);
      const is_async = this.shape(clause + 1) === Shape.Async ? 1 : 0;
      const left = clause + 2 + is_async;
      const iterable = this.nexts[this.nexts[left]];
      if (this.nexts[iterable] !== this.nexts[clause]) {
        this.doubt('shape');
      }
      const target = this.targets(left);
      const iter = this.operand(iterable, DISJUNCTION);
      generators.push({ kind: 'comprehension', target, iter, ifs: [], is_async });
    }
    return generators;
  }

  // Targets ---------------------------------------------------------------------------------------------------------

  /** The target of `=` or `for`: one, or a tuple without parentheses. */
  protected targets(node: number): Expression {
    if (this.shape(node) !== Shape.PatternList) {
      const target = this.target(node);
      return target.kind === 'Starred' ? this.doubt('target') : target;
    }
    const nodes = this.list(node + 1, this.nexts[node]);
    if (nodes.length === 1 && !this.trailingComma) {
      this.doubt('shape');
    }
    const elts = nodes.map((element) => this.target(element));
    return createTuple(this.place(node), elts, 'Store');
  }

  private target(node: number): Expression {
    switch (this.shape(node)) {
      case Shape.Identifier:
        return createName(this.place(node), this.table.names[node] as string, 'Store');
      case Shape.Attribute:
      case Shape.Subscript: {
        const target = this.shape(node) === Shape.Attribute ? this.attribute(node) : this.subscript(node);
        setContext(target, 'Store');
        return target;
      }
      case Shape.ListSplatPattern:
      case Shape.ListSplat: {
        const value = this.target(node + 2);
        return value.kind === 'Starred' ? this.doubt('target') : createStarred(this.place(node), value, 'Store');
      }
      case Shape.TuplePattern:
      case Shape.ListPattern: {
        const nodes = this.bracketed(node);
        const group = this.shape(node) === Shape.TuplePattern && nodes.length === 1 && !this.trailingComma;
        const elts = nodes.map((element) => this.target(element));
        if (group) {
          // Parentheses only.
          return elts[0].kind === 'Starred' ? this.doubt('target') : elts[0];
        }
        return (this.shape(node) === Shape.TuplePattern ? createTuple : createList)(this.place(node), elts, 'Store');
      }
      default:
        return this.doubt('target');
    }
  }

  // Types -----------------------------------------------------------------------------------------------------------

  protected annotation(node: number): Expression {
    return this.operandOfType(node, EXPRESSION);
  }

  private operandOfType(node: number, lowest: number): Expression {
    if (this.shape(node) !== Shape.Type) {
      this.doubt('types');
    }
    const inner = this.only(node);
    switch (this.shape(inner)) {
      case Shape.SplatType:
      case Shape.ConstrainedType:
        return this.doubt('types');
      default:
        return this.operand(inner, lowest);
    }
  }

  /** `list[int]` in an annotation, where the grammar takes it for something of its own. */
  private genericType(node: number): Expression {
    const parameters = node + 2;
    this.expect(parameters, this.nexts[node], Shape.TypeParameter);
    const value = createName(this.place(node + 1), this.name(node + 1), 'Load');
    const slices = this.slices(parameters + 2, this.lastChild(parameters), (type) =>
      this.shape(type + 1) === Shape.SplatType ? this.splatType(type + 1) : this.operandOfType(type, EXPRESSION),
    );
    return createSubscript(this.place(node), value, slices, 'Load');
  }

  private unionType(node: number): Expression {
    const left = this.operandOfType(node + 1, BITWISE_OR);
    const right = this.operandOfType(this.nexts[this.nexts[node + 1]], BITWISE_OR + 1);
    return createBinOp(this.place(node), left, 'BitOr', right);
  }
}
