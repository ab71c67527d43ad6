/**
 * What async generators hand out: asend() and `__anext__` objects, athrow() and aclose() objects, each an iterator that
 * drives the generator, and anext_awaitable of anext() with a default. A value that the generator yields to its own
 * caller comes wrapped (ASYNC_GEN_WRAP), what it awaits does not; so a wrapped value ends the asend() with StopIteration
 * and any other one is yielded on.
 *
 * SEND drives an asend() within the running loop (ReturnKind.asyncSend); everything else here runs nested.
 */
import { addRootScanner, mark } from '../heap/collector.ts';
import { Fixed, State, T } from '../heap/fixed.ts';
import { Generator, GeneratorFlag, GeneratorState, Kind } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setNull, setRef, setSmallInt } from '../heap/values.ts';
import { materializeType, newRecord, recordValue } from '../objects/declared-types.ts';
import {
  becomesPythonError,
  clearRaised,
  matchesRaised,
  newException,
  PYTHON_ERROR,
  raise,
  raiseRuntimeError,
  raiseStopIteration,
  raiseTypeError,
  raiseValueError,
} from '../objects/errors.ts';
import { indexOf } from '../objects/integers.ts';
import { call, callMethod, callSpecial } from '../objects/invoke.ts';
import { newValuesArray } from '../objects/lists.ts';
import { N } from '../objects/names.ts';
import { getset, natives } from '../objects/natives.ts';
import { repr } from '../objects/operations.ts';
import { newString, stringOf } from '../objects/strings.ts';
import { newTuple, tupleItem } from '../objects/tuples.ts';
import { kindAt, lookup, typeName, typeOf } from '../objects/types.ts';
import { awaitableIterator } from './async.ts';
import { ANEXT, ASEND, ATHROW, AwaitState, awaitState, HOOKS, isWrapped, setAwaitState } from './async-types.ts';
import { originDepth, setOriginDepth } from './coroutine-origins.ts';
import type { ReturnKind } from './frames.ts';
import { noteAwaitable } from './generator-finalizers.ts';
import { thrownException, warnOfArguments } from './generator-methods.ts';
import { resume, resumeNested, throwNested } from './generators.ts';

/** What sys.set_asyncgen_hooks was given: a `values` array of first-iteration hook and finalizer, 0 before the first time. */
let hooks = 0;
addRootScanner(() => mark(hooks));

function isNone(slot: number): boolean {
  return isRef(slot) && refAt(slot) === Fixed.none;
}
function has(generator: number, flag: GeneratorFlag): boolean {
  return (words[(generator << 1) + Generator.flags] & flag) !== 0;
}
function set(generator: number, flag: GeneratorFlag): void {
  words[(generator << 1) + Generator.flags] |= flag;
}
function clear(generator: number, flag: GeneratorFlag): void {
  words[(generator << 1) + Generator.flags] &= ~flag;
}
/** The first use of an async generator: the hooks are asked. `slot` is a rooted cell with the generator. May call Python. */
function initializeHooks(slot: number): void {
  const generator = refAt(slot);
  if (has(generator, GeneratorFlag.hooked)) return;
  set(generator, GeneratorFlag.hooked);
  if (hooks === 0) return;
  const first = hooks + 1;
  if (!isNone(first + 1)) words[(generator << 1) + Generator.extra] = refAt(first + 1);
  if (isNone(first)) return;
  const slots = pushSlots(1);
  call(first, slot, 1, slots);
  popSlots(1);
}

