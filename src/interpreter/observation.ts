/**
 * Observed execution: what sys.settrace, sys.setprofile and sys.monitoring are told of. Nothing of it is compiled into
 * code, and the loop has no test for it: while somebody wants events, `observation.mode` is OBSERVING, a run of the loop
 * begins with that in its local `mode`, and where a recorder would be asked before each instruction, `observe` is. It
 * derives the events of PEP 669 from what is about to be executed and what was before (who is told: events.ts).
 * Compiled code and heat counters are only looked at in mode 0, so an observed run is interpreted; what events' receivers
 * do is run unobserved, and may be compiled.
 *
 * A run that is under way when observation begins has mode 0. It is left by throwing REENTER, which `run` catches and
 * enters the loop again at State.pc: directly where the native that began it was called by an instruction
 * (`observeFromHere`), else at the next safe point, to which InterruptFlag.observe leads.
 *
 * Turned down: instructions rewritten as instrumented ones, as CPython does (a second form of every instruction, and code
 * objects that change under traces); a second copy of the loop (50 KB of code for V8 to compile).
 */
import { instructionLength, Op, operandKinds } from '../compiler/instructions.ts';
import { addSweeper } from '../heap/collector.ts';
import { Fixed, InterruptFlag, State, T } from '../heap/fixed.ts';
import {
  Code,
  CodeFlag,
  FRAME_HEADER_CELLS,
  Frame,
  FrameObject,
  FrameTraceFlag,
  Kind,
  Native,
  Type,
} from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setNull, setRef } from '../heap/values.ts';
import { recordValue } from '../objects/declared-types.ts';
import { allocateException, isPythonError, newExceptionWith } from '../objects/errors.ts';
import { listAppend, listItem, listSize, listTruncate } from '../objects/lists.ts';
import { nativeTable } from '../objects/natives.ts';
import { tupleItem, tupleSize } from '../objects/tuples.ts';
import { typeOf } from '../objects/types.ts';
import { isWrapped } from './async-types.ts';
import { parameterCount } from './bound-registers.ts';
import { ENTRY_WORDS, entryLine, passedLines, positionEntry, visibleOffset } from './code-positions.ts';
import { calledNatives, Event, hookCell, isWanted, setForgetting, setHook, tell, telling } from './events.ts';
import { frameObjectOf } from './frame-objects.ts';
import { firstInstruction, ReturnKind } from './frames.ts';
import { OBSERVING, observation, REENTER } from './observation-state.ts';
import { source } from './operands.ts';
import { isStepping, originalPc } from './stepping.ts';

const H = FRAME_HEADER_CELLS;
/** Line of jumps that nobody is told of (compiler/unit.ts). */
const SKIPPED_LINE = -2;
const YIELD_WORDS = instructionLength[Op.YIELD];

/** What is known of a code object; made again when needed. */
interface CodeFacts {
  readonly first: number;
  /** line of the instruction at a word offset, -1: none */
  readonly lines: Int32Array;
  /** lines without an instruction that come before the one at a word offset */
  readonly passed: ReadonlyMap<number, readonly number[]>;
  /** what generators resume at: 1 behind RETURN_GENERATOR, 2 behind a YIELD */
  readonly resumptions: Uint8Array;
}
const facts = new Map<number, CodeFacts>();
addSweeper((isMarked) => {
  for (const code of facts.keys()) if (!isMarked(code)) facts.delete(code);
});

function factsOf(code: number): CodeFacts {
  let found = facts.get(code);
  if (found === undefined) {
    const first = firstInstruction(code);
    const length = words[(code << 1) + Code.instructionWords];
    const lines = new Int32Array(length).fill(-1);
    const resumptions = new Uint8Array(length + 1);
    for (let offset = 0; offset < length; ) {
      const op = words[first + offset];
      const entry = positionEntry(code, offset);
      lines[offset] = entry === 0 ? words[(code << 1) + Code.firstLine] : words[entry + 1];
      const next = offset + instructionLength[op];
      lines.fill(lines[offset], offset, next);
      if (op === Op.RETURN_GENERATOR) resumptions[next] = 1;
      else if (op === Op.YIELD) resumptions[next] = 2;
      offset = next;
    }
    found = { first, lines, passed: passedLines(code), resumptions };
    facts.set(code, found);
  }
  return found;
}

