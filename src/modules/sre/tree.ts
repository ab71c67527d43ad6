/**
 * From code words to a tree: groups, branches and repeats as nodes, what they match one code point at a time as sets.
 * On the way the words are checked, so that a program which hands its own code to `_sre.compile` gets an error.
 */
import {
  anything,
  anythingButNewline,
  type CharacterSet,
  categorySet,
  InvalidCode,
  ignoringCase,
  literalSet,
  readSet,
} from './charsets.ts';
import { At, MAX_REPEAT, Op } from './opcodes.ts';

export type Sequence = readonly Node[];
export type Greed = 'greedy' | 'lazy' | 'possessive';
/** How a back reference compares. */
export type Comparison = 'exact' | 'ascii' | 'unicode';

export interface Character {
  readonly kind: 'character';
  readonly set: CharacterSet;
}
export interface Mark {
  readonly kind: 'mark';
  /** twice the number of the group less one, plus 1 at its end */
  readonly index: number;
}
export interface Position {
  readonly kind: 'position';
  readonly at: At;
}
export interface Branch {
  readonly kind: 'branch';
  readonly alternatives: readonly Sequence[];
}
export interface Repeat {
  readonly kind: 'repeat';
  readonly greed: Greed;
  readonly min: number;
  readonly max: number;
  readonly body: Sequence;
}
export interface Reference {
  readonly kind: 'reference';
  /** from 0 */
  readonly group: number;
  readonly comparison: Comparison;
}
export interface Conditional {
  readonly kind: 'conditional';
  /** from 0 */
  readonly group: number;
  readonly yes: Sequence;
  readonly no: Sequence;
}
export interface Assertion {
  readonly kind: 'assertion';
  readonly negative: boolean;
  /** how many code points back the body begins */
  readonly back: number;
  readonly body: Sequence;
}
export interface Atomic {
  readonly kind: 'atomic';
  readonly body: Sequence;
}
export interface Failure {
  readonly kind: 'failure';
}
export type Node =
  | Character
  | Mark
  | Position
  | Branch
  | Repeat
  | Reference
  | Conditional
  | Assertion
  | Atomic
  | Failure;

/** The tree of a whole pattern with so many groups. Throws InvalidCode. */
export function readTree(code: Uint32Array, groups: number): Sequence {
  const reader = new Reader(code, groups);
  if (code.length === 0 || code[code.length - 1] !== Op.success) throw new InvalidCode();
  return reader.whole(code.length - 1);
}

class Reader {
  private at = 0;

  constructor(
    private readonly code: Uint32Array,
    private readonly groups: number,
  ) {}

  whole(end: number): Node[] {
    const nodes = this.sequence(0, end);
    if (this.at !== end) throw new InvalidCode();
    return nodes;
  }

  /** The nodes of words [start, end). */
  sequence(start: number, end: number): Node[] {
    const nodes: Node[] = [];
    this.at = start;
    while (this.at < end) {
      // the yes part of a conditional ends with a jump over the no part, which the caller looks for
      if (this.code[this.at] === Op.jump && this.at === end - 2) break;
      const node = this.node(end);
      if (node !== null) nodes.push(node);
    }
    if (this.at > end) throw new InvalidCode();
    return nodes;
  }

  /** The end of what a skip word at `at` spans; no later than `end`. */
  private target(at: number, end: number): number {
    const target = at + this.code[at];
    if (target <= at || target > end) throw new InvalidCode();
    return target;
  }

