/**
 * What lists, tuples, ranges and other sequences share: index normalisation, comparing items, the guard against endless
 * repr of objects that contain themselves.
 */
import { T } from '../heap/fixed.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isFloat, isImmediateInt, TAG_REF } from '../heap/values.ts';
import { raiseTypeError } from './errors.ts';
import { hasIndex, indexOf, setBool, subscriptIndex } from './integers.ts';
import { compare, equals } from './operations.ts';
import { CompareOperator, orderingMatches } from './operators.ts';
import { stringEquals } from './strings.ts';
import { typeName } from './types.ts';

/**
 * A subscript as a number, negative if it counts from the end. May call `__index__`. TypeError "`what` indices must be
 * integers or slices, not ..." for anything else.
 */
export function subscriptNumber(key: number, what: string): number {
  if (isImmediateInt(key)) return indexOf(key);
  if (!hasIndex(key)) raiseTypeError(`${what} indices must be integers or slices, not ${typeName(key)}`);
  return subscriptIndex(key);
}

/** A position between 0 and `size` for start or stop arguments of index(): negative ones count from the end. */
export function clampPosition(position: number, size: number): number {
  return position < 0 ? Math.max(0, position + size) : Math.min(position, size);
}

/** Optional start or stop argument (NULL: `missing`), as a clamped position. May call `__index__`. */
export function positionArgument(slot: number, missing: number, size: number): number {
  if (words[slot << 1] === 0 && words[(slot << 1) + 1] === TAG_REF) return missing;
  if (!hasIndex(slot)) raiseTypeError('slice indices must be integers or have an __index__ method');
  return clampPosition(indexOf(slot), size);
}

/**
 * `a is b or a == b`, as containers compare. May call Python unless both are numbers or strings; the cells may lie in
 * an array that the call replaces.
 */
export function itemsEqual(a: number, b: number): boolean {
  const aLow = words[a << 1];
  const aHigh = words[(a << 1) + 1];
  const bLow = words[b << 1];
  const bHigh = words[(b << 1) + 1];
  if (aLow === bLow && aHigh === bHigh) return true;
  if (aHigh === TAG_REF && bHigh === TAG_REF) {
    if (words[aLow << 1] === T.str && words[bLow << 1] === T.str) return stringEquals(aLow, bLow);
  } else if (isImmediateInt(a) && isImmediateInt(b)) return false;
  else if (aHigh !== TAG_REF && bHigh !== TAG_REF) return equals(a, b);
  const copies = pushSlots(2);
  copyValue(copies, a);
  copyValue(copies + 1, b);
  const same = equals(copies, copies + 1);
  popSlots(2);
  return same;
}

/** True for a value whose comparison runs no Python code against another such value. */
export function isNumberOrString(slot: number): boolean {
  if (words[(slot << 1) + 1] !== TAG_REF) return isFloat(slot) || isImmediateInt(slot);
  const type = words[words[slot << 1] << 1];
  return type === T.str || type === T.int || type === T.bool;
}

/**
 * Compares two sequences of items whose cells `itemOf` gives (items and sizes may change while Python code runs).
 * Writes the answer to `result`.
 */
export function compareItems(
  operator: CompareOperator,
  a: number,
  b: number,
  sizeOf: (ref: number) => number,
  itemOf: (ref: number, index: number) => number,
  result: number,
): void {
  const onlyEquality = operator === CompareOperator.equal || operator === CompareOperator.notEqual;
  if (onlyEquality && sizeOf(a) !== sizeOf(b)) {
    setBool(result, operator === CompareOperator.notEqual);
    return;
  }
  let index = 0;
  while (index < sizeOf(a) && index < sizeOf(b) && itemsEqual(itemOf(a, index), itemOf(b, index))) index++;
  if (index >= sizeOf(a) || index >= sizeOf(b)) {
    setBool(result, orderingMatches(operator, sizeOf(a) - sizeOf(b)));
    return;
  }
  if (onlyEquality) {
    setBool(result, operator === CompareOperator.notEqual);
    return;
  }
  const copies = pushSlots(2);
  copyValue(copies, itemOf(a, index));
  copyValue(copies + 1, itemOf(b, index));
  compare(operator, copies, copies + 1, result);
  popSlots(2);
}

/** Objects whose repr is being made, innermost last. */
const running: number[] = [];

/** False if the repr of this object is being made already; else leaveRepr must follow, in a `finally`. */
export function enterRepr(ref: number): boolean {
  if (running.includes(ref)) return false;
  running.push(ref);
  return true;
}
/** Also drops what a stack overflow in the middle of an inner leaveRepr left behind. */
export function leaveRepr(ref: number): void {
  while (running.length > 0 && running.pop() !== ref) {}
}
