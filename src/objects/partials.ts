/**
 * functools.partial: a callable with some of its arguments. In the object layer because the interpreter and the recorder
 * look into it: a call of a partial around a Python function pushes that function's frame at once.
 */
import { addRootScanner, mark } from '../heap/collector.ts';
import { Fixed, State, T } from '../heap/fixed.ts';
import { Kind, RecordObject } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isRef, refAt, setRef } from '../heap/values.ts';
import { bindMethod } from './attributes.ts';
import { isCallable } from './builtins-types.ts';
import { declareType, newRecord, recordValue } from './declared-types.ts';
import { dictCopy, dictCount, dictEntry, dictMerge, dictNext, dictSetString, newDict } from './dicts.ts';
import { raiseTypeError } from './errors.ts';
import { makeGeneric } from './generic-aliases.ts';
import { callKeywords } from './invoke.ts';
import { N } from './names.ts';
import { getset, natives, staticNatives } from './natives.ts';
import { dictOf, setDictOf } from './object-dicts.ts';
import { repr, str } from './operations.ts';
import { enterRepr, leaveRepr } from './sequences.ts';
import { intern, isStr, newString, stringOf } from './strings.ts';
import { copyCells, newTuple, newTupleFrom, tupleItem, tupleSize } from './tuples.ts';
import { defineOperators } from './type-operators.ts';
import { isSubtype, kindAt, lookup, qualifiedTypeName, typeOf } from './types.ts';

/** What a partial's `aux` and values hold. */
export enum Partial {
  /** value: the callable */
  function = 0,
  /** value: tuple of the positional arguments, Placeholder in the place of those to come */
  args = 1,
  /** value: dict of the keyword arguments */
  keywords = 2,
  count = 3,
}
/** `aux` is the number of placeholders. */
export const PARTIAL = declareType({
  name: 'partial',
  module: 'functools',
  native: '_functools',
  values: Partial.count,
  dict: true,
  weak: true,
});
export const PLACEHOLDER = declareType({
  name: '_PlaceholderType',
  module: 'functools',
  native: '_functools',
  values: 0,
  final: true,
});

/** The one instance, made when first asked for. */
let placeholder = 0;
addRootScanner(() => mark(placeholder));
export function placeholderObject(): number {
  if (placeholder === 0) placeholder = newRecord(PLACEHOLDER);
  return placeholder;
}
function isPlaceholder(slot: number): boolean {
  return isRef(slot) && words[refAt(slot) << 1] === PLACEHOLDER;
}

staticNatives(PLACEHOLDER, {
  '__new__(cls, /, *args, **kwargs)': (args, result) => {
    if (tupleSize(refAt(args + 1)) + dictCount(refAt(args + 2)) > 0) {
      raiseTypeError('_PlaceholderType takes no arguments');
    }
    setRef(result, placeholderObject());
  },
});
natives(PLACEHOLDER, { '__reduce__(self, /)': (_args, result) => setRef(result, intern('Placeholder')) });
defineOperators(PLACEHOLDER, { repr: () => intern('Placeholder') });

function countPlaceholders(tuple: number): number {
  let count = 0;
  for (let i = 0; i < tupleSize(tuple); i++) if (isPlaceholder(tupleItem(tuple, i))) count++;
  return count;
}

/** True for a partial called by our own routine and without attributes: partial() of it is made flat. */
function mayFlatten(slot: number): boolean {
  const type = typeOf(slot);
  if (type !== PARTIAL && (!isSubtype(type, PARTIAL) || lookup(type, N.__call__) !== lookup(PARTIAL, N.__call__))) {
    return false;
  }
  return dictOf(refAt(slot)) === 0;
}

