/**
 * Returns that are not plain deliveries, and yields out of a nested run: what ReturnKind asks for. The fast ones are in
 * the loop itself.
 */
import { Op } from '../compiler/instructions.ts';
import { Fixed, State, StateCell, T } from '../heap/fixed.ts';
import { FRAME_HEADER_CELLS, Frame, Generator, GeneratorFlag, GeneratorState } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef } from '../heap/values.ts';
import { initialize } from '../objects/classes.ts';
import { recordValue } from '../objects/declared-types.ts';
import { raise, raiseStopIteration, raiseTypeError } from '../objects/errors.ts';
import { storeCached } from '../objects/lru-caches.ts';
import { N } from '../objects/names.ts';
import { inheritsNative, isSubtype, typeName, typeOf } from '../objects/types.ts';
import { checkBool, operatorFallback } from './arithmetic.ts';
import { AwaitState, isWrapped, setAwaitState } from './async-types.ts';
import { detachFrameObject } from './frame-objects.ts';
import { ReturnKind } from './frames.ts';

const H = FRAME_HEADER_CELLS;
const SCRATCH = StateCell.scratch + 36;

/** The asend() object that the SEND before `next` in frame `caller` sends to has done its work. */
export function endSend(caller: number, next: number): void {
  const awaitable = refAt(caller + H + words[next - SEND_WORDS + 2]);
  setAwaitState(awaitable, AwaitState.closed);
}
const SEND_WORDS = 5;

/** The register with the default of `next(iterator, default)`, called by the CALL that ends before `next`. */
export function defaultRegister(next: number): number {
  return words[next - CALL_WORDS + 2] + 3;
}
const CALL_WORDS = 8;
const CALL_KW_WORDS = 5;

/** First of the registers of the call that ends before `next`: callable, self or NULL, arguments. */
export function callRegister(kind: ReturnKind, next: number): number {
  return words[next - (kind === ReturnKind.construct ? CALL_WORDS : CALL_KW_WORDS) + 2];
}
/** How many registers of the call follow that one. */
export function callRegisters(kind: ReturnKind, next: number): number {
  return words[next - (kind === ReturnKind.construct ? CALL_WORDS : CALL_KW_WORDS) + 3] + 1;
}

/** `__new__` gave the object in cell `value`: if it is not of the class called but of a subclass, its `__init__` is called. */
function deliverMade(kind: ReturnKind, base: number, next: number, value: number, d: number): void {
  const call = base + callRegister(kind, next);
  const type = typeOf(value);
  if (type === refAt(call) || !isSubtype(type, refAt(call)) || inheritsNative(type, N.__init__, T.object)) {
    copyValue(d, value);
    return;
  }
  const first = isNull(call + 1) ? call + 2 : call + 1;
  const count = call + 1 + callRegisters(kind, next) - first;
  const names = kind === ReturnKind.construct ? 0 : words[words[next - 1] << 1];
  // the value lies where the frame lay, which is about to be used
  copyValue(SCRATCH, value);
  const slots = pushSlots(count + 2);
  copyValue(slots, SCRATCH);
  for (let i = 0; i < count; i++) copyValue(slots + 2 + i, first + i);
  initialize(slots, type, count, names);
  copyValue(d, slots);
  popSlots(count + 2);
}

/**
 * The running frame returns (or, with ReturnKind.generatorExit, yields) the value in cell `value`. Returns the word
 * index at which the loop goes on, 0 if this ended the run. May raise in the caller's frame.
 */
