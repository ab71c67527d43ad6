/**
 * Attribute access, the whole protocol: data descriptors, own attributes, other class attributes, `__getattr__` and
 * `__getattribute__`, attributes of classes (through the metaclass), of modules and of super objects.
 *
 * Everything takes slots (rooted) and names that are interned. `getAttribute` raises AttributeError, `findAttribute`
 * answers false instead; both may call Python. How an access could be cached is told by attribute-access.ts.
 */
import { DeclaredTypes, Fixed, State, T } from '../heap/fixed.ts';
import {
  Exception,
  FunctionObject,
  GetSet,
  Kind,
  Method,
  Module,
  Native,
  Property,
  Super,
  Type,
  TypeFlag,
  Wrapper,
} from '../heap/layouts.ts';
import { allocate, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setNull, setRef, TAG_REF } from '../heap/values.ts';
import { dictDeleteString, dictFindString, dictSetString } from './dicts.ts';
import {
  allocateException,
  clearRaised,
  matchesRaised,
  raiseAttributeError,
  raiseTypeError,
  throwException,
} from './errors.ts';
import { call } from './invoke.ts';
import { N } from './names.ts';
import { nativeTable } from './natives.ts';
import { dictOf, makeDictOf, memberCell } from './object-dicts.ts';
import { missingInModule } from './shadowing.ts';
import { instanceDelete, instanceFind, instanceSet } from './shapes.ts';
import { internRef, isStr, newString, stringOf } from './strings.ts';
import { newTuple, tupleItem } from './tuples.ts';
import {
  fullTypeName,
  inheritsNative,
  isNativeMethod,
  isSubtype,
  lookup,
  lookupAfter,
  typeModified,
  typeName,
  typeNameOf,
  typeOf,
  typeValueModified,
} from './types.ts';

/** What a class attribute does when it is read through an instance. */
export enum Descriptor {
  /** yields itself */
  none,
  /** a Python function: binds to the instance */
  function,
  /** a native of a type: binds to the instance */
  native,
  property,
  staticMethod,
  classMethod,
  /** getset and member descriptors */
  getset,
  /** has `__get__`; is a data descriptor if it also has `__set__` or `__delete__` */
  custom,
  /** has `__set__` or `__delete__`, but no `__get__` */
  customSetOnly,
}

/** Classifies the class attribute that lies in a cell. Never calls Python. */
export function descriptorAt(cell: number): Descriptor {
  if (words[(cell << 1) + 1] !== TAG_REF) return Descriptor.none;
  const type = words[words[cell << 1] << 1];
  switch (type) {
    case T.function:
      return Descriptor.function;
    case T.wrapper_descriptor:
    case T.method_descriptor:
      return Descriptor.native;
    case T.property:
      return Descriptor.property;
    case T.staticmethod:
      return Descriptor.staticMethod;
    case T.classmethod:
    case T.classmethod_descriptor:
      return Descriptor.classMethod;
    case T.getset_descriptor:
    case T.member_descriptor:
      return Descriptor.getset;
  }
  if (type < DeclaredTypes.first) return type === T.super ? Descriptor.custom : Descriptor.none;
  if (lookup(type, N.__get__) !== 0) return Descriptor.custom;
  if (lookup(type, N.__set__) !== 0 || lookup(type, N.__delete__) !== 0) return Descriptor.customSetOnly;
  return Descriptor.none;
}

/** True if the class attribute in a cell takes precedence over the instance's own attributes when it is read. */
export function isDataDescriptor(descriptor: Descriptor, cell: number): boolean {
  switch (descriptor) {
    case Descriptor.property:
    case Descriptor.getset:
      return true;
    case Descriptor.custom: {
      const type = words[words[cell << 1] << 1];
      return lookup(type, N.__set__) !== 0 || lookup(type, N.__delete__) !== 0;
    }
  }
  return false;
}

