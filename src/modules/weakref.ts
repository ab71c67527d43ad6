/** The module _weakref: what weakref.py stands on. The types are in objects/weak-references.ts. */
import { weakReferencesTo } from '../heap/finalization.ts';
import { Fixed, StateCell, T } from '../heap/fixed.ts';
import { isNull, isRef, refAt, setRef, setSmallInt } from '../heap/values.ts';
import { dictDelete, dictFind, dictSetString } from '../objects/dicts.ts';
import { raiseTypeError } from '../objects/errors.ts';
import { listAppend, newList } from '../objects/lists.ts';
import { registerModule } from '../objects/modules.ts';
import { natives } from '../objects/natives.ts';
import { intern } from '../objects/strings.ts';
import { isInstanceOf } from '../objects/types.ts';
import { isReference, newProxy, orderedReferences, REFERENCE, targetOf } from '../objects/weak-references.ts';

/** A slot outside the stack for values on their way into a container. */
const TEMPORARY = StateCell.scratch + 33;

natives('_weakref', {
  'getweakrefcount(object, /)': (args, result) => {
    setSmallInt(result, isRef(args) ? weakReferencesTo(refAt(args)).length : 0);
  },
  'getweakrefs(object, /)': (args, result) => {
    const list = newList(0);
    for (const reference of isRef(args) ? orderedReferences(refAt(args)) : []) {
      setRef(TEMPORARY, reference);
      listAppend(list, TEMPORARY);
    }
    setRef(result, list);
  },
  'proxy(object, callback=None, /)': (args, result) => setRef(result, newProxy(args, args + 1)),
  // WeakValueDictionary: the entry goes only if its reference is still dead
  '_remove_dead_weakref(dct, key, /)': (args, result) => {
    if (!isInstanceOf(args, T.dict)) raiseTypeError('_remove_dead_weakref() argument 1 must be dict');
    const cell = dictFind(refAt(args), args + 1);
    if (cell !== 0 && !isNull(cell) && isReference(cell) && targetOf(refAt(cell)) === 0) {
      dictDelete(refAt(args), args + 1);
    }
    setRef(result, Fixed.none);
  },
});

registerModule('_weakref', (dict) => {
  setRef(TEMPORARY, REFERENCE);
  dictSetString(dict, intern('ref'), TEMPORARY);
});
