/**
 * Checks that imports inside src/ point downward (layer by layer, the table below) and that modules do not import each
 * other in circles, where it can be helped. Type-only imports are erased, so a circle through one is none; their
 * direction counts all the same.
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
  text: [],
  heap: ['addon'],
  parser: ['text'],
  compiler: ['parser', 'heap', 'text'],
  objects: ['heap', 'addon', 'text'],
  modules: ['objects', 'heap', 'addon', 'text'],
  interpreter: ['modules', 'objects', 'heap', 'addon', 'compiler', 'parser', 'text'],
  jit: ['interpreter', 'modules', 'objects', 'heap', 'addon', 'compiler', 'text'],
  cli: ['jit', 'interpreter', 'modules', 'objects', 'heap', 'addon', 'compiler', 'parser', 'text'],
};

/**
 * Layers in which modules may import each other in circles: what they implement is recursive (an expression holds
 * comprehensions that hold expressions; comparing two tuples compares objects), and one file would be a thousand
 * lines long. It works as long as no module of a circle uses another while it is being loaded.
 */
const recursiveLayers = ['compiler', 'objects', 'interpreter'];

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

/** The groups of modules that import each other, directly or by way of others (Tarjan's algorithm). */
function circles(graph: Map<string, Import[]>): string[][] {
  const groups: string[][] = [];
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const path: string[] = [];
  const visit = (file: string): void => {
    order.set(file, order.size);
    lowest.set(file, order.size - 1);
    path.push(file);
    for (const { target, typeOnly } of graph.get(file) ?? []) {
      if (typeOnly) continue;
      if (!order.has(target)) visit(target);
      if (path.includes(target)) lowest.set(file, Math.min(lowest.get(file)!, lowest.get(target)!));
    }
    if (lowest.get(file) !== order.get(file)) return;
    const group = path.splice(path.indexOf(file));
    if (group.length > 1) groups.push(group);
  };
  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return groups;
}

/** What would have to change: the imports inside the group that go to the modules which import others of it. */
function describeCircle(group: string[], graph: Map<string, Import[]>): string {
  const lines = group.map((file) => {
    const others = (graph.get(file) ?? []).filter(({ target, typeOnly }) => !typeOnly && group.includes(target));
    return `  src/${file} -> ${others.map(({ target }) => target).join(', ')}`;
  });
  return `${group.length} modules import each other in circles:\n${lines.join('\n')}`;
}

const files = readdirSync(source, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => relative(source, join(entry.parentPath ?? entry.path, entry.name)))
  .sort();
const graph = new Map(files.map((file) => [file, importsOf(file)]));
const problems = [
  ...wrongDirections(graph),
  ...circles(graph)
    .filter((group) => group.some((file) => !recursiveLayers.includes(file.split('/')[0])))
    .map((group) => describeCircle(group, graph)),
];
process.stdout.write(problems.map((problem) => `${problem}\n`).join(''));
process.exitCode = problems.length === 0 ? 0 : 1;
