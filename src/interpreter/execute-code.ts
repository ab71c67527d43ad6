/** Running a code object that takes no arguments, in a nested run: modules, class bodies, exec and eval. */
import { State, T } from '../heap/fixed.ts';
import { Frame, FunctionObject } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { isRef, refAt, setRef } from '../heap/values.ts';
import { dictFindString, dictSetString } from '../objects/dicts.ts';
import { raiseTypeError } from '../objects/errors.ts';
import { newFunction } from '../objects/functions.ts';
import { N } from '../objects/names.ts';
import { lookup, typeName } from '../objects/types.ts';
import { pushFunction } from './calls.ts';
import { ReturnKind } from './frames.ts';
import { jit } from './jit-hooks.ts';
import { run } from './loop.ts';

/** Runs the code of function object `fn` with `locals` (ref of a mapping; 0: the globals) as its names. */
export function runBody(fn: number, locals: number, result: number): void {
  jit.hooks.nestedRun();
  const frame = words[State.frame];
  const pc = words[State.pc];
  const top = words[State.stackTop];
  try {
    const first = pushFunction(fn, 0, 0, 0, pc + 1, result, ReturnKind.exit);
    words[(words[State.frame] << 1) + Frame.locals] = locals;
    run(first);
  } finally {
    words[State.frame] = frame;
    words[State.pc] = pc;
    words[State.stackTop] = top;
  }
}

/**
 * Runs a code object with the given globals (dict) and locals (mapping, 0: the globals); the globals get
 * `__builtins__` (`missingBuiltins`) if they lack it, as exec does. `closure` is the tuple of its free variables' cells, if it has any.
 */
export function runCode(
  code: number,
  globals: number,
  locals: number,
  result: number,
  closure = 0,
  missingBuiltins = words[State.builtinsDict],
): void {
  const slots = pushSlots(2);
  setRef(slots, code);
  const builtins = builtinsFor(globals, missingBuiltins);
  const fn = newFunction(code, globals, 0, 0, closure, 0);
  words[(fn << 1) + FunctionObject.builtins] = builtins;
  setRef(slots + 1, fn);
  runBody(fn, locals === globals ? 0 : locals, result);
  popSlots(2);
}

/**
 * The builtins, a dict or another mapping, that code with these globals sees: what `__builtins__` says, which becomes
 * `missing` where there is none.
 */
function builtinsFor(globals: number, missing: number): number {
  const cell = dictFindString(globals, N.__builtins__);
  if (cell === 0) {
    const slot = pushSlots(1);
    setRef(slot, missing);
    dictSetString(globals, N.__builtins__, slot);
    popSlots(1);
    return missing;
  }
  if (isRef(cell)) {
    const ref = refAt(cell);
    if (words[ref << 1] === T.module) return words[(ref << 1) + 2];
    // any mapping will do
    if (words[ref << 1] === T.dict || lookup(words[ref << 1], N.__getitem__) !== 0) return ref;
  }
  return raiseTypeError(`'${typeName(cell)}' object is not subscriptable`) as never;
}
