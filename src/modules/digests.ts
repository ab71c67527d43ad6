/**
 * The compression functions of MD5, SHA-1, SHA-2, SHA-3 and BLAKE2, as WebAssembly (wasm-code.ts) that is made when a
 * program first uses one. A state is 32-bit words in the heap (64-bit numbers as low word, high word), so that a hash
 * object is nothing but memory; it is copied to WebAssembly's memory and back for each run of blocks. Used by hashes.ts.
 */
import { bytes, words } from '../heap/memory.ts';
import {
  blockFunction,
  type Code,
  extended,
  FIRST_LOCAL,
  get,
  newMemory,
  set,
  type WasmMemory,
  type Width,
  type WordCode,
  words32,
  words64,
} from './wasm-code.ts';

/** Takes `count` blocks of bytes from byte offset `block` into the state at word index `state`. */
export type Compress = (state: number, block: number, count: number) => void;

/** The first primes, of whose roots the constants of SHA-2 are made. */
function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  return primes;
}
/** floor(fraction(n ** (1/root)) * 2**64). */
function rootFraction(n: number, root: 2 | 3): bigint {
  const scaled = BigInt(n) << BigInt(64 * root);
  let guess = BigInt(Math.floor(n ** (1 / root) * 2 ** 40)) << 24n;
  // Newton's steps end at the exact root or one above
  for (;;) {
    const next = root === 2 ? (guess + scaled / guess) >> 1n : (2n * guess + scaled / (guess * guess)) / 3n;
    const distance = next - guess;
    guess = next;
    if (distance >= -1n && distance <= 1n) break;
  }
  while (guess ** BigInt(root) > scaled) guess--;
  while ((guess + 1n) ** BigInt(root) <= scaled) guess++;
  return BigInt.asUintN(64, guess);
}
const lowWord = (n: bigint): number => Number(n & 0xffffffffn) | 0;
const highWord = (n: bigint): number => Number(n >> 32n) | 0;
const squareRoots = (from: number, to: number): bigint[] =>
  firstPrimes(to)
    .slice(from)
    .map((prime) => rootFraction(prime, 2));

/** The initial states, as words: those of SHA-512 and SHA-384 are square roots of primes, SHA-256's their upper halves. */
export const sha512Start = (): number[] => squareRoots(0, 8).flatMap((root) => [lowWord(root), highWord(root)]);
export const sha384Start = (): number[] => squareRoots(8, 16).flatMap((root) => [lowWord(root), highWord(root)]);
export const sha256Start = (): number[] => squareRoots(0, 8).map(highWord);
/** SHA-224 begins with the lower halves of SHA-384's. */
export const sha224Start = (): number[] => squareRoots(8, 16).map(lowWord);

// The memory: the state at 0, what else a function wants to know at `SETTINGS`, blocks from `DATA` on.

const SETTINGS = 256;
const DATA = 512;
const CHUNK = 65536;
let memory: WasmMemory | null = null;
let memoryBytes = new Uint8Array(0);
let memoryWords = new Int32Array(0);

function readyMemory(): WasmMemory {
  if (memory === null) {
    memory = newMemory(2);
    memoryBytes = new Uint8Array(memory.buffer);
    memoryWords = new Int32Array(memory.buffer);
  }
  return memory;
}

type Run = (at: number, end: number, step: number) => void;

/** Runs over blocks of the heap, in pieces that the memory has room for. `run` is called with the memory's addresses. */
function overBlocks(
  run: Run,
  stateWords: number,
  state: number,
  block: number,
  blockSize: number,
  count: number,
): void {
  for (let i = 0; i < stateWords; i++) memoryWords[i] = words[state + i];
  const most = Math.floor(CHUNK / blockSize);
  let at = block;
  for (let left = count; left > 0; left -= most) {
    const size = Math.min(left, most) * blockSize;
    memoryBytes.set(bytes.subarray(at, at + size), DATA);
    run(DATA, DATA + size, blockSize);
    at += size;
  }
  for (let i = 0; i < stateWords; i++) words[state + i] = memoryWords[i];
}

/** A function over blocks whose code is made at its first use. */
function compression(
  stateWords: number,
  blockSize: number,
  locals: readonly Width[],
  code: () => readonly Code[],
): Compress {
  let run: Run | null = null;
  return (state, block, count) => {
    run ??= blockFunction(readyMemory(), locals, code().flat());
    overBlocks(run, stateWords, state, block, blockSize, count);
  };
}

