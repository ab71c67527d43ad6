/**
 * The heap under stress: the programs of test/programs with a collection every few hundred cells, and some of them with
 * one at every safe point. A reference that somebody forgot to root is gone then, and the output differs.
 */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { type CommandResult, copyjit, inParallel } from './copyjit.ts';
import { closeOracle, oracle } from './oracle.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'programs');
const programs = readdirSync(folder)
  .filter((name) => name.endsWith('.py'))
  .sort();
/** Those whose loops are short enough for a collection at every safe point. */
const everywhere = [
  'classes.py',
  'closures.py',
  'exceptions.py',
  'metaclasses.py',
  'unpacking.py',
  'with_statement.py',
];

/** Programs that import much of the library: every collection takes as long as their heap is large. */
const large = /^(library_|ast_nodes|debugger)/;
const periodOf = (program: string): number => (large.test(program) ? 50_000 : 500);

interface Run {
  program: string;
  mode: string;
  period: number;
}

const runs: Run[] = [
  ...programs.flatMap((program) => ['off', 'native'].map((mode) => ({ program, mode, period: periodOf(program) }))),
  ...everywhere.flatMap((program) => ['off', 'native'].map((mode) => ({ program, mode, period: 1 }))),
];
t.setTimeout(0);
const results = new Map<Run, CommandResult>();
await inParallel(runs, async (run) => {
  const args = ['run', `--jit=${run.mode}`, join(folder, run.program)];
  results.set(run, await copyjit(args, { env: { COPYJIT_GC_STRESS: String(run.period) }, timeout: 120_000 }));
});

for (const run of runs) {
  const name = run.period === 1 ? 'at every safe point' : `every ${run.period} cells`;
  t.test(`${run.program} ${run.mode}, ${name}`, async (t) => {
    const expected = await oracle({ file: join(folder, run.program) });
    const { stdout, status, signal, stderr } = results.get(run)!;
    t.equal(signal ?? status, expected.status, 'exit status');
    t.equal(stdout, expected.stdout, 'standard output');
    t.notMatch(stderr, /copyjit: internal error|\.cjs:/, 'no error of its own');
  });
}
t.teardown(closeOracle);
