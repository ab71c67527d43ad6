/**
 * Operations that call special methods written in Python, inlined as the calls they are: operators and comparisons,
 * subscripts, properties' setters, `__next__`. Each answers false where the interpreter has to do it.
 */
import { instructionLength, Op } from '../../compiler/instructions.ts';
import { T } from '../../heap/fixed.ts';
import { Kind } from '../../heap/layouts.ts';
import { words } from '../../heap/memory.ts';
import { isRef } from '../../heap/values.ts';
import { operatorCall, operatorMethod } from '../../interpreter/arithmetic.ts';
import { ReturnKind } from '../../interpreter/frames.ts';
import { N } from '../../objects/names.ts';
import { kindOf, lookup } from '../../objects/types.ts';
import { dependOnType } from '../dependencies.ts';
import { emit } from '../optimizer/emit.ts';
import { U } from '../uops.ts';
import { setterOf } from './attributes.ts';
import { CallOutcome, inlineOperation } from './calls.ts';
import { asFloat, asInt, asRef, cellOf, H, recording, refOf, registerRef, Tag, tagOf } from './state.ts';

/** The operand under a guard on its type, as an argument; 0 where that is not worth it. */
function typedOperand(ref: number, cell: number): number {
  switch (tagOf(ref, cell)) {
    case Tag.int:
      return asInt(ref, cell);
    case Tag.float:
      return asFloat(ref, cell);
    case Tag.ref: {
      const object = asRef(ref);
      const type = words[words[cell << 1] << 1];
      emit(U.guard_type, object, 0, 0, type);
      dependOnType(type);
      return object;
    }
  }
  return 0;
}

/** A binary operator or comparison that calls a special method written in Python: d, s, s. */
export function inlineOperator(): boolean {
  const { pc } = recording;
  const a = cellOf(words[pc + 2]);
  const b = cellOf(words[pc + 3]);
  const method = operatorMethod(pc, a, b);
  if (method === 0) return false;
  const { swapped, last } = operatorCall;
  const left = typedOperand(refOf(words[pc + 2]), a);
  const right = typedOperand(refOf(words[pc + 3]), b);
  if (left === 0 || right === 0) return false;
  const isBinary = words[pc] >= Op.ADD && words[pc] <= Op.XOR;
  const kind = isBinary
    ? last
      ? ReturnKind.binaryLast
      : ReturnKind.binary
    : last
      ? ReturnKind.compareLast
      : ReturnKind.compare;
  const arguments_ = swapped ? [right, left] : [left, right];
  const next = pc + instructionLength[words[pc]];
  return inlineOperation(words[method << 1], arguments_, words[pc + 1], kind, next, 2) === CallOutcome.inlined;
}

/** LOAD_SUBSCR (d, s, s) on an instance whose class has __getitem__ in Python. */
export function inlineGetItem(): boolean {
  const { pc } = recording;
  const a = cellOf(words[pc + 2]);
  const fn = methodOfInstance(a, N.__getitem__);
  if (fn === 0) return false;
  const object = typedOperand(refOf(words[pc + 2]), a);
  const arguments_ = [object, refOf(words[pc + 3])];
  return inlineOperation(fn, arguments_, words[pc + 1], ReturnKind.deliver, pc + 5, 2) === CallOutcome.inlined;
}

/** STORE_ATTR (s, n, s) of a property with a setter in Python. */
export function inlineSetter(): boolean {
  const { pc } = recording;
  const cell = cellOf(words[pc + 1]);
  if (!isRef(cell) || words[cell << 1] === 0 || kindOf(words[cell << 1]) !== Kind.instance) return false;
  const setter = setterOf(words[words[cell << 1] << 1], words[pc + 2]);
  if (setter === 0) return false;
  const object = typedOperand(refOf(words[pc + 1]), cell);
  const next = pc + instructionLength[words[pc]];
  const refs = [object, refOf(words[pc + 3])];
  return inlineOperation(words[setter << 1], refs, 0, ReturnKind.discard, next, 2) === CallOutcome.inlined;
}

/** FOR_ITER (r, d, j) on an instance whose class has __next__ in Python. */
export function inlineNext(): boolean {
  const { pc, frame } = recording;
  const cell = frame + H + words[pc + 1];
  const fn = methodOfInstance(cell, N.__next__);
  if (fn === 0) return false;
  const object = typedOperand(registerRef(words[pc + 1]), cell);
  return inlineOperation(fn, [object], words[pc + 2], ReturnKind.next, pc + 5, 1) === CallOutcome.inlined;
}

/** The Python function that a special method of an instance is, or 0. */
function methodOfInstance(cell: number, name: number): number {
  if (!isRef(cell) || words[cell << 1] === 0 || kindOf(words[cell << 1]) !== Kind.instance) return 0;
  const method = lookup(words[words[cell << 1] << 1], name);
  return method !== 0 && isRef(method) && words[words[method << 1] << 1] === T.function ? words[method << 1] : 0;
}
