/**
 * Emission with folding and sharing: every uop that the recorder (or the loop optimizer, which replays the trace) wants
 * goes through `emit`, which may answer with an earlier ref instead: a folded constant, an inverse pair undone (unbox
 * of box), the value a store put where a load looks, or an equal uop whose result still holds. Guards are shared like
 * values: what was checked once holds until something could change it.
 *
 * Memory: two accesses meet only if their alias class (uops.ts) agrees and nothing tells them apart (offset, constant
 * index, freshness of an allocation). A helper call may change everything but what is fixed for good.
 */
import { State, T } from '../../heap/fixed.ts';
import { Frame } from '../../heap/layouts.ts';
import * as ir from '../ir.ts';
import { U, uopTable } from '../uops.ts';

/** Thrown when folding shows that a guard cannot hold: the trace contradicts itself (a type-unstable loop). */
export class ImpossibleGuard extends Error {}

/** Who emits provides the snapshot for uops that may exit: the recorder's current state, or a copied one. */
export let snapshotSource: () => number = () => -1;
export function setSnapshotSource(source: () => number): void {
  snapshotSource = source;
}

const { op, a, b, imm0, imm1, lastOf, previous } = ir;

export function constInt(value: number): number {
  return constant(U.const_int, value | 0, Math.floor(value / 4294967296) | 0);
}
export function constFloat(value: number): number {
  const [low, high] = ir.floatBits(value);
  return constant(U.const_float, low, high);
}
export function constValue(low: number, high: number): number {
  return constant(U.const_value, low, high);
}
export function constRef(ref: number): number {
  return constant(U.const_ref, ref, 0);
}
/** A 32-bit number in a register of type ref (a header word, a size) that names no object: the collector ignores it. */
export function constWord(word: number): number {
  return constant(U.const_ref, word, 1);
}
/** The constant of one kind with these bits: there is one ref for each, so that equal refs say equal constants. */
export function constant(uop: number, low: number, high: number): number {
  for (let ref = lastOf[uop]; ref !== 0; ref = previous[ref]) if (imm0[ref] === low && imm1[ref] === high) return ref;
  return ir.append(uop, 0, 0, 0, low, high, -1);
}

/**
 * Emits a uop, or finds what makes it needless. Returns the ref of the result; for guards and stores 0 or the ref of
 * the uop.
 */
export function emit(uop: number, x = 0, y = 0, z = 0, i0 = 0, i1 = 0): number {
  const declaration = uopTable[uop];
  if (declaration.commutative && (x < y ? !ir.isConstant(y) : false)) {
    // constants go right, otherwise the younger operand left: equal uops look equal
    const swap = x;
    x = y;
    y = swap;
  } else if (declaration.commutative && ir.isConstant(x) && !ir.isConstant(y)) {
    const swap = x;
    x = y;
    y = swap;
  }
  const folded = fold(uop, x, y, i0, i1);
  if (folded >= 0) return folded;
  if (uop === U.store_word && op[y] === U.const_ref && holdsWord(x, i0, imm0[y])) return 0;
  if (declaration.writes === '' && !declaration.allocates && mayShare(uop, i0)) {
    const shared = findEqual(uop, x, y, i0, i1);
    if (shared !== 0) return shared;
  }
  return ir.append(uop, x, y, z, i0, i1, declaration.exits ? snapshotSource() : -1);
}

/** Is a word of an object known to hold this number already, by a guard that nothing has outdated? */
function holdsWord(object: number, offset: number, content: number): boolean {
  const limit = Math.max(lastOf[U.call_helper], lastWrite(U.store_word, object, offset));
  for (let ref = lastOf[U.guard_word]; ref > limit; ref = previous[ref])
    if (a[ref] === object && imm0[ref] === offset && imm1[ref] === content) return true;
  return false;
}

/** Uops whose repetition has a meaning of its own. */
function mayShare(uop: number, i0: number): boolean {
  switch (uop) {
    case U.load_frame_word:
      // a frame's function, depth and kind of namespace are fixed while it runs
      return i0 === Frame.function * 4 || i0 === Frame.depth * 4 || i0 === Frame.locals * 4;
    case U.load_state:
      return i0 === State.recursionLimit * 4;
    case U.guard_no_interrupt:
    case U.exit:
    case U.frame_cell:
    case U.loop:
    case U.jump_loop:
    case U.jump_executor:
    case U.jump_return:
    case U.call_helper:
    // what changes dicts is not told apart from other stores
    case U.find_str_key:
    case U.find_int_key:
      return false;
  }
  return true;
}

