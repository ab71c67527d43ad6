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
import { copyValue, immediateAt, isImmediateInt, isNull, isRef, refAt, setNull, setRef } from '../heap/values.ts';
import { bufferData, bufferLength, readBuffer } from './buffers.ts';
import { isBytes, newBytesFromHeap } from './bytes.ts';
import { declareType } from './declared-types.ts';
import { dictCopy, dictDeleteString, dictEntry, dictFindString, dictNext, dictSetString, newDict } from './dicts.ts';
import { allocateException, raiseAttributeError, raiseTypeError } from './errors.ts';
import { exceptionText, rejectKeywords, setArguments } from './exceptions.ts';
import { indexOf, intAt, isInt, setInt } from './integers.ts';
import { tupleFrom } from './list-extend.ts';
import { N } from './names.ts';
import { getset, type NativeRoutine, natives, staticNatives } from './natives.ts';
import { repr, str } from './operations.ts';
import { intern, isStr, newString, stringLength, stringOf } from './strings.ts';
import { newTuple, newTupleFrom, tupleItem } from './tuples.ts';
import { inheritsNative, isSubtype, kindAt, typeName, typeNameOf, typeOf } from './types.ts';

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
function fields(type: T, names: readonly string[], check: (index: number, value: number) => void = () => {}): void {
  names.forEach((name, index) => {
    getset(
      type,
      name,
      (object, result) => {
        const cell = tupleItem(payload(object, names.length), index);
        if (isNull(cell)) setRef(result, Fixed.none);
        else copyValue(result, cell);
      },
      (object, value) => {
        check(index, value);
        copyValue(tupleItem(payload(object, names.length), index), value);
      },
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
  if (count === 1) copyValue(payloadCell(args), tupleItem(refAt(args + 1), 0));
  else if (count > 1) copyValue(payloadCell(args), args + 1);
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
function takeKeywords(
  type: T,
  self: number,
  keywords: number,
  names: readonly string[],
  first: number,
  size: number,
): void {
  const dict = refAt(keywords);
  names.forEach((name, index) => {
    const cell = dictFindString(dict, intern(name));
    if (cell === 0) return;
    copyValue(tupleItem(payload(self, size), first + index), cell);
    dictDeleteString(dict, intern(name));
  });
  unexpectedKeyword(type, dict);
}
/** TypeError for what is left in the dict of keyword arguments. */
function unexpectedKeyword(type: T, dict: number): void {
  const at = dictNext(dict, 0);
  if (at < 0) return;
  const name = stringOf(refAt(dictEntry(dict, at)));
  raiseTypeError(`${typeNameOf(type)}() got an unexpected keyword argument '${name}'`);
}

/** The dict of an exception (a new copy), with the named payload fields that are set; 0 if there is nothing to tell. */
function stateOf(self: number, names: readonly string[]): number {
  const own = words[(refAt(self) << 1) + Exception.dict];
  const cell = payloadCell(self);
  const values = isNull(cell) ? 0 : refAt(cell);
  let state = 0;
  const make = (): number => {
    if (state === 0) state = own === 0 ? newDict() : dictCopy(own);
    return state;
  };
  names.forEach((name, index) => {
    if (name === '' || values === 0) return;
    const field = tupleItem(values, index);
    if (!isNull(field)) dictSetString(make(), intern(name), field);
  });
  return state === 0 && own !== 0 ? dictCopy(own) : state;
}
/** result = what `__reduce__` answers: type, args, and the state unless it is 0. */
function reduction(self: number, args: number, state: number, result: number): void {
  const tuple = newTuple(state === 0 ? 2 : 3);
  setRef(tupleItem(tuple, 0), words[refAt(self) << 1]);
  setRef(tupleItem(tuple, 1), args);
  if (state !== 0) setRef(tupleItem(tuple, 2), state);
  setRef(result, tuple);
}

fields(T.AttributeError, ['name', 'obj']);
initializer(T.AttributeError, PLAIN_INIT, (args) => {
  setArguments(args, args + 1);
  setNull(payloadCell(args));
  takeKeywords(T.AttributeError, args, args + 2, ['name', 'obj'], 0, 2);
});
function attributeErrorState(self: number): number {
  // `obj` is left out: it need not be picklable
  const state = stateOf(self, ['name', '']) || newDict();
  const slot = pushSlots(1);
  setRef(slot, words[(refAt(self) << 1) + Exception.args]);
  dictSetString(state, N.args, slot);
  popSlots(1);
  return state;
}
natives(T.AttributeError, {
  '__getstate__(self, /)': (args, result) => setRef(result, attributeErrorState(args)),
  '__reduce__(self, /)': (args, result) =>
    reduction(args, words[(refAt(args) << 1) + Exception.args], attributeErrorState(args), result),
});
singleField(T.NameError, 'name');
initializer(T.NameError, PLAIN_INIT, (args) => {
  setArguments(args, args + 1);
  const dict = refAt(args + 2);
  const cell = dictFindString(dict, intern('name'));
  if (cell !== 0) {
    copyValue(payloadCell(args), cell);
    dictDeleteString(dict, intern('name'));
  } else setNull(payloadCell(args));
  unexpectedKeyword(T.NameError, dict);
});

fields(T.ImportError, ['msg', 'name', 'path', 'name_from']);
initializer(T.ImportError, PLAIN_INIT, (args) => {
  setArguments(args, args + 1);
  const values = payload(args, 4);
  if (argumentCount(args + 1) === 1) copyValue(tupleItem(values, 0), tupleItem(refAt(args + 1), 0));
  else setNull(tupleItem(values, 0));
  for (let i = 1; i < 4; i++) setNull(tupleItem(values, i));
  takeKeywords(T.ImportError, args, args + 2, ['name', 'path', 'name_from'], 1, 4);
});
natives(T.ImportError, {
  '__reduce__(self, /)': (args, result) => {
    const state = stateOf(args, ['', 'name', 'path', 'name_from']);
    reduction(args, words[(refAt(args) << 1) + Exception.args], state, result);
  },
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
/** The fourth argument is Windows' own; its place holds `characters_written`. */
const OS_FIELDS = ['errno', 'strerror', 'filename', 'characters_written', 'filename2'];
const WRITTEN = 3;
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
getset(
  T.OSError,
  'characters_written',
  (object, result) => {
    const cell = tupleItem(payload(object, 5), WRITTEN);
    if (isNull(cell)) raiseAttributeError('characters_written');
    copyValue(result, cell);
  },
  (object, value) => {
    const cell = tupleItem(payload(object, 5), WRITTEN);
    if (!isNull(value)) setInt(cell, indexOf(value));
    else if (isNull(cell)) raiseAttributeError('characters_written');
    else setNull(cell);
  },
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
    if (i === WRITTEN || (i >= 2 && isRef(item) && refAt(item) === Fixed.none)) continue;
    const written = i === 2 && words[ref << 1] === T.BlockingIOError && isInt(item);
    copyValue(tupleItem(values, written ? WRITTEN : i), item);
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
  '__reduce__(self, /)': (args, result) => {
    const values = payload(args, OS_FIELDS.length);
    const own = words[(refAt(args) << 1) + Exception.args];
    let given = own;
    if (words[(own << 1) + Tuple.size] === 2 && !isNull(tupleItem(values, 2))) {
      // the file names, which args leaves out
      const second = tupleItem(values, 4);
      given = newTuple(isNull(second) ? 3 : 5);
      for (let i = 0; i < 2; i++) copyValue(tupleItem(given, i), tupleItem(own, i));
      copyValue(tupleItem(given, 2), tupleItem(values, 2));
      if (!isNull(second)) {
        setRef(tupleItem(given, WRITTEN), Fixed.none);
        copyValue(tupleItem(given, 4), second);
      }
    }
    reduction(args, given, words[(refAt(args) << 1) + Exception.dict], result);
  },
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
/** What the second argument is a tuple of. */
const SYNTAX_DETAILS = ['filename', 'lineno', 'offset', 'text', 'end_lineno', 'end_offset', '_metadata'];
fields(T.SyntaxError, SYNTAX_FIELDS);
initializer(T.SyntaxError, PLAIN_INIT, (args) => {
  rejectKeywords(args, args + 2);
  setArguments(args, args + 1);
  const given = refAt(args + 1);
  const count = words[(given << 1) + Tuple.size];
  const values = payload(args, SYNTAX_FIELDS.length);
  if (count > 0) copyValue(tupleItem(values, 0), tupleItem(given, 0));
  if (count !== 2) return;
  for (const field of ['end_lineno', 'end_offset', '_metadata'])
    setNull(tupleItem(values, SYNTAX_FIELDS.indexOf(field)));
  const details = pushSlots(1);
  setRef(details, tupleFrom(tupleItem(given, 1)));
  const size = words[(refAt(details) << 1) + Tuple.size];
  if (size < 4) raiseTypeError(`function takes at least 4 arguments (${size} given)`);
  if (size > 7) raiseTypeError(`function takes at most 7 arguments (${size} given)`);
  for (let i = 0; i < size; i++) {
    const field = SYNTAX_FIELDS.indexOf(SYNTAX_DETAILS[i]);
    copyValue(tupleItem(refAt(payloadCell(args)), field), tupleItem(refAt(details), i));
  }
  popSlots(1);
  if (size === 5) raiseTypeError('end_offset must be provided when end_lineno is provided');
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

/** What compile() raises for input that may go on (module codeop). */
declareType({ name: '_IncompleteInputError', module: 'builtins', bases: [T.SyntaxError] });

const UNICODE_FIELDS = ['encoding', 'object', 'start', 'end', 'reason'];
for (const type of [T.UnicodeDecodeError, T.UnicodeEncodeError, T.UnicodeTranslateError]) {
  const translate = type === T.UnicodeTranslateError;
  const decode = type === T.UnicodeDecodeError;
  fields(type, UNICODE_FIELDS, (index, value) => {
    if (isNull(value)) raiseTypeError("can't delete numeric/char attribute");
    if (index !== 2 && index !== 3) return;
    if (!isInt(value)) raiseTypeError('an integer is required');
  });
  initializer(type, PLAIN_INIT, (args) => {
    rejectKeywords(args, args + 2);
    setArguments(args, args + 1);
    const given = refAt(args + 1);
    const count = words[(given << 1) + Tuple.size];
    const wanted = translate ? 4 : 5;
    if (count !== wanted) raiseTypeError(`function takes exactly ${wanted} arguments (${count} given)`);
    const values = payload(args, UNICODE_FIELDS.length);
    const first = translate ? 1 : 0;
    for (let i = 0; i < count; i++) {
      const item = tupleItem(given, i);
      const field = i + first;
      if (field === 2 || field === 3) setInt(tupleItem(values, field), indexOf(item));
      else if (!(decode && field === 1) && !isSubtype(typeOf(item), T.str)) {
        raiseTypeError(`argument ${i + 1} must be str, not ${typeName(item)}`);
      } else copyValue(tupleItem(values, field), item);
    }
    if (!decode) return;
    if (isBytes(tupleItem(given, 1))) {
      copyValue(tupleItem(values, 1), tupleItem(given, 1));
      return;
    }
    readBuffer(tupleItem(given, 1));
    setRef(tupleItem(refAt(payloadCell(args)), 1), newBytesFromHeap(bufferData, bufferLength));
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
  // str() of the others may have changed it
  const fits = !isNull(object) && (decode ? kindAt(object) === Kind.bytes : kindAt(object) === Kind.str);
  if (!fits) raiseTypeError(`${typeNameOf(type)} 'object' attribute must be a ${decode ? 'bytes' : 'string'}`);
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