/** observedLine of a frame that was just entered: its first line is told in any case; of one not yet looked at. */
const ENTERED = -2;
const UNKNOWN = -1;

/** What was observed last: the frame (0: nobody's business), the word index of the instruction. */
let lastFrame = 0;
let lastPc = 0;
/** The frame in which a FOR_ITER has just been told that a generator is finished. */
let stoppedFrame = 0;

/** Line of a live frame's running instruction, as observed lines count. */
export function presentLine(frame: number, pc: number): number {
  const known = factsOf(words[(frame << 1) + Frame.code]);
  return known.lines[originalPc(pc) - known.first] ?? UNKNOWN;
}

/** Nothing is observed any more, or anew: what came before says nothing. */
function forgetObserved(): void {
  lastFrame = 0;
  stoppedFrame = 0;
  pendingFrames.length = 0;
  if (isWanted(Event.call)) listTruncate(calledNatives(), 0);
}
setForgetting(forgetObserved);

/**
 * Before each instruction of an observed run: tells of what is about to happen. Returns the mode from then on; State.pc,
 * which the loop has stored, is where it goes on. May call Python, may raise.
 */
export function observe(startPc: number, frame: number): number {
  if (observation.mode === 0) {
    observation.running = false;
    return 0;
  }
  const f = frame << 1;
  const code = words[f + Frame.code];
  const flags = words[(code << 1) + Code.flags];
  if ((flags & CodeFlag.hidden) !== 0 || isStepping(startPc)) return OBSERVING;
  // a call of a generator function makes the generator, and nobody is told
  const isGenerator = (flags & (CodeFlag.generator | CodeFlag.coroutine | CodeFlag.asyncGenerator)) !== 0;
  if (isGenerator && words[f + Frame.generator] === 0) return OBSERVING;
  const known = factsOf(code);
  let pc = startPc;
  for (;;) {
    const offset = pc - known.first;
    const here = lastFrame === frame;
    const back = here && words[lastPc] === Op.JUMP_BACKWARD;
    const isFirst = words[f + Frame.object] === 0 && offset === 0 && !isGenerator && !back;
    const object = frameObjectOf(frame);
    const o = object << 1;
    if (pendingFrames.length > 0 && pendingFrames[pendingFrames.length - 1] === frame) endCall(frame, Event.cReturn);
    if (stoppedFrame !== 0) tellStop(frame, offset);
    if (here) tellJump(frame, known, offset);
    if (jumpTarget !== 0) {
      pc = takeJump();
      continue;
    }
    const resumption = isGenerator && !here ? known.resumptions[offset] : 0;
    if (isFirst || resumption === 1) {
      clearVariables(frame, object);
      words[o + FrameObject.observedLine] = ENTERED;
      tellAt(Event.start, frame, -ENTRY_WORDS, 0, entryLine(code), 0);
    } else if (resumption === 2) {
      const line = known.lines[offset - YIELD_WORDS];
      words[o + FrameObject.observedLine] = line;
      tellAt(Event.resume, frame, offset - YIELD_WORDS, 0, line, visibleOffset(offset - YIELD_WORDS));
    } else if (words[o + FrameObject.observedLine] === UNKNOWN && offset > 0) {
      words[o + FrameObject.observedLine] = known.lines[offset - 1];
      words[o + FrameObject.observedAt] = visibleOffset(offset - 1);
    }
    lastFrame = frame;
    lastPc = pc;
    if ((words[o + FrameObject.traceFlags] & FrameTraceFlag.rest) !== 0) {
      words[o + FrameObject.traceFlags] &= ~FrameTraceFlag.rest;
      if (offset > 0 && !isFirst) tellRest(known, frame, offset);
    }
    if (tellLines(known, frame, object, offset, back)) {
      pc = takeJump();
      continue;
    }
    if (known.lines[offset] === words[o + FrameObject.observedLine]) {
      words[o + FrameObject.observedAt] = visibleOffset(offset);
    }
    tellHere(Event.instruction, frame, offset, 0);
    tellInstruction(words[pc], pc, frame, offset);
    if (jumpTarget !== 0) takeJump();
    return observation.mode === 0 ? 0 : OBSERVING;
  }
}

