// Simple statements, and the roots: modules, single statements, expressions.

import type {
  Alias,
  Expression,
  ExpressionModule,
  FunctionType,
  Interactive,
  Located,
  Module,
  Operator,
  Statement,
  TypeParameter,
} from './ast.ts';
import {
  createAlias,
  createAnnAssign,
  createAssert,
  createAssign,
  createAugAssign,
  createBreak,
  createContinue,
  createDelete,
  createExpr,
  createGlobal,
  createImport,
  createImportFrom,
  createName,
  createNonlocal,
  createParamSpec,
  createPass,
  createRaise,
  createReturn,
  createTuple,
  createTypeAlias,
  createTypeVar,
  createTypeVarTuple,
} from './nodes.ts';
import { PatternParser } from './pattern-parser.ts';
import { expressionName, invalidTarget, setContext } from './targets.ts';
import { isGeneric, throwIfError } from './token-reader.ts';
import { Token } from './tokens.ts';

const IN_PLACE: (Operator | undefined)[] = [];
IN_PLACE[Token.VerticalBarEqual] = 'BitOr';
IN_PLACE[Token.CircumflexEqual] = 'BitXor';
IN_PLACE[Token.AmpersandEqual] = 'BitAnd';
IN_PLACE[Token.LeftShiftEqual] = 'LShift';
IN_PLACE[Token.RightShiftEqual] = 'RShift';
IN_PLACE[Token.PlusEqual] = 'Add';
IN_PLACE[Token.MinusEqual] = 'Sub';
IN_PLACE[Token.StarEqual] = 'Mult';
IN_PLACE[Token.SlashEqual] = 'Div';
IN_PLACE[Token.DoubleSlashEqual] = 'FloorDiv';
IN_PLACE[Token.PercentEqual] = 'Mod';
IN_PLACE[Token.AtEqual] = 'MatMult';
IN_PLACE[Token.DoubleStarEqual] = 'Pow';

/** What compound statements begin with, soft keywords excepted. */
const COMPOUND = new Set([
  Token.If,
  Token.For,
  Token.While,
  Token.Def,
  Token.Class,
  Token.Try,
  Token.With,
  Token.At,
  Token.Async,
]);

export abstract class StatementParser extends PatternParser {
  /** Parses a compound statement if one starts here; else returns `null`. */
  protected abstract parseCompound(): Statement | null;

  /** The last compound statement outside blocks. */
  lastBlock: Located | null = null;

  // Roots -----------------------------------------------------------------------------------------------------------

  parseModule(): Module {
    const body: Statement[] = [];
    while (this.peek() !== Token.End) {
      this.parseStatement(body);
      const statement = body[body.length - 1];
      if ('body' in statement || statement.kind === 'Match') {
        this.lastBlock = statement;
      }
    }
    return { kind: 'Module', body };
  }

  parseInteractive(): Interactive {
    const body: Statement[] = [];
    if (this.peek() === Token.End || this.peek() === Token.Newline) {
      throw this.invalidSyntax();
    }
    const start = this.position;
    this.parseStatement(body);
    const isBlock = this.kinds[this.position - 1] !== Token.Newline || COMPOUND.has(this.kinds[start]);
    if (isBlock && this.peek() !== Token.Newline && this.peek() !== Token.End) {
      throw this.invalidSyntax();
    }
    if (isBlock && this.peek() === Token.End && this.isImpliedNewline(this.position - 1)) {
      // a block on its own line wants one more newline
      throw this.invalidSyntax();
    }
    while (this.peek() === Token.Newline) {
      this.advanceSpace();
    }
    if (this.peek() !== Token.End) {
      throw this.errorHere('multiple statements found while compiling a single statement');
    }
    return { kind: 'Interactive', body };
  }

  parseExpressionModule(): ExpressionModule {
    const body = this.parseStarFreeExpressions();
    while (this.peek() === Token.Newline) {
      this.advanceSpace();
    }
    if (this.peek() !== Token.End) {
      throw this.invalidSyntax();
    }
    return { kind: 'Expression', body };
  }

  /** A signature as type comments have it: `(int, *str) -> bool`. */
  parseFunctionType(): FunctionType {
    const argtypes: Expression[] = [];
    this.expect(Token.LeftParenthesis);
    while (this.peek() !== Token.RightParenthesis) {
      if (!this.accept(Token.Star)) this.accept(Token.DoubleStar);
      argtypes.push(this.parseExpression());
      if (!this.accept(Token.Comma)) break;
    }
    this.expect(Token.RightParenthesis);
    this.expect(Token.Arrow);
    const returns = this.parseExpression();
    while (this.peek() === Token.Newline) this.advanceSpace();
    if (this.peek() !== Token.End) throw this.invalidSyntax();
    return { kind: 'FunctionType', argtypes, returns };
  }

