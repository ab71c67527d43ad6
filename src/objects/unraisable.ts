/**
 * Exceptions that nobody can catch: raised by finalizers, weak reference callbacks, hooks. They are told to
 * sys.unraisablehook, which lies above (interpreter/hooks.ts) and registers itself here.
 */
import { clearRaised } from './errors.ts';

/** `exception` is a ref; `object` the cell of what caused it, 0 if there is nothing to name. */
export type UnraisableReporter = (exception: number, message: string, object: number) => void;

let report: UnraisableReporter = () => {};
/** Installed by the interpreter, once. */
export function setUnraisableReporter(reporter: UnraisableReporter): void {
  report = reporter;
}

/**
 * Ends the flight of State.raised by telling sys.unraisablehook of it: `message` stands for "Exception ignored in" if
 * it is not empty. May call Python; never raises.
 */
export function reportUnraisable(message: string, object: number): void {
  report(clearRaised(), message, object);
}
