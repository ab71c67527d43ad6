/** What the JIT did, for --jit-stats. */
export const statistics = {
  tracesRecorded: 0,
  tracesCompiled: 0,
  loops: 0,
  sideTraces: 0,
  exitsTaken: 0,
  helperCalls: 0,
  invalidated: 0,
  codeBytes: 0,
  compileMilliseconds: 0,
  aborted: new Map<string, number>(),
};

export function countAbort(reason: string): void {
  statistics.aborted.set(reason, (statistics.aborted.get(reason) ?? 0) + 1);
}

/**
 * The lines that --jit-stats prints on stderr. `left`: instructions left to the interpreter inside traces;
 * `observed`: how often trace functions or the like were set.
 */
export function statisticsText(mode: string, left: ReadonlyMap<string, number>, observed: number): string {
  const lines = [
    `jit: ${mode}`,
    `traces recorded: ${statistics.tracesRecorded}`,
    `traces compiled: ${statistics.tracesCompiled} (${statistics.loops} loops, ${statistics.sideTraces} side traces)`,
    `traces invalidated: ${statistics.invalidated}`,
    `side exits taken to the interpreter: ${statistics.exitsTaken}`,
    `instructions executed by the interpreter inside traces: ${statistics.helperCalls}`,
    `code bytes: ${statistics.codeBytes}`,
    `time spent compiling: ${statistics.compileMilliseconds.toFixed(1)} ms`,
  ];
  const list = (title: string, counts: ReadonlyMap<string, number>): void => {
    if (counts.size === 0) return;
    lines.push(title);
    for (const [name, count] of [...counts].sort((x, y) => y[1] - x[1])) lines.push(`  ${name}: ${count}`);
  };
  if (observed > 0) {
    lines.push(`times that sys.settrace, sys.setprofile or sys.monitoring left all to the interpreter: ${observed}`);
  }
  list('traces aborted, by reason:', statistics.aborted);
  list('recorded as left to the interpreter, by instruction:', left);
  return `${lines.join('\n')}\n`;
}
