/** groupby and tee of itertools: iterators that hand on what another object has taken from the one iterator behind them. */
import { Fixed, T } from '../heap/fixed.ts';
import { RecordObject } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setNull, setRef } from '../heap/values.ts';
import { findAttribute } from '../objects/attributes.ts';
import { declareType, newRecord, recordValue } from '../objects/declared-types.ts';
import { raise, raiseValueError } from '../objects/errors.ts';
import { indexOf } from '../objects/integers.ts';
import { call } from '../objects/invoke.ts';
import { stoppable } from '../objects/iterators.ts';
import { listAppend, listItem, listSize, newList } from '../objects/lists.ts';
import { natives, staticNatives } from '../objects/natives.ts';
import { equals, iterate, next } from '../objects/operations.ts';
import { intern } from '../objects/strings.ts';
import { newTuple, newTupleFrom, tupleItem } from '../objects/tuples.ts';
import { defineOperators } from '../objects/type-operators.ts';

// groupby

/** values: 0 iterator, 1 key function or None, 2 key of the group that was given last, 3 key and 4 value of the item that
 * was taken last, NULL for none, 5 the group that was given last: others are at their end */
const GROUPBY = declareType({ name: 'groupby', module: 'itertools', values: 6 });
/** values: 0 the groupby, 1 the group's key */
const GROUP = declareType({ name: '_grouper', module: 'itertools', values: 2 });

staticNatives(GROUPBY, {
  '__new__(cls, iterable, key=None)': (args, result) => {
    const slots = pushSlots(1);
    iterate(args + 1, slots);
    const groupby = newRecord(refAt(args));
    copyValue(recordValue(groupby, 0), slots);
    copyValue(recordValue(groupby, 1), args + 2);
    popSlots(1);
    setRef(result, groupby);
  },
});

/** Takes one item; false at the end. */
function step(groupby: number): boolean {
  const iterator = recordValue(groupby, 0);
  const slots = pushSlots(2);
  const found = next(iterator, slots);
  if (found) {
    const fn = iterator + 1;
    if (isRef(fn) && refAt(fn) === Fixed.none) copyValue(slots + 1, slots);
    else call(fn, slots, 1, slots + 1);
    copyValue(recordValue(groupby, 4), slots);
    copyValue(recordValue(groupby, 3), slots + 1);
  }
  popSlots(2);
  return found;
}

/** Are the keys in two cells equal? They are copied, since they may change while Python compares. */
function sameKey(a: number, b: number): boolean {
  const slots = pushSlots(2);
  copyValue(slots, a);
  copyValue(slots + 1, b);
  const same = equals(slots, slots + 1);
  popSlots(2);
  return same;
}

defineOperators(GROUPBY, {
  next: stoppable((slot, result) => {
    const groupby = refAt(slot);
    const target = recordValue(groupby, 2);
    const current = recordValue(groupby, 3);
    setNull(recordValue(groupby, 5));
    // skips what is left of the group before
    while (isNull(current) || (!isNull(target) && sameKey(target, current))) if (!step(groupby)) return false;
    copyValue(target, current);
    const group = newRecord(GROUP);
    setRef(recordValue(group, 0), groupby);
    copyValue(recordValue(group, 1), target);
    setRef(recordValue(groupby, 5), group);
    const pair = newTuple(2);
    copyValue(tupleItem(pair, 0), current);
    setRef(tupleItem(pair, 1), group);
    setRef(result, pair);
    return true;
  }),
});
defineOperators(GROUP, {
  next: stoppable((slot, result) => {
    const group = refAt(slot);
    const groupby = refAt(recordValue(group, 0));
    const current = recordValue(groupby, 3);
    const value = recordValue(groupby, 4);
    if (!isRef(recordValue(groupby, 5)) || refAt(recordValue(groupby, 5)) !== group) return false;
    if (isNull(value) && !step(groupby)) return false;
    if (!sameKey(recordValue(group, 1), current)) return false;
    copyValue(result, value);
    setNull(value);
    return true;
  }),
});
staticNatives(GROUP, {
  '__new__(cls, parent, tgtkey, /)': (args, result) => {
    const group = newRecord(refAt(args));
    copyValue(recordValue(group, 0), args + 1);
    copyValue(recordValue(group, 1), args + 2);
    setRef(recordValue(refAt(args + 1), 5), group);
    setRef(result, group);
  },
});

