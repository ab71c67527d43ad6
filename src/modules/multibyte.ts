/**
 * _multibyte: the inner loops of the multibyte codecs, for _multibytecodec.py, which has everything else: error handlers,
 * incremental and stream codecs. A private module of ours.
 */

import { bytes } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { refAt, setRef, setSmallInt } from '../heap/values.ts';
import { bufferData, bufferLength, readBuffer } from '../objects/buffers.ts';
import { newBytesFrom } from '../objects/bytes.ts';
import { indexOf, setBool } from '../objects/integers.ts';
import { registerModule } from '../objects/modules.ts';
import { natives } from '../objects/natives.ts';
import { truth } from '../objects/operations.ts';
import { codePointAt, newStringFromCodePoints, stringLength, stringOf } from '../objects/strings.ts';
import { newTuple, tupleItem } from '../objects/tuples.ts';
import { type MultibyteTable, multibyteTable, type Outcome } from './multibyte-tables.ts';

const tableOf = (slot: number): MultibyteTable => multibyteTable(stringOf(refAt(slot))) as MultibyteTable;

/** result = (made, position, outcome) */
function answer(made: number, position: number, outcome: Outcome, result: number): void {
  const slots = pushSlots(1);
  setRef(slots, made);
  const tuple = newTuple(3);
  setRef(tupleItem(tuple, 0), made);
  setSmallInt(tupleItem(tuple, 1), position);
  setSmallInt(tupleItem(tuple, 2), outcome);
  setRef(result, tuple);
  popSlots(1);
}

registerModule('_multibyte');
natives('_multibyte', {
  'known(name, /)': (args, result) => setBool(result, multibyteTable(stringOf(refAt(args))) !== null),
  'decode(name, data, start, /)': (args, result) => {
    const table = tableOf(args);
    const start = indexOf(args + 2);
    readBuffer(args + 1);
    const codes: number[] = [];
    const outcome = table.decode(bytes.subarray(bufferData, bufferData + bufferLength), start, codes);
    answer(newStringFromCodePoints(codes), table.position, outcome, result);
  },
  'encode(name, text, start, final, /)': (args, result) => {
    const table = tableOf(args);
    const text = refAt(args + 1);
    const start = indexOf(args + 2);
    const codes = Uint32Array.from({ length: stringLength(text) }, (_, i) => codePointAt(text, i));
    const output: number[] = [];
    const outcome = table.encode(codes, start, truth(args + 3), output);
    answer(newBytesFrom(Uint8Array.from(output)), table.position, outcome, result);
  },
});
