/** Source text to a code object: parser, compiler, loader; their errors become Python exceptions here. */
import type { CodeDescription } from '../compiler/code.ts';
import { compileModule, FUTURE_ANNOTATIONS_FLAG } from '../compiler/compiler.ts';
import { Fixed, T } from '../heap/fixed.ts';
import { pushSlots } from '../heap/slots.ts';
import { setRef, setSmallInt } from '../heap/values.ts';
import { clearRaised, matchesRaised, raise, raiseObject, raiseRuntimeError } from '../objects/errors.ts';
import { call } from '../objects/invoke.ts';
import { newString } from '../objects/strings.ts';
import { newTuple, tupleItem } from '../objects/tuples.ts';
import { type ParserWarning, PythonSyntaxError } from '../parser/errors.ts';
import { type ParseMode, parseModule } from '../parser/parse.ts';
import { readSource } from '../parser/source.ts';
import { loadCode } from './loader.ts';
import { sourceLine } from './source-lines.ts';
import { warnOfSource } from './warnings.ts';

/** The code object of a program; raises SyntaxError and its kin. `source` bytes are decoded as Python source is. */
export function compileSource(
  source: Uint8Array | string,
  filename: string,
  mode: ParseMode,
  optimize = 0,
  flags = 0,
): number {
  return loadCode(describeSource(source, filename, mode, optimize, flags));
}

/** What compileSource loads. */
export function describeSource(
  source: Uint8Array | string,
  filename: string,
  mode: ParseMode,
  optimize = 0,
  flags = 0,
): CodeDescription {
  const warnings: ParserWarning[] = [];
  try {
    const tree = parseModule(source, filename, mode, warnings);
    const description = compileModule(tree, filename, {
      source: () => readSource(source, filename),
      optimize,
      futureAnnotations: (flags & FUTURE_ANNOTATIONS_FLAG) !== 0,
      warn: (message, lineno) => {
        warnings.push({ category: 'SyntaxWarning', message, lineno });
      },
    });
    showWarnings(filename, warnings);
    return description;
  } catch (error) {
    if (!(error instanceof PythonSyntaxError)) throw error;
    return raiseSyntaxError(error);
  }
}

/** Warnings of one compilation, each text once for a line; one that a filter makes an error is a SyntaxError. */
function showWarnings(filename: string, warnings: readonly ParserWarning[]): void {
  const shown = new Set<string>();
  for (const { category, message, lineno } of warnings) {
    const head = `${lineno} ${message}`;
    if (shown.has(head)) continue;
    shown.add(head);
    try {
      warnOfSource(T[category as keyof typeof T], message, filename, lineno);
    } catch (error) {
      if (category !== 'SyntaxWarning' || !matchesRaised(error, T.SyntaxWarning)) throw error;
      clearRaised();
      const text = sourceLine(filename, lineno);
      raiseSyntaxError(
        new PythonSyntaxError(
          'SyntaxError',
          message,
          filename,
          { lineno, offset: 0, end_lineno: 0, end_offset: 0 },
          text,
        ),
      );
    }
  }
}

/** Raises the Python exception that stands for a parser's or compiler's error. */
export function raiseSyntaxError(error: PythonSyntaxError): never {
  switch (error.kind) {
    case 'MemoryError':
      raise(T.MemoryError, error.message);
      break;
    case 'RecursionError':
      raise(T.RecursionError, error.message);
      break;
  }
  const types = { SyntaxError: T.SyntaxError, IndentationError: T.IndentationError, TabError: T.TabError } as const;
  const type = types[error.kind as keyof typeof types];
  if (type === undefined) raiseRuntimeError(error.message);
  const slots = pushSlots(4);
  setRef(slots, type);
  setRef(slots + 1, newString(error.message));
  if (error.lineno === 0) {
    // without a place in the source there is nothing to show but the message
    call(slots, slots + 1, 1, slots + 3);
    return raiseObject(slots + 3);
  }
  const details = newTuple(6);
  setRef(slots + 2, details);
  setRef(tupleItem(details, 0), newString(error.filename));
  const numbers = [error.lineno, error.offset, 0, error.end_lineno, error.end_offset];
  numbers.forEach((value, i) => {
    if (i !== 2) setSmallInt(tupleItem(details, i + 1), value);
  });
  setRef(tupleItem(details, 3), error.text === null ? Fixed.none : newString(error.text));
  call(slots, slots + 1, 2, slots + 3);
  return raiseObject(slots + 3);
}
