/**
 * A matcher for one pattern, as the source of a JavaScript function, which V8 makes machine code of when it is hot:
 *
 *     (base, from, last, end, must) => where the match ends, or -1
 *
 * `A[base + position]` are the code points (one function for each width of strings), attempts begin at `from` up to
 * `last`, the text ends at `end`, and a match that ends at `must` does not count (the empty one at the place where the
 * last one was found). The marks of groups are left in `M`: start and end of the whole, then of each group, then the
 * number of the last closed group.
 *
 * The function is one loop around one `switch`. Straight parts of the pattern fall from case to case. Where there is a
 * choice, what is needed to come back is pushed on the stack `S`, topped by the case that does it; to fail is to pop a
 * case and go there. So the depth of a match is bounded by memory only, and an atomic group or assertion is left by
 * setting the stack pointer back. What has to be undone on the way back (marks set in loops, counts) is pushed in the
 * same way, as a case that restores and fails on.
 *
 * Marks are trailed like that only if the pattern can set one twice (needsTrail); else each construct clears what a left
 * alternative may have set, and the trail costs nothing.
 *
 * Choices are not pushed where the next code point decides (`First` sets): `\w+\s` or `"[^"]*"` never come back.
 *
 * Turned down: V8's own regular expressions (captures are cleared in each iteration, empty iterations and unset groups
 * differ, no possessive quantifiers, no positions without an array for each match, and nothing can interrupt them);
 * interpreting the code words (three to five times slower).
 */
import { AT_END, firstOf, followsOf, marksIn, minWidth, needsTrail } from './analysis.ts';
import {
  ANYTHING,
  type CharacterSet,
  COLUMNS,
  disjoint,
  END,
  type First,
  firstOfSet,
  HIGH,
  isAnything,
  union,
} from './charsets.ts';
import { At } from './opcodes.ts';
import type { Assertion, Branch, Comparison, Conditional, Reference, Repeat, Sequence } from './tree.ts';

export interface GeneratedSource {
  /** body of a function of `A`, `R`, `M` and `K` that makes the matcher */
  readonly source: string;
  /** `K` */
  readonly constants: unknown[];
}

export interface CaseTools {
  lower(code: number): number;
  asciiLower(code: number): number;
  word(code: number): boolean;
  asciiWord: Uint8Array;
}

enum Label {
  /** the bottom of the stack: the attempt failed */
  attemptFailed,
  entry,
  /** pops a case */
  fail,
  first,
}

/** Source of the matcher for strings of `width` bytes a code point; `full`: all of the text must be matched. */
export function generate(
  tree: Sequence,
  groups: number,
  width: number,
  full: boolean,
  tools: CaseTools,
): GeneratedSource {
  return new Generator(groups, width, full, tools).whole(tree);
}

const FAIL = '{s=S[--sp];continue run}';
const POLL = 'if(++steps>65535)steps=R.poll();';
const ROOM = 'if(sp>limit){S=R.grow();limit=R.limit}';

class Generator {
  private readonly main: string[] = [];
  /** cases that are only gone to by failing */
  private readonly late: string[] = [];
  private readonly constants: unknown[] = [];
  private readonly constantNames = new Map<string, string>();
  private readonly locals: string[] = [];
  private labels: number = Label.first;
  private trail = false;
  /** true while nothing can have been pushed yet: then to fail is to begin the next attempt */
  private bottom = true;
  /** index in M of the number of the last closed group */
  private readonly lastIndex: number;

  constructor(
    groups: number,
    private readonly width: number,
    private readonly full: boolean,
    private readonly tools: CaseTools,
  ) {
    this.lastIndex = 2 * groups + 2;
  }

