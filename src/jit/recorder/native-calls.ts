/**
 * Recording of calls of natives that have uops of their own (`len`, `abs`, `list.append`, `dict.get`, ...). All others are
 * leaves (leaf-calls.ts).
 */
import { Fixed, T } from '../../heap/fixed.ts';
import { ArrayObject, List, Native, Tuple } from '../../heap/layouts.ts';
import { words } from '../../heap/memory.ts';
import { floatAt, immediateAt, isRef, TAG_REF } from '../../heap/values.ts';
import { N } from '../../objects/names.ts';
import { nativeTable } from '../../objects/natives.ts';
import { isSubtype, lookup, typeOf } from '../../objects/types.ts';
import { dependOnType } from '../dependencies.ts';
import * as ir from '../ir.ts';
import { constInt, constValue, emit } from '../optimizer/emit.ts';
import { U } from '../uops.ts';
import { guardLatin1, isLatin1, recordDictGet } from './lookups.ts';
import { asFloat, asInt, asRef, asValue, guardIdentity, storeField, storeItem, Tag, tagAt, tagOf } from './state.ts';

type NativeRecorder = (refs: readonly number[], cells: number) => number;
/** Appends to a list that has room now; false if the interpreter must make it grow. */
export function appendToList(ref: number, list: number, value: number): boolean {
  const items = words[(list << 1) + List.items];
  if (items === 0 || words[(list << 1) + List.size] >= words[(items << 1) + ArrayObject.length]) return false;
  const object = asRef(ref);
  emit(U.guard_type, object, 0, 0, T.list);
  const boxed = ir.type[value] === ir.Type.float ? value : asValue(value);
  const size = emit(U.load_word_int, object, 0, 0, List.size * 4);
  const array = emit(U.load_word, object, 0, 0, List.items * 4);
  emit(U.guard_less_int, size, emit(U.load_word_int, array, 0, 0, ArrayObject.length * 4));
  storeItem(array, size, boxed);
  emit(U.store_word, object, emit(U.int_to_ref, emit(U.add_int_unchecked, size, constInt(1))), 0, List.size * 4);
  return true;
}

/** isinstance(object, class) for classes without a metaclass of their own: a constant once the object's type is known. */
function recordIsInstance(refs: readonly number[], cells: number): number {
  if (refs.length !== 2 || !isRef(cells + 1)) return 0;
  const cls = words[(cells + 1) << 1];
  const [ref] = refs;
  const type = typeOf(cells);
  let answer = false;
  if (words[cls << 1] === T.tuple && ir.isConstant(refs[1])) {
    for (let i = 0; i < words[(cls << 1) + Tuple.size]; i++) {
      const member = cls + 1 + i;
      if (!isRef(member) || words[words[member << 1] << 1] !== T.type) return 0;
      answer ||= isSubtype(type, words[member << 1]);
    }
  } else if (words[cls << 1] === T.type) answer = isSubtype(type, cls);
  else return 0;
  const tag = tagOf(ref, cells);
  // a class may claim to be another by its __class__
  if (!answer && tag === Tag.ref && lookup(type, N.__class__) !== lookup(T.object, N.__class__)) return 0;
  if (tag !== Tag.ref && (tag === Tag.bool || tag === Tag.null || ir.type[ref] === ir.Type.ref)) return 0;
  guardIdentity(refs[1], cls);
  if (tag === Tag.ref) {
    emit(U.guard_type, asRef(ref), 0, 0, type);
    dependOnType(type);
  } else if (ir.type[ref] === ir.Type.value) emit(U.guard_tag, ref, 0, 0, tag);
  return constValue(answer ? Fixed.true : Fixed.false, TAG_REF);
}

