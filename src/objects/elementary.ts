/**
 * Elementary functions of doubles. JavaScript leaves their last digit to the engine; where the engine's differs from
 * what the C library (and so CPython) answers, the better function is here.
 */

/** x ** y by C's rules for the special cases. */
export function power(x: number, y: number): number {
  if (y === 2) return x * x;
  if (y === 1) return x;
  if (y === -1) return 1 / x;
  if (y === 0.5 && x >= 0) return x === 0 ? 0 : Math.sqrt(x);
  return x ** y;
}
