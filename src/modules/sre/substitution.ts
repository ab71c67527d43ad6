/**
 * Replacing: what stands for a match is a literal, a template (literals and groups in turn, compiled by the library's
 * `re._compile_template`), or what a callable makes of it.
 *
 * Literals and templates call no Python once they are compiled, so the pieces of the result are only noted (object, start,
 * end) and copied once. A callable's results are collected in a list and joined.
 */
import { Fixed, State, T } from '../../heap/fixed.ts';
import { bytes, words } from '../../heap/memory.ts';
import { popSlots, pushSlots } from '../../heap/slots.ts';
import { copyValue, isRef, refAt, setRef } from '../../heap/values.ts';
import { isCallable } from '../../objects/builtins-types.ts';
import { bytesData, bytesLength, isBytes, newBytes } from '../../objects/bytes.ts';
import { bytesFromObject } from '../../objects/bytes-conversion.ts';
import { declareType, newRecord, recordValue } from '../../objects/declared-types.ts';
import { clearRaised, matchesRaised, raiseTypeError } from '../../objects/errors.ts';
import { indexOf, setInt } from '../../objects/integers.ts';
import { call, callMethod } from '../../objects/invoke.ts';
import { listAppend, listItem, listSize, newList } from '../../objects/lists.ts';
import { natives } from '../../objects/natives.ts';
import { hasCodePoint, narrowed } from '../../objects/string-search.ts';
import { joinStrings } from '../../objects/string-split.ts';
import {
  allocateString,
  characterAt,
  copyBytes,
  copyCodePoints,
  isAscii,
  isStr,
  stringLength,
  stringWidth,
} from '../../objects/strings.ts';
import { newTuple, tupleItem } from '../../objects/tuples.ts';
import { typeName } from '../../objects/types.ts';
import { libraryAttribute } from '../library.ts';
import { marks } from './engine.ts';
import { groupEnd, groupStart, MATCH, MatchValue, newMatch } from './matches.ts';
import { emptyPart, sliceSubject, subjectLength } from './subjects.ts';

/** A compiled template: one list, as re._parser.parse_template makes it: literal, group, literal, ..., literal. */
const TEMPLATE = declareType({ name: 'SRE_Template', module: '_sre', values: 1, final: true, hidden: true });

natives('_sre', {
  'template(pattern, template, /)': (args, result) => {
    const template = newRecord(TEMPLATE);
    copyValue(recordValue(template, 0), args + 1);
    setRef(result, template);
  },
});

/** result = re._compile_template(pattern, template). Calls Python. */
function compileTemplate(pattern: number, template: number, result: number): void {
  const slots = pushSlots(3);
  libraryAttribute('re', '_compile_template', slots);
  copyValue(slots + 1, pattern);
  copyValue(slots + 2, template);
  try {
    call(slots, slots + 1, 2, result);
  } catch (error) {
    // what cannot be a key of the library's cache (a bytearray) becomes bytes
    if (isStr(template) || isBytes(template) || !matchesRaised(error, T.TypeError)) throw error;
    clearRaised();
    words[State.stackTop] = slots + 3;
    setRef(slots + 2, bytesFromObject(template));
    call(slots, slots + 1, 2, result);
  }
  if (!isRef(result) || words[refAt(result) << 1] !== TEMPLATE) {
    raiseTypeError(`_compile_template returned an unexpected object of type '${typeName(result)}'`);
  }
  popSlots(3);
}

// The pieces of a result, noted in turn.

let pieceRefs: number[] = [];
let pieceStarts: number[] = [];
let pieceEnds: number[] = [];

function beginPieces(): void {
  pieceRefs = [];
  pieceStarts = [];
  pieceEnds = [];
}
function addPiece(ref: number, start: number, end: number): void {
  if (start >= end) return;
  pieceRefs.push(ref);
  pieceStarts.push(start);
  pieceEnds.push(end);
}

/** A str or bytes of all pieces. Allocates only. */
function joinPieces(isText: boolean): number {
  let length = 0;
  for (let i = 0; i < pieceRefs.length; i++) length += pieceEnds[i] - pieceStarts[i];
  if (!isText) {
    const result = newBytes(length);
    let to = bytesData(result);
    for (let i = 0; i < pieceRefs.length; i++) {
      const size = pieceEnds[i] - pieceStarts[i];
      copyBytes(to, bytesData(pieceRefs[i]) + pieceStarts[i], size);
      to += size;
    }
    return result;
  }
  if (length === 0) return Fixed.emptyString;
  let width = 1;
  let ascii = true;
  for (const ref of pieceRefs) {
    width = Math.max(width, stringWidth(ref));
    ascii &&= isAscii(ref);
  }
  const result = allocateString(length, width, ascii);
  let to = 0;
  for (let i = 0; i < pieceRefs.length; i++) {
    copyCodePoints(result, to, pieceRefs[i], pieceStarts[i], pieceEnds[i]);
    to += pieceEnds[i] - pieceStarts[i];
  }
  // one character may have a fixed object
  if (length === 1) return characterAt(result, 0);
  return ascii ? result : narrowed(result);
}

/** True if a literal or template in `slot` can be pieced together with the subject: both text, or both bytes. */
function fits(slot: number, isText: boolean): boolean {
  return isText ? isStr(slot) : isBytes(slot);
}
function sizeOf(ref: number, isText: boolean): number {
  return isText ? stringLength(ref) : bytesLength(ref);
}

