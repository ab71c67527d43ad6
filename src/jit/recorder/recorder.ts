/**
 * The trace recorder: called before each instruction while the interpreter records, it looks at the operands and emits
 * typed uops. What it cannot express it lets the interpreter execute in the middle of the trace (`interpret`), and says
 * so by name in the statistics. The trace ends when execution comes back to the loop header, reaches another executor,
 * leaves the frame it began in, or grows too long.
 *
 * Order within an instruction: everything that may exit comes before the first effect, because an exit resumes by
 * executing the instruction again.
 */
import { instructionLength, Op, operandKinds } from '../../compiler/instructions.ts';
import { Fixed } from '../../heap/fixed.ts';
import { Frame, FunctionObject } from '../../heap/layouts.ts';
import { words } from '../../heap/memory.ts';
import { TAG_REF } from '../../heap/values.ts';
import { firstInstruction, ReturnKind } from '../../interpreter/frames.ts';
import { beginDependencies } from '../dependencies.ts';
import * as ir from '../ir.ts';
import { constValue, emit, setSnapshotSource } from '../optimizer/emit.ts';
import { U } from '../uops.ts';
import {
  recordBinary,
  recordComparison,
  recordConditionalJump,
  recordIdentity,
  recordUnary,
  truthByType,
  truthRef,
} from './arithmetic.ts';
import {
  namesAreGlobal,
  propertyGetter,
  recordLoadAttribute,
  recordLoadDeref,
  recordLoadGlobal,
  recordLoadMethod,
  recordLoadSpecial,
  recordLoadSubscript,
  recordLoadSuperMethod,
  recordMakeCell,
  recordStoreAttribute,
  recordStoreDeref,
  recordStoreGlobal,
  recordStoreSubscript,
} from './attributes.ts';
import {
  CallOutcome,
  emptyDict,
  flushToMemory,
  guardStack,
  inlineOperation,
  recordCall,
  recordDictMerge,
  recordSpreadCall,
  setArgumentCells,
} from './calls.ts';
import { recordAwaitable, recordSend, recordYield } from './generators.ts';
import { inlineGetItem, inlineNext, inlineOperator, inlineSetter } from './inlined-operations.ts';
import {
  recordBuildList,
  recordBuildTuple,
  recordForIterate,
  recordGetIterator,
  recordListAppend,
  recordUnpackSequence,
} from './iteration.ts';
import {
  abandonIteration,
  finishIteration,
  leafBinary,
  leafBuild,
  leafCall,
  leafComparison,
  leafConditionalJump,
  leafContains,
  leafDeleteSubscript,
  leafExtend,
  leafForIterate,
  leafFormat,
  leafGetIterator,
  leafListAppend,
  leafLoadAttribute,
  leafLoadSubscript,
  leafMakeFunction,
  leafNot,
  leafStoreAttribute,
  leafStoreSubscript,
  leafUnary,
} from './leaf-calls.ts';
import { noteLeftToInterpreter } from './left-to-interpreter.ts';
import { recordDictContains, recordDictLoad, recordDictStore } from './lookups.ts';
import { recordReturn, recordReturnGenerator } from './returns.ts';
import { recordBuildSlice, recordListSlice } from './slices.ts';
import {
  abort,
  asValue,
  cellOf,
  currentFrame,
  H,
  isSlotLive,
  recording,
  refOf,
  registerRef,
  resetRecording,
  runningFunction,
  setRegister,
  Tag,
  tagAt,
  takeSnapshot,
} from './state.ts';

const MAX_INSTRUCTIONS = 1500;
/** Times an inner loop without an executor is followed before the trace gives up. */
const MAX_UNROLLED = 6;

/** Why a recording was given up that left its loop before the loop came round; another iteration may stay in it. */
export const LOOP_LEFT = 'loop left';

/** How a recording ended. */
export type Ending =
  /** back at the header: a loop to be peeled */
  | 'loop'
  /** a jump to another executor or a return: straight code */
  | 'linked';

/** Sites where a trace lets the interpreter execute one instruction; a call_helper's immediate is an index. */
export const interpretSites: { readonly pc: number; readonly next: number; readonly target: number; copy: number }[] =
  [];

/** Recordings that an instruction may end by raising, before traces end in front of it. */
const MAX_RAISED = 2;
/** Recordings that were given up because the instruction at this word index raised. */
const raisedAt = new Map<number, number>();

const opNames: string[] = [];
for (const name of Object.keys(operandKinds) as (keyof typeof operandKinds)[]) opNames[Op[name]] = name;

