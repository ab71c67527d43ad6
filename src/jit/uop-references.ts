/**
 * What every uop means, in TypeScript: `uopReferences[number]`. Three things rest on it: the differential tests of both
 * processors' stencils, the uop interpreter (--jit=uops), and finding out which of the two is wrong when a program runs
 * differently as machine code.
 *
 * Representation of operands and results: int = bigint, signed 64 bits; value = bigint, unsigned 64 bits; float and ref =
 * number; bool = boolean. Immediates are read from the machine, since a uop has them besides its operands. A guard that
 * fails returns EXIT, having changed nothing. Chosen for being obvious, not for speed: a trace that runs this way is
 * several times slower than the interpreter it came from.
 */
import { Fixed, State, StateCell, T } from '../heap/fixed.ts';
import { ArrayObject, DICT_ENTRY_CELLS, Dict, Str, StrFlag } from '../heap/layouts.ts';
import { bytes, halves, heapBuffer, words } from '../heap/memory.ts';
import { TAG_INT, TAG_REF } from '../heap/values.ts';
import { hashWords } from '../objects/strings.ts';
import { U, type UopType, uopTable } from './uops.ts';

/** Returned instead of a result when the uop leaves the trace. */
export const EXIT: unique symbol = Symbol('exit');

export type Operand = number | bigint | boolean;
export type Outcome = Operand | undefined | typeof EXIT;

/** The registers that are no operands, and what surrounds a uop. */
export interface Machine {
  /** cell of the running frame */
  frame: number;
  /** immediate 0 of the uop about to run; `wide` (unsigned 64 bits) for uops declared so */
  immediate: number;
  wide: bigint;
  /** immediate 1 */
  second: number;
  /** offset of the uop's exit stub in code memory; only store_landing asks */
  landing: number;
  /** Runs helper `number`; its result as a value, EXIT when the trace must be left. */
  callHelper(number: number): bigint | typeof EXIT;
}

export type Reference = (machine: Machine, a: Operand, b: Operand, c: Operand) => Outcome;

/** The heap as 64-bit cells. */
const cells64 = new BigUint64Array(heapBuffer);

const scratchFloat = new Float64Array(1);
const scratchBits = new BigUint64Array(scratchFloat.buffer);
const CANONICAL_NAN = 0x7ff8000000000000n;

/** The 64 bits of a double; one NaN stands for all, whatever bits the processor's had. */
export function bitsOfFloat(float: number): bigint {
  if (float !== float) return CANONICAL_NAN;
  scratchFloat[0] = float;
  return scratchBits[0];
}
export function floatOfBits(bits: bigint): number {
  scratchBits[0] = bits;
  return scratchFloat[0];
}

/** An operand as the 64 bits that its register holds. */
export function bitsOf(operand: Operand, type: UopType): bigint {
  if (type === 'float') return bitsOfFloat(operand as number);
  return BigInt.asUintN(64, BigInt(operand));
}
/** The operand of the given type that a register with these 64 bits holds. */
export function operandOf(bits: bigint, type: UopType): Operand {
  if (type === 'float') return floatOfBits(bits);
  if (type === 'int') return BigInt.asIntN(64, bits);
  if (type === 'value') return bits;
  return type === 'ref' ? Number(bits) : bits !== 0n;
}

const TAG_INT_BITS = BigInt.asUintN(64, BigInt(TAG_INT) << 32n);
const TAG_REF_BITS = BigInt.asUintN(64, BigInt(TAG_REF) << 32n);
const TRUE = TAG_REF_BITS | BigInt(Fixed.true);
const FALSE = TAG_REF_BITS | BigInt(Fixed.false);
const isInt = (value: bigint): boolean => value >> 48n === TAG_INT_BITS >> 48n;
const isRef = (value: bigint): boolean => value >> 32n === TAG_REF_BITS >> 32n;
const isFloat = (value: bigint): boolean => value < TAG_INT_BITS;
const signed = (value: bigint): bigint => BigInt.asIntN(64, value);
/** The int if it has 64 bits, else EXIT. */
const checked = (value: bigint): Outcome => (signed(value) === value ? value : EXIT);
const guard = (holds: boolean): Outcome => (holds ? undefined : EXIT);

