/**
 * Builtin functions that need the interpreter: globals, locals, __import__; and sys's frames. exec and its kin are in
 * compile-builtins.ts.
 */
import { Fixed, State, T } from '../heap/fixed.ts';
import { Exception, Frame, Kind } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { isNull, isRef, refAt, setNull, setRef } from '../heap/values.ts';
import { writeError, writeOutput } from '../modules/printing.ts';
import { writeText } from '../modules/standard-streams.ts';
import { getAttribute } from '../objects/attributes.ts';
import { dictSetString } from '../objects/dicts.ts';
import { isException, newException, raise, raiseTypeError, raiseWith, throwException } from '../objects/errors.ts';
import { indexOf } from '../objects/integers.ts';
import { call } from '../objects/invoke.ts';
import { natives } from '../objects/natives.ts';
import { repr } from '../objects/operations.ts';
import { callSpread } from '../objects/spread.ts';
import { intern, isStr, stringOf } from '../objects/strings.ts';
import { kindAt, typeName } from '../objects/types.ts';
import { exceptionText } from './exception-display.ts';
import { frameLocals, frameObjectOf } from './frame-objects.ts';
import { globalsOf } from './frames.ts';
import { importAbsolute, importModule } from './imports.ts';

function isNone(slot: number): boolean {
  return isNull(slot) || (isRef(slot) && refAt(slot) === Fixed.none);
}

natives('builtins', {
  'globals()': (_args, result) => setRef(result, globalsOf(words[State.frame])),
  'locals()': (_args, result) => setRef(result, frameLocals(words[State.frame])),
  '__import__(name, globals=None, locals=None, fromlist=(), level=0)': (args, result) => {
    if (!isStr(args)) raiseTypeError('module name must be a string');
    const slots = pushSlots(1);
    setNull(slots);
    const globals =
      kindAt(args + 1) === Kind.dict
        ? refAt(args + 1)
        : words[State.frame] === 0
          ? words[State.builtinsDict]
          : globalsOf(words[State.frame]);
    importModule(stringOf(refAt(args)), globals, indexOf(args + 4), args + 3, result);
    popSlots(1);
  },
});

/** exit and quit, which the site module defines: SystemExit with the argument as its code. */
function leave(args: number): never {
  if (isNone(args)) throwException(newException(T.SystemExit, ''));
  raiseWith(T.SystemExit, args);
}
natives('builtins', {
  'exit(code=None)': leave,
  'quit(code=None)': leave,
  // the library's own helper, which brings pydoc along, is made when somebody asks
  'help(*args, **kwds)': (args, result) => {
    const slots = pushSlots(1);
    importAbsolute('_sitebuiltins', slots);
    getAttribute(slots, intern('_Helper'), slots);
    call(slots, slots, 0, slots);
    callSpread(slots, 0, 0, args, args + 1, result);
    popSlots(1);
  },
  'copyright()': (_args, result) => say('copyjit: see its LICENSE', result),
  'credits()': (_args, result) => say("copyjit's library is that of CPython; thanks to all who made it.", result),
  'license()': (_args, result) =>
    say('copyjit: see its LICENSE; the library: https://docs.python.org/3/license.html', result),
});
function say(text: string, result: number): void {
  writeText(1, `${text}\n`);
  setRef(result, Fixed.none);
}

/** The frame `depth` calls below the running one, or 0. */
function frameAt(depth: number): number {
  let frame = words[State.frame];
  for (let i = 0; i < depth && frame !== 0; i++) frame = words[(frame << 1) + Frame.caller];
  return frame;
}

natives('sys', {
  '_getframe(depth=0, /)': (args, result) => {
    const depth = indexOf(args);
    const frame = frameAt(depth < 0 ? 0 : depth);
    if (frame === 0) raise(T.ValueError, 'call stack is not deep enough');
    setRef(result, frameObjectOf(frame));
  },
  '_getframemodulename(depth=0)': (args, result) => {
    const frame = frameAt(indexOf(args));
    setRef(result, Fixed.none);
    if (frame === 0) return;
    const fn = words[(frame << 1) + Frame.function];
    const module = fn + 7;
    words[result << 1] = words[module << 1];
    words[(result << 1) + 1] = words[(module << 1) + 1];
  },
  'excepthook(exctype, value, traceback, /)': (args, result) => {
    setRef(result, Fixed.none);
    if (!isException(args + 1)) {
      writeError(`TypeError: print_exception(): Exception expected for value, ${typeName(args + 1)} found\n`);
      return;
    }
    if (isRef(args + 2) && words[refAt(args + 2) << 1] === T.traceback) {
      words[(refAt(args + 1) << 1) + Exception.traceback] = refAt(args + 2);
    }
    writeError(exceptionText(refAt(args + 1)));
    setRef(result, Fixed.none);
  },
  'displayhook(object, /)': (args, result) => {
    if (!isNone(args)) {
      const slots = pushSlots(1);
      setRef(slots, Fixed.none);
      dictSetString(words[State.builtinsDict], intern('_'), slots);
      popSlots(1);
      writeOutput(`${stringOf(repr(args))}\n`);
      dictSetString(words[State.builtinsDict], intern('_'), args);
    }
    setRef(result, Fixed.none);
  },
});