/** generator.asend(value); `value` 0: None. May call Python (the hook). */
export function newSend(slot: number, value: number): number {
  initializeHooks(slot);
  const awaitable = newRecord(ASEND);
  copyValue(recordValue(awaitable, 0), slot);
  if (value === 0) setRef(recordValue(awaitable, 1), Fixed.none);
  else copyValue(recordValue(awaitable, 1), value);
  return awaitable;
}
/** The asend() becomes the one that drives the generator, unless it does already; RuntimeError if it may not. */
function beginSend(awaitable: number): void {
  const state = awaitState(awaitable);
  if (state === AwaitState.closed) raiseRuntimeError('cannot reuse already awaited __anext__()/asend()');
  const generator = generatorOf(awaitable);
  if (state === AwaitState.created) {
    if (has(generator, GeneratorFlag.running)) {
      setAwaitState(awaitable, AwaitState.closed);
      raiseRuntimeError('anext(): asynchronous generator is already running');
    }
    setAwaitState(awaitable, AwaitState.awaited);
  }
  set(generator, GeneratorFlag.running);
}
function generatorOf(awaitable: number): number {
  return refAt(recordValue(awaitable, 0));
}

/**
 * SEND to an asend(): makes the generator's frame the running one and returns where to go on. Raises StopAsyncIteration
 * if the generator is finished.
 */
export function resumeSend(
  awaitable: number,
  value: number,
  returnAddress: number,
  destination: number,
  kind: ReturnKind,
): number {
  const sent = isNone(value) && awaitState(awaitable) === AwaitState.created ? recordValue(awaitable, 1) : value;
  beginSend(awaitable);
  const generator = generatorOf(awaitable);
  let next = 0;
  try {
    next = resume(generator, sent, returnAddress, destination, kind);
  } catch (error) {
    clear(generator, GeneratorFlag.running);
    setAwaitState(awaitable, AwaitState.closed);
    throw error;
  }
  if (next === 0) {
    clear(generator, GeneratorFlag.running);
    setAwaitState(awaitable, AwaitState.closed);
    raise(T.StopAsyncIteration, '');
  }
  return next;
}

/**
 * What `drive` (resumeNested or throwNested) made of the generator: a value that it awaits is in `result`; a value that it
 * yields is raised as StopIteration, its end as StopAsyncIteration.
 */
function unwrap(generator: number, result: number, drive: () => boolean): void {
  let going = false;
  try {
    going = drive();
  } catch (error) {
    if (!becomesPythonError(error)) throw error;
    noteEnd(generator);
    throw PYTHON_ERROR;
  }
  if (!going) {
    set(generator, GeneratorFlag.closed);
    clear(generator, GeneratorFlag.running);
    raise(T.StopAsyncIteration, '');
  }
  if (isWrapped(result)) {
    clear(generator, GeneratorFlag.running);
    copyValue(result, recordValue(refAt(result), 0));
    raiseStopIteration(result);
  }
}
/** An exception came out of the generator. */
function noteEnd(generator: number): void {
  if (matchesRaised(PYTHON_ERROR, T.StopAsyncIteration) || matchesRaised(PYTHON_ERROR, T.GeneratorExit)) {
    set(generator, GeneratorFlag.closed);
  }
  clear(generator, GeneratorFlag.running);
}

/** Runs `action`; the awaitable is closed if it raises. */
function closing(awaitable: number, action: () => void): void {
  try {
    action();
  } catch (error) {
    if (becomesPythonError(error)) setAwaitState(awaitable, AwaitState.closed);
    throw error;
  }
}

// asend, __anext__ ----------------------------------------------------------------------------------------------------

function send(args: number, value: number, result: number): void {
  const awaitable = refAt(args);
  const first = awaitState(awaitable) === AwaitState.created && (value === 0 || isNone(value));
  beginSend(awaitable);
  const generator = generatorOf(awaitable);
  const slots = pushSlots(1);
  if (first) copyValue(slots, recordValue(awaitable, 1));
  else if (value === 0) setRef(slots, Fixed.none);
  else copyValue(slots, value);
  closing(awaitable, () => unwrap(generator, result, () => resumeNested(generator, slots, result)));
  popSlots(1);
}
defineAwaitable(ASEND, send, throwSend);
function throwSend(args: number, given: number, result: number): void {
  const awaitable = refAt(args);
  const generator = generatorOf(awaitable);
  if (awaitState(awaitable) === AwaitState.closed) {
    raiseRuntimeError('cannot reuse already awaited __anext__()/asend()');
  }
  if (awaitState(awaitable) === AwaitState.created) beginSend(awaitable);
  const slots = pushSlots(1);
  closing(awaitable, () => {
    const exception = thrownException(given, slots);
    unwrap(generator, result, () => throwNested(generator, exception, result));
  });
  popSlots(1);
}