/** result = the bound method of a function (or any callable) and self. Allocates only. */
export function bindMethod(functionCell: number, self: number, result: number): void {
  const ref = allocate(3);
  words[ref << 1] = T.method;
  words[(ref << 1) + 1] = 0;
  copyValue(ref + (Method.function >> 1), functionCell);
  copyValue(ref + (Method.self >> 1), self);
  setRef(result, ref);
}
/** result = a native method bound to self. Allocates only. */
export function bindNative(native: number, self: number, result: number): void {
  const ref = allocate(3);
  const word = ref << 1;
  words[word] = words[native << 1] === T.wrapper_descriptor ? T.method_wrapper : T.builtin_function_or_method;
  words[word + Native.number] = words[(native << 1) + Native.number];
  copyValue(ref + (Native.self >> 1), self);
  words[word + Native.name] = words[(native << 1) + Native.name];
  words[word + Native.owner] = words[(native << 1) + Native.owner];
  setRef(result, ref);
}

/** result = what the class attribute in `cell` yields for an instance. May call Python. */
export function descriptorGet(
  descriptor: Descriptor,
  cell: number,
  object: number,
  type: number,
  result: number,
): boolean {
  switch (descriptor) {
    case Descriptor.none:
    case Descriptor.customSetOnly:
      copyValue(result, cell);
      return true;
    case Descriptor.function:
      bindMethod(cell, object, result);
      return true;
    case Descriptor.native:
      bindNative(refAt(cell), object, result);
      return true;
    case Descriptor.staticMethod:
      copyValue(result, refAt(cell) + (Wrapper.value >> 1));
      return true;
    case Descriptor.classMethod:
      bindToType(refAt(cell) + (Wrapper.value >> 1), type, result);
      return true;
    case Descriptor.property:
      propertyGet(refAt(cell), object, result);
      return true;
    case Descriptor.getset:
      return getsetGet(refAt(cell), object, result);
    case Descriptor.custom:
      customGet(cell, object, type, result);
      return true;
  }
}

/** result = class method `function` bound to a type. */
function bindToType(functionCell: number, type: number, result: number): void {
  const self = pushSlots(2);
  setRef(self, type);
  copyValue(self + 1, functionCell);
  if (isRef(self + 1) && isNativeMethod(words[refAt(self + 1) << 1])) bindNative(refAt(self + 1), self, result);
  else bindMethod(self + 1, self, result);
  popSlots(2);
}

function propertyGet(property: number, object: number, result: number): void {
  const getter = property + (Property.getter >> 1);
  if (!isNull(getter)) call(getter, object, 1, result);
  else raisePropertyError(property, object, 'getter');
}
function raisePropertyError(property: number, object: number, what: string): never {
  const name = property + (Property.name >> 1);
  const described = isRef(name) && isStr(name) ? ` '${stringOf(refAt(name))}'` : '';
  const owner = stringOf(words[(typeOf(object) << 1) + Type.qualname]);
  raiseAttributeError(`property${described} of '${owner}' object has no ${what}`);
}

/** result = descriptor.__get__(object, type); `object` 0: None. */
function customGet(cell: number, object: number, type: number, result: number): void {
  const base = pushSlots(4);
  copyValue(base + 1, cell);
  if (object === 0) setRef(base + 2, Fixed.none);
  else copyValue(base + 2, object);
  setRef(base + 3, type);
  copyValue(base, lookup(typeOf(base + 1), N.__get__));
  call(base, base + 1, 3, result);
  popSlots(4);
}

/** Reads a getset or member descriptor; false: the member is unset. */
export function getsetGet(descriptor: number, object: number, result: number): boolean {
  const getter = words[(descriptor << 1) + GetSet.getter];
  const owner = words[(descriptor << 1) + GetSet.owner];
  if (typeOf(object) !== owner && !isSubtype(typeOf(object), owner)) wrongDescriptor(descriptor, object);
  if (getter < 0) {
    const cell = memberCell(refAt(object), -getter - 1);
    if (isNull(cell)) return false;
    copyValue(result, cell);
    return true;
  }
  if (getter === 0)
    raiseAttributeError(`attribute '${stringOf(words[(descriptor << 1) + GetSet.name])}' is not readable`);
  nativeTable[getter].routine(object, result);
  return true;
}
function wrongDescriptor(descriptor: number, object: number): never {
  const name = stringOf(words[(descriptor << 1) + GetSet.name]);
  const owner = typeNameOf(words[(descriptor << 1) + GetSet.owner]);
  raiseTypeError(`descriptor '${name}' for '${owner}' objects doesn't apply to a '${typeName(object)}' object`);
}

