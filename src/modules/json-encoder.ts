/**
 * _json's encoder: what json.dumps calls. Text is collected as a JavaScript string. What is no plain data goes to the
 * `default` function, whose result is encoded in its place.
 */
import { Fixed, T } from '../heap/fixed.ts';
import { Dict, Kind, Native } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isRef, refAt, setRef } from '../heap/values.ts';
import { declareType, newRecord, recordValue } from '../objects/declared-types.ts';
import { dictDelete, dictFind, dictSet } from '../objects/dicts.ts';
import { clearRaised, isPythonError, raiseTypeError, raiseValueError, throwException } from '../objects/errors.ts';
import { doubleAt, floatRepr, isFloatOrSubclass } from '../objects/floats.ts';
import { intRepr } from '../objects/int-text.ts';
import { copyAsInt, indexOf, isInt, setInt } from '../objects/integers.ts';
import { call, callMethod } from '../objects/invoke.ts';
import { listExtend } from '../objects/list-extend.ts';
import { listItem, listSize, newList } from '../objects/lists.ts';
import { getset, natives, nativeTable, staticNatives } from '../objects/natives.ts';
import { length, repr, truth } from '../objects/operations.ts';
import { isStr, newString, setString, stringOf } from '../objects/strings.ts';
import { newTuple, tupleItem, tupleSize } from '../objects/tuples.ts';
import { isInstanceOf, kindAt, typeName } from '../objects/types.ts';
import { quote } from './json-strings.ts';

export const ENCODER = declareType({ name: 'Encoder', module: '_json', values: 9, hidden: true });
const encoderFields = [
  'markers',
  'default',
  'encoder',
  'indent',
  'key_separator',
  'item_separator',
  'sort_keys',
  'skipkeys',
  'allow_nan',
];
enum Field {
  markers,
  default,
  encoder,
  indent,
  keySeparator,
  itemSeparator,
  sortKeys,
  skipKeys,
  allowNan,
}

const isNone = (slot: number): boolean => isRef(slot) && refAt(slot) === Fixed.none;

/** Which of the two quoting functions the value is: 'ascii', 'plain', or null for another callable. */
function quotingOf(slot: number): 'ascii' | 'plain' | null {
  if (kindAt(slot) !== Kind.native) return null;
  const native = nativeTable[words[(refAt(slot) << 1) + Native.number]];
  if (native.owner !== '_json') return null;
  return native.name === 'encode_basestring_ascii' ? 'ascii' : native.name === 'encode_basestring' ? 'plain' : null;
}

class Encode {
  text = '';
  private readonly quoting: 'ascii' | 'plain' | null;
  private readonly indent: string | null;
  private readonly keySeparator: string;
  private readonly itemSeparator: string;
  private readonly sortKeys: boolean;
  private readonly skipKeys: boolean;
  private readonly allowNan: boolean;

  constructor(private readonly encoder: number) {
    const field = (index: Field): number => recordValue(encoder, index);
    this.quoting = quotingOf(field(Field.encoder));
    this.indent = isNone(field(Field.indent)) ? null : stringOf(refAt(field(Field.indent)));
    this.keySeparator = stringOf(refAt(field(Field.keySeparator)));
    this.itemSeparator = stringOf(refAt(field(Field.itemSeparator)));
    this.sortKeys = truth(field(Field.sortKeys));
    this.skipKeys = truth(field(Field.skipKeys));
    this.allowNan = truth(field(Field.allowNan));
  }

  private quoted(slot: number): string {
    if (this.quoting !== null) return quote(stringOf(refAt(slot)), this.quoting === 'ascii');
    const answer = pushSlots(1);
    call(recordValue(this.encoder, Field.encoder), slot, 1, answer);
    if (!isStr(answer)) raiseTypeError(`encoder() must return a string, not ${typeName(answer)}`);
    const text = stringOf(refAt(answer));
    popSlots(1);
    return text;
  }
  private int(slot: number): string {
    const plain = pushSlots(1);
    copyAsInt(plain, slot);
    const text = stringOf(intRepr(plain));
    popSlots(1);
    return text;
  }
  private float(slot: number): string {
    const value = doubleAt(slot);
    if (Number.isFinite(value)) return floatRepr(value);
    if (!this.allowNan) raiseValueError(`Out of range float values are not JSON compliant: ${floatRepr(value)}`);
    return value !== value ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
  }
  /** None, True or False; null for anything else. */
  private constant(slot: number): string | null {
    if (!isRef(slot)) return null;
    switch (refAt(slot)) {
      case Fixed.none:
        return 'null';
      case Fixed.true:
        return 'true';
      case Fixed.false:
        return 'false';
    }
    return null;
  }

  value(slot: number, level: number): void {
    const constant = this.constant(slot);
    if (constant !== null) this.text += constant;
    else if (isStr(slot)) this.text += this.quoted(slot);
    else if (isInt(slot)) this.text += this.int(slot);
    else if (isFloatOrSubclass(slot)) this.text += this.float(slot);
    else if (kindAt(slot) === Kind.list || kindAt(slot) === Kind.tuple) this.sequence(slot, level);
    else if (isInstanceOf(slot, T.dict)) this.mapping(slot, level);
    else this.other(slot, level);
  }

