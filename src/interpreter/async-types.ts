/** The types of what async generators hand out (async-generators.ts), and of the values they yield. */
import { T } from '../heap/fixed.ts';
import { RecordObject } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { isRef, refAt } from '../heap/values.ts';
import { declareType } from '../objects/declared-types.ts';

const hidden = { module: 'builtins', native: '', final: true };

/** The value that an async generator yields to its caller, as ASYNC_GEN_WRAP makes it to tell it from what it awaits. */
export const WRAPPED = declareType({ name: 'async_generator_wrapped_value', values: 1, ...hidden });
/** asend(), `__anext__`. Values: the generator, what to send at first. */
export const ASEND = declareType({ name: 'async_generator_asend', values: 2, ...hidden });
/** athrow(), aclose(). Values: the generator, the arguments of athrow() (type, value, traceback; NULL: aclose). */
export const ATHROW = declareType({ name: 'async_generator_athrow', values: 4, ...hidden });
/** anext() with a default. Values: the awaitable, the default. */
export const ANEXT = declareType({ name: 'anext_awaitable', values: 2, ...hidden });
/** What sys.get_asyncgen_hooks() answers. */
export const HOOKS = declareType({
  name: 'asyncgen_hooks',
  module: 'sys',
  native: '',
  bases: [T.tuple],
  final: true,
});

/** `aux` of asend() and athrow() objects. */
export enum AwaitState {
  created,
  awaited,
  closed,
}

export function isWrapped(slot: number): boolean {
  return isRef(slot) && words[refAt(slot) << 1] === WRAPPED;
}
export function awaitState(awaitable: number): AwaitState {
  return words[(awaitable << 1) + RecordObject.aux];
}
export function setAwaitState(awaitable: number, state: AwaitState): void {
  words[(awaitable << 1) + RecordObject.aux] = state;
}
