/**
 * BaseExceptionGroup and ExceptionGroup: exceptions that hold exceptions. The payload is a tuple of the message and the
 * tuple of the exceptions. What except* does with them is in interpreter/exception-groups.ts.
 */
import { Fixed, T } from '../heap/fixed.ts';
import { Exception, ExceptionFlag, Kind, List, Tuple } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, refAt, setRef } from '../heap/values.ts';
import { findAttribute, setAttribute } from './attributes.ts';
import { declareType } from './declared-types.ts';
import { allocateException, isException, isExceptionClass, raiseTypeError, raiseValueError } from './errors.ts';
import { rejectKeywords, setArguments } from './exceptions.ts';
import { makeGeneric } from './generic-aliases.ts';
import { call, callMethod } from './invoke.ts';
import { listExtend, listFrom, tupleFrom } from './list-extend.ts';
import { listAppend, newList } from './lists.ts';
import { N } from './names.ts';
import { getset, natives, staticNatives } from './natives.ts';
import { repr, str, truth } from './operations.ts';
import { newString, stringOf } from './strings.ts';
import { newTuple, newTupleFrom, tupleItem, tupleSize } from './tuples.ts';
import { argumentType, isSubtype, isType, kindAt, lookup, shortTypeName, typeNameOf, typeOf } from './types.ts';

export const BASE_GROUP = declareType({ name: 'BaseExceptionGroup', module: 'builtins', bases: [T.BaseException] });
export const GROUP = declareType({ name: 'ExceptionGroup', module: 'builtins', bases: [BASE_GROUP, T.Exception] });
makeGeneric(BASE_GROUP);

/** True for an exception (by ref) that is a group. */
export function isGroup(exception: number): boolean {
  return isSubtype(words[exception << 1], BASE_GROUP);
}
const payload = (exception: number): number => refAt(exception + (Exception.value >> 1));
/** Ref of the tuple of a group's exceptions. */
export function groupExceptions(group: number): number {
  return refAt(tupleItem(payload(group), 1));
}

/**
 * A new group of exactly this type, unchecked, of the exceptions in a tuple; `shown` is the repr of the sequence that it
 * was made of, 0 if that cannot change. Allocates only.
 */
function makeGroup(type: number, message: number, exceptions: number, args: number, shown = 0): number {
  const group = allocateException(type);
  const fields = newTuple(3);
  if (shown !== 0) setRef(tupleItem(fields, 2), shown);
  setRef(tupleItem(fields, 0), message);
  setRef(tupleItem(fields, 1), exceptions);
  setRef(group + (Exception.value >> 1), fields);
  words[(group << 1) + Exception.args] = args;
  return group;
}
/** A group of the exceptions in a tuple, with an empty message; an ExceptionGroup if it may be. Allocates only. */
export function newGroup(exceptions: number): number {
  const args = newTuple(2);
  setRef(tupleItem(args, 0), Fixed.emptyString);
  setRef(tupleItem(args, 1), exceptions);
  return makeGroup(holdsOnlyExceptions(exceptions) ? GROUP : BASE_GROUP, Fixed.emptyString, exceptions, args);
}
function holdsOnlyExceptions(exceptions: number): boolean {
  for (let i = 0; i < tupleSize(exceptions); i++) {
    if (!isSubtype(typeOf(tupleItem(exceptions, i)), T.Exception)) return false;
  }
  return true;
}

function isSequence(slot: number): boolean {
  const kind = kindAt(slot);
  if (kind === Kind.dict || kind === Kind.set || kind === Kind.view) return false;
  return lookup(typeOf(slot), N.__getitem__) !== 0;
}

