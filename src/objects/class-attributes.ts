/**
 * Attributes and methods of type objects: `__name__`, `__mro__`, `__bases__`, `mro()`, `__subclasses__()`, repr, and the
 * hooks behind isinstance and issubclass.
 */
import { Fixed, HEAP_START, T } from '../heap/fixed.ts';
import { Kind, List, Tuple, Type, TypeFlag } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef, setSmallInt } from '../heap/values.ts';
import {
  attributeName,
  findAttribute,
  genericAttribute,
  genericSetAttribute,
  raiseAttributeErrorFor,
  raiseNoAttribute,
} from './attributes.ts';
import { bestBase, checkTypeName, instantiate } from './classes.ts';
import { dictDeleteString, dictFindString, dictSetString, newDict } from './dicts.ts';
import { typeDocumentation } from './documentation.ts';
import { raiseTypeError } from './errors.ts';
import { readOnly } from './functions.ts';
import { keysList, mergeClassNames } from './instances.ts';
import { setBool, setInt } from './integers.ts';
import { call } from './invoke.ts';
import { listAppend, newList } from './lists.ts';
import { newMappingProxy } from './mapping-proxies.ts';
import { applyMro, hasCustomMro, mroTuple, refsOf } from './mro.ts';
import { N } from './names.ts';
import { classNatives, getset, type NativeGetter, natives, nativeTable } from './natives.ts';
import { parametersText } from './natives-binding.ts';
import { truth } from './operations.ts';
import { intern, internRef, isStr, newString, stringOf } from './strings.ts';
import { newTuple, tupleItem } from './tuples.ts';
import {
  isSubtype,
  isType,
  kindAt,
  linkSubclass,
  qualifiedTypeName,
  typeModified,
  typeName,
  typeNameOf,
  typeOf,
  unlinkSubclass,
} from './types.ts';

export function requireHeapType(type: number, name: string): void {
  if ((words[(type << 1) + Type.flags] & TypeFlag.heapType) === 0) {
    raiseTypeError(`cannot set '${name}' attribute of immutable type '${typeNameOf(type)}'`);
  }
}
function typeWord(field: Type): NativeGetter {
  return (object, result) => setRef(result, words[(refAt(object) << 1) + field]);
}
for (const [name, field] of [
  ['__name__', Type.name],
  ['__qualname__', Type.qualname],
] as const) {
  getset(T.type, name, typeWord(field), (object, value) => {
    const type = refAt(object);
    requireHeapType(type, name);
    if (isNull(value)) raiseTypeError(`cannot delete '${name}' attribute of immutable type '${typeNameOf(type)}'`);
    if (!isStr(value))
      raiseTypeError(`can only assign string to ${typeNameOf(type)}.${name}, not '${typeName(value)}'`);
    if (name === '__name__') checkTypeName(value);
    words[(type << 1) + field] = refAt(value);
  });
}
getset(T.type, '__mro__', typeWord(Type.mro), readOnly);
getset(
  T.type,
  '__base__',
  (object, result) => {
    const base = words[(refAt(object) << 1) + Type.layoutBase];
    setRef(result, base === 0 ? Fixed.none : base);
  },
  readOnly,
);
getset(T.type, '__dict__', (object, result) => {
  setRef(result, newMappingProxy(words[(refAt(object) << 1) + Type.dict]));
});
getset(T.type, '__bases__', typeWord(Type.bases), (object, value) => {
  const type = refAt(object);
  requireHeapType(type, '__bases__');
  if (isNull(value)) raiseTypeError(`cannot delete '__bases__' attribute of immutable type '${typeNameOf(type)}'`);
  if (kindAt(value) !== Kind.tuple) {
    raiseTypeError(`can only assign tuple to ${typeNameOf(type)}.__bases__, not ${typeName(value)}`);
  }
  assignBases(type, refAt(value));
});

