/**
 * The _imp module: what importlib's own code (importlib/_bootstrap.py of the library) needs from the virtual machine.
 * There are no frozen modules and no extension modules. One thread runs Python at a time and imports do not wait for each
 * other, so the import lock only counts.
 */
import { Fixed, State, T } from '../heap/fixed.ts';
import { Code, Kind } from '../heap/layouts.ts';
import { bytes, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isRef, refAt, setRef, setSmallInt } from '../heap/values.ts';
import { getAttribute } from '../objects/attributes.ts';
import { bufferData, bufferLength, readBuffer } from '../objects/buffers.ts';
import { newBytesFrom } from '../objects/bytes.ts';
import { dictFindString, dictSetString } from '../objects/dicts.ts';
import { raise, raiseRuntimeError, raiseTypeError } from '../objects/errors.ts';
import { bigIntAt, setBool, setInt } from '../objects/integers.ts';
import { newList } from '../objects/lists.ts';
import { createNativeModule, isNativeModule, registerModule } from '../objects/modules.ts';
import { natives } from '../objects/natives.ts';
import { repr } from '../objects/operations.ts';
import { intern, isStr, stringOf } from '../objects/strings.ts';
import { argumentType, kindAt } from '../objects/types.ts';
import { magicNumber, sourceHash } from './code-cache.ts';

function textArgument(slot: number, of: string): string {
  if (!isStr(slot)) raiseTypeError(`${of}() argument must be str, not ${argumentType(slot)}`);
  return stringOf(refAt(slot));
}
function raiseNoFrozen(name: string): never {
  raise(T.ImportError, `No such frozen object named ${name}`);
}

let lockDepth = 0;

natives('_imp', {
  'acquire_lock()': (_args, result) => {
    lockDepth++;
    setRef(result, Fixed.none);
  },
  'release_lock()': (_args, result) => {
    if (lockDepth === 0) raiseRuntimeError('not holding the import lock');
    lockDepth--;
    setRef(result, Fixed.none);
  },
  'lock_held()': (_args, result) => setBool(result, lockDepth > 0),
  'is_builtin(name, /)': (args, result) => {
    const name = textArgument(args, 'is_builtin');
    // what cannot be made anew is -1
    setSmallInt(result, name === 'sys' || name === 'builtins' ? -1 : isNativeModule(name) ? 1 : 0);
  },
  'create_builtin(spec, /)': (args, result) => {
    const slots = pushSlots(1);
    getAttribute(args, intern('name'), slots);
    const name = textArgument(slots, 'create_builtin');
    popSlots(1);
    const known = name === 'sys' || name === 'builtins' ? dictFindString(words[State.modulesDict], intern(name)) : 0;
    if (known !== 0) copyValue(result, known);
    else if (isNativeModule(name)) setRef(result, createNativeModule(name));
    else setRef(result, Fixed.none);
  },
  'exec_builtin(mod, /)': (_args, result) => setSmallInt(result, 0),
  'create_dynamic(spec, file=None, /)': () => raise(T.ImportError, 'extension modules cannot be loaded'),
  'exec_dynamic(mod, /)': (_args, result) => setSmallInt(result, 0),
  'extension_suffixes()': (_args, result) => setRef(result, newList(0)),
  'is_frozen(name, /)': (args, result) => {
    textArgument(args, 'is_frozen');
    setRef(result, Fixed.false);
  },
  'is_frozen_package(name, /)': (args) => raiseNoFrozen(textArgument(args, 'is_frozen_package')),
  'init_frozen(name, /)': (_args, result) => setRef(result, Fixed.none),
  'get_frozen_object(name, data=None, /)': (args) => {
    const name = textArgument(args, 'get_frozen_object');
    if (!isRef(args + 1) || refAt(args + 1) !== Fixed.none) {
      raise(T.ImportError, `Frozen object named ${stringOf(repr(args))} is invalid`);
    }
    raiseNoFrozen(name);
  },
  'find_frozen(name, /, *, withdata=False)': (_args, result) => setRef(result, Fixed.none),
  '_frozen_module_names()': (_args, result) => setRef(result, newList(0)),
  '_override_frozen_modules_for_tests(override, /)': (_args, result) => setRef(result, Fixed.none),
  '_override_multi_interp_extensions_check(override, /)': (_args, result) => setSmallInt(result, 0),
  '_fix_co_filename(code, path, /)': (args, result) => {
    if (kindAt(args) !== Kind.code) {
      raiseTypeError(`_fix_co_filename() argument 1 must be code, not ${argumentType(args)}`);
    }
    const path = intern(textArgument(args + 1, '_fix_co_filename'));
    renameFile(refAt(args), words[(refAt(args) << 1) + Code.filename], path);
    setRef(result, Fixed.none);
  },
  'source_hash(key, source)': (args, result) => {
    readBuffer(args + 1);
    const source = bytes.subarray(bufferData, bufferData + bufferLength);
    setRef(result, newBytesFrom(sourceHash(Number(BigInt.asUintN(32, bigIntAt(args))), source)));
  },
});

/** Gives a code object and those inside it, as far as they come from the same file, another file name. */
function renameFile(code: number, from: number, to: number): void {
  if (words[(code << 1) + Code.filename] !== from) return;
  words[(code << 1) + Code.filename] = to;
  const constants = words[(code << 1) + Code.constants];
  for (let i = 0; i < words[(constants << 1) + 1]; i++) {
    const cell = constants + 1 + i;
    if (kindAt(cell) === Kind.code) renameFile(refAt(cell), from, to);
  }
}

registerModule('_imp', (dict) => {
  const slot = pushSlots(1);
  setInt(slot, magicNumber() >>> 0);
  dictSetString(dict, intern('pyc_magic_number_token'), slot);
  setRef(slot, intern('default'));
  dictSetString(dict, intern('check_hash_based_pycs'), slot);
  popSlots(1);
});