/** Natives with uops of their own, by "owner.name"; the answer is the result's ref, or 0. */
const nativeRecorders: Readonly<Record<string, NativeRecorder>> = {
  'math.sqrt': (refs, cells) => {
    if (negativeNow(cells)) return 0;
    const x = numberAsFloat(refs[0], cells);
    if (x === 0) return 0;
    // leaves for a negative argument (ValueError); NaN passes
    emit(U.guard_not_less_float, x, floatZero());
    return emit(U.square_root_float, x);
  },
  'math.fabs': (refs, cells) => {
    const x = numberAsFloat(refs[0], cells);
    return x === 0 ? 0 : emit(U.absolute_float, x);
  },
  'builtins.abs': (refs, cells) => {
    const tag = tagOf(refs[0], cells);
    if (tag === Tag.float) return emit(U.absolute_float, asFloat(refs[0], cells));
    if (tag !== Tag.int) return 0;
    const x = asInt(refs[0], cells);
    if (tagAt(cells) !== Tag.int) return 0;
    const negative = words[(cells << 1) + 1] << 16 < 0;
    emit(negative ? U.guard_less_int : U.guard_greater_equal_int, x, constInt(0));
    return negative ? emit(U.negative_int, x) : x;
  },
  'builtins.len': (refs, cells) => {
    if (tagOf(refs[0], cells) !== Tag.ref || !isRef(cells)) return 0;
    const type = words[words[cells << 1] << 1];
    if (type !== T.list && type !== T.tuple && type !== T.str && type !== T.dict && type !== T.bytes && type !== T.set)
      return 0;
    const object = asRef(refs[0]);
    emit(U.guard_type, object, 0, 0, type);
    return emit(U.load_word_int, object, 0, 0, List.size * 4);
  },
  'builtins.isinstance': recordIsInstance,
  'builtins.divmod': (refs, cells) => {
    if (refs.length !== 2 || tagOf(refs[0], cells) !== Tag.int || tagOf(refs[1], cells + 1) !== Tag.int) return 0;
    if (words[(cells + 1) << 1] === 0 && ir.op[refs[1]] !== U.const_int) return 0;
    const x = asInt(refs[0], cells);
    const y = asInt(refs[1], cells + 1);
    const quotient = emit(U.box_int, emit(U.floor_divide_int, x, y));
    const remainder = emit(U.box_int, emit(U.remainder_int, x, y));
    const pair = emit(U.allocate, 0, 0, 0, 3);
    emit(U.store_header, pair, 0, 0, T.tuple, 2);
    storeField(pair, Tuple.items * 4, quotient);
    storeField(pair, Tuple.items * 4 + 8, remainder);
    return pair;
  },
  'builtins.min': (refs, cells) => extreme(refs, cells, false),
  'builtins.max': (refs, cells) => extreme(refs, cells, true),
  'dict.get': recordDictGet,
  'list.append': (refs, cells) => {
    if (!isRef(cells) || words[words[cells << 1] << 1] !== T.list || !appendToList(refs[0], words[cells << 1], refs[1]))
      return 0;
    return constValue(Fixed.none, TAG_REF);
  },
  'builtins.ord': (refs, cells) => {
    if (!isRef(cells) || words[words[cells << 1] << 1] !== T.str) return 0;
    const text = words[cells << 1];
    if (!isLatin1(text) || words[(text << 1) + 1] !== 1) return 0;
    const object = asRef(refs[0]);
    emit(U.guard_header, object, 0, 0, T.str, 1);
    guardLatin1(object);
    return emit(U.load_byte, object, constInt(0), 0, 16);
  },
};
/** The lesser or greater of two small ints; which of them it is is guarded. */
function extreme(refs: readonly number[], cells: number, greater: boolean): number {
  if (refs.length !== 2 || tagOf(refs[0], cells) !== Tag.int || tagOf(refs[1], cells + 1) !== Tag.int) return 0;
  if (tagAt(cells) !== Tag.int || tagAt(cells + 1) !== Tag.int) return 0;
  const a = asInt(refs[0], cells);
  const b = asInt(refs[1], cells + 1);
  const isSecond = greater ? immediateAt(cells + 1) > immediateAt(cells) : immediateAt(cells + 1) < immediateAt(cells);
  if (greater) emit(isSecond ? U.guard_greater_int : U.guard_less_equal_int, b, a);
  else emit(isSecond ? U.guard_less_int : U.guard_greater_equal_int, b, a);
  return isSecond ? b : a;
}
function negativeNow(cell: number): boolean {
  return tagAt(cell) === Tag.float ? floatAt(cell) < 0 : words[(cell << 1) + 1] << 16 < 0;
}
function floatZero(): number {
  const [low, high] = ir.floatBits(0);
  return ir.append(U.const_float, 0, 0, 0, low, high, -1);
}
function numberAsFloat(ref: number, cell: number): number {
  const tag = tagOf(ref, cell);
  return tag === Tag.float || tag === Tag.int ? asFloat(ref, cell) : 0;
}

/**
 * A call of the native function `callable` with arguments `refs`, the first of which lies in cell `cells`: the result's
 * ref, or 0 if it has no uops.
 */
export function recordNative(callable: number, callableRef: number, cells: number, refs: readonly number[]): number {
  const declaration = nativeTable[words[(callable << 1) + Native.number]];
  if (!declaration) return 0;
  const owner = typeof declaration.owner === 'string' ? declaration.owner : T[declaration.owner];
  const recorder = nativeRecorders[`${owner}.${declaration.name}`];
  if (!recorder) return 0;
  if (tagAt(callable + (Native.self >> 1)) !== Tag.null && typeof declaration.owner !== 'string') {
    // a bound native method object: rare, its self lies elsewhere
    return 0;
  }
  const wanted = declaration.text.split(',').length;
  if (refs.length === 0 || refs.length > wanted) return 0;
  guardIdentity(callableRef, callable);
  return recorder(refs, cells);
}
