/**
 * Calls of builtin functions whose items come from Python code (`any` of a generator, `sorted` with a key, ...) become
 * calls of Python functions that do the same (modules/builtins.py): a frame is pushed, the items are computed in the running
 * loop, and a trace goes through all of it. The natives themselves serve everybody else, and calls from TypeScript; they
 * would need a nested run. What a form does must not differ from what the native does for any argument that it is asked
 * to take.
 */
import { addRootScanner, addSweeper, mark } from '../heap/collector.ts';
import { Fixed, T } from '../heap/fixed.ts';
import { Frame, FunctionObject, Generator, Iterator, Kind, Tuple } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { isFloat, isImmediateInt, isRef, refAt } from '../heap/values.ts';
import { isListOrTuple } from '../objects/list-extend.ts';
import { N } from '../objects/names.ts';
import { nativeTable } from '../objects/natives.ts';
import { drivesPython, helperFunction, isPythonCallable } from '../objects/python-helpers.ts';
import { kindOf, lookup, typeOf } from '../objects/types.ts';
import { copyFunction } from './code-copies.ts';

interface Form {
  readonly helper: string;
  /** Does it serve these arguments? `names`: tuple of the names of the last ones, 0 for none. */
  readonly serves: (args: number, count: number, names: number) => boolean;
}

/** Is it an iterable whose items take Python code? */
function isDriver(slot: number): boolean {
  return drivesPython(slot) && (kindOf(refAt(slot)) !== Kind.instance || lookup(typeOf(slot), N.__iter__) !== 0);
}

/**
 * Would a list made of it ask the object for its length first? Its answers and errors are for the native to deal with.
 */
function tellsLength(slot: number): boolean {
  if (!isRef(slot) || kindOf(refAt(slot)) !== Kind.instance) return false;
  const type = typeOf(slot);
  return lookup(type, N.__length_hint__) !== 0 || lookup(type, N.__len__) !== 0;
}

const one = (args: number, count: number, names: number): boolean => count === 1 && names === 0 && isDriver(args);

/** A single iterable and a key function in Python, named. */
function keyed(args: number, count: number, names: number): boolean {
  return count === 2 && names !== 0 && words[(names << 1) + Tuple.size] === 1 && isKey(args, names, 0);
}
function isKey(args: number, names: number, index: number): boolean {
  return words[(names + 1 + index) << 1] === N.key && isPythonCallable(args + 1 + index);
}

/** sorted(iterable, key=function), with `reverse` given or not. */
function sorts(args: number, count: number, names: number): boolean {
  if (names === 0 || count !== words[(names << 1) + Tuple.size] + 1 || count > 3 || tellsLength(args)) return false;
  if (count === 2) return isKey(args, names, 0);
  const keyIndex = words[(names + 1) << 1] === N.key ? 0 : 1;
  const reverse = args + 2 - keyIndex;
  const isFlag = isRef(reverse) && (refAt(reverse) === Fixed.true || refAt(reverse) === Fixed.false);
  return isFlag && words[(names + 2 - keyIndex) << 1] === N.reverse && isKey(args, names, keyIndex);
}

/** Is it a generator, or the like, beside the exact container `type`? */
function into(type: T): Form['serves'] {
  return (args, count, names) =>
    count === 2 &&
    names === 0 &&
    isRef(args) &&
    words[refAt(args) << 1] === type &&
    isDriver(args + 1) &&
    (type === T.set || !tellsLength(args + 1));
}

