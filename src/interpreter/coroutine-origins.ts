/**
 * Where coroutines were made (`cr_origin`), noted while sys.set_coroutine_origin_tracking_depth asks for it.
 */
import { State } from '../heap/fixed.ts';
import { Code, Frame, Generator } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { setRef, setSmallInt } from '../heap/values.ts';
import { newTuple, tupleItem } from '../objects/tuples.ts';
import { lineAt } from './code-positions.ts';
import { currentInstruction } from './frame-objects.ts';
import { firstInstruction } from './frames.ts';

/** How many frames are noted; 0: none. */
export let originDepth = 0;
export function setOriginDepth(depth: number): void {
  originDepth = depth;
}

/** Notes the callers of the running frame, which is about to return this new coroutine. Allocates only. */
export function noteOrigin(coroutine: number): void {
  if (originDepth === 0) return;
  const frames: number[] = [];
  let frame = words[(words[State.frame] << 1) + Frame.caller];
  for (; frame !== 0 && frames.length < originDepth; frame = words[(frame << 1) + Frame.caller]) frames.push(frame);
  const origin = newTuple(frames.length);
  frames.forEach((at, i) => {
    const code = words[(at << 1) + Frame.code];
    const entry = newTuple(3);
    setRef(tupleItem(entry, 0), words[(code << 1) + Code.filename]);
    setSmallInt(tupleItem(entry, 1), lineAt(code, currentInstruction(at) - firstInstruction(code)));
    setRef(tupleItem(entry, 2), words[(code << 1) + Code.name]);
    setRef(tupleItem(origin, i), entry);
  });
  words[(coroutine << 1) + Generator.extra] = origin;
}
