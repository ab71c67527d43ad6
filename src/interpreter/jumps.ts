/**
 * Setting f_lineno: a debugger has execution go on in another line. A jump is allowed if all temporaries that the code
 * there will read have been written, and by the same instructions as here: then the loops, `with` blocks and handlers
 * around both places are the same, but for those that are left. What is compared are reaching definitions, found by a
 * forward analysis of the code when somebody asks.
 */
import { fallsThrough, instructionLength, Op, operandKinds } from '../compiler/instructions.ts';
import { Fixed, T } from '../heap/fixed.ts';
import { ArrayObject, Code, FRAME_HEADER_CELLS, Frame, FrameObject, Tuple } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { isNull, refAt, setRef } from '../heap/values.ts';
import { raise, raiseValueError } from '../objects/errors.ts';
import { bigIntAt, isExactInt } from '../objects/integers.ts';
import { warn } from '../objects/warnings.ts';
import { isWritten, parameterCount, writesOf } from './bound-registers.ts';
import { Event, telling } from './events.ts';
import { currentInstruction, isCleared } from './frame-objects.ts';
import { firstInstruction } from './frames.ts';
import { isLive, livenessOf } from './liveness.ts';
import { lineStarts, requestJump } from './observation.ts';
import { handleAgain } from './raising.ts';

const H = FRAME_HEADER_CELLS;

const kindsOf: string[] = [];
for (const name of Object.keys(operandKinds) as (keyof typeof operandKinds)[]) kindsOf[Op[name]] = operandKinds[name];

/** Several instructions have written it; or none has, or is known to. */
const SEVERAL = -1;
const NONE = 0;
/** Definitions by whoever unwinds: the handler's offset + 1 + this. Others: the instruction's offset + 1. */
const HANDLER = 1 << 28;

/** Definitions of parameters. */
const PARAMETER = 1 << 29;

interface Definitions {
  readonly firstTemporary: number;
  /** registers */
  readonly count: number;
  /** by word offset of the instruction a row: who has written each register */
  readonly rows: Int32Array;
  readonly reached: Uint8Array;
}

function definitionsOf(code: number): Definitions {
  const c = code << 1;
  const length = words[c + Code.instructionWords];
  const base = firstInstruction(code);
  const freeCount = words[(words[c + Code.freeNames] << 1) + Tuple.size];
  const firstTemporary = words[c + Code.firstFree] + freeCount;
  const count = words[c + Code.registerCount];
  const rows = new Int32Array((length + 1) * count);
  const reached = new Uint8Array(length + 1);
  const state = new Int32Array(count);
  const pending = [0];
  reached[0] = 1;
  rows.fill(PARAMETER, 0, parameterCount(code));
  const flowTo = (offset: number): void => {
    const row = offset * count;
    let changed = reached[offset] === 0;
    for (let i = 0; i < count; i++) {
      const met = reached[offset] === 0 || rows[row + i] === state[i] ? state[i] : SEVERAL;
      if (met !== rows[row + i]) {
        rows[row + i] = met;
        changed = true;
      }
    }
    reached[offset] = 1;
    if (changed) pending.push(offset);
  };
  const table = words[c + Code.exceptionTable];
  while (pending.length > 0) {
    const offset = pending.pop()!;
    if (offset >= length) continue;
    const at = base + offset;
    const opcode: Op = words[at];
    const kinds = kindsOf[opcode];
    state.set(rows.subarray(offset * count, (offset + 1) * count));
    for (let entry = 0; table !== 0 && entry < words[(table << 1) + ArrayObject.length] >> 2; entry += 4) {
      const first = (table << 1) + ArrayObject.data + entry;
      if (offset < words[first] || offset >= words[first + 1]) continue;
      const receiver = words[first + 3];
      const before = state[receiver];
      state[receiver] = HANDLER + words[first + 2] + 1;
      flowTo(words[first + 2]);
      state[receiver] = before;
      break;
    }
    const target = kinds.indexOf('j');
    const isLoop = kinds.startsWith('rdj');
    if (target >= 0 && isLoop) flowTo(words[at + 1 + target] - base);
    writesOf(at, opcode, kinds, freeCount, (register) => {
      if (register >= 0 && register < count) {
        state[register] = opcode === Op.CLEAR || opcode === Op.DELETE_FAST ? NONE : offset + 1;
      }
    });
    if (target >= 0 && !isLoop) flowTo(words[at + 1 + target] - base);
    if (fallsThrough(opcode)) flowTo(offset + instructionLength[opcode]);
  }
  return { firstTemporary, count, rows, reached };
}

/** The instruction that has written a temporary; NOP if it is not known. */
function writer(code: number, definition: number): Op {
  if (definition >= HANDLER) return Op.PUSH_EXCEPTION;
  return definition <= NONE ? Op.NOP : words[firstInstruction(code) + definition - 1];
}

/** What a temporary is for, as far as jumps go: the same place in another block of the same kind will do. */
enum Purpose {
  nothing,
  iterator,
  exception,
  other,
}
function purposeOf(code: number, definition: number): Purpose {
  if (definition === NONE) return Purpose.nothing;
  switch (writer(code, definition)) {
    case Op.GET_ITER:
    case Op.GET_AITER:
      return Purpose.iterator;
    case Op.PUSH_EXCEPTION:
      return Purpose.exception;
  }
  return Purpose.other;
}

