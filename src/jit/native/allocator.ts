/**
 * Register allocation, one pass forward together with emission (assembler.ts). A trace is straight code with one
 * back-edge, so the allocator always knows what each register holds; when it needs one it evicts the value whose next
 * use is farthest away (Belady), spilling it if it was never spilled. Constants are never spilled but made again. At
 * the loop header the locations are remembered; at the back-edge they are restored by parallel moves.
 *
 * Turned down: classic linear scan over intervals (decides once for a value's whole life, and needs registers kept
 * free for reloads), LuaJIT's backward allocation (emits backwards, which copying whole stencils does not suit).
 */
import { SPILL_CELLS } from '../../heap/fixed.ts';
import type { Architecture } from '../architectures.ts';
import * as ir from '../ir.ts';
import { DEAD } from '../optimizer/dead-code.ts';
import { uopOperandCounts } from '../uops.ts';

/** What the allocator asks the assembler to write. */
export interface Mover {
  move(to: number, from: number, float: boolean): void;
  spill(slot: number, register: number, float: boolean): void;
  reload(register: number, slot: number, float: boolean): void;
  constant(register: number, ref: number): void;
}
export class OutOfRegisters extends Error {}

/** register that holds a ref now, or -1; spill slot that holds it, or -1 */
export const registerOf: Int32Array = new Int32Array(ir.MAX_UOPS);
export const spillOf: Int32Array = new Int32Array(ir.MAX_UOPS);
const generalHolder = new Int32Array(32);
const floatHolder = new Int32Array(32);
/** uses of each ref as a linked list of positions, in ascending order, that advances with the pass */
const useHead = new Int32Array(ir.MAX_UOPS);
const useNext = new Int32Array(ir.MAX_UOPS * 8);
const usePosition = new Int32Array(ir.MAX_UOPS * 8);
/** last position at which a ref must be somewhere (operands and snapshots) */
const lastNeed = new Int32Array(ir.MAX_UOPS);
/** preferred register, -1 none */
const hint = new Int32Array(ir.MAX_UOPS);
const locked = new Int32Array(8);
let lockedCount = 0;
let uses = 0;
let nextSpill = 0;
const freeSpills: number[] = [];
let position = 0;
let architecture: Architecture;
let mover: Mover;

/** Location numbers: general register n, 32 + float register n, 64 + spill slot. */
export const SPILL_LOCATION = 64;
export const FLOAT_LOCATION = 32;

export function isFloatRef(ref: number): boolean {
  return ir.type[ref] === ir.Type.float;
}

