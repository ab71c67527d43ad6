/** `copyjit bench`: its arithmetic, what it reads from programs, disagreements, and the page it writes. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import t from 'tap';
import { findDisagreements, measure } from '../src/cli/bench/measure.ts';
import { drawPage } from '../src/cli/bench/page.ts';
import { formatRatio, formatSeconds, makeReport } from '../src/cli/bench/report.ts';
import { geometricMean, median, summarize } from '../src/cli/bench/statistics.ts';
import { drawTable } from '../src/cli/bench/table.ts';

const folder = mkdtempSync(join(tmpdir(), 'copyjit-bench-'));
t.teardown(() => rmSync(folder, { recursive: true, force: true }));

/** A stand-in for a Python: a JavaScript file that gets the program and the number of repetitions. */
function fakePython(name: string, code: string): { name: string; command: string[] } {
  const path = join(folder, `${name}.cjs`);
  writeFileSync(path, `const [program, repetitions] = process.argv.slice(2); ${code}`);
  return { name, command: [process.execPath, path] };
}

/** A program that takes `first` seconds, then `later` seconds a repetition, and prints `result`. */
function honest(first: string, later: string, result: string): string {
  const line = `'@repetition ' + (i === 0 ? '${first}' : '${later}')`;
  return `for (let i = 0; i < repetitions; i++) console.error(${line}); console.log(${result});`;
}

const plain = fakePython('plain', honest('0.5', '0.25', 'program'));
const jit = fakePython('jit', honest('0.2', '0.05', 'program'));
const liar = fakePython('liar', honest('0.5', '0.25', '"something else"'));
const crasher = fakePython('crasher', 'console.error("boom"); process.exit(3)');
const silent = fakePython('silent', '');
const absent = { name: 'absent', command: [join(folder, 'absent')] };

t.test('statistics', async (t) => {
  t.equal(median([3, 1, 2]), 2);
  t.equal(median([4, 1, 2, 3]), 2.5);
  t.ok(Math.abs(geometricMean([2, 8]) - 4) < 1e-12);
  t.same(
    summarize([
      [9, 1, 2],
      [7, 3, 4],
    ]),
    { median: 2.5, min: 1, max: 4, first: 8, best: 1 },
  );
  t.same(summarize([[2], [1], [3]]), { median: 2, min: 1, max: 3, first: 2, best: 1 });
  fc.assert(
    fc.property(fc.array(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), { minLength: 1 }), (numbers) => {
      const low = Math.min(...numbers);
      const high = Math.max(...numbers);
      const mean = geometricMean(numbers);
      return median(numbers) >= low && median(numbers) <= high && mean >= low * 0.999 && mean <= high * 1.001;
    }),
  );
  t.equal(formatSeconds(0.12345), '0.123');
  t.equal(formatSeconds(123.4), '123');
  t.equal(formatRatio(12.345), '12.3x');
  t.equal(formatRatio(null), '-');
});

t.test('measuring', async (t) => {
  const order: string[] = [];
  const configurations = [plain, jit, liar, crasher, silent, absent];
  const programs = [
    { name: 'one', path: 'one.py' },
    { name: 'two', path: 'two.py' },
  ];
  let ended = 0;
  const measurements = await measure({
    programs,
    configurations,
    rounds: 2,
    repetitions: 3,
    onStart: (program, configuration) => order.push(`${program.name} ${configuration.name}`),
    onEnd: () => ended++,
  });
  t.equal(ended, 24);
  t.same(order.slice(0, 2), ['one plain', 'one jit'], 'configurations take turns');
  t.equal(order.indexOf('one plain', 1), 12, 'the second round starts when the first is over');
  const first = measurements.find((one) => one.program === 'one' && one.configuration === 'plain');
  t.match(first, { problem: null, output: 'one.py\n', summary: { median: 0.25, first: 0.5, best: 0.25 } });
  const problems = findDisagreements(measurements);
  t.match(
    problems.filter((problem) => problem.startsWith('one:')),
    [
      'one: crasher failed: status 3: boom',
      'one: silent failed: it printed no @repetition line',
      /one: absent failed: .*ENOENT/,
      'one: liar printed "something else", not "one.py" (plain)',
    ],
  );

  const report = makeReport(
    { rounds: 2, repetitions: 3, configurations, programs: ['one', 'two'] },
    measurements,
    problems,
  );
  const overPlain = report.comparisons.find(({ subject, reference }) => subject === 'jit' && reference === 'plain');
  t.ok(overPlain !== undefined && Math.abs((overPlain.geometricMean ?? 0) - 5) < 1e-9);
  const table = drawTable(report);
  t.match(table, 'geometric mean');
  t.match(table, 'failed');
  const page = drawPage(report);
  t.notMatch(page, /<script|<link|src=|href=|url\(/, 'the page needs nothing from elsewhere');
  t.match(page, /<svg[\s\S]*<rect[\s\S]*<\/svg>/);
  t.match(page, 'crasher failed');
});
