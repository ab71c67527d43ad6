/**
 * The JIT as the interpreter meets it: hot loops and functions are recorded, optimized, compiled and entered; hot exits
 * grow side traces; what rests on a broken assumption is dropped. Everything that decides *when* is here; *how* is in
 * recorder/, optimizer/ and the backends.
 */
import { Fixed, State, StateCell } from '../heap/fixed.ts';
import { Code, FRAME_HEADER_CELLS, Frame } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { copyValue, TAG_REF } from '../heap/values.ts';
import { firstInstruction } from '../interpreter/frames.ts';
import { installJit, RECORDING, removeJit } from '../interpreter/jit-hooks.ts';
import { run } from '../interpreter/loop.ts';
import { prepareStep, StepOutcome, step } from '../interpreter/stepping.ts';
import { becomesPythonError, PYTHON_ERROR } from '../objects/errors.ts';
import type { Backend } from './backend.ts';
import { assumptionsBroken, installDependencies, registerDependencies } from './dependencies.ts';
import {
  type Executor,
  type ExecutorKind,
  type Exit,
  executorStartingAt,
  executors,
  exits,
  forgetStart,
  framesOf,
  registerStart,
} from './executors.ts';
import * as ir from './ir.ts';
import { type LeafSite, leafSites } from './leaves.ts';
import { livenessOf } from './liveness.ts';
import { OutOfRegisters } from './native/allocator.ts';
import { CodeMemoryFull } from './native/assembler.ts';
import { eliminateDeadCode } from './optimizer/dead-code.ts';
import { constant, emit, ImpossibleGuard, setSnapshotSource } from './optimizer/emit.ts';
import { type LoopEdge, peelLoop } from './optimizer/loop.ts';
import { dropNeedlessChecks } from './optimizer/ranges.ts';
import { SUNK_NUMBER_SHIFT, SUNK_PAYLOAD, Sunk, sinkAllocations } from './optimizer/sink.ts';
import { storeField } from './recorder/attributes.ts';
import { flushToMemory } from './recorder/calls.ts';
import {
  type Ending,
  interpreted,
  interpretSites,
  recordInstruction,
  setExecutorLookup,
  startRecording,
} from './recorder/recorder.ts';
import { Abort, isSlotLive, recording, setSlot, takeSnapshot } from './recorder/state.ts';
import { installRoots, keepRoots, recordedObjects } from './roots.ts';
import { countAbort, statistics, statisticsText } from './statistics.ts';
import { StencilRangeError } from './stencil-library.ts';
import { U } from './uops.ts';

const LOOP_THRESHOLD = 300;
const FUNCTION_THRESHOLD = 400;
/** Times an exit is taken before a side trace is recorded from it. */
const EXIT_THRESHOLD = 12;
/** A place whose recordings fail this often is left alone. */
const MAX_FAILURES = 4;
/** Beyond this many traces exits stay with the interpreter: the program has no stable paths. */
const MAX_EXECUTORS = 4000;

let backend: Backend;
/** Makes the backend when the first trace is about to be recorded: a program without one pays nothing. */
let makeBackend: (() => Backend | null) | null = null;
/** failures by start (word index of the heat word) */
const failures = new Map<number, number>();
/** What is being recorded. */
let kind: ExecutorKind = 'loop';
let ownerWord = 0;
let parentExit: Exit | null = null;
let recordingStarted = 0;
export let dumpTrace: ((text: string, title: string) => void) | null = null;
/** For tests and people: gets the text of every optimized trace. */
export function setTraceDump(dump: (text: string, title: string) => void): void {
  dumpTrace = dump;
}

/** Installs the JIT; `how` provides the way to run traces at the first hot place, or null to stay plain after all. */
export function startJit(how: () => Backend | null): void {
  makeBackend = how;
  setExecutorLookup((pc) => {
    const number = executorStartingAt(pc);
    return number !== 0 && executors[number].valid && executors[number].kind === 'loop' ? number : 0;
  });
  installRoots();
  installDependencies(invalidate);
  installJit(
    { hotLoop, hotFunction, enterExecutor, recordInstruction: recordNext, nestedRun, abortRecording },
    LOOP_THRESHOLD,
    FUNCTION_THRESHOLD,
  );
}
export function jitStatistics(mode: string): string {
  if (makeBackend === null) statistics.codeBytes = backend.codeBytes();
  return statisticsText(mode, interpreted);
}

