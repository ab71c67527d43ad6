/**
 * The builtin functions compile, exec and eval. Source is text, bytes, a tree of `ast` objects, or (exec, eval) a code
 * object; features of `__future__` are inherited from the caller's code.
 */

import { FUTURE_ANNOTATIONS_FLAG } from '../compiler/compiler.ts';
import { checkFeatureVersion } from '../compiler/feature-version.ts';
import { optimizeTree } from '../compiler/tree-optimizer.ts';
import { Fixed, State, T } from '../heap/fixed.ts';
import { Code, Frame, Kind, Tuple } from '../heap/layouts.ts';
import { bytes, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef } from '../heap/values.ts';
import { bufferData, bufferLength, isBytesLike, readBuffer } from '../objects/buffers.ts';
import { setLocalsReader } from '../objects/builtins-types.ts';
import { bytesView, isBytes } from '../objects/bytes.ts';
import { raise, raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { indexOf } from '../objects/integers.ts';
import { callMethod } from '../objects/invoke.ts';
import { N } from '../objects/names.ts';
import { natives } from '../objects/natives.ts';
import { truth } from '../objects/operations.ts';
import { intern, isStr, stringOf } from '../objects/strings.ts';
import { argumentType, kindAt, lookup, typeName, typeOf } from '../objects/types.ts';
import type { ParseMode } from '../parser/parse.ts';
import { readSource } from '../parser/source.ts';
import { checkRoot, isTree, type TreeMode, treeFromObject } from './ast-conversion.ts';
import { treeObject } from './ast-objects.ts';
import {
  CompilerFlag,
  compileSource,
  compileTree,
  optimization,
  parseSource,
  withPythonErrors,
} from './compile-source.ts';
import { runCode } from './execute-code.ts';
import { frameLocals } from './frame-objects.ts';
import { builtinsOf, globalsOf } from './frames.ts';

/** Flags of features that `__future__` knows; those of the language's past have no effect. */
const FUTURE_FLAGS = 0x1fe0000;
/** What a flag may be: those, CO_NESTED of old, CompilerFlag, and that the source is UTF-8. */
const KNOWN_FLAGS = FUTURE_FLAGS | 0x10 | 0x100 | 0xf600;

function isNone(slot: number): boolean {
  return isNull(slot) || (isRef(slot) && refAt(slot) === Fixed.none);
}

/** Source text given as str or anything like bytes; TypeError otherwise. NUL characters are a SyntaxError of the tokenizer's. */
export function sourceText(slot: number, complaint: string): string | Uint8Array {
  if (isStr(slot)) return stringOf(refAt(slot));
  if (isBytesLike(slot)) {
    readBuffer(slot);
    return bytes.slice(bufferData, bufferData + bufferLength);
  }
  return raiseTypeError(complaint) as never;
}

/** The `__future__` flags of the code that called. */
function inheritedFlags(): number {
  const frame = words[State.frame];
  if (frame === 0) return 0;
  const code = words[(frame << 1) + Frame.code];
  return code === 0 ? 0 : words[(code << 1) + Code.flags] & FUTURE_ANNOTATIONS_FLAG;
}

/** A file name: str, bytes, or what `__fspath__` makes of an object. */
export function filenameOf(slot: number): string {
  let name: string;
  if (isStr(slot)) name = stringOf(refAt(slot));
  else if (isBytes(slot)) name = Buffer.from(bytesView(refAt(slot))).toString('utf8');
  else {
    if (lookup(typeOf(slot), intern('__fspath__')) === 0) {
      raiseTypeError(`expected str, bytes or os.PathLike object, not ${typeName(slot)}`);
    }
    const path = pushSlots(1);
    callMethod(slot, '__fspath__', slot, 0, path);
    if (!isStr(path) && !isBytes(path)) {
      raiseTypeError(`expected ${typeName(slot)}.__fspath__() to return str or bytes, not ${typeName(path)}`);
    }
    name = filenameOf(path);
    popSlots(1);
  }
  if (name.includes('\0')) raiseValueError('embedded null character');
  return name;
}

/** Globals and locals of exec and eval: given, or those of the caller. Locals 0: the globals. */
function execute(
  name: string,
  code: number,
  globalsSlot: number,
  localsSlot: number,
  closure: number,
  result: number,
): void {
  const frame = words[State.frame];
  let globals: number;
  let locals = 0;
  if (!isNone(localsSlot) && lookup(typeOf(localsSlot), N.__getitem__) === 0) {
    const found = name === 'eval' ? '' : ` or None, not ${typeName(localsSlot)}`;
    raiseTypeError(`locals must be a mapping${found}`);
  }
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
  runCode(code, globals, locals, slots + 2, closure, builtinsOf(frame));
  copyValue(result, slots + 2);
  popSlots(3);
}

/** The tuple of cells that `exec(code, closure=...)` was given, for code with free variables; else 0. */
function closureFor(code: number, closureSlot: number): number {
  const free = words[(words[(code << 1) + Code.freeNames] << 1) + Tuple.size];
  if (free === 0) {
    if (!isNone(closureSlot)) raiseTypeError('cannot use a closure with this code object');
    return 0;
  }
  if (isNone(closureSlot)) raiseTypeError(`code object requires a closure of exactly length ${free}`);
  const closure = refAt(closureSlot);
  const complete = kindAt(closureSlot) === Kind.tuple && words[(closure << 1) + Tuple.size] === free;
  for (let i = 0; complete && i < free; i++) {
    if (kindAt(closure + 1 + i) !== Kind.cell) raiseTypeError('closure can only be used when all items are cells');
  }
  if (!complete) raiseTypeError(`code object requires a closure of exactly length ${free}`);
  return closure;
}

setLocalsReader((result) => setRef(result, frameLocals(words[State.frame])));

natives('builtins', {
  'exec(source, /, globals=None, locals=None, *, closure=None)': (args, result) => {
    let code: number;
    let closure = 0;
    if (kindAt(args) === Kind.code) {
      code = refAt(args);
      closure = closureFor(code, args + 3);
    } else {
      if (!isNone(args + 3)) raiseTypeError('closure argument can only be used if source is a code object');
      const text = sourceText(args, 'exec() arg 1 must be a string, bytes or code object');
      code = compileSource(text, '<string>', 'exec', optimization.level, inheritedFlags());
    }
    execute('exec', code, args + 1, args + 2, closure, result);
    setRef(result, Fixed.none);
  },
  'eval(source, /, globals=None, locals=None)': (args, result) => {
    let code: number;
    if (kindAt(args) === Kind.code) {
      code = refAt(args);
      if (words[(words[(code << 1) + Code.freeNames] << 1) + Tuple.size] > 0) {
        raiseTypeError('code object passed to eval() may not contain free variables');
      }
    } else {
      const text = sourceText(args, 'eval() arg 1 must be a string, bytes or code object');
      const trimmed = typeof text === 'string' ? text.replace(/^[ \t]+/, '') : text;
      code = compileSource(trimmed, '<string>', 'eval', optimization.level, inheritedFlags());
    }
    execute('eval', code, args + 1, args + 2, 0, result);
  },
  'compile(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1)': (args, result) =>
    compileObject(args, result),
});

function compileObject(args: number, result: number): void {
  const filename = filenameOf(args + 1);
  if (!isStr(args + 2)) raiseTypeError(`compile() argument 'mode' must be str, not ${argumentType(args + 2)}`);
  const mode = stringOf(refAt(args + 2));
  let flags = indexOf(args + 3);
  if ((flags & ~KNOWN_FLAGS) !== 0) raiseValueError('compile(): unrecognised flags');
  const optimize = indexOf(args + 5);
  if (optimize < -1 || optimize > 2) raiseValueError('compile(): invalid optimize value');
  if (!truth(args + 4)) flags |= inheritedFlags();
  const onlyTree = (flags & CompilerFlag.onlyTree) !== 0;
  if (mode === 'func_type') {
    if (!onlyTree) raiseValueError("compile() mode 'func_type' requires flag PyCF_ONLY_AST");
  } else if (mode !== 'exec' && mode !== 'eval' && mode !== 'single') {
    raiseValueError(
      onlyTree
        ? "compile() mode must be 'exec', 'eval', 'single' or 'func_type'"
        : "compile() mode must be 'exec', 'eval' or 'single'",
    );
  }
  if (kindAt(args) === Kind.code) {
    copyValue(result, args);
    return;
  }
  const level = optimize < 0 ? optimization.level : optimize;
  if (!isStr(args) && !isBytes(args) && isTree(args)) {
    if (onlyTree && (flags & CompilerFlag.optimizedTree) === 0) {
      checkRoot(args, mode as TreeMode);
      copyValue(result, args);
      return;
    }
    const tree = recursing(() => treeFromObject(args, mode as TreeMode));
    if (onlyTree) optimizeTree(tree, level);
    setRef(result, onlyTree ? treeObject(tree) : compileTree(tree, filename, level, flags));
    return;
  }
  const source = sourceText(args, 'compile() arg 1 must be a string, bytes or AST object');
  if (onlyTree) {
    const tree = parseSource(source, filename, mode as TreeMode, flags);
    const version = indexOf(args + 6);
    if (version >= 0 && tree.kind !== 'FunctionType') {
      withPythonErrors(() => checkFeatureVersion(tree, version, readSource(source, filename)), filename, false);
    }
    if ((flags & CompilerFlag.optimizedTree) !== 0 && tree.kind !== 'FunctionType') optimizeTree(tree, level);
    setRef(
      result,
      recursing(() => treeObject(tree)),
    );
  } else setRef(result, compileSource(source, filename, mode as ParseMode, level, flags));
}

/** Runs a walk over a tree; a tree too deep for JavaScript's stack is a RecursionError. */
function recursing<Result>(walk: () => Result): Result {
  try {
    return walk();
  } catch (error) {
    if (!(error instanceof RangeError) || !error.message.includes('call stack')) throw error;
    return raise(T.RecursionError, 'maximum recursion depth exceeded during ast construction');
  }
}
