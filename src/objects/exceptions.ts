/**
 * Exception objects as Python sees them: BaseException's constructor, attributes and methods. What single exception
 * types add (OSError's errno, SyntaxError's position, ...) is in exception-types.ts; raising is in errors.ts.
 */
import { Fixed, T } from '../heap/fixed.ts';
import { Exception, ExceptionFlag, Kind, Tuple } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setNull, setRef } from '../heap/values.ts';
import { findAttribute, setAttribute } from './attributes.ts';
import { dictCount, dictEntry, dictNext } from './dicts.ts';
import { allocateException, isException, raiseTypeError, throwException } from './errors.ts';
import { setBool } from './integers.ts';
import { listAppend, newList } from './lists.ts';
import { N } from './names.ts';
import { getset, type NativeGetter, type NativeSetter, natives, staticNatives } from './natives.ts';
import { makeDictOf, setDictOf } from './object-dicts.ts';
import { iterate, next, repr, str } from './operations.ts';
import { internRef, isStr, newString, stringOf } from './strings.ts';
import { newTuple, newTupleFrom, tupleItem } from './tuples.ts';
import { argumentType, isSubtype, isType, kindAt, typeName } from './types.ts';

staticNatives(T.BaseException, {
  '__new__(cls, /, *args, **kwargs)': (args, result) => {
    if (!isType(args) || !isSubtype(refAt(args), T.BaseException)) {
      raiseTypeError(`BaseException.__new__(X): X is not a subtype of BaseException`);
    }
    const type = refAt(args);
    const ref = allocateException(type);
    words[(ref << 1) + Exception.args] = refAt(args + 1);
    setNull(ref + (Exception.value >> 1));
    setRef(result, ref);
  },
});

/** TypeError if **kwargs in a slot is not empty. */
export function rejectKeywords(self: number, keywords: number): void {
  if (dictCount(refAt(keywords)) !== 0) raiseTypeError(`${typeName(self)}() takes no keyword arguments`);
}
export function setArguments(self: number, args: number): void {
  words[(refAt(self) << 1) + Exception.args] = refAt(args);
}

function reference(field: Exception): NativeGetter {
  return (object, result) => {
    const ref = words[(refAt(object) << 1) + field];
    setRef(result, ref === 0 ? Fixed.none : ref);
  };
}
function isNone(slot: number): boolean {
  return isRef(slot) && refAt(slot) === Fixed.none;
}
function exceptionSetter(field: Exception, name: string): NativeSetter {
  return (object, value) => {
    if (isNull(value)) raiseTypeError(`${name} may not be deleted`);
    if (!isNone(value) && !isException(value)) {
      raiseTypeError(`exception ${name.slice(2, -2)} must be None or derive from BaseException`);
    }
    words[(refAt(object) << 1) + field] = isNone(value) ? 0 : refAt(value);
    if (field === Exception.cause) words[(refAt(object) << 1) + Exception.flags] |= ExceptionFlag.suppressContext;
  };
}
getset(T.BaseException, 'args', reference(Exception.args), (object, value) => {
  if (isNull(value)) raiseTypeError('args may not be deleted');
  const base = pushSlots(3);
  setRef(base, newList(0));
  iterate(value, base + 1);
  while (next(base + 1, base + 2)) listAppend(refAt(base), base + 2);
  const items = refAt(base);
  const size = words[(items << 1) + 1];
  words[(refAt(object) << 1) + Exception.args] = newTupleFrom(words[(items << 1) + 2] + 1, size);
  popSlots(3);
});
getset(T.BaseException, '__cause__', reference(Exception.cause), exceptionSetter(Exception.cause, '__cause__'));
getset(T.BaseException, '__context__', reference(Exception.context), exceptionSetter(Exception.context, '__context__'));
getset(
  T.BaseException,
  '__suppress_context__',
  (object, result) => {
    setBool(result, (words[(refAt(object) << 1) + Exception.flags] & ExceptionFlag.suppressContext) !== 0);
  },
  (object, value) => {
    const word = (refAt(object) << 1) + Exception.flags;
    if (isNull(value)) raiseTypeError("can't delete numeric/char attribute");
    const ref = isRef(value) ? refAt(value) : 0;
    if (ref !== Fixed.true && ref !== Fixed.false) raiseTypeError('attribute value type must be bool');
    if (ref === Fixed.true) words[word] |= ExceptionFlag.suppressContext;
    else words[word] &= ~ExceptionFlag.suppressContext;
  },
);
const setTraceback: NativeSetter = (object, value) => {
  if (isNull(value)) raiseTypeError('__traceback__ may not be deleted');
  if (!isNone(value) && kindAt(value) !== Kind.traceback) raiseTypeError('__traceback__ must be a traceback or None');
  words[(refAt(object) << 1) + Exception.traceback] = isNone(value) ? 0 : refAt(value);
};
getset(T.BaseException, '__traceback__', reference(Exception.traceback), setTraceback);
getset(
  T.BaseException,
  '__dict__',
  (object, result) => setRef(result, makeDictOf(refAt(object))),
  (object, value) => {
    if (isNull(value)) raiseTypeError('cannot delete __dict__');
    if (kindAt(value) !== Kind.dict) raiseTypeError(`__dict__ must be set to a dictionary, not a '${typeName(value)}'`);
    setDictOf(refAt(object), refAt(value));
  },
);

