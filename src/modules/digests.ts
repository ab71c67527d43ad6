/**
 * The compression functions of MD5, SHA-1, SHA-2, SHA-3 and BLAKE2. Each works on a state of 32-bit words in the heap
 * (64-bit numbers as low word, high word), so that a hash object is nothing but memory. Used by hashes.ts.
 *
 * Turned down: Node's own hashes. Their state lives in OpenSSL, where no heap image can find it.
 */
import { bytes, words } from '../heap/memory.ts';

/** Takes one block of bytes from byte offset `block` into the state at word index `state`. */
export type Compress = (state: number, block: number) => void;

const rotateLeft = (x: number, n: number): number => (x << n) | (x >>> (32 - n));

/** The fractional parts of numbers as 64 bits, from which the constants of these functions are made. */
function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  return primes;
}
/** floor(fraction(n ** (1/root)) * 2**64) as low and high words. */
function rootFraction(n: number, root: 2 | 3): [low: number, high: number] {
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
  return [Number(guess & 0xffffffffn) | 0, Number((guess >> 32n) & 0xffffffffn) | 0];
}

// MD5

const md5Sines = Int32Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32) | 0);
const md5Shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];

export const md5: Compress = (state, block) => {
  const word = (i: number): number => {
    const at = block + i * 4;
    return bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
  };
  let a = words[state];
  let b = words[state + 1];
  let c = words[state + 2];
  let d = words[state + 3];
  for (let i = 0; i < 64; i++) {
    const round = i >> 4;
    let mixed: number;
    let k: number;
    if (round === 0) {
      mixed = (b & c) | (~b & d);
      k = i;
    } else if (round === 1) {
      mixed = (d & b) | (~d & c);
      k = (5 * i + 1) & 15;
    } else if (round === 2) {
      mixed = b ^ c ^ d;
      k = (3 * i + 5) & 15;
    } else {
      mixed = c ^ (b | ~d);
      k = (7 * i) & 15;
    }
    const sum = (a + mixed + md5Sines[i] + word(k)) | 0;
    a = d;
    d = c;
    c = b;
    b = (b + rotateLeft(sum, md5Shifts[round * 4 + (i & 3)])) | 0;
  }
  words[state] += a;
  words[state + 1] += b;
  words[state + 2] += c;
  words[state + 3] += d;
};

const bigEndian = (at: number): number =>
  (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];

// SHA-1

const schedule = new Int32Array(160);

export const sha1: Compress = (state, block) => {
  const w = schedule;
  for (let i = 0; i < 16; i++) w[i] = bigEndian(block + i * 4);
  for (let i = 16; i < 80; i++) w[i] = rotateLeft(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
  let a = words[state];
  let b = words[state + 1];
  let c = words[state + 2];
  let d = words[state + 3];
  let e = words[state + 4];
  for (let i = 0; i < 80; i++) {
    let mixed: number;
    if (i < 20) mixed = ((b & c) | (~b & d)) + 0x5a827999;
    else if (i < 40) mixed = (b ^ c ^ d) + 0x6ed9eba1;
    else if (i < 60) mixed = ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
    else mixed = (b ^ c ^ d) + 0xca62c1d6;
    const next = (rotateLeft(a, 5) + mixed + e + w[i]) | 0;
    e = d;
    d = c;
    c = rotateLeft(b, 30);
    b = a;
    a = next;
  }
  words[state] += a;
  words[state + 1] += b;
  words[state + 2] += c;
  words[state + 3] += d;
  words[state + 4] += e;
};

// SHA-2

let cubeRoots: { low: Int32Array; high: Int32Array } | null = null;
function sha2Constants(): { low: Int32Array; high: Int32Array } {
  if (cubeRoots === null) {
    const roots = firstPrimes(80).map((prime) => rootFraction(prime, 3));
    cubeRoots = { low: Int32Array.from(roots, ([low]) => low), high: Int32Array.from(roots, ([, high]) => high) };
  }
  return cubeRoots;
}

/** The initial states, as words: those of SHA-512 and SHA-384 are square roots of primes, SHA-256's their upper halves. */
export function sha512Start(): number[] {
  return firstPrimes(8).flatMap((prime) => rootFraction(prime, 2));
}
export function sha384Start(): number[] {
  return firstPrimes(16)
    .slice(8)
    .flatMap((prime) => rootFraction(prime, 2));
}
export function sha256Start(): number[] {
  return firstPrimes(8).map((prime) => rootFraction(prime, 2)[1]);
}
/** SHA-224 begins with the lower halves of SHA-384's. */
export function sha224Start(): number[] {
  return firstPrimes(16)
    .slice(8)
    .map((prime) => rootFraction(prime, 2)[0]);
}

export const sha256: Compress = (state, block) => {
  const w = schedule;
  const k = sha2Constants().high;
  for (let i = 0; i < 16; i++) w[i] = bigEndian(block + i * 4);
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15];
    const y = w[i - 2];
    const s0 = rotateLeft(x, 25) ^ rotateLeft(x, 14) ^ (x >>> 3);
    const s1 = rotateLeft(y, 15) ^ rotateLeft(y, 13) ^ (y >>> 10);
    w[i] = w[i - 16] + s0 + w[i - 7] + s1;
  }
  let a = words[state];
  let b = words[state + 1];
  let c = words[state + 2];
  let d = words[state + 3];
  let e = words[state + 4];
  let f = words[state + 5];
  let g = words[state + 6];
  let h = words[state + 7];
  for (let i = 0; i < 64; i++) {
    const s1 = rotateLeft(e, 26) ^ rotateLeft(e, 21) ^ rotateLeft(e, 7);
    const first = (h + s1 + ((e & f) ^ (~e & g)) + k[i] + w[i]) | 0;
    const s0 = rotateLeft(a, 30) ^ rotateLeft(a, 19) ^ rotateLeft(a, 10);
    const second = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  words[state] += a;
  words[state + 1] += b;
  words[state + 2] += c;
  words[state + 3] += d;
  words[state + 4] += e;
  words[state + 5] += f;
  words[state + 6] += g;
  words[state + 7] += h;
};

