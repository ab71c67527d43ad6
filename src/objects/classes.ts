/**
 * Classes: calling one (instance creation), and making one (type.__new__, what a class statement does). What type
 * objects are is in types.ts, their attributes in class-attributes.ts.
 */

import { Fixed, State, T } from '../heap/fixed.ts';
import { Exception, Frame, FunctionObject, Kind, Native, Tuple, Type, TypeFlag, Wrapper } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setNull, setRef } from '../heap/values.ts';
import { Descriptor, descriptorAt, findAttribute, findMethod, getAttribute, superLookup } from './attributes.ts';
import { encodeUtf8 } from './codec-unicode.ts';
import { dictCopy, dictDeleteString, dictEntry, dictFindString, dictNext, dictSetString, newDict } from './dicts.ts';
import { callTypeDirectly } from './direct-calls.ts';
import {
  allocateException,
  becomesPythonError,
  clearRaised,
  PYTHON_ERROR,
  raise,
  raiseTypeError,
  raiseValueError,
} from './errors.ts';
import { newGetSet, newWrapper } from './functions.ts';
import { hiddenGetSets } from './instances.ts';
import { call, callKeywords, callMethod, callWithSelf } from './invoke.ts';
import { applyMro, definesMro, hasCustomMro, mroTuple, refsOf } from './mro.ts';
import { N } from './names.ts';
import { staticNatives } from './natives.ts';
import { callNative } from './natives-binding.ts';
import { iterate, next } from './operations.ts';
import { newInstance } from './shapes.ts';
import { callSpread } from './spread.ts';
import { intern, isAscii, isStr, newString, stringOf } from './strings.ts';
import { newTuple, newTupleFrom, tupleItem, tupleSize } from './tuples.ts';
import {
  argumentType,
  inheritsNative,
  isSubtype,
  isType,
  kindAt,
  linkSubclass,
  lookup,
  newType,
  typeModified,
  typeName,
  typeNameOf,
  typeOf,
} from './types.ts';
import { warn } from './warnings.ts';

export { newInstance };

/**
 * result = cls(*args) for the class in slot `callable`: `__call__` of its metaclass, usually `__new__` and `__init__`.
 * May call Python.
 */
export function callType(callable: number, args: number, count: number, keywordNames: number, result: number): void {
  const type = refAt(callable);
  const metatype = words[type << 1];
  if (metatype !== T.type && !inheritsNative(metatype, N.__call__, T.type)) {
    const base = pushSlots(2);
    if (!findMethod(callable, N.__call__, base)) raiseTypeError(`'${typeNameOf(metatype)}' object is not callable`);
    if (isNull(base + 1)) callKeywords(base, args, count, keywordNames, result);
    else callWithSelf(base, base + 1, args, count, keywordNames, result);
    words[State.stackTop] = base;
    return;
  }
  if (type === T.type && count === 1 && keywordNames === 0) {
    setRef(result, typeOf(args));
    return;
  }
  instantiate(type, args, count, keywordNames, result);
}

/** type itself takes one argument (see above) or three. `count`: all arguments, keywords included. */
function checkTypeCall(type: number, count: number, keywordNames: number): void {
  const keywords = keywordNames === 0 ? 0 : tupleSize(keywordNames);
  if (type === T.type && count - keywords !== 3) raiseTypeError('type() takes 1 or 3 arguments');
}

