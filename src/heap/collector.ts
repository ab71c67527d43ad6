/**
 * The garbage collector: mark and sweep, nothing moves. Marks are a bitmap beside the heap in which every cell of a
 * live object is set, so the sweep needs no object headers: free memory is the runs of zero bits, found lazily as
 * allocation asks for spans.
 *
 * It runs at safe points of the interpreter only. Roots:
 * - the built-in types and the state words that hold refs;
 * - the VM stack from its start to State.stackTop, every cell that has the form of a reference. Frame headers are packed
 *   words that never have that form; they are followed by walking Frame.caller from State.frame, which links the frames of
 *   outer runs of the loop and of running generators too. Registers are scanned whether or not they are in use: what a
 *   stale one refers to was live at the last collection or made since, so it still is an object (no memory is reused
 *   that was in use at the last collection or since, and the stack above State.stackTop is cleared at each one);
 * - whatever scanners were added by addRootScanner (the JIT's executors, tables of the modules).
 *
 * After marking, the hooks of addSweeper let tables outside the heap drop what is dead (BigInts, cached strings, weak
 * references). Turned down: generations (they need a write barrier in every store, machine code included), moving
 * (every ref in TypeScript variables and compiled code would have to be known).
 */
import { DeclaredTypes, HEAP_START, InterruptFlag, STACK_CELLS, STACK_START, State, T } from './fixed.ts';
import {
  ArrayObject,
  Bytes,
  Code,
  CodeFlag,
  FRAME_HEADER_CELLS,
  Frame,
  Generator,
  GeneratorState,
  Instance,
  Kind,
  List,
  layouts,
  RecordObject,
  Shape,
  Str,
  StrFlag,
  Tuple,
  TYPE_CELLS,
  Type,
  TypeFlag,
} from './layouts.ts';
import { setFreeSpanSource, setLargeSpanSource, words } from './memory.ts';
import { TAG_REF } from './values.ts';

/** Never collect before this many cells (32 MiB) were allocated. */
const MINIMUM_THRESHOLD = 1 << 22;
/** Free runs shorter than this stay unused until their neighbours die: a span should last for a few objects. */
const MINIMUM_SPAN = 16;
/** Free runs of at least this many cells (256 KiB) are kept for large objects first. */
const LARGE_RUN = 1 << 15;
/** The stack above its top is cleared until this many cells (128 KiB) in a row are zero already. */
const CLEAN_STACK = 1 << 14;
/** A float as a value, no object's type as a word. */
const POISON = 0x7ffdead;

/** Mark bits, one for each cell from HEAP_START on. */
let bits = new Int32Array(0);
/** Objects that are marked but whose references were not followed yet. */
let pending = new Int32Array(1 << 12);
let pendingCount = 0;
/** Cells marked in this collection. */
let liveCells = 0;
/** Collections so far. */
export let collections = 0;

/** Marks roots outside the VM's own by calling `mark` for refs and `markSlot` for value cells. */
export type RootScanner = () => void;
const scanners: RootScanner[] = [];
/** Adds a source of roots, asked at every collection: it calls `mark` and `markSlot`. */
export function addRootScanner(scanner: RootScanner): void {
  scanners.push(scanner);
}

export type Sweeper = (isMarked: (ref: number) => boolean) => void;
const sweepers: Sweeper[] = [];
/** Adds a hook that runs after marking, before memory is reused: it drops what refers to unmarked objects. */
export function addSweeper(sweeper: Sweeper): void {
  sweepers.push(sweeper);
}

/** Runs between marking and sweeping; may call `mark` and then `markPending` to keep objects (finalizers). */
const finalizers: Sweeper[] = [];
export function addFinalizerScanner(scanner: Sweeper): void {
  finalizers.push(scanner);
}

/** Weak references met by this collection so far: only those that live. */
export const foundWeakReferences: number[] = [];
/** Objects met by this collection that will have something to do when they die (`hasFinalizer`, `finalizes`). */
export const foundFinalizable: number[] = [];
/** Types met by this collection that have a list of subclasses. */
const foundBases: number[] = [];

/** True for an object that is reachable, as far as marking has come; objects at fixed cells always are. */
export function isMarked(ref: number): boolean {
  if (ref < HEAP_START) return true;
  const bit = ref - HEAP_START;
  return (bits[bit >>> 5] & (1 << (bit & 31))) !== 0;
}

