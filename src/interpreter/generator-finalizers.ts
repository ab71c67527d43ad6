/**
 * What happens to generators that die unfinished: those that wait inside a `try` or `with` are closed, so that their
 * `finally` clauses run; coroutines that were never awaited are warned of; async generators are given to their finalizer
 * hook. CPython does so when the last reference goes, copyjit when a collection finds out, or at exit.
 *
 * heap/finalization.ts finds them and asks here whether there is anything to do; only generators of code with
 * CodeFlag.finalizes are known to it.
 */
import { registerFinalizable, setNativeFinalizerTest } from '../heap/finalization.ts';
import { State, T } from '../heap/fixed.ts';
import { Frame, Generator, GeneratorFlag, GeneratorState, Kind, Type } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { isNull, refAt, setRef } from '../heap/values.ts';
import { recordValue } from '../objects/declared-types.ts';
import { becomesPythonError } from '../objects/errors.ts';
import { setNativeFinalizer } from '../objects/finalizers.ts';
import { call } from '../objects/invoke.ts';
import { repr } from '../objects/operations.ts';
import { stringOf } from '../objects/strings.ts';
import { reportUnraisable } from '../objects/unraisable.ts';
import { warn, warnUnawaited } from '../objects/warnings.ts';
import { ASEND, ATHROW, AwaitState, awaitState, setAwaitState } from './async-types.ts';
import { findHandler, firstInstruction } from './frames.ts';

/** Called for every new asend(), athrow() or aclose() that a program asks for; answers the same ref. */
export function noteAwaitable(awaitable: number): number {
  registerFinalizable(awaitable);
  return awaitable;
}

/** Would finalizing the object do anything? */
function matters(generator: number): boolean {
  const g = generator << 1;
  if (words[g] === ASEND || words[g] === ATHROW) return awaitState(generator) === AwaitState.created;
  switch (words[g + Generator.state]) {
    case GeneratorState.created:
      return words[g] === T.coroutine || words[g + Generator.extra] !== 0;
    case GeneratorState.suspended: {
      if (words[g] === T.async_generator && words[g + Generator.extra] !== 0) {
        return (words[g + Generator.flags] & GeneratorFlag.closed) === 0;
      }
      const code = words[g + Generator.frame + Frame.code];
      const yieldAt = words[g + Generator.frame + Frame.returnAddress] - 3;
      return findHandler(code, yieldAt - firstInstruction(code)) !== 0;
    }
  }
  return false;
}

const isAwaitable = (type: number): boolean => type === ASEND || type === ATHROW;
const isGenerator = (type: number): boolean => words[(type << 1) + Type.kind] === Kind.generator;
setNativeFinalizerTest((ref) => {
  const type = words[ref << 1];
  return !(isGenerator(type) || isAwaitable(type)) || matters(ref);
});
setNativeFinalizer(finalize);

function finalize(generator: number): void {
  const g = generator << 1;
  if (!(isGenerator(words[g]) || isAwaitable(words[g])) || !matters(generator)) return;
  const slots = pushSlots(3);
  setRef(slots, generator);
  try {
    if (words[g] === ASEND || words[g] === ATHROW) {
      setAwaitState(generator, AwaitState.closed);
      const of = refAt(recordValue(generator, 0));
      const method = words[g] === ASEND ? 'asend' : isNull(recordValue(generator, 1)) ? 'aclose' : 'athrow';
      const name = stringOf(words[(of << 1) + Generator.qualname]);
      warn(T.RuntimeWarning, `coroutine method '${method}' of '${name}' was never awaited`);
    } else if (words[g] === T.async_generator && words[g + Generator.extra] !== 0) {
      setRef(slots + 1, words[g + Generator.extra]);
      call(slots + 1, slots, 1, slots + 2);
    } else if (words[g + Generator.state] === GeneratorState.created) {
      warnUnawaited(slots);
      words[g + Generator.state] = GeneratorState.closed;
    } else close(generator, slots + 1);
  } catch (error) {
    if (!becomesPythonError(error)) throw error;
    words[State.stackTop] = slots + 3;
    const kind = words[g] === T.coroutine ? 'finalizing coroutine' : 'closing generator';
    const isHook = words[g] === T.async_generator && words[g + Generator.extra] !== 0;
    reportUnraisable(
      `Exception ignored while ${isHook ? 'calling finalizer' : kind} ${shownText(slots + (isHook ? 1 : 0))}`,
      0,
    );
  }
  popSlots(3);
}

/** repr() of what caused it, while an exception is in flight. */
function shownText(slot: number): string {
  const raised = words[State.raised];
  const saved = pushSlots(1);
  setRef(saved, raised);
  let shown = '<unknown>';
  try {
    shown = stringOf(repr(slot));
  } catch (error) {
    if (!becomesPythonError(error)) throw error;
  }
  words[State.raised] = raised;
  popSlots(1);
  return shown;
}

let close: (generator: number, result: number) => void = () => {};
/** How a generator is closed: generators.ts, which imports this file, says so. */
export function setGeneratorCloser(closer: (generator: number, result: number) => void): void {
  close = closer;
}
