/**
 * types.GenericAlias, what `list[int]` gives: stands for its origin in all but a few attributes. What is done rarely
 * (finding type parameters, putting arguments in their place, the text) is written in Python, in modules/builtins.py.
 */
import { Fixed, T } from '../heap/fixed.ts';
import { Kind, RecordObject } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setNull, setRef } from '../heap/values.ts';
import { attributeName, genericAttribute, getAttribute, raiseNoAttribute, setAttribute } from './attributes.ts';
import { declareType, newRecord, recordValue } from './declared-types.ts';
import { clearRaised, matchesRaised, raiseTypeError } from './errors.ts';
import { hashHigh, hashLow, hashValue } from './hashes.ts';
import { setBool, setInt64 } from './integers.ts';
import { callKeywords } from './invoke.ts';
import { listAppend } from './lists.ts';
import { classNatives, getset, natives, staticNatives } from './natives.ts';
import { equals } from './operations.ts';
import { callHelper } from './python-helpers.ts';
import { builtinFunction, interpreterBuiltin, reduction } from './reductions.ts';
import { intern, stringOf } from './strings.ts';
import { newTuple, tupleItem } from './tuples.ts';
import { defineOperators } from './type-operators.ts';
import { isSubtype, kindAt } from './types.ts';
import { uniteOrNotImplemented } from './unions.ts';

/** `aux`: 1 if starred (`*tuple[int]`) */
enum Alias {
  origin = 0,
  /** tuple */
  args = 1,
  /** tuple, NULL before it is asked for */
  parameters = 2,
  count = 3,
}
export const GENERIC_ALIAS = declareType({
  name: 'GenericAlias',
  module: 'types',
  native: '_types',
  values: Alias.count,
  weak: true,
  customAttributes: true,
});
/** value 0: the alias that is given once, NULL afterwards */
const ALIAS_ITERATOR = declareType({
  name: 'generic_alias_iterator',
  module: 'builtins',
  native: '_types',
  values: 1,
  hidden: true,
});

/** An alias of class `type` (a subclass perhaps); what is no tuple is the only argument. Allocates only. */
export function newGenericAlias(type: number, origin: number, args: number): number {
  const alias = newRecord(type);
  copyValue(recordValue(alias, Alias.origin), origin);
  if (kindAt(args) === Kind.tuple) copyValue(recordValue(alias, Alias.args), args);
  else {
    const tuple = newTuple(1);
    copyValue(tupleItem(tuple, 0), args);
    setRef(recordValue(alias, Alias.args), tuple);
  }
  return alias;
}
export function isGenericAlias(slot: number): boolean {
  return isRef(slot) && isSubtype(words[refAt(slot) << 1], GENERIC_ALIAS);
}
const isStarred = (alias: number): boolean => words[(alias << 1) + RecordObject.aux] !== 0;

/** Gives a built-in type the `__class_getitem__` that makes generic aliases. While files load. */
export function makeGeneric(type: T): void {
  classNatives(type, {
    '__class_getitem__(cls, object, /)': (args, result) =>
      setRef(result, newGenericAlias(GENERIC_ALIAS, args, args + 1)),
  });
}

staticNatives(GENERIC_ALIAS, {
  '__new__(cls, origin, args, /)': (args, result) => setRef(result, newGenericAlias(refAt(args), args + 1, args + 2)),
});

/** What an alias answers itself; all else is its origin's. */
const ownAttributes: ReadonlySet<string> = new Set([
  '__class__',
  '__origin__',
  '__args__',
  '__unpacked__',
  '__parameters__',
  '__typing_unpacked_tuple_args__',
  '__mro_entries__',
  '__reduce_ex__',
  '__reduce__',
  '__bases__',
  '__copy__',
  '__deepcopy__',
]);