/** type.__call__: `__new__`, then `__init__` if that gave an instance of the class. */
export function instantiate(type: number, args: number, count: number, keywordNames: number, result: number): void {
  checkTypeCall(type, count, keywordNames);
  if ((words[(type << 1) + Type.flags] & TypeFlag.isException) !== 0 && keywordNames === 0) {
    if (inheritsNative(type, N.__new__, T.BaseException) && inheritsNative(type, N.__init__, T.BaseException)) {
      const exception = allocateException(type);
      words[(exception << 1) + Exception.args] = newTupleFrom(args, count);
      setRef(result, exception);
      return;
    }
  }
  if (keywordNames === 0 && callTypeDirectly(type, args, count, result)) return;
  const base = pushSlots(count + 2);
  setRef(base + 1, type);
  for (let i = 0; i < count; i++) copyValue(base + 2 + i, args + i);
  const cell = lookup(type, N.__new__);
  const init = lookup(type, N.__init__);
  const newNative = isRef(cell) && words[(words[refAt(cell) << 1] << 1) + Type.kind] === Kind.native ? refAt(cell) : 0;
  if (newNative !== 0) {
    if (
      words[(newNative << 1) + Native.owner] === T.object &&
      words[(type << 1) + Type.kind] === Kind.instance &&
      (words[(type << 1) + Type.flags] & TypeFlag.abstract) === 0
    ) {
      if (count !== 0 && isNativeOf(init, T.object)) raiseTypeError(`${typeNameOf(type)}() takes no arguments`);
      setRef(base, newInstance(type));
    } else callNative(words[(newNative << 1) + Native.number], base + 1, count + 1, keywordNames, base);
  } else {
    copyValue(base, cell);
    if (descriptorAt(cell) === Descriptor.staticMethod) copyValue(base, refAt(cell) + (Wrapper.value >> 1));
    else if (descriptorAt(cell) !== Descriptor.function) getAttribute(base + 1, N.__new__, base);
    callKeywords(base, base + 1, count + 1, keywordNames, base);
  }
  const made = typeOf(base);
  if (made === type || isSubtype(made, type)) initialize(base, made, count, keywordNames);
  copyValue(result, base);
  words[State.stackTop] = base;
}

function isNativeOf(cell: number, owner: number): boolean {
  if (cell === 0 || !isRef(cell)) return false;
  const ref = refAt(cell);
  return words[(words[ref << 1] << 1) + Type.kind] === Kind.native && words[(ref << 1) + Native.owner] === owner;
}

/** instance.__init__(...): the instance lies in slot `base`, the class in base+1 (overwritten), arguments after it. */
/**
 * Calls `__init__` of an object of class `type` that lies in slot `base`, if it is not object's: the arguments lie from
 * base + 2 on. May call Python.
 */
export function initialize(base: number, type: number, count: number, keywordNames: number): void {
  const init = lookup(type, N.__init__);
  if (init === 0 || isNativeOf(init, T.object)) return;
  const work = pushSlots(2);
  if (!findMethod(base, N.__init__, work)) return;
  if (isNull(work + 1)) callKeywords(work, base + 2, count, keywordNames, work);
  else {
    copyValue(base + 1, base);
    callKeywords(work, base + 1, count + 1, keywordNames, work);
  }
  if (!isRef(work) || refAt(work) !== Fixed.none) {
    raiseTypeError(`__init__() should return None, not '${typeName(work)}'`);
  }
  words[State.stackTop] = work;
}

/** The metaclass that a class with these bases gets if `metatype` is asked for: the most derived one. */
export function winningMetatype(metatype: number, bases: readonly number[]): number {
  return mostDerived(
    metatype,
    bases.map((base) => words[base << 1]),
  );
}
function mostDerived(metatype: number, candidates: readonly number[]): number {
  let winner = metatype;
  for (const candidate of candidates) {
    if (isSubtype(winner, candidate)) continue;
    if (isSubtype(candidate, winner)) winner = candidate;
    else {
      raiseTypeError(
        'metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases',
      );
    }
  }
  return winner;
}

/** The ancestor whose addition to the instance layout a class has last. */
function solidBase(type: number): number {
  let at = type;
  for (;;) {
    const base = words[(at << 1) + Type.layoutBase];
    if (base === 0) return at;
    if (words[(at << 1) + Type.memberSlots] > words[(base << 1) + Type.memberSlots]) return at;
    const kind: Kind = words[(at << 1) + Type.kind];
    if (kind !== words[(base << 1) + Type.kind] && kind !== Kind.instance) return at;
    if (kind === Kind.record && words[(at << 1) + Type.inlineSlots] !== words[(base << 1) + Type.inlineSlots])
      return at;
    at = base;
  }
}

/** The base from which the instance layout is taken. TypeError if the bases' layouts exclude each other. */
export function bestBase(bases: readonly number[]): number {
  let best = 0;
  let winner = 0;
  for (const base of bases) {
    if ((words[(base << 1) + Type.flags] & TypeFlag.final) !== 0) {
      raiseTypeError(`type '${typeNameOf(base)}' is not an acceptable base type`);
    }
    const candidate = solidBase(base);
    if (winner === 0 || (candidate !== winner && isSubtype(candidate, winner))) {
      winner = candidate;
      best = base;
    } else if (!isSubtype(winner, candidate)) raiseTypeError('multiple bases have instance lay-out conflict');
  }
  return best;
}

