/**
 * Calls: of methods, of anything else, with keywords, with starred arguments; and `super()` attributes, which need no
 * super object.
 */
import type { Attribute, Call, Expression, Keyword, Located } from '../parser/ast.ts';
import { constantTypeName, NULL, stringConstant, tupleConstant } from './constants.ts';
import { growList } from './displays.ts';
import { attributeLocation, into, operand } from './expressions.ts';
import { foldTuple } from './folding.ts';
import { Op } from './instructions.ts';
import { bindingOf, loadBinding } from './names.ts';
import { Access, ScopeKind } from './scopes.ts';
import type { CodeUnit } from './unit.ts';

export function callInto(unit: CodeUnit, node: Call, target: number): void {
  const { func, args, keywords } = node;
  checkKeywords(unit, keywords);
  warnAboutCallee(unit, node);
  const mark = unit.next;
  if (isUnpacked(args, keywords)) {
    const callee = operand(unit, func, target);
    unpackedCall(unit, node, callee, [], args, keywords, target);
    unit.next = mark;
    return;
  }
  const start = unit.runStart(target);
  unit.next = start;
  unit.allocate(2);
  let location: Located = node;
  if (func.kind === 'Attribute') {
    location = attributeLocation(node, func);
    unit.next = start + 1;
    const isSuper = loadSuperAttribute(unit, func, Op.LOAD_SUPER_METHOD, start);
    if (!isSuper) {
      const object = operand(unit, func.value, start);
      unit.emit(
        attributeLocation(func, func),
        Op.LOAD_METHOD,
        start,
        object,
        unit.nameIndex(unit.scope.mangle(func.attr)),
      );
    }
  } else {
    unit.next = start + 1;
    into(unit, func, start);
    unit.emit(node, Op.CLEAR, start + 1);
  }
  unit.next = start + 2;
  finishCall(unit, location, start, 0, args, keywords, target);
  unit.next = mark;
}

/** Do arguments hold `*` or `**`? */
export function isUnpacked(args: Expression[], keywords: Keyword[]): boolean {
  return args.some((arg) => arg.kind === 'Starred') || keywords.some((keyword) => keyword.arg === null);
}

/**
 * Evaluates arguments that have no stars behind `placed` that are in registers already, and calls what stands at
 * `start`. `unit.next` is the next argument's register.
 */
export function finishCall(
  unit: CodeUnit,
  at: Located,
  start: number,
  placed: number,
  args: Expression[],
  keywords: Keyword[],
  target: number,
): void {
  for (const arg of args) pushArgument(unit, arg);
  for (const keyword of keywords) pushArgument(unit, keyword.value);
  const count = placed + args.length + keywords.length;
  if (keywords.length === 0) {
    unit.emit(at, Op.CALL, target, start, count);
  } else {
    const names = tupleConstant(keywords.map((keyword) => stringConstant(keyword.arg!)));
    unit.emit(at, Op.CALL_KW, target, start, count, unit.constants.add(names));
  }
}

function pushArgument(unit: CodeUnit, node: Expression): void {
  const register = unit.allocate();
  into(unit, node, register);
  unit.next = register + 1;
}

/**
 * Calls `callee` with arguments of which some are starred. Class definitions have `placed` source operands that come
 * first, and perhaps a last positional one that is evaluated already.
 */
export function unpackedCall(
  unit: CodeUnit,
  at: Expression | Located,
  callee: number,
  placed: number[],
  args: Expression[],
  keywords: Keyword[],
  target: number,
  lastArgument = -1,
): void {
  const mark = unit.next;
  let positional: number;
  const constant = placed.length === 0 ? foldTuple(args.filter((arg) => arg.kind !== 'Starred')) : null;
  if (placed.length === 0 && args.length === 1 && args[0].kind === 'Starred') {
    positional = operand(unit, args[0].value);
    // the argument may be a variable that a keyword's expression rebinds; rare enough to copy whenever there is one
    if (keywords.length > 0 && positional >= 0 && positional < unit.firstTemporary) {
      const copy = unit.allocate();
      unit.move(args[0], copy, positional);
      positional = copy;
    }
  } else if (constant !== null && !args.some((arg) => arg.kind === 'Starred')) {
    positional = unit.constant(constant);
  } else {
    positional = unit.allocate();
    if (placed.length === 0) {
      growList(unit, at as Expression, args, positional);
    } else {
      unit.emit(at, Op.BUILD_LIST, positional, 0, 0);
      for (const source of placed) unit.emit(at, Op.LIST_APPEND, positional, source);
      const inner = unit.next;
      for (const arg of args) {
        if (arg.kind === 'Starred') unit.emit(at, Op.LIST_EXTEND, positional, operand(unit, arg.value));
        else unit.emit(at, Op.LIST_APPEND, positional, operand(unit, arg));
        unit.next = inner;
      }
      if (lastArgument >= 0) unit.emit(at, Op.LIST_APPEND, positional, lastArgument);
    }
    unit.emit(at, Op.LIST_TO_TUPLE, positional, positional);
  }
  let named = unit.constant(NULL);
  if (keywords.length > 0) {
    named = unit.allocate();
    const inner = unit.next;
    unit.emit(at, Op.BUILD_MAP, named, 0, 0);
    // names before the first ** cannot clash; those after it can
    let merged = false;
    for (const keyword of keywords) {
      if (keyword.arg === null) {
        unit.emit(at, Op.DICT_MERGE, named, operand(unit, keyword.value), callee);
        merged = true;
      } else if (!merged) {
        const value = operand(unit, keyword.value);
        unit.emit(at, Op.MAP_ADD, named, unit.constant(stringConstant(keyword.arg)), value);
      } else {
        const one = unit.allocate();
        const value = operand(unit, keyword.value);
        unit.emit(at, Op.BUILD_MAP, one, 0, 0);
        unit.emit(at, Op.MAP_ADD, one, unit.constant(stringConstant(keyword.arg)), value);
        unit.emit(at, Op.DICT_MERGE, named, one, callee);
      }
      unit.next = inner;
    }
  }
  unit.emit(at, Op.CALL_EX, target, callee, positional, named);
  unit.next = mark;
}

