/**
 * Calling a function written in TypeScript: arguments as Python passed them are bound to the parameters of its declared
 * signature, so that parameter i lies in cell args + i. Signatures are parsed at the first call, since a start-up pays
 * for what it touches. Error messages are CPython's, which has several families of them; which one applies follows from
 * the shape of the signature (all positional-only or not), as it does there.
 */

import { Fixed, State, StateCell, T } from '../heap/fixed.ts';
import { Native, Tuple, Type, TypeFlag } from '../heap/layouts.ts';
import { HeapExhausted, words } from '../heap/memory.ts';
import { pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setFloat, setImmediate48, setNull, setRef } from '../heap/values.ts';
import { closestMatch } from './closest-names.ts';
import { dictSetString, newDict } from './dicts.ts';
import { callNativeDirectly } from './direct-calls.ts';
import { raiseTypeError } from './errors.ts';
import { N } from './names.ts';
import { NativeKind, nativeTable } from './natives.ts';
import { intern, stringOf } from './strings.ts';
import { newTupleFrom } from './tuples.ts';
import { isSubtype, isType, lookup, shortTypeName, typeName, typeNameOf, typeOf } from './types.ts';

type Default =
  | { readonly type: 'required' }
  | { readonly type: 'null' }
  | { readonly type: 'fixed'; readonly ref: number }
  | { readonly type: 'int'; readonly value: number }
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'str'; readonly value: string };

interface Parameter {
  readonly name: string;
  readonly initial: Default;
}

/** A parsed signature. Cells are laid out in the order of declaration. */
export interface Signature {
  readonly parameters: readonly Parameter[];
  /** how many parameters, counted from the first, accept a position */
  readonly positional: number;
  /** how many of these cannot be named */
  readonly positionalOnly: number;
  /** how many of the positional ones have no default */
  readonly required: number;
  /** index of *args, of **kwargs; -1 without */
  readonly rest: number;
  readonly keywords: number;
  /** low and high words of the defaults (NULL for a required parameter), unless there is a *args or **kwargs */
  readonly defaults: Int32Array | null;
}

/** Where defaults are computed (all of them are fixed objects, interned strings and immediates). */
const DEFAULT_CELL = StateCell.scratch + 34;

const signatures: (Signature | undefined)[] = [];
/** By number: the argument count for which arguments need no binding at all; -1 none, -2 not parsed yet. */
const exactCounts: number[] = [];

/** The parsed signature of native `number`. */
export function signatureOf(number: number): Signature {
  return (signatures[number] ??= parseSignature(nativeTable[number].text));
}

/** How many positional arguments native `number` takes as they are; -1 if arguments always need binding. */
export function exactArgumentCount(number: number): number {
  const known = exactCounts[number];
  if (known !== undefined && known !== -2) return known;
  const { positional, parameters } = signatureOf(number);
  const exact = positional === parameters.length ? positional : -1;
  while (exactCounts.length < nativeTable.length) exactCounts.push(-2);
  exactCounts[number] = exact;
  return exact;
}

/** The text between the parentheses of a signature, as `__text_signature__` has it. */
export function parametersText(text: string): string {
  const open = text.indexOf('(');
  return open < 0 ? '' : text.slice(open + 1, text.lastIndexOf(')'));
}

