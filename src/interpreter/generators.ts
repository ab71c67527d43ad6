/**
 * Generators, coroutines and async generators: they own their frame, which runs in place. Resuming links the frame to
 * the caller as if it had been pushed; a yield unlinks it. A call of `send` or `__next__` and the instructions FOR_ITER
 * and SEND resume within the running loop; `throw` and `close`, and calls from natives, run a nested one.
 */

import { Op } from '../compiler/instructions.ts';
import { registerFinalizable } from '../heap/finalization.ts';
import { Fixed, State, T } from '../heap/fixed.ts';
import {
  Code,
  CodeFlag,
  FRAME_HEADER_CELLS,
  Frame,
  FunctionObject,
  Generator,
  GeneratorState,
  Tuple,
} from '../heap/layouts.ts';
import { allocate, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isRef, refAt, setNull, setRef } from '../heap/values.ts';
import { findAttribute } from '../objects/attributes.ts';
import {
  becomesPythonError,
  clearRaised,
  isPythonError,
  linkContext,
  matchesRaised,
  newException,
  PYTHON_ERROR,
  raiseRuntimeError,
  raiseStopIteration,
  raiseTypeError,
  raiseValueError,
} from '../objects/errors.ts';
import { call } from '../objects/invoke.ts';
import { N } from '../objects/names.ts';
import { nativeTable } from '../objects/natives.ts';
import { intern } from '../objects/strings.ts';
import { isSubtype } from '../objects/types.ts';
import { reportUnraisable } from '../objects/unraisable.ts';
import { checkDepth } from './calls.ts';
import { noteOrigin } from './coroutine-origins.ts';
import { firstInstruction, ReturnKind } from './frames.ts';
import { setGeneratorCloser } from './generator-finalizers.ts';
import { jit } from './jit-hooks.ts';
import { run } from './loop.ts';
import { noteThrow } from './observation.ts';
import { observation } from './observation-state.ts';
import { source } from './operands.ts';

const H = FRAME_HEADER_CELLS;
const FRAME = Generator.frame >> 1;

/**
 * RETURN_GENERATOR: makes the generator whose frame is a copy of the running one (base = cell of its register 0), which
 * is about to return it from its register 0.
 */
export function makeGenerator(base: number): void {
  const frame = base - H;
  const code = words[(frame << 1) + Frame.code];
  const fn = words[(frame << 1) + Frame.function];
  const registers = words[(code << 1) + Code.registerCount];
  const generator = allocate(FRAME + H + registers);
  const g = generator << 1;
  const flags = words[(code << 1) + Code.flags];
  words[g + Generator.type] =
    (flags & CodeFlag.asyncGenerator) !== 0
      ? T.async_generator
      : (flags & CodeFlag.coroutine) !== 0
        ? T.coroutine
        : T.generator;
  words[g + Generator.state] = GeneratorState.created;
  words[g + Generator.name] = words[(fn << 1) + FunctionObject.name];
  words[g + Generator.qualname] = words[(fn << 1) + FunctionObject.qualname];
  words[g + Generator.extra] = 0;
  words[g + Generator.handled] = 0;
  words[g + Generator.delegate] = -1;
  words[g + Generator.flags] = 0;
  const own = generator + FRAME;
  for (let cell = 0; cell < H + registers; cell++) copyValue(own + cell, frame + cell);
  // no temporary is in use yet; what lies there is of earlier calls
  const freeNames = words[(code << 1) + Code.freeNames];
  const variables = words[(code << 1) + Code.firstFree] + (freeNames === 0 ? 0 : words[(freeNames << 1) + Tuple.size]);
  for (let register = variables; register < registers; register++) setNull(own + H + register);
  const f = own << 1;
  words[f + Frame.caller] = 0;
  words[f + Frame.returnAddress] = words[State.pc] + 1;
  words[f + Frame.destination] = -1;
  words[f + Frame.nativeReturn] = 0;
  words[f + Frame.object] = 0;
  words[f + Frame.generator] = generator;
  setRef(base, generator);
  if ((flags & CodeFlag.finalizes) !== 0) registerFinalizable(generator);
  if (words[g] === T.coroutine) noteOrigin(generator);
}

/** The code object that a generator runs. */
export function generatorCode(generator: number): number {
  return words[(generator << 1) + Generator.frame + Frame.code];
}

/**
 * Makes the generator's frame the running one, called from State.frame; the value in cell `sent` (0: None) is what its
 * yield gives. Returns where to go on, 0 if the generator is finished. Raises ValueError if it is running.
 */
export function resume(
  generator: number,
  sent: number,
  returnAddress: number,
  destination: number,
  kind: ReturnKind,
): number {
  const g = generator << 1;
  const state = words[g + Generator.state];
  if (state === GeneratorState.closed) return 0;
  if (state === GeneratorState.running) raiseValueError(`${kindName(generator)} already executing`);
  const frame = generator + FRAME;
  const f = frame << 1;
  const register = words[f + Frame.destination];
  if (register >= 0) {
    if (sent === 0) setRef(frame + H + register, Fixed.none);
    else copyValue(frame + H + register, sent);
  } else if (sent !== 0 && !(isRef(sent) && refAt(sent) === Fixed.none)) {
    raiseTypeError(`can't send non-None value to a just-started ${kindName(generator)}`);
  }
  const next = words[f + Frame.returnAddress];
  link(generator, returnAddress, destination, kind);
  return next;
}

