/**
 * Recording of names and attributes. Globals that hold functions, classes, modules and the like are constants of the
 * trace (the dict is watched); other globals are loaded from their dict entry under a guard on the dict's keys.
 * Attributes go through shapes: a guard on type and shape together, what the type says being watched.
 */
import { instructionLength, Op } from '../../compiler/instructions.ts';
import { State, T } from '../../heap/fixed.ts';
import {
  Cell,
  Code,
  Dict,
  Frame,
  FunctionObject,
  GetSet,
  Header,
  Instance,
  Kind,
  List,
  layouts,
  Module,
  Property,
  Shape,
  Type,
  TypeFlag,
  Wrapper,
} from '../../heap/layouts.ts';
import { words } from '../../heap/memory.ts';
import { isNull, isRef, TAG_REF } from '../../heap/values.ts';
import { firstInstruction } from '../../interpreter/frames.ts';
import { Descriptor, descriptorAt, isDataDescriptor } from '../../objects/attributes.ts';
import { dictFindString } from '../../objects/dicts.ts';
import { N } from '../../objects/names.ts';
import { dictWord } from '../../objects/object-dicts.ts';
import { shapeAdd, shapeFind } from '../../objects/shapes.ts';
import {
  definingType,
  isNativeMethod,
  isSubtype,
  kindOf,
  lookup,
  lookupAfter,
  typeOf,
  typeValueModified,
} from '../../objects/types.ts';
import { dependOnGlobal, dependOnType, distrustGlobal, isMutableGlobal } from '../dependencies.ts';
import * as ir from '../ir.ts';
import { constInt, constRef, constValue, emit } from '../optimizer/emit.ts';
import { recordedObjects } from '../roots.ts';
import { U } from '../uops.ts';
import { characterRef, guardLatin1, isLatin1 } from './lookups.ts';
import {
  asFloat,
  asInt,
  asRef,
  asValue,
  cellOf,
  constantAt,
  currentFrame,
  guardIdentity,
  recording,
  refOf,
  registerRef,
  setRegister,
  storeField,
  storeItem,
  Tag,
  tagAt,
  tagOf,
} from './state.ts';

const storedNames = new Map<number, Set<number>>();
/** The global names that a code object assigns or deletes. */
function namesStoredBy(code: number): Set<number> {
  let names = storedNames.get(code);
  if (names) return names;
  names = new Set();
  const first = firstInstruction(code);
  const end = first + words[(code << 1) + Code.instructionWords];
  for (let at = first; at < end; at += instructionLength[words[at]]) {
    const op = words[at];
    if (op === Op.STORE_GLOBAL || op === Op.STORE_NAME || op === Op.DELETE_GLOBAL || op === Op.DELETE_NAME)
      names.add(words[at + 1]);
  }
  storedNames.set(code, names);
  return names;
}

/**
 * May the trace take the value under a global name for a constant? Unless it was seen to change, or the code being
 * followed assigns it: trusting costs a recompilation when it does change.
 */
function isTrusted(dict: number, key: number): boolean {
  if (isMutableGlobal(dict, key)) return false;
  for (const { code } of recording.frames) if (namesStoredBy(code).has(key)) return false;
  return true;
}

/** The ref for the value in a dict's entry cell; 0 if the entry cannot be addressed. */
function dictEntry(dict: number, key: number, cell: number): number {
  if (isTrusted(dict, key)) {
    dependOnGlobal(dict, key);
    return constantAt(cell);
  }
  const object = constRef(dict);
  emit(U.guard_word, object, 0, 0, Dict.keysVersion * 4, words[(dict << 1) + Dict.keysVersion]);
  const entries = words[(dict << 1) + Dict.entries];
  return emit(U.load_item, constRef(entries), constInt(cell - entries - 1));
}

/**
 * The same code may run with other globals (exec of a code object, a function made twice): what a name means is known
 * only for the globals at hand. Inlined functions that are constants need no guard.
 */
function guardGlobals(globals: number): void {
  const { chain, functionRef } = currentFrame();
  if (chain !== 0 && ir.isConstant(functionRef)) return;
  const fn = chain !== 0 ? functionRef : emit(U.load_frame_word, 0, 0, 0, Frame.function * 4);
  emit(U.guard_word, fn, 0, 0, FunctionObject.globals * 4, globals);
  recordedObjects.add(globals);
}
/**
 * For LOAD_NAME and STORE_NAME: is the namespace of the running frame its globals, and not the dict of a class body or
 * of exec? The answer is guarded.
 */
