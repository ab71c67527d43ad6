/** Shapes, the method resolution order and the binding of arguments to natives: what no Python program can see whole. */
import t from 'tap';
import { Fixed, State, T } from '../src/heap/fixed.ts';
import { Instance, Shape, Type } from '../src/heap/layouts.ts';
import { words } from '../src/heap/memory.ts';
import { pushSlots } from '../src/heap/slots.ts';
import { refAt, setNull, setRef } from '../src/heap/values.ts';
import { bootstrap } from '../src/objects/bootstrap.ts';
import { makeClass } from '../src/objects/classes.ts';
import { dictSetString, newDict } from '../src/objects/dicts.ts';
import { becomesPythonError, clearRaised } from '../src/objects/errors.ts';
import { setInt } from '../src/objects/integers.ts';
import { linearize } from '../src/objects/mro.ts';
import { natives, nativeTable } from '../src/objects/natives.ts';
import { callNative } from '../src/objects/natives-binding.ts';
import { repr, str } from '../src/objects/operations.ts';
import {
  changeClass,
  instanceDelete,
  instanceDict,
  instanceFind,
  instanceSet,
  newInstance,
  shapeFind,
} from '../src/objects/shapes.ts';
import { intern, setString, stringOf } from '../src/objects/strings.ts';
import { newTuple, tupleItem } from '../src/objects/tuples.ts';
import { lookup, typeModified } from '../src/objects/types.ts';

const signatures = {
  'two(a, b, /)': 0,
  'optional(a, b=None, c=3, /)': 0,
  'named(a, /, b, *, c="x", d=...)': 0,
  'rest(a, *args, **kwargs)': 0,
  'none()': 0,
  'one(a, /)': 0,
};
/** What the last native got, as repr; NULL as `-`. */
let got: string[] = [];
natives(
  'test',
  Object.fromEntries(
    Object.keys(signatures).map((text) => [
      text,
      (args: number, result: number) => {
        const count =
          { two: 2, optional: 3, named: 4, rest: 3, none: 0, one: 1 }[text.slice(0, text.indexOf('('))] ?? 0;
        got = Array.from({ length: count }, (_, i) => (refAt(args + i) === 0 ? '-' : stringOf(repr(args + i))));
        setRef(result, Fixed.none);
      },
    ]),
  ),
);
bootstrap();
const slots = pushSlots(40);

/** The error text of what `action` raises, '' if nothing. */
function errorOf(action: () => void): string {
  try {
    action();
    return '';
  } catch (error) {
    if (!becomesPythonError(error)) throw error;
    words[State.stackTop] = slots + 40;
    setRef(slots + 39, clearRaised());
    return stringOf(str(slots + 39));
  }
}

function newClass(name: string, ...bases: number[]): number {
  setString(slots, name);
  const tuple = newTuple(bases.length);
  bases.forEach((base, i) => {
    setRef(tupleItem(tuple, i), base);
  });
  setRef(slots + 1, tuple);
  setRef(slots + 2, newDict());
  setNull(slots + 3);
  makeClass(T.type, slots, slots + 1, slots + 2, slots + 3, slots + 4);
  return refAt(slots + 4);
}

