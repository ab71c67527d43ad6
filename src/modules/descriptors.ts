/**
 * File descriptors as the system has them, seeking included. Node offers no lseek: reading and writing go by the system's
 * own file position until a program seeks, and by an explicit position, kept here, from then on. Where a descriptor that
 * was inherited stands, /proc tells (Linux). A child process is given a descriptor of its own after a seek, so how far it
 * gets is not seen here.
 *
 * Data lie in the heap, at a byte offset. What goes wrong is thrown as Node throws it (os-errors.ts makes OSError of it).
 */
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  writeSync,
} from 'node:fs';
import { isatty } from 'node:tty';
import { heapBytes } from '../objects/strings.ts';

interface Descriptor {
  /** the reading end of a pipe made here: it does not wait by itself, and bytes may have been read ahead (pipes.ts) */
  pipe?: PipeEnd;
  /** either end of such a pipe */
  readonly fifo?: boolean;
  /** where the next read or write happens */
  position: number;
  /** the system's own position is another one */
  explicit: boolean;
  readonly append: boolean;
  seekable: boolean | undefined;
  /** os.set_blocking: a pipe made here that nobody waits for */
  nonBlocking?: boolean;
}
export interface PipeEnd {
  /** bytes read ahead to see whether there are any */
  ahead: Uint8Array;
  ended: boolean;
}
/** What was opened here, and what was asked for its position. */
const table = new Map<number, Descriptor>();
const sleeper = new Int32Array(new SharedArrayBuffer(4));

export function openDescriptor(path: string | Buffer, flags: number, mode: number): number {
  const descriptor = openSync(path, flags, mode);
  table.set(descriptor, {
    position: 0,
    explicit: false,
    append: (flags & constants.O_APPEND) !== 0,
    seekable: undefined,
  });
  return descriptor;
}
/** What os.set_inheritable said; what a child gets is decided when it is made (child-processes.ts). */
export const inheritable = new Set<number>([0, 1, 2]);

export function closeDescriptor(descriptor: number): void {
  table.delete(descriptor);
  inheritable.delete(descriptor);
  closeSync(descriptor);
}

/** An error as Node would throw it. */
function fail(code: string, errno: number): never {
  throw Object.assign(new Error(code), { code, errno: -errno });
}

function known(descriptor: number): Descriptor {
  let entry = table.get(descriptor);
  if (entry === undefined) {
    let position = 0;
    let append = false;
    try {
      const info = readFileSync(`/proc/self/fdinfo/${descriptor}`, 'latin1');
      position = Number(/pos:\s*(\d+)/.exec(info)?.[1] ?? 0);
      append = (Number.parseInt(/flags:\s*([0-7]+)/.exec(info)?.[1] ?? '0', 8) & constants.O_APPEND) !== 0;
    } catch {
      // no /proc: what was inherited is taken to stand at its beginning
    }
    entry = { position, explicit: false, append, seekable: undefined };
    table.set(descriptor, entry);
  }
  return entry;
}

/** Tells of a pipe's end that was made elsewhere (pipes.ts). */
export function addPipeEnd(descriptor: number, reading: boolean): void {
  const entry: Descriptor = { position: 0, explicit: false, append: false, seekable: false, fifo: true };
  if (reading) entry.pipe = { ahead: new Uint8Array(0), ended: false };
  table.set(descriptor, entry);
}
/**
 * The descriptor as another program wants it: a pipe's end that waits, a file that stands where it stands for us. What is
 * another one than `descriptor` is to be closed by the caller.
 */
