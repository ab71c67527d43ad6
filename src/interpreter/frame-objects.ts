/**
 * Frames as Python sees them (sys._getframe, tb_frame). A frame object is made on demand and linked from the frame's
 * `object` word; when the frame ends, the object takes the line and the registers along. A generator's frame lies in the
 * generator, so its frame object keeps the generator alive through the `function` word.
 */

import { Fixed, State, T } from '../heap/fixed.ts';
import {
  ArrayObject,
  Cell,
  Code,
  FRAME_HEADER_CELLS,
  FRAME_OBJECT_CELLS,
  Frame,
  FrameObject,
  FrameTraceFlag,
  Generator,
  GeneratorState,
  Kind,
  Tuple,
} from '../heap/layouts.ts';
import { allocate, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setNull, setRef, setSmallInt } from '../heap/values.ts';
import { dictMerge, dictSetString, newDict } from '../objects/dicts.ts';
import { raiseRuntimeError, raiseTypeError } from '../objects/errors.ts';
import { addressText } from '../objects/functions.ts';
import { forgetGrowing } from '../objects/growing-strings.ts';
import { newValuesArray } from '../objects/lists.ts';
import { getset, natives } from '../objects/natives.ts';
import { intern, newString, stringOf } from '../objects/strings.ts';
import { defineOperators } from '../objects/type-operators.ts';
import { kindOf } from '../objects/types.ts';
import { warnUnawaited } from '../objects/warnings.ts';
import { isWritten } from './bound-registers.ts';
import { lineAt, visibleOffset } from './code-positions.ts';
import { telling } from './events.ts';
import { newFrameLocals } from './frame-locals.ts';
import { builtinsOf, firstInstruction, globalsOf } from './frames.ts';
import { setLine } from './jumps.ts';
import { presentLine } from './observation.ts';
import { originalPc } from './stepping.ts';

const H = FRAME_HEADER_CELLS;

/** The frame object of a live frame, made if there is none. Allocates only. */
export function frameObjectOf(frame: number): number {
  const f = frame << 1;
  const known = words[f + Frame.object];
  if (known !== 0) return known;
  const ref = allocate(FRAME_OBJECT_CELLS);
  const o = ref << 1;
  words[o + FrameObject.type] = T.frame;
  words[o + FrameObject.frame] = frame;
  words[o + FrameObject.code] = words[f + Frame.code];
  words[o + FrameObject.back] = 0;
  words[o + FrameObject.globals] = globalsOf(frame);
  words[o + FrameObject.locals] = words[f + Frame.locals];
  words[o + FrameObject.function] = words[f + Frame.generator] || words[f + Frame.function];
  words[o + FrameObject.lastInstruction] = 0;
  words[o + FrameObject.registers] = 0;
  words[o + FrameObject.line] = 0;
  words[o + FrameObject.trace] = 0;
  words[o + FrameObject.traceFlags] = 0;
  words[o + FrameObject.observedLine] = -1;
  words[o + FrameObject.observedAt] = 0;
  words[f + Frame.object] = ref;
  return ref;
}

/** The frame ends: its object, which somebody may keep, becomes independent of it. Allocates only. */
export function detachFrameObject(frame: number): void {
  const f = frame << 1;
  const ref = words[f + Frame.object];
  const o = ref << 1;
  const code = words[f + Frame.code];
  const caller = words[f + Frame.caller];
  // the caller of a generator is whoever happened to resume it
  if (caller !== 0 && words[f + Frame.generator] === 0) words[o + FrameObject.back] = frameObjectOf(caller);
  words[o + FrameObject.lastInstruction] = words[State.pc] - firstInstruction(code);
  const count = words[(code << 1) + Code.registerCount];
  const registers = newValuesArray(count);
  for (let i = 0; i < count; i++) copyValue(registers + 1 + i, frame + H + i);
  words[o + FrameObject.registers] = registers;
  words[o + FrameObject.function] = words[f + Frame.function];
  words[o + FrameObject.frame] = 0;
  words[o + FrameObject.line] = 0;
  words[f + Frame.object] = 0;
}

/** Word offset of the instruction a frame object is at. */
export function lastInstructionOf(ref: number): number {
  const o = ref << 1;
  const frame = words[o + FrameObject.frame];
  if (frame === 0) return words[o + FrameObject.lastInstruction];
  return currentInstruction(frame) - firstInstruction(words[o + FrameObject.code]);
}

/** Word index of the instruction that a live frame executes: the callee's return address tells for callers. */
export function currentInstruction(frame: number): number {
  let at = words[State.frame];
  if (at === frame) return originalPc(words[State.pc]);
  while (at !== 0) {
    const caller = words[(at << 1) + Frame.caller];
    if (caller === frame) return originalPc(words[(at << 1) + Frame.returnAddress] - 1);
    at = caller;
  }
  // a suspended generator
  return words[(frame << 1) + Frame.returnAddress] - 1;
}

