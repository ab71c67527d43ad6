/**
 * The micro-operations: what a trace is made of, declared once. From this table come the IR's types and effects, the
 * operand signatures that stencil sources are checked against, the uop interpreter (--jit=uops) and the differential
 * tests of both architectures' stencils (every uop has a reference in uop-references.ts).
 *
 * A uop takes up to three operands (SSA values) and up to two immediates, and has at most one result.
 * Types: int = 64-bit signed in a general register; float = double in a float register; bool = 0 or 1 in a general register;
 * ref = cell index, zero-extended, in a general register; value = the boxed 64 bits in a general register.
 * Ints in a trace are 64-bit: they leave the trace only where 64 bits overflow, or at `box_int` where 48 do not suffice.
 *
 * Memory operands are typed by what the optimizer must know about aliasing, not by width alone: see `alias`.
 */

export type UopType = 'int' | 'float' | 'bool' | 'ref' | 'value';

export interface Uop {
  readonly number: number;
  readonly name: string;
  readonly operands: readonly UopType[];
  readonly result: UopType | null;
  /** how many immediates; `wide` ones are 64-bit patterns, others signed 32-bit */
  readonly immediates: number;
  readonly wide: boolean;
  /** may leave the trace: carries a snapshot */
  readonly exits: boolean;
  /** no memory access, no exit: may be folded, shared, dropped, moved */
  readonly pure: boolean;
  /** memory it reads or writes: '' none. Writes are never dropped or moved. */
  readonly reads: Memory | '';
  readonly writes: Memory | '';
  readonly allocates: boolean;
  /** a and b may be exchanged */
  readonly commutative: boolean;
  /** operand index that may be an immediate in a stencil form (always the last operand), or -1 */
  readonly constantOperand: number;
  /** has stencils; the others only steer the compiler */
  readonly code: boolean;
}

/** Alias classes: two accesses of different classes never meet. */
export type Memory =
  /** registers of the running frame and frames above it */
  | 'frame'
  /** value cells of objects at a fixed offset: attributes, cell contents, tuple items by constant */
  | 'field'
  /** words of objects: sizes, refs, shapes, headers */
  | 'word'
  /** cells of `values` arrays by index: list items, overflow attributes */
  | 'item'
  /** raw bytes: characters, dict indices */
  | 'byte'
  /** tables of a dict */
  | 'dict'
  /** VM state */
  | 'state';

type Flags = Partial<
  Pick<
    Uop,
    'immediates' | 'wide' | 'exits' | 'reads' | 'writes' | 'allocates' | 'commutative' | 'constantOperand' | 'code'
  >
>;

const table: Uop[] = [];
function uop(name: string, signature: string, flags: Flags = {}): number {
  const [left, right] = signature.split('->').map((part) => part.trim());
  const operands = left === '' ? [] : (left.split(' ') as UopType[]);
  const exits = flags.exits ?? false;
  const reads = flags.reads ?? '';
  const writes = flags.writes ?? '';
  const allocates = flags.allocates ?? false;
  table.push({
    number: table.length,
    name,
    operands,
    result: right ? (right as UopType) : null,
    immediates: flags.immediates ?? 0,
    wide: flags.wide ?? false,
    exits,
    pure: !exits && reads === '' && writes === '' && !allocates && right !== '',
    reads,
    writes,
    allocates,
    commutative: flags.commutative ?? false,
    constantOperand: flags.constantOperand ?? -1,
    code: flags.code ?? true,
  });
  return table.length - 1;
}
const exits: Flags = { exits: true };
const commutes: Flags = { commutative: true };
const second: Flags = { constantOperand: 1 };

