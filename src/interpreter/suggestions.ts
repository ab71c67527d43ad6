/**
 * "Did you mean ...?" under a traceback: which names the program could have meant that it did not find. They are looked
 * for when an exception is displayed, not when it is raised.
 */
import { Fixed, State, T } from '../heap/fixed.ts';
import { Exception, Traceback } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { isRef, refAt, setRef } from '../heap/values.ts';
import { standardModuleNames } from '../modules/standard-module-names.ts';
import { findAttribute } from '../objects/attributes.ts';
import { closestMatch } from '../objects/closest-names.ts';
import { dictFindString } from '../objects/dicts.ts';
import { becomesPythonError, clearRaised, raiseTypeError } from '../objects/errors.ts';
import { call, callMethod } from '../objects/invoke.ts';
import { listFrom } from '../objects/list-extend.ts';
import { listItem, listSize } from '../objects/lists.ts';
import { registerModule } from '../objects/modules.ts';
import { N } from '../objects/names.ts';
import { natives } from '../objects/natives.ts';
import { contains } from '../objects/protocols.ts';
import { intern, isStr, newString, stringOf } from '../objects/strings.ts';
import { isSubtype } from '../objects/types.ts';
import { importAbsolute } from './imports.ts';

/** What `action` gives, or null if it raises. */
function attempt<R>(action: () => R): R | null {
  const top = words[State.stackTop];
  try {
    return action();
  } catch (error) {
    if (!becomesPythonError(error)) throw error;
    clearRaised();
    words[State.stackTop] = top;
    return null;
  }
}

/** The str objects that iterating over the value in a cell gives. May call Python. */
function stringsOf(iterable: number): string[] {
  const slots = pushSlots(1);
  setRef(slots, listFrom(iterable));
  const found: string[] = [];
  for (let i = 0; i < listSize(refAt(slots)); i++) {
    const item = listItem(refAt(slots), i);
    if (isStr(item)) found.push(stringOf(refAt(item)));
  }
  popSlots(1);
  return found;
}

/** dir(object), sorted; for what dir() cannot sort, the keys of `__dict__`. May call Python. */
function dirOf(object: number): string[] {
  const slots = pushSlots(1);
  const names = attempt(() => {
    call(dictFindString(words[State.builtinsDict], intern('dir')), object, 1, slots);
    return stringsOf(slots);
  });
  const found = names ?? (findAttribute(object, N.__dict__, slots) ? stringsOf(slots) : []);
  popSlots(1);
  return found.sort();
}

/** The frame object of a traceback's last entry in cell `result`; false if there is none. */
function lastFrame(exception: number, result: number): boolean {
  let traceback = words[(exception << 1) + Exception.traceback];
  if (traceback === 0) return false;
  while (words[(traceback << 1) + Traceback.next] !== 0) traceback = words[(traceback << 1) + Traceback.next];
  setRef(result, words[(traceback << 1) + Traceback.frame]);
  return true;
}
/** Local variable `self` of that frame in cell `result`. */
function selfOf(exception: number, result: number): boolean {
  const slots = pushSlots(2);
  let found = false;
  if (lastFrame(exception, slots) && findAttribute(slots, intern('f_locals'), slots)) {
    setRef(slots + 1, intern('self'));
    if (contains(slots, slots + 1)) {
      call(getItem(slots), slots + 1, 1, result);
      found = true;
    }
  }
  popSlots(2);
  return found;
}
/** The bound `__getitem__` of the mapping in a cell, which it replaces. */
function getItem(mapping: number): number {
  findAttribute(mapping, N.__getitem__, mapping);
  return mapping;
}

const visible = (names: readonly string[]): string[] => names.filter((name) => !name.startsWith('_'));

