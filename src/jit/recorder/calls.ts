/**
 * Recording of calls (returns.ts has the way back). A call of a Python function is followed inline: its frame exists only in snapshots. A
 * call that must not be inlined (recursion, depth) ends the trace: the frame is pushed for real and control goes to the
 * callee's own executor. Common native functions have uops; all other calls are executed by the interpreter in between.
 */
import { Op } from '../../compiler/instructions.ts';
import { Fixed, State, T } from '../../heap/fixed.ts';
import {
  Code,
  CodeFlag,
  DICT_CELLS,
  Dict,
  Frame,
  FunctionObject,
  Instance,
  Kind,
  layouts,
  Method,
  Native,
  Range,
  RecordObject,
  Shape,
  Tuple,
  Type,
  TypeFlag,
} from '../../heap/layouts.ts';
import { words } from '../../heap/memory.ts';
import { isNull, isRef, TAG_REF } from '../../heap/values.ts';
import { pythonNew } from '../../interpreter/calls.ts';
import { firstInstruction, ReturnKind } from '../../interpreter/frames.ts';
import { isGeneratorMethod } from '../../interpreter/generators.ts';
import { livenessOf } from '../../interpreter/liveness.ts';
import { pythonForm, pythonFormOfClass } from '../../interpreter/python-forms.ts';
import { recordValue } from '../../objects/declared-types.ts';
import { dictFindString } from '../../objects/dicts.ts';
import { N } from '../../objects/names.ts';
import { PARTIAL, Partial } from '../../objects/partials.ts';
import { helpersAreLoaded } from '../../objects/python-helpers.ts';
import { rootShapeOf } from '../../objects/shapes.ts';
import { kindOf, lookup } from '../../objects/types.ts';
import { dependOnFunction, dependOnGlobal, dependOnType } from '../dependencies.ts';
import * as ir from '../ir.ts';
import { constInt, constRef, constValue, constWord, emit } from '../optimizer/emit.ts';
import { recordedObjects } from '../roots.ts';
import { U } from '../uops.ts';
import { truthRef } from './arithmetic.ts';
import { makesPlainGenerator, recordResumingCall } from './generators.ts';
import { recordNative } from './native-calls.ts';
import {
  asFloat,
  asInt,
  asRef,
  asValue,
  cellOf,
  constantAt,
  currentFrame,
  guardIdentity,
  H,
  headerByte,
  isSlotLiveAcross,
  recording,
  refOf,
  registerRef,
  setRegister,
  setSlot,
  storeField,
  Tag,
  tagAt,
  tagOf,
} from './state.ts';

/** Inlined frames above the base frame. */
const MAX_INLINED = 12;
/** Items of a tuple that a call may spread. */
const MAX_SPREAD = 8;
/** How far inlined frames may reach above the base frame: less than what is left above State.stackLimit. */
const MAX_INLINED_CELLS = 3072;
/** How often one code object may occur in the chain of inlined frames. */
const MAX_UNROLLED_RECURSION = 1;

export enum CallOutcome {
  /** the interpreter must do it */
  fallback,
  /** expressed in uops */
  done,
  /** a frame was inlined: the next instruction is the callee's first */
  inlined,
  /** the trace ends here: the callee's frame was pushed and the trace jumps to its executor */
  linked,
}

/** A callee resolved at recording time. */
const callee = { fn: 0, functionRef: 0, code: 0 };
const argumentRefs: number[] = [];

/** CALL: d, r, i. */
export function recordCall(): CallOutcome {
  const { pc, frame } = recording;
  const register = words[pc + 2];
  const count = words[pc + 3];
  const callableCell = frame + H + register;
  if (!isRef(callableCell)) return CallOutcome.fallback;
  const callable = words[callableCell << 1];
  const callableRef = registerRef(register);
  const selfPresent = tagAt(callableCell + 1) !== Tag.null;
  argumentRefs.length = 0;
  keywordNames = 0;
  const selfRef = registerRef(register + 1);
  if (selfPresent) argumentRefs.push(selfRef);
  else if (!ir.isConstant(selfRef)) emit(U.guard_value, asValue(selfRef), 0, 0, 0, TAG_REF);
  for (let i = 0; i < count; i++) argumentRefs.push(registerRef(register + 2 + i));
  const cells = selfPresent ? callableCell + 1 : callableCell + 2;
  if (words[pc] !== Op.CALL_KW) return recordCallOf(callable, callableRef, cells, words[pc + 1], pc + 8);
  keywordNames = words[words[pc + 4] << 1];
  const outcome = recordCallOf(callable, callableRef, cells, words[pc + 1], pc + 5);
  keywordNames = 0;
  return outcome;
}

