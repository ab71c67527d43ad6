/**
 * Match objects. One keeps the pattern, the subject, and an internal array of numbers: the bounds of the search, the last
 * closed group, and start and end of the whole and of each group (-1: not set).
 */
import { Fixed, T } from '../../heap/fixed.ts';
import { ArrayObject, RecordObject } from '../../heap/layouts.ts';
import { allocate, words } from '../../heap/memory.ts';
import { popSlots, pushSlots } from '../../heap/slots.ts';
import { copyValue, isNull, refAt, setRef, setSmallInt } from '../../heap/values.ts';
import { declareType, newRecord, recordValue } from '../../objects/declared-types.ts';
import { dictEntry, dictFind, dictNext, dictSet, newDict } from '../../objects/dicts.ts';
import { raise } from '../../objects/errors.ts';
import { makeGeneric } from '../../objects/generic-aliases.ts';
import { hasIndex, indexOf, isInt, setInt } from '../../objects/integers.ts';
import { getset, natives } from '../../objects/natives.ts';
import { repr } from '../../objects/operations.ts';
import { newString, stringOf } from '../../objects/strings.ts';
import { newTuple, tupleItem, tupleSize } from '../../objects/tuples.ts';
import { defineOperators } from '../../objects/type-operators.ts';
import { marks } from './engine.ts';
import { sliceSubject } from './subjects.ts';

/** Patterns: what they hold, by index of the record's values. Their `aux` is the number of groups. */
export const PATTERN = declareType({
  name: 'Pattern',
  weak: true,
  module: 're',
  native: '_sre',
  values: 5,
  final: true,
  hidden: true,
});
export enum PatternValue {
  pattern,
  /** `raw` array: the code words */
  code,
  /** dict: name -> number */
  groupIndex,
  /** tuple: number -> name or None */
  indexGroup,
  /** int */
  flags,
}

export const MATCH = declareType({
  name: 'Match',
  module: 're',
  native: '_sre',
  values: 3,
  final: true,
  hidden: true,
});
export enum MatchValue {
  pattern,
  subject,
  /** `raw` array, see Span */
  spans,
}
/** Words of the array of numbers, whose data begins at word 2. */
enum Span {
  position = 2,
  endPosition,
  lastIndex,
  /** start of group 0; its end follows, and then the other groups */
  first,
}

/** How many groups a pattern has (the whole not counted). */
export function groupsOf(pattern: number): number {
  return words[(pattern << 1) + RecordObject.aux];
}

/** A match of `pattern` (a ref) on the subject in a slot, from the engine's marks. Allocates only. */
export function newMatch(pattern: number, subject: number, position: number, endPosition: number): number {
  const groups = groupsOf(pattern);
  const count = Span.first - Span.position + 2 * (groups + 1);
  const spans = allocate(1 + ((count + 1) >> 1));
  const word = spans << 1;
  words[word] = T.raw;
  words[word + ArrayObject.length] = count * 4;
  words[word + Span.position] = position;
  words[word + Span.endPosition] = endPosition;
  words[word + Span.lastIndex] = marks[groups * 2 + 2];
  words[word + Span.first] = marks[0];
  words[word + Span.first + 1] = marks[1];
  for (let at = 2; at < groups * 2 + 2; at += 2) {
    const start = marks[at];
    const end = marks[at + 1];
    const set = start >= 0 && end >= 0;
    words[word + Span.first + at] = set ? start : -1;
    words[word + Span.first + at + 1] = set ? end : -1;
  }
  const match = newRecord(MATCH);
  setRef(recordValue(match, MatchValue.pattern), pattern);
  copyValue(recordValue(match, MatchValue.subject), subject);
  setRef(recordValue(match, MatchValue.spans), spans);
  return match;
}

function patternOf(match: number): number {
  return refAt(recordValue(match, MatchValue.pattern));
}
function spanWord(match: number, field: Span): number {
  return words[(refAt(recordValue(match, MatchValue.spans)) << 1) + field];
}
export function groupStart(match: number, group: number): number {
  return spanWord(match, Span.first + group * 2);
}
export function groupEnd(match: number, group: number): number {
  return spanWord(match, Span.first + 1 + group * 2);
}

/** result = the text of a group; `missing` (a slot) for one that is not set. */
function groupText(match: number, group: number, missing: number, result: number): void {
  const start = groupStart(match, group);
  if (start < 0) copyValue(result, missing);
  else sliceSubject(recordValue(match, MatchValue.subject), start, groupEnd(match, group), result);
}

