/**
 * The instruction set: a register machine. An instruction is a run of 32-bit words: the opcode, its operands, then words
 * of inline cache. Registers are cells of the running frame, so an expression's operands are named instead of being
 * pushed and popped: a TypeScript loop pays per dispatched instruction and per copied value, and three-address code has
 * a half to a third of both. Turned down: CPython's stack code (twice the dispatches), packed operands (decoding costs
 * more than the words).
 *
 * `operandKinds` declares every instruction's operands, a letter each:
 *   d  register that is written
 *   s  source: a register (>= 0) or a constant. The compiler writes constant k as -(k+1); the loader turns that into
 *      CONSTANT_BIT | cell, so that `cell = (operand & 0x7fffffff) + (fp & ~(operand >> 31))` needs no branch
 *      (fp = cell of register 0)
 *   r  first of a run of registers (the text says of how many), or one register that is read and written
 *   n  name: the compiler writes an index into `names`, the loader the ref of the interned str
 *   c  constant that is not copied as a value (code, keyword names): index, after loading the absolute cell
 *   j  jump target: word offset in the code; after loading an absolute word index
 *   i  plain integer
 *   x  word of inline cache, 0 at first
 * A NULL source (constant of type 'null') stands for "absent".
 *
 * Evaluation order is the compiler's duty: an operand register that a later operand's evaluation could rebind is copied
 * first. A source register may also be a destination of the same instruction (`CALL r2, r2, 1`, `LOAD_METHOD r2, r2, n`):
 * an instruction reads all its sources before it writes any destination, and writes nothing when it raises.
 */
export enum Op {
  NOP,
  /** d = s */
  MOVE,
  /** r = NULL */
  CLEAR,
  /** raises UnboundLocalError (i = 0) or NameError (i = 1, free variable) if register r is NULL */
  CHECK_BOUND,
  /** like CHECK_BOUND, then r = NULL */
  DELETE_FAST,

  LOAD_GLOBAL,
  STORE_GLOBAL,
  DELETE_GLOBAL,
  /** frame locals (class body, exec), then globals, then builtins; in a module frame the locals are the globals */
  LOAD_NAME,
  STORE_NAME,
  DELETE_NAME,
  /** wraps the value in register r (or NULL) in a new cell */
  MAKE_CELL,
  /** copies the function's closure cells to registers from r on */
  COPY_FREE_VARS,
  /** d = content of the cell in register r; NameError if empty, n is the name; i = 1 for a free variable */
  LOAD_DEREF,
  STORE_DEREF,
  DELETE_DEREF,
  /** class body: frame locals first, then the cell */
  LOAD_CLASS_DEREF,
  /** d = the frame's locals mapping */
  LOAD_LOCALS,
  /** d = common object number i (CommonObject) */
  LOAD_COMMON,
  /** dict s first, then globals and builtins (annotation scopes in classes) */
  LOAD_FROM_DICT_OR_GLOBALS,
  /** dict s first, then the cell in register r (a free variable of an annotation scope in a class) */
  LOAD_FROM_DICT_OR_DEREF,

  LOAD_ATTR,
  /** s1.n = s2 */
  STORE_ATTR,
  DELETE_ATTR,
  /** for a call: registers r, r+1 = (function, self) or (attribute, NULL) of object s */
  LOAD_METHOD,
  /** like LOAD_METHOD, looked up on the type only: special method i (SpecialMethod) of s */
  LOAD_SPECIAL,
  /** d = super(s, s).name; i = 1: the arguments come from zero-argument super() */
  LOAD_SUPER_ATTR,
  LOAD_SUPER_METHOD,
  /** d = s1[s2] */
  LOAD_SUBSCR,
  /** s1[s2] = s3 */
  STORE_SUBSCR,
  /** del s1[s2] */
  DELETE_SUBSCR,
  /** d = slice(s1, s2, s3) */
  BUILD_SLICE,

