// The parser against CPython 3.14: the trees of programs and of library modules, with every place in them, and the
// kinds, messages and places of syntax errors. Both parsers are asked: the predictive one, which must answer always, and
// tree-sitter's front, which may leave the answer to the other one.

import { createHash } from 'node:crypto';
import t from 'tap';
import { type ParserWarning, PythonSyntaxError } from '../src/parser/errors.ts';
import { parseExactly, parseModule } from '../src/parser/parse.ts';
import { readSource } from '../src/parser/source.ts';
import { setCharacterNames } from '../src/parser/strings.ts';
import { parseTree } from '../src/parser/tree.ts';
import { parseWithTree } from '../src/parser/tree-parser.ts';
import { closeOracle, oracle } from './oracle.ts';
import { INVALID, VALID } from './parser-cases.ts';

/** Library modules whose trees are compared whole; together they use most of the syntax. */
const MODULES = ['typing', 'dataclasses', 'enum', 'asyncio.tasks', 'argparse', 'inspect', 'traceback', 'ast'];

/** Writes trees as text, in Python: the twin of `treeText`. */
const DUMPER = `
import ast, hashlib, importlib.util, json, struct, sys, warnings
warnings.simplefilter('ignore')

def text(value):
    return value.encode('utf-16-le', 'surrogatepass').hex()

def constant(value):
    match value:
        case None: return 'None'
        case True | False: return 'bool ' + str(value).lower()
        case int(): return 'int ' + str(value)
        case float(): return 'float ' + struct.pack('>d', value).hex()
        case complex(): return 'complex ' + struct.pack('>d', value.imag).hex()
        case str(): return 'str ' + text(value)
        case bytes(): return 'bytes ' + value.hex()
        case _: return 'Ellipsis'

def tree(node):
    if node is None:
        return '-'
    if isinstance(node, list):
        return '[' + ','.join(map(tree, node)) + ']'
    if isinstance(node, int):
        return str(node)
    if isinstance(node, str):
        return text(node)
    name = type(node).__name__
    if not node._fields and not node._attributes:
        return text(name)
    place = f'{node.lineno}:{node.col_offset}-{node.end_lineno}:{node.end_col_offset}' if node._attributes else ''
    fields = []
    for field in node._fields:
        value = getattr(node, field)
        if field in ('type_comment', 'type_ignores'):
            continue
        is_constant = name in ('Constant', 'MatchSingleton') and field == 'value'
        fields.append(constant(value) if is_constant else text(value) if isinstance(value, str) else tree(value))
    return f'{name}@{place}({";".join(fields)})'

def parsed(source):
    if isinstance(source, list):
        source = bytes(source)
    try:
        return tree(ast.parse(source, 'file'))
    except SyntaxError as error:
        return [type(error).__name__, error.msg, error.lineno or 0, error.offset or 0, error.end_lineno or 0, error.end_offset or 0]

request = json.load(sys.stdin)
answer = [parsed(source) for source in request['sources']]
modules = []
for name in request['modules']:
    source = importlib.util.find_spec(name).loader.get_source(name)
    modules.append([source, hashlib.sha1(tree(ast.parse(source)).encode()).hexdigest()])
print(json.dumps([answer, modules]))
`;

type ErrorText = [string, string, number, number, number, number];

async function askPython(sources: (string | number[])[], modules: string[]) {
  const answer = await oracle({ code: DUMPER, stdin: JSON.stringify({ sources, modules }) });
  if (answer.status !== 0) {
    throw new Error(answer.stderr);
  }
  return JSON.parse(answer.stdout) as [(string | ErrorText)[], [string, string][]];
}

function hexText(value: string): string {
  return Buffer.from(value, 'utf16le').toString('hex');
}

function hexDouble(value: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes.toString('hex');
}

/** A tree as text: kinds, places and fields in Python's order. */
function treeText(node: unknown): string {
  if (node === null) {
    return '-';
  }
  if (Array.isArray(node)) {
    return `[${node.map(treeText).join(',')}]`;
  }
  if (typeof node === 'string') {
    return hexText(node);
  }
  if (typeof node !== 'object') {
    return String(node);
  }
  const properties = node as Record<string, unknown>;
  if (properties.kind === undefined) {
    const value = properties.value ?? properties.imag;
    switch (properties.type) {
      case 'None':
      case 'Ellipsis':
        return properties.type;
      case 'str':
        return `str ${hexText(value as string)}`;
      case 'bytes':
        return `bytes ${Buffer.from(value as Uint8Array).toString('hex')}`;
      case 'float':
      case 'complex':
        return `${properties.type} ${hexDouble(value as number)}`;
      default:
        return `${properties.type} ${value}`;
    }
  }
  const { lineno, col_offset, end_lineno, end_col_offset, kind, ...fields } = properties;
  const place = lineno === undefined ? '' : `${lineno}:${col_offset}-${end_lineno}:${end_col_offset}`;
  return `${kind}@${place}(${Object.values(fields).map(treeText).join(';')})`;
}

