/**
 * Translates one JavaScript function (as an acorn tree) into the body of a WebAssembly function. It knows the language
 * in which the interpreter's hot paths are written anyway: local numbers, the heap's typed arrays, structured control
 * flow, calls. Whatever else it meets is an error of the build, with the place.
 *
 * Numbers. A variable is an f64 if a double is ever assigned to it, else an i32. `*` and `/` of integers make doubles,
 * as in JavaScript; `+` and `-` of integers make integers, which wrap: where JavaScript's sum could leave 32 bits the
 * source must say `| 0`, as it does for V8's sake. `(a / b) | 0` and `a % b` of integers are the machine's division, which
 * traps on zero; `double | 0` must be in range. `a >>> 0` compares as an unsigned number.
 *
 * Turned down: translating from TypeScript's own tree (esbuild has already inlined enums and constants across modules in
 * the bundle, and TypeScript 7 has no such interface yet); AssemblyScript (another language, another memory).
 */
import type { AnyNode, CallExpression, Expression, Function as FunctionNode, Literal, Statement } from 'acorn';
import type { InstructionName } from '../../src/modules/wasm-format.ts';
import { CodeWriter, type DefinedFunction, type NumberType } from './encoding.ts';

type Kind = 'i32' | 'u32' | 'f64';
/** What becomes of an expression's value: nothing, a truth (zero or not), a number of this type. */
type Use = 'nothing' | 'truth' | NumberType;

export interface HeapArray {
  /** logarithm of the size of an element */
  shift: number;
  kind: 'i32' | 'f64';
  load: InstructionName;
  store: InstructionName;
}

/** What a function may refer to outside itself. */
export interface Surroundings {
  /** the number that a constant of the module has */
  constant(name: string): number | undefined;
  heapArray(name: string): HeapArray | undefined;
  /** index of a function that is compiled into the same module */
  defined(name: string): number | undefined;
  /** index of an imported function that evaluates `source` with the arguments put in brackets behind it, if there are any */
  imported(source: string, call: boolean, parameters: NumberType[], use: Use): number;
  /** index of an imported function that throws the value of `source` */
  thrower(source: string): number;
  source(node: AnyNode): string;
}

export class Untranslatable extends Error {
  constructor(
    readonly node: AnyNode,
    what: string,
  ) {
    super(what);
  }
}

interface Label {
  target: 'break' | 'continue' | 'neither';
}

const comparisons: {
  [operator: string]: [signed: InstructionName, unsigned: InstructionName, double: InstructionName];
} = {
  '===': ['i32.eq', 'i32.eq', 'f64.eq'],
  '==': ['i32.eq', 'i32.eq', 'f64.eq'],
  '!==': ['i32.ne', 'i32.ne', 'f64.ne'],
  '!=': ['i32.ne', 'i32.ne', 'f64.ne'],
  '<': ['i32.lt_s', 'i32.lt_u', 'f64.lt'],
  '<=': ['i32.le_s', 'i32.le_u', 'f64.le'],
  '>': ['i32.gt_s', 'i32.gt_u', 'f64.gt'],
  '>=': ['i32.ge_s', 'i32.ge_u', 'f64.ge'],
};
const bitwise: { [operator: string]: InstructionName } = {
  '&': 'i32.and',
  '|': 'i32.or',
  '^': 'i32.xor',
  '<<': 'i32.shl',
  '>>': 'i32.shr_s',
  '>>>': 'i32.shr_u',
};
const integerArithmetic: { [operator: string]: InstructionName } = { '+': 'i32.add', '-': 'i32.sub', '%': 'i32.rem_s' };
const doubleArithmetic: { [operator: string]: InstructionName } = {
  '+': 'f64.add',
  '-': 'f64.sub',
  '*': 'f64.mul',
  '/': 'f64.div',
};
const doubleFunctions: { [name: string]: InstructionName } = {
  abs: 'f64.abs',
  ceil: 'f64.ceil',
  floor: 'f64.floor',
  trunc: 'f64.trunc',
  sqrt: 'f64.sqrt',
};