export function namesAreGlobal(): boolean {
  if (words[(recording.frame << 1) + Frame.locals] !== 0) return false;
  if (currentFrame().chain === 0) emit(U.guard_ref, emit(U.load_frame_word, 0, 0, 0, Frame.locals * 4), 0, 0, 0);
  return true;
}

/** LOAD_GLOBAL, LOAD_NAME in a frame without own locals: d, n. */
export function recordLoadGlobal(): boolean {
  const { pc, frame } = recording;
  const name = words[pc + 2];
  const fn = words[frame << 1];
  const globals = words[(fn << 1) + FunctionObject.globals];
  const builtins = words[(fn << 1) + FunctionObject.builtins] || words[State.builtinsDict];
  if (words[globals << 1] !== T.dict || words[builtins << 1] !== T.dict) return false;
  guardGlobals(globals);
  let dict = globals;
  let cell = dictFindString(globals, name);
  if (cell === 0) {
    dependOnGlobal(globals, name);
    dict = builtins;
    cell = dictFindString(builtins, name);
    if (cell === 0) return false;
  }
  setRegister(words[pc + 1], dictEntry(dict, name, cell));
  return true;
}

/** STORE_GLOBAL: n, s. Only to a key that exists and that no trace trusts. */
export function recordStoreGlobal(): boolean {
  const { pc, frame } = recording;
  const name = words[pc + 1];
  const globals = words[(words[frame << 1] << 1) + FunctionObject.globals];
  const cell = dictFindString(globals, name);
  if (cell === 0 || isTrusted(globals, name)) return false;
  // stored to without telling anybody from now on: nobody may trust it
  distrustGlobal(globals, name);
  guardGlobals(globals);
  const object = constRef(globals);
  emit(U.guard_word, object, 0, 0, Dict.keysVersion * 4, words[(globals << 1) + Dict.keysVersion]);
  const entries = words[(globals << 1) + Dict.entries];
  storeItem(constRef(entries), constInt(cell - entries - 1), refOf(words[pc + 2]));
  return true;
}

/** MAKE_CELL: r, whose value moves into the cell. */
export function recordMakeCell(): void {
  const register = words[recording.pc + 1];
  const value = registerRef(register);
  const held = ir.type[value] === ir.Type.float ? value : asValue(value);
  const cell = emit(U.allocate, 0, 0, 0, layouts[Kind.cell].cells);
  emit(U.store_header, cell, 0, 0, T.cell, 0);
  storeField(cell, Cell.value * 4, held);
  setRegister(register, cell);
}

/** LOAD_DEREF: d, r, n, i. */
export function recordLoadDeref(): boolean {
  const { pc } = recording;
  const cellObject = asRef(registerRef(words[pc + 2]));
  const value = emit(U.load_field, cellObject, 0, 0, Cell.value * 4);
  emit(U.guard_not_value, value, 0, 0, 0, TAG_REF);
  setRegister(words[pc + 1], value);
  return true;
}
/** STORE_DEREF: r, s. */
export function recordStoreDeref(): boolean {
  const { pc } = recording;
  const value = refOf(words[pc + 2]);
  storeField(asRef(registerRef(words[pc + 1])), Cell.value * 4, value);
  return true;
}

/** What an attribute access found; filled by resolve(). */
export const found = {
  kind: 'none' as 'none' | 'slot' | 'member' | 'class' | 'method' | 'classMethod' | 'property' | 'module',
  /** instance slot, for 'slot' and 'member' */
  slot: 0,
  /** cell of the class attribute (method: the function) */
  cell: 0,
  object: 0,
  type: 0,
};

/**
 * Finds out how `object.name` is served, for objects whose access follows the default protocol, and emits the guards
 * that make the answer hold. Answers false where the interpreter has to do it.
 */