/** The name of the instruction at a word index. */
export function opName(pc: number): string {
  return opNames[words[pc]] ?? String(words[pc]);
}

/** Asked at every instruction: executor that starts at this word index (loop header), 0 for none. */
let executorAt: (pc: number) => number = () => 0;
export function setExecutorLookup(lookup: (pc: number) => number): void {
  executorAt = lookup;
}

/** Instructions (word indices) whose operands are of ever new kinds: traces single-step them. */
const varying = new Set<number>();
export function noteVarying(pc: number): void {
  if (!endsTraces.has(words[pc])) varying.add(pc);
}
/** What cannot be stepped over, since execution goes on in another frame or at another place. */
const endsTraces: ReadonlySet<Op> = new Set([
  Op.JUMP,
  Op.JUMP_BACKWARD,
  Op.RETURN,
  Op.YIELD,
  Op.RETURN_GENERATOR,
  Op.SEND,
  Op.RAISE,
  Op.RERAISE,
  Op.END_ASYNC_FOR,
]);

/** While the interpreter executes an instruction for which a helper call was recorded. */
const suspended = { frame: 0, pc: 0, active: false, op: 0, jumpOutcome: 0 };
/**
 * After a call recorded as a leaf: the interpreter may perform it by pushing a frame (a functools.partial, an lru_cache
 * that misses), of which the trace knows nothing. `frame` is where it returns to, 0 for none.
 */
const leafCalled = { frame: 0, next: 0 };
const unrolled = new Map<number, number>();
/**
 * A comparison that in the trace only delivers its result, while the interpreter may perform the jump behind it at once:
 * the instruction that comes next shows which way. 0 for none.
 */
const fused = { pc: 0 };

/**
 * Starts a recording in frame `frame`, whose code is `code`, at `pc`. `loopHeader` is the word index at which the trace
 * closes, 0 for side traces and function entries; `loopEnd` that of the loop's back-edge if a recording that leaves the
 * loop is to be given up (Abort with LOOP_LEFT), else 0.
 */
export function startRecording(
  frame: number,
  pc: number,
  loopHeader: number,
  loopEnd: number,
  startsFunction: boolean,
): void {
  const code = words[(frame << 1) + Frame.code];
  ir.resetTrace();
  beginDependencies();
  setSnapshotSource(takeSnapshot);
  resetRecording(frame, code, firstInstruction(code));
  recording.loopHeader = loopHeader;
  recording.loopEnd = loopEnd;
  recording.startPc = pc;
  recording.startsFunction = startsFunction;
  recording.active = true;
  suspended.active = false;
  leafCalled.frame = 0;
  abandonIteration();
  fused.pc = 0;
  unrolled.clear();
}

/** Records the instruction about to be executed. Answers null while the trace goes on; throws Abort. */
export function recordInstruction(pc: number, frame: number): Ending | null {
  if (suspended.active) {
    if (frame !== suspended.frame || pc === suspended.pc)
      return frame < suspended.frame && !isGenerators(frame) && !isGenerators(suspended.frame)
        ? abort(`frame left by ${opName(suspended.pc)}`)
        : null;
    suspended.active = false;
    resume(pc);
  }
  if (leafCalled.frame !== 0) {
    if (frame !== leafCalled.frame) return null;
    leafCalled.frame = 0;
    if (pc !== leafCalled.next) abort(`${opName(recording.pc)} went elsewhere`);
  }
  finishIteration(pc);
  finishBranch(pc);
  meetFrame(frame);
  recording.pc = pc;
  recording.frame = frame;
  recording.resumePc = pc;
  if (++recording.instructions > MAX_INSTRUCTIONS) abort('trace too long');
  if (recording.instructions > 1) {
    if (pc === recording.loopHeader && recording.frames.length === 1) return 'loop';
    if (
      recording.loopEnd !== 0 &&
      recording.frames.length === 1 &&
      (pc < recording.loopHeader || pc > recording.loopEnd)
    ) {
      abort(LOOP_LEFT);
    }
    const executor = executorAt(pc);
    if (executor !== 0 && !recording.frames.some((inlined) => inlined.generatorRef !== 0)) return linkTo(executor, pc);
  }
  if ((raisedAt.get(pc) ?? 0) >= MAX_RAISED) {
    noteLeftToInterpreter(pc, frame);
    return endHere();
  }
  return varying.has(pc) ? interpret(pc) : dispatch(pc);
}

