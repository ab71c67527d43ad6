// Number literals: the text of a Number token to its value.

import type { ConstantValue } from './ast.ts';

/** Python refuses longer decimal literals, since reading them takes quadratic time there. */
const MAXIMUM_DECIMAL_DIGITS = 4300;

/** A number literal that cannot be had; the message is Python's. */
export class NumberError extends Error {}

/** The value of a number literal that the tokenizer accepted. Throws NumberError for decimal ints that are too long. */
export function parseNumber(literal: string): ConstantValue {
  const text = literal.includes('_') ? literal.replaceAll('_', '') : literal;
  const last = text.charCodeAt(text.length - 1) | 32;
  if (text.charCodeAt(0) === 48 && text.length > 1) {
    const letter = text.charCodeAt(1) | 32;
    if (letter === 120 || letter === 111 || letter === 98) {
      return { type: 'int', value: BigInt(text.toLowerCase()) };
    }
  }
  if (last === 106) {
    return { type: 'complex', imag: Number(text.slice(0, -1)) };
  }
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 46 || (c | 32) === 101) {
      return { type: 'float', value: Number(text) };
    }
  }
  if (text.length > MAXIMUM_DECIMAL_DIGITS) {
    throw new NumberError(
      `Exceeds the limit (${MAXIMUM_DECIMAL_DIGITS} digits) for integer string conversion: ` +
        `value has ${text.length} digits; use sys.set_int_max_str_digits() to increase the limit` +
        ' - Consider hexadecimal for huge integer literals to avoid decimal conversion limits.',
    );
  }
  return { type: 'int', value: BigInt(text) };
}
