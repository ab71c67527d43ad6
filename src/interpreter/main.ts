/**
 * Running a program from start to exit status: sets the virtual machine up, makes `__main__`, runs it, and ends as
 * python3 ends: tracebacks on standard error, SystemExit's status, 130 after Ctrl-C.
 */

import { readFileSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import { addon } from '../addon/load.ts';
import { Fixed, InterruptFlag, State, T } from '../heap/fixed.ts';
import { Exception, List, Module } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef, setSmallInt } from '../heap/values.ts';
import { codeOfName } from '../modules/unicode-names.ts';
import { bootstrap } from '../objects/bootstrap.ts';
import { setBodyRunner } from '../objects/classes.ts';
import { dictFindString, dictSetString } from '../objects/dicts.ts';
import { becomesPythonError, clearRaised, raiseWith } from '../objects/errors.ts';
import { finalizeAtExit } from '../objects/finalizers.ts';
import { intAt, isInt } from '../objects/integers.ts';
import { call } from '../objects/invoke.ts';
import { newModule } from '../objects/modules.ts';
import { N } from '../objects/names.ts';
import { nativeTable } from '../objects/natives.ts';
import { str } from '../objects/operations.ts';
import { intern, newString, stringOf } from '../objects/strings.ts';
import { isSubtype } from '../objects/types.ts';
import { setCharacterNames } from '../parser/strings.ts';
import '../modules/all-modules.ts';
import { runExitFunctions } from '../modules/atexit.ts';
import { sysCell, writeError } from '../modules/printing.ts';
import { setSignalFrame } from '../modules/signals.ts';
import { flushAll, flushOpenStreams, readAll, writeText } from '../modules/standard-streams.ts';
import { startup } from '../modules/sys.ts';
import './builtins.ts';
import './compile-builtins.ts';
import './helpers.ts';
import './marshal.ts';
import './imp.ts';
import './warnings.ts';
import './hooks.ts';
import { standardLibrary } from './archives.ts';
import { compileSource } from './compile-source.ts';
import { runBody, runCode } from './execute-code.ts';
import { frameObjectOf } from './frame-objects.ts';
import './generator-finalizers.ts';
import './decimal-module.ts';
import './tokenizer-iterator.ts';
import { importAbsolute, searchPath } from './imports.ts';
import { locate, moduleCode } from './module-files.ts';
import { installInterpreter } from './nested.ts';
import './stale-registers.ts';
import './symtable.ts';
import { exceptionText } from './exception-display.ts';
import { registerSource } from './source-lines.ts';

export interface RunOptions {
  readonly kind: 'file' | 'code' | 'module' | 'stdin';
  readonly target: string;
  readonly args: readonly string[];
  readonly jit: 'native' | 'uops' | 'off';
  readonly jitStats: boolean;
}

/** What a layer above (the JIT) wants done after the virtual machine is up, and after the program has ended. */
export interface RunHooks {
  readonly started: (options: RunOptions) => void;
  readonly ended: (options: RunOptions) => void;
}

let ready = false;
/** Makes the virtual machine; once per process. */
export function startInterpreter(): void {
  if (ready) return;
  ready = true;
  bootstrap();
  installInterpreter();
  setCharacterNames(codeOfName);
  setSignalFrame((result) => {
    const frame = words[State.frame];
    setRef(result, frame === 0 ? Fixed.none : frameObjectOf(frame));
  });
  setBodyRunner((functionSlot, namespaceSlot, result) => runBody(refAt(functionSlot), refAt(namespaceSlot), result));
}

function prepareSystem(options: RunOptions): void {
  const first = { file: options.target, code: '-c', module: '-m', stdin: '-' }[options.kind];
  startup.argv = [first, ...options.args];
  startup.executable = process.argv[1] ?? process.execPath;
  const own =
    options.kind === 'file' ? dirname(realpathSync(options.target)) : options.kind === 'module' ? process.cwd() : '';
  const given = (process.env.PYTHONPATH ?? '').split(':').filter((folder) => folder !== '');
  startup.path = [own, ...given.map((folder) => resolve(folder)), standardLibrary()];
  const slots = pushSlots(1);
  importAbsolute('sys', slots);
}

/** For tests (COPYJIT_GC_STRESS): 1 collects at every safe point, N > 1 each time about N cells were allocated. */
function stressCollector(period: number): void {
  if (!(period > 0)) return;
  words[State.stress] = period;
  words[State.collectThreshold] = 0;
  words[State.interrupt] |= InterruptFlag.collect;
}

/** Runs a program; the result is the exit status. */
export function runMain(options: RunOptions, hooks?: RunHooks): number {
  startInterpreter();
  prepareSystem(options);
  stressCollector(Number(process.env.COPYJIT_GC_STRESS ?? 0));
  addon?.watchInterrupt(true, State.interrupt, InterruptFlag.signal);
  hooks?.started(options);
  let status = 0;
  const base = words[State.stackTop];
  try {
    runProgram(options);
  } catch (error) {
    if (!becomesPythonError(error)) {
      // a bug of ours: what the program has printed must not be lost with it
      flushAll();
      throw error;
    }
    words[State.stackTop] = base;
    words[State.frame] = 0;
    status = reportException();
  }
  words[State.handled] = 0;
  runExitFunctions();
  flushOpenStreams();
  words[State.stackTop] = base;
  finalizeAtExit();
  if (!flushAll() && status === 0) status = 120;
  addon?.watchInterrupt(false, State.interrupt, InterruptFlag.signal);
  hooks?.ended(options);
  return status;
}

