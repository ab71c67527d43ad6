/**
 * Importing: sys.modules first, then the modules written in TypeScript, then files and packages along sys.path (or the
 * package's `__path__`). Not importlib: the few rules that matter, in one place; importlib on top of them comes with the
 * standard library.
 */
import { Fixed, State, T } from '../heap/fixed.ts';
import { Exception, List, MODULE_INITIALIZING, Module } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef } from '../heap/values.ts';
import { findAttribute, setAttribute } from '../objects/attributes.ts';
import { dictDeleteString, dictFindString, dictSetString } from '../objects/dicts.ts';
import { newException, raise, raiseTypeError, raiseValueError, throwException } from '../objects/errors.ts';
import { listAppend, listItem, newList } from '../objects/lists.ts';
import { createNativeModule, isNativeModule, newModule } from '../objects/modules.ts';
import { N } from '../objects/names.ts';
import { iterate, next, truth } from '../objects/operations.ts';
import { intern, isStr, newString, stringOf } from '../objects/strings.ts';
import { newTuple, tupleItem } from '../objects/tuples.ts';
import { typeName } from '../objects/types.ts';
import { runCode } from './execute-code.ts';
import { locate, moduleCode } from './module-files.ts';

/**
 * result = `__import__(name, globals, fromlist, level)`: the top-level package, or with a fromlist the module itself
 * (submodules named in the list are imported too). Runs Python; raises ImportError and what the module raises.
 */
export function importModule(name: string, globals: number, level: number, fromList: number, result: number): void {
  if (level < 0) raiseValueError('level must be >= 0');
  const absolute = level > 0 ? resolveRelative(name, globals, level) : name;
  if (absolute === '') raiseValueError('Empty module name');
  const slots = pushSlots(3);
  importAbsolute(absolute, slots);
  const wantsModule = !isNull(fromList) && !(isRef(fromList) && refAt(fromList) === Fixed.none) && truth(fromList);
  if (wantsModule) {
    importFromList(absolute, slots, fromList);
    copyValue(result, slots);
  } else if (level === 0) {
    const top = name.split('.')[0];
    copyValue(result, findModule(top) || slots);
  } else {
    // `__import__` with a level and no fromlist: the part of the name that was given decides
    const first = name.split('.')[0];
    const cut = absolute.slice(0, absolute.length - (name.length - first.length));
    copyValue(result, findModule(cut) || slots);
  }
  popSlots(3);
}

function findModule(name: string): number {
  return dictFindString(words[State.modulesDict], intern(name));
}

function resolveRelative(name: string, globals: number, level: number): string {
  let packageName = '';
  const given = dictFindString(globals, N.__package__);
  if (given !== 0 && isStr(given)) packageName = stringOf(refAt(given));
  else {
    const own = dictFindString(globals, N.__name__);
    if (own === 0 || !isStr(own)) raise(T.KeyError, "'__name__' not in globals");
    packageName = stringOf(refAt(own));
    if (dictFindString(globals, N.__path__) === 0) packageName = packageName.split('.').slice(0, -1).join('.');
  }
  if (packageName === '') raise(T.ImportError, 'attempted relative import with no known parent package');
  const parts = packageName.split('.');
  if (level - 1 >= parts.length) raise(T.ImportError, 'attempted relative import beyond top-level package');
  const base = parts.slice(0, parts.length - (level - 1)).join('.');
  return name === '' ? base : `${base}.${name}`;
}

function importFromList(name: string, module: number, fromList: number): void {
  const slots = pushSlots(4);
  if (findAttribute(module, N.__path__, slots)) {
    iterate(fromList, slots + 1);
    while (next(slots + 1, slots + 2)) {
      if (!isStr(slots + 2)) raiseTypeError(`Item in ''from list'' must be str, not ${typeName(slots + 2)}`);
      const item = stringOf(refAt(slots + 2));
      if (item === '*') {
        if (findAttribute(module, intern('__all__'), slots + 3)) importFromList(name, module, slots + 3);
        continue;
      }
      if (findAttribute(module, intern(item), slots + 3)) continue;
      tryImport(`${name}.${item}`, slots + 3);
    }
  }
  popSlots(4);
}

/** Imports a submodule if there is one; its absence is IMPORT_FROM's affair. */
function tryImport(name: string, result: number): void {
  const parent = name.slice(0, name.lastIndexOf('.'));
  if (findModule(name) !== 0) return;
  if (locate(name, searchPath(parent)) !== null || isNativeModule(name)) importAbsolute(name, result);
}