/** DICT_MERGE (r, s, s): nothing to do if there are no keywords to add. */
export function recordDictMerge(): boolean {
  const { pc } = recording;
  const cell = cellOf(words[pc + 2]);
  if (!isRef(cell) || words[words[cell << 1] << 1] !== T.dict || words[(words[cell << 1] << 1) + Dict.count] !== 0)
    return false;
  emit(U.guard_header, asRef(refOf(words[pc + 2])), 0, 0, T.dict, 0);
  return true;
}

/** CALL_EX: d, s callable, s tuple, s dict or NULL. Of a tuple of few items, without keywords. */
export function recordSpreadCall(): CallOutcome {
  const { pc } = recording;
  const callable = cellOf(words[pc + 2]);
  const spread = cellOf(words[pc + 3]);
  const mapping = cellOf(words[pc + 4]);
  if (!isRef(callable) || !isRef(spread) || words[words[spread << 1] << 1] !== T.tuple) return CallOutcome.fallback;
  const tuple = words[spread << 1];
  const size = words[(tuple << 1) + Tuple.size];
  if (size > MAX_SPREAD) return CallOutcome.fallback;
  if (tagAt(mapping) !== Tag.null) {
    const dict = words[mapping << 1];
    if (!isRef(mapping) || words[dict << 1] !== T.dict || words[(dict << 1) + Dict.count] !== 0)
      return CallOutcome.fallback;
    emit(U.guard_header, asRef(refOf(words[pc + 4])), 0, 0, T.dict, 0);
  }
  const items = asRef(refOf(words[pc + 3]));
  emit(U.guard_header, items, 0, 0, T.tuple, size);
  argumentRefs.length = 0;
  keywordNames = 0;
  for (let i = 0; i < size; i++) argumentRefs.push(emit(U.load_field, items, 0, 0, Tuple.items * 4 + i * 8));
  setArgumentCells(tuple + (Tuple.items >> 1));
  const callableRef = refOf(words[pc + 2]);
  return recordCallOf(words[callable << 1], callableRef, tuple + (Tuple.items >> 1), words[pc + 1], pc + 5);
}

function recordCallOf(
  callable: number,
  callableRef: number,
  cells: number,
  destination: number,
  returnAddress: number,
): CallOutcome {
  const type = words[callable << 1];
  if (type === T.function) {
    callee.fn = callable;
    callee.functionRef = guardFunction(callable, callableRef);
    callee.code = words[(callable << 1) + FunctionObject.code];
    return callFunction(destination, ReturnKind.deliver, returnAddress, 0);
  }
  if (words[(type << 1) + Type.kind] === Kind.native) {
    const form =
      isNull(callable + (Native.self >> 1)) && helpersAreLoaded()
        ? pythonForm(words[(callable << 1) + Native.number], cells, argumentRefs.length, keywordNames)
        : 0;
    if (form !== 0) {
      guardIdentity(callableRef, callable);
      return callForm(form, destination, returnAddress);
    }
    if (keywordNames !== 0) return CallOutcome.fallback;
    const number = words[(callable << 1) + Native.number];
    if (isGeneratorMethod(number) && isNull(callable + (Native.self >> 1))) {
      guardIdentity(callableRef, callable);
      return recordResumingCall(number, argumentRefs, cells, destination) ? CallOutcome.inlined : CallOutcome.fallback;
    }
    if (argumentRefs.length === 1 && isObjectNew(callable) && makeInstance(callableRef, callable, cells, destination))
      return CallOutcome.done;
    const result = recordNative(callable, callableRef, cells, argumentRefs);
    if (result === 0) return CallOutcome.fallback;
    setRegister(destination, result);
    return CallOutcome.done;
  }
  if (type === T.method) {
    const functionCell = callable + (Method.function >> 1);
    if (!isRef(functionCell) || words[words[functionCell << 1] << 1] !== T.function) return CallOutcome.fallback;
    const method = asRef(callableRef);
    emit(U.guard_type, method, 0, 0, T.method);
    const fn = words[functionCell << 1];
    const functionRef = emit(U.unbox_ref, emit(U.load_field, method, 0, 0, Method.function * 4));
    argumentRefs.unshift(emit(U.load_field, method, 0, 0, Method.self * 4));
    callee.fn = fn;
    callee.functionRef = guardFunction(fn, functionRef);
    callee.code = words[(fn << 1) + FunctionObject.code];
    return callFunction(destination, ReturnKind.deliver, returnAddress, 0);
  }
  if (type === PARTIAL) return recordPartial(callable, callableRef, cells, destination, returnAddress);
  if (kindOf(callable) === Kind.type) return recordClassCall(callable, callableRef, cells, destination, returnAddress);
  if (kindOf(callable) === Kind.instance) {
    const cell = lookup(type, N.__call__);
    if (cell === 0 || !isRef(cell) || words[words[cell << 1] << 1] !== T.function) return CallOutcome.fallback;
    const object = asRef(callableRef);
    emit(U.guard_type, object, 0, 0, type);
    dependOnType(type);
    const fn = words[cell << 1];
    dependOnFunction(fn);
    argumentRefs.unshift(object);
    callee.fn = fn;
    callee.functionRef = constRef(fn);
    callee.code = words[(fn << 1) + FunctionObject.code];
    return callFunction(destination, ReturnKind.deliver, returnAddress, 0);
  }
  return CallOutcome.fallback;
}

