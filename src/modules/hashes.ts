/**
 * _md5, _sha1, _sha2, _sha3 and _blake2: the hash objects behind hashlib (there is no _hashlib, so it takes these). An
 * object's whole state is one internal array: how much is pending, how much there was, the state of the compression
 * function (digests.ts), and the block that is not full yet.
 */
import { Fixed, type T, T as Types } from '../heap/fixed.ts';
import { ArrayObject, RecordObject, Type } from '../heap/layouts.ts';
import { allocate, bytes, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { isNull, refAt, setRef } from '../heap/values.ts';
import { bufferData, bufferLength, isBytesLike, readBuffer } from '../objects/buffers.ts';
import { newBytesFromHeap } from '../objects/bytes.ts';
import { declareType, newRecord, recordValue } from '../objects/declared-types.ts';
import { dictSetString } from '../objects/dicts.ts';
import { raiseOverflow, raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { bigIntAt, index, setInt, sizeOf } from '../objects/integers.ts';
import { registerModule } from '../objects/modules.ts';
import { getset, natives, staticNatives } from '../objects/natives.ts';
import { truth } from '../objects/operations.ts';
import { intern, isStr, newString } from '../objects/strings.ts';
import {
  type BlakeCompress,
  blake2b,
  blake2s,
  type Compress,
  keccak,
  md5,
  sha1,
  sha224Start,
  sha256,
  sha256Start,
  sha384Start,
  sha512,
  sha512Start,
} from './digests.ts';

/** Words of the array, from the start of its data; the block follows the state. */
enum Field {
  pending,
  countLow,
  countHigh,
  lastNode,
  state,
}

interface Algorithm {
  readonly type: T;
  readonly name: string;
  readonly blockSize: number;
  readonly digestSize: number;
  readonly stateWords: number;
  readonly start: () => ArrayLike<number>;
  /** takes in full blocks that more data follows, and before which there were `count` bytes */
  readonly absorb: (state: number, block: number, blocks: number, count: number) => void;
  /** takes in the last block, of which `pending` bytes are filled and the rest are free to write to */
  readonly finish: (array: number, state: number, block: number, pending: number) => void;
  /** bytes of the digest lie in the state word by word, the high byte first */
  readonly bigEndian: boolean;
  /** 64-bit words of which the low half lies first */
  readonly wide: boolean;
}
const algorithms = new Map<number, Algorithm>();

function field(array: number, name: Field): number {
  return (array << 1) + ArrayObject.data + name;
}
function countOf(array: number): number {
  return words[field(array, Field.countHigh)] * 4294967296 + (words[field(array, Field.countLow)] >>> 0);
}
function addCount(array: number, length: number): void {
  const count = countOf(array) + length;
  words[field(array, Field.countLow)] = count;
  words[field(array, Field.countHigh)] = Math.floor(count / 4294967296);
}

// The two ways to pad.

/** MD5, SHA-1, SHA-2: a one bit, zeros, the length in bits in the last 8 (or 16) bytes. */
function merkleDamgard(
  compress: Compress,
  blockSize: number,
  bigEndian: boolean,
): Pick<Algorithm, 'absorb' | 'finish'> {
  return {
    absorb: (state, block, blocks) => compress(state, block, blocks),
    finish: (array, state, block, pending) => {
      const lengthAt = blockSize - blockSize / 8;
      bytes[block + pending] = 0x80;
      bytes.fill(0, block + pending + 1, block + blockSize);
      if (pending >= lengthAt) {
        compress(state, block, 1);
        bytes.fill(0, block, block + blockSize);
      }
      let bits = countOf(array) * 8;
      for (let i = 0; i < 8 && bits > 0; i++) {
        bytes[bigEndian ? block + blockSize - 1 - i : block + lengthAt + i] = bits % 256;
        bits = Math.floor(bits / 256);
      }
      compress(state, block, 1);
    },
  };
}

function sponge(rate: number, suffix: number): Pick<Algorithm, 'absorb' | 'finish'> {
  const mix = keccak(rate);
  return {
    absorb: mix,
    finish: (_array, state, block, pending) => {
      bytes.fill(0, block + pending, block + rate);
      bytes[block + pending] ^= suffix;
      bytes[block + rate - 1] ^= 0x80;
      mix(state, block, 1);
    },
  };
}

function defineAlgorithm(algorithm: Algorithm): void {
  algorithms.set(algorithm.type, algorithm);
}
const algorithmOf = (slot: number): Algorithm => {
  let type = words[refAt(slot) << 1];
  while (!algorithms.has(type)) type = words[(type << 1) + Type.layoutBase];
  return algorithms.get(type)!;
};
const arrayOf = (slot: number): number => refAt(recordValue(refAt(slot), 0));

function newHash(algorithm: Algorithm, type: number): number {
  const { stateWords, blockSize } = algorithm;
  const size = (Field.state + stateWords) * 4 + blockSize;
  const array = allocate(1 + ((size + 7) >> 3));
  words[array << 1] = Types.raw;
  words[(array << 1) + ArrayObject.length] = size;
  words.fill(0, field(array, 0), field(array, Field.state));
  const start = algorithm.start();
  for (let i = 0; i < stateWords; i++) words[field(array, Field.state + i)] = start[i] ?? 0;
  const hash = newRecord(type);
  words[(hash << 1) + RecordObject.aux] = algorithm.digestSize;
  setRef(recordValue(hash, 0), array);
  return hash;
}

/** Takes in bytes of the heap. A full block waits until more comes: BLAKE2 must know the last one. */
function absorb(algorithm: Algorithm, array: number, from: number, length: number): void {
  const { blockSize, stateWords } = algorithm;
  const state = field(array, Field.state);
  const block = (state + stateWords) * 4;
  const pendingAt = field(array, Field.pending);
  const pending = words[pendingAt];
  const count = countOf(array);
  addCount(array, length);
  const room = blockSize - pending;
  let at = from;
  let left = length;
  if (length > room) {
    if (pending > 0) {
      bytes.copyWithin(block + pending, at, at + room);
      algorithm.absorb(state, block, 1, count - pending);
      at += room;
      left -= room;
    }
    const blocks = Math.floor((left - 1) / blockSize);
    if (blocks > 0) algorithm.absorb(state, at, blocks, count + length - left);
    at += blocks * blockSize;
    left -= blocks * blockSize;
    words[pendingAt] = 0;
  }
  const to = block + words[pendingAt];
  if (left < 16) for (let i = 0; i < left; i++) bytes[to + i] = bytes[at + i];
  else bytes.copyWithin(to, at, at + left);
  words[pendingAt] += left;
}

/** The argument of update() and constructors. */
function update(hash: number, slot: number): void {
  if (isStr(slot)) raiseTypeError('Strings must be encoded before hashing');
  if (!isBytesLike(slot)) raiseTypeError('object supporting the buffer API required');
  readBuffer(slot);
  absorb(algorithmOf(hash), arrayOf(hash), bufferData, bufferLength);
}

/** The state words after padding, in a copy of the object's array, whose ref is returned. */
function finished(hash: number): number {
  const algorithm = algorithmOf(hash);
  const copy = copyArray(arrayOf(hash));
  const state = field(copy, Field.state);
  const block = (state + algorithm.stateWords) * 4;
  let pending = words[field(copy, Field.pending)];
  if (pending === algorithm.blockSize && !isBlake(algorithm)) {
    algorithm.absorb(state, block, 1, countOf(copy) - pending);
    pending = 0;
  }
  algorithm.finish(copy, state, block, pending);
  return copy;
}
const isBlake = (algorithm: Algorithm): boolean => algorithm.name.startsWith('blake');

function copyArray(array: number): number {
  const cells = 1 + ((words[(array << 1) + ArrayObject.length] + 7) >> 3);
  const copy = allocate(cells);
  words.copyWithin(copy << 1, array << 1, (array + cells) << 1);
  return copy;
}

/** The first `size` bytes of the digest (shakes have as many as one likes). */
function digest(hash: number, size: number): number {
  const algorithm = algorithmOf(hash);
  const state = field(finished(hash), Field.state);
  const block = (state + algorithm.stateWords) * 4;
  const result = newBytesFromHeap(0, size);
  const to = result * 8 + 16;
  const rate = algorithm.blockSize;
  for (let i = 0; i < size; i++) {
    const at = algorithm.stateWords === 50 ? i % rate : i;
    if (i > 0 && at === 0) {
      // the next bytes of a sponge come out when it takes in nothing
      bytes.fill(0, block, block + rate);
      algorithm.absorb(state, block, 1, 0);
    }
    let byte = at;
    if (algorithm.bigEndian) byte = algorithm.wide ? at ^ 7 : at ^ 3;
    bytes[to + i] = bytes[state * 4 + byte];
  }
  return result;
}
function hexDigest(hash: number, size: number): number {
  const ref = digest(hash, size);
  let text = '';
  for (let i = 0; i < size; i++) text += bytes[ref * 8 + 16 + i].toString(16).padStart(2, '0');
  return newString(text);
}
const digestSizeOf = (slot: number): number => words[(refAt(slot) << 1) + RecordObject.aux];

/** Methods and attributes of a hash type. */
function defineHash(algorithm: Algorithm, shake = false): void {
  const { type } = algorithm;
  defineAlgorithm(algorithm);
  natives(type, {
    'update(self, obj, /)': (args, result) => {
      update(args, args + 1);
      setRef(result, Fixed.none);
    },
    'copy(self, /)': (args, result) => {
      const copy = newRecord(words[refAt(args) << 1]);
      words[(copy << 1) + RecordObject.aux] = digestSizeOf(args);
      setRef(recordValue(copy, 0), copyArray(arrayOf(args)));
      setRef(result, copy);
    },
  });
  if (shake) {
    const sizeArgument = (slot: number): number => {
      const size = sizeOf(slot);
      if (size < 0) raiseValueError('value must be positive');
      if (size >= 2 ** 29) raiseValueError('length is too large');
      return size;
    };
    natives(type, {
      'digest(self, length, /)': (args, result) => setRef(result, digest(args, sizeArgument(args + 1))),
      'hexdigest(self, length, /)': (args, result) => setRef(result, hexDigest(args, sizeArgument(args + 1))),
    });
  } else {
    natives(type, {
      'digest(self, /)': (args, result) => setRef(result, digest(args, digestSizeOf(args))),
      'hexdigest(self, /)': (args, result) => setRef(result, hexDigest(args, digestSizeOf(args))),
    });
  }
  getset(type, 'name', (_self, result) => setRef(result, intern(algorithm.name)));
  getset(type, 'block_size', (_self, result) => setInt(result, algorithm.blockSize));
  getset(type, 'digest_size', (self, result) => setInt(result, digestSizeOf(self)));
}

/** Of the arguments `data` and `string` the one that is given, if one is. */
function sourceOf(data: number, text: number): number {
  if (!isNull(data) && !isNull(text)) {
    raiseTypeError(
      "'data' and 'string' are mutually exclusive and support for 'string' keyword parameter is slated for removal in a future version.",
    );
  }
  return isNull(data) ? text : data;
}

/** result = a new hash of `type`, fed with the argument `data` or `string` (at most one is given). */
function construct(algorithm: Algorithm, type: number, data: number, text: number, result: number): void {
  const source = sourceOf(data, text);
  const hash = pushSlots(1);
  setRef(hash, newHash(algorithm, type));
  if (!isNull(source)) update(hash, source);
  setRef(result, refAt(hash));
  popSlots(1);
}

/** A hash whose module has a function that makes it. */
function functionHash(
  module: string,
  typeName: string,
  name: string,
  blockSize: number,
  digestSize: number,
  compress: Compress,
  start: () => ArrayLike<number>,
  layout: { stateWords: number; bigEndian: boolean; wide: boolean },
): void {
  const type = declareType({ name: typeName, module, values: 1, final: true, hidden: typeName === name });
  const algorithm: Algorithm = {
    type,
    name,
    blockSize,
    digestSize,
    start,
    ...layout,
    ...merkleDamgard(compress, blockSize, layout.bigEndian),
  };
  defineHash(algorithm);
  staticNatives(type, {
    '__new__(cls, /, *args, **kwargs)': () => raiseTypeError(`cannot create '${module}.${typeName}' instances`),
  });
  natives(module, {
    [`${name}(data=..., *, usedforsecurity=True, string=...)`]: (args, result) =>
      construct(algorithm, type, args, args + 2, result),
  });
}

const narrow = (stateWords: number, bigEndian: boolean): { stateWords: number; bigEndian: boolean; wide: boolean } => ({
  stateWords,
  bigEndian,
  wide: false,
});
const wideLayout = { stateWords: 16, bigEndian: true, wide: true };
const md5Start = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
functionHash('_md5', 'md5', 'md5', 64, 16, md5, () => md5Start, narrow(4, false));
functionHash('_sha1', 'sha1', 'sha1', 64, 20, sha1, () => [...md5Start, 0xc3d2e1f0], narrow(5, true));
functionHash('_sha2', 'SHA224Type', 'sha224', 64, 28, sha256, sha224Start, narrow(8, true));
functionHash('_sha2', 'SHA256Type', 'sha256', 64, 32, sha256, sha256Start, narrow(8, true));
functionHash('_sha2', 'SHA384Type', 'sha384', 128, 48, sha512, sha384Start, wideLayout);
functionHash('_sha2', 'SHA512Type', 'sha512', 128, 64, sha512, sha512Start, wideLayout);

for (const [name, digestSize, capacity, shake] of [
  ['sha3_224', 28, 448, false],
  ['sha3_256', 32, 512, false],
  ['sha3_384', 48, 768, false],
  ['sha3_512', 64, 1024, false],
  ['shake_128', 0, 256, true],
  ['shake_256', 0, 512, true],
] as const) {
  const type = declareType({ name, module: '_sha3', values: 1, final: true });
  const rate = (1600 - capacity) / 8;
  const suffix = shake ? 0x1f : 0x06;
  const algorithm: Algorithm = {
    type,
    name,
    blockSize: rate,
    digestSize,
    stateWords: 50,
    start: () => [],
    bigEndian: false,
    wide: true,
    ...sponge(rate, suffix),
  };
  defineHash(algorithm, shake);
  staticNatives(type, {
    '__new__(cls, data=..., *, usedforsecurity=True, string=...)': (args, result) =>
      construct(algorithm, refAt(args), args + 1, args + 3, result),
  });
  getset(type, '_capacity_bits', (_self, result) => setInt(result, capacity));
  getset(type, '_rate_bits', (_self, result) => setInt(result, rate * 8));
  getset(type, '_suffix', (_self, result) => {
    bytes[result * 8] = suffix;
    setRef(result, newBytesFromHeap(result * 8, 1));
  });
}

/** BLAKE2: parameters are mixed into the start, a key is a first block. */
function defineBlake(name: string, wide: boolean, compress: BlakeCompress): void {
  const type = declareType({ name, module: '_blake2', values: 1, final: true });
  const blockSize = wide ? 128 : 64;
  const largest = wide ? 64 : 32;
  const saltSize = wide ? 16 : 8;
  const algorithm: Algorithm = {
    type,
    name,
    blockSize,
    digestSize: largest,
    stateWords: wide ? 16 : 8,
    start: wide ? sha512Start : sha256Start,
    bigEndian: false,
    wide,
    absorb: (state, block, blocks, count) => compress(state, block, blocks, count, blockSize, false, false),
    finish: (array, state, block, pending) => {
      bytes.fill(0, block + pending, block + blockSize);
      const lastNode = words[field(array, Field.lastNode)] !== 0;
      compress(state, block, 1, countOf(array) - pending, pending, true, lastNode);
    },
  };
  defineHash(algorithm);
  const small = (slot: number, high: number, message: string, low = 0): number => {
    const value = sizeOf(slot);
    if (value < low || value > high) raiseValueError(message);
    return value;
  };
  /** Copies a parameter that is bytes into the block of parameters. */
  const copyParameter = (slot: number, block: Uint8Array, at: number, room: number, what: string): void => {
    readBuffer(slot);
    if (bufferLength > room) raiseValueError(`maximum ${what} length is ${room} bytes`);
    block.set(bytes.subarray(bufferData, bufferData + bufferLength), at);
  };
  const make = (args: number, result: number): void => {
    const source = sourceOf(args + 1, args + 14);
    const parameters = new Uint8Array(64);
    const digestSize = small(
      args + 2,
      largest,
      `digest_size for ${wide ? 'Blake2b' : 'Blake2s'} must be between 1 and ${largest} bytes, here it is ${sizeOf(args + 2)}`,
      1,
    );
    parameters[0] = digestSize;
    if (!isNull(args + 4)) copyParameter(args + 4, parameters, wide ? 32 : 16, saltSize, 'salt');
    if (!isNull(args + 5)) copyParameter(args + 5, parameters, wide ? 48 : 24, saltSize, 'person');
    parameters[2] = small(args + 6, 255, 'fanout must be between 0 and 255');
    parameters[3] = small(args + 7, 255, 'depth must be between 1 and 255', 1);
    const plain = pushSlots(1);
    index(args + 8, plain);
    const leaf = bigIntAt(plain);
    if (leaf < 0n) raiseValueError('value must be positive');
    if (leaf >= 1n << 32n) raiseOverflow('leaf_size is too large');
    index(args + 9, plain);
    const offset = bigIntAt(plain);
    popSlots(1);
    if (offset < 0n) raiseValueError('value must be positive');
    if (offset >= 1n << (wide ? 64n : 48n)) raiseOverflow('node_offset is too large');
    for (let i = 0; i < 4; i++) parameters[4 + i] = Number((leaf >> BigInt(8 * i)) & 255n);
    for (let i = 0; i < (wide ? 8 : 6); i++) parameters[8 + i] = Number((offset >> BigInt(8 * i)) & 255n);
    parameters[wide ? 16 : 14] = small(args + 10, 255, 'node_depth must be between 0 and 255');
    parameters[wide ? 17 : 15] = small(args + 11, largest, `inner_size must be between 0 and is ${largest}`);
    const slots = pushSlots(1);
    const hash = newHash(algorithm, refAt(args));
    setRef(slots, hash);
    words[(hash << 1) + RecordObject.aux] = digestSize;
    const array = arrayOf(slots);
    words[field(array, Field.lastNode)] = truth(args + 12) ? 1 : 0;
    let keyLength = 0;
    if (!isNull(args + 3)) {
      readBuffer(args + 3);
      keyLength = bufferLength;
      if (keyLength > largest) raiseValueError(`maximum key length is ${largest} bytes`);
    }
    parameters[1] = keyLength;
    const state = field(array, Field.state);
    for (let i = 0; i < (wide ? 64 : 32); i++) bytes[state * 4 + i] ^= parameters[i];
    if (keyLength > 0) {
      const block = (state + algorithm.stateWords) * 4;
      bytes.fill(0, block, block + blockSize);
      bytes.copyWithin(block, bufferData, bufferData + keyLength);
      words[field(array, Field.pending)] = blockSize;
      addCount(array, blockSize);
    }
    if (!isNull(source)) update(slots, source);
    setRef(result, hash);
    popSlots(1);
  };
  staticNatives(type, {
    [`__new__(cls, data=..., *, digest_size=${largest}, key=..., salt=..., person=..., fanout=1, depth=1, leaf_size=0, node_offset=0, node_depth=0, inner_size=0, last_node=False, usedforsecurity=True, string=...)`]:
      make,
  });
  blakeConstants.push([
    type,
    { SALT_SIZE: saltSize, PERSON_SIZE: saltSize, MAX_KEY_SIZE: largest, MAX_DIGEST_SIZE: largest },
  ]);
}
const blakeConstants: [T, Readonly<Record<string, number>>][] = [];
defineBlake('blake2b', true, blake2b);
defineBlake('blake2s', false, blake2s);

for (const module of ['_md5', '_sha1', '_sha2', '_sha3']) {
  registerModule(module, (dict) => {
    const slot = pushSlots(1);
    setInt(slot, 2048);
    dictSetString(dict, intern('_GIL_MINSIZE'), slot);
    if (module === '_sha3') {
      setRef(slot, intern('copyjit'));
      dictSetString(dict, intern('implementation'), slot);
    }
    popSlots(1);
  });
}
registerModule('_blake2', (dict) => {
  const slot = pushSlots(1);
  setInt(slot, 2048);
  dictSetString(dict, intern('_GIL_MINSIZE'), slot);
  for (const [type, constants] of blakeConstants) {
    for (const [name, value] of Object.entries(constants)) {
      setInt(slot, value);
      dictSetString(words[(type << 1) + Type.dict], intern(name), slot);
    }
  }
  popSlots(1);
});
