/**
 * Turns the JIT on for a process: loads the stencil library for machine code, or the uop interpreter. Whatever is
 * missing or damaged is no error of the program: the answer is one line to tell the user, and the program runs plain.
 */
import { existsSync, writeSync } from 'node:fs';
import { addon, addonProblem } from '../addon/load.ts';
import { architectureOf } from './architectures.ts';
import { jitStatistics, setTraceDump, startJit } from './jit.ts';
import { nativeBackend } from './native/native-backend.ts';
import { loadStencilLibrary, StencilLibraryError, stencilLibraryPath } from './stencil-library.ts';
import { uopBackend } from './uop-backend.ts';

export type JitMode = 'native' | 'uops' | 'off';

/**
 * Installs the JIT. Only its hooks at first: the library is loaded and code memory mapped when something becomes hot, so
 * that other programs do not pay. The answer is why it stays off although it was asked for, or null.
 */
export function setUpJit(mode: JitMode): string | null {
  if (mode === 'off') return null;
  if (process.env.COPYJIT_DUMP_TRACES) setTraceDump((text, title) => writeSync(2, `${title}\n${text}\n`));
  if (mode === 'uops') {
    startJit(uopBackend);
    return null;
  }
  const architecture = architectureOf(process.arch);
  if (architecture === null) return `there are no stencils for this processor (${process.arch})`;
  if (addon === null) return addonProblem;
  const file = stencilLibraryPath(architecture.name);
  if (!existsSync(file)) return `the stencil library ${file} is missing`;
  startJit(() => {
    try {
      return nativeBackend(loadStencilLibrary(architecture.name));
    } catch (error) {
      const reason =
        error instanceof StencilLibraryError ? error.message : `code memory cannot be had: ${(error as Error).message}`;
      writeSync(2, `copyjit: the JIT is off: ${reason}\n`);
      return null;
    }
  });
  return null;
}

/** What --jit-stats prints. */
export function jitReport(mode: JitMode, problem: string | null): string {
  return mode === 'off' || problem !== null ? 'jit: off\n' : jitStatistics(mode);
}