function resolve(ref: number, cell: number, name: number): boolean {
  found.kind = 'none';
  const type = typeOf(cell);
  found.type = type;
  if ((words[(type << 1) + Type.flags] & (TypeFlag.customGetattribute | TypeFlag.hasGetattr)) !== 0) return false;
  const tag = tagOf(ref, cell);
  if (tag === Tag.int || tag === Tag.float) return resolveOfNumber(ref, cell, tag, type, name);
  if (tag !== Tag.ref) return false;
  const object = words[cell << 1];
  found.object = object;
  const kind = kindOf(object);
  const classCell = lookup(type, name);
  if (kind === Kind.module) {
    if (classCell !== 0) return false;
    const dict = words[(object << 1) + Module.dict];
    const entry = dictFindString(dict, name);
    if (entry === 0) return false;
    guardIdentity(ref, object);
    found.kind = 'module';
    found.cell = dictEntry(dict, name, entry);
    return true;
  }
  if (kind === Kind.type) {
    // what the metaclass has comes second, unless it is a data descriptor
    if (classCell !== 0 && (isDataDescriptor(descriptorAt(classCell), classCell) || lookup(object, name) === 0))
      return false;
    const entry = lookup(object, name);
    if (entry === 0) return false;
    const target = isRef(entry) ? words[words[entry << 1] << 1] : 0;
    const isClassMethod = target === T.classmethod || target === T.classmethod_descriptor;
    const wrapped = target === T.staticmethod || isClassMethod;
    if (!wrapped && target !== T.function && !isNativeMethod(target) && !isPlainClassAttribute(entry)) return false;
    guardIdentity(ref, object);
    dependOnType(object);
    dependOnType(type);
    found.kind = isClassMethod ? 'classMethod' : 'class';
    found.type = object;
    found.cell = wrapped ? words[entry << 1] + (Wrapper.value >> 1) : entry;
    return true;
  }
  if (kind !== Kind.instance && !hasAttributesOfTypeOnly(object, type, kind)) return false;
  if (classCell !== 0 && isRef(classCell)) {
    const descriptor = words[classCell << 1];
    const descriptorType = words[descriptor << 1];
    if (descriptorType === T.property) {
      guardInstance(ref, object, type, kind);
      found.kind = 'property';
      found.cell = classCell;
      return true;
    }
    if (descriptorType === T.member_descriptor) {
      return resolveMember(ref, object, type, kind, descriptor) && !isNull(memberCell(object));
    }
    if (
      descriptorType !== T.function &&
      !isNativeMethod(descriptorType) &&
      descriptorType !== T.staticmethod &&
      descriptorType !== T.classmethod &&
      descriptorType !== T.classmethod_descriptor &&
      !isPlainClassAttribute(classCell)
    )
      return false;
  }
  if (kind === Kind.instance) {
    const shape = words[(object << 1) + Instance.shape];
    if (words[(shape << 1) + Shape.dictionary] !== 0) return false;
    const slot = shapeFind(shape, name);
    if (slot >= 0) {
      guardInstance(ref, object, type, kind);
      found.kind = 'slot';
      found.slot = slot;
      return true;
    }
  }
  if (classCell === 0) return false;
  guardInstance(ref, object, type, kind);
  if (kind !== Kind.instance && (words[(type << 1) + Type.flags] & TypeFlag.hasDict) !== 0)
    emit(U.guard_word, asRef(ref), 0, 0, (dictWord(object) - (object << 1)) * 4, 0);
  found.cell = classCell;
  const target = isRef(classCell) ? words[words[classCell << 1] << 1] : 0;
  switch (target) {
    case T.function:
    case T.method_descriptor:
    case T.wrapper_descriptor:
      found.kind = 'method';
      return true;
    case T.staticmethod:
    case T.classmethod:
    case T.classmethod_descriptor:
      found.kind = target === T.staticmethod ? 'class' : 'classMethod';
      found.cell = words[classCell << 1] + (Wrapper.value >> 1);
      return true;
  }
  found.kind = 'class';
  return true;
}

/** A method of int or float for a number that is no object. */
function resolveOfNumber(ref: number, cell: number, tag: Tag.int | Tag.float, type: number, name: number): boolean {
  const classCell = lookup(type, name);
  if (classCell === 0 || !isRef(classCell) || !isNativeMethod(words[words[classCell << 1] << 1])) return false;
  if (tag === Tag.int) asInt(ref, cell);
  else asFloat(ref, cell);
  found.kind = 'method';
  found.cell = classCell;
  return true;
}

/**
 * Are all attributes of this object, which is no Kind.instance, found on its type? Either the type gives its instances
 * no dict, or this one has none yet and its word lies at the same place in all of them (the trace guards it).
 */
