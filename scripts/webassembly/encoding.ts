/**
 * WebAssembly's binary format, as much of it as the translator writes: numbers in LEB128, sections, and the module of
 * one memory, imported functions and the functions of its own. Source: the WebAssembly core specification, chapter
 * "Binary Format". Turned down: the binaryen package (100 MB for a writer of some hundred lines; V8 optimizes anyway).
 */

/** The instructions that the translator uses, by the names of the text format. */
export const instruction = {
  unreachable: 0x00,
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  br: 0x0c,
  br_table: 0x0e,
  return: 0x0f,
  call: 0x10,
  drop: 0x1a,
  'local.get': 0x20,
  'local.set': 0x21,
  'local.tee': 0x22,
  'i32.load': 0x28,
  'f64.load': 0x2b,
  'i32.load8_u': 0x2d,
  'i32.load16_u': 0x2f,
  'i32.store': 0x36,
  'f64.store': 0x39,
  'i32.store8': 0x3a,
  'i32.store16': 0x3b,
  'i32.const': 0x41,
  'f64.const': 0x44,
  'i32.eqz': 0x45,
  'i32.eq': 0x46,
  'i32.ne': 0x47,
  'i32.lt_s': 0x48,
  'i32.lt_u': 0x49,
  'i32.gt_s': 0x4a,
  'i32.gt_u': 0x4b,
  'i32.le_s': 0x4c,
  'i32.le_u': 0x4d,
  'i32.ge_s': 0x4e,
  'i32.ge_u': 0x4f,
  'f64.eq': 0x61,
  'f64.ne': 0x62,
  'f64.lt': 0x63,
  'f64.gt': 0x64,
  'f64.le': 0x65,
  'f64.ge': 0x66,
  'i32.clz': 0x67,
  'i32.add': 0x6a,
  'i32.sub': 0x6b,
  'i32.mul': 0x6c,
  'i32.div_s': 0x6d,
  'i32.rem_s': 0x6f,
  'i32.and': 0x71,
  'i32.or': 0x72,
  'i32.xor': 0x73,
  'i32.shl': 0x74,
  'i32.shr_s': 0x75,
  'i32.shr_u': 0x76,
  'f64.abs': 0x99,
  'f64.neg': 0x9a,
  'f64.ceil': 0x9b,
  'f64.floor': 0x9c,
  'f64.trunc': 0x9d,
  'f64.sqrt': 0x9f,
  'f64.add': 0xa0,
  'f64.sub': 0xa1,
  'f64.mul': 0xa2,
  'f64.div': 0xa3,
  'i32.trunc_f64_s': 0xaa,
  'f64.convert_i32_s': 0xb7,
  'f64.convert_i32_u': 0xb8,
} as const;
export type InstructionName = keyof typeof instruction;

export type ValueType = 'i32' | 'f64';
const valueTypes = { i32: 0x7f, f64: 0x7c } as const;
const NO_VALUE = 0x40;

/** Bytes that grow. */
export class Writer {
  readonly bytes: number[] = [];

  byte(value: number): this {
    this.bytes.push(value);
    return this;
  }

  /** LEB128, unsigned. */
  unsigned(value: number): this {
    let rest = value;
    while (rest >= 128) {
      this.bytes.push((rest % 128) | 128);
      rest = Math.floor(rest / 128);
    }
    this.bytes.push(rest);
    return this;
  }

  /** LEB128, signed, of a 32-bit number. */
  signed(value: number): this {
    let rest = value | 0;
    for (;;) {
      const low = rest & 127;
      rest >>= 7;
      const last = rest === 0 ? (low & 64) === 0 : rest === -1 && (low & 64) !== 0;
      this.bytes.push(last ? low : low | 128);
      if (last) return this;
    }
  }

  append(other: Writer): this {
    for (const byte of other.bytes) this.bytes.push(byte);
    return this;
  }

  text(text: string): this {
    const encoded = Buffer.from(text);
    this.unsigned(encoded.length);
    for (const byte of encoded) this.bytes.push(byte);
    return this;
  }
}

