/**
 * Compiles to WebAssembly, in a finished bundle, the functions that say 'use wasm', as others say 'use asm'. V8 runs
 * WebAssembly as decent machine code from the first call and optimizes it once; the same function as JavaScript is
 * interpreted, waits for feedback about each of its thousand operations, is optimized, meets an instruction that it has
 * not seen, falls back and begins again: the interpreter's loop took eleven rounds of this, two seconds of a program.
 *
 * The sources stay plain TypeScript, which tests run unbundled; in the bundle the function's text is exchanged for one
 * that calls the compiled code, with as many lines, so that the source map stays right. What it calls is imported.
 */
import { type AnyNode, type Function as FunctionNode, type Program, parse } from 'acorn';
import { encodeModule, type ImportedFunction, type NumberType } from './encoding.ts';
import { type HeapArray, translateFunction, Untranslatable, walk } from './translator.ts';

const DIRECTIVE = 'use wasm';
const PAGE_BYTES = 2 ** 16;

const heapArrays: { [arrayType: string]: HeapArray } = {
  Int32Array: { shift: 2, kind: 'i32', load: 'i32.load', store: 'i32.store' },
  Float64Array: { shift: 3, kind: 'f64', load: 'f64.load', store: 'f64.store' },
  Uint16Array: { shift: 1, kind: 'i32', load: 'i32.load16_u', store: 'i32.store16' },
  Uint8Array: { shift: 0, kind: 'i32', load: 'i32.load8_u', store: 'i32.store8' },
};

/** `bundle` with its marked functions compiled; what cannot be compiled throws an Error that names the place. */
export function compileMarkedFunctions(bundle: string): string {
  const program = parse(bundle, { ecmaVersion: 'latest', sourceType: 'script', allowReturnOutsideFunction: true });
  const top = topLevel(program);
  const marked = [...top.functions].filter(([, node]) => isMarked(node));
  if (marked.length === 0) return bundle;
  const { memory, pages } = findMemory(top);
  const imports: (ImportedFunction & { glue: string })[] = [];
  const imported = (glue: string, parameters: NumberType[], result: NumberType | undefined): number => {
    const key = `${glue}:${parameters}:${result}`;
    const found = imports.findIndex((item) => `${item.glue}:${item.parameters}:${item.result}` === key);
    if (found >= 0) return found;
    imports.push({ name: `f${imports.length}`, parameters, result, glue });
    return imports.length - 1;
  };
  const translate = (importCount: number) =>
    marked.map(([name, node]) => {
      try {
        return translateFunction(name, node, {
          constant: (constant) => top.constantOf(constant),
          heapArray: (array) => heapArrayCalled(array, top, memory),
          defined: (other) => {
            const index = marked.findIndex(([candidate]) => candidate === other);
            return index < 0 ? undefined : importCount + index;
          },
          imported: (source, call, parameters, use) => {
            const result = use === 'nothing' ? undefined : use === 'f64' ? 'f64' : 'i32';
            // A function itself, if its name is all there is to it: V8 can then call it without another in between.
            if (call && use !== 'truth' && top.functions.has(source)) return imported(source, parameters, result);
            const names = parameters.map((_, i) => `a${i}`).join(', ');
            const value = call ? `${source}(${names})` : source;
            return imported(`(${names}) => ${use === 'truth' ? `${value} ? 1 : 0` : value}`, parameters, result);
          },
          thrower: (source) => imported(`() => { throw ${source}; }`, [], undefined),
          source: (inner) => bundle.slice(inner.start, inner.end),
        });
      } catch (error) {
        if (!(error instanceof Untranslatable)) throw error;
        const { start, end } = error.node;
        const line = bundle.slice(0, start).split('\n').length;
        throw new Error(
          `${name} cannot be compiled to WebAssembly: ${error.message}\n  line ${line} of the bundle: ${bundle.slice(start, Math.min(end, start + 200))}`,
        );
      }
    });
  // Imported functions come first in the numbering, so their number must be known: the first round finds it out.
  translate(0);
  const bytes = encodeModule(imports, translate(imports.length), pages);
  const instance = `({ instance: null, get functions() {
  return this.instance ??= new WebAssembly.Instance(
    new WebAssembly.Module(Buffer.from("${Buffer.from(bytes).toString('base64')}", "base64")),
    { env: { memory: ${memory}, ${imports.map(({ name, glue }) => `${name}: ${glue}`).join(', ')} } },
  ).exports;
}})`;
  const edits = marked.map(([name, node]) => {
    const parameters = node.params.map((parameter) => bundle.slice(parameter.start, parameter.end)).join(', ');
    const text = `function ${name}(${parameters}) { return webAssembly.functions.${name}(${parameters}); }`;
    return { start: node.start, end: node.end, text };
  });
  let result = '';
  let position = 0;
  for (const { start, end, text } of edits.sort((a, b) => a.start - b.start)) {
    result += bundle.slice(position, start) + text + '\n'.repeat(bundle.slice(start, end).split('\n').length - 1);
    position = end;
  }
  return `${result}${bundle.slice(position)}\nvar webAssembly = ${instance.replace(/\n\s*/g, ' ')};\n`;
}

