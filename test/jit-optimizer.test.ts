/**
 * What the recorder, the back ends and the side traces rely on in the optimizer: what may be shared and what may not, what
 * a peeled loop carries round, which checks may be dropped, what must stay; liveness; and that a trace computes the same
 * in each back end, however many values it has. (jit-random-traces.test.ts looks for what nobody thought of.)
 */
import t from 'tap';
import { compileSource } from '../src/compiler/compile-source.ts';
import { disassembleInstruction } from '../src/compiler/disassemble.ts';
import { instructionLength } from '../src/compiler/instructions.ts';
import { State, T } from '../src/heap/fixed.ts';
import { words } from '../src/heap/memory.ts';
import { floatAt, immediateAt, isFloat, isImmediateInt, setFloat, setSmallInt, TAG_REF } from '../src/heap/values.ts';
import { isLive, isLiveAcross, livenessOf } from '../src/interpreter/liveness.ts';
import { loadCode } from '../src/interpreter/loader.ts';
import type { Exit } from '../src/jit/executors.ts';
import * as ir from '../src/jit/ir.ts';
import { eliminateDeadCode } from '../src/jit/optimizer/dead-code.ts';
import {
  constFloat,
  constInt,
  constRef,
  constValue,
  constWord,
  emit,
  ImpossibleGuard,
} from '../src/jit/optimizer/emit.ts';
import { dropNeedlessChecks } from '../src/jit/optimizer/ranges.ts';
import { U } from '../src/jit/uops.ts';
import { bootstrap } from '../src/objects/bootstrap.ts';
import { bigIntAt } from '../src/objects/integers.ts';
import {
  backends,
  beginTrace,
  cellOfSlot,
  compileOn,
  count,
  FIRST_SLOT,
  loopNames,
  optimize,
  phis,
  preambleNames,
  resetFrame,
  uopNames,
} from './helpers/traces.ts';

bootstrap();
const available = backends();
const [A, B, C, D] = [0, 1, 2, 3].map((i) => FIRST_SLOT + i);
/** A type whose instances may change their class, unlike those of built-in types. */
const HEAP_TYPE = T.shape + 1000;

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

