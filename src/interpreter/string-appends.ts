/**
 * Which `s += piece` may make the string longer in place (objects/growing-strings.ts). A local variable is built up if all
 * that is ever assigned to it are constants and sums of itself, and if nothing else that reads it can be followed by such
 * a sum: then what the sum finds there is a constant, or what an earlier sum in the same call made and nobody else has
 * seen. Who looks at variables from outside (frame-locals.ts) makes all strings forget that they may grow.
 */
import { CONSTANT_BIT, fallsThrough, instructionLength, Op } from '../compiler/instructions.ts';
import { addSweeper } from '../heap/collector.ts';
import { ArrayObject, Code, CodeFlag } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { forEachRegister, handlerOffsets, jumpTarget } from './liveness.ts';

/** code object -> registers that are built up */
const known = new Map<number, ReadonlySet<number>>();
addSweeper((isMarked) => {
  for (const code of known.keys()) if (!isMarked(code)) known.delete(code);
});

/** May the ADD (`dssi`) at `pc` in `code` let its left operand grow, if that is a str? */
export function growsInPlace(pc: number, code: number): boolean {
  const register = words[pc + 1];
  if (words[pc + 2] !== register) return false;
  let registers = known.get(code);
  if (registers === undefined) {
    registers = builtUp(code);
    known.set(code, registers);
  }
  return registers.has(register);
}

function builtUp(code: number): Set<number> {
  const c = code << 1;
  const base = (words[c + Code.instructions] << 1) + ArrayObject.data;
  const length = words[c + Code.instructionWords];
  const flags = words[c + Code.flags];
  const collected = Number((flags & CodeFlag.varArgs) !== 0) + Number((flags & CodeFlag.varKeywords) !== 0);
  const parameters = words[c + Code.argCount] + words[c + Code.keywordOnlyCount] + collected;
  const locals = words[c + Code.localCount];
  const found = new Set<number>();
  for (let offset = 0; offset < length; offset += instructionLength[words[base + offset]]) {
    const register = words[base + offset + 1];
    if (isAppend(base + offset, register) && register < locals) found.add(register);
  }
  if (found.size === 0) return found;
  const { handlers } = handlerOffsets(code, length);
  for (const register of found)
    if (register < parameters || !isBuiltUp(base, length, handlers, register)) found.delete(register);
  return found;
}

/** Is it `register = register + something else`? */
function isAppend(at: number, register: number): boolean {
  return words[at] === Op.ADD && words[at + 1] === register && words[at + 2] === register && words[at + 3] !== register;
}

function isBuiltUp(base: number, length: number, handlers: Int32Array, register: number): boolean {
  const readers: number[] = [];
  for (let offset = 0; offset < length; offset += instructionLength[words[base + offset]]) {
    const at = base + offset;
    if (isAppend(at, register)) continue;
    let reads = false;
    let writes = false;
    forEachRegister(at, (first, count, isWrite) => {
      if (register < first || register >= first + count) return;
      if (isWrite) writes = true;
      else reads = true;
    });
    const isConstant = words[at] === Op.MOVE && (words[at + 2] & CONSTANT_BIT) !== 0;
    if (writes && !isConstant && words[at] !== Op.CLEAR) return false;
    // looking whether it is bound shows it to nobody
    if (reads && words[at] !== Op.CHECK_BOUND) readers.push(offset);
  }
  const seen = new Uint8Array(length + 1);
  const pending: number[] = [];
  const follow = (offset: number): void => {
    const at = base + offset;
    if (fallsThrough(words[at])) pending.push(offset + instructionLength[words[at]]);
    const target = jumpTarget(at);
    if (target >= 0) pending.push(target - base);
    if (handlers[offset] >= 0) pending.push(handlers[offset]);
  };
  readers.forEach(follow);
  while (pending.length > 0) {
    const offset = pending.pop() as number;
    if (offset >= length || seen[offset] === 1) continue;
    seen[offset] = 1;
    if (isAppend(base + offset, register)) return false;
    follow(offset);
  }
  return true;
}
