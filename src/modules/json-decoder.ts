/**
 * _json's scanner: what json.loads calls with the document and a position. Hooks and number parsers are Python's; where
 * they are the usual ones (None, float, int) nothing is called.
 */
import { Fixed, T } from '../heap/fixed.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isRef, refAt, setFloat, setRef } from '../heap/values.ts';
import { getAttribute } from '../objects/attributes.ts';
import { declareType, newRecord, recordValue } from '../objects/declared-types.ts';
import { dictFindOrSet, dictSet, newDict } from '../objects/dicts.ts';
import { raiseStopIteration } from '../objects/errors.ts';
import { setParsedInt } from '../objects/int-text.ts';
import { indexOf, setBool, setInt } from '../objects/integers.ts';
import { call } from '../objects/invoke.ts';
import { listAppend, newList } from '../objects/lists.ts';
import { getset, natives, staticNatives } from '../objects/natives.ts';
import { truth } from '../objects/operations.ts';
import { codePointAt, decode, intern, newString, setString, stringLength } from '../objects/strings.ts';
import { newTuple, tupleItem } from '../objects/tuples.ts';
import { raiseDecodeError, scanArgument, scanString, stringEnd } from './json-strings.ts';

export const SCANNER = declareType({ name: 'Scanner', module: '_json', values: 6, hidden: true });
const scannerFields = ['strict', 'object_hook', 'object_pairs_hook', 'parse_float', 'parse_int', 'parse_constant'];
enum Field {
  strict,
  objectHook,
  objectPairsHook,
  parseFloat,
  parseInt,
  parseConstant,
}

const isNone = (slot: number): boolean => isRef(slot) && refAt(slot) === Fixed.none;

/** One run of the scanner. */
class Scan {
  /** where the value read last ended */
  end = 0;
  private readonly length: number;
  private readonly strict: boolean;

  constructor(
    private readonly scanner: number,
    /** slot of a dict: the keys met so far, so that equal ones are one object */
    private readonly keys: number,
    private readonly document: number,
  ) {
    this.length = stringLength(document);
    this.strict = truth(recordValue(scanner, Field.strict));
  }

  private code(at: number): number {
    return at < this.length ? codePointAt(this.document, at) : -1;
  }
  private skip(from: number): number {
    let at = from;
    for (;;) {
      const code = this.code(at);
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return at;
      at++;
    }
  }
  private fail(message: string, at: number): never {
    raiseDecodeError(message, this.document, at);
  }
  private noValue(at: number): never {
    const slot = pushSlots(1);
    setInt(slot, at);
    raiseStopIteration(slot);
  }
  private startsWith(text: string, at: number): boolean {
    for (let i = 0; i < text.length; i++) if (this.code(at + i) !== text.charCodeAt(i)) return false;
    return true;
  }

  /** result = the value that begins at `at`. */
  value(at: number, result: number): void {
    switch (this.code(at)) {
      case 34:
        setRef(result, scanString(this.document, at + 1, this.strict));
        this.end = stringEnd;
        return;
      case 123:
        this.object(at + 1, result);
        return;
      case 91:
        this.array(at + 1, result);
        return;
      case 110:
        if (this.word('null', at)) {
          setRef(result, Fixed.none);
          return;
        }
        break;
      case 116:
        if (this.word('true', at)) {
          setBool(result, true);
          return;
        }
        break;
      case 102:
        if (this.word('false', at)) {
          setBool(result, false);
          return;
        }
        break;
      case 78:
        if (this.word('NaN', at)) {
          this.constant('NaN', result);
          return;
        }
        break;
      case 73:
        if (this.word('Infinity', at)) {
          this.constant('Infinity', result);
          return;
        }
        break;
      case 45:
        if (this.word('-Infinity', at)) {
          this.constant('-Infinity', result);
          return;
        }
    }
    this.number(at, result);
  }
  private word(text: string, at: number): boolean {
    if (!this.startsWith(text, at)) return false;
    this.end = at + text.length;
    return true;
  }
  private constant(text: string, result: number): void {
    const argument = pushSlots(1);
    setString(argument, text);
    call(recordValue(this.scanner, Field.parseConstant), argument, 1, result);
    popSlots(1);
  }

