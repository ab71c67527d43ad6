/**
 * Weak references: `weakref.ref`, which programs may subclass, and the weak proxies. An object that may be referred to
 * weakly is one whose type has TypeFlag.weak. The collector clears `WeakReference.target` (heap/finalization.ts), so a dead
 * object is seen as such at the next collection, not at once as with reference counts; gc.collect() makes that happen.
 *
 * A proxy hands every operation on to its target: operators by the operations of this layer, attributes by
 * `__getattribute__` and its kin.
 */
import { registerWeakReference, weakReferencesTo } from '../heap/finalization.ts';
import { Fixed, State, T } from '../heap/fixed.ts';
import { Kind, layouts, Type, TypeFlag, WeakReference } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setNull, setRef } from '../heap/values.ts';
import { attributeName, deleteAttribute, findAttribute, getAttribute, setAttribute } from './attributes.ts';
import { declareType, materializeType } from './declared-types.ts';
import { becomesPythonError, clearRaised, raise, raiseTypeError } from './errors.ts';
import { addressText } from './functions.ts';
import { makeGeneric } from './generic-aliases.ts';
import { setBool } from './integers.ts';
import { callMethod } from './invoke.ts';
import { N } from './names.ts';
import { getset, natives, staticNatives } from './natives.ts';
import { allocateOfType } from './object-dicts.ts';
import * as operations from './operations.ts';
import { binaryNames } from './operator-tables.ts';
import { CompareOperator } from './operators.ts';
import { callSpread } from './spread.ts';
import { isStr, newString, stringOf } from './strings.ts';
import { defineOperators } from './type-operators.ts';
import { isSubtype, lookup, typeName, typeOf } from './types.ts';

export const REFERENCE = declareType({
  name: 'ReferenceType',
  module: 'weakref',
  native: '_weakref',
  kind: Kind.weakReference,
});
export const PROXY = declareType({
  name: 'ProxyType',
  module: 'weakref',
  native: '_weakref',
  kind: Kind.weakReference,
  final: true,
  customAttributes: true,
});
export const CALLABLE_PROXY = declareType({
  name: 'CallableProxyType',
  module: 'weakref',
  native: '_weakref',
  kind: Kind.weakReference,
  final: true,
  customAttributes: true,
});

/** True for weakref.ref and its subclasses. */
export function isReference(slot: number): boolean {
  return isSubtype(typeOf(slot), REFERENCE);
}
function isProxy(slot: number): boolean {
  const type = typeOf(slot);
  return type === PROXY || type === CALLABLE_PROXY;
}
/** The object that a weak reference refers to, 0 once it is gone. */
export function targetOf(reference: number): number {
  return words[(reference << 1) + WeakReference.target];
}
function callbackCell(reference: number): number {
  return reference + (WeakReference.callback >> 1);
}

/** A weak reference of the given type to the object in a slot; `callback` 0 or None: none. TypeError if there can be none. */
export function newWeakReference(type: number, object: number, callback: number): number {
  const target = typeOf(object);
  if (!isRef(object) || (words[(target << 1) + Type.flags] & TypeFlag.weak) === 0) {
    raiseTypeError(`cannot create weak reference to '${typeName(object)}' object`);
  }
  const hasCallback = callback !== 0 && !(isRef(callback) && refAt(callback) === Fixed.none);
  if (!hasCallback) {
    // Plain references without a callback are shared, as everybody can see by `is`.
    const shared = findShared(type, refAt(object));
    if (shared !== 0) return shared;
  }
  // abstract classes register classes before anybody imports _weakref
  if (words[type << 1] === 0) materializeType(type);
  const reference = allocateOfType(type, layouts[Kind.weakReference].cells);
  words[(reference << 1) + WeakReference.target] = refAt(object);
  if (hasCallback) copyValue(callbackCell(reference), callback);
  else setNull(callbackCell(reference));
  setNull(reference + (WeakReference.hash >> 1));
  registerWeakReference(reference);
  return reference;
}
function findShared(type: number, target: number): number {
  if (type !== REFERENCE && type !== PROXY && type !== CALLABLE_PROXY) return 0;
  for (const reference of weakReferencesTo(target)) {
    if (words[reference << 1] === type && isNull(callbackCell(reference))) return reference;
  }
  return 0;
}

