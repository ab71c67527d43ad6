// Statements and modules from tree-sitter's tree: the converter's top.
//
// The grammar's scanner makes blocks of any indentation, so their columns are checked here.

import type {
  Alias,
  Arguments,
  ExceptHandler,
  Expression,
  Keyword,
  MatchCase,
  Module,
  Operator,
  Statement,
  TypeParameter,
  WithItem,
} from './ast.ts';
import {
  createAlias,
  createAnnAssign,
  createAssert,
  createAssign,
  createAsyncFor,
  createAsyncFunctionDef,
  createAsyncWith,
  createAugAssign,
  createBreak,
  createClassDef,
  createContinue,
  createDelete,
  createExceptHandler,
  createExpr,
  createFor,
  createFunctionDef,
  createGlobal,
  createIf,
  createImport,
  createImportFrom,
  createMatch,
  createName,
  createNonlocal,
  createParamSpec,
  createPass,
  createRaise,
  createReturn,
  createTry,
  createTryStar,
  createTuple,
  createTypeAlias,
  createTypeVar,
  createTypeVarTuple,
  createWhile,
  createWith,
} from './nodes.ts';
import { invalidTarget, setContext } from './targets.ts';
import { TreePatterns } from './tree-patterns.ts';
import { Shape } from './tree-shapes.ts';

const IN_PLACE: ReadonlyMap<string, Operator> = new Map([
  ['|=', 'BitOr'],
  ['^=', 'BitXor'],
  ['&=', 'BitAnd'],
  ['<<=', 'LShift'],
  ['>>=', 'RShift'],
  ['+=', 'Add'],
  ['-=', 'Sub'],
  ['*=', 'Mult'],
  ['/=', 'Div'],
  ['//=', 'FloorDiv'],
  ['%=', 'Mod'],
  ['@=', 'MatMult'],
  ['**=', 'Pow'],
]);

/** How many `elif` may follow an `if`: each is an `if` inside the one before, and Python has a limit to that. */
const MAXIMUM_BRANCHES = 1000;

function isCompound(shape: Shape): boolean {
  return shape >= Shape.IfStatement && shape <= Shape.MatchStatement;
}

export class TreeStatements extends TreePatterns {
  /** The module of a whole tree. Throws Doubt. */
  module(): Module {
    const body: Statement[] = [];
    this.statements(0, 0, body);
    return { kind: 'Module', body };
  }

  // Blocks ----------------------------------------------------------------------------------------------------------

  /** The statements of a block or module, each line of which starts in a column (none may, if that is -1). */
  private statements(block: number, column: number, body: Statement[]): void {
    const { fresh, columns } = this.table;
    const end = this.nexts[block];
    let separated = column < 0;
    let compound = false;
    for (let node = block + 1; node < end; node = this.nexts[node]) {
      if (this.shape(node) === Shape.Semicolon) {
        if (separated || compound || body.length === 0) {
          this.doubt('block');
        }
        separated = true;
        continue;
      }
      compound = isCompound(this.shape(node));
      if (fresh[node] !== 0) {
        if (columns[node] !== column) {
          this.doubt('indentation');
        }
      } else if (!separated || compound) {
        this.doubt('block');
      }
      separated = false;
      body.push(this.statement(node));
    }
  }

  /** The block that is a node, after the colon of a statement or clause that starts with another node. */
  private block(node: number, end: number, owner: number): Statement[] {
    this.expect(node, end, Shape.Block);
    const { fresh, columns } = this.table;
    const first = node + 1;
    if (first >= this.nexts[node]) {
      this.doubt('block');
    }
    const inline = fresh[first] === 0;
    if (!inline && columns[first] <= columns[owner]) {
      this.doubt('indentation');
    }
    const body: Statement[] = [];
    this.statements(node, inline ? -1 : columns[first], body);
    return body.length === 0 ? this.doubt('block') : body;
  }

  /** The block after the colon that is a node. */
  private suite(colon: number, end: number, owner: number): Statement[] {
    this.expect(colon, end, Shape.Colon);
    return this.block(colon + 1, end, owner);
  }

  /** The last of a node's children that is a colon: that before its block. */
  private colonOf(node: number): number {
    let colon = -1;
    for (let child = node + 1; child < this.nexts[node]; child = this.nexts[child]) {
      if (this.shape(child) === Shape.Colon) {
        colon = child;
      }
    }
    return colon < 0 ? this.doubt('shape') : colon;
  }