/** The dict of global names of the running Python function, or 0. */
export function currentGlobals(): number {
  const frame = words[State.frame];
  if (frame === 0) return 0;
  const fn = words[(frame << 1) + Frame.function];
  return fn === 0 ? 0 : words[(fn << 1) + FunctionObject.globals];
}

/** Names in `__slots__` of a class body's namespace, mangled; null if there is no `__slots__`. May call Python. */
function slotNames(dict: number, className: string): { names: string[]; dict: boolean; weak: boolean } | null {
  const cell = dictFindString(dict, N.__slots__);
  if (cell === 0) return null;
  const base = pushSlots(2);
  const items: string[] = [];
  const add = (slot: number): void => {
    if (!isStr(slot)) raiseTypeError(`__slots__ items must be strings, not '${typeName(slot)}'`);
    const text = stringOf(refAt(slot));
    if (!/^[\p{ID_Start}_][\p{ID_Continue}]*$/u.test(text)) raiseTypeError('__slots__ must be identifiers');
    items.push(text);
  };
  if (isStr(cell)) add(cell);
  else {
    copyValue(base, cell);
    iterate(base, base);
    while (next(base, base + 1)) add(base + 1);
  }
  popSlots(2);
  const prefix = `_${className.replace(/^_+/, '')}`;
  const mangled = items
    .filter((name) => name !== '__dict__' && name !== '__weakref__')
    .map((name) => (name.startsWith('__') && !name.endsWith('__') && prefix !== '_' ? prefix + name : name));
  if (items.filter((name) => name === '__dict__').length > 1) {
    raiseTypeError('__dict__ slot disallowed: we already got one');
  }
  if (items.filter((name) => name === '__weakref__').length > 1) {
    raiseTypeError('__weakref__ slot disallowed: we already got one');
  }
  // sorted, as classes with the same names have the same layout
  return { names: [...new Set(mangled)].sort(), dict: items.includes('__dict__'), weak: items.includes('__weakref__') };
}

/** Kinds whose instances have a variable tail, so that nothing can be added behind it but a dict. */
function refusesSlots(kind: Kind): boolean {
  return kind === Kind.int || kind === Kind.tuple || kind === Kind.bytes || kind === Kind.type;
}

/**
 * result = type.__new__(metatype, name, bases, namespace, **keywords): slots of a type, str, tuple, dict and dict (or
 * NULL). May call Python (`__set_name__`, `__init_subclass__`).
 */
export function makeClass(
  metatype: number,
  nameSlot: number,
  basesSlot: number,
  namespaceSlot: number,
  keywordsSlot: number,
  result: number,
): void {
  const bases = refsOf(refAt(basesSlot));
  for (let i = 0; i < bases.length; i++) {
    const item = tupleItem(refAt(basesSlot), i);
    if (isType(item)) continue;
    if (findAttribute(item, N.__mro_entries__, result)) {
      raiseTypeError("type() doesn't support MRO entry resolution; use types.new_class()");
    }
    mostDerived(metatype, [typeOf(item)]);
    raiseTypeError('bases must be types');
  }
  const winner = winningMetatype(metatype, bases);
  if (winner !== metatype && !inheritsNative(winner, N.__new__, T.type)) {
    const base = pushSlots(5);
    setRef(base + 1, winner);
    getAttribute(base + 1, N.__new__, base);
    copyValue(base + 2, nameSlot);
    copyValue(base + 3, basesSlot);
    copyValue(base + 4, namespaceSlot);
    callSpread(base, base + 1, 4, 0, keywordsSlot, result);
    popSlots(5);
    return;
  }
  const slots = pushSlots(3);
  // slots: namespace copy, the new type, scratch
  const dict = dictCopy(refAt(namespaceSlot));
  setRef(slots, dict);
  const name = refAt(nameSlot);
  const className = stringOf(name);
  checkTypeName(nameSlot);
  const effective = bases.length === 0 ? [T.object as number] : bases;
  const layoutBase = bestBase(effective);
  const members = slotNames(dict, className);
  const type = allocateClass(winner, name, basesSlot, effective, dict, layoutBase);
  setRef(slots + 1, type);
  fillClassCells(slots + 1, dict);
  if (hasCustomMro(type)) applyMro(type);
  takeQualname(type, dict);
  layOutInstances(type, effective, layoutBase, members, dict);
  completeNamespace(dict);
  warnOfKeys(slots + 1, dict);
  for (const base of effective) linkSubclass(base, type);
  typeModified(type);
  callSetNames(slots + 1, dict);
  callInitSubclass(slots + 1, keywordsSlot);
  copyValue(result, slots + 1);
  popSlots(3);
}

