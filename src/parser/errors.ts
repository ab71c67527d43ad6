// The error that parsing raises, with everything that Python's SyntaxError carries.
//
// It is a JavaScript error on its own: the parser knows neither the heap nor Python's exception objects, so whoever
// called it makes the Python exception out of this.

/** Which Python exception to raise. The last two have a message only: their location fields are 0. */
export type SyntaxErrorKind = 'SyntaxError' | 'IndentationError' | 'TabError' | 'MemoryError' | 'RecursionError';

/** Where an error stands: lines and columns count from 1, columns in code points, and the end is exclusive. */
export interface ErrorRange {
  lineno: number;
  offset: number;
  end_lineno: number;
  end_offset: number;
}

/** What surrounds an error. Without a block before it line and column are 0. */
export interface ErrorContext {
  readonly line: number;
  readonly column: number;
  /** null: it is the content of the file */
  readonly source: string | null;
}

/** A program that is not Python. Property names are those of Python's `SyntaxError`. */
export class PythonSyntaxError extends Error {
  readonly kind: SyntaxErrorKind;
  /** null: Python does not say, because its tokenizer does not know */
  readonly filename: string | null;
  readonly lineno: number;
  readonly offset: number;
  readonly end_lineno: number;
  readonly end_offset: number;
  /** The source line with its newline, or `null` when the source cannot be shown. */
  text: string | null;
  /** Where to look for what was meant: the whole source, and the place of the last block before the error. */
  context: ErrorContext | null = null;
  /** Whether more lines might make it a program; only if the caller asked for that. */
  incomplete = false;

  constructor(kind: SyntaxErrorKind, message: string, filename: string | null, range: ErrorRange, text: string | null) {
    super(message);
    this.name = kind;
    this.kind = kind;
    this.filename = filename;
    this.lineno = range.lineno;
    this.offset = range.offset;
    this.end_lineno = range.end_lineno;
    this.end_offset = range.end_offset;
    this.text = text;
  }
}

/**
 * A warning that the parser has to give, such as an unknown escape in a string; the caller decides what becomes of it. Its
 * range is the error's if warnings are errors.
 */
export interface ParserWarning extends ErrorRange {
  category: 'SyntaxWarning' | 'DeprecationWarning';
  message: string;
  /** what the error says, if that is something else */
  errorMessage?: string;
}
