/**
 * str.format and str.format_map: replacement fields `{name!conversion:specification}` with attribute and item access in
 * the name, automatic numbering, and fields nested one level deep in the specification.
 */
import { T } from '../heap/fixed.ts';
import { Tuple } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, refAt, setRef } from '../heap/values.ts';
import { joinTexts } from '../text/exact-text.ts';
import { getAttribute } from './attributes.ts';
import { displayText } from './display.ts';
import { raiseIndexError, raiseValueError } from './errors.ts';
import { setInt } from './integers.ts';
import { format, getItem, repr, str } from './operations.ts';
import { escapeNonAscii } from './string-repr.ts';
import { intern, newString, setString, stringOf } from './strings.ts';
import { tupleItem } from './tuples.ts';
import { typeOf } from './types.ts';

/** Numbering so far: next automatic number; -1 once a number was given by hand; null before the first field. */
interface Numbering {
  next: number | null;
}

/**
 * result = format.format(*args, **kwargs): `args` is the slot of a tuple (0: format_map, no positional fields), `mapping`
 * of a dict or any mapping. May call Python.
 */
export function formatFields(formatSlot: number, args: number, mapping: number, result: number): void {
  const numbering: Numbering = { next: null };
  setRef(result, newString(expand(stringOf(refAt(formatSlot)), args, mapping, numbering, 2)));
}

/** A replacement field; conversion and specification may be empty. */
export interface FormatField {
  readonly name: string;
  readonly conversion: string;
  readonly specification: string;
}
/** Literal text and the field behind it (null: none). */
export interface FormatPart {
  readonly literal: string;
  readonly field: FormatField | null;
}

/** The parts of a format string, one at a time. Raises ValueError where it is malformed, when that part is asked for. */
export function* formatParts(text: string): Generator<FormatPart> {
  let at = 0;
  while (at < text.length) {
    const brace = nextBrace(text, at);
    if (brace < 0) {
      yield { literal: text.slice(at), field: null };
      return;
    }
    const mark = text[brace];
    if (text[brace + 1] === mark) {
      yield { literal: text.slice(at, brace + 1), field: null };
      at = brace + 2;
      continue;
    }
    if (mark === '}') raiseValueError("Single '}' encountered in format string");
    if (brace + 1 >= text.length) raiseValueError("Single '{' encountered in format string");
    const literal = text.slice(at, brace);
    at = brace + 1;
    const nameEnd = endOfName(text, at);
    const name = text.slice(at, nameEnd);
    at = nameEnd;
    let conversion = '';
    if (text[at] === '!') {
      if (at + 1 >= text.length) raiseValueError('end of string while looking for conversion specifier');
      conversion = String.fromCodePoint(text.codePointAt(at + 1)!);
      at += 1 + conversion.length;
      if (at >= text.length) raiseValueError("unmatched '{' in format spec");
      if (text[at] !== ':' && text[at] !== '}') {
        if (conversion === '}') raiseValueError("unmatched '{' in format spec");
        raiseValueError("expected ':' after conversion specifier");
      }
    }
    let specification = '';
    if (text[at] === ':') {
      const specEnd = endOfSpec(text, at + 1);
      specification = text.slice(at + 1, specEnd);
      at = specEnd;
    }
    yield { literal, field: { name, conversion, specification } };
    at++;
  }
}

function expand(text: string, args: number, mapping: number, numbering: Numbering, depth: number): string {
  if (depth === 0) raiseValueError('Max string recursion exceeded');
  let output = '';
  for (const { literal, field } of formatParts(text)) {
    output = joinTexts(output, literal);
    if (field === null) continue;
    const { name, conversion, specification } = field;
    output = joinTexts(output, formatField(name, conversion, specification, args, mapping, numbering, depth));
  }
  return output;
}

function nextBrace(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 123 || code === 125) return i;
  }
  return -1;
}

/** Where a field's name ends: at '!', ':' or '}' outside brackets. */
function endOfName(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const c = text[i];
    if (c === '[') {
      const close = text.indexOf(']', i);
      if (close < 0) raiseValueError("expected '}' before end of string");
      i = close;
    } else if (c === '{') raiseValueError("unexpected '{' in field name");
    else if (c === '}' || c === ':' || c === '!') return i;
  }
  raiseValueError("expected '}' before end of string");
}

/** Where the specification ends: at the '}' that closes the field. */
function endOfSpec(text: string, from: number): number {
  let depth = 1;
  for (let i = from; i < text.length; i++) {
    if (text[i] === '{') depth++;
    else if (text[i] === '}' && --depth === 0) return i;
  }
  raiseValueError("unmatched '{' in format spec");
}

