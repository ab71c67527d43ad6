/**
 * Start-up of the object model: fills the fixed cells (singletons, built-in types), puts the natives that were declared
 * into the namespaces of their types, and makes the module `builtins` and the dict of modules. Everything that declares
 * natives or operators must have been loaded before; all-types.ts imports it.
 */
import { Fixed, State, StateCell, T } from '../heap/fixed.ts';
import { Module, Native, TYPE_CELLS, Type } from '../heap/layouts.ts';
import { allocate, words } from '../heap/memory.ts';
import { setNull, setRef } from '../heap/values.ts';
import './all-types.ts';
import { dictFindString, dictReserve, dictSetString, newDict } from './dicts.ts';
import { newException, setMemoryError } from './errors.ts';
import { newGetSet, newWrapper } from './functions.ts';
import { createNativeModule } from './modules.ts';
import { internNames, N } from './names.ts';
import { NativeKind, nativeTable } from './natives.ts';
import { derivedNatives, unhashableTypes } from './operator-tables.ts';
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
  for (const type of unhashableTypes) dictSetString(words[(type << 1) + Type.dict], intern('__hash__'), TEMPORARY);
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
  const counts = new Int32Array(1024);
  for (const { owner } of nativeTable) if (typeof owner === 'number') counts[(owner - T.object) / TYPE_CELLS]++;
  for (let i = 0; i < counts.length; i++) {
    if (counts[i] > 5) dictReserve(words[((T.object + i * TYPE_CELLS) << 1) + Type.dict], counts[i]);
  }
  for (const native of nativeTable) if (typeof native.owner === 'number') installNative(native.number);
}

/** Puts a native into the namespace of the built-in type that owns it. */
function installNative(number: number): void {
  const { name, kind, owner } = nativeTable[number];
  const type = owner as number;
  const nameRef = intern(name);
  const dict = words[(type << 1) + Type.dict];
  if (derivedNatives.has(number) && dictFindString(dict, nameRef) !== 0) return;
  switch (kind) {
    case NativeKind.getset:
      setRef(TEMPORARY, newGetSet(T.getset_descriptor, number, nameRef, type));
      break;
    case NativeKind.staticMethod:
      setRef(TEMPORARY, newNative(T.builtin_function_or_method, number, nameRef, type));
      break;
    case NativeKind.classMethod:
      setRef(TEMPORARY, newNative(T.wrapper_descriptor, number, nameRef, type));
      setRef(TEMPORARY, newWrapper(T.classmethod, TEMPORARY));
      break;
    default:
      setRef(TEMPORARY, newNative(T.wrapper_descriptor, number, nameRef, type));
  }
  dictSetString(dict, nameRef, TEMPORARY);
}

function newNative(nativeType: T, number: number, name: number, owner: number): number {
  const ref = allocate(3);
  const word = ref << 1;
  words[word] = nativeType;
  words[word + Native.number] = number;
  setNull(ref + (Native.self >> 1));
  words[word + Native.name] = name;
  words[word + Native.owner] = owner;
  return ref;
}
