/**
 * The result of `copyjit bench` as one self-contained HTML page: bars drawn as inline SVG on a logarithmic scale around
 * 1 (to the right is faster than the reference), then all the numbers. No script, no font or file from elsewhere; light
 * or dark as the reader's system has it.
 */
import { formatRatio, formatSeconds, JIT, PLAIN, type Report } from './report.ts';

const LABEL_WIDTH = 150;
const PLOT_WIDTH = 600;
const VALUE_WIDTH = 70;
const BAR_HEIGHT = 16;
const GROUP_GAP = 14;
const AXIS_HEIGHT = 28;

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/** How many times as fast a configuration is as the reference, in one program. */
function ratioIn(report: Report, program: string, configuration: string, reference: string): number | null {
  const medianOf = (name: string): number | undefined =>
    report.measurements.find((one) => one.program === program && one.configuration === name)?.summary?.median;
  const time = medianOf(configuration);
  const referenceTime = medianOf(reference);
  return time === undefined || referenceTime === undefined ? null : referenceTime / time;
}

/** The ticks 1, 2, 5, 10, ... that lie within the range. */
function ticksBetween(low: number, high: number): number[] {
  const ticks: number[] = [];
  for (let power = -4; power <= 4; power++) {
    for (const digit of [1, 2, 5]) {
      const tick = digit * 10 ** power;
      if (tick >= low * 0.999 && tick <= high * 1.001) ticks.push(tick);
    }
  }
  return ticks;
}

function drawBars(report: Report, reference: string): string {
  const shown = report.configurations.map(({ name }) => name).filter((name) => name !== reference);
  const groups = report.programs.map((program) => ({
    program,
    ratios: shown.map((name) => ratioIn(report, program, name, reference)),
  }));
  const all = groups.flatMap(({ ratios }) => ratios.filter((ratio) => ratio !== null));
  const low = Math.min(0.5, ...all);
  const high = Math.max(2, ...all) * 1.1;
  const x = (ratio: number): number => LABEL_WIDTH + (Math.log(ratio / low) / Math.log(high / low)) * PLOT_WIDTH;
  const groupHeight = shown.length * BAR_HEIGHT + GROUP_GAP;
  const height = AXIS_HEIGHT + groups.length * groupHeight;
  const width = LABEL_WIDTH + PLOT_WIDTH + VALUE_WIDTH;
  const ticks = ticksBetween(low, high).map(
    (tick) =>
      `<line class="${tick === 1 ? 'one' : 'grid'}" x1="${x(tick).toFixed(1)}" x2="${x(tick).toFixed(1)}" y1="${AXIS_HEIGHT - 6}" y2="${height}"/>` +
      `<text class="tick" x="${x(tick).toFixed(1)}" y="${AXIS_HEIGHT - 12}">${tick}×</text>`,
  );
  const bars = groups.map(({ program, ratios }, group) => {
    const top = AXIS_HEIGHT + group * groupHeight + GROUP_GAP / 2;
    const middle = top + (shown.length * BAR_HEIGHT) / 2;
    const drawn = ratios.map((ratio, index) => {
      const y = top + index * BAR_HEIGHT;
      if (ratio === null) return `<text class="value" x="${x(1) + 6}" y="${y + 12}">failed</text>`;
      const from = Math.min(x(1), x(ratio));
      const length = Math.max(Math.abs(x(ratio) - x(1)), 1.5);
      const title = `${program}, ${shown[index]}: ${formatRatio(ratio)} as fast as ${reference}`;
      return (
        `<rect class="c${index}" x="${from.toFixed(1)}" y="${y + 1}" width="${length.toFixed(1)}" height="${BAR_HEIGHT - 2}" rx="2"><title>${escapeHtml(title)}</title></rect>` +
        `<text class="value" x="${(Math.max(x(1), x(ratio)) + 6).toFixed(1)}" y="${y + 12}">${formatRatio(ratio).replace('x', '×')}</text>`
      );
    });
    return `<text class="label" x="${LABEL_WIDTH - 12}" y="${middle + 4}">${escapeHtml(program)}</text>${drawn.join('')}`;
  });
  const legend = shown
    .map((name, index) => `<span class="key"><i class="k${index}"></i>${escapeHtml(name)}</span>`)
    .join('');
  return `<p class="legend">${legend}</p>
<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="Speed of each program relative to ${escapeHtml(reference)}">
${ticks.join('\n')}
${bars.join('\n')}
</svg>`;
}