function link(generator: number, returnAddress: number, destination: number, kind: ReturnKind): void {
  const g = generator << 1;
  const frame = generator + FRAME;
  const f = frame << 1;
  const caller = words[State.frame];
  checkDepth(caller, words[State.stackTop]);
  words[f + Frame.caller] = caller;
  words[f + Frame.returnAddress] = returnAddress;
  words[f + Frame.destination] = destination;
  words[f + Frame.returnKind] = kind;
  words[f + Frame.top] = words[State.stackTop];
  words[f + Frame.depth] = caller === 0 ? 1 : words[(caller << 1) + Frame.depth] + 1;
  const handled = words[g + Generator.handled];
  words[g + Generator.handled] = words[State.handled];
  if (handled !== 0) words[State.handled] = handled;
  words[g + Generator.state] = GeneratorState.running;
  words[State.frame] = frame;
}

/** What messages call it. */
export function kindName(generator: number): string {
  const type = words[generator << 1];
  return type === T.coroutine ? 'coroutine' : type === T.async_generator ? 'async generator' : 'generator';
}
/** True for generators, coroutines and async generators. */
export function isGenerator(slot: number): boolean {
  if (!isRef(slot)) return false;
  const type = words[refAt(slot) << 1];
  return type === T.generator || type === T.coroutine || type === T.async_generator;
}

/** Runs the generator up to its next yield in a nested run; false if it returned. `result` gets either value. */
export function resumeNested(generator: number, sent: number, result: number): boolean {
  jit.hooks.nestedRun();
  const frame = words[State.frame];
  const pc = words[State.pc];
  const top = words[State.stackTop];
  try {
    const next = resume(generator, sent, pc + 1, result, ReturnKind.generatorExit);
    if (next === 0) {
      setRef(result, Fixed.none);
      return false;
    }
    return runNested(generator, next);
  } finally {
    words[State.frame] = frame;
    words[State.pc] = pc;
    words[State.stackTop] = top;
  }
}
function runNested(generator: number, next: number): boolean {
  run(next);
  return words[(generator << 1) + Generator.state] === GeneratorState.suspended;
}

/**
 * Raises `exception` at the generator's present yield, in a nested run; as resumeNested. Delegates come first: a
 * GeneratorExit closes them, unless `closes` is false (aclose() throws it into what is awaited).
 */
export function throwNested(generator: number, exception: number, result: number, closes = true): boolean {
  jit.hooks.nestedRun();
  const g = generator << 1;
  const state = words[g + Generator.state];
  if (state === GeneratorState.running) raiseValueError(`${kindName(generator)} already executing`);
  if (state === GeneratorState.closed) {
    if (words[g] === T.coroutine) raiseRuntimeError('cannot reuse already awaited coroutine');
    words[State.raised] = exception;
    throw PYTHON_ERROR;
  }
  const slots = pushSlots(2);
  setRef(slots, generator);
  setRef(slots + 1, exception);
  if (words[g + Generator.delegate] >= 0) {
    const sendPc = words[g + Generator.delegate];
    const delegate = source(words[sendPc + 2], generator + FRAME + H);
    try {
      if (asRunning(generator, sendPc, () => throwIntoDelegate(delegate, exception, result, closes))) {
        popSlots(2);
        return true;
      }
    } catch (error) {
      if (!isPythonError(error)) throw error;
      exception = clearRaised();
      setRef(slots + 1, exception);
    }
    words[g + Generator.delegate] = -1;
  }
  const frame = words[State.frame];
  const pc = words[State.pc];
  const top = words[State.stackTop];
  try {
    const f = (generator + FRAME) << 1;
    const at =
      state === GeneratorState.created
        ? firstInstruction(generatorCode(generator))
        : words[f + Frame.returnAddress] - 3;
    // the context is what the generator itself handles, not what its caller does
    const handled = words[g + Generator.handled];
    link(generator, pc + 1, result, ReturnKind.generatorExit);
    words[State.pc] = at;
    if (handled !== 0 && handled !== exception) linkContext(exception, handled);
    words[State.raised] = exception;
    if (observation.mode !== 0) noteThrow(generator + FRAME);
    return runNested(generator, 0);
  } finally {
    words[State.frame] = frame;
    words[State.pc] = pc;
    words[State.stackTop] = top - 2;
  }
}

/**
 * Runs `action` while the suspended generator's frame is the running one, at the instruction `pc`: so programs see it
 * between its caller and what it delegates to.
 */
