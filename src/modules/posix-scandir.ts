/** Directories: os.listdir, os.scandir with its DirEntry, getcwd and chdir. */

import { Buffer } from 'node:buffer';
import { type Dirent, lstatSync, readdirSync, statSync } from 'node:fs';
import { Fixed, T } from '../heap/fixed.ts';
import { RecordObject } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, refAt, setRef } from '../heap/values.ts';
import { bytesView, isBytes } from '../objects/bytes.ts';
import { declareType, newRecord, recordValue } from '../objects/declared-types.ts';
import { raise, raiseTypeError } from '../objects/errors.ts';
import { makeGeneric } from '../objects/generic-aliases.ts';
import { setBigInt, setBool } from '../objects/integers.ts';
import { listAppend, listItem, listSize, newList } from '../objects/lists.ts';
import { getset, natives } from '../objects/natives.ts';
import { repr, truth } from '../objects/operations.ts';
import { newString, stringOf } from '../objects/strings.ts';
import { defineOperators } from '../objects/type-operators.ts';
import { fileName, nodePath, pathArgument, system } from './os-errors.ts';
import { statResult } from './posix-files.ts';

/** d_type of a directory entry. */
enum EntryKind {
  unknown,
  file,
  directory,
  link,
  other,
}

/** values: name, path, stat_result, lstat_result; aux: EntryKind */
const DIR_ENTRY = declareType({ name: 'DirEntry', module: 'posix', values: 4, final: true });
/** values: list of entries; aux: position, -1 closed */
const SCANDIR_ITERATOR = declareType({
  name: 'ScandirIterator',
  module: 'posix',
  values: 1,
  final: true,
  hidden: true,
});

function kindOfEntry(entry: Dirent<string> | Dirent<Buffer>): EntryKind {
  if (entry.isFile()) return EntryKind.file;
  if (entry.isDirectory()) return EntryKind.directory;
  if (entry.isSymbolicLink()) return EntryKind.link;
  return entry.isFIFO() || entry.isSocket() || entry.isBlockDevice() || entry.isCharacterDevice()
    ? EntryKind.other
    : EntryKind.unknown;
}

/** Reads a directory: names as text, or as bytes if one of them is no UTF-8. */
function readDirectory(path: string | Buffer): { name: string | Buffer; kind: EntryKind }[] {
  const entries = readdirSync(path, { withFileTypes: true });
  if (!entries.some(({ name }) => name.includes('\ufffd'))) {
    return entries.map((entry) => ({ name: entry.name, kind: kindOfEntry(entry) }));
  }
  const raw = readdirSync(path, { withFileTypes: true, encoding: 'buffer' }) as unknown as Dirent<Buffer>[];
  return raw.map((entry) => ({ name: entry.name, kind: kindOfEntry(entry) }));
}

function entryPath(entry: number): string | Buffer {
  const cell = recordValue(entry, 1);
  return isBytes(cell) ? Buffer.from(bytesView(refAt(cell))) : nodePath(refAt(cell));
}

/** The mode of the entry's target or of itself; 0 if it is not there. */
function modeOf(entry: number, follow: boolean): number {
  const path = entryPath(entry);
  const stats = system(
    () => (follow ? statSync(path, { throwIfNoEntry: false }) : lstatSync(path, { throwIfNoEntry: false })),
    recordValue(entry, 1),
  );
  return stats === undefined ? 0 : stats.mode;
}
function isOfKind(entry: number, follow: boolean, wanted: EntryKind.file | EntryKind.directory): boolean {
  const kind = words[(entry << 1) + RecordObject.aux];
  if (kind !== EntryKind.unknown && (kind !== EntryKind.link || !follow)) return kind === wanted;
  return (modeOf(entry, follow) & 0o170000) === (wanted === EntryKind.file ? 0o100000 : 0o040000);
}

getset(DIR_ENTRY, 'name', (object, result) => copyValue(result, recordValue(refAt(object), 0)));
getset(DIR_ENTRY, 'path', (object, result) => copyValue(result, recordValue(refAt(object), 1)));
natives(DIR_ENTRY, {
  'is_dir(self, *, follow_symlinks=True)': (args, result) => {
    setBool(result, isOfKind(refAt(args), truth(args + 1), EntryKind.directory));
  },
  'is_file(self, *, follow_symlinks=True)': (args, result) => {
    setBool(result, isOfKind(refAt(args), truth(args + 1), EntryKind.file));
  },
  'is_symlink(self)': (args, result) => {
    const kind = words[(refAt(args) << 1) + RecordObject.aux];
    setBool(
      result,
      kind === EntryKind.unknown ? (modeOf(refAt(args), false) & 0o170000) === 0o120000 : kind === EntryKind.link,
    );
  },
  'is_junction(self)': (_args, result) => setRef(result, Fixed.false),
  'stat(self, *, follow_symlinks=True)': (args, result) => {
    const entry = refAt(args);
    const follow = truth(args + 1) && words[(entry << 1) + RecordObject.aux] === EntryKind.link;
    const cell = recordValue(entry, follow ? 2 : 3);
    if (isNull(cell)) {
      const path = entryPath(entry);
      const stats = system(
        () => (follow ? statSync(path, { bigint: true }) : lstatSync(path, { bigint: true })),
        recordValue(entry, 1),
      );
      setRef(cell, statResult(stats));
    }
    copyValue(result, cell);
  },
  'inode(self)': (args, result) => {
    const entry = refAt(args);
    const stats = system(() => lstatSync(entryPath(entry), { bigint: true }), recordValue(entry, 1));
    setBigInt(result, stats.ino);
  },
  '__fspath__(self)': (args, result) => copyValue(result, recordValue(refAt(args), 1)),
});
makeGeneric(DIR_ENTRY);
defineOperators(DIR_ENTRY, {
  repr: (entry) => newString(`<DirEntry ${stringOf(repr(recordValue(refAt(entry), 0)))}>`),
});

