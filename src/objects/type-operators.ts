/**
 * Operators of the built-in types, declared once by the owner of each type:
 *
 *   defineOperators(T.list, { concatenate: ..., repeat: ..., compare: ..., length: ..., getItem: ..., hash: UNHASHABLE });
 *
 * From the declaration derive both the direct dispatch of operations.ts for operands of exactly that type, and the
 * special methods in the type's namespace (`list.__add__`, `list.__len__`, ...), so the two cannot disagree. Subclasses
 * reach the routines through those methods; a routine must therefore accept instances of subclasses too.
 *
 * Arguments are slots and stay rooted while the routine runs. `result` may be the slot of an operand: read first.
 * A special method declared by `natives` as well wins over the derived one (declare it only if it does more).
 */
import { Fixed, T } from '../heap/fixed.ts';
import { TYPE_CELLS } from '../heap/layouts.ts';
import { copyValue, setRef } from '../heap/values.ts';
import { raiseStopIteration, raiseTypeError } from './errors.ts';
import { hasIndex, lengthOf, setBool, setInt } from './integers.ts';
import { type NativeRoutine, natives, nativeTable } from './natives.ts';
import {
  ALL_COMPARISONS,
  type BinaryRoutine,
  binaryNames,
  type CallRoutine,
  type CompareRoutine,
  compareNames,
  derivedNatives,
  OperatorTable,
  operatorTables,
  sequenceNatives,
  UNHASHABLE,
  unhashableTypes,
} from './operator-tables.ts';
import { BinaryOperator, type CompareOperator } from './operators.ts';
import { spread } from './spread.ts';
import { typeName } from './types.ts';

export interface TypeOperators {
  /** which operators `binary` knows; `__op__` and `__rop__` derive from it */
  readonly binaryOperators?: readonly BinaryOperator[];
  /** one operand is of the type, on either side */
  readonly binary?: BinaryRoutine;
  /** augmented assignment of mutable types; `left` is of the type and usually is the result */
  readonly inPlaceOperators?: readonly BinaryOperator[];
  readonly inPlace?: BinaryRoutine;
  /** sequence `+`; raises its own TypeError if `right` will not do. Tried after number protocols, no reflected form. */
  readonly concatenate?: (left: number, right: number, result: number) => void;
  /** sequence `*`, either way round */
  readonly repeat?: (sequence: number, count: number, result: number) => void;
  readonly inPlaceConcatenate?: (left: number, right: number, result: number) => void;
  readonly inPlaceRepeat?: (sequence: number, count: number, result: number) => void;
  /** `left` is of the type. The operators it knows: all six, or `compareOperators` */
  readonly compare?: CompareRoutine;
  readonly compareOperators?: readonly CompareOperator[];
  readonly negative?: (operand: number, result: number) => void;
  readonly positive?: (operand: number, result: number) => void;
  readonly invert?: (operand: number, result: number) => void;
  readonly absolute?: (operand: number, result: number) => void;
  /** `__bool__`; without it the length decides, and without that everything is true */
  readonly truth?: (operand: number) => boolean;
  readonly length?: (operand: number) => number;
  readonly getItem?: (container: number, key: number, result: number) => void;
  readonly setItem?: (container: number, key: number, value: number) => void;
  readonly deleteItem?: (container: number, key: number) => void;
  readonly contains?: (container: number, item: number) => boolean;
  readonly iterate?: (iterable: number, result: number) => void;
  /** false: exhausted; raises no StopIteration */
  readonly next?: (iterator: number, result: number) => boolean;
  /** calling an instance: spares the tuple and the dict that a `__call__` declared by `natives` would collect */
  readonly call?: CallRoutine;
  /** 32-bit hash for dicts: Python's through foldHash of number-hash.ts; UNHASHABLE for mutable types */
  readonly hash?: ((operand: number) => number) | typeof UNHASHABLE;
  /** Python's hash as an int, where it is more than the 32-bit one sign-extended */
  readonly fullHash?: (operand: number, result: number) => void;
  /** refs of str */
  readonly repr?: (operand: number) => number;
  readonly str?: (operand: number) => number;
}

export { UNHASHABLE };

/**
 * Declares the operators of a built-in type; see the head of this file. Once per type. `inherited`: the special methods
 * are a base's, only the direct dispatch is the type's own.
 */
