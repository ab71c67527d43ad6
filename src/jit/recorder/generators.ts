/**
 * Recording of generators. One that a trace makes is an allocation whose registers are stored; one that a trace resumes is
 * inlined like a call, but its frame lies in the object: the generator stays as it is in memory (suspended) while the
 * trace runs, its registers are read and written there, and only an exit inside makes it a running one.
 */
import { instructionLength, Op } from '../../compiler/instructions.ts';
import { Fixed, T } from '../../heap/fixed.ts';
import { Code, CodeFlag, Frame, FunctionObject, Generator, GeneratorState, Tuple } from '../../heap/layouts.ts';
import { words } from '../../heap/memory.ts';
import { isRef, TAG_REF } from '../../heap/values.ts';
import { firstInstruction, ReturnKind } from '../../interpreter/frames.ts';
import { isNextFunction } from '../../interpreter/generators.ts';
import { livenessOf } from '../../interpreter/liveness.ts';
import { defaultRegister } from '../../interpreter/returns.ts';
import { nativeTable } from '../../objects/natives.ts';
import * as ir from '../ir.ts';
import { constRef, constValue, constWord, emit } from '../optimizer/emit.ts';
import { U } from '../uops.ts';
import {
  asRef,
  asValue,
  cellOf,
  currentFrame,
  generatorRegister,
  H,
  recording,
  refOf,
  registerRef,
  setRegister,
  slotRef,
  storeField,
} from './state.ts';

/** Frames that a chain of generators, each delegating to the next, may have in a trace. */
const MAX_DELEGATES = 16;

/** Is calling this code the making of a generator that a trace can express? */
export function makesPlainGenerator(code: number): boolean {
  const other = CodeFlag.coroutine | CodeFlag.asyncGenerator | CodeFlag.finalizes;
  return (words[(code << 1) + Code.flags] & (other | CodeFlag.generator)) === CodeFlag.generator;
}

/** RETURN_GENERATOR in an inlined frame: the generator, made as makeGenerator does it; its ref. */
export function recordMakeGenerator(): number {
  const { pc } = recording;
  const { code, offset, functionRef } = currentFrame();
  const c = code << 1;
  const registers = words[c + Code.registerCount];
  const free = words[c + Code.freeNames];
  const variables = words[c + Code.firstFree] + (free === 0 ? 0 : words[(free << 1) + Tuple.size]);
  // boxing may exit, so all of it comes first
  const values: number[] = [];
  for (let i = 0; i < variables; i++) {
    const ref = slotRef(offset + H + i);
    values.push(ir.type[ref] === ir.Type.float ? ref : asValue(ref));
  }
  const name = emit(U.load_word, functionRef, 0, 0, FunctionObject.name * 4);
  const qualname = emit(U.load_word, functionRef, 0, 0, FunctionObject.qualname * 4);
  const generator = emit(U.allocate, 0, 0, 0, (Generator.frame >> 1) + H + registers);
  const word = (at: number, value: number): void => {
    emit(U.store_word, generator, value, 0, at * 4);
  };
  emit(U.store_header, generator, 0, 0, T.generator, GeneratorState.created);
  word(Generator.name, name);
  word(Generator.qualname, qualname);
  word(Generator.extra, constWord(0));
  word(Generator.handled, constWord(0));
  word(Generator.delegate, constWord(-1));
  word(Generator.flags, constWord(0));
  const frame = Generator.frame;
  word(frame + Frame.function, functionRef);
  word(frame + Frame.locals, constWord(0));
  word(frame + Frame.caller, constWord(0));
  word(frame + Frame.returnAddress, constWord(pc + instructionLength[Op.RETURN_GENERATOR]));
  word(frame + Frame.destination, constWord(-1));
  word(frame + Frame.returnKind, constWord(ReturnKind.deliver));
  word(frame + Frame.nativeReturn, constWord(0));
  word(frame + Frame.object, constWord(0));
  word(frame + Frame.generator, generator);
  word(frame + Frame.top, constWord(0));
  word(frame + Frame.depth, constWord(1));
  word(frame + Frame.code, constRef(code));
  const nothing = constValue(0, TAG_REF);
  for (let i = 0; i < registers; i++) storeField(generator, generatorRegister(i), i < variables ? values[i] : nothing);
  recording.currentSnapshot = -1;
  return generator;
}

