/**
 * The record of what traces leave to the interpreter, for --jit-stats: the instruction, and what it was about (the
 * attribute, the function called), since that is what one would have to teach the recorder next.
 */
import { Op, operandKinds } from '../../compiler/instructions.ts';
import { FRAME_HEADER_CELLS, FunctionObject, Kind, Native, Type } from '../../heap/layouts.ts';
import { words } from '../../heap/memory.ts';
import { isRef, refAt } from '../../heap/values.ts';
import { stringOf } from '../../objects/strings.ts';
import { kindAt, shortTypeName, typeOf } from '../../objects/types.ts';

/** Descriptions with the number of times that one was recorded. */
export const leftToInterpreter = new Map<string, number>();

/** Counts the instruction at `pc`, which is about to be executed in `frame`. */
export function noteLeftToInterpreter(pc: number, frame: number): void {
  const name = Op[words[pc]] as keyof typeof operandKinds;
  const kinds = operandKinds[name];
  const attribute = kinds.indexOf('n');
  let about = '';
  if (attribute >= 0) about = ` ${stringOf(words[pc + 1 + attribute])}`;
  else if (name.startsWith('CALL')) {
    const callee = kinds.startsWith('dr') ? frame + FRAME_HEADER_CELLS + words[pc + 2] : 0;
    if (callee !== 0) about = ` ${describeCallee(callee)}`;
  }
  const text = name + about;
  leftToInterpreter.set(text, (leftToInterpreter.get(text) ?? 0) + 1);
}

function describeCallee(slot: number): string {
  if (!isRef(slot)) return shortTypeName(typeOf(slot));
  const word = refAt(slot) << 1;
  switch (kindAt(slot)) {
    case Kind.native: {
      const owner = words[word + Native.owner];
      const isMethod = owner !== 0 && words[(words[owner << 1] << 1) + Type.kind] === Kind.type;
      return `${isMethod ? `${shortTypeName(owner)}.` : ''}${stringOf(words[word + Native.name])}`;
    }
    case Kind.function:
      return stringOf(words[word + FunctionObject.qualname]);
    case Kind.type:
      return shortTypeName(refAt(slot));
    default:
      return shortTypeName(typeOf(slot));
  }
}
