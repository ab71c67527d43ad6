/**
 * struct's format strings: parsing them, and reading and writing single items in the heap. Used by _struct; what is here
 * knows no Python types.
 */
import { heapBuffer } from '../heap/memory.ts';

/** A run of items of one kind. */
export interface FormatItem {
  /** one of `cbB?hHiIlLqQnNefdFDspxP` */
  readonly code: string;
  /** how many values; 1 for strings */
  readonly count: number;
  /** bytes of one value */
  readonly size: number;
  /** of the first value, from the start */
  readonly offset: number;
  readonly littleEndian: boolean;
  /** '@': native sizes, and floats that overflow become infinite */
  readonly native: boolean;
}

export interface Format {
  readonly text: string;
  readonly items: readonly FormatItem[];
  /** in bytes */
  readonly size: number;
  /** how many values it packs */
  readonly valueCount: number;
}

/** The message of a format that is none. */
export class FormatError extends Error {}

const standardSizes: Readonly<Record<string, number>> = {
  x: 1,
  b: 1,
  B: 1,
  c: 1,
  s: 1,
  p: 1,
  '?': 1,
  h: 2,
  H: 2,
  e: 2,
  i: 4,
  I: 4,
  l: 4,
  L: 4,
  f: 4,
  q: 8,
  Q: 8,
  d: 8,
  F: 8,
  D: 16,
};
const nativeSizes: Readonly<Record<string, number>> = { ...standardSizes, l: 8, L: 8, n: 8, N: 8, P: 8 };

/** Parsed formats by their text, the recent ones. */
const known = new Map<string, Format>();
const KNOWN_FORMATS = 200;

export function clearKnownFormats(): void {
  known.clear();
}

/** Throws FormatError. */
export function parseFormat(text: string): Format {
  const format = known.get(text);
  if (format !== undefined) return format;
  const parsed = parse(text);
  if (known.size >= KNOWN_FORMATS) known.clear();
  known.set(text, parsed);
  return parsed;
}

function parse(text: string): Format {
  let at = 0;
  const order = '@=<>!'.includes(text[0] ?? 'x') ? text[at++] : '@';
  const native = order === '@';
  const littleEndian = order !== '>' && order !== '!';
  const sizes = native ? nativeSizes : standardSizes;
  const items: FormatItem[] = [];
  let size = 0;
  let valueCount = 0;
  while (at < text.length) {
    const c = text[at];
    if (' \t\n\r\v\f'.includes(c)) {
      at++;
      continue;
    }
    let count = 1;
    if (c >= '0' && c <= '9') {
      const start = at;
      while (text[at] >= '0' && text[at] <= '9') at++;
      count = Number(text.slice(start, at));
      if (count > Number.MAX_SAFE_INTEGER) throw new FormatError('total struct size too long');
      if (at >= text.length) throw new FormatError('repeat count given without format specifier');
    }
    const code = text[at++];
    const itemSize = sizes[code];
    if (code === '\0') throw new FormatError('embedded null character');
    if (itemSize === undefined) throw new FormatError('bad char in struct format');
    if (native) {
      const alignment = code === 'F' || code === 'D' ? itemSize / 2 : itemSize;
      size = Math.ceil(size / alignment) * alignment;
    }
    const isText = code === 's' || code === 'p';
    if (code !== 'x' && (isText || count > 0)) {
      items.push({
        code,
        count: isText ? 1 : count,
        size: isText ? count : itemSize,
        offset: size,
        littleEndian,
        native,
      });
      valueCount += isText ? 1 : count;
    }
    size += count * itemSize;
    if (size > 2 ** 53) throw new FormatError('total struct size too long');
  }
  return { text, items, size, valueCount };
}

/** The heap, for numbers at any address and in both orders. */
export const heapView: DataView = new DataView(heapBuffer);
