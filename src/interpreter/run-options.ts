/** What the command line says about a run, and what the environment adds to it: the state in which sys starts. */

import { realpathSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { standardModuleNames } from '../modules/standard-module-names.ts';
import { writeAtOnce } from '../modules/standard-streams.ts';
import { startup } from '../modules/sys.ts';
import type { Flags } from '../modules/sys-structures.ts';
import { checkCodecNames } from '../objects/codecs.ts';
import { setMaxStringDigits } from '../objects/number-parse.ts';
import { setShadowCheck } from '../objects/shadowing.ts';
import { standardLibrary } from './archives.ts';
import { optimization } from './compile-source.ts';

export interface RunOptions {
  kind: 'file' | 'code' | 'module' | 'stdin';
  /** the path as given, the code, the module's name, or `-` */
  target: string;
  /** what the program finds in sys.argv[1:] */
  args: string[];
  jit: 'native' | 'uops' | 'off';
  jitStats: boolean;
  unbuffered: boolean;
  /** values of -W and -X, in order */
  warnOptions: string[];
  extensionOptions: string[];
  flags: Flags;
}

/** Is this text a limit for the digits of ints? (sys.set_int_max_str_digits) */
export function isDigitLimit(text: string): boolean {
  return /^\d+$/.test(text) && (Number(text) === 0 || Number(text) >= 640);
}

/** Fills `startup`, from which the module sys is made. `ownPath`: what comes first on sys.path; null: nothing does. */
export function prepareStartup(options: RunOptions, ownPath: string | null): void {
  const { flags } = options;
  const environment = flags.ignoreEnvironment ? {} : process.env;
  const has = (name: string): boolean => (environment[name] ?? '') !== '';
  if (has('PYTHONDONTWRITEBYTECODE')) flags.dontWriteBytecode = true;
  if (has('PYTHONNOUSERSITE')) flags.noUserSite = true;
  if (has('PYTHONSAFEPATH')) flags.safePath = true;
  if (has('PYTHONWARNDEFAULTENCODING')) flags.warnDefaultEncoding = true;
  if (has('PYTHONOPTIMIZE')) flags.optimize = Math.max(flags.optimize, Number(environment.PYTHONOPTIMIZE) || 1);
  if (has('PYTHONVERBOSE')) flags.verbose = Math.max(flags.verbose, Number(environment.PYTHONVERBOSE) || 1);
  if (options.unbuffered || has('PYTHONUNBUFFERED')) writeAtOnce();
  if (has('PYTHONDEVMODE')) flags.developerMode = true;
  startup.cpuCount = Number(environment.PYTHON_CPU_COUNT) || -1;
  const digits = environment.PYTHONINTMAXSTRDIGITS ?? '';
  if (isDigitLimit(digits)) setMaxStringDigits(Number(digits));
  for (const option of options.extensionOptions) {
    const [name, value] = option.split('=');
    if (name === 'dev') flags.developerMode = true;
    else if (name === 'warn_default_encoding') flags.warnDefaultEncoding = true;
    else if (name === 'pycache_prefix') startup.pycachePrefix = value ?? '';
    else if (name === 'int_max_str_digits') setMaxStringDigits(Number(value));
    else if (name === 'cpu_count') startup.cpuCount = Number(value) || -1;
    else if (name === 'context_aware_warnings') flags.contextAwareWarnings = value === '1';
  }
  if (startup.pycachePrefix === '') startup.pycachePrefix = environment.PYTHONPYCACHEPREFIX ?? '';
  optimization.level = Math.min(flags.optimize, 2);
  if (flags.developerMode) checkCodecNames();
  startup.flags = flags;
  startup.extensionOptions = options.extensionOptions;
  const fromEnvironment = (environment.PYTHONWARNINGS ?? '').split(',').filter((option) => option !== '');
  startup.warnOptions = [...fromEnvironment, ...options.warnOptions];
  if (flags.developerMode) startup.warnOptions.unshift('default');
  if (flags.bytesWarning > 0) startup.warnOptions.push(`${flags.bytesWarning > 1 ? 'error' : 'default'}::BytesWarning`);

  const first = { file: options.target, code: '-c', module: '-m', stdin: options.target }[options.kind];
  startup.argv = [first, ...options.args];
  startup.executable = executable();
  startup.originalArguments = [startup.executable, ...originalArguments()];
  const library = standardLibrary();
  startup.libraryFolder = library === '' ? '' : dirname(library);
  const given = (environment.PYTHONPATH ?? '').split(':').filter((folder) => folder !== '');
  startup.path = given.map((folder) => resolve(folder));
  if (ownPath !== null) startup.path.unshift(ownPath);
  if (library !== '') startup.path.push(library);
  setShadowCheck({
    isFirst: (file) => {
      if (ownPath === null) return false;
      const folder = dirname(file);
      return (file.endsWith('/__init__.py') ? dirname(folder) : folder) === resolve(ownPath);
    },
    isStandard: (module) => standardModuleNames.includes(module),
  });
}

/** What sys.executable names: a command that takes python3's arguments (bin/copyjit-python.cjs). */
function executable(): string {
  try {
    return resolve(dirname(realpathSync(process.argv[1])), 'copyjit-python.cjs');
  } catch {
    return process.execPath;
  }
}
/** The arguments behind the command: `copyjit run ...`, or those of copyjit-python. */
function originalArguments(): string[] {
  return process.argv.slice(process.argv[2] === 'run' ? 3 : 2);
}
