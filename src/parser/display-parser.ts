// Displays: what stands in brackets of its own, comprehensions included, and the targets of `for`.

import { ArgumentParser } from './argument-parser.ts';
import type { Comprehension, Expression } from './ast.ts';
import { PythonSyntaxError } from './errors.ts';
import {
  createDict,
  createDictComp,
  createGeneratorExp,
  createList,
  createListComp,
  createSet,
  createSetComp,
  createTuple,
} from './nodes.ts';
import { expressionName, invalidTarget, setContext } from './targets.ts';
import { isGeneric, throwIfError } from './token-reader.ts';
import { Token } from './tokens.ts';

export abstract class DisplayParser extends ArgumentParser {
  /** A `yield`, the present token being that word. */
  protected abstract parseYield(): Expression;
  protected abstract parseStarNamedExpression(): Expression;
  protected abstract parseDisjunction(): Expression;
  protected abstract parseBitwiseOr(): Expression;
  protected abstract atExpression(): boolean;
  protected abstract equalInstead(value: Expression): Error | null;

  // Displays and comprehensions -------------------------------------------------------------------------------------

  protected parseParenthesized(): Expression {
    const start = this.position;
    this.advance();
    if (this.accept(Token.RightParenthesis)) {
      return createTuple(this.span(start), [], 'Load');
    }
    if (this.peek() === Token.Yield) {
      const node = this.parseYield();
      this.expect(Token.RightParenthesis);
      return node;
    }
    if (this.peek() === Token.DoubleStar) {
      this.failDoubleStar(start);
    }
    const first = this.parseFirstElement();
    switch (this.peek()) {
      case Token.Comma: {
        const elts = this.parseElements(first, Token.RightParenthesis);
        return createTuple(this.span(start), elts, 'Load');
      }
      case Token.For:
      case Token.Async: {
        const generators = this.parseComprehensionOf(start, first);
        this.expect(Token.RightParenthesis);
        return createGeneratorExp(this.span(start), first, generators);
      }
      case Token.RightParenthesis:
        if (first.kind === 'Starred') {
          throw this.errorOver(first, first, 'cannot use starred expression here');
        }
        this.advance();
        return first;
      default:
        throwIfError(this.equalInstead(first));
        throw this.invalidSyntax();
    }
  }

  /** What may stand first in brackets. Python looks for a comprehension there, and so explains what is wrong after a star. */
  private parseFirstElement(): Expression {
    if (this.peek() !== Token.Star) {
      return this.parseStarNamedExpression();
    }
    const star = this.position;
    let element: Expression | null = null;
    let failure: unknown = null;
    try {
      element = this.parseStarNamedExpression();
      switch (this.peek()) {
        case Token.Comma:
        case Token.For:
        case Token.Async:
        case Token.RightParenthesis:
        case Token.RightBracket:
        case Token.RightBrace:
        case Token.Colon:
          return element;
      }
    } catch (error) {
      if (!isGeneric(error)) {
        throw error;
      }
      failure = error;
    }
    const end = this.position;
    this.backTo(star + 1);
    this.parseUnpacked();
    if (element === null) {
      throw failure;
    }
    this.backTo(end);
    return element;
  }

  private failDoubleStar(start: number): void {
    const stars = this.position;
    this.advance();
    const value = this.attempt(() => this.parseExpression());
    if (value !== null && this.peek() === Token.RightParenthesis) {
      throw this.errorAt(stars, stars, 'cannot use double starred expression here');
    }
    this.backTo(start + 1);
    throw this.invalidSyntax();
  }

  /** The rest of `first, ...` up to the closing bracket, which is taken. */
  private parseElements(first: Expression, closer: Token): Expression[] {
    const elts = [first];
    while (this.accept(Token.Comma)) {
      if (this.peek() === closer || this.peek() === Token.For) {
        break;
      }
      const element = this.parseStarNamedExpression();
      if (this.peek() === Token.Equal) {
        throwIfError(this.equalInstead(element));
      }
      elts.push(element);
    }
    if (closer !== Token.RightParenthesis && (this.peek() === Token.For || this.peek() === Token.Async)) {
      this.failUnparenthesizedTarget(elts[0], elts[elts.length - 1]);
    }
    this.expect(closer);
    return elts;
  }

