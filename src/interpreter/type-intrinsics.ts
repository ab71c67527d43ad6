/** Annotations and the helpers of PEP 695; what needs the typing module's objects is not there yet. */

import { TypeIntrinsic } from '../compiler/instructions.ts';
import { Fixed, State, T } from '../heap/fixed.ts';
import { Frame } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isRef, refAt, setRef } from '../heap/values.ts';
import { dictFindString, dictSetString, newDict } from '../objects/dicts.ts';
import { raise } from '../objects/errors.ts';
import { call } from '../objects/invoke.ts';
import { N } from '../objects/names.ts';
import { makeDictOf } from '../objects/object-dicts.ts';
import { intern } from '../objects/strings.ts';
import { globalsOf } from './frames.ts';
import { sourceAt } from './operands.ts';

/** SETUP_ANNOTATIONS: makes `__annotations__` in the frame's names unless it is there. */
export function setupAnnotations(frame: number): void {
  const mapping = words[(frame << 1) + Frame.locals] || globalsOf(frame);
  if (words[mapping << 1] !== T.dict || dictFindString(mapping, N.__annotations__) !== 0) return;
  const slots = pushSlots(1);
  setRef(slots, newDict());
  dictSetString(mapping, N.__annotations__, slots);
  popSlots(1);
}

/** TYPE_INTRINSIC (`diss`). */
export function typeIntrinsic(pc: number, base: number): void {
  const d = base + words[pc + 1];
  const first = sourceAt(pc + 3, base);
  switch (words[pc + 2]) {
    case TypeIntrinsic.setFunctionTypeParameters:
      dictSetString(makeDictOf(refAt(first)), N.__type_params__, sourceAt(pc + 4, base));
      copyValue(d, first);
      return;
    default:
      raise(T.NotImplementedError, `type parameters are not implemented yet (${TypeIntrinsic[words[pc + 2]]})`);
  }
}

/** PRINT_EXPRESSION (`ds`): sys.displayhook. */
export function printExpression(pc: number, base: number): void {
  const value = sourceAt(pc + 2, base);
  if (isRef(value) && refAt(value) === Fixed.none) return;
  const print = dictFindString(words[State.builtinsDict], intern('print'));
  const slots = pushSlots(3);
  const reprFunction = dictFindString(words[State.builtinsDict], intern('repr'));
  copyValue(slots + 1, value);
  call(reprFunction, slots + 1, 1, slots + 1);
  call(print, slots + 1, 1, slots);
  popSlots(3);
}
