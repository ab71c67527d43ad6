/**
 * Zip archives as places where modules lie: entries of sys.path that are archives (the standard library's
 * python_stdlib.zip above all), or folders inside of one (`lib.zip/package`). An archive is opened when something is first
 * looked for in it and read through the adm-zip package, which is loaded then and not before: programs that import nothing
 * pay nothing. What is remembered of an archive holds as long as its file has the same size and time of change.
 */
import { readFileSync, type Stats, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import type AdmZip from 'adm-zip';

/** The standard library: the archive that the `pyodide` package carries; '' if it is not installed. */
export function standardLibrary(): string {
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
  readonly stamp: string;
  /** entries by name; folders end in a slash */
  readonly entries: ReadonlyMap<string, AdmZip.IZipEntry>;
}

/** By path; null: no archive. */
const archives = new Map<string, Archive | null>();

function openArchive(path: string): Archive | null {
  const stat = statOf(path);
  const stamp = stat?.isFile() ? `${stat.size} ${stat.mtimeMs}` : '';
  const known = archives.get(path);
  if (known !== undefined && (known?.stamp ?? '') === stamp) return known;
  let archive: Archive | null = null;
  if (stamp !== '') {
    try {
      const open = createRequire(import.meta.url)('adm-zip') as typeof AdmZip;
      const entries = new Map<string, AdmZip.IZipEntry>();
      for (const entry of new open(path).getEntries()) {
        entries.set(entry.entryName, entry);
        // Folders need no entry of their own.
        for (let at = entry.entryName.indexOf('/'); at >= 0; at = entry.entryName.indexOf('/', at + 1)) {
          const folder = entry.entryName.slice(0, at + 1);
          if (!entries.has(folder)) entries.set(folder, entry);
        }
      }
      archive = { stamp, entries };
    } catch {
      // a file that is no archive
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

/** What an archive has under a name: a file, a folder, or nothing. */
export function archiveEntryKind({ archive, entry }: ArchivePath): 'file' | 'folder' | null {
  const opened = openArchive(archive);
  if (opened === null) return null;
  if (opened.entries.has(entry)) return 'file';
  return opened.entries.has(`${entry}/`) ? 'folder' : null;
}

/** True if the path is a zip archive or a folder in one. */
export function isArchiveFolder(path: string): boolean {
  const place = archivePath(path);
  if (place === null || openArchive(place.archive) === null) return false;
  return place.entry === '' || archiveEntryKind(place) === 'folder';
}

/** The content of an archive's file; null if there is none. */
export function readArchiveFile({ archive, entry }: ArchivePath): Uint8Array | null {
  const found = openArchive(archive)?.entries.get(entry);
  return found === undefined || found.isDirectory ? null : found.getData();
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