/** Translates `node`, the declaration of a function called `name`. Throws Untranslatable. */
export function translateFunction(name: string, node: FunctionNode, surroundings: Surroundings): DefinedFunction {
  return new FunctionTranslator(name, node, surroundings).translate();
}

class FunctionTranslator {
  private readonly code = new CodeWriter();
  private readonly locals = new Map<string, { index: number; type: NumberType }>();
  private readonly arrays = new Map<string, HeapArray>();
  private readonly labels: Label[] = [];
  private readonly parameterCount: number;
  private readonly returnsValue: boolean;
  /** index of a local for addresses that are needed twice */
  private scratch = -1;

  constructor(
    private readonly name: string,
    private readonly node: FunctionNode,
    private readonly surroundings: Surroundings,
  ) {
    for (const parameter of node.params) {
      if (parameter.type !== 'Identifier') throw new Untranslatable(parameter, 'a parameter that is no plain name');
      this.locals.set(parameter.name, { index: this.locals.size, type: 'i32' });
    }
    this.parameterCount = this.locals.size;
    let returnsValue = false;
    walk(node.body, (inner) => {
      if (inner.type === 'ReturnStatement' && inner.argument) returnsValue = true;
      if (inner.type === 'VariableDeclarator') this.declare(inner);
    });
    this.returnsValue = returnsValue;
    this.inferTypes();
  }

  translate(): DefinedFunction {
    this.statement(this.node.body as Statement);
    // Control that could fall off the end of a function with a result would be an error of the source.
    if (this.returnsValue) this.code.op('unreachable');
    this.code.op('end');
    const types = [...this.locals.values()].sort((a, b) => a.index - b.index).map(({ type }) => type);
    return {
      name: this.name,
      parameters: types.slice(0, this.parameterCount),
      locals: types.slice(this.parameterCount).concat(this.scratch >= 0 ? ['i32'] : []),
      result: this.returnsValue ? 'i32' : undefined,
      body: this.code,
    };
  }

  private declare(node: AnyNode & { type: 'VariableDeclarator' }): void {
    if (node.id.type !== 'Identifier') throw new Untranslatable(node, 'a destructuring declaration');
    const name = node.id.name;
    if (node.init?.type === 'Identifier') {
      const array = this.surroundings.heapArray(node.init.name);
      if (array) {
        this.arrays.set(name, array);
        return;
      }
    }
    if (this.locals.has(name)) throw new Untranslatable(node, `${name} is declared twice in one function`);
    this.locals.set(name, { index: this.locals.size, type: 'i32' });
  }

  /** A variable to which a double is assigned anywhere is a double; that may make others doubles. */
  private inferTypes(): void {
    for (let changed = true; changed; ) {
      changed = false;
      const assigned = (name: string, value: Expression | null | undefined): void => {
        const local = this.locals.get(name);
        if (local && local.type === 'i32' && value && this.kindOf(value) === 'f64') {
          local.type = 'f64';
          changed = true;
        }
      };
      walk(this.node.body, (inner) => {
        if (inner.type === 'VariableDeclarator' && inner.id.type === 'Identifier') assigned(inner.id.name, inner.init);
        if (inner.type === 'AssignmentExpression' && inner.left.type === 'Identifier')
          assigned(inner.left.name, inner.right);
      });
    }
  }

  // ---- statements

