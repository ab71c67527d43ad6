/**
 * Scopes and the bindings in them: what `symtable` is in CPython. scope-builder.ts makes them from a tree,
 * scope-analysis.ts decides for every name how it is reached, and the code generator asks `Scope.bindings`.
 *
 * A comprehension (generator expressions excepted) has a scope of its own, but most are `inlined`: they compile into
 * their host's registers, and a name that is not bound by the comprehension is the *host's* Binding object, so that the
 * generator needs no walk up the scopes.
 */

import type { AnnAssign, Located } from '../parser/ast.ts';

export enum ScopeKind {
  module,
  class,
  /** function, lambda, comprehension or generator expression */
  function,
  /** the body of an `__annotate__` function */
  annotations,
  /** `<generic parameters of f>` */
  typeParameters,
  /** the value of a `type` statement */
  typeAlias,
  /** the bound or the default of one type parameter */
  typeVariable,
}

export enum ComprehensionKind {
  none,
  list,
  set,
  dict,
  generator,
}

/** What the source does with a name in a scope; bits. */
export enum BindingFlag {
  global = 1,
  local = 2,
  parameter = 4,
  nonlocal = 8,
  use = 16,
  annotated = 32,
  /** iteration variable of a comprehension */
  iteration = 64,
  typeParameter = 128,
  /** deleted by `del` or at the end of an except clause: may become unbound again */
  deleted = 256,
  /** bound by an import statement */
  imported = 512,
  bound = local | parameter,
}

/** How code reaches a name. */
export enum Access {
  unresolved,
  /** a register */
  fast,
  /** a cell that this scope makes, in a register */
  cell,
  /** a cell of an enclosing scope, in a register */
  free,
  /** in a class body: the namespace first, then the cell of an enclosing function */
  classFree,
  globalExplicit,
  globalImplicit,
  /** module, class body, exec: the frame's locals, then globals, then builtins */
  name,
}

export class Binding {
  readonly name: string;
  flags: number;
  access = Access.unresolved;
  /** register, once assigned: by assignRegisters, or by the generator for an inlined comprehension */
  register = -1;
  /** inlined comprehension: a local variable of the host, with its name, is set aside for it */
  named = false;
  /** inlined comprehension: whether the variable has been stored to in the code so far */
  stored = false;

  constructor(name: string, flags: number) {
    this.name = name;
    this.flags = flags;
  }
}

/** A name of a `global` or `nonlocal` statement or a rebinding assignment expression, and where it stands. */
export interface Directive {
  readonly name: string;
  readonly at: Located;
}

export class Scope {
  readonly kind: ScopeKind;
  readonly name: string;
  readonly parent: Scope | null;
  readonly bindings = new Map<string, Binding>();
  readonly children: Scope[] = [];
  /** names of enclosing functions' variables that code in or below this scope needs */
  readonly free = new Map<string, Binding>();
  readonly directives: Directive[] = [];
  /** class whose name mangles private names in here */
  privateName: string | null;
  /** when not null, only these names are mangled (type parameters of a generic class) */
  mangledNames: Set<string> | null;
  comprehension = ComprehensionKind.none;
  inlined = false;
  /**
   * comprehension in which, or in one inside, locals(), eval() or the like is called: its variables are locals of the
   * function that it is inlined into, by their names; elsewhere it stays a function, so that these see only them
   */
  introspects = false;
  isGenerator = false;
  isCoroutine = false;
  isLambda = false;
  /** inside any function */
  nested = false;
  /** annotation scopes directly in a class see the names of its body */
  canSeeClassScope = false;
  /** contains an assignment expression that binds here */
  hasNamedExpressions = false;
  /** the scope of `__annotate__` for the annotated names of a module or class */
  annotationScope: Scope | null = null;
  /**
   * class or module: the annotated assignments that `__annotate__` evaluates, with their number in
   * `__conditional_annotations__`, or -1 for those that surely run
   */
  readonly annotations = new Map<AnnAssign, number>();
  /** has annotated names at all, evaluated later or, with the future import, kept as strings */
  usesAnnotations = false;
  /** class or module: `__conditional_annotations__` is needed */
  hasConditionalAnnotations = false;
  /** class: the implicit cells, when something inside needs them */
  classCell: Binding | null = null;
  classDictCell: Binding | null = null;
  conditionalCell: Binding | null = null;
  /** class: attributes that methods assign on `self` */
  staticAttributes: Set<string> | null = null;
  /** line of the statement or expression that opens it; nothing but symtable asks */
  lineno = 0;
  /** what an annotation scope is, for messages: `a TypeVar bound` */
  description = '';

  // Builder state
  iterationTarget = false;
  iterableDepth = 0;
  inConditionalBlock = false;
  conditionalAnnotations = 0;

  // Results of assignRegisters
  variableNames: string[] = [];
  cellNames: string[] = [];
  freeNames: string[] = [];
  firstFree = 0;

  constructor(kind: ScopeKind, name: string, parent: Scope | null, privateName: string | null) {
    this.kind = kind;
    this.name = name;
    this.parent = parent;
    this.privateName = privateName;
    this.mangledNames = parent !== null && kind !== ScopeKind.class ? parent.mangledNames : null;
    this.nested = parent !== null && (parent.nested || parent.isFunctionLike);
  }

  get isFunctionLike(): boolean {
    return this.kind >= ScopeKind.function;
  }

  /** A private name (`__x` in a class) as the class sees it. */
  mangle(name: string): string {
    if (name.charCodeAt(0) !== 95 || this.privateName === null) return name;
    if (this.mangledNames !== null && !this.mangledNames.has(name)) return name;
    return mangle(this.privateName, name);
  }

  /** The register that holds the cell of a variable that a function defined in this scope closes over. */
  cellRegister(name: string): number {
    let scope: Scope = this;
    while (scope.inlined) {
      const binding = scope.bindings.get(name);
      if (binding !== undefined && binding.access === Access.cell) return binding.register;
      scope = scope.parent!;
    }
    if (scope.kind === ScopeKind.class) {
      const implicit = scope.implicitCell(name);
      if (implicit !== null) return implicit.register;
    } else {
      const binding = scope.bindings.get(name);
      if (binding !== undefined && binding.access === Access.cell) return binding.register;
    }
    const binding = scope.free.get(name);
    if (binding === undefined) throw new Error(`no cell for '${name}' in scope '${scope.name}'`);
    return binding.register;
  }

  /** A class's own cell of that name: `__class__` and its like. */
  implicitCell(name: string): Binding | null {
    if (name === '__class__') return this.classCell;
    if (name === '__classdict__') return this.classDictCell;
    return name === '__conditional_annotations__' ? this.conditionalCell : null;
  }
}

/** `__name` in class `_Class` is `_Class__name`; dunder names stay. */
export function mangle(className: string, name: string): string {
  if (!name.startsWith('__') || name.endsWith('__') || name.includes('.')) return name;
  let start = 0;
  while (start < className.length && className[start] === '_') start++;
  return start === className.length ? name : `_${className.slice(start)}${name}`;
}
