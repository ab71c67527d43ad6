// Parameters of functions and lambdas, and arguments of calls and classes, from tree-sitter's tree.

import type { Arg, Arguments, Expression, Keyword } from './ast.ts';
import { createArg, createKeyword, createName, createStarred } from './nodes.ts';
import { TreeReader } from './tree-reader.ts';
import { Shape } from './tree-shapes.ts';

export abstract class TreeArguments extends TreeReader {
  /** An expression without `:=`. */
  protected abstract expression(node: number): Expression;
  /** An expression or `name := expression`. */
  protected abstract namedExpression(node: number): Expression;
  /** The expression in a `type` node. */
  protected abstract annotation(node: number): Expression;

  // Parameters ------------------------------------------------------------------------------------------------------

  /** The parameters from one node up to another; only functions' may have annotations. */
  protected parameters(start: number, end: number, annotated: boolean): Arguments {
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
    const nodes = this.list(start, end);
    const trailingComma = this.trailingComma;
    let slash = false;
    let star = false;
    nodes.forEach((node, i) => {
      if (result.kwarg !== null) {
        this.doubt('parameters');
      }
      let shape = this.shape(node);
      if (shape === Shape.TypedParameter) {
        if (!annotated) {
          this.doubt('parameters');
        }
        shape = this.shape(node + 1);
      }
      switch (shape) {
        case Shape.PositionalSeparator:
          if (slash || star || result.args.length === 0) {
            this.doubt('parameters');
          }
          slash = true;
          result.posonlyargs = result.args;
          result.args = [];
          break;
        case Shape.KeywordSeparator: {
          const last = i === nodes.length - 1;
          if (star || last || this.isKeywordRest(nodes[i + 1])) {
            this.doubt('parameters');
          }
          star = true;
          break;
        }
        case Shape.ListSplatPattern:
          if (star) {
            this.doubt('parameters');
          }
          star = true;
          result.vararg = this.starredParameter(node);
          break;
        case Shape.DictionarySplatPattern:
          result.kwarg = this.starredParameter(node);
          break;
        default:
          this.plainParameter(result, node, star, annotated);
      }
    });
    if (trailingComma && nodes.length > 0 && this.shape(nodes[nodes.length - 1]) === Shape.KeywordSeparator) {
      this.doubt('parameters');
    }
    return result;
  }

  private isKeywordRest(node: number): boolean {
    const shape = this.shape(node) === Shape.TypedParameter ? this.shape(node + 1) : this.shape(node);
    return shape === Shape.DictionarySplatPattern;
  }

  /** `*name` or `**name`, with or without an annotation; the node's place starts at the name. */
  private starredParameter(node: number): Arg {
    const typed = this.shape(node) === Shape.TypedParameter;
    const pattern = typed ? node + 1 : node;
    const identifier = pattern + 2;
    if (this.nexts[identifier] !== this.nexts[pattern]) {
      this.doubt('parameters');
    }
    const name = this.name(identifier);
    let annotation: Expression | null = null;
    if (typed) {
      const type = this.typeOfParameter(pattern, this.nexts[node]);
      const starred = this.shape(pattern) === Shape.ListSplatPattern && this.shape(type + 1) === Shape.SplatType;
      annotation = starred ? this.splatType(type + 1) : this.annotation(type);
    }
    return createArg(this.span(identifier, node), name, annotation);
  }

  /** The `type` node after a parameter's name and colon. */
  private typeOfParameter(name: number, end: number): number {
    const colon = this.nexts[name];
    this.expect(colon, end, Shape.Colon);
    this.expect(colon + 1, end, Shape.Type);
    return colon + 1;
  }

  /** `*Ts` in the place of a type. */
  protected splatType(node: number): Expression {
    this.expect(node + 1, this.nexts[node], Shape.Star);
    const name = this.name(node + 2);
    const value = createName(this.place(node + 2), name, 'Load');
    return createStarred(this.place(node), value, 'Load');
  }

  private plainParameter(result: Arguments, node: number, keywordOnly: boolean, annotated: boolean): void {
    const end = this.nexts[node];
    let identifier = node;
    let last = node;
    let annotation: Expression | null = null;
    let value: Expression | null = null;
    if (this.shape(node) !== Shape.Identifier) {
      const shape = this.shape(node);
      if (
        shape !== Shape.TypedParameter &&
        shape !== Shape.DefaultParameter &&
        (shape !== Shape.TypedDefaultParameter || !annotated)
      ) {
        this.doubt('parameters');
      }
      identifier = node + 1;
      if (this.shape(identifier) !== Shape.Identifier) {
        this.doubt('parameters');
      }
      last = identifier;
      if (shape !== Shape.DefaultParameter) {
        last = this.typeOfParameter(identifier, end);
        annotation = this.annotation(last);
      }
      if (shape !== Shape.TypedParameter) {
        const equal = this.nexts[last];
        this.expect(equal, end, Shape.Equal);
        value = this.expression(equal + 1);
      }
    }
    const parameter = createArg(this.span(identifier, last), this.name(identifier), annotation);
    if (keywordOnly) {
      result.kwonlyargs.push(parameter);
      result.kw_defaults.push(value);
      return;
    }
    result.args.push(parameter);
    if (value !== null) {
      result.defaults.push(value);
    } else if (result.defaults.length > 0) {
      this.doubt('parameters');
    }
  }

  // Arguments -------------------------------------------------------------------------------------------------------

  /** The arguments of an `argument_list`. */
  protected argumentList(node: number, args: Expression[], keywords: Keyword[]): void {
    let unpacked = false;
    for (const argument of this.bracketed(node)) {
      switch (this.shape(argument)) {
        case Shape.ListSplat:
          if (unpacked) {
            this.doubt('arguments');
          }
          args.push(this.starredArgument(argument));
          break;
        case Shape.DictionarySplat: {
          const value = this.expression(argument + 2);
          keywords.push(createKeyword(this.place(argument), null, value));
          unpacked = true;
          break;
        }
        case Shape.KeywordArgument: {
          const name = this.name(argument + 1);
          const value = this.expression(argument + 3);
          keywords.push(createKeyword(this.place(argument), name, value));
          break;
        }
        default:
          if (keywords.length > 0) {
            this.doubt('arguments');
          }
          args.push(this.namedExpression(argument));
      }
    }
  }

  /** `*expression` in arguments and subscripts, where it may be any expression. */
  protected starredArgument(node: number): Expression {
    const value = this.expression(node + 2);
    return createStarred(this.place(node), value, 'Load');
  }
}
