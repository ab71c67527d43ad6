/**
 * Every object layout, once. An object is a run of 8-byte cells; its reference is the index of the first one. The
 * enums below give each field's offset in 32-bit words from the start of the object, so TypeScript reads
 * `words[(ref << 1) + List.size]` and a stencil addresses `[base + ref*8 + List.size*4]` from the same declaration. A
 * field that holds a whole value (64 bits, see values.ts) has an even offset: its cell is `ref + (offset >> 1)`.
 *
 * Word 0 of every object is the reference of its type; word 1 is the layout's own (a length, a shape, ...). `layouts`
 * says per kind what the collector must follow. Enums (not objects) because the bundler inlines them: offsets cost
 * nothing at run time. Turned down: generating the enums from a schema; a second artefact to keep in step.
 */

/** The memory layout of an object, stored in its type; a subclass of a built-in type keeps its base's kind. */
export enum Kind {
  /** No field beyond the header: None, True, NotImplemented, object() */
  plain,
  type,
  instance,
  /** An int that is no 48-bit immediate, or one of a subclass of int (bool excepted). */
  int,
  /** Only instances of subclasses of float; a plain float is an immediate. */
  float,
  str,
  bytes,
  list,
  tuple,
  dict,
  set,
  range,
  slice,
  function,
  method,
  native,
  code,
  cell,
  frame,
  traceback,
  generator,
  module,
  property,
  /** staticmethod, classmethod, classmethod_descriptor: one wrapped value. */
  wrapper,
  /** Descriptor of a native attribute, backed by getter and setter numbers. */
  getset,
  super,
  exception,
  /** Every built-in iterator: a source, a position, a limit. */
  iterator,
  /** dict views and mappingproxy: one dict. */
  view,
  /** Internal: `Array.length` value cells. */
  values,
  /** Internal: `Array.length` bytes, never followed. */
  raw,
  shape,
  complex,
  /** Types of objects/declared-types.ts: a number of values that the type declares. */
  record,
  bytearray,
  /** weakref.ref and the weak proxies: the collector follows the callback, not the target. */
  weakReference,
}

/** Header words, the same for all objects. */
export enum Header {
  type = 0,
  aux = 1,
}

/** A type object. All of them, built in or not, have this layout; the built-in ones lie at fixed cells (fixed.ts). */
export enum Type {
  type = 0,
  flags = 1,
  /** str */
  name = 2,
  /** tuple of types */
  bases = 3,
  /** tuple of types, this type first */
  mro = 4,
  /** dict: the namespace */
  dict = 5,
  /** Kind of the instances */
  kind = 6,
  /** Bumped whenever a lookup on the type could change; 0 = not cachable. Unique over all types. */
  version = 7,
  /** shape of a fresh instance (Kind.instance), else 0 */
  rootShape = 8,
  /**
   * how many attribute cells a new instance has inline (Kind.instance); decided with rootShape, at the first instance.
   * Kind.record: how many values an instance has
   */
  inlineSlots = 9,
  /** str */
  qualname = 10,
  /** str, int or None: the value of __module__; a ref, 0 when it is in the dict */
  module = 11,
  /** list of direct subclasses, which it does not keep alive: the collector takes the dead ones out */
  subclasses = 12,
  /** the nearest base that decides the instance layout */
  layoutBase = 13,
  /** executors that rest on this type: index into the JIT's dependency table, 0 = none */
  watchers = 14,
  /**
   * how many cells an instance has for members of __slots__ (own and inherited): the first of the inline cells, or, with
   * the layout of another built-in type, cells of their own (MEMBERS below)
   */
  memberSlots = 15,
}
export const TYPE_CELLS = 8;

export enum TypeFlag {
  /** made by a class statement or type() */
  heapType = 1,
  /** instances of subclasses may have attributes in a dict or shape */
  hasDict = 2,
  /** may not be subclassed (bool, NoneType, function, ...) */
  final = 4,
  isException = 8,
  /** overrides __getattribute__ or has __getattr__: attribute caches stay off */
  customGetattribute = 16,
  hasGetattr = 32,
  customSetattr = 64,
  /** defines __del__ somewhere in the mro */
  hasFinalizer = 128,
  /** abstract: has unimplemented abstract methods */
  abstract = 256,
  hasSlots = 512,
  /** matched by sequence patterns, by mapping patterns (collections.abc registers here) */
  sequence = 1024,
  mapping = 2048,
  /** instances may be referred to weakly */
  weak = 4096,
  /** instances have the trailing cell of a `__dict__` (see TRAILING_DICT_CELLS) for a reference of the type's own */
  hasTail = 8192,
}

