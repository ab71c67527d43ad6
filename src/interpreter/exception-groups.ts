/** except*: not before exception groups exist. */
import { T } from '../heap/fixed.ts';
import { raise } from '../objects/errors.ts';

export function matchExceptionGroup(_pc: number, _base: number): never {
  return raise(T.NotImplementedError, 'except* is not implemented yet');
}
export function prepareReraiseStar(_pc: number, _base: number): never {
  return raise(T.NotImplementedError, 'except* is not implemented yet');
}
