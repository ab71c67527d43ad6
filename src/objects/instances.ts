/**
 * `object`: what every class inherits. Creation, default repr, comparison and hash, attribute hooks, `__class__`,
 * `__dict__`, `__dir__`. What pickling asks is in object-reductions.ts.
 */

import { weakReferencesTo } from '../heap/finalization.ts';
import { Fixed, T } from '../heap/fixed.ts';
import { GetSet, Instance, Kind, Shape, Tuple, Type, TypeFlag } from '../heap/layouts.ts';
import { allocate, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { isNull, isRef, refAt, setRef } from '../heap/values.ts';
import { attributeName, findAttribute, genericAttribute, genericSetAttribute, raiseNoAttribute } from './attributes.ts';
import { dictCount, dictEntry, dictFindString, dictMerge, dictNext, newDict } from './dicts.ts';
import { raiseAttributeError, raiseTypeError } from './errors.ts';
import { addressText } from './functions.ts';
import { setBool, setInt } from './integers.ts';
import { callMethodRef } from './invoke.ts';
import { listAppend, newList } from './lists.ts';
import { newMappingProxy } from './mapping-proxies.ts';
import { N } from './names.ts';
import { classNatives, getset, NativeKind, natives, nativeTable, staticNatives } from './natives.ts';
import { makeDictOf, setDictOf } from './object-dicts.ts';
import { identical, iterate, next, repr, str } from './operations.ts';
import { changeClass, newInstance, rootShapeOf } from './shapes.ts';
import { isStr, newString, stringOf } from './strings.ts';
import { tupleItem } from './tuples.ts';
import {
  argumentType,
  inheritsNative,
  isSubtype,
  isType,
  kindAt,
  qualifiedTypeName,
  typeName,
  typeNameOf,
  typeOf,
} from './types.ts';

/** Numbers of the natives behind the `__dict__` and `__weakref__` descriptors that classes get; owned by no type. */
export const hiddenGetSets = {
  dict: hidden(
    '__dict__',
    (object, result) => {
      const dict = makeDictOf(refAt(object));
      setRef(result, kindAt(object) === Kind.type ? newMappingProxy(dict) : dict);
    },
    (object, value) => {
      const kind = kindAt(object);
      if (kind === Kind.type || kind === Kind.module) {
        const owner = kind === Kind.type ? 'type' : 'module';
        raiseAttributeError(`attribute '__dict__' of '${owner}' objects is not writable`);
      }
      if (isNull(value) && kind === Kind.exception) raiseTypeError('cannot delete __dict__');
      if (isNull(value)) setDictOf(refAt(object), newDict());
      else if (kindAt(value) !== Kind.dict) {
        raiseTypeError(`__dict__ must be set to a dictionary, not a '${typeName(value)}'`);
      } else setDictOf(refAt(object), refAt(value));
    },
  ),
  /** of built-in types: cannot be deleted */
  fixedDict: hidden(
    '__dict__',
    (object, result) => setRef(result, makeDictOf(refAt(object))),
    (object, value) => {
      if (isNull(value)) raiseTypeError('cannot delete __dict__');
      if (kindAt(value) !== Kind.dict) {
        raiseTypeError(`__dict__ must be set to a dictionary, not a '${typeName(value)}'`);
      }
      setDictOf(refAt(object), refAt(value));
    },
  ),
  weakref: hidden(
    '__weakref__',
    (object, result) => setRef(result, weakReferencesTo(refAt(object))[0] ?? Fixed.none),
    null,
  ),
};

function hidden(
  name: string,
  routine: (object: number, result: number) => void,
  setter: ((object: number, value: number) => void) | null,
): number {
  const number = nativeTable.length;
  nativeTable.push({ number, owner: '', name, text: name, kind: NativeKind.getset, routine, setter });
  return number;
}

/** TypeError for a class that still has abstract methods. */
export function raiseAbstract(type: number): never {
  const cell = dictFindString(words[(type << 1) + Type.dict], N.__abstractmethods__);
  const names: string[] = [];
  if (cell !== 0) {
    const base = pushSlots(2);
    iterate(cell, base);
    while (next(base, base + 1)) names.push(stringOf(str(base + 1)));
    popSlots(2);
  }
  names.sort();
  const methods = names.map((name) => `'${name}'`).join(', ');
  const plural = names.length === 1 ? '' : 's';
  raiseTypeError(
    `Can't instantiate abstract class ${typeNameOf(type)} without an implementation for abstract method${plural} ${methods}`,
  );
}

/** True if the arguments after the class or instance are more than none: *args, **kwargs in cells args+1, args+2. */
function hasExcess(args: number): boolean {
  return words[(refAt(args + 1) << 1) + Tuple.size] !== 0 || dictCount(refAt(args + 2)) !== 0;
}

staticNatives(T.object, {
  '__new__(cls, /, *args, **kwargs)': (args, result) => {
    if (!isType(args)) raiseTypeError(`object.__new__(X): X is not a type object (${typeName(args)})`);
    const type = refAt(args);
    const name = typeNameOf(type);
    if (hasExcess(args)) {
      if (!inheritsNative(type, N.__new__, T.object)) {
        raiseTypeError('object.__new__() takes exactly one argument (the type to instantiate)');
      }
      if (inheritsNative(type, N.__init__, T.object)) raiseTypeError(`${name}() takes no arguments`);
    }
    if ((words[(type << 1) + Type.flags] & TypeFlag.abstract) !== 0) raiseAbstract(type);
    if (words[(type << 1) + Type.kind] === Kind.instance) {
      setRef(result, newInstance(type));
      return;
    }
    if (type !== T.object) {
      if (inheritsNative(type, N.__new__, T.object))
        raiseTypeError(`cannot create '${qualifiedTypeName(type)}' instances`);
      let builtin = type;
      while ((words[(builtin << 1) + Type.flags] & TypeFlag.heapType) !== 0) {
        builtin = words[(builtin << 1) + Type.layoutBase];
      }
      raiseTypeError(`object.__new__(${name}) is not safe, use ${typeNameOf(builtin)}.__new__()`);
    }
    const ref = allocate(1);
    words[ref << 1] = type;
    words[(ref << 1) + 1] = 0;
    setRef(result, ref);
  },
});

classNatives(T.object, {
  '__init_subclass__(cls, /)': (_args, result) => setRef(result, Fixed.none),
  '__subclasshook__(cls, subclass, /)': (_args, result) => setRef(result, Fixed.notImplemented),
});

/** Classes are changed by type's own hooks only, so that nobody gets around those. */
function refuseClasses(object: number, hook: string): void {
  if (kindAt(object) === Kind.type) raiseTypeError(`can't apply this ${hook} to ${typeName(object)} object`);
}

natives(T.object, {
  '__init__(self, /, *args, **kwargs)': (args, result) => {
    if (hasExcess(args)) {
      const type = typeOf(args);
      if (!inheritsNative(type, N.__init__, T.object)) {
        raiseTypeError('object.__init__() takes exactly one argument (the instance to initialize)');
      }
      if (inheritsNative(type, N.__new__, T.object)) {
        raiseTypeError(`${typeNameOf(type)}.__init__() takes exactly one argument (the instance to initialize)`);
      }
    }
    setRef(result, Fixed.none);
  },
  '__repr__(self, /)': (args, result) => {
    setRef(result, newString(`<${qualifiedTypeName(typeOf(args))} object at ${addressText(args)}>`));
  },
  '__str__(self, /)': (args, result) => setRef(result, repr(args)),
  '__eq__(self, value, /)': (args, result) => {
    if (identical(args, args + 1)) setBool(result, true);
    else setRef(result, Fixed.notImplemented);
  },
  '__ne__(self, value, /)': (args, result) => {
    const answer = pushSlots(1);
    callMethodRef(args, N.__eq__, args + 1, 1, answer);
    if (!isRef(answer) || refAt(answer) !== Fixed.notImplemented) setBool(result, refAt(answer) === Fixed.false);
    else setRef(result, Fixed.notImplemented);
    popSlots(1);
  },
  '__lt__(self, value, /)': (_args, result) => setRef(result, Fixed.notImplemented),
  '__le__(self, value, /)': (_args, result) => setRef(result, Fixed.notImplemented),
  '__gt__(self, value, /)': (_args, result) => setRef(result, Fixed.notImplemented),
  '__ge__(self, value, /)': (_args, result) => setRef(result, Fixed.notImplemented),
  '__hash__(self, /)': (args, result) => setInt(result, isRef(args) ? refAt(args) : words[args << 1]),
  '__format__(self, format_spec, /)': (args, result) => {
    if (!isStr(args + 1)) raiseTypeError(`__format__() argument must be str, not ${argumentType(args + 1)}`);
    if (refAt(args + 1) !== Fixed.emptyString) {
      raiseTypeError(`unsupported format string passed to ${typeName(args)}.__format__`);
    }
    setRef(result, str(args));
  },
  '__getattribute__(self, name, /)': (args, result) => {
    const name = attributeName(args + 1);
    if (!genericAttribute(args, name, result)) raiseNoAttribute(args, name);
  },
  '__setattr__(self, name, value, /)': (args, result) => {
    refuseClasses(args, '__setattr__');
    genericSetAttribute(args, attributeName(args + 1), args + 2);
    setRef(result, Fixed.none);
  },
  '__delattr__(self, name, /)': (args, result) => {
    refuseClasses(args, '__delattr__');
    genericSetAttribute(args, attributeName(args + 1), 0);
    setRef(result, Fixed.none);
  },
  '__dir__(self, /)': (args, result) => {
    const base = pushSlots(1);
    const names = newDict();
    setRef(base, names);
    if (findAttribute(args, N.__dict__, result) && kindAt(result) === Kind.dict) dictMerge(names, refAt(result));
    if (findAttribute(args, N.__class__, result) && isType(result)) mergeClassNames(names, refAt(result));
    setRef(result, keysList(names));
    popSlots(1);
  },
  '__sizeof__(self, /)': (args, result) => {
    setInt(result, plainSize(args));
  },
});

/** object.__sizeof__, in CPython's numbers where they are simple. */
function plainSize(object: number): number {
  switch (kindAt(object)) {
    case Kind.instance: {
      const shape = words[(refAt(object) << 1) + Instance.shape];
      return shape === 0 ? 16 : 16 + 8 * words[(shape << 1) + Shape.inlineSlots];
    }
    case Kind.tuple:
      return 24 + 8 * words[(refAt(object) << 1) + Tuple.size];
    case Kind.bytes:
      return 33 + words[(refAt(object) << 1) + 1];
    case Kind.float:
      return 24;
    case Kind.complex:
    case Kind.range:
      return 32;
    case Kind.function:
      return 144;
    case Kind.plain:
      return 16;
    default:
      return 32;
  }
}

/** Adds the names of all class attributes along the mro to a dict used as an ordered set. */
export function mergeClassNames(names: number, type: number): void {
  const mro = words[(type << 1) + Type.mro];
  for (let i = 0; i < words[(mro << 1) + Tuple.size]; i++) {
    dictMerge(names, words[(refAt(tupleItem(mro, i)) << 1) + Type.dict]);
  }
}
/** A list of a dict's keys. */
export function keysList(dict: number): number {
  const list = newList(0);
  for (let at = dictNext(dict, 0); at >= 0; at = dictNext(dict, at + 1)) listAppend(list, dictEntry(dict, at));
  return list;
}

getset(
  T.object,
  '__class__',
  (object, result) => setRef(result, typeOf(object)),
  (object, value) => {
    if (isNull(value)) raiseTypeError("can't delete __class__ attribute");
    if (!isType(value)) raiseTypeError(`__class__ must be set to a class, not '${typeName(value)}' object`);
    assignClass(object, refAt(value));
  },
);

/** True if instances of both types have their members of `__slots__` from the same classes, or the same names last. */
function sameMembers(a: number, b: number): boolean {
  const [first, second] = [lastExtension(a), lastExtension(b)];
  if (first === second) return true;
  const base = (type: number): number => words[(type << 1) + Type.layoutBase];
  return base(first) === base(second) && memberNames(first).join() === memberNames(second).join();
}
/** The ancestor that added members last, or else the root of the layout. */
function lastExtension(type: number): number {
  let at = type;
  for (;;) {
    const base = words[(at << 1) + Type.layoutBase];
    if (base === 0 || (words[(base << 1) + Type.flags] & TypeFlag.heapType) === 0) return at;
    if (words[(base << 1) + Type.memberSlots] !== words[(at << 1) + Type.memberSlots]) return at;
    at = base;
  }
}

/** The names of the members of `__slots__`, own and inherited, in the order of their cells. */
function memberNames(type: number): string[] {
  const names: string[] = [];
  const mro = words[(type << 1) + Type.mro];
  for (let i = 0; i < words[(mro << 1) + Tuple.size]; i++) {
    const dict = words[(refAt(tupleItem(mro, i)) << 1) + Type.dict];
    for (let at = dictNext(dict, 0); at >= 0; at = dictNext(dict, at + 1)) {
      const value = dictEntry(dict, at) + 1;
      if (!isRef(value) || words[refAt(value) << 1] !== T.member_descriptor) continue;
      const getter = words[(refAt(value) << 1) + GetSet.getter];
      if (getter < 0) names[-getter - 1] = stringOf(refAt(dictEntry(dict, at)));
    }
  }
  return names;
}

function assignClass(object: number, type: number): void {
  const old = typeOf(object);
  if (old === type) return;
  const heap = (of: number): boolean => (words[(of << 1) + Type.flags] & TypeFlag.heapType) !== 0;
  const kind: Kind = words[(old << 1) + Type.kind];
  const bothModules = kind === Kind.module && isSubtype(type, T.module);
  if (!bothModules && !(heap(old) && heap(type))) {
    raiseTypeError('__class__ assignment only supported for mutable types or ModuleType subclasses');
  }
  const dictFlag = (of: number): number => words[(of << 1) + Type.flags] & (TypeFlag.hasDict | TypeFlag.weak);
  if (
    kind !== words[(type << 1) + Type.kind] ||
    dictFlag(old) !== dictFlag(type) ||
    (bothModules ? words[(type << 1) + Type.memberSlots] !== 0 : !sameMembers(old, type))
  ) {
    raiseTypeError(`__class__ assignment: '${typeNameOf(type)}' object layout differs from '${typeNameOf(old)}'`);
  }
  if (kind === Kind.instance) {
    rootShapeOf(type);
    changeClass(refAt(object), type);
  } else words[refAt(object) << 1] = type;
}
