/**
 * The trace being compiled, in flat typed arrays: uops in SSA form, each named by its index (a *ref*; 0 is no ref).
 * The compiler runs on a cold V8, so nothing is allocated per uop. There is one such buffer; a finished executor
 * copies what it needs.
 *
 * Snapshots say how to rebuild the interpreter's frames at an exit: which frames (a chain), where to resume (pc) and
 * which frame cells hold which ref. Cells that are not mentioned are already right in memory. Cell numbers (*slots*)
 * count from the first cell of the frame on which the machine's frame register stands.
 */
import { FRAME_HEADER_CELLS } from '../heap/layouts.ts';
import { U, uopTable } from './uops.ts';

export const MAX_UOPS = 8000;
const MAX_SNAPSHOTS = 3000;
const MAX_ENTRIES = 60000;

/** Result types as small numbers, for typed arrays. */
export enum Type {
  none,
  int,
  float,
  bool,
  ref,
  value,
}
const typeNumbers = { int: Type.int, float: Type.float, bool: Type.bool, ref: Type.ref, value: Type.value } as const;

/** Per uop number, copied out of the table for speed. */
export const uopResult: Uint8Array = Uint8Array.from(uopTable, (u) => (u.result ? typeNumbers[u.result] : Type.none));
export const uopOperandCount: Uint8Array = Uint8Array.from(uopTable, (u) => u.operands.length);
export const uopExits: Uint8Array = Uint8Array.from(uopTable, (u) => Number(u.exits));
export const uopWrites: Uint8Array = Uint8Array.from(uopTable, (u) => Number(u.writes !== ''));

export const op: Uint16Array = new Uint16Array(MAX_UOPS);
export const a: Int32Array = new Int32Array(MAX_UOPS);
export const b: Int32Array = new Int32Array(MAX_UOPS);
export const c: Int32Array = new Int32Array(MAX_UOPS);
/** immediates; for wide uops the low and high half */
export const imm0: Int32Array = new Int32Array(MAX_UOPS);
export const imm1: Int32Array = new Int32Array(MAX_UOPS);
export const type: Uint8Array = new Uint8Array(MAX_UOPS);
/** snapshot number of an exiting uop, else -1 */
export const snapshot: Int32Array = new Int32Array(MAX_UOPS);
/** previous uop with the same number, for sharing */
export const previous: Int32Array = new Int32Array(MAX_UOPS);
export const lastOf: Int32Array = new Int32Array(uopTable.length);

export const snapshotPc: Int32Array = new Int32Array(MAX_SNAPSHOTS);
export const snapshotChain: Int32Array = new Int32Array(MAX_SNAPSHOTS);
export const snapshotStart: Int32Array = new Int32Array(MAX_SNAPSHOTS + 1);
export const snapshotLength: Int32Array = new Int32Array(MAX_SNAPSHOTS);
/** pairs slot, ref */
export const snapshotEntries: Int32Array = new Int32Array(MAX_ENTRIES * 2);

/** What varies from trace to trace, in one object so that other modules may write it. */
export const trace = {
  /** next free ref */
  count: 1,
  snapshots: 0,
  entries: 0,
  /** ref of the `loop` uop, 0 if the trace is linear */
  loopStart: 0,
  /** pairs of refs: loop-carried value as the loop part first sees it, and its successor at the back-edge */
  phis: [] as number[],
};

/** An inlined frame: everything that its header needs when it must exist. Chain 0 is the frame of the frame register. */
export interface FrameLink {
  readonly parent: number;
  /** cell offset of the frame from the frame register's frame; meaningful when every frame below it is ordinary */
  readonly offset: number;
  /** function object, constant under a guard */
  readonly functionRef: number;
  readonly codeRef: number;
  /** absolute word index where the caller goes on */
  readonly returnAddress: number;
  readonly destination: number;
  readonly returnKind: number;
  readonly registerCount: number;
  /** a generator's frame, which lies in the generator: ref of that; 0 for frames on the stack */
  readonly generatorRef: number;
}
export const chains: FrameLink[] = [];

export class TraceTooLong extends Error {}

/** Forgets the last trace. */
export function resetTrace(): void {
  trace.count = 1;
  trace.snapshots = 0;
  trace.entries = 0;
  trace.loopStart = 0;
  trace.phis.length = 0;
  lastOf.fill(0);
  chains.length = 0;
}

