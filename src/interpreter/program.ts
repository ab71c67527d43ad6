/**
 * Which program is run, and how it becomes `__main__`: a file, a folder or zip archive with a `__main__.py`, a module or
 * package (`-m`, as the library's runpy does it), code from the command line or standard input.
 */
import { readFileSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import { Fixed, State, T } from '../heap/fixed.ts';
import { List, Module } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, refAt, setRef, setSmallInt } from '../heap/values.ts';
import { sysCell } from '../modules/printing.ts';
import { flushAll, readAll, writeText } from '../modules/standard-streams.ts';
import { startup } from '../modules/sys.ts';
import { findAttribute } from '../objects/attributes.ts';
import { dictFindString, dictSetString } from '../objects/dicts.ts';
import { clearRaised, matchesRaised, raiseWith } from '../objects/errors.ts';
import { isNativeModule, newModule } from '../objects/modules.ts';
import { N } from '../objects/names.ts';
import { str } from '../objects/operations.ts';
import { intern, newString, stringOf } from '../objects/strings.ts';
import { typeNameOf } from '../objects/types.ts';
import { warn } from '../objects/warnings.ts';
import { isArchiveFolder, statOf } from './archives.ts';
import { CompilerFlag, compileSource, optimization } from './compile-source.ts';
import { runCode } from './execute-code.ts';
import { mainModule } from './importlib.ts';
import { importAbsolute, missingName, searchPath } from './imports.ts';
import { loadCode } from './loader.ts';
import { type Location, locate, moduleCode } from './module-files.ts';
import { runnableModule } from './python-modules.ts';
import type { RunOptions } from './run-options.ts';
import { registerSource } from './source-lines.ts';

/** A folder or archive is a program if it has a `__main__` module. */
function isPlace(target: string): boolean {
  return statOf(target)?.isDirectory() === true || isArchiveFolder(resolve(target));
}

/** What comes first on sys.path; null: nothing, as `-P` and `-I` want it. */
export function ownPath({ kind, target, flags }: RunOptions): string | null {
  if (kind === 'file' && isPlace(target)) return resolve(target);
  if (flags.safePath) return null;
  if (kind === 'file') return dirname(realpathSync(target));
  return kind === 'module' ? process.cwd() : '';
}

/** The code of `-c` without the indentation that all its lines have; lines of nothing else become empty. */
function dedented(code: string): string {
  const lines = code.split('\n');
  const isBlank = (line: string): boolean => /^[ \t]*$/.test(line);
  let margin: string | null = null;
  for (const line of lines) {
    if (isBlank(line)) continue;
    const indentation = /^[ \t]*/.exec(line)![0];
    margin ??= indentation;
    while (!indentation.startsWith(margin)) margin = margin.slice(0, -1);
    if (margin === '') return code;
  }
  const width = margin === null ? 0 : margin.length;
  return lines.map((line) => (isBlank(line) ? '' : line.slice(width))).join('\n');
}

/** Makes `__main__` and runs the program in it. Raises what the program raises. */
export function runProgram(options: RunOptions): void {
  const slots = pushSlots(3);
  const main = newModule('__main__');
  setRef(slots, main);
  const dict = words[(main << 1) + Module.dict];
  dictSetString(words[State.modulesDict], N.__main__, slots);
  setRef(slots + 1, refAt(dictFindString(words[State.modulesDict], N.builtins)));
  dictSetString(dict, N.__builtins__, slots + 1);
  if (optimization.level > 0) {
    setRef(slots + 1, Fixed.false);
    dictSetString(words[State.builtinsDict], intern('__debug__'), slots + 1);
  }
  if (startup.warnOptions.length > 0) importAbsolute('warnings', slots + 1);
  let source: Uint8Array | string;
  let filename: string;
  switch (options.kind) {
    case 'file':
      if (isPlace(options.target)) {
        runPlace(options.target, dict);
        return;
      }
      source = readFileSync(options.target);
      filename = isAbsolute(options.target) ? options.target : `${process.cwd()}/${options.target}`;
      break;
    case 'code':
      source = dedented(options.target);
      filename = '<string>';
      registerSource(filename, source);
      break;
    case 'stdin':
      source = readAll();
      filename = '<stdin>';
      registerSource(filename, source);
      break;
    default:
      runModule(options.target, dict);
      return;
  }
  if (options.kind === 'file') {
    setRef(slots + 1, newString(filename));
    dictSetString(dict, N.__file__, slots + 1);
  }
  const flags = options.kind === 'file' ? CompilerFlag.programFile : 0;
  runCode(compileSource(source, filename, 'exec', optimization.level, flags), dict, 0, slots + 1);
}

/** Ends the program as sys.exit(message) does, with the command's name before the message. */
function fail(problem: string): never {
  const slots = pushSlots(1);
  flushAll();
  writeText(2, `${startup.executable}: ${problem}\n`);
  setSmallInt(slots, 1);
  raiseWith(T.SystemExit, slots);
}

