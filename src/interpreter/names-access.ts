/**
 * Names that are no registers: globals, builtins, the names of class bodies and modules, cells, and their errors.
 */
import { Op } from '../compiler/instructions.ts';
import { State, T } from '../heap/fixed.ts';
import { Cell, Dict, FRAME_HEADER_CELLS, Frame } from '../heap/layouts.ts';
import { allocate, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, refAt, setNull, setRef } from '../heap/values.ts';
import { dictDeleteString, dictFindString, dictSetString } from '../objects/dicts.ts';
import { clearRaised, matchesRaised, newException, raiseNameError, throwException } from '../objects/errors.ts';
import { deleteItem, getItem, setItem } from '../objects/operations.ts';
import { stringOf } from '../objects/strings.ts';
import { builtinsOf, globalsOf } from './frames.ts';
import { sourceAt } from './operands.ts';

const H = FRAME_HEADER_CELLS;

/** LOAD_GLOBAL (`dnxxx`): x0 keys version of the globals, x1 cell of the value, x2 keys version of the builtins. */
export function loadGlobal(pc: number, base: number): void {
  const name = words[pc + 2];
  const frame = base - H;
  const globals = globalsOf(frame);
  if (!isPlainDict(globals) || !isPlainDict(builtinsOf(frame))) {
    loadFromMappings(globals, builtinsOf(frame), name, base + words[pc + 1]);
    return;
  }
  let cell = dictFindString(globals, name);
  if (cell !== 0) {
    words[pc + 3] = words[(globals << 1) + Dict.keysVersion];
    words[pc + 4] = cell;
    words[pc] = Op.LOAD_GLOBAL_MODULE;
  } else {
    const builtins = builtinsOf(frame);
    cell = dictFindString(builtins, name);
    if (cell === 0) raiseNameError(name);
    words[pc + 3] = words[(globals << 1) + Dict.keysVersion];
    words[pc + 4] = cell;
    words[pc + 5] = words[(builtins << 1) + Dict.keysVersion];
    words[pc] = Op.LOAD_GLOBAL_BUILTIN;
  }
  copyValue(base + words[pc + 1], cell);
}

/** Globals or builtins that are no plain dict are asked as mappings, `__missing__` and all. May call Python. */
function loadFromMappings(globals: number, builtins: number, name: number, result: number): void {
  if (!mappingGet(globals, name, result) && !mappingGet(builtins, name, result)) raiseNameError(name);
}

/** The mapping that the names of a class body, exec or module live in. */
function localsOf(frame: number): number {
  return words[(frame << 1) + Frame.locals] || globalsOf(frame);
}
function isPlainDict(ref: number): boolean {
  return words[ref << 1] === T.dict;
}

/** result = mapping[name]; false if it has no such key. */
export function mappingGet(mapping: number, name: number, result: number): boolean {
  if (isPlainDict(mapping)) {
    const cell = dictFindString(mapping, name);
    if (cell === 0) return false;
    copyValue(result, cell);
    return true;
  }
  const slots = pushSlots(2);
  setRef(slots, mapping);
  setRef(slots + 1, name);
  try {
    getItem(slots, slots + 1, result);
  } catch (error) {
    if (!matchesRaised(error, T.KeyError)) throw error;
    clearRaised();
    words[State.stackTop] = slots;
    return false;
  }
  popSlots(2);
  return true;
}

/** LOAD_NAME (`dnxxx`). */
export function loadName(pc: number, base: number): void {
  const frame = base - H;
  const name = words[pc + 2];
  const d = base + words[pc + 1];
  if (words[(frame << 1) + Frame.locals] !== 0) {
    if (!mappingGet(localsOf(frame), name, d)) loadGlobalOrBuiltin(frame, name, d);
    return;
  }
  const globals = globalsOf(frame);
  if (!isPlainDict(globals) || !isPlainDict(builtinsOf(frame))) {
    loadFromMappings(globals, builtinsOf(frame), name, d);
    return;
  }
  let cell = dictFindString(globals, name);
  words[pc + 5] = 0;
  if (cell === 0) {
    const builtins = builtinsOf(frame);
    cell = dictFindString(builtins, name);
    if (cell === 0) raiseNameError(name);
    words[pc + 5] = words[(builtins << 1) + Dict.keysVersion];
  }
  words[pc + 3] = words[(globals << 1) + Dict.keysVersion];
  words[pc + 4] = cell;
  copyValue(d, cell);
}

function loadGlobalOrBuiltin(frame: number, name: number, d: number): void {
  if (!isPlainDict(globalsOf(frame)) || !isPlainDict(builtinsOf(frame))) {
    loadFromMappings(globalsOf(frame), builtinsOf(frame), name, d);
    return;
  }
  const cell = dictFindString(globalsOf(frame), name) || dictFindString(builtinsOf(frame), name);
  if (cell === 0) raiseNameError(name);
  copyValue(d, cell);
}

