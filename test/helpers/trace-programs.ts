/**
 * A toy language for random tests of the optimizer and the back ends: a loop over statements on dynamically typed
 * variables (ints, floats, bools, objects with two fields, some of which have a list of a few items). `record` follows the first iteration and emits a trace as
 * the recorder does, guarding what it saw; `finish` interprets. A trace may leave at any statement, for whatever reason:
 * interpreting on from there must end as interpreting from the start does. That is all that is asked of a trace.
 */
import { Fixed, StateCell, T } from '../../src/heap/fixed.ts';
import { allocate, words } from '../../src/heap/memory.ts';
import {
  copyValue,
  floatAt,
  immediateAt,
  isFloat,
  isImmediateInt,
  isRef,
  refAt,
  setFloat,
  setImmediate48,
  setRef,
} from '../../src/heap/values.ts';
import { Type, type as typeOfRef } from '../../src/jit/ir.ts';
import { constFloat, constInt, constWord, emit } from '../../src/jit/optimizer/emit.ts';
import { U } from '../../src/jit/uops.ts';
import { bigIntAt } from '../../src/objects/integers.ts';
import { boxed, cellOfSlot, FIRST_SLOT, setHelper, type TestTrace } from './traces.ts';

export interface Item {
  readonly fields: Value[];
  readonly items: Value[] | null;
}
export type Value = bigint | number | boolean | Item;

export type Statement =
  | { readonly kind: 'move' | 'negative'; readonly to: number; readonly from: number }
  | { readonly kind: 'constant'; readonly to: number; readonly value: bigint | number }
  | {
      readonly kind: 'add' | 'subtract' | 'multiply' | 'and' | 'xor' | 'divide' | 'remainder' | 'less';
      readonly to: number;
      readonly left: number;
      readonly right: number;
    }
  /** to = other, if left < right */
  | {
      readonly kind: 'branch';
      readonly to: number;
      readonly other: number;
      readonly left: number;
      readonly right: number;
    }
  | { readonly kind: 'load'; readonly to: number; readonly object: number; readonly field: number }
  | { readonly kind: 'store'; readonly object: number; readonly field: number; readonly from: number }
  | { readonly kind: 'make'; readonly to: number; readonly first: number; readonly second: number }
  | { readonly kind: 'makeList'; readonly to: number }
  /** in TypeScript, out of the trace's sight: exchanges the first field of an object; answers other values as they are */
  | { readonly kind: 'call'; readonly to: number; readonly object: number; readonly from: number }
  | { readonly kind: 'append'; readonly object: number; readonly from: number }
  | { readonly kind: 'loadItem'; readonly to: number; readonly object: number; readonly index: number }
  | { readonly kind: 'storeItem'; readonly object: number; readonly index: number; readonly from: number };

export interface Program {
  readonly body: readonly Statement[];
  /** how often the body runs; the loop's counter is the variable after the last */
  readonly iterations: number;
}

/** What a program works on; `counter` counts finished iterations. */
export interface State {
  readonly variables: Value[];
  counter: bigint;
}

const MASK = 0xff_ffff_ffffn;
const FIELD_BYTES = 8;
/** An object: header, two fields, and the words of its size and its array (0: no list). */
const OBJECT_CELLS = 4;
const SIZE_WORD = 6;
const ARRAY_WORD = 7;
const CAPACITY = 4;

const isNumber = (value: Value): value is bigint | number | boolean => typeof value !== 'object';
const asInteger = (value: bigint | boolean): bigint => (typeof value === 'bigint' ? value : value ? 1n : 0n);
const asDouble = (value: bigint | number | boolean): number => Number(value);

