/** What Python sees of memoryview. */
import { Fixed, T } from '../heap/fixed.ts';
import { Iterator, Kind, List, RecordObject, Tuple } from '../heap/layouts.ts';
import { bytes, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setImmediate48, setRef } from '../heap/values.ts';
import { type Buffer, BufferFlag, isBytesLike, openBuffer, subView, viewOf, withBuffer } from './buffers.ts';
import { hexSeparator } from './byte-string-methods.ts';
import { hexText } from './byte-text.ts';
import { bytesData, newBytes, newBytesFromHeap } from './bytes.ts';
import { declareType, recordValue } from './declared-types.ts';
import { raise, raiseIndexError, raiseTypeError, raiseValueError } from './errors.ts';
import { addressText } from './functions.ts';
import { makeGeneric } from './generic-aliases.ts';
import { hasIndex, indexOf, isInt, setBool, setInt, sizeOf } from './integers.ts';
import { formatLetter, letterSize, packItem, raiseUnknownFormat, unpackItem } from './item-formats.ts';
import { newIterator } from './iterators.ts';
import { listAppend, newList } from './lists.ts';
import {
  checkView,
  endView,
  isCContiguous,
  isFContiguous,
  isMemoryView,
  isReleased,
  itemOffsets,
  MEMORYVIEW,
  newMemoryView,
  View,
  ViewFlag,
  viewBuffer,
  viewExports,
  whileLocked,
} from './memoryviews.ts';
import { classNatives, getset, natives, staticNatives } from './natives.ts';
import { hashOf } from './operations.ts';
import { CompareOperator } from './operators.ts';
import { clampPosition, itemsEqual } from './sequences.ts';
import { adjustSlice, isSlice, sliceCount, sliceStart, sliceStep, unpackSlice } from './slices.ts';
import { copyBytes, isStr, newString, stringOf } from './strings.ts';
import { newTuple, tupleItem } from './tuples.ts';
import { defineOperators } from './type-operators.ts';
import { argumentType, isInstanceOf, kindAt, typeName } from './types.ts';

const MAX_DIMENSIONS = 64;
const MEMORY_ITERATOR = declareType({
  name: 'memory_iterator',
  module: 'builtins',
  kind: Kind.iterator,
  final: true,
  hidden: true,
});

const isNone = (slot: number): boolean => isRef(slot) && refAt(slot) === Fixed.none;

/** The letter of a view's format. NotImplementedError for formats that are more than one native item. */
function letterOf(format: string): string {
  const letter = formatLetter(format);
  if (letter === '') raiseUnknownFormat(format);
  return letter;
}

/** The byte offset of an item, one index a dimension. */
function itemOffset(buffer: Buffer, indices: readonly number[]): number {
  let at = buffer.data;
  indices.forEach((index, i) => {
    const position = index < 0 ? index + buffer.shape[i] : index;
    if (position < 0 || position >= buffer.shape[i]) raiseIndexError(`index out of bounds on dimension ${i + 1}`);
    at += position * buffer.strides[i];
  });
  return at;
}

/** True for a tuple of nothing but indices. */
function isIndexTuple(key: number): boolean {
  if (!isInstanceOf(key, T.tuple)) return false;
  const tuple = refAt(key);
  for (let i = 0; i < words[(tuple << 1) + Tuple.size]; i++) if (!hasIndex(tupleItem(tuple, i))) return false;
  return true;
}

/** True for a tuple of at least one slice and nothing else. */
function isSliceTuple(key: number): boolean {
  if (!isInstanceOf(key, T.tuple)) return false;
  const tuple = refAt(key);
  const size = words[(tuple << 1) + Tuple.size];
  for (let i = 0; i < size; i++) if (!isSlice(tupleItem(tuple, i))) return false;
  return size > 0;
}