  /** `[a, b for ...]` */
  private failUnparenthesizedTarget(first: Expression, last: Expression): void {
    const here = this.position;
    const parsed = this.attempt(() => {
      this.parseComprehensions();
      return first;
    });
    if (parsed !== null) {
      const end = last === first ? this.tokenPlace(here - 1) : last;
      throw this.errorOver(first, end, 'did you forget parentheses around the comprehension target?');
    }
    this.backTo(here);
  }

  protected parseListDisplay(): Expression {
    const start = this.position;
    this.advance();
    if (this.accept(Token.RightBracket)) {
      return createList(this.span(start), [], 'Load');
    }
    const first = this.parseFirstElement();
    if (this.peek() === Token.For || this.peek() === Token.Async) {
      const generators = this.parseComprehensionOf(start, first);
      this.expect(Token.RightBracket);
      return createListComp(this.span(start), first, generators);
    }
    if (this.peek() !== Token.Comma) {
      throwIfError(this.equalInstead(first));
    }
    const elts = this.parseElements(first, Token.RightBracket);
    return createList(this.span(start), elts, 'Load');
  }

  protected parseBraceDisplay(): Expression {
    const start = this.position;
    this.advance();
    if (this.accept(Token.RightBrace)) {
      return createDict(this.span(start), [], []);
    }
    if (this.peek() === Token.DoubleStar) {
      return this.parseDict(start, null);
    }
    const first = this.parseFirstElement();
    switch (this.peek()) {
      case Token.Colon:
        if (first.kind === 'Starred') {
          throw this.invalidSyntax();
        }
        return this.parseDict(start, first);
      case Token.For:
      case Token.Async: {
        const generators = this.parseComprehensionOf(start, first);
        this.expect(Token.RightBrace);
        return createSetComp(this.span(start), first, generators);
      }
    }
    if (this.peek() !== Token.Comma) {
      throwIfError(this.equalInstead(first));
    }
    const elts = this.parseElements(first, Token.RightBrace);
    return createSet(this.span(start), elts);
  }

  /** A dict's rest, from the colon after its first key, or from `**`. */
  private parseDict(start: number, firstKey: Expression | null): Expression {
    const keys: (Expression | null)[] = [];
    const values: Expression[] = [];
    let key = firstKey;
    for (;;) {
      if (key === null && this.peek() === Token.DoubleStar) {
        const stars = this.position;
        this.advance();
        keys.push(null);
        values.push(this.parseBitwiseOr());
        if (this.peek() === Token.For || this.peek() === Token.Async) {
          throw this.errorAt(stars, stars, 'dict unpacking cannot be used in dict comprehension');
        }
      } else {
        key ??= this.parseKey();
        const value = this.parseDictValue();
        if (keys.length === 0 && (this.peek() === Token.For || this.peek() === Token.Async)) {
          const generators = this.parseComprehensions();
          this.expect(Token.RightBrace);
          return createDictComp(this.span(start), key, value, generators);
        }
        keys.push(key);
        values.push(value);
      }
      key = null;
      if (!this.accept(Token.Comma) || this.peek() === Token.RightBrace) {
        break;
      }
    }
    this.expect(Token.RightBrace);
    return createDict(this.span(start), keys, values);
  }

  /** A key after the first pair, the colon being the present token then. Whatever begins like a key lacks a colon. */
  private parseKey(): Expression {
    const start = this.position;
    try {
      const key = this.parseExpression();
      if (this.peek() === Token.Colon) {
        return key;
      }
      throw this.missingColon(key);
    } catch (error) {
      const whole = this.tokenPlace(start);
      const offset = this.source.characterColumnOfByte(whole.lineno, whole.col_offset);
      const mine =
        error instanceof PythonSyntaxError &&
        /^(?:invalid syntax|expected 'else')/.test(error.message) &&
        (isGeneric(error) || (error.lineno === whole.lineno && error.offset === offset));
      if (!mine || this.quiet) {
        throw error;
      }
      const key = this.longestExpression(start, Math.max(this.position, start + 1));
      throw key === null ? error : this.missingColon(key);
    }
  }