  whole(tree: Sequence): GeneratedSource {
    this.trail = needsTrail(tree);
    const follow = this.full ? AT_END : ANYTHING;
    const first = firstOf(tree, follow);
    const least = minWidth(tree);
    this.sequence(tree, follow, !this.full);
    if (this.full) this.emit(`if(p!==end)${this.fail()}`);
    else if (least === 0) this.emit(`if(p===must)${this.fail()}`);
    this.emit('M[0]=start;M[1]=p;return p;');
    const anchored =
      tree.length > 0 &&
      tree[0].kind === 'position' &&
      (tree[0].at === At.beginning || tree[0].at === At.beginningString);
    const scan: string[] = [];
    if (anchored) scan.push('if(start>0)return -1;');
    if (!isAnything(first)) {
      scan.push(`while(start<stop&&!(${this.firstTest(first, 'start')}))start++;`);
      if (first[END] === 0) scan.push('if(start>=end)return -1;');
    }
    scan.push('if(start>last)return -1;');
    const source = [
      ...[...this.constantNames].map(([, name], i) => `const ${name}=K[${i}];`),
      'return function(b,from,last,end,must){',
      'let S=R.stack,limit=R.limit,sp=0,s=0,p=0,c=0,k=0,q=0,n=0,lim=0,steps=0,start=from-1;',
      this.locals.length > 0 ? `let ${this.locals.map((name) => `${name}=0`).join(',')};` : '',
      this.trail ? `for(n=2;n<${this.lastIndex};n++)M[n]=-1;M[n]=0;` : '',
      least > 0 ? `if(last>end-${least})last=end-${least};` : '',
      'const stop=last<end?last+1:end;',
      'outer:for(;;){start++;',
      ...scan,
      `p=start;S[0]=0;sp=1;s=${Label.entry};`,
      'run:for(;;)switch(s){',
      `case ${Label.attemptFailed}:continue outer;`,
      `case ${Label.fail}:${FAIL}`,
      `case ${Label.entry}:`,
      ...this.main,
      ...this.late,
      '}}}',
    ].join('\n');
    return { source, constants: this.constants };
  }

  private emit(text: string): void {
    this.main.push(text);
  }
  private label(): number {
    return this.labels++;
  }
  private local(prefix: string): string {
    const name = `${prefix}${this.locals.length}`;
    this.locals.push(name);
    return name;
  }
  private fail(): string {
    return this.bottom ? 'continue outer;' : FAIL;
  }
  private place(label: number): void {
    this.bottom = false;
    this.emit(`case ${label}:`);
  }
  /** Pushes the values and the case that takes them off again. */
  private push(label: number, ...values: string[]): void {
    this.emit(this.pushing(`${label}`, ...values));
  }
  private pushing(label: string, ...values: string[]): string {
    this.bottom = false;
    const stores = [...values, label].map((value, i) => `S[sp${i === 0 ? '' : `+${i}`}]=${value};`).join('');
    return `${stores}sp+=${values.length + 1};${ROOM}`;
  }
  private goTo(label: number): void {
    this.emit(`s=${label};continue;`);
  }
  /** A constant of the function, known by `key`. */
  private constant(key: string, value: unknown): string {
    const known = this.constantNames.get(key);
    if (known !== undefined) return known;
    const name = `k${this.constants.length}`;
    this.constants.push(value);
    this.constantNames.set(key, name);
    return name;
  }
  private table(table: Uint8Array): string {
    return this.constant(`table ${table.join('')}`, table);
  }

  /** `A[base + position]`. */
  private at(position: string): string {
    return `A[b+${position}]`;
  }

  /** Expression: the code point in variable `v` belongs to the set. */
  private setTest(set: CharacterSet, v: string): string {
    if (set.only >= 0) {
      if (this.width === 1 && set.only > 255) return `${set.complement}`;
      return `${v}${set.complement ? '!==' : '==='}${set.only}`;
    }
    const { high } = set;
    if (this.width === 1) return this.lowTest(set.table, v, true);
    if (high === true || high === false) {
      const ranges = rangesOf(set.table);
      if (high && ranges.length === 1 && ranges[0][0] === 0 && ranges[0][1] === 255) return 'true';
      if (ranges.length === 0 && !high) return 'false';
      const low = this.lowTest(set.table, v, false);
      return high ? `(${v}>255||${low})` : `(${v}<256&&${low})`;
    }
    const name = this.constant(`function ${this.constants.length}`, high);
    return `(${v}<256?${this.lowTest(set.table, v, false)}:${name}(${v}))`;
  }

