/**
 * Types that are declared where they are implemented: those of native modules (collections.deque, itertools.chain, ...)
 * and the rarer built-in ones. Types that machine code or the interpreter's loop must know by number are in heap/fixed.ts
 * instead, with a layout of their own.
 *
 *   const DEQUE = declareType({ name: 'deque', module: 'collections', values: 3, dict: false });
 *   natives(DEQUE, { 'append(self, item, /)': ... });            // methods, getset, defineOperators: as for any type
 *   staticNatives(DEQUE, { '__new__(cls, ...)': (args, result) => setRef(result, newRecord(refAt(args))) });
 *
 * An instance is a *record*: `aux`, an int for the type's own use, and so many values, which the collector follows
 * (RecordObject in heap/layouts.ts). Internal arrays (T.values, T.raw) are values too, as references. A type over another
 * built-in type has that type's layout instead.
 *
 * Each has a fixed cell, given out in the order of declaration, so the number is the same in every process of one build.
 * The type object is filled when the module of that name is made (`native` names the module that owns it if its
 * `__module__` says otherwise), those of `builtins` at start-up, and any by `materializeType` or `newRecord` at first use:
 * start-up pays for no type that a program does not touch.
 */
import { DeclaredTypes, Fixed, State, StateCell, T } from '../heap/fixed.ts';
import { Kind, Native, RecordObject, TYPE_CELLS, Type, TypeFlag } from '../heap/layouts.ts';
import { allocate, words } from '../heap/memory.ts';
import { setNull, setRef } from '../heap/values.ts';
import { dictFindString, dictSetString, newDict } from './dicts.ts';
import { newGetSet, newWrapper } from './functions.ts';
import { hiddenGetSets } from './instances.ts';
import { mroTuple } from './mro.ts';
import { NativeKind, nativeTable } from './natives.ts';
import { allocateOfType } from './object-dicts.ts';
import { derivedNatives, unhashableTypes } from './operator-tables.ts';
import { intern } from './strings.ts';
import { newTuple, tupleItem } from './tuples.ts';
import { linkSubclass } from './types.ts';

export interface TypeDeclaration {
  readonly name: string;
  /** what `__module__` says */
  readonly module: string;
  /** the native module that makes the type, if that is another one than `module` */
  readonly native?: string;
  /** object, if not given */
  readonly bases?: readonly T[];
  /** values of an instance, where the layout is not a base's */
  readonly values?: number;
  /** the layout, where it is one of heap/layouts.ts of the type's own */
  readonly kind?: Kind;
  /** instances have a `__dict__` */
  readonly dict?: boolean;
  /** instances, of another type's layout, have one more reference: `tailWord` of object-dicts.ts */
  readonly tail?: boolean;
  /** may not be subclassed */
  readonly final?: boolean;
  /** which patterns of `match` take instances */
  readonly pattern?: TypeFlag.sequence | TypeFlag.mapping;
  /** not entered in the module's namespace */
  readonly hidden?: boolean;
  /** adds class attributes that are neither methods nor getsets to the type's namespace; may only allocate */
  readonly fill?: (dict: number) => void;
  /** instances may be referred to weakly */
  readonly weak?: boolean;
  /** `__getattribute__`, `__setattr__` and `__delattr__` are declared as natives and do other things than object's */
  readonly customAttributes?: boolean;
  /** over tuple: how many values lie behind the items (struct-sequences.ts) */
  readonly hiddenItems?: number;
}

const declarations: TypeDeclaration[] = [];
/** A slot outside the stack for values on their way into a namespace. */
const TEMPORARY = StateCell.scratch + 33;

/** Declares a type, while files load; the answer is its ref. See the head of this file. */
export function declareType(declaration: TypeDeclaration): T {
  const type = DeclaredTypes.first + declarations.length * TYPE_CELLS;
  if (type + TYPE_CELLS > DeclaredTypes.end) throw new Error('no fixed cell left for a declared type');
  declarations.push(declaration);
  return type;
}

const nativesByType = new Map<T | string, number[]>();
let indexedNatives = 1;
/** Numbers of the natives that a type owns, in the order of declaration. */
function nativesOf(type: T): readonly number[] {
  for (; indexedNatives < nativeTable.length; indexedNatives++) {
    const { owner } = nativeTable[indexedNatives];
    if (typeof owner !== 'number' || owner < DeclaredTypes.first) continue;
    const numbers = nativesByType.get(owner);
    if (numbers === undefined) nativesByType.set(owner, [indexedNatives]);
    else numbers.push(indexedNatives);
  }
  return nativesByType.get(type) ?? [];
}

