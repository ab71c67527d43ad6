/**
 * Executors: compiled traces and their exits. An exit knows how to rebuild the interpreter's frames (its entries and
 * frame links); this file performs that, counts exits, and keeps the tables that linking, side traces and invalidation
 * need. How a trace runs (machine code or the uop interpreter) is the business of a `Backend`.
 */
import { Fixed, State, StateCell } from '../heap/fixed.ts';
import { FRAME_HEADER_CELLS, Frame, Generator, GeneratorState } from '../heap/layouts.ts';
import { allocate, words } from '../heap/memory.ts';
import { TAG_INT, TAG_REF } from '../heap/values.ts';
import { setBigInt } from '../objects/integers.ts';
import type { FrameLink } from './ir.ts';
import * as ir from './ir.ts';
import { SUNK_NUMBER_SHIFT, SUNK_PAYLOAD, Sunk } from './optimizer/sink.ts';

/** Where an executor starts. */
export type ExecutorKind = 'loop' | 'function' | 'side';

export interface Executor {
  readonly number: number;
  readonly kind: ExecutorKind;
  /** word index at which it takes over */
  readonly startPc: number;
  /** the word that holds this executor's number (back-edge cache or Code.executor); 0 for side traces */
  readonly ownerWord: number;
  readonly firstExit: number;
  readonly exitCount: number;
  /** code offset of its entry (native), or index into the uop interpreter's table */
  entry: number;
  /** the exit that this side trace continues, -1 */
  readonly parentExit: number;
  /** the executor from which this one's chain of side traces goes out: itself if it is none */
  readonly root: number;
  /** of a root: how many side traces have grown from it, directly and from each other */
  sideTraces: number;
  valid: boolean;
  /** exit to the interpreter at startPc with everything in memory, for entries that became invalid */
  entryExit: number;
  codeBytes: number;
}

/** A way out of a trace. */
export interface Exit {
  readonly number: number;
  executor: number;
  /** where the interpreter goes on; -1: State.pc says it */
  readonly pc: number;
  /** slot, Type, location, low, high: see native/assembler.ts */
  readonly entries: Int32Array;
  /** inlined frames, outermost first */
  readonly frames: readonly FrameLink[];
  /** code offset of its stub */
  stub: number;
  count: number;
  /** a return into this trace's frame: all state is in memory, so every landing with the same pc is the same place */
  landing: boolean;
  /** slot above the innermost inlined frame on the stack; -1 if none is inlined */
  readonly top: number;
  /** count at which a side trace is recorded; doubled when that fails */
  threshold: number;
  sideExecutor: number;
}

/** Numbers per entry of an exit: slot, Type, location, low, high. */
export const EXIT_FIELDS = 5;

/** Index 0 is not used, so that 0 can mean none. */
export const executors: Executor[] = [null as unknown as Executor];
export const exits: Exit[] = [null as unknown as Exit];

/** Copies a snapshot's frame links, outermost first. */
export function framesOf(chain: number): FrameLink[] {
  const frames: FrameLink[] = [];
  for (let at = chain; at > 0; at = ir.chains[at].parent) frames.unshift(ir.chains[at]);
  return frames;
}

/** Reads the value that location `location` names into the two words at `to`; the backend provides it. */
export type LocationReader = (location: number, to: number) => void;

/**
 * Rebuilds the interpreter's state for an exit: writes the registers into frame memory, makes inlined frames real, and
 * sets State.frame, State.pc, State.stackTop. State.frame names the frame of the machine's frame register. Allocates
 * (ints beyond 48 bits); never calls Python.
 */