export function defineOperators(type: T, operators: TypeOperators, inherited = false): void {
  const table = new OperatorTable();
  table.inherited = inherited;
  operatorTables[(type - T.object) / TYPE_CELLS] = table;
  const methods: Record<string, NativeRoutine> = {};
  const { binary, inPlace, compare, concatenate, repeat, inPlaceConcatenate, inPlaceRepeat } = operators;

  if (binary) {
    table.binary = binary;
    for (const operator of operators.binaryOperators ?? []) {
      table.binaryMask |= 1 << operator;
      const name = binaryNames[operator];
      // power's third argument belongs to pow(); int declares its own __pow__
      const parameters = operator === BinaryOperator.power ? 'value, mod=None, /' : 'value, /';
      methods[`__${name}__(self, ${parameters})`] = (args, result) => {
        if (!binary(operator, args, args + 1, result)) setRef(result, Fixed.notImplemented);
      };
      methods[`__r${name}__(self, ${parameters})`] = (args, result) => {
        if (!binary(operator, args + 1, args, result)) setRef(result, Fixed.notImplemented);
      };
    }
  }
  if (inPlace) {
    table.inPlace = inPlace;
    for (const operator of operators.inPlaceOperators ?? []) {
      table.inPlaceMask |= 1 << operator;
      methods[`__i${binaryNames[operator]}__(self, value, /)`] = (args, result) => {
        if (!inPlace(operator, args, args + 1, result)) setRef(result, Fixed.notImplemented);
      };
    }
  }
  if (concatenate) {
    table.concatenate = concatenate;
    methods['__add__(self, value, /)'] = (args, result) => concatenate(args, args + 1, result);
  }
  if (repeat) {
    table.repeat = repeat;
    const routine: NativeRoutine = (args, result) => repeatSequence(repeat, args, args + 1, result);
    methods['__mul__(self, value, /)'] = routine;
    methods['__rmul__(self, value, /)'] = routine;
  }
  if (inPlaceConcatenate) {
    table.inPlaceConcatenate = inPlaceConcatenate;
    methods['__iadd__(self, value, /)'] = (args, result) => inPlaceConcatenate(args, args + 1, result);
  }
  if (inPlaceRepeat) {
    table.inPlaceRepeat = inPlaceRepeat;
    methods['__imul__(self, value, /)'] = (args, result) => repeatSequence(inPlaceRepeat, args, args + 1, result);
  }
  if (compare) {
    table.compare = compare;
    for (const operator of operators.compareOperators ?? ALL_COMPARISONS) table.compareMask |= 1 << operator;
    for (const operator of ALL_COMPARISONS) {
      if ((table.compareMask & (1 << operator)) === 0) {
        // All six stand in the namespace, as where a type has one routine for them all.
        methods[`__${compareNames[operator]}__(self, value, /)`] = (_args, result) =>
          setRef(result, Fixed.notImplemented);
        continue;
      }
      methods[`__${compareNames[operator]}__(self, value, /)`] = (args, result) => {
        if (!compare(operator, args, args + 1, result)) setRef(result, Fixed.notImplemented);
      };
    }
  }
  const unary = (
    name: string,
    routine: ((operand: number, result: number) => void) | undefined,
  ): typeof table.negative => {
    if (!routine) return null;
    methods[`${name}(self, /)`] = routine;
    return routine;
  };
  table.negative = unary('__neg__', operators.negative);
  table.positive = unary('__pos__', operators.positive);
  table.invert = unary('__invert__', operators.invert);
  table.absolute = unary('__abs__', operators.absolute);
  table.iterate = unary('__iter__', operators.iterate);
  const { truth, length, getItem, setItem, deleteItem, contains, next, hash, fullHash, repr, str } = operators;
  if (truth) {
    table.truth = truth;
    methods['__bool__(self, /)'] = (args, result) => setBool(result, truth(args));
  }
  if (length) {
    table.length = length;
    methods['__len__(self, /)'] = (args, result) => setInt(result, length(args));
  }
  if (getItem) {
    table.getItem = getItem;
    methods['__getitem__(self, key, /)'] = (args, result) => getItem(args, args + 1, result);
  }
  if (setItem) {
    table.setItem = setItem;
    methods['__setitem__(self, key, value, /)'] = (args, result) => {
      setItem(args, args + 1, args + 2);
      setRef(result, Fixed.none);
    };
  }
  if (deleteItem) {
    table.deleteItem = deleteItem;
    methods['__delitem__(self, key, /)'] = (args, result) => {
      deleteItem(args, args + 1);
      setRef(result, Fixed.none);
    };
  }
  if (contains) {
    table.contains = contains;
    methods['__contains__(self, key, /)'] = (args, result) => setBool(result, contains(args, args + 1));
  }
  if (next) {
    table.next = next;
    methods['__next__(self, /)'] = (args, result) => {
      if (!next(args, result)) raiseStopIteration(0);
    };
    if (!operators.iterate) {
      const same = (operand: number, result: number): void => copyValue(result, operand);
      table.iterate = same;
      methods['__iter__(self, /)'] = same;
    }
  }
  if (operators.call) {
    const { call } = operators;
    table.call = call;
    methods['__call__(self, /, *args, **kwargs)'] = (args, result) =>
      spread(call, args, 0, 0, args + 1, args + 2, result);
  }
  if (hash === UNHASHABLE) {
    table.unhashable = true;
    if (!inherited) unhashableTypes.push(type);
  } else if (hash) {
    table.hash = hash;
    table.fullHash = fullHash ?? null;
    methods['__hash__(self, /)'] = fullHash ?? ((args, result) => setInt(result, hash(args)));
  }
  if (repr) {
    table.repr = repr;
    methods['__repr__(self, /)'] = (args, result) => setRef(result, repr(args));
  }
  if (str) {
    table.str = str;
    methods['__str__(self, /)'] = (args, result) => setRef(result, str(args));
  }
  if (inherited) return;
  const first = nativeTable.length;
  natives(type, methods);
  for (let number = first; number < nativeTable.length; number++) {
    derivedNatives.add(number);
    const { name } = nativeTable[number];
    const isSequence =
      (concatenate && name === '__add__') ||
      (repeat && (name === '__mul__' || name === '__rmul__')) ||
      (inPlaceConcatenate && name === '__iadd__') ||
      (inPlaceRepeat && name === '__imul__');
    if (isSequence) sequenceNatives.add(number);
  }
}

/** sequence * count, where `count` must be an integer of a size that fits. May call `__index__`. */
export function repeatSequence(
  repeat: (sequence: number, count: number, result: number) => void,
  sequence: number,
  count: number,
  result: number,
): void {
  if (!hasIndex(count)) raiseTypeError(`can't multiply sequence by non-int of type '${typeName(count)}'`);
  repeat(sequence, lengthOf(count), result);
}
