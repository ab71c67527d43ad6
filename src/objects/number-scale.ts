/**
 * Scaling of doubles by powers of two (C's ldexp), which neither JavaScript's operators nor its Math have in one step.
 */

/** x * 2**exponent, rounded once. */
export function scaleByPowerOfTwo(x: number, exponent: number): number {
  let power = exponent;
  let scaled = x;
  while (power > 1023 && Number.isFinite(scaled) && scaled !== 0) {
    scaled *= 2 ** 1023;
    power -= 1023;
  }
  // Steps of 2**-969 leave 53 bits above the subnormals: what they round would end as zero anyway.
  while (power < -1022 && scaled !== 0) {
    scaled *= 2 ** -969;
    power += 969;
  }
  if (power > 1023 || power < -1022) return scaled;
  return scaled * 2 ** power;
}
