/**
 * From the optimized trace to machine code: for each uop the allocator provides registers, the stencil is copied and
 * patched, exits get stubs behind the code. What every exit needs in order to rebuild frames (where each snapshot entry
 * lies) is recorded as the code is written.
 *
 * Code memory is filled from the front and never reused while the process lives; when it is full no more traces are
 * compiled.
 */
import { addon } from '../../addon/load.ts';
import { State } from '../../heap/fixed.ts';
import { words } from '../../heap/memory.ts';
import type { Architecture, BranchKind } from '../architectures.ts';
import { EXIT_FIELDS } from '../executors.ts';
import * as ir from '../ir.ts';
import { DEAD } from '../optimizer/dead-code.ts';
import { BranchTarget, Source, type StencilLibrary, StencilRangeError } from '../stencil-library.ts';
import { U, uopOperandCounts, uopTable } from '../uops.ts';
import {
  advance,
  beginAllocation,
  enterLoop,
  FLOAT_LOCATION,
  forgetRegister,
  hasOtherCopy,
  inRegister,
  isFloatRef,
  isFree,
  isInSnapshot,
  isNeededAfter,
  locationOf,
  type Mover,
  markCarried,
  place,
  placeInSpill,
  preferredRegister,
  release,
  restoreHeader,
  SPILL_LOCATION,
  spillCount,
  takeRegister,
} from './allocator.ts';

/**
 * A trace takes about a kilobyte, so this is room for several times the traces that a program may have. At 64 MiB V8 sees
 * a buffer that is worth a garbage collection, in the midst of the first trace.
 */
export const CODE_BYTES = 16 << 20;

/** Location of a snapshot entry that is a constant: the two halves of its bits are stored instead. */
export const CONSTANT_LOCATION = -1;

/** An exit as compiled code knows it. `entries`: five numbers each: slot, Type, location, low, high. */
export interface CompiledExit {
  readonly snapshot: number;
  /** ref of the uop that exits */
  readonly ref: number;
  readonly entries: Int32Array;
  stub: number;
}

export interface CompiledTrace {
  readonly entry: number;
  readonly end: number;
  readonly exits: readonly CompiledExit[];
  readonly spills: number;
}
export class CodeMemoryFull extends Error {}

let library: StencilLibrary;
let architecture: Architecture;
let offset = 0;
let exitCommon = 0;
/** code offset at which the trace that called a helper goes on, to be entered */
export let helperResume = 0;
let forms = { exitStub: 0, jump: 0, move: 0, moveFloat: 0, spill: 0, spillFloat: 0, reload: 0, reloadFloat: 0 };
let buffer: Uint8Array;

/** Maps code memory and writes the common code. Throws if the addon cannot. */
export function installAssembler(stencils: StencilLibrary): void {
  library = stencils;
  architecture = stencils.architecture;
  const memory = addon!.mapCode(CODE_BYTES, State.codeBase * 4);
  buffer = new Uint8Array(memory);
  library.code = buffer;
  forms = {
    exitStub: library.findSpecial('exit_stub'),
    jump: library.findSpecial('jump'),
    move: library.find(U.move_general, false),
    moveFloat: library.find(U.move_float, false),
    spill: library.find(U.spill_general, false),
    spillFloat: library.find(U.spill_float, false),
    reload: library.find(U.reload_general, false),
    reloadFloat: library.find(U.reload_float, false),
  };
  offset = library.copy(library.findSpecial('entry'), 0);
  exitCommon = offset = align(offset);
  offset = library.copy(library.findSpecial('exit_common'), offset);
  helperResume = offset = align(offset);
  offset = library.copy(library.findSpecial('helper_resume'), offset);
  addon!.publish(0, offset);
}
function align(at: number): number {
  return (at + 15) & ~15;
}
export function codeBytes(): number {
  return offset;
}

/** Sets State.nativeTarget to a code offset, for the next enter(). */
export function setTarget(code: number): void {
  const low = (words[State.codeBase] >>> 0) + code;
  words[State.nativeTarget] = low | 0;
  words[State.nativeTarget + 1] = words[State.codeBase + 1] + (low > 0xffffffff ? 1 : 0);
}

const mover: Mover = {
  move(to, from, float) {
    library.operands[Source.result] = to;
    library.operands[Source.a] = from;
    offset = library.copy(float ? forms.moveFloat : forms.move, offset);
  },
  spill(slot, register, float) {
    library.operands[Source.a] = register;
    library.operands[Source.immediate] = slot;
    offset = library.copy(float ? forms.spillFloat : forms.spill, offset);
  },
  reload(register, slot, float) {
    library.operands[Source.result] = register;
    library.operands[Source.immediate] = slot;
    offset = library.copy(float ? forms.reloadFloat : forms.reload, offset);
  },
  constant(register, ref) {
    library.operands[Source.result] = register;
    library.operands[Source.immediate] = ir.imm0[ref];
    library.operands[Source.immediateHigh] = ir.imm1[ref];
    offset = library.copy(library.find(ir.op[ref], false), offset);
  },
};