/** Is there a backend, made now if it is the first time? */
function ready(): boolean {
  if (makeBackend === null) return true;
  const made = makeBackend();
  if (made === null) {
    removeJit();
    return false;
  }
  backend = made;
  makeBackend = null;
  return true;
}

function begin(
  frame: number,
  pc: number,
  loopHeader: number,
  what: ExecutorKind,
  owner: number,
  parent: Exit | null,
): void {
  kind = what;
  ownerWord = owner;
  parentExit = parent;
  recordingStarted = performance.now();
  recordedObjects.clear();
  recordedObjects.add(words[(frame << 1) + Frame.code]);
  startRecording(frame, pc, loopHeader, what === 'function');
  statistics.tracesRecorded++;
}

/** JUMP_BACKWARD at `pc` is hot. */
function hotLoop(pc: number, frame: number): boolean {
  words[pc + 2] = 0;
  if (!ready() || recording.active || (failures.get(pc) ?? 0) >= MAX_FAILURES) return false;
  const header = words[pc + 1];
  begin(frame, header, header, 'loop', pc + 3, null);
  return true;
}

function hotFunction(code: number, frame: number): boolean {
  words[(code << 1) + Code.heat] = 0;
  if (!ready()) return false;
  const owner = (code << 1) + Code.executor;
  if (recording.active || (failures.get(owner) ?? 0) >= MAX_FAILURES) return false;
  begin(frame, firstInstruction(code), 0, 'function', owner, null);
  return true;
}

function recordNext(pc: number, frame: number): number {
  if (!recording.active) return 0;
  try {
    const ending = recordInstruction(pc, frame);
    if (ending === null) return RECORDING;
    finish(ending, pc);
  } catch (error) {
    failed(error);
  }
  recording.active = false;
  return 0;
}

function reasonOf(error: unknown): string | null {
  if (error instanceof Abort) return error.reason;
  if (error instanceof ir.TraceTooLong) return 'trace too long';
  if (error instanceof ImpossibleGuard) return 'contradiction';
  if (error instanceof OutOfRegisters) return 'out of registers';
  if (error instanceof StencilRangeError) return `stencil: ${error.message}`;
  if (error instanceof CodeMemoryFull) return 'code memory full';
  return null;
}

function failed(error: unknown): void {
  recording.active = false;
  const reason = reasonOf(error);
  if (reason === null) throw error;
  countAbort(reason);
  if (parentExit !== null) {
    parentExit.threshold = parentExit.threshold * 4;
    return;
  }
  const place = kind === 'loop' ? ownerWord - 3 : ownerWord;
  failures.set(place, (failures.get(place) ?? 0) + 1);
}

function abortRecording(): void {
  if (!recording.active) return;
  failed(new Abort('exception'));
}

/** The trace is complete: optimize, compile, register. */
function finish(ending: Ending, pc: number): void {
  if (assumptionsBroken()) throw new Abort('an assumption changed');
  if (ending === 'loop') closeLoop(pc);
  eliminateDeadCode();
  if (sinkAllocations()) eliminateDeadCode();
  dropNeedlessChecks();
  const number = executors.length;
  const firstExit = exits.length;
  if (dumpTrace !== null)
    dumpTrace(ir.traceText(), `executor ${number} (${kind}${parentExit ? ` of exit ${parentExit.number}` : ''})`);
  const parts = backend.compile({ firstExit, parentExit, targetOf: (executor) => executors[executor].entry });
  for (let i = 0; i < parts.exits.length; i++) {
    const { snapshot, entries, stub, ref } = parts.exits[i];
    exits.push({
      number: firstExit + i,
      executor: number,
      pc: ir.snapshotPc[snapshot],
      entries,
      frames: framesOf(ir.snapshotChain[snapshot]),
      stub,
      count: 0,
      landing: ir.op[ref] === U.store_landing,
      top: topOf(ir.snapshotChain[snapshot]),
      threshold: growsSideTrace(ir.op[ref]) ? EXIT_THRESHOLD : 0x7fffffff,
      sideExecutor: 0,
    });
  }
  const executor: Executor = {
    number,
    kind,
    startPc: recording.startPc,
    ownerWord,
    firstExit,
    exitCount: parts.exits.length,
    entry: parts.entry,
    parentExit: parentExit === null ? -1 : parentExit.number,
    valid: true,
    entryExit: 0,
    codeBytes: parts.bytes,
  };
  executors.push(executor);
  registerDependencies(number);
  keepRoots(number, recordedObjects);
  statistics.tracesCompiled++;
  if (parentExit !== null) {
    statistics.sideTraces++;
    parentExit.sideExecutor = number;
    backend.linkExit(parentExit, parts.entry);
    if (parentExit.landing) linkLandings(parentExit.pc, number);
  } else {
    if (kind === 'loop') statistics.loops++;
    words[ownerWord] = number;
    registerStart(executor.startPc, number);
  }
  for (let i = firstExit; i < exits.length; i++) {
    const { landing, pc: returnPc } = exits[i];
    const known = landing ? (returnExecutors.get(returnPc) ?? 0) : 0;
    if (known !== 0) {
      exits[i].sideExecutor = known;
      backend.linkExit(exits[i], executors[known].entry);
    }
  }
  statistics.compileMilliseconds += performance.now() - recordingStarted;
}