export function restore(exit: Exit, read: LocationReader, fieldCount: number): void {
  const base = words[State.frame];
  const { entries } = exit;
  for (let at = 0; at < entries.length; at += fieldCount) {
    const slot = entries[at];
    if (slot >= Sunk.object) {
      restoreSunk(base, entries, at, read);
      continue;
    }
    // a negative slot names an inlined generator (recorder/state.ts)
    const cell = slot < 0 ? StateCell.scratch - slot : base + slot;
    const location = entries[at + 2];
    const word = cell << 1;
    if (location === -1) {
      words[word] = entries[at + 3];
      words[word + 1] = entries[at + 4];
    } else read(location, word);
    box(cell, entries[at + 1]);
  }
  let frame = base;
  let depth = words[(base << 1) + Frame.depth];
  for (let i = 0; i < exit.frames.length; i++) {
    const link = exit.frames[i];
    const caller = frame;
    if (link.generatorRef !== 0) {
      depth++;
      frame = resumed(words[(StateCell.scratch + 1 + i) << 1], link, caller, depth);
      continue;
    }
    frame = base + link.offset;
    const f2 = frame << 1;
    depth++;
    words[f2 + Frame.locals] = 0;
    words[f2 + Frame.caller] = caller;
    words[f2 + Frame.returnAddress] = link.returnAddress;
    words[f2 + Frame.destination] = link.destination;
    words[f2 + Frame.returnKind] = link.returnKind;
    words[f2 + Frame.nativeReturn] = 0;
    words[f2 + Frame.object] = 0;
    words[f2 + Frame.generator] = 0;
    words[f2 + Frame.top] = frame + FRAME_HEADER_CELLS + link.registerCount;
    words[f2 + Frame.depth] = depth;
    words[f2 + Frame.code] = link.codeRef;
  }
  words[State.frame] = frame;
  words[State.stackTop] = words[(frame << 1) + Frame.top];
  if (exit.pc >= 0) words[State.pc] = exit.pc;
}

/** Objects that the exit being restored has made, by number. */
const made = new Int32Array(64);

/** One entry of a sunk object (optimizer/sink.ts): makes it, fills a cell, or puts it in a frame slot. Allocates. */
function restoreSunk(base: number, entries: Int32Array, at: number, read: LocationReader): void {
  const code = entries[at];
  const number = (code >> SUNK_NUMBER_SHIFT) & SUNK_PAYLOAD & 63;
  const payload = code & SUNK_PAYLOAD;
  if ((code & Sunk.slot) !== 0) {
    words[(base + payload) << 1] = made[number];
    words[((base + payload) << 1) + 1] = TAG_REF;
    return;
  }
  if ((code & Sunk.object) !== 0) made[number] = allocate(payload);
  const cell = made[number] + ((code & Sunk.object) !== 0 ? 0 : payload);
  const location = entries[at + 2];
  if (location === -1) {
    words[cell << 1] = entries[at + 3];
    words[(cell << 1) + 1] = entries[at + 4];
  } else read(location, cell << 1);
  box(cell, entries[at + 1]);
}

/** Makes a generator that was suspended in memory the running one; its frame's cell. */
function resumed(generator: number, link: FrameLink, caller: number, depth: number): number {
  const g = generator << 1;
  const f = g + Generator.frame;
  words[g + Generator.state] = GeneratorState.running;
  words[g + Generator.handled] = words[State.handled];
  words[f + Frame.caller] = caller;
  words[f + Frame.returnAddress] = link.returnAddress;
  words[f + Frame.destination] = link.destination;
  words[f + Frame.returnKind] = link.returnKind;
  words[f + Frame.top] = words[(caller << 1) + Frame.top];
  words[f + Frame.depth] = depth;
  return generator + (Generator.frame >> 1);
}

/** Boxes in place what a cell holds as raw bits of a type. */
function box(cell: number, type: number): void {
  const word = cell << 1;
  const low = words[word];
  const high = words[word + 1];
  switch (type) {
    case ir.Type.int:
      if (high >= -32768 && high < 32768) words[word + 1] = TAG_INT | (high & 0xffff);
      else setBigInt(cell, BigInt.asIntN(64, (BigInt(high) << 32n) | BigInt(low >>> 0)));
      break;
    case ir.Type.float:
      // a NaN that hardware made may have a tag's bits only above 0xFFFE0000, which it never does
      break;
    case ir.Type.bool:
      words[word] = (low & 1) !== 0 ? Fixed.true : Fixed.false;
      words[word + 1] = TAG_REF;
      break;
    case ir.Type.ref:
      words[word + 1] = TAG_REF;
      break;
  }
}

/** Executors by the word index they start at; loops and functions only. */
const byStart = new Map<number, number>();
export function executorStartingAt(pc: number): number {
  return byStart.get(pc) ?? 0;
}
export function registerStart(pc: number, executor: number): void {
  byStart.set(pc, executor);
}
export function forgetStart(pc: number): void {
  byStart.delete(pc);
}
