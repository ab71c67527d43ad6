/**
 * Makes the scopes of a tree: one walk that notes what each scope does with each name and raises the errors that need
 * no more than that. What a name means is decided afterwards (scope-analysis.ts), when all bindings are known.
 */
import type {
  Alias,
  AnnAssign,
  Arg,
  Arguments,
  AsyncFunctionDef,
  ClassDef,
  Comprehension,
  DictComp,
  Expression,
  FunctionDef,
  GeneratorExp,
  Lambda,
  ListComp,
  Located,
  NamedExpr,
  Node,
  Pattern,
  Root,
  SetComp,
  Statement,
  TypeAlias,
  TypeParameter,
} from '../parser/ast.ts';
import type { Problems } from './problems.ts';
import { ScopeRecorder } from './scope-recorder.ts';
import { Binding, BindingFlag, ComprehensionKind, type Scope, ScopeKind } from './scopes.ts';

/** The scopes of a tree, found by the node that opens them. */
export interface ScopeTable {
  readonly root: Scope;
  /**
   * Functions, lambdas, classes and comprehensions by their node; `__annotate__` of a function by its `Arguments`;
   * generic parameters by their list; a type alias's value by the `TypeAlias`; a bound by the `TypeVar`, a default by
   * its defaultKey.
   */
  readonly scopes: Map<object, Scope>;
}

const defaultKeys = new WeakMap<TypeParameter, object>();

/** What stands for the default of a type parameter in ScopeTable.scopes: its expression may open a scope of its own. */
export function defaultKey(node: TypeParameter): object {
  let key = defaultKeys.get(node);
  if (key === undefined) {
    key = {};
    defaultKeys.set(node, key);
  }
  return key;
}

type AnyFunction = FunctionDef | AsyncFunctionDef;
type AnyComprehension = ListComp | SetComp | DictComp | GeneratorExp;

/** Functions that look at the caller's variables: a comprehension that uses one stays a function of its own. */
const INTROSPECTION = new Set(['locals', 'eval', 'exec', 'vars', 'dir', '_getframe', 'currentframe']);

const comprehensionKinds = {
  ListComp: ComprehensionKind.list,
  SetComp: ComprehensionKind.set,
  DictComp: ComprehensionKind.dict,
  GeneratorExp: ComprehensionKind.generator,
} as const;
const comprehensionNames = {
  ListComp: '<listcomp>',
  SetComp: '<setcomp>',
  DictComp: '<dictcomp>',
  GeneratorExp: '<genexpr>',
} as const;

/** What a comprehension is called in messages, by ComprehensionKind. */
const comprehensionPlaces = [
  '',
  'list comprehension',
  'set comprehension',
  'dict comprehension',
  'generator expression',
];

/** Builds all scopes of a tree. Raises PythonSyntaxError. */
export function buildScopes(
  tree: Root,
  futureAnnotations: boolean,
  topLevelAwait: boolean,
  problems: Problems,
): ScopeTable {
  const builder = new ScopeBuilder(futureAnnotations, problems);
  builder.topLevelAwait = topLevelAwait;
  if (tree.kind === 'Expression') builder.expression(tree.body);
  else builder.statements(tree.body);
  return { root: builder.root, scopes: builder.scopes };
}

class ScopeBuilder extends ScopeRecorder {
  /** whether the module's own code may be a coroutine's */
  topLevelAwait = false;

  // Statements ------------------------------------------------------------------------------------------------------

  statements(list: Statement[]): void {
    for (const statement of list) this.statement(statement);
  }

  /** Statements that may or may not run: annotations in them are remembered when they do. */
  private conditional(list: Statement[]): void {
    const scope = this.current;
    const before = scope.inConditionalBlock;
    scope.inConditionalBlock = true;
    this.statements(list);
    scope.inConditionalBlock = before;
  }

