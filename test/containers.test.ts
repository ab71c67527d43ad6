/**
 * Dicts, sets, lists, ranges and sorting below the interpreter: against models in JavaScript over random operations, and
 * set order against what CPython printed for the same operations.
 */
import fc from 'fast-check';
import t from 'tap';
import { Fixed, State, T } from '../src/heap/fixed.ts';
import { words } from '../src/heap/memory.ts';
import { pushSlots } from '../src/heap/slots.ts';
import { floatAt, immediateAt, isFloat, refAt, setFloat, setRef } from '../src/heap/values.ts';
import { bootstrap } from '../src/objects/bootstrap.ts';
import {
  dictClear,
  dictCopy,
  dictCount,
  dictDelete,
  dictEntry,
  dictFind,
  dictFindString,
  dictNext,
  dictSet,
  newDict,
} from '../src/objects/dicts.ts';
import { intAt, setBigInt, setInt } from '../src/objects/integers.ts';
import { sortList } from '../src/objects/list-sort.ts';
import { listAppend, listItem, listSize, newList } from '../src/objects/lists.ts';
import { binary, deleteItem, getItem, hashOf, iterate, next, repr, setItem } from '../src/objects/operations.ts';
import { BinaryOperator } from '../src/objects/operators.ts';
import { newSet, setAdd, setDiscard, setPop } from '../src/objects/sets.ts';
import { newSlice } from '../src/objects/slices.ts';
import { intern, isStr, newString, stringOf } from '../src/objects/strings.ts';
import { newTuple, tupleItem } from '../src/objects/tuples.ts';

bootstrap();
const [a, b, c, d] = [0, 1, 2, 3].map(() => pushSlots(1));

/** Stores a model's key or value: integral numbers as ints, others as floats, strings as str. */
function store(slot: number, value: string | number): void {
  if (typeof value === 'string') setRef(slot, newString(value));
  else if (Number.isInteger(value) && !Object.is(value, -0)) setInt(slot, value);
  else setFloat(slot, value);
}
function load(slot: number): string | number {
  if (isFloat(slot)) return floatAt(slot);
  return isStr(slot) ? stringOf(refAt(slot)) : intAt(slot);
}
function text(slot: number): string {
  return stringOf(repr(slot));
}

const keys = fc.oneof(
  fc.integer({ min: -20, max: 20 }),
  fc.integer({ min: 0, max: 40 }).map((n) => n * 4096),
  fc.integer({ min: 0, max: 20 }).map((n) => n + 0.5),
  fc.string({ maxLength: 2 }),
  fc.integer({ min: 0, max: 30 }).map((n) => `key${n}`),
);

t.test('a dict behaves as a Map does, order included', async (t) => {
  const operations = fc.array(
    fc.oneof(
      { weight: 10, arbitrary: fc.tuple(fc.constant('set'), keys, fc.integer()) },
      { weight: 6, arbitrary: fc.tuple(fc.constant('delete'), keys, fc.constant(0)) },
      { weight: 3, arbitrary: fc.tuple(fc.constant('get'), keys, fc.constant(0)) },
      { weight: 1, arbitrary: fc.tuple(fc.constant('copy'), fc.constant(''), fc.constant(0)) },
    ),
    { maxLength: 300 },
  );
  fc.assert(
    fc.property(operations, (list) => {
      const model = new Map<string | number, number>();
      let dict = newDict();
      for (const [operation, key, value] of list) {
        store(a, key);
        store(b, value % 1000);
        const versionBefore = words[(dict << 1) + 5];
        if (operation === 'set') {
          const fresh = !model.has(key);
          dictSet(dict, a, b);
          model.set(key, value % 1000);
          if ((words[(dict << 1) + 5] !== versionBefore) !== fresh) throw new Error('keys version');
        } else if (operation === 'delete') {
          if (dictDelete(dict, a) !== model.delete(key)) throw new Error(`delete ${key}`);
        } else if (operation === 'get') {
          const cell = dictFind(dict, a);
          const found = model.get(key);
          if (cell === 0 ? found !== undefined : load(cell) !== found) throw new Error(`get ${key}`);
        } else dict = dictCopy(dict);
        if (dictCount(dict) !== model.size) throw new Error('count');
      }
      const entries: (string | number)[][] = [];
      for (let at = dictNext(dict, 0); at >= 0; at = dictNext(dict, at + 1))
        entries.push([load(dictEntry(dict, at)), load(dictEntry(dict, at) + 1)]);
      if (JSON.stringify(entries) !== JSON.stringify([...model])) throw new Error('order');
      dictClear(dict);
      return dictCount(dict) === 0 && dictNext(dict, 0) === -1;
    }),
    { numRuns: 150 },
  );
  t.pass('150 sequences');
});