/** Generators' frames do not lie on the stack: their place says nothing of who called whom. */
function isGenerators(frame: number): boolean {
  return words[(frame << 1) + Frame.generator] !== 0;
}

/** The recording was ended by an exception: notes of which instruction, and gives the reason in words. */
export function raisedWhileRecorded(): string {
  const pc = suspended.active ? suspended.pc : recording.pc;
  raisedAt.set(pc, (raisedAt.get(pc) ?? 0) + 1);
  return `${opName(pc)} raised`;
}

/**
 * Checks that the interpreter is in the frame that the recorder follows. A frame inlined a moment ago is met here for the
 * first time: the interpreter may have put it at another distance from its caller than the trace will.
 */
function meetFrame(frame: number): void {
  const current = currentFrame();
  if (current.cell === 0) {
    const { frames } = recording;
    if (words[(frame << 1) + Frame.caller] === frames[frames.length - 2].cell) current.cell = frame;
  }
  if (frame !== current.cell || words[(frame << 1) + Frame.code] !== current.code)
    abort(`unexpected frame after ${opName(recording.pc)}`);
}

function isFused(op: Op): boolean {
  return op >= Op.BRANCH_LESS && op <= Op.BRANCH_GREATER_EQUAL;
}
/** Guards the way that the interpreter took behind a fused comparison; the exit looks at the result by the jump itself. */
function finishBranch(pc: number): void {
  const at = fused.pc;
  fused.pc = 0;
  const jump = at + 4;
  if (at === 0 || pc === jump) return;
  const jumped = pc === words[jump + 2];
  if (jumped && pc === jump + 3) return;
  if (!jumped && pc !== jump + 3) abort('comparison went elsewhere');
  const holds = jumped === (words[jump] === Op.JUMP_IF_TRUE);
  recording.resumePc = jump;
  emit(U.guard_value, asValue(registerRef(words[at + 1])), 0, 0, holds ? Fixed.true : Fixed.false, TAG_REF);
  recording.resumePc = pc;
}

/** Everything to memory, then on to another executor that starts at `pc` in the innermost frame. */
function linkTo(executor: number, pc: number): Ending {
  if (recording.frames.length > 1) guardStack(currentFrame().top);
  flushToMemory((slot) => isSlotLive(slot, pc));
  const { offset } = currentFrame();
  if (offset !== 0) emit(U.move_frame, 0, 0, 0, offset * 8);
  ir.append(U.jump_executor, 0, 0, 0, executor, 0, ir.beginSnapshot(pc, 0));
  return 'linked';
}

/** Ends the trace at this instruction with everything handed to the interpreter. */
export function endHere(): Ending {
  // a trace that does nothing would be the first of an endless chain of such traces
  if (recording.instructions < 3) abort(opNames[words[recording.pc]]);
  emit(U.exit);
  return 'linked';
}

