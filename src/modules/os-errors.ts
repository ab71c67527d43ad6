/**
 * OSError from what Node throws, and paths as arguments: str, bytes, os.PathLike and (where a function takes one) a file
 * descriptor. A str path whose bytes are no UTF-8 holds them as surrogates and goes to Node as bytes.
 */
import { Buffer } from 'node:buffer';
import { Fixed, T } from '../heap/fixed.ts';
import { Exception } from '../heap/layouts.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef } from '../heap/values.ts';
import { bytesData, bytesLength, bytesView, isBytes, newBytesFrom } from '../objects/bytes.ts';
import { decodeText, encodeText } from '../objects/codecs.ts';
import { raise, raiseTypeError, raiseValueError, throwException } from '../objects/errors.ts';
import { newOsError } from '../objects/exception-types.ts';
import { hasIndex, indexOf, isInt } from '../objects/integers.ts';
import { callSpecial } from '../objects/invoke.ts';
import { intern, isStr, newString, stringOf } from '../objects/strings.ts';
import { tupleItem } from '../objects/tuples.ts';
import { lookup, typeName, typeOf } from '../objects/types.ts';
import { warn } from '../objects/warnings.ts';
import { errnoOf, errorText } from './errno.ts';

export const isNone = (slot: number): boolean => isRef(slot) && refAt(slot) === Fixed.none;

/** Raises OSError (the subclass that errno stands for) with the file names in slots, 0 for none. */
export function raiseErrno(errno: number, filename = 0, filename2 = 0): never {
  const exception = newOsError(errno, errorText(errno), filename);
  if (filename2 !== 0) copyValue(tupleItem(refAt(exception + (Exception.value >> 1)), 4), filename2);
  throwException(exception);
}

/** The error number of what Node threw; what is no system error is thrown on. */
export function errnoFrom(error: unknown): number {
  const { code, errno } = error as NodeJS.ErrnoException;
  if (typeof errno === 'number' && errno < 0) return -errno;
  if (code === 'ERR_INVALID_ARG_VALUE' || code === 'ERR_INVALID_ARG_TYPE' || code === 'ERR_OUT_OF_RANGE') {
    return errnoOf('EINVAL');
  }
  if (typeof code !== 'string' || !code.startsWith('E') || code.startsWith('ERR_')) throw error;
  return errnoOf(code);
}

/** Runs a call of Node's; what it throws becomes OSError. */
export function system<Answer>(action: () => Answer, filename = 0, filename2 = 0): Answer {
  try {
    return action();
  } catch (error) {
    raiseErrno(errnoFrom(error), filename, filename2);
  }
}

/** A path, or a file descriptor. */
export interface PathArgument {
  readonly path: string | Buffer;
  /** -1: a path */
  readonly descriptor: number;
  /** was given as bytes: answers are bytes as well */
  readonly isBytes: boolean;
}

const LONE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/** Text as Node takes it for a path: bytes if surrogates stand for bytes. */
export function nodePath(textRef: number): string | Buffer {
  const text = stringOf(textRef);
  if (!LONE.test(text)) return text;
  return Buffer.from(bytesView(encodeText(textRef, 'utf-8', 'surrogateescape')));
}

export interface PathOptions {
  readonly descriptor?: boolean;
  /** None means this path */
  readonly none?: string;
}

/**
 * The path in a slot, for function `name` of os; the slot then holds the str or bytes (a PathLike is asked). May call
 * Python, raises TypeError and ValueError.
 */
export function pathArgument(slot: number, name: string, argument = 'path', options: PathOptions = {}): PathArgument {
  if (options.none !== undefined && (isNull(slot) || isNone(slot))) {
    setRef(slot, Fixed.none);
    return { path: options.none, descriptor: -1, isBytes: false };
  }
  if (!isStr(slot) && !isBytes(slot)) {
    if (options.descriptor && (isInt(slot) || hasIndex(slot))) {
      return { path: '', descriptor: descriptorArgument(slot), isBytes: false };
    }
    if (!isPathLike(slot)) {
      const kinds = `string, bytes${options.descriptor ? ', os.PathLike or integer' : options.none !== undefined ? ', os.PathLike or None' : ' or os.PathLike'}`;
      const also =
        options.descriptor && options.none !== undefined ? 'string, bytes, os.PathLike, integer or None' : kinds;
      raiseTypeError(`${name}: ${argument} should be ${also}, not ${typeName(slot)}`);
    }
    fspath(slot, slot);
  }
  const text = isStr(slot);
  const path = text ? nodePath(refAt(slot)) : Buffer.from(bytesView(refAt(slot)));
  if (path.includes('\0')) raiseValueError(`${name}: embedded null character in ${argument}`);
  return { path, descriptor: -1, isBytes: !text };
}

/** A file descriptor as an int; a negative one is none. */
export function descriptorArgument(slot: number): number {
  if (isRef(slot) && (refAt(slot) === Fixed.true || refAt(slot) === Fixed.false)) {
    warn(T.RuntimeWarning, 'bool is used as a file descriptor');
  }
  const value = indexOf(slot);
  if (value > 0x7fffffff) raise(T.OverflowError, 'fd is greater than maximum');
  if (value < -0x80000000) raise(T.OverflowError, 'fd is less than minimum');
  if (value < 0) raiseErrno(errnoOf('EBADF'));
  return value;
}

/** Has a method `__fspath__`; None there says that it has none. */
function isPathLike(slot: number): boolean {
  const cell = lookup(typeOf(slot), intern('__fspath__'));
  return cell !== 0 && !isNone(cell);
}

/** result = os.fspath(object). */
export function fspath(slot: number, result: number): void {
  if (isStr(slot) || isBytes(slot)) {
    copyValue(result, slot);
    return;
  }
  const answer = pushSlots(1);
  if (!isPathLike(slot) || !callSpecial(slot, intern('__fspath__'), answer, 0, answer)) {
    raiseTypeError(`expected str, bytes or os.PathLike object, not ${typeName(slot)}`);
  }
  if (!isStr(answer) && !isBytes(answer)) {
    raiseTypeError(`expected ${typeName(slot)}.__fspath__() to return str or bytes, not ${typeName(answer)}`);
  }
  copyValue(result, answer);
  popSlots(1);
}

/** A file name as Node gave it (text, or bytes where text would not do) as a str or bytes object. */
export function fileName(name: string | Uint8Array, asBytes: boolean): number {
  if (asBytes) return newBytesFrom(typeof name === 'string' ? Buffer.from(name) : name);
  if (typeof name === 'string') return newString(name);
  const slot = pushSlots(1);
  const raw = newBytesFrom(name);
  setRef(slot, raw);
  const text = decodeText(bytesData(raw), bytesLength(raw), 'utf-8', 'surrogateescape', raw);
  popSlots(1);
  return text;
}

/** Sends a signal to the process itself: true if a handler of the program's takes it; installed by signals.ts. */
let signalSelf: (number: number) => boolean = () => false;
export function setSelfSignaler(signaler: (number: number) => boolean): void {
  signalSelf = signaler;
}
export function sendSignal(pid: number, number: number): void {
  if (pid === process.pid && signalSelf(number)) return;
  system(() => process.kill(pid, number));
}
