/**
 * What a trace asks TypeScript to do in its middle: a leaf (an operation on boxed operands, leaves.ts) or a single
 * instruction that the interpreter executes (interpreter/stepping.ts). Afterwards the trace goes on, unless an exception
 * was raised, the trace lost its ground meanwhile, or somebody took hold of one of its inlined frames.
 */
import { Fixed, State, StateCell } from '../heap/fixed.ts';
import { FRAME_HEADER_CELLS, Frame } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { copyValue, isRef, refAt, setNull, TAG_REF } from '../heap/values.ts';
import { run } from '../interpreter/loop.ts';
import { mustReenter } from '../interpreter/observation-state.ts';
import { prepareStep, StepOutcome, step } from '../interpreter/stepping.ts';
import { becomesPythonError, PYTHON_ERROR } from '../objects/errors.ts';
import { type Exit, executors } from './executors.ts';
import { type LeafSite, leafSites } from './leaves.ts';
import { interpretSites } from './recorder/recorder.ts';
import { statistics } from './statistics.ts';

/** The leaf being performed, if its trace's state is not in memory yet. */
let openLeaf: (() => void) | null = null;
/** the innermost frame once it is, else 0 */
let leafFrame = 0;

/** A nested run begins: the frames of the trace that called a leaf become real. */
export function nestedRun(): void {
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
  // what an earlier frame left there must not count as in use
  setNull(result);
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
  const { jump } = site;
  if (jump !== null && isRef(StateCell.helperResult) && refAt(StateCell.helperResult) === jump.ref) {
    words[State.pc] = jump.target;
    return false;
  }
  if (site.destination >= 0) copyValue(real + FRAME_HEADER_CELLS + site.destination, StateCell.helperResult);
  words[State.pc] = site.next;
  return false;
}
function runIn(frame: number): void {
  words[State.frame] = frame;
  words[State.stackTop] = words[(frame << 1) + Frame.top];
}

/** Performs what a trace asks for; see HelperCall. */
export function callHelper(helper: number, exit: Exit, restoreState: () => void): boolean {
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
  const goesOn = executors[exit.executor].valid && !mustReenter();
  if (goesOn && !hasFrameObjects(exit, words[State.frame])) return true;
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