staticNatives(BASE_GROUP, {
  '__new__(cls, /, *args, **kwargs)': (args, result) => {
    const given = refAt(args + 1);
    if (tupleSize(given) !== 2) {
      raiseTypeError(`BaseExceptionGroup.__new__() takes exactly 2 arguments (${tupleSize(given)} given)`);
    }
    let type = refAt(args);
    const message = tupleItem(given, 0);
    if (!isSubtype(typeOf(message), T.str)) {
      raiseTypeError(`BaseExceptionGroup.__new__() argument 1 must be str, not ${argumentType(message)}`);
    }
    const second = tupleItem(given, 1);
    if (!isSequence(second)) raiseTypeError('second argument (exceptions) must be a sequence');
    const exceptions = tupleFrom(second);
    if (tupleSize(exceptions) === 0) raiseValueError('second argument (exceptions) must be a non-empty sequence');
    for (let i = 0; i < tupleSize(exceptions); i++) {
      if (!isException(tupleItem(exceptions, i))) {
        raiseValueError(`Item ${i} of second argument (exceptions) is not an exception`);
      }
    }
    const plain = holdsOnlyExceptions(exceptions);
    if (type === BASE_GROUP) {
      if (plain) type = GROUP;
    } else if (!plain && isSubtype(type, T.Exception)) {
      raiseTypeError(
        type === GROUP
          ? 'Cannot nest BaseExceptions in an ExceptionGroup'
          : `Cannot nest BaseExceptions in '${typeNameOf(type)}'`,
      );
    }
    // the repr tells what the sequence was; a list's can be told by its items
    const group = pushSlots(1);
    setRef(group, exceptions);
    const kind = kindAt(second);
    const shown = kind === Kind.list || kind === Kind.tuple ? 0 : repr(second);
    setRef(result, makeGroup(type, refAt(message), exceptions, given, shown));
    popSlots(1);
  },
});

['message', 'exceptions'].forEach((name, i) => {
  getset(BASE_GROUP, name, (object, result) => copyValue(result, tupleItem(payload(refAt(object)), i)));
});

/** A group like `group` of the exceptions in the list `members`, by its derive(); None if there are none. */
function subset(group: number, members: number, result: number): void {
  const list = refAt(members) << 1;
  if (words[list + List.size] === 0) {
    setRef(result, Fixed.none);
    return;
  }
  const slots = pushSlots(3);
  copyValue(slots, group);
  copyValue(slots + 1, members);
  callMethod(slots, 'derive', slots + 1, 1, slots + 1);
  if (!isException(slots + 1) || !isGroup(refAt(slots + 1))) {
    raiseTypeError('derive must return an instance of BaseExceptionGroup');
  }
  const from = refAt(slots) << 1;
  const to = refAt(slots + 1) << 1;
  words[to + Exception.traceback] = words[from + Exception.traceback];
  words[to + Exception.context] = words[from + Exception.context];
  words[to + Exception.cause] = words[from + Exception.cause];
  // as every assignment to __cause__ does
  words[to + Exception.flags] |= ExceptionFlag.suppressContext;
  if (findAttribute(slots, N.__notes__, slots + 2) && isSequence(slots + 2)) {
    const notes = newList(0);
    const copied = pushSlots(1);
    setRef(copied, notes);
    listExtend(notes, slots + 2);
    setAttribute(slots + 1, N.__notes__, copied);
    popSlots(1);
  }
  copyValue(result, slots + 1);
  popSlots(3);
}

/** Does the exception in a cell match what split() and subgroup() were given? May call Python. */
type Matcher = (exception: number) => boolean;

/**
 * The part of the exception (a leaf or a group, in a rooted cell) that matches, in cell `matching`, and the rest in cell
 * `rest` if that is not 0; None for nothing. May call Python.
 */
export function splitGroup(exception: number, matcher: Matcher, matching: number, rest: number): void {
  if (matcher(exception)) {
    copyValue(matching, exception);
    if (rest !== 0) setRef(rest, Fixed.none);
    return;
  }
  const slots = pushSlots(5);
  copyValue(slots, exception);
  if (!isGroup(refAt(slots))) {
    if (rest !== 0) copyValue(rest, slots);
    setRef(matching, Fixed.none);
    popSlots(5);
    return;
  }
  setRef(slots + 1, newList(0));
  setRef(slots + 2, newList(0));
  for (let i = 0; i < tupleSize(groupExceptions(refAt(slots))); i++) {
    const member = tupleItem(groupExceptions(refAt(slots)), i);
    splitGroup(member, matcher, slots + 3, rest === 0 ? 0 : slots + 4);
    if (refAt(slots + 3) !== Fixed.none) listAppend(refAt(slots + 1), slots + 3);
    if (rest !== 0 && refAt(slots + 4) !== Fixed.none) listAppend(refAt(slots + 2), slots + 4);
  }
  subset(slots, slots + 1, slots + 3);
  if (rest !== 0) subset(slots, slots + 2, slots + 4);
  copyValue(matching, slots + 3);
  if (rest !== 0) copyValue(rest, slots + 4);
  popSlots(5);
}