/**
 * A call begins: who observes it may look at its variables, so those without a value are made NULL. (Elsewhere the
 * compiler's knowledge says which have none, as far as it goes: bound-registers.ts.)
 */
function clearVariables(frame: number, object: number): void {
  const code = words[(frame << 1) + Frame.code];
  for (let i = parameterCount(code); i < words[(code << 1) + Code.localCount]; i++) setNull(frame + H + i);
  words[(object << 1) + FrameObject.traceFlags] |= FrameTraceFlag.cleared;
}

/** Where f_lineno was set to lead the frame that is told of, a word index; 0: nowhere. */
let jumpTarget = 0;
export function requestJump(frame: number, pc: number): void {
  if (telling.frame === frame) jumpTarget = pc;
}
function takeJump(): number {
  words[State.pc] = lastPc = jumpTarget;
  jumpTarget = 0;
  return lastPc;
}

/** The word offsets at which each line begins, those included that have no instruction. */
export function lineStarts(code: number): ReadonlyMap<number, readonly number[]> {
  const { lines, passed } = factsOf(code);
  const starts = new Map<number, number[]>();
  const add = (line: number, offset: number): void => {
    const known = starts.get(line);
    if (known === undefined) starts.set(line, [offset]);
    else known.push(offset);
  };
  let last = -1;
  for (let offset = 0; offset < lines.length; offset++) {
    for (const line of passed.get(offset) ?? []) add(line, offset);
    if (lines[offset] !== last && lines[offset] >= 0) add(lines[offset], offset);
    last = lines[offset];
  }
  return starts;
}

/** Tells of the lines that begin at word `offset`; `back`: it is reached by the edge of a loop. True: f_lineno was set. */
function tellLines(known: CodeFacts, frame: number, object: number, offset: number, back: boolean): boolean {
  const o = object << 1;
  let again = back;
  const reach = (line: number, at: number): boolean => {
    if (line < 0 || (!again && line === words[o + FrameObject.observedLine])) return false;
    again = false;
    words[o + FrameObject.observedLine] = line;
    words[o + FrameObject.observedAt] = at;
    tellAt(Event.line, frame, offset, 0, line, at, line);
    lastFrame = frame;
    return jumpTarget !== 0;
  };
  const visible = visibleOffset(offset);
  const passed = known.passed.get(offset);
  if (passed !== undefined) {
    for (let i = 0; i < passed.length; i++) if (reach(passed[i], visible - passed.length + i)) return true;
  }
  // the edge of a loop has the line of its header, which is told there; the place of RERAISE is for whoever looks at the
  // frame when it has ended
  const op: Op = words[known.first + offset];
  return op !== Op.JUMP_BACKWARD && op !== Op.RERAISE && reach(known.lines[offset], visible);
}

/** The instruction before word `offset`, a call, has set f_trace_opcodes: what follows it on a stack machine is one more. */
function tellRest(known: CodeFacts, frame: number, offset: number): void {
  let call = 0;
  for (let next = 0; next < offset; next += instructionLength[words[known.first + next]]) call = next;
  tellAt(Event.instruction, frame, call, 0, known.lines[call], visibleOffset(call));
}

