/**
 * Compiled code on disk. The format: every code description comes back as it was, and damaged bytes are refused, wherever
 * the damage is. The files: what they hold is used while it is valid and ignored otherwise: when the source has changed
 * (also within a second and to the same size), when the file is cut off, damaged or somebody else's; it is written by
 * many processes at once, not written where that is not allowed or not wanted.
 */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import t from 'tap';
import type { CodeDescription } from '../src/compiler/code.ts';
import { decodeCode, encodeCode } from '../src/compiler/code-format.ts';
import { compileSource } from '../src/compiler/compile-source.ts';
import { copyjit } from './copyjit.ts';
import { VALID } from './parser-cases.ts';

t.setTimeout(0);

const build = { low: 0x12345678, high: -5 };

/** A description with plain arrays, to be compared. */
function plain(code: CodeDescription): unknown {
  return {
    ...code,
    instructions: Array.from(code.instructions),
    exceptionTable: Array.from(code.exceptionTable),
    lineTable: Array.from(code.lineTable),
    constants: code.constants.map((constant) =>
      constant.type === 'code' ? plain(constant.code) : constant.type === 'bytes' ? [...constant.value] : constant,
    ),
    mentionsImportState: undefined,
  };
}

const everything = `
"""A docstring with wide text: \u2603 \u{1f40d}"""
import sys, __spec__ as spec
constants = (1, -2, 2**31, -2**63, 10**40, -10**40, 1.5, -0.0, 1e308, 2j, 'text', '\\ud800', b'bytes\\xff', None, True, ...)
def f(a, /, b=(1, ('x', None)), *c, d, e=3, **g):
    def inner():
        nonlocal a
        a = b
        return [a for x in {1, 2, 3} if x in frozenset({4})]
    try:
        yield from inner()
    except ValueError as error:
        raise KeyError from error
    finally:
        pass
class C[T]:
    attribute: int = 3
async def coroutine():
    async with a as b:
        await c
    return x in {'a', 'b'}
match constants:
    case [1, *rest] if rest: pass
`;

t.test('the format', async (t) => {
  for (const source of [everything, ...Object.values(VALID).flat()]) {
    let code: CodeDescription;
    try {
      code = compileSource(source, 'x.py', 'exec');
    } catch {
      continue;
    }
    const bytes = encodeCode(code, build);
    const back = decodeCode(bytes, 0, build);
    if (back === null) t.fail(`cannot be read back: ${source}`);
    else if (!isDeepStrictEqual(plain(back), plain(code))) t.fail(`differs: ${source}`);
  }
  const code = compileSource(everything, 'x.py', 'exec');
  const bytes = encodeCode(code, build);
  t.equal(decodeCode(bytes, 0, build)?.mentionsImportState, true, 'mentions __spec__');
  const other = decodeCode(encodeCode(compileSource('x = 1', 'x.py', 'exec'), build), 0, build);
  t.equal(other?.mentionsImportState, false, 'mentions nothing of importlib');
  t.equal(decodeCode(bytes, 0, build, 'y.py')?.filename, 'y.py', 'the file name can be replaced');
  const shifted = new Uint8Array(bytes.length + 3);
  shifted.set(bytes, 3);
  t.same(plain(decodeCode(shifted, 3, build)!), plain(code), 'at any place in a file');
  t.equal(decodeCode(bytes, 0, { ...build, high: 6 }), null, "another compiler's");
  for (let cut = 0; cut < bytes.length; cut += 7)
    t.equal(decodeCode(bytes.subarray(0, cut), 0, build), null, 'cut off');
  for (let i = 0; i < bytes.length; i++) {
    const damaged = Buffer.from(bytes);
    damaged[i] ^= 1 << (i & 7);
    // the length is not covered: a larger one is too long for the bytes, a smaller one has another checksum
    if (decodeCode(damaged, 0, build) !== null) t.fail(`damage at byte ${i} was not seen`);
  }
});

const folder = mkdtempSync(join(tmpdir(), 'copyjit-cache-'));
t.teardown(() => rmSync(folder, { recursive: true, force: true }));
const environment = { PYTHONDONTWRITEBYTECODE: '', XDG_CACHE_HOME: join(folder, 'user-cache') };

function place(name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  return path;
}
const past = new Date(Date.now() - 100_000);
/** Writes a source file whose time of change is long ago. */
function writeSource(file: string, text: string, time: Date = past): void {
  writeFileSync(file, text);
  utimesSync(file, time, time);
}
const compiledFile = (home: string): string => join(home, '__pycache__', 'm.copyjit-314.pyc');

async function run(home: string, env: Record<string, string> = {}, args: string[] = []): Promise<string> {
  const result = await copyjit(['run', ...args, '-c', 'import m; print(m.x)'], {
    cwd: home,
    env: { ...environment, ...env },
  });
  return result.stderr === '' ? result.stdout.trim() : result.stderr;
}

