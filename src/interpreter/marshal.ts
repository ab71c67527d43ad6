/**
 * The marshal module: CPython's format for plain data (version 5), so that files pass between the two; code objects in
 * our own (compiler/code-format.ts), behind the same type letter. An object that occurs more than once is written once
 * and referred to, by identity. Reading goes in two steps, bytes to a tree in JavaScript and tree to objects, because
 * `load` calls the file's `read`, which may be Python's, and only the second step holds references.
 */
import { decodeCode, encodeCode, encodedLength } from '../compiler/code-format.ts';
import { Fixed, T } from '../heap/fixed.ts';
import { Slice, Tuple } from '../heap/layouts.ts';
import { bytes, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, floatAt, isFloat, isNull, isRef, refAt, setFloat, setRef, setSmallInt } from '../heap/values.ts';
import { bufferData, bufferLength, isBytesLike, readBuffer } from '../objects/buffers.ts';
import { byteArrayData, newByteArray } from '../objects/bytearrays.ts';
import { bytesView, isBytes, newBytesFrom } from '../objects/bytes.ts';
import { imaginaryPart, newComplex, realPart } from '../objects/complex-numbers.ts';
import { dictEntry, dictNext, dictSet, dictSetString, newDict } from '../objects/dicts.ts';
import { raise, raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { bigIntAt, indexOf, isExactInt, setBigInt } from '../objects/integers.ts';
import { callMethod } from '../objects/invoke.ts';
import { listAppend, listItem, listSize, newList } from '../objects/lists.ts';
import { registerModule } from '../objects/modules.ts';
import { natives } from '../objects/natives.ts';
import { truth } from '../objects/operations.ts';
import { newFrozenset, newSet, setAdd, setEntry, setNext } from '../objects/sets.ts';
import { newSlice } from '../objects/slices.ts';
import { codePointAt, intern, internRef, newStringFromCodePoints, stringLength } from '../objects/strings.ts';
import { newTuple, tupleItem } from '../objects/tuples.ts';
import { typeName } from '../objects/types.ts';
import { CODE_MARK } from './code-cache.ts';
import { describeCode } from './code-descriptions.ts';
import { compilerIdentity } from './compiler-identity.ts';
import { loadCode } from './loader.ts';

const VERSION = 5;
const MAX_DEPTH = 2000;
const REFERENCE_FLAG = 0x80;

const letter = (text: string): number => text.charCodeAt(0);
const NULL = letter('0');
const NONE = letter('N');
const FALSE = letter('F');
const TRUE = letter('T');
const STOP_ITERATION = letter('S');
const ELLIPSIS = letter('.');
const INT = letter('i');
/** 64 bits: written by old versions only */
const INT64 = letter('I');
const LONG = letter('l');
const FLOAT = letter('f');
const BINARY_FLOAT = letter('g');
const COMPLEX = letter('x');
const BINARY_COMPLEX = letter('y');
const BYTES = letter('s');
const INTERNED = letter('t');
const REFERENCE = letter('r');
const TUPLE = letter('(');
const SMALL_TUPLE = letter(')');
const LIST = letter('[');
const DICT = letter('{');
const UNICODE = letter('u');
const SET = letter('<');
const FROZENSET = letter('>');
const ASCII = letter('a');
const ASCII_INTERNED = letter('A');
const SHORT_ASCII = letter('z');
const SHORT_ASCII_INTERNED = letter('Z');
const SLICE = letter(':');

/** UTF-8 that has surrogates, too, as three bytes. */
function encodeText(ref: number): number[] {
  const output: number[] = [];
  for (let i = 0; i < stringLength(ref); i++) {
    const code = codePointAt(ref, i);
    if (code < 0x80) output.push(code);
    else if (code < 0x800) output.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) output.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else output.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return output;
}
function decodeText(source: Uint8Array): number[] {
  const codes: number[] = [];
  for (let i = 0; i < source.length; ) {
    const lead = source[i++];
    let more = lead < 0x80 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    let code = more === 0 ? lead : lead & (0x3f >> more);
    for (; more > 0; more--) {
      if ((source[i] & 0xc0) !== 0x80) raiseValueError('bad marshal data (string is no UTF-8)');
      code = (code << 6) | (source[i++] & 63);
    }
    codes.push(code);
  }
  return codes;
}

// Writing.

class Writer {
  private output = Buffer.alloc(256);
  private size = 0;
  /** numbers of the objects that occur more than once and were written; by ref */
  private readonly numbers = new Map<number, number>();
  private readonly seen: Map<number, number>;
  private depth = 0;
  /** objects that are being written and, when read, cannot be referred to before they are complete */
  private readonly incomplete = new Set<number>();

  constructor(
    private readonly version: number,
    private readonly allowCode: boolean,
    seen: Map<number, number> = new Map(),
  ) {
    this.seen = seen;
  }

  /** How often each object occurs in the data; each is entered once only. */
  count(cell: number): void {
    if (!isRef(cell) || isNull(cell)) return;
    const ref = refAt(cell);
    const before = this.seen.get(ref) ?? 0;
    this.seen.set(ref, before + 1);
    if (before > 0) return;
    if (++this.depth > MAX_DEPTH) raiseValueError('object too deeply nested to marshal');
    switch (words[ref << 1]) {
      case T.tuple:
        for (let i = 0; i < words[(ref << 1) + Tuple.size]; i++) this.count(tupleItem(ref, i));
        break;
      case T.list:
        for (let i = 0; i < listSize(ref); i++) this.count(listItem(ref, i));
        break;
      case T.dict:
        for (let at = dictNext(ref, 0); at >= 0; at = dictNext(ref, at + 1)) {
          this.count(dictEntry(ref, at));
          this.count(dictEntry(ref, at) + 1);
        }
        break;
      case T.set:
      case T.frozenset:
        for (let at = setNext(ref, 0); at >= 0; at = setNext(ref, at + 1)) this.count(setEntry(ref, at));
        break;
      case T.slice:
        for (const field of [Slice.start, Slice.stop, Slice.step]) this.count(ref + (field >> 1));
    }
    this.depth--;
  }

  private reserve(more: number): void {
    if (this.size + more <= this.output.length) return;
    const larger = Buffer.alloc((this.size + more) * 2);
    larger.set(this.output);
    this.output = larger;
  }
  private byte(value: number): void {
    this.reserve(1);
    this.output[this.size++] = value;
  }
  private int(value: number): void {
    this.reserve(4);
    this.size = this.output.writeInt32LE(value | 0, this.size);
  }
  private float(value: number): void {
    this.reserve(8);
    this.size = this.output.writeDoubleLE(value, this.size);
  }
  private append(content: ArrayLike<number>): void {
    this.reserve(content.length);
    this.output.set(content, this.size);
    this.size += content.length;
  }
  result(): Uint8Array {
    return this.output.subarray(0, this.size);
  }

  private long(value: bigint): void {
    const digits: number[] = [];
    for (let rest = value < 0n ? -value : value; rest > 0n; rest >>= 15n) digits.push(Number(rest & 0x7fffn));
    this.int(value < 0n ? -digits.length : digits.length);
    for (const digit of digits) {
      this.byte(digit & 0xff);
      this.byte(digit >> 8);
    }
  }
  private text(text: string): void {
    this.byte(text.length);
    this.append(Buffer.from(text, 'latin1'));
  }

  object(cell: number): void {
    if (isNull(cell)) this.byte(NULL);
    else if (isFloat(cell)) {
      if (this.version > 1) {
        this.byte(BINARY_FLOAT);
        this.float(floatAt(cell));
      } else {
        this.byte(FLOAT);
        this.text(String(floatAt(cell)));
      }
    } else if (isExactInt(cell)) {
      const value = bigIntAt(cell);
      if (BigInt.asIntN(32, value) === value) {
        this.byte(INT);
        this.int(Number(value));
      } else {
        const flag = this.flagged(isRef(cell) ? refAt(cell) : 0);
        if (flag < 0) return;
        this.byte(LONG | flag);
        this.long(value);
      }
    } else this.reference(refAt(cell), cell);
  }

  /** The flag for an object's type letter; -1 if the object was there before and a reference has been written. */
  private flagged(ref: number): number {
    if (this.version < 3 || ref === 0) return 0;
    const number = this.numbers.get(ref);
    if (number !== undefined) {
      if (this.incomplete.has(ref)) raiseValueError('unmarshallable object');
      this.byte(REFERENCE);
      this.int(number);
      return -1;
    }
    if ((this.seen.get(ref) ?? 0) < 2) return 0;
    this.numbers.set(ref, this.numbers.size);
    return REFERENCE_FLAG;
  }

  private reference(ref: number, cell: number): void {
    switch (ref as number) {
      case Fixed.none:
        this.byte(NONE);
        return;
      case Fixed.true:
        this.byte(TRUE);
        return;
      case Fixed.false:
        this.byte(FALSE);
        return;
      case Fixed.ellipsis:
        this.byte(ELLIPSIS);
        return;
      case T.StopIteration:
        this.byte(STOP_ITERATION);
        return;
    }
    if (++this.depth > MAX_DEPTH) raiseValueError('object too deeply nested to marshal');
    const flag = this.flagged(ref);
    if (flag >= 0) this.content(ref, cell, flag);
    this.depth--;
  }

  private content(ref: number, cell: number, flag: number): void {
    switch (words[ref << 1] as T) {
      case T.str:
        this.string(ref, flag);
        return;
      case T.bytes:
        this.byte(BYTES | flag);
        this.int(bytesView(ref).length);
        this.append(bytesView(ref));
        return;
      case T.complex:
        if (this.version > 1) {
          this.byte(BINARY_COMPLEX | flag);
          this.float(realPart(ref));
          this.float(imaginaryPart(ref));
          return;
        }
        this.byte(COMPLEX | flag);
        this.text(String(realPart(ref)));
        this.text(String(imaginaryPart(ref)));
        return;
      case T.tuple: {
        const size = words[(ref << 1) + Tuple.size];
        if (size < 256 && this.version >= 4) {
          this.byte(SMALL_TUPLE | flag);
          this.byte(size);
        } else {
          this.byte(TUPLE | flag);
          this.int(size);
        }
        for (let i = 0; i < size; i++) this.object(tupleItem(ref, i));
        return;
      }
      case T.list:
        this.byte(LIST | flag);
        this.int(listSize(ref));
        for (let i = 0; i < listSize(ref); i++) this.object(listItem(ref, i));
        return;
      case T.dict:
        this.byte(DICT | flag);
        for (let at = dictNext(ref, 0); at >= 0; at = dictNext(ref, at + 1)) {
          this.object(dictEntry(ref, at));
          this.object(dictEntry(ref, at) + 1);
        }
        this.byte(NULL);
        return;
      case T.set:
      case T.frozenset:
        this.set(ref, (words[ref << 1] === T.set ? SET : FROZENSET) | flag);
        return;
      case T.slice:
        if (this.version < 5) break;
        this.byte(SLICE | flag);
        this.incomplete.add(ref);
        for (const field of [Slice.start, Slice.stop, Slice.step]) this.object(ref + (field >> 1));
        this.incomplete.delete(ref);
        return;
      case T.code:
        if (!this.allowCode) raiseValueError('marshalling code objects is disallowed');
        this.byte(CODE_MARK | flag);
        this.append([0, 0, 0]);
        this.append(encodeCode(describeCode(ref), compilerIdentity()));
        return;
    }
    if (!isBytesLike(cell)) raiseValueError('unmarshallable object');
    readBuffer(cell);
    this.byte(BYTES | flag);
    this.int(bufferLength);
    this.append(bytes.subarray(bufferData, bufferData + bufferLength));
  }

  private string(ref: number, flag: number): void {
    const isInterned = internRef(ref) === ref;
    const encoded = encodeText(ref);
    if (this.version >= 4 && encoded.length === stringLength(ref)) {
      if (encoded.length < 256) {
        this.byte((isInterned ? SHORT_ASCII_INTERNED : SHORT_ASCII) | flag);
        this.byte(encoded.length);
      } else {
        this.byte((isInterned ? ASCII_INTERNED : ASCII) | flag);
        this.int(encoded.length);
      }
    } else {
      this.byte((this.version >= 3 && isInterned ? INTERNED : UNICODE) | flag);
      this.int(encoded.length);
    }
    this.append(encoded);
  }

  /** In the order of the items' own marshalled bytes, so that equal sets are written alike. */
  private set(ref: number, mark: number): void {
    const items: [key: Uint8Array, cell: number][] = [];
    for (let at = setNext(ref, 0); at >= 0; at = setNext(ref, at + 1)) {
      const writer = new Writer(this.version, this.allowCode);
      writer.object(setEntry(ref, at));
      items.push([writer.result(), setEntry(ref, at)]);
    }
    items.sort(([a], [b]) => Buffer.compare(a, b));
    this.byte(mark);
    this.int(items.length);
    if ((mark & ~REFERENCE_FLAG) === FROZENSET) this.incomplete.add(ref);
    for (const [, cell] of items) this.object(cell);
    this.incomplete.delete(ref);
  }
}

/** The marshalled form of the value in a slot. Calls no Python but a buffer's; ValueError for what has none. */
function dump(cell: number, version: number, allowCode: boolean): Uint8Array {
  return withinStack('object too deeply nested to marshal', () => {
    const seen = new Map<number, number>();
    if (version >= 3) new Writer(version, allowCode, seen).count(cell);
    const writer = new Writer(version, allowCode, seen);
    writer.object(cell);
    return writer.result();
  });
}

// Reading.

type Node =
  | { readonly kind: 'null' }
  | { readonly kind: 'fixed'; readonly ref: number }
  | { readonly kind: 'int'; readonly value: bigint }
  | { readonly kind: 'float'; readonly value: number }
  | Shared;
/** What a reference may name. `ref`: the object, once it is made. */
type Shared = { ref: number } & (
  | { readonly kind: 'long'; readonly value: bigint }
  | { readonly kind: 'complex'; readonly real: number; readonly imaginary: number }
  | { readonly kind: 'bytes'; readonly content: Uint8Array }
  | { readonly kind: 'str'; readonly codes: ArrayLike<number>; readonly interned: boolean }
  | { readonly kind: 'tuple' | 'list' | 'dict' | 'set' | 'frozenset' | 'slice'; readonly items: Node[] }
  | { readonly kind: 'code'; readonly content: Uint8Array }
);

class Reader {
  private readonly references: (Node | null)[] = [];
  private depth = 0;

  /** `take` gives the next so many bytes, or raises EOFError. */
  constructor(
    private readonly take: (count: number) => Uint8Array,
    private readonly allowCode: boolean,
  ) {}

  private int(): number {
    const four = this.take(4);
    return four[0] | (four[1] << 8) | (four[2] << 16) | (four[3] << 24);
  }
  private size(what: string): number {
    const size = this.int();
    if (size < 0) raiseValueError(`bad marshal data (${what} size out of range)`);
    return size;
  }
  private float(): number {
    const eight = this.take(8);
    return Buffer.from(eight.buffer, eight.byteOffset, 8).readDoubleLE();
  }
  private floatText(): number {
    return Number(Buffer.from(this.take(this.take(1)[0])).toString('latin1'));
  }
  private long(): bigint {
    const size = this.int();
    let value = 0n;
    for (let i = 0; i < Math.abs(size); i++) {
      const two = this.take(2);
      const digit = two[0] | (two[1] << 8);
      if (digit > 0x7fff) raiseValueError('bad marshal data (digit out of range in long)');
      if (digit === 0 && i === Math.abs(size) - 1) raiseValueError('bad marshal data (unnormalized long data)');
      value |= BigInt(digit) << BigInt(15 * i);
    }
    return size < 0 ? -value : value;
  }

  node(): Node {
    const mark = this.take(1)[0];
    if (++this.depth > MAX_DEPTH) raiseValueError('recursion limit exceeded');
    // The number is given out before the content is read, as the writer does it.
    const number = (mark & REFERENCE_FLAG) !== 0 ? this.references.push(null) - 1 : -1;
    const node = this.content(mark & ~REFERENCE_FLAG, number);
    if (number >= 0) this.references[number] = node;
    this.depth--;
    return node;
  }

  private items(count: number, items: Node[]): void {
    for (let i = 0; i < count; i++) items.push(this.item());
  }
  private item(): Node {
    const node = this.node();
    if (node.kind === 'null') raiseTypeError('NULL object in marshal data for object');
    return node;
  }
  private container(kind: 'tuple' | 'list' | 'set' | 'frozenset' | 'slice', count: number, number: number): Node {
    const node: Node = { kind, items: [], ref: 0 };
    // the others cannot be referred to before they are complete
    if (number >= 0 && kind !== 'frozenset' && kind !== 'slice') this.references[number] = node;
    this.items(count, node.items);
    return node;
  }
  private string(codes: ArrayLike<number>, interned: boolean): Node {
    return { kind: 'str', codes, interned, ref: 0 };
  }

  private content(mark: number, number: number): Node {
    switch (mark) {
      case NULL:
        return { kind: 'null' };
      case NONE:
        return { kind: 'fixed', ref: Fixed.none };
      case TRUE:
        return { kind: 'fixed', ref: Fixed.true };
      case FALSE:
        return { kind: 'fixed', ref: Fixed.false };
      case ELLIPSIS:
        return { kind: 'fixed', ref: Fixed.ellipsis };
      case STOP_ITERATION:
        return { kind: 'fixed', ref: T.StopIteration };
      case INT:
        return { kind: 'int', value: BigInt(this.int()) };
      case INT64: {
        const eight = this.take(8);
        return { kind: 'long', value: Buffer.from(eight.buffer, eight.byteOffset, 8).readBigInt64LE(), ref: 0 };
      }
      case LONG:
        return { kind: 'long', value: this.long(), ref: 0 };
      case FLOAT:
        return { kind: 'float', value: this.floatText() };
      case BINARY_FLOAT:
        return { kind: 'float', value: this.float() };
      case COMPLEX:
        return { kind: 'complex', real: this.floatText(), imaginary: this.floatText(), ref: 0 };
      case BINARY_COMPLEX:
        return { kind: 'complex', real: this.float(), imaginary: this.float(), ref: 0 };
      case BYTES:
        return { kind: 'bytes', content: this.take(this.size('bytes object')), ref: 0 };
      case UNICODE:
      case INTERNED:
        return this.string(decodeText(this.take(this.size('string'))), mark === INTERNED);
      case ASCII:
      case ASCII_INTERNED:
        return this.string(this.take(this.size('string')), mark === ASCII_INTERNED);
      case SHORT_ASCII:
      case SHORT_ASCII_INTERNED:
        return this.string(this.take(this.take(1)[0]), mark === SHORT_ASCII_INTERNED);
      case TUPLE:
        return this.container('tuple', this.size('tuple'), number);
      case SMALL_TUPLE:
        return this.container('tuple', this.take(1)[0], number);
      case LIST:
        return this.container('list', this.size('list'), number);
      case SET:
        return this.container('set', this.size('set'), number);
      case FROZENSET:
        return this.container('frozenset', this.size('set'), number);
      case SLICE:
        return this.container('slice', 3, number);
      case DICT:
        return this.dict(number);
      case REFERENCE: {
        const known = this.references[this.int()];
        return known ?? (raiseValueError('bad marshal data (invalid reference)') as never);
      }
      case CODE_MARK:
        return this.code();
    }
    return raiseValueError('bad marshal data (unknown type code)') as never;
  }

  private dict(number: number): Node {
    const node: Node = { kind: 'dict', items: [], ref: 0 };
    if (number >= 0) this.references[number] = node;
    for (;;) {
      const key = this.node();
      if (key.kind === 'null') return node;
      node.items.push(key, this.item());
    }
  }

  private code(): Node {
    if (!this.allowCode) raiseValueError('unmarshalling code objects is disallowed');
    this.take(3);
    const start = this.take(4).slice();
    const length = encodedLength(start, 0);
    if (length < 4) raiseValueError('bad marshal data (code object)');
    const content = new Uint8Array(length);
    content.set(start);
    content.set(this.take(length - 4), 4);
    return { kind: 'code', content, ref: 0 };
  }
}

/** Makes the object of a node in a cell. Calls no Python, so nothing is collected meanwhile. */
function build(node: Node, cell: number): void {
  switch (node.kind) {
    case 'null':
    case 'fixed':
      setRef(cell, node.kind === 'fixed' ? node.ref : Fixed.none);
      return;
    case 'int':
      setBigInt(cell, node.value);
      return;
    case 'float':
      setFloat(cell, node.value);
      return;
  }
  if (node.ref === 0) make(node, cell);
  else setRef(cell, node.ref);
}

function make(node: Shared, cell: number): void {
  switch (node.kind) {
    case 'long':
      setBigInt(cell, node.value);
      if (isRef(cell)) node.ref = refAt(cell);
      return;
    case 'complex':
      node.ref = newComplex(node.real, node.imaginary);
      break;
    case 'bytes':
      node.ref = newBytesFrom(node.content);
      break;
    case 'str':
      node.ref = newStringFromCodePoints(node.codes);
      if (node.interned) node.ref = internRef(node.ref);
      break;
    case 'code': {
      const description = decodeCode(node.content, 0, compilerIdentity());
      if (description === null) raiseValueError('bad marshal data (code of another compiler, or damaged)');
      node.ref = loadCode(description);
      break;
    }
    case 'tuple':
      node.ref = newTuple(node.items.length);
      node.items.forEach((item, i) => {
        build(item, tupleItem(node.ref, i));
      });
      break;
    default:
      collect(node);
  }
  setRef(cell, node.ref);
}

/** The containers whose items go through a slot. */
function collect(node: Extract<Shared, { items: Node[] }>): void {
  const slots = pushSlots(3);
  const { items } = node;
  switch (node.kind) {
    case 'list':
      node.ref = newList(0);
      for (const item of items) {
        build(item, slots);
        listAppend(node.ref, slots);
      }
      break;
    case 'dict':
      node.ref = newDict();
      for (let i = 0; i < items.length; i += 2) {
        build(items[i], slots);
        build(items[i + 1], slots + 1);
        dictSet(node.ref, slots, slots + 1);
      }
      break;
    case 'slice':
      for (let i = 0; i < 3; i++) build(items[i], slots + i);
      node.ref = newSlice(slots, slots + 1, slots + 2);
      break;
    default:
      node.ref = node.kind === 'set' ? newSet() : newFrozenset();
      for (const item of items) {
        build(item, slots);
        setAdd(node.ref, slots);
      }
  }
  popSlots(3);
}

/** Data nested so deeply that JavaScript's stack does not hold it are a ValueError, as those beyond the limit. */
function withinStack<R>(message: string, work: () => R): R {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RangeError && error.message.includes('call stack'))) throw error;
    return raiseValueError(message) as never;
  }
}