  /** A clause must start a line in the column of its statement. */
  private checkClause(clause: number, owner: number): void {
    const { fresh, columns } = this.table;
    if (fresh[clause] === 0 || columns[clause] !== columns[owner]) {
      this.doubt('indentation');
    }
  }

  /** The block of the `else` or `finally` clause that is a node, or nothing. */
  private optionalClause(node: number, end: number, shape: Shape, owner: number): Statement[] {
    if (!this.is(node, end, shape)) {
      return [];
    }
    this.checkClause(node, owner);
    return this.suite(node + 2, this.nexts[node], node);
  }

  // Simple statements -----------------------------------------------------------------------------------------------

  private statement(node: number): Statement {
    const end = this.nexts[node];
    switch (this.shape(node)) {
      case Shape.ExpressionStatement:
        return this.expressionStatement(node);
      case Shape.ReturnStatement: {
        const value = node + 2 < end ? this.starExpressions(node + 2) : null;
        return createReturn(this.place(node), value);
      }
      case Shape.PassStatement:
        return createPass(this.place(node));
      case Shape.BreakStatement:
        return createBreak(this.place(node));
      case Shape.ContinueStatement:
        return createContinue(this.place(node));
      case Shape.GlobalStatement:
      case Shape.NonlocalStatement: {
        const names = this.names(node + 2, end);
        const create = this.shape(node) === Shape.GlobalStatement ? createGlobal : createNonlocal;
        return create(this.place(node), names);
      }
      case Shape.DeleteStatement:
        return this.deleteStatement(node);
      case Shape.RaiseStatement:
        return this.raise(node);
      case Shape.AssertStatement: {
        const nodes = this.list(node + 2, end);
        if (nodes.length > 2 || this.trailingComma) {
          this.doubt('shape');
        }
        const test = this.expression(nodes[0]);
        const message = nodes.length > 1 ? this.expression(nodes[1]) : null;
        return createAssert(this.place(node), test, message);
      }
      case Shape.ImportStatement: {
        const names = this.list(node + 2, end);
        if (this.trailingComma) {
          this.doubt('shape');
        }
        const aliases = names.map((name) => this.alias(name, true));
        return createImport(this.place(node), aliases);
      }
      case Shape.ImportFromStatement:
      case Shape.FutureImportStatement:
        return this.importFrom(node);
      case Shape.TypeAliasStatement:
        return this.typeAlias(node);
      case Shape.IfStatement:
        return this.ifStatement(node);
      case Shape.ForStatement:
        return this.forStatement(node);
      case Shape.WhileStatement:
        return this.whileStatement(node);
      case Shape.TryStatement:
        return this.tryStatement(node);
      case Shape.WithStatement:
        return this.withStatement(node);
      case Shape.FunctionDefinition:
        return this.functionDefinition(node, []);
      case Shape.ClassDefinition:
        return this.classDefinition(node, []);
      case Shape.DecoratedDefinition:
        return this.decorated(node);
      case Shape.MatchStatement:
        return this.match(node);
      case Shape.PrintStatement:
      case Shape.ExecStatement:
        return this.doubt('python2');
      default:
        return this.doubt('shape');
    }
  }

  private names(start: number, end: number): string[] {
    const names = this.list(start, end).map((name) => this.name(name));
    return this.trailingComma || names.length === 0 ? this.doubt('shape') : names;
  }

  private expressionStatement(node: number): Statement {
    const child = node + 1;
    if (this.nexts[child] !== this.nexts[node]) {
      const tuple = this.tupleOf(child, this.nexts[node]);
      return createExpr(this.place(node), tuple);
    }
    switch (this.shape(child)) {
      case Shape.Assignment:
        return this.assignment(child);
      case Shape.AugmentedAssignment:
        return this.augmentedAssignment(child);
      default: {
        const value = this.assigned(child);
        return createExpr(this.place(node), value);
      }
    }
  }

  /** What stands on the right of `=`: a `yield` or expressions. */
  private assigned(node: number): Expression {
    return this.shape(node) === Shape.Yield ? this.yieldExpression(node) : this.starExpressions(node);
  }