  private statement(node: Statement): void {
    this.line = node.lineno;
    switch (node.kind) {
      case 'Expr':
        this.expression(node.value);
        return;
      case 'Assign':
        for (const target of node.targets) this.expression(target);
        this.expression(node.value);
        return;
      case 'AugAssign':
        this.expression(node.target);
        this.expression(node.value);
        return;
      case 'AnnAssign':
        this.annotatedAssignment(node);
        return;
      case 'Return':
        if (this.current.kind !== ScopeKind.function) this.problems.error(node, "'return' outside function");
        if (node.value !== null) this.expression(node.value);
        return;
      case 'If': {
        // an elif chain is a list, not a nest
        let link = node;
        for (;;) {
          this.expression(link.test);
          this.conditional(link.body);
          const { orelse } = link;
          if (orelse.length === 1 && orelse[0].kind === 'If') link = orelse[0];
          else {
            this.conditional(orelse);
            return;
          }
        }
      }
      case 'While':
        this.expression(node.test);
        this.conditional(node.body);
        this.conditional(node.orelse);
        return;
      case 'AsyncFor':
      case 'For':
        if (node.kind === 'AsyncFor') this.requireAsync(node, "'async for' outside async function");
        this.expression(node.target);
        this.expression(node.iter);
        this.conditional(node.body);
        this.conditional(node.orelse);
        return;
      case 'AsyncWith':
      case 'With':
        if (node.kind === 'AsyncWith') this.requireAsync(node, "'async with' outside async function");
        for (const item of node.items) {
          this.expression(item.context_expr);
          if (item.optional_vars !== null) this.expression(item.optional_vars);
        }
        this.conditional(node.body);
        return;
      case 'Raise':
        if (node.exc !== null) this.expression(node.exc);
        if (node.cause !== null) this.expression(node.cause);
        return;
      case 'Try':
      case 'TryStar':
        this.conditional(node.body);
        for (const handler of node.handlers) {
          if (handler.type !== null) this.expression(handler.type);
          if (handler.name !== null) {
            this.store(handler.name, handler);
            this.define(handler.name, BindingFlag.deleted, handler);
          }
          this.conditional(handler.body);
        }
        this.conditional(node.orelse);
        this.conditional(node.finalbody);
        return;
      case 'Assert':
        this.expression(node.test);
        if (node.msg !== null) this.expression(node.msg);
        return;
      case 'Delete':
        for (const target of node.targets) this.expression(target);
        return;
      case 'Import':
      case 'ImportFrom':
        for (const alias of node.names) this.alias(alias, node.kind === 'ImportFrom');
        return;
      case 'Global':
      case 'Nonlocal':
        this.declaration(node.names, node.kind === 'Global', node);
        return;
      case 'FunctionDef':
      case 'AsyncFunctionDef':
        this.functionDefinition(node);
        return;
      case 'ClassDef':
        this.classDefinition(node);
        return;
      case 'TypeAlias':
        this.typeAlias(node);
        return;
      case 'Match':
        this.expression(node.subject);
        for (const item of node.cases) {
          this.pattern(item.pattern);
          if (item.guard !== null) this.expression(item.guard);
          this.conditional(item.body);
        }
        return;
      case 'Pass':
      case 'Break':
      case 'Continue':
        return;
    }
  }

  /** Whether the present scope is a module whose code may await; it is a coroutine's then. */
  private awaitsAtTopLevel(): boolean {
    if (!this.topLevelAwait || this.current.kind !== ScopeKind.module) return false;
    this.current.isCoroutine = true;
    return true;
  }

  private requireAsync(at: Located, message: string): void {
    const scope = this.current;
    if (this.awaitsAtTopLevel()) return;
    if (scope.kind !== ScopeKind.function || !scope.isCoroutine) this.problems.error(at, message);
  }

  private alias(alias: Alias, from: boolean): void {
    if (alias.name === '*') {
      if (this.current.kind !== ScopeKind.module) this.problems.error(alias, 'import * only allowed at module level');
      return;
    }
    const name = alias.asname ?? (from ? alias.name : alias.name.split('.', 1)[0]);
    this.store(name, alias);
    this.define(name, BindingFlag.imported, alias);
  }

  private annotatedAssignment(node: AnnAssign): void {
    const { target } = node;
    const scope = this.current;
    if (target.kind === 'Name') {
      const flags = scope.bindings.get(scope.mangle(target.id))?.flags ?? 0;
      const declared = flags & (BindingFlag.global | BindingFlag.nonlocal);
      if (declared !== 0 && scope.kind !== ScopeKind.module && node.simple === 1) {
        const word = (declared & BindingFlag.global) !== 0 ? 'global' : 'nonlocal';
        this.problems.error(node, `annotated name '${target.id}' can't be ${word}`);
      }
      if (target.id === '__debug__') this.problems.error(target, 'cannot assign to __debug__');
      if (node.simple === 1) this.define(target.id, BindingFlag.annotated | BindingFlag.local, target);
      else if (node.value !== null) this.define(target.id, BindingFlag.local, target);
    } else {
      this.expression(target);
    }
    this.variableAnnotation(node);
    if (node.value !== null) this.expression(node.value);
  }

