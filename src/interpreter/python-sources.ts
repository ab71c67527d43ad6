/**
 * Code of the Python files in src/modules. In a checkout it is compiled when first needed; scripts/build.ts replaces this
 * module in the bundle by one that holds the compiled descriptions, so that nobody's start-up parses them.
 */
import { readFileSync } from 'node:fs';
import type { CodeDescription, Constant } from '../compiler/code.ts';
import { compileModule } from '../compiler/compiler.ts';
import { CodeFlag } from '../heap/layouts.ts';
import { parseModule } from '../parser/parse.ts';
import { readSource } from '../parser/source.ts';

export type PythonSource = (typeof pythonSources)[number];
export const pythonSources = [
  'builtins',
  'ast_nodes',
  'import_specs',
  '_decimal',
  '_codecs_multibyte',
  '_locale',
  '_multibytecodec',
  '_sysconfig',
  '_tracemalloc',
  '_zoneinfo',
  'cmath',
  'resource',
  'faulthandler',
  'opcode',
  'dis',
] as const;

/** The compiled code of src/modules/NAME.py. */
export function sourceDescription(name: PythonSource): CodeDescription {
  const filename = `<${name}>`;
  const text = readFileSync(new URL(`../modules/${name}.py`, import.meta.url));
  const tree = parseModule(text, filename, 'exec');
  return hidden(compileModule(tree, filename, { source: () => readSource(text, filename) }));
}

/** The same code, its functions included, marked as part of a builtin. */
function hidden(code: CodeDescription): CodeDescription {
  const constants = code.constants.map(
    (constant): Constant => (constant.type === 'code' ? { type: 'code', code: hidden(constant.code) } : constant),
  );
  return { ...code, flags: code.flags | CodeFlag.hidden, constants };
}
