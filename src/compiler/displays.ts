/**
 * Tuple, list and set displays: from a run of registers when they are short, item by item when they are long or hold
 * starred items, from one constant when all items are constants.
 */
import type { Expression, List, Set as SetNode, Tuple } from '../parser/ast.ts';
import type { Constant } from './code.ts';
import { into, operand } from './expressions.ts';
import { foldTuple } from './folding.ts';
import { Op } from './instructions.ts';
import { bindingOf } from './names.ts';
import { Access } from './scopes.ts';
import type { CodeUnit } from './unit.ts';

/** Longer displays grow item by item, so that frames stay small. */
const LONGEST_RUN = 30;
/** Shorter ones are made from registers even if all items are constants. */
const SHORTEST_CONSTANT = 3;

export function displayInto(unit: CodeUnit, node: Tuple | List | SetNode, target: number): void {
  const { elts } = node;
  if (node.kind === 'Tuple') {
    const constant = foldTuple(elts);
    if (constant !== null) {
      unit.move(node, target, unit.constant(constant));
      return;
    }
  } else if (elts.length >= SHORTEST_CONSTANT) {
    const constant = foldTuple(elts);
    if (constant !== null) {
      constantDisplay(unit, node, constant, target);
      return;
    }
  }
  if (elts.length <= LONGEST_RUN && !elts.some((element) => element.kind === 'Starred')) {
    const mark = unit.next;
    const start = runOf(unit, elts, target);
    const op = node.kind === 'Tuple' ? Op.BUILD_TUPLE : node.kind === 'List' ? Op.BUILD_LIST : Op.BUILD_SET;
    unit.emit(node, op, target, start, elts.length);
    unit.next = mark;
    return;
  }
  growInto(unit, node, target);
}

function constantDisplay(unit: CodeUnit, node: List | SetNode, constant: Constant, target: number): void {
  const mark = unit.next;
  const result = unit.scratch(target);
  if (node.kind === 'List') {
    unit.emit(node, Op.BUILD_LIST, result, 0, 0);
    unit.emit(node, Op.LIST_EXTEND, result, unit.constant(constant));
  } else {
    unit.emit(node, Op.BUILD_SET, result, 0, 0);
    // From a frozenset, as CPython does it: the order of a copied set is not that of items added one by one.
    const items = constant.type === 'tuple' ? constant.items : [];
    unit.emit(node, Op.SET_UPDATE, result, unit.constant({ type: 'frozenset', items }));
  }
  unit.move(node, target, result);
  unit.next = mark;
}

/**
 * Evaluates expressions into consecutive registers and returns the first. Variables that are consecutive registers
 * already are used in place.
 */
export function runOf(unit: CodeUnit, elements: Expression[], target: number): number {
  const inPlace = consecutiveVariables(unit, elements);
  if (inPlace >= 0) return inPlace;
  const start = unit.runStart(target);
  unit.next = start;
  for (const element of elements) {
    const register = unit.allocate();
    into(unit, element, register);
    unit.next = register + 1;
  }
  return start;
}

function consecutiveVariables(unit: CodeUnit, elements: Expression[]): number {
  let start = -1;
  for (let i = 0; i < elements.length; i++) {
    const element = elements[i];
    if (element.kind !== 'Name' || element.id === '__debug__') return -1;
    const binding = bindingOf(unit, element.id);
    if (binding.access !== Access.fast) return -1;
    if (i === 0) start = binding.register;
    else if (binding.register !== start + i) return -1;
  }
  for (const element of elements) if (element.kind === 'Name') unit.checkBound(element, bindingOf(unit, element.id));
  return start;
}

/** A display that is built by adding items. */
function growInto(unit: CodeUnit, node: Tuple | List | SetNode, target: number): void {
  const mark = unit.next;
  const result = unit.scratch(target);
  growList(unit, node, node.elts, result, node.kind === 'Set');
  if (node.kind === 'Tuple') unit.emit(node, Op.LIST_TO_TUPLE, target, result);
  else unit.move(node, target, result);
  unit.next = mark;
}

/** Makes a list (or set) of expressions, starred ones unpacked, in the temporary `result`. */
export function growList(unit: CodeUnit, at: Expression, elements: Expression[], result: number, isSet = false): void {
  unit.emit(at, isSet ? Op.BUILD_SET : Op.BUILD_LIST, result, 0, 0);
  const mark = unit.next;
  for (const element of elements) {
    if (element.kind === 'Starred') {
      const value = operand(unit, element.value);
      unit.emit(at, isSet ? Op.SET_UPDATE : Op.LIST_EXTEND, result, value);
    } else {
      unit.emit(at, isSet ? Op.SET_ADD : Op.LIST_APPEND, result, operand(unit, element));
    }
    unit.next = mark;
  }
}
