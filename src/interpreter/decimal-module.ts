/**
 * _decimal, which is written in Python (src/modules/_decimal.py): compiled at build time, run when it is imported. Its
 * frames do not show in tracebacks, as those of a module in C do not.
 */
import { popSlots, pushSlots } from '../heap/slots.ts';
import { registerModule } from '../objects/modules.ts';
import { runCode } from './execute-code.ts';
import { loadCode } from './loader.ts';
import { sourceDescription } from './python-sources.ts';

registerModule('_decimal', (dict) => {
  const slot = pushSlots(1);
  runCode(loadCode(sourceDescription('_decimal')), dict, 0, slot);
  popSlots(1);
});