function parseSignature(text: string): Signature {
  const parameters: Parameter[] = [];
  let positionalOnly = 0;
  let positional = -1;
  let rest = -1;
  let keywords = -1;
  for (const part of splitParameters(parametersText(text))) {
    if (part === '/') positionalOnly = parameters.length;
    else if (part === '*') positional = parameters.length;
    else if (part.startsWith('**')) {
      if (positional < 0) positional = parameters.length;
      keywords = parameters.length;
      parameters.push({ name: part.slice(2), initial: { type: 'null' } });
    } else if (part.startsWith('*')) {
      positional = parameters.length;
      rest = parameters.length;
      parameters.push({ name: part.slice(1), initial: { type: 'null' } });
    } else {
      const equals = part.indexOf('=');
      if (equals < 0) parameters.push({ name: part, initial: { type: 'required' } });
      else
        parameters.push({ name: part.slice(0, equals).trim(), initial: parseDefault(part.slice(equals + 1).trim()) });
    }
  }
  if (positional < 0) positional = parameters.length;
  let required = 0;
  while (required < positional && parameters[required].initial.type === 'required') required++;
  const keywordOnlyRequired = parameters.slice(positional).some(({ initial }) => initial.type === 'required');
  let defaults: Int32Array | null = null;
  if (rest < 0 && keywords < 0 && !keywordOnlyRequired) {
    defaults = new Int32Array(parameters.length * 2);
    parameters.forEach(({ initial }, i) => {
      storeDefault(DEFAULT_CELL, initial);
      defaults?.set([words[DEFAULT_CELL << 1], words[(DEFAULT_CELL << 1) + 1]], i * 2);
    });
  }
  return { parameters, positional, positionalOnly, required, rest, keywords, defaults };
}

function splitParameters(text: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let quote = '';
  for (let i = 0; i <= text.length; i++) {
    const c = text[i];
    if (quote !== '') {
      if (c === quote) quote = '';
    } else if (c === "'" || c === '"') quote = c;
    else if (c === ',' || c === undefined) {
      const part = text.slice(start, i).trim();
      if (part !== '') parts.push(part);
      start = i + 1;
    }
  }
  return parts;
}

