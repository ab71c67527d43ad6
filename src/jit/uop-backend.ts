/**
 * Runs executors uop by uop on the reference implementations: no machine code, same traces, same exits. For platforms
 * without the addon this is no gain in speed; it exists to tell a wrong trace from a wrong stencil.
 */
import { State, StateCell } from '../heap/fixed.ts';
import { words } from '../heap/memory.ts';
import type { Backend, CompileRequest, HelperCall, RunResult } from './backend.ts';
import { EXIT_FIELDS, type Exit, exits, restore } from './executors.ts';
import * as ir from './ir.ts';
import { DEAD } from './optimizer/dead-code.ts';
import { bitsOf, bitsOfFloat, EXIT, type Machine, type Operand, operandOf, uopReferences } from './uop-references.ts';
import { U, uopOperandCounts, uopTable } from './uops.ts';

interface UopTrace {
  readonly count: number;
  readonly op: Uint16Array;
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly c: Int32Array;
  readonly imm0: Int32Array;
  readonly imm1: Int32Array;
  readonly loopStart: number;
  readonly phis: readonly number[];
  /** exit number of each exiting uop, else -1 */
  readonly exitOf: Int32Array;
  readonly parent: Exit | null;
  readonly targets: Map<number, number>;
  redirected: number;
}

/** Bits per ref as low, high: what `restore` and side traces read. */
const environment = new Int32Array(ir.MAX_UOPS * 2);

