/**
 * Recording of operations that TypeScript performs on boxed operands (leaves.ts): what has no uops of its own but needs
 * no frame either. Much cheaper than letting the interpreter execute the instruction in the middle of the trace.
 */
import { instructionLength, Op } from '../../compiler/instructions.ts';
import { Fixed, T } from '../../heap/fixed.ts';
import { FRAME_HEADER_CELLS, Kind, Native, Type, TypeFlag } from '../../heap/layouts.ts';
import { words } from '../../heap/memory.ts';
import { isNull, isRef, refAt, TAG_REF } from '../../heap/values.ts';
import { growsInPlace } from '../../interpreter/string-appends.ts';
import { nativeTable } from '../../objects/natives.ts';
import { truth } from '../../objects/operations.ts';
import { operatorsOf } from '../../objects/operator-tables.ts';
import { kindOf } from '../../objects/types.ts';
import {
  appendRoutine,
  appendSumRoutine,
  attributeRoutine,
  binaryRoutine,
  buildRoutine,
  callRoutine,
  compareRoutine,
  containsRoutine,
  conversionRoutine,
  deleteItemRoutine,
  extendRoutine,
  formatRoutine,
  functionRoutine,
  getItemRoutine,
  invertRoutine,
  iterateRoutine,
  type LeafRoutine,
  type LeafSite,
  leafSites,
  lengthRoutine,
  listToTupleRoutine,
  matchMappingRoutine,
  matchSequenceRoutine,
  namedNativeRoutine,
  nativeRoutine,
  negativeRoutine,
  nextRoutine,
  notContainsRoutine,
  notRoutine,
  positiveRoutine,
  setItemRoutine,
  storeAttributeRoutine,
  truthRoutine,
} from '../leaves.ts';
import { emit } from '../optimizer/emit.ts';
import { U } from '../uops.ts';
import { comparisonOf } from './arithmetic.ts';
import {
  asRef,
  asValue,
  cellOf,
  currentFrame,
  guardIdentity,
  recording,
  refOf,
  registerRef,
  runningFunction,
  setRegister,
} from './state.ts';

const MAX_ARGUMENTS = 14;

/** Calls `routine` with the given refs; the result's ref. `destination`: register it is meant for, -1 none. */
function callLeaf(
  routine: LeafRoutine,
  refs: readonly number[],
  destination: number,
  jump: LeafSite['jump'] = null,
): number {
  const { pc } = recording;
  // boxing may exit, so all of it comes first
  const values = refs.map(asValue);
  values.forEach((value, i) => {
    emit(U.helper_argument, value, 0, 0, i);
  });
  const site =
    leafSites.push({
      routine,
      argumentCount: refs.length,
      destination,
      next: pc + instructionLength[words[pc]],
      jump,
    }) - 1;
  const result = emit(U.call_helper, 0, 0, 0, site * 2 + 1);
  recording.currentSnapshot = -1;
  return result;
}

/** An object whose special methods are written in Python: better inlined or left to the interpreter. */
function isPythonInstance(cell: number): boolean {
  return isRef(cell) && refAt(cell) !== 0 && kindOf(refAt(cell)) === Kind.instance;
}

/** In a generator's frame results go to memory as soon as they are there, so the interpreter need not be told where. */
function leaf(routine: LeafRoutine | null, operands: readonly number[], register: number): boolean {
  if (routine === null) return false;
  if (currentFrame().generatorRef !== 0 || operands.some((operand) => isPythonInstance(cellOf(operand)))) return false;
  const result = callLeaf(routine, operands.map(refOf), register);
  if (register >= 0) setRegister(register, result);
  return true;
}

