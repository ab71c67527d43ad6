/**
 * What the multibyte codecs make of bytes and characters. The tables lie in a file, multibyte-tables.br (made by
 * scripts/make-multibyte-tables.ts, which tells its format), and are read when a program first uses such a codec. Bytes
 * lead through a trie of tables with 256 entries; characters are looked up in a map.
 *
 * Turned down: JavaScript's TextDecoder, which knows six of these encodings, but the Web's versions of them, and encodes
 * none.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';

/** Entries of a trie's tables: a code point + 1, SEVERAL + a number in `texts`, or minus the number of another table. */
const SEVERAL = 0x200000;

/** How reading or writing ended. */
export enum Outcome {
  done,
  illegal,
  incomplete,
}

export class MultibyteTable {
  private readonly tables: Int32Array[] = [new Int32Array(256)];
  private readonly texts: string[] = [];
  /** single bytes that more bytes must follow */
  private readonly leads = new Uint8Array(256);
  /** lengths of the sequences with certain first bytes, where they are not two */
  private readonly lengths = new Map<number, number>();
  /** four bytes of GB18030: first number, first code point, count */
  private readonly runs: (readonly [number, number, number])[] = [];
  private readonly byCode = new Map<number, number | readonly number[]>();
  private readonly byText = new Map<string, number>();
  /** where reading or writing ended */
  position = 0;

  add(line: string): void {
    const fields = line.split(' ');
    switch (fields[0]) {
      case 's':
        fields.slice(1).forEach((field, byte) => {
          if (field === '?') this.leads[byte] = 1;
          else if (field !== '-') this.enter([byte], Number.parseInt(field, 16));
        });
        break;
      case 'n':
        this.lengths.set(Number.parseInt(fields[1], 16), Number(fields[2]));
        break;
      case 'd': {
        const prefix = bytesOf(fields[1]);
        let last = Number.parseInt(fields[2], 16);
        for (const character of line.slice(fields[1].length + 6)) {
          this.enter([...prefix, last++], character.codePointAt(0) as number);
        }
        break;
      }
      case 'm': {
        const sequence = bytesOf(fields[1]);
        this.slot(sequence, SEVERAL + this.texts.length);
        this.texts.push(fields[2]);
        this.byText.set(fields[2], pack(sequence));
        break;
      }
      case 'r':
        this.runs.push([fourNumber(bytesOf(fields[1]), 0), Number.parseInt(fields[3], 16), Number(fields[2])]);
        break;
      case 'e': {
        const sequence = bytesOf(fields[2]);
        this.byCode.set(Number.parseInt(fields[1], 16), sequence.length > 4 ? sequence : pack(sequence));
        break;
      }
      case 'x':
        for (const field of fields.slice(1)) this.byCode.delete(Number.parseInt(field, 16));
    }
  }
  private slot(sequence: readonly number[], value: number): void {
    let table = this.tables[0];
    for (let i = 0; i < sequence.length - 1; i++) {
      let next = -table[sequence[i]];
      if (next <= 0) {
        next = this.tables.length;
        this.tables.push(new Int32Array(256));
        table[sequence[i]] = -next;
      }
      table = this.tables[next];
    }
    table[sequence[sequence.length - 1]] = value;
  }
  private enter(sequence: readonly number[], code: number): void {
    this.slot(sequence, code + 1);
    if (!this.byCode.has(code)) this.byCode.set(code, sequence.length > 4 ? sequence : pack(sequence));
  }

  /** How many bytes the sequence at `at` has; 0 if the first cannot begin one. */
  private lengthAt(bytes: Uint8Array, at: number): number {
    const first = bytes[at];
    if (this.leads[first] === 0) return this.tables[0][first] > 0 ? 1 : 0;
    if (this.runs.length > 0 && bytes[at + 1] >= 0x30 && bytes[at + 1] <= 0x39) return 4;
    return this.lengths.get(first) ?? this.lengths.get((first << 8) | bytes[at + 1]) ?? 2;
  }

