/**
 * Executing a single instruction on behalf of a trace that cannot express it. A copy of the instruction lies in a
 * region of its own, followed by STEP_END, so the loop needs no counter: it runs the copy (calls and all) and comes to
 * the end mark. A jump's copy leads to a second mark that says so. The copy keeps its own inline caches.
 *
 * While the copy runs, State.pc and return addresses lie in that region; whoever wants a line number asks originalPc.
 */
import { instructionLength, Op, operandKinds } from '../compiler/instructions.ts';
import { State, T } from '../heap/fixed.ts';
import { ArrayObject, Header } from '../heap/layouts.ts';
import { allocate, words } from '../heap/memory.ts';
import { PYTHON_ERROR } from '../objects/errors.ts';

const REGION_WORDS = 1 << 16;
let region = 0;
let start = 0;
let end = 0;
let next = 0;
/** copy -> the instruction it was made from, in ascending order of copies */
const copies: number[] = [];
const originals: number[] = [];

/** The region's object, a root; 0 before the first copy. */
export function steppingRegion(): number {
  return region;
}
/** Is this word index inside a copied instruction? */
export function isStepping(pc: number): boolean {
  return pc >= start && pc < end;
}
/** The word index of the real instruction. */
export function originalPc(pc: number): number {
  if (pc < start || pc >= end) return pc;
  let index = copies.length - 1;
  while (index > 0 && copies[index] > pc) index--;
  return originals[index];
}

const kindsOf: string[] = [];
for (const name of Object.keys(operandKinds) as (keyof typeof operandKinds)[]) kindsOf[Op[name]] = operandKinds[name];

/** Copies the instruction at `pc`; returns the copy's word index, or 0 when there is no room for more. */
export function prepareStep(pc: number): number {
  if (region === 0) {
    region = allocate(1 + (REGION_WORDS >> 1));
    words[(region << 1) + Header.type] = T.raw;
    words[(region << 1) + ArrayObject.length] = REGION_WORDS * 4;
    start = next = (region << 1) + ArrayObject.data;
    end = start + REGION_WORDS;
  }
  const op = words[pc];
  const length = instructionLength[op];
  if (next + length + 4 > end) return 0;
  const copy = next;
  for (let i = 0; i < length; i++) words[copy + i] = words[pc + i];
  // the jump behind a fused comparison is not copied: the plain comparison delivers its result
  if (op >= Op.BRANCH_LESS && op <= Op.BRANCH_GREATER_EQUAL) words[copy] = op - Op.BRANCH_LESS + Op.LESS;
  const jump = kindsOf[op].indexOf('j');
  if (jump >= 0) words[copy + 1 + jump] = copy + length + 2;
  words[copy + length] = Op.STEP_END;
  words[copy + length + 1] = 0;
  words[copy + length + 2] = Op.STEP_END;
  words[copy + length + 3] = 1;
  next += length + 4;
  copies.push(copy);
  originals.push(pc);
  return copy;
}

export enum StepOutcome {
  wentOn,
  jumped,
  /** State.raised is set, State.pc is the original instruction */
  raised,
}

/**
 * Executes the copied instruction in the running frame (State.frame), in which everything is in memory. May call Python.
 * `run` is the interpreter's loop.
 */
export function step(copy: number, run: (pc: number) => boolean): StepOutcome {
  const frame = words[State.frame];
  const top = words[State.stackTop];
  try {
    const jumped = run(copy);
    return jumped ? StepOutcome.jumped : StepOutcome.wentOn;
  } catch (error) {
    if (error !== PYTHON_ERROR) throw error;
    words[State.pc] = originalPc(copy);
    return StepOutcome.raised;
  } finally {
    words[State.frame] = frame;
    words[State.stackTop] = top;
  }
}
