/**
 * Finds and loads the Node-API addon, the door to machine code. No addon (no compiler at installation, another
 * platform) is no error: `addon` is null and `addonProblem` says why, for the one line that `run` prints.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Addon {
  /** Says which memory is the heap: `bytes`, whose buffer must stay where it is. Once a process; keeps it alive. */
  useHeap(bytes: Uint8Array): void;
  /**
   * Maps code memory twice: the returned buffer is the writable, never executable view; the other mapping is
   * executable, never writable. Its address is stored as a 64-bit number in the heap at byte offset `addressAt`.
   */
  mapCode(size: number, addressAt: number): ArrayBuffer;
  /** Makes [offset, offset + length) of code memory coherent for execution (needed on aarch64). */
  publish(offset: number, length: number): void;
  /** Calls the code at offset 0 of code memory as `void f(void *heapBase)`. No argument, no result: about 20 ns. */
  enter(): void;
  /** SIGINT then sets bit `flag` in the heap's 32-bit word `word`; false restores the default action. */
  watchInterrupt(on: boolean, word: number, flag: number): void;
}

export let addon: Addon | null = null;
export let addonProblem = '';

/** The folder that holds package.json: both src/addon/load.ts and a bundle in dist/ lie below it. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}

if (process.env.COPYJIT_NO_ADDON) addonProblem = 'COPYJIT_NO_ADDON is set';
else {
  const file = join(packageRoot(), 'dist', 'addon', `${process.platform}-${process.arch}.node`);
  if (!existsSync(file)) addonProblem = 'the native addon was not built (no C compiler at installation?)';
  else
    try {
      addon = createRequire(import.meta.url)(file) as Addon;
    } catch (error) {
      addonProblem = `the native addon does not load: ${(error as Error).message}`;
    }
}