/** Appends a uop as it is: no folding, no sharing. Returns its ref. */
export function append(
  uop: number,
  x: number,
  y: number,
  z: number,
  i0: number,
  i1: number,
  snapshotNumber: number,
): number {
  const ref = trace.count;
  if (ref >= MAX_UOPS) throw new TraceTooLong();
  trace.count = ref + 1;
  op[ref] = uop;
  a[ref] = x;
  b[ref] = y;
  c[ref] = z;
  imm0[ref] = i0;
  imm1[ref] = i1;
  type[ref] = uopResult[uop];
  snapshot[ref] = snapshotNumber;
  previous[ref] = lastOf[uop];
  lastOf[uop] = ref;
  return ref;
}

/** Starts a snapshot; entries follow by addEntry. Returns its number. */
export function beginSnapshot(pc: number, chain: number): number {
  const number = trace.snapshots;
  if (number >= MAX_SNAPSHOTS) throw new TraceTooLong();
  trace.snapshots = number + 1;
  snapshotPc[number] = pc;
  snapshotChain[number] = chain;
  snapshotStart[number] = trace.entries;
  snapshotLength[number] = 0;
  return number;
}
/** Adds "slot holds ref" to the newest snapshot. */
export function addEntry(slot: number, ref: number): void {
  const entry = trace.entries;
  if (entry >= MAX_ENTRIES) throw new TraceTooLong();
  snapshotEntries[entry * 2] = slot;
  snapshotEntries[entry * 2 + 1] = ref;
  trace.entries = entry + 1;
  snapshotLength[trace.snapshots - 1]++;
}

/** Gives a snapshot other entries: pairs slot, ref. */
export function replaceEntries(number: number, pairs: readonly number[]): void {
  if (trace.entries + pairs.length / 2 > MAX_ENTRIES) throw new TraceTooLong();
  snapshotStart[number] = trace.entries;
  snapshotLength[number] = pairs.length / 2;
  for (let i = 0; i < pairs.length; i++) snapshotEntries[trace.entries * 2 + i] = pairs[i];
  trace.entries += pairs.length / 2;
}

export function isConstant(ref: number): boolean {
  return op[ref] <= U.const_ref;
}
const view = new DataView(new ArrayBuffer(8));
/** An int constant as a JavaScript number (exact up to 2**53). */
export function intOf(ref: number): number {
  return imm1[ref] * 4294967296 + (imm0[ref] >>> 0);
}
export function floatOf(ref: number): number {
  view.setInt32(0, imm0[ref], true);
  view.setInt32(4, imm1[ref], true);
  return view.getFloat64(0, true);
}
/** Low and high half of a double's bits. */
export function floatBits(value: number): readonly [number, number] {
  view.setFloat64(0, value, true);
  return [view.getInt32(0, true), view.getInt32(4, true)];
}

/** First cell of register r within its frame. */
export function registerSlot(frameOffset: number, register: number): number {
  return frameOffset + FRAME_HEADER_CELLS + register;
}

/** The trace as text, for --dump-trace, tests and people. */
export function traceText(): string {
  const lines: string[] = [];
  for (let ref = 1; ref < trace.count; ref++) {
    const declaration = uopTable[op[ref]];
    if (!declaration || op[ref] === 0xffff) continue;
    const operands = [a[ref], b[ref], c[ref]].slice(0, declaration.operands.length).map((x) => `%${x}`);
    if (declaration.wide)
      operands.push(
        op[ref] === U.const_float
          ? String(floatOf(ref))
          : op[ref] === U.const_int
            ? String(intOf(ref))
            : `0x${(imm1[ref] >>> 0).toString(16).padStart(8, '0')}_${(imm0[ref] >>> 0).toString(16).padStart(8, '0')}`,
      );
    else {
      if (declaration.immediates > 0) operands.push(`#${imm0[ref]}`);
      if (declaration.immediates > 1) operands.push(`#${imm1[ref]}`);
    }
    const exit = snapshot[ref] >= 0 ? `  -> ${snapshotText(snapshot[ref])}` : '';
    const result = type[ref] ? `%${ref} = ` : '';
    lines.push(`${String(ref).padStart(4)}  ${result}${declaration.name} ${operands.join(', ')}${exit}`);
  }
  for (let i = 0; i < trace.phis.length; i += 2) lines.push(`      phi %${trace.phis[i]} <- %${trace.phis[i + 1]}`);
  return lines.join('\n');
}
function snapshotText(number: number): string {
  const start = snapshotStart[number];
  const parts: string[] = [];
  for (let i = start; i < start + snapshotLength[number]; i++)
    parts.push(`${snapshotEntries[i * 2]}=%${snapshotEntries[i * 2 + 1]}`);
  return `exit pc ${snapshotPc[number]} chain ${snapshotChain[number]} {${parts.join(' ')}}`;
}
