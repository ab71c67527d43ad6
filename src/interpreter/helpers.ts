/** Registers how the loops written in Python (objects/python-helpers.ts) are made: by running their module once. */
import { popSlots, pushSlots } from '../heap/slots.ts';
import { refAt, setRef } from '../heap/values.ts';
import { newDict } from '../objects/dicts.ts';
import { setHelperLoader } from '../objects/python-helpers.ts';
import { runCode } from './execute-code.ts';
import { loadCode } from './loader.ts';
import { builtinsDescription } from './python-builtins.ts';

setHelperLoader(() => {
  const slots = pushSlots(2);
  setRef(slots, newDict());
  runCode(loadCode(builtinsDescription()), refAt(slots), 0, slots + 1);
  const namespace = refAt(slots);
  popSlots(2);
  return namespace;
});
