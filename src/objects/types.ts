/**
 * Type objects: what the type of a value is, subtype tests, attribute lookup along the method resolution order with its
 * cache, versions, and the creation of type objects (built-in ones at fixed cells, others in the heap).
 *
 * The lookup cache is a direct-mapped table outside the heap keyed by (type version, name). It holds nothing that a
 * dict walk would not find again; names are interned (immortal) and versions unique, so an entry never turns false.
 */
import { builtinExceptionBases, builtinTypeKinds, DeclaredTypes, Fixed, State, StateCell, T } from '../heap/fixed.ts';
import { Kind, List, Native, Tuple, TYPE_CELLS, Type, TypeFlag } from '../heap/layouts.ts';
import { allocate, words } from '../heap/memory.ts';
import { isRef, refAt, setRef, TAG_INT, TAG_REF } from '../heap/values.ts';
import { dictFindString, newDict } from './dicts.ts';
import { listAppend, newList } from './lists.ts';
import { N } from './names.ts';
import { intern, isStr, stringOf } from './strings.ts';
import { newTuple, tupleItem } from './tuples.ts';
import { typeChanged, typeValueChanging } from './watch.ts';

/** The type of the value in a slot (0 for NULL). */
export function typeOf(slot: number): number {
  const high = words[(slot << 1) + 1];
  if (high === TAG_REF) return words[words[slot << 1] << 1];
  return high >= 0 || high < TAG_INT ? T.float : T.int;
}
/** The layout of an object (not a slot). */
export function kindOf(ref: number): Kind {
  return words[(words[ref << 1] << 1) + Type.kind];
}
/** The layout of the value in a slot; immediates count as int and float. */
export function kindAt(slot: number): Kind {
  return words[(typeOf(slot) << 1) + Type.kind];
}
/** `__name__` of a type. */
export function shortTypeName(type: number): string {
  return type === 0 ? 'NULL' : stringOf(words[(type << 1) + Type.name]);
}
/** What error messages call a type: `__name__`, after its module if it is a declared one (typing.TypeVar). */
export function typeNameOf(type: number): string {
  const name = shortTypeName(type);
  if (type < DeclaredTypes.first || type >= DeclaredTypes.end) return name;
  const module = words[(type << 1) + Type.module];
  return module === 0 || stringOf(module) === 'builtins' ? name : `${stringOf(module)}.${name}`;
}
/** The same of the type of the value in a slot. */
export function typeName(slot: number): string {
  return typeNameOf(typeOf(slot));
}
/** "module.qualname" of a type as reprs show it; without the module for builtins. Never calls Python. */
export function qualifiedTypeName(type: number): string {
  const qualname = stringOf(words[(type << 1) + Type.qualname]);
  const module = moduleOfType(type);
  return module === '' || module === 'builtins' ? qualname : `${module}.${qualname}`;
}
function moduleOfType(type: number): string {
  const cell = dictFindString(words[(type << 1) + Type.dict], N.__module__);
  // a built-in type may have a descriptor of that name, for its instances
  if (cell !== 0 && (words[(type << 1) + Type.flags] & TypeFlag.heapType) !== 0)
    return isStr(cell) ? stringOf(refAt(cell)) : '';
  const module = words[(type << 1) + Type.module];
  return module === 0 ? '' : stringOf(module);
}
/** What some newer messages call the type of a value: "module.qualname", without the module for builtins and `__main__`. */
export function fullTypeName(slot: number): string {
  const type = typeOf(slot);
  const module = moduleOfType(type);
  return module === '__main__' ? stringOf(words[(type << 1) + Type.qualname]) : qualifiedTypeName(type);
}
/** What messages about an argument call its type: None is called None there. */
export function argumentType(slot: number): string {
  return isRef(slot) && refAt(slot) === Fixed.none ? 'None' : typeName(slot);
}
/** True if the value in a slot is a type object. */
export function isType(slot: number): boolean {
  return words[(slot << 1) + 1] === TAG_REF && words[(words[words[slot << 1] << 1] << 1) + Type.kind] === Kind.type;
}

/** True for the types of natives that are methods of types. */
export function isNativeMethod(type: number): boolean {
  return type === T.method_descriptor || type === T.wrapper_descriptor;
}

