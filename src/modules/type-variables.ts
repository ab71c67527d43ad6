/**
 * The type parameters of typing: TypeVar, ParamSpec with its `args` and `kwargs`, TypeVarTuple. Made by their
 * constructors and by the syntax of PEP 695 (interpreter/type-intrinsics.ts), whose bounds, constraints and defaults are
 * functions that are called when somebody asks. What substitution means is told by typing.py; the methods here call it.
 *
 * The three types share one record layout, so that what is the same for all is written once.
 */
import { Fixed, State, type T } from '../heap/fixed.ts';
import { Frame, FunctionObject, RecordObject, Tuple } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef, setSmallInt } from '../heap/values.ts';
import { getAttribute } from '../objects/attributes.ts';
import { declareType, newRecord, recordValue } from '../objects/declared-types.ts';
import { dictSetString } from '../objects/dicts.ts';
import { raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { readOnly } from '../objects/functions.ts';
import { setBool } from '../objects/integers.ts';
import { call } from '../objects/invoke.ts';
import { N } from '../objects/names.ts';
import { getset, natives, staticNatives } from '../objects/natives.ts';
import { makeDictOf } from '../objects/object-dicts.ts';
import { equals, iterate, repr, truth } from '../objects/operations.ts';
import { BinaryOperator } from '../objects/operators.ts';
import { intern, isStr, newString, stringOf } from '../objects/strings.ts';
import { newTuple, newTupleFrom, tupleItem } from '../objects/tuples.ts';
import { defineOperators } from '../objects/type-operators.ts';
import { argumentType, shortTypeName, typeOf } from '../objects/types.ts';
import { callTyping, constantEvaluator, isNoDefault, noDefault, typingItem, unionOf } from './typing-support.ts';

export const TYPE_VAR = declareType({
  name: 'TypeVar',
  module: 'typing',
  weak: true,
  native: '_typing',
  values: 7,
  dict: true,
  final: true,
});
export const PARAM_SPEC = declareType({
  name: 'ParamSpec',
  module: 'typing',
  weak: true,
  native: '_typing',
  values: 7,
  dict: true,
  final: true,
});
export const TYPE_VAR_TUPLE = declareType({
  name: 'TypeVarTuple',
  module: 'typing',
  weak: true,
  native: '_typing',
  values: 7,
  dict: true,
  final: true,
});
const PARAM_SPEC_ARGS = declareType({
  name: 'ParamSpecArgs',
  module: 'typing',
  weak: true,
  native: '_typing',
  values: 1,
  final: true,
});
const PARAM_SPEC_KWARGS = declareType({
  name: 'ParamSpecKwargs',
  module: 'typing',
  weak: true,
  native: '_typing',
  values: 1,
  final: true,
});

/** Values of a type parameter's record. An evaluator is NULL where there is none; a value NULL until it is known. */
enum Parameter {
  name,
  bound,
  boundEvaluator,
  constraints,
  constraintsEvaluator,
  default,
  defaultEvaluator,
}
/** Bits of its `aux`. */
enum Variance {
  covariant = 1,
  contravariant = 2,
  inferred = 4,
}

function field(parameter: number, which: Parameter): number {
  return recordValue(refAt(parameter), which);
}
function nameOf(parameter: number): string {
  return stringOf(refAt(field(parameter, Parameter.name)));
}
function isNone(slot: number): boolean {
  return isRef(slot) && refAt(slot) === Fixed.none;
}

/** True for an instance of one of the three types. */
export function isTypeParameter(slot: number): boolean {
  const type = typeOf(slot);
  return type === TYPE_VAR || type === PARAM_SPEC || type === TYPE_VAR_TUPLE;
}
export function isTypeVarTuple(slot: number): boolean {
  return typeOf(slot) === TYPE_VAR_TUPLE;
}
/** Whether a type parameter has a default. Calls no Python. */
export function hasDefault(parameter: number): boolean {
  if (!isNull(field(parameter, Parameter.defaultEvaluator))) return true;
  const value = field(parameter, Parameter.default);
  return !isNull(value) && !isNoDefault(value);
}

/** A type parameter as the syntax makes it: named by a str, its variance inferred. Allocates only. */
export function newTypeParameter(type: T, name: number): number {
  const ref = newRecord(type);
  setRef(recordValue(ref, Parameter.name), name);
  words[(ref << 1) + RecordObject.aux] = Variance.inferred;
  return ref;
}
/** Gives the type variable in a slot the functions that evaluate its bound, constraints or default. */
export function setBoundEvaluator(parameter: number, evaluator: number): void {
  copyValue(field(parameter, Parameter.boundEvaluator), evaluator);
}
export function setConstraintsEvaluator(parameter: number, evaluator: number): void {
  copyValue(field(parameter, Parameter.constraintsEvaluator), evaluator);
}
export function setDefaultEvaluator(parameter: number, evaluator: number): void {
  copyValue(field(parameter, Parameter.defaultEvaluator), evaluator);
}

/** Sets `slot` to the `__module__` of the function that runs, None if nothing does. */
export function callerModule(slot: number): void {
  const frame = words[State.frame];
  const caller = frame === 0 ? 0 : words[(frame << 1) + Frame.function];
  const module = caller + (FunctionObject.module >> 1);
  if (caller === 0 || isNull(module)) setRef(slot, Fixed.none);
  else copyValue(slot, module);
}

/** Sets `__module__` of a new type parameter to its maker's. */
function noteModule(parameter: number): void {
  const slot = pushSlots(1);
  callerModule(slot);
  dictSetString(makeDictOf(refAt(parameter)), N.__module__, slot);
  popSlots(1);
}

/** The value of a lazy field: what is known, else what the evaluator answers, else `missing`. May call Python. */
export function evaluated(value: number, evaluator: number, owner: number, result: number, missing: () => void): void {
  if (!isNull(value)) copyValue(result, value);
  else if (isNull(evaluator)) missing();
  else {
    // records do not move, so the cells of `owner` stay valid while Python runs
    const slots = pushSlots(2);
    copyValue(slots, owner);
    setSmallInt(slots + 1, 1);
    call(evaluator, slots + 1, 1, slots + 1);
    copyValue(value, slots + 1);
    copyValue(result, slots + 1);
    popSlots(2);
  }
}

function lazyField(type: T, name: string, which: Parameter, setMissing: (result: number) => void): void {
  getset(type, name, (object, result) => {
    evaluated(field(object, which), field(object, which + 1), object, result, () => setMissing(result));
  });
}
/** `evaluate_...`: the function of the syntax, else one that answers the value, else None. */
function evaluatorField(type: T, name: string, which: Parameter): void {
  getset(type, name, (object, result) => {
    const evaluator = field(object, which + 1);
    const value = field(object, which);
    if (!isNull(evaluator)) copyValue(result, evaluator);
    else if (isNull(value) || isNoDefault(value)) setRef(result, Fixed.none);
    else setRef(result, constantEvaluator(value));
  });
}

const setNone = (result: number): void => setRef(result, Fixed.none);

for (const type of [TYPE_VAR, PARAM_SPEC, TYPE_VAR_TUPLE]) {
  getset(type, '__name__', (object, result) => copyValue(result, field(object, Parameter.name)), readOnly);
  lazyField(type, '__default__', Parameter.default, (result) => setRef(result, noDefault()));
  evaluatorField(type, 'evaluate_default', Parameter.default);
  natives(type, {
    'has_default(self, /)': (args, result) => setBool(result, hasDefault(args)),
    '__reduce__(self, /)': (args, result) => copyValue(result, field(args, Parameter.name)),
    '__mro_entries__(self, bases, /)': (args) =>
      raiseTypeError(`Cannot subclass an instance of ${shortTypeName(typeOf(args))}`),
    '__repr__(self, /)': (args, result) => setRef(result, newString(variancePrefix(args) + nameOf(args))),
  });
}
function variancePrefix(parameter: number): string {
  const variance = words[(refAt(parameter) << 1) + RecordObject.aux];
  if (typeOf(parameter) === TYPE_VAR_TUPLE || (variance & Variance.inferred) !== 0) return '';
  return (variance & Variance.covariant) !== 0 ? '+' : (variance & Variance.contravariant) !== 0 ? '-' : '~';
}

for (const type of [TYPE_VAR, PARAM_SPEC]) {
  const flags = [
    ['__covariant__', Variance.covariant],
    ['__contravariant__', Variance.contravariant],
    ['__infer_variance__', Variance.inferred],
  ] as const;
  for (const [name, bit] of flags) {
    getset(
      type,
      name,
      (object, result) => setBool(result, (words[(refAt(object) << 1) + RecordObject.aux] & bit) !== 0),
      readOnly,
    );
  }
  lazyField(type, '__bound__', Parameter.bound, setNone);
  defineOperators(type, {
    binaryOperators: [BinaryOperator.or],
    binary: (_operator, left, right, result) => {
      unionOf(left, right, result);
      return true;
    },
  });
}
evaluatorField(TYPE_VAR, 'evaluate_bound', Parameter.bound);
lazyField(TYPE_VAR, '__constraints__', Parameter.constraints, (result) => setRef(result, Fixed.emptyTuple));
evaluatorField(TYPE_VAR, 'evaluate_constraints', Parameter.constraints);

/** Answers the new parameter's `aux`; ValueError for what contradicts itself. */
function varianceOf(covariant: number, contravariant: number, inferred: number): number {
  const flags =
    (truth(covariant) ? Variance.covariant : 0) |
    (truth(contravariant) ? Variance.contravariant : 0) |
    (truth(inferred) ? Variance.inferred : 0);
  const stated = flags & (Variance.covariant | Variance.contravariant);
  if (stated === (Variance.covariant | Variance.contravariant)) raiseValueError('Bivariant types are not supported.');
  if (stated !== 0 && (flags & Variance.inferred) !== 0) {
    raiseValueError('Variance cannot be specified with infer_variance.');
  }
  return flags;
}
function requireName(slot: number, maker: string): void {
  if (!isStr(slot)) raiseTypeError(`${maker}() argument 'name' must be str, not ${argumentType(slot)}`);
}
/** Replaces a bound by what typing makes of it (a str becomes a ForwardRef); None by NULL. May call Python. */
function checkBound(slot: number): void {
  if (isNull(slot)) return;
  const args = pushSlots(2);
  copyValue(args, slot);
  setRef(args + 1, newString('Bound must be a type.'));
  callTyping('_type_check', args, 2, args);
  copyValue(slot, args);
  popSlots(2);
}
function copyOptional(to: number, from: number): void {
  if (!isNull(from)) copyValue(to, from);
}

staticNatives(TYPE_VAR, {
  '__new__(cls, name, *constraints, bound=None, default=..., covariant=False, contravariant=False, infer_variance=False)':
    (args, result) => {
      const flags = varianceOf(args + 5, args + 6, args + 7);
      construct(TYPE_VAR, args + 1, args + 2, args + 3, args + 4, flags, result);
    },
});
staticNatives(PARAM_SPEC, {
  '__new__(cls, name, *, bound=None, default=..., covariant=False, contravariant=False, infer_variance=False)': (
    args,
    result,
  ) => construct(PARAM_SPEC, args + 1, 0, args + 2, args + 3, varianceOf(args + 4, args + 5, args + 6), result),
});
staticNatives(TYPE_VAR_TUPLE, {
  '__new__(cls, name, *, default=...)': (args, result) =>
    construct(TYPE_VAR_TUPLE, args + 1, 0, 0, args + 2, 0, result),
});

/** What the three constructors do; slots, 0 for those that a type does not have. May call Python. */
function construct(
  type: T,
  name: number,
  constraints: number,
  bound: number,
  defaultValue: number,
  flags: number,
  result: number,
): void {
  requireName(name, type === TYPE_VAR ? 'typevar' : type === PARAM_SPEC ? 'paramspec' : 'typevartuple');
  const count = constraints === 0 ? 0 : words[(refAt(constraints) << 1) + Tuple.size];
  const slots = pushSlots(2);
  if (bound !== 0 && !isNone(bound)) {
    copyValue(slots + 1, bound);
    checkBound(slots + 1);
  }
  if (count === 1) raiseTypeError('A single constraint is not allowed');
  if (count > 1 && !isNull(slots + 1)) raiseTypeError('Constraints cannot be combined with bound=...');
  setRef(slots, newRecord(type));
  const ref = refAt(slots);
  words[(ref << 1) + RecordObject.aux] = flags;
  copyValue(recordValue(ref, Parameter.name), name);
  copyOptional(recordValue(ref, Parameter.bound), slots + 1);
  if (count > 1) copyValue(recordValue(ref, Parameter.constraints), constraints);
  copyOptional(recordValue(ref, Parameter.default), defaultValue);
  noteModule(slots);
  copyValue(result, slots);
  popSlots(2);
}

/** Methods by which typing's generic aliases substitute type parameters; `functions` are typing's. */
function substitution(type: T, substitute: string, prepare: string | null): void {
  natives(type, {
    '__typing_subst__(self, arg, /)': (args, result) => callTyping(substitute, args, 2, result),
  });
  if (prepare !== null) {
    natives(type, {
      '__typing_prepare_subst__(self, alias, args, /)': (args, result) => callTyping(prepare, args, 3, result),
    });
  }
}
substitution(TYPE_VAR, '_typevar_subst', null);
substitution(PARAM_SPEC, '_paramspec_subst', '_paramspec_prepare_subst');
natives(TYPE_VAR, {
  '__typing_prepare_subst__(self, alias, args, /)': (args, result) => {
    prepareTypeVariable(args, args + 1, args + 2, result);
  },
});
natives(TYPE_VAR_TUPLE, {
  '__typing_subst__(self, arg, /)': () => raiseTypeError('Substitution of bare TypeVarTuple is not supported'),
  '__typing_prepare_subst__(self, alias, args, /)': (args, result) =>
    callTyping('_typevartuple_prepare_subst', args, 3, result),
  '__iter__(self, /)': (args, result) => iterateUnpacked(args, result),
});

/** result = iterator over the one item `Unpack[object]`. */
export function iterateUnpacked(object: number, result: number): void {
  const slots = pushSlots(2);
  unpacked(object, slots);
  setRef(slots + 1, newTuple(1));
  copyValue(tupleItem(refAt(slots + 1), 0), slots);
  iterate(slots + 1, result);
  popSlots(2);
}
/** result = typing.Unpack[object]. May call Python. */
export function unpacked(object: number, result: number): void {
  typingItem('Unpack', object, result);
}

/** An argument for the type variable is there already, or its default is appended to the arguments. May call Python. */
function prepareTypeVariable(self: number, alias: number, given: number, result: number): void {
  const slots = pushSlots(3);
  getAttribute(alias, intern('__parameters__'), slots);
  const parameters = refAt(slots);
  const size = words[(parameters << 1) + Tuple.size];
  let index = 0;
  while (index < size && !equals(tupleItem(refAt(slots), index), self)) index++;
  const count = words[(refAt(given) << 1) + Tuple.size];
  if (index < count) copyValue(result, given);
  else if (index === count && hasDefault(self)) {
    evaluated(field(self, Parameter.default), field(self, Parameter.defaultEvaluator), self, slots + 1, () => {});
    const longer = newTuple(count + 1);
    for (let i = 0; i < count; i++) copyValue(tupleItem(longer, i), tupleItem(refAt(given), i));
    copyValue(tupleItem(longer, count), slots + 1);
    setRef(result, longer);
  } else
    raiseTypeError(`Too few arguments for ${stringOf(repr(alias))}; actual ${count}, expected at least ${index + 1}`);
  popSlots(3);
}

// P.args and P.kwargs
for (const [type, word] of [
  [PARAM_SPEC_ARGS, 'args'],
  [PARAM_SPEC_KWARGS, 'kwargs'],
] as const) {
  staticNatives(type, {
    '__new__(cls, origin)': (args, result) => {
      const ref = newRecord(type);
      copyValue(recordValue(ref, 0), args + 1);
      setRef(result, ref);
    },
  });
  getset(type, '__origin__', (object, result) => copyValue(result, recordValue(refAt(object), 0)), readOnly);
  getset(PARAM_SPEC, word, (object, result) => {
    const ref = newRecord(type);
    copyValue(recordValue(ref, 0), object);
    setRef(result, ref);
  });
  natives(type, {
    '__repr__(self, /)': (args, result) => {
      const origin = recordValue(refAt(args), 0);
      const text = typeOf(origin) === PARAM_SPEC ? nameOf(origin) : stringOf(repr(origin));
      setRef(result, newString(`${text}.${word}`));
    },
    '__eq__(self, other, /)': (args, result) => {
      if (typeOf(args + 1) !== type) setRef(result, Fixed.notImplemented);
      else setBool(result, equals(recordValue(refAt(args), 0), recordValue(refAt(args + 1), 0)));
    },
    '__mro_entries__(self, bases, /)': (args) =>
      raiseTypeError(`Cannot subclass an instance of ${shortTypeName(typeOf(args))}`),
  });
}

/** result = the tuple with each TypeVarTuple in it replaced by `Unpack` of it. May call Python. */
export function unpackTuples(tuple: number, result: number): void {
  const size = words[(refAt(tuple) << 1) + Tuple.size];
  const slots = pushSlots(size);
  for (let i = 0; i < size; i++) {
    const item = tupleItem(refAt(tuple), i);
    if (isTypeVarTuple(item)) unpacked(item, slots + i);
    else copyValue(slots + i, item);
  }
  setRef(result, newTupleFrom(slots, size));
  popSlots(size);
}
