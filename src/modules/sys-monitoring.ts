/** The module object sys.monitoring: its constants. What its functions do is in interpreter/monitoring.ts. */
import { T } from '../heap/fixed.ts';
import { Module } from '../heap/layouts.ts';
import { allocate, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { setRef } from '../heap/values.ts';
import { dictSetString } from '../objects/dicts.ts';
import { fillNatives, newModule } from '../objects/modules.ts';
import { intern } from '../objects/strings.ts';
import { newMonitoringEvents, setNumber } from './sys-structures.ts';

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
  popSlots(2);
  return module;
}
