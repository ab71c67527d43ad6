/**
 * Functions written in TypeScript, as Python sees them. One declaration says it all: the owner, the signature in
 * Python's own notation, and the routine. From it derive argument binding, defaults, error messages, __text_signature__,
 * the method tables of the types and the stable number by which heap objects refer to the routine (no closure in the
 * heap).
 *
 *   natives(T.list, {
 *     'append(self, object, /)': (args, result) => { listAppend(refAt(args), args + 1); setRef(result, Fixed.none); },
 *   });
 *
 * A routine gets the cell of its first argument; parameter i lies in cell args + i, whatever way the caller passed it:
 * `*args` is a tuple, `**kwargs` a dict, a missing optional parameter has its literal default (None, True, False, an
 * int, a float, a plain 'str') or, if the default is written `=...`, is NULL. It writes its result to cell `result` (which may be the same as
 * an argument's cell: read first). It raises by the functions of errors.ts, which throw. The argument cells are roots;
 * any other reference must be rooted by hand across a call back into Python.
 */
import type { T } from '../heap/fixed.ts';

export type NativeRoutine = (args: number, result: number) => void;
export type NativeGetter = (object: number, result: number) => void;
/** `value` NULL: delete. */
export type NativeSetter = (object: number, value: number) => void;

export enum NativeKind {
  function,
  method,
  staticMethod,
  classMethod,
  getset,
}

/** One declared native; `text` is its signature as written, parsed on first need (natives-binding.ts). */
export interface NativeDeclaration {
  readonly number: number;
  /** a built-in type's ref, or a module's name */
  readonly owner: T | string;
  readonly name: string;
  readonly text: string;
  readonly kind: NativeKind;
  readonly routine: NativeRoutine;
  readonly setter: NativeSetter | null;
}

/** By number. Number 0 is not used. */
export const nativeTable: NativeDeclaration[] = [
  { number: 0, owner: '', name: '', text: '()', kind: NativeKind.function, routine: () => {}, setter: null },
];

function declare(
  owner: T | string,
  text: string,
  kind: NativeKind,
  routine: NativeRoutine,
  setter: NativeSetter | null,
): void {
  const parenthesis = text.indexOf('(');
  const name = parenthesis < 0 ? text : text.slice(0, parenthesis);
  nativeTable.push({ number: nativeTable.length, owner, name, text, kind, routine, setter });
}

/** Methods of a built-in type, or functions of a module named by a string. */
export function natives(owner: T | string, routines: Readonly<Record<string, NativeRoutine>>): void {
  const kind = typeof owner === 'string' ? NativeKind.function : NativeKind.method;
  for (const text in routines) declare(owner, text, kind, routines[text], null);
}
/** Static methods; `__new__(cls, ...)` among them. */
export function staticNatives(owner: T, routines: Readonly<Record<string, NativeRoutine>>): void {
  for (const text in routines) declare(owner, text, NativeKind.staticMethod, routines[text], null);
}
export function classNatives(owner: T, routines: Readonly<Record<string, NativeRoutine>>): void {
  for (const text in routines) declare(owner, text, NativeKind.classMethod, routines[text], null);
}
/** An attribute computed by TypeScript: `get(object cell, result cell)`; without `set` it is read-only. */
export function getset(owner: T, name: string, get: NativeGetter, set: NativeSetter | null = null): void {
  declare(owner, name, NativeKind.getset, get, set);
}
