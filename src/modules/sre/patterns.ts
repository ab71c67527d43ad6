/** Pattern objects: searching in all its forms. */
import { Fixed, type T } from '../../heap/fixed.ts';
import { ArrayObject, RecordObject } from '../../heap/layouts.ts';
import { words } from '../../heap/memory.ts';
import { popSlots, pushSlots } from '../../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef, setSmallInt } from '../../heap/values.ts';
import { viewOf } from '../../objects/buffers.ts';
import { isBytes } from '../../objects/bytes.ts';
import { declareType, newRecord, recordValue } from '../../objects/declared-types.ts';
import { raiseTypeError } from '../../objects/errors.ts';
import { makeGeneric } from '../../objects/generic-aliases.ts';
import { indexOf, intHash, setBool, setInt, sizeOf } from '../../objects/integers.ts';
import { listAppend, newList } from '../../objects/lists.ts';
import { newMappingProxy } from '../../objects/mapping-proxies.ts';
import { getset, natives, staticNatives } from '../../objects/natives.ts';
import { equals, repr, tableHash } from '../../objects/operations.ts';
import { CompareOperator } from '../../objects/operators.ts';
import { isStr, newString, stringOf } from '../../objects/strings.ts';
import { newTuple, tupleItem } from '../../objects/tuples.ts';
import { defineOperators } from '../../objects/type-operators.ts';
import { Mode, marks, type Program, programOf, run } from './engine.ts';
import { groupsOf, MATCH, newMatch, PATTERN, PatternValue } from './matches.ts';
import { Flag } from './opcodes.ts';
import { loadSubject, sliceSubject, subjectBase, subjectIsText, subjectLength, subjectWidth } from './subjects.ts';
import { substitute } from './substitution.ts';

function programOfPattern(pattern: number): Program {
  return programOf(refAt(recordValue(pattern, PatternValue.code)), groupsOf(pattern));
}

/** Loads the subject; TypeError if the pattern is for text and it is bytes, or the other way round. */
function loadFor(pattern: number, subject: number): void {
  loadSubject(subject);
  const source = recordValue(pattern, PatternValue.pattern);
  if (isRef(source) && refAt(source) === Fixed.none) return;
  if (isStr(source) !== subjectIsText) {
    raiseTypeError(
      subjectIsText
        ? 'cannot use a bytes pattern on a string-like object'
        : 'cannot use a string pattern on a bytes-like object',
    );
  }
}

/** The bounds given as arguments, within the length of the subject loaded last. Loads it again: `__index__` may run. */
let start = 0;
let end = 0;
function loadBounds(pattern: number, subject: number, position: number, endPosition: number): void {
  start = isNull(position) ? 0 : indexOf(position);
  end = isNull(endPosition) ? Number.MAX_SAFE_INTEGER : indexOf(endPosition);
  loadFor(pattern, subject);
  start = Math.min(Math.max(start, 0), subjectLength);
  end = Math.min(Math.max(end, 0), subjectLength);
}

/** match, search and fullmatch: arguments pattern, string, pos, endpos. */
function matching(mode: Mode): (args: number, result: number) => void {
  return (args, result) => {
    const pattern = refAt(args);
    loadBounds(pattern, args + 1, args + 2, args + 3);
    if (run(programOfPattern(pattern), mode, subjectWidth, subjectBase, start, end, -1)) {
      setRef(result, newMatch(pattern, args + 1, start, end));
    } else setRef(result, Fixed.none);
  };
}

function findAll(args: number, result: number): void {
  const pattern = refAt(args);
  loadBounds(pattern, args + 1, args + 2, args + 3);
  const program = programOfPattern(pattern);
  const { groups } = program;
  const slots = pushSlots(2);
  const found = newList(0);
  setRef(slots, found);
  const item = slots + 1;
  let must = -1;
  while (run(program, Mode.search, subjectWidth, subjectBase, start, end, must)) {
    if (groups <= 1) markedText(args + 1, groups, item);
    else {
      const texts = newTuple(groups);
      for (let i = 0; i < groups; i++) markedText(args + 1, i + 1, tupleItem(texts, i));
      setRef(item, texts);
    }
    listAppend(found, item);
    start = marks[1];
    must = marks[0] === marks[1] ? start : -1;
  }
  setRef(result, found);
  popSlots(2);
}

/** result = the text of a group by the engine's marks; empty if it is not set. */
function markedText(subject: number, group: number, result: number): void {
  const from = marks[group * 2];
  const to = marks[group * 2 + 1];
  if (from < 0 || to < 0) sliceSubject(subject, 0, 0, result);
  else sliceSubject(subject, from, to, result);
}

