/**
 * Exceptions in flight: finds the handler by the code's exception table, adds traceback entries, pops frames. What a
 * popped frame's ReturnKind makes of an exception (StopIteration ends a loop, ...) is decided here as well.
 */

import { instructionLength, Op } from '../compiler/instructions.ts';
import { State, T } from '../heap/fixed.ts';
import {
  Code,
  CodeFlag,
  Exception,
  ExceptionFlag,
  FRAME_HEADER_CELLS,
  Frame,
  Generator,
  GeneratorFlag,
  GeneratorState,
  Traceback,
} from '../heap/layouts.ts';
import { allocate, HeapExhausted, words } from '../heap/memory.ts';
import { isNull, isRef, refAt, setRef } from '../heap/values.ts';
import { noteAttribute } from '../objects/attributes.ts';
import { newException, PYTHON_ERROR } from '../objects/errors.ts';
import { isSubtype, lookup, typeOf } from '../objects/types.ts';
import { positionEntry } from './code-positions.ts';
import { detachFrameObject, frameObjectOf } from './frame-objects.ts';
import { findHandler, firstInstruction, ReturnKind } from './frames.ts';
import { observeHandled, observeRaise, observeStop, observeUnwind } from './observation.ts';
import { observation } from './observation-state.ts';
import { endSend } from './returns.ts';
import { isStepping } from './stepping.ts';

const H = FRAME_HEADER_CELLS;

let keepTraceback = false;
/** RERAISE: the running frame is in the traceback already. */
export function keepTracebackOnce(): void {
  keepTraceback = true;
}

let runEnded = false;
/** True, once, if the PYTHON_ERROR just caught came from unwind() having popped the run's bottom frame. */
export function takeRunEnded(): boolean {
  const ended = runEnded;
  runEnded = false;
  return ended;
}

/**
 * Raises State.raised in frame State.frame at instruction State.pc. Returns the word index of the handler's first
 * instruction with State.frame and State.stackTop set; throws PYTHON_ERROR if the exception leaves the run's bottom
 * frame (which is popped).
 */
export function unwind(): number {
  for (;;) {
    const frame = words[State.frame];
    const f = frame << 1;
    const code = words[f + Frame.code];
    const first = firstInstruction(code);
    if (isStepping(words[State.pc])) {
      // one instruction executed on behalf of a trace: the trace decides
      runEnded = true;
      throw PYTHON_ERROR;
    }
    const offset = words[State.pc] - first;
    words[State.stackTop] = words[f + Frame.top];
    const again = keepTraceback;
    if (again) keepTraceback = false;
    else if ((words[(code << 1) + Code.flags] & CodeFlag.hidden) === 0)
      addTraceback(words[State.raised], frame, code, offset);
    if (observation.mode !== 0) observeRaise(frame, offset, again);
    const entry = findHandler(code, offset);
    if (observation.mode !== 0) (entry !== 0 ? observeHandled : observeUnwind)(frame, offset);
    if (entry !== 0) {
      setRef(frame + H + words[entry + 3], words[State.raised]);
      words[State.raised] = 0;
      return first + words[entry + 2];
    }
    const next = popForException(frame);
    if (next !== 0) return next;
  }
}

/** Adds an entry for the frame to the exception's traceback. Allocates; without memory the entry is left out. */
export function addTraceback(exception: number, frame: number, code: number, offset: number): void {
  try {
    const traceback = allocate(3);
    const t = traceback << 1;
    words[t + Traceback.type] = T.traceback;
    words[t + Traceback.lastInstruction] = offset;
    words[t + Traceback.next] = words[(exception << 1) + Exception.traceback];
    words[t + Traceback.frame] = 0;
    words[t + Traceback.line] = 0;
    words[t + Traceback.code] = code;
    words[t + Traceback.frame] = frameObjectOf(frame);
    words[(exception << 1) + Exception.traceback] = traceback;
  } catch (error) {
    if (!(error instanceof HeapExhausted)) throw error;
  }
}