  private statement(node: Statement): void {
    switch (node.type) {
      case 'BlockStatement':
        for (const inner of node.body) this.statement(inner);
        return;
      case 'EmptyStatement':
        return;
      case 'VariableDeclaration':
        for (const { id, init } of node.declarations)
          if (id.type === 'Identifier' && init && !this.arrays.has(id.name)) {
            const local = this.locals.get(id.name)!;
            this.expression(init, local.type);
            this.code.local('local.set', local.index);
          }
        return;
      case 'ExpressionStatement':
        if ('directive' in node && node.directive !== undefined) return;
        this.expression(node.expression, 'nothing');
        return;
      case 'IfStatement':
        this.expression(node.test, 'truth');
        this.code.open('if');
        this.within('neither', () => this.statement(node.consequent));
        if (node.alternate) {
          this.code.op('else');
          this.within('neither', () => this.statement(node.alternate!));
        }
        this.code.op('end');
        return;
      case 'ForStatement':
      case 'WhileStatement':
        this.loop(node);
        return;
      case 'SwitchStatement':
        this.switch(node);
        return;
      case 'BreakStatement':
      case 'ContinueStatement': {
        if (node.label) throw new Untranslatable(node, 'a label');
        this.code.op('br').unsigned(this.depthOf(node, node.type === 'BreakStatement' ? 'break' : 'continue'));
        return;
      }
      case 'ReturnStatement':
        if (node.argument) this.expression(node.argument, 'i32');
        else if (this.returnsValue) throw new Untranslatable(node, 'a return without a value beside others with one');
        this.code.op('return');
        return;
      case 'ThrowStatement':
        this.code.op('call').unsigned(this.surroundings.thrower(this.surroundings.source(node.argument)));
        this.code.op('unreachable');
        return;
      default:
        throw new Untranslatable(node, `a statement of the kind ${node.type}`);
    }
  }

  /** Runs `inside` in a block that was opened just before. */
  private within(target: Label['target'], inside: () => void): void {
    this.labels.push({ target });
    inside();
    this.labels.pop();
  }

  private depthOf(node: AnyNode, target: 'break' | 'continue'): number {
    for (let i = this.labels.length - 1; i >= 0; i--)
      if (this.labels[i].target === target) return this.labels.length - 1 - i;
    throw new Untranslatable(node, `a ${target} outside of what it could leave`);
  }

  private loop(node: AnyNode & { type: 'ForStatement' | 'WhileStatement' }): void {
    const { code } = this;
    if (node.type === 'ForStatement' && node.init) {
      if (node.init.type === 'VariableDeclaration') this.statement(node.init);
      else this.expression(node.init, 'nothing');
    }
    const update = node.type === 'ForStatement' ? node.update : null;
    code.open('block');
    this.within('break', () => {
      code.open('loop');
      // Without an update, to continue is to branch to the loop's head.
      this.within(update ? 'neither' : 'continue', () => {
        if (node.test) {
          this.expression(node.test, 'truth');
          code.op('i32.eqz').op('br_if').unsigned(this.depthOf(node, 'break'));
        }
        if (update) {
          code.open('block');
          this.within('continue', () => this.statement(node.body));
          code.op('end');
          this.expression(update, 'nothing');
        } else this.statement(node.body);
        code.op('br').unsigned(0);
      });
      code.op('end');
    });
    code.op('end');
  }

  private switch(node: AnyNode & { type: 'SwitchStatement' }): void {
    const { code } = this;
    const { cases } = node;
    const values = cases.map(({ test }) => (test ? this.constantOf(test) : undefined));
    const numbers = values.filter((value) => value !== undefined);
    if (numbers.length + 1 < cases.length || cases.some(({ test }, i) => test && values[i] === undefined))
      throw new Untranslatable(node, 'a case that is no constant');
    const smallest = Math.min(...numbers);
    const largest = Math.max(...numbers);
    if (largest - smallest > 1024) throw new Untranslatable(node, 'cases that lie far apart');
    code.open('block');
    this.labels.push({ target: 'break' });
    for (const _ of cases) {
      code.open('block');
      this.labels.push({ target: 'neither' });
    }
    this.expression(node.discriminant, 'i32');
    if (smallest !== 0) code.i32(smallest).op('i32.sub');
    // Branch depth k leads behind the k-th innermost block, where the k-th case begins.
    const otherwise = values.indexOf(undefined);
    const defaultDepth = otherwise >= 0 ? otherwise : cases.length;
    code.op('br_table').unsigned(largest - smallest + 1);
    for (let value = smallest; value <= largest; value++) {
      const position = values.indexOf(value);
      code.unsigned(position >= 0 ? position : defaultDepth);
    }
    code.unsigned(defaultDepth);
    for (const { consequent } of cases) {
      code.op('end');
      this.labels.pop();
      for (const statement of consequent) this.statement(statement);
    }
    code.op('end');
    this.labels.pop();
  }

