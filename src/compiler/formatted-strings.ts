/** f-strings and t-strings. */
import type { Expression, FormattedValue, Interpolation, JoinedStr, TemplateStr } from '../parser/ast.ts';
import { joinTexts } from '../text/exact-text.ts';
import { NULL, stringConstant, tupleConstant } from './constants.ts';
import { into, keep, operand } from './expressions.ts';
import { fold } from './folding.ts';
import { Op } from './instructions.ts';
import type { CodeUnit } from './unit.ts';

export function joinedInto(unit: CodeUnit, node: JoinedStr, target: number): void {
  const constant = fold(node);
  if (constant !== null) {
    unit.move(node, target, unit.constant(constant));
    return;
  }
  const { values } = node;
  if (values.length === 1) {
    into(unit, values[0], target);
    return;
  }
  const mark = unit.next;
  const start = unit.runStart(target);
  unit.next = start;
  for (const value of values) {
    const register = unit.allocate();
    into(unit, value, register);
    unit.next = register + 1;
  }
  unit.emit(node, Op.BUILD_STRING, target, start, values.length);
  unit.next = mark;
}

export function formattedInto(unit: CodeUnit, node: FormattedValue, target: number): void {
  const mark = unit.next;
  const conversion = node.conversion === -1 ? 0 : node.conversion;
  const { value, format_spec } = node;
  let source = operand(unit, value, target);
  if (format_spec === null) {
    unit.emit(node, Op.FORMAT_SIMPLE, target, source, conversion);
  } else {
    source = keep(unit, node, source, format_spec);
    const specification = operand(unit, format_spec, source === target ? -1 : target);
    unit.emit(node, Op.FORMAT_WITH_SPEC, target, source, conversion, specification);
  }
  unit.next = mark;
}

export function templateInto(unit: CodeUnit, node: TemplateStr, target: number): void {
  const mark = unit.next;
  const strings: string[] = [''];
  const interpolations: Expression[] = [];
  for (const value of node.values) {
    if (value.kind === 'Interpolation') {
      interpolations.push(value);
      strings.push('');
    } else if (value.kind === 'Constant' && value.value.type === 'str') {
      strings.push(joinTexts(strings.pop() as string, value.value.value));
    }
  }
  const start = unit.runStart(target);
  unit.next = start;
  for (const interpolation of interpolations) {
    const register = unit.allocate();
    into(unit, interpolation, register);
    unit.next = register + 1;
  }
  unit.next = start;
  const tuple = unit.allocate();
  unit.emit(node, Op.BUILD_TUPLE, tuple, start, interpolations.length);
  unit.emit(node, Op.BUILD_TEMPLATE, target, unit.constant(tupleConstant(strings.map(stringConstant))), tuple);
  unit.next = mark;
}

export function interpolationInto(unit: CodeUnit, node: Interpolation, target: number): void {
  const mark = unit.next;
  const value = keep(unit, node, operand(unit, node.value, target), node.format_spec);
  const conversion = node.conversion === -1 ? 0 : node.conversion;
  const specification =
    node.format_spec === null ? unit.constant(NULL) : operand(unit, node.format_spec, value === target ? -1 : target);
  const text = unit.constant(stringConstant(node.str));
  unit.emit(node, Op.BUILD_INTERPOLATION, target, value, text, conversion, specification);
  unit.next = mark;
}