  /** Runs `body` while the object is marked as being encoded. */
  private marked(slot: number, body: () => void): void {
    const markers = recordValue(this.encoder, Field.markers);
    if (isNone(markers)) {
      body();
      return;
    }
    const id = pushSlots(1);
    setInt(id, refAt(slot) * 8);
    if (dictFind(refAt(markers), id) !== 0) raiseValueError('Circular reference detected');
    dictSet(refAt(markers), id, slot);
    body();
    dictDelete(refAt(markers), id);
    popSlots(1);
  }
  /** Runs `body`; an exception that leaves it gets a note. */
  private noted(note: () => string, body: () => void): void {
    try {
      body();
    } catch (error) {
      if (!isPythonError(error)) throw error;
      const slots = pushSlots(2);
      setRef(slots, clearRaised());
      setString(slots + 1, note());
      callMethod(slots, 'add_note', slots + 1, 1, slots + 1);
      throwException(refAt(slots));
    }
  }
  private newline(level: number): string {
    return `\n${this.indent!.repeat(level)}`;
  }

  private other(slot: number, level: number): void {
    this.marked(slot, () => {
      const replacement = pushSlots(1);
      call(recordValue(this.encoder, Field.default), slot, 1, replacement);
      this.noted(
        () => `when serializing ${typeName(slot)} object`,
        () => this.value(replacement, level),
      );
      popSlots(1);
    });
  }

  private sequence(slot: number, level: number): void {
    const isList = kindAt(slot) === Kind.list;
    const size = (): number => (isList ? listSize(refAt(slot)) : tupleSize(refAt(slot)));
    if (size() === 0) {
      this.text += '[]';
      return;
    }
    this.marked(slot, () => {
      const inner = this.indent === null ? '' : this.newline(level + 1);
      const separator = this.itemSeparator + inner;
      this.text += `[${inner}`;
      const item = pushSlots(1);
      let i = 0;
      this.noted(
        () => `when serializing ${typeName(slot)} item ${i}`,
        () => {
          for (; i < size(); i++) {
            if (i > 0) this.text += separator;
            copyValue(item, isList ? listItem(refAt(slot), i) : tupleItem(refAt(slot), i));
            this.value(item, level + 1);
          }
        },
      );
      popSlots(1);
      this.text += this.indent === null ? ']' : `${this.newline(level)}]`;
    });
  }

  private mapping(slot: number, level: number): void {
    if (words[(refAt(slot) << 1) + Dict.count] === 0 && length(slot) === 0) {
      this.text += '{}';
      return;
    }
    this.marked(slot, () => {
      const slots = pushSlots(4);
      callMethod(slot, 'items', slot, 0, slots);
      setRef(slots + 1, newList(0));
      listExtend(refAt(slots + 1), slots);
      if (this.sortKeys) callMethod(slots + 1, 'sort', slots, 0, slots);
      const inner = this.indent === null ? '' : this.newline(level + 1);
      const separator = this.itemSeparator + inner;
      this.text += '{';
      const key = slots + 2;
      const item = slots + 3;
      let first = true;
      for (let i = 0; i < listSize(refAt(slots + 1)); i++) {
        const pair = listItem(refAt(slots + 1), i);
        if (kindAt(pair) !== Kind.tuple || tupleSize(refAt(pair)) !== 2) raiseValueError('items must return 2-tuples');
        copyValue(key, tupleItem(refAt(pair), 0));
        copyValue(item, tupleItem(refAt(pair), 1));
        const text = this.key(key);
        if (text === null) continue;
        this.text += first ? inner : separator;
        first = false;
        this.text += text + this.keySeparator;
        this.noted(
          () => `when serializing ${typeName(slot)} item ${stringOf(repr(key))}`,
          () => this.value(item, level + 1),
        );
      }
      popSlots(4);
      this.text += this.indent === null || first ? '}' : `${this.newline(level)}}`;
    });
  }

  /** A key in quotes; null to skip it. */
  private key(slot: number): string | null {
    if (isStr(slot)) return this.quoted(slot);
    const constant = this.constant(slot);
    let text: string;
    if (constant !== null) text = constant;
    else if (isFloatOrSubclass(slot)) text = this.float(slot);
    else if (isInt(slot)) text = this.int(slot);
    else {
      if (this.skipKeys) return null;
      raiseTypeError(`keys must be str, int, float, bool or None, not ${typeName(slot)}`);
    }
    const key = pushSlots(1);
    setString(key, text);
    const quoted = this.quoted(key);
    popSlots(1);
    return quoted;
  }
}

staticNatives(ENCODER, {
  '__new__(cls, markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, allow_nan)': (
    args,
    result,
  ) => {
    if (!isNone(args + 1) && kindAt(args + 1) !== Kind.dict) {
      raiseTypeError(`make_encoder() argument 1 must be dict or None, not ${typeName(args + 1)}`);
    }
    const encoder = newRecord(refAt(args));
    encoderFields.forEach((_, i) => {
      copyValue(recordValue(encoder, i), args + 1 + i);
    });
    setRef(result, encoder);
  },
});
natives(ENCODER, {
  '__call__(self, /, obj, _current_indent_level)': (args, result) => {
    const encode = new Encode(refAt(args));
    encode.value(args + 1, Math.max(0, indexOf(args + 2)));
    const chunks = newTuple(1);
    setRef(tupleItem(chunks, 0), newString(encode.text));
    setRef(result, chunks);
  },
});
encoderFields.forEach((name, i) => {
  getset(ENCODER, name, (self, result) => copyValue(result, recordValue(refAt(self), i)));
});
