/** TextIOWrapper as Python sees it: its methods and attributes. */
import { Fixed, State, T } from '../heap/fixed.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, refAt, setNull, setRef, setSmallInt } from '../heap/values.ts';
import { getAttribute } from '../objects/attributes.ts';
import { encodeUtf8 } from '../objects/codec-unicode.ts';
import { recordValue } from '../objects/declared-types.ts';
import { becomesPythonError, clearRaised, raise, raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { setBool, setInt } from '../objects/integers.ts';
import { callMethod } from '../objects/invoke.ts';
import { getset, natives } from '../objects/natives.ts';
import { repr, truth } from '../objects/operations.ts';
import { intern, isStr, newString, stringLength, stringOf } from '../objects/strings.ts';
import { defineOperators } from '../objects/type-operators.ts';
import { isSubtype, typeName } from '../objects/types.ts';
import { reportUnraisable } from '../objects/unraisable.ts';
import { warn } from '../objects/warnings.ts';
import {
  attributeRepr,
  auxOf,
  closeStack,
  isClosed,
  isNone,
  iterateStream,
  numberAt,
  offsetArgument,
  raiseClosed,
  raiseUnsupported,
  safeRepr,
  setAux,
  setNumber,
  setUnclosedWarner,
  sizeArgument,
  streamConstructor,
} from './io-base.ts';
import { BUFFERED_READER, flushPending, isPlainBuffered, rawFile } from './io-buffered.ts';
import { closesDescriptor, FILE_IO, FileValue } from './io-file.ts';
import { newlinesValue } from './io-newlines.ts';
import {
  bufferCell,
  cellOf,
  checkUsable,
  hasFlag,
  initializeText,
  isPlainText,
  newlineArgument,
  resetNumbers,
  SEEN_SHIFT,
  setCodec,
  setFlag,
  setNewlines,
  settleEncoder,
  TEXT_IO_WRAPPER,
  TextFlag,
  TextValue,
} from './io-text.ts';
import { readLine, readText } from './io-text-reading.ts';
import { seekText, tellText } from './io-text-seeking.ts';
import { flushBelow, passOn, writeQuickly, writeText } from './io-text-writing.ts';
import { setStreamWriter, untrackStream } from './io-tracking.ts';

streamConstructor(TEXT_IO_WRAPPER, resetNumbers);

setStreamWriter((ref) => {
  const isText = words[ref << 1] === TEXT_IO_WRAPPER;
  const cell = recordValue(ref, TextValue.buffer);
  const below = isText ? (isNull(cell) ? 0 : refAt(cell)) : ref;
  if (below === 0 || !isPlainBuffered(below) || words[below << 1] === BUFFERED_READER) return;
  if (numberAt(rawFile(below), FileValue.descriptor) < 0) return;
  try {
    if (isText) passOn(ref);
    flushPending(below);
  } catch (error) {
    if (!becomesPythonError(error)) throw error;
    // whoever flushes or closes it will hear of it
    clearRaised();
  }
});

/** Is it closed? Streams of our own types are not asked by attribute. May call Python. */
export function textIsClosed(self: number): boolean {
  const stream = refAt(self);
  const cell = recordValue(stream, TextValue.buffer);
  if (isNull(cell) && numberAt(stream, TextValue.descriptor) >= 0) return false;
  const buffer = bufferCell(stream);
  if (isPlainBuffered(refAt(buffer))) return numberAt(rawFile(refAt(buffer)), FileValue.descriptor) < 0;
  return isClosed(buffer);
}
/** ValueError unless the stream can be used and is open. May call Python. */
export function checkTextOpen(self: number): void {
  checkUsable(refAt(self));
  if (textIsClosed(self)) raiseClosed();
}
function checkReadable(self: number): void {
  checkTextOpen(self);
  const stream = refAt(self);
  if (hasFlag(stream, TextFlag.started) && hasFlag(stream, TextFlag.direct)) return;
  const slot = pushSlots(1);
  callMethod(bufferCell(stream), 'readable', slot, 0, slot);
  if (!truth(slot)) raiseUnsupported('not readable');
  popSlots(1);
}
export function checkTextWritable(self: number): void {
  const stream = refAt(self);
  if (numberAt(stream, TextValue.descriptor) > 0) return;
  if (numberAt(stream, TextValue.pendingSize) > 0) return;
  const slot = pushSlots(1);
  callMethod(bufferCell(stream), 'writable', slot, 0, slot);
  if (!truth(slot)) raiseUnsupported('not writable');
  popSlots(1);
}

/** An encoding or an errors argument: None means the default. */
function textArgument(slot: number, name: string, missing: string): string {
  if (isNull(slot) || isNone(slot)) return missing;
  if (!isStr(slot)) raiseTypeError(`TextIOWrapper() argument '${name}' must be str or None, not ${typeName(slot)}`);
  const text = stringOf(refAt(slot));
  if (text.includes('\0')) raiseValueError('embedded null character');
  if (/[\ud800-\udfff]/.test(text)) encodeUtf8(refAt(slot), 'strict');
  return name === 'encoding' && text === 'locale' ? 'UTF-8' : text;
}

setUnclosedWarner((slot) => {
  const ref = refAt(slot);
  const buffer = isSubtype(words[ref << 1], TEXT_IO_WRAPPER) ? recordValue(ref, TextValue.buffer) : slot;
  if (isNull(buffer)) return;
  const below = refAt(buffer);
  const file = isSubtype(words[below << 1], FILE_IO) ? below : isPlainBuffered(below) ? rawFile(below) : 0;
  if (file === 0 || numberAt(file, FileValue.descriptor) < 0 || !closesDescriptor(file)) return;
  const slots = pushSlots(1);
  try {
    warn(T.ResourceWarning, `unclosed file ${safeRepr(slot)}`);
  } catch (error) {
    if (!becomesPythonError(error)) throw error;
    words[State.stackTop] = slots + 1;
    reportUnraisable('', slot);
  }
  popSlots(1);
});

natives(TEXT_IO_WRAPPER, {
  '__init__(self, buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False)': (
    args,
    result,
  ) => {
    const stream = refAt(args);
    setAux(stream, 0);
    setNull(recordValue(stream, TextValue.buffer));
    const encoding = textArgument(args + 2, 'encoding', 'UTF-8');
    const errors = textArgument(args + 3, 'errors', 'strict');
    const newline = newlineArgument(args + 4);
    initializeText(args, args + 1, encoding, errors, newline, truth(args + 5), truth(args + 6));
    setRef(result, Fixed.none);
  },
  'reconfigure(self, *, encoding=None, errors=None, newline=..., line_buffering=None, write_through=None)': (
    args,
    result,
  ) => {
    const stream = refAt(args);
    checkUsable(stream);
    const changes = !isNone(args + 1) || !isNone(args + 2) || !isNull(args + 3);
    if (
      changes &&
      hasFlag(stream, TextFlag.started) &&
      (numberAt(stream, TextValue.end) > 0 || !isNull(cellOf(stream, TextValue.decoded)))
    ) {
      raiseUnsupported('It is not possible to set the encoding or newline of stream after the first read');
    }
    const newline = isNull(args + 3) ? undefined : newlineArgument(args + 3);
    const own = stringOf(refAt(cellOf(stream, TextValue.encoding)));
    const encoding = textArgument(args + 1, 'encoding', own);
    // a new encoding comes with strict errors
    const errors = isNone(args + 2)
      ? isNone(args + 1)
        ? stringOf(refAt(cellOf(stream, TextValue.errors)))
        : 'strict'
      : textArgument(args + 2, 'errors', 'strict');
    const slot = pushSlots(1);
    callMethod(args, 'flush', slot, 0, slot);
    popSlots(1);
    if (!isNone(args + 4)) setFlag(stream, TextFlag.lineBuffering, truth(args + 4));
    if (!isNone(args + 5)) setFlag(stream, TextFlag.writeThrough, truth(args + 5));
    if (newline !== undefined) setNewlines(stream, newline);
    if (changes) {
      setCodec(stream, encoding, errors);
      settleEncoder(stream);
    }
    setRef(result, Fixed.none);
  },
  'write(self, text, /)': (args, result) => {
    if (!isStr(args + 1)) raiseTypeError(`write() argument must be str, not ${typeName(args + 1)}`);
    if (writeQuickly(refAt(args), refAt(args + 1))) {
      setSmallInt(result, stringLength(refAt(args + 1)));
      return;
    }
    checkTextOpen(args);
    checkTextWritable(args);
    const length = stringLength(refAt(args + 1));
    writeText(refAt(args), args + 1);
    setInt(result, length);
  },
  'flush(self, /)': (args, result) => {
    checkTextOpen(args);
    const stream = refAt(args);
    setFlag(stream, TextFlag.telling, hasFlag(stream, TextFlag.seekable));
    passOn(stream);
    flushBelow(stream);
    setRef(result, Fixed.none);
  },
  'read(self, size=-1, /)': (args, result) => {
    const size = sizeArgument(args + 1);
    checkReadable(args);
    setRef(result, readText(refAt(args), size));
  },
  'readline(self, size=-1, /)': (args, result) => {
    const size = sizeArgument(args + 1);
    checkReadable(args);
    setRef(result, readLine(refAt(args), size));
  },
  'tell(self, /)': (args, result) => {
    checkTextOpen(args);
    tellText(refAt(args), result);
  },
  'seek(self, cookie, whence=0, /)': (args, result) => {
    checkTextOpen(args);
    seekText(args, args + 1, offsetArgument(args + 2), result);
  },
  'truncate(self, pos=None, /)': (args, result) => {
    checkUsable(refAt(args));
    const slots = pushSlots(2);
    callMethod(args, 'flush', slots, 0, slots);
    if (isNone(args + 1)) callMethod(args, 'tell', slots, 0, slots + 1);
    else copyValue(slots + 1, args + 1);
    callMethod(bufferCell(refAt(args)), 'truncate', slots + 1, 1, result);
    popSlots(2);
  },
  'detach(self, /)': (args, result) => {
    const stream = refAt(args);
    checkUsable(stream);
    const slots = pushSlots(2);
    callMethod(args, 'flush', slots, 0, slots);
    copyValue(result, bufferCell(stream));
    setNull(recordValue(stream, TextValue.buffer));
    setNumber(stream, TextValue.descriptor, -1);
    setFlag(stream, TextFlag.detached, true);
    untrackStream(stream);
    popSlots(2);
  },
  'close(self, /)': (args, result) => {
    const stream = refAt(args);
    checkUsable(stream);
    if (!textIsClosed(args)) {
      closeStack(args, () => {
        const slot = pushSlots(1);
        callMethod(bufferCell(stream), 'close', slot, 0, slot);
        popSlots(1);
      });
    }
    untrackStream(stream);
    setRef(result, Fixed.none);
  },
  'fileno(self, /)': (args, result) => {
    checkUsable(refAt(args));
    callMethod(bufferCell(refAt(args)), 'fileno', args + 1, 0, result);
  },
  'isatty(self, /)': (args, result) => {
    checkUsable(refAt(args));
    callMethod(bufferCell(refAt(args)), 'isatty', args + 1, 0, result);
  },
  'seekable(self, /)': (args, result) => {
    checkUsable(refAt(args));
    callMethod(bufferCell(refAt(args)), 'seekable', args + 1, 0, result);
  },
  'readable(self, /)': (args, result) => {
    checkUsable(refAt(args));
    callMethod(bufferCell(refAt(args)), 'readable', args + 1, 0, result);
  },
  'writable(self, /)': (args, result) => {
    checkUsable(refAt(args));
    callMethod(bufferCell(refAt(args)), 'writable', args + 1, 0, result);
  },
  '__getstate__(self, /)': (args) => raiseTypeError(`cannot pickle '${typeName(args)}' instances`),
});

/** What needs no buffer below works after detach() too. */
function checkInitialized(stream: number): void {
  if (!hasFlag(stream, TextFlag.initialized)) checkUsable(stream);
}
getset(TEXT_IO_WRAPPER, 'encoding', (object, result) => {
  checkInitialized(refAt(object));
  copyValue(result, cellOf(refAt(object), TextValue.encoding));
});
getset(TEXT_IO_WRAPPER, 'errors', (object, result) => {
  checkInitialized(refAt(object));
  copyValue(result, cellOf(refAt(object), TextValue.errors));
});
getset(TEXT_IO_WRAPPER, 'newlines', (object, result) => {
  const stream = refAt(object);
  checkUsable(stream);
  const decoder = cellOf(stream, TextValue.decoder);
  if (hasFlag(stream, TextFlag.direct) || isNull(decoder) || !hasFlag(stream, TextFlag.universal)) {
    newlinesValue((auxOf(stream) & TextFlag.seen) >> SEEN_SHIFT, result);
  } else getAttribute(decoder, intern('newlines'), result);
});
getset(TEXT_IO_WRAPPER, 'buffer', (object, result) => {
  const stream = refAt(object);
  if (hasFlag(stream, TextFlag.detached)) setRef(result, Fixed.none);
  else copyValue(result, bufferCell(stream));
});
getset(TEXT_IO_WRAPPER, 'line_buffering', (object, result) =>
  setBool(result, hasFlag(refAt(object), TextFlag.lineBuffering)),
);
getset(TEXT_IO_WRAPPER, 'write_through', (object, result) =>
  setBool(result, hasFlag(refAt(object), TextFlag.writeThrough)),
);
getset(TEXT_IO_WRAPPER, 'closed', (object, result) => {
  checkUsable(refAt(object));
  setBool(result, textIsClosed(object));
});
getset(TEXT_IO_WRAPPER, 'name', (object, result) => {
  const stream = refAt(object);
  checkUsable(stream);
  const descriptor = numberAt(stream, TextValue.descriptor);
  if (descriptor >= 0) setRef(result, intern(['<stdin>', '<stdout>', '<stderr>'][descriptor]));
  else getAttribute(bufferCell(stream), intern('name'), result);
});
getset(
  TEXT_IO_WRAPPER,
  '_CHUNK_SIZE',
  (object, result) => {
    checkUsable(refAt(object));
    setInt(result, numberAt(refAt(object), TextValue.chunkSize));
  },
  (object, value) => {
    checkUsable(refAt(object));
    if (isNull(value)) raise(T.AttributeError, 'cannot delete attribute');
    const size = offsetArgument(value);
    if (size <= 0) raiseValueError('a strictly positive integer is required');
    setNumber(refAt(object), TextValue.chunkSize, size);
  },
);

defineOperators(TEXT_IO_WRAPPER, {
  iterate: iterateStream,
  next: (self, result) => {
    const stream = refAt(self);
    checkUsable(stream);
    setFlag(stream, TextFlag.telling, false);
    if (isPlainText(stream)) {
      if (!(hasFlag(stream, TextFlag.started) && numberAt(stream, TextValue.end) > 0)) checkReadable(self);
      const line = readLine(stream, -1);
      if (stringLength(line) > 0) {
        setRef(result, line);
        return true;
      }
    } else {
      const slot = pushSlots(1);
      callMethod(self, 'readline', slot, 0, slot);
      if (!isStr(slot)) {
        raise(T.OSError, `readline() should have returned an str object, not '${typeName(slot)}'`);
      }
      const more = stringLength(refAt(slot)) > 0;
      if (more) copyValue(result, slot);
      popSlots(1);
      if (more) return true;
    }
    setFlag(stream, TextFlag.telling, hasFlag(stream, TextFlag.seekable));
    setNull(cellOf(stream, TextValue.snapshotInput));
    return false;
  },
  repr: (self) => {
    const stream = refAt(self);
    checkInitialized(stream);
    const shown = (name: string): string => {
      const text = attributeRepr(self, name, (slot) => stringOf(repr(slot)));
      return text === '' ? '' : ` ${name}=${text}`;
    };
    const encoding = stringOf(repr(cellOf(stream, TextValue.encoding)));
    return newString(`<${typeName(self)}${shown('name')}${shown('mode')} encoding=${encoding}>`);
  },
});
