/** What natives need of the library's Python modules. */
import { State } from '../heap/fixed.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, setRef } from '../heap/values.ts';
import { getAttribute } from '../objects/attributes.ts';
import { dictFindString, newDict } from '../objects/dicts.ts';
import { setInt } from '../objects/integers.ts';
import { call } from '../objects/invoke.ts';
import { intern, setString } from '../objects/strings.ts';
import { newTuple, tupleItem } from '../objects/tuples.ts';

/** result = attribute `name` of a module of the library, which is imported if it was not. Calls Python. */
export function libraryAttribute(module: string, name: string, result: number): void {
  const slots = pushSlots(6);
  const known = dictFindString(words[State.modulesDict], intern(module));
  if (known !== 0) copyValue(slots, known);
  else {
    copyValue(slots, dictFindString(words[State.builtinsDict], intern('__import__')));
    setRef(slots + 1, intern(module));
    // globals and locals are not looked at with level 0
    setRef(slots + 2, newDict());
    copyValue(slots + 3, slots + 2);
    const fromList = newTuple(1);
    setString(tupleItem(fromList, 0), name);
    setRef(slots + 4, fromList);
    setInt(slots + 5, 0);
    call(slots, slots + 1, 5, slots);
  }
  getAttribute(slots, intern(name), result);
  popSlots(6);
}
