/**
 * Importing: sys.modules first, then the modules written in TypeScript, then files and packages along sys.path (or the
 * package's `__path__`). These are the rules of importlib's default finders, in one place; importlib itself, and programs
 * with finders of their own, are importlib.ts's affair.
 */
import { Fixed, State, T } from '../heap/fixed.ts';
import { Exception, MODULE_INITIALIZING, Module } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef } from '../heap/values.ts';
import { startup } from '../modules/sys.ts';
import { findAttribute, getAttribute, setAttribute } from '../objects/attributes.ts';
import { dictDeleteString, dictFindString, dictSetString } from '../objects/dicts.ts';
import {
  clearRaised,
  matchesRaised,
  newException,
  raise,
  raiseKeyError,
  raiseTypeError,
  raiseValueError,
  throwException,
} from '../objects/errors.ts';
import { listAppend, newList } from '../objects/lists.ts';
import { createNativeModule, isNativeModule, newModule } from '../objects/modules.ts';
import { N } from '../objects/names.ts';
import { equals, iterate, next, repr, truth } from '../objects/operations.ts';
import { intern, isStr, newString, stringOf } from '../objects/strings.ts';
import { newTuple, tupleItem } from '../objects/tuples.ts';
import { typeName } from '../objects/types.ts';
import { warn } from '../objects/warnings.ts';
import { statOf } from './archives.ts';
import { runCode } from './execute-code.ts';
import {
  describeModule,
  findAndLoad,
  findersAreOurs,
  importlibIsUp,
  isFrozenImportlib,
  startImportlib,
} from './importlib.ts';
import { locate, moduleCode } from './module-files.ts';

function isNone(slot: number): boolean {
  return isRef(slot) && refAt(slot) === Fixed.none;
}

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
  const wantsModule = !isNull(fromList) && !isNone(fromList) && truth(fromList);
  if (wantsModule) {
    importFromList(absolute, slots, fromList);
    copyValue(result, slots);
  } else if (level === 0) {
    const dot = name.indexOf('.');
    if (dot < 0) copyValue(result, slots);
    else importAbsolute(name.slice(0, dot), result);
  } else if (name === '') copyValue(result, slots);
  else {
    // `__import__` with a level and no fromlist: the part of the name that was given decides
    const first = name.split('.')[0];
    const cut = absolute.slice(0, absolute.length - (name.length - first.length));
    const found = findModule(cut);
    if (found === 0) {
      setRef(slots, newString(`'${cut}' not in sys.modules as expected`));
      raiseKeyError(slots);
    }
    copyValue(result, found);
  }
  popSlots(3);
}

function findModule(name: string): number {
  return dictFindString(words[State.modulesDict], intern(name));
}

/** The name of the package that relative imports of code with these globals start from; '' if there is none. */
function packageOf(globals: number): string {
  const slots = pushSlots(2);
  const given = dictFindString(globals, N.__package__);
  const spec = dictFindString(globals, N.__spec__);
  const hasSpec = spec !== 0 && !isNone(spec);
  let name: string;
  if (hasSpec) getAttribute(spec, intern('parent'), slots);
  if (given !== 0 && !isNone(given)) {
    if (!isStr(given)) raiseTypeError('package must be a string');
    name = stringOf(refAt(given));
    if (hasSpec && !equals(given, slots)) {
      const texts = `(${stringOf(repr(given))} != ${stringOf(repr(slots))})`;
      warn(T.DeprecationWarning, `__package__ != __spec__.parent ${texts}`);
    }
  } else if (hasSpec) {
    if (!isStr(slots)) raiseTypeError('__spec__.parent must be a string');
    name = stringOf(refAt(slots));
  } else {
    const where = 'falling back on __name__ and __path__';
    warn(T.ImportWarning, `can't resolve package from __spec__ or __package__, ${where}`);
    const own = dictFindString(globals, N.__name__);
    if (own === 0) {
      setRef(slots, newString("'__name__' not in globals"));
      raiseKeyError(slots);
    }
    if (!isStr(own)) raiseTypeError('__name__ must be a string');
    name = stringOf(refAt(own));
    if (dictFindString(globals, N.__path__) === 0) name = name.slice(0, Math.max(name.lastIndexOf('.'), 0));
  }
  popSlots(2);
  return name;
}