  private assignment(node: number): Statement {
    if (this.shape(this.nexts[node + 1]) === Shape.Colon) {
      return this.annotatedAssignment(node);
    }
    // `a = b = c` leans to the right here.
    const targets: Expression[] = [];
    let assignment = node;
    for (;;) {
      const equal = this.nexts[assignment + 1];
      this.expect(equal, this.nexts[assignment], Shape.Equal);
      targets.push(this.targets(assignment + 1));
      const right = equal + 1;
      if (this.shape(right) !== Shape.Assignment) {
        const value = this.assigned(right);
        return createAssign(this.place(node), targets, value);
      }
      assignment = right;
    }
  }

  private annotatedAssignment(node: number): Statement {
    const target = this.targets(node + 1);
    if (target.kind !== 'Name' && target.kind !== 'Attribute' && target.kind !== 'Subscript') {
      return this.doubt('target');
    }
    const type = this.nexts[node + 1] + 1;
    const annotation = this.annotation(type);
    const equal = this.nexts[type];
    let value: Expression | null = null;
    if (equal < this.nexts[node]) {
      this.expect(equal, this.nexts[node], Shape.Equal);
      value = this.assigned(equal + 1);
    }
    const simple = this.shape(node + 1) === Shape.Identifier ? 1 : 0;
    return createAnnAssign(this.place(node), target, annotation, value, simple);
  }

  private augmentedAssignment(node: number): Statement {
    const target = this.targets(node + 1);
    if (target.kind !== 'Name' && target.kind !== 'Attribute' && target.kind !== 'Subscript') {
      return this.doubt('target');
    }
    const operator = this.nexts[node + 1];
    const op = IN_PLACE.get(this.tokenText(operator)) ?? this.doubt('shape');
    const value = this.assigned(operator + 1);
    return createAugAssign(this.place(node), target, op, value);
  }

  private deleteStatement(node: number): Statement {
    const child = node + 2;
    const list = this.shape(child) === Shape.ExpressionList;
    const nodes = list ? this.list(child + 1, this.nexts[child]) : [child];
    const targets = nodes.map((target) => this.expression(target));
    for (const target of targets) {
      if (invalidTarget(target, 'delete') !== null) {
        this.doubt('target');
      }
      setContext(target, 'Del');
    }
    return createDelete(this.place(node), targets);
  }

  private raise(node: number): Statement {
    const end = this.nexts[node];
    let child = node + 2;
    if (child >= end) {
      return createRaise(this.place(node), null, null);
    }
    if (this.shape(child) === Shape.From) {
      this.doubt('shape');
    }
    const exception = this.expression(child);
    child = this.nexts[child];
    let cause: Expression | null = null;
    if (child < end) {
      this.expect(child, end, Shape.From);
      cause = this.expression(child + 1);
    }
    return createRaise(this.place(node), exception, cause);
  }

  // Imports ---------------------------------------------------------------------------------------------------------

  private dottedText(node: number): string {
    if (this.shape(node) !== Shape.DottedName) {
      this.doubt('shape');
    }
    let text = '';
    for (let child = node + 1; child < this.nexts[node]; child++) {
      text += this.shape(child) === Shape.Dot ? '.' : this.name(child);
    }
    return text;
  }

  private alias(node: number, dotted: boolean): Alias {
    const renamed = this.shape(node) === Shape.AliasedImport;
    const nameNode = renamed ? node + 1 : node;
    const name = this.dottedText(nameNode);
    if (!dotted && this.nexts[nameNode] !== nameNode + 2) {
      this.doubt('shape');
    }
    let asname: string | null = null;
    if (renamed) {
      const as = this.nexts[nameNode];
      this.expect(as, this.nexts[node], Shape.As);
      asname = this.name(as + 1);
    }
    return createAlias(this.place(node), name, asname);
  }

  private importFrom(node: number): Statement {
    const end = this.nexts[node];
    let child = node + 2;
    let level = 0;
    let module: string | null = null;
    switch (this.shape(child)) {
      case Shape.RelativeImport: {
        const prefix = child + 1;
        this.expect(prefix, end, Shape.ImportPrefix);
        level = this.nexts[prefix] - prefix - 1;
        if (this.nexts[prefix] < this.nexts[child]) {
          module = this.dottedText(this.nexts[prefix]);
        }
        break;
      }
      case Shape.DottedName:
        module = this.dottedText(child);
        break;
      default:
        module = this.tokenText(child);
        if (module !== '__future__') {
          this.doubt('shape');
        }
    }
    // The module, and the word `import`.
    child = this.nexts[child] + 1;
    const aliases = this.importedNames(child, end);
    if (module === '__future__' && aliases.some(({ name }) => name === 'barry_as_FLUFL')) this.doubt('python2');
    return createImportFrom(this.place(node), module, aliases, level);
  }

