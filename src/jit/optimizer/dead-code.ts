/**
 * Dead code elimination: marks what has an effect, what snapshots and phis need, and what those need; the rest becomes
 * `DEAD`. An exit that only protects a result (an overflow, a full allocation span) goes with the result; a guard on what
 * the program does stays.
 */
import * as ir from '../ir.ts';
import { U, uopOperandCounts, uopTable } from '../uops.ts';

/** Marks an eliminated uop; later passes skip it. */
export const DEAD = 0xffff;

/** Exiting uops that may go when nobody wants the result. */
const removable: Uint8Array = new Uint8Array(uopTable.length);
for (const uop of [U.add_int, U.subtract_int, U.multiply_int, U.negative_int, U.box_int, U.allocate, U.allocate_array])
  removable[uop] = 1;

const live = new Uint8Array(ir.MAX_UOPS);
const snapshotLive = new Uint8Array(4000);

/** Is the ref used by something that stays? Valid after eliminateDeadCode. */
export function isLive(ref: number): boolean {
  return live[ref] !== 0;
}

export function eliminateDeadCode(): void {
  const { count, loopStart, phis } = ir.trace;
  live.fill(0, 0, count);
  snapshotLive.fill(0, 0, ir.trace.snapshots);
  const successor = new Map<number, number>();
  for (let i = 0; i < phis.length; i += 2) successor.set(phis[i], phis[i + 1]);
  const needed = new Set<number>();
  const work: number[] = [];
  const use = (ref: number, user: number): void => {
    if (ref === 0) return;
    if (live[ref] === 0) {
      live[ref] = 1;
      work.push(ref);
    }
    // a phi matters only if the loop looks at it
    if (loopStart !== 0 && user >= loopStart && ref < loopStart && !needed.has(ref)) {
      const next = successor.get(ref);
      if (next !== undefined) {
        needed.add(ref);
        use(next, user);
      }
    }
  };
  for (let ref = 1; ref < count; ref++) {
    const op = ir.op[ref];
    if (op === DEAD) continue;
    const declaration = uopTable[op];
    if (
      declaration.writes !== '' ||
      (declaration.exits && removable[op] === 0) ||
      op === U.loop ||
      op === U.jump_loop ||
      op === U.jump_executor
    )
      use(ref, 0);
  }
  while (work.length > 0) {
    const ref = work.pop()!;
    const operands = uopOperandCounts[ir.op[ref]];
    if (operands > 0) use(ir.a[ref], ref);
    if (operands > 1) use(ir.b[ref], ref);
    if (operands > 2) use(ir.c[ref], ref);
    const snapshot = ir.snapshot[ref];
    if (snapshot >= 0 && (snapshotLive[snapshot] & (ref >= loopStart ? 2 : 1)) === 0) {
      snapshotLive[snapshot] |= ref >= loopStart ? 2 : 1;
      const start = ir.snapshotStart[snapshot];
      for (let i = start; i < start + ir.snapshotLength[snapshot]; i++) use(ir.snapshotEntries[i * 2 + 1], ref);
    }
  }
  for (let ref = 1; ref < count; ref++) if (live[ref] === 0) ir.op[ref] = DEAD;
  const kept: number[] = [];
  for (let i = 0; i < phis.length; i += 2) if (needed.has(phis[i])) kept.push(phis[i], phis[i + 1]);
  ir.trace.phis.length = 0;
  for (const ref of kept) ir.trace.phis.push(ref);
}
