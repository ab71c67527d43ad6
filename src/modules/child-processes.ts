/**
 * Child processes: `_posixsubprocess.fork_exec`, which subprocess uses, and waitpid. Node starts a process at once when it
 * is asked to, but tells of its end only from its event loop, which does not run here: so a child that has ended stays a
 * zombie, and /proc tells its exit status. (Linux; where there is no /proc the status cannot be had.)
 */
import { type StdioOptions, spawn } from 'node:child_process';
import { accessSync, closeSync, constants, readFileSync, statSync, writeSync } from 'node:fs';
import { Fixed, T } from '../heap/fixed.ts';
import { Kind } from '../heap/layouts.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { isRef, refAt, setRef, setSmallInt } from '../heap/values.ts';
import { bytesView, isBytes } from '../objects/bytes.ts';
import { raise, raiseTypeError } from '../objects/errors.ts';
import { indexOf, intAt, isInt, setInt } from '../objects/integers.ts';
import { registerModule } from '../objects/modules.ts';
import { natives } from '../objects/natives.ts';
import { iterate, next } from '../objects/operations.ts';
import { isStr } from '../objects/strings.ts';
import { newTuple, tupleItem } from '../objects/tuples.ts';
import { kindAt } from '../objects/types.ts';
import { drainPipes, shareDescriptor, waitingEnd } from './descriptors.ts';
import { fspath, nodePath, raiseErrno } from './os-errors.ts';
import { pollSignals, waitForSignal } from './signals.ts';

const isNone = (slot: number): boolean => isRef(slot) && refAt(slot) === Fixed.none;

/** Children that were started; a status for those that failed to start. */
const children = new Map<number, { status: number | null }>();
let nextFailed = 0x3fffffff;

/** The texts of an iterable of str, bytes and paths. May call Python. */
function texts(iterable: number): string[] {
  const result: string[] = [];
  const slots = pushSlots(2);
  iterate(iterable, slots);
  while (next(slots, slots + 1)) {
    fspath(slots + 1, slots + 1);
    result.push(textOf(slots + 1));
  }
  popSlots(2);
  return result;
}
function textOf(slot: number): string {
  if (isStr(slot)) return nodePath(refAt(slot)).toString();
  if (isBytes(slot)) return Buffer.from(bytesView(refAt(slot))).toString();
  raiseTypeError('expected str, bytes or os.PathLike object');
}
/** The first of these that is a program; the error number of the last one if none is. */
function findProgram(candidates: readonly string[]): string | number {
  let errno = 2;
  for (const path of candidates) {
    try {
      accessSync(path, constants.X_OK);
      if (statSync(path).isFile()) return path;
      errno = 13;
    } catch (error) {
      const found = -((error as NodeJS.ErrnoException).errno ?? -2);
      // no permission is worth more telling than absence
      if (found !== 2 && found !== 20) errno = found;
    }
  }
  return errno;
}

natives('_posixsubprocess', {
  'fork_exec(*args)': (args, result) => {
    const tuple = refAt(args);
    const at = (index: number): number => tupleItem(tuple, index);
    const number = (index: number): number => (isInt(at(index)) ? intAt(at(index)) : -1);
    const argv = texts(at(0));
    const candidates = texts(at(1));
    const kept = descriptorsIn(at(3));
    const directory = pushSlots(1);
    if (!isNone(at(4))) fspath(at(4), directory);
    const cwd = isNone(at(4)) ? undefined : textOf(directory);
    popSlots(1);
    let env: Record<string, string> | undefined;
    if (!isNone(at(5))) {
      env = {};
      for (const entry of texts(at(5))) {
        const equals = entry.indexOf('=', 1);
        if (equals > 0) env[entry.slice(0, equals)] = entry.slice(equals + 1);
      }
    }
    const [input, output, errors, failure] = [number(6), number(9), number(11), number(13)];
    if (!isNone(at(21))) raise(T.NotImplementedError, 'preexec_fn is not supported on this platform');
    const stdio: (number | 'inherit' | 'ignore')[] = [input, output, errors].map((fd, i) => (fd >= 0 ? fd : i));
    for (const fd of kept) if (fd > 2 && fd !== failure) stdio[fd] = fd;
    for (let i = 3; i < stdio.length; i++) stdio[i] ??= 'ignore';
    const report = (errno: number, message = ''): void => {
      writeSync(failure, `OSError:${errno.toString(16)}:${message}`);
      children.set(nextFailed, { status: 255 << 8 });
      setInt(result, nextFailed++);
    };
    if (cwd !== undefined) {
      try {
        if (!statSync(cwd).isDirectory()) {
          report(20, 'noexec:chdir');
          return;
        }
      } catch (error) {
        report(-((error as NodeJS.ErrnoException).errno ?? -2), 'noexec:chdir');
        return;
      }
    }
    const program = findProgram(candidates);
    if (typeof program === 'number') {
      report(program);
      return;
    }
    const given = stdio.map((fd) => (typeof fd === 'number' ? waitingEnd(fd) : fd));
    const child = spawn(program, argv.slice(1), {
      argv0: argv[0],
      cwd,
      env: env ?? process.env,
      stdio: given as StdioOptions,
      detached: isRef(at(15)) && refAt(at(15)) === Fixed.true,
      ...(number(17) >= 0 ? { gid: number(17) } : {}),
      ...(number(19) >= 0 ? { uid: number(19) } : {}),
    });
    child.on('error', () => {});
    given.forEach((fd, i) => {
      if (typeof fd === 'number' && fd !== stdio[i]) closeSync(fd);
      else if (typeof fd === 'number') shareDescriptor(fd);
    });
    if (child.pid === undefined) {
      report(8);
      return;
    }
    child.unref();
    children.set(child.pid, { status: null });
    setInt(result, child.pid);
  },
});
/** A tuple of descriptors. */
function descriptorsIn(slot: number): number[] {
  if (kindAt(slot) !== Kind.tuple) raiseTypeError('fds_to_keep must be a tuple');
  const numbers: number[] = [];
  const slots = pushSlots(2);
  iterate(slot, slots);
  while (next(slots, slots + 1)) numbers.push(indexOf(slots + 1));
  popSlots(2);
  return numbers;
}

/** The wait status of a child that has ended, or null while it runs. */
function statusOf(pid: number, child: { status: number | null }): number | null {
  if (child.status !== null) return child.status;
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return (child.status = 0);
  }
  // the name in parentheses may contain anything
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] !== 'Z') return null;
  return (child.status = Number(fields[49]));
}

natives('posix', {
  'waitpid(pid, options, /)': (args, result) => {
    const wanted = indexOf(args);
    const noHang = (indexOf(args + 1) & 1) !== 0;
    let found: [number, number] | null = null;
    for (let wait = 1; found === null; wait = Math.min(wait * 2, 20)) {
      const candidates = wanted > 0 ? [wanted] : [...children.keys()];
      if (candidates.every((pid) => !children.has(pid))) raiseErrno(10);
      for (const pid of candidates) {
        const child = children.get(pid);
        const status = child === undefined ? null : statusOf(pid, child);
        if (status !== null) {
          found = [pid, status];
          break;
        }
      }
      if (found !== null) break;
      if (noHang) {
        found = [0, 0];
        break;
      }
      // a child may be waiting for us to read
      drainPipes();
      waitForSignal(wait);
      pollSignals();
    }
    if (found[0] !== 0) children.delete(found[0]);
    const tuple = newTuple(2);
    setSmallInt(tupleItem(tuple, 0), found[0]);
    setSmallInt(tupleItem(tuple, 1), found[1]);
    setRef(result, tuple);
  },
});
registerModule('_posixsubprocess');
