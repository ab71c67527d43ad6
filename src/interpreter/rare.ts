/**
 * Instructions that the loop does not handle itself: decodes what is left and calls the file that knows the subject.
 * Returns the word index at which to go on; 0 says that State.raised is to be raised at this instruction (no JavaScript
 * exception thrown). Anything may also throw PYTHON_ERROR.
 */
import { CommonObject, instructionLength, Op, SpecialMethod } from '../compiler/instructions.ts';
import { Fixed, State, T } from '../heap/fixed.ts';
import { Code, CodeFlag, Exception, FRAME_HEADER_CELLS, Frame, FunctionObject, Generator } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setNull, setRef, setSmallInt } from '../heap/values.ts';
import { newTemplate } from '../modules/templates.ts';
import { deleteAttribute, findMethod } from '../objects/attributes.ts';
import { recordValue } from '../objects/declared-types.ts';
import { dictFindString } from '../objects/dicts.ts';
import { clearRaised, matchesRaised, raise, raiseRuntimeError, raiseTypeError } from '../objects/errors.ts';
import { newFunction } from '../objects/functions.ts';
import { callMethod, callSpecial } from '../objects/invoke.ts';
import { N } from '../objects/names.ts';
import { invert, iterate, length, negative, positive, truth } from '../objects/operations.ts';
import { intern } from '../objects/strings.ts';
import { isSubtype, lookup, qualifiedTypeName, typeName, typeOf } from '../objects/types.ts';
import { getAsyncIterator, getAsyncNext, getAwaitable, wrapAsyncYield } from './async.ts';
import { resumeSend } from './async-generators.ts';
import { ASEND } from './async-types.ts';
import {
  buildInstruction,
  buildInterpolation,
  buildSlice,
  dictMergeInstruction,
  extendInstruction,
  formatInstruction,
  listToTuple,
  unpackEx,
  unpackSequence,
} from './build.ts';
import { callExInstruction } from './call-spread.ts';
import { callKeywordInstruction } from './calls.ts';
import { matchExceptionGroup, prepareReraiseStar } from './exception-groups.ts';
import { builtinsOf, ReturnKind } from './frames.ts';
import { COROUTINE_WRAPPER } from './generator-methods.ts';
import { isGenerator, resume } from './generators.ts';
import { importFrom, importName, importStar } from './import-instructions.ts';
import {
  deleteDeref,
  deleteGlobal,
  deleteName,
  loadClassDeref,
  loadDeref,
  loadFromDictOrDeref,
  loadFromDictOrGlobals,
  loadLocals,
  loadName,
  makeCell,
  mappingGet,
  raiseUnbound,
  storeGlobal,
  storeName,
} from './names-access.ts';
import { sourceAt } from './operands.ts';
import { copyMappingRest, matchClass, matchKeys, matchMapping, matchSequence } from './patterns.ts';
import {
  cleanupThrow,
  exceptionTriple,
  matchException,
  popException,
  pushException,
  raiseInstruction,
  reraiseInstruction,
} from './raising.ts';
import { containsInstruction, deleteSubscript, getIterator } from './subscripts.ts';
import { loadSuperAttribute, loadSuperMethod } from './super-access.ts';
import { printExpression, setupAnnotations, typeIntrinsic } from './type-intrinsics.ts';

const H = FRAME_HEADER_CELLS;

