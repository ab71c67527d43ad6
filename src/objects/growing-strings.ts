/**
 * Strings that grow: `s += piece` in a loop would copy s each time. CPython extends a str in place while nobody else refers
 * to it, which its reference counts tell. Here the instruction must know that (interpreter/string-appends.ts says when);
 * then a str is made with reserve behind it, and the next piece goes there: the same object becomes longer. The reserve
 * is no part of the object: a collection takes it back, and the next append copies once more. Turned down: ropes, because
 * machine code reads strings flat.
 */
import { addSweeper } from '../heap/collector.ts';
import { Str, StrFlag } from '../heap/layouts.ts';
import { allocate, words } from '../heap/memory.ts';
import {
  concatenate,
  copyCodePoints,
  forgetText,
  initializeString,
  isAscii,
  stringLength,
  stringWidth,
} from './strings.ts';

/** Shorter strings are copied as fast. */
const MIN_LENGTH = 64;
/** Strings that may grow in turn. */
const COUNT = 4;
/** The strings with reserve; 0 none */
const growing = new Int32Array(COUNT);
/** the cell behind the reserve of each */
const ends = new Int32Array(COUNT);
let oldest = 0;

/** From now on no string may grow: somebody may have got hold of one. */
export function forgetGrowing(): void {
  growing.fill(0);
}
addSweeper(forgetGrowing);

/** The cells that a str of `length` code points takes. */
function cellsFor(length: number, width: number): number {
  return 2 + ((length * width + 7) >>> 3);
}

/**
 * a + b of two strs of exact type, where `a` is about to lose its only reference: may be `a` itself, longer. Whoever calls
 * must know that no other reference to `a` exists if `a` is what an earlier call here returned. Allocates only.
 */
export function append(a: number, b: number): number {
  const length = stringLength(a);
  const added = stringLength(b);
  if (length < MIN_LENGTH || added === 0) return concatenate(a, b);
  const width = stringWidth(a);
  const total = length + added;
  for (let i = 0; i < COUNT; i++) {
    if (growing[i] !== a) continue;
    const cells = cellsFor(total, width);
    if (stringWidth(b) > width || a + cells > ends[i]) {
      growing[i] = 0;
      break;
    }
    // zero padding is part of what a str is
    if (cells > cellsFor(length, width)) {
      words[(a + cells - 1) << 1] = 0;
      words[((a + cells - 1) << 1) + 1] = 0;
    }
    copyCodePoints(a, length, b, 0, added);
    words[(a << 1) + Str.length] = total;
    words[(a << 1) + Str.hash] = 0;
    if (!isAscii(b)) words[(a << 1) + Str.info] &= ~StrFlag.ascii;
    forgetText(a);
    return a;
  }
  const wider = Math.max(width, stringWidth(b));
  const capacity = cellsFor(total + (total >>> 1), wider);
  const made = allocate(capacity);
  initializeString(made, total, wider, isAscii(a) && isAscii(b));
  copyCodePoints(made, 0, a, 0, length);
  copyCodePoints(made, length, b, 0, added);
  growing[oldest] = made;
  ends[oldest] = made + capacity;
  oldest = (oldest + 1) % COUNT;
  return made;
}