function resolveRelative(name: string, globals: number, level: number): string {
  const packageName = packageOf(globals);
  if (packageName === '') raise(T.ImportError, 'attempted relative import with no known parent package');
  const parts = packageName.split('.');
  if (level - 1 >= parts.length) raise(T.ImportError, 'attempted relative import beyond top-level package');
  const base = parts.slice(0, parts.length - (level - 1)).join('.');
  return name === '' ? base : `${base}.${name}`;
}

function importFromList(name: string, module: number, fromList: number, ofAll = false): void {
  const slots = pushSlots(4);
  if (findAttribute(module, N.__path__, slots)) {
    iterate(fromList, slots + 1);
    while (next(slots + 1, slots + 2)) {
      if (!isStr(slots + 2)) {
        raiseTypeError(
          `Item in ${ofAll ? `${name}.__all__` : "``from list''"} must be str, not ${typeName(slots + 2)}`,
        );
      }
      const item = stringOf(refAt(slots + 2));
      if (item === '*') {
        if (!ofAll && findAttribute(module, intern('__all__'), slots + 3))
          importFromList(name, module, slots + 3, true);
      } else if (!findAttribute(module, intern(item), slots + 3)) tryImport(`${name}.${item}`, slots + 3);
    }
  }
  popSlots(4);
}

/** Imports a submodule if there is one; its absence is IMPORT_FROM's affair. */
function tryImport(name: string, result: number): void {
  const path = searchPath(name.slice(0, name.lastIndexOf('.')));
  if (findModule(name) === 0 && !isNativeModule(name) && findersAreOurs(path) && locate(name, path) === null) return;
  const top = words[State.stackTop];
  try {
    importAbsolute(name, result);
  } catch (error) {
    if (!matchesRaised(error, T.ModuleNotFoundError) || missingName(words[State.raised]) !== name) throw error;
    // None in sys.modules forbids the import
    const entry = findModule(name);
    if (entry !== 0 && isNone(entry)) throw error;
    clearRaised();
    words[State.stackTop] = top;
  }
}
/** What the field `name` of an ImportError says. */
export function missingName(exception: number): string {
  const slots = pushSlots(2);
  setRef(slots, exception);
  getAttribute(slots, N.name, slots + 1);
  const name = isStr(slots + 1) ? stringOf(refAt(slots + 1)) : '';
  popSlots(2);
  return name;
}

const importlibNames: ReadonlySet<string> = new Set(['importlib', 'zipimport']);

/** result = the module with this absolute name, imported with all its parents. */
export function importAbsolute(name: string, result: number): void {
  let known = findModule(name);
  if (known === 0 && (importlibNames.has(name) || isFrozenImportlib(name))) {
    startImportlib();
    known = findModule(name);
  }
  if (known !== 0) {
    if (isNone(known)) raiseNotFound(name, `import of ${name} halted; None in sys.modules`);
    copyValue(result, known);
    return;
  }
  const dot = name.lastIndexOf('.');
  // what stands before the dot of `.name` is no parent
  if (dot <= 0) {
    const path = systemPath();
    if (findersAreOurs(path)) load(name, path, result);
    else findAndLoad(name, result);
    return;
  }
  const slots = pushSlots(1);
  const parent = name.slice(0, dot);
  importAbsolute(parent, slots);
  // the parent may have imported it
  known = findModule(name);
  if (known !== 0) copyValue(result, known);
  else {
    if (!findAttribute(slots, N.__path__, result) && !isNativeModule(name)) {
      raiseNotFound(name, `No module named '${name}'; '${parent}' is not a package`);
    }
    const path = searchPath(parent);
    if (!findersAreOurs(path)) findAndLoad(name, result);
    else {
      load(name, path, result);
      // the module may have put another in its parent's place
      const present = findModule(parent);
      if (present === 0) {
        setRef(slots, newString(parent));
        raiseKeyError(slots);
      }
      copyValue(slots, present);
      setInParent(slots, name.slice(dot + 1), parent, result);
    }
  }
  popSlots(1);
}