function readObject(take: (count: number) => Uint8Array, allowCode: boolean, result: number): void {
  withinStack('recursion limit exceeded', () => {
    const node = new Reader(take, allowCode).node();
    if (node.kind === 'null') raiseTypeError('NULL object in marshal data for object');
    build(node, result);
  });
}

natives('marshal', {
  'dumps(value, version=5, /, *, allow_code=True)': (args, result) => {
    setRef(result, newBytesFrom(dump(args, indexOf(args + 1), truth(args + 2))));
  },
  'dump(value, file, version=5, /, *, allow_code=True)': (args, result) => {
    const slots = pushSlots(2);
    setRef(slots, newBytesFrom(dump(args, indexOf(args + 2), truth(args + 3))));
    callMethod(args + 1, 'write', slots, 1, slots + 1);
    copyValue(result, slots + 1);
    popSlots(2);
  },
  'loads(bytes, /, *, allow_code=True)': (args, result) => {
    readBuffer(args);
    const content = bytes.slice(bufferData, bufferData + bufferLength);
    let at = 0;
    const take = (count: number): Uint8Array => {
      if (at + count > content.length) {
        raise(
          T.EOFError,
          at >= content.length && count === 1 ? 'EOF read where object expected' : 'marshal data too short',
        );
      }
      at += count;
      return content.subarray(at - count, at);
    };
    readObject(take, truth(args + 1), result);
  },
  'load(file, /, *, allow_code=True)': (args, result) => {
    const slots = pushSlots(3);
    setSmallInt(slots, 0);
    callMethod(args, 'read', slots, 1, slots + 1);
    if (!isBytes(slots + 1)) raiseTypeError(`file.read() returned not bytes but ${typeName(slots + 1)}`);
    const take = (count: number): Uint8Array => {
      if (count === 0) return new Uint8Array(0);
      setRef(slots, newByteArray(count));
      copyValue(slots + 2, slots);
      callMethod(args, 'readinto', slots, 1, slots + 1);
      const got = indexOf(slots + 1);
      if (got > count) raiseValueError(`read() returned too much data: ${count} bytes requested, ${got} returned`);
      if (got < count) raise(T.EOFError, 'EOF read where not expected');
      const data = byteArrayData(refAt(slots + 2));
      return bytes.slice(data, data + count);
    };
    readObject(take, truth(args + 1), result);
    popSlots(3);
  },
});

registerModule('marshal', (dict) => {
  const slot = pushSlots(1);
  setSmallInt(slot, VERSION);
  dictSetString(dict, intern('version'), slot);
  popSlots(1);
});