function assignBases(type: number, tuple: number): void {
  const bases = refsOf(tuple);
  const name = typeNameOf(type);
  if (bases.length === 0) raiseTypeError(`can only assign non-empty tuple to ${name}.__bases__, not ()`);
  bases.forEach((base, i) => {
    if (!isType(tupleItem(tuple, i))) {
      raiseTypeError(`${name}.__bases__ must be tuple of classes, not '${typeName(tupleItem(tuple, i))}'`);
    }
    let cyclic = isSubtype(base, type);
    // an mro may lag behind while some mro() runs
    for (let at = base; at !== 0 && !cyclic; at = words[(at << 1) + Type.layoutBase]) cyclic = at === type;
    if (cyclic) raiseTypeError('a __bases__ item causes an inheritance cycle');
    if ((words[(base << 1) + Type.flags] & TypeFlag.final) !== 0) {
      raiseTypeError(`type '${typeNameOf(base)}' is not an acceptable base type`);
    }
  });
  const kind: Kind = words[(type << 1) + Type.kind];
  for (const base of bases) {
    const baseKind: Kind = words[(base << 1) + Type.kind];
    const members = words[(base << 1) + Type.memberSlots];
    if ((baseKind !== kind && baseKind !== Kind.plain) || members > words[(type << 1) + Type.memberSlots]) {
      const old = typeNameOf(words[(type << 1) + Type.layoutBase]);
      const what = isUncollected(baseKind) ? 'deallocator' : 'object layout';
      raiseTypeError(`__bases__ assignment: '${typeNameOf(base)}' ${what} differs from '${old}'`);
    }
  }
  const layoutBase = bestBase(bases);
  const previous = refsOf(words[(type << 1) + Type.bases]);
  const previousTuple = words[(type << 1) + Type.bases];
  const previousLayout = words[(type << 1) + Type.layoutBase];
  words[(type << 1) + Type.bases] = tuple;
  words[(type << 1) + Type.layoutBase] = layoutBase;
  const changed: [number, number][] = [];
  const slots = pushSlots(2);
  setRef(slots, previousTuple);
  try {
    relinearize(type, bases, changed);
  } catch (error) {
    for (const [changedType, mro] of changed.reverse()) {
      words[(changedType << 1) + Type.mro] = mro;
      typeModified(changedType);
    }
    if (words[(type << 1) + Type.bases] === tuple) {
      words[(type << 1) + Type.bases] = previousTuple;
      words[(type << 1) + Type.layoutBase] = previousLayout;
    }
    throw error;
  }
  popSlots(2);
  // an mro() may have assigned bases of its own, and done the rest with them
  if (words[(type << 1) + Type.bases] !== tuple) return;
  for (const base of previous) unlinkSubclass(base, type);
  for (const base of bases) linkSubclass(base, type);
  typeModified(type);
}
/** Kinds whose instances CPython's cycle collector does not know, so that they are freed in another way. */
function isUncollected(kind: Kind): boolean {
  return kind === Kind.int || kind === Kind.float || kind === Kind.str || kind === Kind.bytes || kind === Kind.complex;
}
/** A new mro for a type with changed bases, and for its subclasses. */
function relinearize(type: number, bases: readonly number[], changed: [number, number][]): void {
  const slot = pushSlots(1);
  const old = words[(type << 1) + Type.mro];
  // kept alive, in case that all is undone
  setRef(slot, old);
  changed.push([type, old]);
  if (hasCustomMro(type)) applyMro(type);
  else {
    const mro = mroTuple(bases);
    setRef(tupleItem(mro, 0), type);
    words[(type << 1) + Type.mro] = mro;
  }
  for (const subclass of subclassesOf(type)) {
    relinearize(subclass, refsOf(words[(subclass << 1) + Type.bases]), changed);
  }
}
function subclassesOf(type: number): number[] {
  const list = words[(type << 1) + Type.subclasses];
  const found: number[] = [];
  if (list === 0) return found;
  const first = words[(list << 1) + List.items] + 1;
  for (let i = 0; i < words[(list << 1) + List.size]; i++) found.push(words[(first + i) << 1]);
  return found;
}