function isObjectNew(native: number): boolean {
  const cell = lookup(T.object, N.__new__);
  return words[cell << 1] === native;
}

/** object.__new__(cls) of a class that instances are made of without ado. */
function makeInstance(callableRef: number, native: number, cells: number, destination: number): boolean {
  const type = words[cells << 1];
  if (!isRef(cells) || kindOf(type) !== Kind.type || words[(type << 1) + Type.kind] !== Kind.instance) return false;
  if ((words[(type << 1) + Type.flags] & (TypeFlag.abstract | TypeFlag.hasFinalizer)) !== 0) return false;
  guardIdentity(callableRef, native);
  guardIdentity(argumentRefs[0], type);
  dependOnType(type);
  setRegister(destination, newInstanceRef(type));
  return true;
}

/** The ref of a fresh instance without attributes. */
function newInstanceRef(type: number): number {
  const shape = rootShapeOf(type);
  const inline = words[(shape << 1) + Shape.inlineSlots];
  const instance = emit(U.allocate, 0, 0, 0, 2 + inline);
  emit(U.store_header, instance, 0, 0, type, shape);
  emit(U.store_word, instance, constRef(0), 0, Instance.overflow * 4);
  emit(U.store_word, instance, constRef(0), 0, Instance.flags * 4);
  for (let i = 0; i < inline; i++) emit(U.store_field, instance, constValue(0, TAG_REF), 0, Instance.slots * 4 + i * 8);
  recording.currentSnapshot = -1;
  return instance;
}

/** A builtin function or class that is called as a Python function (interpreter/python-forms.ts). */
function callForm(fn: number, destination: number, returnAddress: number): CallOutcome {
  dependOnFunction(fn);
  callee.fn = fn;
  callee.functionRef = constRef(fn);
  callee.code = words[(fn << 1) + FunctionObject.code];
  return callFunction(destination, ReturnKind.deliver, returnAddress, 0);
}

/** A call of a functools.partial without keywords and placeholders around a Python function: as of that function. */
function recordPartial(
  callable: number,
  callableRef: number,
  cells: number,
  destination: number,
  returnAddress: number,
): CallOutcome {
  const cell = recordValue(callable, Partial.function);
  const held = words[recordValue(callable, Partial.args) << 1];
  if (
    keywordNames !== 0 ||
    words[(callable << 1) + RecordObject.aux] !== 0 ||
    words[(words[recordValue(callable, Partial.keywords) << 1] << 1) + Dict.count] !== 0 ||
    !isRef(cell) ||
    words[words[cell << 1] << 1] !== T.function
  )
    return CallOutcome.fallback;
  const field = (value: Partial): number => RecordObject.values * 4 + value * 8;
  const partial = asRef(callableRef);
  // word 1 is the number of placeholders
  emit(U.guard_header, partial, 0, 0, PARTIAL, 0);
  const keywords = emit(U.unbox_ref, emit(U.load_field, partial, 0, 0, field(Partial.keywords)));
  emit(U.guard_header, keywords, 0, 0, T.dict, 0);
  const tuple = emit(U.unbox_ref, emit(U.load_field, partial, 0, 0, field(Partial.args)));
  const size = words[(held << 1) + Tuple.size];
  emit(U.guard_header, tuple, 0, 0, T.tuple, size);
  const given: number[] = [];
  for (let i = 0; i < size; i++) given.push(emit(U.load_field, tuple, 0, 0, Tuple.items * 4 + i * 8));
  argumentRefs.unshift(...given);
  const functionRef = emit(U.unbox_ref, emit(U.load_field, partial, 0, 0, field(Partial.function)));
  return recordCallOf(words[cell << 1], functionRef, cells, destination, returnAddress);
}

