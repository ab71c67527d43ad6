/**
 * The methods and attributes of generators and coroutines, what async generators share with them, and the type of what
 * a coroutine's `__await__` returns. What they do is in generators.ts.
 */
import { Fixed, State, T } from '../heap/fixed.ts';
import { Exception, FRAME_HEADER_CELLS, Generator, GeneratorFlag, GeneratorState, Kind } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef } from '../heap/values.ts';
import { declareType, newRecord, recordValue } from '../objects/declared-types.ts';
import {
  becomesPythonError,
  clearRaised,
  exceptionOf,
  isException,
  isExceptionClass,
  raise,
  raiseRuntimeError,
  raiseStopIteration,
  raiseTypeError,
} from '../objects/errors.ts';
import { call } from '../objects/invoke.ts';
import { getset, type NativeRoutine, natives } from '../objects/natives.ts';
import { newString, stringOf } from '../objects/strings.ts';
import { defineOperators } from '../objects/type-operators.ts';
import { isSubtype, kindAt, typeName } from '../objects/types.ts';
import { warn } from '../objects/warnings.ts';
import { frameObjectOf } from './frame-objects.ts';
import { closeGenerator, generatorCode, kindName, resumeNested, throwNested } from './generators.ts';
import { source } from './operands.ts';

const FRAME = Generator.frame >> 1;

/** What a coroutine's `__await__` returns: an iterator that does what the coroutine's own methods do. */
export const COROUTINE_WRAPPER = declareType({
  name: 'coroutine_wrapper',
  module: 'builtins',
  native: '',
  values: 1,
  final: true,
});

function isNone(slot: number): boolean {
  return isRef(slot) && refAt(slot) === Fixed.none;
}

/** Warns of the old form of throw() and athrow(), with more than one argument. May call Python. */
export function warnOfArguments(method: string, args: number): void {
  if (isNull(args + 1)) return;
  warn(
    T.DeprecationWarning,
    `the (type, exc, tb) signature of ${method}() is deprecated, use the single-arg signature instead.`,
  );
}

/**
 * The exception that the arguments of a throw() name (type, value, traceback from cell `args` on; NULL for those not
 * given), in cell `result`; its ref. May call Python.
 */
export function thrownException(args: number, result: number): number {
  const hasTraceback = !isNull(args + 2) && !isNone(args + 2);
  if (hasTraceback && kindAt(args + 2) !== Kind.traceback) {
    raiseTypeError('throw() third argument must be a traceback object');
  }
  const hasValue = !isNull(args + 1) && !isNone(args + 1);
  if (isExceptionClass(args)) {
    const top = words[State.stackTop];
    try {
      instantiate(args, hasValue, result);
    } catch (error) {
      // an error of the class's own is what is thrown
      if (!becomesPythonError(error)) throw error;
      words[State.stackTop] = top;
      setRef(result, clearRaised());
    }
  } else if (isException(args)) {
    if (hasValue) raiseTypeError('instance exception may not have a separate value');
    copyValue(result, args);
  } else {
    raiseTypeError(`exceptions must be classes or instances deriving from BaseException, not ${typeName(args)}`);
  }
  if (hasTraceback) words[(refAt(result) << 1) + Exception.traceback] = refAt(args + 2);
  return refAt(result);
}

/** result = the exception that a class and a value (cell `args + 1`, if there is one) make. */
function instantiate(args: number, hasValue: boolean, result: number): void {
  if (!hasValue) setRef(result, exceptionOf(args));
  else if (isException(args + 1) && isSubtype(words[refAt(args + 1) << 1], refAt(args))) copyValue(result, args + 1);
  else {
    if (kindAt(args + 1) === Kind.tuple) call(args, refAt(args + 1) + 1, words[(refAt(args + 1) << 1) + 1], result);
    else call(args, args + 1, 1, result);
    if (!isException(result)) raiseTypeError('exceptions must derive from BaseException');
  }
}

/** generator.send(value): the value yielded, or StopIteration. */
export function sendTo(generator: number, value: number, result: number): void {
  if (words[generator << 1] === T.coroutine && words[(generator << 1) + Generator.state] === GeneratorState.closed) {
    raiseRuntimeError('cannot reuse already awaited coroutine');
  }
  if (!resumeNested(generator, value, result)) raiseStopIteration(result);
}
function throwInto(generator: number, args: number, result: number): void {
  const slots = pushSlots(1);
  warnOfArguments('throw', args);
  const exception = thrownException(args, slots);
  const yielded = throwNested(generator, exception, result);
  popSlots(1);
  if (!yielded) raiseStopIteration(result);
}