/** The body of a function: a writer that knows instructions. */
export class CodeWriter extends Writer {
  op(name: InstructionName): this {
    return this.byte(instruction[name]);
  }

  i32(value: number): this {
    return this.op('i32.const').signed(value);
  }

  f64(value: number): this {
    this.op('f64.const');
    const buffer = Buffer.alloc(8);
    buffer.writeDoubleLE(value);
    for (const byte of buffer) this.byte(byte);
    return this;
  }

  local(name: 'local.get' | 'local.set' | 'local.tee', index: number): this {
    return this.op(name).unsigned(index);
  }

  /** A load or store at the address on the stack plus `offset`; `shift`: the logarithm of the access's size. */
  memory(name: InstructionName, shift: number, offset: number): this {
    return this.op(name).unsigned(shift).unsigned(offset);
  }

  /** Opens a block, loop or if that leaves `result` on the stack, or nothing. */
  open(name: 'block' | 'loop' | 'if', result?: ValueType): this {
    return this.op(name).byte(result === undefined ? NO_VALUE : valueTypes[result]);
  }
}

export interface Signature {
  parameters: ValueType[];
  result: ValueType | undefined;
}

export interface ImportedFunction extends Signature {
  name: string;
}

export interface DefinedFunction extends Signature {
  name: string;
  /** of the variables that are not parameters, in order */
  locals: ValueType[];
  body: CodeWriter;
}

function section(id: number, content: Writer): Writer {
  return new Writer().byte(id).unsigned(content.bytes.length).append(content);
}

function vector(items: Writer[]): Writer {
  const writer = new Writer().unsigned(items.length);
  for (const item of items) writer.append(item);
  return writer;
}

/**
 * The bytes of a module that imports functions from 'env' and the shared memory 'env.memory' of `pages` pages, and
 * exports all of `defined`. Functions are numbered in this order: imported, defined.
 */
export function encodeModule(imported: ImportedFunction[], defined: DefinedFunction[], pages: number): Uint8Array {
  const types: string[] = [];
  const encodedTypes: Writer[] = [];
  const typeIndex = ({ parameters, result }: Signature): number => {
    const key = `${parameters}:${result}`;
    if (!types.includes(key)) {
      types.push(key);
      const writer = new Writer().byte(0x60).unsigned(parameters.length);
      for (const parameter of parameters) writer.byte(valueTypes[parameter]);
      writer.unsigned(result === undefined ? 0 : 1);
      if (result !== undefined) writer.byte(valueTypes[result]);
      encodedTypes.push(writer);
    }
    return types.indexOf(key);
  };
  const imports = imported.map((item) => new Writer().text('env').text(item.name).byte(0x00).unsigned(typeIndex(item)));
  const SHARED_WITH_MAXIMUM = 0x03;
  imports.push(
    new Writer().text('env').text('memory').byte(0x02).byte(SHARED_WITH_MAXIMUM).unsigned(pages).unsigned(pages),
  );
  const functions = defined.map((item) => new Writer().unsigned(typeIndex(item)));
  const exports = defined.map((item, i) =>
    new Writer()
      .text(item.name)
      .byte(0x00)
      .unsigned(imported.length + i),
  );
  const bodies = defined.map((item) => {
    const groups = item.locals.map((type) => new Writer().unsigned(1).byte(valueTypes[type]));
    const body = new Writer().append(vector(groups)).append(item.body);
    return new Writer().unsigned(body.bytes.length).append(body);
  });
  // The custom section 'name' gives profiles and stack traces the functions' names.
  const names = vector(defined.map((item, i) => new Writer().unsigned(imported.length + i).text(item.name)));
  const FUNCTION_NAMES = 1;
  const nameSection = new Writer().text('name').byte(FUNCTION_NAMES).unsigned(names.bytes.length).append(names);
  const module = new Writer();
  for (const byte of [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0]) module.byte(byte);
  module
    .append(section(1, vector(encodedTypes)))
    .append(section(2, vector(imports)))
    .append(section(3, vector(functions)))
    .append(section(7, vector(exports)))
    .append(section(10, vector(bodies)))
    .append(section(0, nameSection));
  return Uint8Array.from(module.bytes);
}