/** What the predictive parser makes of a source. */
function parsed(source: string | number[]): string | ErrorText {
  try {
    const bytes = typeof source === 'string' ? source : Uint8Array.from(source);
    return treeText(parseExactly(readSource(bytes, 'file'), 'exec', []));
  } catch (error) {
    if (error instanceof PythonSyntaxError) {
      return [error.kind, error.message, error.lineno, error.offset, error.end_lineno, error.end_offset];
    }
    throw error;
  }
}

/** The tree that tree-sitter's front makes of a source, or `null` if it leaves it to the other parser. */
function parsedWithTree(source: string): string | null {
  const module = parseWithTree(readSource(source, 'file'), []);
  return module === null || typeof module === 'string' ? null : treeText(module);
}

const noTreeSitter = parseTree('') === null && 'tree-sitter has no binding here';

function failure(source: string | Uint8Array, mode: 'exec' | 'eval' | 'single' = 'exec'): PythonSyntaxError {
  try {
    parseModule(source, 'file', mode);
  } catch (error) {
    if (error instanceof PythonSyntaxError) {
      return error;
    }
    throw error;
  }
  throw new Error(`no error in ${source}`);
}

function bytes(...parts: (string | number)[]): number[] {
  return parts.flatMap((part) => (typeof part === 'number' ? [part] : [...Buffer.from(part)]));
}

t.teardown(closeOracle);

t.test('trees and errors are those of CPython', async (t) => {
  const valid = Object.entries(VALID).flatMap(([subject, sources]) => sources.map((source) => ({ subject, source })));
  const [answers] = await askPython([...valid.map((program) => program.source), ...INVALID], []);
  valid.forEach(({ subject, source }, i) => {
    t.equal(parsed(source), answers[i], `${subject}: ${source.slice(0, 60)}`);
  });
  INVALID.forEach((source, i) => {
    t.same(parsed(source), answers[valid.length + i], `error in ${JSON.stringify(source)}`);
  });
});

t.test('whole modules have the trees of CPython', async (t) => {
  const [, modules] = await askPython([], MODULES);
  modules.forEach(([source, digest], i) => {
    const text = treeText(parseModule(source, MODULES[i], 'exec'));
    t.equal(createHash('sha1').update(text).digest('hex'), digest, MODULES[i]);
  });
});

t.test("tree-sitter's front gives the trees of CPython or none", { skip: noTreeSitter }, async (t) => {
  const valid = Object.values(VALID).flat();
  const [answers, modules] = await askPython([...valid, ...INVALID], MODULES);
  let taken = 0;
  valid.forEach((source, i) => {
    const tree = parsedWithTree(source);
    if (tree !== null) {
      taken++;
      t.equal(tree, answers[i], source.slice(0, 60));
    }
  });
  t.ok(taken > valid.length * 0.8, `${taken} of ${valid.length} programs are taken from the tree`);
  INVALID.forEach((source) => {
    t.equal(parsedWithTree(source), null, `left alone: ${JSON.stringify(source)}`);
  });
  modules.forEach(([source, digest], i) => {
    const text = parsedWithTree(source) ?? '';
    t.equal(createHash('sha1').update(text).digest('hex'), digest, MODULES[i]);
  });
});

t.test('whoever answers, parseModule gives the same', async (t) => {
  for (const source of [...Object.values(VALID).flat(), ...INVALID]) {
    let text: string | ErrorText;
    try {
      text = treeText(parseModule(source, 'file', 'exec'));
    } catch (error) {
      const { kind, message, lineno, offset, end_lineno, end_offset } = error as PythonSyntaxError;
      text = [kind, message, lineno, offset, end_lineno, end_offset];
    }
    t.same(text, parsed(source), JSON.stringify(source.slice(0, 60)));
  }
});

t.test('warnings come from the parser that answers, once', async (t) => {
  for (const source of ["'\\d'", "'\\d'; x = 1 if y else 2", 'x = 1if y else 2', "f'\\d{x}'", "'a' '\\d'"]) {
    const warnings: ParserWarning[] = [];
    parseModule(source, 'file', 'exec', warnings);
    t.equal(warnings.length, 1, source);
  }
});

