/**
 * Zip archives as places where modules lie: entries of sys.path that are archives (the standard library's
 * python_stdlib.zip above all), or folders inside of one (`lib.zip/package`). An archive is opened when something is first
 * looked for in it and not in the disk cache (code-cache.ts), and read through the adm-zip package, which is loaded then and
 * not before: programs that import nothing pay nothing. What is remembered of an archive holds as long as its file has the same size and time of change.
 */
import { existsSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type AdmZip from 'adm-zip';
import { archiveCache, removeOldArchiveCaches, type SourceState, writeArchiveCache } from './code-cache.ts';

/** The standard library: the archive that the `pyodide` package carries; '' if it is not installed. */
export function standardLibrary(): string {
  // where npm puts it nearly always; require.resolve, which knows all cases, takes milliseconds
  for (let folder = dirname(fileURLToPath(import.meta.url)); folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, 'node_modules', 'pyodide', 'python_stdlib.zip');
    if (existsSync(file)) return realpathSync(file);
  }
  try {
    return createRequire(import.meta.url).resolve('pyodide/python_stdlib.zip');
  } catch {
    return '';
  }
}

/** What the file system says of a path; undefined for what cannot be reached. */
export function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    // no folder on the way, a name that is too long, no permission
    return undefined;
  }
}

interface Archive {
  readonly state: SourceState;
  /** folder of the disk cache, or null */
  readonly cache: string | null;
  /** names of files, and of folders with a slash at the end */
  readonly names: ReadonlySet<string>;
  /** the archive itself, once it had to be opened */
  zip: AdmZip | null;
}

/** By path; null: no archive. */
const archives = new Map<string, Archive | null>();

function openZip(path: string): AdmZip {
  const open = createRequire(import.meta.url)('adm-zip') as typeof AdmZip;
  return new open(path);
}

/** What Pyodide has put into the library for itself: stand-ins for what a browser lacks, and its own packages. */
const foreign = /^(_?ssl\.py|_?pyodide\/.*|_sysconfigdata__emscripten.*)$/;

/** All names in an archive, folders included that have no entry of their own. */
function namesOf(zip: AdmZip, path: string): Set<string> {
  const names = new Set<string>();
  const isLibrary = path === standardLibrary();
  for (const { entryName } of zip.getEntries()) {
    if (isLibrary && foreign.test(entryName)) continue;
    names.add(entryName);
    for (let at = entryName.indexOf('/'); at >= 0; at = entryName.indexOf('/', at + 1)) {
      names.add(entryName.slice(0, at + 1));
    }
  }
  return names;
}

const NAMES_FILE = 'names-1.json';

/** The names as an earlier process has left them; null if there is no such list. */
function cachedNames(cache: string): Set<string> | null {
  try {
    // Cut off or damaged, it is no JSON.
    const names: unknown = JSON.parse(readFileSync(join(cache, NAMES_FILE), 'utf8'));
    return Array.isArray(names) ? new Set(names as string[]) : null;
  } catch {
    return null;
  }
}

/** The archive at a path, or null; `stat` is what the file system says of it just now. */
function openArchive(path: string, stat: Stats | undefined = statOf(path)): Archive | null {
  const state = stat?.isFile() ? { size: stat.size, mtimeMs: stat.mtimeMs } : { size: -1, mtimeMs: 0 };
  const known = archives.get(path);
  if (known !== undefined && (known?.state.size ?? -1) === state.size) {
    if (known === null || known.state.mtimeMs === state.mtimeMs) return known;
  }
  let archive: Archive | null = null;
  if (state.size >= 0) {
    const cache = archiveCache(path, state);
    const names = cache === null ? null : cachedNames(cache);
    if (names !== null) archive = { state, cache, names, zip: null };
    else {
      try {
        const zip = openZip(path);
        archive = { state, cache, names: namesOf(zip, path), zip };
        if (cache !== null) {
          removeOldArchiveCaches();
          writeArchiveCache(cache, NAMES_FILE, JSON.stringify([...archive.names]));
        }
      } catch {
        // a file that is no archive
      }
    }
  }
  archives.set(path, archive);
  return archive;
}

