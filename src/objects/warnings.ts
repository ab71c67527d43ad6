/**
 * Warnings from TypeScript. They go where `warnings.warn` sends them; the interpreter, which lies above and knows about
 * modules and frames, registers how (interpreter/hooks.ts).
 */
import type { T } from '../heap/fixed.ts';

export interface Warner {
  /** what `warnings.warn(message, category, stacklevel)` does */
  readonly warn: (category: T, message: string, stackLevel: number) => void;
  /** "coroutine '...' was never awaited", for the coroutine in a cell */
  readonly unawaited: (coroutine: number) => void;
}
let warner: Warner = { warn: () => {}, unawaited: () => {} };
/** Installed by the interpreter, once. */
export function setWarner(installed: Warner): void {
  warner = installed;
}

/** Warns of what the running Python function does (stack level 1). May call Python; raises if warnings are errors. */
export function warn(category: T, message: string, stackLevel = 1): void {
  warner.warn(category, message, stackLevel);
}
export function warnUnawaited(coroutine: number): void {
  warner.unawaited(coroutine);
}
