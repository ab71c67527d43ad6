/**
 * The code of src/modules/builtins.py. In a checkout it is compiled when first needed; scripts/build.ts replaces this
 * module in the bundle by one that holds the compiled description, so that no start-up parses it.
 */
import { readFileSync } from 'node:fs';
import type { CodeDescription, Constant } from '../compiler/code.ts';
import { compileModule } from '../compiler/compiler.ts';
import { CodeFlag } from '../heap/layouts.ts';
import { parseModule } from '../parser/parse.ts';
import { readSource } from '../parser/source.ts';

const FILENAME = '<builtins>';

export function builtinsDescription(): CodeDescription {
  const text = readFileSync(new URL('../modules/builtins.py', import.meta.url));
  const tree = parseModule(text, FILENAME, 'exec');
  return hidden(compileModule(tree, FILENAME, { source: () => readSource(text, FILENAME) }));
}

/** The same code, its functions included, marked as part of a builtin. */
function hidden(code: CodeDescription): CodeDescription {
  const constants = code.constants.map(
    (constant): Constant => (constant.type === 'code' ? { type: 'code', code: hidden(constant.code) } : constant),
  );
  return { ...code, flags: code.flags | CodeFlag.hidden, constants };
}
