/**
 * From the compiler's CodeDescription to a code object in the heap: names interned, constants made, operands resolved to
 * the cells and word indices that the loop wants. What Python sees of a code object is in code-objects.ts.
 */
import type { CodeDescription, Constant } from '../compiler/code.ts';
import { CONSTANT_BIT, instructionLength, Op, operandKinds } from '../compiler/instructions.ts';
import { Fixed, T } from '../heap/fixed.ts';
import { ArrayObject, Code, CodeFlag } from '../heap/layouts.ts';
import { allocate, words } from '../heap/memory.ts';
import { setFloat, setNull, setRef } from '../heap/values.ts';
import { newBytesFrom } from '../objects/bytes.ts';
import { newComplex } from '../objects/complex-numbers.ts';
import { setBigInt } from '../objects/integers.ts';
import { newValuesArray } from '../objects/lists.ts';
import { newFrozenset, setAdd } from '../objects/sets.ts';
import { intern, newString } from '../objects/strings.ts';
import { newTuple, tupleItem } from '../objects/tuples.ts';

/** Operand letters by opcode. */
const operands: string[] = (() => {
  const table: string[] = [];
  for (const name of Object.keys(operandKinds) as (keyof typeof operandKinds)[]) table[Op[name]] = operandKinds[name];
  return table;
})();

/** A `raw` array of 32-bit words. */
function newRawWords(source: ArrayLike<number>): number {
  const count = source.length;
  const ref = allocate(1 + ((count + 1) >> 1));
  words[ref << 1] = T.raw;
  words[(ref << 1) + ArrayObject.length] = count * 4;
  words.set(source, (ref << 1) + ArrayObject.data);
  if ((count & 1) !== 0) words[(ref << 1) + ArrayObject.data + count] = 0;
  return ref;
}

/** Must a generator of this code that is collected before its end be told? */
function finalizes(description: CodeDescription): boolean {
  const { flags } = description;
  if ((flags & (CodeFlag.coroutine | CodeFlag.asyncGenerator)) !== 0) return true;
  return (flags & CodeFlag.generator) !== 0 && description.exceptionTable.length !== 0;
}

function newNames(names: readonly string[]): number {
  const tuple = newTuple(names.length);
  for (let i = 0; i < names.length; i++) setRef(tupleItem(tuple, i), intern(names[i]));
  return tuple;
}

const identifier = /^[A-Za-z0-9_]*$/;

/** Stores a constant of the compiler's in a cell. Allocates only (frozensets hash strings and numbers). */
export function storeConstant(cell: number, constant: Constant): void {
  switch (constant.type) {
    case 'int':
      setBigInt(cell, constant.value);
      return;
    case 'float':
      setFloat(cell, constant.value);
      return;
    case 'complex':
      setRef(cell, newComplex(constant.real ?? 0, constant.imag));
      return;
    case 'str':
      setRef(cell, identifier.test(constant.value) ? intern(constant.value) : newString(constant.value));
      return;
    case 'bytes':
      setRef(cell, newBytesFrom(constant.value));
      return;
    case 'bool':
      setRef(cell, constant.value ? Fixed.true : Fixed.false);
      return;
    case 'None':
      setRef(cell, Fixed.none);
      return;
    case 'Ellipsis':
      setRef(cell, Fixed.ellipsis);
      return;
    case 'null':
      setNull(cell);
      return;
    case 'tuple': {
      const tuple = newTuple(constant.items.length);
      constant.items.forEach((item, i) => {
        storeConstant(tupleItem(tuple, i), item);
      });
      setRef(cell, tuple);
      return;
    }
    case 'frozenset': {
      const set = newFrozenset();
      for (const item of constant.items) {
        storeConstant(cell, item);
        setAdd(set, cell);
      }
      setRef(cell, set);
      return;
    }
    case 'code':
      setRef(cell, loadCode(constant.code));
  }
}

/** A simple code object's frame can be pushed by copying the arguments. */
function isSimple(code: CodeDescription): boolean {
  return (code.flags & (CodeFlag.varArgs | CodeFlag.varKeywords)) === 0 && code.keywordOnlyCount === 0;
}

/** The code object of a description. Allocates only (frozenset constants hash strings and numbers). */
export function loadCode(description: CodeDescription): number {
  const ref = allocate(12);
  const c = ref << 1;
  words.fill(0, c, c + 24);
  words[c] = T.code;
  words[c + Code.flags] =
    description.flags |
    (isSimple(description) ? CodeFlag.simple : 0) |
    (finalizes(description) ? CodeFlag.finalizes : 0);
  words[c + Code.name] = intern(description.name);
  words[c + Code.qualname] = intern(description.qualname);
  words[c + Code.filename] = intern(description.filename);
  words[c + Code.firstLine] = description.firstLine;
  words[c + Code.argCount] = description.argCount;
  words[c + Code.positionalOnlyCount] = description.positionalOnlyCount;
  words[c + Code.keywordOnlyCount] = description.keywordOnlyCount;
  words[c + Code.registerCount] = description.registerCount;
  words[c + Code.localCount] = description.variableNames.length;
  words[c + Code.firstFree] = description.firstFree;
  words[c + Code.variableNames] = newNames(description.variableNames);
  words[c + Code.cellNames] = newNames(description.cellNames);
  words[c + Code.freeNames] = newNames(description.freeNames);
  const names = newNames(description.names);
  words[c + Code.names] = names;
  const constants = newValuesArray(description.constants.length);
  words[c + Code.constants] = constants;
  description.constants.forEach((constant, i) => {
    storeConstant(constants + 1 + i, constant);
  });
  words[c + Code.exceptionTable] =
    description.exceptionTable.length === 0 ? 0 : newRawWords(description.exceptionTable);
  words[c + Code.lineTable] = newRawWords(description.lineTable);
  const instructions = newRawWords(description.instructions);
  words[c + Code.instructions] = instructions;
  words[c + Code.instructionWords] = description.instructions.length;
  resolveOperands((instructions << 1) + ArrayObject.data, description.instructions.length, constants + 1, names + 1);
  return ref;
}

function resolveOperands(first: number, count: number, constants: number, names: number): void {
  const end = first + count;
  for (let pc = first; pc < end; ) {
    const op = words[pc];
    const kinds = operands[op];
    for (let i = 0; i < kinds.length; i++) {
      const at = pc + 1 + i;
      const operand = words[at];
      switch (kinds.charCodeAt(i)) {
        case 115: // s
          if (operand < 0) words[at] = CONSTANT_BIT | (constants - operand - 1);
          break;
        case 110: // n
          words[at] = words[(names + operand) << 1];
          break;
        case 99: // c
          words[at] = constants + operand;
          break;
        case 106: // j
          words[at] = first + operand;
      }
    }
    pc += instructionLength[op];
  }
}