function allocateClass(
  metatype: number,
  name: number,
  basesSlot: number,
  bases: readonly number[],
  dict: number,
  layoutBase: number,
): number {
  let basesTuple = refAt(basesSlot);
  if (words[(basesTuple << 1) + Tuple.size] === 0) {
    basesTuple = newTuple(1);
    setRef(tupleItem(basesTuple, 0), T.object);
  }
  // until mro() has spoken: bases that have no order of their own may have one of the metaclass's
  const mro = definesMro(metatype) ? mroTuple([layoutBase]) : mroTuple(bases);
  return newType(metatype, name, basesTuple, mro, dict, layoutBase);
}

/** Kind, __slots__ members and __dict__ of the instances of a new class. */
function layOutInstances(
  type: number,
  bases: readonly number[],
  layoutBase: number,
  members: { names: string[]; dict: boolean; weak: boolean } | null,
  dict: number,
): void {
  const word = type << 1;
  if (words[word + Type.kind] === Kind.plain) words[word + Type.kind] = Kind.instance;
  const kind: Kind = words[word + Type.kind];
  const inherited = bases.some((base) => (words[(base << 1) + Type.flags] & TypeFlag.hasDict) !== 0);
  let first = words[(layoutBase << 1) + Type.memberSlots];
  let ownDict = !inherited;
  const slot = pushSlots(1);
  if (members !== null) {
    if (members.names.length !== 0 && refusesSlots(kind)) {
      raiseTypeError(`nonempty __slots__ not supported for subtype of '${typeNameOf(layoutBase)}'`);
    }
    if (members.dict && inherited) raiseTypeError('__dict__ slot disallowed: we already got one');
    ownDict = !inherited && members.dict;
    for (const text of members.names) {
      const name = intern(text);
      if (dictFindString(dict, name) !== 0 && text !== '__qualname__' && text !== '__classcell__') {
        raiseValueError(`'${text}' in __slots__ conflicts with class variable`);
      }
      setRef(slot, newGetSet(T.member_descriptor, -(first + 1), name, type));
      first++;
      dictSetString(dict, name, slot);
    }
    if (kind === Kind.instance) words[word + Type.flags] |= TypeFlag.hasSlots;
  }
  words[word + Type.memberSlots] = first;
  const patternFlags = TypeFlag.sequence | TypeFlag.mapping;
  for (const ancestor of refsOf(words[word + Type.mro])) {
    if ((words[word + Type.flags] & patternFlags) !== 0) break;
    words[word + Type.flags] |= words[(ancestor << 1) + Type.flags] & patternFlags;
  }
  if (inherited || ownDict) words[word + Type.flags] |= TypeFlag.hasDict;
  if (ownDict && dictFindString(dict, N.__dict__) === 0) {
    setRef(slot, newGetSet(T.getset_descriptor, hiddenGetSets.dict, N.__dict__, type));
    dictSetString(dict, N.__dict__, slot);
  }
  const alreadyWeak = bases.some((base) => (words[(base << 1) + Type.flags] & TypeFlag.weak) !== 0);
  if (members?.weak && (alreadyWeak || refusesSlots(kind))) {
    raiseTypeError('__weakref__ slot disallowed: we already got one');
  }
  if (alreadyWeak) words[word + Type.flags] |= TypeFlag.weak;
  else if ((members === null || members.weak) && !refusesSlots(kind)) {
    words[word + Type.flags] |= TypeFlag.weak;
    if (dictFindString(dict, N.__weakref__) === 0) {
      setRef(slot, newGetSet(T.getset_descriptor, hiddenGetSets.weakref, N.__weakref__, type));
      dictSetString(dict, N.__weakref__, slot);
    }
  }
  popSlots(1);
}

