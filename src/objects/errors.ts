/**
 * Raising Python exceptions from TypeScript, and catching them. The exception in flight is an object in the heap
 * (`State.raised`); what JavaScript throws is one preallocated marker, so that raising costs no JavaScript stack trace.
 * Turned down: a JavaScript Error per exception (its stack capture costs microseconds), error returns in every routine.
 *
 *   catch (error) { if (!matchesRaised(error, T.StopIteration)) throw error; clearRaised(); }
 */
import { addRootScanner, mark } from '../heap/collector.ts';
import { registerFinalizable } from '../heap/finalization.ts';
import { Fixed, State, T } from '../heap/fixed.ts';
import { Exception, ExceptionFlag, Kind, Type, TypeFlag } from '../heap/layouts.ts';
import { allocate, HeapExhausted, words } from '../heap/memory.ts';
import { copyValue, isRef, refAt, setNull, setRef } from '../heap/values.ts';
import { call } from './invoke.ts';
import { newString, stringOf } from './strings.ts';
import { newTuple, tupleItem } from './tuples.ts';
import { isSubtype, qualifiedTypeName, typeOf } from './types.ts';

/** What is thrown while a Python exception is in flight; the exception itself is in State.raised. */
export class PythonError {
  readonly name = 'PythonError';
}
export const PYTHON_ERROR = new PythonError();

/** True for the marker that accompanies a Python exception in flight. */
export function isPythonError(error: unknown): boolean {
  return error === PYTHON_ERROR;
}

/**
 * True if `error` is a Python exception in flight, or trouble of the engine that Python sees as one (heap exhausted:
 * MemoryError; JavaScript stack exhausted: RecursionError), which then is in State.raised. Anything else is a bug of
 * ours and must be thrown on.
 */
export function becomesPythonError(error: unknown): boolean {
  if (error === PYTHON_ERROR) return true;
  if (error instanceof HeapExhausted) {
    words[State.raised] = memoryError || newException(T.MemoryError, '');
    return true;
  }
  if (error instanceof RangeError) {
    if (error.message.includes('call stack')) {
      words[State.raised] = newException(T.RecursionError, 'maximum recursion depth exceeded');
      return true;
    }
    if (/BigInt|Array buffer|Invalid (string|array|typed array) length/.test(error.message)) {
      words[State.raised] = newException(T.MemoryError, '');
      return true;
    }
  }
  // Node's own word for a text that V8 cannot hold
  if (error instanceof Error && 'code' in error && error.code === 'ERR_STRING_TOO_LONG') {
    words[State.raised] = newException(T.MemoryError, '');
    return true;
  }
  return false;
}

/** A MemoryError made while there still was memory. */
let memoryError = 0;
addRootScanner(() => mark(memoryError));
/** Called once at start-up. */
export function setMemoryError(ref: number): void {
  memoryError = ref;
}

/** A bare exception object of a built-in type, no arguments. Never calls Python. */
export function allocateException(type: number): number {
  const members = words[(type << 1) + Type.memberSlots];
  const ref = allocate(5 + members);
  const word = ref << 1;
  for (let i = 0; i < members; i++) setNull(ref + 5 + i);
  // not fill(): it costs more than ten stores
  for (let at = word; at < word + 10; at++) words[at] = 0;
  words[word] = type;
  if ((words[(type << 1) + Type.flags] & TypeFlag.hasFinalizer) !== 0) registerFinalizable(ref);
  words[word + Exception.args] = Fixed.emptyTuple;
  setNull(ref + (Exception.value >> 1));
  if (type === T.StopIteration || type === T.SystemExit) setRef(ref + (Exception.value >> 1), Fixed.none);
  return ref;
}

/** A new exception of a built-in type with one str argument (none if the message is empty). Never calls Python. */
export function newException(type: number, message: string): number {
  const ref = allocateException(type);
  if (message === '') return ref;
  const args = newTuple(1);
  setRef(tupleItem(args, 0), newString(message));
  words[(ref << 1) + Exception.args] = args;
  return ref;
}

/** Throws an exception object, linking the one being handled as its context. */
export function throwException(exception: number): never {
  setRaised(exception);
  throw PYTHON_ERROR;
}

/** What throwException does but for the throwing, which costs a microsecond: for callers that can unwind themselves. */
export function setRaised(exception: number): void {
  const handled = words[State.handled];
  if (handled !== 0 && handled !== exception && words[(exception << 1) + Exception.context] === 0) {
    linkContext(exception, handled);
  }
  words[State.raised] = exception;
}