function isMarked(node: FunctionNode): boolean {
  if (node.body.type !== 'BlockStatement') return false;
  const first = node.body.body[0];
  return first?.type === 'ExpressionStatement' && 'directive' in first && first.directive === DIRECTIVE;
}

interface TopLevel {
  functions: Map<string, FunctionNode>;
  variables: Map<string, AnyNode>;
  /** the number that a variable holds for ever */
  constantOf(name: string): number | undefined;
}

function topLevel(program: Program): TopLevel {
  const functions = new Map<string, FunctionNode>();
  const variables = new Map<string, AnyNode>();
  for (const node of program.body) {
    if (node.type === 'FunctionDeclaration') functions.set(node.id.name, node);
    if (node.type === 'VariableDeclaration')
      for (const { id, init } of node.declarations) if (id.type === 'Identifier' && init) variables.set(id.name, init);
  }
  const assigned = new Set<string>();
  walk(program, (node) => {
    if (node.type === 'AssignmentExpression' && node.left.type === 'Identifier') assigned.add(node.left.name);
    if (node.type === 'UpdateExpression' && node.argument.type === 'Identifier') assigned.add(node.argument.name);
  });
  const numberIn = (node: AnyNode | undefined): number | undefined => {
    if (node?.type === 'Literal' && typeof node.value === 'number') return node.value;
    if (node?.type === 'Identifier') return constantOf(node.name);
    if (node?.type === 'UnaryExpression' && node.operator === '-') {
      const value = numberIn(node.argument);
      return value === undefined ? undefined : -value;
    }
    if (node?.type === 'BinaryExpression') {
      const left = numberIn(node.left);
      const right = numberIn(node.right);
      if (left === undefined || right === undefined) return undefined;
      if (node.operator === '**') return left ** right;
      if (node.operator === '<<') return left << right;
      if (node.operator === '/') return left / right;
    }
    return undefined;
  };
  const constantOf = (name: string): number | undefined =>
    assigned.has(name) ? undefined : numberIn(variables.get(name));
  return { functions, variables, constantOf };
}

/** The name of the variable that holds the heap's WebAssembly.Memory, the result of the function that makes one. */
function findMemory(top: TopLevel): { memory: string; pages: number } {
  const bytes = top.constantOf('HEAP_BYTES');
  if (bytes === undefined) throw new Error('the bundle has no constant HEAP_BYTES');
  for (const [name, init] of top.variables) {
    if (init.type !== 'CallExpression' || init.callee.type !== 'Identifier') continue;
    const maker = top.functions.get(init.callee.name);
    if (maker && makesMemory(maker)) return { memory: name, pages: bytes / PAGE_BYTES };
  }
  throw new Error('the bundle makes no WebAssembly.Memory');
}

function makesMemory(maker: FunctionNode): boolean {
  let found = false;
  walk(maker.body, (node) => {
    if (node.type !== 'NewExpression' || node.callee.type !== 'MemberExpression') return;
    const { object, property } = node.callee;
    if (object.type !== 'Identifier' || object.name !== 'WebAssembly') return;
    if (property.type === 'Identifier' && property.name === 'Memory' && node.arguments.length === 1) found = true;
  });
  return found;
}

/** What `name` is, if it is a view of the whole heap: `new Int32Array(buffer)`, buffer = memory.buffer. */
function heapArrayCalled(name: string, top: TopLevel, memory: string): HeapArray | undefined {
  const init = top.variables.get(name);
  if (init?.type !== 'NewExpression' || init.callee.type !== 'Identifier' || init.arguments.length !== 1)
    return undefined;
  let buffer: AnyNode | undefined = init.arguments[0];
  if (buffer.type === 'Identifier') buffer = top.variables.get(buffer.name);
  const ofMemory =
    buffer?.type === 'MemberExpression' && buffer.object.type === 'Identifier' && buffer.object.name === memory;
  return ofMemory ? heapArrays[init.callee.name] : undefined;
}
