/**
 * What lies at fixed cells: the VM's state (which machine code and TypeScript both read and write), the singletons and
 * the built-in type objects. Fixed, so that both the interpreter and the stencils can compare against constants, and so
 * that a heap image means the same in another process.
 *
 * The map: cell 0 NULL; from 1 the state; from 512 singletons; from 1024 types, those of `T` first, then the declared
 * ones (objects/declared-types.ts); from 6144 the one-character strings; from 8192 the VM stack; then the allocated heap.
 */
import { Kind, TYPE_CELLS } from './layouts.ts';

/** VM state, as absolute word offsets (byte offset in the heap = 4 times that). */
export enum State {
  /** next free cell of the current allocation span, and its end (cells) */
  allocPointer = 2,
  allocLimit = 3,
  /** InterruptFlag bits; polled at back-edges and calls, by the interpreter and by compiled code */
  interrupt = 4,
  /** cell of the running frame, valid whenever anything outside the interpreter loop runs */
  frame = 5,
  /** word index of the running instruction, likewise (for line numbers, tracebacks) */
  pc = 6,
  recursionLimit = 7,
  /** cell at which the VM stack ends; a frame must fit below */
  stackLimit = 8,
  /** exception being handled (sys.exception()), ref or 0 */
  handled = 9,
  /** exception in flight, ref or 0 */
  raised = 10,
  /** counters that hand out unique versions */
  nextTypeVersion = 11,
  nextKeysVersion = 12,
  nextFunctionVersion = 13,
  /** refs: dict of builtins, dict sys.modules, interned strings */
  builtinsDict = 14,
  modulesDict = 15,
  internTable = 16,
  /** `values` array: extra roots (vm-wide tables that TypeScript modules register) */
  roots = 17,
  /** where the collector starts a new cycle: cells allocated since the last one, and the threshold */
  allocatedCells = 18,
  collectThreshold = 19,
  /** first cell that was never allocated, and the end of the heap */
  heapTop = 20,
  heapEnd = 21,
  /** native code: number of the exit taken, and the executor entered */
  exitNumber = 22,
  executor = 23,
  /** 64-bit absolute addresses (two words each): where enter() jumps; start of the executable mapping */
  nativeTarget = 24,
  codeBase = 26,
  /** helper call from native code: its number */
  helper = 28,
  /** stress mode: 1 = collect at every safe point, more = whenever about so many cells were allocated; 0 = off */
  stress = 29,
  /** first free cell of the VM stack for natives (pushSlots) and nested runs; the collector scans up to here */
  stackTop = 30,
  /** 64-bit absolute address (two words) at which machine code goes on after a helper call */
  resumeAddress = 32,
  /** ref of a list, or 0: what a collection left to do for objects/finalization.ts */
  pendingFinalizers = 34,
  /** ref of a `raw` array, or 0: refs of the objects whose finalizer has run although they live on */
  finalized = 35,
  /** the running thread's context (_contextvars), ref or 0 */
  context = 36,
  /** what interpreter/warnings.ts keeps (a dict), ref or 0 */
  warnings = 37,
  /** tuple of what interpreter/importlib.ts keeps, ref or 0 */
  importlib = 38,
  /** dict of what sys's hooks were set to (interpreter/sys-hooks.ts), ref or 0 */
  sysHooks = 39,
}
export enum InterruptFlag {
  signal = 1,
  collect = 2,
  /** run pending weak-reference callbacks and finalizers */
  finalize = 4,
  /** execution is to be observed, and a run that is not yet may be under way (interpreter/observation.ts) */
  observe = 8,
}
/** Cells of the state area that hold values or whole registers. */
export enum StateCell {
  /** the register file as an exit left it */
  generalRegisters = 64,
  floatRegisters = 96,
  /** spill slots of the running trace */
  spill = 128,
  /** helper calls from machine code: what the helper returns, and its (up to 16) arguments */
  helperResult = 384,
  helperArguments = 385,
  /** scratch values for TypeScript slow paths (not roots; no safe point may lie between set and use) */
  scratch = 448,
}
export const SPILL_CELLS = 256;

