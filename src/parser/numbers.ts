// Number literals: the text of a Number token to its value.

import type { ConstantValue } from './ast.ts';

/** Python refuses longer decimal literals, since reading them takes quadratic time there; 0: it does not. */
let digitLimit = (): number => 4300;

/** The interpreter, which knows what sys.set_int_max_str_digits() was told, installs itself here. */
export function setDigitLimit(limit: () => number): void {
  digitLimit = limit;
}

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
  const limit = digitLimit();
  if (limit > 0 && text.length > limit) {
    throw new NumberError(
      `Exceeds the limit (${limit} digits) for integer string conversion: ` +
        `value has ${text.length} digits; use sys.set_int_max_str_digits() to increase the limit` +
        ' - Consider hexadecimal for huge integer literals to avoid decimal conversion limits.',
    );
  }
  return { type: 'int', value: BigInt(text) };
}