t.test('loads', async (t) => {
  t.test('of the same field are one until a store that may alias', async (t) => {
    const trace = beginTrace();
    const x = emit(U.unbox_ref, trace.get(A));
    const y = emit(U.unbox_ref, trace.get(B));
    const value = trace.get(C);
    const first = emit(U.load_field, x, 0, 0, 8);
    t.equal(emit(U.load_field, x, 0, 0, 8), first, 'nothing in between');
    emit(U.store_field, y, value, 0, 16);
    t.equal(emit(U.load_field, x, 0, 0, 8), first, 'a store at another offset');
    emit(U.store_word, y, constWord(3), 0, 8);
    t.equal(emit(U.load_field, x, 0, 0, 8), first, 'a store of another alias class');
    emit(U.store_field, y, value, 0, 8);
    const second = emit(U.load_field, x, 0, 0, 8);
    t.not(second, first, 'the other object may be the same');
    emit(U.store_field_float, y, constFloat(1.5), 0, 8);
    t.not(emit(U.load_field, x, 0, 0, 8), second, 'a float store counts, too');
  });

  t.test('find what was stored', async (t) => {
    const trace = beginTrace();
    const x = emit(U.unbox_ref, trace.get(A));
    const y = emit(U.unbox_ref, trace.get(B));
    const value = trace.get(C);
    const float = emit(U.unbox_float, trace.get(D));
    const number = emit(U.add_float, float, float);
    emit(U.store_field, x, value, 0, 8);
    t.equal(emit(U.load_field, x, 0, 0, 8), value);
    emit(U.store_field_float, x, number, 0, 8);
    t.equal(emit(U.unbox_float, emit(U.load_field, x, 0, 0, 8)), number, 'a float comes back unboxed');
    emit(U.store_word, x, constWord(5), 0, 20);
    t.equal(ir.op[emit(U.load_word, x, 0, 0, 20)], U.const_ref, 'a word');
    t.equal(ir.intOf(emit(U.load_word_int, x, 0, 0, 20)), 5, 'a word as an int');
    emit(U.store_field, y, value, 0, 8);
    t.equal(ir.op[emit(U.load_field, x, 0, 0, 8)], U.load_field, 'not across a store to what may be the same object');
  });

  t.test('from a fresh object and from constants are told apart from others', async (t) => {
    const trace = beginTrace();
    const old = emit(U.unbox_ref, trace.get(A));
    const value = trace.get(B);
    const first = emit(U.load_field, old, 0, 0, 8);
    const fresh = emit(U.allocate, 0, 0, 0, 3);
    emit(U.store_field, fresh, value, 0, 8);
    t.equal(emit(U.load_field, old, 0, 0, 8), first, 'what existed before is not the fresh one');
    emit(U.store_field, old, value, 0, 8);
    t.equal(emit(U.load_field, fresh, 0, 0, 8), value, 'and the reverse');
    const later = emit(U.unbox_ref, emit(U.load_field, old, 0, 0, 16));
    emit(U.store_field, later, constValue(0, TAG_REF), 0, 8);
    t.equal(ir.op[emit(U.load_field, fresh, 0, 0, 8)], U.load_field, 'what was loaded afterwards may be the fresh one');
    const constant = emit(U.load_field, constRef(5000), 0, 0, 8);
    emit(U.store_field, constRef(6000), value, 0, 8);
    t.equal(emit(U.load_field, constRef(5000), 0, 0, 8), constant, 'two constants differ');
  });

  t.test('of items look at the index', async (t) => {
    const trace = beginTrace();
    const array = emit(U.unbox_ref, trace.get(A));
    const other = emit(U.unbox_ref, trace.get(B));
    const i = emit(U.unbox_int, trace.get(C));
    const j = emit(U.unbox_int, trace.get(D));
    const next = emit(U.add_int, i, constInt(1));
    const value = trace.get(A);
    const item = emit(U.load_item, array, i);
    emit(U.store_item, array, next, value);
    t.equal(emit(U.load_item, array, i), item, 'i + 1 is not i');
    t.equal(emit(U.load_item, array, next), value, 'forwarded');
    emit(U.store_item, array, j, value);
    const again = emit(U.load_item, array, i);
    t.not(again, item, 'j may be i');
    emit(U.store_item_float, other, next, constFloat(1));
    t.not(emit(U.load_item, array, i), again, 'the arrays may be the same, and so may the values of different names');
  });

  t.test('do not outlive a helper call', async (t) => {
    const trace = beginTrace();
    const x = emit(U.unbox_ref, trace.get(A));
    emit(U.store_field, x, trace.get(B), 0, 8);
    const field = emit(U.load_field, x, 0, 0, 8);
    const word = emit(U.load_word, x, 0, 0, 20);
    const item = emit(U.load_item, x, constInt(1));
    const constantItem = emit(U.load_tuple_item, x, constInt(1));
    emit(U.call_helper, 0, 0, 0, 0);
    t.not(emit(U.load_field, x, 0, 0, 8), field);
    t.not(emit(U.load_word, x, 0, 0, 20), word);
    t.not(emit(U.load_item, x, constInt(1)), item);
    t.equal(emit(U.load_tuple_item, x, constInt(1)), constantItem, 'tuples do not change');
  });
});

