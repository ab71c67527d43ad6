/**
 * Calls: every kind of callable, from every kind of call instruction. Python functions get a frame that the loop goes on
 * with; classes with a Python `__init__` get an instance and the frame of `__init__`; generators' own methods resume the
 * generator's frame; natives run here and now. All functions that return a number return the word index at which the
 * loop goes on, with State.frame and State.stackTop up to date.
 */
import { Op } from '../compiler/instructions.ts';
import { State, T } from '../heap/fixed.ts';
import {
  Code,
  CodeFlag,
  FRAME_HEADER_CELLS,
  Frame,
  FunctionObject,
  Kind,
  Method,
  Native,
  Tuple,
  Type,
  TypeFlag,
  Wrapper,
} from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef } from '../heap/values.ts';
import { callType, newInstance } from '../objects/classes.ts';
import { recordValue } from '../objects/declared-types.ts';
import { PYTHON_ERROR, raise, raiseTypeError } from '../objects/errors.ts';
import { callKeywords } from '../objects/invoke.ts';
import { findCached, LRU_CACHE, LruCache } from '../objects/lru-caches.ts';
import { N } from '../objects/names.ts';
import { callNative } from '../objects/natives-binding.ts';
import { mergedCount, mergedNames, mergePartialCall, PARTIAL, Partial } from '../objects/partials.ts';
import { inheritsNative, lookup, typeNameOf, typeOf } from '../objects/types.ts';
import { bindArguments } from './arguments.ts';
import { openFrame, ReturnKind } from './frames.ts';
import { isGeneratorMethod, resumeByMethod } from './generators.ts';
import { jit } from './jit-hooks.ts';
import { pythonForm, pythonFormOfClass } from './python-forms.ts';
import { safePoint } from './safe-point.ts';
import { specializeCall } from './specialize.ts';

const H = FRAME_HEADER_CELLS;

/** Raises RecursionError if the running frame may have no callee, MemoryError if the VM stack is full. */
export function checkDepth(frame: number, top: number): void {
  if (frame !== 0 && words[(frame << 1) + Frame.depth] >= words[State.recursionLimit]) {
    raise(T.RecursionError, 'maximum recursion depth exceeded');
  }
  if (top > words[State.stackLimit]) raise(T.RecursionError, 'maximum recursion depth exceeded');
}

/**
 * Pushes the frame of Python function `fn` above State.stackTop, called from State.frame, and binds its arguments
 * (anywhere below State.stackTop; they need not survive). Returns its first instruction.
 */
export function pushFunction(
  fn: number,
  args: number,
  count: number,
  keywordNames: number,
  returnAddress: number,
  destination: number,
  kind: ReturnKind,
): number {
  const code = words[(fn << 1) + FunctionObject.code];
  const c2 = code << 1;
  const caller = words[State.frame];
  const frame = words[State.stackTop];
  checkDepth(caller, frame + H + words[c2 + Code.registerCount]);
  if (words[c2 + Code.argCount] === count && (words[c2 + Code.flags] & CodeFlag.simple) !== 0 && keywordNames === 0) {
    let to = (frame + H) << 1;
    const end = (args + count) << 1;
    for (let from = args << 1; from < end; ) words[to++] = words[from++];
  } else if (keywordNames !== 0 || !bindDefaults(fn, code, args, count, frame + H)) {
    bindArguments(fn, code, args, count, keywordNames, frame + H);
  }
  return openFrame(frame, fn, code, caller, returnAddress, destination, kind);
}

/** The frequent case of binding: positional arguments only, the last parameters from the defaults. False: not this. */
function bindDefaults(fn: number, code: number, args: number, count: number, registers: number): boolean {
  const defaults = words[(fn << 1) + FunctionObject.defaults];
  if (defaults === 0 || (words[(code << 1) + Code.flags] & CodeFlag.simple) === 0) return false;
  const argCount = words[(code << 1) + Code.argCount];
  const missing = argCount - count;
  const defaultCount = words[(defaults << 1) + Tuple.size];
  if (missing < 0 || missing > defaultCount) return false;
  let to = registers << 1;
  let end = (args + count) << 1;
  for (let from = args << 1; from < end; ) words[to++] = words[from++];
  end = (defaults + 1 + defaultCount) << 1;
  for (let from = end - (missing << 1); from < end; ) words[to++] = words[from++];
  return true;
}

/** Function entry when there may be compiled code or the function became hot. True: start recording. */
export function enterFunction(code: number, frame: number): boolean {
  const executor = words[(code << 1) + Code.executor];
  if (executor !== 0) {
    const record = jit.hooks.enterExecutor(executor);
    if (words[State.raised] !== 0) throw PYTHON_ERROR;
    return record;
  }
  return jit.hooks.hotFunction(code, frame);
}