  ADD,
  SUBTRACT,
  MULTIPLY,
  TRUE_DIVIDE,
  FLOOR_DIVIDE,
  REMAINDER,
  POWER,
  MATRIX_MULTIPLY,
  LEFT_SHIFT,
  RIGHT_SHIFT,
  AND,
  OR,
  XOR,
  NEGATIVE,
  POSITIVE,
  INVERT,
  /** d = not s */
  NOT,
  LESS,
  LESS_EQUAL,
  EQUAL,
  NOT_EQUAL,
  GREATER,
  GREATER_EQUAL,
  IS,
  IS_NOT,
  /** d = s1 in s2 */
  CONTAINS,
  NOT_CONTAINS,
  /**
   * Comparison whose result only feeds the JUMP_IF_FALSE or JUMP_IF_TRUE that follows at once and reads d: on the fast
   * paths the interpreter performs both and need not write d; on the slow path it is LESS etc.
   */
  BRANCH_LESS,
  BRANCH_LESS_EQUAL,
  BRANCH_EQUAL,
  BRANCH_NOT_EQUAL,
  BRANCH_GREATER,
  BRANCH_GREATER_EQUAL,

  JUMP,
  /** loop edge: polls interrupts, counts heat, enters executors. Cache: heat, executor number */
  JUMP_BACKWARD,
  JUMP_IF_FALSE,
  JUMP_IF_TRUE,
  JUMP_IF_NONE,
  JUMP_IF_NOT_NONE,

  /** d = iter(s) */
  GET_ITER,
  /** d = next(r), or jumps when exhausted */
  FOR_ITER,
  UNPACK_SEQUENCE,
  /** i before the star, i after it: registers r ... */
  UNPACK_EX,
  BUILD_TUPLE,
  BUILD_LIST,
  BUILD_SET,
  /** i pairs from r: key, value, key, value ... */
  BUILD_MAP,
  LIST_APPEND,
  LIST_EXTEND,
  /** d = tuple(list s) */
  LIST_TO_TUPLE,
  SET_ADD,
  SET_UPDATE,
  MAP_ADD,
  DICT_UPDATE,
  /** for calls: TypeError on a key that is there or is no str; s2 = the function called, for the message */
  DICT_MERGE,
  BUILD_STRING,
  /** d = format(s): i = conversion (0, or the character code of s, r, a) */
  FORMAT_SIMPLE,
  /** with specification s2 */
  FORMAT_WITH_SPEC,
  /** t-strings: from strings tuple and interpolations tuple */
  BUILD_TEMPLATE,
  /** d, value s, expression text s, i conversion, spec s */
  BUILD_INTERPOLATION,

  /** d = r(self r+1 unless NULL, i arguments from r+2 on) */
  CALL,
  /** the last of the i arguments are named by tuple constant c */
  CALL_KW,
  /** d = s(*s2, **s3); s2 any iterable (mostly tuple or list), s3 mapping or NULL */
  CALL_EX,
  RETURN,
  /** d = function of code c; s: defaults tuple, kwdefaults dict, closure tuple, annotate function (each may be NULL) */
  MAKE_FUNCTION,
  /** first instruction of a generator or coroutine: returns the new generator to the caller */
  RETURN_GENERATOR,
  /** yields s; on resumption d = the value sent */
  YIELD,
  /** sends s2 into iterator s1: d = what it yields, or what it returns and then jump */
  SEND,
  /** d = iterator for `yield from s` */
  GET_YIELD_FROM_ITER,
  /**
   * In the handler of a delegating YIELD (after a throw): if exception s is a StopIteration d = its value, else raises s
   * again, keeping its traceback
   */
  CLEANUP_THROW,
  /** d = awaitable iterator of s; i: 0 await, 1 __aenter__, 2 __aexit__ */
  GET_AWAITABLE,
  GET_AITER,
  /** d = the iterator, ready for SEND, of the awaitable that anext(s) is */
  GET_ANEXT,
  /** exception s: swallow StopAsyncIteration, else reraise */
  END_ASYNC_FOR,
  /** d = wraps a value yielded by an async generator */
  ASYNC_GEN_WRAP,