/** Carries out of sums of low words: a double holds the sum of several exactly. */
const carry = (sum: number): number => Math.floor(sum / 4294967296);

/** Working variables of SHA-512: eight numbers, low and high words. */
const v = new Int32Array(16);

export const sha512: Compress = (state, block) => {
  const w = schedule;
  const { low: kLow, high: kHigh } = sha2Constants();
  for (let i = 0; i < 16; i++) {
    w[2 * i + 1] = bigEndian(block + i * 8);
    w[2 * i] = bigEndian(block + i * 8 + 4);
  }
  for (let i = 16; i < 80; i++) {
    const xl = w[2 * i - 30];
    const xh = w[2 * i - 29];
    const yl = w[2 * i - 4];
    const yh = w[2 * i - 3];
    const s0l = ((xl >>> 1) | (xh << 31)) ^ ((xl >>> 8) | (xh << 24)) ^ ((xl >>> 7) | (xh << 25));
    const s0h = ((xh >>> 1) | (xl << 31)) ^ ((xh >>> 8) | (xl << 24)) ^ (xh >>> 7);
    const s1l = ((yl >>> 19) | (yh << 13)) ^ ((yh >>> 29) | (yl << 3)) ^ ((yl >>> 6) | (yh << 26));
    const s1h = ((yh >>> 19) | (yl << 13)) ^ ((yl >>> 29) | (yh << 3)) ^ (yh >>> 6);
    const low = (w[2 * i - 32] >>> 0) + (s0l >>> 0) + (w[2 * i - 14] >>> 0) + (s1l >>> 0);
    w[2 * i] = low;
    w[2 * i + 1] = w[2 * i - 31] + s0h + w[2 * i - 13] + s1h + carry(low);
  }
  for (let i = 0; i < 16; i++) v[i] = words[state + i];
  for (let i = 0; i < 80; i++) {
    const el = v[8];
    const eh = v[9];
    const s1l = ((el >>> 14) | (eh << 18)) ^ ((el >>> 18) | (eh << 14)) ^ ((eh >>> 9) | (el << 23));
    const s1h = ((eh >>> 14) | (el << 18)) ^ ((eh >>> 18) | (el << 14)) ^ ((el >>> 9) | (eh << 23));
    const chl = (el & v[10]) ^ (~el & v[12]);
    const chh = (eh & v[11]) ^ (~eh & v[13]);
    const firstLow = (v[14] >>> 0) + (s1l >>> 0) + (chl >>> 0) + (kLow[i] >>> 0) + (w[2 * i] >>> 0);
    const firstHigh = (v[15] + s1h + chh + kHigh[i] + w[2 * i + 1] + carry(firstLow)) | 0;
    const al = v[0];
    const ah = v[1];
    const s0l = ((al >>> 28) | (ah << 4)) ^ ((ah >>> 2) | (al << 30)) ^ ((ah >>> 7) | (al << 25));
    const s0h = ((ah >>> 28) | (al << 4)) ^ ((al >>> 2) | (ah << 30)) ^ ((al >>> 7) | (ah << 25));
    const majl = (al & v[2]) ^ (al & v[4]) ^ (v[2] & v[4]);
    const majh = (ah & v[3]) ^ (ah & v[5]) ^ (v[3] & v[5]);
    const secondLow = (s0l >>> 0) + (majl >>> 0);
    const secondHigh = (s0h + majh + carry(secondLow)) | 0;
    for (let j = 15; j >= 2; j--) v[j] = v[j - 2];
    const eLow = (v[8] >>> 0) + ((firstLow | 0) >>> 0);
    v[8] = eLow;
    v[9] = v[9] + firstHigh + carry(eLow);
    const aLow = ((firstLow | 0) >>> 0) + ((secondLow | 0) >>> 0);
    v[0] = aLow;
    v[1] = firstHigh + secondHigh + carry(aLow);
  }
  for (let i = 0; i < 16; i += 2) {
    const low = (words[state + i] >>> 0) + (v[i] >>> 0);
    words[state + i] = low;
    words[state + i + 1] = words[state + i + 1] + v[i + 1] + carry(low);
  }
};

