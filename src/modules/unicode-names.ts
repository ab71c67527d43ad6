/**
 * Names of code points. V8 has none, so they lie in a file of our own, unicode-names.br (made by
 * scripts/make-unicode-names.ts, of the Unicode that Python has), which is read when a program first asks for a name.
 * Names that a rule makes (Hangul syllables, ideographs) are made. Turned down: a module with the names as text, which
 * every start would have to load.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';

const HANGUL_LEADS = 'G GG N D DD R M B BB S SS - J JJ C K T P H'.split(' ').map((part) => part.replace('-', ''));
const HANGUL_VOWELS = 'A AE YA YAE EO E YEO YE O WA WAE OE YO U WEO WE WI YU EU YI I'.split(' ');
const HANGUL_TAILS = '- G GG GS N NJ NH D L LG LM LB LS LT LP LH M B BS S SS NG J C K T P H'
  .split(' ')
  .map((part) => part.replace('-', ''));
const ideographs: readonly number[] = [
  0x3400, 0x4dbf, 0x4e00, 0x9fff, 0x20000, 0x2a6df, 0x2a700, 0x2b739, 0x2b740, 0x2b81d, 0x2b820, 0x2cea1, 0x2ceb0,
  0x2ebe0, 0x2ebf0, 0x2ee5d, 0x30000, 0x3134a, 0x31350, 0x323af,
];

interface Names {
  readonly byCode: ReadonlyMap<number, string>;
  /** aliases included */
  readonly byName: ReadonlyMap<string, number>;
}
let known: Names | null = null;

/** Reads the file: beside this module in the sources, beside the bundle in dist. */
function names(): Names {
  if (known !== null) return known;
  const file = join(dirname(fileURLToPath(import.meta.url)), 'unicode-names.br');
  const byCode = new Map<number, string>();
  const byName = new Map<string, number>();
  const lines = brotliDecompressSync(readFileSync(file)).toString('latin1').split('\n');
  const aliases = lines.indexOf('');
  let code = 0;
  for (let i = 0; i < aliases; i++) {
    const line = lines[i];
    if (line.startsWith('+')) {
      code += Number(line.slice(1));
      continue;
    }
    byCode.set(code, line);
    byName.set(line, code++);
  }
  for (let i = aliases + 1; i < lines.length; i++) {
    const space = lines[i].indexOf(' ');
    byName.set(lines[i].slice(space + 1), Number.parseInt(lines[i].slice(0, space), 16));
  }
  known = { byCode, byName };
  return known;
}

function isIdeograph(code: number): boolean {
  for (let i = 0; i < ideographs.length; i += 2) {
    if (code >= ideographs[i] && code <= ideographs[i + 1]) return true;
  }
  return false;
}

/** The name of a code point, or null. */
export function nameOf(code: number): string | null {
  if (code >= 0xac00 && code <= 0xd7a3) {
    const index = code - 0xac00;
    const lead = HANGUL_LEADS[Math.floor(index / 588)];
    return `HANGUL SYLLABLE ${lead}${HANGUL_VOWELS[Math.floor((index % 588) / 28)]}${HANGUL_TAILS[index % 28]}`;
  }
  if (isIdeograph(code)) return `CJK UNIFIED IDEOGRAPH-${code.toString(16).toUpperCase()}`;
  return names().byCode.get(code) ?? null;
}

/** The code point of that name, in any case, or -1. */
export function codeOfName(name: string): number {
  const wanted = name.toUpperCase();
  const ideograph = /^CJK UNIFIED IDEOGRAPH-([0-9A-F]{4,5})$/.exec(wanted);
  if (ideograph) {
    const code = Number.parseInt(ideograph[1], 16);
    return nameOf(code) === wanted ? code : -1;
  }
  if (name.startsWith('HANGUL SYLLABLE ')) {
    for (let code = 0xac00; code <= 0xd7a3; code++) if (nameOf(code) === name) return code;
  }
  return names().byName.get(wanted) ?? -1;
}
