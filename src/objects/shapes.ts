/**
 * Hidden classes. Instances of one class that got the same attributes in the same order share a shape, which maps names
 * to slots; so an inline cache compares one word, and an instance stores values only. Shapes form a tree below the root
 * shape of their type; a shape adds one name to its parent. Shapes live as long as their type, so a cache entry keyed by
 * (type version, shape) never meets a recycled one.
 *
 * The first slots lie inside the instance, the rest in an overflow array. How many are inside is decided when a class
 * gets its first instance, from the attributes that the methods of the class and its bases assign to self.
 *
 * Whatever does not fit the scheme (deletion in the middle, access to `__dict__`, very many attributes) turns the one
 * instance to dictionary mode: a real dict in the overflow word. The dict then is the truth, so that `vars(x)['a'] = 1`
 * just works. Turned down: a dict that mirrors the slots (two truths to keep in step).
 */

import { registerFinalizable } from '../heap/finalization.ts';
import { StateCell, T } from '../heap/fixed.ts';
import { ArrayObject, Dict, Instance, SHAPE_CELLS, Shape, Tuple, Type, TypeFlag } from '../heap/layouts.ts';
import { allocate, words } from '../heap/memory.ts';
import { copyValue, isNull, isRef, refAt, setNull, setRef, setSmallInt, TAG_REF } from '../heap/values.ts';
import { dictDeleteString, dictFindString, dictSetString, newDict } from './dicts.ts';
import { newValuesArray } from './lists.ts';
import { N } from './names.ts';
import { copyCells } from './tuples.ts';

/** A cell for a value on its way into a dict under a str key, which calls nothing. */
const TEMPORARY = StateCell.scratch + 32;
const MIN_INLINE = 4;
const MAX_INLINE = 32;
/** Shapes up to this many slots are searched link by link. */
const LINEAR_SEARCH = 8;
/** Beyond this an instance is used as a dictionary, so it becomes one. */
const MAX_SLOTS = 256;
/** A shape with more children than this is the parent of arbitrary names. */
const MAX_TRANSITIONS = 64;

function newShape(owner: number, parent: number, name: number, count: number, inlineSlots: number): number {
  const shape = allocate(SHAPE_CELLS);
  const word = shape << 1;
  words[word] = T.shape;
  words[word + Shape.count] = count;
  words[word + Shape.owner] = owner;
  words[word + Shape.parent] = parent;
  words[word + Shape.name] = name;
  words[word + Shape.table] = 0;
  words[word + Shape.transitions] = 0;
  words[word + Shape.dictionary] = 0;
  words[word + Shape.inlineSlots] = inlineSlots;
  words[word + Shape.next] = 0;
  return shape;
}

/** The shape of a fresh instance of a type (Kind.instance); made, and the inline size decided, on first use. */
export function rootShapeOf(type: number): number {
  const known = words[(type << 1) + Type.rootShape];
  if (known !== 0) return known;
  const inline = chooseInlineSlots(type);
  const shape = newShape(type, 0, 0, words[(type << 1) + Type.memberSlots], inline);
  words[(type << 1) + Type.inlineSlots] = inline;
  words[(type << 1) + Type.rootShape] = shape;
  return shape;
}

/** The root shape of a type for instances with a given number of inline slots (after assignment to `__class__`). */
export function rootShapeOfSize(type: number, inlineSlots: number): number {
  let shape = rootShapeOf(type);
  for (;;) {
    if (words[(shape << 1) + Shape.inlineSlots] === inlineSlots) return shape;
    const next = words[(shape << 1) + Shape.next];
    if (next === 0) break;
    shape = next;
  }
  const made = newShape(type, 0, 0, words[(type << 1) + Type.memberSlots], inlineSlots);
  words[(shape << 1) + Shape.next] = made;
  return made;
}

/** Distinct attribute names that the methods of the class and its bases assign to self, within bounds. */
function chooseInlineSlots(type: number): number {
  const members = words[(type << 1) + Type.memberSlots];
  const flags = words[(type << 1) + Type.flags];
  if ((flags & 2) === 0) return members;
  const names = new Set<number>();
  const mro = words[(type << 1) + Type.mro];
  const length = words[(mro << 1) + Tuple.size];
  for (let i = 0; i < length; i++) {
    const namespace = words[(words[(mro + 1 + i) << 1] << 1) + Type.dict];
    const cell = dictFindString(namespace, N.__static_attributes__);
    if (cell === 0 || !isRef(cell) || words[refAt(cell) << 1] !== T.tuple) continue;
    const tuple = refAt(cell);
    for (let k = 0; k < words[(tuple << 1) + Tuple.size]; k++) names.add(words[(tuple + 1 + k) << 1]);
  }
  const wanted = Math.max(MIN_INLINE, Math.min(names.size, MAX_INLINE));
  return members + wanted;
}

