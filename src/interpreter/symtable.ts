/**
 * Module `_symtable`: the compiler's scopes as objects, for symtable.py. The compiler's own tables are not CPython's: a
 * comprehension that is compiled into its host is merged into it here as CPython merges it, every function has an
 * `__annotate__` scope before it whether it needs one or not, and the flags are CPython's numbers.
 */
import { futureFeatures } from '../compiler/future.ts';
import { Problems } from '../compiler/problems.ts';
import { analyzeScopes } from '../compiler/scope-analysis.ts';
import { buildScopes } from '../compiler/scope-builder.ts';
import { Access, type Binding, BindingFlag, ComprehensionKind, type Scope, ScopeKind } from '../compiler/scopes.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, refAt, setRef, setSmallInt } from '../heap/values.ts';
import { declareType, newRecord, recordValue } from '../objects/declared-types.ts';
import { dictSetString, newDict } from '../objects/dicts.ts';
import { raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { readOnly } from '../objects/functions.ts';
import { intAt, setInt } from '../objects/integers.ts';
import { listAppend, newList } from '../objects/lists.ts';
import { registerModule } from '../objects/modules.ts';
import { getset, natives } from '../objects/natives.ts';
import { intern, isStr, newString, stringOf } from '../objects/strings.ts';
import { typeName } from '../objects/types.ts';
import type { Root } from '../parser/ast.ts';
import { filenameOf, sourceText } from './compile-builtins.ts';
import { parseSource, withPythonErrors } from './compile-source.ts';

/** What a scope does with a name, as CPython counts it. */
enum Definition {
  global = 1,
  local = 2,
  parameter = 4,
  nonlocal = 8,
  use = 16,
  freeInClass = 64,
  imported = 128,
  annotated = 256,
  iteration = 512,
  typeParameter = 1024,
  cellOfComprehension = 2048,
}
/** How the name is reached; stands above the definition's bits. */
enum Reach {
  local = 1,
  globalExplicit,
  globalImplicit,
  free,
  cell,
}
const REACH_SHIFT = 12;

enum BlockType {
  function,
  class,
  module,
  annotation,
  typeAlias,
  typeParameters,
  typeVariable,
}
const blockTypes: Readonly<Record<ScopeKind, BlockType>> = {
  [ScopeKind.module]: BlockType.module,
  [ScopeKind.class]: BlockType.class,
  [ScopeKind.function]: BlockType.function,
  [ScopeKind.annotations]: BlockType.annotation,
  [ScopeKind.typeParameters]: BlockType.typeParameters,
  [ScopeKind.typeAlias]: BlockType.typeAlias,
  [ScopeKind.typeVariable]: BlockType.typeVariable,
};

const ENTRY = declareType({
  name: 'symtable entry',
  module: 'builtins',
  native: '_symtable',
  values: 8,
  final: true,
  hidden: true,
});
const fields = ['id', 'name', 'symbols', 'varnames', 'children', 'nested', 'type', 'lineno'] as const;
fields.forEach((name, i) => {
  getset(ENTRY, name, (object, result) => copyValue(result, recordValue(refAt(object), i)), readOnly);
});
natives(ENTRY, {
  '__repr__(self, /)': (args, result) => {
    const value = (i: number): number => recordValue(refAt(args), i);
    const name = stringOf(refAt(value(1)));
    setRef(result, newString(`<symtable entry ${name}(${intAt(value(0))}), line ${intAt(value(7))}>`));
  },
});

/** A scope on its way to an entry. */
interface Block {
  name: string;
  type: BlockType;
  lineno: number;
  nested: boolean;
  symbols: Map<string, number>;
  parameters: string[];
  children: Block[];
}

function reachOf(binding: Binding): Reach {
  switch (binding.access) {
    case Access.cell:
      return Reach.cell;
    case Access.free:
    case Access.classFree:
      return Reach.free;
    case Access.globalExplicit:
      return Reach.globalExplicit;
    case Access.globalImplicit:
      return Reach.globalImplicit;
    case Access.fast:
      return Reach.local;
    default:
      return (binding.flags & BindingFlag.bound) !== 0 ? Reach.local : Reach.globalImplicit;
  }
}

function symbolOf(binding: Binding): number {
  const { flags } = binding;
  let bits = flags & (BindingFlag.global | BindingFlag.local | BindingFlag.parameter | BindingFlag.nonlocal);
  if ((flags & BindingFlag.use) !== 0) bits |= Definition.use;
  if ((flags & BindingFlag.annotated) !== 0) bits |= Definition.annotated;
  if ((flags & BindingFlag.iteration) !== 0) bits |= Definition.iteration;
  if ((flags & BindingFlag.typeParameter) !== 0) bits |= Definition.typeParameter;
  if ((flags & BindingFlag.imported) !== 0) bits = (bits & ~Definition.local) | Definition.imported;
  if (binding.name.startsWith('.')) bits |= Definition.use;
  if (binding.name === '__conditional_annotations__') return Definition.use | (Reach.globalImplicit << REACH_SHIFT);
  return bits | (reachOf(binding) << REACH_SHIFT);
}

function blockOf(scope: Scope): Block {
  const symbols = new Map<string, number>();
  const block: Block = {
    name: scope.kind === ScopeKind.module ? 'top' : scope.name.replace(/^<(?:generic parameters of )?(.*)>$/, '$1'),
    type: blockTypes[scope.kind],
    lineno: scope.kind === ScopeKind.module ? 0 : scope.lineno,
    nested: scope.nested,
    symbols,
    parameters: [],
    children: [],
  };
  if (scope.comprehension !== ComprehensionKind.none) {
    symbols.set('.0', Definition.parameter | (Reach.local << REACH_SHIFT));
    block.parameters.push('.0');
  }
  for (const [name, binding] of scope.bindings) {
    if (name === '__conditional_annotations__' && scope.kind === ScopeKind.annotations) continue;
    symbols.set(name, symbolOf(binding));
    if ((binding.flags & BindingFlag.parameter) !== 0) block.parameters.push(name);
  }
  for (const name of scope.free.keys()) if (!symbols.has(name)) symbols.set(name, Reach.free << REACH_SHIFT);
  addChildren(block, scope);
  return block;
}

function addChildren(block: Block, scope: Scope): void {
  scope.children.forEach((child, i) => {
    if (child.inlined) {
      merge(block, child, scope);
      return;
    }
    const isFunction =
      child.kind === ScopeKind.function && child.comprehension === ComprehensionKind.none && !child.isLambda;
    const before = scope.children[i - 1];
    const annotated = before?.kind === ScopeKind.annotations && before !== scope.annotationScope;
    if (isFunction && !annotated) block.children.push(noAnnotations(child));
    block.children.push(blockOf(child));
  });
}

/** A comprehension's own variables become its host's. */
function merge(block: Block, scope: Scope, host: Scope): void {
  for (const [name, binding] of scope.bindings) {
    if (host.bindings.get(name) === binding || block.symbols.has(name)) continue;
    const cell = binding.access === Access.cell ? Definition.cellOfComprehension : 0;
    block.symbols.set(name, symbolOf(binding) | cell);
  }
  addChildren(block, scope);
}

/** The scope of the annotations that a function does not have. */
function noAnnotations(child: Scope): Block {
  const symbols = new Map([['.format', Definition.parameter | Definition.use | (Reach.local << REACH_SHIFT)]]);
  const { parent } = child;
  if (parent !== null && (parent.kind === ScopeKind.class || parent.canSeeClassScope)) {
    symbols.set('__classdict__', Definition.use | (Reach.free << REACH_SHIFT));
  }
  return {
    name: '__annotate__',
    type: BlockType.annotation,
    lineno: child.lineno,
    nested: child.nested,
    symbols,
    parameters: ['.format'],
    children: [],
  };
}

/** The block as an object. Allocates only. */
function entryOf(block: Block): number {
  const entry = newRecord(ENTRY);
  const value = (i: number): number => recordValue(entry, i);
  setInt(value(0), entry * 8);
  setRef(value(1), intern(block.name));
  const symbols = newDict();
  setRef(value(2), symbols);
  const slot = pushSlots(1);
  for (const [name, flags] of block.symbols) {
    setSmallInt(slot, flags);
    dictSetString(symbols, intern(name), slot);
  }
  const parameters = newList(0);
  setRef(value(3), parameters);
  for (const name of block.parameters) {
    setRef(slot, intern(name));
    listAppend(parameters, slot);
  }
  const children = newList(0);
  setRef(value(4), children);
  for (const child of block.children) {
    setRef(slot, entryOf(child));
    listAppend(children, slot);
  }
  popSlots(1);
  setSmallInt(value(5), block.nested ? 1 : 0);
  setSmallInt(value(6), block.type);
  setSmallInt(value(7), block.lineno);
  return entry;
}

natives('_symtable', {
  'symtable(source, filename, startstr, /)': (args, result) => {
    if (!isStr(args + 2)) raiseTypeError(`symtable() argument 3 must be str, not ${typeName(args + 2)}`);
    const mode = stringOf(refAt(args + 2));
    if (mode !== 'exec' && mode !== 'eval' && mode !== 'single') {
      raiseValueError("symtable() arg 3 must be 'exec' or 'eval' or 'single'");
    }
    const source = sourceText(args, 'symtable() arg 1 must be a string or bytes');
    const filename = filenameOf(args + 1);
    const tree = parseSource(source, filename, mode, 0) as Root;
    const root = withPythonErrors(
      () => {
        const problems = new Problems(filename, null, null);
        const future = futureFeatures(tree, problems);
        const { root: scope } = buildScopes(tree, future.annotations, false, problems);
        analyzeScopes(scope, problems);
        return scope;
      },
      filename,
      true,
    );
    setRef(result, entryOf(blockOf(root)));
  },
});

registerModule('_symtable', (dict) => {
  const numbers: Readonly<Record<string, number>> = {
    USE: Definition.use,
    DEF_GLOBAL: Definition.global,
    DEF_NONLOCAL: Definition.nonlocal,
    DEF_LOCAL: Definition.local,
    DEF_PARAM: Definition.parameter,
    DEF_TYPE_PARAM: Definition.typeParameter,
    DEF_FREE_CLASS: Definition.freeInClass,
    DEF_IMPORT: Definition.imported,
    DEF_BOUND: Definition.local | Definition.parameter | Definition.imported,
    DEF_ANNOT: Definition.annotated,
    DEF_COMP_ITER: Definition.iteration,
    DEF_COMP_CELL: Definition.cellOfComprehension,
    SCOPE_OFF: REACH_SHIFT,
    SCOPE_MASK: 15,
    LOCAL: Reach.local,
    GLOBAL_EXPLICIT: Reach.globalExplicit,
    GLOBAL_IMPLICIT: Reach.globalImplicit,
    FREE: Reach.free,
    CELL: Reach.cell,
    TYPE_FUNCTION: BlockType.function,
    TYPE_CLASS: BlockType.class,
    TYPE_MODULE: BlockType.module,
    TYPE_ANNOTATION: BlockType.annotation,
    TYPE_TYPE_ALIAS: BlockType.typeAlias,
    TYPE_TYPE_PARAMETERS: BlockType.typeParameters,
    TYPE_TYPE_VARIABLE: BlockType.typeVariable,
  };
  const slot = pushSlots(1);
  for (const name in numbers) {
    setSmallInt(slot, numbers[name]);
    dictSetString(dict, intern(name), slot);
  }
  popSlots(1);
});
