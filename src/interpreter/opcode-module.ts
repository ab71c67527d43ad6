/**
 * The _opcode module: our instruction set for `opcode` and `dis` (modules/opcode.py, modules/dis.py), all of it derived from
 * the one declaration in compiler/instructions.ts. The functions that CPython's module has are there under their names;
 * those with an underscore are our own.
 */
import { CommonObject, Op, operandKinds, SpecialMethod, TypeIntrinsic } from '../compiler/instructions.ts';
import { Fixed, T } from '../heap/fixed.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isRef, refAt, setRef, setSmallInt } from '../heap/values.ts';
import { dictSetString, newDict } from '../objects/dicts.ts';
import { raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { indexOf, setBool } from '../objects/integers.ts';
import { listAppend, newList } from '../objects/lists.ts';
import { registerModule } from '../objects/modules.ts';
import { type NativeRoutine, natives } from '../objects/natives.ts';
import { intern, newString } from '../objects/strings.ts';
import { newTuple, tupleItem } from '../objects/tuples.ts';
import { generalForms } from './code-descriptions.ts';

registerModule('_opcode', (dict) => {
  // no instruction is specialized in the way that CPython's tests look for
  const slot = pushSlots(1);
  for (const name of ['ENABLE_SPECIALIZATION', 'ENABLE_SPECIALIZATION_FT']) {
    setBool(slot, false);
    dictSetString(dict, intern(name), slot);
  }
  popSlots(1);
});

type Name = keyof typeof operandKinds;
const names = Object.keys(operandKinds) as Name[];
/** Operand letters by number, undefined where there is no instruction. */
const kindsOf: (string | undefined)[] = [];
for (const name of names) kindsOf[Op[name]] = operandKinds[name];

const has =
  (letters: RegExp): NativeRoutine =>
  (args, result) =>
    setBool(result, letters.test(kindsOf[indexOf(args)] ?? ''));

const freeVariables = new Set<Op>([Op.LOAD_DEREF, Op.STORE_DEREF, Op.DELETE_DEREF, Op.LOAD_CLASS_DEREF, Op.MAKE_CELL]);
const operators: readonly (readonly [Op, string])[] = [
  [Op.ADD, '+'],
  [Op.SUBTRACT, '-'],
  [Op.MULTIPLY, '*'],
  [Op.TRUE_DIVIDE, '/'],
  [Op.FLOOR_DIVIDE, '//'],
  [Op.REMAINDER, '%'],
  [Op.POWER, '**'],
  [Op.MATRIX_MULTIPLY, '@'],
  [Op.LEFT_SHIFT, '<<'],
  [Op.RIGHT_SHIFT, '>>'],
  [Op.AND, '&'],
  [Op.OR, '|'],
  [Op.XOR, '^'],
];
const isOperator = new Set<Op>(operators.map(([op]) => op));

function namesOf(enumeration: Record<string, string | number>): string[] {
  return Object.keys(enumeration).filter((key) => Number.isNaN(Number(key)));
}
const specialMethods: Record<SpecialMethod, string> = {
  [SpecialMethod.enter]: '__enter__',
  [SpecialMethod.exit]: '__exit__',
  [SpecialMethod.asyncEnter]: '__aenter__',
  [SpecialMethod.asyncExit]: '__aexit__',
};

/** What a plain number among the operands says, '' if nothing worth showing. */
function meaning(op: Op, value: number): string {
  if (isOperator.has(op)) return value === 1 ? 'in place' : '';
  switch (op) {
    case Op.LOAD_COMMON:
      return CommonObject[value] ?? String(value);
    case Op.LOAD_SPECIAL:
      return specialMethods[value as SpecialMethod] ?? String(value);
    case Op.TYPE_INTRINSIC:
      return TypeIntrinsic[value] ?? String(value);
    case Op.CHECK_BOUND:
    case Op.DELETE_FAST:
    case Op.LOAD_DEREF:
    case Op.DELETE_DEREF:
      return value === 1 ? 'free' : '';
    case Op.FORMAT_SIMPLE:
    case Op.FORMAT_WITH_SPEC:
    case Op.BUILD_INTERPOLATION:
      return value === 0 ? '' : `!${String.fromCharCode(value)}`;
    case Op.LOAD_SUPER_ATTR:
    case Op.LOAD_SUPER_METHOD:
      return value === 1 ? 'super()' : '';
    case Op.IMPORT_NAME:
      return value === 0 ? '' : `level ${value}`;
    case Op.GET_AWAITABLE:
      return ['', '__aenter__', '__aexit__'][value] ?? '';
    case Op.CALL:
    case Op.CALL_KW:
    case Op.CALL_PYTHON:
    case Op.CALL_NATIVE:
    case Op.CALL_CLASS:
      return value === 1 ? '1 argument' : `${value} arguments`;
  }
  return String(value);
}

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
  'is_valid(opcode)': (args, result) => setBool(result, kindsOf[indexOf(args)] !== undefined),
  'has_arg(opcode)': has(/[^x]/),
  'has_const(opcode)': has(/[sc]/),
  'has_name(opcode)': has(/n/),
  'has_jump(opcode)': has(/j/),
  'has_local(opcode)': has(/[dsr]/),
  'has_free(opcode)': (args, result) => setBool(result, freeVariables.has(indexOf(args))),
  'has_exc(opcode)': (_args, result) => setBool(result, false),
  'get_intrinsic1_descs()': (_args, result) => textList(namesOf(TypeIntrinsic), result),
  'get_intrinsic2_descs()': (_args, result) => textList([], result),
  'get_special_method_names()': (_args, result) => textList(Object.values(specialMethods), result),
  'get_nb_ops()': (_args, result) => {
    const slots = pushSlots(2);
    setRef(slots, newList(0));
    for (const [op, symbol] of operators) {
      const pair = newTuple(2);
      setRef(slots + 1, pair);
      setRef(tupleItem(pair, 0), intern(Op[op]));
      setRef(tupleItem(pair, 1), intern(symbol));
      listAppend(refAt(slots), slots + 1);
    }
    setRef(result, refAt(slots));
    popSlots(2);
  },
  'get_executor(*, code, offset)': (args, result) => {
    if (!isRef(args) || words[refAt(args) << 1] !== T.code) raiseTypeError('expected a code object');
    setRef(result, Fixed.none);
  },
  // there is no stack: operands are registers
  'stack_effect(opcode, oparg=None, /, *, jump=None)': (args, result) => {
    const kinds = kindsOf[indexOf(args)];
    const isNone = isRef(args + 1) && refAt(args + 1) === Fixed.none;
    if (kinds === undefined) raiseValueError('invalid opcode or oparg');
    else if (/[^x]/.test(kinds) && isNone) {
      raiseValueError('stack_effect: opcode requires oparg but oparg was not specified');
    } else if (!/[^x]/.test(kinds) && !isNone) {
      raiseValueError('stack_effect: opcode does not permit oparg but oparg was specified');
    }
    const jump = isRef(args + 2) ? refAt(args + 2) : 0;
    if (jump !== Fixed.none && jump !== Fixed.true && jump !== Fixed.false) {
      raiseValueError('stack_effect: jump must be False, True or None');
    }
    setSmallInt(result, 0);
  },
  /** All instructions: number by name. */
  '_numbers()': (_args, result) => {
    const slots = pushSlots(2);
    setRef(slots, newDict());
    for (const name of names) {
      setSmallInt(slots + 1, Op[name]);
      dictSetString(refAt(slots), intern(name), slots + 1);
    }
    copyValue(result, slots);
    popSlots(2);
  },
  /** The letters of the operands that an instruction has, see compiler/instructions.ts. */
  '_operands(opcode, /)': (args, result) => setRef(result, newString(kindsOf[indexOf(args)] ?? '')),
  /** What the compiler emits for an instruction that the interpreter has specialized. */
  '_general(opcode, /)': (args, result) => {
    const op: Op = indexOf(args);
    setSmallInt(result, generalForms.get(op) ?? op);
  },
  '_meaning(opcode, number, /)': (args, result) => setRef(result, newString(meaning(indexOf(args), indexOf(args + 1)))),
});