/** Executes one statement. */
export function execute(statement: Statement, variables: Value[]): void {
  switch (statement.kind) {
    case 'move':
      variables[statement.to] = variables[statement.from];
      return;
    case 'negative': {
      const value = variables[statement.from];
      if (!isNumber(value)) return;
      variables[statement.to] = typeof value === 'number' ? -value : -asInteger(value);
      return;
    }
    case 'constant':
      variables[statement.to] = statement.value;
      return;
    case 'branch': {
      const left = variables[statement.left];
      const right = variables[statement.right];
      if (isNumber(left) && isNumber(right) && isLess(left, right))
        variables[statement.to] = variables[statement.other];
      return;
    }
    case 'load': {
      const object = variables[statement.object];
      if (!isNumber(object)) variables[statement.to] = object.fields[statement.field];
      return;
    }
    case 'store': {
      const object = variables[statement.object];
      if (!isNumber(object)) object.fields[statement.field] = variables[statement.from];
      return;
    }
    case 'make':
      variables[statement.to] = { fields: [variables[statement.first], variables[statement.second]], items: null };
      return;
    case 'makeList':
      variables[statement.to] = { fields: [0n, 0n], items: [] };
      return;
    case 'call': {
      const object = variables[statement.object];
      const value = variables[statement.from];
      if (isNumber(object)) variables[statement.to] = object;
      else {
        variables[statement.to] = object.fields[0];
        object.fields[0] = value;
      }
      return;
    }
    case 'append': {
      const object = variables[statement.object];
      if (!isNumber(object) && object.items !== null && object.items.length < CAPACITY)
        object.items.push(variables[statement.from]);
      return;
    }
    case 'loadItem':
    case 'storeItem': {
      const object = variables[statement.object];
      const index = variables[statement.index];
      if (isNumber(object) || object.items === null || !isNumber(index) || typeof index === 'number') return;
      const at = asInteger(index);
      if (at < 0n || at >= object.items.length) return;
      if (statement.kind === 'loadItem') variables[statement.to] = object.items[Number(at)];
      else object.items[Number(at)] = variables[statement.from];
      return;
    }
  }
  const left = variables[statement.left];
  const right = variables[statement.right];
  if (!isNumber(left) || !isNumber(right)) return;
  const result =
    typeof left === 'number' || typeof right === 'number'
      ? floatResult(statement.kind, asDouble(left), asDouble(right))
      : intResult(statement.kind, asInteger(left), asInteger(right));
  if (result !== null) variables[statement.to] = result;
}
function isLess(left: bigint | number | boolean, right: bigint | number | boolean): boolean {
  return typeof left === 'number' || typeof right === 'number'
    ? asDouble(left) < asDouble(right)
    : asInteger(left) < asInteger(right);
}
function floatResult(kind: string, left: number, right: number): Value | null {
  switch (kind) {
    case 'add':
      return left + right;
    case 'subtract':
      return left - right;
    case 'multiply':
      return left * right;
    case 'divide':
      return right === 0 ? null : left / right;
    case 'less':
      return left < right;
  }
  return null;
}
function intResult(kind: string, left: bigint, right: bigint): Value | null {
  switch (kind) {
    case 'add':
      return left + right;
    case 'subtract':
      return left - right;
    case 'multiply':
      return (left * right) & MASK;
    case 'and':
      return left & right;
    case 'xor':
      return left ^ right;
    case 'divide':
    case 'remainder': {
      if (right === 0n) return null;
      const remainder = left % right;
      const adjust = remainder !== 0n && remainder < 0n !== right < 0n;
      if (kind === 'remainder') return adjust ? remainder + right : remainder;
      return left / right - (adjust ? 1n : 0n);
    }
    case 'less':
      return left < right;
  }
  return null;
}

setHelper(() => {
  const object = StateCell.helperArguments;
  const result = StateCell.helperResult;
  copyValue(result, object);
  if (!isRef(object) || words[refAt(object) << 1] !== T.object) return;
  copyValue(result, refAt(object) + 1);
  copyValue(refAt(object) + 1, object + 1);
});

/** Interprets from statement `pc` on to the end of the loop. */
export function finish(program: Program, state: State, pc: number): void {
  let at = pc;
  for (;;) {
    while (at < program.body.length) execute(program.body[at++], state.variables);
    state.counter++;
    if (state.counter >= program.iterations) return;
    at = 0;
  }
}

/** A state as text, the same for equal graphs of objects. */
export function describe(state: State): string {
  const known = new Map<Item, number>();
  const text = (value: Value): string => {
    if (typeof value === 'number') return Object.is(value, -0) ? '-0.0' : `${value}f`;
    if (isNumber(value)) return String(value);
    const number = known.get(value);
    if (number !== undefined) return `#${number}`;
    known.set(value, known.size);
    const items = value.items === null ? '' : `; ${value.items.map(text).join(' ')}`;
    return `#${known.get(value)}(${value.fields.map(text).join(' ')}${items})`;
  };
  return `${state.variables.map(text).join(' ')} after ${state.counter}`;
}