t.test('__pycache__', async (t) => {
  const home = place('a');
  const source = join(home, 'm.py');
  writeSource(source, 'x = 111');
  t.equal(await run(home), '111');
  t.same(readdirSync(join(home, '__pycache__')), ['m.copyjit-314.pyc'], 'written, and nothing left beside it');
  const first = readFileSync(compiledFile(home));

  // What is there is used: a file with other code, and the same source, is believed.
  const decoy = place('decoy');
  writeSource(join(decoy, 'm.py'), 'x = 222');
  await run(decoy);
  const other = readFileSync(compiledFile(decoy));
  writeFileSync(compiledFile(home), other);
  t.equal(await run(home), '222', 'compiled code is used');

  writeSource(source, 'x = 333', new Date(past.getTime() + 1));
  t.equal(await run(home), '333', 'changed within the second, to the same size');
  writeSource(source, 'x = 4444', new Date(past.getTime() + 1));
  t.equal(await run(home), '4444', 'another size');

  const good = readFileSync(compiledFile(home));
  for (const length of [0, 3, 15, 16, 20, 40, good.length - 9, good.length - 1]) {
    writeFileSync(compiledFile(home), good.subarray(0, length));
    t.equal(await run(home), '4444', `cut off at ${length}`);
  }
  t.same(readFileSync(compiledFile(home)), good, 'and written again');
  for (const at of [0, 4, 8, 12, 16, 24, 30, 60, good.length - 12]) {
    const damaged = Buffer.from(good);
    damaged[at] ^= 0x20;
    writeFileSync(compiledFile(home), damaged);
    t.equal(await run(home), '4444', `damaged at ${at}`);
  }
  t.not(first.equals(good), true);
  writeFileSync(compiledFile(home), Buffer.alloc(5000, 'garbage'));
  t.equal(await run(home), '4444', 'garbage');
  rmSync(compiledFile(home));
  mkdirSync(compiledFile(home));
  t.equal(await run(home), '4444', 'a folder in its place');
});

t.test('where and whether', async (t) => {
  const home = place('b');
  writeSource(join(home, 'm.py'), 'x = __debug__, f.__doc__ if (f := lambda: 0) else 0');
  t.equal(await run(home, { PYTHONDONTWRITEBYTECODE: '1' }), '(True, None)');
  t.equal(await run(home, {}, ['-B']), '(True, None)');
  t.notOk(existsSync(join(home, '__pycache__')), 'not wanted, not written');
  t.equal(await run(home, {}, ['-O']), '(False, None)');
  t.same(readdirSync(join(home, '__pycache__')), ['m.copyjit-314.opt-1.pyc'], 'optimized code apart');
  const prefix = join(folder, 'prefix');
  t.equal(await run(home, { PYTHONPYCACHEPREFIX: prefix }), '(True, None)');
  t.ok(existsSync(join(prefix, home, 'm.copyjit-314.pyc')), 'under the prefix');
  t.test('a folder that is read-only', { skip: process.getuid?.() === 0 && 'root may write everything' }, async (t) => {
    const closed = place('closed');
    writeSource(join(closed, 'm.py'), 'x = 5');
    chmodSync(closed, 0o555);
    t.equal(await run(closed), '5');
    chmodSync(closed, 0o755);
    t.same(readdirSync(closed), ['m.py']);
  });
  const blocked = place('blocked');
  writeSource(join(blocked, 'm.py'), 'x = 6');
  writeFileSync(join(blocked, '__pycache__'), 'a file where the folder should be');
  t.equal(await run(blocked), '6', 'a place that cannot be written');
});

t.test('many processes at once', async (t) => {
  const home = place('c');
  writeSource(join(home, 'm.py'), `x = 7\n${'y = [i for i in range(3)]\n'.repeat(300)}`);
  for (let round = 0; round < 2; round++) {
    const answers = await Promise.all(Array.from({ length: 6 }, () => run(home)));
    t.same(answers, Array(6).fill('7'));
    t.same(readdirSync(join(home, '__pycache__')), ['m.copyjit-314.pyc'], 'one file is left');
    rmSync(join(home, '__pycache__'), { recursive: true });
  }
});

t.test('the library', async (t) => {
  const cache = join(folder, 'library-cache');
  const env = { PYTHONDONTWRITEBYTECODE: '1', XDG_CACHE_HOME: cache };
  const program = ['run', '-c', 'import keyword; print(keyword.iskeyword("if"), keyword.__file__[-11:])'];
  const expected = 'True /keyword.py\n';
  t.equal((await copyjit(program, { env })).stdout, expected);
  const [archive] = readdirSync(join(cache, 'copyjit')).filter((name) => name.startsWith('archive-'));
  const home = join(cache, 'copyjit', archive);
  t.same(readdirSync(home).sort(), ['keyword.pyc', 'names-1.json'], 'kept in the user’s cache');
  const before = statSync(join(home, 'keyword.pyc')).ino;
  t.equal((await copyjit(program, { env })).stdout, expected);
  t.equal(statSync(join(home, 'keyword.pyc')).ino, before, 'and used from there');
  for (const name of ['keyword.pyc', 'names-1.json']) {
    const good = readFileSync(join(home, name));
    writeFileSync(join(home, name), good.subarray(0, good.length >> 1));
    t.equal((await copyjit(program, { env })).stdout, expected, `${name} cut off`);
    t.same(readFileSync(join(home, name)), good, 'and repaired');
  }
  writeFileSync(join(folder, 'no-folder'), '');
  const nowhere = { XDG_CACHE_HOME: join(folder, 'no-folder') };
  t.equal((await copyjit(program, { env: nowhere })).stdout, expected, 'no cache can be written');
  t.equal((await copyjit(program, { env: { XDG_CACHE_HOME: '', HOME: '' } })).stdout, expected, 'no cache is known');
});