const declared: Readonly<Record<string, readonly Form[]>> = {
  'builtins.any': [{ helper: 'any_true', serves: one }],
  'builtins.all': [{ helper: 'all_true', serves: one }],
  'builtins.sum': [
    {
      helper: 'sum_items',
      serves: (args, count, names) =>
        one(args, 1, names) && (count === 1 || (count === 2 && (isImmediateInt(args + 1) || isFloat(args + 1)))),
    },
  ],
  'builtins.max': [
    { helper: 'max_of', serves: one },
    { helper: 'max_by', serves: keyed },
  ],
  'builtins.min': [
    { helper: 'min_of', serves: one },
    { helper: 'min_by', serves: keyed },
  ],
  'builtins.sorted': [{ helper: 'sorted_by', serves: sorts }],
  '_functools.reduce': [
    {
      helper: 'reduce',
      serves: (args, count, names) =>
        count === 3 && names === 0 && isPythonCallable(args) && (isListOrTuple(args + 1) || isDriver(args + 1)),
    },
  ],
};
const declaredOfTypes: Readonly<Record<string, readonly Form[]>> = {
  join: [{ helper: 'join', serves: into(T.str) }],
  extend: [{ helper: 'extend', serves: into(T.list) }],
  update: [{ helper: 'update', serves: into(T.set) }],
};

let byNative: (readonly Form[] | undefined)[] | null = null;
function formsByNative(): (readonly Form[] | undefined)[] {
  const owners: Readonly<Record<string, number>> = { join: T.str, extend: T.list, update: T.set };
  byNative = nativeTable.map(({ owner, name }) =>
    typeof owner === 'string'
      ? declared[`${owner}.${name}`]
      : Object.hasOwn(owners, name) && owners[name] === (owner as number)
        ? declaredOfTypes[name]
        : undefined,
  );
  return byNative;
}

/** The Python function that native `number` becomes for these arguments, or 0. The first time of all it calls Python. */
export function pythonForm(number: number, args: number, count: number, names: number): number {
  const forms = (byNative ?? formsByNative())[number];
  if (forms === undefined) return 0;
  for (const { helper, serves } of forms)
    if (serves(args, count, names)) return ownCopy(helperFunction(helper), args, count);
  return 0;
}

/** The same for calls of built-in classes. */
export function pythonFormOfClass(type: number, args: number, count: number, names: number): number {
  if (count !== 1 || names !== 0 || (type !== T.list && type !== T.tuple && type !== T.set)) return 0;
  if (!isDriver(args) || (type !== T.set && tellsLength(args))) return 0;
  const helper = type === T.list ? 'list_of' : type === T.tuple ? 'tuple_of' : 'set_of';
  return ownCopy(helperFunction(helper), args, count);
}

// The loops are shared by the whole program, but a trace suits the generator or key function that it was recorded with. So
// each of these gets a copy of the function, when it has been used a few times.

const USES_BEFORE_COPY = 20;
/** code object of a generator or key function -> function -> its copy, or the number of uses so far (negative) */
const copies = new Map<number, Map<number, number>>();
addRootScanner(() => {
  for (const byFunction of copies.values()) for (const copy of byFunction.values()) if (copy > 0) mark(copy);
});
addSweeper((isMarked) => {
  for (const code of copies.keys()) if (!isMarked(code)) copies.delete(code);
});

function ownCopy(fn: number, args: number, count: number): number {
  let code = 0;
  for (let i = count - 1; i >= 0 && code === 0; i--) code = codeOf(args + i);
  if (code === 0) return fn;
  let byFunction = copies.get(code);
  if (byFunction === undefined) {
    byFunction = new Map();
    copies.set(code, byFunction);
  }
  const known = byFunction.get(fn) ?? 0;
  if (known > 0) return known;
  if (known > -USES_BEFORE_COPY) {
    byFunction.set(fn, known - 1);
    return fn;
  }
  const copy = copyFunction(fn);
  byFunction.set(fn, copy);
  return copy;
}

/** The code that runs for each item if this is a generator or a key function, else 0. */
function codeOf(slot: number): number {
  if (!isRef(slot)) return 0;
  const ref = refAt(slot);
  switch (words[ref << 1]) {
    case T.generator:
      return words[(ref << 1) + Generator.frame + Frame.code];
    case T.function:
      return words[(ref << 1) + FunctionObject.code];
    case T.map:
    case T.filter:
      return codeOf(ref + (Iterator.current >> 1));
  }
  return 0;
}