t.test('guards', async (t) => {
  t.test('are checked once while they hold', async (t) => {
    const trace = beginTrace();
    const x = emit(U.unbox_ref, trace.get(A));
    const y = emit(U.unbox_ref, trace.get(B));
    emit(U.guard_type, x, 0, 0, T.list);
    emit(U.guard_type, y, 0, 0, HEAP_TYPE);
    emit(U.guard_header, x, 0, 0, HEAP_TYPE, 77);
    emit(U.guard_word, x, 0, 0, 20, 5);
    const before = ir.trace.count;
    const repeat = (): void => {
      emit(U.unbox_ref, trace.get(A));
      emit(U.guard_type, x, 0, 0, T.list);
      emit(U.guard_type, y, 0, 0, HEAP_TYPE);
      emit(U.guard_header, x, 0, 0, HEAP_TYPE, 77);
      emit(U.guard_word, x, 0, 0, 20, 5);
    };
    repeat();
    t.same(uopNames(before), []);
    emit(U.store_word, y, constWord(9), 0, 4);
    let from = ir.trace.count;
    repeat();
    t.same(uopNames(from), ['guard_header'], 'a change of shape of an object that may be x');
    emit(U.store_word, y, constWord(9), 0, 20);
    from = ir.trace.count;
    repeat();
    t.same(uopNames(from), ['guard_word'], 'a change of the word');
    emit(U.call_helper, 0, 0, 0, 0);
    from = ir.trace.count;
    repeat();
    t.same(
      uopNames(from),
      ['guard_type', 'guard_header', 'guard_word'],
      'after a helper call all but the type of an instance of a built-in type',
    );
  });

  t.test('that follow from what is known vanish', async (t) => {
    const trace = beginTrace();
    const int = emit(U.unbox_int, trace.get(A));
    const boxed = emit(U.box_int, emit(U.add_int, int, constInt(1)));
    const fresh = emit(U.allocate, 0, 0, 0, 3);
    emit(U.store_header, fresh, 0, 0, HEAP_TYPE, 77);
    const before = ir.trace.count;
    emit(U.guard_tag, boxed, 0, 0, 1);
    emit(U.unbox_int, boxed);
    emit(U.guard_type, fresh, 0, 0, HEAP_TYPE);
    emit(U.guard_header, fresh, 0, 0, HEAP_TYPE, 77);
    emit(U.guard_equal_int, int, int);
    emit(U.guard_not_value, boxed, 0, 0, 0, TAG_REF);
    t.equal(ir.trace.count, before);
    emit(U.store_word, fresh, constWord(78), 0, 4);
    t.ok(
      contradicts(() => emit(U.guard_header, fresh, 0, 0, HEAP_TYPE, 77)) || ir.trace.count > before + 2,
      'but not when the shape was changed since',
    );
  });

  t.test('that cannot hold say so', async (t) => {
    const trace = beginTrace();
    const float = emit(U.box_float, emit(U.add_float, emit(U.unbox_float, trace.get(A)), constFloat(1)));
    t.ok(contradicts(() => emit(U.unbox_int, float)));
    t.ok(contradicts(() => emit(U.unbox_ref, float)));
    t.ok(
      contradicts(() => emit(U.unbox_int, constValue(0, 0x3ff00000))),
      'constants as well',
    );
    t.ok(contradicts(() => emit(U.unbox_float, constValue(7, TAG_REF))));
    t.ok(contradicts(() => emit(U.unbox_ref, constValue(0, 0x3ff00000))));
    t.ok(contradicts(() => emit(U.guard_tag, constValue(7, TAG_REF), 0, 0, 1)));
    t.ok(contradicts(() => emit(U.guard_less_int, constInt(2), constInt(1))));
    t.ok(contradicts(() => emit(U.guard_ref, constRef(5000), 0, 0, 6000)));
  });
});

t.test('folding', async (t) => {
  const trace = beginTrace();
  const x = emit(U.unbox_int, trace.get(A));
  const f = emit(U.unbox_float, trace.get(B));
  t.equal(ir.intOf(emit(U.add_int, constInt(2), constInt(3))), 5);
  t.equal(emit(U.add_int, x, constInt(0)), x);
  t.equal(emit(U.add_int, constInt(7), x), emit(U.add_int, x, constInt(7)), 'equal whatever the order of operands');
  t.equal(
    emit(U.subtract_int, emit(U.subtract_int, x, constInt(1)), constInt(2)),
    emit(U.add_int, x, constInt(-3)),
    'constants gather',
  );
  t.equal(ir.op[emit(U.add_int, emit(U.add_int, x, constInt(5)), constInt(-3))], U.add_int);
  t.not(
    emit(U.add_int, emit(U.add_int, x, constInt(5)), constInt(-5)),
    x,
    'x + 5 may overflow where x does not: signs must agree',
  );
  t.equal(ir.op[emit(U.divide_float, f, constFloat(4))], U.multiply_float, 'by a power of two: exact');
  t.equal(ir.op[emit(U.divide_float, f, constFloat(3))], U.divide_float_unchecked);
  t.equal(ir.op[emit(U.divide_float, f, constFloat(0))], U.divide_float, 'division by zero is left for run time');
  t.equal(ir.op[emit(U.add_float, f, constFloat(0))], U.add_float, '-0.0 + 0.0 is 0.0');
  t.equal(
    ir.op[emit(U.multiply_int, constInt(2 ** 40), constInt(2 ** 40))],
    U.multiply_int,
    'what is not exact in a double is not folded',
  );
});

/** x = x + 2.0 * i; i += 1, while i < n. */
function floatLoop(): void {
  const trace = beginTrace();
  const i = emit(U.unbox_int, trace.get(B));
  const product = emit(U.multiply_float, emit(U.int_to_float, i), constFloat(2));
  trace.set(A, emit(U.add_float, emit(U.unbox_float, trace.get(A)), product));
  const next = emit(U.add_int, i, constInt(1));
  trace.set(B, next);
  trace.pc = 2;
  emit(U.guard_less_int, next, emit(U.unbox_int, trace.get(C)));
  emit(U.guard_no_interrupt);
  trace.close();
}