/** Set while somebody wants to know references instead of following them. */
let visitor: ((ref: number) => void) | null = null;
/** Objects marked so far, where somebody wants a list. */
let listing: number[] | null = null;

/** Calls `visit` for every object outside the fixed cells that an object refers to directly. */
export function visitReferences(ref: number, visit: (ref: number) => void): void {
  visitor = (met) => {
    const type = words[met << 1];
    // the parts of an object that are no objects to Python
    if (type === T.values) follow(met);
    else if (type !== T.raw && type !== T.shape) visit(met);
  };
  follow(ref);
  visitor = null;
}

/** A collection that lists the objects it found alive, strings and numbers excepted; see collect(). */
export function collectAndList(): number[] {
  listing = [];
  collect();
  const found = listing.filter((ref) => words[ref << 1] < T.values || words[ref << 1] > T.shape);
  listing = null;
  return found;
}

/** Cells that were allocated and are in use, as far as is known between collections. */
export function cellsAllocated(): number {
  return liveCells + words[State.allocatedCells] - (words[State.allocLimit] - words[State.allocPointer]);
}

/** Marks an object (0 and fixed cells are ignored) and remembers it if there is more to follow. */
export function mark(ref: number): void {
  if (ref < HEAP_START) return;
  if (visitor !== null) {
    visitor(ref);
    return;
  }
  const bit = ref - HEAP_START;
  if ((bits[bit >>> 5] & (1 << (bit & 31))) !== 0) return;
  const type = words[ref << 1];
  if (type < T.object) throw new Error(`collector: no object at cell ${ref} (type word ${type})`);
  const size = cellsOf(ref, type);
  setBits(bit, size);
  liveCells += size;
  const kind = words[(type << 1) + Type.kind];
  if (type < HEAP_START && (kind === Kind.str || kind === Kind.raw || kind === Kind.int || kind === Kind.bytes)) return;
  if (listing !== null) listing.push(ref);
  if (pendingCount === pending.length) {
    const larger = new Int32Array(pending.length * 2);
    larger.set(pending);
    pending = larger;
  }
  pending[pendingCount++] = ref;
}

/** Marks the object that the value in a cell refers to, if it is a reference. */
export function markSlot(slot: number): void {
  if (words[(slot << 1) + 1] === TAG_REF) mark(words[slot << 1]);
}

/** Marks what `count` cells refer to. */
export function markSlots(first: number, count: number): void {
  const end = (first + count) << 1;
  for (let at = first << 1; at < end; at += 2) if (words[at + 1] === TAG_REF) mark(words[at]);
}

/** Cells an object takes, its tail, trailing members and trailing dict included. */
function cellsOf(ref: number, type: number): number {
  const at = ref << 1;
  const kind: Kind = words[(type << 1) + Type.kind];
  let cells = layouts[kind].cells;
  if (kind === Kind.instance) return cells + words[(words[at + Instance.shape] << 1) + Shape.inlineSlots];
  if (type >= HEAP_START) cells += words[(type << 1) + Type.memberSlots];
  switch (kind) {
    case Kind.str:
      cells += (words[at + Str.length] * (words[at + Str.info] & StrFlag.widthMask) + 7) >> 3;
      break;
    case Kind.tuple:
      cells += words[at + Tuple.size];
      // struct sequences have hidden items
      if (type < HEAP_START && type >= DeclaredTypes.first) cells += words[(type << 1) + Type.inlineSlots];
      break;
    case Kind.values:
      cells += words[at + ArrayObject.length];
      break;
    case Kind.bytes:
    case Kind.raw:
      cells += (words[at + Bytes.length] + 7) >> 3;
      break;
    case Kind.record:
      // Built-in record types may have a dict too.
      cells += words[(type << 1) + Type.inlineSlots];
      return (words[(type << 1) + Type.flags] & TypeFlag.hasDict) !== 0 ? cells + 1 : cells;
    case Kind.generator:
      return cells + FRAME_HEADER_CELLS + registersOf(ref);
    case Kind.exception:
    case Kind.function:
    case Kind.module:
    case Kind.type:
    case Kind.wrapper:
      return cells;
  }
  const hasTail = (words[(type << 1) + Type.flags] & (TypeFlag.hasDict | TypeFlag.hasTail)) !== 0;
  return type >= DeclaredTypes.first && hasTail ? cells + 1 : cells;
}

