/**
 * What compiled code refers to must stay alive: the objects, types, shapes and code named by its constants and guards
 * are roots of their executor, as are those of the trace being recorded.
 */
import { addRootScanner, addSweeper, mark } from '../heap/collector.ts';
import { TAG_REF } from '../heap/values.ts';
import { forgetLiveness } from '../interpreter/liveness.ts';
import { steppingRegion } from '../interpreter/stepping.ts';
import { executors } from './executors.ts';
import * as ir from './ir.ts';
import { DEAD } from './optimizer/dead-code.ts';
import { recording } from './recorder/state.ts';
import { U } from './uops.ts';

const rootsOf: Int32Array[] = [];

/** Calls `visit` for every object that the trace in ir names. */
function visitTrace(visit: (ref: number) => void): void {
  for (let ref = 1; ref < ir.trace.count; ref++) {
    switch (ir.op[ref]) {
      case DEAD:
        break;
      case U.const_ref:
        // imm1 marks numbers (constWord)
        if (ir.imm1[ref] === 0) visit(ir.imm0[ref]);
        break;
      case U.guard_ref:
      case U.guard_not_ref:
      case U.guard_type:
        visit(ir.imm0[ref]);
        break;
      case U.const_value:
      case U.guard_value:
      case U.guard_not_value:
        if (ir.imm1[ref] === TAG_REF) visit(ir.imm0[ref]);
        break;
      case U.guard_header:
      case U.store_header:
        // the high half is a shape, which lives as long as its type, or a length
        visit(ir.imm0[ref]);
        break;
    }
  }
  for (const { codeRef } of ir.chains) visit(codeRef);
}

/** Remembers the roots of the executor just compiled, and `others`. */
export function keepRoots(executor: number, others: Iterable<number>): void {
  const refs = new Set<number>(others);
  visitTrace((ref) => refs.add(ref));
  refs.delete(0);
  rootsOf[executor] = Int32Array.from(refs);
}

/** Objects that the recorder holds on to besides what the trace names: the code it follows. */
export const recordedObjects = new Set<number>();

/** Installs the scanner, once. */
export function installRoots(): void {
  // the cells of freed code may become another code object's
  addSweeper(forgetLiveness);
  addRootScanner(() => {
    mark(steppingRegion());
    for (let number = 1; number < executors.length; number++) {
      if (!executors[number].valid) continue;
      const refs = rootsOf[number];
      for (let i = 0; i < refs.length; i++) mark(refs[i]);
    }
    if (recording.active) {
      visitTrace(mark);
      for (const ref of recordedObjects) mark(ref);
    }
  });
}
