/**
 * Which compiler this is: a hash of everything that code in `.pyc` files depends on (parser, compiler, layouts). Code of
 * another compiler is never loaded. In a checkout it is computed when first needed; scripts/build.ts replaces this module
 * in the bundle by one that holds the result.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { BuildIdentity } from '../compiler/code-format.ts';

const source = new URL('..', import.meta.url);

let known: BuildIdentity | null = null;

export function compilerIdentity(): BuildIdentity {
  if (known !== null) return known;
  const hash = createHash('sha256');
  const files = ['parser', 'compiler'].flatMap((folder) =>
    readdirSync(fileURLToPath(new URL(folder, source)))
      .sort()
      .map((name) => `${folder}/${name}`),
  );
  for (const file of [...files, 'heap/layouts.ts']) {
    hash.update(file);
    hash.update(readFileSync(fileURLToPath(new URL(file, source))));
  }
  const digest = hash.digest();
  known = { low: digest.readInt32LE(0), high: digest.readInt32LE(4) };
  return known;
}
