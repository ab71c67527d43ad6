/**
 * The module gc, over a collector that has neither reference counts nor generations. What cannot be said of such a
 * collector is answered as CPython would at rest: thresholds are remembered only, nothing is uncollectable, and
 * `collect()` gives an estimate of how many objects it freed, since they are not counted.
 */
import { cellsAllocated, cellsInUse, collectAndList, visitReferences } from '../heap/collector.ts';
import { finishCollection, isFinalized } from '../heap/finalization.ts';
import { Fixed, HEAP_START, State, StateCell } from '../heap/fixed.ts';
import { Kind, Module, Tuple, Type } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isRef, refAt, setRef, setSmallInt } from '../heap/values.ts';
import { dictEntry, dictFindString, dictNext, dictSetString, newDict } from '../objects/dicts.ts';
import { raiseValueError } from '../objects/errors.ts';
import { collectCompletely } from '../objects/finalizers.ts';
import { indexOf, setBool, setInt } from '../objects/integers.ts';
import { call } from '../objects/invoke.ts';
import { listAppend, listItem, listSize, newList } from '../objects/lists.ts';
import { registerModule } from '../objects/modules.ts';
import { natives } from '../objects/natives.ts';
import { setEntry, setNext } from '../objects/sets.ts';
import { intern } from '../objects/strings.ts';
import { newTuple, tupleItem } from '../objects/tuples.ts';
import { kindAt } from '../objects/types.ts';

/** A slot outside the stack for values on their way into a container. */
const TEMPORARY = StateCell.scratch + 33;
/** A guess of how many cells an object takes. */
const CELLS_AN_OBJECT = 8;

/** What programs set and ask for again; nothing here acts on it. */
const settings = {
  enabled: true,
  debug: 0,
  thresholds: [2000, 10, 0],
  frozen: 0,
  collections: [0, 0, 0],
  collected: [0, 0, 0],
};

function listOf(refs: readonly number[]): number {
  const list = newList(0);
  for (const ref of refs) {
    setRef(TEMPORARY, ref);
    listAppend(list, TEMPORARY);
  }
  return list;
}

/** The live objects that may refer to others, without what exists only behind the scenes. */
function trackedObjects(): number[] {
  const found = collectAndList();
  finishCollection();
  return found.filter((ref) => isTrackedKind(words[(words[ref << 1] << 1) + Type.kind]));
}
function isTrackedKind(kind: Kind): boolean {
  switch (kind) {
    case Kind.plain:
    case Kind.int:
    case Kind.float:
    case Kind.str:
    case Kind.bytes:
    case Kind.complex:
    case Kind.range:
    case Kind.code:
    case Kind.bytearray:
    case Kind.values:
    case Kind.raw:
    case Kind.shape:
      return false;
  }
  return true;
}

/** Calls gc.callbacks with a phase and the numbers of a collection. */
function tellCallbacks(phase: string, generation: number, collected: number): void {
  const module = dictFindString(words[State.modulesDict], intern('gc'));
  if (module === 0 || kindAt(module) !== Kind.module) return;
  const cell = dictFindString(words[(refAt(module) << 1) + Module.dict], intern('callbacks'));
  if (cell === 0 || kindAt(cell) !== Kind.list || listSize(refAt(cell)) === 0) return;
  const base = pushSlots(4);
  copyValue(base, cell);
  for (let i = 0; i < listSize(refAt(base)); i++) {
    const info = newDict();
    setRef(base + 3, info);
    setSmallInt(TEMPORARY, generation);
    dictSetString(info, intern('generation'), TEMPORARY);
    setInt(TEMPORARY, collected);
    dictSetString(info, intern('collected'), TEMPORARY);
    setSmallInt(TEMPORARY, 0);
    dictSetString(info, intern('uncollectable'), TEMPORARY);
    setRef(base + 2, intern(phase));
    copyValue(base + 1, listItem(refAt(base), i));
    call(base + 1, base + 2, 2, base + 1);
  }
  popSlots(4);
}

function addImmediates(container: number, list: number): void {
  if (!isRef(container)) return;
  const ref = refAt(container);
  const add = (cell: number): void => {
    if (!isRef(cell) || (refAt(cell) !== 0 && refAt(cell) < HEAP_START)) listAppend(list, cell);
  };
  switch (kindAt(container)) {
    case Kind.tuple:
      for (let i = 0; i < words[(ref << 1) + Tuple.size]; i++) add(tupleItem(ref, i));
      return;
    case Kind.list:
      for (let i = 0; i < listSize(ref); i++) add(listItem(ref, i));
      return;
    case Kind.dict:
      for (let at = dictNext(ref, 0); at >= 0; at = dictNext(ref, at + 1)) {
        add(dictEntry(ref, at));
        add(dictEntry(ref, at) + 1);
      }
      return;
    case Kind.set:
      for (let at = setNext(ref, 0); at >= 0; at = setNext(ref, at + 1)) add(setEntry(ref, at));
  }
}