  // ---- expressions

  /** Kind of the number that `node` makes. */
  private kindOf(node: Expression): Kind {
    switch (node.type) {
      case 'Literal':
        return Number.isInteger(node.value) && Math.abs(node.value as number) < 2 ** 32 ? 'i32' : 'f64';
      case 'Identifier': {
        const local = this.locals.get(node.name);
        if (local) return local.type;
        const constant = this.surroundings.constant(node.name);
        return constant === undefined || Number.isInteger(constant) ? 'i32' : 'f64';
      }
      case 'ParenthesizedExpression':
        return this.kindOf(node.expression);
      case 'MemberExpression':
        return this.arrayOf(node)?.kind ?? 'i32';
      case 'UnaryExpression':
        return node.operator === '-' ? (this.kindOf(node.argument) === 'f64' ? 'f64' : 'i32') : 'i32';
      case 'BinaryExpression': {
        const { operator } = node;
        if (operator === '>>>' && this.constantOf(node.right) === 0) return 'u32';
        if (operator in bitwise || operator in comparisons) return 'i32';
        if (operator === '*' || operator === '/') return 'f64';
        const left = this.kindOf(node.left as Expression);
        return left === 'f64' || this.kindOf(node.right) === 'f64' ? 'f64' : 'i32';
      }
      case 'ConditionalExpression':
        return this.kindOf(node.consequent) === 'f64' || this.kindOf(node.alternate) === 'f64' ? 'f64' : 'i32';
      case 'AssignmentExpression':
        return node.left.type === 'Identifier'
          ? (this.locals.get(node.left.name)?.type ?? 'i32')
          : this.kindOf(node.right);
      case 'SequenceExpression':
        return this.kindOf(node.expressions.at(-1)!);
      case 'CallExpression': {
        const name = this.mathFunction(node);
        return name !== undefined && name in doubleFunctions ? 'f64' : 'i32';
      }
      default:
        return 'i32';
    }
  }

  /** The number that `node` is at build time. */
  private constantOf(node: AnyNode): number | undefined {
    if (node.type === 'Literal') return typeof node.value === 'number' ? node.value : undefined;
    if (node.type === 'Identifier' && !this.locals.has(node.name)) return this.surroundings.constant(node.name);
    if (node.type === 'UnaryExpression' && node.operator === '-') {
      const value = this.constantOf(node.argument);
      return value === undefined ? undefined : -value;
    }
    return undefined;
  }

  private arrayOf(node: AnyNode & { type: 'MemberExpression' }): HeapArray | undefined {
    if (!node.computed || node.object.type !== 'Identifier') return undefined;
    return this.arrays.get(node.object.name) ?? this.surroundings.heapArray(node.object.name);
  }

  /** Evaluates `node` and leaves on the stack what `use` asks for. */
  private expression(node: Expression, use: Use): void {
    const { code } = this;
    const constant = this.constantOf(node);
    if (constant !== undefined) {
      if (use !== 'nothing') this.constant(node, constant, use);
      return;
    }
    switch (node.type) {
      case 'ParenthesizedExpression':
        this.expression(node.expression, use);
        return;
      case 'Literal':
        this.literal(node, use);
        return;
      case 'Identifier': {
        const local = this.locals.get(node.name);
        if (!local) throw new Untranslatable(node, `the name ${node.name}`);
        if (use === 'nothing') return;
        code.local('local.get', local.index);
        this.convert(node, local.type, use);
        return;
      }
      case 'UnaryExpression':
        this.unary(node, use);
        return;
      case 'BinaryExpression':
        this.binary(node, use);
        return;
      case 'LogicalExpression':
        this.logical(node, use);
        return;
      case 'ConditionalExpression': {
        const result = use === 'nothing' ? undefined : use === 'truth' ? 'i32' : use;
        this.expression(node.test, 'truth');
        code.open('if', result);
        this.within('neither', () => this.expression(node.consequent, use));
        code.op('else');
        this.within('neither', () => this.expression(node.alternate, use));
        code.op('end');
        return;
      }
      case 'AssignmentExpression':
        this.assignment(node, use);
        return;
      case 'UpdateExpression': {
        const local = node.argument.type === 'Identifier' ? this.locals.get(node.argument.name) : undefined;
        if (local?.type !== 'i32') throw new Untranslatable(node, `${node.operator} of what is no local integer`);
        if (use !== 'nothing' && !node.prefix)
          throw new Untranslatable(node, `the value of ${node.operator} before it`);
        code.local('local.get', local.index).i32(1);
        code.op(node.operator === '++' ? 'i32.add' : 'i32.sub');
        code.local(use === 'nothing' ? 'local.set' : 'local.tee', local.index);
        if (use !== 'nothing') this.convert(node, 'i32', use);
        return;
      }
      case 'SequenceExpression':
        for (const inner of node.expressions.slice(0, -1)) this.expression(inner, 'nothing');
        this.expression(node.expressions.at(-1)!, use);
        return;
      case 'MemberExpression': {
        const array = this.arrayOf(node);
        if (array) {
          const offset = this.address(node.property as Expression, array.shift);
          code.memory(array.load, array.shift, offset);
          this.convert(node, array.kind, use);
        } else code.op('call').unsigned(this.surroundings.imported(this.surroundings.source(node), false, [], use));
        return;
      }
      case 'CallExpression':
        this.call(node, use);
        return;
      default:
        throw new Untranslatable(node, `an expression of the kind ${node.type}`);
    }
  }