/** An instance of a Python class over object: shape in the header, attributes in inline cells, then in overflow. */
export enum Instance {
  type = 0,
  shape = 1,
  /** values array for slots beyond the inline ones; for a dictionary-mode shape: the dict */
  overflow = 2,
  /** 1 if something weakly refers to it */
  flags = 3,
  /** first inline attribute (a value) */
  slots = 4,
}

/** A hidden class: which attribute lies in which slot. Shapes form a tree below the root shape of each type. */
export enum Shape {
  type = 0,
  /** number of slots in use */
  count = 1,
  owner = 2,
  parent = 3,
  /** str: the attribute this shape adds to its parent */
  name = 4,
  /** dict name -> slot index, made on first lookup; 0 before. Of a root shape: the dictionary-mode shape, or 0 */
  table = 5,
  /** dict name -> child shape (as a ref to the shape), 0 before the first */
  transitions = 6,
  /** 1 = dictionary mode: the instance's overflow word is its __dict__ */
  dictionary = 7,
  /**
   * Inline attribute cells of the instances of this shape: slot i lies inline if i is below, else in cell
   * i - inlineSlots of the overflow array. In the shape, not the type, since assignment to __class__ brings a type
   * instances of another size.
   */
  inlineSlots = 8,
  /** of a root shape: another root shape of the same type, for instances of another size; or 0 */
  next = 9,
}
export const SHAPE_CELLS = 5;

export enum IntObject {
  type = 0,
  /** 0: `value` is a 64-bit two's complement integer; 1: a handle to a BigInt; 2: an immediate value (int subclasses) */
  form = 1,
  low = 2,
  high = 3,
}
export enum IntForm {
  box64 = 0,
  big = 1,
  immediate = 2,
}
export enum FloatObject {
  type = 0,
  aux = 1,
  value = 2,
}
export enum Complex {
  type = 0,
  aux = 1,
  real = 2,
  imag = 4,
}

/** Flat string: `length` code points of `width` bytes each. `width` is the narrowest that fits (PEP 393's idea). */
export enum Str {
  type = 0,
  /** in code points */
  length = 1,
  /** 32-bit hash; 0 = not yet computed */
  hash = 2,
  /** low 3 bits: 1, 2 or 4 bytes a code point; then StrFlag bits */
  info = 3,
  data = 4,
}
export enum StrFlag {
  widthMask = 7,
  interned = 8,
  ascii = 16,
}
export enum Bytes {
  type = 0,
  length = 1,
  hash = 2,
  aux = 3,
  data = 4,
}
/** bytearray: `length` bytes from byte `start` of a `raw` array on (0: none yet). */
export enum ByteArray {
  type = 0,
  length = 1,
  storage = 2,
  start = 3,
  /** how many buffers of it are in use (objects/buffers.ts); its size is fixed while there are any */
  exports = 4,
  spare = 5,
}
export const BYTEARRAY_CELLS = 3;
export enum List {
  type = 0,
  size = 1,
  /** a `values` array of at least `size` cells */
  items = 2,
  /** JIT dependency flags; 0 */
  flags = 3,
}
export const LIST_CELLS = 2;
export enum Tuple {
  type = 0,
  size = 1,
  /** first item (a value) */
  items = 2,
}
/** Internal arrays: `values` (length in cells) and `raw` (length in bytes). */
export enum ArrayObject {
  type = 0,
  length = 1,
  data = 2,
}
/**
 * Compact ordered dict (the idea of PyPy and CPython 3.6). `entries` is a `values` array of 3 cells an entry: key,
 * value, hash (low word: 32-bit table hash). A deleted entry has a NULL key. `index` is a `raw` array of int32, a power of two
 * long: -1 empty, -2 deleted, else entry number; behind it one more int32, the number of insertions that may follow
 * before the tables are rebuilt, and behind that, unless the dict is empty, a position before which no entry is alive.
 * Probing starts at `hash & mask` and goes on as CPython's does, with `perturb` the
 * unsigned hash at first: perturb >>>= 5; probe = (probe * 5 + perturb + 1) & mask. Linear probing was turned down: keys
 * in steps of a power of two, and floats, form clusters that make it quadratic.
 */
