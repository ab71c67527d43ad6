/**
 * The _thread module for the one thread there is: locks, and what threading needs to be imported. Starting another thread
 * raises RuntimeError, as it does where the system refuses one. A lock that is taken can be released by a signal handler
 * or never, so waiting for one means waiting for signals.
 */
import { Fixed, T } from '../heap/fixed.ts';
import { RecordObject } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, refAt, setFloat, setRef, setSmallInt } from '../heap/values.ts';
import { declareType, newRecord, recordValue } from '../objects/declared-types.ts';
import { dictCount, dictSetString } from '../objects/dicts.ts';
import {
  allocateException,
  raise,
  raiseRuntimeError,
  raiseTypeError,
  raiseValueError,
  throwException,
} from '../objects/errors.ts';
import { toDouble } from '../objects/floats.ts';
import { addressText } from '../objects/functions.ts';
import { indexOf, setBool, setInt } from '../objects/integers.ts';
import { registerModule } from '../objects/modules.ts';
import { N } from '../objects/names.ts';
import { getset, type NativeRoutine, natives, staticNatives } from '../objects/natives.ts';
import { truth } from '../objects/operations.ts';
import { intern, newString } from '../objects/strings.ts';
import { declareStructSequence } from '../objects/struct-sequences.ts';
import { newTuple, tupleItem, tupleSize } from '../objects/tuples.ts';
import { defineOperators } from '../objects/type-operators.ts';
import { inheritsNative, typeName } from '../objects/types.ts';
import { monotonicMilliseconds } from './clock.ts';
import { pollSignals, waitForSignal } from './signals.ts';

/** The only thread's identity: looks like an address, as it does elsewhere. */
const IDENTITY = 0x7f0000001000;
const TIMEOUT_MAX = 9223372036;

const LOCK = declareType({ name: 'lock', module: '_thread', values: 0, weak: true, final: true });
const RLOCK = declareType({ name: 'RLock', module: '_thread', values: 0, weak: true });
/** `_local`: its attributes are those of the one thread */
const LOCAL = declareType({ name: '_local', module: '_thread', values: 0, dict: true, weak: true });
/** aux: 1 done; value 0: its ident */
const HANDLE = declareType({ name: '_ThreadHandle', module: '_thread', values: 1, final: true, weak: true });

const countOf = (slot: number): number => words[(refAt(slot) << 1) + RecordObject.aux];
function setCount(slot: number, count: number): void {
  words[(refAt(slot) << 1) + RecordObject.aux] = count;
}

/** The arguments of acquire: seconds to wait; 0 not at all, Infinity for ever. */
function waitArgument(blocking: number, timeout: number): number {
  const seconds = toDouble(timeout);
  if (!truth(blocking)) {
    if (seconds !== -1) raiseValueError("can't specify a timeout for a non-blocking call");
    return 0;
  }
  if (seconds === -1) return Infinity;
  if (seconds < 0) raiseValueError('timeout value must be a non-negative number');
  if (seconds > TIMEOUT_MAX) raise(T.OverflowError, 'timeout value is too large');
  return seconds;
}
/** Waits until a signal handler has freed what `taken` asks for; false when the time is up. May call Python. */
function waitUntilFree(taken: () => boolean, seconds: number): boolean {
  const end = monotonicMilliseconds() + seconds * 1000;
  pollSignals();
  while (taken()) {
    const left = end - monotonicMilliseconds();
    if (left <= 0) return false;
    waitForSignal(Math.min(left, 1000));
    pollSignals();
  }
  return true;
}

const acquireLock: NativeRoutine = (args, result) => {
  const seconds = waitArgument(args + 1, args + 2);
  const free = countOf(args) === 0 || (seconds > 0 && waitUntilFree(() => countOf(args) !== 0, seconds));
  if (free) setCount(args, 1);
  setBool(result, free);
};
const releaseLock: NativeRoutine = (args, result) => {
  if (countOf(args) === 0) raiseRuntimeError('release unlocked lock');
  setCount(args, 0);
  setRef(result, Fixed.none);
};
const enterLock: NativeRoutine = (args, result) => {
  if (countOf(args) !== 0) waitUntilFree(() => countOf(args) !== 0, Infinity);
  setCount(args, 1);
  setRef(result, Fixed.true);
};
const isLocked: NativeRoutine = (args, result) => setBool(result, countOf(args) !== 0);
const none = (result: number): void => setRef(result, Fixed.none);

staticNatives(LOCK, { '__new__(cls, /)': (args, result) => setRef(result, newRecord(refAt(args))) });
natives(LOCK, {
  'acquire(self, blocking=True, timeout=-1)': acquireLock,
  'acquire_lock(self, blocking=True, timeout=-1)': acquireLock,
  'release(self, /)': releaseLock,
  'release_lock(self, /)': releaseLock,
  'locked(self, /)': isLocked,
  'locked_lock(self, /)': isLocked,
  '__enter__(self, /)': enterLock,
  '__exit__(self, /, *exc_info)': releaseLock,
  '_at_fork_reinit(self, /)': (args, result) => {
    setCount(args, 0);
    none(result);
  },
});
defineOperators(LOCK, {
  repr: (slot) =>
    newString(`<${countOf(slot) === 0 ? 'unlocked' : 'locked'} _thread.lock object at ${addressText(slot)}>`),
});

