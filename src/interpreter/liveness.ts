/**
 * Which temporaries of a code object are live before each instruction. Snapshots leave dead temporaries out, so that
 * they cost no register and no loop-carried value. Locals, cells and free variables always count as live: Python code
 * may look at them (locals(), a debugger, a traceback).
 *
 * One 32-bit mask an instruction: temporary t is bit min(t, 31); bit 31 is sticky (set as soon as there are that many),
 * which errs on the safe side.
 */
import { CONSTANT_BIT, fallsThrough, instructionLength, Op, operandKinds } from '../compiler/instructions.ts';
import { ArrayObject, Code } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';

const kindsOf: readonly string[] = (() => {
  const kinds: string[] = [];
  for (const name of Object.keys(operandKinds) as (keyof typeof operandKinds)[]) kinds[Op[name]] = operandKinds[name];
  return kinds;
})();

export interface Liveness {
  readonly code: number;
  readonly firstTemporary: number;
  /** by word offset of the instruction within the code */
  readonly masks: Int32Array;
  /** by word offset of the instruction that follows a call: what is live while the call runs, since it may raise */
  readonly across: Int32Array;
}

const cache = new Map<number, Liveness>();

/** Liveness of a heap code object, computed on first use. */
export function livenessOf(code: number): Liveness {
  let found = cache.get(code);
  if (!found) {
    found = compute(code);
    cache.set(code, found);
  }
  return found;
}

/** Is the register live while the call runs that returns to `offset`: afterwards, or in the call's handler? */
export function isLiveAcross(liveness: Liveness, offset: number, register: number): boolean {
  const temporary = register - liveness.firstTemporary;
  if (temporary < 0 || temporary >= 31) return true;
  return ((liveness.across[offset] >>> temporary) & 1) !== 0;
}

/** Forgets what is known of code objects that a collection is about to free. */
export function forgetLiveness(isMarked: (ref: number) => boolean): void {
  for (const code of cache.keys()) if (!isMarked(code)) cache.delete(code);
}

/** Is register `register` live before the instruction at word offset `offset`? */
export function isLive(liveness: Liveness, offset: number, register: number): boolean {
  const temporary = register - liveness.firstTemporary;
  if (temporary < 0 || temporary >= 31) return true;
  return ((liveness.masks[offset] >>> temporary) & 1) !== 0;
}

function compute(code: number): Liveness {
  const c2 = code << 1;
  const length = words[c2 + Code.instructionWords];
  const base = (words[c2 + Code.instructions] << 1) + ArrayObject.data;
  const freeNames = words[c2 + Code.freeNames];
  const firstTemporary = words[c2 + Code.firstFree] + (freeNames === 0 ? 0 : words[(freeNames << 1) + 1]);
  const masks = new Int32Array(length + 1);
  const { handlers, receivers } = handlerOffsets(code, length);
  // the handler's register is written by whoever unwinds
  const liveInHandler = (offset: number): number =>
    handlers[offset] < 0 ? 0 : kill(masks[handlers[offset]], receivers[offset] - firstTemporary);
  const starts: number[] = [];
  for (let offset = 0; offset < length; offset += instructionLength[words[base + offset]]) starts.push(offset);
  for (let changed = true; changed; ) {
    changed = false;
    for (let i = starts.length - 1; i >= 0; i--) {
      const offset = starts[i];
      const live = transfer(base, offset, masks, firstTemporary) | liveInHandler(offset);
      if (live !== masks[offset]) {
        masks[offset] = live;
        changed = true;
      }
    }
  }
  const across = masks.slice();
  for (const offset of starts) {
    const next = offset + instructionLength[words[base + offset]];
    across[next] |= liveInHandler(offset);
  }
  return { code, firstTemporary, masks, across };
}

/**
 * The handler that covers each instruction, -1 for none, and the register that it receives the exception in: the first
 * table entry wins.
 */
