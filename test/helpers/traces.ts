/**
 * Small traces for tests of the optimizer and the back ends, made without the interpreter: a frame whose cells are
 * named by slot, snapshots that say which ref a slot holds, and running the trace that lies in ir.ts on a back end.
 */
import { addon } from '../../src/addon/load.ts';
import { STACK_START, State } from '../../src/heap/fixed.ts';
import { FRAME_HEADER_CELLS, Frame } from '../../src/heap/layouts.ts';
import { words } from '../../src/heap/memory.ts';
import { architectureOf } from '../../src/jit/architectures.ts';
import type { Backend } from '../../src/jit/backend.ts';
import { EXIT_FIELDS, type Exit, exits } from '../../src/jit/executors.ts';
import * as ir from '../../src/jit/ir.ts';
import { nativeBackend } from '../../src/jit/native/native-backend.ts';
import { DEAD, eliminateDeadCode } from '../../src/jit/optimizer/dead-code.ts';
import { constant, emit, setSnapshotSource } from '../../src/jit/optimizer/emit.ts';
import { peelLoop } from '../../src/jit/optimizer/loop.ts';
import { dropNeedlessChecks } from '../../src/jit/optimizer/ranges.ts';
import { sinkAllocations } from '../../src/jit/optimizer/sink.ts';
import { loadStencilLibrary } from '../../src/jit/stencil-library.ts';
import { uopBackend } from '../../src/jit/uop-backend.ts';
import { U, uopTable } from '../../src/jit/uops.ts';

/** First slot of the test's frame that is no header. */
export const FIRST_SLOT = FRAME_HEADER_CELLS;
const frame = STACK_START;
const FRAME_CELLS = 64;

