/**
 * The inline caches, in one place, and the specialization of calls. x0, x1, ... are the cache words of an instruction in
 * order (operand letters x). The JIT's recorder reads the same caches.
 *
 *   LOAD_GLOBAL_MODULE    x0 keys version of the globals dict, x1 cell of the value
 *   LOAD_GLOBAL_BUILTIN   x0 keys version of the globals, x1 cell of the value, x2 keys version of the builtins dict
 *   LOAD_NAME             only where Frame.locals is 0: x0, x1 as above, x2 = 0 for a global, else as in LOAD_GLOBAL_BUILTIN
 *   STORE_NAME, STORE_GLOBAL  x0 keys version of the globals, x1 cell of the value (STORE_NAME: Frame.locals must be 0)
 *   LOAD_ATTR_SLOT        x0 version of the object's type, x1 its shape, x2 word offset of the value from the object;
 *                         negative: minus the word offset from the overflow array
 *   LOAD_ATTR_METHOD      x0 type version, x1 shape, x2 function (Python); yields a bound method
 *   LOAD_ATTR_MODULE      x0 keys version of the module's dict, x1 cell of the value
 *   LOAD_ATTR_CLASS       x0 version, x1 shape (through an instance: version is its type's) or 0 (through the class
 *                         itself), x2 cell of the value, x3 the class (only if x1 = 0)
 *   LOAD_ATTR_PROPERTY    x0 type version, x2 getter (Python function of one simple argument)
 *   STORE_ATTR_SLOT       x0 type version, x1 shape, x2 offset as in LOAD_ATTR_SLOT
 *   STORE_ATTR_ADD        x0 type version, x1 shape before, x2 word offset (inline), x3 shape after
 *   LOAD_METHOD_CACHED    x0 type version, x1 shape, or 0 if instances have no attributes of their own, x2 function:
 *                         a Python function or an unbound native method
 *   x4 of all attribute instructions: executions until the general form tries to specialize again
 *   CALL_PYTHON           x0 code object, x1 cells of the frame (header and registers); the function's code is simple and
 *                         the arguments, self included, are exactly its parameters
 *   CALL_NATIVE           x0 the native (no bound self), x1 its number
 *   CALL_CLASS            x0 version of the class, x1 its code of `__init__` (a hint; not yet used by the interpreter)
 *   x3 of CALL            executions until it tries again
 *   JUMP_BACKWARD         x0 heat, x1 executor (jit-hooks.ts)
 */
import { Op } from '../compiler/instructions.ts';
import { T } from '../heap/fixed.ts';
import { Code, CodeFlag, FRAME_HEADER_CELLS, FunctionObject, Kind, Native, Type } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { isNull, isRef, refAt } from '../heap/values.ts';
import { isGeneratorMethod } from './generators.ts';

const BACKOFF = 16;

/** Rewrites the CALL at `pc` for the callable and argument count (self included) it has now, if that has a fast form. */
export function specializeCall(pc: number, callable: number, count: number): void {
  if (words[pc] !== Op.CALL) {
    words[pc] = Op.CALL;
    words[pc + 7] = BACKOFF;
    return;
  }
  if (words[pc + 7] > 0) {
    words[pc + 7]--;
    return;
  }
  words[pc + 7] = BACKOFF;
  if (!isRef(callable)) return;
  const ref = refAt(callable);
  const type = words[ref << 1];
  if (type === T.function) {
    const code = words[(ref << 1) + FunctionObject.code];
    const c2 = code << 1;
    if ((words[c2 + Code.flags] & CodeFlag.simple) === 0 || words[c2 + Code.argCount] !== count) return;
    words[pc + 4] = code;
    words[pc + 5] = FRAME_HEADER_CELLS + words[c2 + Code.registerCount];
    words[pc] = Op.CALL_PYTHON;
    return;
  }
  if (words[(type << 1) + Type.kind] === Kind.native && isNull(ref + (Native.self >> 1))) {
    const number = words[(ref << 1) + Native.number];
    if (isGeneratorMethod(number)) return;
    words[pc + 4] = ref;
    words[pc + 5] = number;
    words[pc] = Op.CALL_NATIVE;
  }
}