/**
 * Guards that the callee is this function if it is a constant, else one of the same code: functions made anew each time
 * (closures, generator expressions, lambdas with defaults) and those that somebody passes differ in nothing else that
 * the trace rests on. What a name means to them is guarded where it is looked up (guardGlobals).
 */
function guardFunction(fn: number, ref: number): number {
  if (ir.isConstant(ref)) {
    dependOnFunction(fn);
    return guardIdentity(ref, fn);
  }
  const unboxed = asRef(ref);
  emit(U.guard_type, unboxed, 0, 0, T.function);
  emit(U.guard_word, unboxed, 0, 0, FunctionObject.code * 4, words[(fn << 1) + FunctionObject.code]);
  // compared by address: it may not be freed and its cells become another's
  recordedObjects.add(words[(fn << 1) + FunctionObject.code]);
  return unboxed;
}

/** Calls `callee` with `argumentRefs`; `gap` cells lie between the caller's top and the frame. */
export function callFunction(destination: number, kind: ReturnKind, returnAddress: number, gap: number): CallOutcome {
  const { code } = callee;
  const flags = words[(code << 1) + Code.flags];
  if ((flags & (CodeFlag.coroutine | CodeFlag.asyncGenerator)) !== 0) return CallOutcome.fallback;
  const makesGenerator = (flags & CodeFlag.generator) !== 0;
  if (makesGenerator && (!makesPlainGenerator(code) || kind !== ReturnKind.deliver)) return CallOutcome.fallback;
  if (!bindParameters()) return CallOutcome.fallback;
  const { frames } = recording;
  let same = 0;
  for (const frame of frames) if (frame.code === code) same++;
  const caller = currentFrame();
  const end = caller.top + gap + H + words[(code << 1) + Code.registerCount];
  if (same > MAX_UNROLLED_RECURSION || frames.length > MAX_INLINED || end > MAX_INLINED_CELLS) {
    if (kind !== ReturnKind.deliver || makesGenerator) return CallOutcome.fallback;
    return linkCall(destination, returnAddress);
  }
  guardDepth();
  if (caller.top < 0) return CallOutcome.fallback;
  const offset = caller.top + gap;
  pushInlined(offset, code, callee.functionRef, destination, kind, returnAddress);
  for (let i = 0; i < argumentRefs.length; i++) setSlot(offset + H + i, argumentRefs[i]);
  return CallOutcome.inlined;
}

/** Names of the last arguments of the call being recorded (tuple ref), 0: none. */
let keywordNames = 0;

