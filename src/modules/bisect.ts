/** The _bisect module: where a value belongs in a sorted sequence. Lists and tuples of numbers take no call. */
import { Fixed, T } from '../heap/fixed.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, floatAt, immediateAt, isFloat, isImmediateInt, isRef, refAt, setRef } from '../heap/values.ts';
import { raiseValueError } from '../objects/errors.ts';
import { indexOf, setInt } from '../objects/integers.ts';
import { call, callMethod } from '../objects/invoke.ts';
import { firstItem, isListOrTuple, itemCount } from '../objects/list-extend.ts';
import { listReplace } from '../objects/lists.ts';
import { registerModule } from '../objects/modules.ts';
import { type NativeRoutine, natives } from '../objects/natives.ts';
import { compareTruth, getItem, length } from '../objects/operations.ts';
import { CompareOperator } from '../objects/operators.ts';

registerModule('_bisect');

const isNone = (slot: number): boolean => isRef(slot) && refAt(slot) === Fixed.none;
const isNumber = (slot: number): boolean => isImmediateInt(slot) || isFloat(slot);
const numberAt = (slot: number): number => (isFloat(slot) ? floatAt(slot) : immediateAt(slot));

/** Parameters from cell `args` on: a, x, lo, hi, key. `x` is compared as it is. May call Python. */
function find(args: number, x: number, right: boolean): number {
  let low = indexOf(args + 2);
  if (low < 0) raiseValueError('lo must be non-negative');
  let high = isNone(args + 3) ? length(args) : indexOf(args + 3);
  const key = args + 4;
  const keyed = !isNone(key);
  const plain = isListOrTuple(args) && !keyed;
  const slots = pushSlots(2);
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (plain && middle < itemCount(refAt(args))) copyValue(slots, firstItem(refAt(args)) + middle);
    else {
      setInt(slots, middle);
      getItem(args, slots, slots);
      if (keyed) call(key, slots, 1, slots);
    }
    const goLeft =
      isNumber(slots) && isNumber(x)
        ? right
          ? numberAt(x) < numberAt(slots)
          : !(numberAt(slots) < numberAt(x))
        : right
          ? compareTruth(CompareOperator.less, x, slots)
          : !compareTruth(CompareOperator.less, slots, x);
    if (goLeft) high = middle;
    else low = middle + 1;
  }
  popSlots(2);
  return low;
}

/** Inserts x, by its key where one is given. */
function insort(args: number, right: boolean, result: number): void {
  const x = pushSlots(2);
  copyValue(x, args + 1);
  if (!isNone(args + 4)) call(args + 4, x, 1, x);
  const position = find(args, x, right);
  if (isRef(args) && words[refAt(args) << 1] === T.list) {
    const list = refAt(args);
    const at = Math.min(position, itemCount(list));
    listReplace(list, at, at, args + 1, 1);
  } else {
    setInt(x, position);
    copyValue(x + 1, args + 1);
    callMethod(args, 'insert', x, 2, x);
  }
  popSlots(2);
  setRef(result, Fixed.none);
}

const search =
  (right: boolean): NativeRoutine =>
  (args, result) =>
    setInt(result, find(args, args + 1, right));
const insert =
  (right: boolean): NativeRoutine =>
  (args, result) =>
    insort(args, right, result);

const parameters = '(a, x, lo=0, hi=None, *, key=None)';
natives('_bisect', {
  [`bisect_right${parameters}`]: search(true),
  [`bisect${parameters}`]: search(true),
  [`bisect_left${parameters}`]: search(false),
  [`insort_right${parameters}`]: insert(true),
  [`insort${parameters}`]: insert(true),
  [`insort_left${parameters}`]: insert(false),
});
