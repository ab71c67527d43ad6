/**
 * What happens at safe points (back-edges and calls) when State.interrupt is not 0: a collection that is due, Ctrl-C,
 * finalizers. Everything live is reachable here: from the VM stack, whose top the loop has stored, and the other roots.
 */

import { InterruptFlag, State, T } from '../heap/fixed.ts';
import { words } from '../heap/memory.ts';
import { raise } from '../objects/errors.ts';
import { collectGarbage, runPendingFinalizers } from '../objects/finalizers.ts';

/** Serves the pending interrupts; may raise KeyboardInterrupt. The loop has stored State.frame, pc and stackTop. */
export function safePoint(): void {
  const flags = words[State.interrupt];
  words[State.interrupt] = words[State.stress] === 1 ? InterruptFlag.collect : 0;
  if ((flags & InterruptFlag.collect) !== 0) collectGarbage();
  if (((flags | words[State.interrupt]) & InterruptFlag.finalize) !== 0) {
    words[State.interrupt] &= ~InterruptFlag.finalize;
    runPendingFinalizers();
  }
  if ((flags & InterruptFlag.signal) !== 0) raise(T.KeyboardInterrupt, '');
}
