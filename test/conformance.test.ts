/**
 * The programs of test/conformance against CPython 3.14. A file is a chapter or section of the Python language reference
 * (its number begins the name), or of the library reference's "Built-in Types" (types_*.py).
 */
import { comparePrograms } from './helpers/compare-programs.ts';

await comparePrograms('conformance');
