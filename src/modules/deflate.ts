/**
 * Deflating as a stream, on Node's one-shot deflateRawSync: what was gathered is compressed as a segment that continues
 * the ones before it (the last 32 KiB are its dictionary, a sync flush ends it), and header and trailer are written here.
 */
import { constants, deflateRawSync } from 'node:zlib';
import { adler32, crc32 } from './inflate.ts';

const WINDOW = 32768;
/** More than this is compressed before a flush is asked for. */
const SEGMENT = 1 << 20;

export type Wrapper = 'raw' | 'zlib' | 'gzip';
export interface DeflateOptions {
  readonly level: number;
  readonly wrapper: Wrapper;
  readonly windowBits: number;
  readonly memoryLevel: number;
  readonly strategy: number;
  readonly dictionary: Uint8Array | null;
}

export class Deflater {
  private pieces: Uint8Array[] = [];
  private size = 0;
  private window: Uint8Array;
  private check: number;
  private total = 0;
  private started = false;
  finished = false;

  constructor(private readonly options: DeflateOptions) {
    this.window = options.dictionary ?? new Uint8Array(0);
    this.check = options.wrapper === 'gzip' ? 0 : 1;
  }
  copy(): Deflater {
    const twin = new Deflater(this.options);
    Object.assign(twin, this, { pieces: [...this.pieces] });
    return twin;
  }

  /** Takes input, which is copied; gives output if there was much of it. */
  add(data: Uint8Array): Uint8Array {
    if (data.length > 0) this.pieces.push(data.slice());
    this.size += data.length;
    const { wrapper } = this.options;
    if (wrapper === 'zlib') this.check = adler32(data, this.check);
    else if (wrapper === 'gzip') this.check = crc32(data, this.check);
    this.total += data.length;
    return this.size > SEGMENT ? this.segment(constants.Z_SYNC_FLUSH) : new Uint8Array(0);
  }

  /** Z_NO_FLUSH gives nothing; Z_FINISH ends the stream. */
  flush(mode: number): Uint8Array {
    if (mode === constants.Z_NO_FLUSH) return new Uint8Array(0);
    // segments are strung together, so they must end with a whole byte
    const aligned = mode === constants.Z_FINISH || mode === constants.Z_FULL_FLUSH ? mode : constants.Z_SYNC_FLUSH;
    const body = this.segment(aligned);
    if (mode !== constants.Z_FINISH) return body;
    this.finished = true;
    return join([body, this.trailer()]);
  }

  private segment(mode: number): Uint8Array {
    const data = join(this.pieces);
    this.pieces = [];
    this.size = 0;
    const { level, windowBits, memoryLevel, strategy } = this.options;
    const body = deflateRawSync(data, {
      level,
      windowBits: Math.max(windowBits, 9),
      memLevel: memoryLevel,
      strategy,
      finishFlush: mode,
      ...(this.window.length > 0 ? { dictionary: this.window } : {}),
    });
    // after a full flush nothing refers back
    this.window = mode === constants.Z_FULL_FLUSH ? new Uint8Array(0) : join([this.window, data]).slice(-WINDOW);
    if (this.started) return body;
    this.started = true;
    return join([this.header(), body]);
  }

  private header(): Uint8Array {
    const { wrapper, level, strategy, windowBits, dictionary } = this.options;
    if (wrapper === 'raw') return new Uint8Array(0);
    const effort = level === -1 ? 6 : level;
    if (wrapper === 'gzip') {
      const extra = effort === 9 ? 2 : effort < 2 || strategy >= 2 ? 4 : 0;
      return Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, extra, 3);
    }
    const cmf = 8 | ((windowBits - 8) << 4);
    const grade = strategy >= 2 || effort < 2 ? 0 : effort < 6 ? 1 : effort === 6 ? 2 : 3;
    let flags = (grade << 6) | (dictionary === null ? 0 : 0x20);
    flags += 31 - ((cmf * 256 + flags) % 31);
    const head = [cmf, flags];
    if (dictionary !== null) head.push(...bigEndian(adler32(dictionary, 1)));
    return Uint8Array.from(head);
  }
  private trailer(): Uint8Array {
    switch (this.options.wrapper) {
      case 'raw':
        return new Uint8Array(0);
      case 'zlib':
        return Uint8Array.from(bigEndian(this.check));
      case 'gzip':
        return Uint8Array.from([...bigEndian(this.check).reverse(), ...bigEndian(this.total >>> 0).reverse()]);
    }
  }
}
const bigEndian = (value: number): number[] => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];

export function join(pieces: readonly Uint8Array[]): Uint8Array {
  if (pieces.length === 1) return pieces[0];
  const result = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    result.set(piece, at);
    at += piece.length;
  }
  return result;
}
