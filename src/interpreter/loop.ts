/**
 * The interpreter's main loop: runs frames on the VM stack until the frame with which the run began returns. Fast paths
 * are written out here, everything else is called: V8 optimizes a function only below a certain size and inlines next to
 * nothing into one of this size, so operands are decoded by hand and helpers are for slow paths.
 *
 * Conventions. `pc` is the word index of the running instruction, `base` the cell of register 0 of the running frame (the
 * frame lies FRAME_HEADER_CELLS below). A helper that may push or pop frames takes `pc`, stores State.pc itself or finds
 * it stored, and returns the word index at which to go on, with State.frame up to date; a helper that cannot returns
 * nothing or a truth. Whatever raises throws PYTHON_ERROR; `run` catches, unwinds and enters the loop again. Inline caches
 * are described in specialize.ts.
 *
 * Turned down: one JavaScript function per instruction in a table (a megamorphic call a dispatch); generating JavaScript
 * source per Python function (fast, but V8's compile times and the loss of (frame, pc) as plain state would cost the JIT
 * its exits).
 */
import { Op } from '../compiler/instructions.ts';
import { Fixed, State, T } from '../heap/fixed.ts';
import {
  ArrayObject,
  Cell,
  Code,
  FRAME_HEADER_CELLS,
  Frame,
  FunctionObject,
  Generator,
  GeneratorFlag,
  GeneratorState,
  Instance,
  Iterator,
  List,
  Tuple,
  Type,
} from '../heap/layouts.ts';
import { cells, words } from '../heap/memory.ts';
import { TAG_INT, TAG_REF } from '../heap/values.ts';
import { becomesPythonError, PYTHON_ERROR } from '../objects/errors.ts';
import { newListFrom } from '../objects/lists.ts';
import { newTupleFrom } from '../objects/tuples.ts';
import { arithmeticSlow, branchSlow, compareSlow, truthOf } from './arithmetic.ts';
import {
  loadAttribute,
  loadAttributeMethod,
  loadAttributeProperty,
  loadMethod,
  storeAttribute,
} from './attribute-access.ts';
import { unpackSequence } from './build.ts';
import { callInstruction, callKeywordInstruction, callNativeInstruction, enterFunction } from './calls.ts';
import { ReturnKind } from './frames.ts';
import { makeGenerator } from './generators.ts';
import { jit, RECORDING } from './jit-hooks.ts';
import { loadGlobal } from './names-access.ts';
import { observe } from './observation.ts';
import { observation, REENTER } from './observation-state.ts';
import { executeRare } from './rare.ts';
import { returnSlow } from './returns.ts';
import { safePoint } from './safe-point.ts';
import { containsInstruction, forIterate, getIterator, loadSubscript, storeSubscript } from './subscripts.ts';
import { takeRunEnded, unwind } from './unwind.ts';

const H = FRAME_HEADER_CELLS;
const MASK = 0x7fffffff;
/** (high ^ SIGN) < FLOAT_LIMIT, signed, says that a value is a float. */
const SIGN = -2147483648;
const FLOAT_LIMIT = 0x7ffe0000;

/**
 * Runs from word index `pc` in the frame State.frame until the run's bottom frame (ReturnKind.exit or generatorExit) is
 * left. Returns false if that was a generator that finished, else true. Throws PYTHON_ERROR if an exception leaves the
 * bottom frame. `pc` 0: an exception (State.raised) is to be raised in the frame at State.pc. The caller saves and
 * restores State.frame, State.pc and State.stackTop (nested.ts does).
 */
export function run(pc: number): boolean {
  const outer = observation.running;
  let unwinding = false;
  for (;;) {
    try {
      if (pc === 0) {
        // from here on: abortRecording needs stack, too, and failing it over and over would never end
        unwinding = true;
        jit.hooks.abortRecording();
        pc = unwind();
        unwinding = false;
      }
      // If JavaScript's stack is too full to enter execute, that is an error of the instruction at `pc`: of the handler,
      // not of what it handles, else the same handler would be found for ever.
      words[State.pc] = pc;
      observation.running = observation.mode !== 0;
      const left = execute(pc, words[State.frame] + H);
      if (left !== Left.toComeBack) {
        observation.running = outer;
        return left === Left.withValue;
      }
      pc = words[State.pc];
    } catch (error) {
      if (error === REENTER) {
        jit.hooks.abortRecording();
        pc = words[State.pc];
        words[State.stackTop] = words[(words[State.frame] << 1) + Frame.top];
        continue;
      }
      observation.running = outer;
      // Trouble while unwinding (no memory, no JavaScript stack) is for the run outside this one.
      if (takeRunEnded() || unwinding) throw error;
      if (error !== PYTHON_ERROR && !becomesPythonError(error)) throw error;
      pc = 0;
    }
  }
}

/** How execute() was left. */
enum Left {
  finished,
  withValue,
  /** only to be entered again, at State.pc */
  toComeBack,
}

/** Back-edges and calls after which execute() is left and entered again: that is when V8 exchanges it for a better one. */
const STAY = 1000;

