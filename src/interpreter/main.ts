/**
 * Running a program from start to exit status: sets the virtual machine up, runs the program (program.ts), and ends as
 * python3 ends: tracebacks on standard error, SystemExit's status, INTERRUPTED after Ctrl-C.
 */
import { addon } from '../addon/load.ts';
import { Fixed, InterruptFlag, State, T } from '../heap/fixed.ts';
import { Exception } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { pushSlots } from '../heap/slots.ts';
import { isNull, isRef, refAt, setRef } from '../heap/values.ts';
import { codeOfName } from '../modules/unicode-names.ts';
import { bootstrap } from '../objects/bootstrap.ts';
import { setBodyRunner } from '../objects/classes.ts';
import { becomesPythonError, clearRaised } from '../objects/errors.ts';
import { finalizeAtExit } from '../objects/finalizers.ts';
import { bigIntAt, isInt } from '../objects/integers.ts';
import { call } from '../objects/invoke.ts';
import { nativeTable } from '../objects/natives.ts';
import { str } from '../objects/operations.ts';
import { stringOf } from '../objects/strings.ts';
import { isSubtype } from '../objects/types.ts';
import { setCharacterNames } from '../parser/strings.ts';
import '../modules/all-modules.ts';
import { runExitFunctions } from '../modules/atexit.ts';
import { sysCell, writeError } from '../modules/printing.ts';
import { setSignalFrame } from '../modules/signals.ts';
import { flushAll, flushOpenStreams, writeText } from '../modules/standard-streams.ts';
import './builtins.ts';
import './code-objects.ts';
import './compile-builtins.ts';
import './helpers.ts';
import './marshal.ts';
import './opcode-module.ts';
import './python-modules.ts';
import './imp.ts';
import './warnings.ts';
import './hooks.ts';
import { runBody } from './execute-code.ts';
import { frameObjectOf } from './frame-objects.ts';
import './generator-finalizers.ts';
import './character-names.ts';
import './decimal-module.ts';
import './tokenizer-iterator.ts';
import { importAbsolute } from './imports.ts';
import { installInterpreter } from './nested.ts';
import { ownPath, runProgram } from './program.ts';
import { prepareStartup, type RunOptions } from './run-options.ts';
import './sys-hooks.ts';
import './monitoring.ts';
import './stale-registers.ts';
import './symtable.ts';
import { exceptionText } from './exception-display.ts';

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
  prepareStartup(options, ownPath(options));
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

/** The status of a program that Ctrl-C ended; whoever gets it had better die of the signal. SystemExit cannot give it. */
export const INTERRUPTED = 256 + 2;

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
  return isSubtype(words[exception << 1], T.KeyboardInterrupt) ? INTERRUPTED : 1;
}

function isOwnHook(hook: number): boolean {
  if (!isRef(hook) || words[refAt(hook) << 1] !== T.builtin_function_or_method) return false;
  return nativeTable[words[(refAt(hook) << 1) + 1]].name === 'excepthook';
}

/** SystemExit: None is 0, an int is itself, anything else is printed and 1. */
function exitStatus(exception: number): number {
  const code = exception + (Exception.value >> 1);
  if (isNull(code) || (isRef(code) && refAt(code) === Fixed.none)) return 0;
  if (isInt(code)) {
    const status = bigIntAt(code);
    return BigInt.asIntN(64, status) === status ? Number(status & 0xffn) : 255;
  }
  flushAll();
  writeText(2, `${stringOf(str(code))}\n`);
  return 1;
}
