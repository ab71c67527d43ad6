/**
 * The module _abc: what ABCMeta of abc.py does for isinstance, issubclass, register and abstract methods. What was
 * registered is in the heap (a list of weak references in the class's `_abc_impl`); the answers given before are a cache
 * beside it, whose entries go when their classes die.
 */
import { addSweeper } from '../heap/collector.ts';
import { Fixed, T } from '../heap/fixed.ts';
import { FunctionObject, Kind, List, Tuple, Type, TypeFlag } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isRef, refAt, setRef } from '../heap/values.ts';
import { findAttribute, getAttribute, setAttribute } from '../objects/attributes.ts';
import { isSubclass, setAbstractAnswer } from '../objects/builtins-types.ts';
import { declareType, newRecord, recordValue } from '../objects/declared-types.ts';
import { dictDeleteString, dictEntry, dictFindString, dictNext } from '../objects/dicts.ts';
import { raise, raiseTypeError } from '../objects/errors.ts';
import { isAbstract } from '../objects/functions.ts';
import { intAt, isInt, setBool, setInt } from '../objects/integers.ts';
import { call, callMethodRef } from '../objects/invoke.ts';
import { listAppend, newList } from '../objects/lists.ts';
import { registerModule } from '../objects/modules.ts';
import { N } from '../objects/names.ts';
import { natives } from '../objects/natives.ts';
import { iterate, next } from '../objects/operations.ts';
import { newFrozenset, newSet, setAdd } from '../objects/sets.ts';
import { intern, internRef, isStr } from '../objects/strings.ts';
import { newTuple, tupleItem } from '../objects/tuples.ts';
import { isSubtype, isType, kindAt, lookup, typeModified, typeOf } from '../objects/types.ts';
import { newWeakReference, REFERENCE, targetOf } from '../objects/weak-references.ts';

/** values: 0 the list of weak references to what was registered. */
const ABC_DATA = declareType({ name: '_abc_data', module: '_abc', values: 1, hidden: true });

/** Answers of one abstract class: the classes known to be its subclasses, and those known not to be. */
class Answers {
  positive = new Set<number>();
  negative = new Set<number>();
  /** the number of registrations at which `negative` was right */
  negativeVersion = 0;
}
/** By the ref of the `_abc_impl`. */
const answers = new Map<number, Answers>();
addSweeper((isMarked) => {
  for (const [data, { positive, negative }] of answers) {
    if (!isMarked(data)) {
      answers.delete(data);
      continue;
    }
    for (const type of positive) if (!isMarked(type)) positive.delete(type);
    for (const type of negative) if (!isMarked(type)) negative.delete(type);
  }
});
/** How many registrations there have been, of any class. */
let registrations = 0;

function answersOf(data: number): Answers {
  let known = answers.get(data);
  if (!known) {
    known = new Answers();
    answers.set(data, known);
  }
  if (known.negativeVersion !== registrations) {
    known.negative.clear();
    known.negativeVersion = registrations;
  }
  return known;
}

let implName = 0;
/** The `_abc_impl` of an abstract class. May call Python. */
function dataOf(cls: number): number {
  if (isType(cls)) {
    const cell = dictFindString(words[(refAt(cls) << 1) + Type.dict], implName);
    if (cell !== 0 && isRef(cell) && words[refAt(cell) << 1] === ABC_DATA) return refAt(cell);
  }
  const slot = pushSlots(1);
  getAttribute(cls, implName || intern('_abc_impl'), slot);
  const data = refAt(slot);
  if (!isRef(slot) || words[data << 1] !== ABC_DATA) raiseTypeError('_abc_impl is set to a wrong type');
  popSlots(1);
  return data;
}

/** The answer for a class that was asked about before; null: not known. Never calls Python. */
function knownAnswer(data: number, type: number): boolean | null {
  const known = answersOf(data);
  if (known.positive.has(type)) return true;
  return known.negative.has(type) ? false : null;
}

/** The hooks of ABCMeta, which ask the natives below; 0 before the first abstract class, or when they are gone. */
const hooks = { instance: 0, subclass: 0 };
function noteHooks(metatype: number): void {
  const abc = intern('abc');
  const own = (name: number): number => {
    const cell = lookup(metatype, name);
    if (cell === 0 || kindAt(cell) !== Kind.function) return 0;
    const module = refAt(cell) + (FunctionObject.module >> 1);
    return isRef(module) && refAt(module) === abc ? refAt(cell) : 0;
  };
  hooks.instance ||= own(N.__instancecheck__);
  hooks.subclass ||= own(N.__subclasscheck__);
}
addSweeper((isMarked) => {
  if (!isMarked(hooks.instance)) hooks.instance = 0;
  if (!isMarked(hooks.subclass)) hooks.subclass = 0;
});
setAbstractAnswer((hook, cls, type) => {
  if (hook === 0 || !isRef(hook) || !isType(cls)) return null;
  const asked = refAt(hook);
  if (asked !== hooks.instance && asked !== hooks.subclass) return null;
  const cell = dictFindString(words[(refAt(cls) << 1) + Type.dict], implName);
  if (cell === 0 || !isRef(cell) || words[refAt(cell) << 1] !== ABC_DATA) return null;
  return knownAnswer(refAt(cell), type);
});

