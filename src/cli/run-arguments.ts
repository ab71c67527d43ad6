/**
 * The arguments of `copyjit run`: python3's own options and those of the JIT. They are read by hand, because options end
 * at the program as python3's do (what follows belongs to the program), and because commander takes longer to load than
 * the virtual machine's own start may cost; it is used for `--help` only.
 */
import { isatty } from 'node:tty';
import { isDigitLimit, type RunOptions } from '../interpreter/run-options.ts';
import { defaultFlags } from '../modules/sys-structures.ts';

export type { RunOptions };

/** A command line that makes no sense; the message is the one line that the user sees. */
export class UsageError extends Error {}

const jitModes: readonly string[] = ['native', 'uops', 'off'];

/** Options without a value, one letter each, and what they do. */
const letters: Readonly<Record<string, (options: RunOptions) => void>> = {
  B: ({ flags }) => {
    flags.dontWriteBytecode = true;
  },
  b: ({ flags }) => {
    flags.bytesWarning++;
  },
  d: ({ flags }) => {
    flags.debug++;
  },
  E: ({ flags }) => {
    flags.ignoreEnvironment = true;
  },
  I: ({ flags }) => {
    flags.isolated = true;
    flags.ignoreEnvironment = true;
    flags.noUserSite = true;
    flags.safePath = true;
  },
  i: ({ flags }) => {
    flags.inspect = 1;
  },
  O: ({ flags }) => {
    flags.optimize++;
  },
  P: ({ flags }) => {
    flags.safePath = true;
  },
  q: ({ flags }) => {
    flags.quiet = true;
  },
  // accepted and without effect: hashes are the same in every run
  R: () => {},
  S: ({ flags }) => {
    flags.noSite = true;
  },
  s: ({ flags }) => {
    flags.noUserSite = true;
  },
  u: (options) => {
    options.unbuffered = true;
  },
  v: ({ flags }) => {
    flags.verbose++;
  },
  x: () => {
    throw new UsageError('-x is not supported');
  },
};

function newOptions(): RunOptions {
  return {
    kind: 'file',
    target: '',
    args: [],
    jit: 'native',
    jitStats: false,
    unbuffered: false,
    warnOptions: [],
    extensionOptions: [],
    flags: { ...defaultFlags },
  };
}

/** An option of `-X`: those that must have a sensible value are looked at here. */
function checkedExtension(option: string): string {
  const [name, value = ''] = option.split('=');
  if (name === 'int_max_str_digits' && !isDigitLimit(value)) {
    throw new UsageError('-X int_max_str_digits: invalid limit; must be >= 640 or 0 for unlimited.');
  }
  if (name === 'cpu_count' && value !== 'default' && !(Number(value) >= 1)) {
    throw new UsageError('-X cpu_count=n option: n is missing or an invalid number, n must be greater than 0');
  }
  return option;
}

/** The options; null where help was asked for, 'version' where that was. Throws UsageError. */
export function parseRunArguments(args: string[]): RunOptions | null | 'version' {
  const options = newOptions();
  let index = 0;
  /** The value of an option: glued to it, or the next argument. */
  const value = (glued: string, option: string): string => {
    const given = glued !== '' ? glued : args[++index];
    if (given === undefined) throw new UsageError(`argument expected for the ${option} option`);
    return given;
  };
  for (; index < args.length; index++) {
    const argument = args[index];
    if (argument === '--help' || argument === '-h') return null;
    if (argument === '--version' || argument === '-V') return 'version';
    if (argument === '--jit-stats') options.jitStats = true;
    else if (argument === '--jit' || argument.startsWith('--jit=')) {
      const mode = argument === '--jit' ? args[++index] : argument.slice('--jit='.length);
      if (!jitModes.includes(mode)) throw new UsageError(`--jit takes native, uops or off, not '${mode ?? ''}'`);
      options.jit = mode as RunOptions['jit'];
    } else if (argument === '--check-hash-based-pycs') value('', argument);
    else if (argument === '-') return { ...options, kind: 'stdin', target: '-', args: args.slice(index + 1) };
    else if (argument === '--') {
      index++;
      break;
    } else if (argument.startsWith('--') || !argument.startsWith('-')) {
      if (argument.startsWith('--')) throw new UsageError(`unknown option '${argument}'`);
      break;
    } else {
      // letters may stand together (`-bb`, `-Ic CODE`)
      for (let at = 1; at < argument.length; at++) {
        const letter = argument[at];
        const rest = argument.slice(at + 1);
        if (letter === 'c' || letter === 'm') {
          // Everything after the value belongs to the program.
          options.target = value(rest, `-${letter}`);
          options.kind = letter === 'c' ? 'code' : 'module';
          options.args = args.slice(index + 1);
          return options;
        }
        if (letter === 'W') options.warnOptions.push(value(rest, '-W'));
        else if (letter === 'X') options.extensionOptions.push(checkedExtension(value(rest, '-X')));
        else if (letter in letters) {
          letters[letter](options);
          continue;
        } else throw new UsageError(`unknown option '-${letter}'`);
        break;
      }
    }
  }
  if (index >= args.length) {
    // a terminal would expect a prompt, which there is not
    if (isatty(0)) throw new UsageError('no program given');
    return { ...options, kind: 'stdin' };
  }
  return { ...options, kind: 'file', target: args[index], args: args.slice(index + 1) };
}
