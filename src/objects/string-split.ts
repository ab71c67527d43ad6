/** Splitting strings into lists and tuples, and joining them. Positions are in code points. */
import { Fixed, T } from '../heap/fixed.ts';
import { List, Tuple } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { refAt, setRef } from '../heap/values.ts';
import { raiseTypeError } from './errors.ts';
import { listAppend, newList } from './lists.ts';
import { canIterate, iterate, next } from './operations.ts';
import { findLastString, findString, isLineBreak } from './string-search.ts';
import {
  allocateString,
  characterAt,
  codePointAt,
  copyCodePoints,
  isAscii,
  isStr,
  stringLength,
  stringWidth,
  substring,
} from './strings.ts';
import { newTuple, tupleItem } from './tuples.ts';
import { typeName, typeOf } from './types.ts';
import { isSpace } from './unicode.ts';

/** Appends [start, end) of `text`; `slot` is scratch. */
function appendPart(list: number, text: number, start: number, end: number, slot: number): void {
  setRef(slot, substring(text, start, end));
  listAppend(list, slot);
}

/** Turns a list around: right-hand splitting finds the last part first. */
function reverseList(list: number): void {
  const size = words[(list << 1) + List.size];
  const items = words[(list << 1) + List.items] + 1;
  for (let i = 0, k = size - 1; i < k; i++, k--) {
    const low = words[(items + i) << 1];
    words[(items + i) << 1] = words[(items + k) << 1];
    words[(items + k) << 1] = low;
  }
}

/** text.split(separator, limit): separator 0 means white space; limit < 0 means no limit. */
export function splitString(text: number, separator: number, limit: number): number {
  const list = newList(0);
  const slot = pushSlots(1);
  const length = stringLength(text);
  let left = limit < 0 ? Infinity : limit;
  let start = 0;
  if (separator === 0) {
    for (;;) {
      while (start < length && isSpace(codePointAt(text, start))) start++;
      if (start >= length) break;
      if (left-- <= 0) {
        appendPart(list, text, start, length, slot);
        break;
      }
      let end = start + 1;
      while (end < length && !isSpace(codePointAt(text, end))) end++;
      appendPart(list, text, start, end, slot);
      start = end;
    }
  } else {
    const width = stringLength(separator);
    while (left-- > 0) {
      const at = findString(text, separator, start, length);
      if (at < 0) break;
      appendPart(list, text, start, at, slot);
      start = at + width;
    }
    appendPart(list, text, start, length, slot);
  }
  popSlots(1);
  return list;
}

/** text.rsplit(separator, limit). */
export function splitStringFromEnd(text: number, separator: number, limit: number): number {
  const list = newList(0);
  const slot = pushSlots(1);
  let end = stringLength(text);
  let left = limit < 0 ? Infinity : limit;
  if (separator === 0) {
    for (;;) {
      while (end > 0 && isSpace(codePointAt(text, end - 1))) end--;
      if (end <= 0) break;
      let start = end - 1;
      if (left-- <= 0) {
        appendPart(list, text, 0, end, slot);
        break;
      }
      while (start > 0 && !isSpace(codePointAt(text, start - 1))) start--;
      appendPart(list, text, start, end, slot);
      end = start;
    }
  } else {
    const width = stringLength(separator);
    while (left-- > 0) {
      const at = findLastString(text, separator, 0, end);
      if (at < 0) break;
      appendPart(list, text, at + width, end, slot);
      end = at;
    }
    appendPart(list, text, 0, end, slot);
  }
  popSlots(1);
  reverseList(list);
  return list;
}

/** text.splitlines(keepEnds). */
export function splitLines(text: number, keepEnds: boolean): number {
  const list = newList(0);
  const slot = pushSlots(1);
  const length = stringLength(text);
  let start = 0;
  while (start < length) {
    let end = start;
    while (end < length && !isLineBreak(codePointAt(text, end))) end++;
    let after = end;
    if (after < length) {
      after =
        codePointAt(text, end) === 13 && end + 1 < length && codePointAt(text, end + 1) === 10 ? end + 2 : end + 1;
    }
    appendPart(list, text, start, keepEnds ? after : end, slot);
    start = after;
  }
  popSlots(1);
  return list;
}

/** The tuple (before, separator, after) around position `at`; -1: not found, the text comes first or last. */
export function partition(text: number, separator: number, at: number, fromEnd: boolean): number {
  const length = stringLength(text);
  const tuple = newTuple(3);
  const found = at >= 0;
  const middle = found ? at : fromEnd ? 0 : length;
  setRef(tupleItem(tuple, 0), substring(text, 0, middle));
  setRef(tupleItem(tuple, 1), found ? substring(separator, 0, stringLength(separator)) : Fixed.emptyString);
  setRef(tupleItem(tuple, 2), substring(text, found ? at + stringLength(separator) : middle, length));
  return tuple;
}

/** separator.join(iterable). May call Python (unless the iterable is a list or tuple). */
export function joinStrings(separator: number, iterable: number): number {
  const type = typeOf(iterable);
  if (type === T.list || type === T.tuple) return joinSequence(separator, iterable);
  if (!canIterate(iterable)) raiseTypeError('can only join an iterable');
  const collected = pushSlots(3);
  setRef(collected, newList(0));
  iterate(iterable, collected + 1);
  while (next(collected + 1, collected + 2)) listAppend(refAt(collected), collected + 2);
  const result = joinSequence(separator, collected);
  popSlots(3);
  return result;
}

function joinSequence(separator: number, slot: number): number {
  const ref = refAt(slot);
  const isList = typeOf(slot) === T.list;
  const size = words[(ref << 1) + (isList ? List.size : Tuple.size)];
  if (size === 0) return Fixed.emptyString;
  const first = (isList ? words[(ref << 1) + List.items] : ref) + 1;
  let width = 1;
  let ascii = true;
  let length = 0;
  for (let i = 0; i < size; i++) {
    if (!isStr(first + i)) {
      raiseTypeError(`sequence item ${i}: expected str instance, ${typeName(first + i)} found`);
    }
    const item = refAt(first + i);
    const itemWidth = stringWidth(item);
    if (itemWidth > width) width = itemWidth;
    if (!isAscii(item)) ascii = false;
    length += stringLength(item);
  }
  if (size === 1) return substring(refAt(first), 0, length);
  const gap = stringLength(separator);
  if (gap > 0) {
    width = Math.max(width, stringWidth(separator));
    ascii = ascii && isAscii(separator);
    length += gap * (size - 1);
  }
  if (length === 0) return Fixed.emptyString;
  const result = allocateString(length, width, ascii);
  let at = 0;
  for (let i = 0; i < size; i++) {
    if (i > 0 && gap > 0) {
      copyCodePoints(result, at, separator, 0, gap);
      at += gap;
    }
    const item = refAt(first + i);
    const itemLength = stringLength(item);
    copyCodePoints(result, at, item, 0, itemLength);
    at += itemLength;
  }
  return length === 1 ? characterAt(result, 0) : result;
}
