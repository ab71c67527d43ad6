/**
 * The oracle: runs Python programs in the real CPython 3.14, which the `pyodide` package carries as WebAssembly, and
 * tells what they printed and how they ended. One child process (oracle-process.ts) serves many programs, since loading
 * CPython takes two seconds; what it answered is kept in node_modules/.cache, by content, so that a second test run does
 * not load it at all.
 *
 *     npx tsx test/oracle.ts PROGRAM.py [args...]      shows what CPython 3.14 does
 *     npx tsx test/oracle.ts -c CODE
 */
import { type ChildProcess, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A program for the oracle: a file of the real file system, or code as with -c. */
export interface OracleRequest {
  file?: string;
  code?: string;
  args?: string[];
  stdin?: string;
}

/** What the program did. `stderr` ends with the traceback of the exception that nobody caught, if any. */
export interface OracleAnswer {
  stdout: string;
  stderr: string;
  status: number;
}

const here = dirname(fileURLToPath(import.meta.url));
const cacheFolder = join(here, '..', 'node_modules', '.cache', 'copyjit-oracle');

/**
 * All that the answer depends on: this oracle, CPython, the request, and every file that the program may import. Null
 * for a file from elsewhere: nobody knows what it depends on.
 */
function cacheKey(request: OracleRequest): string | null {
  if (request.file !== undefined && !request.file.startsWith(here)) return null;
  const hash = createHash('sha256');
  hash.update(readFileSync(join(here, 'oracle-process.ts')));
  hash.update(readFileSync(join(here, '..', 'node_modules', 'pyodide', 'package.json')));
  hash.update(JSON.stringify(request));
  if (request.file !== undefined) {
    hash.update(readFileSync(request.file));
    const folder = dirname(request.file);
    for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
      // Programs stand beside each other and do not import each other; what they import lies in folders.
      const file = join(folder, entry);
      if (entry.includes('/') && entry.endsWith('.py') && statSync(file).isFile()) {
        hash.update(entry).update(readFileSync(file));
      }
    }
  }
  return hash.digest('hex');
}

let child: ChildProcess | null = null;
/** Requests are answered one after another. */
let queue: Promise<unknown> = Promise.resolve();

/** Asks a second time, a process of its own, when the first one broke down: after many programs it sometimes does. */
async function askTwice(request: OracleRequest): Promise<OracleAnswer> {
  try {
    return await ask(request);
  } catch {
    return ask(request);
  }
}

function ask(request: OracleRequest): Promise<OracleAnswer> {
  if (child === null) {
    child = fork(join(here, 'oracle-process.ts'), {
      // CPython's own limits on recursion hold only if WebAssembly's stack is as deep as CPython expects.
      execArgv: ['--import', 'tsx', '--stack-size=7000'],
      // An uncaught error would be shown with its source line, which is all of CPython's glue code.
      stdio: ['ignore', 'inherit', 'ignore', 'ipc'],
    });
    child.on('exit', () => {
      child = null;
    });
  }
  const process = child;
  return new Promise((resolveAnswer, reject) => {
    const onExit = (): void => reject(new Error(`CPython in WebAssembly broke down over ${JSON.stringify(request)}`));
    process.once('exit', onExit);
    process.once('message', (answer) => {
      process.off('exit', onExit);
      resolveAnswer(answer as OracleAnswer);
    });
    process.send(request);
  });
}

/** What CPython 3.14 does with a program. Call `closeOracle` at the end, or the child process keeps this one alive. */
export async function oracle(request: OracleRequest): Promise<OracleAnswer> {
  const complete = request.file === undefined ? request : { ...request, file: resolve(request.file) };
  const key = cacheKey(complete);
  const cached = join(cacheFolder, `${key}.json`);
  if (key !== null) {
    try {
      return JSON.parse(readFileSync(cached, 'utf8')) as OracleAnswer;
    } catch {
      // not answered yet
    }
  }
  const turn = queue.then(() => askTwice(complete));
  queue = turn.catch(() => {});
  const answer = await turn;
  if (key === null) return answer;
  mkdirSync(cacheFolder, { recursive: true });
  writeFileSync(`${cached}.${process.pid}`, JSON.stringify(answer));
  renameSync(`${cached}.${process.pid}`, cached);
  return answer;
}

/** Ends the child process, if one was started. */
export function closeOracle(): void {
  child?.disconnect();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [first, second, ...rest] = process.argv.slice(2);
  const request = first === '-c' ? { code: second, args: rest } : { file: first, args: process.argv.slice(3) };
  const answer = await oracle(request);
  process.stdout.write(answer.stdout);
  process.stderr.write(answer.stderr);
  process.exitCode = answer.status;
  closeOracle();
}
