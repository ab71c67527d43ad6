/** The atexit module: functions to be called when the program ends, the last one first. */
import { addRootScanner, mark } from '../heap/collector.ts';
import { Fixed, State } from '../heap/fixed.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, refAt, setRef } from '../heap/values.ts';
import { isCallable } from '../objects/builtins-types.ts';
import { dictCount, dictEntry, dictNext } from '../objects/dicts.ts';
import { becomesPythonError, raiseTypeError } from '../objects/errors.ts';
import { setInt } from '../objects/integers.ts';
import { callKeywords } from '../objects/invoke.ts';
import { listAppend, listItem, listSize, newList } from '../objects/lists.ts';
import { registerModule } from '../objects/modules.ts';
import { natives } from '../objects/natives.ts';
import { equals } from '../objects/operations.ts';
import { newTuple, tupleItem, tupleSize } from '../objects/tuples.ts';
import { reportUnraisable } from '../objects/unraisable.ts';
import { safeRepr } from './io-base.ts';

/** list of tuples (function, args, kwargs); 0: none was ever registered */
let functions = 0;
addRootScanner(() => mark(functions));

/** Calls what was registered, the last one first; what is registered meanwhile is not called. Raises nothing. */
export function runExitFunctions(): void {
  if (functions === 0) return;
  const slots = pushSlots(3);
  const top = words[State.stackTop];
  const due = functions;
  setRef(slots, due);
  functions = 0;
  for (let i = listSize(due) - 1; i >= 0; i--) {
    const entry = refAt(listItem(due, i));
    copyValue(slots + 1, tupleItem(entry, 0));
    try {
      callEntry(entry, slots + 2);
    } catch (error) {
      if (!becomesPythonError(error)) throw error;
      words[State.stackTop] = top;
      reportCallback(slots + 1);
    }
    words[State.stackTop] = top;
  }
  functions = 0;
  popSlots(3);
}
/** Reports the exception in flight, which a callback has raised. */
function reportCallback(callback: number): void {
  const raised = words[State.raised];
  const slot = pushSlots(1);
  setRef(slot, raised);
  words[State.raised] = 0;
  const text = safeRepr(callback);
  words[State.raised] = raised;
  reportUnraisable(`Exception ignored in atexit callback ${text}`, 0);
  popSlots(1);
}
function callEntry(entry: number, result: number): void {
  const args = refAt(tupleItem(entry, 1));
  const keywords = refAt(tupleItem(entry, 2));
  const positional = tupleSize(args);
  const named = dictCount(keywords);
  const base = pushSlots(positional + named + 1);
  for (let i = 0; i < positional; i++) copyValue(base + i, tupleItem(args, i));
  const names = newTuple(named);
  setRef(base + positional + named, names);
  let i = 0;
  for (let at = dictNext(keywords, 0); at >= 0; at = dictNext(keywords, at + 1), i++) {
    copyValue(tupleItem(names, i), dictEntry(keywords, at));
    copyValue(base + positional + i, dictEntry(keywords, at) + 1);
  }
  callKeywords(tupleItem(entry, 0), base, positional + named, named === 0 ? 0 : names, result);
}

natives('atexit', {
  'register(func, /, *args, **kwargs)': (args, result) => {
    if (!isCallable(args)) raiseTypeError('the first argument must be callable');
    functions ||= newList(0);
    const entry = newTuple(3);
    for (let i = 0; i < 3; i++) copyValue(tupleItem(entry, i), args + i);
    const slot = pushSlots(1);
    setRef(slot, entry);
    listAppend(functions, slot);
    popSlots(1);
    copyValue(result, args);
  },
  'unregister(func, /)': (args, result) => {
    if (functions !== 0) {
      const old = functions;
      const slots = pushSlots(2);
      setRef(slots, old);
      const kept = newList(0);
      setRef(slots + 1, kept);
      for (let i = 0; i < listSize(old); i++) {
        if (!equals(tupleItem(refAt(listItem(old, i)), 0), args)) listAppend(kept, listItem(old, i));
      }
      functions = kept;
      popSlots(2);
    }
    setRef(result, Fixed.none);
  },
  '_clear()': (_args, result) => {
    functions = 0;
    setRef(result, Fixed.none);
  },
  '_run_exitfuncs()': (_args, result) => {
    runExitFunctions();
    setRef(result, Fixed.none);
  },
  '_ncallbacks()': (_args, result) => setInt(result, functions === 0 ? 0 : listSize(functions)),
});
registerModule('atexit');
