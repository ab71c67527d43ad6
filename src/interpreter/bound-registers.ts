/**
 * Which variables of a function have a value at an instruction. A register that no path has written holds whatever was
 * there before: running code never reads it, since the compiler knows, but whoever looks at a frame from outside
 * (f_locals) must not. Where some paths have written it and others have not, it counts as unbound unless the prologue
 * clears it, which the compiler has it do wherever the function itself may ask.
 *
 * A forward analysis, made when somebody asks and kept until the next collection. Keeping registers clear at run time
 * was turned down: every call would pay for what is looked at so rarely.
 */
import { fallsThrough, instructionLength, Op, operandKinds } from '../compiler/instructions.ts';
import { addSweeper } from '../heap/collector.ts';
import { ArrayObject, Code, CodeFlag, Tuple } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';

const kindsOf: readonly string[] = (() => {
  const kinds: string[] = [];
  for (const name of Object.keys(operandKinds) as (keyof typeof operandKinds)[]) kinds[Op[name]] = operandKinds[name];
  return kinds;
})();

interface Analysis {
  /** 32-bit words of a row */
  readonly rowWords: number;
  /** by word offset of an instruction, a row: the registers that are surely written before it */
  readonly rows: Int32Array;
}
const analyses = new Map<number, Analysis>();
addSweeper(() => analyses.clear());

/** True if the register, a variable's, holds a value or NULL before the instruction at word offset `offset`. */
export function isWritten(code: number, offset: number, register: number): boolean {
  let analysis = analyses.get(code);
  if (analysis === undefined) {
    analysis = analyze(code);
    analyses.set(code, analysis);
  }
  const row = analysis.rows[offset * analysis.rowWords + (register >> 5)];
  return ((row >>> (register & 31)) & 1) !== 0;
}

/** How many of the first registers are parameters. */
export function parameterCount(code: number): number {
  const c = code << 1;
  const flags = words[c + Code.flags];
  return (
    words[c + Code.argCount] +
    words[c + Code.keywordOnlyCount] +
    ((flags & CodeFlag.varArgs) !== 0 ? 1 : 0) +
    ((flags & CodeFlag.varKeywords) !== 0 ? 1 : 0)
  );
}

function analyze(code: number): Analysis {
  const c = code << 1;
  const length = words[c + Code.instructionWords];
  const base = (words[c + Code.instructions] << 1) + ArrayObject.data;
  const freeCount = words[(words[c + Code.freeNames] << 1) + Tuple.size];
  const variables = words[c + Code.firstFree] + freeCount;
  const rowWords = (variables >> 5) + 1;
  // everything until a path says otherwise
  const rows = new Int32Array((length + 1) * rowWords).fill(-1);
  rows.fill(0, 0, rowWords);
  const parameters = parameterCount(code);
  for (let register = 0; register < parameters; register++) rows[register >> 5] |= 1 << (register & 31);

  const pending = [0];
  const state = new Int32Array(rowWords);
  const flowTo = (offset: number): void => {
    let changed = false;
    for (let i = 0; i < rowWords; i++) {
      const met = rows[offset * rowWords + i] & state[i];
      if (met !== rows[offset * rowWords + i]) {
        rows[offset * rowWords + i] = met;
        changed = true;
      }
    }
    if (changed || !reached.has(offset)) {
      reached.add(offset);
      pending.push(offset);
    }
  };
  const reached = new Set<number>([0]);
  const write = (register: number): void => {
    if (register >= 0 && register < variables) state[register >> 5] |= 1 << (register & 31);
  };
  const table = words[c + Code.exceptionTable];
  while (pending.length > 0) {
    const offset = pending.pop()!;
    if (offset >= length) continue;
    state.set(rows.subarray(offset * rowWords, (offset + 1) * rowWords));
    const before = state.slice();
    const at = base + offset;
    const opcode: Op = words[at];
    const kinds = kindsOf[opcode];
    if (table !== 0) {
      for (let entry = 0; entry < words[(table << 1) + ArrayObject.length] >> 2; entry += 4) {
        const first = (table << 1) + ArrayObject.data + entry;
        if (offset < words[first] || offset >= words[first + 1]) continue;
        write(words[first + 3]);
        flowTo(words[first + 2]);
        state.set(before);
        break;
      }
    }
    const target = kinds.indexOf('j');
    const isLoop = kinds.startsWith('rdj');
    // a loop that ends writes no item
    if (target >= 0 && isLoop) flowTo(words[at + 1 + target] - base);
    writesOf(at, opcode, kinds, freeCount, write);
    if (target >= 0 && !isLoop) flowTo(words[at + 1 + target] - base);
    if (fallsThrough(opcode)) flowTo(offset + instructionLength[opcode]);
  }
  // callers and suspended generators are somewhere within their instruction
  for (let offset = 0; offset < length; offset += instructionLength[words[base + offset]]) {
    const end = offset + instructionLength[words[base + offset]];
    for (let inner = offset + 1; inner < end; inner++) {
      rows.copyWithin(inner * rowWords, offset * rowWords, (offset + 1) * rowWords);
    }
  }
  return { rowWords, rows };
}

/** Calls `write` with every register that an instruction leaves with a value or NULL. */
export function writesOf(
  at: number,
  opcode: Op,
  kinds: string,
  freeCount: number,
  write: (register: number) => void,
): void {
  for (let i = 0; i < kinds.length; i++) if (kinds[i] === 'd') write(words[at + 1 + i]);
  const run = kinds.indexOf('r');
  if (run < 0) return;
  const first = words[at + 1 + run];
  let count = 0;
  switch (opcode) {
    case Op.CLEAR:
    case Op.DELETE_FAST:
    case Op.MAKE_CELL:
      count = 1;
      break;
    case Op.COPY_FREE_VARS:
      count = freeCount;
      break;
    case Op.LOAD_METHOD:
    case Op.LOAD_METHOD_CACHED:
    case Op.LOAD_SPECIAL:
    case Op.LOAD_SUPER_METHOD:
      count = 2;
      break;
    case Op.EXCEPTION_TRIPLE:
      count = 3;
      break;
    case Op.UNPACK_SEQUENCE:
      count = words[at + 2 + run];
      break;
    case Op.UNPACK_EX:
      count = words[at + 2 + run] + 1 + words[at + 3 + run];
      break;
  }
  for (let i = 0; i < count; i++) write(first + i);
}
