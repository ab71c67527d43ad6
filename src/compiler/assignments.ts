/** Assignments of every form, augmented and annotated ones included, and `del`. */
import type { AnnAssign, Assign, AugAssign, Delete, Expression, List, Located, Tuple } from '../parser/ast.ts';
import { noteAnnotation } from './annotations.ts';
import { attributeLocation, binaryOp, containsNamedExpression, effect, into, keep, operand } from './expressions.ts';
import { Op } from './instructions.ts';
import { bindingOf, deleteName, directRegister, loadBinding, storeBinding, storeName } from './names.ts';
import { Access } from './scopes.ts';
import type { CodeUnit } from './unit.ts';

/** UNPACK_EX's counts must fit into a byte in CPython, which makes this an error in the language. */
const MAXIMUM_BEFORE_STAR = 255;

export function assignment(unit: CodeUnit, node: Assign): void {
  const { targets, value } = node;
  const mark = unit.next;
  if (targets.length === 1) {
    const [target] = targets;
    if (target.kind === 'Name') {
      assignName(unit, target.id, target, value);
      unit.next = mark;
      return;
    }
    if ((target.kind === 'Tuple' || target.kind === 'List') && assignPairwise(unit, target, value)) {
      unit.next = mark;
      return;
    }
  }
  let source = operand(unit, value);
  const isVariable = source >= 0 && source < unit.firstTemporary;
  if (isVariable && targets.length > 1 && targets.some((target) => target.kind !== 'Name')) {
    // a target may rebind the variable before the next one gets its value
    const copy = unit.allocate();
    unit.move(value, copy, source);
    source = copy;
  }
  for (const target of targets) storeTarget(unit, target, source);
  unit.next = mark;
}

function assignName(unit: CodeUnit, id: string, at: Located, value: Expression): void {
  const binding = bindingOf(unit, id);
  const direct = directRegister(binding);
  if (direct >= 0) {
    into(unit, value, direct);
    unit.markBound(binding);
  } else {
    storeBinding(unit, binding, at, operand(unit, value));
  }
}

/** `a, b = b, a` makes no tuple. False if the shapes do not match. */
function assignPairwise(unit: CodeUnit, target: Tuple | List, value: Expression): boolean {
  if (value.kind !== 'Tuple' && value.kind !== 'List') return false;
  const targets = target.elts;
  const values = value.elts;
  if (targets.length !== values.length || targets.length === 0) return false;
  const starred = (node: Expression): boolean => node.kind === 'Starred';
  if (targets.some(starred) || values.some(starred)) return false;
  const registers: number[] = [];
  for (const element of targets) {
    if (element.kind === 'Name') registers.push(directRegister(bindingOf(unit, element.id)));
    else if (element.kind === 'Attribute' || element.kind === 'Subscript') registers.push(-1);
    else return false;
  }
  if (unit.host.hasNamedExpressions && (containsNamedExpression(target) || containsNamedExpression(value)))
    return false;
  const sources: number[] = [];
  for (let i = 0; i < values.length; i++) {
    let source = operand(unit, values[i]);
    // a variable that an earlier target rebinds is copied
    if (source >= 0 && registers.lastIndexOf(source, i - 1) >= 0 && i > 0) {
      const copy = unit.allocate();
      unit.move(values[i], copy, source);
      source = copy;
    }
    sources.push(source);
  }
  for (let i = 0; i < targets.length; i++) storeTarget(unit, targets[i], sources[i]);
  return true;
}

/** Stores a source operand to a target of any form. */
export function storeTarget(unit: CodeUnit, target: Expression, source: number): void {
  const mark = unit.next;
  switch (target.kind) {
    case 'Name':
      storeName(unit, target.id, target, source);
      return;
    case 'Attribute': {
      const value = keep(unit, target, source, target.value);
      const object = operand(unit, target.value);
      const name = unit.nameIndex(unit.scope.mangle(target.attr));
      unit.emit(attributeLocation(target, target), Op.STORE_ATTR, object, name, value);
      break;
    }
    case 'Subscript': {
      const value = keep(unit, target, source, target.value, target.slice);
      const object = keep(unit, target, operand(unit, target.value), target.slice);
      const key = operand(unit, target.slice);
      unit.emit(target, Op.STORE_SUBSCR, object, key, value);
      break;
    }
    case 'Tuple':
    case 'List':
      unpack(unit, target, source);
      break;
    case 'Starred':
      unit.compilation.problems.error(target, 'starred assignment target must be in a list or tuple');
      break;
    default:
      throw new Error(`no assignment target: ${target.kind}`);
  }
  unit.next = mark;
}

