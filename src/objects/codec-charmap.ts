/**
 * Charmap codecs: one byte a character, by a mapping. Decoding goes by a str (index: byte) or a mapping from ints;
 * encoding by a mapping from code points, for which `buildCharmap` makes a dict of a decoding str.
 */
import { Fixed, State, T } from '../heap/fixed.ts';
import { bytes, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isRef, refAt, setRef, setSmallInt } from '../heap/values.ts';
import { bytesData, bytesLength, isBytes, newBytesFrom } from './bytes.ts';
import { Decoding, Encoding } from './codec-errors.ts';
import { dictFind, dictSet, newDict } from './dicts.ts';
import { clearRaised, matchesRaised, raiseTypeError } from './errors.ts';
import { intAt, isInt, setInt } from './integers.ts';
import { getItem } from './operations.ts';
import {
  allocateString,
  codePointAt,
  isStr,
  newStringFromCodePoints,
  stringData,
  stringLength,
  writeCodePoint,
} from './strings.ts';
import { typeName, typeOf } from './types.ts';

const UNDEFINED = 'character maps to <undefined>';

/** result = a dict from the code points of `map` to their index. */
export function buildCharmap(map: number, result: number): void {
  const dict = newDict();
  const slots = pushSlots(3);
  setRef(slots, dict);
  const length = Math.min(stringLength(map), 256);
  for (let i = 0; i < length; i++) {
    setInt(slots + 1, codePointAt(map, i));
    setSmallInt(slots + 2, i);
    dictSet(dict, slots + 1, slots + 2);
  }
  setRef(result, dict);
  popSlots(3);
}

/** result = mapping[key]; false if it has none (LookupError). May call Python. */
function mapped(mapping: number, key: number, result: number): boolean {
  if (typeOf(mapping) === T.dict) {
    const cell = dictFind(refAt(mapping), key);
    if (cell === 0) return false;
    copyValue(result, cell);
    return true;
  }
  const top = words[State.stackTop];
  try {
    getItem(mapping, key, result);
    return true;
  } catch (error) {
    if (!matchesRaised(error, T.LookupError)) throw error;
    clearRaised();
    words[State.stackTop] = top;
    return false;
  }
}

/** The str in slot `source` as bytes, by the mapping in a slot. */
export function encodeCharmap(source: number, mapping: number, errors: string): number {
  const slots = pushSlots(2);
  /** puts the bytes of one code point; false if it has none */
  const put = (code: number, output: number[]): boolean => {
    setInt(slots, code);
    if (!mapped(mapping, slots, slots + 1)) return false;
    if (isInt(slots + 1)) {
      const value = intAt(slots + 1);
      if (!(value >= 0 && value < 256)) raiseTypeError('character mapping must be in range(256)');
      output.push(value);
      return true;
    }
    if (isBytes(slots + 1)) {
      const data = bytesData(refAt(slots + 1));
      const size = bytesLength(refAt(slots + 1));
      for (let i = 0; i < size; i++) output.push(bytes[data + i]);
      return true;
    }
    if (isRef(slots + 1) && refAt(slots + 1) === Fixed.none) return false;
    raiseTypeError(`character mapping must return integer, bytes or None, not ${typeName(slots + 1)}`);
  };
  const run = new Encoding(source, 'charmap', errors, (code) => put(code, run.output));
  const length = stringLength(refAt(source));
  const ignored: number[] = [];
  for (let i = 0; i < length; ) {
    if (put(codePointAt(refAt(source), i), run.output)) {
      i++;
      continue;
    }
    let end = i + 1;
    while (end < length && !put(codePointAt(refAt(source), end), ignored)) end++;
    i = run.fail(i, end, UNDEFINED);
  }
  popSlots(2);
  return newBytesFrom(run.output);
}

/** The bytes as a str by a table of code points, or 0 if one of them has none. */
function decodeByTable(data: number, length: number, table: number): number {
  const size = Math.min(stringLength(table), 256);
  const codes = new Int32Array(256).fill(0xfffe);
  for (let i = 0; i < size; i++) codes[i] = codePointAt(table, i);
  let union = 0;
  for (let i = data; i < data + length; i++) {
    const code = codes[bytes[i]];
    if (code === 0xfffe) return 0;
    union |= code;
  }
  if (length <= 1) return newStringFromCodePoints(length === 0 ? [] : [codes[bytes[data]]]);
  const width = union < 256 ? 1 : union < 65536 ? 2 : 4;
  const ref = allocateString(length, width, union < 128);
  const target = stringData(ref);
  if (width === 1) for (let i = 0; i < length; i++) bytes[target + i] = codes[bytes[data + i]];
  else for (let i = 0; i < length; i++) writeCodePoint(ref, width, i, codes[bytes[data + i]]);
  return ref;
}

/** Bytes of the heap as a str, by the mapping in a slot; slot `source` has the object whose bytes they are. */
export function decodeCharmap(data: number, length: number, mapping: number, errors: string, source: number): number {
  if (isStr(mapping)) {
    const text = decodeByTable(data, length, refAt(mapping));
    if (text !== 0) return text;
  }
  const slots = pushSlots(3);
  copyValue(slots + 2, source);
  const run = new Decoding(data, length, slots + 2, 'charmap', errors);
  const codes = run.codes;
  if (isStr(mapping)) {
    const table = refAt(mapping);
    const size = stringLength(table);
    for (let i = 0; i < run.length; ) {
      const byte = bytes[run.data + i];
      const code = byte < size ? codePointAt(table, byte) : 0xfffe;
      if (code === 0xfffe) i = run.fail(i, i + 1, UNDEFINED);
      else {
        codes.push(code);
        i++;
      }
    }
    popSlots(3);
    return run.text();
  }
  for (let i = 0; i < run.length; ) {
    setSmallInt(slots, bytes[run.data + i]);
    let known = mapped(mapping, slots, slots + 1);
    if (known) {
      if (isInt(slots + 1)) {
        const code = intAt(slots + 1);
        if (!(code >= 0 && code < 0x110000)) raiseTypeError('character mapping must be in range(0x110000)');
        if (code === 0xfffe) known = false;
        else codes.push(code);
      } else if (isStr(slots + 1)) {
        const text = refAt(slots + 1);
        const size = stringLength(text);
        if (size === 1 && codePointAt(text, 0) === 0xfffe) known = false;
        else for (let k = 0; k < size; k++) codes.push(codePointAt(text, k));
      } else if (isRef(slots + 1) && refAt(slots + 1) === Fixed.none) known = false;
      else raiseTypeError('character mapping must return integer, None or str');
    }
    if (known) i++;
    else i = run.fail(i, i + 1, UNDEFINED);
  }
  popSlots(3);
  return run.text();
}
