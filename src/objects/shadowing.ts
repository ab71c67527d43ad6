/**
 * What is said of a name that a module does not have: modules of the program that hide one of the library by their name,
 * and modules that import each other in a circle, are the usual reasons. Which modules those are, the interpreter knows.
 */
import { State, T } from '../heap/fixed.ts';
import { MODULE_INITIALIZING, Module } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { isRef, refAt } from '../heap/values.ts';
import { dictFindString } from './dicts.ts';
import { N } from './names.ts';
import { intern, isStr, stringOf } from './strings.ts';

export interface ShadowCheck {
  /** lies the file in the folder that comes first on sys.path, so that it goes before others of its name? */
  readonly isFirst: (file: string) => boolean;
  readonly isStandard: (module: string) => boolean;
}
let check: ShadowCheck = { isFirst: () => false, isStandard: () => false };
/** Installed by the interpreter, once. */
export function setShadowCheck(installed: ShadowCheck): void {
  check = installed;
}

export function isInitializing(module: number): boolean {
  return words[module << 1] === T.module && words[(module << 1) + Module.spare] === MODULE_INITIALIZING;
}

/** What to add to a message about a module that lacks a name: " (consider renaming ...)", or ''. */
export function shadowHint(module: string, file: string, initializing: boolean): string {
  if (file === '' || !check.isFirst(file)) return '';
  if (check.isStandard(module)) {
    const reason = `it has the same name as the standard library module named '${module}'`;
    return ` (consider renaming '${file}' since ${reason} and prevents importing that standard library module)`;
  }
  if (!initializing) return '';
  return ` (consider renaming '${file}' if it has the same name as a library you intended to import)`;
}

/** The message of the AttributeError for a module without `name`; null if the module does not know its own name. */
export function missingInModule(module: number, name: string): string | null {
  const dict = words[(module << 1) + Module.dict];
  const own = dictFindString(dict, N.__name__);
  if (own === 0 || !isStr(own)) return null;
  const moduleName = stringOf(refAt(own));
  const fileCell = dictFindString(dict, N.__file__);
  const file = fileCell !== 0 && isStr(fileCell) ? stringOf(refAt(fileCell)) : '';
  const initializing = isInitializing(module);
  const hint = shadowHint(moduleName, file, initializing);
  if (hint !== '') return `module '${moduleName}' has no attribute '${name}'${hint}`;
  const circular = '(most likely due to a circular import)';
  if (initializing) {
    const from = file === '' ? '' : ` from '${file}'`;
    return `partially initialized module '${moduleName}'${from} has no attribute '${name}' ${circular}`;
  }
  const child = dictFindString(words[State.modulesDict], intern(`${moduleName}.${name}`));
  if (child !== 0 && isRef(child) && isInitializing(refAt(child))) {
    return `cannot access submodule '${name}' of module '${moduleName}' ${circular}`;
  }
  return `module '${moduleName}' has no attribute '${name}'`;
}
