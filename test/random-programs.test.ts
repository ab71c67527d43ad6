/**
 * Random programs must do the same in all modes of the JIT. A fixed handful here; random-programs.ts, run by hand, goes
 * on for as long as it is let. COPYJIT_TEST_SEED=N tries others.
 */
import t from 'tap';
import { findDivergences, shrunk, sourceOf } from './random-programs.ts';

t.setTimeout(0);
const first = Number(process.env.COPYJIT_TEST_SEED ?? 301);
const count = 12;

t.test(`seeds ${first} to ${first + count - 1}`, async (t) => {
  const seeds = Array.from({ length: count }, (_, i) => first + i);
  t.equal(sourceOf(first), sourceOf(first), 'a seed always gives the same program');
  const half = count / 2;
  const divergences = await findDivergences(seeds.slice(0, half));
  // the other half with nearly everything compiled
  process.env.COPYJIT_JIT_EAGER = '1';
  divergences.push(...(await findDivergences(seeds.slice(half))));
  for (const divergence of divergences) {
    const { seed, mode, expected, actual } = divergence;
    t.equal(actual, expected, `seed ${seed}: ${mode}`);
    t.comment(`the least program that still differs:\n${await shrunk(divergence)}`);
  }
  t.equal(divergences.length, 0, `${count} programs without a divergence`);
});