/** Executors that go on behind a call, by the return address: one serves every trace that makes the call. */
const returnExecutors = new Map<number, number>();
function linkLandings(pc: number, executor: number): void {
  returnExecutors.set(pc, executor);
  for (let i = 1; i < exits.length; i++) {
    const exit = exits[i];
    if (!exit.landing || exit.pc !== pc || exit.sideExecutor !== 0) continue;
    exit.sideExecutor = executor;
    backend.linkExit(exit, executors[executor].entry);
  }
}

/** Exits that mean "the interpreter, this once": a trace from there would begin by failing in the same way. */
function growsSideTrace(uop: number): boolean {
  return (
    uop !== U.allocate &&
    uop !== U.allocate_array &&
    uop !== U.guard_no_interrupt &&
    uop !== U.call_helper &&
    uop !== U.box_int
  );
}

/** Slot above the innermost of the inlined frames; -1 if there are none. */
function topOf(chain: number): number {
  for (let at = chain; at > 0; at = ir.chains[at].parent) {
    const link = ir.chains[at];
    if (link.generatorRef === 0) return link.offset + FRAME_HEADER_CELLS + link.registerCount;
  }
  return -1;
}

/** Peels the loop; if it will not close, makes it straight code that jumps to its own entry. */
function closeLoop(header: number): void {
  const slots: number[] = [];
  const refs: number[] = [];
  for (const slot of recording.touched) {
    if (recording.modified[slot] === 0 || !isSlotLive(slot, header)) continue;
    slots.push(slot);
    refs.push(recording.slots[slot]);
  }
  const edge: LoopEdge = { slots, refs, entryLoads: recording.entryLoads };
  try {
    peelLoop(edge);
  } catch (error) {
    if (!(error instanceof ImpossibleGuard)) throw error;
    recording.resumePc = header;
    recording.currentSnapshot = -1;
    setSnapshotSource(takeSnapshot);
    flushToMemory((slot) => isSlotLive(slot, header));
    ir.append(U.jump_executor, 0, 0, 0, -1, 0, ir.beginSnapshot(header, 0));
  }
}

/** The leaf being performed, if its trace's state is not in memory yet. */
let openLeaf: (() => void) | null = null;
/** the innermost frame once it is, else 0 */
let leafFrame = 0;

/** A nested run begins: the frames of the trace that called a leaf become real. */
function nestedRun(): void {
  if (openLeaf === null) return;
  const top = words[State.stackTop];
  const restoreState = openLeaf;
  openLeaf = null;
  restoreState();
  // the routine's own slots lie above the frames
  words[State.stackTop] = top;
  leafFrame = words[State.frame];
}

/** Performs a leaf; see HelperCall. */
function callLeaf(site: LeafSite, exit: Exit, restoreState: () => void): boolean {
  const frame = words[State.frame];
  const top = exit.top < 0 ? words[(frame << 1) + Frame.top] : frame + exit.top;
  const result = top + site.argumentCount;
  for (let i = 0; i < site.argumentCount; i++) copyValue(top + i, StateCell.helperArguments + i);
  words[State.stackTop] = result + 1;
  words[State.pc] = exit.pc;
  const outerLeaf = openLeaf;
  const outerFrame = leafFrame;
  openLeaf = restoreState;
  leafFrame = 0;
  let raised = false;
  try {
    site.routine(top, result);
  } catch (error) {
    if (error !== PYTHON_ERROR && !becomesPythonError(error)) throw error;
    raised = true;
  }
  const real = leafFrame;
  openLeaf = outerLeaf;
  leafFrame = outerFrame;
  if (raised) {
    if (real === 0) {
      words[State.frame] = frame;
      restoreState();
    } else runIn(real);
    words[State.pc] = exit.pc;
    return false;
  }
  copyValue(StateCell.helperResult, result);
  if (real === 0 || (executors[exit.executor].valid && !hasFrameObjects(exit, real))) return true;
  runIn(real);
  if (site.destination >= 0) copyValue(real + FRAME_HEADER_CELLS + site.destination, StateCell.helperResult);
  words[State.pc] = site.next;
  return false;
}
function runIn(frame: number): void {
  words[State.frame] = frame;
  words[State.stackTop] = words[(frame << 1) + Frame.top];
}

