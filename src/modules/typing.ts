/**
 * Module `_typing`: what typing.py takes from the native side. Type parameters, aliases and the rest have files of their
 * own; here are Generic, whose methods are functions of typing.py, and the module itself.
 */
import { Type, TypeFlag } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, setRef } from '../heap/values.ts';
import { declareType, materializeType } from '../objects/declared-types.ts';
import { dictSetString } from '../objects/dicts.ts';
import { registerModule } from '../objects/modules.ts';
import { classNatives, natives } from '../objects/natives.ts';
import { callSpread } from '../objects/spread.ts';
import { intern } from '../objects/strings.ts';
import './type-aliases.ts';
import { unpackTuples } from './type-variables.ts';
import { callTyping, noDefault, typingAttribute, unionType } from './typing-support.ts';

const GENERIC = declareType({
  name: 'Generic',
  module: 'typing',
  native: '_typing',
  fill: () => {
    // copyreg looks for the first base that is no heap type, and that is object
    words[(GENERIC << 1) + Type.flags] |= TypeFlag.heapType;
  },
});

classNatives(GENERIC, {
  '__class_getitem__(cls, params, /)': (args, result) => callTyping('_generic_class_getitem', args, 2, result),
  '__init_subclass__(cls, /, *args, **kwargs)': (args, result) => {
    const callable = pushSlots(1);
    typingAttribute('_generic_init_subclass', callable);
    callSpread(callable, args, 1, args + 1, args + 2, result);
    popSlots(1);
  },
});

/** result = `Generic[*parameters]`, the base that the syntax gives a generic class. May call Python. */
export function subscriptGeneric(parameters: number, result: number): void {
  const slots = pushSlots(2);
  unpackTuples(parameters, slots + 1);
  setRef(slots, materializeType(GENERIC));
  callTyping('_GenericAlias', slots, 2, result);
  popSlots(2);
}

natives('_typing', {
  '_idfunc(x, /)': (args, result) => copyValue(result, args),
});
registerModule('_typing', (dict) => {
  const slot = pushSlots(1);
  unionType(slot);
  dictSetString(dict, intern('Union'), slot);
  setRef(slot, noDefault());
  dictSetString(dict, intern('NoDefault'), slot);
  popSlots(1);
});