/** Word index of byte offset `offset` from the start of object `ref`. */
const wordAt = (ref: number, offset: number): number => (ref * 8 + offset) >> 2;
const cellAt = (ref: number, offset: number): number => ref + (offset >> 3);
const itemCell = (array: number, index: bigint): number => array + ArrayObject.data / 2 + Number(index);

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return quotient * b !== a && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

function equalStrings(a: number, b: number): boolean {
  const length = words[wordAt(a, Str.length * 4)];
  const width = words[wordAt(a, Str.info * 4)] & StrFlag.widthMask;
  if (length !== words[wordAt(b, Str.length * 4)] || width !== (words[wordAt(b, Str.info * 4)] & StrFlag.widthMask))
    return false;
  for (let i = 0; i < length * width; i++)
    if (bytes[a * 8 + Str.data * 4 + i] !== bytes[b * 8 + Str.data * 4 + i]) return false;
  return true;
}

/**
 * Cell of the value under the key that `matches`, 0 if there is none, by CPython's order of probing. `matches` answers
 * null for a key that it cannot tell: harmless with another hash, else the trace is left.
 */
function findKey(dict: number, hash: number, matches: (key: bigint) => boolean | null): Outcome {
  const field = (offset: Dict): number => words[wordAt(dict, offset * 4)];
  let perturb = hash >>> 0;
  for (let probe = perturb; ; ) {
    probe &= field(Dict.mask);
    const position = words[wordAt(field(Dict.index), ArrayObject.data * 4) + probe];
    if (position === -1) return 0;
    if (position >= 0) {
      const entry = field(Dict.entries) + ArrayObject.data / 2 + position * DICT_ENTRY_CELLS;
      const found = matches(cells64[entry]);
      const sameHash = words[(entry + 2) << 1] === hash;
      if (found === true) return entry + 1;
      if (found === null && sameHash) return EXIT;
    }
    perturb >>>= 5;
    probe = probe * 5 + perturb + 1;
  }
}

/** Bumps the allocation pointer by `count` cells, as heap/memory.ts does while the span lasts. */
function bump(count: number): Outcome {
  const ref = words[State.allocPointer];
  if (ref + count > words[State.allocLimit]) return EXIT;
  words[State.allocPointer] = ref + count;
  return ref;
}

const table: (Reference | undefined)[] = [];
/** The operand types of `body` are those of the uop's declaration. */
function define(uop: number, body: (machine: Machine, a: never, b: never, c: never) => Outcome): void {
  table[uop] = body as Reference;
}

// constants, moves, spills
define(U.const_int, (machine) => signed(machine.wide));
define(U.const_float, (machine) => floatOfBits(machine.wide));
define(U.const_value, (machine) => machine.wide);
define(U.const_ref, (machine) => machine.immediate >>> 0);
define(U.move_general, (_, a: bigint) => a);
define(U.move_float, (_, a: number) => a);
define(U.spill_general, (machine, a: bigint) => {
  cells64[StateCell.spill + machine.immediate] = a;
});
define(U.spill_float, (machine, a: number) => {
  cells64[StateCell.spill + machine.immediate] = bitsOfFloat(a);
});
define(U.reload_general, (machine) => cells64[StateCell.spill + machine.immediate]);
define(U.reload_float, (machine) => floatOfBits(cells64[StateCell.spill + machine.immediate]));

// the running frame
define(U.load_frame, (machine) => cells64[cellAt(machine.frame, machine.immediate)]);
define(U.store_frame, (machine, a: bigint) => {
  cells64[cellAt(machine.frame, machine.immediate)] = a;
});
define(U.store_frame_float, (machine, a: number) => {
  cells64[cellAt(machine.frame, machine.immediate)] = bitsOfFloat(a);
});
define(U.store_frame_word, (machine, a: number) => {
  words[wordAt(machine.frame, machine.immediate)] = a;
});
define(U.load_frame_word, (machine) => words[wordAt(machine.frame, machine.immediate)] >>> 0);
define(U.move_frame, (machine) => {
  machine.frame += machine.immediate / 8;
});
define(U.set_frame, (machine, a: number) => {
  machine.frame = a;
});
define(U.frame_cell, (machine) => machine.frame);