function hasAttributesOfTypeOnly(object: number, type: number, kind: Kind): boolean {
  switch (kind) {
    case Kind.plain:
    case Kind.int:
    case Kind.float:
    case Kind.str:
    case Kind.bytes:
    case Kind.tuple:
    case Kind.range:
    case Kind.generator:
    case Kind.iterator:
    case Kind.view:
      return (words[(type << 1) + Type.flags] & TypeFlag.hasDict) === 0;
    case Kind.list:
    case Kind.dict:
    case Kind.set:
    case Kind.bytearray:
    case Kind.record:
    case Kind.exception:
      if ((words[(type << 1) + Type.flags] & TypeFlag.hasDict) === 0) return true;
      return dictWord(object) !== 0 && words[dictWord(object)] === 0;
  }
  return false;
}

/** An attribute of `__slots__`: an inline slot that may be NULL, whatever the shape says. */
function resolveMember(ref: number, object: number, type: number, kind: Kind, descriptor: number): boolean {
  const getter = words[(descriptor << 1) + GetSet.getter];
  if (kind !== Kind.instance || getter >= 0 || !isSubtype(type, words[(descriptor << 1) + GetSet.owner])) return false;
  const slot = -getter - 1;
  guardInstance(ref, object, type, kind);
  found.kind = 'member';
  found.slot = slot;
  return true;
}

/** The cell of the member that resolve() found. */
function memberCell(object: number): number {
  return object + (Instance.slots >> 1) + found.slot;
}

/** The value of the member that resolve() found; exits if it is unset. */
function loadMember(ref: number): number {
  const value = emit(U.load_field, asRef(ref), 0, 0, Instance.slots * 4 + found.slot * 8);
  emit(U.guard_not_value, value, 0, 0, 0, TAG_REF);
  return value;
}

/** The class attribute that resolve() found: a constant, or a load if it is a number that was seen to change. */
function classValue(name: number): number {
  if (isRef(found.cell)) return constantAt(found.cell);
  const owner = definingType(found.type, name);
  const namespace = words[(owner << 1) + Type.dict];
  if (!isMutableGlobal(namespace, name) || dictFindString(namespace, name) !== found.cell)
    return constantAt(found.cell);
  return loadNamespace(namespace, found.cell);
}
/** The value in a cell of the namespace of a class that the trace depends on: the cell stays where it is. */
function loadNamespace(namespace: number, cell: number): number {
  const entries = words[(namespace << 1) + Dict.entries];
  return emit(U.load_item, constRef(entries), constInt(cell - entries - 1));
}

/** Stores a number over a number in the namespace of a class; everything else is the interpreter's. */
function storeClassValue(ref: number, object: number, name: number): boolean {
  const metatype = words[(object << 1) + Header.type];
  if (metatype !== T.type || lookup(metatype, name) !== 0) return false;
  if ((words[(object << 1) + Type.flags] & TypeFlag.heapType) === 0) return false;
  const namespace = words[(object << 1) + Type.dict];
  const cell = dictFindString(namespace, name);
  const value = refOf(words[recording.pc + 3]);
  if (cell === 0 || isRef(cell) || (ir.type[value] !== ir.Type.int && ir.type[value] !== ir.Type.float)) return false;
  // from now on nobody trusts the number; this very trace is dropped if it did
  typeValueModified(object, name);
  guardIdentity(ref, object);
  dependOnType(object);
  dependOnType(metatype);
  const boxed = ir.type[value] === ir.Type.float ? value : asValue(value);
  emit(U.guard_tag, loadNamespace(namespace, cell), 0, 0, tagAt(cell));
  const entries = words[(namespace << 1) + Dict.entries];
  storeItem(constRef(entries), constInt(cell - entries - 1), boxed);
  return true;
}

/** A class attribute that is delivered as it is: no descriptor. */
function isPlainClassAttribute(cell: number): boolean {
  if (!isRef(cell)) return true;
  if (descriptorAt(cell) !== Descriptor.none) return false;
  const type = words[words[cell << 1] << 1];
  if ((words[(type << 1) + Type.flags] & TypeFlag.heapType) !== 0) dependOnType(type);
  return true;
}

/** Guards type and shape of an instance (type alone for others); the unboxed ref. */
function guardInstance(ref: number, object: number, type: number, kind: Kind): number {
  const unboxed = asRef(ref);
  dependOnType(type);
  if (kind === Kind.instance) emit(U.guard_header, unboxed, 0, 0, type, words[(object << 1) + Instance.shape]);
  else emit(U.guard_type, unboxed, 0, 0, type);
  return unboxed;
}