/** True if type `a` is `b` or derives from it (by mro; ABCs play no part). */
export function isSubtype(a: number, b: number): boolean {
  if (a === b) return true;
  const mro = words[(a << 1) + Type.mro];
  if (mro === 0) return false;
  const end = mro + 1 + words[(mro << 1) + Tuple.size];
  for (let item = mro + 2; item < end; item++) if (words[item << 1] === b) return true;
  return false;
}
/** True if the value in a slot is an instance of `type` or of a subtype. */
export function isInstanceOf(slot: number, type: number): boolean {
  return isSubtype(typeOf(slot), type);
}

const CACHE_ENTRIES = 4096;
/** entries of version, name, cell */
const cache = new Int32Array(CACHE_ENTRIES * 3);

/**
 * The cell that holds attribute `name` (interned str) in the namespace of the first type along the mro that has it, or
 * 0. Valid as long as the type's version stays. Never allocates, never calls Python.
 */
export function lookup(type: number, name: number): number {
  const version = words[(type << 1) + Type.version];
  const entry = ((Math.imul(version, 0x9e3779b1) ^ name) & (CACHE_ENTRIES - 1)) * 3;
  if (cache[entry] === version && cache[entry + 1] === name) return cache[entry + 2];
  const cell = lookupUncached(type, name);
  if (version !== 0) {
    cache[entry] = version;
    cache[entry + 1] = name;
    cache[entry + 2] = cell;
  }
  return cell;
}

function lookupUncached(type: number, name: number): number {
  const mro = words[(type << 1) + Type.mro];
  const end = mro + 1 + words[(mro << 1) + Tuple.size];
  for (let item = mro + 1; item < end; item++) {
    const cell = dictFindString(words[(words[item << 1] << 1) + Type.dict], name);
    if (cell !== 0) return cell;
  }
  return 0;
}

/** The type along the mro whose namespace has `name`, or 0. Not cached: for messages and rare paths. */
export function definingType(type: number, name: number): number {
  const mro = words[(type << 1) + Type.mro];
  const end = mro + 1 + words[(mro << 1) + Tuple.size];
  for (let item = mro + 1; item < end; item++) {
    if (dictFindString(words[(words[item << 1] << 1) + Type.dict], name) !== 0) return words[item << 1];
  }
  return 0;
}

/** Like lookup, but continuing after `start` in the mro of `type` (super()). Not cached. */
export function lookupAfter(type: number, start: number, name: number): number {
  const mro = words[(type << 1) + Type.mro];
  const end = mro + 1 + words[(mro << 1) + Tuple.size];
  let item = mro + 1;
  while (item < end && words[item << 1] !== start) item++;
  for (item++; item < end; item++) {
    const cell = dictFindString(words[(words[item << 1] << 1) + Type.dict], name);
    if (cell !== 0) return cell;
  }
  return 0;
}

/**
 * Must be called after every change of a type's namespace, bases or flags: gives the type and all its subclasses new
 * versions, refreshes the flags that stand for special methods, and tells the JIT. `name`: the only attribute that
 * changed, 0 if there may be more.
 */
export function typeModified(type: number, name = 0): void {
  words[(type << 1) + Type.version] = ++words[State.nextTypeVersion];
  if (name === 0 || decidesFlags(name)) refreshFlags(type);
  if (words[(type << 1) + Type.watchers] !== 0) typeChanged(type);
  const subclasses = words[(type << 1) + Type.subclasses];
  if (subclasses === 0) return;
  const size = words[(subclasses << 1) + List.size];
  const items = words[(subclasses << 1) + List.items];
  for (let i = 0; i < size; i++) typeModified(words[(items + 1 + i) << 1], name);
}

/**
 * Instead of typeModified when an int or float in the namespace gave way to another in place (a counter in a class):
 * caches read class attributes through their cells, so versions may stay; only the JIT, which makes constants of what
 * does not seem to change, is told.
 */
