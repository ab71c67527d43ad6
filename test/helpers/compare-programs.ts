/**
 * Runs every Python program of a folder of test/ plain, as interpreted traces and as machine code, and asserts that each
 * run does what CPython 3.14 does: the same standard output, exit status and, if it fails, last line of standard error.
 * COPYJIT_TEST_PROGRAMS=NAME,... limits the run to programs whose names contain one of these.
 */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { copyjit, inParallel } from '../copyjit.ts';
import { closeOracle, oracle } from '../oracle.ts';

const modes = ['off', 'uops', 'native'];
/** For one run of one program on a machine that does other things as well. */
const TIMEOUT_MS = 120_000;

/** What CPython did, and what copyjit did in each mode. */
interface Run {
  expected: Awaited<ReturnType<typeof oracle>>;
  actual: Map<string, Awaited<ReturnType<typeof copyjit>>>;
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').pop() ?? '';
}

/** Adds one subtest for each program of `test/NAME`. */
export async function comparePrograms(name: string): Promise<void> {
  const folder = join(dirname(fileURLToPath(import.meta.url)), '..', name);
  const wanted = process.env.COPYJIT_TEST_PROGRAMS?.split(',');
  const programs = readdirSync(folder)
    .filter((file) => file.endsWith('.py') && (wanted === undefined || wanted.some((part) => file.includes(part))))
    .sort();
  t.setTimeout(0);
  const runs = new Map<string, Run>();
  await inParallel(programs, async (program) => {
    const file = join(folder, program);
    const actual: Run['actual'] = new Map();
    for (const mode of modes) {
      actual.set(mode, await copyjit(['run', `--jit=${mode}`, file], { timeout: TIMEOUT_MS }));
    }
    runs.set(program, { expected: await oracle({ file }), actual });
  });
  closeOracle();
  for (const program of programs) {
    t.test(program, async (t) => {
      const { expected, actual } = runs.get(program)!;
      for (const [mode, result] of actual) {
        t.equal(result.stdout, expected.stdout, `${mode}: standard output`);
        t.equal(result.signal ?? result.status, expected.status, `${mode}: exit status`);
        // Where the program succeeds, it could only be a warning.
        if (expected.status !== 0)
          t.equal(lastLine(result.stderr), lastLine(expected.stderr), `${mode}: last line of standard error`);
      }
    });
  }
}
