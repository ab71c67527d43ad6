/**
 * LOAD_ATTR, STORE_ATTR, LOAD_METHOD off the loop's fast paths, and their specialization (PEP 659): the general
 * instruction looks at its operand now and then, and if the access has a shape that a cache can answer, rewrites its own
 * opcode. The caches are described in specialize.ts. A miss turns the instruction back into the general one, which waits
 * a while before it tries again.
 */
import { Op } from '../compiler/instructions.ts';
import { T } from '../heap/fixed.ts';
import {
  Code,
  CodeFlag,
  Dict,
  FunctionObject,
  GetSet,
  Instance,
  Kind,
  Method,
  Module,
  Native,
  Property,
  Shape,
  Type,
  TypeFlag,
} from '../heap/layouts.ts';
import { allocate, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef } from '../heap/values.ts';
import { getAttribute, loadMethod as loadMethodGeneral, setAttribute } from '../objects/attributes.ts';
import { dictFindString } from '../objects/dicts.ts';
import { N } from '../objects/names.ts';
import { NativeKind, nativeTable } from '../objects/natives.ts';
import { shapeAdd, shapeFind } from '../objects/shapes.ts';
import { isSubtype, lookup, typeOf } from '../objects/types.ts';
import { pushOne } from './arithmetic.ts';
import { AttributeCache } from './attribute-cache.ts';
import { pushFunction } from './calls.ts';
import { ReturnKind } from './frames.ts';
import { sourceAt } from './operands.ts';

/** value: word offset of the slot, as in LOAD_ATTR_SLOT */
const loads = new AttributeCache();
/** values: word offset of the slot (inline ones only if there is a second), shape to change to or 0 */
const stores = new AttributeCache();
/** value: the function */
const methods = new AttributeCache();

/** Executions of the general instruction between attempts to specialize. */
const BACKOFF = 24;

/** True if the instruction should try to specialize now; `general` is its unspecialized opcode. */
function shouldSpecialize(pc: number, general: Op): boolean {
  if (words[pc] !== general) {
    // A miss that the tables could not answer either: specializing for what is there now fills them.
    words[pc] = general;
    words[pc + 8] = BACKOFF;
    return true;
  }
  if (words[pc + 8] > 0) {
    words[pc + 8]--;
    return false;
  }
  words[pc + 8] = BACKOFF;
  return true;
}

/** Word offset of a slot from the instance; negative: minus the offset in the overflow array. */
function slotOffset(shape: number, slot: number): number {
  const inline = words[(shape << 1) + Shape.inlineSlots];
  return slot < inline ? Instance.slots + (slot << 1) : -(2 + ((slot - inline) << 1));
}
function isDescriptor(cell: number): boolean {
  if (!isRef(cell)) return false;
  const type = typeOf(cell);
  return type === T.function || type === T.property || lookup(type, N.__get__) !== 0;
}
function isDataDescriptor(cell: number): boolean {
  if (!isRef(cell)) return false;
  const type = typeOf(cell);
  return (
    type === T.property ||
    type === T.getset_descriptor ||
    type === T.member_descriptor ||
    lookup(type, N.__set__) !== 0 ||
    lookup(type, N.__delete__) !== 0
  );
}

/** LOAD_ATTR (`dsnxxxxx`) in general; the loop has stored State.pc. */
export function loadAttribute(pc: number, base: number): number {
  const object = sourceAt(pc + 2, base);
  const name = words[pc + 3];
  if (isRef(object)) {
    const type = words[refAt(object) << 1];
    const o = refAt(object) << 1;
    const entry = loads.find(words[(type << 1) + Type.version], words[o + Instance.shape], name);
    if (entry >= 0) {
      const offset = loads.value(entry);
      const cell = (offset >= 0 ? o + offset : (words[o + Instance.overflow] << 1) - offset) >> 1;
      copyValue(base + words[pc + 1], cell);
      if (words[pc] === Op.LOAD_ATTR && words[pc + 8]-- <= 0) specializeLoad(pc, object, name);
      return pc + 9;
    }
  }
  if (shouldSpecialize(pc, Op.LOAD_ATTR)) specializeLoad(pc, object, name);
  if (isRef(object)) {
    const type = words[refAt(object) << 1];
    const flags = words[(type << 1) + Type.flags];
    if ((flags & (TypeFlag.heapType | TypeFlag.customGetattribute | TypeFlag.hasGetattr)) === TypeFlag.heapType) {
      const cell = lookup(type, name);
      if (cell !== 0 && isRef(cell) && words[refAt(cell) << 1] === T.property) {
        const getter = refAt(cell) + (Property.getter >> 1);
        if (isRef(getter) && words[refAt(getter) << 1] === T.function) {
          return pushOne(getter, object, pc + 9, words[pc + 1], ReturnKind.deliver);
        }
      }
    }
  }
  getAttribute(object, name, base + words[pc + 1]);
  return pc + 9;
}