/** FOR_ITER (r, d, j) on a generator. */
export function resumeForIterate(ref: number, generator: number): boolean {
  return resumeGenerator(ref, generator, 0, words[recording.pc + 2], ReturnKind.generatorNext);
}

/** SEND (d, r, s, j) to a generator or coroutine: the one that runs delegates to it. */
export function recordSend(): boolean {
  const { pc, frame } = recording;
  const cell = frame + H + words[pc + 2];
  if (!isRef(cell) || !isResumable(words[cell << 1])) return false;
  const own = words[(frame << 1) + Frame.generator];
  if (own === 0) return false;
  const { generatorRef } = currentFrame();
  if (
    !resumeGenerator(
      registerRef(words[pc + 2]),
      words[cell << 1],
      refOf(words[pc + 3]),
      words[pc + 1],
      ReturnKind.generatorSend,
    )
  )
    return false;
  const outer = generatorRef !== 0 ? generatorRef : emit(U.load_frame_word, 0, 0, 0, Frame.generator * 4);
  emit(U.store_word, outer, constWord(pc), 0, Generator.delegate * 4);
  recording.currentSnapshot = -1;
  return true;
}

/** GET_AWAITABLE (d, s, i) of a coroutine that has not begun: itself. */
export function recordAwaitable(): boolean {
  const { pc } = recording;
  const cell = cellOf(words[pc + 2]);
  if (!isRef(cell) || words[words[cell << 1] << 1] !== T.coroutine) return false;
  if (words[(words[cell << 1] << 1) + Generator.state] !== GeneratorState.created) return false;
  const object = asRef(refOf(words[pc + 2]));
  emit(U.guard_type, object, 0, 0, T.coroutine);
  emit(U.guard_word, object, 0, 0, Generator.state * 4, GeneratorState.created);
  setRegister(words[pc + 1], object);
  return true;
}

/** CALL of `next`, `__next__` or `send` on a generator; `cells`: the first of the `refs`. */
export function recordResumingCall(
  number: number,
  refs: readonly number[],
  cells: number,
  destination: number,
): boolean {
  if (!isRef(cells) || words[words[cells << 1] << 1] !== T.generator) return false;
  const generator = words[cells << 1];
  const isSend = nativeTable[number].name === 'send';
  const hasDefault = isNextFunction(number) && refs.length === 2 && words[recording.pc] === Op.CALL;
  if (!hasDefault && refs.length !== (isSend ? 2 : 1)) return false;
  const kind = hasDefault ? ReturnKind.generatorDefault : ReturnKind.generatorCall;
  return resumeGenerator(refs[0], generator, isSend ? refs[1] : 0, destination, kind);
}

function isResumable(generator: number): boolean {
  const type = words[generator << 1];
  return type === T.generator || type === T.coroutine;
}

