/** Puts variants into the flat file that stencil-format.ts describes. */
import type { Architecture } from '../../src/jit/architectures.ts';
import {
  checksum,
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
} from '../../src/jit/stencil-format.ts';
import { uopTable } from '../../src/jit/uops.ts';
import type { Variant } from './derive.ts';

export interface Form {
  readonly name: string;
  readonly constant: boolean;
  readonly variants: readonly Variant[];
}

/** The library as bytes. `inputs` is a hash of all that it was made from. */
export function writeLibrary(architecture: Architecture, forms: readonly Form[], inputs: number): Uint8Array {
  const columns = new Map<SectionName, number[]>(sections.map(([name]) => [name, []]));
  const column = (name: SectionName): number[] => columns.get(name)!;
  const code = column('code');
  for (const form of forms) {
    const { stencil } = form.variants[0];
    column('formUop').push(uopTable.findIndex((uop) => uop.name === form.name));
    column('formFlags').push(
      (form.constant ? FormFlag.constant : 0) |
        (stencil.earlyClobber ? FormFlag.earlyClobber : 0) |
        (stencil.resultAfterExit ? FormFlag.resultAfterExit : 0),
    );
    column('formTied').push(stencil.tied === null ? -1 : stencil.tied - Source.a);
    let operands = 0;
    for (const parameter of stencil.parameters)
      if (!parameter.immediate) operands |= (1 << parameter.source) | (parameter.float ? 16 << parameter.source : 0);
    column('formOperands').push(operands);
    column('formFirstVariant').push(column('variantAccepts').length);
    column('formVariantCount').push(form.variants.length);
    for (const variant of form.variants) {
      column('variantAccepts').push(variant.accepts);
      column('variantCode').push(code.length);
      column('variantLength').push(variant.template.length);
      column('variantFirstCondition').push(column('conditions').length / 6);
      column('variantFirstExpression').push(column('expressions').length / 3);
      column('variantFirstField').push(column('fields').length / 6);
      column('variantFirstBranch').push(column('branches').length / 4);
      code.push(...variant.template);
      for (const { source, kind, words } of variant.conditions) column('conditions').push(source, kind, ...words);
      for (const { source, scale, addend } of variant.expressions) column('expressions').push(source, scale, addend);
      for (const { source, sourceShift, mask, destinationShift, offset } of variant.fields)
        column('fields').push(source, sourceShift, mask, destinationShift, offset & 255, offset >> 8);
      for (const { offset, kind, target } of variant.branches)
        column('branches').push(offset & 255, offset >> 8, kind, target);
    }
  }
  column('variantFirstCondition').push(column('conditions').length / 6);
  column('variantFirstExpression').push(column('expressions').length / 3);
  column('variantFirstField').push(column('fields').length / 6);
  column('variantFirstBranch').push(column('branches').length / 4);
  column('names').push(...Buffer.from(forms.map((form) => form.name).join('\n')));

  const size = sections.reduce((sum, [name, width]) => sum + 4 + ((column(name).length * width + 3) & ~3), 0);
  const file = new Uint8Array(HEADER_WORDS * 4 + size);
  const view = new DataView(file.buffer);
  let at = HEADER_WORDS * 4;
  for (const [name, width] of sections) {
    const numbers = column(name);
    view.setInt32(at, numbers.length * width, true);
    at += 4;
    numbers.forEach((number, i) => {
      if (width === 4) view.setInt32(at + i * 4, number, true);
      else if (width === 2) view.setInt16(at + i * 2, number, true);
      else view.setInt8(at + i, number);
    });
    at += (numbers.length * width + 3) & ~3;
  }
  const header = new Int32Array(file.buffer, 0, HEADER_WORDS);
  const body = file.subarray(HEADER_WORDS * 4);
  header[HeaderWord.magic] = STENCIL_MAGIC;
  header[HeaderWord.format] = STENCIL_FORMAT;
  header[HeaderWord.fingerprint] = uopFingerprint();
  header[HeaderWord.checksum] = checksum(body);
  header[HeaderWord.length] = body.length;
  header[HeaderWord.processor] = processorNumbers[architecture.name];
  header[HeaderWord.inputs] = inputs;
  return file;
}
