/** The zlib module. Inflating is inflate.ts, deflating deflate.ts; their states belong to the record that stands for them. */
import { constants } from 'node:zlib';
import { addSweeper } from '../heap/collector.ts';
import { Fixed, T } from '../heap/fixed.ts';
import { bytes } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef, setSmallInt } from '../heap/values.ts';
import { bufferData, bufferLength, readBuffer } from '../objects/buffers.ts';
import { newBytes, newBytesFrom } from '../objects/bytes.ts';
import { declareType, newRecord, recordValue } from '../objects/declared-types.ts';
import { dictSetString } from '../objects/dicts.ts';
import { raise, raiseValueError } from '../objects/errors.ts';
import { bigIntAt, indexOf, setBool, setInt } from '../objects/integers.ts';
import { registerModule } from '../objects/modules.ts';
import { getset, type NativeRoutine, natives, staticNatives } from '../objects/natives.ts';
import { intern, newString } from '../objects/strings.ts';
import { crc32 } from './checksums.ts';
import { Deflater, join, type Wrapper } from './deflate.ts';
import { adler32, InflateError, Inflater, type Wrapper as InflateWrapper } from './inflate.ts';

const ERROR = declareType({ name: 'error', module: 'zlib', bases: [T.Exception] });
const COMPRESS = declareType({ name: 'Compress', module: 'zlib', values: 0, hidden: true });
/** values: unused_data, unconsumed_tail; aux: 1 at the end of the stream */
const DECOMPRESS = declareType({ name: 'Decompress', module: 'zlib', values: 2, hidden: true });
/** _ZlibDecompressor of gzip; value 0: unused_data */
const DECOMPRESSOR = declareType({ name: '_ZlibDecompressor', module: 'zlib', values: 1, final: true });

const deflaters = new Map<number, Deflater>();
const inflaters = new Map<number, Inflater>();
addSweeper((isMarked) => {
  for (const table of [deflaters, inflaters]) for (const ref of table.keys()) if (!isMarked(ref)) table.delete(ref);
});

/** A copy of a bytes-like object's content. */
function bytesArgument(slot: number): Uint8Array {
  readBuffer(slot);
  return bytes.slice(bufferData, bufferData + bufferLength);
}
function dictionaryArgument(slot: number): Uint8Array | null {
  if (isNull(slot) || (isRef(slot) && refAt(slot) === Fixed.none)) return null;
  return bytesArgument(slot);
}
/** Runs something of zlib's; its errors become zlib.error. */
function guarded<Answer>(doing: string, action: () => Answer): Answer {
  try {
    return action();
  } catch (error) {
    if (error instanceof InflateError) raise(ERROR, `Error ${error.number} while ${doing}: ${error.message}`);
    const { code, errno } = error as { code?: string; errno?: number };
    if (code?.startsWith('Z_')) raise(ERROR, `Error ${errno} while ${doing}: ${(error as Error).message}`);
    if (code?.startsWith('ERR_')) raise(ERROR, 'Bad compression level');
    throw error;
  }
}
function inflateWrapper(windowBits: number): InflateWrapper {
  const size =
    windowBits < 0 ? -windowBits : windowBits > 40 ? windowBits - 32 : windowBits > 16 ? windowBits - 16 : windowBits;
  if (size !== 0 && (size < 8 || size > 15)) raiseValueError('Invalid initialization option');
  return windowBits < 0 ? 'raw' : windowBits >= 40 ? 'auto' : windowBits > 16 ? 'gzip' : 'zlib';
}
function newDeflater(
  level: number,
  windowBits: number,
  memoryLevel: number,
  strategy: number,
  dictionary: Uint8Array | null,
): Deflater {
  if (level < -1 || level > 9) raise(ERROR, 'Bad compression level');
  const wrapper: Wrapper = windowBits < 0 ? 'raw' : windowBits > 16 ? 'gzip' : 'zlib';
  const size = windowBits < 0 ? -windowBits : windowBits > 16 ? windowBits - 16 : windowBits;
  if (size < 8 || size > 15 || memoryLevel < 1 || memoryLevel > 9) {
    raiseValueError('Invalid initialization option');
  }
  if (strategy < 0 || strategy > 4) raiseValueError('Invalid initialization option');
  return new Deflater({ level, wrapper, windowBits: size, memoryLevel, strategy, dictionary });
}
function sizeArgument(slot: number, name: string): number {
  const size = indexOf(slot);
  if (size < 0) raiseValueError(`${name} must be non-negative`);
  return size;
}

