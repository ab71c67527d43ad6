/**
 * Where modules lie: files and packages along sys.path or a package's `__path__`, in folders and in archives; and their
 * code, from the disk cache or the compiler. The order of what a folder is asked for is importlib's: a package, a source
 * file, a compiled file without source; a folder without `__init__.py` may be part of a namespace package.
 */
import { readdirSync, readFileSync, type Stats } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import type { CodeDescription } from '../compiler/code.ts';
import { type DecodedCode, mentionsImportState } from '../compiler/code-format.ts';
import { T } from '../heap/fixed.ts';
import {
  type ArchiveFolder,
  type ArchivePath,
  archiveCompiledFile,
  archiveFolder,
  isKnownArchive,
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
import { describeSource, optimization } from './compile-source.ts';
import { startImportlib } from './importlib.ts';
import { raiseImportError } from './imports.ts';
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
/** zipimport asks the other way round. */
const archiveSuffixes = ['.pyc', '.py'];

/** Where the file of a module is, or null. */
export function locate(name: string, path: readonly string[]): Location | null {
  const last = name.slice(name.lastIndexOf('.') + 1);
  // the folder itself is no module, nor is one below a folder of it
  if (last === '' || last.includes('/')) return null;
  const namespaces: string[] = [];
  for (const folder of path) {
    const place = isAbsolute(folder) ? folder : resolve(folder);
    const directory = join(place, last);
    const archive = isKnownArchive(place) ? archiveFolder(place) : null;
    const stat = archive === null ? statOf(place) : undefined;
    let found: Location | 'folder' | null = null;
    if (stat?.isDirectory()) found = mayContain(place, last, stat) ? inFolder(directory) : null;
    else {
      const opened = archive ?? archiveFolder(place);
      if (opened !== null) found = inArchive(opened, last, directory);
    }
    if (found === 'folder') namespaces.push(directory);
    else if (found !== null) return found;
  }
  return namespaces.length > 0 ? { file: '', folders: namespaces, place: null, state: null } : null;
}

interface Listing {
  readonly mtimeMs: number;
  /** what comes before the first dot of each entry's name */
  readonly stems: ReadonlySet<string>;
}
const listings = new Map<string, Listing>();
/** A folder that has changed so recently may change again without its time of change telling. */
const SETTLED_MS = 2000;

/** Can a folder have a module of that name? Its listing is kept as long as the folder does not change. */
function mayContain(folder: string, name: string, { mtimeMs }: Stats): boolean {
  let listing = listings.get(folder);
  if (listing?.mtimeMs !== mtimeMs) {
    if (Date.now() - mtimeMs < SETTLED_MS) return true;
    try {
      listing = { mtimeMs, stems: new Set(readdirSync(folder).map((entry) => entry.split('.', 1)[0])) };
    } catch {
      // it may be searched and not read
      return true;
    }
    listings.set(folder, listing);
  }
  return listing.stems.has(name.split('.', 1)[0]);
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

function inArchive(folder: ArchiveFolder, last: string, directory: string): Location | 'folder' | null {
  const { archive, names, prefix } = folder;
  const inside = prefix + last;
  for (const [tail, folders] of [
    ['/__init__', [directory]],
    ['', null],
  ] as const) {
    for (const suffix of archiveSuffixes) {
      const entry = inside + tail + suffix;
      if (!names.has(entry)) continue;
      const place = { archive, entry };
      return { file: directory + tail + suffix, folders: folders === null ? null : [...folders], place, state: null };
    }
  }
  return names.has(`${inside}/`) ? 'folder' : null;
}

/** The code object of a module's file, from the disk cache if that holds it. Raises SyntaxError, ImportError. */
export function moduleCode(location: Location): number {
  const code = describeFile(location, location.file);
  if ('mentionsImportState' in code ? code.mentionsImportState : mentionsImportState(code)) startImportlib();
  return loadCode(code);
}

/** The same for importlib's own modules, whose code says that it comes from a file of another name. */
export function moduleCodeAs(location: Location, filename: string): number {
  return loadCode(describeFile(location, filename));
}

function describeFile({ file, place, state }: Location, filename: string): CodeDescription | DecodedCode {
  if (file.endsWith('.pyc')) {
    const bytes = place === null ? readFileSync(file) : readArchiveFile(place);
    return (bytes === null ? null : readSourceless(bytes)) ?? raiseBadMagic(file);
  }
  let compiled: string | null;
  let source: SourceState;
  if (place !== null) ({ state: source, file: compiled } = archiveCompiledFile(place, optimization.level));
  else {
    source = state!;
    compiled = cachePath(file, optimization.level);
  }
  if (compiled !== null) {
    const known = readCompiled(compiled, source, filename);
    if (known !== null) return known;
  }
  const text = (place === null ? null : readArchiveFile(place)) ?? readFileAnywhere(file);
  const code = describeSource(text, filename, 'exec', optimization.level);
  if (compiled !== null) (place === null ? writeCompiled : writeArchiveCompiled)(compiled, code, source);
  return code;
}

function raiseBadMagic(file: string): never {
  raiseImportError(T.ImportError, `bad magic number in '${file}'`, '', file);
}
