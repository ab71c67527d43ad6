/** `list[int]` and the like: `__class_getitem__` of the built-in generic types. The alias is a class written in Python. */
import { T } from '../heap/fixed.ts';
import { MEMORYVIEW } from './memoryviews.ts';
import { classNatives } from './natives.ts';
import { callHelper } from './python-helpers.ts';

/** Gives a built-in type the `__class_getitem__` that makes generic aliases. While files load. */
export function makeGeneric(type: T): void {
  classNatives(type, {
    '__class_getitem__(cls, object, /)': (args, result) => callHelper('GenericAlias', args, 2, result),
  });
}

for (const type of [T.list, T.tuple, T.dict, T.set, T.frozenset, T.enumerate, MEMORYVIEW]) makeGeneric(type);
