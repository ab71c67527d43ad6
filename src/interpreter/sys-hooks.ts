/**
 * The sys module's hooks that are kept for the program: audit hooks, which are called; trace and profile functions, which
 * are not (a warning says so, once a process); breakpointhook; and what the running thread is doing.
 */
import { Fixed, State, T } from '../heap/fixed.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isRef, refAt, setRef, setSmallInt } from '../heap/values.ts';
import { setAfterBreakpoint } from '../modules/breakpoint.ts';
import { dictFindString, dictSet, dictSetString, newDict } from '../objects/dicts.ts';
import { clearRaised, matchesRaised, raiseRuntimeError, raiseTypeError } from '../objects/errors.ts';
import { call } from '../objects/invoke.ts';
import { listAppend, listItem, listSize, newList } from '../objects/lists.ts';
import { natives } from '../objects/natives.ts';
import { callSpread } from '../objects/spread.ts';
import { intern, isStr } from '../objects/strings.ts';
import { typeName } from '../objects/types.ts';
import { hookCell, observedAgain, setHook, updateReceivers } from './events.ts';
import { frameObjectOf } from './frame-objects.ts';
import { observeFromHere } from './observation.ts';

function hooks(): number {
  if (words[State.sysHooks] === 0) words[State.sysHooks] = newDict();
  return words[State.sysHooks];
}
function readHook(name: string, result: number): void {
  const found = hookCell(name);
  if (found === 0) setRef(result, Fixed.none);
  else copyValue(result, found);
}
/** Sets the trace or profile function. */
function keepTracer(name: string): (args: number, result: number) => void {
  return (args, result) => {
    if (isAudited()) {
      const slots = pushSlots(2);
      setRef(slots, intern(`sys.${name}`));
      setRef(slots + 1, Fixed.emptyTuple);
      audit(slots, slots + 1);
      popSlots(2);
    }
    setHook(name, args);
    updateReceivers();
    observeFromHere('sys');
    setRef(result, Fixed.none);
  };
}

/** True if the program has audit hooks: only then it is worth making the arguments of `audit`. */
export function isAudited(): boolean {
  return words[State.sysHooks] !== 0 && dictFindString(words[State.sysHooks], intern('audit')) !== 0;
}

/** Calls the audit hooks: `event` a slot with its name, `values` a slot with the tuple of its arguments. */
export function audit(event: number, values: number): void {
  if (!isAudited()) return;
  const slots = pushSlots(4);
  copyValue(slots, dictFindString(words[State.sysHooks], intern('audit')));
  for (let i = 0; i < listSize(refAt(slots)); i++) {
    copyValue(slots + 1, event);
    copyValue(slots + 2, values);
    copyValue(slots + 3, listItem(refAt(slots), i));
    call(slots + 3, slots + 1, 2, slots + 3);
  }
  popSlots(4);
}

natives('sys', {
  'settrace(function, /)': keepTracer('settrace'),
  'setprofile(function, /)': keepTracer('setprofile'),
  '_settraceallthreads(function, /)': keepTracer('settrace'),
  '_setprofileallthreads(function, /)': keepTracer('setprofile'),
  'gettrace()': (_args, result) => readHook('settrace', result),
  'getprofile()': (_args, result) => readHook('setprofile', result),
  'call_tracing(func, args, /)': (args, result) => {
    if (!isRef(args + 1) || words[refAt(args + 1) << 1] !== T.tuple) {
      raiseTypeError(`call_tracing() argument 2 must be tuple, not ${typeName(args + 1)}`);
    }
    observedAgain(() => callSpread(args, 0, 0, args + 1, 0, result));
  },
  'addaudithook(hook)': (args, result) => {
    setRef(result, Fixed.none);
    if (isAudited()) {
      const slots = pushSlots(2);
      setRef(slots, intern('sys.addaudithook'));
      setRef(slots + 1, Fixed.emptyTuple);
      try {
        audit(slots, slots + 1);
      } catch (error) {
        // a hook may refuse others by raising an Exception, and nobody is told
        if (!matchesRaised(error, T.Exception)) throw error;
        clearRaised();
        words[State.stackTop] = slots;
        return;
      }
      popSlots(2);
    }
    const name = intern('audit');
    if (dictFindString(hooks(), name) === 0) {
      const slot = pushSlots(1);
      setRef(slot, newList(0));
      dictSetString(hooks(), name, slot);
      popSlots(1);
    }
    listAppend(refAt(dictFindString(hooks(), name)), args);
  },
  'audit(event, /, *args)': (args, result) => {
    if (!isStr(args)) raiseTypeError(`expected str for argument 'event', not ${typeName(args)}`);
    audit(args, args + 1);
    setRef(result, Fixed.none);
  },
  '_current_frames()': (_args, result) => {
    const slots = pushSlots(3);
    setRef(slots, newDict());
    setSmallInt(slots + 1, 1);
    if (words[State.frame] !== 0) {
      setRef(slots + 2, frameObjectOf(words[State.frame]));
      dictSet(refAt(slots), slots + 1, slots + 2);
    }
    copyValue(result, slots);
    popSlots(3);
  },
  '_current_exceptions()': (_args, result) => {
    const slots = pushSlots(3);
    setRef(slots, newDict());
    setSmallInt(slots + 1, 1);
    setRef(slots + 2, words[State.handled] || Fixed.none);
    dictSet(refAt(slots), slots + 1, slots + 2);
    copyValue(result, slots);
    popSlots(3);
  },
  'remote_exec(pid, script)': () => raiseRuntimeError('Remote debugging is not supported'),
});

// what breakpoint() calls may have begun to trace
setAfterBreakpoint(() => observeFromHere('builtins'));
