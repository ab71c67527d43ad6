/** None, Ellipsis and NotImplemented: how they print, their truth, and that calling their types yields them. */

import { Fixed, T } from '../heap/fixed.ts';
import { refAt, setRef } from '../heap/values.ts';
import { dictCount } from './dicts.ts';
import { raiseTypeError } from './errors.ts';
import { staticNatives } from './natives.ts';
import { intern } from './strings.ts';
import { tupleSize } from './tuples.ts';
import { defineOperators } from './type-operators.ts';
import { typeNameOf } from './types.ts';

const singletons: readonly (readonly [T, Fixed, string])[] = [
  [T.NoneType, Fixed.none, 'None'],
  [T.ellipsis, Fixed.ellipsis, 'Ellipsis'],
  [T.NotImplementedType, Fixed.notImplemented, 'NotImplemented'],
];

const truths = new Map<T, () => boolean>([
  [T.NoneType, () => false],
  [T.NotImplementedType, () => raiseTypeError('NotImplemented should not be used in a boolean context')],
]);

for (const [type, object, text] of singletons) {
  defineOperators(type, {
    repr: () => intern(text),
    truth: truths.get(type),
  });
  staticNatives(type, {
    '__new__(cls, /, *args, **kwargs)': (args, result) => {
      if (tupleSize(refAt(args + 1)) + dictCount(refAt(args + 2)) > 0) {
        raiseTypeError(`${type === T.ellipsis ? 'EllipsisType' : typeNameOf(type)} takes no arguments`);
      }
      setRef(result, object);
    },
  });
}
