// The compiler against CPython 3.14: which programs it refuses, with what message and where; names, flags, docstrings
// and places of code objects. And on its own: the code is well formed on every path (helpers/verify-code.ts).

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import type { CodeDescription } from '../src/compiler/code.ts';
import { compileSource } from '../src/compiler/compile-source.ts';
import { compileModule } from '../src/compiler/compiler.ts';
import { disassemble } from '../src/compiler/disassemble.ts';
import { instructionLength, Op } from '../src/compiler/instructions.ts';
import { CodeFlag } from '../src/heap/layouts.ts';
import type { Expression, Module } from '../src/parser/ast.ts';
import { PythonSyntaxError } from '../src/parser/errors.ts';
import { ANNOTATIONS, QUESTIONABLE } from './compiler-cases.ts';
import { verifyCode } from './helpers/verify-code.ts';
import { closeOracle, oracle } from './oracle.ts';
import { VALID } from './parser-cases.ts';

t.setTimeout(0);
t.teardown(closeOracle);
const here = dirname(fileURLToPath(import.meta.url));

async function ask<Answer>(code: string): Promise<Answer> {
  const answer = await oracle({ code });
  if (answer.status !== 0) throw new Error(answer.stderr);
  return JSON.parse(answer.stdout) as Answer;
}

/** A JavaScript value as a Python expression. */
function literal(value: unknown): string {
  return `json.loads(${JSON.stringify(JSON.stringify(value))})`;
}

/** All code objects of a tree of them, outermost first. */
function* codeObjects(code: CodeDescription): Generator<CodeDescription> {
  yield code;
  for (const constant of code.constants) if (constant.type === 'code') yield* codeObjects(constant.code);
}

function operations(code: CodeDescription): string[] {
  const result: string[] = [];
  const { instructions } = code;
  for (let i = 0; i < instructions.length; i += instructionLength[instructions[i]]) result.push(Op[instructions[i]]);
  return result;
}

/** The code object of the first function in a source. */
function functionIn(source: string): CodeDescription {
  return [...codeObjects(compileSource(source, 'test.py', 'exec'))][1];
}

type ErrorFacts = [string, string, number, number, number, number] | null;

t.test('refuses what CPython refuses, with its words and places', async (t) => {
  const expected = await ask<ErrorFacts[]>(`
import json, warnings
warnings.simplefilter('ignore')
def facts(source):
    try:
        compile(source, 'test.py', 'exec')
    except SyntaxError as e:
        return [type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset]
print(json.dumps([facts(source) for source in ${literal(QUESTIONABLE)}]))
`);
  QUESTIONABLE.forEach((source, i) => {
    let actual: ErrorFacts = null;
    try {
      t.same(verifyCode(compileSource(source, 'test.py', 'exec')), []);
    } catch (error) {
      if (!(error instanceof PythonSyntaxError)) throw error;
      actual = [error.kind, error.message, error.lineno, error.offset, error.end_lineno, error.end_offset];
    }
    t.same(actual, expected[i], source.slice(0, 200));
  });
});

t.test('an error shows its line if it is from a file', async (t) => {
  t.throws(() => compileSource('x = 1\nreturn x', 'test.py', 'exec'), { text: 'return x\n' } as unknown as Error);
  t.throws(() => compileSource('x = 1\nreturn x', '<string>', 'exec'), { text: null } as unknown as Error);
});

t.test('turns annotations into strings as CPython does', async (t) => {
  const expected = await ask<string[]>(`
import json
def text(source):
    names = {}
    exec('from __future__ import annotations\\nx: ' + source, names)
    return names['__annotations__']['x']
print(json.dumps([text(source) for source in ${literal(ANNOTATIONS)}]))
`);
  ANNOTATIONS.forEach((source, i) => {
    const code = compileSource(`from __future__ import annotations\nx: ${source}`, 'test.py', 'exec');
    const values = code.constants.map((constant) => (constant.type === 'str' ? constant.value : ''));
    t.ok(values.includes(expected[i]), `${source} -> ${expected[i]}, not ${values.slice(-2)}`);
  });
});

