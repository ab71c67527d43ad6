/**
 * `__annotate__` and `__annotations__` of classes and modules, `__type_params__` of classes (PEP 649, 695). Both keep
 * them in their namespaces: a module under the very names, a class, whose subclasses must not inherit them, under names
 * of its own (`__annotate_func__`, `__annotations_cache__`), unless its body bound the plain ones.
 */
import { Fixed, T } from '../heap/fixed.ts';
import { Kind, MODULE_INITIALIZING, Module, Type, TypeFlag } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef, setSmallInt } from '../heap/values.ts';
import { findAttribute, raiseAttributeErrorFor } from './attributes.ts';
import { isCallable } from './builtins-types.ts';
import { requireHeapType } from './class-attributes.ts';
import { dictDeleteString, dictFindString, dictSetString, newDict } from './dicts.ts';
import { raiseTypeError } from './errors.ts';
import { call } from './invoke.ts';
import { N } from './names.ts';
import { getset } from './natives.ts';
import { truth } from './operations.ts';
import { intern } from './strings.ts';
import { kindAt, typeModified, typeName, typeNameOf } from './types.ts';

/** result = the dict that an annotate function gives for format VALUE. Calls Python. */
export function callAnnotate(annotate: number, result: number): void {
  const slots = pushSlots(1);
  setSmallInt(slots, 1);
  call(annotate, slots, 1, slots);
  if (kindAt(slots) !== Kind.dict) raiseTypeError(`__annotate__ returned non-dict of type '${typeName(slots)}'`);
  copyValue(result, slots);
  popSlots(1);
}

/** result = what the annotate function in a namespace's cell answers; an empty dict if there is none. */
function annotationsFrom(annotate: number, result: number): void {
  if (annotate === 0 || isNone(annotate)) setRef(result, newDict());
  else {
    const slot = pushSlots(1);
    copyValue(slot, annotate);
    callAnnotate(slot, result);
    popSlots(1);
  }
}
function isNone(slot: number): boolean {
  return isRef(slot) && refAt(slot) === Fixed.none;
}
function requireAnnotate(value: number): void {
  if (isNull(value)) raiseTypeError('cannot delete __annotate__ attribute');
  if (!isNone(value) && !isCallable(value)) raiseTypeError('__annotate__ must be callable or None');
}
function typeDict(object: number): number {
  return words[(refAt(object) << 1) + Type.dict];
}
/** Built-in types have no annotations at all. */
function requireAnnotated(object: number, name: number, text: string): void {
  const type = refAt(object);
  if ((words[(type << 1) + Type.flags] & TypeFlag.heapType) !== 0) return;
  raiseAttributeErrorFor(object, name, `type object '${typeNameOf(type)}' has no attribute '${text}'`);
}