/** CALL (`driXXXX`) in general; tries to specialize the instruction. */
export function callInstruction(pc: number, base: number): number {
  if (words[State.interrupt] !== 0) safePoint();
  const callable = base + words[pc + 2];
  let args = callable + 1;
  let count = words[pc + 3] + 1;
  if (isNull(args)) {
    args++;
    count--;
  }
  specializeCall(pc, callable, count);
  return callValue(callable, args, count, 0, pc + 8, words[pc + 1]);
}

/** CALL of the native that the cache names: x0 = the native's ref, x1 its number, x2 whether it is a bound method. */
export function callNativeInstruction(pc: number, base: number): number {
  const callable = base + words[pc + 2];
  if (words[callable << 1] !== words[pc + 4] || !isRef(callable)) return callInstruction(pc, base);
  let args = callable + 1;
  let count = words[pc + 3] + 1;
  if (isNull(args)) {
    args++;
    count--;
  }
  const form = pythonForm(words[pc + 5], args, count, 0);
  if (form !== 0) return pushFunction(form, args, count, 0, pc + 8, words[pc + 1], ReturnKind.deliver);
  callNative(words[pc + 5], args, count, 0, base + words[pc + 1]);
  return pc + 8;
}

/** CALL_KW (`dric`). */
export function callKeywordInstruction(pc: number, base: number): number {
  if (words[State.interrupt] !== 0) safePoint();
  const callable = base + words[pc + 2];
  let args = callable + 1;
  let count = words[pc + 3] + 1;
  if (isNull(args)) {
    args++;
    count--;
  }
  return callValue(callable, args, count, words[words[pc + 4] << 1], pc + 5, words[pc + 1]);
}

/**
 * Calls the value in cell `callable` from the running frame; the result goes to register `destination`, then the loop
 * goes on at `next`. Of the `count` arguments the last are named by the tuple (0: none).
 */
export function callValue(
  callable: number,
  args: number,
  count: number,
  keywordNames: number,
  next: number,
  destination: number,
): number {
  const type = typeOf(callable);
  switch (words[(type << 1) + Type.kind]) {
    case Kind.function:
      return pushFunction(refAt(callable), args, count, keywordNames, next, destination, ReturnKind.deliver);
    case Kind.native: {
      const native = refAt(callable) << 1;
      const number = words[native + Native.number];
      const self = refAt(callable) + (Native.self >> 1);
      if (!isNull(self)) {
        const shifted = prependSelf(self, args, count);
        if (isGeneratorMethod(number)) {
          const resumed = resumeByMethod(number, shifted, count + 1, keywordNames, next, destination);
          if (resumed !== 0) return resumed;
        }
        callNative(number, shifted, count + 1, keywordNames, words[State.frame] + H + destination);
        words[State.stackTop] = words[(words[State.frame] << 1) + Frame.top];
        return next;
      }
      if (isGeneratorMethod(number)) {
        const resumed = resumeByMethod(number, args, count, keywordNames, next, destination);
        if (resumed !== 0) return resumed;
      }
      const form = pythonForm(number, args, count, keywordNames);
      if (form !== 0) return pushFunction(form, args, count, keywordNames, next, destination, ReturnKind.deliver);
      callNative(number, args, count, keywordNames, words[State.frame] + H + destination);
      return next;
    }
    case Kind.method: {
      const method = refAt(callable);
      const fn = method + (Method.function >> 1);
      if (isRef(fn) && words[refAt(fn) << 1] === T.function) {
        const self = method + (Method.self >> 1);
        return pushWithSelf(refAt(fn), self, args, count, keywordNames, next, destination, ReturnKind.deliver);
      }
      const shifted = prependSelf(method + (Method.self >> 1), args, count);
      return callValue(method + (Method.function >> 1), shifted, count + 1, keywordNames, next, destination);
    }
    case Kind.type:
      return callClass(callable, args, count, keywordNames, next, destination);
  }
  switch (type) {
    case PARTIAL: {
      const merged = mergePartialCall(callable, args, count, keywordNames);
      const fn = recordValue(refAt(callable), Partial.function);
      return callValue(fn, merged, mergedCount, mergedNames, next, destination);
    }
    case LRU_CACHE: {
      const fn = recordValue(refAt(callable), LruCache.function);
      if (isRef(fn) && words[refAt(fn) << 1] === T.function) {
        return callCached(callable, refAt(fn), args, count, keywordNames, next, destination);
      }
    }
  }
  const found = lookup(type, N.__call__);
  if (found === 0) raiseTypeError(`'${typeNameOf(type)}' object is not callable`);
  if (isRef(found) && words[refAt(found) << 1] === T.function) {
    return pushWithSelf(refAt(found), callable, args, count, keywordNames, next, destination, ReturnKind.deliver);
  }
  callKeywords(callable, args, count, keywordNames, words[State.frame] + H + destination);
  return next;
}