interface CodeFacts {
  qualname: string;
  firstLine: number;
  counts: number[];
  flags: number;
  names: string[];
  cells: string[];
  free: string[];
  doc: string | null;
  places: string[];
  inner: CodeFacts[];
}

const MODULES = ['dataclasses', 'enum', 'typing', 'argparse', 'asyncio.taskgroups', 'contextlib', 'ast', 'functools'];

/** Instructions whose place no traceback ever shows, or that CPython folds away. */
const silent =
  /^(BUILD_|RETURN|MOVE|JUMP|CLEAR|POP_EXC|PUSH_EXC|RERAISE|MAKE_CELL|LOAD_COMMON|RAISE|DELETE_FAST|EXCEPTION_TR|LIST_APP|NOP|CHECK_B)/;

t.test('makes the code objects of library modules like CPython', async (t) => {
  const facts = await ask<{ source: string; code: CodeFacts }[]>(`
import importlib.util, json, warnings
warnings.simplefilter('ignore')
def dump(c):
    places = {f'{a},{b},{e},{d}' for a, e, b, d in c.co_positions() if None not in (a, e, b, d)}
    return dict(qualname=c.co_qualname, firstLine=c.co_firstlineno,
                counts=[c.co_argcount, c.co_posonlyargcount, c.co_kwonlyargcount], flags=c.co_flags,
                names=c.co_varnames, cells=c.co_cellvars, free=c.co_freevars, places=sorted(places),
                doc=c.co_consts[0] if c.co_flags & 0x4000000 else None,
                inner=[dump(k) for k in c.co_consts if hasattr(k, 'co_code')])
out = []
for name in ${literal(MODULES)}:
    loader = importlib.util.find_spec(name).loader
    source = loader.get_source(name)
    out.append(dict(source=source, code=dump(compile(source, name, 'exec'))))
print(json.dumps(out))
`);
  const placeOf = (table: readonly number[], i: number): string =>
    `${table[i + 1]},${table[i + 2]},${table[i + 3]},${table[i + 4]}`;
  const compare = (actual: CodeDescription, expected: CodeFacts, module: string): void => {
    const where = `${module} ${expected.qualname}:${expected.firstLine}`;
    const flags = 0x3ff;
    const doc = (actual.flags & CodeFlag.hasDocstring) === 0 ? null : actual.constants[0];
    t.same(
      {
        qualname: actual.qualname,
        firstLine: actual.firstLine,
        counts: [actual.argCount, actual.positionalOnlyCount, actual.keywordOnlyCount],
        flags: actual.flags & flags,
        free: actual.freeNames,
        doc: doc !== null && doc.type === 'str' ? doc.value : null,
        // the variables of inlined comprehensions are temporaries here
        extraNames: actual.variableNames.filter((name) => !expected.names.includes(name)),
        extraCells: actual.cellNames.filter((name) => !expected.cells.includes(name)),
      },
      {
        qualname: expected.qualname,
        firstLine: expected.firstLine,
        counts: expected.counts,
        flags: expected.flags & flags,
        free: expected.free,
        doc: expected.doc,
        extraNames: [],
        extraCells: [],
      },
      where,
    );
    const known = new Set(expected.places);
    const strange: string[] = [];
    const { lineTable, instructions } = actual;
    for (let i = 0; i < lineTable.length; i += 5) {
      const place = placeOf(Array.from(lineTable), i);
      const op = Op[instructions[lineTable[i]]];
      // of no line, or a line of no instruction
      if (place.startsWith('-1,') || lineTable[i + 5] === lineTable[i]) continue;
      if (!place.includes(',0,') && !known.has(place) && !silent.test(op)) strange.push(`${op} at ${place}`);
    }
    t.same(strange, [], `${where}: places`);
    const inner = actual.constants.flatMap((constant) => (constant.type === 'code' ? [constant.code] : []));
    for (const one of expected.inner) {
      const index = inner.findIndex((code) => code.qualname === one.qualname && code.firstLine === one.firstLine);
      t.ok(index >= 0, `${where} has ${one.qualname}:${one.firstLine}`);
      if (index >= 0) compare(inner.splice(index, 1)[0], one, module);
    }
  };
  facts.forEach(({ source, code }, i) => {
    const actual = compileSource(source, MODULES[i], 'exec');
    t.same(verifyCode(actual), []);
    compare(actual, code, MODULES[i]);
  });
});

