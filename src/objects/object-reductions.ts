/**
 * What copy and pickle ask of objects: `object.__reduce_ex__`, `__getstate__`, and the `__reduce__` of built-in types
 * that CPython gives one. Reduction by protocol 2 and later is made here; older protocols are copyreg's business, as are
 * the functions that make objects again (`copyreg.__newobj__`).
 */
import { Fixed, State, T } from '../heap/fixed.ts';
import { GetSet, Instance, Kind, Method, Native, Shape, Tuple, Type, TypeFlag } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setNull, setRef } from '../heap/values.ts';
import { findAttribute, getAttribute } from './attributes.ts';
import { dictCopy, dictCount, dictEntry, dictFindString, dictNext, dictSetString, newDict } from './dicts.ts';
import { raiseTypeError, raiseValueError } from './errors.ts';
import { indexOf, setInt } from './integers.ts';
import { call, callMethodRef, callSpecial } from './invoke.ts';
import { listFrom } from './list-extend.ts';
import { listItem, listSize } from './lists.ts';
import { N } from './names.ts';
import { natives } from './natives.ts';
import { dictOf, memberCell } from './object-dicts.ts';
import { iterate } from './operations.ts';
import { builtinFunction, interpreterBuiltin, reduction, reductionWithState } from './reductions.ts';
import { instanceDictCopy } from './shapes.ts';
import { intern, internRef, isStr } from './strings.ts';
import { newTuple, tupleItem } from './tuples.ts';
import { inheritsNative, kindAt, typeName, typeOf } from './types.ts';

/** An attribute of the module copyreg, which is imported if need be. May call Python. */
function fromCopyreg(name: string, result: number): void {
  const slots = pushSlots(2);
  const known = words[State.modulesDict] === 0 ? 0 : dictFindString(words[State.modulesDict], intern('copyreg'));
  if (known !== 0) copyValue(slots, known);
  else {
    setRef(slots + 1, intern('copyreg'));
    interpreterBuiltin('__import__', slots);
    call(slots, slots + 1, 1, slots);
  }
  getAttribute(slots, intern(name), result);
  popSlots(2);
}

/** Layouts whose instances hold more than `__dict__` and `__slots__`, so that these do not tell all of them. */
function hidesState(object: number): boolean {
  const kind = kindAt(object);
  return kind !== Kind.instance && kind !== Kind.plain && kind !== Kind.exception;
}

/** result = object.__getstate__(): the dict (a copy), None, or a pair with the values of __slots__. */
export function getState(object: number, result: number): void {
  const ref = refAt(object);
  const type = typeOf(object);
  let state = 0;
  if ((words[(type << 1) + Type.flags] & TypeFlag.hasDict) !== 0) {
    if (kindAt(object) === Kind.instance) {
      const shape = words[(ref << 1) + Instance.shape];
      state =
        words[(shape << 1) + Shape.dictionary] !== 0
          ? dictCopy(words[(ref << 1) + Instance.overflow])
          : instanceDictCopy(ref);
    } else {
      state = dictOf(ref);
      if (state !== 0) state = dictCopy(state);
    }
  }
  const base = pushSlots(2);
  setRef(base, state !== 0 && dictCount(state) !== 0 ? state : Fixed.none);
  const told = dictFindString(words[(type << 1) + Type.dict], intern('__slotnames__'));
  if (told !== 0 || words[(type << 1) + Type.memberSlots] !== 0) {
    const values = newDict();
    setRef(base + 1, values);
    if (told === 0) collectMembers(object, type, values);
    else collectNamed(object, told, values);
    if (dictCount(values) !== 0) {
      const pair = newTuple(2);
      copyValue(tupleItem(pair, 0), base);
      copyValue(tupleItem(pair, 1), base + 1);
      setRef(base, pair);
    }
  }
  copyValue(result, base);
  popSlots(2);
}

/** The attributes that `__slotnames__` of the class lists; copyreg keeps there what it once found. */
function collectNamed(object: number, names: number, values: number): void {
  const slots = pushSlots(3);
  setRef(slots, listFrom(names));
  for (let i = 0; i < listSize(refAt(slots)); i++) {
    copyValue(slots + 1, listItem(refAt(slots), i));
    if (!isStr(slots + 1)) continue;
    const name = internRef(refAt(slots + 1));
    if (findAttribute(object, name, slots + 2)) dictSetString(values, name, slots + 2);
  }
  popSlots(3);
}