t.test('peeled loops', async (t) => {
  t.test('unbox before the loop, and carry what changes', async (t) => {
    floatLoop();
    optimize();
    t.same(loopNames(), [
      'int_to_float',
      'multiply_float',
      'add_float',
      'add_int_unchecked',
      'guard_less_int',
      'guard_no_interrupt',
      'jump_loop',
    ]);
    const carried = phis();
    t.same(carried.map(([left]) => ir.type[left]).sort(), [ir.Type.int, ir.Type.float].sort());
    for (const [left, right] of carried) {
      t.ok(left < ir.trace.loopStart, 'a phi begins in the preamble');
      t.ok(right > ir.trace.loopStart, 'and goes on in the loop');
      t.equal(ir.op[right] === U.add_int_unchecked ? U.add_int_unchecked : ir.op[left], ir.op[right]);
    }
  });

  t.test('hoist loads and guards that nothing in the loop can change', async (t) => {
    for (const [what, disturb] of [
      ['nothing', 0],
      ['a store to another offset', 16],
      ['a store that may alias', 8],
    ] as const) {
      const trace = beginTrace();
      const object = emit(U.unbox_ref, trace.get(A));
      emit(U.guard_type, object, 0, 0, HEAP_TYPE);
      const field = emit(U.unbox_int, emit(U.load_field, object, 0, 0, 8));
      const sum = emit(U.add_int, emit(U.unbox_int, trace.get(B)), field);
      if (disturb !== 0) emit(U.store_field, emit(U.unbox_ref, trace.get(C)), trace.get(D), 0, disturb);
      trace.set(B, sum);
      emit(U.guard_less_int, sum, constInt(1000));
      trace.close();
      optimize();
      t.equal(count(loopNames(), 'guard_type'), 0);
      t.equal(count(loopNames(), 'load_field'), disturb === 8 ? 1 : 0, what);
      t.equal(count(loopNames(), 'unbox_int'), disturb === 8 ? 1 : 0, what);
    }
  });

  t.test('forward a store to the load of the next iteration', async (t) => {
    const trace = beginTrace();
    const object = emit(U.unbox_ref, trace.get(A));
    const old = emit(U.unbox_float, emit(U.load_field, object, 0, 0, 8));
    const sum = emit(U.add_float, old, constFloat(1));
    emit(U.store_field_float, object, sum, 0, 8);
    emit(U.guard_less_float, sum, constFloat(1000));
    trace.close();
    optimize();
    t.equal(count(loopNames(), 'load_field'), 0);
    t.equal(count(loopNames(), 'store_field_float'), 1, 'the store stays');
    t.equal(phis().length, 1);
  });

  t.test('carry what folding looks through', async (t) => {
    // the object held by A is new in each iteration; its field, stored in the last one, becomes a phi of its own
    const trace = beginTrace();
    const object = emit(U.unbox_ref, trace.get(A));
    emit(U.guard_type, object, 0, 0, HEAP_TYPE);
    const old = emit(U.unbox_float, emit(U.load_field, object, 0, 0, 8));
    const sum = emit(U.add_float, old, constFloat(0.5));
    const fresh = emit(U.allocate, 0, 0, 0, 3);
    emit(U.store_header, fresh, 0, 0, HEAP_TYPE, 0);
    emit(U.store_field_float, fresh, sum, 0, 8);
    trace.set(A, emit(U.box_ref, fresh));
    trace.pc = 2;
    emit(U.guard_less_float, sum, constFloat(3));
    trace.close();
    optimize();
    t.equal(count(loopNames(), 'load_field') + count(loopNames(), 'guard_type') + count(loopNames(), 'unbox_ref'), 0);
    t.ok(
      phis().some(([left, right]) => ir.op[left] === U.add_float && ir.op[right] === U.add_float),
      'the float is a phi',
    );
    for (const backend of available) {
      const run = compileOn(backend);
      resetFrame();
      words[9000 << 1] = HEAP_TYPE;
      words[(9000 << 1) + 1] = 0;
      setFloat(9001, 0.25);
      words[cellOfSlot(A) << 1] = 9000;
      words[(cellOfSlot(A) << 1) + 1] = TAG_REF;
      run();
      t.equal(floatAt(words[cellOfSlot(A) << 1] + 1), 3.25, backend.name);
    }
  });

  t.test('exits of the loop have the values of the iteration that they leave', async (t) => {
    floatLoop();
    optimize();
    for (const backend of available) {
      const run = compileOn(backend);
      resetFrame();
      setFloat(cellOfSlot(A), 0.5);
      setSmallInt(cellOfSlot(B), 0);
      setSmallInt(cellOfSlot(C), 10);
      run();
      t.equal(words[State.pc], 2, backend.name);
      t.equal(floatAt(cellOfSlot(A)), 90.5, backend.name);
      t.equal(immediateAt(cellOfSlot(B)), 10, backend.name);
    }
  });

  t.test('box what they hand on boxed before the first effect of the iteration', async (t) => {
    const trace = beginTrace();
    trace.pc = 3;
    const object = emit(U.unbox_ref, trace.get(B));
    const old = trace.get(A);
    const next = emit(U.add_int, emit(U.unbox_int, old), constInt(1));
    emit(U.store_field, object, constValue(0, TAG_REF), 0, 16);
    // found boxed in memory, so nothing was boxed here; in the loop it is an int
    emit(U.store_field, object, old, 0, 8);
    trace.set(A, next);
    trace.pc = 4;
    emit(U.guard_no_interrupt);
    trace.close();
    optimize();
    const names = loopNames();
    t.ok(names.indexOf('box_int') >= 0 && names.indexOf('box_int') < names.indexOf('store_field'));
    for (let ref = ir.trace.loopStart; ref < ir.trace.count; ref++)
      if (ir.op[ref] === U.box_int) t.equal(ir.snapshotPc[ir.snapshot[ref]], 0, 'leaves at the start of the iteration');
  });

  t.test('swapped variables stay swapped', async (t) => {
    const trace = beginTrace();
    const n = emit(U.unbox_int, trace.get(C));
    const [x, y] = [trace.get(A), trace.get(B)];
    const next = emit(U.add_int, n, constInt(1));
    trace.set(A, y);
    trace.set(B, x);
    trace.set(C, next);
    emit(U.guard_less_int, next, constInt(7));
    trace.close();
    optimize();
    for (const backend of available) {
      const run = compileOn(backend);
      resetFrame();
      setSmallInt(cellOfSlot(A), 11);
      setFloat(cellOfSlot(B), 22.5);
      setSmallInt(cellOfSlot(C), 0);
      run();
      t.ok(isFloat(cellOfSlot(A)), backend.name);
      t.equal(immediateAt(cellOfSlot(B)), 11, backend.name);
    }
  });
});

