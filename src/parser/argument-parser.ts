// Parameters of functions and lambdas, and arguments of calls.

import type { Arg, Arguments, Comprehension, Expression, Keyword, Located, Starred } from './ast.ts';
import { PythonSyntaxError } from './errors.ts';
import { createArg, createGeneratorExp, createKeyword, createStarred } from './nodes.ts';
import { StringParser } from './string-parser.ts';
import { expressionName } from './targets.ts';
import { Token } from './tokens.ts';

export abstract class ArgumentParser extends StringParser {
  protected abstract parseExpression(): Expression;
  /** An expression or `name := expression`. */
  protected abstract parseNamedExpression(): Expression;
  /** `*` and an operand with nothing weaker than `|`. */
  protected abstract parseStarOperand(): Starred;
  protected abstract parseComprehensions(): Comprehension[];

  // Parameters ------------------------------------------------------------------------------------------------------

  /**
   * Parses parameters up to, and without, the closing parenthesis of a function or the colon of a lambda; only
   * functions' may have annotations.
   */
  protected parseParameters(closer: Token, annotated: boolean): Arguments {
    const result: Arguments = {
      kind: 'arguments',
      posonlyargs: [],
      args: [],
      vararg: null,
      kwonlyargs: [],
      kw_defaults: [],
      kwarg: null,
      defaults: [],
    };
    let slash = false;
    let star = false;
    while (this.peek() !== closer) {
      const start = this.position;
      switch (this.peek()) {
        case Token.Slash:
          this.checkSlash(result, slash, star);
          this.advance();
          result.posonlyargs = result.args;
          result.args = [];
          slash = true;
          if (this.peek() === Token.Star) {
            throw this.errorHere('expected comma between / and *');
          }
          break;
        case Token.Star:
          if (star) {
            throw this.errorHere('* argument may appear only once');
          }
          star = true;
          this.advance();
          this.parseStarParameter(result, start, closer, annotated);
          break;
        case Token.DoubleStar:
          this.advance();
          result.kwarg = this.parseParameter(annotated, false);
          if (this.peek() === Token.Equal) {
            throw this.errorHere('var-keyword argument cannot have default value');
          }
          if (this.accept(Token.Comma) && this.peek() !== closer) {
            if (this.peek() === Token.Name || this.peek() === Token.Star || this.peek() === Token.DoubleStar) {
              throw this.errorHere('arguments cannot follow var-keyword argument');
            }
            if (this.peek() === Token.Slash) {
              throw this.errorHere('arguments cannot follow var-keyword argument');
            }
          }
          if (this.peek() !== closer) {
            throw this.invalidSyntax();
          }
          return result;
        default:
          this.parsePlainParameter(result, star, closer, annotated);
      }
      if (!this.accept(Token.Comma)) {
        break;
      }
    }
    return result;
  }

  private checkSlash(result: Arguments, slash: boolean, star: boolean): void {
    if (slash) {
      throw this.errorHere('/ may appear only once');
    }
    if (star) {
      throw this.errorHere('/ must be ahead of *');
    }
    if (result.args.length === 0) {
      throw this.peekNext() === Token.Comma
        ? this.errorHere('at least one argument must precede /')
        : this.invalidSyntax();
    }
  }

  /** What follows a `*`: a name that takes the rest, or nothing before keyword-only parameters. */
  private parseStarParameter(result: Arguments, star: number, closer: Token, annotated: boolean): void {
    if (this.peek() === Token.Name) {
      result.vararg = this.parseParameter(annotated, true);
      if (this.peek() === Token.Equal) {
        throw this.errorHere('var-positional argument cannot have default value');
      }
      return;
    }
    const comma = this.peek() === Token.Comma;
    if (this.peek() === closer || (comma && (this.peekNext() === closer || this.peekNext() === Token.DoubleStar))) {
      const message = 'named arguments must follow bare *';
      if (annotated) {
        throw this.errorAt(star, star, message);
      }
      this.accept(Token.Comma);
      throw this.errorHere(message);
    }
    if (!comma) {
      throw this.invalidSyntax();
    }
  }

  private parsePlainParameter(result: Arguments, keywordOnly: boolean, closer: Token, annotated: boolean): void {
    if (this.peek() === Token.LeftParenthesis) {
      throw keywordOnly ? this.invalidSyntax() : this.parenthesizedParameters(annotated);
    }
    const start = this.position;
    const parameter = this.parseParameter(annotated, false);
    let value: Expression | null = null;
    if (this.peek() === Token.Equal) {
      const equal = this.position;
      this.advance();
      if (this.peek() === closer || this.peek() === Token.Comma) {
        throw this.errorAt(equal, equal, 'expected default value expression');
      }
      value = this.parseExpression();
    }
    if (keywordOnly) {
      result.kwonlyargs.push(parameter);
      result.kw_defaults.push(value);
      return;
    }
    result.args.push(parameter);
    if (value !== null) {
      result.defaults.push(value);
    } else if (result.defaults.length > 0 && (this.peek() === Token.Comma || this.peek() === closer)) {
      throw this.errorAt(start, start, 'parameter without a default follows parameter with a default');
    }
  }

  /** Python 2 could unpack tuples in parameters; Python 3 only says that it cannot. */
  private parenthesizedParameters(annotated: boolean): Error {
    const open = this.position;
    let close = open + 1;
    while (this.kinds[close] === Token.Name || this.kinds[close] === Token.Comma) {
      close++;
    }
    if (close === open + 1 || this.kinds[close] !== Token.RightParenthesis) {
      return this.invalidSyntax();
    }
    const owner = annotated ? 'Function' : 'Lambda expression';
    return this.errorAt(open, close, `${owner} parameters cannot be parenthesized`);
  }

