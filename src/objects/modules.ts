/**
 * Module objects, and the table of modules that are written in TypeScript. Such a module is declared by `natives('name',
 * ...)` for its functions and `registerModule('name', init)` for the rest; it is made when it is first imported.
 */
import { Fixed, T } from '../heap/fixed.ts';
import { Module, Native } from '../heap/layouts.ts';
import { allocate, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { setNull, setRef } from '../heap/values.ts';
import { materializeTypes } from './declared-types.ts';
import { dictSetString, newDict } from './dicts.ts';
import { moduleDocumentation } from './documentation.ts';
import { N } from './names.ts';
import { nativeTable } from './natives.ts';
import { intern, newString } from './strings.ts';

/** Fills a fresh module's dict with what is no function. */
export type ModuleInitializer = (dict: number) => void;

const initializers = new Map<string, ModuleInitializer>();

/** Declares a module; `init` runs when it is first imported (once per process). */
export function registerModule(name: string, init: ModuleInitializer = () => {}): void {
  initializers.set(name, init);
}
export function isNativeModule(name: string): boolean {
  return initializers.has(name);
}
export function nativeModuleNames(): string[] {
  return [...initializers.keys()].sort();
}

/** A module object with an empty namespace but for `__name__` and its kin. Allocates only. */
export function newModule(name: string): number {
  const ref = allocate(2);
  const m = ref << 1;
  words[m] = T.module;
  words[m + Module.aux] = 0;
  const dict = newDict();
  words[m + Module.dict] = dict;
  words[m + Module.spare] = 0;
  const slot = pushSlots(1);
  setRef(slot, intern(name));
  dictSetString(dict, N.__name__, slot);
  setRef(slot, Fixed.none);
  for (const attribute of [N.__doc__, N.__package__, N.__loader__, N.__spec__]) dictSetString(dict, attribute, slot);
  popSlots(1);
  return ref;
}

/** The native function number `number` as an object. Allocates only. */
export function newNativeFunction(number: number): number {
  const ref = allocate(3);
  const n = ref << 1;
  words[n] = T.builtin_function_or_method;
  words[n + Native.number] = number;
  setNull(ref + (Native.self >> 1));
  words[n + Native.name] = intern(nativeTable[number].name);
  words[n + Native.owner] = 0;
  return ref;
}

/** Puts the functions declared for `owner` into a namespace. */
export function fillNatives(owner: string, dict: number): void {
  const slot = pushSlots(1);
  for (const native of nativeTable) {
    if (native.owner !== owner || native.number === 0) continue;
    setRef(slot, newNativeFunction(native.number));
    dictSetString(dict, intern(native.name), slot);
  }
  popSlots(1);
}

/** Sets `__doc__`, where something is known to say. */
function describe(name: string, dict: number): void {
  const known = moduleDocumentation(name);
  if (known === '') return;
  const slot = pushSlots(1);
  setRef(slot, newString(known));
  dictSetString(dict, N.__doc__, slot);
  popSlots(1);
}

/** Makes a module that is written in TypeScript. The caller enters it in sys.modules. */
export function createNativeModule(name: string): number {
  const module = newModule(name);
  const dict = words[(module << 1) + Module.dict];
  describe(name, dict);
  fillNatives(name, dict);
  materializeTypes(name, dict);
  // modules with a part written in Python run that here, so the module must not be lost
  const slot = pushSlots(1);
  setRef(slot, module);
  initializers.get(name)?.(dict);
  popSlots(1);
  return module;
}
