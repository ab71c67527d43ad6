/** `copyjit run`: runs one Python program. */
import { accessSync, constants, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { INTERRUPTED, runMain } from '../interpreter/main.ts';
import { jitReport, setUpJit } from '../jit/install.ts';
import { VERSION_TEXT } from '../modules/sys-structures.ts';
import { parseRunArguments, type RunOptions, UsageError } from './run-arguments.ts';

/** Why the file cannot be run, in python3's words; null if it can. */
function fileProblem(target: string): string | null {
  const path = resolve(target);
  try {
    statSync(path);
    accessSync(path, constants.R_OK);
    return null;
  } catch (error) {
    const reasons: Record<string, string> = {
      ENOENT: '[Errno 2] No such file or directory',
      EACCES: '[Errno 13] Permission denied',
      ENOTDIR: '[Errno 20] Not a directory',
      ENAMETOOLONG: '[Errno 36] File name too long',
      ELOOP: '[Errno 40] Too many levels of symbolic links',
    };
    const { code } = error as NodeJS.ErrnoException;
    return `can't open file '${path}': ${reasons[code ?? ''] ?? code}`;
  }
}

function runProgram(options: RunOptions): number {
  let jitProblem: string | null = null;
  return runMain(options, {
    started: () => {
      jitProblem = setUpJit(options.jit);
      if (jitProblem !== null) process.stderr.write(`copyjit: the JIT is off: ${jitProblem}\n`);
    },
    ended: () => {
      if (options.jitStats) process.stderr.write(jitReport(options.jit, jitProblem));
    },
  });
}

/** Ends the process as one that nobody handled the signal for: who started it (a shell's loop) wants to know. */
function dieOfInterrupt(): number {
  process.once('exit', () => process.kill(process.pid, 'SIGINT'));
  return 130;
}

/** Runs the command; the result is the exit status. */
export function main(args: string[]): number | Promise<number> {
  let options: RunOptions | null | 'version';
  try {
    options = parseRunArguments(args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`copyjit: ${error.message} (see copyjit run --help)\n`);
    return 2;
  }
  if (options === null) return runHelp();
  if (options === 'version') {
    process.stdout.write(`Python ${VERSION_TEXT}\n`);
    return 0;
  }
  const problem = options.kind === 'file' ? fileProblem(options.target) : null;
  if (problem !== null) {
    process.stderr.write(`copyjit: ${problem}\n`);
    return 2;
  }
  try {
    const status = runProgram(options);
    return status === INTERRUPTED ? dieOfInterrupt() : status;
  } catch (error) {
    return reportInternalError(error);
  }
}

/** A mistake of copyjit's own: whatever Python can raise was dealt with. The status is that of a software error. */
function reportInternalError(error: unknown): number {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const detail = process.env.COPYJIT_DEBUG ? `\n${stack}` : ' (COPYJIT_DEBUG=1 shows where)';
  process.stderr.write(`copyjit: internal error: ${message}${detail}\n`);
  return 70;
}

async function runHelp(): Promise<number> {
  const { printRunHelp } = await import('./run-help.ts');
  return printRunHelp();
}
