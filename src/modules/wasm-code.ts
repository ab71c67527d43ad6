/**
 * WebAssembly, written by hand: functions of straight arithmetic over 32- and 64-bit words in one loop over blocks of
 * memory, which is what hash functions are (digests.ts). JavaScript has no 64-bit words, and V8 turns these into the
 * same rotations that a C compiler would.
 *
 * An expression is the bytes of its code, and leaves one value behind; a statement leaves none. Whoever builds a function
 * unrolls it: there are no tables and no loops but the one over the blocks.
 *
 * Turned down: JavaScript with two 32-bit halves for each number (a sixth of the speed), and Node's own hashes, whose
 * state lies in OpenSSL where neither a copy nor a heap image can reach it.
 */

import {
  external,
  FUNCTION_TYPE,
  type InstructionName,
  instruction,
  MODULE_HEADER,
  NO_VALUE,
  section,
  sections,
  signed,
  text,
  unsigned,
  valueTypes,
  vector,
} from './wasm-format.ts';

export type Code = readonly number[];
export type Width = 32 | 64;

/** What is used of the global object `WebAssembly`, of which Node's types tell nothing. */
interface WebAssemblyApi {
  readonly Memory: new (descriptor: { initial: number }) => WasmMemory;
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> };
}
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}
const api = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;

/** A memory of so many pages of 64 KiB. */
export const newMemory = (pages: number): WasmMemory => new api.Memory({ initial: pages });

/** Operations on words of one width. */
export interface WordCode {
  readonly width: Width;
  constant(value: bigint): Code;
  add(...terms: Code[]): Code;
  and(a: Code, b: Code): Code;
  or(a: Code, b: Code): Code;
  xor(...terms: Code[]): Code;
  not(a: Code): Code;
  rotateLeft(a: Code, by: number): Code;
  rotateRight(a: Code, by: number): Code;
  shiftRight(a: Code, by: number): Code;
  /** the word at address + offset */
  load(address: Code, offset: number): Code;
  store(address: Code, offset: number, value: Code): Code;
  /** with the bytes the other way round */
  swapped(local: number): Code;
}

function wordCode(width: Width): WordCode {
  const wide = width === 64;
  const type = wide ? 'i64' : 'i32';
  const shift = wide ? 3 : 2;
  const constant = (value: bigint): Code => [instruction[`${type}.const`], ...signed(BigInt.asIntN(width, value))];
  const chain = (operation: InstructionName, terms: Code[]): Code =>
    terms.flatMap((term, i) => (i === 0 ? term : [...term, instruction[operation]]));
  const by =
    (operation: InstructionName) =>
    (a: Code, count: number): Code => [...a, ...constant(BigInt(count)), instruction[operation]];
  const rotateLeft = by(`${type}.rotl`);
  const rotateRight = by(`${type}.rotr`);
  const and = (a: Code, b: Code): Code => [...a, ...b, instruction[`${type}.and`]];
  const or = (a: Code, b: Code): Code => [...a, ...b, instruction[`${type}.or`]];
  const repeated = (text: string): Code => constant(BigInt(`0x${text.repeat(width / 32)}`));
  /** Left turns that bring some bytes to where they belong from the other end, and a mask of these. */
  const turns: [by: number, mask: string][] = wide
    ? [
        [8, '000000ff'],
        [24, '0000ff00'],
        [40, '00ff0000'],
        [56, 'ff000000'],
      ]
    : [
        [8, '00ff00ff'],
        [24, 'ff00ff00'],
      ];
  return {
    width,
    constant,
    and,
    or,
    rotateLeft,
    rotateRight,
    add: (...terms) => chain(`${type}.add`, terms),
    xor: (...terms) => chain(`${type}.xor`, terms),
    not: (a) => [...a, ...constant(-1n), instruction[`${type}.xor`]],
    shiftRight: by(`${type}.shr_u`),
    load: (address, offset) => [...address, instruction[`${type}.load`], shift, ...unsigned(offset)],
    store: (address, offset, value) => [...address, ...value, instruction[`${type}.store`], shift, ...unsigned(offset)],
    swapped: (local) => turns.map(([turn, mask]) => and(rotateLeft(get(local), turn), repeated(mask))).reduce(or),
  };
}
export const words32 = wordCode(32);
export const words64 = wordCode(64);

export const get = (local: number): Code => [instruction['local.get'], ...unsigned(local)];
export const set = (local: number, value: Code): Code => [...value, instruction['local.set'], ...unsigned(local)];
/** A 32-bit value as one of 64 bits, with its sign. */
export const extended = (value: Code): Code => [...value, instruction['i64.extend_i32_s']];

/**
 * A function `run(at, end, step)` over the memory: executes the code once for each block, with the block's address in
 * local 0, which goes on by `step` (local 2) bytes, until it reaches `end` (local 1). From local 3 on lie the `locals`.
 */
export function blockFunction(
  memory: WasmMemory,
  locals: readonly Width[],
  code: Code,
): (at: number, end: number, step: number) => void {
  const { i32, i64 } = valueTypes;
  const next = [...set(0, words32.add(get(0), get(2))), ...get(0), ...get(1), instruction['i32.lt_u']];
  const body = [
    ...vector(locals.map((width) => [1, width === 64 ? i64 : i32])),
    ...[instruction.loop, NO_VALUE, ...code, ...next, instruction.br_if, 0, instruction.end, instruction.end],
  ];
  const module = [
    ...MODULE_HEADER,
    ...section(sections.types, vector([[FUNCTION_TYPE, ...vector([[i32], [i32], [i32]]), 0]])),
    ...section(sections.imports, vector([[...text('m'), ...text('m'), external.memory, 0x00, 0x01]])),
    ...section(sections.functions, vector([[0]])),
    ...section(sections.exports, vector([[...text('run'), external.function, 0]])),
    ...section(sections.code, vector([[...unsigned(body.length), ...body]])),
  ];
  const { exports } = new api.Instance(new api.Module(Uint8Array.from(module)), { m: { m: memory } });
  return exports.run as (at: number, end: number, step: number) => void;
}
/** The first local that is the function's own. */
export const FIRST_LOCAL = 3;