  private constant(node: AnyNode, value: number, use: Use): void {
    if (use === 'f64') this.code.f64(value);
    else if (Number.isInteger(value) && value >= -(2 ** 31) && value < 2 ** 32) this.code.i32(value | 0);
    else throw new Untranslatable(node, `${value} as a 32-bit number`);
  }

  private literal(node: Literal, use: Use): void {
    if (typeof node.value !== 'boolean') throw new Untranslatable(node, `the literal ${node.raw}`);
    if (use === 'nothing') return;
    this.constant(node, node.value ? 1 : 0, use);
  }

  /** The stack's top is a number of `kind`: makes it what is asked for. */
  private convert(node: AnyNode, kind: Kind, use: Use): void {
    if (use === 'nothing') this.code.op('drop');
    else if (use === 'f64') {
      if (kind !== 'f64') this.code.op(kind === 'u32' ? 'f64.convert_i32_u' : 'f64.convert_i32_s');
    } else if (kind === 'f64') throw new Untranslatable(node, 'a double where a 32-bit number must be');
  }

  private unary(node: AnyNode & { type: 'UnaryExpression' }, use: Use): void {
    const { code } = this;
    const { operator, argument } = node;
    if (operator === '!') {
      this.expression(argument, 'truth');
      code.op('i32.eqz');
      this.convert(node, 'i32', use);
    } else if (operator === '~') {
      this.expression(argument, 'i32');
      code.i32(-1).op('i32.xor');
      this.convert(node, 'i32', use);
    } else if (operator === '-' && this.kindOf(argument) === 'f64') {
      this.expression(argument, 'f64');
      code.op('f64.neg');
      this.convert(node, 'f64', use);
    } else if (operator === '-') {
      code.i32(0);
      this.expression(argument, 'i32');
      code.op('i32.sub');
      this.convert(node, 'i32', use);
    } else if (operator === 'void') {
      this.expression(argument, 'nothing');
      if (use !== 'nothing') throw new Untranslatable(node, 'undefined as a value');
    } else throw new Untranslatable(node, `the operator ${operator}`);
  }

