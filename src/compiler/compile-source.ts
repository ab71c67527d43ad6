/** From source text to a code object's description in one call: parser and compiler together. */
import type { ParserWarning } from '../parser/errors.ts';
import { type ParseMode, parseModule } from '../parser/parse.ts';
import { readSource } from '../parser/source.ts';
import type { CodeDescription } from './code.ts';
import { type CompileOptions, compileModule } from './compiler.ts';

/**
 * What `compile(source, filename, mode)` does. Bytes are decoded as Python source. The parser's warnings go to
 * `options.warn` too. Raises PythonSyntaxError.
 */
export function compileSource(
  source: Uint8Array | string,
  filename: string,
  mode: ParseMode,
  options: CompileOptions = {},
): CodeDescription {
  const warnings: ParserWarning[] = [];
  const tree = parseModule(source, filename, mode, warnings);
  const { warn } = options;
  if (warn !== undefined && warn !== null)
    for (const warning of warnings) warn(warning.message, warning.lineno, warning);
  return compileModule(tree, filename, { source: () => readSource(source, filename), ...options });
}