export enum Dict {
  type = 0,
  /** live entries */
  count = 1,
  entries = 2,
  index = 3,
  /** entries ever appended, deleted ones included: where the next one goes */
  used = 4,
  /** unique number, new at every insertion of a new key, deletion or clear; not at value replacement */
  keysVersion = 5,
  /** index length - 1 */
  mask = 6,
  /** 1 = watched: every change must be told (objects/watch.ts) */
  watched = 7,
}
export const DICT_CELLS = 4;
export const DICT_ENTRY_CELLS = 3;

/** set and frozenset: open addressing with CPython's probe order, so iteration order of ints agrees. */
export enum SetObject {
  type = 0,
  count = 1,
  /** `values` array of 2 cells an entry: key (NULL empty; NULL with hash -1 dummy), 64-bit hash; 0 while empty */
  table = 2,
  mask = 3,
  fill = 4,
  /** frozenset's cached 64-bit hash, valid if `hashed` is 1; a set keeps in `hashHigh` where pop() looks next */
  hashed = 5,
  hash = 6,
  hashHigh = 7,
}
/** start, stop, step are int values. */
export enum Range {
  type = 0,
  aux = 1,
  start = 2,
  stop = 4,
  step = 6,
  length = 8,
}
export enum Slice {
  type = 0,
  aux = 1,
  start = 2,
  stop = 4,
  step = 6,
}
export enum FunctionObject {
  type = 0,
  /** bumped from a global counter when code, defaults or kwdefaults change; caches compare it */
  version = 1,
  code = 2,
  /** dict */
  globals = 3,
  name = 4,
  qualname = 5,
  /** tuple or 0 */
  defaults = 6,
  /** dict or 0 */
  kwdefaults = 7,
  /** tuple of cells or 0 */
  closure = 8,
  /** dict or 0 */
  dict = 9,
  /** dict or 0 (the builtins namespace seen by this function) */
  builtins = 10,
  /** function (PEP 649) or dict or 0 */
  annotations = 11,
  doc = 12,
  module = 14,
}
export enum Method {
  type = 0,
  aux = 1,
  function = 2,
  self = 4,
}
/** A function written in TypeScript, by its number in the table of natives.ts; with `self` when bound. */
export enum Native {
  type = 0,
  number = 1,
  /** value; NULL when not bound */
  self = 2,
  /** str */
  name = 4,
  /** type or module that owns it, or 0 */
  owner = 5,
}
export enum Code {
  type = 0,
  flags = 1,
  name = 2,
  qualname = 3,
  filename = 4,
  firstLine = 5,
  argCount = 6,
  positionalOnlyCount = 7,
  keywordOnlyCount = 8,
  /** registers a frame has: locals, cells, temporaries */
  registerCount = 9,
  /** locals proper (names in varnames) */
  localCount = 10,
  /** `values`: constants; operands address its cells directly */
  constants = 11,
  /** tuple of str: global, attribute and import names */
  names = 12,
  /** tuple of str: register i < localCount is varnames[i] */
  variableNames = 13,
  cellNames = 14,
  freeNames = 15,
  /** `raw`: the instructions as 32-bit words; see compiler/instructions.ts */
  instructions = 16,
  /** length of the instructions in words */
  instructionWords = 17,
  /** `raw`: int32 quadruples start, end, handler (word offsets), register that receives the exception */
  exceptionTable = 18,
  /** `raw`: int32 quintuples word offset, line, column, end line, end column; sorted; in UTF-8 byte columns */
  lineTable = 19,
  /** register of the first free variable's cell */
  firstFree = 20,
  /** entries counted towards the JIT's threshold */
  heat = 21,
  /** executor number at function entry, 0 none */
  executor = 22,
  spare = 23,
}
export enum CodeFlag {
  optimized = 1,
  newLocals = 2,
  varArgs = 4,
  varKeywords = 8,
  nested = 16,
  generator = 32,
  coroutine = 128,
  iterableCoroutine = 256,
  asyncGenerator = 512,
  /** ours: no generator, no varargs, no kwonly, no cells: the frame can be pushed by copying arguments */
  simple = 1 << 20,
  /** ours: constants[0] is the docstring */
  hasDocstring = 1 << 21,
  /** ours: part of a builtin function (src/modules/builtins.py): left out of tracebacks */
  hidden = 1 << 22,
  /** ours: a generator of it that is collected before its end has something to do: a handler, or a warning */
  finalizes = 1 << 23,
}
export enum Cell {
  type = 0,
  aux = 1,
  value = 2,
}
/** Frame object as Python sees it (sys._getframe, tb_frame); the frame itself lies on the VM stack (frames.ts). */
export enum FrameObject {
  type = 0,
  /** cell of the live frame on the stack; 0 once it has returned */
  frame = 1,
  code = 2,
  back = 3,
  globals = 4,
  /** dict or 0: locals as last seen */
  locals = 5,
  function = 6,
  /** last instruction, word offset from the start of the code */
  lastInstruction = 7,
  /** `values` snapshot of the registers taken when the frame ended and somebody kept the object; or 0 */
  registers = 8,
  /** 1 + what f_lineno says while an event is told of (f_lasti is `lastInstruction` then); 0: where the frame is */
  line = 9,
  /** f_trace, ref or 0 */
  trace = 10,
  /** FrameTraceFlag */
  traceFlags = 11,
  /** the line that execution was observed in last, -1: none yet (interpreter/observation.ts) */
  observedLine = 12,
  /** f_lasti at that line's last instruction */
  observedAt = 13,
}
export const FRAME_OBJECT_CELLS = 7;
export enum FrameTraceFlag {
  noLines = 1,
  opcodes = 2,
  /** opcodes was set while an instruction was under way: the rest of it counts as one */
  rest = 4,
  /** variables without a value are NULL, not whatever was there before */
  cleared = 8,
}
export enum Traceback {
  type = 0,
  lastInstruction = 1,
  next = 2,
  frame = 3,
  line = 4,
  code = 5,
}
/** Generator, coroutine, async generator: owns its frame, which runs in place (same layout as on the VM stack). */
export enum Generator {
  type = 0,
  state = 1,
  name = 2,
  qualname = 3,
  /** async generator: its finalizer hook; coroutine: the tuple `cr_origin`; ref or 0 */
  extra = 4,
  /** suspended: the exception being handled inside; running: the one its caller handles; ref or 0 */
  handled = 5,
  /** while suspended in `yield from` or `await`: word index of the SEND instruction (its operands name the delegate), else -1 */
  delegate = 6,
  /** GeneratorFlag bits */
  flags = 7,
  /** first cell of the frame; its `code` says how many registers follow */
  frame = 8,
}
export enum GeneratorFlag {
  /** async generator: an asend(), athrow() or aclose() is under way */
  running = 1,
  /** async generator: aclose() was called, or an exception ended it */
  closed = 2,
  /** async generator: the hooks of sys.set_asyncgen_hooks have been asked */
  hooked = 4,
  /** while running: it handles an exception of its own that is also the one its caller handles */
  handlesOuter = 8,
}
export enum GeneratorState {
  created = 0,
  suspended = 1,
  running = 2,
  closed = 3,
}
export enum Module {
  type = 0,
  aux = 1,
  dict = 2,
  /** MODULE_INITIALIZING while the module's code runs for the first time, else 0 */
  spare = 3,
}
export const MODULE_INITIALIZING = 1;
export enum Property {
  type = 0,
  /** 1: the docstring is the getter's */
  aux = 1,
  getter = 2,
  setter = 4,
  deleter = 6,
  doc = 8,
  name = 10,
}
export enum Wrapper {
  type = 0,
  /** dict or 0 */
  dict = 1,
  value = 2,
}
export enum GetSet {
  type = 0,
  aux = 1,
  /** native numbers; 0 none */
  getter = 2,
  setter = 3,
  name = 4,
  owner = 5,
}
export enum Super {
  type = 0,
  aux = 1,
  /** type whose successors are searched */
  start = 2,
  /** type of the object */
  objectType = 3,
  object = 4,
}
export enum Exception {
  type = 0,
  /** ExceptionFlag */
  flags = 1,
  /** tuple */
  args = 2,
  /** traceback or 0 */
  traceback = 3,
  cause = 4,
  context = 5,
  /** dict or 0 */
  dict = 6,
  spare = 7,
  /** the type's own payload: StopIteration.value, SystemExit.code, ... */
  value = 8,
}
export enum ExceptionFlag {
  suppressContext = 1,
}
/** What `aux` of an iterator says about `source`. */
export enum Iterator {
  type = 0,
  /** next position, or index into a table */
  position = 1,
  /** ref; 0 when exhausted */
  source = 2,
  /** expected size of a dict or set (for "changed size during iteration"); limit of others */
  limit = 3,
  /** range iterators: next value and step as int values, stop */
  current = 4,
  step = 6,
  stop = 8,
}
export enum View {
  type = 0,
  /** 0 keys, 1 values, 2 items, 3 mappingproxy */
  which = 1,
  dict = 2,
  spare = 3,
}