staticNatives(PARTIAL, {
  '__new__(cls, /, *args, **keywords)': (args, result) => {
    const given = refAt(args + 1);
    const size = tupleSize(given);
    if (size === 0) raiseTypeError("type 'partial' takes at least one argument");
    if (!isCallable(tupleItem(given, 0))) raiseTypeError('the first argument must be callable');
    if (size > 1 && isPlaceholder(tupleItem(given, size - 1))) raiseTypeError('trailing Placeholders are not allowed');
    const keywords = refAt(args + 2);
    for (let at = dictNext(keywords, 0); at >= 0; at = dictNext(keywords, at + 1)) {
      if (isPlaceholder(dictEntry(keywords, at) + 1)) {
        raiseTypeError('Placeholder cannot be passed as a keyword argument');
      }
    }
    const made = newRecord(refAt(args));
    const slot = pushSlots(1);
    setRef(slot, made);
    const first = tupleItem(given, 0);
    if (mayFlatten(first)) {
      const inner = refAt(first);
      copyValue(recordValue(made, Partial.function), recordValue(inner, Partial.function));
      setRef(
        recordValue(made, Partial.args),
        mergeArguments(refAt(recordValue(inner, Partial.args)), tupleItem(given, 1), size - 1),
      );
      const merged = dictCopy(refAt(recordValue(inner, Partial.keywords)));
      setRef(recordValue(made, Partial.keywords), merged);
      dictMerge(merged, keywords);
    } else {
      copyValue(recordValue(made, Partial.function), first);
      setRef(recordValue(made, Partial.args), newTupleFrom(tupleItem(given, 1), size - 1));
      copyValue(recordValue(made, Partial.keywords), args + 2);
    }
    words[(made << 1) + RecordObject.aux] = countPlaceholders(refAt(recordValue(made, Partial.args)));
    popSlots(1);
    setRef(result, made);
  },
});

/** A tuple: placeholders of `held` are filled by the `count` values from cell `args` on, what remains is appended. */
function mergeArguments(held: number, args: number, count: number): number {
  const holes = countPlaceholders(held);
  const filled = Math.min(holes, count);
  const merged = newTuple(tupleSize(held) + count - filled);
  mergeInto(tupleItem(merged, 0), held, holes, args, count);
  return merged;
}

/** The same into cells; how many there are. */
function mergeInto(to: number, held: number, holes: number, args: number, count: number): number {
  const size = tupleSize(held);
  copyCells(to, tupleItem(held, 0), size);
  let used = 0;
  if (holes > 0)
    for (let i = 0; i < size && used < count; i++) if (isPlaceholder(to + i)) copyValue(to + i, args + used++);
  copyCells(to + size, args + used, count - used);
  return size + count - used;
}

/**
 * Puts the arguments of a call of the partial in slot `callable` together on the VM stack: fresh slots, of which the
 * answer is the first; `mergedCount` and `mergedNames` tell the rest. They belong to the caller until it resets
 * State.stackTop. TypeError if placeholders stay empty. Allocates only.
 */
export function mergePartialCall(callable: number, args: number, count: number, keywordNames: number): number {
  const partial = refAt(callable);
  const held = refAt(recordValue(partial, Partial.args));
  const own = refAt(recordValue(partial, Partial.keywords));
  const named = keywordNames === 0 ? 0 : tupleSize(keywordNames);
  const positional = count - named;
  const holes = words[(partial << 1) + RecordObject.aux];
  if (positional < holes) {
    raiseTypeError(`missing positional arguments in 'partial' call; expected at least ${holes}, got ${positional}`);
  }
  const ownCount = dictCount(own);
  const base = pushSlots(2 + tupleSize(held) + count + ownCount);
  const first = base + 2;
  let at = first + mergeInto(first, held, holes, args, positional);
  mergedNames = keywordNames;
  if (ownCount === 0) {
    copyCells(at, args + positional, named);
    at += named;
  } else {
    // the partial's keywords first, overridden in place, as a dict would have them
    const merged = named === 0 ? own : dictCopy(own);
    setRef(base, merged);
    for (let k = 0; k < named; k++) {
      dictSetString(merged, refAt(tupleItem(keywordNames, k)), args + positional + k);
    }
    const total = dictCount(merged);
    const names = newTuple(total);
    setRef(base + 1, names);
    let k = 0;
    for (let position = dictNext(merged, 0); position >= 0; position = dictNext(merged, position + 1)) {
      const entry = dictEntry(merged, position);
      if (!isStr(entry)) raiseTypeError('keywords must be strings');
      copyValue(tupleItem(names, k++), entry);
      copyValue(at++, entry + 1);
    }
    mergedNames = names;
  }
  mergedCount = at - first;
  return first;
}
export let mergedCount = 0;
export let mergedNames = 0;