  private variableAnnotation(node: AnnAssign): void {
    const scope = this.current;
    const kept =
      node.simple === 1 &&
      node.target.kind === 'Name' &&
      (scope.kind === ScopeKind.module || scope.kind === ScopeKind.class);
    if (kept) scope.usesAnnotations = true;
    if (!kept || this.futureAnnotations) {
      this.enterDetached(ScopeKind.annotations, '__annotate__').description = 'an annotation';
      this.expression(node.annotation);
      this.leave();
      return;
    }
    const conditional = scope.kind === ScopeKind.module || scope.inConditionalBlock;
    scope.annotations.set(node, conditional ? scope.conditionalAnnotations++ : -1);
    if (conditional) {
      if (!scope.hasConditionalAnnotations) {
        scope.hasConditionalAnnotations = true;
        if (scope.kind === ScopeKind.module) this.define('__conditional_annotations__', BindingFlag.local, node);
      }
    }
    let annotations = scope.annotationScope;
    if (annotations === null) {
      annotations = this.enterAnnotations(node);
      scope.annotationScope = annotations;
    } else {
      this.current = annotations;
    }
    if (scope.hasConditionalAnnotations) this.define('__conditional_annotations__', BindingFlag.use, node);
    this.expression(node.annotation);
    this.leave();
  }

  private functionDefinition(node: AnyFunction): void {
    this.store(node.name, node);
    this.defaults(node.args);
    for (const decorator of node.decorator_list) this.expression(decorator);
    const generic = node.type_params.length > 0;
    if (generic) {
      const scope = this.enterTypeParameters(node.type_params, node.name);
      if (node.args.defaults.length > 0) {
        scope.bindings.set('.defaults', new Binding('.defaults', BindingFlag.parameter));
      }
      if (node.args.kw_defaults.some((value) => value !== null)) {
        scope.bindings.set('.kwdefaults', new Binding('.kwdefaults', BindingFlag.parameter));
      }
      for (const parameter of node.type_params) this.typeParameter(parameter);
    }
    this.functionAnnotations(node);
    const scope = this.enter(ScopeKind.function, node.name, node);
    scope.isCoroutine = node.kind === 'AsyncFunctionDef';
    this.parameters(node.args);
    this.statements(node.body);
    this.leave();
    if (generic) this.leave();
  }

  private defaults(args: Arguments): void {
    for (const value of args.defaults) this.expression(value);
    for (const value of args.kw_defaults) if (value !== null) this.expression(value);
  }

  private functionAnnotations(node: AnyFunction): void {
    const { args } = node;
    const all: (Arg | null)[] = [...args.posonlyargs, ...args.args, args.vararg, ...args.kwonlyargs, args.kwarg];
    if (node.returns === null && !all.some((arg) => arg !== null && arg.annotation !== null)) return;
    this.enterAnnotations(args);
    if (this.futureAnnotations) this.enterDetached(ScopeKind.annotations, '__annotate__').description = 'an annotation';
    for (const arg of all) if (arg !== null && arg.annotation !== null) this.expression(arg.annotation);
    if (node.returns !== null) this.expression(node.returns);
    if (this.futureAnnotations) this.leave();
    this.leave();
  }

  private parameters(args: Arguments): void {
    for (const arg of args.posonlyargs) this.parameter(arg);
    for (const arg of args.args) this.parameter(arg);
    for (const arg of args.kwonlyargs) this.parameter(arg);
    if (args.vararg !== null) this.parameter(args.vararg);
    if (args.kwarg !== null) this.parameter(args.kwarg);
  }

  private parameter(arg: Arg): void {
    if (arg.arg === '__debug__') this.problems.error(arg, 'cannot assign to __debug__');
    this.define(arg.arg, BindingFlag.parameter, arg);
  }

