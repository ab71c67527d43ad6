/**
 * Binding of call arguments to the parameters of a Python function, in full: defaults, keywords, *args, **kwargs,
 * positional-only and keyword-only parameters, and CPython's messages when they do not fit. Calls whose arguments fit
 * exactly never come here (calls.ts copies them).
 */
import { T } from '../heap/fixed.ts';
import { Code, CodeFlag, FunctionObject, Tuple } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { copyValue, isNull, setNull, setRef } from '../heap/values.ts';
import { closestMatch } from '../objects/closest-names.ts';
import { dictFindString, dictSetString, newDict } from '../objects/dicts.ts';
import { raise, raiseTypeError } from '../objects/errors.ts';
import { stringEquals, stringOf } from '../objects/strings.ts';
import { newTupleFrom, tupleItem } from '../objects/tuples.ts';

/**
 * Writes the parameters of `fn` to the registers from cell `registers` on. `count` arguments lie from cell `args` on,
 * below the registers or elsewhere; the last ones are named by the tuple `keywordNames` (0: none). Allocates; raises
 * TypeError; never calls Python.
 */
export function bindArguments(
  fn: number,
  code: number,
  args: number,
  count: number,
  keywordNames: number,
  registers: number,
): void {
  const c2 = code << 1;
  const flags = words[c2 + Code.flags];
  const argCount = words[c2 + Code.argCount];
  const keywordOnly = words[c2 + Code.keywordOnlyCount];
  const named = argCount + keywordOnly;
  const keywordCount = keywordNames === 0 ? 0 : words[(keywordNames << 1) + Tuple.size];
  const given = count - keywordCount;
  const copied = given < argCount ? given : argCount;
  let at = registers;
  for (let i = 0; i < copied; i++) copyValue(at++, args + i);
  for (; at < registers + named; at++) setNull(at);
  if ((flags & CodeFlag.varArgs) !== 0) {
    setRef(at++, newTupleFrom(args + copied, given - copied));
  }
  let keywords = 0;
  if ((flags & CodeFlag.varKeywords) !== 0) {
    keywords = newDict();
    setRef(at, keywords);
  }
  for (let k = 0; k < keywordCount; k++) {
    bindKeyword(fn, code, words[tupleItem(keywordNames, k) << 1], args + given + k, registers, keywords, keywordNames);
  }
  if (given > argCount && (flags & CodeFlag.varArgs) === 0) tooMany(fn, code, given, keywordNames);
  if (given < argCount) fillDefaults(fn, code, given, registers);
  if (keywordOnly > 0) fillKeywordDefaults(fn, code, registers);
}

function bindKeyword(
  fn: number,
  code: number,
  name: number,
  value: number,
  registers: number,
  keywords: number,
  keywordNames: number,
): void {
  const c2 = code << 1;
  const variables = words[c2 + Code.variableNames];
  const end = words[c2 + Code.argCount] + words[c2 + Code.keywordOnlyCount];
  const first = words[c2 + Code.positionalOnlyCount];
  let index = first;
  // Names are interned nearly always; the second pass is for those that are not.
  while (index < end && words[(variables + 1 + index) << 1] !== name) index++;
  if (index === end) {
    index = first;
    while (index < end && !stringEquals(words[(variables + 1 + index) << 1], name)) index++;
  }
  if (index < end) {
    if (!isNull(registers + index)) {
      raiseTypeError(`${functionName(fn)}() got multiple values for argument '${stringOf(name)}'`);
    }
    copyValue(registers + index, value);
    return;
  }
  if (keywords !== 0) {
    if (dictFindString(keywords, name) !== 0) {
      raiseTypeError(`${functionName(fn)}() got multiple values for keyword argument '${stringOf(name)}'`);
    }
    dictSetString(keywords, name, value);
    return;
  }
  unexpectedKeyword(fn, code, name, keywordNames);
}

function fillDefaults(fn: number, code: number, given: number, registers: number): void {
  const argCount = words[(code << 1) + Code.argCount];
  const defaults = words[(fn << 1) + FunctionObject.defaults];
  const defaultCount = defaults === 0 ? 0 : words[(defaults << 1) + Tuple.size];
  const firstDefault = argCount - defaultCount;
  for (let i = given; i < argCount; i++) {
    if (!isNull(registers + i)) continue;
    if (i < firstDefault) missing(fn, code, registers, 0, firstDefault, 'positional');
    copyValue(registers + i, defaults + 1 + i - firstDefault);
  }
}