/** Tells of an event while the frame shows itself at byte `at` of its code, in `line`. */
function tellAt(
  event: Event,
  frame: number,
  offset: number,
  value: number,
  line: number,
  at: number,
  target = 0,
): void {
  if (!isWanted(event)) return;
  const slot = pushSlots(1);
  const object = frameObjectOf(frame);
  setRef(slot, object);
  const o = object << 1;
  words[o + FrameObject.line] = line + 1;
  words[o + FrameObject.lastInstruction] = at;
  try {
    tell(event, frame, offset, value, target);
  } finally {
    words[o + FrameObject.line] = 0;
  }
  popSlots(1);
}
/** Tells of an event at the instruction that is running; one of no line shows where execution was before. */
function tellHere(event: Event, frame: number, offset: number, value: number, target = 0): void {
  if (!isWanted(event)) return;
  const known = factsOf(words[(frame << 1) + Frame.code]);
  const line = known.lines[offset];
  if (line >= 0) tell(event, frame, offset, value, target);
  else {
    const o = frameObjectOf(frame) << 1;
    const observed = words[o + FrameObject.observedLine];
    tellAt(event, frame, offset, value, observed, words[o + FrameObject.observedAt], target);
  }
}

/** What the instruction at `pc` will do. */
function tellInstruction(op: Op, pc: number, frame: number, offset: number): void {
  const base = frame + H;
  switch (op) {
    case Op.RETURN:
      tellHere(Event.return, frame, offset, source(words[pc + 1], base));
      lastFrame = 0;
      if (isWanted(Event.stopIteration)) {
        const kind: ReturnKind = words[(frame << 1) + Frame.returnKind];
        const value = source(words[pc + 1], base);
        const isNone = isRef(value) && refAt(value) === Fixed.none;
        // a loop hears of StopIteration only if it has a value
        if ((kind === ReturnKind.generatorNext && !isNone) || kind === ReturnKind.generatorSend) {
          stop(words[(frame << 1) + Frame.caller], value);
        }
      }
      return;
    case Op.YIELD:
      tellHere(Event.yield, frame, offset, source(words[pc + 2], base));
      lastFrame = 0;
      // the end of an await for what the generator yields
      if (words[(frame << 1) + Frame.returnKind] === ReturnKind.asyncSend && isWrapped(source(words[pc + 2], base))) {
        if (isWanted(Event.stopIteration)) {
          stop(words[(frame << 1) + Frame.caller], recordValue(refAt(source(words[pc + 2], base)), 0));
        }
      }
      return;
    case Op.CALL:
    case Op.CALL_NATIVE:
    case Op.CALL_PYTHON:
    case Op.CALL_CLASS:
    case Op.CALL_KW:
      if (isWanted(Event.call)) beginCall(frame, offset, base + words[pc + 2], base + words[pc + 2] + 1, words[pc + 3]);
      return;
    case Op.CALL_EX:
      if (isWanted(Event.call)) beginSpreadCall(frame, offset, pc, base);
  }
}

/** A generator that `frame` goes through, or waits for, is about to end with the value in a cell. */
function stop(frame: number, value: number): void {
  stoppedFrame = frame;
  setHook('stopped', value);
}
/** A generator that a loop in `frame` goes through is finished. */
function tellStop(frame: number, offset: number): void {
  const stopped = stoppedFrame === frame;
  stoppedFrame = 0;
  if (!stopped) return;
  const o = frameObjectOf(frame) << 1;
  const line = words[o + FrameObject.observedLine];
  const exception = pushSlots(1);
  copyValue(exception, hookCell('stopped'));
  const hasValue = !(isRef(exception) && refAt(exception) === Fixed.none);
  setRef(exception, hasValue ? newExceptionWith(T.StopIteration, exception) : allocateException(T.StopIteration));
  tellAt(Event.stopIteration, frame, offset, exception, line, words[o + FrameObject.observedAt]);
  popSlots(1);
}

const kindsOf: string[] = [];
for (const name of Object.keys(operandKinds) as (keyof typeof operandKinds)[]) kindsOf[Op[name]] = operandKinds[name];