natives('gc', {
  'collect(generation=2)': (args, result) => {
    const generation = indexOf(args);
    if (generation < 0 || generation > 2) raiseValueError('invalid generation');
    tellCallbacks('start', generation, 0);
    const before = cellsAllocated();
    collectCompletely();
    const freed = Math.max(0, Math.floor((before - cellsInUse()) / CELLS_AN_OBJECT));
    settings.collections[generation]++;
    settings.collected[generation] += freed;
    tellCallbacks('stop', generation, freed);
    setInt(result, freed);
  },
  'enable()': (_args, result) => {
    settings.enabled = true;
    setRef(result, Fixed.none);
  },
  'disable()': (_args, result) => {
    settings.enabled = false;
    setRef(result, Fixed.none);
  },
  'isenabled()': (_args, result) => setBool(result, settings.enabled),
  'set_debug(flags, /)': (args, result) => {
    settings.debug = indexOf(args);
    setRef(result, Fixed.none);
  },
  'get_debug()': (_args, result) => setInt(result, settings.debug),
  'set_threshold(threshold0, threshold1=..., threshold2=..., /)': (args, result) => {
    for (let i = 0; i < 3; i++)
      if (!isRef(args + i) || refAt(args + i) !== 0) settings.thresholds[i] = indexOf(args + i);
    setRef(result, Fixed.none);
  },
  'get_threshold()': (_args, result) => {
    const tuple = newTuple(3);
    settings.thresholds.forEach((threshold, i) => {
      setInt(tupleItem(tuple, i), threshold);
    });
    setRef(result, tuple);
  },
  'get_count()': (_args, result) => {
    const tuple = newTuple(3);
    setInt(tupleItem(tuple, 0), Math.max(0, Math.floor((cellsAllocated() - cellsInUse()) / CELLS_AN_OBJECT)));
    setSmallInt(tupleItem(tuple, 1), 0);
    setSmallInt(tupleItem(tuple, 2), 0);
    setRef(result, tuple);
  },
  'get_stats()': (_args, result) => {
    const slots = pushSlots(1);
    const list = newList(0);
    setRef(slots, list);
    for (let generation = 0; generation < 3; generation++) {
      const entry = newDict();
      const numbers = [settings.collections[generation], settings.collected[generation], 0];
      ['collections', 'collected', 'uncollectable'].forEach((name, i) => {
        setInt(TEMPORARY, numbers[i]);
        dictSetString(entry, intern(name), TEMPORARY);
      });
      setRef(TEMPORARY, entry);
      listAppend(list, TEMPORARY);
    }
    setRef(result, list);
    popSlots(1);
  },
  'get_objects(generation=None)': (args, result) => {
    if (!isRef(args) || refAt(args) !== Fixed.none) {
      const generation = indexOf(args);
      if (generation < 0) raiseValueError('generation parameter cannot be negative');
      if (generation > 2)
        raiseValueError('generation parameter must be less than the number of available generations (3)');
    }
    setRef(result, listOf(trackedObjects()));
  },
  'get_referents(*objs)': (args, result) => {
    const found: number[] = [];
    const objects = refAt(args);
    for (let i = 0; i < words[(objects << 1) + Tuple.size]; i++) {
      const item = tupleItem(objects, i);
      if (isRef(item) && refAt(item) >= HEAP_START) visitReferences(refAt(item), (ref) => found.push(ref));
    }
    const list = pushSlots(1);
    setRef(list, listOf(found));
    // numbers and what lies at fixed cells are no business of the collector
    for (let i = 0; i < words[(objects << 1) + Tuple.size]; i++) addImmediates(tupleItem(objects, i), refAt(list));
    copyValue(result, list);
    popSlots(1);
  },
  'get_referrers(*objs)': (args, result) => {
    const objects = refAt(args);
    const wanted = new Set<number>();
    for (let i = 0; i < words[(objects << 1) + Tuple.size]; i++) {
      if (isRef(tupleItem(objects, i))) wanted.add(refAt(tupleItem(objects, i)));
    }
    const found: number[] = [];
    for (const object of trackedObjects()) {
      if (object === objects) continue;
      let refers = wanted.has(words[object << 1]);
      visitReferences(object, (ref) => {
        refers ||= wanted.has(ref);
      });
      if (refers) found.push(object);
    }
    setRef(result, listOf(found));
  },
  'is_tracked(obj, /)': (args, result) => {
    const fixed = !isRef(args) || refAt(args) < HEAP_START;
    setBool(result, !fixed && isTrackedKind(kindAt(args)));
  },
  'is_finalized(obj, /)': (args, result) => setBool(result, isRef(args) && isFinalized(refAt(args))),
  'freeze()': (_args, result) => {
    settings.frozen = trackedObjects().length;
    setRef(result, Fixed.none);
  },
  'unfreeze()': (_args, result) => {
    settings.frozen = 0;
    setRef(result, Fixed.none);
  },
  'get_freeze_count()': (_args, result) => setInt(result, settings.frozen),
});

const constants = { DEBUG_STATS: 1, DEBUG_COLLECTABLE: 2, DEBUG_UNCOLLECTABLE: 4, DEBUG_SAVEALL: 32, DEBUG_LEAK: 38 };

registerModule('gc', (dict) => {
  for (const [name, value] of Object.entries(constants)) {
    setSmallInt(TEMPORARY, value);
    dictSetString(dict, intern(name), TEMPORARY);
  }
  for (const name of ['garbage', 'callbacks']) {
    const list = newList(0);
    setRef(TEMPORARY, list);
    dictSetString(dict, intern(name), TEMPORARY);
  }
});