t.test('loops that change a type are refused, and the trace stays as it was', async (t) => {
  for (const [what, change] of [
    ['int to float', (x: number) => emit(U.int_to_float, x)],
    ['int to bool', (x: number) => emit(U.less_int, x, constInt(5))],
    ['int to object', () => emit(U.allocate, 0, 0, 0, 2)],
    ['int to float constant', () => constFloat(1)],
  ] as const) {
    const trace = beginTrace();
    trace.set(A, change(emit(U.add_int, emit(U.unbox_int, trace.get(A)), constInt(1))));
    const text = ir.traceText();
    const { snapshots, entries } = ir.trace;
    t.ok(
      contradicts(() => trace.close()),
      what,
    );
    t.equal(ir.traceText(), text, what);
    t.same(
      [ir.trace.snapshots, ir.trace.entries, ir.trace.loopStart, ir.trace.phis.length],
      [snapshots, entries, 0, 0],
    );
    // and can be ended otherwise: sharing works as before
    const x = emit(U.unbox_int, emit(U.load_frame, 0, 0, 0, A * 8));
    t.ok(x < ir.trace.count && ir.traceText() === text, what);
    trace.end();
    for (const backend of available) {
      const run = compileOn(backend);
      resetFrame();
      setSmallInt(cellOfSlot(A), 1);
      run();
      t.notOk(isImmediateInt(cellOfSlot(A)), backend.name);
    }
  }
});