/** Where the jump or branch executed last has led. */
function tellJump(frame: number, known: CodeFacts, offset: number): void {
  const from = lastPc - known.first;
  const op: Op = words[lastPc];
  switch (op) {
    case Op.JUMP:
    case Op.JUMP_BACKWARD:
      if (isWanted(Event.jump) && known.lines[from] !== SKIPPED_LINE) tell(Event.jump, frame, from, 0, offset);
      return;
    case Op.BRANCH_LESS:
    case Op.BRANCH_LESS_EQUAL:
    case Op.BRANCH_EQUAL:
    case Op.BRANCH_NOT_EQUAL:
    case Op.BRANCH_GREATER:
    case Op.BRANCH_GREATER_EQUAL: {
      // the comparison performed its jump as well, or the jump is what comes now
      const jump = from + instructionLength[op];
      if (offset !== jump) tellBranch(frame, jump, offset);
      return;
    }
    case Op.JUMP_IF_FALSE:
    case Op.JUMP_IF_TRUE:
    case Op.JUMP_IF_NONE:
    case Op.JUMP_IF_NOT_NONE:
    case Op.FOR_ITER:
    case Op.FOR_ITER_LIST:
    case Op.FOR_ITER_RANGE:
    case Op.FOR_ITER_GENERATOR:
      tellBranch(frame, from, offset);
  }
}
function tellBranch(frame: number, from: number, to: number): void {
  const known = factsOf(words[(frame << 1) + Frame.code]);
  const event = to === from + instructionLength[words[known.first + from]] ? Event.branchLeft : Event.branchRight;
  tellAt(event, frame, from, 0, known.lines[from], visibleOffset(from), to);
}

// calls of natives ----------------------------------------------------------------------------------------------------

/** The frames that wait for a native called by an instruction; what they call is in the list calledNatives(). */
const pendingFrames: number[] = [];

/** Is what the cell holds something that returns without a frame of Python's own? */
function isNativeCallable(callable: number): boolean {
  const kind = words[(typeOf(callable) << 1) + Type.kind];
  return kind !== Kind.function && kind !== Kind.method;
}

/** An instruction calls what is in cell `callable`; `args`: cells of self (or NULL) and the `count` arguments, 0 unknown. */
function beginCall(frame: number, offset: number, callable: number, args: number, count: number): void {
  const slots = pushSlots(2);
  copyValue(slots, callable);
  setNull(slots + 1);
  if (args !== 0 && !isNull(args)) copyValue(slots + 1, args);
  else if (args !== 0 && count > 0) copyValue(slots + 1, args + 1);
  tell(Event.call, frame, offset, slots);
  if (isNativeCallable(slots) && observation.mode !== 0) {
    const pending = calledNatives();
    listAppend(pending, slots);
    if (isNull(slots + 1)) setRef(slots + 1, Fixed.notImplemented);
    listAppend(pending, slots + 1);
    pendingFrames.push(frame);
  }
  popSlots(2);
}
/** CALL_EX: the first of the positional arguments, if they are in a tuple or list. */
function beginSpreadCall(frame: number, offset: number, pc: number, base: number): void {
  const callable = source(words[pc + 2], base);
  const spread = source(words[pc + 3], base);
  const slots = pushSlots(2);
  setNull(slots);
  let count = 0;
  if (isRef(spread) && words[refAt(spread) << 1] === T.tuple && tupleSize(refAt(spread)) > 0) {
    copyValue(slots + 1, tupleItem(refAt(spread), 0));
    count = 1;
  } else if (isRef(spread) && words[refAt(spread) << 1] === T.list && listSize(refAt(spread)) > 0) {
    copyValue(slots + 1, listItem(refAt(spread), 0));
    count = 1;
  } else setNull(slots + 1);
  beginCall(frame, offset, callable, slots, count);
  popSlots(2);
}
/** The call of a native that `frame` waits for has ended. */
function endCall(frame: number, event: Event): void {
  pendingFrames.pop();
  const pending = calledNatives();
  const size = listSize(pending);
  if (size < 2) return;
  const slots = pushSlots(2);
  copyValue(slots, listItem(pending, size - 2));
  copyValue(slots + 1, listItem(pending, size - 1));
  if (isRef(slots + 1) && refAt(slots + 1) === Fixed.notImplemented) setNull(slots + 1);
  listTruncate(pending, size - 2);
  const known = factsOf(words[(frame << 1) + Frame.code]);
  const at = lastFrame === frame ? lastPc - known.first : 0;
  if (isWanted(event)) tell(event, frame, at, slots);
  popSlots(2);
}