natives('zlib', {
  'adler32(data, value=1, /)': (args, result) => {
    setInt(result, adler32(bytesArgument(args), Number(BigInt.asUintN(32, bigIntAt(args + 1)))));
  },
  'crc32(data, value=0, /)': (args, result) => {
    const start = Number(BigInt.asUintN(32, bigIntAt(args + 1)));
    readBuffer(args);
    setInt(result, crc32(bufferData, bufferLength, start));
  },
  'compress(data, /, level=-1, wbits=15)': (args, result) => {
    const data = bytesArgument(args);
    const deflater = newDeflater(indexOf(args + 1), indexOf(args + 2), 8, 0, null);
    const output = guarded('compressing data', () => join([deflater.add(data), deflater.flush(constants.Z_FINISH)]));
    setRef(result, newBytesFrom(output));
  },
  'decompress(data, /, wbits=15, bufsize=16384)': (args, result) => {
    const data = bytesArgument(args);
    const inflater = new Inflater(inflateWrapper(indexOf(args + 1)), null);
    if (indexOf(args + 2) < 0) raiseValueError('bufsize must be non-zero');
    const output = guarded('decompressing data', () => inflater.run(data, 0));
    if (!inflater.eof) raise(ERROR, 'Error -5 while decompressing data: incomplete or truncated stream');
    setRef(result, newBytesFrom(output));
  },
  'compressobj(level=-1, method=8, wbits=15, memLevel=8, strategy=0, zdict=None)': (args, result) => {
    const dictionary = dictionaryArgument(args + 5);
    if (indexOf(args + 1) !== 8) raiseValueError('Invalid initialization option');
    const deflater = newDeflater(indexOf(args), indexOf(args + 2), indexOf(args + 3), indexOf(args + 4), dictionary);
    const ref = newRecord(COMPRESS);
    deflaters.set(ref, deflater);
    setRef(result, ref);
  },
  'decompressobj(wbits=15, zdict=None)': (args, result) => {
    const inflater = new Inflater(inflateWrapper(indexOf(args)), dictionaryArgument(args + 1));
    const ref = newRecord(DECOMPRESS);
    for (let i = 0; i < 2; i++) setRef(recordValue(ref, i), newBytes(0));
    inflaters.set(ref, inflater);
    setRef(result, ref);
  },
});

function deflaterOf(slot: number): Deflater {
  return deflaters.get(refAt(slot))!;
}
function inflaterOf(slot: number): Inflater {
  return inflaters.get(refAt(slot))!;
}
const copyCompress: NativeRoutine = (args, result) => {
  const deflater = deflaterOf(args);
  if (deflater.finished) raiseValueError('Inconsistent stream state');
  const ref = newRecord(COMPRESS);
  deflaters.set(ref, deflater.copy());
  setRef(result, ref);
};
natives(COMPRESS, {
  'compress(self, data, /)': (args, result) => {
    const data = bytesArgument(args + 1);
    const deflater = deflaterOf(args);
    if (deflater.finished) raise(ERROR, 'Error -2 while compressing data: inconsistent stream state');
    setRef(result, newBytesFrom(guarded('compressing data', () => deflater.add(data))));
  },
  'flush(self, mode=4, /)': (args, result) => {
    const mode = indexOf(args + 1);
    const deflater = deflaterOf(args);
    if (deflater.finished) raise(ERROR, 'Error -2 while flushing: inconsistent stream state');
    setRef(result, newBytesFrom(guarded('flushing', () => deflater.flush(mode))));
  },
  'copy(self, /)': copyCompress,
  '__copy__(self, /)': copyCompress,
  '__deepcopy__(self, memo, /)': copyCompress,
});