/** Resumes what an awaitable stands for: its cell, the cell of a value (0: none) or of what to throw, the result. */
type Resume = (args: number, given: number, result: number) => void;
/** The methods of an awaitable that is its own iterator. */
function defineAwaitable(type: T, send: Resume, throwInto: Resume): void {
  natives(type, {
    '__await__(self, /)': (args, result) => copyValue(result, args),
    '__iter__(self, /)': (args, result) => copyValue(result, args),
    '__next__(self, /)': (args, result) => send(args, 0, result),
    'send(self, value, /)': (args, result) => send(args, args + 1, result),
    'throw(self, typ, val=..., tb=..., /)': (args, result) => {
      warnOfArguments('throw', args + 1);
      throwInto(args, args + 1, result);
    },
    'close(self, /)': (args, result) => closeAwaitable(args, result, throwInto),
  });
}

/** close() of an asend(), athrow() or aclose(): throws GeneratorExit. */
function closeAwaitable(
  args: number,
  result: number,
  throwInto: (args: number, given: number, result: number) => void,
): void {
  if (awaitState(refAt(args)) !== AwaitState.closed) {
    const slots = pushSlots(4);
    setRef(slots, newException(T.GeneratorExit, ''));
    setNull(slots + 1);
    setNull(slots + 2);
    let ended = false;
    try {
      throwInto(args, slots, slots + 3);
    } catch (error) {
      if (
        !matchesRaised(error, T.StopIteration) &&
        !matchesRaised(error, T.StopAsyncIteration) &&
        !matchesRaised(error, T.GeneratorExit)
      ) {
        throw error;
      }
      clearRaised();
      ended = true;
    }
    words[State.stackTop] = slots;
    if (!ended) raiseRuntimeError('coroutine ignored GeneratorExit');
  }
  setRef(result, Fixed.none);
}

// athrow, aclose ------------------------------------------------------------------------------------------------------

const isClose = (awaitable: number): boolean => isNull(recordValue(awaitable, 1));

function checkThrow(awaitable: number): void {
  if (awaitState(awaitable) === AwaitState.closed) raiseRuntimeError('cannot reuse already awaited aclose()/athrow()');
}
function beginThrow(awaitable: number): void {
  if (!has(generatorOf(awaitable), GeneratorFlag.running)) return;
  setAwaitState(awaitable, AwaitState.closed);
  raiseRuntimeError(`${isClose(awaitable) ? 'aclose' : 'athrow'}(): asynchronous generator is already running`);
}