/** Names that no attribute access can ask for. */
function warnOfKeys(typeSlot: number, dict: number): void {
  for (let at = dictNext(dict, 0); at >= 0; at = dictNext(dict, at + 1)) {
    if (isStr(dictEntry(dict, at))) continue;
    warn(T.RuntimeWarning, `non-string key in the __dict__ of class ${typeNameOf(refAt(typeSlot))}`);
    return;
  }
}

/** `__qualname__` goes from the namespace to the type. */
function takeQualname(type: number, dict: number): void {
  const qualname = dictFindString(dict, N.__qualname__);
  if (qualname === 0) return;
  if (!isStr(qualname)) raiseTypeError(`type __qualname__ must be a str, not ${typeName(qualname)}`);
  words[(type << 1) + Type.qualname] = refAt(qualname);
  dictDeleteString(dict, N.__qualname__);
}

/** Refuses a `__name__` that CPython could not keep as UTF-8 text ending with NUL. Raises only. */
export function checkTypeName(slot: number): void {
  const name = refAt(slot);
  if (!isAscii(name)) encodeUtf8(name, 'strict');
  if (stringOf(name).includes('\0')) raiseValueError('type name must not contain null characters');
}

/** What type.__new__ adds to or changes in the namespace it copied. */
function completeNamespace(dict: number): void {
  const slot = pushSlots(1);
  if (dictFindString(dict, N.__module__) === 0) {
    const globals = currentGlobals();
    const module = globals === 0 ? 0 : dictFindString(globals, N.__name__);
    if (module !== 0) copyValue(slot, module);
    else setRef(slot, intern('builtins'));
    dictSetString(dict, N.__module__, slot);
  }
  const text = dictFindString(dict, N.__doc__);
  if (text === 0) {
    setRef(slot, Fixed.none);
    dictSetString(dict, N.__doc__, slot);
  } else if (isStr(text) && !isAscii(refAt(text))) encodeUtf8(refAt(text), 'strict');
  wrapFunction(dict, N.__new__, T.staticmethod);
  wrapFunction(dict, N.__init_subclass__, T.classmethod);
  wrapFunction(dict, N.__class_getitem__, T.classmethod);
  if (dictFindString(dict, N.__eq__) !== 0 && dictFindString(dict, N.__hash__) === 0) {
    setRef(slot, Fixed.none);
    dictSetString(dict, N.__hash__, slot);
  }
  popSlots(1);
}

function wrapFunction(dict: number, name: number, wrapper: number): void {
  const cell = dictFindString(dict, name);
  if (cell === 0 || kindAt(cell) !== Kind.function) return;
  setRef(cell, newWrapper(wrapper, cell));
}

/** `__class__` and the namespace become visible to the closures of the class body. */
function fillClassCells(typeSlot: number, dict: number): void {
  const classCell = dictFindString(dict, N.__classcell__);
  if (classCell !== 0) {
    if (kindAt(classCell) !== Kind.cell) {
      raiseTypeError(`__classcell__ must be a nonlocal cell, not <class '${typeName(classCell)}'>`);
    }
    copyValue(refAt(classCell) + 1, typeSlot);
    dictDeleteString(dict, N.__classcell__);
  }
  const dictCell = dictFindString(dict, N.__classdictcell__);
  if (dictCell !== 0) {
    if (kindAt(dictCell) !== Kind.cell) {
      raiseTypeError(`__classdictcell__ must be a nonlocal cell, not <class '${typeName(dictCell)}'>`);
    }
    setRef(refAt(dictCell) + 1, dict);
    dictDeleteString(dict, N.__classdictcell__);
  }
  if (classCell !== 0 || dictCell !== 0) typeModified(refAt(typeSlot));
}