function split(args: number, result: number): void {
  const pattern = refAt(args);
  const limit = sizeOf(args + 2);
  loadFor(pattern, args + 1);
  const program = programOfPattern(pattern);
  const slots = pushSlots(2);
  const parts = newList(0);
  setRef(slots, parts);
  const item = slots + 1;
  let last = 0;
  let must = -1;
  let done = 0;
  while (
    (limit === 0 || done < limit) &&
    run(program, Mode.search, subjectWidth, subjectBase, last, subjectLength, must)
  ) {
    sliceSubject(args + 1, last, marks[0], item);
    listAppend(parts, item);
    for (let group = 1; group <= program.groups; group++) {
      if (marks[group * 2] < 0 || marks[group * 2 + 1] < 0) setRef(item, Fixed.none);
      else sliceSubject(args + 1, marks[group * 2], marks[group * 2 + 1], item);
      listAppend(parts, item);
    }
    last = marks[1];
    must = marks[0] === marks[1] ? last : -1;
    done++;
  }
  sliceSubject(args + 1, last, subjectLength, item);
  listAppend(parts, item);
  setRef(result, parts);
  popSlots(2);
}

/** sub and subn: arguments pattern, repl, string, count. */
function substituting(counting: boolean): (args: number, result: number) => void {
  return (args, result) => {
    const pattern = refAt(args);
    const count = sizeOf(args + 3);
    loadFor(pattern, args + 2);
    const program = programOfPattern(pattern);
    const isText = subjectIsText;
    const find = (from: number, must: number): boolean => {
      loadSubject(args + 2);
      return from >= 0 && run(program, Mode.search, subjectWidth, subjectBase, from, subjectLength, must);
    };
    substitute(args, args + 1, args + 2, count, isText, find, counting, result);
  };
}

/** A scanner keeps where the next match may begin (`aux` 1: nowhere any more), and whether it may be empty there. */
const SCANNER = declareType({
  name: 'SRE_Scanner',
  module: '_sre',
  values: 7,
  final: true,
  hidden: true,
});
/** What finditer gives: a scanner that is its own iterator. */
const FOUND = declareType({
  name: 'callable_iterator',
  module: 'builtins',
  native: '_sre',
  values: 7,
  final: true,
  hidden: true,
});
enum ScannerValue {
  pattern,
  subject,
  position,
  endPosition,
  next,
  must,
  /** a memoryview of a subject that could change its size, so that it does not */
  view,
}

function newScanner(type: T, args: number, result: number): void {
  const pattern = refAt(args);
  loadBounds(pattern, args + 1, args + 2, args + 3);
  const scanner = newRecord(type);
  setRef(recordValue(scanner, ScannerValue.pattern), pattern);
  copyValue(recordValue(scanner, ScannerValue.subject), args + 1);
  setSmallInt(recordValue(scanner, ScannerValue.position), start);
  setSmallInt(recordValue(scanner, ScannerValue.endPosition), end);
  setSmallInt(recordValue(scanner, ScannerValue.next), start);
  setSmallInt(recordValue(scanner, ScannerValue.must), -1);
  setRef(result, scanner);
  if (!isStr(args + 1) && !isBytes(args + 1)) setRef(recordValue(scanner, ScannerValue.view), viewOf(args + 1));
}

/** The next match in `result`; false if there is none. */
function scan(scannerSlot: number, mode: Mode, result: number): boolean {
  const scanner = refAt(scannerSlot);
  const aux = (scanner << 1) + RecordObject.aux;
  if (words[aux] !== 0) return false;
  const pattern = refAt(recordValue(scanner, ScannerValue.pattern));
  const subject = recordValue(scanner, ScannerValue.subject);
  loadSubject(subject);
  const numberAt = (value: ScannerValue): number => words[recordValue(scanner, value) << 1];
  const next = numberAt(ScannerValue.next);
  const endPosition = Math.min(numberAt(ScannerValue.endPosition), subjectLength);
  const must = numberAt(ScannerValue.must);
  if (!run(programOfPattern(pattern), mode, subjectWidth, subjectBase, next, endPosition, must)) {
    words[aux] = 1;
    return false;
  }
  setSmallInt(recordValue(scanner, ScannerValue.next), marks[1]);
  setSmallInt(recordValue(scanner, ScannerValue.must), marks[0] === marks[1] ? marks[1] : -1);
  setRef(result, newMatch(pattern, subject, numberAt(ScannerValue.position), endPosition));
  return true;
}
const scanning =
  (mode: Mode) =>
  (args: number, result: number): void => {
    if (!scan(args, mode, result)) setRef(result, Fixed.none);
  };
natives(SCANNER, {
  'match(self, /)': scanning(Mode.match),
  'search(self, /)': scanning(Mode.search),
});
getset(SCANNER, 'pattern', (self, result) => copyValue(result, recordValue(refAt(self), ScannerValue.pattern)));
defineOperators(FOUND, { next: (self, result) => scan(self, Mode.search, result) });

