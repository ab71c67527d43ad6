/**
 * Which streams are open that may hold what was not written yet: at the end of the program they are flushed, before
 * finalizers close them in the order of their age (standard-streams.ts). A stream that is collected closes itself, in
 * `__del__` of _IOBase.
 */
import { addSweeper } from '../heap/collector.ts';

/** Refs of buffered writers and text wrappers that are open. */
export const openStreams = new Set<number>();
addSweeper((isMarked) => {
  for (const ref of openStreams) if (!isMarked(ref)) openStreams.delete(ref);
});

export function trackStream(ref: number): void {
  openStreams.add(ref);
}
export function untrackStream(ref: number): void {
  openStreams.delete(ref);
}

/**
 * Writes out what plain streams over files hold; installed by io-text-methods.ts. Python closes a file when the last
 * reference to it goes, and programs rely on it (`open(p, 'w').write(x)`, and then reading p); here it closes at some
 * collection. So before a file is opened, what was written goes out. Calls no Python.
 */
let writeOut: (stream: number) => void = () => {};
export function setStreamWriter(writer: (stream: number) => void): void {
  writeOut = writer;
}
export function writeOutOpenStreams(): void {
  for (const ref of openStreams) writeOut(ref);
}