/** Calls an lru_cache's wrapper around a Python function: a hit at once, a miss by a frame of the function. */
function callCached(
  callable: number,
  fn: number,
  args: number,
  count: number,
  keywordNames: number,
  next: number,
  destination: number,
): number {
  const wrapper = refAt(callable);
  const slots = pushSlots(3);
  const hit = findCached(callable, args, count, keywordNames, slots + 1, words[State.frame] + H + destination);
  if (hit) {
    words[State.stackTop] = slots;
    return next;
  }
  setRef(slots, wrapper);
  return pushFunction(fn, args, count, keywordNames, next, destination, ReturnKind.cached);
}

/**
 * pushFunction with `self` (a cell) before the arguments. They are put together above where the new frame will end, so
 * that it lies right above State.stackTop, where compiled code has it too.
 */
function pushWithSelf(
  fn: number,
  self: number,
  args: number,
  count: number,
  keywordNames: number,
  next: number,
  destination: number,
  kind: ReturnKind,
): number {
  const code = words[(fn << 1) + FunctionObject.code];
  const end = words[State.stackTop] + H + words[(code << 1) + Code.registerCount];
  // beyond the limit there is room for a thousand and more
  if (count > 1000 || end > words[State.stackLimit]) {
    const slots = prependSelf(self, args, count);
    if (kind === ReturnKind.initialize) copyValue(pushSlots(1), self);
    return pushFunction(fn, slots, count + 1, keywordNames, next, destination, kind);
  }
  copyValue(end, self);
  let to = (end + 1) << 1;
  const last = (args + count) << 1;
  for (let from = args << 1; from < last; ) words[to++] = words[from++];
  return pushFunction(fn, end, count + 1, keywordNames, next, destination, kind);
}

/** Copies `self` and the arguments to fresh slots on the VM stack, which the callee's frame then lies above. */
function prependSelf(self: number, args: number, count: number): number {
  const slots = pushSlots(count + 1);
  copyValue(slots, self);
  let to = (slots + 1) << 1;
  const end = (args + count) << 1;
  for (let from = args << 1; from < end; ) words[to++] = words[from++];
  return slots;
}

/** Calling a class: pushes a Python `__init__` where `__new__` is object's; anything else is the object layer's. */
function callClass(
  callable: number,
  args: number,
  count: number,
  keywordNames: number,
  next: number,
  destination: number,
): number {
  const cls = refAt(callable);
  if (instantiatesPlainly(cls)) {
    const init = lookup(cls, N.__init__);
    if (isRef(init) && words[refAt(init) << 1] === T.function) {
      // the instance lies right below the frame, for ReturnKind.initialize
      const instance = pushSlots(1);
      setRef(instance, newInstance(cls));
      return pushWithSelf(refAt(init), instance, args, count, keywordNames, next, destination, ReturnKind.initialize);
    }
  }
  const maker = pythonNew(cls);
  if (maker !== 0 && isDirectCall(callable, keywordNames)) {
    const kind = keywordNames === 0 ? ReturnKind.construct : ReturnKind.constructNamed;
    return pushWithSelf(maker, callable, args, count, keywordNames, next, destination, kind);
  }
  const form = pythonFormOfClass(cls, args, count, keywordNames);
  if (form !== 0) return pushFunction(form, args, count, 0, next, destination, ReturnKind.deliver);
  callType(callable, args, count, keywordNames, words[State.frame] + H + destination);
  return next;
}

/** Is it the running instruction that calls what is in this cell, with its operands in a row of registers behind it? */
function isDirectCall(callable: number, keywordNames: number): boolean {
  const pc = words[State.pc];
  const op = words[pc];
  if (keywordNames !== 0 ? op !== Op.CALL_KW : op !== Op.CALL && op !== Op.CALL_CLASS) return false;
  return callable === words[State.frame] + H + words[pc + 2];
}

/** The Python function that is `__new__` of a class without a metaclass and without an `__init__` of its own, or 0. */
export function pythonNew(cls: number): number {
  if (words[cls << 1] !== T.type || (words[(cls << 1) + Type.flags] & TypeFlag.heapType) === 0) return 0;
  if (!inheritsNative(cls, N.__init__, T.object)) return 0;
  const cell = lookup(cls, N.__new__);
  if (cell === 0 || !isRef(cell) || words[refAt(cell) << 1] !== T.staticmethod) return 0;
  const fn = refAt(cell) + (Wrapper.value >> 1);
  return isRef(fn) && words[refAt(fn) << 1] === T.function ? refAt(fn) : 0;
}

/** True if calling `cls` makes a plain instance and calls `__init__`: no metaclass, no `__new__`, nothing abstract. */
export function instantiatesPlainly(cls: number): boolean {
  return (
    words[cls << 1] === T.type &&
    words[(cls << 1) + Type.kind] === Kind.instance &&
    (words[(cls << 1) + Type.flags] & (TypeFlag.abstract | TypeFlag.heapType)) === TypeFlag.heapType &&
    inheritsNative(cls, N.__new__, T.object)
  );
}
