/**
 * Frames on the VM stack: what happens with a result (`ReturnKind`), and pushing one. The layout is `Frame` in
 * heap/layouts.ts; registers follow the header. A frame of a generator lies in the generator object and never moves; its
 * `top` is set anew at each resumption.
 *
 * Every frame's `caller` links to the frame below, across nested runs of the loop too (so tracebacks, the collector and
 * the recursion limit see one chain); ReturnKind.exit or generatorExit marks the bottom frame of a run.
 */
import { State } from '../heap/fixed.ts';
import { ArrayObject, Code, FRAME_HEADER_CELLS, Frame, FunctionObject } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';

/**
 * What a frame's return does. "The instruction" is the caller's instruction that ends right before `returnAddress`.
 * Compiled code may inline `deliver`, `discard` and `initialize`; for all others it leaves to the interpreter at RETURN.
 */
export enum ReturnKind {
  /** copies the result to register `destination` of the caller */
  deliver,
  /** ends this run of the loop; the result goes to the absolute cell `destination` */
  exit,
  /** drops the result (__setattr__, __setitem__, ...) */
  discard,
  /** `__init__`: the result must be None; the instance lies in the cell just below the frame and is what is delivered */
  initialize,
  /** __bool__ for JUMP_IF_FALSE, JUMP_IF_TRUE: jumps to the instruction's last operand or goes on */
  jumpIfFalse,
  jumpIfTrue,
  /** delivers the negated truth (NOT, NOT_CONTAINS), or the truth (CONTAINS) as a bool */
  not,
  truth,
  /** binary operator: if the result is NotImplemented the instruction tries the other operand's method */
  binary,
  /** the same, the last candidate: NotImplemented falls back to what the instruction does without methods */
  binaryLast,
  /** likewise for comparisons (the compiled jump that may follow reads the register delivered) */
  compare,
  compareLast,
  /** __next__ for FOR_ITER: delivers; StopIteration jumps to the instruction's target */
  next,
  /** __getattribute__ or a property: an AttributeError makes the instruction try __getattr__ */
  attribute,
  /** generator resumed by FOR_ITER: a yield delivers, a return jumps to the instruction's target */
  generatorNext,
  /** generator resumed by SEND: a yield delivers, a return delivers and jumps */
  generatorSend,
  /** generator resumed by a call of its method: a yield delivers, a return raises StopIteration */
  generatorCall,
  /** generator resumed by CALL of `next` with a default: a yield delivers, a return delivers the call's second argument */
  generatorDefault,
  /** async generator resumed by SEND to its asend(): a wrapped yield delivers and jumps, another one delivers, a return
   * raises StopAsyncIteration */
  asyncSend,
  /** generator resumed by a nested run of the loop, which ends at the yield or return; `destination` as for `exit` */
  generatorExit,
  /** `__new__` called by CALL (construct) or CALL_KW (constructNamed) of a class without an `__init__` of its own: delivers;
   * if the object is of a subclass that has one, that is called first with the call's arguments */
  construct,
  constructNamed,
  /** a miss of functools.lru_cache: stores the result; the three cells below the frame hold wrapper, key and its hash */
  cached,
}

/** Word index at which function `code` starts. */
export function firstInstruction(code: number): number {
  return (words[(code << 1) + Code.instructions] << 1) + 2;
}

/**
 * Writes the header of a new frame of `code` at cell `frame` and makes it the running one (State.frame, State.stackTop).
 * Registers are not touched, no limit is checked. Returns the word index of its first instruction.
 */
export function openFrame(
  frame: number,
  fn: number,
  code: number,
  caller: number,
  returnAddress: number,
  destination: number,
  kind: ReturnKind,
): number {
  const f2 = frame << 1;
  const top = frame + FRAME_HEADER_CELLS + words[(code << 1) + Code.registerCount];
  words[f2 + Frame.function] = fn;
  words[f2 + Frame.locals] = 0;
  words[f2 + Frame.caller] = caller;
  words[f2 + Frame.returnAddress] = returnAddress;
  words[f2 + Frame.destination] = destination;
  words[f2 + Frame.returnKind] = kind;
  words[f2 + Frame.nativeReturn] = 0;
  words[f2 + Frame.object] = 0;
  words[f2 + Frame.generator] = 0;
  words[f2 + Frame.top] = top;
  words[f2 + Frame.depth] = caller === 0 ? 1 : words[(caller << 1) + Frame.depth] + 1;
  words[f2 + Frame.code] = code;
  words[State.frame] = frame;
  words[State.stackTop] = top;
  return firstInstruction(code);
}

/** The dict of global names that `frame` sees. */
export function globalsOf(frame: number): number {
  return words[(words[(frame << 1) + Frame.function] << 1) + FunctionObject.globals];
}
/** The dict of builtins that `frame` sees. */
export function builtinsOf(frame: number): number {
  const own = words[(words[(frame << 1) + Frame.function] << 1) + FunctionObject.builtins];
  return own !== 0 ? own : words[State.builtinsDict];
}

/** Word index of the exception table's first entry that covers word `offset` of the code, or 0. */
export function findHandler(code: number, offset: number): number {
  const table = words[(code << 1) + Code.exceptionTable];
  if (table === 0) return 0;
  const first = (table << 1) + ArrayObject.data;
  const end = first + (words[(table << 1) + ArrayObject.length] >> 2);
  for (let entry = first; entry < end; entry += 4) {
    if (offset >= words[entry] && offset < words[entry + 1]) return entry;
  }
  return 0;
}