/** A proxy for the object in a slot. */
export function newProxy(object: number, callback: number): number {
  const callable = isCallable(typeOf(object));
  return newWeakReference(callable ? CALLABLE_PROXY : PROXY, object, callback);
}
function isCallable(type: number): boolean {
  switch (words[(type << 1) + Type.kind]) {
    case Kind.function:
    case Kind.method:
    case Kind.native:
    case Kind.type:
      return true;
  }
  return lookup(type, N.__call__) !== 0;
}

/** result = object.__name__ if that is a str; whatever else happens is nobody's business. */
function findName(object: number, result: number): boolean {
  const top = words[State.stackTop];
  try {
    return findAttribute(object, N.__name__, result) && isStr(result);
  } catch (error) {
    if (!becomesPythonError(error)) throw error;
    clearRaised();
    words[State.stackTop] = top;
    return false;
  }
}

/** The weak references to an object as CPython orders them: shared ones first, then the newest. */
export function orderedReferences(target: number): number[] {
  const all = weakReferencesTo(target);
  const rank = (reference: number): number => {
    if (!isNull(callbackCell(reference))) return 2;
    const type = words[reference << 1];
    return type === REFERENCE ? 0 : type === PROXY || type === CALLABLE_PROXY ? 1 : 2;
  };
  return [0, 1, 2].flatMap((wanted) => all.filter((reference) => rank(reference) === wanted).reverse());
}

/** "<weakref at 0x1; to 'C' at 0x2 (name)>"; the name is that of a class, function or module. */
function describe(what: string, slot: number): number {
  const target = targetOf(refAt(slot));
  if (target === 0) return newString(`<${what} at ${addressText(slot)}; dead>`);
  const slots = pushSlots(2);
  setRef(slots, target);
  let text = `<${what} at ${addressText(slot)}; to '${typeName(slots)}' at ${addressText(slots)}`;
  if (what === 'weakref' && findName(slots, slots + 1)) text += ` (${stringOf(refAt(slots + 1))})`;
  popSlots(2);
  return newString(`${text}>`);
}

staticNatives(REFERENCE, {
  '__new__(cls, /, *args, **kwargs)': (args, result) => {
    const type = refAt(args);
    const given = refAt(args + 1);
    const count = words[(given << 1) + 1];
    if (count < 1) raiseTypeError(`__new__ expected at least 1 argument, got ${count}`);
    if (count > 2) raiseTypeError(`__new__ expected at most 2 arguments, got ${count}`);
    if (type === REFERENCE && words[(refAt(args + 2) << 1) + 1] !== 0) {
      raiseTypeError('ref() takes no keyword arguments');
    }
    setRef(result, newWeakReference(type, given + 1, count === 2 ? given + 2 : 0));
  },
});
makeGeneric(REFERENCE);
natives(REFERENCE, {
  '__init__(self, object, callback=None, /)': (_args, result) => setRef(result, Fixed.none),
  '__call__(self, /)': (args, result) => setRef(result, targetOf(refAt(args)) || Fixed.none),
  '__hash__(self, /)': (args, result) => {
    const hash = refAt(args) + (WeakReference.hash >> 1);
    if (isNull(hash)) {
      const target = targetOf(refAt(args));
      if (target === 0) raiseTypeError('weak object has gone away');
      const slots = pushSlots(2);
      setRef(slots, target);
      operations.hashOf(slots, slots + 1);
      copyValue(hash, slots + 1);
      popSlots(2);
    }
    copyValue(result, hash);
  },
});
getset(REFERENCE, '__callback__', (object, result) => {
  const cell = callbackCell(refAt(object));
  if (isNull(cell) || targetOf(refAt(object)) === 0) setRef(result, Fixed.none);
  else copyValue(result, cell);
});
defineOperators(REFERENCE, {
  compareOperators: [CompareOperator.equal, CompareOperator.notEqual],
  compare: (operator, left, right, result) => {
    if (!isReference(left) || !isReference(right)) return false;
    const a = targetOf(refAt(left));
    const b = targetOf(refAt(right));
    if (a === 0 || b === 0) {
      setBool(result, (refAt(left) === refAt(right)) === (operator === CompareOperator.equal));
      return true;
    }
    const slots = pushSlots(2);
    setRef(slots, a);
    setRef(slots + 1, b);
    operations.compare(operator, slots, slots + 1, result);
    popSlots(2);
    return true;
  },
  repr: (object) => describe('weakref', object),
});

/** into = what a proxy stands for; other values are themselves. ReferenceError if it is gone. */
function unwrap(slot: number, into: number): void {
  if (!isProxy(slot)) {
    copyValue(into, slot);
    return;
  }
  const target = targetOf(refAt(slot));
  if (target === 0) raise(T.ReferenceError, 'weakly-referenced object no longer exists');
  setRef(into, target);
}