/** After a run: what lies behind the end of the stream is unused data; what there was no room for is the tail. */
function keepRest(slot: number, inflater: Inflater, limited: boolean): void {
  const ref = refAt(slot);
  setRef(recordValue(ref, 1), newBytes(0));
  if (inflater.eof) {
    const old = recordValue(ref, 0);
    readBuffer(old);
    setRef(old, newBytesFrom(join([bytes.slice(bufferData, bufferData + bufferLength), inflater.takeRest()])));
  } else if (limited) setRef(recordValue(ref, 1), newBytesFrom(inflater.takeRest()));
}
const copyDecompress: NativeRoutine = (args, result) => {
  if (inflaterOf(args).eof) raiseValueError('Inconsistent stream state');
  const ref = newRecord(DECOMPRESS);
  for (let i = 0; i < 2; i++) copyValue(recordValue(ref, i), recordValue(refAt(args), i));
  inflaters.set(ref, inflaterOf(args).copy());
  setRef(result, ref);
};
natives(DECOMPRESS, {
  'decompress(self, data, /, max_length=0)': (args, result) => {
    const data = bytesArgument(args + 1);
    const limit = sizeArgument(args + 2, 'max_length');
    const inflater = inflaterOf(args);
    const output = guarded('decompressing data', () => inflater.run(data, limit));
    const slot = pushSlots(1);
    setRef(slot, newBytesFrom(output));
    keepRest(args, inflater, limit > 0 && output.length === limit);
    copyValue(result, slot);
    popSlots(1);
  },
  'flush(self, length=16384, /)': (args, result) => {
    if (indexOf(args + 1) <= 0) raiseValueError('length must be greater than zero');
    const inflater = inflaterOf(args);
    const tail = bytesArgument(recordValue(refAt(args), 1));
    const output = guarded('flushing', () => inflater.run(tail, 0));
    const slot = pushSlots(1);
    setRef(slot, newBytesFrom(output));
    keepRest(args, inflater, false);
    copyValue(result, slot);
    popSlots(1);
  },
  'copy(self, /)': copyDecompress,
  '__copy__(self, /)': copyDecompress,
  '__deepcopy__(self, memo, /)': copyDecompress,
});
getset(DECOMPRESS, 'unused_data', (object, result) => copyValue(result, recordValue(refAt(object), 0)));
getset(DECOMPRESS, 'unconsumed_tail', (object, result) => copyValue(result, recordValue(refAt(object), 1)));
getset(DECOMPRESS, 'eof', (object, result) => setBool(result, inflaterOf(object).eof));

natives(DECOMPRESSOR, {
  'decompress(self, data, max_length=-1)': (args, result) => {
    const data = bytesArgument(args + 1);
    const limit = indexOf(args + 2);
    const inflater = inflaterOf(args);
    if (inflater.eof) raise(T.EOFError, 'End of stream already reached');
    const output = guarded('decompressing data', () => inflater.run(data, limit < 0 ? 0 : limit || -1));
    const slot = pushSlots(1);
    setRef(slot, newBytesFrom(output));
    if (inflater.eof) setRef(recordValue(refAt(args), 0), newBytesFrom(inflater.takeRest()));
    copyValue(result, slot);
    popSlots(1);
  },
});
staticNatives(DECOMPRESSOR, {
  '__new__(cls, wbits=15, zdict=None)': (args, result) => {
    const ref = newRecord(refAt(args));
    inflaters.set(ref, new Inflater(inflateWrapper(indexOf(args + 1)), dictionaryArgument(args + 2)));
    setRef(recordValue(ref, 0), newBytes(0));
    setRef(result, ref);
  },
});
getset(DECOMPRESSOR, 'eof', (object, result) => setBool(result, inflaterOf(object).eof));
getset(DECOMPRESSOR, 'needs_input', (object, result) => setBool(result, inflaterOf(object).needsInput));
getset(DECOMPRESSOR, 'unused_data', (object, result) => copyValue(result, recordValue(refAt(object), 0)));

registerModule('zlib', (dict) => {
  const slot = pushSlots(1);
  const set = (name: string, value: number): void => {
    setSmallInt(slot, value);
    dictSetString(dict, intern(name), slot);
  };
  const values: Readonly<Record<string, number>> = {
    MAX_WBITS: 15,
    DEFLATED: 8,
    DEF_MEM_LEVEL: 8,
    DEF_BUF_SIZE: 16384,
    Z_NO_COMPRESSION: 0,
    Z_BEST_SPEED: 1,
    Z_BEST_COMPRESSION: 9,
    Z_DEFAULT_COMPRESSION: -1,
    Z_FILTERED: 1,
    Z_HUFFMAN_ONLY: 2,
    Z_RLE: 3,
    Z_FIXED: 4,
    Z_DEFAULT_STRATEGY: 0,
    Z_NO_FLUSH: 0,
    Z_PARTIAL_FLUSH: 1,
    Z_SYNC_FLUSH: 2,
    Z_FULL_FLUSH: 3,
    Z_FINISH: 4,
    Z_BLOCK: 5,
    Z_TREES: 6,
  };
  for (const [name, value] of Object.entries(values)) set(name, value);
  for (const name of ['ZLIB_VERSION', 'ZLIB_RUNTIME_VERSION']) {
    setRef(slot, newString(process.versions.zlib.replace(/[^0-9.].*/, '')));
    dictSetString(dict, intern(name), slot);
  }
  setRef(slot, newString('1.0'));
  dictSetString(dict, intern('__version__'), slot);
  popSlots(1);
});