  /** raise s from s2 (either may be NULL: bare raise, no cause) */
  RAISE,
  /** raises exception s again, keeping its traceback */
  RERAISE,
  /** handler entry: d = the exception handled before, then s becomes the handled one */
  PUSH_EXCEPTION,
  /** the handled exception becomes s again */
  POP_EXCEPTION,
  /** registers r, r+1, r+2 = type of exception s, s, its traceback or None: the arguments of `__exit__` */
  EXCEPTION_TRIPLE,
  /** d = does exception s match type or tuple s2 */
  MATCH_EXCEPTION,
  /** except*: registers d, d+1 = rest, matching group of exception s by type s2 */
  MATCH_EXCEPTION_GROUP,
  /** d = what to reraise after except* clauses: original s, list of raised or unhandled s2 */
  PREPARE_RERAISE_STAR,

  /** d = import name, level i, fromlist s */
  IMPORT_NAME,
  IMPORT_FROM,
  IMPORT_STAR,

  /** structural pattern matching */
  MATCH_SEQUENCE,
  MATCH_MAPPING,
  /** d = values tuple or None: subject s, class s, i positional patterns, c names tuple */
  MATCH_CLASS,
  /** d = values tuple or None: subject s, keys tuple s */
  MATCH_KEYS,
  GET_LENGTH,
  /** d = copy of mapping s without the keys in tuple s2 (pattern **rest) */
  COPY_MAPPING_REST,

  SETUP_ANNOTATIONS,
  /** PEP 695 helpers, i = TypeIntrinsic; d, s, s2 */
  TYPE_INTRINSIC,
  /** d = print expression hook of interactive mode on s */
  PRINT_EXPRESSION,

  /** specialized forms of the interpreter follow; the compiler never emits them. Declared in the same table. */
  LOAD_GLOBAL_MODULE,
  LOAD_GLOBAL_BUILTIN,
  LOAD_ATTR_SLOT,
  LOAD_ATTR_METHOD,
  LOAD_ATTR_MODULE,
  LOAD_ATTR_CLASS,
  LOAD_ATTR_PROPERTY,
  STORE_ATTR_SLOT,
  STORE_ATTR_ADD,
  LOAD_METHOD_CACHED,
  CALL_PYTHON,
  CALL_NATIVE,
  CALL_CLASS,
  FOR_ITER_RANGE,
  FOR_ITER_LIST,
  FOR_ITER_GENERATOR,
  /** ends a single step (interpreter/stepping.ts); i: 1 if the instruction jumped */
  STEP_END,
  /** the entry of code as Python sees it (interpreter/code-positions.ts); not in code that runs */
  RESUME,
}

