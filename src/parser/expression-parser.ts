// Expressions.
//
// Binary operators are parsed by precedence climbing, so that a sum of any length takes no stack. The messages of
// Python's many special cases of wrong syntax stand where the parser meets the token that is wrong.

import type {
  BinOp,
  ComparisonOperator,
  Expression,
  Keyword,
  Lambda,
  Operator,
  Starred,
  UnaryOperator,
} from './ast.ts';
import { DisplayParser } from './display-parser.ts';
import { PythonSyntaxError } from './errors.ts';
import {
  createAttribute,
  createAwait,
  createBinOp,
  createBoolOp,
  createCall,
  createCompare,
  createConstant,
  createIfExp,
  createLambda,
  createName,
  createNamedExpr,
  createSlice,
  createStarred,
  createSubscript,
  createTuple,
  createUnaryOp,
  createYield,
  createYieldFrom,
} from './nodes.ts';
import { NumberError, parseNumber } from './numbers.ts';
import { expressionName } from './targets.ts';
import { isGeneric, throwIfError } from './token-reader.ts';
import { Token } from './tokens.ts';

/**
 * How many operators, calls or `elif` may stand in a row: the tree nests as deep, and who walks it needs the stack. (Not
 * `and`, `or` and comparisons, of which any number make one node.)
 */
export const MAXIMUM_CHAIN = 3000;

/** How tightly binary operators bind, by token; 0 for tokens that are none. */
const PRECEDENCE = new Uint8Array(128);
const OPERATORS: (Operator | undefined)[] = [];
const COMPARISONS: (ComparisonOperator | undefined)[] = [];
/** Whether an expression can start with a token that cannot go on with one: what stands between the two is missing. */
const STARTS_EXPRESSION = new Uint8Array(128);

function defineOperator(token: Token, precedence: number, operator: Operator): void {
  PRECEDENCE[token] = precedence;
  OPERATORS[token] = operator;
}

defineOperator(Token.VerticalBar, 1, 'BitOr');
defineOperator(Token.Circumflex, 2, 'BitXor');
defineOperator(Token.Ampersand, 3, 'BitAnd');
defineOperator(Token.LeftShift, 4, 'LShift');
defineOperator(Token.RightShift, 4, 'RShift');
defineOperator(Token.Plus, 5, 'Add');
defineOperator(Token.Minus, 5, 'Sub');
defineOperator(Token.Star, 6, 'Mult');
defineOperator(Token.Slash, 6, 'Div');
defineOperator(Token.DoubleSlash, 6, 'FloorDiv');
defineOperator(Token.Percent, 6, 'Mod');
defineOperator(Token.At, 6, 'MatMult');

COMPARISONS[Token.EqualEqual] = 'Eq';
COMPARISONS[Token.NotEqual] = 'NotEq';
COMPARISONS[Token.Less] = 'Lt';
COMPARISONS[Token.LessEqual] = 'LtE';
COMPARISONS[Token.Greater] = 'Gt';
COMPARISONS[Token.GreaterEqual] = 'GtE';
COMPARISONS[Token.In] = 'In';
COMPARISONS[Token.Is] = 'Is';
COMPARISONS[Token.Not] = 'NotIn';

for (const token of [
  Token.Name,
  Token.Number,
  Token.String,
  Token.FStringStart,
  Token.LeftBrace,
  Token.Tilde,
  Token.Ellipsis,
  Token.Lambda,
  Token.None,
  Token.True,
  Token.False,
  Token.Await,
  Token.Not,
]) {
  STARTS_EXPRESSION[token] = 1;
}

const SOFT_KEYWORDS = new Set(['match', 'case', 'type', '_']);

export abstract class ExpressionParser extends DisplayParser {
  /** `from __future__ import barry_as_FLUFL` (PEP 401) was read: `<>` is what `!=` was. */
  protected isBarryLeader = false;

  // Expressions with commas and stars -------------------------------------------------------------------------------