  private digits(from: number): number {
    let at = from;
    for (;;) {
      const code = this.code(at);
      if (code < 48 || code > 57) return at;
      at++;
    }
  }
  private number(start: number, result: number): void {
    let at = start;
    if (this.code(at) === 45) at++;
    const first = this.code(at);
    if (first < 48 || first > 57) this.noValue(start);
    at = first === 48 ? at + 1 : this.digits(at);
    let isFloat = false;
    if (this.code(at) === 46) {
      const end = this.digits(at + 1);
      if (end > at + 1) {
        at = end;
        isFloat = true;
      }
    }
    if ((this.code(at) | 32) === 101) {
      const sign = this.code(at + 1);
      const from = sign === 43 || sign === 45 ? at + 2 : at + 1;
      const end = this.digits(from);
      if (end > from) {
        at = end;
        isFloat = true;
      }
    }
    this.end = at;
    const text = decode(this.document, start, at);
    const parser = recordValue(this.scanner, isFloat ? Field.parseFloat : Field.parseInt);
    if (refAt(parser) === (isFloat ? T.float : T.int) && isRef(parser)) {
      if (isFloat) setFloat(result, Number(text));
      else if (text.length < 16) setInt(result, Number(text) + 0);
      else setParsedInt(text, 10, newString(text), result);
      return;
    }
    const argument = pushSlots(1);
    setString(argument, text);
    call(parser, argument, 1, result);
    popSlots(1);
  }

  private object(start: number, result: number): void {
    const slots = pushSlots(4);
    const key = slots + 1;
    const item = slots + 2;
    const pairsHook = recordValue(this.scanner, Field.objectPairsHook);
    const asPairs = !isNone(pairsHook);
    setRef(slots, asPairs ? newList(0) : newDict());
    let at = this.skip(start);
    if (this.code(at) === 125) at++;
    else {
      for (;;) {
        if (this.code(at) !== 34) this.fail('Expecting property name enclosed in double quotes', at);
        setRef(key, scanString(this.document, at + 1, this.strict));
        copyValue(key, dictFindOrSet(refAt(this.keys), key, key));
        at = this.skip(stringEnd);
        if (this.code(at) !== 58) this.fail("Expecting ':' delimiter", at);
        this.value(this.skip(at + 1), item);
        if (asPairs) {
          const pair = newTuple(2);
          copyValue(tupleItem(pair, 0), key);
          copyValue(tupleItem(pair, 1), item);
          setRef(item, pair);
          listAppend(refAt(slots), item);
        } else dictSet(refAt(slots), key, item);
        at = this.skip(this.end);
        const code = this.code(at);
        if (code === 125) {
          at++;
          break;
        }
        if (code !== 44) this.fail("Expecting ',' delimiter", at);
        const comma = at;
        at = this.skip(at + 1);
        if (this.code(at) === 125) this.fail('Illegal trailing comma before end of object', comma);
      }
    }
    const hook = asPairs ? pairsHook : recordValue(this.scanner, Field.objectHook);
    if (asPairs || !isNone(hook)) call(hook, slots, 1, result);
    else copyValue(result, slots);
    this.end = at;
    popSlots(4);
  }

  private array(start: number, result: number): void {
    const slots = pushSlots(2);
    setRef(slots, newList(0));
    let at = this.skip(start);
    if (this.code(at) === 93) at++;
    else {
      for (;;) {
        this.value(at, slots + 1);
        listAppend(refAt(slots), slots + 1);
        at = this.skip(this.end);
        const code = this.code(at);
        if (code === 93) {
          at++;
          break;
        }
        if (code !== 44) this.fail("Expecting ',' delimiter", at);
        const comma = at;
        at = this.skip(at + 1);
        if (this.code(at) === 93) this.fail('Illegal trailing comma before end of array', comma);
      }
    }
    copyValue(result, slots);
    this.end = at;
    popSlots(2);
  }
}

staticNatives(SCANNER, {
  '__new__(cls, context)': (args, result) => {
    const scanner = pushSlots(2);
    setRef(scanner, newRecord(refAt(args)));
    scannerFields.forEach((name, i) => {
      getAttribute(args + 1, intern(name), scanner + 1);
      if (i === Field.strict) setBool(scanner + 1, truth(scanner + 1));
      copyValue(recordValue(refAt(scanner), i), scanner + 1);
    });
    copyValue(result, scanner);
    popSlots(2);
  },
});
natives(SCANNER, {
  '__call__(self, /, string, idx)': (args, result) => {
    const start = indexOf(args + 2);
    scanArgument(args + 1, Math.max(0, start) === start ? 0 : start);
    const slots = pushSlots(2);
    setRef(slots, newDict());
    const scan = new Scan(refAt(args), slots, refAt(args + 1));
    scan.value(start, slots + 1);
    const pair = newTuple(2);
    copyValue(tupleItem(pair, 0), slots + 1);
    setInt(tupleItem(pair, 1), scan.end);
    setRef(result, pair);
    popSlots(2);
  },
});
scannerFields.forEach((name, i) => {
  getset(SCANNER, name, (self, result) => copyValue(result, recordValue(refAt(self), i)));
});