/** The tuple of type parameters among the arguments; found when first asked for. May call Python. */
function parametersOf(alias: number, result: number): void {
  const known = recordValue(alias, Alias.parameters);
  if (isNull(known)) {
    const slots = pushSlots(1);
    copyValue(slots, recordValue(alias, Alias.args));
    callHelper('collect_parameters', slots, 1, slots);
    copyValue(known, slots);
    popSlots(1);
  }
  copyValue(result, known);
}

getset(GENERIC_ALIAS, '__origin__', (object, result) => copyValue(result, recordValue(refAt(object), Alias.origin)));
getset(GENERIC_ALIAS, '__args__', (object, result) => copyValue(result, recordValue(refAt(object), Alias.args)));
getset(GENERIC_ALIAS, '__parameters__', (object, result) => parametersOf(refAt(object), result));
getset(GENERIC_ALIAS, '__unpacked__', (object, result) => setBool(result, isStarred(refAt(object))));
getset(GENERIC_ALIAS, '__typing_unpacked_tuple_args__', (object, result) => {
  const alias = refAt(object);
  const origin = recordValue(alias, Alias.origin);
  if (isStarred(alias) && isRef(origin) && refAt(origin) === T.tuple) copyValue(result, recordValue(alias, Alias.args));
  else setRef(result, Fixed.none);
});

defineOperators(GENERIC_ALIAS, {
  call: (callable, args, count, keywordNames, result) => {
    const made = pushSlots(1);
    callKeywords(recordValue(refAt(callable), Alias.origin), args, count, keywordNames, made);
    try {
      setAttribute(made, intern('__orig_class__'), callable);
    } catch (error) {
      if (!matchesRaised(error, T.AttributeError) && !matchesRaised(error, T.TypeError)) throw error;
      clearRaised();
    }
    copyValue(result, made);
    popSlots(1);
  },
  getItem: (slot, key, result) => {
    const alias = refAt(slot);
    const slots = pushSlots(4);
    copyValue(slots, slot);
    copyValue(slots + 1, recordValue(alias, Alias.args));
    parametersOf(alias, slots + 2);
    copyValue(slots + 3, key);
    callHelper('substitute_parameters', slots, 4, slots + 1);
    const made = newGenericAlias(words[alias << 1], recordValue(alias, Alias.origin), slots + 1);
    words[(made << 1) + RecordObject.aux] = words[(alias << 1) + RecordObject.aux];
    popSlots(4);
    setRef(result, made);
  },
  iterate: (slot, result) => {
    const alias = refAt(slot);
    const starred = newGenericAlias(
      words[alias << 1],
      recordValue(alias, Alias.origin),
      recordValue(alias, Alias.args),
    );
    words[(starred << 1) + RecordObject.aux] = 1;
    const iterator = newRecord(ALIAS_ITERATOR);
    setRef(recordValue(iterator, 0), starred);
    setRef(result, iterator);
  },
  compareOperators: [2, 3],
  compare: (operator, left, right, result) => {
    if (!isGenericAlias(right)) return false;
    const [a, b] = [refAt(left), refAt(right)];
    const same =
      isStarred(a) === isStarred(b) &&
      equals(recordValue(a, Alias.origin), recordValue(b, Alias.origin)) &&
      equals(recordValue(a, Alias.args), recordValue(b, Alias.args));
    setBool(result, same === (operator === 2));
    return true;
  },
  repr: (slot) => {
    const alias = refAt(slot);
    const slots = pushSlots(3);
    copyValue(slots, recordValue(alias, Alias.origin));
    copyValue(slots + 1, recordValue(alias, Alias.args));
    setRef(slots + 2, isStarred(alias) ? Fixed.true : Fixed.false);
    callHelper('alias_text', slots, 3, slots);
    const text = refAt(slots);
    popSlots(3);
    return text;
  },
});

