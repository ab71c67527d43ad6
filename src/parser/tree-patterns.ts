// Patterns of `match` statements from tree-sitter's tree.

import type { Constant, Expression, Pattern } from './ast.ts';
import {
  createAttribute,
  createBinOp,
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
import { TreeExpressions } from './tree-expressions.ts';
import { Shape } from './tree-shapes.ts';

export abstract class TreePatterns extends TreeExpressions {
  /** The patterns of a `case`: one, or several with commas and no brackets, which make a sequence. */
  protected casePatterns(start: number, end: number): Pattern {
    const nodes = this.list(start, end);
    const last = this.lastOfList;
    const single = nodes.length === 1 && !this.trailingComma;
    if (nodes.length === 0) {
      this.doubt('pattern');
    }
    if (single) {
      return this.pattern(nodes[0]);
    }
    const patterns = nodes.map((node) => this.starPattern(node));
    return createMatchSequence(this.span(start, last), patterns);
  }

  /** An element of a sequence: a pattern or `*name`. */
  private starPattern(node: number): Pattern {
    if (this.shape(node) !== Shape.CasePattern || this.shape(node + 1) !== Shape.SplatPattern) {
      return this.pattern(node);
    }
    const splat = node + 1;
    this.expect(splat + 1, this.nexts[splat], Shape.Star);
    const name = this.captured(splat + 2);
    return createMatchStar(this.place(splat), name);
  }

  /** The name of a capture, or `null` for `_`. */
  private captured(node: number): string | null {
    if (this.shape(node) === Shape.Underscore) {
      return null;
    }
    const name = this.name(node);
    return name === '_' ? null : name;
  }

  /** What a `case_pattern` holds: alternatives, perhaps with a name. */
  private pattern(node: number): Pattern {
    if (this.shape(node) !== Shape.CasePattern) {
      this.doubt('pattern');
    }
    const inner = node + 1;
    if (this.shape(inner) !== Shape.AsPattern) {
      return this.alternatives(inner, this.nexts[node]);
    }
    const left = inner + 1;
    if (this.shape(left) !== Shape.CasePattern || this.shape(left + 1) === Shape.AsPattern) {
      this.doubt('pattern');
    }
    const pattern = this.pattern(left);
    const as = this.nexts[left];
    this.expect(as, this.nexts[inner], Shape.As);
    const name = this.name(as + 1);
    return name === '_' ? this.doubt('pattern') : createMatchAs(this.place(inner), pattern, name);
  }

  /** One pattern or a union, from one node up to another. */
  private alternatives(node: number, end: number): Pattern {
    if (this.shape(node) !== Shape.UnionPattern) {
      return this.closed(node, end);
    }
    if (this.nexts[node] !== end) {
      this.doubt('pattern');
    }
    const patterns: Pattern[] = [];
    let start = node + 1;
    for (let child = start; child < end; child = this.nexts[child]) {
      const next = this.nexts[child];
      if (this.shape(child) === Shape.VerticalBar) {
        start = next;
      } else if (next === end || this.shape(next) === Shape.VerticalBar) {
        patterns.push(this.closed(start, next));
      }
    }
    return createMatchOr(this.place(node), patterns);
  }

  /** A pattern that needs no parentheses anywhere: one node, or a number with its sign. */
  private closed(node: number, end: number): Pattern {
    const shape = this.shape(node);
    if (this.nexts[node] !== end && shape !== Shape.Minus) {
      this.doubt('pattern');
    }
    switch (shape) {
      case Shape.Underscore:
        return createMatchAs(this.place(node), null, null);
      case Shape.DottedName:
        if (this.nexts[node + 1] === this.nexts[node]) {
          const name = this.captured(node + 1);
          return createMatchAs(this.place(node), null, name);
        } else {
          const value = this.dottedName(node);
          return createMatchValue(this.place(node), value);
        }
      case Shape.ClassPattern:
        return this.classPattern(node);
      case Shape.ListPattern: {
        const patterns = this.bracketed(node).map((element) => this.starPattern(element));
        return createMatchSequence(this.place(node), patterns);
      }
      case Shape.TuplePattern: {
        const nodes = this.bracketed(node);
        if (nodes.length === 1 && !this.trailingComma) {
          return this.pattern(nodes[0]);
        }
        const patterns = nodes.map((element) => this.starPattern(element));
        return createMatchSequence(this.place(node), patterns);
      }
      case Shape.DictPattern:
        return this.mapping(node);
      case Shape.None:
        return createMatchSingleton(this.place(node), { type: 'None' });
      case Shape.True:
      case Shape.False:
        return createMatchSingleton(this.place(node), { type: 'bool', value: shape === Shape.True });
      default: {
        const value = this.literal(node, end);
        return createMatchValue(this.span(node, end - 1), value);
      }
    }
  }

  protected dottedName(node: number): Expression {
    const end = this.nexts[node];
    const first = node + 1;
    let value: Expression = createName(this.place(first), this.name(first), 'Load');
    for (let child = first + 1; child < end; child += 2) {
      this.expect(child, end, Shape.Dot);
      value = createAttribute(this.span(first, child + 1), value, this.name(child + 1), 'Load');
    }
    return value;
  }

  private classPattern(node: number): Pattern {
    const patterns: Pattern[] = [];
    const kwd_attrs: string[] = [];
    const kwd_patterns: Pattern[] = [];
    this.expect(node + 1, this.nexts[node], Shape.DottedName);
    const cls = this.dottedName(node + 1);
    const open = this.nexts[node + 1];
    for (const argument of this.list(open + 1, this.lastChild(node))) {
      if (this.shape(argument) === Shape.CasePattern && this.shape(argument + 1) === Shape.KeywordPattern) {
        const keyword = argument + 1;
        kwd_attrs.push(this.name(keyword + 1));
        kwd_patterns.push(this.alternatives(keyword + 3, this.nexts[keyword]));
      } else if (kwd_attrs.length > 0) {
        this.doubt('pattern');
      } else {
        patterns.push(this.pattern(argument));
      }
    }
    return createMatchClass(this.place(node), cls, patterns, kwd_attrs, kwd_patterns);
  }

  private mapping(node: number): Pattern {
    const keys: Expression[] = [];
    const patterns: Pattern[] = [];
    let rest: string | null = null;
    const end = this.lastChild(node);
    let child = node + 2;
    while (child < end) {
      if (rest !== null) {
        this.doubt('pattern');
      }
      if (this.shape(child) === Shape.SplatPattern) {
        this.expect(child + 1, end, Shape.DoubleStar);
        rest = this.captured(child + 2) ?? this.doubt('pattern');
        child = this.nexts[child];
      } else {
        let colon = child;
        while (colon < end && this.shape(colon) !== Shape.Colon) {
          colon = this.nexts[colon];
        }
        this.expect(colon, end, Shape.Colon);
        keys.push(this.mappingKey(child, colon));
        patterns.push(this.pattern(colon + 1));
        child = this.nexts[colon + 1];
      }
      if (child < end) {
        this.expect(child, end, Shape.Comma);
        child++;
      }
    }
    return createMatchMapping(this.place(node), keys, patterns, rest);
  }

  private mappingKey(node: number, end: number): Expression {
    switch (this.shape(node)) {
      case Shape.DottedName:
        return this.nexts[node + 1] === this.nexts[node] ? this.doubt('pattern') : this.dottedName(node);
      case Shape.None:
      case Shape.True:
      case Shape.False:
        return this.primary(node);
      default:
        return this.literal(node, end);
    }
  }

  /** A string, or a number with a sign and an imaginary part. */
  private literal(node: number, end: number): Expression {
    switch (this.shape(node)) {
      case Shape.String:
      case Shape.ConcatenatedString:
        return this.string(node, false);
      case Shape.Minus:
      case Shape.Integer:
      case Shape.Float:
        return this.signedNumber(node, end);
      case Shape.ComplexPattern:
        break;
      default:
        return this.doubt('pattern');
    }
    const last = this.lastChild(node);
    const operator = last - 1;
    const left = this.signedNumber(node + 1, operator);
    const real = left.kind === 'UnaryOp' ? (left.operand as Constant) : (left as Constant);
    const right = this.number(last) as Constant;
    if (real.value.type === 'complex' || right.value.type !== 'complex') {
      this.doubt('pattern');
    }
    return createBinOp(this.place(node), left, this.shape(operator) === Shape.Plus ? 'Add' : 'Sub', right);
  }

  private signedNumber(node: number, end: number): Expression {
    const negative = this.shape(node) === Shape.Minus;
    const number = negative ? node + 1 : node;
    if (this.nexts[number] !== end || (this.shape(number) !== Shape.Integer && this.shape(number) !== Shape.Float)) {
      this.doubt('pattern');
    }
    const operand = this.number(number) as Constant;
    return negative ? createUnaryOp(this.span(node, number), 'USub', operand) : operand;
  }
}