/** A getset over an entry of the type's own namespace. */
function namespaceEntry(name: string, fallback: (type: number, result: number) => void): void {
  getset(
    T.type,
    name,
    (object, result) => {
      // what a built-in type has there is the attribute of its instances
      const isHeapType = (words[(refAt(object) << 1) + Type.flags] & TypeFlag.heapType) !== 0;
      const cell = isHeapType ? dictFindString(words[(refAt(object) << 1) + Type.dict], intern(name)) : 0;
      if (cell !== 0) copyValue(result, cell);
      else fallback(refAt(object), result);
    },
    (object, value) => {
      const type = refAt(object);
      requireHeapType(type, name);
      if (isNull(value) && name === '__module__') {
        raiseTypeError(`cannot delete '__module__' attribute of immutable type '${typeNameOf(type)}'`);
      }
      if (isNull(value)) {
        if (!dictDeleteString(words[(type << 1) + Type.dict], intern(name))) {
          raiseAttributeErrorFor(object, intern(name), name);
        }
      } else {
        dictSetString(words[(type << 1) + Type.dict], intern(name), value);
        // where the class comes from is no longer known
        if (name === '__module__') dictDeleteString(words[(type << 1) + Type.dict], N.__firstlineno__);
      }
      if (name === '__abstractmethods__') {
        const word = (type << 1) + Type.flags;
        if (!isNull(value) && truth(value)) words[word] |= TypeFlag.abstract;
        else words[word] &= ~TypeFlag.abstract;
      }
      typeModified(type);
    },
  );
}
namespaceEntry('__module__', (type, result) => {
  const module = words[(type << 1) + Type.module];
  setRef(result, module === 0 ? intern('builtins') : module);
});
namespaceEntry('__abstractmethods__', (type, result) => {
  setRef(result, type);
  raiseAttributeErrorFor(result, N.__abstractmethods__, '__abstractmethods__');
});
getset(
  T.type,
  '__doc__',
  (object, result) => {
    const cell = dictFindString(words[(refAt(object) << 1) + Type.dict], N.__doc__);
    const type = refAt(object);
    if (cell === 0 || type === T.object) {
      const known = type < HEAP_START ? typeDocumentation(typeNameOf(type)) : '';
      if (known === '') setRef(result, Fixed.none);
      else setRef(result, newString(known));
      return;
    }
    copyValue(result, cell);
    const base = pushSlots(4);
    if (isRef(cell) && words[(words[refAt(cell) << 1] << 1) + Type.kind] === Kind.instance) {
      // a descriptor set by the class itself
      copyValue(base, cell);
      if (findAttribute(base, N.__get__, base + 1)) {
        setRef(base + 2, Fixed.none);
        copyValue(base + 3, object);
        call(base + 1, base + 2, 2, result);
      }
    }
    popSlots(4);
  },
  (object, value) => {
    const type = refAt(object);
    requireHeapType(type, '__doc__');
    if (isNull(value)) raiseTypeError(`cannot delete '__doc__' attribute of immutable type '${typeNameOf(type)}'`);
    dictSetString(words[(type << 1) + Type.dict], N.__doc__, value);
    typeModified(type);
  },
);
natives('sys', {
  '_clear_type_descriptors(type, /)': (args, result) => {
    if (!isType(args)) raiseTypeError(`_clear_type_descriptors() argument must be type, not ${typeName(args)}`);
    const type = refAt(args);
    if (type < HEAP_START) raiseTypeError('argument is immutable');
    for (const name of [N.__dict__, N.__weakref__]) dictDeleteString(words[(type << 1) + Type.dict], name);
    typeModified(type);
    setRef(result, Fixed.none);
  },
});
getset(T.type, '__text_signature__', (object, result) => {
  const text = signatureOfType(refAt(object));
  if (text === '') setRef(result, Fixed.none);
  else setRef(result, newString(text));
});
/** How a built-in type is called, from what its own `__new__` or `__init__` declares; '' where that says nothing. */
function signatureOfType(type: number): string {
  if (type >= HEAP_START) return '';
  for (const name of ['__new__', '__init__']) {
    const native = nativeTable.find((declared) => declared.owner === type && declared.name === name);
    if (native === undefined) continue;
    const parameters = parametersText(native.text).split(', ').slice(1);
    if (parameters[0] === '/') parameters.shift();
    if (parameters.some((parameter) => parameter.startsWith('**'))) continue;
    const known = typeSignatures[stringOf(words[(type << 1) + Type.name])];
    return known ?? `(${parameters.join(', ').replaceAll('=...', '=<unrepresentable>')})`;
  }
  return typeSignatures[stringOf(words[(type << 1) + Type.name])] ?? '';
}
/** Where the declaration is more general than what is accepted. */
const typeSignatures: Readonly<Record<string, string>> = {
  object: '()',
  filter: '(function, iterable, /)',
  map: '(function, iterable, /, *iterables, strict=False)',
  attrgetter: '(attr, /, *attrs)',
  itemgetter: '(item, /, *items)',
  methodcaller: '(name, /, *args, **kwargs)',
  partial: '(func, /, *args, **keywords)',
};
/** What an item adds to an object of variable size, as CPython has it. */
const itemSizes: readonly (readonly [T, number])[] = [
  [T.int, 4],
  [T.tuple, 8],
  [T.bytes, 1],
  [T.type, 40],
];
/** What an object takes without its items, for some types. */
const basicSizes: readonly (readonly [T, number])[] = [
  [T.int, 24],
  [T.tuple, 24],
  [T.bytes, 33],
  [T.str, 64],
  [T.list, 40],
  [T.dict, 48],
  [T.float, 24],
  [T.complex, 32],
  [T.set, 200],
  [T.frozenset, 200],
  [T.object, 16],
];
function sizeGetter(sizes: readonly (readonly [T, number])[]): (object: number, result: number) => void {
  return (object, result) => setSmallInt(result, sizes.find(([type]) => isSubtype(refAt(object), type))?.[1] ?? 0);
}
getset(T.type, '__basicsize__', sizeGetter(basicSizes), readOnly);
getset(T.type, '__itemsize__', sizeGetter(itemSizes), readOnly);
getset(
  T.type,
  '__dictoffset__',
  (object, result) => {
    setSmallInt(result, (words[(refAt(object) << 1) + Type.flags] & TypeFlag.hasDict) !== 0 ? -1 : 0);
  },
  readOnly,
);
getset(
  T.type,
  '__weakrefoffset__',
  (object, result) => {
    // no offsets: which sign says whether instances have the list of weak references, and who manages it
    const flags = words[(refAt(object) << 1) + Type.flags];
    const place = (flags & TypeFlag.heapType) !== 0 ? -1 : 1;
    setSmallInt(result, (flags & TypeFlag.weak) !== 0 ? place : 0);
  },
  readOnly,
);
getset(
  T.type,
  '__flags__',
  (object, result) => {
    const flags = words[(refAt(object) << 1) + Type.flags];
    let shown = 1 << 12;
    if ((flags & TypeFlag.heapType) !== 0) shown |= 1 << 9;
    else shown |= 1 << 8;
    if ((flags & TypeFlag.final) === 0) shown |= 1 << 10;
    if ((flags & TypeFlag.abstract) !== 0) shown |= 1 << 20;
    const hasOwnDict = (flags & (TypeFlag.heapType | TypeFlag.hasDict)) === (TypeFlag.heapType | TypeFlag.hasDict);
    // CPython's names for these: managed dict, inline values
    if (hasOwnDict) shown |= 1 << 4;
    if (hasOwnDict && words[(refAt(object) << 1) + Type.kind] === Kind.instance) shown |= 1 << 2;
    setInt(result, shown);
  },
  readOnly,
);

