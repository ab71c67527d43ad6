/**
 * The programs of test/conformance against CPython 3.14. A file is a chapter or section of the Python language reference
 * (its number begins the name), or of the library reference's chapters about what is built in (types_*.py, library_*.py).
 * test/conformance/README.md says which program shows which section.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { comparePrograms } from './helpers/compare-programs.ts';

const tests = dirname(fileURLToPath(import.meta.url));
const folder = join(tests, 'conformance');

t.test('the map of sections and programs', async (t) => {
  const rows = readFileSync(join(folder, 'README.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| '));
  const named = new Set<string>();
  const gaps: string[] = [];
  for (const row of rows.slice(1)) {
    const [, section, programs] = row.split('|').map((text) => text.trim());
    if (programs === '-') gaps.push(section);
    else for (const program of programs.split(', ')) named.add(program);
  }
  for (const program of named) {
    const file = program.includes('/') ? join(tests, `${program}.py`) : join(folder, `${program}.py`);
    t.ok(existsSync(file), `${program} exists`);
  }
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.py')))
    t.ok(named.has(file.slice(0, -3)), `${file} is in the map`);
  t.same(gaps, ['4.4 Runtime components'], 'sections without a program');
});

await comparePrograms('conformance');