export function waitingEnd(descriptor: number): number {
  const entry = table.get(descriptor);
  if (entry?.explicit === true && !entry.append && entry.seekable !== false)
    return standingAt(descriptor, entry.position);
  if (entry?.fifo !== true) return descriptor;
  return openSync(`/proc/self/fd/${descriptor}`, entry.pipe === undefined ? constants.O_WRONLY : constants.O_RDONLY);
}
/** A child process shares the descriptor from now on, and may move its position: /proc tells when that matters. */
export function shareDescriptor(descriptor: number): void {
  const entry = table.get(descriptor);
  if (entry !== undefined && !entry.explicit && entry.fifo !== true && existsSync('/proc/self/fdinfo')) {
    table.delete(descriptor);
  }
}
/** The file opened anew, and read up to a position, which is the only way to get there. */
function standingAt(descriptor: number, position: number): number {
  let opened: number;
  try {
    const info = readFileSync(`/proc/self/fdinfo/${descriptor}`, 'latin1');
    const mode = Number.parseInt(/flags:\s*([0-7]+)/.exec(info)?.[1] ?? '0', 8) & 3;
    opened = openSync(`/proc/self/fd/${descriptor}`, mode === constants.O_RDONLY ? mode : constants.O_RDWR);
  } catch {
    return descriptor;
  }
  const buffer = Buffer.alloc(Math.min(position, 1 << 20));
  for (let left = position; left > 0; ) {
    const count = readSync(opened, buffer, 0, Math.min(left, buffer.length), null);
    if (count === 0) break;
    left -= count;
  }
  return opened;
}
/** Reads ahead from pipes, so that nobody waits for us to do so; true if any byte came. */
export function drainPipes(): boolean {
  let any = false;
  for (const [descriptor, { pipe }] of table) if (pipe !== undefined && fillPipe(descriptor, pipe)) any = true;
  return any;
}
/** Reads ahead from a pipe what is there; true if that was anything. */
function fillPipe(descriptor: number, pipe: PipeEnd): boolean {
  if (pipe.ended || pipe.ahead.length > 1 << 20) return false;
  const buffer = Buffer.alloc(65536);
  try {
    const count = readSync(descriptor, buffer, 0, buffer.length, null);
    if (count === 0) pipe.ended = true;
    else pipe.ahead = Buffer.concat([pipe.ahead, buffer.subarray(0, count)]);
    return count > 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    return false;
  }
}
/** Would reading not wait? Only of pipes made here is that known; all else is said to be ready. */
export function isReadable(descriptor: number): boolean {
  const pipe = table.get(descriptor)?.pipe;
  if (pipe === undefined) {
    fstatSync(descriptor);
    return true;
  }
  fillPipe(descriptor, pipe);
  return pipe.ahead.length > 0 || pipe.ended;
}
export function isBlocking(descriptor: number): boolean {
  fstatSync(descriptor);
  return table.get(descriptor)?.nonBlocking !== true;
}
export function setBlocking(descriptor: number, blocking: boolean): void {
  fstatSync(descriptor);
  const entry = table.get(descriptor);
  if (entry !== undefined) entry.nonBlocking = !blocking;
}
function readPipe(descriptor: number, pipe: PipeEnd, data: number, length: number): number {
  if (table.get(descriptor)?.nonBlocking && !isReadable(descriptor)) fail('EAGAIN', 11);
  for (let wait = 1; pipe.ahead.length === 0 && !pipe.ended; wait = Math.min(wait * 2, 20)) {
    if (!fillPipe(descriptor, pipe) && !pipe.ended) Atomics.wait(sleeper, 0, 0, wait);
  }
  const count = Math.min(length, pipe.ahead.length);
  heapBytes.set(pipe.ahead.subarray(0, count), data);
  pipe.ahead = pipe.ahead.subarray(count);
  return count;
}

/** Reads up to `length` bytes to byte offset `data` of the heap; 0 at the end. Waits where nothing is there yet. */
export function readDescriptor(descriptor: number, data: number, length: number): number {
  if (length === 0) return 0;
  const entry = table.get(descriptor);
  if (entry?.pipe !== undefined) return readPipe(descriptor, entry.pipe, data, length);
  for (;;) {
    try {
      const count = readSync(descriptor, heapBytes, data, length, entry?.explicit ? entry.position : null);
      if (entry !== undefined) entry.position += count;
      return count;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN' || descriptor > 2) throw error;
      Atomics.wait(sleeper, 0, 0, 5);
    }
  }
}

/** Writes up to `length` bytes; answers how many the system took. */
export function writeDescriptor(descriptor: number, data: number, length: number): number {
  const entry = table.get(descriptor);
  for (;;) {
    try {
      const count = writeSync(descriptor, heapBytes, data, length, entry?.explicit ? entry.position : null);
      if (entry !== undefined) {
        if (entry.append) entry.position = fstatSync(descriptor).size;
        else entry.position += count;
      }
      return count;
    } catch (error) {
      const waits = descriptor <= 2 || (entry?.seekable === false && !entry.nonBlocking);
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN' || !waits) throw error;
      // whoever should read this may be waiting for us to read
      if (!drainPipes()) Atomics.wait(sleeper, 0, 0, 2);
    }
  }
}

/** Is it a terminal? Asks the file system first: Node's tty module is slow to load, and most often nobody sits there. */
export function isTerminal(descriptor: number): boolean {
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isCharacterDevice() || stats.rdev === statSync('/dev/null').rdev) return false;
    return isatty(descriptor);
  } catch {
    return false;
  }
}

export function isSeekable(descriptor: number): boolean {
  const entry = table.get(descriptor);
  if (entry?.seekable !== undefined) return entry.seekable;
  const stats = fstatSync(descriptor);
  const seekable =
    stats.isFile() ||
    stats.isBlockDevice() ||
    stats.isDirectory() ||
    (stats.isCharacterDevice() && !isatty(descriptor));
  if (entry !== undefined) entry.seekable = seekable;
  return seekable;
}

/** lseek: `whence` 0 from the beginning, 1 from here, 2 from the end, 3 data, 4 hole. Answers the new position. */
export function seekDescriptor(descriptor: number, offset: number, whence: number): number {
  if (!isSeekable(descriptor)) fail('ESPIPE', 29);
  const entry = known(descriptor);
  let target = offset;
  if (whence === 1) target += entry.position;
  else if (whence === 2) target += fstatSync(descriptor).size;
  else if (whence === 3 || whence === 4) {
    const { size } = fstatSync(descriptor);
    if (offset < 0 || offset >= size) fail('ENXIO', 6);
    target = whence === 3 ? offset : size;
  } else if (whence !== 0) fail('EINVAL', 22);
  if (target < 0) fail('EINVAL', 22);
  const stats = fstatSync(descriptor);
  if (stats.isCharacterDevice()) return 0;
  if (target !== entry.position) {
    entry.position = target;
    entry.explicit = true;
  }
  return target;
}
