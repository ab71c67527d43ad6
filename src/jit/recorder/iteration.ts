/**
 * Recording of iteration and of the making of small containers. Iterators of range, list and tuple are followed field by
 * field; they are plain objects in memory, so other code may look at them at any time.
 */
import { Fixed, T } from '../../heap/fixed.ts';
import { FRAME_HEADER_CELLS, Iterator, Kind, LIST_CELLS, List, layouts, Range, Tuple } from '../../heap/layouts.ts';
import { words } from '../../heap/memory.ts';
import { immediateAt, isImmediateInt, isRef, TAG_REF } from '../../heap/values.ts';
import * as ir from '../ir.ts';
import { constInt, constRef, constValue, emit } from '../optimizer/emit.ts';
import { U } from '../uops.ts';
import { resumeForIterate } from './generators.ts';
import { characterRef, guardLatin1, isLatin1 } from './lookups.ts';
import { appendToList } from './native-calls.ts';
import { asRef, asValue, cellOf, recording, refOf, registerRef, setRegister, storeField, Tag, tagOf } from './state.ts';

const iteratorTypes = { [T.list]: T.list_iterator, [T.tuple]: T.tuple_iterator, [T.str]: T.str_iterator };

/** GET_ITER: d, s. */
export function recordGetIterator(): boolean {
  const { pc } = recording;
  const ref = refOf(words[pc + 2]);
  const cell = cellOf(words[pc + 2]);
  if (tagOf(ref, cell) !== Tag.ref || !isRef(cell)) return false;
  const object = words[cell << 1];
  const type = words[object << 1];
  switch (type) {
    case T.range: {
      if (!smallInts(object, Range.start, Range.stop, Range.step)) return false;
      const range = asRef(ref);
      emit(U.guard_type, range, 0, 0, type);
      const field = (offset: Range): number => emit(U.unbox_int, emit(U.load_field, range, 0, 0, offset * 4));
      const start = field(Range.start);
      const step = field(Range.step);
      const stop = field(Range.stop);
      setRegister(words[pc + 1], newRangeIterator(start, step, stop));
      return true;
    }
    case T.list:
    case T.tuple:
    case T.str: {
      const source = asRef(ref);
      emit(U.guard_type, source, 0, 0, type);
      const iterator = emit(U.allocate, 0, 0, 0, layouts[Kind.iterator].cells);
      emit(U.store_header, iterator, 0, 0, iteratorTypes[type], 0);
      emit(U.store_word, iterator, source, 0, Iterator.source * 4);
      emit(U.store_word, iterator, constRef(0), 0, Iterator.limit * 4);
      for (const offset of [Iterator.current, Iterator.step, Iterator.stop])
        storeField(iterator, offset * 4, constValue(0, TAG_REF));
      setRegister(words[pc + 1], iterator);
      return true;
    }
    case T.range_iterator:
    case T.list_iterator:
    case T.tuple_iterator:
    case T.str_iterator:
    case T.generator:
    case T.enumerate:
    case T.zip:
      emit(U.guard_type, asRef(ref), 0, 0, type);
      setRegister(words[pc + 1], ref);
      return true;
  }
  return false;
}

/** The iterator of a range, made in the trace: source, then current, step, stop as int values. */
function newRangeIterator(start: number, step: number, stop: number): number {
  const iterator = emit(U.allocate, 0, 0, 0, layouts[Kind.iterator].cells);
  emit(U.store_header, iterator, 0, 0, T.range_iterator, 0);
  emit(U.store_word, iterator, constRef(0), 0, Iterator.source * 4);
  emit(U.store_word, iterator, constRef(0), 0, Iterator.limit * 4);
  storeField(iterator, Iterator.current * 4, start);
  storeField(iterator, Iterator.step * 4, step);
  storeField(iterator, Iterator.stop * 4, stop);
  return iterator;
}

function smallInts(object: number, ...offsets: number[]): boolean {
  return offsets.every((offset) => isImmediateInt(object + (offset >> 1)));
}

/** FOR_ITER: r, d, j. */
export function recordForIterate(): boolean {
  const { pc } = recording;
  const ref = registerRef(words[pc + 1]);
  const iterator = words[(recording.frame + FRAME_HEADER_CELLS + words[pc + 1]) << 1];
  const type = words[iterator << 1];
  switch (type) {
    case T.range_iterator:
      return rangeIterator(ref, iterator);
    case T.list_iterator:
    case T.tuple_iterator:
      return sequenceIterator(ref, iterator, type === T.list_iterator ? T.list : T.tuple);
    case T.str_iterator:
      return sequenceIterator(ref, iterator, T.str);
    case T.generator:
      return resumeForIterate(ref, iterator);
    case T.enumerate:
      return enumerateNext(ref, iterator);
    case T.zip:
      return zipNext(ref, iterator);
  }
  return false;
}