t.test('ranges', async (t) => {
  /** A loop with a counter that grows by `step`; `bound` puts the guard. */
  const counter = (step: number, bound: (next: number, trace: ReturnType<typeof beginTrace>) => void): string[] => {
    const trace = beginTrace();
    const next = emit(U.add_int, emit(U.unbox_int, trace.get(A)), constInt(step));
    trace.set(A, next);
    bound(next, trace);
    emit(U.store_field, emit(U.unbox_ref, trace.get(C)), emit(U.box_int, next), 0, 8);
    trace.close();
    optimize();
    return loopNames();
  };
  const bounded = counter(1, (next, trace) => emit(U.guard_less_int, next, emit(U.unbox_int, trace.get(B))));
  t.equal(count(bounded, 'add_int_unchecked'), 1, 'a counter with a bound cannot overflow');
  t.equal(count(bounded, 'box_int_unchecked'), 1, 'and fits 48 bits');
  const unbounded = counter(1, () => emit(U.guard_no_interrupt));
  t.equal(count(unbounded, 'add_int'), 1, 'one without a bound can');
  t.equal(count(unbounded, 'box_int'), 1);
  const wrongSide = counter(1, (next, trace) => emit(U.guard_greater_int, next, emit(U.unbox_int, trace.get(B))));
  t.equal(count(wrongSide, 'add_int'), 1, 'a bound on the wrong side is none');
  const fromOther = counter(1, (next, trace) => {
    // the bound grows, too
    const limit = emit(U.add_int, emit(U.unbox_int, trace.get(B)), constInt(2));
    trace.set(B, limit);
    emit(U.guard_less_int, next, limit);
  });
  t.equal(count(fromOther, 'add_int'), 2, 'a bound that moves is none');

  t.test('of straight code', async (t) => {
    const trace = beginTrace();
    const x = emit(U.unbox_int, trace.get(A));
    const y = emit(U.unbox_int, trace.get(B));
    const sum = emit(U.add_int, x, y);
    const product = emit(U.multiply_int, x, y);
    const small = emit(U.and_int, product, constInt(255));
    const index = emit(U.subtract_int, small, constInt(10));
    trace.set(A, emit(U.box_int, sum));
    trace.set(B, emit(U.box_int, index));
    trace.set(C, product);
    trace.end();
    optimize();
    t.equal(ir.op[sum], U.add_int_unchecked, 'two 48-bit ints');
    t.equal(ir.op[product], U.multiply_int, 'a product of 96 bits');
    t.equal(ir.op[index], U.add_int_unchecked);
    t.equal(count(uopNames(), 'box_int'), 1, 'the sum may need 49 bits');
    t.equal(count(uopNames(), 'box_int_unchecked'), 1);
  });

  t.test('know what a guard has told', async (t) => {
    const trace = beginTrace();
    const big = emit(U.multiply_int, emit(U.unbox_int, trace.get(A)), emit(U.unbox_int, trace.get(A)));
    emit(U.guard_less_int, big, constInt(1000));
    emit(U.guard_greater_equal_int, big, constInt(-1000));
    const next = emit(U.add_int, big, constInt(1));
    trace.set(A, next);
    trace.end();
    dropNeedlessChecks();
    t.equal(ir.op[next], U.add_int_unchecked);
    t.equal(ir.op[big], U.multiply_int);
  });
});

t.test('dead code', async (t) => {
  const trace = beginTrace();
  const x = emit(U.unbox_int, trace.get(A));
  const object = emit(U.unbox_ref, trace.get(B));
  emit(U.guard_type, object, 0, 0, T.list);
  const unused = emit(U.add_int, x, constInt(1));
  emit(U.multiply_int, unused, unused);
  const fresh = emit(U.allocate, 0, 0, 0, 3);
  const kept = emit(U.negative_int, x);
  trace.set(A, kept);
  emit(U.store_field, object, trace.get(C), 0, 8);
  emit(U.load_field, object, 0, 0, 16);
  emit(U.floor_divide_int, x, constInt(3));
  trace.end();
  eliminateDeadCode();
  const names = uopNames();
  for (const name of ['guard_type', 'store_field', 'unbox_int', 'unbox_ref', 'negative_int', 'exit'])
    t.ok(names.includes(name), `${name} stays`);
  for (const name of ['add_int', 'multiply_int', 'allocate'])
    t.notOk(names.includes(name), `${name}: its exit only protects a result that nobody wants`);
  t.notOk(names.includes('load_field'));
  t.ok(fresh > 0);

  t.test('a phi that nothing in the loop needs is dropped', async (t) => {
    const trace = beginTrace();
    const next = emit(U.add_int, emit(U.unbox_int, trace.get(A)), constInt(1));
    emit(U.guard_less_int, next, constInt(50));
    trace.set(A, next);
    trace.close();
    eliminateDeadCode();
    const lefts = phis().map(([left]) => left);
    t.equal(lefts.length, new Set(lefts).size);
    t.equal(phis().length, 1);
    t.equal(count(preambleNames(), 'guard_less_int'), 1);
    t.equal(count(loopNames(), 'guard_less_int'), 1, 'the guard of the loop stays');
  });
});