function asRunning<R>(generator: number, pc: number, action: () => R): R {
  const g = generator << 1;
  const f = g + Generator.frame;
  const own = words[g + Generator.handled];
  const returnAddress = words[f + Frame.returnAddress];
  const destination = words[f + Frame.destination];
  const frame = words[State.frame];
  const outerPc = words[State.pc];
  const top = words[State.stackTop];
  link(generator, outerPc + 1, destination, ReturnKind.generatorExit);
  words[State.pc] = pc;
  try {
    return action();
  } finally {
    words[State.handled] = words[g + Generator.handled];
    words[g + Generator.handled] = own;
    words[g + Generator.state] = GeneratorState.suspended;
    words[f + Frame.returnAddress] = returnAddress;
    words[f + Frame.destination] = destination;
    words[f + Frame.caller] = 0;
    words[State.frame] = frame;
    words[State.pc] = outerPc;
    words[State.stackTop] = top;
  }
}

/**
 * throw() into what a generator delegates to. True: it yielded `result`. Otherwise it raised, or has no throw method and
 * the exception itself is to be raised in the delegating generator (false).
 */
function throwIntoDelegate(delegate: number, exception: number, result: number, closes: boolean): boolean {
  if (closes && isSubtype(words[exception << 1], T.GeneratorExit)) {
    closeDelegate(delegate);
    return false;
  }
  if (isGenerator(delegate)) {
    if (throwNested(refAt(delegate), exception, result, closes)) return true;
    raiseStopIteration(result);
  }
  const slots = pushSlots(2);
  setRef(slots + 1, exception);
  const found = findAttribute(delegate, throwName(), slots);
  if (found) call(slots, slots + 1, 1, result);
  popSlots(2);
  return found;
}

/** Closes what a generator delegates to, if it can be closed. */
function closeDelegate(delegate: number): void {
  const slots = pushSlots(1);
  if (isGenerator(delegate)) closeGenerator(refAt(delegate), slots);
  else {
    let found = false;
    try {
      found = findAttribute(delegate, N.close, slots);
    } catch (error) {
      if (!becomesPythonError(error)) throw error;
      words[State.stackTop] = slots + 1;
      reportUnraisable('', delegate);
    }
    if (found) call(slots, slots, 0, slots);
  }
  popSlots(1);
}
let throwNameRef = 0;
function throwName(): number {
  if (throwNameRef === 0) throwNameRef = intern('throw');
  return throwNameRef;
}

/**
 * generator.close(): GeneratorExit at its yield; RuntimeError if it yields again. `result` gets what it returns, None
 * if it does not.
 */
export function closeGenerator(generator: number, result: number): void {
  const g = generator << 1;
  const state = words[g + Generator.state];
  setRef(result, Fixed.none);
  if (state === GeneratorState.closed) return;
  if (state === GeneratorState.created) {
    words[g + Generator.state] = GeneratorState.closed;
    return;
  }
  const slots = pushSlots(2);
  setRef(slots, generator);
  try {
    if (throwNested(generator, newException(T.GeneratorExit, ''), slots + 1)) {
      raiseRuntimeError(`${kindName(generator)} ignored GeneratorExit`);
    }
    copyValue(result, slots + 1);
  } catch (error) {
    if (!matchesRaised(error, T.GeneratorExit)) throw error;
    clearRaised();
  }
  words[State.stackTop] = slots;
}
setGeneratorCloser(closeGenerator);

// Natives that resume (generator-methods.ts declares them) are recognized by calls.ts, which then resumes within the
// running loop.

/** 1 for the natives that `resumeByMethod` may replace, by number. */
let resuming = new Uint8Array(0);
/** Number of the builtin function `next`, which on a generator does what its `__next__` does. */
let nextFunction = 0;
/** Once all natives are declared: which they are is asked by name, since the order in which files load is nobody's to rely on. */
export function findResumingNatives(): void {
  resuming = new Uint8Array(nativeTable.length);
  nativeTable.forEach(({ owner, name }, number) => {
    const isNext = owner === 'builtins' && name === 'next';
    const isMethod =
      owner === T.generator ? name === 'send' || name === '__next__' : owner === T.coroutine && name === 'send';
    if (isNext) nextFunction = number;
    if (isNext || isMethod) resuming[number] = 1;
  });
}

/** True for the natives that `resumeByMethod` may replace. */
export function isGeneratorMethod(native: number): boolean {
  return resuming[native] === 1;
}

/** The same, if it is `next`. */
export function isNextFunction(native: number): boolean {
  return native === nextFunction;
}

/**
 * generator.__next__() or .send(value), called by an instruction: resumes within the running loop. Returns where to go
 * on, or 0 to have the native called (wrong arguments, finished generators).
 */
export function resumeByMethod(
  native: number,
  args: number,
  count: number,
  keywordNames: number,
  next: number,
  destination: number,
): number {
  if (keywordNames !== 0 || count < 1 || !isRef(args)) return 0;
  const type = words[refAt(args) << 1];
  const isSend = nativeTable[native].name === 'send';
  if (type !== T.generator && !(type === T.coroutine && isSend)) return 0;
  if (native === nextFunction && count === 2 && words[words[State.pc]] === Op.CALL) {
    return resume(refAt(args), 0, next, destination, ReturnKind.generatorDefault);
  }
  if (count !== (isSend ? 2 : 1)) return 0;
  return resume(refAt(args), isSend ? args + 1 : 0, next, destination, ReturnKind.generatorCall);
}
