/** print and input. */
import { Fixed, State, T } from '../heap/fixed.ts';
import { Module, Tuple } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef } from '../heap/values.ts';
import { dictFindString } from '../objects/dicts.ts';
import { displayText } from '../objects/display.ts';
import { becomesPythonError, clearRaised, raise, raiseTypeError } from '../objects/errors.ts';
import { callMethod } from '../objects/invoke.ts';
import { natives } from '../objects/natives.ts';
import { dictOf } from '../objects/object-dicts.ts';
import { str, truth } from '../objects/operations.ts';
import { codePointAt, intern, isStr, newString, stringLength, stringOf, substring } from '../objects/strings.ts';
import { typeName } from '../objects/types.ts';
import { hasFlag, isPlainText, TextFlag } from './io-text.ts';
import { checkTextOpen, checkTextWritable } from './io-text-methods.ts';
import { writeJavaScriptText } from './io-text-writing.ts';

/** The cell of attribute `name` of the sys module, or 0. */
export function sysCell(name: string): number {
  const sys = dictFindString(words[State.modulesDict], intern('sys'));
  return sys === 0 ? 0 : dictFindString(words[(refAt(sys) << 1) + Module.dict], intern(name));
}

function isNone(slot: number): boolean {
  return isRef(slot) && refAt(slot) === Fixed.none;
}
function separator(slot: number, name: string, usual: string): string {
  if (isNone(slot)) return usual;
  if (!isStr(slot)) raiseTypeError(`${name} must be None or a string, not ${typeName(slot)}`);
  return stringOf(refAt(slot));
}

/**
 * The text stream in a slot, if it is one of our own that print may write to without calling a method: a TextIOWrapper
 * itself, whose `write` nobody has replaced. Else 0.
 */
function plainStream(slot: number): number {
  if (!isRef(slot) || !isPlainText(refAt(slot))) return 0;
  const stream = refAt(slot);
  if (!hasFlag(stream, TextFlag.directWriting)) return 0;
  const dict = dictOf(stream);
  return dict !== 0 && dictFindString(dict, intern('write')) !== 0 ? 0 : stream;
}

/** Writes to whatever sys.stderr is; nowhere if it is None or gone. May call Python. */
export function writeError(text: string): void {
  const stderr = sysCell('stderr');
  if (stderr !== 0 && !isNone(stderr)) writeToStream(stderr, text);
}
/** Writes to whatever sys.stdout is, as the interactive display does. May call Python. */
export function writeOutput(text: string): void {
  const stdout = sysCell('stdout');
  if (stdout === 0 || isNone(stdout)) raise(T.RuntimeError, 'lost sys.stdout');
  writeToStream(stdout, text);
}
function writeToStream(stream: number, text: string): void {
  const own = plainStream(stream);
  if (own !== 0) {
    checkTextOpen(stream);
    writeJavaScriptText(own, text);
    return;
  }
  const slots = pushSlots(2);
  copyValue(slots, stream);
  setRef(slots + 1, newString(text));
  callMethod(slots, 'write', slots + 1, 1, slots + 1);
  popSlots(2);
}

/** stream.flush(); a stream that cannot be flushed is none of input()'s business. */
function flushQuietly(stream: number, scratch: number): void {
  const top = words[State.stackTop];
  try {
    callMethod(stream, 'flush', scratch, 0, scratch);
  } catch (error) {
    if (!becomesPythonError(error)) throw error;
    clearRaised();
    words[State.stackTop] = top;
  }
}

natives('builtins', {
  "print(*args, sep=' ', end='\\n', file=None, flush=False)": (args, result) => {
    const items = refAt(args);
    const count = words[(items << 1) + Tuple.size];
    const between = separator(args + 1, 'sep', ' ');
    const end = separator(args + 2, 'end', '\n');
    const slots = pushSlots(2);
    if (isNone(args + 3)) {
      const stdout = sysCell('stdout');
      if (stdout === 0) raise(T.RuntimeError, 'lost sys.stdout');
      copyValue(slots, stdout);
      if (isNone(slots)) {
        setRef(result, Fixed.none);
        popSlots(2);
        return;
      }
    } else copyValue(slots, args + 3);
    let text = '';
    const own = plainStream(slots);
    if (own !== 0) {
      for (let i = 0; i < count; i++) {
        if (i > 0) text += between;
        text += displayText(items + 1 + i);
      }
      checkTextOpen(slots);
      checkTextWritable(slots);
      writeJavaScriptText(own, text + end);
    } else {
      const write = (piece: string): void => {
        setRef(slots + 1, newString(piece));
        callMethod(slots, 'write', slots + 1, 1, slots + 1);
      };
      for (let i = 0; i < count; i++) {
        if (i > 0) write(between);
        setRef(slots + 1, str(items + 1 + i));
        callMethod(slots, 'write', slots + 1, 1, slots + 1);
      }
      write(end);
    }
    if (!isNull(args + 4) && truth(args + 4)) callMethod(slots, 'flush', slots + 1, 0, slots + 1);
    popSlots(2);
    setRef(result, Fixed.none);
  },
  "input(prompt='', /)": (args, result) => {
    const slots = pushSlots(4);
    for (const [i, name] of ['stdin', 'stdout', 'stderr'].entries()) {
      const cell = sysCell(name);
      if (cell === 0 || isNone(cell)) raise(T.RuntimeError, `lost sys.${name}`);
      copyValue(slots + i, cell);
    }
    flushQuietly(slots + 2, slots + 3);
    setRef(slots + 3, str(args));
    if (stringLength(refAt(slots + 3)) !== 0) callMethod(slots + 1, 'write', slots + 3, 1, slots + 3);
    flushQuietly(slots + 1, slots + 3);
    callMethod(slots, 'readline', slots + 3, 0, slots + 3);
    if (!isStr(slots + 3)) raiseTypeError('object.readline() returned non-string');
    const line = refAt(slots + 3);
    const length = stringLength(line);
    popSlots(4);
    if (length === 0) raise(T.EOFError, 'EOF when reading a line');
    setRef(result, codePointAt(line, length - 1) === 10 ? substring(line, 0, length - 1) : line);
  },
});