/** Performs what a trace asks for; see HelperCall. */
function callHelper(helper: number, exit: Exit, restoreState: () => void): boolean {
  statistics.helperCalls++;
  if ((helper & 1) !== 0) return callLeaf(leafSites[helper >> 1], exit, restoreState);
  restoreState();
  const entry = interpretSites[helper >> 1];
  if (entry.copy === 0) entry.copy = prepareStep(entry.pc);
  if (entry.copy === 0) {
    words[State.pc] = entry.pc;
    return false;
  }
  const outcome = step(entry.copy, run);
  if (outcome === StepOutcome.raised) return false;
  words[StateCell.helperResult << 1] = outcome === StepOutcome.jumped ? Fixed.true : Fixed.false;
  words[(StateCell.helperResult << 1) + 1] = TAG_REF;
  if (executors[exit.executor].valid && !hasFrameObjects(exit, words[State.frame])) return true;
  words[State.pc] = outcome === StepOutcome.jumped ? entry.target : entry.next;
  return false;
}
/** Somebody took hold of an inlined frame: it must end as a real one. */
function hasFrameObjects(exit: Exit, innermost: number): boolean {
  let frame = innermost;
  for (let i = 0; i < exit.frames.length; i++) {
    if (words[(frame << 1) + Frame.object] !== 0) return true;
    frame = words[(frame << 1) + Frame.caller];
  }
  return false;
}

/** Enters compiled code; see JitHooks. True: record a side trace. */
function enterExecutor(number: number): boolean {
  const executor = executors[number];
  words[State.executor] = number;
  const exit = backend.run(executor.entry, callHelper);
  if (exit === null) return false;
  statistics.exitsTaken++;
  exit.count++;
  if (exit.count < exit.threshold || exit.sideExecutor !== 0 || recording.active || exit.pc < 0) return false;
  exit.count = 0;
  if (!executors[exit.executor].valid || executors.length > MAX_EXECUTORS) return false;
  return startSideTrace(exit);
}

/** The interpreter stands where `exit` left: its state becomes the recorder's, with refs inherited from the trace. */
function startSideTrace(exit: Exit): boolean {
  const frame = words[State.frame];
  let outermost = frame;
  for (let i = 0; i < exit.frames.length; i++) outermost = words[(outermost << 1) + Frame.caller];
  begin(outermost, exit.pc, 0, 'side', 0, exit);
  inheritState(exit);
  return true;
}

/** Numbers per entry of an exit. */
const EXIT_FIELDS = 5;

const inheritUops: Readonly<Record<number, number>> = {
  [ir.Type.int]: U.inherit_int,
  [ir.Type.float]: U.inherit_float,
  [ir.Type.bool]: U.inherit_bool,
  [ir.Type.ref]: U.inherit_ref,
  [ir.Type.value]: U.inherit_value,
};
const constantUops: Readonly<Record<number, number>> = {
  [ir.Type.int]: U.const_int,
  [ir.Type.float]: U.const_float,
  [ir.Type.value]: U.const_value,
  [ir.Type.ref]: U.const_ref,
};