/** Is it an instance of the class, or of one of the classes in a tuple, in cell `type`? */
export function matchesType(exception: number, type: number): boolean {
  if (kindAt(type) === Kind.tuple) {
    const tuple = refAt(type);
    for (let i = 0; i < words[(tuple << 1) + Tuple.size]; i++)
      if (matchesType(exception, tupleItem(tuple, i))) return true;
    return false;
  }
  return isSubtype(typeOf(exception), refAt(type));
}

/** What the argument of split() and subgroup() asks; TypeError if it asks nothing. */
function matcherOf(given: number): Matcher {
  let classes = isExceptionClass(given);
  if (!classes && kindAt(given) === Kind.tuple) {
    classes = true;
    for (let i = 0; i < tupleSize(refAt(given)); i++) classes &&= isExceptionClass(tupleItem(refAt(given), i));
  }
  if (classes) return (exception) => matchesType(exception, given);
  if (isType(given) || !isCallable(given)) {
    raiseTypeError('expected an exception type, a tuple of exception types, or a callable (other than a class)');
  }
  return (exception) => {
    const slots = pushSlots(1);
    copyValue(slots, exception);
    call(given, slots, 1, slots);
    const found = truth(slots);
    popSlots(1);
    return found;
  };
}
function isCallable(slot: number): boolean {
  const kind = kindAt(slot);
  if (kind === Kind.function || kind === Kind.native || kind === Kind.method) return true;
  return lookup(typeOf(slot), N.__call__) !== 0;
}

natives(BASE_GROUP, {
  '__init__(self, /, *args, **kwargs)': (args, result) => {
    rejectKeywords(args, args + 2);
    setArguments(args, args + 1);
    setRef(result, Fixed.none);
  },
  '__repr__(self, /)': (args, result) => {
    const fields = payload(refAt(args));
    const shown = tupleItem(fields, 2);
    let text: string;
    if (!isNull(shown)) text = stringOf(refAt(shown));
    else {
      const given = words[(refAt(args) << 1) + Exception.args];
      const slots = pushSlots(1);
      copyValue(slots, tupleItem(fields, 1));
      if (tupleSize(given) === 2 && kindAt(tupleItem(given, 1)) === Kind.list) setRef(slots, listFrom(slots));
      text = stringOf(repr(slots));
      popSlots(1);
    }
    const message = stringOf(repr(tupleItem(payload(refAt(args)), 0)));
    setRef(result, newString(`${shortTypeName(typeOf(args))}(${message}, ${text})`));
  },
  '__str__(self, /)': (args, result) => {
    const fields = payload(refAt(args));
    const count = tupleSize(refAt(tupleItem(fields, 1)));
    const text = stringOf(str(tupleItem(fields, 0)));
    setRef(result, newString(`${text} (${count} sub-exception${count === 1 ? '' : 's'})`));
  },
  'derive(self, excs, /)': (args, result) => {
    const slots = pushSlots(3);
    setRef(slots, BASE_GROUP);
    copyValue(slots + 1, tupleItem(payload(refAt(args)), 0));
    copyValue(slots + 2, args + 1);
    call(slots, slots + 1, 2, result);
    popSlots(3);
  },
  'split(self, matcher_value, /)': (args, result) => {
    const slots = pushSlots(2);
    splitGroup(args, matcherOf(args + 1), slots, slots + 1);
    setRef(result, newTupleFrom(slots, 2));
    popSlots(2);
  },
  'subgroup(self, matcher_value, /)': (args, result) => {
    const slots = pushSlots(1);
    splitGroup(args, matcherOf(args + 1), slots, 0);
    copyValue(result, slots);
    popSlots(1);
  },
});

/** Words that say where an exception came from; equal if a clause raised again what it had caught. */
export function sameOrigin(a: number, b: number): boolean {
  const at = a << 1;
  const bt = b << 1;
  return (
    isGroup(a) &&
    isGroup(b) &&
    words[at + Exception.traceback] === words[bt + Exception.traceback] &&
    words[at + Exception.cause] === words[bt + Exception.cause] &&
    words[at + Exception.context] === words[bt + Exception.context]
  );
}
/** Adds the leaves of an exception to a set. */
export function collectLeaves(exception: number, leaves: Set<number>): void {
  if (!isGroup(exception)) {
    leaves.add(exception);
    return;
  }
  const members = groupExceptions(exception);
  for (let i = 0; i < tupleSize(members); i++) collectLeaves(refAt(tupleItem(members, i)), leaves);
}
/** The list in a cell as a tuple of the same items. */
export function tupleOfList(list: number): number {
  const at = list << 1;
  return newTupleFrom(words[at + List.items] + 1, words[at + List.size]);
}