export function checkKeywords(unit: CodeUnit, keywords: Keyword[]): void {
  if (keywords.length < 2) return;
  const seen = new Set<string>();
  for (const keyword of keywords) {
    if (keyword.arg === null) continue;
    if (seen.has(keyword.arg)) unit.compilation.problems.error(keyword, `keyword argument repeated: ${keyword.arg}`);
    seen.add(keyword.arg);
  }
}

/** Types of displays and literals, which cannot be called. */
const uncallable: Readonly<Record<string, string>> = {
  Tuple: 'tuple',
  List: 'list',
  ListComp: 'list',
  Dict: 'dict',
  DictComp: 'dict',
  Set: 'set',
  SetComp: 'set',
  GeneratorExp: 'generator',
  JoinedStr: 'str',
  FormattedValue: 'str',
  TemplateStr: 'string.templatelib.Template',
  Interpolation: 'string.templatelib.Interpolation',
};

function warnAboutCallee(unit: CodeUnit, node: Call): void {
  const { func } = node;
  if (func.kind === 'Name' || func.kind === 'Attribute') return;
  const type = func.kind === 'Constant' ? constantTypeName(func.value) : uncallable[func.kind];
  if (type === undefined) return;
  unit.compilation.problems.warn(node, `'${type}' object is not callable; perhaps you missed a comma?`);
}

/**
 * `super().x` and `super(C, self).x`: looked up without making the super object, where `super` can only be the builtin
 * as far as this file shows. Emits `op` and returns true, or emits nothing.
 */
export function loadSuperAttribute(unit: CodeUnit, node: Attribute, op: Op, target: number): boolean {
  const call = node.value;
  if (node.ctx !== 'Load' || call.kind !== 'Call' || call.func.kind !== 'Name' || call.func.id !== 'super')
    return false;
  if (call.keywords.length > 0 || node.attr === '__class__') return false;
  const { host } = unit;
  if (host.kind !== ScopeKind.function || unit.scope.canSeeClassScope) return false;
  if (bindingOf(unit, 'super').access !== Access.globalImplicit) return false;
  let root = host;
  while (root.parent !== null) root = root.parent;
  if (root.bindings.has('super')) return false;
  const mark = unit.next;
  let type: number;
  let self: number;
  let zeroArguments = 0;
  if (call.args.length === 0) {
    const classCell = unit.scope.bindings.get('__class__');
    if (classCell === undefined || classCell.access !== Access.free || unit.argCount === 0) return false;
    const first = host.variableNames[0];
    const parameter = host.bindings.get(first);
    if (parameter === undefined) return false;
    type = unit.allocate();
    unit.emit(call, Op.LOAD_DEREF, type, classCell.register, unit.nameIndex('__class__'), 1);
    if (parameter.access === Access.fast) {
      unit.checkBound(call, parameter);
      self = parameter.register;
    } else {
      self = unit.allocate();
      loadBinding(unit, parameter, call, self);
    }
    zeroArguments = 1;
  } else if (call.args.length === 2 && !call.args.some((arg) => arg.kind === 'Starred')) {
    type = unit.allocate();
    into(unit, call.args[0], type);
    self = unit.allocate();
    into(unit, call.args[1], self);
  } else {
    return false;
  }
  const name = unit.nameIndex(unit.scope.mangle(node.attr));
  unit.emit(attributeLocation(node, node), op, target, type, self, name, zeroArguments);
  unit.next = mark;
  return true;
}
