/**
 * itemgetter, attrgetter and methodcaller of the _operator module: callables made of what they look up, for sort keys
 * and map(). Calls go through the `call` routine of their types (objects/type-operators.ts), without collecting
 * arguments in a tuple.
 */
import { RecordObject } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, refAt, setNull, setRef } from '../heap/values.ts';
import { getAttribute, loadMethod } from '../objects/attributes.ts';
import { declareType, newRecord, recordValue } from '../objects/declared-types.ts';
import { dictCount, dictEntry, dictNext } from '../objects/dicts.ts';
import { raiseTypeError } from '../objects/errors.ts';
import { callKeywords, callWithSelf } from '../objects/invoke.ts';
import { natives, staticNatives } from '../objects/natives.ts';
import { getItem, repr } from '../objects/operations.ts';
import { PARTIAL } from '../objects/partials.ts';
import { enterRepr, leaveRepr } from '../objects/sequences.ts';
import { spread } from '../objects/spread.ts';
import { intern, internRef, isStr, newString, stringOf } from '../objects/strings.ts';
import { newTuple, tupleItem, tupleSize } from '../objects/tuples.ts';
import { defineOperators } from '../objects/type-operators.ts';
import { shortTypeName, typeOf } from '../objects/types.ts';

/** values: 0 tuple of what is looked up, 1 (attrgetter) tuple of tuples of names; aux: how many */
const ITEMGETTER = declareType({ name: 'itemgetter', module: 'operator', native: '_operator', values: 1 });
const ATTRGETTER = declareType({ name: 'attrgetter', module: 'operator', native: '_operator', values: 2 });
/** values: 0 name, 1 tuple of arguments, 2 dict of keyword arguments or NULL */
const METHODCALLER = declareType({ name: 'methodcaller', module: 'operator', native: '_operator', values: 3 });

/** The one argument of a call; TypeError for any other number. */
function onlyArgument(callable: number, count: number, keywordNames: number): void {
  const name = shortTypeName(typeOf(callable));
  if (keywordNames !== 0) raiseTypeError(`${name}() takes no keyword arguments`);
  if (count !== 1) raiseTypeError(`${name} expected 1 argument, got ${count}`);
}

/** `operator.itemgetter(...)` around texts that `body` makes; `...` within itself. */
function getterRepr(slot: number, body: () => string): number {
  const ref = refAt(slot);
  const name = shortTypeName(typeOf(slot));
  if (!enterRepr(ref)) return newString(`operator.${name}(...)`);
  try {
    return newString(`operator.${name}(${body()})`);
  } finally {
    leaveRepr(ref);
  }
}

function tupleTexts(tuple: number): string[] {
  const texts: string[] = [];
  for (let i = 0; i < tupleSize(tuple); i++) texts.push(stringOf(repr(tupleItem(tuple, i))));
  return texts;
}

/** result = (type(self), tuple in value 0): what pickling needs. */
function reduceGetter(args: number, result: number): void {
  const pair = newTuple(2);
  setRef(tupleItem(pair, 0), typeOf(args));
  copyValue(tupleItem(pair, 1), recordValue(refAt(args), 0));
  setRef(result, pair);
}

// itemgetter

staticNatives(ITEMGETTER, {
  '__new__(cls, /, *items)': (args, result) => {
    const count = tupleSize(refAt(args + 1));
    if (count === 0) raiseTypeError('itemgetter expected 1 argument, got 0');
    const getter = newRecord(refAt(args));
    words[(getter << 1) + RecordObject.aux] = count;
    copyValue(recordValue(getter, 0), args + 1);
    setRef(result, getter);
  },
});
defineOperators(ITEMGETTER, {
  call: (callable, args, count, keywordNames, result) => {
    onlyArgument(callable, count, keywordNames);
    const getter = refAt(callable);
    const items = refAt(recordValue(getter, 0));
    const size = tupleSize(items);
    if (size === 1) {
      getItem(args, tupleItem(items, 0), result);
      return;
    }
    const slots = pushSlots(1);
    setRef(slots, newTuple(size));
    for (let i = 0; i < size; i++) {
      const item = pushSlots(1);
      getItem(args, tupleItem(items, i), item);
      copyValue(tupleItem(refAt(slots), i), item);
      popSlots(1);
    }
    copyValue(result, slots);
    popSlots(1);
  },
  repr: (slot) => getterRepr(slot, () => tupleTexts(refAt(recordValue(refAt(slot), 0))).join(', ')),
});
natives(ITEMGETTER, { '__reduce__(self, /)': reduceGetter });

// attrgetter

/** A tuple of the interned parts of a dotted name. */
function nameParts(name: number): number {
  const parts = stringOf(name).split('.');
  const tuple = newTuple(parts.length);
  parts.forEach((part, i) => {
    setRef(tupleItem(tuple, i), parts.length === 1 ? internRef(name) : intern(part));
  });
  return tuple;
}

staticNatives(ATTRGETTER, {
  '__new__(cls, /, *attrs)': (args, result) => {
    const names = refAt(args + 1);
    const count = tupleSize(names);
    if (count === 0) raiseTypeError('attrgetter expected 1 argument, got 0');
    const parts = newTuple(count);
    for (let i = 0; i < count; i++) {
      const name = tupleItem(names, i);
      if (!isStr(name)) raiseTypeError('attribute name must be a string');
      setRef(tupleItem(parts, i), nameParts(refAt(name)));
    }
    const getter = newRecord(refAt(args));
    words[(getter << 1) + RecordObject.aux] = count;
    setRef(recordValue(getter, 0), names);
    setRef(recordValue(getter, 1), parts);
    setRef(result, getter);
  },
});