function drawNumbers(report: Report): string {
  const names = report.configurations.map(({ name }) => name);
  const head = [
    '<th>program</th>',
    ...names.map((name) => `<th>${escapeHtml(name)}</th>`),
    ...report.comparisons.map(
      ({ subject, reference }) => `<th>${escapeHtml(subject)}<br><small>over ${escapeHtml(reference)}</small></th>`,
    ),
  ];
  const rows = report.programs.map((program) => {
    const cells = names.map((name) => {
      const measurement = report.measurements.find((one) => one.program === program && one.configuration === name);
      const summary = measurement?.summary;
      if (!summary) return `<td class="bad">failed<br><small>${escapeHtml(measurement?.problem ?? '')}</small></td>`;
      const { median, min, max, first, best } = summary;
      return `<td>${formatSeconds(median)}<br><small>${formatSeconds(min)} – ${formatSeconds(max)}<br>first ${formatSeconds(first)}, best ${formatSeconds(best)}</small></td>`;
    });
    const ratios = report.comparisons.map(
      ({ byProgram }) => `<td>${formatRatio(byProgram[program]).replace('x', '×')}</td>`,
    );
    return `<tr><th>${escapeHtml(program)}</th>${cells.join('')}${ratios.join('')}</tr>`;
  });
  const means = report.comparisons.map(
    (comparison) => `<td>${formatRatio(comparison.geometricMean).replace('x', '×')}</td>`,
  );
  return `<div class="scroll"><table>
<thead><tr>${head.join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
<tfoot><tr><th>geometric mean</th>${names.map(() => '<td></td>').join('')}${means.join('')}</tr></tfoot>
</table></div>`;
}

const style = `
:root { color-scheme: light dark; --paper: #fcfcfb; --ink: #1c1c1a; --faint: #6b6a65; --line: #e2e1dc; --bad: #b3261e;
  --c0: #7a8ba3; --c1: #d97706; --c2: #0f766e; --c3: #7c3aed; --c4: #be185d; }
@media (prefers-color-scheme: dark) { :root { --paper: #191918; --ink: #ececea; --faint: #a09f99; --line: #363633;
  --bad: #f2b8b5; --c0: #8fa3bf; --c1: #f59e0b; --c2: #2dd4bf; --c3: #a78bfa; --c4: #f472b6; } }
body { margin: 0 auto; padding: 2.5rem 1.25rem 4rem; max-width: 62rem; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.1rem; margin: 2.5rem 0 0.5rem; }
p { max-width: 44rem; } .about, small, .legend { color: var(--faint); }
svg { width: 100%; height: auto; font: 12px system-ui, sans-serif; }
svg text { fill: var(--ink); } .label { text-anchor: end; } .tick { text-anchor: middle; fill: var(--faint); font-size: 11px; }
.value { font-variant-numeric: tabular-nums; font-size: 11px; }
.grid { stroke: var(--line); } .one { stroke: var(--faint); }
.c0 { fill: var(--c0); } .c1 { fill: var(--c1); } .c2 { fill: var(--c2); } .c3 { fill: var(--c3); } .c4 { fill: var(--c4); }
.key { margin-right: 1.25rem; white-space: nowrap; }
.key i { display: inline-block; width: 0.8em; height: 0.8em; border-radius: 2px; margin-right: 0.4em; }
.k0 { background: var(--c0); } .k1 { background: var(--c1); } .k2 { background: var(--c2); } .k3 { background: var(--c3); } .k4 { background: var(--c4); }
.scroll { overflow-x: auto; } table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 0.4rem 0.9rem 0.4rem 0; text-align: right; vertical-align: top; border-bottom: 1px solid var(--line); white-space: nowrap; }
th:first-child { text-align: left; } thead th { font-weight: 600; vertical-align: bottom; } tbody th { font-weight: 500; }
tfoot td, tfoot th { font-weight: 600; border-bottom: 0; } small { font-size: 0.75rem; }
.bad { color: var(--bad); }
`;

/** The whole page. The reference of the bars is the first peer, or the plain interpreter if there is none. */
export function drawPage(report: Report): string {
  const peers = report.configurations.map(({ name }) => name).filter((name) => name !== PLAIN && name !== JIT);
  const reference = peers[0] ?? PLAIN;
  const { machine } = report;
  const problems = report.problems.map((problem) => `<li>${escapeHtml(problem)}</li>`).join('');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>copyjit bench</title>
<style>${style}</style>
</head>
<body>
<h1>copyjit bench</h1>
<p class="about">copyjit ${escapeHtml(report.copyjit)} on Node.js ${escapeHtml(report.node)}, ${escapeHtml(machine.platform)} ${escapeHtml(machine.arch)},
${machine.processors} × ${escapeHtml(machine.processor)}, ${escapeHtml(report.date.slice(0, 16).replace('T', ' '))} UTC</p>
${problems === '' ? '' : `<h2 class="bad">Not all is well</h2><ul class="bad">${problems}</ul>`}
<h2>How many times as fast as ${escapeHtml(reference)}</h2>
${drawBars(report, reference)}
<h2>All the numbers</h2>
<p class="about">Seconds a repetition: the median with the lowest and the highest, then the first repetition (compilation
included) beside the best. ${report.rounds} rounds, each in processes of its own with ${report.repetitions} repetitions; but for
the column “first”, the first repetition of a process does not count where it has others. A ratio says how many times as
fast the upper one is.</p>
${drawNumbers(report)}
</body>
</html>
`;
}
