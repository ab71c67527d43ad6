/**
 * Where the heap's memory comes from: the addon's mapping if there is an addon, else a plain ArrayBuffer (lazily
 * committed by the operating system in both cases).
 */
import { addon } from '../addon/load.ts';

/** `size` bytes of zeroed address space. */
export function reserveHeap(size: number): ArrayBuffer {
  return addon ? addon.mapHeap(size) : new ArrayBuffer(size);
}