/** Executes the instruction `op` at `pc`; see the head of this file. State.pc is stored. */
export function executeRare(op: number, pc: number, base: number): number {
  switch (op) {
    case Op.CHECK_BOUND:
      return raiseUnbound(words[pc + 2], words[pc + 3]);
    case Op.DELETE_FAST: {
      const register = base + words[pc + 1];
      if (isNull(register)) raiseUnbound(words[pc + 2], words[pc + 3]);
      setNull(register);
      break;
    }
    case Op.STORE_GLOBAL:
      storeGlobal(pc, base);
      break;
    case Op.DELETE_GLOBAL:
      deleteGlobal(pc, base);
      break;
    case Op.LOAD_NAME:
      loadName(pc, base);
      break;
    case Op.STORE_NAME:
      storeName(pc, base);
      break;
    case Op.DELETE_NAME:
      deleteName(pc, base);
      break;
    case Op.MAKE_CELL:
      makeCell(pc, base);
      break;
    case Op.COPY_FREE_VARS: {
      const closure = words[(words[((base - H) << 1) + Frame.function] << 1) + FunctionObject.closure];
      const first = base + words[pc + 1];
      for (let i = 0; i < words[pc + 2]; i++) copyValue(first + i, closure + 1 + i);
      break;
    }
    case Op.LOAD_DEREF:
      loadDeref(pc, base);
      break;
    case Op.DELETE_DEREF:
      deleteDeref(pc, base);
      break;
    case Op.LOAD_CLASS_DEREF:
      loadClassDeref(pc, base);
      break;
    case Op.LOAD_LOCALS:
      loadLocals(pc, base);
      break;
    case Op.LOAD_COMMON:
      loadCommon(words[pc + 2], base + words[pc + 1]);
      break;
    case Op.LOAD_FROM_DICT_OR_GLOBALS:
      loadFromDictOrGlobals(pc, base);
      break;
    case Op.LOAD_FROM_DICT_OR_DEREF:
      loadFromDictOrDeref(pc, base);
      break;
    case Op.DELETE_ATTR:
      deleteAttribute(sourceAt(pc + 1, base), words[pc + 2]);
      break;
    case Op.LOAD_SPECIAL:
      loadSpecial(pc, base);
      break;
    case Op.LOAD_SUPER_ATTR:
      loadSuperAttribute(pc, base);
      break;
    case Op.LOAD_SUPER_METHOD:
      loadSuperMethod(pc, base);
      break;
    case Op.DELETE_SUBSCR:
      deleteSubscript(pc, base);
      break;
    case Op.BUILD_SLICE:
      buildSlice(pc, base);
      break;
    case Op.NEGATIVE:
      negative(sourceAt(pc + 2, base), base + words[pc + 1]);
      break;
    case Op.POSITIVE:
      positive(sourceAt(pc + 2, base), base + words[pc + 1]);
      break;
    case Op.INVERT:
      invert(sourceAt(pc + 2, base), base + words[pc + 1]);
      break;
    case Op.NOT:
      setRef(base + words[pc + 1], truth(sourceAt(pc + 2, base)) ? Fixed.false : Fixed.true);
      break;
    case Op.CONTAINS:
    case Op.NOT_CONTAINS:
      return containsInstruction(pc, base);
    case Op.GET_ITER:
      return getIterator(pc, base);
    case Op.UNPACK_SEQUENCE:
      unpackSequence(pc, base);
      break;
    case Op.UNPACK_EX:
      unpackEx(pc, base);
      break;
    case Op.BUILD_TUPLE:
    case Op.BUILD_LIST:
    case Op.BUILD_SET:
    case Op.BUILD_MAP:
    case Op.BUILD_STRING:
      buildInstruction(op, pc, base);
      break;
    case Op.LIST_APPEND:
    case Op.SET_ADD:
    case Op.SET_UPDATE:
    case Op.MAP_ADD:
    case Op.DICT_UPDATE:
    case Op.LIST_EXTEND:
      extendInstruction(op, pc, base);
      break;
    case Op.DICT_MERGE:
      dictMergeInstruction(pc, base);
      break;
    case Op.LIST_TO_TUPLE:
      listToTuple(pc, base);
      break;
    case Op.FORMAT_SIMPLE:
      formatInstruction(pc, base, false);
      break;
    case Op.FORMAT_WITH_SPEC:
      formatInstruction(pc, base, true);
      break;
    case Op.CALL_KW:
      return callKeywordInstruction(pc, base);
    case Op.CALL_EX:
      return callExInstruction(pc, base);
    case Op.MAKE_FUNCTION:
      makeFunction(pc, base);
      break;
    case Op.SEND:
      return sendInstruction(pc, base);
    case Op.GET_YIELD_FROM_ITER:
      getYieldFromIterator(pc, base);
      break;
    case Op.CLEANUP_THROW:
      if (!cleanupThrow(pc, base)) return 0;
      break;
    case Op.GET_AWAITABLE:
      getAwaitable(pc, base);
      break;
    case Op.GET_AITER:
      getAsyncIterator(pc, base);
      break;
    case Op.GET_ANEXT:
      getAsyncNext(pc, base);
      break;
    case Op.END_ASYNC_FOR:
      if (isSubtype(typeOf(sourceAt(pc + 1, base)), T.StopAsyncIteration)) break;
      reraiseInstruction(pc, base);
      return 0;
    case Op.ASYNC_GEN_WRAP:
      wrapAsyncYield(pc, base);
      break;
    case Op.RAISE:
      raiseInstruction(pc, base);
      return 0;
    case Op.RERAISE:
      reraiseInstruction(pc, base);
      return 0;
    case Op.PUSH_EXCEPTION:
      pushException(pc, base);
      break;
    case Op.POP_EXCEPTION:
      popException(pc, base);
      break;
    case Op.EXCEPTION_TRIPLE:
      exceptionTriple(pc, base);
      break;
    case Op.MATCH_EXCEPTION:
      matchException(pc, base);
      break;
    case Op.MATCH_EXCEPTION_GROUP:
      matchExceptionGroup(pc, base);
      break;
    case Op.PREPARE_RERAISE_STAR:
      prepareReraiseStar(pc, base);
      break;
    case Op.IMPORT_NAME:
      importName(pc, base);
      break;
    case Op.IMPORT_FROM:
      importFrom(pc, base);
      break;
    case Op.IMPORT_STAR:
      importStar(pc, base);
      break;
    case Op.MATCH_SEQUENCE:
      setRef(base + words[pc + 1], matchSequence(sourceAt(pc + 2, base)) ? Fixed.true : Fixed.false);
      break;
    case Op.MATCH_MAPPING:
      setRef(base + words[pc + 1], matchMapping(sourceAt(pc + 2, base)) ? Fixed.true : Fixed.false);
      break;
    case Op.MATCH_CLASS:
      matchClass(pc, base);
      break;
    case Op.MATCH_KEYS:
      matchKeys(pc, base);
      break;
    case Op.GET_LENGTH:
      setSmallInt(base + words[pc + 1], length(sourceAt(pc + 2, base)));
      break;
    case Op.COPY_MAPPING_REST:
      copyMappingRest(pc, base);
      break;
    case Op.BUILD_TEMPLATE:
      setRef(base + words[pc + 1], newTemplate(refAt(sourceAt(pc + 2, base)), refAt(sourceAt(pc + 3, base))));
      break;
    case Op.BUILD_INTERPOLATION:
      buildInterpolation(pc, base);
      break;
    case Op.SETUP_ANNOTATIONS:
      setupAnnotations(base - H);
      break;
    case Op.TYPE_INTRINSIC:
      typeIntrinsic(pc, base);
      break;
    case Op.PRINT_EXPRESSION:
      printExpression(pc, base);
      break;
    default:
      return raise(T.NotImplementedError, `instruction ${Op[op] ?? op} is not implemented yet`);
  }
  return pc + instructionLength[op];
}