function fillKeywordDefaults(fn: number, code: number, registers: number): void {
  const c2 = code << 1;
  const argCount = words[c2 + Code.argCount];
  const end = argCount + words[c2 + Code.keywordOnlyCount];
  const variables = words[c2 + Code.variableNames];
  const defaults = words[(fn << 1) + FunctionObject.kwdefaults];
  let lacking = false;
  for (let i = argCount; i < end; i++) {
    if (!isNull(registers + i)) continue;
    const cell = defaults === 0 ? 0 : dictFindString(defaults, words[(variables + 1 + i) << 1]);
    if (cell === 0) lacking = true;
    else copyValue(registers + i, cell);
  }
  if (lacking) missing(fn, code, registers, argCount, end, 'keyword-only');
}

/** `__qualname__` of a function, as messages show it. */
export function functionName(fn: number): string {
  return stringOf(words[(fn << 1) + FunctionObject.qualname]);
}

function missing(fn: number, code: number, registers: number, from: number, to: number, kind: string): never {
  const variables = words[(code << 1) + Code.variableNames];
  const names: string[] = [];
  for (let i = from; i < to; i++) {
    if (isNull(registers + i)) names.push(`'${stringOf(words[(variables + 1 + i) << 1])}'`);
  }
  const last = names.length - 1;
  const list =
    names.length === 1
      ? names[0]
      : names.length === 2
        ? `${names[0]} and ${names[1]}`
        : `${names.slice(0, last).join(', ')}, and ${names[last]}`;
  const plural = names.length === 1 ? '' : 's';
  return raise(
    T.TypeError,
    `${functionName(fn)}() missing ${names.length} required ${kind} argument${plural}: ${list}`,
  );
}

function tooMany(fn: number, code: number, given: number, keywordNames: number): never {
  const c2 = code << 1;
  const argCount = words[c2 + Code.argCount];
  const defaults = words[(fn << 1) + FunctionObject.defaults];
  const least = argCount - (defaults === 0 ? 0 : words[(defaults << 1) + Tuple.size]);
  const variables = words[c2 + Code.variableNames];
  let keywordOnlyGiven = 0;
  const keywordCount = keywordNames === 0 ? 0 : words[(keywordNames << 1) + Tuple.size];
  for (let k = 0; k < keywordCount; k++) {
    const name = words[tupleItem(keywordNames, k) << 1];
    for (let i = argCount; i < argCount + words[c2 + Code.keywordOnlyCount]; i++) {
      if (stringEquals(words[(variables + 1 + i) << 1], name)) keywordOnlyGiven++;
    }
  }
  const takes = least < argCount ? `from ${least} to ${argCount}` : String(argCount);
  const plural = takes === '1' ? '' : 's';
  let were = given === 1 && keywordOnlyGiven === 0 ? 'was' : 'were';
  let extra = '';
  if (keywordOnlyGiven > 0) {
    extra = ` positional argument${given === 1 ? '' : 's'} (and ${keywordOnlyGiven} keyword-only argument${keywordOnlyGiven === 1 ? '' : 's'})`;
    were = 'were';
  }
  return raise(
    T.TypeError,
    `${functionName(fn)}() takes ${takes} positional argument${plural} but ${given}${extra} ${were} given`,
  );
}

function unexpectedKeyword(fn: number, code: number, name: number, keywordNames: number): never {
  const c2 = code << 1;
  const variables = words[c2 + Code.variableNames];
  const positionalOnly = words[c2 + Code.positionalOnlyCount];
  const misplaced: string[] = [];
  for (let i = 0; i < positionalOnly; i++) {
    const parameter = words[(variables + 1 + i) << 1];
    for (let k = 0; k < words[(keywordNames << 1) + Tuple.size]; k++) {
      if (stringEquals(words[tupleItem(keywordNames, k) << 1], parameter)) misplaced.push(stringOf(parameter));
    }
  }
  if (misplaced.length > 0) {
    raiseTypeError(
      `${functionName(fn)}() got some positional-only arguments passed as keyword arguments: '${misplaced.join(', ')}'`,
    );
  }
  const candidates: string[] = [];
  const end = words[c2 + Code.argCount] + words[c2 + Code.keywordOnlyCount];
  for (let i = positionalOnly; i < end; i++) candidates.push(stringOf(words[(variables + 1 + i) << 1]));
  const closest = closestMatch(stringOf(name), candidates);
  const hint = closest === null ? '' : `. Did you mean '${closest}'?`;
  return raise(T.TypeError, `${functionName(fn)}() got an unexpected keyword argument '${stringOf(name)}'${hint}`);
}
