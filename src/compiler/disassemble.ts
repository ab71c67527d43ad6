/**
 * A readable listing of a code object's description: for debugging, for tests, and for the JIT's dumps.
 *
 *     3    12  ADD              x, x, 1.0
 *
 * is line 3, word offset 12. Registers have their variables' names; temporaries are t0, t1, ...
 */
import type { CodeDescription } from './code.ts';
import { CommonObject, instructionLength, Op, operandKinds, SpecialMethod, TypeIntrinsic } from './instructions.ts';
import { constantRepr } from './unparse.ts';

export type RegisterNames = Pick<CodeDescription, 'variableNames' | 'firstFree' | 'freeNames' | 'cellNames'>;

/** The name of a register: its variable's, or that of a temporary. */
export function registerName(code: RegisterNames, register: number): string {
  const { variableNames, firstFree, freeNames, cellNames } = code;
  if (register < variableNames.length) return variableNames[register];
  if (register < firstFree) {
    const own = cellNames.filter((name) => !variableNames.includes(name));
    return own[register - variableNames.length] ?? `r${register}`;
  }
  const free = register - firstFree;
  return free < freeNames.length ? freeNames[free] : `t${free - freeNames.length}`;
}

/** One instruction, which starts at a word offset. */
export function disassembleInstruction(code: CodeDescription, offset: number): string {
  const { instructions } = code;
  const op = instructions[offset];
  const name = Op[op] as keyof typeof Op;
  const kinds = operandKinds[name];
  const operands: string[] = [];
  for (let i = 0; i < kinds.length; i++) {
    const operand = instructions[offset + 1 + i];
    const kind = kinds[i];
    if (kind === 'x') break;
    if (kind === 'd' || kind === 'r') operands.push(registerName(code, operand));
    else if (kind === 's') {
      operands.push(operand < 0 ? shortened(constantRepr(code.constants[-1 - operand])) : registerName(code, operand));
    } else if (kind === 'n') operands.push(`"${code.names[operand]}"`);
    else if (kind === 'c') operands.push(shortened(constantRepr(code.constants[operand])));
    else if (kind === 'j') operands.push(`-> ${operand}`);
    else operands.push(`#${numberMeaning(op, operand)}`);
  }
  return `${name.padEnd(24)} ${operands.join(', ')}`.trimEnd();
}

function numberMeaning(op: Op, value: number): string {
  if (op === Op.LOAD_COMMON) return CommonObject[value];
  if (op === Op.LOAD_SPECIAL) return SpecialMethod[value];
  if (op === Op.TYPE_INTRINSIC) return TypeIntrinsic[value];
  return String(value);
}

function shortened(source: string): string {
  return source.length > 60 ? `${source.slice(0, 57)}...` : source;
}

/** The whole code object; with `nested`, the code objects among its constants too. */
export function disassemble(code: CodeDescription, nested = true): string {
  const { instructions, lineTable, exceptionTable } = code;
  const output = [`${code.qualname} (${code.filename}:${code.firstLine}) registers ${code.registerCount}`];
  const targets = new Set<number>();
  for (let offset = 0; offset < instructions.length; offset += instructionLength[instructions[offset]]) {
    const kinds = operandKinds[Op[instructions[offset]] as keyof typeof Op];
    const jump = kinds.indexOf('j');
    if (jump >= 0) targets.add(instructions[offset + 1 + jump]);
  }
  for (let i = 2; i < exceptionTable.length; i += 4) targets.add(exceptionTable[i]);
  let entry = 0;
  let shownLine = -1;
  for (let offset = 0; offset < instructions.length; offset += instructionLength[instructions[offset]]) {
    while (entry + 5 < lineTable.length && lineTable[entry + 5] <= offset) entry += 5;
    const line = lineTable[entry + 1];
    const lineText = line === shownLine ? '' : String(line);
    shownLine = line;
    const marker = targets.has(offset) ? '>' : ' ';
    output.push(
      `${lineText.padStart(5)} ${marker}${String(offset).padStart(5)}  ${disassembleInstruction(code, offset)}`,
    );
  }
  for (let i = 0; i < exceptionTable.length; i += 4) {
    const [start, end, handler, register] = exceptionTable.slice(i, i + 4);
    output.push(`      ${start} .. ${end} -> ${handler} in ${registerName(code, register)}`);
  }
  if (nested) {
    for (const constant of code.constants) {
      if (constant.type === 'code') output.push('', disassemble(constant.code));
    }
  }
  return output.join('\n');
}
