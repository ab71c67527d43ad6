/** What a stencil library says about its forms, in words: operands, conditions, holes. */

import {
  BRANCH_BYTES,
  BranchTarget,
  CONDITION_WORDS,
  ConditionKind,
  EXPRESSION_WORDS,
  FIELD_BYTES,
  FormFlag,
} from '../../jit/stencil-format.ts';
import { Source, type StencilLibrary } from '../../jit/stencil-library.ts';
import { uopTable } from '../../jit/uops.ts';

/** Bits of a source that go into one byte of the code. */
export interface Hole {
  readonly source: string;
  readonly fromBit: number;
  readonly bits: number;
  readonly byte: number;
  readonly toBit: number;
}
export interface BranchHole {
  readonly target: 'exit' | 'target';
  readonly byte: number;
}
export interface VariantDescription {
  readonly bytes: number;
  readonly conditions: readonly string[];
  readonly holes: readonly Hole[];
  readonly branches: readonly BranchHole[];
}
export interface FormDescription {
  readonly form: number;
  readonly name: string;
  /** as the sources write it: `result = a, #b, imm0` */
  readonly operands: string;
  readonly flags: readonly string[];
  readonly variants: readonly VariantDescription[];
}

/** Names by Source, without expressions; `constant` is the name of the constant operand. */
function sourceNames(constant: string): string[] {
  return ['result', 'a', 'b', 'c', 'imm0', 'imm0', 'imm1', constant];
}

/** Name of the operand that a constant form takes as a constant. */
export function constantName(library: StencilLibrary, form: number): string {
  const uop = library.formUop[form];
  return uop < 0 ? '' : ('abc'[uopTable[uop].constantOperand] ?? '');
}

function operandText(library: StencilLibrary, form: number): string {
  const present = library.formOperands[form];
  const tied = library.tied(form);
  const parts: string[] = [];
  for (let source = Source.result; source <= Source.c; source++) {
    if (!(present & (1 << source)) || (tied >= 0 && tied === source - Source.a)) continue;
    const name = 'result a b c'.split(' ')[source];
    parts.push(source === Source.result && tied >= 0 ? `result = ${'abc'[tied]}` : name);
  }
  if (library.formFlags[form] & FormFlag.constant) parts.push(`#${constantName(library, form)}`);
  const used = usedImmediates(library, form);
  if (used.has(Source.immediate)) parts.push('imm0');
  if (used.has(Source.second)) parts.push('imm1');
  return parts.join(', ');
}

/** Immediates that the code or the choice of a variant depends on. */
function usedImmediates(library: StencilLibrary, form: number): Set<Source> {
  const used = new Set<Source>();
  const add = (source: Source): void => {
    if (source === Source.immediateHigh) used.add(Source.immediate);
    else if (source >= Source.immediate && source < Source.expressions) used.add(source);
  };
  for (const variant of variantsOf(library, form)) {
    for (let row = library.variantFirstCondition[variant]; row < library.variantFirstCondition[variant + 1]; row++)
      add(library.conditions[row * CONDITION_WORDS]);
    for (let row = library.variantFirstExpression[variant]; row < library.variantFirstExpression[variant + 1]; row++)
      add(library.expressions[row * EXPRESSION_WORDS]);
    for (let row = library.variantFirstField[variant]; row < library.variantFirstField[variant + 1]; row++)
      add(library.fields[row * FIELD_BYTES]);
  }
  return used;
}

export function variantsOf(library: StencilLibrary, form: number): number[] {
  return Array.from({ length: library.formVariantCount[form] }, (_, i) => library.formFirstVariant[form] + i);
}

/** `imm0`, or for an expression `imm0 * 8 + 1024`. */
function sourceText(library: StencilLibrary, variant: number, source: number, names: readonly string[]): string {
  if (source < Source.expressions) return names[source];
  const row = (library.variantFirstExpression[variant] + source - Source.expressions) * EXPRESSION_WORDS;
  const [of, scale, addend] = library.expressions.subarray(row, row + EXPRESSION_WORDS);
  const scaled = scale === 1 ? names[of] : scale === -1 ? `-${names[of]}` : `${names[of]} * ${scale}`;
  return addend === 0 ? scaled : `${scaled} ${addend < 0 ? '-' : '+'} ${Math.abs(addend)}`;
}