const zero = words32.constant(0n);
const local = (index: number): number => FIRST_LOCAL + index;
const many = (width: Width, count: number): Width[] => new Array<Width>(count).fill(width);

/** Statements that load `count` words of the state into the locals from 0 on. */
const loadState = (w: WordCode, count: number): Code[] =>
  Array.from({ length: count }, (_, i) => set(local(i), w.load(zero, (i * w.width) / 8)));
/** Statements that add the locals to the state; local `names[i]` belongs to word i. */
const addState = (w: WordCode, names: readonly number[]): Code[] =>
  names.map((name, i) => {
    const offset = (i * w.width) / 8;
    return w.store(zero, offset, w.add(w.load(zero, offset), get(local(name))));
  });
/** Statements that load the 16 words of a block into the locals from `first` on. */
function loadBlock(w: WordCode, first: number, bigEndian: boolean): Code[] {
  return Array.from({ length: 16 }, (_, i) => {
    const load = set(local(first + i), w.load(get(0), (i * w.width) / 8));
    return bigEndian ? [...load, ...set(local(first + i), w.swapped(local(first + i)))] : load;
  });
}

// MD5

const md5Shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];

export const md5: Compress = compression(4, 64, many(32, 20), () => {
  const w = words32;
  const code = [...loadState(w, 4), ...loadBlock(w, 4, false)];
  let names = [0, 1, 2, 3];
  for (let i = 0; i < 64; i++) {
    const [a, b, c, d] = names.map((name) => get(local(name)));
    const round = i >> 4;
    const mixed = [
      w.xor(d, w.and(b, w.xor(c, d))),
      w.xor(c, w.and(d, w.xor(b, c))),
      w.xor(b, c, d),
      w.xor(c, w.or(b, w.not(d))),
    ][round];
    const k = [i, 5 * i + 1, 3 * i + 5, 7 * i][round] & 15;
    const sine = BigInt(Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32));
    const sum = w.add(a, mixed, w.constant(sine), get(local(4 + k)));
    code.push(set(local(names[0]), w.add(b, w.rotateLeft(sum, md5Shifts[round * 4 + (i & 3)]))));
    names = [names[3], names[0], names[1], names[2]];
  }
  return [...code, ...addState(w, names)];
});

// SHA-1

export const sha1: Compress = compression(5, 64, many(32, 21), () => {
  const w = words32;
  const code = [...loadState(w, 5), ...loadBlock(w, 5, true)];
  const word = (i: number): number => local(5 + (i & 15));
  let names = [0, 1, 2, 3, 4];
  for (let i = 0; i < 80; i++) {
    if (i >= 16) {
      const sum = w.xor(get(word(i - 3)), get(word(i - 8)), get(word(i - 14)), get(word(i)));
      code.push(set(word(i), w.rotateLeft(sum, 1)));
    }
    const [a, b, c, d, e] = names.map((name) => get(local(name)));
    const choice = w.xor(d, w.and(b, w.xor(c, d)));
    const parity = w.xor(b, c, d);
    const majority = w.or(w.and(b, c), w.and(d, w.or(b, c)));
    const mixed = [choice, parity, majority, parity][Math.floor(i / 20)];
    const constant = [0x5a827999n, 0x6ed9eba1n, 0x8f1bbcdcn, 0xca62c1d6n][Math.floor(i / 20)];
    code.push(set(local(names[4]), w.add(e, w.rotateLeft(a, 5), mixed, w.constant(constant), get(word(i)))));
    code.push(set(local(names[1]), w.rotateLeft(b, 30)));
    names = [names[4], names[0], names[1], names[2], names[3]];
  }
  return [...code, ...addState(w, names)];
});

// SHA-2

interface Sha2 {
  readonly words: WordCode;
  readonly rounds: number;
  /** two turns and a shift of the words that are made of others */
  readonly schedule: readonly [number, number, number][];
  /** three turns of a and of e */
  readonly sums: readonly [number, number, number][];
}