/** Fills a declared type's object if that was not done yet. Allocates only. */
export function materializeType(type: T): T {
  if (words[type << 1] !== 0) return type;
  const declaration = declarations[(type - DeclaredTypes.first) / TYPE_CELLS];
  const bases = declaration.bases ?? [T.object];
  for (const base of bases) if (base >= DeclaredTypes.first) materializeType(base);
  const word = type << 1;
  const layoutBase = bases[0];
  const name = intern(declaration.name);
  words[word] = T.type;
  words[word + Type.name] = name;
  words[word + Type.qualname] = name;
  words[word + Type.module] = intern(declaration.module);
  const inheritedKind: Kind = words[(layoutBase << 1) + Type.kind];
  const kind = declaration.kind ?? (declaration.values === undefined ? inheritedKind : Kind.record);
  words[word + Type.kind] = kind;
  if (kind === Kind.record) {
    words[word + Type.inlineSlots] = declaration.values ?? words[(layoutBase << 1) + Type.inlineSlots];
  }
  if (declaration.hiddenItems !== undefined) words[word + Type.inlineSlots] = declaration.hiddenItems;
  words[word + Type.layoutBase] = layoutBase;
  words[word + Type.version] = ++words[State.nextTypeVersion];
  const inherited =
    words[(layoutBase << 1) + Type.flags] &
    (TypeFlag.isException |
      TypeFlag.hasDict |
      TypeFlag.weak |
      TypeFlag.hasTail |
      TypeFlag.hasFinalizer |
      TypeFlag.sequence |
      TypeFlag.mapping);
  words[word + Type.flags] =
    inherited |
    (declaration.pattern ?? 0) |
    (declaration.dict ? TypeFlag.hasDict : 0) |
    (declaration.tail ? TypeFlag.hasTail : 0) |
    (declaration.final ? TypeFlag.final : 0) |
    (declaration.weak ? TypeFlag.weak : 0) |
    (declaration.customAttributes ? TypeFlag.customGetattribute | TypeFlag.customSetattr : 0);
  const tuple = newTuple(bases.length);
  bases.forEach((base, i) => {
    setRef(tupleItem(tuple, i), base);
  });
  words[word + Type.bases] = tuple;
  const mro = mroTuple(bases);
  setRef(tupleItem(mro, 0), type);
  words[word + Type.mro] = mro;
  words[word + Type.dict] = newDict();
  for (const base of bases) linkSubclass(base, type);
  for (const number of nativesOf(type)) {
    installNative(number);
    if (nativeTable[number].name === '__del__') words[word + Type.flags] |= TypeFlag.hasFinalizer;
  }
  if (declaration.dict && (inherited & TypeFlag.hasDict) === 0) {
    setRef(TEMPORARY, newGetSet(T.getset_descriptor, hiddenGetSets.fixedDict, intern('__dict__'), type));
    dictSetString(words[word + Type.dict], intern('__dict__'), TEMPORARY);
  }
  if (unhashableTypes.includes(type)) {
    setRef(TEMPORARY, Fixed.none);
    dictSetString(words[word + Type.dict], intern('__hash__'), TEMPORARY);
  }
  declaration.fill?.(words[word + Type.dict]);
  return type;
}

/** Fills the types that native module `module` makes; enters them in `dict` unless it is 0. Allocates only. */
export function materializeTypes(module: string, dict = 0): void {
  declarations.forEach((declaration, i) => {
    if ((declaration.native ?? declaration.module) !== module) return;
    const type = materializeType(DeclaredTypes.first + i * TYPE_CELLS);
    if (dict === 0 || declaration.hidden) return;
    setRef(TEMPORARY, type);
    dictSetString(dict, intern(declaration.name), TEMPORARY);
  });
}

/** A new instance of a declared type or of a subclass: `aux` 0, all values NULL. Allocates only. */
export function newRecord(type: number): number {
  if (words[type << 1] === 0) materializeType(type);
  const count = words[(type << 1) + Type.inlineSlots];
  const ref = allocateOfType(type, 1 + count);
  words[(ref << 1) + RecordObject.aux] = 0;
  for (let i = 0; i < count; i++) setNull(recordValue(ref, i));
  return ref;
}

/** The cell of value `index` of a record. */
export function recordValue(record: number, index: number): number {
  return record + (RecordObject.values >> 1) + index;
}