t.test('a dict finds equal keys of different types and grows by the thousand', async (t) => {
  const dict = newDict();
  setInt(a, 1);
  setInt(b, 10);
  dictSet(dict, a, b);
  setFloat(a, 1);
  t.equal(load(dictFind(dict, a)), 10, '1.0 finds 1');
  setRef(a, Fixed.true);
  t.equal(load(dictFind(dict, a)), 10, 'True finds 1');
  for (let i = 0; i < 20000; i++) {
    setRef(a, newString(`name${i}`));
    setInt(b, i);
    dictSet(dict, a, b);
  }
  t.equal(dictCount(dict), 20001);
  t.equal(load(dictFindString(dict, intern('name19999'))), 19999);
  t.equal(dictFindString(dict, intern('name20000')), 0);
});

t.test('a dict that changes while it is iterated', async (t) => {
  setRef(c, newDict());
  for (let i = 0; i < 3; i++) {
    setInt(a, i);
    dictSet(refAt(c), a, a);
  }
  iterate(c, d);
  t.ok(next(d, a));
  setInt(a, 99);
  dictSet(refAt(c), a, a);
  t.throws(() => next(d, a));
  t.equal(words[words[State.raised] << 1], T.RuntimeError);
  words[State.raised] = 0;
});

t.test('set order is that of CPython', async (t) => {
  const filled = (...items: number[]): number => {
    const set = newSet();
    for (const item of items) {
      store(a, item);
      setAdd(set, a);
    }
    return set;
  };
  setRef(c, filled(100, 5, 3, 77, -1, 1000000, 64));
  t.equal(text(c), '{1000000, 64, 3, 100, 5, 77, -1}');
  // A dummy left by discard is used again, the last one on the way.
  const twenty = filled(...Array.from({ length: 20 }, (_, i) => i));
  setRef(c, twenty);
  for (const gone of [3, 4]) {
    setInt(a, gone);
    setDiscard(twenty, a);
  }
  for (const added of [131, 259]) {
    setInt(a, added);
    setAdd(twenty, a);
  }
  t.equal(text(c), '{0, 1, 2, 259, 131, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19}');
  const ten = filled(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  const popped: number[] = [];
  for (let i = 0; i < 3; i++) {
    setPop(ten, a);
    popped.push(load(a) as number);
  }
  t.same(popped, [0, 1, 2]);
  for (const added of [0, 1]) {
    setInt(a, added);
    setAdd(ten, a);
  }
  setRef(c, ten);
  setPop(ten, a);
  setPop(ten, b);
  t.equal(`${load(a)} ${load(b)} ${text(c)}`, '3 4 {1, 0, 5, 6, 7, 8, 9}');
  setRef(c, filled(1, 2, 3, 40, 50));
  setRef(d, filled(3, 50, 1000, 7));
  const answers = [BinaryOperator.or, BinaryOperator.and, BinaryOperator.xor, BinaryOperator.subtract].map(
    (operator) => {
      binary(operator, c, d, false, a);
      return text(a);
    },
  );
  t.same(answers, ['{1, 2, 3, 7, 40, 1000, 50}', '{50, 3}', '{1, 2, 7, 1000, 40}', '{40, 1, 2}']);
});

t.test('hashes of tuples are those of 64-bit CPython', async (t) => {
  const hash = (...items: (string | number)[]): string => {
    const tuple = newTuple(items.length);
    items.forEach((item, i) => {
      store(tupleItem(tuple, i), item);
    });
    setRef(a, tuple);
    hashOf(a, b);
    return text(b);
  };
  t.equal(hash(), '5740354900026072187');
  t.equal(hash(1, 2), '-3550055125485641917');
  t.equal(hash(1, 2, 0.5), '5150841835733016935');
  setRef(a, newTuple(1));
  setBigInt(refAt(a) + 1, 2n ** 100n);
  hashOf(a, b);
  t.equal(text(b), '-2673695239922186344');
});

t.test('a list behaves as an array does', async (t) => {
  const bound = fc.option(fc.integer({ min: -12, max: 12 }), { nil: null });
  const step = fc.option(
    fc.integer({ min: -3, max: 3 }).filter((n) => n !== 0),
    { nil: null },
  );
  const setBound = (slot: number, value: number | null): void => {
    if (value === null) setRef(slot, Fixed.none);
    else setInt(slot, value);
  };
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 99 }), { maxLength: 10 }),
      bound,
      bound,
      step,
      (items, from, to, by) => {
        const make = (): void => {
          setRef(c, newList(0));
          for (const item of items) {
            setInt(a, item);
            listAppend(refAt(c), a);
          }
        };
        const slots = pushSlots(3);
        setBound(slots, from);
        setBound(slots + 1, to);
        setBound(slots + 2, by);
        setRef(b, newSlice(slots, slots + 1, slots + 2));
        words[State.stackTop] = slots;
        const positions = slicePositions(items.length, from, to, by ?? 1);
        make();
        getItem(c, b, d);
        if (text(d) !== pythonText(positions.map((i) => items[i]))) return false;
        deleteItem(c, b);
        if (text(c) !== pythonText(items.filter((_, i) => !positions.includes(i)))) return false;
        make();
        const replacement = positions.map((i) => items[i] + 100);
        setRef(d, newList(0));
        for (const item of replacement) {
          setInt(a, item);
          listAppend(refAt(d), a);
        }
        setItem(c, b, d);
        const expected = [...items];
        positions.forEach((position, i) => {
          expected[position] = replacement[i];
        });
        return text(c) === pythonText(expected);
      },
    ),
    { numRuns: 1000 },
  );
  t.pass('1000 slices');
});

