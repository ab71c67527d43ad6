/**
 * What single exception types add to BaseException: StopIteration.value, SystemExit.code, KeyError's str, the fields of
 * OSError, ImportError, AttributeError, NameError, SyntaxError and the Unicode errors.
 *
 * A type with one field keeps it in the exception's payload cell; types with several keep a tuple of them there, NULL for
 * what was never set.
 */
import { Fixed, T } from '../heap/fixed.ts';
import { Exception, Kind, Tuple } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, immediateAt, isImmediateInt, isNull, isRef, refAt, setRef } from '../heap/values.ts';
import { dictDeleteString, dictFindString } from './dicts.ts';
import { allocateException, raiseTypeError } from './errors.ts';
import { exceptionText, rejectKeywords, setArguments } from './exceptions.ts';
import { intAt, isInt } from './integers.ts';
import { N } from './names.ts';
import { getset, type NativeRoutine, natives, staticNatives } from './natives.ts';
import { repr, str } from './operations.ts';
import { intern, isStr, newString, stringLength, stringOf } from './strings.ts';
import { newTuple, newTupleFrom, tupleItem } from './tuples.ts';
import { inheritsNative, kindAt } from './types.ts';

const payloadCell = (object: number): number => refAt(object) + (Exception.value >> 1);
const argumentCount = (args: number): number => words[(refAt(args) << 1) + Tuple.size];

/** An attribute that is the payload itself. */
function singleField(type: T, name: string): void {
  getset(
    type,
    name,
    (object, result) => {
      const cell = payloadCell(object);
      if (isNull(cell)) setRef(result, Fixed.none);
      else copyValue(result, cell);
    },
    (object, value) => copyValue(payloadCell(object), value),
  );
}

/** The payload tuple of an exception, made with `size` unset fields if there was none. */
function payload(object: number, size: number): number {
  const cell = payloadCell(object);
  if (isNull(cell) || words[refAt(cell) << 1] !== T.tuple) setRef(cell, newTuple(size));
  return refAt(cell);
}
function fields(type: T, names: readonly string[]): void {
  names.forEach((name, index) => {
    getset(
      type,
      name,
      (object, result) => {
        const cell = tupleItem(payload(object, names.length), index);
        if (isNull(cell)) setRef(result, Fixed.none);
        else copyValue(result, cell);
      },
      (object, value) => copyValue(tupleItem(payload(object, names.length), index), value),
    );
  });
}

function initializer(type: T, text: string, routine: (args: number) => void): void {
  const initialize: NativeRoutine = (args, result) => {
    routine(args);
    setRef(result, Fixed.none);
  };
  natives(type, { [text]: initialize });
}
const PLAIN_INIT = '__init__(self, /, *args, **kwargs)';

singleField(T.StopIteration, 'value');
initializer(T.StopIteration, PLAIN_INIT, (args) => {
  rejectKeywords(args, args + 2);
  setArguments(args, args + 1);
  if (argumentCount(args + 1) > 0) copyValue(payloadCell(args), tupleItem(refAt(args + 1), 0));
  else setRef(payloadCell(args), Fixed.none);
});
singleField(T.SystemExit, 'code');
initializer(T.SystemExit, PLAIN_INIT, (args) => {
  rejectKeywords(args, args + 2);
  setArguments(args, args + 1);
  const count = argumentCount(args + 1);
  if (count === 0) setRef(payloadCell(args), Fixed.none);
  else if (count === 1) copyValue(payloadCell(args), tupleItem(refAt(args + 1), 0));
  else copyValue(payloadCell(args), args + 1);
});

natives(T.KeyError, {
  '__str__(self, /)': (args, result) => {
    const tuple = words[(refAt(args) << 1) + Exception.args];
    if (words[(tuple << 1) + Tuple.size] !== 1) {
      setRef(result, exceptionText(args));
      return;
    }
    const base = pushSlots(1);
    copyValue(base, tupleItem(tuple, 0));
    setRef(result, repr(base));
    popSlots(1);
  },
});

