/**
 * The _signal module. A signal is noted as pending and its Python handler runs at the next safe point. Where signals come
 * from: Ctrl-C by the addon's handler (InterruptFlag.signal); signals a program sends to itself (raise_signal, os.kill),
 * noted directly; alarms, for which the clock is looked at while waiting and at safe points. Signals from other processes
 * are Node's affair, whose event loop does not run: they have the system's default action.
 */
import { constants } from 'node:os';
import { addRootScanner, mark } from '../heap/collector.ts';
import { Fixed, InterruptFlag, State, T } from '../heap/fixed.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, setFloat, setRef, setSmallInt } from '../heap/values.ts';
import { isCallable } from '../objects/builtins-types.ts';
import { dictSetString } from '../objects/dicts.ts';
import { raise, raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { toDouble } from '../objects/floats.ts';
import { indexOf, intAt, isInt, setInt } from '../objects/integers.ts';
import { call } from '../objects/invoke.ts';
import { newValuesArray } from '../objects/lists.ts';
import { newNativeFunction, registerModule } from '../objects/modules.ts';
import { natives, nativeTable } from '../objects/natives.ts';
import { newSet, setAdd } from '../objects/sets.ts';
import { intern, newString } from '../objects/strings.ts';
import { newTuple, tupleItem } from '../objects/tuples.ts';
import { monotonicMilliseconds } from './clock.ts';
import { raiseErrno, setSelfSignaler } from './os-errors.ts';

const COUNT = 65;
const SIG_DFL = 0;
const SIG_IGN = 1;
const SIGINT = 2;
const SIGALRM = 14;

/** `values` array by signal number: the handler, an int for the default or none; 0: no handler was ever set */
let handlers = 0;
addRootScanner(() => mark(handlers));
/** Signals that arrived and were not handled yet. */
const pending = new Set<number>();
/** When the alarm is due, in milliseconds of monotonicMilliseconds, and its interval; 0: none. */
let alarmAt = 0;
let alarmInterval = 0;
/** Frames are told by the interpreter: result = the frame that was interrupted. */
let frameOf: (result: number) => void = (result) => setRef(result, Fixed.none);
export function setSignalFrame(getter: (result: number) => void): void {
  frameOf = getter;
}

function handlerCell(number: number): number {
  if (handlers === 0) {
    handlers = newValuesArray(COUNT);
    for (let i = 0; i < COUNT; i++) setSmallInt(handlers + 1 + i, SIG_DFL);
    const native = nativeTable.find(({ owner, name }) => owner === '_signal' && name === 'default_int_handler')!;
    setRef(handlers + 1 + SIGINT, newNativeFunction(native.number));
  }
  return handlers + 1 + number;
}

/** A signal has arrived. The next safe point handles it. */
export function noteSignal(number: number): void {
  pending.add(number);
  words[State.interrupt] |= InterruptFlag.signal;
}

/** Handles what has arrived: Ctrl-C if the flag was up (`interrupted`), and the rest. May call Python, may raise. */
export function handleSignals(interrupted: boolean): void {
  if (interrupted && pending.size === 0) pending.add(SIGINT);
  checkAlarm();
  while (pending.size > 0) {
    const [number] = pending;
    pending.delete(number);
    handle(number);
  }
}
function handle(number: number): void {
  if (handlers === 0) {
    if (number === SIGINT) raise(T.KeyboardInterrupt, '');
    defaultAction(number);
    return;
  }
  const cell = handlerCell(number);
  if (isInt(cell)) {
    if (intAt(cell) === SIG_DFL) defaultAction(number);
    return;
  }
  const slots = pushSlots(4);
  copyValue(slots, cell);
  setSmallInt(slots + 1, number);
  frameOf(slots + 2);
  call(slots, slots + 1, 2, slots + 3);
  popSlots(4);
}
/** What the system does: mostly, the process ends. */
function defaultAction(number: number): void {
  if (['SIGCHLD', 'SIGURG', 'SIGWINCH', 'SIGCONT'].some((name) => signalNumbers[name] === number)) return;
  process.kill(process.pid, number);
}
const signalNumbers = constants.signals as unknown as Readonly<Record<string, number>>;

function checkAlarm(): void {
  if (alarmAt === 0 || monotonicMilliseconds() < alarmAt) return;
  alarmAt = alarmInterval > 0 ? monotonicMilliseconds() + alarmInterval : 0;
  pending.add(SIGALRM);
}
/** Milliseconds until the alarm; Infinity without one. */
export function alarmLeft(): number {
  return alarmAt === 0 ? Infinity : Math.max(0, alarmAt - monotonicMilliseconds());
}

/** For code that waits: handles what has arrived. May call Python, may raise. */
export function pollSignals(): void {
  const interrupted = (words[State.interrupt] & InterruptFlag.signal) !== 0;
  words[State.interrupt] &= ~InterruptFlag.signal;
  if (interrupted || pending.size > 0 || alarmAt !== 0) handleSignals(interrupted);
}
const sleeper = new Int32Array(new SharedArrayBuffer(4));
/** Waits at most so many milliseconds, or until a signal arrives. */
export function waitForSignal(milliseconds: number): void {
  const end = monotonicMilliseconds() + milliseconds;
  for (;;) {
    if ((words[State.interrupt] & InterruptFlag.signal) !== 0 || pending.size > 0) return;
    const left = Math.min(end - monotonicMilliseconds(), alarmLeft());
    if (left <= 0) return;
    Atomics.wait(sleeper, 0, 0, Math.min(left, 50));
  }
}

/** os.kill to the process itself: as the signal would have it, and at once, as nothing else happens in between. */
setSelfSignaler((number) => {
  if (number === 0) return true;
  const handled =
    number === SIGINT || (handlers !== 0 && !(isInt(handlerCell(number)) && intAt(handlerCell(number)) === SIG_DFL));
  if (handled) {
    noteSignal(number);
    pollSignals();
  }
  return handled;
});

function signalArgument(slot: number): number {
  const number = indexOf(slot);
  if (number < 1 || number >= COUNT) raiseValueError('signal number out of range');
  return number;
}
/** Seconds of a timer as a double, and back. */
function setTimer(seconds: number, interval: number): void {
  alarmAt = seconds === 0 ? 0 : monotonicMilliseconds() + seconds * 1000;
  alarmInterval = interval * 1000;
}
function timerPair(result: number): void {
  const tuple = newTuple(2);
  setFloat(tupleItem(tuple, 0), alarmAt === 0 ? 0 : alarmLeft() / 1000);
  setFloat(tupleItem(tuple, 1), alarmInterval / 1000);
  setRef(result, tuple);
}

const descriptions: Readonly<Record<string, string>> = {
  SIGHUP: 'Hangup',
  SIGINT: 'Interrupt',
  SIGQUIT: 'Quit',
  SIGILL: 'Illegal instruction',
  SIGTRAP: 'Trace/breakpoint trap',
  SIGABRT: 'Aborted',
  SIGBUS: 'Bus error',
  SIGFPE: 'Floating point exception',
  SIGKILL: 'Killed',
  SIGUSR1: 'User defined signal 1',
  SIGSEGV: 'Segmentation fault',
  SIGUSR2: 'User defined signal 2',
  SIGPIPE: 'Broken pipe',
  SIGALRM: 'Alarm clock',
  SIGTERM: 'Terminated',
  SIGCHLD: 'Child exited',
  SIGCONT: 'Continued',
  SIGSTOP: 'Stopped (signal)',
  SIGTSTP: 'Stopped',
  SIGTTIN: 'Stopped (tty input)',
  SIGTTOU: 'Stopped (tty output)',
  SIGURG: 'Urgent I/O condition',
  SIGXCPU: 'CPU time limit exceeded',
  SIGXFSZ: 'File size limit exceeded',
  SIGVTALRM: 'Virtual timer expired',
  SIGPROF: 'Profiling timer expired',
  SIGWINCH: 'Window changed',
  SIGIO: 'I/O possible',
  SIGPWR: 'Power failure',
  SIGSYS: 'Bad system call',
};

natives('_signal', {
  'signal(signalnum, handler, /)': (args, result) => {
    const number = signalArgument(args);
    const keeps = isInt(args + 1) && (intAt(args + 1) === SIG_DFL || intAt(args + 1) === SIG_IGN);
    if (!keeps && !isCallable(args + 1)) {
      raiseTypeError('signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object');
    }
    if (number === signalNumbers.SIGKILL || number === signalNumbers.SIGSTOP) raiseErrno(22);
    const cell = handlerCell(number);
    const slot = pushSlots(1);
    copyValue(slot, cell);
    copyValue(cell, args + 1);
    copyValue(result, slot);
    popSlots(1);
  },
  'getsignal(signalnum, /)': (args, result) => copyValue(result, handlerCell(signalArgument(args))),
  'default_int_handler(signalnum, frame, /)': () => raise(T.KeyboardInterrupt, ''),
  'raise_signal(signalnum, /)': (args, result) => {
    const number = signalArgument(args);
    handlerCell(number);
    noteSignal(number);
    pollSignals();
    setRef(result, Fixed.none);
  },
  'alarm(seconds, /)': (args, result) => {
    const left = alarmAt === 0 ? 0 : Math.ceil(alarmLeft() / 1000);
    setTimer(indexOf(args), 0);
    setInt(result, left);
  },
  'setitimer(which, seconds, interval=0.0, /)': (args, result) => {
    if (indexOf(args) !== 0) raise(T.OSError, 'only ITIMER_REAL is available');
    const slot = pushSlots(1);
    timerPair(slot);
    setTimer(toDouble(args + 1), toDouble(args + 2));
    copyValue(result, slot);
    popSlots(1);
  },
  'getitimer(which, /)': (args, result) => {
    if (indexOf(args) !== 0) raise(T.OSError, 'only ITIMER_REAL is available');
    timerPair(result);
  },
  'pause()': (_args, result) => {
    while ((words[State.interrupt] & InterruptFlag.signal) === 0 && pending.size === 0 && alarmLeft() > 0) {
      waitForSignal(1000);
    }
    pollSignals();
    setRef(result, Fixed.none);
  },
  'strsignal(signalnum, /)': (args, result) => {
    const number = signalArgument(args);
    const name = Object.keys(descriptions).find((key) => signalNumbers[key] === number);
    if (name === undefined) setRef(result, Fixed.none);
    else setRef(result, newString(descriptions[name]));
  },
  'valid_signals()': (_args, result) => {
    const slots = pushSlots(2);
    const set = newSet();
    setRef(slots, set);
    for (let i = 1; i < COUNT; i++) {
      if (i === 32 || i === 33) continue;
      setSmallInt(slots + 1, i);
      setAdd(set, slots + 1);
    }
    setRef(result, set);
    popSlots(2);
  },
  'set_wakeup_fd(fd, /, *, warn_on_full_buffer=True)': (_args, result) => setSmallInt(result, -1),
  'siginterrupt(signalnum, flag, /)': (args, result) => {
    signalArgument(args);
    setRef(result, Fixed.none);
  },
});

registerModule('_signal', (dict) => {
  const slot = pushSlots(1);
  const set = (name: string, value: number): void => {
    setSmallInt(slot, value);
    dictSetString(dict, intern(name), slot);
  };
  for (const [name, number] of Object.entries(signalNumbers)) set(name, number);
  if (process.platform === 'linux') {
    set('SIGCLD', 17);
    set('SIGRTMIN', 34);
    set('SIGRTMAX', 64);
  }
  set('SIG_DFL', SIG_DFL);
  set('SIG_IGN', SIG_IGN);
  set('NSIG', COUNT);
  set('ITIMER_REAL', 0);
  set('ITIMER_VIRTUAL', 1);
  set('ITIMER_PROF', 2);
  setRef(slot, T.OSError);
  dictSetString(dict, intern('ItimerError'), slot);
  popSlots(1);
});
natives('_thread', {
  'interrupt_main(signum=2, /)': (args, result) => {
    const number = indexOf(args);
    if (number < 1 || number >= COUNT) raiseValueError('signal number out of range');
    const cell = handlerCell(number);
    if (!(isInt(cell) && intAt(cell) <= SIG_IGN)) {
      noteSignal(number);
      pollSignals();
    }
    setRef(result, Fixed.none);
  },
});