/** Prepares for the trace in ir: finds the uses. `firstSpill`: slots below are taken (by a parent trace's values). */
export function beginAllocation(target: Architecture, moves: Mover, firstSpill: number): void {
  architecture = target;
  mover = moves;
  const { count, loopStart, phis } = ir.trace;
  registerOf.fill(-1, 0, count);
  spillOf.fill(-1, 0, count);
  useHead.fill(0, 0, count);
  lastNeed.fill(0, 0, count);
  hint.fill(-1, 0, count);
  generalHolder.fill(0);
  floatHolder.fill(0);
  lockedCount = 0;
  uses = 1;
  nextSpill = firstSpill;
  freeSpills.length = 0;
  for (let i = 0; i < phis.length; i += 2) addUse(phis[i + 1], count - 1);
  const seenInLoop = loopStart === 0 ? null : new Uint8Array(loopStart);
  for (let ref = count - 1; ref > 0; ref--) {
    const op = ir.op[ref];
    if (op === DEAD) continue;
    const operands = uopOperandCounts[op];
    if (operands > 0) use(ir.a[ref], ref, seenInLoop);
    if (operands > 1) use(ir.b[ref], ref, seenInLoop);
    if (operands > 2) use(ir.c[ref], ref, seenInLoop);
    const snapshot = ir.snapshot[ref];
    if (snapshot < 0) continue;
    const start = ir.snapshotStart[snapshot];
    for (let i = start; i < start + ir.snapshotLength[snapshot]; i++) {
      const entry = ir.snapshotEntries[i * 2 + 1];
      if (lastNeed[entry] < ref) lastNeed[entry] = ref;
      if (seenInLoop !== null && ref > loopStart && entry < loopStart && !ir.isConstant(entry))
        needUntilJump(entry, seenInLoop);
    }
  }
}
let leftOfPhi = new Uint8Array(0);
function use(ref: number, at: number, seenInLoop: Uint8Array | null): void {
  const { loopStart } = ir.trace;
  if (seenInLoop !== null && at > loopStart && ref < loopStart) needUntilJump(ref, seenInLoop);
  addUse(ref, at);
}
/** What the loop takes from before it must be there again at the back-edge, unless it is replaced there. */
function needUntilJump(ref: number, seen: Uint8Array): void {
  if (seen[ref] !== 0) return;
  seen[ref] = 1;
  if (isCarried(ref)) return;
  const end = ir.trace.count - 1;
  if (lastNeed[ref] < end) lastNeed[ref] = end;
}
function isCarried(ref: number): boolean {
  return ref < leftOfPhi.length && leftOfPhi[ref] !== 0;
}
/** Marks the left sides of phis; call before beginAllocation. */
export function markCarried(): void {
  const { phis, loopStart } = ir.trace;
  leftOfPhi = new Uint8Array(loopStart);
  for (let i = 0; i < phis.length; i += 2) leftOfPhi[phis[i]] = 1;
}
function addUse(ref: number, at: number): void {
  if (lastNeed[ref] < at) lastNeed[ref] = at;
  usePosition[uses] = at;
  useNext[uses] = useHead[ref];
  useHead[ref] = uses++;
}

/** Sets the position of the uop about to be emitted and releases the locks of the last one. */
export function advance(to: number): void {
  position = to;
  lockedCount = 0;
}
function lock(register: number, float: boolean): void {
  locked[lockedCount++] = float ? register + FLOAT_LOCATION : register;
}
function isLocked(register: number, float: boolean): boolean {
  const location = float ? register + FLOAT_LOCATION : register;
  for (let i = 0; i < lockedCount; i++) if (locked[i] === location) return true;
  return false;
}

/** Position of the next use as an operand, after the present uop; a big number if there is none. */
function nextUse(ref: number): number {
  let node = useHead[ref];
  while (node !== 0 && usePosition[node] <= position) node = useNext[node];
  useHead[ref] = node;
  if (node !== 0) return usePosition[node];
  return 0x3fffffff;
}
/** Is the ref needed after the present uop (or, `exitToo`, by this uop's own exit)? */
export function isNeededAfter(ref: number): boolean {
  return lastNeed[ref] > position;
}
/** Is the ref in the snapshot of uop `at`? */
export function isInSnapshot(ref: number, at: number): boolean {
  const snapshot = ir.snapshot[at];
  if (snapshot < 0) return false;
  const start = ir.snapshotStart[snapshot];
  for (let i = start; i < start + ir.snapshotLength[snapshot]; i++)
    if (ir.snapshotEntries[i * 2 + 1] === ref) return true;
  return false;
}

function holders(float: boolean): Int32Array {
  return float ? floatHolder : generalHolder;
}
/** Puts a ref in a register by decree (a side trace's inheritance, a result). */
export function place(ref: number, register: number): void {
  const float = isFloatRef(ref);
  holders(float)[register] = ref;
  registerOf[ref] = register;
}
export function placeInSpill(ref: number, slot: number): void {
  spillOf[ref] = slot;
  if (slot >= nextSpill) nextSpill = slot + 1;
}
/** The register a ref had better get (a phi's successor: its predecessor's), or -1. */
export function preferredRegister(ref: number): number {
  return hint[ref];
}
export function isFree(register: number, float: boolean): boolean {
  return holders(float)[register] === 0 && !isLocked(register, float);
}

