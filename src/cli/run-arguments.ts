/**
 * The arguments of `copyjit run`. They are read by hand, because options end at the program as python3's do (what
 * follows belongs to the program), and because commander takes longer to load than the virtual machine's own start may
 * cost; it is used for `--help` only.
 */
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
export class UsageError extends Error {}

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