/** The cell of an object's own attribute (no class looked at), or 0. Kind.type excepted. Never calls Python. */
export function ownAttribute(object: number, type: number, name: number): number {
  switch (words[(type << 1) + Type.kind]) {
    case Kind.instance:
      return instanceFind(refAt(object), name);
    case Kind.module:
      return dictFindString(words[(refAt(object) << 1) + Module.dict], name);
    case Kind.function: {
      const dict = words[(refAt(object) << 1) + FunctionObject.dict];
      return dict === 0 ? 0 : dictFindString(dict, name);
    }
  }
  if ((words[(type << 1) + Type.flags] & TypeFlag.hasDict) === 0) return 0;
  const dict = dictOf(refAt(object));
  return dict === 0 ? 0 : dictFindString(dict, name);
}

/**
 * object.__getattribute__ and its kin for classes, modules and super objects, without custom hooks of Python classes:
 * false if there is no such attribute. May call Python (descriptors) and raise what that raises.
 */
export function genericAttribute(object: number, name: number, result: number): boolean {
  const type = typeOf(object);
  switch (words[(type << 1) + Type.kind]) {
    case Kind.type:
      return typeAttribute(object, type, name, result);
    case Kind.super:
      if (superAttribute(refAt(object), name, result)) return true;
      break;
    case Kind.module:
      return moduleAttribute(object, type, name, result);
    case Kind.method:
      // what a bound method lacks is its function's
      if (objectAttribute(object, type, name, result)) return true;
      return attribute(refAt(object) + (Method.function >> 1), name, result);
    case Kind.wrapper:
      if (objectAttribute(object, type, name, result)) return true;
      if (!isForwarded(name) || !attribute(refAt(object) + (Wrapper.value >> 1), name, result)) return false;
      // annotations may be changed, which is not to change the function's
      if ((name === N.__annotations__ || name === N.__annotate__) && type !== T.classmethod_descriptor) {
        dictSetString(makeDictOf(refAt(object)), name, result);
      }
      return true;
  }
  return objectAttribute(object, type, name, result);
}
/** Attributes that a staticmethod or classmethod takes over from what it wraps. */
function isForwarded(name: number): boolean {
  return (
    name === N.__name__ ||
    name === N.__qualname__ ||
    name === N.__module__ ||
    name === N.__doc__ ||
    name === N.__annotations__ ||
    name === N.__annotate__ ||
    name === N.__type_params__
  );
}

function objectAttribute(object: number, type: number, name: number, result: number): boolean {
  const cell = lookup(type, name);
  if (cell === 0) {
    const own = ownAttribute(object, type, name);
    if (own === 0) return false;
    copyValue(result, own);
    return true;
  }
  const descriptor = descriptorAt(cell);
  if (!isDataDescriptor(descriptor, cell)) {
    const own = ownAttribute(object, type, name);
    if (own !== 0) {
      copyValue(result, own);
      return true;
    }
  }
  return descriptorGet(descriptor, cell, object, type, result);
}

function moduleAttribute(object: number, type: number, name: number, result: number): boolean {
  if (objectAttribute(object, type, name, result)) return true;
  const hook = dictFindString(words[(refAt(object) << 1) + Module.dict], N.__getattr__);
  if (hook === 0) return false;
  const base = pushSlots(2);
  copyValue(base, hook);
  setRef(base + 1, name);
  call(base, base + 1, 1, result);
  popSlots(2);
  return true;
}

/** type.__getattribute__: attribute of the class in slot `object`, whose metaclass is `metatype`. */
function typeAttribute(object: number, metatype: number, name: number, result: number): boolean {
  const type = refAt(object);
  const metaCell = lookup(metatype, name);
  let metaDescriptor = Descriptor.none;
  if (metaCell !== 0) {
    metaDescriptor = descriptorAt(metaCell);
    if (isDataDescriptor(metaDescriptor, metaCell))
      return descriptorGet(metaDescriptor, metaCell, object, metatype, result);
  }
  const cell = lookup(type, name);
  if (cell !== 0) {
    typeAttributeValue(cell, type, result);
    return true;
  }
  if (metaCell === 0) return false;
  return descriptorGet(metaDescriptor, metaCell, object, metatype, result);
}