  private node(end: number): Node | null {
    const { code } = this;
    const start = this.at;
    const op: Op = code[start];
    switch (op) {
      case Op.failure:
        this.at++;
        return { kind: 'failure' };
      case Op.any:
        this.at++;
        return { kind: 'character', set: anythingButNewline };
      case Op.anyAll:
        this.at++;
        return { kind: 'character', set: anything };
      case Op.literal:
      case Op.notLiteral:
        this.at += 2;
        return { kind: 'character', set: literalSet(code[start + 1], op === Op.notLiteral) };
      case Op.literalIgnore:
      case Op.notLiteralIgnore:
      case Op.literalUnicodeIgnore:
      case Op.notLiteralUnicodeIgnore:
      case Op.literalLocaleIgnore:
      case Op.notLiteralLocaleIgnore:
        this.at += 2;
        return { kind: 'character', set: ignoringCase(op, code[start + 1]) };
      case Op.category:
        this.at += 2;
        return { kind: 'character', set: categorySet(code[start + 1]) };
      case Op.in:
      case Op.inIgnore:
      case Op.inUnicodeIgnore:
      case Op.inLocaleIgnore: {
        const target = this.target(start + 1, end);
        this.at = target;
        return { kind: 'character', set: readSet(op, code, start + 2, target) };
      }
      case Op.mark:
        if (code[start + 1] >= this.groups * 2) throw new InvalidCode();
        this.at += 2;
        return { kind: 'mark', index: code[start + 1] };
      case Op.at:
        if (code[start + 1] > At.unicodeNonBoundary) throw new InvalidCode();
        this.at += 2;
        return { kind: 'position', at: code[start + 1] };
      case Op.groupRef:
      case Op.groupRefIgnore:
      case Op.groupRefLocaleIgnore:
      case Op.groupRefUnicodeIgnore:
        if (code[start + 1] >= this.groups) throw new InvalidCode();
        this.at += 2;
        return {
          kind: 'reference',
          group: code[start + 1],
          comparison: op === Op.groupRef ? 'exact' : op === Op.groupRefUnicodeIgnore ? 'unicode' : 'ascii',
        };
      case Op.groupRefExists:
        return this.conditional(start, end);
      case Op.branch:
        return this.branch(start, end);
      case Op.repeat:
      case Op.repeatOne:
      case Op.minRepeatOne:
      case Op.possessiveRepeat:
      case Op.possessiveRepeatOne:
        return this.repeat(op, start, end);
      case Op.assert:
      case Op.assertNot: {
        const target = this.target(start + 1, end);
        const body = this.closed(start + 3, target);
        return { kind: 'assertion', negative: op === Op.assertNot, back: code[start + 2], body };
      }
      case Op.atomicGroup:
        return { kind: 'atomic', body: this.closed(start + 2, this.target(start + 1, end)) };
      case Op.info:
        // what it says of prefixes and widths the generator finds out for itself
        this.at = this.target(start + 1, end);
        return null;
      default:
        throw new InvalidCode();
    }
  }

  /** A sequence with its SUCCESS; goes on behind it. */
  private closed(start: number, target: number): Node[] {
    if (target - 1 < start || this.code[target - 1] !== Op.success) throw new InvalidCode();
    const body = this.sequence(start, target - 1);
    if (this.at !== target - 1) throw new InvalidCode();
    this.at = target;
    return body;
  }

  private repeat(op: Op, start: number, end: number): Repeat {
    const { code } = this;
    const target = this.target(start + 1, end);
    const min = code[start + 2];
    const max = code[start + 3] === MAX_REPEAT ? Infinity : code[start + 3];
    if (min > max) throw new InvalidCode();
    if (op !== Op.repeat && op !== Op.possessiveRepeat) {
      const body = this.closed(start + 4, target);
      if (body.length !== 1 || body[0].kind !== 'character') {
        if (body.length !== 1 || body[0].kind !== 'failure') throw new InvalidCode();
      }
      const greed = op === Op.repeatOne ? 'greedy' : op === Op.minRepeatOne ? 'lazy' : 'possessive';
      return { kind: 'repeat', greed, min, max, body };
    }
    const body = this.sequence(start + 4, target);
    if (this.at !== target || target >= code.length) throw new InvalidCode();
    this.at = target + 1;
    const until: Op = code[target];
    if (op === Op.possessiveRepeat) {
      if (until !== Op.success) throw new InvalidCode();
      return { kind: 'repeat', greed: 'possessive', min, max, body };
    }
    if (until !== Op.maxUntil && until !== Op.minUntil) throw new InvalidCode();
    return { kind: 'repeat', greed: until === Op.maxUntil ? 'greedy' : 'lazy', min, max, body };
  }

  private branch(start: number, end: number): Branch {
    const { code } = this;
    const alternatives: Sequence[] = [];
    let at = start + 1;
    let join = -1;
    while (at < end && code[at] !== 0) {
      const target = this.target(at, end);
      if (target - 2 <= at || code[target - 2] !== Op.jump) throw new InvalidCode();
      alternatives.push(this.sequence(at + 1, target - 2));
      if (this.at !== target - 2) throw new InvalidCode();
      const here = target - 1 + code[target - 1];
      if (join >= 0 && here !== join) throw new InvalidCode();
      join = here;
      at = target;
    }
    if (alternatives.length === 0 || join !== at + 1) throw new InvalidCode();
    this.at = at + 1;
    return { kind: 'branch', alternatives };
  }

  private conditional(start: number, end: number): Conditional {
    const { code } = this;
    const group = code[start + 1];
    if (group >= this.groups) throw new InvalidCode();
    const skip = start + 2;
    const target = skip + code[skip] - 1;
    if (target < skip + 1 || target > end) throw new InvalidCode();
    const yes = this.sequence(skip + 1, target);
    if (this.at === target) return { kind: 'conditional', group, yes, no: [] };
    const noEnd = this.target(target - 1, end);
    const no = this.sequence(target, noEnd);
    if (this.at !== noEnd) throw new InvalidCode();
    return { kind: 'conditional', group, yes, no };
  }
}