function specializeLoad(pc: number, object: number, name: number): void {
  if (!isRef(object)) return;
  const ref = refAt(object);
  const type = words[ref << 1];
  const version = words[(type << 1) + Type.version];
  if (version === 0 || (words[(type << 1) + Type.flags] & TypeFlag.customGetattribute) !== 0) return;
  switch (words[(type << 1) + Type.kind]) {
    case Kind.instance: {
      const shape = words[(ref << 1) + Instance.shape];
      const cell = lookup(type, name);
      if (cell !== 0 && isDataDescriptor(cell)) {
        const property = refAt(cell);
        if (words[property << 1] === T.member_descriptor) {
          specializeMember(pc, type, property, shape, Op.LOAD_ATTR_SLOT);
          return;
        }
        if (words[property << 1] !== T.property) return;
        const getter = property + (Property.getter >> 1);
        if (!isSimpleFunction(getter, 1)) return;
        words[pc + 4] = version;
        words[pc + 6] = refAt(getter);
        words[pc] = Op.LOAD_ATTR_PROPERTY;
        return;
      }
      if (words[(shape << 1) + Shape.dictionary] !== 0) return;
      words[pc + 4] = version;
      words[pc + 5] = shape;
      const slot = shapeFind(shape, name);
      if (slot >= 0) {
        const offset = slotOffset(shape, slot);
        loads.set(version, shape, name, offset, 0);
        words[pc + 6] = offset;
        words[pc] = Op.LOAD_ATTR_SLOT;
      } else if (cell !== 0) {
        if (isRef(cell) && words[refAt(cell) << 1] === T.function) {
          words[pc + 6] = refAt(cell);
          words[pc] = Op.LOAD_ATTR_METHOD;
        } else if (!isDescriptor(cell)) {
          words[pc + 6] = cell;
          words[pc] = Op.LOAD_ATTR_CLASS;
        }
      }
      return;
    }
    case Kind.module: {
      if (type !== T.module) return;
      const dict = words[(ref << 1) + Module.dict];
      const cell = dictFindString(dict, name);
      if (cell === 0 || lookup(type, name) !== 0) return;
      words[pc + 4] = words[(dict << 1) + Dict.keysVersion];
      words[pc + 5] = cell;
      words[pc] = Op.LOAD_ATTR_MODULE;
      return;
    }
    case Kind.type: {
      if (type !== T.type || lookup(type, name) !== 0) return;
      const own = words[(ref << 1) + Type.version];
      const cell = lookup(ref, name);
      if (own === 0 || cell === 0) return;
      if (isDescriptor(cell) && words[refAt(cell) << 1] !== T.function) return;
      words[pc + 4] = own;
      words[pc + 5] = 0;
      words[pc + 6] = cell;
      words[pc + 7] = ref;
      words[pc] = Op.LOAD_ATTR_CLASS;
    }
  }
}

/** Attributes of `__slots__` lie in inline slots too; an unset one is NULL, which the loop's fast path looks for. */
function specializeMember(pc: number, type: number, descriptor: number, shape: number, op: Op): void {
  const member = words[(descriptor << 1) + GetSet.getter];
  if (member >= 0 || !isSubtype(type, words[(descriptor << 1) + GetSet.owner])) return;
  words[pc + 4] = words[(type << 1) + Type.version];
  words[pc + 5] = shape;
  words[pc + 6] = slotOffset(shape, -member - 1);
  words[pc] = op;
}

