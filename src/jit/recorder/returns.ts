/**
 * Recording of returns: from an inlined frame the value goes to the caller's register in the trace; from the frame in
 * which the trace began it is delivered in memory, and the trace goes on, or leaves, where that frame says.
 */
import { Fixed, State, T } from '../../heap/fixed.ts';
import { Frame } from '../../heap/layouts.ts';
import { words } from '../../heap/memory.ts';
import { TAG_REF } from '../../heap/values.ts';
import { ReturnKind } from '../../interpreter/frames.ts';
import { N } from '../../objects/names.ts';
import { inheritsNative } from '../../objects/types.ts';
import { dependOnType } from '../dependencies.ts';
import * as ir from '../ir.ts';
import { constInt, emit } from '../optimizer/emit.ts';
import { U } from '../uops.ts';
import { endGenerator, makesPlainGenerator, recordMakeGenerator } from './generators.ts';
import {
  asRef,
  asValue,
  cellOf,
  currentFrame,
  dropSlotsFrom,
  H,
  recording,
  refOf,
  setRegister,
  slotRef,
  Tag,
  tagOf,
} from './state.ts';

/** RETURN: s. False if the interpreter must do it and the trace has to end. */
export function recordReturn(): 'inlined' | 'below' | 'unsupported' {
  return returnValue(refOf(words[recording.pc + 1]));
}

/** RETURN_GENERATOR: delivers the generator made of the inlined frame; false if the trace has to end. */
export function recordReturnGenerator(): boolean {
  const { frames } = recording;
  if (frames.length === 1 || currentFrame().generatorRef !== 0 || !makesPlainGenerator(currentFrame().code))
    return false;
  if (currentFrame().returnKind !== ReturnKind.deliver) return false;
  return returnValue(recordMakeGenerator()) === 'inlined';
}

function returnValue(value: number): 'inlined' | 'below' | 'unsupported' {
  const { frames } = recording;
  if (frames.length === 1) return returnBelowBase(value);
  const frame = frames[frames.length - 1];
  let result = value;
  switch (frame.returnKind as ReturnKind) {
    case ReturnKind.deliver:
    case ReturnKind.discard:
    case ReturnKind.attribute:
    case ReturnKind.next:
      break;
    case ReturnKind.initialize:
      if (ir.type[value] !== ir.Type.value) return 'unsupported';
      emit(U.guard_value, value, 0, 0, Fixed.none, TAG_REF);
      result = slotRef(frame.offset - 1);
      break;
    case ReturnKind.construct:
    case ReturnKind.constructNamed:
      if (!isComplete(value)) return 'unsupported';
      break;
    case ReturnKind.binary:
    case ReturnKind.binaryLast:
    case ReturnKind.compare:
    case ReturnKind.compareLast:
      if (ir.type[value] === ir.Type.value) emit(U.guard_not_value, value, 0, 0, Fixed.notImplemented, TAG_REF);
      break;
    case ReturnKind.generatorNext:
    case ReturnKind.generatorSend:
    case ReturnKind.generatorDefault:
      if (isHeld(recording.frame)) return 'unsupported';
      return endGenerator(value) ? 'inlined' : 'unsupported';
    default:
      return 'unsupported';
  }
  frames.pop();
  dropSlotsFrom(frame.returnKind === ReturnKind.initialize ? frame.offset - 1 : frame.offset);
  if (frame.returnKind !== ReturnKind.discard) setRegister(frame.destination, result);
  return 'inlined';
}

/** Is what `__new__` returns an object of a class without an `__init__`, so that nothing is left to do? The class is guarded. */
function isComplete(value: number): boolean {
  const cell = cellOf(words[recording.pc + 1]);
  if (tagOf(value, cell) !== Tag.ref) return false;
  const type = words[words[cell << 1] << 1];
  if (!inheritsNative(type, N.__init__, T.object)) return false;
  emit(U.guard_type, asRef(value), 0, 0, type);
  dependOnType(type);
  return true;
}

/** Does somebody hold the frame? Then it keeps its variables when it ends: the interpreter's business. */
function isHeld(frame: number): boolean {
  return words[(frame << 1) + Frame.object] !== 0;
}

/** Return from the base frame: delivers into the caller's frame in memory and goes where the frame says. */
function returnBelowBase(value: number): 'below' | 'unsupported' {
  const { frame } = recording;
  const caller = words[(frame << 1) + Frame.caller];
  if (caller === 0 || words[(frame << 1) + Frame.generator] !== 0 || isHeld(frame)) return 'unsupported';
  const kind: ReturnKind = words[(frame << 1) + Frame.returnKind];
  switch (kind) {
    case ReturnKind.deliver:
    case ReturnKind.discard:
    case ReturnKind.attribute:
    case ReturnKind.next:
      break;
    case ReturnKind.binary:
    case ReturnKind.binaryLast:
    case ReturnKind.compare:
    case ReturnKind.compareLast:
      if (ir.type[value] === ir.Type.value) emit(U.guard_not_value, value, 0, 0, Fixed.notImplemented, TAG_REF);
      break;
    case ReturnKind.construct:
    case ReturnKind.constructNamed:
      if (!isComplete(value)) return 'unsupported';
      break;
    default:
      return 'unsupported';
  }
  emit(U.guard_equal_int, emit(U.ref_to_int, emit(U.load_frame_word, 0, 0, 0, Frame.returnKind * 4)), constInt(kind));
  emit(U.guard_ref, emit(U.load_frame_word, 0, 0, 0, Frame.object * 4), 0, 0, 0);
  const callerRef = emit(U.load_frame_word, 0, 0, 0, Frame.caller * 4);
  const destination = emit(U.ref_to_int, emit(U.load_frame_word, 0, 0, 0, Frame.destination * 4));
  const returnAddress = emit(U.load_frame_word, 0, 0, 0, Frame.returnAddress * 4);
  const native = emit(U.load_frame_word, 0, 0, 0, Frame.nativeReturn * 4);
  // item b of an array at a lies at a + b + 1; the register at caller + H + destination
  const index = emit(U.add_int_unchecked, destination, constInt(H - 1));
  if (kind !== ReturnKind.discard) {
    if (ir.type[value] === ir.Type.float) emit(U.store_item_float, callerRef, index, value);
    else emit(U.store_item, callerRef, index, asValue(value));
  }
  emit(U.store_state, returnAddress, 0, 0, State.pc * 4);
  emit(U.set_frame, callerRef);
  // all state is in memory; pc -1 says that State.pc holds where to go on
  ir.append(U.jump_return, native, 0, 0, 0, 0, ir.beginSnapshot(-1, 0));
  return 'below';
}
