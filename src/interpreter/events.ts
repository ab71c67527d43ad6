/**
 * Who is told of observed events, and how: the tools of sys.monitoring first (monitoring.ts keeps them), then the function
 * of sys.setprofile, then that of sys.settrace, in the terms of each. What they are told from is observation.ts. While a
 * receiver runs nothing is observed. All state lies in the heap (State.sysHooks); `wanted` is derived from it.
 */
import { Fixed, State } from '../heap/fixed.ts';
import { Exception, Frame, FrameObject, FrameTraceFlag, Kind, Native, Type } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef } from '../heap/values.ts';
import { bindNative } from '../objects/attributes.ts';
import { dictFindString, dictSetString, newDict } from '../objects/dicts.ts';
import { call } from '../objects/invoke.ts';
import { newList } from '../objects/lists.ts';
import { intern } from '../objects/strings.ts';
import { newTuple, tupleItem } from '../objects/tuples.ts';
import { typeOf } from '../objects/types.ts';
import { frameObjectOf } from './frame-objects.ts';
import { observation, setObserving } from './observation-state.ts';

/** The events of PEP 669; the numbers are the bits of sys.monitoring.events. */
export enum Event {
  start,
  resume,
  return,
  yield,
  call,
  line,
  instruction,
  jump,
  branchLeft,
  branchRight,
  stopIteration,
  raise,
  handled,
  unwind,
  throw,
  reraise,
  cReturn,
  cRaise,
}

const bits = (...events: Event[]): number => events.reduce((mask, event) => mask | (1 << event), 0);
const FRAME_EVENTS = bits(Event.start, Event.resume, Event.return, Event.yield, Event.unwind, Event.throw);
const PROFILE_EVENTS = FRAME_EVENTS | bits(Event.call, Event.cReturn, Event.cRaise);
const TRACE_EVENTS = FRAME_EVENTS | bits(Event.line, Event.instruction, Event.raise, Event.stopIteration);

/** What sys.settrace and sys.setprofile are told, by event. */
const traceNames: Partial<Record<Event, string>> = {
  [Event.start]: 'call',
  [Event.resume]: 'call',
  [Event.throw]: 'call',
  [Event.return]: 'return',
  [Event.yield]: 'return',
  [Event.unwind]: 'return',
  [Event.line]: 'line',
  [Event.instruction]: 'opcode',
  [Event.raise]: 'exception',
  [Event.stopIteration]: 'exception',
  [Event.call]: 'c_call',
  [Event.cReturn]: 'c_return',
  [Event.cRaise]: 'c_exception',
};

/** The tools of sys.monitoring (monitoring.ts, which lies above): the events that they want, and how they are told. */
export interface Tools {
  want(): number;
  tell(event: Event, frame: number, offset: number, value: number, target: number): void;
}
let tools: Tools = { want: () => 0, tell: () => {} };
export function setTools(all: Tools): void {
  tools = all;
}
/** Observation begins anew: what was observed before says nothing (observation.ts, which lies above). */
let forgetObserved = (): void => {};
export function setForgetting(forget: () => void): void {
  forgetObserved = forget;
}

let wanted = 0;
let wantedOfProfile = 0;
let wantedOfTrace = 0;
/** receivers that are running */
let depth = 0;
/** What the receiver that runs is told of. */
export const telling = { event: -1, frame: 0 };

/** Does anybody want to be told of such events, at least in some code? */
export function isWanted(event: Event): boolean {
  return ((wanted >>> event) & 1) !== 0;
}

// the table of sys's hooks ----------------------------------------------------------------------------------------------

function hooks(): number {
  if (words[State.sysHooks] === 0) words[State.sysHooks] = newDict();
  return words[State.sysHooks];
}
/** The cell of a hook in the table, 0: not set. */
export function hookCell(name: string): number {
  return words[State.sysHooks] === 0 ? 0 : dictFindString(words[State.sysHooks], intern(name));
}
export function setHook(name: string, value: number): void {
  const slot = pushSlots(1);
  copyValue(slot, value);
  dictSetString(hooks(), intern(name), slot);
  popSlots(1);
}
/** The hook's object, which `make` makes first if there is none; its ref. */
export function hookObject(name: string, make: () => number): number {
  const found = hookCell(name);
  if (found !== 0) return refAt(found);
  const slot = pushSlots(1);
  setRef(slot, make());
  dictSetString(hooks(), intern(name), slot);
  const ref = refAt(slot);
  popSlots(1);
  return ref;
}
const isSet = (cell: number): boolean => cell !== 0 && !(isRef(cell) && refAt(cell) === Fixed.none);

/** Natives that instructions are calling, with their first arguments: a list, pairs in the order of the calls. */
export function calledNatives(): number {
  return hookObject('calls', () => newList(0));
}

/** Who wants what has changed. */
export function updateReceivers(): void {
  wantedOfProfile = isSet(hookCell('setprofile')) ? PROFILE_EVENTS : 0;
  wantedOfTrace = isSet(hookCell('settrace')) ? TRACE_EVENTS : 0;
  const before = wanted;
  wanted = wantedOfProfile | wantedOfTrace | tools.want();
  if (wanted !== 0 && before === 0) {
    observation.begun++;
    forgetObserved();
    // where frames are now is what their next lines are compared with
    for (let frame = words[State.frame]; frame !== 0; frame = words[(frame << 1) + Frame.caller]) {
      const object = words[(frame << 1) + Frame.object];
      if (object !== 0) words[(object << 1) + FrameObject.observedLine] = -1;
    }
  }
  if (depth === 0) setObserving(wanted !== 0);
}

