/**
 * What is printed when an exception reaches the top: the traceback with its source lines, chained exceptions, notes, the
 * display of syntax errors. Also the attributes of traceback objects.
 */
import { Fixed, State, T } from '../heap/fixed.ts';
import { Code, Exception, ExceptionFlag, FrameObject, List, Traceback, Type } from '../heap/layouts.ts';
import { allocate, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { isNull, isRef, refAt, setRef, setSmallInt } from '../heap/values.ts';
import { findAttribute } from '../objects/attributes.ts';
import { dictEntry, dictNext } from '../objects/dicts.ts';
import { becomesPythonError, clearRaised, raiseTypeError } from '../objects/errors.ts';
import { indexOf, intAt, isInt } from '../objects/integers.ts';
import { listItem } from '../objects/lists.ts';
import { N } from '../objects/names.ts';
import { getset, staticNatives } from '../objects/natives.ts';
import { repr, str } from '../objects/operations.ts';
import { intern, isStr, stringOf } from '../objects/strings.ts';
import { isSubtype } from '../objects/types.ts';
import { sourceExcerpt } from './carets.ts';
import { lineAt, positionEntry } from './code-positions.ts';
import { localsDict } from './frame-objects.ts';
import { globalsOf } from './frames.ts';
import { closestMatch } from './suggestions.ts';

/** Entries of the same place beyond this many in a row are only counted. */
const REPEATED = 3;

/** Line that a traceback object names. */
export function tracebackLine(traceback: number): number {
  const t = traceback << 1;
  return words[t + Traceback.line] || lineAt(words[t + Traceback.code], words[t + Traceback.lastInstruction]);
}

/** `  File "...", line N, in name` and the source of one entry. */
function entryText(traceback: number): string {
  const t = traceback << 1;
  const code = words[t + Traceback.code];
  const filename = stringOf(words[(code << 1) + Code.filename]);
  const line = tracebackLine(traceback);
  const entry = positionEntry(code, words[t + Traceback.lastInstruction]);
  const head = `  File "${filename}", line ${line}, in ${stringOf(words[(code << 1) + Code.name])}\n`;
  const known = entry !== 0 && words[entry + 1] === line;
  return (
    head +
    sourceExcerpt(filename, {
      line,
      column: known ? words[entry + 2] : -1,
      endLine: known ? words[entry + 3] : line,
      endColumn: known ? words[entry + 4] : -1,
    })
  );
}

/** The entries of a traceback, outermost first; long repetitions are counted. */
export function tracebackText(first: number): string {
  let text = '';
  let lastCode = 0;
  let lastLine = -1;
  let count = 0;
  const repeated = (): string => {
    const more = count - REPEATED;
    return more > 0 ? `  [Previous line repeated ${more} more time${more === 1 ? '' : 's'}]\n` : '';
  };
  let lastText = '';
  for (let at = first; at !== 0; at = words[(at << 1) + Traceback.next]) {
    const code = words[(at << 1) + Traceback.code];
    const line = tracebackLine(at);
    if (code !== lastCode || line !== lastLine) {
      text += repeated();
      lastCode = code;
      lastLine = line;
      count = 0;
      lastText = '';
    }
    count++;
    if (count > REPEATED) continue;
    if (lastText === '') lastText = entryText(at);
    text += lastText;
  }
  return text + repeated();
}

/** Text of str(object) or, when that fails, CPython's words for it. */
function safeText(slot: number, convert: (slot: number) => number, what: string): string {
  const top = words[State.stackTop];
  try {
    return stringOf(convert(slot));
  } catch (error) {
    if (!becomesPythonError(error)) throw error;
    clearRaised();
    words[State.stackTop] = top;
    return `<exception ${what} failed>`;
  }
}

/** Name of an exception's type as tracebacks show it. */
function exceptionName(type: number): string {
  const slots = pushSlots(1);
  setRef(slots, type);
  let name = stringOf(words[(type << 1) + Type.qualname]);
  if (findAttribute(slots, N.__module__, slots) && isStr(slots)) {
    const module = stringOf(refAt(slots));
    if (module !== 'builtins' && module !== '__main__') name = `${module}.${name}`;
  }
  popSlots(1);
  return name;
}

/** The last lines: type and message, notes, or a syntax error's place. */
export function exceptionOnly(exception: number): string {
  const type = words[exception << 1];
  const slots = pushSlots(2);
  setRef(slots, exception);
  let text = '';
  if (isSubtype(type, T.SyntaxError)) text = syntaxErrorText(slots, exceptionName(type));
  if (text === '') {
    const message = safeText(slots, str, 'str()') + suggestionFor(exception, slots);
    text = message === '' ? `${exceptionName(type)}\n` : `${exceptionName(type)}: ${message}\n`;
  }
  if (findAttribute(slots, N.__notes__, slots + 1)) text += notesText(slots + 1);
  popSlots(2);
  return text;
}

function notesText(notes: number): string {
  if (!isRef(notes)) return '';
  if (words[refAt(notes) << 1] !== T.list) return `${safeText(notes, repr, 'repr()')}\n`;
  let text = '';
  const list = refAt(notes);
  for (let i = 0; i < words[(list << 1) + List.size]; i++) {
    const note = listItem(list, i);
    text += isStr(note) ? `${stringOf(refAt(note))}\n` : `${safeText(note, str, 'str()')}\n`;
  }
  return text;
}

function attributeText(object: number, name: string): string | null {
  const slots = pushSlots(1);
  const text = findAttribute(object, intern(name), slots) && isStr(slots) ? stringOf(refAt(slots)) : null;
  popSlots(1);
  return text;
}
function attributeNumber(object: number, name: string): number {
  const slots = pushSlots(1);
  const value = findAttribute(object, intern(name), slots) && isInt(slots) ? intAt(slots) : -1;
  popSlots(1);
  return value;
}

function syntaxErrorText(exception: number, name: string): string {
  const line = attributeNumber(exception, 'lineno');
  const filename = attributeText(exception, 'filename');
  let text = '';
  if (line >= 0) text += `  File "${filename ?? '<string>'}", line ${line}\n`;
  else if (filename !== null) text += `  File "${filename}"\n`;
  else return '';
  const source = attributeText(exception, 'text');
  if (source !== null && line > 0) {
    const stripped = source.replace(/[\r\n]+$/, '');
    const shown = stripped.replace(/^[ \n\f\t]+/, '');
    const spaces = stripped.length - shown.length;
    text += `    ${shown.trimEnd()}\n`;
    let offset = attributeNumber(exception, 'offset');
    if (offset >= 1) {
      const endLine = attributeNumber(exception, 'end_lineno');
      let end = attributeNumber(exception, 'end_offset');
      if (endLine !== line && endLine > 0) end = stripped.length + 1;
      else if (end <= 0) end = offset;
      offset = Math.min(offset, source.length);
      end = Math.min(end, source.length);
      if (offset >= end) end = offset + 1;
      const column = offset - 1 - spaces;
      const endColumn = end - 1 - spaces;
      if (column >= 0) {
        const before = [...shown].slice(0, column).join('').replace(/[^\s]/gu, ' ');
        text += `    ${before}${'^'.repeat(Math.max(1, endColumn - column))}\n`;
      }
    }
  }
  const message = attributeText(exception, 'msg') ?? '<no detail available>';
  return `${text}${name}: ${message}\n`;
}

/** ". Did you mean: '...'?" for names and attributes that nearly exist. */
function suggestionFor(exception: number, slot: number): string {
  const type = words[exception << 1];
  const wrong = attributeText(slot, 'name');
  if (wrong === null) return '';
  let candidates: string[] = [];
  if (isSubtype(type, T.NameError)) candidates = visibleNames(exception);
  else if (type === T.AttributeError) candidates = attributeNames(slot);
  else return '';
  candidates = candidates.filter((name) => wrong.startsWith('_') || !name.startsWith('_')).sort();
  const closest = closestMatch(wrong, candidates);
  let hint = closest === null ? '' : `. Did you mean: '${closest}'?`;
  if (isSubtype(type, T.NameError) && standardModules.has(wrong)) {
    hint =
      hint === ''
        ? `. Did you forget to import '${wrong}'?`
        : `${hint.slice(0, -1)}? Or did you forget to import '${wrong}'?`;
    hint = hint.replace("'??", "'?");
  }
  return hint;
}
const standardModules = new Set(
  'abc argparse array ast asyncio base64 bisect calendar cmath collections contextlib copy csv ctypes datetime decimal difflib dis enum errno fractions functools gc glob gzip hashlib heapq hmac html http importlib inspect io ipaddress itertools json keyword linecache locale logging marshal math multiprocessing numbers operator os pathlib pickle platform pprint queue random re sched secrets select shlex shutil signal socket sqlite3 ssl stat statistics string struct subprocess sys tempfile textwrap threading time timeit token tokenize traceback types typing unicodedata unittest urllib uuid warnings weakref xml zipfile zlib'.split(
    ' ',
  ),
);

function keysOf(dict: number): string[] {
  const names: string[] = [];
  for (let position = dictNext(dict, 0); position >= 0; position = dictNext(dict, position + 1)) {
    const key = dictEntry(dict, position);
    if (isStr(key)) names.push(stringOf(refAt(key)));
  }
  return names;
}

/** Names that the innermost frame of the traceback could have meant. */
function visibleNames(exception: number): string[] {
  let traceback = words[(exception << 1) + Exception.traceback];
  if (traceback === 0) return [];
  while (words[(traceback << 1) + Traceback.next] !== 0) traceback = words[(traceback << 1) + Traceback.next];
  const frame = words[(traceback << 1) + Traceback.frame] << 1;
  const names: string[] = [];
  const live = words[frame + FrameObject.frame];
  const code = words[frame + FrameObject.code];
  const registers = words[frame + FrameObject.registers];
  if (live === 0 && registers !== 0 && (words[(code << 1) + Code.flags] & 1) !== 0) {
    names.push(...keysOf(localsDict(code, registers + 1)));
  }
  const globals = live !== 0 ? globalsOf(live) : words[frame + FrameObject.globals];
  names.push(...keysOf(globals), ...keysOf(words[State.builtinsDict]));
  return names;
}

function attributeNames(exceptionSlot: number): string[] {
  const slots = pushSlots(2);
  const names: string[] = [];
  const top = words[State.stackTop];
  try {
    if (findAttribute(exceptionSlot, N.obj, slots)) {
      const type = isRef(slots) ? words[refAt(slots) << 1] : T.int;
      const mro = words[(type << 1) + Type.mro];
      for (let i = 0; i < words[(mro << 1) + 1]; i++) {
        names.push(...keysOf(words[(words[(mro + 1 + i) << 1] << 1) + Type.dict]));
      }
      if (
        type !== T.type &&
        findAttribute(slots, intern('__dict__'), slots + 1) &&
        words[refAt(slots + 1) << 1] === T.dict
      ) {
        names.push(...keysOf(refAt(slots + 1)));
      }
    }
  } catch (error) {
    if (!becomesPythonError(error)) throw error;
    clearRaised();
    words[State.stackTop] = top;
  }
  popSlots(2);
  return names;
}

const CAUSE = '\nThe above exception was the direct cause of the following exception:\n\n';
const CONTEXT = '\nDuring handling of the above exception, another exception occurred:\n\n';

/** The whole display of an exception, chained ones first. May call Python (`__str__`). */
export function exceptionText(exception: number, seen: Set<number> = new Set()): string {
  seen.add(exception);
  const e = exception << 1;
  let text = '';
  const cause = words[e + Exception.cause];
  const context = words[e + Exception.context];
  if (cause !== 0) {
    if (!seen.has(cause)) text = exceptionText(cause, seen) + CAUSE;
  } else if (
    context !== 0 &&
    (words[e + Exception.flags] & ExceptionFlag.suppressContext) === 0 &&
    !seen.has(context)
  ) {
    text = exceptionText(context, seen) + CONTEXT;
  }
  const traceback = words[e + Exception.traceback];
  if (traceback !== 0) text += `Traceback (most recent call last):\n${tracebackText(traceback)}`;
  return text + exceptionOnly(exception);
}

getset(
  T.traceback,
  'tb_next',
  (object, result) => {
    const next = words[(refAt(object) << 1) + Traceback.next];
    setRef(result, next === 0 ? Fixed.none : next);
  },
  (object, value) => {
    const none = isRef(value) && refAt(value) === Fixed.none;
    if (!none && (isNull(value) || !isRef(value) || words[refAt(value) << 1] !== T.traceback)) {
      raiseTypeError('expected traceback object or None');
    }
    words[(refAt(object) << 1) + Traceback.next] = none ? 0 : refAt(value);
  },
);
getset(T.traceback, 'tb_frame', (object, result) => {
  const frame = words[(refAt(object) << 1) + Traceback.frame];
  setRef(result, frame === 0 ? Fixed.none : frame);
});
getset(T.traceback, 'tb_lineno', (object, result) => setSmallInt(result, tracebackLine(refAt(object))));
getset(T.traceback, 'tb_lasti', (object, result) =>
  setSmallInt(result, words[(refAt(object) << 1) + Traceback.lastInstruction] * 2),
);
staticNatives(T.traceback, {
  '__new__(cls, tb_next, tb_frame, tb_lasti, tb_lineno)': (args, result) => {
    const ref = allocate(3);
    const t = ref << 1;
    words[t] = T.traceback;
    words[t + Traceback.next] = refAt(args + 1) === Fixed.none ? 0 : refAt(args + 1);
    words[t + Traceback.frame] = refAt(args + 2);
    words[t + Traceback.lastInstruction] = indexOf(args + 3) >> 1;
    words[t + Traceback.line] = indexOf(args + 4);
    words[t + Traceback.code] = words[(refAt(args + 2) << 1) + FrameObject.code];
    setRef(result, ref);
  },
});
