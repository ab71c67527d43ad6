/** Instructions that make, fill and take apart lists, tuples, sets, dicts, strings and slices. */
import { Op } from '../compiler/instructions.ts';
import { Fixed, T } from '../heap/fixed.ts';
import { Kind, List } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef } from '../heap/values.ts';
import { newInterpolation } from '../modules/templates.ts';
import { findAttribute } from '../objects/attributes.ts';
import { dictEntry, dictFind, dictMerge, dictNext, dictSet, newDict } from '../objects/dicts.ts';
import { clearRaised, matchesRaised, raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { call } from '../objects/invoke.ts';
import { listExtend } from '../objects/list-extend.ts';
import { listAppend, newListFrom } from '../objects/lists.ts';
import { N } from '../objects/names.ts';
import { canIterate, format, getItem, iterate, next, repr, str } from '../objects/operations.ts';
import { setUpdateFrom } from '../objects/set-methods.ts';
import { newSet, setAdd } from '../objects/sets.ts';
import { newSlice } from '../objects/slices.ts';
import {
  allocateString,
  copyCodePoints,
  isAscii,
  isStr,
  latin1String,
  newString,
  stringLength,
  stringOf,
  stringWidth,
} from '../objects/strings.ts';
import { newTupleFrom } from '../objects/tuples.ts';
import { kindOf, typeName, typeOf } from '../objects/types.ts';
import { sourceAt } from './operands.ts';

/** BUILD_TUPLE, BUILD_LIST, BUILD_SET, BUILD_MAP, BUILD_STRING (`dri`). */
export function buildInstruction(op: Op, pc: number, base: number): void {
  build(op, base + words[pc + 2], words[pc + 3], base + words[pc + 1]);
}

/** What a BUILD instruction makes of the operands from cell `r` on, into cell `d`. */
export function build(op: Op, r: number, count: number, d: number): void {
  switch (op) {
    case Op.BUILD_TUPLE:
      setRef(d, newTupleFrom(r, count));
      return;
    case Op.BUILD_LIST:
      setRef(d, newListFrom(r, count));
      return;
    case Op.BUILD_SET: {
      const slot = pushSlots(1);
      setRef(slot, newSet());
      for (let i = 0; i < count; i++) setAdd(refAt(slot), r + i);
      copyValue(d, slot);
      popSlots(1);
      return;
    }
    case Op.BUILD_MAP: {
      const slot = pushSlots(1);
      setRef(slot, newDict());
      for (let i = 0; i < count; i++) dictSet(refAt(slot), r + 2 * i, r + 2 * i + 1);
      copyValue(d, slot);
      popSlots(1);
      return;
    }
    default:
      setRef(d, joinStrings(r, count));
  }
}

/** The concatenation of `count` strs. */
function joinStrings(r: number, count: number): number {
  let length = 0;
  let width = 1;
  let ascii = true;
  for (let i = 0; i < count; i++) {
    const part = refAt(r + i);
    const own = stringLength(part);
    length += own;
    if (own > 0 && stringWidth(part) > width) width = stringWidth(part);
    if (!isAscii(part) && own > 0) ascii = false;
  }
  if (length === 0) return Fixed.emptyString;
  if (length === 1) for (let i = 0; i < count; i++) if (stringLength(refAt(r + i)) === 1) return refAt(r + i);
  const result = allocateString(length, width, ascii);
  let at = 0;
  for (let i = 0; i < count; i++) {
    const part = refAt(r + i);
    const own = stringLength(part);
    if (own > 0) copyCodePoints(result, at, part, 0, own);
    at += own;
  }
  return result;
}

/** UNPACK_SEQUENCE (`sri`). */
export function unpackSequence(pc: number, base: number): void {
  const object = sourceAt(pc + 1, base);
  const r = base + words[pc + 2];
  const count = words[pc + 3];
  if (isRef(object)) {
    const ref = refAt(object);
    const type = words[ref << 1];
    if (type === T.tuple || type === T.list) {
      const size = words[(ref << 1) + 1];
      if (size === count) {
        let from = type === T.tuple ? ref + 1 : words[(ref << 1) + List.items] + 1;
        for (let i = 0; i < count; i++) copyValue(r + i, from++);
        return;
      }
      if (size < count) raiseValueError(`not enough values to unpack (expected ${count}, got ${size})`);
      raiseValueError(`too many values to unpack (expected ${count}, got ${size})`);
    }
  }
  if (!canIterate(object)) raiseTypeError(`cannot unpack non-iterable ${typeName(object)} object`);
  const slots = pushSlots(count + 2);
  iterate(object, slots);
  for (let i = 0; i < count; i++) {
    if (!next(slots, slots + 1 + i)) {
      raiseValueError(`not enough values to unpack (expected ${count}, got ${i})`);
    }
  }
  if (next(slots, slots + 1 + count)) {
    let got = '';
    if (isRef(object) && typeOf(object) === T.dict) got = `, got ${words[(refAt(object) << 1) + 1]}`;
    raiseValueError(`too many values to unpack (expected ${count}${got})`);
  }
  for (let i = 0; i < count; i++) copyValue(r + i, slots + 1 + i);
  popSlots(count + 2);
}

/** UNPACK_EX (`srii`): before the star, after it. */
export function unpackEx(pc: number, base: number): void {
  const object = sourceAt(pc + 1, base);
  const r = base + words[pc + 2];
  const before = words[pc + 3];
  const after = words[pc + 4];
  if (!canIterate(object)) raiseTypeError(`cannot unpack non-iterable ${typeName(object)} object`);
  const slot = pushSlots(2);
  setRef(slot, newListFrom(slot, 0));
  // of an object of a Python class only the iterator is asked, not its length
  const isInstance = isRef(object) && kindOf(refAt(object)) === Kind.instance;
  if (isInstance) iterate(object, slot + 1);
  listExtend(refAt(slot), isInstance ? slot + 1 : object);
  const list = refAt(slot);
  const size = words[(list << 1) + List.size];
  if (size < before + after) {
    raiseValueError(`not enough values to unpack (expected at least ${before + after}, got ${size})`);
  }
  const items = words[(list << 1) + List.items] + 1;
  const middle = newListFrom(items + before, size - before - after);
  for (let i = 0; i < before; i++) copyValue(r + i, items + i);
  setRef(r + before, middle);
  for (let i = 0; i < after; i++) copyValue(r + before + 1 + i, items + size - after + i);
  popSlots(2);
}

/** LIST_APPEND, LIST_EXTEND, SET_ADD, SET_UPDATE, MAP_ADD, DICT_UPDATE, DICT_MERGE: the container in register r. */
export function extendInstruction(op: Op, pc: number, base: number): void {
  const mapped = op === Op.MAP_ADD ? sourceAt(pc + 3, base) : 0;
  extend(op, refAt(base + words[pc + 1]), sourceAt(pc + 2, base), mapped);
}

/** The same by its parts; `mapped`: the second operand of MAP_ADD. */
export function extend(op: Op, container: number, value: number, mapped: number): void {
  switch (op) {
    case Op.LIST_APPEND:
      listAppend(container, value);
      return;
    case Op.LIST_EXTEND:
      if (!canIterate(value)) raiseTypeError(`Value after * must be an iterable, not ${typeName(value)}`);
      listExtend(container, value);
      return;
    case Op.SET_ADD:
      setAdd(container, value);
      return;
    case Op.SET_UPDATE:
      setUpdateFrom(container, value);
      return;
    case Op.MAP_ADD:
      dictSet(container, value, mapped);
      return;
    case Op.DICT_UPDATE:
      updateFromMapping(container, value);
      return;
  }
}

/** {**mapping}: copies the entries; TypeError if it is no mapping. */
function updateFromMapping(dict: number, mapping: number): void {
  if (isRef(mapping) && words[refAt(mapping) << 1] === T.dict) {
    dictMerge(dict, refAt(mapping));
    return;
  }
  forEachEntry(mapping, `'${typeName(mapping)}' object is not a mapping`, (key, value) => dictSet(dict, key, value));
}

/** Calls `visit` with slots of each key and value of a mapping that has `keys`. */
export function forEachEntry(mapping: number, message: string, visit: (key: number, value: number) => void): void {
  const slots = pushSlots(4);
  if (!findAttribute(mapping, N.keys, slots)) raiseTypeError(message);
  call(slots, slots, 0, slots);
  iterate(slots, slots + 1);
  while (next(slots + 1, slots + 2)) {
    getItem(mapping, slots + 2, slots + 3);
    visit(slots + 2, slots + 3);
  }
  popSlots(4);
}

/** How messages about a call name the function in a slot: module and qualified name, with parentheses. */
export function callableText(callable: number): string {
  const slots = pushSlots(2);
  let text: string;
  if (!findAttribute(callable, N.__qualname__, slots) || !isStr(slots)) text = stringOf(str(callable));
  else {
    text = `${stringOf(refAt(slots))}()`;
    if (findAttribute(callable, N.__module__, slots + 1) && isStr(slots + 1)) {
      const module = stringOf(refAt(slots + 1));
      if (module !== 'builtins') text = `${module}.${text}`;
    }
  }
  popSlots(2);
  return text;
}

/** DICT_MERGE (`rss`): keyword arguments of a call. */
export function dictMergeInstruction(pc: number, base: number): void {
  const dict = refAt(base + words[pc + 1]);
  const mapping = sourceAt(pc + 2, base);
  const callable = sourceAt(pc + 3, base);
  const add = (key: number, value: number): void => {
    // keys that are no strings are refused by the call itself
    if (dictFind(dict, key) !== 0) {
      raiseTypeError(`${callableText(callable)} got multiple values for keyword argument '${stringOf(str(key))}'`);
    }
    dictSet(dict, key, value);
  };
  if (isRef(mapping) && words[refAt(mapping) << 1] === T.dict) {
    const source = refAt(mapping);
    for (let position = dictNext(source, 0); position >= 0; position = dictNext(source, position + 1)) {
      add(dictEntry(source, position), dictEntry(source, position) + 1);
    }
    return;
  }
  forEachEntry(mapping, `${callableText(callable)} argument after ** must be a mapping, not ${typeName(mapping)}`, add);
}

/** LIST_TO_TUPLE (`ds`). */
export function listToTuple(pc: number, base: number): void {
  tupleOfList(sourceAt(pc + 2, base), base + words[pc + 1]);
}

/** d = tuple(list) of the list in a cell. */
export function tupleOfList(slot: number, d: number): void {
  const list = refAt(slot) << 1;
  setRef(d, newTupleFrom(words[list + List.items] + 1, words[list + List.size]));
}

/** BUILD_SLICE (`dsss`). */
export function buildSlice(pc: number, base: number): void {
  const slots = pushSlots(3);
  for (let i = 0; i < 3; i++) {
    const from = sourceAt(pc + 2 + i, base);
    if (isNull(from)) setRef(slots + i, Fixed.none);
    else copyValue(slots + i, from);
  }
  setRef(base + words[pc + 1], newSlice(slots, slots + 1, slots + 2));
  popSlots(3);
}

/** FORMAT_SIMPLE (`dsi`) and FORMAT_WITH_SPEC (`dsis`). */
export function formatInstruction(pc: number, base: number, withSpec: boolean): void {
  formatValue(sourceAt(pc + 2, base), words[pc + 3], withSpec ? sourceAt(pc + 4, base) : 0, base + words[pc + 1]);
}

/** d = format(value after conversion, specification); `specification`: a cell, or 0. */
export function formatValue(value: number, conversion: number, specification: number, d: number): void {
  const slot = pushSlots(1);
  copyValue(slot, value);
  switch (conversion) {
    case 115:
      setRef(slot, str(value));
      break;
    case 114:
      setRef(slot, repr(value));
      break;
    case 97:
      setRef(slot, asciiRepr(value));
  }
  if (specification !== 0) setRef(slot, format(slot, refAt(specification)));
  else if (!isRef(slot) || words[refAt(slot) << 1] !== T.str) setRef(slot, format(slot, Fixed.emptyString));
  copyValue(d, slot);
  popSlots(1);
}

/** BUILD_INTERPOLATION (`dssis`). */
export function buildInterpolation(pc: number, base: number): void {
  const conversion = words[pc + 4];
  const specification = sourceAt(pc + 5, base);
  const ref = newInterpolation(
    sourceAt(pc + 2, base),
    refAt(sourceAt(pc + 3, base)),
    conversion === 0 ? Fixed.none : latin1String(conversion),
    isNull(specification) ? Fixed.emptyString : refAt(specification),
  );
  setRef(base + words[pc + 1], ref);
}

/** ascii(value): repr with everything beyond ASCII escaped. */
export function asciiRepr(value: number): number {
  const text = stringOf(repr(value));
  let escaped = '';
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    if (code < 128) escaped += character;
    else if (code < 256) escaped += `\\x${code.toString(16).padStart(2, '0')}`;
    else if (code < 65536) escaped += `\\u${code.toString(16).padStart(4, '0')}`;
    else escaped += `\\U${code.toString(16).padStart(8, '0')}`;
  }
  return newString(escaped);
}

/** True if a missing key is what `error` says. */
export function isKeyError(error: unknown): boolean {
  if (!matchesRaised(error, T.KeyError)) return false;
  clearRaised();
  return true;
}