/** The value in slot `slot` of an instance whose shape has been guarded. */
function loadSlot(unboxed: number, shape: number, slot: number): number {
  const inline = words[(shape << 1) + Shape.inlineSlots];
  if (slot < inline) return emit(U.load_field, unboxed, 0, 0, Instance.slots * 4 + slot * 8);
  return emit(U.load_item, emit(U.load_word, unboxed, 0, 0, Instance.overflow * 4), constInt(slot - inline));
}

/** `object.__class__`: a constant under a guard on the type, unless a class has an attribute of that name. */
function recordClass(ref: number, cell: number): boolean {
  const type = typeOf(cell);
  switch (tagOf(ref, cell)) {
    case Tag.int:
      if (ir.type[ref] !== ir.Type.int) asInt(ref, cell);
      setRegister(words[recording.pc + 1], constRef(T.int));
      return true;
    case Tag.float:
      asFloat(ref, cell);
      setRegister(words[recording.pc + 1], constRef(T.float));
      return true;
    case Tag.ref:
      if ((words[(type << 1) + Type.flags] & TypeFlag.customGetattribute) !== 0) return false;
      if (lookup(type, N.__class__) !== lookup(T.object, N.__class__)) return false;
      guardInstance(ref, words[cell << 1], type, kindOf(words[cell << 1]));
      setRegister(words[recording.pc + 1], constRef(type));
      return true;
  }
  return false;
}

/** LOAD_ATTR: d, s, n. Returns 'property' when the interpreter is about to push the getter's frame. */
export function recordLoadAttribute(): boolean | 'property' {
  const { pc } = recording;
  const ref = refOf(words[pc + 2]);
  const cell = cellOf(words[pc + 2]);
  if (words[pc + 3] === N.__class__) return recordClass(ref, cell);
  if (!resolve(ref, cell, words[pc + 3])) return false;
  switch (found.kind) {
    case 'slot': {
      const shape = words[(found.object << 1) + Instance.shape];
      const value = loadSlot(asRef(ref), shape, found.slot);
      // a slot may be NULL after deletion of the last attribute only with another shape: no check is needed
      setRegister(words[pc + 1], value);
      return true;
    }
    case 'member':
      setRegister(words[pc + 1], loadMember(ref));
      return true;
    case 'module':
      setRegister(words[pc + 1], found.cell);
      return true;
    case 'class':
      setRegister(words[pc + 1], classValue(words[pc + 3]));
      return true;
    case 'property':
      return 'property';
  }
  return false;
}

/** The cell of the setter of the property that an assignment to `name` of an instance of `type` calls, or 0. */
export function setterOf(type: number, name: number): number {
  if ((words[(type << 1) + Type.flags] & TypeFlag.customSetattr) !== 0) return 0;
  const cell = lookup(type, name);
  if (cell === 0 || !isRef(cell) || words[words[cell << 1] << 1] !== T.property) return 0;
  const setter = words[cell << 1] + (Property.setter >> 1);
  return isRef(setter) && words[words[setter << 1] << 1] === T.function ? setter : 0;
}

/** The getter function of the property that recordLoadAttribute found. */
export function propertyGetter(): number {
  const property = words[found.cell << 1];
  return words[(property << 1) + Property.getter];
}

/** LOAD_METHOD: r, s, n. */
export function recordLoadMethod(): boolean {
  const { pc } = recording;
  const register = words[pc + 1];
  const ref = refOf(words[pc + 2]);
  const cell = cellOf(words[pc + 2]);
  if (!resolve(ref, cell, words[pc + 3])) return false;
  const none = constValue(0, TAG_REF);
  switch (found.kind) {
    case 'method':
      setRegister(register, constantAt(found.cell));
      setRegister(register + 1, tagOf(ref, cell) === Tag.ref ? asRef(ref) : ref);
      return true;
    case 'classMethod':
      setRegister(register, constantAt(found.cell));
      setRegister(register + 1, constValue(found.type, TAG_REF));
      return true;
    case 'member':
      setRegister(register, loadMember(ref));
      setRegister(register + 1, none);
      return true;
    case 'slot':
      setRegister(register, loadSlot(asRef(ref), words[(found.object << 1) + Instance.shape], found.slot));
      setRegister(register + 1, none);
      return true;
    case 'module':
      setRegister(register, found.cell);
      setRegister(register + 1, none);
      return true;
    case 'class':
      setRegister(register, classValue(words[pc + 3]));
      setRegister(register + 1, none);
      return true;
  }
  return false;
}