  private classDefinition(node: ClassDef): void {
    this.store(node.name, node);
    for (const decorator of node.decorator_list) this.expression(decorator);
    const generic = node.type_params.length > 0;
    if (generic) {
      const scope = this.enterTypeParameters(node.type_params, node.name);
      scope.privateName = node.name;
      scope.mangledNames = new Set();
      scope.bindings.set('.generic_base', new Binding('.generic_base', BindingFlag.local));
      scope.bindings.set('.type_params', new Binding('.type_params', BindingFlag.local));
      for (const parameter of node.type_params) this.typeParameter(parameter);
    }
    for (const base of node.bases) this.expression(base);
    for (const keyword of node.keywords) {
      if (keyword.arg === '__debug__') this.problems.error(keyword, 'cannot assign to __debug__');
      this.expression(keyword.value);
    }
    const scope = this.enter(ScopeKind.class, node.name, node);
    scope.privateName = node.name;
    scope.staticAttributes = new Set();
    if (generic) scope.bindings.set('.type_params', new Binding('.type_params', BindingFlag.use));
    this.statements(node.body);
    this.leave();
    if (generic) this.leave();
  }

  private typeAlias(node: TypeAlias): void {
    this.store(node.name.id, node.name);
    const generic = node.type_params.length > 0;
    if (generic) {
      this.enterTypeParameters(node.type_params, node.name.id);
      for (const parameter of node.type_params) this.typeParameter(parameter);
    }
    this.enterEvaluator(ScopeKind.typeAlias, node.name.id, node, 'a type alias');
    this.expression(node.value);
    this.leave();
    if (generic) this.leave();
  }

  private typeParameter(node: TypeParameter): void {
    // `T` in a generic class's own list is mangled like the class's other private names
    this.current.mangledNames?.add(node.name);
    if (node.name === '__debug__') this.problems.error(node, 'cannot assign to __debug__');
    this.define(node.name, BindingFlag.typeParameter | BindingFlag.local, node);
    const sort = node.kind === 'TypeVar' ? 'TypeVar' : node.kind === 'ParamSpec' ? 'ParamSpec' : 'TypeVarTuple';
    if (node.kind === 'TypeVar' && node.bound !== null) {
      const description = node.bound.kind === 'Tuple' ? 'a TypeVar constraint' : 'a TypeVar bound';
      this.enterEvaluator(ScopeKind.typeVariable, node.name, node, description);
      this.expression(node.bound);
      this.leave();
    }
    if (node.default_value !== null) {
      this.enterEvaluator(ScopeKind.typeVariable, node.name, defaultKey(node), `a ${sort} default`);
      this.expression(node.default_value);
      this.leave();
    }
  }

  // Patterns --------------------------------------------------------------------------------------------------------

  private pattern(node: Pattern): void {
    switch (node.kind) {
      case 'MatchValue':
        this.expression(node.value);
        return;
      case 'MatchSingleton':
        return;
      case 'MatchSequence':
      case 'MatchOr':
        for (const item of node.patterns) this.pattern(item);
        return;
      case 'MatchMapping':
        for (const key of node.keys) this.expression(key);
        for (const item of node.patterns) this.pattern(item);
        if (node.rest !== null) this.store(node.rest, node);
        return;
      case 'MatchClass':
        this.expression(node.cls);
        for (const item of node.patterns) this.pattern(item);
        node.kwd_attrs.forEach((name, i) => {
          if (name === '__debug__') this.problems.error(node.kwd_patterns[i], 'cannot assign to __debug__');
        });
        for (const item of node.kwd_patterns) this.pattern(item);
        return;
      case 'MatchStar':
        if (node.name !== null) this.store(node.name, node);
        return;
      case 'MatchAs':
        if (node.pattern !== null) this.pattern(node.pattern);
        if (node.name !== null) this.store(node.name, node);
        return;
    }
  }

  // Expressions -----------------------------------------------------------------------------------------------------

  private expressions(list: (Expression | null)[]): void {
    for (const node of list) if (node !== null) this.expression(node);
  }