  /** `a, *b, c` without parentheses: one expression, or a tuple if there is a comma. */
  protected parseStarExpressions(): Expression {
    const start = this.position;
    const first = this.parseStarExpression();
    if (this.peek() !== Token.Comma) {
      return first;
    }
    const elts = [first];
    while (this.accept(Token.Comma)) {
      if (!this.atExpression()) {
        break;
      }
      elts.push(this.parseStarExpression());
    }
    return createTuple(this.span(start), elts, 'Load');
  }

  private parseStarExpression(): Expression {
    return this.peek() === Token.Star ? this.parseStarOperand() : this.parseExpression();
  }

  protected parseStarNamedExpression(): Expression {
    return this.peek() === Token.Star ? this.parseStarOperand() : this.parseNamedExpression();
  }

  protected parseStarOperand(): Starred {
    const start = this.position;
    this.expect(Token.Star);
    const value = this.parseBitwiseOr();
    return createStarred(this.span(start), value, 'Load');
  }

  protected parseFieldExpression(): Expression {
    return this.peek() === Token.Yield ? this.parseYield() : this.parseStarExpressions();
  }

  /** Whether the present token can start an expression (or a starred one). */
  protected atExpression(): boolean {
    const kind = this.peek();
    switch (kind) {
      case Token.LeftParenthesis:
      case Token.LeftBracket:
      case Token.Minus:
      case Token.Plus:
      case Token.Star:
        return true;
      case Token.Indent:
      case Token.Dedent:
        return false;
      case Token.Error:
        // The tokenizer's error is the one to report.
        return true;
      default:
        return STARTS_EXPRESSION[kind] === 1;
    }
  }

  /** Whether the token after the present one can only start another expression. */
  protected nextStartsExpression(): boolean {
    return STARTS_EXPRESSION[this.peekNext()] === 1;
  }

  protected parseYield(): Expression {
    const start = this.position;
    this.advance();
    if (this.accept(Token.From)) {
      const value = this.parseExpression();
      return createYieldFrom(this.span(start), value);
    }
    const value = this.atExpression() ? this.parseStarExpressions() : null;
    return createYield(this.span(start), value);
  }

  // One expression --------------------------------------------------------------------------------------------------

  protected parseNamedExpression(): Expression {
    const start = this.position;
    if (this.kinds[start] === Token.Name && this.kinds[start + 1] === Token.ColonEqual) {
      const id = this.expectName();
      const target: Expression = createName(this.span(start), id, 'Store');
      this.advance();
      const value = this.parseExpression();
      return createNamedExpr(this.span(start), target, value);
    }
    const value = this.parseExpression();
    if (this.peek() === Token.ColonEqual && !this.quiet) {
      const operator = this.position;
      this.advance();
      if (this.attempt(() => this.parseExpression()) !== null) {
        throw this.errorOver(value, value, `cannot use assignment expressions with ${expressionName(value)}`);
      }
      this.backTo(operator);
      throw this.invalidSyntax();
    }
    return value;
  }

