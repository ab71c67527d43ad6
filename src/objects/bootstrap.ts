/**
 * Start-up of the object model: fills the fixed cells (singletons, built-in types), puts the natives that were declared
 * into the namespaces of their types, and makes the module `builtins` and the dict of modules. Everything that declares
 * natives or operators must have been loaded before; all-types.ts imports it.
 */
import { DeclaredTypes, Fixed, State, StateCell, T } from '../heap/fixed.ts';
import { Module, TYPE_CELLS, Type } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { setRef } from '../heap/values.ts';
import './all-types.ts';
import { installNative } from './declared-types.ts';
import { dictReserve, dictSetString, newDict } from './dicts.ts';
import { newException, setMemoryError } from './errors.ts';
import { createNativeModule } from './modules.ts';
import { internNames, N } from './names.ts';
import { nativeTable } from './natives.ts';
import { unhashableTypes } from './operator-tables.ts';
import { intern } from './strings.ts';
import { defineBuiltinTypes } from './types.ts';

/** A slot outside the stack for values on their way into a namespace. */
const TEMPORARY = StateCell.scratch + 33;

/** Once per process, before anything else of the object model (not after loading a heap image). */
export function bootstrap(): void {
  singleton(Fixed.none, T.NoneType);
  singleton(Fixed.true, T.bool);
  singleton(Fixed.false, T.bool);
  singleton(Fixed.notImplemented, T.NotImplementedType);
  singleton(Fixed.ellipsis, T.ellipsis);
  defineBuiltinTypes();
  installNatives();
  setRef(TEMPORARY, Fixed.none);
  // built-in types have no documentation; objects find that here
  dictSetString(words[(T.object << 1) + Type.dict], intern('__doc__'), TEMPORARY);
  for (const type of unhashableTypes) {
    if (type < DeclaredTypes.first) dictSetString(words[(type << 1) + Type.dict], intern('__hash__'), TEMPORARY);
  }
  // without docstrings of their own, all objects have this one
  setRef(TEMPORARY, Fixed.none);
  dictSetString(words[(T.object << 1) + Type.dict], intern('__doc__'), TEMPORARY);
  internNames();
  words[State.modulesDict] = newDict();
  const builtins = createNativeModule('builtins');
  words[State.builtinsDict] = words[(builtins << 1) + Module.dict];
  setRef(TEMPORARY, builtins);
  dictSetString(words[State.modulesDict], N.builtins, TEMPORARY);
  setMemoryError(newException(T.MemoryError, ''));
}

function singleton(ref: number, type: T): void {
  words[ref << 1] = type;
  words[(ref << 1) + 1] = 0;
}

/** Puts the declared natives into the namespaces of the built-in types; tables are made in their final size at once. */
function installNatives(): void {
  const counts = new Int32Array((DeclaredTypes.first - T.object) / TYPE_CELLS);
  const isStatic = (owner: T | string): owner is T => typeof owner === 'number' && owner < DeclaredTypes.first;
  for (const { owner } of nativeTable) if (isStatic(owner)) counts[(owner - T.object) / TYPE_CELLS]++;
  for (let i = 0; i < counts.length; i++) {
    if (counts[i] > 5) dictReserve(words[((T.object + i * TYPE_CELLS) << 1) + Type.dict], counts[i]);
  }
  for (const native of nativeTable) if (isStatic(native.owner)) installNative(native.number);
}
