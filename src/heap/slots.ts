/**
 * Rooted scratch slots for TypeScript routines: cells on the VM stack above the running frame, which the collector
 * scans. Turned down: handle scopes as JavaScript objects (an allocation a call).
 */
import { State } from './fixed.ts';
import { HeapExhausted, words } from './memory.ts';
import { TAG_REF } from './values.ts';

/** The cell of the first of `count` fresh slots, all NULL. An exception that flies past needs no popSlots. */
export function pushSlots(count: number): number {
  const first = words[State.stackTop];
  const end = first + count;
  if (end > words[State.stackLimit]) throw new HeapExhausted();
  for (let slot = first; slot < end; slot++) {
    words[slot << 1] = 0;
    words[(slot << 1) + 1] = TAG_REF;
  }
  words[State.stackTop] = end;
  return first;
}

/** Gives back the last `count` slots. */
export function popSlots(count: number): void {
  words[State.stackTop] -= count;
}
