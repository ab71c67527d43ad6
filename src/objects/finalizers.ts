/**
 * Running what collections left to do (heap/finalization.ts): `__del__` of dead objects, closing of generators that were
 * collected while suspended, callbacks of weak references. At safe points, in gc.collect(), and at the end of the program.
 * What they raise goes to sys.unraisablehook.
 */
import { collect } from '../heap/collector.ts';
import { finalizeEverything, finishCollection, hasFinalizable, hasPending, takePending } from '../heap/finalization.ts';
import { State } from '../heap/fixed.ts';
import { Kind, WeakReference } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, setNull, setRef } from '../heap/values.ts';
import { findMethod } from './attributes.ts';
import { becomesPythonError, clearRaised } from './errors.ts';
import { call } from './invoke.ts';
import { N } from './names.ts';
import { repr } from './operations.ts';
import { stringOf } from './strings.ts';
import { kindAt, lookup, typeOf } from './types.ts';
import { reportUnraisable } from './unraisable.ts';

/** Finalizes an object of a built-in type without `__del__`; installed by the interpreter. */
let finalizeNative: (ref: number) => void = () => {};
export function setNativeFinalizer(finalizer: (ref: number) => void): void {
  finalizeNative = finalizer;
}

/** Hides from the next collection what lies in registers that nothing will read; installed by the interpreter. */
let hideStaleRegisters: () => void = () => {};
export function setStaleRegisterHider(hider: () => void): void {
  hideStaleRegisters = hider;
}

/** True while finalizers run at a safe point: others that become due meanwhile wait for their turn. */
let running = false;

/** A collection and nothing else; only at a safe point, see collect() of heap/collector.ts. Calls no Python. */
export function collectGarbage(): void {
  collect();
  finishCollection();
}

/** At a safe point: runs what is due. May call Python; raises nothing. */
export function runPendingFinalizers(): void {
  if (!running) drainPending();
}

/** Runs what is due, even from within a finalizer. May call Python; raises nothing. */
export function drainPending(): void {
  const outer = running;
  running = true;
  try {
    const object = pushSlots(1);
    for (let ref = takePending(); ref !== 0; ref = takePending()) {
      setRef(object, ref);
      finalize(object);
    }
    popSlots(1);
  } finally {
    running = outer;
  }
}

/**
 * gc.collect(): collections and finalizers, until there is nothing left to finalize, so that what could be freed is freed.
 * Finalizers that make new garbage with finalizers for ever are left to themselves after some rounds.
 */
export function collectCompletely(): void {
  for (let round = 0; round < 20; round++) {
    hideStaleRegisters();
    collectGarbage();
    if (!hasPending()) return;
    drainPending();
  }
}

function finalize(object: number): void {
  const top = words[State.stackTop];
  const slots = pushSlots(3);
  let doing = '';
  try {
    if (kindAt(object) === Kind.weakReference && !isNull(callbackOf(object))) {
      copyValue(slots, callbackOf(object));
      setNull(callbackOf(object));
      doing = 'calling weakref callback';
      call(slots, object, 1, slots + 1);
    } else if (lookup(typeOf(object), N.__del__) !== 0) {
      doing = 'calling deallocator';
      copyValue(slots, lookup(typeOf(object), N.__del__));
      if (!findMethod(object, N.__del__, slots + 1)) return;
      if (isNull(slots + 2)) call(slots + 1, object, 0, slots + 1);
      else call(slots + 1, object, 1, slots + 1);
    } else finalizeNative(words[object << 1]);
  } catch (error) {
    if (!becomesPythonError(error)) throw error;
    words[State.stackTop] = slots + 3;
    reportUnraisable(`Exception ignored while ${doing} ${describe(slots)}`, 0);
  }
  words[State.stackTop] = top;
}
/** repr() of what was called, while an exception is in flight. */
function describe(slot: number): string {
  const raised = pushSlots(1);
  setRef(raised, clearRaised());
  let text = '<unknown>';
  try {
    text = stringOf(repr(slot));
  } catch (error) {
    if (!becomesPythonError(error)) throw error;
  }
  words[State.raised] = words[raised << 1];
  words[State.stackTop] = raised;
  return text;
}
function callbackOf(reference: number): number {
  return words[reference << 1] + (WeakReference.callback >> 1);
}

/**
 * The end of the program: what lives only in modules dies, as far as programs see: the finalizers of all objects that have
 * one, oldest first, with the modules' names still there. (CPython's cycle collector does the same when the modules are
 * gone, since what has a finalizer nearly always is in a cycle with the globals of `__del__`.) May call Python.
 */
export function finalizeAtExit(): void {
  if (!hasFinalizable() && !hasPending()) return;
  collectCompletely();
  for (let round = 0; round < 3 && finalizeEverything(); round++) drainPending();
}
