/**
 * Turns the JIT on for a process: loads the stencil library for machine code, or the uop interpreter. Whatever is
 * missing or damaged is no error of the program: the answer is one line to tell the user, and the program runs plain.
 */
import { addon, addonProblem } from '../addon/load.ts';
import { architectureOf } from './architectures.ts';
import { writeSync } from 'node:fs';
import { jitStatistics, setTraceDump, startJit } from './jit.ts';
import { nativeBackend } from './native/native-backend.ts';
import { loadStencilLibrary, StencilLibraryError } from './stencil-library.ts';
import { uopBackend } from './uop-backend.ts';

export type JitMode = 'native' | 'uops' | 'off';

/** Installs the JIT; the answer is why it stays off although it was asked for, or null. */
export function setUpJit(mode: JitMode): string | null {
  if (mode === 'off') return null;
  if (process.env.COPYJIT_DUMP_TRACES) setTraceDump((text, title) => writeSync(2, `${title}\n${text}\n`));
  if (mode === 'uops') {
    startJit(uopBackend());
    return null;
  }
  const architecture = architectureOf(process.arch);
  if (architecture === null) return `there are no stencils for this processor (${process.arch})`;
  if (addon === null) return addonProblem;
  try {
    startJit(nativeBackend(loadStencilLibrary(architecture.name)));
    return null;
  } catch (error) {
    if (error instanceof StencilLibraryError) return error.message;
    return `code memory cannot be had: ${(error as Error).message}`;
  }
}

/** What --jit-stats prints. */
export function jitReport(mode: JitMode, problem: string | null): string {
  return mode === 'off' || problem !== null ? 'jit: off\n' : jitStatistics();
}