/** Takes the keyword arguments `names` out of the dict in a slot into payload fields from `first` on. */
function takeKeywords(self: number, keywords: number, names: readonly string[], first: number, size: number): void {
  const dict = refAt(keywords);
  names.forEach((name, index) => {
    const cell = dictFindString(dict, intern(name));
    if (cell === 0) return;
    copyValue(tupleItem(payload(self, size), first + index), cell);
    dictDeleteString(dict, intern(name));
  });
  rejectKeywordsOf(self, dict);
}
function rejectKeywordsOf(self: number, dict: number): void {
  const slot = pushSlots(1);
  setRef(slot, dict);
  rejectKeywords(self, slot);
  popSlots(1);
}

fields(T.AttributeError, ['name', 'obj']);
initializer(T.AttributeError, PLAIN_INIT, (args) => {
  setArguments(args, args + 1);
  takeKeywords(args, args + 2, ['name', 'obj'], 0, 2);
});
singleField(T.NameError, 'name');
initializer(T.NameError, PLAIN_INIT, (args) => {
  setArguments(args, args + 1);
  const dict = refAt(args + 2);
  const cell = dictFindString(dict, intern('name'));
  if (cell !== 0) {
    copyValue(payloadCell(args), cell);
    dictDeleteString(dict, intern('name'));
  }
  rejectKeywords(args, args + 2);
});

fields(T.ImportError, ['msg', 'name', 'path', 'name_from']);
initializer(T.ImportError, PLAIN_INIT, (args) => {
  setArguments(args, args + 1);
  const values = payload(args, 4);
  if (argumentCount(args + 1) === 1) copyValue(tupleItem(values, 0), tupleItem(refAt(args + 1), 0));
  takeKeywords(args, args + 2, ['name', 'path', 'name_from'], 1, 4);
});
natives(T.ImportError, {
  '__str__(self, /)': (args, result) => {
    const message = tupleItem(payload(args, 4), 0);
    if (isRef(message) && !isNull(message) && isStr(message)) copyValue(result, message);
    else setRef(result, exceptionText(args));
  },
});