/** LOAD_SPECIAL (`__enter__`, `__exit__`): r, s, i, of an instance whose class has a Python function there. */
export function recordLoadSpecial(): boolean {
  const { pc } = recording;
  const register = words[pc + 1];
  const cell = cellOf(words[pc + 2]);
  if (!isRef(cell) || words[cell << 1] === 0) return false;
  const type = typeOf(cell);
  const method = lookup(type, [N.__enter__, N.__exit__, N.__aenter__, N.__aexit__][words[pc + 3]]);
  if (method === 0 || !isRef(method)) return false;
  const target = words[words[method << 1] << 1];
  if (target !== T.function && !isNativeMethod(target)) return false;
  const object = asRef(refOf(words[pc + 2]));
  emit(U.guard_type, object, 0, 0, type);
  dependOnType(type);
  setRegister(register, constantAt(method));
  setRegister(register + 1, object);
  return true;
}

/** LOAD_SUPER_METHOD: r, s class, s self, n, i: a method found behind the class in the mro of self's type. */
export function recordLoadSuperMethod(): boolean {
  const { pc } = recording;
  const register = words[pc + 1];
  const startCell = cellOf(words[pc + 2]);
  const selfCell = cellOf(words[pc + 3]);
  if (!isRef(startCell) || !isRef(selfCell)) return false;
  const start = words[startCell << 1];
  const object = words[selfCell << 1];
  if (kindOf(start) === Kind.type && kindOf(object) === Kind.type) return recordSuperOfClass(start, object);
  if (kindOf(start) !== Kind.type || kindOf(object) !== Kind.instance) return false;
  const type = typeOf(selfCell);
  const found = lookupAfter(type, start, words[pc + 4]);
  if (found === 0 || !isRef(found) || words[words[found << 1] << 1] !== T.function || !isSubtype(type, start))
    return false;
  const startRef = refOf(words[pc + 2]);
  const self = refOf(words[pc + 3]);
  guardIdentity(startRef, start);
  const unboxed = asRef(self);
  emit(U.guard_type, unboxed, 0, 0, type);
  dependOnType(type);
  setRegister(register, constantAt(found));
  setRegister(register + 1, unboxed);
  return true;
}

/** The same in a class method or `__new__`: a static method or builtin function behind the class in the mro of another. */
function recordSuperOfClass(start: number, cls: number): boolean {
  const { pc } = recording;
  const register = words[pc + 1];
  const cell = lookupAfter(cls, start, words[pc + 4]);
  if (cell === 0 || !isRef(cell) || !isSubtype(cls, start)) return false;
  const target = words[words[cell << 1] << 1];
  if (target !== T.staticmethod && target !== T.builtin_function_or_method) return false;
  guardIdentity(refOf(words[pc + 2]), start);
  guardIdentity(refOf(words[pc + 3]), cls);
  dependOnType(cls);
  setRegister(register, constantAt(target === T.staticmethod ? words[cell << 1] + (Wrapper.value >> 1) : cell));
  setRegister(register + 1, constValue(0, TAG_REF));
  return true;
}