function sha2({ words: w, rounds, schedule, sums }: Sha2): readonly Code[] {
  const code = [...loadState(w, 8), ...loadBlock(w, 8, true)];
  const word = (i: number): number => local(8 + (i & 15));
  const mixed = (name: number, [first, second, shift]: readonly [number, number, number]): Code =>
    w.xor(w.rotateRight(get(name), first), w.rotateRight(get(name), second), w.shiftRight(get(name), shift));
  const turned = (term: Code, turns: readonly [number, number, number]): Code =>
    w.xor(...turns.map((turn) => w.rotateRight(term, turn)));
  let names = [0, 1, 2, 3, 4, 5, 6, 7];
  firstPrimes(rounds).forEach((prime, i) => {
    if (i >= 16) {
      const sum = [mixed(word(i - 15), schedule[0]), get(word(i - 7)), mixed(word(i - 2), schedule[1])];
      code.push(set(word(i), w.add(get(word(i)), ...sum)));
    }
    const [a, b, c, d, e, f, g, h] = names.map((name) => get(local(name)));
    const root = rootFraction(prime, 3);
    const constant = w.constant(w.width === 64 ? root : root >> 32n);
    const choice = w.xor(g, w.and(e, w.xor(f, g)));
    const majority = w.or(w.and(a, b), w.and(c, w.or(a, b)));
    code.push(set(local(names[7]), w.add(h, turned(e, sums[1]), choice, constant, get(word(i)))));
    code.push(set(local(names[3]), w.add(d, h)));
    code.push(set(local(names[7]), w.add(h, turned(a, sums[0]), majority)));
    names = [names[7], ...names.slice(0, 7)];
  });
  return [...code, ...addState(w, names)];
}

export const sha256: Compress = compression(8, 64, many(32, 24), () =>
  sha2({
    words: words32,
    rounds: 64,
    schedule: [
      [7, 18, 3],
      [17, 19, 10],
    ],
    sums: [
      [2, 13, 22],
      [6, 11, 25],
    ],
  }),
);
export const sha512: Compress = compression(16, 128, many(64, 24), () =>
  sha2({
    words: words64,
    rounds: 80,
    schedule: [
      [1, 8, 7],
      [19, 61, 6],
    ],
    sums: [
      [28, 34, 39],
      [14, 18, 41],
    ],
  }),
);

// SHA-3: Keccak-f[1600]

/** Round constants, by the linear feedback shift register that defines them. */
function keccakConstants(): bigint[] {
  let register = 1;
  return Array.from({ length: 24 }, () => {
    let constant = 0n;
    for (let j = 0; j < 7; j++) {
      if (register & 1) constant |= 1n << BigInt(2 ** j - 1);
      register = (register << 1) ^ (register & 0x80 ? 0x171 : 0);
    }
    return constant;
  });
}

/** The permutation of the lanes in locals 0 to 24; locals 25 to 49 are its working space, 50 to 54 its columns. */
function keccakRounds(): Code[] {
  const w = words64;
  const code: Code[] = [];
  for (const constant of keccakConstants()) {
    for (let x = 0; x < 5; x++) {
      code.push(set(local(50 + x), w.xor(...[0, 5, 10, 15, 20].map((y) => get(local(x + y))))));
    }
    /** lane (x, y) after the step theta */
    const lane = (x: number, y: number): Code =>
      w.xor(get(local(x + 5 * y)), get(local(50 + ((x + 4) % 5))), w.rotateLeft(get(local(50 + ((x + 1) % 5))), 1));
    code.push(set(local(25), lane(0, 0)));
    let [x, y] = [1, 0];
    for (let t = 0; t < 24; t++) {
      const turn = (((t + 1) * (t + 2)) / 2) % 64;
      const next = (2 * x + 3 * y) % 5;
      code.push(set(local(25 + y + 5 * next), w.rotateLeft(lane(x, y), turn)));
      [x, y] = [y, next];
    }
    for (let to = 0; to < 25; to++) {
      const row = to - (to % 5);
      const [second, third] = [1, 2].map((k) => get(local(25 + row + ((to + k) % 5))));
      const mixed = w.xor(get(local(25 + to)), w.and(w.not(second), third));
      code.push(set(local(to), to === 0 ? w.xor(mixed, w.constant(constant)) : mixed));
    }
  }
  return code;
}
/** A sponge that takes in blocks of `rate` bytes. */
export function keccak(rate: number): Compress {
  return compression(50, rate, many(64, 55), () => {
    const w = words64;
    const load = Array.from({ length: 25 }, (_, i) => {
      const lane = w.load(zero, i * 8);
      return set(local(i), i * 8 < rate ? w.xor(lane, w.load(get(0), i * 8)) : lane);
    });
    const store = Array.from({ length: 25 }, (_, i) => w.store(zero, i * 8, get(local(i))));
    return [...load, ...keccakRounds(), ...store];
  });
}