/** An instance of a declared type: its values, `Type.inlineSlots` of them. What they mean, the type's own file says. */
export enum RecordObject {
  type = 0,
  /** an int for the type's own use */
  aux = 1,
  /** first value */
  values = 2,
}

/** weakref.ref and its subclasses, and the weak proxies. */
export enum WeakReference {
  type = 0,
  /** ref of the object, which is not kept alive by it; 0 once the object is gone */
  target = 1,
  /** value; NULL: none */
  callback = 2,
  /** the target's hash as an int value, remembered when it is first asked for; NULL before */
  hash = 4,
}

/** How the collector and allocator see a kind. Offsets in words. */
export interface Layout {
  /** cells of the fixed part */
  readonly cells: number;
  /** words that hold a ref or 0 */
  readonly refs: readonly number[];
  /** even words that hold a value */
  readonly values: readonly number[];
  /** what follows the fixed part, counted by word 1 unless said otherwise */
  readonly tail: 'none' | 'values' | 'bytes' | 'codepoints' | 'inlineSlots' | 'frame' | 'record';
}
const fixed = (cells: number, refs: number[] = [], values: number[] = []): Layout => ({
  cells,
  refs,
  values,
  tail: 'none',
});

/** Indexed by Kind. For str the tail's width is in `Str.info`; for instances the count is in the shape. */
export const layouts: Readonly<Record<Kind, Layout>> = {
  [Kind.plain]: fixed(1),
  [Kind.type]: fixed(TYPE_CELLS, [
    Type.name,
    Type.bases,
    Type.mro,
    Type.dict,
    Type.rootShape,
    Type.qualname,
    Type.module,
    Type.layoutBase,
  ]),
  [Kind.instance]: { cells: 2, refs: [Instance.shape, Instance.overflow], values: [], tail: 'inlineSlots' },
  [Kind.int]: fixed(2),
  [Kind.float]: fixed(2),
  [Kind.str]: { cells: 2, refs: [], values: [], tail: 'codepoints' },
  [Kind.bytes]: { cells: 2, refs: [], values: [], tail: 'bytes' },
  [Kind.list]: fixed(LIST_CELLS, [List.items]),
  [Kind.tuple]: { cells: 1, refs: [], values: [], tail: 'values' },
  [Kind.dict]: fixed(DICT_CELLS, [Dict.entries, Dict.index]),
  [Kind.set]: fixed(4, [SetObject.table]),
  [Kind.range]: fixed(5, [], [Range.start, Range.stop, Range.step, Range.length]),
  [Kind.slice]: fixed(4, [], [Slice.start, Slice.stop, Slice.step]),
  [Kind.function]: fixed(
    8,
    [
      FunctionObject.code,
      FunctionObject.globals,
      FunctionObject.name,
      FunctionObject.qualname,
      FunctionObject.defaults,
      FunctionObject.kwdefaults,
      FunctionObject.closure,
      FunctionObject.dict,
      FunctionObject.builtins,
      FunctionObject.annotations,
    ],
    [FunctionObject.doc, FunctionObject.module],
  ),
  [Kind.method]: fixed(3, [], [Method.function, Method.self]),
  [Kind.native]: fixed(3, [Native.name, Native.owner], [Native.self]),
  [Kind.code]: fixed(12, [
    Code.name,
    Code.qualname,
    Code.filename,
    Code.constants,
    Code.names,
    Code.variableNames,
    Code.cellNames,
    Code.freeNames,
    Code.instructions,
    Code.exceptionTable,
    Code.lineTable,
  ]),
  [Kind.cell]: fixed(2, [], [Cell.value]),
  [Kind.frame]: fixed(FRAME_OBJECT_CELLS, [
    FrameObject.code,
    FrameObject.back,
    FrameObject.globals,
    FrameObject.locals,
    FrameObject.function,
    FrameObject.registers,
    FrameObject.trace,
  ]),
  [Kind.traceback]: fixed(3, [Traceback.next, Traceback.frame, Traceback.code]),
  [Kind.generator]: {
    cells: 4,
    refs: [Generator.name, Generator.qualname, Generator.extra, Generator.handled],
    values: [],
    tail: 'frame',
  },
  [Kind.module]: fixed(2, [Module.dict]),
  [Kind.property]: fixed(6, [], [Property.getter, Property.setter, Property.deleter, Property.doc, Property.name]),
  [Kind.wrapper]: fixed(2, [Wrapper.dict], [Wrapper.value]),
  [Kind.getset]: fixed(3, [GetSet.name, GetSet.owner]),
  [Kind.super]: fixed(3, [Super.start, Super.objectType], [Super.object]),
  [Kind.exception]: fixed(
    5,
    [Exception.args, Exception.traceback, Exception.cause, Exception.context, Exception.dict],
    [Exception.value],
  ),
  [Kind.iterator]: fixed(5, [Iterator.source], [Iterator.current, Iterator.step, Iterator.stop]),
  [Kind.view]: fixed(2, [View.dict]),
  [Kind.values]: { cells: 1, refs: [], values: [], tail: 'values' },
  [Kind.raw]: { cells: 1, refs: [], values: [], tail: 'bytes' },
  [Kind.shape]: fixed(SHAPE_CELLS, [Shape.owner, Shape.parent, Shape.name, Shape.table, Shape.transitions, Shape.next]),
  [Kind.complex]: fixed(3),
  [Kind.record]: { cells: 1, refs: [], values: [], tail: 'record' },
  [Kind.bytearray]: fixed(BYTEARRAY_CELLS, [ByteArray.storage]),
  [Kind.weakReference]: fixed(3, [], [WeakReference.callback, WeakReference.hash]),
};