/** result = what the class attribute in `cell` yields when read through the class itself: `__get__(None, type)`. */
function typeAttributeValue(cell: number, type: number, result: number): void {
  switch (descriptorAt(cell)) {
    case Descriptor.staticMethod:
      copyValue(result, refAt(cell) + (Wrapper.value >> 1));
      return;
    case Descriptor.classMethod:
      bindToType(refAt(cell) + (Wrapper.value >> 1), type, result);
      return;
    case Descriptor.custom:
      customGet(cell, 0, type, result);
      return;
  }
  copyValue(result, cell);
}

/** Attribute of a super object; `__class__` and what is not found are looked up on the super object itself. */
function superAttribute(ref: number, name: number, result: number): boolean {
  if (name === N.__class__) return false;
  const start = words[(ref << 1) + Super.start];
  const objectType = words[(ref << 1) + Super.objectType];
  if (objectType === 0) return false;
  return superLookup(start, objectType, ref + (Super.object >> 1), name, result);
}

/**
 * result = super(start, object).name, where `objectType` is the class whose mro is searched. False if not found. May
 * call Python.
 */
export function superLookup(start: number, objectType: number, object: number, name: number, result: number): boolean {
  const cell = lookupAfter(objectType, start, name);
  if (cell === 0) return false;
  if (isRef(object) && refAt(object) === objectType) {
    typeAttributeValue(cell, objectType, result);
    return true;
  }
  return descriptorGet(descriptorAt(cell), cell, object, objectType, result);
}

/** The full protocol; false if nothing is found. Also may raise AttributeError, out of Python code. */
function attribute(object: number, name: number, result: number): boolean {
  const type = typeOf(object);
  const flags = words[(type << 1) + Type.flags];
  if ((flags & (TypeFlag.customGetattribute | TypeFlag.hasGetattr)) === 0) {
    try {
      return genericAttribute(object, name, result);
    } catch (error) {
      noteMissing(error, object, name);
      throw error;
    }
  }
  // The result may overwrite the object's slot before __getattr__ needs it.
  const base = pushSlots(4);
  copyValue(base + 1, object);
  setRef(base + 2, name);
  // the class may lose it meanwhile
  if ((flags & TypeFlag.hasGetattr) !== 0) copyValue(base + 3, lookup(type, N.__getattr__));
  let found: boolean;
  try {
    if ((flags & TypeFlag.customGetattribute) !== 0) {
      callHook(base, lookup(type, N.__getattribute__), result);
      found = true;
    } else found = genericAttribute(object, name, result);
  } catch (error) {
    if ((flags & TypeFlag.hasGetattr) === 0 || !matchesRaised(error, T.AttributeError)) {
      noteMissing(error, base + 1, name);
      throw error;
    }
    clearRaised();
    words[State.stackTop] = base + 4;
    found = false;
  }
  if (!found && (flags & TypeFlag.hasGetattr) !== 0) {
    try {
      callHook(base, base + 3, result);
    } catch (error) {
      noteMissing(error, base + 1, name);
      throw error;
    }
    found = true;
  }
  popSlots(4);
  return found;
}

/** An AttributeError that Python code raised without saying so is about `name` of `object`: for suggestions. */
function noteMissing(error: unknown, object: number, name: number): void {
  if (matchesRaised(error, T.AttributeError)) noteAttribute(words[State.raised], object, name);
}

/** Gives an AttributeError its `name` and `obj` unless it has one of them. Allocates. */
export function noteAttribute(exception: number, object: number, name: number): void {
  const cell = exception + (Exception.value >> 1);
  if (!isNull(cell) && !(isNull(tupleItem(refAt(cell), 0)) && isNull(tupleItem(refAt(cell), 1)))) return;
  const fields = newTuple(2);
  setRef(tupleItem(fields, 0), name);
  copyValue(tupleItem(fields, 1), object);
  setRef(cell, fields);
}

/** result = base+1 .hook(base+2), the hook being the class attribute in `cell`. */
function callHook(base: number, cell: number, result: number): void {
  const descriptor = descriptorAt(cell);
  if (descriptor === Descriptor.function || descriptor === Descriptor.native) {
    copyValue(base, cell);
    call(base, base + 1, 2, result);
  } else {
    descriptorGet(descriptor, cell, base + 1, typeOf(base + 1), base);
    call(base, base + 2, 1, result);
  }
}

