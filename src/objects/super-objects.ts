/** super objects: the constructor in its forms with no, one and two arguments, and binding. Lookup is in attributes.ts. */
import { Fixed, State, T } from '../heap/fixed.ts';
import { Code, FRAME_HEADER_CELLS, Frame, FunctionObject, Kind, Super, Tuple } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setNull, setRef } from '../heap/values.ts';
import { attributeName, findAttribute, genericAttribute, raiseNoAttribute } from './attributes.ts';
import { directType } from './direct-calls.ts';
import { raise, raiseTypeError } from './errors.ts';
import { N } from './names.ts';
import { getset, natives, staticNatives } from './natives.ts';
import { allocateOfType } from './object-dicts.ts';
import { newString } from './strings.ts';
import { isSubtype, isType, kindAt, typeName, typeNameOf, typeOf } from './types.ts';

const SUPER_CELLS = 3;

/** A new super object that is not initialized. Allocates only. */
function newSuper(type: number): number {
  const ref = allocateOfType(type, SUPER_CELLS);
  words[(ref << 1) + Super.aux] = 0;
  fill(ref, 0, 0, 0);
  return ref;
}
/** `object` is a slot, 0: unbound. */
function fill(ref: number, start: number, objectType: number, object: number): void {
  words[(ref << 1) + Super.start] = start;
  words[(ref << 1) + Super.objectType] = objectType;
  if (object === 0) setNull(ref + (Super.object >> 1));
  else copyValue(ref + (Super.object >> 1), object);
}

/** super(start, object), where `type` is what searchedType() answered. Allocates only. */
export function superObject(start: number, object: number, type: number): number {
  const ref = newSuper(T.super);
  fill(ref, start, type, object);
  return ref;
}

/** The type along whose mro super(start, object) searches. TypeError if the object does not fit. May call Python. */
export function searchedType(start: number, object: number): number {
  if (isType(object) && isSubtype(refAt(object), start)) return refAt(object);
  const type = typeOf(object);
  if (isSubtype(type, start)) return type;
  const base = pushSlots(1);
  if (findAttribute(object, N.__class__, base) && isType(base) && isSubtype(refAt(base), start)) {
    const proxied = refAt(base);
    popSlots(1);
    return proxied;
  }
  const what = isType(object) ? `type ${typeNameOf(refAt(object))}` : `instance of ${typeName(object)}`;
  raiseTypeError(`super(type, obj): obj (${what}) is not an instance or subtype of type (${typeNameOf(start)}).`);
}

staticNatives(T.super, {
  '__new__(cls, /, *args, **kwargs)': (args, result) => setRef(result, newSuper(refAt(args))),
});
natives(T.super, {
  '__init__(self, type=..., object=..., /)': (args, result) => {
    if (isNull(args + 1)) fromFrame(refAt(args));
    else {
      if (!isType(args + 1)) raiseTypeError(`super() argument 1 must be a type, not ${typeName(args + 1)}`);
      const start = refAt(args + 1);
      if (isNull(args + 2) || (isRef(args + 2) && refAt(args + 2) === Fixed.none)) fill(refAt(args), start, 0, 0);
      else {
        const type = searchedType(start, args + 2);
        fill(refAt(args), start, type, args + 2);
      }
    }
    setRef(result, Fixed.none);
  },
});
directType(T.super, (args, count, result) => {
  if (count !== 0 && count !== 2) return false;
  const slot = pushSlots(1);
  const made = newSuper(T.super);
  setRef(slot, made);
  if (count === 0) fromFrame(made);
  else {
    if (!isType(args)) return false;
    const start = refAt(args);
    if (isRef(args + 1) && refAt(args + 1) === Fixed.none) fill(made, start, 0, 0);
    else {
      const type = searchedType(start, args + 1);
      fill(made, start, type, args + 1);
    }
  }
  copyValue(result, slot);
  popSlots(1);
  return true;
});

/** Is the first parameter of a code object shared with an inner function? */
function isCellVariable(code: number): boolean {
  const names = words[(code << 1) + Code.cellNames];
  const parameters = words[(code << 1) + Code.variableNames];
  const first = words[(parameters << 1) + Tuple.size] === 0 ? 0 : words[(parameters + 1) << 1];
  for (let i = 0; i < words[(names << 1) + Tuple.size]; i++) if (words[(names + 1 + i) << 1] === first) return true;
  return false;
}

/** super() without arguments: the cell `__class__` and the first argument of the running function. */
function fromFrame(ref: number): void {
  const frame = words[State.frame];
  if (frame === 0) raise(T.RuntimeError, 'super(): no current frame');
  const code = words[(words[(frame << 1) + Frame.function] << 1) + FunctionObject.code];
  if (words[(code << 1) + Code.argCount] === 0) raise(T.RuntimeError, 'super(): no arguments');
  const registers = frame + FRAME_HEADER_CELLS;
  const object = pushSlots(1);
  copyValue(object, registers);
  if (isCellVariable(code) && isRef(object) && !isNull(object) && kindAt(object) === Kind.cell) {
    copyValue(object, refAt(object) + 1);
  }
  if (isNull(object)) raise(T.RuntimeError, 'super(): arg[0] deleted');
  const names = words[(code << 1) + Code.freeNames];
  const count = names === 0 ? 0 : words[(names << 1) + Tuple.size];
  for (let i = 0; i < count; i++) {
    if (words[(names + 1 + i) << 1] !== N.__class__) continue;
    const cell = refAt(registers + words[(code << 1) + Code.firstFree] + i) + 1;
    if (isNull(cell)) raise(T.RuntimeError, 'super(): empty __class__ cell');
    const start = refAt(cell);
    fill(ref, start, searchedType(start, object), object);
    popSlots(1);
    return;
  }
  raise(T.RuntimeError, 'super(): __class__ cell not found');
}

natives(T.super, {
  '__getattribute__(self, name, /)': (args, result) => {
    const name = attributeName(args + 1);
    if (!genericAttribute(args, name, result)) raiseNoAttribute(args, name);
  },
  '__get__(self, instance, owner=None, /)': (args, result) => {
    const ref = refAt(args);
    const start = words[(ref << 1) + Super.start];
    const bound = words[(ref << 1) + Super.objectType] !== 0;
    if (bound || (isRef(args + 1) && refAt(args + 1) === Fixed.none)) copyValue(result, args);
    else {
      const slot = pushSlots(1);
      const made = newSuper(words[ref << 1]);
      setRef(slot, made);
      fill(made, start, searchedType(start, args + 1), args + 1);
      copyValue(result, slot);
      popSlots(1);
    }
  },
  '__repr__(self, /)': (args, result) => {
    const word = refAt(args) << 1;
    const start = typeNameOf(words[word + Super.start]);
    const type = words[word + Super.objectType];
    const shown = type === 0 ? 'NULL' : `<${typeNameOf(type)} object>`;
    setRef(result, newString(`<super: <class '${start}'>, ${shown}>`));
  },
});
getset(T.super, '__thisclass__', (object, result) => setRef(result, words[(refAt(object) << 1) + Super.start]));
getset(T.super, '__self_class__', (object, result) => {
  const type = words[(refAt(object) << 1) + Super.objectType];
  setRef(result, type === 0 ? Fixed.none : type);
});
getset(T.super, '__self__', (object, result) => {
  const cell = refAt(object) + (Super.object >> 1);
  if (isNull(cell)) setRef(result, Fixed.none);
  else copyValue(result, cell);
});