/** A free register of the class, evicting if there is none; locked. `preferred` -1 for any. */
export function takeRegister(float: boolean, preferred: number): number {
  const holder = holders(float);
  const set = float ? architecture.allocatableFloat : architecture.allocatableGeneral;
  if (preferred >= 0 && holder[preferred] === 0 && !isLocked(preferred, float)) {
    lock(preferred, float);
    return preferred;
  }
  for (const register of set)
    if (holder[register] === 0 && !isLocked(register, float)) {
      lock(register, float);
      return register;
    }
  let victim = -1;
  let farthest = -1;
  for (const register of set) {
    if (isLocked(register, float)) continue;
    const ref = holder[register];
    let distance = nextUse(ref);
    // making a constant again or reloading what is spilled already is cheaper than a store and a load
    if (ir.isConstant(ref) || spillOf[ref] >= 0) distance += 2;
    if (distance > farthest) {
      farthest = distance;
      victim = register;
    }
  }
  if (victim < 0) throw new OutOfRegisters();
  evict(victim, float);
  lock(victim, float);
  return victim;
}
function evict(register: number, float: boolean): void {
  const holder = holders(float);
  const ref = holder[register];
  if (!ir.isConstant(ref) && spillOf[ref] < 0 && lastNeed[ref] >= position) {
    spillOf[ref] = takeSpill();
    mover.spill(spillOf[ref], register, float);
  }
  registerOf[ref] = -1;
  holder[register] = 0;
}
function takeSpill(): number {
  const slot = freeSpills.pop() ?? nextSpill++;
  if (slot >= SPILL_CELLS) throw new OutOfRegisters();
  return slot;
}

/** The register that holds the ref, loading it if need be; locked. */
export function inRegister(ref: number): number {
  const float = isFloatRef(ref);
  let register = registerOf[ref];
  if (register >= 0) {
    lock(register, float);
    return register;
  }
  register = takeRegister(float, hint[ref]);
  if (ir.isConstant(ref)) mover.constant(register, ref);
  else mover.reload(register, spillOf[ref], float);
  place(ref, register);
  return register;
}

/** Frees what the present uop was the last to need. */
export function release(ref: number): void {
  if (ref === 0 || lastNeed[ref] > position) return;
  const register = registerOf[ref];
  if (register >= 0) {
    holders(isFloatRef(ref))[register] = 0;
    registerOf[ref] = -1;
  }
  if (spillOf[ref] >= 0) {
    if (ir.trace.loopStart === 0 || position < ir.trace.loopStart) freeSpills.push(spillOf[ref]);
    spillOf[ref] = -1;
  }
}
/** Takes a register away from a ref that keeps living elsewhere or is dead. */
export function forgetRegister(ref: number): void {
  const register = registerOf[ref];
  if (register < 0) return;
  holders(isFloatRef(ref))[register] = 0;
  registerOf[ref] = -1;
}
/** Is there another copy of the ref, so that its register may be overwritten? */
export function hasOtherCopy(ref: number): boolean {
  return spillOf[ref] >= 0 || ir.isConstant(ref);
}
interface HeaderLocation {
  readonly ref: number;
  readonly location: number;
}
let header: HeaderLocation[] = [];

/** At the `loop` uop: remembers where the values are that the loop takes in, and prepares the phis. */
export function enterLoop(): void {
  header = [];
  const { phis } = ir.trace;
  const carried = new Set<number>();
  for (let i = 0; i < phis.length; i += 2) {
    const left = phis[i];
    carried.add(left);
    if (registerOf[left] >= 0) {
      header.push({ ref: left, location: registerOf[left] + (isFloatRef(left) ? FLOAT_LOCATION : 0) });
      // the next iteration has another value: what was spilled before is not it
      spillOf[left] = -1;
      hint[phis[i + 1]] = registerOf[left];
    } else if (spillOf[left] >= 0) header.push({ ref: left, location: SPILL_LOCATION + spillOf[left] });
    // in neither: nothing in the loop needs what the phi carries
  }
  for (const [holder, float] of [
    [generalHolder, false],
    [floatHolder, true],
  ] as const)
    for (let register = 0; register < 32; register++) {
      const ref = holder[register];
      if (ref !== 0 && !carried.has(ref)) header.push({ ref, location: register + (float ? FLOAT_LOCATION : 0) });
    }
  // no spill slot that the loop reads from before may be reused in it
  freeSpills.length = 0;
}

