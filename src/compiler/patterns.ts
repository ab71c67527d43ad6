/**
 * The match statement. A pattern tests registers and jumps to `failed` as soon as something does not fit. Names that it
 * captures are bound only when the whole pattern has matched; until then each is just the register that holds the value.
 */
import type {
  Expression,
  Match,
  MatchAs,
  MatchCase,
  MatchClass,
  MatchMapping,
  MatchOr,
  MatchSequence,
  MatchStar,
  Pattern,
} from '../parser/ast.ts';
import type { Constant } from './code.ts';
import { jumpIf } from './conditions.ts';
import { constantKey, intConstant, stringConstant, tupleConstant } from './constants.ts';
import { operand } from './expressions.ts';
import { fold } from './folding.ts';
import { Op } from './instructions.ts';
import { storeName } from './names.ts';
import type { Problems } from './problems.ts';
import { statements } from './statements.ts';
import { type CodeUnit, type Label, NOWHERE } from './unit.ts';
import { constantRepr } from './unparse.ts';

/** Captured names in the order of capture, with the register of each one's value. */
type Captures = Map<string, number>;

export function matchStatement(unit: CodeUnit, node: Match): void {
  const mark = unit.next;
  let subject = operand(unit, node.subject);
  if (subject < unit.firstTemporary) {
    // captures may rebind the variable while later cases still test it
    const copy = unit.allocate();
    unit.move(node.subject, copy, subject);
    subject = copy;
  }
  const inner = unit.next;
  const end = unit.label();
  for (let i = 0; i < node.cases.length; i++) {
    matchCase(unit, node.cases[i], subject, i === node.cases.length - 1, end);
    unit.next = inner;
  }
  unit.place(end);
  unit.next = mark;
}

function matchCase(unit: CodeUnit, node: MatchCase, subject: number, isLast: boolean, end: Label): void {
  const { pattern, guard } = node;
  if (!isLast && guard === null) refuseIrrefutable(unit, pattern);
  const failed = unit.label();
  const captures: Captures = new Map();
  const { position } = unit;
  matchPattern(unit, pattern, subject, failed, captures);
  if (unit.position === position && captures.size === 0) unit.pass(pattern);
  for (const [name, register] of captures) storeName(unit, name, pattern, register);
  if (guard !== null) jumpIf(unit, guard, failed, false);
  statements(unit, node.body);
  unit.jump(NOWHERE, end);
  unit.place(failed);
}

/** A pattern that always matches may only come last. */
function refuseIrrefutable(unit: CodeUnit, pattern: Pattern): void {
  if (pattern.kind === 'MatchOr') refuseIrrefutable(unit, pattern.patterns[pattern.patterns.length - 1]);
  if (pattern.kind !== 'MatchAs') return;
  if (pattern.pattern !== null) {
    refuseIrrefutable(unit, pattern.pattern);
    return;
  }
  const { problems } = unit.compilation;
  if (pattern.name === null) problems.error(pattern, 'wildcard makes remaining patterns unreachable');
  problems.error(pattern, `name capture '${pattern.name}' makes remaining patterns unreachable`);
}

function isWildcard(pattern: Pattern): boolean {
  return (
    (pattern.kind === 'MatchAs' && pattern.pattern === null && pattern.name === null) ||
    (pattern.kind === 'MatchStar' && pattern.name === null)
  );
}

function capture(unit: CodeUnit, node: Pattern, name: string, register: number, captures: Captures): void {
  if (captures.has(name)) unit.compilation.problems.error(node, `multiple assignments to name '${name}' in pattern`);
  captures.set(name, register);
}

function matchPattern(unit: CodeUnit, node: Pattern, subject: number, failed: Label, captures: Captures): void {
  switch (node.kind) {
    case 'MatchValue': {
      if (node.value.kind === 'JoinedStr' || node.value.kind === 'TemplateStr') {
        unit.compilation.problems.error(node, 'patterns may only match literals and attribute lookups');
      }
      const mark = unit.next;
      const value = operand(unit, node.value);
      const test = unit.allocate();
      unit.emit(node, Op.BRANCH_EQUAL, test, subject, value);
      unit.branch(node, Op.JUMP_IF_FALSE, failed, test);
      unit.next = mark;
      return;
    }
    case 'MatchSingleton': {
      if (node.value.type === 'None') {
        unit.branch(node, Op.JUMP_IF_NOT_NONE, failed, subject);
        return;
      }
      const mark = unit.next;
      const test = unit.allocate();
      unit.emit(node, Op.IS, test, subject, unit.constant(node.value));
      unit.branch(node, Op.JUMP_IF_FALSE, failed, test);
      unit.next = mark;
      return;
    }
    case 'MatchSequence':
      matchSequence(unit, node, subject, failed, captures);
      return;
    case 'MatchMapping':
      matchMapping(unit, node, subject, failed, captures);
      return;
    case 'MatchClass':
      matchClass(unit, node, subject, failed, captures);
      return;
    case 'MatchStar':
      matchStar(unit, node, subject, captures);
      return;
    case 'MatchAs':
      matchAs(unit, node, subject, failed, captures);
      return;
    case 'MatchOr':
      matchOr(unit, node, subject, failed, captures);
      return;
  }
}

