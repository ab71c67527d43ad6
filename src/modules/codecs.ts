/**
 * The `_codecs` module: the registry of codecs and of error handlers, and the functions that the modules of the
 * `encodings` package are made of. Each *_encode and *_decode function answers (result, how much of the input it took).
 */
import { Fixed, T } from '../heap/fixed.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef, setSmallInt } from '../heap/values.ts';
import { bufferData, bufferLength, readBuffer } from '../objects/buffers.ts';
import { isCallable } from '../objects/builtins-types.ts';
import { newBytesFromHeap } from '../objects/bytes.ts';
import { buildCharmap, decodeCharmap, encodeCharmap } from '../objects/codec-charmap.ts';
import { errorHandlers, isStandardHandler, lookupErrorHandler, registerErrorHandler } from '../objects/codec-errors.ts';
import { decodeEscape, decodeUnicodeEscape, encodeEscape, encodeUnicodeEscape } from '../objects/codec-escapes.ts';
import { applyCodec, lookupCodec, registerSearch, unregisterSearch } from '../objects/codec-registry.ts';
import {
  codecConsumed,
  decodeAscii,
  decodeUtf8,
  decodeWide,
  encodeNarrow,
  encodeUtf8,
  encodeWide,
  Order,
  orderFound,
} from '../objects/codec-unicode.ts';
import { decodeUtf7, encodeUtf7 } from '../objects/codec-utf7.ts';
import { dictDeleteString } from '../objects/dicts.ts';
import { raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { indexOf, setInt } from '../objects/integers.ts';
import { registerModule } from '../objects/modules.ts';
import { type NativeRoutine, natives } from '../objects/natives.ts';
import { truth } from '../objects/operations.ts';
import { intern, isStr, newStringFromLatin1, stringLength, stringOf } from '../objects/strings.ts';
import { newTuple, tupleItem } from '../objects/tuples.ts';
import { argumentType, typeName, typeOf } from '../objects/types.ts';
import { readBufferOrText } from './buffer-arguments.ts';

const isNone = (slot: number): boolean => isRef(slot) && refAt(slot) === Fixed.none;

function errorsAt(slot: number, routine: string): string {
  if (isNull(slot) || isNone(slot)) return 'strict';
  if (!isStr(slot)) raiseTypeError(`${routine}() argument 2 must be str or None, not ${argumentType(slot)}`);
  return stringOf(refAt(slot));
}
function setPair(result: number, ref: number, count: number): void {
  const tuple = newTuple(2);
  setRef(tupleItem(tuple, 0), ref);
  setInt(tupleItem(tuple, 1), count);
  setRef(result, tuple);
}
/** A function `name(str, errors=None, /)`. */
function encoder(name: string, encode: (ref: number, errors: string) => number): Record<string, NativeRoutine> {
  return {
    [`${name}(str, errors=None, /)`]: (args, result) => {
      if (!isStr(args)) raiseTypeError(`${name}() argument 1 must be str, not ${argumentType(args)}`);
      const length = stringLength(refAt(args));
      setPair(result, encode(refAt(args), errorsAt(args + 1, name)), length);
    },
  };
}
/** A function `name(data, errors=None, final=False, /)`, or without `final` if it makes no difference. */
function decoder(
  name: string,
  decode: (data: number, length: number, errors: string, source: number, final: boolean) => number,
  stateful: boolean,
): Record<string, NativeRoutine> {
  return {
    [`${name}(data, errors=None${stateful ? ', final=False' : ''}, /)`]: (args, result) => {
      const errors = errorsAt(args + 1, name);
      readBuffer(args);
      const ref = decode(bufferData, bufferLength, errors, refAt(args), !stateful || truth(args + 2));
      setPair(result, ref, codecConsumed);
    },
  };
}
function wide(size: 2 | 4, suffix: string, order: Order): Record<string, NativeRoutine> {
  const name = `utf_${size * 8}${suffix}`;
  return decoder(
    `${name}_decode`,
    (data, length, errors, source, final) => decodeWide(data, length, size, order, errors, source, final),
    true,
  );
}
function byteOrder(value: number): Order {
  return value === 0 ? Order.native : value < 0 ? Order.little : Order.big;
}
/** utf_16_encode and utf_32_encode take a byte order. */
function wideEncoder(size: 2 | 4): Record<string, NativeRoutine> {
  const name = `utf_${size * 8}_encode`;
  return {
    [`${name}(str, errors=None, byteorder=0, /)`]: (args, result) => {
      if (!isStr(args)) raiseTypeError(`${name}() argument 1 must be str, not ${argumentType(args)}`);
      const length = stringLength(refAt(args));
      const order = byteOrder(indexOf(args + 2));
      setPair(result, encodeWide(refAt(args), size, order, errorsAt(args + 1, name)), length);
    },
  };
}
/** utf_16_ex_decode and utf_32_ex_decode take a byte order and tell which one they found. */
function exDecoder(size: 2 | 4): Record<string, NativeRoutine> {
  const name = `utf_${size * 8}_ex_decode`;
  return {
    [`${name}(data, errors=None, byteorder=0, final=False, /)`]: (args, result) => {
      const errors = errorsAt(args + 1, name);
      const order = byteOrder(indexOf(args + 2));
      readBuffer(args);
      const ref = decodeWide(bufferData, bufferLength, size, order, errors, refAt(args), truth(args + 3));
      const tuple = newTuple(3);
      setRef(tupleItem(tuple, 0), ref);
      setInt(tupleItem(tuple, 1), codecConsumed);
      setSmallInt(tupleItem(tuple, 2), orderFound === Order.native ? 0 : orderFound === Order.little ? -1 : 1);
      setRef(result, tuple);
    },
  };
}
/** unicode_escape_decode and its kin also take a str. */
function escapeDecoder(
  name: string,
  decode: (data: number, length: number, errors: string, source: number, final: boolean) => number,
  stateful: boolean,
): Record<string, NativeRoutine> {
  return {
    [`${name}(data, errors=None${stateful ? ', final=True' : ''}, /)`]: (args, result) => {
      const errors = errorsAt(args + 1, name);
      readBufferOrText(args);
      const ref = decode(bufferData, bufferLength, errors, refAt(args), !stateful || truth(args + 2));
      setPair(result, ref, codecConsumed);
    },
  };
}

/** An encoding's name as text. */
function encodingAt(slot: number, routine: string, argument = ''): string {
  if (isNull(slot)) return 'utf-8';
  const which = argument === '' ? 'argument' : `argument ${argument}`;
  if (!isStr(slot)) raiseTypeError(`${routine}() ${which} must be str, not ${typeName(slot)}`);
  const text = stringOf(refAt(slot));
  if (text.includes('\0')) raiseValueError('embedded null character');
  return text;
}
function recode(which: 0 | 1): NativeRoutine {
  const routine = which === 0 ? 'encode' : 'decode';
  return (args, result) => {
    const encoding = encodingAt(args + 1, routine, "'encoding'");
    const errors = isNull(args + 2) ? null : encodingAt(args + 2, routine, "'errors'");
    const slots = pushSlots(1);
    lookupCodec(encoding, slots);
    applyCodec(slots, which, args, encoding, errors, result);
    popSlots(1);
  };
}

natives('_codecs', {
  'register(search_function, /)': (args, result) => {
    if (!isCallable(args)) raiseTypeError('argument must be callable');
    registerSearch(args);
    setRef(result, Fixed.none);
  },
  'unregister(search_function, /)': (args, result) => {
    unregisterSearch(args);
    setRef(result, Fixed.none);
  },
  'lookup(encoding, /)': (args, result) => lookupCodec(encodingAt(args, 'lookup'), result),
  'encode(obj, encoding=..., errors=...)': recode(0),
  'decode(obj, encoding=..., errors=...)': recode(1),
  'register_error(errors, handler, /)': (args, result) => {
    const name = encodingAt(args, 'register_error', '1');
    if (!isCallable(args + 1)) raiseTypeError('handler must be callable');
    registerErrorHandler(name, args + 1);
    setRef(result, Fixed.none);
  },
  '_unregister_error(errors, /)': (args, result) => {
    const name = encodingAt(args, '_unregister_error', '1');
    if (isStandardHandler(name)) raiseValueError(`cannot un-register built-in error handler '${name}'`);
    const handlers = errorHandlers();
    const removed = handlers !== 0 && dictDeleteString(handlers, intern(name));
    setRef(result, removed ? Fixed.true : Fixed.false);
  },
  'lookup_error(name, /)': (args, result) => {
    copyValue(result, lookupErrorHandler(encodingAt(args, 'lookup_error')));
  },
  'readbuffer_encode(data, errors=None, /)': (args, result) => {
    readBufferOrText(args);
    const length = bufferLength;
    setPair(result, newBytesFromHeap(bufferData, length), length);
  },
  'charmap_build(map, /)': (args, result) => {
    if (!isStr(args)) raiseTypeError(`charmap_build() argument must be str, not ${argumentType(args)}`);
    buildCharmap(refAt(args), result);
  },
  'charmap_encode(str, errors=None, mapping=None, /)': (args, result) => {
    if (!isStr(args)) raiseTypeError(`charmap_encode() argument 1 must be str, not ${argumentType(args)}`);
    const length = stringLength(refAt(args));
    const errors = errorsAt(args + 1, 'charmap_encode');
    const ref = isNone(args + 2)
      ? encodeNarrow(refAt(args), 256, 'latin-1', errors)
      : encodeCharmap(args, args + 2, errors);
    setPair(result, ref, length);
  },
  'charmap_decode(data, errors=None, mapping=None, /)': (args, result) => {
    const errors = errorsAt(args + 1, 'charmap_decode');
    readBuffer(args);
    const length = bufferLength;
    const ref = isNone(args + 2)
      ? newStringFromLatin1(bufferData, length)
      : decodeCharmap(bufferData, length, args + 2, errors, args);
    setPair(result, ref, length);
  },
  'escape_encode(data, errors=None, /)': (args, result) => {
    if (typeOf(args) !== T.bytes) raiseTypeError(`escape_encode() argument 1 must be bytes, not ${argumentType(args)}`);
    readBuffer(args);
    const length = bufferLength;
    setPair(result, encodeEscape(bufferData, length), length);
  },
  ...escapeDecoder('escape_decode', decodeEscape, false),
  ...escapeDecoder(
    'unicode_escape_decode',
    (data, length, errors, source, final) => decodeUnicodeEscape(data, length, false, errors, source, final),
    true,
  ),
  ...escapeDecoder(
    'raw_unicode_escape_decode',
    (data, length, errors, source, final) => decodeUnicodeEscape(data, length, true, errors, source, final),
    true,
  ),
  ...encoder('unicode_escape_encode', (ref) => encodeUnicodeEscape(ref, false)),
  ...encoder('raw_unicode_escape_encode', (ref) => encodeUnicodeEscape(ref, true)),
  ...encoder('utf_8_encode', encodeUtf8),
  ...decoder('utf_8_decode', decodeUtf8, true),
  ...encoder('utf_7_encode', encodeUtf7),
  ...decoder('utf_7_decode', decodeUtf7, true),
  ...encoder('ascii_encode', (ref, errors) => encodeNarrow(ref, 128, 'ascii', errors)),
  ...decoder('ascii_decode', decodeAscii, false),
  ...encoder('latin_1_encode', (ref, errors) => encodeNarrow(ref, 256, 'latin-1', errors)),
  'latin_1_decode(data, errors=None, /)': (args, result) => {
    readBuffer(args);
    const length = bufferLength;
    setPair(result, newStringFromLatin1(bufferData, length), length);
  },
  ...wideEncoder(2),
  ...wideEncoder(4),
  ...encoder('utf_16_le_encode', (ref, errors) => encodeWide(ref, 2, Order.little, errors)),
  ...encoder('utf_16_be_encode', (ref, errors) => encodeWide(ref, 2, Order.big, errors)),
  ...encoder('utf_32_le_encode', (ref, errors) => encodeWide(ref, 4, Order.little, errors)),
  ...encoder('utf_32_be_encode', (ref, errors) => encodeWide(ref, 4, Order.big, errors)),
  ...wide(2, '', Order.native),
  ...wide(2, '_le', Order.little),
  ...wide(2, '_be', Order.big),
  ...wide(4, '', Order.native),
  ...wide(4, '_le', Order.little),
  ...wide(4, '_be', Order.big),
  ...exDecoder(2),
  ...exDecoder(4),
});

registerModule('_codecs');
