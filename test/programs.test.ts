/**
 * Every program of test/programs, run plain, as interpreted traces and as machine code, must do what CPython 3.14 does:
 * the same standard output, exit status and, if it fails, last line of standard error. COPYJIT_TEST_PROGRAMS=NAME,...
 * limits the run to programs whose names contain one of these.
 */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { copyjit, inParallel } from './copyjit.ts';
import { closeOracle, oracle } from './oracle.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'programs');
const modes = ['off', 'uops', 'native'];

function lastLine(text: string): string {
  return text.trimEnd().split('\n').pop() ?? '';
}

const wanted = process.env.COPYJIT_TEST_PROGRAMS?.split(',');
const programs = readdirSync(folder)
  .filter((name) => name.endsWith('.py') && (wanted === undefined || wanted.some((part) => name.includes(part))))
  .sort();

/** What CPython did, and what copyjit did in each mode. */
interface Run {
  expected: Awaited<ReturnType<typeof oracle>>;
  actual: Map<string, Awaited<ReturnType<typeof copyjit>>>;
}

t.setTimeout(0);
const runs = new Map<string, Run>();
await inParallel(programs, async (name) => {
  const file = join(folder, name);
  const actual: Run['actual'] = new Map();
  for (const mode of modes) actual.set(mode, await copyjit(['run', `--jit=${mode}`, file]));
  runs.set(name, { expected: await oracle({ file }), actual });
});
closeOracle();

for (const name of programs) {
  t.test(name, async (t) => {
    const { expected, actual } = runs.get(name)!;
    for (const [mode, result] of actual) {
      t.equal(result.stdout, expected.stdout, `${mode}: standard output`);
      t.equal(result.signal ?? result.status, expected.status, `${mode}: exit status`);
      // Where the program succeeds, it could only be a warning.
      if (expected.status !== 0)
        t.equal(lastLine(result.stderr), lastLine(expected.stderr), `${mode}: last line of standard error`);
    }
  });
}