function isSimpleFunction(cell: number, argCount: number): boolean {
  if (!isRef(cell) || words[refAt(cell) << 1] !== T.function) return false;
  const code = words[(refAt(cell) << 1) + FunctionObject.code];
  return (words[(code << 1) + Code.flags] & CodeFlag.simple) !== 0 && words[(code << 1) + Code.argCount] === argCount;
}

/** LOAD_ATTR_METHOD: a bound method of the Python function in the cache. */
export function loadAttributeMethod(pc: number, base: number): number {
  const object = sourceAt(pc + 2, base);
  const ref = refAt(object);
  if (
    !isRef(object) ||
    words[(ref << 1) + Instance.shape] !== words[pc + 5] ||
    words[(words[ref << 1] << 1) + Type.version] !== words[pc + 4]
  ) {
    return loadAttribute(pc, base);
  }
  const method = allocate(3);
  words[method << 1] = T.method;
  words[(method << 1) + Method.aux] = 0;
  setRef(method + (Method.function >> 1), words[pc + 6]);
  copyValue(method + (Method.self >> 1), object);
  setRef(base + words[pc + 1], method);
  return pc + 9;
}

/** LOAD_ATTR_PROPERTY: pushes the frame of the getter in the cache. */
export function loadAttributeProperty(pc: number, base: number): number {
  const object = sourceAt(pc + 2, base);
  if (!isRef(object) || words[(words[refAt(object) << 1] << 1) + Type.version] !== words[pc + 4]) {
    return loadAttribute(pc, base);
  }
  const cell = lookup(words[refAt(object) << 1], words[pc + 3]);
  return pushOne(refAt(cell) + (Property.getter >> 1), object, pc + 9, words[pc + 1], ReturnKind.deliver);
}

/** STORE_ATTR (`snsxxxxx`) in general. */
export function storeAttribute(pc: number, base: number): number {
  const object = sourceAt(pc + 1, base);
  const value = sourceAt(pc + 3, base);
  if (isRef(object)) {
    const o = refAt(object) << 1;
    const entry = stores.find(words[(words[o] << 1) + Type.version], words[o + Instance.shape], words[pc + 2]);
    if (entry >= 0) {
      const offset = stores.value(entry);
      copyValue((offset >= 0 ? o + offset : (words[o + Instance.overflow] << 1) - offset) >> 1, value);
      const shape = stores.value(entry + 1);
      if (shape !== 0) words[o + Instance.shape] = shape;
      else if (words[pc] === Op.STORE_ATTR && words[pc + 8]-- <= 0) specializeStore(pc, object, words[pc + 2]);
      return pc + 9;
    }
  }
  if (shouldSpecialize(pc, Op.STORE_ATTR)) specializeStore(pc, object, words[pc + 2]);
  if (isRef(object) && words[(words[refAt(object) << 1] << 1) + Type.kind] === Kind.instance) {
    const type = words[refAt(object) << 1];
    const cell = (words[(type << 1) + Type.flags] & TypeFlag.customSetattr) !== 0 ? 0 : lookup(type, words[pc + 2]);
    if (cell !== 0 && isRef(cell) && words[refAt(cell) << 1] === T.property) {
      const setter = refAt(cell) + (Property.setter >> 1);
      if (isRef(setter) && words[refAt(setter) << 1] === T.function) {
        const slots = pushSlots(2);
        copyValue(slots, object);
        copyValue(slots + 1, value);
        return pushFunction(refAt(setter), slots, 2, 0, pc + 9, 0, ReturnKind.discard);
      }
    }
  }
  setAttribute(object, words[pc + 2], value);
  return pc + 9;
}

