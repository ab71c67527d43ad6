/**
 * await: what a coroutine may wait for. Async generators and async for/with run on the same instructions once their
 * objects exist; until then their instructions say so.
 */
import { State, T } from '../heap/fixed.ts';
import { Code, CodeFlag, Generator, GeneratorState } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isRef, refAt } from '../heap/values.ts';
import { raise, raiseRuntimeError, raiseTypeError } from '../objects/errors.ts';
import { callSpecial } from '../objects/invoke.ts';
import { N } from '../objects/names.ts';
import { isIterator } from '../objects/operations.ts';
import { lookup, typeName, typeOf } from '../objects/types.ts';
import { sourceAt } from './operands.ts';

/** GET_AWAITABLE (`dsi`): a coroutine itself, else what `__await__` returns. */
export function getAwaitable(pc: number, base: number): void {
  const object = sourceAt(pc + 2, base);
  const d = base + words[pc + 1];
  if (isRef(object)) {
    const ref = refAt(object);
    const type = words[ref << 1];
    if (type === T.coroutine) {
      const g = ref << 1;
      if (words[g + Generator.state] === GeneratorState.suspended && words[g + Generator.delegate] >= 0) {
        raiseRuntimeError('coroutine is being awaited already');
      }
      copyValue(d, object);
      return;
    }
    if (type === T.generator) {
      const code = words[(ref << 1) + Generator.code];
      if ((words[(code << 1) + Code.flags] & CodeFlag.iterableCoroutine) !== 0) {
        copyValue(d, object);
        return;
      }
    }
  }
  if (lookup(typeOf(object), N.__await__) === 0) {
    switch (words[pc + 3]) {
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
  if (isRef(slots) && words[refAt(slots) << 1] === T.coroutine) raiseTypeError('__await__() returned a coroutine');
  if (!isIterator(slots)) raiseTypeError(`__await__() returned non-iterator of type '${typeName(slots)}'`);
  copyValue(d, slots);
  popSlots(1);
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
  const slots = pushSlots(2);
  if (!callSpecial(object, N.__anext__, slots, 0, slots)) {
    raiseTypeError(`'async for' requires an iterator with __anext__ method, got ${typeName(object)}`);
  }
  if (!isRef(slots) || words[refAt(slots) << 1] !== T.coroutine) {
    if (lookup(typeOf(slots), N.__await__) === 0) {
      raiseTypeError(`'async for' received an invalid object from __anext__: ${typeName(slots)}`);
    }
    callSpecial(slots, N.__await__, slots + 1, 0, slots + 1);
    copyValue(slots, slots + 1);
  }
  copyValue(base + words[pc + 1], slots);
  words[State.stackTop] = slots;
}

/** ASYNC_GEN_WRAP (`ds`). */
export function wrapAsyncYield(_pc: number, _base: number): never {
  return raise(T.NotImplementedError, 'async generators are not implemented yet');
}
