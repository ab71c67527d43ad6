/**
 * Allocation sinking: an object that the trace makes but shows to nobody is not made; snapshots that mention it say how
 * to make it should the trace be left there. Its fields then live in registers like everything else.
 *
 * An allocation can be sunk if it is only stored into at constant offsets (words by constants), never loaded from (loads
 * were forwarded as they were emitted), compared, passed on or carried round the loop. In a snapshot a sunk object is
 * spelled by entries with coded slots: `OBJECT` (its header), `CELL` (the content of one of its cells), `SLOT` (a frame
 * slot that holds it). Objects that refer to each other are not sunk: the inner one counts as passed on.
 */
import * as ir from '../ir.ts';
import { U, uopOperandCounts } from '../uops.ts';
import { DEAD } from './dead-code.ts';

/** Coded slots of snapshot entries: flag | object number << 12 | payload (cells of the object, cell, slot). */
export enum Sunk {
  object = 1 << 24,
  cell = 1 << 25,
  slot = 1 << 26,
}
export const SUNK_NUMBER_SHIFT = 12;
export const SUNK_PAYLOAD = 4095;
const MAX_OBJECTS = 60;

interface Candidate {
  readonly ref: number;
  readonly cells: number;
  /** in order: position, cell, ref of the content (0: a word store, to be turned into a constant) */
  readonly writes: { readonly position: number; readonly cell: number; readonly value: number }[];
  readonly words: Map<number, number>;
  bad: boolean;
}

/** Sinks what can be sunk in the trace in ir; true if anything was. */
export function sinkAllocations(): boolean {
  const { count, loopStart, phis } = ir.trace;
  const candidates = new Map<number, Candidate>();
  for (let ref = 1; ref < count; ref++)
    if (ir.op[ref] === U.allocate)
      candidates.set(ref, { ref, cells: ir.imm0[ref], writes: [], words: new Map(), bad: false });
  if (candidates.size === 0) return false;
  /** box_ref of a candidate */
  const boxes = new Map<number, Candidate>();
  const of = (ref: number): Candidate | undefined => candidates.get(ref) ?? boxes.get(ref);
  const spoil = (ref: number): void => {
    const candidate = of(ref);
    if (candidate) candidate.bad = true;
  };
  for (let ref = 1; ref < count; ref++) {
    const op = ir.op[ref];
    if (op === DEAD) continue;
    const operands = uopOperandCounts[op];
    const target = operands > 0 ? candidates.get(ir.a[ref]) : undefined;
    if (op === U.box_ref && target) boxes.set(ref, target);
    else if (target && !recordWrite(target, op, ref, loopStart)) target.bad = true;
    if (operands > 0 && !target) spoil(ir.a[ref]);
    if (operands > 1) spoil(ir.b[ref]);
    if (operands > 2) spoil(ir.c[ref]);
  }
  // only now are the boxes known: a phi may carry one of those
  for (const ref of phis) spoil(ref);
  // An instruction that the interpreter executes in between sees the frame, and may keep what it finds there.
  for (let ref = 1; ref < count; ref++)
    if (ir.op[ref] === U.call_helper && (ir.imm0[ref] & 1) === 0)
      forEachEntry(ir.snapshot[ref], (_slot, entry) => spoil(entry));
  const users = snapshotUsers(count);
  for (let snapshot = 0; snapshot < ir.trace.snapshots; snapshot++) {
    if (users.first[snapshot] === 0) continue;
    forEachEntry(snapshot, (slot, ref) => {
      const candidate = of(ref);
      if (!candidate) return;
      if (slot < 0 || slot > SUNK_PAYLOAD) candidate.bad = true;
      // one snapshot for several exits, and the object changes in between
      for (const { position } of candidate.writes)
        if (position > users.first[snapshot] && position < users.last[snapshot]) candidate.bad = true;
      if (!isComplete(candidate, users.first[snapshot])) candidate.bad = true;
    });
  }
  for (const candidate of candidates.values()) if (candidate.writes.length === 0) candidate.bad = true;
  const good = [...candidates.values()].filter((candidate) => !candidate.bad);
  if (good.length === 0) return false;
  for (const candidate of good) turnWordsIntoConstants(candidate);
  const snapshots = ir.trace.snapshots;
  for (let snapshot = 0; snapshot < snapshots; snapshot++)
    if (users.first[snapshot] !== 0)
      rewrite(snapshot, users.first[snapshot], (ref) => {
        const candidate = of(ref);
        return candidate && !candidate.bad ? candidate : undefined;
      });
  for (const candidate of good) {
    ir.op[candidate.ref] = DEAD;
    for (const { position } of candidate.writes) if (ir.op[position] !== U.const_value) ir.op[position] = DEAD;
  }
  for (const [ref, candidate] of boxes) if (!candidate.bad) ir.op[ref] = DEAD;
  return true;
}