  expression(node: Expression): void {
    switch (node.kind) {
      case 'Name':
        this.name(node.id, node.ctx, node);
        return;
      case 'Constant':
        return;
      case 'Attribute':
        if (node.ctx === 'Store') this.noteStaticAttribute(node.value, node.attr);
        if (node.attr === '__debug__' && node.ctx !== 'Load') {
          this.problems.error(node, `cannot ${node.ctx === 'Store' ? 'assign to' : 'delete'} __debug__`);
        }
        this.noteIntrospection(node.attr);
        this.expression(node.value);
        return;
      case 'Call':
        this.expression(node.func);
        this.expressions(node.args);
        for (const keyword of node.keywords) {
          if (keyword.arg === '__debug__') this.problems.error(keyword, 'cannot assign to __debug__');
          this.expression(keyword.value);
        }
        return;
      case 'BinOp': {
        // `a + b + c ...` leans to the left: walk down its spine instead of recursing
        const rights: Expression[] = [];
        let left: Expression = node;
        while (left.kind === 'BinOp') {
          rights.push(left.right);
          left = left.left;
        }
        this.expression(left);
        for (let i = rights.length - 1; i >= 0; i--) this.expression(rights[i]);
        return;
      }
      case 'UnaryOp':
        this.expression(node.operand);
        return;
      case 'BoolOp':
        this.expressions(node.values);
        return;
      case 'Compare':
        this.expression(node.left);
        this.expressions(node.comparators);
        return;
      case 'Subscript':
        this.expression(node.value);
        this.expression(node.slice);
        return;
      case 'Slice':
        this.expressions([node.lower, node.upper, node.step]);
        return;
      case 'Tuple':
      case 'List':
      case 'Set':
        this.expressions(node.elts);
        return;
      case 'Dict':
        this.expressions(node.keys);
        this.expressions(node.values);
        return;
      case 'IfExp':
        this.expression(node.test);
        this.expression(node.body);
        this.expression(node.orelse);
        return;
      case 'Starred':
        this.expression(node.value);
        return;
      case 'NamedExpr':
        this.namedExpression(node);
        return;
      case 'Lambda':
        this.lambda(node);
        return;
      case 'ListComp':
      case 'SetComp':
      case 'DictComp':
      case 'GeneratorExp':
        this.comprehension(node);
        return;
      case 'Yield':
      case 'YieldFrom':
        this.refuseInAnnotation(node, 'yield expression');
        if (node.value !== null) this.expression(node.value);
        this.yields(node);
        return;
      case 'Await':
        this.await(node);
        return;
      case 'JoinedStr':
      case 'TemplateStr':
        this.expressions(node.values);
        return;
      case 'FormattedValue':
      case 'Interpolation':
        this.expression(node.value);
        if (node.format_spec !== null) this.expression(node.format_spec);
        return;
    }
  }

  private name(id: string, context: 'Load' | 'Store' | 'Del', at: Located): void {
    const scope = this.current;
    if (context === 'Load') {
      this.define(id, BindingFlag.use, at);
      if (scope.isFunctionLike) {
        if (id === 'super') this.define('__class__', BindingFlag.use, at);
        else this.noteIntrospection(id);
      }
      return;
    }
    if (id === '__debug__') {
      this.problems.error(at, `cannot ${context === 'Store' ? 'assign to' : 'delete'} __debug__`);
    }
    this.define(id, context === 'Store' ? BindingFlag.local : BindingFlag.local | BindingFlag.deleted, at);
  }

  private noteIntrospection(name: string): void {
    if (!INTROSPECTION.has(name)) return;
    for (let scope = this.current; scope.comprehension !== ComprehensionKind.none; scope = scope.parent!) {
      scope.introspects = true;
    }
  }

  /** `self.x = ...` in a method makes x one of the class's `__static_attributes__`. */
  private noteStaticAttribute(object: Expression, name: string): void {
    if (object.kind !== 'Name' || object.id !== 'self') return;
    let scope: Scope | null = this.current;
    if (!scope.isFunctionLike) return;
    while (scope !== null && scope.kind !== ScopeKind.class) scope = scope.parent;
    if (scope !== null) scope.staticAttributes!.add(name);
  }

  private refuseInAnnotation(at: Located, what: string): void {
    const scope = this.current;
    if (scope.kind > ScopeKind.function) this.problems.error(at, `${what} cannot be used within ${scope.description}`);
  }

  private lambda(node: Lambda): void {
    this.defaults(node.args);
    const scope = this.enter(ScopeKind.function, '<lambda>', node);
    scope.isLambda = true;
    this.parameters(node.args);
    this.expression(node.body);
    this.leave();
  }

  private yields(at: Located): void {
    const scope = this.current;
    if (!scope.isFunctionLike) {
      this.problems.error(at, `'${(at as Node).kind === 'Yield' ? 'yield' : 'yield from'}' outside function`);
    }
    if (scope.comprehension !== ComprehensionKind.none) {
      const place = comprehensionPlaces[scope.comprehension];
      this.problems.error(at, `'yield' inside ${place}`);
    }
    if ((at as Node).kind === 'YieldFrom' && scope.isCoroutine) {
      this.problems.error(at, "'yield from' inside async function");
    }
    scope.isGenerator = true;
  }

