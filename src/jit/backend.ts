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

/**
 * Performs helper `number` of a trace, storing its result in StateCell.helperResult; `restoreState` rebuilds the state of
 * its snapshot in memory. False: the trace must not go on, and the interpreter's state says where to.
 */
export type HelperCall = (helper: number, exit: Exit, restoreState: () => void) => boolean;

export interface Backend {
  readonly name: string;
  compile(request: CompileRequest): CompiledParts;
  /**
   * Runs from an entry. `callHelper` is called when the trace wants something done; State.frame names the frame of the
   * frame register.
   */
  run(entry: number, callHelper: HelperCall): RunResult;
  /** From now on `exit` goes straight to `entry`. */
  linkExit(exit: Exit, entry: number): void;
  /** A place that leaves by exit `number`. */
  stubFor(number: number): number;
  /** Whoever enters at `entry` goes to `target` instead. */
  redirect(entry: number, target: number): void;
  codeBytes(): number;
}
