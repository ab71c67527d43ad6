/** Builtin functions that need the interpreter: exec, eval, compile, globals, locals, __import__; and sys's frames. */
import { Fixed, State, T } from '../heap/fixed.ts';
import { Code, Exception, Frame, Kind, Tuple } from '../heap/layouts.ts';
import { bytes, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { isNull, isRef, refAt, setNull, setRef } from '../heap/values.ts';
import { writeError } from '../modules/printing.ts';
import { writeText } from '../modules/standard-streams.ts';
import { bufferData, bufferLength, isBytesLike, readBuffer } from '../objects/buffers.ts';
import { setLocalsReader } from '../objects/builtins-types.ts';
import { bytesView, isBytes } from '../objects/bytes.ts';
import { dictSetString } from '../objects/dicts.ts';
import {
  isException,
  newException,
  raise,
  raiseTypeError,
  raiseValueError,
  raiseWith,
  throwException,
} from '../objects/errors.ts';
import { indexOf } from '../objects/integers.ts';
import { natives } from '../objects/natives.ts';
import { repr } from '../objects/operations.ts';
import { intern, isStr, stringOf } from '../objects/strings.ts';
import { kindAt, typeName } from '../objects/types.ts';
import { compileSource } from './compile-source.ts';
import { runCode } from './execute-code.ts';
import { frameLocals, frameObjectOf } from './frame-objects.ts';
import { globalsOf } from './frames.ts';
import { importModule } from './imports.ts';
import { exceptionText } from './tracebacks.ts';

function isNone(slot: number): boolean {
  return isNull(slot) || (isRef(slot) && refAt(slot) === Fixed.none);
}

/** Source text given as str or bytes; TypeError otherwise. NUL characters are a SyntaxError of the tokenizer's. */
function sourceText(slot: number, what: string): string | Uint8Array {
  if (isStr(slot)) return stringOf(refAt(slot));
  if (isBytesLike(slot)) {
    readBuffer(slot);
    return bytes.slice(bufferData, bufferData + bufferLength);
  }
  return raiseTypeError(`${what} must be a string, bytes or code object`) as never;
}

/** Globals and locals of exec and eval: given, or those of the caller. Locals 0: the globals. */
function execute(name: string, code: number, globalsSlot: number, localsSlot: number, result: number): void {
  const frame = words[State.frame];
  let globals: number;
  let locals = 0;
  const slots = pushSlots(3);
  setRef(slots, code);
  if (isNone(globalsSlot)) {
    globals = globalsOf(frame);
    locals = isNone(localsSlot) ? frameLocals(frame) : refAt(localsSlot);
  } else {
    if (kindAt(globalsSlot) !== Kind.dict) {
      if (name === 'eval') {
        raiseTypeError(
          isRef(globalsSlot) ? 'globals must be a real dict; try eval(code, {}, mapping)' : 'globals must be a dict',
        );
      }
      raiseTypeError(`${name}() globals must be a dict, not ${typeName(globalsSlot)}`);
    }
    globals = refAt(globalsSlot);
    if (!isNone(localsSlot)) locals = refAt(localsSlot);
  }
  if (locals === globals) locals = 0;
  if (locals !== 0) setRef(slots + 1, locals);
  if (words[(words[(code << 1) + Code.freeNames] << 1) + Tuple.size] > 0) {
    raiseTypeError(`code object passed to ${name}() may not contain free variables`);
  }
  runCode(code, globals, locals, slots + 2);
  words[result << 1] = words[(slots + 2) << 1];
  words[(result << 1) + 1] = words[((slots + 2) << 1) + 1];
  popSlots(3);
}

setLocalsReader((result) => setRef(result, frameLocals(words[State.frame])));

natives('builtins', {
  'exec(source, /, globals=None, locals=None, *, closure=None)': (args, result) => {
    let code: number;
    if (kindAt(args) === Kind.code) code = refAt(args);
    else code = compileSource(sourceText(args, 'exec() arg 1'), '<string>', 'exec');
    execute('exec', code, args + 1, args + 2, result);
    setRef(result, Fixed.none);
  },
  'eval(source, /, globals=None, locals=None)': (args, result) => {
    let code: number;
    if (kindAt(args) === Kind.code) code = refAt(args);
    else {
      const text = sourceText(args, 'eval() arg 1');
      code = compileSource(typeof text === 'string' ? text.replace(/^[ \t]+/, '') : text, '<string>', 'eval');
    }
    execute('eval', code, args + 1, args + 2, result);
  },
  'compile(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1)': (
    args,
    result,
  ) => {
    if (!isStr(args + 2)) raiseTypeError(`compile() argument 'mode' must be str, not ${typeName(args + 2)}`);
    const mode = stringOf(refAt(args + 2));
    if (mode !== 'exec' && mode !== 'eval' && mode !== 'single') {
      raiseValueError("compile() mode must be 'exec', 'eval' or 'single'");
    }
    const filename = isStr(args + 1)
      ? stringOf(refAt(args + 1))
      : isBytes(args + 1)
        ? Buffer.from(bytesView(refAt(args + 1))).toString('utf8')
        : raiseTypeError(`expected str, bytes or os.PathLike object, not ${typeName(args + 1)}`);
    if (kindAt(args) === Kind.code) {
      setRef(result, refAt(args));
      return;
    }
    const optimize = indexOf(args + 5);
    setRef(
      result,
      compileSource(
        sourceText(args, 'compile() arg 1'),
        filename as string,
        mode as 'exec' | 'eval' | 'single',
        optimize < 0 ? 0 : optimize,
        indexOf(args + 3),
      ),
    );
  },
  'globals()': (_args, result) => setRef(result, globalsOf(words[State.frame])),
  'locals()': (_args, result) => setRef(result, frameLocals(words[State.frame])),
  '__import__(name, globals=None, locals=None, fromlist=(), level=0)': (args, result) => {
    if (!isStr(args)) raiseTypeError(`__import__() argument 1 must be str, not ${typeName(args)}`);
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
natives('builtins', { 'exit(code=None)': leave, 'quit(code=None)': leave });

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
    if (!isException(args + 1))
      raiseTypeError(`print_exception(): Exception expected for value, ${typeName(args + 1)} found`);
    if (isRef(args + 2) && words[refAt(args + 2) << 1] === T.traceback) {
      words[(refAt(args + 1) << 1) + Exception.traceback] = refAt(args + 2);
    }
    writeError(exceptionText(refAt(args + 1)));
    setRef(result, Fixed.none);
  },
  'displayhook(object, /)': (args, result) => {
    if (!isNone(args)) {
      writeText(1, `${stringOf(repr(args))}\n`);
      dictSetString(words[State.builtinsDict], intern('_'), args);
    }
    setRef(result, Fixed.none);
  },
});