/** Adds what a template makes of the match that the engine's marks tell of. */
function addTemplate(list: number, subject: number, isText: boolean): void {
  const size = listSize(list);
  for (let i = 0; i < size; i++) {
    const item = listItem(list, i);
    if ((i & 1) === 0) addPiece(refAt(item), 0, sizeOf(refAt(item), isText));
    else {
      const group = indexOf(item);
      if (marks[group * 2] >= 0 && marks[group * 2 + 1] >= 0) {
        addPiece(subject, marks[group * 2], marks[group * 2 + 1]);
      }
    }
  }
}

/** result = match.expand(template). Calls Python. */
function expand(args: number, result: number): void {
  const slots = pushSlots(1);
  const match = refAt(args);
  compileTemplate(recordValue(match, MatchValue.pattern), args + 1, slots);
  const list = refAt(recordValue(refAt(slots), 0));
  const subject = recordValue(match, MatchValue.subject);
  const isText = isStr(subject);
  const size = listSize(list);
  const parts = pushSlots(2);
  setRef(parts, newList(0));
  for (let i = 0; i < size; i++) {
    const item = listItem(list, i);
    if ((i & 1) === 0) listAppend(refAt(parts), item);
    else {
      const group = indexOf(item);
      const start = groupStart(match, group);
      if (start < 0) continue;
      sliceSubject(subject, start, groupEnd(match, group), parts + 1);
      listAppend(refAt(parts), parts + 1);
    }
  }
  join(refAt(parts), isText, result);
  popSlots(3);
}
natives(MATCH, { 'expand(self, /, template)': expand });

/** result = ''.join(list) or b''.join(list). May raise TypeError. */
function join(list: number, isText: boolean, result: number): void {
  const slots = pushSlots(2);
  setRef(slots + 1, list);
  if (isText) setRef(result, joinStrings(Fixed.emptyString, slots + 1));
  else {
    setRef(slots, newBytes(0));
    callMethod(slots, 'join', slots + 1, 1, result);
  }
  popSlots(2);
}

/** True if the str or bytes holds a backslash. */
function hasBackslash(slot: number): boolean {
  const ref = refAt(slot);
  if (isStr(slot)) return hasCodePoint(ref, 92);
  const data = bytesData(ref);
  return bytes.subarray(data, data + bytesLength(ref)).includes(92);
}

/**
 * result = the subject with matches replaced, as `sub` has it; with `counting` a pair of that and their number. `find`
 * looks for the next match behind the last one. May call Python.
 */
export function substitute(
  pattern: number,
  replacement: number,
  subject: number,
  count: number,
  isText: boolean,
  find: (from: number, must: number) => boolean,
  counting: boolean,
  result: number,
): void {
  const slots = pushSlots(4);
  const template = slots;
  let literal = false;
  const callable = isCallable(replacement);
  if (!callable) {
    literal = (isStr(replacement) || isBytes(replacement)) && !hasBackslash(replacement);
    if (!literal) {
      compileTemplate(pattern, replacement, template);
      const list = refAt(recordValue(refAt(template), 0));
      if (listSize(list) === 1) {
        copyValue(template, listItem(list, 0));
        literal = true;
      }
    } else copyValue(template, replacement);
  }
  const plain = !callable && (isStr(subject) || isBytes(subject)) && (!literal || fits(template, isText));
  const parts = slots + 1;
  const item = slots + 2;
  if (plain) beginPieces();
  else setRef(parts, newList(0));
  let done = 0;
  let copied = 0;
  let from = 0;
  let must = -1;
  const add = (start: number, end: number): void => {
    if (plain) addPiece(refAt(subject), start, end);
    else if (start < end) {
      sliceSubject(subject, start, end, item);
      listAppend(refAt(parts), item);
    }
  };
  while ((count === 0 || done < count) && find(from, must)) {
    const start = marks[0];
    const end = marks[1];
    add(copied, start);
    if (plain && literal) addPiece(refAt(template), 0, sizeOf(refAt(template), isText));
    else if (plain) addTemplate(refAt(recordValue(refAt(template), 0)), refAt(subject), isText);
    else if (literal) listAppend(refAt(parts), template);
    else if (callable) {
      setRef(item, newMatch(refAt(pattern), subject, 0, subjectLength));
      call(replacement, item, 1, item);
      if (!isRef(item) || refAt(item) !== Fixed.none) listAppend(refAt(parts), item);
    } else {
      setRef(item, newMatch(refAt(pattern), subject, 0, subjectLength));
      const expanded = pushSlots(2);
      copyValue(expanded, item);
      copyValue(expanded + 1, replacement);
      expand(expanded, item);
      popSlots(2);
      listAppend(refAt(parts), item);
    }
    copied = end;
    must = start === end ? end : -1;
    from = end;
    done++;
  }
  find(-1, -1);
  add(copied, subjectLength);
  if (plain) setRef(item, joinPieces(isText));
  else if (listSize(refAt(parts)) === 0) setRef(item, emptyPart());
  else join(refAt(parts), isText, item);
  if (counting) {
    const pair = newTuple(2);
    copyValue(tupleItem(pair, 0), item);
    setInt(tupleItem(pair, 1), done);
    setRef(result, pair);
  } else copyValue(result, item);
  popSlots(4);
}