defineOperators(PARTIAL, {
  call: (callable, args, count, keywordNames, result) => {
    const top = words[State.stackTop];
    const merged = mergePartialCall(callable, args, count, keywordNames);
    callKeywords(recordValue(refAt(callable), Partial.function), merged, mergedCount, mergedNames, result);
    words[State.stackTop] = top;
  },
  repr: (slot) => {
    const partial = refAt(slot);
    const name = qualifiedTypeName(typeOf(slot));
    if (!enterRepr(partial)) return newString('...');
    try {
      const texts = [stringOf(repr(recordValue(partial, Partial.function)))];
      const held = pushSlots(2);
      copyValue(held, recordValue(partial, Partial.args));
      copyValue(held + 1, recordValue(partial, Partial.keywords));
      const tuple = refAt(held);
      for (let i = 0; i < tupleSize(tuple); i++) texts.push(stringOf(repr(tupleItem(tuple, i))));
      const keywords = refAt(held + 1);
      const copies = pushSlots(2);
      for (let at = dictNext(keywords, 0); at >= 0; at = dictNext(keywords, at + 1)) {
        copyValue(copies, dictEntry(keywords, at));
        copyValue(copies + 1, dictEntry(keywords, at) + 1);
        texts.push(`${stringOf(str(copies))}=${stringOf(repr(copies + 1))}`);
      }
      popSlots(4);
      return newString(`${name}(${texts.join(', ')})`);
    } finally {
      leaveRepr(partial);
    }
  },
});

const field =
  (value: Partial) =>
  (object: number, result: number): void =>
    copyValue(result, recordValue(refAt(object), value));
getset(PARTIAL, 'func', field(Partial.function));
getset(PARTIAL, 'args', field(Partial.args));
getset(PARTIAL, 'keywords', field(Partial.keywords));
makeGeneric(PARTIAL);

function isNone(slot: number): boolean {
  return isRef(slot) && refAt(slot) === Fixed.none;
}

natives(PARTIAL, {
  '__get__(self, instance, owner=None, /)': (args, result) => {
    if (isNone(args + 1)) copyValue(result, args);
    else bindMethod(args, args + 1, result);
  },
  '__reduce__(self, /)': (args, result) => {
    const partial = refAt(args);
    const slots = pushSlots(2);
    const answer = newTuple(3);
    setRef(slots, answer);
    setRef(tupleItem(answer, 0), typeOf(args));
    setRef(tupleItem(answer, 1), newTupleFrom(recordValue(partial, Partial.function), 1));
    const state = newTuple(4);
    setRef(tupleItem(answer, 2), state);
    for (let i = 0; i < Partial.count; i++) copyValue(tupleItem(state, i), recordValue(partial, i));
    const dict = dictOf(partial);
    setRef(tupleItem(state, 3), dict === 0 ? Fixed.none : dict);
    popSlots(2);
    copyValue(result, slots);
  },
  '__setstate__(self, state, /)': (args, result) => {
    const partial = refAt(args);
    const state = kindAt(args + 1) === Kind.tuple ? refAt(args + 1) : 0;
    if (
      state === 0 ||
      tupleSize(state) !== 4 ||
      !isCallable(tupleItem(state, 0)) ||
      kindAt(tupleItem(state, 1)) !== Kind.tuple ||
      (!isNone(tupleItem(state, 2)) && kindAt(tupleItem(state, 2)) !== Kind.dict) ||
      (!isNone(tupleItem(state, 3)) && kindAt(tupleItem(state, 3)) !== Kind.dict)
    ) {
      raiseTypeError('invalid partial state');
    }
    const given = refAt(tupleItem(state, 1));
    if (tupleSize(given) > 0 && isPlaceholder(tupleItem(given, tupleSize(given) - 1))) {
      raiseTypeError('trailing Placeholders are not allowed');
    }
    copyValue(recordValue(partial, Partial.function), tupleItem(state, 0));
    const exact = words[given << 1] === T.tuple;
    setRef(recordValue(partial, Partial.args), exact ? given : newTupleFrom(tupleItem(given, 0), tupleSize(given)));
    const keywords = tupleItem(state, 2);
    if (isNone(keywords)) setRef(recordValue(partial, Partial.keywords), newDict());
    else if (words[refAt(keywords) << 1] === T.dict) copyValue(recordValue(partial, Partial.keywords), keywords);
    else setRef(recordValue(partial, Partial.keywords), dictCopy(refAt(keywords)));
    words[(partial << 1) + RecordObject.aux] = countPlaceholders(given);
    if (isNone(tupleItem(state, 3))) setDictOf(partial, 0);
    else setDictOf(partial, refAt(tupleItem(state, 3)));
    setRef(result, Fixed.none);
  },
});
