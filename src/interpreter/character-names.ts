/** `\N{NAME}` in string literals: the parser, which knows no names, is told where to ask. */
import { codeOfName } from '../modules/unicode-names.ts';
import { setCharacterNames } from '../parser/strings.ts';

setCharacterNames(codeOfName);
