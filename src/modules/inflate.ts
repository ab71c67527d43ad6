/**
 * Inflating (RFC 1950 to 1952), resumable at any byte: input comes in pieces, output is taken in pieces, and what lies
 * behind the end of the stream is left alone. Node's own inflate cannot be used for that: it does not tell where a stream
 * ends, nor stop at an output limit, without its event loop.
 */

export class InflateError extends Error {
  constructor(
    readonly number: number,
    message: string,
  ) {
    super(message);
  }
}
function fail(message: string): never {
  throw new InflateError(-3, message);
}

/** A Huffman code as a table by the next `bits` bits: symbol << 4 | length; 0 where no code is. */
interface Code {
  readonly table: Uint16Array;
  readonly bits: number;
}
function makeCode(lengths: Uint8Array, what: string): Code {
  const counts = new Uint16Array(16);
  let bits = 0;
  for (const length of lengths) {
    counts[length]++;
    if (length > bits) bits = length;
  }
  counts[0] = 0;
  let left = 1;
  const next = new Uint16Array(16);
  let code = 0;
  for (let length = 1; length <= 15; length++) {
    left = left * 2 - counts[length];
    if (left < 0) fail(`invalid ${what} set`);
    code = (code + counts[length - 1]) << 1;
    next[length] = code;
  }
  // one code alone may be incomplete
  if (left > 0 && bits > 0 && !(bits === 1 && what !== 'code lengths')) fail(`invalid ${what} set`);
  const table = new Uint16Array(1 << Math.max(bits, 1));
  lengths.forEach((length, symbol) => {
    if (length === 0) return;
    let reversed = 0;
    for (let i = 0, value = next[length]++; i < length; i++, value >>= 1) reversed = (reversed << 1) | (value & 1);
    for (let at = reversed; at < table.length; at += 1 << length) table[at] = (symbol << 4) | length;
  });
  return { table, bits: Math.max(bits, 1) };
}

const LENGTHS = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
];
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCES = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577,
];
const DISTANCE_EXTRA = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

let fixedCodes: { literals: Code; distances: Code } | null = null;
function fixed(): { literals: Code; distances: Code } {
  if (fixedCodes !== null) return fixedCodes;
  const lengths = new Uint8Array(288);
  lengths.fill(8, 0, 144).fill(9, 144, 256).fill(7, 256, 280).fill(8, 280, 288);
  fixedCodes = {
    literals: makeCode(lengths, 'literal/lengths'),
    distances: makeCode(new Uint8Array(32).fill(5), 'distances'),
  };
  return fixedCodes;
}

let crcTable: Int32Array | null = null;
export function crc32(data: Uint8Array, value: number): number {
  if (crcTable === null) {
    crcTable = new Int32Array(256);
    for (let i = 0; i < 256; i++) {
      let c = i;
      for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
      crcTable[i] = c;
    }
  }
  const table = crcTable;
  let crc = ~value;
  for (let i = 0; i < data.length; i++) crc = (crc >>> 8) ^ table[(crc ^ data[i]) & 255];
  return ~crc >>> 0;
}
export function adler32(data: Uint8Array, value: number): number {
  let a = value & 0xffff;
  let b = value >>> 16;
  for (let i = 0; i < data.length; ) {
    const end = Math.min(i + 3800, data.length);
    for (; i < end; i++) {
      a += data[i];
      b += a;
    }
    a %= 65521;
    b %= 65521;
  }
  return ((b << 16) | a) >>> 0;
}

enum State {
  header,
  block,
  stored,
  codes,
  trailer,
  done,
}
export type Wrapper = 'raw' | 'zlib' | 'gzip' | 'auto';
const WINDOW = 32768;

export class Inflater {
  /** input that was not used yet */
  private input: Uint8Array = new Uint8Array(0);
  private at = 0;
  private bits = 0;
  private count = 0;
  private state: State;
  private last = false;
  private storedLeft = 0;
  private literals: Code = fixed().literals;
  private distances: Code = fixed().distances;
  /** what a match that met the output limit still has to copy */
  private matchLeft = 0;
  private matchDistance = 0;
  /** the window and the output behind it: [start, end) was not taken yet */
  private output: Uint8Array = new Uint8Array(2 * WINDOW);
  private start = 0;
  private end = 0;
  private check = 0;
  private total = 0;
  private gzip = false;