/** A deep copy that keeps who is whom. */
export function copyState(state: State): State {
  const copies = new Map<Item, Item>();
  const copy = (value: Value): Value => {
    if (isNumber(value)) return value;
    let made = copies.get(value);
    if (made === undefined) {
      made = { fields: [], items: value.items === null ? null : [] };
      copies.set(value, made);
      for (const field of value.fields) made.fields.push(copy(field));
      for (const item of value.items ?? []) made.items!.push(copy(item));
    }
    return made;
  };
  return { variables: state.variables.map(copy), counter: state.counter };
}

/** Puts the state into the slots of the frame and the heap. Ints must have no more than 48 bits. */
export function toHeap(state: State): void {
  const made = new Map<Item, number>();
  const put = (cell: number, value: Value): void => {
    if (typeof value === 'bigint') setImmediate48(cell, Number(value));
    else if (typeof value === 'number') setFloat(cell, value);
    else if (typeof value === 'boolean') setRef(cell, value ? Fixed.true : Fixed.false);
    else {
      let ref = made.get(value);
      if (ref === undefined) {
        ref = allocate(OBJECT_CELLS);
        words[ref << 1] = T.object;
        words[(ref << 1) + 1] = 0;
        words[(ref << 1) + SIZE_WORD] = value.items?.length ?? 0;
        words[(ref << 1) + ARRAY_WORD] = 0;
        made.set(value, ref);
        put(ref + 1, value.fields[0]);
        put(ref + 2, value.fields[1]);
        if (value.items !== null) {
          const array = allocate(1 + CAPACITY);
          words[array << 1] = T.values;
          words[(array << 1) + 1] = CAPACITY;
          words[(ref << 1) + ARRAY_WORD] = array;
          value.items.forEach((item, i) => {
            put(array + 1 + i, item);
          });
        }
      }
      setRef(cell, ref);
    }
  };
  state.variables.forEach((value, i) => {
    put(cellOfSlot(FIRST_SLOT + i), value);
  });
  put(cellOfSlot(FIRST_SLOT + state.variables.length), state.counter);
}

/** Reads the state back. */
export function fromHeap(variableCount: number): State {
  const known = new Map<number, Item>();
  const get = (cell: number): Value => {
    if (isImmediateInt(cell)) return BigInt(immediateAt(cell));
    if (isFloat(cell)) return floatAt(cell);
    const ref = refAt(cell);
    if (ref === Fixed.true || ref === Fixed.false) return ref === Fixed.true;
    if (words[ref << 1] === T.int) return bigIntAt(cell);
    let item = known.get(ref);
    if (item === undefined) {
      const array = words[(ref << 1) + ARRAY_WORD];
      item = { fields: [], items: array === 0 ? null : [] };
      known.set(ref, item);
      item.fields.push(get(ref + 1), get(ref + 2));
      if (item.items !== null)
        for (let i = 0; i < words[(ref << 1) + SIZE_WORD]; i++) item.items.push(get(array + 1 + i));
    }
    return item;
  };
  const variables: Value[] = [];
  for (let i = 0; i < variableCount; i++) variables.push(get(cellOfSlot(FIRST_SLOT + i)));
  return { variables, counter: get(cellOfSlot(FIRST_SLOT + variableCount)) as bigint };
}

/**
 * Records an iteration of the program from statement `from` on into `trace`, as it goes from `state` (which is changed):
 * the statements, the counter, and the guard that closes the loop. It must not be the last iteration.
 */
export function record(program: Program, state: State, trace: TestTrace, from = 0): void {
  if (state.counter + 1n >= program.iterations) throw new Error('the last iteration');
  for (let pc = from; pc < program.body.length; pc++) {
    trace.pc = pc;
    recordStatement(program.body[pc], state.variables, trace);
    execute(program.body[pc], state.variables);
  }
  const counter = FIRST_SLOT + state.variables.length;
  trace.pc = program.body.length;
  const next = emit(U.add_int, emit(U.unbox_int, trace.get(counter)), constInt(1));
  // the loop ends before the counter is stored, so that whoever leaves finds the statement to repeat
  emit(U.guard_less_int, next, constInt(program.iterations));
  emit(U.guard_no_interrupt);
  trace.set(counter, next);
  state.counter++;
}

