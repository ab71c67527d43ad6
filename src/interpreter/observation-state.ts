/** Is execution observed (observation.ts)? Apart, because the loop, the safe points and the JIT ask. */
import { InterruptFlag, State } from '../heap/fixed.ts';
import { words } from '../heap/memory.ts';

/** Value of the loop's `mode` while its run is observed. */
export const OBSERVING = 512;

export const observation = {
  /** the mode in which runs begin: OBSERVING or 0 */
  mode: 0,
  /** does the innermost run of the loop observe? */
  running: false,
  /** how often observation was begun, for --jit-stats */
  begun: 0,
};

/** Thrown to leave a run of the loop and enter it again, observed, at State.pc. */
export const REENTER = { name: 'REENTER' };

/** Observes from now on, or no longer. */
export function setObserving(on: boolean): void {
  observation.mode = on ? OBSERVING : 0;
  if (on) words[State.interrupt] |= InterruptFlag.observe;
  else words[State.interrupt] &= ~InterruptFlag.observe;
}
/** True if a run that is not observed, but should be, is under way. */
export function mustReenter(): boolean {
  return observation.mode !== 0 && !observation.running;
}
