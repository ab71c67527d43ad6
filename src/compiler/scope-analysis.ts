/**
 * Decides how code reaches every name of every scope, once all bindings are known, and gives variables their registers.
 * Parents are resolved before children, so that a free variable is found by walking up; each scope on the way learns
 * that it passes a cell along.
 */
import type { Located } from '../parser/ast.ts';
import type { Problems } from './problems.ts';
import { Access, Binding, BindingFlag, ComprehensionKind, type Scope, ScopeKind } from './scopes.ts';

/** Resolves all names below `root` and assigns registers. Raises PythonSyntaxError. */
export function analyzeScopes(root: Scope, problems: Problems): void {
  resolveScope(root, problems);
  assignRegisters(root);
}

function resolveScope(scope: Scope, problems: Problems): void {
  scope.inlined =
    scope.comprehension !== ComprehensionKind.none &&
    scope.comprehension !== ComprehensionKind.generator &&
    !scope.parent!.canSeeClassScope &&
    (!scope.introspects || hostOf(scope.parent!).kind === ScopeKind.function);
  for (const binding of scope.bindings.values()) resolveBinding(scope, binding, problems);
  for (const child of scope.children) resolveScope(child, problems);
}

/** The scope of the code object that a scope's code is part of. */
function hostOf(scope: Scope): Scope {
  let host = scope;
  while (host.inlined) host = host.parent!;
  return host;
}

function resolveBinding(scope: Scope, binding: Binding, problems: Problems): void {
  const { name, flags } = binding;
  if ((flags & BindingFlag.global) !== 0) {
    if ((flags & BindingFlag.nonlocal) !== 0) {
      problems.error(directiveOf(scope, name), `name '${name}' is nonlocal and global`);
    }
    binding.access = Access.globalExplicit;
    return;
  }
  if ((flags & BindingFlag.nonlocal) !== 0) {
    const owner = findOwner(scope, name);
    if (owner === null || owner.kind === ScopeKind.module) {
      problems.error(directiveOf(scope, name), `no binding for nonlocal '${name}' found`);
    }
    const target = owner.bindings.get(name);
    if (target !== undefined && (target.flags & BindingFlag.typeParameter) !== 0) {
      problems.error(directiveOf(scope, name), `nonlocal binding not allowed for type parameter '${name}'`);
    }
    capture(scope, owner, binding);
    return;
  }
  if ((flags & BindingFlag.bound) !== 0) {
    if (scope.isFunctionLike) {
      // until a scope inside captures it
      binding.access = Access.fast;
    } else {
      binding.access = Access.name;
    }
    return;
  }
  if (scope.canSeeClassScope && name !== '__classdict__' && !name.startsWith('.')) {
    const inClass = enclosingClass(scope)?.bindings.get(name);
    if (inClass !== undefined) {
      if ((inClass.flags & BindingFlag.global) !== 0) {
        binding.access = Access.globalExplicit;
        return;
      }
      if (name !== '__conditional_annotations__' && (inClass.flags & BindingFlag.bound) !== 0) {
        if ((inClass.flags & BindingFlag.nonlocal) === 0) {
          binding.access = Access.globalImplicit;
          return;
        }
      }
    }
  }
  const owner = findOwner(scope, name);
  if (owner !== null && owner.kind !== ScopeKind.module) capture(scope, owner, binding);
  else if (scope.inlined) shareGlobal(scope, binding, owner);
  else binding.access = scope.isFunctionLike ? Access.globalImplicit : Access.name;
}

function directiveOf(scope: Scope, name: string): Located {
  return scope.directives.find((directive) => directive.name === name)!.at;
}

function enclosingClass(scope: Scope): Scope | null {
  let outer = scope.parent;
  while (outer !== null && outer.kind !== ScopeKind.class) outer = outer.parent;
  return outer;
}

/**
 * The scope above `scope` that binds a name for its inner scopes: a function, or a class for its implicit cells. The
 * module when an enclosing function declares the name global; null when nothing binds it.
 */
function findOwner(scope: Scope, name: string): Scope | null {
  let crossed = !scope.inlined;
  for (let outer = scope.parent; outer !== null; outer = outer.parent) {
    if (outer.kind === ScopeKind.module) return null;
    if (outer.kind === ScopeKind.class) {
      if (crossed && isImplicit(outer, name)) return outer;
      continue;
    }
    const binding = outer.bindings.get(name);
    if (binding !== undefined) {
      if ((binding.flags & BindingFlag.global) !== 0) {
        let root = outer;
        while (root.parent !== null) root = root.parent;
        return root;
      }
      if ((binding.flags & BindingFlag.bound) !== 0 && (binding.flags & BindingFlag.nonlocal) === 0) return outer;
    }
    if (!outer.inlined) crossed = true;
  }
  return null;
}