  private importedNames(start: number, end: number): Alias[] {
    if (this.is(start, end, Shape.WildcardImport)) {
      return [createAlias(this.place(start), '*', null)];
    }
    const parenthesized = this.is(start, end, Shape.LeftParenthesis);
    const nodes = parenthesized ? this.list(start + 1, end - 1) : this.list(start, end);
    if (nodes.length === 0 || (this.trailingComma && !parenthesized)) {
      this.doubt('shape');
    }
    return nodes.map((name) => this.alias(name, false));
  }

  // Type parameters -------------------------------------------------------------------------------------------------

  private typeAlias(node: number): Statement {
    const left = node + 2;
    this.expect(left, this.nexts[node], Shape.Type);
    const inner = left + 1;
    const generic = this.shape(inner) === Shape.GenericType;
    const nameNode = generic ? inner + 1 : inner;
    const name = createName(this.place(nameNode), this.name(nameNode), 'Store');
    const parameters = generic ? this.typeParameters(inner + 2) : [];
    const equal = this.nexts[left];
    this.expect(equal, this.nexts[node], Shape.Equal);
    const value = this.annotation(equal + 1);
    return createTypeAlias(this.place(node), name, parameters, value);
  }

  private typeParameters(node: number): TypeParameter[] {
    const nodes = this.bracketed(node);
    return nodes.length === 0 ? this.doubt('types') : nodes.map((parameter) => this.typeParameter(parameter));
  }

  private typeParameter(type: number): TypeParameter {
    this.expect(type, this.nexts[type], Shape.Type);
    const node = type + 1;
    switch (this.shape(node)) {
      case Shape.Identifier:
        return createTypeVar(this.place(node), this.name(node), null, null);
      case Shape.SplatType: {
        const create = this.shape(node + 1) === Shape.Star ? createTypeVarTuple : createParamSpec;
        return create(this.place(node), this.name(node + 2), null);
      }
      case Shape.ConstrainedType: {
        const name = this.only(node + 1);
        const colon = this.nexts[node + 1];
        this.expect(colon, this.nexts[node], Shape.Colon);
        const bound = this.annotation(colon + 1);
        return createTypeVar(this.place(node), this.name(name), bound, null);
      }
      default:
        return this.doubt('types');
    }
  }

  // Branches and loops ----------------------------------------------------------------------------------------------

  private ifStatement(node: number): Statement {
    const end = this.nexts[node];
    const clauses: number[] = [node];
    const tests: Expression[] = [];
    const bodies: Statement[][] = [];
    const colon = this.nexts[node + 2];
    tests.push(this.namedExpression(node + 2));
    bodies.push(this.suite(colon, end, node));
    let child = this.nexts[colon + 1];
    while (this.is(child, end, Shape.ElifClause)) {
      if (clauses.length > MAXIMUM_BRANCHES) {
        this.doubt('depth');
      }
      this.checkClause(child, node);
      clauses.push(child);
      tests.push(this.namedExpression(child + 2));
      bodies.push(this.suite(this.nexts[child + 2], this.nexts[child], child));
      child = this.nexts[child];
    }
    let orelse = this.optionalClause(child, end, Shape.ElseClause, node);
    // Each `elif` is an `if` inside the one before, and all end together.
    for (let i = clauses.length - 1; i > 0; i--) {
      orelse = [createIf(this.span(clauses[i], node), tests[i], bodies[i], orelse)];
    }
    return createIf(this.place(node), tests[0], bodies[0], orelse);
  }

  private whileStatement(node: number): Statement {
    const end = this.nexts[node];
    const colon = this.nexts[node + 2];
    const test = this.namedExpression(node + 2);
    const body = this.suite(colon, end, node);
    const orelse = this.optionalClause(this.nexts[colon + 1], end, Shape.ElseClause, node);
    return createWhile(this.place(node), test, body, orelse);
  }

  private forStatement(node: number): Statement {
    const end = this.nexts[node];
    const asynchronous = this.shape(node + 1) === Shape.Async;
    const left = node + (asynchronous ? 3 : 2);
    const right = this.nexts[left] + 1;
    const colon = this.nexts[right];
    const target = this.targets(left);
    const iter = this.starExpressions(right);
    const body = this.suite(colon, end, node);
    const orelse = this.optionalClause(this.nexts[colon + 1], end, Shape.ElseClause, node);
    return (asynchronous ? createAsyncFor : createFor)(this.place(node), target, iter, body, orelse);
  }

