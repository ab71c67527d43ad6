/**
 * sys.monitoring (PEP 669): tools can be registered and asked for, so that the library's debugger and profiler modules
 * import; events are not delivered, and switching one on says so (RuntimeError).
 */
import { Fixed, T } from '../heap/fixed.ts';
import { Module } from '../heap/layouts.ts';
import { allocate, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, refAt, setRef, setSmallInt } from '../heap/values.ts';
import { dictDelete, dictFind, dictFindString, dictSet, dictSetString, newDict } from '../objects/dicts.ts';
import { raiseRuntimeError, raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { indexOf } from '../objects/integers.ts';
import { fillNatives, newModule } from '../objects/modules.ts';
import { natives } from '../objects/natives.ts';
import { intern, isStr } from '../objects/strings.ts';
import { newMonitoringEvents, setNumber } from './sys-structures.ts';

const TOOLS = 8;
const TOOL_IDS = { DEBUGGER_ID: 0, COVERAGE_ID: 1, PROFILER_ID: 2, OPTIMIZER_ID: 5 };

/** The module object, for sys's namespace. */
export function newMonitoring(): number {
  const slots = pushSlots(2);
  const module = newModule('sys.monitoring');
  setRef(slots, module);
  const dict = words[(module << 1) + Module.dict];
  fillNatives('sys.monitoring', dict);
  for (const [name, id] of Object.entries(TOOL_IDS)) setNumber(dict, name, id);
  for (const name of ['DISABLE', 'MISSING']) {
    const object = allocate(2);
    words.fill(0, object << 1, (object << 1) + 4);
    words[object << 1] = T.object;
    setRef(slots + 1, object);
    dictSetString(dict, intern(name), slots + 1);
  }
  setRef(slots + 1, newMonitoringEvents());
  dictSetString(dict, intern('events'), slots + 1);
  setRef(slots + 1, newDict());
  dictSetString(dict, intern('_tools'), slots + 1);
  popSlots(2);
  return module;
}

/** The dict of the tools' names by number, in the module's namespace. */
function tools(): number {
  const slot = pushSlots(1);
  copyValue(slot, dictFindString(words[(sysModule() << 1) + Module.dict], intern('monitoring')));
  const found = refAt(dictFindString(words[(refAt(slot) << 1) + Module.dict], intern('_tools')));
  popSlots(1);
  return found;
}
let sysModule: () => number = () => 0;
/** Installed by sys.ts: the ref of the module sys. */
export function setSysModule(find: () => number): void {
  sysModule = find;
}

function checkTool(slot: number): void {
  const id = indexOf(slot);
  if (id < 0 || id >= TOOLS - 2) raiseValueError(`invalid tool ${id} (must be between 0 and 5)`);
}
function checkInUse(slot: number): void {
  checkTool(slot);
  if (dictFind(tools(), slot) === 0) raiseValueError(`tool ${indexOf(slot)} is not in use`);
}
function refuseEvents(events: number): void {
  if (indexOf(events) !== 0) raiseRuntimeError('copyjit delivers no monitoring events');
}

natives('sys.monitoring', {
  'use_tool_id(tool_id, name, /)': (args, result) => {
    checkTool(args);
    if (!isStr(args + 1)) raiseValueError('tool name must be a str');
    if (dictFind(tools(), args) !== 0) raiseValueError(`tool ${indexOf(args)} is already in use`);
    dictSet(tools(), args, args + 1);
    setRef(result, Fixed.none);
  },
  'clear_tool_id(tool_id, /)': (args, result) => {
    checkTool(args);
    setRef(result, Fixed.none);
  },
  'free_tool_id(tool_id, /)': (args, result) => {
    checkTool(args);
    dictDelete(tools(), args);
    setRef(result, Fixed.none);
  },
  'get_tool(tool_id, /)': (args, result) => {
    checkTool(args);
    const name = dictFind(tools(), args);
    if (name === 0) setRef(result, Fixed.none);
    else copyValue(result, name);
  },
  'register_callback(tool_id, event, func, /)': (args, result) => {
    checkTool(args);
    const event = indexOf(args + 1);
    if (event <= 0 || (event & (event - 1)) !== 0)
      raiseValueError('The callback can only be set for one event at a time');
    setRef(result, Fixed.none);
  },
  'get_events(tool_id, /)': (args, result) => {
    checkInUse(args);
    setSmallInt(result, 0);
  },
  'set_events(tool_id, event_set, /)': (args, result) => {
    checkInUse(args);
    refuseEvents(args + 1);
    setRef(result, Fixed.none);
  },
  'get_local_events(tool_id, code, /)': (args, result) => {
    checkInUse(args);
    if (words[refAt(args + 1) << 1] !== T.code) raiseTypeError('code must be a code object');
    setSmallInt(result, 0);
  },
  'set_local_events(tool_id, code, event_set, /)': (args, result) => {
    checkInUse(args);
    refuseEvents(args + 2);
    setRef(result, Fixed.none);
  },
  'restart_events()': (_args, result) => setRef(result, Fixed.none),
  '_all_events()': (_args, result) => setRef(result, newDict()),
});
