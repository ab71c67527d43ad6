/**
 * How traces run: as machine code, or uop by uop on the reference implementations (--jit=uops). Both take the optimized
 * trace that lies in ir.ts and both leave by the same exits, so everything else in the JIT is common to them.
 */
import type { Exit } from './executors.ts';

export interface CompileRequest {
  /** number that the first exit of this trace will have */
  readonly firstExit: number;
  /** the exit that this trace continues */
  readonly parentExit: Exit | null;
  /** entry of another executor */
  targetOf(executor: number): number;
}
export interface CompiledParts {
  readonly entry: number;
  readonly bytes: number;
  readonly exits: readonly {
    readonly snapshot: number;
    readonly entries: Int32Array;
    readonly stub: number;
    readonly ref: number;
  }[];
}
/** The exit taken, with the interpreter's state restored; or null if a helper ended the run (state is set as well). */
export type RunResult = Exit | null;

export interface Backend {
  readonly name: string;
  compile(request: CompileRequest): CompiledParts;
  /**
   * Runs from an entry. `callHelper(number, exit)` is called with the state of the helper's snapshot restored, and says
   * whether the trace may go on; it stores the helper's result in StateCell.helperResult.
   */
  run(entry: number, callHelper: (helper: number, exit: Exit) => boolean): RunResult;
  /** From now on `exit` goes straight to `entry`. */
  linkExit(exit: Exit, entry: number): void;
  /** A place that leaves by exit `number`. */
  stubFor(number: number): number;
  /** Whoever enters at `entry` goes to `target` instead. */
  redirect(entry: number, target: number): void;
  codeBytes(): number;
}