export function typeValueModified(type: number, name: number): void {
  if (typeValueChanging(type, name)) tellWatchers(type);
}
function tellWatchers(type: number): void {
  if (words[(type << 1) + Type.watchers] !== 0) typeChanged(type);
  const subclasses = words[(type << 1) + Type.subclasses];
  if (subclasses === 0) return;
  const size = words[(subclasses << 1) + List.size];
  const items = words[(subclasses << 1) + List.items];
  for (let i = 0; i < size; i++) tellWatchers(words[(items + 1 + i) << 1]);
}

function decidesFlags(name: number): boolean {
  return (
    name === N.__getattribute__ ||
    name === N.__getattr__ ||
    name === N.__setattr__ ||
    name === N.__delattr__ ||
    name === N.__del__
  );
}

const REFRESHED = TypeFlag.customGetattribute | TypeFlag.hasGetattr | TypeFlag.customSetattr | TypeFlag.hasFinalizer;

function refreshFlags(type: number): void {
  if (N.__init__ === 0) return;
  let flags = words[(type << 1) + Type.flags] & ~REFRESHED;
  if (isCustom(lookup(type, N.__getattribute__), N.__getattribute__)) flags |= TypeFlag.customGetattribute;
  if (lookup(type, N.__getattr__) !== 0) flags |= TypeFlag.hasGetattr;
  if (isCustom(lookup(type, N.__setattr__), N.__setattr__) || isCustom(lookup(type, N.__delattr__), N.__delattr__)) {
    flags |= TypeFlag.customSetattr;
  }
  if (lookup(type, N.__del__) !== 0) flags |= TypeFlag.hasFinalizer;
  words[(type << 1) + Type.flags] = flags;
}
/** The natives' own special methods do what the fast paths do; anything else found under such a name is custom. */
function isCustom(cell: number, name: number): boolean {
  if (cell === 0) return false;
  return !isRef(cell) || kindOf(refAt(cell)) !== Kind.native || words[(refAt(cell) << 1) + Native.name] !== name;
}

/** True if the type's `name` attribute is the native that built-in type `owner` declares (not overridden). */
export function inheritsNative(type: number, name: number, owner: number): boolean {
  const cell = lookup(type, name);
  if (cell === 0 || words[(cell << 1) + 1] !== TAG_REF) return false;
  const ref = words[cell << 1];
  return kindOf(ref) === Kind.native && words[(ref << 1) + Native.owner] === owner;
}

/** Adds a type to its base's list of subclasses. */
export function linkSubclass(base: number, type: number): void {
  let subclasses = words[(base << 1) + Type.subclasses];
  if (subclasses === 0) words[(base << 1) + Type.subclasses] = subclasses = newList(0);
  setRef(StateCell.scratch + 32, type);
  listAppend(subclasses, StateCell.scratch + 32);
}
/** Takes a type out of its base's list of subclasses. */
export function unlinkSubclass(base: number, type: number): void {
  const subclasses = words[(base << 1) + Type.subclasses];
  if (subclasses === 0) return;
  const size = words[(subclasses << 1) + List.size];
  const first = words[(subclasses << 1) + List.items] + 1;
  for (let i = 0; i < size; i++) {
    if (words[(first + i) << 1] !== type) continue;
    for (let k = i + 1; k < size; k++) words[(first + k - 1) << 1] = words[(first + k) << 1];
    words[(subclasses << 1) + List.size] = size - 1;
    return;
  }
}

/**
 * A new type object, its namespace and mro given (tuple with a NULL first item, which becomes the type itself, then the
 * ancestors); instance layout, flags and subclass links are set from `layoutBase` and the bases. Allocates only.
 */
export function newType(
  metatype: number,
  name: number,
  bases: number,
  mro: number,
  dict: number,
  layoutBase: number,
): number {
  const ref = allocate(TYPE_CELLS);
  const word = ref << 1;
  words.fill(0, word, word + 2 * TYPE_CELLS);
  words[word] = metatype;
  words[word + Type.flags] =
    TypeFlag.heapType |
    (words[(layoutBase << 1) + Type.flags] & (TypeFlag.isException | TypeFlag.weak | TypeFlag.hasTail));
  words[word + Type.name] = name;
  words[word + Type.qualname] = name;
  words[word + Type.bases] = bases;
  words[word + Type.mro] = mro;
  words[word + Type.dict] = dict;
  words[word + Type.kind] = words[(layoutBase << 1) + Type.kind];
  words[word + Type.layoutBase] = layoutBase;
  if (words[word + Type.kind] === Kind.record) {
    words[word + Type.inlineSlots] = words[(layoutBase << 1) + Type.inlineSlots];
  }
  setRef(mro + 1, ref);
  return ref;
}