function specializeStore(pc: number, object: number, name: number): void {
  if (!isRef(object)) return;
  const ref = refAt(object);
  const type = words[ref << 1];
  const t2 = type << 1;
  const version = words[t2 + Type.version];
  if (words[t2 + Type.kind] !== Kind.instance || version === 0) return;
  if ((words[t2 + Type.flags] & TypeFlag.customSetattr) !== 0) return;
  const cell = lookup(type, name);
  const shape = words[(ref << 1) + Instance.shape];
  if (cell !== 0 && isDataDescriptor(cell)) {
    const isMember = words[refAt(cell) << 1] === T.member_descriptor;
    if (isMember) specializeMember(pc, type, refAt(cell), shape, Op.STORE_ATTR_SLOT);
    return;
  }
  if ((words[t2 + Type.flags] & TypeFlag.hasDict) === 0) return;
  if (words[(shape << 1) + Shape.dictionary] !== 0) return;
  words[pc + 4] = version;
  words[pc + 5] = shape;
  const slot = shapeFind(shape, name);
  if (slot >= 0) {
    const offset = slotOffset(shape, slot);
    stores.set(version, shape, name, offset, 0);
    words[pc + 6] = offset;
    words[pc] = Op.STORE_ATTR_SLOT;
    return;
  }
  const child = shapeAdd(shape, name);
  if (child === 0) return;
  const offset = slotOffset(child, words[(child << 1) + Shape.count] - 1);
  if (offset < 0) return;
  stores.set(version, shape, name, offset, child);
  words[pc + 6] = offset;
  words[pc + 7] = child;
  words[pc] = Op.STORE_ATTR_ADD;
}

/** LOAD_METHOD (`rsnxxxxx`) in general. */
export function loadMethod(pc: number, base: number): number {
  const object = sourceAt(pc + 2, base);
  const name = words[pc + 3];
  const r = base + words[pc + 1];
  if (isRef(object)) {
    const o = refAt(object) << 1;
    const entry = methods.find(words[(words[o] << 1) + Type.version], words[o + Instance.shape], name);
    if (entry >= 0) {
      if (words[pc] === Op.LOAD_METHOD && words[pc + 8]-- <= 0) specializeMethod(pc, object, name);
      copyValue(r + 1, object);
      setRef(r, methods.value(entry));
      return pc + 9;
    }
  }
  if (shouldSpecialize(pc, Op.LOAD_METHOD)) specializeMethod(pc, object, name);
  if (object === r || object === r + 1) {
    const slots = pushSlots(1);
    copyValue(slots, object);
    loadMethodGeneral(slots, name, r);
    popSlots(1);
  } else loadMethodGeneral(object, name, r);
  return pc + 9;
}

function specializeMethod(pc: number, object: number, name: number): void {
  if (!isRef(object)) return;
  const ref = refAt(object);
  const type = words[ref << 1];
  const t2 = type << 1;
  const version = words[t2 + Type.version];
  if (version === 0 || (words[t2 + Type.flags] & TypeFlag.customGetattribute) !== 0) return;
  const cell = lookup(type, name);
  if (cell === 0 || !isRef(cell) || !isPlainMethod(refAt(cell))) return;
  let shape = 0;
  const kind: Kind = words[t2 + Type.kind];
  if (kind === Kind.instance) {
    shape = words[(ref << 1) + Instance.shape];
    if (words[(shape << 1) + Shape.dictionary] !== 0 || shapeFind(shape, name) >= 0) return;
  } else if (
    (words[t2 + Type.flags] & (TypeFlag.heapType | TypeFlag.hasDict)) !== 0 ||
    kind === Kind.type ||
    kind === Kind.module ||
    kind === Kind.exception ||
    kind === Kind.function ||
    kind === Kind.method ||
    kind === Kind.super
  ) {
    return;
  }
  if (shape !== 0) methods.set(version, shape, name, refAt(cell), 0);
  words[pc + 4] = version;
  words[pc + 5] = shape;
  words[pc + 6] = refAt(cell);
  words[pc] = Op.LOAD_METHOD_CACHED;
}

/** A Python function, or an unbound method written in TypeScript. */
export function isPlainMethod(ref: number): boolean {
  const type = words[ref << 1];
  if (type === T.function) return true;
  if (words[(type << 1) + Type.kind] !== Kind.native || !isNull(ref + (Native.self >> 1))) return false;
  return nativeTable[words[(ref << 1) + Native.number]].kind === NativeKind.method;
}

/** The loop reads two fields of dicts by number (an enum named like its cell type would shadow).  */
if ((Dict.keysVersion as number) !== 5 || (Dict.watched as number) !== 7) throw new Error('loop.ts knows Dict');
