/**
 * _random: the Mersenne Twister (MT19937) under the library's `random`. A seeded generator gives the numbers that CPython
 * gives. The state is an internal array in the heap: 624 words and the position in them.
 */
import { Fixed, T } from '../heap/fixed.ts';
import { ArrayObject } from '../heap/layouts.ts';
import { allocate, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { isRef, refAt, setFloat, setRef } from '../heap/values.ts';
import { declareType, newRecord, recordValue } from '../objects/declared-types.ts';
import { raise, raiseOverflow, raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { bigIntAt, index, isInt, safeAt, setBigInt, setInt } from '../objects/integers.ts';
import { registerModule } from '../objects/modules.ts';
import { natives, staticNatives } from '../objects/natives.ts';
import { hashOf } from '../objects/operations.ts';
import { newTuple, tupleItem, tupleSize } from '../objects/tuples.ts';

const RANDOM = declareType({ name: 'Random', module: '_random', values: 1 });

const STATE_WORDS = 624;
const MIDDLE = 397;

/** Word index of the first of the 624; the position lies behind them. */
function stateWord(slot: number): number {
  return (refAt(recordValue(refAt(slot), 0)) << 1) + ArrayObject.data;
}

function initialize(state: number, seed: number): void {
  words[state] = seed;
  for (let i = 1; i < STATE_WORDS; i++) {
    const previous = words[state + i - 1];
    words[state + i] = Math.imul(1812433253, previous ^ (previous >>> 30)) + i;
  }
  words[state + STATE_WORDS] = STATE_WORDS;
}

function initializeByKey(state: number, key: ArrayLike<number>): void {
  initialize(state, 19650218);
  let i = 1;
  let j = 0;
  const step = (factor: number, added: number): void => {
    const previous = words[state + i - 1];
    words[state + i] = (words[state + i] ^ Math.imul(previous ^ (previous >>> 30), factor)) + added;
    if (++i >= STATE_WORDS) {
      words[state] = words[state + STATE_WORDS - 1];
      i = 1;
    }
  };
  for (let k = Math.max(STATE_WORDS, key.length); k > 0; k--) {
    step(1664525, (key[j] | 0) + j);
    if (++j >= key.length) j = 0;
  }
  for (let k = STATE_WORDS - 1; k > 0; k--) step(1566083941, -i);
  words[state] = 0x80000000 | 0;
}

function regenerate(state: number): void {
  for (let k = 0; k < STATE_WORDS; k++) {
    const next = k + 1 < STATE_WORDS ? k + 1 : 0;
    const far = k + MIDDLE < STATE_WORDS ? k + MIDDLE : k + MIDDLE - STATE_WORDS;
    const y = (words[state + k] & 0x80000000) | (words[state + next] & 0x7fffffff);
    words[state + k] = words[state + far] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
  }
}

/** The next 32 bits, as a signed number. */
function next32(state: number): number {
  let position = words[state + STATE_WORDS];
  if (position >= STATE_WORDS) {
    regenerate(state);
    position = 0;
  }
  let y = words[state + position];
  words[state + STATE_WORDS] = position + 1;
  y ^= y >>> 11;
  y ^= (y << 7) & 0x9d2c5680;
  y ^= (y << 15) & 0xefc60000;
  return y ^ (y >>> 18);
}

/** Seeds with the magnitude of an int. */
function seedWithInt(state: number, slot: number): void {
  const small = safeAt(slot);
  if (small === small) {
    const size = Math.abs(small);
    initializeByKey(state, size < 2 ** 32 ? [size] : [size % 2 ** 32, Math.floor(size / 2 ** 32)]);
    return;
  }
  let rest = bigIntAt(slot);
  if (rest < 0n) rest = -rest;
  // through the hexadecimal digits: taking words off a large number one by one is quadratic
  const digits = rest.toString(16);
  const key: number[] = [];
  for (let end = digits.length; end > 0; end -= 8) key.push(Number(`0x${digits.slice(Math.max(0, end - 8), end)}`) | 0);
  initializeByKey(state, key);
}

function seed(self: number, argument: number): void {
  const state = stateWord(self);
  if (isRef(argument) && refAt(argument) === Fixed.none) {
    initializeByKey(state, crypto.getRandomValues(new Int32Array(STATE_WORDS)));
    return;
  }
  if (isInt(argument)) {
    seedWithInt(state, argument);
    return;
  }
  const slot = pushSlots(1);
  hashOf(argument, slot);
  // the hash is taken as an unsigned number
  const hash = bigIntAt(slot);
  setBigInt(slot, hash < 0n ? hash + (1n << 64n) : hash);
  seedWithInt(state, slot);
  popSlots(1);
}

staticNatives(RANDOM, {
  '__new__(cls, /, *args, **kwargs)': (args, result) => {
    const random = newRecord(refAt(args));
    const state = allocate(1 + ((STATE_WORDS + 2) >> 1));
    words[state << 1] = T.raw;
    words[(state << 1) + ArrayObject.length] = (STATE_WORDS + 1) * 4;
    setRef(recordValue(random, 0), state);
    initialize((state << 1) + ArrayObject.data, 5489);
    setRef(result, random);
  },
});
/** What V8's BigInts can hold. */
const MOST_BITS = 2 ** 30;
function refuseBits(wanted: bigint): never {
  if (wanted < 0n) raiseValueError('Cannot convert negative int');
  if (wanted >= 1n << 64n) raiseOverflow('Python int too large for C uint64_t');
  raise(T.MemoryError, '');
}

natives(RANDOM, {
  '__init__(self, x=None, /)': (args, result) => {
    seed(args, args + 1);
    setRef(result, Fixed.none);
  },
  'seed(self, n=None, /)': (args, result) => {
    seed(args, args + 1);
    setRef(result, Fixed.none);
  },
  'random(self, /)': (args, result) => {
    const state = stateWord(args);
    const high = next32(state) >>> 5;
    const low = next32(state) >>> 6;
    setFloat(result, (high * 67108864 + low) / 9007199254740992);
  },
  'getrandbits(self, k, /)': (args, result) => {
    const plain = pushSlots(1);
    index(args + 1, plain);
    const bits = safeAt(plain);
    if (!(bits >= 0 && bits < MOST_BITS)) refuseBits(bigIntAt(plain));
    popSlots(1);
    const state = stateWord(args);
    if (bits === 0) setInt(result, 0);
    else if (bits <= 32) setInt(result, next32(state) >>> (32 - bits));
    else {
      const parts: string[] = [];
      for (let rest = bits; rest > 0; rest -= 32) {
        const part = rest < 32 ? next32(state) >>> (32 - rest) : next32(state) >>> 0;
        parts.push(part.toString(16).padStart(8, '0'));
      }
      setBigInt(result, BigInt(`0x${parts.reverse().join('')}`));
    }
  },
  'getstate(self, /)': (args, result) => {
    const state = stateWord(args);
    const values = newTuple(STATE_WORDS + 1);
    for (let i = 0; i <= STATE_WORDS; i++) setInt(tupleItem(values, i), words[state + i] >>> 0);
    setRef(result, values);
  },
  'setstate(self, state, /)': (args, result) => {
    if (!isRef(args + 1) || words[refAt(args + 1) << 1] !== T.tuple) {
      raiseTypeError('state vector must be a tuple');
    }
    const values = refAt(args + 1);
    if (tupleSize(values) !== STATE_WORDS + 1) raiseValueError('state vector is the wrong size');
    const state = new Int32Array(STATE_WORDS);
    for (let i = 0; i <= STATE_WORDS; i++) {
      if (!isInt(tupleItem(values, i))) raiseTypeError("'an integer is required'");
      const value = safeAt(tupleItem(values, i));
      if (i < STATE_WORDS) state[i] = value;
      else if (!(value >= 0 && value <= STATE_WORDS)) raiseValueError('invalid state');
    }
    const target = stateWord(args);
    words.set(state, target);
    words[target + STATE_WORDS] = safeAt(tupleItem(values, STATE_WORDS));
    setRef(result, Fixed.none);
  },
});

registerModule('_random');