/** Goes on in a generator or coroutine that has not ended; `sent`: ref of what its yield gives, 0 for None. */
function resumeGenerator(
  ref: number,
  generator: number,
  sent: number,
  destination: number,
  returnKind: ReturnKind,
): boolean {
  const { pc } = recording;
  const g = generator << 1;
  const f = g + Generator.frame;
  const state = words[g + Generator.state];
  if (
    (state !== GeneratorState.suspended && state !== GeneratorState.created) ||
    words[g + Generator.handled] !== 0 ||
    words[f + Frame.object] !== 0
  )
    return false;
  if (recording.frames.length > MAX_DELEGATES) return false;
  if (recording.frames.some((frame) => frame.cell === generator + (Generator.frame >> 1))) return false;
  const object = asRef(ref);
  const none = constValue(Fixed.none, TAG_REF);
  const value = sent === 0 ? none : ir.type[sent] === ir.Type.float ? sent : asValue(sent);
  if (state === GeneratorState.created && value !== none) {
    // anything else is an error
    if (ir.type[value] !== ir.Type.value) return false;
    emit(U.guard_value, value, 0, 0, Fixed.none, TAG_REF);
  }
  emit(U.guard_type, object, 0, 0, words[g]);
  const frameWords = [Frame.returnAddress, Frame.destination, Frame.caller, Frame.object, Frame.code];
  for (const offset of [Generator.state, Generator.handled, ...frameWords.map((word) => Generator.frame + word)])
    emit(U.guard_word, object, 0, 0, offset * 4, words[g + offset]);
  const caller = currentFrame();
  const code = words[f + Frame.code];
  const chain = ir.chains.length;
  const link = {
    offset: caller.top,
    destination,
    returnKind,
    returnAddress: pc + instructionLength[words[pc]],
    functionRef: 0,
    generatorRef: object,
  };
  ir.chains.push({
    ...link,
    parent: caller.chain,
    codeRef: code,
    registerCount: words[(code << 1) + Code.registerCount],
  });
  recording.frames.push({
    ...link,
    chain,
    code,
    liveness: livenessOf(code),
    codeStart: firstInstruction(code),
    cell: generator + (Generator.frame >> 1),
    top: caller.top,
  });
  const register = words[f + Frame.destination];
  if (register >= 0) setRegister(register, value);
  recording.currentSnapshot = -1;
  return true;
}

/** YIELD: d, s, of a generator that this trace resumed. */
export function recordYield(): boolean {
  const { pc, frames } = recording;
  const frame = currentFrame();
  if (frame.generatorRef === 0) return false;
  const value = refOf(words[pc + 2]);
  const generator = frame.generatorRef;
  const word = (offset: number, content: number): void => {
    emit(U.store_word, generator, constWord(content), 0, offset * 4);
  };
  word(Generator.state, GeneratorState.suspended);
  word(Generator.handled, 0);
  word(Generator.frame + Frame.returnAddress, pc + instructionLength[Op.YIELD]);
  word(Generator.frame + Frame.destination, words[pc + 1]);
  word(Generator.frame + Frame.caller, 0);
  frames.pop();
  recording.currentSnapshot = -1;
  setRegister(frame.destination, value);
  return true;
}

/** The innermost frame, a generator's, returns `value`; false if that raises. */
export function endGenerator(value: number): boolean {
  const { frames } = recording;
  const frame = currentFrame();
  const kind: ReturnKind = frame.returnKind;
  if (kind === ReturnKind.generatorCall || frame.generatorRef === 0) return false;
  const generator = frame.generatorRef;
  const delivered = ir.type[value] === ir.Type.float ? value : asValue(value);
  // a frame that somebody holds keeps its variables when it ends: the interpreter's business
  emit(U.guard_word, generator, 0, 0, (Generator.frame + Frame.object) * 4, 0);
  emit(U.store_word, generator, constWord(GeneratorState.closed), 0, Generator.state * 4);
  emit(U.store_word, generator, constWord(0), 0, Generator.handled * 4);
  frames.pop();
  recording.currentSnapshot = -1;
  if (kind === ReturnKind.generatorDefault)
    setRegister(frame.destination, registerRef(defaultRegister(frame.returnAddress)));
  if (kind === ReturnKind.generatorSend) {
    const { generatorRef } = currentFrame();
    const outer = generatorRef !== 0 ? generatorRef : emit(U.load_frame_word, 0, 0, 0, Frame.generator * 4);
    emit(U.store_word, outer, constWord(-1), 0, Generator.delegate * 4);
    setRegister(frame.destination, delivered);
  }
  return true;
}
