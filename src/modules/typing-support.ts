/**
 * What the native side of typing is made of besides type parameters and aliases: the way to typing.py itself, `NoDefault`,
 * unions, and the functions that stand in for evaluators where a value was given instead of an expression.
 */
import { addRootScanner, mark } from '../heap/collector.ts';
import { Fixed, State, T } from '../heap/fixed.ts';
import { Kind, Tuple } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isRef, refAt, setRef } from '../heap/values.ts';
import { findAttribute, getAttribute } from '../objects/attributes.ts';
import { declareType, materializeType, newRecord, recordValue } from '../objects/declared-types.ts';
import { dictFindString, dictSetString } from '../objects/dicts.ts';
import { raiseTypeError } from '../objects/errors.ts';
import { indexOf } from '../objects/integers.ts';
import { call } from '../objects/invoke.ts';
import { N } from '../objects/names.ts';
import { natives, staticNatives } from '../objects/natives.ts';
import { getItem, repr } from '../objects/operations.ts';
import { intern, isStr, newString, stringOf } from '../objects/strings.ts';
import { newTuple, tupleItem } from '../objects/tuples.ts';
import { kindAt, typeOf } from '../objects/types.ts';
import { UNION } from '../objects/unions.ts';

// typing.py -----------------------------------------------------------------------------------------------------------

/** result = the attribute of that name of module typing, which is imported. May call Python. */
export function typingAttribute(name: string, result: number): void {
  const slots = pushSlots(2);
  setRef(slots, intern('typing'));
  call(dictFindString(words[State.builtinsDict], intern('__import__')), slots, 1, slots);
  getAttribute(slots, intern(name), result);
  popSlots(2);
}
/** result = typing.name(*args). May call Python. */
export function callTyping(name: string, args: number, count: number, result: number): void {
  const callable = pushSlots(1);
  typingAttribute(name, callable);
  call(callable, args, count, result);
  popSlots(1);
}
/** result = typing.name[key]. May call Python. */
export function typingItem(name: string, key: number, result: number): void {
  const container = pushSlots(1);
  typingAttribute(name, container);
  getItem(container, key, result);
  popSlots(1);
}

// NoDefault -----------------------------------------------------------------------------------------------------------

export const NO_DEFAULT_TYPE = declareType({
  name: 'NoDefaultType',
  module: 'builtins',
  native: '_typing',
  values: 0,
  final: true,
  hidden: true,
  fill: (dict) => {
    const text = pushSlots(1);
    setRef(text, intern('The type of the NoDefault singleton.'));
    dictSetString(dict, N.__doc__, text);
    popSlots(1);
  },
});
/** The one object of its type; 0 until somebody asks. */
let theNoDefault = 0;
addRootScanner(() => mark(theNoDefault));

/** typing.NoDefault. Allocates at the first call. */
export function noDefault(): number {
  if (theNoDefault === 0) theNoDefault = newRecord(NO_DEFAULT_TYPE);
  return theNoDefault;
}
export function isNoDefault(slot: number): boolean {
  return isRef(slot) && typeOf(slot) === NO_DEFAULT_TYPE;
}
staticNatives(NO_DEFAULT_TYPE, {
  '__new__(cls, /, *args, **kwargs)': (args, result) => {
    if (words[(refAt(args + 1) << 1) + Tuple.size] > 0) raiseTypeError('NoDefaultType takes no arguments');
    setRef(result, noDefault());
  },
});
natives(NO_DEFAULT_TYPE, {
  '__repr__(self, /)': (_args, result) => setRef(result, intern('typing.NoDefault')),
  '__reduce__(self, /)': (_args, result) => setRef(result, intern('NoDefault')),
});

// Unions --------------------------------------------------------------------------------------------------------------

/** result = types.UnionType: what `int | str` is an instance of. */
export function unionType(result: number): void {
  setRef(result, materializeType(UNION));
}
/** result = the union of what lies in two slots, as typing makes it. May call Python. */
export function unionOf(left: number, right: number, result: number): void {
  const slots = pushSlots(2);
  unionType(slots);
  setRef(slots + 1, newTuple(2));
  copyValue(tupleItem(refAt(slots + 1), 0), left);
  copyValue(tupleItem(refAt(slots + 1), 1), right);
  getItem(slots, slots + 1, result);
  popSlots(2);
}

// Generic aliases ---------------------------------------------------------------------------------------------------

/** result = types.GenericAlias(origin, arguments). May call Python. */
export function genericAlias(origin: number, key: number, result: number): void {
  const slots = pushSlots(3);
  setRef(slots, T.list);
  setRef(slots + 1, T.int);
  getItem(slots, slots + 1, slots);
  setRef(slots, typeOf(slots));
  copyValue(slots + 1, origin);
  copyValue(slots + 2, key);
  call(slots, slots + 1, 2, result);
  popSlots(3);
}

// Evaluators of constants ---------------------------------------------------------------------------------------------

const CONSTANT_EVALUATOR = declareType({
  name: '_ConstEvaluator',
  module: '_typing',
  values: 1,
  final: true,
  hidden: true,
});
/** The format of annotations in which their source text is asked for (annotationlib.Format.STRING). */
const STRING_FORMAT = 4;

/** A function of one parameter, the format, that answers the value in a slot. Allocates only. */
export function constantEvaluator(value: number): number {
  const ref = newRecord(CONSTANT_EVALUATOR);
  copyValue(recordValue(ref, 0), value);
  return ref;
}
natives(CONSTANT_EVALUATOR, {
  '__call__(self, format, /)': (args, result) => {
    const value = recordValue(refAt(args), 0);
    if (indexOf(args + 1) !== STRING_FORMAT) copyValue(result, value);
    else if (kindAt(value) === Kind.tuple) {
      const texts: string[] = [];
      for (let i = 0; i < words[(refAt(value) << 1) + Tuple.size]; i++)
        texts.push(typeText(tupleItem(refAt(value), i)));
      setRef(result, newString(`(${texts.join(', ')})`));
    } else setRef(result, newString(typeText(value)));
  },
  '__repr__(self, /)': (args, result) =>
    setRef(result, newString(`<constevaluator ${stringOf(repr(recordValue(refAt(args), 0)))}>`)),
});

/** How annotations are written: a class by its qualified name, the rest by its repr. May call Python. */
export function typeText(value: number): string {
  if (isRef(value) && refAt(value) === Fixed.ellipsis) return '...';
  if (isRef(value) && (refAt(value) === T.NoneType || refAt(value) === Fixed.none)) return 'None';
  const slots = pushSlots(2);
  const isAlias = findAttribute(value, intern('__origin__'), slots) && findAttribute(value, intern('__args__'), slots);
  let text: string | null = null;
  if (!isAlias && findAttribute(value, N.__qualname__, slots) && findAttribute(value, N.__module__, slots + 1)) {
    if (isStr(slots) && isStr(slots + 1)) {
      const module = stringOf(refAt(slots + 1));
      const name = stringOf(refAt(slots));
      text = module === 'builtins' ? name : `${module}.${name}`;
    }
  }
  popSlots(2);
  return text ?? stringOf(repr(value));
}