/** result = cls.__subclasscheck__(type), asked of the class, as it may be overridden. */
function askSubclass(cls: number, typeSlot: number, result: number): boolean {
  callMethodRef(cls, N.__subclasscheck__, typeSlot, 1, result);
  return isRef(result) && refAt(result) === Fixed.true;
}

/** issubclass(subclass, cls) in full, for an answer that is not known. May call Python. */
function decide(cls: number, data: number, subclass: number): boolean {
  const known = answersOf(data);
  const type = refAt(subclass);
  const base = pushSlots(3);
  const yes = (): boolean => {
    known.positive.add(type);
    popSlots(3);
    return true;
  };
  setRef(base + 2, data);
  getAttribute(cls, N.__subclasshook__, base);
  call(base, subclass, 1, base);
  const hook = isRef(base) ? refAt(base) : 0;
  if (hook === Fixed.true) return yes();
  if (hook === Fixed.false) {
    known.negative.add(type);
    popSlots(3);
    return false;
  }
  if (hook !== Fixed.notImplemented) {
    raise(T.AssertionError, '__subclasshook__ must return either False, True, or NotImplemented');
  }
  if (isType(cls) && isSubtype(type, refAt(cls))) return yes();
  const registry = refAt(recordValue(data, 0));
  for (let i = 0; i < words[(registry << 1) + List.size]; i++) {
    const target = targetOf(words[(words[(registry << 1) + List.items] + 1 + i) << 1]);
    if (target === 0) continue;
    setRef(base, target);
    if (isSubclass(subclass, base)) return yes();
  }
  callMethodRef(cls, intern('__subclasses__'), base, 0, base);
  if (kindAt(base) !== kindAt(recordValue(data, 0))) raiseTypeError('__subclasses__() must return a list');
  const children = refAt(base);
  for (let i = 0; i < words[(children << 1) + List.size]; i++) {
    copyValue(base + 1, words[(children << 1) + List.items] + 1 + i);
    if (isSubclass(subclass, base + 1)) return yes();
  }
  answersOf(data).negative.add(type);
  popSlots(3);
  return false;
}

/** Gives a class and its subclasses the flag for patterns that the abstract class has. */
function spreadFlags(type: number, flags: number): void {
  const word = (type << 1) + Type.flags;
  if ((words[word] & TypeFlag.heapType) === 0 || (words[word] & flags) === flags) return;
  words[word] = (words[word] & ~(TypeFlag.sequence | TypeFlag.mapping)) | flags;
  const list = words[(type << 1) + Type.subclasses];
  if (list === 0) return;
  const items = words[(list << 1) + List.items] + 1;
  for (let i = 0; i < words[(list << 1) + List.size]; i++) spreadFlags(words[(items + i) << 1], flags);
}

/** `__abstractmethods__` of a new class: its own abstract attributes, and inherited ones that it leaves abstract. */
function computeAbstractMethods(cls: number): void {
  const base = pushSlots(5);
  const found = newFrozenset();
  setRef(base, found);
  const dict = words[(refAt(cls) << 1) + Type.dict];
  for (let at = dictNext(dict, 0); at >= 0; at = dictNext(dict, at + 1)) {
    copyValue(base + 1, dictEntry(dict, at));
    copyValue(base + 2, dictEntry(dict, at) + 1);
    if (isAbstract(base + 2)) setAdd(found, base + 1);
  }
  const bases = words[(refAt(cls) << 1) + Type.bases];
  for (let i = 0; i < words[(bases << 1) + Tuple.size]; i++) {
    copyValue(base + 1, tupleItem(bases, i));
    if (!findAttribute(base + 1, N.__abstractmethods__, base + 2)) continue;
    iterate(base + 2, base + 2);
    while (next(base + 2, base + 3)) {
      if (!isStr(base + 3)) continue;
      if (findAttribute(cls, internRef(refAt(base + 3)), base + 4) && isAbstract(base + 4)) setAdd(found, base + 3);
    }
  }
  setAttribute(cls, N.__abstractmethods__, base);
  popSlots(5);
}

const SEQUENCE_BIT = 1 << 5;
const MAPPING_BIT = 1 << 6;

