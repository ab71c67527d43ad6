/**
 * Calls whose arguments are collected in a tuple and a dict: what a native with *args and **kwargs passes on.
 */
import { State } from '../heap/fixed.ts';
import { Tuple } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef } from '../heap/values.ts';
import { dictCount, dictEntry, dictNext } from './dicts.ts';
import { callKeywords } from './invoke.ts';
import type { CallRoutine } from './operator-tables.ts';
import { newTuple, tupleItem } from './tuples.ts';

/**
 * result = callable(*leading, *tuple, **dict): `leadingCount` values from cell `leading` on come first. The dict slot
 * may hold NULL; its keys must be str. Everything given must be rooted.
 */
export function callSpread(
  callable: number,
  leading: number,
  leadingCount: number,
  tupleSlot: number,
  dictSlot: number,
  result: number,
): void {
  spread(callKeywords, callable, leading, leadingCount, tupleSlot, dictSlot, result);
}

/** The same with the routine that makes the call. */
export function spread(
  make: CallRoutine,
  callable: number,
  leading: number,
  leadingCount: number,
  tupleSlot: number,
  dictSlot: number,
  result: number,
): void {
  const tuple = isRef(tupleSlot) ? refAt(tupleSlot) : 0;
  const positional = tuple === 0 ? 0 : words[(tuple << 1) + Tuple.size];
  const dict = dictSlot !== 0 && !isNull(dictSlot) ? refAt(dictSlot) : 0;
  const keywords = dict === 0 ? 0 : dictCount(dict);
  const count = leadingCount + positional + keywords;
  const base = pushSlots(count + 2);
  copyValue(base, callable);
  let at = base + 2;
  for (let i = 0; i < leadingCount; i++) copyValue(at++, leading + i);
  for (let i = 0; i < positional; i++) copyValue(at++, tupleItem(tuple, i));
  let names = 0;
  if (keywords !== 0) {
    names = newTuple(keywords);
    setRef(base + 1, names);
    let position = dictNext(dict, 0);
    for (let k = 0; k < keywords; k++) {
      const entry = dictEntry(dict, position);
      copyValue(tupleItem(names, k), entry);
      copyValue(at++, entry + 1);
      position = dictNext(dict, position + 1);
    }
  }
  make(base, base + 2, count, names, result);
  words[State.stackTop] = base;
}

/** result = callable(*tuple, **dict). */
export function callBoundWithArguments(callable: number, tupleSlot: number, dictSlot: number, result: number): void {
  callSpread(callable, 0, 0, tupleSlot, dictSlot, result);
}