/** Where a tuple of indices points. May call Python. */
function tupleOffset(slot: number, key: number): number {
  const tuple = refAt(key);
  const count = words[(tuple << 1) + Tuple.size];
  const dimensions = viewBuffer(refAt(slot)).shape.length;
  if (count < dimensions) raise(T.NotImplementedError, 'sub-views are not implemented');
  if (count > dimensions) {
    raiseTypeError(`cannot index ${dimensions}-dimension view with ${count}-element tuple`);
  }
  const indices: number[] = [];
  for (let i = 0; i < count; i++) indices.push(indexOf(tupleItem(tuple, i)));
  return itemOffset(viewBuffer(refAt(slot)), indices);
}

/** The memory that the current slice selects of the first dimension. */
function sliced(buffer: Buffer): Buffer {
  adjustSlice(buffer.shape[0]);
  const shape = [sliceCount, ...buffer.shape.slice(1)];
  return {
    ...buffer,
    data: buffer.data + buffer.strides[0] * sliceStart,
    shape,
    strides: [buffer.strides[0] * sliceStep, ...buffer.strides.slice(1)],
    length: shape.reduce((product, size) => product * size, buffer.itemSize),
  };
}

function getItem(slot: number, key: number, result: number): void {
  const view = refAt(slot);
  const buffer = viewBuffer(view);
  if (buffer.shape.length === 0) {
    if (isRef(key) && refAt(key) === Fixed.emptyTuple) unpackItem(letterOf(buffer.format), buffer.data, result);
    else if (isRef(key) && refAt(key) === Fixed.ellipsis) copyValue(result, slot);
    else raiseTypeError('invalid indexing of 0-dim memory');
    return;
  }
  if (hasIndex(key)) {
    const letter = letterOf(buffer.format);
    if (buffer.shape.length > 1) raise(T.NotImplementedError, 'multi-dimensional sub-views are not implemented');
    const index = indexOf(key);
    unpackItem(letter, itemOffset(viewBuffer(view), [index]), result);
  } else if (isSlice(key)) {
    // The memory stays in use even if the slice's `__index__` releases this view.
    const held = pushSlots(1);
    setRef(held, subView(buffer));
    unpackSlice(refAt(key));
    setRef(result, subView(sliced(buffer)));
    endView(refAt(held));
    popSlots(1);
  } else if (isIndexTuple(key)) {
    const letter = letterOf(buffer.format);
    unpackItem(letter, tupleOffset(slot, key), result);
  } else if (isSliceTuple(key)) raise(T.NotImplementedError, 'multi-dimensional slicing is not implemented');
  else raiseTypeError('memoryview: invalid slice key');
}

function setItem(slot: number, key: number, value: number): void {
  const view = refAt(slot);
  const buffer = viewBuffer(view);
  if (buffer.readonly) raiseTypeError('cannot modify read-only memory');
  const dimensions = buffer.shape.length;
  if (isSlice(key) && dimensions > 0) {
    if (dimensions > 1) {
      raise(T.NotImplementedError, 'memoryview slice assignments are currently restricted to ndim = 1');
    }
    letterOf(buffer.format);
    assignSlice(slot, refAt(key), value);
    return;
  }
  const letter = letterOf(buffer.format);
  let place: () => number;
  if (dimensions === 0) {
    if (!(isRef(key) && (refAt(key) === Fixed.ellipsis || refAt(key) === Fixed.emptyTuple))) {
      raiseTypeError('invalid indexing of 0-dim memory');
    }
    place = () => viewBuffer(view).data;
  } else if (hasIndex(key)) {
    if (dimensions > 1) raise(T.NotImplementedError, 'sub-views are not implemented');
    const index = indexOf(key);
    itemOffset(viewBuffer(view), [index]);
    place = () => itemOffset(viewBuffer(view), [index]);
  } else if (isIndexTuple(key)) {
    const at = tupleOffset(slot, key) - buffer.data;
    place = () => viewBuffer(view).data + at;
  } else if (isSliceTuple(key)) {
    raise(T.NotImplementedError, 'memoryview slice assignments are currently restricted to ndim = 1');
  } else raiseTypeError('memoryview: invalid slice key');
  packItem(letter, buffer.format, value, place);
}

