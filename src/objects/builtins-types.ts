/**
 * Builtin functions over types and attributes: isinstance, issubclass, getattr and its kin, callable, dir, vars, id, hash,
 * repr, `__build_class__`; and what else the builtins module holds: the types, the constants.
 */
import { builtinExceptionBases, builtinTypeKinds, Fixed, State, T } from '../heap/fixed.ts';
import { Frame, Kind, Tuple, Type, TypeFlag } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef } from '../heap/values.ts';
import { attributeName, deleteAttribute, findAttribute, getAttribute, setAttribute } from './attributes.ts';
import { plainIsInstance, plainIsSubclass } from './class-attributes.ts';
import { buildClass, currentGlobals } from './classes.ts';
import { dictSetString } from './dicts.ts';
import { raiseTypeError } from './errors.ts';
import { keysList } from './instances.ts';
import { setBigInt, setBool, setInt } from './integers.ts';
import { callMethod, callSpecial } from './invoke.ts';
import { listAppend, newList } from './lists.ts';
import { registerModule } from './modules.ts';
import { N } from './names.ts';
import { natives } from './natives.ts';
import { hashOf, iterate, next, repr, truth } from './operations.ts';
import { intern } from './strings.ts';
import { tupleItem } from './tuples.ts';
import { inheritsNative, isType, kindAt, lookup, typeOf } from './types.ts';

/**
 * What an abstract class is known to answer about a type, where its metaclass asks what ABCMeta asks; null: to be asked.
 * Installed by modules/abc.ts. Never calls Python.
 */
let abstractAnswer: (hook: number, classSlot: number, type: number) => boolean | null = () => null;
export function setAbstractAnswer(answer: (hook: number, classSlot: number, type: number) => boolean | null): void {
  abstractAnswer = answer;
}
/** True for an object whose `__class__` is its type, as it is unless the class goes out of its way. */
function hasPlainClass(type: number): boolean {
  return (
    (words[(type << 1) + Type.flags] & TypeFlag.customGetattribute) === 0 &&
    lookup(type, N.__class__) === lookup(T.object, N.__class__)
  );
}

/** isinstance(object, classSlot): also tuples of classes and unions. May call Python. */
export function isInstance(object: number, classSlot: number): boolean {
  if (isRef(classSlot) && typeOf(object) === refAt(classSlot)) return true;
  const metatype = typeOf(classSlot);
  if (metatype === T.type) return plainIsInstance(object, classSlot);
  if (kindAt(classSlot) === Kind.tuple) {
    const tuple = refAt(classSlot);
    const count = words[(tuple << 1) + Tuple.size];
    for (let i = 0; i < count; i++) if (isInstance(object, tupleItem(tuple, i))) return true;
    return false;
  }
  const known = abstractAnswer(lookup(metatype, N.__instancecheck__), classSlot, typeOf(object));
  if (known !== null && hasPlainClass(typeOf(object))) return known;
  return checkHook(N.__instancecheck__, object, classSlot) ?? plainIsInstance(object, classSlot);
}
/** issubclass(derived, classSlot). */
export function isSubclass(derived: number, classSlot: number): boolean {
  const metatype = typeOf(classSlot);
  if (metatype === T.type) {
    if (isRef(derived) && refAt(derived) === refAt(classSlot)) return true;
    return plainIsSubclass(derived, classSlot);
  }
  if (kindAt(classSlot) === Kind.tuple) {
    const tuple = refAt(classSlot);
    const count = words[(tuple << 1) + Tuple.size];
    for (let i = 0; i < count; i++) if (isSubclass(derived, tupleItem(tuple, i))) return true;
    return false;
  }
  if (isType(derived)) {
    const known = abstractAnswer(lookup(metatype, N.__subclasscheck__), classSlot, refAt(derived));
    if (known !== null) return known;
  }
  return checkHook(N.__subclasscheck__, derived, classSlot) ?? plainIsSubclass(derived, classSlot);
}
/** The answer of a `__instancecheck__` or `__subclasscheck__` other than type's own; null without one. */
function checkHook(name: number, object: number, classSlot: number): boolean | null {
  const metatype = typeOf(classSlot);
  if (lookup(metatype, name) === 0 || inheritsNative(metatype, name, T.type)) return null;
  const answer = pushSlots(1);
  callSpecial(classSlot, name, object, 1, answer);
  const found = truth(answer);
  popSlots(1);
  return found;
}

/** result = id(object): the byte offset of an object, the bits of an immediate. */
export function setIdentity(object: number, result: number): void {
  if (isRef(object)) setInt(result, refAt(object) * 8);
  else {
    const high = BigInt(words[(object << 1) + 1] >>> 0);
    setBigInt(result, (high << 32n) | BigInt(words[object << 1] >>> 0));
  }
}