/** result = object.name; AttributeError if there is none. May call Python. */
export function getAttribute(object: number, name: number, result: number): void {
  if (!attribute(object, name, result)) raiseNoAttribute(object, name);
}

/** Like getAttribute, but false instead of AttributeError, whoever raises it. Other exceptions pass. */
export function findAttribute(object: number, name: number, result: number): boolean {
  const top = words[State.stackTop];
  const type = typeOf(object);
  if (
    words[(type << 1) + Type.kind] === Kind.instance &&
    (words[(type << 1) + Type.flags] & (TypeFlag.customGetattribute | TypeFlag.hasGetattr)) === 0 &&
    lookup(type, name) === 0
  ) {
    const own = instanceFind(refAt(object), name);
    if (own !== 0) copyValue(result, own);
    return own !== 0;
  }
  try {
    return attribute(object, name, result);
  } catch (error) {
    if (!matchesRaised(error, T.AttributeError)) throw error;
    clearRaised();
    words[State.stackTop] = top;
    return false;
  }
}

/** An AttributeError with its message, `name` and `obj`. Reused for what has another message. */
export function raiseAttributeErrorFor(object: number, name: number, message: string): never {
  const exception = allocateException(T.AttributeError);
  const args = newTuple(1);
  setRef(tupleItem(args, 0), newString(message));
  words[(exception << 1) + 2] = args;
  // payload: a pair name, obj (exceptions.ts)
  const payload = newTuple(2);
  setRef(tupleItem(payload, 0), name);
  copyValue(tupleItem(payload, 1), object);
  setRef(exception + 4, payload);
  throwException(exception);
}

/** AttributeError in CPython's words for an object that has no such attribute. */
export function raiseNoAttribute(object: number, name: number): never {
  const text = stringOf(name);
  const type = typeOf(object);
  switch (words[(type << 1) + Type.kind]) {
    case Kind.method:
      // it was the function that lacked it
      return raiseNoAttribute(refAt(object) + (Method.function >> 1), name);
    case Kind.type:
      return raiseAttributeErrorFor(
        object,
        name,
        `type object '${typeNameOf(refAt(object))}' has no attribute '${text}'`,
      );
    case Kind.module: {
      const message = missingInModule(refAt(object), text);
      if (message !== null) return raiseAttributeErrorFor(object, name, message);
      return raiseAttributeErrorFor(object, name, `module has no attribute '${text}'`);
    }
  }
  // an unset member of __slots__ is told with the whole name of the class
  const cell = lookup(type, name);
  const isMember = cell !== 0 && isRef(cell) && words[refAt(cell) << 1] === T.member_descriptor;
  const owner = isMember ? fullTypeName(object) : typeNameOf(type);
  return raiseAttributeErrorFor(object, name, `'${owner}' object has no attribute '${text}'`);
}

/**
 * For a call of object.name: base = function and base+1 = self, or base = the attribute and base+1 = NULL. AttributeError
 * if there is none. May call Python. `base` or `base + 1` may be the slot of the object.
 */
export function loadMethod(object: number, name: number, base: number): void {
  const type = typeOf(object);
  const kind: Kind = words[(type << 1) + Type.kind];
  if ((words[(type << 1) + Type.flags] & (TypeFlag.customGetattribute | TypeFlag.hasGetattr)) === 0) {
    if (kind === Kind.type) {
      if (lookup(type, name) === 0) {
        const cell = lookup(refAt(object), name);
        if (cell !== 0 && loadUnbound(cell, 0, refAt(object), base)) return;
      }
    } else if (kind !== Kind.module && kind !== Kind.super) {
      const cell = lookup(type, name);
      if (cell !== 0 && ownAttribute(object, type, name) === 0 && loadUnbound(cell, object, type, base)) return;
    }
    // not getAttribute(): an AttributeError out of a property keeps its missing `name` and `obj`
    if (!genericAttribute(object, name, base)) raiseNoAttribute(object, name);
  } else getAttribute(object, name, base);
  setNull(base + 1);
}

/**
 * Function and self of the class attribute in `cell` without making a bound method, if it is a function or a static or
 * class method. `object` 0: read through the class itself.
 */
