/**
 * Loop optimization by peeling (the idea of LuaJIT's copy substitution): the recorded iteration becomes the preamble, and
 * is replayed once more through `emit` with the values of its end in place of those of its beginning. What does not
 * depend on the iteration finds itself in the preamble and is shared: loop-invariant code motion, guards included. What
 * was replayed is the loop; values that it takes from the iteration before are phis: a pair of the ref as the loop sees
 * it and the ref that replaces it at the back-edge.
 */
import * as ir from '../ir.ts';
import { Type } from '../ir.ts';
import { U, uopTable } from '../uops.ts';
import { emit, ImpossibleGuard, setSnapshotSource } from './emit.ts';

/** State of the frame at the header, as the recorder leaves it. */
export interface LoopEdge {
  /** where the interpreter goes on at the beginning of an iteration */
  readonly pc: number;
  /** slots that hold something else than memory and are live at the header, with their refs */
  readonly slots: readonly number[];
  readonly refs: readonly number[];
  /** entry loads: ref of the load by slot */
  readonly entryLoads: ReadonlyMap<number, number>;
}

const substitution = new Int32Array(ir.MAX_UOPS);
const copiedSnapshot = new Int32Array(4000);
/** ref of the recorded iteration that is being replayed */
let current = 0;
const operandTypes: readonly (readonly Type[])[] = uopTable.map((u) =>
  u.operands.map((t) => ({ int: Type.int, float: Type.float, bool: Type.bool, ref: Type.ref, value: Type.value })[t]),
);

/**
 * Appends the loop part to the recorded trace. Throws ImpossibleGuard (and leaves the trace as it was) if the values at
 * the end of an iteration do not fit its beginning.
 */
export function peelLoop(edge: LoopEdge): void {
  const end = ir.trace.count;
  const snapshotsBefore = ir.trace.snapshots;
  const entriesBefore = ir.trace.entries;
  try {
    replay(edge, end);
  } catch (error) {
    truncate(end, snapshotsBefore, entriesBefore);
    throw error;
  }
}

function truncate(end: number, snapshots: number, entries: number): void {
  ir.trace.count = end;
  ir.trace.snapshots = snapshots;
  ir.trace.entries = entries;
  ir.trace.loopStart = 0;
  ir.trace.phis.length = 0;
  ir.lastOf.fill(0);
  for (let ref = 1; ref < end; ref++) {
    ir.previous[ref] = ir.lastOf[ir.op[ref]];
    ir.lastOf[ir.op[ref]] = ref;
  }
}

function replay(edge: LoopEdge, end: number): void {
  copiedSnapshot.fill(-1, 0, ir.trace.snapshots);
  const slotOfLoad = new Map<number, number>();
  for (const [slot, ref] of edge.entryLoads) slotOfLoad.set(ref, slot);
  const endValue = new Map<number, number>();
  edge.slots.forEach((slot, i) => {
    endValue.set(slot, edge.refs[i]);
  });
  ir.trace.loopStart = ir.append(U.loop, 0, 0, 0, 0, 0, -1);
  boxAtStart(edge, end, slotOfLoad, endValue);
  setSnapshotSource(() => copySnapshot(ir.snapshot[current], edge));
  const carried: number[] = [];
  const isCarried = new Uint8Array(end);
  const carry = (ref: number): void => {
    if (ref !== 0 && ref < end && !ir.isConstant(ref) && isCarried[ref] === 0) {
      isCarried[ref] = 1;
      carried.push(ref);
    }
  };
  for (const ref of edge.refs) carry(ref);
  for (let ref = 1; ref < end; ref++) {
    current = ref;
    const slot = slotOfLoad.get(ref);
    if (ir.isConstant(ref)) substitution[ref] = ref;
    else if (slot !== undefined) substitution[ref] = endValue.get(slot) ?? ref;
    else {
      const op = ir.op[ref];
      const types = operandTypes[op];
      substitution[ref] = emit(
        op,
        types.length > 0 ? fit(substitution[ir.a[ref]], types[0]) : 0,
        types.length > 1 ? fit(substitution[ir.b[ref]], types[1]) : 0,
        types.length > 2 ? fit(substitution[ir.c[ref]], types[2]) : 0,
        ir.imm0[ref],
        ir.imm1[ref],
      );
      if (substitution[ref] !== ref) carry(substitution[ref]);
    }
  }
  // Folding may have looked through a carried value to what it was made of in the preamble: that is carried then, too.
  const used = (ref: number): void => {
    if (ref < end && substitution[ref] !== ref) carry(ref);
  };
  for (let ref = ir.trace.loopStart + 1; ref < ir.trace.count; ref++) {
    used(ir.a[ref]);
    used(ir.b[ref]);
    used(ir.c[ref]);
    const copy = ir.snapshot[ref];
    if (copy < 0) continue;
    for (let i = ir.snapshotStart[copy]; i < ir.snapshotStart[copy] + ir.snapshotLength[copy]; i++)
      used(ir.snapshotEntries[i * 2 + 1]);
  }
  ir.append(U.jump_loop, 0, 0, 0, 0, 0, -1);
  for (let i = 0; i < carried.length; i++) {
    const left = carried[i];
    let right = substitution[left];
    if (right === left) continue;
    if (ir.type[left] !== ir.type[right]) {
      if (ir.type[left] !== Type.value) throw new ImpossibleGuard();
      right = boxBeforeJump(right);
    }
    ir.trace.phis.push(left, right);
    carry(right);
  }
}

