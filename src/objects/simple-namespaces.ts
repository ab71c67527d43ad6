/** types.SimpleNamespace: an object that is nothing but its attributes (sys.implementation is one). */
import { Fixed, T } from '../heap/fixed.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isRef, refAt, setRef } from '../heap/values.ts';
import { declareType, newRecord } from './declared-types.ts';
import { dictCount, dictEntry, dictMerge, dictNext } from './dicts.ts';
import { raiseTypeError } from './errors.ts';
import { call } from './invoke.ts';
import { natives, staticNatives } from './natives.ts';
import { makeDictOf } from './object-dicts.ts';
import { compare, repr } from './operations.ts';
import { enterRepr, leaveRepr } from './sequences.ts';
import { isStr, newString, stringOf } from './strings.ts';
import { newTuple, tupleItem, tupleSize } from './tuples.ts';
import { defineOperators, UNHASHABLE } from './type-operators.ts';
import { isSubtype, qualifiedTypeName, shortTypeName, typeName, typeOf } from './types.ts';

export const SIMPLE_NAMESPACE = declareType({
  name: 'SimpleNamespace',
  module: 'types',
  native: '_types',
  values: 0,
  dict: true,
});

/** An empty namespace; the values go into its dict. Allocates only. */
export function newNamespace(): number {
  const namespace = newRecord(SIMPLE_NAMESPACE);
  makeDictOf(namespace);
  return namespace;
}

staticNatives(SIMPLE_NAMESPACE, {
  '__new__(cls, /, *args, **kwargs)': (args, result) => setRef(result, newRecord(refAt(args))),
});

/** Takes over what a dict in a slot holds. */
function addAll(self: number, dict: number): void {
  const source = refAt(dict);
  for (let at = dictNext(source, 0); at >= 0; at = dictNext(source, at + 1)) {
    if (!isStr(dictEntry(source, at))) raiseTypeError('keywords must be strings');
  }
  dictMerge(makeDictOf(refAt(self)), source);
}

function isNamespace(slot: number): boolean {
  return isRef(slot) && isSubtype(words[refAt(slot) << 1], SIMPLE_NAMESPACE);
}

defineOperators(SIMPLE_NAMESPACE, {
  hash: UNHASHABLE,
  compare: (operator, left, right, result) => {
    if (!isNamespace(left) || !isNamespace(right)) return false;
    const slots = pushSlots(2);
    setRef(slots, makeDictOf(refAt(left)));
    setRef(slots + 1, makeDictOf(refAt(right)));
    compare(operator, slots, slots + 1, result);
    popSlots(2);
    return true;
  },
  repr: (slot) => {
    const type = typeOf(slot);
    const name = type === SIMPLE_NAMESPACE ? 'namespace' : shortTypeName(type);
    if (!enterRepr(refAt(slot))) return newString(`${name}(...)`);
    try {
      const dict = makeDictOf(refAt(slot));
      const value = pushSlots(1);
      const texts: string[] = [];
      for (let at = dictNext(dict, 0); at >= 0; at = dictNext(dict, at + 1)) {
        if (!isStr(dictEntry(dict, at))) continue;
        const key = stringOf(refAt(dictEntry(dict, at)));
        if (key === '') continue;
        copyValue(value, dictEntry(dict, at) + 1);
        texts.push(`${key}=${stringOf(repr(value))}`);
      }
      popSlots(1);
      return newString(`${name}(${texts.join(', ')})`);
    } finally {
      leaveRepr(refAt(slot));
    }
  },
});

natives(SIMPLE_NAMESPACE, {
  '__init__(self, /, *args, **kwargs)': (args, result) => {
    const given = refAt(args + 1);
    const name = shortTypeName(typeOf(args));
    if (tupleSize(given) > 1) raiseTypeError(`${name} expected at most 1 argument, got ${tupleSize(given)}`);
    if (tupleSize(given) === 1) {
      const slots = pushSlots(2);
      setRef(slots, T.dict);
      copyValue(slots + 1, tupleItem(given, 0));
      call(slots, slots + 1, 1, slots);
      addAll(args, slots);
      popSlots(2);
    }
    if (dictCount(refAt(args + 2)) > 0) addAll(args, args + 2);
    setRef(result, Fixed.none);
  },
  '__reduce__(self, /)': (args, result) => {
    const answer = newTuple(3);
    setRef(tupleItem(answer, 0), typeOf(args));
    setRef(tupleItem(answer, 1), Fixed.emptyTuple);
    setRef(tupleItem(answer, 2), makeDictOf(refAt(args)));
    setRef(result, answer);
  },
  '__replace__(self, /, **changes)': (args, result) => {
    const slots = pushSlots(2);
    setRef(slots, typeOf(args));
    call(slots, slots, 0, slots);
    if (!isNamespace(slots)) {
      raiseTypeError(
        `expect types.SimpleNamespace type, but ${qualifiedTypeName(typeOf(args))}() returned '${typeName(slots)}' object`,
      );
    }
    dictMerge(makeDictOf(refAt(slots)), makeDictOf(refAt(args)));
    addAll(slots, args + 1);
    copyValue(result, slots);
    popSlots(2);
  },
});
