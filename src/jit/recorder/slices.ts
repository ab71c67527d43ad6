/**
 * Recording of slices: making slice objects, which usually are never made because only their parts are used, and copying
 * a part of a list with them. Slices with steps, of other types, and with bounds outside of the list are leaves.
 */
import { Fixed, T } from '../../heap/fixed.ts';
import { ArrayObject, Kind, LIST_CELLS, List, layouts, Slice } from '../../heap/layouts.ts';
import { words } from '../../heap/memory.ts';
import { immediateAt, isImmediateInt, isRef, refAt, TAG_REF } from '../../heap/values.ts';
import * as ir from '../ir.ts';
import { constInt, constRef, constValue, constWord, emit } from '../optimizer/emit.ts';
import { U } from '../uops.ts';
import { asRef, asValue, cellOf, recording, refOf, setRegister, storeField, Tag, tagOf } from './state.ts';

/** allocate_array leaves for more. */
const MAX_ITEMS = 4096;

/** BUILD_SLICE: d, s, s, s. */
export function recordBuildSlice(): boolean {
  const { pc } = recording;
  const parts = [2, 3, 4].map((at) => {
    const ref = asValue(refOf(words[pc + at]));
    const absent = ir.op[ref] === U.const_value && ir.imm0[ref] === 0 && ir.imm1[ref] === TAG_REF;
    return absent ? constValue(Fixed.none, TAG_REF) : ref;
  });
  const slice = emit(U.allocate, 0, 0, 0, layouts[Kind.slice].cells);
  emit(U.store_header, slice, 0, 0, T.slice, 0);
  [Slice.start, Slice.stop, Slice.step].forEach((offset, i) => {
    storeField(slice, offset * 4, parts[i]);
  });
  setRegister(words[pc + 1], slice);
  return true;
}

interface Bound {
  /** the position as an int ref, and what it is now */
  readonly ref: number;
  readonly now: number;
}

/** A bound of the slice `slice` (object ref, and the object now) on a sequence of size `size`; null: leave it alone. */
function bound(slice: number, object: number, offset: Slice, size: Bound, absent: Bound): Bound | null {
  const cell = object + (offset >> 1);
  const value = emit(U.load_field, slice, 0, 0, offset * 4);
  if (isRef(cell) && refAt(cell) === Fixed.none) {
    emit(U.guard_value, value, 0, 0, Fixed.none, TAG_REF);
    return absent;
  }
  if (!isImmediateInt(cell)) return null;
  const now = immediateAt(cell);
  const position = emit(U.unbox_int, value);
  if (now >= 0) {
    if (now > size.now) return null;
    if (ir.op[position] !== U.const_int) emit(U.guard_greater_equal_int, position, constInt(0));
    emit(U.guard_less_equal_int, position, size.ref);
    return { ref: position, now };
  }
  if (now < -size.now) return null;
  if (ir.op[position] !== U.const_int) emit(U.guard_less_int, position, constInt(0));
  const fromStart = emit(U.add_int_unchecked, position, size.ref);
  emit(U.guard_greater_equal_int, fromStart, constInt(0));
  return { ref: fromStart, now: now + size.now };
}

/** LOAD_SUBSCR of a list by a slice without a step: d, s, s. */
export function recordListSlice(): boolean {
  const { pc } = recording;
  const container = refOf(words[pc + 2]);
  const containerCell = cellOf(words[pc + 2]);
  const key = refOf(words[pc + 3]);
  const keyCell = cellOf(words[pc + 3]);
  if (tagOf(container, containerCell) !== Tag.ref || tagOf(key, keyCell) !== Tag.ref) return false;
  if (!isRef(containerCell) || !isRef(keyCell)) return false;
  const list = refAt(containerCell);
  const slice = refAt(keyCell);
  if (words[list << 1] !== T.list || words[slice << 1] !== T.slice) return false;
  const step = slice + (Slice.step >> 1);
  if (!isRef(step) || refAt(step) !== Fixed.none) return false;
  const source = asRef(container);
  const object = asRef(key);
  emit(U.guard_type, source, 0, 0, T.list);
  emit(U.guard_type, object, 0, 0, T.slice);
  emit(U.guard_value, emit(U.load_field, object, 0, 0, Slice.step * 4), 0, 0, Fixed.none, TAG_REF);
  const size = { ref: emit(U.load_word_int, source, 0, 0, List.size * 4), now: words[(list << 1) + List.size] };
  const start = bound(object, slice, Slice.start, size, { ref: constInt(0), now: 0 });
  const stop = start === null ? null : bound(object, slice, Slice.stop, size, size);
  if (start === null || stop === null) return false;
  const length = stop.now - start.now;
  if (length <= 0 || length > MAX_ITEMS) return false;
  const count = emit(U.subtract_int_unchecked, stop.ref, start.ref);
  emit(U.guard_greater_int, count, constInt(0));
  const items = emit(U.allocate_array, count, 0, 0, ArrayObject.data / 2);
  const copy = emit(U.allocate, 0, 0, 0, LIST_CELLS);
  emit(U.store_word, items, constWord(T.values), 0, ArrayObject.type * 4);
  emit(U.store_word, items, emit(U.int_to_ref, count), 0, ArrayObject.length * 4);
  emit(U.copy_items, items, emit(U.load_word, source, 0, 0, List.items * 4), start.ref);
  emit(U.store_header, copy, 0, 0, T.list, 0);
  emit(U.store_word, copy, emit(U.int_to_ref, count), 0, List.size * 4);
  emit(U.store_word, copy, items, 0, List.items * 4);
  emit(U.store_word, copy, constRef(0), 0, List.flags * 4);
  recording.currentSnapshot = -1;
  setRegister(words[pc + 1], copy);
  return true;
}
