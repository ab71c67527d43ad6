/** What many `__reduce__` methods have in common: tuples for pickle. Allocate only. */

import { State, T } from '../heap/fixed.ts';
import { words } from '../heap/memory.ts';
import { pushSlots } from '../heap/slots.ts';
import { copyValue, setRef } from '../heap/values.ts';
import { dictFind, dictFindString } from './dicts.ts';
import { clearRaised, matchesRaised, raiseAttributeError } from './errors.ts';
import { runningBuiltins } from './functions.ts';
import { getItem } from './operations.ts';
import { intern } from './strings.ts';
import { newTuple, tupleItem } from './tuples.ts';

/** Writes the builtin of this name to a slot, whatever builtins the running code has. */
export function interpreterBuiltin(name: string, result: number): void {
  copyValue(result, dictFindString(words[State.builtinsDict], intern(name)));
}

/** Writes what the running code finds as the builtin `iter`, `getattr`, ... to a slot. May call Python; AttributeError. */
export function builtinFunction(name: string, result: number): void {
  const builtins = runningBuiltins();
  const key = pushSlots(1);
  setRef(key, intern(name));
  if (words[builtins << 1] === T.dict) {
    const cell = dictFind(builtins, key);
    if (cell === 0) raiseAttributeError(name);
    copyValue(result, cell);
  } else {
    const mapping = pushSlots(1);
    setRef(mapping, builtins);
    try {
      getItem(mapping, key, result);
    } catch (error) {
      if (!matchesRaised(error, T.KeyError)) throw error;
      clearRaised();
      raiseAttributeError(name);
    }
  }
  words[State.stackTop] = key;
}

/** result = (callable, (argument, ...)); `args` are the cells of the arguments. */
export function reduction(callable: number, args: readonly number[], result: number): void {
  const given = newTuple(args.length);
  args.forEach((cell, i) => {
    copyValue(tupleItem(given, i), cell);
  });
  const answer = newTuple(2);
  copyValue(tupleItem(answer, 0), callable);
  setRef(tupleItem(answer, 1), given);
  setRef(result, answer);
}

/** The same with a third item: the state. */
export function reductionWithState(callable: number, args: readonly number[], state: number, result: number): void {
  const given = newTuple(args.length);
  args.forEach((cell, i) => {
    copyValue(tupleItem(given, i), cell);
  });
  const answer = newTuple(3);
  copyValue(tupleItem(answer, 0), callable);
  setRef(tupleItem(answer, 1), given);
  copyValue(tupleItem(answer, 2), state);
  setRef(result, answer);
}
