/** Copies of the built package, for tests that break parts of it or build them for another processor. */
import { copyFileSync, cpSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the package that is tested. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** Copies what `copyjit run` needs to a new folder. */
export function copyPackage(folder: string): void {
  mkdirSync(join(folder, 'dist'), { recursive: true });
  copyFileSync(join(root, 'package.json'), join(folder, 'package.json'));
  cpSync(join(root, 'bin'), join(folder, 'bin'), { recursive: true });
  for (const part of ['run.cjs', 'addon', 'stencils']) {
    const from = join(root, 'dist', part);
    if (existsSync(from)) cpSync(from, join(folder, 'dist', part), { recursive: true });
  }
}
