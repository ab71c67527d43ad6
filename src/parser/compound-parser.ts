// Compound statements: those with a block.

import type {
  Arguments,
  ExceptHandler,
  Expression,
  Keyword,
  MatchCase,
  Statement,
  TypeParameter,
  WithItem,
} from './ast.ts';
import { PythonSyntaxError } from './errors.ts';
import { MAXIMUM_CHAIN } from './expression-parser.ts';
import {
  createAsyncFor,
  createAsyncFunctionDef,
  createAsyncWith,
  createClassDef,
  createExceptHandler,
  createFor,
  createFunctionDef,
  createIf,
  createMatch,
  createTry,
  createTryStar,
  createTuple,
  createWhile,
  createWith,
} from './nodes.ts';
import { StatementParser } from './statement-parser.ts';
import { expressionName } from './targets.ts';
import { isGeneric, throwIfError } from './token-reader.ts';
import { Token } from './tokens.ts';

export class CompoundParser extends StatementParser {
  protected parseCompound(): Statement | null {
    switch (this.peek()) {
      case Token.If:
        return this.parseIf();
      case Token.For:
        return this.parseFor(this.position, false);
      case Token.While:
        return this.parseWhile();
      case Token.Def:
        return this.parseFunction(this.position, [], false);
      case Token.Class:
        return this.parseClass([]);
      case Token.Try:
        return this.parseTry();
      case Token.With:
        return this.parseWith(this.position, false);
      case Token.At:
        return this.parseDecorated();
      case Token.Async:
        return this.parseAsync([]);
      case Token.Name:
        return this.atMatch() ? this.parseMatch() : null;
      default:
        return null;
    }
  }

  // Blocks ----------------------------------------------------------------------------------------------------------

  /** The colon and block of the statement that started at a token; `owner` is what Python calls it. */
  private parseBlock(start: number, owner: string | null): Statement[] {
    const body: Statement[] = [];
    if (this.peek() !== Token.Newline) {
      this.parseSimpleStatements(body);
      return body;
    }
    this.advanceSpace();
    if (this.peek() !== Token.Indent) {
      throw this.missingBlock(start, owner);
    }
    this.advanceSpace();
    this.enter();
    do {
      this.parseStatement(body);
    } while (this.peek() !== Token.Dedent && this.peek() !== Token.End);
    this.leave();
    if (this.peek() === Token.Dedent) {
      this.advanceSpace();
    }
    return body;
  }

  private missingBlock(start: number, owner: string | null): Error {
    const line = this.table.lines[start];
    const where = owner === null ? '' : ` after ${owner} on line ${line}`;
    return this.indentationError(`expected an indented block${where}`);
  }

  /** A colon that Python asks for only where the line ends without it. */
  private expectColon(): void {
    if (this.peek() === Token.Newline) {
      throw this.errorHere("expected ':'");
    }
    this.expect(Token.Colon);
  }

  private parseCondition(): Expression {
    const test = this.parseNamedExpression();
    if (this.peek() === Token.Equal) {
      throwIfError(this.equalInstead(test));
    }
    this.expectColon();
    return test;
  }

  private parseElse(): Statement[] {
    const start = this.position;
    if (!this.accept(Token.Else)) {
      return [];
    }
    this.expectNamed(Token.Colon, ':');
    return this.parseBlock(start, "'else' statement");
  }

  // Branches and loops ----------------------------------------------------------------------------------------------

  private parseIf(): Statement {
    const starts: number[] = [];
    const tests: Expression[] = [];
    const bodies: Statement[][] = [];
    do {
      const start = this.position;
      const owner = starts.length === 0 ? "'if' statement" : "'elif' statement";
      if (starts.length > MAXIMUM_CHAIN) {
        throw this.tooLong();
      }
      this.advance();
      starts.push(start);
      tests.push(this.parseCondition());
      bodies.push(this.parseBlock(start, owner));
    } while (this.peek() === Token.Elif);
    let orelse = this.parseElse();
    if (orelse.length > 0 && this.peek() === Token.Elif) {
      throw this.errorHere("'elif' block follows an 'else' block");
    }
    // Each `elif` is an `if` inside the one before; building from the last saves the stack.
    for (let i = starts.length - 1; i > 0; i--) {
      orelse = [createIf(this.span(starts[i]), tests[i], bodies[i], orelse)];
    }
    return createIf(this.span(starts[0]), tests[0], bodies[0], orelse);
  }