/** value.__set_name__(type, name) for everything in the namespace that has it. */
function callSetNames(typeSlot: number, dict: number): void {
  let any = false;
  for (let at = dictNext(dict, 0); at >= 0 && !any; at = dictNext(dict, at + 1)) {
    any = lookup(typeOf(dictEntry(dict, at) + 1), N.__set_name__) !== 0;
  }
  if (!any) return;
  const base = pushSlots(6);
  // base: copy of the namespace, so that __set_name__ may change the class; then method, self, type, name, result
  const copy = dictCopy(dict);
  setRef(base, copy);
  for (let at = dictNext(copy, 0); at >= 0; at = dictNext(copy, at + 1)) {
    const entry = dictEntry(copy, at);
    if (lookup(typeOf(entry + 1), N.__set_name__) === 0) continue;
    if (!findMethod(entry + 1, N.__set_name__, base + 1)) continue;
    const bound = isNull(base + 2);
    copyValue(base + 3, typeSlot);
    copyValue(base + 4, entry);
    try {
      call(base + 1, bound ? base + 3 : base + 2, bound ? 2 : 3, base + 5);
    } catch (error) {
      if (!becomesPythonError(error)) throw error;
      const what = `'${typeName(entry + 1)}' instance '${stringOf(refAt(entry))}' in '${typeNameOf(refAt(typeSlot))}'`;
      setRef(base + 5, clearRaised());
      setRef(base + 4, newString(`Error calling __set_name__ on ${what}`));
      callMethod(base + 5, 'add_note', base + 4, 1, base + 4);
      words[State.raised] = refAt(base + 5);
      throw PYTHON_ERROR;
    }
  }
  popSlots(6);
}

/** super(type, type).__init_subclass__(**keywords). */
function callInitSubclass(typeSlot: number, keywordsSlot: number): void {
  const base = pushSlots(2);
  const type = refAt(typeSlot);
  if (superLookup(type, type, typeSlot, N.__init_subclass__, base)) {
    setNull(base + 1);
    callSpread(base, base + 1, 0, 0, keywordsSlot, base + 1);
  }
  popSlots(2);
}

/** TypeError for type.__new__ with another number of arguments. */
function raiseNotThree(args: number): never {
  let count = words[(refAt(args + 4) << 1) + Tuple.size];
  for (let i = 1; i < 4; i++) if (!isNull(args + i)) count++;
  raiseTypeError(`type.__new__() takes exactly 3 arguments (${count} given)`);
}

staticNatives(T.type, {
  '__new__(cls, name=..., bases=..., namespace=..., /, *rest, **kwargs)': (args, result) => {
    if (isNull(args + 2) || isNull(args + 3) || refAt(args + 4) !== Fixed.emptyTuple) raiseNotThree(args);
    if (!isStr(args + 1)) raiseTypeError(`type.__new__() argument 1 must be str, not ${argumentType(args + 1)}`);
    if (kindAt(args + 2) !== Kind.tuple) {
      raiseTypeError(`type.__new__() argument 2 must be tuple, not ${argumentType(args + 2)}`);
    }
    if (kindAt(args + 3) !== Kind.dict) {
      raiseTypeError(`type.__new__() argument 3 must be dict, not ${argumentType(args + 3)}`);
    }
    if (!isType(args) || !isSubtype(refAt(args), T.type)) {
      raiseTypeError(`type.__new__(X): X is not a type object (${typeName(args)})`);
    }
    makeClass(refAt(args), args + 1, args + 2, args + 3, args + 5, result);
  },
});

/** Runs the function of a class body with `namespace` as its locals; installed by the interpreter. */
export type BodyRunner = (functionSlot: number, namespaceSlot: number, result: number) => void;
let runBody: BodyRunner = () => {
  throw new Error('no interpreter is installed');
};
export function setBodyRunner(runner: BodyRunner): void {
  runBody = runner;
}

/** The bases of a class statement after `__mro_entries__`, as a tuple; the same tuple if nothing changed. */
function resolveBases(basesSlot: number): number {
  const given = refAt(basesSlot);
  const count = words[(given << 1) + Tuple.size];
  let plain = true;
  for (let i = 0; i < count && plain; i++) plain = isType(tupleItem(given, i));
  if (plain) return given;
  // kept in a growing run of rooted slots: what replaces the bases
  const base = pushSlots(3);
  let total = 0;
  let changed = false;
  const collected: number[] = [];
  for (let i = 0; i < count; i++) {
    const item = tupleItem(given, i);
    // an attribute like any other: typing.NamedTuple is a function that has one
    if (isType(item) || !findAttribute(item, N.__mro_entries__, base)) {
      const slot = pushSlots(1);
      copyValue(slot, item);
      collected.push(slot);
      total++;
      continue;
    }
    copyValue(base + 2, basesSlot);
    changed = true;
    call(base, base + 2, 1, base);
    if (kindAt(base) !== Kind.tuple) raiseTypeError('__mro_entries__ must return a tuple');
    const entries = refAt(base);
    const size = words[(entries << 1) + Tuple.size];
    const slots = pushSlots(size);
    for (let k = 0; k < size; k++) {
      copyValue(slots + k, tupleItem(entries, k));
      collected.push(slots + k);
      total++;
    }
  }
  if (!changed) {
    words[State.stackTop] = base;
    return given;
  }
  const tuple = newTuple(total);
  collected.forEach((slot, i) => {
    copyValue(tupleItem(tuple, i), slot);
  });
  words[State.stackTop] = base;
  return tuple;
}