// boxing
define(U.unbox_int, (_, a: bigint) => (isInt(a) ? BigInt.asIntN(48, a) : EXIT));
define(U.unbox_float, (_, a: bigint) => (isFloat(a) ? floatOfBits(a) : EXIT));
define(U.unbox_ref, (_, a: bigint) => (isRef(a) ? Number(BigInt.asUintN(32, a)) : EXIT));
define(U.unbox_bool, (_, a: bigint) => (a === TRUE ? true : a === FALSE ? false : EXIT));
const boxInt = (a: bigint): bigint => TAG_INT_BITS | BigInt.asUintN(48, a);
define(U.box_int, (_, a: bigint) => (BigInt.asIntN(48, a) === a ? boxInt(a) : EXIT));
define(U.box_int_unchecked, (_, a: bigint) => boxInt(a));
define(U.box_float, (_, a: number) => bitsOfFloat(a));
define(U.box_ref, (_, a: number) => TAG_REF_BITS | BigInt(a));
define(U.box_bool, (_, a: boolean) => (a ? TRUE : FALSE));
define(U.ref_to_int, (_, a: number) => BigInt(a));
define(U.int_to_ref, (_, a: bigint) => Number(BigInt.asUintN(32, a)));
define(U.bool_to_int, (_, a: boolean) => (a ? 1n : 0n));
define(U.int_to_float, (_, a: bigint) => Number(a));
define(U.float_to_int, (_, a: number) => (Math.abs(a) < 2 ** 63 ? BigInt(Math.trunc(a)) : EXIT));

// guards
define(U.guard_type, (machine, a: number) => guard(words[wordAt(a, 0)] === machine.immediate));
define(U.guard_header, (machine, a: number) => guard(cells64[a] === machine.wide));
define(U.guard_word, (machine, a: number) => guard(words[wordAt(a, machine.immediate)] === machine.second));
define(U.guard_value, (machine, a: bigint) => guard(a === machine.wide));
define(U.guard_not_value, (machine, a: bigint) => guard(a !== machine.wide));
define(U.guard_ref, (machine, a: number) => guard((a | 0) === machine.immediate));
define(U.guard_not_ref, (machine, a: number) => guard((a | 0) !== machine.immediate));
define(U.guard_tag, (machine, a: bigint) => guard([isFloat, isInt, isRef][machine.immediate](a)));
define(U.guard_true, (_, a: boolean) => guard(a));
define(U.guard_false, (_, a: boolean) => guard(!a));
define(U.guard_less_int, (_, a: bigint, b: bigint) => guard(a < b));
define(U.guard_less_equal_int, (_, a: bigint, b: bigint) => guard(a <= b));
define(U.guard_equal_int, (_, a: bigint, b: bigint) => guard(a === b));
define(U.guard_not_equal_int, (_, a: bigint, b: bigint) => guard(a !== b));
define(U.guard_greater_int, (_, a: bigint, b: bigint) => guard(a > b));
define(U.guard_greater_equal_int, (_, a: bigint, b: bigint) => guard(a >= b));
define(U.guard_less_float, (_, a: number, b: number) => guard(a < b));
define(U.guard_not_less_float, (_, a: number, b: number) => guard(!(a < b)));
define(U.guard_less_equal_float, (_, a: number, b: number) => guard(a <= b));
define(U.guard_not_less_equal_float, (_, a: number, b: number) => guard(!(a <= b)));
define(U.guard_equal_float, (_, a: number, b: number) => guard(a === b));
define(U.guard_not_equal_float, (_, a: number, b: number) => guard(a !== b));
define(U.guard_same_ref, (_, a: number, b: number) => guard(a === b));
define(U.guard_not_same_ref, (_, a: number, b: number) => guard(a !== b));
define(U.guard_index, (_, a: bigint, b: bigint) => guard(BigInt.asUintN(64, a) < BigInt.asUintN(64, b)));
define(U.guard_no_interrupt, () => guard(words[State.interrupt] === 0));
define(U.exit, () => EXIT);

