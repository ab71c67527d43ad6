/**
 * The interpreter's side of the door to the JIT: the interpreter knows that somebody can be asked to take over at a hot
 * place, and nothing about how. src/jit installs itself here; without it every hook says no.
 *
 * Inline caches used by it: JUMP_BACKWARD x0 = heat, x1 = executor number (0 none); likewise Code.heat and
 * Code.executor for function entries. All hooks find State.frame, State.pc and State.stackTop stored.
 */

/** Value of the loop's `mode` while a trace is recorded; 0 otherwise. */
export const RECORDING = 256;

export interface JitHooks {
  /** JUMP_BACKWARD at word index `pc` reached loopThreshold. `frame` = its cell. True: record from the jump's target on. */
  hotLoop(pc: number, frame: number): boolean;
  /** `code` was entered functionThreshold times and its frame (the running one) is about to run its first instruction. */
  hotFunction(code: number, frame: number): boolean;
  /**
   * Runs compiled code from the present state of the heap (State.frame, State.pc). Comes back with State.frame, State.pc
   * and State.stackTop saying where the interpreter goes on, and with State.raised set if an exception is in flight
   * (State.pc is then the instruction that raised it). True: record a side trace from State.pc on.
   */
  enterExecutor(number: number): boolean;
  /** Looks at the instruction about to be executed while recording; returns the mode from then on. */
  recordInstruction(pc: number, frame: number): number;
  /** A nested run of the loop is about to begin: whoever keeps the state of a frame outside of memory must store it. */
  nestedRun(): void;
  /** An exception left the interpreter's straight path while recording: the trace ends. */
  abortRecording(): void;
}

export interface JitSettings {
  hooks: JitHooks;
  /** iterations of a loop, entries of a function before the hook is asked; the hook may reset the counter to back off */
  loopThreshold: number;
  functionThreshold: number;
}

const absent: JitHooks = {
  hotLoop: () => false,
  hotFunction: () => false,
  enterExecutor: () => {
    throw new Error('an executor was entered, but there is no JIT');
  },
  recordInstruction: () => 0,
  nestedRun: () => {},
  abortRecording: () => {},
};

/** Read by the loop at every hot edge. */
export const jit: JitSettings = { hooks: absent, loopThreshold: 0x7fffffff, functionThreshold: 0x7fffffff };

/** Installs the JIT. */
export function installJit(hooks: JitHooks, loopThreshold: number, functionThreshold: number): void {
  jit.hooks = hooks;
  jit.loopThreshold = loopThreshold;
  jit.functionThreshold = functionThreshold;
}
/** Takes it out again (several VMs' worth of tests in one process). */
export function removeJit(): void {
  jit.hooks = absent;
  jit.loopThreshold = 0x7fffffff;
  jit.functionThreshold = 0x7fffffff;
}
