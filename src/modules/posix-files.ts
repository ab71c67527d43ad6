/** The posix module's part about files: their status, making, renaming and removing them, descriptors, links, times. */
import {
  accessSync,
  type BigIntStats,
  chmodSync,
  chownSync,
  fchmodSync,
  fchownSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  futimesSync,
  lchownSync,
  linkSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  readlinkSync,
  readSync,
  renameSync,
  rmdirSync,
  statfsSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { Fixed, T } from '../heap/fixed.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, refAt, setFloat, setRef } from '../heap/values.ts';
import { BufferFlag, bufferData, bufferLength, readBuffer, withBuffer } from '../objects/buffers.ts';
import { bytesData, newBytes, newBytesFromHeap } from '../objects/bytes.ts';
import { raise, raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { toDouble } from '../objects/floats.ts';
import { bigIntAt, indexOf, isInt, safeAt, setBigInt, setBool, setInt } from '../objects/integers.ts';
import { callMethod } from '../objects/invoke.ts';
import { natives } from '../objects/natives.ts';
import { truth } from '../objects/operations.ts';
import { heapBytes } from '../objects/strings.ts';
import { declareStructSequence, newStructSequence } from '../objects/struct-sequences.ts';
import { tupleItem } from '../objects/tuples.ts';
import { isInstanceOf, typeName } from '../objects/types.ts';
import {
  closeDescriptor,
  isTerminal,
  openDescriptor,
  readDescriptor,
  seekDescriptor,
  writeDescriptor,
} from './descriptors.ts';
import { descriptorArgument, errnoFrom, fileName, isNone, pathArgument, raiseErrno, system } from './os-errors.ts';

export const STAT_RESULT = declareStructSequence({
  name: 'stat_result',
  module: 'os',
  native: 'posix',
  visible: 10,
  fields: [
    'st_mode',
    'st_ino',
    'st_dev',
    'st_nlink',
    'st_uid',
    'st_gid',
    'st_size',
    '',
    '',
    '',
    'st_atime',
    'st_mtime',
    'st_ctime',
    'st_atime_ns',
    'st_mtime_ns',
    'st_ctime_ns',
    'st_blksize',
    'st_blocks',
    'st_rdev',
  ],
});

/** A stat_result of what Node found. Allocates only. */
export function statResult(stats: BigIntStats): number {
  const times = [stats.atimeNs, stats.mtimeNs, stats.ctimeNs];
  const integers = [stats.mode, stats.ino, stats.dev, stats.nlink, stats.uid, stats.gid, stats.size];
  return newStructSequence(STAT_RESULT, (cell, index) => {
    if (index < 7) setBigInt(cell, integers[index]);
    else if (index < 10) setBigInt(cell, floorDivide(times[index - 7]));
    else if (index < 13) setFloat(cell, nanosecondsAsSeconds(times[index - 10]));
    else if (index < 16) setBigInt(cell, times[index - 13]);
    else setBigInt(cell, [stats.blksize, stats.blocks, stats.rdev][index - 16]);
  });
}
function floorDivide(nanoseconds: bigint): bigint {
  const quotient = nanoseconds / 1_000_000_000n;
  return quotient * 1_000_000_000n > nanoseconds ? quotient - 1n : quotient;
}
/** As CPython computes it: the seconds, plus the rest in nanoseconds, both as doubles. */
function nanosecondsAsSeconds(nanoseconds: bigint): number {
  const seconds = floorDivide(nanoseconds);
  return Number(seconds) + 1e-9 * Number(nanoseconds - seconds * 1_000_000_000n);
}

/** Directory descriptors are unknown to Node. */
export function rejectDirectory(...slots: readonly number[]): void {
  for (const slot of slots) {
    if (!isNull(slot) && !isNone(slot)) raise(T.NotImplementedError, 'dir_fd unavailable on this platform');
  }
}

/** os.open's and the like: a mode of permissions. */
const done = (result: number): void => setRef(result, Fixed.none);

const BIG = { bigint: true } as const;

/**
 * Nanoseconds as seconds for Node, which keeps microseconds and cuts what is below: rounded up, so that a copy of a file is
 * never older than the file, and into the middle of the microsecond.
 */
const wholeMicroseconds = (ns: bigint): number => (Math.ceil(Number(ns) / 1000) + 0.3) / 1e6;

/** Seconds or nanoseconds of os.utime's arguments; Node takes doubles of seconds. */
function utimes(args: number): [number, number] {
  const times = args + 1;
  const ns = args + 2;
  const pair = (slot: number, name: string): number => {
    if (!isInstanceOf(slot, T.tuple) || words[(refAt(slot) << 1) + 1] !== 2) {
      raiseTypeError(
        `utime: '${name}' must be ${name === 'times' ? 'either a tuple of two ints or None' : 'a tuple of two ints'}`,
      );
    }
    return refAt(slot);
  };
  if (!isNull(times) && !isNone(times)) {
    if (!isNull(ns)) raiseValueError("utime: you may specify either 'times' or 'ns' but not both");
    const tuple = pair(times, 'times');
    return [toDouble(tupleItem(tuple, 0)), toDouble(tupleItem(tuple, 1))];
  }
  if (!isNull(ns)) {
    const tuple = pair(ns, 'ns');
    if (!isInt(tupleItem(tuple, 0)) || !isInt(tupleItem(tuple, 1)))
      raiseTypeError("utime: 'ns' must be a tuple of two ints");
    return [wholeMicroseconds(bigIntAt(tupleItem(tuple, 0))), wholeMicroseconds(bigIntAt(tupleItem(tuple, 1)))];
  }
  const now = Date.now() / 1000;
  return [now, now];
}

/** link, rename and the like: two paths. */
function twoPaths(
  args: number,
  name: string,
  action: (from: string | Buffer, to: string | Buffer) => void,
  names: readonly [string, string] = ['src', 'dst'],
): void {
  const from = pathArgument(args, name, names[0]).path;
  const to = pathArgument(args + 1, name, names[1]).path;
  system(() => action(from, to), args, args + 1);
}

natives('posix', {
  'stat(path, *, dir_fd=None, follow_symlinks=True)': (args, result) => {
    const { path, descriptor } = pathArgument(args, 'stat', 'path', { descriptor: true });
    rejectDirectory(args + 1);
    const follow = truth(args + 2);
    if (descriptor >= 0 && !follow) raiseValueError('stat: cannot use fd and follow_symlinks together');
    const stats = system(
      () => (descriptor >= 0 ? fstatSync(descriptor, BIG) : follow ? statSync(path, BIG) : lstatSync(path, BIG)),
      descriptor >= 0 ? 0 : args,
    );
    setRef(result, statResult(stats));
  },
  'lstat(path, *, dir_fd=None)': (args, result) => {
    const { path } = pathArgument(args, 'lstat');
    rejectDirectory(args + 1);
    setRef(result, statResult(system(() => lstatSync(path, BIG), args)));
  },
  'fstat(fd)': (args, result) => {
    const descriptor = descriptorArgument(args);
    if (descriptor < 0) raiseErrno(9);
    setRef(result, statResult(system(() => fstatSync(descriptor, BIG))));
  },
  'statvfs(path)': (args, result) => {
    const { path } = pathArgument(args, 'statvfs', 'path', { descriptor: true });
    const found = system(() => statfsSync(path), args);
    setRef(result, statvfsResult(found));
  },
  'access(path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True)': (args, result) => {
    const { path } = pathArgument(args, 'access');
    rejectDirectory(args + 2);
    const mode = indexOf(args + 1);
    let allowed = true;
    try {
      accessSync(path, mode);
    } catch {
      allowed = false;
    }
    setBool(result, allowed);
  },
  'mkdir(path, mode=511, *, dir_fd=None)': (args, result) => {
    const { path } = pathArgument(args, 'mkdir');
    rejectDirectory(args + 2);
    const mode = indexOf(args + 1);
    system(() => mkdirSync(path, mode), args);
    done(result);
  },
  'rmdir(path, *, dir_fd=None)': (args, result) => {
    const { path } = pathArgument(args, 'rmdir');
    rejectDirectory(args + 1);
    system(() => rmdirSync(path), args);
    done(result);
  },
  'unlink(path, *, dir_fd=None)': (args, result) => {
    const { path } = pathArgument(args, 'unlink');
    rejectDirectory(args + 1);
    system(() => unlinkSync(path), args);
    done(result);
  },
  'remove(path, *, dir_fd=None)': (args, result) => {
    const { path } = pathArgument(args, 'remove');
    rejectDirectory(args + 1);
    system(() => unlinkSync(path), args);
    done(result);
  },
  'rename(src, dst, *, src_dir_fd=None, dst_dir_fd=None)': (args, result) => {
    rejectDirectory(args + 2, args + 3);
    twoPaths(args, 'rename', renameSync);
    done(result);
  },
  'replace(src, dst, *, src_dir_fd=None, dst_dir_fd=None)': (args, result) => {
    rejectDirectory(args + 2, args + 3);
    twoPaths(args, 'replace', renameSync);
    done(result);
  },
  'link(src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=True)': (args, result) => {
    rejectDirectory(args + 2, args + 3);
    twoPaths(args, 'link', linkSync);
    done(result);
  },
  'symlink(src, dst, target_is_directory=False, *, dir_fd=None)': (args, result) => {
    rejectDirectory(args + 3);
    twoPaths(args, 'symlink', (from, to) => symlinkSync(from, to));
    done(result);
  },
  'readlink(path, *, dir_fd=None)': (args, result) => {
    const { path, isBytes } = pathArgument(args, 'readlink');
    rejectDirectory(args + 1);
    const target = system(() => readlinkSync(path, 'buffer'), args);
    setRef(result, fileName(target, isBytes));
  },
  'chmod(path, mode, *, dir_fd=None, follow_symlinks=True)': (args, result) => {
    const { path, descriptor } = pathArgument(args, 'chmod', 'path', { descriptor: true });
    rejectDirectory(args + 2);
    if (!truth(args + 3)) raise(T.NotImplementedError, 'chmod: follow_symlinks unavailable on this platform');
    const mode = indexOf(args + 1);
    system(() => (descriptor >= 0 ? fchmodSync(descriptor, mode) : chmodSync(path, mode)), descriptor >= 0 ? 0 : args);
    done(result);
  },
  'fchmod(fd, mode)': (args, result) => {
    const descriptor = descriptorArgument(args);
    const mode = indexOf(args + 1);
    system(() => fchmodSync(descriptor, mode));
    done(result);
  },
  'chown(path, uid, gid, *, dir_fd=None, follow_symlinks=True)': (args, result) => {
    const { path, descriptor } = pathArgument(args, 'chown', 'path', { descriptor: true });
    rejectDirectory(args + 3);
    const [user, group] = [owner(args + 1), owner(args + 2)];
    const follow = truth(args + 4);
    system(
      () =>
        descriptor >= 0
          ? fchownSync(descriptor, user, group)
          : follow
            ? chownSync(path, user, group)
            : lchownSync(path, user, group),
      descriptor >= 0 ? 0 : args,
    );
    done(result);
  },
  'lchown(path, uid, gid)': (args, result) => {
    const { path } = pathArgument(args, 'lchown');
    const [user, group] = [owner(args + 1), owner(args + 2)];
    system(() => lchownSync(path, user, group), args);
    done(result);
  },
  'fchown(fd, uid, gid)': (args, result) => {
    const descriptor = descriptorArgument(args);
    const [user, group] = [owner(args + 1), owner(args + 2)];
    system(() => fchownSync(descriptor, user, group));
    done(result);
  },
  'utime(path, times=None, *, ns=..., dir_fd=None, follow_symlinks=True)': (args, result) => {
    const { path, descriptor } = pathArgument(args, 'utime', 'path', { descriptor: true });
    const [accessed, modified] = utimes(args);
    rejectDirectory(args + 3);
    const follow = truth(args + 4);
    system(
      () =>
        descriptor >= 0
          ? futimesSync(descriptor, accessed, modified)
          : follow
            ? utimesSync(path, accessed, modified)
            : lutimesSync(path, accessed, modified),
      descriptor >= 0 ? 0 : args,
    );
    done(result);
  },
  'truncate(path, length)': (args, result) => {
    const { path, descriptor } = pathArgument(args, 'truncate', 'path', { descriptor: true });
    const length = safeAt(args + 1);
    system(
      () => (descriptor >= 0 ? ftruncateSync(descriptor, length) : truncateSync(path, length)),
      descriptor >= 0 ? 0 : args,
    );
    done(result);
  },
  'ftruncate(fd, length, /)': (args, result) => {
    const descriptor = descriptorArgument(args);
    const length = safeAt(args + 1);
    if (length < 0) raiseErrno(22);
    system(() => ftruncateSync(descriptor, length));
    done(result);
  },
  // Descriptors
  'open(path, flags, mode=511, *, dir_fd=None)': (args, result) => {
    const { path } = pathArgument(args, 'open');
    rejectDirectory(args + 3);
    const flags = indexOf(args + 1);
    const mode = indexOf(args + 2);
    setInt(
      result,
      system(() => openDescriptor(path, flags, mode), args),
    );
  },
  'close(fd)': (args, result) => {
    const descriptor = descriptorArgument(args);
    if (descriptor < 0) raiseErrno(9);
    system(() => closeDescriptor(descriptor));
    done(result);
  },
  'closerange(fd_low, fd_high, /)': (args, result) => {
    const high = indexOf(args + 1);
    for (let descriptor = indexOf(args); descriptor < high; descriptor++) {
      try {
        closeDescriptor(descriptor);
      } catch {
        // what is not open needs no closing
      }
    }
    done(result);
  },
  'read(fd, length, /)': (args, result) => {
    const descriptor = descriptorArgument(args);
    const length = indexOf(args + 1);
    if (length < 0) raiseErrno(22);
    readInto(descriptor, length, null, result);
  },
  'pread(fd, length, offset, /)': (args, result) => {
    const descriptor = descriptorArgument(args);
    const length = indexOf(args + 1);
    if (length < 0) raiseErrno(22);
    readInto(descriptor, length, safeAt(args + 2), result);
  },
  'readinto(fd, buffer, /)': (args, result) => {
    const descriptor = descriptorArgument(args);
    withBuffer(args + 1, BufferFlag.writable, ({ data, length }) => {
      setInt(
        result,
        system(() => readDescriptor(descriptor, data, length)),
      );
    });
  },
  'write(fd, data, /)': (args, result) => {
    const descriptor = descriptorArgument(args);
    readBuffer(args + 1);
    if (descriptor < 0) raiseErrno(9);
    setInt(
      result,
      system(() => writeDescriptor(descriptor, bufferData, bufferLength)),
    );
  },
  'pwrite(fd, buffer, offset, /)': (args, result) => {
    const descriptor = descriptorArgument(args);
    readBuffer(args + 1);
    const position = safeAt(args + 2);
    setInt(
      result,
      system(() => writeSync(descriptor, heapBytes, bufferData, bufferLength, position)),
    );
  },
  'lseek(fd, position, whence, /)': (args, result) => {
    const descriptor = descriptorArgument(args);
    if (descriptor < 0) raiseErrno(9);
    const offset = safeAt(args + 1);
    const whence = indexOf(args + 2);
    setInt(
      result,
      system(() => seekDescriptor(descriptor, offset, whence)),
    );
  },
  'fsync(fd)': (args, result) => {
    const descriptor = fileDescriptorOf(args);
    system(() => fsyncSync(descriptor));
    done(result);
  },
  'fdatasync(fd)': (args, result) => {
    const descriptor = fileDescriptorOf(args);
    system(() => fdatasyncSync(descriptor));
    done(result);
  },
  'isatty(fd, /)': (args, result) => {
    const descriptor = descriptorArgument(args);
    setBool(result, descriptor >= 0 && isTerminal(descriptor));
  },
});

/** A user or group number; -1 leaves it as it is, which Node wants as 2**32 - 1. */
function owner(slot: number): number {
  if (!isInt(slot)) raiseTypeError(`uid should be integer, not ${typeName(slot)}`);
  const value = safeAt(slot);
  if (value < -1) raise(T.OverflowError, 'uid is less than minimum');
  if (value > 0xffffffff) raise(T.OverflowError, 'uid is greater than maximum');
  return value === -1 ? 0xffffffff : value;
}

/** An int, or an object with a method `fileno`. */
export function fileDescriptorOf(slot: number): number {
  if (isInt(slot)) return descriptorArgument(slot);
  const answer = pushSlots(1);
  copyValue(answer, slot);
  callMethod(slot, 'fileno', answer, 0, answer);
  if (!isInt(answer)) raiseTypeError('fileno() returned a non-integer');
  const descriptor = descriptorArgument(answer);
  popSlots(1);
  if (descriptor < 0) raiseValueError(`file descriptor cannot be a negative integer (${descriptor})`);
  return descriptor;
}

/** result = up to `length` bytes read from a descriptor. */
function readInto(descriptor: number, length: number, position: number | null, result: number): void {
  const slot = pushSlots(1);
  const target = newBytes(length);
  setRef(slot, target);
  const data = bytesData(target);
  let count = 0;
  try {
    if (position === null) count = readDescriptor(descriptor, data, length);
    else if (length > 0) count = readSync(descriptor, heapBytes, data, length, position);
  } catch (error) {
    raiseErrno(errnoFrom(error));
  }
  setRef(result, count === length ? target : newBytesFromHeap(data, count));
  popSlots(1);
}

const STATVFS_RESULT = declareStructSequence({
  name: 'statvfs_result',
  module: 'os',
  native: 'posix',
  visible: 10,
  fields: [
    'f_bsize',
    'f_frsize',
    'f_blocks',
    'f_bfree',
    'f_bavail',
    'f_files',
    'f_ffree',
    'f_favail',
    'f_flag',
    'f_namemax',
    'f_fsid',
  ],
});
function statvfsResult(found: ReturnType<typeof statfsSync>): number {
  const { bsize, blocks, bfree, bavail, files, ffree } = found as { [key: string]: number } & typeof found;
  const values = [bsize, bsize, blocks, bfree, bavail, files, ffree, ffree, 0, 255, 0];
  return newStructSequence(STATVFS_RESULT, (cell, index) => setInt(cell, Number(values[index])));
}