const inherits: Readonly<Record<number, number>> = {
  [ir.Type.int]: U.inherit_int,
  [ir.Type.float]: U.inherit_float,
  [ir.Type.bool]: U.inherit_bool,
  [ir.Type.ref]: U.inherit_ref,
  [ir.Type.value]: U.inherit_value,
};
const constants: Readonly<Record<number, number>> = {
  [ir.Type.int]: U.const_int,
  [ir.Type.float]: U.const_float,
  [ir.Type.ref]: U.const_ref,
  [ir.Type.value]: U.const_value,
};
/** The ref as a value. */
export function boxed(ref: number): number {
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

/** The cell in which a slot lies in memory. */
export function cellOfSlot(slot: number): number {
  return frame + slot;
}

/** The trace that is being built: what the recorder would know of its frame. */
export interface TestTrace {
  /** where exits emitted from now on resume */
  pc: number;
  /** the ref a slot holds; loads it the first time */
  get(slot: number): number;
  set(slot: number, ref: number): void;
  /** Closes the loop as jit.ts does; throws ImpossibleGuard if it does not close. */
  close(): void;
  /** Ends the trace by an exit with everything in its snapshot. */
  end(): void;
  /** Takes over what an exit's entries name, as a side trace does. */
  inherit(exit: Exit): void;
  /** Ends the trace by writing everything to memory and going to the executor that compileOn is told. */
  link(): void;
}

/** Forgets the last trace and begins another. */
export function beginTrace(): TestTrace {
  ir.resetTrace();
  ir.chains.push({
    parent: -1,
    offset: 0,
    functionRef: 0,
    codeRef: 0,
    returnAddress: 0,
    destination: 0,
    returnKind: 0,
    registerCount: 0,
    generatorRef: 0,
  });
  const refs = new Map<number, number>();
  const modified = new Set<number>();
  const entryLoads = new Map<number, number>();
  const takeSnapshot = (): number => {
    const number = ir.beginSnapshot(trace.pc, 0);
    for (const slot of modified) ir.addEntry(slot, refs.get(slot)!);
    return number;
  };
  const trace: TestTrace = {
    pc: 1,
    get(slot) {
      let ref = refs.get(slot);
      if (ref === undefined) {
        ref = emit(U.load_frame, 0, 0, 0, slot * 8);
        refs.set(slot, ref);
        entryLoads.set(slot, ref);
      }
      return ref;
    },
    set(slot, ref) {
      refs.set(slot, ref);
      modified.add(slot);
    },
    close() {
      const slots = [...modified];
      peelLoop({ pc: 0, slots, refs: slots.map((slot) => refs.get(slot)!), entryLoads });
    },
    end() {
      // an attempt to close the loop has left its own behind
      setSnapshotSource(takeSnapshot);
      emit(U.exit);
    },
    inherit({ entries }) {
      const known = new Map<number, number>();
      for (let at = 0; at < entries.length; at += EXIT_FIELDS) {
        const type = entries[at + 1];
        const location = entries[at + 2];
        let ref = location < 0 ? 0 : (known.get(location) ?? 0);
        if (location < 0) ref = constant(constants[type], entries[at + 3], entries[at + 4]);
        else if (ref === 0) ref = emit(inherits[type], 0, 0, 0, at / EXIT_FIELDS);
        if (location >= 0) known.set(location, ref);
        trace.set(entries[at], ref);
      }
    },
    link() {
      // boxing may exit, so all of it comes before the first store
      for (const slot of modified) if (ir.type[refs.get(slot)!] !== ir.Type.float) boxed(refs.get(slot)!);
      for (const slot of modified) {
        const ref = refs.get(slot)!;
        if (ir.type[ref] === ir.Type.float) emit(U.store_frame_float, ref, 0, 0, slot * 8);
        else emit(U.store_frame, boxed(ref), 0, 0, slot * 8);
      }
      ir.append(U.jump_executor, 0, 0, 0, 1, 0, ir.beginSnapshot(trace.pc, 0));
    },
  };
  setSnapshotSource(takeSnapshot);
  return trace;
}

/** The passes that follow recording, in the order in which jit.ts runs them. */
export function optimize(sinking = true): void {
  eliminateDeadCode();
  if (sinking && sinkAllocations()) eliminateDeadCode();
  dropNeedlessChecks();
}

/** Names of the uops that are left; `from` and `to` limit the refs. */
export function uopNames(from = 1, to = ir.trace.count): string[] {
  const names: string[] = [];
  for (let ref = from; ref < to; ref++) if (ir.op[ref] !== DEAD) names.push(uopTable[ir.op[ref]].name);
  return names;
}
/** The same for the loop part alone. */
export function loopNames(): string[] {
  return uopNames(ir.trace.loopStart + 1);
}
export function preambleNames(): string[] {
  return uopNames(1, ir.trace.loopStart);
}
/** How often `name` is among the names. */
export function count(names: readonly string[], name: string): number {
  return names.filter((other) => other === name).length;
}
/** The phis that carry the value of one uop, as [left, right] pairs. */
export function phis(): [number, number][] {
  const pairs: [number, number][] = [];
  for (let i = 0; i < ir.trace.phis.length; i += 2) pairs.push([ir.trace.phis[i], ir.trace.phis[i + 1]]);
  return pairs;
}

/** The back ends that can run here; machine code needs the addon and the library for this processor. */
export function backends(): Backend[] {
  const list = [uopBackend()];
  const architecture = architectureOf(process.arch);
  if (addon !== null && architecture !== null) list.push(nativeBackend(loadStencilLibrary(architecture.name)));
  return list;
}

let helper: () => void = () => {
  throw new Error('a helper was called');
};
/** What a trace's call_helper does: arguments and result lie in the cells of StateCell. */
export function setHelper(routine: () => void): void {
  helper = routine;
}

/** A compiled trace: runs, and answers how it was left; State.pc and the slots tell what came out. */
export interface Compiled {
  (): Exit;
  readonly entry: number;
}

/** Compiles the trace in ir; a side trace is told the exit that it continues, and where `link` leads. */
export function compileOn(backend: Backend, parentExit: Exit | null = null, target = 0): Compiled {
  const firstExit = exits.length;
  const parts = backend.compile({ firstExit, parentExit, targetOf: () => target });
  if (parentExit !== null) backend.linkExit(parentExit, parts.entry);
  parts.exits.forEach(({ snapshot, entries, stub }, i) => {
    exits.push({
      number: firstExit + i,
      executor: 0,
      pc: ir.snapshotPc[snapshot],
      entries,
      frames: [],
      stub,
      count: 0,
      landing: false,
      top: -1,
      threshold: 0x7fffffff,
      sideExecutor: 0,
    });
  });
  const run = (): Exit => {
    const exit = backend.run(parts.entry, () => {
      helper();
      return true;
    });
    if (exit === null) throw new Error('no exit');
    return exit;
  };
  return Object.assign(run, { entry: parts.entry });
}

/** An empty frame to run in; the slots are the caller's to fill. */
export function resetFrame(): void {
  words.fill(0, frame << 1, (frame + FRAME_CELLS) << 1);
  words[(frame << 1) + Frame.top] = frame + FRAME_CELLS;
  words[(frame << 1) + Frame.depth] = 1;
  words[State.frame] = frame;
  words[State.stackTop] = frame + FRAME_CELLS;
}