// SHA-3: Keccak-f[1600]

/** Round constants, by the linear feedback shift register that defines them. */
const keccakConstants: Int32Array = ((): Int32Array => {
  const constants = new Int32Array(48);
  let register = 1;
  for (let round = 0; round < 24; round++) {
    for (let j = 0; j < 7; j++) {
      const bit = 2 ** j - 1;
      if (register & 1) constants[2 * round + (bit >= 32 ? 1 : 0)] ^= 1 << (bit & 31);
      register = (register << 1) ^ (register & 0x80 ? 0x171 : 0);
    }
  }
  return constants;
})();
/** Where each lane goes in the step pi, and by how much it is turned in rho. */
const keccakLanes: { to: number; turn: number }[] = ((): { to: number; turn: number }[] => {
  const lanes: { to: number; turn: number }[] = [];
  lanes[0] = { to: 0, turn: 0 };
  let x = 1;
  let y = 0;
  for (let t = 0; t < 24; t++) {
    lanes[x + 5 * y] = { to: y + 5 * ((2 * x + 3 * y) % 5), turn: (((t + 1) * (t + 2)) / 2) % 64 };
    [x, y] = [y, (2 * x + 3 * y) % 5];
  }
  return lanes;
})();
const columns = new Int32Array(10);
const moved = new Int32Array(50);