function attributeCandidates(exception: number, slot: number, wrong: string): string[] {
  const slots = pushSlots(2);
  let names: string[] = [];
  if (findAttribute(slot, N.obj, slots)) {
    names = dirOf(slots);
    const isOwn = selfOf(exception, slots + 1) && isRef(slots) && isRef(slots + 1) && refAt(slots) === refAt(slots + 1);
    if (!wrong.startsWith('_') && !isOwn) names = visible(names);
  }
  popSlots(2);
  return names;
}
function importCandidates(slot: number, wrong: string): string[] {
  const slots = pushSlots(1);
  let names: string[] = [];
  if (findAttribute(slot, N.name, slots) && isStr(slots)) {
    importAbsolute(stringOf(refAt(slots)), slots);
    names = dirOf(slots);
    if (!wrong.startsWith('_')) names = visible(names);
  }
  popSlots(1);
  return names;
}
function visibleNames(exception: number): string[] {
  const slots = pushSlots(2);
  const names: string[] = [];
  if (lastFrame(exception, slots)) {
    for (const scope of ['f_locals', 'f_globals', 'f_builtins']) {
      if (findAttribute(slots, intern(scope), slots + 1)) names.push(...stringsOf(slots + 1));
    }
  }
  popSlots(2);
  return names;
}
/** Is the missing name an attribute of the method's `self`? */
function selfHas(exception: number, wrong: string): boolean {
  const slots = pushSlots(1);
  const found = selfOf(exception, slots) && findAttribute(slots, intern(wrong), slots);
  popSlots(1);
  return found;
}

function textAttribute(slot: number, name: number): string | null {
  const slots = pushSlots(1);
  const text = findAttribute(slot, name, slots) && isStr(slots) ? stringOf(refAt(slots)) : null;
  popSlots(1);
  return text;
}

/** ". Did you mean: '...'?" for the exception in a rooted cell, or ''. May call Python, raises nothing. */
export function suggestionFor(slot: number): string {
  return attempt(() => suggest(slot)) ?? '';
}
function suggest(slot: number): string {
  const exception = refAt(slot);
  const type = words[exception << 1];
  const meant = (name: string | null): string => (name === null ? '' : `. Did you mean: '${name}'?`);
  if (isSubtype(type, T.ImportError)) {
    const wrong = textAttribute(slot, intern('name_from'));
    if (wrong === null) return '';
    return meant(closestMatch(wrong, attempt(() => importCandidates(slot, wrong)) ?? []));
  }
  const isName = isSubtype(type, T.NameError);
  if (!isName && !isSubtype(type, T.AttributeError)) return '';
  const wrong = textAttribute(slot, N.name);
  if (wrong === null) return '';
  if (!isName) return meant(closestMatch(wrong, attempt(() => attributeCandidates(exception, slot, wrong)) ?? []));
  const hint = meant(
    attempt(() => selfHas(exception, wrong)) === true ? `self.${wrong}` : closestMatch(wrong, visibleNames(exception)),
  );
  if (!standardModuleNames.includes(wrong)) return hint;
  return `${hint === '' ? '. Did' : `${hint} Or did`} you forget to import '${wrong}'?`;
}

/**
 * The last lines for a syntax error that may be a misspelt keyword, or null if it is none. Which keyword makes a program
 * of it the module `traceback` finds out, by trying; so only such an error makes us import that. Raises nothing.
 */
export function misspeltKeyword(slot: number): string | null {
  const message = textAttribute(slot, intern('msg')) ?? '';
  if (message !== 'invalid syntax' && !message.includes('Perhaps you forgot a comma')) return null;
  return attempt(() => {
    const slots = pushSlots(5);
    if (!findAttribute(slot, intern('_metadata'), slots) || refAt(slots) === Fixed.none) return null;
    importAbsolute('traceback', slots);
    setRef(slots + 1, words[refAt(slot) << 1]);
    setRef(slots + 2, refAt(slot));
    setRef(slots + 3, Fixed.none);
    callMethod(slots, 'TracebackException', slots + 1, 3, slots);
    callMethod(slots, 'format_exception_only', slots + 1, 0, slots + 4);
    const text = stringsOf(slots + 4).join('');
    return textAttribute(slots, intern('msg')) === message ? null : text;
  });
}

// What the module `traceback` asks for.
registerModule('_suggestions');
natives('_suggestions', {
  '_generate_suggestions(candidates, item, /)': (args, result) => {
    if (!isRef(args) || words[refAt(args) << 1] !== T.list) raiseTypeError('candidates must be a list');
    const list = refAt(args);
    for (let i = 0; i < listSize(list); i++) {
      if (!isStr(listItem(list, i))) raiseTypeError("all elements in 'candidates' must be strings");
    }
    if (!isStr(args + 1)) raiseTypeError('item must be a string');
    const closest = closestMatch(stringOf(refAt(args + 1)), stringsOf(args));
    if (closest === null) setRef(result, Fixed.none);
    else setRef(result, newString(closest));
  },
});