function collectMembers(object: number, type: number, values: number): void {
  const mro = words[(type << 1) + Type.mro];
  for (let i = 0; i < words[(mro << 1) + Tuple.size]; i++) {
    const dict = words[(refAt(tupleItem(mro, i)) << 1) + Type.dict];
    for (let at = dictNext(dict, 0); at >= 0; at = dictNext(dict, at + 1)) {
      const entry = dictEntry(dict, at);
      if (!isRef(entry + 1) || words[refAt(entry + 1) << 1] !== T.member_descriptor) continue;
      const getter = words[(refAt(entry + 1) << 1) + GetSet.getter];
      if (getter >= 0) continue;
      const cell = memberCell(refAt(object), -getter - 1);
      if (!isNull(cell)) dictSetString(values, refAt(entry), cell);
    }
  }
}

/**
 * The arguments with which `__new__` makes the object again: a tuple in `args`, a dict or NULL in `keywords`. False if the
 * object says nothing about them.
 */
function newArguments(object: number, args: number, keywords: number): boolean {
  const slot = pushSlots(2);
  setNull(keywords);
  if (callSpecial(object, intern('__getnewargs_ex__'), slot, 0, slot)) {
    if (kindAt(slot) !== Kind.tuple) {
      raiseTypeError(`__getnewargs_ex__ should return a tuple, not '${typeName(slot)}'`);
    }
    const size = words[(refAt(slot) << 1) + Tuple.size];
    if (size !== 2) raiseValueError(`__getnewargs_ex__ should return a tuple of length 2, not ${size}`);
    copyValue(args, tupleItem(refAt(slot), 0));
    copyValue(keywords, tupleItem(refAt(slot), 1));
    const returned = 'item of the tuple returned by __getnewargs_ex__ must be a';
    if (kindAt(args) !== Kind.tuple) raiseTypeError(`first ${returned} tuple, not '${typeName(args)}'`);
    if (kindAt(keywords) !== Kind.dict) raiseTypeError(`second ${returned} dict, not '${typeName(keywords)}'`);
    popSlots(2);
    return true;
  }
  if (callSpecial(object, intern('__getnewargs__'), slot, 0, args)) {
    if (kindAt(args) !== Kind.tuple) raiseTypeError(`__getnewargs__ should return a tuple, not '${typeName(args)}'`);
    popSlots(2);
    return true;
  }
  setRef(args, Fixed.emptyTuple);
  popSlots(2);
  return false;
}

/** result = (copyreg.__newobj__, (cls, *args), state, listitems, dictitems). */
function reduceNew(object: number, result: number): void {
  const base = pushSlots(6);
  const [maker, args, keywords, state, listItems, dictItems] = [base, base + 1, base + 2, base + 3, base + 4, base + 5];
  const told = newArguments(object, args, keywords);
  const kind = kindAt(object);
  const contains = kind === Kind.list || kind === Kind.dict;
  if (!told && !contains && hidesState(object) && inheritsNative(typeOf(object), N.__getstate__, T.object)) {
    const name = typeName(object);
    raiseTypeError(name === 'memoryview' ? 'cannot pickle memoryview objects' : `cannot pickle '${name}' object`);
  }
  const withKeywords = !isNull(keywords) && dictCount(refAt(keywords)) !== 0;
  if (withKeywords) {
    fromCopyreg('__newobj_ex__', maker);
    const triple = newTuple(3);
    setRef(tupleItem(triple, 0), typeOf(object));
    copyValue(tupleItem(triple, 1), args);
    copyValue(tupleItem(triple, 2), keywords);
    setRef(args, triple);
  } else {
    fromCopyreg('__newobj__', maker);
    const given = refAt(args);
    const count = words[(given << 1) + Tuple.size];
    const tuple = newTuple(count + 1);
    setRef(tupleItem(tuple, 0), typeOf(object));
    for (let i = 0; i < count; i++) copyValue(tupleItem(tuple, i + 1), tupleItem(given, i));
    setRef(args, tuple);
  }
  callMethodRef(object, N.__getstate__, state, 0, state);
  setRef(listItems, Fixed.none);
  setRef(dictItems, Fixed.none);
  if (kind === Kind.list) iterate(object, listItems);
  if (kind === Kind.dict) {
    callMethodRef(object, intern('items'), dictItems, 0, dictItems);
    iterate(dictItems, dictItems);
  }
  const answer = newTuple(5);
  [maker, args, state, listItems, dictItems].forEach((cell, i) => {
    copyValue(tupleItem(answer, i), cell);
  });
  setRef(result, answer);
  popSlots(6);
}