function setInParent(parent: number, name: string, parentName: string, module: number): void {
  const top = words[State.stackTop];
  try {
    setAttribute(parent, intern(name), module);
  } catch (error) {
    if (!matchesRaised(error, T.AttributeError)) throw error;
    clearRaised();
    words[State.stackTop] = top;
    warn(T.ImportWarning, `Cannot set an attribute on '${parentName}' for child module '${name}'`);
  }
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
  setRef(tupleItem(fields, 3), nameFrom === 0 ? Fixed.none : nameFrom);
  setRef(exception + (Exception.value >> 1), fields);
  throwException(exception);
}

/** The str items of sys.path or a `__path__`, in a slot. May call Python if it is no list. */
function textsOf(paths: number): string[] {
  const texts: string[] = [];
  const slots = pushSlots(2);
  iterate(paths, slots);
  while (next(slots, slots + 1)) if (isStr(slots + 1)) texts.push(stringOf(refAt(slots + 1)));
  popSlots(2);
  return texts;
}
function systemPath(): string[] {
  const sys = dictFindString(words[State.modulesDict], intern('sys'));
  if (sys === 0 || !isRef(sys) || words[refAt(sys) << 1] !== T.module) return [];
  const path = dictFindString(words[(refAt(sys) << 1) + Module.dict], intern('path'));
  return path === 0 ? [] : textsOf(path);
}
/** The `__path__` of a package that is in sys.modules; empty for what is none. */
export function searchPath(parent: string): string[] {
  const module = findModule(parent);
  const slots = pushSlots(1);
  let path: string[] = [];
  if (module !== 0 && findAttribute(module, N.__path__, slots)) path = textsOf(slots);
  popSlots(1);
  return path;
}

/** A file on the path that is not the library. */
function isProgramsArchive(path: string): boolean {
  const isLibrary = startup.libraryFolder !== '' && path.startsWith(startup.libraryFolder);
  return !isLibrary && statOf(path)?.isFile() === true;
}

function load(name: string, path: readonly string[], result: number): void {
  const nameRef = intern(name);
  if (isNativeModule(name)) {
    const module = createNativeModule(name);
    setRef(result, module);
    dictSetString(words[State.modulesDict], nameRef, result);
    if (importlibIsUp()) describeModule(module, name);
    return;
  }
  const location = locate(name, path);
  if (location === null) {
    if (!path.some(isProgramsArchive)) raiseNotFound(name, `No module named '${name}'`);
    // an archive that only zipimport can read: data before or behind it, changed a moment ago
    startImportlib();
    findAndLoad(name, result);
    return;
  }
  if (location.place !== null && location.file.endsWith('.pyc')) {
    // whether compiled code in an archive is still its source's, and what counts if not, zipimport knows
    startImportlib();
    findAndLoad(name, result);
    return;
  }
  // importlib's spec for a namespace package knows how to follow its parent's path
  if (location.file === '') startImportlib();
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
  if (location.file !== '') set(N.__file__, newString(location.file));
  dictSetString(words[State.modulesDict], nameRef, slots);
  words[(module << 1) + Module.spare] = MODULE_INITIALIZING;
  try {
    if (importlibIsUp()) describeModule(module, name);
    if (location.file !== '') {
      setRef(slots + 2, moduleCode(location));
      runCode(refAt(slots + 2), dict, 0, slots + 1);
    }
  } catch (error) {
    dictDeleteString(words[State.modulesDict], nameRef);
    throw error;
  } finally {
    words[(module << 1) + Module.spare] = 0;
  }
  // A module may replace itself in sys.modules.
  const present = findModule(name);
  if (present === 0) {
    setRef(slots, nameRef);
    raiseKeyError(slots);
  }
  copyValue(result, present);
  popSlots(3);
}