  // Definitions -----------------------------------------------------------------------------------------------------

  private decorated(node: number): Statement {
    const end = this.nexts[node];
    const decorators: Expression[] = [];
    let child = node + 1;
    while (this.is(child, end, Shape.Decorator)) {
      this.checkClause(child, node);
      decorators.push(this.namedExpression(child + 2));
      child = this.nexts[child];
    }
    this.checkClause(child, node);
    return this.shape(child) === Shape.ClassDefinition
      ? this.classDefinition(child, decorators)
      : this.functionDefinition(child, decorators);
  }

  private functionDefinition(node: number, decorators: Expression[]): Statement {
    const end = this.nexts[node];
    const asynchronous = this.shape(node + 1) === Shape.Async;
    let child = node + (asynchronous ? 3 : 2);
    const name = this.name(child++);
    let typeParameters: TypeParameter[] = [];
    if (this.is(child, end, Shape.TypeParameter)) {
      typeParameters = this.typeParameters(child);
      child = this.nexts[child];
    }
    this.expect(child, end, Shape.Parameters);
    const args: Arguments = this.parameters(child + 2, this.lastChild(child), true);
    child = this.nexts[child];
    let returns: Expression | null = null;
    if (this.is(child, end, Shape.Arrow)) {
      returns = this.annotation(child + 1);
      child = this.nexts[child + 1];
    }
    const body = this.suite(child, end, node);
    const create = asynchronous ? createAsyncFunctionDef : createFunctionDef;
    return create(this.place(node), name, args, body, decorators, returns, typeParameters);
  }

  private classDefinition(node: number, decorators: Expression[]): Statement {
    const end = this.nexts[node];
    let child = node + 2;
    const name = this.name(child++);
    let typeParameters: TypeParameter[] = [];
    if (this.is(child, end, Shape.TypeParameter)) {
      typeParameters = this.typeParameters(child);
      child = this.nexts[child];
    }
    const bases: Expression[] = [];
    const keywords: Keyword[] = [];
    if (this.is(child, end, Shape.ArgumentList)) {
      this.argumentList(child, bases, keywords);
      child = this.nexts[child];
    }
    const body = this.suite(child, end, node);
    return createClassDef(this.place(node), name, bases, keywords, body, decorators, typeParameters);
  }

  // Exceptions and contexts -----------------------------------------------------------------------------------------

  private tryStatement(node: number): Statement {
    const end = this.nexts[node];
    const body = this.suite(node + 2, end, node);
    const handlers: ExceptHandler[] = [];
    let stars = 0;
    let child = this.nexts[node + 3];
    while (this.is(child, end, Shape.ExceptClause)) {
      this.checkClause(child, node);
      stars += this.shape(child + 2) === Shape.Star ? 1 : 0;
      handlers.push(this.handler(child));
      child = this.nexts[child];
    }
    const orelse = this.optionalClause(child, end, Shape.ElseClause, node);
    child = orelse.length > 0 ? this.nexts[child] : child;
    const finalbody = this.optionalClause(child, end, Shape.FinallyClause, node);
    const wrong = handlers.length === 0 ? orelse.length > 0 || finalbody.length === 0 : false;
    if (wrong || (stars > 0 && stars < handlers.length)) {
      this.doubt('handlers');
    }
    return (stars > 0 ? createTryStar : createTry)(this.place(node), body, handlers, orelse, finalbody);
  }

  private handler(node: number): ExceptHandler {
    const end = this.nexts[node];
    const star = this.shape(node + 2) === Shape.Star;
    const first = node + (star ? 3 : 2);
    const colon = this.colonOf(node);
    let type: Expression | null = null;
    let name: string | null = null;
    if (first === colon) {
      if (star) {
        this.doubt('handlers');
      }
    } else if (this.shape(first) === Shape.AsPattern) {
      if (this.nexts[first] !== colon) {
        this.doubt('handlers');
      }
      type = this.expression(first + 1);
      const as = this.nexts[first + 1];
      this.expect(as, end, Shape.As);
      this.expect(as + 1, end, Shape.AsPatternTarget);
      name = this.name(this.only(as + 1));
    } else if (this.nexts[first] === colon) {
      type = this.expression(first);
    } else if (this.shape(this.nexts[first]) === Shape.As) {
      type = this.expression(first);
      const alias = this.nexts[first] + 1;
      name = this.name(alias);
      if (this.nexts[alias] !== colon) {
        this.doubt('handlers');
      }
    } else {
      const nodes = this.list(first, colon);
      const last = this.lastOfList;
      const elts = nodes.map((element) => this.expression(element));
      type = createTuple(this.span(first, last), elts, 'Load');
    }
    const body = this.suite(colon, end, node);
    return createExceptHandler(this.place(node), type, name, body);
  }