/** errno -> the subclass of OSError that the constructor makes, on Linux and macOS. */
const errnoTypes: ReadonlyMap<number, T> = new Map<number, T>([
  [1, T.PermissionError],
  [2, T.FileNotFoundError],
  [3, T.ProcessLookupError],
  [4, T.InterruptedError],
  [10, T.ChildProcessError],
  [11, T.BlockingIOError],
  [13, T.PermissionError],
  [17, T.FileExistsError],
  [20, T.NotADirectoryError],
  [21, T.IsADirectoryError],
  [32, T.BrokenPipeError],
  [103, T.ConnectionAbortedError],
  [104, T.ConnectionResetError],
  [108, T.BrokenPipeError],
  [110, T.TimeoutError],
  [111, T.ConnectionRefusedError],
  [114, T.BlockingIOError],
  [115, T.BlockingIOError],
]);
const OS_FIELDS = ['errno', 'strerror', 'filename', 'winerror', 'filename2'];
fields(T.OSError, ['errno', 'strerror', 'filename']);
getset(
  T.OSError,
  'filename2',
  (object, result) => {
    const cell = tupleItem(payload(object, 5), 4);
    if (isNull(cell)) setRef(result, Fixed.none);
    else copyValue(result, cell);
  },
  (object, value) => copyValue(tupleItem(payload(object, 5), 4), value),
);
staticNatives(T.OSError, {
  '__new__(cls, /, *args, **kwargs)': (args, result) => {
    const tuple = refAt(args + 1);
    const count = words[(tuple << 1) + Tuple.size];
    let type = refAt(args);
    if (type === T.OSError && count >= 2 && count <= 5 && isImmediateInt(tupleItem(tuple, 0))) {
      type = errnoTypes.get(immediateAt(tupleItem(tuple, 0))) ?? T.OSError;
    }
    const ref = allocateException(type);
    const values = newTuple(OS_FIELDS.length);
    words[(ref << 1) + Exception.args] = tuple;
    setRef(ref + (Exception.value >> 1), values);
    // A subclass with an __init__ of its own and no __new__ has its fields set when that calls ours.
    if (inheritsNative(type, N.__init__, T.OSError)) fillOsError(ref, tuple);
    setRef(result, ref);
  },
});
function fillOsError(ref: number, args: number): void {
  const count = words[(args << 1) + Tuple.size];
  if (count < 2 || count > 5) return;
  const values = refAt(ref + (Exception.value >> 1));
  for (let i = 0; i < count; i++) {
    const item = tupleItem(args, i);
    if (i >= 2 && isRef(item) && refAt(item) === Fixed.none) continue;
    copyValue(tupleItem(values, i), item);
  }
  // args keeps errno and strerror only
  if (count > 2 && !isNull(tupleItem(values, 2)))
    words[(ref << 1) + Exception.args] = newTupleFrom(tupleItem(args, 0), 2);
}
initializer(T.OSError, PLAIN_INIT, (args) => {
  rejectKeywords(args, args + 2);
  if (inheritsNative(words[refAt(args) << 1], N.__init__, T.OSError)) return;
  setArguments(args, args + 1);
  payload(args, OS_FIELDS.length);
  fillOsError(refAt(args), refAt(args + 1));
});
natives(T.OSError, {
  '__str__(self, /)': (args, result) => {
    const values = payload(args, OS_FIELDS.length);
    const [errno, message, filename, , filename2] = [0, 1, 2, 3, 4].map((i) => tupleItem(values, i));
    if (isNull(errno) && isNull(message)) {
      setRef(result, exceptionText(args));
      return;
    }
    const shown = (slot: number): string => (isNull(slot) ? 'None' : stringOf(str(slot)));
    let text = `[Errno ${shown(errno)}] ${shown(message)}`;
    if (!isNull(filename)) {
      text += `: ${stringOf(repr(filename))}`;
      if (!isNull(filename2)) text += ` -> ${stringOf(repr(filename2))}`;
    }
    setRef(result, newString(text));
  },
});