  private parseWhile(): Statement {
    const start = this.position;
    this.advance();
    const test = this.parseCondition();
    const body = this.parseBlock(start, "'while' statement");
    const orelse = this.parseElse();
    return createWhile(this.span(start), test, body, orelse);
  }

  private parseFor(start: number, asynchronous: boolean): Statement {
    const keyword = this.position;
    this.advance();
    const target = this.parseForTarget('invalid syntax');
    const iter = this.parseStarExpressions();
    this.expectColon();
    const body = this.parseBlock(keyword, "'for' statement");
    const orelse = this.parseElse();
    if (asynchronous) {
      return createAsyncFor(this.span(start), target, iter, body, orelse);
    }
    return createFor(this.span(start), target, iter, body, orelse);
  }

  private parseAsync(decorators: Expression[]): Statement {
    const start = this.position;
    this.advance();
    switch (this.peek()) {
      case Token.Def:
        return this.parseFunction(start, decorators, true);
      case Token.For:
        if (decorators.length === 0) {
          return this.parseFor(start, true);
        }
        break;
      case Token.With:
        if (decorators.length === 0) {
          return this.parseWith(start, true);
        }
    }
    throw this.invalidSyntax();
  }

  // Definitions -----------------------------------------------------------------------------------------------------

  private parseDecorated(): Statement {
    const decorators: Expression[] = [];
    while (this.accept(Token.At)) {
      decorators.push(this.parseNamedExpression());
      if (this.peek() !== Token.Newline) {
        throw this.invalidSyntax();
      }
      this.advanceSpace();
    }
    switch (this.peek()) {
      case Token.Def:
        return this.parseFunction(this.position, decorators, false);
      case Token.Class:
        return this.parseClass(decorators);
      case Token.Async:
        return this.parseAsync(decorators);
    }
    throw this.invalidSyntax();
  }

  private parseFunction(start: number, decorator_list: Expression[], asynchronous: boolean): Statement {
    const keyword = this.position;
    this.advance();
    const name = this.expectName();
    const type_params = this.parseFunctionTypeParameters();
    this.expectNamed(Token.LeftParenthesis, '(');
    const args: Arguments = this.parseParameters(Token.RightParenthesis, true);
    this.expect(Token.RightParenthesis);
    const arrow = this.position;
    let returns: Expression | null = null;
    if (this.accept(Token.Arrow)) {
      returns = this.parseReturns(arrow);
    }
    this.expectNamed(Token.Colon, ':');
    const body = this.parseBlock(keyword, 'function definition');
    const create = asynchronous ? createAsyncFunctionDef : createFunctionDef;
    return create(this.span(start), name, args, body, decorator_list, returns, type_params);
  }

  /** The annotation after an arrow. What is no expression Python does not see, and misses the colon there. */
  private parseReturns(arrow: number): Expression {
    const start = this.position;
    try {
      return this.parseExpression();
    } catch (error) {
      if (this.peek() === Token.Error || !(error instanceof PythonSyntaxError)) {
        throw error;
      }
      const prefix = this.longestExpression(start, Math.max(start + 1, this.position));
      const end = prefix === null ? arrow : this.position;
      throw this.errorAt(end, end, "expected ':'");
    }
  }

  /** The type parameters of a function. If they are none Python misses the parenthesis where they begin. */
  private parseFunctionTypeParameters(): TypeParameter[] {
    const start = this.position;
    try {
      return this.parseTypeParameters();
    } catch (error) {
      throw this.peek() === Token.Error || !isGeneric(error) ? error : this.errorAt(start, start, "expected '('");
    }
  }

  private parseClass(decorator_list: Expression[]): Statement {
    const start = this.position;
    this.advance();
    const name = this.expectName();
    const type_params = this.parseTypeParameters();
    const bases: Expression[] = [];
    const keywords: Keyword[] = [];
    if (this.peek() === Token.LeftParenthesis) {
      this.parseArguments(bases, keywords, false);
    }
    this.expectColon();
    const body = this.parseBlock(start, 'class definition');
    return createClassDef(this.span(start), name, bases, keywords, body, decorator_list, type_params);
  }