function execute(startPc: number, startBase: number): Left {
  'use wasm';
  const w = words;
  const c = cells;
  const loopThreshold = jit.loopThreshold;
  const functionThreshold = jit.functionThreshold;
  let pc = startPc;
  let base = startBase;
  let mode = observation.mode;
  let stay = STAY;
  // Declared once for all instructions, not in each case: every block-scoped variable has a slot of its own in V8's
  // unoptimized frames, and the frame of this function decides how deeply runs can nest on JavaScript's stack.
  let x = 0;
  let a = 0;
  let d = 0;
  let v = 0;
  let low = 0;
  let high = 0;
  let globals = 0;
  let fn = 0;
  let o = 0;
  let offset = 0;
  let y = 0;
  let b = 0;
  let r = 0;
  let i = 0;
  let type = 0;
  let z = 0;
  let s = 0;
  let al = 0;
  let ah = 0;
  let bl = 0;
  let bh = 0;
  let sum = 0;
  let difference = 0;
  let product = 0;
  let divisor = 0;
  let result = 0;
  let executor = 0;
  let heat = 0;
  let it = 0;
  let value = 0;
  let step = 0;
  let stop = 0;
  let next = 0;
  let list = 0;
  let generator = 0;
  let g = 0;
  let frame = 0;
  let f = 0;
  let handled = 0;
  let outer = 0;
  let caller = 0;
  let size = 0;
  let items = 0;
  let code = 0;
  let from = 0;
  let count = 0;
  let top = 0;
  let depth = 0;
  let to = 0;
  let end = 0;
  let kind = 0;
  let tuple = 0;
  for (;;) {
    if (mode !== 0) {
      w[State.pc] = pc;
      if (mode === RECORDING) mode = jit.hooks.recordInstruction(pc, base - H);
      else {
        mode = observe(pc, base - H);
        pc = w[State.pc];
      }
    }
    switch (w[pc]) {
      case Op.NOP:
        pc += 1;
        continue;
      case Op.MOVE: {
        x = w[pc + 2];
        a = ((x & MASK) + (base & ~(x >> 31))) << 1;
        d = (base + w[pc + 1]) << 1;
        w[d] = w[a];
        w[d + 1] = w[a + 1];
        pc += 3;
        continue;
      }
      case Op.CLEAR: {
        d = (base + w[pc + 1]) << 1;
        w[d] = 0;
        w[d + 1] = TAG_REF;
        pc += 2;
        continue;
      }
      case Op.CHECK_BOUND: {
        a = (base + w[pc + 1]) << 1;
        if (w[a] !== 0 || w[a + 1] !== TAG_REF) {
          pc += 4;
          continue;
        }
        break;
      }
      case Op.LOAD_DEREF: {
        v = (w[(base + w[pc + 2]) << 1] << 1) + Cell.value;
        low = w[v];
        high = w[v + 1];
        if (low !== 0 || high !== TAG_REF) {
          d = (base + w[pc + 1]) << 1;
          w[d] = low;
          w[d + 1] = high;
          pc += 5;
          continue;
        }
        break;
      }
      case Op.STORE_DEREF: {
        x = w[pc + 2];
        a = ((x & MASK) + (base & ~(x >> 31))) << 1;
        v = (w[(base + w[pc + 1]) << 1] << 1) + Cell.value;
        w[v] = w[a];
        w[v + 1] = w[a + 1];
        pc += 3;
        continue;
      }

      case Op.LOAD_GLOBAL:
        w[State.pc] = pc;
        loadGlobal(pc, base);
        pc += 6;
        continue;
      case Op.LOAD_GLOBAL_MODULE: {
        globals = w[(w[(base - H) << 1] << 1) + FunctionObject.globals];
        if (w[(globals << 1) + 5] === w[pc + 3]) {
          v = w[pc + 4] << 1;
          d = (base + w[pc + 1]) << 1;
          w[d] = w[v];
          w[d + 1] = w[v + 1];
        } else {
          w[State.pc] = pc;
          loadGlobal(pc, base);
        }
        pc += 6;
        continue;
      }
      case Op.LOAD_GLOBAL_BUILTIN: {
        fn = w[(base - H) << 1] << 1;
        if (
          w[(w[fn + FunctionObject.globals] << 1) + 5] === w[pc + 3] &&
          w[(w[fn + FunctionObject.builtins] << 1) + 5] === w[pc + 5]
        ) {
          v = w[pc + 4] << 1;
          d = (base + w[pc + 1]) << 1;
          w[d] = w[v];
          w[d + 1] = w[v + 1];
        } else {
          w[State.pc] = pc;
          loadGlobal(pc, base);
        }
        pc += 6;
        continue;
      }

      case Op.LOAD_NAME: {
        // In a module the names are the globals; the cache is as in LOAD_GLOBAL_BUILTIN, x2 = 0 for a global.
        fn = w[(base - H) << 1] << 1;
        if (
          w[((base - H) << 1) + Frame.locals] === 0 &&
          w[(w[fn + FunctionObject.globals] << 1) + 5] === w[pc + 3] &&
          (w[pc + 5] === 0 || w[(w[fn + FunctionObject.builtins] << 1) + 5] === w[pc + 5])
        ) {
          v = w[pc + 4] << 1;
          d = (base + w[pc + 1]) << 1;
          w[d] = w[v];
          w[d + 1] = w[v + 1];
          pc += 6;
          continue;
        }
        break;
      }
      case Op.STORE_NAME:
      case Op.STORE_GLOBAL: {
        globals = w[(w[(base - H) << 1] << 1) + FunctionObject.globals] << 1;
        if (
          w[globals + 5] === w[pc + 3] &&
          w[globals + 7] === 0 &&
          (w[pc] === Op.STORE_GLOBAL || w[((base - H) << 1) + Frame.locals] === 0)
        ) {
          x = w[pc + 2];
          a = ((x & MASK) + (base & ~(x >> 31))) << 1;
          v = w[pc + 4] << 1;
          w[v] = w[a];
          w[v + 1] = w[a + 1];
          pc += 5;
          continue;
        }
        break;
      }

      case Op.LOAD_ATTR:
        w[State.pc] = pc;
        pc = loadAttribute(pc, base);
        base = w[State.frame] + H;
        continue;
      case Op.LOAD_ATTR_SLOT: {
        x = w[pc + 2];
        a = ((x & MASK) + (base & ~(x >> 31))) << 1;
        o = w[a] << 1;
        if (
          w[a + 1] === TAG_REF &&
          w[o + Instance.shape] === w[pc + 5] &&
          w[(w[o] << 1) + Type.version] === w[pc + 4]
        ) {
          offset = w[pc + 6];
          v = offset >= 0 ? o + offset : (w[o + Instance.overflow] << 1) - offset;
          low = w[v];
          high = w[v + 1];
          // NULL: an unset member of __slots__
          if (low !== 0 || high !== TAG_REF) {
            d = (base + w[pc + 1]) << 1;
            w[d] = low;
            w[d + 1] = high;
            pc += 9;
            continue;
          }
        }
        w[State.pc] = pc;
        pc = loadAttribute(pc, base);
        base = w[State.frame] + H;
        continue;
      }
      case Op.LOAD_ATTR_MODULE: {
        x = w[pc + 2];
        a = ((x & MASK) + (base & ~(x >> 31))) << 1;
        o = w[a] << 1;
        if (w[a + 1] === TAG_REF && w[o] === T.module && w[(w[o + 2] << 1) + 5] === w[pc + 4]) {
          v = w[pc + 5] << 1;
          d = (base + w[pc + 1]) << 1;
          w[d] = w[v];
          w[d + 1] = w[v + 1];
          pc += 9;
          continue;
        }
        w[State.pc] = pc;
        pc = loadAttribute(pc, base);
        base = w[State.frame] + H;
        continue;
      }
      case Op.LOAD_ATTR_CLASS: {
        // An attribute of a class read through the class itself, or (x1 != 0) a plain class attribute through an instance.
        x = w[pc + 2];
        a = ((x & MASK) + (base & ~(x >> 31))) << 1;
        o = w[a] << 1;
        if (
          w[a + 1] === TAG_REF &&
          (w[pc + 5] === 0
            ? w[a] === w[pc + 7] && w[o + Type.version] === w[pc + 4]
            : w[o + Instance.shape] === w[pc + 5] && w[(w[o] << 1) + Type.version] === w[pc + 4])
        ) {
          v = w[pc + 6] << 1;
          d = (base + w[pc + 1]) << 1;
          w[d] = w[v];
          w[d + 1] = w[v + 1];
          pc += 9;
          continue;
        }
        w[State.pc] = pc;
        pc = loadAttribute(pc, base);
        base = w[State.frame] + H;
        continue;
      }
      case Op.LOAD_ATTR_METHOD:
        w[State.pc] = pc;
        pc = loadAttributeMethod(pc, base);
        base = w[State.frame] + H;
        continue;
      case Op.LOAD_ATTR_PROPERTY:
        w[State.pc] = pc;
        pc = loadAttributeProperty(pc, base);
        base = w[State.frame] + H;
        continue;
      case Op.STORE_ATTR:
        w[State.pc] = pc;
        pc = storeAttribute(pc, base);
        base = w[State.frame] + H;
        continue;
      case Op.STORE_ATTR_SLOT: {
        x = w[pc + 1];
        y = w[pc + 3];
        a = ((x & MASK) + (base & ~(x >> 31))) << 1;
        o = w[a] << 1;
        if (
          w[a + 1] === TAG_REF &&
          w[o + Instance.shape] === w[pc + 5] &&
          w[(w[o] << 1) + Type.version] === w[pc + 4]
        ) {
          b = ((y & MASK) + (base & ~(y >> 31))) << 1;
          offset = w[pc + 6];
          v = offset >= 0 ? o + offset : (w[o + Instance.overflow] << 1) - offset;
          w[v] = w[b];
          w[v + 1] = w[b + 1];
          pc += 9;
          continue;
        }
        w[State.pc] = pc;
        pc = storeAttribute(pc, base);
        base = w[State.frame] + H;
        continue;
      }
      // a new attribute in an inline slot: stores the value and the shape that has it
      case Op.STORE_ATTR_ADD: {
        x = w[pc + 1];
        a = ((x & MASK) + (base & ~(x >> 31))) << 1;
        o = w[a] << 1;
        if (
          w[a + 1] === TAG_REF &&
          w[o + Instance.shape] === w[pc + 5] &&
          w[(w[o] << 1) + Type.version] === w[pc + 4]
        ) {
          y = w[pc + 3];
          b = ((y & MASK) + (base & ~(y >> 31))) << 1;
          v = o + w[pc + 6];
          w[v] = w[b];
          w[v + 1] = w[b + 1];
          w[o + Instance.shape] = w[pc + 7];
          pc += 9;
          continue;
        }
        w[State.pc] = pc;
        pc = storeAttribute(pc, base);
        base = w[State.frame] + H;
        continue;
      }
      case Op.LOAD_METHOD:
        w[State.pc] = pc;
        pc = loadMethod(pc, base);
        base = w[State.frame] + H;
        continue;
      case Op.LOAD_METHOD_CACHED: {
        x = w[pc + 2];
        a = ((x & MASK) + (base & ~(x >> 31))) << 1;
        o = w[a] << 1;
        if (
          w[a + 1] === TAG_REF &&
          w[(w[o] << 1) + Type.version] === w[pc + 4] &&
          (w[pc + 5] === 0 || w[o + Instance.shape] === w[pc + 5])
        ) {
          r = (base + w[pc + 1]) << 1;
          w[r + 2] = w[a];
          w[r + 3] = TAG_REF;
          w[r] = w[pc + 6];
          w[r + 1] = TAG_REF;
          pc += 9;
          continue;
        }
        w[State.pc] = pc;
        pc = loadMethod(pc, base);
        base = w[State.frame] + H;
        continue;
      }

      case Op.LOAD_SUBSCR: {
        x = w[pc + 2];
        y = w[pc + 3];
        a = ((x & MASK) + (base & ~(x >> 31))) << 1;
        b = ((y & MASK) + (base & ~(y >> 31))) << 1;
        if (w[a + 1] === TAG_REF && w[b + 1] === TAG_INT) {
          o = w[a] << 1;
          i = w[b];
          type = w[o];
          if (type === T.list) {
            // size is at most 2**30, so an unsigned index above 2**31 shows as negative and takes the slow path
            if (i >= 0 && i < w[o + List.size]) {
              v = (w[o + List.items] << 1) + 2 + (i << 1);
              d = (base + w[pc + 1]) << 1;
              w[d] = w[v];
              w[d + 1] = w[v + 1];
              pc += 5;
              continue;
            }
          } else if (type === T.tuple) {
            if (i >= 0 && i < w[o + Tuple.size]) {
              v = o + Tuple.items + (i << 1);
              d = (base + w[pc + 1]) << 1;
              w[d] = w[v];
              w[d + 1] = w[v + 1];
              pc += 5;
              continue;
            }
          }
        }
        w[State.pc] = pc;
        pc = loadSubscript(pc, base);
        if (pc === 0) {
          if (mode === RECORDING) {
            mode = 0;
            jit.hooks.abortRecording();
          }
          pc = unwind();
        }
        base = w[State.frame] + H;
        continue;
      }
      case Op.STORE_SUBSCR: {
        x = w[pc + 1];
        y = w[pc + 2];
        a = ((x & MASK) + (base & ~(x >> 31))) << 1;
        b = ((y & MASK) + (base & ~(y >> 31))) << 1;
        if (w[a + 1] === TAG_REF && w[b + 1] === TAG_INT) {
          o = w[a] << 1;
          i = w[b];
          if (w[o] === T.list && i >= 0 && i < w[o + List.size]) {
            z = w[pc + 3];
            s = ((z & MASK) + (base & ~(z >> 31))) << 1;
            v = (w[o + List.items] << 1) + 2 + (i << 1);
            w[v] = w[s];
            w[v + 1] = w[s + 1];
            pc += 5;
            continue;
          }
        }
        w[State.pc] = pc;
        pc = storeSubscript(pc, base);
        base = w[State.frame] + H;
        continue;
      }

      case Op.ADD: {
        x = w[pc + 2];
        y = w[pc + 3];
        a = ((x & MASK) + (base & ~(x >> 31))) << 1;
        b = ((y & MASK) + (base & ~(y >> 31))) << 1;
        al = w[a];
        ah = w[a + 1];
        bl = w[b];
        bh = w[b + 1];
        if ((ah ^ ((al >> 31) >>> 16)) === TAG_INT && (bh ^ ((bl >> 31) >>> 16)) === TAG_INT) {
          sum = (al + bl) | 0;
          if (((al ^ sum) & (bl ^ sum)) >= 0) {
            d = (base + w[pc + 1]) << 1;
            w[d] = sum;
            w[d + 1] = TAG_INT | ((sum >> 31) >>> 16);
            pc += 5;
            continue;
          }
        } else if ((ah ^ SIGN) < FLOAT_LIMIT && (bh ^ SIGN) < FLOAT_LIMIT) {
          c[base + w[pc + 1]] = c[a >> 1] + c[b >> 1];
          pc += 5;
          continue;
        }
        pc = arithmeticSlow(pc, base);
        base = w[State.frame] + H;
        continue;
      }
      case Op.SUBTRACT: {
        x = w[pc + 2];
        y = w[pc + 3];
        a = ((x & MASK) + (base & ~(x >> 31))) << 1;
        b = ((y & MASK) + (base & ~(y >> 31))) << 1;
        al = w[a];
        ah = w[a + 1];
        bl = w[b];
        bh = w[b + 1];
        if ((ah ^ ((al >> 31) >>> 16)) === TAG_INT && (bh ^ ((bl >> 31) >>> 16)) === TAG_INT) {
          difference = (al - bl) | 0;
          if (((al ^ bl) & (al ^ difference)) >= 0) {
            d = (base + w[pc + 1]) << 1;
            w[d] = difference;
            w[d + 1] = TAG_INT | ((difference >> 31) >>> 16);
            pc += 5;
            continue;
          }
        } else if ((ah ^ SIGN) < FLOAT_LIMIT && (bh ^ SIGN) < FLOAT_LIMIT) {
          c[base + w[pc + 1]] = c[a >> 1] - c[b >> 1];
          pc += 5;
          continue;
        }
        pc = arithmeticSlow(pc, base);
        base = w[State.frame] + H;
        continue;
      }
      case Op.MULTIPLY: {
        x = w[pc + 2];
        y = w[pc + 3];
        a = ((x & MASK) + (base & ~(x >> 31))) << 1;
        b = ((y & MASK) + (base & ~(y >> 31))) << 1;
        al = w[a];
        ah = w[a + 1];
        bl = w[b];
        bh = w[b + 1];
        if ((ah ^ SIGN) < FLOAT_LIMIT && (bh ^ SIGN) < FLOAT_LIMIT) {
          c[base + w[pc + 1]] = c[a >> 1] * c[b >> 1];
          pc += 5;
          continue;
        }
        if ((ah ^ ((al >> 31) >>> 16)) === TAG_INT && (bh ^ ((bl >> 31) >>> 16)) === TAG_INT) {
          // Exact whenever it fits: the double product of 32-bit factors is rounded only beyond 2**53.
          product = al * bl;
          if (product <= 2147483647 && product >= -2147483648) {
            low = product | 0;
            d = (base + w[pc + 1]) << 1;
            w[d] = low;
            w[d + 1] = TAG_INT | ((low >> 31) >>> 16);
            pc += 5;
            continue;
          }
        }
        pc = arithmeticSlow(pc, base);
        base = w[State.frame] + H;
        continue;
      }
      case Op.TRUE_DIVIDE: {
        x = w[pc + 2];
        y = w[pc + 3];
        a = ((x & MASK) + (base & ~(x >> 31))) << 1;
        b = ((y & MASK) + (base & ~(y >> 31))) << 1;
        if ((w[a + 1] ^ SIGN) < FLOAT_LIMIT && (w[b + 1] ^ SIGN) < FLOAT_LIMIT) {
          divisor = c[b >> 1];
          if (divisor !== 0) {
            c[base + w[pc + 1]] = c[a >> 1] / divisor;
            pc += 5;
            continue;
          }
        }
        pc = arithmeticSlow(pc, base);
        base = w[State.frame] + H;
        continue;
      }
      case Op.FLOOR_DIVIDE: {
        x = w[pc + 2];
        y = w[pc + 3];
        a = ((x & MASK) + (base & ~(x >> 31))) << 1;
        b = ((y & MASK) + (base & ~(y >> 31))) << 1;
        al = w[a];
        bl = w[b];
        // non-negative by positive
        if (w[a + 1] === TAG_INT && w[b + 1] === TAG_INT && al >= 0 && bl > 0) {
          d = (base + w[pc + 1]) << 1;
          w[d] = (al / bl) | 0;
          w[d + 1] = TAG_INT;
          pc += 5;
          continue;
        }
        pc = arithmeticSlow(pc, base);
        base = w[State.frame] + H;
        continue;
      }
      case Op.REMAINDER: {
        x = w[pc + 2];
        y = w[pc + 3];
        a = ((x & MASK) + (base & ~(x >> 31))) << 1;
        b = ((y & MASK) + (base & ~(y >> 31))) << 1;
        al = w[a];
        bl = w[b];
        if (w[a + 1] === TAG_INT && w[b + 1] === TAG_INT && al >= 0 && bl > 0) {
          d = (base + w[pc + 1]) << 1;
          w[d] = al % bl;
          w[d + 1] = TAG_INT;
          pc += 5;
          continue;
        }
        pc = arithmeticSlow(pc, base);
        base = w[State.frame] + H;
        continue;
      }
      // Two's complement carries over: the words are combined as they are, and the tags' low halves with them.
      case Op.AND: {
        x = w[pc + 2];
        y = w[pc + 3];
        a = ((x & MASK) + (base & ~(x >> 31))) << 1;
        b = ((y & MASK) + (base & ~(y >> 31))) << 1;
        ah = w[a + 1];
        bh = w[b + 1];
        if (ah >> 16 === -2 && bh >> 16 === -2) {
          d = (base + w[pc + 1]) << 1;
          w[d] = w[a] & w[b];
          w[d + 1] = ah & bh;
          pc += 5;
          continue;
        }
        pc = arithmeticSlow(pc, base);
        base = w[State.frame] + H;
        continue;
      }
      case Op.OR: {
        x = w[pc + 2];
        y = w[pc + 3];
        a = ((x & MASK) + (base & ~(x >> 31))) << 1;
        b = ((y & MASK) + (base & ~(y >> 31))) << 1;
        ah = w[a + 1];
        bh = w[b + 1];
        if (ah >> 16 === -2 && bh >> 16 === -2) {
          d = (base + w[pc + 1]) << 1;
          w[d] = w[a] | w[b];
          w[d + 1] = ah | bh;
          pc += 5;
          continue;
        }
        pc = arithmeticSlow(pc, base);
        base = w[State.frame] + H;
        continue;
      }
      case Op.XOR: {
        x = w[pc + 2];
        y = w[pc + 3];
        a = ((x & MASK) + (base & ~(x >> 31))) << 1;
        b = ((y & MASK) + (base & ~(y >> 31))) << 1;
        ah = w[a + 1];
        bh = w[b + 1];
        if (ah >> 16 === -2 && bh >> 16 === -2) {
          d = (base + w[pc + 1]) << 1;
          w[d] = w[a] ^ w[b];
          w[d + 1] = TAG_INT | ((ah ^ bh) & 0xffff);
          pc += 5;
          continue;
        }
        pc = arithmeticSlow(pc, base);
        base = w[State.frame] + H;
        continue;
      }
      case Op.RIGHT_SHIFT: {
        x = w[pc + 2];
        y = w[pc + 3];
        a = ((x & MASK) + (base & ~(x >> 31))) << 1;
        b = ((y & MASK) + (base & ~(y >> 31))) << 1;
        al = w[a];
        bl = w[b];
        if ((w[a + 1] ^ ((al >> 31) >>> 16)) === TAG_INT && w[b + 1] === TAG_INT && bl >>> 0 < 32) {
          result = al >> bl;
          d = (base + w[pc + 1]) << 1;
          w[d] = result;
          w[d + 1] = TAG_INT | ((result >> 31) >>> 16);
          pc += 5;
          continue;
        }
        pc = arithmeticSlow(pc, base);
        base = w[State.frame] + H;
        continue;
      }
      case Op.POWER:
      case Op.MATRIX_MULTIPLY:
      case Op.LEFT_SHIFT:
        pc = arithmeticSlow(pc, base);
        base = w[State.frame] + H;
        continue;
      case Op.NEGATIVE: {
        x = w[pc + 2];
        a = ((x & MASK) + (base & ~(x >> 31))) << 1;
        al = w[a];
        ah = w[a + 1];
        d = (base + w[pc + 1]) << 1;
        if ((ah ^ SIGN) < FLOAT_LIMIT) {
          c[d >> 1] = -c[a >> 1];
          pc += 3;
          continue;
        }
        if ((ah ^ ((al >> 31) >>> 16)) === TAG_INT && al !== SIGN) {
          result = -al | 0;
          w[d] = result;
          w[d + 1] = TAG_INT | ((result >> 31) >>> 16);
          pc += 3;
          continue;
        }
        break;
      }
      case Op.NOT: {
        x = w[pc + 2];
        a = ((x & MASK) + (base & ~(x >> 31))) << 1;
        low = w[a];
        if (w[a + 1] === TAG_REF && (low === Fixed.true || low === Fixed.false || low === Fixed.none)) {
          d = (base + w[pc + 1]) << 1;
          w[d] = low === Fixed.true ? Fixed.false : Fixed.true;
          w[d + 1] = TAG_REF;
          pc += 3;
          continue;
        }
        break;
      }

      case Op.LESS:
      case Op.LESS_EQUAL:
      case Op.EQUAL:
      case Op.NOT_EQUAL:
      case Op.GREATER:
      case Op.GREATER_EQUAL:
        pc = compareSlow(pc, base);
        base = w[State.frame] + H;
        continue;
      case Op.IS: {
        x = w[pc + 2];
        y = w[pc + 3];
        a = ((x & MASK) + (base & ~(x >> 31))) << 1;
        b = ((y & MASK) + (base & ~(y >> 31))) << 1;
        d = (base + w[pc + 1]) << 1;
        w[d] = w[a] === w[b] && w[a + 1] === w[b + 1] ? Fixed.true : Fixed.false;
        w[d + 1] = TAG_REF;
        pc += 4;
        continue;
      }
      case Op.IS_NOT: {
        x = w[pc + 2];
        y = w[pc + 3];
        a = ((x & MASK) + (base & ~(x >> 31))) << 1;
        b = ((y & MASK) + (base & ~(y >> 31))) << 1;
        d = (base + w[pc + 1]) << 1;
        w[d] = w[a] === w[b] && w[a + 1] === w[b + 1] ? Fixed.false : Fixed.true;
        w[d + 1] = TAG_REF;
        pc += 4;
        continue;
      }
      case Op.BRANCH_LESS: {
        x = w[pc + 2];
        y = w[pc + 3];
        a = ((x & MASK) + (base & ~(x >> 31))) << 1;
        b = ((y & MASK) + (base & ~(y >> 31))) << 1;
        al = w[a];
        ah = w[a + 1];
        bl = w[b];
        bh = w[b + 1];
        if ((ah ^ ((al >> 31) >>> 16)) === TAG_INT && (bh ^ ((bl >> 31) >>> 16)) === TAG_INT) {
          pc = al < bl === (w[pc + 4] === Op.JUMP_IF_TRUE) ? w[pc + 6] : pc + 7;
          continue;
        }
        if ((ah ^ SIGN) < FLOAT_LIMIT && (bh ^ SIGN) < FLOAT_LIMIT) {
          pc = c[a >> 1] < c[b >> 1] === (w[pc + 4] === Op.JUMP_IF_TRUE) ? w[pc + 6] : pc + 7;
          continue;
        }
        pc = branchSlow(pc, base);
        base = w[State.frame] + H;
        continue;
      }
      case Op.BRANCH_LESS_EQUAL: {
        x = w[pc + 2];
        y = w[pc + 3];
        a = ((x & MASK) + (base & ~(x >> 31))) << 1;
        b = ((y & MASK) + (base & ~(y >> 31))) << 1;
        al = w[a];
        ah = w[a + 1];
        bl = w[b];
        bh = w[b + 1];
        if ((ah ^ ((al >> 31) >>> 16)) === TAG_INT && (bh ^ ((bl >> 31) >>> 16)) === TAG_INT) {
          pc = al <= bl === (w[pc + 4] === Op.JUMP_IF_TRUE) ? w[pc + 6] : pc + 7;
          continue;
        }
        if ((ah ^ SIGN) < FLOAT_LIMIT && (bh ^ SIGN) < FLOAT_LIMIT) {
          pc = c[a >> 1] <= c[b >> 1] === (w[pc + 4] === Op.JUMP_IF_TRUE) ? w[pc + 6] : pc + 7;
          continue;
        }
        pc = branchSlow(pc, base);
        base = w[State.frame] + H;
        continue;
      }
      case Op.BRANCH_GREATER: {
        x = w[pc + 2];
        y = w[pc + 3];
        a = ((x & MASK) + (base & ~(x >> 31))) << 1;
        b = ((y & MASK) + (base & ~(y >> 31))) << 1;
        al = w[a];
        ah = w[a + 1];
        bl = w[b];
        bh = w[b + 1];
        if ((ah ^ ((al >> 31) >>> 16)) === TAG_INT && (bh ^ ((bl >> 31) >>> 16)) === TAG_INT) {
          pc = al > bl === (w[pc + 4] === Op.JUMP_IF_TRUE) ? w[pc + 6] : pc + 7;
          continue;
        }
        if ((ah ^ SIGN) < FLOAT_LIMIT && (bh ^ SIGN) < FLOAT_LIMIT) {
          pc = c[a >> 1] > c[b >> 1] === (w[pc + 4] === Op.JUMP_IF_TRUE) ? w[pc + 6] : pc + 7;
          continue;
        }
        pc = branchSlow(pc, base);
        base = w[State.frame] + H;
        continue;
      }
      case Op.BRANCH_GREATER_EQUAL: {
        x = w[pc + 2];
        y = w[pc + 3];
        a = ((x & MASK) + (base & ~(x >> 31))) << 1;
        b = ((y & MASK) + (base & ~(y >> 31))) << 1;
        al = w[a];
        ah = w[a + 1];
        bl = w[b];
        bh = w[b + 1];
        if ((ah ^ ((al >> 31) >>> 16)) === TAG_INT && (bh ^ ((bl >> 31) >>> 16)) === TAG_INT) {
          pc = al >= bl === (w[pc + 4] === Op.JUMP_IF_TRUE) ? w[pc + 6] : pc + 7;
          continue;
        }
        if ((ah ^ SIGN) < FLOAT_LIMIT && (bh ^ SIGN) < FLOAT_LIMIT) {
          pc = c[a >> 1] >= c[b >> 1] === (w[pc + 4] === Op.JUMP_IF_TRUE) ? w[pc + 6] : pc + 7;
          continue;
        }
        pc = branchSlow(pc, base);
        base = w[State.frame] + H;
        continue;
      }
      case Op.BRANCH_EQUAL: {
        x = w[pc + 2];
        y = w[pc + 3];
        a = ((x & MASK) + (base & ~(x >> 31))) << 1;
        b = ((y & MASK) + (base & ~(y >> 31))) << 1;
        ah = w[a + 1];
        bh = w[b + 1];
        if (ah >> 16 === -2 && bh >> 16 === -2) {
          pc = (w[a] === w[b] && ah === bh) === (w[pc + 4] === Op.JUMP_IF_TRUE) ? w[pc + 6] : pc + 7;
          continue;
        }
        pc = branchSlow(pc, base);
        base = w[State.frame] + H;
        continue;
      }
      case Op.BRANCH_NOT_EQUAL: {
        x = w[pc + 2];
        y = w[pc + 3];
        a = ((x & MASK) + (base & ~(x >> 31))) << 1;
        b = ((y & MASK) + (base & ~(y >> 31))) << 1;
        ah = w[a + 1];
        bh = w[b + 1];
        if (ah >> 16 === -2 && bh >> 16 === -2) {
          pc = (w[a] !== w[b] || ah !== bh) === (w[pc + 4] === Op.JUMP_IF_TRUE) ? w[pc + 6] : pc + 7;
          continue;
        }
        pc = branchSlow(pc, base);
        base = w[State.frame] + H;
        continue;
      }

      case Op.JUMP:
        pc = w[pc + 1];
        continue;
      case Op.JUMP_BACKWARD: {
        if (w[State.interrupt] !== 0) {
          w[State.pc] = pc;
          safePoint();
        }
        if (mode === 0) {
          executor = w[pc + 3];
          if (executor !== 0) {
            w[State.pc] = pc;
            if (jit.hooks.enterExecutor(executor)) mode = RECORDING;
            if (w[State.raised] !== 0) throw PYTHON_ERROR;
            pc = w[State.pc];
            base = w[State.frame] + H;
            continue;
          }
          heat = w[pc + 2] + 1;
          w[pc + 2] = heat;
          if (heat >= loopThreshold) {
            w[State.pc] = pc;
            if (jit.hooks.hotLoop(pc, base - H)) mode = RECORDING;
          } else {
            stay -= 1;
            if (stay <= 0) {
              w[State.pc] = w[pc + 1];
              return Left.toComeBack;
            }
          }
        }
        pc = w[pc + 1];
        continue;
      }
      case Op.JUMP_IF_FALSE: {
        x = w[pc + 1];
        a = ((x & MASK) + (base & ~(x >> 31))) << 1;
        low = w[a];
        if (w[a + 1] === TAG_REF && low <= Fixed.false) {
          // None, True, False lie in this order
          pc = low === Fixed.true ? pc + 3 : w[pc + 2];
          continue;
        }
        w[State.pc] = pc;
        pc = truthOf(pc, a >> 1);
        base = w[State.frame] + H;
        continue;
      }
      case Op.JUMP_IF_TRUE: {
        x = w[pc + 1];
        a = ((x & MASK) + (base & ~(x >> 31))) << 1;
        low = w[a];
        if (w[a + 1] === TAG_REF && low <= Fixed.false) {
          pc = low === Fixed.true ? w[pc + 2] : pc + 3;
          continue;
        }
        w[State.pc] = pc;
        pc = truthOf(pc, a >> 1);
        base = w[State.frame] + H;
        continue;
      }
      case Op.JUMP_IF_NONE: {
        x = w[pc + 1];
        a = ((x & MASK) + (base & ~(x >> 31))) << 1;
        pc = w[a] === Fixed.none && w[a + 1] === TAG_REF ? w[pc + 2] : pc + 3;
        continue;
      }
      case Op.JUMP_IF_NOT_NONE: {
        x = w[pc + 1];
        a = ((x & MASK) + (base & ~(x >> 31))) << 1;
        pc = w[a] === Fixed.none && w[a + 1] === TAG_REF ? pc + 3 : w[pc + 2];
        continue;
      }

      case Op.FOR_ITER:
        w[State.pc] = pc;
        pc = forIterate(pc, base);
        base = w[State.frame] + H;
        continue;
      case Op.FOR_ITER_RANGE: {
        it = w[(base + w[pc + 1]) << 1] << 1;
        // limit 1: all values are 32-bit ints (ranges.ts)
        if (w[it] === T.range_iterator && w[it + Iterator.limit] === 1) {
          value = w[it + Iterator.current];
          step = w[it + Iterator.step];
          stop = w[it + Iterator.stop];
          if (step > 0 ? value < stop : value > stop) {
            d = (base + w[pc + 2]) << 1;
            w[d] = value;
            w[d + 1] = TAG_INT | ((value >> 31) >>> 16);
            next = (value + step) | 0;
            w[it + Iterator.current] = next;
            w[it + Iterator.current + 1] = TAG_INT | ((next >> 31) >>> 16);
            pc += 5;
            continue;
          }
          pc = w[pc + 3];
          continue;
        }
        w[State.pc] = pc;
        pc = forIterate(pc, base);
        base = w[State.frame] + H;
        continue;
      }
      case Op.FOR_ITER_LIST: {
        it = w[(base + w[pc + 1]) << 1] << 1;
        if (w[it] === T.list_iterator) {
          list = w[it + Iterator.source] << 1;
          if (list !== 0) {
            i = w[it + Iterator.position];
            if (i < w[list + List.size]) {
              v = (w[list + List.items] << 1) + 2 + (i << 1);
              d = (base + w[pc + 2]) << 1;
              w[d] = w[v];
              w[d + 1] = w[v + 1];
              w[it + Iterator.position] = i + 1;
              pc += 5;
              continue;
            }
            w[it + Iterator.source] = 0;
          }
          pc = w[pc + 3];
          continue;
        }
        w[State.pc] = pc;
        pc = forIterate(pc, base);
        base = w[State.frame] + H;
        continue;
      }
      case Op.FOR_ITER_GENERATOR: {
        generator = w[(base + w[pc + 1]) << 1];
        g = generator << 1;
        frame = base - H;
        f = (generator << 1) + Generator.frame;
        if (
          w[g] === T.generator &&
          w[g + Generator.state] <= GeneratorState.suspended &&
          w[(frame << 1) + Frame.depth] < w[State.recursionLimit]
        ) {
          d = w[f + Frame.destination];
          if (d >= 0) {
            s = (generator + (Generator.frame >> 1) + H + d) << 1;
            w[s] = Fixed.none;
            w[s + 1] = TAG_REF;
          }
          next = w[f + Frame.returnAddress];
          w[f + Frame.caller] = frame;
          w[f + Frame.returnAddress] = pc + 5;
          w[f + Frame.destination] = w[pc + 2];
          w[f + Frame.returnKind] = ReturnKind.generatorNext;
          w[f + Frame.top] = w[(frame << 1) + Frame.top];
          w[f + Frame.depth] = w[(frame << 1) + Frame.depth] + 1;
          handled = w[g + Generator.handled];
          w[g + Generator.handled] = w[State.handled];
          if (handled !== 0) w[State.handled] = handled;
          w[g + Generator.state] = GeneratorState.running;
          base = generator + (Generator.frame >> 1) + H;
          w[State.frame] = base - H;
          pc = next;
          continue;
        }
        w[State.pc] = pc;
        pc = forIterate(pc, base);
        base = w[State.frame] + H;
        continue;
      }
      case Op.YIELD: {
        f = (base - H) << 1;
        x = w[pc + 2];
        a = ((x & MASK) + (base & ~(x >> 31))) << 1;
        if (w[f + Frame.returnKind] >= ReturnKind.asyncSend) {
          w[State.pc] = pc;
          pc = returnSlow(pc, a >> 1);
          if (pc === 0) return Left.withValue;
          base = w[State.frame] + H;
          continue;
        }
        g = w[f + Frame.generator] << 1;
        outer = w[g + Generator.handled];
        if (w[State.handled] === outer && (w[g + Generator.flags] & GeneratorFlag.handlesOuter) === 0)
          w[g + Generator.handled] = 0;
        else {
          w[g + Generator.handled] = w[State.handled];
          w[State.handled] = outer;
        }
        w[g + Generator.state] = GeneratorState.suspended;
        caller = w[f + Frame.caller];
        base = caller + H;
        d = (base + w[f + Frame.destination]) << 1;
        w[d] = w[a];
        w[d + 1] = w[a + 1];
        w[f + Frame.destination] = w[pc + 1];
        next = w[f + Frame.returnAddress];
        w[f + Frame.returnAddress] = pc + 3;
        w[f + Frame.caller] = 0;
        w[State.frame] = caller;
        w[State.stackTop] = w[(caller << 1) + Frame.top];
        pc = next;
        continue;
      }

      case Op.LIST_APPEND: {
        x = w[pc + 2];
        a = ((x & MASK) + (base & ~(x >> 31))) << 1;
        list = w[(base + w[pc + 1]) << 1] << 1;
        size = w[list + List.size];
        items = w[list + List.items] << 1;
        if (size < w[items + ArrayObject.length]) {
          v = items + 2 + (size << 1);
          w[v] = w[a];
          w[v + 1] = w[a + 1];
          w[list + List.size] = size + 1;
          pc += 3;
          continue;
        }
        break;
      }

      case Op.CALL:
        w[State.pc] = pc;
        pc = callInstruction(pc, base);
        base = w[State.frame] + H;
        continue;
      case Op.CALL_CLASS:
        w[State.pc] = pc;
        pc = callInstruction(pc, base);
        base = w[State.frame] + H;
        continue;
      case Op.CALL_NATIVE:
        w[State.pc] = pc;
        pc = callNativeInstruction(pc, base);
        base = w[State.frame] + H;
        continue;
      case Op.CALL_PYTHON: {
        r = base + w[pc + 2];
        fn = w[r << 1];
        code = w[pc + 4];
        if (w[(r << 1) + 1] === TAG_REF && w[fn << 1] === T.function && w[(fn << 1) + FunctionObject.code] === code) {
          from = (r + 1) << 1;
          count = w[pc + 3] + 1;
          if (w[from] === 0 && w[from + 1] === TAG_REF) {
            from += 2;
            count -= 1;
          }
          frame = base - H;
          top = w[(frame << 1) + Frame.top];
          next = top + w[pc + 5];
          depth = w[(frame << 1) + Frame.depth];
          if (
            count === w[(code << 1) + Code.argCount] &&
            depth < w[State.recursionLimit] &&
            next <= w[State.stackLimit] &&
            w[State.interrupt] === 0
          ) {
            f = top << 1;
            w[f + Frame.function] = fn;
            w[f + Frame.locals] = 0;
            w[f + Frame.caller] = frame;
            w[f + Frame.returnAddress] = pc + 8;
            w[f + Frame.destination] = w[pc + 1];
            w[f + Frame.returnKind] = 0;
            w[f + Frame.nativeReturn] = 0;
            w[f + Frame.object] = 0;
            w[f + Frame.generator] = 0;
            w[f + Frame.top] = next;
            w[f + Frame.depth] = depth + 1;
            w[f + Frame.code] = code;
            base = top + H;
            to = base << 1;
            end = from + (count << 1);
            while (from < end) {
              w[to] = w[from];
              w[to + 1] = w[from + 1];
              to += 2;
              from += 2;
            }
            w[State.frame] = top;
            w[State.stackTop] = next;
            pc = (w[(code << 1) + Code.instructions] << 1) + 2;
            if (mode === 0) {
              heat = w[(code << 1) + Code.heat] + 1;
              w[(code << 1) + Code.heat] = heat;
              if (w[(code << 1) + Code.executor] !== 0 || heat >= functionThreshold) {
                w[State.pc] = pc;
                if (enterFunction(code, top)) mode = RECORDING;
                pc = w[State.pc];
                base = w[State.frame] + H;
              } else {
                stay -= 1;
                if (stay <= 0) {
                  w[State.pc] = pc;
                  return Left.toComeBack;
                }
              }
            }
            continue;
          }
        }
        w[State.pc] = pc;
        pc = callInstruction(pc, base);
        base = w[State.frame] + H;
        continue;
      }
      case Op.RETURN: {
        x = w[pc + 1];
        a = ((x & MASK) + (base & ~(x >> 31))) << 1;
        f = (base - H) << 1;
        if ((w[f + Frame.returnKind] | w[f + Frame.object]) === 0) {
          caller = w[f + Frame.caller];
          pc = w[f + Frame.returnAddress];
          base = caller + H;
          d = (base + w[f + Frame.destination]) << 1;
          w[d] = w[a];
          w[d + 1] = w[a + 1];
          w[State.frame] = caller;
          w[State.stackTop] = w[(caller << 1) + Frame.top];
          continue;
        }
        kind = w[f + Frame.returnKind];
        // the end of `__init__`: the instance lies below the frame
        if (
          kind === ReturnKind.initialize &&
          w[f + Frame.object] === 0 &&
          w[a] === Fixed.none &&
          w[a + 1] === TAG_REF
        ) {
          caller = w[f + Frame.caller];
          pc = w[f + Frame.returnAddress];
          base = caller + H;
          d = (base + w[f + Frame.destination]) << 1;
          w[d] = w[f - 2];
          w[d + 1] = w[f - 1];
          w[State.frame] = caller;
          w[State.stackTop] = w[(caller << 1) + Frame.top];
          continue;
        }
        w[State.pc] = pc;
        pc = returnSlow(pc, a >> 1);
        if (pc === 0) return kind === ReturnKind.exit ? Left.withValue : Left.finished;
        base = w[State.frame] + H;
        continue;
      }
      // No fast path, but frequent: spared the second switch of executeRare.
      case Op.BUILD_TUPLE: {
        tuple = newTupleFrom(base + w[pc + 2], w[pc + 3]);
        d = (base + w[pc + 1]) << 1;
        w[d] = tuple;
        w[d + 1] = TAG_REF;
        pc += 4;
        continue;
      }
      case Op.BUILD_LIST: {
        list = newListFrom(base + w[pc + 2], w[pc + 3]);
        d = (base + w[pc + 1]) << 1;
        w[d] = list;
        w[d + 1] = TAG_REF;
        pc += 4;
        continue;
      }
      case Op.UNPACK_SEQUENCE:
        w[State.pc] = pc;
        unpackSequence(pc, base);
        pc += 4;
        continue;
      case Op.GET_ITER:
        w[State.pc] = pc;
        pc = getIterator(pc, base);
        base = w[State.frame] + H;
        continue;
      case Op.CONTAINS:
      case Op.NOT_CONTAINS:
        w[State.pc] = pc;
        pc = containsInstruction(pc, base);
        base = w[State.frame] + H;
        continue;
      case Op.CALL_KW:
        w[State.pc] = pc;
        pc = callKeywordInstruction(pc, base);
        base = w[State.frame] + H;
        continue;
      case Op.RETURN_GENERATOR: {
        w[State.pc] = pc;
        makeGenerator(base);
        kind = w[((base - H) << 1) + Frame.returnKind];
        pc = returnSlow(pc, base);
        if (pc === 0) return kind === ReturnKind.exit ? Left.withValue : Left.finished;
        base = w[State.frame] + H;
        continue;
      }
      case Op.STEP_END:
        w[State.pc] = pc;
        return w[pc + 1] !== 0 ? Left.withValue : Left.finished;
      default:
        break;
    }
    w[State.pc] = pc;
    pc = executeRare(w[pc], pc, base);
    base = w[State.frame] + H;
    // RAISE and the like: the exception is in State.raised and no JavaScript exception was thrown.
    if (pc === 0) {
      if (mode === RECORDING) {
        mode = 0;
        jit.hooks.abortRecording();
      }
      pc = unwind();
      base = w[State.frame] + H;
    }
  }
}
