/**
 * Recording of what looks into strings and dicts: comparison and iteration of strings, lookups and replacement of values
 * under str and small int keys. A dict is probed by one uop that gives the cell of the value, or 0; a new key, another
 * type of key and a subclass of dict are a leaf's business (leaf-calls.ts).
 */
import { Op } from '../../compiler/instructions.ts';
import { Fixed, T } from '../../heap/fixed.ts';
import { Dict, Str, StrFlag } from '../../heap/layouts.ts';
import { words } from '../../heap/memory.ts';
import { immediateAt, isImmediateInt, isRef, refAt, TAG_REF } from '../../heap/values.ts';
import { dictFind } from '../../objects/dicts.ts';
import { CHARACTER_CELLS, stringEquals, stringHash } from '../../objects/strings.ts';
import * as ir from '../ir.ts';
import { constInt, constRef, constValue, emit } from '../optimizer/emit.ts';
import { U } from '../uops.ts';
import { asInt, asRef, asValue, cellOf, recording, refOf, setRegister, storeField, Tag, tagOf } from './state.ts';

function isExactly(ref: number, cell: number, type: T): boolean {
  return tagOf(ref, cell) === Tag.ref && isRef(cell) && words[refAt(cell) << 1] === type;
}

/** Guards that a str has one byte a character; flags beside the width differ from string to string. */
export function guardLatin1(text: number): void {
  const info = emit(U.load_word_int, text, 0, 0, Str.info * 4);
  emit(U.guard_equal_int, emit(U.and_int, info, constInt(StrFlag.widthMask)), constInt(1));
}
export function isLatin1(text: number): boolean {
  return (words[(text << 1) + Str.info] & StrFlag.widthMask) === 1;
}
/** The one-character str at a position known to be inside of a latin-1 str: these strings are fixed objects. */
export function characterRef(text: number, position: number): number {
  const unit = emit(U.load_byte, text, position, 0, Str.data * 4);
  const offset = emit(U.multiply_int_unchecked, unit, constInt(CHARACTER_CELLS));
  return emit(U.int_to_ref, emit(U.add_int_unchecked, offset, constInt(Fixed.latin1Strings)));
}

/** x == y or x != y of two str objects: a bool ref, and what it is now; null for other operands. */
export function compareStrings(
  comparison: Op,
  x: number,
  y: number,
  xCell: number,
  yCell: number,
): { ref: number; now: boolean } | null {
  if (comparison !== Op.EQUAL && comparison !== Op.NOT_EQUAL) return null;
  if (!isExactly(x, xCell, T.str) || !isExactly(y, yCell, T.str)) return null;
  const left = asRef(x);
  const right = asRef(y);
  emit(U.guard_type, left, 0, 0, T.str);
  emit(U.guard_type, right, 0, 0, T.str);
  const equal = emit(U.equal_str, left, right);
  const now = stringEquals(refAt(xCell), refAt(yCell));
  return comparison === Op.EQUAL ? { ref: equal, now } : { ref: emit(U.not_bool, equal), now: !now };
}

/**
 * The ref of the cell under a key of an exact dict (0: none), and that cell now; null if it takes more than a probe. All
 * exits repeat the instruction.
 */
function probe(
  container: number,
  containerCell: number,
  key: number,
  keyCell: number,
): { ref: number; cell: number } | null {
  if (!isExactly(container, containerCell, T.dict)) return null;
  const dict = asRef(container);
  if (isExactly(key, keyCell, T.str)) {
    const text = asRef(key);
    emit(U.guard_type, dict, 0, 0, T.dict);
    emit(U.guard_type, text, 0, 0, T.str);
    if (ir.op[text] === U.const_ref) stringHash(refAt(keyCell));
    else emit(U.hash_str, text);
    return { ref: emit(U.find_str_key, dict, text), cell: dictFind(refAt(containerCell), keyCell) };
  }
  if (tagOf(key, keyCell) !== Tag.int || !isImmediateInt(keyCell)) return null;
  const value = immediateAt(keyCell);
  if (value !== (value | 0)) return null;
  emit(U.guard_type, dict, 0, 0, T.dict);
  return { ref: emit(U.find_int_key, dict, asInt(key, keyCell)), cell: dictFind(refAt(containerCell), keyCell) };
}

/** LOAD_SUBSCR of a key that is there: d, s, s. */
export function recordDictLoad(): boolean {
  const { pc } = recording;
  const found = probe(refOf(words[pc + 2]), cellOf(words[pc + 2]), refOf(words[pc + 3]), cellOf(words[pc + 3]));
  if (found === null || found.cell === 0) return false;
  emit(U.guard_not_ref, found.ref, 0, 0, 0);
  setRegister(words[pc + 1], emit(U.load_field, found.ref, 0, 0, 0));
  return true;
}

/** STORE_SUBSCR that replaces a value: s dict, s key, s value. */
export function recordDictStore(): boolean {
  const { pc } = recording;
  const container = refOf(words[pc + 1]);
  const containerCell = cellOf(words[pc + 1]);
  if (!isExactly(container, containerCell, T.dict)) return false;
  if (words[(refAt(containerCell) << 1) + Dict.watched] !== 0) return false;
  const value = refOf(words[pc + 3]);
  const boxed = ir.type[value] === ir.Type.float ? value : asValue(value);
  const found = probe(container, containerCell, refOf(words[pc + 2]), cellOf(words[pc + 2]));
  if (found === null || found.cell === 0) return false;
  emit(U.guard_not_ref, found.ref, 0, 0, 0);
  emit(U.guard_word, asRef(container), 0, 0, Dict.watched * 4, 0);
  storeField(found.ref, 0, boxed);
  return true;
}

/** CONTAINS, NOT_CONTAINS: d, s item, s container. */
export function recordDictContains(op: Op): boolean {
  const { pc } = recording;
  const found = probe(refOf(words[pc + 3]), cellOf(words[pc + 3]), refOf(words[pc + 2]), cellOf(words[pc + 2]));
  if (found === null) return false;
  const missing = emit(U.same_ref, found.ref, constRef(0));
  setRegister(words[pc + 1], op === Op.CONTAINS ? emit(U.not_bool, missing) : missing);
  return true;
}

/** dict.get(self, key, default=None): the result's ref, or 0. */
export function recordDictGet(refs: readonly number[], cells: number): number {
  if (refs.length < 2) return 0;
  const found = probe(refs[0], cells, refs[1], cells + 1);
  if (found === null) return 0;
  if (found.cell === 0) {
    emit(U.guard_ref, found.ref, 0, 0, 0);
    return refs.length > 2 ? refs[2] : constValue(Fixed.none, TAG_REF);
  }
  emit(U.guard_not_ref, found.ref, 0, 0, 0);
  return emit(U.load_field, found.ref, 0, 0, 0);
}
