/**
 * The _collections module: what is no container of it. deque, defaultdict and OrderedDict have files of their own.
 * _tuplegetter is the descriptor of a namedtuple's field, _count_elements the loop of Counter.
 */
import { Fixed, T } from '../heap/fixed.ts';
import { Kind, Native, RecordObject } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import {
  copyValue,
  INT_MAX,
  immediateAt,
  isImmediateInt,
  isNull,
  isRef,
  refAt,
  setImmediate48,
  setRef,
  setSmallInt,
} from '../heap/values.ts';
import { declareType, newRecord, recordValue } from '../objects/declared-types.ts';
import { dictFind, dictSet } from '../objects/dicts.ts';
import { raiseAttributeError, raiseIndexError, raiseTypeError } from '../objects/errors.ts';
import { indexOf } from '../objects/integers.ts';
import { callMethod } from '../objects/invoke.ts';
import { registerModule } from '../objects/modules.ts';
import { N } from '../objects/names.ts';
import { getset, natives, staticNatives } from '../objects/natives.ts';
import { binary, iterate, next, repr, setItem } from '../objects/operations.ts';
import { BinaryOperator } from '../objects/operators.ts';
import { intern, newString, stringOf } from '../objects/strings.ts';
import { newTuple, tupleItem, tupleSize } from '../objects/tuples.ts';
import { defineOperators } from '../objects/type-operators.ts';
import { kindAt, lookup, typeName, typeOf } from '../objects/types.ts';

registerModule('_collections');

/** `aux`: the index; value 0: the docstring */
export const TUPLEGETTER = declareType({
  name: '_tuplegetter',
  module: 'collections',
  native: '_collections',
  values: 1,
  final: true,
});
staticNatives(TUPLEGETTER, {
  '__new__(cls, index, doc, /)': (args, result) => {
    const index = indexOf(args + 1);
    const getter = newRecord(refAt(args));
    words[(getter << 1) + RecordObject.aux] = index;
    copyValue(recordValue(getter, 0), args + 2);
    setRef(result, getter);
  },
});
const indexIn = (slot: number): number => words[(refAt(slot) << 1) + RecordObject.aux];
natives(TUPLEGETTER, {
  '__get__(self, instance, owner=None, /)': (args, result) => {
    const instance = args + 1;
    if (isRef(instance) && refAt(instance) === Fixed.none) {
      copyValue(result, args);
      return;
    }
    const index = indexIn(args);
    if (kindAt(instance) !== Kind.tuple) {
      raiseTypeError(
        `descriptor for index '${index}' for tuple subclasses doesn't apply to '${typeName(instance)}' object`,
      );
    }
    if (index < 0 || index >= tupleSize(refAt(instance))) raiseIndexError('tuple index out of range');
    copyValue(result, tupleItem(refAt(instance), index));
  },
  '__set__(self, instance, value, /)': () => raiseAttributeError("can't set attribute"),
  '__delete__(self, instance, /)': () => raiseAttributeError("can't delete attribute"),
  '__reduce__(self, /)': (args, result) => {
    const answer = newTuple(2);
    setRef(tupleItem(answer, 0), typeOf(args));
    const given = newTuple(2);
    setRef(tupleItem(answer, 1), given);
    setSmallInt(tupleItem(given, 0), indexIn(args));
    copyValue(tupleItem(given, 1), recordValue(refAt(args), 0));
    setRef(result, answer);
  },
});
getset(
  TUPLEGETTER,
  '__doc__',
  (object, result) => copyValue(result, recordValue(refAt(object), 0)),
  (object, value) => {
    if (isNull(value)) setRef(recordValue(refAt(object), 0), Fixed.none);
    else copyValue(recordValue(refAt(object), 0), value);
  },
);
defineOperators(TUPLEGETTER, {
  repr: (slot) => {
    const doc = stringOf(repr(recordValue(refAt(slot), 0)));
    return newString(`_tuplegetter(${indexIn(slot)}, ${doc})`);
  },
});

/** True if the class attribute `name` of a type is dict's own. */
function isDictMethod(type: number, name: number): boolean {
  const cell = lookup(type, name);
  if (cell === 0 || !isRef(cell)) return false;
  const found = refAt(cell);
  return words[found << 1] === T.wrapper_descriptor && words[(found << 1) + Native.owner] === T.dict;
}

/** cell += 1 for an int or whatever else. May call Python. */
function increment(cell: number): void {
  if (isImmediateInt(cell) && immediateAt(cell) < INT_MAX) setImmediate48(cell, immediateAt(cell) + 1);
  else {
    const one = pushSlots(1);
    setSmallInt(one, 1);
    binary(BinaryOperator.add, cell, one, false, cell);
    popSlots(1);
  }
}

natives('_collections', {
  '_count_elements(mapping, iterable, /)': (args, result) => {
    const slots = pushSlots(4);
    const [iterator, item, count] = [slots, slots + 1, slots + 2];
    iterate(args + 1, iterator);
    const type = typeOf(args);
    const plain = kindAt(args) === Kind.dict && isDictMethod(type, intern('get')) && isDictMethod(type, N.__setitem__);
    while (next(iterator, item)) {
      if (plain) {
        const cell = dictFind(refAt(args), item);
        if (cell !== 0 && isImmediateInt(cell) && immediateAt(cell) < INT_MAX) {
          setImmediate48(cell, immediateAt(cell) + 1);
          continue;
        }
        if (cell === 0) setSmallInt(count, 0);
        else copyValue(count, cell);
        increment(count);
        dictSet(refAt(args), item, count);
      } else {
        copyValue(count, item);
        setSmallInt(count + 1, 0);
        callMethod(args, 'get', count, 2, count);
        increment(count);
        setItem(args, item, count);
      }
    }
    popSlots(4);
    setRef(result, Fixed.none);
  },
});
