// Tree-sitter's front against the predictive parser, over programs that are nearly Python: valid ones with tokens taken
// out, put in, doubled and swapped, and lines moved. Where the front gives a tree, it must be the other parser's; where
// the other parser finds an error, the front must have left the program to it.

import fc from 'fast-check';
import t from 'tap';
import { PythonSyntaxError } from '../src/parser/errors.ts';
import { parseExactly } from '../src/parser/parse.ts';
import { readSource } from '../src/parser/source.ts';
import { parseTree } from '../src/parser/tree.ts';
import { parseWithTree } from '../src/parser/tree-parser.ts';
import { VALID } from './parser-cases.ts';

const TOKEN = /\n[ \t]*|[ \t]+|#[^\n]*|\w+|'''|"""|->|\*\*=?|\/\/=?|<<=?|>>=?|[-+*/%@&|^<>=!:]=|\.\.\.|[^\w\s]/g;

/** What is put in: every kind of token, and white space of which Python minds the place. */
const PIECES = [
  ...'if else elif for in not is and or lambda yield await async def class with as except try finally'.split(' '),
  ...'return del raise from import global assert pass match case type print None x _ 1 1.5j 0777'.split(' '),
  ...'( ) [ ] { } , : := ; . = -> * ** - + | & ^ ~ @ == < += ... ! $ "s" f"{x}" b"y" \' " \\'.split(' '),
  ...['\n', '\n  ', '\n    ', '\n\t', '\\\n', '\f', ' ', '# c\n', 'é', '\u00a0', '\u200b'],
];

const programs = Object.values(VALID)
  .flat()
  .flatMap((source) => [source, ...source.split(/\n(?=\S)/)])
  .map((source) => source.match(TOKEN) ?? [])
  .filter((tokens) => tokens.length > 1);

const mutation = fc.record({
  action: fc.integer({ min: 0, max: 3 }),
  at: fc.nat(),
  other: fc.nat(),
  piece: fc.constantFrom(...PIECES),
});

function mutate(
  tokens: string[],
  { action, at, other, piece }: { action: number; at: number; other: number; piece: string },
) {
  const i = at % tokens.length;
  const k = other % tokens.length;
  switch (action) {
    case 0:
      tokens.splice(i, 1);
      break;
    case 1:
      tokens.splice(i, 0, piece);
      break;
    case 2:
      tokens.splice(i, 0, tokens[k]);
      break;
    default:
      [tokens[i], tokens[k]] = [tokens[k], tokens[i]];
  }
}

function text(value: unknown): string {
  return JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? `${part}n` : part));
}

t.test('programs that are nearly Python', { skip: parseTree('') === null && 'no binding here' }, async (t) => {
  let taken = 0;
  const property = fc.property(
    fc.constantFrom(...programs),
    fc.array(mutation, { minLength: 1, maxLength: 3 }),
    (program, mutations) => {
      const tokens = [...program];
      for (const each of mutations) {
        if (tokens.length > 0) {
          mutate(tokens, each);
        }
      }
      const source = readSource(tokens.join(''), 'file');
      const tree = parseWithTree(source, []);
      if (tree === null || typeof tree === 'string') {
        return;
      }
      taken++;
      let exact: unknown;
      try {
        exact = parseExactly(source, 'exec', []);
      } catch (error) {
        if (!(error instanceof PythonSyntaxError)) throw error;
        throw new Error(`taken, but ${error.message}: ${JSON.stringify(source.text)}`);
      }
      if (text(tree) !== text(exact)) {
        throw new Error(`another tree: ${JSON.stringify(source.text)}`);
      }
    },
  );
  fc.assert(property, { numRuns: 20_000, seed: 314 });
  t.ok(taken > 1000, `${taken} programs were taken from the tree`);
});
