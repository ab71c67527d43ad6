/**
 * Calls of the loops that are written in Python (src/modules/builtins.py), for natives that take items from Python code.
 * One nested run of the interpreter then serves all items, and the JIT sees the loop. The interpreter, which lies above,
 * registers the loader; without one (tests of the object layer) the natives keep to their own loops.
 */
import { addRootScanner, mark } from '../heap/collector.ts';
import { T } from '../heap/fixed.ts';
import { Iterator, Kind } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { isRef, refAt, setRef } from '../heap/values.ts';
import { dictFindString } from './dicts.ts';
import { call } from './invoke.ts';
import { fillNatives } from './modules.ts';
import { intern } from './strings.ts';
import { kindOf } from './types.ts';

let load: (() => number) | null = null;
/** Ref of the dict of the helpers; 0 before the first use. */
let namespace = 0;
addRootScanner(() => mark(namespace));

/** Owner of the natives that builtins.py finds among its names besides the builtins. */
export const HELPER_NATIVES = 'builtins.py';

/** `loader` runs builtins.py and returns the ref of its namespace; called at most once, when first needed. */
export function setHelperLoader(loader: () => number): void {
  load = loader;
}

/** True for an iterator whose every item takes Python code, if there is an interpreter to run the helpers. */
export function drivesPython(iterator: number): boolean {
  if (load === null || !isRef(iterator)) return false;
  const ref = refAt(iterator);
  const type = words[ref << 1];
  switch (kindOf(ref)) {
    case Kind.generator:
      return type === T.generator;
    case Kind.instance:
      return true;
    case Kind.iterator:
      // map and filter with a Python function or method
      return type === T.map || type === T.filter ? isPythonCallable(ref + (Iterator.current >> 1)) : false;
  }
  return false;
}

/** True for a Python function, or a method that may be one. */
export function isPythonCallable(slot: number): boolean {
  if (load === null || !isRef(slot)) return false;
  const kind = kindOf(refAt(slot));
  return kind === Kind.function || kind === Kind.method || kind === Kind.instance;
}

/** result = helper(*args): `count` rooted slots from `args` on. Only if drivesPython or isPythonCallable said so. */
export function callHelper(name: string, args: number, count: number, result: number): void {
  const fn = pushSlots(1);
  setRef(fn, helperFunction(name));
  call(fn, args, count, result);
  popSlots(1);
}

/** Are the helpers loaded, so that helperFunction calls no Python? */
export function helpersAreLoaded(): boolean {
  return namespace !== 0;
}

/** The function of this name in builtins.py. The first time of all it calls Python. */
export function helperFunction(name: string): number {
  if (namespace === 0) {
    namespace = load!();
    fillNatives(HELPER_NATIVES, namespace);
  }
  return words[dictFindString(namespace, intern(name)) << 1];
}