// exceptions ----------------------------------------------------------------------------------------------------------

/** The frame into which an exception is about to be thrown. */
let thrownInto = 0;
/** throw() raises in a generator's frame. */
export function noteThrow(frame: number): void {
  thrownInto = frame;
}

/**
 * Tells of State.raised, which `frame` meets at word `offset`. What the receivers raise takes its place. Calls Python,
 * never throws an exception of Python's.
 */
function tellRaised(event: Event, frame: number, offset: number): void {
  const exception = words[State.raised];
  words[State.raised] = 0;
  const top = words[State.stackTop];
  const slots = pushSlots(1);
  setRef(slots, exception);
  try {
    tellHere(event, frame, offset, slots);
    words[State.raised] = exception;
  } catch (error) {
    if (!isPythonError(error)) throw error;
  }
  words[State.stackTop] = top;
}

function isHidden(frame: number): boolean {
  return (words[(words[(frame << 1) + Frame.code] << 1) + Code.flags] & CodeFlag.hidden) !== 0;
}

/** An exception has come to `frame`; `again`: by RERAISE. */
export function observeRaise(frame: number, offset: number, again: boolean): void {
  if (isHidden(frame)) return;
  while (pendingFrames.length > 0 && pendingFrames[pendingFrames.length - 1] === frame) {
    const exception = pushSlots(1);
    setRef(exception, words[State.raised]);
    try {
      endCall(frame, Event.cRaise);
    } catch (error) {
      if (!isPythonError(error)) throw error;
      setRef(exception, words[State.raised]);
    }
    words[State.raised] = refAt(exception);
    popSlots(1);
  }
  if (thrownInto === frame) {
    const o = frameObjectOf(frame) << 1;
    words[o + FrameObject.observedLine] = presentLine(frame, words[State.pc]);
    if (isWanted(Event.throw)) tellRaised(Event.throw, frame, offset);
  }
  thrownInto = 0;
  const event = again ? Event.reraise : Event.raise;
  if (isWanted(event)) tellRaised(event, frame, offset);
  lastFrame = frame;
  lastPc = words[State.pc];
}
export function observeHandled(frame: number, offset: number): void {
  if (isWanted(Event.handled) && !isHidden(frame)) tellRaised(Event.handled, frame, offset);
}
export function observeUnwind(frame: number, offset: number): void {
  if (isWanted(Event.unwind) && !isHidden(frame)) tellRaised(Event.unwind, frame, offset);
  lastFrame = 0;
}
/** A FOR_ITER in `frame` swallows the StopIteration in State.raised. */
export function observeStop(frame: number, offset: number): void {
  if (isWanted(Event.raise) && !isHidden(frame)) tellRaised(Event.raise, frame, offset);
}

// beginning -----------------------------------------------------------------------------------------------------------

/**
 * To be called as the last act but for writing its result, None, by a native of `owner` that may have begun observation: if
 * the running instruction has called it itself, its run is observed from the next instruction on. Does not return then.
 */
export function observeFromHere(owner: string): void {
  if (observation.mode === 0 || observation.running || words[State.frame] === 0) return;
  const pc = words[State.pc];
  const base = words[State.frame] + H;
  const op: Op = words[pc];
  let callable = 0;
  if (op === Op.CALL || op === Op.CALL_NATIVE || op === Op.CALL_KW) callable = base + words[pc + 2];
  else if (op === Op.CALL_EX) callable = source(words[pc + 2], base);
  if (callable === 0 || !isRef(callable)) return;
  const native = refAt(callable);
  if (words[(words[native << 1] << 1) + Type.kind] !== Kind.native) return;
  if (nativeTable[words[(native << 1) + Native.number]].owner !== owner) return;
  setRef(base + words[pc + 1], Fixed.none);
  words[State.pc] = pc + instructionLength[op];
  throw REENTER;
}

/** At a safe point with InterruptFlag.observe: an unobserved run is entered anew. */
export function observeAtSafePoint(): void {
  if (observation.mode === 0) words[State.interrupt] &= ~InterruptFlag.observe;
  else if (!observation.running) throw REENTER;
}