function loadUnbound(cell: number, object: number, type: number, base: number): boolean {
  switch (descriptorAt(cell)) {
    case Descriptor.function:
    case Descriptor.native:
      if (object === 0) setNull(base + 1);
      else copyValue(base + 1, object);
      copyValue(base, cell);
      return true;
    case Descriptor.staticMethod:
      copyValue(base, refAt(cell) + (Wrapper.value >> 1));
      setNull(base + 1);
      return true;
    case Descriptor.classMethod:
      copyValue(base, refAt(cell) + (Wrapper.value >> 1));
      setRef(base + 1, type);
      return true;
  }
  return false;
}

/**
 * Special method lookup, on the type only: base = function and base+1 = self, or base = callable and base+1 = NULL;
 * false if the type has none. `base` may be the object's own slot. May call Python (descriptors).
 */
export function findMethod(object: number, name: number, base: number): boolean {
  const type = typeOf(object);
  const cell = lookup(type, name);
  if (cell === 0) return false;
  const descriptor = descriptorAt(cell);
  if (descriptor === Descriptor.function || descriptor === Descriptor.native) {
    copyValue(base + 1, object);
    copyValue(base, cell);
    return true;
  }
  if (!descriptorGet(descriptor, cell, object, type, base)) return false;
  setNull(base + 1);
  return true;
}

/** object.name = value. May call Python; AttributeError or TypeError if it cannot be set. */
export function setAttribute(object: number, name: number, value: number): void {
  const type = typeOf(object);
  if ((words[(type << 1) + Type.flags] & TypeFlag.customSetattr) !== 0) {
    const cell = lookup(type, N.__setattr__);
    if (!inheritsNative(type, N.__setattr__, T.object)) {
      const base = pushSlots(5);
      setRef(base + 3, name);
      copyValue(base + 4, value);
      callSetHook(cell, object, type, base, 2);
      return;
    }
  }
  genericSetAttribute(object, name, value);
}

/** del object.name. */
export function deleteAttribute(object: number, name: number): void {
  const type = typeOf(object);
  if ((words[(type << 1) + Type.flags] & TypeFlag.customSetattr) !== 0) {
    const cell = lookup(type, N.__delattr__);
    if (!inheritsNative(type, N.__delattr__, T.object)) {
      const base = pushSlots(4);
      setRef(base + 3, name);
      callSetHook(cell, object, type, base, 1);
      return;
    }
  }
  genericSetAttribute(object, name, 0);
}

/** Calls a `__setattr__` or `__delattr__` whose arguments lie from base+3 on; gives back the slots from base on. */
function callSetHook(cell: number, object: number, type: number, base: number, count: number): void {
  const descriptor = descriptorAt(cell);
  copyValue(base + 2, object);
  if (descriptor === Descriptor.function) {
    copyValue(base + 1, cell);
    call(base + 1, base + 2, count + 1, base);
  } else {
    descriptorGet(descriptor, cell, base + 2, type, base + 1);
    call(base + 1, base + 3, count, base);
  }
  words[State.stackTop] = base;
}

/** object.__setattr__ (value 0: __delattr__) and its kin for classes, without custom hooks. */
export function genericSetAttribute(object: number, name: number, value: number): void {
  const type = typeOf(object);
  const cell = lookup(type, name);
  if (cell !== 0 && descriptorSet(cell, object, name, value)) return;
  switch (words[(type << 1) + Type.kind]) {
    case Kind.instance:
      if ((words[(type << 1) + Type.flags] & TypeFlag.hasDict) === 0) break;
      if (value !== 0) instanceSet(refAt(object), name, value);
      else if (!instanceDelete(refAt(object), name)) raiseUndeletable(type, name);
      return;
    case Kind.type:
      setTypeAttribute(object, name, value);
      return;
    default: {
      if ((words[(type << 1) + Type.flags] & TypeFlag.hasDict) === 0) break;
      if (value !== 0) dictSetString(makeDictOf(refAt(object)), name, value);
      else {
        const dict = dictOf(refAt(object));
        if (dict === 0 || !dictDeleteString(dict, name)) {
          raiseAttributeErrorFor(object, name, `'${typeNameOf(type)}' object has no attribute '${stringOf(name)}'`);
        }
      }
      return;
    }
  }
  const text = stringOf(name);
  if (cell !== 0) raiseAttributeErrorFor(object, name, `'${typeNameOf(type)}' object attribute '${text}' is read-only`);
  raiseAttributeErrorFor(
    object,
    name,
    `'${typeNameOf(type)}' object has no attribute '${text}' and no __dict__ for setting new attributes`,
  );
}

