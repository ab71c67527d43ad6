/**
 * Compiled modules on disk. A module's code comes from a file that an earlier import has written, or from the compiler,
 * and then that file is written. What is on disk is valid or ignored, never wrong:
 *
 * - The container is CPython's: 16 bytes (magic number, flags, time of change and size of the source), then marshalled
 *   code, so that `importlib`, `py_compile` and `compileall` read and write the same files. Behind the code stands the
 *   source's time of change in full, because a second is long: a source that changed twice in one is noticed.
 * - The magic number comes from the compiler's sources, the code carries a longer hash of them and a checksum
 *   (compiler/code-format.ts).
 * - A file is written under another name and renamed: whoever reads at that moment sees the old one or the new one.
 * - A place that cannot be written is not written.
 *
 * A program's modules lie where CPython has them, in `__pycache__` beside the source (or under sys.pycache_prefix).
 * Modules of archives, the standard library above all, lie in $XDG_CACHE_HOME/copyjit (~/.cache/copyjit), in one folder
 * for each archive, state of the archive and compiler, beside a list of what the archive holds, so that it need not be
 * opened. sys.dont_write_bytecode (-B, PYTHONDONTWRITEBYTECODE) keeps `__pycache__` from being written, not the user's
 * cache: CPython's library is compiled when it is installed, ours when it is first used. Turned down: one file for the
 * whole library, which two processes would have to agree about.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CodeDescription } from '../compiler/code.ts';
import { type DecodedCode, decodeCode, encodeCode, encodedLength } from '../compiler/code-format.ts';
import { Fixed } from '../heap/fixed.ts';
import { isRef, refAt } from '../heap/values.ts';
import { sysCell } from '../modules/printing.ts';
import { truth } from '../objects/operations.ts';
import { isStr, stringOf } from '../objects/strings.ts';
import { compilerIdentity } from './compiler-identity.ts';

/** What marshal writes before a code object of ours; three bytes of nothing keep the words behind it aligned. */
export const CODE_MARK = 0x63;
const CODE_MARK_BYTES = 4;
const HEADER_BYTES = 16;

/** `importlib.util.MAGIC_NUMBER` as an int: 16 bits of the compiler's hash, then the two characters that all have. */
export function magicNumber(): number {
  return (compilerIdentity().low & 0xffff) | (0x0a0d << 16);
}

export const CACHE_TAG = 'copyjit-314';

/** State of a source file when it was looked at. */
export interface SourceState {
  readonly size: number;
  readonly mtimeMs: number;
}

/** True if sys.dont_write_bytecode says so. */
function writingIsOff(): boolean {
  const cell = sysCell('dont_write_bytecode');
  return cell !== 0 && truth(cell);
}

/** Where the compiled code of a source file lies, PEP 3147's name. */
export function cachePath(file: string, optimize: number): string {
  const slash = file.lastIndexOf('/');
  const name = file.slice(slash + 1);
  const dot = name.lastIndexOf('.');
  const stem = dot > 0 ? name.slice(0, dot) : name;
  const compiled = `${stem}.${CACHE_TAG}${optimize > 0 ? `.opt-${optimize}` : ''}.pyc`;
  const prefix = sysCell('pycache_prefix');
  if (prefix !== 0 && isRef(prefix) && refAt(prefix) !== Fixed.none && isStr(prefix)) {
    return join(stringOf(refAt(prefix)), file.slice(0, slash), compiled);
  }
  return join(file.slice(0, slash), '__pycache__', compiled);
}

function writeAtomically(file: string, content: Uint8Array | string): boolean {
  const unfinished = `${file}.${process.pid}`;
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      writeFileSync(unfinished, content, { flag: 'wx' });
      renameSync(unfinished, file);
      return true;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      try {
        if (code === 'ENOENT' && attempt === 0) mkdirSync(dirname(file), { recursive: true });
        else {
          // left behind by a process of the same number that was killed, or no room on the disk
          rmSync(unfinished, { force: true });
          if (code !== 'EEXIST') return false;
        }
      } catch {
        return false;
      }
    }
  }
  return false;
}

/** A `.pyc` file: header, code, the source's time of change in full. */
export function encodeCompiled(code: CodeDescription, { size, mtimeMs }: SourceState): Uint8Array {
  const encoded = encodeCode(code, compilerIdentity());
  const bytes = Buffer.alloc(HEADER_BYTES + CODE_MARK_BYTES + encoded.length + 8);
  bytes.writeInt32LE(magicNumber(), 0);
  bytes.writeInt32LE(Math.floor(mtimeMs / 1000) | 0, 8);
  bytes.writeInt32LE(size | 0, 12);
  bytes[HEADER_BYTES] = CODE_MARK;
  bytes.set(encoded, HEADER_BYTES + CODE_MARK_BYTES);
  bytes.writeDoubleLE(mtimeMs, bytes.length - 8);
  return bytes;
}