/** How many registers a generator's frame has. */
function registersOf(generator: number): number {
  return words[(words[(generator << 1) + Generator.frame + Frame.code] << 1) + Code.registerCount];
}

/** Sets `count` bits from bit `from` on. */
function setBits(from: number, count: number): void {
  let word = from >>> 5;
  const first = from & 31;
  const end = first + count;
  if (end <= 32) {
    bits[word] |= (count === 32 ? -1 : (1 << count) - 1) << first;
    return;
  }
  bits[word++] |= -1 << first;
  let rest = end - 32;
  const whole = rest >>> 5;
  if (whole > 8) bits.fill(-1, word, word + whole);
  else for (let i = 0; i < whole; i++) bits[word + i] = -1;
  word += whole;
  rest &= 31;
  if (rest !== 0) bits[word] |= (1 << rest) - 1;
}

/** Follows the references of everything marked so far. */
export function markPending(): void {
  while (pendingCount > 0) follow(pending[--pendingCount]);
}

/** Marks what an object refers to. */
export function follow(ref: number): void {
  const at = ref << 1;
  const type = words[at];
  const kind: Kind = words[(type << 1) + Type.kind];
  if ((words[(type << 1) + Type.flags] & TypeFlag.hasFinalizer) !== 0) foundFinalizable.push(ref);
  if (type >= DeclaredTypes.first) {
    if (type >= HEAP_START) mark(type);
    const end = ref + cellsOf(ref, type);
    // Both words are 0 or a ref wherever there is a trailing cell; other layouts end in a cell of their own.
    const hasDict = hasTrailingDict(type, kind);
    if (hasDict) {
      const tail = (end - 1) << 1;
      mark(words[tail]);
      mark(words[tail + 1]);
    }
    const members = words[(type << 1) + Type.memberSlots];
    if (members !== 0 && kind !== Kind.instance) markSlots(end - (hasDict ? 1 : 0) - members, members);
  }
  switch (kind) {
    case Kind.list:
      mark(words[at + List.items]);
      return;
    case Kind.values:
      markSlots(ref + (ArrayObject.data >> 1), words[at + ArrayObject.length]);
      return;
    case Kind.tuple: {
      const hidden = type < HEAP_START && type >= DeclaredTypes.first ? words[(type << 1) + Type.inlineSlots] : 0;
      markSlots(ref + (Tuple.items >> 1), words[at + Tuple.size] + hidden);
      return;
    }
    case Kind.instance: {
      const shape = words[at + Instance.shape];
      mark(shape);
      mark(words[at + Instance.overflow]);
      markSlots(ref + (Instance.slots >> 1), words[(shape << 1) + Shape.inlineSlots]);
      return;
    }
    case Kind.generator:
      if ((words[(words[at + Generator.frame + Frame.code] << 1) + Code.flags] & CodeFlag.finalizes) !== 0)
        foundFinalizable.push(ref);
      followFields(ref, kind);
      if (words[at + Generator.state] === GeneratorState.closed) {
        // nothing of its frame is read again but how large it is
        mark(words[at + Generator.frame + Frame.code]);
        return;
      }
      markFrame(ref + (Generator.frame >> 1));
      markSlots(ref + (Generator.frame >> 1) + FRAME_HEADER_CELLS, registersOf(ref));
      return;
    case Kind.record:
      markSlots(ref + (RecordObject.values >> 1), words[(type << 1) + Type.inlineSlots]);
      return;
    case Kind.weakReference:
      foundWeakReferences.push(ref);
      followFields(ref, kind);
      return;
    case Kind.type:
      if (words[at + Type.subclasses] !== 0) foundBases.push(ref);
      followFields(ref, kind);
      return;
    default:
      followFields(ref, kind);
  }
}

/** Takes dead types out of the lists of subclasses; the lists themselves live. */
function pruneSubclasses(type: number): void {
  const list = words[(type << 1) + Type.subclasses];
  if (list === 0) return;
  const items = words[(list << 1) + List.items];
  setBits(list - HEAP_START, cellsOf(list, T.list));
  setBits(items - HEAP_START, cellsOf(items, T.values));
  const size = words[(list << 1) + List.size];
  let kept = 0;
  for (let i = 0; i < size; i++) {
    const subclass = words[(items + 1 + i) << 1];
    if (isMarked(subclass)) words[(items + 1 + kept++) << 1] = subclass;
  }
  for (let i = kept; i < size; i++) words[(items + 1 + i) << 1] = 0;
  words[(list << 1) + List.size] = kept;
}

