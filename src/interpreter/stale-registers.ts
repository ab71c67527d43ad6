/**
 * What gc.collect() must not be kept from finding dead: values that lie in temporaries of the running frames although
 * nothing will read them again (`C().method()` leaves its object in one). An ordinary collection takes every register for
 * live, which costs nothing; when a program asks for a collection, it wants to see its garbage gone.
 *
 * The same holds for buffers: CPython's reference counts end their use at once, so whoever is kept by one from changing
 * its size asks first whether it is still in reach (objects/buffers.ts).
 *
 * The registers are hidden from the collector while it marks. Afterwards those whose objects live on are put back, since
 * compiled code may rely on memory holding what it held; the others stay empty.
 */
import { instructionLength } from '../compiler/instructions.ts';
import { addSweeper, unreachable } from '../heap/collector.ts';
import { State } from '../heap/fixed.ts';
import { Code, FRAME_HEADER_CELLS, Frame } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { isRef, refAt, setNull, setRef } from '../heap/values.ts';
import { setUnreachableHook } from '../objects/buffers.ts';
import { setStaleRegisterHider } from '../objects/finalizers.ts';
import { firstInstruction, ReturnKind } from './frames.ts';
import { jit } from './jit-hooks.ts';
import { livenessOf } from './liveness.ts';
import { isStepping, originalPc } from './stepping.ts';

/** Cells that were emptied, and the refs that they held. */
const cells: number[] = [];
const refs: number[] = [];

function hideStaleRegisters(): void {
  // the instruction that asks for the collection still has its operands
  let frame = words[State.frame];
  if (frame !== 0) hideIn(frame, originalPc(words[State.pc]), false);
  for (; frame !== 0; frame = words[(frame << 1) + Frame.caller]) {
    const caller = words[(frame << 1) + Frame.caller];
    if (caller === 0) return;
    const next = words[(frame << 1) + Frame.returnAddress];
    switch (words[(frame << 1) + Frame.returnKind]) {
      case ReturnKind.deliver:
      case ReturnKind.discard:
      case ReturnKind.initialize:
        if (isStepping(next)) {
          const pc = originalPc(next - 1);
          hideIn(caller, pc + instructionLength[words[pc]], true);
        } else hideIn(caller, next, true);
        break;
      case ReturnKind.exit:
      case ReturnKind.generatorExit:
        // called by a native, which may need the operands of its instruction
        hideIn(caller, originalPc(next - 1), false);
    }
  }
}

/** Empties the temporaries that are dead at word index `pc`, before its instruction or while the call before it runs. */
function hideIn(frame: number, pc: number, acrossCall: boolean): void {
  const code = words[(frame << 1) + Frame.code];
  const offset = pc - firstInstruction(code);
  if (offset < 0 || offset > words[(code << 1) + Code.instructionWords]) return;
  const { masks, across, firstTemporary } = livenessOf(code);
  const live = acrossCall ? across[offset] : masks[offset];
  const last = Math.min(words[(code << 1) + Code.registerCount], firstTemporary + 31);
  for (let register = firstTemporary; register < last; register++) {
    const cell = frame + FRAME_HEADER_CELLS + register;
    if (((live >>> (register - firstTemporary)) & 1) !== 0 || !isRef(cell) || refAt(cell) === 0) continue;
    cells.push(cell);
    refs.push(refAt(cell));
    setNull(cell);
  }
}

setStaleRegisterHider(hideStaleRegisters);
addSweeper((isMarked) => restoreRegisters(isMarked));

/** Puts back what was hidden, as far as it is kept. */
function restoreRegisters(isKept: (ref: number) => boolean): void {
  cells.forEach((cell, i) => {
    if (isKept(refs[i])) setRef(cell, refs[i]);
  });
  cells.length = 0;
  refs.length = 0;
}

setUnreachableHook((candidates) => {
  jit.hooks.nestedRun();
  hideStaleRegisters();
  const found = unreachable(candidates);
  restoreRegisters(() => true);
  return found;
});
