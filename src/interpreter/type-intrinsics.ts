/** Annotations and the helpers of PEP 695. */

import { TypeIntrinsic } from '../compiler/instructions.ts';
import { State, T } from '../heap/fixed.ts';
import { Frame } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, refAt, setRef } from '../heap/values.ts';
import { newTypeAlias } from '../modules/type-aliases.ts';
import {
  newTypeParameter,
  PARAM_SPEC,
  setBoundEvaluator,
  setConstraintsEvaluator,
  setDefaultEvaluator,
  TYPE_VAR,
  TYPE_VAR_TUPLE,
} from '../modules/type-variables.ts';
import { subscriptGeneric } from '../modules/typing.ts';
import { findAttribute } from '../objects/attributes.ts';
import { dictFindString, dictSetString, newDict } from '../objects/dicts.ts';
import { raise } from '../objects/errors.ts';
import { setFunctionTypeParameters } from '../objects/function-annotations.ts';
import { call } from '../objects/invoke.ts';
import { N } from '../objects/names.ts';
import { intern } from '../objects/strings.ts';
import { tupleItem } from '../objects/tuples.ts';
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
  const second = sourceAt(pc + 4, base);
  const made = pushSlots(1);
  switch (words[pc + 2]) {
    case TypeIntrinsic.typeVariable:
      setRef(made, newTypeParameter(TYPE_VAR, refAt(first)));
      break;
    case TypeIntrinsic.typeVariableWithBound:
      setRef(made, newTypeParameter(TYPE_VAR, refAt(first)));
      setBoundEvaluator(made, second);
      break;
    case TypeIntrinsic.typeVariableWithConstraints:
      setRef(made, newTypeParameter(TYPE_VAR, refAt(first)));
      setConstraintsEvaluator(made, second);
      break;
    case TypeIntrinsic.parameterSpecification:
      setRef(made, newTypeParameter(PARAM_SPEC, refAt(first)));
      break;
    case TypeIntrinsic.typeVariableTuple:
      setRef(made, newTypeParameter(TYPE_VAR_TUPLE, refAt(first)));
      break;
    case TypeIntrinsic.setDefault:
      setDefaultEvaluator(first, second);
      copyValue(made, first);
      break;
    case TypeIntrinsic.typeAlias: {
      const parts = refAt(first);
      setRef(made, newTypeAlias(tupleItem(parts, 0), tupleItem(parts, 1), tupleItem(parts, 2)));
      break;
    }
    case TypeIntrinsic.subscriptGeneric:
      subscriptGeneric(first, made);
      break;
    case TypeIntrinsic.setFunctionTypeParameters:
      setFunctionTypeParameters(refAt(first), refAt(second));
      copyValue(made, first);
  }
  copyValue(d, made);
  popSlots(1);
}

/** PRINT_EXPRESSION (`ds`): calls sys.displayhook with the value of an expression statement (interactive mode). */
export function printExpression(pc: number, base: number): void {
  const sys = dictFindString(words[State.modulesDict], intern('sys'));
  const slots = pushSlots(2);
  if (sys === 0 || !findAttribute(sys, intern('displayhook'), slots)) {
    raise(T.RuntimeError, 'lost sys.displayhook');
  }
  copyValue(slots + 1, sourceAt(pc + 2, base));
  call(slots, slots + 1, 1, slots);
  popSlots(2);
}