/** An earlier equal uop whose result still holds, or 0. For loads also the value last stored there. */
function findEqual(uop: number, x: number, y: number, i0: number, i1: number): number {
  let limit = Math.max(x, y);
  switch (uop) {
    case U.guard_type:
      // the type of an instance of a built-in type never changes; __class__ assignment needs a heap type
      if (i0 >= T.shape && lastOf[U.call_helper] > limit) limit = lastOf[U.call_helper];
      break;
    case U.guard_header: {
      limit = Math.max(limit, lastOf[U.call_helper], lastWrite(U.store_word, x, 4));
      break;
    }
    case U.load_word:
    case U.load_word_int:
    case U.guard_word: {
      for (let store = lastOf[U.store_word]; store > limit; store = previous[store]) {
        if (imm0[store] !== i0) continue;
        if (a[store] === x && store > lastOf[U.call_helper]) {
          if (uop === U.load_word) return b[store];
          if (uop === U.load_word_int) return emit(U.ref_to_int, b[store]);
          if (op[b[store]] === U.const_ref && imm0[b[store]] === i1) return store;
          limit = store;
          break;
        }
        if (mayAlias(a[store], x)) {
          limit = store;
          break;
        }
      }
      limit = Math.max(limit, lastOf[U.call_helper]);
      break;
    }
    case U.load_field: {
      let nearest = 0;
      const helper = lastOf[U.call_helper];
      for (let store = lastOf[U.store_field]; store > limit; store = previous[store]) {
        if (imm0[store] !== i0) continue;
        if (a[store] === x || mayAlias(a[store], x)) {
          nearest = store;
          break;
        }
      }
      for (let store = lastOf[U.store_field_float]; store > limit && store > nearest; store = previous[store]) {
        if (imm0[store] !== i0) continue;
        if (a[store] === x || mayAlias(a[store], x)) {
          nearest = store;
          break;
        }
      }
      if (nearest !== 0) {
        if (a[nearest] === x && nearest > helper)
          return op[nearest] === U.store_field_float ? emit(U.box_float, b[nearest]) : b[nearest];
        limit = nearest;
      }
      limit = Math.max(limit, helper);
      break;
    }
    case U.load_item: {
      const helper = lastOf[U.call_helper];
      const nearest = Math.max(
        nearestItemStore(U.store_item, x, y, limit),
        nearestItemStore(U.store_item_float, x, y, limit),
      );
      if (nearest !== 0) {
        if (a[nearest] === x && b[nearest] === y && nearest > helper)
          return op[nearest] === U.store_item_float ? emit(U.box_float, ir.c[nearest]) : ir.c[nearest];
        limit = nearest;
      }
      limit = Math.max(limit, helper);
      break;
    }
    case U.load_tuple_item:
    case U.load_byte:
    case U.load_half:
    case U.load_unit:
      // tuples and strings are immutable; stores into fresh ones precede every load
      limit = Math.max(limit, lastOf[U.store_byte]);
      break;
    case U.load_state:
      limit = Math.max(limit, lastOf[U.call_helper]);
      break;
    case U.load_frame_word:
    case U.load_frame:
      limit = Math.max(limit, lastOf[U.move_frame], lastOf[U.set_frame], lastOf[U.call_helper]);
      break;
  }
  for (let ref = lastOf[uop]; ref > limit; ref = previous[ref])
    if (a[ref] === x && b[ref] === y && imm0[ref] === i0 && imm1[ref] === i1) return ref;
  return 0;
}

function nearestItemStore(uop: number, array: number, index: number, limit: number): number {
  for (let store = lastOf[uop]; store > limit; store = previous[store]) {
    if (a[store] === array) {
      if (b[store] === index) return store;
      if (distinctIndices(b[store], index)) continue;
      return store;
    }
    if (mayAlias(a[store], array)) return store;
  }
  return 0;
}