function runProgram(options: RunOptions): void {
  const slots = pushSlots(3);
  const main = newModule('__main__');
  setRef(slots, main);
  const dict = words[(main << 1) + Module.dict];
  dictSetString(words[State.modulesDict], N.__main__, slots);
  setRef(slots + 1, refAt(dictFindString(words[State.modulesDict], N.builtins)));
  dictSetString(dict, N.__builtins__, slots + 1);
  let source: Uint8Array | string;
  let filename: string;
  switch (options.kind) {
    case 'file':
      source = readFileSync(options.target);
      filename = isAbsolute(options.target) ? options.target : `${process.cwd()}/${options.target}`;
      break;
    case 'code':
      source = options.target;
      filename = '<string>';
      registerSource(filename, options.target);
      break;
    case 'stdin':
      source = readAll();
      filename = '<stdin>';
      registerSource(filename, source);
      break;
    default:
      runModuleAsMain(options.target, dict, slots);
      return;
  }
  if (options.kind === 'file') {
    setRef(slots + 1, newString(filename));
    dictSetString(dict, N.__file__, slots + 1);
  }
  runCode(compileSource(source, filename, 'exec'), dict, 0, slots + 1);
}

/** `-m name`: the file that importing would load, run under the name `__main__`. */
function runModuleAsMain(name: string, dict: number, slots: number): void {
  const parts = name.split('.');
  if (parts.length > 1) importAbsolute(parts.slice(0, -1).join('.'), slots + 1);
  const paths = parts.length > 1 ? searchPath(parts.slice(0, -1).join('.')) : startup.path;
  const location = locate(name, paths);
  const isPackage = location !== null && location.folders !== null;
  let problem = `No module named ${name}`;
  let found = location;
  if (isPackage) {
    importAbsolute(name, slots + 1);
    found = locate(`${name}.__main__`, location.folders!);
    problem = `No module named ${name}.__main__; '${name}' is a package and cannot be directly executed`;
  }
  if (found !== null && found.file !== '') {
    setRef(slots + 1, newString(found.file));
    dictSetString(dict, N.__file__, slots + 1);
    const argv = refAt(sysCell('argv') as number);
    copyValue(words[(argv << 1) + List.items] + 1, slots + 1);
    setRef(slots + 1, intern(isPackage ? name : parts.slice(0, -1).join('.')));
    dictSetString(dict, N.__package__, slots + 1);
    runCode(moduleCode(found), dict, 0, slots + 1);
    return;
  }
  flushAll();
  writeText(2, `${startup.executable}: ${problem}\n`);
  setSmallInt(slots, 1);
  raiseWith(T.SystemExit, slots);
}

/** Prints the exception in flight as the top level does; returns the exit status. */
function reportException(): number {
  const exception = clearRaised();
  words[State.handled] = 0;
  const slots = pushSlots(4);
  setRef(slots + 1, exception);
  try {
    if (isSubtype(words[exception << 1], T.SystemExit)) return exitStatus(exception);
    flushAll();
    setRef(slots, words[exception << 1]);
    const traceback = words[(exception << 1) + Exception.traceback];
    setRef(slots + 2, traceback === 0 ? Fixed.none : traceback);
    const hook = sysCell('excepthook');
    if (hook !== 0 && !isOwnHook(hook)) call(hook, slots, 3, slots + 3);
    else writeError(exceptionText(exception));
  } catch (error) {
    if (!becomesPythonError(error)) throw error;
    const second = clearRaised();
    if (isSubtype(words[second << 1], T.SystemExit)) return exitStatus(second);
    writeText(
      2,
      `Error in sys.excepthook:\n${exceptionText(second)}\nOriginal exception was:\n${exceptionText(exception)}`,
    );
  }
  return isSubtype(words[exception << 1], T.KeyboardInterrupt) ? 130 : 1;
}

function isOwnHook(hook: number): boolean {
  if (!isRef(hook) || words[refAt(hook) << 1] !== T.builtin_function_or_method) return false;
  return nativeTable[words[(refAt(hook) << 1) + 1]].name === 'excepthook';
}

/** SystemExit: None is 0, an int is itself, anything else is printed and 1. */
function exitStatus(exception: number): number {
  const code = exception + (Exception.value >> 1);
  if (isNull(code) || (isRef(code) && refAt(code) === Fixed.none)) return 0;
  if (isInt(code)) return Math.abs(intAt(code)) < 2 ** 31 ? intAt(code) & 0xff : 255;
  flushAll();
  writeText(2, `${stringOf(str(code))}\n`);
  return 1;
}