// 64-bit integers
define(U.add_int, (_, a: bigint, b: bigint) => checked(a + b));
define(U.subtract_int, (_, a: bigint, b: bigint) => checked(a - b));
define(U.multiply_int, (_, a: bigint, b: bigint) => checked(a * b));
define(U.add_int_unchecked, (_, a: bigint, b: bigint) => signed(a + b));
define(U.subtract_int_unchecked, (_, a: bigint, b: bigint) => signed(a - b));
define(U.multiply_int_unchecked, (_, a: bigint, b: bigint) => signed(a * b));
define(U.floor_divide_int, (_, a: bigint, b: bigint) => (b === 0n ? EXIT : checked(floorDivide(a, b))));
define(U.remainder_int, (_, a: bigint, b: bigint) => (b === 0n ? EXIT : a - floorDivide(a, b) * b));
define(U.negative_int, (_, a: bigint) => checked(-a));
define(U.invert_int, (_, a: bigint) => ~a);
define(U.and_int, (_, a: bigint, b: bigint) => a & b);
define(U.or_int, (_, a: bigint, b: bigint) => a | b);
define(U.xor_int, (_, a: bigint, b: bigint) => a ^ b);
define(U.left_shift_int, (_, a: bigint, b: bigint) => (b < 0n || b > 63n ? EXIT : checked(a << b)));
define(U.right_shift_int, (_, a: bigint, b: bigint) => (b < 0n ? EXIT : a >> (b > 63n ? 63n : b)));
define(U.less_int, (_, a: bigint, b: bigint) => a < b);
define(U.less_equal_int, (_, a: bigint, b: bigint) => a <= b);
define(U.equal_int, (_, a: bigint, b: bigint) => a === b);
define(U.not_equal_int, (_, a: bigint, b: bigint) => a !== b);
define(U.not_bool, (_, a: boolean) => !a);
define(U.same_value, (_, a: bigint, b: bigint) => a === b);
define(U.same_ref, (_, a: number, b: number) => a === b);
define(U.equal_str, (_, a: number, b: number) => equalStrings(a, b));

// doubles
define(U.add_float, (_, a: number, b: number) => a + b);
define(U.subtract_float, (_, a: number, b: number) => a - b);
define(U.multiply_float, (_, a: number, b: number) => a * b);
define(U.divide_float, (_, a: number, b: number) => (b === 0 ? EXIT : a / b));
define(U.divide_float_unchecked, (_, a: number, b: number) => a / b);
define(U.negative_float, (_, a: number) => -a);
define(U.absolute_float, (_, a: number) => Math.abs(a));
define(U.square_root_float, (_, a: number) => Math.sqrt(a));
define(U.floor_float, (_, a: number) => Math.floor(a));
define(U.less_float, (_, a: number, b: number) => a < b);
define(U.less_equal_float, (_, a: number, b: number) => a <= b);
define(U.equal_float, (_, a: number, b: number) => a === b);
define(U.not_equal_float, (_, a: number, b: number) => a !== b);

