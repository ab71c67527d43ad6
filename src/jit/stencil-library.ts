/**
 * The stencil library at run time: loads dist/stencils/ARCH.bin and copies stencils with their holes patched.
 *
 * How to use it: `find(uop, constant)` or `findSpecial(name)` once gives a form number; then per instruction fill
 * `operands` (indexed by `Source`: register numbers, immediates) and call `copy(form, offset)`, which writes into `code`
 * at `offset`, appends what has to be linked to `branches*`, and returns the offset behind. All is flat arrays and no
 * objects are made, because this runs while V8 has compiled nothing of it yet.
 *
 * What the allocator must respect, per form:
 * - `tied(form)` = operand index (0 a, 1 b, 2 c) whose register must be the result's too, or -1. An operand that is
 *   still needed afterwards, or by this uop's own exit, must first be moved into the result register from elsewhere.
 *   Other operands must lie in other registers than the result, except where they are the same SSA value as the tied one.
 * - `earlyClobber(form)`: the result register must differ from the registers of all (not tied) operands.
 * - `resultAfterExit(form)`: nothing is written before the last exit, so an operand that only this uop's exit still needs
 *   may share the result's register. Without the flag it may not.
 * - Two operands may always be in one register if they are the same value.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../addon/load.ts';
import { type Architecture, type ArchitectureName, architectures, BranchKind } from './architectures.ts';
import {
  BRANCH_BYTES,
  type BranchTarget,
  CONDITION_WORDS,
  ConditionKind,
  checksum,
  EXPRESSION_WORDS,
  FIELD_BYTES,
  FormFlag,
  HEADER_WORDS,
  HeaderWord,
  processorNumbers,
  type SectionName,
  Source,
  STENCIL_FORMAT,
  STENCIL_MAGIC,
  sections,
  uopFingerprint,
} from './stencil-format.ts';
import { uopTable } from './uops.ts';

export { BranchKind } from './architectures.ts';
export { BranchTarget, Source } from './stencil-format.ts';

/** The library file is missing, damaged or of another version; the message is one line for the user. */
export class StencilLibraryError extends Error {}
/** An operand does not fit its hole, or the code buffer is full: the trace cannot be compiled. */
export class StencilRangeError extends Error {}

export function stencilLibraryPath(architecture: ArchitectureName): string {
  return join(packageRoot(), 'dist', 'stencils', `${architecture}.bin`);
}

