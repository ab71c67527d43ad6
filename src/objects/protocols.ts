/**
 * What Python's syntax and builtins do with one object: length, subscription, containment, iteration, hash, repr, str,
 * format. Exactly built-in types go straight to the routine their type declared (type-operators.ts), others through the
 * special methods. Part of operations.ts, which exports all of this again.
 *
 * Slots are rooted by the caller; a result slot may be an operand's. Everything here may call Python and may raise.
 */
import { Fixed, State, T } from '../heap/fixed.ts';
import { Kind, Type, TypeFlag } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, floatAt, isImmediateInt, isRef, refAt, setRef, TAG_REF } from '../heap/values.ts';
import { findAttribute } from './attributes.ts';
import { clearRaised, matchesRaised, raiseOverflow, raiseTypeError, raiseValueError } from './errors.ts';
import { GENERIC_ALIAS, newGenericAlias } from './generic-aliases.ts';
import {
  hasIndex,
  index,
  indexOf,
  int64High,
  int64Low,
  intHash,
  intSign,
  isInt,
  loadInt64,
  loadIntHash,
  safeAt,
  setHash,
  setInt,
  setInt64,
} from './integers.ts';
import { call, callSpecial } from './invoke.ts';
import { sequenceIterator } from './iterators.ts';
import { N } from './names.ts';
import { foldHash, hashDouble, hashHigh, hashLow } from './number-hash.ts';
import { equals, truth } from './operations.ts';
import { operatorsOf } from './operator-tables.ts';
import { isStr, stringHash, stringOf } from './strings.ts';
import { inheritsNative, lookup, typeName, typeNameOf, typeOf } from './types.ts';

/** len(object). */
export function length(object: number): number {
  const type = typeOf(object);
  const routine = operatorsOf(type)?.length;
  if (routine) return routine(object);
  const answer = pushSlots(1);
  if (!callSpecial(object, N.__len__, answer, 0, answer)) {
    raiseTypeError(`object of type '${typeNameOf(type)}' has no len()`);
  }
  const size = indexOf(answer);
  if (size < 0) raiseValueError('__len__() should return >= 0');
  if (size >= Number.MAX_SAFE_INTEGER) raiseOverflow("cannot fit 'int' into an index-sized integer");
  popSlots(1);
  return size;
}

/**
 * How many items an iterable may have: a number, for whoever wants to reserve memory. May call Python; raises what
 * `__len__` and `__length_hint__` raise, TypeError excepted.
 */
export function lengthHint(object: number, fallback: number): number {
  const type = typeOf(object);
  if (operatorsOf(type)?.length != null || lookup(type, N.__len__) !== 0) {
    try {
      return length(object);
    } catch (error) {
      if (!matchesRaised(error, T.TypeError)) throw error;
      clearRaised();
    }
  }
  const answer = pushSlots(1);
  try {
    if (!callSpecial(object, N.__length_hint__, answer, 0, answer)) {
      popSlots(1);
      return fallback;
    }
  } catch (error) {
    if (!matchesRaised(error, T.TypeError)) throw error;
    clearRaised();
    popSlots(1);
    return fallback;
  }
  let hint = fallback;
  if (!isRef(answer) || refAt(answer) !== Fixed.notImplemented) {
    if (!isInt(answer)) raiseTypeError(`__length_hint__ must be an integer, not ${typeName(answer)}`);
    hint = safeAt(answer);
    if (hint < 0) raiseValueError('__length_hint__() should return >= 0');
  }
  popSlots(1);
  return hint;
}

/** result = len(object), exactly: sizes beyond 2**53 too, which only ranges and classes of Python have. */
export function lengthInto(object: number, result: number): void {
  const type = typeOf(object);
  if (type !== T.range && operatorsOf(type)?.length) {
    setInt(result, length(object));
    return;
  }
  const answer = pushSlots(1);
  if (!callSpecial(object, N.__len__, answer, 0, answer)) {
    raiseTypeError(`object of type '${typeNameOf(type)}' has no len()`);
  }
  index(answer, answer);
  if (intSign(answer) < 0) raiseValueError('__len__() should return >= 0');
  if (!loadInt64(answer)) raiseOverflow("cannot fit 'int' into an index-sized integer");
  copyValue(result, answer);
  popSlots(1);
}

/** result = object[key]. */
export function getItem(object: number, key: number, result: number): void {
  const type = typeOf(object);
  const routine = operatorsOf(type)?.getItem;
  if (routine) {
    routine(object, key, result);
    return;
  }
  if (callSpecial(object, N.__getitem__, key, 1, result)) return;
  if (words[(type << 1) + Type.kind] === Kind.type) {
    if (refAt(object) === T.type) {
      setRef(result, newGenericAlias(GENERIC_ALIAS, object, key));
      return;
    }
    const base = pushSlots(1);
    const found = findAttribute(object, N.__class_getitem__, base);
    if (!found || (isRef(base) && refAt(base) === Fixed.none)) {
      raiseTypeError(`type '${typeNameOf(refAt(object))}' is not subscriptable`);
    }
    call(base, key, 1, result);
    popSlots(1);
    return;
  }
  raiseTypeError(`'${typeNameOf(type)}' object is not subscriptable`);
}

