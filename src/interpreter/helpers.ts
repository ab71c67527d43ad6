/**
 * Runs the Python files of src/modules, once each and when first needed, and registers how natives get at the loops in
 * builtins.py (objects/python-helpers.ts).
 */
import { addRootScanner, mark } from '../heap/collector.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { refAt, setRef } from '../heap/values.ts';
import { newDict } from '../objects/dicts.ts';
import { setHelperLoader } from '../objects/python-helpers.ts';
import { runCode } from './execute-code.ts';
import { loadCode } from './loader.ts';
import { type PythonSource, sourceDescription } from './python-sources.ts';

const namespaces = new Map<PythonSource, number>();
addRootScanner(() => namespaces.forEach(mark));

/** Ref of the dict in which src/modules/NAME.py was run. May call Python. */
export function sourceNamespace(name: PythonSource): number {
  const known = namespaces.get(name);
  if (known !== undefined) return known;
  const slots = pushSlots(2);
  setRef(slots, newDict());
  runCode(loadCode(sourceDescription(name)), refAt(slots), 0, slots + 1);
  const namespace = refAt(slots);
  popSlots(2);
  namespaces.set(name, namespace);
  return namespace;
}

setHelperLoader(() => sourceNamespace('builtins'));