t.test('code is well formed on every path', async (t) => {
  for (const sources of Object.values(VALID)) {
    for (const source of sources) {
      for (const mode of ['exec', 'single'] as const) {
        let code: CodeDescription;
        try {
          code = compileSource(source, 'test.py', mode);
        } catch (error) {
          // what parses need not compile, and a program is seldom one interactive statement
          if (error instanceof PythonSyntaxError) continue;
          throw error;
        }
        t.same(verifyCode(code), [], source.slice(0, 80));
      }
    }
  }
  for (const program of ['evaluation_order', 'scopes_and_flow']) {
    const file = join(here, 'programs', `${program}.py`);
    t.same(verifyCode(compileSource(readFileSync(file), file, 'exec')), [], program);
  }
});

t.test('constants that are equal but not the same stay apart', async (t) => {
  const code = functionIn(
    'def f():\n    return g(1, 1.0, True, 0.0, -0.0, 1, (1,), (1.0,), (True,), "a", b"a", "a", 0j)',
  );
  const keys = code.constants.map((constant) =>
    disassemble({ ...code, constants: [constant], instructions: [] }, false),
  );
  t.equal(keys.length, code.constants.length);
  const shown = code.constants.filter(({ type }) => type !== 'null' && type !== 'None');
  t.equal(shown.length, 11);
});

t.test('folds constants as CPython does', async (t) => {
  const constants = (source: string): unknown[] =>
    compileSource(source, 'test.py', 'eval').constants.map((constant) => ('value' in constant ? constant.value : null));
  t.same(constants('2 ** 10 - 24 // 7 % 3'), [1024n]);
  t.same(constants('-7 // 2'), [-4n]);
  t.same(constants('-7 % 3'), [2n]);
  t.same(constants('1 << 100'), [1n << 100n]);
  t.same(constants('"ab" * 2 + "c"'), ['ababc']);
  t.same(constants('not ()'), [true]);
  t.same(constants('7 / 2'), [3.5]);
  t.ok(Object.is(constants('-0.0')[0], -0));
  t.equal(operations(compileSource('1 / 0', 'test.py', 'eval')).includes('TRUE_DIVIDE'), true);
  t.equal(operations(compileSource('1 << 1000', 'test.py', 'eval')).includes('LEFT_SHIFT'), true);
  t.equal(operations(compileSource('True | False', 'test.py', 'eval')).includes('OR'), true);
  t.same(operations(functionIn('def f():\n  if __debug__: return 1\n  return 2')), ['RETURN']);
});

t.test('results go straight to their variables', async (t) => {
  t.same(operations(functionIn('def f(a, b):\n  x = a + b\n  return x')), ['ADD', 'RETURN']);
  t.same(operations(functionIn('def f(a, b):\n  a, b = b, a + b\n  return a')), ['ADD', 'MOVE', 'MOVE', 'RETURN']);
  t.same(operations(functionIn('def f(n):\n  i = 0\n  while i < n:\n    i += 1\n  return i')), [
    'MOVE',
    'BRANCH_LESS',
    'JUMP_IF_FALSE',
    'ADD',
    'JUMP_BACKWARD',
    'RETURN',
  ]);
  t.same(operations(functionIn('def f(x):\n  for a, b in x:\n    if a is None: continue\n    g(b)')), [
    'GET_ITER',
    'FOR_ITER',
    'UNPACK_SEQUENCE',
    'JUMP_IF_NONE',
    'LOAD_GLOBAL',
    'CLEAR',
    'MOVE',
    'CALL',
    'JUMP_BACKWARD',
    'RETURN',
  ]);
  // a variable that an operand to the right rebinds is read first
  t.same(operations(functionIn('def f(a):\n  return a + (a := 1)')), ['MOVE', 'MOVE', 'ADD', 'RETURN']);
});