/** A path that leads into an archive: which, and the name of the entry. */
export interface ArchivePath {
  readonly archive: string;
  /** '' for the archive itself */
  readonly entry: string;
}

/** Splits a path at the file on its way, if there is one: `x/lib.zip/a/b` is `a/b` in `x/lib.zip`. */
export function archivePath(path: string): ArchivePath | null {
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
    const archive = path.slice(0, end);
    if (!archives.get(archive)) {
      const stat = statOf(archive);
      if (stat === undefined) continue;
      if (!stat.isFile()) return null;
    }
    return { archive, entry: path.slice(end + 1) };
  }
  return null;
}

/** An entry of sys.path as a place in an archive: its names, and what the names of its modules begin with. */
export interface ArchiveFolder {
  readonly archive: string;
  readonly names: ReadonlySet<string>;
  /** '' or a folder with its slash */
  readonly prefix: string;
}

/** The archive, or the folder in one, that an entry of sys.path names; null for anything else. Asks the disk once. */
export function archiveFolder(path: string): ArchiveFolder | null {
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
    const file = path.slice(0, end);
    // an entry below a known archive need not be asked for itself, which would be an error of the file system
    if (end === path.length && isBelowArchive(path)) continue;
    const stat = statOf(file);
    if (stat === undefined) continue;
    const opened = stat.isFile() ? openArchive(file, stat) : null;
    if (opened === null) return null;
    const prefix = end === path.length ? '' : `${path.slice(end + 1)}/`;
    return { archive: file, names: opened.names, prefix };
  }
  return null;
}
/** True if a path is known to be an archive, or to lead into one. */
export function isKnownArchive(path: string): boolean {
  return archives.get(path) != null || isBelowArchive(path);
}
function isBelowArchive(path: string): boolean {
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    if (archives.get(path.slice(0, end))) return true;
  }
  return false;
}

/** What an archive has under a name: a file, a folder, or nothing. */
export function archiveEntryKind({ archive, entry }: ArchivePath): 'file' | 'folder' | null {
  const opened = openArchive(archive);
  if (opened === null) return null;
  if (opened.names.has(entry)) return 'file';
  return opened.names.has(`${entry}/`) ? 'folder' : null;
}

/** True if the path is a zip archive or a folder in one. */
export function isArchiveFolder(path: string): boolean {
  const place = archivePath(path);
  if (place === null || openArchive(place.archive) === null) return false;
  return place.entry === '' || archiveEntryKind(place) === 'folder';
}

/** The content of an archive's file; null if there is none. */
export function readArchiveFile({ archive, entry }: ArchivePath): Uint8Array | null {
  const opened = openArchive(archive);
  if (!opened?.names.has(entry)) return null;
  opened.zip ??= openZip(archive);
  return opened.zip.getEntry(entry)?.getData() ?? null;
}

/** The names of the files in an archive; null if it is none. */
export function archiveNames(archive: string): string[] | null {
  const opened = openArchive(archive);
  return opened === null ? null : [...opened.names];
}

/** The state of an archive, and the file of the disk cache for what is compiled of its entry (null: none). */
export function archiveCompiledFile(
  { archive, entry }: ArchivePath,
  optimize: number,
): { state: SourceState; file: string | null } {
  const { state, cache } = openArchive(archive)!;
  const suffix = optimize > 0 ? `.opt-${optimize}.pyc` : '.pyc';
  return { state, file: cache === null ? null : join(cache, entry.replaceAll('/', '.').replace(/\.py$/, suffix)) };
}

/** The content of a file, be it in a folder or in an archive; throws what readFileSync throws. */
export function readFileAnywhere(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    const place = (error as NodeJS.ErrnoException).code === 'ENOTDIR' ? archivePath(path) : null;
    const content = place === null ? null : readArchiveFile(place);
    if (content === null) throw error;
    return content;
  }
}
