/**
 * Template strings (PEP 750): the types Template and Interpolation of string.templatelib, which finds them by evaluating
 * t-strings, and the iterator over a template. The instructions that make them are in interpreter/build.ts.
 */
import { Fixed, State } from '../heap/fixed.ts';
import { RecordObject, Tuple } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isRef, refAt, setRef } from '../heap/values.ts';
import { getAttribute } from '../objects/attributes.ts';
import { declareType, newRecord, recordValue } from '../objects/declared-types.ts';
import { dictCount, dictFindString, dictSetString } from '../objects/dicts.ts';
import { raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { readOnly } from '../objects/functions.ts';
import { call } from '../objects/invoke.ts';
import { classNatives, getset, natives, staticNatives } from '../objects/natives.ts';
import { repr } from '../objects/operations.ts';
import { BinaryOperator } from '../objects/operators.ts';
import { concatenate, intern, isStr, newString, stringLength, stringOf } from '../objects/strings.ts';
import { newTuple, newTupleFrom, tupleItem } from '../objects/tuples.ts';
import { defineOperators } from '../objects/type-operators.ts';
import { argumentType, typeName, typeOf } from '../objects/types.ts';
import { genericAlias } from './typing-support.ts';

const MODULE = 'string.templatelib';
const TEMPLATE = declareType({ name: 'Template', module: MODULE, values: 2, final: true });
const INTERPOLATION = declareType({
  name: 'Interpolation',
  module: MODULE,
  values: 4,
  final: true,
  fill: (dict) => {
    const slot = pushSlots(1);
    setRef(slot, tupleOfRefs(['value', 'expression', 'conversion', 'format_spec'].map(intern)));
    dictSetString(dict, intern('__match_args__'), slot);
    popSlots(1);
  },
});
const TEMPLATE_ITERATOR = declareType({ name: 'TemplateIter', module: MODULE, values: 1, final: true });

/** Values of a template: one string more than interpolations. */
enum Part {
  strings,
  interpolations,
}
/** Values of an interpolation; the conversion is a str or None. */
enum Field {
  value,
  expression,
  conversion,
  formatSpec,
}

function sizeOf(tuple: number): number {
  return words[(tuple << 1) + Tuple.size];
}
/** Ref of the tuple of strings or of interpolations. */
function part(template: number, which: Part): number {
  return refAt(recordValue(refAt(template), which));
}

/** A new template of two tuples (refs). Allocates only. */
export function newTemplate(strings: number, interpolations: number): number {
  const ref = newRecord(TEMPLATE);
  setRef(recordValue(ref, Part.strings), strings);
  setRef(recordValue(ref, Part.interpolations), interpolations);
  return ref;
}
/** A new interpolation: a slot of its value; refs of its expression's text, conversion (str or None), specification. */
export function newInterpolation(value: number, expression: number, conversion: number, formatSpec: number): number {
  const ref = newRecord(INTERPOLATION);
  copyValue(recordValue(ref, Field.value), value);
  setRef(recordValue(ref, Field.expression), expression);
  setRef(recordValue(ref, Field.conversion), conversion);
  setRef(recordValue(ref, Field.formatSpec), formatSpec);
  return ref;
}

// Template ------------------------------------------------------------------------------------------------------------

staticNatives(TEMPLATE, {
  '__new__(cls, /, *args, **kwargs)': (args, result) => {
    if (dictCount(refAt(args + 2)) > 0) raiseTypeError('Template.__new__ only accepts *args arguments');
    setRef(result, templateOf(refAt(args + 1)));
  },
});

/** A template of strings and interpolations in any order: neighbouring strings are joined, missing ones are empty. */
function templateOf(parts: number): number {
  const strings: number[] = [Fixed.emptyString];
  const interpolations: number[] = [];
  for (let i = 0; i < sizeOf(parts); i++) {
    const item = tupleItem(parts, i);
    if (isStr(item)) {
      const last = strings.length - 1;
      strings[last] = stringLength(strings[last]) === 0 ? refAt(item) : concatenate(strings[last], refAt(item));
    } else if (typeOf(item) === INTERPOLATION) {
      interpolations.push(refAt(item));
      strings.push(Fixed.emptyString);
    } else {
      raiseTypeError(`Template.__new__ *args need to be of type 'str' or 'Interpolation', got ${typeName(item)}`);
    }
  }
  return newTemplate(tupleOfRefs(strings), tupleOfRefs(interpolations));
}
function tupleOfRefs(refs: readonly number[]): number {
  const tuple = newTuple(refs.length);
  refs.forEach((ref, i) => {
    setRef(tupleItem(tuple, i), ref);
  });
  return tuple;
}

getset(TEMPLATE, 'strings', (object, result) => setRef(result, part(object, Part.strings)), readOnly);
getset(TEMPLATE, 'interpolations', (object, result) => setRef(result, part(object, Part.interpolations)), readOnly);
getset(TEMPLATE, 'values', (object, result) => {
  const interpolations = part(object, Part.interpolations);
  const values = newTuple(sizeOf(interpolations));
  for (let i = 0; i < sizeOf(interpolations); i++) {
    copyValue(tupleItem(values, i), recordValue(refAt(tupleItem(interpolations, i)), Field.value));
  }
  setRef(result, values);
});

defineOperators(TEMPLATE, {
  binaryOperators: [BinaryOperator.add],
  binary: (_operator, left, right, result) => {
    // a str on the left speaks for itself
    if (typeOf(left) !== TEMPLATE) return false;
    if (typeOf(right) !== TEMPLATE) {
      raiseTypeError(
        `can only concatenate string.templatelib.Template (not "${typeName(right)}") to string.templatelib.Template`,
      );
    }
    setRef(result, joined(left, right));
    return true;
  },
  iterate: (self, result) => {
    const ref = newRecord(TEMPLATE_ITERATOR);
    copyValue(recordValue(ref, 0), self);
    setRef(result, ref);
  },
  repr: (self) => {
    const texts = [Part.strings, Part.interpolations].map((which) => stringOf(repr(recordValue(refAt(self), which))));
    return newString(`Template(strings=${texts[0]}, interpolations=${texts[1]})`);
  },
});
function joined(left: number, right: number): number {
  const [before, after] = [part(left, Part.strings), part(right, Part.strings)];
  const [count, more] = [sizeOf(before), sizeOf(after)];
  const strings = newTuple(count + more - 1);
  for (let i = 0; i < count - 1; i++) copyValue(tupleItem(strings, i), tupleItem(before, i));
  setRef(tupleItem(strings, count - 1), concatenate(refAt(tupleItem(before, count - 1)), refAt(tupleItem(after, 0))));
  for (let i = 1; i < more; i++) copyValue(tupleItem(strings, count - 1 + i), tupleItem(after, i));
  const [one, two] = [part(left, Part.interpolations), part(right, Part.interpolations)];
  const interpolations = newTuple(sizeOf(one) + sizeOf(two));
  for (let i = 0; i < sizeOf(one); i++) copyValue(tupleItem(interpolations, i), tupleItem(one, i));
  for (let i = 0; i < sizeOf(two); i++) copyValue(tupleItem(interpolations, sizeOf(one) + i), tupleItem(two, i));
  return newTemplate(strings, interpolations);
}

natives(TEMPLATE, {
  '__reduce__(self, /)': (args, result) => {
    const slots = pushSlots(3);
    setRef(slots, intern(MODULE));
    setRef(slots + 1, Fixed.none);
    copyValue(slots + 2, slots + 1);
    const fromList = newTuple(1);
    setRef(slots + 1, fromList);
    setRef(tupleItem(fromList, 0), intern('_template_unpickle'));
    importFrom(slots, slots + 1, slots);
    getAttribute(slots, intern('_template_unpickle'), slots);
    setRef(slots + 1, newTupleFrom(recordValue(refAt(args), Part.strings), 2));
    setRef(result, newTupleFrom(slots, 2));
    popSlots(3);
  },
});
/** result = the module of that name, with `from ... import` of the names in a tuple. May call Python. */
function importFrom(name: number, names: number, result: number): void {
  const slots = pushSlots(5);
  copyValue(slots, name);
  setRef(slots + 1, Fixed.none);
  setRef(slots + 2, Fixed.none);
  copyValue(slots + 3, names);
  call(dictFindString(words[State.builtinsDict], intern('__import__')), slots, 4, result);
  popSlots(5);
}

for (const type of [TEMPLATE, INTERPOLATION]) {
  classNatives(type, {
    '__class_getitem__(cls, object, /)': (args, result) => genericAlias(args, args + 1, result),
  });
}

// The iterator: strings and interpolations in turn, empty strings left out. `aux` counts what was passed.
defineOperators(TEMPLATE_ITERATOR, {
  next: (self, result) => {
    const word = (refAt(self) << 1) + RecordObject.aux;
    const template = recordValue(refAt(self), 0);
    const [strings, interpolations] = [part(template, Part.strings), part(template, Part.interpolations)];
    for (;;) {
      const position = words[word];
      const index = position >> 1;
      if ((position & 1) === 0) {
        if (index >= sizeOf(strings)) return false;
        words[word]++;
        const text = tupleItem(strings, index);
        if (stringLength(refAt(text)) === 0) continue;
        copyValue(result, text);
        return true;
      }
      if (index >= sizeOf(interpolations)) return false;
      words[word]++;
      copyValue(result, tupleItem(interpolations, index));
      return true;
    }
  },
});

// Interpolation -------------------------------------------------------------------------------------------------------

staticNatives(INTERPOLATION, {
  "__new__(cls, value, expression='', conversion=None, format_spec='')": (args, result) => {
    const requireText = (slot: number, name: string): void => {
      if (!isStr(slot)) raiseTypeError(`Interpolation() argument '${name}' must be str, not ${argumentType(slot)}`);
    };
    requireText(args + 2, 'expression');
    if (!isRef(args + 3) || refAt(args + 3) !== Fixed.none) {
      requireText(args + 3, 'conversion');
      if (!/^[sar]$/.test(stringOf(refAt(args + 3)))) {
        raiseValueError("Interpolation() argument 'conversion' must be one of 's', 'a' or 'r'");
      }
    }
    requireText(args + 4, 'format_spec');
    setRef(result, newInterpolation(args + 1, refAt(args + 2), refAt(args + 3), refAt(args + 4)));
  },
});
for (const [name, field] of [
  ['value', Field.value],
  ['expression', Field.expression],
  ['conversion', Field.conversion],
  ['format_spec', Field.formatSpec],
] as const) {
  getset(INTERPOLATION, name, (object, result) => copyValue(result, recordValue(refAt(object), field)), readOnly);
}
natives(INTERPOLATION, {
  '__repr__(self, /)': (args, result) => {
    const texts: string[] = [];
    for (let field = 0; field < 4; field++) texts.push(stringOf(repr(recordValue(refAt(args), field))));
    setRef(result, newString(`Interpolation(${texts.join(', ')})`));
  },
  '__reduce__(self, /)': (args, result) => {
    const slots = pushSlots(2);
    setRef(slots, typeOf(args));
    setRef(slots + 1, newTupleFrom(recordValue(refAt(args), 0), 4));
    setRef(result, newTupleFrom(slots, 2));
    popSlots(2);
  },
});
