/**
 * sys.monitoring (PEP 669): the tools, their callbacks and which events they want, everywhere or in single code objects.
 * State.sysHooks has a dict for it, whose keys are numbers: those of callbacks (tool * 32 + event), of what a tool wants
 * (below) and, for code objects, addresses. `DISABLE` is remembered outside the heap: forgetting it only costs time.
 */
import { addSweeper } from '../heap/collector.ts';
import { Fixed, T } from '../heap/fixed.ts';
import { Frame, Module } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef, setSmallInt } from '../heap/values.ts';
import { sysCell } from '../modules/printing.ts';
import { monitoringEvents } from '../modules/sys-structures.ts';
import { dictDelete, dictFind, dictFindString, dictSet, dictSetString, newDict } from '../objects/dicts.ts';
import { raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { indexOf, intAt } from '../objects/integers.ts';
import { call } from '../objects/invoke.ts';
import { natives } from '../objects/natives.ts';
import { intern, isStr } from '../objects/strings.ts';
import { newTuple, tupleItem } from '../objects/tuples.ts';
import { visibleOffset } from './code-positions.ts';
import { Event, hookObject, quietly, setTools, updateReceivers } from './events.ts';
import { observeFromHere } from './observation.ts';
import { audit, isAudited } from './sys-hooks.ts';

const TOOLS = 6;
const EVENTS = 19;
const BRANCH = 1 << 18;
const BRANCHES = (1 << Event.branchLeft) | (1 << Event.branchRight);
const C_EVENTS = (1 << Event.cReturn) | (1 << Event.cRaise);
/** Events that can be asked for in single code objects and be disabled at single places. */
const LOCAL_EVENTS = (1 << (Event.stopIteration + 1)) - 1;

/** Keys of the table. */
const callbackKey = (tool: number, event: number): number => tool * 32 + event;
const wantedKey = (tool: number): number => 1000 + tool;
const nameKey = (tool: number): number => 2000 + tool;
/** what a tool wants in one code object; number TOOLS: the code object itself, kept alive */
const localKey = (code: number, tool: number): number => code * 8 + tool;

function table(): number {
  return hookObject('monitoring', newDict);
}
/** The cell under a key, 0: none. */
function entry(key: number): number {
  const slot = pushSlots(1);
  setSmallInt(slot, key);
  const found = dictFind(table(), slot);
  popSlots(1);
  return found;
}
function setEntry(key: number, value: number): void {
  const slots = pushSlots(2);
  copyValue(slots + 1, value);
  setSmallInt(slots, key);
  dictSet(table(), slots, slots + 1);
  popSlots(2);
}
function removeEntry(key: number): void {
  const slot = pushSlots(1);
  setSmallInt(slot, key);
  dictDelete(table(), slot);
  popSlots(1);
}
function numberEntry(key: number): number {
  const found = entry(key);
  return found === 0 ? 0 : intAt(found);
}
function setNumberEntry(key: number, value: number): void {
  const slot = pushSlots(1);
  setSmallInt(slot, value);
  setEntry(key, slot);
  popSlots(1);
}

// What is wanted, read at every event: derived from the table.
const everywhere = new Int32Array(TOOLS);
const inCode = new Map<number, Int32Array>();
/** What is told where `mask` is wanted: how calls of natives end comes with their beginning. */
function eventsWithCalls(mask: number): number {
  return (mask & (1 << Event.call)) !== 0 ? mask | C_EVENTS : mask;
}
let union = 0;
/** Events that some tool wants somewhere. */
function toolsWant(): number {
  return union;
}
function update(): void {
  union = 0;
  for (const mask of everywhere) union |= mask;
  for (const masks of inCode.values()) for (const mask of masks) union |= mask;
  union |= eventsWithCalls(union);
  updateReceivers();
}

/** For each code object: by offset and event (offset * 32 + event) a bit for each tool that disabled it. */
const disabled = new Map<number, Map<number, number>>();
addSweeper((isMarked) => {
  for (const code of disabled.keys()) if (!isMarked(code)) disabled.delete(code);
});

function isModuleConstant(slot: number, name: string): boolean {
  const monitoring = dictFindString(words[(refAt(sysCell('monitoring')) << 1) + Module.dict], intern(name));
  return monitoring !== 0 && isRef(slot) && refAt(slot) === refAt(monitoring);
}

/** Tells the tools; see tell. */
function tellTools(event: Event, frame: number, offset: number, value: number, target: number): void {
  const code = words[(frame << 1) + Frame.code];
  const local = inCode.get(code);
  for (let tool = 0; tool < TOOLS; tool++) {
    if (((eventsWithCalls(everywhere[tool] | (local?.[tool] ?? 0)) >>> event) & 1) === 0) continue;
    const place = offset * 32 + event;
    if ((((disabled.get(code)?.get(place) ?? 0) >>> tool) & 1) !== 0) continue;
    const callback = entry(callbackKey(tool, event));
    if (callback === 0) continue;
    const slots = pushSlots(6);
    copyValue(slots, callback);
    setRef(slots + 1, code);
    setSmallInt(slots + 2, event === Event.line ? target : visibleOffset(offset));
    let count = 2;
    const add = (): number => slots + 1 + count++;
    if (event === Event.jump || event === Event.branchLeft || event === Event.branchRight) {
      setSmallInt(add(), visibleOffset(target));
    } else if (event === Event.call || event === Event.cReturn || event === Event.cRaise) {
      copyValue(add(), value);
      const first = add();
      if (isNull(value + 1)) copyValue(first, missing());
      else copyValue(first, value + 1);
    } else if (value !== 0) copyValue(add(), value);
    quietly(event, frame, () => call(slots, slots + 1, count, slots + 5));
    if (isModuleConstant(slots + 5, 'DISABLE')) disable(tool, event, code, place);
    popSlots(6);
  }
}
setTools({ want: toolsWant, tell: tellTools });
function missing(): number {
  return dictFindString(words[(refAt(sysCell('monitoring')) << 1) + Module.dict], intern('MISSING'));
}
function disable(tool: number, event: Event, code: number, place: number): void {
  if (((LOCAL_EVENTS >>> event) & 1) === 0) {
    removeEntry(callbackKey(tool, event));
    const names: Partial<Record<Event, string>> = {
      [Event.raise]: 'RAISE',
      [Event.handled]: 'EXCEPTION_HANDLED',
      [Event.unwind]: 'PY_UNWIND',
      [Event.throw]: 'PY_THROW',
      [Event.reraise]: 'RERAISE',
      [Event.cReturn]: 'C_RETURN',
      [Event.cRaise]: 'C_RAISE',
    };
    raiseValueError(`Cannot disable ${names[event]} events. Callback removed.`);
  }
  let places = disabled.get(code);
  if (places === undefined) {
    places = new Map();
    disabled.set(code, places);
  }
  places.set(place, (places.get(place) ?? 0) | (1 << tool));
}

// the module's functions ------------------------------------------------------------------------------------------------

function toolAt(slot: number): number {
  const id = indexOf(slot);
  if (id < 0 || id >= TOOLS) raiseValueError(`invalid tool ${id} (must be between 0 and 5)`);
  return id;
}
function toolInUse(slot: number): number {
  const id = toolAt(slot);
  if (entry(nameKey(id)) === 0) raiseValueError(`tool ${id} is not in use`);
  return id;
}
/** An event set as tools give it, as the events that are told. */
function eventSet(slot: number, allowed: number, what: string): number {
  let events = indexOf(slot);
  if (events < 0 || events >= 1 << EVENTS) raiseValueError(`invalid ${what} 0x${(events >>> 0).toString(16)}`);
  if ((events & C_EVENTS) !== 0 && (events & (1 << Event.call)) === 0) {
    raiseValueError('cannot set C_RETURN or C_RAISE events independently');
  }
  // these two come with CALL
  events &= ~C_EVENTS;
  if ((events & BRANCH) !== 0) events = (events & ~BRANCH) | BRANCHES;
  if ((events & ~allowed) !== 0) raiseValueError(`invalid ${what} 0x${indexOf(slot).toString(16)}`);
  return events;
}
function codeAt(slot: number): number {
  if (!isRef(slot) || words[refAt(slot) << 1] !== T.code) raiseTypeError('code must be a code object');
  return refAt(slot);
}
function clearTool(tool: number): void {
  for (let event = 0; event < EVENTS; event++) removeEntry(callbackKey(tool, event));
  everywhere[tool] = 0;
  removeEntry(wantedKey(tool));
  for (const [code, masks] of inCode) {
    masks[tool] = 0;
    removeEntry(localKey(code, tool));
    forgetUnwanted(code, masks);
  }
  for (const places of disabled.values()) for (const [place, tools] of places) places.set(place, tools & ~(1 << tool));
  update();
}
function forgetUnwanted(code: number, masks: Int32Array): void {
  if (masks.some((mask) => mask !== 0)) return;
  inCode.delete(code);
  removeEntry(localKey(code, TOOLS));
}
const isNone = (slot: number): boolean => isRef(slot) && refAt(slot) === Fixed.none;

natives('sys.monitoring', {
  'use_tool_id(tool_id, name, /)': (args, result) => {
    const tool = toolAt(args);
    if (!isStr(args + 1)) raiseValueError('tool name must be a str');
    if (entry(nameKey(tool)) !== 0) raiseValueError(`tool ${tool} is already in use`);
    setEntry(nameKey(tool), args + 1);
    setRef(result, Fixed.none);
  },
  'clear_tool_id(tool_id, /)': (args, result) => {
    const tool = toolAt(args);
    if (entry(nameKey(tool)) !== 0) clearTool(tool);
    setRef(result, Fixed.none);
  },
  'free_tool_id(tool_id, /)': (args, result) => {
    const tool = toolAt(args);
    if (entry(nameKey(tool)) !== 0) {
      clearTool(tool);
      removeEntry(nameKey(tool));
    }
    setRef(result, Fixed.none);
  },
  'get_tool(tool_id, /)': (args, result) => {
    const name = entry(nameKey(toolAt(args)));
    if (name === 0) setRef(result, Fixed.none);
    else copyValue(result, name);
  },
  'register_callback(tool_id, event, func, /)': (args, result) => {
    const tool = toolAt(args);
    const set = indexOf(args + 1);
    if (set <= 0 || (set & (set - 1)) !== 0) raiseValueError('The callback can only be set for one event at a time');
    if (set >= 1 << EVENTS) raiseValueError(`invalid event ${set}`);
    const events = set === BRANCH ? [Event.branchLeft, Event.branchRight] : [31 - Math.clz32(set)];
    if (isAudited()) auditCallback(args + 2);
    const before = pushSlots(1);
    setRef(before, Fixed.none);
    for (const event of events) {
      const key = callbackKey(tool, event);
      const found = entry(key);
      if (found !== 0) copyValue(before, found);
      if (isNone(args + 2)) removeEntry(key);
      else setEntry(key, args + 2);
    }
    copyValue(result, before);
    popSlots(1);
  },
  'get_events(tool_id, /)': (args, result) => setSmallInt(result, everywhere[toolAt(args)]),
  'set_events(tool_id, event_set, /)': (args, result) => {
    const tool = toolInUse(args);
    everywhere[tool] = eventSet(args + 1, ~0, 'event set');
    setNumberEntry(wantedKey(tool), everywhere[tool]);
    update();
    observeFromHere('sys.monitoring');
    setRef(result, Fixed.none);
  },
  'get_local_events(tool_id, code, /)': (args, result) => {
    const tool = toolAt(args);
    setSmallInt(result, numberEntry(localKey(codeAt(args + 1), tool)));
  },
  'set_local_events(tool_id, code, event_set, /)': (args, result) => {
    const tool = toolInUse(args);
    const code = codeAt(args + 1);
    const events = eventSet(args + 2, LOCAL_EVENTS, 'local event set');
    let masks = inCode.get(code);
    if (masks === undefined) {
      masks = new Int32Array(TOOLS);
      inCode.set(code, masks);
      setEntry(localKey(code, TOOLS), args + 1);
    }
    masks[tool] = events;
    setNumberEntry(localKey(code, tool), events);
    forgetUnwanted(code, masks);
    update();
    observeFromHere('sys.monitoring');
    setRef(result, Fixed.none);
  },
  'restart_events()': (_args, result) => {
    disabled.clear();
    setRef(result, Fixed.none);
  },
  '_all_events()': (_args, result) => {
    const slots = pushSlots(2);
    setRef(slots, newDict());
    for (let event = 0; event < EVENTS - 1; event++) {
      let tools = 0;
      for (let tool = 0; tool < TOOLS; tool++) tools |= ((everywhere[tool] >>> event) & 1) << tool;
      if (tools === 0) continue;
      setSmallInt(slots + 1, tools);
      dictSetString(refAt(slots), intern(monitoringEvents[event]), slots + 1);
    }
    copyValue(result, slots);
    popSlots(2);
  },
});

/** The event of register_callback. */
function auditCallback(callback: number): void {
  const slots = pushSlots(2);
  setRef(slots, intern('sys.monitoring.register_callback'));
  const values = newTuple(1);
  setRef(slots + 1, values);
  copyValue(tupleItem(values, 0), callback);
  audit(slots, slots + 1);
  popSlots(2);
}
