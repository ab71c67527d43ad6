/**
 * Checks that imports inside src/ point downward (layer by layer, the table below) and that no modules import each
 * other in a circle. Type-only imports are erased, so a circle through one is none; their direction counts all the same.
 *
 *     node --import tsx scripts/check-imports.ts
 *
 * A regular expression finds the imports: the formatter guarantees their shape.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Each layer and what it may import besides itself. */
const layers: Record<string, string[]> = {
  addon: [],
  heap: ['addon'],
  parser: [],
  compiler: ['parser'],
  objects: ['heap', 'addon'],
  modules: ['objects', 'heap', 'addon'],
  interpreter: ['modules', 'objects', 'heap', 'addon', 'compiler', 'parser'],
  jit: ['interpreter', 'modules', 'objects', 'heap', 'addon', 'compiler'],
  cli: ['jit', 'interpreter', 'modules', 'objects', 'heap', 'addon', 'compiler', 'parser'],
};

const source = join(dirname(fileURLToPath(import.meta.url)), '..', 'src');
const importPattern = /^(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'(\.[^']+)'|\bimport\('(\.[^']+)'\)/gm;

interface Import {
  target: string;
  typeOnly: boolean;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(source, file), 'utf8');
  return [...text.matchAll(importPattern)].map((match) => ({
    target: join(dirname(file), match[2] ?? match[3]),
    typeOnly: match[1] !== undefined,
  }));
}

/** One line for each import that points upward, and for each folder that has no layer. */
function wrongDirections(graph: Map<string, Import[]>): string[] {
  const problems: string[] = [];
  for (const [file, imports] of graph) {
    const layer = file.split('/')[0];
    if (!(layer in layers)) {
      problems.push(`src/${file}: '${layer}' is not a layer (see scripts/check-imports.ts)`);
      continue;
    }
    for (const { target } of imports) {
      const other = target.split('/')[0];
      if (target.startsWith('..') || other === layer || layers[layer].includes(other)) continue;
      problems.push(`src/${file} imports src/${target}: ${layer} may not import ${other}`);
    }
  }
  return problems;
}

/** One line for each circle of imports met in a depth-first walk. */
function circles(graph: Map<string, Import[]>): string[] {
  const problems: string[] = [];
  const finished = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): void => {
    const at = path.indexOf(file);
    if (at >= 0) {
      problems.push(`circle: ${[...path.slice(at), file].map((name) => `src/${name}`).join(' -> ')}`);
      return;
    }
    if (finished.has(file)) return;
    path.push(file);
    for (const { target, typeOnly } of graph.get(file) ?? []) if (!typeOnly) visit(target);
    path.pop();
    finished.add(file);
  };
  for (const file of graph.keys()) visit(file);
  return problems;
}

const files = readdirSync(source, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => relative(source, join(entry.parentPath ?? entry.path, entry.name)))
  .sort();
const graph = new Map(files.map((file) => [file, importsOf(file)]));
const problems = [...wrongDirections(graph), ...circles(graph)];
for (const problem of problems) process.stdout.write(`${problem}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
