/**
 * Where modules lie: files and packages along sys.path or a package's `__path__`, in folders and in archives; and their
 * code, from the disk cache or the compiler. The order of what a folder is asked for is importlib's: a package, a source
 * file, a compiled file without source; a folder without `__init__.py` may be part of a namespace package.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { T } from '../heap/fixed.ts';
import { raise } from '../objects/errors.ts';
import {
  type ArchivePath,
  archiveCompiledFile,
  archiveEntryKind,
  archivePath,
  readArchiveFile,
  readFileAnywhere,
  statOf,
} from './archives.ts';
import {
  cachePath,
  readCompiled,
  readSourceless,
  type SourceState,
  writeArchiveCompiled,
  writeCompiled,
} from './code-cache.ts';
import { describeSource } from './compile-source.ts';
import { loadCode } from './loader.ts';

export interface Location {
  /** '' for a namespace package */
  readonly file: string;
  /** folders of a package, else null */
  readonly folders: string[] | null;
  /** the same file in an archive, or null */
  readonly place: ArchivePath | null;
  /** of a file in a folder, when it was found */
  readonly state: SourceState | null;
}

const suffixes = ['.py', '.pyc'];

/** Where the file of a module is, or null. */
export function locate(name: string, path: readonly string[]): Location | null {
  const last = name.slice(name.lastIndexOf('.') + 1);
  const namespaces: string[] = [];
  for (const folder of path) {
    const directory = join(folder === '' ? process.cwd() : folder, last);
    const kind = kindOfPlace(folder);
    if (kind === null) continue;
    const found = kind === 'folder' ? inFolder(directory) : inArchive(kind, last, directory);
    if (found === 'folder') namespaces.push(directory);
    else if (found !== null) return found;
  }
  return namespaces.length > 0 ? { file: '', folders: namespaces, place: null, state: null } : null;
}

/** What an entry of sys.path is: a folder, an archive (or a folder in one), or nothing that modules could lie in. */
function kindOfPlace(folder: string): 'folder' | ArchivePath | null {
  if (folder === '') return 'folder';
  const stat = statOf(folder);
  if (stat?.isDirectory()) return 'folder';
  return archivePath(folder);
}

function inFolder(directory: string): Location | 'folder' | null {
  const folder = statOf(directory);
  const isFolder = folder?.isDirectory() === true;
  if (isFolder) {
    for (const suffix of suffixes) {
      const file = `${directory}/__init__${suffix}`;
      const state = statOf(file);
      if (state?.isFile()) return { file, folders: [directory], place: null, state };
    }
  }
  for (const suffix of suffixes) {
    const file = directory + suffix;
    const state = statOf(file);
    if (state?.isFile()) return { file, folders: null, place: null, state };
  }
  return isFolder ? 'folder' : null;
}

function inArchive({ archive, entry }: ArchivePath, last: string, directory: string): Location | 'folder' | null {
  const inside = entry === '' ? last : `${entry}/${last}`;
  for (const [tail, folders] of [
    ['/__init__', [directory]],
    ['', null],
  ] as const) {
    for (const suffix of suffixes) {
      const place = { archive, entry: inside + tail + suffix };
      if (archiveEntryKind(place) === 'file') {
        return { file: directory + tail + suffix, folders: folders === null ? null : [...folders], place, state: null };
      }
    }
  }
  return archiveEntryKind({ archive, entry: inside }) === 'folder' ? 'folder' : null;
}

/** What `-O` said: 0, 1 or 2. */
export const optimization = { level: 0 };

/** The code object of a module's file, from the disk cache if that holds it. Raises SyntaxError, ImportError. */
export function moduleCode({ file, place, state }: Location): number {
  if (file.endsWith('.pyc')) {
    const bytes = place === null ? readFileSync(file) : readArchiveFile(place);
    const code = bytes === null ? null : readSourceless(bytes);
    return code === null ? raise(T.ImportError, `bad magic number in '${file}'`) : loadCode(code);
  }
  let compiled: string | null;
  let source: SourceState;
  if (place !== null) ({ state: source, file: compiled } = archiveCompiledFile(place, optimization.level));
  else {
    source = state!;
    compiled = cachePath(file, optimization.level);
  }
  if (compiled !== null) {
    const known = readCompiled(compiled, source, file);
    if (known !== null) return loadCode(known);
  }
  const text = (place === null ? null : readArchiveFile(place)) ?? readFileAnywhere(file);
  const code = describeSource(text, file, 'exec', optimization.level);
  if (compiled !== null) (place === null ? writeCompiled : writeArchiveCompiled)(compiled, code, source);
  return loadCode(code);
}