/** exception.__context__ = handled, cutting the exception out of handled's own chain so that no cycle arises. */
export function linkContext(exception: number, handled: number): void {
  let link = handled;
  for (let steps = 0; steps < 10_000; steps++) {
    const next = words[(link << 1) + Exception.context];
    if (next === 0) break;
    if (next === exception) {
      words[(link << 1) + Exception.context] = 0;
      break;
    }
    link = next;
  }
  words[(exception << 1) + Exception.context] = handled;
}

/** Raises a new built-in exception whose cause and context are the exception in flight. */
export function chainCause(type: T, message: string): never {
  const cause = words[State.raised];
  const exception = newException(type, message);
  words[(exception << 1) + Exception.cause] = cause;
  words[(exception << 1) + Exception.context] = cause;
  words[(exception << 1) + Exception.flags] |= ExceptionFlag.suppressContext;
  words[State.raised] = exception;
  throw PYTHON_ERROR;
}

/** Raises a built-in exception with a message. */
export function raise(type: T, message: string): never {
  throwException(newException(type, message));
}
export function raiseTypeError(message: string): never {
  raise(T.TypeError, message);
}
export function raiseValueError(message: string): never {
  raise(T.ValueError, message);
}
export function raiseIndexError(message: string): never {
  raise(T.IndexError, message);
}
export function raiseAttributeError(message: string): never {
  raise(T.AttributeError, message);
}
export function raiseOverflow(message: string): never {
  raise(T.OverflowError, message);
}
export function raiseZeroDivision(message: string): never {
  raise(T.ZeroDivisionError, message);
}
export function raiseRuntimeError(message: string): never {
  raise(T.RuntimeError, message);
}

/** Raises a built-in exception whose only argument is the value in a slot. */
export function raiseWith(type: T, argumentSlot: number): never {
  throwException(newExceptionWith(type, argumentSlot));
}

/** A built-in exception whose only argument is the value in a slot. Never calls Python. */
export function newExceptionWith(type: T, argumentSlot: number): number {
  const exception = allocateException(type);
  const args = newTuple(1);
  copyValue(tupleItem(args, 0), argumentSlot);
  words[(exception << 1) + Exception.args] = args;
  if (type === T.StopIteration || type === T.SystemExit) copyValue(exception + (Exception.value >> 1), argumentSlot);
  return exception;
}
export function raiseKeyError(keySlot: number): never {
  raiseWith(T.KeyError, keySlot);
}
/** StopIteration with the value in a slot; 0: without one. */
export function raiseStopIteration(valueSlot: number): never {
  if (valueSlot === 0 || (isRef(valueSlot) && refAt(valueSlot) === Fixed.none))
    throwException(allocateException(T.StopIteration));
  raiseWith(T.StopIteration, valueSlot);
}
/** NameError "name 'x' is not defined", with its `name`. */
export function raiseNameError(nameRef: number): never {
  const exception = newException(T.NameError, `name '${stringOf(nameRef)}' is not defined`);
  setRef(exception + (Exception.value >> 1), nameRef);
  throwException(exception);
}

/** True if the value in a slot is an exception object. */
export function isException(slot: number): boolean {
  return isRef(slot) && words[(words[refAt(slot) << 1] << 1) + Type.kind] === Kind.exception;
}
/** True if the value in a slot is a class derived from BaseException. */
export function isExceptionClass(slot: number): boolean {
  return (
    isRef(slot) &&
    words[(words[refAt(slot) << 1] << 1) + Type.kind] === Kind.type &&
    (words[(refAt(slot) << 1) + Type.flags] & TypeFlag.isException) !== 0
  );
}

/**
 * `raise slot`: an exception object, or a class, which is called without arguments (may call Python). TypeError for
 * anything else.
 */
export function raiseObject(slot: number): never {
  throwException(exceptionOf(slot));
}

/** The exception object that raising the value in `slot` means; may call Python (a class is called). */
export function exceptionOf(slot: number): number {
  if (isException(slot)) return refAt(slot);
  if (!isExceptionClass(slot)) raiseTypeError('exceptions must derive from BaseException');
  const type = refAt(slot);
  const made = words[State.stackTop];
  words[State.stackTop] += 1;
  setNull(made);
  call(slot, made, 0, made);
  words[State.stackTop] -= 1;
  if (!isException(made)) {
    const got = qualifiedTypeName(typeOf(made));
    raiseTypeError(
      `calling <class '${qualifiedTypeName(type)}'> should have returned an instance of BaseException, not <class '${got}'>`,
    );
  }
  return refAt(made);
}

/** True if `error` (as caught) is a Python exception in flight of the given type. */
export function matchesRaised(error: unknown, type: T): boolean {
  return becomesPythonError(error) && isSubtype(words[words[State.raised] << 1], type);
}
/** Ends the flight of an exception that was caught in TypeScript; returns its ref. */
export function clearRaised(): number {
  const exception = words[State.raised];
  words[State.raised] = 0;
  return exception;
}