function inheritState(exit: Exit): void {
  const { entries } = exit;
  const headers = new Map<number, number>();
  const locations = new Map<number, number>();
  const slots: number[] = [];
  const refs: number[] = [];
  for (let at = 0, index = 0; at < entries.length; at += EXIT_FIELDS, index++) {
    const type = entries[at + 1];
    const location = entries[at + 2];
    let ref: number;
    if (location === -1) ref = constant(constantUops[type], entries[at + 3], entries[at + 4]);
    else {
      // one ref per place, so that the allocator knows that two slots hold the same
      ref = locations.get(location) ?? emit(inheritUops[type], 0, 0, 0, index);
      locations.set(location, ref);
    }
    slots.push(entries[at]);
    refs.push(ref);
  }
  slots.forEach((slot, i) => {
    if (slot < 0 || exit.frames.some((frame) => frame.generatorRef === 0 && frame.offset === slot))
      headers.set(slot, refs[i]);
    else if (slot < Sunk.object) setSlot(slot, refs[i]);
  });
  const cellsOfFrames: number[] = [];
  for (let i = exit.frames.length - 1, frame = words[State.frame]; i >= 0; i--) {
    cellsOfFrames[i] = frame;
    frame = words[(frame << 1) + Frame.caller];
  }
  exit.frames.forEach((link, i) => {
    const chain = ir.chains.length;
    const isGenerator = link.generatorRef !== 0;
    const functionRef = isGenerator ? 0 : headers.get(link.offset)!;
    const generatorRef = isGenerator ? headers.get(-1 - i)! : 0;
    ir.chains.push({ ...link, parent: chain - 1, functionRef, generatorRef });
    recording.frames.push({
      chain,
      offset: link.offset,
      code: link.codeRef,
      liveness: livenessOf(link.codeRef),
      codeStart: firstInstruction(link.codeRef),
      functionRef,
      destination: link.destination,
      returnKind: link.returnKind,
      returnAddress: link.returnAddress,
      cell: cellsOfFrames[i],
      top: isGenerator ? link.offset : link.offset + FRAME_HEADER_CELLS + link.registerCount,
      generatorRef,
    });
  });
  remakeSunk(exit, slots, refs);
}

/**
 * The side trace makes the objects that the trace before it had sunk; if it shows them to nobody they are sunk again.
 * Until they are there, an exit spells them as the parent's exit does.
 */
function remakeSunk(exit: Exit, slots: readonly number[], refs: readonly number[]): void {
  if (!slots.some((slot) => slot >= Sunk.object)) return;
  const before = ir.beginSnapshot(exit.pc, ir.chains.length - 1);
  slots.forEach((slot, i) => {
    ir.addEntry(slot, refs[i]);
  });
  const boxed = refs.map((ref, i) =>
    slots[i] >= Sunk.object && ir.type[ref] === ir.Type.int ? ir.append(U.box_int, ref, 0, 0, 0, 0, before) : ref,
  );
  const objects: number[] = [];
  slots.forEach((slot, i) => {
    const number = (slot >> SUNK_NUMBER_SHIFT) & 63;
    const payload = slot & SUNK_PAYLOAD;
    const ref = boxed[i];
    if (slot >= Sunk.slot) setSlot(payload, objects[number]);
    else if (slot >= Sunk.cell) storeField(objects[number], payload * 8, ref);
    else if (slot >= Sunk.object) {
      objects[number] = ir.append(U.allocate, 0, 0, 0, payload, 0, before);
      emit(U.store_header, objects[number], 0, 0, ir.imm0[refs[i]], ir.imm1[refs[i]]);
    }
  });
}

/** Drops an executor: nobody enters it any more; whoever runs in it leaves at the next helper call or exit. */
function invalidate(number: number): void {
  const executor = executors[number];
  if (!executor.valid) return;
  executor.valid = false;
  statistics.invalidated++;
  if (executor.parentExit >= 0) {
    // the exit it continued becomes an exit again
    const exit = exits[executor.parentExit];
    if (exit.landing) {
      if (returnExecutors.get(exit.pc) === number) returnExecutors.delete(exit.pc);
      for (const other of exits) if (other?.landing && other.sideExecutor === number) other.sideExecutor = 0;
    }
    exit.sideExecutor = 0;
    exit.count = 0;
    backend.redirect(executor.entry, relay(exit));
    return;
  }
  if (words[executor.ownerWord] === number) words[executor.ownerWord] = 0;
  if (executorStartingAt(executor.startPc) === number) forgetStart(executor.startPc);
  const exitNumber = exits.length;
  exits.push({
    number: exitNumber,
    executor: number,
    pc: executor.startPc,
    entries: new Int32Array(0),
    frames: [],
    stub: 0,
    count: 0,
    landing: false,
    top: -1,
    threshold: 0x7fffffff,
    sideExecutor: 0,
  });
  exits[exitNumber].stub = backend.stubFor(exitNumber);
  executor.entryExit = exitNumber;
  backend.redirect(executor.entry, exits[exitNumber].stub);
}
/** A stub that leaves by an exit whose own stub has been overwritten. */
function relay(exit: Exit): number {
  exit.stub = backend.stubFor(exit.number);
  return exit.stub;
}
