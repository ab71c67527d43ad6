/**
 * The _opcode module: what the standard library's `opcode` and `dis` ask about CPython's instructions. Ours are others,
 * so these tables serve programs that look at the instruction set, not at our code.
 */
import { Fixed } from '../heap/fixed.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { refAt, setRef } from '../heap/values.ts';
import { dictSetString } from '../objects/dicts.ts';
import { raiseValueError } from '../objects/errors.ts';
import { indexOf, setBool } from '../objects/integers.ts';
import { listAppend, newList } from '../objects/lists.ts';
import { registerModule } from '../objects/modules.ts';
import { type NativeRoutine, natives } from '../objects/natives.ts';
import { intern } from '../objects/strings.ts';
import { newTuple, tupleItem } from '../objects/tuples.ts';

registerModule('_opcode', (dict) => {
  // no instruction is specialized in the way that CPython's tests look for
  const slot = pushSlots(1);
  for (const name of ['ENABLE_SPECIALIZATION', 'ENABLE_SPECIALIZATION_FT']) {
    setBool(slot, false);
    dictSetString(dict, intern(name), slot);
  }
  popSlots(1);
});

/** The highest opcode without an argument, the highest real one, the highest pseudo instruction. */
const WITHOUT_ARGUMENT = 43;
const LAST_REAL = 255;
const LAST_PSEUDO = 266;

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}
/** Opcodes of 3.14 (its opmap) by what their argument means. */
const kinds = {
  constant: [82],
  name: [61, 64, 65, 72, 73, 80, 91, 92, 93, 96, 110, 115, 116, 249],
  jump: [68, 70, 75, 76, 77, 100, 101, 102, 103, 106, 257, 258, 259, 260],
  free: [62, 83, 90, 97, 111],
  local: [63, ...range(84, 89), 112, 113, 114, 261, 266],
  exception: [263, 264, 265],
} as const;
/** Opcodes that are not used. */
const unused = new Set([3, ...range(121, 127), ...range(129, 233)]);

function isValid(opcode: number): boolean {
  return opcode >= 0 && opcode <= LAST_PSEUDO && !unused.has(opcode);
}
const belongsTo =
  (kind: keyof typeof kinds): NativeRoutine =>
  (args, result) =>
    setBool(result, (kinds[kind] as readonly number[]).includes(indexOf(args)));

const operators = '+ & // << @ * % | ** >> - / ^ += &= //= <<= @= *= %= |= **= >>= -= /= ^= []'.split(' ');
const operatorNames = (
  'NB_ADD NB_AND NB_FLOOR_DIVIDE NB_LSHIFT NB_MATRIX_MULTIPLY NB_MULTIPLY NB_REMAINDER NB_OR NB_POWER NB_RSHIFT ' +
  'NB_SUBTRACT NB_TRUE_DIVIDE NB_XOR NB_INPLACE_ADD NB_INPLACE_AND NB_INPLACE_FLOOR_DIVIDE NB_INPLACE_LSHIFT ' +
  'NB_INPLACE_MATRIX_MULTIPLY NB_INPLACE_MULTIPLY NB_INPLACE_REMAINDER NB_INPLACE_OR NB_INPLACE_POWER ' +
  'NB_INPLACE_RSHIFT NB_INPLACE_SUBTRACT NB_INPLACE_TRUE_DIVIDE NB_INPLACE_XOR NB_SUBSCR'
).split(' ');
const intrinsics1 = (
  'INTRINSIC_1_INVALID INTRINSIC_PRINT INTRINSIC_IMPORT_STAR INTRINSIC_STOPITERATION_ERROR ' +
  'INTRINSIC_ASYNC_GEN_WRAP INTRINSIC_UNARY_POSITIVE INTRINSIC_LIST_TO_TUPLE INTRINSIC_TYPEVAR INTRINSIC_PARAMSPEC ' +
  'INTRINSIC_TYPEVARTUPLE INTRINSIC_SUBSCRIPT_GENERIC INTRINSIC_TYPEALIAS'
).split(' ');
const intrinsics2 = (
  'INTRINSIC_2_INVALID INTRINSIC_PREP_RERAISE_STAR INTRINSIC_TYPEVAR_WITH_BOUND INTRINSIC_TYPEVAR_WITH_CONSTRAINTS ' +
  'INTRINSIC_SET_FUNCTION_TYPE_PARAMS INTRINSIC_SET_TYPEPARAM_DEFAULT'
).split(' ');
const specialMethods = ['__enter__', '__exit__', '__aenter__', '__aexit__'];

function textList(texts: readonly string[], result: number): void {
  const slots = pushSlots(2);
  setRef(slots, newList(0));
  for (const text of texts) {
    setRef(slots + 1, intern(text));
    listAppend(refAt(slots), slots + 1);
  }
  setRef(result, refAt(slots));
  popSlots(2);
}

natives('_opcode', {
  'is_valid(opcode)': (args, result) => setBool(result, isValid(indexOf(args))),
  'has_arg(opcode)': (args, result) => {
    const opcode = indexOf(args);
    setBool(result, isValid(opcode) && opcode > WITHOUT_ARGUMENT && opcode <= LAST_REAL);
  },
  'has_const(opcode)': belongsTo('constant'),
  'has_name(opcode)': belongsTo('name'),
  'has_jump(opcode)': belongsTo('jump'),
  'has_free(opcode)': belongsTo('free'),
  'has_local(opcode)': belongsTo('local'),
  'has_exc(opcode)': belongsTo('exception'),
  'get_intrinsic1_descs()': (_args, result) => textList(intrinsics1, result),
  'get_intrinsic2_descs()': (_args, result) => textList(intrinsics2, result),
  'get_special_method_names()': (_args, result) => textList(specialMethods, result),
  'get_nb_ops()': (_args, result) => {
    const slots = pushSlots(2);
    setRef(slots, newList(0));
    operatorNames.forEach((name, i) => {
      const pair = newTuple(2);
      setRef(slots + 1, pair);
      setRef(tupleItem(pair, 0), intern(name));
      setRef(tupleItem(pair, 1), intern(operators[i]));
      listAppend(refAt(slots), slots + 1);
    });
    setRef(result, refAt(slots));
    popSlots(2);
  },
  'get_executor(*, code, offset)': (_args, result) => setRef(result, Fixed.none),
  'stack_effect(opcode, oparg=None, /, *, jump=None)': () =>
    raiseValueError('stack effects are of CPython; code of copyjit has registers'),
});