/** Notes a store into a candidate; false if the use is of another kind or the store cannot be deferred. */
function recordWrite(target: Candidate, op: number, ref: number, loopStart: number): boolean {
  // made before the loop and changed in it: another object in each iteration's eyes
  if (loopStart !== 0 && target.ref < loopStart && ref > loopStart) return false;
  switch (op) {
    case U.store_header:
      if (target.writes.length > 0) return false;
      target.words.set(0, ir.imm0[ref]);
      target.words.set(1, ir.imm1[ref]);
      target.writes.push({ position: ref, cell: 0, value: 0 });
      return true;
    case U.store_field:
    case U.store_field_float:
      target.writes.push({ position: ref, cell: ir.imm0[ref] >> 3, value: unboxed(ir.b[ref]) });
      return (ir.imm0[ref] & 7) === 0 && ir.imm0[ref] >> 3 < target.cells;
    case U.store_word:
      if (ir.op[ir.b[ref]] !== U.const_ref) return false;
      target.words.set(ir.imm0[ref] >> 2, ir.imm0[ir.b[ref]]);
      target.writes.push({ position: ref, cell: ir.imm0[ref] >> 3, value: 0 });
      return true;
  }
  return false;
}

/** The content of a box: snapshots box by themselves. */
function unboxed(ref: number): number {
  switch (ir.op[ref]) {
    case U.box_int:
    case U.box_int_unchecked:
    case U.box_float:
    case U.box_bool:
      return ir.a[ref];
  }
  return ref;
}

/** First and last uop that leaves by each snapshot; 0 = nobody. */
function snapshotUsers(count: number): { first: Int32Array; last: Int32Array } {
  const first = new Int32Array(ir.trace.snapshots);
  const last = new Int32Array(ir.trace.snapshots);
  for (let ref = 1; ref < count; ref++) {
    const snapshot = ir.snapshot[ref];
    if (ir.op[ref] === DEAD || snapshot < 0) continue;
    if (first[snapshot] === 0) first[snapshot] = ref;
    last[snapshot] = ref;
  }
  return { first, last };
}

function forEachEntry(snapshot: number, visit: (slot: number, ref: number) => void): void {
  const start = ir.snapshotStart[snapshot];
  for (let i = start; i < start + ir.snapshotLength[snapshot]; i++)
    visit(ir.snapshotEntries[i * 2], ir.snapshotEntries[i * 2 + 1]);
}

/** Has every cell been written before `position`? */
function isComplete(candidate: Candidate, position: number): boolean {
  const written = new Set<number>();
  for (const write of candidate.writes) if (write.position < position) written.add(write.cell);
  return written.size === candidate.cells;
}

/**
 * Word stores become constants for whole cells, in place of the stores: what a cell holds after each of them. Half a
 * cell that nothing has written yet counts as 0; the object is not looked at before it is complete.
 */
function turnWordsIntoConstants(candidate: Candidate): void {
  const words = new Map<number, number>();
  for (let i = 0; i < candidate.writes.length; i++) {
    const { position, cell, value } = candidate.writes[i];
    if (value !== 0) continue;
    if (ir.op[position] === U.store_header) {
      words.set(0, ir.imm0[position]);
      words.set(1, ir.imm1[position]);
    } else words.set(ir.imm0[position] >> 2, ir.imm0[ir.b[position]]);
    ir.op[position] = U.const_value;
    ir.type[position] = ir.Type.value;
    ir.a[position] = ir.b[position] = ir.c[position] = 0;
    ir.snapshot[position] = -1;
    ir.imm0[position] = words.get(cell * 2) ?? 0;
    ir.imm1[position] = words.get(cell * 2 + 1) ?? 0;
    candidate.writes[i] = { position, cell, value: position };
  }
}

/** Writes the snapshot anew with its sunk objects spelled out. */
function rewrite(snapshot: number, position: number, sunk: (ref: number) => Candidate | undefined): void {
  const numbers = new Map<Candidate, number>();
  forEachEntry(snapshot, (_slot, ref) => {
    const candidate = sunk(ref);
    if (candidate && !numbers.has(candidate)) numbers.set(candidate, numbers.size);
  });
  if (numbers.size === 0) return;
  if (numbers.size > MAX_OBJECTS) throw new ir.TraceTooLong();
  const entries: number[] = [];
  for (const [candidate, number] of numbers) {
    const contents: number[] = [];
    for (const write of candidate.writes) if (write.position < position) contents[write.cell] = write.value;
    entries.push(Sunk.object | (number << SUNK_NUMBER_SHIFT) | candidate.cells, contents[0]);
    for (let cell = 1; cell < candidate.cells; cell++)
      entries.push(Sunk.cell | (number << SUNK_NUMBER_SHIFT) | cell, contents[cell]);
  }
  forEachEntry(snapshot, (slot, ref) => {
    const candidate = sunk(ref);
    if (candidate) {
      const number = numbers.get(candidate)!;
      const header = entries[entries.indexOf(Sunk.object | (number << SUNK_NUMBER_SHIFT) | candidate.cells) + 1];
      entries.push(Sunk.slot | (number << SUNK_NUMBER_SHIFT) | slot, header);
    } else entries.push(slot, ref);
  });
  ir.replaceEntries(snapshot, entries);
}