/** Pops the running frame with an exception in flight. Returns where to go on if its ReturnKind ends the flight, else 0. */
function popForException(frame: number): number {
  const f = frame << 1;
  const kind: ReturnKind = words[f + Frame.returnKind];
  const caller = words[f + Frame.caller];
  const returnAddress = words[f + Frame.returnAddress];
  if (words[f + Frame.generator] !== 0) closeGenerator(frame);
  if (kind === ReturnKind.deliver && isSubtype(words[words[State.raised] << 1], T.AttributeError)) {
    noteProperty(frame, caller, returnAddress);
  }
  if (words[f + Frame.object] !== 0) {
    // where the frame object says that it ended: where the exception was raised, not at what raises it again without a
    // place of its own
    const traceback = words[(words[State.raised] << 1) + Exception.traceback] << 1;
    const code = words[f + Frame.code];
    const first = firstInstruction(code);
    const place = words[words[State.pc]] === Op.RERAISE ? positionEntry(code, words[State.pc] - first) : 0;
    const hasPlace = place !== 0 && words[place + 1] >= 0;
    if (!hasPlace && traceback !== 0 && words[traceback + Traceback.frame] === words[f + Frame.object]) {
      words[State.pc] = first + words[traceback + Traceback.lastInstruction];
    }
    detachFrameObject(frame);
  }
  words[State.frame] = caller;
  words[State.pc] = returnAddress - 1;
  if (kind === ReturnKind.exit || kind === ReturnKind.generatorExit) {
    runEnded = true;
    throw PYTHON_ERROR;
  }
  words[State.stackTop] = words[(caller << 1) + Frame.top];
  if (kind === ReturnKind.next && isSubtype(words[words[State.raised] << 1], T.StopIteration)) {
    if (observation.mode !== 0) {
      observeStop(caller, words[State.pc] - firstInstruction(words[(caller << 1) + Frame.code]));
      if (!isSubtype(words[words[State.raised] << 1], T.StopIteration)) return 0;
    }
    words[State.raised] = 0;
    return words[returnAddress - 2];
  }
  if (kind === ReturnKind.generatorSend || kind === ReturnKind.asyncSend) {
    const outer = words[(caller << 1) + Frame.generator];
    if (outer !== 0) words[(outer << 1) + Generator.delegate] = -1;
    if (kind === ReturnKind.asyncSend) endSend(caller, returnAddress);
  }
  return 0;
}

/**
 * An AttributeError that leaves a property's getter is about that property. That the frame is one's is told by the
 * instruction that its caller is in the middle of, so reading properties costs nothing for it; the object is the getter's
 * first parameter, since the register that it was read from may be dead in the caller.
 */
function noteProperty(frame: number, caller: number, returnAddress: number): void {
  const pc = returnAddress - instructionLength[Op.LOAD_ATTR];
  const object = frame + H;
  if ((words[pc] !== Op.LOAD_ATTR && words[pc] !== Op.LOAD_ATTR_PROPERTY) || isNull(object)) return;
  if (!startsInstruction(words[(caller << 1) + Frame.code], pc)) return;
  const cell = lookup(typeOf(object), words[pc + 3]);
  if (cell === 0 || !isRef(cell) || words[refAt(cell) << 1] !== T.property) return;
  noteAttribute(words[State.raised], object, words[pc + 3]);
}

/** Whether an instruction of `code` starts at word index `pc`, and no operand lies there. */
function startsInstruction(code: number, pc: number): boolean {
  let at = firstInstruction(code);
  while (at < pc) at += instructionLength[words[at]];
  return at === pc;
}

/** The generator whose frame this is ends with the exception in flight; StopIteration becomes RuntimeError. */
function closeGenerator(frame: number): void {
  const generator = words[(frame << 1) + Frame.generator];
  const g = generator << 1;
  words[g + Generator.state] = GeneratorState.closed;
  words[State.handled] = words[g + Generator.handled];
  words[g + Generator.handled] = 0;
  const raised = words[State.raised];
  const type = words[raised << 1];
  const isAsync = words[g] === T.async_generator;
  if (isAsync) {
    words[g + Generator.flags] &= ~GeneratorFlag.running;
    if (isSubtype(type, T.GeneratorExit)) words[g + Generator.flags] |= GeneratorFlag.closed;
  }
  const stop = isSubtype(type, T.StopIteration);
  if (!stop && !(isAsync && isSubtype(type, T.StopAsyncIteration))) return;
  const what = isAsync ? 'async generator' : words[g] === T.coroutine ? 'coroutine' : 'generator';
  const error = newException(T.RuntimeError, `${what} raised ${stop ? 'StopIteration' : 'StopAsyncIteration'}`);
  words[(error << 1) + Exception.cause] = raised;
  words[(error << 1) + Exception.context] = raised;
  words[(error << 1) + Exception.flags] |= ExceptionFlag.suppressContext;
  words[State.raised] = error;
  const code = words[(frame << 1) + Frame.code];
  addTraceback(error, frame, code, words[State.pc] - firstInstruction(code));
}
