/**
 * From a code object back to the compiler's description: what loader.ts did, undone. Operands that were resolved to cells
 * become indices again, specialized instructions their general form, caches empty. For marshal.
 */
import type { CodeDescription, Constant } from '../compiler/code.ts';
import { CONSTANT_BIT, instructionLength, Op, operandKinds } from '../compiler/instructions.ts';
import { Fixed, T } from '../heap/fixed.ts';
import { ArrayObject, Code, CodeFlag, Tuple } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { floatAt, isFloat, isNull, isRef, refAt } from '../heap/values.ts';
import { bytesView } from '../objects/bytes.ts';
import { imaginaryPart, realPart } from '../objects/complex-numbers.ts';
import { raiseValueError } from '../objects/errors.ts';
import { bigIntAt, isExactInt } from '../objects/integers.ts';
import { setEntry, setNext } from '../objects/sets.ts';
import { stringOf } from '../objects/strings.ts';
import { tupleItem } from '../objects/tuples.ts';

/** The instruction that the compiler emits, for each that the interpreter makes of it. */
export const generalForms: ReadonlyMap<Op, Op> = new Map([
  [Op.LOAD_GLOBAL_MODULE, Op.LOAD_GLOBAL],
  [Op.LOAD_GLOBAL_BUILTIN, Op.LOAD_GLOBAL],
  [Op.LOAD_ATTR_SLOT, Op.LOAD_ATTR],
  [Op.LOAD_ATTR_METHOD, Op.LOAD_ATTR],
  [Op.LOAD_ATTR_MODULE, Op.LOAD_ATTR],
  [Op.LOAD_ATTR_CLASS, Op.LOAD_ATTR],
  [Op.LOAD_ATTR_PROPERTY, Op.LOAD_ATTR],
  [Op.STORE_ATTR_SLOT, Op.STORE_ATTR],
  [Op.STORE_ATTR_ADD, Op.STORE_ATTR],
  [Op.LOAD_METHOD_CACHED, Op.LOAD_METHOD],
  [Op.CALL_PYTHON, Op.CALL],
  [Op.CALL_NATIVE, Op.CALL],
  [Op.CALL_CLASS, Op.CALL],
  [Op.FOR_ITER_RANGE, Op.FOR_ITER],
  [Op.FOR_ITER_LIST, Op.FOR_ITER],
  [Op.FOR_ITER_GENERATOR, Op.FOR_ITER],
]);

function texts(tuple: number): string[] {
  const list: string[] = [];
  for (let i = 0; i < words[(tuple << 1) + Tuple.size]; i++) list.push(stringOf(refAt(tupleItem(tuple, i))));
  return list;
}

function table(array: number): Int32Array {
  if (array === 0) return new Int32Array(0);
  const first = (array << 1) + ArrayObject.data;
  return words.slice(first, first + (words[(array << 1) + ArrayObject.length] >> 2));
}

function describeConstant(cell: number): Constant {
  if (isNull(cell)) return { type: 'null' };
  if (isFloat(cell)) return { type: 'float', value: floatAt(cell) };
  if (isExactInt(cell)) return { type: 'int', value: bigIntAt(cell) };
  const ref = isRef(cell) ? refAt(cell) : 0;
  switch (ref as Fixed) {
    case Fixed.none:
      return { type: 'None' };
    case Fixed.true:
    case Fixed.false:
      return { type: 'bool', value: ref === Fixed.true };
    case Fixed.ellipsis:
      return { type: 'Ellipsis' };
  }
  switch (words[ref << 1] as T) {
    case T.str:
      return { type: 'str', value: stringOf(ref) };
    case T.bytes:
      return { type: 'bytes', value: bytesView(ref).slice() };
    case T.complex:
      if (realPart(ref) === 0) return { type: 'complex', imag: imaginaryPart(ref) };
      break;
    case T.tuple: {
      const items: Constant[] = [];
      for (let i = 0; i < words[(ref << 1) + Tuple.size]; i++) items.push(describeConstant(tupleItem(ref, i)));
      return { type: 'tuple', items };
    }
    case T.frozenset: {
      const items: Constant[] = [];
      for (let at = setNext(ref, 0); at >= 0; at = setNext(ref, at + 1))
        items.push(describeConstant(setEntry(ref, at)));
      return { type: 'frozenset', items };
    }
    case T.code:
      return { type: 'code', code: describeCode(ref) };
  }
  return raiseValueError('unmarshallable object') as never;
}

/**
 * The instructions of a code object as the compiler made them, fit for any place; with `adaptive` what the interpreter made
 * of them, and the caches.
 */
export function describeInstructions(code: number, adaptive = false): Int32Array {
  const c = code << 1;
  const names = words[c + Code.names];
  const numbers = new Map<number, number>();
  for (let i = 0; i < words[(names << 1) + Tuple.size]; i++) numbers.set(refAt(tupleItem(names, i)), i);
  const instructions = table(words[c + Code.instructions]).subarray(0, words[c + Code.instructionWords]);
  generalize(
    instructions,
    (words[c + Code.instructions] << 1) + ArrayObject.data,
    words[c + Code.constants] + 1,
    numbers,
    adaptive,
  );
  return instructions;
}

/** The description of a code object; ValueError if a constant is of a type that code of ours does not have. */
export function describeCode(code: number): CodeDescription {
  const c = code << 1;
  const constants = words[c + Code.constants];
  const described: Constant[] = [];
  for (let i = 0; i < words[(constants << 1) + ArrayObject.length]; i++) {
    described.push(describeConstant(constants + 1 + i));
  }
  const names = words[c + Code.names];
  return {
    name: stringOf(words[c + Code.name]),
    qualname: stringOf(words[c + Code.qualname]),
    filename: stringOf(words[c + Code.filename]),
    firstLine: words[c + Code.firstLine],
    argCount: words[c + Code.argCount],
    positionalOnlyCount: words[c + Code.positionalOnlyCount],
    keywordOnlyCount: words[c + Code.keywordOnlyCount],
    flags: words[c + Code.flags] & ~CodeFlag.simple,
    variableNames: texts(words[c + Code.variableNames]),
    cellNames: texts(words[c + Code.cellNames]),
    freeNames: texts(words[c + Code.freeNames]),
    firstFree: words[c + Code.firstFree],
    registerCount: words[c + Code.registerCount],
    constants: described,
    names: texts(names),
    instructions: describeInstructions(code),
    exceptionTable: table(words[c + Code.exceptionTable]),
    lineTable: table(words[c + Code.lineTable]),
  };
}

/** Loaded instructions as the compiler had them; `first` is the word index at which they lie in the heap. */
function generalize(
  code: Int32Array,
  first: number,
  constants: number,
  names: ReadonlyMap<number, number>,
  adaptive: boolean,
): void {
  for (let pc = 0; pc < code.length; ) {
    const op = adaptive ? code[pc] : (generalForms.get(code[pc]) ?? code[pc]);
    code[pc] = op;
    const kinds = operandKinds[Op[op] as keyof typeof operandKinds];
    for (let i = 0; i < kinds.length; i++) {
      const at = pc + 1 + i;
      switch (kinds[i]) {
        case 's':
          if (code[at] < 0) code[at] = -((code[at] & ~CONSTANT_BIT) - constants + 1);
          break;
        case 'n':
          code[at] = names.get(code[at])!;
          break;
        case 'c':
          code[at] -= constants;
          break;
        case 'j':
          code[at] -= first;
          break;
        case 'x':
          if (!adaptive) code[at] = 0;
      }
    }
    pc += instructionLength[op];
  }
}
