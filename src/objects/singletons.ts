/** None, Ellipsis and NotImplemented: how they print, their truth, and that calling their types yields them. */
import { Fixed, T } from '../heap/fixed.ts';
import { setRef } from '../heap/values.ts';
import { raiseTypeError } from './errors.ts';
import { staticNatives } from './natives.ts';
import { intern } from './strings.ts';
import { defineOperators } from './type-operators.ts';

const singletons: readonly (readonly [T, Fixed, string])[] = [
  [T.NoneType, Fixed.none, 'None'],
  [T.ellipsis, Fixed.ellipsis, 'Ellipsis'],
  [T.NotImplementedType, Fixed.notImplemented, 'NotImplemented'],
];

for (const [type, object, text] of singletons) {
  defineOperators(type, {
    repr: () => intern(text),
    ...(type === T.ellipsis
      ? {}
      : {
          truth: () => {
            if (object === Fixed.notImplemented) {
              raiseTypeError('NotImplemented should not be used in a boolean context');
            }
            return false;
          },
        }),
  });
  staticNatives(type, {
    '__new__(cls, /)': (_args, result) => setRef(result, object),
  });
}