/** Operand letters of every instruction, in order. Length of an instruction in words = 1 + number of letters. */
export const operandKinds: Readonly<Record<keyof typeof Op, string>> = {
  NOP: '',
  MOVE: 'ds',
  CLEAR: 'r',
  CHECK_BOUND: 'rni',
  DELETE_FAST: 'rni',
  LOAD_GLOBAL: 'dnxxx',
  STORE_GLOBAL: 'nsxx',
  DELETE_GLOBAL: 'n',
  LOAD_NAME: 'dnxxx',
  STORE_NAME: 'nsxx',
  DELETE_NAME: 'n',
  MAKE_CELL: 'r',
  COPY_FREE_VARS: 'ri',
  LOAD_DEREF: 'drni',
  STORE_DEREF: 'rs',
  DELETE_DEREF: 'rni',
  LOAD_CLASS_DEREF: 'drn',
  LOAD_LOCALS: 'd',
  LOAD_COMMON: 'di',
  LOAD_FROM_DICT_OR_GLOBALS: 'dsn',
  LOAD_FROM_DICT_OR_DEREF: 'dsrn',
  LOAD_ATTR: 'dsnxxxxx',
  STORE_ATTR: 'snsxxxxx',
  DELETE_ATTR: 'sn',
  LOAD_METHOD: 'rsnxxxxx',
  LOAD_SPECIAL: 'rsi',
  LOAD_SUPER_ATTR: 'dssni',
  LOAD_SUPER_METHOD: 'rssni',
  LOAD_SUBSCR: 'dssx',
  STORE_SUBSCR: 'sssx',
  DELETE_SUBSCR: 'ss',
  BUILD_SLICE: 'dsss',
  // i of the binary operators: 1 = in-place (augmented assignment)
  ADD: 'dssi',
  SUBTRACT: 'dssi',
  MULTIPLY: 'dssi',
  TRUE_DIVIDE: 'dssi',
  FLOOR_DIVIDE: 'dssi',
  REMAINDER: 'dssi',
  POWER: 'dssi',
  MATRIX_MULTIPLY: 'dssi',
  LEFT_SHIFT: 'dssi',
  RIGHT_SHIFT: 'dssi',
  AND: 'dssi',
  OR: 'dssi',
  XOR: 'dssi',
  NEGATIVE: 'ds',
  POSITIVE: 'ds',
  INVERT: 'ds',
  NOT: 'ds',
  LESS: 'dss',
  LESS_EQUAL: 'dss',
  EQUAL: 'dss',
  NOT_EQUAL: 'dss',
  GREATER: 'dss',
  GREATER_EQUAL: 'dss',
  IS: 'dss',
  IS_NOT: 'dss',
  CONTAINS: 'dss',
  NOT_CONTAINS: 'dss',
  BRANCH_LESS: 'dss',
  BRANCH_LESS_EQUAL: 'dss',
  BRANCH_EQUAL: 'dss',
  BRANCH_NOT_EQUAL: 'dss',
  BRANCH_GREATER: 'dss',
  BRANCH_GREATER_EQUAL: 'dss',
  JUMP: 'j',
  JUMP_BACKWARD: 'jxx',
  JUMP_IF_FALSE: 'sj',
  JUMP_IF_TRUE: 'sj',
  JUMP_IF_NONE: 'sj',
  JUMP_IF_NOT_NONE: 'sj',
  GET_ITER: 'ds',
  FOR_ITER: 'rdjx',
  UNPACK_SEQUENCE: 'sri',
  UNPACK_EX: 'srii',
  BUILD_TUPLE: 'dri',
  BUILD_LIST: 'dri',
  BUILD_SET: 'dri',
  BUILD_MAP: 'dri',
  LIST_APPEND: 'rs',
  LIST_EXTEND: 'rs',
  LIST_TO_TUPLE: 'ds',
  SET_ADD: 'rs',
  SET_UPDATE: 'rs',
  MAP_ADD: 'rss',
  DICT_UPDATE: 'rs',
  DICT_MERGE: 'rss',
  BUILD_STRING: 'dri',
  FORMAT_SIMPLE: 'dsi',
  FORMAT_WITH_SPEC: 'dsis',
  BUILD_TEMPLATE: 'dss',
  BUILD_INTERPOLATION: 'dssis',
  CALL: 'drixxxx',
  CALL_KW: 'dric',
  CALL_EX: 'dsss',
  RETURN: 's',
  MAKE_FUNCTION: 'dcssss',
  RETURN_GENERATOR: '',
  YIELD: 'ds',
  SEND: 'drsj',
  GET_YIELD_FROM_ITER: 'ds',
  CLEANUP_THROW: 'ds',
  GET_AWAITABLE: 'dsi',
  GET_AITER: 'ds',
  GET_ANEXT: 'ds',
  END_ASYNC_FOR: 's',
  ASYNC_GEN_WRAP: 'ds',
  RAISE: 'ss',
  RERAISE: 's',
  PUSH_EXCEPTION: 'ds',
  POP_EXCEPTION: 's',
  EXCEPTION_TRIPLE: 'rs',
  MATCH_EXCEPTION: 'dss',
  MATCH_EXCEPTION_GROUP: 'dss',
  PREPARE_RERAISE_STAR: 'dss',
  IMPORT_NAME: 'dnis',
  IMPORT_FROM: 'dsn',
  IMPORT_STAR: 's',
  MATCH_SEQUENCE: 'ds',
  MATCH_MAPPING: 'ds',
  MATCH_CLASS: 'dssic',
  MATCH_KEYS: 'dss',
  GET_LENGTH: 'ds',
  COPY_MAPPING_REST: 'dss',
  SETUP_ANNOTATIONS: '',
  TYPE_INTRINSIC: 'diss',
  PRINT_EXPRESSION: 'ds',
  // specialized: the same words as the general form, so that one overwrites the other's opcode in place
  LOAD_GLOBAL_MODULE: 'dnxxx',
  LOAD_GLOBAL_BUILTIN: 'dnxxx',
  LOAD_ATTR_SLOT: 'dsnxxxxx',
  LOAD_ATTR_METHOD: 'dsnxxxxx',
  LOAD_ATTR_MODULE: 'dsnxxxxx',
  LOAD_ATTR_CLASS: 'dsnxxxxx',
  LOAD_ATTR_PROPERTY: 'dsnxxxxx',
  STORE_ATTR_SLOT: 'snsxxxxx',
  STORE_ATTR_ADD: 'snsxxxxx',
  LOAD_METHOD_CACHED: 'rsnxxxxx',
  CALL_PYTHON: 'drixxxx',
  CALL_NATIVE: 'drixxxx',
  CALL_CLASS: 'drixxxx',
  FOR_ITER_RANGE: 'rdjx',
  FOR_ITER_LIST: 'rdjx',
  FOR_ITER_GENERATOR: 'rdjx',
  STEP_END: 'i',
  RESUME: '',
};