/** Singletons (each object has 2 cells so that layouts may grow). */
export enum Fixed {
  none = 512,
  true = 514,
  false = 516,
  notImplemented = 518,
  ellipsis = 520,
  emptyTuple = 522,
  /** 256 `str` objects for the code points 0..255 start here, 3 cells each */
  emptyString = 524,
  emptyBytes = 527,
  /** the index table that all empty dicts share: `raw`, one empty slot (2 cells) */
  emptyIndex = 530,
  latin1Strings = 6144,
}

/**
 * Where the types lie. An enum, because esbuild makes the members of `T` constants of the bundle only when they rest on
 * enums of this file; otherwise every `T.x` is a property looked up at run time.
 */
enum TypeMap {
  first = 1024,
  cells = 8,
}
if (TypeMap.cells !== TYPE_CELLS) throw new Error('TypeMap.cells must be TYPE_CELLS');

/** Refs of the built-in types. `values`, `raw` and `shape` are internal and never reach Python. */
export enum T {
  object = TypeMap.first + 0 * TypeMap.cells,
  type = TypeMap.first + 1 * TypeMap.cells,
  int = TypeMap.first + 2 * TypeMap.cells,
  bool = TypeMap.first + 3 * TypeMap.cells,
  float = TypeMap.first + 4 * TypeMap.cells,
  complex = TypeMap.first + 5 * TypeMap.cells,
  str = TypeMap.first + 6 * TypeMap.cells,
  bytes = TypeMap.first + 7 * TypeMap.cells,
  list = TypeMap.first + 8 * TypeMap.cells,
  tuple = TypeMap.first + 9 * TypeMap.cells,
  dict = TypeMap.first + 10 * TypeMap.cells,
  set = TypeMap.first + 11 * TypeMap.cells,
  frozenset = TypeMap.first + 12 * TypeMap.cells,
  range = TypeMap.first + 13 * TypeMap.cells,
  slice = TypeMap.first + 14 * TypeMap.cells,
  NoneType = TypeMap.first + 15 * TypeMap.cells,
  NotImplementedType = TypeMap.first + 16 * TypeMap.cells,
  ellipsis = TypeMap.first + 17 * TypeMap.cells,
  function = TypeMap.first + 18 * TypeMap.cells,
  method = TypeMap.first + 19 * TypeMap.cells,
  builtin_function_or_method = TypeMap.first + 20 * TypeMap.cells,
  wrapper_descriptor = TypeMap.first + 21 * TypeMap.cells,
  code = TypeMap.first + 22 * TypeMap.cells,
  cell = TypeMap.first + 23 * TypeMap.cells,
  frame = TypeMap.first + 24 * TypeMap.cells,
  traceback = TypeMap.first + 25 * TypeMap.cells,
  generator = TypeMap.first + 26 * TypeMap.cells,
  coroutine = TypeMap.first + 27 * TypeMap.cells,
  async_generator = TypeMap.first + 28 * TypeMap.cells,
  module = TypeMap.first + 29 * TypeMap.cells,
  property = TypeMap.first + 30 * TypeMap.cells,
  staticmethod = TypeMap.first + 31 * TypeMap.cells,
  classmethod = TypeMap.first + 32 * TypeMap.cells,
  getset_descriptor = TypeMap.first + 33 * TypeMap.cells,
  member_descriptor = TypeMap.first + 34 * TypeMap.cells,
  super = TypeMap.first + 35 * TypeMap.cells,
  mappingproxy = TypeMap.first + 36 * TypeMap.cells,
  dict_keys = TypeMap.first + 37 * TypeMap.cells,
  dict_values = TypeMap.first + 38 * TypeMap.cells,
  dict_items = TypeMap.first + 39 * TypeMap.cells,
  list_iterator = TypeMap.first + 40 * TypeMap.cells,
  list_reverseiterator = TypeMap.first + 41 * TypeMap.cells,
  tuple_iterator = TypeMap.first + 42 * TypeMap.cells,
  str_iterator = TypeMap.first + 43 * TypeMap.cells,
  bytes_iterator = TypeMap.first + 44 * TypeMap.cells,
  range_iterator = TypeMap.first + 45 * TypeMap.cells,
  dict_keyiterator = TypeMap.first + 46 * TypeMap.cells,
  dict_valueiterator = TypeMap.first + 47 * TypeMap.cells,
  dict_itemiterator = TypeMap.first + 48 * TypeMap.cells,
  set_iterator = TypeMap.first + 49 * TypeMap.cells,
  callable_iterator = TypeMap.first + 50 * TypeMap.cells,
  iterator = TypeMap.first + 51 * TypeMap.cells,
  reversed = TypeMap.first + 52 * TypeMap.cells,
  enumerate = TypeMap.first + 53 * TypeMap.cells,
  zip = TypeMap.first + 54 * TypeMap.cells,
  map = TypeMap.first + 55 * TypeMap.cells,
  filter = TypeMap.first + 56 * TypeMap.cells,
  values = TypeMap.first + 57 * TypeMap.cells,
  raw = TypeMap.first + 58 * TypeMap.cells,
  shape = TypeMap.first + 59 * TypeMap.cells,
  TextIOWrapper = TypeMap.first + 60 * TypeMap.cells,
  /** methods of built-in types: those behind special methods are wrapper_descriptor, the others these */
  method_descriptor = TypeMap.first + 61 * TypeMap.cells,
  /** a wrapper_descriptor bound to an object */
  method_wrapper = TypeMap.first + 62 * TypeMap.cells,
  classmethod_descriptor = TypeMap.first + 63 * TypeMap.cells,
  BaseException = TypeMap.first + 64 * TypeMap.cells,
  Exception = TypeMap.first + 65 * TypeMap.cells,
  SystemExit = TypeMap.first + 66 * TypeMap.cells,
  KeyboardInterrupt = TypeMap.first + 67 * TypeMap.cells,
  GeneratorExit = TypeMap.first + 68 * TypeMap.cells,
  StopIteration = TypeMap.first + 69 * TypeMap.cells,
  StopAsyncIteration = TypeMap.first + 70 * TypeMap.cells,
  ArithmeticError = TypeMap.first + 71 * TypeMap.cells,
  OverflowError = TypeMap.first + 72 * TypeMap.cells,
  ZeroDivisionError = TypeMap.first + 73 * TypeMap.cells,
  FloatingPointError = TypeMap.first + 74 * TypeMap.cells,
  AssertionError = TypeMap.first + 75 * TypeMap.cells,
  AttributeError = TypeMap.first + 76 * TypeMap.cells,
  BufferError = TypeMap.first + 77 * TypeMap.cells,
  EOFError = TypeMap.first + 78 * TypeMap.cells,
  ImportError = TypeMap.first + 79 * TypeMap.cells,
  ModuleNotFoundError = TypeMap.first + 80 * TypeMap.cells,
  LookupError = TypeMap.first + 81 * TypeMap.cells,
  IndexError = TypeMap.first + 82 * TypeMap.cells,
  KeyError = TypeMap.first + 83 * TypeMap.cells,
  MemoryError = TypeMap.first + 84 * TypeMap.cells,
  NameError = TypeMap.first + 85 * TypeMap.cells,
  UnboundLocalError = TypeMap.first + 86 * TypeMap.cells,
  OSError = TypeMap.first + 87 * TypeMap.cells,
  BlockingIOError = TypeMap.first + 88 * TypeMap.cells,
  ChildProcessError = TypeMap.first + 89 * TypeMap.cells,
  ConnectionError = TypeMap.first + 90 * TypeMap.cells,
  BrokenPipeError = TypeMap.first + 91 * TypeMap.cells,
  ConnectionAbortedError = TypeMap.first + 92 * TypeMap.cells,
  ConnectionRefusedError = TypeMap.first + 93 * TypeMap.cells,
  ConnectionResetError = TypeMap.first + 94 * TypeMap.cells,
  FileExistsError = TypeMap.first + 95 * TypeMap.cells,
  FileNotFoundError = TypeMap.first + 96 * TypeMap.cells,
  InterruptedError = TypeMap.first + 97 * TypeMap.cells,
  IsADirectoryError = TypeMap.first + 98 * TypeMap.cells,
  NotADirectoryError = TypeMap.first + 99 * TypeMap.cells,
  PermissionError = TypeMap.first + 100 * TypeMap.cells,
  ProcessLookupError = TypeMap.first + 101 * TypeMap.cells,
  TimeoutError = TypeMap.first + 102 * TypeMap.cells,
  ReferenceError = TypeMap.first + 103 * TypeMap.cells,
  RuntimeError = TypeMap.first + 104 * TypeMap.cells,
  NotImplementedError = TypeMap.first + 105 * TypeMap.cells,
  RecursionError = TypeMap.first + 106 * TypeMap.cells,
  PythonFinalizationError = TypeMap.first + 107 * TypeMap.cells,
  SyntaxError = TypeMap.first + 108 * TypeMap.cells,
  IndentationError = TypeMap.first + 109 * TypeMap.cells,
  TabError = TypeMap.first + 110 * TypeMap.cells,
  SystemError = TypeMap.first + 111 * TypeMap.cells,
  TypeError = TypeMap.first + 112 * TypeMap.cells,
  ValueError = TypeMap.first + 113 * TypeMap.cells,
  UnicodeError = TypeMap.first + 114 * TypeMap.cells,
  UnicodeDecodeError = TypeMap.first + 115 * TypeMap.cells,
  UnicodeEncodeError = TypeMap.first + 116 * TypeMap.cells,
  UnicodeTranslateError = TypeMap.first + 117 * TypeMap.cells,
  Warning = TypeMap.first + 118 * TypeMap.cells,
  DeprecationWarning = TypeMap.first + 119 * TypeMap.cells,
  PendingDeprecationWarning = TypeMap.first + 120 * TypeMap.cells,
  RuntimeWarning = TypeMap.first + 121 * TypeMap.cells,
  SyntaxWarning = TypeMap.first + 122 * TypeMap.cells,
  UserWarning = TypeMap.first + 123 * TypeMap.cells,
  FutureWarning = TypeMap.first + 124 * TypeMap.cells,
  ImportWarning = TypeMap.first + 125 * TypeMap.cells,
  UnicodeWarning = TypeMap.first + 126 * TypeMap.cells,
  BytesWarning = TypeMap.first + 127 * TypeMap.cells,
  ResourceWarning = TypeMap.first + 128 * TypeMap.cells,
  EncodingWarning = TypeMap.first + 129 * TypeMap.cells,
}

