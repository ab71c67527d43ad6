/**
 * FrameLocalsProxy (PEP 667): `f_locals` of a function's frame, a mapping that reads and writes the variables themselves,
 * in registers and cells. Names that are no variables of the function are kept in a dict of the frame object.
 */

import { Fixed, T } from '../heap/fixed.ts';
import { Cell, Code, FRAME_HEADER_CELLS, FrameObject, Kind, Tuple, TypeFlag } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setNull, setRef } from '../heap/values.ts';
import { declareType, newRecord, recordValue } from '../objects/declared-types.ts';
import {
  dictCount,
  dictDelete,
  dictEntry,
  dictFind,
  dictNext,
  dictSet,
  dictSetString,
  newDict,
} from '../objects/dicts.ts';
import { raiseKeyError, raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { forgetGrowing } from '../objects/growing-strings.ts';
import { setBool } from '../objects/integers.ts';
import { callMethod } from '../objects/invoke.ts';
import { listIterator } from '../objects/iterators.ts';
import { reverseCells } from '../objects/list-sort.ts';
import { listAppend, listItem, listSize, newList } from '../objects/lists.ts';
import { natives, staticNatives } from '../objects/natives.ts';
import { binary, compare, equals, iterate, keyHash, next, repr } from '../objects/operations.ts';
import { BinaryOperator } from '../objects/operators.ts';
import { enterRepr, leaveRepr } from '../objects/sequences.ts';
import { isExactStr, newString, stringEquals, stringHash, stringOf } from '../objects/strings.ts';
import { newTuple, tupleItem } from '../objects/tuples.ts';
import { defineOperators, UNHASHABLE } from '../objects/type-operators.ts';
import { kindAt, typeName } from '../objects/types.ts';
import { isWritten } from './bound-registers.ts';
import { isCleared, lastInstructionOf } from './frame-objects.ts';
import { jit } from './jit-hooks.ts';

/** value 0: the frame object */
export const FRAME_LOCALS = declareType({
  name: 'FrameLocalsProxy',
  module: 'builtins',
  native: '_types',
  values: 1,
  hidden: true,
  pattern: TypeFlag.mapping,
});

export function newFrameLocals(frameObject: number): number {
  const proxy = newRecord(FRAME_LOCALS);
  setRef(recordValue(proxy, 0), frameObject);
  return proxy;
}

/** Cell of register 0 of the frame, live or kept. A trace that runs it must have written its variables first. */
function registersOf(frameObject: number): number {
  jit.hooks.nestedRun();
  const o = frameObject << 1;
  const frame = words[o + FrameObject.frame];
  // whoever looks at a variable may keep what is there
  forgetGrowing();
  return frame !== 0 ? frame + FRAME_HEADER_CELLS : words[o + FrameObject.registers] + 1;
}

/** True if the variable in this register may be read: the register was written, see bound-registers.ts. */
function isBound(frameObject: number, register: number): boolean {
  const code = words[(frameObject << 1) + FrameObject.code];
  return isCleared(frameObject, code, register) || isWritten(code, lastInstructionOf(frameObject), register);
}

/** Calls `visit` with every variable of the code: its name and its register; ends when it answers true. */
export function eachVariable(code: number, visit: (name: number, register: number) => boolean): void {
  const c = code << 1;
  const variables = words[c + Code.variableNames];
  const localCount = words[c + Code.localCount];
  for (let i = 0; i < localCount; i++) if (visit(refAt(tupleItem(variables, i)), i)) return;
  let register = localCount;
  const cells = words[c + Code.cellNames];
  for (let i = 0; i < words[(cells << 1) + Tuple.size]; i++) {
    const name = refAt(tupleItem(cells, i));
    let shared = false;
    for (let k = 0; k < localCount; k++) shared ||= refAt(tupleItem(variables, k)) === name;
    if (!shared && visit(name, register++)) return;
  }
  const free = words[c + Code.freeNames];
  const firstFree = words[c + Code.firstFree];
  for (let i = 0; i < words[(free << 1) + Tuple.size]; i++) if (visit(refAt(tupleItem(free, i)), firstFree + i)) return;
}

/** The cell in which a variable's value lies, given its register's cell. */
function valueCell(register: number): number {
  if (isRef(register) && words[refAt(register) << 1] === T.cell) return refAt(register) + (Cell.value >> 1);
  return register;
}

/** The cell of the variable of that name, 0 if the function has none. It may hold NULL: unbound. */
function variableCell(frameObject: number, key: number): number {
  const exact = isExactStr(key);
  // a key of any other type is one of the names if it has the hash of one and equals it
  const hash = exact ? stringHash(refAt(key)) : keyHash(key, 'a dict key');
  const registers = registersOf(frameObject);
  const copy = pushSlots(1);
  let found = 0;
  eachVariable(words[(frameObject << 1) + FrameObject.code], (name, register) => {
    if (stringHash(name) !== hash) return false;
    setRef(copy, name);
    if (exact ? !stringEquals(name, refAt(key)) : !equals(copy, key)) return false;
    // written for the first time from outside: the register's former content is nobody's
    if (!isBound(frameObject, register)) setNull(registers + register);
    found = valueCell(registers + register);
    return true;
  });
  popSlots(1);
  return found;
}

const frameOf = (proxy: number): number => refAt(recordValue(refAt(proxy), 0));
const extraOf = (frameObject: number): number => words[(frameObject << 1) + FrameObject.locals];

/** Cell of the value under a key, 0 if there is none. May call Python (hashing). */
function find(proxy: number, key: number): number {
  const frameObject = frameOf(proxy);
  const cell = variableCell(frameObject, key);
  if (cell !== 0) return isNull(cell) ? 0 : cell;
  const extra = extraOf(frameObject);
  return extra === 0 ? 0 : dictFind(extra, key);
}

function assign(proxy: number, key: number, value: number): void {
  const frameObject = frameOf(proxy);
  const cell = variableCell(frameObject, key);
  if (cell !== 0) {
    copyValue(cell, value);
    return;
  }
  if (extraOf(frameObject) === 0) words[(frameObject << 1) + FrameObject.locals] = newDict();
  dictSet(extraOf(frameObject), key, value);
}

/** All of it as a new dict. Allocates only. */
function snapshot(proxy: number): number {
  const frameObject = frameOf(proxy);
  const registers = registersOf(frameObject);
  const dict = newDict();
  eachVariable(words[(frameObject << 1) + FrameObject.code], (name, register) => {
    if (!isBound(frameObject, register)) return false;
    const cell = valueCell(registers + register);
    if (!isNull(cell)) dictSetString(dict, name, cell);
    return false;
  });
  const extra = extraOf(frameObject);
  if (extra !== 0) {
    for (let at = dictNext(extra, 0); at >= 0; at = dictNext(extra, at + 1)) {
      dictSet(dict, dictEntry(extra, at), dictEntry(extra, at) + 1);
    }
  }
  return dict;
}

/** result = a list of keys, values or pairs. */
function listOf(which: number): (args: number, result: number) => void {
  return (args, result) => {
    const slots = pushSlots(3);
    const dict = snapshot(args);
    setRef(slots, dict);
    setRef(slots + 1, newList(0));
    for (let at = dictNext(dict, 0); at >= 0; at = dictNext(dict, at + 1)) {
      if (which < 2) copyValue(slots + 2, dictEntry(dict, at) + which);
      else {
        const pair = newTuple(2);
        copyValue(tupleItem(pair, 0), dictEntry(dict, at));
        copyValue(tupleItem(pair, 1), dictEntry(dict, at) + 1);
        setRef(slots + 2, pair);
      }
      listAppend(refAt(slots + 1), slots + 2);
    }
    copyValue(result, slots + 1);
    popSlots(3);
  };
}

const isProxy = (slot: number): boolean => isRef(slot) && words[refAt(slot) << 1] === FRAME_LOCALS;
const isMapping = (slot: number): boolean => isProxy(slot) || kindAt(slot) === Kind.dict;

/** self[key] = value for all of a mapping. */
function update(proxy: number, source: number): void {
  if (!isMapping(source)) raiseTypeError('update() argument must be dict or another FrameLocalsProxy');
  const slots = pushSlots(4);
  setRef(slots, isProxy(source) ? snapshot(source) : refAt(source));
  callMethod(slots, 'items', slots, 0, slots + 1);
  iterate(slots + 1, slots + 1);
  while (next(slots + 1, slots + 2)) {
    const pair = refAt(slots + 2);
    assign(proxy, tupleItem(pair, 0), tupleItem(pair, 1));
  }
  popSlots(4);
}

defineOperators(FRAME_LOCALS, {
  length: (slot) => dictCount(snapshot(slot)),
  getItem: (slot, key, result) => {
    const cell = find(slot, key);
    if (cell === 0) {
      const message = pushSlots(1);
      setRef(message, newString(`local variable '${stringOf(repr(key))}' is not defined`));
      raiseKeyError(message);
    }
    copyValue(result, cell);
  },
  setItem: (slot, key, value) => assign(slot, key, value),
  deleteItem: (slot, key) => {
    const frameObject = frameOf(slot);
    if (variableCell(frameObject, key) !== 0) raiseValueError('cannot remove local variables from FrameLocalsProxy');
    const extra = extraOf(frameObject);
    if (extra === 0 || !dictDelete(extra, key)) raiseKeyError(key);
  },
  contains: (slot, key) => find(slot, key) !== 0,
  iterate: (slot, result) => {
    const list = pushSlots(1);
    listOf(0)(slot, list);
    setRef(result, listIterator(refAt(list)));
    popSlots(1);
  },
  hash: UNHASHABLE,
  compareOperators: [2, 3],
  compare: (operator, left, right, result) => {
    if (!isMapping(right)) return false;
    if (isProxy(right)) {
      setBool(result, (frameOf(left) === frameOf(right)) === (operator === 2));
      return true;
    }
    const slots = pushSlots(1);
    setRef(slots, snapshot(left));
    compare(operator, slots, right, result);
    popSlots(1);
    return true;
  },
  binaryOperators: [BinaryOperator.or],
  binary: (operator, left, right, result) => {
    if (!isMapping(left) || !isMapping(right)) return false;
    const slots = pushSlots(2);
    setRef(slots, isProxy(left) ? snapshot(left) : refAt(left));
    setRef(slots + 1, isProxy(right) ? snapshot(right) : refAt(right));
    binary(operator, slots, slots + 1, false, result);
    popSlots(2);
    return true;
  },
  inPlaceOperators: [BinaryOperator.or],
  inPlace: (_operator, left, right, result) => {
    if (!isMapping(right)) return false;
    update(left, right);
    copyValue(result, left);
    return true;
  },
  repr: (slot) => {
    const frameObject = frameOf(slot);
    if (!enterRepr(frameObject)) return newString('{...}');
    try {
      const dict = pushSlots(1);
      setRef(dict, snapshot(slot));
      const text = repr(dict);
      popSlots(1);
      return text;
    } finally {
      leaveRepr(frameObject);
    }
  },
});

staticNatives(FRAME_LOCALS, {
  '__new__(cls, frame, /)': (args, result) => {
    if (!isRef(args + 1) || words[refAt(args + 1) << 1] !== T.frame) {
      raiseTypeError(`expect frame, not ${typeName(args + 1)}`);
    }
    setRef(result, newFrameLocals(refAt(args + 1)));
  },
});
natives(FRAME_LOCALS, {
  'keys(self, /)': listOf(0),
  'values(self, /)': listOf(1),
  'items(self, /)': listOf(2),
  'copy(self, /)': (args, result) => setRef(result, snapshot(args)),
  '__reduce__(self, /)': () => raiseTypeError("cannot pickle 'FrameLocalsProxy' object"),
  '__reversed__(self, /)': (args, result) => {
    const list = pushSlots(1);
    listOf(0)(args, list);
    reverseCells(listItem(refAt(list), 0), listSize(refAt(list)));
    copyValue(result, list);
    popSlots(1);
  },
  'get(self, key, default=None, /)': (args, result) => {
    const cell = find(args, args + 1);
    copyValue(result, cell === 0 ? args + 2 : cell);
  },
  'setdefault(self, key, default=None, /)': (args, result) => {
    const cell = find(args, args + 1);
    if (cell === 0) {
      assign(args, args + 1, args + 2);
      copyValue(result, args + 2);
    } else copyValue(result, cell);
  },
  'pop(self, key, default=..., /)': (args, result) => {
    const frameObject = frameOf(args);
    if (variableCell(frameObject, args + 1) !== 0) {
      raiseValueError('cannot remove local variables from FrameLocalsProxy');
    }
    const extra = extraOf(frameObject);
    const cell = extra === 0 ? 0 : dictFind(extra, args + 1);
    if (cell === 0) {
      if (isNull(args + 2)) raiseKeyError(args + 1);
      copyValue(result, args + 2);
      return;
    }
    const value = pushSlots(1);
    copyValue(value, cell);
    dictDelete(extra, args + 1);
    copyValue(result, value);
    popSlots(1);
  },
  'update(self, other, /)': (args, result) => {
    update(args, args + 1);
    setRef(result, Fixed.none);
  },
});