/** Puts the arguments in the order of the parameters and adds defaults; false if the interpreter must do it. */
function bindParameters(): boolean {
  const { code, fn, functionRef } = callee;
  const argCount = words[(code << 1) + Code.argCount];
  const total = argCount + words[(code << 1) + Code.keywordOnlyCount];
  const named = keywordNames === 0 ? 0 : words[(keywordNames << 1) + Tuple.size];
  const flags = words[(code << 1) + Code.flags];
  const takesMore = (flags & (CodeFlag.varArgs | CodeFlag.varKeywords)) !== 0;
  const positional = Math.min(argumentRefs.length - named, argCount);
  const surplus = argumentRefs.length - named - positional;
  if (surplus > ((flags & CodeFlag.varArgs) !== 0 ? MAX_SPREAD : 0)) return false;
  if (positional === total && named === 0 && !takesMore) return true;
  const variables = words[(code << 1) + Code.variableNames];
  const bound: number[] = new Array(total).fill(0);
  for (let i = 0; i < positional; i++) bound[i] = argumentRefs[i];
  for (let k = 0; k < named; k++) {
    const name = words[(keywordNames + 1 + k) << 1];
    let index = words[(code << 1) + Code.positionalOnlyCount];
    while (index < total && words[(variables + 1 + index) << 1] !== name) index++;
    if (index === total || bound[index] !== 0) return false;
    bound[index] = argumentRefs[positional + surplus + k];
  }
  const defaults = words[(fn << 1) + FunctionObject.defaults];
  const defaultCount = defaults === 0 ? 0 : words[(defaults << 1) + Tuple.size];
  const firstDefault = argCount - defaultCount;
  const keywordDefaults = words[(fn << 1) + FunctionObject.kwdefaults];
  let held = 0;
  for (let i = 0; i < total; i++) {
    if (bound[i] !== 0) continue;
    if (i < argCount) {
      if (i < firstDefault) return false;
      if (ir.isConstant(functionRef)) bound[i] = constantAt(defaults + 1 + i - firstDefault);
      else {
        // of a function made anew each time the defaults are values like others
        if (held === 0) {
          held = emit(U.load_word, functionRef, 0, 0, FunctionObject.defaults * 4);
          emit(U.guard_header, held, 0, 0, T.tuple, defaultCount);
        }
        bound[i] = emit(U.load_field, held, 0, 0, Tuple.items * 4 + (i - firstDefault) * 8);
      }
      continue;
    }
    const name = words[(variables + 1 + i) << 1];
    const cell = keywordDefaults === 0 ? 0 : dictFindString(keywordDefaults, name);
    // of a function made anew each time only the code is guarded
    if (cell === 0 || !ir.isConstant(functionRef)) return false;
    dependOnGlobal(keywordDefaults, name);
    bound[i] = constantAt(cell);
  }
  if ((flags & CodeFlag.varArgs) !== 0) bound.push(tupleOf(argumentRefs.slice(positional, positional + surplus)));
  if ((flags & CodeFlag.varKeywords) !== 0) bound.push(emptyDict());
  argumentRefs.length = 0;
  for (const ref of bound) argumentRefs.push(ref);
  return true;
}

/** What is left of the arguments for `*args`. */
function tupleOf(refs: readonly number[]): number {
  if (refs.length === 0) return constValue(Fixed.emptyTuple, TAG_REF);
  const values = refs.map((ref) => (ir.type[ref] === ir.Type.float ? ref : asValue(ref)));
  const tuple = emit(U.allocate, 0, 0, 0, 1 + values.length);
  emit(U.store_header, tuple, 0, 0, T.tuple, values.length);
  values.forEach((value, i) => {
    storeField(tuple, Tuple.items * 4 + i * 8, value);
  });
  return tuple;
}

/** What `**kwargs` is if no keyword is left for it. Its version of no keys is shared: nobody compares versions of two dicts. */
export function emptyDict(): number {
  const dict = emit(U.allocate, 0, 0, 0, DICT_CELLS);
  emit(U.store_header, dict, 0, 0, T.dict, 0);
  emit(U.store_word, dict, constRef(0), 0, Dict.entries * 4);
  emit(U.store_word, dict, constRef(Fixed.emptyIndex), 0, Dict.index * 4);
  for (const word of [Dict.used, Dict.keysVersion, Dict.mask, Dict.watched])
    emit(U.store_word, dict, constWord(0), 0, word * 4);
  recording.currentSnapshot = -1;
  return dict;
}

/**
 * A Python-level operation (property, special method) inlined as a call of `fn` with the given arguments. `gap`: cells
 * that the interpreter leaves between the frames, for the arguments.
 */
export function inlineOperation(
  fn: number,
  refs: readonly number[],
  destination: number,
  kind: ReturnKind,
  returnAddress: number,
  gap = 0,
): CallOutcome {
  if (words[fn << 1] !== T.function) return CallOutcome.fallback;
  dependOnFunction(fn);
  callee.fn = fn;
  callee.functionRef = constRef(fn);
  callee.code = words[(fn << 1) + FunctionObject.code];
  argumentRefs.length = 0;
  keywordNames = 0;
  for (const ref of refs) argumentRefs.push(ref);
  return callFunction(destination, kind, returnAddress, gap);
}

function pushInlined(
  offset: number,
  code: number,
  functionRef: number,
  destination: number,
  returnKind: number,
  returnAddress: number,
): void {
  const caller = currentFrame();
  const chain = ir.chains.length;
  ir.chains.push({
    parent: caller.chain,
    offset,
    functionRef,
    codeRef: code,
    returnAddress,
    destination,
    returnKind,
    registerCount: words[(code << 1) + Code.registerCount],
    generatorRef: 0,
  });
  recording.frames.push({
    chain,
    offset,
    code,
    liveness: livenessOf(code),
    codeStart: firstInstruction(code),
    functionRef,
    destination,
    returnKind,
    returnAddress,
    cell: 0,
    top: offset + H + words[(code << 1) + Code.registerCount],
    generatorRef: 0,
  });
  recording.currentSnapshot = -1;
}