/** f_back: ref of the caller's frame object or 0. */
function backOf(ref: number): number {
  const frame = words[(ref << 1) + FrameObject.frame];
  if (frame === 0) return words[(ref << 1) + FrameObject.back];
  const caller = words[(frame << 1) + Frame.caller];
  return caller === 0 ? 0 : frameObjectOf(caller);
}

/** True if a variable's register holds a value or NULL in any case, since execution of its frame was observed. */
export function isCleared(frameObject: number, code: number, register: number): boolean {
  if (frameObject === 0 || register >= words[(code << 1) + Code.localCount]) return false;
  return (words[(frameObject << 1) + FrameObject.traceFlags] & FrameTraceFlag.cleared) !== 0;
}

/** The local variables of a live frame that is at word `offset` of its code as a new dict. Allocates only. */
export function localsDict(code: number, firstRegister: number, offset: number, frameObject = 0): number {
  // whoever gets variables may keep what is in them
  forgetGrowing();
  const dict = newDict();
  const c2 = code << 1;
  const cellNames = words[c2 + Code.cellNames];
  // the iterator of a comprehension that is a function here, but is none in CPython
  const hidden = words[c2 + Code.name] === intern('<genexpr>') ? 0 : intern('.0');
  const add = (names: number, first: number, count: number): void => {
    for (let i = 0; i < count; i++) {
      const register = firstRegister + first + i;
      if (isNull(register)) continue;
      if (!isCleared(frameObject, code, first + i) && !isWritten(code, offset, first + i)) continue;
      const name = words[(names + 1 + i) << 1];
      if (name === hidden) continue;
      let value = register;
      if (isRef(register) && words[refAt(register) << 1] === T.cell) {
        value = refAt(register) + (Cell.value >> 1);
        if (isNull(value)) continue;
      }
      dictSetString(dict, name, value);
    }
  };
  const localCount = words[c2 + Code.localCount];
  add(words[c2 + Code.variableNames], 0, localCount);
  const cells = words[(cellNames << 1) + Tuple.size];
  // cells that are parameters share the parameter's register; the others follow the locals
  let register = localCount;
  for (let i = 0; i < cells; i++) {
    const name = words[(cellNames + 1 + i) << 1];
    if (isVariable(words[c2 + Code.variableNames], localCount, name)) continue;
    if (isWritten(code, offset, register)) addOne(dict, name, firstRegister + register);
    register++;
  }
  add(words[c2 + Code.freeNames], words[c2 + Code.firstFree], words[(words[c2 + Code.freeNames] << 1) + Tuple.size]);
  return dict;
}
function isVariable(names: number, count: number, name: number): boolean {
  for (let i = 0; i < count; i++) if (words[(names + 1 + i) << 1] === name) return true;
  return false;
}
function addOne(dict: number, name: number, register: number): void {
  if (!isRef(register) || words[refAt(register) << 1] !== T.cell) return;
  const value = refAt(register) + (Cell.value >> 1);
  if (!isNull(value)) dictSetString(dict, name, value);
}

/** locals() of a live frame: the mapping of a class body, exec or module, else a fresh dict. */
export function frameLocals(frame: number): number {
  const f = frame << 1;
  const code = words[f + Frame.code];
  // exec() gives locals to the code of functions as well, which has no use for them
  if (!isOptimized(code)) return words[f + Frame.locals] || globalsOf(frame);
  const object = words[f + Frame.object];
  const dict = localsDict(code, frame + H, currentInstruction(frame) - firstInstruction(code), object);
  // what was added through f_locals
  const extra = object === 0 ? 0 : words[(object << 1) + FrameObject.locals];
  if (extra !== 0) dictMerge(dict, extra);
  return dict;
}
function isOptimized(code: number): boolean {
  return (words[(code << 1) + Code.flags] & 1) !== 0;
}

function setRefOrNone(result: number, ref: number): void {
  setRef(result, ref === 0 ? Fixed.none : ref);
}

