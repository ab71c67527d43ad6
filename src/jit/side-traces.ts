/**
 * How a side trace begins: with the state of the exit that it continues. Values stay where the parent trace has them
 * (`inherit_` uops), inlined frames stay inlined, sunk objects are made again and may be sunk again.
 */
import { State } from '../heap/fixed.ts';
import { FRAME_HEADER_CELLS, Frame } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { firstInstruction } from '../interpreter/frames.ts';
import { livenessOf } from '../interpreter/liveness.ts';
import { EXIT_FIELDS, type Exit } from './executors.ts';
import * as ir from './ir.ts';
import { constant, emit } from './optimizer/emit.ts';
import { SUNK_NUMBER_SHIFT, SUNK_PAYLOAD, Sunk } from './optimizer/sink.ts';
import { recording, setSlot, storeField } from './recorder/state.ts';
import { U } from './uops.ts';

const inheritUops: Readonly<Record<number, number>> = {
  [ir.Type.int]: U.inherit_int,
  [ir.Type.float]: U.inherit_float,
  [ir.Type.bool]: U.inherit_bool,
  [ir.Type.ref]: U.inherit_ref,
  [ir.Type.value]: U.inherit_value,
};
const constantUops: Readonly<Record<number, number>> = {
  [ir.Type.int]: U.const_int,
  [ir.Type.float]: U.const_float,
  [ir.Type.value]: U.const_value,
  [ir.Type.ref]: U.const_ref,
};

/** Gives the recorder the state of an exit, of which the interpreter's frames in memory are the copy. */
export function inheritState(exit: Exit): void {
  const { entries } = exit;
  const headers = new Map<number, number>();
  const locations = new Map<number, number>();
  const slots: number[] = [];
  const refs: number[] = [];
  for (let at = 0, index = 0; at < entries.length; at += EXIT_FIELDS, index++) {
    const type = entries[at + 1];
    const location = entries[at + 2];
    let ref: number;
    if (location === -1) ref = constant(constantUops[type], entries[at + 3], entries[at + 4]);
    else {
      // one ref per place, so that the allocator knows that two slots hold the same
      ref = locations.get(location) ?? emit(inheritUops[type], 0, 0, 0, index);
      locations.set(location, ref);
    }
    slots.push(entries[at]);
    refs.push(ref);
  }
  slots.forEach((slot, i) => {
    if (slot < 0 || exit.frames.some((frame) => frame.generatorRef === 0 && frame.offset === slot))
      headers.set(slot, refs[i]);
    else if (slot < Sunk.object) setSlot(slot, refs[i]);
  });
  const cellsOfFrames: number[] = [];
  for (let i = exit.frames.length - 1, frame = words[State.frame]; i >= 0; i--) {
    cellsOfFrames[i] = frame;
    frame = words[(frame << 1) + Frame.caller];
  }
  exit.frames.forEach((link, i) => {
    const chain = ir.chains.length;
    const isGenerator = link.generatorRef !== 0;
    const functionRef = isGenerator ? 0 : headers.get(link.offset)!;
    const generatorRef = isGenerator ? headers.get(-1 - i)! : 0;
    ir.chains.push({ ...link, parent: chain - 1, functionRef, generatorRef });
    recording.frames.push({
      chain,
      offset: link.offset,
      code: link.codeRef,
      liveness: livenessOf(link.codeRef),
      codeStart: firstInstruction(link.codeRef),
      functionRef,
      destination: link.destination,
      returnKind: link.returnKind,
      returnAddress: link.returnAddress,
      cell: cellsOfFrames[i],
      top: isGenerator ? link.offset : link.offset + FRAME_HEADER_CELLS + link.registerCount,
      generatorRef,
    });
  });
  remakeSunk(exit, slots, refs);
}

/**
 * The side trace makes the objects that the trace before it had sunk; if it shows them to nobody they are sunk again.
 * Until they are there, an exit spells them as the parent's exit does.
 */
function remakeSunk(exit: Exit, slots: readonly number[], refs: readonly number[]): void {
  if (!slots.some((slot) => slot >= Sunk.object)) return;
  const before = ir.beginSnapshot(exit.pc, ir.chains.length - 1);
  slots.forEach((slot, i) => {
    ir.addEntry(slot, refs[i]);
  });
  const boxed = refs.map((ref, i) =>
    slots[i] >= Sunk.object && ir.type[ref] === ir.Type.int ? ir.append(U.box_int, ref, 0, 0, 0, 0, before) : ref,
  );
  const objects: number[] = [];
  slots.forEach((slot, i) => {
    const number = (slot >> SUNK_NUMBER_SHIFT) & 63;
    const payload = slot & SUNK_PAYLOAD;
    const ref = boxed[i];
    if (slot >= Sunk.slot) setSlot(payload, objects[number]);
    else if (slot >= Sunk.cell) storeField(objects[number], payload * 8, ref);
    else if (slot >= Sunk.object) {
      objects[number] = ir.append(U.allocate, 0, 0, 0, payload, 0, before);
      emit(U.store_header, objects[number], 0, 0, ir.imm0[refs[i]], ir.imm1[refs[i]]);
    }
  });
}
