/**
 * The resource module: limits of the process and what it has used. Node tells the usage; limits are read where Linux
 * shows them, /proc/self/limits, and set by util-linux' `prlimit`, because nothing in Node does either. Elsewhere limits
 * are unlimited and cannot be set.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { T } from '../heap/fixed.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { refAt, setFloat, setRef, setSmallInt } from '../heap/values.ts';
import { dictSetString } from '../objects/dicts.ts';
import { raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { indexOf, intAt, isInt, setInt } from '../objects/integers.ts';
import { tupleFrom } from '../objects/list-extend.ts';
import { registerModule } from '../objects/modules.ts';
import { natives } from '../objects/natives.ts';
import { intern } from '../objects/strings.ts';
import { declareStructSequence, newStructSequence } from '../objects/struct-sequences.ts';
import { newTuple, tupleItem, tupleSize } from '../objects/tuples.ts';
import { raiseErrno } from './os-errors.ts';

const RUSAGE = declareStructSequence({
  name: 'struct_rusage',
  module: 'resource',
  fields: [
    'ru_utime',
    'ru_stime',
    'ru_maxrss',
    'ru_ixrss',
    'ru_idrss',
    'ru_isrss',
    'ru_minflt',
    'ru_majflt',
    'ru_nswap',
    'ru_inblock',
    'ru_oublock',
    'ru_msgsnd',
    'ru_msgrcv',
    'ru_nsignals',
    'ru_nvcsw',
    'ru_nivcsw',
  ],
});

/** By number: Python's name, the kernel's words, prlimit's option. */
const LIMITS: readonly (readonly [name: string, words: string, option: string])[] = [
  ['CPU', 'Max cpu time', 'cpu'],
  ['FSIZE', 'Max file size', 'fsize'],
  ['DATA', 'Max data size', 'data'],
  ['STACK', 'Max stack size', 'stack'],
  ['CORE', 'Max core file size', 'core'],
  ['RSS', 'Max resident set', 'rss'],
  ['NPROC', 'Max processes', 'nproc'],
  ['NOFILE', 'Max open files', 'nofile'],
  ['MEMLOCK', 'Max locked memory', 'memlock'],
  ['AS', 'Max address space', 'as'],
];
const INFINITY = -1;
const PAGE = 4096;
const [EPERM, EINVAL] = [1, 22];

function limitOf(number: number): [soft: number, hard: number] {
  if (!(number in LIMITS)) raiseValueError('invalid resource specified');
  let lines: string[] = [];
  try {
    lines = readFileSync('/proc/self/limits', 'utf8').split('\n');
  } catch {}
  const line = lines.find((candidate) => candidate.startsWith(LIMITS[number][1])) ?? '';
  const found = /^\s+(\S+)\s+(\S+)/.exec(line.slice(LIMITS[number][1].length));
  const value = (text: string | undefined): number =>
    text === undefined || text === 'unlimited' ? INFINITY : Number(text);
  return [value(found?.[1]), value(found?.[2])];
}

natives('resource', {
  'getrlimit(resource, /)': (args, result) => {
    const limits = limitOf(indexOf(args));
    const pair = newTuple(2);
    limits.forEach((limit, i) => {
      setInt(tupleItem(pair, i), limit);
    });
    setRef(result, pair);
  },
  'setrlimit(resource, limits, /)': (args) => {
    const number = indexOf(args);
    const [, hard] = limitOf(number);
    const slots = pushSlots(1);
    setRef(slots, tupleFrom(args + 1));
    if (tupleSize(refAt(slots)) !== 2) raiseValueError('expected a tuple of 2 integers');
    const wanted = [0, 1].map((i) => {
      const item = tupleItem(refAt(slots), i);
      if (!isInt(item)) raiseTypeError('expected a tuple of 2 integers');
      return intAt(item);
    });
    popSlots(1);
    const over = (a: number, b: number): boolean => b !== INFINITY && (a === INFINITY || a > b);
    if (over(wanted[0], wanted[1])) raiseErrno(EINVAL);
    if (over(wanted[1], hard) && process.getuid?.() !== 0) raiseValueError('not allowed to raise maximum limit');
    const texts = wanted.map((limit) => (limit === INFINITY ? 'unlimited' : `${limit}`));
    const option = `--${LIMITS[number][2]}=${texts.join(':')}`;
    if (spawnSync('prlimit', ['--pid', `${process.pid}`, option]).status !== 0) raiseErrno(EPERM);
  },
  'getrusage(who, /)': (args, result) => {
    const who = indexOf(args);
    if (who !== 0 && who !== -1 && who !== 1) raiseValueError('invalid who parameter');
    const usage = process.resourceUsage();
    const counts = [
      usage.maxRSS,
      usage.sharedMemorySize,
      usage.unsharedDataSize,
      usage.unsharedStackSize,
      usage.minorPageFault,
      usage.majorPageFault,
      usage.swappedOut,
      usage.fsRead,
      usage.fsWrite,
      usage.ipcSent,
      usage.ipcReceived,
      usage.signalsCount,
      usage.voluntaryContextSwitches,
      usage.involuntaryContextSwitches,
    ];
    // of children Node knows nothing
    const own = who !== -1;
    const ref = newStructSequence(RUSAGE, (cell, index) => {
      if (index === 0) setFloat(cell, own ? usage.userCPUTime / 1e6 : 0);
      else if (index === 1) setFloat(cell, own ? usage.systemCPUTime / 1e6 : 0);
      else setInt(cell, own ? counts[index - 2] : 0);
    });
    setRef(result, ref);
  },
  'getpagesize()': (_args, result) => setSmallInt(result, PAGE),
});
registerModule('resource', (dict) => {
  const value = pushSlots(1);
  const constants: Record<string, number> = {
    RUSAGE_SELF: 0,
    RUSAGE_CHILDREN: -1,
    RUSAGE_THREAD: 1,
    RLIM_INFINITY: INFINITY,
  };
  LIMITS.forEach(([name], number) => {
    constants[`RLIMIT_${name}`] = number;
  });
  for (const [name, number] of Object.entries(constants)) {
    setSmallInt(value, number);
    dictSetString(dict, intern(name), value);
  }
  setRef(value, T.OSError);
  dictSetString(dict, intern('error'), value);
  popSlots(1);
});
