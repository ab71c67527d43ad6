/**
 * The posix module, on which os rests: constants, and what works on path texts. Files are in posix-files.ts, directories
 * in posix-scandir.ts, processes and the environment in posix-process.ts. What Node has no call for (fork, dup2, ...) is
 * absent, as it is from other platforms' posix; so are directory descriptors.
 */
import { constants } from 'node:fs';
import { T } from '../heap/fixed.ts';
import { bytes } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { refAt, setRef, setSmallInt } from '../heap/values.ts';
import { bytesData, bytesLength, bytesSlice, isBytes, newBytesFrom } from '../objects/bytes.ts';
import { dictSetString, newDict } from '../objects/dicts.ts';
import { setInt } from '../objects/integers.ts';
import { listAppend, newList } from '../objects/lists.ts';
import { registerModule } from '../objects/modules.ts';
import { natives } from '../objects/natives.ts';
import { codePointAt, intern, isStr, newString, stringLength, stringOf, substring } from '../objects/strings.ts';
import { newTuple, tupleItem } from '../objects/tuples.ts';
import { fspath } from './os-errors.ts';
import './posix-files.ts';
import { environment, pathconfNames, sysconfNames } from './posix-process.ts';
import './posix-scandir.ts';

const CONSTANTS: Readonly<Record<string, number>> = {
  F_OK: 0,
  R_OK: 4,
  W_OK: 2,
  X_OK: 1,
  SEEK_DATA: 3,
  SEEK_HOLE: 4,
  O_CLOEXEC: 0o2000000,
  O_NDELAY: 0o4000,
  O_PATH: 0o10000000,
  O_TMPFILE: 0o20200000,
  O_RSYNC: 0o4010000,
  O_LARGEFILE: 0,
  O_ACCMODE: 3,
  WNOHANG: 1,
  WUNTRACED: 2,
  WCONTINUED: 8,
  WEXITED: 4,
  WSTOPPED: 2,
  WNOWAIT: 0x1000000,
  P_ALL: 0,
  P_PID: 1,
  P_PGID: 2,
  PRIO_PROCESS: 0,
  PRIO_PGRP: 1,
  PRIO_USER: 2,
  RTLD_LAZY: 1,
  RTLD_NOW: 2,
  RTLD_GLOBAL: 256,
  RTLD_LOCAL: 0,
  GRND_NONBLOCK: 1,
  GRND_RANDOM: 2,
  NGROUPS_MAX: 65536,
  TMP_MAX: 238328,
  ST_RDONLY: 1,
  ST_NOSUID: 2,
  EX_OK: 0,
  EX_USAGE: 64,
  EX_DATAERR: 65,
  EX_NOINPUT: 66,
  EX_NOUSER: 67,
  EX_NOHOST: 68,
  EX_UNAVAILABLE: 69,
  EX_SOFTWARE: 70,
  EX_OSERR: 71,
  EX_OSFILE: 72,
  EX_CANTCREAT: 73,
  EX_IOERR: 74,
  EX_TEMPFAIL: 75,
  EX_PROTOCOL: 76,
  EX_NOPERM: 77,
  EX_CONFIG: 78,
};

/** What os takes for signs that functions accept descriptors, or treat symbolic links as they are. */
const haveFunctions =
  'HAVE_FCHDIR HAVE_FCHMOD HAVE_FCHOWN HAVE_FPATHCONF HAVE_FTRUNCATE HAVE_FUTIMES HAVE_LCHOWN HAVE_LSTAT HAVE_LUTIMES'.split(
    ' ',
  );

registerModule('posix', (dict) => {
  const slot = pushSlots(2);
  const names = (key: string, table: Readonly<Record<string, number>>): void => {
    const target = newDict();
    setRef(slot + 1, target);
    for (const [name, number] of Object.entries(table)) {
      setSmallInt(slot, number);
      dictSetString(target, intern(name), slot);
    }
    dictSetString(dict, intern(key), slot + 1);
  };
  for (const [name, value] of Object.entries({ ...constants, ...CONSTANTS })) {
    if (!/^(O_|F_OK|[RWX]_OK)/.test(name) && !(name in CONSTANTS)) continue;
    setInt(slot, value);
    dictSetString(dict, intern(name), slot);
  }
  names('sysconf_names', sysconfNames);
  names('pathconf_names', pathconfNames);
  names('confstr_names', {});
  setRef(slot, environment());
  dictSetString(dict, intern('environ'), slot);
  setRef(slot, newList(0));
  for (const name of haveFunctions) {
    setRef(slot + 1, intern(name));
    listAppend(refAt(slot), slot + 1);
  }
  dictSetString(dict, intern('_have_functions'), slot);
  setRef(slot, T.OSError);
  dictSetString(dict, intern('error'), slot);
  popSlots(2);
});

/** posixpath.normpath: no empty and dot parts, ".." after a name takes it away; one or two leading slashes stay. */
function normalized(path: string): string {
  if (path === '') return '.';
  const root = /^\/\/(?!\/)/.test(path) ? '//' : path.startsWith('/') ? '/' : '';
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..' || (root === '' && parts.length === 0) || parts[parts.length - 1] === '..') parts.push(part);
    else if (parts.length > 0) parts.pop();
  }
  return root + parts.join('/') || '.';
}

natives('posix', {
  '_path_normpath(path)': (args, result) => {
    fspath(args, args);
    if (isBytes(args)) {
      const ref = refAt(args);
      const text = Buffer.from(bytes.subarray(bytesData(ref), bytesData(ref) + bytesLength(ref))).toString('latin1');
      setRef(result, newBytesFrom(Buffer.from(normalized(text), 'latin1')));
    } else setRef(result, newString(normalized(stringOf(refAt(args)))));
  },
  '_path_splitroot_ex(p, /)': (args, result) => {
    fspath(args, args);
    const text = isStr(args);
    const ref = refAt(args);
    const length = text ? stringLength(ref) : bytesLength(ref);
    const isSlash = (i: number): boolean =>
      i < length && (text ? codePointAt(ref, i) : bytes[bytesData(ref) + i]) === 47;
    const root = !isSlash(0) ? 0 : isSlash(1) && !isSlash(2) ? 2 : 1;
    const part = (start: number, end: number): number =>
      text ? substring(ref, start, end) : bytesSlice(ref, start, end);
    const tuple = newTuple(3);
    setRef(tupleItem(tuple, 0), part(0, 0));
    setRef(tupleItem(tuple, 1), part(0, root));
    setRef(tupleItem(tuple, 2), part(root, length));
    setRef(result, tuple);
  },
});
