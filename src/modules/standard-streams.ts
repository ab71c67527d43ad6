/**
 * sys.stdin, sys.stdout, sys.stderr: text streams over the process's descriptors. An object is its descriptor (in the
 * header's second word); buffers live here. Output to a terminal goes out at each line, other output when the buffer is
 * full and at exit; standard error always goes out at once. The `_io` module's streams will replace them.
 */
import { readSync, writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import { Fixed, T } from '../heap/fixed.ts';
import { allocate, words } from '../heap/memory.ts';
import { isNull, isRef, refAt, setRef, setSmallInt } from '../heap/values.ts';
import { raise, raiseTypeError } from '../objects/errors.ts';
import { indexOf, setBool, setInt } from '../objects/integers.ts';
import { listAppend, newList } from '../objects/lists.ts';
import { getset, natives } from '../objects/natives.ts';
import { intern, isStr, newString, stringOf } from '../objects/strings.ts';
import { defineOperators } from '../objects/type-operators.ts';
import { typeName } from '../objects/types.ts';

const BUFFER_UNITS = 1 << 14;
const pieces: string[][] = [[], [], []];
const pending = [0, 0, 0];
const terminal: (boolean | null)[] = [null, null, null];

function isTerminal(descriptor: number): boolean {
  let known = terminal[descriptor];
  if (known === null) terminal[descriptor] = known = isatty(descriptor);
  return known;
}

/** Writes all bytes, waiting where a non-blocking descriptor is not ready. */
export function writeBytes(descriptor: number, data: Uint8Array): void {
  let start = 0;
  while (start < data.length) {
    try {
      start += writeSync(descriptor, data, start);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') raise(T.BrokenPipeError, '[Errno 32] Broken pipe');
      if (code !== 'EAGAIN') raise(T.OSError, `[Errno ${-((error as { errno?: number }).errno ?? 0)}] ${code}`);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/** Appends text to a stream's buffer. */
export function writeText(descriptor: number, text: string): void {
  pieces[descriptor].push(text);
  pending[descriptor] += text.length;
  if (descriptor === 2 || pending[descriptor] > BUFFER_UNITS || (isTerminal(descriptor) && text.includes('\n'))) {
    flushStream(descriptor);
  }
}

/** Writes out what is buffered; may raise OSError or UnicodeEncodeError. */
export function flushStream(descriptor: number): void {
  if (pieces[descriptor].length === 0) return;
  let text = pieces[descriptor].join('');
  pieces[descriptor] = [];
  pending[descriptor] = 0;
  if (LONE_SURROGATE.test(text)) {
    const at = text.search(LONE_SURROGATE);
    const code = text.charCodeAt(at).toString(16);
    if (descriptor === 2)
      text = text.replace(new RegExp(LONE_SURROGATE, 'g'), (c) => `\\u${c.charCodeAt(0).toString(16)}`);
    else {
      raise(
        T.UnicodeEncodeError,
        `'utf-8' codec can't encode character '\\u${code}' in position ${at}: surrogates not allowed`,
      );
    }
  }
  writeBytes(descriptor, Buffer.from(text, 'utf8'));
}
/** Flushes both output streams, quietly: for the end of the process. */
export function flushAll(): boolean {
  let complete = true;
  for (const descriptor of [1, 2]) {
    try {
      flushStream(descriptor);
    } catch {
      complete = false;
    }
  }
  return complete;
}

// Input

let input: Buffer = Buffer.alloc(0);
let ended = false;

function fill(): boolean {
  if (ended) return false;
  const chunk = Buffer.alloc(1 << 16);
  for (;;) {
    try {
      const count = readSync(0, chunk);
      if (count === 0) {
        ended = !isTerminal(0);
        return false;
      }
      input = Buffer.concat([input, chunk.subarray(0, count)]);
      return true;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') {
        ended = true;
        return false;
      }
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

/** The next line of standard input with its newline; '' at the end. */
export function readLine(limit = -1): string {
  let end = input.indexOf(10);
  while (end < 0 && fill()) end = input.indexOf(10);
  let length = end < 0 ? input.length : end + 1;
  if (limit >= 0 && limit < length) length = limit;
  const line = input.toString('utf8', 0, length);
  input = input.subarray(length);
  return line.replace(/\r\n$/, '\n');
}
/** Everything that is left of standard input. */
export function readAll(): string {
  while (fill());
  const text = input.toString('utf8');
  input = Buffer.alloc(0);
  return text;
}

/** A stream object for descriptor 0, 1 or 2. */
export function newStream(descriptor: number): number {
  const ref = allocate(1);
  words[ref << 1] = T.TextIOWrapper;
  words[(ref << 1) + 1] = descriptor;
  return ref;
}
/** The descriptor of a stream object. */
export function descriptorOf(stream: number): number {
  return words[(stream << 1) + 1];
}
const names = ['<stdin>', '<stdout>', '<stderr>'];

natives(T.TextIOWrapper, {
  'write(self, text, /)': (args, result) => {
    if (!isStr(args + 1)) raiseTypeError(`write() argument must be str, not ${typeName(args + 1)}`);
    const descriptor = descriptorOf(refAt(args));
    if (descriptor === 0) raise(T.ValueError, 'not writable');
    const text = refAt(args + 1);
    writeText(descriptor, stringOf(text));
    setInt(result, words[(text << 1) + 1]);
  },
  'flush(self, /)': (args, result) => {
    const descriptor = descriptorOf(refAt(args));
    if (descriptor !== 0) flushStream(descriptor);
    setRef(result, Fixed.none);
  },
  'isatty(self, /)': (args, result) => setBool(result, isTerminal(descriptorOf(refAt(args)))),
  'fileno(self, /)': (args, result) => setSmallInt(result, descriptorOf(refAt(args))),
  'readable(self, /)': (args, result) => setBool(result, descriptorOf(refAt(args)) === 0),
  'writable(self, /)': (args, result) => setBool(result, descriptorOf(refAt(args)) !== 0),
  'readline(self, size=-1, /)': (args, result) => setRef(result, newString(readLine(indexOf(args + 1)))),
  'read(self, size=None, /)': (args, result) => {
    const all = !isNull(args + 1) && isRef(args + 1) && refAt(args + 1) === Fixed.none;
    let text = readAll();
    const limit = all ? -1 : indexOf(args + 1);
    if (limit >= 0 && text.length > limit) {
      input = Buffer.from(text.slice(limit), 'utf8');
      text = text.slice(0, limit);
    }
    setRef(result, newString(text));
  },
  'readlines(self, hint=-1, /)': (args, result) => {
    const list = newList(0);
    for (let line = readLine(); line !== ''; line = readLine()) {
      setRef(args, newString(line));
      listAppend(list, args);
    }
    setRef(result, list);
  },
  'close(self, /)': (_args, result) => setRef(result, Fixed.none),
});
getset(T.TextIOWrapper, 'encoding', (_object, result) => setRef(result, intern('utf-8')));
getset(T.TextIOWrapper, 'errors', (object, result) =>
  setRef(result, intern(descriptorOf(refAt(object)) === 2 ? 'backslashreplace' : 'strict')),
);
getset(T.TextIOWrapper, 'name', (object, result) => setRef(result, intern(names[descriptorOf(refAt(object))])));
getset(T.TextIOWrapper, 'closed', (_object, result) => setRef(result, Fixed.false));
getset(T.TextIOWrapper, 'newlines', (_object, result) => setRef(result, Fixed.none));
getset(T.TextIOWrapper, 'line_buffering', (object, result) => setBool(result, isTerminal(descriptorOf(refAt(object)))));
defineOperators(T.TextIOWrapper, {
  iterate: (stream, result) => setRef(result, refAt(stream)),
  next: (_stream, result) => {
    const line = readLine();
    if (line === '') return false;
    setRef(result, newString(line));
    return true;
  },
  repr: (stream) => {
    const descriptor = descriptorOf(refAt(stream));
    return newString(
      `<_io.TextIOWrapper name='${names[descriptor]}' mode='${descriptor === 0 ? 'r' : 'w'}' encoding='utf-8'>`,
    );
  },
});
