/**
 * str(value) as JavaScript text, for whoever prints or formats: ints and floats become text without a str object in
 * between, everything else goes through str().
 */
import { T } from '../heap/fixed.ts';
import { floatAt, isFloat, isImmediateInt, refAt } from '../heap/values.ts';
import { floatRepr } from './float-format.ts';
import { decimalText } from './int-text.ts';
import { str } from './operations.ts';
import { stringOf } from './strings.ts';
import { typeOf } from './types.ts';

/** May call Python, may raise. */
export function displayText(slot: number): string {
  if (isImmediateInt(slot)) return decimalText(slot);
  if (isFloat(slot)) return floatRepr(floatAt(slot));
  return stringOf(typeOf(slot) === T.str ? refAt(slot) : str(slot));
}