const acquireReentrant: NativeRoutine = (args, result) => {
  waitArgument(args + 1, args + 2);
  setCount(args, countOf(args) + 1);
  setRef(result, Fixed.true);
};
const releaseReentrant: NativeRoutine = (args, result) => {
  if (countOf(args) === 0) raiseRuntimeError('cannot release un-acquired lock');
  setCount(args, countOf(args) - 1);
  none(result);
};
staticNatives(RLOCK, {
  '__new__(cls, /, *args, **kwargs)': (args, result) => setRef(result, newRecord(refAt(args))),
});
natives(RLOCK, {
  'acquire(self, blocking=True, timeout=-1)': acquireReentrant,
  'release(self, /)': releaseReentrant,
  'locked(self, /)': isLocked,
  '__enter__(self, /)': (args, result) => {
    setCount(args, countOf(args) + 1);
    setRef(result, Fixed.true);
  },
  '__exit__(self, /, *exc_info)': releaseReentrant,
  '_is_owned(self, /)': isLocked,
  '_recursion_count(self, /)': (args, result) => setInt(result, countOf(args)),
  '_release_save(self, /)': (args, result) => {
    if (countOf(args) === 0) raiseRuntimeError('cannot release un-acquired lock');
    const tuple = newTuple(2);
    setInt(tupleItem(tuple, 0), countOf(args));
    setInt(tupleItem(tuple, 1), IDENTITY);
    setCount(args, 0);
    setRef(result, tuple);
  },
  '_acquire_restore(self, state, /)': (args, result) => {
    setCount(args, indexOf(tupleItem(refAt(args + 1), 0)));
    none(result);
  },
  '_at_fork_reinit(self, /)': (args, result) => {
    setCount(args, 0);
    none(result);
  },
});
defineOperators(RLOCK, {
  repr: (slot) => {
    const count = countOf(slot);
    const owner = count === 0 ? 0 : IDENTITY;
    const state = count === 0 ? 'unlocked' : 'locked';
    return newString(`<${state} ${typeName(slot)} object owner=${owner} count=${count} at ${addressText(slot)}>`);
  },
});

staticNatives(LOCAL, {
  '__new__(cls, /, *args, **kwargs)': (args, result) => {
    const given = tupleSize(refAt(args + 1)) > 0 || dictCount(refAt(args + 2)) > 0;
    if (given && inheritsNative(refAt(args), N.__init__, T.object)) {
      raiseTypeError('Initialization arguments are not supported');
    }
    setRef(result, newRecord(refAt(args)));
  },
});

staticNatives(HANDLE, { '__new__(cls, /)': (args, result) => setRef(result, newHandle(refAt(args), 0)) });
function newHandle(type: number, identity: number): number {
  const handle = newRecord(type);
  setInt(recordValue(handle, 0), identity);
  return handle;
}
natives(HANDLE, {
  'join(self, timeout=None, /)': (args, result) => {
    if (countOf(args) === 0) raiseRuntimeError('thread not started');
    none(result);
  },
  'is_done(self, /)': isLocked,
  '_set_done(self, /)': (args, result) => {
    setCount(args, 1);
    none(result);
  },
});
getset(HANDLE, 'ident', (object, result) => copyValue(result, recordValue(refAt(object), 0)));
defineOperators(HANDLE, {
  repr: (slot) => newString(`<_ThreadHandle object: ident=${indexOf(recordValue(refAt(slot), 0))}>`),
});

declareStructSequence({
  name: '_ExceptHookArgs',
  module: '_thread',
  fields: ['exc_type', 'exc_value', 'exc_traceback', 'thread'],
});

const refuse: NativeRoutine = () => raiseRuntimeError("can't start new thread");
const exit: NativeRoutine = () => throwException(allocateException(T.SystemExit));
const allocateLock: NativeRoutine = (_args, result) => setRef(result, newRecord(LOCK));
let stackSize = 0;

natives('_thread', {
  'allocate_lock()': allocateLock,
  'allocate()': allocateLock,
  'get_ident()': (_args, result) => setInt(result, IDENTITY),
  '_get_main_thread_ident()': (_args, result) => setInt(result, IDENTITY),
  'get_native_id()': (_args, result) => setInt(result, process.pid),
  '_is_main_interpreter()': (_args, result) => setRef(result, Fixed.true),
  'daemon_threads_allowed()': (_args, result) => setRef(result, Fixed.true),
  '_count()': (_args, result) => setSmallInt(result, 0),
  'start_new_thread(function, args, kwargs=..., /)': refuse,
  'start_new(function, args, kwargs=..., /)': refuse,
  'start_joinable_thread(function, handle=None, daemon=True)': refuse,
  '_make_thread_handle(ident, /)': (args, result) => setRef(result, newHandle(HANDLE, indexOf(args))),
  '_shutdown()': (_args, result) => none(result),
  'exit()': exit,
  'exit_thread()': exit,
  'set_name(name, /)': (_args, result) => none(result),
  'stack_size(size=0, /)': (args, result) => {
    const old = stackSize;
    const size = indexOf(args);
    if (size < 0) raiseValueError('size must be 0 or a positive value');
    if (size > 0 && size < 32768) raiseValueError(`size not valid: ${size} bytes`);
    stackSize = size;
    setInt(result, old);
  },
});

registerModule('_thread', (dict) => {
  const slot = pushSlots(1);
  setRef(slot, T.RuntimeError);
  dictSetString(dict, intern('error'), slot);
  setRef(slot, LOCK);
  dictSetString(dict, intern('LockType'), slot);
  setFloat(slot, TIMEOUT_MAX);
  dictSetString(dict, intern('TIMEOUT_MAX'), slot);
  popSlots(1);
});
