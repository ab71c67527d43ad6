/**
 * The _warnings module: what `warnings.warn` does once the filters have been asked, and the door for warnings that come
 * from TypeScript. It lies in the interpreter because a warning's place is a frame. The state (filters, defaults,
 * version) belongs to the virtual machine, not to a module object: `warnings` may be imported afresh, and until it is
 * imported at all the defaults here are what counts.
 */
import { Fixed, State, T } from '../heap/fixed.ts';
import { Code, CodeFlag, Frame, Generator, Kind, Tuple } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setNull, setRef, setSmallInt } from '../heap/values.ts';
import { writeError } from '../modules/printing.ts';
import { findAttribute } from '../objects/attributes.ts';
import { isSubclass } from '../objects/builtins-types.ts';
import { dictClear, dictFind, dictFindString, dictSet, dictSetString, newDict } from '../objects/dicts.ts';
import { raiseObject, raiseRuntimeError, raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { indexOf, isExactInt, isInt } from '../objects/integers.ts';
import { call, callMethod } from '../objects/invoke.ts';
import { listAppend, listItem, listSize, newList } from '../objects/lists.ts';
import { registerModule } from '../objects/modules.ts';
import { N } from '../objects/names.ts';
import { natives } from '../objects/natives.ts';
import { equals, repr, str, truth } from '../objects/operations.ts';
import { intern, isStr, newString, stringOf } from '../objects/strings.ts';
import { newTuple, tupleItem, tupleSize } from '../objects/tuples.ts';
import {
  argumentType,
  isInstanceOf,
  isSubtype,
  isType,
  kindAt,
  lookup,
  typeName,
  typeNameOf,
} from '../objects/types.ts';
import { setWarner } from '../objects/warnings.ts';
import { lineAt } from './code-positions.ts';
import { currentInstruction } from './frame-objects.ts';
import { firstInstruction, globalsOf } from './frames.ts';
import { startImportlib } from './importlib.ts';
import { importAbsolute } from './imports.ts';
import { sourceLine } from './source-lines.ts';

function isNone(slot: number): boolean {
  return isNull(slot) || (isRef(slot) && refAt(slot) === Fixed.none);
}

/** Action and category of the filters that there are at first; the first one counts in `__main__` only. */
const defaultFilters: readonly [string, T][] = [
  ['default', T.DeprecationWarning],
  ['ignore', T.DeprecationWarning],
  ['ignore', T.PendingDeprecationWarning],
  ['ignore', T.ImportWarning],
  ['ignore', T.ResourceWarning],
];

/** The dict of the state: filters, onceregistry, defaultaction, version, context (a ContextVar). Made at first need. */
function state(): number {
  if (words[State.warnings] !== 0) return words[State.warnings];
  const slots = pushSlots(5);
  const dict = newDict();
  words[State.warnings] = dict;
  const filters = newList(0);
  setRef(slots, filters);
  dictSetString(dict, intern('filters'), slots);
  defaultFilters.forEach(([action, category], i) => {
    const filter = newTuple(5);
    setRef(slots + 1, filter);
    setRef(tupleItem(filter, 0), intern(action));
    setRef(tupleItem(filter, 1), Fixed.none);
    setRef(tupleItem(filter, 2), category);
    setRef(tupleItem(filter, 3), i === 0 ? N.__main__ : Fixed.none);
    setSmallInt(tupleItem(filter, 4), 0);
    listAppend(filters, slots + 1);
  });
  setRef(slots, newDict());
  dictSetString(dict, intern('onceregistry'), slots);
  setRef(slots, intern('default'));
  dictSetString(dict, intern('defaultaction'), slots);
  setSmallInt(slots, 1);
  dictSetString(dict, intern('version'), slots);
  importAbsolute('_contextvars', slots);
  findAttribute(slots, intern('ContextVar'), slots + 1);
  setRef(slots + 2, intern('warnings_context'));
  call(slots + 1, slots + 2, 1, slots + 3);
  dictSetString(dict, intern('context'), slots + 3);
  popSlots(5);
  return dict;
}
function stateCell(name: string): number {
  return dictFindString(state(), intern(name));
}
/** Filters have changed: what registries remember no longer holds. */
function newVersion(): void {
  const cell = stateCell('version');
  setSmallInt(cell, indexOf(cell) + 1);
}

/** result = attribute of the module `warnings` if that is imported; with `load` it is imported. False: there is none. */
function ofWarnings(name: string, result: number, load = false): boolean {
  const slots = pushSlots(1);
  const module = dictFindString(words[State.modulesDict], intern('warnings'));
  if (module !== 0) copyValue(slots, module);
  else if (load) importAbsolute('warnings', slots);
  const found = (module !== 0 || load) && findAttribute(slots, intern(name), result);
  popSlots(1);
  return found;
}

/** result = what `warnings` has under this name now, which is kept for the time that it has none; else what was kept. */
function current(name: string, result: number): void {
  if (ofWarnings(name, result)) dictSetString(state(), intern(name), result);
  else copyValue(result, stateCell(name));
}

// Registries.

/** The key of a warning in a registry, in a slot: (text, category, line), or without the line. */
function registryKey(text: number, category: number, line: number, result: number): void {
  const key = newTuple(line < 0 ? 2 : 3);
  copyValue(tupleItem(key, 0), text);
  copyValue(tupleItem(key, 1), category);
  if (line >= 0) copyValue(tupleItem(key, 2), line);
  setRef(result, key);
}

/** Was that warned of already? Clears a registry that is older than the filters; enters the key if `enter`. */
function alreadyWarned(registry: number, key: number, enter: boolean): boolean {
  const dict = refAt(registry);
  const name = intern('version');
  const version = dictFindString(dict, name);
  if (version === 0 || !isExactInt(version) || indexOf(version) !== indexOf(stateCell('version'))) {
    dictClear(dict);
    dictSetString(dict, name, stateCell('version'));
  } else {
    const known = dictFind(dict, key);
    if (known !== 0 && truth(known)) return true;
  }
  if (enter) enterKey(dict, key);
  return false;
}
function enterKey(dict: number, key: number): void {
  const slot = pushSlots(1);
  setRef(slot, Fixed.true);
  dictSet(dict, key, slot);
  popSlots(1);
}

// Filters.

/** Does a filter's pattern accept a text: None, a str that is equal, or what `match` finds true. */
function patternAccepts(pattern: number, text: number): boolean {
  if (isNone(pattern)) return true;
  if (isRef(pattern) && words[refAt(pattern) << 1] === T.str) return equals(pattern, text);
  const slots = pushSlots(2);
  copyValue(slots, text);
  callMethod(pattern, 'match', slots, 1, slots + 1);
  const accepted = truth(slots + 1);
  popSlots(2);
  return accepted;
}

/** result = the action that the list of filters has for a warning; `item` = the filter. False: none fits. */
function searchFilters(
  filters: number,
  category: number,
  text: number,
  line: number,
  module: number,
  item: number,
  result: number,
): boolean {
  if (!isInstanceOf(filters, T.list)) raiseValueError('warnings.filters must be a list');
  for (let i = 0; i < listSize(refAt(filters)); i++) {
    copyValue(item, listItem(refAt(filters), i));
    if (!isInstanceOf(item, T.tuple) || tupleSize(refAt(item)) !== 5) {
      raiseValueError(`warnings.filters item ${i} isn't a 5-tuple`);
    }
    const filter = refAt(item);
    if (!isStr(tupleItem(filter, 0))) {
      raiseTypeError(`action must be a string, not '${typeName(tupleItem(filter, 0))}'`);
    }
    if (
      patternAccepts(tupleItem(filter, 1), text) &&
      isSubclass(category, tupleItem(filter, 2)) &&
      patternAccepts(tupleItem(filter, 3), module)
    ) {
      const wanted = indexOf(tupleItem(filter, 4));
      if (wanted === 0 || wanted === line) {
        copyValue(result, tupleItem(filter, 0));
        return true;
      }
    }
  }
  return false;
}

/** result = the action for a warning; `item` = the filter that says so, or None. */
function findAction(category: number, text: number, line: number, module: number, item: number, result: number): void {
  const slots = pushSlots(3);
  // a context with filters of its own: warnings.catch_warnings under -X context_aware_warnings
  setRef(slots + 1, Fixed.none);
  callMethod(stateCell('context'), 'get', slots + 1, 1, slots);
  if (!isNone(slots)) {
    if (!findAttribute(slots, intern('_filters'), slots)) raiseTypeError("warnings context has no '_filters'");
  } else current('filters', slots);
  if (!searchFilters(slots, category, text, line, module, item, result)) {
    setRef(item, Fixed.none);
    current('defaultaction', result);
    if (!isStr(result)) raiseTypeError(`warnings.defaultaction must be a string, not '${typeName(result)}'`);
  }
  popSlots(3);
}

// Showing.

/** What Python code shows with warnings._showwarnmsg if it can; before that exists, the same text on sys.stderr. */
function show(
  category: number,
  text: number,
  message: number,
  filename: number,
  line: number,
  sourceText: number,
  source: number,
): void {
  const slots = pushSlots(10);
  if (!ofWarnings('_showwarnmsg', slots, !isNone(source))) {
    const place = `${stringOf(str(filename))}:${stringOf(str(line))}`;
    const head = `${place}: ${typeNameOf(refAt(category))}: ${stringOf(str(text))}\n`;
    const given = !isNone(sourceText) && isStr(sourceText) ? stringOf(refAt(sourceText)) : null;
    const shown = (given ?? sourceLine(stringOf(str(filename)), isInt(line) ? indexOf(line) : 0)).trim();
    writeError(shown === '' ? head : `${head}  ${shown}\n`);
    popSlots(10);
    return;
  }
  if (lookup(words[refAt(slots) << 1], N.__call__) === 0 && kindAt(slots) !== Kind.function) {
    raiseTypeError('warnings._showwarnmsg() must be set to a callable');
  }
  if (!ofWarnings('WarningMessage', slots + 1)) raiseRuntimeError('unable to get warnings.WarningMessage');
  copyValue(slots + 2, message);
  copyValue(slots + 3, category);
  copyValue(slots + 4, filename);
  copyValue(slots + 5, line);
  setRef(slots + 6, Fixed.none);
  setRef(slots + 7, Fixed.none);
  if (isNone(source)) setRef(slots + 8, Fixed.none);
  else copyValue(slots + 8, source);
  call(slots + 1, slots + 2, 7, slots + 9);
  call(slots, slots + 9, 1, slots + 9);
  popSlots(10);
}

/** The arguments of warn_explicit, as slots; `module`, `registry`, `sourceText` and `source` may hold NULL or None. */
interface Explicit {
  readonly message: number;
  readonly category: number;
  readonly filename: number;
  readonly line: number;
  readonly module: number;
  readonly registry: number;
  readonly sourceText: number;
  readonly source: number;
}

/** Module name that stands for a file: its name without `.py`. */
function moduleOfFile(filename: string): string {
  if (filename === '') return '<unknown>';
  return filename.toLowerCase().endsWith('.py') ? filename.slice(0, -3) : filename;
}

/** May call Python; raises the warning if a filter says "error". */
function warnExplicit({ message, category, filename, line, module, registry, sourceText, source }: Explicit): void {
  if (!isNone(registry) && !isInstanceOf(registry, T.dict) && !isNone(registry)) {
    raiseTypeError("'registry' must be a dict or None");
  }
  const slots = pushSlots(8);
  const [kind, object, text, name, key, item, action] = [0, 1, 2, 3, 4, 5, 6].map((i) => slots + i);
  if (isNone(module)) setRef(name, newString(moduleOfFile(stringOf(str(filename)))));
  else copyValue(name, module);
  if (isInstanceOf(message, T.Warning)) {
    setRef(text, str(message));
    copyValue(object, message);
    setRef(kind, words[refAt(message) << 1]);
  } else {
    copyValue(text, message);
    copyValue(kind, category);
    call(category, message, 1, object);
  }
  registryKey(text, kind, line, key);
  const hasRegistry = !isNone(registry);
  if (hasRegistry && alreadyWarned(registry, key, false)) {
    popSlots(8);
    return;
  }
  findAction(kind, text, indexOf(line), name, item, action);
  const wanted = stringOf(refAt(action));
  if (wanted === 'error') raiseObject(object);
  let known = wanted === 'ignore';
  if (!known && wanted !== 'always' && wanted !== 'all') {
    if (hasRegistry) enterKey(refAt(registry), key);
    registryKey(text, kind, -1, key);
    if (wanted === 'once') {
      if (hasRegistry) copyValue(slots + 7, registry);
      else current('onceregistry', slots + 7);
      known = alreadyWarned(slots + 7, key, true);
    } else if (wanted === 'module') known = hasRegistry && alreadyWarned(registry, key, true);
    else if (wanted !== 'default') {
      const filter = stringOf(repr(item));
      raiseRuntimeError(`Unrecognized action (${stringOf(repr(action))}) in warnings.filters:\n ${filter}`);
    }
  }
  if (!known) show(kind, text, object, filename, line, sourceText, source);
  popSlots(8);
}

// Frames.

/** The frame's caller as Python sees it: without the frames of builtins that are written in Python. */
function callerOf(frame: number): number {
  let caller = words[(frame << 1) + Frame.caller];
  while (caller !== 0 && isHidden(caller)) caller = words[(caller << 1) + Frame.caller];
  return caller;
}
function isHidden(frame: number): boolean {
  return (words[(words[(frame << 1) + Frame.code] << 1) + Code.flags] & CodeFlag.hidden) !== 0;
}
function fileOf(frame: number): string {
  return stringOf(words[(words[(frame << 1) + Frame.code] << 1) + Code.filename]);
}
function isInternal(filename: string): boolean {
  return filename.includes('importlib') && filename.includes('_bootstrap');
}

/** The frame that a warning with this stack level is about; 0: beyond the outermost. */
function frameOf(stackLevel: number, skipped: readonly string[]): number {
  let frame = words[State.frame];
  if (frame !== 0 && isHidden(frame)) frame = callerOf(frame);
  if (frame === 0) return 0;
  const plain = stackLevel <= 0 || isInternal(fileOf(frame));
  for (let level = stackLevel; level > 1 && frame !== 0; level--) {
    do frame = callerOf(frame);
    while (
      frame !== 0 &&
      !plain &&
      (isInternal(fileOf(frame)) || skipped.some((prefix) => fileOf(frame).startsWith(prefix)))
    );
  }
  return frame;
}

/** What `warnings.warn` does: `message` and `source` are slots, `category` one with a class. */
function warnAt(
  message: number,
  category: number,
  stackLevel: number,
  source: number,
  skipped: readonly string[],
): void {
  const slots = pushSlots(5);
  const [filename, line, module, registry] = [0, 1, 2, 3].map((i) => slots + i);
  const frame = frameOf(stackLevel, skipped);
  let globals: number;
  if (frame === 0) {
    importAbsolute('sys', registry);
    globals = words[(refAt(registry) << 1) + 2];
    setRef(filename, newString('<sys>'));
    setSmallInt(line, 0);
  } else {
    globals = globalsOf(frame);
    const code = words[(frame << 1) + Frame.code];
    setRef(filename, words[(code << 1) + Code.filename]);
    setSmallInt(line, lineAt(code, currentInstruction(frame) - firstInstruction(code)));
  }
  const name = intern('__warningregistry__');
  const known = dictFindString(globals, name);
  if (known !== 0) copyValue(registry, known);
  else {
    setRef(registry, newDict());
    dictSetString(globals, name, registry);
  }
  const moduleName = dictFindString(globals, N.__name__);
  if (moduleName !== 0) copyValue(module, moduleName);
  else setRef(module, newString('<string>'));
  setNull(slots + 4);
  warnExplicit({ message, category, filename, line, module, registry, sourceText: slots + 4, source });
  popSlots(5);
}

natives('_warnings', {
  'warn(message, category=None, stacklevel=1, source=None, *, skip_file_prefixes=...)': (args, result) => {
    const slots = pushSlots(1);
    if (isInstanceOf(args, T.Warning)) setRef(slots, words[refAt(args) << 1]);
    else if (isNone(args + 1)) setRef(slots, T.UserWarning);
    else copyValue(slots, args + 1);
    if (!isType(slots) || !isSubtype(refAt(slots), T.Warning)) {
      raiseTypeError(`category must be a Warning subclass, not '${typeName(slots)}'`);
    }
    const skipped: string[] = [];
    if (!isNull(args + 4)) {
      if (kindAt(args + 4) !== Kind.tuple)
        raiseTypeError(`warn() argument 'skip_file_prefixes' must be tuple, not ${argumentType(args + 4)}`);
      const tuple = refAt(args + 4);
      for (let i = 0; i < words[(tuple << 1) + Tuple.size]; i++) {
        const item = tupleItem(tuple, i);
        if (!isStr(item)) raiseTypeError(`Found non-str '${stringOf(repr(item))}' in skip_file_prefixes.`);
        skipped.push(stringOf(refAt(item)));
      }
    }
    const level = indexOf(args + 2);
    warnAt(args, slots, skipped.length > 0 && level < 2 ? 2 : level, args + 3, skipped);
    popSlots(1);
    setRef(result, Fixed.none);
  },
  'warn_explicit(message, category, filename, lineno, module=..., registry=None, module_globals=None, source=None)': (
    args,
    result,
  ) => {
    setRef(result, Fixed.none);
    // a module that has ended
    if (!isNull(args + 4) && isNone(args + 4)) return;
    const sourceText = pushSlots(1);
    setNull(sourceText);
    if (!isNone(args + 6)) lineFromLoader(args + 6, args + 3, sourceText);
    warnExplicit({
      message: args,
      category: args + 1,
      filename: args + 2,
      line: args + 3,
      module: args + 4,
      registry: args + 5,
      sourceText,
      source: args + 7,
    });
    popSlots(1);
    setRef(result, Fixed.none);
  },
  '_filters_mutated_lock_held()': (_args, result) => {
    newVersion();
    setRef(result, Fixed.none);
  },
  // one thread runs Python at a time and nothing here waits
  '_acquire_lock()': (_args, result) => setRef(result, Fixed.none),
  '_release_lock()': (_args, result) => setRef(result, Fixed.none),
});

/** result = the line of source that the module's loader has, for warn_explicit's module_globals; or NULL. */
function lineFromLoader(globals: number, line: number, result: number): void {
  if (!isInstanceOf(globals, T.dict)) {
    raiseTypeError(`module_globals must be a dict, not '${typeName(globals)}'`);
  }
  const name = dictFindString(refAt(globals), N.__name__);
  if (name === 0) return;
  // importlib decides between `__loader__` and `__spec__.loader`, and complains if they disagree
  startImportlib();
  const loader = pushSlots(1);
  importAbsolute('_frozen_importlib_external', loader);
  callMethod(loader, '_bless_my_loader', globals, 1, loader);
  if (isNone(loader)) return;
  const slots = pushSlots(2);
  if (findAttribute(loader, intern('get_source'), slots)) {
    copyValue(slots + 1, name);
    call(slots, slots + 1, 1, slots);
    if (isStr(slots)) {
      const text = stringOf(refAt(slots)).split(/\r\n|\r|\n/)[indexOf(line) - 1];
      if (text !== undefined) setRef(result, newString(text));
    }
  }
  popSlots(2);
}

registerModule('_warnings', (dict) => {
  for (const [name, own] of [
    ['filters', 'filters'],
    ['_onceregistry', 'onceregistry'],
    ['_defaultaction', 'defaultaction'],
    ['_warnings_context', 'context'],
  ]) {
    const cell = stateCell(own);
    dictSetString(dict, intern(name), cell);
  }
});

/** A warning about a place in a source file that is being compiled. Raises if a filter says so. */
export function warnOfSource(category: T, message: string, filename: string, line: number): void {
  const slots = pushSlots(7);
  setRef(slots, newString(message));
  setRef(slots + 1, category);
  setRef(slots + 2, newString(filename));
  setSmallInt(slots + 3, line);
  for (const i of [4, 5, 6]) setNull(slots + i);
  const [module, registry, nothing] = [slots + 4, slots + 5, slots + 6];
  warnExplicit({
    message: slots,
    category: slots + 1,
    filename: slots + 2,
    line: slots + 3,
    module,
    registry,
    sourceText: nothing,
    source: nothing,
  });
  popSlots(7);
}

function warn(category: T, message: string, stackLevel: number): void {
  const slots = pushSlots(3);
  setRef(slots, newString(message));
  setRef(slots + 1, category);
  setNull(slots + 2);
  warnAt(slots, slots + 1, stackLevel, slots + 2, []);
  popSlots(3);
}

setWarner({
  warn,
  unawaited: (coroutine) => {
    const slots = pushSlots(2);
    if (ofWarnings('_warn_unawaited_coroutine', slots)) call(slots, coroutine, 1, slots + 1);
    else {
      const name = stringOf(words[(refAt(coroutine) << 1) + Generator.qualname]);
      warn(T.RuntimeWarning, `coroutine '${name}' was never awaited`, 1);
    }
    popSlots(2);
  },
});