function matchStar(unit: CodeUnit, node: MatchStar, subject: number, captures: Captures): void {
  if (node.name !== null) capture(unit, node, node.name, subject, captures);
}

function matchAs(unit: CodeUnit, node: MatchAs, subject: number, failed: Label, captures: Captures): void {
  if (node.pattern !== null) matchPattern(unit, node.pattern, subject, failed, captures);
  if (node.name !== null) capture(unit, node, node.name, subject, captures);
}

function matchSequence(unit: CodeUnit, node: MatchSequence, subject: number, failed: Label, captures: Captures): void {
  const { patterns } = node;
  const size = patterns.length;
  let star = -1;
  for (let i = 0; i < size; i++) {
    if (patterns[i].kind !== 'MatchStar') continue;
    if (star >= 0) unit.compilation.problems.error(node, 'multiple starred names in sequence pattern');
    star = i;
  }
  const mark = unit.next;
  const test = unit.allocate();
  unit.emit(node, Op.MATCH_SEQUENCE, test, subject);
  unit.branch(node, Op.JUMP_IF_FALSE, failed, test);
  const length = unit.allocate();
  if (star !== 0 || size > 1) {
    unit.emit(node, Op.GET_LENGTH, length, subject);
    const op = star < 0 ? Op.BRANCH_EQUAL : Op.BRANCH_GREATER_EQUAL;
    unit.emit(node, op, test, length, unit.constant(intConstant(star < 0 ? size : size - 1)));
    unit.branch(node, Op.JUMP_IF_FALSE, failed, test);
  }
  if (patterns.every(isWildcard)) {
    unit.next = mark;
    return;
  }
  if (star >= 0 && isWildcard(patterns[star])) {
    // the items in the middle are of no interest: pick the others one by one
    for (let i = 0; i < size; i++) {
      if (i === star || isWildcard(patterns[i])) continue;
      const item = unit.allocate();
      if (i < star) {
        unit.emit(node, Op.LOAD_SUBSCR, item, subject, unit.constant(intConstant(i)));
      } else {
        // the length is asked for each of them: it may be computed
        unit.emit(node, Op.GET_LENGTH, length, subject);
        unit.emit(node, Op.SUBTRACT, item, length, unit.constant(intConstant(size - i)), 0);
        unit.emit(node, Op.LOAD_SUBSCR, item, subject, item);
      }
      matchPattern(unit, patterns[i], item, failed, captures);
    }
    return;
  }
  unit.next = mark;
  const items = unit.allocate(size);
  if (star < 0) unit.emit(node, Op.UNPACK_SEQUENCE, subject, items, size);
  else unit.emit(node, Op.UNPACK_EX, subject, items, star, size - star - 1);
  for (let i = 0; i < size; i++) matchPattern(unit, patterns[i], items + i, failed, captures);
}

function matchMapping(unit: CodeUnit, node: MatchMapping, subject: number, failed: Label, captures: Captures): void {
  const { keys, patterns, rest } = node;
  const { problems } = unit.compilation;
  const test = unit.allocate();
  unit.emit(node, Op.MATCH_MAPPING, test, subject);
  unit.branch(node, Op.JUMP_IF_FALSE, failed, test);
  if (keys.length === 0 && rest === null) return;
  if (keys.length > 0) {
    const length = unit.allocate();
    unit.emit(node, Op.GET_LENGTH, length, subject);
    unit.emit(node, Op.BRANCH_GREATER_EQUAL, test, length, unit.constant(intConstant(keys.length)));
    unit.branch(node, Op.JUMP_IF_FALSE, failed, test);
  }
  const seen = new Set<string>();
  const constants: Constant[] = [];
  for (const key of keys) {
    if (key.kind === 'JoinedStr' || key.kind === 'TemplateStr') {
      problems.error(node, 'mapping pattern keys may only match literals and attribute lookups');
    }
    const constant = fold(key);
    const text = constant === null ? complexKey(key) : equalityKey(constant);
    if (constant !== null) constants.push(constant);
    if (text === null) continue;
    if (seen.has(text)) {
      const shown = constant === null ? text : constantRepr(constant);
      problems.error(node, `mapping pattern checks duplicate key (${shown})`);
    }
    seen.add(text);
  }
  let keyTuple: number;
  if (constants.length === keys.length) {
    keyTuple = unit.constant(tupleConstant(constants));
  } else {
    const start = unit.next;
    for (const key of keys) {
      const register = unit.next;
      const value = operand(unit, key);
      unit.next = register;
      unit.allocate();
      unit.move(key, register, value);
    }
    unit.next = start;
    keyTuple = unit.allocate();
    unit.emit(node, Op.BUILD_TUPLE, keyTuple, start, keys.length);
  }
  const values = unit.allocate();
  unit.emit(node, Op.MATCH_KEYS, values, subject, keyTuple);
  unit.branch(node, Op.JUMP_IF_NONE, failed, values);
  if (keys.length > 0) {
    const items = unit.allocate(keys.length);
    unit.emit(node, Op.UNPACK_SEQUENCE, values, items, keys.length);
    for (let i = 0; i < keys.length; i++) matchPattern(unit, patterns[i], items + i, failed, captures);
  }
  if (rest !== null) {
    const remaining = unit.allocate();
    unit.emit(node, Op.COPY_MAPPING_REST, remaining, subject, keyTuple);
    capture(unit, node, rest, remaining, captures);
  }
}