  /** One or more adjacent string literals, when there is nothing else in the token table. */
  parseStringsAlone(): Expression {
    const strings = this.parseStrings();
    if (this.peek() !== Token.End) {
      throw this.invalidSyntax();
    }
    return strings;
  }

  /** Expressions with commas, without stars. */
  private parseStarFreeExpressions(): Expression {
    const start = this.position;
    const first = this.parseExpression();
    if (this.peek() !== Token.Comma) {
      return first;
    }
    const elts = [first];
    while (this.accept(Token.Comma)) {
      if (!this.atExpression()) {
        break;
      }
      elts.push(this.parseExpression());
    }
    return createTuple(this.span(start), elts, 'Load');
  }

  // Statements ------------------------------------------------------------------------------------------------------

  /** Parses one compound statement, or one line of simple ones, into a body. */
  protected parseStatement(body: Statement[]): void {
    const compound = this.parseCompound();
    if (compound !== null) {
      body.push(compound);
    } else {
      this.parseSimpleStatements(body);
    }
  }

  /** A line of simple statements, its newline included. */
  protected parseSimpleStatements(body: Statement[]): void {
    for (;;) {
      body.push(this.parseSimpleStatement());
      if (!this.accept(Token.Semicolon)) {
        break;
      }
      if (this.peek() === Token.Newline) {
        break;
      }
    }
    if (this.peek() !== Token.Newline) {
      throw this.invalidSyntax();
    }
    this.advanceSpace();
  }

  private parseSimpleStatement(): Statement {
    const start = this.position;
    switch (this.peek()) {
      case Token.Name:
        if (this.peekNext() === Token.Name && this.table.names[start] === 'type') {
          return this.parseTypeAlias();
        }
        return this.parseExpressionStatement();
      case Token.Return: {
        this.advance();
        const value = this.atExpression() ? this.parseStarExpressions() : null;
        return createReturn(this.span(start), value);
      }
      case Token.Import:
        return this.parseImport();
      case Token.From:
        return this.parseImportFrom();
      case Token.Raise:
        return this.parseRaise();
      case Token.Pass:
      case Token.Break:
      case Token.Continue:
        if (this.peekNext() === Token.If && this.isConditional(start + 1)) {
          throw this.invalidSyntax();
        }
        return this.parseKeywordStatement();
      case Token.Del:
        return this.parseDelete();
      case Token.Assert:
        return this.parseAssert();
      case Token.Global:
      case Token.Nonlocal: {
        const create = this.peek() === Token.Global ? createGlobal : createNonlocal;
        this.advance();
        const names = [this.expectName()];
        while (this.accept(Token.Comma)) {
          names.push(this.expectName());
        }
        return create(this.span(start), names);
      }
      default:
        return this.parseExpressionStatement();
    }
  }

  private parseKeywordStatement(): Statement {
    const start = this.position;
    const kind = this.peek();
    this.advance();
    switch (kind) {
      case Token.Pass:
        return createPass(this.span(start));
      case Token.Break:
        return createBreak(this.span(start));
      default:
        return createContinue(this.span(start));
    }
  }

  private parseTypeAlias(): Statement {
    const start = this.position;
    this.advance();
    const nameToken = this.position;
    const id = this.expectName();
    const name = createName(this.span(nameToken), id, 'Store');
    try {
      const type_params = this.parseTypeParameters();
      this.expect(Token.Equal);
      const value = this.parseExpression();
      return createTypeAlias(this.span(start), name, type_params, value);
    } catch (error) {
      if (isGeneric(error)) {
        this.failLikeStatementOfPython2(nameToken, this.position);
      }
      throw error;
    }
  }

  private parseRaise(): Statement {
    const start = this.position;
    this.advance();
    let exc: Expression | null = null;
    let cause: Expression | null = null;
    if (this.atExpression()) {
      exc = this.parseExpression();
      if (this.accept(Token.From)) {
        cause = this.parseExpression();
      }
    }
    return createRaise(this.span(start), exc, cause);
  }

  private parseAssert(): Statement {
    const start = this.position;
    this.advance();
    const test = this.parseExpression();
    let msg: Expression | null = null;
    if (this.accept(Token.Comma)) {
      msg = this.parseExpression();
    }
    return createAssert(this.span(start), test, msg);
  }

  private parseDelete(): Statement {
    const start = this.position;
    this.advance();
    if (!this.atExpression()) {
      throw this.invalidSyntax();
    }
    const targets: Expression[] = [];
    do {
      if (targets.length > 0 && !this.atExpression()) {
        break;
      }
      targets.push(this.peek() === Token.Star ? this.parseStarOperand() : this.parseExpression());
    } while (this.accept(Token.Comma));
    for (const target of targets) {
      const invalid = invalidTarget(target, 'delete');
      if (invalid !== null) {
        throw this.errorOver(invalid, invalid, `cannot delete ${expressionName(invalid)}`);
      }
      setContext(target, 'Del');
    }
    return createDelete(this.span(start), targets);
  }

