/** property: the constructor, the decorators getter/setter/deleter, and what it shows of itself. */
import { Fixed, State, T } from '../heap/fixed.ts';
import { Property, Type } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setNull, setRef } from '../heap/values.ts';
import { findAttribute, setAttribute } from './attributes.ts';
import { clearRaised, matchesRaised, raiseAttributeError } from './errors.ts';
import { isAbstract } from './functions.ts';
import { setBool } from './integers.ts';
import { call } from './invoke.ts';
import { N } from './names.ts';
import { getset, natives, staticNatives } from './natives.ts';
import { allocateOfType } from './object-dicts.ts';
import { isStr, stringOf } from './strings.ts';
import { typeOf } from './types.ts';

const PROPERTY_CELLS = 6;
const FIELDS = [Property.getter, Property.setter, Property.deleter, Property.doc, Property.name];
const field = (property: number, offset: Property): number => refAt(property) + (offset >> 1);
const isNone = (slot: number): boolean => isRef(slot) && refAt(slot) === Fixed.none;

staticNatives(T.property, {
  '__new__(cls, /, *args, **kwargs)': (args, result) => {
    const ref = allocateOfType(refAt(args), PROPERTY_CELLS);
    words[(ref << 1) + Property.aux] = 0;
    for (const offset of FIELDS) setNull(ref + (offset >> 1));
    setRef(result, ref);
  },
});

/** A subclass keeps the docstring as an attribute of the property itself, if there is room for it. */
function storeDoc(property: number, doc: number, mayFail: boolean): void {
  const top = words[State.stackTop];
  try {
    setAttribute(property, N.__doc__, doc);
  } catch (error) {
    if (!mayFail || !matchesRaised(error, T.AttributeError)) throw error;
    clearRaised();
    words[State.stackTop] = top;
  }
}

/** Stores an accessor; None counts as absent. */
function setAccessor(property: number, offset: Property, value: number): void {
  if (isNone(value)) setNull(field(property, offset));
  else copyValue(field(property, offset), value);
}

natives(T.property, {
  '__init__(self, fget=None, fset=None, fdel=None, doc=None)': (args, result) => {
    setAccessor(args, Property.getter, args + 1);
    setAccessor(args, Property.setter, args + 2);
    setAccessor(args, Property.deleter, args + 3);
    const base = pushSlots(1);
    copyValue(base, args + 4);
    if (isNone(base) && !isNone(args + 1)) {
      if (!findAttribute(args + 1, N.__doc__, base)) setRef(base, Fixed.none);
    }
    const fromGetter = isNone(args + 4) && !isNone(base);
    words[(refAt(args) << 1) + Property.aux] = fromGetter ? 1 : 0;
    copyValue(field(args, Property.doc), base);
    if (words[refAt(args) << 1] !== T.property) storeDoc(args, base, !fromGetter);
    popSlots(1);
    setRef(result, Fixed.none);
  },
  'getter(self, fget, /)': (args, result) => copyWith(args, Property.getter, args + 1, result),
  'setter(self, fset, /)': (args, result) => copyWith(args, Property.setter, args + 1, result),
  'deleter(self, fdel, /)': (args, result) => copyWith(args, Property.deleter, args + 1, result),
  '__get__(self, instance, owner=None, /)': (args, result) => {
    if (isNone(args + 1)) {
      copyValue(result, args);
      return;
    }
    access(args, Property.getter, 'getter', args + 1, 1, result);
  },
  '__set__(self, instance, value, /)': (args, result) => {
    access(args, Property.setter, 'setter', args + 1, 2, result);
    setRef(result, Fixed.none);
  },
  '__delete__(self, instance, /)': (args, result) => {
    access(args, Property.deleter, 'deleter', args + 1, 1, result);
    setRef(result, Fixed.none);
  },
  '__set_name__(self, owner, name, /)': (args, result) => {
    copyValue(field(args, Property.name), args + 2);
    setRef(result, Fixed.none);
  },
});

function access(property: number, offset: Property, what: string, args: number, count: number, result: number): void {
  const accessor = field(property, offset);
  if (!isNull(accessor)) {
    call(accessor, args, count, result);
    return;
  }
  const name = field(property, Property.name);
  const shown = !isNull(name) && isStr(name) ? ` '${stringOf(refAt(name))}'` : '';
  const owner = stringOf(words[(typeOf(args) << 1) + Type.qualname]);
  raiseAttributeError(`property${shown} of '${owner}' object has no ${what}`);
}

/** result = type(self)(...) with one accessor replaced. */
function copyWith(property: number, offset: Property, value: number, result: number): void {
  const base = pushSlots(5);
  setRef(base, words[refAt(property) << 1]);
  [Property.getter, Property.setter, Property.deleter, Property.doc].forEach((from, i) => {
    const cell = field(property, from);
    if (isNull(cell)) setRef(base + 1 + i, Fixed.none);
    else copyValue(base + 1 + i, cell);
    if (from === offset) copyValue(base + 1 + i, value);
  });
  // a docstring taken from the getter follows a new getter
  if (words[(refAt(property) << 1) + Property.aux] !== 0 && !isNone(base + 1)) setRef(base + 4, Fixed.none);
  call(base, base + 1, 4, base);
  const name = field(property, Property.name);
  if (!isNull(name) && words[(words[refAt(base) << 1] << 1) + Type.kind] === words[(T.property << 1) + Type.kind]) {
    copyValue(field(base, Property.name), name);
  }
  copyValue(result, base);
  popSlots(5);
}

for (const [name, offset] of [
  ['fget', Property.getter],
  ['fset', Property.setter],
  ['fdel', Property.deleter],
] as const) {
  getset(T.property, name, (object, result) => {
    const cell = field(object, offset);
    if (isNull(cell)) setRef(result, Fixed.none);
    else copyValue(result, cell);
  });
}
getset(
  T.property,
  '__doc__',
  (object, result) => {
    const cell = field(object, Property.doc);
    if (isNull(cell)) setRef(result, Fixed.none);
    else copyValue(result, cell);
  },
  (object, value) => copyValue(field(object, Property.doc), value),
);
getset(
  T.property,
  '__name__',
  (object, result) => {
    const cell = field(object, Property.name);
    if (!isNull(cell)) {
      copyValue(result, cell);
      return;
    }
    const getter = field(object, Property.getter);
    if (isNull(getter) || !findAttribute(getter, N.__name__, result)) {
      raiseAttributeError("'property' object has no attribute '__name__'");
    }
  },
  (object, value) => copyValue(field(object, Property.name), value),
);
getset(T.property, '__isabstractmethod__', (object, result) => {
  let abstract = false;
  for (const offset of [Property.getter, Property.setter, Property.deleter]) {
    const cell = field(object, offset);
    if (!abstract && !isNull(cell)) abstract = isAbstract(cell);
  }
  setBool(result, abstract);
});