t.test('sinking', async (t) => {
  /** An object with the int 7 added to A, and B; `use` says what becomes of it. */
  const make = (use: (object: number, trace: ReturnType<typeof beginTrace>) => void): void => {
    const trace = beginTrace();
    const sum = emit(U.add_int, emit(U.unbox_int, trace.get(A)), constInt(7));
    const other = trace.get(B);
    const first = emit(U.box_int, sum);
    const object = emit(U.allocate, 0, 0, 0, 3);
    emit(U.store_header, object, 0, 0, T.object, 0);
    emit(U.store_field, object, first, 0, 8);
    emit(U.store_field, object, other, 0, 16);
    use(object, trace);
    trace.end();
    optimize();
  };

  t.test('an object that only an exit mentions is made there, once', async (t) => {
    make((object, trace) => {
      trace.set(C, object);
      trace.set(D, emit(U.box_ref, object));
    });
    t.notOk(uopNames().some((name) => name === 'allocate' || name.startsWith('store')));
    for (const backend of available) {
      const run = compileOn(backend);
      resetFrame();
      setSmallInt(cellOfSlot(A), 35);
      setFloat(cellOfSlot(B), 2.5);
      run();
      const object = words[cellOfSlot(C) << 1];
      t.equal(words[cellOfSlot(D) << 1], object, backend.name);
      t.equal(words[object << 1], T.object, backend.name);
      t.equal(immediateAt(object + 1), 42, backend.name);
      t.equal(floatAt(object + 2), 2.5, backend.name);
    }
  });

  t.test('an object that somebody may see is made', async (t) => {
    const uses: [string, (object: number, trace: ReturnType<typeof beginTrace>) => void][] = [
      [
        'stored elsewhere',
        (object, trace) => emit(U.store_field, emit(U.unbox_ref, trace.get(C)), emit(U.box_ref, object), 0, 8),
      ],
      ['compared', (object, trace) => emit(U.guard_same_ref, object, emit(U.unbox_ref, trace.get(C)))],
      ['an argument', (object) => emit(U.helper_argument, emit(U.box_ref, object))],
      [
        'on the frame while the interpreter executes an instruction',
        (object, trace) => {
          trace.set(C, object);
          emit(U.call_helper, 0, 0, 0, 0);
        },
      ],
    ];
    for (const [what, use] of uses) {
      make(use);
      t.equal(count(uopNames(), 'allocate'), 1, what);
    }
  });

  t.test('an object carried round a loop is made, one made and dropped in each iteration is not', async (t) => {
    for (const carried of [true, false]) {
      const trace = beginTrace();
      const next = emit(U.add_int, emit(U.unbox_int, trace.get(A)), constInt(1));
      const object = emit(U.allocate, 0, 0, 0, 2);
      emit(U.store_header, object, 0, 0, T.object, 0);
      emit(U.store_field, object, emit(U.box_int, next), 0, 8);
      trace.set(B, object);
      trace.set(A, next);
      emit(U.guard_less_int, next, constInt(100));
      if (!carried) trace.set(B, constInt(0));
      trace.close();
      optimize();
      t.equal(count(loopNames(), 'allocate'), carried ? 1 : 0);
    }
  });
});

