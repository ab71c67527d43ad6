/** CRCs over bytes of the heap: crc32 of zip and zlib, and CCITT's 16-bit one. */
import { bytes } from '../heap/memory.ts';

let crc32Table: Int32Array | null = null;

/** Four tables of 256: what a byte does to the CRC that lies 0, 1, 2 or 3 bytes before the end of four. */
function makeCrc32Table(): Int32Array {
  const table = new Int32Array(1024);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    table[byte] = crc;
  }
  for (let i = 256; i < 1024; i++) table[i] = table[table[i - 256] & 255] ^ (table[i - 256] >>> 8);
  return table;
}

/** The CRC (unsigned) of `length` bytes from byte offset `data`, going on from `start`. */
export function crc32(data: number, length: number, start: number): number {
  const table = (crc32Table ??= makeCrc32Table());
  let crc = ~start;
  let i = data;
  const end = data + length;
  for (; i < end - 3; i += 4) {
    crc ^= bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16) | (bytes[i + 3] << 24);
    crc =
      table[768 + (crc & 255)] ^
      table[512 + ((crc >>> 8) & 255)] ^
      table[256 + ((crc >>> 16) & 255)] ^
      table[crc >>> 24];
  }
  for (; i < end; i++) crc = table[(crc ^ bytes[i]) & 255] ^ (crc >>> 8);
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