natives(PATTERN, {
  'match(self, /, string, pos=..., endpos=...)': matching(Mode.match),
  'search(self, /, string, pos=..., endpos=...)': matching(Mode.search),
  'fullmatch(self, /, string, pos=..., endpos=...)': matching(Mode.full),
  'findall(self, /, string, pos=..., endpos=...)': findAll,
  'finditer(self, /, string, pos=..., endpos=...)': (args, result) => newScanner(FOUND, args, result),
  'scanner(self, /, string, pos=..., endpos=...)': (args, result) => newScanner(SCANNER, args, result),
  'split(self, /, string, maxsplit=0)': split,
  'sub(self, /, repl, string, count=0)': substituting(false),
  'subn(self, /, repl, string, count=0)': substituting(true),
  '__copy__(self, /)': (args, result) => copyValue(result, args),
  '__deepcopy__(self, memo, /)': (args, result) => copyValue(result, args),
});
makeGeneric(PATTERN);
for (const [type, name] of [
  [PATTERN, 're.Pattern'],
  [MATCH, 're.Match'],
] as const) {
  staticNatives(type, {
    '__new__(cls, /, *args, **kwargs)': () => raiseTypeError(`cannot create '${name}' instances`),
  });
}

getset(PATTERN, 'pattern', (self, result) => copyValue(result, recordValue(refAt(self), PatternValue.pattern)));
getset(PATTERN, 'flags', (self, result) => copyValue(result, recordValue(refAt(self), PatternValue.flags)));
getset(PATTERN, 'groups', (self, result) => setInt(result, groupsOf(refAt(self))));
getset(PATTERN, 'groupindex', (self, result) =>
  setRef(result, newMappingProxy(refAt(recordValue(refAt(self), PatternValue.groupIndex)))),
);

/** The names of flags in the order in which repr has them. */
const flagNames: readonly [Flag, string][] = [
  [Flag.ignoreCase, 're.IGNORECASE'],
  [Flag.locale, 're.LOCALE'],
  [Flag.multiline, 're.MULTILINE'],
  [Flag.dotAll, 're.DOTALL'],
  [Flag.unicode, 're.UNICODE'],
  [Flag.verbose, 're.VERBOSE'],
  [Flag.debug, 're.DEBUG'],
  [Flag.ascii, 're.ASCII'],
];

function patternRepr(self: number): number {
  const pattern = refAt(self);
  const source = recordValue(pattern, PatternValue.pattern);
  let flags = indexOf(recordValue(pattern, PatternValue.flags));
  if (isStr(source) && (flags & (Flag.locale | Flag.unicode | Flag.ascii)) === Flag.unicode) flags &= ~Flag.unicode;
  const shown: string[] = [];
  for (const [flag, name] of flagNames) {
    if ((flags & flag) === 0) continue;
    shown.push(name);
    flags &= ~flag;
  }
  if (flags !== 0) shown.push(`0x${flags.toString(16)}`);
  const text = [...stringOf(repr(source))].slice(0, 200).join('');
  return newString(`re.compile(${text}${shown.length > 0 ? `, ${shown.join('|')}` : ''})`);
}

function sameCode(a: number, b: number): boolean {
  const first = refAt(recordValue(a, PatternValue.code)) << 1;
  const second = refAt(recordValue(b, PatternValue.code)) << 1;
  const length = words[first + ArrayObject.length];
  if (length !== words[second + ArrayObject.length]) return false;
  for (let i = 0; i < length / 4; i++) {
    if (words[first + ArrayObject.data + i] !== words[second + ArrayObject.data + i]) return false;
  }
  return true;
}

defineOperators(PATTERN, {
  repr: patternRepr,
  compareOperators: [CompareOperator.equal, CompareOperator.notEqual],
  compare: (operator, left, right, result) => {
    if (!isRef(right) || words[refAt(right) << 1] !== PATTERN) return false;
    const a = refAt(left);
    const b = refAt(right);
    const value = (pattern: number, index: PatternValue): number => recordValue(pattern, index);
    const same =
      a === b ||
      (indexOf(value(a, PatternValue.flags)) === indexOf(value(b, PatternValue.flags)) &&
        isStr(value(a, PatternValue.pattern)) === isStr(value(b, PatternValue.pattern)) &&
        sameCode(a, b) &&
        equals(value(a, PatternValue.pattern), value(b, PatternValue.pattern)));
    setBool(result, same === (operator === CompareOperator.equal));
    return true;
  },
  hash: (self) => {
    const pattern = refAt(self);
    return (
      tableHash(recordValue(pattern, PatternValue.pattern)) ^
      intHash(recordValue(pattern, PatternValue.flags)) ^
      groupsOf(pattern)
    );
  },
});