getset(T.frame, 'f_back', (object, result) => setRefOrNone(result, backOf(refAt(object))));
getset(T.frame, 'f_code', (object, result) => setRef(result, words[(refAt(object) << 1) + FrameObject.code]));
getset(T.frame, 'f_globals', (object, result) => setRef(result, words[(refAt(object) << 1) + FrameObject.globals]));
getset(T.frame, 'f_builtins', (object, result) => {
  const frame = words[(refAt(object) << 1) + FrameObject.frame];
  setRef(result, frame === 0 ? words[State.builtinsDict] : builtinsOf(frame));
});
getset(T.frame, 'f_lasti', (object, result) => {
  const o = refAt(object) << 1;
  const told = words[o + FrameObject.line] !== 0;
  setSmallInt(result, told ? words[o + FrameObject.lastInstruction] : visibleOffset(lastInstructionOf(refAt(object))));
});
getset(
  T.frame,
  'f_lineno',
  (object, result) => {
    const ref = refAt(object);
    const told = words[(ref << 1) + FrameObject.line];
    setSmallInt(result, told !== 0 ? told - 1 : lineAt(words[(ref << 1) + FrameObject.code], lastInstructionOf(ref)));
  },
  (object, value) => setLine(refAt(object), value),
);
getset(T.frame, 'f_locals', (object, result) => {
  const ref = refAt(object);
  const o = ref << 1;
  const frame = words[o + FrameObject.frame];
  if (isOptimized(words[o + FrameObject.code])) setRef(result, newFrameLocals(ref));
  else if (frame !== 0) setRef(result, frameLocals(frame));
  else if (words[o + FrameObject.locals] !== 0) setRef(result, words[o + FrameObject.locals]);
  else setRef(result, words[o + FrameObject.globals]);
});
getset(
  T.frame,
  'f_trace',
  (object, result) => setRefOrNone(result, words[(refAt(object) << 1) + FrameObject.trace]),
  (object, value) => {
    const ref = refAt(object);
    const isNone = isNull(value) || (isRef(value) && refAt(value) === Fixed.none);
    words[(ref << 1) + FrameObject.trace] = isNone || !isRef(value) ? 0 : refAt(value);
    const frame = words[(ref << 1) + FrameObject.frame];
    if (frame === 0 || telling.frame === frame) return;
    // what its next lines are compared with
    const at = currentInstruction(frame);
    words[(ref << 1) + FrameObject.observedLine] = presentLine(frame, at);
    words[(ref << 1) + FrameObject.observedAt] = visibleOffset(
      at - firstInstruction(words[(ref << 1) + FrameObject.code]),
    );
  },
);
for (const [name, flag, set] of [
  ['f_trace_lines', FrameTraceFlag.noLines, false],
  ['f_trace_opcodes', FrameTraceFlag.opcodes, true],
] as const) {
  getset(
    T.frame,
    name,
    (object, result) => {
      const isSet = (words[(refAt(object) << 1) + FrameObject.traceFlags] & flag) !== 0;
      setRef(result, isSet === set ? Fixed.true : Fixed.false);
    },
    (object, value) => {
      if (isNull(value)) raiseTypeError('cannot delete numeric/char attribute');
      const isTrue = isRef(value) && refAt(value) === Fixed.true;
      if (!isTrue && !(isRef(value) && refAt(value) === Fixed.false)) {
        raiseTypeError('attribute value type must be bool');
      }
      const at = (refAt(object) << 1) + FrameObject.traceFlags;
      words[at] = isTrue === set ? words[at] | flag : words[at] & ~flag;
      const frame = words[(refAt(object) << 1) + FrameObject.frame];
      if (set && isTrue && frame !== 0 && telling.frame !== frame) words[at] |= FrameTraceFlag.rest;
    },
  );
}
getset(T.frame, 'f_generator', (object, result) => {
  const owner = words[(refAt(object) << 1) + FrameObject.function];
  setRefOrNone(result, isGenerator(owner) ? owner : 0);
});
function isGenerator(ref: number): boolean {
  return ref !== 0 && kindOf(ref) === Kind.generator;
}
defineOperators(T.frame, {
  repr: (slot) => {
    const ref = refAt(slot);
    const code = words[(ref << 1) + FrameObject.code];
    const file = stringOf(words[(code << 1) + Code.filename]);
    const name = stringOf(words[(code << 1) + Code.name]);
    const line = lineAt(code, lastInstructionOf(ref));
    return newString(`<frame at ${addressText(slot)}, file '${file}', line ${line}, code ${name}>`);
  },
});
natives(T.frame, {
  'clear(self, /)': (args, result) => {
    const o = refAt(args) << 1;
    if (words[o + FrameObject.frame] !== 0) {
      const owner = words[o + FrameObject.function];
      if (isGenerator(owner) && words[(owner << 1) + Generator.state] === GeneratorState.created) {
        const slots = pushSlots(1);
        setRef(slots, owner);
        if (words[owner << 1] === T.coroutine) warnUnawaited(slots);
        popSlots(1);
        words[(owner << 1) + Generator.state] = GeneratorState.closed;
        words[words[o + FrameObject.frame] * 2 + Frame.object] = 0;
        words[o + FrameObject.frame] = 0;
        words[o + FrameObject.function] = 0;
        setRef(result, Fixed.none);
        return;
      }
      const suspended = isGenerator(owner) && words[(owner << 1) + Generator.state] !== GeneratorState.running;
      raiseRuntimeError(`cannot clear ${suspended ? 'a suspended' : 'an executing'} frame`);
    }
    const registers = words[o + FrameObject.registers];
    for (let i = 0; registers !== 0 && i < words[(registers << 1) + ArrayObject.length]; i++)
      setNull(registers + 1 + i);
    words[o + FrameObject.locals] = 0;
    setRef(result, Fixed.none);
  },
});
