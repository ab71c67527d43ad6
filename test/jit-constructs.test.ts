/**
 * No construct turns the JIT off without saying so: every one of hot-constructs.ts stands in a hot loop, and either a
 * trace runs that loop, or --jit-stats names the instruction that ended the recordings. Nor does one make traces for
 * ever: what is made anew in every iteration (a function, a class) must not have a trace of its own.
 */
import t from 'tap';
import type { CodeDescription } from '../src/compiler/code.ts';
import { compileSource } from '../src/compiler/compile-source.ts';
import { instructionLength, Op } from '../src/compiler/instructions.ts';
import { copyjit, inParallel } from './copyjit.ts';
import { CONSTRUCTS, programOf } from './helpers/hot-constructs.ts';

t.setTimeout(0);

/** Instructions of the code objects that hold the loop, and of the functions in it. */
function operations(code: CodeDescription, inside: boolean, found: Set<Op>): void {
  const counts = inside || code.name === 'main';
  if (counts)
    for (let at = 0; at < code.instructions.length; at += instructionLength[code.instructions[at]])
      found.add(code.instructions[at]);
  for (const constant of code.constants) if (constant.type === 'code') operations(constant.code, counts, found);
}

t.test('the loops hold every instruction that the compiler emits', async (t) => {
  const found = new Set<Op>();
  for (const construct of CONSTRUCTS)
    operations(compileSource(programOf(construct), 'construct.py', 'exec'), construct.place === 'module', found);
  // only input at a prompt has it
  found.add(Op.PRINT_EXPRESSION);
  for (let op = Op.NOP; op < Op.LOAD_GLOBAL_MODULE; op++) t.ok(found.has(op), Op[op]);
});

t.test('what is made anew in each iteration does not get a trace each time', async (t) => {
  const setup = 'def back(f): return f()\n';
  const body = 'class X:\n  def m(self): return i\nv = X().m()\nX.n = v\ndef f(q=i, *, k=i): return q + k\nv = back(f)';
  const counts: number[] = [];
  for (const times of [20_000, 40_000]) {
    const program = programOf({ name: '', body, setup }, times);
    const { stderr } = await copyjit(['run', '--jit=native', '--jit-stats', '-c', program]);
    counts.push(Number(/^traces compiled: (\d+)/m.exec(stderr)?.[1]));
  }
  t.equal(counts[1], counts[0], 'twice the iterations, the same traces');
});

const runs = new Map<string, Awaited<ReturnType<typeof copyjit>>>();
await inParallel([...CONSTRUCTS], async (construct) => {
  runs.set(construct.name, await copyjit(['run', '--jit=native', '--jit-stats', '-c', programOf(construct)]));
});
for (const { name } of CONSTRUCTS) {
  t.test(name, async (t) => {
    const { stdout, stderr, status } = runs.get(name)!;
    t.equal(status, 0, stderr);
    t.equal(stdout, 'done\n');
    if (/^traces compiled: \d+ \([1-9]\d* loops/m.test(stderr)) return;
    const reasons = /^traces aborted, by reason:\n((?: {2}.*\n)+)/m.exec(stderr)?.[1].trimEnd().split('\n') ?? [];
    t.not(reasons.length, 0, 'no trace runs the loop, so reasons are named');
    for (const reason of reasons) t.match(reason, /\b[A-Z]+(_[A-Z]+)*\b.*: \d+$|loop left/, 'an instruction is named');
  });
}
