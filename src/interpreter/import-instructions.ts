/** IMPORT_NAME, IMPORT_FROM, IMPORT_STAR. Finding and loading modules is in imports.ts. */
import { Fixed, State, T } from '../heap/fixed.ts';
import { FRAME_HEADER_CELLS, Frame, Native } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef, setSmallInt } from '../heap/values.ts';
import { findAttribute, getAttribute } from '../objects/attributes.ts';
import { dictEntry, dictFindString, dictNext, dictSetString } from '../objects/dicts.ts';
import { raise, raiseTypeError } from '../objects/errors.ts';
import { call } from '../objects/invoke.ts';
import { N } from '../objects/names.ts';
import { nativeTable } from '../objects/natives.ts';
import { iterate, next, setItem } from '../objects/operations.ts';
import { isInitializing, shadowHint } from '../objects/shadowing.ts';
import { intern, internRef, isStr, stringOf } from '../objects/strings.ts';
import { typeName } from '../objects/types.ts';
import { builtinsOf, globalsOf } from './frames.ts';
import { importModule, raiseImportError } from './imports.ts';
import { mappingGet } from './names-access.ts';
import { sourceAt } from './operands.ts';

const H = FRAME_HEADER_CELLS;

/** IMPORT_NAME (`dnis`): name, level, fromlist. */
export function importName(pc: number, base: number): void {
  const frame = base - H;
  const name = words[pc + 2];
  const level = words[pc + 3];
  const fromList = sourceAt(pc + 4, base);
  const d = base + words[pc + 1];
  const hook = pushSlots(1);
  if (!mappingGet(builtinsOf(frame), intern('__import__'), hook)) raise(T.ImportError, '__import__ not found');
  if (isOwnImport(hook)) {
    popSlots(1);
    importModule(stringOf(name), globalsOf(frame), level, fromList, d);
    return;
  }
  const slots = pushSlots(5);
  setRef(slots, name);
  setRef(slots + 1, globalsOf(frame));
  setRef(slots + 2, words[(frame << 1) + Frame.locals] || globalsOf(frame));
  if (isNull(fromList)) setRef(slots + 3, Fixed.none);
  else copyValue(slots + 3, fromList);
  setSmallInt(slots + 4, level);
  call(hook, slots, 5, slots);
  copyValue(d, slots);
  popSlots(6);
}
function isOwnImport(hook: number): boolean {
  if (!isRef(hook)) return false;
  const ref = refAt(hook);
  if (words[ref << 1] !== T.builtin_function_or_method) return false;
  return nativeTable[words[(ref << 1) + Native.number]].name === '__import__';
}

/** IMPORT_FROM (`dsn`). */
export function importFrom(pc: number, base: number): void {
  const module = sourceAt(pc + 2, base);
  const name = words[pc + 3];
  const d = base + words[pc + 1];
  if (findAttribute(module, name, d)) return;
  // A submodule that is being imported (circularly) is in sys.modules before it is an attribute.
  const slots = pushSlots(2);
  let moduleName = '<unknown module name>';
  if (findAttribute(module, N.__name__, slots) && isStr(slots)) {
    moduleName = stringOf(refAt(slots));
    const cell = dictFindString(words[State.modulesDict], intern(`${moduleName}.${stringOf(name)}`));
    if (cell !== 0) {
      copyValue(d, cell);
      popSlots(2);
      return;
    }
  }
  let path = '';
  if (findAttribute(module, N.__file__, slots) && isStr(slots)) path = stringOf(refAt(slots));
  const location = path === '' ? 'unknown location' : path;
  const initializing = isRef(module) && isInitializing(refAt(module));
  const what = `cannot import name '${stringOf(name)}' from`;
  const hint = shadowHint(moduleName, path, initializing);
  let text = `${what} '${moduleName}' (${location})`;
  if (hint !== '') text = `${what} '${moduleName}'${hint}`;
  else if (initializing) {
    text = `${what} partially initialized module '${moduleName}' (most likely due to a circular import) (${location})`;
  }
  raiseImportError(T.ImportError, text, moduleName, path, name);
}

function moduleNameOf(module: number): string {
  const slot = pushSlots(1);
  const name = findAttribute(module, N.__name__, slot) && isStr(slot) ? stringOf(refAt(slot)) : '?';
  popSlots(1);
  return name;
}

/** IMPORT_STAR (`s`): the module's public names into the frame's names. */
export function importStar(pc: number, base: number): void {
  const module = sourceAt(pc + 1, base);
  const frame = base - H;
  const target = words[(frame << 1) + Frame.locals] || globalsOf(frame);
  const slots = pushSlots(4);
  if (findAttribute(module, intern('__all__'), slots)) {
    iterate(slots, slots + 1);
    while (next(slots + 1, slots + 2)) {
      if (!isStr(slots + 2))
        raiseTypeError(`Item in ${moduleNameOf(module)}.__all__ must be str, not ${typeName(slots + 2)}`);
      const name = internRef(refAt(slots + 2));
      getAttribute(module, name, slots + 3);
      store(target, name, slots + 3);
    }
    popSlots(4);
    return;
  }
  if (!findAttribute(module, intern('__dict__'), slots) || words[refAt(slots) << 1] !== T.dict) {
    raise(T.ImportError, 'from-import-* object has no __dict__ and no __all__');
  }
  const dict = refAt(slots);
  for (let position = dictNext(dict, 0); position >= 0; position = dictNext(dict, position + 1)) {
    const key = dictEntry(dict, position);
    if (!isStr(key)) raiseTypeError(`Key in ${moduleNameOf(module)}.__dict__ must be str, not ${typeName(key)}`);
    if (stringOf(refAt(key)).startsWith('_')) continue;
    store(target, refAt(key), dictEntry(dict, position) + 1);
  }
  popSlots(4);
}

function store(target: number, name: number, value: number): void {
  if (words[target << 1] === T.dict) {
    dictSetString(target, name, value);
    return;
  }
  const slots = pushSlots(2);
  setRef(slots, target);
  setRef(slots + 1, name);
  setItem(slots, slots + 1, value);
  popSlots(2);
}