/** True if two int refs can never be equal: two constants, or one ref plus different constants. */
function distinctIndices(x: number, y: number): boolean {
  const xBase = op[x] === U.add_int && ir.isConstant(b[x]) ? a[x] : x;
  const yBase = op[y] === U.add_int && ir.isConstant(b[y]) ? a[y] : y;
  if (ir.isConstant(x) && ir.isConstant(y)) return x !== y;
  if (xBase !== yBase) return false;
  const xOffset = xBase === x ? 0 : ir.intOf(b[x]);
  const yOffset = yBase === y ? 0 : ir.intOf(b[y]);
  return xOffset !== yOffset;
}

function lastWrite(uop: number, object: number, offset: number): number {
  for (let store = lastOf[uop]; store !== 0; store = previous[store])
    if (imm0[store] === offset && (a[store] === object || mayAlias(a[store], object))) return store;
  return 0;
}

/** May refs x and y name the same object? A fresh allocation differs from all that existed before it. */
function mayAlias(x: number, y: number): boolean {
  if (x === y) return true;
  const xFresh = op[x] === U.allocate || op[x] === U.allocate_array;
  const yFresh = op[y] === U.allocate || op[y] === U.allocate_array;
  if (xFresh && yFresh) return false;
  if (xFresh) return y > x;
  if (yFresh) return x > y;
  return !(op[x] === U.const_ref && op[y] === U.const_ref);
}

/** Is the int known to have no more than 48 bits? */
function isSmallInt(ref: number): boolean {
  switch (op[ref]) {
    case U.unbox_int:
    case U.load_word_int:
    case U.load_byte:
    case U.bool_to_int:
    case U.ref_to_int:
      return true;
  }
  return false;
}
function constantsOf(x: number, y: number): boolean {
  return op[x] === U.const_int && op[y] === U.const_int;
}
/** An int constant if it is exact in a double, else -1 (not folded). */
function safeInt(value: number): number {
  return Number.isSafeInteger(value) ? constInt(value) : -1;
}
function guardKnown(holds: boolean): number {
  if (!holds) throw new ImpossibleGuard();
  return 0;
}

/** What guard_tag would find in a constant value. */
function tagOfConstant(ref: number): number {
  const high = imm1[ref];
  if (high === -65536) return 2;
  return high >> 16 === -2 ? 1 : 0;
}

