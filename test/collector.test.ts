/**
 * The collector: what is reachable keeps its contents under random mutation, what is not is freed and its memory used
 * again, and the tables beside the heap are swept with it.
 */
import t from 'tap';
import {
  addFinalizerScanner,
  addRootScanner,
  addSweeper,
  cellsInUse,
  collect,
  isMarked,
  mark,
} from '../src/heap/collector.ts';
import { Fixed, State, T } from '../src/heap/fixed.ts';
import { List } from '../src/heap/layouts.ts';
import { allocate, words } from '../src/heap/memory.ts';
import { popSlots, pushSlots } from '../src/heap/slots.ts';
import { copyValue, isRef, refAt, setRef } from '../src/heap/values.ts';
import { bootstrap } from '../src/objects/bootstrap.ts';
import { dictClear, dictCopy, dictCount, dictEntry, dictNext, dictSet, newDict } from '../src/objects/dicts.ts';
import { bigIntAt, setBigInt, setInt } from '../src/objects/integers.ts';
import { listIterator } from '../src/objects/iterators.ts';
import { listAppend, listItem, listSize, listTruncate, newList } from '../src/objects/lists.ts';
import { repr } from '../src/objects/operations.ts';
import { newSet, setAdd, setCount, setEntry, setNext } from '../src/objects/sets.ts';
import { intern, newString, stringOf } from '../src/objects/strings.ts';
import { newTuple, tupleItem, tupleSize } from '../src/objects/tuples.ts';

bootstrap();
const [root, a, b, c] = [0, 1, 2, 3].map(() => pushSlots(1));

let seed = 20260101;
/** Reproducible: an int below n. */
function random(n: number): number {
  seed = (Math.imul(seed, 1664525) + 1013904223) | 0;
  return (seed >>> 8) % n;
}

/** What the heap should hold, as JavaScript objects. */
type Node =
  | { kind: 'int'; value: bigint }
  | { kind: 'str'; value: string }
  | { kind: 'list' | 'tuple'; items: Node[] }
  | { kind: 'dict'; items: Map<string, Node> };

/** A random tree; its Python form goes to `slot`. */
function make(slot: number, depth: number): Node {
  const choice = random(depth > 0 ? 6 : 3);
  if (choice === 0) {
    const value = BigInt(random(1000));
    setBigInt(slot, value);
    return { kind: 'int', value };
  }
  if (choice === 1) {
    const value = 3n ** BigInt(30 + random(200));
    setBigInt(slot, value);
    return { kind: 'int', value };
  }
  if (choice === 2) {
    const value = `text ${random(1e6)} ${'x'.repeat(random(40))}`;
    setRef(slot, newString(value));
    return { kind: 'str', value };
  }
  const size = random(8);
  const item = pushSlots(1);
  if (choice === 5) {
    const items = new Map<string, Node>();
    const key = pushSlots(1);
    setRef(slot, newDict());
    for (let i = 0; i < size; i++) {
      const name = `k${random(12)}`;
      items.set(name, make(item, depth - 1));
      setRef(key, newString(name));
      dictSet(refAt(slot), key, item);
    }
    popSlots(2);
    return { kind: 'dict', items };
  }
  const items: Node[] = [];
  if (choice === 4) {
    setRef(slot, newTuple(size));
    for (let i = 0; i < size; i++) items.push(make(tupleItem(refAt(slot), i), depth - 1));
  } else {
    setRef(slot, newList(0));
    for (let i = 0; i < size; i++) {
      items.push(make(item, depth - 1));
      listAppend(refAt(slot), item);
    }
  }
  popSlots(1);
  return { kind: choice === 4 ? 'tuple' : 'list', items };
}

/** Throws unless the value in `slot` is what the model says. */
function check(slot: number, node: Node): void {
  const complain = (what: string): never => {
    throw new Error(`${what} at cell ${isRef(slot) ? refAt(slot) : '-'}`);
  };
  switch (node.kind) {
    case 'int':
      if (bigIntAt(slot) !== node.value) complain('int');
      return;
    case 'str':
      if (stringOf(refAt(slot)) !== node.value) complain('str');
      return;
    case 'list':
      if (words[refAt(slot) << 1] !== T.list || listSize(refAt(slot)) !== node.items.length) complain('list');
      node.items.forEach((item, i) => {
        check(listItem(refAt(slot), i), item);
      });
      return;
    case 'tuple':
      if (words[refAt(slot) << 1] !== T.tuple || tupleSize(refAt(slot)) !== node.items.length) complain('tuple');
      node.items.forEach((item, i) => {
        check(tupleItem(refAt(slot), i), item);
      });
      return;
    case 'dict': {
      const dict = refAt(slot);
      if (words[dict << 1] !== T.dict || dictCount(dict) !== node.items.size) complain('dict');
      let position = dictNext(dict, 0);
      for (const [name, item] of node.items) {
        if (stringOf(refAt(dictEntry(dict, position))) !== name) complain('key');
        check(dictEntry(dict, position) + 1, item);
        position = dictNext(dict, position + 1);
      }
    }
  }
}

t.test('what is reachable stays, under random mutation', async (t) => {
  const model: Node[] = [];
  setRef(root, newList(0));
  for (let round = 0; round < 60; round++) {
    for (let step = 0; step < 60; step++) {
      const list = refAt(root);
      if (model.length > 40 || (model.length > 0 && random(3) === 0)) {
        const victim = random(model.length);
        copyValue(listItem(list, victim), listItem(list, listSize(list) - 1));
        model[victim] = model[model.length - 1];
        model.pop();
        listTruncate(list, listSize(list) - 1);
      } else {
        model.push(make(a, 4));
        listAppend(list, a);
      }
    }
    collect();
    check(root, { kind: 'list', items: model });
  }
  t.pass('60 collections');
  setRef(root, Fixed.none);
  setRef(a, Fixed.none);
});