function parseDefault(text: string): Default {
  switch (text) {
    case '...':
      return { type: 'null' };
    case 'None':
      return { type: 'fixed', ref: Fixed.none };
    case 'True':
      return { type: 'fixed', ref: Fixed.true };
    case 'False':
      return { type: 'fixed', ref: Fixed.false };
    case '()':
      return { type: 'fixed', ref: Fixed.emptyTuple };
  }
  const quoted = /^(['"])(.*)\1$/s.exec(text);
  if (quoted) return { type: 'str', value: quoted[2].replace(/\\n/g, '\n').replace(/\\t/g, '\t') };
  if (/^-?\d+$/.test(text)) return { type: 'int', value: Number(text) };
  const value = Number(text);
  if (text === '' || value !== value) throw new Error(`native signature: default ${text}`);
  return { type: 'float', value };
}

function storeDefault(slot: number, initial: Default): void {
  switch (initial.type) {
    case 'fixed':
      setRef(slot, initial.ref);
      return;
    case 'int':
      setImmediate48(slot, initial.value);
      return;
    case 'float':
      setFloat(slot, initial.value);
      return;
    case 'str':
      setRef(slot, intern(initial.value));
      return;
    default:
      setNull(slot);
  }
}

/**
 * result = native(*args): `count` arguments from cell `args` on, the last ones named by the tuple (0: none). The
 * arguments must be rooted. May call Python, may raise.
 */
export function callNative(number: number, args: number, count: number, keywordNames: number, result: number): void {
  const native = nativeTable[number];
  if (native.kind === NativeKind.method && count > 0) {
    const owner = native.owner as number;
    const type = typeOf(args);
    if (type !== owner && !isSubtype(type, owner)) wrongReceiver(number, args);
  }
  if (native.kind === NativeKind.staticMethod && native.name === '__new__') checkNewType(number, args, count);
  if (count === exactCounts[number] && keywordNames === 0) {
    native.routine(args, result);
    return;
  }
  if (keywordNames !== 0) {
    bindAndCall(number, args, count, keywordNames, result);
    return;
  }
  if (count === exactArgumentCount(number)) {
    native.routine(args, result);
    return;
  }
  if (callNativeDirectly(number, args, count, result)) return;
  const signature = signatures[number] ?? signatureOf(number);
  const { defaults } = signature;
  if (defaults === null || count < signature.required || count > signature.positional) {
    bindAndCall(number, args, count, keywordNames, result);
    return;
  }
  // positional arguments, the rest being defaults
  const size = signature.parameters.length;
  const base = words[State.stackTop];
  if (base + size > words[State.stackLimit]) throw new HeapExhausted();
  words[State.stackTop] = base + size;
  let to = base << 1;
  const given = (args + count) << 1;
  for (let from = args << 1; from < given; ) words[to++] = words[from++];
  for (let i = count * 2; i < defaults.length; i++) words[to++] = defaults[i];
  native.routine(base, result);
  words[State.stackTop] = base;
}

/** `__new__` of a built-in type makes instances of the type and of its subclasses only. */
function checkNewType(number: number, args: number, count: number): void {
  const owner = nativeTable[number].owner as number;
  if (count === 0) raiseTypeError(`${typeNameOf(owner)}.__new__(): not enough arguments`);
  if (isRef(args) && (refAt(args) === owner || owner === T.object)) return;
  if (!isType(args)) {
    raiseTypeError(`${typeNameOf(owner)}.__new__(X): X is not a type object (${typeName(args)})`);
  }
  const type = refAt(args);
  const name = typeNameOf(type);
  if (!isSubtype(type, owner)) {
    raiseTypeError(`${typeNameOf(owner)}.__new__(${name}): ${name} is not a subtype of ${typeNameOf(owner)}`);
  }
  let builtin = type;
  while ((words[(builtin << 1) + Type.flags] & TypeFlag.heapType) !== 0)
    builtin = words[(builtin << 1) + Type.layoutBase];
  const own = lookup(builtin, intern('__new__'));
  if (builtin !== owner && words[(refAt(own) << 1) + Native.owner] !== owner) {
    raiseTypeError(`${typeNameOf(owner)}.__new__(${name}) is not safe, use ${typeNameOf(builtin)}.__new__()`);
  }
}

function wrongReceiver(number: number, self: number): never {
  const native = nativeTable[number];
  const owner = typeNameOf(native.owner as number);
  if (isDunder(native.name)) {
    raiseTypeError(`descriptor '${native.name}' requires a '${owner}' object but received a '${typeName(self)}'`);
  }
  raiseTypeError(`descriptor '${native.name}' for '${owner}' objects doesn't apply to a '${typeName(self)}' object`);
}

function bindAndCall(number: number, args: number, count: number, keywordNames: number, result: number): void {
  const signature = signatureOf(number);
  const { parameters, positional, rest } = signature;
  const keywordCount = keywordNames === 0 ? 0 : words[(keywordNames << 1) + Tuple.size];
  const given = count - keywordCount;
  const base = pushSlots(parameters.length);
  const direct = given < positional ? given : positional;
  for (let i = 0; i < direct; i++) copyValue(base + i, args + i);
  if (rest >= 0) setRef(base + rest, newTupleFrom(args + direct, given - direct));
  else if (given > positional) wrongCount(number, given);
  else if (count > parameters.length && keywordCount > 0 && signature.keywords < 0) tooMany(number, count, given);
  if (signature.keywords >= 0) setRef(base + signature.keywords, newDict());
  if (given === 0 && isUnboundMethodCall(number)) missingReceiver(number);
  for (let k = 0; k < keywordCount; k++) {
    bindKeyword(number, base, given, words[(keywordNames + 1 + k) << 1], args + given + k);
  }
  for (let i = direct; i < parameters.length; i++) {
    if (!isNull(base + i)) continue;
    const initial = parameters[i].initial;
    if (initial.type === 'required') missing(number, i, given);
    storeDefault(base + i, initial);
  }
  nativeTable[number].routine(base, result);
  words[State.stackTop] = base;
}

/** TypeError for more arguments, keywords included, than there are parameters. */
function tooMany(number: number, count: number, given: number): void {
  const signature = signatureOf(number);
  if (acceptsNoKeywords(signature)) return;
  const receiver = receiverCount(number);
  const most = signature.parameters.length - receiver;
  const kind = given === receiver ? 'keyword ' : '';
  const bound = signature.required === signature.parameters.length ? 'exactly' : 'at most';
  raiseTypeError(
    `${nativeName(number)}() takes ${bound} ${most} ${kind}argument${plural(most)} (${count - receiver} given)`,
  );
}

function bindKeyword(number: number, base: number, given: number, name: number, value: number): void {
  const signature = signatureOf(number);
  const { parameters, positionalOnly, rest, keywords } = signature;
  const text = stringOf(name);
  for (let i = positionalOnly; i < parameters.length; i++) {
    if (i === rest || i === keywords || parameters[i].name !== text) continue;
    if (!isNull(base + i)) {
      if (i < given)
        raiseTypeError(
          `argument for ${nativeName(number)}() given by name ('${text}') and position (${i + 1 - receiverCount(number)})`,
        );
      raiseTypeError(`${nativeName(number)}() got multiple values for argument '${text}'`);
    }
    copyValue(base + i, value);
    return;
  }
  if (keywords >= 0) {
    dictSetString(words[(base + keywords) << 1], name, value);
    return;
  }
  if (acceptsNoKeywords(signature) && isLeftToInit(number, base)) return;
  if (acceptsNoKeywords(signature)) raiseTypeError(`${qualifiedName(number, base)}() takes no keyword arguments`);
  // sorted() hands its keywords on to list.sort()
  const called = nativeName(number) === 'sorted' ? 'sort' : nativeName(number);
  const known = signature.parameters.slice(signature.positionalOnly).map((parameter) => parameter.name);
  const closest = closestMatch(text, known);
  const hint = closest === null ? '' : `. Did you mean '${closest}'?`;
  raiseTypeError(`${called}() got an unexpected keyword argument '${text}'${hint}`);
}

/** `__new__` for a subclass with an `__init__` of its own: keywords are that one's business. */
function isLeftToInit(number: number, base: number): boolean {
  const { name, owner } = nativeTable[number];
  if (name === '__init__') {
    // and the other way round, where CPython thought of it
    return owner !== T.set && lookup(typeOf(base), N.__new__) !== lookup(owner as number, N.__new__);
  }
  if (name !== '__new__' || !isType(base) || refAt(base) === owner) return false;
  return lookup(refAt(base), intern('__init__')) !== lookup(owner as number, intern('__init__'));
}

function acceptsNoKeywords(signature: Signature): boolean {
  return (
    signature.positionalOnly === signature.parameters.length - (signature.rest >= 0 ? 1 : 0) && signature.keywords < 0
  );
}

/** How many leading parameters are no arguments to Python's eye: self, or the class of __new__ and class methods. */
function receiverCount(number: number): number {
  const native = nativeTable[number];
  return native.kind === NativeKind.method || native.kind === NativeKind.classMethod || native.name === '__new__'
    ? 1
    : 0;
}
function isUnboundMethodCall(number: number): boolean {
  return receiverCount(number) === 1 && signatureOf(number).positional > 0;
}
function isDunder(name: string): boolean {
  return name.startsWith('__') && name.endsWith('__');
}
/** The name that messages use: a type's for its __new__. */
function nativeName(number: number): string {
  const native = nativeTable[number];
  const isConstructor = native.name === '__new__' || native.name === '__init__';
  if (isConstructor && typeof native.owner === 'number') return shortTypeName(native.owner);
  return native.name;
}
function qualifiedName(number: number, receiver = 0): string {
  const native = nativeTable[number];
  if (native.name === '__new__' || native.name === '__init__' || native.owner === 'builtins') return nativeName(number);
  if (typeof native.owner === 'string') return `${native.owner}.${native.name}`;
  const bound = native.kind === NativeKind.classMethod && receiver !== 0 && isType(receiver);
  if (bound) return `${stringOf(words[(refAt(receiver) << 1) + Type.qualname])}.${native.name}`;
  return `${shortTypeName(native.owner)}.${native.name}`;
}

function missingReceiver(number: number): never {
  const native = nativeTable[number];
  const owner = typeNameOf(native.owner as number);
  if (native.name === '__new__') raiseTypeError(`${owner}.__new__(): not enough arguments`);
  if (isDunder(native.name)) raiseTypeError(`descriptor '${native.name}' of '${owner}' object needs an argument`);
  raiseTypeError(`unbound method ${shortTypeName(native.owner as number)}.${native.name}() needs an argument`);
}

const plural = (n: number): string => (n === 1 ? '' : 's');

/** Methods that take their one argument by CPython's simplest convention although they are special methods. */
const simpleSpecialMethods = new Set([
  '__getitem__',
  '__contains__',
  '__reversed__',
  '__sizeof__',
  '__reduce__',
  '__reduce_ex__',
]);

/** Wrong number of positional arguments (`given` counts the receiver). */
function wrongCount(number: number, given: number): never {
  const native = nativeTable[number];
  const signature = signatureOf(number);
  const receiver = receiverCount(number);
  const least = signature.required - receiver;
  const most = signature.positional - receiver;
  const got = given - receiver;
  const name = nativeName(number);
  const named = native.name === '__init__' && !acceptsNoKeywords(signature);
  if (native.kind === NativeKind.method && isDunder(native.name) && !simpleSpecialMethods.has(native.name) && !named) {
    const bound = least === most ? '' : got < least ? 'at least ' : 'at most ';
    const wanted = got < least ? least : most;
    const owner = shortTypeName(native.owner as number);
    if (native.name === '__set_name__') {
      raiseTypeError(`__set_name__() takes 2 positional arguments but ${got} were given`);
    }
    if (least === 1 && most === 2 && (native.name === '__pow__' || native.name === '__rpow__')) {
      raiseTypeError(`expected 1 or 2 arguments, got ${got}`);
    }
    if (native.name === '__init__' && signature.positionalOnly < signature.parameters.length && signature.rest < 0) {
      raiseTypeError(`${owner}() takes ${bound}${wanted} argument${plural(wanted)} (${got} given)`);
    }
    const prefix = native.name !== '__init__' ? '' : native.owner === T.super ? 'super() ' : `${owner} `;
    raiseTypeError(`${prefix}expected ${bound}${wanted} argument${plural(wanted)}, got ${got}`);
  }
  if (acceptsNoKeywords(signature) || simpleCount.has(name)) {
    if (native.name !== '__new__') {
      if (most === 0) raiseTypeError(`${qualifiedName(number)}() takes no arguments (${got} given)`);
      if (most === 1 && least === 1 && signature.rest < 0 && !simpleCount.has(name)) {
        raiseTypeError(`${qualifiedName(number)}() takes exactly one argument (${got} given)`);
      }
    }
    const bound = least === most && signature.rest < 0 ? '' : got < least ? 'at least ' : 'at most ';
    const wanted = got < least ? least : most;
    raiseTypeError(`${name} expected ${bound}${wanted} argument${plural(wanted)}, got ${got}`);
  }
  if (most === 0) raiseTypeError(`${name}() takes no positional arguments`);
  const total = signature.parameters.length - receiver;
  const kind = total > most ? 'positional ' : '';
  const exactly = least === most ? 'exactly' : 'at most';
  raiseTypeError(`${name}() takes ${exactly} ${most} ${kind}argument${plural(most)} (${got} given)`);
}
const simpleCount = new Set(['sorted', 'str', 'int']);

function missing(number: number, index: number, given: number): never {
  const signature = signatureOf(number);
  if (index < signature.positional && (acceptsNoKeywords(signature) || simpleCount.has(nativeName(number))))
    wrongCount(number, given);
  const receiver = receiverCount(number);
  const name = nativeName(number);
  if (index < signature.positionalOnly) {
    const least = Math.min(signature.positionalOnly, signature.required) - receiver;
    const bound = least === signature.positional - receiver ? 'exactly' : 'at least';
    raiseTypeError(`${name}() takes ${bound} ${least} positional argument${plural(least)} (${given - receiver} given)`);
  }
  const parameter = signature.parameters[index].name;
  if (index < signature.positional) {
    raiseTypeError(`${name}() missing required argument '${parameter}' (pos ${index + 1 - receiver})`);
  }
  raiseTypeError(`${name}() missing required argument '${parameter}'`);
}