export function handlerOffsets(code: number, length: number): { handlers: Int32Array; receivers: Int32Array } {
  const handlers = new Int32Array(length + 1).fill(-1);
  const receivers = new Int32Array(length + 1).fill(-1);
  const table = words[(code << 1) + Code.exceptionTable];
  if (table === 0) return { handlers, receivers };
  const entries = words[(table << 1) + ArrayObject.length] >> 4;
  const at = (table << 1) + ArrayObject.data;
  for (let entry = entries - 1; entry >= 0; entry--) {
    const [start, end, handler, receiver] = words.subarray(at + entry * 4, at + entry * 4 + 4);
    handlers.fill(handler, start, end);
    receivers.fill(receiver, start, end);
  }
  return { handlers, receivers };
}

/** Word index to which the instruction at `at` may jump, -1 if it does not. */
export function jumpTarget(at: number): number {
  const target = kindsOf[words[at]].indexOf('j');
  return target < 0 ? -1 : words[at + 1 + target];
}

/** Calls `visit` with the runs of registers that the instruction at `at` writes, then with those that it reads. */
export function forEachRegister(at: number, visit: (first: number, count: number, isWrite: boolean) => void): void {
  const opcode = words[at];
  const kinds = kindsOf[opcode];
  for (let i = 0; i < kinds.length; i++) if (kinds[i] === 'd') visit(words[at + 1 + i], 1, true);
  const run = kinds.indexOf('r');
  const r = run >= 0 ? words[at + 1 + run] : 0;
  const count = run >= 0 && kinds[run + 1] === 'i' ? words[at + 2 + run] : 0;
  switch (opcode) {
    case Op.CLEAR:
      visit(r, 1, true);
      break;
    case Op.LOAD_METHOD:
    case Op.LOAD_METHOD_CACHED:
    case Op.LOAD_SPECIAL:
    case Op.LOAD_SUPER_METHOD:
      visit(r, 2, true);
      break;
    case Op.UNPACK_SEQUENCE:
      visit(r, count, true);
      break;
    case Op.UNPACK_EX:
      visit(r, count + words[at + 3 + run] + 1, true);
      break;
    case Op.EXCEPTION_TRIPLE:
      visit(r, 3, true);
      break;
    case Op.MATCH_EXCEPTION_GROUP:
      visit(words[at + 1] + 1, 1, true);
      break;
    case Op.CALL:
    case Op.CALL_KW:
    case Op.CALL_PYTHON:
    case Op.CALL_NATIVE:
    case Op.CALL_CLASS:
      visit(r, count + 2, false);
      break;
    case Op.BUILD_TUPLE:
    case Op.BUILD_LIST:
    case Op.BUILD_SET:
    case Op.BUILD_STRING:
      visit(r, count, false);
      break;
    case Op.BUILD_MAP:
      visit(r, count * 2, false);
      break;
    case Op.COPY_FREE_VARS:
      break;
    default:
      if (run >= 0) visit(r, 1, false);
  }
  for (let i = 0; i < kinds.length; i++) {
    const operand = words[at + 1 + i];
    if (kinds[i] === 's' && (operand & CONSTANT_BIT) === 0) visit(operand, 1, false);
  }
}

/** Live set before the instruction, from the live sets of its successors. */
function transfer(base: number, offset: number, masks: Int32Array, first: number): number {
  const at = base + offset;
  const opcode = words[at];
  let live = fallsThrough(opcode) ? masks[offset + instructionLength[opcode]] : 0;
  const target = jumpTarget(at);
  if (target >= 0) live |= masks[target - base];
  forEachRegister(at, (register, count, isWrite) => {
    if (!isWrite) live = use(live, register - first, count);
    else for (let k = 0; k < count; k++) live = kill(live, register + k - first);
  });
  return live;
}

function kill(live: number, temporary: number): number {
  return temporary < 0 || temporary >= 31 ? live : live & ~(1 << temporary);
}
function use(live: number, temporary: number, count: number): number {
  for (let t = temporary; t < temporary + count; t++) if (t >= 0) live |= 1 << Math.min(t, 31);
  return live;
}
