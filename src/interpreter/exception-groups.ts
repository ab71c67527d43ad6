/** Instructions of except*. A clause takes its part of the group; see tryExceptStar in compiler/exceptions.ts. */
import { Fixed, State } from '../heap/fixed.ts';
import { FRAME_HEADER_CELLS, Frame, Kind, List, Tuple } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, refAt, setRef } from '../heap/values.ts';
import { raiseTypeError } from '../objects/errors.ts';
import {
  BASE_GROUP,
  collectLeaves,
  isGroup,
  matchesType,
  newGroup,
  sameOrigin,
  splitGroup,
  tupleOfList,
} from '../objects/exception-groups.ts';
import { callMethod } from '../objects/invoke.ts';
import { listAppend, listItem, newList } from '../objects/lists.ts';
import { newTuple, tupleItem } from '../objects/tuples.ts';
import { isSubtype, kindAt, typeName } from '../objects/types.ts';
import { firstInstruction } from './frames.ts';
import { sourceAt } from './operands.ts';
import { checkClasses } from './raising.ts';
import { addTraceback } from './unwind.ts';

/** TypeError for groups, which except* takes apart, among the classes. */
function checkNoGroups(type: number): void {
  if (kindAt(type) === Kind.tuple) {
    const tuple = refAt(type);
    for (let i = 0; i < words[(tuple << 1) + Tuple.size]; i++) checkNoGroups(tupleItem(tuple, i));
  } else if (isSubtype(refAt(type), BASE_GROUP)) {
    raiseTypeError('catching ExceptionGroup with except* is not allowed. Use except instead.');
  }
}

/** MATCH_EXCEPTION_GROUP (`dss`): registers d, d+1 = rest, part of exception s (or None) that the classes s2 match. */
export function matchExceptionGroup(pc: number, base: number): void {
  const d = base + words[pc + 1];
  const exception = sourceAt(pc + 2, base);
  const type = sourceAt(pc + 3, base);
  checkClasses(type);
  checkNoGroups(type);
  if (refAt(exception) === Fixed.none) {
    setRef(d, Fixed.none);
    setRef(d + 1, Fixed.none);
    return;
  }
  const slots = pushSlots(2);
  copyValue(slots, exception);
  if (matchesType(slots, type)) {
    if (!isGroup(refAt(slots))) {
      // a naked exception is wrapped
      const members = newTuple(1);
      copyValue(tupleItem(members, 0), slots);
      const group = newGroup(members);
      setRef(slots, group);
      const frame = base - FRAME_HEADER_CELLS;
      const code = words[(frame << 1) + Frame.code];
      addTraceback(group, frame, code, words[State.pc] - firstInstruction(code));
    }
    copyValue(d + 1, slots);
    setRef(d, Fixed.none);
  } else if (isGroup(refAt(slots))) {
    copyValue(slots + 1, type);
    callMethod(slots, 'split', slots + 1, 1, slots + 1);
    const of = typeName(slots);
    if (kindAt(slots + 1) !== Kind.tuple) {
      raiseTypeError(`${of}.split must return a tuple, not ${typeName(slots + 1)}`);
    }
    const pair = refAt(slots + 1);
    const size = words[(pair << 1) + Tuple.size];
    if (size < 2) raiseTypeError(`${of}.split must return a 2-tuple, got tuple of size ${size}`);
    copyValue(d + 1, tupleItem(pair, 0));
    copyValue(d, tupleItem(pair, 1));
  } else {
    copyValue(d, slots);
    setRef(d + 1, Fixed.none);
  }
  popSlots(2);
}

/**
 * PREPARE_RERAISE_STAR (`dss`): d = what is raised after the clauses, or None. Of the list s2, what clauses raised anew
 * stands for itself; what they raised again, and what none took, is one group with the structure of the original s.
 */
export function prepareReraiseStar(pc: number, base: number): void {
  const d = base + words[pc + 1];
  const original = sourceAt(pc + 2, base);
  const gathered = refAt(sourceAt(pc + 3, base));
  const count = words[(gathered << 1) + List.size];
  if (!isGroup(refAt(original))) {
    // a naked exception: one clause at most has run
    let only = -1;
    for (let i = 0; i < count; i++) if (refAt(listItem(gathered, i)) !== Fixed.none) only = i;
    if (only < 0) setRef(d, Fixed.none);
    else copyValue(d, listItem(gathered, only));
    return;
  }
  const slots = pushSlots(2);
  const raised = newList(0);
  setRef(slots, raised);
  const leaves = new Set<number>();
  for (let i = 0; i < count; i++) {
    const item = listItem(gathered, i);
    if (refAt(item) === Fixed.none) continue;
    if (sameOrigin(refAt(item), refAt(original))) collectLeaves(refAt(item), leaves);
    else listAppend(raised, item);
  }
  setRef(slots + 1, Fixed.none);
  if (leaves.size > 0) splitGroup(original, (exception) => leaves.has(refAt(exception)), slots + 1, 0);
  if (words[(raised << 1) + List.size] === 0) copyValue(d, slots + 1);
  else {
    if (refAt(slots + 1) !== Fixed.none) listAppend(raised, slots + 1);
    if (words[(raised << 1) + List.size] > 1) setRef(d, newGroup(tupleOfList(raised)));
    else copyValue(d, listItem(raised, 0));
  }
  popSlots(2);
}