/** A number as the trace wants it, under a guard on what was seen. */
function asInt(ref: number, value: bigint | boolean): number {
  if (typeOfRef[ref] === Type.int) return ref;
  if (typeOfRef[ref] === Type.bool) return emit(U.bool_to_int, ref);
  return typeof value === 'boolean' ? emit(U.bool_to_int, emit(U.unbox_bool, ref)) : emit(U.unbox_int, ref);
}
function asFloat(ref: number, value: bigint | number | boolean): number {
  if (typeof value !== 'number') return emit(U.int_to_float, asInt(ref, value));
  return typeOfRef[ref] === Type.float ? ref : emit(U.unbox_float, ref);
}
function asItem(ref: number): number {
  const object = typeOfRef[ref] === Type.ref ? ref : emit(U.unbox_ref, ref);
  emit(U.guard_type, object, 0, 0, T.object);
  return object;
}
/** Guards the type that was seen, for statements that depend on nothing else. */
function observe(ref: number, value: Value): void {
  if (typeof value === 'number') asFloat(ref, value);
  else if (typeof value !== 'object') asInt(ref, value);
  else asItem(ref);
}

/** A new object with these values in its fields and an empty list in `array` (the word 0: none). May exit, first thing. */
function makeObject(first: number, second: number, array: number): number {
  const object = emit(U.allocate, 0, 0, 0, OBJECT_CELLS);
  emit(U.store_header, object, 0, 0, T.object, 0);
  emit(U.store_field, object, first, 0, FIELD_BYTES);
  emit(U.store_field, object, second, 0, 2 * FIELD_BYTES);
  emit(U.store_word, object, constWord(0), 0, SIZE_WORD * 4);
  emit(U.store_word, object, array, 0, ARRAY_WORD * 4);
  return object;
}
/** The array of an object's list, 0 if it has none: guarded. */
function arrayOf(object: number, value: Item): number {
  const array = emit(U.load_word, object, 0, 0, ARRAY_WORD * 4);
  if (value.items === null) {
    emit(U.guard_ref, array, 0, 0, 0);
    return 0;
  }
  emit(U.guard_not_ref, array, 0, 0, 0);
  return array;
}
function storeItem(array: number, index: number, content: number): void {
  if (typeOfRef[content] === Type.float) emit(U.store_item_float, array, index, content);
  else emit(U.store_item, array, index, boxed(content));
}

const floatUops: Readonly<Record<string, number>> = {
  add: U.add_float,
  subtract: U.subtract_float,
  multiply: U.multiply_float,
  less: U.less_float,
};
const intUops: Readonly<Record<string, number>> = {
  add: U.add_int,
  subtract: U.subtract_int,
  and: U.and_int,
  xor: U.xor_int,
  less: U.less_int,
};