// object memory
define(U.load_field, (machine, a: number) => cells64[cellAt(a, machine.immediate)]);
define(U.store_field, (machine, a: number, b: bigint) => {
  cells64[cellAt(a, machine.immediate)] = b;
});
define(U.store_field_float, (machine, a: number, b: number) => {
  cells64[cellAt(a, machine.immediate)] = bitsOfFloat(b);
});
define(U.load_word, (machine, a: number) => words[wordAt(a, machine.immediate)] >>> 0);
define(U.load_word_int, (machine, a: number) => BigInt(words[wordAt(a, machine.immediate)]));
define(U.store_word, (machine, a: number, b: number) => {
  words[wordAt(a, machine.immediate)] = b;
});
define(U.load_item, (_, a: number, b: bigint) => cells64[itemCell(a, b)]);
define(U.store_item, (_, a: number, b: bigint, c: bigint) => {
  cells64[itemCell(a, b)] = c;
});
define(U.store_item_float, (_, a: number, b: bigint, c: number) => {
  cells64[itemCell(a, b)] = bitsOfFloat(c);
});
define(U.copy_items, (_, a: number, b: number, c: bigint) => {
  const count = words[wordAt(a, ArrayObject.length * 4)];
  for (let i = 0n; i < count; i++) cells64[itemCell(a, i)] = cells64[itemCell(b, c + i)];
});
define(U.load_tuple_item, (_, a: number, b: bigint) => cells64[itemCell(a, b)]);
define(U.load_byte, (machine, a: number, b: bigint) => BigInt(bytes[a * 8 + machine.immediate + Number(b)]));
define(U.load_half, (machine, a: number, b: bigint) => BigInt(halves[(a * 8 + machine.immediate) / 2 + Number(b)]));
define(U.load_unit, (machine, a: number, b: bigint) => BigInt(words[wordAt(a, machine.immediate) + Number(b)] >>> 0));
define(U.store_byte, (machine, a: number, b: bigint, c: bigint) => {
  bytes[a * 8 + machine.immediate + Number(b)] = Number(BigInt.asUintN(8, c));
});
define(U.load_state, (machine) => words[machine.immediate >> 2] >>> 0);
define(U.store_state, (machine, a: number) => {
  words[machine.immediate >> 2] = a;
});

// dicts
define(U.hash_str, (_, a: number) => {
  const word = a << 1;
  if (words[word + Str.hash] === 0) {
    const length = words[word + Str.length];
    const size = length * (words[word + Str.info] & StrFlag.widthMask);
    words[word + Str.hash] = hashWords(word + Str.data, (size + 3) >>> 2, length);
  }
  return BigInt(words[word + Str.hash]);
});
define(U.find_str_key, (_, a: number, b: number) => {
  const hash = words[wordAt(b, Str.hash * 4)];
  if (hash === 0) return EXIT;
  return findKey(a, hash, (key) => {
    if (key === (TAG_REF_BITS | BigInt(b))) return true;
    return isRef(key) && words[wordAt(Number(BigInt.asUintN(32, key)), 0)] === T.str
      ? equalStrings(Number(BigInt.asUintN(32, key)), b)
      : null;
  });
});
define(U.find_int_key, (_, a: number, b: bigint) => {
  if (BigInt.asIntN(32, b) !== b) return EXIT;
  return findKey(a, b === -1n ? -2 : Number(b), (key) => (isInt(key) ? BigInt.asIntN(48, key) === b : null));
});

// allocation
define(U.allocate, (machine) => bump(machine.immediate));
define(U.allocate_array, (machine, a: bigint) => (a < 0n || a > 4096n ? EXIT : bump(Number(a) + machine.immediate)));
define(U.store_header, (machine, a: number) => {
  cells64[a] = machine.wide;
});

// helpers and links
define(U.helper_argument, (machine, a: bigint) => {
  cells64[StateCell.helperArguments + machine.immediate] = a;
});
define(U.call_helper, (machine) => machine.callHelper(machine.immediate));
define(U.store_landing, (machine) => {
  words[wordAt(machine.frame, machine.immediate)] = machine.landing;
});
// Where a trace goes on is up to whoever runs it; as operations these do nothing.
define(U.jump_loop, () => undefined);
define(U.jump_executor, () => undefined);
define(U.jump_return, (_, a: number) => (a === 0 ? EXIT : undefined));

for (const uop of uopTable)
  if (uop.code && table[uop.number] === undefined) throw new Error(`uop ${uop.name} has no reference`);

/** The meaning of each uop by number; undefined for those that only steer the compiler (`Uop.code` false). */
export const uopReferences: readonly (Reference | undefined)[] = table;
