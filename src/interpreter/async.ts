/**
 * await, async for: what a coroutine may wait for. The objects that async generators hand out are in
 * async-generators.ts.
 */
import { State, T } from '../heap/fixed.ts';
import { Code, CodeFlag, Generator, GeneratorState } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isRef, refAt, setRef } from '../heap/values.ts';
import { newRecord, recordValue } from '../objects/declared-types.ts';
import { becomesPythonError, chainCause, raiseRuntimeError, raiseTypeError } from '../objects/errors.ts';
import { callSpecial } from '../objects/invoke.ts';
import { N } from '../objects/names.ts';
import { isIterator } from '../objects/operations.ts';
import { lookup, typeName, typeOf } from '../objects/types.ts';
import { newSend } from './async-generators.ts';
import { WRAPPED } from './async-types.ts';
import { generatorCode } from './generators.ts';
import { sourceAt } from './operands.ts';

/** GET_AWAITABLE (`dsi`): a coroutine itself, else what `__await__` returns. */
export function getAwaitable(pc: number, base: number): void {
  const d = base + words[pc + 1];
  awaitableIterator(sourceAt(pc + 2, base), d, words[pc + 3]);
  if (!isRef(d) || words[refAt(d) << 1] !== T.coroutine) return;
  const g = refAt(d) << 1;
  if (words[g + Generator.state] === GeneratorState.suspended && words[g + Generator.delegate] >= 0) {
    raiseRuntimeError('coroutine is being awaited already');
  }
}

/**
 * result = what `await object` sends to: a coroutine, or an iterator. `context` says what error messages name: 1
 * `__aenter__`, 2 `__aexit__`. May call Python.
 */
export function awaitableIterator(object: number, result: number, context: number): void {
  if (isRef(object)) {
    const ref = refAt(object);
    const type = words[ref << 1];
    const iterable =
      type === T.generator && (words[(generatorCode(ref) << 1) + Code.flags] & CodeFlag.iterableCoroutine) !== 0;
    if (type === T.coroutine || iterable) {
      copyValue(result, object);
      return;
    }
  }
  if (lookup(typeOf(object), N.__await__) === 0) {
    switch (context) {
      case 1:
        raiseTypeError(
          `'async with' received an object from __aenter__ that does not implement __await__: ${typeName(object)}`,
        );
        break;
      case 2:
        raiseTypeError(
          `'async with' received an object from __aexit__ that does not implement __await__: ${typeName(object)}`,
        );
        break;
      default:
        raiseTypeError(`'${typeName(object)}' object can't be awaited`);
    }
  }
  const slots = pushSlots(1);
  callSpecial(object, N.__await__, slots, 0, slots);
  if (isRef(slots) && isCoroutine(refAt(slots))) raiseTypeError('__await__() returned a coroutine');
  if (!isIterator(slots)) raiseTypeError(`__await__() returned non-iterator of type '${typeName(slots)}'`);
  copyValue(result, slots);
  popSlots(1);
}
function isCoroutine(ref: number): boolean {
  const type = words[ref << 1];
  return (
    type === T.coroutine ||
    (type === T.generator && (words[(generatorCode(ref) << 1) + Code.flags] & CodeFlag.iterableCoroutine) !== 0)
  );
}

/** GET_AITER (`ds`). */
export function getAsyncIterator(pc: number, base: number): void {
  const object = sourceAt(pc + 2, base);
  const slots = pushSlots(1);
  if (!callSpecial(object, N.__aiter__, slots, 0, slots)) {
    raiseTypeError(`'async for' requires an object with __aiter__ method, got ${typeName(object)}`);
  }
  if (lookup(typeOf(slots), N.__anext__) === 0) {
    raiseTypeError(
      `'async for' received an object from __aiter__ that does not implement __anext__: ${typeName(slots)}`,
    );
  }
  copyValue(base + words[pc + 1], slots);
  popSlots(1);
}

/** GET_ANEXT (`ds`): the awaitable of anext(s), ready to be sent to. */
export function getAsyncNext(pc: number, base: number): void {
  const object = sourceAt(pc + 2, base);
  const d = base + words[pc + 1];
  if (isRef(object) && words[refAt(object) << 1] === T.async_generator) {
    setRef(d, newSend(object, 0));
    return;
  }
  const slots = pushSlots(2);
  if (!callSpecial(object, N.__anext__, slots, 0, slots)) {
    raiseTypeError(`'async for' requires an iterator with __anext__ method, got ${typeName(object)}`);
  }
  try {
    awaitableIterator(slots, slots + 1, 0);
  } catch (error) {
    if (!becomesPythonError(error)) throw error;
    chainCause(T.TypeError, `'async for' received an invalid object from __anext__: ${typeName(slots)}`);
  }
  copyValue(d, slots + 1);
  words[State.stackTop] = slots;
}

/** ASYNC_GEN_WRAP (`ds`). */
export function wrapAsyncYield(pc: number, base: number): void {
  const wrapped = newRecord(WRAPPED);
  copyValue(recordValue(wrapped, 0), sourceAt(pc + 2, base));
  setRef(base + words[pc + 1], wrapped);
}