function formatField(
  name: string,
  conversion: string,
  spec: string,
  args: number,
  mapping: number,
  numbering: Numbering,
  depth: number,
): string {
  const value = pushSlots(2);
  loadField(name, args, mapping, numbering, value);
  switch (conversion) {
    case '':
      break;
    case 'r':
      setRef(value, repr(value));
      break;
    case 's':
      setRef(value, str(value));
      break;
    case 'a':
      setRef(value, escapeNonAscii(repr(value)));
      break;
    default: {
      const code = conversion.codePointAt(0)!;
      const shown = code > 32 && code < 127 ? conversion : `\\x${code.toString(16)}`;
      raiseValueError(`Unknown conversion specifier ${shown}`);
    }
  }
  const expanded = spec.includes('{') || spec.includes('}') ? expand(spec, args, mapping, numbering, depth - 1) : spec;
  let text: string;
  const type = typeOf(value);
  // What format() does for an empty specification, without the call.
  if (expanded === '' && (type === T.str || type === T.int || type === T.float)) text = displayText(value);
  else {
    setString(value + 1, expanded);
    text = stringOf(format(value, refAt(value + 1)));
  }
  popSlots(2);
  return text;
}

function isNumber(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 48 || code > 57) return false;
  }
  return text.length > 0;
}

/** Length of the part of a field's name before the first '.' or '['. */
function firstPart(name: string): number {
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i);
    if (code === 46 || code === 91) return i;
  }
  return name.length;
}

/** A step of a field's name: `.key` or `[key]`. */
export interface FieldStep {
  readonly isAttribute: boolean;
  readonly key: string | number;
}

/** The parts of a field's name: the argument ('' for the next one), and what is then asked of it. ValueError. */
export function fieldParts(name: string): { first: string | number; rest: Generator<FieldStep> } {
  const first = name.slice(0, firstPart(name));
  return { first: isNumber(first) ? fieldNumber(first) : first, rest: fieldSteps(name, first.length) };
}

function fieldNumber(text: string): number {
  const number = Number(text);
  if (number >= 2 ** 63) raiseValueError('Too many decimal digits in format string');
  return number;
}

function* fieldSteps(name: string, from: number): Generator<FieldStep> {
  let at = from;
  while (at < name.length) {
    if (name[at] === '.') {
      let end = at + 1;
      while (end < name.length && name[end] !== '.' && name[end] !== '[') end++;
      if (end === at + 1) raiseValueError('Empty attribute in format string');
      yield { isAttribute: true, key: name.slice(at + 1, end) };
      at = end;
    } else {
      if (name[at] !== '[') raiseValueError("Only '.' or '[' may follow ']' in format field specifier");
      const close = name.indexOf(']', at);
      if (close < 0) raiseValueError("Missing ']' in format string");
      const key = name.slice(at + 1, close);
      if (key === '') raiseValueError('Empty attribute in format string');
      yield { isAttribute: false, key: isNumber(key) ? fieldNumber(key) : key };
      at = close + 1;
    }
  }
}

/** Loads what a field's name stands for into `value`; the slot behind it is scratch. */
function loadField(name: string, args: number, mapping: number, numbering: Numbering, value: number): void {
  const first = name.slice(0, firstPart(name));
  if (first === '' || isNumber(first)) loadPositional(first, args, numbering, value);
  else {
    setString(value + 1, first);
    getItem(mapping, value + 1, value);
  }
  if (first.length === name.length) return;
  for (const { isAttribute, key } of fieldSteps(name, first.length)) {
    if (isAttribute) {
      copyValue(value + 1, value);
      getAttribute(value + 1, intern(`${key}`), value);
      continue;
    }
    const container = pushSlots(1);
    copyValue(container, value);
    if (typeof key === 'number') setInt(value + 1, key);
    else setString(value + 1, key);
    getItem(container, value + 1, value);
    popSlots(1);
  }
}

function loadPositional(text: string, args: number, numbering: Numbering, value: number): void {
  if (args === 0) raiseValueError('Format string contains positional fields');
  let number: number;
  if (text === '') {
    if (numbering.next === -1) {
      raiseValueError('cannot switch from manual field specification to automatic field numbering');
    }
    number = numbering.next ?? 0;
    numbering.next = number + 1;
  } else {
    if (numbering.next !== null && numbering.next >= 0) {
      raiseValueError('cannot switch from automatic field numbering to manual field specification');
    }
    numbering.next = -1;
    number = fieldNumber(text);
  }
  const tuple = refAt(args);
  if (number >= words[(tuple << 1) + Tuple.size]) {
    raiseIndexError(`Replacement index ${number} out of range for positional args tuple`);
  }
  copyValue(value, tupleItem(tuple, number));
}
