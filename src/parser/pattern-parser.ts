// Patterns of `match` statements.

import type { Constant, Expression, Pattern } from './ast.ts';
import { ExpressionParser } from './expression-parser.ts';
import {
  createAttribute,
  createBinOp,
  createConstant,
  createMatchAs,
  createMatchClass,
  createMatchMapping,
  createMatchOr,
  createMatchSequence,
  createMatchSingleton,
  createMatchStar,
  createMatchValue,
  createName,
  createUnaryOp,
} from './nodes.ts';
import { expressionName } from './targets.ts';
import { Token } from './tokens.ts';

export abstract class PatternParser extends ExpressionParser {
  /** The patterns of a `case`: one, or several with commas and no brackets, which make a sequence. */
  protected parseCasePatterns(): Pattern {
    const start = this.position;
    const first = this.parseStarPattern();
    if (this.peek() !== Token.Comma) {
      if (first.kind === 'MatchStar') {
        throw this.invalidSyntax();
      }
      return first;
    }
    const patterns = [first];
    while (this.accept(Token.Comma)) {
      if (this.peek() === Token.Colon || this.peek() === Token.If) {
        break;
      }
      patterns.push(this.parseStarPattern());
    }
    return createMatchSequence(this.span(start), patterns);
  }

  private parseStarPattern(): Pattern {
    const start = this.position;
    if (!this.accept(Token.Star)) {
      return this.parsePattern();
    }
    const name = this.expectName();
    return createMatchStar(this.span(start), name === '_' ? null : name);
  }

  /** A pattern with alternatives and `as`. */
  private parsePattern(): Pattern {
    const start = this.position;
    this.enter();
    const pattern = this.parseAlternatives();
    this.leave();
    if (!this.accept(Token.As)) {
      return pattern;
    }
    const name = this.parseAsName();
    return createMatchAs(this.span(start), pattern, name);
  }

  private parseAsName(): string {
    const target = this.position;
    if (this.peek() === Token.Name) {
      const follower = this.peekNext();
      if (follower !== Token.Dot && follower !== Token.LeftParenthesis && follower !== Token.Equal) {
        const name = this.expectName();
        if (name === '_') {
          throw this.errorAt(target, target, "cannot use '_' as a target");
        }
        return name;
      }
    }
    const expression = this.attempt(() => this.parseExpression());
    if (expression !== null) {
      const name = expressionName(expression);
      throw this.errorOver(expression, expression, `cannot use ${name} as pattern target`);
    }
    throw this.invalidSyntax();
  }

  private parseAlternatives(): Pattern {
    const start = this.position;
    const first = this.parseClosedPattern();
    if (this.peek() !== Token.VerticalBar) {
      return first;
    }
    const patterns = [first];
    while (this.accept(Token.VerticalBar)) {
      patterns.push(this.parseClosedPattern());
    }
    return createMatchOr(this.span(start), patterns);
  }

  private parseClosedPattern(): Pattern {
    const start = this.position;
    switch (this.peek()) {
      case Token.Name:
        return this.parseNamePattern();
      case Token.LeftParenthesis:
        return this.parseParenthesizedPattern();
      case Token.LeftBracket: {
        this.advance();
        const patterns = this.parseSequence(Token.RightBracket);
        return createMatchSequence(this.span(start), patterns);
      }
      case Token.LeftBrace:
        return this.parseMapping();
      case Token.None:
        this.advance();
        return createMatchSingleton(this.span(start), { type: 'None' });
      case Token.True:
      case Token.False: {
        const value = this.peek() === Token.True;
        this.advance();
        return createMatchSingleton(this.span(start), { type: 'bool', value });
      }
      default: {
        const value = this.parseLiteral();
        return createMatchValue(this.span(start), value);
      }
    }
  }

  private parseNamePattern(): Pattern {
    const start = this.position;
    const follower = this.peekNext();
    if (follower === Token.Dot || follower === Token.LeftParenthesis) {
      const value = this.parseDottedName();
      if (this.peek() === Token.LeftParenthesis) {
        return this.parseClassPattern(start, value);
      }
      return createMatchValue(this.span(start), value);
    }
    const name = this.expectName();
    return createMatchAs(this.span(start), null, name === '_' ? null : name);
  }

  private parseDottedName(): Expression {
    const start = this.position;
    const id = this.expectName();
    let node: Expression = createName(this.span(start), id, 'Load');
    while (this.accept(Token.Dot)) {
      const attr = this.expectName();
      node = createAttribute(this.span(start), node, attr, 'Load');
    }
    return node;
  }