/** STORE_NAME (`nsxx`). */
export function storeName(pc: number, base: number): void {
  const mapping = localsOf(base - H);
  const value = sourceAt(pc + 2, base);
  if (isPlainDict(mapping)) {
    dictSetString(mapping, words[pc + 1], value);
    if (mapping === globalsOf(base - H)) rememberStore(pc, mapping);
  } else {
    const slots = pushSlots(2);
    setRef(slots, mapping);
    setRef(slots + 1, words[pc + 1]);
    setItem(slots, slots + 1, value);
    popSlots(2);
  }
}

/** DELETE_NAME (`n`). */
export function deleteName(pc: number, base: number): void {
  const mapping = localsOf(base - H);
  const name = words[pc + 1];
  if (isPlainDict(mapping)) {
    if (!dictDeleteString(mapping, name)) raiseNameError(name);
    return;
  }
  const slots = pushSlots(2);
  setRef(slots, mapping);
  setRef(slots + 1, name);
  try {
    deleteItem(slots, slots + 1);
  } catch (error) {
    if (!matchesRaised(error, T.KeyError)) throw error;
    clearRaised();
    raiseNameError(name);
  }
  popSlots(2);
}

/** STORE_GLOBAL (`nsxx`). */
export function storeGlobal(pc: number, base: number): void {
  const globals = globalsOf(base - H);
  dictSetString(globals, words[pc + 1], sourceAt(pc + 2, base));
  rememberStore(pc, globals);
}
/** Cache of STORE_NAME and STORE_GLOBAL: x0 keys version of the globals, x1 cell of the value. */
function rememberStore(pc: number, globals: number): void {
  words[pc + 3] = words[(globals << 1) + Dict.keysVersion];
  words[pc + 4] = dictFindString(globals, words[pc + 1]);
}
/** DELETE_GLOBAL (`n`). */
export function deleteGlobal(pc: number, base: number): void {
  if (!dictDeleteString(globalsOf(base - H), words[pc + 1])) raiseNameError(words[pc + 1]);
}

/** UnboundLocalError (`free` 0) or NameError of a free variable. */
export function raiseUnbound(name: number, free: number): never {
  const text = stringOf(name);
  throwException(
    free === 0
      ? newException(
          T.UnboundLocalError,
          `cannot access local variable '${text}' where it is not associated with a value`,
        )
      : newException(
          T.NameError,
          `cannot access free variable '${text}' where it is not associated with a value in enclosing scope`,
        ),
  );
}

/** LOAD_DEREF (`drni`) and DELETE_DEREF (`rni`) meet an empty cell. */
export function loadDeref(pc: number, base: number): void {
  const cell = refAt(base + words[pc + 2]) + (Cell.value >> 1);
  if (isNull(cell)) raiseUnbound(words[pc + 3], words[pc + 4]);
  copyValue(base + words[pc + 1], cell);
}
export function deleteDeref(pc: number, base: number): void {
  const cell = refAt(base + words[pc + 1]) + (Cell.value >> 1);
  if (isNull(cell)) raiseUnbound(words[pc + 2], words[pc + 3]);
  setNull(cell);
}

/** LOAD_CLASS_DEREF (`drn`): the class namespace first, then the cell. */
export function loadClassDeref(pc: number, base: number): void {
  const d = base + words[pc + 1];
  if (mappingGet(localsOf(base - H), words[pc + 3], d)) return;
  const cell = refAt(base + words[pc + 2]) + (Cell.value >> 1);
  if (isNull(cell)) raiseUnbound(words[pc + 3], 1);
  copyValue(d, cell);
}

/** LOAD_FROM_DICT_OR_GLOBALS (`dsn`). */
export function loadFromDictOrGlobals(pc: number, base: number): void {
  const d = base + words[pc + 1];
  if (mappingGet(refAt(sourceAt(pc + 2, base)), words[pc + 3], d)) return;
  loadGlobalOrBuiltin(base - H, words[pc + 3], d);
}
/** LOAD_FROM_DICT_OR_DEREF (`dsrn`). */
export function loadFromDictOrDeref(pc: number, base: number): void {
  const d = base + words[pc + 1];
  if (mappingGet(refAt(sourceAt(pc + 2, base)), words[pc + 4], d)) return;
  const cell = refAt(base + words[pc + 3]) + (Cell.value >> 1);
  if (isNull(cell)) raiseUnbound(words[pc + 4], 1);
  copyValue(d, cell);
}

/** MAKE_CELL (`r`): wraps the register's value in a new cell. */
export function makeCell(pc: number, base: number): void {
  const register = base + words[pc + 1];
  const cell = allocate(2);
  words[cell << 1] = T.cell;
  words[(cell << 1) + Cell.aux] = 0;
  copyValue(cell + (Cell.value >> 1), register);
  setRef(register, cell);
}

/** LOAD_LOCALS (`d`): the frame's mapping of names. */
export function loadLocals(pc: number, base: number): void {
  setRef(base + words[pc + 1], localsOf(base - H));
}