  private parseParameter(annotated: boolean, starred: boolean): Arg {
    const start = this.position;
    const arg = this.expectName();
    let annotation: Expression | null = null;
    if (annotated && this.accept(Token.Colon)) {
      annotation = starred && this.peek() === Token.Star ? this.parseStarOperand() : this.parseExpression();
    }
    return createArg(this.span(start), arg, annotation);
  }

  // Arguments -------------------------------------------------------------------------------------------------------

  /**
   * Parses the arguments of a call or class, the present token being the opening parenthesis; takes the closing one.
   * Only calls may have a generator expression without parentheses of its own.
   */
  protected parseArguments(args: Expression[], keywords: Keyword[], generators: boolean): void {
    const open = this.position;
    this.advance();
    let unpacked = false;
    let misplaced: string | null = null;
    while (this.peek() !== Token.RightParenthesis) {
      const start = this.position;
      switch (this.peek()) {
        case Token.Star:
          args.push(this.parseStarredArgument());
          if (unpacked) {
            const comma = start - 1;
            throw this.errorFrom(comma, 'iterable argument unpacking follows keyword argument unpacking');
          }
          break;
        case Token.DoubleStar: {
          this.advance();
          const value = this.parseExpression();
          if (this.peek() === Token.Equal) {
            this.advance();
            this.parseExpression();
            throw this.errorAt(start, this.last, 'cannot assign to keyword argument unpacking');
          }
          keywords.push(createKeyword(this.span(start), null, value));
          unpacked = true;
          break;
        }
        default:
          if (this.peekNext() === Token.Equal) {
            keywords.push(this.parseKeyword());
          } else {
            if (keywords.length > 0 && misplaced === null) {
              const unpacking = keywords.some((keyword) => keyword.arg === null) ? ' unpacking' : '';
              misplaced = `positional argument follows keyword argument${unpacking}`;
            }
            args.push(this.parsePositional(generators ? open : -1, args.length + keywords.length === 0));
          }
      }
      if (!this.accept(Token.Comma)) {
        break;
      }
    }
    if (misplaced !== null) {
      throw this.errorHere(misplaced);
    }
    this.expect(Token.RightParenthesis);
  }

  /** The operand of a star in arguments and subscripts. */
  protected parseUnpacked(): Expression {
    const start = this.position;
    try {
      return this.parseExpression();
    } catch (error) {
      const generic = error instanceof PythonSyntaxError && error.message === 'invalid syntax';
      // `*(1:2)`: the colon is what Python trips over
      const sliced = this.kinds[start] === Token.LeftParenthesis && this.peek() === Token.Colon;
      throw generic && (this.position === start || sliced) ? this.errorHere('Invalid star expression') : error;
    }
  }

  private parseStarredArgument(): Starred {
    const start = this.position;
    this.advance();
    const value = this.parseUnpacked();
    if (this.peek() === Token.Equal) {
      this.advance();
      this.parseExpression();
      throw this.errorAt(start, this.last, 'cannot assign to iterable argument unpacking');
    }
    return createStarred(this.span(start), value, 'Load');
  }

  private parseKeyword(): Keyword {
    const start = this.position;
    switch (this.peek()) {
      case Token.Name:
        break;
      case Token.True:
      case Token.False:
      case Token.None:
        throw this.errorAt(start, start + 1, `cannot assign to ${this.table.names[start]}`);
      default:
        return this.failKeyword(start);
    }
    const arg = this.expectName();
    this.advance();
    if (this.peek() === Token.Comma || this.peek() === Token.RightParenthesis) {
      throw this.errorAt(start, start + 1, 'expected argument value expression');
    }
    const value = this.parseExpression();
    if (this.peek() === Token.For || this.peek() === Token.Async) {
      this.parseComprehensions();
      throw this.errorAt(start, start + 1, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
    }
    return createKeyword(this.span(start), arg, value);
  }

  /** `expression = value` where the expression is one token and no name. */
  private failKeyword(start: number): never {
    this.parseExpression();
    throw this.errorAt(start, this.position, 'expression cannot contain assignment, perhaps you meant "=="?');
  }

  private parsePositional(open: number, first: boolean): Expression {
    const start = this.position;
    const named = this.peekNext() === Token.ColonEqual;
    const value = named ? this.parseNamedExpression() : this.parseExpression();
    switch (this.peek()) {
      case Token.For:
      case Token.Async: {
        if (open < 0 && first) {
          throw this.invalidSyntax();
        }
        const generators = this.parseComprehensions();
        if (!first || this.peek() !== Token.RightParenthesis) {
          if (this.peek() !== Token.RightParenthesis && this.peek() !== Token.Comma) {
            throw this.invalidSyntax();
          }
          const place: Located = { ...this.span(start) };
          throw this.errorOver(place, place, 'Generator expression must be parenthesized');
        }
        // Python lets the generator have the call's parentheses for its own.
        const node: Expression = createGeneratorExp(this.span(open), value, generators);
        node.end_lineno = this.table.endLines[this.position];
        node.end_col_offset = this.table.endColumns[this.position];
        return node;
      }
      case Token.Equal: {
        if (value.kind === 'Constant' && expressionName(value) !== 'literal' && expressionName(value) !== 'ellipsis') {
          throw this.errorAt(start, this.position, `cannot assign to ${expressionName(value)}`);
        }
        throw this.errorOver(
          value,
          this.tokenPlace(this.position),
          'expression cannot contain assignment, perhaps you meant "=="?',
        );
      }
    }
    return value;
  }
}