/** AttributeError for an attribute that is not there to be deleted: this one has no `name` and `obj`. */
function raiseUndeletable(type: number, name: number): never {
  raiseAttributeError(`'${typeNameOf(type)}' object has no attribute '${stringOf(name)}'`);
}

/** Sets (value 0: deletes) through a data descriptor; false if the class attribute in `cell` is none. */
function descriptorSet(cell: number, object: number, name: number, value: number): boolean {
  const descriptor = descriptorAt(cell);
  switch (descriptor) {
    case Descriptor.property: {
      const property = refAt(cell);
      const accessor = property + ((value === 0 ? Property.deleter : Property.setter) >> 1);
      if (isNull(accessor)) raisePropertyError(property, object, value === 0 ? 'deleter' : 'setter');
      const base = pushSlots(4);
      copyValue(base + 1, accessor);
      copyValue(base + 2, object);
      if (value !== 0) copyValue(base + 3, value);
      call(base + 1, base + 2, value === 0 ? 1 : 2, base);
      popSlots(4);
      return true;
    }
    case Descriptor.getset:
      getsetSet(refAt(cell), object, name, value);
      return true;
    case Descriptor.custom:
    case Descriptor.customSetOnly: {
      const type = words[refAt(cell) << 1];
      const setter = lookup(type, value === 0 ? N.__delete__ : N.__set__);
      if (setter === 0) {
        if (lookup(type, value === 0 ? N.__set__ : N.__delete__) === 0) return false;
        raiseAttributeError(value === 0 ? '__delete__' : '__set__');
      }
      const base = pushSlots(5);
      copyValue(base + 1, setter);
      copyValue(base + 2, cell);
      copyValue(base + 3, object);
      if (value !== 0) copyValue(base + 4, value);
      call(base + 1, base + 2, value === 0 ? 2 : 3, base);
      popSlots(5);
      return true;
    }
  }
  return false;
}

/** Writes (value 0: deletes) through a getset or member descriptor. */
export function getsetSet(descriptor: number, object: number, name: number, value: number): void {
  const owner = words[(descriptor << 1) + GetSet.owner];
  if (typeOf(object) !== owner && !isSubtype(typeOf(object), owner)) wrongDescriptor(descriptor, object);
  const getter = words[(descriptor << 1) + GetSet.getter];
  if (getter < 0) {
    const cell = memberCell(refAt(object), -getter - 1);
    if (value !== 0) copyValue(cell, value);
    else if (isNull(cell)) raiseAttributeError(stringOf(name));
    else setNull(cell);
    return;
  }
  const setter = nativeTable[getter].setter;
  if (setter === null) {
    if (words[descriptor << 1] === T.member_descriptor) raiseAttributeError('readonly attribute');
    raiseAttributeError(`attribute '${stringOf(name)}' of '${typeNameOf(owner)}' objects is not writable`);
  }
  if (value !== 0) {
    setter(object, value);
    return;
  }
  const empty = pushSlots(1);
  setter(object, empty);
  popSlots(1);
}

/** type.__setattr__ behind the descriptors: value 0 deletes. */
function setTypeAttribute(object: number, name: number, value: number): void {
  const type = refAt(object);
  const dict = words[(type << 1) + Type.dict];
  if ((words[(type << 1) + Type.flags] & TypeFlag.heapType) === 0) {
    raiseTypeError(`cannot set '${stringOf(name)}' attribute of immutable type '${typeNameOf(type)}'`);
  }
  if (value !== 0) {
    const old = dictFindString(dict, name);
    if (old !== 0 && !isRef(old) && !isRef(value)) {
      copyValue(old, value);
      typeValueModified(type, name);
      return;
    }
    dictSetString(dict, name, value);
  } else if (!dictDeleteString(dict, name)) raiseNoAttribute(object, name);
  typeModified(type, name);
}

/** The interned str of an attribute name given as a value; TypeError if it is no str. */
export function attributeName(slot: number): number {
  if (!isStr(slot)) raiseTypeError(`attribute name must be string, not '${typeName(slot)}'`);
  return internRef(refAt(slot));
}
