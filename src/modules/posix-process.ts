/** The posix module's part about processes and the system: environment, ids, limits, exit statuses, random bytes. */
import { Buffer } from 'node:buffer';
import { spawnSync } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import { fstatSync, readFileSync, statSync } from 'node:fs';
import * as os from 'node:os';
import { WriteStream } from 'node:tty';
import { Fixed } from '../heap/fixed.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { refAt, setFloat, setRef, setSmallInt } from '../heap/values.ts';
import { bytesData, bytesView, isBytes, newBytes, newBytesFrom } from '../objects/bytes.ts';
import { dictSet, newDict } from '../objects/dicts.ts';
import { raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { indexOf, isInt, safeAt, setBool, setInt } from '../objects/integers.ts';
import { listAppend, newList } from '../objects/lists.ts';
import { type NativeRoutine, natives } from '../objects/natives.ts';
import { heapBytes, intern, isStr, newString, stringOf } from '../objects/strings.ts';
import { declareStructSequence, newStructSequence } from '../objects/struct-sequences.ts';
import { newTuple, tupleItem } from '../objects/tuples.ts';
import { monotonicMilliseconds } from './clock.ts';
import { isTerminal } from './descriptors.ts';
import { errorText } from './errno.ts';
import { descriptorArgument, fspath, pathArgument, raiseErrno, sendSignal, system } from './os-errors.ts';
import { startup } from './sys.ts';

const none = (result: number): void => setRef(result, Fixed.none);

/** The environment as a dict of bytes. */
export function environment(): number {
  const dict = newDict();
  const slots = pushSlots(3);
  setRef(slots, dict);
  for (const [key, value] of Object.entries(process.env)) {
    setRef(slots + 1, newBytesFrom(Buffer.from(key)));
    setRef(slots + 2, newBytesFrom(Buffer.from(value ?? '')));
    dictSet(dict, slots + 1, slots + 2);
  }
  popSlots(3);
  return dict;
}

/** A name or value of the environment as text. */
function environmentText(slot: number, name: string): string {
  const text = isStr(slot)
    ? stringOf(refAt(slot))
    : isBytes(slot)
      ? Buffer.from(bytesView(refAt(slot))).toString()
      : (pathArgument(slot, name).path.toString() as string);
  if (text.includes('\0')) raiseValueError('embedded null byte');
  return text;
}

const TIMES_RESULT = declareStructSequence({
  name: 'times_result',
  module: 'posix',
  fields: ['user', 'system', 'children_user', 'children_system', 'elapsed'],
});
const UNAME_RESULT = declareStructSequence({
  name: 'uname_result',
  module: 'posix',
  fields: ['sysname', 'nodename', 'release', 'version', 'machine'],
});
const TERMINAL_SIZE = declareStructSequence({
  name: 'terminal_size',
  module: 'os',
  native: 'posix',
  fields: ['columns', 'lines'],
});

/** Node's names of processors as uname has them. */
const machines: Readonly<Record<string, string>> = { x64: 'x86_64', arm64: 'aarch64', ia32: 'i686', arm: 'armv7l' };

/** Numbers of os.sysconf, by name. */
export const sysconfNames: Readonly<Record<string, number>> = {
  SC_ARG_MAX: 0,
  SC_CHILD_MAX: 1,
  SC_CLK_TCK: 2,
  SC_NGROUPS_MAX: 3,
  SC_OPEN_MAX: 4,
  SC_PAGESIZE: 30,
  SC_PAGE_SIZE: 30,
  SC_IOV_MAX: 60,
  SC_NPROCESSORS_CONF: 83,
  SC_NPROCESSORS_ONLN: 84,
  SC_PHYS_PAGES: 85,
  SC_AVPHYS_PAGES: 86,
};
function sysconf(number: number): number {
  switch (number) {
    case 0:
      return 2097152;
    case 1:
      return 63432;
    case 2:
      return 100;
    case 3:
      return 65536;
    case 4:
      return openFilesLimit();
    case 30:
      return 4096;
    case 60:
      return 1024;
    case 83:
    case 84:
      return os.cpus().length;
    case 85:
      return Math.floor(os.totalmem() / 4096);
    case 86:
      return Math.floor(os.freemem() / 4096);
  }
  raiseErrno(22);
}
function openFilesLimit(): number {
  try {
    return Number(/Max open files\s+(\d+)/.exec(readFileSync('/proc/self/limits', 'latin1'))?.[1] ?? 1024);
  } catch {
    return 1024;
  }
}
export const pathconfNames: Readonly<Record<string, number>> = {
  PC_LINK_MAX: 0,
  PC_MAX_CANON: 1,
  PC_MAX_INPUT: 2,
  PC_NAME_MAX: 3,
  PC_PATH_MAX: 4,
  PC_PIPE_BUF: 5,
};
const pathconfValues = [127, 255, 255, 255, 4096, 4096];

function numberOf(slot: number, names: Readonly<Record<string, number>>): number {
  if (isInt(slot)) return indexOf(slot);
  if (!isStr(slot)) raiseTypeError('configuration names must be strings or integers');
  const number = names[stringOf(refAt(slot))];
  if (number === undefined) raiseValueError('unrecognized configuration name');
  return number;
}

/** A function without arguments whose answer is an int. */
function id(get: (() => number) | undefined): NativeRoutine {
  return (_args, result) => setInt(result, get === undefined ? 0 : get());
}

/** Macros of sys/wait.h. */
const wait = (status: (value: number) => number): NativeRoutine => {
  return (args, result) => setInt(result, status(indexOf(args)));
};
const waitTest = (status: (value: number) => boolean): NativeRoutine => {
  return (args, result) => setBool(result, status(indexOf(args)));
};

/** What spawnSync says about the end of a child, as waitpid would put it. */
function waitStatus(status: number | null, signal: NodeJS.Signals | null): number {
  return signal !== null ? os.constants.signals[signal] : (status ?? 127) << 8;
}

natives('posix', {
  'putenv(name, value, /)': (args, result) => {
    const name = environmentText(args, 'putenv');
    if (name.includes('=') || name === '') raiseValueError('illegal environment variable name');
    process.env[name] = environmentText(args + 1, 'putenv');
    none(result);
  },
  'unsetenv(name, /)': (args, result) => {
    const name = environmentText(args, 'unsetenv');
    if (name.includes('=') || name === '') raiseErrno(22);
    delete process.env[name];
    none(result);
  },
  '_create_environ()': (_args, result) => setRef(result, environment()),
  'fspath(path)': (args, result) => fspath(args, result),
  'strerror(code, /)': (args, result) => setRef(result, newString(errorText(indexOf(args)))),
  'getpid()': (_args, result) => setInt(result, process.pid),
  'getppid()': (_args, result) => setInt(result, process.ppid),
  'getuid()': id(process.getuid?.bind(process)),
  'geteuid()': id(process.geteuid?.bind(process)),
  'getgid()': id(process.getgid?.bind(process)),
  'getegid()': id(process.getegid?.bind(process)),
  'getgroups()': (_args, result) => {
    const list = newList(0);
    const slots = pushSlots(2);
    setRef(slots, list);
    for (const group of process.getgroups?.() ?? []) {
      setInt(slots + 1, group);
      listAppend(list, slots + 1);
    }
    setRef(result, list);
    popSlots(2);
  },
  'getlogin()': (_args, result) => {
    const name = system(() => process.env.LOGNAME ?? os.userInfo().username);
    setRef(result, newString(name));
  },
  'umask(mask, /)': (args, result) => setInt(result, process.umask(indexOf(args) & 0o777)),
  'device_encoding(fd, /)': (args, result) => {
    const value = indexOf(args);
    setRef(result, value >= 0 && isTerminal(value) ? intern('utf-8') : Fixed.none);
  },
  'cpu_count()': (_args, result) => setInt(result, startup.cpuCount > 0 ? startup.cpuCount : os.cpus().length || 1),
  'getloadavg()': (_args, result) => {
    const tuple = newTuple(3);
    os.loadavg().forEach((value, i) => {
      setFloat(tupleItem(tuple, i), value);
    });
    setRef(result, tuple);
  },
  'urandom(size, /)': (args, result) => {
    const size = indexOf(args);
    if (size < 0) raiseValueError('negative argument not allowed');
    const ref = newBytes(size);
    if (size > 0) randomFillSync(heapBytes, bytesData(ref), size);
    setRef(result, ref);
  },
  'getrandom(size, flags=0)': (args, result) => {
    const size = indexOf(args);
    if (size < 0) raiseErrno(22);
    const ref = newBytes(size);
    if (size > 0) randomFillSync(heapBytes, bytesData(ref), size);
    setRef(result, ref);
  },
  'uname()': (_args, result) => {
    const values = [os.type(), os.hostname(), os.release(), os.version(), machines[process.arch] ?? process.arch];
    setRef(
      result,
      newStructSequence(UNAME_RESULT, (cell, index) => setRef(cell, newString(values[index]))),
    );
  },
  'times()': (_args, result) => {
    const { user, system: kernel } = process.cpuUsage();
    const values = [user / 1e6, kernel / 1e6, 0, 0, Math.round(monotonicMilliseconds()) / 1000];
    setRef(
      result,
      newStructSequence(TIMES_RESULT, (cell, index) => setFloat(cell, values[index])),
    );
  },
  'get_terminal_size(fd=1, /)': (args, result) => {
    const descriptor = descriptorArgument(args);
    let size: [number, number] | undefined;
    system(() => fstatSync(descriptor));
    try {
      const stream =
        descriptor === 1 ? process.stdout : descriptor === 2 ? process.stderr : new WriteStream(descriptor);
      size = stream.isTTY ? stream.getWindowSize() : undefined;
    } catch {
      size = undefined;
    }
    if (size === undefined) raiseErrno(25);
    const [columns, lines] = size;
    setRef(
      result,
      newStructSequence(TERMINAL_SIZE, (cell, index) => setSmallInt(cell, index === 0 ? columns : lines)),
    );
  },
  'sysconf(name, /)': (args, result) => setInt(result, sysconf(numberOf(args, sysconfNames))),
  'pathconf(path, name)': (args, result) => {
    const { path, descriptor } = pathArgument(args, 'pathconf', 'path', { descriptor: true });
    system(() => (descriptor >= 0 ? fstatSync(descriptor) : statSync(path)), descriptor >= 0 ? 0 : args);
    const value = pathconfValues[numberOf(args + 1, pathconfNames)];
    if (value === undefined) raiseErrno(22);
    setInt(result, value);
  },
  'fpathconf(fd, name, /)': (args, result) => {
    const descriptor = descriptorArgument(args);
    system(() => fstatSync(descriptor));
    const value = pathconfValues[numberOf(args + 1, pathconfNames)];
    if (value === undefined) raiseErrno(22);
    setInt(result, value);
  },
  '_exit(status)': (args) => {
    process.exit(indexOf(args) & 0xff);
  },
  'abort()': () => process.abort(),
  'kill(pid, signal, /)': (args, result) => {
    const pid = indexOf(args);
    const signal = indexOf(args + 1);
    sendSignal(pid, signal);
    none(result);
  },
  'nice(increment, /)': (args, result) => {
    const level = os.getPriority() + indexOf(args);
    if (indexOf(args) !== 0) system(() => os.setPriority(Math.max(-20, Math.min(19, level))));
    setInt(result, os.getPriority());
  },
  'getpriority(which, who)': (args, result) =>
    setInt(
      result,
      system(() => os.getPriority(indexOf(args + 1))),
    ),
  'system(command)': (args, result) => {
    const { path } = pathArgument(args, 'system', 'command');
    const { status, signal } = spawnSync('/bin/sh', ['-c', path.toString()], { stdio: 'inherit' });
    setInt(result, waitStatus(status, signal));
  },
  'waitstatus_to_exitcode(status)': (args, result) => {
    const status = safeAt(args);
    if ((status & 0x7f) === 0) setInt(result, (status >> 8) & 0xff);
    else if ((status & 0xff) === 0x7f) {
      raiseValueError(`process stopped by delivery of signal ${(status >> 8) & 0xff}`);
    } else setInt(result, -(status & 0x7f));
  },
  'WIFEXITED(status)': waitTest((status) => (status & 0x7f) === 0),
  'WEXITSTATUS(status)': wait((status) => (status >> 8) & 0xff),
  'WIFSIGNALED(status)': waitTest((status) => (status & 0x7f) !== 0 && (status & 0x7f) !== 0x7f),
  'WTERMSIG(status)': wait((status) => status & 0x7f),
  'WIFSTOPPED(status)': waitTest((status) => (status & 0xff) === 0x7f),
  'WSTOPSIG(status)': wait((status) => (status >> 8) & 0xff),
  'WIFCONTINUED(status)': waitTest((status) => status === 0xffff),
  'WCOREDUMP(status, /)': waitTest((status) => (status & 0x80) !== 0),
  'ctermid()': (_args, result) => setRef(result, newString('/dev/tty')),
  'sync()': (_args, result) => none(result),
});