/** result = object.a.b.c for a tuple of names. */
function getDotted(object: number, parts: number, result: number): void {
  const slot = pushSlots(1);
  copyValue(slot, object);
  for (let i = 0; i < tupleSize(parts); i++) getAttribute(slot, refAt(tupleItem(parts, i)), slot);
  copyValue(result, slot);
  popSlots(1);
}

defineOperators(ATTRGETTER, {
  call: (callable, args, count, keywordNames, result) => {
    onlyArgument(callable, count, keywordNames);
    const all = refAt(recordValue(refAt(callable), 1));
    const size = tupleSize(all);
    if (size === 1) {
      const parts = refAt(tupleItem(all, 0));
      if (tupleSize(parts) === 1) getAttribute(args, refAt(tupleItem(parts, 0)), result);
      else getDotted(args, parts, result);
      return;
    }
    const slots = pushSlots(2);
    setRef(slots, newTuple(size));
    for (let i = 0; i < size; i++) {
      getDotted(args, refAt(tupleItem(all, i)), slots + 1);
      copyValue(tupleItem(refAt(slots), i), slots + 1);
    }
    copyValue(result, slots);
    popSlots(2);
  },
  repr: (slot) => getterRepr(slot, () => tupleTexts(refAt(recordValue(refAt(slot), 0))).join(', ')),
});
natives(ATTRGETTER, { '__reduce__(self, /)': reduceGetter });

// methodcaller

staticNatives(METHODCALLER, {
  '__new__(cls, /, *args, **kwargs)': (args, result) => {
    const given = refAt(args + 1);
    if (tupleSize(given) === 0) raiseTypeError('methodcaller needs at least one argument, the method name');
    if (!isStr(tupleItem(given, 0))) raiseTypeError('method name must be a string');
    const rest = newTuple(tupleSize(given) - 1);
    for (let i = 0; i < tupleSize(rest); i++) copyValue(tupleItem(rest, i), tupleItem(given, i + 1));
    const caller = newRecord(refAt(args));
    setRef(recordValue(caller, 0), internRef(refAt(tupleItem(given, 0))));
    setRef(recordValue(caller, 1), rest);
    if (dictCount(refAt(args + 2)) > 0) copyValue(recordValue(caller, 2), args + 2);
    setRef(result, caller);
  },
});
defineOperators(METHODCALLER, {
  call: (callable, args, count, keywordNames, result) => {
    onlyArgument(callable, count, keywordNames);
    const caller = refAt(callable);
    const base = pushSlots(2);
    loadMethod(args, refAt(recordValue(caller, 0)), base);
    const given = refAt(recordValue(caller, 1));
    if (isNull(recordValue(caller, 2))) {
      if (isNull(base + 1)) callKeywords(base, tupleItem(given, 0), tupleSize(given), 0, result);
      else callWithSelf(base, base + 1, tupleItem(given, 0), tupleSize(given), 0, result);
    } else {
      const make = isNull(base + 1)
        ? callKeywords
        : (fn: number, from: number, size: number, names: number, to: number): void =>
            callWithSelf(fn, base + 1, from, size, names, to);
      spread(make, base, 0, 0, recordValue(caller, 1), recordValue(caller, 2), result);
    }
    popSlots(2);
  },
  repr: (slot) =>
    getterRepr(slot, () => {
      const caller = refAt(slot);
      const texts = [stringOf(repr(recordValue(caller, 0))), ...tupleTexts(refAt(recordValue(caller, 1)))];
      if (!isNull(recordValue(caller, 2))) {
        const keywords = refAt(recordValue(caller, 2));
        for (let at = dictNext(keywords, 0); at >= 0; at = dictNext(keywords, at + 1)) {
          const name = stringOf(refAt(dictEntry(keywords, at)));
          texts.push(`${name}=${stringOf(repr(dictEntry(keywords, at) + 1))}`);
        }
      }
      return texts.join(', ');
    }),
});
natives(METHODCALLER, {
  '__reduce__(self, /)': (args, result) => {
    const caller = refAt(args);
    const given = refAt(recordValue(caller, 1));
    const slots = pushSlots(3);
    const plain = isNull(recordValue(caller, 2));
    // with keywords: partial(methodcaller, name, **keywords), to be called with the other arguments
    if (plain) {
      const all = newTuple(1 + tupleSize(given));
      setRef(slots + 1, all);
      copyValue(tupleItem(all, 0), recordValue(caller, 0));
      for (let i = 0; i < tupleSize(given); i++) copyValue(tupleItem(all, i + 1), tupleItem(given, i));
      setRef(slots, typeOf(args));
    } else {
      const leading = pushSlots(2);
      setRef(leading, typeOf(args));
      copyValue(leading + 1, recordValue(caller, 0));
      setRef(slots + 2, PARTIAL);
      setNull(slots + 1);
      spread(callKeywords, slots + 2, leading, 2, slots + 1, recordValue(caller, 2), slots);
      popSlots(2);
      copyValue(slots + 1, recordValue(caller, 1));
    }
    const pair = newTuple(2);
    copyValue(tupleItem(pair, 0), slots);
    copyValue(tupleItem(pair, 1), slots + 1);
    popSlots(3);
    setRef(result, pair);
  },
});
