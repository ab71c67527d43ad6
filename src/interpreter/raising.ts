/** Instructions of raise, try, with and except*. */
import { Fixed, State, T } from '../heap/fixed.ts';
import { Exception, ExceptionFlag, Frame, Generator, GeneratorFlag, Kind, Tuple, Type } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { copyValue, isNull, isRef, refAt, setRef } from '../heap/values.ts';
import {
  exceptionOf,
  isException,
  isExceptionClass,
  linkContext,
  raiseRuntimeError,
  raiseTypeError,
} from '../objects/errors.ts';
import { isSubtype } from '../objects/types.ts';
import { sourceAt } from './operands.ts';
import { keepTracebackOnce } from './unwind.ts';

/** Sets State.raised, linking the exception being handled as its context; the loop unwinds then. */
function setRaised(exception: number): void {
  const handled = words[State.handled];
  if (handled !== 0 && handled !== exception) linkContext(exception, handled);
  words[State.raised] = exception;
}

/** RAISE (`ss`): exception or NULL, cause or NULL. */
export function raiseInstruction(pc: number, base: number): void {
  const value = sourceAt(pc + 1, base);
  if (isNull(value)) {
    const handled = words[State.handled];
    if (handled === 0) raiseRuntimeError('No active exception to reraise');
    words[State.raised] = handled;
    keepTracebackOnce();
    return;
  }
  const exception = exceptionOf(value);
  const cause = sourceAt(pc + 2, base);
  if (!isNull(cause)) {
    const e = exception << 1;
    words[e + Exception.flags] |= ExceptionFlag.suppressContext;
    if (isRef(cause) && refAt(cause) === Fixed.none) words[e + Exception.cause] = 0;
    else {
      if (!isException(cause) && !isExceptionClass(cause)) {
        raiseTypeError('exception causes must derive from BaseException');
      }
      words[e + Exception.cause] = exceptionOf(cause);
    }
  }
  setRaised(exception);
}

/** RERAISE (`s`): keeps the traceback as it is. */
export function reraiseInstruction(pc: number, base: number): void {
  words[State.raised] = refAt(sourceAt(pc + 1, base));
  keepTracebackOnce();
}

/** PUSH_EXCEPTION (`ds`). */
export function pushException(pc: number, base: number): void {
  const exception = refAt(sourceAt(pc + 2, base));
  const handled = words[State.handled];
  // What a generator's caller handles is not the generator's own: it may be another one at the next resumption.
  const isOuter = handled === outerHandled() && !handlesOuter();
  setRef(base + words[pc + 1], isOuter ? Fixed.none : handled);
  words[State.handled] = exception;
  noteHandled(exception);
}
/** Does the running frame's generator handle the very exception that its caller handles as well? */
function handlesOuter(): boolean {
  const generator = words[(words[State.frame] << 1) + Frame.generator];
  return generator !== 0 && (words[(generator << 1) + Generator.flags] & GeneratorFlag.handlesOuter) !== 0;
}
/** The running frame handles `exception` now (0: nothing). */
function noteHandled(exception: number): void {
  const generator = words[(words[State.frame] << 1) + Frame.generator];
  if (generator === 0) return;
  const g = generator << 1;
  if (exception !== 0 && exception === words[g + Generator.handled]) {
    words[g + Generator.flags] |= GeneratorFlag.handlesOuter;
  } else words[g + Generator.flags] &= ~GeneratorFlag.handlesOuter;
}
/** The exception that is handled outside of the running frame, if that is a generator's, else 0. */
function outerHandled(): number {
  const generator = words[(words[State.frame] << 1) + Frame.generator];
  return generator === 0 ? 0 : words[(generator << 1) + Generator.handled];
}
/** POP_EXCEPTION (`s`). */
export function popException(pc: number, base: number): void {
  const previous = refAt(sourceAt(pc + 1, base));
  words[State.handled] = previous === Fixed.none ? outerHandled() : previous;
  noteHandled(previous === Fixed.none ? 0 : previous);
}

/** Execution of `frame` jumps out of a handler, before which `previous` was handled (None: what the frame's caller handles). */
export function handleAgain(frame: number, previous: number): void {
  const generator = words[(frame << 1) + Frame.generator];
  const outer = generator === 0 ? 0 : words[(generator << 1) + Generator.handled];
  words[State.handled] = previous === Fixed.none ? outer : previous;
  if (generator !== 0) words[(generator << 1) + Generator.flags] &= ~GeneratorFlag.handlesOuter;
}

/** EXCEPTION_TRIPLE (`rs`): type, exception, traceback. */
export function exceptionTriple(pc: number, base: number): void {
  const r = base + words[pc + 1];
  const exception = refAt(sourceAt(pc + 2, base));
  const traceback = words[(exception << 1) + Exception.traceback];
  setRef(r, words[exception << 1]);
  setRef(r + 1, exception);
  setRef(r + 2, traceback === 0 ? Fixed.none : traceback);
}

/** Does the exception match the class or tuple of classes in `type`? TypeError if it is neither. */
export function exceptionMatches(exception: number, type: number): boolean {
  checkClasses(type);
  return matches(words[exception << 1], type);
}
function matches(thrown: number, type: number): boolean {
  const ref = refAt(type);
  if (words[(words[ref << 1] << 1) + Type.kind] === Kind.tuple) {
    for (let i = 0; i < words[(ref << 1) + Tuple.size]; i++) if (matches(thrown, ref + 1 + i)) return true;
    return false;
  }
  return isSubtype(thrown, ref);
}
/** TypeError if the value in a cell is no exception class and no tuple of them. */
export function checkClasses(type: number): void {
  if (isExceptionClass(type)) return;
  if (isRef(type)) {
    const ref = refAt(type);
    if (words[(words[ref << 1] << 1) + Type.kind] === Kind.tuple) {
      let all = true;
      for (let i = 0; i < words[(ref << 1) + Tuple.size]; i++) all &&= isExceptionClass(ref + 1 + i);
      if (all) return;
    }
  }
  raiseTypeError('catching classes that do not inherit from BaseException is not allowed');
}

/** MATCH_EXCEPTION (`dss`). */
export function matchException(pc: number, base: number): void {
  const found = exceptionMatches(refAt(sourceAt(pc + 2, base)), sourceAt(pc + 3, base));
  setRef(base + words[pc + 1], found ? Fixed.true : Fixed.false);
}

/** CLEANUP_THROW (`ds`): true if the exception was a StopIteration (its value is stored), false: raise it again. */
export function cleanupThrow(pc: number, base: number): boolean {
  const exception = refAt(sourceAt(pc + 2, base));
  if (isSubtype(words[exception << 1], T.StopIteration)) {
    const value = exception + (Exception.value >> 1);
    if (isNull(value)) setRef(base + words[pc + 1], Fixed.none);
    else copyValue(base + words[pc + 1], value);
    return true;
  }
  words[State.raised] = exception;
  keepTracebackOnce();
  return false;
}
