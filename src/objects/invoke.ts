/**
 * Calling anything from TypeScript. The kinds of callables are dispatched here; a Python function is handed to the
 * interpreter, which lies above and registers itself (`setInvoker`), and then runs a nested loop. The interpreter's
 * own CALL instruction pushes frames instead and comes here only for what is no Python function.
 *
 * Arguments lie in consecutive cells, the keyword ones last, named by a tuple of str (0: none). They must be rooted
 * (VM stack, or part of a live object). Everything here may run Python code and may raise.
 */
import { State, T } from '../heap/fixed.ts';
import { Kind, Method, Native, Type } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isRef, refAt } from '../heap/values.ts';
import { findMethod, loadMethod } from './attributes.ts';
import { callType } from './classes.ts';
import { clearRaised, matchesRaised, raiseTypeError } from './errors.ts';
import { N } from './names.ts';
import { callNative } from './natives-binding.ts';
import { operatorsOf } from './operator-tables.ts';
import { intern } from './strings.ts';
import { lookup, typeNameOf, typeOf } from './types.ts';

/** Runs the Python function in `functionSlot`; `count` includes the keyword arguments, whose names are the tuple. */
export type Invoker = (functionSlot: number, args: number, count: number, keywordNames: number, result: number) => void;

let invokeFunction: Invoker = () => {
  throw new Error('no interpreter is installed');
};
/** Installed by the interpreter: runs a Python function (Kind.function) in a nested loop. */
export function setInvoker(invoker: Invoker): void {
  invokeFunction = invoker;
}

/** result = callable(*args), positional arguments only. */
export function call(callable: number, args: number, count: number, result: number): void {
  callKeywords(callable, args, count, 0, result);
}

/** result = callable(...): of the `count` arguments the last ones are named by the tuple (0: none). */
export function callKeywords(
  callable: number,
  args: number,
  count: number,
  keywordNames: number,
  result: number,
): void {
  const type = typeOf(callable);
  switch (words[(type << 1) + Type.kind]) {
    case Kind.function:
      invokeFunction(callable, args, count, keywordNames, result);
      return;
    case Kind.native: {
      const native = refAt(callable);
      const self = native + (Native.self >> 1);
      if (words[self << 1] === 0 && words[(self << 1) + 1] === -65536) {
        callNative(words[(native << 1) + Native.number], args, count, keywordNames, result);
      } else {
        const base = pushSlots(count + 1);
        copyValue(base, self);
        for (let i = 0; i < count; i++) copyValue(base + 1 + i, args + i);
        callNative(words[(native << 1) + Native.number], base, count + 1, keywordNames, result);
        words[State.stackTop] = base;
      }
      return;
    }
    case Kind.method: {
      const method = refAt(callable);
      callWithSelf(method + (Method.function >> 1), method + (Method.self >> 1), args, count, keywordNames, result);
      return;
    }
    case Kind.type:
      callType(callable, args, count, keywordNames, result);
      return;
  }
  const routine = operatorsOf(type)?.call;
  if (routine) {
    routine(callable, args, count, keywordNames, result);
    return;
  }
  const found = lookup(type, N.__call__);
  if (found === 0) raiseTypeError(`'${typeNameOf(type)}' object is not callable`);
  const base = pushSlots(2);
  copyValue(base, callable);
  if (!findMethod(base, N.__call__, base)) raiseTypeError(`'${typeNameOf(type)}' object is not callable`);
  if (words[(base + 1) << 1] === 0 && words[((base + 1) << 1) + 1] === -65536) {
    callKeywords(base, args, count, keywordNames, result);
  } else callWithSelf(base, base + 1, args, count, keywordNames, result);
  popSlots(2);
}

/** result = function(self, *args): copies the arguments behind self onto the VM stack. */
export function callWithSelf(
  callable: number,
  self: number,
  args: number,
  count: number,
  keywordNames: number,
  result: number,
): void {
  const base = pushSlots(count + 2);
  copyValue(base, callable);
  copyValue(base + 1, self);
  for (let i = 0; i < count; i++) copyValue(base + 2 + i, args + i);
  if (words[(typeOf(base) << 1) + Type.kind] === Kind.native && isUnbound(refAt(base))) {
    callNative(words[(refAt(base) << 1) + Native.number], base + 1, count + 1, keywordNames, result);
  } else callKeywords(base, base + 1, count + 1, keywordNames, result);
  words[State.stackTop] = base;
}

function isUnbound(native: number): boolean {
  const self = native + (Native.self >> 1);
  return words[self << 1] === 0 && words[(self << 1) + 1] === -65536;
}

/** result = object.name(*args); AttributeError if there is no such attribute. */
export function callMethod(object: number, name: string, args: number, count: number, result: number): void {
  callMethodRef(object, intern(name), args, count, result);
}

/** Like callMethod, with the name as an interned str. */
export function callMethodRef(object: number, name: number, args: number, count: number, result: number): void {
  const base = pushSlots(2);
  loadMethod(object, name, base);
  if (isRef(base + 1) && refAt(base + 1) === 0) call(base, args, count, result);
  else callWithSelf(base, base + 1, args, count, 0, result);
  words[State.stackTop] = base;
}

/**
 * result = special method `name` of the object, looked up on its type only, called with `count` arguments; false if the
 * type has none.
 */
export function callSpecial(object: number, name: number, args: number, count: number, result: number): boolean {
  if (lookup(typeOf(object), name) === 0) return false;
  const base = pushSlots(2);
  return finishSpecial(findMethod(object, name, base), base, args, count, result);
}

/** callSpecial for comparisons: an AttributeError of the descriptor that should yield the method means that there is none. */
export function callComparison(object: number, name: number, other: number, result: number): boolean {
  const base = pushSlots(2);
  let found = false;
  try {
    found = findMethod(object, name, base);
  } catch (error) {
    if (!matchesRaised(error, T.AttributeError)) throw error;
    clearRaised();
    words[State.stackTop] = base + 2;
  }
  return finishSpecial(found, base, other, 1, result);
}

/** Calls what findMethod() found, or did not find, in `base` and gives back the slots from there on. */
function finishSpecial(found: boolean, base: number, args: number, count: number, result: number): boolean {
  if (!found) {
    words[State.stackTop] = base;
    return false;
  }
  if (isRef(base + 1) && refAt(base + 1) === 0) call(base, args, count, result);
  else callWithSelf(base, base + 1, args, count, 0, result);
  words[State.stackTop] = base;
  return true;
}
