/**
 * Random Python programs, made to break what compiled code takes for granted: each has hot loops over ints, floats,
 * strings, containers, objects, closures, generators and exceptions, and changes types, bindings, classes and sizes in
 * the middle. Every program must print the same in all modes of the JIT. Used by random-programs.test.ts with fixed
 * seeds, and by hand for as long as one likes:
 *
 *     node --import tsx test/random-programs.ts --seconds 600 [--seed FIRST] [--python python3.13]
 *     node --import tsx test/random-programs.ts --show SEED
 *
 * COPYJIT_JIT_EAGER=1 has nearly everything compiled, COPYJIT_GC_STRESS=20000 collects all the time: try both.
 * With --python a CPython is asked, too; it may be an older one, since the oracle (CPython 3.14) decides where it
 * differs. --processes 1 runs one program at a time. A difference is shrunk by leaving out statements while it lasts. Why not
 * fast-check's shrinking: a program is a tree of lines, and dropping subtrees is all that is needed.
 */

import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { copyjit } from './copyjit.ts';
import { Generator } from './helpers/random-generator.ts';
import { LanguageGenerator } from './helpers/random-language.ts';
import { type Line, render } from './helpers/random-lines.ts';
import { closeOracle, oracle } from './oracle.ts';

export function programOf(seed: number): Line[] {
  return (seed % 2 === 0 ? new Generator(seed) : new LanguageGenerator(seed)).program();
}
export function sourceOf(seed: number): string {
  return render(programOf(seed));
}

/** Many programs in one file: each runs in a namespace of its own and cannot stop the others. */
export function batchSource(sources: readonly { readonly seed: number; readonly source: string }[]): string {
  let text =
    'def run_all(programs):\n    for seed, source in programs:\n        print("#", seed)\n        try:\n            exec(compile(source, "case", "exec"), {"__name__": "case"})\n        except BaseException as e:\n            print(type(e).__name__, e)\nrun_all([\n';
  for (const { seed, source } of sources) text += `(${seed}, ${JSON.stringify(source)}),\n`;
  return `${text}])\n`;
}

/** Output by seed. */
function split(output: string): Map<number, string> {
  const parts = new Map<number, string>();
  for (const part of output.split(/^# (?=\d+$)/m).slice(1)) {
    const end = part.indexOf('\n');
    parts.set(Number(part.slice(0, end)), part.slice(end + 1));
  }
  return parts;
}

const folder = mkdtempSync(join(tmpdir(), 'copyjit-random-'));
let files = 0;
export const MODES = ['off', 'uops', 'native'] as const;

/** Runs sources in a mode; what a crash or a time-out left behind is part of the output. */
export async function runBatch(
  mode: string,
  sources: readonly { readonly seed: number; readonly source: string }[],
  timeout = 120_000,
  python = '',
): Promise<Map<number, string>> {
  const file = join(folder, `batch${++files}.py`);
  writeFileSync(file, batchSource(sources));
  const result =
    mode === 'python'
      ? await runPython(python, file, timeout)
      : mode === 'oracle'
        ? { ...(await oracle({ file })), signal: null }
        : await copyjit(['run', `--jit=${mode}`, file], { timeout });
  const parts = split(result.stdout);
  if (result.status !== 0 || result.signal !== null) {
    const last = [...parts.keys()].pop() ?? sources[0].seed;
    parts.set(
      last,
      `${parts.get(last) ?? ''}\n[status ${result.status} ${result.signal ?? ''} ${result.stderr.slice(0, 2000)}]`,
    );
  }
  return parts;
}
function runPython(python: string, file: string, timeout: number): ReturnType<typeof copyjit> {
  return new Promise((resolve) => {
    const child = spawn(python, ['-W', 'ignore', file], { timeout, env: { ...process.env, PYTHONHASHSEED: '0' } });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (d) => {
      stdout += d;
    });
    child.stderr.on('data', (d) => {
      stderr += d;
    });
    child.on('close', (status, signal) => resolve({ stdout, stderr, status, signal }));
  });
}

export interface Divergence {
  readonly seed: number;
  readonly mode: string;
  readonly expected: string;
  readonly actual: string;
}

/** What differs between versions of CPython only: an older one may be asked first, because it starts in no time. */
function withoutVersion(output: string | undefined): string | undefined {
  return output?.replace(
    /(float |integer )?(modulo|division|floor division|division or modulo)( by zero)/g,
    'division$3',
  );
}

/**
 * Programs of these seeds whose outputs in the given modes are not those of the first mode; in the mode `python`, what
 * CPython 3.14 (the oracle) answers decides where the older CPython `python` says something else.
 */