/** The next item of an iterator inside an enumerate or zip. Its position moves on at `commit`, which cannot exit. */
interface Peeked {
  readonly item: number;
  readonly commit: () => void;
}

/** True for an iterator over a range, list or tuple that is not at its end. */
function canPeek(slot: number): boolean {
  if (!isRef(slot)) return false;
  const iterator = words[slot << 1];
  const type = words[iterator << 1];
  switch (type) {
    case T.range_iterator: {
      if (!smallInts(iterator, Iterator.current, Iterator.step, Iterator.stop)) return false;
      const current = immediateAt(iterator + (Iterator.current >> 1));
      const stop = immediateAt(iterator + (Iterator.stop >> 1));
      return immediateAt(iterator + (Iterator.step >> 1)) > 0 ? current < stop : current > stop;
    }
    case T.list_iterator:
    case T.tuple_iterator: {
      const source = words[(iterator << 1) + Iterator.source];
      if (source === 0 || words[source << 1] !== (type === T.list_iterator ? T.list : T.tuple)) return false;
      return words[(iterator << 1) + Iterator.position] < words[(source << 1) + List.size];
    }
  }
  return false;
}

/** The next item of the iterator `object`, at present `iterator`; at its end the trace exits to repeat the instruction. */
function peek(object: number, iterator: number): Peeked {
  const type = words[iterator << 1];
  emit(U.guard_type, object, 0, 0, type);
  if (type === T.range_iterator) {
    const field = (offset: Iterator): number => emit(U.unbox_int, emit(U.load_field, object, 0, 0, offset * 4));
    const current = field(Iterator.current);
    const step = field(Iterator.step);
    const stop = field(Iterator.stop);
    const ascending = immediateAt(iterator + (Iterator.step >> 1)) > 0;
    if (ir.op[step] !== U.const_int) emit(ascending ? U.guard_greater_int : U.guard_less_int, step, constInt(0));
    emit(ascending ? U.guard_less_int : U.guard_greater_int, current, stop);
    const following = emit(U.box_int, emit(U.add_int, current, step));
    return { item: asValue(current), commit: () => storeField(object, Iterator.current * 4, following) };
  }
  const source = emit(U.load_word, object, 0, 0, Iterator.source * 4);
  emit(U.guard_not_ref, source, 0, 0, 0);
  emit(U.guard_type, source, 0, 0, type === T.list_iterator ? T.list : T.tuple);
  const position = emit(U.load_word_int, object, 0, 0, Iterator.position * 4);
  emit(U.guard_index, position, emit(U.load_word_int, source, 0, 0, List.size * 4));
  const item =
    type === T.list_iterator
      ? emit(U.load_item, emit(U.load_word, source, 0, 0, List.items * 4), position)
      : emit(U.load_tuple_item, source, position);
  const following = emit(U.int_to_ref, emit(U.add_int_unchecked, position, constInt(1)));
  const commit = (): void => {
    emit(U.store_word, object, following, 0, Iterator.position * 4);
    recording.currentSnapshot = -1;
  };
  return { item: asValue(item), commit };
}

/** Makes a tuple of boxed values; nothing after the allocation can exit. */
function makeTuple(values: readonly number[]): number {
  const tuple = emit(U.allocate, 0, 0, 0, 1 + values.length);
  emit(U.store_header, tuple, 0, 0, T.tuple, values.length);
  values.forEach((value, i) => {
    storeField(tuple, Tuple.items * 4 + i * 8, value);
  });
  return tuple;
}

/** FOR_ITER on an enumerate over an iterator that can be followed. All exits come before the first change. */
function enumerateNext(ref: number, iterator: number): boolean {
  const inner = iterator + (Iterator.current >> 1);
  if (!isImmediateInt(iterator + (Iterator.step >> 1)) || !canPeek(inner)) return false;
  const object = asRef(ref);
  emit(U.guard_type, object, 0, 0, T.enumerate);
  const number = emit(U.unbox_int, emit(U.load_field, object, 0, 0, Iterator.step * 4));
  const peeked = peek(asRef(emit(U.load_field, object, 0, 0, Iterator.current * 4)), words[inner << 1]);
  const following = emit(U.box_int, emit(U.add_int, number, constInt(1)));
  const pair = makeTuple([asValue(number), peeked.item]);
  peeked.commit();
  storeField(object, Iterator.step * 4, following);
  setRegister(words[recording.pc + 2], pair);
  return true;
}

