/**
 * Runs the benchmark programs: each in its own process, a process per configuration and round, rounds interleaved (all
 * programs and configurations once, then all again), so that a slow minute of the machine hurts everybody alike.
 *
 * A program takes the number of repetitions as its argument, prints its result on stdout and the seconds of each
 * repetition on stderr as `@repetition 0.123` (bench/programs/harness.py does it).
 */
import { spawn } from 'node:child_process';
import { type Summary, summarize } from './statistics.ts';

/** Something that runs Python programs: the words of `command`, then the program, then its argument. */
export interface Configuration {
  name: string;
  command: string[];
}

export interface Program {
  name: string;
  path: string;
}

/** What all processes of one program under one configuration gave; `problem` says why there are no numbers. */
export interface Measurement {
  program: string;
  configuration: string;
  /** seconds of every repetition, by round */
  rounds: number[][];
  /** null where the program failed */
  summary: Summary | null;
  problem: string | null;
  /** what the program printed, the same in every round */
  output: string | null;
}

export interface Schedule {
  programs: Program[];
  configurations: Configuration[];
  rounds: number;
  /** repetitions inside each process */
  repetitions: number;
  /** called before each process */
  onStart: (program: Program, configuration: Configuration) => void;
  /** called after each process */
  onEnd: () => void;
}

interface ProcessResult {
  stdout: string;
  stderr: string;
  /** null when all went well */
  problem: string | null;
}

/** A process that takes longer hangs. */
const TIMEOUT_MS = 10 * 60_000;

function runProcess(command: string[]): Promise<ProcessResult> {
  return new Promise((resolve) => {
    const child = spawn(command[0], command.slice(1), { stdio: ['ignore', 'pipe', 'pipe'] });
    const timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS);
    const finish = (stdout: string, stderr: string, problem: string | null): void => {
      clearTimeout(timer);
      resolve({ stdout, stderr, problem });
    };
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (data) => {
      stdout += data;
    });
    child.stderr.setEncoding('utf8').on('data', (data) => {
      stderr += data;
    });
    child.on('error', (error) => finish(stdout, stderr, error.message));
    child.on('close', (status, signal) => {
      const lastLine = stderr.trimEnd().split('\n').pop() ?? '';
      const ended = signal === null ? `status ${status}` : `signal ${signal}`;
      finish(stdout, stderr, status === 0 ? null : `${ended}: ${lastLine}`);
    });
  });
}

function repetitionTimes(stderr: string): number[] {
  return [...stderr.matchAll(/^@repetition ([0-9.e+-]+)$/gm)].map((match) => Number(match[1]));
}

/** Runs everything; a program that fails under a configuration is not run there again. */
export async function measure(schedule: Schedule): Promise<Measurement[]> {
  const measurements = schedule.programs.flatMap((program) =>
    schedule.configurations.map((configuration) => ({
      program,
      configuration,
      result: {
        program: program.name,
        configuration: configuration.name,
        rounds: [],
        summary: null,
        problem: null,
        output: null,
      } as Measurement,
    })),
  );
  for (let round = 0; round < schedule.rounds; round++) {
    for (const { program, configuration, result } of measurements) {
      if (result.problem === null) {
        schedule.onStart(program, configuration);
        addRound(result, await runProcess([...configuration.command, program.path, String(schedule.repetitions)]));
      }
      schedule.onEnd();
    }
  }
  for (const { result } of measurements) if (result.problem === null) result.summary = summarize(result.rounds);
  return measurements.map(({ result }) => result);
}

function addRound(result: Measurement, run: ProcessResult): void {
  const times = repetitionTimes(run.stderr);
  if (run.problem !== null) result.problem = run.problem;
  else if (times.length === 0) result.problem = 'it printed no @repetition line';
  else if (result.output !== null && result.output !== run.stdout) result.problem = 'it printed different results';
  result.output ??= run.problem === null ? run.stdout : null;
  result.rounds.push(times);
}

/**
 * One line for each failure, and for each program whose configurations do not print the same: the first one that
 * worked is the measure, except that among three or more the odd one out is named.
 */
export function findDisagreements(measurements: Measurement[]): string[] {
  const problems = measurements
    .filter((measurement) => measurement.problem !== null)
    .map(({ program, configuration, problem }) => `${program}: ${configuration} failed: ${problem}`);
  for (const program of new Set(measurements.map((measurement) => measurement.program))) {
    const printed = measurements.filter((other) => other.program === program && other.output !== null);
    const supporters = (output: string | null): number => printed.filter((other) => other.output === output).length;
    const accepted = printed.reduce<Measurement | null>(
      (best, other) => (best === null || supporters(other.output) > supporters(best.output) ? other : best),
      null,
    );
    for (const other of printed) {
      if (accepted === null || other.output === accepted.output) continue;
      problems.push(
        `${program}: ${other.configuration} printed ${firstDifference(other.output ?? '', accepted.output ?? '')} (${accepted.configuration})`,
      );
    }
  }
  return problems;
}

function firstDifference(actual: string, expected: string): string {
  const actualLines = actual.split('\n');
  const expectedLines = expected.split('\n');
  const line = actualLines.findIndex((text, index) => text !== expectedLines[index]);
  const at = line < 0 ? actualLines.length - 1 : line;
  return `${JSON.stringify(actualLines[at])}, not ${JSON.stringify(expectedLines[at] ?? '')}`;
}
