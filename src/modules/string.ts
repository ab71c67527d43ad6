/** _string: the two steps of str.format that string.Formatter takes one at a time. */
import { Fixed } from '../heap/fixed.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { refAt, setRef } from '../heap/values.ts';
import { raiseTypeError } from '../objects/errors.ts';
import { setBool, setInt } from '../objects/integers.ts';
import { listIterator } from '../objects/iterators.ts';
import { listAppend, newList } from '../objects/lists.ts';
import { registerModule } from '../objects/modules.ts';
import { natives } from '../objects/natives.ts';
import { fieldParts, formatParts } from '../objects/string-format.ts';
import { isStr, setString, stringOf } from '../objects/strings.ts';
import { newTuple, tupleItem } from '../objects/tuples.ts';
import { typeName } from '../objects/types.ts';

function textAt(slot: number): string {
  if (!isStr(slot)) raiseTypeError(`expected str, got ${typeName(slot)}`);
  return stringOf(refAt(slot));
}

natives('_string', {
  'formatter_parser(string, /)': (args, result) => {
    const slots = pushSlots(2);
    const parts = newList(0);
    setRef(slots, parts);
    for (const part of formatParts(textAt(args))) {
      const tuple = newTuple(4);
      setRef(slots + 1, tuple);
      setString(tupleItem(tuple, 0), part.literal);
      for (let i = 1; i < 4; i++) setRef(tupleItem(tuple, i), Fixed.none);
      if (part.field !== null) {
        setString(tupleItem(tuple, 1), part.field.name);
        setString(tupleItem(tuple, 2), part.field.specification);
        if (part.field.conversion !== '') setString(tupleItem(tuple, 3), part.field.conversion);
      }
      listAppend(parts, slots + 1);
    }
    setRef(result, listIterator(parts));
    popSlots(2);
  },
  'formatter_field_name_split(string, /)': (args, result) => {
    const { first, rest } = fieldParts(textAt(args));
    const slots = pushSlots(2);
    const parts = newList(0);
    setRef(slots, parts);
    for (const { isAttribute, key } of rest) {
      const pair = newTuple(2);
      setBool(tupleItem(pair, 0), isAttribute);
      if (typeof key === 'number') setInt(tupleItem(pair, 1), key);
      else setString(tupleItem(pair, 1), key);
      setRef(slots + 1, pair);
      listAppend(parts, slots + 1);
    }
    const answer = newTuple(2);
    if (typeof first === 'number') setInt(tupleItem(answer, 0), first);
    else setString(tupleItem(answer, 0), first);
    setRef(tupleItem(answer, 1), listIterator(parts));
    setRef(result, answer);
    popSlots(2);
  },
});

registerModule('_string');