const SYNTAX_FIELDS = [
  'msg',
  'filename',
  'lineno',
  'offset',
  'text',
  'end_lineno',
  'end_offset',
  'print_file_and_line',
  '_metadata',
];
fields(T.SyntaxError, SYNTAX_FIELDS);
initializer(T.SyntaxError, PLAIN_INIT, (args) => {
  rejectKeywords(args, args + 2);
  setArguments(args, args + 1);
  const given = refAt(args + 1);
  const count = words[(given << 1) + Tuple.size];
  const values = payload(args, SYNTAX_FIELDS.length);
  if (count > 0) copyValue(tupleItem(values, 0), tupleItem(given, 0));
  if (count !== 2) return;
  const details = tupleItem(given, 1);
  if (kindAt(details) !== Kind.tuple) return;
  const size = words[(refAt(details) << 1) + Tuple.size];
  if (size < 4) raiseTypeError(`function missing required argument #${size + 1}`);
  if (size > 7) raiseTypeError(`function takes at most 7 arguments (${size} given)`);
  for (let i = 0; i < Math.min(size, 6); i++) {
    copyValue(tupleItem(values, i + 1), tupleItem(refAt(details), i));
  }
});
natives(T.SyntaxError, {
  '__str__(self, /)': (args, result) => {
    const values = payload(args, SYNTAX_FIELDS.length);
    const [message, filename, line] = [0, 1, 2].map((i) => tupleItem(values, i));
    const text = isNull(message) ? 'None' : stringOf(str(message));
    const hasFile = !isNull(filename) && isStr(filename);
    const hasLine = !isNull(line) && isInt(line);
    const base = hasFile ? stringOf(refAt(filename)).replace(/^.*\//s, '') : '';
    let where = '';
    if (hasFile && hasLine) where = ` (${base}, line ${intAt(line)})`;
    else if (hasFile) where = ` (${base})`;
    else if (hasLine) where = ` (line ${intAt(line)})`;
    setRef(result, newString(text + where));
  },
});

const UNICODE_FIELDS = ['encoding', 'object', 'start', 'end', 'reason'];
for (const type of [T.UnicodeDecodeError, T.UnicodeEncodeError, T.UnicodeTranslateError]) {
  fields(type, UNICODE_FIELDS);
  const translate = type === T.UnicodeTranslateError;
  initializer(type, PLAIN_INIT, (args) => {
    rejectKeywords(args, args + 2);
    setArguments(args, args + 1);
    const given = refAt(args + 1);
    const count = words[(given << 1) + Tuple.size];
    const wanted = translate ? 4 : 5;
    if (count !== wanted) raiseTypeError(`function takes exactly ${wanted} arguments (${count} given)`);
    const values = payload(args, UNICODE_FIELDS.length);
    const first = translate ? 1 : 0;
    for (let i = 0; i < count; i++) copyValue(tupleItem(values, i + first), tupleItem(given, i));
  });
  natives(type, {
    '__str__(self, /)': (args, result) => {
      const values = payload(args, UNICODE_FIELDS.length);
      if (isNull(tupleItem(values, 1))) {
        setRef(result, Fixed.emptyString);
        return;
      }
      setRef(result, newString(unicodeErrorText(type, values)));
    },
  });
}
function unicodeErrorText(type: T, values: number): string {
  const [encoding, object, start, end, reason] = [0, 1, 2, 3, 4].map((i) => tupleItem(values, i));
  const from = intAt(start);
  const to = intAt(end);
  const why = stringOf(str(reason));
  const decode = type === T.UnicodeDecodeError;
  const codec =
    type === T.UnicodeTranslateError
      ? "can't translate"
      : `'${stringOf(str(encoding))}' codec can't ${decode ? 'decode' : 'encode'}`;
  if (to === from + 1 && from >= 0) {
    if (decode && kindAt(object) === Kind.bytes && from < words[(refAt(object) << 1) + 1]) {
      const byte = byteAt(refAt(object), from).toString(16).padStart(2, '0');
      return `${codec} byte 0x${byte} in position ${from}: ${why}`;
    }
    if (!decode && isStr(object) && from < stringLength(refAt(object))) {
      const code = [...stringOf(refAt(object))][from]?.codePointAt(0) ?? 0;
      const hex = code.toString(16);
      const shown =
        code < 256
          ? `\\x${hex.padStart(2, '0')}`
          : code < 65536
            ? `\\u${hex.padStart(4, '0')}`
            : `\\U${hex.padStart(8, '0')}`;
      return `${codec} character '${shown}' in position ${from}: ${why}`;
    }
  }
  return `${codec} ${decode ? 'bytes' : 'characters'} in position ${from}-${to - 1}: ${why}`;
}
function byteAt(bytesRef: number, index: number): number {
  const word = words[(bytesRef << 1) + 4 + (index >> 2)];
  return (word >>> ((index & 3) * 8)) & 0xff;
}

/** Sets OSError's fields from TypeScript: a new exception of the subclass that errno stands for. Never calls Python. */
export function newOsError(errno: number, message: string, filename: number): number {
  const type = errnoTypes.get(errno) ?? T.OSError;
  const ref = allocateException(type);
  const args = newTuple(2);
  const values = newTuple(OS_FIELDS.length);
  words[(ref << 1) + Exception.args] = args;
  setRef(ref + (Exception.value >> 1), values);
  words[tupleItem(args, 0) << 1] = errno;
  words[(tupleItem(args, 0) << 1) + 1] = -131072;
  setRef(tupleItem(args, 1), newString(message));
  copyValue(tupleItem(values, 0), tupleItem(args, 0));
  copyValue(tupleItem(values, 1), tupleItem(args, 1));
  if (filename !== 0) copyValue(tupleItem(values, 2), filename);
  return ref;
}