/** object[key] = value. */
export function setItem(object: number, key: number, value: number): void {
  const type = typeOf(object);
  const routine = operatorsOf(type)?.setItem;
  if (routine) {
    routine(object, key, value);
    return;
  }
  const base = pushSlots(3);
  copyValue(base, key);
  copyValue(base + 1, value);
  if (!callSpecial(object, N.__setitem__, base, 2, base + 2)) {
    raiseTypeError(`'${typeNameOf(type)}' object does not support item assignment`);
  }
  popSlots(3);
}

/** del object[key]. */
export function deleteItem(object: number, key: number): void {
  const type = typeOf(object);
  const routine = operatorsOf(type)?.deleteItem;
  if (routine) {
    routine(object, key);
    return;
  }
  const answer = pushSlots(1);
  if (!callSpecial(object, N.__delitem__, key, 1, answer)) {
    const isSequence = (words[(type << 1) + Type.flags] & TypeFlag.heapType) !== 0 || operatorsOf(type)?.length != null;
    const not = isSequence && hasIndex(key) ? "doesn't" : 'does not';
    raiseTypeError(`'${typeNameOf(type)}' object ${not} support item deletion`);
  }
  popSlots(1);
}

/** item in container. */
export function contains(container: number, item: number): boolean {
  const type = typeOf(container);
  const routine = operatorsOf(type)?.contains;
  if (routine) return routine(container, item);
  const cell = lookup(type, N.__contains__);
  const answer = pushSlots(2);
  if (cell !== 0) {
    if (isRef(cell) && refAt(cell) === Fixed.none) raiseTypeError(`'${typeNameOf(type)}' object is not a container`);
    callSpecial(container, N.__contains__, item, 1, answer);
    const found = truth(answer);
    popSlots(2);
    return found;
  }
  if (!canIterate(container)) raiseTypeError(`argument of type '${typeNameOf(type)}' is not a container or iterable`);
  iterate(container, answer);
  let found = false;
  while (!found && next(answer, answer + 1)) found = equals(answer + 1, item);
  popSlots(2);
  return found;
}

/** True if iter(object) would find a way. */
export function canIterate(object: number): boolean {
  const type = typeOf(object);
  if (operatorsOf(type)?.iterate) return true;
  const cell = lookup(type, N.__iter__);
  if (cell !== 0) return !isRef(cell) || refAt(cell) !== Fixed.none;
  return isSequence(type);
}
/** Has a `__getitem__` written in Python, and is no dict: built-in types that are sequences iterate themselves. */
function isSequence(type: number): boolean {
  const cell = lookup(type, N.__getitem__);
  if (cell === 0 || words[(type << 1) + Type.kind] === Kind.dict) return false;
  return !isRef(cell) || words[(words[refAt(cell) << 1] << 1) + Type.kind] !== Kind.native;
}

/** result = iter(object). */
export function iterate(object: number, result: number): void {
  const type = typeOf(object);
  const routine = operatorsOf(type)?.iterate;
  if (routine) {
    routine(object, result);
    return;
  }
  const cell = lookup(type, N.__iter__);
  if (cell === 0 && isSequence(type)) {
    setRef(result, sequenceIterator(object));
    return;
  }
  const answer = pushSlots(1);
  if (
    cell === 0 ||
    (isRef(cell) && refAt(cell) === Fixed.none) ||
    !callSpecial(object, N.__iter__, answer, 0, answer)
  ) {
    raiseTypeError(`'${typeNameOf(type)}' object is not iterable`);
  }
  const iteratorType = typeOf(answer);
  if (!operatorsOf(iteratorType)?.next && lookup(iteratorType, N.__next__) === 0) {
    raiseTypeError(`iter() returned non-iterator of type '${typeNameOf(iteratorType)}'`);
  }
  copyValue(result, answer);
  popSlots(1);
}

/** result = next(iterator); false when it is exhausted (no StopIteration is raised). */
export function next(iterator: number, result: number): boolean {
  const type = typeOf(iterator);
  const routine = operatorsOf(type)?.next;
  if (routine) return routine(iterator, result);
  const answer = pushSlots(1);
  try {
    if (!callSpecial(iterator, N.__next__, answer, 0, answer)) {
      raiseTypeError(`'${typeNameOf(type)}' object is not an iterator`);
    }
  } catch (error) {
    if (!matchesRaised(error, T.StopIteration)) throw error;
    clearRaised();
    words[State.stackTop] = answer;
    return false;
  }
  copyValue(result, answer);
  popSlots(1);
  return true;
}

/** True if next() would find a way. */
export function isIterator(object: number): boolean {
  const type = typeOf(object);
  return operatorsOf(type)?.next != null || lookup(type, N.__next__) !== 0;
}