/** Runs a receiver of events, unobserved. */
export function quietly(event: number, frame: number, action: () => void): void {
  const { running } = observation;
  const before = { ...telling };
  setObserving(false);
  depth++;
  telling.event = event;
  telling.frame = frame;
  try {
    action();
  } finally {
    telling.event = before.event;
    telling.frame = before.frame;
    depth--;
    observation.running = running;
    if (depth === 0) setObserving(wanted !== 0);
  }
}

/** sys.call_tracing: observes again within a receiver. */
export function observedAgain(action: () => void): void {
  const { running } = observation;
  const outer = depth;
  depth = 0;
  setObserving(wanted !== 0);
  try {
    action();
  } finally {
    depth = outer;
    observation.running = running;
    setObserving(depth === 0 && wanted !== 0);
    forgetObserved();
  }
}

/**
 * Tells everybody who wants to know of `event`. `value`: cell of what belongs to it (result, exception; for calls two
 * cells, the callable and its first argument or NULL), 0: nothing; `target`: where a jump leads. May call Python and raise.
 */
export function tell(event: Event, frame: number, offset: number, value: number, target = 0): void {
  if (depth !== 0) return;
  const bit = 1 << event;
  if ((tools.want() & bit) !== 0) tools.tell(event, frame, offset, value, target);
  if ((wantedOfProfile & bit) !== 0) tellProfile(event, frame, value);
  if ((wantedOfTrace & bit) !== 0) tellTrace(event, frame, value);
}

function tellProfile(event: Event, frame: number, value: number): void {
  const slots = pushSlots(5);
  const isCall = event === Event.call || event === Event.cReturn || event === Event.cRaise;
  if (isCall) {
    if (words[(typeOf(value) << 1) + Type.kind] !== Kind.native) {
      popSlots(5);
      return;
    }
    const native = refAt(value);
    if (isNull(native + (Native.self >> 1)) && words[(native << 1) + Native.owner] !== 0 && !isNull(value + 1)) {
      bindNative(native, value + 1, slots + 3);
    } else copyValue(slots + 3, value);
  } else if (value !== 0 && event !== Event.unwind && event !== Event.throw) copyValue(slots + 3, value);
  else setRef(slots + 3, Fixed.none);
  copyValue(slots, hookCell('setprofile'));
  deliver('setprofile', event, frame, slots);
  popSlots(5);
}

function tellTrace(event: Event, frame: number, value: number): void {
  const object = frameObjectOf(frame);
  const o = object << 1;
  const isEntry = event === Event.start || event === Event.resume || event === Event.throw;
  const local = words[o + FrameObject.trace];
  if (!isEntry && local === 0) return;
  const flags = words[o + FrameObject.traceFlags];
  if (event === Event.line && (flags & FrameTraceFlag.noLines) !== 0) return;
  if (event === Event.instruction && (flags & FrameTraceFlag.opcodes) === 0) return;
  const slots = pushSlots(5);
  if (isEntry) copyValue(slots, hookCell('settrace'));
  else setRef(slots, local);
  setRef(slots + 3, Fixed.none);
  if (event === Event.raise || event === Event.stopIteration) exceptionTriple(value, slots + 3);
  else if (value !== 0 && (event === Event.return || event === Event.yield)) copyValue(slots + 3, value);
  try {
    deliver('settrace', event, frame, slots);
  } catch (error) {
    words[(frameObjectOf(frame) << 1) + FrameObject.trace] = 0;
    throw error;
  }
  if (isRef(slots + 4) && refAt(slots + 4) === Fixed.none) popSlots(5);
  else {
    // a reference in any case: what is no object in the heap is of no use as a function
    words[(frameObjectOf(frame) << 1) + FrameObject.trace] = isRef(slots + 4) ? refAt(slots + 4) : 0;
    popSlots(5);
  }
}

/** Slots: function, (frame, event's name), argument, result. An error ends the tracing. */
function deliver(hook: 'settrace' | 'setprofile', event: Event, frame: number, slots: number): void {
  setRef(slots + 1, frameObjectOf(frame));
  setRef(slots + 2, intern(traceNames[event] ?? ''));
  try {
    quietly(event, frame, () => call(slots, slots + 1, 3, slots + 4));
  } catch (error) {
    const none = pushSlots(1);
    setRef(none, Fixed.none);
    setHook(hook, none);
    popSlots(1);
    updateReceivers();
    throw error;
  }
}

/** The argument of 'exception' events: type, exception, traceback. */
function exceptionTriple(value: number, result: number): void {
  const slot = pushSlots(1);
  copyValue(slot, value);
  const exception = refAt(slot);
  const triple = newTuple(3);
  setRef(result, triple);
  setRef(tupleItem(triple, 0), words[exception << 1]);
  setRef(tupleItem(triple, 1), exception);
  setRef(tupleItem(triple, 2), words[(exception << 1) + Exception.traceback] || Fixed.none);
  popSlots(1);
}
