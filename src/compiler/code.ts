/**
 * What the compiler produces: a plain description of a code object, independent of the heap. The loader (interpreter/
 * loader.ts) turns it into a heap object; the disk cache stores it. Operands are as instructions.ts says for "before
 * loading".
 */
import type { ConstantValue } from '../parser/ast.ts';

export type Constant =
  | ConstantValue
  | { readonly type: 'tuple'; readonly items: readonly Constant[] }
  | { readonly type: 'frozenset'; readonly items: readonly Constant[] }
  | { readonly type: 'code'; readonly code: CodeDescription }
  | { readonly type: 'null' };

/** Numbers from the compiler's hand, or as they lie in a file. */
export type CodeTable = readonly number[] | Int32Array;

export interface CodeDescription {
  readonly name: string;
  readonly qualname: string;
  readonly filename: string;
  readonly firstLine: number;
  readonly argCount: number;
  readonly positionalOnlyCount: number;
  readonly keywordOnlyCount: number;
  /** CodeFlag bits (heap/layouts.ts) */
  readonly flags: number;
  /** registers 0 ... are these: parameters first (positional, keyword-only, *args, **kwargs), then other locals */
  readonly variableNames: readonly string[];
  /** cell variables; one that is also a parameter shares the parameter's register, others follow the locals */
  readonly cellNames: readonly string[];
  /** free variables, in registers from firstFree on */
  readonly freeNames: readonly string[];
  readonly firstFree: number;
  /** all registers a frame needs */
  readonly registerCount: number;
  readonly constants: readonly Constant[];
  readonly names: readonly string[];
  readonly instructions: CodeTable;
  /** quadruples: start, end, handler (word offsets, end exclusive), register that receives the exception;
   *  the first entry that covers the instruction wins, so inner ones come first */
  readonly exceptionTable: CodeTable;
  /** quintuples: word offset, line, column, end line, end column; sorted by offset, each valid up to the next */
  readonly lineTable: CodeTable;
}