function dispatch(pc: number): Ending | null {
  const op = words[pc] as Op;
  switch (op) {
    case Op.NOP:
    case Op.JUMP:
      return null;
    case Op.MOVE:
      setRegister(words[pc + 1], refOf(words[pc + 2]));
      return null;
    case Op.CLEAR:
      setRegister(words[pc + 1], constValue(0, TAG_REF));
      return null;
    case Op.CHECK_BOUND: {
      const ref = registerRef(words[pc + 1]);
      if (ir.type[ref] === ir.Type.value && !ir.isConstant(ref)) emit(U.guard_not_value, ref, 0, 0, 0, TAG_REF);
      return null;
    }
    case Op.JUMP_BACKWARD:
      return backEdge(pc);
    case Op.LOAD_GLOBAL:
    case Op.LOAD_GLOBAL_MODULE:
    case Op.LOAD_GLOBAL_BUILTIN:
      return recordLoadGlobal() ? null : interpret(pc);
    case Op.LOAD_NAME:
      return namesAreGlobal() && recordLoadGlobal() ? null : interpret(pc);
    case Op.STORE_GLOBAL:
      return recordStoreGlobal() ? null : interpret(pc);
    case Op.STORE_NAME:
      return namesAreGlobal() && recordStoreGlobal() ? null : interpret(pc);
    case Op.LOAD_DEREF:
      return recordLoadDeref() ? null : interpret(pc);
    case Op.STORE_DEREF:
      return recordStoreDeref() ? null : interpret(pc);
    case Op.COPY_FREE_VARS: {
      if (currentFrame().generatorRef !== 0) return interpret(pc);
      const closure = emit(U.load_word, runningFunction(), 0, 0, FunctionObject.closure * 4);
      for (let i = 0; i < words[pc + 2]; i++)
        setRegister(words[pc + 1] + i, emit(U.load_field, closure, 0, 0, 8 + i * 8));
      return null;
    }
    case Op.LOAD_ATTR:
    case Op.LOAD_ATTR_SLOT:
    case Op.LOAD_ATTR_METHOD:
    case Op.LOAD_ATTR_MODULE:
    case Op.LOAD_ATTR_CLASS:
    case Op.LOAD_ATTR_PROPERTY: {
      const answer = recordLoadAttribute();
      if (answer === true) return null;
      if (answer === 'property') {
        const getter = propertyGetter();
        if (
          inlineOperation(
            getter,
            [refOf(words[pc + 2])],
            words[pc + 1],
            ReturnKind.deliver,
            pc + instructionLength[op],
            1,
          ) === CallOutcome.inlined
        )
          return null;
      }
      return leafLoadAttribute() ? null : interpret(pc);
    }
    case Op.LOAD_METHOD:
    case Op.LOAD_METHOD_CACHED:
      return recordLoadMethod() ? null : interpret(pc);
    case Op.STORE_ATTR:
    case Op.STORE_ATTR_SLOT:
    case Op.STORE_ATTR_ADD:
      if (recordStoreAttribute() || inlineSetter()) return null;
      return leafStoreAttribute() ? pushesFrame(pc) : interpret(pc);
    case Op.LOAD_SUBSCR:
      return recordLoadSubscript() || recordDictLoad() || recordListSlice() || inlineGetItem() || leafLoadSubscript()
        ? null
        : interpret(pc);
    case Op.STORE_SUBSCR:
      return recordStoreSubscript() || recordDictStore() || leafStoreSubscript() ? null : interpret(pc);
    case Op.ADD:
    case Op.SUBTRACT:
    case Op.MULTIPLY:
    case Op.TRUE_DIVIDE:
    case Op.FLOOR_DIVIDE:
    case Op.REMAINDER:
    case Op.POWER:
    case Op.LEFT_SHIFT:
    case Op.RIGHT_SHIFT:
    case Op.AND:
    case Op.OR:
    case Op.XOR:
      return recordBinary(op) || inlineOperator() || leafBinary(op) ? null : interpret(pc);
    case Op.NEGATIVE:
    case Op.POSITIVE:
    case Op.INVERT:
      return recordUnary(op) || leafUnary(op) ? null : interpret(pc);
    case Op.NOT: {
      const truth = truthByType(refOf(words[pc + 2]), cellOf(words[pc + 2]));
      if (truth !== null) {
        setRegister(words[pc + 1], constValue(truth ? Fixed.false : Fixed.true, TAG_REF));
        return null;
      }
      const bool = truthRef(refOf(words[pc + 2]), cellOf(words[pc + 2]));
      if (bool === 0) return leafNot() ? null : interpret(pc);
      setRegister(words[pc + 1], emit(U.not_bool, bool));
      return null;
    }
    case Op.LESS:
    case Op.LESS_EQUAL:
    case Op.EQUAL:
    case Op.NOT_EQUAL:
    case Op.GREATER:
    case Op.GREATER_EQUAL:
    case Op.BRANCH_LESS:
    case Op.BRANCH_LESS_EQUAL:
    case Op.BRANCH_EQUAL:
    case Op.BRANCH_NOT_EQUAL:
    case Op.BRANCH_GREATER:
    case Op.BRANCH_GREATER_EQUAL:
      if (recordComparison(op) || inlineOperator()) return null;
      if (isFused(op)) fused.pc = pc;
      return leafComparison(op) ? null : interpret(pc);
    case Op.IS:
    case Op.IS_NOT:
      return recordIdentity(op) ? null : interpret(pc);
    case Op.JUMP_IF_FALSE:
    case Op.JUMP_IF_TRUE:
      return recordConditionalJump(op) || leafConditionalJump(op) ? null : interpret(pc);
    case Op.JUMP_IF_NONE:
    case Op.JUMP_IF_NOT_NONE:
      return recordConditionalJump(op) ? null : interpret(pc);
    case Op.GET_ITER:
      return recordGetIterator() || leafGetIterator() ? null : interpret(pc);
    case Op.FOR_ITER:
    case Op.FOR_ITER_RANGE:
    case Op.FOR_ITER_LIST:
    case Op.FOR_ITER_GENERATOR:
      return recordForIterate() || inlineNext() || leafForIterate() ? null : interpret(pc);
    case Op.UNPACK_SEQUENCE:
      return recordUnpackSequence() ? null : interpret(pc);
    case Op.BUILD_TUPLE:
      return recordBuildTuple() || leafBuild(op) ? null : interpret(pc);
    case Op.BUILD_LIST:
      return recordBuildList() || leafBuild(op) ? null : interpret(pc);
    case Op.BUILD_MAP:
      if (words[pc + 3] === 0) {
        setRegister(words[pc + 1], emptyDict());
        return null;
      }
      return leafBuild(op) ? null : interpret(pc);
    case Op.DICT_MERGE:
      return recordDictMerge() ? null : interpret(pc);
    case Op.BUILD_SET:
    case Op.BUILD_STRING:
      return leafBuild(op) ? null : interpret(pc);
    case Op.LIST_EXTEND:
    case Op.SET_ADD:
    case Op.SET_UPDATE:
    case Op.DICT_UPDATE:
    case Op.MAP_ADD:
      return leafExtend(op) ? null : interpret(pc);
    case Op.LIST_TO_TUPLE:
    case Op.MATCH_SEQUENCE:
    case Op.MATCH_MAPPING:
    case Op.GET_LENGTH:
      return leafUnary(op) ? null : interpret(pc);
    case Op.DELETE_SUBSCR:
      return leafDeleteSubscript() ? null : interpret(pc);
    case Op.MAKE_FUNCTION:
      return leafMakeFunction() ? null : interpret(pc);
    case Op.MAKE_CELL:
      recordMakeCell();
      return null;
    case Op.LOAD_SPECIAL:
      return recordLoadSpecial() ? null : interpret(pc);
    case Op.BUILD_SLICE:
      return recordBuildSlice() ? null : interpret(pc);
    case Op.LIST_APPEND:
      return recordListAppend() || leafListAppend() ? null : interpret(pc);
    case Op.LOAD_SUPER_METHOD:
      return recordLoadSuperMethod() ? null : interpret(pc);
    case Op.CALL:
    case Op.CALL_PYTHON:
    case Op.CALL_NATIVE:
    case Op.CALL_CLASS: {
      setArgumentCells(
        recording.frame + H + words[pc + 2] + (tagAt(recording.frame + H + words[pc + 2] + 1) === Tag.null ? 2 : 1),
      );
      const outcome = recordCall();
      if (outcome === CallOutcome.fallback) return callAsLeaf(pc) ? null : interpret(pc);
      return outcome === CallOutcome.linked ? 'linked' : null;
    }
    case Op.CALL_EX: {
      const outcome = recordSpreadCall();
      if (outcome === CallOutcome.fallback) return interpret(pc);
      return outcome === CallOutcome.linked ? 'linked' : null;
    }
    case Op.CALL_KW: {
      const outcome = recordCall();
      if (outcome === CallOutcome.fallback) return callAsLeaf(pc) ? null : interpret(pc);
      return outcome === CallOutcome.linked ? 'linked' : null;
    }
    case Op.CONTAINS:
    case Op.NOT_CONTAINS:
      return recordDictContains(op) || leafContains(op) ? null : interpret(pc);
    case Op.FORMAT_SIMPLE:
    case Op.FORMAT_WITH_SPEC:
      return leafFormat(op) ? null : interpret(pc);
    case Op.RETURN:
      switch (recordReturn()) {
        case 'inlined':
          return null;
        case 'below':
          return 'linked';
      }
      noteLeftToInterpreter(pc, recording.frame);
      return endHere();
    case Op.YIELD:
      if (recordYield()) return null;
      if (currentFrame().generatorRef === 0 && recording.frames.length === 1) abort('YIELD');
      noteLeftToInterpreter(pc, recording.frame);
      return endHere();
    case Op.RETURN_GENERATOR:
      if (recordReturnGenerator()) return null;
      noteLeftToInterpreter(pc, recording.frame);
      return endHere();
    case Op.SEND:
      if (recordSend()) return null;
      noteLeftToInterpreter(pc, recording.frame);
      return endHere();
    case Op.GET_AWAITABLE:
      return recordAwaitable() ? null : interpret(pc);
    case Op.RAISE:
    case Op.RERAISE:
    case Op.END_ASYNC_FOR:
      noteLeftToInterpreter(pc, recording.frame);
      return endHere();
  }
  return interpret(pc);
}

