/**
 * mappingproxy: a read-only view of a mapping, `__dict__` of classes for one. Layout View; the mapping may be any object.
 */
import { T } from '../heap/fixed.ts';
import { Kind, View } from '../heap/layouts.ts';
import { allocate, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { isRef, refAt, setRef } from '../heap/values.ts';
import { raiseTypeError } from './errors.ts';
import { callMethod } from './invoke.ts';
import { N } from './names.ts';
import { natives, staticNatives } from './natives.ts';
import { binary, compare, contains, getItem, hashOf, iterate, length, repr } from './operations.ts';
import { BinaryOperator } from './operators.ts';
import { newString, stringOf } from './strings.ts';
import { defineOperators } from './type-operators.ts';
import { kindAt, lookup, typeName, typeOf } from './types.ts';

/** A read-only view of the mapping. Allocates only. */
export function newMappingProxy(mapping: number): number {
  const ref = allocate(2);
  const word = ref << 1;
  words[word] = T.mappingproxy;
  words[word + View.which] = 3;
  words[word + View.dict] = mapping;
  words[word + View.spare] = 0;
  return ref;
}

/** Calls `body` with a slot that holds the mapping behind the proxy. */
function withMapping<Result>(proxy: number, body: (mapping: number) => Result): Result {
  const slot = pushSlots(1);
  setRef(slot, words[(refAt(proxy) << 1) + View.dict]);
  const answer = body(slot);
  popSlots(1);
  return answer;
}
function isProxy(slot: number): boolean {
  return isRef(slot) && words[refAt(slot) << 1] === T.mappingproxy;
}

defineOperators(T.mappingproxy, {
  length: (self) => withMapping(self, length),
  getItem: (self, key, result) => withMapping(self, (mapping) => getItem(mapping, key, result)),
  contains: (self, item) => withMapping(self, (mapping) => contains(mapping, item)),
  iterate: (self, result) => withMapping(self, (mapping) => iterate(mapping, result)),
  compare: (operator, left, right, result) => {
    withMapping(left, (mapping) => {
      if (isProxy(right)) withMapping(right, (other) => compare(operator, mapping, other, result));
      else compare(operator, mapping, right, result);
    });
    return true;
  },
  binaryOperators: [BinaryOperator.or],
  binary: (operator, left, right, result) => {
    const base = pushSlots(2);
    setRef(base, isProxy(left) ? words[(refAt(left) << 1) + View.dict] : refAt(left));
    setRef(base + 1, isProxy(right) ? words[(refAt(right) << 1) + View.dict] : refAt(right));
    if (isRef(left) && isRef(right)) binary(operator, base, base + 1, false, result);
    else raiseTypeError(`unsupported operand type(s) for |: '${typeName(left)}' and '${typeName(right)}'`);
    popSlots(2);
    return true;
  },
  repr: (self) => withMapping(self, (mapping) => newString(`mappingproxy(${stringOf(repr(mapping))})`)),
});

staticNatives(T.mappingproxy, {
  '__new__(cls, mapping)': (args, result) => {
    const kind = kindAt(args + 1);
    if (
      !isRef(args + 1) ||
      kind === Kind.list ||
      kind === Kind.tuple ||
      lookup(typeOf(args + 1), N.__getitem__) === 0
    ) {
      raiseTypeError(`mappingproxy() argument must be a mapping, not ${typeName(args + 1)}`);
    }
    setRef(result, newMappingProxy(refAt(args + 1)));
  },
});
natives(T.mappingproxy, {
  '__ior__(self, value, /)': () => raiseTypeError("'|=' is not supported by mappingproxy; use '|' instead"),
  'get(self, key, default=None, /)': (args, result) =>
    withMapping(args, (mapping) => callMethod(mapping, 'get', args + 1, 2, result)),
  'keys(self, /)': (args, result) => withMapping(args, (mapping) => callMethod(mapping, 'keys', args, 0, result)),
  'values(self, /)': (args, result) => withMapping(args, (mapping) => callMethod(mapping, 'values', args, 0, result)),
  'items(self, /)': (args, result) => withMapping(args, (mapping) => callMethod(mapping, 'items', args, 0, result)),
  'copy(self, /)': (args, result) => withMapping(args, (mapping) => callMethod(mapping, 'copy', args, 0, result)),
  '__reversed__(self, /)': (args, result) =>
    withMapping(args, (mapping) => callMethod(mapping, '__reversed__', args, 0, result)),
  '__hash__(self, /)': (args, result) => withMapping(args, (mapping) => hashOf(mapping, result)),
});
