/**
 * os.pipe and select.select. Node has no call for pipes, but a FIFO that is opened at both ends and unlinked is one; FIFOs
 * are made a few at a time by the program mkfifo. Their ends do not wait by themselves (descriptors.ts waits), so that
 * select can tell which pipe has something to read.
 */
import { spawnSync } from 'node:child_process';
import { constants, fstatSync, mkdtempSync, openSync, rmdirSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Fixed, T } from '../heap/fixed.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isRef, refAt, setRef, setSmallInt } from '../heap/values.ts';
import { dictSetString } from '../objects/dicts.ts';
import { raiseValueError } from '../objects/errors.ts';
import { toDouble } from '../objects/floats.ts';
import { setBool } from '../objects/integers.ts';
import { listAppend, listItem, newList } from '../objects/lists.ts';
import { registerModule } from '../objects/modules.ts';
import { natives } from '../objects/natives.ts';
import { iterate, next, truth } from '../objects/operations.ts';
import { intern } from '../objects/strings.ts';
import { newTuple, tupleItem } from '../objects/tuples.ts';
import { monotonicMilliseconds } from './clock.ts';
import { addPipeEnd, inheritable, isBlocking, isReadable, setBlocking } from './descriptors.ts';
import { descriptorArgument, raiseErrno, system } from './os-errors.ts';
import { fileDescriptorOf } from './posix-files.ts';
import { pollSignals, waitForSignal } from './signals.ts';

const BATCH = 4;
/** FIFOs that were made and not used yet. */
const spare: string[] = [];
let folder = '';
let removedAtExit = false;

function takeFifo(): string {
  if (spare.length === 0) {
    folder = mkdtempSync(join(tmpdir(), 'copyjit-'));
    const names = Array.from({ length: BATCH }, (_, i) => join(folder, String(i)));
    const { status } = spawnSync('mkfifo', ['-m', '600', ...names]);
    if (status !== 0) raiseErrno(38);
    spare.push(...names);
    if (!removedAtExit) process.once('exit', removeSpare);
    removedAtExit = true;
  }
  return spare.pop()!;
}
function removeSpare(): void {
  for (const name of spare.splice(0)) unlinkSync(name);
  try {
    rmdirSync(folder);
  } catch {
    // somebody else's file in it, or gone already
  }
}

/** The two ends of a new pipe. */
export function makePipe(): [number, number] {
  return system(() => {
    const name = takeFifo();
    const reading = openSync(name, constants.O_RDONLY | constants.O_NONBLOCK);
    const writing = openSync(name, constants.O_WRONLY | constants.O_NONBLOCK);
    unlinkSync(name);
    if (spare.length === 0) removeSpare();
    addPipeEnd(reading, true);
    addPipeEnd(writing, false);
    return [reading, writing];
  });
}

/** A descriptor that is in use: OSError if it is none. */
function openDescriptor(slot: number): number {
  const descriptor = descriptorArgument(slot);
  system(() => fstatSync(descriptor));
  return descriptor;
}

natives('posix', {
  'pipe()': (_args, result) => {
    const [reading, writing] = makePipe();
    const tuple = newTuple(2);
    setSmallInt(tupleItem(tuple, 0), reading);
    setSmallInt(tupleItem(tuple, 1), writing);
    setRef(result, tuple);
  },
  'get_blocking(fd, /)': (args, result) =>
    setBool(
      result,
      system(() => isBlocking(descriptorArgument(args))),
    ),
  'set_blocking(fd, blocking, /)': (args, result) => {
    const blocking = truth(args + 1);
    system(() => setBlocking(descriptorArgument(args), blocking));
    setRef(result, Fixed.none);
  },
  // What a child inherits is said when it is made (child-processes.ts); the mark is kept for programs that ask.
  'get_inheritable(fd, /)': (args, result) => {
    const descriptor = openDescriptor(args);
    setBool(result, inheritable.has(descriptor));
  },
  'set_inheritable(fd, inheritable, /)': (args, result) => {
    const descriptor = openDescriptor(args);
    if (truth(args + 1)) inheritable.add(descriptor);
    else inheritable.delete(descriptor);
    setRef(result, Fixed.none);
  },
});

/** result = a list of the objects in an iterable, and their descriptors. */
function descriptorsOf(iterable: number, result: number): number[] {
  const descriptors: number[] = [];
  const slots = pushSlots(3);
  const list = newList(0);
  setRef(slots, list);
  iterate(iterable, slots + 1);
  while (next(slots + 1, slots + 2)) {
    descriptors.push(fileDescriptorOf(slots + 2));
    listAppend(list, slots + 2);
  }
  copyValue(result, slots);
  popSlots(3);
  return descriptors;
}

natives('select', {
  'select(rlist, wlist, xlist, timeout=None, /)': (args, result) => {
    const none = isRef(args + 3) && refAt(args + 3) === Fixed.none;
    const seconds = none ? Infinity : toDouble(args + 3);
    if (seconds < 0) raiseValueError('timeout must be non-negative');
    const slots = pushSlots(4);
    const reading = descriptorsOf(args, slots);
    const writing = descriptorsOf(args + 1, slots + 1);
    descriptorsOf(args + 2, slots + 2);
    const end = monotonicMilliseconds() + seconds * 1000;
    let ready = system(() => reading.map(isReadable));
    for (let wait = 1; writing.length === 0 && !ready.includes(true); wait = Math.min(wait * 2, 20)) {
      const left = end - monotonicMilliseconds();
      if (left <= 0) break;
      waitForSignal(Math.min(left, reading.length === 0 ? left : wait));
      pollSignals();
      ready = system(() => reading.map(isReadable));
    }
    const tuple = newTuple(3);
    setRef(slots + 3, tuple);
    for (let i = 0; i < 3; i++) setRef(tupleItem(tuple, i), Fixed.none);
    const readable = newList(0);
    setRef(tupleItem(tuple, 0), readable);
    const items = refAt(slots);
    reading.forEach((_, i) => {
      if (ready[i]) listAppend(readable, listItem(items, i));
    });
    copyValue(tupleItem(tuple, 1), slots + 1);
    setRef(tupleItem(tuple, 2), newList(0));
    setRef(result, tuple);
    popSlots(4);
  },
});
registerModule('select', (dict) => {
  const slot = pushSlots(1);
  setRef(slot, T.OSError);
  dictSetString(dict, intern('error'), slot);
  popSlots(1);
});
