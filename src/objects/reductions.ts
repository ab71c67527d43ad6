/** What many `__reduce__` methods have in common: tuples for pickle. Allocate only. */
import { State } from '../heap/fixed.ts';
import { words } from '../heap/memory.ts';
import { copyValue, setRef } from '../heap/values.ts';
import { dictFindString } from './dicts.ts';
import { intern } from './strings.ts';
import { newTuple, tupleItem } from './tuples.ts';

/** Writes the builtin of this name (`iter`, `getattr`, ...) to a slot. */
export function builtinFunction(name: string, result: number): void {
  copyValue(result, dictFindString(words[State.builtinsDict], intern(name)));
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