/** view[slice] = value, whose buffer must be of the same structure; the two may overlap. May call Python. */
function assignSlice(slot: number, slice: number, value: number): void {
  withBuffer(value, BufferFlag.fullReadOnly, (source) => {
    unpackSlice(slice);
    const target = sliced(viewBuffer(refAt(slot)));
    const same =
      source.shape.length === 1 &&
      source.shape[0] === target.shape[0] &&
      source.itemSize === target.itemSize &&
      source.format.replace(/^@/, '') === target.format.replace(/^@/, '');
    if (!same) raiseValueError('memoryview assignment: lvalue and rvalue have different structures');
    const copy = contiguous(source, false);
    let from = bytesData(copy);
    for (const at of itemOffsets(target)) {
      copyBytes(at, from, target.itemSize);
      from += target.itemSize;
    }
  });
}

/** The items one behind the other, as bytes. Allocates only. */
function contiguous(buffer: Buffer, fortran: boolean): number {
  if (fortran ? isFContiguous(buffer) : isCContiguous(buffer)) return newBytesFromHeap(buffer.data, buffer.length);
  const copy = newBytes(buffer.length);
  let to = bytesData(copy);
  for (const at of itemOffsets(buffer, fortran)) {
    copyBytes(to, at, buffer.itemSize);
    to += buffer.itemSize;
  }
  return copy;
}

/** Bytes with the items of any object with a buffer, in C's order whatever its layout. May call Python. */
export function contiguousBytes(slot: number): number {
  return withBuffer(slot, BufferFlag.fullReadOnly, (buffer) => contiguous(buffer, false));
}

/** Nested lists of the items from dimension `depth` on. */
function itemList(buffer: Buffer, letter: string, depth: number, data: number, result: number): void {
  if (depth === buffer.shape.length) {
    unpackItem(letter, data, result);
    return;
  }
  const slots = pushSlots(2);
  const list = newList(0);
  setRef(slots, list);
  for (let i = 0; i < buffer.shape[depth]; i++) {
    itemList(buffer, letter, depth + 1, data + i * buffer.strides[depth], slots + 1);
    listAppend(list, slots + 1);
  }
  setRef(result, list);
  popSlots(2);
}

/** memoryview == object: same shape and equal items. May call Python for no items of ours. */
function equalViews(slot: number, other: number): boolean {
  if (isReleased(refAt(slot))) return isRef(other) && refAt(other) === refAt(slot);
  const a = viewBuffer(refAt(slot));
  return withBuffer(other, BufferFlag.fullReadOnly, (b) => {
    if (a.shape.length !== b.shape.length || a.shape.some((size, i) => size !== b.shape[i])) return false;
    const left = formatLetter(a.format);
    const right = formatLetter(b.format);
    if (left === '' || right === '') return false;
    const pair = pushSlots(2);
    const bytewise = left === right && !'fde?'.includes(left);
    const others = itemOffsets(b);
    let equal = true;
    for (const at of itemOffsets(a)) {
      const to = others.next().value as number;
      if (bytewise) for (let i = 0; i < a.itemSize && equal; i++) equal = bytes[at + i] === bytes[to + i];
      else {
        unpackItem(left, at, pair);
        unpackItem(right, to, pair + 1);
        // Not identity: a NaN is no NaN's equal.
        equal = itemsEqual(pair, pair + 1) && !isNaNAt(pair);
      }
      if (!equal) break;
    }
    popSlots(2);
    return equal;
  });
}

function isNaNAt(slot: number): boolean {
  return words[(slot << 1) + 1] === 0x7ff80000 && words[slot << 1] === 0;
}

/** How many items the first dimension has. */
function lengthOf(slot: number): number {
  const buffer = viewBuffer(refAt(slot));
  if (buffer.shape.length === 0) raiseTypeError('0-dim memory has no length');
  return buffer.shape[0];
}