const send: NativeRoutine = (args, result) => sendTo(refAt(args), args + 1, result);

natives(T.generator, {
  'send(self, value, /)': send,
  '__next__(self, /)': (args, result) => {
    if (!resumeNested(refAt(args), 0, result)) raiseStopIteration(result);
  },
});
natives(T.coroutine, { 'send(self, value, /)': send });

for (const type of [T.generator, T.coroutine]) {
  natives(type, {
    'throw(self, typ, val=..., tb=..., /)': (args, result) => throwInto(refAt(args), args + 1, result),
    'close(self, /)': (args, result) => closeGenerator(refAt(args), result),
  });
}
natives(T.coroutine, {
  '__await__(self, /)': (args, result) => {
    const wrapper = newRecord(COROUTINE_WRAPPER);
    copyValue(recordValue(wrapper, 0), args);
    setRef(result, wrapper);
  },
});
const wrapped = (args: number): number => refAt(recordValue(refAt(args), 0));
natives(COROUTINE_WRAPPER, {
  '__iter__(self, /)': (args, result) => copyValue(result, args),
  '__next__(self, /)': (args, result) => sendTo(wrapped(args), 0, result),
  'send(self, value, /)': (args, result) => sendTo(wrapped(args), args + 1, result),
  'throw(self, typ, val=..., tb=..., /)': (args, result) => throwInto(wrapped(args), args + 1, result),
  'close(self, /)': (args, result) => closeGenerator(wrapped(args), result),
});

// attributes ----------------------------------------------------------------------------------------------------------

function setTruth(result: number, value: boolean): void {
  setRef(result, value ? Fixed.true : Fixed.false);
}
function setNameOf(object: number, value: number, field: Generator, name: string): void {
  if (isNull(value) || !isRef(value) || !isSubtype(words[refAt(value) << 1], T.str)) {
    raise(T.TypeError, `${name} must be set to a string object`);
  }
  words[(refAt(object) << 1) + field] = refAt(value);
}

const prefixes: readonly (readonly [T, string])[] = [
  [T.generator, 'gi'],
  [T.coroutine, 'cr'],
  [T.async_generator, 'ag'],
];
for (const [type, prefix] of prefixes) {
  getset(type, `${prefix}_code`, (object, result) => setRef(result, generatorCode(refAt(object))));
  getset(type, `${prefix}_running`, (object, result) => {
    const g = refAt(object) << 1;
    setTruth(
      result,
      type === T.async_generator
        ? (words[g + Generator.flags] & GeneratorFlag.running) !== 0
        : words[g + Generator.state] === GeneratorState.running,
    );
  });
  getset(type, `${prefix}_suspended`, (object, result) =>
    setTruth(result, words[(refAt(object) << 1) + Generator.state] === GeneratorState.suspended),
  );
  getset(type, `${prefix}_frame`, (object, result) => {
    const generator = refAt(object);
    const closed = words[(generator << 1) + Generator.state] === GeneratorState.closed;
    setRef(result, closed ? Fixed.none : frameObjectOf(generator + FRAME));
  });
  getset(type, prefix === 'gi' ? 'gi_yieldfrom' : `${prefix}_await`, (object, result) => {
    const generator = refAt(object);
    const at = words[(generator << 1) + Generator.delegate];
    if (at < 0 || words[(generator << 1) + Generator.state] !== GeneratorState.suspended) setRef(result, Fixed.none);
    else copyValue(result, source(words[at + 2], generator + FRAME + FRAME_HEADER_CELLS));
  });
  for (const [name, field] of [
    ['__name__', Generator.name],
    ['__qualname__', Generator.qualname],
  ] as const) {
    getset(
      type,
      name,
      (object, result) => setRef(result, words[(refAt(object) << 1) + field]),
      (object, value) => setNameOf(object, value, field, name),
    );
  }
  defineOperators(type, {
    ...(type === T.generator
      ? {
          iterate: (object: number, result: number) => copyValue(result, object),
          next: (object: number, result: number) => resumeNested(refAt(object), 0, result),
        }
      : {}),
    repr: (object) => {
      const ref = refAt(object);
      const name = stringOf(words[(ref << 1) + Generator.qualname]);
      return newString(`<${kindName(ref).replace(' ', '_')} object ${name} at 0x${(ref * 8).toString(16)}>`);
    },
  });
}
getset(T.coroutine, 'cr_origin', (object, result) => {
  setRef(result, words[(refAt(object) << 1) + Generator.extra] || Fixed.none);
});
