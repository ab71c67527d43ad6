/** super().name and super(type, object).name without making the super object. */
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isRef, refAt, setNull, setRef } from '../heap/values.ts';
import { raiseAttributeErrorFor, superLookup } from '../objects/attributes.ts';
import { raiseTypeError } from '../objects/errors.ts';
import { stringOf } from '../objects/strings.ts';
import { searchedType, superObject } from '../objects/super-objects.ts';
import { isType, lookupAfter, typeName } from '../objects/types.ts';
import { isPlainMethod } from './attribute-access.ts';
import { sourceAt } from './operands.ts';

function checkStart(start: number): void {
  if (!isType(start)) raiseTypeError(`super() argument 1 must be a type, not ${typeName(start)}`);
}

function superAttribute(pc: number, base: number, result: number): void {
  const start = sourceAt(pc + 2, base);
  const object = sourceAt(pc + 3, base);
  const name = words[pc + 4];
  checkStart(start);
  const type = searchedType(refAt(start), object);
  const slots = pushSlots(1);
  if (!superLookup(refAt(start), type, object, name, slots)) {
    setRef(slots, superObject(refAt(start), object, type));
    raiseAttributeErrorFor(slots, name, `'super' object has no attribute '${stringOf(name)}'`);
  }
  copyValue(result, slots);
  popSlots(1);
}

/** LOAD_SUPER_ATTR (`dssni`). */
export function loadSuperAttribute(pc: number, base: number): void {
  superAttribute(pc, base, base + words[pc + 1]);
}

/** LOAD_SUPER_METHOD (`rssni`): function and self for a call, or attribute and NULL. */
export function loadSuperMethod(pc: number, base: number): void {
  const start = sourceAt(pc + 2, base);
  const object = sourceAt(pc + 3, base);
  const r = base + words[pc + 1];
  checkStart(start);
  const type = searchedType(refAt(start), object);
  const cell = lookupAfter(type, refAt(start), words[pc + 4]);
  if (cell !== 0 && isRef(cell) && isPlainMethod(refAt(cell)) && !(isRef(object) && refAt(object) === type)) {
    // The object's register may be r or r + 1: the value is read before either is written.
    copyValue(r + 1, object);
    setRef(r, refAt(cell));
    return;
  }
  superAttribute(pc, base, r);
  setNull(r + 1);
}
