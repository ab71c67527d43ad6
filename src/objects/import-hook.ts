/** Importing a module from TypeScript below the interpreter: through `builtins.__import__`, as C code does it. */
import { Fixed, State, T } from '../heap/fixed.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, setRef, setSmallInt } from '../heap/values.ts';
import { dictFindString, newDict } from './dicts.ts';
import { raise } from './errors.ts';
import { call } from './invoke.ts';
import { intern, newString } from './strings.ts';
import { newTuple, tupleItem } from './tuples.ts';

/** result = the module of that absolute (dotted) name. Runs Python; raises ImportError and what the module raises. */
export function importNamed(name: string, result: number): void {
  const known = dictFindString(words[State.modulesDict], intern(name));
  if (known !== 0) {
    copyValue(result, known);
    return;
  }
  const hook = dictFindString(words[State.builtinsDict], intern('__import__'));
  if (hook === 0) raise(T.ImportError, '__import__ not found');
  const slots = pushSlots(6);
  copyValue(slots, hook);
  setRef(slots + 1, newString(name));
  setRef(slots + 2, newDict());
  setRef(slots + 3, Fixed.none);
  // with a list of names the answer is the module itself, not the top-level package
  const list = newTuple(1);
  setRef(slots + 4, list);
  setRef(tupleItem(list, 0), intern('__name__'));
  setSmallInt(slots + 5, 0);
  call(slots, slots + 1, 5, result);
  popSlots(6);
}