/** The ref that stands for this uop, or -1 if it must be emitted. */
function fold(uop: number, x: number, y: number, i0: number, i1: number): number {
  const xOp = op[x];
  switch (uop) {
    case U.unbox_int:
      if (ir.type[x] !== ir.Type.value) return sameType(x, ir.Type.int);
      if (xOp === U.box_int || xOp === U.box_int_unchecked) return a[x];
      if (xOp === U.box_float || xOp === U.box_ref || xOp === U.box_bool) throw new ImpossibleGuard();
      if (xOp === U.const_value && imm1[x] >> 16 === -2)
        return constInt(((imm1[x] << 16) >> 16) * 4294967296 + (imm0[x] >>> 0));
      if (xOp === U.const_value) throw new ImpossibleGuard();
      return -1;
    case U.unbox_float:
      if (ir.type[x] !== ir.Type.value) return sameType(x, ir.Type.float);
      if (xOp === U.box_float) return a[x];
      if (xOp === U.box_int || xOp === U.box_ref || xOp === U.box_bool || xOp === U.box_int_unchecked)
        throw new ImpossibleGuard();
      if (xOp === U.const_value && (imm1[x] >= 0 || imm1[x] < -131072))
        return constant(U.const_float, imm0[x], imm1[x]);
      if (xOp === U.const_value) throw new ImpossibleGuard();
      return -1;
    case U.unbox_ref:
      if (ir.type[x] === ir.Type.ref) return x;
      if (ir.type[x] !== ir.Type.value) throw new ImpossibleGuard();
      if (xOp === U.box_ref) return a[x];
      if (xOp === U.box_int || xOp === U.box_float || xOp === U.box_int_unchecked) throw new ImpossibleGuard();
      if (xOp === U.const_value && imm1[x] === -65536) return constRef(imm0[x]);
      if (xOp === U.const_value) throw new ImpossibleGuard();
      return -1;
    case U.unbox_bool:
      if (ir.type[x] === ir.Type.bool) return x;
      if (xOp === U.box_bool) return a[x];
      return -1;
    case U.guard_tag:
      if (xOp === U.box_int || xOp === U.box_int_unchecked) return guardKnown(i0 === 1);
      if (xOp === U.box_float) return guardKnown(i0 === 0);
      if (xOp === U.box_ref || xOp === U.box_bool) return guardKnown(i0 === 2);
      if (xOp === U.const_value) return guardKnown(i0 === tagOfConstant(x));
      return -1;
    case U.box_ref:
      if (xOp === U.unbox_ref) return a[x];
      if (xOp === U.const_ref) return constValue(imm0[x], -65536);
      return -1;
    case U.box_float:
      if (xOp === U.unbox_float) return a[x];
      if (xOp === U.const_float && ir.floatOf(x) === ir.floatOf(x)) return constValue(imm0[x], imm1[x]);
      return -1;
    case U.box_int:
      if (xOp === U.unbox_int) return a[x];
      if (xOp === U.const_int && imm1[x] >= -32768 && imm1[x] < 32768)
        return constValue(imm0[x], -131072 | (imm1[x] & 0xffff));
      return -1;
    case U.box_bool:
      if (xOp === U.unbox_bool) return a[x];
      return -1;
    case U.int_to_float:
      if (xOp === U.const_int && Number.isSafeInteger(ir.intOf(x))) return constFloat(ir.intOf(x));
      return -1;
    case U.ref_to_int:
      if (xOp === U.const_ref) return constInt(imm0[x] >>> 0);
      if (xOp === U.int_to_ref) return a[x];
      return -1;
    case U.int_to_ref:
      if (xOp === U.const_int) return constWord(imm0[x]);
      return -1;
    case U.guard_value:
      if (xOp === U.const_value) return guardKnown(imm0[x] === i0 && imm1[x] === i1);
      if (xOp === U.box_ref && op[a[x]] === U.const_ref) return guardKnown(i1 === -65536 && imm0[a[x]] === i0);
      return -1;
    case U.guard_not_value:
      if (xOp === U.const_value) return guardKnown(imm0[x] !== i0 || imm1[x] !== i1);
      if (xOp === U.box_int || xOp === U.box_float || xOp === U.box_int_unchecked) if (i1 === -65536) return 0;
      return -1;
    case U.guard_ref:
      if (xOp === U.const_ref) return guardKnown(imm0[x] === i0);
      return -1;
    case U.guard_not_ref:
      if (xOp === U.const_ref) return guardKnown(imm0[x] !== i0);
      return -1;
    case U.guard_same_ref:
      return x === y ? 0 : -1;
    case U.add_int:
      if (constantsOf(x, y)) return safeInt(ir.intOf(x) + ir.intOf(y));
      if (op[y] === U.const_int) {
        if (ir.intOf(y) === 0) return x;
        // (v + c1) + c2 = v + (c1 + c2) when the signs agree: no intermediate overflow is lost. Not when a loop is
        // replayed: v would be one more value to carry round
        if (
          ir.trace.loopStart === 0 &&
          xOp === U.add_int &&
          op[b[x]] === U.const_int &&
          ir.intOf(b[x]) > 0 === ir.intOf(y) > 0
        ) {
          const sum = ir.intOf(b[x]) + ir.intOf(y);
          if (Math.abs(sum) < 2 ** 31) return emit(U.add_int, a[x], constInt(sum));
        }
      }
      return -1;
    case U.subtract_int:
      if (constantsOf(x, y)) return safeInt(ir.intOf(x) - ir.intOf(y));
      if (op[y] === U.const_int && Math.abs(ir.intOf(y)) < 2 ** 31) return emit(U.add_int, x, constInt(-ir.intOf(y)));
      return -1;
    case U.multiply_int:
      if (constantsOf(x, y)) return safeInt(ir.intOf(x) * ir.intOf(y));
      if (op[y] === U.const_int && ir.intOf(y) === 1) return x;
      return -1;
    case U.and_int:
    case U.or_int:
    case U.xor_int:
      if (constantsOf(x, y)) {
        const high = uop === U.and_int ? imm1[x] & imm1[y] : uop === U.or_int ? imm1[x] | imm1[y] : imm1[x] ^ imm1[y];
        const low = uop === U.and_int ? imm0[x] & imm0[y] : uop === U.or_int ? imm0[x] | imm0[y] : imm0[x] ^ imm0[y];
        return constant(U.const_int, low, high);
      }
      if (x === y) return uop === U.xor_int ? constInt(0) : x;
      return -1;
    case U.guard_less_int:
      return constantsOf(x, y) ? guardKnown(ir.intOf(x) < ir.intOf(y)) : -1;
    case U.guard_less_equal_int:
      if (op[y] === U.const_int && ir.intOf(y) >= 2 ** 48 && isSmallInt(x)) return 0;
      return constantsOf(x, y) ? guardKnown(ir.intOf(x) <= ir.intOf(y)) : x === y ? 0 : -1;
    case U.guard_equal_int:
      return constantsOf(x, y) ? guardKnown(x === y) : x === y ? 0 : -1;
    case U.guard_not_equal_int:
      return constantsOf(x, y) ? guardKnown(x !== y) : -1;
    case U.guard_greater_int:
      return constantsOf(x, y) ? guardKnown(ir.intOf(x) > ir.intOf(y)) : -1;
    case U.guard_greater_equal_int:
      if (op[y] === U.const_int && ir.intOf(y) <= -(2 ** 48) && isSmallInt(x)) return 0;
      return constantsOf(x, y) ? guardKnown(ir.intOf(x) >= ir.intOf(y)) : x === y ? 0 : -1;
    case U.guard_index:
      return constantsOf(x, y) ? guardKnown(ir.intOf(x) >= 0 && ir.intOf(x) < ir.intOf(y)) : -1;
    case U.guard_type:
      if (op[x] === U.allocate || op[x] === U.allocate_array) {
        for (let store = lastOf[U.store_header]; store > x; store = previous[store])
          if (a[store] === x) return guardKnown(imm0[store] === i0);
      }
      return -1;
    case U.guard_header:
      return op[x] === U.allocate ? knownHeader(x, i0, i1) : -1;
    case U.add_float:
    case U.subtract_float:
    case U.multiply_float:
      if (xOp === U.const_float && op[y] === U.const_float) {
        const l = ir.floatOf(x);
        const r = ir.floatOf(y);
        return constFloat(uop === U.add_float ? l + r : uop === U.subtract_float ? l - r : l * r);
      }
      return -1;
    case U.divide_float:
      if (op[y] === U.const_float && ir.floatOf(y) !== 0) return emit(U.divide_float_unchecked, x, y);
      return -1;
    case U.divide_float_unchecked: {
      if (op[y] !== U.const_float) return -1;
      const divisor = ir.floatOf(y);
      const reciprocal = 1 / divisor;
      // exact only for powers of two
      if (Math.abs(divisor) > 1e-300 && Math.abs(divisor) < 1e300 && Math.log2(Math.abs(divisor)) % 1 === 0)
        return emit(U.multiply_float, x, constFloat(reciprocal));
      return -1;
    }
    case U.not_bool:
      if (xOp === U.not_bool) return a[x];
      return -1;
    case U.load_tuple_item:
      if (op[x] === U.allocate && op[y] === U.const_int) return emit(U.load_field, x, 0, 0, 8 + 8 * ir.intOf(y));
      return -1;
  }
  return -1;
}

/** guard_header on an object made in this trace: its header is what was stored, if nothing else may have changed it. */
function knownHeader(object: number, type: number, aux: number): number {
  if (lastOf[U.call_helper] > object) return -1;
  let header = lastOf[U.store_header];
  while (header > object && a[header] !== object) header = previous[header];
  if (header <= object) return -1;
  const change = lastWrite(U.store_word, object, 4);
  if (change <= header) return guardKnown(imm0[header] === type && imm1[header] === aux);
  if (a[change] !== object || op[b[change]] !== U.const_ref) return -1;
  return guardKnown(imm0[header] === type && imm0[b[change]] === aux);
}

/** Unboxing what is unboxed already: fine if the types agree, else this trace cannot run round. */
function sameType(x: number, wanted: ir.Type): number {
  if (ir.type[x] === wanted) return x;
  throw new ImpossibleGuard();
}
