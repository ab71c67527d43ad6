/** CALL_EX: a call with * and ** arguments, which the compiler has collected in an iterable and a dict. */
import { State, T } from '../heap/fixed.ts';
import { words } from '../heap/memory.ts';
import { pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef } from '../heap/values.ts';
import { dictCount, dictEntry, dictNext, dictSet, newDict } from '../objects/dicts.ts';
import { raiseTypeError } from '../objects/errors.ts';
import { listExtend } from '../objects/list-extend.ts';
import { listItem, listSize, newList } from '../objects/lists.ts';
import { canIterate } from '../objects/operations.ts';
import { isStr } from '../objects/strings.ts';
import { newTuple, tupleItem } from '../objects/tuples.ts';
import { typeName } from '../objects/types.ts';
import { callableText, forEachEntry } from './build.ts';
import { callValue } from './calls.ts';
import { sourceAt } from './operands.ts';
import { safePoint } from './safe-point.ts';

/** CALL_EX (`dsss`): callable, iterable of positional arguments, mapping of keyword arguments or NULL. */
export function callExInstruction(pc: number, base: number): number {
  if (words[State.interrupt] !== 0) safePoint();
  const callable = sourceAt(pc + 2, base);
  const spread = sourceAt(pc + 3, base);
  const mapping = sourceAt(pc + 4, base);
  const collected = pushSlots(2);
  let from: number;
  let count: number;
  if (isRef(spread) && words[refAt(spread) << 1] === T.tuple) {
    from = refAt(spread) + 1;
    count = words[(refAt(spread) << 1) + 1];
  } else {
    if (!canIterate(spread)) {
      raiseTypeError(`${callableText(callable)} argument after * must be an iterable, not ${typeName(spread)}`);
    }
    setRef(collected, newList(0));
    listExtend(refAt(collected), spread);
    from = listItem(refAt(collected), 0);
    count = listSize(refAt(collected));
  }
  let dict = 0;
  if (!isNull(mapping)) {
    if (isRef(mapping) && words[refAt(mapping) << 1] === T.dict) dict = refAt(mapping);
    else {
      const made = newDict();
      setRef(collected + 1, made);
      forEachEntry(
        mapping,
        `${callableText(callable)} argument after ** must be a mapping, not ${typeName(mapping)}`,
        (key, value) => dictSet(made, key, value),
      );
      dict = made;
    }
  }
  const keywords = dict === 0 ? 0 : dictCount(dict);
  const args = pushSlots(count + keywords);
  for (let i = 0; i < count; i++) copyValue(args + i, from + i);
  let names = 0;
  if (keywords > 0) {
    names = newTuple(keywords);
    setRef(collected + 1, names);
    let position = dictNext(dict, 0);
    for (let k = 0; k < keywords; k++) {
      const entry = dictEntry(dict, position);
      if (!isStr(entry)) raiseTypeError('keywords must be strings');
      copyValue(tupleItem(names, k), entry);
      copyValue(args + count + k, entry + 1);
      position = dictNext(dict, position + 1);
    }
  }
  const result = callValue(callable, args, count + keywords, names, pc + 5, words[pc + 1]);
  // A native has run: the slots are done with. A pushed frame lies above them and set the top itself.
  return result;
}
