/**
 * _sre: the engine under the library's `re`, whose own part is written in Python: it parses patterns and compiles them to
 * code words, which `compile` takes. What happens then is in the folder sre: tree.ts reads the words, generator.ts makes a
 * JavaScript function of them, engine.ts runs it, patterns.ts and matches.ts are what Python sees.
 */
import { T } from '../heap/fixed.ts';
import { ArrayObject, RecordObject } from '../heap/layouts.ts';
import { allocate, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isRef, refAt, setRef } from '../heap/values.ts';
import { newRecord, recordValue } from '../objects/declared-types.ts';
import { dictSetString } from '../objects/dicts.ts';
import { raiseOverflow, raiseRuntimeError, raiseTypeError } from '../objects/errors.ts';
import { indexOf, setBool, setInt } from '../objects/integers.ts';
import { listItem, listSize } from '../objects/lists.ts';
import { registerModule } from '../objects/modules.ts';
import { natives } from '../objects/natives.ts';
import { intern } from '../objects/strings.ts';
import { asciiLower, asciiUpper, unicodeLower, unicodeUpper } from './sre/characters.ts';
import { InvalidCode } from './sre/charsets.ts';
import { programOf } from './sre/engine.ts';
import { PATTERN, PatternValue } from './sre/matches.ts';
import { CODE_SIZE, MAGIC, MAX_GROUPS, MAX_REPEAT } from './sre/opcodes.ts';
import './sre/patterns.ts';

/** The words of a list of ints as a `raw` array. May call `__index__` of odd items. */
function codeArray(list: number): number {
  const count = listSize(list);
  const array = allocate(1 + ((count + 1) >> 1));
  const word = array << 1;
  words[word] = T.raw;
  words[word + ArrayObject.length] = count * 4;
  for (let i = 0; i < count; i++) {
    const value = indexOf(listItem(list, i));
    if (value < 0 || value > 0xffffffff) raiseOverflow('regular expression code size limit exceeded');
    words[word + ArrayObject.data + i] = value | 0;
  }
  return array;
}

const isListAt = (slot: number): boolean => isRef(slot) && words[refAt(slot) << 1] === T.list;

natives('_sre', {
  'compile(pattern, flags, code, groups, groupindex, indexgroup)': (args, result) => {
    if (!isListAt(args + 2)) raiseTypeError('compile() argument 3 must be list');
    const pattern = newRecord(PATTERN);
    const slot = pushSlots(1);
    setRef(slot, pattern);
    words[(pattern << 1) + RecordObject.aux] = indexOf(args + 3);
    const set = (value: PatternValue, from: number): void => copyValue(recordValue(pattern, value), from);
    set(PatternValue.pattern, args);
    set(PatternValue.groupIndex, args + 4);
    set(PatternValue.indexGroup, args + 5);
    setInt(recordValue(pattern, PatternValue.flags), indexOf(args + 1));
    const code = codeArray(refAt(args + 2));
    setRef(recordValue(pattern, PatternValue.code), code);
    try {
      programOf(code, indexOf(args + 3));
    } catch (error) {
      if (error instanceof InvalidCode) raiseRuntimeError('invalid SRE code');
      throw error;
    }
    setRef(result, pattern);
    popSlots(1);
  },
  'getcodesize()': (_args, result) => setInt(result, CODE_SIZE),
  'ascii_iscased(character, /)': (args, result) => {
    const code = indexOf(args);
    setBool(result, code < 128 && (asciiLower(code) !== code || asciiUpper(code) !== code));
  },
  'unicode_iscased(character, /)': (args, result) => {
    const code = indexOf(args);
    setBool(result, unicodeLower(code) !== code || unicodeUpper(code) !== code);
  },
  'ascii_tolower(character, /)': (args, result) => setInt(result, asciiLower(indexOf(args))),
  'unicode_tolower(character, /)': (args, result) => setInt(result, unicodeLower(indexOf(args))),
});

registerModule('_sre', (dict) => {
  const slot = pushSlots(1);
  const constants: readonly [string, number][] = [
    ['MAGIC', MAGIC],
    ['CODESIZE', CODE_SIZE],
    ['MAXREPEAT', MAX_REPEAT],
    ['MAXGROUPS', MAX_GROUPS],
  ];
  for (const [name, value] of constants) {
    setInt(slot, value);
    dictSetString(dict, intern(name), slot);
  }
  setRef(slot, intern(' SRE 2.2.2 Copyright (c) 1997-2002 by Secret Labs AB '));
  dictSetString(dict, intern('copyright'), slot);
  popSlots(1);
});