/** Writes a frame header natively at slot `offset` above the frame register's frame. */
function storeHeader(
  offset: number,
  parentOffset: number,
  functionRef: number,
  code: number,
  destination: number,
  kind: number,
  returnAddress: number,
  depth: number,
): void {
  const word = (at: Frame, value: number): void => {
    emit(U.store_frame_word, value, 0, 0, headerByte(offset, at));
  };
  const cell = (cells: number): number => {
    const here = emit(U.frame_cell);
    return cells === 0
      ? here
      : emit(U.int_to_ref, emit(U.add_int_unchecked, emit(U.ref_to_int, here), constInt(cells)));
  };
  word(Frame.function, functionRef);
  word(Frame.locals, constWord(0));
  word(Frame.caller, cell(parentOffset));
  word(Frame.returnAddress, constWord(returnAddress));
  word(Frame.destination, constWord(destination));
  word(Frame.returnKind, constWord(kind));
  // where the callee returns to: an exit of this trace whose state is all in memory, with the caller's frame running
  ir.append(U.store_landing, 0, 0, 0, headerByte(offset, Frame.nativeReturn), 0, ir.beginSnapshot(returnAddress, 0));
  word(Frame.object, constRef(0));
  word(Frame.generator, constRef(0));
  word(Frame.top, cell(offset + H + words[(code << 1) + Code.registerCount]));
  word(Frame.depth, depth);
  word(Frame.code, constRef(code));
}

/** Stores everything that differs from memory (and is live at `pc`), and the headers of inlined frames. */
export function flushToMemory(live: (slot: number) => boolean): void {
  for (const slot of recording.touched) {
    if (recording.modified[slot] === 0 || !live(slot)) continue;
    const ref = recording.slots[slot];
    // boxing may exit, so all of it comes before the first store
    if (ir.type[ref] !== ir.Type.float) asValue(ref);
  }
  for (const slot of recording.touched) {
    if (recording.modified[slot] === 0 || !live(slot)) continue;
    const ref = recording.slots[slot];
    if (ir.type[ref] === ir.Type.float) emit(U.store_frame_float, ref, 0, 0, slot * 8);
    else emit(U.store_frame, asValue(ref), 0, 0, slot * 8);
  }
  const { frames } = recording;
  for (let i = 1; i < frames.length; i++) {
    const { offset, functionRef, code, destination, returnKind, returnAddress } = frames[i];
    storeHeader(offset, frames[i - 1].offset, functionRef, code, destination, returnKind, returnAddress, depthAbove(i));
  }
}
/** Depth word of the frame `levels` above the base frame. */
function depthAbove(levels: number): number {
  const base = emit(U.load_frame_word, 0, 0, 0, Frame.depth * 4);
  return emit(U.int_to_ref, emit(U.add_int_unchecked, emit(U.ref_to_int, base), constInt(levels)));
}

/**
 * Leaves where one more frame would go beyond the recursion limit: the interpreter raises. Depth and limit do not change
 * in a trace, so a loop checks once, before it starts. Inlined frames stay within the margin above State.stackLimit.
 */
function guardDepth(): void {
  const depth = emit(U.ref_to_int, emit(U.load_frame_word, 0, 0, 0, Frame.depth * 4));
  const limit = emit(U.ref_to_int, emit(U.load_state, 0, 0, 0, State.recursionLimit * 4));
  emit(U.guard_less_int, emit(U.add_int_unchecked, depth, constInt(recording.frames.length - 1)), limit);
}

/** Leaves where frames that are about to become real would end, `top` slots above the base, beyond the stack's limit. */
export function guardStack(top: number): void {
  const end = emit(U.add_int_unchecked, emit(U.ref_to_int, emit(U.frame_cell)), constInt(top));
  emit(U.guard_less_equal_int, end, emit(U.ref_to_int, emit(U.load_state, 0, 0, 0, State.stackLimit * 4)));
}