t.test('registers that may hold nothing are cleared and checked, others are not', async (t) => {
  const maybe = operations(functionIn('def f(c):\n  if c: x = 1\n  return x'));
  t.same(maybe.slice(0, 1), ['CLEAR']);
  t.ok(maybe.includes('CHECK_BOUND'));
  const surely = operations(functionIn('def f(c):\n  if c: x = 1\n  else: x = 2\n  return x'));
  t.notOk(surely.includes('CHECK_BOUND') || surely.includes('CLEAR'));
});

t.test('long chains are no deep nests', async (t) => {
  const sum = `x = ${Array.from({ length: 2000 }, (_, i) => `a${i % 7}`).join(' + ')}`;
  const code = compileSource(sum, 'test.py', 'exec');
  t.ok(code.registerCount <= 3);
  const branches = Array.from({ length: 3000 }, (_, i) => `elif a == ${i}: b = ${i}`).join('\n');
  t.same(verifyCode(compileSource(`if a: pass\n${branches}\n`, 'test.py', 'exec')), []);
});

t.test('too deep a nest is an error, not a crash', async (t) => {
  // the parser refuses such sources by itself; trees can be made by hand
  const place = { lineno: 1, col_offset: 0, end_lineno: 1, end_col_offset: 1 };
  let value: Expression = { kind: 'Constant', value: { type: 'None' }, u_prefix: null, ...place };
  for (let i = 0; i < 100000; i++) value = { kind: 'List', elts: [value], ctx: 'Load', ...place };
  const tree: Module = { kind: 'Module', body: [{ kind: 'Expr', value, ...place }] };
  t.throws(() => compileModule(tree, 'test.py'), { name: 'RecursionError' });
});

t.test('frames stay small', async (t) => {
  const nestedCalls = functionIn(`def f(x):\n  return ${'g(1, '.repeat(20)}x${')'.repeat(20)}`);
  t.ok(nestedCalls.registerCount <= 1 + 3 * 21, String(nestedCalls.registerCount));
  const list = functionIn(`def f(x):\n  return [${'x.y, '.repeat(1000)}]`);
  t.ok(list.registerCount < 10, String(list.registerCount));
});

t.test('warns where CPython warns', async (t) => {
  const messages: string[] = [];
  const source = 'x is 1\nassert (x, "y")\n"a"()\n[1]["a"]\ndef f():\n  try: pass\n  finally: return 1\n';
  compileSource(source, 'test.py', 'exec', { warn: (message, line) => messages.push(`${line}: ${message}`) });
  t.same(messages, [
    '1: "is" with \'int\' literal. Did you mean "=="?',
    '2: assertion is always true, perhaps remove parentheses?',
    "3: 'str' object is not callable; perhaps you missed a comma?",
    '4: list indices must be integers or slices, not str; perhaps you missed a comma?',
    "7: 'return' in a 'finally' block",
  ]);
});

t.test('the three modes', async (t) => {
  t.same(operations(compileSource('a + 1', 'test.py', 'eval')), ['LOAD_NAME', 'ADD', 'RETURN']);
  t.ok(operations(compileSource('a', 'test.py', 'single')).includes('PRINT_EXPRESSION'));
  const bare = compileSource('"doc"\nassert x\nprint(__debug__)', 'test.py', 'exec', { optimize: 2 });
  t.notOk(operations(bare).includes('RAISE'));
  t.notOk(disassemble(bare).includes('doc'));
});

t.test('the listing', async (t) => {
  const listing = disassemble(compileSource('def f(x):\n  while x < 3: x = g(x) + 1.0\n', 'test.py', 'exec'));
  t.match(listing, 'BRANCH_LESS              t0, x, 3');
  t.match(listing, 'LOAD_GLOBAL              t0, "g"');
  t.match(listing, 'ADD                      x, t0, 1.0');
});
