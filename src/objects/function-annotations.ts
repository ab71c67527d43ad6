/**
 * What a function knows of its types: `__annotate__`, `__annotations__`, `__type_params__` (PEP 649, 695).
 *
 * They share one word of the function, because most functions have none of them and the rest mostly the first:
 * FunctionObject.annotations is 0, or the annotate function as MAKE_FUNCTION left it, or a tuple of all three, in which
 * NULL means "none". Three words would make every function a cell and a half larger.
 */
import { Fixed, T } from '../heap/fixed.ts';
import { FunctionObject, Kind } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setNull, setRef } from '../heap/values.ts';
import { isCallable } from './builtins-types.ts';
import { newDict } from './dicts.ts';
import { raiseTypeError } from './errors.ts';
import { callAnnotate } from './namespace-annotations.ts';
import { getset } from './natives.ts';
import { newTuple, tupleItem } from './tuples.ts';
import { kindAt } from './types.ts';

/** Items of the tuple. */
enum Part {
  annotate,
  annotations,
  typeParameters,
}

/** Ref of a part of the function, 0 if it has none. */
function partOf(fn: number, part: Part): number {
  const known = words[(fn << 1) + FunctionObject.annotations];
  if (known === 0) return 0;
  if (words[known << 1] !== T.tuple) return part === Part.annotate ? known : 0;
  return refAt(tupleItem(known, part));
}

/** The function's tuple of parts, made if there was none. Allocates only. */
function partsOf(fn: number): number {
  const word = (fn << 1) + FunctionObject.annotations;
  const known = words[word];
  if (known !== 0 && words[known << 1] === T.tuple) return known;
  const parts = newTuple(3);
  for (let part = 0; part < 3; part++) setNull(tupleItem(parts, part));
  if (known !== 0) setRef(tupleItem(parts, Part.annotate), known);
  words[word] = parts;
  return parts;
}

/** Sets `__type_params__` to a tuple. Allocates only. */
export function setFunctionTypeParameters(fn: number, tuple: number): void {
  setRef(tupleItem(partsOf(fn), Part.typeParameters), tuple);
}

function isNone(slot: number): boolean {
  return isRef(slot) && refAt(slot) === Fixed.none;
}

getset(
  T.function,
  '__annotations__',
  (object, result) => {
    const known = partOf(refAt(object), Part.annotations);
    if (known !== 0) {
      setRef(result, known);
      return;
    }
    const slots = pushSlots(2);
    copyValue(slots, object);
    const annotate = partOf(refAt(object), Part.annotate);
    if (annotate === 0) setRef(slots + 1, newDict());
    else {
      setRef(slots + 1, annotate);
      callAnnotate(slots + 1, slots + 1);
    }
    copyValue(tupleItem(partsOf(refAt(slots)), Part.annotations), slots + 1);
    copyValue(result, slots + 1);
    popSlots(2);
  },
  (object, value) => {
    const empty = isNull(value) || isNone(value);
    if (!empty && kindAt(value) !== Kind.dict) raiseTypeError('__annotations__ must be set to a dict object');
    const parts = partsOf(refAt(object));
    setNull(tupleItem(parts, Part.annotate));
    if (empty) setNull(tupleItem(parts, Part.annotations));
    else copyValue(tupleItem(parts, Part.annotations), value);
  },
);
getset(
  T.function,
  '__annotate__',
  (object, result) => setRef(result, partOf(refAt(object), Part.annotate) || Fixed.none),
  (object, value) => {
    if (isNull(value)) raiseTypeError('__annotate__ cannot be deleted');
    const parts = partsOf(refAt(object));
    if (isNone(value)) setNull(tupleItem(parts, Part.annotate));
    else if (isCallable(value)) {
      copyValue(tupleItem(parts, Part.annotate), value);
      setNull(tupleItem(parts, Part.annotations));
    } else raiseTypeError('__annotate__ must be callable or None');
  },
);
getset(
  T.function,
  '__type_params__',
  (object, result) => setRef(result, partOf(refAt(object), Part.typeParameters) || Fixed.emptyTuple),
  (object, value) => {
    if (isNull(value) || kindAt(value) !== Kind.tuple) raiseTypeError('__type_params__ must be set to a tuple');
    setFunctionTypeParameters(refAt(object), refAt(value));
  },
);