function conditionTexts(library: StencilLibrary, form: number, variant: number): string[] {
  const names = sourceNames(constantName(library, form));
  const texts: string[] = [];
  const present = library.formOperands[form];
  const accepted: string[][] = [];
  for (let mask = 0; mask < 16; mask++)
    if ((library.variantAccepts[variant] >> mask) & 1 && (mask & ~present) === 0)
      accepted.push([0, 1, 2, 3].filter((i) => present & (1 << i)).map((i) => (mask & (1 << i) ? 'high' : 'low')));
  const tied = library.tied(form);
  const independent = [0, 1, 2, 3].filter((i) => present & (1 << i)).length - (tied >= 0 ? 1 : 0);
  if (accepted.length < 1 << independent) {
    const operands = [0, 1, 2, 3].filter((i) => present & (1 << i));
    const groups = accepted.map((choice) => operands.map((i, at) => `${names[i]} ${choice[at]}`).join(', '));
    texts.push(`registers: ${groups.join(' or ')}`);
  }
  for (
    let index = library.variantFirstCondition[variant];
    index < library.variantFirstCondition[variant + 1];
    index++
  ) {
    const [source, kind, w2, w3, w4, w5] = library.conditions.subarray(
      index * CONDITION_WORDS,
      (index + 1) * CONDITION_WORDS,
    );
    const name = names[source];
    if (kind === ConditionKind.pattern) {
      const digits = [];
      for (let nibble = 15; nibble >= 0; nibble--) {
        const shift = (nibble % 8) * 4;
        const free = ((nibble > 7 ? w3 : w2) >>> shift) & 15;
        const value = ((nibble > 7 ? w5 : w4) >>> shift) & 15;
        digits.push(free === 15 ? '?' : value.toString(16));
      }
      texts.push(`${name} is 0x${digits.join('')}`);
    } else if (w2 === w3) texts.push(`${name} is ${w2}`);
    else texts.push(`${name} in ${w2}..${w3}${w4 ? ` step ${w4 + 1}` : ''}`);
  }
  return texts;
}

function describeVariant(library: StencilLibrary, form: number, variant: number): VariantDescription {
  const names = sourceNames(constantName(library, form));
  const holes: Hole[] = [];
  for (let index = library.variantFirstField[variant]; index < library.variantFirstField[variant + 1]; index++) {
    const [source, shift, mask, destination, low, high] = library.fields.subarray(
      index * FIELD_BYTES,
      (index + 1) * FIELD_BYTES,
    );
    holes.push({
      source: sourceText(library, variant, source, names),
      fromBit: source === Source.immediateHigh ? shift + 32 : shift,
      bits: 32 - Math.clz32(mask),
      byte: low | (high << 8),
      toBit: destination,
    });
  }
  const branches: BranchHole[] = [];
  for (let index = library.variantFirstBranch[variant]; index < library.variantFirstBranch[variant + 1]; index++) {
    const row = index * BRANCH_BYTES;
    branches.push({
      target: library.branchRows[row + 3] === BranchTarget.exit ? 'exit' : 'target',
      byte: library.branchRows[row] | (library.branchRows[row + 1] << 8),
    });
  }
  return {
    bytes: library.variantLength[variant],
    conditions: conditionTexts(library, form, variant),
    holes,
    branches,
  };
}

/** All about one form. */
export function describeForm(library: StencilLibrary, form: number): FormDescription {
  const flags: string[] = [];
  if (library.earlyClobber(form)) flags.push('early clobber');
  if (library.resultAfterExit(form)) flags.push('result after exit');
  return {
    form,
    name: library.formNames[form],
    operands: operandText(library, form),
    flags,
    variants: variantsOf(library, form).map((variant) => describeVariant(library, form, variant)),
  };
}
