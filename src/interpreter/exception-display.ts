/**
 * What is printed of an exception that nobody caught: tracebacks, messages, notes, chained exceptions, groups in their
 * boxes, the place of a syntax error.
 *
 * It is read into a tree first, as the module `traceback` does it, because what was met once is not shown again and the
 * order in which chains and groups are followed decides where. Then the tree is printed; inside groups every line gets a
 * margin.
 */
import { Fixed, State, T } from '../heap/fixed.ts';
import { Exception, ExceptionFlag, Kind, Type } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { isRef, refAt, setRef } from '../heap/values.ts';
import { findAttribute } from '../objects/attributes.ts';
import { becomesPythonError, clearRaised } from '../objects/errors.ts';
import { groupExceptions, isGroup } from '../objects/exception-groups.ts';
import { intAt, isInt } from '../objects/integers.ts';
import { firstItem, itemCount } from '../objects/list-extend.ts';
import { N } from '../objects/names.ts';
import { repr, str } from '../objects/operations.ts';
import { intern, isStr, stringOf } from '../objects/strings.ts';
import { tupleItem, tupleSize } from '../objects/tuples.ts';
import { isSubtype, kindAt } from '../objects/types.ts';
import { misspeltKeyword, suggestionFor } from './suggestions.ts';
import { tracebackText } from './tracebacks.ts';

/** Groups show this many of their exceptions, and groups within groups down to this depth. */
const MAX_WIDTH = 15;
const MAX_DEPTH = 10;

// the last lines ------------------------------------------------------------------------------------------------------

/** Text of str(object) or, when that fails, CPython's words for it. */
function safeText(slot: number, convert: (slot: number) => number, what: string): string {
  const top = words[State.stackTop];
  try {
    return stringOf(convert(slot));
  } catch (error) {
    if (!becomesPythonError(error)) throw error;
    clearRaised();
    words[State.stackTop] = top;
    return `<${what} failed>`;
  }
}

/** Name of an exception's type as tracebacks show it. */
function exceptionName(type: number): string {
  const slots = pushSlots(1);
  setRef(slots, type);
  let name = stringOf(words[(type << 1) + Type.qualname]);
  if (findAttribute(slots, N.__module__, slots)) {
    const module = isStr(slots) ? stringOf(refAt(slots)) : '<unknown>';
    if (module !== 'builtins' && module !== '__main__') name = `${module}.${name}`;
  }
  popSlots(1);
  return name;
}

/** The lines below the traceback: type and message, notes, a syntax error's place. May call Python. */
export function exceptionOnly(exception: number): string {
  const type = words[exception << 1];
  const slots = pushSlots(2);
  setRef(slots, exception);
  let text: string;
  if (isSubtype(type, T.SyntaxError)) {
    const corrected = misspeltKeyword(slots);
    if (corrected !== null) {
      popSlots(2);
      return corrected;
    }
    text = syntaxErrorText(slots, exceptionName(type));
  } else {
    const message = safeText(slots, str, 'exception str()') + suggestionFor(slots);
    text = message === '' ? `${exceptionName(type)}\n` : `${exceptionName(type)}: ${message}\n`;
  }
  text += notesText(slots, slots + 1);
  popSlots(2);
  return text;
}

function notesText(slot: number, notes: number): string {
  const top = words[State.stackTop];
  try {
    if (!findAttribute(slot, N.__notes__, notes)) return '';
  } catch (error) {
    if (!becomesPythonError(error)) throw error;
    const second = pushSlots(1);
    setRef(second, clearRaised());
    words[State.stackTop] = second + 1;
    const text = `Ignored error getting __notes__: ${safeText(second, repr, '__notes__ repr()')}\n`;
    words[State.stackTop] = top;
    return text;
  }
  if (isRef(notes) && refAt(notes) === Fixed.none) return '';
  const kind = kindAt(notes);
  if (kind !== Kind.list && kind !== Kind.tuple) return `${safeText(notes, repr, '__notes__ repr()')}\n`;
  let text = '';
  for (let i = 0; i < itemCount(refAt(notes)); i++) {
    text += `${safeText(firstItem(refAt(notes)) + i, str, 'note str()')}\n`;
  }
  return text;
}

/** What `read` makes of an attribute, null if there is none or `read` says so. */
function attribute<R>(object: number, name: string, read: (slot: number) => R | null): R | null {
  const slots = pushSlots(1);
  const value = findAttribute(object, intern(name), slots) ? read(slots) : null;
  popSlots(1);
  return value;
}
const isNone = (slot: number): boolean => isRef(slot) && refAt(slot) === Fixed.none;
const textAt = (slot: number): string | null => (isStr(slot) ? stringOf(refAt(slot)) : null);
const shownAt = (slot: number): string | null => (isNone(slot) ? null : stringOf(str(slot)));
const numberAt = (slot: number): number | null => (isInt(slot) ? intAt(slot) : null);

function syntaxErrorText(exception: number, name: string): string {
  const line = attribute(exception, 'lineno', shownAt);
  const filename = attribute(exception, 'filename', shownAt);
  let text = line === null ? '' : `  File "${filename || '<string>'}", line ${line}\n`;
  const source = attribute(exception, 'text', textAt);
  if (source !== null) {
    const sameLine = line === attribute(exception, 'end_lineno', shownAt);
    const offset = attribute(exception, 'offset', numberAt);
    const end = sameLine ? attribute(exception, 'end_offset', numberAt) || offset : null;
    text += sourceWithCarets(source, offset, end);
  }
  const message = attribute(exception, 'msg', shownAt) ?? '<no detail available>';
  return `${text}${name}: ${message}${line === null && filename !== null ? ` (${filename})` : ''}\n`;
}

