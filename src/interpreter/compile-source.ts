/** Source text to a code object: parser, compiler, loader; their errors become Python exceptions here. */
import type { CodeDescription } from '../compiler/code.ts';
import { mentionsImportState } from '../compiler/code-format.ts';
import { compileModule, FUTURE_ANNOTATIONS_FLAG } from '../compiler/compiler.ts';
import { InvalidTree, validateTree } from '../compiler/tree-validator.ts';
import { Fixed, T } from '../heap/fixed.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { refAt, setRef, setSmallInt } from '../heap/values.ts';
import { setAttribute } from '../objects/attributes.ts';
import { newBytesFrom } from '../objects/bytes.ts';
import { declareType, materializeType } from '../objects/declared-types.ts';
import { clearRaised, matchesRaised, raise, raiseObject, raiseRuntimeError } from '../objects/errors.ts';
import { call, callMethod } from '../objects/invoke.ts';
import { maxStringDigits } from '../objects/number-parse.ts';
import { str } from '../objects/operations.ts';
import { intern, newString, stringOf } from '../objects/strings.ts';
import { newTuple, tupleItem } from '../objects/tuples.ts';
import type { FunctionType, Root } from '../parser/ast.ts';
import { type ParserWarning, PythonSyntaxError } from '../parser/errors.ts';
import { setDigitLimit } from '../parser/numbers.ts';
import { type ParseMode, parseModule } from '../parser/parse.ts';
import { CodecFailure, readSource, setSourceCodec } from '../parser/source.ts';
import { startImportlib } from './importlib.ts';
import { loadCode } from './loader.ts';
import { sourceLine } from './source-lines.ts';
import { warnOfSource } from './warnings.ts';

/** Bits of `compile`'s flags, those of `__future__` features excepted. */
export enum CompilerFlag {
  dontImplyDedent = 0x200,
  onlyTree = 0x400,
  typeComments = 0x1000,
  topLevelAwait = 0x2000,
  allowIncompleteInput = 0x4000,
  optimizedTree = 0x8000,
  /** Of our own: the source is the file of the name that is given. */
  programFile = 0x10000000,
}

/** What `-O` said: 0, 1 or 2. */
export const optimization = { level: 0 };

/** The code object of a program; raises SyntaxError and its kin. `source` bytes are decoded as Python source is. */
export function compileSource(
  source: Uint8Array | string,
  filename: string,
  mode: ParseMode,
  optimize = optimization.level,
  flags = 0,
): number {
  const code = describeSource(source, filename, mode, optimize, flags);
  if (mentionsImportState(code)) startImportlib();
  return loadCode(code);
}

/** What compileSource loads. */
export function describeSource(
  source: Uint8Array | string,
  filename: string,
  mode: ParseMode,
  optimize = optimization.level,
  flags = 0,
): CodeDescription {
  const tree = parseSource(source, filename, mode, flags) as Root;
  const give = eachOnce(warningsOf(filename, source));
  return withPythonErrors(
    () =>
      compileModule(tree, filename, {
        source: () => readSource(source, filename),
        optimize,
        futureAnnotations: (flags & FUTURE_ANNOTATIONS_FLAG) !== 0,
        topLevelAwait: (flags & CompilerFlag.topLevelAwait) !== 0,
        warn: (message, _line, range) => give({ category: 'SyntaxWarning', message, ...range }),
      }),
    filename,
    true,
  );
}

/** The code object of a tree that has no source; raises as `compile` does. */
export function compileTree(tree: Root, filename: string, optimize: number, flags: number): number {
  const give = eachOnce(warningsOf(filename, null));
  const description = withPythonErrors(
    () => {
      validateTree(tree);
      return compileModule(tree, filename, {
        optimize,
        futureAnnotations: (flags & FUTURE_ANNOTATIONS_FLAG) !== 0,
        topLevelAwait: (flags & CompilerFlag.topLevelAwait) !== 0,
        warn: (message, _line, range) => give({ category: 'SyntaxWarning', message, ...range }),
      });
    },
    filename,
    true,
  );
  return loadCode(description);
}

/** The tree of a program; gives the parser's warnings, raises SyntaxError and its kin. */
export function parseSource(
  source: Uint8Array | string,
  filename: string,
  mode: ParseMode | 'func_type',
  flags: number,
): Root | FunctionType {
  const warnings: ParserWarning[] = [];
  const isFile = (flags & CompilerFlag.programFile) !== 0;
  return withPythonErrors(
    () => {
      try {
        return parseModule(source, filename, mode, warnings, {
          allowIncompleteInput: (flags & CompilerFlag.allowIncompleteInput) !== 0,
          isFile,
          dontImplyDedent: (flags & CompilerFlag.dontImplyDedent) !== 0,
        });
      } catch (error) {
        if (isFile && error instanceof PythonSyntaxError && error.context !== null) {
          error.context = { ...error.context, source: null };
        }
        throw error;
      } finally {
        warnings.forEach(warningsOf(filename, source));
      }
    },
    filename,
    false,
  );
}