/** STORE_ATTR: s, n, s. */
export function recordStoreAttribute(): boolean {
  const { pc } = recording;
  const ref = refOf(words[pc + 1]);
  const cell = cellOf(words[pc + 1]);
  const name = words[pc + 2];
  if (tagOf(ref, cell) !== Tag.ref) return false;
  const object = words[cell << 1];
  const type = words[(object << 1) + Header.type];
  if (kindOf(object) === Kind.type) return storeClassValue(ref, object, name);
  if (kindOf(object) !== Kind.instance || (words[(type << 1) + Type.flags] & TypeFlag.customSetattr) !== 0)
    return false;
  const classCell = lookup(type, name);
  if (classCell !== 0 && isRef(classCell) && words[words[classCell << 1] << 1] === T.member_descriptor) {
    if (!resolveMember(ref, object, type, Kind.instance, words[classCell << 1])) return false;
    storeField(asRef(ref), Instance.slots * 4 + found.slot * 8, refOf(words[pc + 3]));
    return true;
  }
  if (classCell !== 0 && !isPlainClassAttribute(classCell) && !isFunctionCell(classCell)) return false;
  const shape = words[(object << 1) + Instance.shape];
  if (words[(shape << 1) + Shape.dictionary] !== 0) return false;
  const slot = shapeFind(shape, name);
  const inline = words[(shape << 1) + Shape.inlineSlots];
  if (slot >= 0) {
    const value = refOf(words[pc + 3]);
    const unboxed = guardInstance(ref, object, type, Kind.instance);
    // box first: boxing may exit, and the store must be the instruction's only effect
    if (slot < inline) storeField(unboxed, Instance.slots * 4 + slot * 8, value);
    else storeItem(emit(U.load_word, unboxed, 0, 0, Instance.overflow * 4), constInt(slot - inline), value);
    return true;
  }
  if ((words[(type << 1) + Type.flags] & TypeFlag.hasDict) === 0) return false;
  const child = shapeAdd(shape, name);
  if (child === 0) return false;
  const added = words[(child << 1) + Shape.count] - 1;
  if (added >= inline) return false;
  const value = refOf(words[pc + 3]);
  const unboxed = guardInstance(ref, object, type, Kind.instance);
  storeField(unboxed, Instance.slots * 4 + added * 8, value);
  emit(U.store_word, unboxed, constRef(child), 0, Instance.shape * 4);
  return true;
}
function isFunctionCell(cell: number): boolean {
  return isRef(cell) && words[words[cell << 1] << 1] === T.function;
}

/** LOAD_SUBSCR on list, tuple and str: d, s, s. */
export function recordLoadSubscript(): boolean {
  const { pc } = recording;
  const ref = refOf(words[pc + 2]);
  const cell = cellOf(words[pc + 2]);
  const keyCell = cellOf(words[pc + 3]);
  const key = refOf(words[pc + 3]);
  if (tagOf(ref, cell) !== Tag.ref || tagOf(key, keyCell) !== Tag.int || !isRef(cell)) return false;
  const object = words[cell << 1];
  const type = words[object << 1];
  if (type !== T.list && type !== T.tuple && (type !== T.str || !isLatin1(object))) return false;
  const position = checkedIndex(ref, type, key, keyCell, object);
  if (position === 0) return false;
  const container = asRef(ref);
  if (type === T.list)
    setRegister(words[pc + 1], emit(U.load_item, emit(U.load_word, container, 0, 0, List.items * 4), position));
  else if (type === T.tuple) setRegister(words[pc + 1], emit(U.load_tuple_item, container, position));
  else {
    guardLatin1(container);
    setRegister(words[pc + 1], characterRef(container, position));
  }
  return true;
}

/** A position known to lie within the sequence (list, tuple, str: all have their size in the header), or 0. */
export function checkedIndex(ref: number, type: number, key: number, keyCell: number, object: number): number {
  const container = asRef(ref);
  emit(U.guard_type, container, 0, 0, type);
  let position = ir.type[key] === ir.Type.int ? key : emit(U.unbox_int, key);
  const size = emit(U.load_word_int, container, 0, 0, Header.aux * 4);
  const index = ((words[(keyCell << 1) + 1] << 16) >> 16) * 4294967296 + (words[keyCell << 1] >>> 0);
  const length = words[(object << 1) + Header.aux];
  if (index < 0) {
    if (index < -length) return 0;
    if (ir.op[position] !== U.const_int) emit(U.guard_less_int, position, constInt(0));
    position = emit(U.add_int, position, size);
  } else if (index >= length) return 0;
  emit(U.guard_index, position, size);
  return position;
}

/** STORE_SUBSCR on a list: s, s, s. */
export function recordStoreSubscript(): boolean {
  const { pc } = recording;
  const ref = refOf(words[pc + 1]);
  const cell = cellOf(words[pc + 1]);
  const key = refOf(words[pc + 2]);
  const keyCell = cellOf(words[pc + 2]);
  if (tagOf(ref, cell) !== Tag.ref || !isRef(cell) || tagOf(key, keyCell) !== Tag.int) return false;
  const object = words[cell << 1];
  if (words[object << 1] !== T.list) return false;
  const value = refOf(words[pc + 3]);
  const boxed = ir.type[value] === ir.Type.float ? value : asValue(value);
  const position = checkedIndex(ref, T.list, key, keyCell, object);
  if (position === 0) return false;
  storeItem(emit(U.load_word, asRef(ref), 0, 0, List.items * 4), position, boxed);
  return true;
}