/** The code in a `.pyc` file that was compiled from a source in this state; null if there is no such file. */
export function readCompiled(file: string, { size, mtimeMs }: SourceState, filename: string): DecodedCode | null {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    return null;
  }
  const start = HEADER_BYTES + CODE_MARK_BYTES;
  if (bytes.length < start || bytes.readInt32LE(0) !== magicNumber() || bytes.readInt32LE(4) !== 0) return null;
  if (bytes.readInt32LE(8) !== (Math.floor(mtimeMs / 1000) | 0) || bytes.readInt32LE(12) !== (size | 0)) return null;
  if (bytes[HEADER_BYTES] !== CODE_MARK) return null;
  const end = start + encodedLength(bytes, start);
  // importlib and py_compile write no time behind the code: then the second has to do
  if (bytes.length !== end && (bytes.length !== end + 8 || bytes.readDoubleLE(end) !== mtimeMs)) return null;
  return decodeCode(bytes, start, compilerIdentity(), filename);
}

/** The code in a `.pyc` file that lies where its source would; null if it is another compiler's or damaged. */
export function readSourceless(bytes: Uint8Array): DecodedCode | null {
  const magic = bytes[0] | (bytes[1] << 8) | (bytes[2] << 16) | (bytes[3] << 24);
  if (bytes.length < HEADER_BYTES || magic !== magicNumber() || bytes[HEADER_BYTES] !== CODE_MARK) return null;
  return decodeCode(bytes, HEADER_BYTES + CODE_MARK_BYTES, compilerIdentity());
}

/** Writes the compiled code of an archive's module into the user's cache. */
export function writeArchiveCompiled(file: string, code: CodeDescription, state: SourceState): void {
  writeAtomically(file, encodeCompiled(code, state));
}

/** Writes a `.pyc` file of the program's, if bytecode may be written and the place allows it. */
export function writeCompiled(file: string, code: CodeDescription, state: SourceState): void {
  // A file that is being written right now may change again without its time of change telling.
  if (writingIsOff() || Date.now() - state.mtimeMs < 20) return;
  writeAtomically(file, encodeCompiled(code, state));
}

// Archives.

let cacheRoot: string | null | undefined;
/** The user's cache folder for copyjit, or null if the environment names none. */
function userCache(): string | null {
  if (cacheRoot === undefined) {
    const { XDG_CACHE_HOME, HOME } = process.env;
    if (XDG_CACHE_HOME) cacheRoot = join(XDG_CACHE_HOME, 'copyjit');
    else cacheRoot = HOME ? join(HOME, '.cache', 'copyjit') : null;
  }
  return cacheRoot;
}

function hashText(text: string): string {
  let low = 0x811c9dc5;
  let high = 0x1b873593;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x85ebca6b) ^ (high >>> 13);
  }
  return (low >>> 0).toString(16).padStart(8, '0') + (high >>> 0).toString(16).padStart(8, '0');
}

/** The folder for what was compiled of an archive in this state, or null. */
export function archiveCache(archive: string, { size, mtimeMs }: SourceState): string | null {
  const root = userCache();
  if (root === null) return null;
  const { low, high } = compilerIdentity();
  return join(root, `archive-${hashText([archive, size, mtimeMs, low, high].join(' '))}`);
}

/** Writes a file of an archive's cache. */
export function writeArchiveCache(folder: string, name: string, content: Uint8Array | string): void {
  writeAtomically(join(folder, name), content);
}

const UNUSED_DAYS = 30;

/** Removes the caches of archives and compilers that nobody has added to for a month. Never raises. */
export function removeOldArchiveCaches(): void {
  const root = userCache();
  if (root === null) return;
  try {
    const limit = Date.now() - UNUSED_DAYS * 86_400_000;
    for (const name of readdirSync(root)) {
      const folder = join(root, name);
      if (name.startsWith('archive-') && statSync(folder).mtimeMs < limit) rmSync(folder, { recursive: true });
    }
  } catch {
    // somebody else's folder, or another process removes the same
  }
}

/** Eight bytes from a source's content, for `.pyc` files that are checked by hash (PEP 552). */
export function sourceHash(key: number, source: Uint8Array): Uint8Array {
  let low = key | 0;
  let high = 0x9e3779b9 | 0;
  for (const byte of source) {
    low = Math.imul(low ^ byte, 0x01000193);
    high = Math.imul((high ^ byte) + (low >>> 15), 0x85ebca6b);
  }
  const hash = Buffer.alloc(8);
  hash.writeInt32LE(low ^ source.length, 0);
  hash.writeInt32LE(high ^ (high >>> 13), 4);
  return hash;
}
