/**
 * The JIT as the interpreter meets it: hot loops and functions are recorded, optimized, compiled and entered; hot exits
 * grow side traces; what rests on a broken assumption is dropped. Everything that decides *when* is here; *how* is in
 * recorder/, optimizer/ and the backends.
 */
import { State } from '../heap/fixed.ts';
import { Code, FRAME_HEADER_CELLS, Frame } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { firstInstruction, ReturnKind } from '../interpreter/frames.ts';
import { installJit, RECORDING, removeJit } from '../interpreter/jit-hooks.ts';
import { mustReenter, observation, REENTER } from '../interpreter/observation-state.ts';
import { monotonicMilliseconds } from '../modules/clock.ts';
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
import { callHelper, nestedRun } from './helper-calls.ts';
import * as ir from './ir.ts';
import { OutOfRegisters } from './native/allocator.ts';
import { CodeMemoryFull } from './native/assembler.ts';
import { eliminateDeadCode } from './optimizer/dead-code.ts';
import { ImpossibleGuard, setSnapshotSource } from './optimizer/emit.ts';
import { type LoopEdge, peelLoop } from './optimizer/loop.ts';
import { dropNeedlessChecks } from './optimizer/ranges.ts';
import { sinkAllocations } from './optimizer/sink.ts';
import { flushToMemory } from './recorder/calls.ts';
import { leftToInterpreter } from './recorder/left-to-interpreter.ts';
import {
  type Ending,
  LOOP_LEFT,
  noteVarying,
  opName,
  raisedWhileRecorded,
  recordInstruction,
  setExecutorLookup,
  startRecording,
} from './recorder/recorder.ts';
import { Abort, isSlotLive, recording, takeSnapshot } from './recorder/state.ts';
import { installRoots, keepRoots, recordedObjects } from './roots.ts';
import { inheritState } from './side-traces.ts';
import { countAbort, statistics, statisticsText } from './statistics.ts';
import { StencilRangeError } from './stencil-library.ts';
import { U } from './uops.ts';

/** For tests (COPYJIT_JIT_EAGER=1): nearly everything is compiled, and nearly every exit grows a side trace. */
const EAGER = process.env.COPYJIT_JIT_EAGER === '1';
const LOOP_THRESHOLD = EAGER ? 15 : 300;
const FUNCTION_THRESHOLD = EAGER ? 15 : 400;
/** Times an exit is taken before a side trace is recorded from it. */
const EXIT_THRESHOLD = EAGER ? 2 : 12;
/** A place whose recordings fail this often is left alone. */
const MAX_FAILURES = 4;
/**
 * A recording that leaves its loop instead of coming round is given up, and another iteration recorded after so many
 * more; when they are used up, the loop is one that seldom comes round, and the way out is recorded. The steps have no
 * common factor, so that a loop whose behaviour has a period is met at different places.
 */
const ITERATIONS_BETWEEN_TRIES = [1, 3, 7, 17, 41];
/**
 * So many side traces in a row that left where they began: their instruction has too many kinds of operands (an attribute
 * of objects of a hundred classes, a call of whatever comes). Traces let the interpreter execute it from then on; the chain
 * would grow without end.
 */
const MAX_VARIANTS = 64;
/**
 * Beyond this many side traces of one root its exits stay with the interpreter: there is no stable path there (recursion
 * through generators met a new one at every depth). LuaJIT has the same limit.
 */
const MAX_SIDE_TRACES = 100;
/** The same for the program as a whole. */
const MAX_EXECUTORS = 4000;

let backend: Backend;
/** Makes the backend when the first trace is about to be recorded: a program without one pays nothing. */
let makeBackend: (() => Backend | null) | null = null;
/** failures by start (word index of the heat word) */
const failures = new Map<number, number>();
/** recordings that left their loop, by JUMP_BACKWARD */
const leftLoops = new Map<number, number>();
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
  return statisticsText(mode, leftToInterpreter, observation.begun);
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
  recordingStarted = monotonicMilliseconds();
  recordedObjects.clear();
  recordedObjects.add(words[(frame << 1) + Frame.code]);
  const backEdge = owner - 3;
  const mayLeave = what !== 'loop' || (leftLoops.get(backEdge) ?? 0) >= ITERATIONS_BETWEEN_TRIES.length;
  startRecording(frame, pc, loopHeader, mayLeave ? 0 : backEdge, what === 'function');
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
  if (error instanceof ImpossibleGuard) return `contradiction at ${opName(recording.pc)}`;
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
  if (reason === LOOP_LEFT) {
    const tries = leftLoops.get(place) ?? 0;
    leftLoops.set(place, tries + 1);
    words[place + 2] = LOOP_THRESHOLD - ITERATIONS_BETWEEN_TRIES[tries];
    return;
  }
  failures.set(place, (failures.get(place) ?? 0) + 1);
}

/** An exception was raised. One in a nested run is the business of that run, until it leaves it. */
function abortRecording(): void {
  if (recording.active && isOwnRun()) failed(new Abort(raisedWhileRecorded()));
}

/** Is the frame being recorded one of the run of the interpreter's loop that is running now? */
function isOwnRun(): boolean {
  for (let frame = words[State.frame]; frame !== 0; frame = words[(frame << 1) + Frame.caller]) {
    if (frame === recording.frame) return true;
    const kind = words[(frame << 1) + Frame.returnKind];
    if (kind === ReturnKind.exit || kind === ReturnKind.generatorExit) return false;
  }
  return true;
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
    root: parentExit === null ? number : executors[parentExit.executor].root,
    sideTraces: 0,
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
    executors[executor.root].sideTraces++;
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
  statistics.compileMilliseconds += monotonicMilliseconds() - recordingStarted;
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
  const edge: LoopEdge = { pc: header, slots, refs, entryLoads: recording.entryLoads };
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

/** Enters compiled code; see JitHooks. True: record a side trace. */
function enterExecutor(number: number): boolean {
  const executor = executors[number];
  words[State.executor] = number;
  const exit = backend.run(executor.entry, callHelper);
  if (mustReenter() && words[State.raised] === 0) throw REENTER;
  if (exit === null) return false;
  statistics.exitsTaken++;
  exit.count++;
  if (exit.count < exit.threshold || exit.sideExecutor !== 0 || recording.active || exit.pc < 0) return false;
  exit.count = 0;
  const { valid, root } = executors[exit.executor];
  if (!valid || executors.length > MAX_EXECUTORS || executors[root].sideTraces >= MAX_SIDE_TRACES) return false;
  return startSideTrace(exit);
}

/** The interpreter stands where `exit` left: its state becomes the recorder's, with refs inherited from the trace. */
function startSideTrace(exit: Exit): boolean {
  const frame = words[State.frame];
  if (variantsBefore(exit) >= MAX_VARIANTS) noteVarying(exit.pc);
  let outermost = frame;
  for (let i = 0; i < exit.frames.length; i++) outermost = words[(outermost << 1) + Frame.caller];
  begin(outermost, exit.pc, 0, 'side', 0, exit);
  inheritState(exit);
  return true;
}

/** How many side traces in a row, up to the one that `exit` leaves, left at the instruction that they began with. */
function variantsBefore(exit: Exit): number {
  let count = 0;
  for (let at = exit; count < MAX_VARIANTS; count++) {
    const { kind, startPc, parentExit: from } = executors[at.executor];
    if (kind !== 'side' || startPc !== exit.pc) break;
    at = exits[from];
  }
  return count;
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
