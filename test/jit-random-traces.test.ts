/**
 * Random programs in a toy language (helpers/trace-programs.ts), recorded, optimized, and run on each back end: wherever a
 * trace leaves, interpreting on from there must end as interpreting from the start does. COPYJIT_TEST_SEED=N gives other
 * programs.
 */
import fc from 'fast-check';
import t from 'tap';
import { State } from '../src/heap/fixed.ts';
import { words } from '../src/heap/memory.ts';
import * as ir from '../src/jit/ir.ts';
import { ImpossibleGuard } from '../src/jit/optimizer/emit.ts';
import { bootstrap } from '../src/objects/bootstrap.ts';
import { initialState, program } from './helpers/trace-arbitraries.ts';
import {
  copyState,
  describe,
  finish,
  fromHeap,
  type Program,
  type State as ProgramState,
  record,
  toHeap,
} from './helpers/trace-programs.ts';
import { backends, beginTrace, type Compiled, compileOn, optimize, resetFrame } from './helpers/traces.ts';

bootstrap();
const available = backends();

/** Does the action end in ImpossibleGuard? */
function contradicts(action: () => void): boolean {
  try {
    action();
    return false;
  } catch (error) {
    if (error instanceof ImpossibleGuard) return true;
    throw error;
  }
}

/** Records the first iteration of a random program; false if it contradicts itself. */
function recordRoot(source: Program, initial: ProgramState): boolean {
  const trace = beginTrace();
  if (contradicts(() => record(source, copyState(initial), trace))) return false;
  const text = ir.traceText();
  if (contradicts(() => trace.close())) {
    if (ir.traceText() !== text) throw new Error('a loop that does not close changed the trace');
    trace.pc = 0;
    trace.end();
  }
  return true;
}
/** Runs a root trace from the initial state; throws unless interpreting on from its exit ends as `expected`. */
function checkRun(run: Compiled, source: Program, initial: ProgramState, expected: string, what: string) {
  resetFrame();
  toHeap(initial);
  const exit = run();
  const state = fromHeap(initial.variables.length);
  const pc = words[State.pc];
  const end = copyState(state);
  finish(source, end, pc);
  if (describe(end) !== expected)
    throw new Error(`${what}, exit ${exit.number} at ${pc}:\n${describe(end)}\n${expected}\n${ir.traceText()}`);
  return { exit, state, pc };
}
function expectedOf(source: Program, initial: ProgramState): string {
  const state = copyState(initial);
  finish(source, state, 0);
  return describe(state);
}
const seed = Number(process.env.COPYJIT_TEST_SEED ?? 20261123);

t.test('random programs: a trace leaves where interpreting on gives the right result', async (t) => {
  let loops = 0;
  let compared = 0;
  fc.assert(
    fc.property(program, initialState, (source, initial) => {
      if (!recordRoot(source, initial)) return;
      if (ir.trace.loopStart !== 0) loops++;
      optimize();
      const expected = expectedOf(source, initial);
      for (const backend of available) {
        checkRun(compileOn(backend), source, initial, expected, backend.name);
        compared++;
      }
    }),
    { numRuns: 500, seed },
  );
  t.ok(loops > 150, `${loops} loops`);
  t.ok(compared > 300, `${compared} runs`);
});

t.test('random programs: side traces take over what their parents hold', async (t) => {
  const MOST = 5;
  let sides = 0;
  fc.assert(
    fc.property(program, initialState, (source, initial) => {
      const expected = expectedOf(source, initial);
      for (const backend of available) {
        if (!recordRoot(source, initial)) return;
        // an exit with sunk objects has entries that only jit.ts can read
        optimize(false);
        const root = compileOn(backend);
        const grown = new Set<number>();
        for (let i = 0; i < MOST; i++) {
          const { exit, state, pc } = checkRun(root, source, initial, expected, `${backend.name}, side traces ${i}`);
          const last = state.counter + 1n >= source.iterations || pc >= source.body.length;
          if (last || grown.has(exit.number)) break;
          grown.add(exit.number);
          const trace = beginTrace();
          trace.pc = pc;
          trace.inherit(exit);
          record(source, copyState(state), trace, pc);
          trace.pc = 0;
          trace.link();
          optimize(false);
          compileOn(backend, exit, root.entry);
          sides++;
        }
      }
    }),
    { numRuns: 250, seed },
  );
  t.ok(sides > 200 * available.length, `${sides} side traces`);
});