/** A new instance of a class whose instances are Kind.instance, without attributes. Allocates only. */
export function newInstance(type: number): number {
  const shape = words[(type << 1) + Type.rootShape] || rootShapeOf(type);
  const inline = words[(type << 1) + Type.inlineSlots];
  const ref = allocate(2 + inline);
  const word = ref << 1;
  words[word] = type;
  words[word + Instance.shape] = shape;
  words[word + Instance.overflow] = 0;
  words[word + Instance.flags] = 0;
  if ((words[(type << 1) + Type.flags] & TypeFlag.hasFinalizer) !== 0) registerFinalizable(ref);
  const end = word + Instance.slots + (inline << 1);
  for (let at = word + Instance.slots; at < end; at += 2) {
    words[at] = 0;
    words[at + 1] = TAG_REF;
  }
  return ref;
}

/** The slot of `name` (interned str) in a shape that is not in dictionary mode, or -1. Allocates at most a table. */
export function shapeFind(shape: number, name: number): number {
  const count = words[(shape << 1) + Shape.count];
  if (count > LINEAR_SEARCH) return findInTable(shape, name);
  let at = shape;
  let slot = count - 1;
  for (;;) {
    const parent = words[(at << 1) + Shape.parent];
    if (parent === 0) return -1;
    if (words[(at << 1) + Shape.name] === name) return slot;
    slot--;
    at = parent;
  }
}

function findInTable(shape: number, name: number): number {
  if (words[(shape << 1) + Shape.parent] === 0) return -1;
  let table = words[(shape << 1) + Shape.table];
  if (table === 0) {
    table = newDict();
    const slot = TEMPORARY;
    let at = shape;
    while (words[(at << 1) + Shape.parent] !== 0) {
      setSmallInt(slot, words[(at << 1) + Shape.count] - 1);
      dictSetString(table, words[(at << 1) + Shape.name], slot);
      at = words[(at << 1) + Shape.parent];
    }
    words[(shape << 1) + Shape.table] = table;
  }
  const cell = dictFindString(table, name);
  return cell === 0 ? -1 : words[cell << 1];
}

/** The shape after adding `name`, or 0 if the instance should go to dictionary mode instead. */
export function shapeAdd(shape: number, name: number): number {
  const transitions = words[(shape << 1) + Shape.transitions];
  if (transitions !== 0) {
    const cell = dictFindString(transitions, name);
    if (cell !== 0) return words[cell << 1];
    if (words[(transitions << 1) + Dict.count] >= MAX_TRANSITIONS) return 0;
  }
  const count = words[(shape << 1) + Shape.count];
  if (count >= MAX_SLOTS) return 0;
  const owner = words[(shape << 1) + Shape.owner];
  const child = newShape(owner, shape, name, count + 1, words[(shape << 1) + Shape.inlineSlots]);
  let table = transitions;
  if (table === 0) words[(shape << 1) + Shape.transitions] = table = newDict();
  setRef(TEMPORARY, child);
  dictSetString(table, name, TEMPORARY);
  return child;
}

/** The dictionary-mode shape that belongs to the root of `shape`. */
function dictionaryShape(shape: number): number {
  let root = shape;
  while (words[(root << 1) + Shape.parent] !== 0) root = words[(root << 1) + Shape.parent];
  const known = words[(root << 1) + Shape.table];
  if (known !== 0) return known;
  const made = newShape(
    words[(root << 1) + Shape.owner],
    0,
    0,
    words[(root << 1) + Shape.count],
    words[(root << 1) + Shape.inlineSlots],
  );
  words[(made << 1) + Shape.dictionary] = 1;
  words[(root << 1) + Shape.table] = made;
  return made;
}

/** The cell of slot `slot` of an instance. */
export function slotCell(instance: number, slot: number): number {
  const shape = words[(instance << 1) + Instance.shape];
  const inline = words[(shape << 1) + Shape.inlineSlots];
  if (slot < inline) return instance + (Instance.slots >> 1) + slot;
  return words[(instance << 1) + Instance.overflow] + (ArrayObject.data >> 1) + slot - inline;
}

/** The cell of an instance's own attribute, or 0. */
export function instanceFind(instance: number, name: number): number {
  const shape = words[(instance << 1) + Instance.shape];
  if (words[(shape << 1) + Shape.dictionary] !== 0) {
    return dictFindString(words[(instance << 1) + Instance.overflow], name);
  }
  const slot = shapeFind(shape, name);
  return slot < 0 ? 0 : slotCell(instance, slot);
}

/** Sets an instance's own attribute. Allocates; never calls Python. */
export function instanceSet(instance: number, name: number, value: number): void {
  const shape = words[(instance << 1) + Instance.shape];
  if (words[(shape << 1) + Shape.dictionary] !== 0) {
    dictSetString(words[(instance << 1) + Instance.overflow], name, value);
    return;
  }
  const slot = shapeFind(shape, name);
  if (slot >= 0) {
    copyValue(slotCell(instance, slot), value);
    return;
  }
  const child = shapeAdd(shape, name);
  if (child === 0) dictSetString(instanceDict(instance), name, value);
  else instanceAdd(instance, child, value);
}

