/**
 * `copyjit bench`: each benchmark program in its own process, under the plain interpreter, the JIT, and other Pythons
 * that the user names. Prints a table; fails when a program fails or the configurations do not agree on its output.
 */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import cliProgress from 'cli-progress';
import { InvalidArgumentError } from 'commander';
import { type Configuration, findDisagreements, measure, type Program } from './bench/measure.ts';
import { drawPage } from './bench/page.ts';
import { JIT, makeReport, PLAIN } from './bench/report.ts';
import { drawTable } from './bench/table.ts';
import { createCommand, runCommand } from './command-line.ts';

interface BenchOptions {
  rounds: number;
  repetitions: number;
  peer?: string[];
  json?: string;
  html?: string;
}

/** The package's folder, from src/cli as from the bundle in dist. */
function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

function positiveInteger(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('It must be a positive whole number.');
  return number;
}

/** The programs that the arguments name (by path, or by name in bench/programs); all of bench/programs if none. */
function findPrograms(names: string[]): Program[] {
  const folder = join(packageFolder(), 'bench', 'programs');
  const files =
    names.length === 0
      ? readdirSync(folder)
          .filter((name) => name.endsWith('.py') && name !== 'harness.py')
          .sort()
          .map((name) => join(folder, name))
      : names.map((name) => (existsSync(name) ? resolve(name) : join(folder, `${name.replace(/\.py$/, '')}.py`)));
  return files.map((path, index) => {
    if (!existsSync(path)) throw new UnusableArgument(`there is no program '${names[index]}'`);
    return { name: basename(path, '.py'), path };
  });
}

/** An argument that parses but cannot be used. */
class UnusableArgument extends Error {}

/** Peers are named without the folder of their command, unless two would then have one name. */
function findPeers(commands: string[]): Configuration[] {
  const peers = commands.map((text) => {
    const command = text.split(/\s+/).filter(Boolean);
    return { name: [basename(command[0] ?? ''), ...command.slice(1)].join(' '), command };
  });
  const names = [PLAIN, JIT, ...peers.map(({ name }) => name)];
  return peers.map((peer, index) => {
    if (peer.command.length === 0) throw new UnusableArgument('--peer needs a command');
    const isUnique = names.indexOf(peer.name) === names.lastIndexOf(peer.name);
    return isUnique ? peer : { name: `${index + 1}: ${commands[index]}`, command: peer.command };
  });
}

async function bench(names: string[], options: BenchOptions): Promise<number> {
  const programs = findPrograms(names);
  const copyjit = [process.execPath, join(packageFolder(), 'bin', 'copyjit.cjs'), 'run'];
  const configurations: Configuration[] = [
    { name: PLAIN, command: [...copyjit, '--jit=off'] },
    { name: JIT, command: [...copyjit, '--jit=native'] },
    ...findPeers(options.peer ?? []),
  ];
  const bar = new cliProgress.SingleBar({
    format: '{bar} {value}/{total} {what} (about {eta_formatted} left)',
    barsize: 24,
    stream: process.stderr,
    clearOnComplete: true,
    noTTYOutput: true,
    notTTYSchedule: 10_000,
  });
  bar.start(programs.length * configurations.length * options.rounds, 0, { what: '' });
  const { rounds, repetitions } = options;
  const measurements = await measure({
    programs,
    configurations,
    rounds,
    repetitions,
    onStart: (program, configuration) => bar.update({ what: `${program.name}, ${configuration.name}` }),
    onEnd: () => bar.increment(),
  });
  bar.stop();
  const problems = findDisagreements(measurements);
  const run = { rounds, repetitions, configurations, programs: programs.map(({ name }) => name) };
  const report = makeReport(run, measurements, problems);
  process.stdout.write(`${drawTable(report)}\n`);
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
  if (options.html !== undefined) writeFileSync(options.html, drawPage(report));
  for (const problem of problems) process.stderr.write(`copyjit: ${problem}\n`);
  return problems.length === 0 ? 0 : 1;
}

/** Runs the command with the arguments after `bench`; the result is the exit status. */
export function main(args: string[]): Promise<number> {
  let status = 0;
  const command = createCommand('bench', 'Compares the plain interpreter, the JIT and other Pythons.')
    .argument('[PROGRAM...]', 'programs: paths, or names in bench/programs (default: all of those)')
    .option('--rounds <N>', 'how often each program is started under each configuration', positiveInteger, 3)
    .option('--repetitions <N>', 'how often a started program repeats its work', positiveInteger, 5)
    .option(
      '--peer <CMD>',
      "another Python to compare with, such as 'python3' (may be repeated)",
      (peer: string, peers: string[] = []) => [...peers, peer],
    )
    .option('--json <FILE>', 'write everything that was measured to this file')
    .option('--html <FILE>', 'write a page with the bars drawn to this file')
    .action(async (names: string[], options: BenchOptions) => {
      try {
        status = await bench(names, options);
      } catch (error) {
        if (!(error instanceof UnusableArgument)) throw error;
        command.error(error.message);
      }
    });
  return runCommand(command, args).then((usage) => usage || status);
}