  constructor(
    private readonly wrapper: Wrapper,
    private readonly dictionary: Uint8Array | null,
  ) {
    this.state = wrapper === 'raw' ? State.block : State.header;
    if (wrapper === 'raw' && dictionary !== null) this.useDictionary(dictionary);
  }

  get eof(): boolean {
    return this.state === State.done;
  }
  /** Input that was given and not used; it is the caller's from now on. */
  takeRest(): Uint8Array {
    const rest = this.input.slice(this.at);
    this.input = new Uint8Array(0);
    this.at = 0;
    return rest;
  }
  /** Nothing more can be had without more input. */
  needsInput = true;
  copy(): Inflater {
    const twin = new Inflater(this.wrapper, this.dictionary);
    Object.assign(twin, this, { output: this.output.slice() });
    return twin;
  }

  private useDictionary(dictionary: Uint8Array): void {
    const tail = dictionary.subarray(Math.max(0, dictionary.length - WINDOW));
    this.output.set(tail, 0);
    this.start = this.end = tail.length;
  }

  /** Decompresses `data` behind what was left, up to `limit` bytes of output (0: no limit, -1: none). */
  run(data: Uint8Array, limit: number): Uint8Array {
    const left = this.input.subarray(this.at);
    if (left.length === 0) this.input = data;
    else {
      const joined = new Uint8Array(left.length + data.length);
      joined.set(left);
      joined.set(data, left.length);
      this.input = joined;
    }
    this.at = 0;
    const most = limit > 0 ? limit : limit < 0 ? 0 : Infinity;
    while (this.end - this.start < most && this.step(most));
    this.needsInput = this.end - this.start < most && this.state !== State.done;
    // bytes that were only looked at are input again
    if (this.state === State.done) {
      this.at -= this.count >> 3;
      this.bits = this.count = 0;
    }
    const result = this.output.slice(this.start, this.end);
    this.start = this.end;
    return result;
  }
  private checkOutput(from: number): void {
    const fresh = this.output.subarray(from, this.end);
    if (this.wrapper !== 'raw') this.check = this.gzip ? crc32(fresh, this.check) : adler32(fresh, this.check);
    this.total += fresh.length;
  }

  private reserve(size: number): void {
    if (this.end + size <= this.output.length) return;
    // keep the window in front of what was not taken
    const from = Math.max(0, Math.min(this.start, this.end - WINDOW));
    const kept = this.end - from;
    const target =
      kept + size > this.output.length >> 1 ? new Uint8Array(Math.max((kept + size) * 2, 2 * WINDOW)) : this.output;
    if (target === this.output) target.copyWithin(0, from, this.end);
    else target.set(this.output.subarray(from, this.end));
    this.output = target;
    this.start -= from;
    this.end = kept;
  }

  private need(count: number): boolean {
    while (this.count < count) {
      if (this.at >= this.input.length) return false;
      this.bits |= this.input[this.at++] << this.count;
      this.count += 8;
    }
    return true;
  }
  private drop(count: number): void {
    this.bits >>>= count;
    this.count -= count;
  }
  private take(count: number): number {
    const value = this.bits & ((1 << count) - 1);
    this.drop(count);
    return value;
  }
  /** The next symbol; -1 if the input ends before. */
  private symbol(code: Code, what: string): number {
    while (this.count < code.bits && this.at < this.input.length) {
      this.bits |= this.input[this.at++] << this.count;
      this.count += 8;
    }
    const entry = code.table[this.bits & ((1 << code.bits) - 1)];
    const length = entry & 15;
    if (length === 0) {
      if (this.count < code.bits) return -1;
      fail(`invalid ${what} code`);
    }
    if (length > this.count) return -1;
    this.drop(length);
    return entry >> 4;
  }