/** The number of the group that a slot names or numbers; IndexError if there is none. May call `__index__`, `__eq__`. */
function groupNumber(match: number, slot: number): number {
  const pattern = patternOf(match);
  let number = -1;
  if (isInt(slot) || hasIndex(slot)) number = indexOf(slot);
  else {
    const found = dictFind(refAt(recordValue(pattern, PatternValue.groupIndex)), slot);
    if (found !== 0 && isInt(found)) number = indexOf(found);
  }
  if (number < 0 || number > groupsOf(pattern)) raise(T.IndexError, 'no such group');
  return number;
}
/** The same for an optional argument: NULL is the whole. */
function groupArgument(args: number): number {
  return isNull(args + 1) ? 0 : groupNumber(refAt(args), args + 1);
}

function setSpan(match: number, group: number, result: number): void {
  const pair = newTuple(2);
  setSmallInt(tupleItem(pair, 0), groupStart(match, group));
  setSmallInt(tupleItem(pair, 1), groupEnd(match, group));
  setRef(result, pair);
}

natives(MATCH, {
  'group(self, *args)': (args, result) => {
    const match = refAt(args);
    const wanted = refAt(args + 1);
    const count = tupleSize(wanted);
    const none = pushSlots(2);
    setRef(none, Fixed.none);
    if (count <= 1) {
      groupText(match, count === 0 ? 0 : groupNumber(match, tupleItem(wanted, 0)), none, result);
    } else {
      const texts = newTuple(count);
      setRef(none + 1, texts);
      for (let i = 0; i < count; i++) {
        groupText(match, groupNumber(match, tupleItem(wanted, i)), none, tupleItem(texts, i));
      }
      setRef(result, texts);
    }
    popSlots(2);
  },
  'groups(self, /, default=None)': (args, result) => {
    const match = refAt(args);
    const count = groupsOf(patternOf(match));
    const texts = newTuple(count);
    for (let i = 0; i < count; i++) groupText(match, i + 1, args + 1, tupleItem(texts, i));
    setRef(result, texts);
  },
  'groupdict(self, /, default=None)': (args, result) => {
    const match = refAt(args);
    const names = refAt(recordValue(patternOf(match), PatternValue.groupIndex));
    const slots = pushSlots(3);
    setRef(slots, newDict());
    for (let at = dictNext(names, 0); at >= 0; at = dictNext(names, at + 1)) {
      const entry = dictEntry(names, at);
      copyValue(slots + 1, entry);
      groupText(match, groupNumber(match, slots + 1), args + 1, slots + 2);
      dictSet(refAt(slots), slots + 1, slots + 2);
    }
    copyValue(result, slots);
    popSlots(3);
  },
  'start(self, group=..., /)': (args, result) => setInt(result, groupStart(refAt(args), groupArgument(args))),
  'end(self, group=..., /)': (args, result) => setInt(result, groupEnd(refAt(args), groupArgument(args))),
  'span(self, group=..., /)': (args, result) => setSpan(refAt(args), groupArgument(args), result),
  '__copy__(self, /)': (args, result) => copyValue(result, args),
  '__deepcopy__(self, memo, /)': (args, result) => copyValue(result, args),
});
makeGeneric(MATCH);

defineOperators(MATCH, {
  getItem: (self, key, result) => {
    const none = pushSlots(1);
    setRef(none, Fixed.none);
    groupText(refAt(self), groupNumber(refAt(self), key), none, result);
    popSlots(1);
  },
  repr: (self) => {
    const match = refAt(self);
    const text = pushSlots(1);
    groupText(match, 0, text, text);
    const shown = stringOf(repr(text));
    popSlots(1);
    return newString(
      `<re.Match object; span=(${groupStart(match, 0)}, ${groupEnd(match, 0)}), match=${[...shown].slice(0, 50).join('')}>`,
    );
  },
});

getset(MATCH, 'string', (self, result) => copyValue(result, recordValue(refAt(self), MatchValue.subject)));
getset(MATCH, 're', (self, result) => copyValue(result, recordValue(refAt(self), MatchValue.pattern)));
getset(MATCH, 'pos', (self, result) => setInt(result, spanWord(refAt(self), Span.position)));
getset(MATCH, 'endpos', (self, result) => setInt(result, spanWord(refAt(self), Span.endPosition)));
getset(MATCH, 'lastindex', (self, result) => {
  const last = spanWord(refAt(self), Span.lastIndex);
  if (last > 0) setInt(result, last);
  else setRef(result, Fixed.none);
});
getset(MATCH, 'lastgroup', (self, result) => {
  const match = refAt(self);
  const last = spanWord(match, Span.lastIndex);
  const names = refAt(recordValue(patternOf(match), PatternValue.indexGroup));
  if (last > 0 && last < tupleSize(names)) copyValue(result, tupleItem(names, last));
  else setRef(result, Fixed.none);
});
getset(MATCH, 'regs', (self, result) => {
  const match = refAt(self);
  const count = groupsOf(patternOf(match)) + 1;
  const spans = newTuple(count);
  for (let i = 0; i < count; i++) setSpan(match, i, tupleItem(spans, i));
  setRef(result, spans);
});
