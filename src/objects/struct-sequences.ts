/**
 * Struct sequences: tuples whose items have names too (os.stat_result, time.struct_time, ...). A type is declared with its
 * fields; those behind the visible ones are *hidden*: attributes only, no items. They lie behind the items of the tuple,
 * `Type.inlineSlots` of them, which the collector knows of for declared types over tuple.
 *
 *   const TIMES = declareStructSequence({ name: 'times_result', module: 'posix', fields: ['user', 'system', ...] });
 *   const ref = newStructSequence(TIMES, (cell, index) => setFloat(cell, ...));
 */
import { Fixed, T } from '../heap/fixed.ts';
import { Tuple } from '../heap/layouts.ts';
import { allocate, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, refAt, setNull, setRef, setSmallInt } from '../heap/values.ts';
import { declareType, materializeType } from './declared-types.ts';
import { dictCount, dictEntry, dictFindString, dictNext, dictSetString, newDict } from './dicts.ts';
import { raiseTypeError } from './errors.ts';
import { readOnly } from './functions.ts';
import { tupleFrom } from './list-extend.ts';
import { N } from './names.ts';
import { getset, natives, staticNatives } from './natives.ts';
import { canIterate, repr } from './operations.ts';
import { intern, newString, stringOf } from './strings.ts';
import { newTuple, newTupleFrom, tupleItem } from './tuples.ts';
import { isInstanceOf } from './types.ts';

export interface StructSequence {
  readonly name: string;
  readonly module: string;
  /** the native module that makes the type, if another one */
  readonly native?: string;
  /** names by position, '' for items without one; the hidden ones last */
  readonly fields: readonly string[];
  /** how many are items; all, if not given */
  readonly visible?: number;
  readonly hidden?: boolean;
}

const shapes = new Map<T, { readonly visible: number; readonly fields: readonly string[] }>();

/** Declares the type while files load; the answer is its ref. */
export function declareStructSequence(declaration: StructSequence): T {
  const { fields, name, module } = declaration;
  const visible = declaration.visible ?? fields.length;
  const type = declareType({
    name,
    module,
    native: declaration.native,
    hidden: declaration.hidden,
    bases: [T.tuple],
    hiddenItems: fields.length - visible,
    final: true,
    fill: (dict) => {
      const slot = pushSlots(1);
      const constants = {
        n_fields: fields.length,
        n_sequence_fields: visible,
        n_unnamed_fields: fields.length - named.length,
      };
      for (const [key, value] of Object.entries(constants)) {
        setSmallInt(slot, value);
        dictSetString(dict, intern(key), slot);
      }
      const names = newTuple(visible - (fields.length - named.length));
      for (let i = 0; i < visible - (fields.length - named.length); i++) setRef(tupleItem(names, i), intern(named[i]));
      setRef(slot, names);
      dictSetString(dict, N.__match_args__, slot);
      popSlots(1);
    },
  });
  const named = fields.filter((field) => field !== '');
  shapes.set(type, { visible, fields });
  fields.forEach((field, index) => {
    if (field === '') return;
    getset(type, field, (object, result) => copyValue(result, tupleItem(refAt(object), index)), readOnly);
  });
  staticNatives(type, {
    '__new__(cls, sequence, dict=...)': (args, result) => {
      if (!isNull(args + 2) && !isInstanceOf(args + 2, T.dict)) {
        raiseTypeError(`${module}.${name}() takes a dict as second arg, if any`);
      }
      if (!canIterate(args + 1)) raiseTypeError('constructor requires a sequence');
      setRef(args + 1, tupleFrom(args + 1));
      const given = refAt(args + 1);
      const size = words[(given << 1) + Tuple.size];
      const full = `${module}.${name}()`;
      if (visible === fields.length ? size !== visible : size < visible) {
        const exact = visible === fields.length ? `a ${visible}-sequence` : `an at least ${visible}-sequence`;
        raiseTypeError(`${full} takes ${exact} (${size}-sequence given)`);
      }
      if (size > fields.length) {
        raiseTypeError(`${full} takes an at most ${fields.length}-sequence (${size}-sequence given)`);
      }
      const extra = isNull(args + 2) ? 0 : refAt(args + 2);
      let used = 0;
      const ref = newStructSequence(type, (cell, index) => {
        if (index < size) copyValue(cell, tupleItem(given, index));
        else {
          const found = extra === 0 ? 0 : dictFindString(extra, intern(fields[index]));
          if (found === 0) setRef(cell, Fixed.none);
          else {
            copyValue(cell, found);
            used++;
          }
        }
      });
      setRef(result, ref);
      if (extra !== 0 && used < dictCount(extra)) {
        raiseTypeError(`${full} got duplicate or unexpected field name(s)`);
      }
    },
  });
  natives(type, {
    '__repr__(self, /)': (args, result) => {
      const tuple = refAt(args);
      const parts: string[] = [];
      for (let i = 0; i < visible; i++) parts.push(`${named[i]}=${stringOf(repr(tupleItem(tuple, i)))}`);
      setRef(result, newString(`${module}.${name}(${parts.join(', ')})`));
    },
    '__reduce__(self, /)': (args, result) => {
      const tuple = refAt(args);
      const slots = pushSlots(2);
      const dict = newDict();
      setRef(slots, dict);
      for (let i = visible; i < fields.length; i++) dictSetString(dict, intern(fields[i]), tupleItem(tuple, i));
      const inner = newTuple(2);
      setRef(slots + 1, inner);
      setRef(tupleItem(inner, 0), newTupleFrom(tupleItem(tuple, 0), visible));
      setRef(tupleItem(inner, 1), dict);
      const outer = newTuple(2);
      setRef(tupleItem(outer, 0), type);
      setRef(tupleItem(outer, 1), inner);
      setRef(result, outer);
      popSlots(2);
    },
    '__replace__(self, /, **changes)': (args, result) => {
      const changes = refAt(args + 1);
      if (named.length < fields.length) {
        raiseTypeError(`__replace__() is not supported for ${name} because it has unnamed field(s)`);
      }
      let used = 0;
      const tuple = refAt(args);
      const ref = newStructSequence(type, (cell, index) => {
        const found = dictFindString(changes, intern(fields[index]));
        if (found !== 0) used++;
        copyValue(cell, found === 0 ? tupleItem(tuple, index) : found);
      });
      setRef(result, ref);
      if (used !== dictCount(changes)) {
        const unknown: string[] = [];
        for (let at = dictNext(changes, 0); at >= 0; at = dictNext(changes, at + 1)) {
          const key = dictEntry(changes, at);
          if (!fields.includes(stringOf(refAt(key)))) unknown.push(stringOf(repr(key)));
        }
        raiseTypeError(`Got unexpected field name(s): [${unknown.join(', ')}]`);
      }
    },
  });
  return type;
}

/**
 * A new struct sequence; `fill` writes the cell of each field, hidden ones included (NULL before). Allocates only, and
 * calls `fill`, which must not call Python.
 */
export function newStructSequence(type: T, fill: (cell: number, index: number) => void): number {
  materializeType(type);
  const { visible, fields } = shapes.get(type)!;
  const ref = allocate(1 + fields.length);
  words[ref << 1] = type;
  words[(ref << 1) + Tuple.size] = visible;
  for (let i = 0; i < fields.length; i++) setNull(tupleItem(ref, i));
  const slot = pushSlots(1);
  setRef(slot, ref);
  for (let i = 0; i < fields.length; i++) fill(tupleItem(ref, i), i);
  popSlots(1);
  return ref;
}