/** A call as a leaf; the interpreter may push a frame for it all the same. */
function callAsLeaf(pc: number): boolean {
  if (!leafCall()) return false;
  pushesFrame(pc);
  return true;
}

/** What was recorded as a leaf at `pc` may be a frame to the interpreter: the recording goes on behind it. */
function pushesFrame(pc: number): null {
  leafCalled.frame = recording.frame;
  leafCalled.next = pc + instructionLength[words[pc]];
  return null;
}

/** A back-edge that does not close the trace: an inner loop unrolled a few times, or the end of the matter. */
function backEdge(pc: number): Ending | null {
  const target = words[pc + 1];
  emit(U.guard_no_interrupt);
  if (target === recording.loopHeader && recording.frames.length === 1) return null;
  const times = (unrolled.get(target) ?? 0) + 1;
  unrolled.set(target, times);
  if (times > MAX_UNROLLED) abort('inner loop');
  return null;
}

/**
 * Lets the interpreter execute this instruction in the middle of the trace: the machine leaves with everything in
 * memory, the interpreter performs the one instruction, the machine comes back and loads what was written.
 */
function interpret(pc: number): Ending | null {
  const op = words[pc] as Op;
  noteLeftToInterpreter(pc, recording.frame);
  const kinds = operandKinds[opNames[op] as keyof typeof operandKinds];
  const jumps = kinds.includes('j');
  const result = emit(
    U.call_helper,
    0,
    0,
    0,
    (interpretSites.push({
      pc,
      next: pc + instructionLength[op],
      target: jumps ? words[pc + 1 + kinds.indexOf('j')] : 0,
      copy: 0,
    }) -
      1) *
      2,
  );
  suspended.active = true;
  suspended.frame = recording.frame;
  suspended.pc = pc;
  suspended.op = op;
  suspended.jumpOutcome = jumps ? result : 0;
  return null;
}

