/**
 * Generators, coroutines and async generators: they own their frame, which runs in place. Resuming links the frame to
 * the caller as if it had been pushed; a yield unlinks it. A call of `send` or `__next__` and the instructions FOR_ITER
 * and SEND resume within the running loop; `throw` and `close`, and calls from natives, run a nested one.
 */
import { Fixed, State, T } from '../heap/fixed.ts';
import {
  Code,
  CodeFlag,
  Exception,
  FRAME_HEADER_CELLS,
  Frame,
  FunctionObject,
  Generator,
  GeneratorState,
} from '../heap/layouts.ts';
import { allocate, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef } from '../heap/values.ts';
import { findAttribute } from '../objects/attributes.ts';
import {
  clearRaised,
  exceptionOf,
  isException,
  isPythonError,
  matchesRaised,
  newException,
  raise,
  raiseRuntimeError,
  raiseStopIteration,
  raiseTypeError,
  raiseValueError,
  throwException,
} from '../objects/errors.ts';
import { call } from '../objects/invoke.ts';
import { N } from '../objects/names.ts';
import { getset, natives, nativeTable } from '../objects/natives.ts';
import { intern, newString, stringOf } from '../objects/strings.ts';
import { defineOperators } from '../objects/type-operators.ts';
import { typeName } from '../objects/types.ts';
import { checkDepth } from './calls.ts';
import { frameObjectOf } from './frame-objects.ts';
import { firstInstruction, ReturnKind } from './frames.ts';
import { jit } from './jit-hooks.ts';
import { run } from './loop.ts';
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
  words[g + Generator.code] = code;
  words[g + Generator.handled] = 0;
  words[g + Generator.delegate] = -1;
  words[g + Generator.registerCount] = registers;
  const own = generator + FRAME;
  for (let cell = 0; cell < H + registers; cell++) copyValue(own + cell, frame + cell);
  const f = own << 1;
  words[f + Frame.caller] = 0;
  words[f + Frame.returnAddress] = words[State.pc] + 1;
  words[f + Frame.destination] = -1;
  words[f + Frame.nativeReturn] = 0;
  words[f + Frame.object] = 0;
  words[f + Frame.generator] = generator;
  setRef(base, generator);
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

