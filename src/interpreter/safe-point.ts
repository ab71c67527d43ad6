/**
 * What happens at safe points (back-edges and calls) when State.interrupt is not 0: a collection that is due,
 * finalizers, signals (Ctrl-C). Everything live is reachable here: from the VM stack, whose top the loop has stored, and the other roots.
 */

import { InterruptFlag, State } from '../heap/fixed.ts';
import { words } from '../heap/memory.ts';
import { handleSignals } from '../modules/signals.ts';
import { collectGarbage, runPendingFinalizers } from '../objects/finalizers.ts';
import { observeAtSafePoint } from './observation.ts';

/** Serves the pending interrupts; may raise KeyboardInterrupt and what handlers raise. The loop has stored State.frame, pc and stackTop. */
export function safePoint(): void {
  const flags = words[State.interrupt];
  words[State.interrupt] = words[State.stress] === 1 ? InterruptFlag.collect : 0;
  if ((flags & InterruptFlag.collect) !== 0) collectGarbage();
  if (((flags | words[State.interrupt]) & InterruptFlag.finalize) !== 0) {
    words[State.interrupt] &= ~InterruptFlag.finalize;
    runPendingFinalizers();
  }
  if ((flags & InterruptFlag.signal) !== 0) handleSignals(true);
  if ((flags & InterruptFlag.observe) !== 0) {
    words[State.interrupt] |= InterruptFlag.observe;
    observeAtSafePoint();
  }
}