/** Binary operators: d, s, s, i. */
export function leafBinary(op: Op): boolean {
  const { pc } = recording;
  const grows = op === Op.ADD && words[pc + 4] === 1 && growsInPlace(pc, currentFrame().code);
  return leaf(
    grows ? appendSumRoutine : binaryRoutine(op, words[pc + 4] === 1),
    [words[pc + 2], words[pc + 3]],
    words[pc + 1],
  );
}
/** Comparisons, plain or before a jump (whose way the recorder guards when it sees it): d, s, s. */
export function leafComparison(op: Op): boolean {
  const { pc } = recording;
  return leaf(compareRoutine(comparisonOf(op)), [words[pc + 2], words[pc + 3]], words[pc + 1]);
}
/** LOAD_SUBSCR: d, s, s. */
export function leafLoadSubscript(): boolean {
  const { pc } = recording;
  return leaf(getItemRoutine, [words[pc + 2], words[pc + 3]], words[pc + 1]);
}
/** STORE_SUBSCR: s object, s key, s value. */
export function leafStoreSubscript(): boolean {
  const { pc } = recording;
  return leaf(setItemRoutine, [words[pc + 1], words[pc + 2], words[pc + 3]], -1);
}
/** CONTAINS, NOT_CONTAINS: d, s item, s container. */
export function leafContains(op: Op): boolean {
  const { pc } = recording;
  return leaf(op === Op.CONTAINS ? containsRoutine : notContainsRoutine, [words[pc + 3], words[pc + 2]], words[pc + 1]);
}
/** GET_ITER of built-in objects: d, s. */
export function leafGetIterator(): boolean {
  const { pc } = recording;
  return leaf(iterateRoutine, [words[pc + 2]], words[pc + 1]);
}
/** LIST_APPEND to a list that must grow: r, s. */
export function leafListAppend(): boolean {
  const { pc } = recording;
  if (currentFrame().generatorRef !== 0) return false;
  callLeaf(appendRoutine, [registerRef(words[pc + 1]), refOf(words[pc + 2])], -1);
  return true;
}
/** FORMAT_SIMPLE (d, s, i), FORMAT_WITH_SPEC (d, s, i, s). */
export function leafFormat(op: Op): boolean {
  const { pc } = recording;
  if (op === Op.FORMAT_WITH_SPEC)
    return leaf(conversionRoutine(words[pc + 3], true), [words[pc + 2], words[pc + 4]], words[pc + 1]);
  const routine = words[pc + 3] === 0 ? formatRoutine : conversionRoutine(words[pc + 3], false);
  return leaf(routine, [words[pc + 2]], words[pc + 1]);
}

/** Instructions with operands `ds` that nothing more is known of. */
const unaryRoutines: Partial<Record<Op, LeafRoutine>> = {
  [Op.NEGATIVE]: negativeRoutine,
  [Op.POSITIVE]: positiveRoutine,
  [Op.INVERT]: invertRoutine,
  [Op.LIST_TO_TUPLE]: listToTupleRoutine,
  [Op.MATCH_SEQUENCE]: matchSequenceRoutine,
  [Op.MATCH_MAPPING]: matchMappingRoutine,
  [Op.GET_LENGTH]: lengthRoutine,
};
export function leafUnary(op: Op): boolean {
  const { pc } = recording;
  return leaf(unaryRoutines[op] ?? null, [words[pc + 2]], words[pc + 1]);
}
/** DELETE_SUBSCR: s object, s key. */
export function leafDeleteSubscript(): boolean {
  const { pc } = recording;
  return leaf(deleteItemRoutine, [words[pc + 1], words[pc + 2]], -1);
}
/** STORE_ATTR that is more than a store: s object, n, s value. */
export function leafStoreAttribute(): boolean {
  const { pc } = recording;
  if (currentFrame().generatorRef !== 0) return false;
  callLeaf(storeAttributeRoutine(words[pc + 2]), [refOf(words[pc + 1]), refOf(words[pc + 3])], -1);
  return true;
}
/** BUILD_SET, BUILD_MAP, BUILD_STRING, and what is too long for uops: d, r, i. */
export function leafBuild(op: Op): boolean {
  const { pc } = recording;
  const count = words[pc + 3] * (op === Op.BUILD_MAP ? 2 : 1);
  if (currentFrame().generatorRef !== 0 || count > MAX_ARGUMENTS) return false;
  const refs: number[] = [];
  for (let i = 0; i < count; i++) refs.push(registerRef(words[pc + 2] + i));
  setRegister(words[pc + 1], callLeaf(buildRoutine(op, words[pc + 3]), refs, words[pc + 1]));
  return true;
}
/** LIST_EXTEND, SET_ADD, SET_UPDATE, DICT_UPDATE (r, s), MAP_ADD (r, s, s). */
export function leafExtend(op: Op): boolean {
  const { pc } = recording;
  if (currentFrame().generatorRef !== 0) return false;
  const refs = [registerRef(words[pc + 1]), refOf(words[pc + 2])];
  if (op === Op.MAP_ADD) refs.push(refOf(words[pc + 3]));
  callLeaf(extendRoutine(op), refs, -1);
  return true;
}
/** MAKE_FUNCTION: d, c, s, s, s, s. */
export function leafMakeFunction(): boolean {
  const { pc } = recording;
  if (currentFrame().generatorRef !== 0) return false;
  const refs = [runningFunction()];
  for (let i = 3; i < 7; i++) refs.push(refOf(words[pc + i]));
  setRegister(words[pc + 1], callLeaf(functionRoutine(words[words[pc + 2] << 1]), refs, words[pc + 1]));
  return true;
}

