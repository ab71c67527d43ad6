/**
 * What the recorder knows while it follows the interpreter: which ref each frame cell holds, which frames are inlined,
 * and how a snapshot of that is taken. Slots count cells from the first cell of the *base frame*, the one on which the
 * machine's frame register stands; inlined frames lie above it exactly where the interpreter has them, so that slot s is
 * cell `recording.baseFrame + s` at recording time.
 */

import { Fixed } from '../../heap/fixed.ts';
import { Code, FRAME_HEADER_CELLS, Frame, Generator } from '../../heap/layouts.ts';
import { words } from '../../heap/memory.ts';
import { TAG_INT, TAG_REF } from '../../heap/values.ts';
import { ReturnKind } from '../../interpreter/frames.ts';
import { isLive, isLiveAcross, type Liveness, livenessOf } from '../../interpreter/liveness.ts';
import { callRegister, callRegisters, defaultRegister } from '../../interpreter/returns.ts';
import * as ir from '../ir.ts';
import { constInt, constRef, constValue, emit } from '../optimizer/emit.ts';
import { U } from '../uops.ts';

export const H = FRAME_HEADER_CELLS;
const MAX_SLOTS = 8192;

/** Ends the recording; `reason` is what --jit-stats shows. */
export class Abort extends Error {
  readonly reason: string;
  constructor(reason: string) {
    super(reason);
    this.reason = reason;
  }
}
export function abort(reason: string): never {
  throw new Abort(reason);
}

/** An inlined frame as the recorder sees it; index 0 of `recording.frames` is the base frame. */
export interface RecordedFrame {
  /** chain number in ir.chains; 0 for the base frame */
  readonly chain: number;
  readonly offset: number;
  readonly code: number;
  readonly liveness: Liveness;
  /** word index of the code's first instruction */
  readonly codeStart: number;
  /** ref of the function object */
  readonly functionRef: number;
  readonly destination: number;
  readonly returnKind: number;
  readonly returnAddress: number;
  /** the frame's cell at recording time; 0 until the interpreter has entered it */
  cell: number;
  /** slot where the next frame begins; -1 if that is not known when the trace runs (the base frame is a generator's) */
  readonly top: number;
  /** ref of the generator that holds the frame, 0 for frames on the stack; its registers are always in memory */
  readonly generatorRef: number;
}

export const recording = {
  active: false,
  /** cell of the base frame */
  baseFrame: 0,
  /** where execution must be for the trace to be a loop: word index of the header; 0 for traces that cannot loop */
  loopHeader: 0,
  /** word index of the loop's JUMP_BACKWARD, where the recording may not leave the loop; else 0 */
  loopEnd: 0,
  startPc: 0,
  /** the trace starts at a function's first instruction */
  startsFunction: false,
  frames: [] as RecordedFrame[],
  /** ref held by each slot, 0 = in memory, not loaded yet */
  slots: new Int32Array(MAX_SLOTS),
  /** 1 = memory does not hold it */
  modified: new Uint8Array(MAX_SLOTS),
  /** slots with a ref, in order of first use */
  touched: [] as number[],
  /** instruction being recorded */
  pc: 0,
  frame: 0,
  /** where an exit of the current instruction resumes; the instruction itself unless a branch says otherwise */
  resumePc: 0,
  /** snapshot taken for the present state, -1 if the state changed since */
  currentSnapshot: -1,
  instructions: 0,
  /** slot -> the load that first brought it in */
  entryLoads: new Map<number, number>(),
};

export function resetRecording(baseFrame: number, code: number, codeStart: number): void {
  for (const slot of recording.touched) {
    recording.slots[slot] = 0;
    recording.modified[slot] = 0;
  }
  recording.touched.length = 0;
  recording.entryLoads.clear();
  recording.baseFrame = baseFrame;
  recording.frames.length = 0;
  recording.currentSnapshot = -1;
  recording.instructions = 0;
  ir.chains.push({
    parent: -1,
    offset: 0,
    functionRef: 0,
    codeRef: code,
    returnAddress: 0,
    destination: 0,
    returnKind: 0,
    registerCount: 0,
    generatorRef: 0,
  });
  recording.frames.push({
    chain: 0,
    offset: 0,
    code,
    liveness: livenessOf(code),
    codeStart,
    functionRef: 0,
    destination: 0,
    returnKind: 0,
    returnAddress: 0,
    cell: baseFrame,
    top: words[(baseFrame << 1) + Frame.generator] !== 0 ? -1 : H + words[(code << 1) + Code.registerCount],
    generatorRef: 0,
  });
}