/** The repr of a complex key such as `1+2j`, which is not folded; null for keys that are no literals. */
function complexKey(key: Expression): string | null {
  if (key.kind !== 'BinOp') return null;
  const left = fold(key.left);
  const right = fold(key.right);
  if (left === null || right === null) return null;
  return `(${constantRepr(left)}${key.op === 'Add' ? '+' : '-'}${constantRepr(right)})`;
}

/** The same text for constants that are equal as dictionary keys. */
function equalityKey(constant: Constant): string {
  if (constant.type === 'bool') return `i${constant.value ? 1 : 0}`;
  if (constant.type === 'float' && Number.isInteger(constant.value)) return `i${BigInt(constant.value)}`;
  if (constant.type === 'complex' && constant.imag === 0) {
    return equalityKey({ type: 'float', value: constant.real ?? 0 });
  }
  return constantKey(constant);
}

function matchClass(unit: CodeUnit, node: MatchClass, subject: number, failed: Label, captures: Captures): void {
  const { patterns, kwd_attrs, kwd_patterns } = node;
  const seen = new Set<string>();
  kwd_attrs.forEach((name, i) => {
    if (seen.has(name)) {
      unit.compilation.problems.error(kwd_patterns[i], `attribute name repeated in class pattern: ${name}`);
    }
    seen.add(name);
  });
  const values = unit.allocate();
  const mark = unit.next;
  const type = operand(unit, node.cls);
  const names = unit.constants.add(tupleConstant(kwd_attrs.map((name) => stringConstant(name))));
  unit.emit(node, Op.MATCH_CLASS, values, subject, type, patterns.length, names);
  unit.branch(node, Op.JUMP_IF_NONE, failed, values);
  unit.next = mark;
  const all = [...patterns, ...kwd_patterns];
  if (all.every(isWildcard)) return;
  const items = unit.allocate(all.length);
  unit.emit(node, Op.UNPACK_SEQUENCE, values, items, all.length);
  for (let i = 0; i < all.length; i++) matchPattern(unit, all[i], items + i, failed, captures);
}

function matchOr(unit: CodeUnit, node: MatchOr, subject: number, failed: Label, captures: Captures): void {
  const { patterns } = node;
  const problems: Problems = unit.compilation.problems;
  const matched = unit.label();
  // where the first alternative's captures are, the others' go too
  let common: Captures | null = null;
  for (let i = 0; i < patterns.length; i++) {
    const pattern = patterns[i];
    const isLast = i === patterns.length - 1;
    if (!isLast) refuseIrrefutable(unit, pattern);
    const next = isLast ? failed : unit.label();
    const own: Captures = new Map();
    matchPattern(unit, pattern, subject, next, own);
    if (common === null) {
      common = new Map();
      for (const [name, register] of own) {
        const place = unit.allocate();
        unit.move(pattern, place, register);
        common.set(name, place);
      }
    } else {
      if (own.size !== common.size) problems.error(node, 'alternative patterns bind different names');
      for (const [name, register] of own) {
        const place = common.get(name);
        if (place === undefined) problems.error(node, 'alternative patterns bind different names');
        unit.move(pattern, place, register);
      }
    }
    if (!isLast) {
      unit.jump(NOWHERE, matched);
      unit.place(next);
    }
  }
  unit.place(matched);
  for (const [name, register] of common!) capture(unit, node, name, register, captures);
}