  /** The same for a code point below 256; `inline` allows several comparisons. */
  private lowTest(table: Uint8Array, v: string, inline: boolean): string {
    const ranges = rangesOf(table);
    if (ranges.length === 0) return 'false';
    if (ranges.length === 1 && ranges[0][0] === 0 && ranges[0][1] === 255) return 'true';
    if (ranges.length === 1 || (inline && ranges.length === 2)) {
      const tests = ranges.map(([low, high]) => {
        if (low === high) return `${v}===${low}`;
        if (low === 0) return `${v}<=${high}`;
        return high === 255 ? `${v}>=${low}` : `${v}>=${low}&&${v}<=${high}`;
      });
      return tests.length === 1 ? tests[0] : `(${tests.map((test) => `(${test})`).join('||')})`;
    }
    return `${this.table(table)}[${v}]===1`;
  }

  /** Expression: the column of First for the code point at `position`. */
  private column(position: string): string {
    const code = this.width === 1 ? this.at(position) : `((c=${this.at(position)})<256?c:${HIGH})`;
    return `(${position}<end?${code}:${END})`;
  }

  /** Expression: the code point at `position`, which is before the end, is in `first`. */
  private firstTest(first: First, position: string): string {
    const table = first.subarray(0, 256);
    if (this.width === 1) return `(c=${this.at(position)},${this.lowTest(table, 'c', true)})`;
    return `((c=${this.at(position)})<256?${this.lowTest(table, 'c', false)}:${first[HIGH] === 1})`;
  }

  /** Expression: at `position` the text goes on as `first` says. */
  private mayFollow(first: First, position: string): string {
    return `(${position}<end?${this.firstTest(first, position)}:${first[END] === 1})`;
  }