function sendThrow(args: number, value: number, result: number): void {
  const awaitable = refAt(args);
  const generator = generatorOf(awaitable);
  checkThrow(awaitable);
  if (words[(generator << 1) + Generator.state] === GeneratorState.closed) {
    setAwaitState(awaitable, AwaitState.closed);
    raiseStopIteration(0);
  }
  if (awaitState(awaitable) === AwaitState.created) {
    beginThrow(awaitable);
    if (has(generator, GeneratorFlag.closed)) {
      setAwaitState(awaitable, AwaitState.closed);
      raise(T.StopAsyncIteration, '');
    }
    if (value !== 0 && !isNone(value)) raiseRuntimeError("can't send non-None value to a just-started coroutine");
    setAwaitState(awaitable, AwaitState.awaited);
    set(generator, GeneratorFlag.running);
    if (isClose(awaitable)) {
      set(generator, GeneratorFlag.closed);
      const slots = pushSlots(1);
      setRef(slots, newException(T.GeneratorExit, ''));
      driveClose(awaitable, result, () => throwNested(generator, refAt(slots), result, false));
      popSlots(1);
    } else {
      const slots = pushSlots(1);
      driveThrow(awaitable, result, () => {
        const exception = thrownException(recordValue(awaitable, 1), slots);
        return throwNested(generator, exception, result, false);
      });
      popSlots(1);
    }
    return;
  }
  const drive = (): boolean => resumeNested(generator, value, result);
  if (isClose(awaitable)) driveClose(awaitable, result, drive);
  else driveThrow(awaitable, result, drive);
}
function driveThrow(awaitable: number, result: number, drive: () => boolean): void {
  closing(awaitable, () => unwrap(generatorOf(awaitable), result, drive));
}
/** aclose(): the generator may await, but not yield; that it ends ends the aclose(). */
function driveClose(awaitable: number, result: number, drive: () => boolean): void {
  const generator = generatorOf(awaitable);
  let going = false;
  try {
    going = drive();
  } catch (error) {
    if (!becomesPythonError(error)) throw error;
    noteEnd(generator);
    setAwaitState(awaitable, AwaitState.closed);
    if (!matchesRaised(error, T.StopAsyncIteration) && !matchesRaised(error, T.GeneratorExit)) throw PYTHON_ERROR;
    clearRaised();
    raiseStopIteration(0);
  }
  if (going && !isWrapped(result)) return;
  clear(generator, GeneratorFlag.running);
  setAwaitState(awaitable, AwaitState.closed);
  if (going) raiseRuntimeError('async generator ignored GeneratorExit');
  raiseStopIteration(0);
}
defineAwaitable(ATHROW, sendThrow, throwThrow);
function throwThrow(args: number, given: number, result: number): void {
  const awaitable = refAt(args);
  const generator = generatorOf(awaitable);
  checkThrow(awaitable);
  if (awaitState(awaitable) === AwaitState.created) {
    beginThrow(awaitable);
    setAwaitState(awaitable, AwaitState.awaited);
    set(generator, GeneratorFlag.running);
  }
  const slots = pushSlots(1);
  closing(awaitable, () => {
    thrownException(given, slots);
  });
  const drive = (): boolean => throwNested(generator, refAt(slots), result);
  if (isClose(awaitable)) driveClose(awaitable, result, drive);
  else driveThrow(awaitable, result, drive);
  popSlots(1);
}

/** athrow() of the arguments from cell `given` on, or (0) aclose(). */
function newThrow(slot: number, given: number): number {
  initializeHooks(slot);
  const awaitable = newRecord(ATHROW);
  copyValue(recordValue(awaitable, 0), slot);
  for (let i = 0; given !== 0 && i < 3; i++) copyValue(recordValue(awaitable, 1 + i), given + i);
  return awaitable;
}

natives(T.async_generator, {
  '__aiter__(self, /)': (args, result) => copyValue(result, args),
  '__anext__(self, /)': (args, result) => setRef(result, noteAwaitable(newSend(args, 0))),
  'asend(self, value, /)': (args, result) => setRef(result, noteAwaitable(newSend(args, args + 1))),
  'athrow(self, typ, val=..., tb=..., /)': (args, result) => {
    warnOfArguments('athrow', args + 1);
    setRef(result, noteAwaitable(newThrow(args, args + 1)));
  },
  'aclose(self, /)': (args, result) => setRef(result, noteAwaitable(newThrow(args, 0))),
});

// builtins and sys ----------------------------------------------------------------------------------------------------

natives('builtins', {
  'aiter(async_iterable, /)': (args, result) => {
    if (lookup(typeOf(args), N.__aiter__) === 0) raiseTypeError(`'${typeName(args)}' object is not an async iterable`);
    const slots = pushSlots(1);
    callSpecial(args, N.__aiter__, slots, 0, slots);
    if (lookup(typeOf(slots), N.__anext__) === 0) {
      raiseTypeError(`aiter() returned not an async iterator of type '${typeName(slots)}'`);
    }
    copyValue(result, slots);
    popSlots(1);
  },
  'anext(async_iterator, default=..., /)': (args, result) => {
    if (lookup(typeOf(args), N.__anext__) === 0) raiseTypeError(`'${typeName(args)}' object is not an async iterator`);
    const slots = pushSlots(1);
    callSpecial(args, N.__anext__, slots, 0, slots);
    if (isNull(args + 1)) copyValue(result, slots);
    else {
      const awaitable = newRecord(ANEXT);
      copyValue(recordValue(awaitable, 0), slots);
      copyValue(recordValue(awaitable, 1), args + 1);
      setRef(result, awaitable);
    }
    popSlots(1);
  },
});