  private withStatement(node: number): Statement {
    const end = this.nexts[node];
    const asynchronous = this.shape(node + 1) === Shape.Async;
    const clause = node + (asynchronous ? 3 : 2);
    this.expect(clause, end, Shape.WithClause);
    const items = this.withItems(clause);
    const body = this.suite(this.nexts[clause], end, node);
    return (asynchronous ? createAsyncWith : createWith)(this.place(node), items, body);
  }

  private withItems(clause: number): WithItem[] {
    const first = clause + 1;
    if (this.shape(first) === Shape.LeftParenthesis) {
      const nodes = this.bracketed(clause);
      return nodes.length === 0 ? this.doubt('with') : nodes.map((item) => this.withItem(item + 1));
    }
    const nodes = this.list(first, this.nexts[clause]);
    if (nodes.length === 0 || this.trailingComma) {
      this.doubt('with');
    }
    const value = nodes[0] + 1;
    if (nodes.length === 1) {
      if (this.shape(value) === Shape.Tuple) {
        this.doubt('with');
      }
      if (this.shape(value) === Shape.ParenthesizedExpression && this.shape(value + 2) === Shape.AsPattern) {
        return [this.withItem(value + 2)];
      }
    }
    return nodes.map((item) => this.withItem(item + 1));
  }

  private withItem(node: number): WithItem {
    if (this.shape(node) !== Shape.AsPattern) {
      return { kind: 'withitem', context_expr: this.expression(node), optional_vars: null };
    }
    const context_expr = this.expression(node + 1);
    const as = this.nexts[node + 1];
    this.expect(as, this.nexts[node], Shape.As);
    this.expect(as + 1, this.nexts[node], Shape.AsPatternTarget);
    const optional_vars = this.primary(this.only(as + 1));
    if (invalidTarget(optional_vars, 'assign') !== null) {
      this.doubt('target');
    }
    setContext(optional_vars, 'Store');
    return { kind: 'withitem', context_expr, optional_vars };
  }

  // Match -----------------------------------------------------------------------------------------------------------

  private match(node: number): Statement {
    const end = this.nexts[node];
    const colon = this.colonOf(node);
    const subjects = this.list(node + 2, colon);
    const single = subjects.length === 1 && !this.trailingComma;
    const subject = single ? this.namedExpression(subjects[0]) : this.subjectTuple(node + 2, subjects);
    const block = colon + 1;
    this.expect(block, end, Shape.Block);
    const { fresh, columns } = this.table;
    const cases: MatchCase[] = [];
    for (let clause = block + 1; clause < this.nexts[block]; clause = this.nexts[clause]) {
      if (this.shape(clause) !== Shape.CaseClause || fresh[clause] === 0) {
        this.doubt('block');
      }
      if (columns[clause] <= columns[node] || columns[clause] !== columns[block + 1]) {
        this.doubt('indentation');
      }
      cases.push(this.caseClause(clause));
    }
    return cases.length === 0 ? this.doubt('block') : createMatch(this.place(node), subject, cases);
  }

  private subjectTuple(start: number, nodes: number[]): Expression {
    const last = this.lastOfList;
    const elts = nodes.map((element) =>
      this.shape(element) === Shape.ListSplat ? this.starred(element, 'Load') : this.namedExpression(element),
    );
    return createTuple(this.span(start, last), elts, 'Load');
  }

  private caseClause(node: number): MatchCase {
    const end = this.nexts[node];
    const colon = this.colonOf(node);
    let last = node + 2;
    let ifClause = -1;
    for (let child = last; child < colon; child = this.nexts[child]) {
      last = this.nexts[child];
      if (this.shape(child) === Shape.IfClause) {
        ifClause = child;
      }
    }
    const pattern = this.casePatterns(node + 2, ifClause < 0 ? colon : ifClause);
    const guard = ifClause < 0 ? null : this.namedExpression(ifClause + 2);
    const body = this.suite(colon, end, node);
    return { kind: 'match_case', pattern, guard, body };
  }
}