/** Can execution go on behind an instruction of this opcode? (A handler aside.) */
export function fallsThrough(opcode: number): boolean {
  switch (opcode) {
    case Op.JUMP:
    case Op.JUMP_BACKWARD:
    case Op.RETURN:
    case Op.RAISE:
    case Op.RERAISE:
      return false;
  }
  return true;
}

/** Words of each instruction, by opcode number. */
export const instructionLength: Uint8Array = (() => {
  const lengths = new Uint8Array(256);
  for (const [name, kinds] of Object.entries(operandKinds)) lengths[Op[name as keyof typeof Op]] = 1 + kinds.length;
  return lengths;
})();

/** Set in a loaded `s` operand that names a constant's cell instead of a register. */
export const CONSTANT_BIT = -2147483648;

/** Objects that code loads by number (LOAD_COMMON). */
export enum CommonObject {
  buildClass,
  assertionError,
  notImplementedError,
  tuple,
  list,
  set,
  dict,
  all,
  any,
}

/** Special methods that syntax calls on the type (LOAD_SPECIAL). */
export enum SpecialMethod {
  enter,
  exit,
  asyncEnter,
  asyncExit,
}

/** Helpers of PEP 695 and friends (TYPE_INTRINSIC): d, number, s, s2. */
export enum TypeIntrinsic {
  /** of name s */
  typeVariable,
  /** name s, evaluator function s2 */
  typeVariableWithBound,
  typeVariableWithConstraints,
  parameterSpecification,
  typeVariableTuple,
  /** of the tuple s: name, tuple of type parameters or None, evaluator function */
  typeAlias,
  /** Generic[*s], s a tuple of type parameters */
  subscriptGeneric,
  /** d = type parameter s, its default evaluated by function s2 */
  setDefault,
  /** d = function s, its __type_params__ set to the tuple s2 */
  setFunctionTypeParameters,
}
