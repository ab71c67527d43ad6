/**
 * Short cuts for calls with positional arguments only: of built-in types, which otherwise bind a tuple and a dict for
 * `__new__` and another for `__init__`, and of natives that collect `*args`. A routine answers false to have the call made
 * the general way, which also makes all errors.
 */
import { T } from '../heap/fixed.ts';
import { TYPE_CELLS } from '../heap/layouts.ts';
import { nativeTable } from './natives.ts';

/** `count` rooted arguments from cell `args` on; may call Python; `result` may be the cell of an argument. */
export type DirectRoutine = (args: number, count: number, result: number) => boolean;

const types: (DirectRoutine | null)[] = new Array(Object.keys(T).length / 2).fill(null);
const natives: (DirectRoutine | null)[] = [];

/** Declares how a built-in type is called (exactly this type). */
export function directType(type: T, routine: DirectRoutine): void {
  types[(type - T.object) / TYPE_CELLS] = routine;
}
/** Declares a short cut for the builtin function `name`, which must have been declared before. */
export function directNative(name: string, routine: DirectRoutine): void {
  const number = nativeTable.findIndex((native) => native.owner === 'builtins' && native.name === name);
  while (natives.length <= number) natives.push(null);
  natives[number] = routine;
}

/** type(*args) if there is a short cut for it. */
export function callTypeDirectly(type: number, args: number, count: number, result: number): boolean {
  const index = (type - T.object) / TYPE_CELLS;
  if (index >= types.length) return false;
  const routine = types[index];
  return routine?.(args, count, result) ?? false;
}
/** native(*args) if there is a short cut for it. */
export function callNativeDirectly(number: number, args: number, count: number, result: number): boolean {
  if (number >= natives.length) return false;
  const routine = natives[number];
  return routine?.(args, count, result) ?? false;
}
