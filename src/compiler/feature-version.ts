/**
 * What `compile(..., _feature_version=n)` (ast.parse's `feature_version`) refuses: syntax that Python 3.n did not know. The
 * tree is searched when it is complete, in the order of the source; CPython's parser raises while it reads, so the place
 * is where it had come to: behind the construct. Underscores in numbers leave no trace in the tree and are let through.
 */
import type { Expression, Located, Root } from '../parser/ast.ts';
import { PythonSyntaxError } from '../parser/errors.ts';
import type { SourceText } from '../parser/source.ts';

type Node = { kind?: string } & Partial<Located> & Record<string, unknown>;

interface Feature {
  readonly since: number;
  readonly what: string;
}
const features: Readonly<Record<string, Feature>> = {
  NamedExpr: { since: 8, what: 'Assignment expressions are' },
  TryStar: { since: 11, what: 'Exception groups are' },
  TypeAlias: { since: 12, what: 'Type statement is' },
  Match: { since: 10, what: 'Pattern matching is' },
  AnnAssign: { since: 6, what: 'Variable annotation syntax is' },
  TemplateStr: { since: 14, what: 't-strings are' },
  AsyncFunctionDef: { since: 5, what: 'Async functions are' },
  AsyncWith: { since: 5, what: 'Async with statements are' },
  AsyncFor: { since: 5, what: 'Async for loops are' },
  Await: { since: 5, what: 'Await expressions are' },
};
const POSITIONAL: Feature = { since: 8, what: 'Positional-only parameters are' };
const PARAMETERS: Feature = { since: 12, what: 'Type parameter lists are' };
const DEFAULTS: Feature = { since: 13, what: 'Type parameter defaults are' };
const MATRICES: Feature = { since: 5, what: "The '@' operator is" };
const COMPREHENSIONS: Feature = { since: 6, what: 'Async comprehensions are' };
const BARE_TYPES: Feature = { since: 14, what: 'except expressions without parentheses are' };

/** Throws PythonSyntaxError at the first construct that Python 3.`version` did not have. */
export function checkFeatureVersion(tree: Root, version: number, source: SourceText): void {
  const refuse = ({ since, what }: Feature, place: Located): void => {
    if (version >= since) return;
    const lineno = place.end_lineno;
    const offset = source.characterColumnOfByte(lineno, place.end_col_offset);
    const range = { lineno, offset, end_lineno: lineno, end_offset: offset + 1 };
    const message = `${what} only supported in Python 3.${since} and greater`;
    throw new PythonSyntaxError('SyntaxError', message, source.filename, range, source.lineText(lineno, true));
  };
  const visit = (node: Node, last: Located): void => {
    const place = node.lineno === undefined ? last : (node as unknown as Located);
    for (const child of Object.values(node)) {
      for (const each of Array.isArray(child) ? child : [child]) {
        if (each !== null && typeof each === 'object' && !(each instanceof Uint8Array)) visit(each as Node, place);
      }
    }
    const list = (name: string): Located[] => (Array.isArray(node[name]) ? (node[name] as Located[]) : []);
    if (node.kind === 'arguments' && list('posonlyargs').length > 0) {
      refuse(POSITIONAL, list('posonlyargs')[list('posonlyargs').length - 1]);
    }
    for (const parameter of list('type_params')) {
      const value = (parameter as unknown as Node).default_value;
      if (value) refuse(DEFAULTS, value as Expression);
      if (node.kind !== 'TypeAlias') refuse(PARAMETERS, parameter);
    }
    if ((node.kind === 'BinOp' || node.kind === 'AugAssign') && node.op === 'MatMult') refuse(MATRICES, place);
    if (node.kind === 'comprehension' && node.is_async === 1) refuse(COMPREHENSIONS, node.iter as Expression);
    if (node.kind === 'ExceptHandler' && (node.type as Expression | null)?.kind === 'Tuple') {
      const type = node.type as Expression;
      const start = source.lineStart(type.lineno);
      const first = source.text[start + source.characterColumnOfByte(type.lineno, type.col_offset) - 1];
      if (first !== '(' || !source.lineText(type.end_lineno, true).includes(')')) refuse(BARE_TYPES, type);
    }
    const feature = features[node.kind ?? ''];
    if (feature !== undefined) refuse(feature, place);
  };
  visit(tree as unknown as Node, { lineno: 1, col_offset: 0, end_lineno: 1, end_col_offset: 0 });
}