function hasTrailingDict(type: number, kind: Kind): boolean {
  if ((words[(type << 1) + Type.flags] & (TypeFlag.hasDict | TypeFlag.hasTail)) === 0) return false;
  switch (kind) {
    case Kind.instance:
    case Kind.exception:
    case Kind.function:
    case Kind.module:
    case Kind.type:
    case Kind.wrapper:
    case Kind.generator:
      return false;
  }
  return true;
}

/** The fixed part of an object, by its declared layout. */
function followFields(ref: number, kind: Kind): void {
  const at = ref << 1;
  const { refs, values } = layouts[kind];
  for (let i = 0; i < refs.length; i++) mark(words[at + refs[i]]);
  for (let i = 0; i < values.length; i++) if (words[at + values[i] + 1] === TAG_REF) mark(words[at + values[i]]);
}

/** The refs in a frame's header. */
function markFrame(frame: number): void {
  const at = frame << 1;
  mark(words[at + Frame.function]);
  mark(words[at + Frame.locals]);
  mark(words[at + Frame.object]);
  mark(words[at + Frame.generator]);
  mark(words[at + Frame.code]);
}

function markRoots(): void {
  for (let type = T.object as number; type < DeclaredTypes.end; type += TYPE_CELLS) followFields(type, Kind.type);
  for (const word of [
    State.handled,
    State.raised,
    State.builtinsDict,
    State.modulesDict,
    State.internTable,
    State.roots,
    State.pendingFinalizers,
    State.finalized,
    State.context,
    State.warnings,
    State.importlib,
    State.sysHooks,
  ])
    mark(words[word]);
  for (let frame = words[State.frame]; frame !== 0; frame = words[(frame << 1) + Frame.caller]) markFrame(frame);
  markSlots(STACK_START, words[State.stackTop] - STACK_START);
  for (const scan of scanners) scan();
}

/** Zeroes what earlier calls left above the top of the VM stack, so that no later frame shows references to dead objects. */
function clearFreeStack(): void {
  const end = (STACK_START + STACK_CELLS) << 1;
  let clean = 0;
  for (let at = words[State.stackTop] << 1; at < end && clean < CLEAN_STACK; at += 2) {
    if (words[at] === 0 && words[at + 1] === 0) clean++;
    else {
      clean = 0;
      words[at] = 0;
      words[at + 1] = 0;
    }
  }
}

/**
 * Frees everything unreachable. Only at a safe point: State.frame and State.stackTop are stored and every ref that
 * TypeScript still needs is rooted. Calls no Python.
 */
export function collect(): void {
  const top = words[State.heapTop];
  const length = ((top - HEAP_START) >>> 5) + 1;
  if (bits.length < length) bits = new Int32Array(length + (length >> 2));
  else bits.fill(0);
  liveCells = 0;
  foundWeakReferences.length = 0;
  foundFinalizable.length = 0;
  foundBases.length = 0;
  markRoots();
  markPending();
  for (const scan of finalizers) scan(isMarked);
  for (let type = T.object as number; type < DeclaredTypes.end; type += TYPE_CELLS) pruneSubclasses(type);
  for (const type of foundBases) pruneSubclasses(type);
  for (const sweep of sweepers) sweep(isMarked);
  clearFreeStack();
  startSweep(top);
  collections++;
  words[State.allocatedCells] = 0;
  // As much again as is live, but never more than half of what is left: allocation itself cannot collect.
  const free = words[State.heapEnd] - HEAP_START - liveCells;
  words[State.collectThreshold] = Math.min(Math.max(MINIMUM_THRESHOLD, liveCells), free >> 1);
  words[State.interrupt] &= ~InterruptFlag.collect;
  if (words[State.stress] === 1) words[State.interrupt] |= InterruptFlag.collect;
  else if (words[State.stress] > 1) words[State.collectThreshold] = words[State.stress];
}

/**
 * Those of some objects that nothing refers to, without freeing anything. Costs as much as the marking of a collection.
 * Unlike a collection it may run anywhere, but then objects that only TypeScript variables refer to count as unreachable.
 */
export function unreachable(candidates: readonly number[]): number[] {
  const [savedBits, savedCells] = [bits, liveCells];
  bits = new Int32Array(((words[State.heapTop] - HEAP_START) >>> 5) + 1);
  markRoots();
  markPending();
  const found = candidates.filter((ref) => !isMarked(ref));
  bits = savedBits;
  liveCells = savedCells;
  return found;
}