natives('_abc', {
  'get_cache_token()': (_args, result) => setInt(result, registrations),
  '_abc_init(self, /)': (args, result) => {
    computeAbstractMethods(args);
    noteHooks(typeOf(args));
    const slot = pushSlots(1);
    const data = newRecord(ABC_DATA);
    setRef(slot, data);
    setRef(recordValue(data, 0), newList(0));
    implName = intern('_abc_impl');
    setAttribute(args, implName, slot);
    popSlots(1);
    // Sequence and Mapping of collections.abc say in this way what patterns shall take them for
    const type = refAt(args);
    const dict = words[(type << 1) + Type.dict];
    const cell = dictFindString(dict, intern('__abc_tpflags__'));
    if (cell !== 0 && isInt(cell)) {
      const wanted = intAt(cell) & (SEQUENCE_BIT | MAPPING_BIT);
      if (wanted === (SEQUENCE_BIT | MAPPING_BIT)) {
        raiseTypeError('__abc_tpflags__ cannot be both Py_TPFLAGS_SEQUENCE and Py_TPFLAGS_MAPPING');
      }
      if (wanted === SEQUENCE_BIT) words[(type << 1) + Type.flags] |= TypeFlag.sequence;
      if (wanted === MAPPING_BIT) words[(type << 1) + Type.flags] |= TypeFlag.mapping;
      dictDeleteString(dict, intern('__abc_tpflags__'));
      typeModified(type);
    }
    setRef(result, Fixed.none);
  },
  '_abc_register(self, subclass, /)': (args, result) => {
    if (!isType(args + 1)) raiseTypeError('Can only register classes');
    if (!isSubclass(args + 1, args)) {
      if (isSubclass(args, args + 1)) raise(T.RuntimeError, 'Refusing to create an inheritance cycle');
      const data = dataOf(args);
      const slot = pushSlots(1);
      setRef(slot, newWeakReference(REFERENCE, args + 1, 0));
      listAppend(refAt(recordValue(data, 0)), slot);
      popSlots(1);
      registrations++;
      const flags = words[(refAt(args) << 1) + Type.flags] & (TypeFlag.sequence | TypeFlag.mapping);
      if (flags !== 0) spreadFlags(refAt(args + 1), flags);
    }
    copyValue(result, args + 1);
  },
  '_abc_instancecheck(self, instance, /)': (args, result) => {
    const data = dataOf(args);
    const slots = pushSlots(3);
    setRef(slots, data);
    const type = typeOf(args + 1);
    getAttribute(args + 1, N.__class__, slots + 1);
    const same = isRef(slots + 1) && refAt(slots + 1) === type;
    let answer = isRef(slots + 1) ? knownAnswer(data, refAt(slots + 1)) : null;
    if (answer === false && !same) answer = null;
    if (answer === null) {
      answer = askSubclass(args, slots + 1, slots + 2);
      if (!answer && !same) {
        setRef(slots + 1, type);
        answer = askSubclass(args, slots + 1, slots + 2);
      }
    }
    setBool(result, answer);
    popSlots(3);
  },
  '_abc_subclasscheck(self, subclass, /)': (args, result) => {
    if (!isType(args + 1)) raiseTypeError('issubclass() arg 1 must be a class');
    const data = dataOf(args);
    const answer = knownAnswer(data, refAt(args + 1));
    setBool(result, answer ?? decide(args, data, args + 1));
  },
  '_get_dump(self, /)': (args, result) => {
    const data = dataOf(args);
    const slots = pushSlots(2);
    const known = answersOf(data);
    const tuple = newTuple(4);
    setRef(tupleItem(tuple, 3), Fixed.none);
    for (let i = 0; i < 3; i++) setRef(tupleItem(tuple, i), Fixed.none);
    setRef(slots, tuple);
    const registered: number[] = [];
    const registry = refAt(recordValue(data, 0));
    for (let i = 0; i < words[(registry << 1) + List.size]; i++) {
      registered.push(targetOf(words[(words[(registry << 1) + List.items] + 1 + i) << 1]));
    }
    [registered, [...known.positive], [...known.negative]].forEach((types, i) => {
      const set = newSet();
      setRef(tupleItem(tuple, i), set);
      for (const type of types) {
        if (type === 0) continue;
        setRef(slots + 1, type);
        setRef(slots + 1, newWeakReference(REFERENCE, slots + 1, 0));
        setAdd(set, slots + 1);
      }
    });
    setInt(tupleItem(tuple, 3), known.negativeVersion);
    copyValue(result, slots);
    popSlots(2);
  },
  '_reset_registry(self, /)': (args, result) => {
    setRef(recordValue(dataOf(args), 0), newList(0));
    setRef(result, Fixed.none);
  },
  '_reset_caches(self, /)': (args, result) => {
    answers.delete(dataOf(args));
    setRef(result, Fixed.none);
  },
});

registerModule('_abc');