  // Exceptions and contexts -----------------------------------------------------------------------------------------

  private parseTry(): Statement {
    const start = this.position;
    this.advance();
    this.expectNamed(Token.Colon, ':');
    const body = this.parseBlock(start, "'try' statement");
    const handlers: ExceptHandler[] = [];
    let star = false;
    while (this.peek() === Token.Except) {
      const starred = this.peekNext() === Token.Star;
      if (handlers.length > 0 && starred !== star) {
        if (starred && this.kinds[this.position + 2] === Token.Colon) {
          this.advance();
          throw this.invalidSyntax();
        }
        const message = "cannot have both 'except' and 'except*' on the same 'try'";
        const clause = this.position;
        // Python says so of a clause that it can read up to its colon.
        this.parseHandlerHead();
        throw this.errorAt(clause, starred ? clause + 1 : clause, message);
      }
      star = starred;
      handlers.push(this.parseHandler());
    }
    const orelse = handlers.length > 0 ? this.parseElse() : [];
    let finalbody: Statement[] = [];
    if (this.peek() === Token.Finally) {
      const keyword = this.position;
      this.advance();
      this.expectNamed(Token.Colon, ':');
      finalbody = this.parseBlock(keyword, "'finally' statement");
    } else if (handlers.length === 0) {
      throw this.errorHere("expected 'except' or 'finally' block");
    }
    return (star ? createTryStar : createTry)(this.span(start), body, handlers, orelse, finalbody);
  }

  private parseHandler(): ExceptHandler {
    const start = this.position;
    const { type, name, owner } = this.parseHandlerHead();
    const body = this.parseBlock(start, owner);
    return createExceptHandler(this.span(start), type, name, body);
  }

  /** A clause up to its colon; `owner` is how a missing block is explained. */
  private parseHandlerHead(): { type: Expression | null; name: string | null; owner: string | null } {
    this.advance();
    const star = this.accept(Token.Star);
    let owner: string | null = star ? "'except*' statement" : "'except' statement";
    let type: Expression | null = null;
    let name: string | null = null;
    if (star && (this.peek() === Token.Colon || this.peek() === Token.Newline)) {
      throw this.errorHere('expected one or more exception types');
    }
    if (this.peek() !== Token.Colon && this.peek() !== Token.Newline) {
      const first = this.peek();
      type = this.parseHandlerTypes();
      if (type.kind === 'Tuple' && first !== Token.LeftParenthesis) {
        owner = null;
      }
      if (this.accept(Token.As)) {
        name = this.parseHandlerName(star);
      }
    }
    this.expectColon();
    return { type, name, owner };
  }

  /** The types of a handler: since Python 3.14 several need no parentheses if there is no name. */
  private parseHandlerTypes(): Expression {
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
    const types: Expression = createTuple(this.span(start), elts, 'Load');
    if (this.peek() === Token.As) {
      this.advance();
      this.accept(Token.Name);
      const message = "multiple exception types must be parenthesized when using 'as'";
      throw this.errorFrom(start, message);
    }
    return types;
  }

  private parseHandlerName(star: boolean): string {
    const target = this.position;
    if (this.peek() === Token.Name && (this.peekNext() === Token.Colon || this.peekNext() === Token.Newline)) {
      return this.expectName();
    }
    const expression = this.attempt(() => this.parseExpression());
    if (expression !== null && expression.kind !== 'Name' && this.peek() === Token.Colon) {
      const owner = star ? 'except*' : 'except';
      const message = `cannot use ${owner} statement with ${expressionName(expression)}`;
      throw this.errorOver(expression, expression, message);
    }
    this.backTo(target);
    return this.expectName();
  }

  private parseWith(start: number, asynchronous: boolean): Statement {
    const keyword = this.position;
    this.advance();
    const parenthesized = this.peek() === Token.LeftParenthesis && this.isParenthesizedWith();
    const items: WithItem[] = [];
    if (parenthesized) {
      this.advance();
    }
    do {
      if (parenthesized && this.peek() === Token.RightParenthesis) {
        break;
      }
      items.push(this.parseWithItem());
    } while (this.accept(Token.Comma));
    if (parenthesized) {
      this.expect(Token.RightParenthesis);
    }
    this.expectColon();
    const body = this.parseBlock(keyword, "'with' statement");
    return (asynchronous ? createAsyncWith : createWith)(this.span(start), items, body);
  }