export function uopBackend(): Backend {
  const traces: UopTrace[] = [null as unknown as UopTrace];
  const stubs: number[] = [];
  /** exit -> entry of its side trace */
  const links = new Map<number, number>();
  const machine: Machine = { frame: 0, immediate: 0, wide: 0n, second: 0, landing: 0, callHelper: () => EXIT };
  const read = (location: number, to: number): void => {
    words[to] = environment[location * 2];
    words[to + 1] = environment[location * 2 + 1];
  };

  function compile(request: CompileRequest) {
    const { count } = ir.trace;
    const exitOf = new Int32Array(count).fill(-1);
    const list: { snapshot: number; entries: Int32Array; stub: number; ref: number }[] = [];
    const targets = new Map<number, number>();
    for (let ref = 1; ref < count; ref++) {
      const op = ir.op[ref];
      if (op === DEAD) continue;
      if (op === U.jump_executor) {
        targets.set(ref, ir.imm0[ref] < 0 ? traces.length : request.targetOf(ir.imm0[ref]));
        continue;
      }
      const snapshot = ir.snapshot[ref];
      if (snapshot < 0) continue;
      const start = ir.snapshotStart[snapshot];
      const length = ir.snapshotLength[snapshot];
      const entries = new Int32Array(length * EXIT_FIELDS);
      for (let i = 0; i < length; i++) {
        const value = ir.snapshotEntries[(start + i) * 2 + 1];
        entries[i * EXIT_FIELDS] = ir.snapshotEntries[(start + i) * 2];
        entries[i * EXIT_FIELDS + 1] = ir.type[value];
        const constant = ir.isConstant(value);
        entries[i * EXIT_FIELDS + 2] = constant ? -1 : value;
        if (constant) {
          entries[i * EXIT_FIELDS + 3] = ir.imm0[value];
          entries[i * EXIT_FIELDS + 4] = ir.imm1[value];
        }
      }
      exitOf[ref] = request.firstExit + list.length;
      list.push({ snapshot, entries, stub: 0, ref });
    }
    traces.push({
      count,
      op: ir.op.slice(0, count),
      a: ir.a.slice(0, count),
      b: ir.b.slice(0, count),
      c: ir.c.slice(0, count),
      imm0: ir.imm0.slice(0, count),
      imm1: ir.imm1.slice(0, count),
      loopStart: ir.trace.loopStart,
      phis: ir.trace.phis.slice(),
      exitOf,
      parent: request.parentExit,
      targets,
      redirected: 0,
    });
    return { entry: traces.length - 1, bytes: 0, exits: list };
  }

  /** Keeps every ref's bits in the environment too, where exits and side traces look. */
  function remember(ref: number, value: Operand, op: number): void {
    const result = uopTable[op].result!;
    const bits = result === 'float' ? bitsOfFloat(value as number) : bitsOf(value, result);
    environment[ref * 2] = Number(bits & 0xffffffffn) | 0;
    environment[ref * 2 + 1] = Number(bits >> 32n) | 0;
  }

  function inheritedBits(parent: Exit, entry: number): bigint {
    const at = entry * EXIT_FIELDS;
    const location = parent.entries[at + 2];
    const low = location < 0 ? parent.entries[at + 3] : environment[location * 2];
    const high = location < 0 ? parent.entries[at + 4] : environment[location * 2 + 1];
    return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
  }

  function run(entry: number, callHelper: HelperCall): RunResult {
    machine.frame = words[State.frame];
    let trace = traces[entry];
    for (;;) {
      while (trace.redirected !== 0) {
        if (trace.redirected < 0) return leave(exits[-trace.redirected]);
        trace = traces[trace.redirected];
      }
      const values: Operand[] = [];
      if (trace.parent !== null)
        for (let ref = 1; ref < trace.count; ref++) {
          const op = trace.op[ref];
          if (op >= U.inherit_int && op <= U.inherit_value)
            values[ref] = operandOf(inheritedBits(trace.parent, trace.imm0[ref]), uopTable[op].result!);
        }
      if (trace.parent !== null)
        for (let ref = 1; ref < trace.count; ref++)
          if (values[ref] !== undefined) remember(ref, values[ref], trace.op[ref]);
      let next = 0;
      for (let ref = 1; ref < trace.count; ref++) {
        const op = trace.op[ref];
        if (op === DEAD || op === U.loop || (op >= U.inherit_int && op <= U.inherit_value)) continue;
        if (op === U.jump_loop) {
          const moved = trace.phis.map((phi, i) => (i % 2 === 1 ? values[phi] : 0));
          for (let i = 0; i < trace.phis.length; i += 2) {
            values[trace.phis[i]] = moved[i + 1];
            remember(trace.phis[i], moved[i + 1], trace.op[trace.phis[i]]);
          }
          ref = trace.loopStart;
          continue;
        }
        if (op === U.jump_executor) {
          next = trace.targets.get(ref)!;
          break;
        }
        machine.immediate = trace.imm0[ref];
        machine.second = trace.imm1[ref];
        if (uopTable[op].wide) machine.wide = (BigInt(trace.imm1[ref] >>> 0) << 32n) | BigInt(trace.imm0[ref] >>> 0);
        if (op === U.store_landing) {
          machine.landing = stubs.push(trace.exitOf[ref]);
        }
        if (op === U.jump_return) {
          const landing = values[trace.a[ref]] as number;
          const exit = landing === 0 ? exits[trace.exitOf[ref]] : exits[stubs[landing - 1]];
          const linked = landing === 0 ? 0 : (links.get(exit.number) ?? 0);
          if (linked === 0) return leave(exit);
          next = linked;
          break;
        }
        if (op === U.call_helper) {
          const saved = environment.slice(0, trace.count * 2);
          const frame = machine.frame;
          words[State.frame] = frame;
          if (
            !callHelper(trace.imm0[ref], exits[trace.exitOf[ref]], () =>
              restore(exits[trace.exitOf[ref]], read, EXIT_FIELDS),
            )
          )
            return null;
          environment.set(saved);
          machine.frame = frame;
          const cell = StateCell.helperResult << 1;
          values[ref] = (BigInt(words[cell + 1] >>> 0) << 32n) | BigInt(words[cell] >>> 0);
          remember(ref, values[ref], op);
          continue;
        }
        const operands = uopOperandCounts[op];
        const outcome = uopReferences[op]!(
          machine,
          operands > 0 ? values[trace.a[ref]] : 0,
          operands > 1 ? values[trace.b[ref]] : 0,
          operands > 2 ? values[trace.c[ref]] : 0,
        );
        if (outcome === EXIT) {
          const exit = exits[trace.exitOf[ref]];
          next = links.get(exit.number) ?? 0;
          if (next === 0) return leave(exit);
          break;
        }
        if (uopTable[op].result !== null) {
          values[ref] = outcome as Operand;
          remember(ref, values[ref], op);
        }
      }
      trace = traces[next];
    }
  }
  function leave(exit: Exit): Exit {
    words[State.frame] = machine.frame;
    restore(exit, read, EXIT_FIELDS);
    return exit;
  }

  return {
    name: 'uops',
    compile,
    run,
    linkExit(exit, entry) {
      links.set(exit.number, entry);
    },
    stubFor: (number) => -number,
    redirect(entry, target) {
      traces[entry].redirected = target;
    },
    codeBytes: () => 0,
  };
}