/** The outcome of a FOR_ITER whose direction shows only when the interpreter has executed it. */
const iteration = { result: 0, pc: 0 };

/**
 * FOR_ITER over a built-in iterator: r, d, j. The iterator advances before its outcome is looked at, so the guard behind
 * it (finishIteration) resumes after the instruction, on the other way.
 */
export function leafForIterate(): boolean {
  const { pc } = recording;
  const cell = recording.frame + FRAME_HEADER_CELLS + words[pc + 1];
  if (currentFrame().generatorRef !== 0 || !isRef(cell) || isPythonInstance(cell)) return false;
  if (words[refAt(cell) << 1] === T.generator) return false;
  const end = { ref: 0, target: words[pc + 3] };
  iteration.result = callLeaf(nextRoutine, [registerRef(words[pc + 1])], words[pc + 2], end);
  iteration.pc = pc;
  return true;
}

/** Called before the instruction that follows a FOR_ITER recorded by leafForIterate; `pc` shows where it went. */
export function finishIteration(pc: number): void {
  if (iteration.result === 0) return;
  const { result, pc: at } = iteration;
  iteration.result = 0;
  const register = words[at + 2];
  const exhausted = pc === words[at + 3];
  recording.resumePc = exhausted ? at + instructionLength[words[at]] : words[at + 3];
  if (exhausted) {
    // whoever leaves here has an item after all
    const before = registerRef(register);
    setRegister(register, result);
    emit(U.guard_value, result, 0, 0, 0, TAG_REF);
    setRegister(register, before);
  } else {
    emit(U.guard_not_value, result, 0, 0, 0, TAG_REF);
    setRegister(register, result);
  }
  recording.resumePc = pc;
}
/** Forgets a FOR_ITER in the middle of which a recording ended. */
export function abandonIteration(): void {
  iteration.result = 0;
}

/** Natives that look at the frame that calls them, or run programs. */
const wantsFrame = new Set([
  'globals',
  'locals',
  'vars',
  'dir',
  'exec',
  'eval',
  'compile',
  '__import__',
  '__build_class__',
  'super',
  'input',
  'breakpoint',
  'next',
  'send',
  'throw',
  'close',
]);

/** CALL of an object whose type declares a `call` routine (itemgetter, a cached function, ...). */
function leafCallOfObject(type: number, callable: number, count: number): boolean {
  const { pc } = recording;
  const register = words[pc + 2];
  // a self beside such a callable would be one more argument
  if (!isNull(callable + 1) || count >= MAX_ARGUMENTS) return false;
  emit(U.guard_type, asRef(registerRef(register)), 0, 0, type);
  const self = registerRef(register + 1);
  emit(U.guard_value, asValue(self), 0, 0, 0, TAG_REF);
  const refs = [registerRef(register)];
  for (let i = 0; i < count; i++) refs.push(registerRef(register + 2 + i));
  setRegister(words[pc + 1], callLeaf(callRoutine(count), refs, words[pc + 1]));
  return true;
}