function isImplicit(owner: Scope, name: string): boolean {
  return (
    name === '__class__' ||
    name === '__classdict__' ||
    (name === '__conditional_annotations__' && owner.hasConditionalAnnotations)
  );
}

/** Makes `binding` of `scope` refer to the variable of that name in `owner`. */
function capture(scope: Scope, owner: Scope, binding: Binding): void {
  const { name } = binding;
  let last: Binding | null = null;
  for (let inner: Scope = scope; inner !== owner; inner = inner.parent!) {
    if (inner.inlined) continue;
    let passed = inner.free.get(name);
    if (passed === undefined) {
      passed = inner === scope && inner.isFunctionLike ? binding : new Binding(name, 0);
      passed.access = Access.free;
      inner.free.set(name, passed);
    }
    if (last === null) last = passed;
  }
  if (last === null) {
    // Only inlined comprehensions in between: the variable stays in the owner's register.
    if (owner.kind === ScopeKind.class) binding.access = Access.globalImplicit;
    else scope.bindings.set(name, owner.bindings.get(name)!);
    return;
  }
  cellOf(owner, name);
  if (scope.inlined) {
    scope.bindings.set(name, last);
  } else if (scope.isFunctionLike) {
    if (last !== binding) scope.bindings.set(name, last);
  } else {
    binding.access = (binding.flags & BindingFlag.nonlocal) !== 0 ? Access.free : Access.classFree;
  }
}

/** Turns a scope's variable into a cell. */
function cellOf(owner: Scope, name: string): void {
  if (owner.kind === ScopeKind.class) {
    const cell = new Binding(name, BindingFlag.local);
    cell.access = Access.cell;
    if (name === '__class__') owner.classCell ??= cell;
    else if (name === '__classdict__') owner.classDictCell ??= cell;
    else owner.conditionalCell ??= cell;
    return;
  }
  owner.bindings.get(name)!.access = Access.cell;
}

/** A global name in an inlined comprehension: as its host reaches globals, but never through a class's namespace. */
function shareGlobal(scope: Scope, binding: Binding, owner: Scope | null): void {
  const host = hostOf(scope);
  binding.access = host.kind === ScopeKind.module && owner === null ? Access.name : Access.globalImplicit;
}

// Registers -----------------------------------------------------------------------------------------------------------

/** Sets local variables aside for those of inlined comprehensions below `scope` that locals() and its kin shall see. */
function nameVariables(scope: Scope, variableNames: string[]): void {
  for (const child of scope.children) {
    if (!child.inlined || !child.introspects) continue;
    for (const binding of child.bindings.values()) {
      const wanted = BindingFlag.local | BindingFlag.iteration;
      if ((binding.flags & (wanted | BindingFlag.nonlocal | BindingFlag.global)) !== wanted || binding.named) continue;
      binding.named = true;
      binding.register = variableNames.length;
      variableNames.push(binding.name);
    }
    nameVariables(child, variableNames);
  }
}

const byName = (a: Binding, b: Binding): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

function assignRegisters(scope: Scope): void {
  for (const child of scope.children) assignRegisters(child);
  if (scope.inlined) return;
  const cells: Binding[] = [];
  const { variableNames } = scope;
  if (scope.kind === ScopeKind.class) {
    for (const cell of [scope.classCell, scope.classDictCell, scope.conditionalCell])
      if (cell !== null) cells.push(cell);
  } else if (scope.isFunctionLike) {
    // `.0`, the iterator of a comprehension that is a function
    if (scope.comprehension !== ComprehensionKind.none) variableNames.push('.0');
    for (const binding of scope.bindings.values()) {
      if ((binding.flags & BindingFlag.parameter) !== 0) {
        binding.register = variableNames.length;
        const hidden = binding.name === '.format' && scope.kind === ScopeKind.annotations;
        variableNames.push(hidden ? 'format' : binding.name);
        if (binding.access === Access.cell) cells.push(binding);
      }
    }
    for (const binding of scope.bindings.values()) {
      if ((binding.flags & BindingFlag.parameter) !== 0) continue;
      if (binding.access === Access.fast) {
        binding.register = variableNames.length;
        variableNames.push(binding.name);
      } else if (binding.access === Access.cell) {
        cells.push(binding);
      }
    }
    nameVariables(scope, variableNames);
  }
  let next = variableNames.length;
  cells.sort(byName);
  for (const cell of cells) {
    if ((cell.flags & BindingFlag.parameter) === 0) cell.register = next++;
    scope.cellNames.push(cell.name);
  }
  scope.firstFree = next;
  const free = [...scope.free.values()].sort(byName);
  for (const binding of free) {
    binding.register = next++;
    scope.freeNames.push(binding.name);
    // a class's own binding of the name stands beside the cell that it passes to its methods
    const own = scope.bindings.get(binding.name);
    if (own !== undefined && (own.access === Access.free || own.access === Access.classFree))
      own.register = binding.register;
  }
}
