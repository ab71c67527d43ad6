/**
 * Code descriptions as bytes: what `.pyc` files and `marshal` hold. Made for loading: nearly everything is 32-bit words
 * that are copied or read in place, each text stands once, and a damaged file is told by its checksum before anything
 * of it is believed. Turned down: CPython's marshal format for code (its fields are those of another machine), packed
 * tables (smaller files, but unpacking took longer than reading the bytes).
 *
 *   word 0      bytes in all, a multiple of 4
 *   word 1      checksum over all words from 2 on
 *   word 2, 3   `build`: which compiler made the code; another one's is not read
 *   word 4, 5   number of texts, number of words of the tree
 *   word 6      1 if the code mentions what importlib provides (`mentionsImportState`)
 *   then        a word a text: length * 2, + 1 if it is in UTF-16; the tree; the texts' bytes
 *
 * The tree is the description, depth first, a constant a tag word and its content. Knows nothing of the heap.
 */
import type { CodeDescription, Constant } from './code.ts';

const HEADER_WORDS = 7;

/** Names under which a program finds what importlib knows of modules and finders. */
const importNames: ReadonlySet<string> = new Set([
  '__spec__',
  '__loader__',
  '__cached__',
  'meta_path',
  'path_hooks',
  'path_importer_cache',
]);

/** Does the code, or code in it, mention a name through which it could see importlib's objects? */
export function mentionsImportState(code: CodeDescription): boolean {
  return (
    code.names.some((name) => importNames.has(name)) ||
    code.constants.some((constant) => {
      if (constant.type === 'code') return mentionsImportState(constant.code);
      return constant.type === 'str' && importNames.has(constant.value);
    })
  );
}

enum Tag {
  null,
  none,
  ellipsis,
  false,
  true,
  /** fits in 32 bits */
  smallInt,
  /** text: in hexadecimal */
  int,
  float,
  complex,
  str,
  bytes,
  tuple,
  frozenset,
  code,
}

/** Which compiler made a piece of code: two words, from the sources of the build (scripts/build.ts). */
export interface BuildIdentity {
  readonly low: number;
  readonly high: number;
}

const floatBuffer = new Float64Array(1);
const floatWords = new Int32Array(floatBuffer.buffer);

function checksum(words: Int32Array, count: number): number {
  let sum = count;
  for (let i = 2; i < count; i++) sum = (Math.imul(sum ^ words[i], 0x01000193) + (sum >>> 15)) | 0;
  return sum;
}

class Writer {
  private readonly tree: number[] = [];
  private readonly texts: string[] = [];
  private readonly numbers = new Map<string, number>();

  private text(text: string): void {
    let number = this.numbers.get(text);
    if (number === undefined) {
      number = this.texts.length;
      this.texts.push(text);
      this.numbers.set(text, number);
    }
    this.tree.push(number);
  }
  private list(texts: readonly string[]): void {
    this.tree.push(texts.length);
    for (const text of texts) this.text(text);
  }
  private table(table: ArrayLike<number>): void {
    this.tree.push(table.length);
    for (let i = 0; i < table.length; i++) this.tree.push(table[i]);
  }
  private float(value: number): void {
    floatBuffer[0] = value;
    this.tree.push(floatWords[0], floatWords[1]);
  }

  private constant(constant: Constant): void {
    const { tree } = this;
    switch (constant.type) {
      case 'null':
        tree.push(Tag.null);
        return;
      case 'None':
        tree.push(Tag.none);
        return;
      case 'Ellipsis':
        tree.push(Tag.ellipsis);
        return;
      case 'bool':
        tree.push(constant.value ? Tag.true : Tag.false);
        return;
      case 'int':
        if (BigInt.asIntN(32, constant.value) === constant.value) tree.push(Tag.smallInt, Number(constant.value));
        else {
          tree.push(Tag.int);
          this.text(constant.value.toString(16));
        }
        return;
      case 'float':
        tree.push(Tag.float);
        this.float(constant.value);
        return;
      case 'complex':
        tree.push(Tag.complex);
        this.float(constant.imag);
        return;
      case 'str':
        tree.push(Tag.str);
        this.text(constant.value);
        return;
      case 'bytes':
        tree.push(Tag.bytes);
        this.text(Buffer.from(constant.value).toString('latin1'));
        return;
      case 'tuple':
      case 'frozenset':
        tree.push(constant.type === 'tuple' ? Tag.tuple : Tag.frozenset, constant.items.length);
        for (const item of constant.items) this.constant(item);
        return;
      case 'code':
        tree.push(Tag.code);
        this.code(constant.code);
    }
  }

