/**
 * What a collection does beyond freeing memory: it clears weak references to dead objects, and finds the objects whose
 * finalizer (`__del__`, closing a suspended generator) must run before they may die. Here is what happens within the
 * collection, which calls no Python; it leaves a list of things to do in State.pendingFinalizers, and sets
 * InterruptFlag.finalize, so that the next safe point does them (objects/finalizers.ts).
 *
 * The tables here are caches of what the heap says: every collection meets the live weak references and the live objects
 * with finalizers on its way, so after the first one they are complete, whether or not the heap came from an image. Between
 * collections they are added to as objects are made. Only one thing cannot be seen in the objects: that a finalizer has
 * run already although its object lives on (it runs once, PEP 442). State.finalized remembers that, in the heap; whoever
 * loads an image fills `finalized` from it.
 *
 * The order is that of CPython's reference counts, as far as it can be told afterwards: of the dead objects, one from which
 * others are reached comes before those, else the older one comes first; weak references to an object are cleared, and
 * their callbacks called, after its finalizer, unless that brings it back to life. Where an object that dies refers to
 * itself in a circle, CPython's cycle collector would do the work, which clears the weak references first, and so do we.
 */
import { addFinalizerScanner, follow, foundFinalizable, foundWeakReferences, mark, markPending } from './collector.ts';
import { HEAP_START, InterruptFlag, State, T } from './fixed.ts';
import { ArrayObject, List, WeakReference } from './layouts.ts';
import { allocate, words } from './memory.ts';
import { isNull, setRef } from './values.ts';

/** Live objects with a finalizer that has not run, in the order in which they were made. */
let finalizable: number[] = [];
/** Those whose finalizer has run: a cache of State.finalized. */
const finalized = new Set<number>();
/** Weak references by target. */
const weakReferences = new Map<number, number[]>();

/** To be called for every new object of a type with TypeFlag.hasFinalizer, and for generators of CodeFlag.finalizes. */
export function registerFinalizable(ref: number): void {
  finalizable.push(ref);
}

/** The object's finalizer is not to run: as if it had run already. */
export function exemptFromFinalization(ref: number): void {
  finalized.add(ref);
  const at = finalizable.lastIndexOf(ref);
  if (at >= 0) finalizable.splice(at, 1);
}

/** True if any living object has a finalizer that has not run and would do something. */
export function hasFinalizable(): boolean {
  // generators that ran to their end stay registered until a collection
  return finalizable.some(hasWork);
}

/** True if the object's finalizer has run. */
export function isFinalized(ref: number): boolean {
  return finalized.has(ref);
}

/** To be called for every new weak reference. */
export function registerWeakReference(reference: number): void {
  const target = words[(reference << 1) + WeakReference.target];
  const known = weakReferences.get(target);
  if (known) known.push(reference);
  else weakReferences.set(target, [reference]);
}

/** The weak references to an object, as far as they are not known to be dead; oldest first. */
export function weakReferencesTo(target: number): readonly number[] {
  return weakReferences.get(target) ?? [];
}

/** A `list` that is no object of any program yet. Allocates only. */
function newPlainList(refs: readonly number[]): number {
  const items = allocate(1 + refs.length);
  words[items << 1] = T.values;
  words[(items << 1) + ArrayObject.length] = refs.length;
  refs.forEach((ref, i) => {
    setRef(items + 1 + i, ref);
  });
  const list = allocate(2);
  words[list << 1] = T.list;
  words[(list << 1) + List.size] = refs.length;
  words[(list << 1) + List.items] = items;
  words[(list << 1) + List.flags] = 0;
  return list;
}

/** Remembers in the heap which objects' finalizers have run. */
function storeFinalized(): void {
  if (finalized.size === 0) {
    words[State.finalized] = 0;
    return;
  }
  const raw = allocate(1 + ((finalized.size + 1) >> 1));
  words[raw << 1] = T.raw;
  words[(raw << 1) + ArrayObject.length] = finalized.size * 4;
  let at = (raw << 1) + ArrayObject.data;
  for (const ref of finalized) words[at++] = ref;
  words[State.finalized] = raw;
}

/** The things that the last collections left to do, to be taken in order: objects and weak references. */
let pending: number[] = [];

/** Takes the next thing to do, 0 if there is none: an object to finalize, or a weak reference with a callback. */
export function takePending(): number {
  const list = words[State.pendingFinalizers];
  if (list === 0) return 0;
  const size = words[(list << 1) + List.size];
  if (size === 0) {
    words[State.pendingFinalizers] = 0;
    return 0;
  }
  // the list lies in the heap in reverse order
  const cell = words[(list << 1) + List.items] + size;
  const ref = words[cell << 1];
  words[cell << 1] = 0;
  words[(list << 1) + List.size] = size - 1;
  return ref;
}
/** True if a collection left something to do. */
export function hasPending(): boolean {
  return words[State.pendingFinalizers] !== 0;
}

