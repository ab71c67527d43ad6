/** print and input. */
import { Fixed, State, T } from '../heap/fixed.ts';
import { Module, Tuple } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef } from '../heap/values.ts';
import { dictFindString } from '../objects/dicts.ts';
import { displayText } from '../objects/display.ts';
import { raise, raiseTypeError } from '../objects/errors.ts';
import { callMethod } from '../objects/invoke.ts';
import { natives } from '../objects/natives.ts';
import { str, truth } from '../objects/operations.ts';
import { intern, isStr, newString, stringOf } from '../objects/strings.ts';
import { typeName } from '../objects/types.ts';
import { descriptorOf, flushStream, readLine, writeText } from './standard-streams.ts';

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

/** The output stream's descriptor if the slot holds one of our own streams, else -1. */
function ownStream(slot: number): number {
  return isRef(slot) && words[refAt(slot) << 1] === T.TextIOWrapper ? descriptorOf(refAt(slot)) : -1;
}

/** Writes to whatever sys.stderr is; nowhere if it is None or gone. May call Python. */
export function writeError(text: string): void {
  const stderr = sysCell('stderr');
  if (stderr === 0 || isNone(stderr)) return;
  const own = ownStream(stderr);
  if (own > 0) {
    writeText(own, text);
    return;
  }
  const slots = pushSlots(2);
  copyValue(slots, stderr);
  setRef(slots + 1, newString(text));
  callMethod(slots, 'write', slots + 1, 1, slots + 1);
  popSlots(2);
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
    const own = ownStream(slots);
    if (own > 0) {
      for (let i = 0; i < count; i++) {
        if (i > 0) text += between;
        text += displayText(items + 1 + i);
      }
      writeText(own, text + end);
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
    if (!isNull(args + 4) && truth(args + 4)) {
      if (own > 0) flushStream(own);
      else callMethod(slots, 'flush', slots + 1, 0, slots + 1);
    }
    popSlots(2);
    setRef(result, Fixed.none);
  },
  "input(prompt='', /)": (args, result) => {
    const stdin = sysCell('stdin');
    if (stdin === 0 || isNone(stdin)) raise(T.RuntimeError, 'lost sys.stdin');
    const slots = pushSlots(2);
    copyValue(slots, stdin);
    const prompt = stringOf(str(args));
    writeText(1, prompt);
    flushStream(1);
    let line: string;
    if (ownStream(slots) === 0) line = readLine();
    else {
      callMethod(slots, 'readline', slots + 1, 0, slots + 1);
      if (!isStr(slots + 1)) raiseTypeError('object.readline() returned non-string');
      line = stringOf(refAt(slots + 1));
    }
    popSlots(2);
    if (line === '') raise(T.EOFError, 'EOF when reading a line');
    setRef(result, newString(line.endsWith('\n') ? line.slice(0, -1) : line));
  },
});