  private parseClassPattern(start: number, cls: Expression): Pattern {
    const patterns: Pattern[] = [];
    const kwd_attrs: string[] = [];
    const kwd_patterns: Pattern[] = [];
    this.advance();
    while (this.peek() !== Token.RightParenthesis) {
      if (this.peek() === Token.Name && this.peekNext() === Token.Equal) {
        kwd_attrs.push(this.expectName());
        this.advance();
        kwd_patterns.push(this.parsePattern());
      } else {
        const pattern = this.parsePattern();
        if (kwd_attrs.length > 0) {
          throw this.positionalAfterKeyword(pattern);
        }
        patterns.push(pattern);
      }
      if (!this.accept(Token.Comma)) {
        break;
      }
    }
    this.expect(Token.RightParenthesis);
    return createMatchClass(this.span(start), cls, patterns, kwd_attrs, kwd_patterns);
  }

  private positionalAfterKeyword(first: Pattern): Error {
    let last = first;
    while (this.accept(Token.Comma) && this.peek() !== Token.RightParenthesis) {
      if (this.peek() === Token.Name && this.peekNext() === Token.Equal) {
        break;
      }
      last = this.parsePattern();
    }
    return this.errorOver(first, last, 'positional patterns follow keyword patterns');
  }

  /** The patterns of a sequence up to its closing bracket, which is taken. */
  private parseSequence(closer: Token): Pattern[] {
    const patterns: Pattern[] = [];
    while (this.peek() !== closer) {
      patterns.push(this.parseStarPattern());
      if (!this.accept(Token.Comma)) {
        break;
      }
    }
    this.expect(closer);
    return patterns;
  }

  /** A group, which leaves no trace, or a sequence. */
  private parseParenthesizedPattern(): Pattern {
    const start = this.position;
    this.advance();
    const patterns = this.parseSequence(Token.RightParenthesis);
    const comma = this.kinds[this.last - 1] === Token.Comma;
    if (patterns.length === 1 && !comma) {
      if (patterns[0].kind === 'MatchStar') {
        throw this.invalidSyntax();
      }
      return patterns[0];
    }
    return createMatchSequence(this.span(start), patterns);
  }

  private parseMapping(): Pattern {
    const start = this.position;
    const keys: Expression[] = [];
    const patterns: Pattern[] = [];
    let rest: string | null = null;
    this.advance();
    while (this.peek() !== Token.RightBrace) {
      if (this.accept(Token.DoubleStar)) {
        if (this.atSoftKeyword('_')) {
          throw this.invalidSyntax();
        }
        rest = this.expectName();
        this.accept(Token.Comma);
        break;
      }
      keys.push(this.parseMappingKey());
      this.expect(Token.Colon);
      patterns.push(this.parsePattern());
      if (!this.accept(Token.Comma)) {
        break;
      }
    }
    this.expect(Token.RightBrace);
    return createMatchMapping(this.span(start), keys, patterns, rest);
  }

  private parseMappingKey(): Expression {
    const start = this.position;
    switch (this.peek()) {
      case Token.Name:
        if (this.peekNext() !== Token.Dot) {
          this.advance();
          throw this.invalidSyntax();
        }
        return this.parseDottedName();
      case Token.None:
        this.advance();
        return createConstant(this.span(start), { type: 'None' }, null);
      case Token.True:
      case Token.False: {
        const value = this.peek() === Token.True;
        this.advance();
        return createConstant(this.span(start), { type: 'bool', value }, null);
      }
      default:
        return this.parseLiteral();
    }
  }

  /** A string, or a number with a sign and an imaginary part. */
  private parseLiteral(): Expression {
    const start = this.position;
    if (this.peek() === Token.String || this.peek() === Token.FStringStart) {
      return this.parseStrings();
    }
    const left = this.parseSignedNumber();
    if (this.peek() !== Token.Plus && this.peek() !== Token.Minus) {
      return left;
    }
    const real = left.kind === 'UnaryOp' ? (left.operand as Constant) : (left as Constant);
    if (real.value.type === 'complex') {
      throw this.errorOver(left, left, 'real number required in complex literal');
    }
    const op = this.peek() === Token.Plus ? 'Add' : 'Sub';
    this.advance();
    if (this.peek() !== Token.Number) {
      throw this.invalidSyntax();
    }
    const right = this.parseNumberAtom();
    if (right.kind !== 'Constant' || right.value.type !== 'complex') {
      throw this.errorOver(right, right, 'imaginary number required in complex literal');
    }
    return createBinOp(this.span(start), left, op, right);
  }

  private parseSignedNumber(): Expression {
    const start = this.position;
    const negative = this.accept(Token.Minus);
    if (this.peek() !== Token.Number) {
      throw this.invalidSyntax();
    }
    const operand = this.parseNumberAtom();
    return negative ? createUnaryOp(this.span(start), 'USub', operand) : operand;
  }
}