/** FOR_ITER on a zip of few different iterators that can be followed. All exits come before the first change. */
function zipNext(ref: number, iterator: number): boolean {
  const tuple = words[(iterator << 1) + Iterator.source];
  const count = words[(tuple << 1) + Tuple.size];
  if (words[(iterator << 1) + Iterator.position] !== 0 || count === 0 || count > 4) return false;
  for (let i = 0; i < count; i++) {
    if (!canPeek(tuple + 1 + i)) return false;
    for (let k = 0; k < i; k++) if (words[(tuple + 1 + k) << 1] === words[(tuple + 1 + i) << 1]) return false;
  }
  const object = asRef(ref);
  // word 1 is the position, which says whether the zip is strict
  emit(U.guard_header, object, 0, 0, T.zip, 0);
  const iterators = emit(U.load_word, object, 0, 0, Iterator.source * 4);
  emit(U.guard_header, iterators, 0, 0, T.tuple, count);
  const inner: number[] = [];
  for (let i = 0; i < count; i++) inner.push(asRef(emit(U.load_field, iterators, 0, 0, Tuple.items * 4 + i * 8)));
  // zip(it, it) takes two items from one iterator
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < i; k++) emit(U.guard_not_equal_int, emit(U.ref_to_int, inner[k]), emit(U.ref_to_int, inner[i]));
  }
  const peeked = inner.map((object, i) => peek(object, words[(tuple + 1 + i) << 1]));
  const items = makeTuple(peeked.map(({ item }) => item));
  for (const { commit } of peeked) commit();
  setRegister(words[recording.pc + 2], items);
  return true;
}

function exitTo(pc: number, emitGuards: () => void): void {
  recording.resumePc = pc;
  emitGuards();
  recording.resumePc = recording.pc;
}

function rangeIterator(ref: number, iterator: number): boolean {
  const { pc } = recording;
  if (!smallInts(iterator, Iterator.current, Iterator.step, Iterator.stop)) return false;
  const object = asRef(ref);
  emit(U.guard_type, object, 0, 0, T.range_iterator);
  const current = emit(U.unbox_int, emit(U.load_field, object, 0, 0, Iterator.current * 4));
  const step = emit(U.unbox_int, emit(U.load_field, object, 0, 0, Iterator.step * 4));
  const stop = emit(U.unbox_int, emit(U.load_field, object, 0, 0, Iterator.stop * 4));
  const by = immediateAt(iterator + (Iterator.step >> 1));
  const ascending = by > 0;
  if (ir.op[step] !== U.const_int) emit(ascending ? U.guard_greater_int : U.guard_less_int, step, constInt(0));
  const value = immediateAt(iterator + (Iterator.current >> 1));
  const limit = immediateAt(iterator + (Iterator.stop >> 1));
  const goesOn = ascending ? value < limit : value > limit;
  // the state is the same whether the loop goes on or ends: the exit need not repeat the instruction
  if (goesOn) exitTo(words[pc + 3], () => emit(ascending ? U.guard_less_int : U.guard_greater_int, current, stop));
  else exitToLoop(() => emit(ascending ? U.guard_greater_equal_int : U.guard_less_equal_int, current, stop));
  if (!goesOn) return true;
  const next = emit(U.add_int, current, step);
  storeField(object, Iterator.current * 4, emit(U.box_int, next));
  setRegister(words[pc + 2], current);
  return true;
}
/** An exit that repeats the instruction. */
function exitToLoop(emitGuards: () => void): void {
  exitTo(recording.pc, emitGuards);
}

function sequenceIterator(ref: number, iterator: number, sourceType: number): boolean {
  const { pc } = recording;
  const list = words[(iterator << 1) + Iterator.source];
  if (list === 0 || words[list << 1] !== sourceType || (sourceType === T.str && !isLatin1(list))) return false;
  const object = asRef(ref);
  emit(U.guard_type, object, 0, 0, words[iterator << 1]);
  const source = emit(U.load_word, object, 0, 0, Iterator.source * 4);
  emit(U.guard_not_ref, source, 0, 0, 0);
  emit(U.guard_type, source, 0, 0, sourceType);
  const position = emit(U.load_word_int, object, 0, 0, Iterator.position * 4);
  const size = emit(U.load_word_int, source, 0, 0, List.size * 4);
  if (words[(iterator << 1) + Iterator.position] >= words[(list << 1) + List.size]) {
    emit(U.guard_greater_equal_int, position, size);
    emit(U.store_word, object, constRef(0), 0, Iterator.source * 4);
    recording.currentSnapshot = -1;
    return true;
  }
  // unsigned, so that a position known to be in range needs no second check; an exhausted iterator repeats in the interpreter
  emit(U.guard_index, position, size);
  if (sourceType === T.str) guardLatin1(source);
  const item =
    sourceType === T.list
      ? emit(U.load_item, emit(U.load_word, source, 0, 0, List.items * 4), position)
      : sourceType === T.tuple
        ? emit(U.load_tuple_item, source, position)
        : characterRef(source, position);
  emit(
    U.store_word,
    object,
    emit(U.int_to_ref, emit(U.add_int_unchecked, position, constInt(1))),
    0,
    Iterator.position * 4,
  );
  recording.currentSnapshot = -1;
  setRegister(words[pc + 2], item);
  return true;
}

