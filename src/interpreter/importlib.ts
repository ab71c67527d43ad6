/**
 * importlib, the half of it that is written in Python, and when it is needed. CPython runs every import through
 * importlib/_bootstrap.py and _bootstrap_external.py, which are frozen into it; here imports.ts does what those would do
 * with the finders that sys.meta_path has at first, in a fraction of the time, and the real thing is made of the library's
 * files as soon as a program could tell the difference:
 *
 * - importlib (or zipimport, _frozen_importlib) is imported, or
 * - code is about to run that mentions `__spec__`, `__loader__`, sys.meta_path and their kin (compiler/code-format.ts).
 *
 * Then importlib's modules are run, their finders installed, and all modules that are there get the spec and loader that
 * importlib would have given them; later ones get theirs when they are imported. While sys.meta_path and sys.path_hooks
 * are as they were, imports.ts goes on doing the work; once a program has changed them, importlib does
 * (`_find_and_load`), and finds and loads everything with whatever finders there are.
 */
import { Fixed, State, T } from '../heap/fixed.ts';
import { Code, Exception, List, Module, Traceback } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isRef, refAt, setRef } from '../heap/values.ts';
import { getAttribute, setAttribute } from '../objects/attributes.ts';
import { dictDeleteString, dictEntry, dictFindString, dictNext, dictSetString, newDict } from '../objects/dicts.ts';
import { isPythonError } from '../objects/errors.ts';
import { call, callMethod } from '../objects/invoke.ts';
import { listItem, listReplace } from '../objects/lists.ts';
import { isNativeModule, newModule, newNativeFunction } from '../objects/modules.ts';
import { N } from '../objects/names.ts';
import { natives, nativeTable } from '../objects/natives.ts';
import { intern, isStr, newString, stringOf } from '../objects/strings.ts';
import { newTuple, tupleItem } from '../objects/tuples.ts';
import { isSubtype, typeOf } from '../objects/types.ts';
import { archivePath } from './archives.ts';
import { runCode } from './execute-code.ts';
import { importAbsolute } from './imports.ts';
import { loadCode } from './loader.ts';
import { locate, moduleCodeAs } from './module-files.ts';
import { sourceDescription } from './python-sources.ts';

/** Items of the tuple State.importlib. */
enum Part {
  bootstrap,
  external,
  builtinImporter,
  frozenImporter,
  pathFinder,
  zipImporter,
  fileHook,
  fileFinder,
  /** importlib's own `_find_and_load` and `_gcd_import` */
  findAndLoad,
  importOne,
  /** namespace of import_specs.py */
  specs,
  /** sys.path_importer_cache as it was made */
  importerCache,
  count,
}

/** True between the first call of startImportlib and its end: its own modules must not start it again. */
let starting = false;

export function importlibIsUp(): boolean {
  return words[State.importlib] !== 0;
}
function part(which: Part): number {
  return tupleItem(words[State.importlib], which);
}

const frozenModules: readonly [name: string, source: string][] = [
  ['_frozen_importlib', 'importlib._bootstrap'],
  ['_frozen_importlib_external', 'importlib._bootstrap_external'],
];
export function isFrozenImportlib(name: string): boolean {
  return name === '_frozen_importlib' || name === '_frozen_importlib_external';
}

/** Runs one of importlib's halves as a module of its own; result = the module. */
function runFrozen(name: string, source: string, result: number): void {
  const slots = pushSlots(2);
  importAbsolute('sys', slots);
  getAttribute(slots, intern('path'), slots);
  const location = locate(source, libraryFolders(refAt(slots)));
  if (location === null) throw new Error(`the standard library has no ${source}`);
  const module = newModule(name);
  setRef(result, module);
  dictSetString(words[State.modulesDict], intern(name), result);
  runCode(moduleCodeAs(location, `<frozen ${source}>`), words[(module << 1) + Module.dict], 0, slots + 1);
  popSlots(2);
}
/** The folders `importlib` along a list of paths. */
function libraryFolders(list: number): string[] {
  const folders: string[] = [];
  for (let i = 0; i < words[(list << 1) + List.size]; i++) {
    const item = listItem(list, i);
    if (isStr(item)) folders.push(`${stringOf(refAt(item))}/importlib`);
  }
  return folders;
}