/** Special methods behind which CPython has a slot of the type, without their underscores. */
const slotMethods: ReadonlySet<string> = new Set(
  (
    'repr hash call str getattribute getattr setattr delattr lt le eq ne gt ge iter next get set delete init del await ' +
    'aiter anext neg pos abs bool invert int float index len getitem setitem delitem contains buffer release_buffer ' +
    'add sub mul matmul truediv floordiv mod divmod pow lshift rshift and or xor ' +
    'radd rsub rmul rmatmul rtruediv rfloordiv rmod rdivmod rpow rlshift rrshift rand ror rxor ' +
    'iadd isub imul imatmul itruediv ifloordiv imod ipow ilshift irshift iand ior ixor'
  ).split(' '),
);
/** Special methods that are plain methods all the same, since CPython can call them faster so. */
const fasterMethods: readonly (readonly [T, string])[] = [
  [T.dict, '__contains__'],
  [T.dict, '__getitem__'],
  [T.list, '__getitem__'],
  [T.set, '__contains__'],
  [T.frozenset, '__contains__'],
];
function methodType(name: string, type: number): T {
  if (!name.startsWith('__') || !slotMethods.has(name.slice(2, -2))) return T.method_descriptor;
  const isFaster = fasterMethods.some(([owner, method]) => owner === type && method === name);
  return isFaster ? T.method_descriptor : T.wrapper_descriptor;
}

/** Attributes that CPython reads straight out of the object: their descriptors are of another type. */
const members: readonly (readonly [T, string])[] = [
  [T.function, '__builtins__ __closure__ __doc__ __globals__ __module__'],
  [T.method, '__func__ __self__'],
  [T.property, '__doc__ fdel fget fset'],
  [T.type, '__base__ __basicsize__ __dictoffset__ __flags__ __itemsize__ __weakrefoffset__'],
  [T.builtin_function_or_method, '__module__'],
  [T.range, 'start step stop'],
  [T.slice, 'start step stop'],
  [T.super, '__self__ __self_class__ __thisclass__'],
  [T.staticmethod, '__func__ __wrapped__'],
  [T.classmethod, '__func__ __wrapped__'],
  [T.complex, 'imag real'],
  [T.wrapper_descriptor, '__name__ __objclass__'],
  [T.method_descriptor, '__name__ __objclass__'],
  [T.classmethod_descriptor, '__name__ __objclass__'],
  [T.getset_descriptor, '__name__ __objclass__'],
  [T.member_descriptor, '__name__ __objclass__'],
  [T.StopIteration, 'value'],
  [T.SystemExit, 'code'],
  [
    T.code,
    'co_argcount co_consts co_exceptiontable co_filename co_firstlineno co_flags co_kwonlyargcount co_linetable',
  ],
  [T.code, 'co_name co_names co_posonlyargcount co_qualname co_stacksize'],
];
let memberNames: Set<string> | null = null;
function isMember(name: string, type: number): boolean {
  memberNames ??= new Set(members.flatMap(([owner, names]) => names.split(' ').map((member) => `${owner}.${member}`)));
  return memberNames.has(`${type}.${name}`);
}

/** Puts a native into the namespace of the built-in type that owns it. Allocates only. */
export function installNative(number: number): void {
  const { name, kind, owner } = nativeTable[number];
  const type = owner as number;
  const nameRef = intern(name);
  const dict = words[(type << 1) + Type.dict];
  if (derivedNatives.has(number) && dictFindString(dict, nameRef) !== 0) return;
  switch (kind) {
    case NativeKind.getset:
      setRef(
        TEMPORARY,
        newGetSet(isMember(name, type) ? T.member_descriptor : T.getset_descriptor, number, nameRef, type),
      );
      break;
    case NativeKind.staticMethod:
      setRef(TEMPORARY, newNative(T.builtin_function_or_method, number, nameRef, type));
      if (name !== '__new__') setRef(TEMPORARY, newWrapper(T.staticmethod, TEMPORARY));
      break;
    case NativeKind.classMethod:
      setRef(TEMPORARY, newNative(T.method_descriptor, number, nameRef, type));
      setRef(TEMPORARY, newWrapper(T.classmethod_descriptor, TEMPORARY));
      break;
    default:
      setRef(TEMPORARY, newNative(methodType(name, type), number, nameRef, type));
  }
  dictSetString(dict, nameRef, TEMPORARY);
}

function newNative(nativeType: T, number: number, name: number, owner: number): number {
  const ref = allocate(3);
  const word = ref << 1;
  words[word] = nativeType;
  words[word + Native.number] = number;
  setNull(ref + (Native.self >> 1));
  words[word + Native.name] = name;
  words[word + Native.owner] = owner;
  return ref;
}
