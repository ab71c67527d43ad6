/**
 * Running Python from TypeScript: a nested run of the loop, with the state of the outer one saved. Installed as the
 * object layer's invoker.
 */
import { State } from '../heap/fixed.ts';
import { words } from '../heap/memory.ts';
import { refAt } from '../heap/values.ts';
import { setInvoker } from '../objects/invoke.ts';
import { pushFunction } from './calls.ts';
import { ReturnKind } from './frames.ts';
import { findResumingNatives } from './generators.ts';
import { jit } from './jit-hooks.ts';
import { run } from './loop.ts';

/** Runs Python function `functionSlot` to its end; see objects/invoke.ts for the arguments. */
export function invokeFunction(
  functionSlot: number,
  args: number,
  count: number,
  keywordNames: number,
  result: number,
): void {
  jit.hooks.nestedRun();
  const frame = words[State.frame];
  const pc = words[State.pc];
  const top = words[State.stackTop];
  try {
    run(pushFunction(refAt(functionSlot), args, count, keywordNames, pc + 1, result, ReturnKind.exit));
  } finally {
    words[State.frame] = frame;
    words[State.pc] = pc;
    words[State.stackTop] = top;
  }
}

/** Once, at start-up. */
export function installInterpreter(): void {
  setInvoker(invokeFunction);
  findResumingNatives();
}