/** Has the dying object of a built-in type anything to do? (A generator that came to its end has not.) */
let nativeFinalizerTest: (ref: number) => boolean = () => true;
export function setNativeFinalizerTest(test: (ref: number) => boolean): void {
  nativeFinalizerTest = test;
}
function hasWork(ref: number): boolean {
  return words[ref << 1] >= HEAP_START || nativeFinalizerTest(ref);
}

/** 0 for a reference to an object that is gone. */
function targetOf(reference: number): number {
  return words[(reference << 1) + WeakReference.target];
}

/** Objects met that nobody registered: whose class got `__del__`, or that got such a class, after they were made. */
function addUnknown(): void {
  const known = new Set(finalizable);
  for (const ref of foundFinalizable) {
    if (known.has(ref) || finalized.has(ref)) continue;
    known.add(ref);
    finalizable.push(ref);
  }
}

function scan(isMarked: (ref: number) => boolean): void {
  const alive = foundWeakReferences.length;
  const died: number[] = [];
  const kept: number[] = [];
  for (const ref of finalizable) {
    if (finalized.has(ref)) continue;
    if (isMarked(ref)) kept.push(ref);
    else if (hasWork(ref)) died.push(ref);
  }
  finalizable = kept;
  const doomed = new Set(foundWeakReferences.filter((reference) => !isMarked(targetOf(reference))));
  const { order, cyclic } = orderOfDeath(died, isMarked);
  for (const ref of order) {
    finalized.add(ref);
    mark(ref);
  }
  markPending();
  addUnknown();
  // Callbacks are those of references that live themselves, apart from what is kept only for finalizers.
  const callbacks: number[] = [];
  weakReferences.clear();
  foundWeakReferences.forEach((reference, i) => {
    const target = targetOf(reference);
    if (target === 0) return;
    if (isMarked(target) && !(cyclic && doomed.has(reference))) {
      registerWeakReference(reference);
      return;
    }
    words[(reference << 1) + WeakReference.target] = 0;
    if (i < alive && !isNull(reference + (WeakReference.callback >> 1))) callbacks.push(reference);
  });
  const changed = order.length !== 0;
  for (const ref of finalized) if (!isMarked(ref)) finalized.delete(ref);
  for (const ref of callbacks) pending.push(ref);
  for (const ref of order) pending.push(ref);
  if (pending.length !== 0 || changed || words[State.finalized] !== 0) afterCollection = true;
}
addFinalizerScanner(scan);

/** Tables have to be written to the heap, which cannot be done while memory is being swept. */
let afterCollection = false;

/** The end of the program: the finalizers of all living objects become due, oldest first. False if there are none. */
export function finalizeEverything(): boolean {
  const refs = finalizable.filter((ref) => !finalized.has(ref) && hasWork(ref));
  finalizable = [];
  for (const ref of refs) {
    finalized.add(ref);
    pending.push(ref);
  }
  afterCollection = true;
  finishCollection();
  return hasPending();
}

/** Called by whoever has called collect(): stores in the heap what the collection found. Allocates only. */
export function finishCollection(): void {
  if (!afterCollection) return;
  afterCollection = false;
  storeFinalized();
  if (pending.length === 0) return;
  const todo = pending;
  pending = [];
  const left: number[] = [];
  for (let ref = takePending(); ref !== 0; ref = takePending()) left.push(ref);
  words[State.pendingFinalizers] = newPlainList([...left, ...todo].reverse());
  words[State.interrupt] |= InterruptFlag.finalize;
}

/**
 * The order in which the finalizers of dead objects run: whoever reaches others first. Each object is followed in turn;
 * one that was followed earlier and is met now goes behind the one it is met from, with those behind it. `cyclic`: one
 * met itself.
 */
function orderOfDeath(
  died: readonly number[],
  isMarked: (ref: number) => boolean,
): { order: readonly number[]; cyclic: boolean } {
  let cyclic = false;
  const groups = new Map<number, number[]>();
  const isDying = new Set(died);
  for (const ref of died) {
    if (isMarked(ref)) continue;
    const from = foundFinalizable.length;
    follow(ref);
    markPending();
    const group = [ref];
    for (let i = from; i < foundFinalizable.length; i++) {
      const met = foundFinalizable[i];
      if (met === ref) cyclic ||= i > from;
      if (met === ref || !isDying.has(met)) continue;
      const earlier = groups.get(met);
      if (earlier === undefined) group.push(met);
      else {
        for (const other of earlier) group.push(other);
        groups.delete(met);
      }
    }
    groups.set(ref, group);
  }
  const order = new Set<number>();
  for (const group of groups.values()) for (const ref of group) order.add(ref);
  return { order: [...order], cyclic };
}