/** Calls a method of the awaitable's iterator; StopAsyncIteration becomes StopIteration with the default. */
function ofAwaitable(args: number, method: string, given: number, count: number, result: number): void {
  const record = refAt(args);
  const slots = pushSlots(1);
  try {
    awaitableIterator(recordValue(record, 0), slots, 0);
    if (isRef(slots) && words[refAt(slots) << 1] === T.coroutine) callSpecial(slots, N.__await__, slots, 0, slots);
    if (method === '__next__') callSpecial(slots, N.__next__, slots, 0, result);
    else callMethod(slots, method, given, count, result);
  } catch (error) {
    if (!matchesRaised(error, T.StopAsyncIteration)) throw error;
    clearRaised();
    words[State.stackTop] = slots;
    raiseStopIteration(recordValue(record, 1));
  }
  popSlots(1);
}
natives(ANEXT, {
  '__await__(self, /)': (args, result) => copyValue(result, args),
  '__iter__(self, /)': (args, result) => copyValue(result, args),
  '__next__(self, /)': (args, result) => ofAwaitable(args, '__next__', args + 1, 0, result),
  'send(self, value, /)': (args, result) => ofAwaitable(args, 'send', args + 1, 1, result),
  'throw(self, typ, val=..., tb=..., /)': (args, result) => {
    const count = !isNull(args + 3) ? 3 : !isNull(args + 2) ? 2 : 1;
    ofAwaitable(args, 'throw', args + 1, count, result);
  },
  'close(self, /)': (args, result) => ofAwaitable(args, 'close', args + 1, 0, result),
});

['firstiter', 'finalizer'].forEach((name, i) => {
  getset(HOOKS, name, (object, result) => copyValue(result, tupleItem(refAt(object), i)));
});
natives(HOOKS, {
  '__repr__(self, /)': (args, result) => {
    const [first, last] = [0, 1].map((i) => stringOf(repr(tupleItem(refAt(args), i))));
    setRef(result, newString(`asyncgen_hooks(firstiter=${first}, finalizer=${last})`));
  },
});
function hookCell(args: number, name: string): void {
  if (isNull(args) || isNone(args)) return;
  const kind = kindAt(args);
  if (
    kind !== Kind.function &&
    kind !== Kind.native &&
    kind !== Kind.method &&
    lookup(typeOf(args), N.__call__) === 0
  ) {
    raiseTypeError(`callable ${name} expected, got ${typeName(args)}`);
  }
}
natives('sys', {
  'set_asyncgen_hooks(firstiter=..., finalizer=...)': (args, result) => {
    hookCell(args + 1, 'finalizer');
    hookCell(args, 'firstiter');
    if (hooks === 0) {
      hooks = newValuesArray(2);
      setRef(hooks + 1, Fixed.none);
      setRef(hooks + 2, Fixed.none);
    }
    for (let i = 0; i < 2; i++) if (!isNull(args + i)) copyValue(hooks + 1 + i, args + i);
    setRef(result, Fixed.none);
  },
  'get_asyncgen_hooks()': (_args, result) => {
    const tuple = newTuple(2);
    words[tuple << 1] = materializeType(HOOKS);
    for (let i = 0; i < 2; i++) {
      if (hooks === 0) setRef(tupleItem(tuple, i), Fixed.none);
      else copyValue(tupleItem(tuple, i), hooks + 1 + i);
    }
    setRef(result, tuple);
  },
  'get_coroutine_origin_tracking_depth()': (_args, result) => setSmallInt(result, originDepth),
  'set_coroutine_origin_tracking_depth(depth)': (args, result) => {
    const depth = indexOf(args);
    if (depth < 0) raiseValueError('depth must be >= 0');
    setOriginDepth(depth);
    setRef(result, Fixed.none);
  },
});
