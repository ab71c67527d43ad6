/**
 * Loads, stores and deletions of names, by the way that scope-analysis.ts found for each.
 */
import type { Located } from '../parser/ast.ts';
import { Op } from './instructions.ts';
import { Access, Binding, BindingFlag } from './scopes.ts';
import type { CodeUnit } from './unit.ts';

/** What a name of the source, not mangled yet, means here. */
export function bindingOf(unit: CodeUnit, id: string): Binding {
  const { scope } = unit;
  const name = scope.mangle(id);
  const binding = scope.bindings.get(name);
  if (binding !== undefined) return binding;
  // names that the compiler itself brings in (`__name__`, `__annotations__`)
  const implicit = new Binding(name, BindingFlag.use);
  implicit.access = scope.isFunctionLike ? Access.globalImplicit : Access.name;
  return implicit;
}

/** Loads a variable into `target`. */
export function loadName(unit: CodeUnit, id: string, at: Located, target: number): void {
  loadBinding(unit, bindingOf(unit, id), at, target);
}

export function loadBinding(unit: CodeUnit, binding: Binding, at: Located, target: number): void {
  const { name } = binding;
  switch (binding.access) {
    case Access.fast:
      unit.checkBound(at, binding);
      unit.move(at, target, binding.register);
      return;
    case Access.cell:
    case Access.free:
      loadCell(unit, binding, at, target);
      return;
    case Access.classFree:
      unit.emit(at, Op.LOAD_CLASS_DEREF, target, binding.register, unit.nameIndex(name));
      return;
    case Access.globalExplicit:
      unit.emit(at, Op.LOAD_GLOBAL, target, unit.nameIndex(name));
      return;
    case Access.globalImplicit:
      if (unit.scope.canSeeClassScope) {
        const dict = loadClassNamespace(unit, at);
        unit.emit(at, Op.LOAD_FROM_DICT_OR_GLOBALS, target, dict, unit.nameIndex(name));
        unit.next = dict;
      } else {
        unit.emit(at, Op.LOAD_GLOBAL, target, unit.nameIndex(name));
      }
      return;
    default:
      unit.emit(at, Op.LOAD_NAME, target, unit.nameIndex(name));
  }
}

function loadCell(unit: CodeUnit, binding: Binding, at: Located, target: number): void {
  const { name } = binding;
  const isFree = binding.access === Access.free ? 1 : 0;
  const implicit = name === '__classdict__' || name === '__conditional_annotations__' || name.startsWith('.');
  if (isFree === 1 && unit.scope.canSeeClassScope && !implicit) {
    const dict = loadClassNamespace(unit, at);
    unit.emit(at, Op.LOAD_FROM_DICT_OR_DEREF, target, dict, binding.register, unit.nameIndex(name));
    unit.next = dict;
    return;
  }
  unit.emit(at, Op.LOAD_DEREF, target, binding.register, unit.nameIndex(name), isFree);
}

/** The class namespace that an annotation scope sees, in a fresh temporary. */
function loadClassNamespace(unit: CodeUnit, at: Located): number {
  const dict = unit.allocate();
  const register = unit.scope.cellRegister('__classdict__');
  unit.emit(at, Op.LOAD_DEREF, dict, register, unit.nameIndex('__classdict__'), 1);
  return dict;
}

/**
 * The register of a variable that a result may be written to directly; -1 if the variable lives elsewhere. Whoever
 * writes there calls `unit.markBound` afterwards.
 */
export function directRegister(binding: Binding): number {
  return binding.access === Access.fast ? binding.register : -1;
}

/** Stores a source operand in a variable. */
export function storeName(unit: CodeUnit, id: string, at: Located, source: number): void {
  storeBinding(unit, bindingOf(unit, id), at, source);
}

export function storeBinding(unit: CodeUnit, binding: Binding, at: Located, source: number): void {
  switch (binding.access) {
    case Access.fast:
      unit.move(at, binding.register, source);
      unit.markBound(binding);
      return;
    case Access.cell:
    case Access.free:
      unit.emit(at, Op.STORE_DEREF, binding.register, source);
      return;
    case Access.globalExplicit:
    case Access.globalImplicit:
      unit.emit(at, Op.STORE_GLOBAL, unit.nameIndex(binding.name), source);
      return;
    default:
      unit.emit(at, Op.STORE_NAME, unit.nameIndex(binding.name), source);
  }
}

/**
 * Stores what `produce` writes to the register that it is given: the variable's own, or a temporary that is stored.
 */
export function storeProduced(unit: CodeUnit, id: string, at: Located, produce: (register: number) => void): void {
  const binding = bindingOf(unit, id);
  const direct = directRegister(binding);
  if (direct >= 0) {
    produce(direct);
    unit.markBound(binding);
    return;
  }
  const temporary = unit.allocate();
  produce(temporary);
  storeBinding(unit, binding, at, temporary);
  unit.next = temporary;
}

export function deleteName(unit: CodeUnit, id: string, at: Located): void {
  const binding = bindingOf(unit, id);
  const { name } = binding;
  switch (binding.access) {
    case Access.fast:
      unit.deleteFast(at, binding);
      return;
    case Access.cell:
    case Access.free:
      unit.emit(at, Op.DELETE_DEREF, binding.register, unit.nameIndex(name), binding.access === Access.free ? 1 : 0);
      return;
    case Access.globalExplicit:
    case Access.globalImplicit:
      unit.emit(at, Op.DELETE_GLOBAL, unit.nameIndex(name));
      return;
    default:
      unit.emit(at, Op.DELETE_NAME, unit.nameIndex(name));
  }
}
