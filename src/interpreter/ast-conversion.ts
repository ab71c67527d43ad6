/**
 * Objects of module `_ast` back to the parser's tree, for `compile(tree)`. Every field is read as the attribute that it
 * is (which may run Python: subclasses, properties) and checked against the table of ast-specification.ts; whether the
 * whole makes sense is for the compiler's tree-validator.ts to say. A None where a node should be becomes null, whatever
 * the types of the tree say, until the validator has seen it.
 */
import { Fixed, T } from '../heap/fixed.ts';
import { Kind, Tuple } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, floatAt, isRef, refAt } from '../heap/values.ts';
import { findAttribute } from '../objects/attributes.ts';
import { bytesView, isBytes } from '../objects/bytes.ts';
import { imaginaryPart, realPart } from '../objects/complex-numbers.ts';
import { raise, raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { bigIntAt, isInt } from '../objects/integers.ts';
import { listItem, listSize } from '../objects/lists.ts';
import { iterate, next, repr } from '../objects/operations.ts';
import { intern, isStr, stringOf } from '../objects/strings.ts';
import { tupleItem } from '../objects/tuples.ts';
import { isInstanceOf, kindAt, shortTypeName, typeName, typeOf } from '../objects/types.ts';
import type { ConstantValue, Root } from '../parser/ast.ts';
import { nodeType } from './ast-objects.ts';
import { type FieldSpecification, LOCATION, type NodeSpecification, nodeSpecifications } from './ast-specification.ts';

type Fields = Record<string, unknown>;

/** True for an instance of `ast.AST`. */
export function isTree(slot: number): boolean {
  return isInstanceOf(slot, nodeType('AST'));
}

/** What `compile` says it wants in a mode. */
const rootNames = { exec: 'Module', eval: 'Expression', single: 'Interactive', func_type: 'FunctionType' } as const;
export type TreeMode = keyof typeof rootNames;

/** Raises TypeError unless the object is the root that a mode of compile() wants. */
export function checkRoot(slot: number, mode: TreeMode): void {
  const wanted = rootNames[mode];
  if (!isInstanceOf(slot, nodeType(wanted))) {
    raiseTypeError(`expected ${wanted} node, got ${shortTypeName(typeOf(slot))}`);
  }
}

/** The tree behind the object in a slot, which is to be the root for `mode`. May call Python. */
export function treeFromObject(slot: number, mode: TreeMode): Root {
  checkRoot(slot, mode);
  return node(slot, 'mod') as unknown as Root;
}

function isNone(slot: number): boolean {
  return isRef(slot) && refAt(slot) === Fixed.none;
}

const alternatives = new Map<string, NodeSpecification[]>();

/** The nodes that may stand where a sum or product is asked for. */
function alternativesOf(type: string): NodeSpecification[] {
  let known = alternatives.get(type);
  if (known === undefined) {
    const all = nodeSpecifications();
    const own = all.get(type) as NodeSpecification;
    known = own.isSum ? [...all.values()].filter(({ base }) => base === type) : [own];
    alternatives.set(type, known);
  }
  return known;
}

/** The node in a slot, of the given sum or product; operators and contexts as their names; None as null. */
function node(slot: number, type: string): Fields | string | null {
  if (isNone(slot)) return null;
  const sum = nodeSpecifications().get(type) as NodeSpecification;
  const made: Fields = {};
  const attribute = pushSlots(1);
  if (sum.located) {
    for (const field of LOCATION) made[field] = locationOf(slot, field, made, sum, attribute);
  }
  const specification = alternativesOf(type).find(({ name }) => isInstanceOf(slot, nodeType(name)));
  if (specification === undefined) {
    return raiseTypeError(`expected some sort of ${type}, but got ${stringOf(repr(slot))}`);
  }
  const { name, fields } = specification;
  made.kind = name;
  for (const field of fields) readField(slot, field, name, made, attribute);
  popSlots(1);
  if (name === 'Constant') made.u_prefix = typeof made.u_prefix === 'string' ? 'u' : null;
  if (name === 'Interpolation') made.str = interpolationText(made.str as ConstantValue);
  return fields.length === 0 && !sum.located ? name : made;
}

/** The expression's text, which is any constant to `ast` and a str to the compiler. */
function interpolationText(text: ConstantValue): string {
  return text.type === 'str' ? text.value : '';
}

function locationOf(slot: number, field: string, made: Fields, sum: NodeSpecification, attribute: number): number {
  const isOptional = sum.endOptional && field.startsWith('end_');
  const found = findAttribute(slot, intern(field), attribute);
  if (isOptional && (!found || isNone(attribute))) return made[field.slice(4)] as number;
  if (!found) raiseTypeError(`required field "${field}" missing from ${sum.name}`);
  return integer(attribute);
}

function integer(slot: number): number {
  if (!isInt(slot)) raiseValueError(`invalid integer value: ${stringOf(repr(slot))}`);
  const exact = bigIntAt(slot);
  if (exact !== BigInt.asIntN(32, exact)) raise(T.OverflowError, 'Python int too large to convert to C int');
  return Number(exact);
}

function readField(slot: number, field: FieldSpecification, owner: string, made: Fields, attribute: number): void {
  const { name, type, mark } = field;
  const key = owner === 'Constant' && name === 'kind' ? 'u_prefix' : name;
  if (!findAttribute(slot, intern(name), attribute)) {
    if (mark.endsWith('*')) made[key] = [];
    else if (mark === '?') made[key] = null;
    else if (type === 'expr_context') made[key] = 'Load';
    else raiseTypeError(`required field "${name}" missing from ${owner}`);
    return;
  }
  if (!mark.endsWith('*')) {
    if (mark === '' && type !== 'constant' && isNone(attribute)) {
      raiseValueError(`field '${name}' is required for ${owner}`);
    }
    made[key] = mark === '?' && isNone(attribute) && type === 'int' ? 0 : item(attribute, type);
    return;
  }
  if (kindAt(attribute) !== Kind.list) {
    raiseTypeError(`${owner} field "${name}" must be a list, not a ${typeName(attribute)}`);
  }
  const slots = pushSlots(2);
  copyValue(slots, attribute);
  const count = listSize(refAt(slots));
  const items: unknown[] = [];
  for (let i = 0; i < count; i++) {
    copyValue(slots + 1, listItem(refAt(slots), i));
    items.push(item(slots + 1, type));
    if (listSize(refAt(slots)) !== count) {
      raise(T.RuntimeError, `${owner} field "${name}" changed size during iteration`);
    }
  }
  popSlots(2);
  made[key] = items;
}

function item(slot: number, type: string): unknown {
  switch (type) {
    case 'identifier':
      if (isNone(slot)) return null;
      if (typeOf(slot) !== T.str) raiseTypeError('AST identifier must be of type str');
      return stringOf(refAt(slot));
    case 'string':
      if (isNone(slot)) return null;
      if (!isStr(slot) && !isBytes(slot)) raiseTypeError('AST string must be of type str');
      return isStr(slot) ? stringOf(refAt(slot)) : '';
    case 'int':
      return integer(slot);
    case 'constant':
      return constantOf(slot);
    default:
      return node(slot, type);
  }
}

/** A constant's value; what no literal can be is a `{ type }` of that name, which the validator refuses. */
function constantOf(slot: number): ConstantValue {
  switch (typeOf(slot)) {
    case T.NoneType:
      return { type: 'None' };
    case T.ellipsis:
      return { type: 'Ellipsis' };
    case T.bool:
      return { type: 'bool', value: refAt(slot) === Fixed.true };
    case T.int:
      return { type: 'int', value: bigIntAt(slot) };
    case T.float:
      return { type: 'float', value: floatAt(slot) };
    case T.complex:
      return { type: 'complex', real: realPart(refAt(slot)), imag: imaginaryPart(refAt(slot)) };
    case T.str:
      return { type: 'str', value: stringOf(refAt(slot)) };
    case T.bytes:
      return { type: 'bytes', value: bytesView(refAt(slot)).slice() };
    case T.tuple: {
      const items: ConstantValue[] = [];
      for (let i = 0; i < words[(refAt(slot) << 1) + Tuple.size]; i++)
        items.push(constantOf(tupleItem(refAt(slot), i)));
      return { type: 'tuple', items };
    }
    case T.frozenset: {
      const items: ConstantValue[] = [];
      const slots = pushSlots(2);
      iterate(slot, slots);
      while (next(slots, slots + 1)) items.push(constantOf(slots + 1));
      popSlots(2);
      return { type: 'frozenset', items };
    }
  }
  return { type: typeName(slot) } as unknown as ConstantValue;
}