  private binary(node: AnyNode & { type: 'BinaryExpression' }, use: Use): void {
    const { code } = this;
    const { operator } = node;
    const left = node.left as Expression;
    const { right } = node;
    if (operator in comparisons) {
      const kinds = [this.kindOf(left), this.kindOf(right)];
      const double = kinds.includes('f64');
      const type = double ? 'f64' : 'i32';
      this.expression(left, type);
      if (!double && this.constantOf(right) === 0 && (operator === '===' || operator === '==')) code.op('i32.eqz');
      else {
        this.expression(right, type);
        code.op(comparisons[operator][double ? 2 : kinds.includes('u32') ? 1 : 0]);
      }
      this.convert(node, 'i32', use);
      return;
    }
    if (operator === '|' && this.constantOf(right) === 0) {
      this.truncate(left);
      this.convert(node, 'i32', use);
      return;
    }
    if (operator === '>>>' && this.constantOf(right) === 0) {
      this.expression(left, 'i32');
      this.convert(node, 'u32', use);
      return;
    }
    if (operator in bitwise) {
      this.expression(left, 'i32');
      this.expression(right, 'i32');
      code.op(bitwise[operator]);
      this.convert(node, 'i32', use);
      return;
    }
    const kind = this.kindOf(node);
    const instruction = kind === 'f64' ? doubleArithmetic[operator] : integerArithmetic[operator];
    if (instruction === undefined) throw new Untranslatable(node, `the operator ${operator}`);
    this.expression(left, kind === 'f64' ? 'f64' : 'i32');
    this.expression(right, kind === 'f64' ? 'f64' : 'i32');
    code.op(instruction);
    this.convert(node, kind, use);
  }

  /** `node | 0` */
  private truncate(node: Expression): void {
    const { code } = this;
    const inner = node.type === 'ParenthesizedExpression' ? node.expression : node;
    if (inner.type === 'BinaryExpression' && (inner.operator === '/' || inner.operator === '*')) {
      const left = inner.left as Expression;
      if (this.kindOf(left) === 'i32' && this.kindOf(inner.right) === 'i32') {
        if (inner.operator === '*')
          throw new Untranslatable(inner, 'a product cut to 32 bits (Math.imul says it exactly)');
        this.expression(left, 'i32');
        this.expression(inner.right, 'i32');
        code.op('i32.div_s');
        return;
      }
    }
    if (this.kindOf(inner) === 'f64') {
      this.expression(inner, 'f64');
      code.op('i32.trunc_f64_s');
    } else this.expression(inner, 'i32');
  }

  private logical(node: AnyNode & { type: 'LogicalExpression' }, use: Use): void {
    const { code } = this;
    if (node.operator === '??') throw new Untranslatable(node, 'the operator ??');
    if (use === 'f64') throw new Untranslatable(node, 'a truth where a double must be');
    const and = node.operator === '&&';
    this.expression(node.left, 'truth');
    if (use === 'nothing') {
      if (!and) code.op('i32.eqz');
      code.open('if');
      this.within('neither', () => this.expression(node.right, 'nothing'));
      code.op('end');
      return;
    }
    code.open('if', 'i32');
    if (!and) code.i32(1).op('else');
    this.within('neither', () => this.expression(node.right, 'truth'));
    if (and) code.op('else').i32(0);
    code.op('end');
  }

  private assignment(node: AnyNode & { type: 'AssignmentExpression' }, use: Use): void {
    const { code } = this;
    const { left, right } = node;
    const operator = node.operator.slice(0, -1);
    const combine = (kind: Kind): void => {
      const type = kind === 'f64' ? 'f64' : 'i32';
      this.expression(right, type);
      const instruction =
        type === 'f64' ? doubleArithmetic[operator] : (bitwise[operator] ?? integerArithmetic[operator]);
      if (instruction === undefined) throw new Untranslatable(node, `the operator ${node.operator}`);
      code.op(instruction);
    };
    if (left.type === 'Identifier') {
      const local = this.locals.get(left.name);
      if (!local) throw new Untranslatable(node, `an assignment to ${left.name}, which is not a local variable`);
      if (operator === '') this.expression(right, local.type);
      else {
        code.local('local.get', local.index);
        combine(local.type);
      }
      code.local(use === 'nothing' ? 'local.set' : 'local.tee', local.index);
      if (use !== 'nothing') this.convert(node, local.type, use);
      return;
    }
    const array = left.type === 'MemberExpression' ? this.arrayOf(left) : undefined;
    if (!array || left.type !== 'MemberExpression') throw new Untranslatable(node, 'an assignment to a property');
    if (use !== 'nothing') throw new Untranslatable(node, 'an assignment to the heap used as a value');
    const offset = this.address(left.property as Expression, array.shift);
    if (operator === '') this.expression(right, array.kind);
    else {
      if (this.scratch < 0) this.scratch = this.locals.size;
      code.local('local.tee', this.scratch).local('local.get', this.scratch);
      code.memory(array.load, array.shift, offset);
      combine(array.kind);
    }
    code.memory(array.store, array.shift, offset);
  }