function recordStatement(statement: Statement, variables: readonly Value[], trace: TestTrace): void {
  const refOf = (variable: number): number => trace.get(FIRST_SLOT + variable);
  const set = (variable: number, ref: number): void => trace.set(FIRST_SLOT + variable, ref);
  switch (statement.kind) {
    case 'move':
      set(statement.to, refOf(statement.from));
      return;
    case 'constant':
      set(
        statement.to,
        typeof statement.value === 'number' ? constFloat(statement.value) : constInt(Number(statement.value)),
      );
      return;
    case 'negative': {
      const value = variables[statement.from];
      const ref = refOf(statement.from);
      if (typeof value === 'number') set(statement.to, emit(U.negative_float, asFloat(ref, value)));
      else if (isNumber(value)) set(statement.to, emit(U.negative_int, asInt(ref, value)));
      else observe(ref, value);
      return;
    }
    case 'load': {
      const value = variables[statement.object];
      const ref = refOf(statement.object);
      if (isNumber(value)) observe(ref, value);
      else set(statement.to, emit(U.load_field, asItem(ref), 0, 0, (1 + statement.field) * FIELD_BYTES));
      return;
    }
    case 'store': {
      const value = variables[statement.object];
      const ref = refOf(statement.object);
      if (isNumber(value)) observe(ref, value);
      else {
        const object = asItem(ref);
        const content = refOf(statement.from);
        const offset = (1 + statement.field) * FIELD_BYTES;
        if (typeOfRef[content] === Type.float) emit(U.store_field_float, object, content, 0, offset);
        else emit(U.store_field, object, boxed(content), 0, offset);
      }
      return;
    }
    case 'make': {
      const first = boxed(refOf(statement.first));
      const second = boxed(refOf(statement.second));
      set(statement.to, makeObject(first, second, constWord(0)));
      return;
    }
    case 'makeList': {
      const array = emit(U.allocate, 0, 0, 0, 1 + CAPACITY);
      const zero = boxed(constInt(0));
      const object = makeObject(zero, zero, array);
      emit(U.store_header, array, 0, 0, T.values, CAPACITY);
      set(statement.to, object);
      return;
    }
    case 'call': {
      const first = boxed(refOf(statement.object));
      const second = boxed(refOf(statement.from));
      emit(U.helper_argument, first, 0, 0, 0);
      emit(U.helper_argument, second, 0, 0, 1);
      set(statement.to, emit(U.call_helper, 0, 0, 0, 1));
      return;
    }
    case 'append': {
      const value = variables[statement.object];
      const ref = refOf(statement.object);
      if (isNumber(value)) observe(ref, value);
      else {
        const array = arrayOf(asItem(ref), value);
        if (array === 0) return;
        const object = asItem(ref);
        const size = emit(U.load_word_int, object, 0, 0, SIZE_WORD * 4);
        if (value.items!.length >= CAPACITY) emit(U.guard_greater_equal_int, size, constInt(CAPACITY));
        else {
          emit(U.guard_less_int, size, constInt(CAPACITY));
          storeItem(array, size, refOf(statement.from));
          emit(
            U.store_word,
            object,
            emit(U.int_to_ref, emit(U.add_int_unchecked, size, constInt(1))),
            0,
            SIZE_WORD * 4,
          );
        }
      }
      return;
    }
    case 'loadItem':
    case 'storeItem': {
      const value = variables[statement.object];
      const index = variables[statement.index];
      const ref = refOf(statement.object);
      const indexRef = refOf(statement.index);
      if (isNumber(value) || !isNumber(index) || typeof index === 'number') {
        observe(ref, value);
        observe(indexRef, index);
        return;
      }
      const object = asItem(ref);
      const array = arrayOf(object, value);
      const at = asInt(indexRef, index);
      if (array === 0) return;
      const size = emit(U.load_word_int, object, 0, 0, SIZE_WORD * 4);
      if (asInteger(index) < 0n) emit(U.guard_less_int, at, constInt(0));
      else if (asInteger(index) >= value.items!.length) emit(U.guard_greater_equal_int, at, size);
      else {
        emit(U.guard_index, at, size);
        if (statement.kind === 'loadItem') set(statement.to, emit(U.load_item, array, at));
        else storeItem(array, at, refOf(statement.from));
      }
      return;
    }
  }
  const left = variables[statement.left];
  const right = variables[statement.right];
  const leftRef = refOf(statement.left);
  const rightRef = refOf(statement.right);
  if (!isNumber(left) || !isNumber(right)) {
    observe(leftRef, left);
    observe(rightRef, right);
    return;
  }
  const { kind } = statement;
  if (typeof left === 'number' || typeof right === 'number') {
    const x = asFloat(leftRef, left);
    const y = asFloat(rightRef, right);
    if (kind === 'branch') {
      emit(isLess(left, right) ? U.guard_less_float : U.guard_not_less_float, x, y);
      if (isLess(left, right)) set(statement.to, refOf(statement.other));
    } else if (kind === 'divide') {
      if (asDouble(right) === 0) emit(U.guard_equal_float, y, constFloat(0));
      else set(statement.to, emit(U.divide_float, x, y));
    } else if (floatUops[kind] !== undefined) set(statement.to, emit(floatUops[kind], x, y));
    return;
  }
  const x = asInt(leftRef, left);
  const y = asInt(rightRef, right);
  if (kind === 'branch') {
    emit(isLess(left, right) ? U.guard_less_int : U.guard_greater_equal_int, x, y);
    if (isLess(left, right)) set(statement.to, refOf(statement.other));
  } else if (kind === 'divide' || kind === 'remainder') {
    if (asInteger(right) === 0n) emit(U.guard_equal_int, y, constInt(0));
    else set(statement.to, emit(kind === 'divide' ? U.floor_divide_int : U.remainder_int, x, y));
  } else if (kind === 'multiply')
    set(statement.to, emit(U.and_int, emit(U.multiply_int, x, y), constInt(Number(MASK))));
  else set(statement.to, emit(intUops[kind], x, y));
}
