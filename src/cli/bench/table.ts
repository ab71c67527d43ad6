/** The result of `copyjit bench` as a table for the terminal. */
import Table from 'cli-table3';
import pc from 'picocolors';
import { formatRatio, formatSeconds, type Report } from './report.ts';

/** The table, several lines; the legend is its last one. */
export function drawTable(report: Report): string {
  const names = report.configurations.map(({ name }) => name);
  const table = new Table({
    head: ['program', ...names, ...report.comparisons.map(({ subject, reference }) => `${subject}\nover ${reference}`)],
    colAligns: ['left', ...names.map(() => 'right' as const), ...report.comparisons.map(() => 'right' as const)],
    style: { head: [], border: [] },
  });
  for (const program of report.programs) {
    const cells = names.map((name) => {
      const measurement = report.measurements.find((one) => one.program === program && one.configuration === name);
      const summary = measurement?.summary;
      if (!summary) return pc.red('failed');
      const { median, min, max, first, best } = summary;
      return `${pc.bold(formatSeconds(median))}\n${pc.dim(`${formatSeconds(min)}..${formatSeconds(max)}`)}\n${pc.dim(`${formatSeconds(first)} > ${formatSeconds(best)}`)}`;
    });
    table.push([program, ...cells, ...report.comparisons.map(({ byProgram }) => formatRatio(byProgram[program]))]);
  }
  table.push([
    pc.bold('geometric mean'),
    ...names.map(() => ''),
    ...report.comparisons.map((comparison) => pc.bold(formatRatio(comparison.geometricMean))),
  ]);
  const legend =
    'Seconds a repetition: median, min..max, first > best. A ratio says how many times as fast the upper one is.';
  return `${table.toString()}\n${legend}`;
}