natives('sys', {
  // dataclasses: the class was made again with slots, and the old one shall keep nothing from being collected
  '_clear_type_descriptors(type, /)': (args, result) => {
    if (!isType(args)) raiseTypeError(`_clear_type_descriptors() argument must be type, not ${typeName(args)}`);
    const type = refAt(args);
    if ((words[(type << 1) + Type.flags] & TypeFlag.heapType) === 0) raiseTypeError('argument is immutable');
    for (const name of [N.__dict__, N.__weakref__]) dictDeleteString(words[(type << 1) + Type.dict], name);
    typeModified(type);
    setRef(result, Fixed.none);
  },
});

classNatives(T.type, {
  '__prepare__(metacls, /, *args, **kwargs)': (_args, result) => setRef(result, newDict()),
});

natives(T.type, {
  '__call__(self, /, *args, **kwargs)': (args, result) => {
    const type = refAt(args);
    const positional = refAt(args + 1);
    if (type === T.type && words[(positional << 1) + Tuple.size] === 1) {
      setRef(result, typeOf(tupleItem(positional, 0)));
      return;
    }
    instantiateSpread(args, result);
  },
  '__init__(self, /, *args, **kwargs)': (args, result) => {
    const count = words[(refAt(args + 1) << 1) + Tuple.size];
    if (count !== 1 && count !== 3) raiseTypeError('type.__init__() takes 1 or 3 arguments');
    setRef(result, Fixed.none);
  },
  '__repr__(self, /)': (args, result) => setRef(result, newString(`<class '${qualifiedTypeName(refAt(args))}'>`)),
  '__getattribute__(self, name, /)': (args, result) => {
    const name = attributeName(args + 1);
    if (!genericAttribute(args, name, result)) raiseNoAttribute(args, name);
  },
  '__setattr__(self, name, value, /)': (args, result) => {
    genericSetAttribute(args, attributeName(args + 1), args + 2);
    setRef(result, Fixed.none);
  },
  '__delattr__(self, name, /)': (args, result) => {
    genericSetAttribute(args, attributeName(args + 1), 0);
    setRef(result, Fixed.none);
  },
  '__dir__(self, /)': (args, result) => {
    const base = pushSlots(1);
    const names = newDict();
    setRef(base, names);
    mergeClassNames(names, refAt(args));
    setRef(result, keysList(names));
    popSlots(1);
  },
  'mro(self, /)': (args, result) => {
    const list = newList(0);
    const bases = refsOf(words[(refAt(args) << 1) + Type.bases]);
    const mro = bases.length === 0 ? words[(refAt(args) << 1) + Type.mro] : mroTuple(bases);
    setRef(tupleItem(mro, 0), refAt(args));
    for (let i = 0; i < words[(mro << 1) + Tuple.size]; i++) listAppend(list, tupleItem(mro, i));
    setRef(result, list);
  },
  '__subclasses__(self, /)': (args, result) => {
    const slot = pushSlots(1);
    const list = newList(0);
    for (const subclass of subclassesOf(refAt(args))) {
      setRef(slot, subclass);
      listAppend(list, slot);
    }
    popSlots(1);
    setRef(result, list);
  },
  '__instancecheck__(self, instance, /)': (args, result) => setBool(result, plainIsInstance(args + 1, args)),
  '__subclasscheck__(self, subclass, /)': (args, result) => setBool(result, plainIsSubclass(args + 1, args)),
  '__sizeof__(self, /)': (_args, result) => setSmallInt(result, 64),
});