t.test('shapes', (t) => {
  const type = newClass('Shaped');
  const shapeOf = (ref: number): number => words[(ref << 1) + Instance.shape];
  const set = (ref: number, name: string, value: number): void => {
    setInt(slots + 5, value);
    instanceSet(ref, intern(name), slots + 5);
  };
  const get = (ref: number, name: string): number => {
    const cell = instanceFind(ref, intern(name));
    return cell === 0 ? -1 : words[cell << 1];
  };
  const [one, two] = [newInstance(type), newInstance(type)];
  for (const ref of [one, two]) for (const name of ['a', 'b', 'c']) set(ref, name, name.charCodeAt(0));
  t.equal(shapeOf(one), shapeOf(two), 'the same attributes in the same order share a shape');
  t.equal(shapeFind(shapeOf(one), intern('c')), 2);
  t.equal(shapeFind(shapeOf(one), intern('z')), -1);
  set(one, 'd', 1);
  t.not(shapeOf(one), shapeOf(two));
  instanceDelete(one, intern('d'));
  t.equal(shapeOf(one), shapeOf(two), 'deleting the last attribute goes back');
  for (let i = 0; i < 40; i++) set(one, `n${i}`, i);
  t.equal(get(one, 'n39'), 39, 'slots beyond the inline ones');
  t.equal(get(one, 'a'), 97);
  instanceDelete(two, intern('a'));
  t.equal(words[(shapeOf(two) << 1) + Shape.dictionary], 1, 'deleting in the middle makes a dictionary');
  t.same([get(two, 'a'), get(two, 'b'), get(two, 'c')], [-1, 98, 99]);
  instanceDict(one);
  t.equal(get(one, 'n20'), 20, 'a dictionary keeps the values');
  const three = newInstance(type);
  for (let i = 0; i < 300; i++) set(three, `m${i}`, i);
  t.equal(words[(shapeOf(three) << 1) + Shape.dictionary], 1, 'very many attributes make a dictionary');
  t.equal(get(three, 'm299'), 299);
  const other = newClass('Other');
  const four = newInstance(type);
  set(four, 'a', 5);
  changeClass(four, other);
  t.equal(get(four, 'a'), 5, 'attributes survive a change of class');
  t.equal(words[(shapeOf(four) << 1) + Shape.owner], other);
  t.end();
});

t.test('method resolution order and lookup', (t) => {
  const a = newClass('A');
  const b = newClass('B', a);
  const c = newClass('C', a);
  const d = newClass('D', b, c);
  t.same(linearize([b, c]), [b, c, a, T.object]);
  t.match(
    errorOf(() => linearize([a, b])),
    /Cannot create a consistent/,
  );
  const name = intern('attribute');
  t.equal(lookup(d, name), 0);
  const before = words[(d << 1) + Type.version];
  setInt(slots + 6, 3);
  dictSetString(words[(a << 1) + Type.dict], name, slots + 6);
  typeModified(a, name);
  t.not(words[(d << 1) + Type.version], before, 'a change in a base gives subclasses new versions');
  t.equal(words[lookup(d, name) << 1], 3);
  t.end();
});

t.test('binding of arguments', (t) => {
  const call = (name: string, positional: number[], keywords: Record<string, number> = {}): string => {
    const number = nativeTable.find((native) => native.owner === 'test' && native.name === name)?.number ?? 0;
    const names = Object.keys(keywords);
    [...positional, ...Object.values(keywords)].forEach((value, i) => {
      setInt(slots + 10 + i, value);
    });
    let tuple = 0;
    if (names.length > 0) {
      tuple = newTuple(names.length);
      names.forEach((text, i) => {
        setRef(tupleItem(tuple, i), intern(text));
      });
      setRef(slots + 30, tuple);
    }
    return (
      errorOf(() => callNative(number, slots + 10, positional.length + names.length, tuple, slots + 31)) ||
      got.join(' ')
    );
  };
  t.equal(call('two', [1, 2]), '1 2');
  t.equal(call('two', [1]), 'two expected 2 arguments, got 1');
  t.equal(call('two', [1], { b: 2 }), 'test.two() takes no keyword arguments');
  t.equal(call('optional', [1]), '1 None 3');
  t.equal(call('optional', [1, 2, 4]), '1 2 4');
  t.equal(call('optional', []), 'optional expected at least 1 argument, got 0');
  t.equal(call('optional', [1, 2, 3, 4]), 'optional expected at most 3 arguments, got 4');
  t.equal(call('named', [1, 2]), "1 2 'x' -");
  t.equal(call('named', [1], { d: 4, b: 5 }), "1 5 'x' 4");
  t.equal(call('named', [1]), "named() missing required argument 'b' (pos 2)");
  t.equal(call('named', [1, 2], { b: 3 }), "argument for named() given by name ('b') and position (2)");
  t.equal(call('named', [1, 2], { z: 3 }), "named() got an unexpected keyword argument 'z'");
  t.equal(call('rest', [1, 2, 3], { x: 4 }), "1 (2, 3) {'x': 4}");
  t.equal(call('rest', [1]), '1 () {}');
  t.equal(call('none', []), '');
  t.equal(call('none', [1]), 'test.none() takes no arguments (1 given)');
  t.equal(call('one', []), 'test.one() takes exactly one argument (0 given)');
  t.end();
});