/** Cells that the last collection found in use. */
export function cellsInUse(): number {
  return liveCells;
}

// Sweeping. The cursor walks the bitmap once after each collection and hands out free runs as spans. Runs that are large
// were found right after marking and lie in a list of their own, from which large objects are cut; what is left of
// them is used for small objects when the small runs are used up.

let cursor = 0;
/** One past the last bit of the heap as it was at the collection. */
let sweepEnd = 0;
/** Start bits and lengths of the large free runs, in address order; a run's start moves up as it is used. */
let largeStarts: number[] = [];
let largeLengths: number[] = [];

/** First bit at or after `from` (below `end`) whose value is `set`, or `end`. */
function findBit(from: number, end: number, set: boolean): number {
  let word = from >>> 5;
  const last = (end - 1) >>> 5;
  let chunk = (set ? bits[word] : ~bits[word]) & (-1 << (from & 31));
  while (chunk === 0) {
    if (++word > last) return end;
    chunk = set ? bits[word] : ~bits[word];
  }
  const bit = (word << 5) + 31 - Math.clz32(chunk & -chunk);
  return bit < end ? bit : end;
}

/** Gives back the free end of the heap, lists the large free runs and puts the cursor at the start. */
function startSweep(top: number): void {
  largeStarts = [];
  largeLengths = [];
  cursor = 0;
  sweepEnd = top - HEAP_START;
  words[State.allocPointer] = HEAP_START;
  words[State.allocLimit] = HEAP_START;
  let at = 0;
  while (at < sweepEnd) {
    const start = findBit(at, sweepEnd, false);
    if (start >= sweepEnd) break;
    const stop = findBit(start, sweepEnd, true);
    // Stress mode: whoever uses a dead object shall notice at once.
    if (words[State.stress] !== 0) words.fill(POISON, (HEAP_START + start) << 1, (HEAP_START + stop) << 1);
    if (stop === sweepEnd) {
      sweepEnd = start;
      words[State.heapTop] = HEAP_START + start;
      break;
    }
    if (stop - start >= LARGE_RUN) {
      largeStarts.push(start);
      largeLengths.push(stop - start);
    }
    at = stop;
  }
}

/** Makes the next free run of at least `count` cells the allocation span; false if there is none left. */
function takeSmallSpan(count: number): boolean {
  const wanted = Math.max(count, MINIMUM_SPAN);
  while (cursor < sweepEnd) {
    const start = findBit(cursor, sweepEnd, false);
    if (start >= sweepEnd) break;
    const stop = findBit(start, sweepEnd, true);
    cursor = stop;
    // Large runs are in the list, and are kept for large objects as long as there is anything else.
    if (stop - start >= wanted && stop - start < LARGE_RUN) {
      const stress = words[State.stress];
      const length = stress > 1 ? Math.min(stop - start, Math.max(wanted, stress)) : stop - start;
      cursor = start + length;
      useSpan(start, length);
      return true;
    }
  }
  for (let i = largeStarts.length - 1; i >= 0; i--) {
    const length = largeLengths[i];
    if (length < wanted) {
      largeStarts.pop();
      largeLengths.pop();
      continue;
    }
    // Cut small spans off the end, so that the run stays of use for large objects.
    const taken = Math.min(length, Math.max(wanted, LARGE_RUN));
    largeLengths[i] -= taken;
    useSpan(largeStarts[i] + length - taken, taken);
    return true;
  }
  return false;
}

function useSpan(start: number, length: number): void {
  words[State.allocPointer] = HEAP_START + start;
  words[State.allocLimit] = HEAP_START + start + length;
  words[State.allocatedCells] += length;
}

/** Cells for a large object out of a free run, or 0. */
function takeLargeSpan(count: number): number {
  let best = -1;
  for (let i = 0; i < largeStarts.length; i++)
    if (largeLengths[i] >= count && (best < 0 || largeLengths[i] < largeLengths[best])) best = i;
  if (best < 0) return 0;
  const start = largeStarts[best];
  largeStarts[best] += count;
  largeLengths[best] -= count;
  words[State.allocatedCells] += count;
  return HEAP_START + start;
}

setFreeSpanSource(takeSmallSpan);
setLargeSpanSource(takeLargeSpan);