/** result = the module with this absolute name, imported with all its parents. */
export function importAbsolute(name: string, result: number): void {
  const known = findModule(name);
  if (known !== 0) {
    if (isRef(known) && refAt(known) === Fixed.none) {
      raiseNotFound(name, `import of ${name} halted; None in sys.modules`);
    }
    copyValue(result, known);
    return;
  }
  const dot = name.lastIndexOf('.');
  let path: string[] | null = null;
  const slots = pushSlots(1);
  if (dot >= 0) {
    const parent = name.slice(0, dot);
    importAbsolute(parent, slots);
    const again = findModule(name);
    if (again !== 0) {
      copyValue(result, again);
      popSlots(1);
      return;
    }
    if (!isNativeModule(name) && !findAttribute(slots, N.__path__, result)) {
      raiseNotFound(name, `No module named '${name}'; '${parent}' is not a package`);
    }
    path = searchPath(parent);
  }
  load(name, path ?? systemPath(), result);
  if (dot >= 0) setAttribute(slots, intern(name.slice(dot + 1)), result);
  popSlots(1);
}

function raiseNotFound(name: string, message: string): never {
  raiseImportError(T.ModuleNotFoundError, message, name, '');
}

/** Raises ImportError or a subclass with its `name` and `path` ('' stands for None). */
export function raiseImportError(type: T, message: string, name: string, path: string, nameFrom = 0): never {
  const exception = newException(type, message);
  // The fields of the type, in the order in which exception-types.ts declares them: msg, name, path, name_from.
  const fields = newTuple(4);
  copyValue(tupleItem(fields, 0), tupleItem(words[(exception << 1) + Exception.args], 0));
  setRef(tupleItem(fields, 1), name === '' ? Fixed.none : newString(name));
  setRef(tupleItem(fields, 2), path === '' ? Fixed.none : newString(path));
  if (nameFrom !== 0) setRef(tupleItem(fields, 3), nameFrom);
  setRef(exception + (Exception.value >> 1), fields);
  throwException(exception);
}

/** Texts of the str items of a list (sys.path, `__path__`). */
function textsOf(list: number): string[] {
  const texts: string[] = [];
  if (words[list << 1] !== T.list) return texts;
  for (let i = 0; i < words[(list << 1) + List.size]; i++) {
    const item = listItem(list, i);
    if (isStr(item)) texts.push(stringOf(refAt(item)));
  }
  return texts;
}
function systemPath(): string[] {
  const sys = dictFindString(words[State.modulesDict], intern('sys'));
  if (sys === 0) return [];
  const path = dictFindString(words[(refAt(sys) << 1) + Module.dict], intern('path'));
  return path === 0 || !isRef(path) ? [] : textsOf(refAt(path));
}
/** The `__path__` of a package that is in sys.modules; empty for what is none. */
export function searchPath(parent: string): string[] {
  const module = findModule(parent);
  const slots = pushSlots(1);
  let path: string[] = [];
  if (module !== 0 && findAttribute(module, N.__path__, slots) && isRef(slots)) path = textsOf(refAt(slots));
  popSlots(1);
  return path;
}

function load(name: string, path: readonly string[], result: number): void {
  const nameRef = intern(name);
  if (isNativeModule(name)) {
    const module = createNativeModule(name);
    setRef(result, module);
    dictSetString(words[State.modulesDict], nameRef, result);
    return;
  }
  const location = locate(name, path);
  if (location === null) raiseNotFound(name, `No module named '${name}'`);
  const slots = pushSlots(3);
  const module = newModule(name);
  setRef(slots, module);
  const dict = words[(module << 1) + Module.dict];
  const set = (key: number, value: number): void => {
    setRef(slots + 1, value);
    dictSetString(dict, key, slots + 1);
  };
  const dot = name.lastIndexOf('.');
  set(N.__package__, intern(location.folders !== null ? name : dot < 0 ? '' : name.slice(0, dot)));
  if (location.folders !== null) {
    const list = newList(0);
    setRef(slots + 2, list);
    for (const folder of location.folders) {
      setRef(slots + 1, newString(folder));
      listAppend(list, slots + 1);
    }
    set(N.__path__, list);
  }
  dictSetString(words[State.modulesDict], nameRef, slots);
  if (location.file !== '') {
    set(N.__file__, newString(location.file));
    words[(module << 1) + Module.spare] = MODULE_INITIALIZING;
    try {
      const code = moduleCode(location);
      runCode(code, dict, 0, slots + 1);
    } catch (error) {
      dictDeleteString(words[State.modulesDict], nameRef);
      throw error;
    } finally {
      words[(module << 1) + Module.spare] = 0;
    }
  }
  // A module may replace itself in sys.modules.
  const present = findModule(name);
  copyValue(result, present !== 0 ? present : slots);
  popSlots(3);
}