  /** Leaves the byte address of an element on the stack, less a constant, which it returns. */
  private address(index: Expression, shift: number): number {
    const { code } = this;
    let dynamic = index;
    let offset = 0;
    for (;;) {
      if (dynamic.type === 'ParenthesizedExpression') dynamic = dynamic.expression;
      else if (dynamic.type === 'BinaryExpression' && dynamic.operator === '+') {
        const left = this.constantOf(dynamic.left);
        const right = this.constantOf(dynamic.right);
        if (right !== undefined && right >= 0) {
          offset += right;
          dynamic = dynamic.left as Expression;
        } else if (left !== undefined && left >= 0) {
          offset += left;
          dynamic = dynamic.right;
        } else break;
      } else break;
    }
    const constant = this.constantOf(dynamic);
    if (constant !== undefined) {
      code.i32(0);
      return (offset + constant) << shift;
    }
    // (x << k) << shift is one shift
    if (dynamic.type === 'BinaryExpression' && dynamic.operator === '<<') {
      const by = this.constantOf(dynamic.right);
      if (by !== undefined) {
        this.expression(dynamic.left as Expression, 'i32');
        code.i32(by + shift).op('i32.shl');
        return offset << shift;
      }
    }
    this.expression(dynamic, 'i32');
    if (shift > 0) code.i32(shift).op('i32.shl');
    return offset << shift;
  }

  private mathFunction(node: CallExpression): string | undefined {
    const { callee } = node;
    if (callee.type !== 'MemberExpression' || callee.computed || callee.object.type !== 'Identifier') return undefined;
    if (callee.object.name !== 'Math' || callee.property.type !== 'Identifier') return undefined;
    return callee.property.name;
  }

  private call(node: CallExpression, use: Use): void {
    const { code, surroundings } = this;
    const passed = node.arguments.map((argument) => {
      if (argument.type === 'SpreadElement') throw new Untranslatable(argument, 'a spread argument');
      return argument;
    });
    const math = this.mathFunction(node);
    if (math === 'imul' && passed.length === 2) {
      for (const argument of passed) this.expression(argument, 'i32');
      code.op('i32.mul');
      this.convert(node, 'i32', use);
      return;
    }
    if (math === 'clz32' && passed.length === 1) {
      this.expression(passed[0], 'i32');
      code.op('i32.clz');
      this.convert(node, 'i32', use);
      return;
    }
    if (math !== undefined && math in doubleFunctions && passed.length === 1) {
      this.expression(passed[0], 'f64');
      code.op(doubleFunctions[math]);
      this.convert(node, 'f64', use);
      return;
    }
    if (node.callee.type === 'Identifier') {
      const index = surroundings.defined(node.callee.name);
      if (index !== undefined) {
        for (const argument of passed) this.expression(argument, 'i32');
        code.op('call').unsigned(index);
        if (use === 'nothing') throw new Untranslatable(node, 'a call that is not used of a function in WebAssembly');
        this.convert(node, 'i32', use);
        return;
      }
    }
    const parameters = passed.map((argument): NumberType => (this.kindOf(argument) === 'f64' ? 'f64' : 'i32'));
    passed.forEach((argument, i) => {
      this.expression(argument, parameters[i]);
    });
    code.op('call').unsigned(surroundings.imported(surroundings.source(node.callee), true, parameters, use));
  }
}

/** Calls `visit` for `node` and everything inside it. */
export function walk(node: AnyNode, visit: (node: AnyNode) => void): void {
  visit(node);
  for (const value of Object.values(node)) {
    for (const inner of Array.isArray(value) ? value : [value])
      if (inner && typeof inner === 'object' && typeof (inner as AnyNode).type === 'string')
        walk(inner as AnyNode, visit);
  }
}
