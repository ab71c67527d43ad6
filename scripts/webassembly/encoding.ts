/**
 * What the translator writes into: the code of a function, and the module of one memory, imported functions and the
 * functions of its own. The numbers of the format are in src/modules/wasm-format.ts.
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
} from '../../src/modules/wasm-format.ts';

/** What variables and results are. */
export type NumberType = 'i32' | 'f64';

/** Code that grows: every method appends, and answers the writer. */
export class CodeWriter {
  readonly bytes: number[] = [];

  op(name: InstructionName): this {
    this.bytes.push(instruction[name]);
    return this;
  }

  unsigned(value: number): this {
    this.bytes.push(...unsigned(value));
    return this;
  }

  i32(value: number): this {
    this.op('i32.const').bytes.push(...signed(BigInt(value)));
    return this;
  }

  f64(value: number): this {
    const buffer = Buffer.alloc(8);
    buffer.writeDoubleLE(value);
    this.op('f64.const').bytes.push(...buffer);
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
  open(name: 'block' | 'loop' | 'if', result?: NumberType): this {
    this.op(name).bytes.push(result === undefined ? NO_VALUE : valueTypes[result]);
    return this;
  }
}

export interface Signature {
  parameters: NumberType[];
  result: NumberType | undefined;
}

export interface ImportedFunction extends Signature {
  name: string;
}

export interface DefinedFunction extends Signature {
  name: string;
  /** of the variables that are not parameters, in order */
  locals: NumberType[];
  body: CodeWriter;
}

/**
 * The bytes of a module that imports functions from 'env' and the shared memory 'env.memory' of `pages` pages, and
 * exports all of `defined`. Functions are numbered in this order: imported, defined.
 */
export function encodeModule(imported: ImportedFunction[], defined: DefinedFunction[], pages: number): Uint8Array {
  const types: string[] = [];
  const encodedTypes: number[][] = [];
  const typeIndex = ({ parameters, result }: Signature): number => {
    const key = `${parameters}:${result}`;
    if (!types.includes(key)) {
      types.push(key);
      const results = result === undefined ? [] : [valueTypes[result]];
      encodedTypes.push([
        FUNCTION_TYPE,
        ...vector(parameters.map((parameter) => [valueTypes[parameter]])),
        ...vector(results.map((type) => [type])),
      ]);
    }
    return types.indexOf(key);
  };
  const imports = imported.map((item) => [
    ...text('env'),
    ...text(item.name),
    external.function,
    ...unsigned(typeIndex(item)),
  ]);
  const SHARED_WITH_MAXIMUM = 0x03;
  const limits = [SHARED_WITH_MAXIMUM, ...unsigned(pages), ...unsigned(pages)];
  imports.push([...text('env'), ...text('memory'), external.memory, ...limits]);
  const functions = defined.map((item) => unsigned(typeIndex(item)));
  const exports = defined.map((item, i) => [...text(item.name), external.function, ...unsigned(imported.length + i)]);
  const bodies = defined.map(({ locals, body }) => {
    const code = [...vector(locals.map((type) => [1, valueTypes[type]])), ...body.bytes];
    return [...unsigned(code.length), ...code];
  });
  // The custom section 'name' gives profiles and stack traces the functions' names.
  const FUNCTION_NAMES = 1;
  const names = vector(defined.map((item, i) => [...unsigned(imported.length + i), ...text(item.name)]));
  return Uint8Array.from([
    ...MODULE_HEADER,
    ...section(sections.types, vector(encodedTypes)),
    ...section(sections.imports, vector(imports)),
    ...section(sections.functions, vector(functions)),
    ...section(sections.exports, vector(exports)),
    ...section(sections.code, vector(bodies)),
    ...section(sections.custom, [...text('name'), ...section(FUNCTION_NAMES, names)]),
  ]);
}
