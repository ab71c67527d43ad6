/** The type `module` as Python sees it: constructor, repr, `__dict__`, `__dir__`. */

import { Fixed, T } from '../heap/fixed.ts';
import { Kind, Module } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isRef, refAt, setRef } from '../heap/values.ts';
import { attributeName, findAttribute, genericAttribute, getAttribute, raiseNoAttribute } from './attributes.ts';
import { dictFindString, dictSetString, newDict } from './dicts.ts';
import { raiseTypeError } from './errors.ts';
import { keysList } from './instances.ts';
import { call } from './invoke.ts';
import { listFrom } from './list-extend.ts';
import { N } from './names.ts';
import { getset, natives, staticNatives } from './natives.ts';
import { allocateOfType } from './object-dicts.ts';
import { repr, str, truth } from './operations.ts';
import { intern, isStr, newString, stringOf } from './strings.ts';
import { argumentType, isSubtype, isType, kindAt, typeNameOf, typeOf } from './types.ts';

staticNatives(T.module, {
  '__new__(cls, /, *args, **kwargs)': (args, result) => {
    if (!isType(args) || !isSubtype(refAt(args), T.module)) raiseTypeError('module.__new__(X): X is no module type');
    const ref = allocateOfType(refAt(args), 2);
    words[(ref << 1) + Module.aux] = 0;
    words[(ref << 1) + Module.dict] = newDict();
    words[(ref << 1) + Module.spare] = 0;
    setRef(result, ref);
  },
});
natives(T.module, {
  '__init__(self, name, doc=None)': (args, result) => {
    if (!isStr(args + 1)) raiseTypeError(`module() argument 'name' must be str, not ${argumentType(args + 1)}`);
    const dict = words[(refAt(args) << 1) + Module.dict];
    dictSetString(dict, N.__name__, args + 1);
    dictSetString(dict, N.__doc__, args + 2);
    const none = pushSlots(1);
    setRef(none, Fixed.none);
    for (const name of [N.__package__, N.__loader__, N.__spec__]) dictSetString(dict, name, none);
    popSlots(1);
    setRef(result, Fixed.none);
  },
  '__getattribute__(self, name, /)': (args, result) => {
    const name = attributeName(args + 1);
    if (!genericAttribute(args, name, result)) raiseNoAttribute(args, name);
  },
  '__repr__(self, /)': (args, result) => setRef(result, newString(moduleText(args))),
  '__dir__(self, /)': (args, result) => {
    const own = pushSlots(1);
    getAttribute(args, N.__dict__, own);
    if (kindAt(own) !== Kind.dict) {
      const name = dictFindString(words[(refAt(args) << 1) + Module.dict], N.__name__);
      raiseTypeError(`${name !== 0 && isStr(name) ? stringOf(refAt(name)) : '<module>'}.__dict__ is not a dictionary`);
    }
    const dict = refAt(own);
    popSlots(1);
    const hook = dictFindString(dict, N.__dir__);
    if (hook === 0) {
      setRef(result, keysList(dict));
      return;
    }
    const base = pushSlots(1);
    copyValue(base, hook);
    call(base, base, 0, result);
    popSlots(1);
  },
});

/** <module 'name' from 'file'>, with what its spec says, or what the module knows of itself. May call Python. */
function moduleText(module: number): string {
  const base = pushSlots(4);
  copyValue(base, module);
  const text = textBySpec(base) ?? textByAttributes(base);
  popSlots(4);
  return text;
}
/** True if the object in `slot` has an attribute of the name that is not None; the attribute lies in `result`. */
function has(slot: number, name: string, result: number): boolean {
  return findAttribute(slot, intern(name), result) && !(isRef(result) && refAt(result) === Fixed.none);
}
/** The module lies in `base`, three slots behind it are free. */
function textBySpec(base: number): string | null {
  const [spec, value] = [base + 1, base + 2];
  if (!has(base, '__spec__', spec)) return null;
  const name = has(spec, 'name', value) ? stringOf(repr(value)) : "'?'";
  if (has(spec, 'origin', value)) {
    const origin = value;
    const located = findAttribute(spec, intern('has_location'), base + 3) && truth(base + 3);
    return located ? `<module ${name} from ${stringOf(repr(origin))}>` : `<module ${name} (${stringOf(str(origin))})>`;
  }
  if (!has(spec, 'loader', value)) return `<module ${name}>`;
  // a namespace package's loader knows the folders
  const loaderType = typeNameOf(typeOf(value));
  if (loaderType === 'NamespaceLoader' && has(value, '_path', base + 3)) {
    setRef(base + 3, listFrom(base + 3));
    return `<module ${name} (namespace) from ${stringOf(repr(base + 3))}>`;
  }
  return `<module ${name} (${stringOf(repr(value))})>`;
}
function textByAttributes(base: number): string {
  const value = base + 1;
  const name = findAttribute(base, N.__name__, value) ? stringOf(repr(value)) : "'?'";
  if (findAttribute(base, N.__file__, value)) return `<module ${name} from ${stringOf(repr(value))}>`;
  return has(base, '__loader__', value) ? `<module ${name} (${stringOf(repr(value))})>` : `<module ${name}>`;
}

getset(T.module, '__dict__', (object, result) => setRef(result, words[(refAt(object) << 1) + Module.dict]));