/** The permutation of the 50 words at word index `state`. */
export function keccak(state: number): void {
  for (let round = 0; round < 24; round++) {
    for (let x = 0; x < 10; x++) {
      let sum = 0;
      for (let y = 0; y < 50; y += 10) sum ^= words[state + x + y];
      columns[x] = sum;
    }
    for (let x = 0; x < 5; x++) {
      const before = ((x + 4) % 5) * 2;
      const after = ((x + 1) % 5) * 2;
      const low = columns[before] ^ ((columns[after] << 1) | (columns[after + 1] >>> 31));
      const high = columns[before + 1] ^ ((columns[after + 1] << 1) | (columns[after] >>> 31));
      for (let y = 0; y < 50; y += 10) {
        words[state + 2 * x + y] ^= low;
        words[state + 2 * x + y + 1] ^= high;
      }
    }
    for (let lane = 0; lane < 25; lane++) {
      const { to, turn } = keccakLanes[lane];
      let low = words[state + 2 * lane];
      let high = words[state + 2 * lane + 1];
      if (turn >= 32) [low, high] = [high, low];
      const n = turn & 31;
      moved[2 * to] = n === 0 ? low : (low << n) | (high >>> (32 - n));
      moved[2 * to + 1] = n === 0 ? high : (high << n) | (low >>> (32 - n));
    }
    for (let y = 0; y < 50; y += 10) {
      for (let x = 0; x < 10; x++) {
        words[state + x + y] = moved[x + y] ^ (~moved[((x + 2) % 10) + y] & moved[((x + 4) % 10) + y]);
      }
    }
    words[state] ^= keccakConstants[2 * round];
    words[state + 1] ^= keccakConstants[2 * round + 1];
  }
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
const sigma = SIGMA.map((row) => Array.from(row, (digit) => Number.parseInt(digit, 16)));
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

const u = new BigUint64Array(16);
const message = new BigUint64Array(16);
const MASK = 0xffffffffffffffffn;

/**
 * One block of BLAKE2b: state of 8 numbers of 64 bits at `state`, `count` bytes so far; `last` and `lastNode` say that no
 * block, no node follows. (With BigInts: blake2b is rare and this is short.)
 */
export function blake2b(state: number, block: number, count: number, last: boolean, lastNode: boolean): void {
  const start = sha512Numbers();
  for (let i = 0; i < 8; i++) {
    u[i] = (BigInt(words[state + 2 * i + 1] >>> 0) << 32n) | BigInt(words[state + 2 * i] >>> 0);
    u[i + 8] = start[i];
  }
  u[12] ^= BigInt(count);
  if (last) u[14] ^= MASK;
  if (lastNode) u[15] ^= MASK;
  for (let i = 0; i < 16; i++) {
    let number = 0n;
    for (let j = 7; j >= 0; j--) number = (number << 8n) | BigInt(bytes[block + i * 8 + j]);
    message[i] = number;
  }
  const turn = (x: bigint, n: bigint): bigint => (x >> n) | ((x << (64n - n)) & MASK);
  for (let round = 0; round < 12; round++) {
    const order = sigma[round % 10];
    blakeSteps.forEach(([a, b, c, d], i) => {
      u[a] = (u[a] + u[b] + message[order[2 * i]]) & MASK;
      u[d] = turn(u[d] ^ u[a], 32n);
      u[c] = (u[c] + u[d]) & MASK;
      u[b] = turn(u[b] ^ u[c], 24n);
      u[a] = (u[a] + u[b] + message[order[2 * i + 1]]) & MASK;
      u[d] = turn(u[d] ^ u[a], 16n);
      u[c] = (u[c] + u[d]) & MASK;
      u[b] = turn(u[b] ^ u[c], 63n);
    });
  }
  for (let i = 0; i < 8; i++) {
    const mixed = u[i] ^ u[i + 8];
    words[state + 2 * i] ^= Number(mixed & 0xffffffffn);
    words[state + 2 * i + 1] ^= Number(mixed >> 32n);
  }
}
let startNumbers: bigint[] | null = null;
function sha512Numbers(): bigint[] {
  if (startNumbers === null) {
    const start = sha512Start();
    startNumbers = Array.from({ length: 8 }, (_, i) => {
      return (BigInt(start[2 * i + 1] >>> 0) << 32n) | BigInt(start[2 * i] >>> 0);
    });
  }
  return startNumbers;
}

const v32 = new Int32Array(16);
const message32 = new Int32Array(16);
let start32: number[] | null = null;

/** The same for BLAKE2s: 8 numbers of 32 bits. */
export function blake2s(state: number, block: number, count: number, last: boolean, lastNode: boolean): void {
  start32 ??= sha256Start();
  for (let i = 0; i < 8; i++) {
    v32[i] = words[state + i];
    v32[i + 8] = start32[i];
  }
  v32[12] ^= count;
  v32[13] ^= Math.floor(count / 4294967296);
  if (last) v32[14] ^= -1;
  if (lastNode) v32[15] ^= -1;
  for (let i = 0; i < 16; i++) {
    const at = block + i * 4;
    message32[i] = bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
  }
  for (let round = 0; round < 10; round++) {
    const order = sigma[round];
    for (let i = 0; i < 8; i++) {
      const [a, b, c, d] = blakeSteps[i];
      v32[a] += v32[b] + message32[order[2 * i]];
      v32[d] = rotateLeft(v32[d] ^ v32[a], 16);
      v32[c] += v32[d];
      v32[b] = rotateLeft(v32[b] ^ v32[c], 20);
      v32[a] += v32[b] + message32[order[2 * i + 1]];
      v32[d] = rotateLeft(v32[d] ^ v32[a], 24);
      v32[c] += v32[d];
      v32[b] = rotateLeft(v32[b] ^ v32[c], 25);
    }
  }
  for (let i = 0; i < 8; i++) words[state + i] ^= v32[i] ^ v32[i + 8];
}
