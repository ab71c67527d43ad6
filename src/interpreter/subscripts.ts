/**
 * Subscripts and iteration off the loop's fast paths: dicts here, methods of Python classes by pushing their frames, the
 * rest in the object layer. FOR_ITER specializes itself by the iterator's type.
 */
import { Op } from '../compiler/instructions.ts';
import { Fixed, T } from '../heap/fixed.ts';
import { Kind, List, Type } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { pushSlots } from '../heap/slots.ts';
import { copyValue, immediateAt, isImmediateInt, isRef, refAt, setRef } from '../heap/values.ts';
import { dictGet, dictSet } from '../objects/dicts.ts';
import { newException, newExceptionWith, setRaised } from '../objects/errors.ts';
import {
  dictItemIteratorNext,
  dictKeyIteratorNext,
  stringIteratorNext,
  tupleIteratorNext,
} from '../objects/iterators.ts';
import { N } from '../objects/names.ts';
import { contains, deleteItem, getItem, iterate, next, setItem } from '../objects/operations.ts';
import { lookup } from '../objects/types.ts';
import { isFunctionCell, pushOne, pushTwo } from './arithmetic.ts';
import { pushFunction } from './calls.ts';
import { ReturnKind } from './frames.ts';
import { resume } from './generators.ts';
import { sourceAt } from './operands.ts';

/** LOAD_SUBSCR (`dssx`). 0: a KeyError or IndexError is in State.raised; it is too usual to be thrown through JavaScript. */
export function loadSubscript(pc: number, base: number): number {
  const object = sourceAt(pc + 2, base);
  const key = sourceAt(pc + 3, base);
  const d = base + words[pc + 1];
  if (isRef(object)) {
    const ref = refAt(object);
    const type = words[ref << 1];
    if (type === T.dict) {
      if (dictGet(ref, key, d)) return pc + 5;
      setRaised(newExceptionWith(T.KeyError, key));
      return 0;
    }
    if ((type === T.list || type === T.tuple) && isImmediateInt(key)) {
      const size = words[(ref << 1) + List.size];
      const index = immediateAt(key);
      if (index >= size || index < -size) {
        setRaised(newException(T.IndexError, `${type === T.list ? 'list' : 'tuple'} index out of range`));
        return 0;
      }
    }
    if (words[(type << 1) + Type.kind] === Kind.instance) {
      const method = lookup(type, N.__getitem__);
      if (method !== 0 && isFunctionCell(method)) {
        return pushTwo(method, object, key, pc + 5, words[pc + 1], ReturnKind.deliver);
      }
    }
  }
  getItem(object, key, d);
  return pc + 5;
}

/** STORE_SUBSCR (`sssx`): object, key, value. */
export function storeSubscript(pc: number, base: number): number {
  const object = sourceAt(pc + 1, base);
  const key = sourceAt(pc + 2, base);
  const value = sourceAt(pc + 3, base);
  if (isRef(object)) {
    const ref = refAt(object);
    const type = words[ref << 1];
    if (type === T.dict) {
      dictSet(ref, key, value);
      return pc + 5;
    }
    if (words[(type << 1) + Type.kind] === Kind.instance) {
      const method = lookup(type, N.__setitem__);
      if (method !== 0 && isFunctionCell(method)) {
        const args = pushSlots(3);
        copyValue(args, object);
        copyValue(args + 1, key);
        copyValue(args + 2, value);
        return pushFunction(refAt(method), args, 3, 0, pc + 5, 0, ReturnKind.discard);
      }
    }
  }
  setItem(object, key, value);
  return pc + 5;
}

/** DELETE_SUBSCR (`ss`). */
export function deleteSubscript(pc: number, base: number): void {
  deleteItem(sourceAt(pc + 1, base), sourceAt(pc + 2, base));
}

/** CONTAINS and NOT_CONTAINS (`dss`): item, container. */
export function containsInstruction(pc: number, base: number): number {
  const item = sourceAt(pc + 2, base);
  const container = sourceAt(pc + 3, base);
  const negated = words[pc] === Op.NOT_CONTAINS;
  const found = contains(container, item);
  setRef(base + words[pc + 1], found !== negated ? Fixed.true : Fixed.false);
  return pc + 4;
}

/** FOR_ITER (`rdjx`): d = next(r), or jumps when exhausted. */
export function forIterate(pc: number, base: number): number {
  const iterator = base + words[pc + 1];
  if (!isRef(iterator)) return iterateGenerally(pc, base, iterator);
  const ref = refAt(iterator);
  const type = words[ref << 1];
  switch (type) {
    case T.range_iterator:
      words[pc] = Op.FOR_ITER_RANGE;
      break;
    case T.list_iterator:
      words[pc] = Op.FOR_ITER_LIST;
      break;
    case T.generator:
      words[pc] = Op.FOR_ITER_GENERATOR;
      return resume(ref, 0, pc + 5, words[pc + 2], ReturnKind.generatorNext) || words[pc + 3];
    case T.tuple_iterator:
      return tupleIteratorNext(ref, base + words[pc + 2]) ? pc + 5 : words[pc + 3];
    case T.str_iterator:
      return stringIteratorNext(ref, base + words[pc + 2]) ? pc + 5 : words[pc + 3];
    case T.dict_keyiterator:
      return dictKeyIteratorNext(ref, base + words[pc + 2]) ? pc + 5 : words[pc + 3];
    case T.dict_itemiterator:
      return dictItemIteratorNext(ref, base + words[pc + 2]) ? pc + 5 : words[pc + 3];
    default:
      if (words[(type << 1) + Type.kind] === Kind.instance) {
        const method = lookup(type, N.__next__);
        if (method !== 0 && isFunctionCell(method)) {
          return pushOne(method, iterator, pc + 5, words[pc + 2], ReturnKind.next);
        }
      }
  }
  return iterateGenerally(pc, base, iterator);
}

function iterateGenerally(pc: number, base: number, iterator: number): number {
  return next(iterator, base + words[pc + 2]) ? pc + 5 : words[pc + 3];
}

/** GET_ITER (`ds`). */
export function getIterator(pc: number, base: number): number {
  const object = sourceAt(pc + 2, base);
  if (isRef(object)) {
    const type = words[refAt(object) << 1];
    if (type === T.generator) {
      copyValue(base + words[pc + 1], object);
      return pc + 3;
    }
  }
  iterate(object, base + words[pc + 1]);
  return pc + 3;
}
