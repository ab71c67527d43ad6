/** open(), and the module _io itself. */
import { Fixed, State, T } from '../heap/fixed.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, refAt, setRef, setSmallInt } from '../heap/values.ts';
import { setAttribute } from '../objects/attributes.ts';
import { isBytes } from '../objects/bytes.ts';
import { newRecord } from '../objects/declared-types.ts';
import { dictFindString, dictSetString } from '../objects/dicts.ts';
import { raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { hasIndex, isInt } from '../objects/integers.ts';
import { callMethod } from '../objects/invoke.ts';
import { registerModule } from '../objects/modules.ts';
import { natives } from '../objects/natives.ts';
import { repr, truth } from '../objects/operations.ts';
import { intern, isStr, stringOf } from '../objects/strings.ts';
import { typeName } from '../objects/types.ts';
import { warn } from '../objects/warnings.ts';
import { DEFAULT_BUFFER_SIZE, isNone, offsetArgument, setNumber } from './io-base.ts';
import { BUFFERED_RANDOM, BUFFERED_READER, BUFFERED_WRITER, BufferedValue, initializeBuffered } from './io-buffered.ts';
import { FILE_IO, FileValue, fileIsSeekable, fileIsTerminal, initializeFile } from './io-file.ts';
import './io-bytes.ts';
import './io-pair.ts';
import './io-string.ts';
import { initializeText, newlineArgument, resetNumbers, TEXT_IO_WRAPPER } from './io-text.ts';
import './io-text-methods.ts';
import { raiseUnsupported } from './io-base.ts';
import { fspath } from './os-errors.ts';

function checkMode(mode: string, modeSlot: number): void {
  const seen = new Set(mode);
  if (seen.size < mode.length || [...mode].some((letter) => !'axrwb+t'.includes(letter))) {
    raiseValueError(`invalid mode: ${stringOf(repr(modeSlot))}`);
  }
  if (seen.has('t') && seen.has('b')) raiseValueError("can't have text and binary mode at once");
  if ([...'axrw'].filter((letter) => seen.has(letter)).length !== 1) {
    raiseValueError('must have exactly one of create/read/write/append mode');
  }
}

/** A str argument, or null for None. */
function optionalText(slot: number, name: string): string | null {
  if (isNone(slot)) return null;
  if (!isStr(slot)) raiseTypeError(`open() argument '${name}' must be str or None, not ${typeName(slot)}`);
  return stringOf(refAt(slot));
}

// builtins.open and io.open are one object: it is made with builtins, and _io takes it over
natives('builtins', {
  "open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)": (
    args,
    result,
  ) => {
    if (!isInt(args) && !(hasIndex(args) && !isStr(args) && !isBytes(args))) fspath(args, args);
    if (!isStr(args + 1)) raiseTypeError(`open() argument 'mode' must be str, not ${typeName(args + 1)}`);
    const mode = stringOf(refAt(args + 1));
    checkMode(mode, args + 1);
    let buffering = offsetArgument(args + 2);
    const encoding = optionalText(args + 3, 'encoding');
    const errors = optionalText(args + 4, 'errors');
    const newlineText = optionalText(args + 5, 'newline');
    const binary = mode.includes('b');
    if (binary) {
      if (encoding !== null) raiseValueError("binary mode doesn't take an encoding argument");
      if (errors !== null) raiseValueError("binary mode doesn't take an errors argument");
      if (newlineText !== null) raiseValueError("binary mode doesn't take a newline argument");
    }
    const newline = binary ? null : newlineArgument(args + 5);
    const slots = pushSlots(3);
    const raw = newRecord(FILE_IO);
    setNumber(raw, FileValue.descriptor, -1);
    setRef(slots, raw);
    copyValue(slots + 2, slots);
    initializeFile(slots, args, mode.replace('t', ''), truth(args + 6), args + 7);
    const top = words[State.stackTop];
    try {
      const terminal = buffering < 0 || buffering === 1 ? fileIsTerminal(raw) : false;
      const lineBuffering = (buffering === 1 && !binary) || (buffering < 0 && terminal);
      if (buffering === 1 && binary) {
        warn(
          T.RuntimeWarning,
          "line buffering (buffering=1) isn't supported in binary mode, the default buffer size will be used",
        );
      }
      if (buffering === 1 || buffering < 0) buffering = DEFAULT_BUFFER_SIZE;
      if (buffering === 0) {
        if (!binary) raiseValueError("can't have unbuffered text I/O");
        copyValue(result, slots);
        popSlots(3);
        return;
      }
      const updating = mode.includes('+');
      if (updating && !fileIsSeekable(raw)) raiseUnsupported('File or stream is not seekable.');
      const type = updating ? BUFFERED_RANDOM : mode.includes('r') ? BUFFERED_READER : BUFFERED_WRITER;
      const buffered = newRecord(type);
      for (let i = BufferedValue.size; i < BufferedValue.count; i++) setNumber(buffered, i, 0);
      setRef(slots + 1, buffered);
      initializeBuffered(slots + 1, slots, buffering);
      copyValue(slots + 2, slots + 1);
      if (!binary) {
        const wrapper = newRecord(TEXT_IO_WRAPPER);
        resetNumbers(wrapper);
        setRef(slots, wrapper);
        const name = encoding === null || encoding === 'locale' ? 'UTF-8' : encoding;
        initializeText(slots, slots + 1, name, errors ?? 'strict', newline, lineBuffering, false);
        copyValue(slots + 2, slots);
        setAttribute(slots, intern('mode'), args + 1);
      }
    } catch (error) {
      closeAfterFailure(slots + 2, top);
      throw error;
    }
    copyValue(result, slots + 2);
    popSlots(3);
  },
});

natives('_io', {
  'open_code(path)': (args, result) => {
    if (!isStr(args)) raiseTypeError(`open_code() argument 'path' must be str, not ${typeName(args)}`);
    const slots = pushSlots(3);
    setRef(slots, newRecord(FILE_IO));
    setNumber(refAt(slots), FileValue.descriptor, -1);
    setRef(slots + 2, Fixed.none);
    initializeFile(slots, args, 'rb', true, slots + 2);
    setRef(slots + 1, newRecord(BUFFERED_READER));
    initializeBuffered(slots + 1, slots, DEFAULT_BUFFER_SIZE);
    copyValue(result, slots + 1);
    popSlots(3);
  },
  'text_encoding(encoding, stacklevel=2, /)': (args, result) => {
    if (isNull(args) || isNone(args)) setRef(result, intern('locale'));
    else copyValue(result, args);
  },
});

/** Closes what was opened before the failure, which stays the exception in flight. */
function closeAfterFailure(stream: number, top: number): void {
  const raised = words[State.raised];
  const slots = pushSlots(2);
  setRef(slots, raised);
  words[State.raised] = 0;
  try {
    callMethod(stream, 'close', slots + 1, 0, slots + 1);
  } catch {
    words[State.stackTop] = top;
  }
  words[State.raised] = raised;
}

registerModule('_io', (dict) => {
  const slot = pushSlots(1);
  setSmallInt(slot, DEFAULT_BUFFER_SIZE);
  dictSetString(dict, intern('DEFAULT_BUFFER_SIZE'), slot);
  setRef(slot, T.BlockingIOError);
  dictSetString(dict, intern('BlockingIOError'), slot);
  copyValue(slot, dictFindString(words[State.builtinsDict], intern('open')));
  dictSetString(dict, intern('open'), slot);
  popSlots(1);
});