/** Where a side trace finds what it inherits: per `inherit_` uop ref a location as in CompiledExit. */
export type Inheritance = (entry: number) => number;

let exits: CompiledExit[] = [];
let exitBranches: { at: number; kind: BranchKind; exit: number }[] = [];

/**
 * Compiles the trace in ir. `exitNumber(i)` is the global number of the i-th exit; `targetOf(executor)` the code offset of
 * an executor's entry (-1: this one). Throws OutOfRegisters, StencilRangeError, CodeMemoryFull.
 */
export function assemble(
  firstExit: number,
  inherited: Inheritance,
  inheritedSpills: number,
  targetOf: (executor: number) => number,
): CompiledTrace {
  const start = (offset = align(offset));
  const { count } = ir.trace;
  if (start + count * 64 > CODE_BYTES) throw new CodeMemoryFull();
  exits = [];
  exitBranches = [];
  let loopOffset = 0;
  try {
    markCarried();
    beginAllocation(architecture, mover, inheritedSpills);
    // all inheritance at once, before anything can need a register
    for (let ref = 1; ref < count; ref++) {
      const op = ir.op[ref];
      if (op < U.inherit_int || op > U.inherit_value) continue;
      const location = inherited(ir.imm0[ref]);
      if (location >= SPILL_LOCATION) placeInSpill(ref, location - SPILL_LOCATION);
      else place(ref, location % FLOAT_LOCATION);
    }
    for (let ref = 1; ref < count; ref++) {
      const op = ir.op[ref];
      if (op === DEAD || ir.isConstant(ref)) continue;
      if (op >= U.inherit_int && op <= U.inherit_value) {
        advance(ref);
        release(ref);
        continue;
      }
      advance(ref);
      if (op === U.loop) {
        enterLoop();
        loopOffset = offset;
        continue;
      }
      if (op === U.jump_loop) restoreHeader();
      emitUop(
        ref,
        firstExit,
        op === U.jump_loop
          ? loopOffset
          : op === U.jump_executor
            ? targetFor(ir.imm0[ref], start, targetOf)
            : exitCommon,
      );
    }
    for (let i = 0; i < exits.length; i++) {
      exits[i].stub = offset;
      library.branchCount = 0;
      library.operands[Source.immediate] = firstExit + i;
      offset = library.copy(forms.exitStub, offset);
      for (let k = 0; k < library.branchCount; k++)
        library.patchBranch(library.branchOffsets[k], library.branchKinds[k], exitCommon);
    }
    for (const { at, kind, exit } of exitBranches) library.patchBranch(at, kind, exits[exit].stub);
  } catch (error) {
    offset = start;
    throw error;
  }
  addon!.publish(start, offset - start);
  return { entry: start, end: offset, exits, spills: spillCount() };
}
function targetFor(executor: number, start: number, targetOf: (executor: number) => number): number {
  return executor < 0 ? start : targetOf(executor);
}

const operandRegisters = new Int32Array(3);
/** An operand whose register the result takes over, but only behind the exit: the exit still finds it there. */
const lent = { ref: 0, register: 0 };

function emitUop(ref: number, firstExit: number, target: number): void {
  const op = ir.op[ref];
  const declaration = uopTable[op];
  const count = uopOperandCounts[op];
  const operands = [ir.a[ref], ir.b[ref], ir.c[ref]];
  let constant = false;
  const last = declaration.constantOperand;
  if (last >= 0 && fitsImmediate(operands[last])) constant = library.find(op, true) >= 0;
  const form = library.find(op, constant);
  const registers = constant ? count - 1 : count;
  for (let i = 0; i < registers; i++) operandRegisters[i] = inRegister(operands[i]);
  const float = declaration.result === 'float';
  let result = -1;
  lent.ref = 0;
  if (declaration.result !== null) result = placeResult(ref, form, operands, registers, float);
  library.branchCount = 0;
  const values = library.operands;
  values[Source.result] = result;
  for (let i = 0; i < registers; i++) values[Source.a + i] = operandRegisters[i];
  values[Source.immediate] = ir.imm0[ref];
  values[Source.immediateHigh] = ir.imm1[ref];
  // a wide immediate has its high half where others have their second one
  values[Source.second] = ir.imm1[ref];
  if (constant) values[Source.constant] = ir.imm0[operands[last]];
  const exit = ir.snapshot[ref] >= 0 && op !== U.jump_executor ? recordExit(ref) : -1;
  if (op === U.call_helper) values[Source.second] = firstExit + exit;
  offset = library.copy(form, offset);
  for (let i = 0; i < library.branchCount; i++) {
    const at = library.branchOffsets[i];
    const kind = library.branchKinds[i];
    if (library.branchTargets[i] === BranchTarget.exit) exitBranches.push({ at, kind, exit });
    else library.patchBranch(at, kind, target);
  }
  for (let i = 0; i < count; i++) release(operands[i]);
  if (ir.snapshot[ref] >= 0) releaseSnapshot(ir.snapshot[ref]);
  if (result >= 0) {
    place(ref, result);
    release(ref);
  }
}