  /** Adds the code points of bytes to `codes`, up to the end or the first sequence that is none; `position` is there. */
  decode(bytes: Uint8Array, start: number, codes: number[]): Outcome {
    const { tables } = this;
    let at = start;
    while (at < bytes.length) {
      this.position = at;
      const length = this.lengthAt(bytes, at);
      if (length === 0) return Outcome.illegal;
      if (at + length > bytes.length) return Outcome.incomplete;
      let value = tables[0][bytes[at]];
      if (length === 4 && this.runs.length > 0) value = this.fromFour(bytes, at) + 1;
      else for (let i = 1; i < length && value < 0; i++) value = tables[-value][bytes[at + i]];
      if (value <= 0) return Outcome.illegal;
      if (value >= SEVERAL) {
        for (const character of this.texts[value - SEVERAL]) codes.push(character.codePointAt(0) as number);
      } else codes.push(value - 1);
      at += length;
    }
    this.position = at;
    return Outcome.done;
  }
  private fromFour(bytes: Uint8Array, at: number): number {
    const valid = bytes[at + 2] >= 0x81 && bytes[at + 2] <= 0xfe && bytes[at + 3] >= 0x30 && bytes[at + 3] <= 0x39;
    if (!valid) return -1;
    const number = fourNumber(bytes, at);
    const run = this.runs.find(([first, , count]) => number >= first && number < first + count);
    return run === undefined ? -1 : run[1] + number - run[0];
  }

  /**
   * Adds the bytes of code points to `output`, up to the end or the first that has none; `position` is there. Without
   * `final` also up to a last one that might go together with one after it.
   */
  encode(codes: ArrayLike<number>, start: number, final: boolean, output: number[]): Outcome {
    let at = start;
    while (at < codes.length) {
      this.position = at;
      const code = codes[at];
      if (this.byText.size > 0) {
        const pair = at + 1 < codes.length ? String.fromCodePoint(code, codes[at + 1]) : '';
        const together = this.byText.get(pair);
        if (together !== undefined) {
          unpack(together, output);
          at += 2;
          continue;
        }
        if (pair === '' && !final && this.beginsPair(code)) return Outcome.incomplete;
      }
      const sequence = this.byCode.get(code);
      if (sequence === undefined) {
        if (!this.toFour(code, output)) return Outcome.illegal;
      } else if (typeof sequence === 'number') unpack(sequence, output);
      else output.push(...sequence);
      at++;
    }
    this.position = at;
    return Outcome.done;
  }
  private beginsPair(code: number): boolean {
    const character = String.fromCodePoint(code);
    for (const text of this.byText.keys()) if (text.startsWith(character)) return true;
    return false;
  }
  private toFour(code: number, output: number[]): boolean {
    const run = this.runs.find(([, first, count]) => code >= first && code < first + count);
    if (run === undefined) return false;
    let number = run[0] + code - run[1];
    const last = 0x30 + (number % 10);
    number = Math.floor(number / 10);
    const third = 0x81 + (number % 126);
    number = Math.floor(number / 126);
    output.push(0x81 + Math.floor(number / 10), 0x30 + (number % 10), third, last);
    return true;
  }
}

function bytesOf(hexadecimal: string): number[] {
  return [...Buffer.from(hexadecimal, 'hex')];
}
function pack(sequence: readonly number[]): number {
  return sequence.reduce((number, byte) => number * 256 + byte, 0);
}
function unpack(packed: number, output: number[]): void {
  if (packed > 0xffffff) output.push(packed >>> 24);
  if (packed > 0xffff) output.push((packed >>> 16) & 0xff);
  if (packed > 0xff) output.push((packed >>> 8) & 0xff);
  output.push(packed & 0xff);
}
function fourNumber(bytes: ArrayLike<number>, at: number): number {
  return (((bytes[at] - 0x81) * 10 + bytes[at + 1] - 0x30) * 126 + bytes[at + 2] - 0x81) * 10 + bytes[at + 3] - 0x30;
}

/** The lines of each codec; can be read again at any time. */
let sections: Map<string, string[]> | null = null;
const tables = new Map<string, MultibyteTable>();

function readSections(): Map<string, string[]> {
  if (sections !== null) return sections;
  const file = join(dirname(fileURLToPath(import.meta.url)), 'multibyte-tables.br');
  sections = new Map();
  let lines: string[] = [];
  for (const line of brotliDecompressSync(readFileSync(file)).toString('utf8').split('\n')) {
    if (line.startsWith('c ')) {
      lines = [];
      sections.set(line.slice(2), lines);
    } else lines.push(line);
  }
  return sections;
}

/** The table of a codec, or null if there is none of that name. */
export function multibyteTable(name: string): MultibyteTable | null {
  let table = tables.get(name);
  if (table === undefined) {
    const lines = readSections().get(name);
    if (lines === undefined) return null;
    table = new MultibyteTable();
    for (const line of lines) table.add(line);
    tables.set(name, table);
  }
  return table;
}