/** A folder or archive: its module `__main__`. */
function runPlace(target: string, dict: number): void {
  const found = locate('__main__', [resolve(target)]);
  if (found === null || found.file === '') fail(`can't find '__main__' module in '${resolve(target)}'`);
  if (found.folders !== null) fail('Cannot use package as __main__ module');
  mainModule.name = '__main__';
  execute(found, '', dict);
}

function execute(found: Location, packageName: string, dict: number): void {
  const slots = pushSlots(2);
  setRef(slots, newString(found.file));
  dictSetString(dict, N.__file__, slots);
  setRef(slots, intern(packageName));
  dictSetString(dict, N.__package__, slots);
  setRef(slots, moduleCode(found));
  runCode(refAt(slots), dict, 0, slots + 1);
  popSlots(2);
}

/** What `-m NAME` runs, and under which name. */
interface Found {
  readonly name: string;
  readonly location: Location;
}
/** Why `-m NAME` cannot be run. */
class Problem {
  constructor(readonly text: string) {}
}

/** Imports a package for its submodule's sake; a package that is missing is told by the search. */
function importParent(parent: string, name: string): void {
  const slots = pushSlots(1);
  try {
    importAbsolute(parent, slots);
  } catch (error) {
    if (!matchesRaised(error, T.ImportError)) throw error;
    const missing = missingName(words[State.raised]);
    if (missing === '' || (missing !== parent && !parent.startsWith(`${missing}.`))) throw error;
    setRef(slots, clearRaised());
    const kind = typeNameOf(words[refAt(slots) << 1]);
    const hint = name.endsWith('.py')
      ? `. Try using '${name.slice(0, -3)}' instead of '${name}' as the module name.`
      : '';
    const text = `${kind}: ${stringOf(str(slots))}`;
    throw new Problem(`Error while finding module specification for '${name}' (${text})${hint}`);
  }
  const existing = dictFindString(words[State.modulesDict], intern(name));
  if (existing !== 0 && !findAttribute(existing, N.__path__, slots)) {
    const when = `found in sys.modules after import of package '${parent}', but prior to execution of '${name}'`;
    warn(T.RuntimeWarning, `'${name}' ${when}; this may result in unpredictable behaviour`);
  }
  const module = dictFindString(words[State.modulesDict], intern(parent));
  if (module === 0 || !findAttribute(module, N.__path__, slots)) {
    const text = `ModuleNotFoundError: __path__ attribute not found on '${parent}' while trying to find '${name}'`;
    throw new Problem(`Error while finding module specification for '${name}' (${text})`);
  }
  popSlots(1);
}

function findProgram(name: string): Found {
  if (name.startsWith('.')) throw new Problem('Relative module names not supported');
  const dot = name.lastIndexOf('.');
  const parent = dot < 0 ? '' : name.slice(0, dot);
  if (dot >= 0) importParent(parent, name);
  if (isNativeModule(name)) throw new Problem(`No code object available for ${name}`);
  const location = locate(name, dot < 0 ? textsOfPath() : searchPath(parent));
  if (location === null) throw new Problem(`No module named ${name}`);
  if (location.folders === null) return { name, location };
  if (name === '__main__' || name.endsWith('.__main__')) throw new Problem('Cannot use package as __main__ module');
  try {
    return findProgram(`${name}.__main__`);
  } catch (error) {
    if (!(error instanceof Problem) || dictFindString(words[State.modulesDict], intern(name)) === 0) throw error;
    throw new Problem(`${error.text}; '${name}' is a package and cannot be directly executed`);
  }
}

/** sys.path as it is now: warnings or a parent package may have changed it. */
function textsOfPath(): string[] {
  const cell = sysCell('path');
  if (cell === 0 || words[refAt(cell) << 1] !== T.list) return startup.path;
  const list = refAt(cell);
  const texts: string[] = [];
  for (let i = 0; i < words[(list << 1) + List.size]; i++) {
    const item = words[(list << 1) + List.items] + 1 + i;
    if (words[refAt(item) << 1] === T.str) texts.push(stringOf(refAt(item)));
  }
  return texts;
}

function runModule(target: string, dict: number): void {
  const own = runnableModule(target);
  if (own !== null) {
    const slot = pushSlots(1);
    runCode(loadCode(own), dict, 0, slot);
    popSlots(1);
    return;
  }
  let found: Found;
  try {
    found = findProgram(target);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    fail(error.text);
  }
  const { name, location } = found;
  mainModule.name = name;
  const argv = sysCell('argv');
  if (argv !== 0 && words[refAt(argv) << 1] === T.list && words[(refAt(argv) << 1) + List.size] > 0) {
    const slot = pushSlots(1);
    setRef(slot, newString(location.file));
    copyValue(words[(refAt(argv) << 1) + List.items] + 1, slot);
    popSlots(1);
  }
  const dot = name.lastIndexOf('.');
  execute(location, dot < 0 ? '' : name.slice(0, dot), dict);
}
