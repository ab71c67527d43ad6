/** What a whole run of `copyjit bench` found: the form of `--json`, and what the table and the page are drawn from. */
import { cpus } from 'node:os';
import packageJson from '../../../package.json' with { type: 'json' };
import type { Configuration, Measurement } from './measure.ts';
import { geometricMean } from './statistics.ts';

/** How many times as fast `subject` is as `reference`: by program (null where one failed) and in the geometric mean. */
export interface Comparison {
  subject: string;
  reference: string;
  byProgram: Record<string, number | null>;
  geometricMean: number | null;
}

export interface Report {
  copyjit: string;
  node: string;
  machine: { platform: string; arch: string; processor: string; processors: number };
  date: string;
  rounds: number;
  repetitions: number;
  configurations: Configuration[];
  programs: string[];
  measurements: Measurement[];
  comparisons: Comparison[];
  /** what failed or differed; empty when all is well */
  problems: string[];
}

/** The configuration names of copyjit itself; peers are named by their command. */
export const PLAIN = 'plain';
export const JIT = 'jit';

function compare(measurements: Measurement[], programs: string[], subject: string, reference: string): Comparison {
  const medianOf = (program: string, configuration: string): number | undefined =>
    measurements.find((one) => one.program === program && one.configuration === configuration)?.summary?.median;
  const byProgram: Comparison['byProgram'] = {};
  for (const program of programs) {
    const time = medianOf(program, subject);
    const referenceTime = medianOf(program, reference);
    byProgram[program] = time === undefined || referenceTime === undefined ? null : referenceTime / time;
  }
  const ratios = Object.values(byProgram).filter((ratio) => ratio !== null);
  return { subject, reference, byProgram, geometricMean: ratios.length === 0 ? null : geometricMean(ratios) };
}

/** Puts the report together: the JIT over the plain interpreter, then both over each peer. */
export function makeReport(
  run: { rounds: number; repetitions: number; configurations: Configuration[]; programs: string[] },
  measurements: Measurement[],
  problems: string[],
): Report {
  const processors = cpus();
  const peers = run.configurations.map(({ name }) => name).filter((name) => name !== PLAIN && name !== JIT);
  const pairs = [[JIT, PLAIN], ...peers.flatMap((peer) => [PLAIN, JIT].map((subject) => [subject, peer]))];
  return {
    copyjit: packageJson.version,
    node: process.version,
    machine: {
      platform: process.platform,
      arch: process.arch,
      processor: processors[0]?.model ?? 'unknown',
      processors: processors.length,
    },
    date: new Date().toISOString(),
    ...run,
    measurements,
    comparisons: pairs.map(([subject, reference]) => compare(measurements, run.programs, subject, reference)),
    problems,
  };
}

/** Seconds with three significant digits. */
export function formatSeconds(seconds: number): string {
  return seconds >= 100 ? seconds.toFixed(0) : seconds >= 0.001 ? seconds.toPrecision(3) : seconds.toExponential(1);
}

/** `12.3x`; a dash where there is no number. */
export function formatRatio(ratio: number | null): string {
  if (ratio === null) return '-';
  return `${ratio >= 100 ? ratio.toFixed(0) : ratio >= 10 ? ratio.toFixed(1) : ratio.toFixed(2)}x`;
}