/** Runs an operation on the targets of up to three operands, in rooted slots. */
function withTargets<R>(operate: (slots: number) => R, ...operands: number[]): R {
  const slots = pushSlots(operands.length + 1);
  operands.forEach((operand, i) => {
    unwrap(operand, slots + i);
  });
  const answer = operate(slots);
  popSlots(operands.length + 1);
  return answer;
}

/** A special method without operator: int(), bytes(), divmod(), ... of the target. */
function forward(name: string): (args: number, result: number) => void {
  return (args, result) => withTargets((slots) => callMethod(slots, name, slots, 0, result), args);
}

const operators = binaryNames.map((_, i) => i);

for (const type of [PROXY, CALLABLE_PROXY]) {
  defineOperators(type, {
    binaryOperators: operators,
    binary: (operator, left, right, result) => {
      withTargets((slots) => operations.binary(operator, slots, slots + 1, false, result), left, right);
      return true;
    },
    inPlaceOperators: operators,
    inPlace: (operator, left, right, result) => {
      withTargets((slots) => operations.binary(operator, slots, slots + 1, true, result), left, right);
      return true;
    },
    compare: (operator, left, right, result) => {
      withTargets((slots) => operations.compare(operator, slots, slots + 1, result), left, right);
      return true;
    },
    negative: (operand, result) => withTargets((slots) => operations.negative(slots, result), operand),
    positive: (operand, result) => withTargets((slots) => operations.positive(slots, result), operand),
    invert: (operand, result) => withTargets((slots) => operations.invert(slots, result), operand),
    absolute: (operand, result) => withTargets((slots) => operations.absolute(slots, result), operand),
    truth: (operand) => withTargets((slots) => operations.truth(slots), operand),
    length: (operand) => withTargets((slots) => operations.length(slots), operand),
    getItem: (container, key, result) =>
      withTargets((slots) => operations.getItem(slots, slots + 1, result), container, key),
    setItem: (container, key, value) => withTargets((slots) => operations.setItem(slots, key, value), container),
    deleteItem: (container, key) => withTargets((slots) => operations.deleteItem(slots, slots + 1), container, key),
    contains: (container, item) => withTargets((slots) => operations.contains(slots, slots + 1), container, item),
    iterate: (iterable, result) => withTargets((slots) => operations.iterate(slots, result), iterable),
    next: (iterator, result) =>
      withTargets((slots) => {
        if (!operations.isIterator(slots)) {
          raiseTypeError(`Weakref proxy referenced a non-iterator '${typeName(slots)}' object`);
        }
        return operations.next(slots, result);
      }, iterator),
    hash: 'unhashable',
    repr: (object) => describe('weakproxy', object),
    str: (object) => withTargets((slots) => operations.str(slots), object),
  });
  natives(type, {
    '__getattribute__(self, name, /)': (args, result) =>
      withTargets((slots) => getAttribute(slots, attributeName(slots + 1), result), args, args + 1),
    '__setattr__(self, name, value, /)': (args, result) => {
      withTargets((slots) => setAttribute(slots, attributeName(slots + 1), args + 2), args, args + 1);
      setRef(result, Fixed.none);
    },
    '__delattr__(self, name, /)': (args, result) => {
      withTargets((slots) => deleteAttribute(slots, attributeName(slots + 1)), args, args + 1);
      setRef(result, Fixed.none);
    },
    '__int__(self, /)': forward('__int__'),
    '__float__(self, /)': forward('__float__'),
    '__index__(self, /)': forward('__index__'),
    '__bytes__(self, /)': forward('__bytes__'),
    '__reversed__(self, /)': forward('__reversed__'),
    '__divmod__(self, value, /)': (args, result) => divide(args, args + 1, result),
    '__rdivmod__(self, value, /)': (args, result) => divide(args + 1, args, result),
  });
}
function divide(left: number, right: number, result: number): void {
  withTargets(
    (slots) => {
      if (!operations.binaryNamed(N.__divmod__, N.__rdivmod__, slots, slots + 1, result)) {
        setRef(result, Fixed.notImplemented);
      }
    },
    left,
    right,
  );
}
natives(CALLABLE_PROXY, {
  '__call__(self, /, *args, **kwargs)': (args, result) =>
    withTargets((slots) => callSpread(slots, slots, 0, args + 1, args + 2, result), args),
});
