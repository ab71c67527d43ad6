/**
 * What happens at safe points (back-edges and calls) when State.interrupt is not 0: a collection that is due, Ctrl-C,
 * finalizers. Everything live is reachable here: from the VM stack, whose top the loop has stored, and the other roots.
 */

import { collect } from '../heap/collector.ts';
import { InterruptFlag, State, T } from '../heap/fixed.ts';
import { words } from '../heap/memory.ts';
import { raise } from '../objects/errors.ts';

const finalizers: (() => void)[] = [];
/** Adds what is to run at the safe point after a collection has set InterruptFlag.finalize; it must raise nothing. */
export function addFinalizer(finalizer: () => void): void {
  finalizers.push(finalizer);
}

/** Runs what the last collection left to do. May call Python; raises nothing. */
export function runFinalizers(): void {
  words[State.interrupt] &= ~InterruptFlag.finalize;
  for (const finalizer of finalizers) finalizer();
}

/** Serves the pending interrupts; may raise KeyboardInterrupt. The loop has stored State.frame, pc and stackTop. */
export function safePoint(): void {
  const flags = words[State.interrupt];
  words[State.interrupt] = words[State.stress] === 1 ? InterruptFlag.collect : 0;
  if ((flags & InterruptFlag.collect) !== 0) collect();
  if ((words[State.interrupt] & InterruptFlag.finalize) !== 0) runFinalizers();
  if ((flags & InterruptFlag.signal) !== 0) raise(T.KeyboardInterrupt, '');
}
