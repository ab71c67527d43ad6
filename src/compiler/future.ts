/** `from __future__ import ...`: which features a file asks for, and that it does so in the right place. */
import type { ImportFrom, Root } from '../parser/ast.ts';
import type { Problems } from './problems.ts';

export const FUTURE_PLACE = 'from __future__ imports must occur at the beginning of the file';

/** Features that have long been part of the language. */
const MANDATORY = new Set([
  'nested_scopes',
  'generators',
  'division',
  'absolute_import',
  'with_statement',
  'print_function',
  'unicode_literals',
  'generator_stop',
]);

export interface Future {
  annotations: boolean;
  /** the last future import that stands where it may */
  last: ImportFrom | null;
}

/** Reads the future imports at the top of a module. Raises PythonSyntaxError. */
export function futureFeatures(tree: Root, problems: Problems): Future {
  const future: Future = { annotations: false, last: null };
  if (tree.kind === 'Expression') return future;
  const { body } = tree;
  for (let i = 0; i < body.length; i++) {
    const statement = body[i];
    if (statement.kind === 'ImportFrom' && statement.module === '__future__' && statement.level === 0) {
      for (const alias of statement.names) {
        if (alias.name === 'annotations') future.annotations = true;
        else if (alias.name === 'braces') problems.error(alias, 'not a chance');
        else if (!MANDATORY.has(alias.name) && alias.name !== 'barry_as_FLUFL') {
          problems.error(alias, `future feature ${alias.name} is not defined`);
        }
      }
      future.last = statement;
      continue;
    }
    const isDocstring =
      i === 0 &&
      statement.kind === 'Expr' &&
      statement.value.kind === 'Constant' &&
      statement.value.value.type === 'str';
    if (!isDocstring) break;
  }
  return future;
}
