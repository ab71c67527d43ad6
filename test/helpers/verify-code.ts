/**
 * Checks a code object's description without running it: operands in range, jumps and handlers on instruction
 * boundaries, one back-edge for each loop header, and on every path each register written before it is read. What a
 * register holds is followed as one of three states, the worst of all paths: garbage, NULL perhaps, a value.
 */
import type { CodeDescription } from '../../src/compiler/code.ts';
import { constantKey } from '../../src/compiler/constants.ts';
import { disassembleInstruction } from '../../src/compiler/disassemble.ts';
import { instructionLength, Op, operandKinds } from '../../src/compiler/instructions.ts';

const GARBAGE = 0;
const MAYBE_NULL = 1;
const VALUE = 2;

const endsPath = new Set<Op>([Op.JUMP, Op.JUMP_BACKWARD, Op.RETURN, Op.RAISE, Op.RERAISE]);

/** All problems found in a code object and those nested in it; empty if it is well formed. */
export function verifyCode(code: CodeDescription): string[] {
  const problems: string[] = [];
  verifyOne(code, problems);
  for (const constant of code.constants) {
    if (constant.type === 'code') problems.push(...verifyCode(constant.code));
  }
  return problems;
}

function verifyOne(code: CodeDescription, problems: string[]): void {
  const { instructions, registerCount, constants, names, exceptionTable, lineTable } = code;
  const report = (offset: number, message: string): void => {
    const shown = offset < instructions.length ? disassembleInstruction(code, offset) : '';
    problems.push(`${code.filename} ${code.qualname} at ${offset}: ${message}  [${shown}]`);
  };
  const starts = new Set<number>();
  for (let offset = 0; offset < instructions.length; offset += instructionLength[instructions[offset]]) {
    starts.add(offset);
    if (Op[instructions[offset]] === undefined) {
      report(offset, 'no instruction');
      return;
    }
  }
  const seen = new Set<string>();
  for (const constant of constants) {
    if (constant.type === 'code') continue;
    const key = constantKey(constant);
    if (seen.has(key)) report(0, `constant ${key} twice`);
    seen.add(key);
  }
  const backEdges = new Map<number, number>();
  for (const offset of starts) {
    const op = instructions[offset];
    const kinds = operandKinds[Op[op] as keyof typeof Op];
    for (let i = 0; i < kinds.length; i++) {
      const operand = instructions[offset + 1 + i];
      const kind = kinds[i];
      if (!Number.isInteger(operand)) report(offset, 'operand is no integer');
      if ((kind === 'd' || kind === 'r') && (operand < 0 || operand > registerCount)) report(offset, 'register range');
      if (kind === 's' && (operand >= registerCount || -1 - operand >= constants.length))
        report(offset, 'source range');
      if (kind === 'n' && (operand < 0 || operand >= names.length)) report(offset, 'name range');
      if (kind === 'c' && (operand < 0 || operand >= constants.length)) report(offset, 'constant range');
      if (kind === 'x' && operand !== 0) report(offset, 'cache not 0');
      if (kind === 'j') {
        if (!starts.has(operand)) report(offset, 'jump target');
        if (op === Op.JUMP_BACKWARD) {
          if (operand > offset) report(offset, 'forward back-edge');
          backEdges.set(operand, (backEdges.get(operand) ?? 0) + 1);
        } else if (operand <= offset && !(op === Op.JUMP && instructions[operand] === Op.SEND)) {
          // a jump may go back to a back-edge that stands before it, but not to a loop's header
          if (instructions[operand] !== Op.JUMP_BACKWARD && backEdges.has(operand)) report(offset, 'second back-edge');
        }
      }
    }
  }
  for (const [header, count] of backEdges) if (count !== 1) report(header, `${count} back-edges`);
  let last = 0;
  for (let i = 0; i < exceptionTable.length; i += 4) {
    const [start, end, handler, register] = exceptionTable.slice(i, i + 4);
    if (start < last || end <= start) report(start, 'exception table order');
    if (!starts.has(start) || !starts.has(handler)) report(start, 'exception table offsets');
    if (!starts.has(end) && end !== instructions.length) report(start, 'exception table end');
    if (register < 0 || register >= registerCount) report(start, 'exception table register');
    last = end;
  }
  for (let i = 0; i < lineTable.length; i += 5) {
    if (!starts.has(lineTable[i]) && lineTable[i] !== instructions.length) report(lineTable[i], 'line table offset');
    // several at one place: lines that have no instruction (CodeUnit.pass)
    if (i > 0 && lineTable[i] < lineTable[i - 5]) report(lineTable[i], 'line table order');
  }
  if (problems.length === 0) verifyFlow(code, report);
}

