/**
 * The compiler of 'use wasm' functions (scripts/webassembly): a function gives the same results and leaves the same memory
 * as JavaScript and as WebAssembly; what cannot be compiled says where. That the interpreter's loop is compiled rightly is
 * shown by all tests that run programs, since the bundle holds it as WebAssembly.
 */
import fc from 'fast-check';
import t from 'tap';
import { compileMarkedFunctions } from '../scripts/webassembly/bundle.ts';

/** A bundle in little, as esbuild would leave it. */
const surroundings = `
var HEAP_BYTES = 2 ** 16, heapMemory = make();
function make() { return new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }); }
var buffer = heapMemory.buffer, words = new Int32Array(buffer), cells = new Float64Array(buffer), bytes = new Uint8Array(buffer);
var LIMIT = 40, SIGN = -2147483648, STEP = LIMIT / 2, settings = { scale: 3 }, calls = [];
function note(x, y) { calls.push([x, y]); return x - y | 0; }
function isOdd(x) { return (x & 1) === 1; }
`;

type Program = (text: string) => { f(...args: number[]): unknown; words: Int32Array; calls: unknown[] };
const load: Program = (text) => new Function(`${text}; return { f, words, calls };`)();

/** Functions of (a, b), 32-bit numbers, in the language that the compiler knows. */
const functions: Record<string, string> = {
  arithmetic: 'let c = (a + b) | 0; c = (c ^ (a >>> 5)) - (b >> 3) | 0; return ~c & 0xffff | (a << 4);',
  'products are doubles':
    'let p = a * b; if (p > 1e15 || p < -1e15) return 1; let q = p / 3; return q < 0 ? -1 : q > 2147483647 ? 2 : 3;',
  'the other operators':
    'let c = a & 1023, d = (b & 15) + 1; return Math.imul(c % d, (c / d) | 0) + Math.clz32(a) + -c;',
  'unsigned comparisons': 'return (a >>> 0 < 5 ? 1 : 0) + (b >>> 0 > 2147483648 ? 2 : 0);',
  'conditions with effects':
    'let n = 0; a > b && (n = 1); a < 0 || (n += 2); (n === 3 ? (n = 9) : n !== 0) && (n |= 16); return !n ? 7 : n;',
  'a switch that falls through':
    'let n = 0; switch (a & 7) { case 1: n = 1; case 2: n += 10; break; case LIMIT / 20 + 1: case 5: n = 5; break; default: n = b; case 7: n = n ^ 1; } return n;',
  'a switch inside a loop':
    'let n = 0; for (;;) { if (n > 50) break; switch (n % 3) { case 0: n += 5; continue; case 1: n += 2; break; } n += 1; } return n;',
  'loops with updates and ends':
    'let n = 0, i = 0; for (i = 0; i < LIMIT; i++) { if ((i & 3) === (a & 3)) continue; if (i > (b & 63)) break; n = n * 1 + i | 0; } while (i > 3) i -= 3; return n + i;',
  'the heap':
    'const w = words; let at = a & 255; w[at + 3] = b; w[(at << 1) + 1] += 5; w[at] |= w[at + 3]; w[7] = w[at - (at & 1)]; return w[(at + 1 << 1) + 1];',
  doubles:
    'cells[20 + (a & 7)] = a + b * 0.5; cells[3] = -cells[20 + (a & 7)]; let x = Math.floor(cells[3] / 2); return x < b ? 1 : x === b ? 2 : (x > 1e9 ? 3 : 4);',
  bytes: 'bytes[100 + (a & 15)] = b; return bytes[100 + (a & 15)] + bytes[101];',
  calls:
    'let n = note(a, b); note(n, settings.scale); if (isOdd(a)) n = n + 1 | 0; return isOdd(n) ? n : note(n, STEP);',
  'a call of another such function': 'return inner(a) + inner(b & 3) | 0;',
  'nothing to return': 'if (a > b) { words[1] = a; return; } words[2] = b;',
};

for (const [name, body] of Object.entries(functions)) {
  t.test(name, (t) => {
    const text = (mark: string): string => `${surroundings}
function inner(x) { ${mark} return x > 2 ? x - 1 : 2 - x | 0; }
function f(a, b) { ${mark} ${body.replace('LIMIT / 20 + 1', '3')} }\n`;
    const plain = load(text(''));
    const compiledText = compileMarkedFunctions(text('"use wasm";'));
    t.match(compiledText, /function f\(a, b\) \{ return webAssembly\.functions\.f\(a, b\); \}/);
    const compiled = load(compiledText);
    const number = fc.oneof(fc.integer({ min: -4, max: 9 }), fc.integer(), fc.constantFrom(2147483647, -2147483648));
    fc.assert(
      fc.property(number, number, (a, b) => {
        const expected = plain.f(a, b);
        const found = compiled.f(a, b);
        if (found !== expected) throw new Error(`f(${a}, ${b}): ${found}, should be ${expected}`);
        if (Buffer.compare(Buffer.from(plain.words.buffer), Buffer.from(compiled.words.buffer)) !== 0)
          throw new Error(`f(${a}, ${b}) leaves another memory`);
      }),
    );
    t.same(compiled.calls, plain.calls, 'calls of JavaScript');
    t.end();
  });
}

t.test('throwing', (t) => {
  const text = compileMarkedFunctions(
    `${surroundings}var PROBLEM = { it: 1 };\nfunction f(a) { "use wasm"; if (a > 3) throw PROBLEM; return a; }\nfunction problem() { return PROBLEM; }`,
  );
  const { f, problem } = new Function(`${text}; return { f, problem };`)();
  t.equal(f(3), 3);
  try {
    f(4);
    t.fail('nothing was thrown');
  } catch (error) {
    t.equal(error, problem(), 'the very object');
  }
  t.end();
});

t.test('the text keeps its lines', (t) => {
  const lines = (text: string): string[] => text.split('\n');
  const text = `${surroundings}\nfunction f(a) {\n  "use wasm";\n  let x = a;\n  return x;\n}\nvar last = 1;\n`;
  const at = lines(text).indexOf('var last = 1;');
  t.equal(lines(compileMarkedFunctions(text))[at], 'var last = 1;');
  t.equal(compileMarkedFunctions('var x = 1;\n'), 'var x = 1;\n', 'nothing marked, nothing changed');
  t.end();
});

const refused: Record<string, [body: string, what: RegExp]> = {
  'a name from elsewhere': ['return missing + 1;', /the name missing/],
  'a property': ['settings.scale = 3; return 1;', /assignment to a property/],
  'a double as a result': ['return a * 0.5;', /a double where a 32-bit number must be/],
  'a product cut short': ['return (a * a) | 0;', /Math\.imul/],
  'another statement': ['try { return 1; } finally { a = 2; }', /TryStatement/],
  'a spread argument': ['return note(...[a, a]);', /spread/],
};
for (const [name, [body, what]] of Object.entries(refused)) {
  t.test(`refused: ${name}`, (t) => {
    const text = `${surroundings}function f(a) { "use wasm"; ${body} }\n`;
    t.throws(() => compileMarkedFunctions(text), what);
    t.throws(() => compileMarkedFunctions(text), /f cannot be compiled to WebAssembly[\s\S]*line 8 of the bundle/);
    t.end();
  });
}
