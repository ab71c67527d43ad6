/**
 * Running patterns: the matchers that generator.ts makes are kept here, one for each width of strings and way of
 * matching that a pattern met, and the backtrack stack and the marks that all of them share. Nothing of this is in the
 * heap: it can be made again from the code words at any time, and is dropped when the pattern dies.
 *
 * A matcher calls nothing of Python, so none is ever entered twice at the same time.
 */
import { addSweeper } from '../../heap/collector.ts';
import { InterruptFlag, State, T } from '../../heap/fixed.ts';
import { ArrayObject } from '../../heap/layouts.ts';
import { bytes, HeapExhausted, halves, words } from '../../heap/memory.ts';
import { raise } from '../../objects/errors.ts';
import { needsTrail, visitNodes } from './analysis.ts';
import { asciiLower, inCategory, isUnicodeWord, unicodeLower } from './characters.ts';
import { generate } from './generator.ts';
import { Category } from './opcodes.ts';
import { readTree, type Sequence } from './tree.ts';

/** See generator.ts. */
type Matcher = (base: number, from: number, last: number, end: number, must: number) => number;

export interface Program {
  readonly tree: Sequence;
  readonly groups: number;
  /** by width, plus 4 if the whole text must match */
  readonly matchers: (Matcher | undefined)[];
  /** the groups in the order in which they end, if that tells which one ended last; else null */
  readonly endings: readonly number[] | null;
}

/** Entries that a matcher may push between two looks at the limit. */
const SLACK = 1024;
const SMALL_STACK = 1 << 14;
const LARGEST_STACK = 1 << 28;

/** What matchers know as `R`. */
class Runtime {
  stack: Int32Array = new Int32Array(SMALL_STACK);
  limit = SMALL_STACK - SLACK;
  slack = SLACK;

  grow(): Int32Array {
    if (this.stack.length >= LARGEST_STACK) throw new HeapExhausted();
    const larger = new Int32Array(this.stack.length * 4);
    larger.set(this.stack);
    this.stack = larger;
    this.limit = larger.length - this.slack;
    return larger;
  }
  /** Gives back what an unusual match took. */
  shrink(): void {
    this.stack = new Int32Array(Math.max(SMALL_STACK, this.slack * 4));
    this.limit = this.stack.length - this.slack;
  }
  reserve(groups: number): void {
    if (groups * 2 + 64 <= this.slack) return;
    this.slack = groups * 2 + 64;
    this.shrink();
  }
  /** Called now and then on the way back, so that Ctrl-C ends a match that would take for ever. */
  poll(): number {
    if ((words[State.interrupt] & InterruptFlag.signal) !== 0) {
      words[State.interrupt] &= ~InterruptFlag.signal;
      raise(T.KeyboardInterrupt, '');
    }
    return 0;
  }
}
const runtime = new Runtime();

/** Start and end of the whole match and of each group (-1: not set), then the number of the last closed group. */
export let marks: Int32Array = new Int32Array(256);
/** Arrays that matchers were made with stay theirs; a larger one is only for patterns with more groups. */
const markArrays: Int32Array[] = [marks];

function marksFor(groups: number): Int32Array {
  const needed = groups * 2 + 3;
  let array = markArrays.find(({ length }) => length >= needed);
  if (array === undefined) {
    array = new Int32Array(needed * 2);
    markArrays.push(array);
  }
  return array;
}

const asciiWord = Uint8Array.from({ length: 256 }, (_, code) => (inCategory(Category.word, code) ? 1 : 0));
const tools = { lower: unicodeLower, asciiLower, word: isUnicodeWord, asciiWord };

/** By ref of the array of code words. */
const programs = new Map<number, Program>();
addSweeper((isMarked) => {
  for (const ref of programs.keys()) if (!isMarked(ref)) programs.delete(ref);
});

/** The program of the code words in a `raw` array. Throws InvalidCode if they are no pattern. */
export function programOf(codeRef: number, groups: number): Program {
  const known = programs.get(codeRef);
  if (known !== undefined) return known;
  const first = (codeRef << 1) + ArrayObject.data;
  const code = new Uint32Array(words.slice(first, first + words[(codeRef << 1) + ArrayObject.length] / 4));
  const tree = readTree(code, groups);
  const endings: number[] = [];
  visitNodes(tree, (node) => {
    if (node.kind === 'mark' && (node.index & 1) === 1) endings.push((node.index >> 1) + 1);
  });
  const program: Program = { tree, groups, matchers: [], endings: needsTrail(tree) ? null : endings };
  programs.set(codeRef, program);
  return program;
}

function makeMatcher(program: Program, width: number, full: boolean): Matcher {
  const { groups } = program;
  runtime.reserve(groups);
  const { source, constants } = generate(program.tree, groups, width, full, tools);
  const view = width === 1 ? bytes : width === 2 ? halves : words;
  const maker = new Function('A', 'R', 'M', 'K', source) as (
    view: Uint8Array | Uint16Array | Int32Array,
    runtime: Runtime,
    marks: Int32Array,
    constants: readonly unknown[],
  ) => Matcher;
  return maker(view, runtime, marksFor(groups), constants);
}

export enum Mode {
  match,
  search,
  full,
}

/**
 * Matches code points [from, end) of the text whose first one is element `base` of the view for its width. True if there
 * is a match; `marks` then tells all of it. Calls no Python; raises KeyboardInterrupt or MemoryError at most.
 */
export function run(
  program: Program,
  mode: Mode,
  width: number,
  base: number,
  from: number,
  end: number,
  must: number,
): boolean {
  if (from > end) return false;
  const full = mode === Mode.full;
  const key = full ? width + 4 : width;
  const matcher = (program.matchers[key] ??= makeMatcher(program, width, full));
  const found = matcher(base, from, mode === Mode.search ? end : from, end, must) >= 0;
  if (runtime.stack.length > 1 << 20) runtime.shrink();
  if (!found) return false;
  const { groups, endings } = program;
  if (markArrays.length > 1) marks = marksFor(groups);
  if (endings !== null) {
    let last = 0;
    for (let i = endings.length - 1; i >= 0 && last === 0; i--) {
      if (marks[endings[i] * 2] >= 0 && marks[endings[i] * 2 + 1] >= 0) last = endings[i];
    }
    marks[groups * 2 + 2] = last;
  }
  return true;
}