  code(code: CodeDescription): void {
    this.text(code.name);
    this.text(code.qualname);
    this.text(code.filename);
    const { firstLine, argCount, positionalOnlyCount, keywordOnlyCount, flags, firstFree, registerCount } = code;
    this.tree.push(firstLine, argCount, positionalOnlyCount, keywordOnlyCount, flags, firstFree, registerCount);
    this.list(code.variableNames);
    this.list(code.cellNames);
    this.list(code.freeNames);
    this.list(code.names);
    this.table(code.instructions);
    this.table(code.exceptionTable);
    this.table(code.lineTable);
    this.tree.push(code.constants.length);
    for (const constant of code.constants) this.constant(constant);
  }

  finish(build: BuildIdentity): Uint8Array {
    const { tree, texts } = this;
    const wide = texts.map((text) => /[^\0-\xff]/.test(text));
    const poolBytes = texts.reduce((sum, text, i) => sum + (wide[i] ? text.length * 2 : text.length), 0);
    const start = HEADER_WORDS + texts.length + tree.length;
    const words = new Int32Array(start + Math.ceil(poolBytes / 4));
    words[0] = words.length * 4;
    words[2] = build.low;
    words[3] = build.high;
    words[4] = texts.length;
    words[5] = tree.length;
    words[6] = texts.some((text) => importNames.has(text)) ? 1 : 0;
    words.set(
      texts.map((text, i) => text.length * 2 + (wide[i] ? 1 : 0)),
      HEADER_WORDS,
    );
    words.set(tree, HEADER_WORDS + texts.length);
    const bytes = Buffer.from(words.buffer);
    let at = start * 4;
    texts.forEach((text, i) => {
      at += bytes.write(text, at, wide[i] ? 'utf16le' : 'latin1');
    });
    words[1] = checksum(words, words.length);
    return bytes;
  }
}

/** The description as bytes. */
export function encodeCode(code: CodeDescription, build: BuildIdentity): Uint8Array {
  const writer = new Writer();
  writer.code(code);
  return writer.finish(build);
}

class Reader {
  private at: number;
  private readonly texts: (string | undefined)[];
  private readonly offsets: Int32Array;
  private readonly filename: string | null;
  /** the file name of the outermost code: what `filename` stands for */
  private original: string | null = null;

  constructor(
    private readonly words: Int32Array,
    private readonly pool: Buffer,
    filename: string | null,
  ) {
    const count = words[4];
    this.texts = new Array(count);
    this.offsets = new Int32Array(count);
    this.at = HEADER_WORDS + count;
    this.filename = filename;
    let offset = (this.at + words[5]) * 4;
    for (let i = 0; i < count; i++) {
      this.offsets[i] = offset;
      const length = words[HEADER_WORDS + i];
      offset += (length & 1) !== 0 ? length & ~1 : length >> 1;
    }
  }

  private text(): string {
    const number = this.words[this.at++];
    const known = this.texts[number];
    if (known !== undefined) return known;
    const length = this.words[HEADER_WORDS + number];
    const start = this.offsets[number];
    const text =
      (length & 1) !== 0
        ? this.pool.toString('utf16le', start, start + (length & ~1))
        : this.pool.toString('latin1', start, start + (length >> 1));
    this.texts[number] = text;
    return text;
  }
  private list(): string[] {
    const count = this.words[this.at++];
    const list: string[] = [];
    for (let i = 0; i < count; i++) list.push(this.text());
    return list;
  }
  private table(): Int32Array {
    const count = this.words[this.at++];
    this.at += count;
    return this.words.subarray(this.at - count, this.at);
  }
  private float(): number {
    floatWords[0] = this.words[this.at++];
    floatWords[1] = this.words[this.at++];
    return floatBuffer[0];
  }

