/** breakpoint() and sys.breakpointhook: whoever $PYTHONBREAKPOINT names is called, pdb.set_trace otherwise. */
import { Fixed, T } from '../heap/fixed.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, setRef } from '../heap/values.ts';
import { findAttribute } from '../objects/attributes.ts';
import { clearRaised, matchesRaised, raiseRuntimeError } from '../objects/errors.ts';
import { call } from '../objects/invoke.ts';
import { natives } from '../objects/natives.ts';
import { interpreterBuiltin } from '../objects/reductions.ts';
import { callBoundWithArguments } from '../objects/spread.ts';
import { intern, newString } from '../objects/strings.ts';
import { newTuple, tupleItem } from '../objects/tuples.ts';
import { warn } from '../objects/warnings.ts';
import { sysCell } from './printing.ts';

/** result = the attribute that a dotted path names, its module imported; false if there is no such module or attribute. */
function importPath(path: string, result: number): boolean {
  const dot = path.lastIndexOf('.');
  const slots = pushSlots(6);
  interpreterBuiltin('__import__', slots);
  setRef(slots + 1, newString(dot < 0 ? 'builtins' : path.slice(0, dot)));
  setRef(slots + 2, Fixed.none);
  setRef(slots + 3, Fixed.none);
  // a list of names, so that the innermost module is what comes back
  const names = newTuple(1);
  setRef(tupleItem(names, 0), intern(path.slice(dot + 1)));
  setRef(slots + 4, names);
  try {
    call(slots, slots + 1, 4, slots);
  } catch (error) {
    if (!matchesRaised(error, T.ImportError) && !matchesRaised(error, T.ValueError)) throw error;
    clearRaised();
    return false;
  }
  const found = findAttribute(slots, intern(path.slice(dot + 1)), slots + 1);
  if (found) copyValue(result, slots + 1);
  popSlots(6);
  return found;
}

natives('sys', {
  'breakpointhook(*args, **kws)': (args, result) => {
    const path = process.env.PYTHONBREAKPOINT || 'pdb.set_trace';
    setRef(result, Fixed.none);
    if (path === '0') return;
    const hook = pushSlots(2);
    if (importPath(path, hook)) callBoundWithArguments(hook, args, args + 1, result);
    else warn(T.RuntimeWarning, `Ignoring unimportable $PYTHONBREAKPOINT: "${path}"`);
    popSlots(2);
  },
});
let afterBreakpoint: () => void = () => {};
/** Installed by the interpreter: the last act of breakpoint(). */
export function setAfterBreakpoint(act: () => void): void {
  afterBreakpoint = act;
}

natives('builtins', {
  'breakpoint(*args, **kws)': (args, result) => {
    const hook = sysCell('breakpointhook');
    if (hook === 0) raiseRuntimeError('lost sys.breakpointhook');
    const callable = pushSlots(1);
    copyValue(callable, hook);
    callBoundWithArguments(callable, args, args + 1, callable);
    afterBreakpoint();
    copyValue(result, callable);
    popSlots(1);
  },
});
