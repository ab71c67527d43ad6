/** The programs of test/programs, each about one thing that was built or one bug that was found, against CPython 3.14. */
import { comparePrograms } from './helpers/compare-programs.ts';

await comparePrograms('programs');