export function currentFrame(): RecordedFrame {
  return recording.frames[recording.frames.length - 1];
}
/** The cell an `s` operand names at recording time. */
export function cellOf(operand: number): number {
  return (operand & 0x7fffffff) + ((recording.frame + H) & ~(operand >> 31));
}
/** The ref of an `s` operand: a constant or a register's content. */
export function refOf(operand: number): number {
  if (operand < 0) return constantAt(operand & 0x7fffffff);
  return registerRef(operand);
}
export function registerRef(register: number): number {
  const frame = currentFrame();
  if (frame.generatorRef !== 0) return emit(U.load_field, frame.generatorRef, 0, 0, generatorRegister(register));
  return slotRef(frame.offset + H + register);
}
/** The function whose code is being recorded; not for generators. */
export function runningFunction(): number {
  const { chain, functionRef } = currentFrame();
  return chain !== 0 ? functionRef : emit(U.load_frame_word, 0, 0, 0, Frame.function * 4);
}
/** Byte offset of a register of a generator's frame from the generator. */
export function generatorRegister(register: number): number {
  return Generator.frame * 4 + (H + register) * 8;
}
export function slotRef(slot: number): number {
  const known = recording.slots[slot];
  if (known !== 0) return known;
  // A slot of an inlined frame that was never written holds garbage: code that reads it has cleared it first.
  const ref =
    recording.frames.length > 1 && slot >= recording.frames[1].offset
      ? constValue(0, TAG_REF)
      : emit(U.load_frame, 0, 0, 0, slot * 8);
  recording.slots[slot] = ref;
  recording.touched.push(slot);
  if (ir.op[ref] === U.load_frame) recording.entryLoads.set(slot, ref);
  return ref;
}
export function setRegister(register: number, ref: number): void {
  const frame = currentFrame();
  if (frame.generatorRef === 0) {
    setSlot(frame.offset + H + register, ref);
    return;
  }
  if (ir.type[ref] === ir.Type.float)
    emit(U.store_field_float, frame.generatorRef, ref, 0, generatorRegister(register));
  else emit(U.store_field, frame.generatorRef, asValue(ref), 0, generatorRegister(register));
  recording.currentSnapshot = -1;
}
export function setSlot(slot: number, ref: number): void {
  if (slot >= MAX_SLOTS) abort('frames too large');
  if (recording.slots[slot] === 0 && recording.modified[slot] === 0) recording.touched.push(slot);
  recording.slots[slot] = ref;
  recording.modified[slot] = 1;
  recording.currentSnapshot = -1;
}
/** The typed constant that a cell holds. */
export function constantAt(cell: number): number {
  const low = words[cell << 1];
  const high = words[(cell << 1) + 1];
  if (high >> 16 === -2) return constInt(((high << 16) >> 16) * 4294967296 + (low >>> 0));
  if (high >= 0 || high < TAG_INT) return ir.append(U.const_float, 0, 0, 0, low, high, -1);
  return constValue(low, high);
}

/** What the value in a cell is, as the recorder distinguishes it. */
export enum Tag {
  float,
  int,
  ref,
  bool,
  null,
}
export function tagAt(cell: number): Tag {
  const high = words[(cell << 1) + 1];
  if (high >> 16 === -2) return Tag.int;
  if (high !== TAG_REF) return Tag.float;
  const ref = words[cell << 1];
  if (ref === Fixed.true || ref === Fixed.false) return Tag.bool;
  return ref === 0 ? Tag.null : Tag.ref;
}

/** The ref as an int, under a guard on what was observed; the caller has checked the tag (int or bool). */
export function asInt(ref: number, cell: number): number {
  switch (ir.type[ref]) {
    case ir.Type.int:
      return ref;
    case ir.Type.bool:
      return emit(U.bool_to_int, ref);
    case ir.Type.value:
      return tagAt(cell) === Tag.bool ? emit(U.bool_to_int, emit(U.unbox_bool, ref)) : emit(U.unbox_int, ref);
  }
  return abort('int expected');
}
export function asFloat(ref: number, cell: number): number {
  switch (ir.type[ref]) {
    case ir.Type.float:
      return ref;
    case ir.Type.value:
      if (tagAt(cell) === Tag.float) return emit(U.unbox_float, ref);
  }
  return emit(U.int_to_float, asInt(ref, cell));
}
/** The ref as an unboxed reference. */
export function asRef(ref: number): number {
  if (ir.type[ref] === ir.Type.ref) return ref;
  if (ir.type[ref] === ir.Type.value) return emit(U.unbox_ref, ref);
  if (ir.type[ref] === ir.Type.bool) return emit(U.unbox_ref, emit(U.box_bool, ref));
  return abort('reference expected');
}
/** The ref boxed. */
export function asValue(ref: number): number {
  switch (ir.type[ref]) {
    case ir.Type.int:
      return emit(U.box_int, ref);
    case ir.Type.float:
      return emit(U.box_float, ref);
    case ir.Type.ref:
      return emit(U.box_ref, ref);
    case ir.Type.bool:
      return emit(U.box_bool, ref);
  }
  return ref;
}
/** The object in a register under a guard on its exact type; the ref unboxed. */
export function guardType(ref: number, type: number): number {
  const object = asRef(ref);
  emit(U.guard_type, object, 0, 0, type);
  return object;
}
/** Guards that a ref is the very object `object`; returns it as a constant. */
export function guardIdentity(ref: number, object: number): number {
  if (ir.type[ref] === ir.Type.ref) emit(U.guard_ref, ref, 0, 0, object);
  else if (ir.type[ref] === ir.Type.value) emit(U.guard_value, ref, 0, 0, object, TAG_REF);
  else abort('object expected');
  return constRef(object);
}