function kindName(generator: number): string {
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

/** Raises `exception` at the generator's present yield, in a nested run; as resumeNested. Delegates come first. */
export function throwNested(generator: number, exception: number, result: number): boolean {
  jit.hooks.nestedRun();
  const g = generator << 1;
  const state = words[g + Generator.state];
  if (state === GeneratorState.running) raiseValueError(`${kindName(generator)} already executing`);
  if (state === GeneratorState.closed) {
    throwKeepingContext(exception);
  }
  const slots = pushSlots(2);
  setRef(slots, generator);
  setRef(slots + 1, exception);
  if (words[g + Generator.delegate] >= 0) {
    const sendPc = words[g + Generator.delegate];
    const delegate = source(words[sendPc + 2], generator + FRAME + H);
    try {
      words[g + Generator.state] = GeneratorState.running;
      if (throwIntoDelegate(delegate, exception, result)) {
        words[g + Generator.state] = state;
        popSlots(2);
        return true;
      }
    } catch (error) {
      if (!isPythonError(error)) throw error;
      exception = clearRaised();
      setRef(slots + 1, exception);
    }
    words[g + Generator.state] = state;
    words[g + Generator.delegate] = -1;
  }
  const frame = words[State.frame];
  const pc = words[State.pc];
  const top = words[State.stackTop];
  try {
    const f = (generator + FRAME) << 1;
    const at =
      state === GeneratorState.created
        ? firstInstruction(words[g + Generator.code])
        : words[f + Frame.returnAddress] - 3;
    link(generator, pc + 1, result, ReturnKind.generatorExit);
    words[State.pc] = at;
    words[State.raised] = exception;
    return runNested(generator, 0);
  } finally {
    words[State.frame] = frame;
    words[State.pc] = pc;
    words[State.stackTop] = top - 2;
  }
}

function throwKeepingContext(exception: number): never {
  throwException(exception);
}

/**
 * throw() into what a generator delegates to. True: it yielded `result`. Otherwise it raised, or has no throw method and
 * the exception itself is to be raised in the delegating generator (false).
 */
function throwIntoDelegate(delegate: number, exception: number, result: number): boolean {
  const exit = words[exception << 1] === T.GeneratorExit;
  if (isGenerator(delegate)) {
    if (exit) {
      closeGenerator(refAt(delegate));
      return false;
    }
    if (throwNested(refAt(delegate), exception, result)) return true;
    raiseStopIteration(result);
  }
  const slots = pushSlots(2);
  if (exit) {
    if (findAttribute(delegate, N.close, slots)) call(slots, slots, 0, slots);
    popSlots(2);
    return false;
  }
  setRef(slots + 1, exception);
  if (findAttribute(delegate, throwName(), slots)) {
    call(slots, slots + 1, 1, result);
    popSlots(2);
    return true;
  }
  popSlots(2);
  return false;
}
let throwNameRef = 0;
function throwName(): number {
  if (throwNameRef === 0) throwNameRef = intern('throw');
  return throwNameRef;
}

/** generator.close(): GeneratorExit at its yield; RuntimeError if it yields again. */
export function closeGenerator(generator: number): void {
  const g = generator << 1;
  const state = words[g + Generator.state];
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
  } catch (error) {
    if (!matchesRaised(error, T.GeneratorExit) && !matchesRaised(error, T.StopIteration)) throw error;
    clearRaised();
  }
  words[State.stackTop] = slots;
}

// Methods. Those that resume are recognized by calls.ts, which then resumes within the running loop.

let firstMethod = 0;
let lastMethod = 0;

/** Number of the builtin function `next`, which on a generator does what its `__next__` does. */
let nextFunction = 0;
/** Once all natives are declared. */
export function findNextFunction(): void {
  nextFunction = nativeTable.findIndex(({ owner, name }) => owner === 'builtins' && name === 'next');
}

/** True for the natives that `resumeByMethod` may replace. */
export function isGeneratorMethod(native: number): boolean {
  return (native >= firstMethod && native <= lastMethod) || native === nextFunction;
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
  if (type !== T.generator && type !== T.coroutine) return 0;
  const isSend = nativeTable[native].name === 'send';
  if (count !== (isSend ? 2 : 1)) return 0;
  return resume(refAt(args), isSend ? args + 1 : 0, next, destination, ReturnKind.generatorCall);
}

function sendNative(args: number, result: number): void {
  const generator = refAt(args);
  if (words[generator << 1] === T.coroutine && words[(generator << 1) + Generator.state] === GeneratorState.closed) {
    raiseRuntimeError('cannot reuse already awaited coroutine');
  }
  if (!resumeNested(generator, args + 1, result)) raiseStopIteration(result);
}
function throwNative(args: number, result: number): void {
  const generator = refAt(args);
  const slots = pushSlots(1);
  let exception: number;
  if (!isNull(args + 2) && !(isRef(args + 2) && refAt(args + 2) === Fixed.none)) {
    if (isException(args + 1)) raiseTypeError('instance exception may not have a separate value');
    if (isException(args + 2)) exception = refAt(args + 2);
    else {
      call(args + 1, args + 2, 1, slots);
      exception = exceptionOf(slots);
    }
  } else {
    if (!isException(args + 1) && !isExceptionType(args + 1)) {
      raiseTypeError(`exceptions must be classes or instances deriving from BaseException, not ${typeName(args + 1)}`);
    }
    exception = exceptionOf(args + 1);
  }
  if (!isNull(args + 3) && isRef(args + 3) && words[refAt(args + 3) << 1] === T.traceback) {
    words[(exception << 1) + Exception.traceback] = refAt(args + 3);
  }
  setRef(slots, exception);
  const yielded = throwNested(generator, exception, result);
  popSlots(1);
  if (!yielded) raiseStopIteration(result);
}
function isExceptionType(slot: number): boolean {
  return isRef(slot) && words[refAt(slot) << 1] === T.type;
}