/** LOAD_COMMON: objects that code names by number. */
function loadCommon(which: CommonObject, d: number): void {
  switch (which) {
    case CommonObject.assertionError:
      setRef(d, T.AssertionError);
      return;
    case CommonObject.notImplementedError:
      setRef(d, T.NotImplementedError);
      return;
    case CommonObject.tuple:
      setRef(d, T.tuple);
      return;
    case CommonObject.list:
      setRef(d, T.list);
      return;
    case CommonObject.set:
      setRef(d, T.set);
      return;
    case CommonObject.dict:
      setRef(d, T.dict);
      return;
  }
  if (which === CommonObject.buildClass) {
    if (!mappingGet(builtinsOf(words[State.frame]), N.__build_class__, d)) {
      raise(T.NameError, '__build_class__ not found');
    }
    return;
  }
  copyValue(d, dictFindString(words[State.builtinsDict], which === CommonObject.all ? intern('all') : intern('any')));
}

/** LOAD_SPECIAL (`rsi`): special method i of s for a call; TypeError for an object that is no context manager. */
function loadSpecial(pc: number, base: number): void {
  const object = sourceAt(pc + 2, base);
  const which: SpecialMethod = words[pc + 3];
  const name = [N.__enter__, N.__exit__, N.__aenter__, N.__aexit__][which];
  const slots = pushSlots(2);
  copyValue(slots, object);
  if (!findMethod(slots, name, slots)) {
    const asynchronous = which >= SpecialMethod.asyncEnter;
    const kind = asynchronous ? 'asynchronous context manager' : 'context manager';
    const method = ['__enter__', '__exit__', '__aenter__', '__aexit__'][which];
    const other = lookup(typeOf(object), asynchronous ? N.__enter__ : N.__aenter__) !== 0;
    const hint = !other
      ? ''
      : asynchronous
        ? ` but it supports the context manager protocol. Did you mean to use 'with'?`
        : ` but it supports the asynchronous context manager protocol. Did you mean to use 'async with'?`;
    raiseTypeError(
      `'${qualifiedTypeName(typeOf(object)).replace(/^__main__\./, '')}' object does not support the ${kind} protocol (missed ${method} method)${hint}`,
    );
  }
  const r = base + words[pc + 1];
  copyValue(r, slots);
  copyValue(r + 1, slots + 1);
  popSlots(2);
}

