/**
 * What compiled traces took for granted: lookups on a type, the value of a global, the code of a function. While a trace
 * is recorded its assumptions are collected here; when it becomes an executor they are registered, the object is marked
 * watched, and a change drops every executor that rests on it. Nothing is paid for objects no trace looked at.
 */
import { Dict, Type } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { setDictChanged, setFunctionChanged, setTypeChanged, setTypeValueChanging } from '../objects/watch.ts';

/** Assumptions of the trace being recorded. */
const pendingTypes = new Set<number>();
const pendingGlobals = new Map<number, Set<number>>();
const pendingFunctions = new Set<number>();

const byType = new Map<number, Set<number>>();
/** dict -> key -> executors */
const byGlobal = new Map<number, Map<number, Set<number>>>();
const byFunction = new Map<number, Set<number>>();
/** dict (globals, or the namespace of a class) -> keys seen to change: compiled code loads those, trusting nothing */
const mutableGlobals = new Map<number, Set<number>>();

/** Something that the trace being recorded took for granted has changed meanwhile. */
let broken = false;

let invalidate: (executor: number) => void = () => {};

/** Connects the hooks of the object model; `drop` makes an executor unusable. */
export function installDependencies(drop: (executor: number) => void): void {
  invalidate = drop;
  setTypeChanged((type) => {
    if (pendingTypes.has(type)) broken = true;
    dropAll(byType.get(type));
  });
  setTypeValueChanging((type, name) => {
    const namespace = words[(type << 1) + Type.dict];
    if (isMutableGlobal(namespace, name)) return false;
    noteMutable(namespace, name);
    return true;
  });
  setFunctionChanged((fn) => {
    if (pendingFunctions.has(fn)) broken = true;
    dropAll(byFunction.get(fn));
  });
  setDictChanged((dict, key) => {
    const pending = pendingGlobals.get(dict);
    if (pending !== undefined && (key === 0 || pending.has(key))) broken = true;
    const keys = byGlobal.get(dict);
    if (!keys) return;
    if (key === 0) for (const executors of keys.values()) dropAll(executors);
    else {
      const executors = keys.get(key);
      if (executors) {
        noteMutable(dict, key);
        dropAll(executors);
      }
    }
  });
}

/** Compiled code is about to store to this global without calling any hook: whoever trusts it stops doing so. */
export function distrustGlobal(dict: number, key: number): void {
  noteMutable(dict, key);
  if (pendingGlobals.get(dict)?.has(key)) broken = true;
  dropAll(byGlobal.get(dict)?.get(key));
}
/** May the trace just recorded not be used, because what it rests on changed while it was recorded? */
export function assumptionsBroken(): boolean {
  return broken;
}

function noteMutable(dict: number, key: number): void {
  let keys = mutableGlobals.get(dict);
  if (!keys) {
    keys = new Set();
    mutableGlobals.set(dict, keys);
  }
  keys.add(key);
}
/** Has the value under this key changed since some trace trusted it? */
export function isMutableGlobal(dict: number, key: number): boolean {
  return mutableGlobals.get(dict)?.has(key) ?? false;
}

function dropAll(executors: Set<number> | undefined): void {
  if (!executors) return;
  for (const executor of executors) invalidate(executor);
  executors.clear();
}

export function beginDependencies(): void {
  broken = false;
  pendingTypes.clear();
  pendingGlobals.clear();
  pendingFunctions.clear();
}
/** The trace relies on what attribute lookups on `type` yield. */
export function dependOnType(type: number): void {
  words[(type << 1) + Type.watchers] = 1;
  pendingTypes.add(type);
}
/** The trace relies on `dict[key]` being what it is, or on its absence. */
export function dependOnGlobal(dict: number, key: number): void {
  let keys = pendingGlobals.get(dict);
  if (!keys) {
    keys = new Set();
    pendingGlobals.set(dict, keys);
  }
  words[(dict << 1) + Dict.watched] = 1;
  keys.add(key);
}
/** The trace relies on the code and the defaults of a function object. */
export function dependOnFunction(fn: number): void {
  pendingFunctions.add(fn);
}

function add<K>(table: Map<K, Set<number>>, key: K, executor: number): void {
  let executors = table.get(key);
  if (!executors) {
    executors = new Set();
    table.set(key, executors);
  }
  executors.add(executor);
}

/** Makes the collected assumptions those of `executor`. */
export function registerDependencies(executor: number): void {
  for (const type of pendingTypes) add(byType, type, executor);
  for (const fn of pendingFunctions) add(byFunction, fn, executor);
  for (const [dict, keys] of pendingGlobals) {
    let table = byGlobal.get(dict);
    if (!table) {
      table = new Map();
      byGlobal.set(dict, table);
    }
    for (const key of keys) add(table, key, executor);
  }
}