/** LOAD_ATTR of what has no uops: d, s, n. */
export function leafLoadAttribute(): boolean {
  const { pc } = recording;
  if (currentFrame().generatorRef !== 0) return false;
  setRegister(words[pc + 1], callLeaf(attributeRoutine(words[pc + 3]), [refOf(words[pc + 2])], words[pc + 1]));
  return true;
}
/** NOT of a built-in object: d, s. */
export function leafNot(): boolean {
  const { pc } = recording;
  return leaf(notRoutine, [words[pc + 2]], words[pc + 1]);
}
/** JUMP_IF_FALSE, JUMP_IF_TRUE by the truth of a built-in object: s, j. */
export function leafConditionalJump(op: Op): boolean {
  const { pc } = recording;
  const cell = cellOf(words[pc + 1]);
  if (currentFrame().generatorRef !== 0 || !isRef(cell) || refAt(cell) === 0) return false;
  // the recorder asks for the outcome itself, so that may not take Python code
  if ((words[(words[refAt(cell) << 1] << 1) + Type.flags] & TypeFlag.heapType) !== 0) return false;
  const outcome = truth(cell);
  const jump = { ref: op === Op.JUMP_IF_TRUE ? Fixed.true : Fixed.false, target: words[pc + 2] };
  const result = callLeaf(truthRoutine, [refOf(words[pc + 1])], -1, jump);
  recording.resumePc = outcome === (op === Op.JUMP_IF_TRUE) ? pc + instructionLength[op] : words[pc + 2];
  emit(U.guard_value, result, 0, 0, outcome ? Fixed.true : Fixed.false, TAG_REF);
  recording.resumePc = pc;
  return true;
}

/** CALL of a built-in class, which makes an object without looking at frames or running Python of its own. */
function leafClassCall(callable: number, count: number): boolean {
  const { pc } = recording;
  const type = refAt(callable);
  const register = words[pc + 2];
  if (words[type << 1] !== T.type || (words[(type << 1) + Type.flags] & TypeFlag.heapType) !== 0) return false;
  if (type === T.super || type === T.type || !isNull(callable + 1) || count >= MAX_ARGUMENTS) return false;
  guardIdentity(registerRef(register), type);
  const self = registerRef(register + 1);
  emit(U.guard_value, asValue(self), 0, 0, 0, TAG_REF);
  const refs = [registerRef(register)];
  for (let i = 0; i < count; i++) refs.push(registerRef(register + 2 + i));
  setRegister(words[pc + 1], callLeaf(callRoutine(count), refs, words[pc + 1]));
  return true;
}

/** CALL or CALL_KW of a native function or method or of a built-in class: d, r, i. */
export function leafCall(): boolean {
  const { pc } = recording;
  const register = words[pc + 2];
  const count = words[pc + 3];
  const callable = recording.frame + FRAME_HEADER_CELLS + register;
  if (currentFrame().generatorRef !== 0 || !isRef(callable)) return false;
  const names = words[pc] === Op.CALL_KW ? words[words[pc + 4] << 1] : 0;
  const object = refAt(callable);
  const type = words[object << 1];
  if (names === 0) {
    if (operatorsOf(type)?.call) return leafCallOfObject(type, callable, count);
    if (words[(type << 1) + Type.kind] === Kind.type) return leafClassCall(callable, count);
  }
  if (words[(type << 1) + Type.kind] !== Kind.native) return false;
  const number = words[(object << 1) + Native.number];
  const declaration = nativeTable[number];
  if (declaration === undefined || wantsFrame.has(declaration.name)) return false;
  if (declaration.owner === 'sys' || declaration.owner === 'gc') return false;
  const selfPresent = !isNull(callable + 1);
  const isBound = !isNull(object + (Native.self >> 1));
  const total = count + (selfPresent ? 1 : 0) + (isBound ? 1 : 0);
  if (total > MAX_ARGUMENTS) return false;
  const first = selfPresent ? register + 1 : register + 2;
  const self = registerRef(register + 1);
  const refs: number[] = [];
  if (isBound) {
    // the method of one object or another: what is called is the same
    const method = asRef(registerRef(register));
    emit(U.guard_type, method, 0, 0, type);
    emit(U.guard_word, method, 0, 0, Native.number * 4, number);
    refs.push(emit(U.load_field, method, 0, 0, Native.self * 4));
    emit(U.guard_not_value, refs[0], 0, 0, 0, TAG_REF);
  } else guardIdentity(registerRef(register), object);
  if (!selfPresent) emit(U.guard_value, asValue(self), 0, 0, 0, TAG_REF);
  for (let i = 0; i < count + (selfPresent ? 1 : 0); i++) refs.push(registerRef(first + i));
  const routine = names === 0 ? nativeRoutine(number, total) : namedNativeRoutine(number, total, names);
  setRegister(words[pc + 1], callLeaf(routine, refs, words[pc + 1]));
  return true;
}