  /** Does one thing; false if there is not enough input for it, or nothing left to do. */
  private step(most: number): boolean {
    const { at, bits, count } = this;
    const undo = (): false => {
      this.at = at;
      this.bits = bits;
      this.count = count;
      return false;
    };
    switch (this.state) {
      case State.header:
        return this.header() || undo();
      case State.block:
        if (this.last) {
          this.drop(this.count & 7);
          this.state = this.wrapper === 'raw' ? State.done : State.trailer;
          return true;
        }
        return this.block() || undo();
      case State.stored: {
        let size = Math.min(this.storedLeft, most - (this.end - this.start));
        size = Math.min(size, this.input.length - this.at);
        if (size === 0 && this.storedLeft > 0) return false;
        this.reserve(size);
        this.output.set(this.input.subarray(this.at, this.at + size), this.end);
        const first = this.end;
        this.at += size;
        this.end += size;
        this.storedLeft -= size;
        this.checkOutput(first);
        if (this.storedLeft === 0) this.state = State.block;
        return true;
      }
      case State.codes:
        return this.codes(most);
      case State.trailer:
        return this.trailer() || undo();
    }
    return false;
  }

  private header(): boolean {
    if (!this.need(16)) return false;
    const word = this.bits & 0xffff;
    if (word === 0x8b1f && this.wrapper !== 'zlib') return this.gzipHeader();
    if (this.wrapper === 'gzip') fail('incorrect header check');
    const cmf = word & 255;
    if ((cmf * 256 + (word >> 8)) % 31 !== 0) fail('incorrect header check');
    if ((cmf & 15) !== 8) fail('unknown compression method');
    if (cmf >> 4 > 7) fail('invalid window size');
    if ((word & 0x2000) !== 0) {
      if (this.input.length - this.at < 4) return false;
      this.drop(16);
      let id = 0;
      for (let i = 0; i < 4; i++) id = ((id << 8) | this.input[this.at++]) >>> 0;
      if (this.dictionary === null) throw new InflateError(2, 'need dictionary');
      if (adler32(this.dictionary, 1) !== id) fail('incorrect data check');
      this.useDictionary(this.dictionary);
    } else this.drop(16);
    this.check = 1;
    this.state = State.block;
    return true;
  }
  private gzipHeader(): boolean {
    // the two bytes looked at are the first of this member
    const data = this.input.subarray(this.at - (this.count >> 3));
    if (data.length < 10) return false;
    if (data[2] !== 8) fail('unknown compression method');
    const flags = data[3];
    if ((flags & 0xe0) !== 0) fail('unknown header flags set');
    let at = 10;
    if (flags & 4) {
      if (data.length < at + 2) return false;
      at += 2 + data[at] + data[at + 1] * 256;
    }
    for (const flag of [8, 16]) {
      if ((flags & flag) === 0) continue;
      const end = data.indexOf(0, at);
      if (end < 0) return false;
      at = end + 1;
    }
    if (flags & 2) at += 2;
    if (data.length < at) return false;
    this.at = this.at - (this.count >> 3) + at;
    this.bits = this.count = 0;
    this.gzip = true;
    this.check = 0;
    this.state = State.block;
    return true;
  }
  private trailer(): boolean {
    // whole bytes that were looked at come first
    this.at -= this.count >> 3;
    this.bits = this.count = 0;
    const size = this.gzip ? 8 : 4;
    if (this.input.length - this.at < size) return false;
    const byte = (i: number): number => this.input[this.at + i];
    const little = (i: number): number =>
      (byte(i) | (byte(i + 1) << 8) | (byte(i + 2) << 16) | (byte(i + 3) << 24)) >>> 0;
    if (this.gzip) {
      if (little(0) !== this.check) fail('incorrect data check');
      if (little(4) !== this.total >>> 0) fail('incorrect length check');
    } else if (((byte(0) << 24) | (byte(1) << 16) | (byte(2) << 8) | byte(3)) >>> 0 !== this.check) {
      fail('incorrect data check');
    }
    this.at += size;
    this.state = State.done;
    return true;
  }