/** The next entry; at the end the iterator closes. */
function nextEntry(iterator: number, result: number): boolean {
  const ref = refAt(iterator);
  const at = words[(ref << 1) + RecordObject.aux];
  const list = recordValue(ref, 0);
  if (at < 0 || at >= listSize(refAt(list))) {
    words[(ref << 1) + RecordObject.aux] = -1;
    return false;
  }
  words[(ref << 1) + RecordObject.aux] = at + 1;
  copyValue(result, listItem(refAt(list), at));
  return true;
}
defineOperators(SCANDIR_ITERATOR, {
  iterate: (iterator, result) => copyValue(result, iterator),
  next: nextEntry,
});
natives(SCANDIR_ITERATOR, {
  'close(self)': (args, result) => {
    words[(refAt(args) << 1) + RecordObject.aux] = -1;
    setRef(result, Fixed.none);
  },
  '__enter__(self)': (args, result) => copyValue(result, args),
  '__exit__(self, *args)': (args, result) => {
    words[(refAt(args) << 1) + RecordObject.aux] = -1;
    setRef(result, Fixed.none);
  },
});

/** The path of an entry: what was given, a slash where there is none, and the name. */
function joined(directory: string | Buffer, name: string | Buffer): string | Buffer {
  if (typeof directory === 'string' && typeof name === 'string') {
    return directory === '' || directory.endsWith('/') ? directory + name : `${directory}/${name}`;
  }
  const front = Buffer.from(directory);
  const slash = front.length === 0 || front[front.length - 1] === 47 ? '' : '/';
  return Buffer.concat([front, Buffer.from(slash), Buffer.from(name)]);
}

natives('posix', {
  'listdir(path=None)': (args, result) => {
    const {
      path,
      descriptor,
      isBytes: wantsBytes,
    } = pathArgument(args, 'listdir', 'path', { none: '.', descriptor: true });
    if (descriptor >= 0) raise(T.NotImplementedError, 'listdir: a file descriptor is unavailable on this platform');
    const names = system(() => {
      const texts = readdirSync(path);
      return texts.some((name) => name.includes('\ufffd')) ? readdirSync(path, 'buffer') : texts;
    }, args);
    const list = newList(0);
    const slots = pushSlots(2);
    setRef(slots, list);
    for (const name of names) {
      setRef(slots + 1, fileName(name, wantsBytes));
      listAppend(list, slots + 1);
    }
    setRef(result, list);
    popSlots(2);
  },
  'scandir(path=None)': (args, result) => {
    const {
      path,
      descriptor,
      isBytes: wantsBytes,
    } = pathArgument(args, 'scandir', 'path', { none: '.', descriptor: true });
    if (descriptor >= 0) raiseTypeError('scandir: a file descriptor is unavailable on this platform');
    const entries = system(() => readDirectory(path), args);
    const slots = pushSlots(2);
    const list = newList(0);
    setRef(slots, list);
    for (const { name, kind } of entries) {
      const entry = newRecord(DIR_ENTRY);
      setRef(slots + 1, entry);
      words[(entry << 1) + RecordObject.aux] = kind;
      setRef(recordValue(entry, 0), fileName(name, wantsBytes));
      setRef(recordValue(entry, 1), fileName(joined(path, name), wantsBytes));
      listAppend(list, slots + 1);
    }
    const iterator = newRecord(SCANDIR_ITERATOR);
    setRef(recordValue(iterator, 0), list);
    setRef(result, iterator);
    popSlots(2);
  },
  'getcwd()': (_args, result) => setRef(result, newString(system(() => process.cwd()))),
  'getcwdb()': (_args, result) =>
    setRef(
      result,
      fileName(
        system(() => process.cwd()),
        true,
      ),
    ),
  'chdir(path)': (args, result) => {
    const { path, descriptor } = pathArgument(args, 'chdir', 'path', { descriptor: true });
    system(() => process.chdir(descriptor >= 0 ? `/proc/self/fd/${descriptor}` : path.toString()), args);
    setRef(result, Fixed.none);
  },
});