/** Built-in types that Python code may not derive from. */
const finalTypes: readonly (keyof typeof T)[] = [
  'bool',
  'range',
  'slice',
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
  'getset_descriptor',
  'member_descriptor',
  'mappingproxy',
  'dict_keys',
  'dict_values',
  'dict_items',
  'list_iterator',
  'list_reverseiterator',
  'tuple_iterator',
  'str_iterator',
  'bytes_iterator',
  'range_iterator',
  'dict_keyiterator',
  'dict_valueiterator',
  'dict_itemiterator',
  'set_iterator',
  'callable_iterator',
  'iterator',
  'values',
  'raw',
  'shape',
];

/** Built-in types whose instances may be referred to weakly. */
const weakTypes: readonly (keyof typeof T)[] = [
  'type',
  'set',
  'frozenset',
  'function',
  'method',
  'builtin_function_or_method',
  'code',
  'generator',
  'coroutine',
  'async_generator',
  'module',
  'TextIOWrapper',
];

/** Fills the fixed cells of every built-in type: name, bases, mro, kind, flags, an empty namespace. */
export function defineBuiltinTypes(): void {
  const builtins = intern('builtins');
  let type: number = T.object;
  for (const [name, kind] of builtinTypeKinds) {
    fillBuiltin(type, name, name === 'bool' ? T.int : T.object, kind, builtins);
    type += TYPE_CELLS;
  }
  for (const [name, base] of builtinExceptionBases) {
    fillBuiltin(type, name, T[base], Kind.exception, builtins);
    words[(type << 1) + Type.flags] |= TypeFlag.isException | TypeFlag.hasDict;
    type += TYPE_CELLS;
  }
  for (const name of finalTypes) words[(T[name] << 1) + Type.flags] |= TypeFlag.final;
  for (const withDict of [T.type, T.function, T.module, T.staticmethod, T.classmethod])
    words[(withDict << 1) + Type.flags] |= TypeFlag.hasDict;
  for (const name of weakTypes) words[(T[name] << 1) + Type.flags] |= TypeFlag.weak;
  for (const sequence of [T.list, T.tuple, T.range]) words[(sequence << 1) + Type.flags] |= TypeFlag.sequence;
  for (const mapping of [T.dict, T.mappingproxy]) words[(mapping << 1) + Type.flags] |= TypeFlag.mapping;
}

function fillBuiltin(type: number, name: keyof typeof T, base: number, kind: Kind, module: number): void {
  const word = type << 1;
  const isRoot = type === T.object;
  const nameRef = intern(name === 'method_wrapper' ? 'method-wrapper' : name);
  words[word] = T.type;
  words[word + Type.name] = nameRef;
  words[word + Type.qualname] = nameRef;
  words[word + Type.module] = module;
  words[word + Type.kind] = kind;
  words[word + Type.dict] = newDict();
  words[word + Type.layoutBase] = isRoot ? 0 : base;
  words[word + Type.version] = ++words[State.nextTypeVersion];
  if (isRoot) {
    words[word + Type.bases] = Fixed.emptyTuple;
    const mro = newTuple(1);
    setRef(tupleItem(mro, 0), type);
    words[word + Type.mro] = mro;
    return;
  }
  const bases = newTuple(1);
  setRef(tupleItem(bases, 0), base);
  words[word + Type.bases] = bases;
  const baseMro = words[(base << 1) + Type.mro];
  const length = words[(baseMro << 1) + Tuple.size];
  const mro = newTuple(length + 1);
  setRef(tupleItem(mro, 0), type);
  for (let i = 0; i < length; i++) setRef(tupleItem(mro, i + 1), words[(baseMro + 1 + i) << 1]);
  words[word + Type.mro] = mro;
  linkSubclass(base, type);
}
