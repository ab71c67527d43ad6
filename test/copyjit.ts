/** Runs the built `copyjit` command in a process of its own, as a user would, for the tests. */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const launcher = join(dirname(fileURLToPath(import.meta.url)), '..', 'bin', 'copyjit.cjs');

/** How one run of the command ended; `signal` is null unless it was killed. */
export interface CommandResult {
  stdout: string;
  stderr: string;
  status: number | null;
  signal: NodeJS.Signals | null;
}

/** Where and how a command runs; `timeout` in milliseconds. */
export interface CommandOptions {
  stdin?: string;
  env?: Record<string, string>;
  cwd?: string;
  timeout?: number;
  /** the command of another copy of the package */
  launcher?: string;
}

/** `copyjit ARGS...`. Killed by SIGKILL when it takes longer than the time-out (one minute by default). */
export function copyjit(args: string[], options: CommandOptions = {}): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [options.launcher ?? launcher, ...args], {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: [options.stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      timeout: options.timeout ?? 60_000,
      killSignal: 'SIGKILL',
    });
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (data) => {
      stdout += data;
    });
    child.stderr?.setEncoding('utf8').on('data', (data) => {
      stderr += data;
    });
    child.stdin?.end(options.stdin);
    child.on('error', reject);
    child.on('close', (status, signal) => resolve({ stdout, stderr, status, signal }));
  });
}

/** Calls `work` on every item, as many at a time as the machine has processors. */
export async function inParallel<Item>(items: Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
}