function pythonText(items: readonly number[]): string {
  return `[${items.join(', ')}]`;
}

/** The positions that start:stop:step selects, by the book. */
function slicePositions(length: number, from: number | null, to: number | null, step: number): number[] {
  const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);
  const bound = (value: number | null, missing: number): number => {
    if (value === null) return missing;
    const absolute = value < 0 ? value + length : value;
    return step > 0 ? clamp(absolute, 0, length) : clamp(absolute, -1, length - 1);
  };
  const positions: number[] = [];
  if (step > 0) for (let i = bound(from, 0); i < bound(to, length); i += step) positions.push(i);
  else for (let i = bound(from, length - 1); i > bound(to, -1); i += step) positions.push(i);
  return positions;
}

t.test('sorting is stable, in both directions, for every kind of key', async (t) => {
  const values = fc.oneof(
    fc.array(fc.integer({ min: -30, max: 30 }), { maxLength: 200 }),
    fc.array(fc.double({ noNaN: true }), { maxLength: 100 }),
    fc.array(fc.string({ maxLength: 3 }), { maxLength: 100 }),
    fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constantFrom(0.5, 1.5, -0, 0)), { maxLength: 100 }),
  );
  const byValue = (x: string | number, y: string | number): number => {
    if (typeof x === 'string') {
      const [p, q] = [Array.from(x), Array.from(y as string)].map((z) => z.map((s) => s.codePointAt(0)!));
      for (let i = 0; i < p.length && i < q.length; i++) if (p[i] !== q[i]) return p[i] - q[i];
      return p.length - q.length;
    }
    return x - (y as number);
  };
  fc.assert(
    fc.property(values, fc.boolean(), fc.boolean(), (input, reverse, pairs) => {
      const items = input as (string | number)[];
      setRef(c, newList(0));
      items.forEach((item, i) => {
        if (pairs) {
          // (value, position) compare through tuples, so the order must be total
          const tuple = newTuple(2);
          store(tupleItem(tuple, 0), item);
          setInt(tupleItem(tuple, 1), i);
          setRef(a, tuple);
        } else store(a, item);
        listAppend(refAt(c), a);
      });
      setRef(b, Fixed.none);
      sortList(c, b, reverse);
      const order = items.map((_, i) => i);
      order.sort((i, k) => {
        const first = byValue(items[i], items[k]);
        if (first !== 0) return reverse ? -first : first;
        return pairs && reverse ? k - i : i - k;
      });
      if (listSize(refAt(c)) !== items.length) return false;
      return order.every((position, i) => {
        const cell = listItem(refAt(c), i);
        return pairs ? immediateAt(tupleItem(refAt(cell), 1)) === position : Object.is(load(cell), items[position]);
      });
    }),
    { numRuns: 400 },
  );
  t.pass('400 lists');
});