t.test('liveness', async (t) => {
  /** The function's code, and the word offset of the n-th instruction whose text begins so. */
  const load = (source: string) => {
    const description = compileSource(source, '<test>', 'exec');
    const constant = description.constants.find((c) => c.type === 'code');
    if (constant?.type !== 'code') throw new Error('no function');
    const { code } = constant;
    const offsets: number[] = [];
    for (let at = 0; at < code.instructions.length; at += instructionLength[code.instructions[at]]) offsets.push(at);
    const find = (start: string, nth = 0): number => {
      const found = offsets.filter((at) => disassembleInstruction(code, at).startsWith(start))[nth];
      if (found === undefined) throw new Error(`no ${start}`);
      return found;
    };
    const after = (at: number): number => at + instructionLength[code.instructions[at]];
    return { code, find, after, liveness: livenessOf(loadCode(code)) };
  };

  t.test('temporaries live from their definition to their last use, variables always', async (t) => {
    const { code, find, after, liveness } = load('def f(x, y):\n    z = (x + y) * (x - y)\n    return z\n');
    const [add, subtract, multiply] = ['ADD', 'SUBTRACT', 'MULTIPLY'].map((name) => find(name));
    const first = code.instructions[add + 1];
    const second = code.instructions[subtract + 1];
    t.ok(first >= liveness.firstTemporary && second >= liveness.firstTemporary);
    t.notOk(isLive(liveness, add, first), 'before the sum is there');
    t.ok(isLive(liveness, subtract, first), 'while the difference is computed');
    t.notOk(isLive(liveness, subtract, second));
    t.ok(isLive(liveness, multiply, first) && isLive(liveness, multiply, second));
    t.notOk(isLive(liveness, after(multiply), first));
    for (const variable of [0, 1, 2]) t.ok(isLive(liveness, 0, variable));
  });

  t.test('the iterator of a loop lives round the back-edge', async (t) => {
    const { code, find, after, liveness } = load('def f(x):\n    for i in x:\n        i + 1\n    return 2\n');
    const loop = find('FOR_ITER');
    const iterator = code.instructions[loop + 1];
    t.notOk(isLive(liveness, find('GET_ITER'), iterator));
    t.ok(isLive(liveness, loop, iterator));
    t.ok(isLive(liveness, find('JUMP_BACKWARD'), iterator));
    t.notOk(isLive(liveness, find('RETURN'), iterator));
    t.ok(isLive(liveness, after(loop), iterator));
  });

  t.test('what a handler needs lives while a call may raise', async (t) => {
    const { code, find, after, liveness } = load('def f(x, m):\n    with m:\n        x()\n    return 1\n');
    const call = find('CALL', 1);
    t.ok(code.exceptionTable.length > 0);
    const covered = [...Array(code.registerCount - liveness.firstTemporary).keys()]
      .map((i) => liveness.firstTemporary + i)
      .filter((register) => isLiveAcross(liveness, after(call), register));
    t.ok(covered.length > 0, 'the __exit__ method');
    for (const register of covered) t.ok(isLive(liveness, call, register));
  });
});

t.test('more values than registers', async (t) => {
  const VALUES = 40;
  for (const kind of ['int', 'float'] as const) {
    const trace = beginTrace();
    const slots = Array.from({ length: VALUES }, (_, i) => FIRST_SLOT + i);
    const unbox = kind === 'int' ? U.unbox_int : U.unbox_float;
    const add = kind === 'int' ? U.add_int : U.add_float;
    const refs = slots.map((slot) => emit(unbox, trace.get(slot)));
    // each takes the sum of itself and its neighbour; all are live all the time, and the first three change places
    const sums = refs.map((ref, i) => emit(add, ref, refs[(i + 1) % VALUES]));
    [sums[0], sums[1], sums[2]] = [sums[1], sums[2], sums[0]];
    slots.forEach((slot, i) => {
      trace.set(slot, sums[i]);
    });
    const counter = FIRST_SLOT + VALUES;
    const next = emit(U.add_int, emit(U.unbox_int, trace.get(counter)), constInt(1));
    trace.set(counter, next);
    trace.pc = 5;
    emit(U.guard_less_int, next, constInt(20));
    trace.close();
    optimize();
    let expected = slots.map((_, i) => i + 1);
    for (let round = 0; round < 20; round++) {
      expected = expected.map((value, i) => value + expected[(i + 1) % VALUES]);
      [expected[0], expected[1], expected[2]] = [expected[1], expected[2], expected[0]];
    }
    for (const backend of available) {
      const run = compileOn(backend);
      resetFrame();
      slots.forEach((slot, i) => {
        if (kind === 'int') setSmallInt(cellOfSlot(slot), i + 1);
        else setFloat(cellOfSlot(slot), i + 1);
      });
      setSmallInt(cellOfSlot(counter), 0);
      run();
      t.equal(words[State.pc], 5);
      t.same(
        slots.map((slot) => (kind === 'int' ? Number(bigIntAt(cellOfSlot(slot))) : floatAt(cellOfSlot(slot)))),
        expected,
        `${kind} ${backend.name}`,
      );
    }
  }
});

t.test('a constant is one ref, inherited or not', async (t) => {
  const trace = beginTrace();
  trace.inherit({
    entries: Int32Array.of(A, ir.Type.int, -1, 1, 0, B, ir.Type.int, -1, 1, 0, C, ir.Type.ref, -1, 5000, 0),
  } as unknown as Exit);
  t.equal(trace.get(A), trace.get(B));
  t.equal(trace.get(A), constInt(1));
  t.equal(trace.get(C), constRef(5000));
  const array = emit(U.unbox_ref, trace.get(D));
  emit(U.store_item, array, trace.get(A), constValue(0, TAG_REF));
  t.equal(emit(U.load_item, array, trace.get(B)), constValue(0, TAG_REF));
});