function refOrZero(slot: number): number {
  return isNull(slot) ? 0 : refAt(slot);
}

/** MAKE_FUNCTION (`dcssss`). */
function makeFunction(pc: number, base: number): void {
  const slots = pushSlots(5);
  setRef(slots, words[((base - H) << 1) + Frame.function]);
  for (let i = 0; i < 4; i++) copyValue(slots + 1 + i, sourceAt(pc + 3 + i, base));
  functionOf(words[words[pc + 2] << 1], slots, base + words[pc + 1]);
  popSlots(5);
}

/** d = function of `code`; from cell `parts` on the function that makes it, then the operands of MAKE_FUNCTION. */
export function functionOf(code: number, parts: number, d: number): void {
  const own = refAt(parts) << 1;
  const fn = newFunction(
    code,
    words[own + FunctionObject.globals],
    refOrZero(parts + 1),
    refOrZero(parts + 2),
    refOrZero(parts + 3),
    refOrZero(parts + 4),
  );
  words[(fn << 1) + FunctionObject.builtins] = words[own + FunctionObject.builtins];
  setRef(d, fn);
}

/** SEND (`drsj`): value s into iterator r; d = what it yields, or what it returns and then jump. */
function sendInstruction(pc: number, base: number): number {
  const outer = words[((base - H) << 1) + Frame.generator];
  if (outer !== 0) words[(outer << 1) + Generator.delegate] = pc;
  try {
    const next = sendOn(pc, base);
    if (next >= 0) return next;
  } catch (error) {
    if (outer !== 0) words[(outer << 1) + Generator.delegate] = -1;
    throw error;
  }
  if (outer !== 0) words[(outer << 1) + Generator.delegate] = -1;
  return words[pc + 4];
}
/** Where to go on; -1 if the iterator is finished and its value delivered. */
function sendOn(pc: number, base: number): number {
  const iterator = base + words[pc + 2];
  const value = sourceAt(pc + 3, base);
  const d = base + words[pc + 1];
  let target = iterator;
  if (isRef(iterator) && words[refAt(iterator) << 1] === COROUTINE_WRAPPER) target = recordValue(refAt(iterator), 0);
  if (isGenerator(target)) {
    const generator = refAt(target);
    const next = resume(generator, value, pc + 5, words[pc + 1], ReturnKind.generatorSend);
    if (next !== 0) return next;
    if (words[generator << 1] === T.coroutine) raiseRuntimeError('cannot reuse already awaited coroutine');
    setRef(d, Fixed.none);
    return -1;
  }
  if (isRef(iterator) && words[refAt(iterator) << 1] === ASEND) {
    return resumeSend(refAt(iterator), value, pc + 5, words[pc + 1], ReturnKind.asyncSend);
  }
  const slots = pushSlots(2);
  try {
    const isNone = isRef(value) && refAt(value) === Fixed.none;
    if (!isNone) {
      copyValue(slots + 1, value);
      callMethod(iterator, 'send', slots + 1, 1, slots);
    } else if (!callSpecial(iterator, N.__next__, slots, 0, slots)) {
      raiseTypeError(`'${typeName(iterator)}' object is not an iterator`);
    }
  } catch (error) {
    if (!matchesRaised(error, T.StopIteration)) throw error;
    const exception = clearRaised();
    words[State.stackTop] = slots;
    const result = exception + (Exception.value >> 1);
    if (isNull(result)) setRef(d, Fixed.none);
    else copyValue(d, result);
    return -1;
  }
  copyValue(d, slots);
  popSlots(2);
  return pc + 5;
}

/** GET_YIELD_FROM_ITER (`ds`). */
function getYieldFromIterator(pc: number, base: number): void {
  const object = sourceAt(pc + 2, base);
  if (isRef(object) && words[refAt(object) << 1] === T.coroutine) {
    const flags = words[(words[((base - H) << 1) + Frame.code] << 1) + Code.flags];
    if ((flags & (CodeFlag.coroutine | CodeFlag.iterableCoroutine)) === 0) {
      raiseTypeError("cannot 'yield from' a coroutine object in a non-coroutine generator");
    }
    copyValue(base + words[pc + 1], object);
    return;
  }
  if (isGenerator(object)) copyValue(base + words[pc + 1], object);
  else iterate(object, base + words[pc + 1]);
}
