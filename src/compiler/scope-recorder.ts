/**
 * What the walk of scope-builder.ts writes into: entering and leaving scopes, and noting what a scope does with a name,
 * with the errors that are about one name in one scope.
 */
import type { Arguments, Located, TypeParameter } from '../parser/ast.ts';
import type { Problems } from './problems.ts';
import { Binding, BindingFlag, Scope, ScopeKind } from './scopes.ts';

export abstract class ScopeRecorder {
  readonly root = new Scope(ScopeKind.module, '<module>', null, null);
  readonly scopes = new Map<object, Scope>();
  protected readonly futureAnnotations: boolean;
  protected readonly problems: Problems;
  protected current: Scope;
  /** line of the present statement */
  protected line = 0;

  constructor(futureAnnotations: boolean, problems: Problems) {
    this.futureAnnotations = futureAnnotations;
    this.problems = problems;
    this.current = this.root;
  }

  // Scopes and bindings ---------------------------------------------------------------------------------------------

  protected enter(kind: ScopeKind, name: string, key: object): Scope {
    const scope = new Scope(kind, name, this.current, this.current.privateName);
    // an iterable's ban on assignment expressions reaches into everything inside of it
    scope.iterableDepth = this.current.iterableDepth;
    scope.lineno = 'lineno' in key ? (key as Located).lineno : this.line;
    this.current.children.push(scope);
    this.scopes.set(key, scope);
    this.current = scope;
    return scope;
  }

  /** A scope whose names bind nothing and whose code is never made: only its errors matter. */
  protected enterDetached(kind: ScopeKind, name: string): Scope {
    const scope = new Scope(kind, name, this.current, this.current.privateName);
    this.current = scope;
    return scope;
  }

  protected leave(): void {
    this.current = this.current.parent!;
  }

  protected define(name: string, flag: number, at: Located): Binding {
    return this.defineIn(this.current, name, flag, at);
  }

  protected defineIn(scope: Scope, rawName: string, flag: number, at: Located): Binding {
    const name = scope.mangle(rawName);
    let binding = scope.bindings.get(name);
    if (binding === undefined) {
      binding = new Binding(name, 0);
      scope.bindings.set(name, binding);
    } else if ((flag & BindingFlag.parameter) !== 0 && (binding.flags & BindingFlag.parameter) !== 0) {
      this.problems.error(at, `duplicate argument '${rawName}' in function definition`);
    } else if ((flag & BindingFlag.typeParameter) !== 0 && (binding.flags & BindingFlag.typeParameter) !== 0) {
      this.problems.error(at, `duplicate type parameter '${rawName}'`);
    }
    binding.flags |= flag;
    // what any function declares global is global in the module's own code too, even in exec() with other locals
    if ((flag & BindingFlag.global) !== 0 && scope !== this.root)
      this.defineIn(this.root, name, BindingFlag.global, at);
    if (scope.iterationTarget && (flag & BindingFlag.local) !== 0) {
      if ((binding.flags & (BindingFlag.global | BindingFlag.nonlocal)) !== 0) {
        this.problems.error(at, `comprehension inner loop cannot rebind assignment expression target '${rawName}'`);
      }
      binding.flags |= BindingFlag.iteration;
    }
    return binding;
  }

  protected store(name: string, at: Located): void {
    if (name === '__debug__') this.problems.error(at, 'cannot assign to __debug__');
    this.define(name, BindingFlag.local, at);
  }

  protected declaration(names: string[], isGlobal: boolean, at: Located): void {
    const scope = this.current;
    const word = isGlobal ? 'global' : 'nonlocal';
    for (const rawName of names) {
      const name = scope.mangle(rawName);
      const flags = scope.bindings.get(name)?.flags ?? 0;
      if ((flags & BindingFlag.parameter) !== 0) this.problems.error(at, `name '${rawName}' is parameter and ${word}`);
      if ((flags & BindingFlag.use) !== 0) {
        this.problems.error(at, `name '${rawName}' is used prior to ${word} declaration`);
      }
      if ((flags & BindingFlag.annotated) !== 0) {
        this.problems.error(at, `annotated name '${rawName}' can't be ${word}`);
      }
      if ((flags & BindingFlag.local) !== 0) {
        this.problems.error(at, `name '${rawName}' is assigned to before ${word} declaration`);
      }
      if (!isGlobal && scope.kind === ScopeKind.module) {
        this.problems.error(at, 'nonlocal declaration not allowed at module level');
      }
      this.define(rawName, isGlobal ? BindingFlag.global : BindingFlag.nonlocal, at);
      scope.directives.push({ name, at });
    }
  }

  /** Enters the scope of an `__annotate__` function, found by `key`. */
  protected enterAnnotations(key: Located | Arguments): Scope {
    const outer = this.current;
    const scope = this.enter(ScopeKind.annotations, '__annotate__', key);
    scope.description = 'an annotation';
    if (!this.futureAnnotations) this.seeClass(scope, outer);
    scope.bindings.set('.format', new Binding('.format', BindingFlag.parameter));
    return scope;
  }

  /** Annotation scopes right inside a class look into its namespace, by way of a cell. */
  protected seeClass(scope: Scope, outer: Scope): void {
    if (outer.kind === ScopeKind.class || outer.canSeeClassScope) {
      scope.canSeeClassScope = true;
      scope.bindings.set('__classdict__', new Binding('__classdict__', BindingFlag.use));
    }
  }

  protected enterTypeParameters(key: TypeParameter[], name: string): Scope {
    const outer = this.current;
    const scope = this.enter(ScopeKind.typeParameters, `<generic parameters of ${name}>`, key);
    scope.description = 'the definition of a generic';
    this.seeClass(scope, outer);
    return scope;
  }

  /** A lazily evaluated part of a type parameter or alias: a function of one positional parameter, `.format`. */
  protected enterEvaluator(kind: ScopeKind, name: string, key: object, description: string): void {
    const outer = this.current;
    const scope = this.enter(kind, name, key);
    scope.description = description;
    scope.bindings.set('.format', new Binding('.format', BindingFlag.parameter));
    this.seeClass(scope, outer);
  }
}