for (const type of [T.generator, T.coroutine]) {
  natives(type, {
    'send(self, value, /)': sendNative,
  });
  if (type === T.generator) firstMethod = nativeTable.length - 1;
  if (type === T.generator) {
    natives(type, {
      '__next__(self, /)': (args, result) => {
        if (!resumeNested(refAt(args), 0, result)) raiseStopIteration(result);
      },
    });
  }
  lastMethod = nativeTable.length - 1;
}
for (const type of [T.generator, T.coroutine]) {
  natives(type, {
    'throw(self, typ, val=..., tb=..., /)': throwNative,
    'close(self, /)': (args, result) => {
      closeGenerator(refAt(args));
      setRef(result, Fixed.none);
    },
  });
}
natives(T.coroutine, {
  '__await__(self, /)': (args, result) => copyValue(result, args),
});

const prefixes: readonly (readonly [T, string])[] = [
  [T.generator, 'gi'],
  [T.coroutine, 'cr'],
  [T.async_generator, 'ag'],
];
for (const [type, prefix] of prefixes) {
  getset(type, `${prefix}_code`, (object, result) => setRef(result, words[(refAt(object) << 1) + Generator.code]));
  getset(type, `${prefix}_running`, (object, result) =>
    setRef(result, words[(refAt(object) << 1) + Generator.state] === GeneratorState.running ? Fixed.true : Fixed.false),
  );
  getset(type, `${prefix}_suspended`, (object, result) =>
    setRef(
      result,
      words[(refAt(object) << 1) + Generator.state] === GeneratorState.suspended ? Fixed.true : Fixed.false,
    ),
  );
  getset(type, `${prefix}_frame`, (object, result) => {
    const generator = refAt(object);
    const closed = words[(generator << 1) + Generator.state] === GeneratorState.closed;
    setRef(result, closed ? Fixed.none : frameObjectOf(generator + FRAME));
  });
  getset(type, prefix === 'gi' ? 'gi_yieldfrom' : `${prefix}_await`, (object, result) => {
    const generator = refAt(object);
    const send = words[(generator << 1) + Generator.delegate];
    if (send < 0 || words[(generator << 1) + Generator.state] !== GeneratorState.suspended) setRef(result, Fixed.none);
    else copyValue(result, source(words[send + 2], generator + FRAME + H));
  });
  getset(
    type,
    '__name__',
    (object, result) => setRef(result, words[(refAt(object) << 1) + Generator.name]),
    (object, value) => {
      words[(refAt(object) << 1) + Generator.name] = nameValue(value, '__name__');
    },
  );
  getset(
    type,
    '__qualname__',
    (object, result) => setRef(result, words[(refAt(object) << 1) + Generator.qualname]),
    (object, value) => {
      words[(refAt(object) << 1) + Generator.qualname] = nameValue(value, '__qualname__');
    },
  );
  defineOperators(type, {
    ...(type === T.generator
      ? {
          iterate: (object: number, result: number) => copyValue(result, object),
          next: (object: number, result: number) => resumeNested(refAt(object), 0, result),
        }
      : {}),
    repr: (object) =>
      newString(
        `<${kindName(refAt(object)).replace(' ', '_')} object ${stringOf(words[(refAt(object) << 1) + Generator.qualname])} at 0x${(refAt(object) * 8).toString(16).padStart(12, '0')}>`,
      ),
  });
}
function nameValue(value: number, name: string): number {
  if (value === 0 || isNull(value) || !isRef(value) || words[refAt(value) << 1] !== T.str) {
    raise(T.TypeError, `${name} must be set to a string object`);
  }
  return refAt(value);
}