  private parseWithItem(): WithItem {
    const context_expr = this.parseExpression();
    let optional_vars: Expression | null = null;
    if (this.accept(Token.As)) {
      optional_vars = this.parseTarget();
      this.makeTarget(optional_vars, 'assign');
    }
    return { kind: 'withitem', context_expr, optional_vars };
  }

  /**
   * Whether the parenthesis after `with` surrounds all items: it does when its partner stands before the colon, and
   * what it holds is not an expression that needs parentheses of its own.
   */
  private isParenthesizedWith(): boolean {
    const kinds = this.kinds;
    let level = 0;
    let itemStart = true;
    for (let i = this.position; i < this.table.count; i++) {
      const kind: Token = kinds[i];
      if (level === 1) {
        if (itemStart && (kind === Token.Star || kind === Token.Yield || kind === Token.RightParenthesis)) {
          return kind === Token.RightParenthesis && i > this.position + 1 && kinds[i + 1] === Token.Colon;
        }
        if (kind === Token.ColonEqual || kind === Token.For) {
          return false;
        }
        if (kind === Token.As) {
          return true;
        }
        itemStart = kind === Token.Comma;
      }
      switch (kind) {
        case Token.LeftParenthesis:
        case Token.LeftBracket:
        case Token.LeftBrace:
          level++;
          break;
        case Token.RightParenthesis:
        case Token.RightBracket:
        case Token.RightBrace:
          level--;
          if (level === 0) {
            return kinds[i + 1] === Token.Colon;
          }
          break;
      }
    }
    return false;
  }

  // Match -----------------------------------------------------------------------------------------------------------

  /** Whether a line that starts with the name `match` is a match statement: then it ends with a colon. */
  private atMatch(): boolean {
    if (!this.atSoftKeyword('match')) {
      return false;
    }
    switch (this.peekNext()) {
      case Token.Equal:
      case Token.Dot:
      case Token.Comma:
      case Token.Colon:
      case Token.ColonEqual:
      case Token.Newline:
      case Token.RightParenthesis:
        return false;
    }
    if (this.nextStartsExpression() && this.peekNext() !== Token.Not) {
      return true;
    }
    let end = this.position;
    while (this.kinds[end] !== Token.Newline && this.kinds[end] !== Token.End && this.kinds[end] !== Token.Error) {
      end++;
    }
    return this.kinds[end] === Token.Newline && this.kinds[end - 1] === Token.Colon;
  }

  private parseMatch(): Statement {
    const start = this.position;
    this.advance();
    const subject = this.parseSubject();
    this.expectColon();
    if (this.peek() !== Token.Newline) {
      throw this.invalidSyntax();
    }
    this.advanceSpace();
    if (this.peek() !== Token.Indent) {
      throw this.missingBlock(start, "'match' statement");
    }
    this.advanceSpace();
    const cases: MatchCase[] = [];
    do {
      cases.push(this.parseCase());
    } while (this.peek() !== Token.Dedent && this.peek() !== Token.End);
    if (this.peek() === Token.Dedent) {
      this.advanceSpace();
    }
    return createMatch(this.span(start), subject, cases);
  }

  private parseSubject(): Expression {
    const start = this.position;
    const first = this.parseStarNamedExpression();
    if (this.peek() !== Token.Comma) {
      if (first.kind === 'Starred') {
        throw this.invalidSyntax();
      }
      return first;
    }
    const elts = [first];
    while (this.accept(Token.Comma)) {
      if (!this.atExpression()) {
        break;
      }
      elts.push(this.parseStarNamedExpression());
    }
    return createTuple(this.span(start), elts, 'Load');
  }

  private parseCase(): MatchCase {
    const start = this.position;
    if (!this.atSoftKeyword('case')) {
      throw this.invalidSyntax();
    }
    this.advance();
    const pattern = this.parseCasePatterns();
    const guard = this.accept(Token.If) ? this.parseNamedExpression() : null;
    this.expectColon();
    const body = this.parseBlock(start, "'case' statement");
    return { kind: 'match_case', pattern, guard, body };
  }
}
