/**
 * The parser's tree as objects of the classes of module `_ast`, as `ast.parse` gives it, and the module itself. The table
 * of ast-specification.ts says what fields a node has; the few that the parser calls otherwise are told apart here.
 */
import { addRootScanner, mark } from '../heap/collector.ts';
import { Fixed } from '../heap/fixed.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { refAt, setRef, setSmallInt } from '../heap/values.ts';
import { dictFindString, dictMerge, dictSetString } from '../objects/dicts.ts';
import { call } from '../objects/invoke.ts';
import { listItem, newList } from '../objects/lists.ts';
import { registerModule } from '../objects/modules.ts';
import { instanceSet, newInstance } from '../objects/shapes.ts';
import { intern, newString } from '../objects/strings.ts';
import { newTuple, tupleItem } from '../objects/tuples.ts';
import type { ConstantValue, Node } from '../parser/ast.ts';
import { type FieldSpecification, LOCATION, type NodeSpecification, nodeSpecifications } from './ast-specification.ts';
import { CompilerFlag } from './compile-source.ts';
import { sourceNamespace } from './helpers.ts';
import { storeConstant } from './loader.ts';

/** Ref of the pair of dicts that ast_nodes.py made: classes by name, the objects of classes without fields; 0 at first. */
let made = 0;
addRootScanner(() => mark(made));

/** Makes the classes of `_ast` unless they are there. May call Python. */
function nodeTypes(): number {
  if (made !== 0) return made;
  const namespace = sourceNamespace('ast_nodes');
  const slots = pushSlots(1);
  setRef(slots, specificationTable());
  call(dictFindString(namespace, intern('make_types')), slots, 1, slots);
  made = refAt(slots);
  popSlots(1);
  return made;
}

/** What make_types wants to know of every node. Allocates only. */
function specificationTable(): number {
  const strings = (texts: readonly string[]): number => {
    const tuple = newTuple(texts.length);
    texts.forEach((text, i) => {
      setRef(tupleItem(tuple, i), intern(text));
    });
    return tuple;
  };
  const rows = [...nodeSpecifications().values()].map((node) => {
    const row = newTuple(7);
    const fields = newTuple(node.fields.length);
    node.fields.forEach(({ type, mark: fieldMark, name }, i) => {
      setRef(tupleItem(fields, i), strings([type, fieldMark, name]));
    });
    setRef(tupleItem(row, 0), intern(node.name));
    setRef(tupleItem(row, 1), intern(node.base));
    setRef(tupleItem(row, 2), node.isSum ? Fixed.true : Fixed.false);
    setRef(tupleItem(row, 3), newString(node.doc));
    setRef(tupleItem(row, 4), fields);
    setRef(tupleItem(row, 5), strings(node.located ? LOCATION : []));
    setRef(tupleItem(row, 6), node.endOptional ? Fixed.true : Fixed.false);
    return row;
  });
  const table = newTuple(rows.length);
  rows.forEach((row, i) => {
    setRef(tupleItem(table, i), row);
  });
  return table;
}

/** Ref of the class of that name. May call Python, at the first call. */
export function nodeType(name: string): number {
  return refAt(dictFindString(refAt(tupleItem(nodeTypes(), 0)), intern(name)));
}
/** Ref of the object that stands for an operator or context. */
function singleton(name: string): number {
  return refAt(dictFindString(refAt(tupleItem(nodeTypes(), 1)), intern(name)));
}

/** The node as an object. May call Python before the first one (the classes are made), allocates only afterwards. */
export function treeObject(node: Node): number {
  nodeTypes();
  return nodeObject(node);
}

const specificationOf = (kind: string): NodeSpecification => nodeSpecifications().get(kind) as NodeSpecification;

function nodeObject(node: Node): number {
  const specification = specificationOf(node.kind);
  const object = newInstance(nodeType(node.kind));
  const slot = pushSlots(1);
  for (const field of specification.fields) {
    fieldValue(field, fieldOf(node, field.name), slot);
    instanceSet(object, intern(field.name), slot);
  }
  if ('lineno' in node) {
    for (const name of LOCATION) {
      setSmallInt(slot, node[name]);
      instanceSet(object, intern(name), slot);
    }
  }
  popSlots(1);
  return object;
}

/** What the parser's node has for a field. */
function fieldOf(node: Node, name: string): unknown {
  if (node.kind === 'Constant' && name === 'kind') return node.u_prefix;
  return (node as unknown as Readonly<Record<string, unknown>>)[name];
}

function fieldValue(field: FieldSpecification, found: unknown, slot: number): void {
  if (!field.mark.endsWith('*')) {
    itemValue(field.type, found, slot);
    return;
  }
  const items = (found ?? []) as readonly unknown[];
  const list = newList(items.length);
  items.forEach((item, i) => {
    itemValue(field.type, item, listItem(list, i));
  });
  setRef(slot, list);
}

function itemValue(type: string, found: unknown, cell: number): void {
  if (found === null || found === undefined) setRef(cell, Fixed.none);
  else if (typeof found === 'number') setSmallInt(cell, found);
  else if (typeof found === 'string') {
    if (type === 'identifier') setRef(cell, intern(found));
    else if (type === 'string' || type === 'constant') setRef(cell, newString(found));
    else setRef(cell, singleton(found));
  } else if (type === 'constant') storeConstant(cell, found as ConstantValue);
  else setRef(cell, nodeObject(found as Node));
}

registerModule('_ast', (dict) => {
  dictMerge(dict, refAt(tupleItem(nodeTypes(), 0)));
  const slot = pushSlots(1);
  for (const [name, flag] of [
    ['PyCF_ALLOW_TOP_LEVEL_AWAIT', CompilerFlag.topLevelAwait],
    ['PyCF_ONLY_AST', CompilerFlag.onlyTree],
    ['PyCF_OPTIMIZED_AST', CompilerFlag.optimizedTree | CompilerFlag.onlyTree],
    ['PyCF_TYPE_COMMENTS', CompilerFlag.typeComments],
  ] as const) {
    setSmallInt(slot, flag);
    dictSetString(dict, intern(name), slot);
  }
  popSlots(1);
});