/** For iteration, index and count: the view must have one dimension. */
function oneDimension(slot: number, what: string): Buffer {
  const buffer = viewBuffer(refAt(slot));
  if (buffer.shape.length === 0) raiseTypeError(`invalid ${what} 0-dim memory`);
  if (buffer.shape.length > 1) {
    const noun = what === 'lookup on' ? 'lookup' : 'sub-views are';
    raise(T.NotImplementedError, `multi-dimensional ${noun}${noun === 'lookup' ? ' is' : ''} not implemented`);
  }
  return buffer;
}

makeGeneric(MEMORYVIEW);
defineOperators(MEMORYVIEW, {
  length: lengthOf,
  getItem,
  setItem,
  deleteItem: (slot) => {
    const buffer = viewBuffer(refAt(slot));
    raiseTypeError(buffer.readonly ? 'cannot modify read-only memory' : 'cannot delete memory');
  },
  iterate: (slot, result) => {
    const buffer = viewBuffer(refAt(slot));
    if (buffer.shape.length === 0) raiseTypeError('invalid indexing of 0-dim memory');
    if (buffer.shape.length > 1) raise(T.NotImplementedError, 'multi-dimensional sub-views are not implemented');
    letterOf(buffer.format);
    setRef(result, newIterator(MEMORY_ITERATOR, refAt(slot), 0, buffer.shape[0]));
  },
  compareOperators: [CompareOperator.equal, CompareOperator.notEqual],
  compare: (operator, left, right, result) => {
    if (!isBytesLike(right) || !isMemoryView(left)) return false;
    setBool(result, equalViews(left, right) === (operator === CompareOperator.equal));
    return true;
  },
  hash: (slot) => {
    const view = refAt(slot);
    const known = recordValue(view, View.hash);
    const answer = pushSlots(1);
    hashView(view, answer);
    popSlots(1);
    return words[known << 1];
  },
  fullHash: (slot, result) => hashView(refAt(slot), result),
  repr: (slot) => newString(`<${isReleased(refAt(slot)) ? 'released ' : ''}memory at ${addressText(slot)}>`),
});

/** The hash of the bytes, if nobody can change them. May call Python (the owner's `__hash__`). */
function hashView(view: number, result: number): void {
  const known = recordValue(view, View.hash);
  if (!isNull(known)) {
    copyValue(result, known);
    return;
  }
  const buffer = viewBuffer(view);
  if (!buffer.readonly) raiseValueError('cannot hash writable memoryview object');
  if (!'Bbc'.includes(formatLetter(buffer.format) || '?')) {
    raiseValueError("memoryview: hashing is restricted to formats 'B', 'b' or 'c'");
  }
  const slots = pushSlots(1);
  copyValue(slots, recordValue(view, View.exporter));
  whileLocked(view, () => hashOf(slots, slots));
  setRef(slots, contiguous(viewBuffer(view), false));
  hashOf(slots, slots);
  copyValue(known, slots);
  copyValue(result, slots);
  popSlots(1);
}

defineOperators(MEMORY_ITERATOR, {
  next: (slot, result) => {
    const at = refAt(slot) << 1;
    const view = words[at + Iterator.source];
    if (view === 0) return false;
    const position = words[at + Iterator.position];
    if (position >= words[at + Iterator.limit]) {
      words[at + Iterator.source] = 0;
      return false;
    }
    words[at + Iterator.position] = position + 1;
    const buffer = viewBuffer(view);
    unpackItem(formatLetter(buffer.format), buffer.data + position * buffer.strides[0], result);
    return true;
  },
});