/**
 * MEMBERS: instances of a subclass of a built-in type have the cells of __slots__ right after the layout and its tail.
 *
 * Where such instances keep their __dict__ (a ref word, own cell): after those, in one extra
 * cell. Types with TypeFlag.hasDict and a kind other than instance, exception, function,
 * module, type have it.
 * The cell's second word is 0 or a reference of the type's own (TypeFlag.hasTail): defaultdict's factory.
 */
export const TRAILING_DICT_CELLS = 1;

/** Frames on the VM stack and in generators, in words from the frame's first cell. Registers follow the header. */
export enum Frame {
  function = 0,
  /** dict or other mapping for class bodies and exec; 0 = optimized locals, or globals for modules */
  locals = 1,
  /** cell of the caller's frame; 0 only for the first of all. ReturnKind.exit marks the bottom of a run of the loop */
  caller = 2,
  /** word index in the heap of the caller's next instruction; in a suspended generator: where it resumes */
  returnAddress = 3,
  /** register of the caller that receives the result; absolute cell with ReturnKind.exit; in a suspended generator:
   * its own register that receives the value sent */
  destination = 4,
  /** ReturnKind: what to do with the result */
  returnKind = 5,
  /** offset in code memory to which native code returns; 0 = none */
  nativeReturn = 6,
  /** frame object if somebody asked for one, else 0 */
  object = 7,
  /** generator that owns this frame, else 0 */
  generator = 8,
  /** first free cell above: where a callee's frame begins */
  top = 9,
  /** Python frames below this one, for the recursion limit; caller's + 1, so nothing needs to be undone on return */
  depth = 10,
  /** the code object that runs (the function's may be rebound while it runs) */
  code = 11,
}
export const FRAME_HEADER_CELLS = 6;