/** Ends the trace with a real call: pushes the callee's frame and goes to its entry. */
function linkCall(destination: number, returnAddress: number): CallOutcome {
  const { code, functionRef } = callee;
  const executor = words[(code << 1) + Code.executor];
  const isSelf = recording.startPc === firstInstruction(code) && recording.startsFunction;
  if (executor === 0 && !isSelf) return CallOutcome.fallback;
  const caller = currentFrame();
  if (caller.top < 0 || recording.frames.some((frame) => frame.generatorRef !== 0)) return CallOutcome.fallback;
  const offset = caller.top;
  const levels = recording.frames.length;
  // limits first: leaving there lets the interpreter raise RecursionError
  guardDepth();
  guardStack(offset + H + words[(code << 1) + Code.registerCount]);
  emit(U.guard_no_interrupt);
  for (const ref of argumentRefs) if (ir.type[ref] !== ir.Type.float) asValue(ref);
  flushToMemory((slot) => isSlotLiveAcross(slot, returnAddress));
  storeHeader(
    offset,
    caller.offset,
    functionRef,
    code,
    destination,
    ReturnKind.deliver,
    returnAddress,
    depthAbove(levels),
  );
  argumentRefs.forEach((ref, i) => {
    if (ir.type[ref] === ir.Type.float) emit(U.store_frame_float, ref, 0, 0, (offset + H + i) * 8);
    else emit(U.store_frame, asValue(ref), 0, 0, (offset + H + i) * 8);
  });
  emit(U.move_frame, 0, 0, 0, offset * 8);
  ir.append(U.jump_executor, 0, 0, 0, isSelf ? -1 : executor, 0, ir.beginSnapshot(firstInstruction(code), 0));
  return CallOutcome.linked;
}

/** A call of a class. */
function recordClassCall(
  type: number,
  typeRef: number,
  cells: number,
  destination: number,
  returnAddress: number,
): CallOutcome {
  if (words[(type << 1) + 0] !== T.type) return CallOutcome.fallback;
  const form = helpersAreLoaded() ? pythonFormOfClass(type, cells, argumentRefs.length, keywordNames) : 0;
  if (form !== 0) {
    guardIdentity(typeRef, type);
    return callForm(form, destination, returnAddress);
  }
  if (keywordNames !== 0 && (words[(type << 1) + Type.flags] & TypeFlag.heapType) === 0) return CallOutcome.fallback;
  if (type === T.range) return recordRange(typeRef, destination);
  if (type === T.float || type === T.int) return recordNumberConversion(type, typeRef, cells, destination);
  if (type === T.type || type === T.bool || type === T.str) return recordSimpleClass(type, typeRef, cells, destination);
  const maker = pythonNew(type);
  const called = recording.frame + H + words[recording.pc + 2];
  if (maker !== 0 && words[recording.pc] !== Op.CALL_EX && words[called << 1] === type) {
    guardIdentity(typeRef, type);
    dependOnType(type);
    dependOnFunction(maker);
    argumentRefs.unshift(constRef(type));
    callee.fn = maker;
    callee.functionRef = constRef(maker);
    callee.code = words[(maker << 1) + FunctionObject.code];
    const kind = keywordNames === 0 ? ReturnKind.construct : ReturnKind.constructNamed;
    return callFunction(destination, kind, returnAddress, 0);
  }
  if (words[(type << 1) + Type.kind] !== Kind.instance) return CallOutcome.fallback;
  const newCell = lookup(type, N.__new__);
  const objectNew = lookup(T.object, N.__new__);
  const initCell = lookup(type, N.__init__);
  if (newCell !== objectNew || initCell === 0 || !isRef(initCell)) return CallOutcome.fallback;
  const init = words[initCell << 1];
  if (words[init << 1] !== T.function) return CallOutcome.fallback;
  if ((words[(type << 1) + Type.flags] & (TypeFlag.abstract | TypeFlag.hasFinalizer)) !== 0)
    return CallOutcome.fallback;
  guardIdentity(typeRef, type);
  dependOnType(type);
  const flags = words[(words[(init << 1) + FunctionObject.code] << 1) + Code.flags];
  if ((flags & CodeFlag.generator) !== 0) return CallOutcome.fallback;
  const instance = newInstanceRef(type);
  dependOnFunction(init);
  argumentRefs.unshift(instance);
  callee.fn = init;
  callee.functionRef = constRef(init);
  callee.code = words[(init << 1) + FunctionObject.code];
  const caller = currentFrame();
  const gapSlot = caller.top;
  const outcome = callFunction(destination, ReturnKind.initialize, returnAddress, 1);
  if (outcome === CallOutcome.inlined) setSlot(gapSlot, instance);
  return outcome;
}