/** cast() to one dimension of another format, or of bytes to more dimensions. May call Python (`__index__`). */
function cast(args: number): number {
  const view = refAt(args);
  const buffer = viewBuffer(view);
  if (!isStr(args + 1)) raiseTypeError(`cast() argument 'format' must be str, not ${argumentType(args + 1)}`);
  const format = stringOf(refAt(args + 1));
  if (!isCContiguous(buffer)) raiseTypeError('memoryview: casts are restricted to C-contiguous views');
  const hasShape = !isNull(args + 2);
  if ((hasShape || buffer.shape.length !== 1) && buffer.shape.includes(0)) {
    raiseTypeError('memoryview: cannot cast view with zeros in shape or strides');
  }
  const shape = hasShape ? shapeArgument(args + 2) : null;
  if (shape && buffer.shape.length !== 1 && shape.length !== 1) {
    raiseTypeError('memoryview: cast must be 1D -> ND or ND -> 1D');
  }
  const from = formatLetter(buffer.format);
  const to = formatLetter(format);
  const native = "format must be a native single character format prefixed with an optional '@'";
  if (from === '') raiseValueError(`memoryview: source ${native}`);
  if (to === '') raiseValueError(`memoryview: destination ${native}`);
  if (!'bBc'.includes(from) && !'bBc'.includes(to)) {
    raiseTypeError('memoryview: cannot cast between two non-byte formats');
  }
  const itemSize = letterSize(to);
  if (buffer.length % itemSize !== 0) raiseTypeError('memoryview: length is not a multiple of itemsize');
  if (shape === null) {
    return subView({ ...buffer, format, itemSize, shape: [buffer.length / itemSize], strides: [itemSize] });
  }
  const product = shape.reduce((total, size) => total * size, 1);
  if (product > 2 ** 53) raiseValueError('memoryview.cast(): product(shape) > SSIZE_MAX');
  if (product * itemSize !== buffer.length) {
    raiseTypeError('memoryview: product(shape) * itemsize != buffer size');
  }
  const strides: number[] = new Array(shape.length);
  for (let i = shape.length - 1, step = itemSize; i >= 0; step *= shape[i--]) strides[i] = step;
  return subView({ ...buffer, format, itemSize, shape, strides });
}

function shapeArgument(slot: number): number[] {
  const kind = kindAt(slot);
  if (kind !== Kind.list && kind !== Kind.tuple) raiseTypeError('shape must be a list or a tuple');
  const ref = refAt(slot);
  const size = kind === Kind.list ? words[(ref << 1) + List.size] : words[(ref << 1) + Tuple.size];
  if (size > MAX_DIMENSIONS) {
    raiseValueError(`memoryview: number of dimensions must not exceed ${MAX_DIMENSIONS}`);
  }
  const shape: number[] = [];
  for (let i = 0; i < size; i++) {
    const item = kind === Kind.list ? words[(ref << 1) + List.items] + 1 + i : tupleItem(ref, i);
    if (!isInt(item)) raiseTypeError('memoryview.cast(): elements of shape must be integers');
    const value = sizeOf(item);
    if (value <= 0) raiseValueError('memoryview.cast(): elements of shape must be integers > 0');
    shape.push(value);
  }
  return shape;
}

staticNatives(MEMORYVIEW, {
  '__new__(cls, object)': (args, result) => {
    if (!isBytesLike(args + 1)) {
      raiseTypeError(`memoryview: a bytes-like object is required, not '${typeName(args + 1)}'`);
    }
    setRef(result, viewOf(args + 1));
  },
});

classNatives(MEMORYVIEW, {
  '_from_flags(type, object, flags)': (args, result) => {
    const buffer = openBuffer(args + 1, indexOf(args + 2));
    setRef(result, newMemoryView(buffer, true));
  },
});