/** The snapshot for an exit at this point; shared between guards with nothing between them. */
export function takeSnapshot(): number {
  const pc = recording.resumePc;
  if (recording.currentSnapshot >= 0 && ir.snapshotPc[recording.currentSnapshot] === pc)
    return recording.currentSnapshot;
  const frame = currentFrame();
  const number = ir.beginSnapshot(pc, frame.chain);
  for (let i = 1; i < recording.frames.length; i++) {
    const { functionRef, offset, generatorRef } = recording.frames[i];
    // a negative slot names the generator of inlined frame number -1 - slot
    if (generatorRef !== 0) ir.addEntry(-i, generatorRef);
    else ir.addEntry(offset, functionRef);
  }
  for (const slot of recording.touched) {
    if (recording.modified[slot] === 0) continue;
    if (isSlotLive(slot, pc)) ir.addEntry(slot, recording.slots[slot]);
  }
  recording.currentSnapshot = number;
  return number;
}

/** Is what the slot holds needed if execution goes on at `pc` in the innermost frame (at the return address in others)? */
export function isSlotLive(slot: number, pc: number): boolean {
  const { frames } = recording;
  let index = frames.length - 1;
  while (index > 0 && slot < frames[index].offset) index--;
  const frame = frames[index];
  const register = slot - frame.offset - H;
  // cells between frames hold what the frame above needs (the instance that __init__ initializes)
  if (register < 0 || register >= words[(frame.code << 1) + Code.registerCount]) return true;
  if (index === frames.length - 1) return isLive(frame.liveness, pc - frame.codeStart, register);
  // the register that the frame above delivers to holds something old
  const above = frames[index + 1];
  if (above.destination === register && above.returnKind === ReturnKind.deliver)
    return register < words[(frame.code << 1) + Code.localCount];
  return (
    isLiveAcross(frame.liveness, above.returnAddress - frame.codeStart, register) ||
    isNeededByReturn(above.returnKind, above.returnAddress, register)
  );
}
/** Does the return of a call look at this register of its instruction, although nothing else will? */
function isNeededByReturn(kind: ReturnKind, returnAddress: number, register: number): boolean {
  switch (kind) {
    case ReturnKind.generatorDefault:
      return register === defaultRegister(returnAddress);
    case ReturnKind.construct:
    case ReturnKind.constructNamed: {
      const first = callRegister(kind, returnAddress);
      return register >= first && register <= first + callRegisters(kind, returnAddress);
    }
  }
  return false;
}
/** The same while the innermost frame calls a function that returns to `returnAddress`. */
export function isSlotLiveAcross(slot: number, returnAddress: number): boolean {
  const { offset, code, liveness, codeStart } = currentFrame();
  const register = slot - offset - H;
  if (register < 0 || register >= words[(code << 1) + Code.registerCount]) return isSlotLive(slot, returnAddress);
  return isLiveAcross(liveness, returnAddress - codeStart, register);
}

/** Forgets the slots from `from` on: the frames there are gone. */
export function dropSlotsFrom(from: number): void {
  const { touched } = recording;
  let kept = 0;
  for (const slot of touched) {
    if (slot >= from) {
      recording.slots[slot] = 0;
      recording.modified[slot] = 0;
    } else touched[kept++] = slot;
  }
  touched.length = kept;
  recording.currentSnapshot = -1;
}

/** Byte offset, from the base frame, of header word `word` of the frame at slot `offset`. */
export function headerByte(offset: number, word: Frame): number {
  return offset * 8 + word * 4;
}

/** What an operand is for arithmetic: its SSA type if that says it, else what its cell holds now. */
export function tagOf(ref: number, cell: number): Tag {
  switch (ir.type[ref]) {
    case ir.Type.int:
      return Tag.int;
    case ir.Type.float:
      return Tag.float;
    case ir.Type.bool:
      return Tag.bool;
  }
  return tagAt(cell);
}

/** Stores any ref as item `index` of a values array. */
export function storeItem(array: number, index: number, value: number): void {
  if (ir.type[value] === ir.Type.float) emit(U.store_item_float, array, index, value);
  else emit(U.store_item, array, index, asValue(value));
  recording.currentSnapshot = -1;
}
/** Stores any ref in a value field at byte offset `offset`. */
export function storeField(object: number, offset: number, value: number): void {
  if (ir.type[value] === ir.Type.float) emit(U.store_field_float, object, value, 0, offset);
  else emit(U.store_field, object, asValue(value), 0, offset);
  recording.currentSnapshot = -1;
}