export function returnSlow(pc: number, value: number): number {
  const frame = words[State.frame];
  const f = frame << 1;
  const kind: ReturnKind = words[f + Frame.returnKind];
  const caller = words[f + Frame.caller];
  const next = words[f + Frame.returnAddress];
  const destination = words[f + Frame.destination];
  const generator = words[f + Frame.generator];
  if (generator !== 0) {
    const g = generator << 1;
    const outer = words[g + Generator.handled];
    if (words[pc] === Op.YIELD) {
      const own = (words[g + Generator.flags] & GeneratorFlag.handlesOuter) !== 0 || words[State.handled] !== outer;
      words[g + Generator.handled] = own ? words[State.handled] : 0;
      words[g + Generator.state] = GeneratorState.suspended;
      words[f + Frame.returnAddress] = pc + 3;
      words[f + Frame.destination] = words[pc + 1];
      words[f + Frame.caller] = 0;
    } else {
      words[g + Generator.state] = GeneratorState.closed;
      if (words[g] === T.async_generator) {
        words[g + Generator.flags] = (words[g + Generator.flags] & ~GeneratorFlag.running) | GeneratorFlag.closed;
      }
      words[g + Generator.handled] = 0;
      if (words[f + Frame.object] !== 0) detachFrameObject(frame);
    }
    words[State.handled] = outer;
  } else if (words[f + Frame.object] !== 0) detachFrameObject(frame);

  words[State.frame] = caller;
  if (kind === ReturnKind.exit || kind === ReturnKind.generatorExit) {
    copyValue(destination, value);
    return 0;
  }
  // errors below belong to the caller's instruction
  words[State.pc] = next - 1;
  words[State.stackTop] = words[(caller << 1) + Frame.top];
  const d = caller + H + destination;
  switch (kind) {
    case ReturnKind.deliver:
    case ReturnKind.next:
    case ReturnKind.attribute:
      copyValue(d, value);
      return next;
    case ReturnKind.discard:
      return next;
    case ReturnKind.initialize:
      if (!isRef(value) || refAt(value) !== Fixed.none) {
        raiseTypeError(`__init__() should return None, not '${typeName(value)}'`);
      }
      copyValue(d, frame - 1);
      return next;
    case ReturnKind.cached: {
      // the fresh slots lie where the frame lay
      for (let i = 0; i < 3; i++) copyValue(SCRATCH + i, frame - 3 + i);
      copyValue(SCRATCH + 3, value);
      const slots = pushSlots(5);
      for (let i = 0; i < 4; i++) copyValue(slots + 1 + i, SCRATCH + i);
      if (!isNull(slots + 2)) storeCached(slots + 1, slots + 2, slots + 4);
      copyValue(d, slots + 4);
      popSlots(5);
      return next;
    }
    case ReturnKind.jumpIfFalse:
      return checkBool(value) ? next : words[next - 1];
    case ReturnKind.jumpIfTrue:
      return checkBool(value) ? words[next - 1] : next;
    case ReturnKind.not:
      setRef(d, checkBool(value) ? Fixed.false : Fixed.true);
      return next;
    case ReturnKind.truth:
      setRef(d, checkBool(value) ? Fixed.true : Fixed.false);
      return next;
    case ReturnKind.binary:
    case ReturnKind.binaryLast:
    case ReturnKind.compare:
    case ReturnKind.compareLast:
      if (isRef(value) && refAt(value) === Fixed.notImplemented) {
        operatorFallback(
          next,
          kind <= ReturnKind.binaryLast,
          kind === ReturnKind.binaryLast || kind === ReturnKind.compareLast,
        );
      } else copyValue(d, value);
      return next;
    case ReturnKind.generatorNext:
      return words[next - 2];
    case ReturnKind.generatorSend: {
      const outer = words[(caller << 1) + Frame.generator];
      if (outer !== 0) words[(outer << 1) + Generator.delegate] = -1;
      copyValue(d, value);
      return words[next - 1];
    }
    case ReturnKind.asyncSend: {
      const isYield = words[pc] === Op.YIELD;
      if (isYield && !isWrapped(value)) {
        copyValue(d, value);
        return next;
      }
      const outer = words[(caller << 1) + Frame.generator];
      if (outer !== 0) words[(outer << 1) + Generator.delegate] = -1;
      endSend(caller, next);
      if (!isYield) raise(T.StopAsyncIteration, '');
      words[(generator << 1) + Generator.flags] &= ~GeneratorFlag.running;
      copyValue(d, recordValue(refAt(value), 0));
      return words[next - 1];
    }
    case ReturnKind.construct:
    case ReturnKind.constructNamed:
      deliverMade(kind, caller + H, next, value, d);
      return next;
    case ReturnKind.generatorDefault:
      copyValue(d, caller + H + defaultRegister(next));
      return next;
    case ReturnKind.generatorCall:
      return raiseStopIteration(value);
    default:
      throw new Error(`return kind ${kind}`);
  }
}