natives(GENERIC_ALIAS, {
  '__getattribute__(self, name, /)': (args, result) => {
    const name = attributeName(args + 1);
    if (!ownAttributes.has(stringOf(name))) {
      getAttribute(recordValue(refAt(args), Alias.origin), name, result);
      return;
    }
    if (!genericAttribute(args, name, result)) raiseNoAttribute(args, name);
  },
  '__hash__(self, /)': (args, result) => {
    const alias = refAt(args);
    hashValue(recordValue(alias, Alias.origin));
    const [low, high] = [hashLow, hashHigh];
    hashValue(recordValue(alias, Alias.args));
    const [hashedLow, hashedHigh] = [low ^ hashLow, high ^ hashHigh];
    if (hashedLow === -1 && hashedHigh === -1) setInt64(result, -2, -1);
    else setInt64(result, hashedLow, hashedHigh);
  },
  '__or__(self, value, /)': (args, result) => uniteOrNotImplemented(args, args + 1, result),
  '__ror__(self, value, /)': (args, result) => uniteOrNotImplemented(args + 1, args, result),
  '__mro_entries__(self, bases, /)': (args, result) => {
    const tuple = newTuple(1);
    copyValue(tupleItem(tuple, 0), recordValue(refAt(args), Alias.origin));
    setRef(result, tuple);
  },
  '__instancecheck__(self, instance, /)': () =>
    raiseTypeError('isinstance() argument 2 cannot be a parameterized generic'),
  '__subclasscheck__(self, cls, /)': () => raiseTypeError('issubclass() argument 2 cannot be a parameterized generic'),
  '__reduce__(self, /)': (args, result) => {
    const alias = refAt(args);
    const slots = pushSlots(2);
    const origin = recordValue(alias, Alias.origin);
    if (isStarred(alias)) {
      // next(iter(the same without a star))
      const plain = newGenericAlias(words[alias << 1], origin, recordValue(alias, Alias.args));
      const iterator = newRecord(ALIAS_ITERATOR);
      setRef(slots, plain);
      setRef(slots + 1, iterator);
      const starred = newGenericAlias(words[alias << 1], origin, recordValue(alias, Alias.args));
      words[(starred << 1) + RecordObject.aux] = 1;
      setRef(recordValue(iterator, 0), starred);
      interpreterBuiltin('next', slots);
      reduction(slots, [slots + 1], result);
    } else {
      setRef(slots, GENERIC_ALIAS);
      reduction(slots, [origin, recordValue(alias, Alias.args)], result);
    }
    popSlots(2);
  },
  '__dir__(self, /)': (args, result) => {
    const slots = pushSlots(2);
    copyValue(slots, recordValue(refAt(args), Alias.origin));
    interpreterBuiltin('dir', slots + 1);
    callKeywords(slots + 1, slots, 1, 0, slots);
    const names = pushSlots(1);
    for (const name of ownAttributes) {
      if (name === '__bases__' || name === '__copy__' || name === '__deepcopy__') continue;
      setRef(names, intern(name));
      listAppend(refAt(slots), names);
    }
    popSlots(1);
    copyValue(result, slots);
    popSlots(2);
  },
});

defineOperators(ALIAS_ITERATOR, {
  next: (slot, result) => {
    const cell = recordValue(refAt(slot), 0);
    if (isNull(cell)) return false;
    copyValue(result, cell);
    setNull(cell);
    return true;
  },
});
natives(ALIAS_ITERATOR, {
  '__reduce__(self, /)': (args, result) => {
    const slots = pushSlots(2);
    builtinFunction('iter', slots);
    const cell = recordValue(refAt(args), 0);
    if (isNull(cell)) setRef(slots + 1, Fixed.emptyTuple);
    else {
      const alias = refAt(cell);
      const origin = recordValue(alias, Alias.origin);
      setRef(slots + 1, newGenericAlias(words[alias << 1], origin, recordValue(alias, Alias.args)));
    }
    reduction(slots, [slots + 1], result);
    popSlots(2);
  },
});

for (const type of [T.list, T.tuple, T.dict, T.set, T.frozenset, T.enumerate, T.mappingproxy]) makeGeneric(type);
for (const type of [T.generator, T.coroutine, T.async_generator, T.staticmethod, T.classmethod]) makeGeneric(type);
