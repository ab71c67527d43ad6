/**
 * `npm test`: builds what is out of date, type checker, linter and formatter, import directions, then the tap files of
 * test/. The last line is `N passed, N failed, N skipped`: a check counts as one, a tap file as many as it asserts.
 *
 *     npm test                  everything
 *     npm test -- NAME...       only the test files whose names contain one of these
 *
 * The files are run by Node itself with tsx and their TAP is read with tap's own parser. tap's runner was turned down:
 * its TypeScript plugin does not work with TypeScript 7, and leaving it out means building the runner anew in each clone.
 */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pc from 'picocolors';
import { Parser } from 'tap-parser';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const node = process.execPath;
const total = { passed: 0, failed: 0, skipped: 0 };
/** A test file that takes longer hangs. */
const FILE_TIMEOUT_MS = 15 * 60_000;

function report(passed: boolean, name: string, startedAt: number, detail: string): void {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(`${passed ? pc.green('ok  ') : pc.red('FAIL')} ${name}  ${pc.dim(`${seconds} s`)}\n${detail}`);
}

/** Runs a check whose exit status tells; what it prints is shown only if it fails. */
async function check(name: string, command: string, args: string[]): Promise<boolean> {
  const startedAt = performance.now();
  const { status, output } = await run(command, args);
  const passed = status === 0;
  total[passed ? 'passed' : 'failed']++;
  report(passed, name, startedAt, passed ? '' : indent(output));
  return passed;
}

function run(command: string, args: string[]): Promise<{ status: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (data) => {
      output += data;
    });
    child.stderr.on('data', (data) => {
      output += data;
    });
    child.on('error', (error) => resolve({ status: null, output: `${error.message}\n` }));
    child.on('close', (status) => resolve({ status, output }));
  });
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '     ').replace(/\n?$/, '\n');
}

/** Runs one tap file and adds its assertions to the total. */
function runTestFile(name: string): Promise<void> {
  return new Promise((resolve) => {
    const startedAt = performance.now();
    const counts = { passed: 0, failed: 0, skipped: 0 };
    const failures: string[] = [];
    let stderr = '';
    const child = spawn(node, ['--enable-source-maps', '--import', 'tsx', join('test', name)], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: FILE_TIMEOUT_MS,
      // tap's own limit of half a minute is for machines that do nothing else
      env: { ...process.env, TAP_TIMEOUT: String(FILE_TIMEOUT_MS / 1000) },
    });
    const countAssertions = (parser: Parser, path: string[]): void => {
      const withChildren = new Set<string>();
      parser.on('child', (sub) => {
        withChildren.add(sub.name);
        countAssertions(sub, [...path, sub.name]);
      });
      parser.on('assert', (result) => {
        // The line that closes a subtest repeats what its assertions said, unless it has none or broke off.
        const repeats = withChildren.delete(result.name);
        if (result.skip || result.todo) counts.skipped++;
        else if (result.ok) counts.passed += repeats ? 0 : 1;
        else if (!repeats || counts.failed === 0) {
          counts.failed++;
          const diagnostics = result.diag ? JSON.stringify(result.diag, null, 2) : '';
          failures.push(`${[...path, result.name].join(' > ')}\n${diagnostics}`);
        }
      });
    };
    const parser = new Parser();
    countAssertions(parser, []);
    parser.on('complete', (results) => {
      if (results.bailout) failures.push(`bailed out: ${results.bailout}`);
      if (!results.ok && counts.failed === 0) {
        counts.failed++;
        failures.push(results.failures.map((failure: unknown) => JSON.stringify(failure)).join('\n'));
      }
    });
    child.stdout.pipe(parser);
    child.stderr.on('data', (data) => {
      stderr += data;
    });
    child.on('close', (status, signal) => {
      const passed = status === 0 && counts.failed === 0;
      if (!passed && counts.failed === 0) {
        counts.failed++;
        failures.push(`ended with ${signal === null ? `status ${status}` : `signal ${signal}`}`);
      }
      total.passed += counts.passed;
      total.failed += counts.failed;
      total.skipped += counts.skipped;
      const summary = `test/${name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`;
      report(passed, summary, startedAt, passed ? '' : indent(failures.join('\n')) + indent(stderr));
      resolve();
    });
  });
}

/** Calls `work` on every item, as many at a time as the machine has processors. */
async function inParallel<Item>(items: Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
}

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const files = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
    .sort();
  await check('addon', node, [join('scripts', 'install-addon.cjs')]);
  await check('build', node, ['--import', 'tsx', join('scripts', 'build.ts')]);
  if (wanted.length === 0) {
    await check('types', node, [join('node_modules', 'typescript', 'bin', 'tsc'), '--noEmit', '-p', '.']);
    await check('lint and format', node, [
      join('node_modules', '@biomejs', 'biome', 'bin', 'biome'),
      'check',
      '--error-on-warnings',
      '.',
    ]);
    await check('imports', node, ['--import', 'tsx', join('scripts', 'check-imports.ts')]);
  }
  await inParallel(files, runTestFile);
  process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}

await main();
