/**
 * Where the heap's memory comes from: it is a WebAssembly memory, because the interpreter's hot functions are compiled to
 * WebAssembly when the bundle is built (scripts/webassembly), and WebAssembly reaches only memories of its own. The
 * operating system commits it lazily; the addon, if there is one, is told where it lies, so that machine code shares it.
 *
 * It is declared as shared though one thread uses it: V8 counts other buffers towards the memory under its care, and the
 * sight of 4 GiB makes it collect garbage at once, 5-10 ms at every start. Turned down: mapping memory in the addon (no
 * WebAssembly could use it).
 */
import { addon } from '../addon/load.ts';

const PAGE_BYTES = 2 ** 16;

/** The little that is used of WebAssembly's JavaScript interface, which Node's type declarations leave out. */
declare const WebAssembly: {
  Memory: new (descriptor: { initial: number; maximum: number; shared: boolean }) => { readonly buffer: ArrayBuffer };
};

/** 4 GiB of address space: all that a WebAssembly memory can have. */
export const HEAP_BYTES = 2 ** 32;
export const heapMemory = reserve();
addon?.useHeap(new Uint8Array(heapMemory.buffer));

function reserve(): { readonly buffer: ArrayBuffer } {
  const pages = HEAP_BYTES / PAGE_BYTES;
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  } catch {
    // The launcher prints it without a stack.
    throw Object.assign(new Error('cannot reserve 4 GiB of address space for the heap (see ulimit -v)'), {
      code: 'COPYJIT_NO_ADDRESS_SPACE',
    });
  }
}