/** Makes importlib, if that was not done yet. Runs Python. */
export function startImportlib(): void {
  if (starting || importlibIsUp()) return;
  starting = true;
  const slots = pushSlots(8);
  const [bootstrap, external, sys, imp, zipimport, parts, list, scratch] = [0, 1, 2, 3, 4, 5, 6, 7].map(
    (i) => slots + i,
  );
  try {
    runFrozen('_frozen_importlib', 'importlib._bootstrap', bootstrap);
    importAbsolute('sys', sys);
    importAbsolute('_imp', imp);
    callMethod(bootstrap, '_install', sys, 2, scratch);
    runFrozen('_frozen_importlib_external', 'importlib._bootstrap_external', external);
    callMethod(bootstrap, '_install_external_importers', sys, 0, scratch);
    importAbsolute('zipimport', zipimport);
    const tuple = newTuple(Part.count);
    setRef(parts, tuple);
    const take = (which: Part, from: number, name: string): void => {
      getAttribute(from, intern(name), scratch);
      copyValue(tupleItem(tuple, which), scratch);
    };
    copyValue(tupleItem(tuple, Part.bootstrap), bootstrap);
    copyValue(tupleItem(tuple, Part.external), external);
    take(Part.builtinImporter, bootstrap, 'BuiltinImporter');
    take(Part.frozenImporter, bootstrap, 'FrozenImporter');
    take(Part.pathFinder, external, 'PathFinder');
    take(Part.zipImporter, zipimport, 'zipimporter');
    take(Part.fileFinder, external, 'FileFinder');
    take(Part.findAndLoad, bootstrap, '_find_and_load');
    take(Part.importOne, bootstrap, '_gcd_import');
    take(Part.importerCache, sys, 'path_importer_cache');
    getAttribute(sys, intern('path_hooks'), list);
    copyValue(tupleItem(tuple, Part.fileHook), listItem(refAt(list), words[(refAt(list) << 1) + List.size] - 1));
    copyValue(scratch, tupleItem(tuple, Part.zipImporter));
    listReplace(refAt(list), 0, 0, scratch, 1);
    setRef(scratch, newDict());
    copyValue(tupleItem(tuple, Part.specs), scratch);
    runCode(loadCode(sourceDescription('import_specs')), refAt(scratch), 0, list);
    words[State.importlib] = tuple;
    // What _gcd_import, import_module and all others call goes through imports.ts as well.
    const own = nativeTable.findIndex(({ owner, name }) => owner === '_frozen_importlib' && name === '_find_and_load');
    setRef(scratch, newNativeFunction(own));
    setAttribute(bootstrap, intern('_find_and_load'), scratch);
    describeModules();
  } catch (error) {
    for (const [name] of frozenModules) dictDeleteString(words[State.modulesDict], intern(name));
    throw error;
  } finally {
    starting = false;
  }
  popSlots(8);
}

/** Gives a spec to every module that is there. */
function describeModules(): void {
  const modules: [name: string, module: number][] = [];
  const dict = words[State.modulesDict];
  for (let at = dictNext(dict, 0); at >= 0; at = dictNext(dict, at + 1)) {
    const entry = dictEntry(dict, at);
    if (isStr(entry) && isRef(entry + 1) && typeOf(entry + 1) === T.module) {
      modules.push([stringOf(refAt(entry)), refAt(entry + 1)]);
    }
  }
  // modules live: nothing here removes one from sys.modules
  for (const [name, module] of modules) {
    const spec = dictFindString(words[(module << 1) + Module.dict], N.__spec__);
    if (spec !== 0 && isRef(spec) && refAt(spec) === Fixed.none && name !== '__main__') describeModule(module, name);
  }
  describeMain();
}

/** What `__main__` was made from, for the spec it gets: set by main.ts. */
export const mainModule = {
  /** the module's full name for `-m`, `__main__` for a folder or archive, else '' */
  name: '',
};

/** `__main__`: a loader always, a spec if it was found as a module. */
function describeMain(): void {
  const slots = pushSlots(3);
  const main = dictFindString(words[State.modulesDict], N.__main__);
  if (main !== 0) {
    copyValue(slots, main);
    const dict = words[(refAt(main) << 1) + Module.dict];
    if (mainModule.name !== '') describeModule(refAt(main), mainModule.name);
    else {
      const file = dictFindString(dict, N.__file__);
      if (file === 0) copyValue(slots + 1, part(Part.builtinImporter));
      else {
        setRef(slots + 1, N.__main__);
        copyValue(slots + 2, file);
        callMethod(part(Part.external), 'SourceFileLoader', slots + 1, 2, slots + 1);
      }
      dictSetString(dict, N.__loader__, slots + 1);
    }
  }
  popSlots(3);
}

/** Calls a function of import_specs.py. */
function callSpecs(name: string, args: number, count: number, result: number): void {
  call(dictFindString(refAt(part(Part.specs)), intern(name)), args, count, result);
}

/** Gives a module that imports.ts has made its spec and loader. Runs Python. */
export function describeModule(module: number, name: string): void {
  const slots = pushSlots(9);
  const dict = words[(module << 1) + Module.dict];
  const file = dictFindString(dict, N.__file__);
  const path = dictFindString(dict, N.__path__);
  copyValue(slots, part(Part.bootstrap));
  if (file !== 0 && isStr(file)) {
    setRef(slots + 2, module);
    setRef(slots + 3, newString(name));
    copyValue(slots + 4, file);
    if (path === 0) setRef(slots + 5, Fixed.none);
    else copyValue(slots + 5, path);
    makeLoader(name, stringOf(refAt(file)), path !== 0, slots + 1);
    callSpecs('describe_file', slots, 6, slots + 6);
  } else if (path !== 0) {
    copyValue(slots + 1, part(Part.external));
    setRef(slots + 2, module);
    setRef(slots + 3, newString(name));
    copyValue(slots + 4, path);
    callSpecs('describe_namespace', slots, 5, slots + 6);
  } else if (isNativeModule(name)) {
    setRef(slots + 1, module);
    setRef(slots + 2, newString(name));
    callSpecs('describe_builtin', slots, 3, slots + 6);
  }
  popSlots(9);
}