  /**
   * The longest expression from one token that ends at another or before it, `follower` being what may stand behind it.
   * Only for programs that have an error.
   */
  protected longestExpression(start: number, last: number, follower = Token.Colon): Expression | null {
    const { kinds } = this;
    for (let end = last; end > start; end--) {
      const kind = kinds[end];
      if (kind === Token.Error) {
        return null;
      }
      kinds[end] = follower;
      this.backTo(start);
      const prefix = this.attempt(() => this.parseExpression());
      kinds[end] = kind;
      if (prefix !== null && this.position === end) {
        return prefix;
      }
    }
    return null;
  }

  private missingColon(key: Expression): Error {
    if (this.peek() === Token.Error) {
      return this.tokenError();
    }
    const lineno = key.end_lineno;
    const offset = this.source.characterColumnOfByte(lineno, key.end_col_offset - 1);
    const range = { lineno, offset, end_lineno: lineno, end_offset: 0 };
    return this.prefer(this.source.error('SyntaxError', "':' expected after dictionary key", range));
  }

  private parseDictValue(): Expression {
    const colon = this.position;
    this.expect(Token.Colon);
    switch (this.peek()) {
      case Token.RightBrace:
      case Token.Comma:
        throw this.errorAt(colon, colon, "expression expected after dictionary key and ':'");
      case Token.Star: {
        const star = this.position;
        this.advance();
        this.parseBitwiseOr();
        throw this.errorFrom(star, 'cannot use a starred expression in a dictionary value');
      }
      case Token.DoubleStar:
        throw this.errorFrom(this.position, 'cannot use dict unpacking in a dictionary value');
    }
    return this.parseExpression();
  }

  /** The clauses of a comprehension whose element has been parsed; the element must not be starred. */
  private parseComprehensionOf(start: number, element: Expression): Comprehension[] {
    if (element.kind === 'Starred') {
      void start;
      throw this.errorOver(element, element, 'iterable unpacking cannot be used in comprehension');
    }
    return this.parseComprehensions();
  }

  protected parseComprehensions(): Comprehension[] {
    const generators: Comprehension[] = [];
    for (;;) {
      let is_async: 0 | 1 = 0;
      if (this.peek() === Token.Async) {
        is_async = 1;
        this.advance();
        if (this.peek() !== Token.For) {
          throw this.invalidSyntax();
        }
      }
      if (this.peek() !== Token.For) {
        if (generators.length === 0) {
          throw this.invalidSyntax();
        }
        return generators;
      }
      this.advance();
      const target = this.parseForTarget("'in' expected after for-loop variables");
      const iter = this.parseDisjunction();
      const ifs: Expression[] = [];
      while (this.accept(Token.If)) {
        ifs.push(this.parseDisjunction());
      }
      generators.push({ kind: 'comprehension', target, iter, ifs, is_async });
    }
  }

  /** The targets of a `for` and the `in` after them; `missingIn` is the message for its lack. */
  protected parseForTarget(missingIn: string): Expression {
    const start = this.position;
    const first = this.parseTarget();
    let node = first;
    if (this.peek() === Token.Comma) {
      const elts = [first];
      while (this.accept(Token.Comma)) {
        if (this.peek() === Token.In || !this.atExpression()) {
          break;
        }
        elts.push(this.parseTarget());
      }
      node = createTuple(this.span(start), elts, 'Store');
    }
    if (this.peek() !== Token.In) {
      const invalid = missingIn === 'invalid syntax' ? invalidTarget(node, 'for') : null;
      if (invalid !== null) {
        this.makeTarget(node, 'for');
      }
      throw this.errorHere(missingIn);
    }
    this.makeTarget(node, 'for');
    this.advance();
    return node;
  }

  /** One target: `in` is not taken for an operator. */
  protected parseTarget(): Expression {
    return this.peek() === Token.Star ? this.parseStarOperand() : this.parseBitwiseOr();
  }

  /** Makes a target of an expression or raises `cannot assign to ...`. */
  protected makeTarget(node: Expression, use: 'assign' | 'for'): void {
    const invalid = invalidTarget(node, use);
    if (invalid !== null) {
      throw this.errorOver(invalid, invalid, `cannot assign to ${expressionName(invalid)}`);
    }
    setContext(node, 'Store');
  }
}