  /**
   * `last`: behind the sequence the match succeeds unconditionally, unless it is empty.
   */
  private sequence(nodes: Sequence, follow: First, last: boolean): void {
    const follows = followsOf(nodes, follow);
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i];
      const isLast = last && nodes.slice(i + 1).every(({ kind }) => kind === 'mark');
      switch (node.kind) {
        case 'character': {
          const sets: CharacterSet[] = [];
          for (; i < nodes.length; i++) {
            const next = nodes[i];
            if (next.kind !== 'character') break;
            sets.push(next.set);
          }
          i--;
          this.characters(sets);
          break;
        }
        case 'mark':
          this.mark(node.index);
          break;
        case 'position':
          this.emit(`if(!(${this.position(node.at)}))${this.fail()}`);
          break;
        case 'branch':
          this.branch(node, follows[i], isLast);
          break;
        case 'repeat':
          this.repeat(node, follows[i], isLast);
          break;
        case 'reference':
          this.reference(node);
          break;
        case 'conditional':
          this.conditional(node, follows[i]);
          break;
        case 'assertion':
          this.assertion(node);
          break;
        case 'atomic': {
          const bottom = this.local('a');
          this.keepMarks(node.body);
          this.emit(`${bottom}=sp;`);
          this.sequence(node.body, ANYTHING, false);
          this.emit(`sp=${bottom};`);
          break;
        }
        case 'failure':
          // a condition, so that what follows is not dead code to those who read it
          this.emit(`if(p>=0)${this.fail()}`);
      }
    }
  }

  private characters(sets: readonly CharacterSet[]): void {
    const tests = sets.map((set, i) => {
      const place = this.at(i === 0 ? 'p' : `p+${i}`);
      if (set.only >= 0) return this.setTest(set, place);
      const test = this.setTest(set, 'c');
      return test === 'true' ? test : `(c=${place},${test})`;
    });
    const needed = tests.filter((test) => test !== 'true').map((test) => `||!(${test})`);
    this.emit(`if(p+${sets.length}>end${needed.join('')})${this.fail()}p+=${sets.length};`);
  }

  private mark(index: number): void {
    const slot = `M[${index + 2}]`;
    if (this.trail) {
      const undo = this.label();
      if ((index & 1) === 0) {
        this.push(undo, slot);
        this.late.push(`case ${undo}:${slot}=S[--sp];${FAIL}`);
      } else {
        const last = `M[${this.lastIndex}]`;
        this.push(undo, slot, last);
        this.late.push(`case ${undo}:sp-=2;${slot}=S[sp];${last}=S[sp+1];${FAIL}`);
        this.emit(`${last}=${(index >> 1) + 1};`);
      }
    }
    this.emit(`${slot}=p;`);
  }

  /** Statement that clears the marks of sequences, where there is no trail. */
  private clearMarks(...sequences: Sequence[]): string {
    if (this.trail) return '';
    return (
      sequences
        .flatMap(marksIn)
        .map((index) => `M[${index + 2}]=`)
        .join('') + (sequences.some((body) => marksIn(body).length > 0) ? '-1;' : '')
    );
  }

  /** Before the stack is cut behind `body`: pushes what its marks were, since their trail will be lost. */
  private keepMarks(body: Sequence): void {
    const marks = this.trail ? marksIn(body) : [];
    if (marks.length === 0) return;
    const slots = [...marks.map((index) => index + 2), this.lastIndex].map((index) => `M[${index}]`);
    const undo = this.label();
    this.push(undo, ...slots);
    const restores = slots.map((slot, i) => `${slot}=S[sp+${i}];`).join('');
    this.late.push(`case ${undo}:sp-=${slots.length};${restores}${FAIL}`);
  }

  private position(at: At): string {
    const before = this.at('p-1');
    const here = this.at('p');
    switch (at) {
      case At.beginning:
      case At.beginningString:
        return 'p===0';
      case At.beginningLine:
        return `p===0||${before}===10`;
      case At.end:
        return `p===end||(p===end-1&&${here}===10)`;
      case At.endLine:
        return `p===end||${here}===10`;
      case At.endString:
        return 'p===end';
      default: {
        const unicode = at === At.unicodeBoundary || at === At.unicodeNonBoundary;
        const word = (code: string): string => {
          if (unicode && this.width > 1) return `${this.constant('word', this.tools.word)}(${code})`;
          const table = this.tools.asciiWord;
          if (this.width > 1) return `${this.table(table)}[${code}]===1`;
          return `${this.table(unicode ? wordTable(this.tools) : table)}[${code}]===1`;
        };
        const differ = at === At.boundary || at === At.localeBoundary || at === At.unicodeBoundary;
        return `(p>0&&${word(before)})${differ ? '!==' : '==='}(p<end&&${word(here)})`;
      }
    }
  }

  private branch({ alternatives }: Branch, follow: First, last: boolean): void {
    const after = this.label();
    const firsts = alternatives.map((alternative) => firstOf(alternative, follow));
    const decided = !firsts.every(isAnything);
    const entries = alternatives.map(() => this.label());
    const handlers = alternatives.map(() => this.label());
    this.emit(this.clearMarks(...alternatives));
    let name = '';
    if (decided) {
      // row i: which alternative from i on may begin with the column's code point; entered as its row says
      const table = new Uint16Array(COLUMNS * alternatives.length).fill(Label.fail);
      for (let column = 0; column < COLUMNS; column++) {
        let next = -1;
        for (let i = alternatives.length - 1; i >= 0; i--) {
          if (firsts[i][column] === 1) next = i;
          if (next >= 0) table[i * COLUMNS + column] = i === 0 ? entries[next] : handlers[next];
        }
      }
      name = this.constant(`branch ${after}`, table);
      this.emit(`s=${name}[${this.column('p')}];continue;`);
    }
    alternatives.forEach((alternative, i) => {
      if (i > 0) {
        this.emit(`case ${handlers[i]}:${POLL}p=S[--sp];${this.clearMarks(...alternatives.slice(0, i))}`);
      }
      this.place(entries[i]);
      const later = firsts.slice(i + 1);
      if (later.length > 0) {
        if (!decided) this.push(handlers[i + 1], 'p');
        else if (later.some((first) => first[END] + firsts[i][END] === 2 || !disjoint(first, firsts[i]))) {
          const pushing = this.pushing('k', 'p');
          this.emit(`if((k=${name}[${(i + 1) * COLUMNS}+${this.column('p')}])!==${Label.fail}){${pushing}}`);
        }
      }
      this.sequence(alternative, follow, last);
      if (i < alternatives.length - 1) this.goTo(after);
    });
    this.place(after);
  }

  private conditional({ group, yes, no }: Conditional, follow: First): void {
    const otherwise = this.label();
    const after = this.label();
    const start = `M[${group * 2 + 2}]`;
    const end = `M[${group * 2 + 3}]`;
    this.emit(this.clearMarks(yes, no));
    this.emit(`if(${start}<0||${end}<${start}){s=${otherwise};continue}`);
    this.sequence(yes, follow, false);
    this.goTo(after);
    this.place(otherwise);
    this.sequence(no, follow, false);
    this.place(after);
  }

  private reference({ group, comparison }: Reference): void {
    const start = `M[${group * 2 + 2}]`;
    const end = `M[${group * 2 + 3}]`;
    this.emit(`q=${start};n=${end};if(q<0||n<q||p+(n-q)>end)${this.fail()}`);
    this.emit(`lim=p+(n-q);while(p<lim&&${this.same(comparison)}){p++;q++}if(p<lim)${this.fail()}`);
  }
  private same(comparison: Comparison): string {
    const here = this.at('p');
    const there = this.at('q');
    if (comparison === 'exact') return `${here}===${there}`;
    const lower =
      comparison === 'unicode'
        ? this.constant('lower', this.tools.lower)
        : this.constant('ascii lower', this.tools.asciiLower);
    return `(${here}===${there}||${lower}(${here})===${lower}(${there}))`;
  }

  private assertion({ negative, back, body }: Assertion): void {
    const stack = this.local('a');
    const after = this.label();
    if (negative) {
      this.emit(this.clearMarks(body));
      if (back > 0) this.emit(`if(p<${back}){s=${after};continue}`);
      this.keepMarks(body);
      const succeed = this.label();
      this.emit(`${stack}=sp;`);
      this.push(succeed, 'p');
      this.late.push(`case ${succeed}:${POLL}p=S[--sp];${this.clearMarks(body)}s=${after};continue;`);
      if (back > 0) this.emit(`p-=${back};`);
      this.sequence(body, ANYTHING, false);
      this.emit(`sp=${stack};s=${Label.fail};continue;`);
      this.place(after);
      return;
    }
    const place = this.local('p');
    if (back > 0) this.emit(`if(p<${back})${this.fail()}`);
    this.keepMarks(body);
    this.emit(`${stack}=sp;${place}=p;`);
    if (back > 0) this.emit(`p-=${back};`);
    this.sequence(body, ANYTHING, false);
    this.emit(`sp=${stack};p=${place};`);
  }

  private repeat(repeat: Repeat, follow: First, last: boolean): void {
    const [node] = repeat.body;
    if (repeat.max === 0) {
      this.emit(this.clearMarks(repeat.body));
      return;
    }
    if (repeat.body.length === 1 && node.kind === 'character') {
      if (repeat.greed === 'lazy') this.lazyCharacters(repeat, node.set, follow);
      else this.characterRun(repeat, node.set, follow, last);
    } else if (repeat.greed === 'possessive') this.possessive(repeat);
    else if (repeat.max === 1 && repeat.min === 0) this.optional(repeat, follow, last);
    else this.loop(repeat, follow);
  }

  /** As many as there are, then one less each time. */
  private characterRun({ greed, min, max }: Repeat, set: CharacterSet, follow: First, last: boolean): void {
    this.emit(max === Infinity ? 'lim=end;' : `lim=end-p>${max}?p+${max}:end;`);
    const test = this.setTest(set, 'c');
    if (test === 'true') this.emit('q=lim;');
    else if (set.only >= 0) this.emit(`q=p;while(q<lim&&${this.setTest(set, this.at('q'))})q++;`);
    else this.emit(`q=p;while(q<lim&&(c=${this.at('q')},${test}))q++;`);
    if (min > 0) this.emit(`if(q<p+${min})${this.fail()}`);
    // fewer would leave one of the set to be matched by what follows
    const decided = disjoint(firstOfSet(set), follow);
    if (greed === 'possessive' || decided || last || min === max) {
      this.emit('p=q;');
      return;
    }
    const again = this.label();
    const after = this.label();
    const least = min === 0 ? 'p' : `p+${min}`;
    this.emit(`if(q>${least}){${this.pushing(`${again}`, least, 'q')}}p=q;`);
    this.place(after);
    const skip = isAnything(follow) ? '' : `while(q>=n&&!(${this.firstTest(follow, 'q')}))q--;`;
    this.late.push(
      `case ${again}:${POLL}q=S[sp-1]-1;n=S[sp-2];${skip}if(q<=n){sp-=2;if(q<n)${FAIL}}else{S[sp-1]=q;S[sp]=${again};sp++}p=q;s=${after};continue;`,
    );
  }

  /** As few as possible, then one more each time. */
  private lazyCharacters({ min, max }: Repeat, set: CharacterSet, follow: First): void {
    const test = (position: string): string => `(c=${this.at(position)},${this.setTest(set, 'c')})`;
    const bounded = max !== Infinity;
    const limit = bounded ? this.local('l') : 'end';
    if (bounded) this.emit(`${limit}=end-p>${max}?p+${max}:end;`);
    if (min > 0) {
      this.emit(`if(p+${min}>end)${this.fail()}q=p+${min};while(p<q&&${test('p')})p++;if(p<q)${this.fail()}`);
    }
    if (min === max) return;
    const check = this.label();
    const more = this.label();
    this.place(check);
    if (!isAnything(follow)) {
      this.emit(`while(!${this.mayFollow(follow, 'p')}){if(p>=${limit}||!${test('p')})${FAIL}p++}`);
      // where what follows may begin, this cannot go on
      if (disjoint(firstOfSet(set), follow)) return;
    }
    if (bounded) this.push(more, limit, 'p');
    else this.push(more, 'p');
    const pop = bounded ? `sp-=2;${limit}=S[sp];p=S[sp+1];` : 'p=S[--sp];';
    this.late.push(`case ${more}:${POLL}${pop}if(p>=${limit}||!${test('p')})${FAIL}p++;s=${check};continue;`);
  }

  private optional({ greed, body }: Repeat, follow: First, last: boolean): void {
    const after = this.label();
    const other = this.label();
    this.emit(this.clearMarks(body));
    if (greed === 'lazy') {
      const start = this.label();
      this.push(other, 'p');
      this.goTo(after);
      this.late.push(`case ${other}:${POLL}p=S[--sp];s=${start};continue;`);
      this.place(start);
      this.sequence(body, follow, last);
    } else {
      this.enter(firstOf(body, follow), follow, after, other);
      this.late.push(`case ${other}:${POLL}p=S[--sp];${this.clearMarks(body)}s=${after};continue;`);
      this.sequence(body, follow, last);
    }
    this.place(after);
  }

  /** Goes on to the body with `other` pushed as the way out, or to `after` if the body cannot match here. */
  private enter(first: First, follow: First, after: number, other: number): void {
    if (isAnything(first) && isAnything(follow)) {
      this.push(other, 'p');
      return;
    }
    this.emit(`k=${this.column('p')};`);
    if (!isAnything(first)) this.emit(`if(${this.columns(first)}[k]===0){s=${after};continue}`);
    if (isAnything(follow)) this.push(other, 'p');
    else this.emit(`if(${this.columns(follow)}[k]===1){${this.pushing(`${other}`, 'p')}}`);
  }
  private columns(first: First): string {
    return this.table(first);
  }

  /**
   * A group repeated. A count is kept only if it decides, and the place where the iteration began only if an iteration
   * may be empty: after an empty one there is no other.
   */
  private loop({ greed, min, max, body }: Repeat, follow: First): void {
    const nullable = minWidth(body) === 0;
    const counted = min > 1 || max !== Infinity;
    const count = counted ? this.local('n') : '';
    const begun = nullable ? this.local('g') : '';
    const first = firstOf(body, nullable ? ANYTHING : follow);
    const start = this.label();
    const decide = this.label();
    const after = this.label();
    const other = this.label();
    // an outer loop may come back here while this one's iterations wait on the stack
    for (const variable of [count, begun]) {
      if (variable === '') continue;
      const undo = this.label();
      this.push(undo, variable);
      this.late.push(`case ${undo}:${variable}=S[--sp];${FAIL}`);
      this.emit(`${variable}=${variable === count ? 0 : -1};`);
    }
    const begin = (): string => {
      if (!nullable) return '';
      const undo = this.label();
      this.late.push(`case ${undo}:${begun}=S[--sp];${FAIL}`);
      return `${this.pushing(`${undo}`, begun)}${begun}=p;`;
    };
    if (min === 0) this.goTo(decide);
    this.place(start);
    this.sequence(body, union(first, follow), false);
    if (counted) {
      const undo = this.label();
      this.emit(`${count}++;${this.pushing(`${undo}`)}`);
      this.late.push(`case ${undo}:${count}--;${FAIL}`);
    }
    this.place(decide);
    if (counted && min > 0) this.emit(`if(${count}<${min}){s=${start};continue}`);
    const noMore: string[] = [];
    if (counted && max !== Infinity) noMore.push(`${count}>=${max}`);
    if (nullable) noMore.push(`p===${begun}`);
    if (greed === 'lazy') {
      const wait = this.pushing(`${other}`, 'p');
      if (isAnything(follow)) this.emit(wait);
      else this.emit(`if(!${this.mayFollow(follow, 'p')}){s=${other};S[sp++]=p;continue}${wait}`);
      const stop = noMore.length > 0 ? `if(${noMore.join('||')})${FAIL}` : '';
      this.late.push(`case ${other}:${POLL}p=S[--sp];${stop}${begin()}s=${start};continue;`);
    } else {
      if (noMore.length > 0) this.emit(`if(${noMore.join('||')}){s=${after};continue}`);
      this.enter(first, follow, after, other);
      this.late.push(`case ${other}:${POLL}p=S[--sp];s=${after};continue;`);
      this.emit(begin());
      this.goTo(start);
    }
    this.place(after);
  }

  /** Each iteration is atomic, and so is the whole. */
  private possessive({ min, max, body }: Repeat): void {
    const stack = this.local('a');
    const count = min > 0 || max !== Infinity ? this.local('n') : '';
    const begun = minWidth(body) === 0 ? this.local('g') : '';
    const again = this.label();
    const after = this.label();
    const other = this.label();
    this.keepMarks(body);
    this.emit(`${stack}=sp;${count === '' ? '' : `${count}=0;`}${begun === '' ? '' : `${begun}=-1;`}`);
    this.place(again);
    const stop: string[] = [];
    if (max !== Infinity) stop.push(`${count}>=${max}`);
    if (begun !== '') stop.push(`p===${begun}`);
    let choice = stop.length > 0 ? `if(${stop.join('||')}){s=${after};continue}` : '';
    if (begun !== '') choice += `${begun}=p;`;
    choice += this.pushing(`${other}`, 'p');
    this.emit(min > 0 ? `if(${count}>=${min}){${choice}}` : choice);
    this.sequence(body, ANYTHING, false);
    this.emit(`sp=${stack};${count === '' ? '' : `${count}++;`}`);
    this.goTo(again);
    this.late.push(`case ${other}:${POLL}p=S[--sp];s=${after};continue;`);
    this.place(after);
  }
}

/** The runs of ones, as first and last index. */
function rangesOf(table: Uint8Array): [number, number][] {
  const ranges: [number, number][] = [];
  for (let code = 0; code < 256; code++) {
    if (table[code] === 0) continue;
    const start = code;
    while (code < 255 && table[code + 1] === 1) code++;
    ranges.push([start, code]);
  }
  return ranges;
}

function wordTable(tools: CaseTools): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, code) => (tools.word(code) ? 1 : 0));
}