  /**
   * After an expression in a place where `=` cannot follow: the error for `if x = 3`, or `null` if there is no `=`.
   */
  protected equalInstead(value: Expression): Error | null {
    if (
      this.peek() !== Token.Equal ||
      value.kind === 'List' ||
      value.kind === 'Tuple' ||
      value.kind === 'GeneratorExp'
    ) {
      return null;
    }
    if (value.kind === 'BoolOp' || value.kind === 'Compare' || value.kind === 'IfExp' || value.kind === 'Lambda') {
      return null;
    }
    if (value.kind === 'Constant' && (value.value.type === 'None' || value.value.type === 'bool')) {
      return null;
    }
    const equal = this.position;
    this.advance();
    const right = this.attempt(() => this.parseBitwiseOr());
    this.noteRead(this.position);
    const partial = right === null && value.kind !== 'Name' && this.atExpression();
    if ((right === null && !partial) || this.peek() === Token.Equal || this.peek() === Token.ColonEqual) {
      this.backTo(equal);
      return null;
    }
    if (value.kind === 'Name' && right !== null) {
      return this.errorOver(value, right, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
    }
    const name = expressionName(value);
    return this.errorOver(value, value, `cannot assign to ${name} here. Maybe you meant '==' instead of '='?`);
  }

  /** An expression: conditional, lambda, or anything that binds tighter. */
  protected parseExpression(): Expression {
    const start = this.position;
    this.enter();
    if (this.peek() === Token.Lambda) {
      const lambda = this.parseLambda();
      this.leave();
      return lambda;
    }
    const body = this.parseDisjunction();
    let node = body;
    if (STARTS_EXPRESSION[this.peek()] === 1 && !this.quiet) {
      this.checkMissingComma(start, body);
    } else if (this.peek() === Token.If) {
      node = this.parseConditional(start, body);
    }
    this.leave();
    return node;
  }

  private parseConditional(start: number, body: Expression): Expression {
    this.advance();
    const test = this.parseDisjunction();
    if (this.peek() !== Token.Else) {
      if (this.peek() === Token.Colon) {
        throw this.invalidSyntax();
      }
      throw this.errorOver(body, test, "expected 'else' after 'if' expression");
    }
    this.advance();
    if (!this.atExpression() || this.peek() === Token.Star) {
      throw this.errorHere("expected expression after 'else', but statement is given");
    }
    const orelse = this.parseAlternative();
    return createIfExp(this.span(start), test, body, orelse);
  }

  private parseAlternative(): Expression {
    const start = this.position;
    try {
      return this.parseExpression();
    } catch (error) {
      const kind = this.kinds[start];
      const compound = kind >= Token.LeftParenthesis && kind <= Token.Tilde;
      if (compound && error instanceof PythonSyntaxError && error.message === 'invalid syntax') {
        throw this.errorAt(start, start, "expected expression after 'else', but statement is given");
      }
      throw error;
    }
  }

  /** Two expressions in a row: says what is missing between them, if Python does. */
  private checkMissingComma(start: number, first: Expression): void {
    const kinds = this.kinds;
    const word = kinds[start] === Token.Name ? (this.table.names[start] as string) : '';
    const here = this.position;
    const isName = first.kind === 'Name' && here === start + 1;
    if (isName && (first.id === 'print' || first.id === 'exec')) {
      if (kinds[here] === Token.String) {
        this.backTo(here + 1);
        this.checkBrokenString();
        this.backTo(here);
      }
      const argument =
        this.attempt(() => this.parseStarExpressions()) ??
        this.longestExpression(here, Math.max(here + 1, this.failedAt), Token.Newline);
      if (argument !== null) {
        const message = `Missing parentheses in call to '${first.id}'. Did you mean ${first.id}(...)?`;
        throw this.errorOver(first, argument, message);
      }
      return;
    }
    const prefixed = kinds[start] === Token.Name && kinds[start + 1] === Token.String;
    if (kinds[start] === Token.String && here === start + 1) {
      this.checkBrokenString();
    }
    const whole = this.attempt(() => this.parseExpression());
    const second = whole ?? this.longestExpression(here, Math.max(here + 1, this.failedAt), Token.Newline);
    if (second !== null) {
      if (!prefixed && !SOFT_KEYWORDS.has(word) && this.insideBrackets(this.last)) {
        this.backTo(here);
        throw this.errorOver(first, second, 'invalid syntax. Perhaps you forgot a comma?');
      }
      // after a name Python tries the argument of a statement of Python 2's, and reports what is wrong in there
      if (isName && STARTS_EXPRESSION[this.peek()] === 1) {
        this.checkMissingComma(here, second);
      }
    }
    // What Python has read of them already it does not explain.
    if (isName && whole === null && (second === null || this.peek() === Token.If)) {
      this.failLikeStatementOfPython2(here, here);
    }
    this.backTo(here);
  }

  /** Raises what is wrong in the expressions behind a name, if it is anything special, and goes to `position` otherwise. */
  protected failLikeStatementOfPython2(operand: number, position: number): void {
    this.backTo(operand);
    try {
      this.parseStarExpressions();
    } catch (error) {
      if (!isGeneric(error)) {
        throw error;
      }
    }
    this.backTo(position);
  }

  /** A string, something else, and a string again: a quote inside the string has ended it. */
  private checkBrokenString(): void {
    const here = this.position;
    let first: Expression | null = null;
    let last: Expression | null = null;
    while (this.peek() !== Token.String && this.peek() !== Token.FStringStart && STARTS_EXPRESSION[this.peek()] === 1) {
      const part: Expression | null = this.attempt(() => this.parseExpression());
      if (part === null) {
        break;
      }
      first ??= part;
      last = part;
    }
    if (first !== null && last !== null && this.peek() === Token.String) {
      throw this.errorOver(first, last, 'invalid syntax. Is this intended to be part of the string?');
    }
    this.backTo(here);
  }

  /** `t` or `f`: what the string is in whose field a token stands. */
  private fieldLetter(token: number): string {
    let depth = 0;
    for (let i = token; i >= 0; i--) {
      if (this.kinds[i] === Token.FStringEnd) depth++;
      else if (this.kinds[i] === Token.FStringStart && depth-- === 0) {
        const { starts, ends } = this.table;
        return /t/i.test(this.source.text.slice(starts[i], ends[i])) ? 't' : 'f';
      }
    }
    return 'f';
  }

  /** Whether a token stands between brackets. Only for programs that have an error: counts from the start. */
  private insideBrackets(token: number): boolean {
    let level = 0;
    for (let i = 0; i <= token; i++) {
      switch (this.kinds[i]) {
        case Token.LeftParenthesis:
        case Token.LeftBracket:
        case Token.LeftBrace:
          level++;
          break;
        case Token.RightParenthesis:
        case Token.RightBracket:
        case Token.RightBrace:
          level--;
          break;
      }
    }
    return level > 0;
  }

  private parseLambda(): Lambda {
    const start = this.position;
    this.advance();
    const args = this.parseParameters(Token.Colon, false);
    if (this.peek() !== Token.Colon) {
      throw this.invalidSyntax();
    }
    const colon = this.position;
    this.advance();
    if (this.peek() === Token.FStringMiddle || (this.peek() === Token.RightBrace && this.insideFString(colon))) {
      const message = `${this.fieldLetter(colon)}-string: lambda expressions are not allowed without parentheses`;
      throw this.errorAt(start, colon, message);
    }
    const body = this.parseExpression();
    return createLambda(this.span(start), args, body);
  }

  private insideFString(token: number): boolean {
    let depth = 0;
    for (let i = 0; i <= token; i++) {
      depth += this.kinds[i] === Token.FStringStart ? 1 : this.kinds[i] === Token.FStringEnd ? -1 : 0;
    }
    return depth > 0;
  }

  // Operators -------------------------------------------------------------------------------------------------------

  protected parseDisjunction(): Expression {
    const start = this.position;
    const first = this.parseConjunction();
    if (this.peek() !== Token.Or) {
      return first;
    }
    const values = [first];
    while (this.accept(Token.Or)) {
      values.push(this.parseConjunction());
    }
    return createBoolOp(this.span(start), 'Or', values);
  }

  private parseConjunction(): Expression {
    const start = this.position;
    const first = this.parseInversion();
    if (this.peek() !== Token.And) {
      return first;
    }
    const values = [first];
    while (this.accept(Token.And)) {
      values.push(this.parseInversion());
    }
    return createBoolOp(this.span(start), 'And', values);
  }

  private parseInversion(): Expression {
    if (this.peek() !== Token.Not) {
      return this.parseComparison();
    }
    const start = this.position;
    this.advance();
    this.enter();
    const operand = this.parseInversion();
    this.leave();
    return createUnaryOp(this.span(start), 'Not', operand);
  }

  private parseComparison(): Expression {
    const start = this.position;
    const left = this.parseBitwiseOr();
    if (COMPARISONS[this.peek()] === undefined && this.peek() !== Token.LessGreater) {
      return left;
    }
    const ops: ComparisonOperator[] = [];
    const comparators: Expression[] = [];
    for (;;) {
      const op = this.takeComparison();
      if (op === undefined) {
        break;
      }
      ops.push(op);
      comparators.push(this.parseBitwiseOr());
    }
    if (ops.length === 0) {
      return left;
    }
    return createCompare(this.span(start), left, ops, comparators);
  }

  private takeComparison(): ComparisonOperator | undefined {
    const kind = this.peek();
    const op = COMPARISONS[kind];
    if (this.isBarryLeader && kind === Token.LessGreater) {
      this.advance();
      return 'NotEq';
    }
    if (this.isBarryLeader && kind === Token.NotEqual) {
      throw this.errorHere("with Barry as BDFL, use '<>' instead of '!='");
    }
    if (op === undefined) {
      return undefined;
    }
    if (kind === Token.Not) {
      if (this.peekNext() !== Token.In) {
        this.noteSeen(this.position + 1);
        return undefined;
      }
      this.advance();
    } else if (kind === Token.Is && this.peekNext() === Token.Not) {
      this.advance();
      this.advance();
      return 'IsNot';
    }
    this.advance();
    return op;
  }

  /** Everything that binds tighter than comparisons. */
  protected parseBitwiseOr(): Expression {
    return this.parseBinary(1);
  }

  private parseBinary(lowest: number): Expression {
    const start = this.position;
    let left = this.parseUnary();
    let chain = 0;
    for (;;) {
      const kind = this.peek();
      const precedence = PRECEDENCE[kind];
      if (precedence < lowest || precedence === 0) {
        return left;
      }
      if (++chain > MAXIMUM_CHAIN) {
        throw this.tooLong();
      }
      this.advance();
      if (precedence >= 5 && this.peek() === Token.Not) {
        throw this.notAfterOperator(() => this.parseInversion());
      }
      const right = this.parseBinary(precedence + 1);
      const node: BinOp = createBinOp(this.span(start), left, OPERATORS[kind] as Operator, right);
      left = node;
    }
  }

  private parseUnary(): Expression {
    let op: UnaryOperator;
    switch (this.peek()) {
      case Token.Minus:
        op = 'USub';
        break;
      case Token.Plus:
        op = 'UAdd';
        break;
      case Token.Tilde:
        op = 'Invert';
        break;
      default:
        return this.parsePower();
    }
    const start = this.position;
    this.advance();
    if (this.peek() === Token.Not) {
      throw this.notAfterOperator(() => this.parseUnary());
    }
    this.enter();
    const operand = this.parseUnary();
    this.leave();
    return createUnaryOp(this.span(start), op, operand);
  }

  private notAfterOperator(parseOperand: () => Expression): Error {
    const not = this.position;
    this.advance();
    if (this.attempt(parseOperand) === null) {
      this.backTo(not);
      return this.invalidSyntax();
    }
    return this.errorAt(not, this.last, "'not' after an operator must be parenthesized");
  }

  private parsePower(): Expression {
    const start = this.position;
    let left: Expression;
    if (this.peek() === Token.Await) {
      this.advance();
      const value = this.parsePrimary();
      left = createAwait(this.span(start), value);
    } else {
      left = this.parsePrimary();
    }
    if (this.peek() !== Token.DoubleStar) {
      return left;
    }
    this.advance();
    this.enter();
    const right = this.parseUnary();
    this.leave();
    return createBinOp(this.span(start), left, 'Pow', right);
  }

  // Primaries -------------------------------------------------------------------------------------------------------

  private parsePrimary(): Expression {
    const start = this.position;
    let node = this.parseAtom();
    let chain = 0;
    for (;;) {
      switch (this.peek()) {
        case Token.Dot: {
          this.advance();
          const attr = this.expectName();
          node = createAttribute(this.span(start), node, attr, 'Load');
          break;
        }
        case Token.LeftParenthesis: {
          const args: Expression[] = [];
          const keywords: Keyword[] = [];
          this.parseArguments(args, keywords, true);
          node = createCall(this.span(start), node, args, keywords);
          break;
        }
        case Token.LeftBracket: {
          this.advance();
          if (this.peek() === Token.RightBracket && !this.quiet && this.insideBrackets(this.position)) {
            const message = 'invalid syntax. Perhaps you forgot a comma?';
            throw this.errorOver(node, this.tokenPlace(this.position), message);
          }
          const slice = this.parseSlices();
          this.expect(Token.RightBracket);
          node = createSubscript(this.span(start), node, slice, 'Load');
          break;
        }
        default:
          return node;
      }
      if (++chain > MAXIMUM_CHAIN) {
        throw this.tooLong();
      }
    }
  }

  private parseSlices(): Expression {
    const start = this.position;
    const first = this.parseSlice();
    if (this.peek() !== Token.Comma && first.kind !== 'Starred') {
      return first;
    }
    const elts = [first];
    while (this.accept(Token.Comma)) {
      if (this.peek() === Token.RightBracket) {
        break;
      }
      elts.push(this.parseSlice());
    }
    return createTuple(this.span(start), elts, 'Load');
  }

  private parseSlice(): Expression {
    const start = this.position;
    if (this.peek() === Token.Star) {
      this.advance();
      const value = this.parseUnpacked();
      return createStarred(this.span(start), value, 'Load');
    }
    let lower: Expression | null = null;
    if (this.peek() !== Token.Colon) {
      lower = this.parseNamedExpression();
      if (this.peek() !== Token.Colon || lower.kind === 'NamedExpr') {
        throwIfError(this.equalInstead(lower));
        return lower;
      }
    }
    this.expect(Token.Colon);
    let upper: Expression | null = null;
    if (this.atSliceOperand()) {
      upper = this.parseExpression();
    }
    let step: Expression | null = null;
    if (this.accept(Token.Colon) && this.atSliceOperand()) {
      step = this.parseExpression();
    }
    return createSlice(this.span(start), lower, upper, step);
  }

  private atSliceOperand(): boolean {
    return this.peek() !== Token.Colon && this.peek() !== Token.Comma && this.peek() !== Token.RightBracket;
  }

  private parseAtom(): Expression {
    const start = this.position;
    switch (this.peek()) {
      case Token.Name: {
        const id = this.table.names[start] as string;
        this.advance();
        return createName(this.span(start), id, 'Load');
      }
      case Token.Number:
        return this.parseNumberAtom();
      case Token.String:
      case Token.FStringStart:
        return this.parseStrings();
      case Token.None:
        this.advance();
        return createConstant(this.span(start), { type: 'None' }, null);
      case Token.True:
      case Token.False: {
        const value = this.peek() === Token.True;
        this.advance();
        return createConstant(this.span(start), { type: 'bool', value }, null);
      }
      case Token.Ellipsis:
        this.advance();
        return createConstant(this.span(start), { type: 'Ellipsis' }, null);
      case Token.LeftParenthesis:
        return this.parseParenthesized();
      case Token.LeftBracket:
        return this.parseListDisplay();
      case Token.LeftBrace:
        return this.parseBraceDisplay();
      default:
        throw this.invalidSyntax();
    }
  }

  protected parseNumberAtom(): Expression {
    const start = this.position;
    const table = this.table;
    const literal = this.source.text.slice(table.starts[start], table.ends[start]);
    this.advance();
    try {
      return createConstant(this.span(start), parseNumber(literal), null);
    } catch (error) {
      if (!(error instanceof NumberError)) throw error;
      const lineno = this.table.lines[start];
      const range = { lineno, offset: 0, end_lineno: lineno, end_offset: 0 };
      throw this.source.error('SyntaxError', error.message, range);
    }
  }
}