/** Reads and checks a library; throws StencilLibraryError. */
export function loadStencilLibrary(
  architecture: ArchitectureName,
  file = stencilLibraryPath(architecture),
): StencilLibrary {
  let data: Buffer;
  try {
    data = readFileSync(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new StencilLibraryError(
      `the stencil library ${file} ${code === 'ENOENT' ? 'is missing' : `cannot be read (${code})`}`,
    );
  }
  // A copy of its own: small files come from Node's shared pool, at any alignment.
  const bytes = new Uint8Array(data);
  const header = new Int32Array(bytes.buffer, 0, bytes.length < HEADER_WORDS * 4 ? 0 : HEADER_WORDS);
  if (header.length === 0 || header[HeaderWord.magic] !== STENCIL_MAGIC)
    throw new StencilLibraryError(`the stencil library ${file} is damaged: no header`);
  if (header[HeaderWord.format] !== STENCIL_FORMAT || header[HeaderWord.fingerprint] !== uopFingerprint())
    throw new StencilLibraryError(`the stencil library ${file} belongs to another version of copyjit`);
  const body = bytes.subarray(HEADER_WORDS * 4);
  if (header[HeaderWord.length] !== body.length || header[HeaderWord.checksum] !== checksum(body))
    throw new StencilLibraryError(`the stencil library ${file} is damaged: wrong checksum`);
  if (header[HeaderWord.processor] !== processorNumbers[architecture])
    throw new StencilLibraryError(`the stencil library ${file} is for another processor`);
  return new StencilLibrary(architectures[architecture], bytes);
}

const NO_CODE = new Uint8Array(0);

export class StencilLibrary {
  readonly architecture: Architecture;
  readonly formCount: number;
  readonly formNames: readonly string[];
  readonly formUop: Int16Array;
  readonly formFlags: Uint8Array;
  readonly formTied: Int8Array;
  /** bits 0-3: has result, a, b, c as register; bits 4-7: that one is a float register */
  readonly formOperands: Uint8Array;
  readonly formFirstVariant: Uint16Array;
  readonly formVariantCount: Uint8Array;
  readonly variantAccepts: Uint16Array;
  readonly variantCode: Int32Array;
  readonly variantLength: Uint16Array;
  /** each "first" column has one element more than there are variants: the end of the last */
  readonly variantFirstCondition: Uint16Array;
  readonly variantFirstExpression: Uint16Array;
  readonly variantFirstField: Int32Array;
  readonly variantFirstBranch: Uint16Array;
  readonly conditions: Int32Array;
  readonly expressions: Int32Array;
  readonly fields: Uint8Array;
  readonly branchRows: Uint8Array;
  readonly templates: Uint8Array;

  /** What the next copy uses, by `Source`: registers by hardware number, immediates as 32-bit words. */
  readonly operands: Int32Array = new Int32Array(16);
  /** Where copies go: usually the writable view of code memory. */
  code: Uint8Array = NO_CODE;

  /** Branches to be linked, appended by copy(); the caller resets branchCount. Offsets into `code` of the field. */
  branchCount = 0;
  branchOffsets: Int32Array = new Int32Array(1024);
  branchKinds: Uint8Array = new Uint8Array(1024);
  branchTargets: Uint8Array = new Uint8Array(1024);

  readonly #registerForms: Int16Array;
  readonly #constantForms: Int16Array;
  readonly #allowedGeneral: number;
  readonly #allowedFloat: number;

  constructor(architecture: Architecture, bytes: Uint8Array) {
    this.architecture = architecture;
    const at = new Map<SectionName, [number, number]>();
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    let offset = HEADER_WORDS * 4;
    for (const [name] of sections) {
      const length = view.getInt32(offset, true);
      at.set(name, [offset + 4, length]);
      offset += 4 + ((length + 3) & ~3);
    }
    const start = (name: SectionName): number => bytes.byteOffset + at.get(name)![0];
    const size = (name: SectionName): number => at.get(name)![1];
    const u8 = (name: SectionName): Uint8Array => new Uint8Array(bytes.buffer, start(name), size(name));
    const u16 = (name: SectionName): Uint16Array => new Uint16Array(bytes.buffer, start(name), size(name) / 2);
    const i32 = (name: SectionName): Int32Array => new Int32Array(bytes.buffer, start(name), size(name) / 4);
    this.formUop = new Int16Array(bytes.buffer, start('formUop'), size('formUop') / 2);
    this.formFlags = u8('formFlags');
    this.formTied = new Int8Array(bytes.buffer, start('formTied'), size('formTied'));
    this.formOperands = u8('formOperands');
    this.formFirstVariant = u16('formFirstVariant');
    this.formVariantCount = u8('formVariantCount');
    this.variantAccepts = u16('variantAccepts');
    this.variantCode = i32('variantCode');
    this.variantLength = u16('variantLength');
    this.variantFirstCondition = u16('variantFirstCondition');
    this.variantFirstExpression = u16('variantFirstExpression');
    this.variantFirstField = i32('variantFirstField');
    this.variantFirstBranch = u16('variantFirstBranch');
    this.conditions = i32('conditions');
    this.expressions = i32('expressions');
    this.fields = u8('fields');
    this.branchRows = u8('branches');
    this.templates = u8('code');
    this.formNames = Buffer.from(u8('names')).toString('utf8').split('\n');
    this.formCount = this.formUop.length;
    this.#registerForms = new Int16Array(uopTable.length).fill(-1);
    this.#constantForms = new Int16Array(uopTable.length).fill(-1);
    for (let form = 0; form < this.formCount; form++) {
      const uop = this.formUop[form];
      if (uop < 0) continue;
      if (this.formFlags[form] & FormFlag.constant) this.#constantForms[uop] = form;
      else this.#registerForms[uop] = form;
    }
    this.#allowedGeneral = architecture.allocatableGeneral.reduce((bits, n) => bits | (1 << n), 0);
    this.#allowedFloat = architecture.allocatableFloat.reduce((bits, n) => bits | (1 << n), 0);
  }

  /**
   * The form of a uop; with `constant` the one whose last operand is a signed 32-bit constant (every int32 is accepted).
   * -1 when there is none: uops that need no code (`loop`), or no constant form.
   */
  find(uop: number, constant: boolean): number {
    return constant ? this.#constantForms[uop] : this.#registerForms[uop];
  }

  /** The form of a stencil that is no uop: entry, exit_stub, exit_common, helper_resume, jump; throws if unknown. */
  findSpecial(name: string): number {
    for (let form = 0; form < this.formCount; form++)
      if (this.formUop[form] < 0 && this.formNames[form] === name) return form;
    throw new StencilRangeError(`the library has no stencil ${name}`);
  }

  /** Index of the operand (0 a, 1 b, 2 c) whose register must be the result's, or -1. */
  tied(form: number): number {
    return this.formTied[form];
  }
  earlyClobber(form: number): boolean {
    return (this.formFlags[form] & FormFlag.earlyClobber) !== 0;
  }
  resultAfterExit(form: number): boolean {
    return (this.formFlags[form] & FormFlag.resultAfterExit) !== 0;
  }

  /** Bytes that copy() would write with the present `operands`. Throws StencilRangeError as copy does. */
  length(form: number): number {
    return this.variantLength[this.variant(form)];
  }

  /**
   * Copies the form into `code` at `offset` with `operands`, records its branches, and returns the offset behind it.
   * Throws StencilRangeError when an operand fits no variant or the buffer is full; nothing is written then.
   */
  copy(form: number, offset: number): number {
    const operands = this.operands;
    const code = this.code;
    const variant = this.variant(form);
    const length = this.variantLength[variant];
    if (offset + length > code.length) throw new StencilRangeError('code memory is full');

    let expression = this.variantFirstExpression[variant];
    const lastExpression = this.variantFirstExpression[variant + 1];
    for (let source: number = Source.expressions; expression < lastExpression; expression++, source++) {
      const row = expression * EXPRESSION_WORDS;
      const value = operands[this.expressions[row]];
      operands[source] = Math.imul(value, this.expressions[row + 1]) + this.expressions[row + 2];
    }

    const templates = this.templates;
    const template = this.variantCode[variant];
    for (let i = 0; i < length; i++) code[offset + i] = templates[template + i];

    const fields = this.fields;
    const end = this.variantFirstField[variant + 1] * FIELD_BYTES;
    for (let row = this.variantFirstField[variant] * FIELD_BYTES; row < end; row += FIELD_BYTES) {
      const bits = (operands[fields[row]] >>> fields[row + 1]) & fields[row + 2];
      code[offset + (fields[row + 4] | (fields[row + 5] << 8))] ^= bits << fields[row + 3];
    }

    const branchEnd = this.variantFirstBranch[variant + 1];
    for (let branch = this.variantFirstBranch[variant]; branch < branchEnd; branch++) {
      const row = branch * BRANCH_BYTES;
      const at = offset + (this.branchRows[row] | (this.branchRows[row + 1] << 8));
      this.#recordBranch(at, this.branchRows[row + 2], this.branchRows[row + 3]);
    }
    return offset + length;
  }

  /** Makes the branch whose field lies at `at` jump to offset `target` of the same buffer. */
  patchBranch(at: number, kind: BranchKind, target: number): void {
    const code = this.code;
    if (kind === BranchKind.relative32) {
      this.#putWord(at, target - (at + 4));
      return;
    }
    const old = code[at] | (code[at + 1] << 8) | (code[at + 2] << 16) | (code[at + 3] << 24);
    if (kind === BranchKind.address21) {
      const bytes = target - at;
      if (bytes < -(1 << 20) || bytes >= 1 << 20)
        throw new StencilRangeError(`an address ${bytes} bytes away does not fit`);
      this.#putWord(at, (old & ~0x60ffffe0) | ((bytes & 3) << 29) | (((bytes >> 2) & 0x7ffff) << 5));
      return;
    }
    const distance = (target - at) >> 2;
    const bits = kind === BranchKind.words26 ? 26 : 19;
    if ((target - at) & 3 || distance < -(1 << (bits - 1)) || distance >= 1 << (bits - 1))
      throw new StencilRangeError(`a branch over ${target - at} bytes does not fit ${bits} bits`);
    const shift = kind === BranchKind.words26 ? 0 : 5;
    const mask = ((1 << bits) - 1) << shift;
    this.#putWord(at, (old & ~mask) | ((distance << shift) & mask));
  }

  #putWord(at: number, word: number): void {
    this.code[at] = word;
    this.code[at + 1] = word >> 8;
    this.code[at + 2] = word >> 16;
    this.code[at + 3] = word >> 24;
  }

  #recordBranch(at: number, kind: BranchKind, target: BranchTarget): void {
    const n = this.branchCount++;
    if (n === this.branchOffsets.length) {
      const offsets = new Int32Array(2 * n);
      const kinds = new Uint8Array(2 * n);
      const targets = new Uint8Array(2 * n);
      offsets.set(this.branchOffsets);
      kinds.set(this.branchKinds);
      targets.set(this.branchTargets);
      this.branchOffsets = offsets;
      this.branchKinds = kinds;
      this.branchTargets = targets;
    }
    this.branchOffsets[n] = at;
    this.branchKinds[n] = kind;
    this.branchTargets[n] = target;
  }

  /** The variant of the form that takes the present operands; throws StencilRangeError. */
  variant(form: number): number {
    const operands = this.operands;
    const present = this.formOperands[form];
    let high = 0;
    for (let i = 0; i < 4; i++) {
      if (!(present & (1 << i))) continue;
      const register = operands[i];
      const allowed = present & (16 << i) ? this.#allowedFloat : this.#allowedGeneral;
      if (register < 0 || register > 31 || !((allowed >>> register) & 1))
        throw new StencilRangeError(`${this.formNames[form]}: register ${register} is not for operands`);
      if (register > 7) high |= 1 << i;
    }
    const first = this.formFirstVariant[form];
    const end = first + this.formVariantCount[form];
    for (let variant = first; variant < end; variant++)
      if ((this.variantAccepts[variant] >> high) & 1 && this.#conditionsHold(variant)) return variant;
    throw new StencilRangeError(
      `${this.formNames[form]}: no variant takes the immediates ${Array.from(operands.subarray(4, 8))}`,
    );
  }

  #conditionsHold(variant: number): boolean {
    const end = this.variantFirstCondition[variant + 1] * CONDITION_WORDS;
    const rows = this.conditions;
    for (let row = this.variantFirstCondition[variant] * CONDITION_WORDS; row < end; row += CONDITION_WORDS) {
      const value = this.operands[rows[row]];
      if (rows[row + 1] !== ConditionKind.pattern) {
        if (value < rows[row + 2] || value > rows[row + 3] || (value & rows[row + 4]) !== 0) return false;
        if (rows[row + 1] === ConditionKind.wideRange && this.operands[rows[row] + 1] !== value >> 31) return false;
      } else {
        if ((value & ~rows[row + 2]) !== rows[row + 4]) return false;
        if ((this.operands[rows[row] + 1] & ~rows[row + 3]) !== rows[row + 5]) return false;
      }
    }
    return true;
  }
}