/** range(...) of small ints: the object is made in the trace (and usually never, because only its iterator is used). */
function recordRange(typeRef: number, destination: number): CallOutcome {
  const values = argumentRefs.map((ref, i) => (tagOf(ref, rangeCells + i) === Tag.int ? ref : 0));
  if (values.length < 1 || values.length > 3 || values.includes(0)) return CallOutcome.fallback;
  const ints = argumentRefs.map((ref) => (ir.type[ref] === ir.Type.int ? ref : emit(U.unbox_int, ref)));
  const start = ints.length > 1 ? ints[0] : constInt(0);
  const stop = ints.length > 1 ? ints[1] : ints[0];
  const step = ints.length > 2 ? ints[2] : constInt(1);
  if (ir.op[step] !== U.const_int || ir.intOf(step) !== 1) return CallOutcome.fallback;
  guardIdentity(typeRef, T.range);
  // length = max(0, stop - start); the direction of the comparison is a guard
  const difference = emit(U.subtract_int, stop, start);
  const empty = rangeIsEmptyNow();
  emit(empty ? U.guard_less_equal_int : U.guard_greater_int, difference, constInt(0));
  const boxedStart = asValue(start);
  const boxedStop = asValue(stop);
  const boxedLength = empty ? asValue(constInt(0)) : asValue(difference);
  const range = emit(U.allocate, 0, 0, 0, layouts[Kind.range].cells);
  emit(U.store_header, range, 0, 0, T.range, 0);
  emit(U.store_field, range, boxedStart, 0, Range.start * 4);
  emit(U.store_field, range, boxedStop, 0, Range.stop * 4);
  emit(U.store_field, range, asValue(step), 0, Range.step * 4);
  emit(U.store_field, range, boxedLength, 0, Range.length * 4);
  setRegister(destination, range);
  return CallOutcome.done;
}
let rangeCells = 0;
function rangeIsEmptyNow(): boolean {
  const n = argumentRefs.length;
  const value = (cell: number): number =>
    ((words[(cell << 1) + 1] << 16) >> 16) * 4294967296 + (words[cell << 1] >>> 0);
  return n === 1 ? value(rangeCells) <= 0 : value(rangeCells + 1) <= value(rangeCells);
}

/** type(x), bool(x) where no call is needed, str(x) of a str. */
function recordSimpleClass(type: number, typeRef: number, cells: number, destination: number): CallOutcome {
  if (argumentRefs.length !== 1) return CallOutcome.fallback;
  const ref = argumentRefs[0];
  let result = 0;
  if (type === T.type) result = typeRefOf(ref, cells);
  else if (type === T.bool) result = truthRef(ref, cells);
  else if (tagOf(ref, cells) === Tag.ref && words[words[cells << 1] << 1] === T.str) {
    result = asRef(ref);
    emit(U.guard_type, result, 0, 0, T.str);
  }
  if (result === 0) return CallOutcome.fallback;
  guardIdentity(typeRef, type);
  setRegister(destination, result);
  return CallOutcome.done;
}

/** The type of a value, a constant under a guard. */
function typeRefOf(ref: number, cell: number): number {
  switch (tagOf(ref, cell)) {
    case Tag.int:
      asInt(ref, cell);
      return constRef(T.int);
    case Tag.float:
      asFloat(ref, cell);
      return constRef(T.float);
    case Tag.bool:
      if (ir.type[ref] !== ir.Type.bool) emit(U.unbox_bool, ref);
      return constRef(T.bool);
    case Tag.ref: {
      const type = words[words[cell << 1] << 1];
      emit(U.guard_type, asRef(ref), 0, 0, type);
      return constRef(type);
    }
  }
  return 0;
}

/** float(x), int(x) of numbers. */
function recordNumberConversion(type: number, typeRef: number, cells: number, destination: number): CallOutcome {
  if (argumentRefs.length !== 1) return CallOutcome.fallback;
  const ref = argumentRefs[0];
  const tag = tagOf(ref, cells);
  if (tag !== Tag.int && tag !== Tag.float) return CallOutcome.fallback;
  guardIdentity(typeRef, type);
  if (type === T.float) setRegister(destination, asFloat(ref, cells));
  else setRegister(destination, tag === Tag.int ? asInt(ref, cells) : emit(U.float_to_int, asFloat(ref, cells)));
  return CallOutcome.done;
}

/** Remembers where the arguments lie now. */
export function setArgumentCells(cells: number): void {
  rangeCells = cells;
}