export async function findDivergences(
  seeds: readonly number[],
  modes: readonly string[] = MODES,
  python = '',
  processes = modes.length,
): Promise<Divergence[]> {
  const sources = seeds.map((seed) => ({ seed, source: sourceOf(seed) }));
  const outputs: Map<number, string>[] = [];
  for (let i = 0; i < modes.length; i += processes)
    outputs.push(
      ...(await Promise.all(modes.slice(i, i + processes).map((mode) => runBatch(mode, sources, 120_000, python)))),
    );
  const found: Divergence[] = [];
  for (const seed of seeds)
    for (let m = 1; m < modes.length; m++) {
      const expected = outputs[0].get(seed);
      const actual = outputs[m].get(seed);
      // a mode that stopped early (crash, time-out) has no output for the seeds behind: they are run again alone
      if (expected === actual && expected !== undefined) continue;
      const single = [{ seed, source: sourceOf(seed) }];
      if (modes[m] === 'python') {
        if (withoutVersion(expected) === withoutVersion(actual) && expected !== undefined) continue;
        const [own] = [await runBatch(modes[0], single, 20_000)];
        const right = await runBatch('oracle', single);
        if (right.get(seed) !== own.get(seed))
          found.push({ seed, mode: 'oracle', expected: own.get(seed) ?? '', actual: right.get(seed) ?? '' });
        continue;
      }
      const again = await Promise.all([
        runBatch(modes[0], single, 20_000, python),
        runBatch(modes[m], single, 20_000, python),
      ]);
      if (again[0].get(seed) !== again[1].get(seed))
        found.push({ seed, mode: modes[m], expected: again[0].get(seed) ?? '', actual: again[1].get(seed) ?? '' });
      else if (expected !== undefined && actual !== undefined)
        found.push({ seed, mode: `${modes[m]} (in batch only)`, expected, actual });
    }
  return found;
}

/** Leaves out subtrees while `fails` still answers true. */
async function shrink(lines: Line[], fails: (source: string) => Promise<boolean>): Promise<string> {
  const all = (): { owner: Line[]; index: number; size: number }[] => {
    const places: { owner: Line[]; index: number; size: number }[] = [];
    const size = (line: Line): number => 1 + (line.body ?? []).reduce((sum, l) => sum + size(l), 0);
    const walk = (owner: Line[]): void => {
      owner.forEach((line, index) => {
        places.push({ owner, index, size: size(line) });
        if (line.body) walk(line.body);
      });
    };
    walk(lines);
    return places.sort((x, y) => y.size - x.size);
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (const { owner, index } of all()) {
      const line = owner[index];
      if (line === undefined || line.text === 'print(LOG)') continue;
      owner.splice(index, 1);
      if (await fails(render(lines))) {
        changed = true;
        break;
      }
      // the body in place of the whole
      if (line.body && line.body.length > 0 && !/^(def|class) /.test(line.text)) {
        owner.splice(index, 0, ...line.body);
        if (await fails(render(lines))) {
          changed = true;
          break;
        }
        owner.splice(index, line.body.length);
      }
      owner.splice(index, 0, line);
    }
  }
  return render(lines);
}

/** A smaller program that still shows the divergence. */
export async function shrunk({ seed, mode }: Divergence, first = 'off', python = '', seconds = 120): Promise<string> {
  const end = Date.now() + seconds * 1000;
  return shrink(programOf(seed), async (source) => {
    if (Date.now() > end) return false;
    const single = [{ seed, source }];
    const x = await runBatch(first, single, 10_000, python);
    const y = await runBatch(mode, single, 10_000, python);
    const expected = x.get(seed) ?? '';
    if (/^(SyntaxError|IndentationError|NameError)/m.test(expected)) return false;
    return expected !== (y.get(seed) ?? '');
  });
}

async function main(): Promise<void> {
  const options = new Map<string, string>();
  for (let i = 2; i < process.argv.length; i += 2) options.set(process.argv[i], process.argv[i + 1]);
  if (options.has('--show')) {
    process.stdout.write(sourceOf(Number(options.get('--show'))));
    return;
  }
  const python = options.get('--python') ?? '';
  const modes = options.get('--modes')?.split(',') ?? (python ? [...MODES, 'python'] : [...MODES]);
  const processes = Number(options.get('--processes') ?? modes.length);
  const end = Date.now() + Number(options.get('--seconds') ?? 60) * 1000;
  let seed = Number(options.get('--seed') ?? Date.now() % 1000000000);
  const size = Number(options.get('--batch') ?? 10);
  let programs = 0;
  let divergences = 0;
  while (Date.now() < end) {
    const seeds = Array.from({ length: size }, (_, i) => seed + i);
    for (const divergence of await findDivergences(seeds, modes, python, processes)) {
      divergences++;
      console.log(`seed ${divergence.seed}: ${divergence.mode} differs from ${modes[0]}`);
      const [x, y] = [divergence.expected, divergence.actual];
      let at = 0;
      while (at < x.length && x[at] === y[at]) at++;
      console.log(
        `  ${modes[0]}: ${x.slice(Math.max(0, at - 80), at + 80)}\n  ${divergence.mode}: ${y.slice(Math.max(0, at - 80), at + 400)}`,
      );
      if (options.get('--shrink') === 'yes') console.log(await shrunk(divergence, modes[0], python));
    }
    programs += size;
    seed += size;
  }
  closeOracle();
  console.log(`${programs} programs, ${divergences} divergences, next seed ${seed}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