/** Uop numbers by name; `uopTable[number]` is the declaration. */
export const U = {
  // constants: immediate 0 is the bit pattern
  const_int: uop('const_int', '-> int', { immediates: 1, wide: true }),
  const_float: uop('const_float', '-> float', { immediates: 1, wide: true }),
  const_value: uop('const_value', '-> value', { immediates: 1, wide: true }),
  const_ref: uop('const_ref', '-> ref', { immediates: 1 }),

  // moves between registers, made by the register allocator only
  move_general: uop('move_general', 'value -> value'),
  move_float: uop('move_float', 'float -> float'),
  spill_general: uop('spill_general', 'value ->', { immediates: 1, writes: 'state' }),
  spill_float: uop('spill_float', 'float ->', { immediates: 1, writes: 'state' }),
  reload_general: uop('reload_general', '-> value', { immediates: 1, reads: 'state' }),
  reload_float: uop('reload_float', '-> float', { immediates: 1, reads: 'state' }),

  // the running frame: immediate = byte offset from the frame's first cell
  load_frame: uop('load_frame', '-> value', { immediates: 1, reads: 'frame' }),
  store_frame: uop('store_frame', 'value ->', { immediates: 1, writes: 'frame' }),
  store_frame_float: uop('store_frame_float', 'float ->', { immediates: 1, writes: 'frame' }),
  /** two 32-bit words at once (headers): immediate 0 = byte offset, 1 = unused; operand = const */
  store_frame_word: uop('store_frame_word', 'ref ->', { immediates: 1, writes: 'frame', constantOperand: 0 }),
  load_frame_word: uop('load_frame_word', '-> ref', { immediates: 1, reads: 'frame' }),
  /** the frame register moves by `immediate` bytes (call, return between traces) */
  move_frame: uop('move_frame', '->', { immediates: 1, writes: 'frame' }),
  /** the frame register becomes the frame at cell a */
  set_frame: uop('set_frame', 'ref ->', { writes: 'frame' }),
  /** cell of the running frame */
  frame_cell: uop('frame_cell', '-> ref', { reads: 'frame' }),

  // boxing and unboxing
  /** leaves when the value is no immediate int */
  unbox_int: uop('unbox_int', 'value -> int', exits),
  unbox_float: uop('unbox_float', 'value -> float', exits),
  unbox_ref: uop('unbox_ref', 'value -> ref', exits),
  /** leaves unless the value is True or False */
  unbox_bool: uop('unbox_bool', 'value -> bool', exits),
  /** leaves when 48 bits do not suffice */
  box_int: uop('box_int', 'int -> value', exits),
  /** for ints known to fit */
  box_int_unchecked: uop('box_int_unchecked', 'int -> value'),
  box_float: uop('box_float', 'float -> value'),
  box_ref: uop('box_ref', 'ref -> value'),
  box_bool: uop('box_bool', 'bool -> value'),
  /** same bits, other type: no code where registers agree */
  ref_to_int: uop('ref_to_int', 'ref -> int'),
  int_to_ref: uop('int_to_ref', 'int -> ref'),
  bool_to_int: uop('bool_to_int', 'bool -> int'),
  int_to_float: uop('int_to_float', 'int -> float'),
  /** truncates; leaves for NaN, infinities and beyond 2**63 */
  float_to_int: uop('float_to_int', 'float -> int', exits),

  // guards
  /** leaves unless the type word of object a is immediate 0 */
  guard_type: uop('guard_type', 'ref ->', { immediates: 1, exits: true, reads: 'word' }),
  /** leaves unless both header words are the 64-bit pattern: type in the low, shape in the high half */
  guard_header: uop('guard_header', 'ref ->', { immediates: 1, wide: true, exits: true, reads: 'word' }),
  /** leaves unless word at byte offset imm0 of object a equals imm1 */
  guard_word: uop('guard_word', 'ref ->', { immediates: 2, exits: true, reads: 'word' }),
  /** leaves unless the 64 bits are the same */
  guard_value: uop('guard_value', 'value ->', { immediates: 1, wide: true, exits: true }),
  guard_not_value: uop('guard_not_value', 'value ->', { immediates: 1, wide: true, exits: true }),
  guard_ref: uop('guard_ref', 'ref ->', { immediates: 1, exits: true }),
  guard_not_ref: uop('guard_not_ref', 'ref ->', { immediates: 1, exits: true }),
  /** leaves unless the immediate int tag (1), float (0), reference (2) describes the value: type test without unboxing */
  guard_tag: uop('guard_tag', 'value ->', { immediates: 1, exits: true }),
  guard_true: uop('guard_true', 'bool ->', exits),
  guard_false: uop('guard_false', 'bool ->', exits),
  guard_less_int: uop('guard_less_int', 'int int ->', { ...exits, ...second }),
  guard_less_equal_int: uop('guard_less_equal_int', 'int int ->', { ...exits, ...second }),
  guard_equal_int: uop('guard_equal_int', 'int int ->', { ...exits, ...second }),
  guard_not_equal_int: uop('guard_not_equal_int', 'int int ->', { ...exits, ...second }),
  guard_greater_int: uop('guard_greater_int', 'int int ->', { ...exits, ...second }),
  guard_greater_equal_int: uop('guard_greater_equal_int', 'int int ->', { ...exits, ...second }),
  guard_less_float: uop('guard_less_float', 'float float ->', exits),
  guard_not_less_float: uop('guard_not_less_float', 'float float ->', exits),
  guard_less_equal_float: uop('guard_less_equal_float', 'float float ->', exits),
  guard_not_less_equal_float: uop('guard_not_less_equal_float', 'float float ->', exits),
  guard_equal_float: uop('guard_equal_float', 'float float ->', exits),
  guard_not_equal_float: uop('guard_not_equal_float', 'float float ->', exits),
  /** leaves unless the two refs are the same, or not the same */
  guard_same_ref: uop('guard_same_ref', 'ref ref ->', exits),
  guard_not_same_ref: uop('guard_not_same_ref', 'ref ref ->', exits),
  /** unsigned: leaves unless 0 <= a < b */
  guard_index: uop('guard_index', 'int int ->', { ...exits, ...second }),
  /** stores the code offset of this uop's exit stub in the frame word at byte offset imm0: where a callee returns to */
  store_landing: uop('store_landing', '->', { immediates: 1, exits: true, writes: 'frame' }),
  /** leaves when the interrupt word is not 0 */
  guard_no_interrupt: uop('guard_no_interrupt', '->', { exits: true, reads: 'state' }),
  /** always leaves */
  exit: uop('exit', '->', exits),

  // 64-bit integer arithmetic
  add_int: uop('add_int', 'int int -> int', { ...exits, ...commutes, ...second }),
  subtract_int: uop('subtract_int', 'int int -> int', { ...exits, ...second }),
  multiply_int: uop('multiply_int', 'int int -> int', { ...exits, ...commutes }),
  add_int_unchecked: uop('add_int_unchecked', 'int int -> int', { ...commutes, ...second }),
  subtract_int_unchecked: uop('subtract_int_unchecked', 'int int -> int', second),
  multiply_int_unchecked: uop('multiply_int_unchecked', 'int int -> int', commutes),
  /** floor division and modulo; leave when b is 0, or for -2**63 // -1 */
  floor_divide_int: uop('floor_divide_int', 'int int -> int', exits),
  remainder_int: uop('remainder_int', 'int int -> int', exits),
  negative_int: uop('negative_int', 'int -> int', exits),
  invert_int: uop('invert_int', 'int -> int'),
  and_int: uop('and_int', 'int int -> int', { ...commutes, ...second }),
  or_int: uop('or_int', 'int int -> int', { ...commutes, ...second }),
  xor_int: uop('xor_int', 'int int -> int', { ...commutes, ...second }),
  /** leave when b < 0, b > 63 (left: or when bits are lost); right shifts by more than 63 give 0 or -1 */
  left_shift_int: uop('left_shift_int', 'int int -> int', { ...exits, ...second }),
  right_shift_int: uop('right_shift_int', 'int int -> int', { ...exits, ...second }),
  less_int: uop('less_int', 'int int -> bool', second),
  less_equal_int: uop('less_equal_int', 'int int -> bool', second),
  equal_int: uop('equal_int', 'int int -> bool', { ...commutes, ...second }),
  not_equal_int: uop('not_equal_int', 'int int -> bool', { ...commutes, ...second }),
  not_bool: uop('not_bool', 'bool -> bool'),
  /** same 64 bits */
  same_value: uop('same_value', 'value value -> bool', commutes),
  same_ref: uop('same_ref', 'ref ref -> bool', commutes),
  /** are two str objects equal? Strings never change, so this reads no memory that anything writes */
  equal_str: uop('equal_str', 'ref ref -> bool', commutes),

  // doubles
  add_float: uop('add_float', 'float float -> float', commutes),
  subtract_float: uop('subtract_float', 'float float -> float'),
  multiply_float: uop('multiply_float', 'float float -> float', commutes),
  /** leaves when b is 0 */
  divide_float: uop('divide_float', 'float float -> float', exits),
  /** b is known not to be 0 */
  divide_float_unchecked: uop('divide_float_unchecked', 'float float -> float'),
  negative_float: uop('negative_float', 'float -> float'),
  absolute_float: uop('absolute_float', 'float -> float'),
  square_root_float: uop('square_root_float', 'float -> float'),
  /** largest integral double not above a (SSE4.1 roundsd / frintm) */
  floor_float: uop('floor_float', 'float -> float'),
  less_float: uop('less_float', 'float float -> bool'),
  less_equal_float: uop('less_equal_float', 'float float -> bool'),
  equal_float: uop('equal_float', 'float float -> bool', commutes),
  not_equal_float: uop('not_equal_float', 'float float -> bool', commutes),

  // object memory: immediate 0 = byte offset from the object's start
  load_field: uop('load_field', 'ref -> value', { immediates: 1, reads: 'field' }),
  store_field: uop('store_field', 'ref value ->', { immediates: 1, writes: 'field' }),
  store_field_float: uop('store_field_float', 'ref float ->', { immediates: 1, writes: 'field' }),
  load_word: uop('load_word', 'ref -> ref', { immediates: 1, reads: 'word' }),
  /** sign-extended 32-bit word */
  load_word_int: uop('load_word_int', 'ref -> int', { immediates: 1, reads: 'word' }),
  store_word: uop('store_word', 'ref ref ->', { immediates: 1, writes: 'word', constantOperand: 1 }),
  /** [base + (a + b) * 8 + 8]: item b of the `values` array a */
  load_item: uop('load_item', 'ref int -> value', { reads: 'item' }),
  store_item: uop('store_item', 'ref int value ->', { writes: 'item' }),
  store_item_float: uop('store_item_float', 'ref int float ->', { writes: 'item' }),
  /** fills the fresh `values` array a with items of array b from index c on */
  copy_items: uop('copy_items', 'ref ref int ->', { reads: 'item', writes: 'item' }),
  /** item b of tuple a */
  load_tuple_item: uop('load_tuple_item', 'ref int -> value', { reads: 'field' }),
  /** byte (1), half (2), word (4): unit b of the data that starts at byte offset imm0 of object a */
  load_byte: uop('load_byte', 'ref int -> int', { immediates: 1, reads: 'byte' }),
  load_half: uop('load_half', 'ref int -> int', { immediates: 1, reads: 'byte' }),
  load_unit: uop('load_unit', 'ref int -> int', { immediates: 1, reads: 'byte' }),
  store_byte: uop('store_byte', 'ref int int ->', { immediates: 1, writes: 'byte' }),
  /** VM state words; immediate 0 = byte offset in the heap */
  load_state: uop('load_state', '-> ref', { immediates: 1, reads: 'state' }),
  store_state: uop('store_state', 'ref ->', { immediates: 1, writes: 'state', constantOperand: 0 }),

  // dicts: the cell of the value under a key of dict a, 0 if there is none; leave when that takes more than comparing
  /** the hash of a str, computed and kept in it if that was not done yet */
  hash_str: uop('hash_str', 'ref -> int', { writes: 'word' }),
  /** b: a str that has its hash */
  find_str_key: uop('find_str_key', 'ref ref -> ref', { exits: true, reads: 'dict' }),
  /** b: an int; leaves beyond 32 bits */
  find_int_key: uop('find_int_key', 'ref int -> ref', { exits: true, reads: 'dict' }),

  // allocation
  /** imm0 cells, uninitialized; leaves when the span is used up */
  allocate: uop('allocate', '-> ref', { immediates: 1, exits: true, allocates: true }),
  /** a + imm0 cells; leaves also when a < 0 or a > 4096 */
  allocate_array: uop('allocate_array', 'int -> ref', { immediates: 1, exits: true, allocates: true }),
  /** header of a fresh object: low half (type) and high half (aux) of the 64-bit pattern */
  store_header: uop('store_header', 'ref ->', { immediates: 1, wide: true, writes: 'word' }),

  // leaving for TypeScript: operands were stored by store_state_value; number in imm0, snapshot as for an exit.
  /** stores an argument of the coming helper call in argument cell imm0 */
  helper_argument: uop('helper_argument', 'value ->', { immediates: 1, writes: 'state' }),
  /** calls TypeScript helper imm0; all registers survive */
  call_helper: uop('call_helper', '-> value', { immediates: 1, exits: true, reads: 'state', writes: 'state' }),

  // how traces hang together; expanded by the linker
  /** start of the loop part */
  loop: uop('loop', '->', { code: false }),
  /** what a side trace takes over from the trace it leaves: entry imm0 of that exit's snapshot, where it lies already */
  inherit_int: uop('inherit_int', '-> int', { immediates: 1, code: false }),
  inherit_float: uop('inherit_float', '-> float', { immediates: 1, code: false }),
  inherit_bool: uop('inherit_bool', '-> bool', { immediates: 1, code: false }),
  inherit_ref: uop('inherit_ref', '-> ref', { immediates: 1, code: false }),
  inherit_value: uop('inherit_value', '-> value', { immediates: 1, code: false }),
  /** back to `loop` */
  jump_loop: uop('jump_loop', '->'),
  /** to the entry of executor imm0, all state in memory */
  jump_executor: uop('jump_executor', '->', { immediates: 1 }),
  /** to the machine address in the frame's nativeReturn word read before: a = code offset; 0 leaves */
  jump_return: uop('jump_return', 'ref ->', exits),
} as const;

/** All declarations, by number. */
export const uopTable: readonly Uop[] = table;
/** Operand counts by number. */
export const uopOperandCounts: Uint8Array = Uint8Array.from(table, (u) => u.operands.length);
