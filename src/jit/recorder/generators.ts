/**
 * Recording of generators. One that a trace makes is an allocation whose registers are stored; one that a trace resumes is
 * inlined like a call, but its frame lies in the object: the generator stays as it is in memory (suspended) while the
 * trace runs, its registers are read and written there, and only an exit inside makes it a running one.
 */
import { instructionLength, Op } from '../../compiler/instructions.ts';
import { Fixed, T } from '../../heap/fixed.ts';
import { Code, CodeFlag, Frame, FunctionObject, Generator, GeneratorState, Tuple } from '../../heap/layouts.ts';
import { words } from '../../heap/memory.ts';
import { TAG_REF } from '../../heap/values.ts';
import { firstInstruction, ReturnKind } from '../../interpreter/frames.ts';
import { livenessOf } from '../../interpreter/liveness.ts';
import * as ir from '../ir.ts';
import { constRef, constValue, constWord, emit } from '../optimizer/emit.ts';
import { U } from '../uops.ts';
import {
  asRef,
  asValue,
  currentFrame,
  generatorRegister,
  H,
  recording,
  refOf,
  setRegister,
  slotRef,
  storeField,
} from './state.ts';

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
  const { pc } = recording;
  return resumeGenerator(ref, generator, 0, words[pc + 2], ReturnKind.generatorNext);
}

/** Goes on in a generator that has not ended; `sent`: ref of what its yield gives, 0 for None. */
export function resumeGenerator(
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
    (state !== GeneratorState.suspended && (state !== GeneratorState.created || sent !== 0)) ||
    words[g + Generator.handled] !== 0 ||
    words[f + Frame.object] !== 0
  )
    return false;
  if (recording.frames.some((frame) => frame.cell === generator + (Generator.frame >> 1))) return false;
  const object = asRef(ref);
  const value = sent === 0 ? constValue(Fixed.none, TAG_REF) : ir.type[sent] === ir.Type.float ? sent : asValue(sent);
  emit(U.guard_type, object, 0, 0, T.generator);
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

/** An inlined generator returns. */
export function endGenerator(generator: number): void {
  // a frame that somebody holds keeps its variables when it ends: the interpreter's business
  emit(U.guard_word, generator, 0, 0, (Generator.frame + Frame.object) * 4, 0);
  emit(U.store_word, generator, constWord(GeneratorState.closed), 0, Generator.state * 4);
  emit(U.store_word, generator, constWord(0), 0, Generator.handled * 4);
  recording.currentSnapshot = -1;
}