/** At the back-edge: moves every value to where the header expects it. */
export function restoreHeader(): void {
  const successor = new Map<number, number>();
  const { phis } = ir.trace;
  for (let i = 0; i < phis.length; i += 2) successor.set(phis[i], phis[i + 1]);
  const pending: { to: number; ref: number }[] = [];
  for (const { ref, location } of header) {
    const value = successor.get(ref) ?? ref;
    // an invariant that the loop does not need any more needs no restoring
    if (value === ref && lastNeed[ref] < position) continue;
    if (locationOf(value) === location && !(location >= SPILL_LOCATION && registerOf[value] >= 0)) continue;
    if (location >= SPILL_LOCATION && spillOf[value] === location - SPILL_LOCATION) continue;
    pending.push({ to: location, ref: value });
  }
  while (pending.length > 0) {
    let progress = false;
    for (let i = pending.length - 1; i >= 0; i--) {
      const { to, ref } = pending[i];
      if (pending.some((other, j) => j !== i && sourceLocation(other.ref) === to)) continue;
      perform(to, ref);
      pending.splice(i, 1);
      progress = true;
    }
    if (progress) continue;
    // A cycle. Who lies where the first of those that wait must go makes way for it.
    const { to } = pending[0];
    const { ref } = pending.find((other) => sourceLocation(other.ref) === to)!;
    const slot = takeSpill();
    perform(SPILL_LOCATION + slot, ref);
    forgetRegister(ref);
    spillOf[ref] = slot;
  }
}
/** Where a ref lies: register first. */
export function locationOf(ref: number): number {
  if (registerOf[ref] >= 0) return registerOf[ref] + (isFloatRef(ref) ? FLOAT_LOCATION : 0);
  return spillOf[ref] >= 0 ? SPILL_LOCATION + spillOf[ref] : -1;
}
function sourceLocation(ref: number): number {
  return ir.isConstant(ref) && registerOf[ref] < 0 ? -1 : locationOf(ref);
}
function perform(to: number, ref: number): void {
  const float = isFloatRef(ref);
  const from = sourceLocation(ref);
  if (to >= SPILL_LOCATION) {
    if (from >= 0 && from < SPILL_LOCATION) {
      mover.spill(to - SPILL_LOCATION, from % FLOAT_LOCATION, float);
      return;
    }
    viaRegister(float, (register) => {
      if (from >= 0) mover.reload(register, from - SPILL_LOCATION, float);
      else mover.constant(register, ref);
      mover.spill(to - SPILL_LOCATION, register, float);
    });
    return;
  }
  const register = to % FLOAT_LOCATION;
  if (from < 0) mover.constant(register, ref);
  else if (from >= SPILL_LOCATION) mover.reload(register, from - SPILL_LOCATION, float);
  else mover.move(register, from % FLOAT_LOCATION, float);
}
/** Lends a register for a copy from memory to memory at the back-edge: a free one, or one whose value is kept meanwhile. */
function viaRegister(float: boolean, copy: (register: number) => void): void {
  const holder = holders(float);
  const set = float ? architecture.allocatableFloat : architecture.allocatableGeneral;
  for (const register of set) {
    const location = register + (float ? FLOAT_LOCATION : 0);
    if (holder[register] !== 0 || header.some((entry) => entry.location === location)) continue;
    copy(register);
    return;
  }
  const slot = takeSpill();
  mover.spill(slot, set[0], float);
  copy(set[0]);
  mover.reload(set[0], slot, float);
  freeSpills.push(slot);
}
/** Spill slots in use so far, for side traces. */
export function spillCount(): number {
  return nextSpill;
}