/** str of an exception by BaseException's rule. May call Python. */
export function exceptionText(exception: number): number {
  const args = words[(refAt(exception) << 1) + Exception.args];
  const count = words[(args << 1) + Tuple.size];
  if (count === 0) return Fixed.emptyString;
  const base = pushSlots(1);
  if (count === 1) copyValue(base, tupleItem(args, 0));
  else setRef(base, args);
  const text = str(base);
  popSlots(1);
  return text;
}

natives(T.BaseException, {
  '__init__(self, /, *args, **kwargs)': (args, result) => {
    rejectKeywords(args, args + 2);
    setArguments(args, args + 1);
    setRef(result, Fixed.none);
  },
  '__str__(self, /)': (args, result) => setRef(result, exceptionText(args)),
  '__repr__(self, /)': (args, result) => {
    const tuple = words[(refAt(args) << 1) + Exception.args];
    const base = pushSlots(1);
    let shown: string;
    if (words[(tuple << 1) + Tuple.size] === 1) {
      copyValue(base, tupleItem(tuple, 0));
      shown = `(${stringOf(repr(base))})`;
    } else {
      setRef(base, tuple);
      shown = stringOf(repr(base));
    }
    popSlots(1);
    setRef(result, newString(`${typeName(args)}${shown}`));
  },
  'with_traceback(self, tb, /)': (args, result) => {
    setTraceback(args, args + 1);
    copyValue(result, args);
  },
  'add_note(self, note, /)': (args, result) => {
    if (!isStr(args + 1)) raiseTypeError(`add_note() argument must be str, not ${argumentType(args + 1)}`);
    const base = pushSlots(1);
    if (!findAttribute(args, N.__notes__, base)) {
      setRef(base, newList(0));
      setAttribute(args, N.__notes__, base);
    }
    if (kindAt(base) !== Kind.list) raiseTypeError('Cannot add note: __notes__ is not a list');
    listAppend(refAt(base), args + 1);
    popSlots(1);
    setRef(result, Fixed.none);
  },
  '__reduce__(self, /)': (args, result) => {
    const word = refAt(args) << 1;
    const dict = words[word + Exception.dict];
    const tuple = newTuple(dict === 0 ? 2 : 3);
    setRef(tupleItem(tuple, 0), words[word]);
    setRef(tupleItem(tuple, 1), words[word + Exception.args]);
    if (dict !== 0) setRef(tupleItem(tuple, 2), dict);
    setRef(result, tuple);
  },
  '__setstate__(self, state, /)': (args, result) => {
    if (!isNone(args + 1)) {
      if (kindAt(args + 1) !== Kind.dict) raiseTypeError('state is not a dictionary');
      for (let at = dictNext(refAt(args + 1), 0); at >= 0; at = dictNext(refAt(args + 1), at + 1)) {
        const entry = dictEntry(refAt(args + 1), at);
        if (!isStr(entry)) raiseTypeError(`attribute name must be string, not '${typeName(entry)}'`);
        setAttribute(args, internRef(refAt(entry)), entry + 1);
      }
    }
    setRef(result, Fixed.none);
  },
});

/** Raises an exception with one more note. Calls no Python. */
export function throwWithNote(exception: number, note: string): never {
  const slots = pushSlots(3);
  setRef(slots, exception);
  setRef(slots + 1, newList(0));
  if (!findAttribute(slots, N.__notes__, slots + 1)) setAttribute(slots, N.__notes__, slots + 1);
  setRef(slots + 2, newString(note));
  listAppend(refAt(slots + 1), slots + 2);
  throwException(refAt(slots));
}