/** Where the types of objects/declared-types.ts begin and end. */
export enum DeclaredTypes {
  first = T.EncodingWarning + TypeMap.cells,
  end = Fixed.latin1Strings,
}

/** Name and instance kind of every built-in type that is no exception, in the order of `T`. */
export const builtinTypeKinds: readonly (readonly [keyof typeof T, Kind])[] = [
  ['object', Kind.plain],
  ['type', Kind.type],
  ['int', Kind.int],
  ['bool', Kind.plain],
  ['float', Kind.float],
  ['complex', Kind.complex],
  ['str', Kind.str],
  ['bytes', Kind.bytes],
  ['list', Kind.list],
  ['tuple', Kind.tuple],
  ['dict', Kind.dict],
  ['set', Kind.set],
  ['frozenset', Kind.set],
  ['range', Kind.range],
  ['slice', Kind.slice],
  ['NoneType', Kind.plain],
  ['NotImplementedType', Kind.plain],
  ['ellipsis', Kind.plain],
  ['function', Kind.function],
  ['method', Kind.method],
  ['builtin_function_or_method', Kind.native],
  ['wrapper_descriptor', Kind.native],
  ['code', Kind.code],
  ['cell', Kind.cell],
  ['frame', Kind.frame],
  ['traceback', Kind.traceback],
  ['generator', Kind.generator],
  ['coroutine', Kind.generator],
  ['async_generator', Kind.generator],
  ['module', Kind.module],
  ['property', Kind.property],
  ['staticmethod', Kind.wrapper],
  ['classmethod', Kind.wrapper],
  ['getset_descriptor', Kind.getset],
  ['member_descriptor', Kind.getset],
  ['super', Kind.super],
  ['mappingproxy', Kind.view],
  ['dict_keys', Kind.view],
  ['dict_values', Kind.view],
  ['dict_items', Kind.view],
  ['list_iterator', Kind.iterator],
  ['list_reverseiterator', Kind.iterator],
  ['tuple_iterator', Kind.iterator],
  ['str_iterator', Kind.iterator],
  ['bytes_iterator', Kind.iterator],
  ['range_iterator', Kind.iterator],
  ['dict_keyiterator', Kind.iterator],
  ['dict_valueiterator', Kind.iterator],
  ['dict_itemiterator', Kind.iterator],
  ['set_iterator', Kind.iterator],
  ['callable_iterator', Kind.iterator],
  ['iterator', Kind.iterator],
  ['reversed', Kind.iterator],
  ['enumerate', Kind.iterator],
  ['zip', Kind.iterator],
  ['map', Kind.iterator],
  ['filter', Kind.iterator],
  ['values', Kind.values],
  ['raw', Kind.raw],
  ['shape', Kind.shape],
  ['TextIOWrapper', Kind.plain],
  ['method_descriptor', Kind.native],
  ['method_wrapper', Kind.native],
  ['classmethod_descriptor', Kind.wrapper],
];
/** Name and base of every built-in exception, in the order of `T`; bases come first. */
export const builtinExceptionBases: readonly (readonly [keyof typeof T, keyof typeof T])[] = [
  ['BaseException', 'object'],
  ['Exception', 'BaseException'],
  ['SystemExit', 'BaseException'],
  ['KeyboardInterrupt', 'BaseException'],
  ['GeneratorExit', 'BaseException'],
  ['StopIteration', 'Exception'],
  ['StopAsyncIteration', 'Exception'],
  ['ArithmeticError', 'Exception'],
  ['OverflowError', 'ArithmeticError'],
  ['ZeroDivisionError', 'ArithmeticError'],
  ['FloatingPointError', 'ArithmeticError'],
  ['AssertionError', 'Exception'],
  ['AttributeError', 'Exception'],
  ['BufferError', 'Exception'],
  ['EOFError', 'Exception'],
  ['ImportError', 'Exception'],
  ['ModuleNotFoundError', 'ImportError'],
  ['LookupError', 'Exception'],
  ['IndexError', 'LookupError'],
  ['KeyError', 'LookupError'],
  ['MemoryError', 'Exception'],
  ['NameError', 'Exception'],
  ['UnboundLocalError', 'NameError'],
  ['OSError', 'Exception'],
  ['BlockingIOError', 'OSError'],
  ['ChildProcessError', 'OSError'],
  ['ConnectionError', 'OSError'],
  ['BrokenPipeError', 'ConnectionError'],
  ['ConnectionAbortedError', 'ConnectionError'],
  ['ConnectionRefusedError', 'ConnectionError'],
  ['ConnectionResetError', 'ConnectionError'],
  ['FileExistsError', 'OSError'],
  ['FileNotFoundError', 'OSError'],
  ['InterruptedError', 'OSError'],
  ['IsADirectoryError', 'OSError'],
  ['NotADirectoryError', 'OSError'],
  ['PermissionError', 'OSError'],
  ['ProcessLookupError', 'OSError'],
  ['TimeoutError', 'OSError'],
  ['ReferenceError', 'Exception'],
  ['RuntimeError', 'Exception'],
  ['NotImplementedError', 'RuntimeError'],
  ['RecursionError', 'RuntimeError'],
  ['PythonFinalizationError', 'RuntimeError'],
  ['SyntaxError', 'Exception'],
  ['IndentationError', 'SyntaxError'],
  ['TabError', 'IndentationError'],
  ['SystemError', 'Exception'],
  ['TypeError', 'Exception'],
  ['ValueError', 'Exception'],
  ['UnicodeError', 'ValueError'],
  ['UnicodeDecodeError', 'UnicodeError'],
  ['UnicodeEncodeError', 'UnicodeError'],
  ['UnicodeTranslateError', 'UnicodeError'],
  ['Warning', 'Exception'],
  ['DeprecationWarning', 'Warning'],
  ['PendingDeprecationWarning', 'Warning'],
  ['RuntimeWarning', 'Warning'],
  ['SyntaxWarning', 'Warning'],
  ['UserWarning', 'Warning'],
  ['FutureWarning', 'Warning'],
  ['ImportWarning', 'Warning'],
  ['UnicodeWarning', 'Warning'],
  ['BytesWarning', 'Warning'],
  ['ResourceWarning', 'Warning'],
  ['EncodingWarning', 'Warning'],
];

export const STACK_START = 8192;
/** 16 MiB of frames; sys.setrecursionlimit is bounded by what fits. */
export const STACK_CELLS = 1 << 21;
export const HEAP_START = STACK_START + STACK_CELLS;