function reduce(object: number, protocol: number, result: number): void {
  if (protocol >= 2) {
    reduceNew(object, result);
    return;
  }
  const base = pushSlots(3);
  fromCopyreg('_reduce_ex', base);
  copyValue(base + 1, object);
  setInt(base + 2, protocol);
  call(base, base + 1, 2, result);
  popSlots(3);
}

natives(T.object, {
  '__getstate__(self, /)': (args, result) => getState(args, result),
  '__reduce__(self, /)': (args, result) => reduce(args, 0, result),
  '__reduce_ex__(self, protocol, /)': (args, result) => {
    const protocol = indexOf(args + 1);
    if (inheritsNative(typeOf(args), N.__reduce__, T.object)) reduce(args, protocol, result);
    else callMethodRef(args, N.__reduce__, args, 0, result);
  },
});

// Built-in types

for (const type of [T.set, T.frozenset]) {
  natives(type, {
    '__reduce__(self, /)': (args, result) => {
      const slots = pushSlots(3);
      setRef(slots + 1, listFrom(args));
      setRef(slots, typeOf(args));
      callMethodRef(args, N.__getstate__, slots + 2, 0, slots + 2);
      reductionWithState(slots, [slots + 1], slots + 2, result);
      popSlots(3);
    },
  });
}
natives(T.range, {
  '__reduce__(self, /)': (args, result) => reduceByAttributes(args, ['start', 'stop', 'step'], result),
});
natives(T.slice, {
  '__reduce__(self, /)': (args, result) => reduceByAttributes(args, ['start', 'stop', 'step'], result),
});
function reduceByAttributes(object: number, names: readonly string[], result: number): void {
  const slots = pushSlots(names.length + 1);
  setRef(slots, typeOf(object));
  names.forEach((name, i) => {
    getAttribute(object, intern(name), slots + 1 + i);
  });
  reduction(
    slots,
    names.map((_, i) => slots + 1 + i),
    result,
  );
  popSlots(names.length + 1);
}

natives(T.ellipsis, { '__reduce__(self, /)': (_args, result) => setRef(result, intern('Ellipsis')) });
natives(T.NotImplementedType, { '__reduce__(self, /)': (_args, result) => setRef(result, intern('NotImplemented')) });

/** result = (getattr, (object, name)). */
function reduceByName(object: number, name: number, result: number): void {
  const slots = pushSlots(3);
  builtinFunction('getattr', slots);
  copyValue(slots + 1, object);
  copyValue(slots + 2, name);
  reduction(slots, [slots + 1, slots + 2], result);
  popSlots(3);
}
natives(T.method, {
  '__reduce__(self, /)': (args, result) => {
    const name = pushSlots(1);
    getAttribute(refAt(args) + (Method.function >> 1), N.__name__, name);
    reduceByName(refAt(args) + (Method.self >> 1), name, result);
    popSlots(1);
  },
});
for (const type of [T.getset_descriptor, T.member_descriptor]) {
  natives(type, {
    '__reduce__(self, /)': (args, result) => {
      const slots = pushSlots(2);
      setRef(slots, words[(refAt(args) << 1) + GetSet.owner]);
      setRef(slots + 1, words[(refAt(args) << 1) + GetSet.name]);
      reduceByName(slots, slots + 1, result);
      popSlots(2);
    },
  });
}
for (const type of [T.builtin_function_or_method, T.method_wrapper, T.method_descriptor, T.wrapper_descriptor]) {
  natives(type, {
    '__reduce__(self, /)': (args, result) => {
      const native = refAt(args);
      const slots = pushSlots(2);
      setRef(slots + 1, words[(native << 1) + Native.name]);
      const self = native + (Native.self >> 1);
      const owner = words[(native << 1) + Native.owner];
      if (!isNull(self) && kindAt(self) !== Kind.module) reduceByName(self, slots + 1, result);
      else if (owner !== 0) {
        setRef(slots, owner);
        reduceByName(slots, slots + 1, result);
      } else copyValue(result, slots + 1);
      popSlots(2);
    },
  });
}