/** Gives an instance the attribute that shape `child` adds to the instance's present shape. Allocates only. */
export function instanceAdd(instance: number, child: number, value: number): void {
  const slot = words[(child << 1) + Shape.count] - 1;
  const inline = words[(child << 1) + Shape.inlineSlots];
  if (slot < inline) copyValue(instance + (Instance.slots >> 1) + slot, value);
  else {
    const position = slot - inline;
    let overflow = words[(instance << 1) + Instance.overflow];
    const capacity = overflow === 0 ? 0 : words[(overflow << 1) + ArrayObject.length];
    if (position >= capacity) {
      const larger = newValuesArray(capacity === 0 ? 4 : capacity * 2);
      if (capacity !== 0) copyCells(larger + 1, overflow + 1, capacity);
      words[(instance << 1) + Instance.overflow] = overflow = larger;
    }
    copyValue(overflow + (ArrayObject.data >> 1) + position, value);
  }
  words[(instance << 1) + Instance.shape] = child;
}

/** Deletes an instance's own attribute; false if it has none of this name. */
export function instanceDelete(instance: number, name: number): boolean {
  const shape = words[(instance << 1) + Instance.shape];
  if (words[(shape << 1) + Shape.dictionary] !== 0) {
    return dictDeleteString(words[(instance << 1) + Instance.overflow], name);
  }
  const slot = shapeFind(shape, name);
  if (slot < 0) return false;
  if (slot === words[(shape << 1) + Shape.count] - 1) {
    setNull(slotCell(instance, slot));
    words[(instance << 1) + Instance.shape] = words[(shape << 1) + Shape.parent];
    return true;
  }
  return dictDeleteString(instanceDict(instance), name);
}

/** The names and cells of an instance's own attributes, in the order they were set: for copying, few uses. */
function ownSlots(shape: number): { name: number; slot: number }[] {
  const found: { name: number; slot: number }[] = [];
  for (let at = shape; words[(at << 1) + Shape.parent] !== 0; at = words[(at << 1) + Shape.parent]) {
    found.push({ name: words[(at << 1) + Shape.name], slot: words[(at << 1) + Shape.count] - 1 });
  }
  return found.reverse();
}

/** `__dict__` of an instance: turns it to dictionary mode (for good) and returns the dict. Allocates only. */
export function instanceDict(instance: number): number {
  const shape = words[(instance << 1) + Instance.shape];
  if (words[(shape << 1) + Shape.dictionary] !== 0) return words[(instance << 1) + Instance.overflow];
  const dict = newDict();
  for (const { name, slot } of ownSlots(shape)) {
    const cell = slotCell(instance, slot);
    if (!isNull(cell)) dictSetString(dict, name, cell);
  }
  setInstanceDict(instance, dict);
  return dict;
}

/** Replaces `__dict__` of an instance. */
export function setInstanceDict(instance: number, dict: number): void {
  const shape = words[(instance << 1) + Instance.shape];
  const target = dictionaryShape(shape);
  words[(instance << 1) + Instance.shape] = target;
  words[(instance << 1) + Instance.overflow] = dict;
  const members = words[(target << 1) + Shape.count];
  const inline = words[(target << 1) + Shape.inlineSlots];
  for (let slot = members; slot < inline; slot++) setNull(instance + (Instance.slots >> 1) + slot);
}

/** A dict of an instance's own attributes as they are now, without turning it to dictionary mode. */
export function instanceDictCopy(instance: number): number {
  const shape = words[(instance << 1) + Instance.shape];
  const dict = newDict();
  for (const { name, slot } of ownSlots(shape)) dictSetString(dict, name, slotCell(instance, slot));
  return dict;
}

/** Makes an instance one of another class whose members of `__slots__` agree: keeps the attributes and the size. */
export function changeClass(instance: number, type: number): void {
  const shape = words[(instance << 1) + Instance.shape];
  const inline = words[(shape << 1) + Shape.inlineSlots];
  const root = rootShapeOfSize(type, inline);
  words[instance << 1] = type;
  if (words[(shape << 1) + Shape.dictionary] !== 0) {
    words[(instance << 1) + Instance.shape] = dictionaryShape(root);
    return;
  }
  let target = root;
  for (const { name } of ownSlots(shape)) {
    const child = shapeAdd(target, name);
    if (child === 0) {
      const dict = instanceDict(instance);
      words[(instance << 1) + Instance.shape] = dictionaryShape(root);
      words[(instance << 1) + Instance.overflow] = dict;
      return;
    }
    target = child;
  }
  words[(instance << 1) + Instance.shape] = target;
}
