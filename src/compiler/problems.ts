/**
 * Errors and warnings of the compiler. Whoever has the source text passes it; without one (a tree built by hand) the error
 * carries no source line.
 */
import type { Located } from '../parser/ast.ts';
import { type ErrorRange, PythonSyntaxError } from '../parser/errors.ts';
import type { SourceText } from '../parser/source.ts';

/** Receives a SyntaxWarning and where it stands; may throw to turn it into an error. */
export type WarningHandler = (message: string, lineno: number, range: ErrorRange) => void;

export class Problems {
  readonly filename: string;
  private readonly readSource: (() => SourceText) | null;
  private readonly warningHandler: WarningHandler | null;

  constructor(filename: string, readSource: (() => SourceText) | null, warningHandler: WarningHandler | null) {
    this.filename = filename;
    this.readSource = readSource;
    this.warningHandler = warningHandler;
  }

  /** Throws a PythonSyntaxError that points at a node. */
  error(at: Located, message: string): never {
    throw this.errorIn(this.rangeOf(at), message);
  }

  warn(at: Located, message: string): void {
    if (this.warningHandler !== null) this.warningHandler(message, at.lineno, this.rangeOf(at));
  }

  /** The error of a range of the source. */
  errorIn(range: ErrorRange, message: string): PythonSyntaxError {
    const source = this.readSource === null ? null : this.readSource();
    // CPython reads the line from the file of that name, so code from a string shows none
    const text = source === null || this.filename.startsWith('<') ? null : source.lineText(range.lineno, true);
    return new PythonSyntaxError('SyntaxError', message, this.filename, range, text);
  }

  /** The range of a node; CPython's compiler gives columns in bytes, as the tree has them. */
  private rangeOf(at: Located): ErrorRange {
    return {
      lineno: at.lineno,
      offset: at.col_offset + 1,
      end_lineno: at.end_lineno,
      end_offset: at.end_col_offset + 1,
    };
  }
}

/** The error for programs nested more deeply than the compiler's own recursion allows. */
export function nestingError(filename: string): PythonSyntaxError {
  const nowhere = { lineno: 0, offset: 0, end_lineno: 0, end_offset: 0 };
  return new PythonSyntaxError(
    'RecursionError',
    'maximum recursion depth exceeded during compilation',
    filename,
    nowhere,
    null,
  );
}
