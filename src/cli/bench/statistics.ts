/** The numbers that `copyjit bench` tells about a program's repetitions. All times are seconds. */

export interface Summary {
  /** over all repetitions but the first of each process (over all, if there is only one) */
  median: number;
  min: number;
  max: number;
  /** the first repetition, warm-up and compilation included: median over the processes */
  first: number;
  /** the fastest repetition of all */
  best: number;
}

export function median(numbers: number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function geometricMean(numbers: number[]): number {
  return Math.exp(numbers.reduce((sum, number) => sum + Math.log(number), 0) / numbers.length);
}

/** Sums up the repetitions of several processes; each has at least one. */
export function summarize(rounds: number[][]): Summary {
  const settled = rounds.flatMap((times) => (times.length > 1 ? times.slice(1) : times));
  return {
    median: median(settled),
    min: Math.min(...settled),
    max: Math.max(...settled),
    first: median(rounds.map((times) => times[0])),
    best: Math.min(...rounds.flat()),
  };
}