t.test('garbage is freed and its memory used again', async (t) => {
  collect();
  const live = cellsInUse();
  const top = words[State.heapTop];
  for (let round = 0; round < 50; round++) {
    for (let i = 0; i < 1000; i++) make(a, 3);
    // Large objects too: a list of 100 000 items is cut out of a large free run.
    setRef(b, newList(100_000));
    setRef(b, Fixed.none);
    setRef(a, Fixed.none);
    collect();
    if (cellsInUse() !== live) t.fail(`round ${round}: ${cellsInUse()} cells in use, ${live} before`);
  }
  const grown = words[State.heapTop] - top;
  t.ok(grown < 3_000_000, `the heap grew by ${grown} cells`);
});

t.test('cycles are freed', async (t) => {
  intern('self');
  collect();
  const live = cellsInUse();
  for (let i = 0; i < 1000; i++) {
    setRef(a, newList(0));
    setRef(b, newDict());
    setRef(c, intern('self'));
    dictSet(refAt(b), c, a);
    listAppend(refAt(a), b);
    listAppend(refAt(a), a);
  }
  setRef(a, Fixed.none);
  setRef(b, Fixed.none);
  collect();
  t.equal(cellsInUse(), live);
});

t.test('a long chain does not recurse', async (t) => {
  setRef(root, Fixed.none);
  for (let i = 0; i < 300_000; i++) {
    const link = newTuple(1);
    copyValue(tupleItem(link, 0), root);
    setRef(root, link);
  }
  collect();
  let length = 0;
  let ref = refAt(root);
  for (; words[ref << 1] === T.tuple; ref = words[(ref + 1) << 1]) length++;
  t.equal(length, 300_000);
  setRef(root, Fixed.none);
  collect();
});

t.test('iterators, sets, copies and interned strings keep what they need', async (t) => {
  setRef(a, newList(0));
  setRef(b, newString('only the list has this'));
  listAppend(refAt(a), b);
  setRef(root, listIterator(refAt(a)));
  setRef(a, Fixed.none);
  setRef(c, newSet());
  for (let i = 0; i < 100; i++) {
    setRef(b, newString(`element ${i}`));
    setAdd(refAt(c), b);
  }
  setRef(b, newDict());
  setRef(a, newString('a key'));
  dictSet(refAt(b), a, a);
  setRef(a, dictCopy(refAt(b)));
  dictClear(refAt(b));
  const name = intern('an interned string of the collector test');
  collect();
  for (let i = 0; i < 2000; i++) newString(`overwrites what was freed ${i}`);
  const list = words[(refAt(root) << 1) + 2];
  t.equal(stringOf(refAt(listItem(list, 0))), 'only the list has this');
  let total = 0;
  for (let at = setNext(refAt(c), 0); at >= 0; at = setNext(refAt(c), at + 1))
    if (stringOf(refAt(setEntry(refAt(c), at))).startsWith('element ')) total++;
  t.equal(total, setCount(refAt(c)));
  t.equal(stringOf(repr(a)), "{'a key': 'a key'}");
  t.equal(intern('an interned string of the collector test'), name);
  for (const slot of [root, a, b, c]) setRef(slot, Fixed.none);
});

t.test('hooks: root scanners, sweepers, finalizers', async (t) => {
  const held = newString('held by a scanner');
  let hold = true;
  addRootScanner(() => {
    if (hold) mark(held);
  });
  const doomed = newString('weakly held');
  let cleared = 0;
  addSweeper((isMarked) => {
    if (!isMarked(doomed)) cleared++;
  });
  const finalized = newList(0);
  let resurrect = true;
  let seen = false;
  addFinalizerScanner((isMarked) => {
    seen = isMarked(finalized);
    if (resurrect) mark(finalized);
  });
  collect();
  t.ok(isMarked(held));
  t.equal(cleared, 1);
  t.notOk(seen, 'the finalizer scanner sees what is unreachable');
  t.ok(isMarked(finalized), 'and can keep it');
  hold = false;
  resurrect = false;
  collect();
  t.notOk(isMarked(held));
  t.notOk(isMarked(finalized));
});

t.test('the stack above its top holds no stale references', async (t) => {
  const slots = pushSlots(100);
  for (let i = 0; i < 100; i++) setRef(slots + i, newList(0));
  popSlots(100);
  collect();
  let stale = 0;
  for (let i = 0; i < 100; i++) if (words[(slots + i) << 1] !== 0) stale++;
  t.equal(stale, 0);
});

t.test('the threshold follows the live size', async (t) => {
  collect();
  t.equal(words[State.collectThreshold], 1 << 22);
  setRef(a, newList(5_000_000));
  t.equal(words[(refAt(a) << 1) + List.size], 5_000_000);
  collect();
  t.ok(words[State.collectThreshold] > 5_000_000);
  setRef(a, Fixed.none);
  collect();
  words[State.interrupt] = 0;
  for (let i = 0; i < 300 && words[State.interrupt] === 0; i++) allocate(20_000);
  t.ok(words[State.interrupt] !== 0, 'a collection is asked for');
  t.doesNotThrow(() => setInt(a, 2 ** 60));
});
