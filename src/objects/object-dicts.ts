/**
 * Where an object keeps its `__dict__`, by layout: functions, modules and exceptions in a field, Python classes over
 * object in shapes (shapes.ts), instances of classes over other built-in types in a trailing cell behind the layout
 * (TRAILING_DICT_CELLS), and before it the members of `__slots__`.
 */
import { registerFinalizable } from '../heap/finalization.ts';
import {
  Exception,
  FunctionObject,
  Instance,
  Kind,
  layouts,
  Module,
  Str,
  StrFlag,
  Type,
  TypeFlag,
  Wrapper,
} from '../heap/layouts.ts';
import { allocate, words } from '../heap/memory.ts';
import { setNull } from '../heap/values.ts';
import { newDict } from './dicts.ts';
import { instanceDict, setInstanceDict } from './shapes.ts';
import { kindOf } from './types.ts';

/** True if instances of the type have a trailing cell, for a dict or a reference of the type's own (TypeFlag.hasTail). */
export function hasTrailingDict(type: number): boolean {
  if ((words[(type << 1) + Type.flags] & (TypeFlag.hasDict | TypeFlag.hasTail)) === 0) return false;
  switch (words[(type << 1) + Type.kind]) {
    case Kind.instance:
    case Kind.exception:
    case Kind.function:
    case Kind.module:
    case Kind.type:
    case Kind.wrapper:
      return false;
  }
  return true;
}

/**
 * Memory for an instance of `type`, a built-in type or a subclass of one (not Kind.instance): `cells` cells for the
 * layout with its tail, and what follows it: the members of `__slots__`, the trailing dict. Only the type word and what
 * follows are initialized.
 */
export function allocateOfType(type: number, cells: number): number {
  const members = words[(type << 1) + Type.memberSlots];
  const hasDict = hasTrailingDict(type);
  const ref = allocate(cells + members + (hasDict ? 1 : 0));
  words[ref << 1] = type;
  if ((words[(type << 1) + Type.flags] & TypeFlag.hasFinalizer) !== 0) registerFinalizable(ref);
  const rest = ref + cells;
  for (let i = 0; i < members; i++) setNull(rest + i);
  if (hasDict) {
    words[(rest + members) << 1] = 0;
    words[((rest + members) << 1) + 1] = 0;
  }
  return ref;
}

/** The cell of member `index` of `__slots__` of an object whose type has it. */
export function memberCell(ref: number, index: number): number {
  return ref + index + (kindOf(ref) === Kind.instance ? Instance.slots >> 1 : layoutCells(ref));
}

/** Cells that the layout of an object takes, with its tail, without the trailing dict. */
export function layoutCells(ref: number): number {
  const kind = kindOf(ref);
  const { cells, tail } = layouts[kind];
  const count = words[(ref << 1) + 1];
  switch (tail) {
    case 'values':
      return cells + count;
    case 'bytes':
      return cells + ((count + 7) >> 3);
    case 'codepoints':
      return cells + ((count * (words[(ref << 1) + Str.info] & StrFlag.widthMask) + 7) >> 3);
    case 'record':
      return cells + words[(words[ref << 1] << 1) + Type.inlineSlots];
  }
  return cells;
}

/** The word that holds the ref of an object's dict (0 in it: none yet); 0 for objects without such a word. */
export function dictWord(ref: number): number {
  switch (kindOf(ref)) {
    case Kind.exception:
      return (ref << 1) + Exception.dict;
    case Kind.function:
      return (ref << 1) + FunctionObject.dict;
    case Kind.module:
      return (ref << 1) + Module.dict;
    case Kind.type:
      return (ref << 1) + Type.dict;
    case Kind.wrapper:
      return (words[(words[ref << 1] << 1) + Type.flags] & TypeFlag.hasDict) === 0 ? 0 : (ref << 1) + Wrapper.dict;
  }
  const type = words[ref << 1];
  return hasTrailingDict(type) ? (ref + layoutCells(ref) + words[(type << 1) + Type.memberSlots]) << 1 : 0;
}

/** The dict of an object that is no Kind.instance, or 0 if it has none (yet). */
export function dictOf(ref: number): number {
  const word = dictWord(ref);
  return word === 0 ? 0 : words[word];
}

/** The dict of an object whose type has hasDict; made if there was none. An instance goes to dictionary mode. */
export function makeDictOf(ref: number): number {
  if (kindOf(ref) === Kind.instance) return instanceDict(ref);
  const word = dictWord(ref);
  if (words[word] === 0) words[word] = newDict();
  return words[word];
}

/** Replaces the dict of an object whose type has hasDict. */
export function setDictOf(ref: number, dict: number): void {
  if (kindOf(ref) === Kind.instance) setInstanceDict(ref, dict);
  else words[dictWord(ref)] = dict;
}

/** The word that holds the own reference of an object whose type has TypeFlag.hasTail. */
export function tailWord(ref: number): number {
  return ((ref + layoutCells(ref) + words[(words[ref << 1] << 1) + Type.memberSlots]) << 1) + 1;
}
