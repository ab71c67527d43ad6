/** CRCs over bytes of the heap: crc32 of zip and zlib, and CCITT's 16-bit one. */
import { bytes } from '../heap/memory.ts';

let crc32Table: Int32Array | null = null;

function makeCrc32Table(): Int32Array {
  return Int32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    return crc;
  });
}

/** The CRC (unsigned) of `length` bytes from byte offset `data`, going on from `start`. */
export function crc32(data: number, length: number, start: number): number {
  crc32Table ??= makeCrc32Table();
  let crc = ~start;
  for (let i = data; i < data + length; i++) crc = crc32Table[(crc ^ bytes[i]) & 255] ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** The 16-bit CRC of the polynomial x**16 + x**12 + x**5 + 1. */
export function crcCcitt(data: number, length: number, start: number): number {
  let crc = start & 0xffff;
  for (let i = data; i < data + length; i++) {
    crc ^= bytes[i] << 8;
    for (let bit = 0; bit < 8; bit++) crc = ((crc << 1) ^ (crc & 0x8000 ? 0x1021 : 0)) & 0xffff;
  }
  return crc;
}