function release(view: number): void {
  if (isReleased(view)) return;
  const exports = viewExports(view);
  if (exports > 0) raise(T.BufferError, `memoryview has ${exports} exported buffer${exports === 1 ? '' : 's'}`);
  if ((words[(view << 1) + RecordObject.aux] & ViewFlag.restricted) !== 0) return;
  endView(view);
}
natives(MEMORYVIEW, {
  'release(self, /)': (args, result) => {
    release(refAt(args));
    setRef(result, Fixed.none);
  },
  '__enter__(self, /)': (args, result) => {
    checkView(refAt(args));
    copyValue(result, args);
  },
  '__exit__(self, /, *args)': (args, result) => {
    release(refAt(args));
    setRef(result, Fixed.none);
  },
  'cast(self, /, format, shape=...)': (args, result) => setRef(result, cast(args)),
  'toreadonly(self, /)': (args, result) => setRef(result, subView({ ...viewBuffer(refAt(args)), readonly: true })),
  'tolist(self, /)': (args, result) => {
    const buffer = viewBuffer(refAt(args));
    itemList(buffer, letterOf(buffer.format), 0, buffer.data, result);
  },
  "tobytes(self, /, order='C')": (args, result) => {
    const buffer = viewBuffer(refAt(args));
    let order = 'C';
    if (!isNone(args + 1)) {
      if (!isStr(args + 1))
        raiseTypeError(`tobytes() argument 'order' must be str or None, not ${argumentType(args + 1)}`);
      order = stringOf(refAt(args + 1));
    }
    if (order !== 'C' && order !== 'F' && order !== 'A') raiseValueError("order must be 'C', 'F' or 'A'");
    const fortran = order === 'F' || (order === 'A' && !isCContiguous(buffer) && isFContiguous(buffer));
    setRef(result, contiguous(buffer, fortran));
  },
  'hex(self, /, sep=..., bytes_per_sep=1)': (args, result) => {
    checkView(refAt(args));
    const [separator, group] = whileLocked(refAt(args), () => [hexSeparator(args + 1), sizeOf(args + 2)] as const);
    const buffer = viewBuffer(refAt(args));
    const copy = contiguous(buffer, false);
    const view = bytes.subarray(bytesData(copy), bytesData(copy) + buffer.length);
    setRef(result, newString(hexText(view, separator, group)));
  },
  'count(self, value, /)': (args, result) => {
    const buffer = oneDimension(args, 'lookup on');
    const letter = letterOf(buffer.format);
    const item = pushSlots(1);
    let count = 0;
    for (let i = 0; i < buffer.shape[0]; i++) {
      checkView(refAt(args));
      unpackItem(letter, buffer.data + i * buffer.strides[0], item);
      if (itemsEqual(item, args + 1)) count++;
    }
    popSlots(1);
    setInt(result, count);
  },
  'index(self, value, start=0, stop=..., /)': (args, result) => {
    const buffer = oneDimension(args, 'lookup on');
    const letter = letterOf(buffer.format);
    const size = buffer.shape[0];
    const start = clampPosition(indexOf(args + 2), size);
    const stop = isNull(args + 3) ? size : clampPosition(indexOf(args + 3), size);
    const item = pushSlots(1);
    for (let i = start; i < stop; i++) {
      checkView(refAt(args));
      unpackItem(letter, buffer.data + i * buffer.strides[0], item);
      if (itemsEqual(item, args + 1)) {
        popSlots(1);
        setInt(result, i);
        return;
      }
    }
    raiseValueError('memoryview.index(x): x not found');
  },
});

function shown(name: string, get: (buffer: Buffer, result: number) => void): void {
  getset(MEMORYVIEW, name, (slot, result) => get(viewBuffer(refAt(slot)), result));
}
function numbersTuple(values: readonly number[], result: number): void {
  const tuple = newTuple(values.length);
  values.forEach((value, i) => {
    setImmediate48(tupleItem(tuple, i), value);
  });
  setRef(result, tuple);
}
getset(MEMORYVIEW, 'obj', (slot, result) => {
  checkView(refAt(slot));
  copyValue(result, recordValue(refAt(slot), View.exporter));
});
shown('nbytes', ({ length }, result) => setInt(result, length));
shown('readonly', ({ readonly }, result) => setBool(result, readonly));
shown('itemsize', ({ itemSize }, result) => setInt(result, itemSize));
shown('format', ({ format }, result) => setRef(result, newString(format)));
shown('ndim', ({ shape }, result) => setInt(result, shape.length));
shown('shape', ({ shape }, result) => numbersTuple(shape, result));
shown('strides', ({ strides }, result) => numbersTuple(strides, result));
shown('suboffsets', (_, result) => setRef(result, Fixed.emptyTuple));
shown('c_contiguous', (buffer, result) => setBool(result, isCContiguous(buffer)));
shown('f_contiguous', (buffer, result) => setBool(result, isFContiguous(buffer)));
shown('contiguous', (buffer, result) => setBool(result, isCContiguous(buffer) || isFContiguous(buffer)));