/** The line of source and the carets under columns `from` to `to`, counted from 1; `to` null: to its end. */
function sourceWithCarets(source: string, from: number | null, to: number | null): string {
  const line = source.replace(/\n+$/, '');
  const shown = line.replace(/^[ \n\f]+/, '');
  if (from === null) return `    ${shown}\n`;
  const spaces = line.length - shown.length;
  const limit = [...source].length;
  const pastEnd = [...line].length + 1;
  let end = to ?? pastEnd;
  const start = from > limit && limit > 0 ? pastEnd : from;
  if (end > limit && limit > 0) end = pastEnd;
  if (start >= end || end < 0) end = start + 1;
  const column = start - 1 - spaces;
  if (column < 0) return `    ${shown}\n`;
  const before = [...shown].slice(0, column).map((character) => (/\s/.test(character) ? character : ' '));
  return `    ${shown}\n    ${before.join('')}${' '.repeat(column - before.length)}${'^'.repeat(end - start)}\n`;
}

// chains and groups ---------------------------------------------------------------------------------------------------

interface Shown {
  readonly exception: number;
  /** the chained exception that is shown before this one */
  before: Shown | null;
  isCause: boolean;
  /** of a group */
  members: Shown[] | null;
}

/**
 * The tree below an exception. Whatever was met is met no more: first the members of a group are followed, the last one
 * first, then the chain. Calls no Python.
 */
function collect(exception: number): Shown {
  const seen = new Set<number>();
  const meet = (met: number): Shown => {
    seen.add(met);
    return { exception: met, before: null, isCause: false, members: null };
  };
  const root = meet(exception);
  const waiting = [root];
  for (let shown = waiting.pop(); shown !== undefined; shown = waiting.pop()) {
    const e = shown.exception << 1;
    const cause = words[e + Exception.cause];
    const context = words[e + Exception.context];
    const suppressed = (words[e + Exception.flags] & ExceptionFlag.suppressContext) !== 0;
    if (cause !== 0 && !seen.has(cause)) {
      shown.before = meet(cause);
      shown.isCause = true;
    } else if (context !== 0 && !suppressed && !seen.has(context)) shown.before = meet(context);
    if (shown.before !== null) waiting.push(shown.before);
    if (!isGroup(shown.exception)) continue;
    shown.members = [];
    const exceptions = groupExceptions(shown.exception);
    for (let i = 0; i < tupleSize(exceptions); i++) shown.members.push(meet(refAt(tupleItem(exceptions, i))));
    waiting.push(...shown.members);
  }
  return root;
}

const CAUSE = '\nThe above exception was the direct cause of the following exception:\n\n';
const CONTEXT = '\nDuring handling of the above exception, another exception occurred:\n\n';

class Printer {
  text = '';
  /** of groups within groups */
  private depth = 0;
  /** the innermost box still has to be closed */
  private open = false;

  private get indentation(): string {
    return '  '.repeat(this.depth);
  }
  private put(text: string, mark = '|'): void {
    if (this.depth === 0) {
      this.text += text;
      return;
    }
    for (const line of text.replace(/\n$/, '').split('\n')) this.text += `${this.indentation}${mark} ${line}\n`;
  }

  chain(last: Shown): void {
    const links: Shown[] = [];
    for (let shown: Shown | null = last; shown !== null; shown = shown.before) links.push(shown);
    for (const shown of links.reverse()) {
      if (shown.before !== null) this.put(shown.isCause ? CAUSE : CONTEXT);
      if (shown.members === null) this.single(shown.exception, 'Traceback', '|');
      else if (this.depth > MAX_DEPTH) this.put(`... (max_group_depth is ${MAX_DEPTH})\n`);
      else this.group(shown.exception, shown.members);
    }
  }

  private single(exception: number, title: string, mark: string): void {
    const traceback = words[(exception << 1) + Exception.traceback];
    if (traceback !== 0) {
      this.put(`${title} (most recent call last):\n`, mark);
      const entries = tracebackText(traceback);
      if (entries !== '') this.put(entries);
    }
    this.put(exceptionOnly(exception));
  }

  private group(exception: number, members: readonly Shown[]): void {
    const outermost = this.depth === 0;
    if (outermost) this.depth = 1;
    this.single(exception, 'Exception Group Traceback', outermost ? '+' : '|');
    this.open = false;
    const count = Math.min(members.length, MAX_WIDTH + 1);
    for (let i = 0; i < count; i++) {
      const isLast = i === count - 1;
      // a group within may close the box as well
      if (isLast) this.open = true;
      const title = i < MAX_WIDTH ? `${i + 1}` : '...';
      this.text += `${this.indentation}${i === 0 ? '+-' : '  '}+---------------- ${title} ----------------\n`;
      this.depth++;
      if (i < MAX_WIDTH) this.chain(members[i]);
      else {
        const rest = members.length - MAX_WIDTH;
        this.put(`and ${rest} more exception${rest > 1 ? 's' : ''}\n`);
      }
      if (isLast && this.open) {
        this.text += `${this.indentation}+------------------------------------\n`;
        this.open = false;
      }
      this.depth--;
    }
    if (outermost) this.depth = 0;
  }
}

/** The whole display of an exception. May call Python (`__str__`). */
export function exceptionText(exception: number): string {
  const slots = pushSlots(1);
  setRef(slots, exception);
  const printer = new Printer();
  printer.chain(collect(exception));
  popSlots(1);
  return printer.text;
}
