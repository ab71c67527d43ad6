/**
 * FileIO: a file descriptor as a raw stream. The descriptor and the flags are values of the record; what the descriptor
 * does is in descriptors.ts. `readFile` and `writeFile` are for the buffered streams, which come here without a detour.
 */
import { constants, fstatSync, ftruncateSync } from 'node:fs';
import { Fixed, T } from '../heap/fixed.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef, setSmallInt } from '../heap/values.ts';
import { findAttribute, setAttribute } from '../objects/attributes.ts';
import { bufferData, bufferLength, readBuffer, withWritableBuffer } from '../objects/buffers.ts';
import { bytesData, newBytes, newBytesFromHeap } from '../objects/bytes.ts';
import { declareType } from '../objects/declared-types.ts';
import { dictFindString } from '../objects/dicts.ts';
import { raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { hasIndex, isInt, setBool, setInt } from '../objects/integers.ts';
import { call } from '../objects/invoke.ts';
import { getset, natives } from '../objects/natives.ts';
import { dictOf } from '../objects/object-dicts.ts';
import { repr, truth } from '../objects/operations.ts';
import { copyBytes, intern, isStr, newString, stringOf } from '../objects/strings.ts';
import { defineOperators } from '../objects/type-operators.ts';
import { typeName } from '../objects/types.ts';
import { warn } from '../objects/warnings.ts';
import {
  closeDescriptor,
  isSeekable,
  isTerminal,
  openDescriptor,
  readDescriptor,
  seekDescriptor,
  writeDescriptor,
} from './descriptors.ts';
import {
  auxOf,
  closeStack,
  isNone,
  numberAt,
  offsetArgument,
  RAW_IO_BASE,
  raiseClosed,
  raiseUnsupported,
  StreamFlag,
  setAux,
  setNumber,
  sizeArgument,
  streamConstructor,
} from './io-base.ts';
import { writeOutOpenStreams } from './io-tracking.ts';
import { errnoFrom, pathArgument, raiseErrno, system } from './os-errors.ts';

export enum FileValue {
  descriptor,
  count,
}
/** Bits of `aux` of a FileIO. */
enum FileFlag {
  readable = 2,
  writable = 4,
  created = 8,
  appending = 16,
  keepsDescriptor = 32,
}
export const FILE_IO = declareType({ name: 'FileIO', module: '_io', bases: [RAW_IO_BASE], values: FileValue.count });

/** True for FileIO itself, not a subclass. */
export const isFile = (ref: number): boolean => words[ref << 1] === FILE_IO;

streamConstructor(FILE_IO, (stream) => setNumber(stream, FileValue.descriptor, -1));

/** The descriptor of an open FileIO; ValueError if it is closed. */
export function descriptorOf(file: number): number {
  const descriptor = numberAt(file, FileValue.descriptor);
  if (descriptor < 0) raiseClosed();
  return descriptor;
}

function parseMode(mode: string): { flags: number; aux: number } {
  const invalid = (): never => raiseValueError(`invalid mode: ${mode}`);
  let aux = 0;
  let flags = 0;
  let kinds = 0;
  let plus = false;
  for (const letter of mode) {
    if (letter === 'b') continue;
    if (letter === '+') {
      if (plus) badMode();
      plus = true;
      continue;
    }
    if (!'rwax'.includes(letter)) invalid();
    if (++kinds > 1) badMode();
    if (letter === 'r') aux |= FileFlag.readable;
    else aux |= FileFlag.writable;
    if (letter === 'w') flags |= constants.O_CREAT | constants.O_TRUNC;
    if (letter === 'x') {
      flags |= constants.O_CREAT | constants.O_EXCL;
      aux |= FileFlag.created;
    }
    if (letter === 'a') {
      flags |= constants.O_CREAT | constants.O_APPEND;
      aux |= FileFlag.appending;
    }
  }
  if (kinds === 0) badMode();
  if (plus) aux |= FileFlag.readable | FileFlag.writable;
  const both = FileFlag.readable | FileFlag.writable;
  flags |= (aux & both) === both ? constants.O_RDWR : aux & FileFlag.readable ? constants.O_RDONLY : constants.O_WRONLY;
  return { flags: flags | 0o2000000, aux };
}
function badMode(): never {
  raiseValueError('Must have exactly one of create/read/write/append mode and at most one plus');
}

/** FileIO.__init__; `file` is a slot with the record. May call Python. */
export function initializeFile(file: number, name: number, mode: string, closes: boolean, opener: number): void {
  const ref = refAt(file);
  releaseFile(ref);
  writeOutOpenStreams();
  const { flags, aux } = parseMode(mode);
  let descriptor = -1;
  let own = false;
  if (isInt(name) || (!isStr(name) && !isRef(name) ? hasIndex(name) : isBoolean(name))) {
    if (isBoolean(name)) warn(T.RuntimeWarning, 'bool is used as a file descriptor');
    descriptor = offsetArgument(name);
    if (descriptor < 0) raiseValueError('negative file descriptor');
  }
  setAux(ref, aux | (closes ? 0 : FileFlag.keepsDescriptor));
  if (descriptor < 0) {
    const slots = pushSlots(3);
    copyValue(slots, name);
    const { path } = pathArgument(slots, 'open', 'file', {});
    if (!closes) raiseValueError('Cannot use closefd=False with file name');
    if (isNull(opener) || isNone(opener)) {
      descriptor = system(() => openDescriptor(path, flags, 0o666), name);
    } else {
      copyValue(slots, name);
      setInt(slots + 1, flags);
      call(opener, slots, 2, slots + 2);
      if (!isInt(slots + 2)) raiseTypeError('expected integer from opener');
      descriptor = offsetArgument(slots + 2);
      if (descriptor < 0) raiseValueError(`opener returned ${descriptor}`);
    }
    own = true;
    popSlots(3);
  }
  try {
    const stats = fstatSync(descriptor);
    if (stats.isDirectory()) {
      if (own) closeDescriptor(descriptor);
      setNumber(ref, FileValue.descriptor, -1);
      raiseErrno(21, name);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    raiseErrno(errnoFrom(error), own ? name : 0);
  }
  setNumber(ref, FileValue.descriptor, descriptor);
  setAttribute(file, intern('name'), name);
  if (aux & FileFlag.appending) {
    try {
      seekDescriptor(descriptor, 0, 2);
    } catch {
      // what cannot seek stands at its end anyway
    }
  }
}
const isBoolean = (slot: number): boolean => isRef(slot) && (refAt(slot) === Fixed.true || refAt(slot) === Fixed.false);

/** Closes the descriptor, if it is open and ours. Throws what Node throws. Calls no Python. */
export function releaseFile(ref: number): void {
  const descriptor = numberAt(ref, FileValue.descriptor);
  if (descriptor < 0) return;
  setNumber(ref, FileValue.descriptor, -1);
  if ((auxOf(ref) & FileFlag.keepsDescriptor) === 0) closeDescriptor(descriptor);
}

export const closesDescriptor = (file: number): boolean => (auxOf(file) & FileFlag.keepsDescriptor) === 0;
export const canRead = (file: number): boolean => (auxOf(file) & FileFlag.readable) !== 0;
export const canWrite = (file: number): boolean => (auxOf(file) & FileFlag.writable) !== 0;

/** Reads to a place in the heap: how many bytes, -1 if none are there yet (a descriptor that does not wait). */
export function readFile(file: number, data: number, size: number): number {
  const descriptor = descriptorOf(file);
  if (!canRead(file)) raiseUnsupported('File not open for reading');
  try {
    return readDescriptor(descriptor, data, size);
  } catch (error) {
    const errno = errnoFrom(error);
    if (errno === 11) return -1;
    raiseErrno(errno);
  }
}
/** Writes from a place in the heap: how many bytes the system took, -1 if it would have had to wait. */
export function writeFile(file: number, data: number, size: number): number {
  const descriptor = descriptorOf(file);
  if (!canWrite(file)) raiseUnsupported('File not open for writing');
  try {
    return writeDescriptor(descriptor, data, size);
  } catch (error) {
    const errno = errnoFrom(error);
    if (errno === 11) return -1;
    raiseErrno(errno);
  }
}
export function seekFile(file: number, offset: number, whence: number): number {
  const descriptor = descriptorOf(file);
  return system(() => seekDescriptor(descriptor, offset, whence));
}
export function fileIsSeekable(file: number): boolean {
  const descriptor = descriptorOf(file);
  try {
    return isSeekable(descriptor);
  } catch {
    return false;
  }
}
export function fileIsTerminal(file: number): boolean {
  return isTerminal(descriptorOf(file));
}

function modeOf(file: number): string {
  const aux = auxOf(file);
  const readable = (aux & FileFlag.readable) !== 0;
  if (aux & FileFlag.created) return readable ? 'xb+' : 'xb';
  if (aux & FileFlag.appending) return readable ? 'ab+' : 'ab';
  if (readable) return (aux & FileFlag.writable) !== 0 ? 'rb+' : 'rb';
  return 'wb';
}

/** How much is left, for readall: a guess. */
function sizeLeft(descriptor: number): number {
  try {
    const { size } = fstatSync(descriptor);
    if (size === 0) return 0;
    return Math.max(0, size - seekDescriptor(descriptor, 0, 1));
  } catch {
    return 0;
  }
}

/** Everything to the end as a bytes object, or 0 (None) if nothing is there yet. */
export function readAllOfFile(file: number): number {
  const descriptor = descriptorOf(file);
  if (!canRead(file)) raiseUnsupported('File not open for reading');
  const slots = pushSlots(1);
  let capacity = Math.max(sizeLeft(descriptor) + 1, 4096);
  setRef(slots, newBytes(capacity));
  let size = 0;
  for (;;) {
    if (size === capacity) {
      const larger = newBytes(capacity * 2);
      copyBytes(bytesData(larger), bytesData(refAt(slots)), size);
      setRef(slots, larger);
      capacity *= 2;
    }
    const count = readFile(file, bytesData(refAt(slots)) + size, capacity - size);
    if (count < 0 && size === 0) {
      popSlots(1);
      return 0;
    }
    if (count <= 0) break;
    size += count;
  }
  const ref = newBytesFromHeap(bytesData(refAt(slots)), size);
  popSlots(1);
  return ref;
}

natives(FILE_IO, {
  "__init__(self, file, mode='r', closefd=True, opener=None)": (args, result) => {
    if (!isStr(args + 2)) raiseTypeError(`FileIO() argument 'mode' must be str, not ${typeName(args + 2)}`);
    initializeFile(args, args + 1, stringOf(refAt(args + 2)), truth(args + 3), args + 4);
    setRef(result, Fixed.none);
  },
  'read(self, size=-1, /)': (args, result) => {
    const file = refAt(args);
    descriptorOf(file);
    if (!canRead(file)) raiseUnsupported('File not open for reading');
    const size = sizeArgument(args + 1);
    if (size < 0) {
      const ref = readAllOfFile(file);
      setRef(result, ref === 0 ? Fixed.none : ref);
      return;
    }
    const slot = pushSlots(1);
    setRef(slot, newBytes(Math.min(size, 1 << 28)));
    const data = bytesData(refAt(slot));
    const count = readFile(file, data, Math.min(size, 1 << 28));
    if (count < 0) setRef(result, Fixed.none);
    else setRef(result, count === size ? refAt(slot) : newBytesFromHeap(data, count));
    popSlots(1);
  },
  'readall(self, /)': (args, result) => {
    const ref = readAllOfFile(refAt(args));
    setRef(result, ref === 0 ? Fixed.none : ref);
  },
  'readinto(self, buffer, /)': (args, result) => {
    descriptorOf(refAt(args));
    if (!canRead(refAt(args))) raiseUnsupported('File not open for reading');
    withWritableBuffer(args + 1, 'readinto() argument', ({ data, length }) => {
      const count = readFile(refAt(args), data, length);
      if (count < 0) setRef(result, Fixed.none);
      else setInt(result, count);
    });
  },
  'write(self, b, /)': (args, result) => {
    const file = refAt(args);
    descriptorOf(file);
    if (!canWrite(file)) raiseUnsupported('File not open for writing');
    readBuffer(args + 1);
    const count = writeFile(file, bufferData, bufferLength);
    if (count < 0) setRef(result, Fixed.none);
    else setInt(result, count);
  },
  'seek(self, pos, whence=0, /)': (args, result) => {
    if (!isInt(args + 1) && !hasIndex(args + 1))
      raiseTypeError(`'${typeName(args + 1)}' object cannot be interpreted as an integer`);
    setInt(result, seekFile(refAt(args), offsetArgument(args + 1), offsetArgument(args + 2)));
  },
  'tell(self, /)': (args, result) => setInt(result, seekFile(refAt(args), 0, 1)),
  'truncate(self, size=None, /)': (args, result) => {
    const file = refAt(args);
    const descriptor = descriptorOf(file);
    if (!canWrite(file)) raiseUnsupported('File not open for writing');
    const size = isNone(args + 1) ? seekFile(file, 0, 1) : offsetArgument(args + 1);
    if (size < 0) raiseErrno(22);
    system(() => ftruncateSync(descriptor, size));
    setInt(result, size);
  },
  'close(self, /)': (args, result) => {
    const file = refAt(args);
    const release = (): void => {
      setAux(file, auxOf(file) | StreamFlag.closed);
      if (numberAt(file, FileValue.descriptor) < 0) return;
      try {
        releaseFile(file);
      } catch (error) {
        raiseErrno(errnoFrom(error));
      }
    };
    const dict = dictOf(file);
    const plain = isFile(file) && (dict === 0 || dictFindString(dict, intern('flush')) === 0);
    if (plain || numberAt(file, FileValue.descriptor) < 0) release();
    else closeStack(args, release);
    setRef(result, Fixed.none);
  },
  'seekable(self, /)': (args, result) => setBool(result, fileIsSeekable(refAt(args))),
  'readable(self, /)': (args, result) => {
    descriptorOf(refAt(args));
    setBool(result, canRead(refAt(args)));
  },
  'writable(self, /)': (args, result) => {
    descriptorOf(refAt(args));
    setBool(result, canWrite(refAt(args)));
  },
  'fileno(self, /)': (args, result) => setSmallInt(result, descriptorOf(refAt(args))),
  'isatty(self, /)': (args, result) => setBool(result, fileIsTerminal(refAt(args))),
  '_isatty_open_only(self, /)': (args, result) => setBool(result, fileIsTerminal(refAt(args))),
});
getset(FILE_IO, 'closed', (object, result) => setBool(result, numberAt(refAt(object), FileValue.descriptor) < 0));
getset(FILE_IO, 'closefd', (object, result) =>
  setBool(result, (auxOf(refAt(object)) & FileFlag.keepsDescriptor) === 0),
);
getset(FILE_IO, 'mode', (object, result) => setRef(result, intern(modeOf(refAt(object)))));
getset(FILE_IO, '_blksize', (object, result) => {
  const descriptor = descriptorOf(refAt(object));
  setInt(result, system(() => fstatSync(descriptor)).blksize);
});
defineOperators(FILE_IO, {
  repr: (slot) => {
    const file = refAt(slot);
    const descriptor = numberAt(file, FileValue.descriptor);
    const type = typeName(slot);
    if (descriptor < 0) return newString(`<${type} [closed]>`);
    const closes = (auxOf(file) & FileFlag.keepsDescriptor) === 0 ? 'True' : 'False';
    const name = pushSlots(1);
    const which = findAttribute(slot, intern('name'), name) ? `name=${stringOf(repr(name))}` : `fd=${descriptor}`;
    popSlots(1);
    return newString(`<${type} ${which} mode='${modeOf(file)}' closefd=${closes}>`);
  },
});