  // Expressions and assignments -------------------------------------------------------------------------------------

  private parseExpressionStatement(): Statement {
    const start = this.position;
    const first = this.parseFieldExpression();
    switch (this.peek()) {
      case Token.Equal:
        return this.parseAssignment(start, first);
      case Token.Colon:
        return this.parseAnnotated(start, first);
    }
    const op = IN_PLACE[this.peek()];
    if (op === undefined) {
      return createExpr(this.span(start), first);
    }
    if (first.kind !== 'Name' && first.kind !== 'Attribute' && first.kind !== 'Subscript') {
      const operator = this.position;
      this.advance();
      if (this.attempt(() => this.parseFieldExpression()) === null) {
        this.backTo(operator);
        throw this.invalidSyntax();
      }
      const message = `'${expressionName(first)}' is an illegal expression for augmented assignment`;
      throw this.errorOver(first, first, message);
    }
    this.advance();
    setContext(first, 'Store');
    const value = this.parseFieldExpression();
    return createAugAssign(this.span(start), first, op, value);
  }

  private parseAssignment(start: number, first: Expression): Statement {
    const targets: Expression[] = [];
    let value = first;
    let valueStart = start;
    while (this.peek() === Token.Equal) {
      this.checkAssignable(value, start, valueStart);
      this.advance();
      setContext(value, 'Store');
      targets.push(value);
      valueStart = this.position;
      value = this.parseFieldExpression();
    }
    return createAssign(this.span(start), targets, value);
  }

  private checkAssignable(target: Expression, statement: number, start: number): void {
    if (this.kinds[start] === Token.Yield) {
      throw this.errorOver(target, target, 'assignment to yield expression not possible');
    }
    const invalid = invalidTarget(target, 'assign');
    if (invalid === null) {
      return;
    }
    this.backTo(statement);
    this.checkComparisonMeant();
    throw this.errorOver(invalid, invalid, `cannot assign to ${expressionName(invalid)}`);
  }

  /** Looks among the expressions of a wrong assignment for `=` where `==` may have been meant. */
  private checkComparisonMeant(): void {
    do {
      const element = this.attempt(() => this.parseStarNamedExpression());
      if (element === null) {
        return;
      }
      throwIfError(this.equalInstead(element));
    } while (this.accept(Token.Comma));
  }

  private parseAnnotated(start: number, target: Expression): Statement {
    if (target.kind !== 'Name' && target.kind !== 'Attribute' && target.kind !== 'Subscript') {
      throw this.annotationError(target);
    }
    const simple = target.kind === 'Name' && this.kinds[start] !== Token.LeftParenthesis ? 1 : 0;
    this.advance();
    setContext(target, 'Store');
    const annotation = this.parseExpression();
    let value: Expression | null = null;
    if (this.accept(Token.Equal)) {
      value = this.parseFieldExpression();
    }
    return createAnnAssign(this.span(start), target, annotation, value, simple);
  }

  private annotationError(target: Expression): Error {
    const colon = this.position;
    this.advance();
    const annotation = this.attempt(() => this.parseExpression());
    this.backTo(colon);
    if (annotation === null) {
      return this.invalidSyntax();
    }
    switch (target.kind) {
      case 'List':
        return this.errorOver(target, target, 'only single target (not list) can be annotated');
      case 'Tuple': {
        const bare = target.elts.length > 0 && target.elts[0].col_offset === target.col_offset;
        const place = bare && target.elts[0].lineno === target.lineno ? target.elts[0] : target;
        return this.errorOver(place, place, 'only single target (not tuple) can be annotated');
      }
      case 'Yield':
      case 'YieldFrom':
        return this.invalidSyntax();
      default:
        return this.errorOver(target, target, 'illegal target for annotation');
    }
  }

  // Imports ---------------------------------------------------------------------------------------------------------

  private parseDottedText(): string {
    let name = this.expectName();
    while (this.accept(Token.Dot)) {
      name += `.${this.expectName()}`;
    }
    return name;
  }

  private parseImportedAs(): string | null {
    if (!this.accept(Token.As)) {
      return null;
    }
    const target = this.position;
    const follower = this.peekNext();
    const ends =
      follower === Token.Newline ||
      follower === Token.Comma ||
      follower === Token.RightParenthesis ||
      follower === Token.Semicolon;
    if (this.peek() !== Token.Name || !ends) {
      let expression: Expression | null = null;
      try {
        expression = this.parseExpression();
      } catch (error) {
        if (!isGeneric(error)) {
          throw error;
        }
      }
      if (expression !== null) {
        const message = `cannot use ${expressionName(expression)} as import target`;
        throw this.errorOver(expression, expression, message);
      }
      this.backTo(target);
    }
    return this.expectName();
  }

