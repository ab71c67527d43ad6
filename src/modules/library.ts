/** What natives need of the library's Python modules. */
import { getAttribute } from '../objects/attributes.ts';
import { importNamed } from '../objects/import-hook.ts';
import { intern } from '../objects/strings.ts';

/** result = attribute `name` of a module of the library, which is imported if it was not. Calls Python. */
export function libraryAttribute(module: string, name: string, result: number): void {
  importNamed(module, result);
  getAttribute(result, intern(name), result);
}