/**
 * result = `__build_class__(body, name, *bases, metaclass=..., **keywords)`: args lie in cells body, name, tuple of bases,
 * dict of keywords. May call Python.
 */
export function buildClass(args: number, result: number): void {
  const base = pushSlots(8);
  const [bases, metaclass, namespace, keywords, callable] = [base, base + 1, base + 2, base + 3, base + 4];
  if (kindAt(args) !== Kind.function) raiseTypeError('__build_class__: func must be a function');
  if (!isStr(args + 1)) raiseTypeError('__build_class__: name is not a string');
  setRef(bases, resolveBases(args + 2));
  copyValue(keywords, args + 3);
  const explicit = dictFindString(refAt(keywords), N.metaclass);
  if (explicit !== 0) {
    copyValue(metaclass, explicit);
    dictDeleteString(refAt(keywords), N.metaclass);
  } else if (words[(refAt(bases) << 1) + Tuple.size] === 0) setRef(metaclass, T.type);
  else setRef(metaclass, typeOf(tupleItem(refAt(bases), 0)));
  if (isType(metaclass)) {
    const metatypes: number[] = [];
    for (let i = 0; i < words[(refAt(bases) << 1) + Tuple.size]; i++)
      metatypes.push(typeOf(tupleItem(refAt(bases), i)));
    setRef(metaclass, mostDerived(refAt(metaclass), metatypes));
  }
  prepareNamespace(metaclass, args + 1, bases, keywords, namespace);
  setNull(base + 5);
  runBody(args, namespace, base + 5);
  if (refAt(bases) !== refAt(args + 2)) setOriginalBases(namespace, args + 2);
  copyValue(callable, metaclass);
  // name, bases, namespace in a row
  const row = pushSlots(3);
  copyValue(row, args + 1);
  copyValue(row + 1, bases);
  copyValue(row + 2, namespace);
  callSpread(callable, row, 3, 0, keywords, base + 6);
  popSlots(3);
  const cell = base + 5;
  if (isType(base + 6) && isRef(cell) && kindAt(cell) === Kind.cell) {
    const content = refAt(cell) + 1;
    if (isNull(content)) {
      raise(
        T.RuntimeError,
        `__class__ not set defining '${stringOf(refAt(args + 1))}' as <class '${typeNameOf(refAt(base + 6))}'>. Was __classcell__ propagated to type.__new__?`,
      );
    }
    if (refAt(content) !== refAt(base + 6)) {
      raiseTypeError(
        `__class__ set to <class '${typeNameOf(refAt(content))}'> defining '${stringOf(refAt(args + 1))}' as <class '${typeNameOf(refAt(base + 6))}'>`,
      );
    }
  }
  copyValue(result, base + 6);
  words[State.stackTop] = base;
}

function prepareNamespace(metaclass: number, name: number, bases: number, keywords: number, namespace: number): void {
  const work = pushSlots(3);
  if (!findAttribute(metaclass, N.__prepare__, work)) {
    setRef(namespace, newDict());
    popSlots(3);
    return;
  }
  copyValue(work + 1, name);
  copyValue(work + 2, bases);
  callSpread(work, work + 1, 2, 0, keywords, namespace);
  if (lookup(typeOf(namespace), N.__setitem__) === 0) {
    const who = isType(metaclass) ? typeNameOf(refAt(metaclass)) : '<metaclass>';
    raiseTypeError(`${who}.__prepare__() must return a mapping, not ${typeName(namespace)}`);
  }
  popSlots(3);
}

function setOriginalBases(namespace: number, bases: number): void {
  if (kindAt(namespace) === Kind.dict) dictSetString(refAt(namespace), N.__orig_bases__, bases);
}