  private block(): boolean {
    if (!this.need(3)) return false;
    const last = this.take(1) === 1;
    const type = this.take(2);
    if (type === 0) {
      this.drop(this.count & 7);
      this.at -= this.count >> 3;
      this.bits = this.count = 0;
      if (this.input.length - this.at < 4) return false;
      const size = this.input[this.at] | (this.input[this.at + 1] << 8);
      const complement = this.input[this.at + 2] | (this.input[this.at + 3] << 8);
      if ((size ^ complement) !== 0xffff) fail('invalid stored block lengths');
      this.at += 4;
      this.storedLeft = size;
      this.state = size === 0 ? State.block : State.stored;
    } else if (type === 1) {
      this.literals = fixed().literals;
      this.distances = fixed().distances;
      this.state = State.codes;
    } else if (type === 2) {
      if (!this.dynamic()) return false;
      this.state = State.codes;
    } else fail('invalid block type');
    this.last = last;
    return true;
  }
  private dynamic(): boolean {
    if (!this.need(14)) return false;
    const literalCount = this.take(5) + 257;
    const distanceCount = this.take(5) + 1;
    const lengthCount = this.take(4) + 4;
    if (literalCount > 286 || distanceCount > 30) fail('too many length or distance symbols');
    const lengthLengths = new Uint8Array(19);
    for (let i = 0; i < lengthCount; i++) {
      if (!this.need(3)) return false;
      lengthLengths[ORDER[i]] = this.take(3);
    }
    const code = makeCode(lengthLengths, 'code lengths');
    const lengths = new Uint8Array(literalCount + distanceCount);
    for (let i = 0; i < lengths.length; ) {
      const symbol = this.symbol(code, 'bit length');
      if (symbol < 0) return false;
      if (symbol < 16) {
        lengths[i++] = symbol;
        continue;
      }
      const extra = symbol === 16 ? 2 : symbol === 17 ? 3 : 7;
      if (!this.need(extra)) return false;
      if (symbol === 16 && i === 0) fail('invalid bit length repeat');
      const repeat = this.take(extra) + (symbol === 18 ? 11 : 3);
      if (i + repeat > lengths.length) fail('invalid bit length repeat');
      lengths.fill(symbol === 16 ? lengths[i - 1] : 0, i, i + repeat);
      i += repeat;
    }
    if (lengths[256] === 0) fail('invalid code -- missing end-of-block');
    this.literals = makeCode(lengths.subarray(0, literalCount), 'literal/lengths');
    this.distances = makeCode(lengths.subarray(literalCount), 'distances');
    return true;
  }

  /** Literals and matches until the block, the input or the room for output ends. */
  private codes(most: number): boolean {
    let first = this.end;
    let ended = false;
    let starved = false;
    while (this.end - this.start < most) {
      if (this.matchLeft > 0) {
        this.copyMatch(Math.min(this.matchLeft, most - (this.end - this.start)));
        continue;
      }
      if (this.end + 300 > this.output.length) {
        this.checkOutput(first);
        this.reserve(65536);
        first = this.end;
      }
      const { at, bits, count } = this;
      const symbol = this.symbol(this.literals, 'literal/length');
      if (symbol >= 0 && symbol < 256) {
        this.output[this.end++] = symbol;
        continue;
      }
      if (symbol === 256) {
        this.state = State.block;
        ended = true;
        break;
      }
      if (symbol < 0 || !this.match(symbol)) {
        this.at = at;
        this.bits = bits;
        this.count = count;
        starved = true;
        break;
      }
    }
    this.checkOutput(first);
    return ended || !starved;
  }
  private match(symbol: number): boolean {
    if (symbol > 285) fail('invalid literal/length code');
    const lengthExtra = LENGTH_EXTRA[symbol - 257];
    if (!this.need(lengthExtra)) return false;
    const length = LENGTHS[symbol - 257] + this.take(lengthExtra);
    const code = this.symbol(this.distances, 'distance');
    if (code < 0) return false;
    if (code > 29) fail('invalid distance code');
    if (!this.need(DISTANCE_EXTRA[code])) return false;
    const distance = DISTANCES[code] + this.take(DISTANCE_EXTRA[code]);
    if (distance > this.end) fail('invalid distance too far back');
    this.matchLeft = length;
    this.matchDistance = distance;
    return true;
  }
  private copyMatch(size: number): void {
    const { output, matchDistance } = this;
    let to = this.end;
    for (const end = to + size; to < end; to++) output[to] = output[to - matchDistance];
    this.end = to;
    this.matchLeft -= size;
  }
}