  private await(node: Expression & { kind: 'Await' }): void {
    this.refuseInAnnotation(node, 'await expression');
    const scope = this.current;
    if (this.awaitsAtTopLevel()) {
      this.expression(node.value);
      return;
    }
    if (!scope.isFunctionLike) this.problems.error(node, "'await' outside function");
    if (!scope.isCoroutine && scope.comprehension === ComprehensionKind.none) {
      this.problems.error(node, "'await' outside async function");
    }
    this.expression(node.value);
    scope.isCoroutine = true;
  }

  private namedExpression(node: NamedExpr): void {
    this.refuseInAnnotation(node, 'named expression');
    const scope = this.current;
    if (scope.iterableDepth > 0) {
      this.problems.error(node, 'assignment expression cannot be used in a comprehension iterable expression');
    }
    if (node.target.id === '__debug__') this.problems.error(node.target, 'cannot assign to __debug__');
    if (scope.comprehension !== ComprehensionKind.none) this.bindOutside(node);
    else scope.hasNamedExpressions = true;
    this.expression(node.value);
    this.expression(node.target);
  }

  /** In a comprehension, an assignment expression binds in the nearest scope that is none. */
  private bindOutside(node: NamedExpr): void {
    const { target } = node;
    const from = this.current;
    let scope: Scope = from;
    for (;;) {
      if (scope.comprehension !== ComprehensionKind.none) {
        const flags = scope.bindings.get(scope.mangle(target.id))?.flags ?? 0;
        if ((flags & BindingFlag.iteration) !== 0) {
          this.problems.error(
            target,
            `assignment expression cannot rebind comprehension iteration variable '${target.id}'`,
          );
        }
        scope = scope.parent!;
        continue;
      }
      break;
    }
    const prefix = 'assignment expression within a comprehension cannot be used';
    if (scope.kind === ScopeKind.class) this.problems.error(target, `${prefix} in a class body`);
    if (scope.kind === ScopeKind.typeParameters) {
      this.problems.error(target, `${prefix} within the definition of a generic`);
    }
    if (scope.kind === ScopeKind.typeAlias) this.problems.error(target, `${prefix} in a type alias`);
    if (scope.kind === ScopeKind.typeVariable) this.problems.error(target, `${prefix} in a TypeVar bound`);
    scope.hasNamedExpressions = true;
    const name = from.mangle(target.id);
    let flag = BindingFlag.nonlocal;
    if (scope.kind === ScopeKind.module) {
      this.defineIn(scope, target.id, BindingFlag.global, target);
      flag = BindingFlag.global;
    } else {
      if (((scope.bindings.get(name)?.flags ?? 0) & BindingFlag.global) !== 0) flag = BindingFlag.global;
      this.defineIn(scope, target.id, BindingFlag.local, target);
    }
    // Comprehensions in between see the same variable through their own parent; only the innermost names it.
    this.defineIn(from, target.id, flag, target);
    from.directives.push({ name, at: target });
  }

  private comprehension(node: AnyComprehension): void {
    const outer = this.current;
    const { generators } = node;
    outer.iterableDepth++;
    this.expression(generators[0].iter);
    outer.iterableDepth--;
    const scope = this.enter(ScopeKind.function, comprehensionNames[node.kind], node);
    scope.comprehension = comprehensionKinds[node.kind];
    if (generators[0].is_async === 1) scope.isCoroutine = true;
    this.clause(generators[0], true);
    for (let i = 1; i < generators.length; i++) this.clause(generators[i], false);
    if (node.kind === 'DictComp') {
      this.expression(node.value);
      this.expression(node.key);
    } else {
      this.expression(node.elt);
    }
    this.leave();
    const isAsync = scope.isCoroutine && scope.comprehension !== ComprehensionKind.generator;
    if (isAsync) {
      const allowed = this.awaitsAtTopLevel() || (outer.kind === ScopeKind.function && outer.isCoroutine);
      if (!allowed && outer.comprehension === ComprehensionKind.none) {
        this.problems.error(node, 'asynchronous comprehension outside of an asynchronous function');
      }
      outer.isCoroutine = true;
    }
  }

  private clause(node: Comprehension, first: boolean): void {
    const scope = this.current;
    scope.iterationTarget = true;
    this.expression(node.target);
    scope.iterationTarget = false;
    if (!first) {
      scope.iterableDepth++;
      this.expression(node.iter);
      scope.iterableDepth--;
      if (node.is_async === 1) scope.isCoroutine = true;
    }
    this.expressions(node.ifs);
  }
}