// Classes
getset(
  T.type,
  '__annotate__',
  (object, result) => {
    requireAnnotated(object, N.__annotate__, '__annotate__');
    const dict = typeDict(object);
    const known = dictFindString(dict, N.__annotate__) || dictFindString(dict, N.__annotate_func__);
    if (known !== 0) {
      copyValue(result, known);
      return;
    }
    const none = pushSlots(1);
    setRef(none, Fixed.none);
    dictSetString(dict, N.__annotate_func__, none);
    popSlots(1);
    setRef(result, Fixed.none);
  },
  (object, value) => {
    requireHeapType(refAt(object), '__annotate__');
    requireAnnotate(value);
    dictSetString(typeDict(object), N.__annotate_func__, value);
    if (!isNone(value)) dictDeleteString(typeDict(object), N.__annotations_cache__);
    typeModified(refAt(object));
  },
);
getset(
  T.type,
  '__annotations__',
  (object, result) => {
    requireAnnotated(object, N.__annotations__, '__annotations__');
    const dict = typeDict(object);
    const known = dictFindString(dict, N.__annotations__) || dictFindString(dict, N.__annotations_cache__);
    if (known !== 0) {
      copyValue(result, known);
      return;
    }
    const slots = pushSlots(2);
    copyValue(slots, object);
    annotationsFrom(dictFindString(dict, N.__annotate__) || dictFindString(dict, N.__annotate_func__), slots + 1);
    dictSetString(typeDict(slots), N.__annotations_cache__, slots + 1);
    typeModified(refAt(slots));
    copyValue(result, slots + 1);
    popSlots(2);
  },
  (object, value) => {
    const type = refAt(object);
    requireHeapType(type, '__annotations__');
    const dict = typeDict(object);
    if (!isNull(value)) {
      const own = dictFindString(dict, N.__annotations__) !== 0;
      dictSetString(dict, own ? N.__annotations__ : N.__annotations_cache__, value);
    } else if (!dictDeleteString(dict, N.__annotations__) && !dictDeleteString(dict, N.__annotations_cache__)) {
      raiseAttributeErrorFor(object, N.__annotations__, '__annotations__');
    }
    dictDeleteString(dict, N.__annotate_func__);
    dictDeleteString(dict, N.__annotate__);
    typeModified(type);
  },
);
getset(
  T.type,
  '__type_params__',
  (object, result) => {
    const isHeapType = (words[(refAt(object) << 1) + Type.flags] & TypeFlag.heapType) !== 0;
    const known = isHeapType ? dictFindString(typeDict(object), N.__type_params__) : 0;
    if (known !== 0) copyValue(result, known);
    else setRef(result, Fixed.emptyTuple);
  },
  (object, value) => {
    const type = refAt(object);
    requireHeapType(type, '__type_params__');
    if (isNull(value)) {
      raiseTypeError(`cannot delete '__type_params__' attribute of immutable type '${typeNameOf(type)}'`);
    }
    dictSetString(typeDict(object), N.__type_params__, value);
    typeModified(type);
  },
);

// Modules
function moduleDict(object: number): number {
  return words[(refAt(object) << 1) + Module.dict];
}
/** Whether the module's body is being run for the first time, by the native importer or by importlib. May call Python. */
function isInitializing(module: number): boolean {
  if (words[(refAt(module) << 1) + Module.spare] === MODULE_INITIALIZING) return true;
  const spec = dictFindString(moduleDict(module), N.__spec__);
  if (spec === 0) return false;
  const slots = pushSlots(2);
  copyValue(slots, spec);
  const initializing = findAttribute(slots, intern('_initializing'), slots + 1) && truth(slots + 1);
  popSlots(2);
  return initializing;
}
getset(
  T.module,
  '__annotate__',
  (object, result) => {
    const known = dictFindString(moduleDict(object), N.__annotate__);
    if (known !== 0) {
      copyValue(result, known);
      return;
    }
    const none = pushSlots(1);
    setRef(none, Fixed.none);
    dictSetString(moduleDict(object), N.__annotate__, none);
    popSlots(1);
    setRef(result, Fixed.none);
  },
  (object, value) => {
    requireAnnotate(value);
    dictSetString(moduleDict(object), N.__annotate__, value);
    if (!isNone(value)) dictDeleteString(moduleDict(object), N.__annotations__);
  },
);
getset(
  T.module,
  '__annotations__',
  (object, result) => {
    const known = dictFindString(moduleDict(object), N.__annotations__);
    if (known !== 0) {
      copyValue(result, known);
      return;
    }
    const slots = pushSlots(2);
    copyValue(slots, object);
    annotationsFrom(dictFindString(moduleDict(object), N.__annotate__), slots + 1);
    // while its body runs there may be more to come
    if (!isInitializing(slots)) dictSetString(moduleDict(slots), N.__annotations__, slots + 1);
    copyValue(result, slots + 1);
    popSlots(2);
  },
  (object, value) => {
    const dict = moduleDict(object);
    if (!isNull(value)) dictSetString(dict, N.__annotations__, value);
    else if (!dictDeleteString(dict, N.__annotations__)) {
      raiseAttributeErrorFor(object, N.__annotations__, '__annotations__');
    }
    dictDeleteString(dict, N.__annotate__);
  },
);
