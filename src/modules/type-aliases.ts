/**
 * TypeAliasType: what a `type` statement binds. Its value is an expression that is evaluated when somebody asks; aliases
 * made by hand are given the value itself.
 */
import { Fixed } from '../heap/fixed.ts';
import { Kind, Tuple } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { copyValue, isNull, refAt, setNull, setRef } from '../heap/values.ts';
import { declareType, newRecord, recordValue } from '../objects/declared-types.ts';
import { raiseTypeError } from '../objects/errors.ts';
import { readOnly } from '../objects/functions.ts';
import { getset, natives, staticNatives } from '../objects/natives.ts';
import { repr } from '../objects/operations.ts';
import { BinaryOperator } from '../objects/operators.ts';
import { isStr, stringOf } from '../objects/strings.ts';
import { tupleItem } from '../objects/tuples.ts';
import { defineOperators } from '../objects/type-operators.ts';
import { argumentType, kindAt } from '../objects/types.ts';
import {
  callerModule,
  evaluated,
  hasDefault,
  isTypeParameter,
  iterateUnpacked,
  unpackTuples,
} from './type-variables.ts';
import { constantEvaluator, genericAlias, unionOf } from './typing-support.ts';

export const TYPE_ALIAS = declareType({
  name: 'TypeAliasType',
  module: 'typing',
  weak: true,
  native: '_typing',
  values: 5,
  final: true,
});

/** Values of an alias's record: type parameters are a tuple or NULL, the value NULL until it is known. */
enum Alias {
  name,
  parameters,
  value,
  evaluator,
  module,
}
function field(alias: number, which: Alias): number {
  return recordValue(refAt(alias), which);
}

/**
 * A new alias: slots of its name, of its type parameters (a tuple, or None for none), and of the function that evaluates
 * its value. Allocates only.
 */
export function newTypeAlias(name: number, parameters: number, evaluator: number): number {
  const ref = newRecord(TYPE_ALIAS);
  copyValue(recordValue(ref, Alias.name), name);
  if (kindAt(parameters) === Kind.tuple && words[(refAt(parameters) << 1) + Tuple.size] > 0) {
    copyValue(recordValue(ref, Alias.parameters), parameters);
  }
  copyValue(recordValue(ref, Alias.evaluator), evaluator);
  callerModule(recordValue(ref, Alias.module));
  return ref;
}

/** TypeError unless the tuple holds type parameters only, those with defaults last. */
function checkParameters(tuple: number): void {
  let defaulted = false;
  for (let i = 0; i < words[(refAt(tuple) << 1) + Tuple.size]; i++) {
    const parameter = tupleItem(refAt(tuple), i);
    if (!isTypeParameter(parameter)) raiseTypeError(`Expected a type param, got ${stringOf(repr(parameter))}`);
    if (hasDefault(parameter)) defaulted = true;
    else if (defaulted) {
      raiseTypeError(`non-default type parameter '${stringOf(repr(parameter))}' follows default type parameter`);
    }
  }
}

staticNatives(TYPE_ALIAS, {
  '__new__(cls, name, value, *, type_params=...)': (args, result) => {
    if (!isStr(args + 1)) raiseTypeError(`typealias() argument 'name' must be str, not ${argumentType(args + 1)}`);
    if (!isNull(args + 3)) {
      if (kindAt(args + 3) !== Kind.tuple) raiseTypeError('type_params must be a tuple');
      checkParameters(args + 3);
    }
    const ref = newTypeAlias(args + 1, args + 3, args + 4);
    setNull(recordValue(ref, Alias.evaluator));
    copyValue(recordValue(ref, Alias.value), args + 2);
    setRef(result, ref);
  },
});

getset(TYPE_ALIAS, '__name__', (object, result) => copyValue(result, field(object, Alias.name)), readOnly);
getset(TYPE_ALIAS, '__module__', (object, result) => copyValue(result, field(object, Alias.module)));
getset(TYPE_ALIAS, '__value__', (object, result) => {
  evaluated(field(object, Alias.value), field(object, Alias.evaluator), object, result, () => {});
});
getset(TYPE_ALIAS, 'evaluate_value', (object, result) => {
  const evaluator = field(object, Alias.evaluator);
  if (isNull(evaluator)) setRef(result, constantEvaluator(field(object, Alias.value)));
  else copyValue(result, evaluator);
});
getset(TYPE_ALIAS, '__type_params__', (object, result) => {
  const parameters = field(object, Alias.parameters);
  if (isNull(parameters)) setRef(result, Fixed.emptyTuple);
  else copyValue(result, parameters);
});
getset(TYPE_ALIAS, '__parameters__', (object, result) => {
  const parameters = field(object, Alias.parameters);
  if (isNull(parameters)) setRef(result, Fixed.emptyTuple);
  else unpackTuples(parameters, result);
});

natives(TYPE_ALIAS, {
  '__reduce__(self, /)': (args, result) => copyValue(result, field(args, Alias.name)),
  '__iter__(self, /)': (args, result) => iterateUnpacked(args, result),
});
defineOperators(TYPE_ALIAS, {
  repr: (self) => refAt(field(self, Alias.name)),
  getItem: (self, key, result) => {
    if (isNull(field(self, Alias.parameters))) raiseTypeError('Only generic type aliases are subscriptable');
    genericAlias(self, key, result);
  },
  binaryOperators: [BinaryOperator.or],
  binary: (_operator, left, right, result) => {
    unionOf(left, right, result);
    return true;
  },
});