  private constant(): Constant {
    switch (this.words[this.at++] as Tag) {
      case Tag.null:
        return { type: 'null' };
      case Tag.none:
        return { type: 'None' };
      case Tag.ellipsis:
        return { type: 'Ellipsis' };
      case Tag.false:
        return { type: 'bool', value: false };
      case Tag.true:
        return { type: 'bool', value: true };
      case Tag.smallInt:
        return { type: 'int', value: BigInt(this.words[this.at++]) };
      case Tag.int: {
        const text = this.text();
        return { type: 'int', value: text[0] === '-' ? -BigInt(`0x${text.slice(1)}`) : BigInt(`0x${text}`) };
      }
      case Tag.float:
        return { type: 'float', value: this.float() };
      case Tag.complex:
        return { type: 'complex', imag: this.float() };
      case Tag.str:
        return { type: 'str', value: this.text() };
      case Tag.bytes:
        return { type: 'bytes', value: Buffer.from(this.text(), 'latin1') };
      case Tag.tuple:
        return { type: 'tuple', items: this.constants() };
      case Tag.frozenset:
        return { type: 'frozenset', items: this.constants() };
      case Tag.code:
        return { type: 'code', code: this.code() };
    }
  }
  private constants(): Constant[] {
    const count = this.words[this.at++];
    const items: Constant[] = [];
    for (let i = 0; i < count; i++) items.push(this.constant());
    return items;
  }

  code(): CodeDescription {
    const name = this.text();
    const qualname = this.text();
    const written = this.text();
    this.original ??= written;
    const filename = this.filename !== null && written === this.original ? this.filename : written;
    const { words, at } = this;
    this.at += 7;
    return {
      name,
      qualname,
      filename,
      firstLine: words[at],
      argCount: words[at + 1],
      positionalOnlyCount: words[at + 2],
      keywordOnlyCount: words[at + 3],
      flags: words[at + 4],
      firstFree: words[at + 5],
      registerCount: words[at + 6],
      variableNames: this.list(),
      cellNames: this.list(),
      freeNames: this.list(),
      names: this.list(),
      instructions: this.table(),
      exceptionTable: this.table(),
      lineTable: this.table(),
      constants: this.constants(),
    };
  }
}

export interface DecodedCode extends CodeDescription {
  readonly mentionsImportState: boolean;
}

/**
 * The description in the bytes from `start` on, or null if they are damaged, cut off or another build's. `filename`, if
 * given, is what the code, and what is in it from the same file, believes to come from. The result's tables are views of the bytes.
 */
export function decodeCode(
  bytes: Uint8Array,
  start: number,
  build: BuildIdentity,
  filename: string | null = null,
): DecodedCode | null {
  const available = bytes.length - start;
  if (available < HEADER_WORDS * 4) return null;
  const aligned = ((bytes.byteOffset + start) & 3) === 0 ? bytes : bytes.slice(start);
  const first = aligned === bytes ? bytes.byteOffset + start : aligned.byteOffset;
  const length = new Int32Array(aligned.buffer, first, 1)[0];
  if (length < HEADER_WORDS * 4 || length > available || (length & 3) !== 0) return null;
  const words = new Int32Array(aligned.buffer, first, length >> 2);
  if (words[2] !== build.low || words[3] !== build.high || words[1] !== checksum(words, words.length)) return null;
  const code = new Reader(words, Buffer.from(aligned.buffer, first, length), filename).code();
  return Object.assign(code, { mentionsImportState: words[6] === 1 });
}

/** How many bytes the code from `start` on says it takes. */
export function encodedLength(bytes: Uint8Array, start: number): number {
  if (bytes.length - start < 4) return 0;
  return bytes[start] | (bytes[start + 1] << 8) | (bytes[start + 2] << 16) | (bytes[start + 3] << 24);
}
