/**
 * What happens to generators that die unfinished: those that wait inside a `try` or `with` are closed, so that their
 * `finally` clauses run; coroutines that were never awaited are warned of; async generators are given to their finalizer
 * hook. CPython does so when the last reference goes, copyjit when a collection finds out, or at exit.
 *
 * Only generators for which that can matter are noted: a plain one whose code has no exception table is not. The notes
 * can be made anew from the heap.
 */
import { addFinalizerScanner, addRootScanner, mark } from '../heap/collector.ts';
import { InterruptFlag, State, T } from '../heap/fixed.ts';
import { Code, Frame, Generator, GeneratorFlag, GeneratorState } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { isNull, refAt, setRef } from '../heap/values.ts';
import { recordValue } from '../objects/declared-types.ts';
import { becomesPythonError } from '../objects/errors.ts';
import { call } from '../objects/invoke.ts';
import { repr } from '../objects/operations.ts';
import { stringOf } from '../objects/strings.ts';
import { reportUnraisable } from '../objects/unraisable.ts';
import { warn, warnUnawaited } from '../objects/warnings.ts';
import { ASEND, ATHROW, AwaitState, awaitState, setAwaitState } from './async-types.ts';
import { findHandler, firstInstruction } from './frames.ts';
import { addFinalizer } from './safe-point.ts';

/** Refs of living objects, in the order of their creation. */
let noted: number[] = [];
/** Found dead by a collection, to be dealt with at the next safe point; they are alive until then. */
const dying: number[] = [];
addRootScanner(() => {
  for (const ref of dying) mark(ref);
});

/** Called for every new generator. */
export function noteGenerator(generator: number, code: number): void {
  if (words[generator << 1] !== T.generator || words[(code << 1) + Code.exceptionTable] !== 0) noted.push(generator);
}

/** Called for every new asend(), athrow() or aclose() that a program asks for; answers the same ref. */
export function noteAwaitable(awaitable: number): number {
  noted.push(awaitable);
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

addFinalizerScanner((isMarked) => {
  const kept: number[] = [];
  const dead: number[] = [];
  for (const ref of noted) {
    if (isMarked(ref)) kept.push(ref);
    else if (matters(ref)) dead.push(ref);
  }
  noted = kept;
  if (dead.length === 0) return;
  for (const ref of dead) mark(ref);
  dying.push(...dead);
  words[State.interrupt] |= InterruptFlag.finalize;
});

/** Deals with what collections have found dead. May call Python; raises nothing. */
function finalizeDying(): void {
  while (dying.length > 0) finalize(dying.shift()!);
}
addFinalizer(finalizeDying);

/** At exit: whatever is unfinished ends now, in the order of creation. May call Python; raises nothing. */
export function finalizeGenerators(): void {
  finalizeDying();
  const all = noted.filter(matters);
  noted = [];
  dying.push(...all);
  finalizeDying();
}

function finalize(generator: number): void {
  const g = generator << 1;
  if (!matters(generator)) return;
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
    const isHook = words[g] === T.async_generator && words[g + Generator.extra] !== 0;
    reportUnraisable(isHook ? 'Exception ignored while calling finalizer' : closingText(slots), isHook ? slots + 1 : 0);
  }
  popSlots(3);
}

function closingText(slot: number): string {
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
  return `Exception ignored while closing generator ${shown}`;
}

let close: (generator: number, result: number) => void = () => {};
/** How a generator is closed: generators.ts, which imports this file, says so. */
export function setGeneratorCloser(closer: (generator: number, result: number) => void): void {
  close = closer;
}