/** True if calling the value can do anything but raise "not callable". */
export function isCallable(object: number): boolean {
  switch (kindAt(object)) {
    case Kind.function:
    case Kind.method:
    case Kind.native:
    case Kind.type:
      return true;
  }
  return lookup(typeOf(object), N.__call__) !== 0;
}

natives('builtins', {
  'isinstance(obj, class_or_tuple, /)': (args, result) => setBool(result, isInstance(args, args + 1)),
  'issubclass(cls, class_or_tuple, /)': (args, result) => setBool(result, isSubclass(args, args + 1)),
  'getattr(object, name, default=..., /)': (args, result) => {
    const name = attributeName(args + 1);
    if (isNull(args + 2)) getAttribute(args, name, result);
    else if (!findAttribute(args, name, result)) copyValue(result, args + 2);
  },
  'hasattr(obj, name, /)': (args, result) => {
    const name = attributeName(args + 1);
    const ignored = pushSlots(1);
    setBool(result, findAttribute(args, name, ignored));
    popSlots(1);
  },
  'setattr(obj, name, value, /)': (args, result) => {
    setAttribute(args, attributeName(args + 1), args + 2);
    setRef(result, Fixed.none);
  },
  'delattr(obj, name, /)': (args, result) => {
    deleteAttribute(args, attributeName(args + 1));
    setRef(result, Fixed.none);
  },
  'callable(obj, /)': (args, result) => setBool(result, isCallable(args)),
  'id(obj, /)': (args, result) => setIdentity(args, result),
  'hash(obj, /)': (args, result) => hashOf(args, result),
  'repr(obj, /)': (args, result) => setRef(result, repr(args)),
  'vars(object=..., /)': (args, result) => {
    if (isNull(args)) currentLocals(result);
    else if (!findAttribute(args, N.__dict__, result)) raiseTypeError('vars() argument must have __dict__ attribute');
  },
  'dir(object=..., /)': (args, result) => {
    const base = pushSlots(3);
    if (isNull(args)) {
      currentLocals(base);
      if (typeOf(base) === T.dict) setRef(base, keysList(refAt(base)));
      else callMethod(base, 'keys', base, 0, base);
    } else if (!callSpecial(args, N.__dir__, base, 0, base)) raiseTypeError('object does not provide __dir__');
    setRef(base + 1, newList(0));
    iterate(base, base);
    while (next(base, base + 2)) listAppend(refAt(base + 1), base + 2);
    callMethod(base + 1, 'sort', base, 0, base);
    copyValue(result, base + 1);
    popSlots(3);
  },
  '__build_class__(func, name, /, *bases, **kwds)': (args, result) => buildClass(args, result),
});

/** result = locals() of the running Python function. Installed by the interpreter, which knows frames. */
let currentLocals: (result: number) => void = (result) => {
  const frame = words[State.frame];
  const locals = frame === 0 ? 0 : words[(frame << 1) + Frame.locals];
  setRef(result, locals !== 0 ? locals : currentGlobals());
};
export function setLocalsReader(reader: (result: number) => void): void {
  currentLocals = reader;
}

/** Built-in types that Python reaches through other modules only. */
const hiddenTypes: ReadonlySet<string> = new Set([
  'TextIOWrapper',
  'NoneType',
  'NotImplementedType',
  'ellipsis',
  'function',
  'method',
  'builtin_function_or_method',
  'wrapper_descriptor',
  'method_descriptor',
  'method_wrapper',
  'classmethod_descriptor',
  'code',
  'cell',
  'frame',
  'traceback',
  'generator',
  'coroutine',
  'async_generator',
  'module',
  'getset_descriptor',
  'member_descriptor',
  'mappingproxy',
  'callable_iterator',
  'iterator',
  'values',
  'raw',
  'shape',
]);
function isHidden(name: string): boolean {
  return hiddenTypes.has(name) || name.startsWith('dict_') || name.endsWith('_iterator') || name.endsWith('iterator');
}

registerModule('builtins', (dict) => {
  const slot = pushSlots(1);
  const add = (name: string, ref: number): void => {
    setRef(slot, ref);
    dictSetString(dict, intern(name), slot);
  };
  for (const [name] of builtinTypeKinds) if (!isHidden(name)) add(name, T[name]);
  for (const [name] of builtinExceptionBases) add(name, T[name]);
  add('IOError', T.OSError);
  add('EnvironmentError', T.OSError);
  add('None', Fixed.none);
  add('True', Fixed.true);
  add('False', Fixed.false);
  add('NotImplemented', Fixed.notImplemented);
  add('Ellipsis', Fixed.ellipsis);
  add('__debug__', Fixed.true);
  popSlots(1);
});