// BLAKE2

const SIGMA: readonly string[] = [
  '0123456789abcdef',
  'ea489fd61c02b753',
  'b8c052fdae367194',
  '7931dcbe265a40f8',
  '905724afe1bc683d',
  '2c6a0b834d75fe19',
  'c51fed4a0763928b',
  'db7ec13950f4862a',
  '6fe9b308c2d714a5',
  'a2847615fb9e3cd0',
];
/** Which four of the sixteen numbers each step mixes. */
const blakeSteps = [
  [0, 4, 8, 12],
  [1, 5, 9, 13],
  [2, 6, 10, 14],
  [3, 7, 11, 15],
  [0, 5, 10, 15],
  [1, 6, 11, 12],
  [2, 7, 8, 13],
  [3, 4, 9, 14],
];

/** Settings, as words: how many bytes there were before the block (64 bits), how many it has, the two final flags. */
const Setting = {
  count: SETTINGS / 4,
  size: SETTINGS / 4 + 2,
  last: SETTINGS / 4 + 3,
  lastNode: SETTINGS / 4 + 4,
};

function blake2(w: WordCode, rounds: number, turns: readonly [number, number, number, number]): readonly Code[] {
  const at = (setting: number): number => setting * 4;
  const wide = w.width === 64;
  const start = squareRoots(0, 8);
  const total = words64.add(words64.load(zero, at(Setting.count)), extended(words32.load(zero, at(Setting.size))));
  const code: Code[] = [...loadState(w, 8), ...loadBlock(w, 16, false)];
  code.push(words64.store(zero, at(Setting.count), total));
  const flag = (setting: number): Code => {
    const value = words32.load(zero, at(setting));
    return wide ? extended(value) : value;
  };
  const extra: (Code | null)[] = [null, null, null, null, w.load(zero, at(Setting.count))];
  extra.push(wide ? null : w.load(zero, at(Setting.count) + 4), flag(Setting.last), flag(Setting.lastNode));
  start.forEach((root, i) => {
    const constant = w.constant(wide ? root : root >> 32n);
    const other = extra[i];
    code.push(set(local(8 + i), other === null ? constant : w.xor(constant, other)));
  });
  for (let round = 0; round < rounds; round++) {
    const order = Array.from(SIGMA[round % 10], (digit) => Number.parseInt(digit, 16));
    blakeSteps.forEach(([a, b, c, d], i) => {
      const value = (index: number): Code => get(local(index));
      for (const half of [0, 1]) {
        const message = get(local(16 + order[2 * i + half]));
        code.push(set(local(a), w.add(value(a), value(b), message)));
        code.push(set(local(d), w.rotateRight(w.xor(value(d), value(a)), turns[2 * half])));
        code.push(set(local(c), w.add(value(c), value(d))));
        code.push(set(local(b), w.rotateRight(w.xor(value(b), value(c)), turns[2 * half + 1])));
      }
    });
  }
  for (let i = 0; i < 8; i++) {
    const offset = (i * w.width) / 8;
    code.push(w.store(zero, offset, w.xor(w.load(zero, offset), get(local(i)), get(local(8 + i)))));
  }
  return code;
}

/**
 * Takes in blocks, before which `count` bytes were taken in already. `size` is how many bytes of the last one are no
 * padding; `last` and `lastNode` say that no block, no node follows.
 */
export type BlakeCompress = (
  state: number,
  block: number,
  blocks: number,
  count: number,
  size: number,
  last: boolean,
  lastNode: boolean,
) => void;

function blakeCompression(
  stateWords: number,
  blockSize: number,
  width: Width,
  code: () => readonly Code[],
): BlakeCompress {
  const compress = compression(stateWords, blockSize, many(width, 32), code);
  return (state, block, blocks, count, size, last, lastNode) => {
    readyMemory();
    memoryWords[Setting.count] = count;
    memoryWords[Setting.count + 1] = Math.floor(count / 4294967296);
    memoryWords[Setting.size] = size;
    memoryWords[Setting.last] = last ? -1 : 0;
    memoryWords[Setting.lastNode] = lastNode ? -1 : 0;
    compress(state, block, blocks);
  };
}
export const blake2b = blakeCompression(16, 128, 64, () => blake2(words64, 12, [32, 24, 16, 63]));
export const blake2s = blakeCompression(8, 64, 32, () => blake2(words32, 10, [16, 12, 8, 7]));
