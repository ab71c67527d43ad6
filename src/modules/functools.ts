/**
 * The _functools module: reduce and cmp_to_key. partial and lru_cache's wrapper, into which the interpreter looks, are
 * in the object layer (partials.ts, lru-caches.ts).
 */
import { Fixed, T } from '../heap/fixed.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef, setSmallInt } from '../heap/values.ts';
import { declareType, newRecord, recordValue } from '../objects/declared-types.ts';
import { dictSetString } from '../objects/dicts.ts';
import { clearRaised, matchesRaised, raiseAttributeError, raiseTypeError } from '../objects/errors.ts';
import { call } from '../objects/invoke.ts';
import '../objects/lru-caches.ts';
import { registerModule } from '../objects/modules.ts';
import { getset, natives } from '../objects/natives.ts';
import { compare, iterate, next } from '../objects/operations.ts';
import { placeholderObject } from '../objects/partials.ts';
import { callHelper, drivesPython, isPythonCallable } from '../objects/python-helpers.ts';
import { intern, stringOf } from '../objects/strings.ts';
import { tupleItem } from '../objects/tuples.ts';
import { defineOperators, UNHASHABLE } from '../objects/type-operators.ts';

registerModule('_functools', (dict) => {
  const slot = pushSlots(1);
  setRef(slot, placeholderObject());
  dictSetString(dict, intern('Placeholder'), slot);
  popSlots(1);
});

/** values: 0 the comparison function, 1 the object (NULL before the key is called with one) */
const KEY = declareType({ name: 'KeyWrapper', module: 'functools', native: '_functools', values: 2, hidden: true });

function newKey(comparison: number): number {
  const key = newRecord(KEY);
  copyValue(recordValue(key, 0), comparison);
  return key;
}

defineOperators(KEY, {
  hash: UNHASHABLE,
  call: (callable, args, count, keywordNames, result) => {
    if (count !== 1) {
      raiseTypeError(
        count === 0 ? "K() missing required argument 'obj' (pos 1)" : `K() takes at most 1 argument (${count} given)`,
      );
    }
    if (keywordNames !== 0 && stringOf(refAt(tupleItem(keywordNames, 0))) !== 'obj') {
      raiseTypeError("K() missing required argument 'obj' (pos 1)");
    }
    const key = newKey(recordValue(refAt(callable), 0));
    copyValue(recordValue(key, 1), args);
    setRef(result, key);
  },
  compare: (operator, left, right, result) => {
    if (!isRef(right) || words[refAt(right) << 1] !== KEY) raiseTypeError('other argument must be K instance');
    const [a, b] = [recordValue(refAt(left), 1), recordValue(refAt(right), 1)];
    if (isNull(a) || isNull(b)) raiseAttributeError('object');
    const slots = pushSlots(2);
    copyValue(slots, a);
    copyValue(slots + 1, b);
    call(recordValue(refAt(left), 0), slots, 2, slots);
    setSmallInt(slots + 1, 0);
    compare(operator, slots, slots + 1, result);
    popSlots(2);
    return true;
  },
});
getset(
  KEY,
  'obj',
  (object, result) => {
    const cell = recordValue(refAt(object), 1);
    if (isNull(cell)) setRef(result, Fixed.none);
    else copyValue(result, cell);
  },
  (object, value) => copyValue(recordValue(refAt(object), 1), value),
);

natives('_functools', {
  'cmp_to_key(mycmp)': (args, result) => setRef(result, newKey(args)),
  'reduce(function, iterable, /, initial=...)': (args, result) => {
    const slots = pushSlots(4);
    const [iterator, total] = [slots + 1, slots + 2];
    try {
      iterate(args + 1, iterator);
    } catch (error) {
      if (!matchesRaised(error, T.TypeError)) throw error;
      clearRaised();
      raiseTypeError('reduce() arg 2 must support iteration');
    }
    if (!isNull(args + 2)) copyValue(total, args + 2);
    else if (!next(iterator, total)) raiseTypeError('reduce() of empty iterable with no initial value');
    if (isPythonCallable(args) || drivesPython(iterator)) {
      copyValue(slots, args);
      callHelper('reduce', slots, 3, result);
    } else {
      while (next(iterator, total + 1)) call(args, total, 2, total);
      copyValue(result, total);
    }
    popSlots(4);
  },
});