/** The interpreter has executed the instruction and is about to execute `pc`: reload what it wrote. */
function resume(pc: number): void {
  const at = suspended.pc;
  const op = suspended.op as Op;
  const kinds = operandKinds[opNames[op] as keyof typeof operandKinds];
  const next = at + instructionLength[op];
  recording.frame = suspended.frame;
  recording.currentSnapshot = -1;
  if (suspended.jumpOutcome === 0) {
    // a fused comparison may have jumped: finishBranch sees to that
    if (pc !== next && !(isFused(op) && (pc === next + 3 || pc === words[next + 2])))
      abort(`${opNames[op]} went elsewhere`);
    reloadWritten(at, op, kinds);
    return;
  }
  const target = words[at + 1 + kinds.indexOf('j')];
  if (pc !== next && pc !== target) abort(`${opNames[op]} went elsewhere`);
  // the helper answers True if the instruction jumped
  recording.resumePc = pc === next ? target : next;
  const jumped = pc === target;
  reloadWritten(at, op, kinds);
  emit(U.guard_value, suspended.jumpOutcome, 0, 0, jumped ? Fixed.true : Fixed.false, TAG_REF);
  recording.resumePc = pc;
}

function reloadWritten(at: number, op: Op, kinds: string): void {
  const offset = currentFrame().offset + H;
  const { generatorRef } = currentFrame();
  const reload = (register: number): void => {
    if (generatorRef === 0) setRegister(register, emit(U.load_frame, 0, 0, 0, (offset + register) * 8));
  };
  for (let i = 0; i < kinds.length; i++) if (kinds[i] === 'd') reload(words[at + 1 + i]);
  const run = kinds.indexOf('r');
  const r = run >= 0 ? words[at + 1 + run] : 0;
  const count = run >= 0 && kinds[run + 1] === 'i' ? words[at + 2 + run] : 0;
  switch (op) {
    case Op.LOAD_METHOD:
    case Op.LOAD_METHOD_CACHED:
    case Op.LOAD_SPECIAL:
    case Op.LOAD_SUPER_METHOD:
      reload(r);
      reload(r + 1);
      break;
    case Op.UNPACK_SEQUENCE:
    case Op.COPY_FREE_VARS:
      for (let k = 0; k < count; k++) reload(r + k);
      break;
    case Op.UNPACK_EX:
      for (let k = 0; k <= count + words[at + 3 + run]; k++) reload(r + k);
      break;
    case Op.MAKE_CELL:
    case Op.DELETE_FAST:
    case Op.CLEAR:
      reload(r);
      break;
    case Op.MATCH_EXCEPTION_GROUP:
      reload(words[at + 1] + 1);
      break;
  }
}
