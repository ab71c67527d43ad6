/**
 * `co_linetable` and `co_exceptiontable`: the tables of a code object in the compact form in which CPython's code objects have
 * them, so that tools that read that form can. Units are of two bytes, counted from the entry that Python sees
 * (code-positions.ts). Reading is the way back, for replace() and the constructor; what the form has no room for (lines
 * without instructions) is lost on it.
 */
import { ENTRY_WORDS } from './code-positions.ts';

/** Units in a word of ours. */
const UNITS = 2;
/** Longest run of units that one entry stands for. */
const MAX_RUN = 8;

export interface PlacedRun {
  /** in words of code that runs, `end` exclusive */
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Kinds of entries; smaller numbers: one line, the column's upper bits. */
enum Entry {
  sameLine = 10,
  noColumns = 13,
  long = 14,
  nothing = 15,
}

/** Six bits a byte, the lowest first. */
function pushNumber(bytes: number[], value: number): void {
  let left = value;
  for (; left >= 64; left >>>= 6) bytes.push(0x40 | (left & 63));
  bytes.push(left);
}
const signed = (value: number): number => (value < 0 ? (-value << 1) | 1 : value << 1);

/** The runs, without gaps between them, as `co_linetable` has them. */
export function encodeLines(runs: readonly PlacedRun[], firstLine: number): Uint8Array {
  const bytes: number[] = [];
  let line = firstLine;
  for (const run of runs) {
    for (let left = (run.end - run.start) * UNITS; left > 0; left -= MAX_RUN) {
      encodeRun(bytes, run, line, Math.min(left, MAX_RUN));
      if (run.line >= 0) line = run.line;
    }
  }
  return Uint8Array.from(bytes);
}
function encodeRun(bytes: number[], run: PlacedRun, line: number, units: number): void {
  const head = (entry: number): number => bytes.push(0x80 | (entry << 3) | (units - 1));
  const { column, endColumn } = run;
  const delta = run.line - line;
  if (run.line < 0) head(Entry.nothing);
  else if (column < 0 || endColumn < 0) {
    head(Entry.noColumns);
    pushNumber(bytes, signed(delta));
  } else if (run.endLine === run.line && delta === 0 && column < 80 && endColumn >= column && endColumn - column < 16) {
    head(column >> 3);
    bytes.push(((column & 7) << 4) | (endColumn - column));
  } else if (run.endLine === run.line && delta >= 0 && delta < 3 && column < 128 && endColumn < 128) {
    head(Entry.sameLine + delta);
    bytes.push(column, endColumn);
  } else {
    head(Entry.long);
    pushNumber(bytes, signed(delta));
    pushNumber(bytes, run.endLine - run.line);
    pushNumber(bytes, column + 1);
    pushNumber(bytes, endColumn + 1);
  }
}

/** The way back: the layout's table (start, line, column, end line, end column); null if the bytes are no such table. */
export function decodeLines(bytes: Uint8Array, firstLine: number): Int32Array | null {
  const table: number[] = [];
  let at = 0;
  const number = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 6) {
      const byte = bytes[at++] ?? 0;
      value |= (byte & 63) << shift;
      if ((byte & 0x40) === 0) return value;
    }
  };
  const difference = (): number => {
    const value = number();
    return (value & 1) !== 0 ? -(value >>> 1) : value >>> 1;
  };
  let line = firstLine;
  let unit = 0;
  while (at < bytes.length) {
    const head = bytes[at++];
    if ((head & 0x80) === 0) return null;
    const entry = (head >> 3) & 15;
    let place = [-1, -1, -1, -1];
    if (entry === Entry.long) {
      line += difference();
      const endLine = line + number();
      const column = number() - 1;
      place = [line, column, endLine, number() - 1];
    } else if (entry === Entry.noColumns) {
      line += difference();
      place = [line, -1, line, -1];
    } else if (entry >= Entry.sameLine && entry < Entry.noColumns) {
      line += entry - Entry.sameLine;
      place = [line, bytes[at++], line, bytes[at++]];
    } else if (entry < Entry.sameLine) {
      const rest = bytes[at++];
      const column = (entry << 3) | (rest >> 4);
      place = [line, column, line, column + (rest & 15)];
    }
    const word = unit / UNITS - ENTRY_WORDS;
    unit += (head & 7) + 1;
    const last = table.length - 5;
    const same = last >= 0 && place.every((part, i) => table[last + 1 + i] === part);
    if (word >= 0 && Number.isInteger(word) && !same) table.push(word, ...place);
  }
  return Int32Array.from(table);
}

/** The layout's exception table (start, end, handler, register) as `co_exceptiontable` has it. */
export function encodeHandlers(table: Int32Array): Uint8Array {
  const bytes: number[] = [];
  for (let i = 0; i < table.length; i += 4) {
    const [start, end, handler, register] = table.subarray(i, i + 4);
    const numbers = [
      (start + ENTRY_WORDS) * UNITS,
      (end - start) * UNITS,
      (handler + ENTRY_WORDS) * UNITS,
      register * 2,
    ];
    numbers.forEach((value, index) => {
      // the highest bits first; an entry begins with a mark
      const parts = [value & 63];
      for (let left = value >>> 6; left > 0; left >>>= 6) parts.unshift(0x40 | (left & 63));
      if (index === 0) parts[0] |= 0x80;
      bytes.push(...parts);
    });
  }
  return Uint8Array.from(bytes);
}
/** The way back; null if the bytes are no such table. */
export function decodeHandlers(bytes: Uint8Array): Int32Array | null {
  const numbers: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    let value = 0;
    let byte = 0;
    do {
      byte = bytes[at++] ?? 0;
      value = (value << 6) | (byte & 63);
    } while ((byte & 0x40) !== 0 && at <= bytes.length);
    numbers.push(value);
  }
  if (numbers.length % 4 !== 0) return null;
  const table = new Int32Array(numbers.length);
  for (let i = 0; i < numbers.length; i += 4) {
    table[i] = numbers[i] / UNITS - ENTRY_WORDS;
    table[i + 1] = table[i] + numbers[i + 1] / UNITS;
    table[i + 2] = numbers[i + 2] / UNITS - ENTRY_WORDS;
    table[i + 3] = numbers[i + 3] >> 1;
  }
  return table;
}
