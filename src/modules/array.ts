/** array: sequences of machine values. The memory is array-storage.ts's business, Python's methods are here. */
import { Fixed, T } from '../heap/fixed.ts';
import { Kind, RecordObject } from '../heap/layouts.ts';
import { bytes, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, refAt, setRef } from '../heap/values.ts';
import { getAttribute } from '../objects/attributes.ts';
import { bufferData, bufferLength, isBytesLike, readBuffer } from '../objects/buffers.ts';
import { isByteArray } from '../objects/bytearrays.ts';
import { bytesLength, isBytes, newBytesFromHeap } from '../objects/bytes.ts';
import { declareType, newRecord, recordValue } from '../objects/declared-types.ts';
import { dictSetString } from '../objects/dicts.ts';
import { raise, raiseIndexError, raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { makeGeneric } from '../objects/generic-aliases.ts';
import { hasIndex, indexOf, safeAt, setBool, setInt, sizeOf } from '../objects/integers.ts';
import { call, callMethod } from '../objects/invoke.ts';
import { listAppend, listItem, listSize, newList } from '../objects/lists.ts';
import { registerModule } from '../objects/modules.ts';
import { getset, natives, staticNatives } from '../objects/natives.ts';
import { dictOf, hasTrailingDict } from '../objects/object-dicts.ts';
import { compare, equals, iterate, next, repr, truth } from '../objects/operations.ts';
import { CompareOperator, orderingMatches } from '../objects/operators.ts';
import { builtinFunction } from '../objects/reductions.ts';
import { clampPosition } from '../objects/sequences.ts';
import { adjustSlice, isSlice, sliceCount, sliceStart, sliceStep, unpackSlice } from '../objects/slices.ts';
import {
  codePointAt,
  intern,
  isStr,
  newCharacter,
  newString,
  newStringFromCodePoints,
  stringLength,
  stringOf,
} from '../objects/strings.ts';
import { newTuple, tupleItem, tupleSize } from '../objects/tuples.ts';
import { defineOperators, UNHASHABLE } from '../objects/type-operators.ts';
import { isInstanceOf, kindAt, typeName, typeNameOf } from '../objects/types.ts';
import { warn } from '../objects/warnings.ts';
import {
  ARRAY,
  arrayData,
  arrayLength,
  checkFree,
  codeOf,
  convertItem,
  getItemAt,
  isTextCode,
  itemSize,
  newArray,
  resizeArray,
  storeItem,
  TYPE_CODES,
} from './array-storage.ts';
import { libraryAttribute } from './library.ts';
import { heapView } from './struct-formats.ts';

const ITERATOR = declareType({ name: 'arrayiterator', module: 'array', values: 1, final: true, hidden: true });

const isArray = (slot: number): boolean => isInstanceOf(slot, ARRAY);

function append(array: number, slot: number): void {
  convertItem(codeOf(array), slot);
  const position = arrayLength(array);
  resizeArray(array, position + 1);
  storeItem(array, position);
}

/** Adds items as they lie in memory; `length` is in bytes and fits. */
function appendBytes(array: number, from: number, length: number): void {
  const size = itemSize(array);
  const old = arrayLength(array);
  // the bytes may be the array's own, which growing moves
  const own = from >= arrayData(array) && from < arrayData(array) + old * size ? from - arrayData(array) : -1;
  resizeArray(array, old + length / size);
  const to = arrayData(array) + old * size;
  const source = own >= 0 ? arrayData(array) + own : from;
  bytes.copyWithin(to, source, source + length);
}

function extend(array: number, iterable: number): void {
  if (isArray(iterable)) {
    const other = refAt(iterable);
    if (codeOf(other) !== codeOf(array)) raiseTypeError('can only extend with array of same kind');
    appendBytes(array, arrayData(other), arrayLength(other) * itemSize(other));
    return;
  }
  const slots = pushSlots(2);
  iterate(iterable, slots);
  while (next(slots, slots + 1)) append(array, slots + 1);
  popSlots(2);
}

function fromBytes(array: number, slot: number): void {
  readBuffer(slot);
  if (bufferLength % itemSize(array) !== 0) raiseValueError('bytes length not a multiple of item size');
  appendBytes(array, bufferData, bufferLength);
}

function fromText(array: number, slot: number): void {
  const text = refAt(slot);
  const old = arrayLength(array);
  const count = stringLength(text);
  resizeArray(array, old + count);
  for (let i = 0; i < count; i++) heapView.setUint32(arrayData(array) + (old + i) * 4, codePointAt(text, i), true);
}

function typeCodeArgument(slot: number): string {
  if (!isStr(slot) || stringLength(refAt(slot)) !== 1) {
    raiseTypeError(
      'array() argument 1 must be a unicode character, not ' +
        (isStr(slot) ? `a string of length ${stringLength(refAt(slot))}` : typeName(slot)),
    );
  }
  const code = String.fromCodePoint(codePointAt(refAt(slot), 0));
  if (!TYPE_CODES.includes(code)) {
    raiseValueError('bad typecode (must be b, B, u, w, h, H, i, I, l, L, q, Q, f or d)');
  }
  if (code === 'u') {
    warn(T.DeprecationWarning, "The 'u' type code is deprecated and will be removed in Python 3.16");
  }
  return code;
}

staticNatives(ARRAY, {
  '__new__(cls, /, *args, **kwargs)': (args, result) => {
    const given = refAt(args + 1);
    const count = tupleSize(given);
    if (refAt(args) === ARRAY && words[(refAt(args + 2) << 1) + 1] > 0) {
      raiseTypeError('array.array() takes no keyword arguments');
    }
    if (count < 1) raiseTypeError('array() takes at least 1 argument (0 given)');
    if (count > 2) raiseTypeError(`array() takes at most 2 arguments (${count} given)`);
    const code = typeCodeArgument(tupleItem(given, 0));
    const slots = pushSlots(1);
    const array = newArray(refAt(args), code);
    setRef(slots, array);
    if (count === 2) {
      const initial = tupleItem(given, 1);
      const text = isTextCode(code);
      if (isStr(initial)) {
        if (!text) {
          raiseTypeError(`cannot use a str to initialize an array with typecode '${code}'`);
        }
        fromText(array, initial);
      } else if (isArray(initial) && isTextCode(codeOf(refAt(initial))) && !text) {
        raiseTypeError(`cannot use a unicode array to initialize an array with typecode '${code}'`);
      } else if (isBytes(initial) || isByteArray(initial)) fromBytes(array, initial);
      else if (isArray(initial) && codeOf(refAt(initial)) === code) extend(array, initial);
      else if (isArray(initial)) {
        const item = pushSlots(1);
        for (let i = 0; i < arrayLength(refAt(initial)); i++) {
          getItemAt(refAt(initial), i, item);
          append(array, item);
        }
        popSlots(1);
      } else extend(array, initial);
    }
    setRef(result, array);
    popSlots(1);
  },
});
makeGeneric(ARRAY);

function position(array: number, key: number, message: string): number {
  if (!hasIndex(key)) raiseTypeError('array indices must be integers');
  let at = indexOf(key);
  if (at < 0) at += arrayLength(array);
  if (at < 0 || at >= arrayLength(array)) raiseIndexError(message);
  return at;
}

/** Replaces items [from, from + removed) by `inserted` uninitialized ones. */
function splice(array: number, from: number, removed: number, inserted: number): void {
  const size = itemSize(array);
  const old = arrayLength(array);
  if (inserted > removed) resizeArray(array, old + inserted - removed);
  const data = arrayData(array);
  bytes.copyWithin(data + (from + inserted) * size, data + (from + removed) * size, data + old * size);
  if (inserted < removed) resizeArray(array, old + inserted - removed);
}

function slice(array: number): number {
  const size = itemSize(array);
  const copy = newArray(ARRAY, codeOf(array));
  const count = sliceCount;
  resizeArray(copy, count);
  const from = arrayData(array);
  const to = arrayData(copy);
  for (let i = 0; i < count; i++) {
    const at = from + (sliceStart + i * sliceStep) * size;
    bytes.copyWithin(to + i * size, at, at + size);
  }
  return copy;
}

/** array[key] = value for a slice; value 0: delete. */
function assignSlice(array: number, key: number, value: number): void {
  unpackSlice(refAt(key));
  let source = 0;
  if (value !== 0) {
    if (!isArray(value)) raiseTypeError(`can only assign array (not "${typeName(value)}") to array slice`);
    source = refAt(value);
    if (codeOf(source) !== codeOf(array)) raiseTypeError('bad argument type for built-in operation');
  }
  const slots = pushSlots(1);
  if (source === array && source !== 0) {
    source = newArray(ARRAY, codeOf(array));
    setRef(slots, source);
    appendBytes(source, arrayData(array), arrayLength(array) * itemSize(array));
  }
  adjustSlice(arrayLength(array));
  const size = itemSize(array);
  const needed = source === 0 ? 0 : arrayLength(source);
  if (sliceStep === 1) {
    if (sliceCount !== needed) checkFree(array);
    const start = sliceStart;
    splice(array, start, sliceCount, needed);
    if (needed > 0) {
      const from = arrayData(source);
      bytes.copyWithin(arrayData(array) + start * size, from, from + needed * size);
    }
  } else if (source === 0) {
    if (sliceCount > 0) checkFree(array);
    const positions = Array.from({ length: sliceCount }, (_, i) => sliceStart + i * sliceStep).sort((a, b) => b - a);
    for (const at of positions) splice(array, at, 1, 0);
  } else {
    if (needed !== sliceCount) {
      raiseValueError(`attempt to assign array of size ${needed} to extended slice of size ${sliceCount}`);
    }
    for (let i = 0; i < needed; i++) {
      const from = arrayData(source) + i * size;
      bytes.copyWithin(arrayData(array) + (sliceStart + i * sliceStep) * size, from, from + size);
    }
  }
  popSlots(1);
}

/** Position of the first item equal to a value, or -1. May call Python. */
function find(self: number, value: number, from: number, to: number): number {
  const item = pushSlots(1);
  for (let i = from; i < Math.min(to, arrayLength(refAt(self))); i++) {
    getItemAt(refAt(self), i, item);
    if (equals(item, value)) {
      popSlots(1);
      return i;
    }
  }
  popSlots(1);
  return -1;
}

function compareArrays(operator: CompareOperator, left: number, right: number, result: number): void {
  const a = refAt(left);
  const b = refAt(right);
  const decides = operator === CompareOperator.equal || operator === CompareOperator.notEqual;
  if (decides && arrayLength(a) !== arrayLength(b)) {
    setBool(result, operator === CompareOperator.notEqual);
    return;
  }
  const items = pushSlots(3);
  const shorter = Math.min(arrayLength(a), arrayLength(b));
  for (let i = 0; i < shorter; i++) {
    getItemAt(a, i, items);
    getItemAt(b, i, items + 1);
    compare(CompareOperator.equal, items, items + 1, items + 2);
    if (truth(items + 2)) continue;
    if (decides) setBool(result, operator === CompareOperator.notEqual);
    else compare(operator, items, items + 1, result);
    popSlots(3);
    return;
  }
  popSlots(3);
  setBool(result, orderingMatches(operator, arrayLength(a) - arrayLength(b)));
}

function repeat(array: number, count: number, target: number): void {
  const length = arrayLength(array) * itemSize(array);
  const times = length === 0 ? 0 : Math.max(count, 0);
  const from = arrayData(array);
  resizeArray(target, arrayLength(array) * times);
  const to = arrayData(target);
  if (target !== array) bytes.copyWithin(to, from, from + (times > 0 ? length : 0));
  for (let i = 1; i < times; i++) bytes.copyWithin(to + i * length, to, to + length);
}

/** The items as a str; of a text array. */
function toText(array: number): number {
  const codes: number[] = [];
  const item = pushSlots(1);
  for (let i = 0; i < arrayLength(array); i++) {
    getItemAt(array, i, item);
    codes.push(codePointAt(refAt(item), 0));
  }
  popSlots(1);
  return newStringFromCodePoints(codes);
}
function toList(array: number, result: number): void {
  const slots = pushSlots(2);
  const list = newList(0);
  setRef(slots, list);
  for (let i = 0; i < arrayLength(array); i++) {
    getItemAt(array, i, slots + 1);
    listAppend(list, slots + 1);
  }
  setRef(result, list);
  popSlots(2);
}
function toBytes(array: number): number {
  return newBytesFromHeap(arrayData(array), arrayLength(array) * itemSize(array));
}
function checkText(array: number, name: string): void {
  if (!isTextCode(codeOf(array))) {
    raiseValueError(`${name}() may only be called on unicode type arrays ('u' or 'w')`);
  }
}

defineOperators(ARRAY, {
  length: (self) => arrayLength(refAt(self)),
  getItem: (self, key, result) => {
    const array = refAt(self);
    if (isSlice(key)) {
      unpackSlice(refAt(key));
      adjustSlice(arrayLength(array));
      setRef(result, slice(array));
    } else getItemAt(array, position(array, key, 'array index out of range'), result);
  },
  setItem: (self, key, value) => {
    const array = refAt(self);
    if (isSlice(key)) {
      assignSlice(array, key, value);
      return;
    }
    const at = position(array, key, 'array assignment index out of range');
    convertItem(codeOf(array), value);
    if (at >= arrayLength(array)) raiseIndexError('array assignment index out of range');
    storeItem(array, at);
  },
  deleteItem: (self, key) => {
    const array = refAt(self);
    if (isSlice(key)) assignSlice(array, key, 0);
    else {
      const at = position(array, key, 'array assignment index out of range');
      checkFree(array);
      splice(array, at, 1, 0);
    }
  },
  contains: (self, item) => find(self, item, 0, Infinity) >= 0,
  concatenate: (left, right, result) => {
    if (!isArray(right)) raiseTypeError(`can only append array (not "${typeName(right)}") to array`);
    const a = refAt(left);
    const b = refAt(right);
    if (codeOf(a) !== codeOf(b)) raiseTypeError('bad argument type for built-in operation');
    const joined = newArray(ARRAY, codeOf(a));
    appendBytes(joined, arrayData(a), arrayLength(a) * itemSize(a));
    appendBytes(joined, arrayData(b), arrayLength(b) * itemSize(b));
    setRef(result, joined);
  },
  inPlaceConcatenate: (left, right, result) => {
    if (!isArray(right)) raiseTypeError(`can only extend with array (not "${typeName(right)}")`);
    extend(refAt(left), right);
    copyValue(result, left);
  },
  repeat: (self, count, result) => {
    const copy = newArray(ARRAY, codeOf(refAt(self)));
    repeat(refAt(self), count, copy);
    setRef(result, copy);
  },
  inPlaceRepeat: (self, count, result) => {
    const array = refAt(self);
    if (count !== 1 && arrayLength(array) > 0) checkFree(array);
    repeat(array, count, array);
    copyValue(result, self);
  },
  compare: (operator, left, right, result) => {
    if (!isArray(left) || !isArray(right)) return false;
    compareArrays(operator, left, right, result);
    return true;
  },
  iterate: (self, result) => {
    const iterator = newRecord(ITERATOR);
    copyValue(recordValue(iterator, 0), self);
    setRef(result, iterator);
  },
  repr: (self) => {
    const array = refAt(self);
    const name = typeNameOf(words[array << 1]).replace(/^array\./, '');
    const code = codeOf(array);
    if (arrayLength(array) === 0) return newString(`${name}('${code}')`);
    const items = pushSlots(1);
    if (isTextCode(code)) setRef(items, toText(array));
    else toList(array, items);
    const text = stringOf(repr(items));
    popSlots(1);
    return newString(`${name}('${code}', ${text})`);
  },
  hash: UNHASHABLE,
});

defineOperators(ITERATOR, {
  next: (self, result) => {
    const iterator = refAt(self);
    const source = recordValue(iterator, 0);
    if (isNull(source)) return false;
    const array = refAt(source);
    const at = (iterator << 1) + RecordObject.aux;
    if (words[at] >= arrayLength(array)) {
      setRef(source, 0);
      return false;
    }
    getItemAt(array, words[at]++, result);
    return true;
  },
});
natives(ITERATOR, {
  '__reduce__(self, /)': (args, result) => {
    const iterator = refAt(args);
    const ended = isNull(recordValue(iterator, 0));
    const answer = newTuple(ended ? 2 : 3);
    builtinFunction('iter', tupleItem(answer, 0));
    const values = newTuple(1);
    if (ended) setRef(tupleItem(values, 0), newTuple(0));
    else copyValue(tupleItem(values, 0), recordValue(iterator, 0));
    setRef(tupleItem(answer, 1), values);
    if (!ended) setInt(tupleItem(answer, 2), words[(iterator << 1) + RecordObject.aux]);
    setRef(result, answer);
  },
  '__setstate__(self, state, /)': (args, result) => {
    const iterator = refAt(args);
    const source = recordValue(iterator, 0);
    if (!isNull(source)) {
      words[(iterator << 1) + RecordObject.aux] = clampPosition(
        Math.max(0, indexOf(args + 1)),
        arrayLength(refAt(source)),
      );
    }
    setRef(result, Fixed.none);
  },
});

natives(ARRAY, {
  'append(self, v, /)': (args, result) => {
    append(refAt(args), args + 1);
    setRef(result, Fixed.none);
  },
  'extend(self, bb, /)': (args, result) => {
    extend(refAt(args), args + 1);
    setRef(result, Fixed.none);
  },
  'insert(self, i, v, /)': (args, result) => {
    const array = refAt(args);
    const at = clampPosition(sizeOf(args + 1), arrayLength(array));
    convertItem(codeOf(array), args + 2);
    const place = Math.min(at, arrayLength(array));
    splice(array, place, 0, 1);
    storeItem(array, place);
    setRef(result, Fixed.none);
  },
  'pop(self, i=-1, /)': (args, result) => {
    const array = refAt(args);
    if (arrayLength(array) === 0) raiseIndexError('pop from empty array');
    const at = position(array, args + 1, 'pop index out of range');
    checkFree(array);
    const item = pushSlots(1);
    getItemAt(array, at, item);
    splice(array, at, 1, 0);
    copyValue(result, item);
    popSlots(1);
  },
  'remove(self, v, /)': (args, result) => {
    const at = find(args, args + 1, 0, Infinity);
    if (at < 0) raiseValueError('array.remove(x): x not in array');
    checkFree(refAt(args));
    splice(refAt(args), at, 1, 0);
    setRef(result, Fixed.none);
  },
  'index(self, v, start=0, stop=9007199254740991, /)': (args, result) => {
    const length = arrayLength(refAt(args));
    const at = find(args, args + 1, clampPosition(indexOf(args + 2), length), clampPosition(indexOf(args + 3), length));
    if (at < 0) raiseValueError('array.index(x): x not in array');
    setInt(result, at);
  },
  'count(self, v, /)': (args, result) => {
    let count = 0;
    for (let at = find(args, args + 1, 0, Infinity); at >= 0; at = find(args, args + 1, at + 1, Infinity)) count++;
    setInt(result, count);
  },
  'reverse(self, /)': (args, result) => {
    const array = refAt(args);
    const size = itemSize(array);
    const data = arrayData(array);
    const copy = bytes.slice(data, data + arrayLength(array) * size);
    for (let from = 0; from < copy.length; from += size) {
      bytes.set(copy.subarray(from, from + size), data + copy.length - from - size);
    }
    setRef(result, Fixed.none);
  },
  'clear(self, /)': (args, result) => {
    resizeArray(refAt(args), 0);
    setRef(result, Fixed.none);
  },
  'byteswap(self, /)': (args, result) => {
    swapItems(refAt(args));
    setRef(result, Fixed.none);
  },
  'buffer_info(self, /)': (args, result) => {
    const pair = newTuple(2);
    setInt(tupleItem(pair, 0), arrayData(refAt(args)));
    setInt(tupleItem(pair, 1), arrayLength(refAt(args)));
    setRef(result, pair);
  },
  'tolist(self, /)': (args, result) => toList(refAt(args), result),
  'fromlist(self, list, /)': (args, result) => {
    if (kindAt(args + 1) !== Kind.list) raiseTypeError('arg must be list');
    const array = refAt(args);
    const old = arrayLength(array);
    const list = refAt(args + 1);
    const count = listSize(list);
    const item = pushSlots(1);
    try {
      for (let i = 0; i < count; i++) {
        if (listSize(list) !== count) raise(T.RuntimeError, 'list changed size during iteration');
        copyValue(item, listItem(list, i));
        append(array, item);
      }
    } catch (error) {
      resizeArray(array, old);
      throw error;
    }
    popSlots(1);
    setRef(result, Fixed.none);
  },
  'tobytes(self, /)': (args, result) => setRef(result, toBytes(refAt(args))),
  'frombytes(self, buffer, /)': (args, result) => {
    if (isStr(args + 1) || !isBytesLike(args + 1)) {
      raiseTypeError(`a bytes-like object is required, not '${typeName(args + 1)}'`);
    }
    fromBytes(refAt(args), args + 1);
    setRef(result, Fixed.none);
  },
  'tofile(self, f, /)': (args, result) => {
    const block = pushSlots(1);
    setRef(block, toBytes(refAt(args)));
    if (bytesLength(refAt(block)) > 0) callMethod(args + 1, 'write', block, 1, block);
    popSlots(1);
    setRef(result, Fixed.none);
  },
  'fromfile(self, f, n, /)': (args, result) => {
    const array = refAt(args);
    const count = sizeOf(args + 2);
    if (count < 0) raiseValueError('negative count');
    const block = pushSlots(1);
    setInt(block, count * itemSize(array));
    callMethod(args + 1, 'read', block, 1, block);
    if (!isBytes(block)) raiseTypeError("read() didn't return bytes");
    const short = bytesLength(refAt(block)) < count * itemSize(array);
    fromBytes(array, block);
    if (short) raise(T.EOFError, 'read() returned not enough bytes');
    popSlots(1);
    setRef(result, Fixed.none);
  },
  'tounicode(self, /)': (args, result) => {
    checkText(refAt(args), 'tounicode');
    setRef(result, toText(refAt(args)));
  },
  'fromunicode(self, ustr, /)': (args, result) => {
    if (!isStr(args + 1)) raiseTypeError(`fromunicode() argument must be str, not ${typeName(args + 1)}`);
    checkText(refAt(args), 'fromunicode');
    fromText(refAt(args), args + 1);
    setRef(result, Fixed.none);
  },
  '__copy__(self, /)': (args, result) => setRef(result, copyOf(refAt(args))),
  '__deepcopy__(self, unused, /)': (args, result) => setRef(result, copyOf(refAt(args))),
  '__sizeof__(self, /)': (args, result) => setInt(result, 80 + arrayLength(refAt(args)) * itemSize(refAt(args))),
  '__reduce_ex__(self, value, /)': (args, result) => reduce(args, result),
});

function copyOf(array: number): number {
  const copy = newArray(ARRAY, codeOf(array));
  appendBytes(copy, arrayData(array), arrayLength(array) * itemSize(array));
  return copy;
}

function swapItems(array: number): void {
  const size = itemSize(array);
  const data = arrayData(array);
  for (let i = 0; i < arrayLength(array); i++) bytes.subarray(data + i * size, data + (i + 1) * size).reverse();
}

/** How machine values are told apart in a pickle, whatever the machine. */
const machineFormats: Readonly<Record<string, number>> = {
  B: 0,
  b: 1,
  H: 2,
  h: 4,
  I: 6,
  i: 8,
  L: 10,
  l: 12,
  Q: 10,
  q: 12,
  f: 14,
  d: 16,
  u: 20,
  w: 20,
};

/** (reconstructor, (type, code, format, bytes), dict), or with protocols below 3 (type, (code, list), dict). */
function reduce(args: number, result: number): void {
  const array = refAt(args);
  const slots = pushSlots(4);
  getAttribute(args, intern('__class__'), slots);
  const attributes = hasTrailingDict(words[array << 1]) ? dictOf(array) : 0;
  setRef(slots + 1, attributes === 0 ? Fixed.none : attributes);
  const code = newCharacter(codeOf(array).charCodeAt(0));
  const answer = newTuple(3);
  setRef(slots + 2, answer);
  const protocol = safeAt(args + 1);
  if (protocol < 3) {
    copyValue(tupleItem(answer, 0), slots);
    const values = newTuple(2);
    setRef(tupleItem(answer, 1), values);
    setRef(tupleItem(values, 0), code);
    if (isTextCode(codeOf(array))) setRef(tupleItem(values, 1), toText(array));
    else toList(array, tupleItem(values, 1));
  } else {
    libraryAttribute('array', '_array_reconstructor', slots + 3);
    copyValue(tupleItem(answer, 0), slots + 3);
    const values = newTuple(4);
    setRef(tupleItem(answer, 1), values);
    copyValue(tupleItem(values, 0), slots);
    setRef(tupleItem(values, 1), code);
    setInt(tupleItem(values, 2), machineFormats[codeOf(array)]);
    setRef(tupleItem(values, 3), toBytes(array));
  }
  copyValue(tupleItem(answer, 2), slots + 1);
  setRef(result, answer);
  popSlots(4);
}

natives('array', {
  '_array_reconstructor(arraytype, typecode, mformat_code, items, /)': (args, result) => {
    const format = sizeOf(args + 2);
    if (kindAt(args) !== Kind.type) {
      raiseTypeError(`first argument must be a type object, not ${typeName(args)}`);
    }
    if (format < 0 || format > 21) raiseValueError('third argument must be a valid machine format code.');
    if (!isBytes(args + 3)) raiseTypeError(`fourth argument should be bytes, not ${typeName(args + 3)}`);
    const slots = pushSlots(2);
    const items = args + 3;
    const [code, swapped] = readableFormat(format);
    const own = typeCodeArgument(args + 1);
    if (machineFormats[own] === format) {
      copyValue(slots, args + 1);
      call(args, slots, 1, slots);
      fromBytes(refAt(slots), items);
    } else {
      const raw = newArray(ARRAY, code);
      setRef(slots + 1, raw);
      fromBytes(raw, items);
      if (swapped) swapItems(raw);
      if (format < 14) setRef(slots, raw);
      else {
        copyValue(slots, args + 1);
        call(args, slots, 1, slots);
        const item = pushSlots(1);
        if (code === 'H') {
          let text = '';
          for (let i = 0; i < arrayLength(raw); i++) {
            getItemAt(raw, i, item);
            text += String.fromCharCode(indexOf(item));
          }
          setRef(item, newString(text));
          fromText(refAt(slots), item);
        } else {
          for (let i = 0; i < arrayLength(raw); i++) {
            getItemAt(raw, i, item);
            append(refAt(slots), item);
          }
        }
        popSlots(1);
      }
    }
    copyValue(result, slots);
    popSlots(2);
  },
});

/** The code whose items look like those of a machine format, and whether they lie the other way round. */
function readableFormat(format: number): readonly [code: string, swapped: boolean] {
  const codes = 'BbHHhhIIiiQQqqffddHHww';
  return [codes[format], format >= 2 && format % 2 === 1];
}

getset(ARRAY, 'typecode', (self, result) => setRef(result, newCharacter(codeOf(refAt(self)).charCodeAt(0))));
getset(ARRAY, 'itemsize', (self, result) => setInt(result, itemSize(refAt(self))));

registerModule('array', (dict) => {
  const slot = pushSlots(1);
  setRef(slot, ARRAY);
  dictSetString(dict, intern('ArrayType'), slot);
  setRef(slot, intern(TYPE_CODES));
  dictSetString(dict, intern('typecodes'), slot);
  // arrays are sequences, also to collections.abc
  const register = pushSlots(1);
  libraryAttribute('collections.abc', 'MutableSequence', register);
  setRef(slot, ARRAY);
  callMethod(register, 'register', slot, 1, slot);
  popSlots(2);
});