t.test('encodings', async (t) => {
  const sources = [
    bytes(0xef, 0xbb, 0xbf, 'x = "é"'),
    bytes('# coding: latin-1\nx = "', 0xe9, '"'),
    bytes('#!/usr/bin/python\n# -*- coding: iso-8859-15 -*-\nx = "', 0xa4, '"'),
    bytes('x\r\ny = """a\r\nb"""\rz\r'),
    bytes('# coding: utf-8\nx'),
    bytes('x = 1\n\n# coding: nonsense'),
    bytes('x', 0, 'y'),
    bytes('# coding: nonsense\nx'),
    bytes(0xff),
    bytes('# coding: utf8\nx = 1\n', 0xff),
    bytes('# coding: utf-8\nx = "a', 0xc3, 0xa9, 0xff, '"'),
    bytes('# coding: ascii\nx = "', 0xe9, '"'),
    bytes(0xef, 0xbb, 0xbf, '# coding: utf8\nx'),
    bytes(0xef, 0xbb, 0xbf, '# coding: utf_8\nx'),
    bytes(0xef, 0xbb, 0xbf, '# coding: latin-1\nx'),
    bytes('x = 1\ny = "é', 0xe9, '"'),
  ];
  const [answers] = await askPython(sources, []);
  sources.forEach((source, i) => {
    const found = parsed(source);
    // Python cannot tell the place of errors of the whole file either, and says so in several ways.
    const [got, want] = [found, answers[i]].map((answer) => (Array.isArray(answer) ? answer.slice(0, 2) : answer));
    t.same(got, want, Buffer.from(source).toString('latin1'));
  });
});

t.test('the modes of compile', async (t) => {
  t.equal(parseModule('1 + 2', 'file', 'eval').body.kind, 'BinOp');
  t.equal(parseModule('a, b\n\n', 'file', 'eval').body.kind, 'Tuple');
  t.equal(failure('a = 1', 'eval').message, 'invalid syntax');
  t.equal(parseModule('a = 1; b', 'file', 'single').body.length, 2);
  t.equal(parseModule('if a:\n  b\n', 'file', 'single').body[0].kind, 'If');
  t.equal(failure('a = 1\nb = 2', 'single').message, 'multiple statements found while compiling a single statement');
});

t.test('deep nesting ends in an error, not in a crash', async (t) => {
  const count = 100_000;
  t.equal(failure('('.repeat(count) + ')'.repeat(count)).message, 'too many nested parentheses');
  t.equal(failure('['.repeat(10_000) + ']'.repeat(10_000)).message, 'too many nested parentheses');
  t.equal(failure(`f"{${'f"{'.repeat(300)}`).message, 'too many nested f-strings');
  t.equal(failure(`1${'+1'.repeat(count)}`).kind, 'RecursionError');
  t.equal(failure(`a${'.a'.repeat(count)}`).kind, 'RecursionError');
  t.equal(failure(`if a: b\n${'elif a: b\n'.repeat(count)}`).kind, 'RecursionError');
  for (const prefix of ['-', 'not ', 'lambda: ', 'a if b else ', 'a ** ']) {
    t.equal(failure(`${prefix.repeat(count)}1`).kind, 'MemoryError', prefix);
  }
  let blocks = '';
  for (let i = 0; i < 150; i++) {
    blocks += `${' '.repeat(i)}if a:\n`;
  }
  t.equal(failure(blocks).message, 'too many levels of indentation');
  const flat = [`a${' and a'.repeat(count)}`, `a${' < a'.repeat(count)}`, 'a = '.repeat(count).concat('1')];
  for (const source of flat) {
    t.equal(parseModule(source, 'file', 'exec').body.length, 1);
  }
  const nested = `${'[(lambda x: {1: -a[f(x if y else '.repeat(30)}1${')]})]'.repeat(30)}`;
  t.equal(parseModule(nested, 'file', 'exec').body.length, 1, 'what Python accepts is accepted');
});

t.test('ints that are too long for Python', async (t) => {
  t.match(failure(`x = ${'1'.repeat(4301)}`).message, 'Exceeds the limit (4300 digits)');
  t.equal(parseModule(`x = 0x${'f'.repeat(10_000)}`, 'file', 'exec').body.length, 1);
});

t.test('unknown escapes are warned about, once a string', async (t) => {
  const warnings: ParserWarning[] = [];
  parseModule("\n'\\d\\q'; b'\\400'; r'\\d'; f'\\d{x}'", 'file', 'exec', warnings);
  t.equal(warnings.length, 3);
  t.equal(warnings[0].lineno, 2);
  t.match(warnings[0].message, '"\\d" is an invalid escape sequence.');
  t.match(warnings[1].message, '"\\400" is an invalid octal escape sequence.');
});

t.test('names of characters', async (t) => {
  setCharacterNames((name) => (name.toUpperCase() === 'DIGIT ONE' ? 0x31 : -1));
  const [statement] = parseModule("'\\N{Digit One}' f'{{\\N{DIGIT ONE}}}'", 'file', 'exec').body;
  t.match(treeText(statement), hexText('1{1}'));
  t.match(failure("'\\N{NOTHING}'").message, 'unknown Unicode character name');
});