  private parseImport(): Statement {
    const start = this.position;
    const names: Alias[] = [];
    this.advance();
    if (this.peek() === Token.Newline) {
      throw this.errorFrom(this.position, "Expected one or more names after 'import'");
    }
    do {
      const alias = this.position;
      const name = this.parseDottedText();
      const asname = this.parseImportedAs();
      names.push(createAlias(this.span(alias), name, asname));
    } while (this.accept(Token.Comma));
    if (this.peek() === Token.From && names.every((alias) => alias.asname === null)) {
      this.advance();
      if (this.peek() === Token.Name) {
        this.parseDottedText();
        throw this.errorFrom(start, "Did you mean to use 'from ... import ...' instead?");
      }
      this.backTo(this.position - 1);
    }
    return createImport(this.span(start), names);
  }

  private parseImportFrom(): Statement {
    const start = this.position;
    let level = 0;
    this.advance();
    while (this.peek() === Token.Dot || this.peek() === Token.Ellipsis) {
      level += this.peek() === Token.Dot ? 1 : 3;
      this.advance();
    }
    let module: string | null = null;
    if (level === 0 || this.peek() === Token.Name) {
      module = this.parseDottedText();
    }
    this.expect(Token.Import);
    const names = this.parseImportedNames();
    if (level === 0 && module === '__future__' && names.some(({ name }) => name === 'barry_as_FLUFL')) {
      this.isBarryLeader = true;
    }
    return createImportFrom(this.span(start), module, names, level);
  }

  private parseImportedNames(): Alias[] {
    const start = this.position;
    const names: Alias[] = [];
    if (this.accept(Token.Star)) {
      return [createAlias(this.span(start), '*', null)];
    }
    if (this.peek() === Token.Newline) {
      throw this.errorFrom(this.position, "Expected one or more names after 'import'");
    }
    const parenthesized = this.accept(Token.LeftParenthesis);
    for (;;) {
      const alias = this.position;
      const name = this.expectName();
      const asname = this.parseImportedAs();
      names.push(createAlias(this.span(alias), name, asname));
      if (!this.accept(Token.Comma)) {
        break;
      }
      if (parenthesized && this.peek() === Token.RightParenthesis) {
        break;
      }
      if (!parenthesized && this.peek() === Token.Newline) {
        throw this.errorHere('trailing comma not allowed without surrounding parentheses');
      }
    }
    if (parenthesized) {
      this.expect(Token.RightParenthesis);
    }
    return names;
  }

  // Type parameters -------------------------------------------------------------------------------------------------

  /** `[T: bound = default, *Ts, **P]`, or nothing. */
  protected parseTypeParameters(): TypeParameter[] {
    const parameters: TypeParameter[] = [];
    if (!this.accept(Token.LeftBracket)) {
      return parameters;
    }
    if (this.peek() === Token.RightBracket) {
      throw this.errorFrom(this.position, 'Type parameter list cannot be empty');
    }
    do {
      if (this.peek() === Token.RightBracket) {
        break;
      }
      parameters.push(this.parseTypeParameter());
    } while (this.accept(Token.Comma));
    this.expect(Token.RightBracket);
    return parameters;
  }

  private parseTypeParameter(): TypeParameter {
    const start = this.position;
    const star = this.peek();
    if (star === Token.Star || star === Token.DoubleStar) {
      this.advance();
      const name = this.expectName();
      if (this.peek() === Token.Colon) {
        throw this.boundError(star === Token.Star ? 'TypeVarTuple' : 'ParamSpec');
      }
      let default_value: Expression | null = null;
      if (this.accept(Token.Equal)) {
        const starred = star === Token.Star && this.peek() === Token.Star;
        default_value = starred ? this.parseStarOperand() : this.parseExpression();
      }
      if (star === Token.Star) {
        return createTypeVarTuple(this.span(start), name, default_value);
      }
      return createParamSpec(this.span(start), name, default_value);
    }
    const name = this.expectName();
    const bound = this.accept(Token.Colon) ? this.parseExpression() : null;
    const default_value = this.accept(Token.Equal) ? this.parseExpression() : null;
    return createTypeVar(this.span(start), name, bound, default_value);
  }

  private boundError(kind: string): Error {
    const colon = this.position;
    this.advance();
    const bound = this.parseExpression();
    const what = bound.kind === 'Tuple' ? 'constraints' : 'bound';
    return this.errorFrom(colon, `cannot use ${what} with ${kind}`);
  }
}