/** result = the loader for a module's file. */
function makeLoader(name: string, file: string, isPackage: boolean, result: number): void {
  const slots = pushSlots(4);
  const place = archivePath(file);
  if (place !== null && place.entry !== '') {
    const folders = place.entry.split('/').slice(0, isPackage ? -2 : -1);
    copyValue(slots, part(Part.zipImporter));
    copyValue(slots + 1, part(Part.importerCache));
    setRef(slots + 2, newString(place.archive));
    setRef(slots + 3, newString(folders.join('/')));
    callSpecs('archive_loader', slots, 4, result);
  } else {
    setRef(slots, newString(name));
    setRef(slots + 1, newString(file));
    const loader = file.endsWith('.pyc') ? 'SourcelessFileLoader' : 'SourceFileLoader';
    callMethod(part(Part.external), loader, slots, 2, result);
  }
  popSlots(4);
}

/** Does a list hold exactly these objects? */
function holds(listSlot: number, parts: readonly Part[]): boolean {
  if (listSlot === 0 || !isRef(listSlot) || words[refAt(listSlot) << 1] !== T.list) return false;
  const list = refAt(listSlot);
  if (words[(list << 1) + List.size] !== parts.length) return false;
  return parts.every((which, i) => isRef(listItem(list, i)) && refAt(listItem(list, i)) === refAt(part(which)));
}

/**
 * False once the program has other finders than those that imports.ts stands for. `path` are the places to be searched:
 * one for which the program has put a finder of its own into sys.path_importer_cache counts as well.
 */
export function findersAreOurs(path: readonly string[]): boolean {
  if (!importlibIsUp()) return true;
  const sys = dictFindString(words[State.modulesDict], intern('sys'));
  if (sys === 0 || !isRef(sys) || words[refAt(sys) << 1] !== T.module) return false;
  const dict = words[(refAt(sys) << 1) + Module.dict];
  const metaPath = dictFindString(dict, intern('meta_path'));
  if (!holds(metaPath, [Part.builtinImporter, Part.frozenImporter, Part.pathFinder])) return false;
  if (!holds(dictFindString(dict, intern('path_hooks')), [Part.zipImporter, Part.fileHook])) return false;
  const cache = dictFindString(dict, intern('path_importer_cache'));
  if (cache === 0 || !isRef(cache) || refAt(cache) !== refAt(part(Part.importerCache))) return false;
  return path.every((folder) => {
    const finder = dictFindString(refAt(cache), intern(folder));
    if (finder === 0) return true;
    const type = typeOf(finder);
    return type === refAt(part(Part.fileFinder)) || type === refAt(part(Part.zipImporter));
  });
}

/** result = the module, found and loaded by importlib with the finders that the program has. Raises ImportError. */
export function findAndLoad(name: string, result: number): void {
  const slots = pushSlots(2);
  setRef(slots, newString(name));
  copyValue(slots + 1, part(Part.importOne));
  try {
    call(part(Part.findAndLoad), slots, 2, result);
  } catch (error) {
    if (isPythonError(error)) hideImportFrames(words[State.raised]);
    throw error;
  }
  popSlots(2);
}

const hiddenFiles = frozenModules.map(([, source]) => `<frozen ${source}>`);

/**
 * Takes importlib's own entries out of an exception's traceback: all of them from an ImportError; else those runs that end
 * in a call that importlib marks, by the function's name, as one to be hidden.
 */
function hideImportFrames(exception: number): void {
  const always = isSubtype(words[exception << 1], T.ImportError);
  let link = (exception << 1) + Exception.traceback;
  let outer = link;
  let inside = false;
  for (let entry = words[link]; entry !== 0; ) {
    const e = entry << 1;
    const code = words[e + Traceback.code] << 1;
    const own = hiddenFiles.includes(stringOf(words[code + Code.filename]));
    if (own && !inside) outer = link;
    inside = own;
    const next = words[e + Traceback.next];
    if (own && (always || stringOf(words[code + Code.name]) === '_call_with_frames_removed')) {
      words[outer] = next;
      link = outer;
    } else link = e + Traceback.next;
    entry = next;
  }
}

natives('_frozen_importlib', {
  '_find_and_load(name, import_)': (args, result) => {
    importAbsolute(stringOf(refAt(args)), result);
  },
});