/** Does a constant fit a signed 32-bit immediate? */
function fitsImmediate(ref: number): boolean {
  if (ir.op[ref] === U.const_ref) return true;
  return ir.op[ref] === U.const_int && ir.imm1[ref] === ir.imm0[ref] >> 31;
}

/** Chooses the result's register by the form's rules; moves a tied operand first if it must survive. */
function placeResult(
  ref: number,
  form: number,
  operands: readonly number[],
  registers: number,
  float: boolean,
): number {
  const tied = library.tied(form);
  const preferred = preferredRegister(ref);
  const afterExit = library.resultAfterExit(form);
  const exits = ir.snapshot[ref] >= 0;
  if (tied >= 0) {
    const operand = operands[tied];
    const register = operandRegisters[tied];
    let others = 0;
    for (let i = 0; i < registers; i++) if (i !== tied && operands[i] === operand) others++;
    const neededByExit = exits && !afterExit && isInSnapshot(operand, ref) && !hasOtherCopy(operand);
    if (!isNeededAfter(operand) && !neededByExit && others === 0) {
      if (exits && afterExit) {
        lent.ref = operand;
        lent.register = register;
      }
      forgetRegister(operand);
      return register;
    }
    if (hasOtherCopy(operand) && others === 0 && !ir.isConstant(operand)) {
      // the spilled copy is the one that lives on
      forgetRegister(operand);
      return register;
    }
    const result = takeRegister(float, preferred);
    mover.move(result, register, float);
    operandRegisters[tied] = result;
    return result;
  }
  if (preferred >= 0 && isFree(preferred, float)) return takeRegister(float, preferred);
  if (!library.earlyClobber(form)) {
    // an operand that dies here gives its register
    for (let i = 0; i < registers; i++) {
      const operand = operands[i];
      if (isFloatRef(operand) !== float || isNeededAfter(operand) || ir.isConstant(operand)) continue;
      if (exits && isInSnapshot(operand, ref)) continue;
      forgetRegister(operand);
      return operandRegisters[i];
    }
  }
  return takeRegister(float, preferred);
}

/** Notes where the entries of this uop's snapshot lie. */
function recordExit(ref: number): number {
  const snapshot = ir.snapshot[ref];
  const start = ir.snapshotStart[snapshot];
  const length = ir.snapshotLength[snapshot];
  const entries = new Int32Array(length * EXIT_FIELDS);
  for (let i = 0; i < length; i++) {
    const slot = ir.snapshotEntries[(start + i) * 2];
    const value = ir.snapshotEntries[(start + i) * 2 + 1];
    const at = i * EXIT_FIELDS;
    entries[at] = slot;
    entries[at + 1] = ir.type[value];
    if (ir.isConstant(value)) {
      entries[at + 2] = CONSTANT_LOCATION;
      entries[at + 3] = ir.imm0[value];
      entries[at + 4] = ir.imm1[value];
    } else {
      const location =
        value === lent.ref ? lent.register + (isFloatRef(value) ? FLOAT_LOCATION : 0) : locationOf(value);
      if (location < 0) throw new StencilRangeError(`%${value} is nowhere at the exit of %${ref}`);
      entries[at + 2] = location;
    }
  }
  return exits.push({ snapshot, ref, entries, stub: 0 }) - 1;
}
function releaseSnapshot(snapshot: number): void {
  const start = ir.snapshotStart[snapshot];
  for (let i = start; i < start + ir.snapshotLength[snapshot]; i++) release(ir.snapshotEntries[i * 2 + 1]);
}

/** Overwrites an exit's stub by a jump to `target`; or the entry of a dropped executor by a jump to a stub. */
export function patchJump(at: number, target: number): void {
  library.branchCount = 0;
  const end = library.copy(forms.jump, at);
  for (let i = 0; i < library.branchCount; i++)
    library.patchBranch(library.branchOffsets[i], library.branchKinds[i], target);
  addon!.publish(at, end - at);
}
/** A stub of its own for exit `number`, outside any trace; returns its offset. */
export function standaloneStub(number: number): number {
  const at = (offset = align(offset));
  library.branchCount = 0;
  library.operands[Source.immediate] = number;
  offset = library.copy(forms.exitStub, offset);
  for (let i = 0; i < library.branchCount; i++)
    library.patchBranch(library.branchOffsets[i], library.branchKinds[i], exitCommon);
  addon!.publish(at, offset - at);
  return at;
}