/** UNPACK_SEQUENCE: s, r, i, of an exact tuple or list of that length. */
export function recordUnpackSequence(): boolean {
  const { pc } = recording;
  const ref = refOf(words[pc + 1]);
  const cell = cellOf(words[pc + 1]);
  const count = words[pc + 3];
  if (tagOf(ref, cell) !== Tag.ref || !isRef(cell)) return false;
  const object = words[cell << 1];
  const type = words[object << 1];
  if ((type !== T.tuple && type !== T.list) || words[(object << 1) + Tuple.size] !== count) return false;
  const source = asRef(ref);
  emit(U.guard_header, source, 0, 0, type, count);
  const values: number[] = [];
  if (type === T.tuple)
    for (let i = 0; i < count; i++) values.push(emit(U.load_field, source, 0, 0, Tuple.items * 4 + i * 8));
  else {
    const items = emit(U.load_word, source, 0, 0, List.items * 4);
    for (let i = 0; i < count; i++) values.push(emit(U.load_item, items, constInt(i)));
  }
  for (let i = 0; i < count; i++) setRegister(words[pc + 2] + i, values[i]);
  return true;
}

/** BUILD_TUPLE: d, r, i. */
export function recordBuildTuple(): boolean {
  const { pc } = recording;
  const count = words[pc + 3];
  if (count > 16) return false;
  if (count === 0) {
    setRegister(words[pc + 1], constValue(Fixed.emptyTuple, TAG_REF));
    return true;
  }
  const refs: number[] = [];
  for (let i = 0; i < count; i++) {
    const ref = registerRef(words[pc + 2] + i);
    refs.push(ir.type[ref] === ir.Type.float ? ref : asValue(ref));
  }
  const tuple = emit(U.allocate, 0, 0, 0, 1 + count);
  emit(U.store_header, tuple, 0, 0, T.tuple, count);
  for (let i = 0; i < count; i++) storeField(tuple, Tuple.items * 4 + i * 8, refs[i]);
  setRegister(words[pc + 1], tuple);
  return true;
}

/** BUILD_LIST: d, r, i. */
export function recordBuildList(): boolean {
  const { pc } = recording;
  const count = words[pc + 3];
  if (count > 16) return false;
  if (count === 0) {
    const list = emit(U.allocate, 0, 0, 0, LIST_CELLS);
    emit(U.store_header, list, 0, 0, T.list, 0);
    emit(U.store_word, list, constRef(0), 0, List.items * 4);
    emit(U.store_word, list, constRef(0), 0, List.flags * 4);
    setRegister(words[pc + 1], list);
    return true;
  }
  const refs: number[] = [];
  for (let i = 0; i < count; i++) {
    const ref = registerRef(words[pc + 2] + i);
    refs.push(ir.type[ref] === ir.Type.float ? ref : asValue(ref));
  }
  const items = emit(U.allocate, 0, 0, 0, 1 + count);
  emit(U.store_header, items, 0, 0, T.values, count);
  for (let i = 0; i < count; i++) {
    if (ir.type[refs[i]] === ir.Type.float) emit(U.store_item_float, items, constInt(i), refs[i]);
    else emit(U.store_item, items, constInt(i), refs[i]);
  }
  const list = emit(U.allocate, 0, 0, 0, LIST_CELLS);
  emit(U.store_header, list, 0, 0, T.list, count);
  emit(U.store_word, list, items, 0, List.items * 4);
  emit(U.store_word, list, constRef(0), 0, List.flags * 4);
  recording.currentSnapshot = -1;
  setRegister(words[pc + 1], list);
  return true;
}

/** LIST_APPEND: r, s. */
export function recordListAppend(): boolean {
  const { pc } = recording;
  const cell = recording.frame + FRAME_HEADER_CELLS + words[pc + 1];
  if (!isRef(cell) || words[words[cell << 1] << 1] !== T.list) return false;
  return appendToList(registerRef(words[pc + 1]), words[cell << 1], refOf(words[pc + 2]));
}
