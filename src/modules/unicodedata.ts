/** unicodedata: what unicode-data.ts and unicode-names.ts know, as Python asks for it. */
import { T } from '../heap/fixed.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, refAt, setFloat, setRef } from '../heap/values.ts';
import { declareType, newRecord } from '../objects/declared-types.ts';
import { dictSetString } from '../objects/dicts.ts';
import { raise, raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { setBool, setInt } from '../objects/integers.ts';
import { registerModule } from '../objects/modules.ts';
import { getset, type NativeRoutine, natives } from '../objects/natives.ts';
import {
  codePointAt,
  intern,
  isAscii,
  isStr,
  newCharacter,
  newString,
  setString,
  stringLength,
  stringOf,
} from '../objects/strings.ts';
import { typeName } from '../objects/types.ts';
import { isDecimal } from '../objects/unicode.ts';
import {
  bidirectional,
  category,
  combining,
  decomposition,
  digitValue,
  eastAsianWidth,
  numericValue,
} from './unicode-data.ts';
import { codeOfName, nameOf } from './unicode-names.ts';

/** unicodedata.ucd_3_2_0: the same functions as methods (and the same data, but for the version it names). */
const UCD = declareType({ name: 'UCD', module: 'unicodedata', values: 0, hidden: true });

function characterArgument(slot: number, what: string): number {
  if (!isStr(slot)) raiseTypeError(`${what} must be a unicode character, not ${typeName(slot)}`);
  const length = stringLength(refAt(slot));
  if (length !== 1) raiseTypeError(`${what} must be a unicode character, not a string of length ${length}`);
  return codePointAt(refAt(slot), 0);
}

/** What a function answers for a code point. */
type Question = (code: number, result: number) => void;

const textual = (answer: (code: number) => string): Question => {
  return (code, result) => setRef(result, intern(answer(code)));
};
const questions: Readonly<Record<string, Question>> = {
  category: textual(category),
  bidirectional: textual(bidirectional),
  combining: (code, result) => setInt(result, combining(code)),
  east_asian_width: textual(eastAsianWidth),
  mirrored: (code, result) => setInt(result, /^\p{Bidi_Mirrored}$/u.test(String.fromCodePoint(code)) ? 1 : 0),
  decomposition: textual(decomposition),
};
/** The same with a default for code points that have no answer. */
const questionsWithDefault: Readonly<Record<string, { ask: (code: number, result: number) => boolean; none: string }>> =
  {
    decimal: {
      ask: (code, result) => {
        if (!isDecimal(code)) return false;
        setInt(result, digitValue(code));
        return true;
      },
      none: 'not a decimal',
    },
    digit: {
      ask: (code, result) => {
        const value = digitValue(code);
        if (value >= 0) setInt(result, value);
        return value >= 0;
      },
      none: 'not a digit',
    },
    numeric: {
      ask: (code, result) => {
        const value = numericValue(code);
        if (value === value) setFloat(result, value);
        return value === value;
      },
      none: 'not a numeric character',
    },
    name: {
      ask: (code, result) => {
        const name = nameOf(code);
        if (name !== null) setString(result, name);
        return name !== null;
      },
      none: 'no such name',
    },
  };

function normalized(form: number, text: number): number {
  const name = stringOf(refAt(form));
  if (name !== 'NFC' && name !== 'NFD' && name !== 'NFKC' && name !== 'NFKD') {
    raiseValueError('invalid normalization form');
  }
  const ref = refAt(text);
  return isAscii(ref) ? ref : newString(stringOf(ref).normalize(name));
}
function textArgument(slot: number, what: string): void {
  if (!isStr(slot)) raiseTypeError(`${what} must be str, not ${typeName(slot)}`);
}

/** The functions, for arguments from cell `args` on. */
const routines: Record<string, NativeRoutine> = {};
for (const [name, question] of Object.entries(questions)) {
  routines[`${name}(chr, /)`] = (args, result) => question(characterArgument(args, `${name}() argument`), result);
}
for (const [name, { ask, none }] of Object.entries(questionsWithDefault)) {
  routines[`${name}(chr, default=..., /)`] = (args, result) => {
    const code = characterArgument(args, `${name}() argument 1`);
    const missing = pushSlots(1);
    copyValue(missing, args + 1);
    if (!ask(code, result)) {
      if (isNull(missing)) raiseValueError(none);
      copyValue(result, missing);
    }
    popSlots(1);
  };
}
routines['lookup(name, /)'] = (args, result) => {
  textArgument(args, 'lookup() argument');
  const name = stringOf(refAt(args));
  const code = codeOfName(name);
  if (code < 0) raise(T.KeyError, `undefined character name '${name}'`);
  setRef(result, newCharacter(code));
};
routines['normalize(form, unistr, /)'] = (args, result) => {
  textArgument(args, 'normalize() argument 1');
  textArgument(args + 1, 'normalize() argument 2');
  setRef(result, normalized(args, args + 1));
};
routines['is_normalized(form, unistr, /)'] = (args, result) => {
  textArgument(args, 'is_normalized() argument 1');
  textArgument(args + 1, 'is_normalized() argument 2');
  const ref = normalized(args, args + 1);
  setBool(result, ref === refAt(args + 1) || stringOf(ref) === stringOf(refAt(args + 1)));
};
natives('unicodedata', routines);
const methods: Record<string, NativeRoutine> = {};
for (const [signature, routine] of Object.entries(routines)) {
  methods[signature.replace('(', '(self, ')] = (args, result) => routine(args + 1, result);
}
natives(UCD, methods);
getset(UCD, 'unidata_version', (_self, result) => setString(result, '3.2.0'));

registerModule('unicodedata', (dict) => {
  const slot = pushSlots(1);
  setString(slot, '16.0.0');
  dictSetString(dict, intern('unidata_version'), slot);
  setRef(slot, UCD);
  dictSetString(dict, intern('UCD'), slot);
  setRef(slot, newRecord(UCD));
  dictSetString(dict, intern('ucd_3_2_0'), slot);
  popSlots(1);
});