/** `TypeError: unhashable type: 'list'`. */
export function raiseUnhashable(object: number): never {
  raiseTypeError(`unhashable type: '${typeName(object)}'`);
}

/** result = hash(object), Python's 64 bits. */
export function hashOf(object: number, result: number): void {
  const type = typeOf(object);
  const table = operatorsOf(type);
  if (table !== null) {
    if (table.unhashable) raiseUnhashable(object);
    if (table.fullHash !== null) {
      table.fullHash(object, result);
      return;
    }
    if (table.hash !== null) {
      setInt(result, table.hash(object));
      return;
    }
  }
  if (isInt(object) && (type === T.int || type === T.bool)) {
    loadIntHash(object);
    setHash(result);
    return;
  }
  const cell = lookup(type, N.__hash__);
  if (cell === 0 || (isRef(cell) && refAt(cell) === Fixed.none)) raiseUnhashable(object);
  if (inheritsNative(type, N.__hash__, T.object)) {
    setInt(result, refAt(object));
    return;
  }
  const answer = pushSlots(1);
  callSpecial(object, N.__hash__, answer, 0, answer);
  if (!isInt(answer)) raiseTypeError('__hash__ method should return an integer');
  // As it is if it fits 64 bits (it is no number to be hashed), but never -1.
  if (!loadInt64(answer)) {
    loadIntHash(answer);
    setHash(result);
  } else if (int64Low === -1 && int64High === -1) setInt(result, -2);
  else setInt64(result, int64Low, int64High);
  popSlots(1);
}

/** 32 bits of hash(object) (see foldHash): what dicts use. */
export function tableHash(object: number): number {
  const high = words[(object << 1) + 1];
  if (high !== TAG_REF) {
    if (isImmediateInt(object)) return intHash(object);
    hashDouble(floatAt(object));
    return foldHash(hashLow, hashHigh);
  }
  const ref = words[object << 1];
  const type = words[ref << 1];
  if (type === T.str) return stringHash(ref);
  const table = operatorsOf(type);
  if (table !== null) {
    if (table.unhashable) raiseUnhashable(object);
    if (table.hash !== null) return table.hash(object);
  }
  if (type === T.int) return intHash(object);
  if (inheritsNative(type, N.__hash__, T.object)) return ref;
  const answer = pushSlots(1);
  hashOf(object, answer);
  loadInt64(answer);
  popSlots(1);
  return foldHash(int64Low, int64High);
}

/** tableHash for an insertion or lookup in a dict. */
export function keyHash(object: number, use: string): number {
  if (words[(object << 1) + 1] !== TAG_REF) return tableHash(object);
  try {
    return tableHash(object);
  } catch (error) {
    return raiseUnusable(error, object, use);
  }
}

/** Throws on what hashing a value threw; a TypeError says what the value was to be ("a dict key"). */
export function raiseUnusable(error: unknown, object: number, use: string): never {
  if (!matchesRaised(error, T.TypeError) || words[words[State.raised] << 1] !== T.TypeError) throw error;
  const reason = pushSlots(1);
  setRef(reason, clearRaised());
  raiseTypeError(`cannot use '${typeName(object)}' as ${use} (${stringOf(str(reason))})`);
}

/** repr(object): a str (maybe of a subclass). */
export function repr(object: number): number {
  const routine = operatorsOf(typeOf(object))?.repr;
  if (routine) return routine(object);
  return textBy(object, N.__repr__, '__repr__');
}

/** str(object). */
export function str(object: number): number {
  const type = typeOf(object);
  if (type === T.str) return refAt(object);
  const table = operatorsOf(type);
  if (table !== null) {
    if (table.str !== null) return table.str(object);
    if (table.repr !== null && inheritsNative(type, N.__str__, T.object)) return table.repr(object);
  }
  if (inheritsNative(type, N.__str__, T.object)) return repr(object);
  return textBy(object, N.__str__, '__str__');
}

function textBy(object: number, name: number, text: string): number {
  const answer = pushSlots(1);
  callSpecial(object, name, answer, 0, answer);
  if (!isStr(answer)) raiseTypeError(`${text} returned non-string (type ${typeName(answer)})`);
  const ref = refAt(answer);
  popSlots(1);
  return ref;
}

/** format(object, spec): a str. `spec` is the ref of a str, which this roots. */
export function format(object: number, spec: number): number {
  const type = typeOf(object);
  if (spec === Fixed.emptyString) {
    if (type === T.str) return refAt(object);
    if (inheritsNative(type, N.__format__, T.object)) return str(object);
  }
  const base = pushSlots(1);
  setRef(base, spec);
  if (!callSpecial(object, N.__format__, base, 1, base)) {
    raiseTypeError(`unsupported format string passed to ${typeNameOf(type)}.__format__`);
  }
  if (!isStr(base)) raiseTypeError(`__format__ must return a str, not ${typeName(base)}`);
  const ref = refAt(base);
  popSlots(1);
  return ref;
}