/** Runs a step of compilation; its errors become Python's. `fromFile`: the line they show comes from the file. */
export function withPythonErrors<Result>(step: () => Result, filename: string, fromFile: boolean): Result {
  try {
    return step();
  } catch (error) {
    if (error instanceof InvalidTree) return raise(T[error.kind], error.message);
    if (!(error instanceof PythonSyntaxError)) throw error;
    if (fromFile) error.text = lineOfFile(filename, error.lineno);
    return raiseSyntaxError(error);
  }
}

/**
 * The line that an error of the compiler shows: CPython looks for it in the file of that name, whatever the source was.
 */
function lineOfFile(filename: string, line: number): string | null {
  if (filename.startsWith('<')) return null;
  const text = sourceLine(filename, line);
  return text === '' ? null : `${text}\n`;
}

/** A receiver of a compilation's warnings. One that a filter makes an error is a SyntaxError. */
function warningsOf(filename: string, source: Uint8Array | string | null): (warning: ParserWarning) => void {
  return (warning) => {
    const { category, message, lineno } = warning;
    try {
      warnOfSource(T[category], message, filename, lineno);
    } catch (error) {
      if (category !== 'SyntaxWarning' || !matchesRaised(error, T.SyntaxWarning)) throw error;
      clearRaised();
      const text = source === null ? null : readSource(source, filename).lineText(lineno, true);
      raiseSyntaxError(new PythonSyntaxError('SyntaxError', warning.errorMessage ?? message, filename, warning, text));
    }
  };
}

/** Passes each text on once for a line: the bodies of `finally` are compiled more than once. */
function eachOnce(give: (warning: ParserWarning) => void): (warning: ParserWarning) => void {
  const given = new Set<string>();
  return (warning) => {
    const head = `${warning.lineno} ${warning.message}`;
    if (given.has(head)) return;
    given.add(head);
    give(warning);
  };
}

setDigitLimit(() => maxStringDigits);

setSourceCodec((name, bytes) => {
  const slots = pushSlots(2);
  setRef(slots, newBytesFrom(bytes));
  setRef(slots + 1, newString(name));
  try {
    callMethod(slots, 'decode', slots + 1, 1, slots);
  } catch (error) {
    const isFailure = [T.UnicodeError, T.LookupError].some((type) => matchesRaised(error, type));
    if (!isFailure) throw error;
    setRef(slots, clearRaised());
    const message = stringOf(str(slots));
    return message.startsWith('unknown encoding') ? null : new CodecFailure(message);
  }
  const text = stringOf(refAt(slots));
  popSlots(2);
  return text;
});

/** What codeop catches; a name of builtins in CPython too. */
const INCOMPLETE_INPUT = declareType({ name: '_IncompleteInputError', module: 'builtins', bases: [T.SyntaxError] });

/** Raises the Python exception that stands for a parser's or compiler's error. `open`: it tells no end. */
export function raiseSyntaxError(error: PythonSyntaxError, open = false): never {
  switch (error.kind) {
    case 'MemoryError':
      raise(T.MemoryError, error.message);
      break;
    case 'RecursionError':
      raise(T.RecursionError, error.message);
      break;
  }
  const types = { SyntaxError: T.SyntaxError, IndentationError: T.IndentationError, TabError: T.TabError } as const;
  const type = error.incomplete ? materializeType(INCOMPLETE_INPUT) : types[error.kind as keyof typeof types];
  if (type === undefined) raiseRuntimeError(error.message);
  const slots = pushSlots(4);
  setRef(slots, type);
  setRef(slots + 1, newString(error.message));
  if (error.lineno === 0 && error.offset === 0 && error.context === null) {
    // without a place in the source there is nothing to show but the message
    call(slots, slots + 1, 1, slots + 3);
    return raiseObject(slots + 3);
  }
  if (error.offset < 0) {
    // the file as a whole: Python says so by line 0
    const place = newTuple(4);
    setRef(slots + 2, place);
    setRef(tupleItem(place, 0), error.filename === null ? Fixed.none : newString(error.filename));
    setSmallInt(tupleItem(place, 1), 0);
    setSmallInt(tupleItem(place, 2), -1);
    setRef(tupleItem(place, 3), Fixed.none);
    call(slots, slots + 1, 2, slots + 3);
    return raiseObject(slots + 3);
  }
  const { context } = error;
  const details = newTuple(6);
  setRef(slots + 2, details);
  setRef(tupleItem(details, 0), error.filename === null ? Fixed.none : newString(error.filename));
  const numbers = [error.lineno, error.offset, 0, error.end_lineno, error.end_offset];
  numbers.forEach((value, i) => {
    if (open && i > 2) setRef(tupleItem(details, i + 1), Fixed.none);
    else if (i !== 2) setSmallInt(tupleItem(details, i + 1), value);
  });
  setRef(tupleItem(details, 3), error.text === null ? Fixed.none : newString(error.text));
  call(slots, slots + 1, 2, slots + 3);
  if (context !== null) {
    const metadata = newTuple(3);
    setRef(slots, metadata);
    setSmallInt(tupleItem(metadata, 0), context.line);
    setSmallInt(tupleItem(metadata, 1), context.column);
    setRef(tupleItem(metadata, 2), context.source === null ? Fixed.none : newString(context.source));
    setAttribute(slots + 3, intern('_metadata'), slots);
  }
  return raiseObject(slots + 3);
}
