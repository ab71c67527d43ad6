/**
 * sys.unraisablehook, and where warnings from TypeScript go. Both are what layers below call by hooks of their own
 * (objects/unraisable.ts, objects/warnings.ts).
 */
import { Fixed, State, T } from '../heap/fixed.ts';
import { Exception } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isRef, refAt, setRef } from '../heap/values.ts';
import { sysCell, writeError } from '../modules/printing.ts';
import { findAttribute } from '../objects/attributes.ts';
import { declareType, newRecord, recordValue } from '../objects/declared-types.ts';
import { becomesPythonError, clearRaised, isException, raiseTypeError } from '../objects/errors.ts';
import { call } from '../objects/invoke.ts';
import { getset, natives, nativeTable } from '../objects/natives.ts';
import { repr } from '../objects/operations.ts';
import { intern, isStr, newString, stringOf } from '../objects/strings.ts';
import { setUnraisableReporter } from '../objects/unraisable.ts';
import { exceptionText } from './exception-display.ts';
import { tracebackText } from './tracebacks.ts';

// exceptions that nobody can catch ------------------------------------------------------------------------------------

const UNRAISABLE = declareType({ name: 'UnraisableHookArgs', module: 'sys', values: 5, final: true });
const FIELDS = ['exc_type', 'exc_value', 'exc_traceback', 'err_msg', 'object'];
FIELDS.forEach((name, i) => {
  getset(UNRAISABLE, name, (object, result) => copyValue(result, recordValue(refAt(object), i)));
});

function isNone(slot: number): boolean {
  return isRef(slot) && refAt(slot) === Fixed.none;
}

/** What the default hook prints for UnraisableHookArgs, or an object with the same attributes. May call Python. */
function unraisableText(args: number): string {
  const slots = pushSlots(1);
  const field = (name: string): boolean => findAttribute(args, intern(name), slots) && !isNone(slots);
  const message = field('err_msg') && isStr(slots) ? stringOf(refAt(slots)) : '';
  let text = '';
  if (field('object')) {
    let shown = '<object repr() failed>';
    try {
      shown = stringOf(repr(slots));
    } catch (error) {
      if (!becomesPythonError(error)) throw error;
      clearRaised();
      words[State.stackTop] = slots + 1;
    }
    text = `${message || 'Exception ignored in'}: ${shown}\n`;
  } else if (message !== '') text = `${message}:\n`;
  if (field('exc_value') && isException(slots)) text += exceptionText(refAt(slots));
  else if (field('exc_traceback') && words[refAt(slots) << 1] === T.traceback) {
    text += `Traceback (most recent call last):\n${tracebackText(refAt(slots))}`;
  }
  popSlots(1);
  return text;
}

natives('sys', {
  'unraisablehook(unraisable, /)': (args, result) => {
    if (!isRef(args) || words[refAt(args) << 1] !== UNRAISABLE) {
      raiseTypeError('sys.unraisablehook argument type must be UnraisableHookArgs');
    }
    writeError(unraisableText(args));
    setRef(result, Fixed.none);
  },
});
function isOwnHook(hook: number): boolean {
  if (!isRef(hook) || words[refAt(hook) << 1] !== T.builtin_function_or_method) return false;
  return nativeTable[words[(refAt(hook) << 1) + 1]].name === 'unraisablehook';
}

setUnraisableReporter((exception, message, object) => {
  const top = words[State.stackTop];
  const slots = pushSlots(3);
  setRef(slots + 1, exception);
  const args = newRecord(UNRAISABLE);
  setRef(slots, args);
  setRef(recordValue(args, 0), words[exception << 1]);
  setRef(recordValue(args, 1), exception);
  const traceback = words[(exception << 1) + Exception.traceback];
  setRef(recordValue(args, 2), traceback === 0 ? Fixed.none : traceback);
  setRef(recordValue(args, 3), message === '' ? Fixed.none : newString(message));
  if (object === 0) setRef(recordValue(args, 4), Fixed.none);
  else copyValue(recordValue(args, 4), object);
  try {
    const hook = sysCell('unraisablehook');
    if (hook === 0 || isNone(hook) || isOwnHook(hook)) writeError(unraisableText(slots));
    else {
      try {
        call(hook, slots, 1, slots + 2);
      } catch (error) {
        if (!becomesPythonError(error)) throw error;
        const second = clearRaised();
        words[State.stackTop] = slots + 3;
        let shown = '<object repr() failed>';
        try {
          shown = stringOf(repr(hook));
        } catch (again) {
          if (!becomesPythonError(again)) throw again;
          clearRaised();
        }
        writeError(`Exception ignored in sys.unraisablehook: ${shown}\n${exceptionText(second)}`);
      }
    }
  } catch (error) {
    if (!becomesPythonError(error)) throw error;
    clearRaised();
  }
  words[State.stackTop] = top;
});