/** Why there is no way to a place where a temporary of this purpose is needed. */
function explain(purpose: Purpose): string {
  if (purpose === Purpose.iterator) return "can't jump into the body of a for loop";
  if (purpose === Purpose.exception) return "can't jump into an 'except' block as there's no exception";
  return 'incompatible stacks';
}

/** Does the event that is being told of allow a jump in this frame? Raises ValueError if not. */
function checkEvent(object: number): void {
  const frame = words[(object << 1) + FrameObject.frame];
  if (telling.event < 0) raiseValueError('f_lineno can only be set in a trace function');
  switch (telling.event as Event) {
    case Event.start:
      raiseValueError("can't jump from the 'call' trace event of a new frame");
      break;
    case Event.call:
    case Event.cReturn:
      raiseValueError("can't jump during a call");
      break;
    case Event.line:
    case Event.resume:
    case Event.jump:
    case Event.branchLeft:
    case Event.branchRight:
    case Event.yield:
      break;
    default:
      raiseValueError("can only jump from a 'line' trace event");
  }
  const isTraced = words[(object << 1) + FrameObject.trace] !== 0 || telling.frame === frame;
  if (!isTraced || frame === 0) {
    raiseValueError('f_lineno can only be set in a trace function');
  }
}

/** frame.f_lineno = value. May call Python (warnings), may raise. */
export function setLine(object: number, value: number): void {
  if (isNull(value)) raise(T.AttributeError, 'cannot delete attribute');
  if (!isExactInt(value)) raiseValueError('lineno must be an integer');
  checkEvent(object);
  const wanted = bigIntAt(value);
  if (wanted > 0x7fffffffn || wanted < -0x80000000n) raiseValueError('lineno out of range');
  const line = Number(wanted);
  const code = words[(object << 1) + FrameObject.code];
  if (line < words[(code << 1) + Code.firstLine]) raiseValueError(`line ${line} comes before the current code block`);
  const starts = lineStarts(code);
  let nearest = Number.POSITIVE_INFINITY;
  for (const [start] of starts) if (start >= line && start < nearest) nearest = start;
  if (nearest === Number.POSITIVE_INFINITY) raiseValueError(`line ${line} comes after the current code block`);
  const frame = words[(object << 1) + FrameObject.frame];
  jumpTo(code, frame, starts.get(nearest) ?? []);
}

function jumpTo(code: number, frame: number, places: readonly number[]): void {
  const first = firstInstruction(code);
  const here = currentInstruction(frame) - first;
  const definitions = definitionsOf(code);
  const liveness = livenessOf(code);
  const { firstTemporary, count, rows, reached } = definitions;
  let best = -1;
  let bestDepth = -1;
  let problem = '';
  for (const place of places) {
    if (reached[place] === 0) {
      problem ||= "can't jump to unreachable code";
      continue;
    }
    let depth = 0;
    let missing = Purpose.nothing;
    for (let i = firstTemporary; i < count; i++) {
      if (!isLive(liveness, place, i)) continue;
      depth++;
      const there = purposeOf(code, rows[place * count + i]);
      const present = isLive(liveness, here, i) ? purposeOf(code, rows[here * count + i]) : Purpose.nothing;
      // what is innermost says why it is refused
      if (present !== there) missing = there === Purpose.nothing ? Purpose.other : there;
    }
    if (missing !== Purpose.nothing) problem ||= explain(missing);
    else if (depth > bestDepth) {
      best = place;
      bestDepth = depth;
    }
  }
  if (best < 0) raiseValueError(problem || 'cannot find bytecode for specified line');
  bindLocals(code, frame, here, best, rows.subarray(here * count));
  // a handler that is left: what was handled before it is handled again
  for (let register = firstTemporary; register < count; register++) {
    const definition = rows[here * count + register];
    if (definition >= HANDLER || writer(code, definition) !== Op.PUSH_EXCEPTION) continue;
    if (!isLive(liveness, here, register) || isLive(liveness, best, register)) continue;
    handleAgain(frame, refAt(frame + H + register));
    break;
  }
  requestJump(frame, first + best);
}

/** Code behind the jump may rely on variables that have no value: they become None. */
function bindLocals(code: number, frame: number, here: number, target: number, row: Int32Array): void {
  const object = words[(frame << 1) + Frame.object];
  const unbound: number[] = [];
  const flagged = words[(code << 1) + Code.localCount];
  for (let register = 0; register < flagged; register++) {
    const cell = frame + H + register;
    if (row[register] === NONE) unbound.push(cell);
    else if (
      isWritten(code, here, register) || isCleared(object, code, register)
        ? isNull(cell)
        : isWritten(code, target, register)
    )
      unbound.push(cell);
  }
  if (unbound.length === 0) return;
  warn(T.RuntimeWarning, `assigning None to ${unbound.length} unbound local${unbound.length === 1 ? '' : 's'}`);
  for (const cell of unbound) setRef(cell, Fixed.none);
}