// tee

/** Items of a link. */
const LINK_ITEMS = 57;
/** values: 0 iterator, 1 list of items, 2 next link or NULL; aux: 1 while the iterator is being asked */
const LINK = declareType({ name: '_tee_dataobject', module: 'itertools', values: 3 });
/** value: 0 link; aux: position in it */
const TEE = declareType({ name: '_tee', module: 'itertools', values: 1, weak: true });

function newLink(iterator: number): number {
  const link = newRecord(LINK);
  copyValue(recordValue(link, 0), iterator);
  setRef(recordValue(link, 1), newList(0));
  return link;
}
function newTee(type: number, link: number, position: number): number {
  const tee = newRecord(type);
  setRef(recordValue(tee, 0), link);
  words[(tee << 1) + RecordObject.aux] = position;
  return tee;
}

/** A tee over the iterable in a slot, which may be a tee itself; may call Python. */
function teeOf(type: number, iterable: number, result: number): void {
  const slots = pushSlots(1);
  iterate(iterable, slots);
  if (isRef(slots) && words[refAt(slots) << 1] === TEE) copyTee(refAt(slots), result);
  else setRef(result, newTee(type, newLink(slots), 0));
  popSlots(1);
}
function copyTee(tee: number, result: number): void {
  setRef(result, newTee(TEE, refAt(recordValue(tee, 0)), words[(tee << 1) + RecordObject.aux]));
}

defineOperators(TEE, {
  next: (slot, result) => {
    const tee = refAt(slot);
    let link = refAt(recordValue(tee, 0));
    let position = words[(tee << 1) + RecordObject.aux];
    if (position >= LINK_ITEMS) {
      const following = recordValue(link, 2);
      if (isNull(following)) setRef(following, newLink(recordValue(link, 0)));
      link = refAt(following);
      position = 0;
      setRef(recordValue(tee, 0), link);
    }
    const list = refAt(recordValue(link, 1));
    if (position >= listSize(list)) {
      const aux = (link << 1) + RecordObject.aux;
      if (words[aux] !== 0) raise(T.RuntimeError, 'cannot re-enter the tee iterator');
      const item = pushSlots(2);
      setRef(item + 1, link);
      words[aux] = 1;
      try {
        if (!next(recordValue(link, 0), item)) {
          popSlots(2);
          return false;
        }
      } finally {
        words[aux] = 0;
      }
      listAppend(list, item);
      popSlots(2);
    }
    words[(tee << 1) + RecordObject.aux] = position + 1;
    copyValue(result, listItem(list, position));
    return true;
  },
});
staticNatives(TEE, {
  '__new__(cls, iterable, /)': (args, result) => teeOf(refAt(args), args + 1, result),
});
natives(TEE, { '__copy__(self, /)': (args, result) => copyTee(refAt(args), result) });
staticNatives(LINK, {
  '__new__(cls, iterable, values, next, /)': (args, result) => {
    const link = newLink(args + 1);
    copyValue(recordValue(link, 1), args + 2);
    if (!isRef(args + 3) || refAt(args + 3) !== Fixed.none) copyValue(recordValue(link, 2), args + 3);
    setRef(result, link);
  },
});

natives('itertools', {
  'tee(iterable, n=2, /)': (args, result) => {
    const count = indexOf(args + 1);
    if (count < 0) raiseValueError('n must be >= 0');
    if (count === 0) {
      setRef(result, Fixed.emptyTuple);
      return;
    }
    const slots = pushSlots(count + 3);
    const [iterator, copy] = [slots + count, slots + count + 1];
    iterate(args, iterator);
    if (isRef(iterator) && words[refAt(iterator) << 1] === TEE) copyTee(refAt(iterator), slots);
    else if (findAttribute(iterator, intern('__copy__'), copy)) copyValue(slots, iterator);
    else teeOf(TEE, iterator, slots);
    const plain = words[refAt(slots) << 1] === TEE;
    for (let i = 1; i < count; i++) {
      if (plain) copyTee(refAt(slots), slots + i);
      else call(copy, slots + i, 0, slots + i);
    }
    setRef(result, newTupleFrom(slots, count));
    popSlots(count + 3);
  },
});