/**
 * An int that the recorded iteration found boxed in memory, and handed on boxed to a uop that cannot exit (a store, an
 * argument), must be boxed in the loop, which may exit. The only place for that is the start of the iteration.
 */
function boxAtStart(
  edge: LoopEdge,
  end: number,
  slotOfLoad: ReadonlyMap<number, number>,
  endValue: ReadonlyMap<number, number>,
): void {
  let snapshot = -1;
  setSnapshotSource(() => {
    if (snapshot >= 0) return snapshot;
    snapshot = ir.beginSnapshot(edge.pc, 0);
    edge.slots.forEach((slot, i) => {
      ir.addEntry(slot, edge.refs[i]);
    });
    return snapshot;
  });
  for (let ref = 1; ref < end; ref++) {
    const types = operandTypes[ir.op[ref]];
    if (ir.snapshot[ref] >= 0) continue;
    for (let i = 0; i < types.length; i++) {
      if (types[i] !== Type.value) continue;
      const slot = slotOfLoad.get(i === 0 ? ir.a[ref] : i === 1 ? ir.b[ref] : ir.c[ref]);
      const value = slot === undefined ? undefined : endValue.get(slot);
      if (value !== undefined && ir.type[value] === Type.int) emit(U.box_int, value);
    }
  }
}

/** Boxing at the back-edge: the jump moves behind it. */
function boxBeforeJump(ref: number): number {
  const jump = ir.trace.count - 1;
  ir.trace.count = jump;
  ir.lastOf[U.jump_loop] = ir.previous[jump];
  if (ir.type[ref] === Type.int) throw new ImpossibleGuard();
  const boxed = fit(ref, Type.value);
  ir.append(U.jump_loop, 0, 0, 0, 0, 0, -1);
  return boxed;
}

/** The ref in the type an operand wants. */
function fit(ref: number, wanted: Type): number {
  const has = ir.type[ref];
  if (has === wanted) return ref;
  if (wanted === Type.value) {
    switch (has) {
      case Type.int: {
        const before = ir.trace.count;
        const boxed = emit(U.box_int, ref);
        if (boxed >= before && ir.op[boxed] === U.box_int && ir.snapshot[current] < 0) throw new ImpossibleGuard();
        return boxed;
      }
      case Type.float:
        return emit(U.box_float, ref);
      case Type.ref:
        return emit(U.box_ref, ref);
      case Type.bool:
        return emit(U.box_bool, ref);
    }
  }
  throw new ImpossibleGuard();
}

/**
 * The snapshot of the recorded iteration as it looks in the loop: its refs replaced, and what the iteration before has
 * left in registers added.
 */
function copySnapshot(original: number, edge: LoopEdge): number {
  if (copiedSnapshot[original] >= 0) return copiedSnapshot[original];
  const start = ir.snapshotStart[original];
  const length = ir.snapshotLength[original];
  const copy = ir.beginSnapshot(ir.snapshotPc[original], ir.snapshotChain[original]);
  const seen = new Set<number>();
  for (let i = start; i < start + length; i++) {
    const slot = ir.snapshotEntries[i * 2];
    seen.add(slot);
    ir.addEntry(slot, substitution[ir.snapshotEntries[i * 2 + 1]]);
  }
  edge.slots.forEach((slot, i) => {
    if (!seen.has(slot)) ir.addEntry(slot, edge.refs[i]);
  });
  copiedSnapshot[original] = copy;
  return copy;
}