function verifyFlow(code: CodeDescription, report: (offset: number, message: string) => void): void {
  const { instructions, registerCount, exceptionTable } = code;
  const handlerOf = new Int32Array(instructions.length).fill(-1);
  for (let i = 0; i < exceptionTable.length; i += 4) handlerOf.fill(i, exceptionTable[i], exceptionTable[i + 1]);
  const states: (Uint8Array | undefined)[] = new Array(instructions.length);
  const work: number[] = [];
  const merge = (target: number, state: Uint8Array): void => {
    const known = states[target];
    if (known === undefined) {
      states[target] = state.slice();
      work.push(target);
      return;
    }
    let changed = false;
    for (let i = 0; i < state.length; i++) {
      if (state[i] < known[i]) {
        known[i] = state[i];
        changed = true;
      }
    }
    if (changed) work.push(target);
  };
  const entry = new Uint8Array(registerCount);
  const parameters =
    code.argCount + code.keywordOnlyCount + ((code.flags & 4) !== 0 ? 1 : 0) + ((code.flags & 8) !== 0 ? 1 : 0);
  entry.fill(VALUE, 0, parameters);
  merge(0, entry);
  const reported = new Set<number>();
  while (work.length > 0) {
    const offset = work.pop()!;
    const state = states[offset]!.slice();
    const handler = handlerOf[offset];
    if (handler >= 0) {
      const caught = state.slice();
      caught[exceptionTable[handler + 3]] = VALUE;
      merge(exceptionTable[handler + 2], caught);
    }
    const need = (register: number, level: number): void => {
      if (state[register] >= level || reported.has(offset)) return;
      reported.add(offset);
      report(offset, `register ${register} may be ${state[register] === GARBAGE ? 'garbage' : 'NULL'}`);
    };
    const taken = step(code, offset, state, need);
    const op = instructions[offset];
    const kinds = operandKinds[Op[op] as keyof typeof Op];
    const jump = kinds.indexOf('j');
    if (jump >= 0) merge(instructions[offset + 1 + jump], taken);
    if (!endsPath.has(op)) {
      const next = offset + instructionLength[op];
      if (next >= instructions.length) report(offset, 'runs off the end');
      else merge(next, state);
    }
  }
}

/** Applies an instruction to the state; returns the state on its jump. */
function step(
  code: CodeDescription,
  offset: number,
  state: Uint8Array,
  need: (register: number, level: number) => void,
): Uint8Array {
  const { instructions } = code;
  const op = instructions[offset];
  const kinds = operandKinds[Op[op] as keyof typeof Op];
  const at = (i: number): number => instructions[offset + 1 + i];
  for (let i = 0; i < kinds.length; i++) if (kinds[i] === 's' && at(i) >= 0) need(at(i), VALUE);
  const use = (start: number, count: number): void => {
    for (let i = 0; i < count; i++) need(start + i, VALUE);
  };
  const define = (start: number, count: number, level = VALUE): void => {
    for (let i = 0; i < count; i++) state[start + i] = level;
  };
  let taken: Uint8Array | null = null;
  switch (op) {
    case Op.CLEAR:
      define(at(0), 1, MAYBE_NULL);
      break;
    case Op.CHECK_BOUND:
      need(at(0), MAYBE_NULL);
      define(at(0), 1);
      break;
    case Op.DELETE_FAST:
      need(at(0), MAYBE_NULL);
      define(at(0), 1, MAYBE_NULL);
      break;
    case Op.MAKE_CELL:
      need(at(0), MAYBE_NULL);
      define(at(0), 1);
      break;
    case Op.COPY_FREE_VARS:
      define(at(0), at(1));
      break;
    case Op.LOAD_METHOD:
    case Op.LOAD_SPECIAL:
    case Op.LOAD_SUPER_METHOD:
      define(at(0), 1);
      define(at(0) + 1, 1, MAYBE_NULL);
      break;
    case Op.UNPACK_SEQUENCE:
      define(at(1), at(2));
      break;
    case Op.UNPACK_EX:
      define(at(1), at(2) + 1 + at(3));
      break;
    case Op.BUILD_TUPLE:
    case Op.BUILD_LIST:
    case Op.BUILD_SET:
    case Op.BUILD_STRING:
      use(at(1), at(2));
      break;
    case Op.BUILD_MAP:
      use(at(1), 2 * at(2));
      break;
    case Op.CALL:
    case Op.CALL_KW:
      need(at(1), VALUE);
      need(at(1) + 1, MAYBE_NULL);
      use(at(1) + 2, at(2));
      break;
    case Op.EXCEPTION_TRIPLE:
      define(at(0), 3);
      break;
    case Op.MATCH_EXCEPTION_GROUP:
      define(at(0), 2);
      break;
    case Op.FOR_ITER:
      need(at(0), VALUE);
      taken = state.slice();
      break;
    default: {
      const run = kinds.indexOf('r');
      if (run >= 0) need(at(run), VALUE);
    }
  }
  if (kinds.includes('d')) {
    const destination = at(kinds.indexOf('d'));
    define(destination, 1);
  }
  return taken ?? state;
}
