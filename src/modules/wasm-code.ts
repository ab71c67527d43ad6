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

const I32 = 0x7f;
const I64 = 0x7e;

function unsigned(value: number): number[] {
  const out: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 128) return [...out, rest];
    out.push((rest & 127) | 128);
  }
}
function signed(value: bigint): number[] {
  const out: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    const byte = Number(rest & 127n);
    if ((rest >> 7n === 0n && byte < 64) || (rest >> 7n === -1n && byte >= 64)) return [...out, byte];
    out.push(byte | 128);
  }
}

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
  const [CONST, ADD, AND, OR, XOR] = wide ? [0x42, 0x7c, 0x83, 0x84, 0x85] : [0x41, 0x6a, 0x71, 0x72, 0x73];
  const [SHIFT, LEFT, RIGHT, LOAD, STORE] = wide ? [0x88, 0x89, 0x8a, 0x29, 0x37] : [0x76, 0x77, 0x78, 0x28, 0x36];
  const constant = (value: bigint): Code => [CONST, ...signed(BigInt.asIntN(width, value))];
  const chain = (operation: number, terms: Code[]): Code =>
    terms.flatMap((term, i) => (i === 0 ? term : [...term, operation]));
  const by =
    (operation: number) =>
    (a: Code, count: number): Code => [...a, ...constant(BigInt(count)), operation];
  const rotateLeft = by(LEFT);
  const rotateRight = by(RIGHT);
  const and = (a: Code, b: Code): Code => [...a, ...b, AND];
  const or = (a: Code, b: Code): Code => [...a, ...b, OR];
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
    add: (...terms) => chain(ADD, terms),
    xor: (...terms) => chain(XOR, terms),
    not: (a) => [...a, ...constant(-1n), XOR],
    shiftRight: by(SHIFT),
    load: (address, offset) => [...address, LOAD, wide ? 3 : 2, ...unsigned(offset)],
    store: (address, offset, value) => [...address, ...value, STORE, wide ? 3 : 2, ...unsigned(offset)],
    swapped: (local) => turns.map(([turn, mask]) => and(rotateLeft(get(local), turn), repeated(mask))).reduce(or),
  };
}
export const words32 = wordCode(32);
export const words64 = wordCode(64);

export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)];
/** A 32-bit value as one of 64 bits, with its sign. */
export const extended = (value: Code): Code => [...value, 0xac];

const section = (id: number, content: Code): number[] => [id, ...unsigned(content.length), ...content];
const text = (value: string): number[] => [value.length, ...Buffer.from(value)];

/**
 * A function `run(at, end, step)` over the memory: executes the code once for each block, with the block's address in
 * local 0, which goes on by `step` (local 2) bytes, until it reaches `end` (local 1). From local 3 on lie the `locals`.
 */
export function blockFunction(
  memory: WasmMemory,
  locals: readonly Width[],
  code: Code,
): (at: number, end: number, step: number) => void {
  const next = [...set(0, words32.add(get(0), get(2))), ...get(0), ...get(1), 0x49];
  const body = [
    ...unsigned(locals.length),
    ...locals.flatMap((width) => [1, width === 64 ? I64 : I32]),
    ...[0x03, 0x40, ...code, ...next, 0x0d, 0x00, 0x0b, 0x0b],
  ];
  const module = [
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [1, 0x60, 3, I32, I32, I32, 0]),
    ...section(2, [1, ...text('m'), ...text('m'), 0x02, 0x00, 0x01]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...text('run'), 0x00, 0]),
    ...section(10, [1, ...unsigned(body.length), ...body]),
  ];
  const { exports } = new api.Instance(new api.Module(Uint8Array.from(module)), { m: { m: memory } });
  return exports.run as (at: number, end: number, step: number) => void;
}
/** The first local that is the function's own. */
export const FIRST_LOCAL = 3;
