/**
 * Copies of functions: the same constants and names, instructions of their own, so that what the interpreter and the JIT
 * learn of one copy is not mixed with what they learn of another (python-forms.ts).
 */
import { instructionLength, Op, operandKinds } from '../compiler/instructions.ts';
import { T } from '../heap/fixed.ts';
import { ArrayObject, Code, FunctionObject, Kind, layouts } from '../heap/layouts.ts';
import { allocate, words } from '../heap/memory.ts';
import { newFunction } from '../objects/functions.ts';

const kindsOf: string[] = [];
for (const name of Object.keys(operandKinds) as (keyof typeof operandKinds)[]) kindsOf[Op[name]] = operandKinds[name];

/** A function like `fn`, which has no closure, with a copy of its code. Allocates only. */
export function copyFunction(fn: number): number {
  const f = fn << 1;
  const code = copyCode(words[f + FunctionObject.code]);
  const copy = newFunction(
    code,
    words[f + FunctionObject.globals],
    words[f + FunctionObject.defaults],
    words[f + FunctionObject.kwdefaults],
    0,
    0,
  );
  words[(copy << 1) + FunctionObject.builtins] = words[f + FunctionObject.builtins];
  return copy;
}

function copyCode(code: number): number {
  const { cells } = layouts[Kind.code];
  const copy = allocate(cells);
  words.copyWithin(copy << 1, code << 1, (code + cells) << 1);
  const c = copy << 1;
  words[c + Code.heat] = 0;
  words[c + Code.executor] = 0;
  const length = words[c + Code.instructionWords];
  const from = (words[c + Code.instructions] << 1) + ArrayObject.data;
  const array = allocate(1 + ((length + 1) >> 1));
  words[array << 1] = T.raw;
  words[(array << 1) + ArrayObject.length] = length * 4;
  words[c + Code.instructions] = array;
  const to = (array << 1) + ArrayObject.data;
  if ((length & 1) !== 0) words[to + length] = 0;
  words.copyWithin(to, from, from + length);
  for (let pc = to; pc < to + length; pc += instructionLength[words[pc]]) {
    const jump = kindsOf[words[pc]].indexOf('j');
    if (jump >= 0) words[pc + 1 + jump] += to - from;
    if (words[pc] !== Op.JUMP_BACKWARD) continue;
    // heat and executor are the original's
    words[pc + 2] = 0;
    words[pc + 3] = 0;
  }
  return copy;
}
