/** IncrementalNewlineDecoder: universal newlines over another decoder, or over str that is given to it. */
import { Fixed } from '../heap/fixed.ts';
import { Kind } from '../heap/layouts.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, refAt, setRef, setSmallInt } from '../heap/values.ts';
import { newBytes } from '../objects/bytes.ts';
import { declareType, newRecord, recordValue } from '../objects/declared-types.ts';
import { raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { bigIntAt, isInt, setBigInt, setBool } from '../objects/integers.ts';
import { callMethod } from '../objects/invoke.ts';
import { getset, natives, staticNatives } from '../objects/natives.ts';
import { truth } from '../objects/operations.ts';
import { codePointAt, intern, isStr, newStringFromCodePoints, stringLength, substring } from '../objects/strings.ts';
import { newTuple, newTupleFrom, tupleItem, tupleSize } from '../objects/tuples.ts';
import { kindAt, typeName } from '../objects/types.ts';
import { auxOf, isNone, setAux } from './io-base.ts';

/** Which newlines were met. */
export enum Seen {
  carriageReturn = 1,
  lineFeed = 2,
  both = 4,
}
enum DecoderFlag {
  seen = 7,
  translate = 8,
  pending = 16,
  initialized = 32,
}

/** value 0: the decoder, None for str; NULL before __init__ */
export const NEWLINE_DECODER = declareType({ name: 'IncrementalNewlineDecoder', module: '_io', values: 1 });

staticNatives(NEWLINE_DECODER, {
  '__new__(cls, /, *args, **kwargs)': (args, result) => setRef(result, newRecord(refAt(args))),
});

/** The value of an attribute `newlines` for what was seen. */
export function newlinesValue(seen: number, result: number): void {
  const texts: string[] = [];
  if (seen & Seen.carriageReturn) texts.push('\r');
  if (seen & Seen.lineFeed) texts.push('\n');
  if (seen & Seen.both) texts.push('\r\n');
  if (texts.length < 2) {
    setRef(result, texts.length === 0 ? Fixed.none : intern(texts[0]));
    return;
  }
  const slots = pushSlots(texts.length);
  texts.forEach((text, i) => {
    setRef(slots + i, intern(text));
  });
  setRef(result, newTupleFrom(slots, texts.length));
  popSlots(texts.length);
}

/** Which newlines a str has, and whether it has a carriage return at all. */
export let newlinesSeen = 0;
/** The str with all its newlines as '\n' (the same str if it has no '\r'); sets newlinesSeen. Allocates. */
export function translateNewlines(text: number, translate: boolean): number {
  const length = stringLength(text);
  let seen = 0;
  let firstReturn = -1;
  for (let i = 0; i < length; i++) {
    const code = codePointAt(text, i);
    if (code === 10) seen |= Seen.lineFeed;
    else if (code === 13) {
      if (firstReturn < 0) firstReturn = i;
      if (i + 1 < length && codePointAt(text, i + 1) === 10) {
        seen |= Seen.both;
        i++;
      } else seen |= Seen.carriageReturn;
    }
  }
  newlinesSeen = seen;
  if (firstReturn < 0 || !translate) return text;
  const codes: number[] = [];
  for (let i = 0; i < length; i++) {
    const code = codePointAt(text, i);
    if (code === 13) {
      codes.push(10);
      if (i + 1 < length && codePointAt(text, i + 1) === 10) i++;
    } else codes.push(code);
  }
  return newStringFromCodePoints(codes);
}

/** What a newline decoder does with text that came out of the decoder below: slot `text` in, slot `result` out. */
export function decodeNewlines(self: number, text: number, final: boolean, result: number): void {
  let aux = auxOf(self);
  let ref = refAt(text);
  const slot = pushSlots(1);
  if ((aux & DecoderFlag.pending) !== 0 && (final || stringLength(ref) > 0)) {
    const length = stringLength(ref);
    const codes = [13];
    for (let i = 0; i < length; i++) codes.push(codePointAt(ref, i));
    ref = newStringFromCodePoints(codes);
    aux &= ~DecoderFlag.pending;
  }
  const length = stringLength(ref);
  if (!final && length > 0 && codePointAt(ref, length - 1) === 13) {
    aux |= DecoderFlag.pending;
    setRef(slot, ref);
    ref = substring(ref, 0, length - 1);
  }
  setRef(slot, ref);
  const answer = translateNewlines(ref, (aux & DecoderFlag.translate) !== 0);
  setAux(self, aux | newlinesSeen);
  setRef(result, answer);
  popSlots(1);
}

function decoderCell(self: number): number {
  const cell = recordValue(self, 0);
  if (isNull(cell)) raiseValueError('IncrementalNewlineDecoder.__init__() not called');
  return cell;
}

natives(NEWLINE_DECODER, {
  "__init__(self, decoder, translate, errors='strict')": (args, result) => {
    copyValue(recordValue(refAt(args), 0), args + 1);
    setAux(refAt(args), DecoderFlag.initialized | (truth(args + 2) ? DecoderFlag.translate : 0));
    setRef(result, Fixed.none);
  },
  'decode(self, input, final=False)': (args, result) => {
    const cell = decoderCell(refAt(args));
    const final = truth(args + 2);
    const slots = pushSlots(3);
    if (isNone(cell)) copyValue(slots, args + 1);
    else {
      copyValue(slots + 1, args + 1);
      setBool(slots + 2, final);
      callMethod(cell, 'decode', slots + 1, 2, slots);
    }
    if (!isStr(slots)) raiseTypeError(`decoder should return a string result, not '${typeName(slots)}'`);
    decodeNewlines(refAt(args), slots, final, result);
    popSlots(3);
  },
  'getstate(self, /)': (args, result) => {
    const cell = decoderCell(refAt(args));
    const slots = pushSlots(2);
    let flag = 0n;
    if (isNone(cell)) setRef(slots, newBytes(0));
    else {
      callMethod(cell, 'getstate', slots, 0, slots + 1);
      if (kindAt(slots + 1) !== Kind.tuple || tupleSize(refAt(slots + 1)) !== 2)
        raiseTypeError('illegal decoder state');
      if (!isInt(tupleItem(refAt(slots + 1), 1))) raiseTypeError('illegal decoder state');
      copyValue(slots, tupleItem(refAt(slots + 1), 0));
      flag = bigIntAt(tupleItem(refAt(slots + 1), 1));
    }
    const tuple = newTuple(2);
    setSmallInt(tupleItem(tuple, 1), 0);
    copyValue(tupleItem(tuple, 0), slots);
    setBigInt(tupleItem(tuple, 1), (flag << 1n) | (auxOf(refAt(args)) & DecoderFlag.pending ? 1n : 0n));
    setRef(result, tuple);
    popSlots(2);
  },
  'setstate(self, state, /)': (args, result) => {
    const cell = decoderCell(refAt(args));
    if (kindAt(args + 1) !== Kind.tuple) raiseTypeError('state argument must be a tuple');
    const state = refAt(args + 1);
    if (tupleSize(state) !== 2 || !isInt(tupleItem(state, 1))) raiseTypeError('illegal decoder state');
    const flag = bigIntAt(tupleItem(state, 1));
    const aux = auxOf(refAt(args)) & ~DecoderFlag.pending;
    setAux(refAt(args), (flag & 1n) === 1n ? aux | DecoderFlag.pending : aux);
    if (!isNone(cell)) {
      const slots = pushSlots(2);
      const inner = newTuple(2);
      setSmallInt(tupleItem(inner, 1), 0);
      setRef(slots, inner);
      copyValue(tupleItem(inner, 0), tupleItem(state, 0));
      setBigInt(tupleItem(inner, 1), flag >> 1n);
      callMethod(cell, 'setstate', slots, 1, slots + 1);
      popSlots(2);
    }
    setRef(result, Fixed.none);
  },
  'reset(self, /)': (args, result) => {
    const cell = decoderCell(refAt(args));
    setAux(refAt(args), auxOf(refAt(args)) & ~(DecoderFlag.pending | DecoderFlag.seen));
    if (!isNone(cell)) {
      const slot = pushSlots(1);
      callMethod(cell, 'reset', slot, 0, slot);
      popSlots(1);
    }
    setRef(result, Fixed.none);
  },
});
getset(NEWLINE_DECODER, 'newlines', (object, result) => {
  decoderCell(refAt(object));
  newlinesValue(auxOf(refAt(object)) & DecoderFlag.seen, result);
});