function unpack(unit: CodeUnit, target: Tuple | List, source: number): void {
  const { elts } = target;
  let star = -1;
  for (let i = 0; i < elts.length; i++) {
    if (elts[i].kind !== 'Starred') continue;
    if (star >= 0) unit.compilation.problems.error(target, 'multiple starred expressions in assignment');
    star = i;
  }
  if (star > MAXIMUM_BEFORE_STAR) {
    unit.compilation.problems.error(target, 'too many expressions in star-unpacking assignment');
  }
  if (star < 0) {
    const direct = consecutiveTargets(unit, elts);
    if (direct >= 0) {
      unit.emit(target, Op.UNPACK_SEQUENCE, source, direct, elts.length);
      for (const element of elts) if (element.kind === 'Name') unit.markBound(bindingOf(unit, element.id));
      return;
    }
  }
  const start = unit.allocate(elts.length);
  if (star < 0) unit.emit(target, Op.UNPACK_SEQUENCE, source, start, elts.length);
  else unit.emit(target, Op.UNPACK_EX, source, start, star, elts.length - star - 1);
  for (let i = 0; i < elts.length; i++) {
    const element = elts[i];
    storeTarget(unit, element.kind === 'Starred' ? element.value : element, start + i);
  }
}

/** The first register of targets that are variables in consecutive registers, or -1. */
function consecutiveTargets(unit: CodeUnit, elements: Expression[]): number {
  let start = -1;
  for (let i = 0; i < elements.length; i++) {
    const element = elements[i];
    if (element.kind !== 'Name') return -1;
    const binding = bindingOf(unit, element.id);
    if (binding.access !== Access.fast) return -1;
    if (i === 0) start = binding.register;
    else if (binding.register !== start + i) return -1;
  }
  return start;
}

export function augmentedAssignment(unit: CodeUnit, node: AugAssign): void {
  const { target, value } = node;
  const mark = unit.next;
  const op = binaryOp(node.op);
  switch (target.kind) {
    case 'Name': {
      const binding = bindingOf(unit, target.id);
      const direct = directRegister(binding);
      if (direct >= 0) {
        unit.checkBound(target, binding);
        const left = keep(unit, node, direct, value);
        const right = operand(unit, value);
        unit.emit(node, op, direct, left, right, 1);
        unit.markBound(binding);
      } else {
        const old = unit.allocate();
        loadBinding(unit, binding, target, old);
        const right = operand(unit, value);
        unit.emit(node, op, old, old, right, 1);
        storeBinding(unit, binding, target, old);
      }
      break;
    }
    case 'Attribute': {
      const object = keep(unit, node, operand(unit, target.value), value);
      const old = unit.allocate();
      const name = unit.nameIndex(unit.scope.mangle(target.attr));
      const location = attributeLocation(target, target);
      unit.emit(location, Op.LOAD_ATTR, old, object, name);
      const right = operand(unit, value);
      unit.emit(node, op, old, old, right, 1);
      unit.emit(location, Op.STORE_ATTR, object, name, old);
      break;
    }
    case 'Subscript': {
      const object = keep(unit, node, operand(unit, target.value), target.slice, value);
      const key = keep(unit, node, operand(unit, target.slice), value);
      const old = unit.allocate();
      unit.emit(target, Op.LOAD_SUBSCR, old, object, key);
      const right = operand(unit, value);
      unit.emit(node, op, old, old, right, 1);
      unit.emit(target, Op.STORE_SUBSCR, object, key, old);
      break;
    }
  }
  unit.next = mark;
}

export function annotatedAssignment(unit: CodeUnit, node: AnnAssign): void {
  const { target, value } = node;
  const mark = unit.next;
  if (value !== null) {
    if (target.kind === 'Name') assignName(unit, target.id, target, value);
    else storeTarget(unit, target, operand(unit, value));
    unit.next = mark;
  } else if (target.kind === 'Attribute') {
    effect(unit, target.value);
  } else if (target.kind === 'Subscript') {
    effect(unit, target.value);
    effect(unit, target.slice);
  }
  noteAnnotation(unit, node);
}

export function deletion(unit: CodeUnit, node: Delete): void {
  for (const target of node.targets) deleteTarget(unit, target);
}

function deleteTarget(unit: CodeUnit, target: Expression): void {
  const mark = unit.next;
  switch (target.kind) {
    case 'Name':
      deleteName(unit, target.id, target);
      break;
    case 'Attribute': {
      const object = operand(unit, target.value);
      const name = unit.nameIndex(unit.scope.mangle(target.attr));
      unit.emit(attributeLocation(target, target), Op.DELETE_ATTR, object, name);
      break;
    }
    case 'Subscript': {
      const object = keep(unit, target, operand(unit, target.value), target.slice);
      unit.emit(target, Op.DELETE_SUBSCR, object, operand(unit, target.slice));
      break;
    }
    case 'Tuple':
    case 'List':
      for (const element of target.elts) deleteTarget(unit, element);
      break;
    default:
      throw new Error(`no deletion target: ${target.kind}`);
  }
  unit.next = mark;
}