function instantiateSpread(args: number, result: number): void {
  const helper = pushSlots(1);
  setRef(helper, refAt(args));
  spreadInto(helper, args + 1, args + 2, result);
  popSlots(1);
}
/** instantiate() with a tuple and a dict. */
function spreadInto(typeSlot: number, tupleSlot: number, dictSlot: number, result: number): void {
  const tuple = refAt(tupleSlot);
  const dict = refAt(dictSlot);
  const positional = words[(tuple << 1) + Tuple.size];
  const names = keysList(dict);
  const keywords = words[(names << 1) + List.size];
  const base = pushSlots(positional + keywords + 1);
  for (let i = 0; i < positional; i++) copyValue(base + i, tupleItem(tuple, i));
  let namesTuple = 0;
  if (keywords !== 0) {
    namesTuple = newTuple(keywords);
    setRef(base + positional + keywords, namesTuple);
    for (let k = 0; k < keywords; k++) {
      const key = words[(names << 1) + List.items] + 1 + k;
      copyValue(tupleItem(namesTuple, k), key);
      copyValue(base + positional + k, dictFindString(dict, internRef(refAt(key))));
    }
  }
  instantiate(refAt(typeSlot), base, positional + keywords, namesTuple, result);
  popSlots(positional + keywords + 1);
}

/** isinstance without `__instancecheck__`: by type, else by the object's `__class__`. May call Python. */
export function plainIsInstance(object: number, classSlot: number): boolean {
  const type = typeOf(object);
  if (!isType(classSlot)) return isInstanceOfUnusual(object, classSlot);
  if (isSubtype(type, refAt(classSlot))) return true;
  if ((words[(type << 1) + Type.flags] & (TypeFlag.heapType | TypeFlag.customGetattribute)) === 0) return false;
  const base = pushSlots(1);
  const found =
    findAttribute(object, N.__class__, base) &&
    isType(base) &&
    refAt(base) !== type &&
    isSubtype(refAt(base), refAt(classSlot));
  popSlots(1);
  return found;
}

/** Classes that are no type objects: anything with a tuple `__bases__`. */
function isInstanceOfUnusual(object: number, classSlot: number): boolean {
  requireClass(classSlot, 'isinstance() arg 2 must be a type, a tuple of types, or a union');
  const base = pushSlots(1);
  const found = findAttribute(object, N.__class__, base) && unusualSubclass(base, classSlot);
  popSlots(1);
  return found;
}
function requireClass(slot: number, message: string): void {
  if (isType(slot)) return;
  const base = pushSlots(1);
  const fine = findAttribute(slot, N.__bases__, base) && kindAt(base) === Kind.tuple;
  popSlots(1);
  if (!fine) raiseTypeError(message);
}
function unusualSubclass(derived: number, classSlot: number): boolean {
  if (isRef(derived) && isRef(classSlot) && refAt(derived) === refAt(classSlot)) return true;
  const base = pushSlots(1);
  let found = false;
  if (findAttribute(derived, N.__bases__, base) && kindAt(base) === Kind.tuple) {
    const count = words[(refAt(base) << 1) + Tuple.size];
    for (let i = 0; i < count && !found; i++) found = unusualSubclass(tupleItem(refAt(base), i), classSlot);
  }
  popSlots(1);
  return found;
}

/** issubclass without `__subclasscheck__`. */
export function plainIsSubclass(derived: number, classSlot: number): boolean {
  if (isType(derived) && isType(classSlot)) return isSubtype(refAt(derived), refAt(classSlot));
  requireClass(derived, 'issubclass() arg 1 must be a class');
  requireClass(classSlot, 'issubclass() arg 2 must be a class, a tuple of classes, or a union');
  return unusualSubclass(derived, classSlot);
}
