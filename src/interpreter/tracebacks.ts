/**
 * Tracebacks: how their entries are printed, with source lines and carets, and the attributes of traceback objects. What
 * else is printed of an exception is in exception-display.ts.
 */
import { Fixed, T } from '../heap/fixed.ts';
import { Code, FrameObject, Traceback } from '../heap/layouts.ts';
import { allocate, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef, setSmallInt } from '../heap/values.ts';
import { sysCell } from '../modules/printing.ts';
import { raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { indexOf, intAt, isInt } from '../objects/integers.ts';
import { listAppend, newList } from '../objects/lists.ts';
import { getset, natives, staticNatives } from '../objects/natives.ts';
import { intern, stringOf } from '../objects/strings.ts';
import { sourceExcerpt } from './carets.ts';
import { innerOffset, lineAt, positionEntry, visibleOffset } from './code-positions.ts';

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

/** How many entries sys.tracebacklimit wants to see, counted from the outermost. */
function entryLimit(): number {
  const limit = sysCell('tracebacklimit');
  return limit !== 0 && isInt(limit) ? Math.max(0, intAt(limit)) : Number.POSITIVE_INFINITY;
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
  let left = entryLimit();
  for (let at = first; at !== 0 && left > 0; at = words[(at << 1) + Traceback.next], left--) {
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
    for (let at = none ? 0 : refAt(value); at !== 0; at = words[(at << 1) + Traceback.next]) {
      if (at === refAt(object)) raiseValueError('traceback loop detected');
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
  setSmallInt(result, visibleOffset(words[(refAt(object) << 1) + Traceback.lastInstruction])),
);
natives(T.traceback, {
  '__dir__(self, /)': (_args, result) => {
    const slots = pushSlots(2);
    setRef(slots, newList(0));
    for (const name of ['tb_frame', 'tb_next', 'tb_lasti', 'tb_lineno']) {
      setRef(slots + 1, intern(name));
      listAppend(refAt(slots), slots + 1);
    }
    copyValue(result, slots);
    popSlots(2);
  },
});
staticNatives(T.traceback, {
  '__new__(cls, tb_next, tb_frame, tb_lasti, tb_lineno)': (args, result) => {
    const ref = allocate(3);
    const t = ref << 1;
    words[t] = T.traceback;
    words[t + Traceback.next] = refAt(args + 1) === Fixed.none ? 0 : refAt(args + 1);
    words[t + Traceback.frame] = refAt(args + 2);
    words[t + Traceback.lastInstruction] = innerOffset(indexOf(args + 3));
    words[t + Traceback.line] = indexOf(args + 4);
    words[t + Traceback.code] = words[(refAt(args + 2) << 1) + FrameObject.code];
    setRef(result, ref);
  },
});
