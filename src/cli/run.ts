/**
 * `copyjit run`: runs one Python program. Options are read by hand, because they end at the program as python3's do
 * (what follows belongs to the program), and because commander takes longer to load than the virtual machine's own
 * start may cost; it is used for `--help` only.
 */
import { accessSync, constants, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { runMain } from '../interpreter/main.ts';

type JitMode = 'native' | 'uops' | 'off';

/** What to run, and how: what `runMain` takes. */
export interface RunOptions {
  kind: 'file' | 'code' | 'module' | 'stdin';
  /** the path as given, the code, the module's name, or `-` */
  target: string;
  /** what the program finds in sys.argv[1:] */
  args: string[];
  jit: JitMode;
  jitStats: boolean;
}

/** A command line that makes no sense; the message is the one line that the user sees. */
class UsageError extends Error {}

const jitModes: readonly string[] = ['native', 'uops', 'off'];

/** The options, or null where help was asked for. Throws UsageError. */
export function parseRunArguments(args: string[]): RunOptions | null {
  const options = { jit: 'native' as JitMode, jitStats: false };
  let index = 0;
  for (; index < args.length; index++) {
    const argument = args[index];
    if (argument === '--help' || argument === '-h') return null;
    if (argument === '--jit-stats') options.jitStats = true;
    else if (argument === '--jit' || argument.startsWith('--jit=')) {
      const mode = argument === '--jit' ? args[++index] : argument.slice('--jit='.length);
      if (!jitModes.includes(mode)) throw new UsageError(`--jit takes native, uops or off, not '${mode ?? ''}'`);
      options.jit = mode as JitMode;
    } else if (argument.startsWith('-c') || argument.startsWith('-m')) {
      // Like python3: the value may be glued on, and everything after it belongs to the program.
      const glued = argument.length > 2;
      const target = glued ? argument.slice(2) : args[++index];
      if (target === undefined) throw new UsageError(`argument expected for the ${argument} option`);
      const kind = argument.startsWith('-c') ? 'code' : 'module';
      return { kind, target, args: args.slice(index + 1), ...options };
    } else if (argument === '-') return { kind: 'stdin', target: '-', args: args.slice(index + 1), ...options };
    else if (argument === '--') {
      index++;
      break;
    } else if (argument.startsWith('-')) throw new UsageError(`unknown option '${argument}'`);
    else break;
  }
  if (index >= args.length) throw new UsageError('no program given');
  return { kind: 'file', target: args[index], args: args.slice(index + 1), ...options };
}

/** Why the file cannot be run, in python3's words; null if it can. */
function fileProblem(target: string): string | null {
  const path = resolve(target);
  try {
    if (statSync(path).isDirectory()) return `'${path}' is a directory, cannot continue`;
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

/** Runs the command; the result is the exit status. */
export function main(args: string[]): number | Promise<number> {
  let options: RunOptions | null;
  try {
    options = parseRunArguments(args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`copyjit: ${error.message} (see copyjit run --help)\n`);
    return 2;
  }
  if (options === null) return runHelp();
  const problem = options.kind === 'file' ? fileProblem(options.target) : null;
  if (problem !== null) {
    process.stderr.write(`copyjit: ${problem}\n`);
    return 2;
  }
  return runMain(options);
}

async function runHelp(): Promise<number> {
  const { printRunHelp } = await import('./run-help.ts');
  return printRunHelp();
}
